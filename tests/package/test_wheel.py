# SPDX-License-Identifier: Apache-2.0
"""The wheel, installed alone in a clean environment, away from the checkout.

Packages come from the package index, in the pinned versions. Where there is no network,
``-m 'not wheel'`` leaves these tests out.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

import lutalogic
from lutalogic.engines.prolog import how_to_install

ROOT = Path(__file__).parents[2]
CONSTRAINTS = ROOT / ".ci/constraints.txt"
EXAMPLE = ROOT / "examples/01_midgut_after_lanreotide.json"
pytestmark = pytest.mark.wheel

#: Where SWI-Prolog is looked for; taken from every program that runs here.
_SWI_VARIABLES = ("LIBSWIPL_PATH", "SWI_HOME_DIR", "PYTHONPATH", "VIRTUAL_ENV")
#: Paths of the machine that built the package, as they would stand in a file of it.
_MACHINE_PATH = re.compile(rb"/(?:home|Users|root|tmp|work)/|[A-Z]:\\[A-Za-z]")


@dataclass(frozen=True)
class Installed:
    """A virtual environment that holds the wheel and what it needs, and an empty home."""

    folder: Path

    @property
    def bin(self) -> Path:
        """Return the folder of its programs."""
        return self.folder / "venv/bin"

    def run(
        self, *command: object, text: str = "", prolog: bool = True, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one of its programs, with or without SWI-Prolog on the PATH."""
        path = [str(self.bin)]
        if prolog:
            path += [str(Path(shutil.which("swipl") or "swipl").parent), "/usr/bin", "/bin"]
        done = subprocess.run(
            [self.bin / str(command[0]), *map(str, command[1:])],
            input=text,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            cwd=self.folder / "elsewhere",
            env={"PATH": os.pathsep.join(path), "HOME": str(self.folder / "home")} | variables,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done


def _run(*command: object, **variables: str) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in _SWI_VARIABLES} | variables
    done = subprocess.run(
        [*map(str, command)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment | {"PIP_CONSTRAINT": str(CONSTRAINTS)},
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}\n(a package index is needed)"


_PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source distribution from the tree."""
    tools, folder = tmp_path_factory.mktemp("tools"), tmp_path_factory.mktemp("sdist")
    _run(*_PIP, "install", "--target", tools, "hatchling")
    code = f"from hatchling.build import build_sdist; build_sdist({str(folder)!r})"
    _run(sys.executable, "-c", code, PYTHONPATH=str(tools))
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the tree."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(*_PIP, "wheel", "--no-deps", "--wheel-dir", folder, ROOT)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the wheel in an environment of its own."""
    folder = tmp_path_factory.mktemp("installed")
    for name in ("home", "elsewhere"):
        (folder / name).mkdir()
    _run(sys.executable, "-m", "venv", "--without-pip", folder / "venv")
    _run(*_PIP, "--python", folder / "venv", "install", wheel)
    return Installed(folder)


def contents(wheel: Path) -> dict[str, bytes]:
    """Return the files of a wheel, name to content."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_wheel_holds_the_package_and_nothing_foreign(wheel: Path) -> None:
    """The package with its data, the rules once, the licence; no tests, no machine's paths."""
    files = contents(wheel)
    module = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "lutalogic").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    rules = {
        f"lutalogic/{p.relative_to(ROOT)}" for f in ("kb", "prolog") for p in ROOT.glob(f"{f}/*.pl")
    }
    about = f"lutalogic-{lutalogic.__version__}.dist-info"
    described = {
        f"{about}/{name}"
        for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")
    }
    assert set(files) == module | rules | described
    assert {"lutalogic/rulebase.json", "lutalogic/py.typed"} <= set(files)
    prolog = [content for name, content in files.items() if name.endswith(".pl")]
    assert len(prolog) == len(set(prolog)) > 20
    for name, content in files.items():
        assert not _MACHINE_PATH.search(content), name


def test_the_source_distribution_builds_the_same_wheel(
    sdist: Path, wheel: Path, tmp_path: Path
) -> None:
    """File for file, to the byte: nothing that the wheel needs is missing from the sources."""
    _run(*_PIP, "wheel", "--no-deps", "--wheel-dir", tmp_path, sdist)
    (built,) = tmp_path.iterdir()
    assert contents(built) == contents(wheel)


def test_the_installed_package_is_the_one_that_runs(installed: Installed) -> None:
    """What follows imports nothing from the checkout."""
    done = installed.run("python", "-c", "import lutalogic; print(lutalogic.__file__)")
    assert Path(done.stdout.strip()).is_relative_to(installed.folder)


