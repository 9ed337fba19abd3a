# SPDX-License-Identifier: Apache-2.0
"""Which engine decides: the one that is named, else Prolog, else the relational one."""

from __future__ import annotations

import copy
import json
import os
import pickle
import subprocess
import sys
import textwrap
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lutalogic import Truth, decide, policies_for, reference
from lutalogic.case import Case
from lutalogic.engines import choice
from lutalogic.engines.choice import ENGINES, engine_named, prolog_missing, replaying_engine
from lutalogic.engines.prolog import PROLOG
from lutalogic.errors import BadRequest, KanrenMissing, PrologMissing, StaleRuleBase
from tests.strategies import sampled

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/04_grade_and_ki67_disagree.json"
ON = "2026-06-01"
CASES = [
    json.loads(line)
    for name in ("cases", "cases_more")
    for line in (ROOT / f"tests/cases/{name}.jsonl").read_text().splitlines()
]
ASKED = [
    {name: case[name] for name in ("id", "policy", "on", "facts", "readings") if name in case}
    for case in CASES
]


def program(
    *arguments: object, text: str = "", prolog: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run Python on the package, with SWI-Prolog in reach or without."""
    hidden = () if prolog else ("LIBSWIPL_PATH", "SWI_HOME_DIR", "PATH")
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=120,
        env={name: value for name, value in os.environ.items() if name not in hidden}
        | ({} if prolog else {"PATH": str(Path(sys.executable).parent / "nothing")}),
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def lutalogic(*arguments: object, **how: Any) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    return program("-m", "lutalogic", *arguments, **how)


def run(code: str) -> str:
    """Run a program without SWI-Prolog in reach, and return what it prints."""
    done = program("-c", textwrap.dedent(code), prolog=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


@pytest.fixture
def no_prolog(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make this process one in which SWI-Prolog is missing."""

    def missing() -> None:
        raise PrologMissing("SWI-Prolog is not installed: install it")

    monkeypatch.setattr(PROLOG, "check_rules", missing)
    prolog_missing.cache_clear()
    yield
    prolog_missing.cache_clear()


def test_each_engine_can_be_named() -> None:
    """The decision says which engine decided, and the letters are the same."""
    decided = {
        name: decide({"age_years": 17}, "premera_xofigo", on=ON, engine=name) for name in ENGINES
    }
    assert {name: d.engine.name for name, d in decided.items()} == {n: n for n in ENGINES}
    assert len({d.truths for d in decided.values()}) == 1
    assert decide({}, "premera_xofigo", on=ON).engine.name == "prolog"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("kanrn", "engine: there is no engine 'kanrn'; did you mean kanren? The engines are"),
        ("z3", "there is no engine 'z3'. The engines are prolog and kanren"),
        (["prolog"], "there is no engine ['prolog']. The engines"),
        (True, "there is no engine True. The engines"),
        ("", "there is no engine ''. The engines"),
    ],
)
def test_an_unknown_engine_is_an_error_that_names_the_known_ones(name: Any, told: str) -> None:
    """Of whatever type it is, and whichever function is asked."""
    with pytest.raises(BadRequest) as found:
        decide({}, "premera_xofigo", on=ON, engine=name)
    assert told in str(found.value)
    assert found.value.at == "engine"


@pytest.mark.usefixtures("no_prolog")
def test_where_prolog_is_missing_the_relational_engine_decides() -> None:
    """If nobody insists on Prolog; who does is told the remedy, and how to do without."""
    assert decide({"age_years": 17}, "premera_xofigo", on=ON).engine.name == "kanren"
    assert replaying_engine().name == "kanren"
    with pytest.raises(PrologMissing) as found:
        decide({}, "premera_xofigo", on=ON, engine="prolog")
    assert str(found.value).startswith("SWI-Prolog is not installed: install it; or decide without")
    assert 'engine="kanren"' in str(found.value)
    assert "--engine kanren" in str(found.value)


