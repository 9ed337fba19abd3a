# SPDX-License-Identifier: Apache-2.0
"""Plain text in columns, for whatever prints itself."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: How wide a line may be, and how narrow the last column may become for its sake.
WIDTH: Final = 80
_NARROWEST: Final = 24
_GAP: Final = "  "


def rows(cells: Iterable[Sequence[str]]) -> list[str]:
    """Return rows as lines of aligned columns below a heading; the last column is wrapped.

    >>> rows([["L-1", "true", "Age"], ["item 2a", "false", "Progressed"]])
    ['  L-1      true   Age', '  item 2a  false  Progressed']
    """
    table = [list(row) for row in cells]
    widths = [max(map(len, column)) for column in zip(*(row[:-1] for row in table), strict=True)]
    lines = []
    for row in table:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        head = _GAP + "".join(cell + _GAP for cell in padded)
        room = max(_NARROWEST, WIDTH - len(head))
        first, *more = wrap(row[-1], room) or [""]
        lines.append((head + first).rstrip())
        lines += [" " * len(head) + line for line in more]
    return lines


def wrapped(text: str, *, indent: int = 0) -> list[str]:
    """Return text as lines no wider than a page."""
    return wrap(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent)


def listed(names: Iterable[str]) -> str:
    """Return names in one line; ``nothing`` if there are none."""
    return ", ".join(names) or "nothing"
