# SPDX-License-Identifier: Apache-2.0
"""A fact is the set of values it may still have: how values are read, and how they are kept.

A *possible* value is what an engine takes:

==========================  ===================================================================
``Number``                  one number, exact
``Span``                    an interval of numbers
``Option``                  one option of an enum or boolean, by its index
``Members``                 a documented set, as a bit mask of the indexes of its members
``NEVER``                   of elapsed time: longer ago than any limit
``None``                    nothing is known
==========================  ===================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import ceil, floor, isfinite
from typing import TYPE_CHECKING, Final

from lutalogic.errors import BadValue, OutOfRange, did_you_mean
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lutalogic.rules import Attribute

#: More digits than this on either side of the point are no measurement.
MOST_DIGITS: Final = 60

#: How laboratories report an interval: <5, <=5, >60, >=60, 2-10.
INTERVAL_PATTERN: Final = (
    r"(<=|>=|<|>)(-?[0-9]+(?:\.[0-9]+)?)|(-?[0-9]+(?:\.[0-9]+)?)-(-?[0-9]+(?:\.[0-9]+)?)"
)
_INTERVAL = re.compile(INTERVAL_PATTERN, re.ASCII)
#: What laboratories and word processors write, for the remedy in an error.
_SIGNS = str.maketrans({"≤": "<=", "≥": ">=", "\u2013": "-", "\u2212": "-"})
_WITH_UNIT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*([^\s\d].*)", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """An interval of numbers; an end that is open is not part of it."""

    low: Fraction
    low_open: bool
    high: Fraction
    high_open: bool

    @property
    def wire(self) -> str:
        """Return the interval as an engine's term."""
        low, high = _rational(self.low), _rational(self.high)
        return (
            f"span({low},{'o' if self.low_open else 'c'},{high},{'o' if self.high_open else 'c'})"
        )


@dataclass(frozen=True, slots=True)
class Number:
    """One number, exact."""

    value: Fraction

    @property
    def wire(self) -> str:
        """Return the number as an engine's term."""
        return _rational(self.value)


@dataclass(frozen=True, slots=True)
class Option:
    """One option, by its index in the vocabulary; of booleans, 0 is false and 1 is true."""

    index: int

    @property
    def wire(self) -> str:
        """Return the option as an engine's term."""
        return str(self.index)


@dataclass(frozen=True, slots=True)
class Members:
    """A documented set, as a bit mask of the indexes of its members."""

    mask: int

    @property
    def wire(self) -> str:
        """Return the set as an engine's term."""
        return str(self.mask)


@dataclass(frozen=True, slots=True)
class Never:
    """Longer ago than any limit."""

    wire: str = "never"


Possible = Number | Span | Option | Members | Never
NEVER: Final = Never()


def possible(attribute: Attribute, value: object, at: str) -> Possible | None:
    """Return the set of values that a given value leaves to a fact; None if it leaves all.

    Args:
        attribute: The fact.
        value: A value as the line protocol has it: a boolean, an option, a list of options, a
            number, an interval such as ``"<5"`` or ``"2-10"``, or ``"never"``.
        at: The place to name in an error.

    Raises:
        BadValue: The value is not of the attribute's type.
        OutOfRange: A number or the end of an interval lies outside the attribute's range, or the
            interval holds no number.
    """
    match attribute.type:
        case "boolean":
            if isinstance(value, bool):
                return Option(int(value))
            raise BadValue(f"{shown(value)} is neither true nor false", at)
        case "enum":
            return Option(_index(attribute, value, at))
        case "set":
            return _members(attribute, value, at)
        case _:
            return _quantity(attribute, value, at)


def plain_scalar(value: object) -> object:
    """Return a scalar of NumPy, as a row of a data frame has it, as Python's own; else the value.

    A short float keeps the decimal it is printed as: a single-precision 7.35 is 7.35.
    """
    item = getattr(value, "item", None)
    if not callable(item) or getattr(value, "shape", None) != ():
        return value
    scalar = item()
    return Decimal(str(value)) if isinstance(scalar, float) and isfinite(scalar) else scalar


def _index(attribute: Attribute, value: object, at: str) -> int:
    if isinstance(value, str) and value in attribute.values:
        return attribute.values.index(value)
    hint = did_you_mean(value, attribute.values) if isinstance(value, str) else ""
    raise BadValue(f"{shown(value)} is not one of {', '.join(attribute.values)}{hint}", at)


def _members(attribute: Attribute, value: object, at: str) -> Members:
    if not isinstance(value, (list, tuple, set, frozenset)):
        one = value if value in attribute.values else attribute.values[0]
        raise BadValue(
            f'{shown(value)} is not a list; write ["{one}"], or [] for a documented none',
            at,
        )
    mask = 0
    for member in value:
        mask |= 1 << _index(attribute, member, at)
    return Members(mask)


def _quantity(attribute: Attribute, value: object, at: str) -> Possible | None:
    if isinstance(value, str):
        if value == "never" and attribute.type == "elapsed":
            return NEVER
        return _interval(attribute, value, at)
    number = exact(value, at)
    in_range(attribute, number, _plain(value), at)
    if attribute.type == "integer" and number.denominator != 1:
        raise BadValue(f"{_plain(value)} is not a whole number", at)
    return Number(number)


