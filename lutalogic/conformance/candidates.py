# SPDX-License-Identifier: Apache-2.0
"""Requests among which vectors are chosen: those that show some mistake, and others beside them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, Final

from lutalogic.case import Case
from lutalogic.cells import NUMERIC, value_of
from lutalogic.conformance.equivalence import (
    all_shown,
    day_rules,
    in_force_today,
    latest,
    plain_shown,
)
from lutalogic.conformance.free_record import fine
from lutalogic.conformance.parallel import Batch
from lutalogic.dates import day_number
from lutalogic.possible import option_names
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.conformance.mutants import Mutant
    from lutalogic.engines import Request
    from lutalogic.rules import Attribute, Policy

#: How many requests beside the first one are tried for each mistake at a time, how often, and
#: how many are kept.
_TRIED: Final = 40
_ROUNDS: Final = 6
_KEPT: Final = 8
#: How many of those are kept that show it by a criterion alone, which the outcome hides.
_ASIDE: Final = 2
#: How many plain requests are kept besides.
_PLAIN: Final = 3
#: How often all facts of a patient who meets the policy are filled in.
_FILLED: Final = 0.7
#: So many facts are changed at most, and one fact in so many is an interval or taken away.
_CHANGED: Final = 4
_OPEN: Final = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A request, and whether it names the readings that it is asked under.

    Attributes:
        request: The request.
        named: The readings that it names, each by its place among those of the policy.
    """

    request: Request
    named: tuple[int, ...] = ()

    @property
    def readings(self) -> dict[str, str]:
        """Return the readings that it names, with their values."""
        policy, known = self.request.policy, rule_base().readings
        names = [(policy.readings[place], self.request.choices[place]) for place in self.named]
        return {name: known[name].values[value] for name, value in names}

    @property
    def needs(self) -> frozenset[str]:
        """Return what an implementation must support to be asked this, by the request alone."""
        found = set()
        if self.named:
            found.add("readings")
        if self.request.day < day_number(in_force_today(self.request.policy)):
            found.add("dates")
        known = rule_base().attributes
        if any(
            isinstance(value, str) and value != "never" and known[name].type in NUMERIC
            for name, value in self.request.case.facts.items()
        ):
            found.add("intervals")
        return frozenset(found)


def batch_of(policy: Policy, candidates: Sequence[Candidate]) -> Batch:
    """Return candidates as a batch of requests."""
    return Batch(policy, [c.request for c in candidates], [not c.named for c in candidates])


