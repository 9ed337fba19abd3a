# SPDX-License-Identifier: Apache-2.0
"""A what-if, a timeline and a table of readings say what deciding says, case by case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lutalogic import Case, Outcome, decide, readings_table, rule_base, timeline, what_if
from lutalogic.errors import BadRequest, UnknownAttribute
from lutalogic.trace import turning_days
from tests.strategies import BASES, POLICIES, Coverage, facts, readings, requests, searching, values


@pytest.mark.parametrize("policy", POLICIES)
def test_a_what_if_is_two_decisions(policy: str) -> None:
    """Outcomes, criteria, conflicts, warnings and what is waited for are those of the two."""
    coverage = Coverage(f"what if: {policy}")
    entry = rule_base().policies[policy]

    @searching(2)
    @given(requests(policy), st.data())
    def search(request: dict[str, Any], data: st.DataObject) -> None:
        case = Case.from_mapping(request["facts"])
        names = data.draw(
            st.lists(st.sampled_from(entry.attributes), min_size=1, max_size=3, unique=True)
        )
        drawn = {n: data.draw(st.none() | values(rule_base().attributes[n])) for n in names}
        asked = {"on": request["on"], "readings": request["readings"]}
        [effect] = what_if(case, policy=policy, **asked, **drawn)
        old = decide(case, policy, **asked)
        new = decide(case.replace(**drawn), policy, **asked)
        assert (effect.before, effect.after) == (old, new)
        assert effect.turned == (old.outcome is not new.outcome)
        told = {c.criterion.id: (c.before, c.after) for c in effect.criteria}
        for name in {*old.criteria, *new.criteria}:
            before, after = old.criteria.get(name), new.criteria.get(name)
            assert (name in told) == (before is not after)
            assert told.get(name, (before, after)) == (before, after)
        abouts = {c.about for c in new.conflicts} - {c.about for c in old.conflicts}
        assert abouts <= {c.about for c in effect.new_conflicts} <= {c.about for c in new.conflicts}
        assert {*new.warnings} - {*old.warnings} == {*effect.new_warnings}
        assert {*old.warnings} - {*new.warnings} == {*effect.gone_warnings}
        changed = ["criteria change"] if told else []
        coverage.note("turned" if effect.turned else "as before", str(new.outcome), *changed)

    search()
    coverage.demand(0.03, "turned", "criteria change")


def test_conflicts_come_and_go() -> None:
    """A conflict is new where it was not there, of the same facts, before; and gone likewise."""
    agree = BASES["premera_lutathera"][0] | {"who_grade": 2, "ki67_percent": 12}
    asked: dict[str, Any] = {"policy": "premera_lutathera", "on": "2026-06-01"}
    [torn] = what_if(agree, **asked, ki67_percent=25)
    assert torn.new_conflicts == torn.after.conflicts != ()
    assert torn.gone_conflicts == ()
    [mended] = what_if(agree | {"ki67_percent": 25}, **asked, ki67_percent=12)
    assert mended.gone_conflicts == torn.new_conflicts
    [still] = what_if(agree | {"ki67_percent": 25}, **asked, ki67_percent=30)
    assert still.new_conflicts == still.gone_conflicts == ()


def test_a_what_if_may_ask_several_policies() -> None:
    """By name, by side, or those that may speak to the tumor before or after."""
    case = BASES["premera_xofigo"][0]
    told = what_if(case, tumor_type="midgut_net")
    assert set(told.policies) == set(POLICIES)
    assert told["premera_xofigo"].after.outcome is Outcome.NOT_MET
    assert len(told) == 4
    assert told[0] is next(iter(told))
    both = what_if(case, policy=["premera_xofigo", "premera_pluvicto"], age_years=None)
    assert both.policies == ("premera_xofigo", "premera_pluvicto")
    assert both[0].after.waits_for == ("age_years",)
    with pytest.raises(TypeError, match="compare an outcome"):
        bool(told)


def test_mistakes_name_their_place() -> None:
    """No fact, no such fact, no such policy asked."""
    with pytest.raises(BadRequest, match="facts: name a fact and its other value"):
        what_if({}, policy="premera_xofigo")
    with pytest.raises(UnknownAttribute, match="'age' is not in the vocabulary"):
        what_if({}, policy="premera_xofigo", age=5)
    with pytest.raises(BadRequest, match="policy: name one of premera_xofigo"):
        what_if({}, policy="premera_xofigo", age_years=5)["premera_pluvicto"]


def test_no_fact_is_named_like_an_argument() -> None:
    """What `what_if` takes besides facts is the name of none, so that each can be changed."""
    assert not {"case", "policy", "on", "readings", "engine"} & {*rule_base().attributes}


@pytest.mark.parametrize("policy", POLICIES)
def test_a_timeline_is_what_deciding_each_day_is(policy: str) -> None:
    """On each day on which something may change, the day before, and far before and after."""
    coverage = Coverage(f"timelines: {policy}")
    entry = rule_base().policies[policy]

    @searching(2)
    @given(facts(policy), readings(entry))
    def search(drawn: dict[str, Any], taken: dict[str, str]) -> None:
        told = timeline(drawn, policy, readings=taken)
        turning = [date.fromisoformat(day) for day in turning_days(entry)]
        near = {day - timedelta(days=by) for day in turning for by in (0, 1)}
        for day in sorted(near | {date(2000, 1, 1), date(2030, 1, 1)}):
            decision = decide(drawn, policy, on=day, readings=taken)
            period = told.at(day)
            assert period.start is None or period.start <= day
            assert period.end is None or day < period.end
            assert period.outcome is decision.outcome
            assert period.decision.criteria == decision.criteria
            assert period.text == decision.text
        for before, after in zip(told.periods, told.periods[1:], strict=False):
            assert before.end == after.start
        assert not told.periods[0].decision.text_in_force
        outcomes = {str(period.outcome) for period in told.periods[1:]}
        coverage.note("turns" if len(outcomes) > 1 else "stays", *outcomes)

    search()
    dated = any(rule_base().nodes[number].dates for number in entry.nodes)
    coverage.demand(0.05, *map(str, Outcome), *(["turns"] if dated else []))


def test_a_timeline_says_that_no_text_is_on_record() -> None:
    """Before the first text nothing is decided; and the reading that starts it moves that day."""
    told = timeline(BASES["wellmark_lutathera"][0], "wellmark_lutathera")
    assert told.periods[0].outcome is Outcome.NEEDS_INFORMATION
    assert told.periods[0].text is None
    assert "before 2026-01-01: needs information\n  No text is on record." in str(told)
    later = timeline({}, "wellmark_lutathera", readings={"w_in_force_from": "2026-02-01"})
    assert later.periods[1].start == date(2026, 2, 1)
    assert [c.criterion.id for c in timeline({}, "premera_lutathera").periods[-1].criteria] == [
        "L-11"
    ]


@pytest.mark.parametrize("policy", POLICIES)
def test_a_table_of_readings_is_what_deciding_under_each_is(policy: str) -> None:
    """Every value of every reading alone, with the others as they were taken."""
    coverage = Coverage(f"tables of readings: {policy}")
    entry = rule_base().policies[policy]

    @given(requests(policy))
    def search(request: dict[str, Any]) -> None:
        taken, on = request["readings"], request["on"]
        table = readings_table(request["facts"], on=on, policies=policy, readings=taken)
        base = decide(request["facts"], policy, on=on, readings=taken)
        known = rule_base().readings
        tried = [(name, value) for name in entry.readings for value in known[name].values]
        assert [(row.reading.name, row.value) for row in table] == tried
        for row in table:
            under = taken | {row.reading.name: row.value}
            decision = decide(request["facts"], policy, on=on, readings=under)
            assert row.effect.before == base
            assert row.effect.after == decision
            assert row.turns == (decision.outcome is not base.outcome)
            assert row.default == (known[row.reading.name].default == row.value)
            assert row.taken == (base.readings[row.reading.name] == row.value)
            assert not (row.taken and row.criteria)
        turning = {(row.reading.name, row.value): row.outcome for row in table.turning}
        listed = base.depends_on_readings
        assert turning == {
            (name, value): outcome
            for name, outcomes in listed.items()
            for value, outcome in outcomes.items()
        }
        coverage.note("turning" if turning else "steady", str(base.outcome))

    search()
    few = len(entry.readings) < 5  # of which hardly a patient is near to one
    coverage.demand(0.03, "steady", *([] if few else ["turning"]))
