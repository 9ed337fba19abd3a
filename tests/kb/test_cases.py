# SPDX-License-Identifier: Apache-2.0
"""Each row of the case tables in this folder is decided as it says.

A policy's folder holds ``bases.json``, named sets of facts that meet the policy, and one
``<criterion>.jsonl`` for each criterion in the document's order. A row states a claim:

    {"claim": "11 completed years are too few", "base": "item 2a", "facts": {"age_years": 11},
     "criteria": {"W-1": "false"}, "outcome": "not_met"}

`facts` are changes to the base (null takes a fact away), `on` defaults to 2026-06-01, `readings` to
none; `criteria` lists those the claim is about, null for one that is left out of the map.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lutalogic import decide, policies, rule_base
from tests.independent.evaluator import evaluate

HERE = Path(__file__).parent
ON = "2026-06-01"


def bases(policy: str) -> dict[str, dict[str, Any]]:
    """Return the named sets of facts that meet a policy on 2026-06-01."""
    loaded: dict[str, dict[str, Any]] = json.loads((HERE / policy / "bases.json").read_text())
    return loaded


def request(policy: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return the request of a row, as the line protocol has it."""
    facts = bases(policy)[row["base"]] | row.get("facts", {})
    return {
        "policy": policy,
        "on": row.get("on", ON),
        "facts": {name: value for name, value in facts.items() if value is not None},
        "readings": row.get("readings", {}),
    }


def rows(policy: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a policy, by file and line."""
    return {
        f"{policy}/{path.stem}:{number}": json.loads(line)
        for path in sorted((HERE / policy).glob("*.jsonl"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
    }


ROWS = [
    pytest.param(policy.name, row, id=place)
    for policy in policies()
    for place, row in rows(policy.name).items()
]


@pytest.mark.parametrize(
    ("policy", "name"), [(p.name, name) for p in policies() for name in bases(p.name)]
)
def test_every_base_meets_its_policy(policy: str, name: str) -> None:
    """A base is a patient who meets the policy on 2026-06-01."""
    assert decide(bases(policy)[name], policy, on=ON).outcome == "met"


@pytest.mark.parametrize(("policy", "row"), ROWS)
def test_a_row_is_decided_as_it_says(policy: str, row: dict[str, Any]) -> None:
    """The engine and the independent evaluator both agree with the row."""
    asked = request(policy, row)
    decision = decide(asked["facts"], policy, on=asked["on"], readings=asked["readings"])
    independent = evaluate(asked)
    for criterion, expected in row["criteria"].items():
        assert decision.criteria.get(criterion) == expected, row["claim"]
        assert independent["criteria"].get(criterion) == expected, row["claim"]
    if "outcome" in row:
        assert decision.outcome == row["outcome"], row["claim"]
        assert independent["outcome"] == row["outcome"], row["claim"]


def _numeric_tests(policy: str) -> set[tuple[str, Any]]:
    base = rule_base()
    return {
        (node.attributes[0], constant)
        for node in (base.nodes[n] for n in base.policies[policy].nodes)
        if node.kind == "test" and base.attributes[node.attributes[0]].range != (0, 0)
        for constant in node.test[1:]
    }


@pytest.mark.parametrize("policy", [p.name for p in policies()])
def test_every_threshold_is_tried_at_below_and_above(policy: str) -> None:
    """Each constant that a criterion compares with has a row at it, below and above it."""
    values: dict[str, set[float]] = {}
    for row in rows(policy).values():
        for fact, value in row.get("facts", {}).items():
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                values.setdefault(fact, set()).add(float(value))
    base = rule_base()
    for fact, constant in sorted(_numeric_tests(policy)):
        tried, limit = values.get(fact, set()), float(constant)
        low, high = base.attributes[fact].range
        near = 1.0 if base.attributes[fact].type == "integer" else 0.2
        assert limit in tried, (fact, constant)
        assert limit == low or any(limit - near <= v < limit for v in tried), (
            fact,
            constant,
            "below",
        )
        assert limit == high or any(limit < v <= limit + near for v in tried), (
            fact,
            constant,
            "above",
        )


@pytest.mark.parametrize("policy", [p.name for p in policies()])
def test_every_criterion_reading_and_text_is_tried(policy: str) -> None:
    """Each criterion is true, false and unknown in some row; each reading and text has a row."""
    stated = list(rows(policy).values())
    entry = rule_base().policies[policy]
    for criterion in entry.criteria:
        seen = {row["criteria"][criterion.id] for row in stated if criterion.id in row["criteria"]}
        assert seen >= {"true", "false", "unknown"}, criterion.id
    readings = {(name, value) for row in stated for name, value in row.get("readings", {}).items()}
    for name in entry.readings:
        for value in rule_base().readings[name].values[1:]:
            assert (name, value) in readings, (name, value)
    days = {row.get("on", ON) for row in stated}
    for text in entry.texts:
        assert text.start in days, text.start
