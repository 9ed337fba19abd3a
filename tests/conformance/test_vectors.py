# SPDX-License-Identifier: Apache-2.0
"""Vectors: written and read, described by a schema, and answers judged by them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lutalogic import InputError, strict_json
from lutalogic.conformance.kills import Known, write_kills
from lutalogic.conformance.known import known_mistakes
from lutalogic.conformance.suite import read_suite, write_suite
from lutalogic.conformance.vector import (
    VECTOR_SCHEMA,
    read_vectors,
    vector_line,
    vector_of,
    vector_schema,
)
from lutalogic.conformance.verdict import judge
from lutalogic.protocol import answer
from tests.conformance.small import small_suite

if TYPE_CHECKING:
    from pathlib import Path

PENDING: dict[str, Any] = {
    "schema": VECTOR_SCHEMA,
    "id": "pending",
    "level": 3,
    "request": {"policy": "premera_xofigo", "on": "2026-06-01", "facts": {"age_years": 70}},
    "expect": {
        "outcome": "needs_information",
        "criteria": {"X-1": "true", "X-2": "unknown"},
        "missing": {"approve": [["c"], ["a", "b"]], "deny": [["a"]]},
        "waits_for": ["a", "b", "c"],
        "deciding": ["X-2"],
    },
    "acceptable": [
        {"outcome": "not_met", "criteria": {"X-1": "false"}, "readings": {"p_xofigo_age": "19"}}
    ],
    "catches": [{"mutant": "m1", "criterion": "X-1", "mistake": "age limit taken as > 18"}],
    "needs": ["conflicts"],
}
RIGHT: dict[str, Any] = {
    "outcome": "needs_information",
    "criteria": {"X-1": "true", "X-2": "unknown", "X-2 of ours": "true"},
    "missing": ["c", "b", "a"],
    "deciding": ["X-2"],
}


def test_a_vector_comes_back_as_it_was_written() -> None:
    """Written as a line and read again, a vector is the same, and is of its schema."""
    vector = vector_of(PENDING)
    [again] = read_vectors([vector_line(vector)])
    assert again == vector
    assert json.loads(vector_line(vector)) == PENDING | {
        "request": {"id": "pending"} | PENDING["request"]
    }


def test_a_suite_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """Every vector, the digest and the profiles; and every line is of the schema beside it."""
    suite = small_suite()
    write_suite(suite, tmp_path)
    again = read_suite(tmp_path)
    assert set(again.vectors) == set(suite.vectors)
    assert replace(again, vectors=()) == replace(suite, vectors=())
    schema = json.loads((tmp_path / "vector.schema.json").read_text())
    assert schema == vector_schema()
    judge_by = jsonschema.Draft202012Validator(schema)
    files = list(tmp_path.glob("*.jsonl"))
    assert len(files) >= 12
    for file in files:
        for line in file.read_text().splitlines():
            judge_by.validate(json.loads(line))


@pytest.mark.parametrize("field", sorted(PENDING))
def test_the_schema_refuses_what_is_no_vector(field: str) -> None:
    """Without a field, or with one of another kind, it is none; a field more neither."""
    judge_by = jsonschema.Draft202012Validator(vector_schema())
    assert judge_by.is_valid(PENDING)
    assert not judge_by.is_valid({k: v for k, v in PENDING.items() if k != field})
    assert not judge_by.is_valid(PENDING | {field: 7.5})
    assert not judge_by.is_valid(PENDING | {"more": 1})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": "lutalogic/vector/2"}, "is no vector of the schema lutalogic/vector/1"),
        ({"level": 4}, "4 is none of its values"),
        ({"level": True}, "the level True is no whole number"),
        ({"level": 1.0}, "the level .* is no whole number"),
        ({"id": 7}, "7 is no plain name"),
        ({"id": "a/../b"}, "'a/../b' is no plain name"),
        ({"id": "/a"}, "'/a' is no plain name"),
        ({"id": 'a"""'}, "is no plain name"),
        ({"id": "a\n"}, "is no plain name"),
        ({"request": PENDING["request"] | {"on": 20260601}}, "20260601 is none of its values"),
        ({"request": PENDING["request"] | {"policy": "a/b"}}, "'a/b' is no plain name"),
        ({"request": PENDING["request"] | {"policy": '"""'}}, "is no plain name"),
        ({"request": {"policy": "premera_xofigo", "facts": {}}}, "'on' is missing"),
        ({"needs": "dates"}, "'dates' is no list of texts"),
        ({"expect": {"outcome": "met", "waits_for": "age"}}, "'age' is no list of texts"),
        ({"expect": {"outcome": "met", "deciding": [7]}}, "is no list of texts"),
        ({"expect": {"outcome": "met", "missing": {"approve": "a", "deny": []}}}, "is no list"),
        ({"catches": [PENDING["catches"][0] | {"mistake": 7}]}, "7 is none of its values"),
        ({"request": {"policy": "x", "on": "2026-06-01"}}, "'facts' is missing"),
        ({"expect": {"outcome": "denied"}}, "'denied' is none of its values"),
        ({"expect": {"outcome": "met", "criteria": {"X-1": True}}}, "True is none of its values"),
        ({"catches": [{"mutant": "m"}]}, "missing"),
    ],
)
def test_what_is_no_vector_is_refused_with_its_line(change: dict[str, Any], said: str) -> None:
    """The message names file, line and vector, and says what is wrong."""
    lines = [strict_json.dumps(PENDING), strict_json.dumps(PENDING | change)]
    with pytest.raises(InputError, match=f"^some.jsonl:2: .*{said}"):
        list(read_vectors(lines, "some.jsonl"))


