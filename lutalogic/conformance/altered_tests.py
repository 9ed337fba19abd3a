# SPDX-License-Identifier: Apache-2.0
"""How the test of one fact can be got wrong: its comparison, its limits, its class."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING, Any, Final

from lutalogic.cells import NUMERIC
from lutalogic.conformance.leaves import BETWEEN
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.rules import Node

_NEIGHBOR: Final = {
    "at_least": "above",
    "above": "at_least",
    "at_most": "below",
    "below": "at_most",
}

#: What tells two changes of one test apart, and the test that it becomes.
_Test = tuple[str, tuple[Any, ...]]


def compared_otherwise(node: Node) -> Iterator[_Test]:
    """Yield the neighbors of a comparison; of an interval, either end left out of it, or dropped.

    >>> [node] = [n for n in rule_base().nodes if n.test == ("at_least", 12)]
    >>> list(compared_otherwise(node))
    [('above', ('above', 12))]
    """
    name, *limits = node.test
    if name in _NEIGHBOR:
        yield _NEIGHBOR[name], (_NEIGHBOR[name], *limits)
    elif name == "within":
        low, high = map(Fraction, limits)
        if low != high:
            yield "low open", (BETWEEN, low, True, high, False)
            yield "high open", (BETWEEN, low, False, high, True)
        yield "at_least", ("at_least", limits[0])
        yield "at_most", ("at_most", limits[1])


def changed_limits(node: Node) -> Iterator[_Test]:
    """Yield the test with each of its limits one step lower and one higher, within the range."""
    name, *limits = node.test
    if name not in (*_NEIGHBOR, "within"):
        return
    low, high = rule_base().attributes[node.attributes[0]].range
    for place, limit in enumerate(limits):
        for step in (-step_of(node, limit), step_of(node, limit)):
            moved = Fraction(limit) + step
            if not low <= moved <= high:
                continue
            others = [Fraction(each) for each in limits]
            others[place] = moved
            detail = f"{'low ' if place == 0 else 'high '}" * (len(limits) > 1) + _plain(moved)
            if len(limits) > 1 and others[0] > others[1]:
                # of a single number, moving one end past the other moves the number
                others = [moved, moved]
            yield detail, (name, *others)


def step_of(node: Node, limit: Any) -> Fraction:
    """Return the step by which a limit is moved: one of whole numbers, else a digit finer."""
    attribute = rule_base().attributes[node.attributes[0]]
    if attribute.type in ("integer", "elapsed"):
        return Fraction(1)
    digits = 1
    while (Fraction(limit) * 10**digits).denominator != 1:
        digits += 1
    return Fraction(1, 10**digits)


def changed_masks(node: Node) -> Iterator[_Test]:
    """Yield the test with each member of its class, or of an open one, left out."""
    name, *masks = node.test
    attribute = rule_base().attributes[node.attributes[0]]
    if attribute.type in NUMERIC or not attribute.values or name == "empty":
        return
    for place, mask in enumerate(masks):
        for index, value in enumerate(attribute.values):
            if mask >> index & 1:
                rest = (*masks[:place], mask ^ 1 << index, *masks[place + 1 :])
                yield f"{'open ' * (place == 1)}{value}", (name, *rest)


def day_beside(day: str, step: int) -> str:
    """Return the day so many days after one, both YYYY-MM-DD.

    >>> day_beside("2026-01-01", -1)
    '2025-12-31'
    """
    return (date.fromisoformat(day) + timedelta(days=step)).isoformat()


def critical_numbers(node: Node) -> set[Fraction]:
    """Return the limits of a test and what they are moved to: no others tell its mutants apart."""
    tests = [node.test, *(test for _, test in (*compared_otherwise(node), *changed_limits(node)))]
    constants = {Fraction(c) for _, *limits in tests for c in limits if not isinstance(c, bool)}
    return {c for c in constants if abs(c) < inf}


def _plain(number: Fraction) -> str:
    return str(int(number)) if number.denominator == 1 else str(float(number))
