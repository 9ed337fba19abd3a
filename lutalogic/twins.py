# SPDX-License-Identifier: Apache-2.0
"""Criteria that have the same truth in every record.

Classes of criteria that no record has told apart yet are split by records that do, until for each
class it is proved that there is none. A record that splits a class once is kept, and tried first
under the next readings.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from lutalogic.circumstances import Circumstances
from lutalogic.dates import day_number
from lutalogic.engines import Request
from lutalogic.engines.choice import engine_named
from lutalogic.formulas import View, default_choices, one_value_each, rules
from lutalogic.rulebase import rule_base
from lutalogic.solving import formula, solver, z3
from lutalogic.symbolic_record import record
from lutalogic.witness import case_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lutalogic.case import Case
    from lutalogic.rules import Criterion, Policy

#: A criterion with its policy.
Named = tuple["Policy", "Criterion"]


class TwinSearch:
    """Searches all policies for criteria of one truth, in the latest texts."""

    def __init__(self) -> None:
        self._policies = tuple(rule_base().policies.values())
        self._days = {policy: policy.texts[-1].start for policy in self._policies}
        self._record = record("first")
        self._cases: list[Case] = []
        self._answers: dict[tuple[Policy, tuple[tuple[str, str], ...]], list[str]] = {}
        self._solver = solver()
        self._solver.add(self._record.shape, *one_value_each())
        for policy in self._policies:
            view = View(self._days[policy])
            rules().truth(self._record, policy, view, policy.root)
            self._solver.add(*rules().ties(self._record, policy, view))
        self._solver.add(*map(z3.Bool, rules().guards))

    def twins(self, readings: tuple[tuple[str, str], ...] = ()) -> list[list[Named]]:
        """Return the classes of two or more criteria that have one truth in every record.

        Criteria that are not in force are in no class.
        """
        found = []
        waiting = self._told_apart(readings)
        while waiting:
            first, *others = waiting.pop()
            if any(self._differ(first, other, readings) for other in others):
                waiting += self._told_apart(readings, [first, *others])
            else:
                found.append([first, *others])
        return sorted(found, key=lambda each: [(p.name, c.id) for p, c in each])

    def pairs(
        self, readings: tuple[tuple[str, str], ...] = ()
    ) -> Iterator[tuple[Named, Named, bool]]:
        """Yield the pairs of criteria of one truth, and whether they are one condition."""
        for twins in self.twins(readings):
            for one, other in combinations(twins, 2):
                same = self._resolved(one, readings) == self._resolved(other, readings)
                yield one, other, same

    def _differ(self, one: Named, other: Named, readings: tuple[tuple[str, str], ...]) -> bool:
        """Tell whether some record tells two criteria apart, and keep it."""
        if self._resolved(one, readings) == self._resolved(other, readings):
            return False
        truths = [
            rules().truth(self._record, policy, View(self._days[policy]), criterion.node)
            for policy, criterion in (one, other)
        ]
        here, there = truths
        differ = z3.Or(
            z3.Xor(formula(here.true), formula(there.true)),
            z3.Xor(formula(here.false), formula(there.false)),
        )
        self._solver.push()
        self._solver.add(differ)
        found = self._solver.check(*default_choices(dict(readings))) == z3.sat
        if found:
            self._cases.append(case_of(self._solver.model(), self._record))
        self._solver.pop()
        return bool(found)

    def _resolved(self, named: Named, readings: tuple[tuple[str, str], ...]) -> int:
        policy, criterion = named
        return Circumstances(policy, self._days[policy], readings).resolved(criterion.node)

    def _told_apart(
        self, readings: tuple[tuple[str, str], ...], among: Sequence[Named] | None = None
    ) -> list[list[Named]]:
        """Return the classes of criteria that the records kept so far do not tell apart."""
        classes: dict[Any, list[Named]] = {}
        for named in self._in_force(readings) if among is None else among:
            classes.setdefault(self._letters(named, readings), []).append(named)
        return [each for each in classes.values() if len(each) > 1]

    def _in_force(self, readings: tuple[tuple[str, str], ...]) -> Iterator[Named]:
        for policy in self._policies:
            known = Circumstances(policy, self._days[policy], readings)
            if policy.start(known.choices) <= self._days[policy]:
                yield from ((policy, c) for c in policy.criteria if known.in_force(c.node))

    def _letters(self, named: Named, readings: tuple[tuple[str, str], ...]) -> str:
        """Return the truths of a criterion in the records that are kept."""
        policy, criterion = named
        answers = self._answers.setdefault((policy, readings), [])
        known = Circumstances(policy, self._days[policy], readings)
        day = day_number(known.day)
        new = self._cases[len(answers) :]
        answers += engine_named().truths([Request(policy, day, known.choices, c) for c in new])
        place = policy.positions[criterion.node]
        return "".join(letters[place] for letters in answers)
