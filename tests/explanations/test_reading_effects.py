# SPDX-License-Identifier: Apache-2.0
"""What `lutalogic show` and the site say that a reading changes in a criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lutalogic import Case, decide_many
from lutalogic.reading_effects import changed_lines, effects, joined_by
from lutalogic.rulebase import policies, rule_base
from tests.kb.test_cases import request, rows

if TYPE_CHECKING:
    from lutalogic.reading_effects import Effect


def told(policy: str, on: str) -> dict[str, dict[tuple[str, str], Effect]]:
    """Return what is told of each criterion, by reading and value."""
    entry = rule_base().policies[policy]
    return {
        criterion.id: {(e.reading, e.value): e for e in effects(entry, criterion.node, on)}
        for criterion in entry.criteria
    }


@pytest.mark.parametrize("policy", [policy.name for policy in policies()])
def test_each_reading_that_changes_a_criterion_is_told(policy: str) -> None:
    """Where a reading alone turns a criterion of a case, the criterion's page has the reading.

    A reading that turns the outcome and no criterion is told with those that it joins otherwise.
    Every row of the case tables is asked on the latest date, under its readings and under each
    further one: one that changes nothing alone is told with another that it changes something with.
    """
    entry = rule_base().policies[policy]
    on = entry.texts[-1].start
    found, joined = told(policy, on), joined_by(entry)
    turned: set[tuple[str, str, str]] = set()
    joins: set[str] = set()
    for row in rows(policy).values():
        asked = request(policy, row)
        case, taken = Case.from_mapping(asked["facts"]), asked["readings"]
        [before] = decide_many([case], policy, on=on, readings=taken)
        for name in entry.readings:
            default, *others = rule_base().readings[name].values
            for value in others if taken.get(name, default) == default else ():
                [after] = decide_many([case], policy, on=on, readings=taken | {name: value})
                if not (before.text_in_force and after.text_in_force):
                    continue
                for criterion in before.criteria.keys() | after.criteria.keys():
                    if before.criteria.get(criterion) is not after.criteria.get(criterion):
                        assert (name, value) in found[criterion], (criterion, name, value)
                        turned.add((criterion, name, value))
                if before.criteria == after.criteria and before.outcome is not after.outcome:
                    assert name in joined, (row, name, value)
                    joins.add(name)
    every = {(criterion, *pair) for criterion, told in found.items() for pair in told}
    assert len(turned) >= 0.8 * len(every), every - turned
    assert joins == joined.keys()


def test_a_change_in_a_criterion_that_is_named_is_told_as_its_own() -> None:
    """A criterion that names another says that the other asks otherwise, and not how."""
    lines = told("wellmark_lutathera", "2026-01-01")["item 2b"]
    assert lines["w_scintigraphy", "accepted"].lines == ((0, "W-3 asks otherwise"),)
    assert lines["w_sstr_threshold", "at_least_liver"].lines == ((0, "W-3 asks otherwise"),)


def test_what_changes_something_only_beside_another_reading_is_told_with_it() -> None:
    """By default the label's regimen is no rule, and nothing about a reduction changes one."""
    effect = told("premera_pluvicto", "2026-04-01")["P-11"][
        "p_reduced_activity", "adverse_reaction_only"
    ]
    assert effect.beside == ("p_label_dosing", "binding")
    assert "adverse reaction" in " ".join(line for _, line in effect.lines)


def test_what_stays_below_a_changed_line_is_told_with_it() -> None:
    """A heading alone would not say of what it is one or all; a count that changes says nothing."""
    before = ((0, "All of these 2"), (1, "fever: no"), (1, "cough: no"), (0, "age: above 3 a"))
    after = ((0, "One of these 2"), (1, "fever: no"), (1, "cough: no"), (0, "age: above 3 a"))
    assert changed_lines(before, after) == (
        (0, "- All of these 2"),
        (0, "+ One of these 2"),
        (1, "fever: no"),
        (1, "cough: no"),
    )
    fewer = ((0, "All of these 1"), (1, "fever: no"), (0, "age: above 3 a"))
    assert changed_lines(before, fewer) == ((1, "- cough: no"),)
    found = told("premera_lutathera", "2026-04-01")["L-10"]
    assert found["p_anemia_and_neutropenia", "both_together"].lines == (
        (2, "- All of these 2"),
        (2, "+ One of these 2"),
        (3, "recurrent anemia, grade: below 3"),
        (3, "recurrent neutropenia, grade: below 3"),
    )
