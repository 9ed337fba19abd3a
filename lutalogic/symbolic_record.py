# SPDX-License-Identifier: Apache-2.0
"""A record as formulas: what each of its facts may still be."""

from __future__ import annotations

from functools import cache, cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from lutalogic.cells import NUMERIC, cells_left, may_be_wide, stretches
from lutalogic.rulebase import rule_base
from lutalogic.solving import z3

if TYPE_CHECKING:
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
    def shape(self) -> list[Any]:
        """Return what makes this a record: a fact is known, an interval, or unknown."""
        return [rule for a in rule_base().attributes.values() for rule in self._shape(a)]

    def _shape(self, attribute: Attribute) -> list[Any]:
        may, documented = self.may[attribute.name], self.documented[attribute.name]
        everything = z3.And(list(may))
        rules = [z3.Or(list(may)), z3.Or(documented, everything)]
        if not may_be_wide(attribute):
            rules.append(z3.Or(z3.Not(documented), z3.Not(everything)))
        if attribute.type not in NUMERIC:
            rules += [z3.Or(everything, z3.Not(a), z3.Not(b)) for a, b in combinations(may, 2)]
            return rules
        numbers = len(stretches(attribute))
        for low in range(numbers):  # what lies between two possible numbers is possible
            for high in range(low + 2, numbers):
                for between in range(low + 1, high):
                    rules.append(z3.Or(z3.Not(may[low]), z3.Not(may[high]), may[between]))
        if attribute.cells[-1] == _NEVER:
            rules += [z3.Or(everything, z3.Not(may[-1]), z3.Not(m)) for m in may[:-1]]
        return rules

    def holds(self, case: Case) -> list[Any]:
        """Return that this record is a case: each fact leaves the same cells possible."""
        rules = []
        for attribute in rule_base().attributes.values():
            known = case.possible.get(attribute.name)
            left = cells_left(attribute, known)
            rules.append(self.documented[attribute.name] == (known is not None))
            rules += [m == (i in left) for i, m in enumerate(self.may[attribute.name])]
        return rules

    def exactly(self, attribute: str, cell: int) -> Any:
        """Return that a fact is known to lie in a cell."""
        may = self.may[attribute]
        others = [z3.Not(m) for i, m in enumerate(may) if i != cell]
        return z3.And([may[cell], self.documented[attribute], *others])

    def known(self, attribute: str) -> Any:
        """Return that a fact is known to lie in one cell."""
        return z3.Or([self.exactly(attribute, i) for i in range(len(self.may[attribute]))])

    def same(self, other: Record, attribute: str) -> list[Any]:
        """Return that a fact is the same in another record."""
        pairs = [*zip(self.may[attribute], other.may[attribute], strict=True)]
        pairs.append((self.documented[attribute], other.documented[attribute]))
        return [a == b for a, b in pairs]

    def extends(self, other: Record) -> list[Any]:
        """Return that each fact is that of another record, or is filled in, or narrowed."""
        rules = []
        for name, may in self.may.items():
            rules += [z3.Implies(a, b) for a, b in zip(may, other.may[name], strict=True)]
            rules.append(z3.Implies(other.documented[name], self.documented[name]))
        return rules

    def increased(self, other: Record, attribute: str) -> list[Any]:
        """Return that a number is known in both records, and here is no less than in another."""
        here, there = self.may[attribute], other.may[attribute]
        below = [
            z3.Not(z3.And(here[i], there[j]))
            for i in range(len(here))
            for j in range(len(there))
            if i < j
        ]
        return [self.known(attribute), other.known(attribute), *below]


@cache
def record(name: str) -> Record:
    """Return the symbolic record of a name: one for each name, so that formulas can be shared."""
    return Record(name)
