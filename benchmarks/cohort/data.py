# SPDX-License-Identifier: Apache-2.0
"""The patients that all engines decide: drawn at random, or taken from the sample cases.

Facts are exact values or null, which is unknown. A frame has the columns that the facade takes: one
for each fact that the policy reads, and ``NAME:never`` beside an elapsed time.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from lutalogic.rulebase import rule_base

ROOT: Final = Path(__file__).parents[2]
POLICIES: Final = ("premera_xofigo", "premera_lutathera")
DAY: Final = "2026-06-01"
OUTCOMES: Final = ("met", "not_met", "needs_information")
NEVER: Final = ":never"

_YES, _NO = [True], [False]
_COURSE: Final[dict[str, tuple[list[Any], list[Any]]]] = {
    "request_type": (["initial", "initial", "continuation"], ["initial", "continuation"]),
    "prior_doses_in_earlier_course": (_NO, _YES),
    "initial_criteria_met": (_YES, _NO),
    "requested_doses": ([1, 2], [1, 3, 4, 5, 6]),
}
#: For each fact the values that suit the policy, and others; the limits are among both.
VALUES: Final[dict[str, dict[str, tuple[list[Any], list[Any]]]]] = {
    "premera_xofigo": {
        "age_years": ([18, 55, 67, 74, 81], [15, 17, 18]),
        "tumor_type": (["prostate_cancer"], ["other", "gep_net"]),
        "castration_resistant": (_YES, _NO),
        "symptomatic_bone_metastases": (_YES, _NO),
        "visceral_metastases": (_NO, _YES),
        "liver_metastases": (_NO, _YES),
        "largest_lymph_node_cm": ([0, 0.8, 1.5, 2.25, 3], [2.99, 3, 3.01, 4.5]),
        "prior_xofigo_doses": ([0, 1, 2, 4], [3, 4, 5, 6, 8]),
        "requested_doses": _COURSE["requested_doses"],
    },
    "premera_lutathera": {
        **_COURSE,
        "prior_lutathera_doses": ([0, 0, 1, 2], [1, 2, 3, 4]),
        "age_years": ([12, 35, 58, 71], [9, 11, 12]),
        "tumor_type": (
            ["gep_net", "foregut_net", "midgut_net", "hindgut_net", "pancreatic_net"],
            ["unknown_primary_net", "unknown_primary_net", "thymus_net", "paraganglioma", "other"],
        ),
        "differentiation": (["well"], ["poor"]),
        "who_grade": ([1, 2], [3]),
        "ki67_percent": ([1, 2.5, 8, 15, 20], [19.99, 20, 20.01, 35]),
        "metastases": (["distant", "distant", "regional", "none"], ["none", "regional"]),
        "locally_advanced": (_YES, _NO),
        "sstr_imaging": (
            ["sstr_pet_ct", "sstr_pet_mri", "octreotide_spect_ct", "sstr_scintigraphy"],
            ["other_sstr_pet", "fdg_pet", "mibg", "other", "not_performed"],
        ),
        "sstr_uptake": (
            ["above_liver"],
            ["equal_to_liver", "below_liver", "none", "mixed", "positive_not_compared"],
        ),
        "bone_marrow_adequate": (_YES, _NO),
        "hepatic_adequate": (_YES, _NO),
        "creatinine_clearance_ml_min": ([40, 62.5, 85, 110], [39.99, 40, 31]),
        "karnofsky": ([60, 70, 80, 90, 100], [40, 50, 60]),
        "ecog": ([0, 1, 2], [2, 3, 4]),
        "days_since_long_acting_ssa": ([28, 35, 60, "never"], [0, 14, 27, 27.5]),
        "hours_since_short_acting_octreotide": ([24, 48, 300, "never"], [6, 23.5, 24]),
        "post_dose_octreotide_lar_hours": ([4, 12, 24], [2, 3.75, 24.5, 48, "never"]),
        "recurrent_thrombocytopenia_grade": ([0, 1], [1, 2, 3]),
        "recurrent_anemia_grade": ([0, 1, 2], [2, 3, 4]),
        "recurrent_neutropenia_grade": ([0, 1, 2], [2, 3, 4]),
        "recurrent_hepatotoxicity": (_NO, _YES),
        "recurrent_nonhematologic_grade": ([0, 1, 2], [2, 3, 4]),
        "renal_toxicity_delay_weeks": ([0, 4, 15.5], [15.99, 16, 20]),
        "bilirubin_x_uln": ([0.5, 1, 3], [2.9, 3, 3.01, 5]),
        "albumin_g_l": ([30, 38, 44], [25, 29.9, 30]),
        "prothrombin_ratio_percent": ([70, 90, 100], [50, 69.9, 70]),
        "creatinine_rise_percent": ([-5, 0, 20], [39.9, 40, 80]),
        "creatinine_clearance_fall_percent": ([-10, 0, 25], [39.9, 40, 60]),
        "stop_rule_met_before": (_NO, _YES),
    },
}


@cache
def schema(policy: str) -> dict[str, pl.DataType]:
    """Return the columns of a policy and their types, small integers as such."""
    columns: dict[str, pl.DataType] = {}
    for name in VALUES[policy]:
        attribute = rule_base().attributes[name]
        match attribute.type:
            case "boolean":
                columns[name] = pl.Boolean()
            case "enum":
                columns[name] = pl.Enum(attribute.values)
            case "integer":
                columns[name] = pl.Int8()
            case _:
                columns[name] = pl.Float64()
        if attribute.type == "elapsed":
            columns[name + NEVER] = pl.Boolean()
    return columns


def random_patients(policy: str, rows: int, seed: int) -> pl.DataFrame:
    """Return patients at random: half of them wholly suited, and of all of them half complete."""
    draw = np.random.default_rng(seed)
    unsuited = np.where(draw.random(rows) < 0.5, 0.12, 0.0)
    silent = np.where(draw.random(rows) < 0.5, 0.12, 0.0)
    columns: list[pl.Series] = []
    for name, (good, other) in VALUES[policy].items():
        whole = [*good, *other]
        among_good = draw.integers(0, len(good), rows)
        among_other = len(good) + draw.integers(0, len(other), rows)
        picked = np.where(draw.random(rows) < unsuited, among_other, among_good)
        gaps = pl.Series(draw.random(rows) < silent)
        for column in _columns(policy, name, whole):
            drawn = column.gather(pl.Series(picked, dtype=pl.UInt32))
            columns.append(drawn.to_frame().select(pl.when(~gaps).then(drawn)).to_series())
    return pl.DataFrame(columns)


def sample_cases(policy: str) -> tuple[pl.DataFrame, list[str]]:
    """Return the sample cases whose facts are exact, and what is expected of each.

    Every case is put to the policy, of whatever policy it is; what is then expected is empty unless
    the case is the policy's own, under the default readings and a text that reads as on `DAY`.
    """
    rows: list[dict[str, Any]] = []
    expected: list[str] = []
    for file in ("cases.jsonl", "cases_more.jsonl"):
        for line in (ROOT / "tests/cases" / file).read_text().splitlines():
            case = json.loads(line)
            facts = {name: case["facts"].get(name) for name in VALUES[policy]}
            kinds = {name: rule_base().attributes[name].type for name in facts}
            if any(
                isinstance(value, str) and value != "never" and kinds[name] != "enum"
                for name, value in facts.items()
            ):
                continue  # an interval
            own = case["policy"] == policy and case["on"] >= "2026-04-01"
            expected.append(case["expected"] if own and not case.get("readings") else "")
            rows.append(facts)
    columns = [
        column
        for name in VALUES[policy]
        for column in _columns(policy, name, [row[name] for row in rows])
    ]
    return pl.DataFrame(columns), expected


def _columns(policy: str, name: str, values: list[Any]) -> list[pl.Series]:
    """Return a fact's values as one column or, of an elapsed time, two."""
    types = schema(policy)
    if name + NEVER not in types:
        return [pl.Series(name, values, dtype=types[name], strict=types[name] != pl.Float64())]
    numbers = [None if value == "never" else value for value in values]
    never = [None if value is None else value == "never" for value in values]
    return [
        pl.Series(name, numbers, dtype=pl.Float64(), strict=False),
        pl.Series(name + NEVER, never, dtype=pl.Boolean()),
    ]


def with_infinity(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame whose elapsed times are one column each, infinite where it never was."""
    names = [name.removesuffix(NEVER) for name in frame.columns if name.endswith(NEVER)]
    return frame.select(
        pl.when(pl.col(name + NEVER)).then(float("inf")).otherwise(pl.col(name)).alias(name)
        if name in names
        else pl.col(name)
        for name in frame.columns
        if not name.endswith(NEVER)
    )


def records(frame: pl.DataFrame, never: object) -> list[dict[str, Any]]:
    """Return the known facts of each row, with what stands for an event that never was."""
    names = {name + NEVER: name for name in frame.columns if name + NEVER in frame.columns}
    found: list[dict[str, Any]] = []
    for row in frame.iter_rows(named=True):
        facts = {name: value for name, value in row.items() if value is not None}
        for flag, name in names.items():
            if facts.pop(flag, False):
                facts[name] = never
        found.append(facts)
    return found
