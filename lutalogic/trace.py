# SPDX-License-Identifier: Apache-2.0
"""Walk the graph of a policy's nodes with the truths that an engine gave them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from lutalogic.rules import Policy


@dataclass(frozen=True)
class Trace:
    """The nodes of a policy as one decision has them.

    Attributes:
        policy: The policy.
        choices: The index of the value chosen for each of ``policy.readings``.
        day: The date of service, YYYY-MM-DD.
        truths: The letter of each of ``policy.nodes``.
    """

    policy: Policy
    choices: tuple[int, ...]
    day: str
    truths: str

    def letter(self, node: int) -> str:
        """Return the letter of a node: t, f, u or -."""
        return self.truths[self.policy.positions[node]]

    @cached_property
    def _in_force(self) -> Mapping[int, tuple[int, ...]]:
        return _parts_in_force(self.policy, self.choices, self.day)

    def parts(self, number: int) -> tuple[int, ...]:
        """Return the parts of a node that are in force under the readings and on the date."""
        return self._in_force[number]

    def reasons(self, start: int) -> Iterator[int]:
        """Yield the nodes on which the truth of a node rests, itself first.

        Of a combination that one part decides (a false part of all_of, say), only the parts with
        the truth of the whole are reasons; of evidence in conflict, those that speak; else all are.
        """
        return self._walk(start, self._deciding_parts)

    def below(self, start: int, stop: Collection[int] = ()) -> Iterator[int]:
        """Yield a node and all nodes in force below it, but none below another node of `stop`."""
        return self._walk(
            start, lambda node: () if node != start and node in stop else self.parts(node)
        )

    def conflicts(self, number: int) -> bool:
        """Tell whether a node joins sources of evidence that disagree."""
        if rule_base().nodes[number].kind != "evidence":
            return False
        letters = {self.letter(part) for part in self.parts(number)}
        return {"t", "f"} <= letters

    def _deciding_parts(self, number: int) -> tuple[int, ...]:
        kind, letter = rule_base().nodes[number].kind, self.letter(number)
        parts = self.parts(number)
        if kind == "evidence" and self.conflicts(number):
            return tuple(part for part in parts if self.letter(part) != "u")
        if kind in ("supports", "rules_out") and letter == "u":
            # A source is silent for good where what it would say is settled the other way.
            return tuple(part for part in parts if self.letter(part) == "u")
        if (kind, letter) in _WHOLE:
            return parts
        return tuple(part for part in parts if self.letter(part) == letter)

    def _walk(self, start: int, onward: Callable[[int], tuple[int, ...]]) -> Iterator[int]:
        seen: set[int] = set()
        stack = [start]
        while stack:
            number = stack.pop()
            if number not in seen:
                seen.add(number)
                yield number
                stack.extend(reversed(onward(number)))


@dataclass(frozen=True, slots=True)
class Findings:
    """What the letters alone tell of a decision, whoever the patient is.

    Attributes:
        deciding: The ids of the criteria that decide the outcome, in the document's order.
        waited: The facts that an unknown outcome rests on, in the vocabulary's order.
        torn: The nodes whose evidence disagrees, each with the criteria that it touches.
    """

    deciding: tuple[str, ...]
    waited: tuple[str, ...]
    torn: tuple[tuple[int, tuple[str, ...]], ...]


@lru_cache(maxsize=20_000)
def findings(trace: Trace) -> Findings:
    """Return what the letters of a decision tell; many patients of a cohort share them."""
    policy = trace.policy
    if trace.letter(policy.root) == "-":
        return Findings((), (), ())
    reached = list(trace.reasons(policy.root))
    among = set(reached)
    deciding = tuple(c.id for c in policy.criteria if c.node in among)
    waited = set(_waited(trace, reached)) if trace.letter(policy.root) == "u" else set()
    names = tuple(name for name in rule_base().attributes if name in waited) if waited else ()
    return Findings(deciding, names, _torn(trace))


def _waited(trace: Trace, reached: Iterable[int]) -> Iterator[str]:
    nodes = rule_base().nodes
    for node in reached:
        if trace.conflicts(node):  # what would silence a side may lie anywhere below it
            for part in trace.parts(node):
                if trace.letter(part) != "u":
                    for below in trace.below(part):
                        yield from nodes[below].attributes
        elif trace.letter(node) == "u":
            yield from nodes[node].attributes


def _torn(trace: Trace) -> tuple[tuple[int, tuple[str, ...]], ...]:
    policy = trace.policy
    torn = [node for node in _evidence(policy) if trace.conflicts(node)]
    if not torn:
        return ()
    in_force = set(trace.below(policy.root))
    touched: dict[int, list[str]] = {node: [] for node in torn if node in in_force}
    for criterion in policy.criteria:
        for node in trace.below(criterion.node, stop=policy.criteria_by_node):
            if node in touched:
                touched[node].append(criterion.id)
    return tuple((node, tuple(ids)) for node, ids in sorted(touched.items()))


@lru_cache
def _evidence(policy: Policy) -> tuple[int, ...]:
    nodes = rule_base().nodes
    return tuple(number for number in policy.nodes if nodes[number].kind == "evidence")


@lru_cache(maxsize=512)
def _parts_in_force(
    policy: Policy, choices: tuple[int, ...], day: str
) -> Mapping[int, tuple[int, ...]]:
    """Return the parts of each node that are in force; readings and the day alone tell which."""
    nodes = rule_base().nodes
    found: dict[int, tuple[int, ...]] = {}
    idle: set[int | None] = {None}
    for number in policy.nodes:  # parts come before what they are parts of
        node = nodes[number]
        parts: tuple[int | None, ...]
        match node.kind:
            case "by_reading":
                parts = (node.parts[choices[policy.readings.index(node.reading)]],)
            case "by_date":
                begun = [p for d, p in zip(node.dates, node.parts, strict=True) if d <= day]
                parts = tuple(begun[-1:])
            case _:
                parts = node.parts
        found[number] = tuple(part for part in parts if part is not None and part not in idle)
        if node.parts and not found[number]:
            idle.add(number)
    return found


#: The combinations whose truth rests on all of their parts; kinds with one part always do.
_WHOLE = {("all_of", "t"), ("any_of", "f"), ("evidence", "u")} | {
    (kind, letter)
    for kind in ("not", "supports", "rules_out", "by_reading", "by_date")
    for letter in "tfu-"
}


def facts_read(node: int) -> tuple[str, ...]:
    """Return the facts that a node reads, under any reading, in the vocabulary's order."""
    base = rule_base()
    names: set[str] = set()
    stack = [node]
    while stack:
        current = base.nodes[stack.pop()]
        names.update(current.attributes)
        stack.extend(part for part in current.parts if part is not None)
    return tuple(name for name in base.attributes if name in names)


@lru_cache
def turning_days(policy: Policy) -> tuple[str, ...]:
    """Return the days on which what a policy asks may change."""
    nodes = rule_base().nodes
    days = {day for number in policy.nodes for day in nodes[number].dates}
    return tuple(sorted(days.union(policy.starts)))


def turning_day(policy: Policy, day: str) -> str:
    """Return the last day up to this one on which what a policy asks changed; "" before all."""
    days = turning_days(policy)
    begun = bisect_right(days, day)
    return days[begun - 1] if begun else ""
