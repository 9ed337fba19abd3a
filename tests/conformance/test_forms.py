# SPDX-License-Identifier: Apache-2.0
"""Answers that are right but for how they are written are told so, and no mistake is sought."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from lutalogic.conformance.conform import conform_function
from lutalogic.conformance.known import known_mistakes
from lutalogic.conformance.suite import PACKAGED
from tests.conformance.shipped import known, vectors

if TYPE_CHECKING:
    from collections.abc import Callable

    from lutalogic.conformance.report import Report

POLICY = "premera_xofigo"
RIGHT = {vector.id: vector.expect for vector in vectors(POLICY)}
_TRUTHS = {"true": True, "false": False, "unknown": None}


def told(request: dict[str, Any]) -> dict[str, Any]:
    """Return the right answer, up to level 1."""
    expect = RIGHT[request["id"]]
    return {"outcome": expect.outcome, "criteria": dict(expect.criteria or {})}


def _booleans(answer: dict[str, Any]) -> dict[str, Any]:
    return answer | {"criteria": {n: _TRUTHS[t] for n, t in answer["criteria"].items()}}


def _capitals(answer: dict[str, Any]) -> dict[str, Any]:
    return answer | {"outcome": answer["outcome"].upper()}


def _other_ids(answer: dict[str, Any]) -> dict[str, Any]:
    criteria = {name.replace("-", ""): truth for name, truth in answer["criteria"].items()}
    return answer | {"criteria": criteria}


@pytest.mark.parametrize(
    ("change", "level", "fault"),
    [
        (_booleans, 1, "a criterion is none of the texts true, false, unknown"),
        (_capitals, 0, "the outcome is none of met, not_met, needs_information"),
        (_other_ids, 1, "there is no criterion 'X1'; did you mean X-1?"),
        (dict, 3, "there is no deciding"),
    ],
)
def test_a_fault_of_form_is_told_and_not_diagnosed(
    change: Callable[[dict[str, Any]], dict[str, Any]], level: int, fault: str
) -> None:
    """It is told with the number of answers; no mistake of the rules is named."""
    report = conform_function(
        lambda request: change(told(request)),
        vectors(POLICY),
        level=level,
        mistakes=known_mistakes(PACKAGED),
    )
    assert report.wrong
    assert report.holds < level
    assert report.faults[fault] == len([v for v in report.wrong if fault in v.faults]) > 10
    assert fault in report.text()
    assert not report.diagnosis.suspects


def test_right_answers_have_no_fault() -> None:
    """Neither have those that are wrong but well written."""
    assert not conform_function(told, vectors(POLICY), level=1).faults
    wrong = conform_function(lambda r: told(r) | {"outcome": "met"}, vectors(POLICY), level=1)
    assert wrong.wrong
    assert not wrong.faults


def test_deep_and_steering_values_are_shown_without_harm() -> None:
    """Nested without end, or with what would steer a terminal: shown short and printable."""
    deep: Any = "met"
    for _ in range(700):
        deep = {"in": deep}

    def said(value: Any) -> Report:
        return conform_function(lambda asked: told(asked) | {"outcome": value}, vectors(POLICY)[:3])

    for value in (deep, [deep], "\x1b]0;title\x07", "\x00", "a\nb"):
        report = said(value)
        assert len(report.wrong) == 3
        assert all(line.isprintable() for line in report.text().splitlines())


def test_a_report_tells_what_its_vectors_cannot_show() -> None:
    """How many known mistakes change no answer that was asked for; of the whole suite, none."""
    mistakes = known_mistakes(PACKAGED)
    every = conform_function(told, vectors(POLICY), mistakes=mistakes)
    assert not every.beyond
    assert len(every.known) > 100
    few = conform_function(told, vectors(POLICY)[:5], mistakes=mistakes)
    assert 0 < len(few.beyond) < len(few.known)
    assert f"{len(few.beyond):,} of {len(few.known):,} known mistakes" in few.text()
    asked = {vector.id for vector in vectors(POLICY)[:5]}
    unseen = {each.mutant for each in known(POLICY) if each.vectors(1)} - {
        each.mutant for each in known(POLICY) if asked.intersection(each.vectors(1))
    }
    beyond = few.as_json()["mistakes_beyond"]
    assert {each["mutant"] for each in beyond["mistakes"]} == unseen
    assert (beyond["unseen"], beyond["known"]) == (len(unseen), len(few.known))
    most = Counter(each.criterion for each in few.beyond if each.criterion).most_common(1)[0]
    assert f"{POLICY}, {most[0]}: {most[1]}" in few.text()
