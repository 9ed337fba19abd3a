# SPDX-License-Identifier: Apache-2.0
"""Beside a decision stands what bears on its drug, its payer, its case and its day."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from lutalogic import InputError, Reference, decide, look_up, policies, reference, rule_base
from lutalogic import scale as find_scale
from lutalogic.errors import BadValue, OutOfRange
from lutalogic.patient_files import Patient
from lutalogic.reference_pages import reference_page
from tests.kb.test_cases import ON, bases
from tests.reference.test_rows import BASES
from tests.strategies import DAYS, POLICIES

ROOT = Path(__file__).parents[2]
LUTATHERA = ["premera_lutathera", "wellmark_lutathera"]


def beside(policy: str, facts: dict[str, Any], on: str = ON, **weight: Any) -> Reference:
    """Return the reference knowledge beside a decision."""
    return reference(decide(facts, policy, on=on), **weight)


def ids(entries: Any) -> list[str]:
    """Return the ids of entries or of matches."""
    return [getattr(entry, "entry", entry).id for entry in entries]


def shown(told: Reference) -> str:
    """Return the page of a reference, as a wide terminal shows it."""
    console = Console(width=400, file=io.StringIO())
    with console.capture() as capture:
        console.print(reference_page(told))
    return capture.get()


# The summary


def test_what_is_not_met_and_listed_is_said_in_one_sentence() -> None:
    """Not met at Wellmark for a Ki-67 of 20 %, which NCCN lists with category 2A."""
    facts = bases("wellmark_lutathera")["item 2b"] | {"ki67_percent": 20}
    told = beside("wellmark_lutathera", facts)
    assert told.decision.outcome == "not_met"
    assert told.summary is not None
    assert told.summary.startswith("Not met here; NCCN lists the indication (2A): ")
    assert told.summary.count(".") == 1


def test_what_pends_and_is_listed_is_said_so() -> None:
    """A pending request is called pending."""
    told = beside("premera_lutathera", BASES["nccn_midgut_after_ssa"])
    assert told.decision.outcome == "needs_information"
    assert told.summary is not None
    assert told.summary.startswith("Pending here; NCCN lists the indication (1): ")
    assert "; NCCN lists the indication (2A): " in told.summary


def test_a_row_without_a_category_is_called_so() -> None:
    """Neither document prints a category for well-differentiated grade 3."""
    facts = BASES["nccn_well_differentiated_g3"] | {"request_type": "initial"}
    told = beside("premera_lutathera", facts)
    assert told.listed[0].category == ""
    assert "(no category printed)" in str(told.summary)


def test_there_is_no_summary_of_what_is_met_or_not_listed() -> None:
    """Met requests and unlisted ones have none; an alternative drug does not count."""
    met = beside("wellmark_lutathera", bases("wellmark_lutathera")["item 2a"])
    assert met.decision.outcome == "met"
    assert met.listed
    assert met.summary is None
    assert beside("wellmark_lutathera", {}).summary is None
    other = beside("premera_lutathera", BASES["nccn_iobenguane"] | {"sstr_uptake": "none"})
    fits = {match.entry.id: match.fits for match in other.recommendations}
    assert fits["nccn_iobenguane"] == "true"
    assert other.listed == ()
    assert other.summary is None


def test_where_no_text_is_on_record_that_is_said() -> None:
    """Before the first text a request does not pend for want of facts."""
    told = beside("wellmark_lutathera", BASES["nccn_midgut_after_ssa"], on="2025-12-31")
    assert not told.decision.text_in_force
    assert str(told.summary).startswith(
        "No text on record here for that date; NCCN lists the indication (1): "
    )


# What is shown with which decision


@pytest.mark.parametrize("policy", LUTATHERA)
def test_both_documents_rows_on_lung_and_thymus_are_shown(policy: str) -> None:
    """The row that the documents quote differently is shown twice, each with its own source."""
    rows = [m.entry for m in beside(policy, {}).recommendations if m.entry.topic == "lung_thymus"]
    assert [row.sources[0].document.name for row in rows] == ["wellmark", "premera"]
    assert [row.sources[0].lines for row in rows] == [((657, 657), (658, 658)), ((359, 363),)]


def test_the_two_rows_on_lung_part_ways() -> None:
    """A typical tumor fits Premera's row alone, a progressed one without burden the other."""
    typical = BASES["nccn_lung_thymus_in_premera"] | {"sstr_uptake": "above_liver"}
    progressed = BASES["nccn_lung_thymus_in_wellmark"] | {
        "clinically_significant_tumor_burden": False
    }
    assert ids(beside("wellmark_lutathera", typical).listed) == ["nccn_lung_thymus_in_premera"]
    assert ids(beside("wellmark_lutathera", progressed).listed) == ["nccn_lung_thymus_in_wellmark"]


