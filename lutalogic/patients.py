# SPDX-License-Identifier: Apache-2.0
"""Patients for a wish: the rules run backwards, each patient replayed before anyone sees one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import islice, product
from random import Random
from typing import TYPE_CHECKING, Any, Final

from lutalogic.backwards import UNDOCUMENTED, Problem, known_forms
from lutalogic.case import Case
from lutalogic.cells import form_number, forms, value_near, value_of
from lutalogic.dates import day_number
from lutalogic.engines import Request
from lutalogic.engines.kanren import KANREN
from lutalogic.engines.prolog import PROLOG
from lutalogic.errors import BadRequest, EngineError
from lutalogic.picking import diverse, first, nearest
from lutalogic.possible import Number
from lutalogic.rulebase import rule_base
from lutalogic.sides import told_of
from lutalogic.wishes import View, Way, Wish, wish

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from lutalogic.answers import Outcome
    from lutalogic.engines import Engine
    from lutalogic.picking import Kinds, Used
    from lutalogic.rules import Policy
    from lutalogic.sides import Side

_ANY_DAY: Final = "2000-01-01"


def patients(
    policy: str | Policy | Side,
    *,
    on: date | str | None = None,
    outcome: str | Outcome | None = None,
    criteria: Mapping[str, Any] | None = None,
    readings: Mapping[str, str] | None = None,
    by: str | None = None,
    waits_for: str | None = None,
    depends_on: str | None = None,
    also: Wish | Sequence[Wish] = (),
    given: Case | Mapping[str, Any] | None = None,
    near: Case | Mapping[str, Any] | None = None,
    n: int | None = None,
    seed: int = 0,
) -> Iterator[Case]:
    """Yield patients whose request comes out as wished, one by one, no two alike.

    Args:
        policy, on, outcome, criteria, readings, by, waits_for, depends_on: What is wished of the
            request, as for `wish`.
        also: What else is wished of the same patient, under other policies, days or readings.
        given: Facts that every patient has just so; of a mapping, None for "not documented".
        near: A patient to whom those found should be near: fewest facts changed first. Else they
            differ as much as may be.
        n: How many; None for as many as there are, each looked for when it is asked for.
        seed: Another seed, other patients; not used with `near`.

    Returns:
        Cases, of which each fact bears on some criterion. None if the wish cannot come true.

    Raises:
        InputError: Something is unknown to the rule base, or wishes exclude one another.
        EngineError: The engines disagree on a patient; this would be an error of lutalogic.

    >>> [patient] = patients("premera_xofigo", outcome="not_met", by="X-5", n=1)
    >>> from lutalogic import decide
    >>> decide(patient, "premera_xofigo", on="2026-06-01").deciding
    ('X-5',)
    """
    asked = wish(
        policy,
        on=on, outcome=outcome, criteria=criteria, readings=readings,
        by=by, waits_for=waits_for, depends_on=depends_on,
    )  # fmt: skip
    others = [also] if isinstance(also, Wish) else list(also)
    with told_of("given"):
        fixed = _facts(given)
    with told_of("near"):
        start = None if near is None else _facts(near)
    search = Search([asked, *others], fixed, start, seed)
    return islice(search.patients(), n)


class Search:
    """The search for patients for some wishes about one patient."""

    def __init__(
        self,
        wishes: Sequence[Wish],
        given: Mapping[str, Any],
        near: Mapping[str, Any] | None,
        seed: int,
    ) -> None:
        self._wishes = wishes
        self._absent = frozenset(name for name, value in given.items() if value is None)
        self._given = Case(**{name: v for name, v in given.items() if v is not None})
        self._near = None if near is None else Case(**(dict(near) | dict(given)))
        self._random = Random(seed)
        self._used: Used = Counter()

    def ways(self) -> Iterator[_Ready]:
        """Yield the ways in which all wishes come true, as far as they can."""
        fixed = {**_forms(self._given), **dict.fromkeys(self._absent, UNDOCUMENTED)}
        for ways in product(*(each.ways() for each in self._wishes)):
            ready = _ready(reduce(Way.__and__, ways), fixed)
            if ready is not None:
                yield ready

    def patients(self) -> Iterator[Case]:
        """Yield each patient once, replayed."""
        seen: set[Case] = set()
        for case in self._diverse() if self._near is None else self._nearest(self._near):
            if case not in seen:
                seen.add(case)
                replay(case, self._wishes)
                yield case

    def _diverse(self) -> Iterator[Case]:
        """Yield different patients, in turn by each of the ways that come true."""
        waiting = self.ways()
        turning: list[tuple[_Ready, Iterator[Kinds]]] = []
        while True:
            ready = next(waiting, None)
            if ready is not None:
                found = diverse(ready.problem, ready.relaxed, self._random, self._used)
                turning.append((ready, found))
                turn = turning[-1:]
            else:
                turn = list(turning)
            if not turn:
                return
            for each in turn:
                kinds = next(each[1], None)
                if kinds is None:
                    turning.remove(each)
                else:
                    yield self._case(each[0].problem, kinds, None)

    def _nearest(self, near: Case) -> Iterator[Case]:
        """Yield the patients nearest to a given one first."""
        start = _forms(near)
        searched = []
        for ready in self.ways():
            problem = ready.problem
            kinds = {n: problem.kind_of(n, start.get(n, UNDOCUMENTED)) for n in problem.facts}
            searched.append((problem, kinds))
        most = max((len(kinds) for _, kinds in searched), default=-1)
        for distance in range(most + 1):
            for problem, kinds in searched:
                for found in nearest(problem, kinds, distance):
                    yield self._case(problem, found, near)

    def _case(self, problem: Problem, kinds: Kinds, near: Case | None) -> Case:
        """Return the patient whose facts are of these kinds."""
        facts: dict[str, Any] = dict((near or self._given).facts)
        start = _forms(near) if near else {}
        for name, kind in kinds.items():
            members = problem.kinds[name][kind]
            if name in self._given.facts or (near and start.get(name, UNDOCUMENTED) in members):
                continue
            form = self._form(name, members, None if near is None else start.get(name))
            facts[name] = _value(name, form, near)
        return Case(**facts)

    def _form(self, name: str, members: Sequence[int], start: int | None) -> int:
        """Return the form that stands for a kind: none, or the known one that was used least."""
        if UNDOCUMENTED in members:
            return UNDOCUMENTED
        known = [form for form in members if form in known_forms(name)] or list(members[:1])
        if start is not None:
            return min(known, key=lambda form: abs(form - start))
        form = min(known, key=lambda form: (self._used["form", name, form], self._random.random()))
        self._used["form", name, form] += 1
        return form


@dataclass(frozen=True)
class _Ready:
    """A way that comes true, and what is sought."""

    problem: Problem
    relaxed: Problem


def _ready(way: Way, fixed: Mapping[str, int]) -> _Ready | None:
    """Return what to seek; without what is hardly right, if any patient can do without."""
    for avoided in (_hardly_right(way), ()):
        open_fact = bool(way.open)
        problem = Problem(way, fixed, avoided=avoided, all_known=open_fact)
        if first(problem, problem.any_order()) is not None:
            return _Ready(problem, Problem(way, fixed, avoided=avoided) if open_fact else problem)
    return None


def _hardly_right(way: Way) -> list[tuple[View, int]]:
    """Return the conditions under which facts are hardly right for the policies that are asked."""
    base = rule_base()
    asked = {demand.view.policy.name for demand in way.demands}
    view = View(base.plausibility, _ANY_DAY, ())
    return [(view, f.node) for f in base.findings if f.policy is None or f.policy in asked]


def _facts(given: Case | Mapping[str, Any] | None) -> dict[str, Any]:
    """Return facts as a mapping, checked; None stands for "not documented"."""
    if isinstance(given, Case):
        return given.facts
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise BadRequest("must be a case, or a mapping of names to values")
    Case.from_mapping(given)
    return dict(given)


def _forms(case: Case) -> dict[str, int]:
    """Return the form of each documented fact."""
    known = rule_base().attributes
    return {name: form_number(known[name], fact) for name, fact in case.possible.items()}


def _value(name: str, form: int, near: Case | None) -> Any:
    """Return a value of a form: the nearest to that of a given case, if that is a number."""
    attribute = rule_base().attributes[name]
    if form == UNDOCUMENTED:
        return None
    cells = forms(attribute)[form].cells
    before = near.possible.get(name) if near else None
    if isinstance(before, Number) and len(cells) == 1:
        return value_near(attribute, cells[0], before.value)
    return value_of(attribute, cells)


def replay(case: Case, wishes: Sequence[Wish]) -> None:
    """See that the engines agree on a patient, and that the wishes come true.

    Raises:
        EngineError: They do not.
    """
    for each in wishes:
        view = each.view
        request = Request(view.policy, day_number(each.side.day), view.choices, case)
        answers = {engine.name: engine.truths([request])[0] for engine in _engines()}
        letters = next(iter(answers.values()))
        places = view.policy.positions
        truths = {view.policy.root: each.outcomes}
        truths |= {view.criteria[name]: told for name, told in each.criteria.items()}
        if len(set(answers.values())) > 1 or any(
            letters[places[node]] not in wanted for node, wanted in truths.items()
        ):
            raise EngineError(
                f"the engines disagree on {case!r}: {answers}; this is an error of lutalogic"
            )


def _engines() -> list[Engine]:
    return [KANREN, PROLOG]
