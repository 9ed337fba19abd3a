# SPDX-License-Identifier: Apache-2.0
"""The commands sweep, what-if and timeline."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lutalogic import Case, sweep, timeline, what_if
from tests.commands import afresh, lutalogic
from tests.strategies import sampled

ROOT = Path(__file__).parents[2]
FILE = "examples/02_pancreas_first_line_ki67_20.json"


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does."""
    return lutalogic(*arguments, text=stdin)


def case() -> Case:
    """Return the case of the file."""
    return Case.from_mapping(json.loads((ROOT / FILE).read_text())["facts"])


def test_the_commands_print_what_the_functions_return() -> None:
    """As JSON and as a page, on the file's date, for the policies that apply or are named."""
    for command, told in (
        (["sweep", FILE, "ki67_percent"], sweep(case(), "ki67_percent", on="2026-06-01")),
        (
            ["sweep", FILE, "ki67_percent", "age_years", "-p", "wellmark_lutathera"],
            sweep(
                case(), "ki67_percent", "age_years", policies="wellmark_lutathera", on="2026-06-01"
            ),
        ),
        (
            ["sweep", FILE, "age_years", "--by", "criteria", "-p", "premera_lutathera@2024-12-31"],
            sweep(case(), "age_years", policies="premera_lutathera@2024-12-31", by="criteria"),
        ),
        (
            ["what-if", FILE, "--set", "ki67_percent=12", "--set", "who_grade=null"],
            what_if(case(), on="2026-06-01", ki67_percent=12, who_grade=None),
        ),
        (
            ["what-if", FILE, "-s", "ki67_percent=<5", "--on", "2026-05-01"],
            what_if(case(), on="2026-05-01", ki67_percent="<5"),
        ),
        (
            ["timeline", FILE, "wellmark_lutathera", "-r", "w_in_force_from=2026-02-01"],
            timeline(case(), "wellmark_lutathera", readings={"w_in_force_from": "2026-02-01"}),
        ),
    ):  # fmt: skip
        done = run(*command, "--json")
        assert (done.returncode, done.stderr) == (0, ""), command
        assert json.loads(done.stdout) == json.loads(json.dumps(told.as_json())), command
        assert run(*command).stdout.startswith(f"{told}\n\nThis is no medical advice"), command
        assert run(*command, "--format", "json").stdout == done.stdout


def test_a_file_names_its_policy_date_and_readings() -> None:
    """What the command line does not say, the file says; it may come from standard input."""
    told = {
        "policy": "premera_pluvicto", "on": "2025-04-30", "readings": {"dose_cap": "per_course"},
        "facts": {"age_years": 70},
    }  # fmt: skip
    done = run("sweep", "-", "age_years", "--json", stdin=json.dumps(told))
    [asked] = json.loads(done.stdout)["policies"]
    assert (asked["policy"], asked["on"]) == ("premera_pluvicto", "2025-04-30")
    assert asked["readings"] == {"dose_cap": "per_course"}


@pytest.mark.parametrize("ending", sampled(["svg", "png"], every=2))
def test_a_picture_is_drawn_besides(ending: str, tmp_path: Path) -> None:
    """And the page is printed as ever."""
    file = tmp_path / f"picture.{ending}"
    for command in (["sweep", FILE, "age_years"], ["timeline", FILE, "premera_lutathera"]):
        assert run(*command, "--plot", str(file)).stdout == run(*command).stdout
        assert file.stat().st_size > 1000
        file.unlink()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("sweep", FILE, "ki67"), "did you mean ki67_percent"),
        (("sweep", FILE, "age_years", "ki67_percent", "ecog"), "name one fact or two"),
        (("sweep", FILE, "age_years", "age_years"), "name two facts, or one alone"),
        (("sweep", FILE, "age_years", "-p", "xofigo"), "there is no policy 'xofigo'"),
        (("sweep", FILE, "age_years", "--plot", "x.gpx"), "x.gpx: cannot be drawn: "),
        (("sweep", FILE, "age_years", "--plot", "/no/x.png"), "cannot be drawn: No such file"),
        (("sweep", "examples/06_prostate_before_taxane.json", "age_years"), "holds 2 patients"),
        (("what-if", FILE), "Missing option '--set'"),
        (("what-if", FILE, "--set", "age_years"), "write NAME=VALUE, not 'age_years'"),
        (("what-if", FILE, "--set", "policy=5"), "'policy' is not in the vocabulary"),
        (("what-if", FILE, "-s", "ecog=1", "-s", "ecog=2"), "set.ecog: the fact is given twice"),
        (("what-if", FILE, "-s", "age_years=200"), "200 lies outside the range"),
        (("timeline", FILE, "xofigo"), "there is no policy 'xofigo'"),
        (("timeline", FILE, "premera_xofigo", "-r", "x=y"), "there is no reading 'x'"),
    ],
)
def test_mistakes_on_the_command_line(arguments: tuple[str, ...], message: str) -> None:
    """Status 2, a message that says where, and nothing on standard output."""
    done = run(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert not done.stdout
    assert "Traceback" not in done.stderr


def test_without_matplotlib_one_line_tells_the_remedy() -> None:
    """The page needs none, and a picture says what to install."""
    code = "import sys; sys.modules['matplotlib'] = None"
    done = afresh("sweep", FILE, "ecog", "--plot", "x.png", code=code)
    assert done.returncode == 3
    assert done.stderr == (
        "error: pictures need matplotlib, which is not installed: pip install matplotlib, "
        "or the extra lutalogic[whatif]\n"
    )


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["sweep", "x.json", "ki67"], "ki67_percent"),
        (["what-if", "x.json", "--set", "ki67"], "ki67_percent"),
        (["sweep", "x.json", "ecog", "-p", "premera_x"], "premera_xofigo"),
        (["timeline", "x.json", "premera_x"], "premera_xofigo"),
    ],
)
def test_facts_and_policies_are_completed(words: list[str], offered: str) -> None:
    """A shell that asks gets the names that begin so."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lutalogic")],
        capture_output=True, text=True, check=False,
        env=os.environ | {
            "_LUTALOGIC_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(["lutalogic", *words]), "COMP_CWORD": str(len(words)),
        },
    )  # fmt: skip
    assert done.stdout == f"plain,{offered}\n"
