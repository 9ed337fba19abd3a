# SPDX-License-Identifier: Apache-2.0
"""A decision carries its reasons: what decides, what is missing, what conflicts, what is open."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from lutalogic import Case, Decision, InputError, Outcome, Truth, decide, policies, rule_base
from lutalogic.batch import Asked, answered
from lutalogic.patient_files import RawLine
from tests.kb.test_cases import ON, bases
from tests.strategies import DAYS


def decided(policy: str, base: str, on: str = ON, **changes: Any) -> Decision:
    """Return the decision of a base with some facts changed."""
    return decide(Case.from_mapping(bases(policy)[base]).replace(**changes), policy, on=on)


def test_an_answer_must_be_compared() -> None:
    """Neither a truth nor an outcome is a yes or a no by itself."""
    decision = decided("wellmark_lutathera", "item 2a")
    with pytest.raises(TypeError, match="compare"):
        bool(decision.criteria["W-1"])
    with pytest.raises(TypeError, match="compare"):
        bool(decision.outcome)
    assert decision.criteria["W-1"] is Truth.TRUE
    assert decision.outcome is Outcome.MET


def test_a_conflict_names_the_facts_that_speak_and_no_others() -> None:
    """Each side has the facts that say so, under the readings and on the date of the decision."""
    liver = decided("premera_xofigo", "initial", visceral_metastases=False, liver_metastases=True)
    assert [(c.speaks_for, c.speaks_against) for c in liver.conflicts] == [
        ({"visceral_metastases": False}, {"liver_metastases": True})
    ]
    kidneys = decided(
        "wellmark_lutathera", "continuation", renal_adequate=False, creatinine_clearance_ml_min=95
    )
    assert kidneys.conflicts[0].speaks_against == {"renal_adequate": False}
    early = decided(
        "premera_lutathera", "continuation", on="2024-06-01", age_years=60, karnofsky=50, ecog=1
    )
    assert early.conflicts[0].speaks_against == {"karnofsky": 50}


def test_what_is_missing_can_matter() -> None:
    """Facts that could settle a conflict are missing; those that cannot change it are not."""
    scale = decided("premera_lutathera", "continuation", karnofsky=59)
    assert scale.outcome is Outcome.NEEDS_INFORMATION
    assert scale.waits_for == ("ecog",)
    assert decided("premera_lutathera", "continuation", karnofsky=59, ecog=0).outcome is Outcome.MET
    torn = decided(
        "premera_lutathera", "initial", who_grade=2, ki67_percent=25, differentiation=None
    )
    assert torn.waits_for == ()
    assert torn.conflicts


def test_what_decides_is_not_what_is_settled_the_other_way() -> None:
    """A source that is silent for good decides nothing."""
    pending = decided("premera_lutathera", "continuation", initial_criteria_met=None, karnofsky=90)
    assert "L-7" not in pending.deciding


@pytest.mark.parametrize(
    ("fact", "value", "word"),
    [
        ("sstr_uptake", "mixed", "uptake"),
        ("sstr_imaging", "other_sstr_pet", "tracer"),
        ("tumor_type", "unknown_primary_net", "primary"),
    ],
)
def test_documented_but_indeterminate_is_told_apart(fact: str, value: str, word: str) -> None:
    """A documented fact that no text settles is neither missing nor in conflict."""
    pending = decided("premera_lutathera", "initial", **{fact: value})
    assert pending.outcome is Outcome.NEEDS_INFORMATION
    assert pending.waits_for == ()
    assert pending.conflicts == ()
    assert word in pending.indeterminate[0]


def test_the_text_in_force_is_told() -> None:
    """Which dated text was in force, printed or reconstructed, under the readings taken."""
    for day, start, status in (
        ("2025-06-01", "2025-05-01", "reconstructed"),
        ("2026-06-01", "2026-04-01", "printed"),
    ):
        text = decided("premera_pluvicto", "initial", on=day).text
        assert text is not None
        assert (text.start, text.status) == (start, status)
    facts = bases("wellmark_lutathera")["item 2a"]
    later = {"w_in_force_from": "2026-02-01"}
    text = decide(facts, "wellmark_lutathera", on="2026-02-10", readings=later).text
    assert text is not None
    assert text.start == "2026-02-01"
    assert decide(facts, "wellmark_lutathera", on="2025-12-31").text is None


def test_whether_a_policy_applies_does_not_hang_on_the_date() -> None:
    """Scope is told for any day, also where no text is on record."""
    for day in ("2018-01-01", ON):
        assert decide({"tumor_type": "midgut_net"}, "premera_xofigo", on=day).applies == "false"
        assert decide({"tumor_type": "midgut_net"}, "premera_lutathera", on=day).applies == "true"
        assert decide({}, "premera_lutathera", on=day).applies == "unknown"


@pytest.mark.parametrize("policy", [policy.name for policy in policies()])
def test_every_decision_tells_its_reasons_on_every_day_under_every_start(policy: str) -> None:
    """No date before, between or after the texts is a crash, under any start of the first."""
    starts = rule_base().readings["w_in_force_from"].values
    for day in DAYS:
        for start in starts:
            decision = decide({}, policy, on=day, readings={"w_in_force_from": start})
            told = decision.as_json()
            assert told["applies"] == "unknown"
            assert bool(told["criteria"]) == ("no_text_in_force" not in told)
            assert (told["text"] is None) == ("no_text_in_force" in told)


COURSES = [
    pytest.param({"request_type": "continuation"}, 0, "A continuation", id="nothing to continue"),
    pytest.param(
        {"request_type": "initial", "prior_doses_in_earlier_course": False},
        1,
        "The first request",
        id="a course under way",
    ),
]


@pytest.mark.parametrize(("facts", "doses", "begins"), COURSES)
def test_what_contradicts_depends_on_the_drug_that_is_asked_for(
    facts: dict[str, Any], doses: int, begins: str
) -> None:
    """A course that cannot be is warned of where its drug is asked for, and nowhere else."""
    counts = {policy.name: f"prior_{policy.name.split('_')[1]}_doses" for policy in policies()}
    assert len(set(counts.values())) > 1
    for count in counts.values():
        case = Case.from_mapping(facts | {count: doses})
        for policy, own in counts.items():
            warnings = decide(case, policy, on=ON).warnings
            told = [(w.kind, w.message.startswith(begins), count in w.facts) for w in warnings]
            assert told == ([("contradictory", True, True)] if own == count else []), policy


@pytest.mark.parametrize(("facts", "doses", "begins"), COURSES)
def test_a_batch_warns_as_its_decisions_do_one_by_one(
    facts: dict[str, Any], doses: int, begins: str
) -> None:
    """Many decisions of many patients, worked out together, carry the warnings of each alone."""
    stated: list[dict[str, Any]] = [
        {"facts": facts | {"prior_lutathera_doses": doses, "albumin_g_l": 4.2}},
        {"facts": facts | {"prior_pluvicto_doses": doses}},
        {"facts": {"prior_lutathera_doses": 1}},
    ]
    lines = [RawLine(f"line {n}", json.dumps(each).encode()) for n, each in enumerate(stated)]
    told = []
    together = answered(iter(lines), Asked(policy="all", on=ON))
    for (_, decisions), patient in zip(together, stated, strict=True):
        assert not isinstance(decisions, InputError)
        for decision in decisions:
            alone = decide(Case.from_mapping(patient["facts"]), decision.policy, on=ON)
            assert decision.warnings == alone.warnings
            told.append([w.message[: len(begins)] for w in decision.warnings])
    low = "Albumin below 10 g/L"[: len(begins)]
    assert told == [[low, begins], [low], [low], [low, begins], [], [begins], *[[]] * 6]


def test_a_decision_is_json_whatever_the_numbers_were() -> None:
    """Exact numbers become JSON numbers."""
    for number in (Decimal("25.5"), Fraction(51, 2), 25.5):
        torn = decided("premera_lutathera", "initial", who_grade=2, ki67_percent=number)
        told = json.loads(json.dumps(torn.as_json()))
        assert told["conflicts"][0]["speaks_against"] == {"ki67_percent": 25.5}


def test_what_a_decision_shares_cannot_be_changed() -> None:
    """Changing what one decision or case hands out changes no other."""
    decision = decided("premera_xofigo", "initial")
    decision.readings["p_xofigo_age"] = "99"
    assert decided("premera_xofigo", "initial").readings["p_xofigo_age"] == "18"
    with pytest.raises(TypeError):
        decision.case.possible["age_years"] = 5  # type: ignore[index]
    members = ["lanreotide"]
    case = Case(disease_progression_on=members)  # type: ignore[arg-type]
    members.append("everolimus")
    assert case.facts == {"disease_progression_on": ("lanreotide",)}


class _Scalar:
    """What a data frame's row holds: a scalar of NumPy, here in single precision."""

    shape = ()

    def item(self) -> float:
        return 7.349999904632568

    def __str__(self) -> str:
        return "7.35"


