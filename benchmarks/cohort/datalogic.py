# SPDX-License-Identifier: Apache-2.0
"""The policies in JSONLogic, compiled once by datalogic-py; an unknown fact is null.

Patients are parsed beforehand, and all are asked in one call of a session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from datalogic_py import DataHandle, Engine

from benchmarks.cohort.data import OUTCOMES, records
from benchmarks.cohort.two_sided import POLICIES, Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

NAME: Final = "datalogic-py"
PACKAGES: Final = ("datalogic-py",)
ROWS: Final = 50_000
NEVER: Final = 10**9


class JSONLogic:
    """The language of JSONLogic."""

    def compare(self, name: str, operator: str, number: float) -> Any:
        """Return a comparison of a number."""
        return {"and": [_known(name), {operator: [{"var": name}, number]}]}

    def compare_sum(self, names: tuple[str, str], operator: str, number: int) -> Any:
        """Return a comparison of a sum."""
        total = {"+": [{"var": name} for name in names]}
        return {"and": [*map(_known, names), {operator: [total, number]}]}

    def among(self, name: str, options: tuple[str, ...]) -> Any:
        """Return whether an option is known to be one of some."""
        return _contains(name, options)

    def beside(self, name: str, options: tuple[str, ...]) -> Any:
        """Return whether an option is known to be none of some."""
        return {"and": [_known(name), {"!": [_contains(name, options)]}]}

    def flag(self, name: str, *, value: bool) -> Any:
        """Return whether a fact is known to be so."""
        return {"===": [{"var": name}, value]}

    def both(self, *conditions: Any) -> Any:
        """Return whether all are so."""
        return {"and": list(conditions)}

    def either(self, *conditions: Any) -> Any:
        """Return whether one is so."""
        return {"or": list(conditions)}

    def negated(self, condition: Any) -> Any:
        """Return whether it is not so."""
        return {"!": [condition]}


def _known(name: str) -> Any:
    return {"!==": [{"var": name}, None]}


def _contains(name: str, options: tuple[str, ...]) -> Any:
    if len(options) == 1:
        return {"===": [{"var": name}, options[0]]}
    return {"in": [{"var": name}, list(options)]}


def rule(policy: str) -> Any:
    """Return the rule that gives the outcome."""
    criteria = POLICIES[policy](Writer(JSONLogic()))
    fails, holds = [pair.fails for pair in criteria], [pair.holds for pair in criteria]
    return {"if": [{"or": fails}, OUTCOMES[1], {"and": holds}, OUTCOMES[0], OUTCOMES[2]]}


def prepare(frame: pl.DataFrame, policy: str) -> Callable[[], list[Any]]:
    """Return what decides the patients of a frame, parsed beforehand."""
    engine = Engine()
    compiled = engine.compile_checked(rule(policy))
    session = engine.session()
    patients = [DataHandle(facts) for facts in records(frame, NEVER)]
    return lambda: session.evaluate_batch(compiled, patients)


def codes(answer: list[Any]) -> np.ndarray:
    """Return the place of each outcome in OUTCOMES."""
    places = {f'"{word}"': place for place, word in enumerate(OUTCOMES)}
    return np.array([places[each] for each in answer], dtype=np.uint8)
