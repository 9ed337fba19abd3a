# SPDX-License-Identifier: Apache-2.0
"""The conflicts of evidence in a decision: which facts speak for something, and which against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lutalogic.answers import Conflict
from lutalogic.rulebase import rule_base
from lutalogic.trace import findings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lutalogic.trace import Trace


def conflicts(trace: Trace, facts: Mapping[str, Any]) -> tuple[Conflict, ...]:
    """Return the conflicts of evidence in force, decisive or not, and the criteria touched.

    Args:
        trace: The policy, readings, day and truths of the decision.
        facts: The patient's facts, name to value.
    """
    return tuple(_conflict(trace, facts, *torn) for torn in findings(trace).torn)


def _conflict(
    trace: Trace, facts: Mapping[str, Any], number: int, criteria: tuple[str, ...]
) -> Conflict:
    base, policy = rule_base(), trace.policy
    sides = {
        letter: {
            name: facts[name]
            for part in trace.parts(number)
            if trace.letter(part) == letter
            for reason in trace.reasons(part)
            for name in base.nodes[reason].attributes
            if name in facts
        }
        for letter in "tf"
    }
    named = policy.criteria_by_node.get(number)
    above = next((c.sentence for c in policy.criteria if c.id in criteria), None)
    definition = policy.definitions.get(number)
    defined = definition.sentence if definition else None
    about = named.sentence if named else defined or above or policy.title
    return Conflict(about, criteria, sides["t"], sides["f"])
