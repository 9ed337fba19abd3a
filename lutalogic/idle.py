# SPDX-License-Identifier: Apache-2.0
"""Criteria and clauses that decide nothing: dead, vacuous, shadowed, redundant.

A *clause* is a part of all_of, any_of or evidence, in its place; criteria that a criterion names
are clauses of it, and what they ask is their own affair. Each clause can be taken as not in force,
by a switch, so that one formula serves for all of them.

- *dead*: true in no record. *vacuous*: false in no record.
- *shadowed*: with the clause not in force, the criterion is true in the same records; with the
  criterion not in force, the request is met in the same records.
- *redundant*: the same of true and of false, so that no answer changes in any record.

Of these the strongest is told, and nothing of the clauses of a clause of which something is told.
Some conditions are what they are by intent, and not told: a case that a document leaves open is
never true, and is there to leave open what would be false; a source that only speaks for or only
speaks against is never false or never true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from lutalogic.circumstances import COMBINATIONS
from lutalogic.formulas import Rules, Truth3, View, default_choices, one_value_each, rules
from lutalogic.rulebase import rule_base
from lutalogic.solving import conjunction, disjunction, formula, negation, solver, z3
from lutalogic.symbolic_record import record

if TYPE_CHECKING:
    from lutalogic.circumstances import Circumstances
    from lutalogic.rules import Criterion, Policy
    from lutalogic.symbolic_record import Record

#: What a condition may be found to be, the weakest first.
KINDS: Final = ("shadowed", "redundant", "vacuous", "dead")


class Switched(Rules):
    """The formulas of the rules with a switch for each clause, or for each criterion.

    A switch that holds takes its clause, or its criterion wherever it is named, as not in force.
    """

    def __init__(self, *, criteria: bool) -> None:
        super().__init__()
        self._criteria = criteria
        self.switches: dict[Any, Any] = {}

    def _part(
        self, record: Record, policy: Policy, view: View, at: tuple[int, int], part: int | None
    ) -> Truth3:
        truth = super()._part(record, policy, view, at, part)
        if self._criteria or part is None or rule_base().nodes[at[0]].kind not in COMBINATIONS:
            return truth
        return self._switched(truth, at)

    def _guarded(self, _: tuple[str, str, View, int], truth: Truth3, criterion: str) -> Truth3:
        return self._switched(truth, criterion) if self._criteria else truth

    def _switched(self, truth: Truth3, at: Any) -> Truth3:
        off = self.switches.setdefault(at, z3.Bool(f"without {at}"))
        true, false = (conjunction([part, negation(off)]) for part in truth[:2])
        return Truth3(true, false, disjunction([truth.off, off]))


class IdleSearch:
    """Asks what the criteria and clauses of a policy decide in one text, under any readings."""

    def __init__(self, policy: Policy, day: str) -> None:
        self._policy, self._view, self._record = policy, View(day), record("first")
        self._clauses, self._criteria = Switched(criteria=False), Switched(criteria=True)
        self._names: dict[tuple[Any, ...], Any] = {}
        view, known = self._view, rules()
        for each in (known, self._criteria):
            each.truth(self._record, policy, view, policy.root)
        for criterion in policy.criteria:
            self._clauses.truth(self._record, policy, view, criterion.node)
        self._solver = solver()
        self._solver.add(self._record.shape, *one_value_each(), *map(z3.Bool, known.guards))
        self._solver.add(*known.ties(self._record, policy, view))
        for switched in (self._clauses, self._criteria):
            if switched.switches:
                self._solver.add(z3.AtMost(*switched.switches.values(), 1))

    def criteria(self, circumstances: Circumstances) -> dict[str, str]:
        """Return the criteria that do not decide when a request is met, each with its kind."""
        return {
            criterion.id: kind
            for criterion in self._policy.criteria
            if circumstances.in_force(criterion.node)
            and (kind := self._weight(circumstances, self._policy.root, criterion.id))
        }

    def clauses(self, circumstances: Circumstances, criterion: Criterion) -> dict[int, str]:
        """Return what is dead, vacuous, shadowed or redundant in a criterion, itself included."""
        found: dict[int, str] = {}
        if not circumstances.in_force(criterion.node):
            return found
        kind = self._settled(circumstances, criterion.node)
        if kind:
            return {criterion.node: kind}
        waiting, seen = [criterion.node], {criterion.node}
        while waiting:
            node = waiting.pop()
            if node != criterion.node and node in self._policy.criteria_by_node:
                continue
            passed = set(circumstances.parts(node))
            for place, part in circumstances.places(node):
                own = part in self._policy.criteria_by_node
                kind = "" if own else self._settled(circumstances, part)
                kind = kind or self._weight(
                    circumstances, criterion.node, (node, place), lenient=node
                )
                if kind:
                    clause = circumstances.clause(part)
                    found[clause] = max(kind, found.get(clause, kind), key=KINDS.index)
                    passed.discard(part)
            waiting += passed - seen
            seen |= passed
        return found

    def _settled(self, circumstances: Circumstances, node: int) -> str:
        """Tell whether a condition is never true or never false, though it could be meant to."""
        kind = rule_base().nodes[circumstances.resolved(node)].kind
        if circumstances.is_open(node):
            return ""
        if kind != "rules_out" and not self._some(circumstances, self._truth(node, "true")):
            return "dead"
        if kind != "supports" and not self._some(circumstances, self._truth(node, "false")):
            return "vacuous"
        return ""

    def _weight(
        self, circumstances: Circumstances, node: int, at: Any, *, lenient: int | None = None
    ) -> str:
        """Return whether a condition is the same without one part of it: redundant, shadowed."""
        switched = self._criteria if isinstance(at, str) else self._clauses
        off = switched.switches[at]
        if self._some(circumstances, off, self._changed(switched, node, "true")):
            return ""
        if not self._some(circumstances, off, self._changed(switched, node, "false")):
            return "redundant"
        if lenient is not None:
            part = rule_base().nodes[at[0]].parts[at[1]]
            if circumstances.is_open(lenient) or (part is not None and circumstances.is_open(part)):
                return ""
        return "shadowed"

    def _some(self, circumstances: Circumstances, *asked: Any) -> bool:
        """Tell whether there is a record of which what is asked holds."""
        taken = default_choices(dict(circumstances.readings))
        return self._solver.satisfiable([*asked, *taken])

    def _truth(self, node: int, truth: str) -> Any:
        parts = rules().truth(self._record, self._policy, self._view, node)
        return self._named((node, truth), getattr(parts, truth))

    def _changed(self, switched: Switched, node: int, truth: str) -> Any:
        """Return a Boolean: that a condition is so with, or so without, what is off."""
        of = self._record, self._policy, self._view, node
        here, there = (getattr(each.truth(*of), truth) for each in (rules(), switched))
        return self._named(
            (switched is self._criteria, node, truth), z3.Xor(formula(here), formula(there))
        )

    def _named(self, key: tuple[Any, ...], part: Any) -> Any:
        if key not in self._names:
            self._names[key] = z3.Bool(f"asked {key}")
            self._solver.add(z3.Implies(self._names[key], formula(part)))
        return self._names[key]
