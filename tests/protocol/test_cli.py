# SPDX-License-Identifier: Apache-2.0
"""The command line: what people type, and what they get wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.json"))


def run(*arguments: object, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line; nothing it does may end in a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "lutalogic", *map(str, arguments)],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    return done


def test_the_worked_patients_are_reported() -> None:
    """Each worked patient has a page with an outcome, and the page says what it is not."""
    done = run("decide", *EXAMPLES)
    assert done.returncode == 0
    for path in EXAMPLES:
        data = json.loads(path.read_text())
        for patient in data if isinstance(data, list) else [data]:
            assert patient["name"] in done.stdout
    for outcome in ("met (medically necessary)", "not met (", "needs information ("):
        assert outcome in done.stdout
    assert "no medical advice" in done.stdout


def test_every_policy_can_be_asked_for() -> None:
    """--policy all decides all four; --json is a list with one decision each."""
    done = run("decide", EXAMPLES[0], "--policy", "all", "--json")
    decisions = json.loads(done.stdout)
    assert {d["policy"]: d["outcome"] for d in decisions} == {
        "premera_lutathera": "met",
        "premera_pluvicto": "not_met",
        "premera_xofigo": "not_met",
        "wellmark_lutathera": "met",
    }


def test_the_command_line_comes_before_the_file() -> None:
    """Policy, date and readings given on the command line replace those of the file."""
    arguments = ("decide", EXAMPLES[1], "-p", "wellmark_lutathera", "--json")
    assert json.loads(run(*arguments).stdout)[0]["outcome"] == "not_met"
    read = run(*arguments, "-r", "w_first_line_ki67_upper=up_to_20")
    assert json.loads(read.stdout)[0]["outcome"] == "met"
    early = json.loads(run(*arguments, "--on", "2025-12-31").stdout)[0]
    assert (early["outcome"], early["criteria"]) == ("needs_information", {})
    assert "not printed" in early["no_text_in_force"]


def test_facts_alone_can_come_from_standard_input() -> None:
    """A bare object of facts is a patient."""
    done = run("decide", "-p", "premera_xofigo", "--on", "2026-06-01", text='{"age_years": 17}')
    assert done.returncode == 0
    assert "not met" in done.stdout
    assert "X-1" in done.stdout


def test_json_lines_files_hold_a_patient_a_line(tmp_path: Path) -> None:
    """A mistake on one line leaves the others decided, and the exit status says so."""
    file = tmp_path / "patients.jsonl"
    file.write_text('{"age_years": 11}\n{"age_yaers": 11}\n\n{"age_years": 12}\n')
    done = run("decide", file, "-p", "wellmark_lutathera", "--on", "2026-06-01", "--json")
    assert [d["outcome"] for d in json.loads(done.stdout)] == ["not_met", "needs_information"]
    assert done.returncode == 2
    assert "patients.jsonl:2" in done.stderr
    assert "did you mean age_years" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("decide", "missing.json"), "missing.json"),
        (("decide", ROOT), "directory"),
        (("decide", "--lines", "missing.jsonl"), "missing.jsonl"),
        (("decide", "--lines", ROOT), "directory"),
        (("decide", EXAMPLES[0], "--on", ""), "YYYY-MM-DD"),
        (("decide", EXAMPLES[0], "-p", ""), "there is no policy"),
        (("decide", EXAMPLES[0], "-p", "wellmark"), "did you mean wellmark_lutathera"),
        (("decide", EXAMPLES[0], "--on", "yesterday"), "YYYY-MM-DD"),
        (("decide", EXAMPLES[0], "-r", "w_item1"), "NAME=VALUE"),
        (("decide", EXAMPLES[0], "-r", "w_item1=x"), "burden_governs_all"),
        (("decide", "--lines", "--json"), "--lines"),
        (("decide", "--frobnicate"), "--frobnicate"),
        (("check", "nowhere"), "nowhere"),
        (("frobnicate",), "frobnicate"),
    ],
)
def test_a_mistake_is_a_message_and_exit_status_2(arguments: tuple[str, ...], told: str) -> None:
    """What was wrong is named, on standard error."""
    done = run(*arguments)
    assert done.returncode == 2
    assert told in done.stderr


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"facts": []}', '{"fact": {}}', "\x00"])
def test_input_that_is_no_patient_is_a_message(text: str) -> None:
    """Rubbish on standard input is a mistake and not a crash."""
    done = run("decide", "--on", "2026-06-01", text=text)
    assert done.returncode == 2
    assert "error: " in done.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", ">/dev/full", "| head -c 10"])
@pytest.mark.parametrize("arguments", ["decide", "decide --lines", "policies --json", "readings"])
def test_streams_that_are_closed_or_full_end_without_a_traceback(
    closed: str, arguments: str
) -> None:
    """Standard input, output or error may be closed, the disk full, the reader gone."""
    done = subprocess.run(
        f"{sys.executable} -m lutalogic {arguments} < {EXAMPLES[0]} {closed}",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_names_that_no_terminal_can_show_are_shown_somehow() -> None:
    """Lone surrogates, escape sequences and letters beyond the terminal's encoding."""
    done = run(
        "decide",
        text=r'{"name": "\ud800 \u001b[31m Jos\u00e9", "story": "\u0007",'
        r' "facts": {"age_years": 5}}',
        PYTHONIOENCODING="ascii",
    )
    assert done.returncode == 0
    assert "\x1b" not in done.stdout


