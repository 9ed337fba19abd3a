# SPDX-License-Identifier: Apache-2.0
"""What is asked of a request, as its definition has it: the cells that each fact may be moved to.

Both judges start from here; what they do with it shares nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

from lutalogic import Case, rule_base
from lutalogic.cells import NUMERIC, cells_left, value_of
from lutalogic.possible import Members, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lutalogic import Decision
    from lutalogic.possible import Possible
    from lutalogic.rules import Attribute

#: A set of facts, by name, and the tuples of cells that do it, in the order of the names.
Answer = dict[tuple[str, ...], set[tuple[int, ...]]]


@dataclass(frozen=True)
class Question:
    """A decided request, and for each fact that may be moved the cells it may be moved to."""

    decision: Decision
    moves: Mapping[str, tuple[int, ...]]

    def moved(self, cells: Iterable[tuple[str, int]]) -> Case:
        """Return the case with some facts in other cells; an interval is narrowed where it can."""
        facts = self.decision.case.facts
        for name, cell in cells:
            facts[name] = self.value(name, cell)
        return Case.from_mapping(facts)

    def value(self, name: str, cell: int) -> Any:
        """Return a value of a fact in a cell; of an interval one that lies in it, if there is."""
        known = self.decision.case.possible.get(name)
        return _value(rule_base().attributes[name], known, cell)


@cache
def _value(attribute: Attribute, known: Possible | None, cell: int) -> Any:
    if isinstance(known, Span) and cell in cells_left(attribute, known):
        return value_of(attribute, [cell], within=known)
    return value_of(attribute, [cell])


def filling(decision: Decision) -> Question:
    """Ask what the open facts may be filled with: those not documented, and intervals."""
    attributes, known = rule_base().attributes, decision.case.possible
    return Question(
        decision,
        {
            name: tuple(cells_left(attributes[name], known.get(name)))
            for name in sorted(read_in_force(decision))
            if isinstance(known.get(name), Span | None)
        },
    )


def changing(decision: Decision, changeable: Mapping[str, bool]) -> Question:
    """Ask, besides, what documented facts may be changed to.

    Args:
        decision: The decided request.
        changeable: The facts of which a documented value can change, and whether it only grows.
    """
    attributes, known = rule_base().attributes, decision.case.possible
    moves = {}
    for name in sorted(read_in_force(decision)):
        attribute, fact = attributes[name], known.get(name)
        left = cells_left(attribute, fact)
        cells: Iterable[int] = left
        if fact is not None and name in changeable:
            cells = _grown(attribute, fact) if changeable[name] else range(len(attribute.cells))
        if fact is not None and len(left) == 1:
            cells = [cell for cell in cells if cell not in left]
        if moves_of_fact := tuple(cells):
            moves[name] = moves_of_fact
    return Question(decision, moves)


def _grown(attribute: Attribute, fact: Possible) -> Iterator[int]:
    """Yield the cells that a fact which only grows may come to lie in, its own included."""
    left = cells_left(attribute, fact)
    for cell, values in enumerate(attribute.cells):
        if isinstance(fact, Members):
            grown = any(mask & fact.mask == fact.mask for mask in values)
        elif attribute.type in NUMERIC and values == "never":
            grown = cell in left
        else:
            grown = cell >= left[0]
        if grown:
            yield cell


def read_in_force(decision: Decision) -> set[str]:
    """Return the facts that some condition in force below the outcome reads.

    No other bears on the outcome, so none is in a set of which every fact is needed.
    """
    nodes, policy, day = rule_base().nodes, decision.policy, decision.on.isoformat()
    read: set[str] = set()
    waiting: list[int | None] = [policy.root] if decision.text_in_force else []
    while waiting:
        number = waiting.pop()
        if number is None:
            continue
        node = nodes[number]
        read.update(node.attributes)
        if node.kind == "by_reading":
            waiting.append(
                node.parts[decision.request.choices[policy.readings.index(node.reading)]]
            )
        elif node.kind == "by_date":
            begun = [
                part for first, part in zip(node.dates, node.parts, strict=True) if first <= day
            ]
            waiting += begun[-1:]
        else:
            waiting += node.parts
    return read


def spread(
    facts: tuple[str, ...], boxes: Iterable[Mapping[str, Iterable[int]]]
) -> set[tuple[int, ...]]:
    """Return the tuples of cells in a union of boxes, in the order of some facts."""
    return {cells for box in boxes for cells in product(*(tuple(box[name]) for name in facts))}
