# SPDX-License-Identifier: Apache-2.0
"""What a policy or a criterion asks, drawn as a tree.

The picture is drawn by Graphviz, through ``sphinx.ext.graphviz``, and stands in the page itself as
SVG: so it takes the colours of the page, light or dark, and its boxes are links.
"""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import unquote

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.ext.graphviz import render_dot
from sphinx.util.docutils import SphinxDirective

from docs.extension.names import criteria, place
from lutalogic.rulebase import rule_base
from lutalogic.statements import Statement, statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Node
    from sphinx.writers.html5 import HTML5Translator

#: The letters of a line, the points of one letter and of one line, and how far in a part stands.
_LETTERS: Final = 44
_LETTER: Final = 5.5
_LINE: Final = 14.0
_INDENT: Final = 22.0
_GAP: Final = 9.0
_INCH: Final = 72.0
#: How Graphviz writes that a line of a label begins at the left.
_LEFT: Final = "\\l"
_HEAD: Final = """digraph tree {
layout=neato; splines=line; bgcolor="transparent"; pad=0.05;
node [shape=box, style="rounded", fixedsize=true, fontsize=11,
      fontname="Helvetica,Arial,sans-serif"];
edge [arrowhead=none, headclip=false, tailclip=false];
"""
_JOINED: Final = {
    "": "", "all": "all of these", "any": "one of these", "evidence": "by the evidence",
    "not": "none of these",
}  # fmt: skip
_TITLE: Final = re.compile(r"<title>.*?</title>\n?", re.DOTALL)
_ID: Final = re.compile(r' id="[^"]*"')
_COMMENT: Final = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_TOOLTIP: Final = re.compile(r' xlink:title="[^"]*"')
_PAINT: Final = re.compile(r' (?:fill|stroke)="(?!none|transparent)[^"]*"')
_LINK: Final = re.compile(r'xlink:href="kb://([^"]+)"')


def asked(name: str) -> Statement:
    """Return what a policy, or a criterion, asks by default on the day of its latest text."""
    if name in criteria():
        policy, criterion = criteria()[name]
        node: int | None = criterion.node
    else:
        policy, node = rule_base().policies[name], None
    default = (0,) * len(policy.readings)
    days = [text.start for text in reversed(policy.texts)]
    # A criterion that is no longer in force is drawn as it was when it last was.
    made = next((s for day in days if (s := statement(policy, default, day, node))), None)
    made = made or _by_any_reading(name, days[0])
    assert made is not None, f"{name} is in force under no reading"
    return made


def in_force(name: str) -> str:
    """Return what is to be said of a criterion that is not asked by default now; mostly nothing."""
    policy, criterion = criteria()[name]
    default = (0,) * len(policy.readings)
    if statement(policy, default, policy.texts[-1].start, criterion.node):
        return ""
    for place_of, text in reversed(list(enumerate(policy.texts))):
        if statement(policy, default, text.start, criterion.node):
            ended = policy.texts[place_of + 1].start
            return f"Not in force since {ended}. What it asked before:"
    return "Asked only under another reading than the default:"


def _by_any_reading(name: str, day: str) -> Statement | None:
    policy, criterion = criteria()[name]
    for place_of, reading in enumerate(policy.readings):
        for index in range(1, len(rule_base().readings[reading].values)):
            choices = tuple(index * (n == place_of) for n in range(len(policy.readings)))
            made = statement(policy, choices, day, criterion.node)
            if made:
                return made
    return None


def dot(name: str) -> str:
    """Return the tree of a policy or of a criterion in the language of Graphviz.

    Every box stands in a line of its own, its parts below it and further in, as an outline does:
    so the picture is as narrow as it can be, and is read from top to bottom in the document's
    order.

    >>> "At least 18 years of age" in dot("X-1")
    True
    """
    drawn: list[str] = []
    whole = name in criteria()
    top = 0.0
    at: dict[int, tuple[float, float]] = {}
    for number, above, depth, made, opened in _walk(asked(name), whole=whole):
        lines = _label(made, opened=opened)
        width = max(map(len, lines)) * _LETTER + 18
        height = len(lines) * _LINE + 8
        left, middle = depth * _INDENT, top - height / 2
        kind = "criterion" if made.criterion else made.role or ("fact" if made.attributes else "")
        label = "".join(_quoted(line) + _LEFT for line in lines)
        size = f"width={width / _INCH:.3f}, height={height / _INCH:.3f}"
        link = _link(made, whole=whole and above is None, facts=whole)
        drawn.append(
            f'n{number} [label="{label}", class="{kind or "joins"}", '
            f"{_pos(left + width / 2, middle)}, {size}{link}];"
        )
        at[number] = (left, top - height)
        if above is not None:
            drawn += _branch(number, at[above], (left, middle))
        top -= height + _GAP
    return _HEAD + "\n".join(drawn) + "\n}\n"


def _branch(number: int, above: tuple[float, float], to: tuple[float, float]) -> list[str]:
    """Return the line from a box down and in to one of its parts, with its corner."""
    x = above[0] + _INDENT / 2
    corners = {"a": (x, above[1]), "b": (x, to[1]), "c": to}
    points = [
        f'{name}{number} [shape=point, width=0.01, height=0.01, class="corner", {_pos(*where)}];'
        for name, where in corners.items()
    ]
    return [*points, f"a{number} -> b{number} -> c{number};"]


