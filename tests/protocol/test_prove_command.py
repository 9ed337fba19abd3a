# SPDX-License-Identifier: Apache-2.0
"""`lutalogic prove` on the command line: what it prints, and how it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lutalogic.cli_options import BAD_INPUT, INTERRUPTED, NO_ENGINE, UNEXPECTED
from tests.commands import afresh, lutalogic
from tests.strategies import sampled

if TYPE_CHECKING:
    import subprocess


def prove(*arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run `lutalogic prove`."""
    return afresh("prove", *arguments, code=code) if code else lutalogic("prove", *arguments)


def test_json_is_a_list_of_objects() -> None:
    """Each has name, expected status, status and time, and a witness where there is one."""
    done = prove("what_xofigo_asks", "later_texts_keep_met", "--json")
    assert done.returncode == 0, done.stderr
    proved, refuted = json.loads(done.stdout)
    for proof in (proved, refuted):
        assert {"name", "expected", "status", "ms", "assumptions"} <= set(proof)
        assert proof["status"] == proof["expected"]
        assert proof["ms"] > 0
    assert "witness" not in proved
    assert proved["assumptions"]["criteria"] == ["premera_xofigo X-3", "premera_xofigo X-4"]
    assert proved["otherwise"] == {"p_visceral=silence_is_absence": "refuted"}
    [record] = refuted["witness"]["records"]
    assert record["request_type"] == "initial"
    assert [answer["answer"] for answer in refuted["witness"]["premise"]] == ["met"]
    [broken] = refuted["witness"]["breaks"]
    assert (broken["answer"], broken["by"]) == ("not_met", ["L-8"])
    assert proved["assumptions"]["days"] == ["2022-08-01", "2026-04-01"]
    assert refuted["assumptions"]["days"] == ["2024-12-31", "2025-01-01"]


def test_under_readings_of_ones_own_nothing_is_expected() -> None:
    """A theorem that falls under a reading is told, with its patient; that it falls is no error."""
    done = prove("what_xofigo_asks", "--reading", "p_visceral=silence_is_absence")
    assert done.returncode == 0
    assert "refuted (proved by default)  what_xofigo_asks" in done.stdout
    assert "under p_visceral=silence_is_absence, of which nothing is expected" in done.stdout


def test_what_is_not_as_expected_ends_so() -> None:
    """What is not decided in time is told, and in the exit status."""
    done = prove("facts_filled_in_never_turn_met_into_not_met", "--timeout", "0.001")
    assert done.returncode == UNEXPECTED
    assert "not decided in the time given (expected: proved)" in done.stdout
    assert "not as expected: facts_filled_in_never_turn_met_into_not_met" in done.stdout


def test_the_list_proves_nothing() -> None:
    """--list names every theorem with its sentence, without z3."""
    done = prove("--list", code="import sys; sys.modules['z3'] = None")
    assert done.returncode == 0, done.stderr
    assert "what_xofigo_asks  to be proved" in done.stdout
    assert "later_texts_keep_met  to be refuted" in done.stdout


def test_a_table_for_a_report() -> None:
    """--markdown prints a row for each theorem."""
    done = prove("readings_of_item_1_are_nested", "--markdown")
    assert done.returncode == 0
    assert "\n| `readings_of_item_1_are_nested` | Who fits" in done.stdout
    assert "Rule base " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["lutathera_within_five"], "did you mean lutathera_within_four_doses"),
        (["what_xofigo_asks", "--reading", "p_viceral=x"], "did you mean p_visceral"),
        (["what_xofigo_asks", "--reading", "p_visceral=yes"], "is not one of documented_absent"),
        (["what_xofigo_asks", "--reading", "p_visceral"], "write NAME=VALUE"),
        (["what_xofigo_asks", "--timeout", "0"], "is not in the range"),
        (["what_xofigo_asks", "--timeout", "nan"], "write the seconds as a number above 0"),
        (["what_xofigo_asks", "--json", "--markdown"], "take either --json or --markdown"),
        (
            ["what_xofigo_asks", "-r", "dose_cap=lifetime", "-r", "dose_cap=per_course"],
            "dose_cap is given twice",
        ),
    ],
)
def test_a_mistake_is_told_with_its_remedy(arguments: list[str], told: str) -> None:
    """A wrong name, reading or number is one message, and nothing is proved."""
    done = prove(*arguments)
    assert done.returncode == BAD_INPUT
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


@pytest.mark.parametrize(
    ("modules", "status"),
    [(["z3"], NO_ENGINE), (["pyswip"], 0), (["pyswip", "kanren"], NO_ENGINE)],
    ids=["z3", "pyswip", "pyswip and kanren"],
)
def test_what_is_not_installed_is_told(modules: list[str], status: int) -> None:
    """Without z3, or without any engine, one line tells the remedy; one engine is enough."""
    missing = "; ".join(f"sys.modules['{module}'] = None" for module in modules)
    done = prove("later_texts_keep_met", code=f"import sys; {missing}")
    assert done.returncode == status
    assert "refuted" in done.stdout or status
    assert "not installed" in done.stderr
    assert "pip install" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    sampled(
        [
            ["prove", "first_dose_met_means_second_dose_met", "--markdown"],
            ["compare", "premera_xofigo", "premera_pluvicto", "--markdown"],
        ],
        every=2,
    ),
)
def test_an_interrupt_is_never_taken_for_an_answer(arguments: list[str]) -> None:
    """Ctrl-C at any moment of a proof ends it with 130, or comes when all was done."""
    whole = lutalogic(*arguments)
    code = (
        "import os, signal, threading; import lutalogic.cli; import lutalogic.prover; "
        "timer = threading.Timer(SECONDS, os.kill, (os.getpid(), signal.SIGINT)); "
        "timer.daemon = True; timer.start()"
    )
    ends = []
    for tenths in range(1, 11):
        done = afresh(*arguments, code=code.replace("SECONDS", str(tenths / 10)))
        ends.append(done.returncode)
        assert "Traceback" not in done.stderr
        assert done.returncode in (0, INTERRUPTED)
        assert done.stdout in (whole.stdout, "")
        assert done.returncode or done.stdout
    assert INTERRUPTED in ends
