# SPDX-License-Identifier: Apache-2.0
"""Cohorts: tables of millions of patients, decided by the columnar engine.

Needs the extra ``lutalogic[cohort]``.
"""

from __future__ import annotations

from lutalogic.errors import CohortMissing

try:
    import numpy as _numpy  # noqa: F401
    import polars as _polars  # noqa: F401
    import pyarrow as _pyarrow  # noqa: F401
except ModuleNotFoundError as error:
    raise CohortMissing(
        f"cohorts need {error.name}, which is not installed: install the extra lutalogic[cohort]"
    ) from error

import lutalogic.cohort.spark as spark
from lutalogic.cohort.answers import Answers
from lutalogic.cohort.comparing import compare
from lutalogic.cohort.deciding import decide
from lutalogic.cohort.effects import Effect, Witness
from lutalogic.cohort.files import Decided
from lutalogic.cohort.pages import report
from lutalogic.cohort.questions import ask
from lutalogic.cohort.synthetic import synthesize, synthetic_batches

__all__ = [
    "Answers",
    "Decided",
    "Effect",
    "Witness",
    "ask",
    "compare",
    "decide",
    "report",
    "spark",
    "synthesize",
    "synthetic_batches",
]
