# SPDX-License-Identifier: Apache-2.0
"""The commands `conform` and `fuzz`: what they print and write, and how they end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lutalogic.conformance.suite import read_suite, write_suite
from tests.commands import lutalogic
from tests.conformance.small import small_suite
from tests.strategies import sampled

SAMPLES = Path(__file__).parents[2] / "examples/implementations"
RIGHT = [sys.executable, str(SAMPLES / "plain.py")]
WRONG = [sys.executable, str(SAMPLES / "wrong.py")]
PLAIN = ["--without", "intervals", "--without", "readings", "--without", "dates"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the small suite."""
    path = tmp_path_factory.mktemp("suite")
    write_suite(small_suite(), path)
    return path


def test_a_right_program_ends_with_0(folder: Path) -> None:
    """And the report says that the level holds."""
    done = lutalogic("conform", "--suite", folder, "--profile", "plain", "--", *RIGHT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Level 1 holds as far as 'plain' asks: all ")


def test_a_wrong_program_ends_with_4(folder: Path, tmp_path: Path) -> None:
    """The JSON, the JUnit XML and the page say the same."""
    junit, page = tmp_path / "junit.xml", tmp_path / "page.html"
    done = lutalogic(
        *("conform", "--suite", folder, "--profile", "plain", "--level", 1, "--json"),
        *("--junit", junit, "--html", page, "--policy", "premera_lutathera", "--", *WRONG),
    )
    assert done.returncode == 4
    told = json.loads(done.stdout)
    wrong = {each["vector"] for each in told["wrong"]}
    assert wrong
    assert {each["policy"] for each in told["criteria"]} == {"premera_lutathera"}
    failed = ElementTree.parse(junit).findall(".//testcase[failure]")
    assert {case.get("name") for case in failed} == wrong
    assert all(name in page.read_text() for name in wrong)


def test_the_options_of_the_program_are_its_own(folder: Path, tmp_path: Path) -> None:
    """What stands after -- is handed on as it is, without a shell."""
    script = tmp_path / "echo.py"
    script.write_text("import sys; print(sys.argv[1:], file=sys.stderr)")
    arguments = ["--level", "$HOME; ls", "--json"]
    done = lutalogic(
        *("conform", "--suite", folder, "--timeout", 1, "--", sys.executable, script, *arguments)
    )
    assert done.returncode == 4
    assert str(arguments) in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--", "/nowhere/mine"], "/nowhere/mine cannot be started"),
        ([], "name one implementation"),
        (["--url", "http://localhost:1", "--", "mine"], "name one implementation"),
        (["--url", "ftp://localhost/"], "is no address"),
        (["--policy", "wellmark", "--", "mine"], "did you mean"),
        (["--timeout", "0", "--", "mine"], "Invalid value"),
        (["--timeout", "nan", "--", "mine"], "nan is no number of seconds"),
        (["--timeout", "inf", "--", "mine"], "Invalid value"),
        (["--timeout", "1e10", "--", "mine"], "Invalid value"),
        (["--url", "localhost:8080"], "did you mean http://localhost:8080?"),
        (["mine", "-p", "premera_xofigo"], "-p stands after the program: write it before"),
        (["mine", "--timeout=3"], "--timeout stands after the program"),
    ],
)
@pytest.mark.parametrize("command", ["conform", "fuzz"])
def test_a_slip_in_the_command_line_ends_with_2(
    command: str, arguments: list[str], said: str, folder: Path
) -> None:
    """With one message, and nothing on standard output."""
    suite = ["--suite", folder] if command == "conform" else []
    done = lutalogic(command, *suite, *arguments)
    assert said in done.stderr
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--junit", "{0}/a", "--html", "{0}/b/../a"], "is the file of --junit"),
        (["--html", "/nowhere/a.html"], "Invalid value for --html: /nowhere/a.html cannot be"),
        (["--junit", "/nowhere/a.xml"], "Invalid value for --junit"),
        (["--only", "sample_1"], "the suite has no vector 'sample_1'"),
    ],
)
def test_what_cannot_be_written_or_asked_is_refused_first(
    arguments: list[str], said: str, folder: Path, tmp_path: Path
) -> None:
    """Before anything is started; the option is named."""
    (tmp_path / "b").mkdir()
    given = [each.format(tmp_path) for each in arguments]
    done = lutalogic("conform", "--suite", folder, *given, "--", "/nowhere/mine")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())


