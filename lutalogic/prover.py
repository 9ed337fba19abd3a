# SPDX-License-Identifier: Apache-2.0
"""One theorem, judged by z3 over every record: proved, or refuted by the smallest patient."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from lutalogic.claims import broken, judge, leaves, premises
from lutalogic.engines.choice import engine_named
from lutalogic.formulas import View, choice, default_choices, one_value_each, rules
from lutalogic.proof import Proof, Witness
from lutalogic.replay import day_of, days_of, policy_of, replay, turning_days_of
from lutalogic.rulebase import rule_base
from lutalogic.solving import conjunction, disjunction, implication, negation, solver, z3
from lutalogic.symbolic_record import extends, increased, record, same
from lutalogic.witness import smallest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lutalogic.claims import Claim, Leaf, Theorem
    from lutalogic.proof import Status
    from lutalogic.rules import Policy
    from lutalogic.solving import Formula


_NO_LIMIT: Final = 2**32 - 1
#: A proof that uses more criteria than this rests on the rules as a whole.
MOST_CRITERIA: Final = 20


@dataclass(frozen=True, slots=True)
class _Found:
    """What a solver says of a theorem on all of its days.

    Attributes:
        result: unsat if it holds on every day.
        used: The names of the assumptions that this rests on, each with a day on which it does.
        day: The first day on which it does not hold, or is not decided.
    """

    result: Any
    used: Mapping[str, str] = field(default_factory=dict)
    day: str = ""


#: The Boolean under which a solver looks for records of which a claim does not hold.
_REFUTED: Final = z3.Bool("refuted")


def _premise(place: int) -> Any:
    """Return the Boolean under which a premise must hold."""
    return z3.Bool(f"premise {place}")


class Prover:
    """Judges one theorem."""

    def __init__(self, theorem: Theorem, readings: Mapping[str, str], *, timeout: float) -> None:
        self._theorem = theorem
        self._readings = dict(readings)
        self._start = perf_counter()
        self._until = self._start + timeout
        self._records = [record(name) for name in ("first", "second")[: theorem.over.records]]
        self._latest = turning_days_of(theorem)[-1]
        self._policies = theorem.policies
        self._days = tuple(days_of(theorem))
        self._solvers = {day: self._solver(day) for day in self._days}

    def proof(self, *, all_readings: bool = False) -> Proof:
        """Judge the theorem on each of its days; the first day that refutes it decides.

        Args:
            all_readings: Whether to try, of what is not proved, every other value of every reading
                too. Of what is proved it is always told under which it falls.
        """
        chosen = default_choices(self._readings)
        free = self._check([], minimal=True)
        found = free if free.result == z3.unsat else self._check(chosen, minimal=True)
        if found.result == z3.sat:
            told = self._refuted(found)
        else:
            told = self._told(self._status(found, chosen))
            if told.status == "proved":
                told = replace(self._founded(told, found), under_all=found is free)
        if all_readings and told.status in ("refuted", "vacuous"):
            told = replace(told, otherwise=self._otherwise(self._matter(), told))
        return replace(told, ms=self._ms())

    def _founded(self, proof: Proof, found: _Found) -> Proof:
        """Return a proof with what it cannot do without.

        Of the assumptions that a solver used, some could have been others. What is told is what
        every proof must use: without the criterion, or under another value of the reading, the
        claim is refuted.
        """
        guards = rules().guards
        chosen = default_choices(self._readings)
        used = sorted(name for name in found.used if name in guards)
        if len(used) > MOST_CRITERIA:
            used = []
        needed = [
            guards[name]
            for name in used
            if self._check(chosen, without=name, first=found.used[name]).result == z3.sat
        ]
        present = self._taken(found)
        otherwise = self._otherwise(present, proof)
        fallen = {name for (name, _), status in otherwise.items() if status != "not_decided"}
        return replace(
            proof,
            criteria=tuple(sorted(needed)),
            readings={name: value for name, value in present.items() if name in fallen},
            otherwise=otherwise,
        )

    def _check(
        self, chosen: list[Any], *, minimal: bool = False, without: str = "", first: str = ""
    ) -> _Found:
        """Ask for records of which the claim does not hold, under some readings.

        Args:
            chosen: The readings.
            minimal: Whether each assumption that is told to be used must be needed.
            without: A guard that is not assumed.
            first: The day to try first.
        """
        used: dict[str, str] = {}
        for day in sorted(self._days, key=lambda day: (day != first, day)):
            self._solvers[day].set("core.minimize", minimal)
            result = self._ask(day, _REFUTED, chosen, without=without)
            if result != z3.unsat:
                return _Found(result, day=day)
            used |= {str(name): day for name in self._solvers[day].unsat_core()}
        return _Found(z3.unsat, used)

    def _ask(self, day: str, what: Any, chosen: list[Any], *, without: str = "") -> Any:
        asked = self._solvers[day]
        asked.set("timeout", max(1, int((self._until - perf_counter()) * 1000)))
        guards = [
            z3.Bool(name)
            for name, (policy, _) in rules().guards.items()
            if policy in self._policies and name != without
        ]
        return asked.check(what, *chosen, *guards)

    def _status(self, found: _Found, chosen: list[Any]) -> Status:
        """Return what it means that a solver found this under some readings."""
        if found.result != z3.unsat:
            return "refuted" if found.result == z3.sat else "not_decided"
        for place in range(len(premises(self._theorem.claim))):
            asked: list[Any] = []
            for day in self._days:
                asked.append(self._ask(day, _premise(place), chosen))
                if z3.sat in asked:
                    break
            else:
                return "not_decided" if z3.unknown in asked else "vacuous"
        return "proved"

    def _taken(self, found: _Found) -> dict[str, str]:
        """Return the readings that were used, with their values."""
        known = rule_base().readings.values()
        values = ((r.name, self._readings.get(r.name, r.default)) for r in known)
        return {name: value for name, value in values if str(choice(name, value)) in found.used}

    def _refuted(self, found: _Found) -> Proof:
        refuting, day = self._solvers[found.day], found.day
        refuting.push()
        refuting.set("timeout", _NO_LIMIT)  # there is a counterexample; only the smallest is shown
        chosen = default_choices(self._readings)
        refuting.add(_REFUTED, *chosen, *map(z3.Bool, rules().guards))
        cases = smallest(
            refuting,
            self._records,
            self._theorem.over.attributes or None,
            policies=self._policies,
        )
        refuting.pop()
        assert cases is not None, "the solver had found some"
        holds, answers = replay(self._theorem, cases, day, self._readings)
        settled = {answer.leaf: answer for answer in answers}
        premise, breaks = broken(self._theorem.claim, lambda leaf: settled[leaf].holds != holds)
        witness = Witness(
            cases,
            day,
            premise=tuple(settled[leaf] for leaf in premise),
            breaks=tuple(settled[leaf] for leaf in breaks),
        )
        return self._told("replay_disagrees" if holds else "refuted", witness=witness)

    def _told(self, status: Status, **found: Any) -> Proof:
        return Proof(
            self._theorem,
            status,
            self._ms(),
            self._asked(),
            self._other_readings(),
            engine=engine_named().name,
            **found,
        )

    def _asked(self) -> tuple[str, ...]:
        """Return the dates of service that policies are asked about."""
        about = [leaf for leaf in leaves(self._theorem.claim) if leaf.policy in self._policies]
        return tuple(sorted({day_of(leaf, d, self._latest) for leaf in about for d in self._days}))

    def _other_readings(self) -> dict[str, str]:
        """Return the readings that are not taken by default."""
        known = rule_base().readings
        return {n: value for n, value in self._readings.items() if value != known[n].default}

    def _otherwise(self, names: Iterable[str], proof: Proof) -> dict[tuple[str, str], Status]:
        """Return under which values of some readings, one at a time, the status is another."""
        otherwise: dict[tuple[str, str], Status] = {}
        for name in names:
            present = self._readings.get(name, rule_base().readings[name].default)
            for value in rule_base().readings[name].values:
                if value == present:
                    continue
                chosen = default_choices({**self._readings, name: value})
                other = self._status(self._check(chosen), chosen)
                if other != proof.status:
                    otherwise[name, value] = other
        return otherwise

    def _matter(self) -> list[str]:
        """Return the readings that the theorem's policies read."""
        base = rule_base()
        read = {name for policy in self._policies for name in base.policies[policy].readings}
        return [name for name in base.readings if name in read]

    def _solver(self, day: str) -> Any:
        """Return a solver that can be asked for counterexamples, and whether premises can hold."""
        made = solver()
        first, *more = self._records
        made.add(first.shape, *one_value_each())
        over = self._theorem.over
        for second in more:
            made.add(second.shape)
            if over.kind == "extension":
                made.add(extends(second, first))
                continue
            kept = [name for name in rule_base().attributes if name not in over.attributes]
            made.add(conjunction(same(second, first, name) for name in kept))
            if over.kind == "increase":
                made.add(increased(second, first, over.attributes[0]))
        claim = self._theorem.claim
        made.add(implication(_REFUTED, negation(self._claim(claim, day))))
        for place, premise in enumerate(premises(claim)):
            made.add(implication(_premise(place), self._claim(premise, day)))
        for place, policy, view in dict.fromkeys(self._view(leaf, day) for leaf in leaves(claim)):
            made.add(*rules().ties(self._records[place], policy, view))
        return made

    def _claim(self, claim: Claim, day: str) -> Formula:
        return judge(
            claim,
            lambda leaf: self._leaf(leaf, day),
            every=conjunction,
            some=disjunction,
            no=negation,
        )

    def _leaf(self, leaf: Leaf, day: str) -> Formula:
        place, policy, view = self._view(leaf, day)
        about = self._records[place]
        if leaf.asks == "conflict":
            return rules().conflict(about, policy, view)
        if leaf.asks == "outcome":
            return rules().outcome(about, policy, view)[leaf.answer]
        truth = rules().truth(about, policy, view, leaf.node)
        return conjunction([rules().started(policy, view), getattr(truth, leaf.answer)])

    def _view(self, leaf: Leaf, day: str) -> tuple[int, Policy, View]:
        """Return which record, policy, day and readings a leaf is about."""
        view = View(day_of(leaf, day, self._latest), leaf.readings)
        return leaf.record, policy_of(leaf.policy), view

    def _ms(self) -> float:
        return (perf_counter() - self._start) * 1000
