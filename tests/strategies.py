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


@st.composite
def values(draw: st.DrawFn, attribute: Attribute) -> Any:
    """Draw a value of an attribute, often at a limit, sometimes an interval."""
    match attribute.type:
        case "boolean":
            return draw(st.booleans())
        case "enum":
            return draw(st.sampled_from(attribute.values))
        case "set":
            return sorted(draw(st.sets(st.sampled_from(attribute.values), max_size=3)))
        case _:
            numbers = _NUMBERS[attribute.name]
            form = draw(st.integers(-4, 4))
            if form < 0:
                if attribute.type == "elapsed" and form == -1:
                    return "never"
                return draw(st.sampled_from(numbers))
            first, second = draw(st.sampled_from(numbers)), draw(st.sampled_from(numbers))
            return interval_text(attribute, first, second, form)


@st.composite
def facts(draw: st.DrawFn, policy: str, most_changes: int = 4) -> dict[str, Any]:
    """Draw a patient a few facts away from one who meets the policy."""
    base = draw(st.sampled_from(BASES[policy]))
    return draw(facts_near(base, rule_base().policies[policy].attributes, most_changes))


@st.composite
def facts_near(
    draw: st.DrawFn, base: dict[str, Any], attributes: tuple[str, ...], most_changes: int = 4
) -> dict[str, Any]:
    """Draw a patient who is a few of some facts away from a base."""
    drawn = dict(base)
    for name in draw(st.lists(st.sampled_from(attributes), max_size=most_changes, unique=True)):
        value = draw(values(rule_base().attributes[name])) if draw(st.integers(0, 3)) else None
        if value is None:
            drawn.pop(name, None)
        else:
            drawn[name] = value
    return drawn


@st.composite
def any_facts(draw: st.DrawFn, policy: str) -> dict[str, Any]:
    """Draw a patient of whom each fact is drawn alone, half of them not documented."""
    entry = rule_base().policies[policy]
    drawn: dict[str, Any] = {}
    for name in entry.attributes:
        if draw(st.booleans()):
            value = draw(values(rule_base().attributes[name]))
            if value is not None:
                drawn[name] = value
    return drawn


@st.composite
def readings(draw: st.DrawFn, policy: Policy, most: int = 3) -> dict[str, str]:
    """Draw a few readings that matter to the policy; all others keep their defaults."""
    base = rule_base()
    names = draw(st.lists(st.sampled_from(policy.readings), max_size=most, unique=True))
    return {name: draw(st.sampled_from(base.readings[name].values)) for name in names}


@st.composite
def requests(draw: st.DrawFn, policy: str | None = None) -> dict[str, Any]:
    """Draw a request: near or far from a patient who meets, on some date, under some readings."""
    name = policy or draw(st.sampled_from(POLICIES))
    entry = rule_base().policies[name]
    near = draw(st.integers(0, 5))
    return {
        "policy": name,
        "on": draw(st.sampled_from(["2026-06-01", "2026-06-01", *DAYS])),
        "facts": draw(facts(name) if near else any_facts(name)),
        "readings": draw(readings(entry)),
    }


@st.composite
def values_at_ends(draw: st.DrawFn, attribute: Attribute) -> Any:
    """Draw a value; of numbers, a limit of any rule or an interval between two, its ends in or out.

    The limits of rules on plausibility count too, which divide no cell.
    """
    if attribute.name not in ENDS:
        return draw(values(attribute))
    ends = ENDS[attribute.name]
    first, second = draw(st.sampled_from(ends)), draw(st.sampled_from(ends))
    form = draw(st.integers(-1, 4))
    if form < 0:
        return first
    return interval_text(attribute, first, second, form)


def _ends(attribute: Attribute) -> list[int | float]:
    nodes = [node for node in rule_base().nodes if attribute.name in node.attributes]
    tested = {Decimal(limit) for node in nodes if node.kind == "test" for limit in node.test[1:]}
    step = Decimal(1) if attribute.type == "integer" else Decimal("0.001")
    low, high = attribute.range
    near = {n + d for n in tested for d in (-step, Decimal(0), step)} | set(_limits(attribute))
    kept = sorted(n for n in near if low <= n <= high)
    return [int(n) if n == n.to_integral_value() else float(n) for n in kept]


ENDS = {a.name: _ends(a) for a in rule_base().attributes.values() if a.range != (0, 0)}


@st.composite
def facts_at_ends(
    draw: st.DrawFn, base: dict[str, Any], attributes: tuple[str, ...]
) -> dict[str, Any]:
    """Draw a patient who is one to eight of some facts away from a base, numbers at limits."""
    drawn = dict(base)
    for name in draw(st.lists(st.sampled_from(attributes), min_size=1, max_size=8, unique=True)):
        value = draw(values_at_ends(rule_base().attributes[name]))
        if value is None:
            drawn.pop(name, None)
        else:
            drawn[name] = value
    return drawn


def _own_days(policy: Policy) -> list[str]:
    """Return the days on which texts of a policy begin, and the days before them."""
    starts = {text.start for text in policy.texts} | set(policy.starts)
    return sorted(starts | {_day_before(day) for day in starts})


@st.composite
def far_requests(draw: st.DrawFn, policy: str) -> dict[str, Any]:
    """Draw a request with numbers at limits, sets, and any value of every reading."""
    entry, base = rule_base().policies[policy], rule_base()
    numbers = tuple(n for n in entry.attributes if n in ENDS or base.attributes[n].type == "set")
    some = draw(st.sampled_from(BASES[policy]))
    return {
        "policy": policy,
        "on": draw(st.sampled_from(_own_days(entry) if draw(st.booleans()) else ["2026-06-01"])),
        "facts": draw(facts_at_ends(draw(facts_near(some, entry.attributes, 2)), numbers)),
        "readings": {
            name: draw(st.sampled_from(base.readings[name].values)) for name in entry.readings
        },
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
