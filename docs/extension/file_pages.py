# SPDX-License-Identifier: Apache-2.0
"""The files of the rule base, as they are written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from docs.extension.markdown import joined, table, text

KB: Final = Path(__file__).parents[2] / "kb"
_MODULE: Final = re.compile(r"<module>([^\n]*)")


def file_pages() -> dict[str, str]:
    """Return a page for each file of the rule base, as it is written, and one that lists them."""
    pages = {}
    rows = []
    for path in sorted(KB.glob("*.pl")):
        written = path.read_text(encoding="utf-8")
        found = _MODULE.search(written)
        title = found[1].strip() if found else path.stem
        pages[path.stem] = joined(
            f"# {text(path.name)}: {text(title)}",
            "As it stands in `kb/`, in the [rule language](../../rule-language.md).",
            f"```prolog\n{written.rstrip()}\n```",
        )
        rows.append((f"[{text(path.name)}]({path.stem}.md)", text(title)))
    listed = table(["File", "What it holds"], rows, name="Files of the rule base")
    toctree = "\n".join(pages)
    pages["index"] = joined(
        "# The rules as they are written",
        "The files of `kb/`. They are read as data, checked, and compiled; all other pages about "
        "the rules are made from them.",
        listed,
        f"```{{toctree}}\n:hidden:\n\n{toctree}\n```",
    )
    return pages
