# SPDX-License-Identifier: Apache-2.0
"""The command line: what people type, and what they get wrong."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path

import pytest

from lutalogic import batch, rule_base
from lutalogic.output import COLUMNS
from tests.commands import afresh, lutalogic
from tests.strategies import sampled

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.json"))
#: The facts on doses that Xofigo's policy reads.
DOSES_XOFIGO = {
    "requested_doses",
    "prior_xofigo_doses",
    "prior_doses_in_earlier_course",
}


def run(*arguments: object, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line; nothing it does may end in a traceback."""
    done = lutalogic(*arguments, text=text, environment=environment)
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
        (("decide", ROOT / "examples"), f"name its files: {ROOT / 'examples' / '*.json'}"),
        (("decide", ROOT / "README.md"), "as its name ends: .json, .jsonl, .csv or .tsv"),
        (("decide", "--lines", "missing.jsonl"), "missing.jsonl"),
        (("decide", "--lines", ROOT), "directory"),
        (("decide", EXAMPLES[0], "--on", ""), "YYYY-MM-DD"),
        (("decide", EXAMPLES[0], "-p", ""), "there is no policy"),
        (("decide", EXAMPLES[0], "-p", "wellmark"), "did you mean wellmark_lutathera"),
        (
            ("decide", EXAMPLES[0], "-p", "premera"),
            "did you mean premera_lutathera or premera_pluvicto or premera_xofigo?",
        ),
        (("show", "2a"), 'did you mean "item 2a"?'),
        (("show",), "NAME"),
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
@pytest.mark.parametrize(
    "arguments", sampled(["decide", "readings", "decide --lines", "policies --json"], every=2)
)
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


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["facts", "PRIOR", "doses", "lutathera"], {"prior_lutathera_doses"}),
        (["facts", "doses", "-p", "premera_xofigo"], DOSES_XOFIGO),
        (["readings", "Literal_List", "item1"], {"w_item1"}),
        (["readings", "-p", "premera_xofigo"], set(rule_base().policy("premera_xofigo").readings)),
    ],
)
def test_lists_can_be_narrowed(arguments: list[str], names: set[str]) -> None:
    """By words, which all must be there, and by a policy; the table has what the JSON has."""
    assert {each["name"] for each in json.loads(run(*arguments, "--json").stdout)} == names
    table = run(*arguments, COLUMNS="200").stdout
    listed = set(rule_base().attributes) | set(rule_base().readings)
    assert {line.split()[0] for line in table.splitlines() if line.strip()} & listed == names


def test_a_list_of_nothing_says_so() -> None:
    """Words that nothing has, and a policy that is none, are mistakes."""
    for arguments in (["facts", "frobs"], ["readings", "ki67", "frobs"], ["facts", "-p", "frobs"]):
        done = run(*arguments)
        assert done.returncode == 2
        assert "frobs" in done.stderr
        assert not done.stdout


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


#: Each starts a process; tests/prolog/test_checker.pl holds all of them against their problems.
EVERY = sorted(path for path in (ROOT / "tests/kb/bad").iterdir() if path.is_dir())
BROKEN = EVERY[::12]


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
    """A hundred and forty kinds of mistake are tried, all of them by the Prolog tests."""
    assert len(EVERY) >= 140


def test_colour_is_off_where_nobody_asked_for_it() -> None:
    """Output that is no terminal has no escape sequences; nor has one where NO_COLOR is set."""
    assert "\x1b" not in run("decide", EXAMPLES[0]).stdout
    assert "\x1b" not in run("decide", EXAMPLES[0], NO_COLOR="1").stdout


def test_without_swi_prolog_the_remedy_is_told() -> None:
    """A machine without SWI-Prolog gets a sentence with what to install, and exit status 3."""
    nowhere = {"PATH": "/nowhere"}
    done = afresh("decide", EXAMPLES[0], "--engine", "prolog", environment=nowhere)
    assert done.returncode == 3
    assert "swi-prolog-nox" in done.stderr
    assert afresh("check", environment=nowhere).returncode == 3


def test_without_pyswip_the_remedy_is_another() -> None:
    """It is a package of this Python that is missing, not SWI-Prolog; both are told apart."""
    code = "import sys; sys.modules['pyswip'] = None"
    done = afresh("decide", "--engine", "prolog", EXAMPLES[0], code=code)
    assert done.returncode == 3
    assert f"PySwip is not installed for this Python ({sys.executable})" in done.stderr
    assert "SWI-Prolog 9" not in done.stderr


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


