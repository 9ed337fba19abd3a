# SPDX-License-Identifier: Apache-2.0
"""What the tests of an implementation need: assertions that it conforms, and patients.

    from lutalogic.testing import conforms

    @conforms("wellmark_lutathera", level=1)
    def test_ours(asked):
        return ours(asked["facts"], asked["on"])

The patients are Hypothesis strategies, to test whatever should do as the rules do.

    from hypothesis import given
    from lutalogic.testing import patients

    @given(patients("wellmark_lutathera", outcome="met"))
    def test_ours_meets_them_too(patient):
        assert ours(patient.facts) == "met"

Needs the extra ``lutalogic[testing]``.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from lutalogic import strict_json
from lutalogic.backwards import UNDOCUMENTED, known_forms
from lutalogic.case import Case
from lutalogic.cells import forms, stretches, value_near, value_of, values_in
from lutalogic.concrete import value
from lutalogic.conformance.asserting import assert_conforms, conforms
from lutalogic.errors import BadRequest
from lutalogic.fulfilment import confirm
from lutalogic.patients import patients as found_patients
from lutalogic.patients import searched
from lutalogic.picking import first
from lutalogic.rulebase import rule_base

try:
    from hypothesis import strategies as st
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "Hypothesis is not installed: pip install 'lutalogic[testing]'", name="hypothesis"
    ) from error

__all__ = ["assert_conforms", "conforms", "patients", "requests"]

#: Of so many values of one kind of a fact each can be drawn.
_MOST_VALUES: Final = 12
#: Requests are drawn near to so many patients, by so many changes.
_BASES: Final = 8
_FEW_CHANGES: Final = 6
_MANY_CHANGES: Final = 24
_MOST_READINGS: Final = 2

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lutalogic.backwards import Problem
    from lutalogic.rules import Attribute, Policy
    from lutalogic.seeking import Search
    from lutalogic.sides import Side


def patients(policy: str | Policy | Side, **wished: Any) -> st.SearchStrategy[Case]:
    """Return a strategy for patients whose request comes out as wished.

    Facts are drawn, and where they stand against the wish, changed as far as it takes. Numbers are
    often at the ends of the stretches that rules tell apart. What shrinks becomes undocumented.

    Args:
        policy: As for `lutalogic.patients`.
        wished: What else `lutalogic.patients` takes, but `near`, `n` and `seed`.

    Raises:
        InputError: Something is unknown to the rule base, or no patient fulfils the wish.

    >>> from hypothesis import find
    >>> find(patients("premera_xofigo", outcome="not_met", by="X-1"), lambda patient: True)
    Case(requested_doses=1, prior_xofigo_doses=0, age_years=5, tumor_type='prostate_cancer',
        castration_resistant=True, symptomatic_bone_metastases=True, visceral_metastases=False,
        largest_lymph_node_cm=1.5)
    """
    for name in ("near", "n", "seed"):
        if name in wished:
            raise BadRequest("is for patients() itself: Hypothesis draws, and draws anew", name)
    search = searched(policy, **wished)
    ways = [way.problem for way in search.ways()]
    if not ways:
        raise BadRequest("no patient fulfils this wish: leave out a part of it")
    return _patients(search, ways)


def requests(
    policy: str | Policy, *, without: Collection[str] = ()
) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for requests of the line protocol, a few facts away from one that is met.

    Numbers are often at and beside the limits of the rules. What shrinks becomes undocumented.

    Args:
        policy: The policy.
        without: What to leave out, of ``intervals``, ``readings`` and ``dates``.

    Raises:
        InputError: There is no such policy.

    >>> from hypothesis import find
    >>> find(requests("premera_xofigo", without=["dates", "readings"]), lambda request: True)
    {'policy': 'premera_xofigo', 'on': '2026-04-01', 'facts': {}}
    """
    entry = rule_base().policy(policy)
    return _requests(entry, frozenset(without))


