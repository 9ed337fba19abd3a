# SPDX-License-Identifier: Apache-2.0
"""Fuzzing finds a planted mistake, shrinks it to what matters, explains it and keeps it."""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from lutalogic import InputError, decide, policies, rule_base, strict_json
from lutalogic.conformance.asking import Asker, GivenUp
from lutalogic.conformance.channel import Program
from lutalogic.conformance.conform import conform_function
from lutalogic.conformance.found_files import keep
from lutalogic.conformance.fuzz import Disagreement, Unsteady, expected, fuzz, question
from lutalogic.conformance.suite import PACKAGED, read_suite, write_suite
from lutalogic.protocol import answer as ours
from lutalogic.testing import requests
from tests.conformance.programs import program
from tests.conformance.small import small_suite
from tests.strategies import DEEP, Coverage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lutalogic.conformance.runner import Complaints
    from lutalogic.conformance.vector import Vector
    from lutalogic.conformance.verdict import Verdict

SAMPLES = Path(__file__).parents[2] / "examples/implementations"
PLAIN = ("intervals", "readings", "dates")
#: The mistakes of the wrong sample: the criterion, and the least facts that show it.
PLANTED = {
    "item 2a": ({"ki67_percent"}, "wellmark_lutathera"),
    "item 5": ({"carcinoid_symptom_progression_on"}, "wellmark_lutathera"),
    "L-5": ({"creatinine_clearance_ml_min"}, "premera_lutathera"),
    "P-5": ({"prior_taxane"}, "premera_pluvicto"),
}


def asking(
    function: Callable[[dict[str, Any]], Any], level: int = 1
) -> Callable[[Vector], Verdict]:
    """Return how to ask a function."""
    return lambda vector: conform_function(function, [vector], level=level).verdicts[0]


def started(command: list[str], complaints: Complaints) -> Program:
    """Return a program that has been started."""
    return Program(command, complaints.error_line)


def right(request: Mapping[str, Any]) -> dict[str, Any]:
    """Answer as this package does."""
    return ours(strict_json.dumps(dict(request)))


def adult_at_17(request: dict[str, Any]) -> dict[str, Any]:
    """Answer rightly, but for an age limit of 17."""
    told = right(request)
    age = request["facts"].get("age_years")
    if age == 17 and "X-1" in told["criteria"]:
        told["criteria"]["X-1"] = "true"
    return told


@pytest.fixture(scope="module")
def found() -> list[Disagreement]:
    """Return what is found in the wrong sample."""
    command = [sys.executable, str(SAMPLES / "wrong.py")]
    told: list[Disagreement] = []
    with Asker(lambda c: Program(command, c.error_line), level=1, timeout=10.0) as asker:
        for policy in policies():
            examples = (1000 if DEEP else 400) if len(policy.attributes) > 40 else 200
            told += fuzz(asker.ask, policy.name, without=PLAIN, examples=examples)
    return told


def test_the_planted_mistakes_are_found(found: list[Disagreement]) -> None:
    """Each with one fact, and no disagreement on any other criterion but those around it."""
    for criterion, (facts, policy) in PLANTED.items():
        shown = [d for d in found if criterion in d.criteria and d.vector.policy == policy]
        assert shown, criterion
        assert set(shown[0].vector.request["facts"]) == facts
    named = {name for each in found for name in each.criteria}
    assert {"item 2a", "item 5", "L-5", "L-7", "P-5"} <= named
    assert named <= {"item 2", "item 2a", "item 5", "L-5", "L-7", "P-5"}


def test_a_disagreement_is_smallest_and_explained(found: list[Disagreement]) -> None:
    """No fact can be left out; our reasons are told, and the criterion that differs."""
    for each in found:
        request = each.vector.request
        assert each.verdict.differences
        assert len(request["facts"]) <= 2
        assert "readings" not in request
        text = each.text()
        for name in each.criteria:
            assert f"{name}: " in text
            assert f" {name}  " in text.partition("Ours:")[2]
        decision = decide(request["facts"], each.vector.policy, on=request["on"])
        assert each.vector.expect.outcome == decision.outcome.value


