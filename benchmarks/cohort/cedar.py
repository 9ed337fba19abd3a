# SPDX-License-Identifier: Apache-2.0
"""The policies in Cedar: a permit for what is met, and one for each way in which it is not.

A patient is the context of a request, where an unknown fact is an absent attribute; one request
tells the outcome by the permits that apply. Cedar has no fractions: numbers are in hundredths.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from cedarpy import Entities, PolicySet, is_authorized_batch

from benchmarks.cohort.data import records
from benchmarks.cohort.two_sided import POLICIES, Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

NAME: Final = "cedarpy"
PACKAGES: Final = ("cedarpy",)
ROWS: Final = 10_000
HUNDREDTHS: Final = 100
NEVER: Final = 10**9


class Cedar:
    """The language of Cedar."""

    def compare(self, name: str, operator: str, number: float) -> str:
        """Return a comparison of a number."""
        return f"(context has {name} && context.{name} {operator} {_hundredths(number)})"

    def compare_sum(self, names: tuple[str, str], operator: str, number: int) -> str:
        """Return a comparison of a sum."""
        a, b = names
        known = f"context has {a} && context has {b}"
        return f"({known} && context.{a} + context.{b} {operator} {_hundredths(number)})"

    def among(self, name: str, options: tuple[str, ...]) -> str:
        """Return whether an option is known to be one of some."""
        return f"(context has {name} && {_contains(name, options)})"

    def beside(self, name: str, options: tuple[str, ...]) -> str:
        """Return whether an option is known to be none of some."""
        return f"(context has {name} && !{_contains(name, options)})"

    def flag(self, name: str, *, value: bool) -> str:
        """Return whether a fact is known to be so."""
        return f"(context has {name} && {'' if value else '!'}context.{name})"

    def both(self, *conditions: str) -> str:
        """Return whether all are so."""
        return f"({' && '.join(conditions)})"

    def either(self, *conditions: str) -> str:
        """Return whether one is so."""
        return f"({' || '.join(conditions)})"

    def negated(self, condition: str) -> str:
        """Return whether it is not so."""
        return f"!{condition}"


def _contains(name: str, options: tuple[str, ...]) -> str:
    if len(options) == 1:
        return f'(context.{name} == "{options[0]}")'
    return f"{json.dumps(options)}.contains(context.{name})"


def _hundredths(number: float) -> int:
    whole = round(number * HUNDREDTHS)
    if abs(whole - number * HUNDREDTHS) > 1e-6:
        raise ValueError(f"no number of hundredths: {number}")
    return whole


def policies(policy: str) -> str:
    """Return the Cedar policies; the first permits what is met."""
    criteria = POLICIES[policy](Writer(Cedar()))
    conditions = [Cedar().both(*(pair.holds for pair in criteria)), *(p.fails for p in criteria)]
    return "\n".join(f"permit (principal, action, resource) when {{ {c} }};" for c in conditions)


def prepare(frame: pl.DataFrame, policy: str) -> Callable[[], Any]:
    """Return what decides the patients of a frame, each a request made beforehand."""
    parsed, nobody = PolicySet.from_str(policies(policy)), Entities.from_json_str("[]")
    asked = {
        "principal": {"type": "Payer", "id": "premera"},
        "action": {"type": "Action", "id": "cover"},
        "resource": {"type": "Drug", "id": policy},
    }
    requests = [asked | {"context": json.dumps(_context(facts))} for facts in records(frame, NEVER)]
    return lambda: is_authorized_batch(requests, parsed, nobody)


def _context(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value if isinstance(value, (bool, str)) else _hundredths(value)
        for name, value in facts.items()
    }


def codes(answer: Any) -> np.ndarray:
    """Return the place of each outcome in OUTCOMES."""
    return np.array([_code(each) for each in answer], dtype=np.uint8)


def _code(answer: Any) -> int:
    if answer.diagnostics.errors:
        raise ValueError(answer.diagnostics.errors)
    return (0 if "policy0" in answer.diagnostics.reasons else 1) if answer.allowed else 2