def test_only_want_of_prolog_is_got_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that are stale are an error, each time, and not remembered as anything else."""

    def stale() -> None:
        raise StaleRuleBase("run `make rulebase`")

    prolog_missing.cache_clear()
    with monkeypatch.context() as changed:
        changed.setattr(PROLOG, "check_rules", stale)
        for _ in range(2):
            with pytest.raises(StaleRuleBase):
                decide({}, "premera_xofigo", on=ON)
    assert decide({}, "premera_xofigo", on=ON).engine.name == "prolog"


def test_want_of_prolog_is_found_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has found Prolog, or its want, looks for it no more."""
    asked: list[None] = []

    def missing() -> None:
        asked.append(None)
        raise PrologMissing("SWI-Prolog is not installed")

    monkeypatch.setattr(PROLOG, "check_rules", missing)
    prolog_missing.cache_clear()
    try:
        for _ in range(5):
            assert engine_named().name == "kanren"
    finally:
        prolog_missing.cache_clear()
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("raise ImportError('no such thing')", "(no such thing): pip install --force-reinstall"),
        ("", "the package kanren, which has the import name of miniKanren"),
    ],
    ids=["broken", "another package"],
)
def test_without_the_right_minikanren_the_remedy_is_told(
    content: str, told: str, tmp_path: Path
) -> None:
    """Where it cannot be imported, and where the package kanren is installed over it."""
    (tmp_path / "kanren").mkdir()
    names = "conde = eq = lall = run = var = None"
    (tmp_path / "kanren/__init__.py").write_text(names)
    (tmp_path / "kanren/core.py").write_text(content)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from lutalogic import EngineError, decide\n"
        "try:\n    decide({}, 'premera_xofigo', on='2026-06-01', engine=sys.argv[1] or None)\n"
        "except EngineError as error:\n    print(type(error).__name__, error)"
    )
    asked = program("-c", code, "kanren")
    assert asked.stdout.startswith("KanrenMissing the package ")
    assert told in asked.stdout
    neither = program("-c", code, "", prolog=False)
    assert neither.stdout.startswith("PrologMissing SWI-Prolog is not installed: ")
    assert "; nor can the relational engine decide: the package " in neither.stdout
    assert told in neither.stdout


def test_the_minikanren_that_is_installed_is_the_right_one() -> None:
    """The package of that name, and none of its import name written over it."""
    choice._kanren.cache_clear()
    try:
        assert engine_named("kanren").name == "kanren"
    except KanrenMissing as error:
        pytest.fail(str(error))


def test_a_decision_asks_only_the_engine_that_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Warnings, other readings, reference knowledge and the tumors it speaks to: all by kanren."""

    def asked(_: object) -> list[str]:
        raise AssertionError("Prolog was asked")

    monkeypatch.setattr(PROLOG, "truths", asked)
    facts = json.loads(EXAMPLE.read_text())["facts"]
    decision = decide(facts, "premera_lutathera", on=ON, engine="kanren")
    assert decision.as_json()["engine"] == "kanren"
    assert decision.why().text()
    assert reference(decision).as_json()["recommendations"]
    unknown = decide({}, "premera_lutathera", on="2018-01-01", engine="kanren")
    assert unknown.applies is Truth.UNKNOWN
    assert policies_for(Case(tumor_type="midgut_net"), engine="kanren")
    with pytest.raises(AssertionError, match="Prolog was asked"):
        decide(facts, "premera_lutathera", on=ON, engine="prolog")


@pytest.mark.parametrize("engine", ENGINES)
def test_what_decided_is_named_where_it_is_not_the_reference_engine(engine: str) -> None:
    """In the heading, which pages and explanations share; not of the reference engine."""
    decision = decide({"age_years": 17}, "premera_xofigo", on=ON, engine=engine)
    named = "by the relational engine" in decision.heading[1]
    assert named == (engine == "kanren")
    for told in (decision.why().text(), decision.why().markdown(), decision.why_not().text()):
        assert ("by the relational engine" in told) == named
    assert decision.why().as_json()["engine"] == engine


@pytest.mark.parametrize("engine", ENGINES)
def test_decisions_of_each_engine_can_be_copied_and_pickled(engine: str) -> None:
    """The copy refers to the one engine of the process, and goes on asking it."""
    decision = decide({"age_years": 17}, "premera_xofigo", on=ON, engine=engine)
    for other in (pickle.loads(pickle.dumps(decision)), copy.deepcopy(decision)):
        assert other == decision
        assert other.engine is decision.engine
        assert other.as_json() == decision.as_json()


def test_threads_decide_by_each_engine_at_once() -> None:
    """Four threads, engines in turn, get the answers that one thread gets."""
    asked = [(request, engine) for request in ASKED[:40] for engine in ENGINES]

    def truths(each: tuple[dict[str, Any], str]) -> tuple[str, str]:
        request, engine = each
        decision = decide(request["facts"], request["policy"], on=request["on"], engine=engine)
        return decision.engine.name, decision.truths

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(truths, asked)) == list(map(truths, asked))


_PRELUDE = """
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
import multiprocessing, os, threading
from lutalogic import Case, decide

