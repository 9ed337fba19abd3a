# SPDX-License-Identifier: Apache-2.0
"""What a cohort answers: outcomes by policy, what decides, what one more fact would release."""

from __future__ import annotations

from dataclasses import asdict, astuple, dataclass
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from lutalogic.answers import Outcome
from lutalogic.errors import BadRequest
from lutalogic.markup import Shown
from lutalogic.plain import rows
from lutalogic.rulebase import rule_base
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lutalogic.rules import Policy

_TABLES: Final = ("outcomes", "criteria", "facts", "cross")
#: Of criteria and facts, so many are printed, those that hold back most.
_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class CriterionCounts:
    """How a criterion stands among the rows of a cohort.

    Attributes:
        id: Its id.
        in_force: The rows of which it is asked.
        false: Those of which it is false.
        unknown: Those of which it is unknown.
        denies: The rows that are not met, of which it is among the criteria that decide so.
        denies_alone: The rows that are not met and would be, were it true and all else as it is.
        pends: The rows that need information, of which it is among the criteria that decide so.
        pends_alone: The rows that need information and would be met, were it true.
    """

    id: str
    in_force: int
    false: int
    unknown: int
    denies: int
    denies_alone: int
    pends: int
    pends_alone: int

    @property
    def held(self) -> int:
        """Return how many rows it denies or leaves pending."""
        return self.denies + self.pends


@dataclass(frozen=True, slots=True)
class FactCounts:
    """What documenting one fact would do, of the rows that need information and leave it open.

    Documenting it gives it one exact value, of those that it may still have.

    Attributes:
        fact: The name of the fact.
        open: The rows that leave it open: not documented, or an interval.
        could_meet: Those that some value of it would make met.
        could_deny: Those that some value of it would make not met.
        releases: Those that some value of it would decide, either way.
        always_releases: Those that every value of it would decide.
    """

    fact: str
    open: int
    could_meet: int
    could_deny: int
    releases: int
    always_releases: int

    @property
    def label(self) -> str:
        """Return what the fact is called."""
        return rule_base().attributes[self.fact].label


@dataclass(frozen=True)
class PolicyCounts:
    """What one policy says of a cohort.

    Attributes:
        policy: The policy.
        outcomes: How many rows have each outcome.
        criteria: Its criteria that are in force for any row, in the document's order.
        facts: The facts that any pending row leaves open, in the vocabulary's order; empty where
            that was not asked.
        stuck: The pending rows that no one fact would decide; None where that was not asked.
    """

    policy: Policy
    outcomes: Mapping[Outcome, int]
    criteria: tuple[CriterionCounts, ...]
    facts: tuple[FactCounts, ...]
    stuck: int | None

    @property
    def rows(self) -> int:
        """Return how many rows were decided."""
        return sum(self.outcomes.values())

    @property
    def shares(self) -> dict[Outcome, float]:
        """Return the share of each outcome, from 0 to 1; 0 where there are no rows."""
        return {each: many / max(1, self.rows) for each, many in self.outcomes.items()}

    @property
    def holding(self) -> tuple[CriterionCounts, ...]:
        """Return the criteria that deny rows or leave them pending, those that hold most first."""
        held = [each for each in self.criteria if each.held]
        return tuple(sorted(held, key=lambda each: -each.held))

    @property
    def releasing(self) -> tuple[FactCounts, ...]:
        """Return the facts that would release rows by themselves, those that release most first."""
        found = [each for each in self.facts if each.releases]
        return tuple(sorted(found, key=lambda each: (-each.releases, -each.always_releases)))

    def lines(self) -> list[str]:
        """Return it as lines of plain text."""
        title = self.policy.title
        sentences = {criterion.id: criterion.sentence for criterion in self.policy.criteria}
        told = [
            f"{title[:1].upper()}{title[1:]}",
            *aligned(
                ["outcome", "rows", "share"],
                [
                    (outcome.words, f"{many:,}", percent(self.shares[outcome]))
                    for outcome, many in self.outcomes.items()
                ],
            ),
        ]
        if self.holding:
            told += [
                "",
                "Criteria that hold rows back (alone: were it true, the row would be met):",
            ]
            told += aligned(
                ["criterion", "denies", "alone", "pends", "alone", "asks"],
                [
                    (
                        c.id,
                        *(f"{n:,}" for n in (c.denies, c.denies_alone, c.pends, c.pends_alone)),
                        sentences[c.id],
                    )
                    for c in self.holding[:_SHOWN]
                ],
            )
        if self.releasing:
            pending = self.outcomes[Outcome.NEEDS_INFORMATION]
            told += ["", f"What documenting one fact would decide, of the {pending:,} that pend:"]
            told += aligned(
                ["open", "could meet", "could deny", "decides", "surely", "fact"],
                [(*(f"{n:,}" for n in astuple(f)[1:]), f.label) for f in self.releasing[:_SHOWN]],
            )
        if self.stuck:
            told.append(f"  {self.stuck:,} of them need more than one fact, or none would do.")
        return told


