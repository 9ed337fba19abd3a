# SPDX-License-Identifier: Apache-2.0
"""What one policy says of a cohort: counts of rows by outcome, criterion and open fact."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final

from lutalogic.answers import Outcome
from lutalogic.cohort.wording import aligned, percent
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lutalogic.rules import Policy

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
