# SPDX-License-Identifier: Apache-2.0
"""OpenFisca as its documentation writes formulas: enumerations, compared and selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.cohort import openfisca_enums
from benchmarks.cohort.openfisca_simulation import codes, simulation_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import polars as pl

__all__ = ["NAME", "PACKAGES", "ROWS", "codes", "prepare"]

NAME: Final = "OpenFisca, enumerations"
PACKAGES: Final = ("openfisca-core", "numpy")
ROWS: Final = 1_000_000


def prepare(frame: pl.DataFrame, policy: str) -> Callable[[], np.ndarray]:
    """Return what decides the patients of a frame, whose facts are put in beforehand."""
    return simulation_of(frame, policy, openfisca_enums)