def test_a_drug_is_shown_with_its_own_decisions() -> None:
    """Nothing of Lutathera stands beside Pluvicto or Xofigo, nor the other way."""
    for policy, drugs in (
        ("wellmark_lutathera", {"lutathera", "iobenguane"}),
        ("premera_lutathera", {"lutathera", "iobenguane"}),
        ("premera_pluvicto", {"pluvicto"}),
        ("premera_xofigo", {"xofigo"}),
    ):
        told = beside(policy, {})
        shown = {m.entry.drug for m in told.recommendations}
        shown |= {m.entry.drug for m in told.indications} | {m.entry.drug for m in told.trials}
        assert shown | {agent.drug for agent in told.agents} == drugs
        assert told.drugs == (policy.split("_")[1],)
        assert {verdict.entry.policy for verdict in told.verdicts} <= {policy}


@pytest.mark.parametrize(
    ("policy", "recommendations", "indications", "trials", "verdicts"),
    [
        ("wellmark_lutathera", 10, 3, 2, 3),
        ("premera_lutathera", 10, 3, 2, 3),
        ("premera_pluvicto", 1, 2, 0, 1),
        ("premera_xofigo", 0, 1, 0, 0),
    ],
)
def test_as_much_is_shown_as_the_documents_print(
    policy: str, recommendations: int, indications: int, trials: int, verdicts: int
) -> None:
    """Nine rows on Lutathera in two quotations and one on iobenguane; three verdicts a payer."""
    told = beside(policy, {})
    assert len(told.recommendations) == recommendations
    assert len(told.indications) == indications
    assert len(told.trials) == trials
    assert len(told.verdicts) == verdicts


def test_categories_are_those_of_the_tables() -> None:
    """1 for the midgut after progression and for PSMA, none for grade 3, else 2A."""
    categories = {
        match.entry.id: match.entry.category
        for policy in ("wellmark_lutathera", "premera_pluvicto")
        for match in beside(policy, {}).recommendations
    }
    assert {name for name, category in categories.items() if category == "1"} == {
        "nccn_midgut_after_ssa",
        "nccn_psma",
    }
    assert [name for name, category in categories.items() if category == ""] == [
        "nccn_well_differentiated_g3"
    ]
    assert set(categories.values()) == {"1", "2A", ""}


def test_verdicts_are_those_of_the_summaries() -> None:
    """Sufficient for GEP-NET and for prostate cancer; insufficient for lung, thymus and PPGL."""
    told = {
        match.entry.id: match.entry.finding
        for policy in POLICIES
        for match in beside(policy, {}).verdicts
    }
    assert {name for name, finding in told.items() if finding == "sufficient"} == {
        "wellmark_gep_net",
        "premera_gep_net",
        "premera_mcrpc",
    }
    assert len(told) == 7


def test_notes_are_the_payers_own() -> None:
    """Prior approval, service and the federal program are Wellmark's, Medicare is Premera's."""
    wellmark = {s.about: s.sentence for s in beside("wellmark_lutathera", {}).statements}
    assert "before treatment" in wellmark["prior_approval"]
    assert "outpatient" in wellmark["service"]
    assert "Federal Employee Program" in wellmark["scope"]
    for policy in POLICIES[:3]:
        told = beside(policy, {}).statements
        assert any("Medicare Advantage" in note.sentence for note in told)
        assert {"prior_approval", "service"} & {note.about for note in told} == set()
    assert any("ASCO" in note.sentence for note in beside("premera_pluvicto", {}).statements)


