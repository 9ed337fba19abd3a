# SPDX-License-Identifier: Apache-2.0
"""Rules on dates and doses: ages, times since, counts, courses, steps down."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from lutalogic.derivation import Found, LeftOpen, Task
from lutalogic.rulebase import rule_base
from lutalogic.units import number_text, outward

if TYPE_CHECKING:
    from lutalogic.history import Dose, Event, Moment

#: The months in which clocks are put forward or back, in the north or in the south.
_CLOCKS_CHANGE: Final = frozenset({3, 4, 9, 10, 11})


def completed_years(task: Task) -> Found:
    """Return completed years from a date of birth to the date of service."""
    born: date = task.entries[0].day
    years = completed(born, task.on)
    return years, f"born {born}, {years} completed years on {task.on}"


def completed(born: date, day: date) -> int:
    """Return completed years; born on 29 February, they are complete on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def days_since(task: Task) -> Found:
    """Return days from the last event to the date of service."""
    events: tuple[Event, ...] = task.entries[0]
    if not events:
        return "never", "none was given, by the record"
    before, unclear = _before(events, task.on)
    last = max(event.at.day for event in before)
    days = (task.on - last).days
    told = f"{days} days from {last} to {task.on}"
    return (f"0-{days}", f"0 to {told}; {unclear}") if unclear else (days, told)


def _before(events: tuple[Event, ...], on: date) -> tuple[list[Event], str]:
    """Return the events before a day, and what to say if there are any on it.

    An analogue is given hours after each dose as well, so that one given on the day of the dose
    may belong to either side of it.
    """
    before = [event for event in events if event.at.day < on]
    if len(before) == len(events):
        return before, ""
    unclear = f"whether the one on {on} is given before the dose or after it is not known"
    if not before:
        raise LeftOpen(f"{unclear}; state the fact, or leave it out if it follows the dose")
    return before, unclear


def hours_since(task: Task) -> Found:
    """Return hours to some time on the date of service, as an interval: its hour is not known."""
    events: tuple[Event, ...] = task.entries[0]
    if not events:
        return "never", "none was given, by the record"
    before, unclear = _before(events, task.on)
    low, high = (min(_hours(event.at, task.on)[end] for event in before) for end in (0, 1))
    last = max((event.at for event in before), key=lambda at: (at.day, at.clock or time.min))
    told = f"from {last} to some time on {task.on}"
    if _clocks_may_change(last.day, task.on):
        low, high = max(Fraction(0), low - 1), high + 1
        told += ", with an hour either way for a change of the clocks"
    if unclear:
        low, told = Fraction(0), f"{told}; {unclear}"
    interval = f"{outward(low, low=True)}-{outward(high, low=False)}"
    return interval, f"{number_text(low)} to {number_text(high)} hours {told}"


def _clocks_may_change(first: date, last: date) -> bool:
    """Tell whether a month in which clocks are changed lies in a span: times have no zone."""
    span = range(min((last - first).days, 366) + 1)
    return any((first + timedelta(days=day)).month in _CLOCKS_CHANGE for day in span)


def _hours(at: Moment, on: date) -> tuple[Fraction, Fraction]:
    """Return the fewest and the most hours from a moment to some time on a day."""
    day = timedelta(days=1)
    most = datetime.combine(on, time.min) - datetime.combine(at.day, at.clock or time.min) + day
    fewest = most - day if at.clock is not None else most - 2 * day
    return max(Fraction(0), _in_hours(fewest)), _in_hours(most)


