# SPDX-License-Identifier: Apache-2.0
"""How a case is decided under every value of every reading, one reading at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from lutalogic.decide import case_of
from lutalogic.effects import Effect
from lutalogic.frames import data_frame
from lutalogic.markup import Shown
from lutalogic.plain import listed, rows, wrapped
from lutalogic.questions import Policies, Question, decided, questions
from lutalogic.rulebase import rule_base
from lutalogic.sweeps import decided_by, facts_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from lutalogic.answers import Outcome
    from lutalogic.case import Case
    from lutalogic.decision import Decision
    from lutalogic.rules import Reading

#: The version of the JSON form; see the schema of that name.
READINGS_SCHEMA: Final = "lutalogic/readings-table/1"


#: What the mark at a row means.
LEGEND: Final = "!: leads to another outcome"


@dataclass(frozen=True)
class ReadingRow:
    """The decision under one value of one reading, all others as they were taken.

    Attributes:
        question: The policy, on its day and under the readings that were taken.
        reading: The reading.
        value: The value tried.
        effect: The decision under the readings taken, that under this value, and what differs.
    """

    question: Question
    reading: Reading
    value: str
    effect: Effect

    @property
    def outcome(self) -> Outcome:
        """Return the outcome under the value."""
        return self.effect.after.outcome

    @property
    def meaning(self) -> str:
        """Return what the value means."""
        return self.reading.meanings[self.reading.values.index(self.value)]

    @property
    def default(self) -> bool:
        """Tell whether the value is the default."""
        return self.value == self.reading.default

    @property
    def taken(self) -> bool:
        """Tell whether the value is the one taken."""
        return (
            dict(self.question.readings).get(self.reading.name, self.reading.default) == self.value
        )

    @property
    def turns(self) -> bool:
        """Tell whether the value alone leads to another outcome."""
        return self.effect.turned

    @property
    def criteria(self) -> tuple[str, ...]:
        """Return the ids of the criteria whose truth it changes, in the document's order."""
        return tuple(change.criterion.id for change in self.effect.criteria)

    @property
    def words(self) -> str:
        """Return the outcome, and what changes."""
        if not self.effect.after.text_in_force:
            return f"{self.outcome.words}: no text is in force"
        return f"{self.outcome.words}: {listed(self.criteria)}"

    def as_json(self) -> dict[str, Any]:
        """Return the row as a JSON value."""
        return {
            "reading": self.reading.name,
            "value": self.value,
            "meaning": self.meaning,
            "default": self.default,
            "taken": self.taken,
            "outcome": self.outcome.value,
            "turns": self.turns,
            "criteria": [change.as_json() for change in self.effect.criteria],
        }


@dataclass(frozen=True, repr=False)
class ReadingsTable(Shown):
    """The decisions on a case under every value of every reading; made by `readings_table`.

    Iterating over it yields the rows of all policies, policy by policy.

    Attributes:
        case: The case.
        questions: The policies, each on its day and under the readings that were taken.
        rows: The rows of all policies.
    """

    case: Case
    questions: tuple[Question, ...]
    rows: tuple[ReadingRow, ...]

    def __iter__(self) -> Iterator[ReadingRow]:
        """Iterate over the rows of all policies."""
        return iter(self.rows)

    @property
    def turning(self) -> tuple[ReadingRow, ...]:
        """Return the rows that lead to another outcome."""
        return tuple(row for row in self.rows if row.turns)

    def __str__(self) -> str:
        """Return as plain text the values that change something, and how many do not."""
        told = [LEGEND]
        for question in self.questions:
            changing, rest = self.changing(question)
            told += ["", *wrapped(f"{question.heading}: {self.base(question).outcome.words}")]
            for row in changing:
                told += rows([["!" if row.turns else " ", row.words]])
                told += wrapped(f"[{row.reading.name}={row.value}] {row.meaning}", indent=7)
            told += wrapped(rest, indent=2)
        return "\n".join(told)

    def changing(self, question: Question) -> tuple[list[ReadingRow], str]:
        """Return the values that change something at a policy, and how many do not, in words."""
        mine = [row for row in self.rows if row.question is question and not row.taken]
        found = [row for row in mine if row.turns or row.criteria]
        return found, f"{len(mine) - len(found)} other values change no criterion."

    def base(self, question: Question) -> Decision:
        """Return the decision under the readings that were taken."""
        return next(row.effect.before for row in self.rows if row.question is question)

    def __repr__(self) -> str:
        """Return in one line what turns the outcome."""
        told = (f"{row.reading.name}={row.value}: {row.outcome.words}" for row in self.turning)
        return f"<{len(self.rows)} rows; {', '.join(told) or 'none'} leads to another outcome>"

    def as_json(self) -> dict[str, Any]:
        """Return the table as a JSON value."""
        return {
            "schema": READINGS_SCHEMA,
            "facts": facts_json(self.case),
            "policies": [
                {
                    **question.as_json(),
                    "rows": [row.as_json() for row in self.rows if row.question is question],
                }
                for question in self.questions
            ],
            **decided_by(self.rows[0].effect.before),
        }

    def frame(self) -> Any:
        """Return a pandas data frame with a row for each value of each reading.

        Raises:
            PicturesMissing: pandas is not installed.
        """
        columns = (
            "policy", "on", "reading", "value", "default", "taken", "outcome", "turns", "criteria",
        )  # fmt: skip
        told = (
            {
                **row.as_json(),
                "policy": row.question.name,
                "on": row.question.on.isoformat(),
                "criteria": ", ".join(row.criteria),
            }
            for row in self.rows
        )
        return data_frame(columns, told)


def readings_table(
    case: Case | Mapping[str, Any],
    *,
    on: date | str | None = None,
    policies: Policies = None,
    readings: Mapping[str, str] | None = None,
    engine: str | None = None,
) -> ReadingsTable:
    """Decide a case under every value of every reading of a policy, one reading at a time.

    Args:
        case: The facts.
        on: The date of service; None for the day by which the latest text of each policy took
            effect, however it is read.
        policies: One or several: names, policies, or sides such as
            ``"premera_lutathera@2026-03-31"``. None for those that may speak to the tumor.
        readings: Readings to take in place of their defaults while others are tried.
        engine: As of `decide`.

    Raises:
        InputError: A fact, policy, date or reading is unknown.
        EngineError: The installation cannot decide.

    Source:
        Wellmark 06.01.38 and Premera 6.01.525, as the readings cite them.

    >>> table = readings_table({"age_years": 11}, on="2026-01-15", policies="wellmark_lutathera")
    >>> [(row.reading.name, row.value, row.outcome.words) for row in table.turning]
    [('w_in_force_from', '2026-02-01', 'needs information')]
    """
    given = case_of(case)
    asked = questions(policies, on=on, readings=readings, speaking_to=[given], engine=engine)
    known = rule_base().readings
    tried = [
        (question, known[name], value)
        for question in asked
        for name in question.policy.readings
        for value in known[name].values
    ]
    bases = decided(((question, given) for question in asked), engine=engine)
    told = decided(((_under(*each), given) for each in tried), engine=engine)
    before = dict(zip(asked, bases, strict=True))
    return ReadingsTable(
        given,
        asked,
        tuple(
            ReadingRow(question, reading, value, Effect(before[question], after))
            for (question, reading, value), after in zip(tried, told, strict=True)
        ),
    )


def _under(question: Question, reading: Reading, value: str) -> Question:
    """Return a question under another value of one reading."""
    taken = dict(question.readings) | {reading.name: value}
    if value == reading.default:
        del taken[reading.name]
    return replace(question, readings=tuple(sorted(taken.items())))
