# SPDX-License-Identifier: Apache-2.0
"""Concrete patients: values for facts of which only the kind is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lutalogic.backwards import UNDOCUMENTED, known_forms
from lutalogic.case import Case
from lutalogic.cells import form_number, forms, value_near, value_of
from lutalogic.possible import Number
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence
    from random import Random

    from lutalogic.backwards import Problem


def forms_of(case: Case) -> dict[str, int]:
    """Return the form of each documented fact, by its number among `forms`.

    >>> forms_of(Case(necrosis="foci"))
    {'necrosis': 2}
    """
    known = rule_base().attributes
    return {name: form_number(known[name], fact) for name, fact in case.possible.items()}


def varied(
    problem: Problem,
    kinds: dict[str, int],
    given: Case,
    random: Random,
    used: Counter[tuple[object, ...]],
) -> Case:
    """Return a patient whose facts are of some kinds, with forms that were used least so far."""
    facts: dict[str, Any] = {}
    for name, kind in kinds.items():
        choice = stands_for(name, problem.kinds[name][kind])
        form = min(choice, key=lambda f: (used["form", name, f], random.random()))
        used["form", name, form] += 1
        facts[name] = value(name, form)
    return Case(**(facts | given.facts))


def near_to(problem: Problem, kinds: dict[str, int], near: Case) -> Case:
    """Return a patient whose facts are of some kinds, and are those of a given one where they can.

    Of a number that must change, the value next to what it was is taken.
    """
    facts, start = near.facts, forms_of(near)
    for name, kind in kinds.items():
        before, members = start.get(name, UNDOCUMENTED), problem.kinds[name][kind]
        if before not in members:
            form = min(stands_for(name, members), key=lambda form: abs(form - before))
            facts[name] = value(name, form, near)
    return Case(**facts)


def stands_for(name: str, members: Sequence[int]) -> Sequence[int]:
    """Return the forms that can stand for a kind of a fact: none, or known ones, or an interval."""
    if UNDOCUMENTED in members:
        return [UNDOCUMENTED]
    return [form for form in members if form in known_forms(name)] or members[:1]


def value(name: str, form: int, near: Case | None = None) -> Any:
    """Return a readable value of a form of a fact; of a number, that next to a given patient's."""
    if form == UNDOCUMENTED:
        return None
    attribute = rule_base().attributes[name]
    cells = forms(attribute)[form].cells
    before = near.possible.get(name) if near else None
    if isinstance(before, Number) and len(cells) == 1:
        return value_near(attribute, cells[0], before.value)
    return value_of(attribute, cells)