def _in_hours(span: timedelta) -> Fraction:
    return Fraction(span // timedelta(seconds=1), 3600)


def count(task: Task) -> Found:
    """Return the number of doses."""
    doses: tuple[Dose, ...] = task.entries[0]
    return len(doses), f"{len(doses)} before {task.on}" + (f": {_days(doses)}" if doses else "")


def _days(doses: tuple[Dose, ...]) -> str:
    return ", ".join(str(dose.at.day) for dose in doses)


def _given(task: Task) -> list[tuple[str, tuple[Dose, ...]]]:
    return [(name, doses) for name, doses in task.named() if doses]


def _no_history_lacks(task: Task) -> None:
    """Raise where a history is not there: a drug that is not named may have been given."""
    if absent := task.absent():
        raise LeftOpen(
            f"the record does not say whether {' or '.join(absent)} was given; write [] for each "
            "that was not"
        )


def all_in_earlier_course(task: Task) -> Found:
    """Say whether every dose is of an earlier course, where each says its course."""
    given = _given(task)
    if not given:
        return None
    _no_history_lacks(task)
    for name, doses in given:
        for dose in doses:
            if dose.course is None:
                raise LeftOpen(f"the dose of {name} on {dose.at.day} does not say its course")
    answers = {name: all(dose.course == "earlier" for dose in doses) for name, doses in given}
    if len(set(answers.values())) > 1:
        raise LeftOpen(
            f"it differs between {' and '.join(answers)}; state the fact for the drug asked for"
        )
    [earlier] = set(answers.values())
    told = ", ".join(f"{name} on {d.at.day} ({d.course})" for name, ds in given for d in ds)
    if len(given) > 1:
        told += f"; the answer is the same for {' and '.join(answers)}"
    return earlier, told


def some_in_earlier_course(task: Task) -> Found:
    """Say yes or nothing: that this drug was not given says nothing of others like it."""
    doses: tuple[Dose, ...] = task.entries[0]
    earlier = tuple(dose for dose in doses if dose.course == "earlier")
    [name] = (name for name, _ in task.named())
    return (True, f"{name} in an earlier course: {_days(earlier)}") if earlier else None


def weeks_since(task: Task) -> Found:
    """Return weeks from the last dose of the course under way to the date of service."""
    given = _given(task)
    if not given:
        return None
    if len(given) > 1:
        raise LeftOpen(
            f"doses of {' and of '.join(n for n, _ in given)} were given; state the fact"
        )
    _no_history_lacks(task)
    [(name, doses)] = given
    last = doses[-1]
    if last.course is None:
        raise LeftOpen(f"the last dose of {name}, on {last.at.day}, does not say its course")
    if last.course == "earlier":
        raise LeftOpen(f"the last dose of {name}, on {last.at.day}, belongs to an earlier course")
    days = (task.on - last.at.day).days
    weeks = Fraction(days, 7)
    if weeks > (most := rule_base().attributes[task.derived.attribute].range[1]):
        raise LeftOpen(
            f"the last dose of {name}, on {last.at.day}, is more than {most} weeks ago; mark it "
            "as of an earlier course if it is"
        )
    told = f"{name}: {days} days from {last.at.day} to {task.on} / 7 = {number_text(weeks)} weeks"
    if weeks.denominator != 1:
        told += (
            "; not whole weeks, and the rules compare exactly: the interval planned can be stated"
        )
    return weeks, told


def reductions(task: Task) -> Found:
    """Count steps down; what is neither clearly one nor clearly none leaves the count open."""
    doses: tuple[Dose, ...] = task.entries[0]
    labelled = all(dose.course is not None for dose in doses)
    course = tuple(dose for dose in doses if dose.course != "earlier")
    if doses and not course:
        raise LeftOpen("no dose is marked as of the course under way")
    none, one = task.derived.constants["no_fall"], task.derived.constants["fall"]
    level: Fraction | None = None
    steps: list[str] = []
    for dose in course:
        if dose.activity is None or (now := dose.activity.number) is None:
            raise LeftOpen(f"the dose on {dose.at.day} does not say its activity")
        fall = Fraction(0) if level is None else (level - now) / level * 100
        if none < fall < one:
            raise LeftOpen(
                f"the dose on {dose.at.day} is lower by {number_text(fall)} %, which is neither "
                "clearly a reduction nor clearly none; state the fact itself"
            )
        if fall >= one:
            steps.append(f"to {dose.activity.shown} on {dose.at.day} (by {number_text(fall)} %)")
            level = now
        else:
            level = now if level is None else max(level, now)
    if steps and not labelled:
        raise LeftOpen("not each dose says its course")
    told = "; ".join(steps) or f"no step down in {len(course)} doses of this course"
    return len(steps), told
