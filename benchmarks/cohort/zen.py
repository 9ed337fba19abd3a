# SPDX-License-Identifier: Apache-2.0
"""The policies in the expression language of zen-engine; an unknown fact is null.

The expression is compiled once and evaluated by itself: a decision graph around it answers alike,
and takes longer.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import numpy as np
from zen import compile_expression

from benchmarks.cohort.data import OUTCOMES, VALUES, records
from benchmarks.cohort.two_sided import POLICIES, Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

NAME: Final = "zen-engine"
PACKAGES: Final = ("zen-engine",)
ROWS: Final = 20_000
NEVER: Final = 10**9


class Zen:
    """The expression language of zen-engine."""

    def compare(self, name: str, operator: str, number: float) -> str:
        """Return a comparison of a number."""
        return f"({name} != null and {name} {operator} {number})"

    def compare_sum(self, names: tuple[str, str], operator: str, number: int) -> str:
        """Return a comparison of a sum."""
        a, b = names
        return f"({a} != null and {b} != null and {a} + {b} {operator} {number})"

    def among(self, name: str, options: tuple[str, ...]) -> str:
        """Return whether an option is known to be one of some."""
        return f"({name} in {json.dumps(options)})"

    def beside(self, name: str, options: tuple[str, ...]) -> str:
        """Return whether an option is known to be none of some."""
        return f"({name} != null and {name} not in {json.dumps(options)})"

    def flag(self, name: str, *, value: bool) -> str:
        """Return whether a fact is known to be so."""
        return f"({name} == {json.dumps(value)})"

    def both(self, *conditions: str) -> str:
        """Return whether all are so."""
        return f"({' and '.join(conditions)})"

    def either(self, *conditions: str) -> str:
        """Return whether one is so."""
        return f"({' or '.join(conditions)})"

    def negated(self, condition: str) -> str:
        """Return whether it is not so."""
        return f"(not {condition})"


def expression(policy: str) -> str:
    """Return the expression that gives the outcome."""
    criteria = POLICIES[policy](Writer(Zen()))
    fails = " or ".join(pair.fails for pair in criteria)
    holds = " and ".join(pair.holds for pair in criteria)
    met, not_met, needs = OUTCOMES
    return f'{fails} ? "{not_met}" : ({holds} ? "{met}" : "{needs}")'


def prepare(frame: pl.DataFrame, policy: str) -> Callable[[], list[str]]:
    """Return what decides the patients of a frame, mappings of facts made beforehand."""
    compiled = compile_expression(expression(policy))
    silent = dict.fromkeys(VALUES[policy])
    patients = [silent | facts for facts in records(frame, NEVER)]
    return lambda: [compiled.evaluate(patient) for patient in patients]


def codes(answer: list[str]) -> np.ndarray:
    """Return the place of each outcome in OUTCOMES."""
    return np.array([OUTCOMES.index(each) for each in answer], dtype=np.uint8)
