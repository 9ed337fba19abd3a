# SPDX-License-Identifier: Apache-2.0
"""Kleene gaps: conditions that are unknown although every completion decides them alike.

A *completion* of a record documents every fact and fixes it to one cell that the record leaves
possible. A record is a gap of a condition if the condition is unknown in it, and true in every one
of its completions (a gap towards true), or false in every one (towards false). A completion in
which evidence conflicts, or that ends in a case which the document leaves open, leaves the
condition unknown: a record with such a completion is no gap, for nobody can say that its answer
would be the same whatever the facts were.

A gap arises in a condition whose own parts have none in the same record: then several parts read
one fact, and each is open where together they are not. The search is for a record such that for
all completions the condition is decided: candidates come from one solver, counterexamples from
another, and each counterexample rules out all records that it refutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from lutalogic.circumstances import COMBINATIONS
from lutalogic.formulas import View, default_choices, one_value_each, rules
from lutalogic.rulebase import rule_base
from lutalogic.solving import Values, disjunction, formula, holds, solver, z3
from lutalogic.symbolic_record import record
from lutalogic.witness import smallest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lutalogic.case import Case
    from lutalogic.circumstances import Circumstances
    from lutalogic.rules import Policy
    from lutalogic.solving import Formula
    from lutalogic.symbolic_record import Record

Decided = Literal["true", "false"]
#: How many facts the records have among which a gap is looked for, at first and then.
FEW: Final = (2, None)
DECIDED: Final[tuple[Decided, ...]] = ("true", "false")


def may_arise(circumstances: Circumstances, node: int, truth: Decided) -> bool:
    """Tell whether a gap may arise in a condition: two parts read a fact, or one may be silent.

    Parts that read no fact in common can be completed each by itself, so that a gap of the whole
    would be one of a part. That is not so of parts that ask whether a fact is documented. And what
    makes all_of true makes each part true: towards true, none arises there, and towards false none
    in any_of.
    """
    if (rule_base().nodes[node].kind, truth) in (("all_of", "true"), ("any_of", "false")):
        return False
    if rule_base().nodes[node].kind not in COMBINATIONS:
        return False
    parts = circumstances.parts(node)
    if len(parts) > 1:
        read = [set(circumstances.facts(part)) for part in parts]
        if sum(map(len, read)) > len(set().union(*read)):
            return True
    return asks_for_documents(circumstances, node)


def may_have(circumstances: Circumstances, node: int) -> bool:
    """Tell whether a condition may be a gap, arisen in it or below it."""
    twice = any(count > 1 for count in circumstances.facts(node).values())
    return twice or asks_for_documents(circumstances, node)


def asks_for_documents(circumstances: Circumstances, node: int) -> bool:
    """Tell whether a condition asks whether some fact is documented at all."""
    nodes = rule_base().nodes
    return any(nodes[n].kind == "documented" for n in circumstances.below(node))


def _at_most(documented: Record, most: int | None) -> list[Any]:
    return [] if most is None else [z3.AtMost(*documented.documented.values(), most)]


class GapSearch:
    """Searches for gaps of a policy's conditions in one text, under any readings."""

    def __init__(self, policy: Policy, day: str) -> None:
        self._policy, self._view = policy, View(day)
        self.record, self.point = record("first"), record("completion")
        known = rules()
        for each in (self.record, self.point):
            known.truth(each, policy, self._view, policy.root)
        self.records, self.points = solver(), solver()
        self.records.add(self.record.shape)
        for name, may in self.point.may.items():
            self.points.add(z3.AtMost(*may, 1), z3.Or(list(may)), self.point.documented[name])
        for each, among in ((self.record, self.records), (self.point, self.points)):
            among.add(*one_value_each(), *known.ties(each, policy, self._view))
            among.add(*map(z3.Bool, known.guards))
        self._names: dict[tuple[str, int, str], Any] = {}

    def gap(
        self,
        circumstances: Circumstances,
        node: int,
        truth: Decided,
        *,
        within: Sequence[int] | None = None,
    ) -> Case | None:
        """Return the smallest record that is a gap of a condition; None if there is none.

        Args:
            circumstances: The text that this search is for, with readings.
            node: The condition.
            truth: What every completion makes of it.
            within: Conditions below, in one of which it must have arisen; None where it must arise
                in the condition itself.
        """
        lemmas = _Lemmas(self, circumstances, node, truth, arisen=within is None)
        for below in within or ():
            self.in_record(below, "unknown")  # named before the push, to stay
        self.records.push()
        try:
            self.records.add(lemmas.unknown, *lemmas.taken)
            verified = _Verified(self.records, lemmas.against)
            if within is not None:
                verified.add(disjunction(self.in_record(n, "unknown") for n in within))
            for most in FEW:
                verified.push()
                verified.add(*_at_most(self.record, most))
                there = verified.check() == z3.sat
                found = smallest(verified, [self.record], None) if there else None
                verified.pop()
                if found is not None:
                    return found[0]
            return None
        finally:
            self.records.pop()

    def in_record(self, node: int, truth: str) -> Any:
        """Return a Boolean that says what a condition is in the record."""
        return self._named(self.records, self.record, node, truth)

    def in_point(self, node: int, truth: str) -> Any:
        """Return a Boolean that says what a condition is in the completion."""
        return self._named(self.points, self.point, node, truth)

    def _named(self, among: Any, of: Record, node: int, truth: str) -> Any:
        key = of.name, node, truth
        if key not in self._names:
            part = getattr(rules().truth(of, self._policy, self._view, node), truth)
            self._names[key] = z3.Bool(f"{of.name}: {node} is {truth}")
            among.add(self._names[key] == formula(part))
        return self._names[key]


