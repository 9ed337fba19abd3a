# SPDX-License-Identifier: Apache-2.0
"""The rules over thousands of requests at once, as they are or with a mistake in them.

A truth is three whole numbers with one bit for each request: where a condition is true, where it is
false, where it is not in force. A rule with a mistake needs only what lies above the mistake anew,
so that thousands of them are tried on thousands of requests in seconds.

It serves to choose vectors and to explain failures; what a vector must answer is decided by the
engines, which share nothing with it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lutalogic.conformance.bit_truths import Answers, Bits, bits_of, joined, off_in, selected
from lutalogic.conformance.leaves import leaf_letter
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from lutalogic.conformance.mutants import Mutant
    from lutalogic.engines import Request
    from lutalogic.possible import Possible
    from lutalogic.rules import Node, Policy


class Kills(NamedTuple):
    """Which requests of a batch a mistake answers otherwise, as bits.

    Attributes:
        by_outcome: Those whose outcome is wrong.
        at_all: Those whose outcome or a criterion is wrong.
        otherwise: Those whose outcome or a criterion is another, be it right by another reading.
    """

    by_outcome: int
    at_all: int
    otherwise: int


class Batch:
    """Requests to one policy, and every truth of it over all of them.

    Attributes:
        requests: The requests.
        silent: Where a request names no readings, so that the answer under another reading of the
            text is as acceptable.
    """

    def __init__(self, policy: Policy, requests: Sequence[Request], silent: Iterable[bool]) -> None:
        self.policy = policy
        self.requests = tuple(requests)
        self.everywhere = (1 << len(self.requests)) - 1
        self.silent = bits_of(silent)
        self._grouped: dict[tuple[str, ...], list[tuple[tuple[Possible | None, ...], int]]] = {}
        self._days: dict[str, int] = {}
        self._chosen = {name: self._choices(place) for place, name in enumerate(policy.readings)}
        self._truths: dict[int, Bits] = {}
        for number in policy.nodes:  # parts come before what they are parts of
            node = rule_base().nodes[number]
            self._truths[number] = self.truth(node, self._truths.__getitem__, self._chosen)

    def _choices(self, place: int) -> tuple[int, ...]:
        count = len(rule_base().readings[self.policy.readings[place]].values)
        return tuple(
            bits_of(r.choices[place] == value for r in self.requests) for value in range(count)
        )

    @cached_property
    def answers(self) -> Answers:
        """Return what the policy answers."""
        return self._answers(self._truths, self._started(self.policy.starts, self._chosen))

    @cached_property
    def otherwise(self) -> dict[tuple[int, int], Answers]:
        """Map other values of readings, by place and index, to the answers with them by default."""
        return {
            (place, value): self.read_otherwise(place, value)
            for place, name in enumerate(self.policy.readings)
            for value in range(1, len(self._chosen[name]))
        }

    @cached_property
    def depends(self) -> tuple[int, ...]:
        """Return, for each reading, where another value than its default changes an answer."""
        found = [0] * len(self.policy.readings)
        for (place, _), other in self.otherwise.items():
            found[place] |= self.answers.differ(other, level=1)
        return tuple(found)

    def read_otherwise(self, place: int, value: int) -> Answers:
        """Return the answers if the default of a reading were another of its values."""
        name = self.policy.readings[place]
        default, *others = self._chosen[name]
        moved = [default if i == value - 1 else 0 for i in range(len(others))]
        chosen = self._chosen | {
            name: (0, *(mine | more for mine, more in zip(others, moved, strict=True)))
        }
        nodes, changed = rule_base().nodes, dict[int, Bits]()
        for number in self.policy.nodes:
            node = nodes[number]
            if node.reading == name or not changed.keys().isdisjoint(node.parts):
                truth = self.truth(node, self._over(changed), chosen)
                if truth != self._truths[number]:
                    changed[number] = truth
        truths = {**self._truths, **changed}
        return self._answers(truths, self._started(self.policy.starts, chosen))

    def mistaken(self, mutant: Mutant) -> Answers:
        """Return what the policy answers with a mistake in it."""
        if mutant.reading:
            return self.read_otherwise(self.policy.readings.index(mutant.reading), mutant.value)
        started = self._started(mutant.starts or self.policy.starts, self._chosen)
        if mutant.starts:
            return self._answers(self._truths, started)
        changed = self._local(mutant)
        if changed[mutant.place] == self._truths[mutant.place]:
            return self.answers
        nodes = rule_base().nodes
        for number in mutant.above:
            truth = self.truth(nodes[number], self._over(changed), self._chosen)
            if truth != self._truths[number]:
                changed[number] = truth
        return self._answers({**self._truths, **changed}, started)

    def _local(self, mutant: Mutant) -> dict[int, Bits]:
        """Return the truth of the criterion in which a mistake is made."""
        truth = self.truth(mutant.change, self._truths.__getitem__, self._chosen)
        if mutant.settles:
            unknown = self.everywhere & ~(truth.true | truth.false | truth.off)
            sides = (unknown, 0) if mutant.settles == "t" else (0, unknown)
            truth = Bits(truth.true | sides[0], truth.false | sides[1], truth.off)
        inside, nodes = {mutant.node: truth}, rule_base().nodes
        for number in mutant.within:
            inside[number] = self.truth(nodes[number], self._over(inside), self._chosen)
        return {mutant.place: inside[mutant.place]}

    def _over(self, changed: Mapping[int, Bits]) -> Callable[[int], Bits]:
        return lambda number: changed.get(number) or self._truths[number]

    def killed(self, mutant: Mutant) -> Kills:
        """Return which requests show a mistake.

        Where no readings are named, an answer that another reading leads to shows nothing.
        """
        given = self.mistaken(mutant)
        if given is self.answers:
            return Kills(0, 0, 0)
        shown, otherwise = [], 0
        for level in (0, 1):
            found = otherwise = given.differ(self.answers, level=level)
            for other in self.otherwise.values() if found & self.silent else ():
                found &= ~given.same(other, found & self.silent, level=level)
            shown.append(found)
        return Kills(shown[0], shown[1], otherwise)

    def _started(self, starts: Sequence[str], chosen: Mapping[str, Sequence[int]]) -> int:
        """Return where a text is in force."""
        if self.policy.start_reading is None:
            return self.since(starts[0])
        masks = chosen[self.policy.start_reading]
        found = 0
        for mask, start in zip(masks, starts, strict=True):
            found |= mask & self.since(start)
        return found

    def since(self, day: str) -> int:
        """Return which requests are of a day or of a later one."""
        if day not in self._days:
            number = int(day.replace("-", ""))
            self._days[day] = bits_of(request.day >= number for request in self.requests)
        return self._days[day]

    def _answers(self, truths: Mapping[int, Bits], started: int) -> Answers:
        root = truths[self.policy.root]
        criteria = []
        for criterion in self.policy.criteria:
            true, false, off = truths[criterion.node]
            criteria.append(
                Bits(true & started, false & started, off | (self.everywhere & ~started))
            )
        return Answers(root.true & started, root.false & started, tuple(criteria))

    def truth(
        self, node: Node, of: Callable[[int], Bits], chosen: Mapping[str, Sequence[int]]
    ) -> Bits:
        """Return where a condition is true, false and not in force.

        Args:
            node: The condition; a part ``~n`` is the opposite of part n.
            of: The truth of a part by its number.
            chosen: For each reading, where each of its values is taken.
        """
        if not node.parts:
            return self._leaf(node)
        parts = [self._part(part, of) for part in node.parts]
        match node.kind:
            case "by_reading":
                return selected(zip(chosen[node.reading], parts, strict=True))
            case "by_date":
                begun = [self.since(day) for day in node.dates]
                ended = [*begun[1:], 0]
                masks = [a & ~b for a, b in zip(begun, ended, strict=True)]
                before = self.everywhere & ~begun[0]
                return selected(
                    [(before, off_in(self.everywhere)), *zip(masks, parts, strict=True)]
                )
            case _:
                return joined(node.kind, parts, self.everywhere)

    def _part(self, part: int | None, of: Callable[[int], Bits]) -> Bits:
        if part is None:
            return off_in(self.everywhere)
        if part < 0:
            true, false, off = of(~part)
            return Bits(false, true, off)
        return of(part)

    def _leaf(self, node: Node) -> Bits:
        true = false = 0
        for facts, mask in self._groups(node.attributes):
            letter = leaf_letter(node, facts)
            if letter == "t":
                true |= mask
            elif letter == "f":
                false |= mask
        return Bits(true, false)

    def _groups(self, names: tuple[str, ...]) -> list[tuple[tuple[Possible | None, ...], int]]:
        """Return which requests have each of the values that there are of some facts."""
        if names not in self._grouped:
            places: dict[str, list[int]] = {}
            for place, request in enumerate(self.requests):
                places.setdefault(request.case.wire(names), []).append(place)
            found = []
            for where in places.values():
                known = self.requests[where[0]].case.possible
                mask = sum(1 << place for place in where)
                found.append((tuple(known.get(name) for name in names), mask))
            self._grouped[names] = found
        return self._grouped[names]
