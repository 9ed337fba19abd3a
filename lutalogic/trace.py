# SPDX-License-Identifier: Apache-2.0
"""Walk the graph of a policy's nodes with the truths that an engine gave them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lutalogic.rules import Policy


@dataclass(frozen=True)
class Trace:
    """The nodes of a policy as one decision has them.

    Attributes:
        policy: The policy.
        choices: The index of the value chosen for each of ``policy.readings``.
        day: The date of service, YYYY-MM-DD, or the last day before it on which a text changed.
        truths: The letter of each of ``policy.nodes``.
    """

    policy: Policy
    choices: tuple[int, ...]
    day: str
    truths: str

    @cached_property
    def _graph(self) -> Graph:
        return graph(self.policy, self.choices, self.day)

    def letter(self, node: int) -> str:
        """Return the letter of a node: t, f, u or -."""
        return self.truths[self.policy.positions[node]]

    def parts(self, number: int) -> tuple[int, ...]:
        """Return the parts of a node that are in force under the readings and on the date."""
        nodes = self.policy.nodes
        return tuple([nodes[p] for p in self._graph.parts[self.policy.positions[number]]])

    def reasons(self, start: int) -> list[int]:
        """Return the nodes on which the truth of a node rests, itself first.

        Of a combination that one part decides (a false part of all_of, say), only the parts with
        the truth of the whole are reasons; of evidence in conflict, those that speak; else all are.
        """
        graph, truths, nodes = self._graph, self.truths, self.policy.nodes
        found: dict[int, None] = {}
        waiting = [self.policy.positions[start]]
        while waiting:
            place = waiting.pop()
            if place not in found:
                found[place] = None
                waiting += reversed(_deciding_parts(graph.kinds[place], place, graph.parts, truths))
        return [nodes[place] for place in found]

    def below(self, start: int, stop: Collection[int] = ()) -> list[int]:
        """Return a node and all nodes in force below it, but none below another node of `stop`."""
        found: dict[int, None] = {}
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if node not in found:
                found[node] = None
                if node == start or node not in stop:
                    waiting += reversed(self.parts(node))
        return list(found)

    def conflicts(self, number: int) -> bool:
        """Tell whether a node joins sources of evidence that disagree."""
        place = self.policy.positions[number]
        return (
            self.truths[place] == "u"
            and self._graph.kinds[place] == "evidence"
            and _torn(self._graph.parts[place], self.truths)
        )

    @property
    def evidence(self) -> tuple[int, ...]:
        """Return the nodes that join sources of evidence."""
        return self._graph.evidence


def _torn(parts: Sequence[int], truths: str) -> bool:
    letters = [truths[part] for part in parts]
    return "t" in letters and "f" in letters


def _deciding_parts(
    kind: str, place: int, parts_of: Sequence[Sequence[int]], truths: str
) -> Sequence[int]:
    """Return the places of the parts on which the truth at a place rests."""
    parts, letter = parts_of[place], truths[place]
    match kind, letter:
        case ("all_of", "t") | ("any_of", "f") | (("not" | "by_reading" | "by_date"), _):
            return parts
        case "evidence", "u":
            return [p for p in parts if truths[p] != "u"] if _torn(parts, truths) else parts
        case (("supports" | "rules_out"), letter) if letter != "u":
            return parts
        case _:  # of a source that is silent: settled the other way, it is silent for good
            return [part for part in parts if truths[part] == letter]


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


@lru_cache(maxsize=50_000)
def findings(trace: Trace) -> Findings:
    """Return what the letters of a decision tell; many patients of a cohort share them."""
    policy = trace.policy
    root = trace.letter(policy.root)
    if root == "-":
        return Findings((), (), ())
    reached = trace.reasons(policy.root)
    among = set(reached)
    deciding = tuple([c.id for c in policy.criteria if c.node in among])
    torn = [node for node in trace.evidence if trace.conflicts(node)]
    if root != "u":
        return Findings(deciding, (), _touched(trace, torn))
    waited = _waited(trace, reached, torn)
    names = tuple([name for name in rule_base().attributes if name in waited])
    return Findings(deciding, names, _touched(trace, torn))


def _waited(trace: Trace, reached: Sequence[int], torn: Collection[int]) -> set[str]:
    """Return the facts that unknown nodes read, and those below evidence that disagrees."""
    nodes, truths, positions = rule_base().nodes, trace.truths, trace.policy.positions
    waited: set[str] = set()
    for node in reached:
        if truths[positions[node]] == "u":
            if node not in torn:
                waited.update(nodes[node].attributes)
                continue
            for part in trace.parts(node):  # what would silence a side may lie anywhere below it
                if trace.letter(part) != "u":
                    for below in trace.below(part):
                        waited.update(nodes[below].attributes)
    return waited


def _touched(trace: Trace, torn: Sequence[int]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return evidence that disagrees, as far as it is in force, with the criteria it touches."""
    if not torn:
        return ()
    policy = trace.policy
    in_force = set(trace.below(policy.root))
    touched: dict[int, list[str]] = {node: [] for node in torn if node in in_force}
    for criterion in policy.criteria:
        for node in trace.below(criterion.node, stop=policy.criteria_by_node):
            if node in touched:
                touched[node].append(criterion.id)
    return tuple((node, tuple(ids)) for node, ids in sorted(touched.items()))


@dataclass(frozen=True, slots=True)
class Graph:
    """What is in force, in the order of the letters.

    Attributes:
        kinds: The kind of each node.
        parts: The places of the parts of each node that are in force.
        evidence: The numbers of the nodes that join sources of evidence.
    """

    kinds: tuple[str, ...]
    parts: tuple[tuple[int, ...], ...]
    evidence: tuple[int, ...]


@lru_cache(maxsize=512)
def graph(policy: Policy, choices: tuple[int, ...], day: str) -> Graph:
    """Return the graph that is in force; readings and the day alone tell which."""
    nodes, positions = rule_base().nodes, policy.positions
    found: list[tuple[int, ...]] = []
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
        kept = tuple(positions[p] for p in parts if p is not None and p not in idle)
        found.append(kept)
        if node.parts and not kept:
            idle.add(number)
    kinds = tuple(nodes[number].kind for number in policy.nodes)
    evidence = tuple(n for n, kind in zip(policy.nodes, kinds, strict=True) if kind == "evidence")
    return Graph(kinds, tuple(found), evidence)


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
    return tuple(sorted(days.union(policy.starts, (text.start for text in policy.texts))))


def turning_day(policy: Policy, day: str) -> str:
    """Return the last day up to this one on which what a policy asks changed; "" before all."""
    days = turning_days(policy)
    begun = bisect_right(days, day)
    return days[begun - 1] if begun else ""