@pytest.mark.parametrize(
    ("policy", "day", "shown"),
    [
        ("wellmark_lutathera", "2018-01-25", []),
        ("wellmark_lutathera", "2018-01-26", [("fda_lutathera_adults", "true")]),
        ("premera_lutathera", "2024-04-22", [("fda_lutathera_adults", "true")]),
        (
            "premera_lutathera",
            "2024-04-23",
            [("fda_lutathera_adults", "true"), ("fda_lutathera_pediatric", "true")],
        ),
        ("premera_pluvicto", "2022-03-22", []),
        ("premera_pluvicto", "2022-03-23", [("fda_pluvicto_after_taxane", "true")]),
        ("premera_pluvicto", "2025-02-28", [("fda_pluvicto_after_taxane", "true")]),
        (
            "premera_pluvicto",
            "2025-03-31",
            [("fda_pluvicto_after_taxane", "true"), ("fda_pluvicto_before_taxane", "unknown")],
        ),
        (
            "premera_pluvicto",
            "2025-04-01",
            [("fda_pluvicto_after_taxane", "true"), ("fda_pluvicto_before_taxane", "true")],
        ),
        ("premera_xofigo", "2013-05-14", []),
        ("premera_xofigo", "2013-05-15", [("fda_xofigo", "true")]),
    ],
)
def test_an_indication_holds_from_its_day(
    policy: str, day: str, shown: list[tuple[str, str]]
) -> None:
    """Indications begin on the day that is printed; within a month that is unknown."""
    told = [
        (match.entry.id, match.in_force.value)
        for match in beside(policy, {}, on=day).indications
        if match.entry.drug in policy
    ]
    assert told == shown


def test_diagnostic_agents_are_shown_from_their_approval() -> None:
    """Illuccix, Locametz and Pylarify with Pluvicto, each from the day that is printed."""
    for day, names in (
        ("2021-12-16", []),
        ("2021-12-17", ["illuccix"]),
        ("2022-03-23", ["illuccix", "locametz"]),
        ("2022-05-26", ["illuccix", "locametz", "pylarify"]),
    ):
        assert ids(beside("premera_pluvicto", {}, on=day).agents) == names


def test_the_readings_of_the_decision_hold_here_too() -> None:
    """A reading that counts regional metastases lists them, as it decides them."""
    facts = BASES["nccn_gi_after_ssa"] | {"metastases": "regional", "locally_advanced": False}
    plain = decide(facts, "premera_lutathera", on=ON)
    counted = decide(facts, "premera_lutathera", on=ON, readings={"regional_metastases": "counts"})
    assert reference(plain).listed == ()
    assert ids(reference(counted).listed) == ["nccn_gi_after_ssa"]


def test_a_second_route_is_shown_after_not_met_at_wellmark_alone() -> None:
    """Policy 05.01.09 is named after not_met, not after any other outcome, nor at Premera."""
    facts = bases("wellmark_lutathera")["item 2b"] | {"ki67_percent": 20}
    route = beside("wellmark_lutathera", facts).second_route
    assert route is not None
    assert "05.01.09" in route.sentence
    assert beside("wellmark_lutathera", {}).second_route is None
    assert beside("wellmark_lutathera", bases("wellmark_lutathera")["item 2a"]).second_route is None
    refused = beside("premera_lutathera", {"tumor_type": "thymus_net", "request_type": "initial"})
    assert refused.decision.outcome == "not_met"
    assert refused.second_route is None
    assert beside("wellmark_lutathera", {"age_years": 5}).second_route is None


@pytest.mark.parametrize("policy", LUTATHERA)
@pytest.mark.parametrize(
    ("file", "more"),
    [
        ("16_fifth_dose", {}),
        # the stop rule, in a patient whom NCCN lists
        (
            "19_dose_from_the_record",
            {"disease_progression_on": ["octreotide_lar"], "who_grade": 1, "ki67_percent": 2},
        ),
        ("16_fifth_dose", {"prior_lutathera_doses": 0, "age_years": 11}),
        ("16_fifth_dose", {"prior_lutathera_doses": 0, "bone_marrow_adequate": False}),
    ],
)
def test_a_refusal_that_is_not_of_the_indication_is_not_called_one(
    policy: str, file: str, more: dict[str, Any]
) -> None:
    """A dose too many, a stop rule, age or marrow: NCCN's row and off-label use say nothing."""
    stated = json.loads((ROOT / "examples" / f"{file}.json").read_text())
    facts = stated["facts"] | more
    case = Patient("", facts, record=stated.get("record")).case(on=stated["on"])
    told = reference(decide(case, policy, on=stated["on"]))
    assert told.decision.outcome == "not_met"
    assert told.listed
    assert told.summary is None
    assert told.second_route is None


