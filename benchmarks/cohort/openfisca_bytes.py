# SPDX-License-Identifier: Apache-2.0
"""Three-valued truth in OpenFisca as bytes, in an order in which Kleene's `and` is the minimum.

Formulas read and write the indexes of the enumeration, without OpenFisca's encoding of it. A number
that is unknown is NaN, an option that is unknown the first member of its enumeration, which is also
its default.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from openfisca_core.indexed_enums import Enum, EnumArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Truths = np.ndarray[Any, np.dtype[np.uint8]]


class Truth(Enum):  # type: ignore[misc]
    """A truth; the order is that of Kleene's logic."""

    false = "False"
    unknown = "Unknown"
    true = "True"


FALSE: Final = np.uint8(Truth.false.index)
UNKNOWN: Final = np.uint8(Truth.unknown.index)
TRUE: Final = np.uint8(Truth.true.index)


def all_of(*truths: Truths) -> Truths:
    """Return Kleene's conjunction."""
    return reduce(np.minimum, truths)


def any_of(*truths: Truths) -> Truths:
    """Return Kleene's disjunction."""
    return reduce(np.maximum, truths)


def negation(truths: Truths) -> Truths:
    """Return Kleene's negation."""
    return TRUE - truths


def compared(numbers: np.ndarray, holds: np.ndarray) -> Truths:
    """Return whether a comparison of numbers holds; of NaN it is unknown."""
    return holds.view(np.uint8) * TRUE + np.isnan(numbers).view(np.uint8)


def at_least(numbers: np.ndarray, limit: float) -> Truths:
    """Return whether numbers are at least a limit."""
    return compared(numbers, numbers >= np.float32(limit))


def at_most(numbers: np.ndarray, limit: float) -> Truths:
    """Return whether numbers are at most a limit."""
    return compared(numbers, numbers <= np.float32(limit))


def evidence(speak_for: Truths, speak_against: Truths) -> Truths:
    """Return what sources say together: those that speak decide, where they agree."""
    return UNKNOWN + (speak_for == TRUE) - (speak_against == TRUE).view(np.uint8)


def among(
    chosen: EnumArray, options: type[Enum], members: Sequence[str], open_to: Sequence[str] = ()
) -> Truths:
    """Return whether an option is a member; those it is open to, and the unknown, leave it so."""
    truths = np.full(len(options), FALSE)
    truths[[options[name].index for name in members]] = TRUE
    truths[[options[name].index for name in ("unknown", *open_to)]] = UNKNOWN
    return truths[chosen.view(np.ndarray)]


def dose_cap(prior: np.ndarray, requested: np.ndarray, cap: int) -> Truths:
    """Return whether prior and requested doses keep a cap; one alone may break it."""
    broken = any_of(
        compared(prior + requested, prior + requested > cap),
        at_least(prior, cap),
        at_least(requested, cap + 1),
    )
    return negation(broken)


def read(truths: EnumArray) -> Truths:
    """Return the truths of a variable."""
    return truths.view(np.ndarray)


def encoded(truths: Truths) -> EnumArray:
    """Return truths as a variable has them."""
    return EnumArray(truths, Truth)
