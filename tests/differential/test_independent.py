# SPDX-License-Identifier: Apache-2.0
"""The engine against an evaluator written from the documents, on every criterion."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from lutalogic import decide
from tests.independent.evaluator import evaluate
from tests.strategies import POLICIES, Coverage, requests, searching

CASES = Path(__file__).parents[1] / "cases"
SAMPLES = [
    pytest.param(row, id=row["id"])
    for name in ("cases.jsonl", "cases_more.jsonl")
    for row in map(json.loads, (CASES / name).read_text().splitlines())
]


@pytest.mark.parametrize("row", SAMPLES)
def test_the_sample_cases_are_decided_as_expected(row: dict[str, Any]) -> None:
    """Outcome, and where given the whole criteria map, are those of the sample."""
    decision = decide(row["facts"], row["policy"], on=row["on"], readings=row.get("readings"))
    assert decision.outcome == row["expected"]
    if "criteria" in row:
        assert decision.criteria == row["criteria"]


@pytest.mark.parametrize("policy", POLICIES)
def test_the_engine_agrees_with_the_independent_evaluator(policy: str) -> None:
    """On random patients, readings and dates: the same outcome and the same criteria map."""
    coverage = Coverage(f"independent evaluator, {policy}")

    @searching(5)
    @given(requests(policy))
    def agree(request: dict[str, Any]) -> None:
        independent = evaluate(request)
        decision = decide(request["facts"], policy, on=request["on"], readings=request["readings"])
        assert dict(decision.criteria) == independent["criteria"]
        assert decision.outcome == independent["outcome"]
        coverage.note(decision.outcome.value)

    agree()
    coverage.demand(0.05, "met", "not_met", "needs_information")
