# SPDX-License-Identifier: Apache-2.0
"""Markdown of the pages that are generated: text that is escaped, links, tables, lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~$^])")
_SLUG: Final = re.compile(r"[^A-Za-z0-9]+")
HEADER: Final = "% Generated from the rule base by docs/extension: never edit.\n\n"


def text(value: object) -> str:
    """Return text that Markdown shows as it stands.

    >>> text("a < b, *never* [x]")
    'a \\\\< b, \\\\*never\\\\* \\\\[x\\\\]'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(str(value).split()))


def slug(name: str) -> str:
    """Return a name as it stands in an address.

    >>> slug("item 2a")
    'item-2a'
    """
    return _SLUG.sub("-", name).strip("-")


def role(kind: str, target: str, shown: str | None = None) -> str:
    """Return a reference to something of the rule base; without words, its own."""
    inside = target if shown is None else f"{shown.replace('`', '')} <{target}>"
    return f"{{kb:{kind}}}`{inside}`"


def named(words: str, name: str) -> str:
    """Return words with the name that programs know them by, small, after them.

    Args:
        words: Markdown.
        name: The name, as it stands in the rule base.

    >>> named("How strong?", "w_threshold")
    'How strong? {kb:id}`w_threshold`'
    """
    return f"{words} {{kb:id}}`{name}`"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, name: str = "") -> str:
    """Return a table of cells that are Markdown already, in a frame that scrolls.

    Args:
        heads: The heads of the columns.
        rows: The cells of each row.
        name: What the frame is called for those who cannot see it.
    """
    lines = [" | ".join(heads), " | ".join("---" for _ in heads)]
    lines += [" | ".join(cell.replace("\n", " ") or " " for cell in row) for row in rows]
    body = "\n".join(f"| {line} |" for line in lines)
    return f":::{{kb:scroll}} {name or heads[0]}\n{body}\n:::\n"


def bullets(lines: Iterable[tuple[int, str]]) -> str:
    """Return lines with their depths as a list within lists."""
    return "".join(f"{'  ' * depth}* {line}\n" for depth, line in lines)


def html(markup: str) -> str:
    """Return HTML to be put in as it stands."""
    return f"``````{{raw}} html\n{markup}\n``````\n"


def fold(summary: str, body: str) -> str:
    """Return Markdown that folds away below a summary."""
    return f"::::::{{dropdown}} {summary}\n{body}\n::::::\n"


def joined(*parts: str) -> str:
    """Return the parts of a page, with empty lines between them."""
    return HEADER + "\n\n".join(part.rstrip() for part in parts if part.strip()) + "\n"
