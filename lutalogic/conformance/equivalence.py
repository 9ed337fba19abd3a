# SPDX-License-Identifier: Apache-2.0
"""Whether a mistake can be told from the rules at all: a request that shows it, or a proof.

A mutant is *equivalent* if no record tells it from the rules, under any readings, on any day.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from lutalogic.conformance.altered_tests import day_beside
from lutalogic.conformance.free_record import FreeRecord
from lutalogic.dates import day_number
from lutalogic.engines import Request
from lutalogic.formulas import Truth3, choices, combined, one_value_each
from lutalogic.rulebase import rule_base
from lutalogic.solving import conjunction, disjunction, formula, holds, negation, solver, z3

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lutalogic.case import Case
    from lutalogic.conformance.mutants import Mutant
    from lutalogic.rules import Node, Policy

_IDLE: Final = Truth3(False, False, True)


def days(policy: Policy) -> tuple[str, ...]:
    """Return one day of each stretch in which a policy and its mutants read alike, latest first."""
    dates = {*policy.starts, *(text.start for text in policy.texts)}
    for number in policy.nodes:
        dates.update(rule_base().nodes[number].dates)
    beside = {day_beside(day, step) for day in dates for step in (-1, 1)}
    return tuple(sorted(dates | beside, reverse=True))


def latest(policy: Policy) -> str:
    """Return the first day since which a policy reads as it does today, under any readings."""
    return max(*policy.starts, *(text.start for text in policy.texts))


def in_force_today(policy: Policy) -> str:
    """Return the day on which the text that is in force today began, by the default readings."""
    return max(policy.starts[0], *(text.start for text in policy.texts))


class DayRules:
    """The formulas of a policy on one day, and a solver that knows them."""

    def __init__(self, policy: Policy, day: str, record: FreeRecord) -> None:
        self.policy, self.day, self._record = policy, day, record
        self.solver = solver()
        self.solver.add(*record.shape, *one_value_each())
        self._truths: dict[int, Truth3] = {}
        for number in policy.nodes:
            found = self.truth(rule_base().nodes[number], self._truths.__getitem__)
            self._truths[number] = Truth3(*(self._named(number, i, p) for i, p in enumerate(found)))

    def _named(self, number: int, side: int, part: Any) -> Any:
        """Return a variable for a formula, so that what rests on it need not repeat it."""
        if isinstance(part, bool):
            return part
        variable = z3.Bool(f"{self.day} {number} {'tf-'[side]}")
        self.solver.add(variable == part)
        return variable

    def truth(self, node: Node, of: Callable[[int], Truth3]) -> Truth3:
        """Return when a condition is true, false and not in force."""
        if not node.parts:
            return self._record.leaf(node)
        if node.kind == "by_date":
            begun = [p for d, p in zip(node.dates, node.parts, strict=True) if d <= self.day]
            return _part(begun[-1], of) if begun else _IDLE
        truths = [_part(part, of) for part in node.parts]
        if node.kind == "by_reading":
            chosen = choices(node.reading)
            return _chosen(chosen, truths)
        return combined(node.kind, truths)

    def started(self, starts: tuple[str, ...], moved: Mapping[str, Any] | None = None) -> Any:
        """Return that a text is in force."""
        begun = [start <= self.day for start in starts]
        reading = self.policy.start_reading
        if reading is None:
            return begun[0]
        chosen = (moved or {}).get(reading, choices(reading))
        return disjunction(conjunction(pair) for pair in zip(chosen, begun, strict=True))

    def differs(self, mutant: Mutant, level: int) -> Any:
        """Return that the policy with a mistake answers otherwise."""
        root, policy = self.policy.root, self.policy
        if mutant.reading:
            return self._differs_read_otherwise(mutant, level)
        now, then = self.started(policy.starts), self.started(mutant.starts or policy.starts)
        if mutant.starts:
            # before a text is in force there are no criteria, which are never all off in it
            anything = True if level else disjunction(self._truths[root][:2])
            return conjunction([_unlike(now, then), anything])
        changed = self._changed(mutant, everything=not level)
        place = root if not level else mutant.place
        if not level and root not in changed:
            return False
        return conjunction([now, _unlike_truths(self._truths[place], changed[place])])

    def _changed(self, mutant: Mutant, *, everything: bool) -> dict[int, Truth3]:
        """Return the truths that a mistake in a criterion changes, there and above it."""
        truth = self.truth(mutant.change, self._truths.__getitem__)
        if mutant.settles:
            unknown = truth.unknown
            side = 0 if mutant.settles == "t" else 1
            parts = [disjunction([p, unknown]) if i == side else p for i, p in enumerate(truth)]
            truth = Truth3(*parts)
        inside = {mutant.node: truth}
        self._propagate(inside, mutant.within)
        changed = {mutant.place: inside[mutant.place]}
        if everything:
            self._propagate(changed, mutant.above)
        return changed

    def _propagate(self, changed: dict[int, Truth3], numbers: tuple[int, ...]) -> None:
        nodes = rule_base().nodes
        for number in numbers:
            changed[number] = self.truth(nodes[number], lambda n: changed.get(n) or self._truths[n])

    def _read_otherwise(self, reading: str, value: int) -> tuple[list[Any], dict[int, Truth3]]:
        """Return when values are taken, and all truths, if another value were the default."""
        nodes, known = rule_base().nodes, choices(reading)
        moved = [
            False if i == 0 else disjunction([known[i], known[0]]) if i == value else each
            for i, each in enumerate(known)
        ]
        truths: dict[int, Truth3] = {}
        for number in self.policy.nodes:
            node = nodes[number]
            if node.kind == "by_reading" and node.reading == reading:
                parts = [_part(part, truths.__getitem__) for part in node.parts]
                truths[number] = _chosen(moved, parts)
            else:
                truths[number] = self.truth(node, truths.__getitem__)
        return moved, truths

    def _differs_read_otherwise(self, mutant: Mutant, level: int) -> Any:
        policy = self.policy
        moved, truths = self._read_otherwise(mutant.reading, mutant.value)
        now = self.started(policy.starts)
        then = self.started(policy.starts, {mutant.reading: moved})
        watched = [policy.root, *(c.node for c in policy.criteria if level)]
        unlike = disjunction(_unlike_truths(self._truths[n], truths[n]) for n in watched)
        answered = True if level else disjunction(self._truths[policy.root][:2])
        return disjunction(
            [conjunction([_unlike(now, then), answered]), conjunction([now, then, unlike])]
        )

    def find(self, mutant: Mutant, level: int) -> Request | None:
        """Return a request of this day that shows a mistake; None if there is none."""
        unlike = self.differs(mutant, level)
        if unlike is False:
            return None
        self.solver.push()
        try:
            self.solver.add(formula(unlike))
            if self.solver.check() != z3.sat:
                return None
            defaults = [choices(name)[0] for name in self.policy.readings]
            exact = self._record.exact
            for preferred in ([*defaults, *exact], exact, defaults):  # plain to read, if may be
                if self.solver.check(*preferred) == z3.sat:
                    return self._request(self.solver.model())
            self.solver.check()
            return self._request(self.solver.model())
        finally:
            self.solver.pop()

    def find_plain(self, mutant: Mutant) -> Request | None:
        """Return a plain request of this day to which a mistake answers otherwise; None if none is.

        Plain is one under the default readings in which no number is an interval. By the outcome,
        if some is; the answer may be right by another reading.
        """
        plain = [*(choices(name)[0] for name in self.policy.readings), *self._record.exact]
        for level in (0, 1):
            unlike = self.differs(mutant, level)
            if unlike is False:
                continue
            self.solver.push()
            try:
                self.solver.add(formula(unlike))
                if self.solver.check(*plain) == z3.sat:
                    return self._request(self.solver.model())
            finally:
                self.solver.pop()
        return None

    def met(self) -> Iterator[Case]:
        """Yield patients whose request is met by default, one for each option that one can have."""
        met = conjunction([self.started(self.policy.starts), self._truths[self.policy.root].true])
        defaults = [choices(name)[0] for name in self.policy.readings]
        self.solver.push()
        try:
            self.solver.add(formula(met), *defaults)
            for option in self._record.options():
                if self.solver.check(option, *self._record.exact) == z3.sat:
                    yield self._record.case(self.solver.model())
        finally:
            self.solver.pop()

    def met_by_criterion(
        self, reading: str = "", value: int = 0, *, apart: bool = False
    ) -> Iterator[Case]:
        """Yield patients whose request is met, one for each criterion that can be true with it.

        Args:
            reading: A reading that is not the default; all others are.
            value: The index of the value it has.
            apart: Whether by default the requests must not be met.
        """
        defaults = [choices(name)[0] for name in self.policy.readings]
        root = self.policy.root
        truths, wanted = self._truths, [self._truths[root].true]
        if reading:
            _, truths = self._read_otherwise(reading, value)
            wanted = [truths[root].true]
            if apart:
                wanted.append(negation(self._truths[root].true))
        self.solver.push()
        try:
            self.solver.add(formula(conjunction(wanted)), *defaults)
            for criterion in self.policy.criteria:
                true = formula(truths[criterion.node].true)
                self.solver.push()
                self.solver.add(true)
                if self.solver.check(*self._record.exact) == z3.sat:
                    yield self._record.case(self.solver.model())
                self.solver.pop()
        finally:
            self.solver.pop()

    def told_apart(self, other: DayRules) -> Iterator[Request]:
        """Yield a request of this day for each criterion that has another truth on another day."""
        both = solver()
        both.add(*self.solver.assertions(), *other.solver.assertions())
        defaults = [choices(name)[0] for name in self.policy.readings]
        for criterion in self.policy.criteria:
            here, there = (rules._truths[criterion.node] for rules in (self, other))
            unlike = formula(_unlike_truths(here, there))
            for preferred in ([*defaults, *self._record.exact], self._record.exact):
                if both.check(unlike, *preferred) == z3.sat:
                    yield self._request(both.model())
                    break

    def _request(self, model: Any) -> Request:
        taken = tuple(
            next(i for i, chosen in enumerate(choices(name)) if holds(model, chosen))
            for name in self.policy.readings
        )
        return Request(self.policy, day_number(self.day), taken, self._record.case(model))


@lru_cache(maxsize=64)
def day_rules(policy: Policy, day: str) -> DayRules:
    """Return the formulas of a policy on a day."""
    return DayRules(policy, day, _record(policy))


@lru_cache(maxsize=8)
def _record(policy: Policy) -> FreeRecord:
    return FreeRecord(policy)


def all_shown(mutant: Mutant, level: int) -> Iterator[Request]:
    """Yield a request that shows a mistake for each day on which one does, the latest first.

    To yield none is the proof that no record does.

    Args:
        mutant: The mistake.
        level: 0 for requests that show it by the outcome; 1 for those that do by that or by the
            criterion it is in.
    """
    policy = rule_base().policies[mutant.policy]
    for day in _asked(policy, mutant):
        found = day_rules(policy, day).find(mutant, level)
        if found is not None:
            yield found


def plain_shown(mutant: Mutant) -> Request | None:
    """Return a plain request, of today's text, to which a mistake answers otherwise, if one is."""
    policy = rule_base().policies[mutant.policy]
    return day_rules(policy, latest(policy)).find_plain(mutant)


def _asked(policy: Policy, mutant: Mutant) -> tuple[str, ...]:
    """Return the days on which a mistake must be looked for."""
    if mutant.operator == "date":
        return days(policy)
    texts = {*policy.starts, *(text.start for text in policy.texts)}
    for number in policy.nodes:
        texts.update(rule_base().nodes[number].dates)
    return tuple(sorted(texts, reverse=True))


def _part(part: int | None, of: Callable[[int], Truth3]) -> Truth3:
    if part is None:
        return _IDLE
    if part < 0:
        true, false, off = of(~part)
        return Truth3(false, true, off)
    return of(part)


def _chosen(chosen: Any, truths: list[Truth3]) -> Truth3:
    return Truth3(
        *(
            disjunction(conjunction(pair) for pair in zip(chosen, column, strict=True))
            for column in zip(*truths, strict=True)
        )
    )


def _unlike(one: Any, other: Any) -> Any:
    """Return that just one of two formulas holds."""
    return disjunction([conjunction([one, negation(other)]), conjunction([negation(one), other])])


def _unlike_truths(one: Truth3, other: Truth3) -> Any:
    return disjunction(_unlike(a, b) for a, b in zip(one, other, strict=True) if a is not b)
