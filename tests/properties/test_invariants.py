# SPDX-License-Identifier: Apache-2.0
"""What must hold under the default readings, whoever the patient is.

Each test states an invariant; each reports how many of its patients were met, and fails if that
was rare, for then it would have shown little.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lutalogic import Case, Decision, Outcome, decide, rule_base
from lutalogic.possible import Number, Option, Span
from tests.strategies import BASES, DAYS, Coverage, facts, requests, searching, values

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = "2026-06-01"
LUTATHERA = ["wellmark_lutathera", "premera_lutathera"]
CAPS = {
    "wellmark_lutathera": ("prior_lutathera_doses", 4),
    "premera_lutathera": ("prior_lutathera_doses", 4),
    "premera_pluvicto": ("prior_pluvicto_doses", 6),
    "premera_xofigo": ("prior_xofigo_doses", 6),
}


def ends(case: Case, name: str) -> tuple[Fraction, Fraction] | None:
    """Return the lowest and the highest number that a fact may be; None if nothing is known."""
    match case.possible.get(name):
        case Number(value):
            return value, value
        case Span(low, _, high, _):
            return low, high
        case _:
            return None


def surely(case: Case, name: str, *options: str | bool) -> bool:
    """Tell whether a fact is known to be one of these options."""
    known = case.possible.get(name)
    if not isinstance(known, Option):
        return False
    names = rule_base().attributes[name].values or (False, True)
    return names[known.index] in options


def holds_when_met(
    policy: str,
    claim: Callable[[Decision], bool],
    *,
    days: list[str] | None = None,
    only: Callable[[Case], bool] = lambda _: True,
) -> None:
    """Search for a patient who meets the policy and breaks the claim."""
    coverage = Coverage(f"{policy} met")

    @searching(3)
    @given(facts(policy, most_changes=3), st.sampled_from(days or [TODAY]))
    def search(drawn: dict[str, Any], day: str) -> None:
        case = Case.from_mapping(drawn)
        if only(case):
            decision = decide(case, policy, on=day)
            coverage.note(decision.outcome.value)
            if decision.outcome is Outcome.MET:
                assert claim(decision), drawn

    search()
    coverage.demand(0.05, "met")


@pytest.mark.parametrize("policy", CAPS)
def test_1_no_dose_cap_is_exceeded_or_unknown(policy: str) -> None:
    """A request that is met has both counts of doses known, and together within the cap."""
    prior, cap = CAPS[policy]

    def within(decision: Decision) -> bool:
        before = ends(decision.case, prior)
        asked = ends(decision.case, "requested_doses")
        return before is not None and asked is not None and before[1] + asked[1] <= cap

    holds_when_met(policy, within)


@pytest.mark.parametrize(
    ("policy", "age", "days"),
    [
        ("wellmark_lutathera", 12, [TODAY, "2026-01-01"]),
        ("premera_lutathera", 12, ["2025-01-01", "2025-06-01", TODAY]),
        ("premera_lutathera", 18, ["2024-12-31", "2022-08-01", "2019-04-01"]),
        ("premera_pluvicto", 18, [TODAY, "2025-05-01"]),
        ("premera_xofigo", 18, [TODAY, "2022-08-01"]),
    ],
)
def test_2_nobody_too_young_or_of_unknown_age(policy: str, age: int, days: list[str]) -> None:
    """A request that is met is for a patient known to be old enough."""

    def old_enough(decision: Decision) -> bool:
        known = ends(decision.case, "age_years")
        return known is not None and known[0] >= age

    holds_when_met(policy, old_enough, days=days)


def _initial(case: Case) -> bool:
    return surely(case, "request_type", "initial")


@pytest.mark.parametrize("policy", LUTATHERA)
def test_3_no_initial_lutathera_without_uptake_above_the_liver(policy: str) -> None:
    """An initial request that is met has a known receptor study, with uptake above the liver."""
    studies = ("sstr_pet_ct", "sstr_pet_mri", "octreotide_spect_ct", "sstr_scintigraphy")
    holds_when_met(
        policy,
        lambda d: (
            surely(d.case, "sstr_imaging", *studies)
            and surely(d.case, "sstr_uptake", "above_liver")
        ),
        only=_initial,
    )


@pytest.mark.parametrize("policy", LUTATHERA)
def test_4_no_initial_lutathera_without_organ_function_attested(policy: str) -> None:
    """An initial request that is met has marrow and liver attested; at Wellmark also kidneys."""
    organs = ["bone_marrow_adequate", "hepatic_adequate"]
    organs += ["renal_adequate"] if policy == "wellmark_lutathera" else []
    holds_when_met(
        policy, lambda d: all(surely(d.case, organ, True) for organ in organs), only=_initial
    )


GEP = ("gep_net", "foregut_net", "midgut_net", "hindgut_net", "pancreatic_net")


def test_5_what_an_initial_lutathera_at_premera_implies() -> None:
    """GEP-NET, locally advanced or distant, clearance >= 40, performance known, washout >= 28 d."""

    def implied(decision: Decision) -> bool:
        case = decision.case
        clearance = ends(case, "creatinine_clearance_ml_min")
        washout = ends(case, "days_since_long_acting_ssa")
        return (
            surely(case, "tumor_type", *GEP)
            and (surely(case, "locally_advanced", True) or surely(case, "metastases", "distant"))
            and clearance is not None
            and clearance[0] >= 40
            and bool({"karnofsky", "ecog"} & set(case.possible))
            and (
                case.days_since_long_acting_ssa == "never"
                or (washout is not None and washout[0] >= 28)
            )
        )

    holds_when_met("premera_lutathera", implied, only=_initial)


@pytest.mark.parametrize(
    "tumor", ["bronchopulmonary_net", "thymus_net", "pheochromocytoma", "paraganglioma"]
)
def test_6_premera_approves_no_lung_thymus_or_chromaffin_tumor(tumor: str) -> None:
    """No initial Lutathera request for these tumors is met at Premera, on any date."""
    coverage = Coverage(f"premera_lutathera, {tumor}")

    @given(facts("premera_lutathera"), st.sampled_from(DAYS))
    def search(drawn: dict[str, Any], day: str) -> None:
        changed = drawn | {"tumor_type": tumor, "request_type": "initial"}
        decision = decide(changed, "premera_lutathera", on=day)
        coverage.note(decision.outcome.value)
        assert decision.outcome is not Outcome.MET

    search()
    coverage.demand(0.5, "not_met")


def test_7_wellmark_is_met_by_an_item() -> None:
    """An initial request that is met at Wellmark holds some item 1 to 5."""
    items = [f"item {n}" for n in range(1, 6)]
    holds_when_met(
        "wellmark_lutathera",
        lambda d: any(d.criteria[item] == "true" for item in items),
        only=_initial,
    )


@pytest.mark.parametrize(("first", "second"), [("item 1", "item 3"), ("item 2a", "item 2b")])
def test_7_items_that_never_hold_together(first: str, second: str) -> None:
    """Items 1 and 3, and items 2a and 2b, exclude each other."""
    coverage = Coverage(f"{first}, {second}")

    @searching(5)
    @given(facts("wellmark_lutathera"))
    def search(drawn: dict[str, Any]) -> None:
        criteria = decide(drawn, "wellmark_lutathera", on=TODAY).criteria
        coverage.note(*(item for item in (first, second) if criteria[item] == "true"))
        assert not (criteria[first] == "true" and criteria[second] == "true")

    search()
    coverage.demand(0.02, first, second)


STOP_LABS: dict[str, Any] = {
    "bilirubin_x_uln": [3.1, "2-4", None],
    "creatinine_clearance_ml_min": [39, "35-45", None],
    "creatinine_rise_percent": [40, "30-50", None],
    "creatinine_clearance_fall_percent": [40, "39-41", None],
}


@pytest.mark.parametrize("policy", LUTATHERA)
@pytest.mark.parametrize("name", STOP_LABS)
def test_8_a_stop_rule_that_holds_or_is_unknown_bars_a_further_dose(policy: str, name: str) -> None:
    """On continuation, no request is met with a stop rule true or unknown."""
    bases = [b for b in BASES[policy] if b.get("request_type") == "continuation"]
    coverage = Coverage(f"{policy}, {name} after the start")

    @given(st.sampled_from(bases), st.sampled_from(STOP_LABS[name]), st.data())
    def search(base: dict[str, Any], value: Any, data: st.DataObject) -> None:
        changed = dict(data.draw(facts(policy, most_changes=2)))
        drawn = base | {k: v for k, v in changed.items() if k not in STOP_LABS}
        drawn |= {"request_type": "continuation"}
        coverage.note(decide(drawn, policy, on=TODAY).outcome.value)
        stopped = decide(drawn | {name: value}, policy, on=TODAY)
        coverage.note(f"then {stopped.outcome.value}")
        assert stopped.outcome is not Outcome.MET

    search()
    coverage.demand(0.05, "met", "then not_met", "then needs_information")


@pytest.mark.parametrize("policy", [*LUTATHERA, "premera_pluvicto"])
def test_8_an_earlier_stop_bars_every_request(policy: str) -> None:
    """No Lutathera or Pluvicto request is met once a rule to stop was met before."""
    coverage = Coverage(f"{policy}, stopped before")

    @given(facts(policy))
    def search(drawn: dict[str, Any]) -> None:
        free = decide(drawn | {"stop_rule_met_before": False}, policy, on=TODAY)
        coverage.note(free.outcome.value)
        stopped = decide(drawn | {"stop_rule_met_before": True}, policy, on=TODAY)
        assert stopped.outcome is not Outcome.MET

    search()
    coverage.demand(0.05, "met")


@pytest.mark.parametrize("policy", CAPS)
def test_9_filling_in_facts_never_turns_an_answer_round(policy: str) -> None:
    """More facts turn met to pending only by a conflict, and never met to not met or back."""
    coverage = Coverage(f"{policy}, filled in")

    @searching(3)
    @given(facts(policy, most_changes=6), st.data(), st.sampled_from([TODAY, "2026-03-31"]))
    def search(drawn: dict[str, Any], data: st.DataObject, day: str) -> None:
        unknown = [n for n in rule_base().policies[policy].attributes if n not in drawn]
        assume(unknown)
        filled = dict(drawn)
        for name in data.draw(st.lists(st.sampled_from(unknown), min_size=1, max_size=5)):
            value = data.draw(values(rule_base().attributes[name]))
            if value is not None:
                filled[name] = value
        before, after = decide(drawn, policy, on=day), decide(filled, policy, on=day)
        coverage.note(before.outcome.value, f"{before.outcome.value} -> {after.outcome.value}")
        assert {before.outcome, after.outcome} != {Outcome.MET, Outcome.NOT_MET}, filled
        if before.outcome is not Outcome.NEEDS_INFORMATION and before.outcome != after.outcome:
            assert after.conflicts, filled

    search()
    coverage.demand(0.03, "met", "not_met", "needs_information")


@pytest.mark.parametrize("policy", LUTATHERA)
@pytest.mark.parametrize("organ", ["bone_marrow_adequate", "hepatic_adequate"])
def test_9_no_lutathera_with_marrow_or_liver_documented_inadequate(policy: str, organ: str) -> None:
    """Not even on continuation."""
    coverage = Coverage(f"{policy}, {organ}")

    @given(facts(policy))
    def search(drawn: dict[str, Any]) -> None:
        coverage.note(decide(drawn, policy, on=TODAY).outcome.value)
        assert decide(drawn | {organ: False}, policy, on=TODAY).outcome is not Outcome.MET

    search()
    coverage.demand(0.05, "met")


@pytest.mark.parametrize("policy", CAPS)
def test_10_fewer_doses_and_more_years_keep_met(policy: str) -> None:
    """A request that is met stays so for fewer doses, and for an older patient."""
    coverage = Coverage(f"{policy}, fewer doses, more years")

    @searching(2)
    @given(facts(policy, most_changes=2), st.integers(1, 6), st.integers(0, 60))
    def search(drawn: dict[str, Any], fewer: int, older: int) -> None:
        doses, age = drawn.get("requested_doses"), drawn.get("age_years")
        assume(isinstance(doses, int) and isinstance(age, int))
        assert isinstance(doses, int)
        assert isinstance(age, int)
        decision = decide(drawn, policy, on=TODAY)
        coverage.note(decision.outcome.value)
        if decision.outcome is Outcome.MET:
            changed = drawn | {
                "requested_doses": max(1, doses - fewer),
                "age_years": min(120, age + older),
            }
            assert decide(changed, policy, on=TODAY).outcome is Outcome.MET, changed

    search()
    coverage.demand(0.1, "met")


@pytest.mark.parametrize(
    ("policy", "before", "after"),
    [
        ("premera_lutathera", "2026-03-31", "2026-04-01"),
        ("premera_pluvicto", "2025-04-30", TODAY),
    ],
)
def test_11_later_texts_that_only_widen(policy: str, before: str, after: str) -> None:
    """What the earlier text meets, the later one meets for the same facts."""
    coverage = Coverage(f"{policy}, {before} and {after}")

    @searching(3)
    @given(facts(policy, most_changes=3))
    def search(drawn: dict[str, Any]) -> None:
        earlier = decide(drawn, policy, on=before)
        coverage.note(earlier.outcome.value)
        if earlier.outcome is Outcome.MET:
            assert decide(drawn, policy, on=after).outcome is Outcome.MET

    search()
    coverage.demand(0.03, "met")


def test_12_the_readings_of_item_1_are_nested() -> None:
    """The literal list implies burden for all, which implies burden for typical tumors only."""
    coverage = Coverage("readings of item 1")
    order = ["literal_list", "burden_governs_all", "burden_governs_typical"]
    bases = [b for b in BASES["wellmark_lutathera"] if "mitoses_per_10_hpf" in b]

    @searching(5)
    @given(st.sampled_from(bases), st.data())
    def search(base: dict[str, Any], data: st.DataObject) -> None:
        drawn = dict(base)
        reads = ["mitoses_per_10_hpf", "necrosis", "evidence_of_progression", "metastases"]
        reads += ["clinically_significant_tumor_burden", "treatment_line", "tumor_type"]
        for name in data.draw(st.lists(st.sampled_from(reads), max_size=4, unique=True)):
            value = data.draw(values(rule_base().attributes[name]))
            drawn[name] = value
        held = [
            decide(drawn, "wellmark_lutathera", on=TODAY, readings={"w_item1": value}).criteria[
                "item 1"
            ]
            == "true"
            for value in order
        ]
        coverage.note(*(value for value, true in zip(order, held, strict=True) if true))
        assert held == sorted(held), drawn

    search()
    coverage.demand(0.02, *order)


def test_13_what_xofigo_implies() -> None:
    """Symptomatic bone metastases, visceral disease documented absent, largest node =< 3 cm."""

    def implied(decision: Decision) -> bool:
        node = ends(decision.case, "largest_lymph_node_cm")
        return (
            surely(decision.case, "symptomatic_bone_metastases", True)
            and surely(decision.case, "visceral_metastases", False)
            and node is not None
            and node[1] <= 3
        )

    holds_when_met("premera_xofigo", implied)


def test_14_what_a_further_dose_of_pluvicto_implies() -> None:
    """At most one reduction, never 7.4 GBq after it, renal toxicity below grade 3."""

    def implied(decision: Decision) -> bool:
        case = decision.case
        reductions = ends(case, "dose_reductions")
        activity = ends(case, "planned_activity_gbq")
        renal = ends(case, "renal_toxicity_grade")
        assert reductions is not None
        assert activity is not None
        assert renal is not None
        return (
            reductions[1] <= 1
            and (reductions[1] == 0 or activity[1] <= Fraction("5.95"))
            and renal[1] < 3
        )

    holds_when_met(
        "premera_pluvicto", implied, only=lambda case: surely(case, "request_type", "continuation")
    )


def test_no_answer_but_the_three() -> None:
    """Every request gets met, not met or needs information; criteria only true, false, unknown."""
    coverage = Coverage("any request")

    @searching(3)
    @given(requests())
    def search(request: dict[str, Any]) -> None:
        decision = decide(
            request["facts"], request["policy"], on=request["on"], readings=request["readings"]
        )
        assert decision.outcome in list(Outcome)
        assert set(decision.criteria.values()) <= {"true", "false", "unknown"}
        assert bool(decision.criteria) == decision.text_in_force
        if decision.outcome is Outcome.NEEDS_INFORMATION and decision.text_in_force:
            # No criterion may be open: whether those of a first request were met is none of them.
            assert decision.waits_for or decision.conflicts or decision.indeterminate
        decision.as_json()
        coverage.note(decision.outcome.value)

    search()
    coverage.demand(0.03, "met", "not_met", "needs_information")
