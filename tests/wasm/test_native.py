# SPDX-License-Identifier: Apache-2.0
"""What the page asks of Prolog, asked of that of this machine: it says what the package says."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from typing import Any

import pytest

from lutalogic.trace import findings
from tests.strategies import Coverage
from tests.wasm.asked import (
    ROOT,
    Asked,
    case_tables,
    drawn_requests,
    query,
    sample_cases,
    worked_patients,
)


def native_answers(lines: list[str]) -> list[dict[str, Any]]:
    """Return what the SWI-Prolog of this machine answers to lines of JSON."""
    done = subprocess.run(
        ["swipl", "--on-error=status", str(ROOT / "tests/wasm/native.pl"), "--", str(ROOT / "kb")],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


@cache
def everything() -> tuple[tuple[Asked, ...], tuple[dict[str, Any], ...]]:
    """Return all requests with the native answers, in one process."""
    asked = [*sample_cases(), *case_tables(), *worked_patients(), *drawn_requests()]
    lines = [json.dumps({"queries": [query(each.decided())]}) for each in asked]
    answers = native_answers(lines)
    return tuple(asked), tuple(answer["answers"][0] for answer in answers)


def test_the_letters_of_every_condition_are_those_of_the_package() -> None:
    """Asked by JSON, Prolog gives each condition the truth that it has in the package."""
    asked, answers = everything()
    reached = Coverage("requests of the page")
    for each, answer in zip(asked, answers, strict=True):
        decision = each.decided()
        assert answer["letters"] == decision.truths, each.place
        reached.note(decision.outcome, each.policy)
    reached.demand(0.05, "met", "not_met", "needs_information")


def test_what_an_outcome_waits_for_is_what_the_package_says() -> None:
    """The facts that Prolog names are those of `Decision.waits_for`."""
    asked, answers = everything()
    waiting = 0
    for each, answer in zip(asked, answers, strict=True):
        assert set(answer["waits_for"]) == set(each.decided().waits_for), each.place
        waiting += bool(answer["waits_for"])
    assert waiting > 100


def test_evidence_in_conflict_is_that_of_the_package() -> None:
    """Prolog names the evidence in conflict, and the facts of each side, as the package does."""
    asked, answers = everything()
    torn = 0
    for each, answer in zip(asked, answers, strict=True):
        decision = each.decided()
        nodes = [node for node, _ in findings(decision.trace).torn]
        told = answer["conflicts"]
        assert [c["place"] for c in told] == [decision.policy.positions[n] for n in nodes]
        for mine, ours in zip(told, decision.conflicts, strict=True):
            documented = decision.case.facts
            for side, facts in (("for", ours.speaks_for), ("against", ours.speaks_against)):
                assert {n for n in mine[side] if n in documented} == set(facts), each.place
        torn += bool(told)
    assert torn > 50


def test_what_an_outcome_rests_on_is_what_the_package_says() -> None:
    """The conditions that Prolog names are those from which the package takes what decides."""
    asked, answers = everything()
    for each, answer in zip(asked, answers, strict=True):
        decision = each.decided()
        policy = decision.policy
        rests = decision.trace.reasons(policy.root) if decision.text_in_force else []
        assert sorted(policy.positions[node] for node in rests) == answer["rests_on"], each.place


@pytest.mark.parametrize("text", ["", "{", "halt.", '{"queries": 1}', '{"queries": [{}]}', "[" * 9])
def test_what_is_no_request_gets_an_error(text: str) -> None:
    """A text that is no request is answered with an error, and the next request as ever."""
    error, answer = native_answers([text, '{"queries": []}'])
    assert error["error"] in ("json", "request")
    assert answer == {"answers": []}
