# SPDX-License-Identifier: Apache-2.0
"""Fuzzing: smallest requests on which an implementation and this package disagree, explained.

Hypothesis draws requests near those that a policy meets. One on which the two disagree is shrunk,
until no fact can be left out without the disagreement going away, and the search goes on for others
in which the difference is another one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from random import Random
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.errors import NoSuchExample

from lutalogic import strict_json
from lutalogic.cells import NUMERIC
from lutalogic.conformance import expecting
from lutalogic.conformance.vector import Expected, Vector
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
#: Of so many criteria that are but likely each is explained.
_FEW: Final = 2
_NOW: Final = max(text.start for policy in rule_base().policies.values() for text in policy.texts)
_SEARCH: Final = settings(
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


class Unsteady(Exception):
    """An implementation answers the same request differently, so that no search makes sense.

    Attributes:
        vector: The request, with the answer that this package gives.
    """

    def __init__(self, told: str, vector: Vector) -> None:
        super().__init__(told)
        self.vector = vector


@dataclass(frozen=True)
class Disagreement:
    """A smallest request on which an implementation and this package disagree.

    Attributes:
        vector: The request, with the answer that this package gives.
        verdict: The verdict on the answer that the implementation gives.
        decision: The decision of this package.
        readings: Other readings, each of which alone makes the implementation right.
        turning: The facts of which each, left out alone, makes the two agree.
        criteria: The criteria on which theirs differ; of outcomes alone, on which they likely do:
            those of ours that change with a turning fact, or else those that decide.
    """

    vector: Vector
    verdict: Verdict
    decision: Decision
    readings: tuple[tuple[str, str], ...]
    turning: tuple[str, ...]
    criteria: tuple[str, ...]

    def text(self) -> str:
        """Return the disagreement in words: the request, what differs, and our reasons."""
        request = self.vector.request
        lines = [f"{self.vector.policy} on {request['on']}, facts stated: {len(request['facts'])}"]
        lines += [f"  {name}: {value}" for name, value in request["facts"].items()]
        lines += [f"  reading {n}={value}" for n, value in request.get("readings", {}).items()]
        lines += ["Theirs:", *(f"  {difference}" for difference in self.verdict.differences)]
        if self.turning:
            lines.append(f"They agree once this is left out: {' or '.join(self.turning)}")
        if not self.verdict.unanswered and not self.verdict.criteria and self.criteria:
            lines.append(f"Theirs likely differs on {' or '.join(self.criteria)}")
        lines += [f"Theirs is right if {name}={value}" for name, value in self.readings]
        few = self.verdict.criteria or len(self.criteria) <= _FEW
        for name in self.criteria if few else (None,):
            lines += ["Ours:", *(f"  {line}" for line in _tree(self.decision.why(name)))]
        return "\n".join(lines)

    __str__ = text


def fuzz(
    ask: Callable[[Vector], Verdict],
    policy: str,
    *,
    examples: int = 1000,
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
        Unsteady: The implementation answers the same request differently.
    """
    drawn = requests(policy, without=without)
    known: frozenset[str] = frozenset()
    verdicts: dict[str, Verdict] = {}
    for number in range(1, most + 1):
        search = _Search(ask, known, verdicts)
        try:
            found = find(
                drawn,
                search.succeeds,
                settings=settings(_SEARCH, max_examples=examples),
                random=Random(seed),
            )
        except NoSuchExample:
            return
        least = search.least(found)
        vector = expected(least, f"{policy}/found-{number}", whole=True)
        verdict = ask(replace(vector, acceptable=()))
        before = search.verdict(least)
        if _signs(verdict) != _signs(before):
            once, again = (_differences_words(each) for each in (before, verdict))
            asked = strict_json.dumps(dict(vector.request))
            raise Unsteady(
                f"it answers the same request differently: once {once}; then {again}: {asked}",
                vector,
            )
        known |= search.signs(found) | _signs(verdict)
        yield _explained(vector, verdict, ask)


def _differences_words(verdict: Verdict) -> str:
    return ", ".join(map(str, verdict.differences)) or "rightly"


