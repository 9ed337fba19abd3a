# SPDX-License-Identifier: Apache-2.0
"""docs/verified-properties.md names tests that run, claims no more than they hold, and no less."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
PAGE = (ROOT / "docs/verified-properties.md").read_text()

_ROW = re.compile(r"^\|(.*)\| `([\w/]+\.(?:py|pl))::(\w+)` \| (.+) \|$", re.MULTILINE)
#: What the page says: the property, the test's file and name, and the strength.
ROWS = [tuple(map(str.strip, row)) for row in _ROW.findall(PAGE)]
STRENGTHS = {"proved", "exhaustive", "random", "examples"}
#: The invariants, and the properties that are none, which the specification lists.
INVARIANTS, NOT_THEOREMS = 14, 7
#: What makes a test a random search: Hypothesis, a helper of its own, or a random moment.
_RANDOM = re.compile(r"@given\(|holds_when_met\(|random\.|rows\(COUNT|drawn: list\[Row\]")


def source_of(file: str, name: str) -> str:
    """Return the source of a Python test, decorators included."""
    sources = functions_of(file)
    assert name in sources, f"there is no test {name} in {file}"
    return sources[name]


@cache
def functions_of(file: str) -> dict[str, str]:
    """Return the source of every function of a file, decorators included."""
    text = (TESTS / file).read_text()
    lines = text.splitlines()
    found = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    starts = [min([node.lineno, *(d.lineno for d in node.decorator_list)]) for node in found]
    return {
        node.name: "\n".join(lines[start - 1 : node.end_lineno])
        for node, start in zip(found, starts, strict=True)
    }


@pytest.fixture(scope="module")
def collected(request: pytest.FixtureRequest) -> set[tuple[str, str]]:
    """Return the file and name of every test that pytest collects, and that plunit runs.

    In a run of all tests pytest has collected them already; in one of some files it is asked to.
    """
    told = "\n".join(item.nodeid for item in request.session.items)
    files = {line.partition("::")[0] for line in told.splitlines()}
    if not {f"tests/{file}" for _, file, _, _ in ROWS if file.endswith(".py")} <= files:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "--collect-only", "-q", "tests"],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        told = done.stdout
    found = set(re.findall(r"^tests/([\w/]+\.py)::(test_\w+)", told, re.MULTILINE))
    for path in (TESTS / "prolog").glob("test_*.pl"):  # run.pl fails if one of these never ran
        names = re.findall(r"^test\((\w+)", path.read_text(), re.MULTILINE)
        found |= {(f"prolog/{path.name}", name) for name in names}
    return found


def test_every_row_of_the_page_is_read() -> None:
    """A row with a test in it has the form that the other tests here read."""
    assert len(ROWS) == len(re.findall(r"^\|.*::.*\|$", PAGE, re.MULTILINE)) > 100


def test_every_test_that_is_named_runs(collected: set[tuple[str, str]]) -> None:
    """A test that was renamed or dropped takes its row with it."""
    named = {(file, name) for _, file, name, _ in ROWS}
    assert not sorted(named - collected)


@pytest.mark.parametrize("folder", ["properties", "differential"])
def test_every_property_that_is_tested_is_named(
    folder: str, collected: set[tuple[str, str]]
) -> None:
    """What must hold for all patients, and that engines agree, stands on the page."""
    there = {test for test in collected if test[0].startswith(f"{folder}/")}
    assert there
    assert not sorted(there - {(file, name) for _, file, name, _ in ROWS})


def test_every_random_search_is_named(collected: set[tuple[str, str]]) -> None:
    """What is searched for a counterexample, in whatever folder, stands on the page."""
    searches = {
        (file, name)
        for file, name in collected
        if file.endswith(".py") and _RANDOM.search(source_of(file, name))
    }
    assert len(searches) > 30
    assert not sorted(searches - {(file, name) for _, file, name, _ in ROWS})


def test_the_strength_is_what_the_test_does() -> None:
    """Random where it draws at random and nowhere else; proved only where a prover is asked."""
    assert {strength for *_, strength in ROWS} <= STRENGTHS
    for _, file, name, strength in ROWS:
        if file.endswith(".py"):
            source = source_of(file, name)
            assert bool(_RANDOM.search(source)) == (strength == "random"), (file, name)
            proves = bool(re.search(r"\bprove\w*\(", source))
            assert proves == (strength == "proved"), (file, name)
        else:
            assert strength != "proved", (file, name)


def test_a_claim_of_every_case_says_of_what() -> None:
    """An exhaustive row names the space that was exhausted, unless it is a file to the byte."""
    last = ""
    for claim, _, name, strength in ROWS:
        last = claim.strip(" |") or last
        if strength == "exhaustive":
            assert re.search(r"\(all .+\)|to the byte", last), name


def test_nothing_is_called_proved_that_is_not() -> None:
    """The page says that nothing is proved for as long as no row is."""
    proved = any(strength == "proved" for *_, strength in ROWS)
    assert ("Nothing here is proved yet" in PAGE) == (not proved)


def test_every_invariant_of_the_specification_has_its_row() -> None:
    """The fourteen by their numbers, in order, each held by a test of that number or by rows."""
    numbered = [
        (int(claim.partition("|")[0]), name)
        for claim, _, name, _ in ROWS
        if claim.partition("|")[0].strip().isdigit()
    ]
    numbers = [number for number, _ in numbered]
    assert sorted(set(numbers)) == list(range(1, INVARIANTS + 1))
    assert numbers == sorted(numbers)
    for number in set(numbers):
        names = [name for other, name in numbered if other == number]
        assert any(name.startswith(f"test_{number}_") for name in names), number


def test_what_is_no_theorem_is_told_with_its_refutation() -> None:
    """Each of the seven is refuted by a test."""
    _, _, rest = PAGE.partition("## What does not hold")
    section, _, _ = rest.partition("\n## ")
    refuted = _ROW.findall(section)
    assert len(refuted) == NOT_THEOREMS
    assert {file for _, file, _, _ in refuted} == {"properties/test_not_theorems.py"}