def test_a_decision_is_explained_as_text_markdown_and_json() -> None:
    """`explain` prints the reasons of each decision; one criterion can be asked after."""
    example = ROOT / "examples/04_grade_and_ki67_disagree.json"
    text = run("explain", example, "--policy", "premera_lutathera", COLUMNS="200")
    assert text.returncode == 0
    assert "Ki-67 index 25 %; needs at most 20 %" in text.stdout
    assert "(conflicting)" in text.stdout
    markdown = run("explain", example, "--format", "markdown", "--why-not").stdout
    assert "- **no** Ki-67 index 25 %; needs at most 20 %" in markdown
    told = json.loads(run("explain", example, "--format", "json", "-c", "L-2", "--whole").stdout)
    assert [each["criterion"] for each in told] == ["L-2"]
    assert told[0]["policy"] == "premera_lutathera"
    assert told[0]["reasons"]["id"] == "L-2"


def test_what_cannot_be_explained_is_told() -> None:
    """A criterion that no policy has, and options that exclude one another, are messages."""
    example = ROOT / "examples/04_grade_and_ki67_disagree.json"
    done = run("explain", example, "-c", "L-99")
    assert done.returncode == 2
    assert "has no criterion 'L-99'" in done.stderr
    assert run("explain", example, "--whole", "--why-not").returncode == 2
    assert run("explain", text='{"age_years": 500}').returncode == 2


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("l-5", "creatinine clearance: at least 40 mL/min"),
        ("item 2a", "tumor progression on: one of octreotide LAR"),
        ("p_egfr", "egfr_accepted: yes, where no clearance is documented at all"),
        ("washout", "time since the last short-acting octreotide: at least 24 hours"),
        ("ki67_percent", "L-2 (Lutathera at Premera)"),
        ("premera_xofigo", "X-4  Visceral metastases documented absent"),
    ],
)
def test_every_kind_of_name_can_be_shown(name: str, told: str) -> None:
    """Criteria, definitions, readings, facts and policies have pages, also as JSON."""
    done = run("show", name, COLUMNS="200")
    assert done.returncode == 0
    assert told in done.stdout
    pages = json.loads(run("show", name, "--json").stdout)
    assert all(page["name"].lower() == name for page in pages)


def test_a_name_of_two_words_needs_no_quotes() -> None:
    """The words after `show` are one name."""
    assert run("show", "item", "2a").stdout == run("show", "item 2a").stdout != ""


def test_a_criterion_is_shown_with_its_readings_and_its_dates() -> None:
    """L-1 asks other ages before 2025, and under the reading of an adult's age."""
    shown = run("show", "L-1", "--on", "2024-06-01", COLUMNS="200").stdout
    assert "Asks, on 2024-06-01:\n  age: at least 18 years" in shown.replace(" \n", "\n") or (
        "age: at least 18 years" in shown
    )
    assert "[p_lutathera_adult_age=19]" in shown
    assert "From 2025-01-01" in shown
    done = run("show", "L5")
    assert done.returncode == 2
    assert "did you mean L-5" in done.stderr


def test_reference_knowledge_is_looked_up_and_shown_beside_a_decision() -> None:
    """Words find entries; a patient gets the summary, the checklist and the units."""
    assert "Karnofsky performance status" in run("reference", "karnofsky").stdout
    beside = run(
        "reference", "--patient", ROOT / "examples/03_thymic_carcinoid.json",
        "-p", "premera_lutathera", COLUMNS="200",
    )  # fmt: skip
    assert "Not met here; NCCN lists the indication (2A)" in beside.stdout
    assert "lacks ki67_percent or who_grade" in beside.stdout
    xofigo = ROOT / "examples/18_xofigo_three_patients.json"
    told = json.loads(run("reference", "--patient", xofigo, "--weight-kg", 80, "--json").stdout)
    assert {each["units"]["per_dose"] for each in told} == {109}
    assert run("reference").returncode == 2
    assert run("reference", "--patient", xofigo, "--weight-kg", "heavy").returncode == 2


def test_schemas_and_completion_are_printed() -> None:
    """`schema` lists and prints schemas; `completion` prints a script for each shell."""
    assert "urn:lutalogic:decision:1" in run("schema").stdout
    assert json.loads(run("schema", "decision").stdout)["title"].startswith("A decision")
    for shell in ("bash", "zsh", "fish"):
        assert "_LUTALOGIC_COMPLETE" in run("completion", shell).stdout


