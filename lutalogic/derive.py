# SPDX-License-Identifier: Apache-2.0
"""Facts that follow from a record, each with the arithmetic that made it.

Which fact follows from which entries, by which rule and with which constants, is said in the rule
base; what a rule of each name does is in the two modules above. A rule that lacks an entry says
nothing: what is not in the record is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lutalogic import derived_times as times
from lutalogic import derived_values as values
from lutalogic import possible
from lutalogic.derivation import Derivation, LeftOpen, Task
from lutalogic.errors import BadDate, OutOfRange
from lutalogic.history import Dose, Moment
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from fractions import Fraction

    from lutalogic.derivation import Found
    from lutalogic.history import Entry
    from lutalogic.rules import Derived

_RULES: Final[Mapping[str, Callable[[Task], Found]]] = {
    "completed_years": times.completed_years,
    "days_since": times.days_since,
    "hours_since": times.hours_since,
    "weeks_since": times.weeks_since,
    "count": times.count,
    "all_in_earlier_course": times.all_in_earlier_course,
    "some_in_earlier_course": times.some_in_earlier_course,
    "reductions": times.reductions,
    "latest": values.latest,
    "multiple": values.multiple,
    "highest_multiple": values.highest_multiple,
    "rise_percent": values.rise_percent,
    "cockcroft_gault": values.cockcroft_gault,
    "cockcroft_gault_fall": values.cockcroft_gault_fall,
}


def derive(
    entries: Mapping[str, Entry], *, on: date
) -> tuple[tuple[Derivation, ...], tuple[str, ...]]:
    """Return the facts that follow from the entries of a record, and why others do not.

    Args:
        entries: The entries, by name; one that is not there is unknown.
        on: The date of service.

    Raises:
        BadDate: An entry is dated after the date of service, or a dose on it: left out in
            silence it would make a dose vanish, and counted it would be counted too early.
        OutOfRange: What follows lies outside the range of the fact.
    """
    _refuse_later(entries, on)
    found: list[Derivation] = []
    remarks: list[str] = []
    for derived in rule_base().derived:
        task = Task(derived, tuple(entries.get(name) for name in derived.of), on)
        if all(entry is None for entry in task.entries):
            continue
        try:
            answer = _RULES[derived.rule](task)
        except LeftOpen as why:
            remarks.append(f"{derived.attribute} does not follow from the record: {why}")
            continue
        if answer is not None:
            _in_range(derived, *answer)
            found.append(Derivation(derived.attribute, *answer))
    return tuple(found), tuple(remarks)


def _refuse_later(entries: Mapping[str, Entry], on: date) -> None:
    for name, entry in entries.items():
        if isinstance(entry, Moment) and entry.day > on:
            raise BadDate(
                f"{entry} is after the date of service, {on}; correct the one that is wrong",
                f"record.{name}",
            )
        for item in entry if isinstance(entry, tuple) else ():
            if item.at is None:
                continue
            if item.at.day > on:
                raise BadDate(
                    f"{item.at} is after the date of service, {on}; correct the one that is "
                    "wrong, or leave out what was not known on that day",
                    item.place,
                )
            if isinstance(item, Dose) and item.at.day == on:
                raise BadDate(
                    f"a dose on the date of service, {on}, is the one asked for; leave it out",
                    item.place,
                )


def _in_range(derived: Derived, value: Fraction | int | str | bool, sentence: str) -> None:
    attribute, place = rule_base().attributes[derived.attribute], f"record.{derived.of[-1]}"
    low, high = attribute.range
    if isinstance(value, (bool, str)):
        possible.possible(attribute, value, place)  # which refuses the end of an interval
        return
    if not low <= value <= high:
        raise OutOfRange(
            f"{derived.attribute} would lie outside its range, {low} to {high} ({sentence}); "
            "check the dates and units, or state the fact and leave the entry out",
            place,
        )
