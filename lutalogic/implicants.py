# SPDX-License-Identifier: Apache-2.0
"""Policies as unions of boxes: all records that a policy meets, and all that it does not.

A *box* holds, for each fact, some of its forms (see `cells.forms`); a record is in it if each of
its facts has one of these. A condition that reads one fact is such a box; conditions are joined by
intersecting and uniting boxes, and those inside another are left out. So a policy under some
readings on a date is written out once, and what a record lacks is then read off: the facts whose
forms are outside of a box.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from lutalogic.boxes import Fields
from lutalogic.cells import form_number, forms, stretches
from lutalogic.rulebase import rule_base
from lutalogic.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lutalogic.case import Case
    from lutalogic.cells import Form
    from lutalogic.rules import Node, Policy

#: What a condition may be asked for: true, false, or not one of these.
TRUE: Final = "true"
FALSE: Final = "false"
NOT_TRUE: Final = "not true"
NOT_FALSE: Final = "not false"
_LETTERS: Final = {TRUE: "t", FALSE: "f", NOT_TRUE: "fu", NOT_FALSE: "tu"}
#: The kinds of nodes that have the truth of a part, if it is the only one.
_PASSING: Final = frozenset({"all_of", "any_of", "by_reading", "by_date"})
_OPPOSITE: Final = {TRUE: FALSE, FALSE: TRUE, NOT_TRUE: NOT_FALSE, NOT_FALSE: NOT_TRUE}


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
        key = self._seen_through(node, asked)
        if key not in self._known:
            self._known[key] = tuple(self._made(*key))
        return self._known[key]

    def _made(self, node: int, asked: str) -> Iterable[int]:
        entry = rule_base().nodes[node]
        if not entry.parts:
            return self._leaf(entry, _LETTERS[asked])
        parts = self._parts(node)
        match entry.kind:
            case "all_of" | "any_of" if self._is_every(node, asked):
                return self.fields.in_common(self._factors(node, asked))
            case "all_of" | "any_of":
                return self.fields.union(self._of(p, asked) for p in parts)
            case "supports" | "rules_out":
                return self._source(
                    parts[0], asked, speaks=TRUE if entry.kind == "supports" else FALSE
                )
            case _:
                return self._evidence(parts, asked)

    def _parts(self, node: int) -> list[int]:
        """Return the parts of a node that have a truth: some dated or switched parts have none."""
        return [part for part in self._trace.parts(node) if self._is_in_force(part)]

    def _is_in_force(self, node: int) -> bool:
        return not rule_base().nodes[node].parts or bool(self._parts(node))

    def _seen_through(self, node: int, asked: str) -> tuple[int, str]:
        """Return the node that decides, below those that only pass its truth on or turn it."""
        kind, parts = rule_base().nodes[node].kind, self._parts(node)
        if kind == "not":
            return self._seen_through(parts[0], _OPPOSITE[asked])
        if kind in _PASSING and len(parts) == 1:
            return self._seen_through(parts[0], asked)
        return node, asked

    @staticmethod
    def _is_every(node: int, asked: str) -> bool:
        """Tell whether all parts of a node must be what is asked of it, and not any of them."""
        wanted = {"all_of": (TRUE, NOT_FALSE), "any_of": (FALSE, NOT_TRUE)}
        return asked in wanted.get(rule_base().nodes[node].kind, ())

    def _factors(self, node: int, asked: str) -> Iterator[tuple[int, ...]]:
        """Yield the unions whose boxes in common are those of a node, without nesting."""
        for part in self._parts(node):
            seen = self._seen_through(part, asked)
            if self._is_every(*seen):
                yield from self._factors(*seen)
            else:
                yield self._of(*seen)

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
            says_so = self.fields.union(self._of(part, asked) for part in parts)
            against = NOT_FALSE if asked == TRUE else NOT_TRUE
            return self.fields.in_common([says_so, *(self._of(part, against) for part in parts)])
        no_one = self.fields.in_common(self._of(part, asked) for part in parts)
        opposed = FALSE if asked == NOT_TRUE else TRUE
        return self.fields.union([no_one, *(self._of(part, opposed) for part in parts)])

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


@lru_cache(maxsize=256)
def boxes_of(policy: Policy, choices: tuple[int, ...], day: str) -> Boxes:
    """Return a policy in the text of a day under some readings, as boxes; made once.

    Args:
        policy: The policy.
        choices: The index of the value taken of each of ``policy.readings``.
        day: The day on which the text in force began, or the text before the first.
    """
    return Boxes(policy, choices, day)
