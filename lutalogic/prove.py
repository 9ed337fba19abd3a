# SPDX-License-Identifier: Apache-2.0
"""Prove what the rules guarantee, for every record at once, or refute it with a patient."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final, Literal

from lutalogic.claims import judge, leaves
from lutalogic.errors import UnknownTheorem, did_you_mean
from lutalogic.formulas import View, default_choices, one_value_each, rules
from lutalogic.possible import json_value
from lutalogic.readings import valid_readings
from lutalogic.replay import day_of, days_of, policy_of, replay, turning_days_of
from lutalogic.rulebase import rule_base
from lutalogic.solving import conjunction, disjunction, formula, negation, solver, z3
from lutalogic.symbolic_record import record
from lutalogic.witness import smallest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lutalogic.case import Case
    from lutalogic.claims import Leaf, Theorem
    from lutalogic.replay import Answer
    from lutalogic.rules import Policy
    from lutalogic.solving import Formula

Status = Literal["proved", "refuted", "not_decided", "replay_disagrees"]
#: Seconds for one theorem, unless said otherwise.
TIMEOUT: Final = 60.0


@dataclass(frozen=True, slots=True)
class Witness:
    """Patients of whom a claim does not hold, as the reference engine found too.

    Attributes:
        cases: One patient, or two for a claim about two records; no smaller ones exist.
        on: The day that the claim was tried on.
        readings: The readings that were not left at their defaults.
        answers: What the engine answered to each leaf of the claim.
    """

    cases: tuple[Case, ...]
    on: str
    readings: Mapping[str, str]
    answers: tuple[Answer, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the witness as a JSON value."""
        return {
            "records": [
                {name: json_value(value) for name, value in case.facts.items()}
                for case in self.cases
            ],
            "on": self.on,
            "readings": dict(self.readings),
            "answers": [answer.as_json() for answer in self.answers],
        }


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of a theorem.

    Attributes:
        theorem: The theorem.
        status: ``proved`` of every record, ``refuted`` by a witness, ``not_decided`` in the time
            given, or ``replay_disagrees``: the prover found a patient whom the reference engine
            finds no counterexample, which is an error of lutalogic.
        ms: Milliseconds taken, the witness and its replay included.
        days: The days it was tried on: one for each dated text it speaks of.
        rests_on: The criteria that a proof made use of, as (policy, id).
        readings: The readings that a proof made use of, with their values.
        witness: Patients of whom the claim does not hold.
    """

    theorem: Theorem
    status: Status
    ms: float
    days: tuple[str, ...]
    rests_on: tuple[tuple[str, str], ...]
    readings: Mapping[str, str]
    witness: Witness | None

    @property
    def as_expected(self) -> bool:
        """Tell whether a theorem was proved, or what is no theorem was refuted."""
        return self.status == self.theorem.expected

    def as_json(self) -> dict[str, Any]:
        """Return the proof as a JSON value."""
        told: dict[str, Any] = {
            "name": self.theorem.name,
            "sentence": self.theorem.sentence,
            "expected": self.theorem.expected,
            "status": self.status,
            "ms": round(self.ms, 1),
            "assumptions": {
                "records": self.theorem.over.kind,
                "days": list(self.days),
                "readings": dict(self.readings),
                "criteria": [" ".join(pair) for pair in self.rests_on],
            },
        }
        return told | ({"witness": self.witness.as_json()} if self.witness else {})


def theorems() -> tuple[Theorem, ...]:
    """Return the theorems of the rule base, and what sounds like one and is none."""
    return rule_base().claims


def prove(
    name: str | None = None,
    *,
    readings: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
) -> tuple[Proof, ...]:
    """Prove or refute the theorems of the rule base, over every record.

    Args:
        name: One theorem; all of them if it is left out.
        readings: Readings to take in place of their defaults, name to value.
        timeout: Seconds for each theorem.

    Raises:
        UnknownTheorem: There is no theorem of this name.
        BadReading: A reading is unknown, or has no such value.
        EngineError: z3 or Prolog is not there.

    >>> [proof] = prove("lutathera_within_four_doses")
    >>> proof.status, proof.rests_on
    """
    return tuple(proofs(name, readings=readings, timeout=timeout))


def proofs(
    name: str | None = None,
    *,
    readings: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
) -> Iterator[Proof]:
    """Prove or refute theorems as `prove` does, one after the other."""
    chosen = dict(valid_readings(readings))
    for theorem in [find(name)] if name is not None else theorems():
        yield Prover(theorem, chosen, timeout=timeout).proof()


def find(name: str) -> Theorem:
    """Return the theorem of a name.

    Raises:
        UnknownTheorem: There is none.
    """
    known = {theorem.name: theorem for theorem in theorems()}
    if name not in known:
        hint = did_you_mean(name, known) or "; `lutalogic prove` lists them"
        raise UnknownTheorem(f"there is no theorem {name!r}{hint}", "theorem")
    return known[name]


class Prover:
    """One theorem under some readings."""

    def __init__(self, theorem: Theorem, readings: Mapping[str, str], *, timeout: float) -> None:
        self._theorem = theorem
        self._chosen = readings
        self._until = perf_counter() + timeout
        self._start = perf_counter()
        self._rules = rules()
        self._records = [record(n) for n in ("first", "second")[: theorem.over.records]]
        self._latest = turning_days_of(theorem)[-1]

    def proof(self) -> Proof:
        """Try the theorem on each of its days; the first day that refutes it decides."""
        days = tuple(days_of(self._theorem))
        rests: dict[tuple[str, str], None] = {}
        readings: dict[str, str] = {}
        for day in days:
            refuting = self.refuting(day)
            assumed = {str(a): a for a in default_choices(self._chosen)}
            guards = {
                name: z3.Bool(name)
                for name, (policy, _) in self._rules.guards.items()
                if policy in self._theorem.policies
            }
            refuting.set("timeout", max(1, int((self._until - perf_counter()) * 1000)))
            found = refuting.check(*assumed.values(), *guards.values())
            if found == z3.unknown:
                return self._proof("not_decided", days)
            if found == z3.sat:
                return self._refutation(refuting, [*assumed.values(), *guards.values()], day)
            for used in map(str, refuting.unsat_core()):
                if used in guards:
                    rests[self._rules.guards[used]] = None
                else:
                    reading, _, value = used.removeprefix("reading ").partition(" = ")
                    readings[reading] = value
        return self._proof("proved", days, rests_on=tuple(sorted(rests)), readings=readings)

    def refuting(self, day: str) -> Any:
        """Return a solver for records of which the claim does not hold on a day."""
        refuting = solver()
        claim = self._claim(day)
        first, *more = self._records
        refuting.add(z3.Not(formula(claim)), *first.shape, *one_value_each())
        over = self._theorem.over
        for second in more:
            refuting.add(*second.shape)
            if over.kind == "extension":
                refuting.add(*second.extends(first))
                continue
            for name in rule_base().attributes:
                if name not in over.attributes:
                    refuting.add(*second.same(first, name))
                elif over.kind == "increase":
                    refuting.add(*second.increased(first, name))
        views = {self._view(leaf, day) for leaf in leaves(self._theorem.claim)}
        for place, policy, view in views:
            refuting.add(*self._rules.ties(self._records[place], policy, view))
        return refuting

    def _claim(self, day: str) -> Formula:
        return judge(
            self._theorem.claim,
            lambda leaf: self._leaf(leaf, day),
            every=conjunction,
            some=disjunction,
            no=negation,
        )

    def _leaf(self, leaf: Leaf, day: str) -> Formula:
        place, policy, view = self._view(leaf, day)
        record = self._records[place]
        if leaf.asks == "conflict":
            return self._rules.conflict(record, policy, view)
        if leaf.asks == "outcome":
            return self._rules.outcome(record, policy, view)[leaf.answer]
        truth = self._rules.truth(record, policy, view, leaf.node)
        return conjunction([self._rules.started(policy, view), getattr(truth, leaf.answer)])

    def _view(self, leaf: Leaf, day: str) -> tuple[int, Policy, View]:
        """Return which record, policy, day and readings a leaf is about."""
        view = View(day_of(leaf, day, self._latest), leaf.readings)
        return leaf.record, policy_of(leaf.policy), view

    def _refutation(self, refuting: Any, assumed: list[Any], day: str) -> Proof:
        refuting.add(*assumed)
        over = self._theorem.over
        cases = smallest(refuting, self._records, over.attributes or None)
        assert cases is not None, "the solver had found some"
        holds, answers = replay(self._theorem, cases, day, self._chosen)
        witness = Witness(cases, day, dict(self._chosen), answers)
        status: Status = "replay_disagrees" if holds else "refuted"
        return self._proof(status, (day,), witness=witness)

    def _proof(self, status: Status, days: tuple[str, ...], **found: Any) -> Proof:
        empty: dict[str, Any] = {"rests_on": (), "readings": {}, "witness": None}
        ms = (perf_counter() - self._start) * 1000
        return Proof(self._theorem, status, ms, days, **(empty | found))
