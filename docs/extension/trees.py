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

_WIDTH: Final = 30
_HEAD: Final = """digraph tree {
rankdir=LR; bgcolor="transparent"; nodesep=0.12; ranksep=0.25; pad=0.1;
node [shape=box, style="rounded", fontname="Helvetica,Arial,sans-serif", fontsize=11,
      margin="0.12,0.06", height=0.3];
edge [arrowhead=none, fontname="Helvetica,Arial,sans-serif", fontsize=10];
"""
_JOINED: Final = {
    "": "", "all": "all of these", "any": "one of these", "evidence": "by the evidence",
    "not": "none of these",
}  # fmt: skip
_TITLE: Final = re.compile(r"<title>.*?</title>\n?", re.DOTALL)
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

    >>> "age: at least 18 years" in dot("X-1")
    True
    """
    lines: list[str] = []
    whole = name in criteria()
    for number, above, made in _walk(asked(name), whole=whole):
        kind = "criterion" if made.criterion else made.role or ("fact" if made.attributes else "")
        label = "\\n".join(_quoted(line) for line in _label(made))
        link = ""
        if made.criterion and (above is not None or not whole):
            link = f', URL="kb://criterion/{made.id}"'
        elif made.attributes and whole:
            link = f', URL="kb://attribute/{made.attributes[0]}"'
        lines.append(f'n{number} [label="{label}", class="{kind or "joins"}"{link}];')
        if above is not None:
            lines.append(f"n{above} -> n{number};")
    return _HEAD + "\n".join(lines) + "\n}\n"


def _walk(root: Statement, *, whole: bool) -> Iterator[tuple[int, int | None, Statement]]:
    """Yield the statements to be drawn, each with its number and that of the one above."""
    waiting: list[tuple[int | None, Statement]] = [(None, root)]
    number = 0
    while waiting:
        above, made = waiting.pop()
        yield number, above, made
        opened = above is None or (whole and not made.criterion) or (not whole and made.criteria)
        if opened:
            kept = [p for p in made.parts if whole or p.criteria or not made.criterion]
            waiting += [(number, part) for part in reversed(kept)]
        number += 1


def _label(made: Statement) -> list[str]:
    told = made.demand if made.attributes and not made.criterion else made.sentence
    if made.criterion:
        told = f"{made.id}  {made.sentence}"
    lines = wrap(told, _WIDTH) or [""]
    join = _JOINED[made.joins]
    if len(made.parts) > 1 and join and not told.lower().startswith(join[:6]):
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
        return [tree(code=code, label=self.options["alt"])]


def svg(drawing: str, name: str) -> str:
    """Return an SVG of Graphviz as it stands in a page: in the page's colours, and named.

    Args:
        drawing: The file that Graphviz made.
        name: What the picture is called for those who cannot see it.
    """
    body = drawing[drawing.index("<svg") :]
    body = _PAINT.sub("", _COMMENT.sub("", _TITLE.sub("", body)))
    body = _TOOLTIP.sub("", body)
    return body.replace("<svg ", f'<svg class="kb-tree" role="group" aria-label="{name}" ', 1)


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
        drawing = _LINK.sub(link, svg(Path(file).read_text(encoding="utf-8"), told))
        frame = f'<div class="kb-scroll" role="region" tabindex="0" aria-label="{told}">'
        self.body.append(f"{frame}\n{drawing}</div>\n")
    raise nodes.SkipNode


def tell_tree(self: nodes.NodeVisitor, node: tree) -> None:
    """Write nothing where there are no pictures: the text says the same."""
    del self, node
    raise nodes.SkipNode
