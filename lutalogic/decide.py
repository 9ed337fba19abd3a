# SPDX-License-Identifier: Apache-2.0
"""Decide: a case, a policy, a date of service and readings in; a decision out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from lutalogic.answers import Truth
from lutalogic.case import Case
from lutalogic.dates import date_of_service
from lutalogic.decision import Decision
from lutalogic.engines import Request
from lutalogic.engines.choice import engine_named
from lutalogic.errors import BadRequest
from lutalogic.readings import choices_of, valid_readings
from lutalogic.record import Record
from lutalogic.rulebase import policies, rule_base
from lutalogic.trace import facts_read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lutalogic.rules import Policy


def decide(
    case: Case | Mapping[str, Any],
    policy: str | Policy,
    *,
    on: date | str,
    readings: Mapping[str, str] | None = None,
    engine: str | None = None,
) -> Decision:
    """Decide one case under one policy.

    Args:
        case: The facts, as a `Case` or a mapping of names to values.
        policy: The name of a policy, or one of `policies()`.
        on: The date of service, as a date or as ``"YYYY-MM-DD"``. It picks the text in force.
        readings: Readings to take in place of their defaults, name to value.
        engine: ``"prolog"`` or ``"kanren"``; both come to the same. If None, Prolog, or kanren
            where SWI-Prolog is not installed.

    Returns:
        The decision, with the truth of every criterion and the reasons.

    Raises:
        InputError: Something in the request cannot be judged; the message says what and where.
        EngineError: The installation cannot decide.

    Source:
        Wellmark 06.01.38 and Premera 6.01.525, as the criteria cite them.

    >>> decision = decide(Case(age_years=11), "wellmark_lutathera", on="2026-06-01")
    >>> decision.outcome, decision.deciding
    (<Outcome.NOT_MET: 'not_met'>, ('W-1',))
    """
    return decide_many([case], policy, on=on, readings=readings, engine=engine)[0]


def decide_many(
    cases: Iterable[Case | Mapping[str, Any]],
    policy: str | Policy,
    *,
    on: date | str,
    readings: Mapping[str, str] | None = None,
    engine: str | None = None,
) -> list[Decision]:
    """Decide many cases under one policy, in one call of the engine.

    Args, errors and source are those of `decide`; the decisions come in the order of the cases.

    >>> ages = [Case(age_years=age) for age in (17, 18)]
    >>> [str(d.criteria["X-1"]) for d in decide_many(ages, "premera_xofigo", on="2026-06-01")]
    ['false', 'true']
    """
    chosen = rule_base().policy(policy)
    day = date_of_service(on)
    choices = choices_of(chosen, valid_readings(readings))
    number = day.year * 10000 + day.month * 100 + day.day
    requests = [Request(chosen, number, choices, case_of(case)) for case in cases]
    deciding = engine_named(engine)
    digest = rule_base().digest
    return [
        Decision(request=request, on=day, truths=truths, digest=digest, engine=deciding)
        for request, truths in zip(requests, deciding.truths(requests), strict=True)
    ]


def policies_for(
    case: Case, *, readings: Mapping[str, str] | None = None, engine: str | None = None
) -> tuple[Policy, ...]:
    """Return the policies that speak, or may speak, to the tumor of a case, on whatever day.

    Args:
        case: The facts.
        readings: Readings to take in place of their defaults, name to value.
        engine: As of `decide`.

    Raises:
        InputError: There is no such reading, value or engine.
        EngineError: The installation cannot decide.

    >>> [policy.name for policy in policies_for(Case(tumor_type="midgut_net"))]
    ['premera_lutathera', 'wellmark_lutathera']
    """
    facts = case.facts
    known = {name: facts[name] for name in _scope_facts() if name in facts}
    return _policies_for(Case.from_mapping(known), valid_readings(readings), engine)


@cache
def _scope_facts() -> tuple[str, ...]:
    """Return the facts by which policies tell what they speak to."""
    scopes = [policy.applies_to for policy in policies()]
    return tuple(dict.fromkeys(name for scope in scopes for name in facts_read(scope)))


@lru_cache(maxsize=4096)
def _policies_for(
    scope: Case, readings: tuple[tuple[str, str], ...], engine: str | None
) -> tuple[Policy, ...]:
    taken = dict(readings)
    decided = [
        decide(scope, policy, on=date.max, readings=taken, engine=engine) for policy in policies()
    ]
    return tuple(d.policy for d in decided if d.applies is not Truth.FALSE)


def case_of(case: Case | Mapping[str, Any]) -> Case:
    """Return the case that is given as one, or as a mapping of names to values.

    Raises:
        InputError: It is neither, or a fact is not as it should be.
    """
    if isinstance(case, Case):
        return case
    if isinstance(case, Mapping):
        return Case.from_mapping(case)
    if isinstance(case, Record):
        raise BadRequest(
            "a record is no case yet; pass Patient(name, {}, record=record).case(on=...)", "facts"
        )
    if callable(getattr(case, "case", None)):
        raise BadRequest(
            f"a {type(case).__name__} is no case yet; pass .case(on=...) of it, its case on the "
            "date of service",
            "facts",
        )
    raise BadRequest("the facts must be a Case or a mapping, name to value", "facts")
