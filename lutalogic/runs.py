# SPDX-License-Identifier: Apache-2.0
"""The values that a swept fact takes: finitely many, and yet all that any rule tells apart.

Of numbers, one value stands for each cell, and neighbouring cells that are decided alike join to a
run, whose ends are exact. What is no number stands for itself, and so does "not documented". Of the
sets, only the empty one and those of one member are tried, and that of the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lutalogic.cells import NUMERIC, cells_left, stretches, value_of
from lutalogic.errors import BadRequest
from lutalogic.possible import (
    Members,
    Never,
    Number,
    Span,
    json_value,
    option_names,
    plain_scalar,
)
from lutalogic.possible import possible as read_possible
from lutalogic.units import number_text
from lutalogic.words import UNDOCUMENTED, quantity_words, value_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from lutalogic.case import Case
    from lutalogic.cells import Stretch
    from lutalogic.possible import Possible
    from lutalogic.rules import Attribute


@dataclass(frozen=True)
class Point:
    """One value that a swept fact takes.

    Attributes:
        attribute: The fact.
        value: The value as JSON has it, one for all that it stands for; None for "not documented".
        stretch: The numbers that it stands for; None where it stands for itself.
    """

    attribute: Attribute
    value: Any
    stretch: Stretch | None = None

    @property
    def words(self) -> str:
        """Return what it stands for, in words."""
        return Run((self,)).words


@dataclass(frozen=True)
class Run:
    """Values of a swept fact that are decided alike: numbers between two ends, or one value.

    Attributes:
        points: The values that were decided, in order; several only of numbers.
        here: Whether the case itself has a value among these, or may have one.
    """

    points: tuple[Point, ...]
    here: bool = False

    @property
    def attribute(self) -> Attribute:
        """Return the fact."""
        return self.points[0].attribute

    @property
    def numbers(self) -> Stretch | None:
        """Return the numbers of the run, with its ends; None where it is no run of numbers."""
        first, last = self.points[0].stretch, self.points[-1].stretch
        if first is None or last is None:
            return None
        return type(first)(first.low, first.low_open, last.high, last.high_open)

    @property
    def value(self) -> Any:
        """Return one value of the run, as JSON has it; None for "not documented"."""
        return self.points[0].value

    @property
    def words(self) -> str:
        """Return the values in words; an end that is named belongs to the run.

        >>> from lutalogic import rule_base
        >>> [point.words for point in points(rule_base().attributes["planned_interval_weeks"])[:4]]
        ['below 6 weeks', 'exactly 6 weeks', 'above 6 to below 8 weeks', 'exactly 8 weeks']
        """
        attribute, run = self.attribute, self.numbers
        if self.value is None:
            return UNDOCUMENTED
        if run is None:
            known = read_possible(attribute, self.value, "")
            assert known is not None  # no value of a point is an interval
            return value_words(attribute, known)
        whole = attribute.type == "integer"
        bottom, top = attribute.range
        low, high = number_text(run.low), number_text(run.high)
        if run.point:
            return ("" if whole else "exactly ") + quantity_words(attribute, low)
        if run.low == bottom and run.high == top:
            return f"any, {quantity_words(attribute, f'{low} to {high}')}"
        if run.low == bottom:
            return f"{'below' if run.high_open else 'at most'} {quantity_words(attribute, high)}"
        if run.high == top:
            return f"{'above' if run.low_open else 'at least'} {quantity_words(attribute, low)}"
        ends = f"{'above ' * run.low_open}{low} to {'below ' * run.high_open}{high}"
        return quantity_words(attribute, ends)

    def as_json(self) -> dict[str, Any]:
        """Return the run as a JSON value; its numbers are null where it is no run of numbers."""
        run = self.numbers
        return {
            "words": self.words,
            "value": self.value,
            "numbers": run
            and {
                "low": json_value(run.low),
                "low_open": run.low_open,
                "high": json_value(run.high),
                "high_open": run.high_open,
            },
            "here": self.here,
        }


@cache
def _points(attribute: Attribute) -> tuple[Point, ...]:
    if attribute.type in NUMERIC:
        cells = stretches(attribute)
        found = [Point(attribute, value_of(attribute, [n]), cell) for n, cell in enumerate(cells)]
        never = [Point(attribute, "never")] if len(cells) < len(attribute.cells) else []
        return (*found, *never)
    if attribute.type == "set":
        return (Point(attribute, []), *(Point(attribute, [value]) for value in attribute.values))
    return tuple(Point(attribute, value) for value in attribute.values or (False, True))


def points(attribute: Attribute, case: Case | None = None) -> tuple[Point, ...]:
    """Return the values that a swept fact takes, in their order, "not documented" last.

    Args:
        attribute: The fact.
        case: The case, whose own set is among them.
    """
    found = _points(attribute)
    own = case.possible.get(attribute.name) if case else None
    if isinstance(own, Members) and own.mask.bit_count() > 1:
        found = (*found, Point(attribute, list(option_names(attribute, own.mask))))
    return (*found, Point(attribute, None))


def places(given: Sequence[Point], known: Possible | None) -> range:
    """Return the places of the points that stand for what is known of a fact.

    Args:
        given: The points.
        known: One value, an interval of several, or None for "not documented".

    Raises:
        BadRequest: It is a set that was not tried.
    """
    attribute = given[0].attribute
    if known is None:
        return range(len(given) - 1, len(given))
    if isinstance(known, (Number, Span, Never)):
        return cells_left(attribute, known)
    for place, point in enumerate(given[:-1]):
        if read_possible(attribute, point.value, "") == known:
            return range(place, place + 1)
    raise BadRequest(
        "was not tried: a sweep has the empty set, the sets of one member and that of the case; "
        "decide it by itself",
        f"facts.{attribute.name}",
    )


def place_of(given: Sequence[Point], value: Any) -> int:
    """Return the place of the point that stands for a value.

    Args:
        given: The points.
        value: The value, as a case takes it; None for "not documented".

    Raises:
        InputError: It is no value of the fact, an interval, or a set that was not tried.
    """
    attribute = given[0].attribute
    if value is None:
        return len(given) - 1
    known = read_possible(attribute, plain_scalar(value), f"facts.{attribute.name}")
    if known is None or isinstance(known, Span):
        raise BadRequest(
            "is an interval, and a sweep has exact values: name one of them",
            f"facts.{attribute.name}",
        )
    return places(given, known)[0]


def joined(
    given: Sequence[Point], *, here: range, alike: Callable[[int, int], bool]
) -> tuple[Run, ...]:
    """Join neighbours of numbers that are decided alike.

    Args:
        given: The points.
        here: The places of those that the case may have.
        alike: Tells whether the points at two places are decided alike.
    """
    found: list[list[int]] = [[0]]
    for before, after in pairwise(range(len(given))):
        if None not in (given[before].stretch, given[after].stretch) and alike(before, after):
            found[-1].append(after)
        else:
            found.append([after])
    return tuple(Run(tuple(given[n] for n in run), any(n in here for n in run)) for run in found)


@dataclass(frozen=True)
class Breakpoint:
    """A number at which the decision changes.

    Attributes:
        attribute: The fact.
        number: The number, exact. Of whole numbers, the first that is decided the new way.
        belongs_to: ``above`` if the number itself is decided the new way, else ``below``.
    """

    attribute: Attribute
    number: Fraction
    belongs_to: str

    @property
    def words(self) -> str:
        """Return where the new way begins."""
        word = "from" if self.belongs_to == "above" else "above"
        return f"{word} {quantity_words(self.attribute, self.number)}"


def breakpoint_between(before: Run, after: Run) -> Breakpoint | None:
    """Return the number at which one run ends and the next begins; None if there is none."""
    low, high = before.numbers, after.numbers
    if low is None or high is None:
        return None
    side = "below" if high.low_open else "above"
    return Breakpoint(after.attribute, high.low, side)
