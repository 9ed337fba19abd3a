# SPDX-License-Identifier: Apache-2.0
"""A small suite: the sample cases, as this package decides them at every level."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from lutalogic import Case, decide, rule_base, strict_json
from lutalogic.conformance.suite import Suite
from lutalogic.conformance.vector import VECTOR_SCHEMA, Vector, vector_of

CASES = Path(__file__).parents[1] / "cases"
PROFILES = {"whole": frozenset[str](), "plain": frozenset({"intervals", "readings", "dates"})}
_NOW = "2026-06-01"


def request(name: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return a sample case as a request."""
    fields = ("policy", "on", "facts", "readings")
    return {"id": name} | {field: given[field] for field in fields if given.get(field)}


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Return what this package answers to a request, at every level."""
    case = Case.from_mapping(asked["facts"])
    decision = decide(case, asked["policy"], on=asked["on"], readings=asked.get("readings"))
    lacks = decision.missing()
    return {
        "outcome": decision.outcome.value,
        "criteria": {name: truth.value for name, truth in decision.criteria.items()},
        "missing": {
            "approve": [sorted(change.facts) for change in lacks.approve.sets],
            "deny": [sorted(change.facts) for change in lacks.deny.sets],
        },
        "waits_for": sorted(decision.waits_for),
        "deciding": sorted(decision.deciding),
    }


def needs(asked: dict[str, Any]) -> list[str]:
    """Return what an implementation must support to be asked this."""
    attributes = rule_base().attributes
    interval = any(
        isinstance(value, str) and attributes[name].range != (0, 0) and value != "never"
        for name, value in asked["facts"].items()
    )
    told = {"intervals": interval, "readings": "readings" in asked, "dates": asked["on"] != _NOW}
    return [name for name, needed in told.items() if needed]


@cache
def small_suite() -> Suite:
    """Return every sample case as a vector, of levels in turn, with nothing that it catches."""
    vectors: list[Vector] = []
    for file in ("cases.jsonl", "cases_more.jsonl"):
        for line in (CASES / file).read_text().splitlines():
            given = strict_json.loads(line)
            asked = request(given["id"], given)
            told = {"expect": answer(asked), "needs": needs(asked), "level": len(vectors) % 4}
            head = {"schema": VECTOR_SCHEMA, "id": given["id"], "request": asked}
            vectors.append(vector_of(head | told))
    return Suite(tuple(vectors), rule_base().digest, PROFILES, {"from": "the sample cases"})