def test_completion_knows_policies_readings_and_criteria() -> None:
    """A shell that asks gets names of the rule base."""

    def completed(words: str, place: int) -> str:
        script = Path(sys.executable).with_name("lutalogic")
        done = subprocess.run(
            [script],
            capture_output=True, text=True, check=False,
            env=os.environ | {
                "_LUTALOGIC_COMPLETE": "bash_complete", "COMP_WORDS": words,
                "COMP_CWORD": str(place),
            },
        )  # fmt: skip
        return done.stdout

    assert "wellmark_lutathera" in completed("lutalogic decide --policy we", 3)
    assert "w_extent=any_of_three" in completed("lutalogic explain -r w_ext", 3)
    assert "L-10" in completed("lutalogic show l-1", 2)


def table(tmp_path: Path, rows: int) -> Path:
    """Write a table of patients, one of them wrong."""
    facts = [
        f"P{i},2026-06-01,initial,{'x' if i == 7 else 20 + i % 70},midgut_net,{i % 30}"
        for i in range(rows)
    ]
    path = tmp_path / "patients.csv"
    path.write_text(
        "\n".join(["name,on,request_type,age_years,tumor_type,ki67_percent", *facts]) + "\n"
    )
    return path


def test_a_table_is_decided_into_a_table_by_one_process_or_several(tmp_path: Path) -> None:
    """Rows keep their order, a wrong row is told in its place, and processes change nothing."""
    path = table(tmp_path, 2600)
    outputs = []
    for jobs in (1, 2):
        out = tmp_path / f"out{jobs}.csv"
        done = run("decide", path, "-p", "premera_lutathera", "-f", "csv", "-o", out, "-j", jobs)
        assert done.returncode == 2
        assert "row 9" in done.stderr
        outputs.append(out.read_text())
    assert outputs[0] == outputs[1]
    rows = list(csv.DictReader(outputs[0].splitlines()))
    assert [row["patient"] for row in rows[:7]] == [f"P{i}" for i in range(7)]
    assert (rows[7]["patient"], rows[7]["place"]) == ("P7", f"{path}: row 9")
    assert rows[7]["error"].startswith("facts.age_years: 'x' is neither a number nor")
    assert {(row["text_status"], row["place"]) for row in rows[:7]} == {
        ("printed", f"{path}: row {i}") for i in range(2, 9)
    }
    assert len(rows) == 2600
    assert {row["outcome"] for row in rows} == {"needs_information", "not_met", ""}


