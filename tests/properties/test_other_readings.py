# SPDX-License-Identifier: Apache-2.0
"""What a decision does not ask its engine, it knows: nothing that would be answered is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from lutalogic import Outcome, decide, rule_base
from lutalogic.engines.choice import ENGINES
from lutalogic.other_readings import under_other_readings
from tests.strategies import POLICIES, Coverage, requests, searching

if TYPE_CHECKING:
    from lutalogic import Decision
    from lutalogic.engines import Request

_OUTCOMES = {"t": Outcome.MET, "f": Outcome.NOT_MET}


def decided(request: dict[str, Any], engine: str) -> Decision:
    """Return the decision of a request."""
    return decide(
        request["facts"],
        request["policy"],
        on=request["on"],
        readings=request["readings"],
        engine=engine,
    )


def every_other_reading(decision: Decision) -> list[tuple[str, str, Request]]:
    """Return the request under every other value of one reading."""
    choices, base = decision.request.choices, rule_base()
    return [
        (name, value, decision.request.under(choices=(*choices[:i], index, *choices[i + 1 :])))
        for i, name in enumerate(decision.policy.readings)
        for index, value in enumerate(base.readings[name].values)
        if index != choices[i]
    ]


def test_no_reading_on_which_an_outcome_depends_is_passed_over() -> None:
    """Asked about every other value of every reading, the engine says what the decision says."""
    coverage = Coverage("other readings")

    @searching(8)
    @given(requests())
    def holds(request: dict[str, Any]) -> None:
        decision = decided(request, "prolog")
        every = every_other_reading(decision)
        root = decision.policy.positions[decision.policy.root]
        expected: dict[str, dict[str, Outcome]] = {}
        answers = decision.engine.truths([each for *_, each in every])
        for (name, value, _), letters in zip(every, answers, strict=True):
            outcome = _OUTCOMES.get(letters[root], Outcome.NEEDS_INFORMATION)
            if outcome is not decision.outcome:
                expected.setdefault(name, {})[value] = outcome
        assert decision.depends_on_readings == expected
        asked = list(under_other_readings(decision.request, decision.truths))
        coverage.note(
            "asked about some" if asked else "asked about none",
            "depends on a reading" if expected else "depends on none",
            "a text in force" if decision.text_in_force else "no text in force",
            decision.policy.name,
        )

    holds()
    coverage.demand(0.05, "asked about some", "asked about none", "no text in force")
    coverage.demand(0.05, "depends on a reading", *POLICIES)


def test_an_outcome_may_depend_on_when_the_first_text_began() -> None:
    """Readings of the start are asked about on the days that lie between the starts."""
    found = set()
    for policy in rule_base().policies.values():
        if policy.start_reading is None:
            continue
        for day in policy.starts:
            for value in rule_base().readings[policy.start_reading].values:
                taken = {policy.start_reading: value}
                decision = decide({"age_years": 5}, policy, on=day, readings=taken)
                changes = decision.depends_on_readings.get(policy.start_reading, {})
                for other, outcome in changes.items():
                    again = decide(
                        {"age_years": 5}, policy, on=day, readings={policy.start_reading: other}
                    )
                    assert again.outcome is outcome
                    found.add((decision.text_in_force, again.text_in_force))
    assert found == {(True, False), (False, True)}


@pytest.mark.parametrize("engine", ENGINES)
def test_whether_a_policy_applies_is_asked_only_where_no_text_is_in_force(engine: str) -> None:
    """Where one is, the letter at hand is the one that would be answered."""
    coverage = Coverage(f"whether a policy applies, {engine}")

    @searching(1)
    @given(requests())
    def holds(request: dict[str, Any]) -> None:
        decision = decided(request, engine)
        policy = decision.policy
        first = int(policy.start(decision.request.choices).replace("-", ""))
        later = decision.request.under(day=max(first, decision.request.day))
        [letters] = decision.engine.truths([later])
        letter = letters[policy.positions[policy.applies_to]]
        assert str(decision.applies) == {"t": "true", "f": "false", "u": "unknown"}[letter]
        coverage.note(decision.applies, "in force" if decision.text_in_force else "not in force")

    holds()
    coverage.demand(0.02, "true", "false", "in force", "not in force")
