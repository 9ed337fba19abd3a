# SPDX-License-Identifier: Apache-2.0
"""A diagnosis: the fewest and likeliest mistakes that explain which vectors went wrong.

Each vector names the mistakes that it catches, and so each mistake has the vectors that catch it.
Who makes a mistake fails these: hits are those that failed, and those that did not, false alarms,
speak against it. The mistakes are taken one by one, each time the one that explains most of what
is left and has the fewest false alarms. Mistakes that cannot be told apart are told together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lutalogic.conformance.vector import Catch
    from lutalogic.conformance.verdict import Verdict

#: A mistake of which fewer of its vectors failed is not proposed.
_LEAST_SHARE: Final = 0.5
#: What a failed vector counts for a mistake in a criterion that was answered rightly.
_ELSEWHERE: Final = 0.1
#: Among mistakes with about the same evidence others are named too, as many as this.
_MOST_ALTERNATIVES: Final = 4


@dataclass(frozen=True, slots=True)
class Suspect:
    """A mistake that is likely made.

    Attributes:
        mistake: The mistake, as the vectors tell it.
        hits: The vectors that catch it and failed.
        alarms: The vectors that catch it and did not fail.
        explained: The failed vectors that no mistake before this one explains.
        alternatives: Mistakes that the same vectors speak for and against.
    """

    mistake: Catch
    hits: tuple[str, ...]
    alarms: tuple[str, ...]
    explained: tuple[str, ...]
    alternatives: tuple[Catch, ...] = ()

    def __str__(self) -> str:
        """Return the mistake in words, with its criterion."""
        return mistake_words(self.mistake)

    def as_json(self) -> dict[str, Any]:
        """Return the suspect as a JSON value."""
        return self.mistake.as_json() | {
            "hits": list(self.hits),
            "alarms": list(self.alarms),
            "explained": list(self.explained),
            "alternatives": [each.as_json() for each in self.alternatives],
        }


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was likely got wrong.

    Attributes:
        suspects: The mistakes that explain the failures, the one that explains most first.
        unexplained: The failed vectors that they do not explain.
    """

    suspects: tuple[Suspect, ...]
    unexplained: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the diagnosis as a JSON value."""
        return {
            "suspects": [each.as_json() for each in self.suspects],
            "unexplained": list(self.unexplained),
        }


def mistake_words(mistake: Catch) -> str:
    """Return a mistake in words, with the criterion unless the words name it."""
    if not mistake.criterion or mistake.criterion in mistake.mistake:
        return mistake.mistake
    return f"{mistake.mistake} in {mistake.criterion}"


def diagnose(verdicts: Iterable[Verdict]) -> Diagnosis:
    """Return the mistakes that explain best which vectors failed.

    Args:
        verdicts: The verdicts of a run. Those on vectors without an answer tell nothing.

    >>> diagnose([]).suspects
    ()
    """
    answered = [each for each in verdicts if not each.unanswered]
    failed = {each.vector.id: each for each in answered if each.differences}
    catching: dict[str, list[str]] = {}
    mistakes: dict[str, Catch] = {}
    for verdict in answered:
        for catch in verdict.vector.catches:
            mistakes.setdefault(catch.mutant, catch)
            catching.setdefault(catch.mutant, []).append(verdict.vector.id)
    evidence = {
        name: _weighed(mistakes[name], catching[name], failed)
        for name in mistakes
        if any(vector in failed for vector in catching[name])
    }
    left = dict.fromkeys(failed)
    suspects: list[Suspect] = []
    while True:
        best = _best(evidence, left)
        if best is None:
            return Diagnosis(tuple(suspects), tuple(left))
        suspects.append(_suspect(best, evidence, mistakes, left))
        for vector in suspects[-1].explained:
            del left[vector]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for a mistake, each failed vector with its weight, and what against it."""

    hits: Mapping[str, float]
    alarms: tuple[str, ...]

    @property
    def share(self) -> float:
        total = sum(self.hits.values())
        return total / (len(self.hits) + len(self.alarms))

    @property
    def pattern(self) -> tuple[frozenset[str], tuple[str, ...]]:
        return frozenset(self.hits), self.alarms


def _weighed(mistake: Catch, vectors: Sequence[str], failed: Mapping[str, Verdict]) -> _Evidence:
    hits: dict[str, float] = {}
    for name in vectors:
        if name in failed:
            differ = failed[name].criteria
            there = not differ or not mistake.criterion or mistake.criterion in differ
            hits[name] = 1.0 if there else _ELSEWHERE
    return _Evidence(hits, tuple(name for name in vectors if name not in failed))


def _best(evidence: Mapping[str, _Evidence], left: Mapping[str, None]) -> str | None:
    """Return the mistake that explains most of what is left, weighed by how sure it is."""

    def worth(name: str) -> tuple[float, float, int]:
        found = evidence[name]
        new = sum(weight for vector, weight in found.hits.items() if vector in left)
        return new * found.share**2, found.share, -len(found.alarms)

    likely = [name for name, found in evidence.items() if found.share >= _LEAST_SHARE]
    best = max(likely, key=worth, default=None)
    return best if best is not None and worth(best)[0] >= _LEAST_SHARE else None


def _suspect(
    name: str,
    evidence: Mapping[str, _Evidence],
    mistakes: Mapping[str, Catch],
    left: Mapping[str, None],
) -> Suspect:
    found = evidence[name]
    same = [
        mistakes[other]
        for other, theirs in evidence.items()
        if other != name and theirs.pattern == found.pattern and theirs.share == found.share
    ]
    return Suspect(
        mistakes[name],
        tuple(found.hits),
        found.alarms,
        tuple(vector for vector in found.hits if vector in left),
        tuple(same[:_MOST_ALTERNATIVES]),
    )
