# SPDX-License-Identifier: Apache-2.0
"""What fuzzing found, to keep: a suite of vectors, and a file of tests that asks them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lutalogic.conformance.suite import Suite, read_suite, write_suite
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lutalogic.conformance.fuzz import Disagreement

#: The name of the file of tests.
TESTS: Final = "test_found.py"
_HEAD: Final = '''\
"""What `lutalogic fuzz` found; each test fails as long as the implementation disagrees."""

from pathlib import Path

from lutalogic.conformance.suite import read_suite
from lutalogic.testing import assert_conforms

IMPLEMENTATION = {implementation}
SUITE = read_suite(Path(__file__).parent)
LEVEL = {level}
'''
_TEST: Final = '''

def test_{name}():
    """{claim}"""
    assert_conforms(IMPLEMENTATION, level=LEVEL, suite=SUITE.only({id}))
'''


def keep(
    found: Sequence[Disagreement], folder: Path, *, implementation: Sequence[str] | str, level: int
) -> Suite:
    """Add what was found to a folder: its vectors, and the tests that ask all that is there.

    Args:
        found: The disagreements.
        folder: The folder; what was kept there before stays.
        implementation: The command, or the address, of what was judged.
        level: The level up to which it was.

    Raises:
        InputError: The folder holds a suite that cannot be read.
        OSError: It cannot be written.
    """
    kept = Suite((), rule_base().digest, {}, {"from": "fuzzing"})
    if (folder / "suite.json").exists():
        kept = replace(read_suite(folder), digest=kept.digest)
    vectors = list(kept.vectors)
    asked = {_question(vector.request) for vector in vectors}
    for each in found:
        if _question(each.vector.request) in asked:
            continue
        number = sum(v.policy == each.vector.policy for v in vectors) + 1
        name = f"{each.vector.policy}/found-{number}"
        request = dict(each.vector.request) | {"id": name}
        vectors.append(replace(each.vector, id=name, request=request))
    suite = replace(kept, vectors=tuple(vectors))
    write_suite(suite, folder)
    told = list(implementation) if not isinstance(implementation, str) else implementation
    text = _HEAD.format(implementation=json.dumps(told), level=level)
    for vector in suite.vectors:
        name = "".join(sign if sign.isalnum() else "_" for sign in vector.id)
        claim = (
            f"{vector.policy}: {vector.expect.outcome}, on {len(vector.request['facts'])} facts."
        )
        text += _TEST.format(name=name, claim=claim, id=json.dumps(vector.id))
    (folder / TESTS).write_text(text, encoding="utf-8")
    return suite


def _question(request: object) -> str:
    """Return what is asked, apart from the name of the request."""
    assert isinstance(request, dict)
    return json.dumps({k: v for k, v in request.items() if k != "id"}, sort_keys=True, default=str)
