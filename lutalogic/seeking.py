# SPDX-License-Identifier: Apache-2.0
"""The search for patients: by each way in which wishes can come true, one by one."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache, partial, reduce
from itertools import islice
from operator import and_
from random import Random
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lutalogic.backwards import UNDOCUMENTED, Problem
from lutalogic.case import Case
from lutalogic.concrete import forms_of, near_to, varied
from lutalogic.dates import day_number
from lutalogic.distance import least_changes
from lutalogic.engines import Request
from lutalogic.engines.kanren import KANREN
from lutalogic.fulfilment import confirm
from lutalogic.picking import diverse, exclude, first, nearest
from lutalogic.rulebase import rule_base
from lutalogic.waiting import keep_to_one_fact
from lutalogic.wishes import View, Way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lutalogic.picking import Apart, Kinds, Used
    from lutalogic.wishes import Wish

_ANY_DAY: Final = "2000-01-01"
#: Patients near to one are sought in order as far as so many facts beyond the nearest; to prove
#: that there is none at a distance takes the longer, the farther it is.
_CLOSE: Final = 3
#: After so many failures a search near to a patient is given up, where the nearest is not promised.
_EFFORT: Final = 50
#: What patients near to one are shown, in turn: close ones that differ in effects of what is
#: changed, close ones that differ in changes; then, in no order, others that do.
_TURNS: Final[tuple[tuple[Apart, bool], ...]] = (
    ("effects", True),
    ("changes", True),
    ("effects", False),
    ("facts", False),
)


class Search:
    """The search for patients for some wishes about one patient."""

    def __init__(
        self,
        wishes: Sequence[Wish],
        given: Mapping[str, Any],
        *,
        near: Mapping[str, Any] | None = None,
        seed: int = 0,
    ) -> None:
        self.wishes = wishes
        self.given = Case(**{name: v for name, v in given.items() if v is not None})
        known = forms_of(self.given)  # an interval that is the whole range says nothing
        self._fixed = {name: known.get(name, UNDOCUMENTED) for name in given}
        self._near = None if near is None else Case(**(dict(near) | dict(given)))
        self._random = Random(seed)
        self._used: Used = Counter()
        self._pairs: dict[tuple[Way, Way], bool] = {}

    def ways(self, *chosen: Way) -> Iterator[Possible]:
        """Yield each way in which all wishes come true.

        Args:
            chosen: Ways in which the first wishes come true, together.
        """
        for each in self.wishes[len(chosen)].ways():
            ways = (*chosen, each)
            # Most ways that exclude one another do so in pairs, and many times.
            if len(ways) > 2 and not all(self._go_together(one, each) for one in chosen):
                continue
            found = self._possible(*ways)
            if found is not None and len(ways) < len(self.wishes):
                yield from self.ways(*ways)
            elif found is not None:
                yield found

    def _possible(self, *ways: Way) -> Possible | None:
        return _possible(reduce(and_, ways), self._fixed, self._near)

    def _go_together(self, one: Way, other: Way) -> bool:
        pair = one, other
        if pair not in self._pairs:
            self._pairs[pair] = self._possible(*pair) is not None
        return self._pairs[pair]

    def patients(self) -> Iterator[Case]:
        """Yield each patient once, confirmed."""
        seen: set[Case] = set()
        for case in self._diverse() if self._near is None else self._nearest(self._near):
            if case not in seen:
                seen.add(case)
                confirm(case, self.wishes)
                yield case

    def _diverse(self) -> Iterator[Case]:
        """Yield different patients, in turn by each of the ways."""
        turning: list[Iterator[Case]] = []
        for way in self.ways():
            turning.append(self._by(way))
            yield from islice(turning[-1], 1)
        while turning:
            for each in list(turning):
                case = next(each, None)
                if case is None:
                    turning.remove(each)
                else:
                    yield case

    def _by(self, way: Possible) -> Iterator[Case]:
        problem = way.problem
        for kinds in diverse(problem, self._random, self._used):
            yield varied(problem, kinds, self.given, self._random, self._used)

    def _nearest(self, near: Case) -> Iterator[Case]:
        """Yield the patients nearest to a given one first; then the next that differ from those."""
        start, places = forms_of(near), list[_Place]()
        exact = len(self.wishes) == 1 and self.wishes[0].plain
        least: int | None = None
        for place in self._places(near):
            places.append(place)
            if not exact and (scouted := place.scout(start)) is not None:
                least = scouted[1] if least is None else min(least, scouted[1])
                yield near_to(place.problem, scouted[0], near)
        for apart, close in _TURNS:
            for place in places:
                place.turn(apart)
            for distance in range(1 + len(rule_base().attributes)) if close else (None,):
                if distance is not None and least is not None and distance > least + _CLOSE:
                    break
                for place in places:
                    if distance is not None and distance < place.bound:
                        continue
                    proves = apart == "facts" or (least is None and exact)
                    for each in place.at(distance, start, None if proves else _EFFORT):
                        least = distance if least is None else least
                        yield near_to(place.problem, each, near)

    def _places(self, near: Case) -> Iterator[_Place]:
        """Yield where to look: each way, stated as a problem only when its turn comes."""
        start = forms_of(near)
        if len(self.wishes) > 1:
            for possible in self.ways():
                yield _Place(possible.problem.way, start, partial(_itself, possible))
        else:
            for way in self.wishes[0].ways():
                yield _Place(way, start, partial(_possible, way, self._fixed, near))


class _Place:
    """One way in which wishes may come true, looked at near to a patient.

    Attributes:
        way: The way.
        bound: So many facts must change at the least.
        problem: The problem that it is, in this turn.
    """

    problem: Problem

    def __init__(
        self, way: Way, start: Mapping[str, int], possible: Callable[[], Possible | None]
    ) -> None:
        self.way, self.bound = way, least_changes(way, start)
        self._possible = possible
        self._stated: Callable[[], Problem] | None = None
        self._found: list[Kinds] = []
        self._apart: Apart = "effects"
        self._kinds: Kinds | None = None
        self._none = False

    def turn(self, apart: Apart) -> None:
        """Begin a turn, in which patients must differ from those found before in another way."""
        self._apart, self._kinds = apart, None

    def scout(self, start: Mapping[str, int]) -> tuple[Kinds, int] | None:
        """Return a patient as near as a short search finds, and the distance; None if none is."""
        self._begin(start)
        if self._kinds is None:
            return None
        best: tuple[Kinds, int] | None = None
        found = next(nearest(self.problem, self._kinds, None, apart=self._apart), None)
        while found is not None:
            distance = sum(kind != self._kinds[name] for name, kind in found.items())
            best = found, distance
            if distance <= self.bound:
                break
            closer = nearest(
                self.problem, self._kinds, distance - 1, apart=self._apart, effort=_EFFORT
            )
            found = next(closer, None)
        if best is not None:  # it is left out from the next turn on
            self._found.append(best[0])
        return best

    def at(
        self, distance: int | None, start: Mapping[str, int], effort: int | None
    ) -> Iterator[Kinds]:
        """Yield patients at a distance, as `nearest` does."""
        if self._kinds is None and not self._none:
            self._begin(start)
        if self._kinds is None:
            return
        for each in nearest(self.problem, self._kinds, distance, apart=self._apart, effort=effort):
            self._found.append(each)
            yield each

    def _begin(self, start: Mapping[str, int]) -> None:
        if self._stated is None:
            possible = self._possible()
            if possible is None:
                self._none = True
                return
            self.problem, self._stated = possible
        else:
            self.problem = self._stated()
        problem = self.problem
        self._kinds = {n: problem.kind_of(n, start.get(n, UNDOCUMENTED)) for n in problem.facts}
        network = problem.network
        network.settle()
        near = ((problem.facts[name], 1 << kind) for name, kind in self._kinds.items())
        forced = sum(not network.domains[fact] & kind for fact, kind in near)
        self.bound = max(self.bound, forced)
        for each in self._found:
            exclude(problem, each, self._kinds, self._apart)


class Possible(NamedTuple):
    """A way in which wishes can come true, stated as a problem.

    Attributes:
        problem: The problem.
        again: States it anew.
    """

    problem: Problem
    again: Callable[[], Problem]


def _itself(possible: Possible) -> Possible | None:
    return possible


def _possible(way: Way, fixed: dict[str, int], near: Case | None) -> Possible | None:
    """Return a way as a problem, if it can be; without what is hardly right, if that can be."""
    problem = _stated(way, fixed, near)
    problem.network.settle()
    mark = problem.network.mark()
    for avoids in (True, False):
        if avoids:
            problem.avoid()
        if first(problem, problem.any_order()) is not None:
            return Possible(problem, partial(_stated, way, fixed, near, avoids=avoids))
        problem.network.undo(mark)
    return None


def _stated(way: Way, fixed: dict[str, int], near: Case | None, *, avoids: bool = False) -> Problem:
    asked = frozenset(demand.view.policy.name for demand in way.demands)
    problem = Problem(
        way, fixed, avoided=_hardly_right(asked, near), aside=forms_of(near) if near else {}
    )
    if way.waiting is not None:
        keep_to_one_fact(problem, way.waiting._replace(known=""), way.open)
    if avoids:
        problem.avoid()
    return problem


@lru_cache
def _hardly_right(asked: frozenset[str], near: Case | None) -> list[tuple[View, int]]:
    """Return what makes facts hardly right, but for what holds of a given patient already.

    Args:
        asked: The names of the policies.
        near: The given patient.
    """
    base = rule_base()
    rules = base.plausibility
    nodes = [f.node for f in base.findings if f.policy is None or f.policy in asked]
    view = View(rules, _ANY_DAY, ())
    [letters] = KANREN.truths([Request(rules, day_number(_ANY_DAY), (), near or Case())])
    return [(view, node) for node in nodes if letters[rules.positions[node]] != "t"]
