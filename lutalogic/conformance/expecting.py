# SPDX-License-Identifier: Apache-2.0
"""What a vector expects: the engines decide, and must agree on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from lutalogic import strict_json
from lutalogic.conformance.vector import Catch, Expected, Vector
from lutalogic.decide import decide
from lutalogic.engines.choice import ENGINES
from lutalogic.errors import EngineError
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lutalogic.conformance.candidates import Candidate
    from lutalogic.conformance.mutants import Mutant
    from lutalogic.decision import Decision
    from lutalogic.missing import Needs

#: Of more least sets than these a vector states what is waited for, and not all sets.
_MOST_SETS: Final = 40


def vector(name: str, level: int, candidate: Candidate, catches: Sequence[Mutant]) -> Vector:
    """Return a candidate as a vector, on whose answer all engines agree.

    Args:
        name: Its id.
        level: The level from which on it is needed.
        candidate: The candidate.
        catches: The mistakes that it is there to catch.

    Raises:
        EngineError: The engines disagree; an error of lutalogic.
    """
    day = f"{candidate.request.day:08d}"
    request: dict[str, Any] = {
        "id": name,
        "policy": candidate.request.policy.name,
        "on": f"{day[:4]}-{day[4:6]}-{day[6:]}",
        "facts": candidate.request.case.facts,
    }
    if candidate.named:
        request["readings"] = candidate.readings
    # as a program reads it: what is sent is judged, not what it was made of
    request = strict_json.loads(strict_json.dumps(request))
    decision = _agreed(request)
    conflicts = {"conflicts"} if decision.conflicts else set()
    return Vector(
        id=name,
        level=level,
        request=request,
        expect=_expected(decision),
        acceptable=() if candidate.named else tuple(_acceptable(request, decision)),
        catches=tuple(Catch(m.id, m.criterion, m.mistake) for m in catches),
        needs=candidate.needs | conflicts,
    )


def _agreed(request: dict[str, Any]) -> Decision:
    """Return the decision of a request, which must be that of every engine."""
    first, *others = (_decided(request, engine) for engine in ENGINES)
    for other in others:
        if other != first:
            raise EngineError(f"the engines disagree on {request['id']}: an error of lutalogic")
    return first


def _decided(request: dict[str, Any], engine: str | None, **readings: str) -> Decision:
    taken = request.get("readings", {}) | readings
    return decide(
        request["facts"], request["policy"], on=request["on"], readings=taken, engine=engine
    )


def _expected(decision: Decision, **readings: str) -> Expected:
    missing = decision.missing()
    few = len(missing.approve.sets) + len(missing.deny.sets) <= _MOST_SETS
    return Expected(
        outcome=decision.outcome.value,
        criteria=_criteria(decision),
        approve=_sets(missing.approve) if few else None,
        deny=_sets(missing.deny) if few else None,
        waits_for=frozenset(decision.waits_for),
        deciding=frozenset(decision.deciding),
        readings=readings,
    )


def _sets(needs: Needs) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(each.facts) for each in needs.sets)


def _criteria(decision: Decision) -> dict[str, str]:
    return {name: truth.value for name, truth in decision.criteria.items()}


def _acceptable(request: dict[str, Any], decision: Decision) -> Iterator[Expected]:
    """Yield the other answers that one reading, taken otherwise, leads to, reading by reading."""
    usual = _expected(decision)
    for name in decision.policy.readings:
        for value in rule_base().readings[name].values[1:]:
            other = _expected(_decided(request, None, **{name: value}), **{name: value})
            if replace(other, readings={}) != usual:
                yield other