def test_what_is_found_is_kept_and_asked_again(found: list[Disagreement], tmp_path: Path) -> None:
    """The vectors make a suite; the tests fail with the wrong sample and pass with the right one.

    What is kept already is not kept twice.
    """
    for sample, status in (("wrong.py", 1), ("plain.py", 0)):
        command = [sys.executable, str(SAMPLES / sample)]
        suite = keep(found, tmp_path, implementation=command, level=1)
        assert len(suite.vectors) == len(found) == len(read_suite(tmp_path).vectors)
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
            capture_output=True,
            text=True,
        )
        assert done.returncode == status, done.stdout
        told = "failed" if status else "passed"
        assert f"{len(found)} {told}" in done.stdout


def test_the_outcome_alone_tells_where_to_look() -> None:
    """Of outcomes, the facts on which it turns name the criterion that likely differs."""

    def outcome_alone(request: dict[str, Any]) -> str:
        told = right(request)
        age = request["facts"].get("age_years")
        return "not_met" if age == 18 else str(told["outcome"])

    [first] = fuzz(
        asking(outcome_alone, level=0), "premera_xofigo", without=PLAIN, examples=200, most=1
    )
    assert first.turning == ("age_years",)
    assert first.criteria == ("X-1",)
    assert "They agree once this is left out: age_years" in first.text()
    assert "Theirs likely differs on X-1" in first.text()


def test_another_reading_is_told() -> None:
    """An implementation that takes another reading is told which."""

    def read_otherwise(request: dict[str, Any]) -> dict[str, Any]:
        return right(request | {"readings": {"p_xofigo_age": "19"}})

    [only] = fuzz(asking(read_otherwise), "premera_xofigo", without=PLAIN, examples=200, most=1)
    assert only.readings == (("p_xofigo_age", "19"),)
    assert "Theirs is right if p_xofigo_age=19" in only.text()
    assert only.vector.request["facts"] == {"age_years": 18}


def test_a_limit_beside_ours_is_found() -> None:
    """Also where no rule of ours has one."""
    [only] = fuzz(asking(adult_at_17), "premera_xofigo", without=PLAIN, examples=200, most=1)
    assert only.vector.request["facts"] == {"age_years": 17}
    assert only.criteria == ("X-1",)


@pytest.mark.parametrize("policy", [policy.name for policy in policies()])
def test_nothing_is_found_in_what_is_right(policy: str) -> None:
    """With intervals, readings and dates."""
    assert not list(fuzz(asking(right), policy, examples=100))


def test_a_program_that_crashes_is_a_disagreement(tmp_path: Path) -> None:
    """It is told once, with the smallest request at which it does, and started again."""
    body = """
for r in requests():
    if "age_years" in r["facts"]: sys.exit(9)
    say(json.dumps({"id": r["id"], "outcome": "needs_information"}))
"""
    command = program(tmp_path, body)
    with Asker(lambda c: Program(command, c.error_line), level=0, timeout=10.0) as asker:
        told = list(fuzz(asker.ask, "premera_xofigo", without=PLAIN, examples=40, most=3))
    [crash] = [each for each in told if each.verdict.unanswered]
    assert list(crash.vector.request["facts"]) == ["age_years"]
    assert "it ended with status 9" in crash.text()


def test_a_program_that_changes_its_mind_is_told() -> None:
    """What answers the same request differently is told as that, with the request."""
    asked: dict[str, int] = {}

    def fickle(request: dict[str, Any]) -> dict[str, Any]:
        key = question(request)
        asked[key] = asked.get(key, 0) + 1
        told = right(request)
        return told if asked[key] % 2 == 0 else told | {"outcome": "met", "criteria": {}}

    with pytest.raises(Unsteady, match=r"answers the same request differently: .*then rightly: {"):
        list(fuzz(asking(fickle), "premera_xofigo", without=PLAIN, examples=50))


def test_what_is_found_states_what_vectors_of_the_suite_do() -> None:
    """What must be supported, and what another reading makes right."""
    asked = {"policy": "premera_xofigo", "on": "2026-06-01", "facts": {"age_years": 18}}
    vector = expected(asked, "a", whole=True)
    assert {"p_xofigo_age": "19"} in [dict(each.readings) for each in vector.acceptable]
    assert vector.needs == frozenset()
    old = asked | {"on": "2022-07-31", "facts": {"age_years": "17-18"}}
    assert expected(old, "a", whole=True).needs == {"dates", "intervals"}
    named = expected(asked | {"readings": {"p_xofigo_age": "19"}}, "a", whole=True)
    assert named.needs == {"readings"}
    assert not named.acceptable
    shipped = {question(v.request): v for v in read_suite(PACKAGED).vectors[:1500:50]}
    for key, each in shipped.items():
        again = expected(each.request, each.id, whole=True)
        assert question(again.request) == key
        assert again.needs == each.needs
        assert again.acceptable == each.acceptable
        assert again.expect == each.expect


