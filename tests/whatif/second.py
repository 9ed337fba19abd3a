# SPDX-License-Identifier: Apache-2.0
"""Minimal sets of facts by shrinking and blocking: any number of facts, and no boxes.

A symbolic record is the request in which some facts are moved. A solver finds one that comes to the
wanted outcome; then one that moves only some of the same facts, until there is none: what is moved
is a minimal set. Whatever has it inside is ruled out, and the search goes on until nothing is left.
Each step asks for any values of the facts that are moved, so that a set is found minimal although
more facts may also turn an outcome back.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lutalogic import rule_base
from lutalogic.cells import cells_left
from lutalogic.formulas import View, choice, one_value_each, rules
from lutalogic.solving import conjunction, disjunction, formula, holds, negation, solver, z3
from lutalogic.symbolic_record import record
from lutalogic.trace import turning_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lutalogic.rules import Policy
    from tests.whatif.question import Question

OUTCOMES = {"t": "met", "f": "not_met"}


class Search:
    """The minimal sets of one question for one outcome.

    Attributes:
        moved: For each fact that may be moved, the Boolean that it is.
    """

    def __init__(self, question: Question, wanted: str, *, most: int | None = None) -> None:
        """State the question.

        Args:
            question: The request, and how its facts may be moved.
            wanted: The outcome, ``t`` for met and ``f`` for not met.
            most: The size of the largest sets that are of interest; None for all.
        """
        decision = question.decision
        day = turning_day(decision.policy, decision.on.isoformat())
        self._solver, outcomes = _prepared(decision.policy, day)
        self._wanted = outcomes[OUTCOMES[wanted]]
        self._record, self._moves = record("first"), question.moves
        self.moved = {name: z3.Bool(f"moved {name}") for name in question.moves}
        self._given = [choice(name, value) for name, value in decision.readings.items()]
        for name in decision.policy.attributes:
            known = decision.case.possible.get(name)
            cells = cells_left(rule_base().attributes[name], known)
            stays = self._record.is_fact(name, () if known is None else cells)
            if name in self.moved:
                into = disjunction(self._is(name, cell) for cell in question.moves[name])
                stays_too = formula(conjunction(stays))
                self._given.append(z3.If(self.moved[name], formula(into), stays_too))
            else:
                self._given += stays
        if most is not None and self.moved:
            self._given.append(z3.AtMost(*self.moved.values(), most))

    def _is(self, name: str, cell: int) -> Any:
        return conjunction(self._record.is_fact(name, [cell]))

    def sets(self) -> set[tuple[str, ...]]:
        """Return all minimal sets, the facts of each in the order of their names."""
        found: set[tuple[str, ...]] = set()
        self._solver.push()
        self._solver.add(*map(formula, self._given), formula(self._wanted))
        try:
            while self._solver.check() == z3.sat:
                facts = self._shrunk(self._facts())
                found.add(tuple(sorted(facts)))
                self._solver.add(self._some_stays(facts))
        finally:
            self._solver.pop()
        return found

    def _facts(self) -> set[str]:
        model = self._solver.model()
        return {name for name, moved in self.moved.items() if holds(model, moved)}

    def _some_stays(self, facts: Iterable[str]) -> Any:
        return z3.Or([z3.Not(self.moved[name]) for name in facts])

    def _shrunk(self, facts: set[str]) -> set[str]:
        """Return a set among some facts that suffices, and no proper subset of which does."""
        self._solver.push()
        try:
            while True:
                outside = [z3.Not(moved) for name, moved in self.moved.items() if name not in facts]
                self._solver.add(*outside, self._some_stays(facts))
                if self._solver.check() != z3.sat:
                    return facts
                facts = self._facts()
        finally:
            self._solver.pop()

    def mistaken(
        self, facts: Iterable[str], boxes: Iterable[Mapping[str, Iterable[int]]]
    ) -> list[dict[str, int]]:
        """Return cells that boxes hold and that do not do it, and cells that do and are in none.

        Args:
            facts: The facts that are moved, all of them and no others.
            boxes: What is said to do it: the cells of each fact, box by box.
        """
        chosen = set(facts)
        inside = formula(
            disjunction(
                conjunction(
                    disjunction(self._is(name, cell) for cell in cells)
                    for name, cells in box.items()
                )
                for box in boxes
            )
        )
        exactly = [moved if n in chosen else z3.Not(moved) for n, moved in self.moved.items()]
        found = []
        self._solver.push()
        self._solver.add(*map(formula, self._given), *exactly)
        for wrong in ([inside, negation(self._wanted)], [negation(inside), self._wanted]):
            self._solver.push()
            self._solver.add(*map(formula, wrong))
            if self._solver.check() == z3.sat:
                model = self._solver.model()
                found.append(
                    {
                        name: cell
                        for name in sorted(chosen)
                        for cell in self._moves[name]
                        if holds(model, self._is(name, cell))
                    }
                )
            self._solver.pop()
        self._solver.pop()
        return found


@lru_cache(maxsize=64)
def _prepared(policy: Policy, day: str) -> tuple[Any, Mapping[str, Any]]:
    """Return a solver that ties the formulas of a text together, and when each outcome is."""
    first, view, tied = record("first"), View(day), solver()
    outcomes = rules().outcome(first, policy, view)
    tied.add(*one_value_each(), *rules().ties(first, policy, view))
    tied.add(*map(z3.Bool, rules().guards))
    return tied, outcomes
