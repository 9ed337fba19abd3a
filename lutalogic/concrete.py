# SPDX-License-Identifier: Apache-2.0
"""Concrete patients: values for facts of which only the kind is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lutalogic.backwards import UNDOCUMENTED, known_forms
from lutalogic.case import Case
from lutalogic.cells import form_number, forms, value_near, value_of, values_in
from lutalogic.engines.kanren import KANREN
from lutalogic.plausible import plausibility_remarks
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
    """Return a patient whose facts are of some kinds, with forms that were used least so far.

    Numbers are drawn from those of a cell; where they are hardly right, usual ones are taken.
    """
    facts: dict[str, Any] = {}
    usual: dict[str, Any] = {}
    for name, kind in kinds.items():
        choice = stands_for(name, problem.kinds[name][kind])
        form = min(choice, key=lambda f: (used["form", name, f], random.random()))
        used["form", name, form] += 1
        usual[name], facts[name] = value(name, form), random.choice(values(name, form))
    case = Case(**(facts | given.facts))
    [remarks] = plausibility_remarks(KANREN, [(case, None)])
    doubtful = {name for remark in remarks for name in remark.facts} - set(given.facts)
    return case.replace(**{name: usual[name] for name in doubtful if name in usual})


def values(name: str, form: int) -> tuple[Any, ...]:
    """Return values of a form of a fact; of one that is not known the usual one alone."""
    attribute = rule_base().attributes[name]
    if form not in known_forms(name):
        return (value(name, form),)
    return values_in(attribute, forms(attribute)[form].cells[0])


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
