# SPDX-License-Identifier: Apache-2.0
"""A Sphinx extension that publishes the rule base: its pages, its objects, its trees.

Pages are written below ``docs/rules`` and ``docs/api`` before Sphinx reads anything, from the rule
base, the tables of cases, the conformance suite and the proofs; they are not kept in the
repository.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.ext import graphviz  # noqa: F401  (draws the trees)

from docs.extension import layout, linking, trees
from docs.extension.domain import RuleBaseDomain
from docs.extension.notebooks import NotebookParser
from docs.extension.pages import write_pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the domain, the trees, notebooks, and the writing of pages."""
    app.setup_extension("sphinx.ext.graphviz")
    app.add_config_value("kb_write_pages", True, "env", types=frozenset({bool}))
    app.add_domain(RuleBaseDomain)
    app.add_node(layout.scroll, html=(layout.open_scroll, layout.close_scroll))
    app.add_node(
        trees.tree,
        html=(trees.show_tree, None),
        text=(trees.tell_tree, None),
    )
    app.add_source_suffix(".ipynb", "ipynb")
    app.add_source_parser(NotebookParser)
    app.connect("builder-inited", write_pages)
    app.connect("source-read", linking.link_theorems)
    app.connect("html-page-context", layout.mend, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
