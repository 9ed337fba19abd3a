# SPDX-License-Identifier: Apache-2.0
"""The whole program with altered rules, or with others, in a process of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def altered(folder: Path, changes: dict[str, list[tuple[str, str]]]) -> None:
    """Copy the program into an empty folder, its rules changed and what is generated made anew.

    Args:
        folder: The folder.
        changes: For files of kb/, words and what they become; each must stand there once.
    """
    for name in ("kb", "prolog", "lutalogic"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file, pairs in changes.items():
        path = folder / "kb" / file
        text = path.read_text()
        for words, others in pairs:
            assert text.count(words) == 1, words
            text = text.replace(words, others)
        path.write_text(text)
    _generate(folder)


def with_rules(folder: Path, rules: str) -> None:
    """Copy the program into an empty folder, with rules of its own that the checker accepts.

    Args:
        folder: The folder.
        rules: The text of the one file of kb/.
    """
    for name in ("prolog", "lutalogic"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "kb").mkdir()
    (folder / "kb" / "rules.pl").write_text(rules)
    check = ["swipl", "prolog/check.pl", "--", "kb"]
    subprocess.run(check, check=True, cwd=folder, capture_output=True)
    _generate(folder)


def _generate(folder: Path) -> None:
    generate = ["swipl", "prolog/generate.pl", "--", "kb", "lutalogic"]
    subprocess.run(generate, check=True, cwd=folder)


def answers(folder: Path, changes: dict[str, list[tuple[str, str]]], code: str) -> Any:
    """Return what code prints as JSON, run with rules that were altered.

    Args:
        folder: An empty folder, for a copy of the program.
        changes: As for `altered`.
        code: A program that prints a JSON value.
    """
    altered(folder, changes)
    return run_in(folder, code)


def run_in(folder: Path, code: str) -> Any:
    """Return what code prints as JSON, run in a process of its own with the program of a folder."""
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=folder, capture_output=True, text=True
    )
    return json.loads(done.stdout)
