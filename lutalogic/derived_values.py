# SPDX-License-Identifier: Apache-2.0
"""Rules on values over time: the last one, multiples of a limit, rises, clearances."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from lutalogic.derivation import Found, LeftOpen, Task
from lutalogic.derived_times import completed
from lutalogic.errors import BadValue
from lutalogic.rulebase import rule_base
from lutalogic.units import Measured, number_text, outward

if TYPE_CHECKING:
    from datetime import date

    from lutalogic.history import Sample


def latest(task: Task) -> Found:
    """Return the last value; where it is an interval, that."""
    samples: tuple[Sample, ...] = task.entries[0]
    if not samples:
        return None
    last = samples[-1]
    unit = rule_base().attributes[task.derived.attribute].unit
    value: Fraction | str
    if last.value.interval is not None:
        value, result = last.value.interval.text, last.value.interval.equals(unit)
    else:
        value = _exact(last)
        result = f"{number_text(value)} {unit}"
    arithmetic = f"{last.value.shown} = {result}" if last.value.arithmetic else result
    return value, f"{arithmetic} (last value{last.of})"


def multiple(task: Task) -> Found:
    """Return the last value over its upper limit; where it is an interval, that."""
    samples: tuple[Sample, ...] = task.entries[0]
    if not samples:
        return None
    last = samples[-1]
    [name] = (name for name, _ in task.named())
    shown, limit = _over_limit(name, last)
    of = rule_base().attributes[task.derived.attribute].unit
    if last.value.interval is not None:
        interval = last.value.interval.times(1 / limit)
        return interval.text, f"{shown} = {interval.equals(of)} (value{last.of})"
    found = _exact(last) / limit
    return found, f"{shown} = {number_text(found)} {of} (value{last.of})"


def highest_multiple(task: Task) -> Found:
    """Return the highest of the last values, each over its limit; at least that if one lacks.

    A value without a date is the one at hand on the date of service. One that is older than the
    youngest by more than the days that the rule base gives is not of the same state.
    """
    last = {name: samples[-1] for name, samples in task.named() if samples}
    if not last:
        return None
    days = {name: sample.at.day if sample.at else task.on for name, sample in last.items()}
    apart, youngest = task.derived.constants["days_apart"], max(days.values())
    of = rule_base().attributes[task.derived.attribute].unit
    told, multiples, old = [], [], []
    for name, sample in last.items():
        if (youngest - days[name]).days > apart:
            old.append(f"{name} of {days[name]} is more than {number_text(apart)} days older")
            continue
        shown, limit = _over_limit(name, sample)
        if sample.value.interval is not None:
            raise LeftOpen(f"{shown} is an interval; state the fact itself")
        multiples.append(_exact(sample) / limit)
        told.append(f"{shown} = {number_text(multiples[-1])} {of} (value{sample.of})")
    highest, words = max(multiples), "; ".join(told)
    if len(multiples) < len(task.derived.of):
        least = f">={outward(highest, low=True)}"
        lacks = " and ".join(old) or "the other is not known"
        return least, f"{words}; {lacks}, so {least}"
    return highest, words


def _over_limit(name: str, sample: Sample) -> tuple[str, Fraction]:
    """Return the left side of the equation of a multiple, and the limit to divide by."""
    limit = sample.limit
    assert limit is not None  # such a series has them
    assert limit.number is not None  # a limit is read as one number
    value, of = _alike(sample.value, limit)
    return f"{name}: {value} / {of}", limit.number


def rise_percent(task: Task) -> Found:
    """Return by how many percent the last value is above the baseline."""
    samples: tuple[Sample, ...] = task.entries[0]
    if len(samples) < 2:
        return None
    first, last = _baseline(samples), samples[-1]
    rise = (_exact(last) - _exact(first)) / _exact(first) * 100
    now, then = _alike(last.value, first.value)
    return rise, (
        f"({now} - {then}) / {then} x 100 = {number_text(rise)} %"
        f" (value{last.of} against the baseline{first.of})"
    )


def cockcroft_gault(task: Task) -> Found:
    """Return the clearance by the last creatinine and weight, at the age on the day of service."""
    if not all(task.entries):
        return None
    _, _, weights, creatinine = task.entries
    return _clearance(task, weights[-1], creatinine[-1], task.on)


def cockcroft_gault_fall(task: Task) -> Found:
    """Return by how many percent that clearance is below the one at the baseline."""
    if not all(task.entries):
        return None
    _, _, weights, creatinine = task.entries
    if len(creatinine) < 2:
        return None
    first = _baseline(creatinine)
    assert first.at is not None  # there is a later value, so both have their dates
    day = first.at.day
    before = [w for w in weights if w.at is not None and w.at.day <= day]
    if not before:
        raise LeftOpen(f"no weight is dated on or before the baseline{first.of}")
    then, told_then = _clearance(task, before[-1], first, day)
    now, told_now = _clearance(task, weights[-1], creatinine[-1], task.on)
    fall = (then - now) / then * 100
    return fall, f"baseline {told_then}; now {told_now}; a fall of {number_text(fall)} %"


def _clearance(task: Task, weight: Sample, creatinine: Sample, day: date) -> tuple[Fraction, str]:
    """Return a clearance in mL/min with its arithmetic; the age is that of the day."""
    born, sex, _, _ = task.entries
    age = completed(born.day, day)
    if age < 0:
        raise BadValue(
            f"the value of {day} is before the date of birth; correct the one that is wrong",
            creatinine.place,
        )
    constants = task.derived.constants
    start, divisor = constants["from_age"], constants["divisor"]
    of_sex = constants.get(sex, Fraction(1))  # the equation corrects for one of the two
    clearance = (start - age) * _exact(weight) * of_sex / (divisor * _exact(creatinine))
    factor = f" x {number_text(of_sex)}" if sex in constants else ""
    return clearance, (
        f"Cockcroft-Gault: ({number_text(start)} - {age}) x {_grouped(weight.value)}{factor}"
        f" / ({number_text(divisor)} x {_grouped(creatinine.value)})"
        f" = {number_text(clearance)} mL/min (creatinine{creatinine.of}, weight{weight.of})"
    )


def _baseline(samples: tuple[Sample, ...]) -> Sample:
    marked = [sample for sample in samples if sample.baseline]
    if not marked:
        raise LeftOpen("no value is marked as the baseline")
    if not _later(samples[-1], marked[0]):
        raise LeftOpen("there is no value after the baseline")
    return marked[0]


def _later(one: Sample, other: Sample) -> bool:
    """Tell whether a value is later than another for certain; one of the same moment is not."""
    if one.at is None or other.at is None or one.at.day != other.at.day:
        return one.at is not None and other.at is not None and one.at.day > other.at.day
    clocks = one.at.clock, other.at.clock
    return clocks[0] is not None and clocks[1] is not None and clocks[0] > clocks[1]


def _exact(sample: Sample) -> Fraction:
    if sample.value.number is None:
        raise LeftOpen(f"{sample.value.shown}{sample.of} is an interval; state the fact itself")
    return sample.value.number


def _grouped(measured: Measured) -> str:
    return f"({measured.shown})" if measured.arithmetic else measured.shown


def _alike(one: Measured, other: Measured) -> tuple[str, str]:
    """Return two values for a ratio: as they were written, if in one unit; else converted."""
    if one.arithmetic == other.arithmetic:
        return one.written, other.written
    return _grouped(one), _grouped(other)