def _interval(attribute: Attribute, text: str, at: str) -> Span | Number | None:
    """Return the interval of a text such as ``<5`` or ``2-10``, clipped to the range."""
    matched = _INTERVAL.fullmatch(text) if len(text) <= 4 * MOST_DIGITS else None
    if matched is None:
        never = ', or "never"' if attribute.type == "elapsed" else ""
        if len(text) <= 4 * MOST_DIGITS and _NUMBER.fullmatch(text.strip()):
            raise BadValue(
                f"{shown(text)} is text: write the number {text.strip()} without quotes", at
            )
        plain = "".join(text.translate(_SIGNS).split()).removesuffix(attribute.unit or "%")
        if len(text) <= 4 * MOST_DIGITS and _INTERVAL.fullmatch(plain) and plain != text:
            raise BadValue(f"{shown(text)} is not written as an interval is: write {plain!r}", at)
        _refuse_unit(attribute, text, at)
        raise BadValue(
            f"{shown(text)} is neither a number nor an interval; write a number, "
            f'"<5", "<=5", ">60", ">=60" or "2-10"{never}',
            at,
        )
    operator, end, first, second = matched.groups()
    ends = {}
    for written in filter(None, (end, first, second)):
        ends[written] = exact(Decimal(written), at)
        in_range(attribute, ends[written], written, at)
    bottom, top = Fraction(attribute.range[0]), Fraction(attribute.range[1])
    match operator:
        case None:
            low, low_open, high, high_open = ends[first], False, ends[second], False
        case "<" | "<=":
            low, low_open, high, high_open = bottom, False, ends[end], operator == "<"
        case _:
            low, low_open, high, high_open = ends[end], operator == ">", top, False
    if attribute.type == "integer":
        low, low_open = Fraction(floor(low) + 1 if low_open else ceil(low)), False
        high, high_open = Fraction(ceil(high) - 1 if high_open else floor(high)), False
    if low > high or (low == high and (low_open or high_open)):
        raise OutOfRange(
            f"{shown(text)} holds no {'whole ' if attribute.type == 'integer' else ''}number from "
            f"{attribute.range[0]} to {attribute.range[1]}{_of(attribute)}",
            at,
        )
    if low == high:
        return Number(low)
    whole = (low, high) == (bottom, top) and not (low_open or high_open)
    # An interval that is the whole range says nothing, except that something happened at all.
    return None if whole and attribute.type != "elapsed" else Span(low, low_open, high, high_open)


def _refuse_unit(attribute: Attribute, text: str, at: str) -> None:
    """Refuse a number with a unit, with the number that it is in the attribute's own."""
    matched = _WITH_UNIT.fullmatch(text) if len(text) <= 4 * MOST_DIGITS else None
    units = rule_base().units
    if matched is None or (name := units.names.get(matched[2].strip())) is None:
        return
    factor = units.factor(name, attribute.unit)
    if factor is None:
        return
    number = exact(Decimal(matched[1]), at) * factor
    written = (Decimal(number.numerator) / Decimal(number.denominator)).normalize()
    told = f" ({written:f})" if Fraction(written) == number else ""
    raise BadValue(
        f"{shown(text)} carries a unit: write the number in {attribute.unit}{told} without it; "
        "units are read in files of patients, tables and records",
        at,
    )


def exact(value: object, at: str) -> Fraction:
    """Return a number as the decimal that was written, not as its binary approximation."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, Fraction)):
        raise BadValue(f"{shown(value)} is not a number", at)
    if isinstance(value, (int, Fraction)):
        if max(abs(Fraction(value).numerator), Fraction(value).denominator) >= 10**MOST_DIGITS:
            raise OutOfRange(f"a number of more than {MOST_DIGITS} digits is no measurement", at)
        return Fraction(value)
    try:
        decimal = Decimal(float.__repr__(value)) if isinstance(value, float) else value
    except InvalidOperation:  # pragma: no cover - repr of a float is always a decimal
        raise BadValue(f"{shown(value)} is not a number", at) from None
    if not decimal.is_finite():
        raise BadValue(f"{value} is not a number; leave out a fact that is not known", at)
    _, digits, exponent = decimal.as_tuple()
    significant = "".join(map(str, digits)).rstrip("0")
    if not significant:
        return Fraction(0)
    assert isinstance(exponent, int)  # it is finite
    lowest = exponent + len(digits) - len(significant)  # the place of the last digit but zeros
    if decimal.adjusted() >= MOST_DIGITS or lowest < -MOST_DIGITS:
        raise OutOfRange(f"a number of more than {MOST_DIGITS} digits is no measurement", at)
    return Fraction(decimal)


def in_range(attribute: Attribute, number: Fraction, written: str, at: str) -> None:
    """Refuse a number that lies outside the range of a fact.

    Raises:
        OutOfRange: It does; the message says it as it was written.
    """
    low, high = attribute.range
    if not low <= number <= high:
        raise OutOfRange(
            f"{written} lies outside the range {low} to {high}{_of(attribute)}; check the unit", at
        )


def _of(attribute: Attribute) -> str:
    return f" {attribute.unit}" if attribute.unit else ""


def _rational(number: Fraction) -> str:
    if number.denominator == 1:
        return str(number.numerator)
    return f"{number.numerator}r{number.denominator}"


def _plain(value: object) -> str:
    return shown(value)[:40]


def shown(value: object) -> str:
    """Return a value for an error message, in JSON's words where there are such, and not long."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    try:
        text = str(value) if isinstance(value, (Decimal, Fraction)) else repr(value)
    except ValueError:  # an integer of thousands of digits
        text = f"a number of type {type(value).__name__}"
    return text if len(text) <= 60 else f"{text[:57]}..."


def json_value(value: object) -> object:
    """Return a fact as it was given as a JSON value: exact numbers as JSON numbers."""
    if isinstance(value, (Decimal, Fraction)):
        return int(value) if value == int(value) else float(value)
    return list(value) if isinstance(value, tuple) else value


def option_names(attribute: Attribute, mask: int) -> Iterable[str]:
    """Return the names of the options in a bit mask, in the vocabulary's order."""
    return (name for i, name in enumerate(attribute.values) if mask >> i & 1)
