# SPDX-License-Identifier: Apache-2.0
"""What one might think to hold and does not, each refuted by a patient."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lutalogic import Outcome, decide
from tests.kb.test_cases import ON, bases

ROOT = Path(__file__).parents[2]
MET, NOT_MET = Outcome.MET, Outcome.NOT_MET


def outcome(facts: dict[str, Any], policy: str, on: str = ON) -> Outcome:
    """Return the outcome of a patient whose facts may be None for "not documented"."""
    return decide(facts, policy, on=on).outcome


def wellmark(base: str, **changes: Any) -> dict[str, Any]:
    """Return a patient who meets Wellmark's policy, with some facts changed."""
    return bases("wellmark_lutathera")[base] | changes


def test_wellmark_met_does_not_imply_a_clearance_of_40() -> None:
    """The physician attests to the kidneys; the number binds only once treatment has begun."""
    assert outcome(wellmark("item 2a", creatinine_clearance_ml_min=35), "wellmark_lutathera") is MET


def test_wellmark_met_does_not_imply_ki67_of_at_most_20() -> None:
    """Items 1, 3, 4 and 5 do not ask for the index."""
    assert outcome(wellmark("item 4", ki67_percent=30), "wellmark_lutathera") is MET


def test_neither_payers_lutathera_implies_the_others() -> None:
    """A lung tumor is Wellmark's alone; first line at a Ki-67 of exactly 20 % Premera's alone."""
    lung = wellmark("item 3")
    assert outcome(lung, "wellmark_lutathera") is MET
    assert outcome(lung, "premera_lutathera") is NOT_MET
    example = ROOT / "examples/02_pancreas_first_line_ki67_20.json"
    pancreas = json.loads(example.read_text())["facts"]
    assert outcome(pancreas, "premera_lutathera") is MET
    assert outcome(pancreas, "wellmark_lutathera") is NOT_MET


def test_a_lower_ki67_does_not_keep_a_first_line_request_met() -> None:
    """First line asks for at least 10 %."""
    assert outcome(wellmark("item 2b", ki67_percent=10), "wellmark_lutathera") is MET
    assert outcome(wellmark("item 2b", ki67_percent=9), "wellmark_lutathera") is NOT_MET


def test_met_is_not_kept_as_texts_change() -> None:
    """Since 2025-01-01 Premera asks for octreotide after each dose."""
    patient = bases("premera_lutathera")["initial"] | {"post_dose_octreotide_lar_hours": "never"}
    assert outcome(patient, "premera_lutathera", on="2024-12-31") is MET
    assert outcome(patient, "premera_lutathera", on="2025-01-01") is NOT_MET


def test_a_use_that_nccn_lists_may_not_be_covered() -> None:
    """An atypical lung tumor after an analogue: NCCN 2A (W L658), in no item of Wellmark's.

    It is past the first line, for item 1, and divides too fast for item 3.
    """
    atypical = wellmark("item 3", mitoses_per_10_hpf=5, metastases="distant")
    assert outcome(atypical, "wellmark_lutathera") is NOT_MET


def test_dose_1_met_does_not_imply_dose_2_met() -> None:
    """With unchanged laboratory values, the rules to stop bind from the second dose on."""
    labs = {"creatinine_clearance_ml_min": 35}
    first = wellmark("item 2a", **labs)
    second = first | wellmark("continuation", **labs)
    assert outcome(first, "wellmark_lutathera") is MET
    assert outcome(second, "wellmark_lutathera") is NOT_MET
    assert outcome(second | {"creatinine_clearance_ml_min": 72}, "wellmark_lutathera") is MET
