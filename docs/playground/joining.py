# SPDX-License-Identifier: Apache-2.0
"""Many small ES modules as one script, which also runs from a file on disk.

A browser loads no module from ``file://``. So the modules of the page, which tests load as they
stand, are joined into one plain script for the page itself. They keep to what can be joined
safely: named imports of their neighbours, each on lines of their own, named exports of
declarations, and no name that two of them declare.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_IMPORT = re.compile(r"^import \{([^}]*)\} from '\./(\w+)\.js';\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function |class |const )", re.MULTILINE)
_DECLARED = re.compile(r"^(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)


def joined(folder: Path, entry: str) -> str:
    """Return the modules that an entry module needs as one script, in a scope of its own.

    Args:
        folder: Where the modules are.
        entry: The name of the module that needs all others, without ``.js``.

    Raises:
        SystemExit: They import in a circle, declare a name twice, or import or export otherwise.
    """
    order: list[str] = []
    _visit(folder, entry, order, ())
    owners: dict[str, str] = {}
    parts = []
    for name in order:
        text = _EXPORT.sub("", _IMPORT.sub("", (folder / f"{name}.js").read_text("utf-8")))
        if re.search(r"^(import|export)\b", text, re.MULTILINE):
            raise SystemExit(f"{name}.js imports or exports in a way that cannot be joined")
        for declared in _DECLARED.findall(text):
            if owners.setdefault(declared, name) != name:
                raise SystemExit(f"{name}.js and {owners[declared]}.js both declare {declared}")
        parts.append(f"// {name}.js\n{text}")
    return "'use strict';\n(() => {\n" + "\n".join(parts) + "})();\n"


def _visit(folder: Path, name: str, order: list[str], above: tuple[str, ...]) -> None:
    if name in above:
        raise SystemExit(f"the modules {', '.join((*above, name))} import in a circle")
    if name in order:
        return
    for _, needed in _IMPORT.findall((folder / f"{name}.js").read_text("utf-8")):
        _visit(folder, needed, order, (*above, name))
    order.append(name)


def literal(text: str) -> str:
    """Return a text as a string literal of JavaScript, no longer than it must be.

    >>> literal('a"b') + literal("c\\\\d")
    '"a\\\\"b""c\\\\\\\\d"'
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + escaped.replace("\r", "\\r").replace("\0", "\\x00") + '"'
