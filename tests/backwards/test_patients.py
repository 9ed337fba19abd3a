# SPDX-License-Identifier: Apache-2.0
"""Patients for a wish are what was wished, differ in what matters, and come one by one."""

from __future__ import annotations

from itertools import islice
from math import prod
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import find, given, settings

from lutalogic import (
    Case,
    EngineError,
    InputError,
    decide,
    decide_many,
    patients,
    rule_base,
    wish,
)
from lutalogic import testing as strategies
from lutalogic.cells import forms, value_of
from lutalogic.engines.kanren import KANREN
from lutalogic.fulfilment import confirm
from tests.independent.evaluator import evaluate
from tests.strategies import POLICIES, Coverage

if TYPE_CHECKING:
    from lutalogic.engines import Request

W, P = "wellmark_lutathera", "premera_lutathera"
WISHES: dict[str, tuple[str, dict[str, Any]]] = {
    "met by item 3 only": (W, {"outcome": "met", "by": "item 3"}),
    "not met for one reason": (W, {"outcome": "not_met", "by": "one"}),
    "pending on one criterion": (P, {"outcome": "needs_information", "by": "one"}),
    "pending on one fact": (P, {"waits_for": "one"}),
    "pending on the clearance": (P, {"waits_for": "creatinine_clearance_ml_min"}),
    "met there, not met here": (W, {"outcome": "met", "also": wish(P, outcome="not_met")}),
    "lost to a new text": (
        f"{P}@2024-12-31",
        {"outcome": "met", "also": wish(f"{P}@2025-01-01", outcome="not_met")},
    ),
    "depends on a reading": (W, {"depends_on": "w_item1"}),
    "under a reading": (W, {"outcome": "met", "readings": {"w_stop_rules": "advisory"}}),
    "criteria": (W, {"criteria": {"item 2a": "unknown", "item 5": ["false", "unknown"]}}),
    "given": (P, {"outcome": "met", "given": {"creatinine_clearance_ml_min": "40-50"}}),
}


@pytest.mark.parametrize("name", WISHES)
def test_each_wish_of_the_catalogue_comes_true(name: str) -> None:
    """Five patients, no two alike, of whom an evaluator written apart says what was wished."""
    policy, wished = WISHES[name]
    found = list(patients(policy, n=5, **wished))
    assert len(set(found)) == len(found) == 5
    asked = wish(policy, **{k: v for k, v in wished.items() if k not in ("also", "given")})
    for case in found:
        answer = _evaluated(case, asked)
        for wanted in [asked, *([wished["also"]] if "also" in wished else [])]:
            assert _letter(_evaluated(case, wanted)["outcome"]) in wanted.outcomes
        for criterion, letters in asked.criteria.items():
            assert answer["criteria"][criterion][0] in letters
        given_facts = Case(**wished.get("given", {}))
        assert all(case.facts[name] == value for name, value in given_facts.facts.items())


def test_what_is_met_by_one_item_has_no_other() -> None:
    """Where what only that item asks is denied, the request is not met any more."""
    found = patients(W, outcome="met", by="item 3", n=10, given={"request_type": "initial"})
    for case in found:
        assert _evaluated(case, wish(W))["criteria"]["item 3"] == "true"
        others = case.replace(unresectable=False)
        assert _evaluated(others, wish(W))["outcome"] != "met"


@pytest.mark.parametrize("policy", POLICIES)
def test_one_reason_is_the_only_one(policy: str) -> None:
    """Of the criteria that must all hold, just one is false, and none is unknown."""
    for case in patients(policy, outcome="not_met", by="one", n=6):
        decision = decide(case, policy, on="2026-06-01")
        assert decision.outcome == "not_met"
        assert 1 <= len(decision.deciding) <= 6  # a criterion, or that no item holds


@pytest.mark.parametrize("policy", POLICIES)
def test_one_fact_is_all_that_is_missing(policy: str) -> None:
    """It is what the decision calls missing, and some value of it leads to met."""
    found = list(patients(policy, waits_for="one", n=8))
    assert len({decide(c, policy, on="2026-06-01").waits_for for c in found}) > 4
    for case in found:
        [fact] = decide(case, policy, on="2026-06-01").waits_for
        attribute = rule_base().attributes[fact]
        values = [value_of(attribute, [cell]) for cell in range(len(attribute.cells))]
        filled = [case.replace(**{fact: value}) for value in values]
        assert "met" in {d.outcome for d in decide_many(filled, policy, on="2026-06-01")}


