# SPDX-License-Identifier: Apache-2.0
"""Prove how two policies compare, over every record at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from lutalogic.answers import Outcome, Truth
from lutalogic.beside import beside
from lutalogic.cells import cells_left, value_of
from lutalogic.comparison import Compared, Comparison, Difference, Relation, Witness
from lutalogic.comparison_pages import comparison_markdown, comparison_text
from lutalogic.decide import decide
from lutalogic.engines import engine_title
from lutalogic.errors import EngineError
from lutalogic.formulas import View, rules
from lutalogic.possible import Span
from lutalogic.requirements import requirements, truth_in
from lutalogic.rulebase import rule_base
from lutalogic.solving import conjunction, disjunction, formula, negation, solver, z3
from lutalogic.symbolic_record import record
from lutalogic.witness import smallest

if TYPE_CHECKING:
    from lutalogic.case import Case
    from lutalogic.requirements import Requirement
    from lutalogic.sides import Side
    from lutalogic.solving import Formula

_MET, _NOT_MET, _PENDS = Outcome.MET, Outcome.NOT_MET, Outcome.NEEDS_INFORMATION
_RELATIONS: Final = {
    (False, False): Relation.EQUIVALENT,
    (False, True): Relation.NARROWER,
    (True, False): Relation.WIDER,
    (True, True): Relation.INCOMPARABLE,
}


class Containment:
    """Two sides, and the records that are compared.

    Where no record has what is looked for, that is a proof: the solver went through all of them.
    """

    def __init__(self, a: Side, b: Side, given: Case) -> None:
        self._a, self._b, self._given = a, b, given
        self._record = record("first")
        self._solver = solver()
        self._solver.add(self._record.shape, *self._restriction())
        #: When each side gives each outcome.
        self.outcomes = {side: self._outcomes_of(side) for side in (a, b)}
        self._solver.add(*map(z3.Bool, rules().guards))
        self._names: dict[int, tuple[Any, Any]] = {}

    def comparison(self) -> Comparison:
        """Return how the sides compare."""
        met = self._met()
        a, b = self._a, self._b
        return Comparison(
            a=a,
            b=b,
            given=self._given,
            met=met,
            not_met=self._not_met(met),
            both=self._witness(_MET, _MET),
            b_asks=tuple(self._asks(b, a)),
            a_asks=tuple(self._asks(a, b)),
            for_b=self._added(a, b),
            for_a=self._added(b, a),
            rule_base=rule_base().digest,
            text=comparison_text,
            markdown=comparison_markdown,
        )

    def _restriction(self) -> list[Formula]:
        """Return that a record has the given facts, as they are given or known more exactly."""
        found = []
        for name, known in self._given.possible.items():
            left = cells_left(rule_base().attributes[name], known)
            found.append(self._record.documented[name])
            may = self._record.may[name]
            found += [z3.Not(m) for i, m in enumerate(may) if i not in left]
        return found

    def _outcomes_of(self, side: Side) -> dict[Outcome, Formula]:
        view = _view(side)
        told = rules().outcome(self._record, side.policy, view)
        for requirement in requirements(side):
            self.truth(side, requirement)  # ties what its criteria are
        self._solver.add(*rules().ties(self._record, side.policy, view))
        return {outcome: told[outcome.value] for outcome in Outcome}

    def truth(self, side: Side, requirement: Requirement) -> dict[Truth, Formula]:
        """Return when a requirement is true, false and unknown."""
        truths = [
            rules().truth(self._record, side.policy, _view(side), node)
            for node in requirement.nodes
        ]
        true = disjunction(t.true for t in truths)
        false = conjunction(t.false for t in truths)
        return {
            Truth.TRUE: true,
            Truth.FALSE: false,
            Truth.UNKNOWN: conjunction([negation(true), negation(false)]),
        }

    def possible(self, *parts: Formula) -> bool:
        """Tell whether some record satisfies formulas; if none does, that is proved."""
        found = self._solver.check(*map(self._named, parts))
        if found == z3.unknown:  # pragma: no cover - there is no limit to what it may take
            raise EngineError("z3 did not decide a comparison; this is an error of lutalogic")
        return bool(found == z3.sat)

    def _named(self, part: Formula) -> Any:
        """Return a Boolean that stands for a formula, so that it can be assumed."""
        whole = formula(part)
        key = whole.get_id()
        if key not in self._names:
            self._names[key] = z3.FreshBool("part"), whole  # kept, so that its id stays its own
            self._solver.add(z3.Implies(self._names[key][0], whole))
        return self._names[key][0]

    def _met(self) -> Compared:
        only_a = self._witness(_MET, _NOT_MET) or self._witness(_MET, _PENDS)
        only_b = self._witness(_NOT_MET, _MET) or self._witness(_PENDS, _MET)
        return Compared(_MET, self._relation(_MET), only_a, only_b)

    def _not_met(self, met: Compared) -> Compared:
        """Return how denials compare; a request that the other side meets is shown already."""
        only_a, only_b = met.only_b, met.only_a
        if only_a is None or only_a.a.outcome is not _NOT_MET:
            only_a = self._witness(_NOT_MET, _PENDS)
        if only_b is None or only_b.b.outcome is not _NOT_MET:
            only_b = self._witness(_PENDS, _NOT_MET)
        return Compared(_NOT_MET, self._relation(_NOT_MET), only_a, only_b)

    def _relation(self, outcome: Outcome) -> Relation:
        a, b = (self.outcomes[side][outcome] for side in (self._a, self._b))
        match self.possible(a), self.possible(b):
            case False, False:
                return Relation.NEITHER
            case False, True:
                return Relation.A_NEVER
            case True, False:
                return Relation.B_NEVER
        return _RELATIONS[self.possible(a, negation(b)), self.possible(b, negation(a))]

    def _witness(self, a: Outcome, b: Outcome) -> Witness | None:
        """Return a smallest request with these outcomes; None if there is none."""
        case = self.smallest(self.outcomes[self._a][a], self.outcomes[self._b][b])
        return None if case is None else self._replayed(case, a, b)

    def _replayed(self, case: Case, a: Outcome, b: Outcome) -> Witness:
        """Return a request with what the reference engine decides of it.

        Raises:
            EngineError: It comes to another outcome.
        """
        decisions = [
            decide(case, side.policy, on=side.day, readings=dict(side.taken))
            for side in (self._a, self._b)
        ]
        for decision, outcome in zip(decisions, (a, b), strict=True):
            if decision.outcome is not outcome:
                raise EngineError(
                    f"{engine_title(decision.engine.name)} decides {decision!r} where a proof has "
                    f"{outcome.value}, of {case!r}; this is an error of lutalogic"
                )
        return Witness(case, *decisions)

    def smallest(self, *parts: Formula) -> Case | None:
        """Return the smallest record that satisfies formulas; None if that is proved of none."""
        if not self.possible(*parts):
            return None
        self._solver.push()
        try:
            self._solver.add(*map(formula, parts), *self._unread())
            asked = [side.policy.name for side in (self._a, self._b)]
            found = smallest(self._solver, [self._record], None, policies=asked)
        finally:
            self._solver.pop()
        assert found is not None, "the solver had found some"
        return self._as_given(found[0])

    def _unread(self) -> list[Formula]:
        """Return that nothing is documented that neither side reads: no smallest record has it."""
        read = {*self._a.policy.attributes, *self._b.policy.attributes, *self._given.possible}
        return [z3.Not(d) for name, d in self._record.documented.items() if name not in read]

    def _as_given(self, case: Case) -> Case:
        """Return a case with the given facts in the words in which they were given."""
        changes = {}
        for name, known in self._given.possible.items():
            attribute = rule_base().attributes[name]
            left = cells_left(attribute, case.possible.get(name))
            if left == cells_left(attribute, known):
                changes[name] = self._given.facts[name]
            elif isinstance(known, Span):
                changes[name] = value_of(attribute, left, within=known)
        return case.replace(**changes)

    def _asks(self, side: Side, other: Side) -> list[Difference]:
        """Return the requirements of a side that a request met by the other may lack."""
        met = self.outcomes[other][_MET]
        asked = requirements(side)
        truths = [self.truth(side, requirement) for requirement in asked]
        found = []
        for place, (requirement, truth) in enumerate(zip(asked, truths, strict=True)):
            if not self.possible(met, negation(truth[Truth.TRUE])):
                continue
            rest = [t[Truth.TRUE] for i, t in enumerate(truths) if i != place]
            worst = self._worst(truth, met)
            assert worst is not None, "what is not true is false or unknown"
            alone = self._worst(truth, met, *rest)
            request = self._denied(side, place) if alone is Truth.FALSE else None
            there = [self._reduced(other, each) for each in requirements(other)]
            near = tuple(beside(side, requirement, other, there))
            asks = self._reduced(side, requirement)
            found.append(Difference(asks, worst, alone, request, near))
        return found

    def _denied(self, side: Side, place: int) -> Witness:
        """Return a smallest request that the other side meets and one requirement alone denies.

        Raises:
            EngineError: The reference engine finds another requirement open or not fulfilled.
        """
        asked = requirements(side)
        wanted = [Truth.FALSE if i == place else Truth.TRUE for i in range(len(asked))]
        met = self.outcomes[self._b if side is self._a else self._a][_MET]
        truths = [self.truth(side, r)[truth] for r, truth in zip(asked, wanted, strict=True)]
        case = self.smallest(met, *truths)
        assert case is not None, "the requirement can deny alone"
        found = self._replayed(case, *((_NOT_MET, _MET) if side is self._a else (_MET, _NOT_MET)))
        decision = found.a if side is self._a else found.b
        if [truth_in(decision, r) for r in asked] != wanted:
            raise EngineError(
                f"{engine_title(decision.engine.name)} decides {decision!r} where a proof has it "
                f"by {asked[place].id}, of {case!r}; this is an error of lutalogic"
            )
        return found

    def _worst(self, truth: dict[Truth, Formula], *parts: Formula) -> Truth | None:
        """Return false if a requirement can be false, unknown if it can be but that, else None."""
        for worst in (Truth.FALSE, Truth.UNKNOWN):
            if self.possible(truth[worst], *parts):
                return worst
        return None

    def _reduced(self, side: Side, requirement: Requirement) -> Requirement:
        """Return a requirement without the exemptions that no record compared has."""
        known = {
            e.node: rules().truth(self._record, side.policy, _view(side), e.node).true
            for e in requirement.unless
        }
        kept = tuple(e for e in requirement.unless if self.possible(known[e.node]))
        return replace(requirement, unless=kept)

    def _added(self, side: Side, other: Side) -> tuple[Requirement, ...] | None:
        """Return requirements of the other side with which this one implies it.

        One after the other, from the last, is left out where the rest is enough; so what stays is
        enough, and none of it can be left out, and the same question has the same answer.
        """
        met, aim = self.outcomes[side][_MET], self.outcomes[other][_MET]
        if not self.possible(met, aim):
            return None
        kept = list(requirements(other))
        for requirement in reversed(requirements(other)):
            rest = [r for r in kept if r is not requirement]
            truths = [self.truth(other, r)[Truth.TRUE] for r in rest]
            if not self.possible(met, negation(aim), *truths):
                kept = rest
        return tuple(self._reduced(other, requirement) for requirement in kept)


def _view(side: Side) -> View:
    return View(side.day, tuple(side.readings.items()))
