# SPDX-License-Identifier: Apache-2.0
"""What if some facts were others: two decisions of each policy, and what differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lutalogic.decide import case_of
from lutalogic.effects import Effect
from lutalogic.errors import BadRequest
from lutalogic.frames import data_frame
from lutalogic.markup import Shown
from lutalogic.plain import wrapped
from lutalogic.possible import json_value
from lutalogic.questions import Policies, decided, questions
from lutalogic.rulebase import rule_base
from lutalogic.sweeps import decided_by, facts_json, which
from lutalogic.words import UNDOCUMENTED, fact_words, value_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from lutalogic.case import Case
    from lutalogic.questions import Question
    from lutalogic.rules import Policy

#: The version of the JSON form; see the schema of that name.
WHAT_IF_SCHEMA: Final = "lutalogic/what-if/1"


@dataclass(frozen=True, repr=False)
class WhatIf(Shown):
    """What other facts would change, policy by policy; made by `what_if`.

    It is a sequence of effects in the order of the policies; the name of a policy picks its own.

    Attributes:
        before: The case.
        after: The case with the other facts.
        names: The facts that were stated otherwise, in the vocabulary's order.
        questions: The policies, each on its day and under its readings.
        effects: For each policy, both decisions and what differs.
    """

    before: Case
    after: Case
    names: tuple[str, ...]
    questions: tuple[Question, ...]
    effects: tuple[Effect, ...]

    @property
    def policies(self) -> tuple[str, ...]:
        """Return the names by which the policies are asked for."""
        return tuple(question.name for question in self.questions)

    @property
    def changes(self) -> tuple[str, ...]:
        """Return the facts that were stated otherwise, in words, with what they are now."""
        return tuple(_words(self.before, self.after, name) for name in self.names)

    def __getitem__(self, policy: int | str | Policy) -> Effect:
        """Return what changes at a policy.

        Raises:
            BadRequest: It was not asked.
        """
        place = policy if isinstance(policy, int) else which(self.questions, policy)
        return self.effects[place]

    def __len__(self) -> int:
        """Return how many policies were asked."""
        return len(self.effects)

    def __iter__(self) -> Iterator[Effect]:
        """Iterate over the policies' effects."""
        return iter(self.effects)

    def __bool__(self) -> bool:
        """Refuse: what differs is no yes or no by itself."""
        raise TypeError("compare an outcome, as in: effects[0].after.outcome is Outcome.MET")

    def __str__(self) -> str:
        """Return the changes as plain text."""
        told = ["What if:"]
        for change in self.changes:
            told += wrapped(change, indent=2)
        for question, effect in zip(self.questions, self.effects, strict=True):
            told += ["", *wrapped(f"{question.heading}: {effect.outcome_words}")]
            told += effect.lines()
        return "\n".join(told)

    def __repr__(self) -> str:
        """Return the outcomes in one line."""
        told = (f"{q.name}: {c.outcome_words}" for q, c in zip(self.questions, self, strict=True))
        return f"<what if {', '.join(self.names)}: {'; '.join(told)}>"

    def as_json(self) -> dict[str, Any]:
        """Return the changes as a JSON value."""
        old, new = self.before.facts, self.after.facts
        return {
            "schema": WHAT_IF_SCHEMA,
            "facts": facts_json(self.before),
            "changed": {
                name: {
                    "before": json_value(old.get(name)),
                    "after": json_value(new.get(name)),
                }
                for name in self.names
            },
            "policies": [
                question.as_json() | effect.as_json()
                for question, effect in zip(self.questions, self.effects, strict=True)
            ],
            **decided_by(self.effects[0].before),
        }

    def frame(self) -> Any:
        """Return a pandas data frame with a row for each outcome and each criterion that changed.

        Of an outcome, the criterion is empty.

        Raises:
            PicturesMissing: pandas is not installed.
        """
        told = []
        for question, effect in zip(self.questions, self.effects, strict=True):
            here = {"policy": question.name, "on": question.on.isoformat()}
            old, new = effect.before.outcome, effect.after.outcome
            told.append(
                {**here, "criterion": "", "sentence": "", "before": old.value, "after": new.value}
            )
            for each in effect.criteria:
                same = each.as_json()
                told.append({**here, **same, "criterion": same["id"]})
        return data_frame(("policy", "on", "criterion", "before", "after", "sentence"), told)


def what_if(
    case: Case | Mapping[str, Any],
    *,
    policy: Policies = None,
    on: date | str | None = None,
    readings: Mapping[str, str] | None = None,
    engine: str | None = None,
    **facts: Any,
) -> WhatIf:
    """Decide a case as it is and with some facts changed, and tell what differs.

    Args:
        case: The facts.
        policy: One or several: names, policies, or sides such as
            ``"premera_lutathera@2026-03-31"``. None for those that may speak to the tumor,
            before or after.
        on: The date of service of those that name none; None for the day by which the latest
            text took effect, however it is read.
        readings: Readings to take in place of their defaults, name to value.
        engine: As of `decide`.
        facts: The facts to state otherwise; None stands for "not documented".

    Raises:
        InputError: A fact, policy, date or reading is unknown, or no fact is named.
        EngineError: The installation cannot decide.

    Source:
        Wellmark 06.01.38 and Premera 6.01.525, as the criteria cite them.

    >>> told = what_if({"age_years": 17}, policy="premera_xofigo", age_years=18)
    >>> told
    <what if age_years: premera_xofigo: not met -> needs information>
    >>> [change.words for change in told[0].criteria]
    ['false -> true']
    """
    if not facts:
        raise BadRequest("name a fact and its other value, as in: age_years=12", "facts")
    before = case_of(case)
    after = before.replace(**facts)
    cases = (before, after)
    asked = questions(policy, on=on, readings=readings, speaking_to=cases, engine=engine)
    told = decided(((q, each) for q in asked for each in cases), engine=engine)
    effects = map(Effect, told[0::2], told[1::2])
    names = (name for name in rule_base().attributes if name in facts)
    return WhatIf(before, after, tuple(names), asked, tuple(effects))


def _words(before: Case, after: Case, name: str) -> str:
    """Return what a fact is instead, and what it is now."""
    stated = after.facts.get(name) is not None
    known = before.possible.get(name)
    now = UNDOCUMENTED if known is None else value_words(rule_base().attributes[name], known)
    return f"{fact_words(name, after.possible.get(name), stated=stated)} (now: {now})"
