# SPDX-License-Identifier: Apache-2.0
"""What a record says of one drug is no evidence for another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lutalogic import Outcome, decide, rule_base
from lutalogic.patient_files import Patient
from tests.strategies import BASES, POLICIES, Coverage, facts_near, searching

ON = date(2026, 6, 1)
DOSES = [name for name, kept in rule_base().recorded.items() if kept.kind == "doses"]
#: What follows from doses; it is left to the record here.
FROM_DOSES = {d.attribute for d in rule_base().derived if set(d.of) & set(DOSES)}
#: What follows from the doses of several drugs.
FROM_SEVERAL = {d.attribute for d in rule_base().derived if len(set(d.of) & set(DOSES)) > 1}
#: Of these the interval follows from either, and the record does not know which drug is asked for:
#: for one of which a documented none is recorded, that of the other is an interval nonetheless.
GIVING_AN_INTERVAL = {name for d in rule_base().derived if d.rule == "weeks_since" for name in d.of}
COVERED = Coverage("doses of another drug")


@st.composite
def histories(draw: st.DrawFn, weeks: int = 8) -> list[dict[str, Any]]:
    """Draw doses of one drug, the last as long ago as some policy asks."""
    unit = draw(st.sampled_from([weeks, weeks, 6]))
    count = draw(st.integers(1, 3))
    course = draw(st.sampled_from(["current", "current", "current", "earlier", None]))
    activity = draw(st.sampled_from(["200 mCi", "200 mCi", "5.9 GBq", None]))
    return [
        {
            "date": (ON - timedelta(weeks=unit * i)).isoformat(),
            "activity": activity,
            "course": course,
        }
        for i in range(count, 0, -1)
    ]


@st.composite
def patients(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[str, Any], str]:
    """Draw a policy, facts, a record with the doses of its drug, and the entry of another."""
    policy = draw(st.sampled_from(POLICIES))
    own = f"doses:{policy.partition('_')[2]}"
    under_way = [base for base in BASES[policy] if base["request_type"] == "continuation"]
    whole = draw(st.sampled_from(draw(st.sampled_from([under_way, under_way, BASES[policy]]))))
    left = FROM_DOSES if draw(st.integers(0, 2)) else FROM_SEVERAL
    base = {name: value for name, value in whole.items() if name not in left}
    attributes = tuple(a for a in rule_base().policies[policy].attributes if a not in FROM_DOSES)
    stated = draw(facts_near(base, attributes, draw(st.sampled_from([0, 0, 1]))))
    if not draw(st.integers(0, 3)):
        stated |= {"request_type": draw(st.sampled_from(["initial", "continuation"]))}
    others = [name for name in DOSES if name != own]
    added = draw(st.sampled_from(others))
    entries: dict[str, Any] = {own: draw(histories(whole.get("planned_interval_weeks", 8)))}
    if left is FROM_SEVERAL:
        entries[own] = None  # what it would say is stated
    elif added not in GIVING_AN_INTERVAL and draw(st.booleans()):
        entries[own] = []
    entries |= {name: draw(st.sampled_from([None, []])) for name in others}
    return policy, stated, {k: v for k, v in entries.items() if v is not None}, added


def outcome(policy: str, stated: dict[str, Any], record: dict[str, Any]) -> Outcome:
    """Return the outcome for a patient of whom these facts and this record are known."""
    case = Patient("A", stated, record=record).case(on=ON)
    return decide(case, policy, on=ON).outcome


@searching(2)
@given(patients(), histories())
def test_doses_of_another_drug_help_no_more_than_a_documented_none(
    patient: tuple[str, dict[str, Any], dict[str, Any], str], doses: list[dict[str, Any]]
) -> None:
    """What is pending does not become met by them, unless it does so by `[]` as well."""
    policy, stated, record, added = patient
    before = outcome(policy, stated, record)
    after = outcome(policy, stated, record | {added: doses})
    none = outcome(policy, stated, record | {added: []})
    own = record.get(f"doses:{policy.partition('_')[2]}", "absent")
    COVERED.note(
        f"{before.value} before",
        *(["met with none"] if (before, none) == (Outcome.NEEDS_INFORMATION, Outcome.MET) else []),
        "own " + ("absent" if own == "absent" else "given" if own else "none"),
    )
    if before is Outcome.NEEDS_INFORMATION:
        assert after is not Outcome.MET or none is Outcome.MET


def test_records_of_each_kind_were_decided() -> None:
    """The search above reached what is pending and what a documented none settles."""
    if COVERED.counts:
        COVERED.demand(
            0.01, "needs_information before", "own absent", "own given", "own none", "met with none"
        )


def test_a_dose_of_another_drug_settles_no_continuation() -> None:
    """A course of Pluvicto of which nothing is recorded is not spaced by doses of Xofigo."""
    [stated, *_] = (
        {k: v for k, v in base.items() if k not in FROM_DOSES} | {"dose_reductions": 0}
        for base in BASES["premera_pluvicto"]
        if base["request_type"] == "continuation"
    )
    stated |= {"prior_pluvicto_doses": 1}
    dose = {"date": "2026-04-20", "course": "current"}
    others: list[dict[str, Any]] = [{}, {"doses:lutathera": []}]
    for entries in others:
        record = entries | {"doses:xofigo": [dose]}
        assert outcome("premera_pluvicto", stated, record) is Outcome.NEEDS_INFORMATION
    own = {"doses:lutathera": [], "doses:pluvicto": [dose | {"activity": "7.4 GBq"}]}
    assert outcome("premera_pluvicto", stated, own) is Outcome.MET


def test_an_earlier_course_of_another_drug_starts_no_course() -> None:
    """A clearance of 20 stays one to stop at, until the doses of the drug asked for are known."""
    name = "prior_doses_in_earlier_course"
    earlier = [{"date": "2024-04-20", "course": "earlier"}]
    others: list[dict[str, Any]] = [{}, {"doses:xofigo": []}]
    for entries in others:
        record = Patient("A", {}, record=entries | {"doses:pluvicto": earlier})
        assert name not in record.case(on=ON).facts