def test_a_folder_without_a_suite_is_refused(tmp_path: Path) -> None:
    """A missing folder, a folder without a head, and a file that was cut short."""
    with pytest.raises(InputError, match="holds no suite"):
        read_suite(tmp_path / "nowhere")
    write_suite(small_suite(), tmp_path)
    file = tmp_path / "premera_xofigo.L0.jsonl"
    whole = file.read_text()
    file.write_text("".join(whole.splitlines(keepends=True)[1:]))
    with pytest.raises(InputError, match="should have"):
        read_suite(tmp_path)
    file.write_text(f"{whole}oops\n")
    with pytest.raises(InputError, match=r"premera_xofigo.L0.jsonl:\d+: not JSON"):
        read_suite(tmp_path)
    file.unlink()
    with pytest.raises(InputError, match=r"premera_xofigo\.L0\.jsonl is missing"):
        read_suite(tmp_path)
    head = (tmp_path / "suite.json").read_text()
    for name in ("../premera_xofigo.L0.jsonl", "/etc/passwd", "a\\\\b"):
        (tmp_path / "suite.json").write_text(head.replace("premera_xofigo.L0.jsonl", name))
        with pytest.raises(InputError, match="is no plain name of a file"):
            read_suite(tmp_path)
    (tmp_path / "suite.json").write_text('{"schema": "lutalogic/suite/1"}')
    with pytest.raises(InputError, match="is no whole suite"):
        read_suite(tmp_path)
    (tmp_path / "suite.json").write_text("[]")
    with pytest.raises(InputError, match="is no suite of the schema"):
        read_suite(tmp_path)


def test_no_suite_is_written_outside_of_its_folder(tmp_path: Path) -> None:
    """Whatever its policies are called."""
    first = small_suite().vectors[0]
    for policy in ("../evil", "/tmp/evil", "a/b"):
        named = replace(first, request=dict(first.request) | {"policy": policy})
        with pytest.raises(InputError, match="is no plain name"):
            write_suite(replace(small_suite(), vectors=(named,)), tmp_path / "suite")
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def test_mistakes_are_of_the_rule_base_of_the_suite(tmp_path: Path) -> None:
    """Those of another one are not used, which is told; malformed ones are refused."""
    known = Known("m", "premera_xofigo", "X-1", "negated", "wrong", by_outcome=(1,))
    write_kills([known], tmp_path, digest="one")
    noted: list[str] = []
    assert len(known_mistakes(tmp_path, digest="one", note=noted.append)) == 1
    assert noted == []
    assert known_mistakes(tmp_path, digest="other", note=noted.append) == ()
    assert "is of another rule base than the suite" in noted[0]
    whole = (tmp_path / "mistakes.json").read_text()
    for old, new in (("[1]", '["1"]'), ('"wrong"', "7"), ("[1]", "7"), ('"mutant"', '"mutants"')):
        (tmp_path / "mistakes.json").write_text(whole.replace(old, new))
        with pytest.raises(InputError, match="is not whole"):
            known_mistakes(tmp_path)
    (tmp_path / "mistakes.json").write_text(
        '{"schema": "lutalogic/mistakes/1", "rule_base": "one", "mistakes": [7]}'
    )
    with pytest.raises(InputError, match="is not whole"):
        known_mistakes(tmp_path)


def test_a_right_answer_holds_at_every_level() -> None:
    """Lists are compared as sets, and criteria that the policy does not know are not compared."""
    for level in range(4):
        verdict = judge(vector_of(PENDING), RIGHT, level=level)
        assert (verdict.differences, verdict.held) == ((), level)
    sets = {"approve": [["c"], ["b", "a"]], "deny": [["a"]]}
    assert judge(vector_of(PENDING), RIGHT | {"missing": sets}, level=2).held == 2


