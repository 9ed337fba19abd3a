# SPDX-License-Identifier: Apache-2.0
"""What changes from one decision to another: the outcome, criteria, conflicts and warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lutalogic.answers import Outcome
from lutalogic.plain import rows
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lutalogic.answers import Conflict, Remark, Truth
    from lutalogic.decision import Decision
    from lutalogic.rules import Criterion


#: What to say where no criterion has another truth.
NO_CRITERION: Final = "no criterion changes"


@dataclass(frozen=True)
class CriterionChange:
    """A criterion whose truth changed; None stands for "not in force"."""

    criterion: Criterion
    before: Truth | None
    after: Truth | None

    @property
    def words(self) -> str:
        """Return both truths."""
        return f"{_truth(self.before)} -> {_truth(self.after)}"

    def as_json(self) -> dict[str, Any]:
        """Return the change as a JSON value; null stands for "not in force"."""
        return {
            "id": self.criterion.id,
            "sentence": self.criterion.sentence,
            "before": None if self.before is None else self.before.value,
            "after": None if self.after is None else self.after.value,
        }


def _truth(truth: Truth | None) -> str:
    return "not in force" if truth is None else truth.value


@dataclass(frozen=True)
class Effect:
    """Two decisions of one policy, and what differs between them.

    Attributes:
        before: One decision.
        after: The other.
    """

    before: Decision
    after: Decision

    @property
    def turned(self) -> bool:
        """Tell whether the outcome is another."""
        return self.before.outcome is not self.after.outcome

    @property
    def criteria(self) -> tuple[CriterionChange, ...]:
        """Return the criteria whose truth is another, in the document's order."""
        old, new = self.before.criteria, self.after.criteria
        return tuple(
            CriterionChange(criterion, old.get(criterion.id), new.get(criterion.id))
            for criterion in self.after.policy.criteria
            if old.get(criterion.id) is not new.get(criterion.id)
        )

    @property
    def new_conflicts(self) -> tuple[Conflict, ...]:
        """Return the conflicts of evidence that there were not before."""
        return _without(self.after.conflicts, self.before.conflicts)

    @property
    def gone_conflicts(self) -> tuple[Conflict, ...]:
        """Return the conflicts of evidence that there are no more."""
        return _without(self.before.conflicts, self.after.conflicts)

    @property
    def new_warnings(self) -> tuple[Remark, ...]:
        """Return the warnings that there were not before."""
        return tuple(w for w in self.after.warnings if w not in self.before.warnings)

    @property
    def gone_warnings(self) -> tuple[Remark, ...]:
        """Return the warnings that there are no more."""
        return tuple(w for w in self.before.warnings if w not in self.after.warnings)

    @property
    def outcome_words(self) -> str:
        """Return both outcomes, or the one that stays."""
        if self.turned:
            return f"{self.before.outcome.words} -> {self.after.outcome.words}"
        return f"{self.after.outcome.words}, as before"

    def lines(self) -> list[str]:
        """Return what changed, line by line, without the outcome."""
        told = criterion_lines(self.criteria) or rows([[NO_CRITERION]])
        told += [line for remark in self.remarks for line in rows([remark])]
        return told + rows(self.waiting)

    @property
    def remarks(self) -> tuple[tuple[str, str], ...]:
        """Return the conflicts and warnings that come or go, each below what it is."""
        return tuple(
            (title, entry)
            for title, entries in (
                ("in conflict now:", [conflict.about for conflict in self.new_conflicts]),
                ("no longer in conflict:", [conflict.about for conflict in self.gone_conflicts]),
                ("look again:", [warning.message for warning in self.new_warnings]),
                ("no longer to look at:", [warning.message for warning in self.gone_warnings]),
            )
            for entry in entries
        )

    @property
    def waiting(self) -> tuple[tuple[str, str], ...]:
        """Return the facts that are waited for no longer or only now, each below what it is.

        None where the outcome does not pend any more: then nothing is waited for.
        """
        if self.after.outcome is not Outcome.NEEDS_INFORMATION:
            return ()
        old, new = self.before.waits_for, self.after.waits_for
        attributes = rule_base().attributes
        return tuple(
            (title, "; ".join(attributes[name].label for name in names))
            for title, names in (
                ("no longer waits for:", [name for name in old if name not in new]),
                ("waits for now:", [name for name in new if name not in old]),
            )
            if names
        )

    def as_json(self) -> dict[str, Any]:
        """Return the change as a JSON value."""
        return {
            "outcome": {"before": self.before.outcome.value, "after": self.after.outcome.value},
            "criteria": [change.as_json() for change in self.criteria],
            "new_conflicts": [conflict.as_json() for conflict in self.new_conflicts],
            "gone_conflicts": [conflict.as_json() for conflict in self.gone_conflicts],
            "new_warnings": [warning.as_json() for warning in self.new_warnings],
            "gone_warnings": [warning.as_json() for warning in self.gone_warnings],
            "missing": {"before": list(self.before.waits_for), "after": list(self.after.waits_for)},
        }


def criterion_lines(changes: Iterable[CriterionChange]) -> list[str]:
    """Return a line or more for each criterion that changed, with its sentence."""
    return rows([[c.criterion.id, c.words, c.criterion.sentence] for c in changes])


def _without(these: Iterable[Conflict], those: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Return conflicts that are not among others: about something else, or of other facts."""
    known = {_between(conflict) for conflict in those}
    return tuple(conflict for conflict in these if _between(conflict) not in known)


def _between(conflict: Conflict) -> tuple[object, ...]:
    return conflict.about, frozenset(conflict.speaks_for), frozenset(conflict.speaks_against)
