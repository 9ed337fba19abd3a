# SPDX-License-Identifier: Apache-2.0
"""A record as formulas: what each of its facts may still be."""

from __future__ import annotations

from functools import cache, cached_property
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, Final

from lutalogic.cells import NUMERIC, cells_left, may_be_wide, stretches
from lutalogic.rulebase import rule_base
from lutalogic.solving import conjunction, disjunction, implication, negation, z3

if TYPE_CHECKING:
    from collections.abc import Collection

    from lutalogic.case import Case
    from lutalogic.rules import Attribute

_NEVER: Final = "never"


class Record:
    """A symbolic record: what each fact may still be."""

    def __init__(self, name: str) -> None:
        self.name = name
        attributes = rule_base().attributes.values()
        self.may: dict[str, tuple[Any, ...]] = {
            a.name: tuple(z3.Bool(f"{name}:{a.name}:{i}") for i in range(len(a.cells)))
            for a in attributes
        }
        self.documented: dict[str, Any] = {
            a.name: z3.Bool(f"{name}:{a.name}:documented") for a in attributes
        }

    @cached_property
    def shape(self) -> Any:
        """Return what makes this a record: a fact is known, an interval, or unknown."""
        attributes = rule_base().attributes.values()
        return conjunction([rule for a in attributes for rule in self._shape(a)])

    def _shape(self, attribute: Attribute) -> list[Any]:
        may, documented = self.may[attribute.name], self.documented[attribute.name]
        everything = conjunction(may)
        rules = [disjunction(may), disjunction([documented, everything])]
        if not may_be_wide(attribute):
            rules.append(negation(conjunction([documented, everything])))
        if attribute.type not in NUMERIC:
            pairs = combinations(may, 2)
            rules += [implication(conjunction(pair), everything) for pair in pairs]
            return rules
        numbers = len(stretches(attribute))
        for low in range(numbers):  # what lies between two possible numbers is possible
            for high in range(low + 2, numbers):
                between = conjunction(may[low + 1 : high])
                rules.append(implication(conjunction([may[low], may[high]]), between))
        if attribute.cells[-1] == _NEVER:
            rules += [implication(conjunction([may[-1], m]), everything) for m in may[:-1]]
        return rules

    def holds(self, case: Case) -> list[Any]:
        """Return that this record is a case: each fact leaves the same cells possible."""
        rules = []
        for attribute in rule_base().attributes.values():
            known = case.possible.get(attribute.name)
            left = cells_left(attribute, known)
            rules.append(self._stated(self.documented[attribute.name], known is not None))
            rules += [self._stated(m, i in left) for i, m in enumerate(self.may[attribute.name])]
        return rules

    @staticmethod
    def _stated(part: Any, whether: bool) -> Any:
        return part if whether else negation(part)

    def is_fact(self, attribute: str, cells: Collection[int]) -> list[Any]:
        """Return that just these cells are left to a documented fact; of no cells, that it is not.

        Args:
            attribute: The fact.
            cells: One cell, or neighbours of an attribute of numbers.
        """
        rules = [self._stated(self.documented[attribute], bool(cells))]
        may = enumerate(self.may[attribute])
        return rules + [self._stated(m, not cells or i in cells) for i, m in may]

    def known(self, attribute: str) -> Any:
        """Return that a fact is known to lie in one cell."""
        cells = range(len(self.may[attribute]))
        return disjunction(conjunction(self.is_fact(attribute, [cell])) for cell in cells)


@cache
def same(one: Record, other: Record, attribute: str) -> Any:
    """Return that a fact is the same in two records."""
    pairs = [*zip(one.may[attribute], other.may[attribute], strict=True)]
    pairs.append((one.documented[attribute], other.documented[attribute]))
    return conjunction([a == b for a, b in pairs])


@cache
def extends(more: Record, less: Record) -> Any:
    """Return that each fact of a record is that of another, or is filled in, or narrowed."""
    rules = []
    for name, may in more.may.items():
        rules += [implication(a, b) for a, b in zip(may, less.may[name], strict=True)]
        rules.append(implication(less.documented[name], more.documented[name]))
    return conjunction(rules)


def increased(more: Record, less: Record, attribute: str) -> Any:
    """Return that a number is known in two records, and in the first is no less."""
    here, there = more.may[attribute], less.may[attribute]
    pairs = product(range(len(here)), range(len(there)))
    below = [negation(conjunction([here[i], there[j]])) for i, j in pairs if i < j]
    return conjunction([more.known(attribute), less.known(attribute), *below])


@cache
def record(name: str) -> Record:
    """Return the symbolic record of a name: one for each name, so that formulas can be shared."""
    return Record(name)
