# SPDX-License-Identifier: Apache-2.0
"""Values with a unit: read exactly, converted by the table of the rule base, refused otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from lutalogic import possible
from lutalogic.errors import BadValue
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from lutalogic.rules import Attribute

#: Applies to whatever is measured.
_ANY: Final = "any"
#: No value with its unit is longer.
_LONGEST: Final = 200
#: Decimals of the end of an interval that has no end of its own; it is moved outward.
_DECIMALS: Final = 9
#: Characters of a number that are repeated in an error.
_DIGITS_SHOWN: Final = 40
#: Decimals that the end of an interval may have of its own, which leaves room for whole digits.
_LONGEST_END: Final = possible.MOST_DIGITS // 2
#: Decimals shown of a number that has more; what is left out is never rounded.
_SHOWN: Final = 6
_SIGNS: Final = str.maketrans(
    {"≤": "<=", "≥": ">=", "\u2013": "-", "\u2212": "-", "\u00a0": " ", "\u202f": " "}
)
_NUMBER: Final = r"-?\d+(?:\.\d+)?"
_VALUE: Final = re.compile(
    rf"(?:(?P<sign><=|>=|<|>)\s*)?(?P<first>{_NUMBER})(?:\s*-\s*(?P<second>{_NUMBER}))?"
    r"\s*(?P<unit>[^\s\d].*)?",
    re.ASCII,
)
#: A comma or a space in a number, for the remedy in an error.
_COMMA: Final = re.compile(r"[<>=≤≥\s]*-?\d+,\d")
_GAP: Final = re.compile(r"[<>=≤≥\s]*-?\d+\s+\d")


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval with exact ends, so that it can be converted more than once and not drift.

    Attributes:
        sign: ``<``, ``<=``, ``>`` or ``>=``; empty where there are two ends.
        ends: Its end, or its lower and upper end.

    >>> third = Interval("<", (Fraction("0.2"),)).times(Fraction(10, 12))
    >>> third.text, third.shown, third.times(Fraction(12)).text
    ('<0.166666667', '<0.166666…', '<2')
    """

    sign: str
    ends: tuple[Fraction, ...]

    def times(self, factor: Fraction) -> Interval:
        """Return the interval times a factor above 0."""
        return Interval(self.sign, tuple(end * factor for end in self.ends))

    @property
    def text(self) -> str:
        """Return it as a case takes it; an end that does not end as a decimal moves outward."""
        lower = len(self.ends) > 1 or self.sign.startswith(">")
        low_ends = (lower, False)[: len(self.ends)]
        return self.sign + "-".join(
            outward(end, low=low) for end, low in zip(self.ends, low_ends, strict=True)
        )

    @property
    def shown(self) -> str:
        """Return it for a sentence; an end that does not end is cut and followed by "…"."""
        return self.sign + "-".join(number_text(end) for end in self.ends)

    def equals(self, unit: str) -> str:
        """Return the right side of an equation, and what a case takes where that is wider."""
        equal = f"{self.shown} {unit}"
        return equal if self.text == self.shown else f"{equal}, taken as {self.text}"


@dataclass(frozen=True, slots=True)
class Measured:
    """A value in the unit that was asked for.

    Attributes:
        value: A number, exact, or an interval as text.
        written: How it was written: ``88 umol/L``.
        arithmetic: What made it so: `` / 88.4``; empty for a value that was in the unit.
        interval: The interval with its exact ends; None for a number.
    """

    value: Decimal | Fraction | str
    written: str
    arithmetic: str = ""
    interval: Interval | None = field(default=None, repr=False)

    @property
    def shown(self) -> str:
        """Return how it was written, with the arithmetic: ``88 umol/L / 88.4``."""
        return self.written + self.arithmetic

    @property
    def number(self) -> Fraction | None:
        """Return the number; None for an interval."""
        return None if isinstance(self.value, str) else Fraction(self.value)


