# SPDX-License-Identifier: Apache-2.0
"""The search for patients: by each way in which wishes can come true, one by one."""

from __future__ import annotations

from collections import Counter
from functools import partial, reduce
from itertools import islice, product
from random import Random
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lutalogic.backwards import UNDOCUMENTED, Problem
from lutalogic.case import Case
from lutalogic.concrete import forms_of, near_to, varied
from lutalogic.dates import day_number
from lutalogic.engines import Request
from lutalogic.engines.kanren import KANREN
from lutalogic.fulfilment import confirm
from lutalogic.picking import diverse, exclude, first, nearest
from lutalogic.rulebase import rule_base
from lutalogic.wishes import View, Way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lutalogic.picking import Apart, Kinds, Used
    from lutalogic.wishes import Wish

_ANY_DAY: Final = "2000-01-01"
#: What patients near to one are shown, in turn: those that differ in effects of what is changed,
#: then in changes, each first as far as a few times the least distance; in the end, any others.
_TURNS: Final[tuple[tuple[Apart, bool], ...]] = (
    ("effects", True),
    ("changes", True),
    ("effects", False),
    ("changes", False),
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
        self._absent = [name for name, v in given.items() if v is None]
        self._near = None if near is None else Case(**(dict(near) | dict(given)))
        self._random = Random(seed)
        self._used: Used = Counter()

    def ways(self) -> Iterator[Possible]:
        """Yield the ways in which all wishes come true, as far as they can."""
        fixed = {**forms_of(self.given), **dict.fromkeys(self._absent, UNDOCUMENTED)}
        for ways in product(*(each.ways() for each in self.wishes)):
            found = _possible(reduce(Way.__and__, ways), fixed, self._near)
            if found is not None:
                yield found

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
        relaxed = way.again() if way.problem.way.open else way.problem
        for kinds in diverse(way.problem, relaxed, self._random, self._used):
            yield varied(way.problem, kinds, self.given, self._random, self._used)

    def _nearest(self, near: Case) -> Iterator[Case]:
        """Yield the patients nearest to a given one first; then the next that differ from those."""
        start, ways = forms_of(near), list(self.ways())
        found: list[list[Kinds]] = [[] for _ in ways]
        least: int | None = None
        for apart, close in _TURNS:
            problems = [way.again() for way in ways]
            kinds = [
                {n: p.kind_of(n, start.get(n, UNDOCUMENTED)) for n in p.facts} for p in problems
            ]
            together = list(zip(problems, kinds, found, strict=True))
            for problem, here, known in together:
                for each in known:
                    exclude(problem, each, here, apart)
            for distance in range(1 + max(map(len, kinds), default=-1)):
                if close and least is not None and distance > 2 * least + 1:
                    break
                for problem, here, known in together:
                    for each in nearest(problem, here, distance, apart):
                        least = distance if least is None else least
                        known.append(each)
                        yield near_to(problem, each, near)


class Possible(NamedTuple):
    """A way in which wishes can come true, stated as a problem.

    Attributes:
        problem: In which all facts are known, if the way leaves one open.
        again: States it anew, with facts that need not be known.
    """

    problem: Problem
    again: Callable[[], Problem]


def _possible(way: Way, fixed: Mapping[str, int], near: Case | None) -> Possible | None:
    """Return a way as a problem, if it can be; without what is hardly right, if that can be."""
    for avoided in (_hardly_right(way, near), ()):
        problem = Problem(way, fixed, avoided=avoided, all_known=bool(way.open))
        if first(problem, problem.any_order()) is not None:
            return Possible(problem, partial(Problem, way, fixed, avoided=avoided))
    return None


def _hardly_right(way: Way, near: Case | None) -> list[tuple[View, int]]:
    """Return what makes facts hardly right, but for what holds of a given patient already."""
    base = rule_base()
    rules, asked = base.plausibility, {demand.view.policy.name for demand in way.demands}
    nodes = [f.node for f in base.findings if f.policy is None or f.policy in asked]
    view = View(rules, _ANY_DAY, ())
    [letters] = KANREN.truths([Request(rules, day_number(_ANY_DAY), (), near or Case())])
    return [(view, node) for node in nodes if letters[rules.positions[node]] != "t"]
