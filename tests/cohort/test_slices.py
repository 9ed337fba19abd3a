# SPDX-License-Identifier: Apache-2.0
"""Rows are decided alike, whichever others stand beside them in memory."""

from __future__ import annotations

import polars as pl
import pytest

from lutalogic import cohort, rule_base
from lutalogic.cohort import synthesize
from tests.strategies import DEEP


@pytest.mark.parametrize("size", [1, 7])
def test_a_slice_is_decided_as_its_rows_are(size: int) -> None:
    """Of a slice, Polars keeps the members of all sets; the last set ends with its own row."""
    table = synthesize(200 if DEEP else 28, seed=6, on=("2025-01-01", "2026-06-01"))
    whole = cohort.decide(table, criteria=True, explain=True)
    parts = [cohort.decide(part, criteria=True, explain=True) for part in table.iter_slices(size)]
    assert pl.concat(parts).equals(whole)


def test_the_last_set_of_a_slice_has_its_own_members_alone() -> None:
    """Progress on an analogue in the next row is none in this."""
    members = pl.List(pl.Enum(rule_base().attributes["disease_progression_on"].values))
    sets = pl.Series(
        "disease_progression_on", [["octreotide_unspecified"], ["lanreotide"]], members
    )
    table = pl.DataFrame([sets])
    policy, on = "premera_lutathera", "2026-03-01"
    truths = [
        cohort.decide(table[row : row + 1], policy, on=on, criteria=True)[f"{policy}:L-11"].item()
        for row in (0, 1)
    ]
    assert truths == ["unknown", "true"]