def test_policies_are_listed() -> None:
    """All four, with their documents and the dates of their texts."""
    done = run("policies")
    assert done.returncode == 0
    for word in ("wellmark_lutathera", "premera_xofigo", "6.01.525", "2025-02-01"):
        assert word in done.stdout
    assert len(json.loads(run("policies", "--json").stdout)) == 4


def test_facts_and_readings_are_listed() -> None:
    """Everything that a request may name can be looked up, as a table and as JSON."""
    facts, readings = run("facts", COLUMNS="200"), run("readings", COLUMNS="200")
    assert facts.returncode == readings.returncode == 0
    for name in ("ki67_percent", "octreotide_spect_ct", "never"):
        assert name in facts.stdout
    for name in ("w_item1", "literal_list", "(default)"):
        assert name in readings.stdout
    assert {f["name"] for f in json.loads(run("facts", "--json").stdout)} >= {"age_years"}
    stated = json.loads(run("readings", "--json").stdout)
    assert all(r["default"] == next(iter(r["values"])) for r in stated)


def test_help_shows_each_example_on_a_line() -> None:
    """The examples of --help can be copied."""
    told = run("decide", "--help").stdout
    assert "\n    lutalogic decide --lines < requests.jsonl > answers.jsonl\n" in told
    for command in ("policies", "facts", "readings", "check"):
        assert run(command, "--help").returncode == 0


def test_the_rule_base_is_sound() -> None:
    """The installed rule base passes its own check."""
    done = run("check")
    assert done.returncode == 0, done.stdout
    assert "is sound" in done.stdout


BROKEN = sorted(path for path in (ROOT / "tests/kb/bad").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", BROKEN, ids=lambda path: path.name)
def test_a_broken_rule_base_is_refused_with_file_line_and_remedy(folder: Path) -> None:
    """`lutalogic check` prints the expected problems, each with its place, and exits with 1."""
    done = run("check", folder)
    assert done.returncode == 1
    assert done.stdout == (folder / "problems.txt").read_text()
    for problem in done.stdout.splitlines():
        assert problem.startswith("rules.pl:"), problem


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("end_of_file.", "end_of_file"),
        ('attribute(foo, g, _, "x").', "variable"),
        ('definition(loop, "s", all_of([ loop, loop ]), [ handbook("C", [1]) ]).', "itself"),
        ('ledger(handbook, a-b, "x", out_of_scope("y"), "n").', "are no lines"),
    ],
)
def test_a_hostile_rule_base_is_refused_in_the_end(tmp_path: Path, added: str, told: str) -> None:
    """Whatever stands in a rule base, the check ends with a problem that names the place."""
    sound = (ROOT / "tests/kb/tiny/rules.pl").read_text()
    (tmp_path / "rules.pl").write_text(f"{sound}\n{added}\n")
    (tmp_path / "folder.pl").mkdir()
    (tmp_path / "endless.pl").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.pl")
    done = run("check", tmp_path)
    assert done.returncode == 1
    assert told in done.stdout


def test_there_are_enough_broken_rule_bases() -> None:
    """At least fifteen kinds of mistake are tried."""
    assert len(BROKEN) >= 15


def test_colour_is_off_where_nobody_asked_for_it() -> None:
    """Output that is no terminal has no escape sequences; nor has one where NO_COLOR is set."""
    assert "\x1b" not in run("decide", EXAMPLES[0]).stdout
    assert "\x1b" not in run("decide", EXAMPLES[0], NO_COLOR="1").stdout


def test_without_swi_prolog_the_remedy_is_told() -> None:
    """A machine without SWI-Prolog gets a sentence with what to install, and exit status 3."""
    done = run("decide", EXAMPLES[0], PATH="/nowhere")
    assert done.returncode == 3
    assert "swi-prolog-nox" in done.stderr
    assert run("check", PATH="/nowhere").returncode == 3


def test_ctrl_c_ends_a_run_and_keeps_what_was_decided() -> None:
    """An interrupted run of the line protocol exits with 130, its answers so far whole lines."""
    request = json.dumps(
        {
            "policy": "wellmark_lutathera",
            "on": "2026-06-01",
            "facts": json.loads(EXAMPLES[0].read_text())["facts"],
        }
    )
    with subprocess.Popen(
        [sys.executable, "-m", "lutalogic", "decide", "--lines"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(request + "\n")
        program.stdin.flush()
        assert json.loads(program.stdout.readline())["outcome"] == "met"
        time.sleep(0.1)
        program.send_signal(signal.SIGINT)
        rest, errors = program.communicate(timeout=20)
    assert program.returncode == 130
    assert rest == ""
    assert "Traceback" not in errors
