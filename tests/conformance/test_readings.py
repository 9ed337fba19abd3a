# SPDX-License-Identifier: Apache-2.0
"""Who reads the texts otherwise may do so, everywhere alike."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from lutalogic import rule_base, strict_json
from lutalogic.conformance.conform import conform_function
from lutalogic.conformance.report_files import html_page, junit_xml
from lutalogic.protocol import answer
from tests.conformance.shipped import vectors
from tests.strategies import DEEP, POLICIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lutalogic.conformance.report import Report
    from lutalogic.conformance.vector import Vector

Answer = Callable[[dict[str, Any]], Any]


def reading(taken: Mapping[str, str]) -> Answer:
    """Return an implementation that takes readings in place of the defaults where none is named."""

    def ours(request: dict[str, Any]) -> Any:
        return strict_json.loads(
            strict_json.dumps(answer(strict_json.dumps({"readings": dict(taken)} | request)))
        )

    return ours


def bearing(policy: str) -> dict[tuple[str, str], list[Vector]]:
    """Return the readings that admit other answers, with the vectors on which they do."""
    found: dict[tuple[str, str], list[Vector]] = {}
    for vector in vectors(policy):
        for other in vector.acceptable:
            [pair] = other.readings.items()
            found.setdefault(pair, []).append(vector)
    return found


def judged(ours: Answer, policy: str, level: int = 1) -> Report:
    """Return the report on an implementation, of the vectors of a policy that name no reading."""
    asked = [vector for vector in vectors(policy) if "readings" not in vector.request]
    return conform_function(ours, asked, level=level)


@pytest.mark.parametrize("policy", POLICIES)
def test_another_reading_taken_throughout_holds_every_level(policy: str) -> None:
    """All answers are right, up to what is missing and what decides, and the reading is told."""
    pairs = sorted(bearing(policy))
    assert pairs
    some = 0
    for name, value in pairs if DEEP else pairs[:: max(1, len(pairs) // 2)]:
        report = judged(reading({name: value}), policy, level=3)
        assert report.holds == 3, (name, value, report.text())
        if any(each.readings for each in report.verdicts):  # else only sets of facts would tell
            assert report.reading.taken == {name: value}
            assert f"are by {name}={value}" in report.text()
            some += 1
    assert some


@pytest.mark.parametrize("policy", POLICIES)
def test_a_reading_taken_only_at_times_does_not_hold(policy: str) -> None:
    """Each answer is right by some reading, yet no level holds at which these differ."""
    (name, value), those = max(bearing(policy).items(), key=lambda pair: len(pair[1]))
    turn = count()
    usual, other = reading({}), reading({name: value})
    bears = {vector.id for vector in those}

    def ours(request: dict[str, Any]) -> Any:
        return other(request) if request["id"] in bears and next(turn) % 2 else usual(request)

    report = judged(ours, policy)
    assert not report.wrong
    assert report.holds < 1
    assert "contradict the reading of the others" in report.headline
    against = report.reading.contradicting
    assert {each.vector.id for each in against} <= bears
    assert 0 < len(against) <= len(those) // 2 + 1
    assert against[0].vector.id in report.text()
    assert against[0].vector.id in html_page(report)
    assert junit_xml(report).count('type="readings"') == len(against)
    assert report.as_json()["holds"] is False


@pytest.mark.parametrize("policy", POLICIES)
def test_who_approves_by_whatever_reading_approves_does_not_conform(policy: str) -> None:
    """Although every answer is the one of some reading."""
    others = {vector.id: vector for some in bearing(policy).values() for vector in some}
    usual = reading({})

    def ours(request: dict[str, Any]) -> Any:
        told = usual(request)
        vector = others.get(request["id"])
        for other in vector.acceptable if vector and told["outcome"] != "met" else ():
            if other.outcome == "met":
                return reading(other.readings)(request)
        return told

    assert judged(ours, policy).holds < 1


def test_rubbish_beside_an_acceptable_answer_is_wrong() -> None:
    """What another reading leads to is compared at the higher levels too."""
    policy = "premera_pluvicto"
    (name, value), those = max(bearing(policy).items(), key=lambda pair: len(pair[1]))
    for extra in ({"missing": ["rubbish"]}, {"deciding": ["rubbish"]}, {"missing": {"deny": 7}}):

        def ours(request: dict[str, Any], extra: Mapping[str, Any] = extra) -> Any:
            return reading({name: value})(request) | extra

        report = conform_function(ours, those, level=3)
        assert len(report.wrong) == len(those)


@pytest.mark.parametrize("policy", POLICIES)
def test_every_reading_is_asked_for_or_admitted(policy: str) -> None:
    """Of each reading some vector tells: it names it, or admits the answer that it leads to."""
    named = {name for vector in vectors(policy) for name in vector.request.get("readings", {})}
    admitted = {name for name, _ in bearing(policy)}
    assert named | admitted == set(rule_base().policies[policy].readings)
    assert admitted
