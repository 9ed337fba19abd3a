# SPDX-License-Identifier: Apache-2.0
"""The worked example of CONTRIBUTING.md is carried out as written, on a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```(\w*) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: What the example needs of the project, the set-up apart.
COPIED = ("kb", "lutalogic", "prolog", "tests", "examples", ".ci", "Makefile", "pyproject.toml")


@dataclass(frozen=True)
class Block:
    """A block of code: its language, the file it is added to (or none), and its text."""

    language: str
    file: str
    text: str


BLOCKS = [Block(*found) for found in _BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text())]


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the copy, with this environment's programs."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "PYTEST"))}
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        timeout=300,
        env=environment | {"PATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy the project, as if `make setup` had been run in the copy."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, tmp_path / name, ignore=ignored)
        else:
            shutil.copy2(source, tmp_path / name)
    ready = tmp_path / ".venv/ready"
    ready.parent.mkdir()
    ready.touch()
    return tmp_path


def session(project: Path, text: str) -> None:
    """Run a Python session, which must print what it shows."""
    (project / "session.txt").write_text(text)
    code = (
        "import doctest; "
        "print(doctest.testfile('session.txt', module_relative=False, "
        "optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).failed)"
    )
    done = run(project, "python", "-c", code)
    assert done.stdout.splitlines()[-1:] == ["0"], done.stdout + done.stderr


def test_every_block_is_carried_out(project: Path) -> None:
    """Files are made, commands succeed, sessions print what they show, in the order of the page."""
    ran = []
    for block in BLOCKS:
        if block.file:
            path = project / block.file
            path.parent.mkdir(exist_ok=True)
            with path.open("a") as file:
                file.write(block.text)
        elif block.language == "sh":
            for command in block.text.splitlines():
                done = run(project, "sh", "-c", command)
                assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
                ran.append(f"{command}\n{done.stdout}")
        else:
            assert block.language == "pycon", block
            session(project, block.text)
    told = "\n".join(ran)
    assert "kb is sound" in told
    assert re.search(r"^\d\d+ passed", told, re.MULTILINE), told
    rules = json_of(project)
    assert '"northfield_demotide"' in rules


def json_of(project: Path) -> str:
    """Return the rule base that the example generated."""
    return (project / "lutalogic/rulebase.json").read_text()


@pytest.mark.parametrize(
    ("file", "right", "wrong", "told"),
    [
        ("kb/ledger_northfield.pl", "3-3", "4-4", "must go on at line"),
        ("kb/ledger_northfield.pl", "'N-3'", "'N-4'", "N-4"),
        ("kb/northfield_demotide.pl", "[5-6]", "[5-7]", "are no lines of"),
        ("kb/northfield_demotide.pl", "unresectable ]", "inoperable ]", "unknown"),
        ("kb/documents.pl", "document(northfield,", "document(northfeld,", "northfield"),
    ],
)
def test_the_checker_stops_a_slip(
    project: Path, file: str, right: str, wrong: str, told: str
) -> None:
    """A slip in a block of the example is refused before anything is generated."""
    before = json_of(project)
    for block in BLOCKS:
        if block.file.startswith("kb/"):
            with (project / block.file).open("a") as open_file:
                text = block.text
                if block.file == file:
                    assert right in text
                    text = text.replace(right, wrong, 1)
                open_file.write(text)
    done = run(project, "make", "rulebase")
    assert done.returncode != 0
    assert told in done.stdout, done.stdout + done.stderr
    assert json_of(project) == before


def test_the_page_covers_the_steps() -> None:
    """A document, a policy, a ledger, a check, a second evaluator, cases."""
    files = [block.file for block in BLOCKS if block.file]
    for start in ("kb/documents", "kb/ledger_", "tests/independent/", "tests/kb/"):
        assert any(file.startswith(start) for file in files), start
    languages = {block.language for block in BLOCKS}
    assert languages == {"prolog", "python", "json", "sh", "pycon"}
