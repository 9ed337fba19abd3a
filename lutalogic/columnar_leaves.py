# SPDX-License-Identifier: Apache-2.0
"""The conditions on facts as Polars expressions, over the columns that a table has.

A truth is a Boolean column with null for unknown, for which Polars' ``&``, ``|`` and ``~`` are
Kleene's. A number that may be one of an interval has two columns, its lowest and its highest value.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from lutalogic.cells import NUMERIC
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.rules import Attribute, Node

#: What the columns of the two ends of an interval are called after the fact's name.
LOW: Final = ":low"
HIGH: Final = ":high"
UNKNOWN: Final = pl.lit(None, dtype=pl.Boolean)
NO: Final = pl.lit(False)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which facts a table has columns for, in the form that expressions take.

    A column of a boolean is Boolean; of an enum, Enum of its options; of a set, bit masks; of
    numbers, numbers, infinite for `never`.

    Attributes:
        known: Facts with a column of their name.
        spans: Facts of numbers with a column for each end of an interval instead.
    """

    known: frozenset[str]
    spans: frozenset[str] = frozenset()

    def covers(self, name: str) -> bool:
        """Tell whether anything at all is known of a fact."""
        return name in self.known or name in self.spans

    def ends(self, name: str) -> tuple[pl.Expr, pl.Expr]:
        """Return the lowest and the highest value that a fact of a number may have."""
        if name in self.spans:
            return pl.col(name + LOW), pl.col(name + HIGH)
        return pl.col(name), pl.col(name)

    def open(self, name: str) -> pl.Expr:
        """Return whether a fact is not settled: not documented, or an interval."""
        if not self.covers(name):
            return pl.lit(True)
        low, high = self.ends(name)
        return low.is_null() if name in self.known else (low != high).fill_null(True)


def leaf(node: Node, layout: Layout) -> pl.Expr:
    """Return the truth of a condition that has no parts, by the columns that there are."""
    attributes = [rule_base().attributes[name] for name in node.attributes]
    match node.kind:
        case "undetermined":
            return UNKNOWN
        case "documented":
            return layout.ends(node.attributes[0])[0].is_not_null() if _any(node, layout) else NO
        case "adds":
            return _sum_at_most(attributes, node.limit, layout)
    if not _any(node, layout):
        return UNKNOWN
    if attributes[0].type in NUMERIC:
        return _compared(attributes[0], node.test, layout)
    return _chosen(attributes[0], node.test)


def _any(node: Node, layout: Layout) -> bool:
    return layout.covers(node.attributes[0])


def _chosen(attribute: Attribute, test: Sequence[Any]) -> pl.Expr:
    """Return whether an option is among those that a test names, or a set includes one of them."""
    column = pl.col(attribute.name)
    match test:
        case ["among", mask] if attribute.type == "boolean":
            return column if mask == 0b10 else ~column
        case ["among", mask]:
            return _in_runs(column, mask, len(attribute.values))
        case ["includes", members, perhaps]:
            certain: pl.Expr = (column & members) != 0
            return certain if not perhaps else certain | (((column & perhaps) != 0) & UNKNOWN)
    return column == 0  # the set is empty


def _in_runs(column: pl.Expr, mask: int, count: int) -> pl.Expr:
    """Return whether the index of an option is one of a bit mask, by the runs of its bits."""
    index = column.to_physical()
    inside = [place for place in range(count) if mask >> place & 1]
    starts = [place for place in inside if place - 1 not in inside]
    stops = [place for place in inside if place + 1 not in inside]
    return reduce(
        or_,
        [
            index == first if first == last else (index >= first) & (index <= last)
            for first, last in zip(starts, stops, strict=True)
        ],
    )


def _compared(attribute: Attribute, test: Sequence[Any], layout: Layout) -> pl.Expr:
    """Return whether all numbers that a fact may be pass a test; unknown if only some do."""
    low, high = layout.ends(attribute.name)
    # A whole limit leaves a column of whole numbers what it is.
    limits = [int(each) if each == int(each) else float(each) for each in test[1:]]
    match test[0]:
        case "at_least":
            certain, possible = low >= limits[0], high >= limits[0]
        case "above":
            certain, possible = low > limits[0], high > limits[0]
        case "at_most":
            certain, possible = high <= limits[0], low <= limits[0]
        case "below":
            certain, possible = high < limits[0], low < limits[0]
        case _:  # within, both ends included
            first, last = limits
            certain = (low >= first) & (high <= last)
            possible = (high >= first) & (low <= last)
    return certain if attribute.name not in layout.spans else possible & (certain | UNKNOWN)


def _sum_at_most(attributes: Sequence[Attribute], limit: int, layout: Layout) -> pl.Expr:
    """Return whether two numbers add up to a limit at most; what is unknown is its whole range."""
    certain: list[pl.Expr] = []
    least: list[pl.Expr] = []
    for attribute in attributes:
        bottom, top = map(pl.lit, attribute.range)
        if layout.covers(attribute.name):
            low, high = layout.ends(attribute.name)
            bottom, top = low.fill_null(bottom), high.fill_null(top)
        least.append(bottom)
        certain.append(top)
    return (least[0] + least[1] <= limit) & ((certain[0] + certain[1] <= limit) | UNKNOWN)
