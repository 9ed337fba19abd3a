# SPDX-License-Identifier: Apache-2.0
"""A diagnosis: the fewest and likeliest mistakes that explain which vectors went wrong.

It is known of mistakes which vectors show them: the suite tells, or else the vectors, each of which
names mistakes that it catches.
Who makes a mistake fails these: hits are those that failed, and those that did not, false alarms,
speak against it. The mistakes are taken one by one, each time the one that explains most of what
is left and has the fewest false alarms. Mistakes that cannot be told apart are told together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from lutalogic.conformance.vector import Catch
    from lutalogic.conformance.verdict import Verdict

#: A mistake of which fewer of its vectors failed is not proposed.
_LEAST_SHARE: Final = 0.5
#: What a failed vector counts for a mistake in a criterion that was answered rightly, and for one
#: that would have changed the outcome, or not, where the outcome is not changed, or is.
_ELSEWHERE: Final = 0.1
_OTHERWISE: Final = 0.4

#: A vector, and a criterion that is wrong there; nothing for the outcome alone.
_Point = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A mistake, and the vectors that show it.

    Attributes:
        mistake: The mistake.
        vectors: The ids of the vectors that show it at level 1.
        outcomes: The ids of those whose outcome it changes; None if that is not known.
    """

    mistake: Catch
    vectors: frozenset[str]
    outcomes: frozenset[str] | None = None


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


def diagnose(verdicts: Iterable[Verdict], mistakes: Iterable[Shown] = ()) -> Diagnosis:
    """Return the mistakes that explain best which vectors failed.

    Args:
        verdicts: The verdicts of a run. Those on vectors without an answer, or with one that is
            not written as the protocol has it, tell nothing.
        mistakes: What the suite knows of mistakes; if nothing, what the vectors catch counts.

    >>> diagnose([]).suspects
    ()
    """
    answered = {each.vector.id: each for each in verdicts if not (each.unanswered or each.faults)}
    failed = {name: each for name, each in answered.items() if each.differences}
    known = {each.mistake.mutant: each for each in (mistakes or _caught(answered.values()))}
    excused = {name: _excused(each) for name, each in failed.items()}
    evidence: dict[str, _Evidence] = {}
    for name, shown in known.items():
        if not shown.vectors.isdisjoint(failed):
            evidence[name] = _weighed(shown, answered, excused)
    left = {point for name, each in failed.items() for point in _points(each, excused[name])}
    suspects: list[Suspect] = []
    while True:
        best = _best(evidence, left)
        if best is None:
            unexplained = {vector for vector, _ in left}
            return Diagnosis(tuple(suspects), tuple(v for v in failed if v in unexplained))
        suspects.append(_suspect(best, evidence, known, left))
        left -= evidence[best].points


