# SPDX-License-Identifier: Apache-2.0
"""The sessions that the documentation shows are run, and print what it shows."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import lutalogic

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
#: What only a shell understands.
_SHELL = re.compile(r"[|<>&;$*?#`()~]")
_CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_sessions_print_what_they_show(page: Path) -> None:
    """Every >>> of a page, in order, as one session."""
    text = re.sub(r"^```.*$", "", page.read_text(), flags=re.MULTILINE)
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    results = doctest.DocTestRunner(optionflags=FLAGS).run(test)
    assert results.failed == 0
    assert page.name != "README.md" or results.attempted >= 10


def commands(page: Path) -> list[tuple[str, str]]:
    """Return the commands of a page's terminal sessions, each with the output it shows."""
    found = []
    for session in _CONSOLE.findall(page.read_text()):
        for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


@pytest.mark.parametrize(("command", "shown"), [pair for page in PAGES for pair in commands(page)])
def test_terminal_sessions_print_what_they_show(command: str, shown: str) -> None:
    """Each command prints what stands below it, `...` standing for anything."""
    path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
    terminal = {"PATH": path, "COLUMNS": "80", "LANG": "C.UTF-8"}
    name, *words = shlex.split(command)
    if name == "lutalogic" and words[0] != "cohort" and not _SHELL.search(command):
        done = lutalogic(*words, environment=terminal)
    else:
        done = subprocess.run(
            command, shell=True, capture_output=True, text=True, check=False, cwd=ROOT, env=terminal
        )
    checker = doctest.OutputChecker()
    assert checker.check_output(shown, done.stdout + done.stderr, FLAGS), done.stdout + done.stderr


def test_the_readme_shows_both_kinds_of_session_and_the_disclaimer() -> None:
    """A newcomer sees Python, a terminal, and what this is not."""
    text = (ROOT / "README.md").read_text()
    assert len(commands(ROOT / "README.md")) >= 3
    assert "no medical advice and no payer's determination" in text
    for command in ("make demo", "make test"):
        assert command in text
