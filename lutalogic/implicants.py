# SPDX-License-Identifier: Apache-2.0
"""Policies as unions of boxes: all records that a policy meets, and all that it does not.

A *box* holds, for each fact, some of its forms (see `cells.forms`); a record is in it if each of
its facts has one of these. A condition that reads one fact is such a box; conditions are joined by
intersecting and uniting boxes, and those inside another are left out. So a policy under some
readings on a date is written out once, and what a record lacks is then read off: the facts whose
forms are outside of a box.

A box is one whole number: a field of bits for each fact, with one bit for each form and a spare bit
above. Intersecting is one operation, and so is finding the fields of which nothing is left: adding
a number of ones below each spare bit carries into it just where the field is not empty.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from lutalogic.cells import form_number, forms, stretches
from lutalogic.rulebase import rule_base
from lutalogic.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lutalogic.case import Case
    from lutalogic.cells import Form
    from lutalogic.rules import Node, Policy

#: What a condition may be asked for: true, false, or not one of these.
TRUE: Final = "true"
FALSE: Final = "false"
NOT_TRUE: Final = "not true"
NOT_FALSE: Final = "not false"
_LETTERS: Final = {TRUE: "t", FALSE: "f", NOT_TRUE: "fu", NOT_FALSE: "tu"}
_OPPOSITE: Final = {TRUE: FALSE, FALSE: TRUE, NOT_TRUE: NOT_FALSE, NOT_FALSE: NOT_TRUE}


class Fields:
    """Where each fact has its field in a box.

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


class Boxes:
    """A policy in one text under some readings, as unions of boxes.

    Attributes:
        fields: The fields of the facts that are read.
    """

    def __init__(self, policy: Policy, choices: tuple[int, ...], day: str) -> None:
        self._root, self._trace = policy.root, Trace(policy, choices, day, "")
        nodes = rule_base().nodes
        in_force = self._trace.below(policy.root) if day >= policy.start(choices) else []
        read = {name for node in in_force for name in nodes[node].attributes}
        self.fields = Fields(name for name in rule_base().attributes if name in read)
        self._in_force = set(in_force)
        self._known: dict[tuple[int, str], tuple[int, ...]] = {}

    @cached_property
    def met(self) -> tuple[int, ...]:
        """Return boxes that together hold all records that are met."""
        return self._of(self._root, TRUE) if self._in_force else ()

    @cached_property
    def not_met(self) -> tuple[int, ...]:
        """Return boxes that together hold all records that are not met."""
        return self._of(self._root, FALSE) if self._in_force else ()

    def record(self, case: Case) -> int:
        """Return the box that holds a case and no record that differs from it."""
        known, attributes = case.possible, rule_base().attributes
        return self.fields.box(
            {n: 1 << form_number(attributes[n], known.get(n)) for n in self.fields.names}
        )

    def _of(self, node: int, asked: str) -> tuple[int, ...]:
        """Return the boxes in which a node is what is asked."""
        key = node, asked
        if key not in self._known:
            self._known[key] = tuple(self._made(node, asked))
        return self._known[key]

    def _made(self, node: int, asked: str) -> Iterable[int]:
        entry = rule_base().nodes[node]
        if not entry.parts:
            return self._leaf(entry, _LETTERS[asked])
        parts = [p for p in self._trace.parts(node) if self._is_in_force(p)]
        one = parts[0]
        match entry.kind:
            case "by_reading" | "by_date":
                return self._of(one, asked)
            case "not":
                return self._of(one, _OPPOSITE[asked])
            case "all_of":
                every = asked in (TRUE, NOT_FALSE)
                return (self._all if every else self._any)(self._of(p, asked) for p in parts)
            case "any_of":
                every = asked in (FALSE, NOT_TRUE)
                return (self._all if every else self._any)(self._of(p, asked) for p in parts)
            case "supports" | "rules_out":
                return self._source(one, asked, speaks=TRUE if entry.kind == "supports" else FALSE)
            case _:
                return self._evidence(parts, asked)

    def _is_in_force(self, node: int) -> bool:
        """Tell whether a node has a truth: some dated or switched parts have none."""
        entry = rule_base().nodes[node]
        return not entry.parts or any(map(self._is_in_force, self._trace.parts(node)))

    def _source(self, part: int, asked: str, *, speaks: str) -> Iterable[int]:
        """Return the boxes of a source of evidence that is silent unless its part is true."""
        if asked == speaks:
            return self._of(part, TRUE)
        if asked in (TRUE, FALSE):
            return ()
        against = NOT_TRUE if speaks == TRUE else NOT_FALSE
        return self._of(part, NOT_TRUE) if asked == against else (self.fields.every,)

    def _evidence(self, parts: Sequence[int], asked: str) -> Iterable[int]:
        """Return the boxes of evidence: some source says so, and none says the opposite."""
        if asked in (TRUE, FALSE):
            says_so = self._any(self._of(part, asked) for part in parts)
            against = NOT_FALSE if asked == TRUE else NOT_TRUE
            return self._all([says_so, *(self._of(part, against) for part in parts)])
        no_one = self._all(self._of(part, asked) for part in parts)
        opposed = FALSE if asked == NOT_TRUE else TRUE
        return self._any([no_one, *(self._of(part, opposed) for part in parts)])

    def _any(self, unions: Iterable[Iterable[int]]) -> tuple[int, ...]:
        some = [tuple(boxes) for boxes in unions if boxes]
        return some[0] if len(some) == 1 else self._outermost(chain.from_iterable(some))

    def _all(self, unions: Iterable[Iterable[int]]) -> tuple[int, ...]:
        found: tuple[int, ...] = (self.fields.every,)
        for boxes in sorted(map(tuple, unions), key=len):
            if found == (self.fields.every,):
                found = boxes
            else:
                found = self._outermost(self._intersections(found, boxes))
        return found

    def _intersections(self, some: Iterable[int], others: tuple[int, ...]) -> Iterator[int]:
        filled, whole = self.fields.filled, self.fields.filled(self.fields.every)
        for one in some:
            both = [one & other for other in others]
            if one in both:  # the rest lies inside
                yield one
            else:
                yield from [box for box in both if filled(box) == whole]

    def _outermost(self, boxes: Iterable[int]) -> tuple[int, ...]:
        """Return some boxes without those that lie inside another.

        Of the boxes that are kept, numbers with a bit for each say which have a certain field for a
        fact of which they speak. A box lies inside those that speak of no other facts, and whose
        fields hold its own.
        """
        filled, every, field = self.fields.filled, self.fields.every, self.fields.field
        kept: list[int] = []
        speaking: dict[int, int] = {}
        having: dict[int, dict[int, int]] = {}
        for box in sorted(set(boxes), key=int.bit_count, reverse=True):
            facts = filled(every ^ box)
            mine = {fact: box & field(fact) for fact in _bits(facts)}
            if not _held(mine, (1 << len(kept)) - 1, speaking, having):
                number = 1 << len(kept)
                kept.append(box)
                for fact, own in mine.items():
                    speaking[fact] = speaking.get(fact, 0) | number
                    some = having.setdefault(fact, {})
                    some[own] = some.get(own, 0) | number
        return tuple(kept)

    def _leaf(self, node: Node, letters: str) -> Iterable[int]:
        if not node.attributes:
            return (self.fields.every,) if "u" in letters else ()
        if node.kind == "adds":
            return self._sum(node, letters)
        [name] = node.attributes
        each = enumerate(forms(rule_base().attributes[name]))
        bits = sum(1 << place for place, form in each if _letter(node, form) in letters)
        return (self.fields.box({name: bits}),) if bits else ()

    def _sum(self, node: Node, letters: str) -> Iterator[int]:
        """Yield the boxes of a sum: the largest that hold each form of the one count."""
        one, other = node.attributes
        attributes = rule_base().attributes
        rows = [
            sum(1 << b for b, second in enumerate(forms(attributes[other]))
                if _sum_letter(node, first, second) in letters)
            for first in forms(attributes[one])
        ]  # fmt: skip
        for row in dict.fromkeys(rows):
            if row:
                like = sum(1 << a for a, each in enumerate(rows) if each & row == row)
                yield self.fields.box({one: like, other: row})


