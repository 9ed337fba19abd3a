# SPDX-License-Identifier: Apache-2.0
"""A panel is tried without a browser: what its widgets are set to is what is decided and shown."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from lutalogic import Case, decide, panel, rule_base
from lutalogic.cells import NUMERIC, forms, value_of, values_in
from lutalogic.errors import BadReading, BadRequest, PanelMissing, UnknownAttribute, UnknownPolicy
from lutalogic.panel_controls import Control, NumberControl, control
from lutalogic.panel_view import VIEWS
from tests.notebooks.pages import read, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.panel_view import Panel
    from lutalogic.rules import Attribute

ON = "2026-06-01"
BOTH = ("premera_lutathera", "wellmark_lutathera")
PATIENT = Case(
    request_type="initial",
    requested_doses=4,
    prior_lutathera_doses=0,
    planned_activity_gbq=7.4,
    planned_interval_weeks=8,
    post_dose_octreotide_lar_hours=6,
    age_years=54,
    tumor_type="pancreatic_net",
    metastases="distant",
    who_grade=2,
    ki67_percent=20,
    treatment_line="first_line",
    disease_progression_on=[],
    clinically_significant_tumor_burden=True,
    poorly_controlled_carcinoid_syndrome=False,
    days_since_long_acting_ssa="never",
    hours_since_short_acting_octreotide="never",
    sstr_imaging="sstr_pet_ct",
    sstr_uptake="above_liver",
    bone_marrow_adequate=True,
    renal_adequate=True,
    hepatic_adequate=True,
    creatinine_clearance_ml_min=92,
    karnofsky=90,
)
FACTS = ("ki67_percent", "who_grade", "hepatic_adequate", "sstr_uptake", "disease_progression_on")


def values(attribute: Attribute) -> Iterator[Any]:
    """Yield values of every form that a fact may have; None, where it is not documented."""
    yield None
    for form in forms(attribute):
        if form.documented:
            yield value_of(attribute, form.cells)
    for cell in range(len(attribute.cells)):
        yield from values_in(attribute, cell)
    if attribute.type == "set":
        yield []
        yield list(attribute.values)
    if attribute.type in NUMERIC:
        low, high = attribute.range
        yield f"{low}-{high}"  # says nothing, and is stated
        yield f"<{high}"


@pytest.mark.parametrize("attribute", rule_base().attributes.values(), ids=lambda a: a.name)
def test_a_control_has_the_value_it_was_given(attribute: Attribute) -> None:
    """Of every fact, every form and readable value: the case is the one that it would be."""
    made = control(attribute.name)
    assert made.value is None
    tried = 0
    for value in values(attribute):
        made.value = value
        now = Case.from_mapping({attribute.name: made.value})
        want = Case.from_mapping({attribute.name: value})
        assert now == want
        assert now.facts.keys() == want.facts.keys()
        tried += 1
    assert tried >= 3


def in_agreement(shown: Panel) -> None:
    """Check that what a panel decides and shows is what `decide` says of its case."""
    for decision in shown.decisions:
        want = decide(shown.case, decision.policy, on=decision.on, readings=decision.readings)
        assert decision == want
        text = squeezed(read(shown.answers.value).text)
        assert squeezed(f"{decision.policy.title}{decision.outcome.words}") in text


def test_a_panel_decides_what_its_controls_say() -> None:
    """At the start, and after each change by its widgets, as decide does."""
    shown = panel(PATIENT, BOTH, on=ON, facts=FACTS)
    assert shown.case == PATIENT
    assert [str(d.outcome) for d in shown.decisions] == ["met", "not_met"]
    in_agreement(shown)
    slider = shown.controls["ki67_percent"].slider  # type: ignore[attr-defined]
    slider.value = 12
    assert [str(d.outcome) for d in shown.decisions] == ["met", "met"]
    in_agreement(shown)
    choice = shown.controls["hepatic_adequate"].choice  # type: ignore[attr-defined]
    choice.value = False
    assert [str(d.outcome) for d in shown.decisions] == ["not_met", "not_met"]
    in_agreement(shown)
    choice.value = "not documented"
    assert [str(d.outcome) for d in shown.decisions] == ["needs_information"] * 2
    assert "hepatic_adequate" not in shown.case.facts
    progressed = shown.controls["disease_progression_on"]
    progressed.members.value = ("lanreotide",)  # type: ignore[attr-defined]
    assert shown.case.disease_progression_on == ("lanreotide",)
    in_agreement(shown)


def test_a_set_that_is_documented_without_members_is_none() -> None:
    """Which is another thing than a set that is not documented."""
    shown = panel(PATIENT, BOTH, on=ON, facts=["disease_progression_on"])
    assert shown.case.facts["disease_progression_on"] == ()
    shown.controls["disease_progression_on"].documented.value = False  # type: ignore[attr-defined]
    assert "disease_progression_on" not in shown.case.facts


def entered(text: str) -> tuple[Panel, NumberControl]:
    """Return a panel in which something was written beside the slider of the Ki-67 index."""
    shown = panel(PATIENT, BOTH, on=ON, facts=FACTS)
    ki67 = shown.controls["ki67_percent"]
    assert isinstance(ki67, NumberControl)
    ki67.entry.value = text
    return shown, ki67


@pytest.mark.parametrize(
    ("text", "value", "label"),
    [
        ("12.34", 12.34, "12.34 %"),
        (" <5 ", "<5", "below 5 %"),
        ("2-10", "2-10", "2 to 10 %"),
        ("20", 20, "20 %"),
    ],
)
def test_a_field_takes_numbers_and_intervals(text: str, value: Any, label: str) -> None:
    """As a case does; the slider then tells it, in its place, and the answers follow."""
    shown, ki67 = entered(text)
    assert ki67.slider.label == label
    assert ki67.entry.value == ki67.message.value == ""
    assert shown.case == PATIENT.replace(ki67_percent=value)
    in_agreement(shown)
    places = [label for label, _ in ki67.slider.options]
    assert places[0] == "not documented"
    assert len(places) == len(set(places))


def test_a_slider_has_its_values_in_their_order() -> None:
    """Also one that was written in the field."""
    _, ki67 = entered("12.34")
    numbers = [float(value) for _, value in ki67.slider.options[1:]]
    assert numbers == sorted(numbers)
    assert 12.34 in numbers


@pytest.mark.parametrize("text", ["120", "about 5", "<script>alert(1)</script>", "NaN", "9-3"])
def test_a_mistake_in_a_field_is_told_and_changes_nothing(text: str) -> None:
    """What was written is shown as text, whatever it is."""
    shown, ki67 = entered(text)
    assert shown.case == PATIENT
    assert len(read(ki67.message.value).text) > 10
    assert [part.tag for part in read(ki67.message.value).all()] == ["span"]
    ki67.entry.value = "5"
    assert ki67.message.value == ""
    assert shown.case == PATIENT.replace(ki67_percent=5)


def test_what_changed_is_told_with_the_answers_as_given() -> None:
    """The outcome now and as given, each fact as it was and is; until all is set back."""
    shown = panel(PATIENT, BOTH, on=ON, facts=FACTS)
    assert "Changed" not in read(shown.answers.value).text
    shown.set(ki67_percent=12, sstr_uptake=None)
    text = read(shown.answers.value).text
    assert "Ki-67 index 20 %  ->  Ki-67 index 12 %" in text
    assert (
        "uptake in the target lesions: above the liver  ->  "
        "uptake in the target lesions: not documented" in text
    )
    first, *_ = read(shown.answers.value).all("table")
    assert squeezed(first.text) == squeezed(
        "Policy Now As given Lutathera at Premera needs information met "
        "Lutathera at Wellmark needs information not met"
    )
    shown.back.click()
    assert shown.case == PATIENT
    assert "Changed" not in read(shown.answers.value).text


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_shows_what_it_is_called_by(view: str) -> None:
    """The decision, the explanations, what is missing, what would turn it; for each policy."""
    shown = panel(PATIENT.replace(hepatic_adequate=None), BOTH, on=ON, facts=FACTS)
    shown.view.value = view
    told = read(shown.answers.value).text
    for decision in shown.decisions:
        wanted = {
            "decision": decision,
            "why": decision.why(),
            "why not": decision.why_not(),
            "missing": decision.missing(),
            "flips": decision.flips(),
        }[view]
        assert read(wanted._repr_html_()).text in told


def test_readings_policies_and_the_date_are_choices() -> None:
    """Each changes what is decided, and how it is shown."""
    name, value = "w_first_line_ki67_upper", "up_to_20"
    shown = panel(PATIENT, on=ON, facts=FACTS, readings=[name])
    assert sorted(shown.policies) == sorted(BOTH)
    shown.readings[name].value = value
    assert [str(d.outcome) for d in shown.decisions] == ["met", "met"]
    in_agreement(shown)
    shown.policies["premera_lutathera"].value = False
    assert [d.policy.name for d in shown.decisions] == ["wellmark_lutathera"]
    shown.day.value = date(2025, 12, 31)
    assert [d.text_in_force for d in shown.decisions] == [False]
    shown.day.value = None
    assert shown.decisions == ()
    assert "No date of service" in read(shown.answers.value).text
    shown.day.value = date(2026, 6, 1)
    in_agreement(shown)
    given = panel(PATIENT, BOTH, on=ON, facts=FACTS, readings={name: value})
    assert [str(d.outcome) for d in given.decisions] == ["met", "met"]


def test_without_facts_the_panel_has_those_on_which_the_answers_turn() -> None:
    """What the request waits for, and what alone would turn an answer; nothing else."""
    start = PATIENT.replace(karnofsky=None)
    shown = panel(start, BOTH, on=ON)
    want = set()
    for policy in BOTH:
        decision = decide(start, policy, on=ON)
        want |= set(decision.waits_for)
        want |= {change.facts[0] for change in decision.flips() if len(change.facts) == 1}
    assert set(shown.controls) == want
    assert {"karnofsky", "ki67_percent"} <= want
    assert "tumor_type" not in want


def test_a_panel_shows_itself_live_and_where_nothing_is_live() -> None:
    """Its widget, and what is decided now as HTML and in a line."""
    shown = panel(PATIENT, BOTH, on=ON, facts=FACTS)
    bundle = shown._repr_mimebundle_()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == shown.widget.model_id
    assert bundle["text/html"] == shown.answers.value
    assert bundle["text/plain"] == repr(shown)
    assert "premera_lutathera: met; wellmark_lutathera: not_met" in repr(shown)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"facts": ["ki67"]}, UnknownAttribute),
        ({"facts": ["ki67_percent"], "readings": ["w_item_1"]}, BadReading),
        ({"facts": ["ki67_percent"], "policies": "wellmark"}, UnknownPolicy),
        ({"case": {"tumor_type": "midgut_net"}, "on": "2015-01-01"}, BadRequest),
    ],
)
def test_a_mistake_is_told_when_the_panel_is_asked_for(
    arguments: Any, error: type[Exception]
) -> None:
    """With the errors of a decision."""
    with pytest.raises(error):
        panel(**({"case": PATIENT, "on": ON} | arguments))


def test_without_ipywidgets_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """All else works without."""
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(PanelMissing, match=r"pip install ipywidgets, or .*lutalogic\[notebook\]"):
        panel(PATIENT, BOTH, on=ON, facts=FACTS)


def test_a_control_is_one_of_three() -> None:
    """By the type of the fact."""
    kinds = {type(control(a.name)) for a in rule_base().attributes.values()}
    assert len(kinds) == 3
    assert Control not in kinds
