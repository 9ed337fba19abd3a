# SPDX-License-Identifier: Apache-2.0
"""How Sphinx builds the site; `make docs` runs it."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import lutalogic  # noqa: E402

project = "lutalogic"
author = "the lutalogic project"
project_copyright = "the lutalogic project, Apache-2.0"
release = lutalogic.__version__

# The playground is built beside the pages; where it is, the first page leads to it.
if (ROOT / "docs/playground/build.py").exists():
    tags.add("playground")  # type: ignore[name-defined]  # noqa: F821  (Sphinx puts it there)

extensions = [
    "docs.extension",
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_design",
]
templates_path = ["templates"]
exclude_patterns = ["build", "templates", "playground/**", "**/.ipynb_checkpoints"]
# Of kb/ and prolog/ nothing is read as a page, nor are the programs that write parts of pages.
suppress_warnings: list[str] = []
nitpicky = True
# Types of the package that are no public names: what a field holds is told in words beside it.
nitpick_ignore_regex = [
    ("py:class", r"(?!lutalogic\.)(?!kb).*"),
    ("py:class", r"lutalogic\.\w+\..*"),
]

myst_enable_extensions = ["colon_fence", "deflist", "attrs_inline"]
myst_heading_anchors = 3
graphviz_output_format = "svg"

autodoc_typehints = "none"
autodoc_member_order = "bysource"
autodoc_class_signature = "mixed"
napoleon_google_docstring = True
napoleon_use_ivar = True

html_theme = "furo"
html_title = "lutalogic"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/indices.html",
        "sidebar/scroll-end.html",
    ]
}
html_search_scorer = str(ROOT / "docs/extension/scorer.js")
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "announcement": (
        "This is no medical advice and no payer&#39;s determination. It applies published policy "
        "texts, as this project reads them."
    ),
    "footer_icons": [],
    "light_css_variables": {"color-brand-primary": "#0b4f6c", "color-brand-content": "#0b4f6c"},
    "dark_css_variables": {"color-brand-primary": "#7cc4e8", "color-brand-content": "#7cc4e8"},
}
