# SPDX-License-Identifier: Apache-2.0
"""The policies in the expression language of zen-engine: a decision graph of one expression node.

Each side of each criterion is an expression with a name, as one writes them in the editor; an
unknown fact is null. Patients are JSON documents made beforehand.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from zen import ZenDecisionContent, ZenEngine

from benchmarks.cohort.data import OUTCOMES, VALUES, records
from benchmarks.cohort.two_sided import POLICIES, Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

NAME: Final = "zen-engine"
PACKAGES: Final = ("zen-engine",)
ROWS: Final = 20_000
NEVER: Final = 10**9


class Zen:
    """The expression language of zen-engine."""

    def compare(self, name: str, operator: str, number: float) -> str:
        """Return a comparison of a number."""
        return f"({name} != null and {name} {operator} {number})"

    def compare_sum(self, names: tuple[str, str], operator: str, number: int) -> str:
        """Return a comparison of a sum."""
        a, b = names
        return f"({a} != null and {b} != null and {a} + {b} {operator} {number})"

    def among(self, name: str, options: tuple[str, ...]) -> str:
        """Return whether an option is known to be one of some."""
        return f"({name} in {json.dumps(options)})"

    def beside(self, name: str, options: tuple[str, ...]) -> str:
        """Return whether an option is known to be none of some."""
        return f"({name} != null and {name} not in {json.dumps(options)})"

    def flag(self, name: str, *, value: bool) -> str:
        """Return whether a fact is known to be so."""
        return f"({name} == {json.dumps(value)})"

    def both(self, *conditions: str) -> str:
        """Return whether all are so."""
        return f"({' and '.join(conditions)})"

    def either(self, *conditions: str) -> str:
        """Return whether one is so."""
        return f"({' or '.join(conditions)})"

    def negated(self, condition: str) -> str:
        """Return whether it is not so."""
        return f"(not {condition})"


def graph(policy: str) -> str:
    """Return the decision graph: what comes in, one expression, what goes out."""
    criteria = POLICIES[policy](Writer(Zen()))
    fails = " or ".join(pair.fails for pair in criteria)
    holds = " and ".join(pair.holds for pair in criteria)
    met, not_met, needs = OUTCOMES
    told = f'{fails} ? "{not_met}" : ({holds} ? "{met}" : "{needs}")'
    nodes: list[dict[str, Any]] = [
        {"id": "in", "type": "inputNode", "name": "patient"},
        {
            "id": "decide", "type": "expressionNode", "name": "decide",
            "content": {"expressions": [{"id": "1", "key": "outcome", "value": told}]},
        },
        {"id": "out", "type": "outputNode", "name": "decision"},
    ]  # fmt: skip
    edges = [
        {"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"}
        for a, b in (("in", "decide"), ("decide", "out"))
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def prepare(frame: pl.DataFrame, policy: str) -> Callable[[], list[Any]]:
    """Return what decides the patients of a frame, each a JSON document made beforehand."""
    decision = ZenEngine().create_decision(ZenDecisionContent(graph(policy)))
    silent = dict.fromkeys(VALUES[policy])
    patients = [json.dumps(silent | facts).encode() for facts in records(frame, NEVER)]
    return lambda: [decision.evaluate(patient) for patient in patients]


def codes(answer: list[Any]) -> np.ndarray:
    """Return the place of each outcome in OUTCOMES."""
    return np.array([OUTCOMES.index(each["result"]["outcome"]) for each in answer], dtype=np.uint8)