def _caught(verdicts: Iterable[Verdict]) -> Iterator[Shown]:
    """Yield the mistakes that vectors say they catch."""
    catching: dict[str, list[str]] = {}
    named: dict[str, Catch] = {}
    for verdict in verdicts:
        for catch in verdict.vector.catches:
            named.setdefault(catch.mutant, catch)
            catching.setdefault(catch.mutant, []).append(verdict.vector.id)
    for name, vectors in catching.items():
        yield Shown(named[name], frozenset(vectors))


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for a mistake, each failed vector with its weight, and what against it.

    Of the failures it explains points: a vector, and a criterion that is wrong there.
    """

    hits: Mapping[str, float]
    alarms: tuple[str, ...]
    points: frozenset[_Point]

    def new(self, left: Collection[_Point]) -> list[str]:
        """Return the vectors of which it explains something that is left."""
        return list(dict.fromkeys(vector for vector, _ in sorted(self.points & set(left))))

    @property
    def share(self) -> float:
        total = sum(self.hits.values())
        return total / max(1, len(self.hits) + len(self.alarms))

    @property
    def pattern(self) -> tuple[frozenset[str], tuple[str, ...]]:
        return frozenset(self.hits), self.alarms


def _points(verdict: Verdict, excused: frozenset[str]) -> list[_Point]:
    """Return what is wrong about an answer: criteria, or if there are none the outcome."""
    name = verdict.vector.id
    if verdict.criteria:
        return [(name, criterion) for criterion in sorted(verdict.criteria - excused)]
    return [(name, "")]


def _excused(verdict: Verdict) -> frozenset[str]:
    """Return the criteria of which another reading, taken for these alone, admits the answer."""
    others = [other.criteria or {} for other in verdict.vector.acceptable]
    return frozenset(
        each.at
        for each in verdict.differences
        if each.at in verdict.criteria and any(o.get(each.at) == each.given for o in others)
    )


def _weighed(
    shown: Shown,
    answered: Mapping[str, Verdict],
    excused_in: Mapping[str, frozenset[str]],
) -> _Evidence:
    hits: dict[str, float] = {}
    alarms: list[str] = []
    points: list[_Point] = []
    for name in sorted(shown.vectors & answered.keys()):
        verdict = answered[name]
        by_outcome = shown.outcomes is not None and name in shown.outcomes
        if not (verdict.level or shown.outcomes is None or by_outcome):
            continue
        if not verdict.differences:
            if not verdict.readings:  # right under another reading: it may be the mistake or that
                alarms.append(name)
            continue
        excused, criterion = excused_in[name], shown.mistake.criterion
        differ = verdict.criteria - excused
        if criterion in excused or (excused and not differ):
            continue  # likewise
        wrong = differ & _holding(verdict.vector.policy, criterion)
        there = bool(wrong) and criterion in differ if differ else not (criterion and verdict.level)
        hits[name] = 1.0 if there else _ELSEWHERE
        if there:
            points += [(name, each) for each in sorted(wrong) or [""]]
        if not differ - wrong and shown.outcomes is not None and by_outcome != (verdict.held < 0):
            hits[name] *= _OTHERWISE
    return _Evidence(hits, tuple(alarms), frozenset(points))


@lru_cache(maxsize=256)
def _holding(policy: str, criterion: str) -> frozenset[str]:
    """Return a criterion and those that hold it; none if the policy does not have it."""
    entry = rule_base().policies.get(policy)
    inner = [c.node for c in entry.criteria if c.id == criterion] if entry else []
    if entry is None or not inner:
        return frozenset({criterion})
    return frozenset(c.id for c in entry.criteria if inner[0] in _below(c.node))


@lru_cache(maxsize=256)
def _below(node: int) -> frozenset[int]:
    """Return a condition and all that are below it."""
    parts = [part for part in rule_base().nodes[node].parts if part is not None]
    return frozenset({node}).union(*map(_below, parts))


def _best(evidence: Mapping[str, _Evidence], left: Collection[_Point]) -> str | None:
    """Return the mistake that explains most of what is left, weighed by how sure it is."""

    def worth(name: str) -> tuple[float, float, int]:
        found = evidence[name]
        new = sum(found.hits[vector] for vector in found.new(left))
        return new * found.share**2, found.share, -len(found.alarms)

    likely = [name for name, found in evidence.items() if found.share >= _LEAST_SHARE]
    best = max(likely, key=worth, default=None)
    return best if best is not None and worth(best)[0] >= _LEAST_SHARE else None


def _suspect(
    name: str,
    evidence: Mapping[str, _Evidence],
    known: Mapping[str, Shown],
    left: Collection[_Point],
) -> Suspect:
    found = evidence[name]
    same = [
        known[other].mistake
        for other, theirs in evidence.items()
        if other != name and theirs.pattern == found.pattern and theirs.share == found.share
    ]
    return Suspect(
        known[name].mistake,
        tuple(found.hits),
        found.alarms,
        tuple(found.new(left)),
        tuple(same),
    )
