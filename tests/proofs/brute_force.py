# SPDX-License-Identifier: Apache-2.0
"""Gaps of small conditions, found by trying every record and every completion of it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from lutalogic import Case, rule_base
from lutalogic.cells import NUMERIC, cells_left, stretches, value_of
from lutalogic.circumstances import Circumstances, otherwise, texts
from lutalogic.dates import day_number
from lutalogic.engines import Request
from lutalogic.engines.prolog import PROLOG
from lutalogic.gaps import DECIDED, GapSearch, may_arise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lutalogic.gaps import Decided
    from lutalogic.rules import Attribute

#: Conditions that read at most so many facts are tried with every record.
SMALL = 3


def forms(attribute: Attribute) -> list[Any]:
    """Return the forms of a fact: unknown, each cell, and each interval of neighbours."""
    count = len(attribute.cells)
    values = [value_of(attribute, [cell]) for cell in range(count)]
    if attribute.type in NUMERIC:
        numbers = len(stretches(attribute))
        values += [
            value_of(attribute, range(low, high))
            for low in range(numbers)
            for high in range(low + 2, numbers + 1)
            if high - low < count
        ]
    return [None, *values]


def records(names: list[str]) -> Iterator[Case]:
    """Yield every record of some facts, as far as the rules tell records apart."""
    attributes = [rule_base().attributes[name] for name in names]
    for values in product(*map(forms, attributes)):
        known = {n: v for n, v in zip(names, values, strict=True) if v is not None}
        yield Case(**known)


def letters(circumstances: Circumstances, cases: list[Case]) -> list[str]:
    """Return the truths of all nodes of a policy in some records."""
    policy, day = circumstances.policy, day_number(circumstances.day)
    return PROLOG.truths([Request(policy, day, circumstances.choices, case) for case in cases])


class Tried:
    """What the completions of every record of a small condition are, by trial."""

    def __init__(self, circumstances: Circumstances, node: int) -> None:
        self.names = list(circumstances.facts(node))
        self._places = circumstances.policy.positions
        self.cases = list(records(self.names))
        self._letters = letters(circumstances, self.cases)
        attributes = [rule_base().attributes[name] for name in self.names]
        grid = list(product(*(range(len(a.cells)) for a in attributes)))
        points = [
            Case(**{a.name: value_of(a, [c]) for a, c in zip(attributes, cells, strict=True)})
            for cells in grid
        ]
        self._points = dict(zip(grid, letters(circumstances, points), strict=True))
        self._attributes = attributes

    def gap(self, number: int, node: int, truth: Decided) -> bool:
        """Tell whether a record is unknown and all its completions are decided so."""
        place = self._places[node]
        if self._letters[number][place] != "u":
            return False
        case = self.cases[number]
        left = [cells_left(a, case.possible.get(a.name)) for a in self._attributes]
        return all(self._points[cells][place] == truth[0] for cells in product(*left))

    def arisen(self, circumstances: Circumstances, node: int, truth: Decided) -> Iterator[Case]:
        """Yield the records that are gaps of a condition and of no part of it."""
        for number, case in enumerate(self.cases):
            if self.gap(number, node, truth) and not any(
                self.gap(number, part, each)
                for part in circumstances.parts(node)
                for each in DECIDED
            ):
                yield case


def small_conditions(*names: str) -> Iterator[tuple[Circumstances, int]]:
    """Yield each condition of at most three facts once for what texts and readings make of it.

    Args:
        names: The policies whose conditions; all of them where none is named.
    """
    seen = set()
    for policy in rule_base().policies.values():
        for circumstances in (*texts(policy), *otherwise(policy)):
            for node in circumstances.below(policy.root):
                key = circumstances.signature(node)
                if key in seen or len(circumstances.parts(node)) < 2:
                    continue
                seen.add(key)
                small = len(circumstances.facts(node)) <= SMALL
                if small and policy.name in (names or (policy.name,)):
                    yield circumstances, node


def compared(conditions: Iterable[tuple[Circumstances, int]]) -> tuple[int, int]:
    """Compare the search for gaps with trials; return how many conditions and gaps there were.

    Raises:
        AssertionError: They differ in whether a gap arises in a condition, or in how small it is.
    """
    count, gaps = 0, 0
    searches: dict[tuple[str, str], GapSearch] = {}
    for circumstances, node in conditions:
        tried = Tried(circumstances, node)
        count += 1
        key = circumstances.policy.name, circumstances.day
        if key not in searches:
            searches[key] = GapSearch(circumstances.policy, circumstances.day)
        for truth in DECIDED:
            arisen = list(tried.arisen(circumstances, node, truth))
            found = None
            if may_arise(circumstances, node, truth):
                found = searches[key].gap(circumstances, node, truth)
            assert (found is not None) == bool(arisen), (circumstances, node, truth)
            if found is not None:
                gaps += 1
                assert len(found.facts) == min(len(case.facts) for case in arisen)
    return count, gaps
