# SPDX-License-Identifier: Apache-2.0
"""The worked patients of examples/ are decided as stated by hand, and are what they should be."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from lutalogic import Case, Decision, decide, policies
from lutalogic.patient_files import Patient
from tests.package.worked_patients import (
    DERIVED,
    EXPECTED,
    MET,
    NOT_MET,
    PENDING,
    TABLE,
    Expected,
)

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples"


@dataclass(frozen=True)
class Request:
    """One request as a file states it, with what each payer must answer."""

    file: str
    name: str
    story: str
    on: str
    facts: dict[str, Any]
    record: dict[str, Any] | None
    fields: frozenset[str]
    answers: dict[str, Expected]
    text_from: dict[str, str | None]

    @property
    def case(self) -> Case:
        """Return its facts, stated and derived."""
        return Patient(self.name, self.facts, record=self.record).case(on=self.on)

    def decided(self, policy: str) -> Decision:
        """Return what is decided for it."""
        return decide(self.case, policy, on=self.on)


def requests() -> list[Request]:
    """Return every request of every file, in order."""
    found = []
    for file, stated in EXPECTED.items():
        data = json.loads((FOLDER / f"{file}.json").read_text())
        rows = data if isinstance(data, list) else [data]
        found += [
            Request(
                file, row.get("name", ""), row.get("story", ""), row["on"], row["facts"],
                row.get("record"), frozenset(row), answers.by_policy, answers.text_from,
            )
            for row, answers in zip(rows, stated, strict=True)
        ]  # fmt: skip
    return found


REQUESTS = requests()
ANSWERS = [(r, policy, e) for r in REQUESTS for policy, e in r.answers.items()]
#: Files whose requests follow one patient.
COURSES = (
    "06_prostate_before_taxane",
    "09_rectum_two_imaging_studies",
    "10_adolescent_pancreas",
    "11_carcinoid_syndrome",
    "15_course_with_toxicity",
    "17_pluvicto_course",
)


def _label(value: object) -> str:
    if isinstance(value, Expected):
        return value.outcome
    return value.name if isinstance(value, Request) else str(value)


def test_every_file_is_expected_and_every_expectation_has_a_file() -> None:
    """No example goes without a statement of what must become of it."""
    assert {path.stem for path in FOLDER.glob("*.json")} == set(EXPECTED)
    assert len(EXPECTED) >= 12


@pytest.mark.parametrize(("request_", "policy", "expected"), ANSWERS, ids=_label)
def test_the_answer_is_the_one_stated_by_hand(
    request_: Request, policy: str, expected: Expected
) -> None:
    """Outcome, deciding criteria, what is missing or left open, conflicts and readings agree."""
    decision = request_.decided(policy)
    assert decision.outcome == expected.outcome
    assert decision.deciding == expected.by
    assert decision.waits_for == expected.missing
    assert bool(decision.indeterminate) == bool(expected.left_open)
    assert expected.left_open in " ".join(decision.indeterminate)
    sides = [(c.speaks_for, c.speaks_against) for c in decision.conflicts]
    assert (expected.torn in sides) if expected.torn else not sides
    assert bool(decision.warnings) == expected.warned
    if expected.turns_on is not None:
        told = {name: dict(changes) for name, changes in decision.depends_on_readings.items()}
        assert told == expected.turns_on
    if policy in request_.text_from:
        text = decision.text
        assert (text and text.start) == request_.text_from[policy]


@pytest.mark.parametrize("request_", REQUESTS, ids=_label)
def test_a_request_is_put_to_the_payers_that_speak_to_it(request_: Request) -> None:
    """Without a policy in the file, those that apply are those for which an answer is stated."""
    applying = {p.name for p in policies() if request_.decided(p.name).applies != "false"}
    if "policy" in request_.fields:
        assert set(request_.answers) <= applying
    else:
        assert set(request_.answers) == applying


@pytest.mark.parametrize("request_", REQUESTS, ids=_label)
def test_a_request_has_a_name_a_story_a_date_and_facts(request_: Request) -> None:
    """The story is two to four sentences; there is no field that nothing reads."""
    assert request_.fields - {"policy", "record"} == {"name", "story", "on", "facts"}
    assert 5 < len(request_.name) < 60
    assert 2 <= len(re.findall(r"[.](?= [A-Z0-9]|$)", request_.story)) <= 4
    assert date.fromisoformat(request_.on).isoformat() == request_.on
    assert set(request_.case.facts) - set(request_.case.derivations) == set(request_.facts)
    assert bool(request_.case.derivations) == ("record" in request_.fields)


def test_names_are_unique() -> None:
    """A report is found by its heading."""
    assert len({r.name for r in REQUESTS}) == len(REQUESTS)


@pytest.mark.parametrize("file", COURSES)
def test_one_patient_followed_stays_one_patient(file: str) -> None:
    """Dates rise, tumor stays, doses are never taken back, and age keeps step with the calendar."""
    course = [r for r in REQUESTS if r.file == file]
    assert len(course) >= 2
    counts = [name for name in course[0].facts if re.fullmatch(r"prior_\w+_doses", name)]
    assert counts
    for before, after in pairwise(course):
        days = (date.fromisoformat(after.on) - date.fromisoformat(before.on)).days
        assert days > 0
        assert before.facts["tumor_type"] == after.facts["tumor_type"]
        years = after.facts["age_years"] - before.facts["age_years"]
        assert days // 366 <= years <= days // 365 + 1
        for name in counts:
            assert after.facts[name] >= before.facts[name]


def test_doses_of_a_course_are_as_far_apart_as_it_says() -> None:
    """In the course with a toxicity the interval planned is the one between dates of service."""
    course = [r for r in REQUESTS if r.file == "15_course_with_toxicity"]
    given: dict[int, date] = {}
    for request in course:
        on, prior = date.fromisoformat(request.on), request.facts["prior_lutathera_doses"]
        if prior:
            weeks = request.facts["planned_interval_weeks"]
            assert (on - given[prior - 1]).days == weeks * 7
        given.setdefault(prior, on)
    assert sorted(given) == [0, 1, 2, 3]


def test_the_examples_show_what_they_are_there_to_show() -> None:
    """Each policy and indication; pending, conflict, reading, date, course, adolescent, trials."""
    assert {p for _, p, _ in ANSWERS} == {p.name for p in policies()}
    tumors = {r.facts["tumor_type"] for r in REQUESTS}
    assert tumors >= {
        "foregut_net", "midgut_net", "hindgut_net", "pancreatic_net", "unknown_primary_net",
        "bronchopulmonary_net", "thymus_net", "paraganglioma", "prostate_cancer",
    }  # fmt: skip
    approving = {name for _, _, e in ANSWERS if e.outcome == MET for name in e.by}
    assert approving >= {f"item {name}" for name in ("1", "2a", "2b", "3", "4", "5")}
    for policy in policies():
        assert {e.outcome for _, p, e in ANSWERS if p == policy.name} >= {MET, NOT_MET}
    assert sum(e.outcome == PENDING for _, _, e in ANSWERS) >= 3
    assert any(e.missing for _, _, e in ANSWERS)
    assert any(e.left_open for _, _, e in ANSWERS)
    assert any(e.torn for _, _, e in ANSWERS)
    assert any(e.turns_on for _, _, e in ANSWERS)
    assert any(r.text_from.get("wellmark_lutathera", "") is None for r in REQUESTS)
    assert any(len({e.outcome for e in r.answers.values()}) > 1 for r in REQUESTS)
    assert any(12 <= r.facts["age_years"] <= 17 for r in REQUESTS)
    for trial in ("NETTER-1", "NETTER-2"):
        assert sum(trial in r.name for r in REQUESTS) >= 2
    course = [r for r in REQUESTS if r.file == "15_course_with_toxicity"]
    outcomes = [r.answers["premera_lutathera"].outcome for r in course]
    assert outcomes[:4] == [MET, MET, MET, NOT_MET]


#: The capitalised words of names and stories: terms of the field, drugs, payers, trials, months.
_TERMS = """
    CT Capecitabine Cockcroft F FDA GBq Gault HPF IM Karnofsky Ki L LAR Lutathera NET NETTER PET
    PSMA Pluvicto Premera SPECT SSTR Wellmark Xofigo December February March April May
