# SPDX-License-Identifier: Apache-2.0
"""Rows drawn from distributions, a block at a time, column by column.

Each block, and each column within it, has random numbers of its own: what is left undocumented, or
known as an interval only, changes no value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from lutalogic.cells import NUMERIC
from lutalogic.cohort.distributions import share_of
from lutalogic.cohort.heading import NEVER, ON
from lutalogic.columnar_leaves import HIGH, LOW
from lutalogic.possible import option_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from lutalogic.cohort.distributions import Case, Condition, Distributions, Draw

    Column = NDArray[Any]
    Mask = NDArray[np.bool_]

#: So many rows share their random numbers' seed.
BLOCK: Final = 1 << 16
#: A case is drawn as one of so many values, each as likely: shares are exact to one in so many.
LEVELS: Final = 1 << 14
#: What a column of random numbers is for.
_VALUE, _MISSING, _INTERVAL = range(3)
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True)
class Drawing:
    """What is drawn, and how much of it is written down.

    Attributes:
        what: The distributions.
        seed: Another seed, other patients.
        missing: Shares of values left undocumented, by fact, group or the rest.
        intervals: The share of numbers written as intervals, by fact; only those above 0.
        days: The first and the last date of service; None if rows have none.
        ids: Whether rows are numbered.
    """

    what: Distributions
    seed: int
    missing: Mapping[str, float]
    intervals: Mapping[str, float]
    days: tuple[date, date] | None
    ids: bool

    def block(self, number: int, rows: int = BLOCK) -> pl.DataFrame:
        """Return the first rows of a block; the same whenever they are asked for."""
        drawn: dict[str, Column] = {}
        fits = _Fits(self.what, drawn)
        for place, draw in enumerate(self.what.draws):
            levels = self._random(number, place, _VALUE).integers(0, 1 << 16, rows, dtype="u2")
            drawn[draw.name] = _drawn(draw, levels & (LEVELS - 1), fits)
        return self._written(number, rows, drawn)

    def _random(self, block: int, column: int, use: int) -> np.random.Generator:
        """Return random numbers of this block, column and use alone."""
        seed = np.random.SeedSequence(self.seed, spawn_key=(block, column, use))
        return np.random.Generator(np.random.PCG64(seed))

    def _written(self, number: int, rows: int, drawn: Mapping[str, Column]) -> pl.DataFrame:
        """Return what was drawn as a table, less what is left undocumented."""
        raw: dict[str, Column] = {}
        told: list[pl.Expr] = []
        last = len(self.what.draws)  # random numbers of no fact
        if self.ids:
            raw["id"] = np.arange(number * BLOCK + 1, number * BLOCK + 1 + rows)
            told.append(pl.col("id"))
        if self.days:
            start, end = ((day - _EPOCH).days for day in self.days)
            random = self._random(number, last, _VALUE)
            raw[ON] = random.integers(start, end + 1, rows, dtype="i4")
            told.append(pl.col(ON).cast(pl.Date))
        # Some records are kept better than others: a row's share lies around the fact's own.
        care = 2 * self._random(number, last, _MISSING).random(rows, dtype="f4") - 1
        for place, draw in enumerate(self.what.draws):
            if draw.hidden:
                continue
            name, known = draw.name, None
            share = share_of(self.missing, draw.attribute)
            if share:
                chance = self._random(number, place, _MISSING).random(rows, dtype="f4")
                raw[name + " known"] = chance >= share + care * min(share, 1 - share)
                known = pl.col(name + " known")
            is_set = draw.attribute.type == "set"
            raw[name] = _place(draw, drawn[name]) if is_set else drawn[name]
            if name in self.intervals:
                chance = self._random(number, place, _INTERVAL).random(rows, dtype="f4")
                raw |= _ends(name, drawn[name], chance < self.intervals[name], self.what)
                told += [_end(name + part, known) for part in (LOW, HIGH)]
            else:
                told += _columns(draw, known)
        order = [ON, "id", *self.what.facts]
        told.sort(key=lambda column: order.index(column.meta.output_name().partition(":")[0]))
        return pl.DataFrame(raw).select(told)


class _Fits:
    """Which rows fit a condition, found once for each."""

    def __init__(self, what: Distributions, drawn: Mapping[str, Column]) -> None:
        self._attributes = {draw.name: draw.attribute for draw in what.draws}
        self._drawn = drawn
        self._found: dict[Condition, Mask] = {}

    def rows(self, case: Case) -> Mask | None:
        """Return which rows fit all that a case asks; None if it asks nothing."""
        fitting: Mask | None = None
        for condition in case.when:
            found = self._found.get(condition)
            if found is None:
                found = self._found[condition] = self._fit(condition)
            fitting = found if fitting is None else fitting & found
        return fitting

    def _fit(self, condition: Condition) -> Mask:
        values = self._drawn[condition.name]
        fitting: Mask
        if condition.span is not None:
            low, low_open, high, high_open = condition.span
            above = values > low if low_open else values >= low
            fitting = above & (values < high if high_open else values <= high)
            return fitting
        if self._attributes[condition.name].type == "set":
            mask = sum(1 << code for code in condition.codes)
            fitting = (values > 0) & ((values & mask) != 0)
            return fitting | (values == 0) if condition.holds_none else fitting
        fitting = np.zeros(len(values), bool)
        for code in condition.codes:
            fitting |= values == code
        return fitting


def _drawn(draw: Draw, levels: Column, fits: _Fits) -> Column:
    """Return a column: indexes, bit masks or numbers; -1 or nan where there is no value."""
    table, settled = _table(draw)
    values: Column
    if settled:
        values = table[levels]
        return values
    start = np.full(len(levels), len(draw.cases) * LEVELS, "i4")  # rows that no case fits
    for place, case in reversed([*enumerate(draw.cases)]):  # the first that fits is used
        fitting = fits.rows(case)
        np.copyto(start, place * LEVELS, where=True if fitting is None else fitting)
    start += levels
    values = table[start]
    return values


@lru_cache(maxsize=512)
def _table(draw: Draw) -> tuple[Column, bool]:
    """Return the levels of all cases one after the other, and whether one fits every row."""
    numeric = draw.attribute.type in NUMERIC
    none = np.full(LEVELS, np.nan if numeric else -1)
    levels = [*(_levels(case, none[0]) for case in draw.cases), none]
    joined = np.concatenate(levels).astype("f8" if numeric else "i2")
    return joined, not draw.cases[0].when


def _levels(case: Case, none: float) -> Column:
    """Return as many values as there are levels, each as often as a case has it."""
    absent = round(case.absent * LEVELS)
    never = round(case.never * (LEVELS - absent))
    rest = LEVELS - absent - never
    if case.quantiles:
        grid = np.linspace(0, 1, len(case.quantiles))
        spread = np.interp((np.arange(rest) + 0.5) / rest, grid, case.quantiles)
        values = np.rint(spread * case.per_unit) / case.per_unit
    else:
        ends = np.rint(np.cumsum(case.weights) * rest).astype(int)
        values = np.repeat(np.asarray(case.values, "f8"), np.diff(ends, prepend=0))
    return np.concatenate([np.full(absent, none), np.full(never, np.inf), values])


def _columns(draw: Draw, known: pl.Expr | None) -> list[pl.Expr]:
    """Return the columns of a fact."""
    attribute, column = draw.attribute, pl.col(draw.name)
    if attribute.type in NUMERIC:
        return _numbers(draw, known)
    stated = column >= 0 if known is None else (column >= 0) & known
    told = pl.when(stated).then(column)
    match attribute.type:
        case "boolean":
            return [told == 1]
        case "enum":
            return [told.cast(pl.UInt8).cat.to(pl.Enum(attribute.values))]
    sets = [list(option_names(attribute, mask)) for mask in _masks(draw)]
    made = pl.lit(pl.Series(sets, dtype=pl.List(pl.Enum(attribute.values))))
    return [made.gather(told.cast(pl.UInt32)).alias(draw.name)]


def _masks(draw: Draw) -> list[int]:
    """Return the sets that are drawn; each is made once, and taken as often as it is drawn."""
    return sorted({int(mask) for case in draw.cases for mask in case.values})


def _place(draw: Draw, values: Column) -> Column:
    """Return the places of sets among those that are drawn; -1 where there is none."""
    return np.where(values < 0, -1, np.searchsorted(_masks(draw), values))


def _numbers(draw: Draw, known: pl.Expr | None) -> list[pl.Expr]:
    column = pl.col(draw.name)
    stated = column.is_not_nan() if known is None else column.is_not_nan() & known
    never = any(case.never or np.inf in case.values for case in draw.cases)
    told = pl.when(stated & column.is_finite() if never else stated).then(column)
    whole = draw.attribute.type == "integer"
    columns = [told.cast(pl.Int32) if whole else told]
    if never:
        columns.append(pl.when(stated).then(column.is_infinite()).alias(draw.name + NEVER))
    return columns


def _ends(name: str, values: Column, vague: Mask, what: Distributions) -> dict[str, Column]:
    """Return the two ends between which numbers lie; of an exact number, both are it."""
    limits = what.bands[name]
    bands = np.asarray([np.nan, *limits, np.nan])
    place = np.searchsorted(limits, values, side="right")
    none = np.isnan(values)
    return {
        name + LOW: np.where(vague & ~none, bands[place], values),
        name + HIGH: np.where(vague & ~none, bands[np.minimum(place + 1, len(limits) + 1)], values),
    }


def _end(name: str, known: pl.Expr | None) -> pl.Expr:
    """Return an end of intervals; of one that reaches to the end of the range, null."""
    stated = pl.col(name).is_not_nan()
    return pl.when(stated if known is None else stated & known).then(pl.col(name))