def _pos(x: float, y: float) -> str:
    return f'pos="{x / _INCH:.3f},{y / _INCH:.3f}!"'


def _link(made: Statement, *, whole: bool, facts: bool) -> str:
    """Return where a box leads: a criterion to its page, a fact to the vocabulary."""
    if made.criterion and not whole:
        return f', URL="kb://criterion/{made.id}"'
    if made.attributes and facts:
        return f', URL="kb://attribute/{made.attributes[0]}"'
    return ""


def _walk(
    root: Statement, *, whole: bool
) -> Iterator[tuple[int, int | None, int, Statement, bool]]:
    """Yield what is drawn, in order: its number, that of the one above, its depth, the statement.

    And last, whether its parts are drawn, too.

    Args:
        root: What is asked.
        whole: Whether it is a criterion that is drawn, with every condition of its own; or a
            policy, with its criteria and all that joins them. Criteria have pages of their own:
            what they ask is drawn there.
    """
    waiting: list[tuple[int | None, int, Statement]] = [(None, 0, root)]
    number = 0
    while waiting:
        above, depth, made = waiting.pop()
        opened = above is None or not made.criterion or (made.criteria and not whole)
        kept = [p for p in made.parts if whole or p.criteria or not made.criterion]
        yield number, above, depth, made, opened and len(kept) == len(made.parts)
        if opened:
            waiting += [(number, depth + 1, part) for part in reversed(kept)]
        number += 1


def _label(made: Statement, *, opened: bool) -> list[str]:
    told = made.demand if made.attributes and not made.criterion else made.sentence
    if made.criterion:
        told = f"{made.id}  {made.sentence}"
    elif made.role == "open":
        told = f"Open case: {made.sentence}"
    lines = wrap(told, _LETTERS) or [""]
    join = _JOINED[made.joins]
    if opened and len(made.parts) > 1 and join and not told.lower().startswith(join[:6]):
        lines.append(f"({join})")
    return lines


def _quoted(line: str) -> str:
    return line.replace("\\", "\\\\").replace('"', '\\"')


class tree(nodes.General, nodes.Element):  # noqa: N801  (nodes of docutils are called so)
    """The drawing of what a policy or a criterion asks."""


class Tree(SphinxDirective):
    """Draws a policy or a criterion: ``{kb:tree} L-5``."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, object]] = {}

    def run(self) -> list[Node]:
        """Return the drawing."""
        name = self.arguments[0]
        known = name in criteria()
        whole = criteria()[name][1].sentence if known else rule_base().policies[name].title
        return [tree(code=dot(name), label=f"Tree of {name}: {whole}. The text says the same.")]


class Drawing(SphinxDirective):
    """Draws a graph that stands in a file: ``{kb:drawing} architecture.dot``."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"alt": directives.unchanged_required}

    def run(self) -> list[Node]:
        """Return the drawing."""
        relative, file = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(relative)
        code = Path(file).read_text(encoding="utf-8")
        return [tree(code=code, label=self.options["alt"], fits=True)]


def svg(drawing: str, name: str, *, fits: bool = False) -> str:
    """Return an SVG of Graphviz as it stands in a page: in the page's colours, and named.

    Args:
        drawing: The file that Graphviz made.
        name: What the picture is called for those who cannot see it.
        fits: Whether it is made as small as its place; a tree keeps its size, so that it can be
            read, and scrolls.
    """
    body = drawing[drawing.index("<svg") :]
    body = _PAINT.sub("", _COMMENT.sub("", _TITLE.sub("", body)))
    body = _ID.sub("", _TOOLTIP.sub("", body))
    kind = "kb-tree kb-fits" if fits else "kb-tree"
    return body.replace("<svg ", f'<svg class="{kind}" role="group" aria-label="{name}" ', 1)


def show_tree(self: HTML5Translator, node: tree) -> None:
    """Write the drawing into a frame that scrolls."""
    _, file = render_dot(self, node["code"], {"docname": self.builder.current_docname}, "svg")
    told = escape(node["label"], quote=True)

    def link(found: re.Match[str]) -> str:
        kind, _, target = unquote(unescape(found[1])).partition("/")
        where = place(kind, target)
        assert where is not None, target
        address = self.builder.get_relative_uri(self.builder.current_docname, where[0])
        return f'href="{address}#{where[1]}"'

    if file is not None:
        drawn = Path(file).read_text(encoding="utf-8")
        drawing = _LINK.sub(link, svg(drawn, told, fits=node.get("fits", False)))
        frame = f'<div class="kb-scroll" role="region" tabindex="0" aria-label="{told}">'
        self.body.append(f"{frame}\n{drawing}</div>\n")
    raise nodes.SkipNode


def tell_tree(self: nodes.NodeVisitor, node: tree) -> None:
    """Write nothing where there are no pictures: the text says the same."""
    del self, node
    raise nodes.SkipNode
