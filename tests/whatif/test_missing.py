# SPDX-License-Identifier: Apache-2.0
"""What is missing is all that could still decide a request, set by set and value by value."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from lutalogic import Decision, Outcome
from tests.differential.test_independent import SAMPLES
from tests.strategies import BASES, POLICIES, Coverage
from tests.whatif.drawing import (
    DEEP,
    again,
    decided,
    effort,
    few,
    narrowed,
    pending,
    pending_with_few,
    seeded,
)
from tests.whatif.judging import (
    Said,
    judge_by_replay,
    judge_by_search,
    judge_by_trial,
    judge_form,
)
from tests.whatif.question import filling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.missing import Needs


def said(needs: Needs) -> Said:
    """Return the sets and boxes that needs state, for the judges."""
    found: Said = {}
    for each in needs.sets:
        facts = tuple(sorted(each.facts))
        assert facts not in found
        found[facts] = [{n: tuple(v.cells) for n, v in box.items()} for box in each.boxes]
    assert [len(s.facts) for s in needs.sets] == sorted(len(s.facts) for s in needs.sets)
    judge_form(found)
    return found


def both(decision: Decision) -> Iterator[tuple[str, Said]]:
    """Yield what would approve a pending request, and what would deny it."""
    missing = decision.missing()
    for wanted, needs in (("t", missing.approve), ("f", missing.deny)):
        judge_summary(needs)
        yield wanted, said(needs)


def judge_summary(needs: Needs) -> None:
    """See that what is always needed, with one alternative of each choice, is each of the sets."""
    sets = {frozenset(each.facts) for each in needs.sets}
    assert set(needs.always) == (set.intersection(*map(set, sets)) if sets else set())
    combined = {
        frozenset(needs.always).union(*alternatives) for alternatives in product(*needs.one_of)
    }
    assert combined == (sets or {frozenset()})


def labels(wanted: str, sets: Said, decision: Decision) -> Iterator[str]:
    """Yield what a random test has reached."""
    name = {"t": "approve", "f": "deny"}[wanted]
    yield f"{name}: " + ("none" if not sets else "one set" if len(sets) == 1 else "sets")
    if any(len(facts) > 1 for facts in sets):
        yield "two facts or more"
    if any(len(boxes) > 1 for boxes in sets.values()):
        yield "boxes"
    known = decision.case.facts
    if any(name in known for facts in sets for name in facts):
        yield "interval"
    if decision.conflicts:
        yield "conflict"
    if not decision.text_in_force:
        yield "no text"


@pytest.mark.parametrize("row", SAMPLES if DEEP else SAMPLES[::6])
def test_the_sample_cases_lack_what_the_judges_find(row: dict[str, Any]) -> None:
    """Every set with all its values; where few facts are open, by trying all of them."""
    decision = decided(row)
    if decision.outcome != Outcome.NEEDS_INFORMATION:
        decided_has_nothing_missing(decision)
        return
    question = filling(decision)
    for wanted, sets in both(decision):
        judge_by_search(question, wanted, sets)
        judge_by_replay(question, wanted, sets, Random(1))
        if few(question):
            judge_by_trial(question, wanted, sets)


@pytest.mark.parametrize("policy", POLICIES)
def test_what_is_missing_is_what_trying_everything_finds(policy: str) -> None:
    """Of random pending requests with at most eight free facts: the same sets, the same values."""
    coverage = Coverage(f"missing, by trial, {policy}")

    @effort(policy, deep=150, quick=15)
    @given(pending_with_few(policy))
    def agree(decision: Decision) -> None:
        question = filling(decision)
        for wanted, sets in both(decision):
            judge_by_trial(question, wanted, sets)
            coverage.note(*labels(wanted, sets, decision))

    agree()
    coverage.demand(0.02, "approve: one set", "deny: sets", "deny: one set")


@pytest.mark.parametrize("policy", POLICIES)
def test_what_is_missing_is_what_shrinking_and_blocking_finds(policy: str) -> None:
    """Of any random pending requests, which lack up to all facts; values are replayed on Prolog."""
    coverage = Coverage(f"missing, by search, {policy}")

    @effort(policy, deep=250, quick=12)
    @given(pending(policy), seeded())
    def agree(decision: Decision, random: Random) -> None:
        question = filling(decision)
        for wanted, sets in both(decision):
            judge_by_search(question, wanted, sets)
            judge_by_replay(question, wanted, sets, random)
            coverage.note(*labels(wanted, sets, decision))

    agree()
    coverage.demand(0.02, "deny: sets", "two facts or more")
    assert coverage.counts["approve: one set"] + coverage.counts["approve: sets"]


@pytest.mark.parametrize("policy", POLICIES)
def test_of_a_patient_of_whom_nothing_is_known_everything_is_missing(policy: str) -> None:
    """All ways to be approved and all to be denied, with their values."""
    decision = decided({"policy": policy, "on": "2026-06-01", "facts": {}})
    for wanted, sets in both(decision):
        judge_by_search(filling(decision), wanted, sets)
        judge_by_replay(filling(decision), wanted, sets, Random(2))
        assert sets


def decided_has_nothing_missing(decision: Decision) -> None:
    """See that of a decided request nothing is missing, and that this is said."""
    missing = decision.missing()
    assert not missing.approve.sets
    assert not missing.deny.sets
    assert "is decided" in missing.note
    assert missing.note in str(missing)


def one(policy: str, base: int = 0, **changes: Any) -> Decision:
    """Return the decision of a base of the case tables, with some facts changed."""
    facts = BASES[policy][base] | changes
    return decided({"policy": policy, "on": "2026-06-01", "facts": facts})


@pytest.mark.parametrize("policy", POLICIES)
def test_where_no_text_is_in_force_nothing_is_missing(policy: str) -> None:
    """No fact would settle what no text speaks of; that is said instead."""
    for facts in ({}, BASES[policy][0]):
        decision = decided({"policy": policy, "on": "2018-01-01", "facts": facts})
        assert decision.outcome == Outcome.NEEDS_INFORMATION
        missing = decision.missing()
        assert not missing.approve.sets
        assert not missing.deny.sets
        assert "No text on record" in missing.note
        assert not decision.flips()
        assert "No text on record" in decision.flips().note


@pytest.mark.parametrize("policy", POLICIES)
def test_of_a_met_request_nothing_is_missing(policy: str) -> None:
    """Although not every fact is documented."""
    decision = one(policy)
    assert decision.outcome == Outcome.MET
    decided_has_nothing_missing(decision)


def torn() -> Decision:
    """Return a request whose evidence disagrees, pending though every fact is documented."""
    decision = one("premera_lutathera", ki67_percent=30, who_grade=1, differentiation="well")
    full = narrowed(decision, Random(3), most=0)
    assert full.outcome == Outcome.NEEDS_INFORMATION
    assert full.conflicts
    assert not filling(full).moves
    return full


def test_what_conflicts_is_not_missing() -> None:
    """Where all is documented and evidence disagrees, no open fact would settle it."""
    decision = torn()
    for _, sets in both(decision):
        assert not sets
    assert not decision.missing().note


def test_what_is_indeterminate_is_not_missing() -> None:
    """No open fact approves a request with uptake that the text leaves open; some still deny it."""
    decision = one("premera_lutathera", sstr_uptake="mixed", age_years=None, ecog=None)
    assert decision.indeterminate
    (_, approve), (_, deny) = both(decision)
    assert not approve
    assert ("age_years",) in deny
    judge_by_search(filling(decision), "f", deny)


def test_an_interval_is_made_exact_within_itself() -> None:
    """Of a clearance of 35 to 45 just 40 to 45 approve, and 35 to below 40 deny."""
    missing = one("premera_lutathera", creatinine_clearance_ml_min="35-45").missing()
    for needs, inside, outside in (
        (missing.approve, (40, 45), (39.9, 46, 300)),
        (missing.deny, (35, 39.9), (40, 34, 0)),
    ):
        [only] = needs.sets
        [box] = only.boxes
        [(name, values)] = box.items()
        assert (name,) == only.facts == ("creatinine_clearance_ml_min",)
        assert all(value in values for value in inside)
        assert not any(value in values for value in outside)


def test_a_set_may_suffice_although_more_facts_turn_it_back() -> None:
    """Either Ki-67 or grade shows slow growth; together they may disagree, and are no set."""
    decision = one("premera_lutathera", ki67_percent=None, who_grade=None)
    (_, approve), _ = both(decision)
    assert set(approve) == {("ki67_percent",), ("who_grade",)}
    conflict = again(decision, decision.case.facts | {"ki67_percent": 10, "who_grade": 3})
    assert conflict.outcome == Outcome.NEEDS_INFORMATION


def test_what_only_silence_answers_is_no_longer_so_when_it_is_filled() -> None:
    """A reading that takes silence for an answer can be met by nothing that is documented."""
    silent = {"visceral_metastases": None, "liver_metastases": None, "age_years": None}
    for reading in ("documented_absent", "silence_is_absence"):
        request = {
            "policy": "premera_xofigo", "on": "2026-06-01",
            "facts": BASES["premera_xofigo"][0] | silent, "readings": {"p_visceral": reading},
        }  # fmt: skip
        decision = decided(request)
        for wanted, sets in both(decision):
            judge_by_trial(filling(decision), wanted, sets)
            if wanted == "t":
                assert len(sets) == 1
                assert (("age_years",) in sets) == (reading == "silence_is_absence")
