# SPDX-License-Identifier: Apache-2.0
"""The policies as one writes them in Polars: Boolean expressions, null for unknown, lazily run.

Polars' ``&``, ``|`` and ``~`` are Kleene's. Each criterion is written once and named; the plan's
common parts are found by Polars.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Final

import polars as pl
from polars import col, when

from benchmarks.cohort.data import OUTCOMES, with_infinity

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

NAME: Final = "hand-written Polars"
PACKAGES: Final = ("polars",)
ROWS: Final = 1_000_000

UNKNOWN: Final = pl.lit(None, dtype=pl.Boolean)
GEP_NET: Final = ["gep_net", "foregut_net", "midgut_net", "hindgut_net", "pancreatic_net"]
STUDIES: Final = ["sstr_pet_ct", "sstr_pet_mri", "octreotide_spect_ct", "sstr_scintigraphy"]
OUTCOME: Final = pl.Enum(OUTCOMES)


def all_of(*parts: pl.Expr) -> pl.Expr:
    """Return Kleene's conjunction."""
    return reduce(and_, parts)


def any_of(*parts: pl.Expr) -> pl.Expr:
    """Return Kleene's disjunction."""
    return reduce(or_, parts)


def evidence(speak_for: pl.Expr, speak_against: pl.Expr) -> pl.Expr:
    """Return what sources say together: those that speak decide, where they agree."""
    affirmed, denied = speak_for.fill_null(False), speak_against.fill_null(False)
    return when(affirmed != denied).then(affirmed)


def dose_cap(prior: pl.Expr, cap: int) -> pl.Expr:
    """Return whether prior and requested doses keep the cap; one alone may break it."""
    requested = col("requested_doses")
    return ~any_of(prior + requested > cap, prior >= cap, requested > cap)


def xofigo(patients: pl.LazyFrame) -> pl.LazyFrame:
    """Return whether premera_xofigo is met."""
    visceral = col("visceral_metastases")
    return patients.select(
        met=all_of(
            col("age_years") >= 18,
            col("tumor_type") == "prostate_cancer",
            col("castration_resistant"),
            col("symptomatic_bone_metastases"),
            evidence(~visceral, visceral | col("liver_metastases")),
            col("largest_lymph_node_cm") <= 3,
            dose_cap(col("prior_xofigo_doses"), 6),
        )
    )


def lutathera(patients: pl.LazyFrame) -> pl.LazyFrame:
    """Return whether premera_lutathera is met, by the text in force from 2026-04-01.

    What several conditions read is a column of its own; the columns of a step run side by side.
    """
    tumor, grade, ki67 = col("tumor_type"), col("who_grade"), col("ki67_percent")
    metastases, study, uptake = col("metastases"), col("sstr_imaging"), col("sstr_uptake")
    prior, clearance = col("prior_lutathera_doses"), col("creatinine_clearance_ml_min")
    marrow, liver = col("bone_marrow_adequate"), col("hepatic_adequate")
    was_met, stopped = col("initial_criteria_met"), col("stop_rule_met_before")

    low_grade = evidence(
        (ki67 <= 20) | (grade <= 2),
        (ki67 > 20) | (grade == 3) | (col("differentiation") == "poor"),
    )
    extensive = any_of(
        col("locally_advanced"), metastases == "distant", (metastases == "regional") & UNKNOWN
    )
    imaged = study.is_in(STUDIES) | ((study == "other_sstr_pet") & UNKNOWN)
    taken_up = (uptake == "above_liver") | (
        uptake.is_in(["mixed", "positive_not_compared"]) & UNKNOWN
    )
    criteria = patients.select(
        was_met,
        initial=col("request_type") == "initial",
        gep_net=tumor.is_in(GEP_NET) | ((tumor == "unknown_primary_net") & UNKNOWN),
        performing=evidence(
            (col("karnofsky") >= 60) | (col("ecog") <= 2),
            (col("karnofsky") < 60) | (col("ecog") > 2),
        ),
        suited=all_of(
            low_grade,
            extensive,
            imaged,
            taken_up,
            col("days_since_long_acting_ssa") >= 28,
            col("hours_since_short_acting_octreotide") >= 24,
            clearance >= 40,
            marrow,
            liver,
        ),
        was_not_met=any_of(~was_met, ~marrow, ~liver),
        begins=(prior == 0) | col("prior_doses_in_earlier_course"),
        toxic=any_of(
            col("recurrent_thrombocytopenia_grade") >= 2,
            col("recurrent_anemia_grade") >= 3,
            col("recurrent_neutropenia_grade") >= 3,
            col("recurrent_hepatotoxicity"),
            col("recurrent_nonhematologic_grade") >= 3,
            col("renal_toxicity_delay_weeks") >= 16,
        ),
        stopping=any_of(
            col("bilirubin_x_uln") > 3,
            (col("albumin_g_l") < 30) & (col("prothrombin_ratio_percent") < 70),
            clearance < 40,
            col("creatinine_rise_percent") >= 40,
            col("creatinine_clearance_fall_percent") >= 40,
        ),
        always=all_of(
            col("age_years") >= 12,
            col("post_dose_octreotide_lar_hours").is_between(4, 24),
            dose_cap(prior, 4),
            evidence(~stopped | (prior == 0), stopped),
        ),
    )
    gep_net, performing, initial = col("gep_net"), col("performing"), col("initial")
    met_then = evidence(was_met, any_of(col("was_not_met"), ~performing, ~gep_net))
    return criteria.select(
        met=all_of(
            col("always"),
            (~initial & met_then) | all_of(gep_net, performing, col("suited")),
            (initial & col("begins")) | ~(col("toxic") | col("stopping")),
        )
    )


POLICIES: Final = {"premera_xofigo": xofigo, "premera_lutathera": lutathera}


def outcome(met: pl.Expr) -> pl.Expr:
    """Return the outcome that a truth means."""
    words = [pl.lit(word, dtype=OUTCOME) for word in OUTCOMES]
    return when(met.is_null()).then(words[2]).when(met).then(words[0]).otherwise(words[1])


def prepare(frame: pl.DataFrame, policy: str) -> Callable[[], pl.Series]:
    """Return what decides the patients of a frame; its columns are made fit beforehand."""
    table = with_infinity(frame)
    # Two steps, for Polars would compute the truth wherever the outcome mentions it.
    plan = POLICIES[policy](table.lazy()).select(outcome=outcome(col("met")))
    return lambda: plan.collect().to_series()


def codes(answer: pl.Series) -> np.ndarray:
    """Return the place of each outcome in OUTCOMES."""
    return answer.to_physical().to_numpy()