def told(age):
    decision = decide(Case(age_years=age), "premera_xofigo", on="2026-06-01")
    return f"{decision.engine.name} {decision.criteria['X-1']}"

AGES = [17, 18] * 20
EXPECTED = ["kanren false", "kanren true"] * 20
"""


@pytest.mark.parametrize("started", [True, False], ids=["after a decision", "before any"])
def test_without_prolog_threads_and_forked_processes_decide(started: bool) -> None:
    """Threads that ask first at the same time, and children forked before or after."""
    told = run(
        _PRELUDE
        + textwrap.dedent(f"""
        if {started}:
            assert told(17) == "kanren false"
        with ProcessPoolExecutor(3, multiprocessing.get_context("fork")) as processes:
            assert list(processes.map(told, AGES)) == EXPECTED
        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(told, AGES)) == EXPECTED
        child = os.fork()
        if child == 0:
            os._exit(0 if told(18) == "kanren true" else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        print("done")
        """)
    )
    assert told == "done"


def test_an_import_and_a_decision_by_prolog_load_no_kanren() -> None:
    """And a decision by kanren alone loads no PySwip."""
    code = (
        "import sys; from lutalogic import decide\n"
        "decide({}, 'premera_xofigo', on='2026-06-01', engine=sys.argv[1])\n"
        "print([m for m in ('pyswip', 'kanren') if m in sys.modules])"
    )
    assert program("-c", code, "prolog").stdout.strip() == "['pyswip']"
    assert program("-c", code, "kanren").stdout.strip() == "['kanren']"


def lines() -> str:
    """Return the sample cases as requests of the line protocol, with a line that is none."""
    return "".join(json.dumps(request) + "\n" for request in ASKED) + "rubbish\n"


def test_both_engines_answer_every_sample_case_alike_to_the_byte() -> None:
    """Over the line protocol; but for the engine's name, and whether Prolog is there or not."""
    prolog = lutalogic("decide", "--lines", text=lines())
    kanren = lutalogic("decide", "--lines", "--engine", "kanren", text=lines())
    alone = lutalogic("decide", "--lines", text=lines(), prolog=False)
    assert len(prolog.stdout.splitlines()) == len(ASKED) + 1 > 100
    assert prolog.stdout.count('"engine": "prolog"') == len(ASKED)
    renamed = prolog.stdout.replace('"engine": "prolog"', '"engine": "kanren"')
    assert renamed == kanren.stdout == alone.stdout
    assert (prolog.stderr, kanren.stderr) == ("", "")
    assert prolog.returncode == kanren.returncode == alone.returncode == 2
    assert len(alone.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    sampled(
        [
            ("decide", *sorted((ROOT / "examples").glob("0[1-3]*.json"))),
            ("decide", EXAMPLE, "--json"),
            ("decide", ROOT / "examples/patients.csv", "--on", ON, "--format", "csv"),
            ("explain", EXAMPLE),
            ("reference", "--patient", EXAMPLE),
            ("decide", "--lines", *[ROOT / "tests/cases/cases.jsonl"] * 2),
            ("prove", "lutathera_within_four_doses", "--markdown"),
            ("compare", "premera_xofigo", "premera_pluvicto"),
        ],
        every=2,
    ),
    ids=lambda arguments: f"{arguments[0]} {len(arguments)}",
)
def test_without_prolog_one_note_tells_that_another_engine_decided(
    arguments: tuple[object, ...],
) -> None:
    """One line on standard error for a run, with the remedy, however many patients there are."""
    with_it, without = lutalogic(*arguments), lutalogic(*arguments, prolog=False)
    assert without.returncode == with_it.returncode
    assert without.stdout
    new = list(
        (Counter(without.stderr.splitlines()) - Counter(with_it.stderr.splitlines())).elements()
    )
    assert len(new) == 1
    assert new[0].startswith("note: SWI-Prolog is not installed: install SWI-Prolog 9 (")
    assert new[0].endswith("; until then the relational engine decides")


@pytest.mark.parametrize(
    "arguments",
    [
        ("decide", EXAMPLE, "--policy", "all", "--json"),
        ("explain", EXAMPLE, "--format", "json"),
        ("reference", "--patient", EXAMPLE, "--json"),
        ("compare", "wellmark_lutathera", "premera_lutathera", "--json"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_without_prolog_the_answers_are_the_same(arguments: tuple[object, ...]) -> None:
    """To the byte, but for the engine's name."""
    with_it, without = lutalogic(*arguments), lutalogic(*arguments, prolog=False)
    assert without.stdout == with_it.stdout.replace('"engine": "prolog"', '"engine": "kanren"')
    assert len(without.stdout) > 100


@pytest.mark.parametrize("command", ["decide", "explain", "reference"])
def test_a_named_engine_is_not_remarked_upon(command: str) -> None:
    """Whoever asks for kanren needs no note; whoever insists on a missing Prolog gets an error."""
    patient = ("--patient", EXAMPLE) if command == "reference" else (EXAMPLE,)
    for prolog in (True, False):
        done = lutalogic(command, *patient, "--engine", "kanren", prolog=prolog)
        assert (done.returncode, done.stderr) == (0, "")
        assert "relational" in done.stdout
    refused = lutalogic(command, *patient, "--engine", "prolog", prolog=False)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "--engine kanren" in refused.stderr
    unknown = lutalogic(command, *patient, "--engine", "z3")
    assert unknown.returncode == 2
    assert "'z3' is not one of 'prolog', 'kanren'" in unknown.stderr


def test_without_prolog_long_files_are_decided_in_several_processes(tmp_path: Path) -> None:
    """Workers decide by the relational engine too, and the note stands there once."""
    table = tmp_path / "many.csv"
    rows = [f"patient {n},{10 + n % 80},no" for n in range(2100)]
    table.write_text("\n".join(["name,age_years,visceral_metastases", *rows]) + "\n")
    asked = ("decide", table, "-p", "premera_xofigo", "--on", ON, "-f", "csv", "-j", "2")
    with_it, without = lutalogic(*asked), lutalogic(*asked, prolog=False)
    assert without.stdout == with_it.stdout
    assert without.stderr.count("until then the relational engine decides") == 1
    assert len(without.stdout.splitlines()) > 2000


def test_completion_offers_the_engines() -> None:
    """After --engine, the shell is offered both."""
    code = (
        "from click.shell_completion import ShellComplete; from lutalogic.cli import main\n"
        "made = ShellComplete(main, {}, 'lutalogic', '_X')\n"
        "print([c.value for c in made.get_completions(['decide', '--engine'], '')])"
    )
    assert program("-c", code).stdout.strip() == str(list(ENGINES))
