# SPDX-License-Identifier: Apache-2.0
"""The truth of a condition without parts, told from the values that facts may still have.

Cells would not do here: a rule whose constant was moved tells values apart that no rule of the rule
base does.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, inf
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lutalogic.cells import NUMERIC
from lutalogic.possible import NEVER, Members, Number, Option, Span
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.possible import Possible
    from lutalogic.rules import Attribute, Node

#: The name of a test that states both ends of an interval, and whether each is left out.
BETWEEN: Final = "between"


class Accepted(NamedTuple):
    """The numbers that pass a test; without a limit, an end is infinite and takes in ``never``."""

    low: Fraction | float
    low_open: bool
    high: Fraction | float
    high_open: bool

    def takes(self, number: Fraction | float) -> bool:
        """Tell whether a number passes."""
        above = number > self.low if self.low_open else number >= self.low
        below = number < self.high if self.high_open else number <= self.high
        return above and below


def accepted(test: Sequence[Any], *, whole: bool = False) -> Accepted:
    """Return the numbers that pass a test.

    Args:
        test: Its name and its constants, as a node has them.
        whole: Whether the attribute has whole numbers only; then neither end is open.

    >>> accepted(("below", 20))
    Accepted(low=-inf, low_open=False, high=Fraction(20, 1), high_open=True)
    >>> accepted(("above", 3), whole=True).low
    Fraction(4, 1)
    """
    name, *limits = test
    match name:
        case "at_least" | "above":
            found = Accepted(Fraction(limits[0]), name == "above", inf, False)
        case "at_most" | "below":
            found = Accepted(-inf, False, Fraction(limits[0]), name == "below")
        case "within":
            found = Accepted(Fraction(limits[0]), False, Fraction(limits[1]), False)
        case _:  # BETWEEN
            found = Accepted(*limits)
    if not whole:
        return found
    low, low_open, high, high_open = found
    if isinstance(low, Fraction):
        low = Fraction(floor(low) + 1 if low_open else ceil(low))
    if isinstance(high, Fraction):
        high = Fraction(ceil(high) - 1 if high_open else floor(high))
    return Accepted(low, False, high, False)


def leaf_letter(node: Node, facts: Sequence[Possible | None]) -> str:
    """Return whether a condition holds: ``t``, ``f``, or ``u`` where values left differ.

    Args:
        node: A condition without parts.
        facts: What is known of each of its attributes.
    """
    attributes = [rule_base().attributes[name] for name in node.attributes]
    match node.kind:
        case "undetermined":
            return "u"
        case "documented":
            return "f" if facts[0] is None else "t"
        case "adds_documented" if None in facts:
            return "u"
        case "adds" | "adds_documented" | "adds_or_zero":
            if node.kind == "adds_or_zero" and facts[0] is None:
                facts = [Number(Fraction(0)), *facts[1:]]
            ends = [_ends(*pair) for pair in zip(attributes, facts, strict=True)]
            least, most = (sum(end[side] for end in ends) for side in (0, 1))
            return "t" if most <= node.limit else "f" if least > node.limit else "u"
        case _:
            return _test_letter(node.test, attributes[0], facts[0])


def _test_letter(test: Sequence[Any], attribute: Attribute, fact: Possible | None) -> str:
    if attribute.type in NUMERIC:
        return _number_letter(test, attribute, fact)
    name, *masks = test
    match fact:
        case Option(index):
            return "t" if masks[0] >> index & 1 else "f"
        case Members(mask) if name == "empty":
            return "f" if mask else "t"
        case Members(mask):
            return "t" if mask & masks[0] else "u" if mask & masks[1] else "f"
    if name == "among":
        every = (1 << (len(attribute.values) or 2)) - 1
        return {every: "t", 0: "f"}.get(masks[0] & every, "u")
    return "f" if name == "includes" and not any(masks) else "u"


def _number_letter(test: Sequence[Any], attribute: Attribute, fact: Possible | None) -> str:
    whole = attribute.type == "integer"
    passing = accepted(test, whole=whole)
    never = "t" if passing.high == inf else "f"
    match fact:
        case Number(value):
            return "t" if passing.takes(value) else "f"
        case Span():
            return _span_letter(passing, fact, whole=whole)
        case _ if fact is NEVER:
            return never
    low, high = map(Fraction, attribute.range)
    letter = _span_letter(passing, Span(low, False, high, False), whole=whole)
    return letter if attribute.type != "elapsed" or letter == never else "u"


def _span_letter(passing: Accepted, span: Span, *, whole: bool) -> str:
    """Return whether all, none or some of the numbers of an interval pass."""
    low = max((passing.low, passing.low_open), (span.low, span.low_open))
    high = min((passing.high, not passing.high_open), (span.high, not span.high_open))
    if low == (span.low, span.low_open) and high == (span.high, not span.high_open):
        return "t"
    meets = low[0] < high[0] or (low[0] == high[0] and not low[1] and high[1])
    return "u" if meets or (whole and low[0] <= high[0]) else "f"


def _ends(attribute: Attribute, fact: Possible | None) -> tuple[Fraction, Fraction]:
    """Return the least and the greatest that a count may still be."""
    match fact:
        case Number(value):
            return value, value
        case Span(low, _, high, _):
            return low, high
        case _:
            return Fraction(attribute.range[0]), Fraction(attribute.range[1])
