# SPDX-License-Identifier: Apache-2.0
"""What a change does to a cohort, against decisions of the reference engine, row by row."""

from __future__ import annotations

from collections import Counter
from typing import Any

import polars as pl
import pytest

from lutalogic import InputError, decide, side
from lutalogic.answers import Outcome
from lutalogic.cohort import compare, synthesize
from lutalogic.errors import BadDate, BadReading, BadRequest, BadRows, UnknownPolicy
from tests.cohort.row_cases import case_of
from tests.strategies import DEEP

#: Before, after, and how each is decided: policy, date (None for the row's) and readings.
CHANGES: list[tuple[str, str, tuple[str, str | None, dict[str, str]], Any]] = [
    (
        "premera_lutathera@2026-03-31", "premera_lutathera@2026-04-01",
        ("premera_lutathera", "2026-03-31", {}), ("premera_lutathera", "2026-04-01", {}),
    ),
    (
        "premera_lutathera", "wellmark_lutathera",
        ("premera_lutathera", None, {}), ("wellmark_lutathera", None, {}),
    ),
    (
        "wellmark_lutathera@2026-06-01",
        "wellmark_lutathera@2026-06-01,w_ssa_washout=required_28_days",
        ("wellmark_lutathera", "2026-06-01", {}),
        ("wellmark_lutathera", "2026-06-01", {"w_ssa_washout": "required_28_days"}),
    ),
    (
        "premera_lutathera", "premera_lutathera,p_label_dosing=binding",
        ("premera_lutathera", None, {}),
        ("premera_lutathera", None, {"p_label_dosing": "binding"}),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "old", "new"), CHANGES)
def test_effects_are_those_of_decisions_row_by_row(
    before: str, after: str, old: Any, new: Any
) -> None:
    """Counts, criteria and witnesses are what decisions, one by one, come to on both sides."""
    table = synthesize(
        400 if DEEP else 150,
        seed=4,
        drug="lutathera",
        missing=0.03,
        on=("2025-12-01", "2026-06-01"),
        ids=True,
    )
    found = compare(table, before, after, witnesses=1_000)
    counts: Counter[tuple[Outcome, Outcome]] = Counter()
    criteria: Counter[str] = Counter()
    witnesses = {w.row: w for each in found.witnesses.values() for w in each}
    for number, row in enumerate(table.iter_rows(named=True)):
        both = [
            decide(case_of(row), policy, on=day or row["on"], readings=readings)
            for policy, day, readings in (old, new)
        ]
        pair = both[0].outcome, both[1].outcome
        counts[pair] += 1
        if pair[0] is pair[1]:
            assert number not in witnesses
            continue
        witness = witnesses[number]
        assert (witness.before, witness.after) == pair
        assert witness.id == number + 1
        told = [{name: t.value for name, t in each.criteria.items()} for each in both]
        if old[0] == new[0]:
            changed = {
                name: (told[0].get(name), told[1].get(name))
                for name in {**told[0], **told[1]}
                if told[0].get(name) != told[1].get(name)
            }
            assert dict(witness.changed) == changed
            criteria.update(list(changed))
        else:
            assert not witness.changed
            sides = (witness.decides_before, witness.decides_after)
            for decides, decision in zip(sides, both, strict=True):
                if decision.outcome is Outcome.NOT_MET:
                    assert decides == decision.deciding
                elif decision.outcome is Outcome.NEEDS_INFORMATION:
                    assert decides == decision.waits_for
        stated = {name for name, value in row.items() if value is not None}
        assert set(witness.facts) - {"on"} == stated - {"id", "on"}
    assert {pair: n for pair, n in found.counts.items() if n} == dict(counts)
    assert dict(found.criteria) == dict(criteria)
    assert found.changed == len(witnesses) > 0
    assert sum(found.changes.values()) == found.changed


