# SPDX-License-Identifier: Apache-2.0
"""The cells of an attribute: the stretches of its values that no rule tells apart.

Whatever must be exact and finite works on cells. A fact leaves some of them possible: one, if it is
known; neighbours, if it is an interval; all, if it is unknown. Cells are numbered from 0 in the
order of their values; of elapsed time, the last is `never`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lutalogic.possible import Members, Number, Option, Span, option_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lutalogic.possible import Possible
    from lutalogic.rules import Attribute

#: Types of which a fact may be an interval.
NUMERIC: Final = ("integer", "number", "elapsed")
_NEVER: Final = "never"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A cell of numbers; both ends are the same where it is one number."""

    low: Fraction
    low_open: bool
    high: Fraction
    high_open: bool

    def meets(self, span: Span) -> bool:
        """Tell whether some number lies in this cell and in an interval."""
        low, high = max(self.low, span.low), min(self.high, span.high)
        if low != high:
            return low < high
        opens = (self.low_open and low == self.low) or (span.low_open and low == span.low)
        closes = (self.high_open and high == self.high) or (span.high_open and high == span.high)
        return not (opens or closes)

    def clipped(self, span: Span | None) -> Stretch:
        """Return the part of this cell that lies in an interval that it meets; of None, all."""
        if span is None:
            return self
        low = max((self.low, self.low_open), (span.low, span.low_open))
        high, closed = min((self.high, not self.high_open), (span.high, not span.high_open))
        return Stretch(*low, high, not closed)

    @property
    def point(self) -> bool:
        """Tell whether the cell is one number."""
        return self.low == self.high


@cache
def stretches(attribute: Attribute) -> tuple[Stretch, ...]:
    """Return the cells of numbers, ascending; `never` is none of them."""
    return tuple(_stretch(cell) for cell in attribute.cells if cell != _NEVER)


def _stretch(cell: Any) -> Stretch:
    if isinstance(cell, dict):
        low, high = Fraction(cell["low"]), Fraction(cell["high"])
        return Stretch(low, cell["low_open"], high, cell["high_open"])
    return Stretch(Fraction(cell), False, Fraction(cell), False)


def cells_left(attribute: Attribute, fact: Possible | None) -> range:
    """Return the numbers of the cells that a fact leaves possible; all if nothing is known.

    >>> from lutalogic import Case, rule_base
    >>> ki67 = rule_base().attributes["ki67_percent"]
    >>> left = cells_left(ki67, Case(ki67_percent="5-15").possible["ki67_percent"])
    >>> [str(stretches(ki67)[cell].low) for cell in left]
    ['3', '10']
    """
    count = len(attribute.cells)
    match fact:
        case None:
            return range(count)
        case Option(index):
            return range(index, index + 1)
        case Members(mask):
            found = _cell_of_set(attribute)[mask]
            return range(found, found + 1)
        case Number(value):
            fact = Span(value, False, value, False)
    if not isinstance(fact, Span):  # never
        return range(count - 1, count)
    met = [i for i, stretch in enumerate(stretches(attribute)) if stretch.meets(fact)]
    return range(met[0], met[-1] + 1)


class Form(NamedTuple):
    """A form that a fact may have, as far as the rules tell: what it leaves possible.

    Attributes:
        cells: The numbers of the cells that are left; all, of a fact that is not documented.
        documented: Whether anything is known at all.
    """

    cells: range
    documented: bool


@cache
def forms(attribute: Attribute) -> tuple[Form, ...]:
    """Return the forms of a fact, the plainest first: unknown, one cell, ever wider intervals.

    >>> from lutalogic import rule_base
    >>> [list(form.cells) for form in forms(rule_base().attributes["necrosis"])]
    [[0, 1, 2], [0], [1], [2]]
    """
    count = len(attribute.cells)
    single = [range(cell, cell + 1) for cell in range(count)]
    wider: list[range] = []
    if attribute.type in NUMERIC:
        numbers = len(stretches(attribute))
        widest = numbers if numbers < count or may_be_wide(attribute) else numbers - 1
        wider = [
            range(low, low + length)
            for length in range(2, widest + 1)
            for low in range(numbers - length + 1)
        ]
    return (Form(range(count), False), *(Form(cells, True) for cells in (*single, *wider)))


@cache
def _form_numbers(attribute: Attribute) -> dict[Form, int]:
    return {form: number for number, form in enumerate(forms(attribute))}


def form_number(attribute: Attribute, fact: Possible | None) -> int:
    """Return the place among `forms` of the form that a fact has."""
    return _form_numbers(attribute)[Form(cells_left(attribute, fact), fact is not None)]


@cache
def _cell_of_set(attribute: Attribute) -> dict[int, int]:
    return {mask: i for i, masks in enumerate(attribute.cells) for mask in masks}


def may_be_wide(attribute: Attribute) -> bool:
    """Tell whether an interval may leave every cell possible and still be documented.

    Of elapsed time none can, for it excludes `never`; of other numbers one can that leaves out a
    part of the first or the last cell.
    """
    if attribute.type not in ("integer", "number"):
        return False
    first, *_, last = stretches(attribute)
    return not (first.point and last.point)


