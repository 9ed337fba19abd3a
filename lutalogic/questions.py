# SPDX-License-Identifier: Apache-2.0
"""What a case is asked about, side by side: policies, each on a day and under readings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from lutalogic.dates import date_of_service
from lutalogic.decide import policies_for
from lutalogic.decision import Decision
from lutalogic.engines import Request
from lutalogic.engines.choice import engine_named
from lutalogic.errors import BadRequest
from lutalogic.readings import choices_of, valid_readings
from lutalogic.rulebase import rule_base
from lutalogic.rules import Policy
from lutalogic.sides import Side, read_side
from lutalogic.trace import turning_days

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lutalogic.case import Case

#: How policies are named to a function: one or several, each as `sides.read_side` takes it too.
Policies = str | Policy | Side | Iterable[str | Policy | Side] | None


@dataclass(frozen=True)
class Question:
    """A policy on a date of service, under readings.

    Attributes:
        name: What tells it from the others: the name of its policy, or, where that is asked
            more than once, POLICY@DATE,READING=VALUE.
        policy: The policy.
        on: The date of service.
        readings: The readings taken in place of their defaults, as sorted pairs.
    """

    name: str
    policy: Policy
    on: date
    readings: tuple[tuple[str, str], ...] = ()

    @property
    def heading(self) -> str:
        """Return policy, date and readings in one line, and that no text is on record if so."""
        pairs = " and ".join(f"{name} = {value}" for name, value in self.readings)
        read = f", read with {pairs}" if pairs else ""
        begun = self.on.isoformat() >= self.policy.start(choices_of(self.policy, self.readings))
        none = "" if begun else f" (no text is on record for that date. {self.policy.before})"
        return f"{self.policy.title}, on {self.on}{read}{none}"

    def request(self, case: Case) -> Request:
        """Return what an engine is asked of a case."""
        number = self.on.year * 10000 + self.on.month * 100 + self.on.day
        return Request(self.policy, number, choices_of(self.policy, self.readings), case)

    def as_json(self) -> dict[str, Any]:
        """Return the question as a JSON value."""
        return {
            "name": self.name,
            "policy": self.policy.name,
            "on": self.on.isoformat(),
            "readings": dict(self.readings),
        }


def questions(
    policies: Policies,
    *,
    on: date | str | None,
    readings: Mapping[str, str] | None,
    speaking_to: Sequence[Case],
    engine: str | None = None,
) -> tuple[Question, ...]:
    """Return what is asked, each policy on its day and under its readings.

    Args:
        policies: One or several: names, policies, or sides such as
            ``"premera_lutathera@2026-03-31"``, which have their own day and readings. None for
            those that may speak to the tumor.
        on: The date of service where none is named; None for the day by which the latest text of
            each policy took effect, however it is read.
        readings: Readings to take in place of their defaults, where none are named.
        speaking_to: The cases, to one of which a policy may speak to count where none is named.
        engine: As of `decide`; it tells which these are.

    Raises:
        InputError: A policy, date or reading is unknown, or a policy is asked twice alike.
    """
    taken = valid_readings(readings)
    given: Iterable[str | Policy | Side]
    if policies is None:
        some = [policies_for(case, readings=readings, engine=engine) for case in speaking_to]
        given = [
            policy for policy in rule_base().policies.values() if any(policy in s for s in some)
        ]
    elif isinstance(policies, (str, Policy, Side)) or not isinstance(policies, Iterable):
        given = [policies]  # what is none of these is refused as each of several is
    else:
        given = policies
    asked = [_question(each, on, taken) for each in given]
    if not asked:
        raise BadRequest("no policy is named, or may speak to this tumor; name one", "policies")
    alone = {q.policy.name for q in asked if [o.policy for o in asked].count(q.policy) == 1}
    named = tuple(replace(q, name=q.policy.name) if q.policy.name in alone else q for q in asked)
    for question in named:
        if named.count(question) > 1:
            raise BadRequest(f"{question.name} stands twice; keep one", "policies")
    return named


def _question(given: object, on: date | str | None, taken: tuple[tuple[str, str], ...]) -> Question:
    if isinstance(given, str) and ("@" in given or "," in given):
        name, comma, rest = given.partition(",")
        policy = rule_base().policy(name.partition("@")[0].strip())
        stated = name if "@" in name else f"{policy.name}@{_day(policy, on)}"
        given = read_side(f"{stated}{comma}{rest}")
    if isinstance(given, Side):
        return _named(given.policy, date.fromisoformat(given.day), given.taken)
    if not isinstance(given, (str, Policy)):
        raise BadRequest(
            "must be the name of a policy, a policy, or what side() returns", "policies"
        )
    policy = rule_base().policy(given)
    return _named(policy, _day(policy, on), bearing_on(policy, taken))


def bearing_on(
    policy: Policy, readings: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """Return those of some readings that bear on a policy and are not the default."""
    known = rule_base().readings
    return tuple(
        (name, value)
        for name, value in readings
        if name in policy.readings and value != known[name].default
    )


def _day(policy: Policy, on: date | str | None) -> date:
    """Return a date of service; where none is named, one by which the latest text is in force."""
    return date_of_service(turning_days(policy)[-1] if on is None else on)


def _named(policy: Policy, on: date, readings: tuple[tuple[str, str], ...]) -> Question:
    told = str(Side(policy, on.isoformat(), readings))
    return Question(told, policy, on, readings)


def decided(asked: Iterable[tuple[Question, Case]], *, engine: str | None) -> list[Decision]:
    """Decide many cases of many questions, in one call of the engine.

    Raises:
        EngineError: The installation cannot decide.
    """
    pairs = list(asked)
    requests = [question.request(case) for question, case in pairs]
    deciding, digest = engine_named(engine), rule_base().digest
    return [
        Decision(request=request, on=question.on, truths=truths, digest=digest, engine=deciding)
        for (question, _), request, truths in zip(
            pairs, requests, deciding.truths(requests), strict=True
        )
    ]
