# SPDX-License-Identifier: Apache-2.0
"""A proof fails where the rule that carries it is gone: proofs are not about something else."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from lutalogic.rulebase import rule_base
from tests.proofs.altered import altered
from tests.proofs.mutants import MUTANTS
from tests.strategies import sampled

if TYPE_CHECKING:
    from pathlib import Path


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


def test_every_theorem_has_a_mutant() -> None:
    """No theorem goes without a rule base in which it must fail."""
    proved = {theorem.name for theorem in rule_base().claims if theorem.expected == "proved"}
    assert set(MUTANTS) == proved


@pytest.mark.parametrize("name", sampled(MUTANTS, every=6))
def test_a_proof_fails_where_its_rule_is_gone(name: str, tmp_path: Path) -> None:
    """In the mutated rule base the theorem is refuted, by a patient whom Prolog confirms."""
    mutant = MUTANTS[name]
    altered(tmp_path, {mutant.file: [(mutant.old, mutant.new)]})
    proof = run_in(tmp_path, name)
    assert proof["status"] == "refuted", proof
    assert proof["witness"]["breaks"]
