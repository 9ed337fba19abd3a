# SPDX-License-Identifier: Apache-2.0
"""How a case is decided by each dated text of a policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from lutalogic.decide import case_of
from lutalogic.effects import NO_CRITERION, Effect, criterion_lines
from lutalogic.frames import data_frame
from lutalogic.markup import Shown
from lutalogic.plain import wrapped
from lutalogic.questions import Question, bearing_on, decided
from lutalogic.readings import choices_of, valid_readings
from lutalogic.rulebase import rule_base
from lutalogic.sweeps import decided_by, facts_json
from lutalogic.trace import turning_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lutalogic.answers import Outcome
    from lutalogic.case import Case
    from lutalogic.decision import Decision
    from lutalogic.effects import CriterionChange
    from lutalogic.rules import Policy, Text

#: The version of the JSON form; see the schema of that name.
TIMELINE_SCHEMA: Final = "lutalogic/timeline/1"
#: Characters below a block of a picture.
_NARROW: Final = 22


@dataclass(frozen=True)
class Period:
    """The dates of service on which one text was in force.

    Attributes:
        start: The first day; None for the time before the first text on record.
        end: The day after the last; None where the text is the latest.
        decision: The decision of the case on these days.
        effect: What differs from the decision before; None of the first period.
    """

    start: date | None
    end: date | None
    decision: Decision
    effect: Effect | None

    @property
    def outcome(self) -> Outcome:
        """Return the outcome on these days."""
        return self.decision.outcome

    @property
    def text(self) -> Text | None:
        """Return the text in force; None if none is on record."""
        return self.decision.text

    @property
    def criteria(self) -> tuple[CriterionChange, ...]:
        """Return the criteria that changed from the text before.

        From the time for which no text is on record, all come into force, and none is named.
        """
        effect = self.effect
        return effect.criteria if effect and effect.before.text_in_force else ()

    @property
    def days(self) -> str:
        """Return the days in words."""
        if self.start is None:
            return f"before {self.end}"
        return f"from {self.start}" + (f" to before {self.end}" if self.end else "")

    @property
    def words(self) -> str:
        """Return the days, and whether their text is printed."""
        return f"{self.days} ({self.text.status} text)" if self.text else self.days

    @property
    def note(self) -> str:
        """Return what there is to say where no criterion can be named; else nothing."""
        if self.text is None:
            return f"No text is on record. {self.decision.policy.before}."
        compared = self.effect is not None and self.effect.before.text_in_force
        return NO_CRITERION if compared and not self.criteria else ""

    def as_json(self) -> dict[str, Any]:
        """Return the period as a JSON value; the day of its end is none of it."""
        text = self.text
        return {
            "from": self.start and self.start.isoformat(),
            "before": self.end and self.end.isoformat(),
            "text": text and {"from": text.start, "status": text.status},
            "outcome": self.outcome.value,
            "deciding": list(self.decision.deciding),
            "criteria": [change.as_json() for change in self.criteria],
        }


@dataclass(frozen=True, repr=False)
class Timeline(Shown):
    """How a case is decided from text to text; made by `timeline`. Iterating yields the periods.

    Attributes:
        case: The case.
        policy: The policy.
        readings: The readings taken in place of their defaults, as sorted pairs.
        periods: The time before all texts, and that of each text, in order.
    """

    case: Case
    policy: Policy
    readings: tuple[tuple[str, str], ...]
    periods: tuple[Period, ...]

    @property
    def title(self) -> str:
        """Return the policy, and the readings taken in place of their defaults."""
        pairs = "".join(f", {name} = {value}" for name, value in self.readings)
        return f"{self.policy.title}, by date of service{pairs}"

    def __iter__(self) -> Iterator[Period]:
        """Iterate over the periods."""
        return iter(self.periods)

    def at(self, day: date) -> Period:
        """Return the period in which a day lies.

        >>> told = timeline({"age_years": 17}, "premera_lutathera")
        >>> told.at(date(2024, 12, 31)).outcome.words, told.at(date(2025, 1, 1)).outcome.words
        ('not met', 'needs information')
        """
        return [period for period in self.periods if period.start is None or period.start <= day][
            -1
        ]

    def __str__(self) -> str:
        """Return the periods as plain text, each with what changed."""
        told = wrapped(self.title)
        for period in self.periods:
            told += ["", *wrapped(f"{period.words}: {period.outcome.words}")]
            told += wrapped(period.note, indent=2) if period.note else []
            told += criterion_lines(period.criteria)
        return "\n".join(told)

    def __repr__(self) -> str:
        """Return the outcomes in one line."""
        told = (f"{period.days}: {period.outcome.words}" for period in self.periods)
        return f"<{self.policy.name}: {'; '.join(told)}>"

    def as_json(self) -> dict[str, Any]:
        """Return the timeline as a JSON value."""
        return {
            "schema": TIMELINE_SCHEMA,
            "facts": facts_json(self.case),
            "policy": self.policy.name,
            "readings": dict(self.readings),
            "no_text_before": self.policy.before,
            "periods": [period.as_json() for period in self.periods],
            **decided_by(self.periods[0].decision),
        }

    def frame(self) -> Any:
        """Return a pandas data frame with a row for each period.

        Raises:
            PicturesMissing: pandas is not installed.
        """
        columns = ("from", "before", "text_status", "outcome", "deciding", "changed")
        told = (
            {
                **period.as_json(),
                "text_status": period.text.status if period.text else None,
                "deciding": ", ".join(period.decision.deciding),
                "changed": ", ".join(change.criterion.id for change in period.criteria),
            }
            for period in self.periods
        )
        return data_frame(columns, told)

    def plot(self) -> Any:
        """Return a picture of the timeline, a matplotlib figure.

        Raises:
            PicturesMissing: matplotlib is not installed.
        """
        from lutalogic.pictures import timeline_picture

        blocks = []
        for period in self.periods:
            told = [period.text.status if period.text else "no text on record"]
            if period.criteria:
                changed = ", ".join(change.criterion.id for change in period.criteria)
                told += wrap(f"changed: {changed}", _NARROW)
            start = f"from {period.start}" if period.start else ""
            blocks.append((start, period.outcome, "\n".join(told)))
        return timeline_picture(f"{self.policy.title}: outcome by date of service", blocks)


def timeline(
    case: Case | Mapping[str, Any],
    policy: str | Policy,
    *,
    readings: Mapping[str, str] | None = None,
    engine: str | None = None,
) -> Timeline:
    """Decide a case by each dated text of a policy, and before the first.

    The facts are the same on every day: what follows from a record on a day is not followed.

    Args:
        case: The facts.
        policy: The name of a policy, or one of `policies()`.
        readings: Readings to take in place of their defaults, name to value; one may say when the
            first text took effect.
        engine: As of `decide`.

    Raises:
        InputError: The policy or a reading is unknown, or a fact is not as it should be.
        EngineError: The installation cannot decide.

    Source:
        Wellmark 06.01.38 and Premera 6.01.525, the dates of their texts.

    >>> timeline({"age_years": 11}, "wellmark_lutathera")
    <wellmark_lutathera: before 2026-01-01: needs information; from 2026-01-01: not met>
    """
    given, chosen = case_of(case), rule_base().policy(policy)
    taken = bearing_on(chosen, valid_readings(readings))
    first = chosen.start(choices_of(chosen, taken))
    starts = [date.fromisoformat(day) for day in turning_days(chosen) if day >= first]
    days = [starts[0] - timedelta(days=1), *starts]
    told = decided(((Question(chosen.name, chosen, d, taken), given) for d in days), engine=engine)
    told = [told[0]] + [new for old, new in pairwise(told) if not _same(old, new)]
    begins = [None, *(decision.on for decision in told[1:])]
    effects = [None, *(Effect(old, new) for old, new in pairwise(told))]
    ends = [*begins[1:], None]
    return Timeline(given, chosen, taken, tuple(map(Period, begins, ends, told, effects)))


def _same(old: Decision, new: Decision) -> bool:
    """Tell whether nothing changed on a day: no text began, and every condition stays."""
    return old.text == new.text and old.truths == new.truths
