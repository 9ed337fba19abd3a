# SPDX-License-Identifier: Apache-2.0
"""Counts of rows in plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lutalogic.answers import Outcome
from lutalogic.plain import rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def cross_lines(counts: Mapping[tuple[Outcome, Outcome], int]) -> list[str]:
    """Return a cross table as lines."""
    return aligned(
        ["", *(y.words for y in Outcome)],
        [(x.words, *(f"{counts.get((x, y), 0):,}" for y in Outcome)) for x in Outcome],
    )


def aligned(heads: Sequence[str], cells: Sequence[Sequence[str]]) -> list[str]:
    """Return a table as lines, its numbers to the right; the last column is wrapped.

    >>> aligned(["rows", "outcome"], [("1,200", "met"), ("3", "not met")])
    ['   rows  outcome', '  1,200  met', '      3  not met']
    """
    columns = list(zip(heads, *cells, strict=True))
    numbers = [all(cell[:1].isdigit() for cell in column[1:]) for column in columns]
    widths = [max(map(len, column)) for column in columns]
    return rows(
        [
            cell.rjust(width) if number else cell
            for cell, width, number in zip(row, widths, numbers, strict=True)
        ]
        for row in [heads, *cells]
    )


def counted_rows(many: int) -> str:
    """Return how many rows there are, in words.

    >>> counted_rows(1), counted_rows(1200)
    ('1 row', '1,200 rows')
    """
    return f"{many:,} row{'' if many == 1 else 's'}"


def percent(share: float) -> str:
    """Return a share in per cent.

    >>> percent(0.1234)
    '12.3 %'
    """
    return f"{100 * share:.1f} %"