class Pool:
    """The candidates for one policy.

    Attributes:
        found: For each mutant that some request tells from the rules, requests that do.
        equivalent: The mutants that none does.
    """

    def __init__(self, policy: Policy, mutants: Sequence[Mutant], seed: int) -> None:
        """Find requests that show each mistake, and mark the mistakes that none shows.

        What is found for one mistake depends on no other.
        """
        self.policy = policy
        self.found: dict[Mutant, tuple[Candidate, ...]] = {}
        self.equivalent: list[Mutant] = []
        self._values = {
            name: values(rule_base().attributes[name], policy) for name in policy.attributes
        }
        self._bases = [case.facts for case in day_rules(policy, latest(policy)).met()]
        for mutant in mutants:
            # by the outcome if some request does, so that vectors serve at every level
            first = next(all_shown(mutant, 0), None) or next(all_shown(mutant, 1), None)
            if first is None:
                self.equivalent.append(mutant)
            else:
                beside = self._beside(mutant, first, Random(f"{seed} {mutant.id}"))
                plainly = self._plainly(mutant, Random(f"{seed} {mutant.id} plain"))
                self.found[mutant] = tuple(dict.fromkeys([*beside, *plainly]))

    def _beside(self, mutant: Mutant, request: Request, random: Random) -> tuple[Candidate, ...]:
        """Return a request that shows a mistake, and others near it that do."""
        kept: dict[Candidate, None] = {}
        aside: dict[Candidate, None] = {}
        near = [request]
        for _ in range(_ROUNDS):
            near += [self._near(request, random) for _ in range(_TRIED)]
            # Where another reading hides it, name the readings that do.
            for named in (plain, pinned):
                asked = named(self.policy, near)
                shows, at_all, _ = batch_of(self.policy, asked).killed(mutant)
                kept |= {c: None for i, c in enumerate(asked) if shows >> i & 1}
                hidden = at_all & ~shows
                aside |= {c: None for i, c in enumerate(asked) if hidden >> i & 1}
                if len(kept) >= _KEPT:
                    break
            if len(kept) + min(len(aside), _ASIDE) >= _KEPT:
                break
        return (*list(kept)[:_KEPT], *list(aside)[:_ASIDE])

    def _plainly(self, mutant: Mutant, random: Random) -> list[Candidate]:
        """Return plain requests that a mistake answers otherwise, those it gets wrong first."""
        first = plain_shown(mutant)
        if first is None:
            return []
        near = [first, *(self._near(first, random) for _ in range(_TRIED))]
        asked = [each for each in plain(self.policy, near) if not each.needs]
        wrong = batch_of(self.policy, asked).killed(mutant)
        ranked = [c for i, c in enumerate(asked) if wrong.at_all >> i & 1]
        ranked += [c for i, c in enumerate(asked) if (wrong.otherwise & ~wrong.at_all) >> i & 1]
        return ranked[:_PLAIN]

    def _near(self, request: Request, random: Random) -> Request:
        """Return a request with a few facts that are others, some filled in, some taken away."""
        facts = dict(request.case.facts)
        if random.random() < _FILLED and self._bases:
            facts = {**random.choice(self._bases), **facts}
        for name in random.sample(list(self._values), random.randint(0, _CHANGED)):
            exact, intervals = self._values[name]
            if random.randrange(_OPEN):
                facts[name] = random.choice(exact)
            elif intervals and not random.randrange(_OPEN):
                facts[name] = random.choice(intervals)
            else:
                facts.pop(name, None)
        return request.under(case=Case.from_mapping(facts))


def pinned(policy: Policy, requests: Sequence[Request]) -> list[Candidate]:
    """Return requests that name every reading of which another value changes an answer."""
    batch = Batch(policy, requests, [True] * len(requests))
    depends = batch.depends
    return [
        Candidate(
            request,
            tuple(
                place
                for place, value in enumerate(request.choices)
                if value or depends[place] >> i & 1
            ),
        )
        for i, request in enumerate(requests)
    ]


def plain(_: Policy, requests: Sequence[Request]) -> list[Candidate]:
    """Return requests that name the readings that are not the default, and no others."""
    return [Candidate(r, tuple(i for i, value in enumerate(r.choices) if value)) for r in requests]


def _open_members(attribute: Attribute, policy: Policy) -> tuple[str, ...]:
    """Return the members that may mean another, as some test of a policy asks."""
    perhaps = 0
    for node in map(rule_base().nodes.__getitem__, policy.nodes):
        if node.attributes == (attribute.name,) and node.test[:1] == ("includes",):
            perhaps |= node.test[2]
    return tuple(option_names(attribute, perhaps))


def values(attribute: Attribute, policy: Policy) -> tuple[list[Any], list[str]]:
    """Return values of a fact that a policy or a mutant tells apart; intervals, widest first."""
    if attribute.type == "boolean":
        return [False, True], []
    if attribute.type == "enum":
        return list(attribute.values), []
    if attribute.type == "set":
        single = [[value] for value in attribute.values]
        pairs = [[a, b] for a, b in zip(attribute.values, attribute.values[1:], strict=False)]
        beside = [[a, b] for b in _open_members(attribute, policy) for a in attribute.values]
        pairs += [pair for pair in beside if pair not in pairs and pair[0] != pair[1]]
        return [[], *single, *pairs], []
    cells = fine(attribute, policy)
    count = len(cells.cells) - (attribute.type == "elapsed")
    exact = [value_of(cells, [cell]) for cell in range(len(cells.cells))]
    spans = [range(a, b + 1) for a in range(count) for b in range(a + 1, count)]
    return exact, [value_of(cells, span) for span in sorted(spans, key=len, reverse=True)]