@pytest.mark.parametrize("program", [("lutalogic",), ("python", "-m", "lutalogic")])
def test_the_command_line_decides(installed: Installed, program: tuple[str, ...]) -> None:
    """Version, a report, JSON, the line protocol and the check, from an empty home."""
    version = installed.run(*program, "--version")
    assert version.stdout.strip().endswith(lutalogic.__version__)
    page = installed.run(*program, "decide", EXAMPLE)
    assert (page.returncode, page.stderr) == (0, "")
    assert "met (medically necessary)" in page.stdout
    request = {"id": 1, "policy": "premera_xofigo", "on": "2026-06-01", "facts": {"age_years": 17}}
    lines = installed.run(*program, "decide", "--lines", text=f"{json.dumps(request)}\nrubbish\n")
    told = [json.loads(line) for line in lines.stdout.splitlines()]
    assert (told[0]["outcome"], told[1]["error"]["kind"]) == ("not_met", "json")
    assert lines.returncode == 2
    check = installed.run(*program, "check")
    assert (check.returncode, check.stderr) == (0, "")
    assert "is sound" in check.stdout


def test_a_python_session_decides(installed: Installed) -> None:
    """The facade works as the README shows it."""
    facts = json.loads(EXAMPLE.read_text())["facts"]
    code = (
        "import sys, json\nfrom lutalogic import Case, decide\n"
        "case = Case.from_json(sys.stdin.read())\n"
        "print(decide(case, 'wellmark_lutathera', on='2026-06-01').outcome)"
    )
    done = installed.run("python", "-c", code, text=json.dumps(facts))
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "met", "")


def test_without_swi_prolog_what_needs_none_works(installed: Installed) -> None:
    """Importing, making a case and looking up policies, facts and readings."""
    code = "from lutalogic import Case, policies; print(len(policies()), Case(age_years=5))"
    done = installed.run("python", "-c", code, prolog=False)
    assert (done.stdout.strip(), done.stderr) == ("4 Case(age_years=5)", "")
    for command in ("policies", "facts", "readings"):
        listed = installed.run("lutalogic", command, "--json", prolog=False)
        assert (listed.returncode, listed.stderr) == (0, "")
        assert len(json.loads(listed.stdout)) >= 4


def test_without_swi_prolog_the_wheel_decides(installed: Installed) -> None:
    """By the relational engine, which comes with the wheel, and says so in one line."""
    done = installed.run("lutalogic", "decide", EXAMPLE, "--json", prolog=False)
    with_it = installed.run("lutalogic", "decide", EXAMPLE, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)[0]["engine"] == "kanren"
    assert done.stdout == with_it.stdout.replace('"engine": "prolog"', '"engine": "kanren"')
    (line,) = done.stderr.splitlines()
    assert line.endswith("until then the relational engine decides")


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("decide", EXAMPLE, "--engine", "prolog"), ""),
        (
            ("decide", "--lines", "--engine", "prolog"),
            '{"policy": "premera_xofigo", "on": "2026-06-01", "facts": {}}\n',
        ),
        (("check",), ""),
    ],
    ids=["decide", "lines", "check"],
)
def test_without_swi_prolog_one_line_tells_the_remedy(
    installed: Installed, arguments: tuple[object, ...], text: str
) -> None:
    """Exit status 3, nothing on standard output, and how to install it on each platform."""
    done = installed.run("lutalogic", *arguments, text=text, prolog=False)
    assert (done.returncode, done.stdout) == (3, "")
    (line,) = done.stderr.splitlines()
    assert "SWI-Prolog is not installed" in line
    for remedy in ("apt-get install swi-prolog-nox", "brew install swi-prolog", "Windows", "PATH"):
        assert remedy in line


def test_a_library_named_by_the_environment_is_taken(installed: Installed) -> None:
    """LIBSWIPL_PATH and SWI_HOME_DIR do without swipl on the PATH; a wrong one is named."""
    told = subprocess.run(
        ["swipl", "--dump-runtime-variables"], capture_output=True, text=True, check=True
    )
    found = dict(re.findall(r'^(\w+)="(.*)";$', told.stdout, re.MULTILINE))
    right = {"LIBSWIPL_PATH": found["PLLIBSWIPL"], "SWI_HOME_DIR": found["PLBASE"]}
    done = installed.run("lutalogic", "decide", EXAMPLE, prolog=False, **right)
    assert (done.returncode, done.stderr) == (0, "")
    wrong = right | {"LIBSWIPL_PATH": "/nowhere/libswipl.so"}
    asked = ("decide", EXAMPLE, "--engine", "prolog")
    done = installed.run("lutalogic", *asked, prolog=False, **wrong)
    assert done.returncode == 3
    (line,) = done.stderr.splitlines()
    assert "cannot be started (/nowhere/libswipl.so" in line
    assert "LIBSWIPL_PATH" in line


@pytest.mark.parametrize(
    ("platform", "first"),
    [("linux", "apt-get"), ("darwin", "brew"), ("win32", "installer"), ("freebsd14", "apt-get")],
)
def test_the_remedy_of_the_platform_comes_first(platform: str, first: str) -> None:
    """All three are told, since a machine may be asked about from another."""
    told = how_to_install(platform)
    places = sorted((told.index(word), word) for word in ("apt-get", "brew", "installer"))
    assert places[0][1] == first