def in_unit(
    value: object, unit: str, *, of: str = _ANY, at: str, written: bool = False
) -> Measured:
    """Return a value in a unit; a bare number is in that unit already.

    Args:
        value: A number, or text: ``"4.2 g/dL"``, ``"<0.5 mg/dL"``, ``"2-10 %"``, ``"88 umol/L"``.
        unit: The name of the unit wanted; empty for a plain number.
        of: The entry of a record, for factors that apply to one substance alone.
        at: The place to name in an error.
        written: Whether the unit must be written, where more than one is in use: a bare number
            is refused there, since nobody can tell which was meant.

    Raises:
        BadValue: It is no number or interval with a unit, or its unit is unknown or does not
            convert into the one wanted; or it is not written and must be.

    >>> in_unit("88 umol/L", "mg/dL", of="creatinine", at="creatinine")
    Measured(value=Fraction(220, 221), written='88 umol/L', arithmetic=' / 88.4')
    >>> in_unit("<2 g/dL", "g/L", at="albumin").value
    '<20'
    >>> in_unit("3 furlongs", "g/L", at="albumin")
    Traceback (most recent call last):
    lutalogic.errors.BadValue: albumin: 'furlongs' is no unit known here; write g/L or g/dL
    """
    if not isinstance(value, str):
        number = possible.exact(value, at)
        if written:
            _refuse_bare(number_text(number), unit, of, at)
        kept = value if isinstance(value, Decimal) else number
        return Measured(kept, _spaced(number_text(number), unit))
    sign, first, second, spelled = _parts(value, unit, of, at)
    if spelled is None and written:
        _refuse_bare(value.strip(), unit, of, at)
    name = unit if spelled is None else _unit(spelled, unit, of, at)
    multiply, divide = _factor(name, unit, of, spelled, at)
    factor = multiply / divide
    by = ""
    if factor != 1:
        by = f" x {number_text(multiply)}" if multiply != 1 else f" / {number_text(divide)}"
    if sign is None and second is None:
        exact = possible.exact(Decimal(first), at)
        shown = _spaced(number_text(exact), name)
        return Measured(Decimal(first) if factor == 1 else exact * factor, shown, by)
    ends = tuple(possible.exact(Decimal(end), at) for end in (first, second) if end is not None)
    interval = Interval(sign or "", ends).times(factor)
    plain = f"{sign or ''}{first}" + (f"-{second}" if second else "")
    return Measured(interval.text, _spaced(plain, name), by, interval)


def has_unit(value: object) -> bool:
    """Tell whether a number or interval is written with a unit.

    >>> has_unit("12 U/L"), has_unit("<12"), has_unit(12)
    (True, False, False)
    """
    matched = _matched(value) if isinstance(value, str) else None
    return matched is not None and matched["unit"] is not None


def fact(attribute: Attribute, value: object, *, at: str) -> object:
    """Return the value of a fact as a case takes it; one with a unit, in the attribute's own.

    Args:
        attribute: The fact.
        value: As in a case, and of numbers also text with a unit; all else is given back as it is.
        at: The place to name in an error.

    Raises:
        BadValue: As for `in_unit`.

    >>> fact(rule_base().attributes["albumin_g_l"], "4.2 g/dL", at="facts.albumin_g_l")
    Fraction(42, 1)
    """
    if type(value) is not str or attribute.range == (0, 0):
        return value
    return _fact(attribute.name, value, at)


@lru_cache(maxsize=10_000)
def _fact(name: str, text: str, at: str) -> Decimal | Fraction | str:
    matched = _matched(text)
    marked = _COMMA.match(text[:_LONGEST]) or _GAP.match(text[:_LONGEST])
    if not marked and (matched is None or matched["unit"] is None):
        return text  # no number at all, or one that the case itself will read or refuse
    return in_unit(text, rule_base().attributes[name].unit, at=at).value


def number_text(number: Fraction | Decimal) -> str:
    """Return a number as people write it; what does not end is cut and followed by "…".

    >>> number_text(Fraction(147, 20)), number_text(Fraction(-200, 3))
    ('7.35', '-66.666666…')
    """
    exact = Fraction(number)
    if (exact * 10 ** (2 * _SHOWN)).denominator == 1:
        return _decimal(exact, 2 * _SHOWN)
    sign, size = "-" if exact < 0 else "", abs(exact)
    whole, rest = divmod(int(size * 10**_SHOWN), 10**_SHOWN)
    return f"{sign}{whole}.{rest:0{_SHOWN}d}…"