def test_patients_differ_in_what_matters() -> None:
    """Without any fact a criterion or the outcome would be another; tumors and routes vary."""
    found = list(patients(W, outcome="met", n=12))
    for case in found:
        whole = decide(case, W, on="2026-06-01")
        for name in case.facts:
            part = decide(case.replace(**{name: None}), W, on="2026-06-01")
            assert (part.outcome, part.criteria) != (whole.outcome, whole.criteria), (name, case)
    assert len({case.tumor_type for case in found}) >= 5
    carried = {
        item
        for case in found
        for item, truth in decide(case, W, on="2026-06-01").criteria.items()
        if item.startswith("item") and truth == "true"
    }
    assert len(carried) >= 5
    assert {case.request_type for case in found} >= {"initial", "continuation"}


def test_different_reasons_come_first() -> None:
    """Twelve patients who are not met show most criteria as a reason."""
    found = patients(P, outcome="not_met", by="one", n=12)
    reasons = {decide(case, P, on="2026-06-01").deciding for case in found}
    assert len(reasons) >= 9


def test_patients_come_one_by_one() -> None:
    """Nothing is worked out before it is asked for, and a hundred come as well as one."""
    found = patients("premera_pluvicto", outcome="needs_information")
    assert next(found) != next(found)
    assert len(set(islice(found, 100))) == 100


def test_a_seed_has_its_patients() -> None:
    """The same seed yields the same patients, and another others."""
    first, again, other = (list(patients(P, outcome="met", n=3, seed=s)) for s in (1, 1, 2))
    assert first == again != other


def test_near_to_a_patient_who_is_as_wished_is_that_patient() -> None:
    """Nothing is changed that need not be, down to the facts that no criterion reads."""
    [start] = patients(P, outcome="met", n=1)
    start = start.replace(albumin_g_l=41, mitoses_per_10_hpf="<2")
    assert next(patients(P, outcome="met", near=start)) == start


def test_a_number_is_changed_no_further_than_it_must() -> None:
    """It comes to the limit, not to a usual value; an open end is passed by little."""
    [start] = patients(P, outcome="met", n=1, given={"request_type": "initial"})
    low = start.replace(creatinine_clearance_ml_min=31)
    [found] = patients(P, outcome="met", near=low, n=1)
    assert found.creatinine_clearance_ml_min == 40
    [found] = patients(P, outcome="not_met", near=start, n=1, given={"age_years": None})
    assert found.age_years is None
    [start] = patients("premera_xofigo", outcome="met", n=1)
    [found] = patients(
        "premera_xofigo", outcome="not_met", by="X-4", n=1, near=start,
        given={"visceral_metastases": False, "liver_metastases": False},
    )  # fmt: skip
    assert found.largest_lymph_node_cm == 3.1


def test_patients_near_to_one_come_nearest_first() -> None:
    """Those that change other facts come in the order of how many, before far variants of them."""
    [start] = patients(W, outcome="met", n=1, given={"request_type": "initial"})
    found = list(patients(W, outcome="not_met", near=start, n=12))
    counts = [_distance(start, case) for case in found]
    assert counts == sorted(counts)
    changed = [frozenset(_changed(start, case)) for case in found]
    assert len(set(changed)) == len(changed)


def test_what_is_hardly_right_is_avoided_where_it_can_be() -> None:
    """No patient has a warning, but where the wish itself asks for what is hardly right."""
    for policy in POLICIES:
        for outcome in ("met", "not_met", "needs_information"):
            for case in patients(policy, outcome=outcome, n=5):
                assert not decide(case, policy, on="2026-06-01").warnings
    odd = {"who_grade": 1, "differentiation": "poor"}
    [case] = patients(W, given=odd, n=1, criteria={"item 2a": ["false", "unknown"]})
    assert case.facts | odd == case.facts


