# SPDX-License-Identifier: Apache-2.0
"""Fuzzing: smallest requests on which an implementation and this package disagree, explained.

Hypothesis draws requests near those that a policy meets. One on which the two disagree is shrunk,
until no fact can be left out without the disagreement going away, and the search goes on for others
in which the difference is another one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.errors import NoSuchExample

from lutalogic.conformance.vector import Expected, Vector, set_of_sets
from lutalogic.conformance.verdict import NO_ANSWER, judge
from lutalogic.protocol import parse_request
from lutalogic.rulebase import rule_base
from lutalogic.testing import requests

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from lutalogic.conformance.verdict import Verdict
    from lutalogic.decision import Decision
    from lutalogic.explain import Explanation

#: So many disagreements of one policy are looked for.
MOST: Final = 5
_NOW: Final = max(text.start for policy in rule_base().policies.values() for text in policy.texts)
_SEARCH: Final = settings(
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Disagreement:
    """A smallest request on which an implementation and this package disagree.

    Attributes:
        vector: The request, with the answer that this package gives.
        verdict: The verdict on the answer that the implementation gives.
        decision: The decision of this package.
        readings: Other readings, each of which alone makes the implementation right.
    """

    vector: Vector
    verdict: Verdict
    decision: Decision
    readings: tuple[tuple[str, str], ...]

    @property
    def criteria(self) -> tuple[str, ...]:
        """Return the criteria on which theirs differ; where they tell none, those that may."""
        told = tuple(name for name in self.decision.criteria if name in self.verdict.criteria)
        return told or self.decision.deciding

    def text(self) -> str:
        """Return the disagreement in words: the request, what differs, and our reasons."""
        request = self.vector.request
        lines = [f"{self.vector.policy} on {request['on']}, {len(request['facts'])} facts:"]
        lines += [f"  {name}: {value}" for name, value in request["facts"].items()]
        lines += [f"  reading {n}={value}" for n, value in request.get("readings", {}).items()]
        lines += ["Theirs:", *(f"  {difference}" for difference in self.verdict.differences)]
        if not self.verdict.unanswered and not self.verdict.criteria and self.criteria:
            lines.append(f"Theirs must differ on at least one of: {', '.join(self.criteria)}")
        lines += [f"Theirs is right if {name}={value}" for name, value in self.readings]
        for name in self.criteria:
            lines += [
                "Ours:",
                *(f"  {line}" for line in self.decision.why(name).text().splitlines()),
            ]
        return "\n".join(lines)

    __str__ = text


def fuzz(
    ask: Callable[[Vector], Verdict],
    policy: str,
    *,
    examples: int = 500,
    without: Collection[str] = (),
    seed: int = 0,
    most: int = MOST,
) -> Iterator[Disagreement]:
    """Yield the disagreements that are found, each the smallest of its kind.

    Args:
        ask: Returns the verdict on the answer to a vector.
        policy: The policy.
        examples: So many requests are drawn before none is thought to be left.
        without: What not to ask, of ``intervals``, ``readings`` and ``dates``.
        seed: For the same search again.
        most: After so many disagreements the search ends.

    Raises:
        InputError: There is no such policy.
    """
    drawn = requests(policy, without=without)
    known: set[str] = set()
    for number in range(1, most + 1):

        def signs(request: Mapping[str, Any]) -> set[str]:
            return _signs(ask(expected(request, "drawn"))) - known

        try:
            found = find(
                drawn,
                lambda request: bool(signs(request)),
                settings=settings(_SEARCH, max_examples=examples),
                random=Random(seed),
            )
        except NoSuchExample:
            return
        kind = signs(found)
        least = _least(found, lambda request: bool(signs(request) & kind))
        vector = expected(least, f"{policy}/found-{number}", whole=True)
        verdict = ask(vector)
        known |= kind | _signs(verdict)
        yield _explained(vector, verdict)


def expected(request: Mapping[str, Any], name: str, *, whole: bool = False) -> Vector:
    """Return a request as a vector: the answer that this package gives is the one it must have.

    Args:
        request: The request.
        name: The name of the vector.
        whole: Whether to state what is asked at levels 2 and 3, too.
    """
    decision = _decided(request)
    criteria = {criterion: truth.value for criterion, truth in decision.criteria.items()}
    expect = Expected(decision.outcome.value, criteria)
    if whole:
        missing = decision.missing()
        expect = replace(
            expect,
            approve=set_of_sets(change.facts for change in missing.approve.sets),
            deny=set_of_sets(change.facts for change in missing.deny.sets),
            waits_for=frozenset(decision.waits_for),
            deciding=frozenset(decision.deciding),
        )
    return Vector(name, 0, dict(request) | {"id": name}, expect)


def _decided(request: Mapping[str, Any]) -> Decision:
    return parse_request(dict(request)).decide()


def _signs(verdict: Verdict) -> set[str]:
    """Return by what a disagreement is told from others: criteria, or else what is answered."""
    if verdict.criteria:
        return set(verdict.criteria)
    if verdict.unanswered:
        return {NO_ANSWER}
    deciding = ""
    if verdict.level == 0 and verdict.differences:
        deciding = ", ".join(_decided(verdict.vector.request).deciding)
    return {f"{d.at} {d.expected} {deciding}" for d in verdict.differences[:1]}


def _least(
    request: Mapping[str, Any], still: Callable[[Mapping[str, Any]], bool]
) -> Mapping[str, Any]:
    """Return a request of which nothing can be left out; the day is the latest that will do."""
    least = dict(request)
    for smaller in ({k: v for k, v in least.items() if k != "readings"}, least | {"on": _NOW}):
        if smaller != least and still(smaller):
            least = smaller
    again = True
    while again:
        again = False
        for name in list(least["facts"]):
            smaller = least | {"facts": {k: v for k, v in least["facts"].items() if k != name}}
            if still(smaller):
                least, again = smaller, True
    return least


def _tree(explanation: Explanation) -> list[str]:
    """Return the reasons alone, without what stands above and below them."""
    lines, closing = explanation.text().splitlines(), explanation.remarks()
    return lines[len(explanation.heading) + 1 : len(lines) - len(closing) - 1]


def _explained(vector: Vector, verdict: Verdict) -> Disagreement:
    decision = _decided(vector.request)
    readings: list[tuple[str, str]] = []
    for name, taken in decision.readings.items():
        for value in rule_base().readings[name].values:
            if value != taken and verdict.answer is not None:
                other = decision.readings | {name: value}
                asked = dict(vector.request) | {"readings": other}
                then = judge(expected(asked, vector.id), verdict.answer, level=verdict.level)
                if not then.differences:
                    readings.append((name, value))
    return Disagreement(vector, verdict, decision, tuple(readings))
