# SPDX-License-Identifier: Apache-2.0
"""A proof fails where the rule that carries it is gone: proofs are not about something else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lutalogic.rulebase import rule_base
from tests.proofs.mutants import MUTANTS, Mutant

ROOT = Path(__file__).parents[2]


def run_in(folder: Path, name: str) -> Any:
    """Return what the program that lies in a folder says of a theorem."""
    done = subprocess.run(
        [sys.executable, "-m", "lutalogic", "prove", name, "--json"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 4, done.stderr
    [proof] = json.loads(done.stdout)
    return proof


def mutated(mutant: Mutant, folder: Path) -> Path:
    """Return a copy of the program whose rules have a mistake, generated anew from them."""
    for name in ("lutalogic", "kb", "prolog"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    file = folder / "kb" / mutant.file
    text = file.read_text()
    assert text.count(mutant.old) == 1, f"{text.count(mutant.old)} times: {mutant.old}"
    file.write_text(text.replace(mutant.old, mutant.new))
    subprocess.run(
        ["swipl", str(folder / "prolog/generate.pl"), "--", str(folder / "kb"), "lutalogic"],
        cwd=folder,
        check=True,
    )
    return folder


def test_every_theorem_has_a_mutant() -> None:
    """No theorem goes without a rule base in which it must fail."""
    proved = {theorem.name for theorem in rule_base().claims if theorem.expected == "proved"}
    assert set(MUTANTS) == proved


@pytest.mark.parametrize("name", MUTANTS)
def test_a_proof_fails_where_its_rule_is_gone(name: str, tmp_path: Path) -> None:
    """In the mutated rule base the theorem is refuted, by a patient whom Prolog confirms."""
    proof = run_in(mutated(MUTANTS[name], tmp_path), name)
    assert proof["status"] == "refuted", proof
    assert proof["witness"]["breaks"]
