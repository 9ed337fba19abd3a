# SPDX-License-Identifier: Apache-2.0
"""Ours as it is called: `cohort.decide` of a frame, whose columns it checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.cohort.data import DAY
from lutalogic import cohort

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import polars as pl

NAME: Final = "lutalogic, cohort.decide"
PACKAGES: Final = ("polars",)
ROWS: Final = 1_000_000


def prepare(frame: pl.DataFrame, policy: str) -> Callable[[], pl.Series]:
    """Return what decides the patients of a frame."""

    def decide() -> pl.Series:
        return cohort.decide(frame, policy, on=DAY).get_column(f"{policy}:outcome")

    return decide


def codes(answer: pl.Series) -> np.ndarray:
    """Return the place of each outcome in OUTCOMES."""
    return answer.to_physical().to_numpy()
