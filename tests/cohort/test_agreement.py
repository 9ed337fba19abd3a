# SPDX-License-Identifier: Apache-2.0
"""Whole tables, decided by the columnar engine, against the reference engine, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from lutalogic import cohort, decide_many, rule_base
from tests.cohort.rows import Row, cases, rows, table
from tests.strategies import DEEP, POLICIES, Coverage

if TYPE_CHECKING:
    from lutalogic.decision import Decision

#: A deep search decides a hundred thousand patients, under four hundred dates and readings.
COUNT, KINDS = (100_000, 400) if DEEP else (700, 8)


def expected(policy: str, drawn: list[Row]) -> list[Decision]:
    """Return what the reference engine decides of each row, in order."""
    patients = cases(drawn)
    groups: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(drawn):
        groups.setdefault((row.on, repr(row.readings)), []).append(place)
    found: dict[int, Decision] = {}
    for places in groups.values():
        first = drawn[places[0]]
        decisions = decide_many(
            [patients[place] for place in places], policy, on=first.on, readings=first.readings
        )
        found |= dict(zip(places, decisions, strict=True))
    return [found[place] for place in range(len(drawn))]


@pytest.fixture(scope="module")
def drawn() -> list[Row]:
    """Return random rows, each with its date of service and readings."""
    return rows(COUNT, seed=11, kinds=KINDS)


@pytest.fixture(scope="module")
def decided(drawn: list[Row]) -> pl.DataFrame:
    """Return the same rows as a table that was decided."""
    result = cohort.decide(table(drawn), explain=True, criteria=True)
    assert isinstance(result, pl.DataFrame)
    return result


@pytest.mark.parametrize("policy", POLICIES)
def test_a_table_is_decided_as_its_rows_are(
    policy: str, drawn: list[Row], decided: pl.DataFrame
) -> None:
    """Outcome, every criterion, what fails and what is waited for: those of the reference engine.

    On random patients, readings and dates; numbers are often at limits, or intervals.
    """
    coverage = Coverage(f"cohort, {policy}")
    criteria = [c.id for c in rule_base().policies[policy].criteria]
    columns = [f"{policy}:{part}" for part in ("outcome", "failing", "pending", *criteria)]
    found = decided.select(columns).rows()
    for decision, (outcome, failing, pending, *truths) in zip(
        expected(policy, drawn), found, strict=True
    ):
        stated: list[Any] = [outcome, failing, pending, dict(zip(criteria, truths, strict=True))]
        refused = decision.outcome.value == "not_met"
        assert stated == [
            decision.outcome.value,
            list(decision.deciding) if refused else [],
            list(decision.waits_for),
            {name: decision.criteria.get(name) for name in criteria},
        ]
        coverage.note(
            decision.outcome.value,
            *(["no text in force"] if decision.text is None else []),
            *(["conflict"] if decision.conflicts else []),
        )
    coverage.demand(0.02, "met", "not_met", "needs_information")
