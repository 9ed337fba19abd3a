# SPDX-License-Identifier: Apache-2.0
"""How many facts of a patient must change at the least, before any search.

A lower bound, from the leaves up: a truth costs as many changes as its cheapest way does. What must
hold together adds up where it rests on different facts, and where it shares some the dearest part
counts. So searching for the nearest patient begins where one can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from lutalogic.backwards import UNDOCUMENTED
from lutalogic.engines.kanren import leaf_relation
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lutalogic.wishes import View, Way

#: More changes than there are facts: it cannot be.
_NEVER: Final = 1000


class _Cost(NamedTuple):
    """The least numbers of changes for a node to be true, false, unknown, and the facts it reads.

    A node that is not in force costs nothing, whatever is asked of the rest.
    """

    t: int
    f: int
    u: int
    facts: frozenset[str]

    def least(self, letters: str) -> int:
        """Return the least of the costs of some truths."""
        costs = {"t": self.t, "f": self.f, "u": self.u}
        return min([_NEVER, *(costs[letter] for letter in letters if letter != "-")])


def least_changes(way: Way, near: Mapping[str, int]) -> int:
    """Return a number of facts such that no fewer can change for all demands to be fulfilled.

    Args:
        way: What is demanded.
        near: The form of each documented fact of the given patient.
    """
    costs = _Costs(near)
    return max(
        (
            cost.least(letters)
            for view, node, letters in way.demands
            if view.started and (cost := costs.of(view, node)) is not None
        ),
        default=0,
    )


class _Costs:
    def __init__(self, near: Mapping[str, int]) -> None:
        self._near = near
        self._known: dict[tuple[View, int], _Cost | None] = {}

    def of(self, view: View, node: int) -> _Cost | None:
        """Return what the truths of a node cost; None if it is not in force."""
        key = view, node
        if key not in self._known:
            self._known[key] = self._new(view, node)
        return self._known[key]

    def _new(self, view: View, node: int) -> _Cost | None:
        entry = rule_base().nodes[node]
        taken = dict(view.truths).get(node)
        if taken:
            free = {letter: 0 if letter == taken else _NEVER for letter in "tfu"}
            return _Cost(**free, facts=frozenset())
        if not entry.parts:
            return self._leaf(view, node)
        parts = [c for p in view.parts(node) if (c := self.of(view, p)) is not None]
        if not parts:
            return None
        return _joined(entry.kind, parts)

    def _leaf(self, view: View, node: int) -> _Cost:
        names = rule_base().nodes[node].attributes
        costs = dict.fromkeys("tfu", _NEVER)
        for *forms, letter in leaf_relation(node).rows:
            changes = sum(
                name != view.known and form != self._near.get(name, UNDOCUMENTED)
                for name, form in zip(names, forms, strict=True)
            )
            costs[letter] = min(costs[letter], changes)
        return _Cost(**costs, facts=frozenset(names) - {view.known})


def _joined(kind: str, parts: list[_Cost]) -> _Cost:
    """Return what the truths of a node cost that joins parts."""
    facts = frozenset().union(*(part.facts for part in parts))
    one = parts[0]
    cheapest = {letter: min(getattr(part, letter) for part in parts) for letter in "tfu"}
    all_true, all_false = (_together((p.least(x), p.facts) for p in parts) for x in "tf")
    none_false, none_true = (_together((p.least(x), p.facts) for p in parts) for x in ("tu", "fu"))
    match kind:
        case "all_of":
            return _Cost(all_true, cheapest["f"], max(cheapest["u"], none_false), facts)
        case "any_of":
            return _Cost(cheapest["t"], all_false, max(cheapest["u"], none_true), facts)
        case "evidence":
            true, false = max(cheapest["t"], none_false), max(cheapest["f"], none_true)
            return _Cost(true, false, 0, facts)
        case "not":
            return _Cost(one.f, one.t, one.u, facts)
        case "supports":
            return _Cost(one.t, _NEVER, one.least("fu"), facts)
        case "rules_out":
            return _Cost(_NEVER, one.t, one.least("fu"), facts)
        case _:  # by_reading, by_date: the part that is in force
            return one


def _together(costs: Iterable[tuple[int, frozenset[str]]]) -> int:
    """Return the least number of changes for several things at once."""
    groups: list[tuple[int, frozenset[str]]] = []
    for cost, facts in costs:
        sharing = [group for group in groups if group[1] & facts]
        groups = [group for group in groups if not group[1] & facts]
        dearest = max([cost, *(each for each, _ in sharing)])
        groups.append((dearest, facts.union(*(read for _, read in sharing))))
    return min(_NEVER, sum(cost for cost, _ in groups))
