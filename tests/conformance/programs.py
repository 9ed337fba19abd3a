# SPDX-License-Identifier: Apache-2.0
"""Programs that are judged: each answers as the small suite expects, but for one bad habit."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from lutalogic import strict_json
from tests.conformance.small import small_suite

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = """
import json, os, sys, time
known = json.load(open({path!r}))
def say(text, stream=sys.stdout):
    print(text, file=stream, flush=True)
def answer(request):
    return {{"id": request["id"]}} | known[request["id"]]
def requests():
    for line in sys.stdin:
        yield json.loads(line)
def right(request):
    say(json.dumps(answer(request)))
"""


def program(folder: Path, body: str) -> list[str]:
    """Return the command of a program that has the right answers at hand, and does as told."""
    known = {vector.id: vector.expect.as_json() for vector in small_suite().vectors}
    (folder / "known.json").write_text(strict_json.dumps(known))
    file = folder / "program.py"
    file.write_text(_HEAD.format(path=str(folder / "known.json")) + body)
    return [sys.executable, str(file)]
