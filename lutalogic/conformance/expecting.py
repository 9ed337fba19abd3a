# SPDX-License-Identifier: Apache-2.0
"""What a vector expects: the engines decide, and must agree on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from lutalogic import strict_json
from lutalogic.answers import Outcome
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

#: Of more least sets than these a vector states what is waited for, and not all sets; nor does it
#: of a pending request under readings that are not the default, of which there are too many.
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


def _expected(decision: Decision) -> Expected:
    usual = decision.outcome is not Outcome.NEEDS_INFORMATION or not any(decision.request.choices)
    missing = decision.missing() if usual else None
    few = missing and len(missing.approve.sets) + len(missing.deny.sets) <= _MOST_SETS
    return Expected(
        outcome=decision.outcome.value,
        criteria=_criteria(decision),
        approve=_sets(missing.approve) if missing and few else None,
        deny=_sets(missing.deny) if missing and few else None,
        waits_for=frozenset(decision.waits_for),
        deciding=frozenset(decision.deciding),
    )


def _sets(needs: Needs) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(each.facts) for each in needs.sets)


def _criteria(decision: Decision) -> dict[str, str]:
    return {name: truth.value for name, truth in decision.criteria.items()}


def _acceptable(request: dict[str, Any], decision: Decision) -> Iterator[Expected]:
    """Yield the other answers that one reading, taken otherwise, leads to; each once."""
    told = [(decision.outcome.value, _criteria(decision))]
    for name in decision.policy.readings:
        for value in rule_base().readings[name].values[1:]:
            other = _decided(request, None, **{name: value})
            answer = (other.outcome.value, _criteria(other))
            if answer not in told:
                told.append(answer)
                yield Expected(*answer, readings={name: value})
