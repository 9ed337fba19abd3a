# SPDX-License-Identifier: Apache-2.0
"""`lutalogic missing` and `lutalogic flips` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from lutalogic.cli_options import BAD_INPUT
from lutalogic.schema import schemas
from tests.commands import lutalogic
from tests.strategies import sampled

EXAMPLES = Path(__file__).parents[2] / "examples"
FALLING = EXAMPLES / "05_second_dose_falling_clearance.json"
TORN = EXAMPLES / "04_grade_and_ki67_disagree.json"


def test_what_is_missing_is_asked_of_someone() -> None:
    """Approval and denial are told apart, each fact with its values, what it is now, and whom."""
    done = lutalogic("missing", str(FALLING), "--policy", "premera_lutathera")
    assert done.returncode == 0, done.stderr
    approve, deny = done.stdout.split("To deny:")
    assert "  creatinine clearance: 40 to 45 mL/min, now 35 to 45 mL/min  (laboratory)" in approve
    assert "  creatinine clearance: at least 35 and below 40 mL/min" in deny


def test_a_checklist_names_the_documentation_list() -> None:
    """By who supplies it, with the places of the items; alternatives as alternatives."""
    file = EXAMPLES / "18_xofigo_three_patients.json"
    done = lutalogic("missing", str(file), "--policy", "premera_pluvicto", "--checklist")
    assert done.returncode == 0, done.stderr
    first = done.stdout.split("This is no medical advice")[0]
    assert "The report of an imaging study:\n  [ ] PSMA PET agent: " in first
    assert "one of\n  - [ ] earlier taxane: yes  [Documentation, Pluvicto, L108]" in first


def test_where_nothing_open_helps_it_says_so() -> None:
    """Evidence in conflict: nothing to document, but something to change."""
    done = lutalogic("missing", str(TORN), "--policy", "premera_lutathera")
    assert "Nothing that is still open would lead to approval" in done.stdout
    assert "It pends on what is documented" in done.stdout
    done = lutalogic("flips", str(TORN), "--policy", "premera_lutathera", "--to", "met")
    assert "  1. Ki-67 index: at most 20 %, now 25 %  (a test or an assessment" in done.stdout
    assert "not be met" not in done.stdout


@pytest.mark.parametrize(
    ("command", "schema"), sampled([("missing", "missing"), ("flips", "flips")], every=2)
)
def test_json_keeps_to_its_schema(command: str, schema: str) -> None:
    """A list, a value for each decision, with the patient's name."""
    done = lutalogic(command, *map(str, sorted(EXAMPLES.glob("0*.json"))), "--format", "json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert len(told) > 15
    for value in told:
        jsonschema.validate(value, schemas()[schema])
    assert {value["patient"] for value in told} >= {"Grade and Ki-67 index disagree"}


def test_what_cannot_be_judged_is_told_and_the_rest_is_answered(tmp_path: Path) -> None:
    """A message for the one, an answer for the other, and exit status 2."""
    file = tmp_path / "two.jsonl"
    good = {"policy": "premera_xofigo", "on": "2026-06-01", "facts": {"age_years": 17}}
    bad = good | {"facts": {"age_years": 170}}
    file.write_text(f"{json.dumps(bad)}\n{json.dumps(good)}\n")
    for command in ("missing", "flips"):
        done = lutalogic(command, str(file))
        assert done.returncode == BAD_INPUT
        assert "facts.age_years" in done.stderr
        assert "Xofigo at Premera: not met" in done.stdout


def test_a_checklist_is_no_json() -> None:
    """The two exclude one another, and the message says where to look."""
    done = lutalogic("missing", str(FALLING), "--checklist", "--format", "json")
    assert done.returncode == BAD_INPUT
    assert "--checklist is text" in done.stderr