@pytest.mark.parametrize(
    ("change", "held", "said"),
    [
        ({"outcome": "met"}, -1, "outcome: met, where it must be needs_information"),
        ({"outcome": None}, -1, "outcome: nothing, where it must be needs_information"),
        ({"criteria": {"X-1": "true"}}, 0, "X-2: nothing, where it must be unknown"),
        ({"criteria": None}, 0, "criteria: nothing, where it must be an object"),
        (
            {"criteria": {"X-1": True, "X-2": "unknown"}},
            0,
            "X-1: True (bool), where it must be true",
        ),
        (
            {"criteria": {"X-1": "true", "X-2": "unknown", "X-3": "true"}},
            0,
            "X-3: true, where it must be nothing",
        ),
        ({"missing": ["a", "b"]}, 1, "missing: a, b, where it must be a, b, c"),
        ({"missing": None}, 1, "missing: nothing, where it must be a, b, c"),
        ({"missing": "a"}, 1, "missing: a, where it must be a list"),
        (
            {"missing": {"approve": [["c"]], "deny": [["a"]]}},
            1,
            "missing.approve: {c}, where it must be {a, b} or {c}",
        ),
        (
            {"missing": {"approve": 3}},
            1,
            "missing.approve: 3 (int), where it must be lists of facts",
        ),
        ({"deciding": ["X-1"]}, 2, "deciding: X-1, where it must be X-2"),
    ],
)
def test_a_wrong_answer_is_told_where_it_is_wrong(
    change: dict[str, Any], held: int, said: str
) -> None:
    """The level that still holds, the place, what is there and what must be."""
    verdict = judge(vector_of(PENDING), RIGHT | change, level=3)
    assert verdict.held == held
    assert str(verdict.differences[0]).startswith(said)
    assert judge(vector_of(PENDING), RIGHT | change, level=max(held, 0)).held == held


@pytest.mark.parametrize("rubbish", [None, 7, [], True, {"error": {"kind": "value"}}, {}])
def test_rubbish_is_no_answer(rubbish: object) -> None:
    """What is no object, or an error, holds at no level."""
    assert judge(vector_of(PENDING), rubbish, level=0).held == -1


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.decimals(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*RIGHT, "id", "error"]), _JSON), st.integers(0, 3))
def test_no_answer_upsets_the_judge(parts: dict[str, Any], level: int) -> None:
    """Whatever stands in an answer, it is judged, and each difference has its words."""
    for given_parts in (parts, RIGHT | parts, RIGHT | {"missing": {"approve": parts}}):
        verdict = judge(vector_of(PENDING), given_parts, level=level)
        assert -1 <= verdict.held <= level
        for difference in verdict.differences:
            assert len(str(difference)) < 400
            assert "\n" not in str(difference)


def test_the_outcome_alone_can_be_the_answer() -> None:
    """A text is an outcome, which holds at level 0 only."""
    assert judge(vector_of(PENDING), "needs_information", level=0).held == 0
    assert judge(vector_of(PENDING), "needs_information", level=1).held == 0
    assert judge(vector_of(PENDING), "met", level=0).held == -1


def test_another_reading_is_right_and_is_named() -> None:
    """An acceptable answer has no differences; half of one is not acceptable."""
    other = {"outcome": "not_met", "criteria": {"X-1": "false"}}
    verdict = judge(vector_of(PENDING), other, level=1)
    assert (verdict.differences, verdict.readings) == ((), (("p_xofigo_age", "19"),))
    assert judge(vector_of(PENDING), RIGHT, level=1).readings == ()
    mixed = {"outcome": "not_met", "criteria": {"X-1": "true", "X-2": "unknown"}}
    assert judge(vector_of(PENDING), mixed, level=1).held == -1


def test_our_own_answers_hold_at_every_level() -> None:
    """`lutalogic decide --lines` answers each vector of a suite as the vector must be answered."""
    for vector in small_suite().vectors:
        told = answer(strict_json.dumps(vector.request))
        assert judge(vector, told, level=3).differences == (), vector.id


def test_levels_policies_and_profiles_choose_vectors() -> None:
    """A level includes those below, a profile leaves out what it does not support."""
    suite = small_suite()
    for level in range(4):
        assert {v.level for v in suite.chosen(level=level)} == set(range(level + 1))
    plain = suite.chosen(level=3, profile="plain")
    assert 10 < len(plain) < len(suite.vectors)
    assert not any("readings" in vector.request for vector in plain)
    assert {v.policy for v in suite.chosen(level=3, policies=["premera_xofigo"])} == {
        "premera_xofigo"
    }
    with pytest.raises(InputError, match="no profile 'plane'; did you mean plain"):
        suite.chosen(level=3, profile="plane")
    with pytest.raises(InputError, match="no vector of the suite"):
        suite.chosen(level=3, policies=["nobody"])
