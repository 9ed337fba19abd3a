# SPDX-License-Identifier: Apache-2.0
"""Three-valued truth in OpenFisca as its documentation writes it: comparisons and `select`.

An enumeration is compared with its members, and a formula selects the member that it gives, which
OpenFisca then encodes. Within a formula a truth is two Boolean arrays: it holds, it fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.cohort.openfisca_bytes import Truth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openfisca_core.indexed_enums import Enum, EnumArray


@dataclass(frozen=True, slots=True)
class Pair:
    """Where a condition holds, and where it fails."""

    holds: np.ndarray
    fails: np.ndarray


def read(truths: EnumArray) -> Pair:
    """Return the truths of a variable."""
    return Pair(truths == Truth.true, truths == Truth.false)


def encoded(pair: Pair) -> Any:
    """Return truths as a formula gives them; OpenFisca encodes them."""
    return np.select([pair.holds, pair.fails], [Truth.true, Truth.false], Truth.unknown)


def all_of(*pairs: Pair) -> Pair:
    """Return Kleene's conjunction."""
    return Pair(
        reduce(np.logical_and, [pair.holds for pair in pairs]),
        reduce(np.logical_or, [pair.fails for pair in pairs]),
    )


def any_of(*pairs: Pair) -> Pair:
    """Return Kleene's disjunction."""
    return negation(all_of(*map(negation, pairs)))


def negation(pair: Pair) -> Pair:
    """Return Kleene's negation."""
    return Pair(pair.fails, pair.holds)


def at_least(numbers: np.ndarray, limit: float) -> Pair:
    """Return whether numbers are at least a limit; comparisons with NaN are false."""
    return Pair(numbers >= limit, numbers < limit)


def at_most(numbers: np.ndarray, limit: float) -> Pair:
    """Return whether numbers are at most a limit."""
    return Pair(numbers <= limit, numbers > limit)


def evidence(speak_for: Pair, speak_against: Pair) -> Pair:
    """Return what sources say together: those that speak decide, where they agree."""
    affirmed, denied = speak_for.holds, speak_against.holds
    return Pair(affirmed & ~denied, denied & ~affirmed)


def among(
    chosen: EnumArray, options: type[Enum], members: Sequence[str], open_to: Sequence[str] = ()
) -> Pair:
    """Return whether an option is a member; those it is open to, and the unknown, leave it so."""
    holds = reduce(np.logical_or, [chosen == options[name] for name in members])
    silent = reduce(np.logical_or, [chosen == options[name] for name in ("unknown", *open_to)])
    return Pair(holds, ~(holds | silent))


def dose_cap(prior: np.ndarray, requested: np.ndarray, cap: int) -> Pair:
    """Return whether prior and requested doses keep a cap; one alone may break it."""
    total = at_most(prior + requested, cap)
    return Pair(total.holds, total.fails | (prior >= cap) | (requested > cap))
