# SPDX-License-Identifier: Apache-2.0
"""The commands that write a synthetic cohort, and ask and compare cohorts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from click.testing import CliRunner

from lutalogic import InputError, cohort
from lutalogic.cli import main
from lutalogic.cohort.synthetic_files import synthesize_file
from tests.cohort.row_cases import case_of

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def run(*words: object) -> Result:
    """Run the command line."""
    return CliRunner().invoke(main, ["cohort", *map(str, words)])


@pytest.mark.parametrize("form", ["parquet", "csv", "tsv", "jsonl"])
def test_a_file_has_the_rows_that_a_table_would_have(form: str, tmp_path: Path) -> None:
    """In whatever form, a file is decided as the table is; intervals and times among them."""
    path = tmp_path / f"cohort.{form}"
    words = ("--n", 250, "--seed", 5, "--missing", "practice", "--intervals", 0.3, "--ids")
    done = run("synthesize", *words, "--on", "2025-01-01..2026-06-01", "--out", path)
    assert done.exit_code == 0, done.output
    assert "250 synthetic rows" in done.output
    table = cohort.synthesize(
        250, seed=5, missing="practice", intervals=0.3, on=("2025-01-01", "2026-06-01"), ids=True
    )
    added = [f"{name}:outcome" for name in POLICIES]
    read = cohort.decide(path).select(added)
    assert read.equals(cohort.decide(table).select(added))
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


POLICIES = ("premera_lutathera", "premera_pluvicto", "premera_xofigo", "wellmark_lutathera")


def test_a_csv_file_states_what_the_table_does(tmp_path: Path) -> None:
    """Read as a file of patients, each row is the case that it is in the table."""
    from lutalogic.patient_files import read_patients

    path = synthesize_file(tmp_path / "c.csv", 120, seed=2, missing=0.1, intervals=0.4)
    with path.open("rb") as stream:
        patients = list(read_patients(stream, "c.csv", form="csv"))
    table = cohort.synthesize(120, seed=2, missing=0.1, intervals=0.4)
    for patient, row in zip(patients, table.iter_rows(named=True), strict=True):
        assert not isinstance(patient, InputError)
        assert patient.case(on="2026-06-01").possible == case_of(row).possible


def test_options_are_those_of_the_function(tmp_path: Path) -> None:
    """Drugs with weights, shares by name and files of distributions are read as they are told."""
    path = tmp_path / "cohort.parquet"
    done = run(
        "synthesize", "-n", 300, "--drug", "pluvicto=3", "--drug", "xofigo",
        "--missing", "*=0.2", "--missing", "toxicity=0.5", "--intervals", "albumin_g_l=0.5",
        "-o", path,
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    table = cohort.synthesize(
        300, drug={"pluvicto": 3, "xofigo": 1}, missing={"*": 0.2, "toxicity": 0.5},
        intervals={"albumin_g_l": 0.5},
    )  # fmt: skip
    assert pl.read_parquet(path).equals(table)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--drug", "lutatera"), "drug"),
        (("--drug", "lutathera=much"), "is no number"),
        (("--missing", "1.5"), "missing"),
        (("--missing", "often"), "there is no set of shares"),
        (("--intervals", "often"), "is no number"),
        (("--on", "2026-06-01"), "no calendar date"),
        (("--model", "none.toml"), "cannot be read"),
    ],
)
def test_wrong_options_are_told(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    """What is wrong is said, and nothing is written."""
    done = run("synthesize", "--n", 5, "--out", tmp_path / "cohort.parquet", *words)
    assert isinstance(done.exception, InputError)
    assert told in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_only_if_asked(tmp_path: Path) -> None:
    """A file that is there already stays as it is; one that cannot be named is refused."""
    path = tmp_path / "cohort.parquet"
    path.write_text("mine")
    assert "there already" in str(run("synthesize", "--n", 5, "--out", path).exception)
    assert path.read_text() == "mine"
    assert run("synthesize", "--n", 5, "--out", path, "--replace").exit_code == 0
    assert pl.read_parquet(path).height == 5
    for name in ("cohort.txt", "no folder/cohort.csv"):
        assert isinstance(run("synthesize", "--n", 5, "-o", tmp_path / name).exception, InputError)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Return the path of a small cohort."""
    return synthesize_file(tmp_path / "table.parquet", 400, seed=3, drug="lutathera", missing=0.05)


def test_asking_at_the_terminal_is_asking_in_python(table: Path, tmp_path: Path) -> None:
    """The text, the JSON and the report are those of the function."""
    told = cohort.ask(table, "wellmark_lutathera", on="2026-06-01")
    asked = ("ask", table, "-p", "wellmark_lutathera", "--on", "2026-06-01")
    assert run(*asked).output == f"{told}\n"
    done = CliRunner().invoke(
        main, ["cohort", *map(str, asked), "--json", "--report", str(tmp_path / "r.html")]
    )
    assert json.loads(done.stdout) == told.as_json()
    assert "<table" in (tmp_path / "r.html").read_text()
    again = run(*asked, "--report", tmp_path / "r.html")
    assert "there already" in str(again.exception)
    brief = run(*asked, "--no-facts", "-r", "w_ssa_washout=required_28_days")
    assert "What documenting one fact" not in brief.output
    assert "w_ssa_washout = required_28_days" in brief.output


def test_comparing_at_the_terminal_is_comparing_in_python(table: Path, tmp_path: Path) -> None:
    """The text, the JSON and the report are those of the function."""
    sides = ("premera_lutathera@2026-03-31", "premera_lutathera@2026-04-01")
    told = cohort.compare(table, *sides, witnesses=1)
    assert run("compare", table, *sides, "--witnesses", 1).output == f"{told}\n"
    done = CliRunner().invoke(
        main,
        ["cohort", "compare", str(table), *sides, "--witnesses", "1", "--json", "--report",
         str(tmp_path / "r.html")],
    )  # fmt: skip
    assert json.loads(done.stdout) == told.as_json()
    assert (tmp_path / "r.html").exists()


def test_rows_that_cannot_be_judged_are_refused_unless_left_out(tmp_path: Path) -> None:
    """A wrong value ends the run, or its row is left out and counted."""
    path = tmp_path / "t.csv"
    path.write_text("age_years,note\n15,a\n300,b\n")
    words: tuple[Any, ...] = ("ask", path, "--on", "2026-06-01", "--keep", "note")
    assert "cannot be judged" in str(run(*words).exception)
    assert "1 row and 1 that cannot be judged" in run(*words, "--keep-bad").output
    sides = ("premera_lutathera@2024-06-01", "premera_lutathera@2026-06-01")
    done = run("compare", path, *sides, "--keep", "note", "--keep-bad")
    assert "1 come out otherwise" in done.output
