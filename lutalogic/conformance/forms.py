# SPDX-License-Identifier: Apache-2.0
"""Answers that are not written as the line protocol has them, told as such.

What an answer gets wrong by its form says nothing about the rules behind it: a report tells it
apart, and seeks no mistake of the rules in it.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from lutalogic.answers import Outcome, Truth
from lutalogic.conformance.vector import LEVELS
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lutalogic.conformance.vector import Vector

_OUTCOMES = [outcome.value for outcome in Outcome]
_TRUTHS = [truth.value for truth in Truth]


def faults(vector: Vector, answer: Mapping[str, Any], *, level: int) -> Iterator[str]:
    """Yield what is amiss in how an answer is written, alike for all answers that share it.

    Args:
        vector: What was asked.
        answer: The answer, an object.
        level: The level up to which it is compared.

    >>> from lutalogic.conformance.vector import vector_of
    >>> request = {"policy": "premera_xofigo", "on": "2026-06-01", "facts": {}}
    >>> vector = {"schema": "lutalogic/vector/1", "id": "one", "level": 0, "request": request}
    >>> one = vector_of(vector | {"expect": {"outcome": "needs_information"}})
    >>> list(faults(one, {"outcome": "MET"}, level=0))
    ['the outcome is none of met, not_met, needs_information']
    """
    if "outcome" in answer and answer["outcome"] not in _OUTCOMES:
        yield f"the outcome is none of {', '.join(_OUTCOMES)}"
    stated = {"criteria": vector.expect.criteria, "deciding": vector.expect.deciding}
    for place, name in enumerate(LEVELS):
        if 0 < place <= level and name not in answer and stated.get(name) is not None:
            yield f"there is no {name}"
    criteria = answer.get("criteria")
    if level and isinstance(criteria, dict) and vector.expect.criteria is not None:
        yield from _of_criteria(vector, criteria)


def _of_criteria(vector: Vector, criteria: Mapping[str, Any]) -> Iterator[str]:
    if any(truth not in _TRUTHS for truth in criteria.values()):
        yield f"a criterion is none of the texts {', '.join(_TRUTHS)}"
    policy = rule_base().policies.get(vector.policy)
    known = [criterion.id for criterion in policy.criteria] if policy else []
    left_out = [name for name in vector.expect.criteria or {} if name not in criteria]
    for name in criteria:
        if known and left_out and name not in known:
            near = difflib.get_close_matches(name, left_out, n=1, cutoff=0.5)
            meant = f"; did you mean {near[0]}?" if near else ""
            yield f"there is no criterion {name!r}{meant}"