def value_of(attribute: Attribute, cells: Sequence[int], *, within: Span | None = None) -> Any:
    """Return a readable value that leaves just these cells possible, as JSON has it.

    Args:
        attribute: The fact.
        cells: One cell, or neighbours of an attribute of numbers.
        within: An interval that the numbers must lie in, and that all of these cells meet.

    >>> from lutalogic import rule_base
    >>> value_of(rule_base().attributes["creatinine_clearance_ml_min"], [0, 1])
    '20-40'
    """
    if len(cells) > 1:
        ends = [
            _readable(attribute, stretches(attribute)[cell].clipped(within))
            for cell in (cells[0], cells[-1])
        ]
        return f"{_plain(ends[0])}-{_plain(ends[1])}"
    cell = attribute.cells[cells[0]]
    match attribute.type:
        case "boolean":
            return bool(cell)
        case "enum":
            return attribute.values[cell]
        case "set":
            return list(option_names(attribute, cell[0]))
        case _ if cell == _NEVER:
            return _NEVER
    return _plain(_readable(attribute, stretches(attribute)[cells[0]].clipped(within)))


def value_near(attribute: Attribute, cell: int, number: Fraction) -> Any:
    """Return the value of a cell of numbers that is nearest to a number, as JSON has it.

    Next to an end that is no part of the cell, it is the next on the finest scale of `value_of`
    that is no farther from the end than the cell is wide.

    >>> from lutalogic import rule_base
    >>> value_near(rule_base().attributes["creatinine_clearance_ml_min"], 1, Fraction(38))
    40
    """
    if attribute.cells[cell] == _NEVER:
        return _NEVER
    stretch = stretches(attribute)[cell]
    inside = min(max(number, stretch.low), stretch.high)
    step = (
        1 if attribute.type == "integer" else min(Fraction(1, 10), (stretch.high - stretch.low) / 2)
    )
    if inside == stretch.low and stretch.low_open:
        inside += step
    elif inside == stretch.high and stretch.high_open:
        inside -= step
    return _plain(inside)


@cache
def values_in(attribute: Attribute, cell: int) -> tuple[Any, ...]:
    """Return readable values of a cell, as JSON has them: ends that belong to it, and some between.

    Of a long cell they are of its usual part, next to the lower end.

    >>> from lutalogic import rule_base
    >>> values_in(rule_base().attributes["age_years"], 3)
    (20, 30, 40, 50, 60, 70, 80, 90, 19)
    """
    plain = value_of(attribute, [cell])
    if attribute.type not in NUMERIC or attribute.cells[cell] == _NEVER:
        return (plain,)
    stretch = stretches(attribute)[cell]
    low, high = stretch.low, stretch.high
    top = min(high, _USUAL * low) if low > 0 else high
    step = next((step for step in _steps(attribute) if step * _FEWEST <= top - low), None)
    between = [] if step is None else range(ceil(low / step), int(top / step) + 1)
    inside = [step * n for n in between if step and _inside(stretch, step * n)]
    ends = [low] * (not stretch.low_open) + [high] * (not stretch.high_open and high == top)
    return tuple(dict.fromkeys(_plain(n) for n in [*inside, *ends])) or (plain,)


#: The usual part of a cell ends at so many times its lower end; so many steps fit in it at least.
_USUAL: Final = 5
_FEWEST: Final = 4


@cache
def _readable(attribute: Attribute, stretch: Stretch) -> Fraction:
    """Return a round number inside a cell: the roundest within a quarter of its usual part.

    Ranges end far beyond what patients have, so of a long cell the part next to its lower end is
    the usual one.
    """
    if stretch.point:
        return stretch.low
    low, high = stretch.low, stretch.high
    if low <= 0:
        aim = high / 2 if high > 0 else (low + high) / 2
    else:
        aim = min(low * 3 / 2, Fraction(sqrt(low * high)))
    for step in _steps(attribute):
        nearest = step * round(aim / step)
        if _inside(stretch, nearest) and abs(nearest - aim) <= abs(aim) / 4:
            return nearest
    middle = (low + high) / 2  # few whole numbers lie in a cell, and it has its ends
    return Fraction(ceil(middle)) if attribute.type == "integer" else middle


def _steps(attribute: Attribute) -> Iterator[Fraction]:
    """Return the steps of scales, the widest first; whole ones for whole numbers."""
    for power in range(5, -4, -1):
        for digit in (5, 2, 1):
            step = digit * Fraction(10) ** power
            if step.denominator == 1 or attribute.type != "integer":
                yield step


def _inside(stretch: Stretch, number: Fraction) -> bool:
    above = number > stretch.low if stretch.low_open else number >= stretch.low
    below = number < stretch.high if stretch.high_open else number <= stretch.high
    return above and below


def _plain(number: Fraction) -> int | float:
    """Return an exact number as JSON has it."""
    if number.denominator == 1:
        return int(number)
    return float(Decimal(number.numerator) / Decimal(number.denominator))
