# SPDX-License-Identifier: Apache-2.0
"""Who supplies each fact, and how a documented value can become another."""

from __future__ import annotations

import pytest

from lutalogic import rule_base
from lutalogic.changes import DOCUMENT, NEVER_CHANGES

ATTRIBUTES = rule_base().attributes

#: Stated by hand: the supplier, the way of change, and whether a documented value only goes up.
STATED = {
    "tumor_type": ("pathology", "never", False),
    "ki67_percent": ("pathology", "repeat", False),
    "metastases": ("imaging", "treat", True),
    "sstr_uptake": ("imaging", "repeat", False),
    "creatinine_clearance_ml_min": ("laboratory", "repeat", False),
    "renal_adequate": ("treating_physician", "repeat", False),
    "appropriate_to_delay_taxane": ("treating_physician", "send", False),
    "disease_progression_on": ("treating_physician", "treat", True),
    "days_since_long_acting_ssa": ("treating_physician", "wait", True),
    "prior_lutathera_doses": ("treating_physician", "never", False),
    "recurrent_anemia_grade": ("treating_physician", "treat", True),
    "treatment_line": ("treating_physician", "treat", True),
    "age_years": ("request_form", "wait", True),
    "requested_doses": ("request_form", "plan", False),
    "initial_criteria_met": ("request_form", "send", False),
}


def test_every_fact_has_a_supplier_and_a_way_of_change() -> None:
    """Each is one that the rule base declares with a sentence, and none is declared for nothing."""
    base = rule_base()
    assert {a.supplier for a in ATTRIBUTES.values()} == set(base.suppliers)
    assert {a.change for a in ATTRIBUTES.values()} == set(base.changes)
    for sentence in (*base.suppliers.values(), *base.changes.values()):
        assert sentence[0].isupper()
        assert len(sentence.split()) > 2


@pytest.mark.parametrize("name", STATED)
def test_facts_are_supplied_and_change_as_stated_by_hand(name: str) -> None:
    """One fact at least of each supplier and of each way of change."""
    attribute = ATTRIBUTES[name]
    assert (attribute.supplier, attribute.change, attribute.grows) == STATED[name]


def test_each_supplier_and_way_of_change_is_stated_by_hand_somewhere() -> None:
    """The examples above leave no name out."""
    assert {supplier for supplier, _, _ in STATED.values()} == set(rule_base().suppliers)
    assert {change for _, change, _ in STATED.values()} == set(rule_base().changes)


def test_only_time_and_history_only_grow() -> None:
    """What is measured, stated or planned anew can also fall; whatever waiting changes rises."""
    ways = {a.change for a in ATTRIBUTES.values() if a.grows}
    assert ways == {"wait", "treat"}
    assert all(a.grows for a in ATTRIBUTES.values() if a.change == "wait")


def test_laboratory_values_can_be_measured_again() -> None:
    """They are numbers with a unit, and the next may be better or worse."""
    values = [a for a in ATTRIBUTES.values() if a.supplier == "laboratory"]
    assert len(values) == 8
    assert all((a.type, a.change) == ("number", "repeat") and a.unit for a in values)


def test_what_is_planned_belongs_to_the_request() -> None:
    """Whoever sends the request can ask otherwise for what is asked for, and for nothing else."""
    planned = [a for a in ATTRIBUTES.values() if a.change == "plan"]
    assert len(planned) == 4
    assert all((a.group, a.supplier) == ("request", "request_form") for a in planned)


def test_the_worst_so_far_never_gets_better() -> None:
    """Grades of toxicity are the highest so far: each can rise and none can fall."""
    grades = [a for a in ATTRIBUTES.values() if a.meaning.startswith("Highest CTCAE grade")]
    assert len(grades) == 9
    assert all(a.grows for a in grades)


def test_what_the_program_calls_documenting_is_no_way_of_change() -> None:
    """The word for a fact that need only be documented is free, and the one that bars is there."""
    assert DOCUMENT not in rule_base().changes
    assert NEVER_CHANGES in rule_base().changes
