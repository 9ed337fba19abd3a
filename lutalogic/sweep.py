# SPDX-License-Identifier: Apache-2.0
"""Sweep a case over the values of one fact or of two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args, overload

from lutalogic.case import Case
from lutalogic.decide import case_of
from lutalogic.errors import BadRequest
from lutalogic.questions import Policies, decided, questions
from lutalogic.rulebase import rule_base
from lutalogic.runs import points
from lutalogic.sweep_maps import SweepMap
from lutalogic.sweeps import By, Sweep

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from lutalogic.rules import Attribute


@overload
def sweep(
    case: Case | Mapping[str, Any],
    x: str,
    y: None = None,
    *,
    policies: Policies = None,
    on: date | str | None = None,
    readings: Mapping[str, str] | None = None,
    by: By = "outcome",
    engine: str | None = None,
) -> Sweep: ...


@overload
def sweep(
    case: Case | Mapping[str, Any],
    x: str,
    y: str,
    *,
    policies: Policies = None,
    on: date | str | None = None,
    readings: Mapping[str, str] | None = None,
    by: By = "outcome",
    engine: str | None = None,
) -> SweepMap: ...


def sweep(
    case: Case | Mapping[str, Any],
    x: str,
    y: str | None = None,
    *,
    policies: Policies = None,
    on: date | str | None = None,
    readings: Mapping[str, str] | None = None,
    by: By = "outcome",
    engine: str | None = None,
) -> Sweep | SweepMap:
    """Decide a case for every value of a fact, or of two, all other facts staying as they are.

    Nothing is sampled: one value of each stretch that no rule tells apart is decided, so that the
    numbers at which an outcome changes are exact.

    Args:
        case: The facts.
        x: The fact to sweep.
        y: A second fact, for a map of both.
        policies: One or several: names, policies, or sides such as
            ``"premera_lutathera@2026-03-31"``. None for those that may speak to the tumor.
        on: The date of service of those that name none; None for the day by which the latest
            text took effect, however it is read.
        readings: Readings to take in place of their defaults, name to value.
        by: ``"outcome"`` joins neighbouring numbers with one outcome, ``"criteria"`` only those of
            which every criterion has the same truth.
        engine: As of `decide`.

    Raises:
        InputError: A fact, policy, date or reading is unknown, or the two facts are one.
        EngineError: The installation cannot decide.

    Source:
        Wellmark 06.01.38 and Premera 6.01.525, as the criteria cite them.

    >>> swept = sweep(Case(tumor_type="pancreatic_net"), "age_years", policies="wellmark_lutathera")
    >>> [str(turn) for turn in swept.breakpoints()]
    ['from 12 years: not met -> needs information (W-1)']
    """
    given = case_of(case)
    across, up = _attribute(x), None if y is None else _attribute(y)
    if across is up:
        raise BadRequest("name two facts, or one alone", "y")
    if by not in get_args(By):
        raise BadRequest("neighbours are joined by outcome or by criteria: name one", "by")
    free = given.replace(**{a.name: None for a in (across, up) if a})
    asked = questions(policies, on=on, readings=readings, speaking_to=[free], engine=engine)
    columns = points(across, given)
    if up is None:
        cases = [given.replace(**{x: point.value}) for point in columns]
        answers = iter(decided(((q, each) for q in asked for each in cases), engine=engine))
        told = tuple(tuple(next(answers) for _ in cases) for _ in asked)
        return Sweep(given, across, asked, columns, told, by)
    lines = points(up, given)
    grid = [
        [given.replace(**{across.name: p.value, up.name: q.value}) for p in columns] for q in lines
    ]
    answers = iter(
        decided(((q, each) for q in asked for row in grid for each in row), engine=engine)
    )
    maps = tuple(tuple(tuple(next(answers) for _ in row) for row in grid) for _ in asked)
    return SweepMap(given, across, up, asked, columns, lines, maps, by)


def _attribute(name: str) -> Attribute:
    Case.from_mapping({name: None})  # refuses a fact that there is not
    return rule_base().attributes[name]
