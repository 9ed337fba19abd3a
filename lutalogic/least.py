# SPDX-License-Identifier: Apache-2.0
"""The least sets of facts whose change takes a record into a union of boxes, with all values.

A record comes into a box by changing just the facts whose forms lie outside of it. So the sets of
facts that such changes need are those of the boxes, and the least of them are those that hold no
other. That is exact, for the boxes together hold all records that are sought: whatever change leads
to one of these leads into some box, and changes at least the facts that lie outside of it.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lutalogic.boxes import Fields


class LeastSet(NamedTuple):
    """A least set of facts to change.

    Attributes:
        facts: The facts.
        boxes: Their new forms as bits, fact by fact; together the boxes hold all that will do.
    """

    facts: tuple[str, ...]
    boxes: tuple[tuple[int, ...], ...]


def least_sets(
    fields: Fields, sought: Iterable[int], record: int, may: Mapping[str, int]
) -> list[LeastSet]:
    """Return all least sets of facts whose change takes a record into some of the boxes.

    Args:
        fields: The fields of the boxes.
        sought: The boxes.
        record: The box of the record.
        may: The forms, as bits, that facts may change to; all others stay as they are.
    """
    reach = record | fields.box({name: may.get(name, 0) for name in fields.names})
    reached: dict[int, list[int]] = {}
    for box in sought:
        left = box & reach
        if not fields.empty(left):
            reached.setdefault(fields.empty(box & record), []).append(left)
    least: list[int] = []
    for needed in sorted(reached, key=int.bit_count):
        if not any(needed & fewer == fewer for fewer in least):
            least.append(needed)
    return [_change(fields, fields.named(needed), reached[needed]) for needed in least]


def _change(fields: Fields, facts: tuple[str, ...], boxes: Iterable[int]) -> LeastSet:
    rows = {tuple([fields.bits(box, name) for name in facts]) for box in boxes}
    return LeastSet(facts, tuple(sorted(_joined(rows))))


def _joined(rows: set[tuple[int, ...]]) -> set[tuple[int, ...]]:
    """Return the same union with fewer boxes: two that differ in one fact alone are one box."""
    while True:
        rows = {row for row in rows if not any(row != other and _in(row, other) for other in rows)}
        for one, other in combinations(sorted(rows), 2):
            apart = [place for place, bits in enumerate(one) if bits != other[place]]
            if len(apart) == 1:
                joined = tuple(a | b for a, b in zip(one, other, strict=True))
                rows = rows - {one, other} | {joined}
                break
        else:
            return rows


def _in(row: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(a & b == a for a, b in zip(row, other, strict=True))
