# SPDX-License-Identifier: Apache-2.0
"""Smallest patients: of the records that satisfy some formulas, the one with the fewest facts.

Among those of equal size the first is taken, in the order of the vocabulary, so that one question
has one answer whatever path a solver takes. Where it can be had, the record is also plausible.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from lutalogic.case import Case
from lutalogic.cells import NUMERIC, forms, stretches, value_of
from lutalogic.formulas import View, rules
from lutalogic.rulebase import rule_base
from lutalogic.solving import Values, formula, holds, negation, z3
from lutalogic.symbolic_record import same

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lutalogic.rules import Attribute
    from lutalogic.symbolic_record import Record

_ANY_DAY = "2000-01-01"


def smallest(
    solver: Any,
    records: Sequence[Record],
    may_differ: Sequence[str] | None,
    *,
    policies: Collection[str] = (),
) -> tuple[Case, ...] | None:
    """Return the smallest patients that satisfy a solver's formulas; None if there are none.

    Args:
        solver: With all formulas asserted; it is left as it was.
        records: The symbolic records, the shape of each asserted.
        may_differ: The facts in which a second record may differ from the first; None where there
            is no second, or where it extends the first.
        policies: The names of the policies that are asked: what is hardly right under them is
            avoided too, where it can be.
    """
    solver.push()
    try:
        for record in records:
            solver.add(plausible(record, policies))
        if solver.check() != z3.sat:
            solver.pop()
            solver.push()
            if solver.check() != z3.sat:
                return None
        return _smallest(solver, records, may_differ)
    finally:
        solver.pop()


def plausible(record: Record, policies: Collection[str] = ()) -> list[Any]:
    """Return that nothing about a record is hardly right under any policy, or under these."""
    base = rule_base()
    view = View(_ANY_DAY)
    findings = [f for f in base.findings if f.policy is None or f.policy in policies]
    truths = [rules().truth(record, base.plausibility, view, f.node) for f in findings]
    return [z3.Not(formula(truth.true)) for truth in truths]


def _smallest(
    solver: Any, records: Sequence[Record], may_differ: Sequence[str] | None
) -> tuple[Case, ...]:
    attributes = list(rule_base().attributes.values())
    first, last = records[0], records[-1]
    # A record that extends another documents all that the other does: its facts are all there are.
    costs = [last.documented[a.name] for a in attributes]
    if may_differ is not None:
        costs += [negation(same(last, first, name)) for name in may_differ]
    model = _cheapest(solver, costs)
    for record in records:
        for attribute in attributes:
            model = _settle(solver, model, record, attribute)
    return tuple(case_of(model, record) for record in records)


def _cheapest(solver: Any, costs: list[Any]) -> Any:
    """Return a model in which as few as possible of some formulas hold, and keep it so."""
    least, count = 0, sum(holds(solver.model(), cost) for cost in costs)
    while least < count:
        tried = (least + count) // 2
        if solver.check(_at_most(solver, costs, tried)) == z3.sat:
            count = sum(holds(solver.model(), cost) for cost in costs)
        else:
            least = tried + 1
    solver.add(z3.AtMost(*costs, count))
    solver.check()
    return solver.model()


def _at_most(solver: Any, costs: list[Any], bound: int) -> Any:
    """Return a Boolean under which at most so many formulas hold."""
    switch = z3.FreshBool("bound")
    solver.add(z3.Implies(switch, z3.AtMost(*costs, bound)))
    return switch


def _settle(solver: Any, model: Any, record: Record, attribute: Attribute) -> Any:
    """Settle a fact on the first choice that satisfies the formulas; return a model that has it."""
    present = _cells(model, record, attribute)
    for choice in _choices(attribute):
        wanted = record.is_fact(attribute.name, choice)
        if choice != present:
            if solver.check(*wanted) != z3.sat:
                continue
            model = solver.model()
        solver.add(*wanted)
        return model
    raise AssertionError("a record has every fact in one of its forms")  # pragma: no cover


def _cells(model: Any, record: Record, attribute: Attribute) -> range:
    """Return the cells that a model leaves to a documented fact; none if it is not documented."""
    variables = [record.documented[attribute.name], *record.may[attribute.name]]
    documented, *may = Values(variables).true_in(model)
    left = [i for i, possible in enumerate(may) if possible] if documented else []
    return range(left[0], left[-1] + 1) if left else range(0)


@cache
def _choices(attribute: Attribute) -> list[range]:
    """Return the forms of a fact, the plainest first: unknown, one cell, ever wider intervals.

    Of cells the widest comes first, and `never` last.
    """
    documented = [form.cells for form in forms(attribute) if form.documented]
    if attribute.type in NUMERIC:
        widths = [s.high - s.low for s in stretches(attribute)] + [-1]
        documented.sort(key=lambda cells: (len(cells), -widths[cells[0]] if len(cells) == 1 else 0))
    return [range(0), *documented]


def case_of(model: Any, record: Record) -> Case:
    """Return the case that a model has for a record."""
    attributes = rule_base().attributes.values()
    left = {a: _cells(model, record, a) for a in attributes}
    return Case(**{a.name: value_of(a, cells) for a, cells in left.items() if cells})
