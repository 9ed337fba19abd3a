# SPDX-License-Identifier: Apache-2.0
"""Whether one reading of the texts makes every answer right.

Of an answer alone another reading may admit what the default does not. Who reads a text one way
reads it so everywhere: an implementation whose answers are right each under a reading of its own
implements no policy at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lutalogic.conformance.verdict import Verdict


@dataclass(frozen=True)
class Reading:
    """The reading of the texts that makes most answers right, and what contradicts it.

    Attributes:
        taken: The readings taken in place of their defaults, by name.
        by_these: The vectors whose answers are right by these, and not by the defaults.
        contradicting: The verdicts on answers that are right only if some text is read otherwise.
    """

    taken: Mapping[str, str] = field(default_factory=dict, hash=False)
    by_these: tuple[str, ...] = ()
    contradicting: tuple[Verdict, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON value."""
        return {
            "taken": dict(self.taken),
            "by_these": list(self.by_these),
            "contradicting": [
                {"vector": each.vector.id, "right_if": [dict(some) for some in each.by]}
                for each in self.contradicting
            ],
        }


def one_reading(verdicts: Iterable[Verdict]) -> Reading:
    """Return the reading of the texts that agrees with most of the answers that are right.

    It is sought step by step: the value of a reading that most answers gain by is taken, until none
    gains. Where several of the readings taken bear on one vector, which states the answers under
    each alone, any of these or the usual one passes.

    >>> one_reading([]).taken
    {}
    """
    told = [each for each in verdicts if each.vector.acceptable and not each.differences]
    values = {pair for each in told for some in each.by for pair in some}
    taken: dict[str, str] = {}
    against = [each for each in told if _contradicts(each, taken)]
    while against:
        tries = [taken | {name: value} for name, value in sorted(values)]
        tries += [{n: v for n, v in taken.items() if n != name} for name in sorted(taken)]
        best = min(tries, key=lambda some: sum(_contradicts(each, some) for each in told))
        left = [each for each in told if _contradicts(each, best)]
        if len(left) >= len(against):
            break
        taken, against = best, left
    others = {each.vector.id for each in against}
    by_these = [each.vector.id for each in told if each.readings and each.vector.id not in others]
    return Reading(dict(sorted(taken.items())), tuple(by_these), tuple(against))


def _contradicts(verdict: Verdict, taken: Mapping[str, str]) -> bool:
    """Tell whether an answer that is right is not the one that some readings lead to."""
    bearing = [
        tuple(sorted(other.readings.items()))
        for other in verdict.vector.acceptable
        if all(taken.get(name) == value for name, value in other.readings.items())
    ]
    if len(bearing) == 1:
        return bearing[0] not in verdict.by
    return not any(some in verdict.by for some in [(), *bearing])
