# SPDX-License-Identifier: Apache-2.0
"""The suite's construction: which candidates become vectors, so that every mistake is shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from lutalogic.conformance.candidates import Pool, batch_of
from lutalogic.conformance.choosing import bits, cover, transposed
from lutalogic.conformance.mutants import mutants
from lutalogic.conformance.probing import probes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.conformance.candidates import Candidate
    from lutalogic.conformance.mutants import Mutant
    from lutalogic.rules import Policy

#: How many vectors show each mistake at least, and how many of them by the outcome alone.
TIMES: Final = 6
BY_OUTCOME: Final = 2
#: How many of them an implementation is asked that lacks what a profile leaves out.
PLAINLY: Final = 2
#: How many vectors name a mistake at most: those that show the fewest others.
NAMED: Final = 6
#: What an implementation may lack, in the order in which vectors do without.
_STAGES: Final = (
    frozenset[str](),
    frozenset({"intervals"}),
    frozenset({"dates"}),
    frozenset({"intervals", "dates"}),
    frozenset({"readings"}),
    frozenset({"intervals", "dates", "readings"}),
)


@dataclass(frozen=True)
class Construction:
    """All candidates for a policy, and which mistakes each shows.

    Attributes:
        policy: The policy.
        mutants: The mutants that some request tells from the rules.
        equivalent: The mutants that no request does.
        candidates: The candidates.
        origins: For each candidate, the mutants for which it was found, as bits; the next bit if
            it is a probe.
        shows: For level 0 and 1 and each candidate, the mutants that it shows there, as bits.
        otherwise: For each candidate, the mutants that answer it otherwise, be it rightly by
            another reading, as bits.
    """

    policy: Policy
    mutants: tuple[Mutant, ...]
    equivalent: tuple[Mutant, ...]
    candidates: tuple[Candidate, ...]
    origins: tuple[int, ...]
    shows: tuple[tuple[int, ...], tuple[int, ...]]
    otherwise: tuple[int, ...]

    def of_operator(self, operator: str) -> int:
        """Return the mutants of an operator, as bits."""
        return sum(1 << i for i, m in enumerate(self.mutants) if m.operator == operator)

    def choose(self, without: str = "") -> tuple[list[int], list[int]]:
        """Return the places of the candidates that become vectors of level 0 and of level 1.

        Args:
            without: An operator that is left out: as if none of its mutants were known.
        """
        every = (1 << len(self.mutants)) - 1
        wanted = every & ~self.of_operator(without)
        probed = [i for i, origin in enumerate(self.origins) if origin >> len(self.mutants)]
        places = [i for i, origin in enumerate(self.origins) if origin & wanted]
        stages = [
            [i for i in places if self.candidates[i].needs <= needs and self.shows[1][i]]
            for needs in _STAGES
        ]
        probed = [i for i in probed if self.shows[1][i]]
        lower = [i for i in probed if self.shows[0][i]]
        upper = [i for i in probed if not self.shows[0][i]]
        # Last what plain requests can show besides, and which reading is taken, to those who are
        # asked no others.
        plain, every_one = stages[:1], range(len(self.candidates))
        no_needs = {i for i in every_one if not self.candidates[i].needs}
        for found, shows, among, times in (
            (lower, self.shows[0], stages, BY_OUTCOME),
            (upper, self.shows[1], stages, TIMES),
            (lower, self.shows[0], plain, PLAINLY),
            (upper, self.shows[1], plain, PLAINLY),
            (upper, self.otherwise, plain, PLAINLY),
        ):
            counted = no_needs if among is plain else every_one
            taken = {*lower, *upper}
            found += cover(
                shows,
                times=times,
                stages=[[i for i in stage if i not in taken] for stage in among],
                shown=[
                    *(self.shows[0][i] for i in lower if i in counted),
                    *(shows[i] for i in upper if i in counted),
                ],
                wanted=wanted,
            )
        return sorted(lower), sorted(upper)

    def shown(self, chosen: tuple[Sequence[int], Sequence[int]]) -> list[int]:
        """Return how many of the vectors chosen show each mutant, each at its own level."""
        counts = [0] * len(self.mutants)
        for level, places in enumerate(chosen):
            for place in places:
                for mutant in bits(self.shows[level][place]):
                    counts[mutant] += 1
        return counts

    def named(self, chosen: tuple[Sequence[int], Sequence[int]]) -> dict[int, list[Mutant]]:
        """Return the mutants that each vector names: it is one of those that show few others."""
        shows = {p: self.shows[level][p] for level, places in enumerate(chosen) for p in places}
        shown_by: dict[int, list[int]] = {}
        for place in sorted(shows, key=lambda p: shows[p].bit_count()):
            for mutant in bits(shows[place]):
                shown_by.setdefault(mutant, []).append(place)
        found: dict[int, list[Mutant]] = {place: [] for place in shows}
        for mutant, places in sorted(shown_by.items()):
            for place in places[:NAMED]:
                found[place].append(self.mutants[mutant])
        for place, names in found.items():
            if not names:  # others show all that it does, and fewer besides
                seldom = sorted(bits(shows[place]), key=lambda m: len(shown_by[m]))
                names += [self.mutants[mutant] for mutant in sorted(seldom[:NAMED])]
        return found


@cache
def construct(policy: Policy, seed: int) -> Construction:
    """Return all candidates for a policy and what each shows; the same for the same seed."""
    pool = Pool(policy, mutants(policy), seed)
    known = tuple(pool.found)
    origins: dict[Candidate, int] = {}
    for i, found in enumerate(pool.found.values()):
        for candidate in found:
            origins[candidate] = origins.get(candidate, 0) | 1 << i
    for candidate in probes(policy):
        origins[candidate] = origins.get(candidate, 0) | 1 << len(known)
    candidates = tuple(origins)
    batch = batch_of(policy, candidates)
    killed = [batch.killed(mutant) for mutant in known]
    shows = [transposed(column, len(candidates)) for column in zip(*killed, strict=True)]
    return Construction(
        policy=policy,
        mutants=known,
        equivalent=tuple(pool.equivalent),
        candidates=candidates,
        origins=tuple(origins.values()),
        shows=(tuple(shows[0]), tuple(shows[1])),
        otherwise=tuple(shows[2]),
    )
