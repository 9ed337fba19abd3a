# SPDX-License-Identifier: Apache-2.0
"""Our Prolog engine, by which all the others are judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from benchmarks.cohort.data import DAY, OUTCOMES, records
from lutalogic import Case, decide_many

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

NAME: Final = "lutalogic, Prolog engine"
PACKAGES: Final = ("pyswip",)
ROWS: Final = 20_000


def prepare(frame: pl.DataFrame, policy: str) -> Callable[[], list[str]]:
    """Return what decides the patients of a frame, validated beforehand."""
    cases = [Case.from_mapping(facts) for facts in records(frame, "never")]
    return lambda: [
        each.outcome.value for each in decide_many(cases, policy, on=DAY, engine="prolog")
    ]


def codes(answer: list[str]) -> np.ndarray:
    """Return the place of each outcome in OUTCOMES."""
    return np.array([OUTCOMES.index(each) for each in answer], dtype=np.uint8)
