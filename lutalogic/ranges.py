# SPDX-License-Identifier: Apache-2.0
"""Some of the values that a fact may have: a union of cells, in words and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING, Any, Final

from lutalogic.cells import NUMERIC, cells_left, stretches, value_near, value_of
from lutalogic.possible import Members, Number, Span, option_names, plain_scalar, possible
from lutalogic.rulebase import rule_base
from lutalogic.units import number_text
from lutalogic.words import option_words, quantity_words, value_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.possible import Possible
    from lutalogic.rules import Attribute

_NEVER: Final = "never"
#: So many options are listed one by one; of more, those are named that will not do, if fewer.
_LISTED: Final = 4


@dataclass(frozen=True, slots=True)
class Values:
    """Some of the values of a fact.

    Attributes:
        fact: The name of the fact.
        cells: The numbers of the cells they lie in, ascending.
        within: Numbers must lie in this interval too; sets must hold these members.

    >>> clearance = Values("creatinine_clearance_ml_min", (1, 2))
    >>> clearance.words, 39.9 in clearance, 40 in clearance
    ('at least 40 mL/min', False, True)
    """

    fact: str
    cells: tuple[int, ...]
    within: Span | Members | None = None

    @property
    def words(self) -> str:
        """Return them in words, to follow the label of the fact."""
        return _words(self)

    def __contains__(self, value: object) -> bool:
        """Tell whether a value, as a case takes it, is one of these; an interval, all of it.

        Raises:
            BadValue: It is no value of this fact.
            OutOfRange: It lies outside the range of the fact.
        """
        known = possible(self._attribute, plain_scalar(value), self.fact)
        inside: bool = {*cells_left(self._attribute, known)} <= {*self.cells}
        match known, self.within:
            case Members(mask), Members(held):
                return inside and bool(mask & held == held)
            case Number(number), Span() as span:
                return inside and _contains(span, Span(number, False, number, False))
            case Span() as some, Span() as span:
                return inside and _contains(span, some)
        return inside and (known is not None or self.within is None)

    def __or__(self, other: Values) -> Values:
        """Return the values of both, of the same fact."""
        return Values(self.fact, tuple(sorted({*self.cells, *other.cells})), self.within)

    def value(self, known: Possible | None = None) -> Any:
        """Return one of them, as JSON has it: the nearest to what is known, else a usual one."""
        attribute = self._attribute
        match known:
            case Number(number) if attribute.type in NUMERIC:
                found = [value_near(attribute, cell, number) for cell in self.cells]
                numbers = [value for value in found if value != _NEVER]
                return min(numbers, key=lambda value: abs(value - number), default=_NEVER)
        if attribute.type == "set":
            held = known.mask if isinstance(known, Members) else 0
            nearest = min(
                self._masks(), key=lambda mask: ((mask ^ held).bit_count(), mask.bit_count(), mask)
            )
            return list(option_names(attribute, nearest))
        span = self.within if isinstance(self.within, Span) else None
        cells = self.cells
        if isinstance(known, Span) and (left := {*cells_left(attribute, known)} & {*cells}):
            cells, span = tuple(sorted(left)), _both(known, span)
        return value_of(attribute, cells[:1], within=span)

    def as_json(self) -> dict[str, Any]:
        """Return them as a JSON value: in words, and one by one or as intervals.

        Of sets, one is given for each cell, and stands for all that no rule tells apart from it.
        """
        attribute = self._attribute
        told: list[Any]
        if attribute.type in NUMERIC:
            told = [
                {
                    "low": _number(low),
                    "low_open": low_open,
                    "high": _number(high),
                    "high_open": high_open,
                }
                for low, low_open, high, high_open in map(_ends, self._spans())
            ] + [_NEVER] * self._holds_never
        else:
            told = [Values(self.fact, (cell,), self.within).value() for cell in self.cells]
        return {"words": self.words, "values": told}

    @property
    def _attribute(self) -> Attribute:
        return rule_base().attributes[self.fact]

    @property
    def _holds_never(self) -> bool:
        return bool(self._attribute.cells[self.cells[-1]] == _NEVER)

    def _spans(self) -> Iterator[Span]:
        """Yield the stretches of numbers, those that touch joined; of whole numbers, closed."""
        attribute = self._attribute
        numbers = self.cells[:-1] if self._holds_never else self.cells
        span = self.within if isinstance(self.within, Span) else None
        for first, last in _runs(numbers):
            low, high = (stretches(attribute)[cell].clipped(span) for cell in (first, last))
            found = Span(low.low, low.low_open, high.high, high.high_open)
            yield _whole(found) if attribute.type == "integer" else found

    def _masks(self) -> list[int]:
        held = self.within.mask if isinstance(self.within, Members) else 0
        return [m for cell in self.cells for m in self._attribute.cells[cell] if m & held == held]


@lru_cache(maxsize=20_000)
def _words(some: Values) -> str:
    attribute = rule_base().attributes[some.fact]
    if len(some.cells) == len(attribute.cells) and some.within is None:
        return "any value"
    match attribute.type:
        case "boolean" | "enum":
            return _option_words(attribute, some.cells)
        case "set":
            return _set_words(some)
    if len(some.cells) == len(stretches(attribute)) and not some._holds_never and not some.within:
        return f"other than {_NEVER}"
    spans = list(some._spans())
    if len(spans) == 2 and spans[0].high == spans[1].low and not some._holds_never:
        gap = value_words(attribute, Number(spans[0].high))
        if (spans[0].low, spans[1].high) == tuple(map(Fraction, attribute.range)):
            return f"other than {gap}"
    told = [_span_words(attribute, span) for span in spans]
    return " or ".join(told + [_NEVER] * some._holds_never)


def _option_words(attribute: Attribute, cells: tuple[int, ...]) -> str:
    options = option_words(attribute)
    named = rule_base().wording.classes.get((attribute.name, sum(1 << cell for cell in cells)))
    if named:
        return named
    others = [words for cell, words in enumerate(options) if cell not in cells]
    if len(cells) > _LISTED and len(others) <= _LISTED:
        return f"other than {' or '.join(others)}"
    return " or ".join(options[cell] for cell in cells)


def _span_words(attribute: Attribute, span: Span) -> str:
    bottom, top = attribute.range
    if span.low == span.high:
        return value_words(attribute, Number(span.low))
    from_bottom = span.low == bottom and not span.low_open
    to_top = span.high == top and not span.high_open
    if from_bottom or to_top or not (span.low_open or span.high_open):
        return value_words(attribute, span)
    low, high = number_text(span.low), quantity_words(attribute, span.high)
    above, below = (
        "above" if span.low_open else "at least",
        "below" if span.high_open else "at most",
    )
    return f"{above} {low} and {below} {high}"


def _set_words(some: Values) -> str:
    """Return which members sets must have and must not have; where that is not all, examples."""
    attribute = rule_base().attributes[some.fact]
    every = Values(some.fact, tuple(range(len(attribute.cells))), some.within)
    these, all_sets = set(some._masks()), every._masks()
    if these == {0}:
        return "none"
    members = range(len(attribute.values))
    barred = sum(1 << m for m in members if not any(mask >> m & 1 for mask in these))
    allowed = [mask for mask in all_sets if not mask & barred]
    enough = sum(1 << m for m in members if all(x in these for x in allowed if x >> m & 1))
    enough &= ~barred
    without = f"none of {_members(attribute, barred)}" if barred else ""
    if these == set(allowed):
        return without or "any"
    if not barred and enough.bit_count() == len(members):
        return "at least one"
    if these == {mask for mask in allowed if mask & enough}:
        with_ = f"{'one of ' * (enough.bit_count() > 1)}{_members(attribute, enough)}"
        return f"{with_}, and {without}" if without else with_
    shown = [Values(some.fact, (cell,), some.within).value() for cell in some.cells]
    told = [value_words(attribute, read) for value in shown if (read := _read(attribute, value))]
    return " or ".join(told) + ", for example"


def _members(attribute: Attribute, mask: int) -> str:
    return value_words(attribute, Members(mask))


def _read(attribute: Attribute, value: Any) -> Possible | None:
    return possible(attribute, value, attribute.name)


def _runs(cells: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of cells that follow one another."""
    start = 0
    for place, cell in enumerate(cells):
        if place + 1 == len(cells) or cells[place + 1] != cell + 1:
            yield cells[start], cell
            start = place + 1


def _whole(span: Span) -> Span:
    low = floor(span.low) + 1 if span.low_open else ceil(span.low)
    high = ceil(span.high) - 1 if span.high_open else floor(span.high)
    return Span(type(span.low)(low), False, type(span.high)(high), False)


def _both(one: Span, other: Span | None) -> Span:
    """Return the part that is in both of two intervals that meet."""
    if other is None:
        return one
    low, low_open = max((one.low, one.low_open), (other.low, other.low_open))
    high, closed = min((one.high, not one.high_open), (other.high, not other.high_open))
    return Span(low, low_open, high, not closed)


def _contains(outer: Span, inner: Span) -> bool:
    """Tell whether one interval lies in another."""
    low: bool = (outer.low, outer.low_open) <= (inner.low, inner.low_open)
    return low and (inner.high, not inner.high_open) <= (outer.high, not outer.high_open)


def _ends(span: Span) -> tuple[Any, bool, Any, bool]:
    return span.low, span.low_open, span.high, span.high_open


def _number(number: Any) -> int | float:
    return int(number) if number.denominator == 1 else float(number)