def test_witnesses_are_the_first_rows_of_each_change() -> None:
    """As many as are asked for, across the parts of a table, by their numbers in the whole."""
    table = synthesize(600, seed=4, drug="lutathera")
    whole = compare(table, "premera_lutathera", "wellmark_lutathera", on="2026-06-01", witnesses=2)
    parts = compare(
        [table[:100], table[100:350], table[350:]],
        "premera_lutathera", "wellmark_lutathera", on="2026-06-01", witnesses=2,
    )  # fmt: skip
    assert parts == whole
    for pair, many in whole.changes.items():
        assert len(whole.witnesses[pair]) == min(2, many)
    none = compare(table, "premera_lutathera", "wellmark_lutathera", on="2026-06-01", witnesses=0)
    assert none.witnesses == {}
    assert none.counts == whole.counts
    bad = pl.DataFrame({"age_years": [200, 11, 15]})
    sides = "premera_lutathera@2024-12-31", "premera_lutathera@2026-06-01"
    [kept] = compare(bad, *sides, on_bad="keep").witnesses.values()
    assert [witness.row for witness in kept] == [2]
    with pytest.raises(BadRows):
        compare(bad, *sides)


def test_a_side_has_its_own_date_or_that_of_the_rows() -> None:
    """A date that a side says is that of all rows; else rows have their own, or one is given."""
    table = pl.DataFrame({"age_years": [15, 15], "on": ["2024-06-01", "2026-06-01"]})
    found = compare(table, "premera_lutathera", "premera_lutathera@2026-06-01")
    assert [(w.row, w.before) for each in found.witnesses.values() for w in each] == [
        (0, Outcome.NOT_MET)
    ]
    both = compare(table, "premera_lutathera@2024-06-01", side("premera_lutathera"))
    assert both.changed == 2
    with pytest.raises(BadRequest, match="date of service"):
        compare(table.drop("on"), "premera_lutathera", "premera_lutathera@2026-06-01")
    with pytest.raises(BadRequest, match='a column "on"'):
        compare(table, "premera_lutathera", "wellmark_lutathera", on="2026-06-01")


@pytest.mark.parametrize(
    ("sides", "options", "error", "place"),
    [
        (("premera_lutatera", "wellmark_lutathera"), {}, UnknownPolicy, "before.policy"),
        (("premera_lutathera", "premera_lutathera,w_item1=x"), {}, BadReading, ""),
        (("premera_lutathera@2026-02-30", "premera_lutathera"), {}, BadDate, "before.on"),
        (("premera_lutathera", "premera_lutathera"), {"witnesses": -1}, BadRequest, "witnesses"),
        (("premera_lutathera", "premera_lutathera"), {"witnesses": 0.5}, BadRequest, "witnesses"),
    ],
)
def test_wrong_sides_are_refused(
    sides: tuple[str, str], options: dict[str, Any], error: type[InputError], place: str
) -> None:
    """What cannot be compared is refused, and the side is named."""
    with pytest.raises(error) as caught:
        compare(synthesize(3), *sides, on="2026-06-01", **options)
    assert place in caught.value.at


def test_a_column_of_a_reading_and_a_side_that_takes_it_exclude_each_other() -> None:
    """Which of the two counts is not guessed."""
    table = synthesize(3).with_columns(pl.lit("advice").alias("reading:p_label_dosing"))
    with pytest.raises(BadRequest, match="drop the one that does not count"):
        compare(
            table, "premera_lutathera", "premera_lutathera,p_label_dosing=binding", on="2026-06-01"
        )
    with_column = compare(table, "premera_lutathera", "wellmark_lutathera", on="2026-06-01")
    assert with_column.rows == 3


def test_tables_of_effects_hold_every_count() -> None:
    """Counts, criteria and witnesses are data frames; a name that is none is refused."""
    table = synthesize(300, drug="lutathera")
    found = compare(table, "premera_lutathera@2026-03-31", "premera_lutathera@2026-04-01")
    assert found.table()["rows"].sum() == 300
    assert found.table("criteria")["criterion"].to_list() == ["L-11"]
    assert found.table("witnesses").height == sum(map(len, found.witnesses.values())) > 0
    assert found.as_json()["changed"] == found.changed
    named = table.with_row_index("id").with_columns(pl.format("P-{}", "id").alias("id"))
    shown = compare(named, "premera_lutathera@2026-03-31", "premera_lutathera@2026-04-01")
    witnesses = shown.table("witnesses")
    assert witnesses["id"].to_list() == [f"P-{row}" for row in witnesses["row"]]
    with pytest.raises(BadRequest, match="none of outcomes"):
        found.table("changes")
    same = compare(table, "premera_lutathera@2026-04-01", "premera_lutathera@2026-04-01")
    assert same.changed == 0
    assert same.table("witnesses").height == same.table("criteria").height == 0
    assert same.table("witnesses").schema == found.table("witnesses").schema
