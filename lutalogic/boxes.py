# SPDX-License-Identifier: Apache-2.0
"""Boxes of records as whole numbers, and unions of boxes joined and cut to the outermost.

A *box* holds, for each fact, some of its forms (see `cells.forms`); a record is in it if each of
its facts has one of these. It is one whole number: a field of bits for each fact, with one bit for
each form and a spare bit above. Intersecting is one operation, and so is finding the fields of
which nothing is left: adding a number of ones below each spare bit carries into it just where the
field is not empty.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from itertools import chain, combinations
from operator import or_
from typing import TYPE_CHECKING, TypeVar

from lutalogic.cells import forms
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_T = TypeVar("_T")


class Fields:
    """Where each fact has its field in a box, and what can be made of unions of boxes.

    Attributes:
        every: The box of all records.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._places: dict[str, tuple[int, int]] = {}
        self._fields: dict[int, int] = {}
        self.every, self._spare, at = 0, 0, 0
        for name in names:
            mask = (1 << len(forms(rule_base().attributes[name]))) - 1
            self._places[name] = at, mask
            self.every |= mask << at
            at += mask.bit_length()
            self._spare |= 1 << at
            self._fields[1 << at] = mask << at - mask.bit_length()
            at += 1

    @property
    def names(self) -> tuple[str, ...]:
        """Return the facts that have a field."""
        return tuple(self._places)

    def box(self, some: Mapping[str, int]) -> int:
        """Return the box of the records in which some facts have certain forms, given as bits."""
        found = self.every
        for name, bits in some.items():
            at, mask = self._places[name]
            found &= ~(mask << at) | bits << at
        return found

    def bits(self, box: int, name: str) -> int:
        """Return the forms of a fact that a box holds, as bits."""
        at, mask = self._places[name]
        return box >> at & mask

    def field(self, spare: int) -> int:
        """Return the field below a spare bit."""
        return self._fields[spare]

    def filled(self, box: int) -> int:
        """Return a spare bit for each field of which a form is left."""
        return (box + self.every) & self._spare

    def empty(self, box: int) -> int:
        """Return a spare bit for each field of which no form is left."""
        return self.filled(box) ^ self._spare

    def named(self, spare: int) -> tuple[str, ...]:
        """Return the facts of some spare bits."""
        return tuple(name for name, (at, mask) in self._places.items() if spare >> at & (mask + 1))

    def union(self, unions: Iterable[Iterable[int]]) -> tuple[int, ...]:
        """Return the outermost boxes of any of some unions."""
        some = [tuple(boxes) for boxes in unions if boxes]
        return some[0] if len(some) == 1 else self._outermost(chain.from_iterable(some))

    def in_common(self, unions: Iterable[Iterable[int]]) -> tuple[int, ...]:
        """Return the boxes that all of some unions have in common.

        Those that speak of the same facts are joined first: where they do, most of what is made
        lies inside another box.
        """
        left = [some for some in map(tuple, unions) if some != (self.every,)]
        facts = [self._facts(some) for some in left]
        while len(left) > 1:
            one, other = max(combinations(range(len(left)), 2), key=lambda ab: _shared(facts, *ab))
            facts = [*_without(facts, one, other), facts[one] | facts[other]]
            both = self._intersections(left[one], left[other])
            left = [*_without(left, one, other), self._outermost(both)]
        return left[0] if left else (self.every,)

    def _facts(self, boxes: Iterable[int]) -> int:
        """Return a spare bit for each fact of which some boxes speak."""
        filled, every = self.filled, self.every
        return reduce(or_, (filled(every ^ box) for box in boxes), 0)

    def _intersections(self, some: Iterable[int], others: Iterable[int]) -> Iterator[int]:
        """Yield the boxes of two unions' intersection; few that lie inside another."""
        filled, whole = self.filled, self.filled(self.every)
        inside = {one for one in some if any(one & other == one for other in others)}
        within = {other for other in others if any(one & other == other for one in some)}
        yield from inside | within
        rest = [other for other in others if other not in within]
        for one in some:
            if one not in inside:
                yield from [box for other in rest if filled(box := one & other) == whole]

    def _outermost(self, boxes: Iterable[int]) -> tuple[int, ...]:
        """Return some boxes without those that lie inside another.

        A box lies inside those that speak of no other facts, and whose fields hold its own. Numbers
        with a bit for each box say which these are, fact by fact.
        """
        filled, every = self.filled, self.every
        some = sorted(set(boxes))
        alike: dict[int, list[int]] = {}
        for number, box in enumerate(some):
            alike.setdefault(filled(every ^ box), []).append(number)
        holding = self._holding(some, alike)
        silent = {fact: holders[self.field(fact)] for fact, holders in holding.items()}
        kept = []
        for facts, numbers in alike.items():
            fewer = (1 << len(some)) - 1
            for fact, holders in silent.items():
                if not fact & facts:
                    fewer &= holders
            mine = [(self.field(fact), holding[fact]) for fact in _bits(facts)]
            for number in numbers:
                box = some[number]
                holders = fewer
                for field, by_field in mine:
                    holders &= by_field[box & field]
                if holders == 1 << number:
                    kept.append(box)
        return tuple(kept)

    def _holding(
        self, boxes: Sequence[int], alike: Mapping[int, Sequence[int]]
    ) -> dict[int, dict[int, int]]:
        """Return for each fact and each field of it which boxes hold that field.

        Args:
            boxes: The boxes.
            alike: The numbers of the boxes that speak of the same facts.
        """
        having: dict[int, dict[int, bytearray]] = {}
        size = len(boxes) // 8 + 1
        for facts, numbers in alike.items():
            for fact in _bits(facts):
                field = self.field(fact)
                here = having.setdefault(fact, {})
                for number in numbers:
                    own = boxes[number] & field
                    if own not in here:
                        here[own] = bytearray(size)
                    here[own][number >> 3] |= 1 << (number & 7)
        found: dict[int, dict[int, int]] = {}
        for fact, here in having.items():
            some = {own: int.from_bytes(bits, "little") for own, bits in here.items()}
            silent = ((1 << len(boxes)) - 1) ^ reduce(or_, some.values())
            some[self.field(fact)] = silent
            found[fact] = {
                own: reduce(or_, [by for field, by in some.items() if own & field == own])
                for own in some
            }
        return found


def _shared(facts: Sequence[int], one: int, other: int) -> float:
    """Return which part of the facts of two unions both speak of."""
    either = (facts[one] | facts[other]).bit_count()
    return (facts[one] & facts[other]).bit_count() / either if either else 0


def _without(some: Sequence[_T], one: int, other: int) -> list[_T]:
    return [each for place, each in enumerate(some) if place not in (one, other)]


@lru_cache(maxsize=100_000)
def _bits(number: int) -> tuple[int, ...]:
    """Return the bits of a number, each as a number."""
    found = []
    while number:
        found.append(number & -number)
        number &= number - 1
    return tuple(found)