def test_the_criteria_on_the_indication_are_known_criteria_and_not_all() -> None:
    """Each policy has some criteria that are on the indication, and some that are not."""
    base = rule_base()
    for name in POLICIES:
        ids = {criterion.id for criterion in base.policies[name].criteria}
        assert set() < base.knowledge.on_indication[name] < ids


@pytest.mark.parametrize(
    ("policy", "activity", "unit", "weeks", "doses", "months"),
    [
        ("wellmark_lutathera", "7.4", "GBq", 8, 4, None),
        ("premera_lutathera", "7.4", "GBq", 8, 4, 12),
        ("premera_pluvicto", "7.4", "GBq", 6, 6, 12),
        ("premera_xofigo", "50", "kBq", 4, 6, 12),
    ],
)
def test_regimen_and_approval_are_as_printed(
    policy: str, activity: str, unit: str, weeks: int, doses: int, months: int | None
) -> None:
    """Activity, interval and number of doses; months of approval where they are printed."""
    told = beside(policy, {})
    assert told.regimen is not None
    assert (told.regimen.activity, told.regimen.unit) == (Decimal(activity), unit)
    assert (told.regimen.interval_weeks, told.regimen.doses) == (weeks, doses)
    assert (told.approval is None) == (months is None)
    if told.approval is not None:
        assert (told.approval.months, told.approval.doses) == (months, doses)
    assert any(gap.what == "approval" for gap in told.not_printed) == (months is None)


# Billing units


@pytest.mark.parametrize(
    ("policy", "facts", "weight", "code", "per_dose", "total"),
    [
        ("wellmark_lutathera", {}, None, "A9513", 200, 800),
        ("premera_lutathera", {"requested_doses": 1}, None, "A9513", 200, 200),
        ("premera_lutathera", {"planned_activity_gbq": 7.4}, None, "A9513", 200, 800),
        # 3.7 GBq are 100 mCi; 7.35 / 0.037 = 198.6...; 7.437 / 0.037 = 201 exactly
        ("premera_lutathera", {"planned_activity_gbq": 3.7}, None, "A9513", 100, 400),
        ("premera_lutathera", {"planned_activity_gbq": 7.35}, None, "A9513", 199, 796),
        ("premera_lutathera", {"planned_activity_gbq": 7.437}, None, "A9513", 201, 804),
        ("premera_lutathera", {"planned_activity_gbq": 7.4370001}, None, "A9513", 202, 808),
        ("premera_pluvicto", {}, None, "A9607", 200, 1200),
        ("premera_pluvicto", {"requested_doses": 6}, None, "A9607", 200, 1200),
        # 5.92 GBq are 160 mCi, the reduced dose
        (
            "premera_pluvicto",
            {"planned_activity_gbq": 5.92, "requested_doses": 2},
            None,
            "A9607",
            160,
            320,
        ),
        # 80 kg x 50 kBq = 4000 kBq = 108.1 microcurie; 74 kg = 3700 kBq = 100 microcurie
        ("premera_xofigo", {"requested_doses": 6}, 80, "A9606", 109, 654),
        ("premera_xofigo", {"requested_doses": 1}, 80, "A9606", 109, 109),
        ("premera_xofigo", {}, 74, "A9606", 100, 600),
        ("premera_xofigo", {}, 74.0, "A9606", 100, 600),
        ("premera_xofigo", {}, Decimal("74.1"), "A9606", 101, 606),
        # what is planned goes before the weight: 0.0037 GBq = 100 microcurie
        ("premera_xofigo", {"planned_activity_gbq": 0.0037}, 80, "A9606", 100, 600),
        ("premera_xofigo", {"planned_activity_gbq": 0.0037}, None, "A9606", 100, 600),
    ],
)
def test_units_are_whole_exact_and_rounded_up_for_each_dose(
    policy: str, facts: dict[str, Any], weight: object, code: str, per_dose: int, total: int
) -> None:
    """A millicurie or microcurie that is begun counts, dose by dose."""
    units = beside(policy, facts, weight_kg=weight).units
    assert units is not None
    assert (units.code.code, units.per_dose, units.total) == (code, per_dose, total)
    assert units.missing == ()
    assert units.planned == tuple(facts)
    assert str(total) in units.arithmetic
    assert ("rounded up" in units.arithmetic) == (per_dose in (199, 202, 109, 101))


