# SPDX-License-Identifier: Apache-2.0
"""What fuzzing found, to keep: a suite of vectors, and a file of tests that asks them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lutalogic.conformance.fuzz import question
from lutalogic.conformance.suite import Suite, put, read_suite, write_suite
from lutalogic.errors import BadRequest
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.conformance.fuzz import Disagreement

#: The name of the file of tests.
TESTS: Final = "test_found.py"
#: What a suite of what was found says that it was made with.
_MADE: Final = {"from": "fuzzing"}
_HEAD: Final = '''\
"""What `lutalogic fuzz` found; each test fails as long as the implementation disagrees."""

from pathlib import Path

import pytest

from lutalogic.conformance.suite import read_suite
from lutalogic.testing import assert_conforms

IMPLEMENTATION = {implementation}
SUITE = read_suite(Path(__file__).parent)
LEVEL = {level}
'''
_WHERE: Final = '''

@pytest.fixture(autouse=True)
def run_where_it_was(monkeypatch):
    """The command is run in the folder in which it was when this was found."""
    monkeypatch.chdir({folder})
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

    An answer that another reading of the text makes right passes, as in every suite.

    Args:
        found: The disagreements.
        folder: The folder; what was kept there before stays.
        implementation: The command, or the address, of what was judged.
        level: The level up to which it was.

    Raises:
        InputError: The folder holds a suite that cannot be read.
        OSError: It cannot be written.
    """
    kept = kept_before(folder)
    vectors = list(kept.vectors)
    asked = {question(vector.request) for vector in vectors}
    for each in found:
        if question(each.vector.request) in asked:
            continue
        number = sum(v.policy == each.vector.policy for v in vectors) + 1
        name = f"{each.vector.policy}/found-{number}"
        request = dict(each.vector.request) | {"id": name}
        vectors.append(replace(each.vector, id=name, request=request))
    suite = replace(kept, vectors=tuple(vectors))
    write_suite(suite, folder)
    told = list(implementation) if not isinstance(implementation, str) else implementation
    # whatever stands in these texts, `ascii` makes a literal of it that a file can hold
    text = _HEAD.format(implementation=ascii(told), level=level)
    if not isinstance(implementation, str):
        text += _WHERE.format(folder=ascii(str(Path.cwd())))
    for number, vector in enumerate(suite.vectors, 1):
        name = "".join(sign if sign.isalnum() else "_" for sign in f"{number} {vector.id}")
        claim = (
            f"{vector.policy}: {vector.expect.outcome}, on {len(vector.request['facts'])} facts."
        )
        text += _TEST.format(name=name, claim=claim, id=ascii(vector.id))
    put(folder / TESTS, text)
    return suite


def kept_before(folder: Path) -> Suite:
    """Return what fuzzing kept in a folder before; a suite without vectors if there is nothing.

    Raises:
        InputError: The folder holds a suite that cannot be read, or is none of fuzzing's.
    """
    new = Suite((), rule_base().digest, {}, dict(_MADE))
    if not (folder / "suite.json").exists():
        return new
    kept = read_suite(folder)
    if dict(kept.settings) != _MADE:
        raise BadRequest("holds a suite that fuzz did not write: name another folder", str(folder))
    return replace(kept, digest=new.digest)
