# SPDX-License-Identifier: Apache-2.0
"""The line protocol: every kind of mistake gets its error, and the lines around it answers."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import Any

import pytest

from lutalogic.protocol import answer, answer_lines
from tests.kb.test_cases import ON, bases

GOOD = {
    "id": 1,
    "policy": "wellmark_lutathera",
    "on": ON,
    "facts": bases("wellmark_lutathera")["item 2a"],
}


def line(**changes: Any) -> bytes:
    """Return a good request with some fields changed; a field of None is left out."""
    request = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return json.dumps(request).encode()


def with_fact(name: str, value: Any) -> bytes:
    """Return a good request with one fact changed."""
    return line(facts=GOOD["facts"] | {name: value})  # type: ignore[operator]


BAD = [
    ("json", None, b""),
    ("json", None, b"{"),
    ("json", None, b"\xff\xfe"),
    ("json", None, b"[" * 100_000),
    ("json", None, b'{"id": 1, "id": 2}'),
    ("json", None, b'{"id": 1, "facts": {"ki67_percent": NaN}}'),
    ("json", None, b'{"id": ' + b"9" * 10_000 + b"}"),
    ("json", None, b'{"id": 1e400, "facts": {"age_years": 1e99999999999999999999}}'),
    ("json", None, b'{"id": ' + b"9" * 1001 + b"}"),
    ("request", "id", line(id="ID").replace(b'"ID"', b"1e400")),
    ("request", "id", line(id="ID").replace(b'"ID"', b"0.10000000000000000000001")),
    ("value", "facts.ki67_percent", with_fact("ki67_percent", "<" + "0" * 5000 + "5")),
    ("value", "facts.ki67_percent", with_fact("ki67_percent", "9" * 5000)),
    ("request", None, b"[1]"),
    ("request", None, b"null"),
    ("request", "id", line(id=[1])),
    ("request", "policy", line(policy=None)),
    ("request", "policy", line(policy=7)),
    ("request", "on", line(on=None)),
    ("request", "on", line(on=20260601)),
    ("request", "facts", line(facts=None)),
    ("request", "facts", line(facts=[])),
    ("request", "readings", line(readings=["w_item1"])),
    ("request", "reading", line(reading={"w_item1": "literal_list"})),
    ("policy", "policy", line(policy="wellmark")),
    ("policy", "policy", line(policy="plausibility")),
    ("policy", "policy", line(policy="wellmark_lutathera'), halt, x('")),
    ("date", "on", line(on="2026-02-29")),
    ("date", "on", line(on="2026-6-1")),
    ("date", "on", line(on="20260601")),
    ("date", "on", line(on="2026-W01-1")),
    ("date", "on", line(on="")),
    ("attribute", "facts.ki67", with_fact("ki67", 5)),
    ("attribute", "facts.'), halt, x('", with_fact("'), halt, x('", 5)),
    ("value", "facts.ki67_percent", with_fact("ki67_percent", "'), halt, x('")),
    ("value", "facts.ki67_percent", with_fact("ki67_percent", "5")),
    ("value", "facts.ki67_percent", with_fact("ki67_percent", "five")),
    ("value", "facts.ki67_percent", with_fact("ki67_percent", "")),
    ("value", "facts.ki67_percent", with_fact("ki67_percent", "<5 %")),
    ("value", "facts.ki67_percent", with_fact("ki67_percent", "<\u0665")),
    ("value", "facts.ki67_percent", with_fact("ki67_percent", True)),
    ("value", "facts.ki67_percent", with_fact("ki67_percent", [5])),
    ("value", "facts.ki67_percent", with_fact("ki67_percent", "never")),
    ("value", "facts.age_years", with_fact("age_years", 58.5)),
    ("value", "facts.tumor_type", with_fact("tumor_type", "GEP_NET")),
    ("value", "facts.tumor_type", with_fact("tumor_type", ["gep_net"])),
    ("value", "facts.unresectable", with_fact("unresectable", 1)),
    ("value", "facts.unresectable", with_fact("unresectable", "true")),
    ("value", "facts.disease_progression_on", with_fact("disease_progression_on", "lanreotide")),
    ("value", "facts.disease_progression_on", with_fact("disease_progression_on", ["aspirin"])),
    ("value", "facts.disease_progression_on", with_fact("disease_progression_on", [None])),
    ("range", "facts.ki67_percent", with_fact("ki67_percent", 100.1)),
    ("range", "facts.ki67_percent", with_fact("ki67_percent", -1)),
    ("range", "facts.ki67_percent", with_fact("ki67_percent", "<101")),
    ("range", "facts.ki67_percent", with_fact("ki67_percent", "<0")),
    ("range", "facts.ki67_percent", with_fact("ki67_percent", ">100")),
    ("range", "facts.ki67_percent", with_fact("ki67_percent", "10-2")),
    ("range", "facts.age_years", with_fact("age_years", "11.2-11.8")),
    ("range", "facts.age_years", with_fact("age_years", 10**400)),
    ("reading", "readings.w_item", line(readings={"w_item": "literal_list"})),
    ("reading", "readings.w_item1", line(readings={"w_item1": "loose"})),
    ("reading", "readings.p_washout_days", line(readings={"p_washout_days": 42})),
    ("reading", "readings.w_item1", line(readings={"w_item1": None})),
]


@pytest.mark.parametrize(("kind", "at", "bad"), BAD, ids=range(len(BAD)))
def test_a_mistake_is_named_with_its_kind_and_place(kind: str, at: str | None, bad: bytes) -> None:
    """The error says what kind of mistake it is, where, and in a sentence what to do."""
    told = answer(bad)
    assert set(told) == {"id", "error"}
    assert told["error"]["kind"] == kind
    assert told["error"].get("at") == at
    assert len(told["error"]["message"]) > 10


def test_the_lines_around_a_mistake_are_still_answered() -> None:
    """Bad and good lines in turn: one answer each, in order, and the run says that some failed."""
    good = line()
    output = io.StringIO()
    judged = answer_lines([text for _, _, bad in BAD for text in (good, bad + b"\n")], output)
    answers = [json.loads(text) for text in output.getvalue().splitlines()]
    assert not judged
    assert len(answers) == 2 * len(BAD)
    assert all(told["outcome"] == "met" for told in answers[0::2])
    assert all("error" in told for told in answers[1::2])


@pytest.mark.parametrize("given", [7, -1.5, "a", "\ud800", None])
def test_the_id_comes_back_as_it_was(given: Any) -> None:
    """Numbers, text, even a lone surrogate, and null are given back."""
    told = answer(json.dumps(GOOD | {"id": given}))
    assert told["id"] == given
    assert told["outcome"] == "met"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ki67_percent", 8.0),
        ("ki67_percent", "0.5-8"),
        ("ki67_percent", "<=20"),
        ("creatinine_rise_percent", "-20--5"),
        ("creatinine_rise_percent", ">-5"),
        ("age_years", 58.0),
        ("days_since_long_acting_ssa", "never"),
        ("necrosis", None),
        ("disease_progression_on", ["lanreotide", "lanreotide"]),
    ],
)
def test_values_as_people_report_them_are_taken(name: str, value: Any) -> None:
    """Whole numbers with a point, intervals below zero, never, null, a member stated twice."""
    assert answer(with_fact(name, value))["outcome"] == "met"


@pytest.mark.parametrize(
    ("written", "proposed"),
    [
        ("< 20", "<20"),
        ("\u226420", "<=20"),
        ("10\u201320", "10-20"),
        ("<20 %", "<20"),
        ("<2,5", None),
        ("<1e1", None),
        ("not <5", None),
        ("3-5 days 2", None),
        ("~<5 (3)", None),
    ],
)
def test_a_remedy_is_proposed_only_where_it_is_sure(written: str, proposed: str | None) -> None:
    """Spaces, signs and the unit may be taken away; what might change the number may not."""
    message = answer(with_fact("ki67_percent", written))["error"]["message"]
    assert (f"write '{proposed}'" in message) == (proposed is not None), message


def test_zeros_do_not_make_a_number_long() -> None:
    """A number is judged by its digits and not by the zeros around them."""
    request = line(facts=GOOD["facts"] | {"ki67_percent": 0})  # type: ignore[operator]
    for written in (b"0e-100", b"8." + b"0" * 200, b"0.8e1"):
        told = answer(request.replace(b'"ki67_percent": 0', b'"ki67_percent": ' + written))
        assert told["outcome"] == "met"


def test_many_names_are_read_in_little_time() -> None:
    """A name stated twice among very many is found without comparing each with each."""
    names = b",".join(b'"n%d":1' % n for n in range(200_000))
    assert answer(b"{" + names + b',"n7":1}')["error"]["kind"] == "json"


def test_an_unread_field_is_no_slip_where_the_real_one_is_there() -> None:
    """`uid` beside `id` is remarked upon; in its place it is an error."""
    assert answer(line(uid=3))["outcome"] == "met"
    assert answer(line(reading={}, readings={}))["outcome"] == "met"
    assert answer(line(reading={}))["error"]["kind"] == "request"


def test_decimals_are_compared_as_they_were_written() -> None:
    """A Ki-67 index a hair above 20 % is above 20 %, however small the hair."""
    request = line(facts=GOOD["facts"] | {"ki67_percent": 0, "who_grade": None})  # type: ignore[operator]
    told = answer(
        request.replace(b'"ki67_percent": 0', b'"ki67_percent": 20.00000000000000000000001')
    )
    assert told["criteria"]["item 2a"] == "false"
    told = answer(
        request.replace(b'"ki67_percent": 0', b'"ki67_percent": 20.00000000000000000000000')
    )
    assert told["criteria"]["item 2a"] == "true"


def test_a_field_that_is_not_read_is_remarked_upon() -> None:
    """An unknown field is not dropped in silence."""
    warnings = answer(line(comment="urgent"))["warnings"]
    assert [w["kind"] for w in warnings] == ["unread"]
    assert "'comment'" in warnings[0]["message"]


def test_the_program_answers_line_by_line_and_flushes_each() -> None:
    """A caller that waits for each answer before it sends the next is never left waiting."""
    with subprocess.Popen(
        [sys.executable, "-m", "lutalogic", "decide", "--lines"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        for number in range(5):
            program.stdin.write(line(id=number) + b"\n" if number != 2 else b"rubbish\n")
            program.stdin.flush()
            told = json.loads(program.stdout.readline())
            assert told["id"] == (number if number != 2 else None)
        program.stdin.close()
        assert program.stdout.read() == b""
        assert program.wait() == 2


def test_an_end_without_a_newline_and_no_lines_at_all() -> None:
    """The last line needs no newline; an empty input is no mistake."""
    command = [sys.executable, "-m", "lutalogic", "decide", "--lines"]
    done = subprocess.run(command, input=line(), capture_output=True, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["outcome"] == "met"
    done = subprocess.run(command, input=b"", capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