@dataclass(frozen=True)
class _Search:
    """The search for a disagreement of a kind that is not known yet.

    Each request is asked once: Hypothesis takes it for a mistake of its own user's where the same
    request is answered differently.
    """

    ask: Callable[[Vector], Verdict]
    known: frozenset[str]
    verdicts: dict[str, Verdict] = field(default_factory=dict)

    def verdict(self, request: Mapping[str, Any]) -> Verdict:
        asked = question(request)
        if asked not in self.verdicts:
            self.verdicts[asked] = self.ask(expected(request, "drawn"))
        return self.verdicts[asked]

    def signs(self, request: Mapping[str, Any]) -> frozenset[str]:
        return _signs(self.verdict(request)) - self.known

    def succeeds(self, request: Mapping[str, Any]) -> bool:
        return bool(self.signs(request))

    def least(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a request of which nothing can be left out; the day is the latest that will do."""
        kind, least = self.signs(request), dict(request)
        for smaller in ({k: v for k, v in least.items() if k != "readings"}, least | {"on": _NOW}):
            if smaller != least and self.signs(smaller) & kind:
                least = smaller
        again = True
        while again:
            again = False
            for name in list(least["facts"]):
                smaller = _without(least, name)
                if self.signs(smaller) & kind:
                    least, again = smaller, True
        return least


def expected(request: Mapping[str, Any], name: str, *, whole: bool = False) -> Vector:
    """Return a request as a vector: the answer that this package gives is the one it must have.

    Args:
        request: The request.
        name: The name of the vector.
        whole: Whether to state all that a vector of the suite does: what is asked at levels 2 and
            3, other answers that are right, and what must be supported.
    """
    decision = _decided(request)
    told = dict(request) | {"id": name}
    if not whole:
        criteria = {criterion: truth.value for criterion, truth in decision.criteria.items()}
        return Vector(name, 0, told, Expected(decision.outcome.value, criteria))
    return Vector(
        name,
        0,
        told,
        expecting._expected(decision),
        acceptable=() if told.get("readings") else tuple(expecting._acceptable(told, decision)),
        needs=_needs(told, decision),
    )


def _needs(request: Mapping[str, Any], decision: Decision) -> frozenset[str]:
    """Return what an implementation must support to be asked a request."""
    known, policy = rule_base().attributes, decision.policy
    told = {
        "readings": bool(request.get("readings")),
        "dates": request["on"] < max(policy.starts[0], *(text.start for text in policy.texts)),
        "intervals": any(
            isinstance(value, str) and value != "never" and known[name].type in NUMERIC
            for name, value in request["facts"].items()
        ),
        "conflicts": bool(decision.conflicts),
    }
    return frozenset(need for need, needed in told.items() if needed)


def question(request: Mapping[str, Any]) -> str:
    """Return what a request asks, apart from its name."""
    asked = {name: value for name, value in request.items() if name != "id"}
    return json.dumps(asked, sort_keys=True, default=str)


def _decided(request: Mapping[str, Any]) -> Decision:
    return parse_request(dict(request)).decide()


def _signs(verdict: Verdict) -> frozenset[str]:
    """Return by what a disagreement is told from others: criteria, or else what is answered."""
    if verdict.criteria:
        return verdict.criteria
    if verdict.unanswered:
        return frozenset({NO_ANSWER})
    first = verdict.differences[:1]
    return frozenset(f"{each.at}: {each.given} for {each.expected}" for each in first)


def _tree(explanation: Explanation) -> list[str]:
    """Return the reasons alone, without what stands above and below them."""
    lines, closing = explanation.text().splitlines(), explanation.remarks()
    return lines[len(explanation.heading) + 1 : len(lines) - len(closing) - 1]


def _explained(vector: Vector, verdict: Verdict, ask: Callable[[Vector], Verdict]) -> Disagreement:
    decision = _decided(vector.request)
    readings: list[tuple[str, str]] = []
    for name, taken in decision.readings.items():
        for value in rule_base().readings[name].values:
            if value != taken and not verdict.unanswered:
                asked = dict(vector.request) | {"readings": decision.readings | {name: value}}
                then = judge(expected(asked, vector.id), verdict.answer, level=verdict.level)
                if not then.differences:
                    readings.append((name, value))
    turning = []
    changed: set[str] = set()
    for name in vector.request["facts"]:
        without = expected(_without(vector.request, name), vector.id)
        if not ask(without).differences:
            turning.append(name)
            before, after = decision.criteria, without.expect.criteria or {}
            changed |= {c for c, truth in before.items() if after.get(c) != truth.value}
    theirs = verdict.criteria or changed or set(decision.deciding)
    criteria = tuple(name for name in decision.criteria if name in theirs)
    return Disagreement(vector, verdict, decision, tuple(readings), tuple(turning), criteria)


def _without(request: Mapping[str, Any], fact: str) -> dict[str, Any]:
    facts = {name: value for name, value in request["facts"].items() if name != fact}
    return dict(request) | {"facts": facts}
