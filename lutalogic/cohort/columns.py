# SPDX-License-Identifier: Apache-2.0
"""A cohort table in the form that expressions take, with what is wrong in it, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from lutalogic.cells import NUMERIC
from lutalogic.cohort.heading import NEVER, ON
from lutalogic.cohort.values import Wrong, booleans, numbers, options, problems, sets
from lutalogic.columnar_leaves import HIGH, LOW, Layout
from lutalogic.doubles import NEVER as INFINITE
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lutalogic.cohort.heading import Heading
    from lutalogic.rules import Attribute

NO_PROBLEMS: Final = problems(pl.Series([], dtype=pl.UInt64), "", [], [])
#: The number of a row, beside its facts.
ROW: Final = "row"
_DAY: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


@dataclass(frozen=True)
class Sheet:
    """Rows of a cohort table as expressions take them.

    Attributes:
        frame: A column for each fact that is known of anyone, in the form that `layout` says; the
            date of service ``on`` and the columns of readings, where rows have them.
        layout: Which facts have columns.
        problems: What is wrong: row (from 0), column, value, problem. Such values are null.
    """

    frame: pl.DataFrame
    layout: Layout
    problems: pl.DataFrame

    def bad_rows(self) -> pl.Series | None:
        """Return the numbers of the rows in which something is wrong; None if there are none."""
        return self.problems["row"].unique() if self.problems.height else None


def sheet(frame: pl.DataFrame, known: Heading, *, only: Iterable[str] | None = None) -> Sheet:
    """Return the rows of a table as expressions take them.

    Args:
        frame: The table.
        known: What its columns are.
        only: Facts to make columns of; the others are checked all the same. If None, all.
    """
    wanted = set(known.facts) if only is None else set(only)
    columns = [pl.int_range(frame.height, dtype=pl.UInt32, eager=True).alias(ROW)]
    told: list[pl.DataFrame] = []
    for name, stated in known.facts.items():
        made, wrong = _fact(rule_base().attributes[name], frame, stated)
        told += wrong
        if name in wanted and made:
            columns += made
    for reading, name in known.readings.items():
        chosen = frame[name].cast(pl.String)
        taken = chosen.cast(pl.Enum(rule_base().readings[reading].values), strict=False)
        columns.append(taken.alias(name))
        values = ", ".join(taken.dtype.categories)  # type: ignore[attr-defined]
        strange = Wrong(chosen, taken.is_null() & chosen.is_not_null(), _not_one_of(values))
        told += _told(strange, name)
    if known.dated:
        days, wrong_days = _days(frame[ON])
        columns.append(days.alias(ON))
        told += _told(wrong_days, ON)
    names = {column.name for column in columns}
    spans = {name for name in wanted if name + LOW in names}
    facts = Layout(frozenset(names & wanted - spans), frozenset(spans))
    wrong_rows = pl.concat(told).sort("row", maintain_order=True) if told else NO_PROBLEMS
    return Sheet(pl.DataFrame(columns), facts, wrong_rows)


def _told(wrong: Wrong, name: str) -> list[pl.DataFrame]:
    return [] if wrong.rows is None else [wrong.problems(name)]


def _not_one_of(values: str) -> Any:
    return lambda value: f"{value!r} is not one of {values}"


def _days(given: pl.Series) -> tuple[pl.Series, Wrong]:
    """Return the dates of service; a row without one cannot be judged."""
    if given.dtype == pl.String:
        right = given.str.contains(_DAY)
        text = pl.select(pl.when(right).then(given)).to_series()
        days = text.str.to_date("%Y-%m-%d", strict=False)
    else:
        days = given if given.dtype == pl.Date else given.dt.date()  # of its own time zone
    days = pl.select(pl.when(days.dt.year().is_between(1, 9999)).then(days)).to_series()
    return days, Wrong(given, days.is_null(), _no_day)


def _no_day(value: Any) -> str:
    if value is None:
        return "there is no date of service; write YYYY-MM-DD, as 2026-06-01"
    return f"{str(value)[:40]!r} is no calendar date; write YYYY-MM-DD, as 2026-06-01"


def _fact(
    attribute: Attribute, frame: pl.DataFrame, stated: tuple[str, ...]
) -> tuple[list[pl.Series], list[pl.DataFrame]]:
    """Return the columns of a fact, and what is wrong in them; none if nothing is known."""
    name = attribute.name
    given = [frame[column] for column in stated if frame[column].null_count() < frame.height]
    if not given:
        return [], []
    if attribute.type not in NUMERIC:
        values, wrong = (sets if attribute.type == "set" else options)(attribute, given[0])
        return [_without(values.alias(name), wrong)], _told(wrong, name)
    parts = {column.name.removeprefix(name): column for column in given}
    if LOW in parts or HIGH in parts:
        return _pair(attribute, parts, frame.height)
    columns: list[pl.Series] = []
    told: list[pl.DataFrame] = []
    if "" in parts:
        columns, wrong = numbers(attribute, parts[""])
        columns = [_without(column, wrong) for column in columns]
        told = _told(wrong, name)
    if NEVER not in parts:
        return columns, told
    said = booleans(parts[NEVER])
    unread = Wrong(parts[NEVER], said.is_null() & parts[NEVER].is_not_null(), _neither)
    told += _told(unread, name + NEVER)
    never = said.fill_null(False)
    both = Wrong(parts[""], never & parts[""].is_not_null(), _both) if "" in parts else None
    told += _told(both, name + NEVER) if both else []
    columns = columns or [pl.Series(name, [None], dtype=pl.Float64).new_from_index(0, frame.height)]
    told_rows = both.rows if both else None
    return [
        pl.select(
            pl.when(~never if told_rows is None else ~never | told_rows)
            .then(column.cast(pl.Float64))
            .otherwise(pl.lit(INFINITE))
            .alias(column.name)
        ).to_series()
        for column in columns
    ], told


def _neither(value: Any) -> str:
    return f"{value!r} is neither yes nor no; write one of these, or leave it empty"


def _both(value: Any) -> str:
    return f"{value} and never are stated; keep the one that is right"


def _without(values: pl.Series, wrong: Wrong) -> pl.Series:
    if wrong.rows is None:
        return values
    return pl.select(pl.when(~wrong.rows).then(values).alias(values.name)).to_series()


def _pair(
    attribute: Attribute, parts: dict[str, pl.Series], height: int
) -> tuple[list[pl.Series], list[pl.DataFrame]]:
    """Return the two ends of intervals: of one that is not stated, the end of the range."""
    told: list[pl.DataFrame] = []
    ends: list[pl.Series] = []
    for part, end in ((LOW, attribute.range[0]), (HIGH, attribute.range[1])):
        if part not in parts:
            ends.append(pl.Series([float(end)]).new_from_index(0, height))
            continue
        columns, wrong = numbers(attribute, parts[part])
        told += _told(wrong, attribute.name + part)
        if len(columns) > 1:  # some end is itself an interval
            spans = Wrong(parts[part], (columns[0] != columns[1]).fill_null(False), _no_end)
            told += _told(spans, attribute.name + part)
        ends.append(_without(columns[0].cast(pl.Float64), wrong))
    stated = pl.any_horizontal(part.is_not_null() for part in parts.values())
    low, high = (
        pl.select(pl.when(stated).then(each.fill_null(float(end)))).to_series()
        for each, end in zip(ends, attribute.range, strict=True)
    )
    empty = Wrong(low, (low > high).fill_null(False), _backwards)
    told += _told(empty, attribute.name + LOW)
    if attribute.type == "elapsed":
        whole = pl.repeat(False, height, eager=True)
    else:  # an interval that is the whole range says nothing
        whole = (low == attribute.range[0]) & (high == attribute.range[1])
    silent = whole if empty.rows is None else whole | empty.rows
    return [
        pl.select(pl.when(~silent).then(each).alias(attribute.name + part)).to_series()
        for each, part in ((low, LOW), (high, HIGH))
    ], told


def _no_end(value: Any) -> str:
    return f"{value!r} is no number; state each end of an interval by one"


def _backwards(value: Any) -> str:
    return f"the interval from {value} on ends before it begins; check both ends"
