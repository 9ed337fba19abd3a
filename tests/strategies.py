# SPDX-License-Identifier: Apache-2.0
"""All generators of synthetic patients and requests.

Patients are mostly a few facts away from one who meets the policy, because far from there every
answer is the same. Facts are taken away, changed to values at and beside the limits of the rules,
or widened to intervals.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from hypothesis import settings
from hypothesis import strategies as st

from lutalogic import policies, rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lutalogic.rules import Attribute, Policy

_T = TypeVar("_T")
#: Whether the long searches run.
DEEP = os.environ.get("LUTALOGIC_SEARCH") == "deep"
POLICIES = [policy.name for policy in policies()]
_KB = Path(__file__).parent / "kb"
BASES: dict[str, list[dict[str, Any]]] = {
    name: list(json.loads((_KB / name / "bases.json").read_text()).values()) for name in POLICIES
}


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


_STARTS = {text.start for policy in policies() for text in policy.texts} | {"2026-02-01"}
#: Days on which a text begins, the days before them, and one before all texts.
DAYS = sorted({"2018-01-01", "2026-06-01"} | _STARTS | {_day_before(day) for day in _STARTS})


def _limits(attribute: Attribute) -> list[Decimal]:
    """Return the ends of an attribute's cells: the numbers at which some rule changes its mind."""
    ends: set[Decimal] = set()
    for cell in attribute.cells:
        if isinstance(cell, dict):
            ends |= {Decimal(cell["low"]), Decimal(cell["high"])}
        elif cell != "never":
            ends.add(Decimal(cell))
    return sorted(ends)


def _numbers(attribute: Attribute) -> list[int | float]:
    """Return the limits of an attribute, numbers close to them, and the ends of its range."""
    low, high = attribute.range
    step = Decimal(1) if attribute.type == "integer" else Decimal("0.01")
    near = {n + d for n in _limits(attribute) for d in (-step, Decimal(0), step)}
    kept = sorted(n for n in near if low <= n <= high)
    return [int(n) if n == n.to_integral_value() else float(n) for n in kept]


_NUMBERS = {a.name: _numbers(a) for a in rule_base().attributes.values() if a.range != (0, 0)}


def interval_text(attribute: Attribute, first: float, second: float, form: int) -> str | None:
    """Return an interval of the attribute as a laboratory would report it, or None if empty."""
    low, high = sorted((first, second))
    bottom, top = attribute.range
    match form:
        case 0:
            return f"{low}-{high}"
        case 1:
            return f"<{high}" if high > bottom else None
        case 2:
            return f"<={high}"
        case 3:
            return f">{low}" if low < top else None
        case _:
            return f">={low}"


def values(attribute: Attribute) -> st.SearchStrategy[Any]:
    """Draw a value of an attribute, often at a limit, sometimes an interval."""
    return _VALUES[attribute.name]


def _values(attribute: Attribute) -> st.SearchStrategy[Any]:
    match attribute.type:
        case "boolean":
            return st.booleans()
        case "enum":
            return st.sampled_from(attribute.values)
        case "set":
            return st.sets(st.sampled_from(attribute.values), max_size=3).map(sorted)
        case _:
            return _number(attribute, st.sampled_from(_NUMBERS[attribute.name]))


@st.composite
def _number(draw: st.DrawFn, attribute: Attribute, number: st.SearchStrategy[float]) -> Any:
    form = draw(_FORMS)
    if form < 0:
        return "never" if attribute.type == "elapsed" and form == -1 else draw(number)
    return interval_text(attribute, draw(number), draw(number), form)


_FORMS = st.integers(-4, 4)
_KEPT = st.integers(0, 3)
#: Made once, because to make and to check a strategy takes longer than to draw from it.
_VALUES = {attribute.name: _values(attribute) for attribute in rule_base().attributes.values()}


@cache
def facts(policy: str, most_changes: int = 4) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a patient a few facts away from one who meets the policy."""
    changes = _changes(rule_base().policies[policy].attributes, most_changes)
    return st.builds(_changed, st.sampled_from(BASES[policy]), changes)


def facts_near(
    base: dict[str, Any], attributes: tuple[str, ...], most_changes: int = 4
) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a patient who is a few of some facts away from a base."""
    return _changes(attributes, most_changes).map(lambda changes: _changed(base, changes))


@cache
def _changes(attributes: tuple[str, ...], most: int) -> st.SearchStrategy[dict[str, Any]]:
    return _valued(st.lists(st.sampled_from(attributes), max_size=most, unique=True))


@st.composite
def _valued(draw: st.DrawFn, names: st.SearchStrategy[list[str]]) -> dict[str, Any]:
    """Draw facts with their new values, None where a fact is taken away."""
    return {name: draw(_VALUES[name]) if draw(_KEPT) else None for name in draw(names)}