def test_single_vectors_are_asked(folder: Path) -> None:
    """Those of the names that are given, and no other."""
    names = [v.id for v in small_suite().chosen(level=1, profile="plain")[:2]]
    only = ["--only", names[0], "--only", names[1]]
    done = lutalogic("conform", "--suite", folder, *only, "--", *RIGHT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Level 1 holds: all 2 answers")


#: Answers the first request, writes its number as a process, and hangs.
HANGS = """
import json, os, sys, time
line = json.loads(sys.stdin.readline())
open(sys.argv[1], "w").write(str(os.getpid()))
print(json.dumps({"id": line["id"], "outcome": "met"}), flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("number", sampled([signal.SIGTERM, signal.SIGHUP, signal.SIGINT], every=2))
@pytest.mark.parametrize("command", ["conform", "fuzz"])
def test_a_signal_ends_the_program_too(command: str, number: int, tmp_path: Path) -> None:
    """And after Ctrl-C, `conform` reports on what was asked."""
    (tmp_path / "hangs.py").write_text(HANGS)
    page, pid = tmp_path / "page.html", tmp_path / "pid"
    options = ["--json", "--html", str(page)] if command == "conform" else []
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "lutalogic", command, "--timeout", "100", *options, "--"),
            *(sys.executable, str(tmp_path / "hangs.py"), str(pid)),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as running:
        until = time.monotonic() + 60
        while not (pid.exists() and pid.read_text()) and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(1.0)  # its answer is read
        running.send_signal(number)
        out, err = running.communicate(timeout=30)
    assert running.returncode == (130 if number == signal.SIGINT else 128 + number), err
    assert "Traceback" not in err
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
    if command == "conform" and number == signal.SIGINT:
        told = json.loads(out)
        assert len(told["not_asked"]) == told["vectors"] - 1 > 100
        assert "interrupted" in page.read_text()
    else:
        assert not page.exists()


def test_other_vectors_are_written_over_only_if_asked(folder: Path, tmp_path: Path) -> None:
    """Of another profile, say; the same suite is written again at will."""
    out = tmp_path / "suite"
    assert lutalogic("vectors", "--out", out).returncode == 0
    assert lutalogic("vectors", "--out", out).returncode == 0
    done = lutalogic("vectors", "--out", out, "--profile", "plain")
    assert (done.returncode, "holds other vectors" in done.stderr) == (2, True)
    (out / "notes.jsonl").write_text("mine\n")
    assert lutalogic("vectors", "--out", out, "--profile", "plain", "--replace").returncode == 0
    assert read_suite(out).settings["profile"] == "plain"
    assert (out / "notes.jsonl").exists()
    assert not [file for file in out.iterdir() if file.name.endswith(".part")]
    done = lutalogic("fuzz", "--out", folder, "--", *RIGHT)
    assert (done.returncode, "holds a suite that fuzz did not write" in done.stderr) == (2, True)


def test_fuzz_says_what_ended_it(tmp_path: Path) -> None:
    """That there may be more disagreements, that nothing answers, that answers change."""
    options = ["--policy", "premera_xofigo", "--examples", 30, "--level", 0, *PLAIN]
    script = tmp_path / "mine.py"
    script.write_text(
        "import json, sys\nfor n, line in enumerate(sys.stdin):\n"
        "    told = {'id': json.loads(line)['id'], 'outcome': eval(sys.argv[1])}\n"
        "    print(json.dumps(told), flush=True)\n"
    )
    mine = [sys.executable, script]
    done = lutalogic("fuzz", *options, "--most", 1, "--", *mine, "'met'")
    assert done.returncode == 4
    assert "premera_xofigo: stopped at 1 disagreements (--most 1)" in done.stdout
    done = lutalogic("fuzz", *options, "--", *mine, "str(n)")
    assert done.returncode == 4
    assert "it answers the same request differently: once outcome: " in done.stdout
    assert '{"policy": "premera_xofigo"' in done.stdout
    done = lutalogic("fuzz", *options, "--", *mine, "exit(3)")
    assert done.returncode == 4
    assert done.stdout.startswith("given up: 5 in a row without an answer: it ended with status 3")


def test_a_folder_or_profile_that_is_not_there_ends_with_2(folder: Path, tmp_path: Path) -> None:
    """Before anything is started."""
    done = lutalogic("conform", "--suite", tmp_path / "none", "--", "mine")
    assert (done.returncode, "holds no suite" in done.stderr) == (2, True)
    done = lutalogic("conform", "--suite", folder, "--profile", "plane", "--", "mine")
    assert (done.returncode, "did you mean plain" in done.stderr) == (2, True)


def test_a_suite_of_other_rules_is_noted(folder: Path, tmp_path: Path) -> None:
    """It is asked all the same: its vectors state what they expect."""
    for file in folder.iterdir():
        (tmp_path / file.name).write_text(file.read_text().replace(small_suite().digest, "0" * 64))
    done = lutalogic("conform", "--suite", tmp_path, "--profile", "plain", "--", *RIGHT)
    assert done.returncode == 0
    assert "note: the suite was made from another rule base" in done.stderr


def test_fuzz_ends_with_4_and_keeps_what_it_finds(tmp_path: Path) -> None:
    """What is kept, `conform` asks again."""
    kept = tmp_path / "found"
    options = ["--policy", "premera_pluvicto", "--examples", 150, "--out", kept, *PLAIN]
    done = lutalogic("fuzz", *options, "--", *WRONG)
    assert done.returncode == 4, done.stderr
    assert "P-5: false, where it must be unknown" in done.stdout
    assert "1 disagreement in" in done.stdout
    assert lutalogic("conform", "--suite", kept, "--", *WRONG).returncode == 4
    assert lutalogic("conform", "--suite", kept, "--", *RIGHT).returncode == 0


def test_fuzz_ends_with_0_where_it_finds_nothing() -> None:
    """And says how many questions it asked."""
    options = ["--policy", "premera_xofigo", "--examples", 50, *PLAIN]
    done = lutalogic("fuzz", *options, "--", *RIGHT)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("no disagreement in ")
