# SPDX-License-Identifier: Apache-2.0
"""What a decision is made of: truths, outcomes, conflicts and remarks."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from lutalogic.possible import json_value

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Answer(StrEnum):
    """An answer of three, which must be compared: none of them is a yes or a no by itself."""

    def __bool__(self) -> bool:
        """Refuse: a false criterion would count as true, being text that is not empty."""
        raise TypeError(f"compare {self!r}, as in: answer is {type(self).__name__}.{self.name}")


class Truth(_Answer):
    """The truth of a criterion, in Kleene's strong three-valued logic."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


class Outcome(_Answer):
    """What a policy says to a request."""

    MET = "met"
    NOT_MET = "not_met"
    NEEDS_INFORMATION = "needs_information"

    @property
    def words(self) -> str:
        """Return it as words: met, not met or needs information."""
        return self.value.replace("_", " ")

    @property
    def payers_words(self) -> str:
        """Return what a payer calls it."""
        return _PAYERS_WORDS[self]


class Unknown(StrEnum):
    """Why something is unknown; the four kinds call for different remedies."""

    NOT_DOCUMENTED = "not documented"
    INDETERMINATE = "documented, but indeterminate"
    CONFLICTING = "conflicting"
    NO_TEXT = "no text in force"


_PAYERS_WORDS: Final = {
    Outcome.MET: "medically necessary",
    Outcome.NOT_MET: "investigational / not medically necessary",
    Outcome.NEEDS_INFORMATION: "pended: more information is needed",
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources of evidence that disagree, and so leave a criterion unknown.

    Attributes:
        about: What they speak to.
        criteria: The ids of the criteria that it leaves unknown.
        speaks_for: The facts that say that it holds.
        speaks_against: The facts that say that it does not.
    """

    about: str
    criteria: tuple[str, ...]
    speaks_for: Mapping[str, Any] = field(hash=False)
    speaks_against: Mapping[str, Any] = field(hash=False)

    def as_json(self) -> dict[str, Any]:
        """Return the conflict as a JSON value."""
        return {
            "about": self.about,
            "criteria": list(self.criteria),
            "speaks_for": {name: json_value(value) for name, value in self.speaks_for.items()},
            "speaks_against": {n: json_value(value) for n, value in self.speaks_against.items()},
        }


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark beside a decision, which it does not change.

    Attributes:
        kind: ``implausible``, ``contradictory``, or ``unread`` for a field nobody reads.
        message: One sentence.
        facts: The facts it is about.
    """

    kind: str
    message: str
    facts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the remark as a JSON value."""
        return {"kind": self.kind, "message": self.message, "facts": list(self.facts)}