def test_a_patient_is_shown_only_where_the_engines_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that gives another letter stops the search with an error that names the patient."""
    told = KANREN.truths

    def mistaken(requests: list[Request]) -> list[str]:
        return [letters[:-1] + {"t": "u"}.get(letters[-1], "t") for letters in told(requests)]

    monkeypatch.setattr(type(KANREN), "truths", staticmethod(mistaken))
    with pytest.raises(EngineError, match="the engines disagree on"):
        next(patients(P, outcome="met"))


@pytest.mark.parametrize(
    "wished",
    [
        {"outcome": "met"},
        {"outcome": "not_met", "by": "X-1"},
        {"criteria": {"X-3": "true"}},
        {"waits_for": "age_years"},
        {"depends_on": "p_xofigo_age"},
    ],
)
def test_a_patient_who_is_not_as_wished_is_not_shown(wished: dict[str, Any]) -> None:
    """Each wish is judged once more by the engines, so that no slip of the search is passed on."""
    other = Case(age_years=5)
    with pytest.raises(EngineError, match="is not what was wished"):
        confirm(other, [wish("premera_xofigo", **wished)])


@pytest.mark.parametrize(
    ("wished", "at", "says"),
    [
        ({"outcome": "denied"}, "outcome", "'denied' is no outcome"),
        ({"criteria": {"L-99": "true"}}, "criteria.L-99", "did you mean"),
        (
            {"criteria": {"L-11": "true"}},
            "criteria.L-11",
            "no criterion of",
        ),
        ({"criteria": {"L-2": "yes"}}, "criteria.L-2", "true, false, unknown"),
        ({"criteria": {"L-2": []}}, "criteria.L-2", "at least one truth"),
        ({"criteria": ["L-2"]}, "criteria", "a mapping"),
        ({"by": "L-2"}, "by", "needs an outcome"),
        ({"by": "one", "outcome": "met"}, "by", "name the one"),
        ({"by": "L-99", "outcome": "met"}, "by", "did you mean"),
        ({"waits_for": "age"}, "waits_for", "did you mean age_years"),
        ({"waits_for": "necrosis"}, "waits_for", "is no fact"),
        ({"waits_for": "one", "outcome": "met"}, "waits_for", "leave out the outcome"),
        ({"depends_on": "w_item1"}, "depends_on", "is no reading"),
        ({"readings": {"w_item1": "literal_list"}}, "readings.w_item1", "does not bear"),
        ({"on": "2018-01-01"}, "on", "no text"),
        ({"given": {"age": 3}}, "given.age", "did you mean age_years"),
        ({"given": 3}, "given", "a mapping"),
        ({"n": -1}, "n", "a whole number"),
        ({"seed": "x"}, "seed", "a whole number"),
        ({"also": "premera_xofigo"}, "also", "what wish"),
        ({"near": {"ki67_percent": 120}}, "near.ki67_percent", "outside the range"),
        (
            {"waits_for": "one", "also": wish(W, waits_for="one")},
            "also",
            "one request at a time",
        ),
    ],
)
def test_a_mistake_is_told_at_once_and_in_its_place(
    wished: dict[str, Any], at: str, says: str
) -> None:
    """Before any patient is looked for."""
    with pytest.raises(InputError, match=says) as caught:
        patients(P, **wished)
    assert caught.value.at == at


def test_a_strategy_draws_patients_as_wished_at_limits_too() -> None:
    """Drawn patients fulfil the wish, by an evaluator written apart; some lie at a limit."""
    coverage = Coverage("strategy for patients")

    @given(strategies.patients(P, outcome="met", given={"request_type": "initial"}))
    def as_wished(case: Case) -> None:
        assert _evaluated(case, wish(P))["outcome"] == "met"
        numbers = [v for v in case.facts.values() if isinstance(v, (int, float))]
        limits = case.creatinine_clearance_ml_min in (40, 300) or case.karnofsky in (60, 100)
        coverage.note("limit" if limits else "inside", "interval" * _has_interval(case))
        assert numbers

    as_wished()
    coverage.demand(0.1, "limit", "inside", "interval")


def test_a_drawn_patient_shrinks_to_a_plain_one() -> None:
    """What a test fails with has few facts, and usual values."""
    wished = strategies.patients(W, outcome="met")
    few = settings(derandomize=True, max_examples=50)
    case = find(wished, lambda case: case.unresectable is True, settings=few)
    assert len(case.facts) <= 20
    assert not _has_interval(case)


def test_a_strategy_for_what_cannot_be_is_refused() -> None:
    """When it is stated, not when it is drawn from."""
    with pytest.raises(InputError, match="no patient fulfils this wish"):
        strategies.patients(P, outcome="met", given={"tumor_type": "thymus_net"})


def _evaluated(case: Case, wished: Any) -> dict[str, Any]:
    side = wished.side
    return evaluate(
        {
            "policy": side.policy.name,
            "on": side.day,
            "facts": {n: list(v) if isinstance(v, tuple) else v for n, v in case.facts.items()},
            "readings": dict(side.taken),
        }
    )


def _letter(outcome: str) -> str:
    return {"met": "t", "not_met": "f", "needs_information": "u"}[outcome]


def _changed(one: Case, other: Case) -> set[str]:
    before, after = one.possible, other.possible
    return {n for n in {**before, **after} if before.get(n) != after.get(n)}


def _distance(one: Case, other: Case) -> int:
    return len(_changed(one, other))


def _has_interval(case: Case) -> bool:
    return any("-" in value for value in case.facts.values() if isinstance(value, str))


FULL = Case(
    age_years=70, tumor_type="prostate_cancer", castration_resistant=True,
    symptomatic_bone_metastases=True, visceral_metastases=False, liver_metastases=False,
    largest_lymph_node_cm=1, prior_xofigo_doses=0, requested_doses=1,
)  # fmt: skip


@pytest.mark.parametrize("outcome", ["met", "not_met"])
@pytest.mark.parametrize("open_facts", [(), ("age_years",), ("castration_resistant", "age_years")])
def test_a_search_near_to_one_ends_when_there_are_no_more(
    outcome: str, open_facts: tuple[str, ...]
) -> None:
    """Of few facts that are not given, every combination comes once, and each as wished."""
    given_facts = {n: v for n, v in FULL.facts.items() if n not in open_facts}
    found = list(patients("premera_xofigo", outcome=outcome, near=FULL, given=given_facts))
    assert len(set(found)) == len(found)
    kinds = [len(forms(rule_base().attributes[name])) for name in open_facts]
    letters = {str(decide(c, "premera_xofigo", on="2026-06-01").outcome) for c in found}
    assert letters <= {outcome}
    assert bool(found) == (outcome == "met" or bool(open_facts))
    assert len(found) <= prod(kinds)


def test_truths_may_be_named_twice() -> None:
    """It makes no other wish."""
    for truths in (["unknown", "unknown"], ["true", True], ["false", False, "false"]):
        twice = list(patients("premera_xofigo", criteria={"X-1": truths}, n=3))
        assert twice == list(patients("premera_xofigo", criteria={"X-1": truths[:1]}, n=3))
        assert len(twice) == 3


@pytest.mark.parametrize("near", [None, {}, FULL])
@pytest.mark.parametrize("policy", POLICIES)
def test_who_waits_for_a_fact_may_have_others_unknown(policy: str, near: Any) -> None:
    """Near to a patient, and where something else is wished unknown that does not matter."""
    found = list(patients(policy, waits_for="age_years", near=near, n=4))
    assert len(found) == 4
    for case in found:
        assert decide(case, policy, on="2026-06-01").waits_for == ("age_years",)
    [case] = patients(W, waits_for="age_years", criteria={"item 5": "unknown"}, n=1)
    assert decide(case, W, on="2026-06-01").waits_for == ("age_years",)
    elsewhere = wish("premera_xofigo", criteria={"X-3": "unknown"})
    [case] = patients(P, waits_for="creatinine_clearance_ml_min", also=elsewhere, n=1)
    assert decide(case, P, on="2026-06-01").waits_for == ("creatinine_clearance_ml_min",)


def test_an_interval_that_says_nothing_is_not_documented() -> None:
    """A given whole range is kept as it is, and no value is thought up for it."""
    assert not list(patients("premera_xofigo", outcome="met", given={"age_years": ">=0"}))
    [case] = patients("premera_xofigo", waits_for="age_years", given={"age_years": ">=0"}, n=1)
    assert case.age_years == ">=0"


def test_wishes_that_exclude_one_another_are_seen_to() -> None:
    """Also where each alone comes true in many ways."""
    assert not list(patients(W, depends_on="w_item1", also=wish(W, depends_on="w_extent"), n=1))


def test_one_reason_at_each_of_four_policies_is_found() -> None:
    """Of the many ways in which four wishes could come true together, some do."""
    others = [wish(p, outcome="not_met", by="one") for p in POLICIES if p != W]
    [case] = patients(W, outcome="not_met", by="one", also=others, n=1)
    assert {str(decide(case, p, on="2026-06-01").outcome) for p in POLICIES} == {"not_met"}


def test_numbers_are_spread() -> None:
    """Ages of twenty patients, and what is drawn, are of all stages of life that a wish admits."""
    found = patients("premera_xofigo", outcome="met", n=30)
    ages = {case.age_years for case in found if isinstance(case.age_years, int)}
    assert len(ages) > 5
    assert max(ages) >= 60