def test_json_lines_and_lists_hold_whole_decisions(tmp_path: Path) -> None:
    """A decision a line, or one list; an empty file makes an empty list and a table of headings."""
    path = table(tmp_path, 3)
    lines = run("decide", path, "-p", "premera_lutathera", "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line)["patient"] for line in lines] == ["P0", "P1", "P2"]
    listed = json.loads(run("decide", path, "-p", "premera_lutathera", "--json").stdout)
    assert [each["patient"] for each in listed] == ["P0", "P1", "P2"]
    empty = tmp_path / "none.jsonl"
    empty.write_text("")
    assert json.loads(run("decide", empty, "--json").stdout) == []
    assert run("decide", empty, "-f", "csv").stdout.startswith("patient,policy,on,outcome")


def test_a_refused_row_has_the_name_of_its_patient(tmp_path: Path) -> None:
    """As far as it can be read: by `name`, by `id`, of a patient in JSON; else it has its place."""
    files = {
        "named.csv": ("name,ki67_percent\nA,1 mg\n", "A", ": row 2, column ki67_percent"),
        "known.csv": ('id,ki67_percent\n7,"1,5"\n', "7", ": row 2, column ki67_percent"),
        "short.csv": ("name,ecog,unresectable\nB,1\n", "B", ": row 2"),
        "nobody.csv": ("ecog,unresectable\n1,x\n", None, ": row 2, column unresectable"),
        "one.json": ('{"name": "C", "facts": []}', "C", ": facts"),
        "two.json": ('[{"name": "D", "facts": {"ecog": 9}}]', "D", "[1]"),
    }
    for name, (text, patient, place) in files.items():
        path = tmp_path / name
        path.write_text(text)
        arguments = ("decide", path, "-p", "premera_xofigo", "--on", "2026-06-01")
        [row] = csv.DictReader(run(*arguments, "-f", "csv").stdout.splitlines())
        assert row["place"] == f"{path}{place}"
        assert row["patient"] == (patient or row["place"])
        assert str(path) not in row["error"] != ""
        told = json.loads(run(*arguments, "-f", "jsonl").stdout)
        assert (told["patient"], told["place"]) == (row["patient"], row["place"])


def test_a_table_names_the_readings_that_were_taken(tmp_path: Path) -> None:
    """Those taken otherwise than by default, from the command line or the row; and the text."""
    path = tmp_path / "patients.csv"
    path.write_text("name,on,reading:w_item1\nA,2026-06-01,\nB,2026-06-01,literal_list\n")
    arguments = ("decide", path, "-p", "wellmark_lutathera", "-f", "csv")
    rows = list(csv.DictReader(run(*arguments).stdout.splitlines()))
    assert [row["readings"] for row in rows] == ["", "w_item1=literal_list"]
    assert [row["text_status"] for row in rows] == ["printed", "printed"]
    for policy, day, status in (
        ("premera_lutathera", "2024-06-01", "reconstructed"),
        ("wellmark_lutathera", "2025-12-31", ""),  # no text of that day is on record
    ):
        done = run("decide", path, "-p", policy, "--on", day, "-f", "csv")
        told = next(csv.DictReader(done.stdout.splitlines()))
        assert (told["text_status"], bool(told["text_from"])) == (status, bool(status))


@pytest.mark.parametrize("command", ["decide", "explain", "reference"])
@pytest.mark.parametrize("facts", [{"age_years": 5}, {"age_years": 500}], ids=["judged", "refused"])
def test_a_field_that_is_not_read_is_told(
    command: str, facts: dict[str, int], tmp_path: Path
) -> None:
    """A field of a patient that has no like is noted, whether or not the patient is judged."""
    path = tmp_path / "patient.json"
    path.write_text(json.dumps({"name": "A", "frobs": 1, "facts": facts}))
    given = ("--patient", path) if command == "reference" else (path,)
    done = run(command, *given, "-p", "premera_xofigo", "--on", "2026-06-01")
    assert done.returncode == (0 if facts["age_years"] == 5 else 2)
    assert f"note: {path} (A): the field 'frobs' is no part of a patient" in done.stderr


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_long_file_that_is_interrupted_leaves_whole_rows(tmp_path: Path, jobs: int) -> None:
    """Ctrl-C ends a long run with 130; what was decided is in the file, each row whole."""
    path, out = table(tmp_path, 120_000), tmp_path / "out.csv"
    arguments = ["decide", str(path), "-p", "premera_lutathera", "-f", "csv", "-o", str(out)]
    program = subprocess.Popen(
        [sys.executable, "-m", "lutalogic", *arguments, "-j", str(jobs)],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while not (out.exists() and out.stat().st_size > 100_000):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        program.send_signal(signal.SIGINT)
        _, errors = program.communicate(timeout=60)
    finally:
        program.kill()  # a run that hangs fails this test, and does not hold up the others
    assert program.returncode == 130
    assert "Traceback" not in errors
    kept = re.search(r"the answers to ([\d,]+) patients are kept in", errors)
    rows = out.read_text().splitlines()
    assert kept is not None
    # An interrupt between the writing of a batch and its counting makes the count too low by it.
    assert 0 < int(kept[1].replace(",", "")) <= len(rows) - 1 < 120_000
    assert {len(row) for row in csv.reader(rows)} == {len(COLUMNS)}


def test_colour_can_be_asked_for_and_refused() -> None:
    """--color always colours a pipe, --color never and NO_COLOR do not."""
    example = EXAMPLES[0]
    assert "\x1b[" in run("--color", "always", "explain", example).stdout
    assert "\x1b[" not in run("--color", "never", "explain", example).stdout
    assert "\x1b[" not in run("explain", example, NO_COLOR="1").stdout


def test_every_command_has_help_with_examples() -> None:
    """-h of each command that takes input shows examples, and of the deciding ones the statuses."""
    for command in ("decide", "explain", "show", "reference", "schema", "completion"):
        told = run(command, "-h").stdout
        assert "Examples:" in told, command
    for command in ("decide", "explain", "reference"):
        assert "130 interrupted" in run(command, "-h", COLUMNS="300").stdout


def test_the_file_that_is_read_is_never_written_over(tmp_path: Path) -> None:
    """An output that is the input, by name or by a link, is refused, and the input stays."""
    path = table(tmp_path, 3)
    before = path.read_text()
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    for output in (path, link):
        done = run("decide", path, "-f", "csv", "-o", output)
        assert done.returncode == 2
        assert "is the file that is read" in done.stderr
        assert path.read_text() == before


def long_run(tmp_path: Path) -> tuple[subprocess.Popen[str], Path]:
    """Start a long run in several processes, and return it once something is written."""
    path, out = table(tmp_path, 120_000), tmp_path / "out.json"
    arguments = ["decide", str(path), "-p", "premera_xofigo", "-f", "json", "-o", str(out)]
    program = subprocess.Popen(
        [sys.executable, "-m", "lutalogic", *arguments, "-j", "2"],
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not (out.exists() and out.stat().st_size > 10_000):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return program, out


def children(pid: int) -> list[int]:
    """Return the processes that a process started."""
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(each) for each in told.split()]


@pytest.mark.parametrize(("command", "status"), [("decide", 0), ("nosuch", 2)])
def test_an_interrupt_when_all_is_done_says_nothing(command: str, status: int) -> None:
    """Ctrl-C while the program ends, with Prolog running, changes neither output nor status."""
    code = (
        "import atexit, os, signal; import lutalogic.cli; "
        "atexit.register(os.kill, os.getpid(), signal.SIGINT)"
    )
    done = afresh(command, *EXAMPLES, code=code)
    plain = run(command, *EXAMPLES)
    assert (done.returncode, done.stdout, done.stderr) == (status, plain.stdout, plain.stderr)


def test_two_interrupts_end_a_run_in_several_processes(tmp_path: Path) -> None:
    """Impatience does not hang: all processes end, and the list is closed."""
    program, out = long_run(tmp_path)
    workers = children(program.pid)
    os.killpg(program.pid, signal.SIGINT)
    time.sleep(0.2)
    with suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGINT)
    program.communicate(timeout=30)
    assert program.returncode != 0
    assert ended(workers)
    assert out.read_text().startswith("[")


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    """A parent that is killed leaves no process behind."""
    program, _ = long_run(tmp_path)
    workers = children(program.pid)
    assert workers
    program.kill()
    program.communicate(timeout=30)
    assert ended(workers)


def test_a_worker_that_is_killed_is_told_and_the_list_not_closed(tmp_path: Path) -> None:
    """The run ends with a message and status 3; what is written cannot be taken for the whole."""
    program, out = long_run(tmp_path)
    os.kill(children(program.pid)[-1], signal.SIGKILL)
    _, errors = program.communicate(timeout=60)
    assert program.returncode == 3
    assert "was ended from outside" in errors
    assert "Traceback" not in errors
    with pytest.raises(json.JSONDecodeError):
        json.loads(out.read_text())


def test_a_worker_that_is_killed_while_it_sends_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the pool waits for the rest of a result that will not come, the run does not."""
    monkeypatch.setattr(batch, "WATCH_SECONDS", 0.05)
    with ProcessPoolExecutor(1) as pool:
        pool.submit(int).result()
        [worker] = (pool._processes or {}).values()
        assert batch.awaited(pool.submit(time.sleep, 0.3), pool) is None
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        worker.join()
        with pytest.raises(BrokenProcessPool):  # of a result that the pool knows nothing of
            batch.awaited(Future(), pool)


def ended(pids: list[int]) -> bool:
    """Tell whether processes end, within some seconds."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if not any(Path(f"/proc/{pid}/cmdline").exists() and alive(pid) for pid in pids):
            return True
        time.sleep(0.2)
    return False


def alive(pid: int) -> bool:
    """Tell whether a process runs, and is not only waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_file_whose_name_is_no_text_is_read_and_told(tmp_path: Path) -> None:
    """A name that is not UTF-8 is decided, and shown with its bytes escaped where it is named."""
    path = tmp_path / os.fsdecode(b"bad\xff.json")
    path.write_text(EXAMPLES[0].read_text())
    assert '"outcome": "met"' in run("decide", path, "--json").stdout
    path.write_text('{"age_years": 500}')
    done = run("decide", path, "-f", "csv", "-o", tmp_path / "out.csv")
    assert done.returncode == 2
    assert "\\udcff" in done.stderr
    assert "\\udcff" in (tmp_path / "out.csv").read_text()
