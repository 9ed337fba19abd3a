# SPDX-License-Identifier: Apache-2.0
"""The suite that comes with the package: right, whole, fresh, and usable by its schema alone."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from lutalogic import decide, rule_base, strict_json
from lutalogic.cli import main
from lutalogic.conformance.building import SEED, build
from lutalogic.conformance.suite import PACKAGED, read_suite, write_suite
from lutalogic.conformance.vector import vector_line
from lutalogic.protocol import answer
from tests.conformance.shipped import asked, known, shipped, vectors
from tests.independent.evaluator import evaluate
from tests.strategies import DEEP, POLICIES


def test_the_suite_is_of_this_rule_base() -> None:
    """It was made from the rules as they are now: else `make vectors` makes it anew."""
    assert shipped().digest == rule_base().digest
    assert json.loads((PACKAGED / "mistakes.json").read_text())["rule_base"] == rule_base().digest
    assert "never edit" in shipped().settings["generated"]


@pytest.mark.parametrize("policy", POLICIES if DEEP else ["premera_xofigo"])
def test_the_suite_is_what_is_made_of_the_rules(policy: str, tmp_path: Path) -> None:
    """Made anew with the same solver, it is the same, to the byte."""
    if shipped().settings["z3"] != version("z3-solver"):
        pytest.skip("another version of z3 finds other patients")
    suite, again = build([rule_base().policies[policy]], SEED)
    write_suite(suite, tmp_path)
    for file in tmp_path.glob("*.jsonl"):
        assert file.read_text() == (PACKAGED / file.name).read_text(), file.name
    assert again == known(policy)


@pytest.mark.parametrize("policy", POLICIES)
def test_all_evaluators_agree_on_every_vector(policy: str) -> None:
    """Both engines, the evaluator written from the documents, and the parallel one.

    The engines agreed when the suite was made; in a quick run they decide every fifth anew.
    """
    answers = asked(policy).answers
    names = [c.id for c in rule_base().policies[policy].criteria]
    for place, vector in enumerate(vectors(policy)):
        expected = (vector.expect.outcome, vector.expect.criteria)
        request = dict(vector.request)
        readings = request.get("readings")
        for engine in ("prolog", "kanren") if DEEP or not place % 5 else ():
            decision = decide(
                request["facts"], policy, on=request["on"], readings=readings, engine=engine
            )
            assert (decision.outcome.value, dict(decision.criteria)) == expected, vector.id
        independent = evaluate(request | {"readings": readings or {}})
        assert (independent["outcome"], independent["criteria"]) == expected, vector.id
        sides = [answers.met >> place & 1, answers.not_met >> place & 1]
        assert sides == [expected[0] == "met", expected[0] == "not_met"], vector.id
        parallel = {
            name: "true" if t >> place & 1 else "false" if f >> place & 1 else "unknown"
            for name, (t, f, off) in zip(names, answers.criteria, strict=True)
            if not off >> place & 1
        }
        assert parallel == expected[1], vector.id


@pytest.mark.parametrize("policy", POLICIES)
def test_an_acceptable_answer_is_that_of_another_reading(policy: str) -> None:
    """Each is what is decided under the readings that it names; who names readings gets none."""
    some = 0
    for vector in vectors(policy):
        if "readings" in vector.request:
            assert not vector.acceptable
        for other in vector.acceptable:
            some += 1
            decision = decide(
                vector.request["facts"], policy, on=vector.request["on"], readings=other.readings
            )
            assert decision.outcome.value == other.outcome
            assert dict(decision.criteria) == other.criteria
            assert frozenset(decision.waits_for) == other.waits_for
            assert frozenset(decision.deciding) == other.deciding
            assert replace(other, readings={}) != vector.expect
    assert some


def test_every_file_is_of_its_schema() -> None:
    """Lines are what vector.schema.json describes (every fourth; deep, each); ids differ."""
    schema = json.loads((PACKAGED / "vector.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    head = json.loads((PACKAGED / "suite.json").read_text())
    ids: list[str] = []
    for file in head["files"]:
        lines = (PACKAGED / file["name"]).read_text().splitlines()
        assert len(lines) == file["vectors"]
        for place, line in enumerate(lines):
            data = json.loads(line)
            if DEEP or not place % 4:
                validator.validate(data)
            assert (data["request"]["policy"], data["level"]) == (file["policy"], file["level"])
            ids.append(data["id"])
    assert len(ids) == len(set(ids))
    assert {f.name for f in PACKAGED.glob("*.jsonl")} == {f["name"] for f in head["files"]}


def conforms(told: dict[str, Any], data: dict[str, Any]) -> bool:
    """Judge as who knows the schema and nothing else: the outcome and the criteria of a line."""
    right = [data["expect"], *(data["expect"] | other for other in data["acceptable"])]
    return any(
        told["outcome"] == each["outcome"] and told["criteria"] == each["criteria"]
        for each in right
    )


def test_a_program_that_knows_only_the_schema_can_use_a_file() -> None:
    """Nothing but JSON is needed to ask the vectors and to judge the answers, right or wrong."""
    wrong = 0
    for line in (PACKAGED / "premera_xofigo.L0.jsonl").read_text().splitlines():
        data = json.loads(line)
        told = json.loads(strict_json.dumps(answer(json.dumps(data["request"]))))
        assert conforms(told, data)
        wrong += not conforms(told | {"outcome": "met"}, data)
    assert wrong > 10


def test_profiles_leave_out_what_an_implementation_lacks() -> None:
    """Who has no intervals, readings or earlier dates is asked none, and still most of all."""
    plain = shipped().chosen(level=1, profile="plain")
    assert 200 < len(plain) < len(shipped().vectors)
    for vector in plain:
        assert "readings" not in vector.request
        assert not vector.needs & {"intervals", "readings", "dates"}
    for name in POLICIES:
        assert any(vector.policy == name for vector in plain)


def test_the_suite_is_small() -> None:
    """Some megabytes, of which a wheel makes less than one."""
    sizes = [
        (len(data), len(zlib.compress(data))) for data in map(Path.read_bytes, PACKAGED.iterdir())
    ]
    assert sum(size for size, _ in sizes) < 14_000_000
    assert sum(size for _, size in sizes) < 1_000_000


def test_the_command_writes_the_suite(tmp_path: Path) -> None:
    """What it writes is what comes with the package; a profile leaves vectors out."""
    done = CliRunner().invoke(main, ["vectors", "--out", str(tmp_path / "all")])
    assert done.exit_code == 0, done.output
    for file in PACKAGED.iterdir():
        assert (tmp_path / "all" / file.name).read_text() == file.read_text(), file.name
    done = CliRunner().invoke(main, ["vectors", "-o", str(tmp_path / "p"), "--profile", "plain"])
    assert done.exit_code == 0, done.output
    plain = read_suite(tmp_path / "p").vectors
    assert list(map(vector_line, plain)) == [
        vector_line(v) for v in shipped().chosen(level=3, profile="plain")
    ]


def test_the_command_tells_what_the_suite_catches() -> None:
    """All mutants are counted; none survives, and no vector is trivial."""
    done = CliRunner().invoke(main, ["vectors", "--stats", "--proofs"])
    assert done.exit_code == 0, done.output
    entries = [each for policy in POLICIES for each in known(policy)]
    proved = sum(each.equivalent for each in entries)
    total = next(line for line in done.output.splitlines() if line.startswith("all "))
    assert total.split()[1:3] == [str(len(entries)), str(len(entries) - proved)]
    assert "catch nothing: none" in done.output
    assert "Caught by no vector: none" in done.output
    assert done.output.count("proved: no record tells them apart") == proved


def test_the_command_refuses_what_it_cannot_do() -> None:
    """Without a folder there is nothing to do, and there is no profile of another name."""
    done = CliRunner().invoke(main, ["vectors"])
    assert done.exit_code == 2
    assert "--out" in done.output
    done = CliRunner().invoke(main, ["vectors", "--stats", "--profile", "plane"])
    assert done.exit_code == 1
    assert "plain" in str(done.exception)
