# SPDX-License-Identifier: Apache-2.0
"""What a record holds: dates, values over time, doses; each validated when it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from lutalogic.errors import BadDate, BadRequest, BadValue, did_you_mean
from lutalogic.possible import in_range, shown
from lutalogic.rulebase import rule_base
from lutalogic.units import Measured, has_unit, in_unit, known_units

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lutalogic.rules import Attribute, Recorded

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME: Final = re.compile(r"[T ](\d{2}:\d{2}(?::\d{2})?)", re.ASCII)
_ZONE: Final = re.compile(r".*(Z|z|[+-]\d{2}(:?\d{2})?|[A-Za-z]{3,})", re.ASCII)
#: The courses that a dose may belong to.
COURSES: Final = ("current", "earlier")
_FIELDS: Final = {
    "series": ("date", "value", "baseline"),
    "series_with_limit": ("date", "value", "upper_limit", "baseline"),
    "doses": ("date", "activity", "course"),
    "times": ("date",),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, with the time of day if it is known; local time where the patient is treated."""

    day: date
    clock: time | None = None

    def __str__(self) -> str:
        """Return the date, and the time if it is known."""
        return f"{self.day}" if self.clock is None else f"{self.day} {self.clock:%H:%M}"


@dataclass(frozen=True, slots=True)
class Sample:
    """A value of a series; `at` is None for one without a date, which stands alone."""

    at: Moment | None
    value: Measured
    limit: Measured | None
    baseline: bool
    place: str

    @property
    def of(self) -> str:
        """Return `` of`` and the date, for a sentence; nothing without a date."""
        return f" of {self.at}" if self.at else ""


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose that was given; its activity and its course are None where not documented."""

    at: Moment
    activity: Measured | None
    course: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""

    at: Moment
    place: str


Entry = Moment | str | tuple[Sample, ...] | tuple[Dose, ...] | tuple[Event, ...]


def read_entry(kept: Recorded, value: object, *, at: str) -> Entry:
    """Return an entry of a record.

    Args:
        kept: What the entry is, as the rule base declares it.
        value: As JSON has it: text, a number, an object, or a list of these.
        at: The place to name in an error.

    Raises:
        BadDate: A date is none.
        BadValue: A value is not one that the entry takes.
        BadRequest: A field is missing, unknown or of the wrong type.

    >>> from lutalogic.rulebase import rule_base
    >>> weight = rule_base().recorded["weight"]
    >>> read_entry(weight, "70 kg", at="weight")[0].value.shown
    '70 kg'
    """
    if kept.kind == "date":
        return moment(value, at, clock=False)
    if kept.kind == "one_of":
        if isinstance(value, str) and value in kept.values:
            return value
        raise BadValue(
            f"{shown(value)} is not one of {', '.join(kept.values)}{_meant(value, kept.values)}", at
        )
    if kept.kind in ("doses", "times") and not isinstance(value, (list, tuple)):
        raise BadRequest("must be a list; write [] for a documented none", at)
    several = list(value) if isinstance(value, (list, tuple)) else [value]
    places = (
        [f"{at}[{i}]" for i in range(len(several))] if isinstance(value, (list, tuple)) else [at]
    )
    items = [_fields(kept.kind, one, place) for one, place in zip(several, places, strict=True)]
    if kept.kind == "times":
        return tuple(Event(moment(i["date"], p), p) for i, p in zip(items, places, strict=True))
    if kept.kind == "doses":
        doses = (_dose(kept, i, p) for i, p in zip(items, places, strict=True))
        return _no_dose_twice(sorted(doses, key=lambda dose: dose.at.day))
    return _series([_sample(kept, i, p) for i, p in zip(items, places, strict=True)])


def _meant(value: object, known: tuple[str, ...]) -> str:
    """Return a clause that proposes the one value which is abbreviated or misspelled so."""
    if not isinstance(value, str) or not value.strip():
        return ""
    begun = [word for word in known if word.startswith(value.strip().lower())]
    return f"; write {begun[0]}" if len(begun) == 1 else did_you_mean(value[:40], known)


def moment(value: object, at: str, *, clock: bool = True) -> Moment:
    """Return a date, or a date with a time of day, that stands as text.

    Raises:
        BadDate: It is neither.

    >>> str(moment("2026-05-31T08:00", "analogues"))
    '2026-05-31 08:00'
    """
    if isinstance(value, str) and _DATE.match(value):
        day, rest = value[:10], value[10:]
        matched = _TIME.fullmatch(rest)
        try:
            if not rest:
                return Moment(date.fromisoformat(day))
            if matched and clock:
                return Moment(date.fromisoformat(day), time.fromisoformat(matched[1]))
        except ValueError:
            pass
        if len(rest) < 40 and _ZONE.fullmatch(rest) and _TIME.match(rest):
            raise BadDate(f"{shown(value)} names a time zone; write the local time without one", at)
    form = "YYYY-MM-DD or YYYY-MM-DDTHH:MM" if clock else "YYYY-MM-DD"
    raise BadDate(f"{shown(value)} is no calendar date; write {form}, as 2026-06-01", at)


def _fields(kind: str, item: object, at: str) -> dict[str, Any]:
    """Return the fields of one item; a bare value is the field that matters most."""
    known = _FIELDS[kind]
    if not isinstance(item, dict):
        return {("date" if kind in ("doses", "times") else "value"): item}
    for name in item:
        if name not in known:
            raise BadRequest(
                f"there is no field {shown(name)}{did_you_mean(str(name)[:40], known) or '.'} "
                f"The fields are {', '.join(known)}",
                at,
            )
    given = {name: value for name, value in item.items() if value is not None}
    for name in ("date",) if kind in ("doses", "times") else ("value",):
        if name not in given:
            raise BadRequest(f"the field {name!r} is missing", at)
    return given


def _sample(kept: Recorded, item: dict[str, Any], at: str) -> Sample:
    baseline = item.get("baseline", False)
    if not isinstance(baseline, bool):
        raise BadValue(f"{shown(baseline)} is neither true nor false", f"{at}.baseline")
    value = _positive(kept, item["value"], f"{at}.value" if len(item) > 1 else at)
    limit = None
    if kept.kind == "series_with_limit":
        if "upper_limit" not in item:
            raise BadRequest("the field 'upper_limit' is missing: the upper limit of normal", at)
        limit = _positive(kept, item["upper_limit"], f"{at}.upper_limit")
        if has_unit(item["value"]) != has_unit(item["upper_limit"]):
            raise BadValue(
                "of a value and its upper limit, write the unit of both, or of neither", at
            )
        if limit.number is None:
            raise BadValue("an upper limit is one number; write no interval", f"{at}.upper_limit")
    when = moment(item["date"], f"{at}.date") if "date" in item else None
    return Sample(when, value, limit, baseline, at)


def _positive(kept: Recorded, value: object, at: str) -> Measured:
    measured = in_unit(value, kept.unit, of=kept.name, at=at, written=True)
    number = measured.number
    ends = measured.interval.ends if measured.interval is not None else ()
    if (number is not None and number <= 0) or (ends and (min(ends) < 0 or max(ends) <= 0)):
        raise BadValue(f"{measured.shown} is not above 0; leave out what is not known", at)
    for attribute in _alike(kept):
        own = in_unit(value, attribute.unit, of=kept.name, at=at)
        if own.number is not None:
            in_range(attribute, own.number, measured.written, at)
    return measured


@cache
def _alike(kept: Recorded) -> tuple[Attribute, ...]:
    """Return the facts whose range an entry has: those that are its last value, or an activity."""
    base = rule_base()
    if kept.kind == "doses":
        units = known_units(kept.unit)
        return tuple(a for a in base.attributes.values() if a.unit in units)
    return tuple(
        base.attributes[d.attribute]
        for d in base.derived
        if d.rule == "latest" and d.of == (kept.name,)
    )


def _series(samples: list[Sample]) -> tuple[Sample, ...]:
    """Return samples in the order of their dates; what the last one is must be clear."""
    if len(samples) > 1:
        for sample in samples:
            if sample.at is None:
                raise BadRequest(
                    "the field 'date' is missing: there are several values", sample.place
                )
    marked = [sample for sample in samples if sample.baseline]
    if len(marked) > 1:
        raise BadValue("a second baseline; mark one value", marked[1].place)
    ordered = sorted(samples, key=_order)
    for _, group in groupby(ordered, key=lambda sample: _order(sample)[0]):
        _clear_order(list(group))
    return tuple(ordered)


def _clear_order(samples: list[Sample]) -> None:
    """Refuse values of one day of which nobody can tell which came last."""
    told = {(s.at, s.value.value, s.limit and s.limit.value): s for s in samples}
    clocks = {at.clock for at, _, _ in told if at is not None}
    if len({key[1:] for key in told}) > 1 and (None in clocks or len(clocks) < len(told)):
        last = samples[-1]
        raise BadValue(f"another value of {last.at}; keep one, or give their times", last.place)


def _order(sample: Sample) -> tuple[date, time]:
    if sample.at is None:
        return date.min, time.min
    return sample.at.day, sample.at.clock or time.min


def _dose(kept: Recorded, item: dict[str, Any], at: str) -> Dose:
    course = item.get("course")
    if course is not None and course not in COURSES:
        raise BadValue(f"{shown(course)} is not one of {', '.join(COURSES)}", f"{at}.course")
    activity = None
    if "activity" in item:
        activity = _positive(kept, item["activity"], f"{at}.activity")
        if activity.number is None:
            raise BadValue(
                "the activity of a dose is one number; write no interval", f"{at}.activity"
            )
    return Dose(moment(item["date"], f"{at}.date" if len(item) > 1 else at), activity, course, at)


def _no_dose_twice(doses: Iterable[Dose]) -> tuple[Dose, ...]:
    kept: dict[date, Dose] = {}
    for dose in doses:
        if dose.at.day in kept:
            raise BadValue(f"a second dose on {dose.at.day}; keep one", dose.place)
        kept[dose.at.day] = dose
    return tuple(kept.values())