@pytest.mark.parametrize(
    ("policy", "facts", "missing", "per_dose"),
    [
        ("premera_xofigo", {}, ("weight_kg",), None),
        (
            "premera_lutathera",
            {"planned_activity_gbq": "7.3-7.5"},
            ("planned_activity_gbq",),
            None,
        ),
        ("premera_lutathera", {"requested_doses": "1-4"}, ("requested_doses",), 200),
    ],
)
def test_units_stay_open_while_something_is_missing(
    policy: str, facts: dict[str, Any], missing: tuple[str, ...], per_dose: int | None
) -> None:
    """An interval, or a weight that is not given, is never replaced by the usual."""
    units = beside(policy, facts).units
    assert units is not None
    assert (units.missing, units.per_dose, units.total) == (missing, per_dose, None)
    assert units.as_json()["total"] is None


@pytest.mark.parametrize(
    ("weight", "error"),
    [
        ("80", BadValue),
        ("70-90", BadValue),
        (True, BadValue),
        (float("nan"), BadValue),
        (0, OutOfRange),
        (-80, OutOfRange),
        (80_000, OutOfRange),
    ],
)
def test_a_weight_is_a_number_of_kilograms(weight: object, error: type[InputError]) -> None:
    """Text, an interval, nothing, and grams are refused with the place and the remedy."""
    with pytest.raises(error) as raised:
        beside("premera_xofigo", {}, weight_kg=weight)
    assert raised.value.at == "weight_kg"


# The documentation lists


def test_the_checklist_is_that_of_the_stage() -> None:
    """Six items for a first request, five for a continuation, all while the stage is unknown."""
    initial = beside("premera_lutathera", {"request_type": "initial"}).checklist
    later = beside("premera_lutathera", {"request_type": "continuation"}).checklist
    assert [check.item.sources[0].lines[0][0] for check in initial] == [83, 84, 85, 86, 87, 88]
    assert [check.item.sources[0].lines[0][0] for check in later] == [92, 93, 94, 95, 96]
    assert len(beside("premera_lutathera", {}).checklist) == 11


def test_what_the_record_lacks_is_told_by_groups() -> None:
    """An item lacks a group while no fact of it is documented; either of two can be enough."""
    facts = {"request_type": "initial", "who_grade": 2, "ecog": 1, "metastases": "distant"}
    lacks = {c.item.id: c.lacks for c in beside("premera_lutathera", facts).checklist}
    assert lacks["lutathera_diagnosis"] == (("tumor_type",),)
    assert lacks["lutathera_receptor_imaging"] == (("sstr_imaging",), ("sstr_uptake",))
    assert lacks["lutathera_performance"] == ()
    whole = bases("premera_lutathera")["initial"]
    assert all(c.lacks == () for c in beside("premera_lutathera", whole).checklist)


def test_an_interval_is_documented_and_a_whole_range_is_not() -> None:
    """A clearance above 60 documents the item; one of 0 to 300 says nothing."""
    for clearance, lacks in ((">60", ()), ("0-300", (("creatinine_clearance_ml_min",),))):
        facts = {"request_type": "initial", "creatinine_clearance_ml_min": clearance}
        told = {c.item.id: c.lacks for c in beside("premera_lutathera", facts).checklist}
        assert told["lutathera_clearance"] == lacks