def test_scalars_of_data_frames_are_taken_as_they_are_printed() -> None:
    """A single-precision 7.35 is 7.35."""
    assert (
        decided("wellmark_lutathera", "item 2a", planned_activity_gbq=_Scalar()).criteria["W-6"]
        is Truth.TRUE
    )


class _NotADay(date):
    """As pandas' NaT: an instance of date that is none."""

    year = float("nan")  # type: ignore[assignment]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: decide({}, "premera_xofigo", on=_NotADay(2026, 1, 1)),
        lambda: decide({}, "premera_xofigo", on=20260601),  # type: ignore[arg-type]
        lambda: decide(5, "premera_xofigo", on=ON),  # type: ignore[arg-type]
        lambda: decide({}, None, on=ON),  # type: ignore[arg-type]
        lambda: decide({}, "premera_xofigo", on=ON, readings={"dose_cap": 10**5000}),  # type: ignore[dict-item]
        lambda: Case.from_mapping(None),  # type: ignore[arg-type]
        lambda: Case.from_json(5),  # type: ignore[arg-type]
        lambda: Case(tumor_type=10**5000),  # type: ignore[arg-type]
        lambda: Case(age_years=10**5000),
        lambda: Case(ki67_percent=float("nan")),
        lambda: Case(ki67_percent=object()),  # type: ignore[arg-type]
        lambda: Case(ki67=5),  # type: ignore[call-arg]
    ],
)
def test_wrong_input_is_an_input_error(wrong: Any) -> None:
    """Whatever the mistake, it is an InputError, which names place and remedy."""
    with pytest.raises(InputError) as caught:
        wrong()
    assert len(str(caught.value)) < 500


def test_a_pending_request_may_wait_for_what_no_criterion_asks() -> None:
    """Whether a course began by the criteria is asked by none: nothing decides, but it waits."""
    known = {
        "tumor_type": "midgut_net", "ki67_percent": 8, "metastases": "none",
        "locally_advanced": False, "sstr_imaging": "sstr_pet_ct", "sstr_uptake": "above_liver",
        "days_since_long_acting_ssa": 45, "hours_since_short_acting_octreotide": "never",
        "creatinine_clearance_ml_min": 75, "bone_marrow_adequate": True,
        "hepatic_adequate": True, "karnofsky": 90, "initial_criteria_met": None,
    }  # fmt: skip
    case = Case.from_mapping(bases("premera_lutathera")["continuation"]).replace(**known)
    pending = decide(case, "premera_lutathera", on=ON)
    assert pending.outcome is Outcome.NEEDS_INFORMATION
    assert pending.criteria["L-2"] is Truth.FALSE
    assert (pending.deciding, pending.conflicts) == ((), ())
    assert pending.waits_for == ("initial_criteria_met",)
    assert repr(pending).endswith("by no criterion alone>")
    assert [each.facts for each in pending.missing().approve.sets] == [pending.waits_for]