def test_the_file_of_tests_holds_whatever_the_command_is(
    found: list[Disagreement], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Quotes, emoji and bytes that are no text come back; the tests run where fuzz ran."""
    monkeypatch.chdir(tmp_path)
    command = ["mine", '"""', "\N{PILE OF POO}", "\udcff", "'; import os"]
    keep(found[:1], tmp_path / "found", implementation=command, level=1)
    tree = ast.parse((tmp_path / "found" / "test_found.py").read_bytes())
    values = {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    assert ast.literal_eval(values["IMPLEMENTATION"]) == command
    assert repr(str(tmp_path)) in ast.unparse(tree)


def test_the_tests_have_names_of_their_own(found: list[Disagreement], tmp_path: Path) -> None:
    """Also where ids differ by signs alone that no name can have."""
    first = keep(found[:1], tmp_path, implementation=["mine"], level=1).vectors[0]
    ids = [f"{first.policy}/{name}" for name in ("a-b", "a_b", "a.b")]
    vectors = tuple(
        replace(first, id=name, request=dict(first.request) | {"id": name, "n": name})
        for name in ids
    )
    write_suite(replace(read_suite(tmp_path), vectors=vectors), tmp_path)
    keep([], tmp_path, implementation=["mine"], level=1)
    tree = ast.parse((tmp_path / "test_found.py").read_text())
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert len(set(names)) == len(names) == 1 + len(ids)


def test_nothing_is_added_to_a_suite_of_another_kind(
    found: list[Disagreement], tmp_path: Path
) -> None:
    """It is refused, and stays as it was."""
    write_suite(small_suite(), tmp_path)
    with pytest.raises(InputError, match="holds a suite that fuzz did not write"):
        keep(found, tmp_path, implementation=["mine"], level=1)
    assert set(read_suite(tmp_path).vectors) == set(small_suite().vectors)
    assert not (tmp_path / "test_found.py").exists()


def test_what_never_answers_ends_the_search(tmp_path: Path) -> None:
    """After five in a row, or two that took too long; also where it cannot be started again."""
    for body, asked in (("sys.exit('no')", 5), ("time.sleep(60)", 2)):
        start = partial(started, program(tmp_path, body))
        with Asker(start, level=0, timeout=0.3) as asker:
            count = 0

            def ask(vector: Vector, asker: Asker = asker) -> Verdict:
                nonlocal count
                count += 1
                return asker.ask(vector)

            with pytest.raises(GivenUp, match=f"{asked} in a row without an answer"):
                list(fuzz(ask, "premera_xofigo", without=PLAIN, examples=40))
            assert count == asked
    script = tmp_path / "self"
    script.write_text('#!/bin/sh\nrm "$0"\nread line\necho "{}"\nexit 1\n')
    script.chmod(0o755)
    vector = small_suite().vectors[0]
    with Asker(partial(started, [str(script)]), level=0, timeout=5.0) as asker:
        assert not asker.ask(vector).unanswered
        assert asker.ask(vector).unanswered
        with pytest.raises(GivenUp, match="it cannot be started again"):
            asker.ask(vector)


def test_requests_are_drawn_from_all_that_may_be_stated() -> None:
    """Every outcome is common; intervals, readings and days are drawn unless left out."""
    coverage = Coverage("requests drawn for fuzzing")
    names = [policy.name for policy in policies()]

    @given(requests(names[0]), requests(names[1], without=PLAIN))
    def draw(any_request: dict[str, Any], plain: dict[str, Any]) -> None:
        for request in (any_request, plain):
            vector = expected(request, "drawn")
            numbers = {n for n, a in rule_base().attributes.items() if a.range != (0, 0)}
            interval = any(
                isinstance(value, str) and value != "never"
                for name, value in request["facts"].items()
                if name in numbers
            )
            assert request is any_request or not (interval or "readings" in request)
            coverage.note(vector.expect.outcome, *["interval"] * interval, request["on"])
            if "readings" in request:
                coverage.note("readings")

    draw()
    coverage.demand(0.05, "met", "not_met", "needs_information", "readings")
    coverage.demand(0.01, "interval")