@pytest.mark.parametrize(
    ("policy", "facts", "item", "words", "criterion"),
    [
        (
            "premera_lutathera",
            {"request_type": "initial", "creatinine_clearance_ml_min": 30},
            "lutathera_clearance",
            "creatinine clearance 30 mL/min",
            "L-5",
        ),
        (
            "premera_lutathera",
            {"request_type": "initial", "bone_marrow_adequate": False},
            "lutathera_marrow_liver",
            "bone marrow function adequate: no",
            "L-6",
        ),
        (
            "premera_lutathera",
            {"request_type": "initial", "karnofsky": 40},
            "lutathera_performance",
            "Karnofsky status 40 %",
            "L-7",
        ),
        ("premera_xofigo", {"largest_lymph_node_cm": 3.4}, "xofigo_diagnosis", "3.4 cm", "X-4"),
    ],
)
def test_what_is_on_record_against_the_request_is_told_so(
    policy: str, facts: dict[str, Any], item: str, words: str, criterion: str
) -> None:
    """What speaks against a criterion is on record and does not meet it."""
    told = {c.item.id: c for c in beside(policy, facts).checklist}[item]
    assert any(words in fact for fact in told.on_record.values())
    assert told.criteria == {criterion: "false"}
    assert told.as_json()["criteria"] == {criterion: "false"}
    assert told.as_json()["on_record"] == dict(told.on_record)
    page = shown(beside(policy, facts))
    assert words in page
    assert f"does not meet {criterion}" in page
    assert "documented" not in page.split("against the record:")[1].split("Units of")[0]


def test_a_criterion_is_told_where_it_rests_on_the_item() -> None:
    """Hepatotoxicity fails L-10: that is told of its item, not of the platelets beside it."""
    facts = bases("premera_lutathera")["initial"] | {
        "request_type": "continuation",
        "initial_criteria_met": True,
        "prior_lutathera_doses": 1,
        "recurrent_thrombocytopenia_grade": 0,
        "recurrent_hepatotoxicity": True,
    }
    told = {c.item.id: c for c in beside("premera_lutathera", facts).checklist}
    assert told["lutathera_hepatotoxicity"].criteria == {"L-10": "false"}
    assert told["lutathera_thrombocytopenia"].criteria == {}
    assert told["lutathera_thrombocytopenia"].on_record
    whole = beside("premera_lutathera", bases("premera_lutathera")["initial"]).checklist
    assert all(set(c.criteria) == set(c.item.criteria) for c in whole)
    assert {truth for c in whole for truth in c.criteria.values()} == {"true"}
    unknown = beside("premera_lutathera", {"request_type": "initial"}).checklist
    assert all(c.criteria == {} and c.on_record == {} and c.lacks for c in unknown)


def test_an_open_question_is_not_called_a_negative_one() -> None:
    """Insufficient evidence leaves the question open; sufficient evidence answers it."""
    told = {m.entry for policy in POLICIES for m in beside(policy, {}).verdicts}
    for verdict in told:
        assert ("leaves open whether" in verdict.sentence) == (verdict.finding == "insufficient")
        assert ("suffices to say" in verdict.sentence) == (verdict.finding == "sufficient")


def test_continuation_lacks_what_is_not_documented() -> None:
    """A documented zero is documented; anemia alone leaves neutropenia lacking."""
    facts = {
        "request_type": "continuation",
        "recurrent_thrombocytopenia_grade": 0,
        "recurrent_anemia_grade": 0,
    }
    lacks = {c.item.id: c.lacks for c in beside("premera_lutathera", facts).checklist}
    assert lacks["lutathera_thrombocytopenia"] == ()
    assert lacks["lutathera_anemia_neutropenia"] == (("recurrent_neutropenia_grade",),)
    assert lacks["lutathera_hepatotoxicity"] == (("recurrent_hepatotoxicity",),)


@pytest.mark.parametrize(("policy", "items"), [("premera_pluvicto", 4), ("premera_xofigo", 1)])
def test_a_list_without_a_stage_holds_for_all(policy: str, items: int) -> None:
    """The lists of Pluvicto and Xofigo name no stage."""
    for stage in ("initial", "continuation", None):
        facts = {} if stage is None else {"request_type": stage}
        assert len(beside(policy, facts).checklist) == items


def test_wellmark_prints_no_list_and_that_is_said() -> None:
    """No list is made up where the document prints none."""
    told = beside("wellmark_lutathera", {})
    assert told.checklist == ()
    assert any(gap.what == "checklist" for gap in told.not_printed)


