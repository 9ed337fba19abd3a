# SPDX-License-Identifier: Apache-2.0
"""`lutalogic patients` on the command line: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lutalogic.cli_options import BAD_INPUT, UNEXPECTED
from tests.commands import afresh, lutalogic

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


def test_pages_say_on_what_the_outcome_turns() -> None:
    """The criterion, the fact or the reading that was wished, in words."""
    done = lutalogic("patients", "premera_xofigo", "--outcome", "not_met", "--by", "X-5", "-n", "1")
    assert done.returncode == 0, done.stderr
    assert "not met by X-5\n  met but for X-5: " in done.stdout
    assert "Each decided alike by Prolog and by the relational engine." in done.stdout
    done = lutalogic("patients", "premera_lutathera", "--waits-for", "age_years", "-n", "1")
    assert "needs information by L-1\n  waits for: " in done.stdout
    done = lutalogic("patients", "premera_xofigo", "--depends-on", "p_xofigo_age", "-n", "1")
    assert " if p_xofigo_age = 19" in done.stdout
    done = lutalogic("patients", "premera_xofigo", "--outcome", "met", "--by", "X-3", "-n", "1")
    assert "not met without X-3: " in done.stdout


@pytest.mark.parametrize("form", ["json", "lines"])
def test_what_is_printed_is_decided_as_wished(form: str, tmp_path: Path) -> None:
    """A JSON list by `decide`, lines by `decide --lines`, with date and readings."""
    policy = "premera_lutathera@2025-03-01,p_washout_days=42"
    done = lutalogic(
        "patients", policy, "--outcome", "not_met", "--by", "one", "-n", "4", "-f", form
    )
    assert done.returncode == 0, done.stderr
    file = tmp_path / ("found.json" if form == "json" else "found.jsonl")
    file.write_text(done.stdout)
    how = ["--lines"] if form == "lines" else ["--json"]
    told = lutalogic("decide", str(file), *how)
    assert told.returncode == 0, told.stderr
    decisions = (
        json.loads(told.stdout)
        if form == "json"
        else [json.loads(line) for line in told.stdout.splitlines()]
    )
    assert [d["outcome"] for d in decisions] == ["not_met"] * 4
    assert {(d["on"], d["readings"]["p_washout_days"]) for d in decisions} == {("2025-03-01", "42")}


def test_no_number_is_rounded_on_its_way() -> None:
    """A value next to a limit, of more digits than JSON readers keep, is written exactly."""
    value = "39.99999999999999999999999"
    given = f"creatinine_clearance_ml_min={value}"
    done = lutalogic(
        "patients", "premera_lutathera", "--outcome", "not_met", "--by", "L-5",
        "--given", given, "--given", "request_type=initial", "-n", "1", "--json",
    )  # fmt: skip
    [patient] = json.loads(done.stdout)
    assert patient["facts"]["creatinine_clearance_ml_min"] == f"{value}-{value}"


def test_near_to_a_patient_what_changes_is_shown() -> None:
    """On the date of the file, with how much is as given; another date goes before."""
    near = ["--near", str(EXAMPLES / "16_fifth_dose.json"), "-n", "1"]
    done = lutalogic("patients", "premera_lutathera", "--outcome", "met", *near)
    assert "Lutathera doses already given: 4  ->  Lutathera doses already given: 2" in done.stdout
    assert "as given: 29 facts" in done.stdout
    assert "service on 2026-06-22" in done.stdout
    done = lutalogic("patients", "premera_lutathera@2026-05-01", "--outcome", "met", *near)
    assert "service on 2026-05-01" in done.stdout


def test_where_there_is_none_that_is_said() -> None:
    """On standard error, with an exit status of its own, and an empty list for programs."""
    wished = ["patients", "premera_lutathera", "--outcome", "met", "--given"]
    done = lutalogic(*wished, "tumor_type=thymus_net")
    assert (done.returncode, done.stdout) == (UNEXPECTED, "")
    assert done.stderr == "There is none: no record, whatever is known in it, comes out so.\n"
    done = lutalogic(*wished, "tumor_type=thymus_net", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (UNEXPECTED, [])
    done = lutalogic(
        "patients", "premera_xofigo", "--waits-for", "tumor_type", "--given", "age_years=3"
    )
    assert "There is none, but perhaps one about whom evidence disagrees." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["premera"], "did you mean premera_lutathera"),
        (["premera_xofigo", "--by", "X-1"], "error: by: needs an outcome"),
        (["premera_xofigo", "--outcome", "denied"], "'denied' is not one of"),
        (["premera_xofigo", "-c", "X-9=true"], "error: criteria.X-9: "),
        (["premera_xofigo", "-c", "X-1"], "write ID=TRUTH"),
        (["premera_xofigo", "-c", "X-1=yes"], "error: criteria.X-1: 'yes' is no truth"),
        (["premera_xofigo", "--waits-for", "two"], "error: waits_for: 'two' is no fact"),
        (["premera_xofigo", "--depends-on", "w_item1"], "error: depends_on: "),
        (["premera_xofigo", "--also", "met"], "write OUTCOME:POLICY"),
        (["premera_xofigo", "--also", "premera_pluvicto:met"], "error: also.policy: "),
        (["premera_xofigo", "--given", "age=3"], "error: given.age: "),
        (["premera_xofigo", "--near", "nowhere.json"], "nowhere.json"),
        (
            ["premera_xofigo", "--near", str(EXAMPLES / "18_xofigo_three_patients.json")],
            "3 patients",
        ),
        (["premera_xofigo", "-n", "0"], "Invalid value for '-n'"),
        (["premera_xofigo", "-n", "9" * 30], "Invalid value for '-n'"),
        (["premera_xofigo@2018-01-01"], "no text of premera_xofigo"),
    ],
)
def test_a_mistake_is_told_with_its_place(arguments: list[str], says: str) -> None:
    """And never by a traceback."""
    done = lutalogic("patients", *arguments)
    assert done.returncode == BAD_INPUT
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_an_interrupted_list_is_whole() -> None:
    """What was found before Ctrl-C is kept, and a reader can parse it."""
    stop = (
        "from lutalogic import cli_patients as c\n"
        "shown = c._Shown.show\n"
        "def show(self, case):\n"
        "    shown(self, case)\n"
        "    if self.count == 2: raise KeyboardInterrupt\n"
        "c._Shown.show = show"
    )
    done = afresh("patients", "premera_xofigo", "--json", "-n", "5", code=stop)
    assert done.returncode == 130
    assert len(json.loads(done.stdout)) == 2