@st.composite
def _requests(draw: st.DrawFn, policy: Policy, without: frozenset[str]) -> dict[str, Any]:
    base = rule_base()
    facts: dict[str, Any] = dict(draw(st.sampled_from([{}, *_bases(policy.name)])))
    most = draw(st.sampled_from([_FEW_CHANGES, _MANY_CHANGES]))
    for name in draw(st.lists(st.sampled_from(policy.attributes), max_size=most, unique=True)):
        facts.pop(name, None)
        if draw(st.integers(0, 3)):
            facts[name] = draw(_value(base.attributes[name], intervals="intervals" not in without))
    days = _days() if "dates" not in without else _days()[:1]
    request = {"policy": policy.name, "on": draw(st.sampled_from(days)), "facts": facts}
    if "readings" not in without:
        chosen = st.lists(st.sampled_from(policy.readings), max_size=_MOST_READINGS, unique=True)
        taken = {n: draw(st.sampled_from(base.readings[n].values)) for n in draw(chosen)}
        request |= {"readings": taken} if taken else {}
    plain: dict[str, Any] = json.loads(strict_json.dumps(request))
    return plain


@lru_cache(maxsize=256)
def _value(attribute: Attribute, *, intervals: bool) -> st.SearchStrategy[Any]:
    """Return a strategy for values of a fact, also those that no rule of ours tells apart."""
    match attribute.type:
        case "boolean":
            return st.booleans()
        case "enum":
            return st.sampled_from(attribute.values)
        case "set":
            return st.lists(st.sampled_from(attribute.values), max_size=3, unique=True)
    told = [form for form in range(1, len(forms(attribute))) if form in known_forms(attribute.name)]
    low, high = attribute.range
    known = st.sampled_from(told).flatmap(lambda f: st.sampled_from(_values(attribute.name, [f])))
    wide = [f for f in range(1, len(forms(attribute))) if f not in told] if intervals else []
    spread = [st.sampled_from([value(attribute.name, form) for form in wide])] if wide else []
    return st.one_of(known, known, st.integers(low, high), *spread, *spread)


@lru_cache(maxsize=8)
def _bases(policy: str) -> list[dict[str, Any]]:
    return [dict(case.facts) for case in found_patients(policy, outcome="met", n=_BASES)]


@lru_cache(maxsize=1)
def _days() -> list[str]:
    """Return the days on which texts begin and those before them, the latest first."""
    starts = [date.fromisoformat(t.start) for p in rule_base().policies.values() for t in p.texts]
    days = {*starts, *(start - timedelta(days=1) for start in starts)}
    return [day.isoformat() for day in sorted(days, reverse=True)]


@st.composite
def _patients(draw: st.DrawFn, search: Search, ways: Sequence[Problem]) -> Case:
    problem = draw(st.sampled_from(ways))
    order: dict[int, Sequence[int]] = {}
    drawn: dict[str, int] = {}
    for name, variable in problem.facts.items():
        simple = sorted(range(len(problem.kinds[name])), key=lambda k: _rank(problem, name, k))
        # Both are drawn of every fact, whatever comes of it, so that what is simple is also short.
        chosen, drawn[name] = draw(st.sampled_from(simple)), draw(st.integers(0, _MOST_VALUES))
        order[variable] = [1 << kind for kind in (chosen, *simple)]
    found = first(problem, order)
    assert found is not None  # or there would be no such way
    facts: dict[str, Any] = {}
    for name, kind in found[0].items():
        if name not in search.given.facts:
            values = _values(name, problem.kinds[name][kind])
            facts[name] = values[drawn[name] % len(values)]
    case = Case(**(facts | search.given.facts))
    confirm(case, search.wishes)
    return case


def _rank(problem: Problem, name: str, kind: int) -> tuple[bool, bool, int]:
    """Return how simple a kind is: undocumented first, then known, then intervals."""
    members = problem.kinds[name][kind]
    known = any(form in known_forms(name) for form in members)
    return UNDOCUMENTED not in members, not known, kind


def _values(name: str, members: Sequence[int]) -> list[Any]:
    """Return values of a kind of a fact, the plainest first."""
    attribute = rule_base().attributes[name]
    told: list[Any] = []
    for form in members:
        if form in known_forms(name):
            [cell] = forms(attribute)[form].cells
            told += [value_of(attribute, [cell]), *values_in(attribute, cell)]
            if attribute.range != (0, 0) and cell < len(stretches(attribute)):
                ends = stretches(attribute)[cell]
                told += [value_near(attribute, cell, end) for end in (ends.low, ends.high)]
        else:
            told.append(value(name, form))
    return told
