# SPDX-License-Identifier: Apache-2.0
"""HTML that is safe by how it is made: elements, and the few forms that values show themselves in.

Text becomes HTML in `element` alone, which escapes whatever is not an element already. Styles stand
in the elements themselves, and there is no script: a page shows the same in a notebook, in a mail
and in print. Colours only tint; the words and the borders tell what they tell, on light ground and
on dark.
"""

from __future__ import annotations

from functools import singledispatch
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Markup(str):
    """Text that is HTML already; made by `element` and `joined` alone."""

    __slots__ = ()


def element(tag: str, /, *parts: str, **attributes: str | None) -> Markup:
    """Return an element; parts that are not elements are text, and are escaped.

    Args:
        tag: The name of the element.
        *parts: What it holds.
        **attributes: Its attributes; one that is None is left out.

    >>> element("p", "Ki-67 < 5 %, ", element("b", "known"), title='"quoted"')
    '<p title="&quot;quoted&quot;">Ki-67 &lt; 5 %, <b>known</b></p>'
    """
    given = {name: value for name, value in attributes.items() if value is not None}
    told = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
    return Markup(f"<{tag}{told}>{joined(parts)}</{tag}>")


def joined(parts: Iterable[str]) -> Markup:
    """Return parts one after another; those that are not elements are escaped."""
    return Markup("".join(p if isinstance(p, Markup) else escape(p) for p in parts))


@singledispatch
def html(value: object) -> Markup:
    """Return a value as HTML; the modules that show values register how.

    Raises:
        TypeError: Nothing is registered for values of this type.
    """
    raise TypeError(f"{type(value).__name__} has no HTML")


class Shown:
    """A value that a notebook shows as HTML."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(html(self))


_LINE: Final = "var(--jp-border-color2,rgba(128,128,128,.45))"
_PAGE: Final = "line-height:1.4;max-width:60em;text-align:left;white-space:pre-wrap;overflow-x:auto"
_CELL: Final = (
    f"text-align:left;vertical-align:top;padding:.25em .6em;border-bottom:1px solid {_LINE}"
)
#: How far in a line stands that may have a triangle before it.
_HANG: Final = "1.3em"
_SUMMARY: Final = f"cursor:pointer;margin-left:{_HANG};list-style-position:outside"
#: What tints the ground of a mark, and how its border is drawn, so that print tells them apart.
_TINTS: Final = {
    "true": ("rgba(0,114,178,.2)", "1px solid"),
    "false": ("rgba(213,94,0,.25)", "3px double"),
    "unknown": ("rgba(204,121,167,.25)", "1px dashed"),
}


def page(*parts: str) -> Markup:
    """Return a page that no notebook's own style stretches."""
    return element("div", *parts, style=_PAGE)


def chip(word: str, kind: str) -> Markup:
    """Return a word in a frame that tells its kind: ``true``, ``false`` or ``unknown``."""
    ground, border = _TINTS[kind]
    style = (
        f"display:inline-block;min-width:1.6em;padding:0 .4em;text-align:center;font-weight:600;"
        f"font-size:90%;white-space:nowrap;border:{border};border-radius:.3em;background:{ground}"
    )
    return element("span", word, style=style)


def heading(title: str, *lines: str, kind: str = "") -> Markup:
    """Return a title with small lines below it, behind a bar of its kind."""
    bar = ""
    if kind:
        ground, border = _TINTS[kind]
        bar = f"border-left:{border.replace('1px', '6px').replace('3px', '9px')} currentColor;"
        bar += f"background:{ground};padding:.3em .6em;"
    told = [element("div", line, style="font-size:90%;opacity:.85") for line in lines if line]
    return element("div", element("strong", title), *told, style=f"{bar}margin:0 0 .5em")


def fold(summary: str, *parts: str, opened: bool = False) -> Markup:
    """Return parts that fold away below their summary."""
    head = element("summary", summary, style=_SUMMARY)
    style = "margin:.15em 0"
    return element("details", head, *parts, open="" if opened else None, style=style)


def titled(title: str, *parts: str) -> Markup:
    """Return parts below a small title."""
    head = element("div", element("strong", title), style="margin:.5em 0 .1em")
    return joined([head, *parts])


def bullets(lines: Iterable[str], *, columns: bool = False) -> Markup:
    """Return lines as a list, short ones in columns."""
    items = [element("li", line, style="margin:.1em 0") for line in lines]
    style = f"margin:.1em 0 .4em;padding-left:1.4em{';columns:2 18em' * columns}"
    return element("ul", *items, style=style)


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str = "", bold: bool = True
) -> Markup:
    """Return a table; the first cell of each row is the row's head.

    Args:
        heads: The heads of the columns.
        rows: The cells of each row; of one alone, the head of the rows below it.
        caption: What the table is of.
        bold: Whether the heads of the rows stand out; not where they are whole sentences.
    """
    top = [element("th", head, scope="col", style=f"{_CELL};font-weight:600") for head in heads]
    weight = "600" if bold else "400"
    body = []
    for first, *others in rows:
        if not others:
            style = f"{_CELL};font-weight:400;font-style:italic"
            group = element("th", first, scope="colgroup", colspan=str(len(heads)), style=style)
            body.append(element("tr", group))
            continue
        cells = [element("th", first, scope="row", style=f"{_CELL};font-weight:{weight}")]
        cells += [element("td", cell, style=_CELL) for cell in others]
        body.append(element("tr", *cells))
    style = "text-align:left;font-weight:600;caption-side:top;padding:.3em 0"
    named = [element("caption", caption, style=style)] if caption else []
    parts = [*named, element("thead", element("tr", *top)), element("tbody", *body)]
    return element("table", *parts, style="border-collapse:collapse;margin:.2em 0 .6em")


class Row(NamedTuple):
    """A line of a tree: the depth at which it stands, and how much further in it is shown."""

    depth: int
    line: str
    shift: str = "0"


def tree(rows: Sequence[Row], *, levels: int) -> Markup:
    """Return lines with their depths as a tree, in which a line folds away what is below it.

    Args:
        rows: The lines, each before those below it.
        levels: How many levels are open.
    """
    items = []
    at = 0
    while at < len(rows):
        depth, line, shift = rows[at]
        end = at + 1
        while end < len(rows) and rows[end].depth > depth:
            end += 1
        below = rows[at + 1 : end]
        if below:
            told = fold(line, tree(below, levels=levels - 1), opened=levels > 0)
        else:
            told = element("div", line, style=f"margin-left:{_HANG}")
        items.append(element("li", told, style=f"margin:.15em 0 .15em {shift}"))
        at = end
    return element("ul", *items, style="list-style:none;margin:0;padding:0 0 0 1em")


def quiet(text: str, *, title: str | None = None) -> Markup:
    """Return text that stands back, with what is shown where one points at it."""
    return element("span", text, title=title, style="font-size:90%;opacity:.85")


def small(text: str) -> Markup:
    """Return a paragraph in small print."""
    return element("p", text, style="font-size:85%;margin:.5em 0 0")


def below(*lines: str) -> Markup:
    """Return lines that stand below the one that they belong to."""
    return joined(element("span", line, style="display:block;margin-left:1.5em") for line in lines)
