# SPDX-License-Identifier: Apache-2.0
"""Walk the graph of a policy's nodes with the truths that an engine gave them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from lutalogic.rules import Policy


@dataclass(frozen=True, slots=True)
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

    def parts(self, number: int) -> tuple[int, ...]:
        """Return the parts of a node that are in force under the readings and on the date."""
        node = rule_base().nodes[number]
        match node.kind:
            case "by_reading":
                selected = node.parts[self.choices[self.policy.readings.index(node.reading)]]
            case "by_date":
                begun = [p for d, p in zip(node.dates, node.parts, strict=True) if d <= self.day]
                selected = begun[-1] if begun else None
            case _:
                return tuple(p for p in node.parts if p is not None and self.letter(p) != "-")
        return () if selected is None else (selected,)

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
