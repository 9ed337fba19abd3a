# SPDX-License-Identifier: Apache-2.0
"""Theorems that are named in pages written by hand lead to what became of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docs.extension.names import API, RULES
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: A name set as code, alone between its backticks.
_CODE: Final = re.compile(r"(?<!`)`([a-z]\w+)`(?!`)")
#: A block of code, in which nothing is a reference.
_FENCED: Final = re.compile(r"(^(`{3,}|~{3,}).*?^\2`*$)", re.DOTALL | re.MULTILINE)


def link_theorems(app: Sphinx, page: str, source: list[str]) -> None:
    """Make references of the names of theorems, in pages that are not generated."""
    del app
    if not page.startswith((f"{RULES}/", f"{API}/")):
        source[0] = linked(source[0])


def linked(markdown: str) -> str:
    """Return Markdown in which theorems that are named are references.

    >>> linked("See `what_xofigo_asks`, not `age_years`.")
    'See {kb:theorem}`what_xofigo_asks <what_xofigo_asks>`, not `age_years`.'
    """
    names = {each.name for each in rule_base().claims}

    def link(found: re.Match[str]) -> str:
        return f"{{kb:theorem}}`{found[1]} <{found[1]}>`" if found[1] in names else found[0]

    parts = _FENCED.split(markdown)
    # Each block comes with the marks that fence it: what is between the blocks is every third.
    parts[::3] = [_CODE.sub(link, part) for part in parts[::3]]
    return "".join(part for n, part in enumerate(parts) if n % 3 != 2)
