# SPDX-License-Identifier: Apache-2.0
"""A comparison as a page in the terminal, and as Markdown for a report."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING, Final

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lutalogic.comparison_lines import (
    added_lines,
    criteria_tables,
    head_lines,
    legend_lines,
    request_lines,
)
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from lutalogic.comparison import Comparison

_WIDTH: Final = 80


def comparison_page(comparison: Comparison) -> RenderableType:
    """Return a comparison: the sides, the verdict, smallest requests, criteria side by side."""
    shown: list[RenderableType] = [Text(line) for line in head_lines(comparison)]
    shown += [Text(), Text(comparison.verdict, style="bold"), Text()]
    for title, facts, lines in request_lines(comparison):
        shown += [Text(f"{title}:", style="bold"), columns(facts), *map(_hung, lines), Text()]
    for title, heads, rows in criteria_tables(comparison):
        table = Table(*heads, box=SIMPLE_HEAD, expand=True, title=title, title_justify="left",
                      title_style="bold", padding=(0, 1, 1, 0))  # fmt: skip
        for column in table.columns:
            column.ratio = 1
        for row in rows:
            table.add_row(*(Group(*map(_hung, cell)) for cell in row))
        shown.append(table)
    shown += [Text(line, style="dim") for line in legend_lines(comparison)]
    for title, added in added_lines(comparison):
        shown += [Text(), Text(title, style="bold"), *map(_hung, added)]
    return Group(*shown, Text(), Text(DISCLAIMER, style="dim"))


def comparison_text(comparison: Comparison) -> str:
    """Return the page of a comparison as plain text, in lines of at most 80 characters."""
    text = StringIO()
    console = Console(file=text, width=_WIDTH, color_system=None, force_jupyter=False,
                      force_terminal=False, highlight=False, emoji=False, markup=False)  # fmt: skip
    console.print(comparison_page(comparison))
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines())


def comparison_markdown(comparison: Comparison) -> str:
    """Return a comparison as Markdown, with tables for a report."""
    lines = [f"- {_escaped(line)}" for line in head_lines(comparison)]
    lines += ["", f"**{comparison.verdict}**", ""]
    for title, facts, told in request_lines(comparison):
        lines += [f"{title}:", "", *(f"- {_escaped(line.strip())}" for line in [*facts, *told]), ""]
    for title, heads, rows in criteria_tables(comparison):
        lines += [f"**{title}**", "", f"| {' | '.join(heads)} |", "|---|---|"]
        lines += [f"| {' | '.join('<br>'.join(map(_escaped, cell)) for cell in row)} |"
                  for row in rows]  # fmt: skip
        lines.append("")
    lines += [f"- {_escaped(line)}" for line in legend_lines(comparison)]
    for title, added in added_lines(comparison):
        lines += ["", f"**{title}**", "", *(f"- {_escaped(line.strip())}" for line in added)]
    return "\n".join([*lines, "", f"Rule base {comparison.rule_base[:12]}.", "", DISCLAIMER])


def _hung(line: str) -> RenderableType:
    """Return a line that keeps its indentation where it is wrapped."""
    words = line.lstrip()
    return Padding(Text(words), (0, 0, 0, len(line) - len(words)))


def columns(facts: Sequence[str]) -> RenderableType:
    """Return facts one a line in two columns, to be read downwards."""
    table = Table.grid(expand=True, padding=(0, 1, 0, 0))
    half = (len(facts) + 1) // 2
    columns = [Table.grid(padding=(0, 1, 0, 0)) for _ in range(2)]
    for column, told in zip(columns, (facts[:half], facts[half:]), strict=True):
        for fact in told:
            column.add_row("-", Text(fact))
        table.add_column(ratio=1)
    table.add_row(*columns)
    return Padding(table, (0, 0, 0, 2))


def _escaped(line: str) -> str:
    """Return a line as Markdown takes it, with its indentation and no marks but its own."""
    words = line.lstrip()
    return "&nbsp;" * (len(line) - len(words)) + re.sub(r"([\\|*_<`\[\]])", r"\\\1", words)
