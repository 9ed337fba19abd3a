# SPDX-License-Identifier: Apache-2.0
"""What a sweep is made of: values that one policy decides alike, and the numbers between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lutalogic.plain import listed
from lutalogic.possible import json_value
from lutalogic.runs import Breakpoint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lutalogic.answers import Outcome, Truth
    from lutalogic.decision import Decision
    from lutalogic.questions import Question
    from lutalogic.runs import Run


@dataclass(frozen=True)
class Band:
    """A run of values of a fact to which one policy gives one outcome.

    Attributes:
        question: The policy, on its day and under its readings.
        run: The values.
        decisions: What was decided of each point of the run, the same outcome by all.
    """

    question: Question
    run: Run
    decisions: tuple[Decision, ...]

    @property
    def outcome(self) -> Outcome:
        """Return the outcome of every value of the run."""
        return self.decisions[0].outcome

    @property
    def words(self) -> str:
        """Return the values in words."""
        return self.run.words

    @property
    def criteria(self) -> Mapping[str, Truth]:
        """Return the truth of the criteria that are the same throughout the run, by id."""
        first, *others = (decision.criteria for decision in self.decisions)
        return {
            name: truth
            for name, truth in first.items()
            if all(other[name] is truth for other in others)
        }

    @property
    def varying(self) -> tuple[str, ...]:
        """Return the ids of the criteria that are not the same throughout the run."""
        return tuple(name for name in self.decisions[0].criteria if name not in self.criteria)

    def as_json(self) -> dict[str, Any]:
        """Return the band as a JSON value."""
        return {
            **self.run.as_json(),
            "outcome": self.outcome.value,
            "criteria": {name: truth.value for name, truth in self.criteria.items()},
            "varying": list(self.varying),
        }


@dataclass(frozen=True)
class Turn(Breakpoint):
    """A number at which a decision changes, and how.

    Attributes:
        before: The outcome below the number, and at it if it belongs below.
        after: The outcome above it, and at it if it belongs above.
        criteria: The ids of the criteria whose truth changes there.
    """

    before: Outcome
    after: Outcome
    criteria: tuple[str, ...]

    def __str__(self) -> str:
        """Return the change in one line."""
        return f"{self.words}: {self.before.words} -> {self.after.words} ({listed(self.criteria)})"

    def as_json(self) -> dict[str, Any]:
        """Return the change as a JSON value."""
        return {
            "number": json_value(self.number),
            "belongs_to": self.belongs_to,
            "before": self.before.value,
            "after": self.after.value,
            "criteria": list(self.criteria),
        }
