# SPDX-License-Identifier: Apache-2.0
"""What would turn an outcome is all that can, set by set and value by value."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from lutalogic import Decision, Outcome, rule_base
from lutalogic.possible import Members, Number, Option, Span
from tests.differential.test_independent import SAMPLES
from tests.strategies import BASES, POLICIES, Coverage
from tests.whatif.brute_force import tries
from tests.whatif.drawing import DEEP, FEW_TRIES, again, any_request, decided, effort, seeded
from tests.whatif.judging import (
    Said,
    judge_by_replay,
    judge_by_search,
    judge_by_trial,
    judge_form,
    told,
)
from tests.whatif.question import changing
from tests.whatif.test_missing import torn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.changes import Change
    from lutalogic.flips import Flips
    from lutalogic.possible import Possible
    from tests.whatif.question import Question

LETTERS = {"t": Outcome.MET, "f": Outcome.NOT_MET}


def asked(decision: Decision) -> Question:
    """Ask what facts may be filled with or changed to, as the rule base has it."""
    attributes = rule_base().attributes.values()
    return changing(decision, {a.name: a.grows for a in attributes if a.change != "never"})


def wanted(decision: Decision) -> list[str]:
    """Return the outcomes that a request may be turned to: those decided that it has not."""
    return [letter for letter, outcome in LETTERS.items() if outcome != decision.outcome]


def said(flips: Flips, letter: str) -> Said:
    """Return the sets and boxes that flips state for an outcome, for the judges."""
    found: Said = {}
    for flip in flips:
        if flip.outcome == LETTERS[letter]:
            facts = tuple(sorted(flip.facts))
            assert facts not in found
            found[facts] = [{n: tuple(v.cells) for n, v in box.items()} for box in flip.boxes]
    judge_form(found)
    return found


def judge_examples(decision: Decision, flips: Flips) -> None:
    """See that each example changes its facts alone, as they can change, and is decided so."""
    before = decision.case
    for flip in flips:
        after = flip.case
        assert again(decision, after.facts).outcome == flip.outcome, told(decision)
        names = {*before.facts, *after.facts}
        changed = {n for n in names if before.possible.get(n) != after.possible.get(n)}
        assert changed == set(flip.facts), (changed, told(decision))
        for name in flip.facts:
            assert_can_become(name, before.possible.get(name), after.possible.get(name))
        inside = [all(after.facts[n] in box[n] for n in flip.facts) for box in flip.boxes]
        assert any(inside), (flip.facts, told(decision))


def assert_can_become(name: str, before: Possible | None, after: Possible | None) -> None:
    """See that a fact is exact, and comes out as it can: no lower than it was where it grows."""
    attribute = rule_base().attributes[name]
    assert after is not None
    assert not isinstance(after, Span)
    if before is None:
        return
    if attribute.change == "never":
        assert isinstance(before, Span)
        assert isinstance(after, Number)
        assert within(after, before)
    elif attribute.grows:
        match before, after:
            case Members(mask), Members(more):
                assert more & mask == mask
            case Option(first), Option(second):
                assert second > first
            case Number(low), Number(high):
                assert high > low
            case Span(), Number():
                assert after.value >= before.low
                assert after.value > before.low or not before.low_open
            case other:
                raise AssertionError(f"{name}: {other}")


def within(number: Number, span: Span) -> bool:
    """Tell whether a number lies in an interval."""
    low = number.value > span.low if span.low_open else number.value >= span.low
    return low and (number.value < span.high if span.high_open else number.value <= span.high)


def judge_order(flips: Flips) -> None:
    """See that fewer facts come first, then what is nearer."""
    places = [(len(flip.facts), flip.distance) for flip in flips]
    assert places == sorted(places)


def labels(decision: Decision, flips: Flips) -> Iterator[str]:
    """Yield what a random test has reached."""
    known, attributes = decision.case.possible, rule_base().attributes
    yield decision.outcome.value
    yield "no flip" if not flips else f"{min(len(f.facts) for f in flips)} facts"
    if not decision.text_in_force:
        yield "no text"
    names = {name for flip in flips for name in flip.facts}
    if any(isinstance(known.get(name), Span) for name in names):
        yield "interval"
    if any(attributes[name].grows and name in known for name in names):
        yield "grown"
    if any(len(flip.boxes) > 1 for flip in flips):
        yield "boxes"


def judged(decision: Decision, random: Random) -> Flips:
    """Return the flips of a request, of which all is seen to be as it is by another algorithm."""
    flips, question = decision.flips(), asked(decision)
    judge_order(flips)
    judge_examples(decision, flips)
    for letter in wanted(decision):
        sets = said(flips, letter)
        judge_by_search(question, letter, sets)
        judge_by_replay(question, letter, sets, random)
    assert {flip.outcome for flip in flips} <= {LETTERS[letter] for letter in wanted(decision)}
    return flips


@pytest.mark.parametrize("row", SAMPLES if DEEP else SAMPLES[::4])
def test_the_sample_cases_turn_as_the_judges_find(row: dict[str, Any]) -> None:
    """Every set with all its values; of one fact and of two also by trying all of them."""
    decision = decided(row)
    flips = judged(decision, Random(1))
    for letter in wanted(decision):
        judge_by_trial(asked(decision), letter, said(flips, letter), most=2 if DEEP else 1)


@pytest.mark.parametrize("policy", POLICIES)
def test_what_turns_an_outcome_is_what_trying_everything_finds(policy: str) -> None:
    """Of random requests, all sets of one fact and of two, and all sets where few can change."""
    coverage = Coverage(f"flips, by trial, {policy}")

    @effort(policy, deep=150, quick=20)
    @given(any_request(policy))
    def agree(decision: Decision) -> None:
        flips, question = decision.flips(), asked(decision)
        few = tries(question) <= FEW_TRIES
        for letter in wanted(decision):
            judge_by_trial(question, letter, said(flips, letter), most=None if few else 2)
        coverage.note(*labels(decision, flips), *(["all sets"] if few else []))

    agree()
    coverage.demand(0.05, "met", "not_met", "needs_information", "1 facts")


@pytest.mark.parametrize("policy", POLICIES)
def test_what_turns_an_outcome_is_what_shrinking_and_blocking_finds(policy: str) -> None:
    """Of any random requests, sets of any size; values and examples are replayed on Prolog."""
    coverage = Coverage(f"flips, by search, {policy}")

    @effort(policy, deep=250, quick=12)
    @given(any_request(policy), seeded())
    def agree(decision: Decision, random: Random) -> None:
        coverage.note(*labels(decision, judged(decision, random)))

    agree()
    coverage.demand(0.05, "1 facts")
    if DEEP:  # a quick run is too short to meet them all
        coverage.demand(0.05, "met", "not_met", "needs_information", "grown")
        assert coverage.counts["interval"]


@pytest.mark.parametrize("policy", POLICIES)
def test_one_outcome_may_be_asked_for(policy: str) -> None:
    """Then the flips are those of all that lead there; to what it is already there is none."""
    for base in ({}, {"age_years": 5}):
        decision = decided({"policy": policy, "on": "2026-06-01", "facts": base})
        every = decision.flips()
        for outcome in LETTERS.values():
            one: list[Change] = [flip for flip in every if flip.outcome == outcome]
            assert list(decision.flips(to=outcome)) == one
            assert bool(one) == (outcome != decision.outcome) or policy == "premera_xofigo"


@pytest.mark.parametrize("policy", POLICIES)
def test_the_most_doses_are_those_for_which_it_would_be_met(policy: str) -> None:
    """All numbers of doses are tried, all else being as it is."""
    attributes = rule_base().attributes
    low, high = attributes["requested_doses"].range
    (prior,) = {
        n for n in rule_base().policies[policy].attributes if re.match("prior_.*_doses$", n)
    }
    reached = set()
    for base in BASES[policy]:
        for given_before in (base.get(prior), 0, 2, 3, 5, 7, "1-3", None):
            facts = base | {prior: given_before}
            decision = decided({"policy": policy, "on": "2026-06-01", "facts": facts})
            met = [
                number
                for number in range(low, high + 1)
                if again(decision, decision.case.facts | {"requested_doses": number}).outcome
                == Outcome.MET
            ]
            assert decision.flips().doses == max(met, default=None), told(decision)
            reached.add(max(met, default=None))
    assert len(reached) > 2


def test_of_a_conflict_the_flips_tell_what_would_settle_it() -> None:
    """Where evidence disagrees and all is documented, facts that can change still turn it."""
    decision = torn()
    flips = judged(decision, Random(4))
    assert {("ki67_percent",), ("who_grade",)} & {flip.facts for flip in flips}


def test_what_grows_goes_up_and_what_never_changes_stays() -> None:
    """A boy of 11 may grow older; a tumor of another kind stays so, and doses given are given."""
    base = BASES["premera_lutathera"][0]
    young = decided(
        {"policy": "premera_lutathera", "on": "2026-06-01", "facts": base | {"age_years": 11}}
    )
    assert ("age_years",) in {flip.facts for flip in young.flips(to="met")}
    old = young.case.replace(age_years=50)
    assert ("age_years",) not in {f.facts for f in again(young, old.facts).flips(to="not_met")}
    other = again(young, old.replace(tumor_type="thymus_net").facts)
    assert not other.flips(to="met")
    fifth = again(young, old.replace(prior_lutathera_doses=4).facts)
    assert not fifth.flips(to="met")
