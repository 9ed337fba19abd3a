# SPDX-License-Identifier: Apache-2.0
"""Frames in which wide things scroll, by hand and by keyboard; what the theme leaves unnamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

_CAPTION: Final = 'class="caption" role="heading"'
#: What may be wider than its place; a frame of ours holds tables already.
_FOCUSED: Final = {
    "<pre>": '<pre tabindex="0">',
    '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',
}


class scroll(nodes.General, nodes.Element):  # noqa: N801  (nodes of docutils are called so)
    """A region with a name that can be scrolled."""


class Scroll(SphinxDirective):
    """Puts its content, a table mostly, into a frame that scrolls where it is too wide."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, object]] = {}

    def run(self) -> list[Node]:
        """Return the frame."""
        frame = scroll(name=self.arguments[0])
        frame += self.parse_content_to_nodes()
        return [frame]


def open_scroll(self: HTML5Translator, node: scroll) -> None:
    """Begin the frame; it takes the focus, so that keys scroll it."""
    attributes = {"role": "region", "aria-label": node["name"], "tabindex": "0"}
    self.body.append(self.starttag(node, "div", CLASS="kb-scroll", **attributes))


def close_scroll(self: HTML5Translator, node: scroll) -> None:
    """End the frame."""
    del node
    self.body.append("</div>\n")


def mend(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Put right what the theme writes: keys reach what scrolls, captions have a level."""
    del app, pagename, templatename, doctree
    if "body" in context:
        body = context["body"]
        for before, after in _FOCUSED.items():
            body = body.replace(before, after)
        context["body"] = body
    if "furo_navigation_tree" in context:
        tree = context["furo_navigation_tree"]
        context["furo_navigation_tree"] = tree.replace(_CAPTION, f'{_CAPTION} aria-level="2"')
