# SPDX-License-Identifier: Apache-2.0
"""Whether a case fits an entry of reference knowledge: true, false or unknown, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from lutalogic.answers import Truth
from lutalogic.decision import Decision
from lutalogic.engines import Request
from lutalogic.entries import Conditional
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from lutalogic.answers import Conflict
    from lutalogic.rules import Policy

_C = TypeVar("_C", bound=Conditional)
_WHOLE_DATE: Final = len("2026-06-01")


@dataclass(frozen=True, slots=True)
class Match(Generic[_C]):
    """An entry, and whether the case fits it.

    Attributes:
        entry: The entry.
        fits: Whether its condition is true of the case.
        missing: Facts on which an unknown fit waits: not documented, or an interval.
        indeterminate: Why documented facts leave it open.
        conflicts: Evidence that disagrees and leaves it open.
        in_force: Whether the entry held on the date of service; unknown within a month of which
            no day is printed.
    """

    entry: _C
    fits: Truth
    missing: tuple[str, ...] = ()
    indeterminate: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    in_force: Truth = Truth.TRUE

    def as_json(self) -> dict[str, Any]:
        """Return the match as a JSON value: the entry, and how the case fits it."""
        return self.entry.as_json() | {
            "fits": self.fits.value,
            "missing": list(self.missing),
            "indeterminate": list(self.indeterminate),
            "conflicts": [conflict.as_json() for conflict in self.conflicts],
            "in_force": self.in_force.value,
        }


class Matcher:
    """Matches entries against the case of one decision, with one call of its engine."""

    def __init__(self, decision: Decision) -> None:
        base = rule_base()
        taken = decision.readings
        self._decision = decision
        self._choices = tuple(
            base.readings[name].values.index(taken.get(name, base.readings[name].default))
            for name in base.reference.readings
        )
        self._truths = decision.engine.truths([self._request(base.reference)])[0]

    def match(self, entry: _C) -> Match[_C]:
        """Return whether the case fits an entry; if that is unknown, what would settle it."""
        asked = self._decision
        # The condition as the root of a policy: so it is explained as a decision is.
        rooted = Decision(
            request=self._request(_rooted(entry.node)),
            on=asked.on,
            truths=self._truths,
            digest=asked.digest,
            engine=asked.engine,
        )
        fits = rooted.truth(entry.node)
        if fits is Truth.TRUE or fits is Truth.FALSE:
            return Match(entry, fits)
        return Match(entry, Truth.UNKNOWN, rooted.waits_for, rooted.indeterminate, rooted.conflicts)

    def _request(self, policy: Policy) -> Request:
        return Request(policy, self._decision.request.day, self._choices, self._decision.case)


@lru_cache(maxsize=256)
def _rooted(node: int) -> Policy:
    return replace(rule_base().reference, root=node, applies_to=node)


def begun(start: str, day: str) -> Truth:
    """Return whether what began on a day, in a month or in a year had begun on a day.

    >>> [str(begun("2025-03", day)) for day in ("2025-02-28", "2025-03-28", "2025-04-01")]
    ['false', 'unknown', 'true']
    """
    reached = day[: len(start)]
    if reached == start and len(start) < _WHOLE_DATE:
        return Truth.UNKNOWN
    return Truth.TRUE if reached >= start else Truth.FALSE
