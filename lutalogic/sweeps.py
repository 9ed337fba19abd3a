# SPDX-License-Identifier: Apache-2.0
"""What comes of every value of a fact, all others staying as they are: with exact breakpoints."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal

from lutalogic.bands import Band, Turn
from lutalogic.errors import BadRequest
from lutalogic.frames import data_frame
from lutalogic.markup import Shown
from lutalogic.plain import listed, rows, wrapped
from lutalogic.possible import json_value
from lutalogic.rulebase import rule_base
from lutalogic.rules import Policy
from lutalogic.runs import breakpoint_between, joined, place_of, places
from lutalogic.words import fact_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lutalogic.answers import Outcome
    from lutalogic.case import Case
    from lutalogic.decision import Decision
    from lutalogic.questions import Question
    from lutalogic.rules import Attribute
    from lutalogic.runs import Point

#: The version of the JSON form of sweeps; see the schema of that name.
SWEEP_SCHEMA: Final = "lutalogic/sweep/1"
#: What neighbours must share to be joined: the outcome, or also the truth of every criterion.
By = Literal["outcome", "criteria"]


@dataclass(frozen=True, repr=False)
class Sweep(Shown):
    """The outcomes of a case for every value of one of its facts, by policy; made by `sweep`.

    Iterating over it yields the bands of all policies, policy by policy.

    Attributes:
        case: The case.
        attribute: The fact that is swept.
        questions: The policies, each on its day and under its readings.
        points: The values that were decided.
        decided: For each policy, the decisions of the points, in their order.
        by: What neighbours share that are joined.
    """

    case: Case
    attribute: Attribute
    questions: tuple[Question, ...]
    points: tuple[Point, ...]
    decided: tuple[tuple[Decision, ...], ...]
    by: By = "outcome"

    @property
    def policies(self) -> tuple[str, ...]:
        """Return the names by which the policies are asked for."""
        return tuple(question.name for question in self.questions)

    @property
    def title(self) -> str:
        """Return what is swept, and what it is in the case."""
        name = self.attribute.name
        known = fact_words(
            name, self.case.possible.get(name), stated=self.case.facts.get(name) is not None
        )
        return f"{self.attribute.meaning} [{name}]; the case (*): {known}"

    @cached_property
    def _bands(self) -> tuple[tuple[Band, ...], ...]:
        here = places(self.points, self.case.possible.get(self.attribute.name))
        found = []
        for question, decisions in zip(self.questions, self.decided, strict=True):
            keys = [alike_by(self.by, decision) for decision in decisions]
            runs = joined(self.points, here=here, alike=lambda m, n, keys=keys: keys[m] == keys[n])  # type: ignore[misc]
            left = iter(decisions)
            bands = (Band(question, run, tuple(next(left) for _ in run.points)) for run in runs)
            found.append(tuple(bands))
        return tuple(found)

    def bands(self, policy: str | Policy | None = None) -> tuple[Band, ...]:
        """Return the bands of a policy: all values in their order, "not documented" last.

        Args:
            policy: Its name, as in `policies`; None where only one was swept.

        Raises:
            BadRequest: It was not swept, or several were and none is named.
        """
        return self._bands[which(self.questions, policy)]

    def breakpoints(self, policy: str | Policy | None = None) -> tuple[Turn, ...]:
        """Return the numbers at which the decision of a policy changes, ascending.

        Args and errors are those of `bands`.
        """
        bands = self.bands(policy)
        found = []
        for below, above in pairwise(bands):
            at = breakpoint_between(below.run, above.run)
            if at is not None:
                old, new = below.decisions[-1], above.decisions[0]
                changed = tuple(n for n in new.criteria if new.criteria[n] is not old.criteria[n])
                found.append(
                    Turn(
                        self.attribute, at.number, at.belongs_to, below.outcome, above.outcome,
                        changed,
                    )
                )  # fmt: skip
        return tuple(found)

    def outcome_at(self, value: Any, policy: str | Policy | None = None) -> Outcome:
        """Return the outcome if the fact had a value; None stands for "not documented".

        Raises:
            InputError: It is no exact value of the fact, or a set that was not tried; or as for
                `bands`.
        """
        decisions = self.decided[which(self.questions, policy)]
        return decisions[place_of(self.points, value)].outcome

    def __iter__(self) -> Iterator[Band]:
        """Iterate over the bands of all policies."""
        return (band for bands in self._bands for band in bands)

    def __str__(self) -> str:
        """Return the sweep as plain text: the bands of each policy, and what changes where."""
        told = wrapped(self.title)
        for question, bands in zip(self.questions, self._bands, strict=True):
            told += ["", *wrapped(question.heading)]
            told += rows([["*" * band.run.here, band.words, band.outcome.words] for band in bands])
            turns = self.breakpoints(question.name)
            changes = ([f"changes {turn.words}:", listed(turn.criteria)] for turn in turns)
            told += rows(changes)
        return "\n".join(told)

    def __repr__(self) -> str:
        """Return what was swept in one line."""
        return f"<sweep of {self.attribute.name}: {', '.join(self.policies)}>"

    def as_json(self) -> dict[str, Any]:
        """Return the sweep as a JSON value."""
        return {
            "schema": SWEEP_SCHEMA,
            "facts": facts_json(self.case),
            "fact": self.attribute.name,
            "unit": self.attribute.unit,
            "by": self.by,
            "policies": [
                {
                    **question.as_json(),
                    "bands": [band.as_json() for band in bands],
                    "breakpoints": [turn.as_json() for turn in self.breakpoints(question.name)],
                }
                for question, bands in zip(self.questions, self._bands, strict=True)
            ],
            **decided_by(self.decided[0][0]),
        }

    def frame(self) -> Any:
        """Return a pandas data frame with a row for each band.

        Raises:
            PicturesMissing: pandas is not installed.
        """
        columns = (
            "policy", "on", "fact", "values", "low", "low_open", "high", "high_open", "here",
            "outcome", "varying",
        )  # fmt: skip
        return data_frame(columns, (_row(band) for band in self))

    def plot(self) -> Any:
        """Return a picture of the sweep, a matplotlib figure.

        Raises:
            PicturesMissing: matplotlib is not installed.
        """
        from lutalogic.pictures import sweep_picture

        bars = [[(band.run, band.outcome) for band in bands] for bands in self._bands]
        known = self.case.possible.get(self.attribute.name)
        return sweep_picture(self.points, self.questions, bars, known=known)


def _row(band: Band) -> dict[str, Any]:
    numbers = band.run.as_json()["numbers"] or {}
    return {
        "policy": band.question.name,
        "on": band.question.on.isoformat(),
        "fact": band.run.attribute.name,
        "values": band.words,
        **numbers,
        "here": band.run.here,
        "outcome": band.outcome.value,
        "varying": ", ".join(band.varying),
    }


def which(questions: Sequence[Question], policy: str | Policy | None) -> int:
    """Return the place of the question that is meant.

    Raises:
        BadRequest: There is none of that name, or there are several and none is named.
    """
    names = [question.name for question in questions]
    if policy is None and len(names) == 1:
        return 0
    name = policy.name if isinstance(policy, Policy) else policy
    if name not in names:
        raise BadRequest(f"name one of {', '.join(names)}", "policy")
    return names.index(name)


def alike_by(by: By, decision: Decision) -> tuple[object, ...]:
    """Return what two decisions must share to be joined."""
    return (decision.outcome, *(decision.criteria.items() if by == "criteria" else ()))


def facts_json(case: Case) -> dict[str, Any]:
    """Return the facts of a case as a JSON value."""
    return {name: json_value(value) for name, value in case.facts.items()}


def decided_by(decision: Decision) -> dict[str, str]:
    """Return the engine and the rule base of a decision as JSON has them."""
    assert decision.digest == rule_base().digest  # one process has one rule base
    return {"engine": decision.engine.name, "rule_base": decision.digest}