# Scales and look-ups


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("ctcae", ["1", "2", "3", "4", "5"]),
        ("karnofsky", [str(n) for n in range(100, -1, -10)]),
        ("ecog", ["0", "1", "2", "3", "4"]),
        ("net_grade", ["G1", "G2", "G3"]),
        ("lung_thymus_grade", ["typical", "atypical"]),
        ("gleason_grade_group", ["1", "2", "3", "4", "5"]),
    ],
)
def test_scales_have_the_steps_that_are_printed(name: str, values: list[str]) -> None:
    """No step is added: ECOG ends with 4, as the document does."""
    assert [grade.value for grade in find_scale(name).grades] == values


def test_gleason_scores_make_grade_groups() -> None:
    """6 and less, 3 + 4, 4 + 3, 8, 9 and 10."""
    told = [grade.meaning.split(":")[0] for grade in find_scale("gleason_grade_group").grades]
    assert told == [
        "Gleason 6 or less",
        "Gleason 7 (3 + 4)",
        "Gleason 7 (4 + 3)",
        "Gleason 8",
        "Gleason 9 or 10",
    ]


def test_a_scale_is_found_by_a_fact_that_is_given_on_it() -> None:
    """The grade of a toxicity is on CTCAE, the grade of a tumor is not."""
    assert find_scale("renal_toxicity_grade").id == "ctcae"
    assert find_scale("who_grade").id == "net_grade"


@pytest.mark.parametrize("name", ["karnofski", "", None, 3, ["ecog"]])
def test_an_unknown_scale_is_refused_with_the_known_ones(name: Any) -> None:
    """The error names the scales, and the one that was meant."""
    with pytest.raises(InputError, match="the scales are ctcae, karnofsky") as raised:
        find_scale(name)
    assert ("did you mean karnofsky?" in str(raised.value)) == (name == "karnofski")


def test_a_word_finds_every_entry_in_which_it_stands() -> None:
    """Words are found in any part of an entry, in whatever case; several must all stand in it."""
    assert ids(look_up("thymic PREMERA quotes")) == ["nccn_lung_thymus_in_premera"]
    assert ids(look_up("a9513")) == ["wellmark_lutathera_code", "premera_lutathera_code"]
    assert set(ids(look_up("05.01.09"))) == {"wellmark_off_label"}
    assert {entry.kind for entry in look_up("pluvicto")} >= {"regimen", "statement", "item"}
    assert look_up("no such words") == ()
    for nothing in ("", "  ", None, 3):
        with pytest.raises(InputError, match="word"):
            look_up(nothing)  # type: ignore[arg-type]


# What holds for all of it


def test_every_entry_has_a_sentence_and_lines_within_its_documents() -> None:
    """Nothing stands here without a place in a document."""
    entries = rule_base().knowledge.entries
    assert len(entries) >= 80
    assert len({entry.id for entry in entries}) == len(entries)
    for entry in entries:
        assert len(entry.sentence) > 5
        assert entry.sources
        for source in entry.sources:
            assert all(1 <= a <= b <= source.document.lines for a, b in source.lines)


def test_reference_knowledge_decides_nothing() -> None:
    """No policy reads a fact of the group `reference`, and no reference is a policy."""
    only_here = {a.name for a in rule_base().attributes.values() if a.group == "reference"}
    assert only_here
    assert only_here <= set(rule_base().reference.attributes)
    for policy in policies():
        assert not only_here & set(policy.attributes)
        assert policy.name != "reference"


@pytest.mark.parametrize("policy", POLICIES)
def test_a_reference_is_json_on_every_day(policy: str) -> None:
    """Whatever the day, also before all texts, reference knowledge is told whole."""
    for day in DAYS:
        for facts in ({}, *bases(policy).values()):
            told = json.loads(json.dumps(beside(policy, facts, on=day).as_json()))
            assert set(told) >= {"summary", "recommendations", "units", "checklist"}
            for name in ("recommendations", "indications", "trials", "verdicts"):
                for match in told[name]:
                    assert match["fits"] in ("true", "false", "unknown")
                    assert match["sources"]


def test_what_is_no_decision_is_refused() -> None:
    """The facts themselves are no decision; the error says what to pass."""
    with pytest.raises(InputError, match="decision"):
        reference({"age_years": 5})  # type: ignore[arg-type]