"""
#: Words that open a sentence or a name. A name of a person or a place stands in neither list.
_OPENINGS = """
    A Adolescent After At Atypical Both By Carcinoid Course Creatinine Dose Each Eight Either
    Everything For Four From Grade He Her His If In It Its Liver Metastatic Midgut Neither Of On
    Once Pancreatic Rectal Second Since Six That The They Thrombocytopenia Today Twelve Two Typical
"""
CAPITALISED = frozenset((_TERMS + _OPENINGS).split())


@pytest.mark.parametrize("request_", REQUESTS, ids=_label)
def test_no_example_could_be_a_real_person(request_: Request) -> None:
    """No name of a person or place, no title, number, contact or day that could identify one."""
    text = f"{request_.name}. {request_.story}"
    unknown = set(re.findall(r"\b[A-Z][A-Za-z]*", text)) - CAPITALISED
    assert not unknown, "names? if they are words of the field, add them to _TERMS"
    assert not re.search(r"@|https?:|\d{5,}|\d{3}-\d|\d{4}-\d\d", text)


def test_what_follows_from_the_record_is_what_was_stated_by_hand() -> None:
    """Every number of the record and of the story, and no fact beside them."""
    [request] = [r for r in REQUESTS if r.record]
    case = request.case
    assert {name: case.facts[name] for name in case.derivations} == DERIVED
    assert "from 80 to 112 umol/L, a rise of exactly 40 %" in request.story
    assert "eight weeks after the first dose" in request.story
    assert case.facts["planned_activity_gbq"] == Fraction(74, 10)


def test_the_table_of_patients_is_decided_as_stated_by_hand() -> None:
    """Each row of patients.csv in its place, the one with a decimal comma as an error."""
    command = ["decide", "examples/patients.csv", "--on", "2026-06-01", "--format", "csv"]
    done = subprocess.run(
        [sys.executable, "-m", "lutalogic", *command],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert [
        (
            row["patient"], row["policy"], row["outcome"],
            tuple(filter(None, row["deciding"].split("; "))),
        )
        for row in rows
    ] == TABLE  # fmt: skip
    wrong = [f"{row['place']}: {row['error']}" for row in rows if row["error"]]
    assert len(wrong) == 1
    assert "'12,5' is no value with a unit; a comma is read two ways" in wrong[0]
    assert (done.returncode, done.stderr.strip()) == (2, f"error: {wrong[0]}")


def test_the_table_of_patients_is_described() -> None:
    """examples/README.md has each row of patients.csv with its outcomes, and the command."""
    page = (FOLDER / "README.md").read_text()
    assert "lutalogic decide examples/patients.csv --on 2026-06-01 --format csv" in page
    described = re.findall(r"^\| (\d) \| (M[rs] \w) \| .+ \| (.+) \| (.+) \|$", page, re.MULTILINE)
    lines = (FOLDER / "patients.csv").read_text().splitlines()
    assert [(int(row), name) for row, name, _, _ in described] == [
        (number, line.partition(",")[0]) for number, line in enumerate(lines[1:], 2)
    ]
    for _, name, *outcomes in described:
        stated = [
            outcome.replace("_", " ") for who, _, outcome, _ in TABLE if who == name and outcome
        ]
        assert outcomes == (stated[::-1] or ["error", "error"])


def test_the_command_line_decides_them_all() -> None:
    """The command of `make demo` exits 0, tells every patient, and complains of none."""
    done = subprocess.run(
        [sys.executable, "-m", "lutalogic", "decide", *map(str, sorted(FOLDER.glob("*.json")))],
        capture_output=True, text=True, check=False, env={"COLUMNS": "120", "LANG": "C.UTF-8"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    for request in REQUESTS:
        assert f"{request.name} ──" in done.stdout


def test_the_table_of_the_examples_is_what_is_decided() -> None:
    """examples/README.md lists each request once, in order, with its outcomes."""
    rows = re.findall(
        r"^\| \[(\w+)\]\((\w+)\.json\) \| (\S+) \| (.+) \| (.+) \| (.+) \|$",
        (FOLDER / "README.md").read_text(),
        re.MULTILINE,
    )
    stated = [(file, link, on, wellmark, premera) for file, link, on, _, wellmark, premera in rows]
    assert stated == [
        (r.file, r.file, r.on, _column(r, "wellmark"), _column(r, "premera")) for r in REQUESTS
    ]
    assert len({shows for _, _, _, shows, _, _ in rows}) == len(rows)
    assert "Every patient here is invented" in (FOLDER / "README.md").read_text()


def _column(request: Request, payer: str) -> str:
    told = [
        request.decided(policy).outcome.value.replace("_", " ")
        for policy in request.answers
        if policy.startswith(payer)
    ]
    return ", ".join(told) or "none"
