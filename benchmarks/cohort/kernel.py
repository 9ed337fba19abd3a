# SPDX-License-Identifier: Apache-2.0
"""Ours without the checking of columns: what `cohort.decide` does once a table is in its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.cohort.data import DAY
from benchmarks.cohort.facade import codes
from lutalogic.cohort.columns import sheet
from lutalogic.cohort.heading import heading
from lutalogic.cohort.outcomes import Asked, decided
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

__all__ = ["NAME", "PACKAGES", "ROWS", "codes", "prepare"]

NAME: Final = "lutalogic, columnar engine"
PACKAGES: Final = ("polars",)
ROWS: Final = 1_000_000


def prepare(frame: pl.DataFrame, policy: str) -> Callable[[], pl.Series]:
    """Return what decides the patients of a frame, which is checked beforehand."""
    asked = Asked((rule_base().policies[policy],), DAY)
    checked = sheet(frame, heading(frame.schema), only=asked.facts)
    return lambda: decided(checked, asked).get_column(f"{policy}:outcome")