class _Cell(NamedTuple):
    """That a fact may lie in a cell: in a record, in its completion, and not in that."""

    here: Any
    there: Any
    not_there: Any


class _Lemmas:
    """What candidates for a gap teach that are none."""

    def __init__(
        self,
        search: GapSearch,
        circumstances: Circumstances,
        node: int,
        truth: Decided,
        *,
        arisen: bool,
    ) -> None:
        self._search, self._circumstances = search, circumstances
        self._node, self._truth = node, truth
        self.taken = default_choices(dict(circumstances.readings))
        parts = [p for p in circumstances.parts(node) if arisen and may_have(circumstances, p)]
        # All names are made here, before the search pushes what it will pop.
        self.unknown = search.in_record(node, "unknown")
        self._parts = {part: search.in_record(part, "unknown") for part in parts}
        self._not_asked = {
            (each, decided): z3.Not(search.in_point(each, decided))
            for each in (node, *parts)
            for decided in DECIDED
        }
        self._cells = [
            _Cell(here, there, z3.Not(there))
            for name in circumstances.facts(node)
            for here, there in zip(search.record.may[name], search.point.may[name], strict=True)
        ]
        self._here = Values([cell.here for cell in self._cells])
        self._there = Values([cell.there for cell in self._cells])

    def against(self, model: Any) -> Formula | None:
        """Return what is true of every gap and not of this record; None if it is a gap."""
        here = self._here.true_in(model)
        excluded = [cell for cell, left in zip(self._cells, here, strict=True) if not left]
        point = self._completion(excluded, self._node, self._truth)
        if point is not None:
            return self._refuted_by(point)
        for part, unknown in self._parts.items():
            if holds(model, unknown):
                for truth in DECIDED:
                    if self._completion(excluded, part, truth) is None:
                        core = self._core()
                        needed = [cell.here for cell in excluded if cell.not_there.get_id() in core]
                        return z3.Or(z3.Not(unknown), *needed)
        return None

    def _completion(self, excluded: Sequence[_Cell], node: int, truth: Decided) -> Any:
        """Return a completion in which a condition is not `truth`, as a model; None if none is."""
        points = self._search.points
        left_out = (cell.not_there for cell in excluded)
        asked = [self._not_asked[node, truth], *self.taken, *left_out]
        return points.model() if points.satisfiable(asked) else None

    def _core(self) -> set[int]:
        return {assumed.get_id() for assumed in self._search.points.unsat_core()}

    def _refuted_by(self, point: Any) -> Formula:
        """Return that a completion is none of a gap: it has few cells that already refute it."""
        there = self._there.true_in(point)
        cells = [cell for cell, has in zip(self._cells, there, strict=True) if has]
        asked = self._search.in_point(self._node, self._truth)
        assumed = [asked, *self.taken, *(cell.there for cell in cells)]
        found = self._search.points.satisfiable(assumed)
        assert not found, "a completion is one of its own"
        core = self._core()
        return z3.Or([z3.Not(cell.here) for cell in cells if cell.there.get_id() in core])


class _Verified:
    """A solver whose models are gaps: it checks each, and learns from those that are none."""

    def __init__(self, inner: Any, against: Callable[[Any], Formula | None]) -> None:
        self._inner, self._against = inner, against
        self._learned: list[Formula] = []
        self._model: Any = None

    def check(self, *assumed: Any) -> Any:
        """Return whether there is a gap, as z3 does."""
        while (found := self._inner.check(*assumed)) == z3.sat:
            self._model = self._inner.model()
            lemma = self._against(self._model)
            if lemma is None:
                break
            self._learned.append(lemma)
            self._inner.add(lemma)
        return found

    def model(self) -> Any:
        """Return the gap that was found last."""
        return self._model

    def add(self, *rules: Any) -> None:
        """Ask more of a gap."""
        self._inner.add(*rules)

    def push(self) -> None:
        """Note what is asked."""
        self._inner.push()

    def pop(self) -> None:
        """Forget what was asked since it was noted; what was learned stays."""
        self._inner.pop()
        self._inner.add(*self._learned)
