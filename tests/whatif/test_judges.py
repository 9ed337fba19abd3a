# SPDX-License-Identifier: Apache-2.0
"""The judges of what-if agree with each other, and find what a small rule makes plain."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from lutalogic import Decision, rule_base
from tests.strategies import POLICIES, Coverage
from tests.whatif.brute_force import minimal_sets, outcomes
from tests.whatif.drawing import DEEP, any_request, decided, pending_with_few
from tests.whatif.question import changing, filling, read_in_force
from tests.whatif.second import Search


@pytest.mark.parametrize("policy", POLICIES)
def test_both_judges_agree(policy: str) -> None:
    """Trying everything, and shrinking and blocking, find the same sets with the same values."""
    coverage = Coverage(f"what-if, the judges, {policy}")

    @settings(max_examples=100 if DEEP else 8)
    @given(pending_with_few(policy))
    def agree(decision: Decision) -> None:
        question = filling(decision)
        for wanted, found in minimal_sets(question, "tf").items():
            search = Search(question, wanted)
            assert search.sets() == set(found)
            for facts, cells in found.items():
                one_by_one = [
                    {name: (cell,) for name, cell in zip(facts, each, strict=True)}
                    for each in cells
                ]
                assert not search.mistaken(facts, one_by_one)
                assert search.mistaken(facts, one_by_one[1:])
            coverage.note(wanted if found else f"no {wanted}")

    agree()
    coverage.demand(0.05, "t", "f")


@pytest.mark.parametrize("policy", POLICIES)
def test_facts_that_no_condition_in_force_reads_do_not_bear_on_the_outcome(policy: str) -> None:
    """So that they can be left out of the search."""
    coverage = Coverage(f"what-if, facts not in force, {policy}")
    attributes = rule_base().attributes

    @settings(max_examples=500 if DEEP else 30)
    @given(any_request(policy))
    def same(decision: Decision) -> None:
        known = decision.case.possible
        others = [
            name for name in decision.policy.attributes if name not in read_in_force(decision)
        ]
        tried = [
            ((name,), (cell,)) for name in others for cell in range(len(attributes[name].cells))
        ]
        letters = set(outcomes(filling(decision), tried))
        root = decision.truths[decision.policy.positions[decision.policy.root]]
        assert letters <= {root}
        coverage.note(*(["some"] if others else []), *(["known"] if known else []))

    same()
    coverage.demand(0.05, "some")


def test_a_fact_that_grows_is_moved_up_alone() -> None:
    """Numbers go up and never become never; sets gain members; what cannot change stays."""
    facts = {
        "age_years": 11, "tumor_type": "gep_net", "days_since_long_acting_ssa": 27,
        "disease_progression_on": ["everolimus"], "ki67_percent": ">15",
    }  # fmt: skip
    request = {"policy": "premera_lutathera", "on": "2026-03-31", "facts": facts}
    grow = dict.fromkeys(facts, True) | {"ki67_percent": False}
    del grow["tumor_type"]
    question = changing(decided(request), grow)
    attributes = rule_base().attributes
    days = attributes["days_since_long_acting_ssa"].cells
    assert "tumor_type" not in question.moves
    assert question.moves["age_years"] == (1, 2, 3)
    assert question.moves["days_since_long_acting_ssa"] == tuple(range(1, len(days) - 1))
    assert question.moves["ki67_percent"] == tuple(range(len(attributes["ki67_percent"].cells)))
    before = attributes["disease_progression_on"].values.index("everolimus")
    cells = attributes["disease_progression_on"].cells
    moved = question.moves["disease_progression_on"]
    assert moved
    assert all(any(mask >> before & 1 for mask in cells[cell]) for cell in moved)
    assert not any(1 << before in cells[cell] for cell in moved)
