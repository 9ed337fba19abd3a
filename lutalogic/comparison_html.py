# SPDX-License-Identifier: Apache-2.0
"""A comparison as a notebook shows it: verdict, smallest requests, criteria side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lutalogic.comparison import Comparison
from lutalogic.comparison_lines import (
    added_lines,
    criteria_tables,
    head_lines,
    legend_lines,
    request_lines,
)
from lutalogic.markup import (
    Markup,
    bullets,
    element,
    fold,
    heading,
    html,
    joined,
    page,
    small,
    table,
    titled,
)
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Iterable


@html.register(Comparison)
def _comparison_html(comparison: Comparison) -> Markup:
    """Return a comparison with its tables."""
    parts: list[str] = [heading(comparison.verdict, *head_lines(comparison))]
    for title, facts, told in request_lines(comparison):
        decided = [bullets(line.strip() for line in told)] if told else []
        parts.append(fold(f"{title}:", bullets(facts, columns=True), *decided, opened=True))
    for title, heads, rows in criteria_tables(comparison):
        cells = [[_lines(cell) for cell in row] for row in rows]
        parts.append(table(heads, cells, caption=title, bold=False))
    legend = list(legend_lines(comparison))
    parts += [bullets(legend)] if legend else []
    for title, added in added_lines(comparison):
        parts.append(titled(title, bullets(line.strip() for line in added)))
    return page(*parts, small(f"Rule base {comparison.rule_base[:12]}."), small(DISCLAIMER))


def _lines(lines: Iterable[str]) -> Markup:
    """Return the lines of a cell, each as far in as it stands."""
    return joined(
        element(
            "div", line.strip(), style=f"margin:0 0 .3em {(len(line) - len(line.lstrip())) / 2}em"
        )
        for line in lines
    )
