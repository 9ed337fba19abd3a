# SPDX-License-Identifier: Apache-2.0
"""The worked notebooks as pages: run from the first cell to the last, with what they show.

They need no Jupyter: a cell is Python, and its last value shows itself as HTML, as a picture or
as text. Pictures are SVG in the colours of the page; a live panel shows its answers as they stand.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
from hashlib import sha256
from html import escape
from pprint import pformat
from typing import TYPE_CHECKING, Any, Final

from myst_parser.parsers.sphinx_ import MystParser

from docs.extension.markdown import html

if TYPE_CHECKING:
    from docutils import nodes

_NOTE: Final = (
    "```{note}\nRun when this page was made, from the first cell to the last. `make notebook` "
    "opens it in JupyterLab, with live panels.\n```"
)
#: Where a drawing names a part of itself, or refers to one.
_NAMED: Final = re.compile(r"""(\bid="|href="#|url\(#)([^")]+)""")


class NotebookParser(MystParser):
    """Reads a notebook as the Markdown of its cells and of what running them shows."""

    supported = ("ipynb",)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse a notebook."""
        super().parse(as_markdown(inputstring), document)


def as_markdown(notebook: str) -> str:
    """Return a notebook as Markdown, with what its cells show.

    >>> cell = {"cell_type": "code", "source": ["2 + 3"]}
    >>> as_markdown(json.dumps({"cells": [cell]})).splitlines()[-2:]
    ['5', '```']
    """
    names: dict[str, Any] = {"__name__": "__main__"}
    parts = []
    for cell in json.loads(notebook)["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            title, _, rest = source.partition("\n\n")
            noted = title.lstrip("<").startswith(("!--", "# ")) and not parts
            parts.append(f"{title}\n\n{_NOTE}\n\n{rest}" if noted else source)
        else:
            code = re.sub(r"^%.*\n", "", source, flags=re.MULTILINE)
            parts += [f"```python\n{source}\n```", *_run(code, names)]
    return "\n\n".join(parts)


def _run(code: str, names: dict[str, Any]) -> list[str]:
    """Run a cell and return what it printed and what its last value shows."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    value = None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
    shown = []
    if printed.getvalue():
        shown.append(f"```text\n{printed.getvalue().rstrip()}\n```")
    if last is not None and value is not None:
        shown.append(_shown(value, ast.unparse(last)))
    return shown


def _shown(value: object, told: str) -> str:
    figure = getattr(value, "figure", value)
    if hasattr(figure, "savefig"):
        name = escape(f"Picture: {told}")
        frame = f'<div class="kb-scroll kb-picture" tabindex="0" role="region" aria-label="{name}">'
        return html(f"{frame}{_svg(figure)}</div>")
    if hasattr(value, "_repr_html_") and (markup := value._repr_html_()):
        return html(f'<div class="kb-output">{markup}</div>')
    # As a notebook shows them, long collections stand one item a line.
    long = isinstance(value, (list, tuple, dict, set, frozenset))
    told = pformat(value, width=96, sort_dicts=False) if long else repr(value)
    return f"```text\n{told}\n```"


def _svg(figure: Any) -> str:
    """Return a picture as SVG that takes the page's colour of text."""
    from matplotlib import pyplot, rc_context

    written = io.StringIO()
    with rc_context({"svg.hashsalt": "lutalogic"}):  # else it names its parts at random
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None})
    pyplot.close(figure)
    drawing = written.getvalue()
    drawing = drawing[drawing.index("<svg") :]
    # Every picture names its parts alike: each gets names of its own, as they share a page.
    own = f"p{sha256(drawing.encode()).hexdigest()[:8]}-"
    return _NAMED.sub(rf"\g<1>{own}\g<2>", drawing)
