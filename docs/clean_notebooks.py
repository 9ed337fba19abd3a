# SPDX-License-Identifier: Apache-2.0
"""Take from the notebooks what running them left: they are kept as what was written, no more."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_METADATA: Final = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def cleaned(text: str) -> str:
    """Return a notebook without outputs and counts, in one form."""
    cells = [_cell(cell, place) for place, cell in enumerate(json.loads(text)["cells"], 1)]
    made = {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _cell(cell: dict[str, Any], place: int) -> dict[str, Any]:
    source = cell["source"]
    lines = ("".join(source) if isinstance(source, list) else source).splitlines(keepends=True)
    kept: dict[str, Any] = {
        "cell_type": cell["cell_type"], "id": f"cell-{place:02}", "metadata": {}, "source": lines,
    }  # fmt: skip
    code = cell["cell_type"] == "code"
    return kept | ({"execution_count": None, "outputs": []} if code else {})


def main(paths: Iterable[Path]) -> None:
    """Clean notebooks in place."""
    for path in paths:
        path.write_text(cleaned(path.read_text()))


if __name__ == "__main__":
    named = [Path(name) for name in sys.argv[1:]]
    main(named or sorted((Path(__file__).parent / "notebooks").glob("*.ipynb")))