@dataclass(frozen=True, repr=False)
class Answers(Shown):
    """What policies say of a cohort: counts of rows, which add up over parts of it.

    Attributes:
        asked: The date of service and the readings, in words.
        rows: How many rows were decided.
        bad: How many could not be judged, and are not counted.
        policies: What each policy says.
        crosses: For two policies, how many rows have which outcomes under both.
    """

    asked: str
    rows: int
    bad: int
    policies: tuple[PolicyCounts, ...]
    crosses: Mapping[tuple[str, str], Mapping[tuple[Outcome, Outcome], int]]

    def __getitem__(self, policy: str) -> PolicyCounts:
        """Return what one policy says.

        Raises:
            BadRequest: It was not asked.
        """
        for each in self.policies:
            if each.policy.name == policy:
                return each
        known = ", ".join(each.policy.name for each in self.policies)
        raise BadRequest(f"{policy!r} was not asked; {known} was", "policy")

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs of policies that are on one drug."""
        drugs = rule_base().knowledge.drugs
        return tuple(
            pair for pair in self.crosses if any(set(pair) <= set(d.policies) for d in drugs)
        )

    def cross(self, one: str, other: str) -> dict[tuple[Outcome, Outcome], int]:
        """Return how many rows have which outcome under one policy and under another.

        Raises:
            BadRequest: They were not both asked, or are one policy.
        """
        for name in (one, other):
            self[name]
        if one == other:
            raise BadRequest("name two policies", "policy")
        if (one, other) in self.crosses:
            return dict(self.crosses[one, other])
        return {(x, y): many for (y, x), many in self.crosses[other, one].items()}

    def table(self, of: str = "outcomes") -> pl.DataFrame:
        """Return the counts as a Polars data frame.

        Args:
            of: ``outcomes``, ``criteria``, ``facts``, or ``cross`` for all pairs of policies.

        Raises:
            BadRequest: It is none of these.
        """
        if of not in _TABLES:
            raise BadRequest(f"{of!r} is none of {', '.join(_TABLES)}", "of")
        found: list[dict[str, Any]] = []
        for each in self.policies:
            name = {"policy": each.policy.name}
            if of == "outcomes":
                payer = {"payer": each.policy.document.payer}
                found += [
                    name | payer | {"outcome": o.value, "rows": n, "share": each.shares[o]}
                    for o, n in each.outcomes.items()
                ]
            elif of != "cross":
                counts: Sequence[Any] = each.criteria if of == "criteria" else each.facts
                found += [name | asdict(count) for count in counts]
        if of == "cross":
            found = [
                {"policy": a, "other": b, "outcome": x.value, "other_outcome": y.value, "rows": n}
                for (a, b), counts in self.crosses.items()
                for (x, y), n in counts.items()
            ]
        return pl.DataFrame(found)

    def as_json(self) -> dict[str, Any]:
        """Return all counts as a JSON value."""
        return {
            "asked": self.asked,
            "rows": self.rows,
            "bad": self.bad,
            "policies": [
                {
                    "policy": each.policy.name,
                    "outcomes": {o.value: n for o, n in each.outcomes.items()},
                    "criteria": [asdict(count) for count in each.criteria],
                    "facts": [asdict(count) for count in each.facts],
                    "stuck": each.stuck,
                }
                for each in self.policies
            ],
            "cross": self.table("cross").to_dicts(),
        }

    def plot(self) -> Any:
        """Return a picture of the outcomes by policy, a matplotlib figure.

        Raises:
            PicturesMissing: matplotlib is not installed.
        """
        from lutalogic.cohort.pictures import outcomes_picture

        return outcomes_picture(
            [(each.policy.title, each.shares) for each in self.policies], self.title
        )

    @property
    def title(self) -> str:
        """Return how many rows there are, and what was asked of them."""
        bad = f" and {self.bad:,} that cannot be judged" if self.bad else ""
        return f"{counted_rows(self.rows)}{bad}, {self.asked}"

    def __str__(self) -> str:
        """Return it as plain text, with what holds most rows back."""
        parts = [self.title]
        for each in self.policies:
            parts += ["", *each.lines()]
        for a, b in self.pairs:
            parts += ["", f"{a} down, {b} across:", *cross_lines(self.cross(a, b))]
        return "\n".join([*parts, "", DISCLAIMER])

    __repr__ = __str__


def cross_lines(counts: Mapping[tuple[Outcome, Outcome], int]) -> list[str]:
    """Return a cross table as lines."""
    return aligned(
        ["", *(y.words for y in Outcome)],
        [(x.words, *(f"{counts.get((x, y), 0):,}" for y in Outcome)) for x in Outcome],
    )


def aligned(heads: Sequence[str], cells: Sequence[Sequence[str]]) -> list[str]:
    """Return a table as lines, its numbers to the right; the last column is wrapped.

    >>> aligned(["rows", "outcome"], [("1,200", "met"), ("3", "not met")])
    ['   rows  outcome', '  1,200  met', '      3  not met']
    """
    columns = list(zip(heads, *cells, strict=True))
    numbers = [all(cell[:1].isdigit() for cell in column[1:]) for column in columns]
    widths = [max(map(len, column)) for column in columns]
    return rows(
        [
            cell.rjust(width) if number else cell
            for cell, width, number in zip(row, widths, numbers, strict=True)
        ]
        for row in [heads, *cells]
    )


def counted_rows(many: int) -> str:
    """Return how many rows there are, in words.

    >>> counted_rows(1), counted_rows(1200)
    ('1 row', '1,200 rows')
    """
    return f"{many:,} row{'' if many == 1 else 's'}"


def percent(share: float) -> str:
    """Return a share in per cent.

    >>> percent(0.1234)
    '12.3 %'
    """
    return f"{100 * share:.1f} %"
