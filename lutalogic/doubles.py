# SPDX-License-Identifier: Apache-2.0
"""Exact numbers as binary doubles, so that no test of a rule comes out otherwise.

Columns of millions of numbers are doubles, and rules compare decimals exactly. A double stands for
the shortest decimal that reads back as it. Order is kept that way, except where many digits are
rounded onto a number that a rule compares with: such a number becomes the next double beside it.
An end of an interval that is no part of it does, too.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import inf, nextafter
from typing import TYPE_CHECKING

from lutalogic.possible import Number, Span
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from lutalogic.possible import Possible
    from lutalogic.rules import Attribute

#: Longer ago than any limit is more than any number.
NEVER: float = inf


def double(attribute: Attribute, number: Fraction) -> float:
    """Return the double that every rule on this attribute treats as it does the number.

    >>> ki67 = rule_base().attributes["ki67_percent"]
    >>> double(ki67, Fraction(20)), double(ki67, 20 + Fraction(1, 10**30)) > 20
    (20.0, True)
    """
    near = float(number)
    if near not in _marks(attribute) or number == (mark := Fraction(repr(near))):
        return near
    return nextafter(near, inf if number > mark else -inf)


def ends(attribute: Attribute, fact: Possible) -> tuple[float, float]:
    """Return the lowest and the highest number that a fact may be, as doubles.

    Args:
        attribute: A fact of a number.
        fact: What it may be; `never` is infinite at both ends.

    >>> from lutalogic import Case
    >>> ki67 = rule_base().attributes["ki67_percent"]
    >>> ends(ki67, Case(ki67_percent="3-5").possible["ki67_percent"])
    (3.0, 5.0)
    """
    match fact:
        case Number(value):
            near = double(attribute, value)
            return near, near
        case Span(low, low_open, high, high_open):
            return (
                _inside(attribute, low, inf) if low_open else double(attribute, low),
                _inside(attribute, high, -inf) if high_open else double(attribute, high),
            )
    return NEVER, NEVER


def _inside(attribute: Attribute, end: Fraction, toward: float) -> float:
    """Return a double for an end that is no part of its interval; only at a mark it matters."""
    near = double(attribute, end)
    return nextafter(near, toward) if near in _marks(attribute) else near


@cache
def _marks(attribute: Attribute) -> frozenset[float]:
    """Return the numbers that rules compare an attribute with, and the ends of its range."""
    stated = {
        float(constant)
        for node in rule_base().nodes
        if node.kind == "test" and node.attributes == (attribute.name,)
        for constant in node.test[1:]
    }
    return frozenset(stated.union(map(float, attribute.range)))
