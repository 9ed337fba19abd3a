# SPDX-License-Identifier: Apache-2.0
"""What a request lacks, and what would turn an outcome, as a notebook shows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lutalogic.answers import Outcome
from lutalogic.flips import Flips
from lutalogic.html_pages import KINDS
from lutalogic.markup import Markup, Row, element, heading, html, page, small, tree
from lutalogic.missing import Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: A page of more lines than this shows its first levels alone, until one opens the others.
_WHOLE: Final = 60
_LEVELS: Final = 2
#: An indented line, with what stands before an item of a list.
_ITEM: Final = re.compile(r" *(- |\d+\. )?")
_INDENT: Final = "1.9em"
_MARK: Final = f"display:inline-block;min-width:{_INDENT};text-indent:0"
_LISTED: Final = f"display:inline-block;padding-left:{_INDENT};text-indent:-{_INDENT}"


@html.register(Missing)
@html.register(Flips)
def _plans_html(found: Missing | Flips) -> Markup:
    """Return the lines of the text as trees, alternatives below what they belong to."""
    *body, disclaimer = found.text().splitlines()[len(found.heading) :]
    rows = list(_rows(line for line in body if line))
    shown = tree(rows, levels=_LEVELS if len(rows) > _WHOLE else len(rows))
    kind = KINDS[Outcome(found.about["outcome"])]
    return page(heading(*found.heading, kind=kind), shown, small(disclaimer))


def _rows(lines: Iterable[str]) -> Iterator[Row]:
    """Yield lines with their depths; the lines of one item stand below one another."""
    columns: list[tuple[int, bool]] = []
    for line in lines:
        matched = _ITEM.match(line)
        assert matched is not None, "it matches nothing, too"
        column, mark = matched.end(), matched[1] or ""
        listed = bool(mark)
        while columns and columns[-1][0] >= column:
            at, before = columns.pop()
            listed |= before and at == column
        if mark:
            head = element("span", mark, style=_MARK)
            yield Row(len(columns), element("span", head, line[column:], style=_LISTED))
        else:
            yield Row(len(columns), line[column:], _INDENT if listed else "0")
        columns.append((column, listed))