def _matched(text: str) -> re.Match[str] | None:
    return _VALUE.fullmatch(text.translate(_SIGNS).strip()) if len(text) <= _LONGEST else None


def _parts(
    text: str, unit: str, of: str, at: str
) -> tuple[str | None, str, str | None, str | None]:
    """Return sign, first number, second number and unit of a value, None where there is none."""
    matched = _matched(text)
    if matched is None or (matched["sign"] and matched["second"]) or _COMMA.match(text[:_LONGEST]):
        remedy = f'write a number, "<5", ">=60" or "2-10", with {_or(unit, of)}'
        if _COMMA.match(text[:_LONGEST]):
            remedy = "a comma is read two ways: write decimals after a point, and no other mark"
        elif _GAP.match(text[:_LONGEST]):
            remedy = "write the number without spaces"
        raise BadValue(f"{possible.shown(text)} is no value with a unit; {remedy}", at)
    written = matched["unit"]
    spaced = " ".join(written.split()) if written is not None else None
    return matched["sign"], matched["first"], matched["second"], spaced


def _unit(written: str, unit: str, of: str, at: str) -> str:
    name = rule_base().units.names.get(written)
    if name is None:
        raise BadValue(
            f"{possible.shown(written)} is no unit known here; write {_or(unit, of)}", at
        )
    return name


def _factor(
    name: str, unit: str, of: str, written: str | None, at: str
) -> tuple[Fraction, Fraction]:
    """Return by what to multiply and by what to divide; one of the two is 1."""
    if name == unit:
        return Fraction(1), Fraction(1)
    for thing in (of, _ANY):
        factors = rule_base().units.factors.get(thing, {})
        if (name, unit) in factors:
            return factors[name, unit], Fraction(1)
        if (unit, name) in factors:
            return Fraction(1), factors[unit, name]
    raise BadValue(
        f"{written} does not convert into {unit}; write {_or(unit, of)}"
        if unit
        else f"this is a plain number, without {written}",
        at,
    )


def known_units(unit: str, of: str = _ANY) -> list[str]:
    """Return a unit and those that convert into it.

    >>> known_units("kg"), known_units("mg/dL", "creatinine"), known_units("U/L", "alt")
    (['kg', 'lb'], ['mg/dL', 'umol/L'], ['U/L'])
    """
    pairs = {pair for thing in (of, _ANY) for pair in rule_base().units.factors.get(thing, {})}
    return [unit, *sorted({a if b == unit else b for a, b in pairs if unit in (a, b)})]


def _refuse_bare(number: str, unit: str, of: str, at: str) -> None:
    units = known_units(unit, of)
    if len(units) > 1:
        ways = " or ".join(f"{number[:_DIGITS_SHOWN]} {name}" for name in units)
        raise BadValue(f"write the unit: {ways}", at)


def _or(unit: str, of: str) -> str:
    return " or ".join(known_units(unit, of)) if unit else "no unit"


def _spaced(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit else text


def outward(number: Fraction, *, low: bool) -> str:
    """Return the end of an interval as decimal text; one that does not end is moved outward.

    >>> outward(Fraction(1, 3), low=True), outward(Fraction(1, 3), low=False)
    ('0.333333333', '0.333333334')
    >>> outward(Fraction(1, 2**20), low=True)
    '0.00000095367431640625'
    """
    if (number * 10**_LONGEST_END).denominator == 1:
        return _decimal(number, _LONGEST_END)
    steps = number * 10**_DECIMALS
    return number_text(Fraction(steps.__floor__() if low else steps.__ceil__(), 10**_DECIMALS))


def _decimal(number: Fraction, places: int) -> str:
    """Return a number that ends within so many decimals, as decimal text."""
    whole, rest = divmod(int(abs(number) * 10**places), 10**places)
    decimals = f"{rest:0{places}d}".rstrip("0")
    return ("-" if number < 0 else "") + f"{whole}" + (f".{decimals}" if decimals else "")
