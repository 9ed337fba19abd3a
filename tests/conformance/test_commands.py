# SPDX-License-Identifier: Apache-2.0
"""The commands `conform` and `fuzz`: what they print and write, and how they end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lutalogic.conformance.suite import write_suite
from tests.conformance.small import small_suite

SAMPLES = Path(__file__).parents[2] / "examples/implementations"
RIGHT = [sys.executable, str(SAMPLES / "plain.py")]
WRONG = [sys.executable, str(SAMPLES / "wrong.py")]
PLAIN = ["--without", "intervals", "--without", "readings", "--without", "dates"]


def lutalogic(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    return subprocess.run(
        [sys.executable, "-m", "lutalogic", *map(str, arguments)], capture_output=True, text=True
    )


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
    assert done.stdout.startswith("Level 1 holds: all ")


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