def _changed(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    drawn = {name: value for name, value in base.items() if name not in changes}
    return drawn | {name: value for name, value in changes.items() if value is not None}


@cache
@st.composite
def any_facts(draw: st.DrawFn, policy: str) -> dict[str, Any]:
    """Draw a patient of whom each fact is drawn alone, half of them not documented."""
    names = rule_base().policies[policy].attributes
    drawn = {name: draw(_VALUES[name]) for name in names if draw(_EITHER)}
    return {name: value for name, value in drawn.items() if value is not None}


def readings(policy: Policy, most: int = 3) -> st.SearchStrategy[dict[str, str]]:
    """Draw a few readings that matter to the policy; all others keep their defaults."""
    return _readings(policy.name, most)


@cache
def _readings(policy: str, most: int) -> st.SearchStrategy[dict[str, str]]:
    names = st.sampled_from(rule_base().policies[policy].readings)
    return _taken(st.lists(names, max_size=most, unique=True))


@st.composite
def _taken(draw: st.DrawFn, names: st.SearchStrategy[list[str]]) -> dict[str, str]:
    return {name: draw(_READ[name]) for name in draw(names)}


_READ = {name: st.sampled_from(reading.values) for name, reading in rule_base().readings.items()}
_EITHER = st.booleans()


@cache
def requests(policy: str | None = None, most_changes: int = 4) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a request: near or far from a patient who meets, on some date, under some readings."""
    if policy is None:
        return st.sampled_from(POLICIES).flatmap(lambda name: requests(name, most_changes))
    near, far = facts(policy, most_changes), any_facts(policy)
    return st.fixed_dictionaries(
        {
            "policy": st.just(policy),
            "on": st.sampled_from(["2026-06-01", "2026-06-01", *DAYS]),
            "facts": st.integers(0, 5).flatmap(lambda one: near if one else far),
            "readings": readings(rule_base().policies[policy]),
        }
    )


def values_at_ends(attribute: Attribute) -> st.SearchStrategy[Any]:
    """Draw a value; of numbers, a limit of any rule or an interval between two, its ends in or out.

    The limits of rules on plausibility count too, which divide no cell.
    """
    return _VALUES_AT_ENDS.get(attribute.name, _VALUES[attribute.name])


@st.composite
def _number_at_ends(draw: st.DrawFn, attribute: Attribute, end: st.SearchStrategy[float]) -> Any:
    first, second, form = draw(end), draw(end), draw(_FORMS_AT_ENDS)
    return first if form < 0 else interval_text(attribute, first, second, form)


def _ends(attribute: Attribute) -> list[int | float]:
    nodes = [node for node in rule_base().nodes if attribute.name in node.attributes]
    tested = {Decimal(limit) for node in nodes if node.kind == "test" for limit in node.test[1:]}
    step = Decimal(1) if attribute.type == "integer" else Decimal("0.001")
    low, high = attribute.range
    near = {n + d for n in tested for d in (-step, Decimal(0), step)} | set(_limits(attribute))
    kept = sorted(n for n in near if low <= n <= high)
    return [int(n) if n == n.to_integral_value() else float(n) for n in kept]


ENDS = {a.name: _ends(a) for a in rule_base().attributes.values() if a.range != (0, 0)}
_FORMS_AT_ENDS = st.integers(-1, 4)
_VALUES_AT_ENDS = {
    name: _number_at_ends(rule_base().attributes[name], st.sampled_from(ends))
    for name, ends in ENDS.items()
}


def facts_at_ends(
    base: dict[str, Any], attributes: tuple[str, ...]
) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a patient who is one to eight of some facts away from a base, numbers at limits."""
    return _changes_at_ends(attributes).map(lambda changes: _changed(base, changes))


@cache
def _changes_at_ends(attributes: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    names = st.lists(st.sampled_from(attributes), min_size=1, max_size=8, unique=True)
    return _valued_at_ends(names)


@st.composite
def _valued_at_ends(draw: st.DrawFn, names: st.SearchStrategy[list[str]]) -> dict[str, Any]:
    known = rule_base().attributes
    return {name: draw(values_at_ends(known[name])) for name in draw(names)}


def _own_days(policy: Policy) -> list[str]:
    """Return the days on which texts of a policy begin, and the days before them."""
    starts = {text.start for text in policy.texts} | set(policy.starts)
    return sorted(starts | {_day_before(day) for day in starts})


@cache
@st.composite
def far_requests(draw: st.DrawFn, policy: str) -> dict[str, Any]:
    """Draw a request with numbers at limits, sets, and any value of every reading."""
    entry, known = rule_base().policies[policy], rule_base().attributes
    numbers = tuple(n for n in entry.attributes if n in ENDS or known[n].type == "set")
    near = _changed(draw(st.sampled_from(BASES[policy])), draw(_changes(entry.attributes, 2)))
    return {
        "policy": policy,
        "on": draw(st.sampled_from(_own_days(entry) if draw(_EITHER) else ["2026-06-01"])),
        "facts": _changed(near, draw(_changes_at_ends(numbers))),
        "readings": {name: draw(_READ[name]) for name in entry.readings},
    }


def sampled(rows: Iterable[_T], *, every: int) -> list[_T]:
    """Return rows of which a quick run takes one in so many, and a deep run all."""
    return list(rows) if DEEP else list(rows)[::every]


def searching(times: float) -> settings:
    """Return settings that search this many times as long as the profile does, or a part of it."""
    return settings(max_examples=max(1, int(times * settings().max_examples)))


class Coverage:
    """Counts what a random test reached, reports it, and fails where an outcome was rare.

    The reports stand at the end of a test run.
    """

    reports: ClassVar[list[str]] = []

    def __init__(self, name: str) -> None:
        self.name = name
        self.counts: Counter[str] = Counter()

    def note(self, *labels: object) -> None:
        """Count one case under each label."""
        self.counts["cases"] += 1
        self.counts.update(str(label) for label in labels)

    def demand(self, share: float, *labels: object) -> None:
        """Report, and fail unless each label has at least this share of the cases."""
        total = self.counts["cases"]
        told = ", ".join(f"{label} {count}" for label, count in sorted(self.counts.items()))
        self.reports.append(f"{self.name}: {told}")
        for label in labels:
            reached = self.counts[str(label)]
            assert reached >= share * total, f"{self.name}: only {reached} of {total} are {label}"