def _held(
    mine: Mapping[int, int],
    holders: int,
    speaking: Mapping[int, int],
    having: Mapping[int, Mapping[int, int]],
) -> bool:
    """Tell whether any of the holders speaks of no other facts, and holds the fields of these."""
    for fact, some in speaking.items():
        if fact not in mine:
            holders &= ~some
        else:
            own = mine[fact]
            for field, others in having[fact].items():
                if own & field != own:
                    holders &= ~others
        if not holders:
            return False
    return holders != 0


@lru_cache(maxsize=100_000)
def _bits(number: int) -> tuple[int, ...]:
    """Return the bits of a number, each as a number."""
    found = []
    while number:
        found.append(number & -number)
        number &= number - 1
    return tuple(found)


def _letter(node: Node, form: Form) -> str:
    """Return the truth of a condition on one fact: true or false if all values left agree."""
    if node.kind == "documented":
        return "t" if form.documented else "f"
    if node.kind == "undetermined":
        return "u"
    left = set(form.cells)
    if left <= set(node.true_cells):
        return "t"
    return "u" if left & {*node.true_cells, *node.unknown_cells} else "f"


def _sum_letter(node: Node, one: Form, other: Form) -> str:
    """Return whether the sum of two counts keeps within a limit, by its ends."""
    first, second = (stretches(rule_base().attributes[name]) for name in node.attributes)
    low = first[one.cells[0]].low + second[other.cells[0]].low
    high = first[one.cells[-1]].high + second[other.cells[-1]].high
    return "t" if high <= node.limit else "f" if low > node.limit else "u"


@lru_cache(maxsize=64)
def boxes_of(policy: Policy, choices: tuple[int, ...], day: str) -> Boxes:
    """Return a policy in the text of a day under some readings, as boxes; made once.

    Args:
        policy: The policy.
        choices: The index of the value taken of each of ``policy.readings``.
        day: The day on which the text in force began, or the text before the first.
    """
    return Boxes(policy, choices, day)
