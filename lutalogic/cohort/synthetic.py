# SPDX-License-Identifier: Apache-2.0
"""Synthetic cohorts: plausible tables of any size, for tests of scale.

Every figure behind them is invented (``synthetic.toml``): they tell nothing about real patients.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from lutalogic.cohort.distributions import (
    REST,
    STANDARD,
    Distributions,
    Draw,
    distributions,
    proportion,
    shares,
)
from lutalogic.cohort.drawing import BLOCK, Drawing
from lutalogic.dates import date_of_service
from lutalogic.errors import BadRequest, did_you_mean
from lutalogic.possible import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

#: What is hidden in the distributions and can be asked for.
_DRUG: Final = "drug"


def synthesize(
    n: int,
    *,
    seed: int = 0,
    drug: str | Mapping[str, float] | None = None,
    missing: float | str | Mapping[str, float] = 0.0,
    intervals: float | Mapping[str, float] = 0.0,
    on: tuple[date | str, date | str] | None = None,
    ids: bool = False,
    model: str | Path | None = None,
) -> pl.DataFrame:
    """Return a table of synthetic requests, with a column for each fact that is drawn.

    Its figures are invented, for tests of scale; facts hang together as in a record. The first rows
    are the same however many are asked for, and what is missing or vague changes no other value.

    Args:
        n: How many rows.
        seed: Another seed, other patients; 0 or more.
        drug: The drug that is asked for, or the weights of several; None for all three.
        missing: The share of values left undocumented (null): of all facts; by fact, group of facts
            or ``"*"`` for the rest; or a set of shares that the distributions name: ``"practice"``.
        intervals: The share of laboratory values written as an interval, of all facts for which the
            distributions have bands, or by fact; 0 to 1. Such a fact has two columns, ``NAME:low``
            and ``NAME:high``, in place of one.
        on: The first and the last date of service; None for no dates.
        ids: Whether rows are numbered, from 1, in a column ``id``.
        model: A file of distributions in place of lutalogic's own, written as that is.

    Raises:
        InputError: An argument is wrong, or the file is; names the place and the remedy.

    >>> synthesize(3, seed=7, drug="xofigo")["requested_doses"].len()
    3
    """
    tables = synthetic_batches(
        n, rows=max(n, 1) if isinstance(n, int) else BLOCK,
        seed=seed, drug=drug, missing=missing, intervals=intervals, on=on, ids=ids, model=model,
    )  # fmt: skip
    return next(tables)


def synthetic_batches(
    n: int,
    *,
    rows: int = 4 * BLOCK,
    seed: int = 0,
    drug: str | Mapping[str, float] | None = None,
    missing: float | str | Mapping[str, float] = 0.0,
    intervals: float | Mapping[str, float] = 0.0,
    on: tuple[date | str, date | str] | None = None,
    ids: bool = False,
    model: str | Path | None = None,
) -> Iterator[pl.DataFrame]:
    """Return the rows of `synthesize` in tables of so many rows, for files larger than memory.

    Args:
        n: How many rows in all.
        rows: How many a table has; the last may have fewer. It changes no value.
        seed: As for `synthesize`, like all that follow.
        drug: The drug, or weights of several.
        missing: The share of values left undocumented.
        intervals: The share of laboratory values written as an interval.
        on: The first and the last date of service.
        ids: Whether rows are numbered.
        model: A file of distributions.

    Returns:
        Tables, at least one, each drawn when it is asked for.

    Raises:
        InputError: An argument is wrong, or the file is; names the place and the remedy.

    >>> [table.height for table in synthetic_batches(50, rows=20)]
    [20, 20, 10]
    """
    _whole(n, "n", least=0)
    _whole(rows, "rows", least=1)
    _whole(seed, "seed", least=0)
    what = distributions(STANDARD if model is None else Path(model))
    if drug is not None:
        what = _asked(what, drug)
    drawing = Drawing(
        what=what,
        seed=seed,
        missing=_missing(what, missing),
        intervals=_intervals(what, intervals),
        days=None if on is None else _period(on),
        ids=bool(ids),
    )
    return _tables(drawing, n, rows)


def _tables(drawing: Drawing, n: int, rows: int) -> Iterator[pl.DataFrame]:
    """Yield the first rows of the blocks in tables of a size."""
    if n == 0:
        yield drawing.block(0, 1).clear()
        return
    starts = range(0, n, BLOCK)
    blocks = (drawing.block(start // BLOCK, min(BLOCK, n - start)) for start in starts)
    held: list[pl.DataFrame] = []
    height = done = 0
    while done < n:
        wanted = min(rows, n - done)
        while height < wanted:
            held.append(next(blocks))
            height += held[-1].height
        joined = held[0] if len(held) == 1 else pl.concat(held)
        yield joined.head(wanted)
        held, height, done = [joined[wanted:]], height - wanted, done + wanted


def _whole(value: object, name: str, *, least: int) -> None:
    if type(value) is not int or value < least:
        raise BadRequest(f"must be a whole number of {least} or more, not {shown(value)}", name)


def _asked(what: Distributions, drug: str | Mapping[str, float]) -> Distributions:
    """Return the distributions with the drugs that are asked for."""
    drawn = what.hidden(_DRUG)
    known = drawn.attribute.values
    weights = {drug: 1.0} if isinstance(drug, str) else drug
    if not hasattr(weights, "items") or not weights:
        raise BadRequest(f"must be one of {', '.join(known)}, or a weight for each", _DRUG)
    for name, weight in weights.items():
        if name not in known:
            hint = did_you_mean(str(name), known)
            raise BadRequest(f"{shown(name)} is not one of {', '.join(known)}{hint}", _DRUG)
        number = isinstance(weight, (int, float)) and not isinstance(weight, bool)
        if not number or not 0 <= weight < float("inf"):
            raise BadRequest(f"must be a weight of 0 or more, not {shown(weight)}", f"drug.{name}")
    total = sum(weights.values())
    if not total:
        raise BadRequest("has no weight above 0", _DRUG)
    case = replace(
        drawn.cases[-1],
        values=tuple(known.index(name) for name in weights),
        weights=tuple(weight / total for weight in weights.values()),
    )
    chosen = Draw(drawn.attribute, True, (case,))
    draws = tuple(chosen if each is drawn else each for each in what.draws)
    return replace(what, draws=draws)


def _missing(what: Distributions, stated: Any) -> Mapping[str, float]:
    if isinstance(stated, str):
        if stated not in what.missing:
            known = ", ".join(what.missing)
            raise BadRequest(f"there is no set of shares {shown(stated)}, only {known}", "missing")
        return what.missing[stated]
    if isinstance(stated, dict):
        return shares(stated, set(what.facts), "missing")
    return {REST: proportion(stated, "missing")}


def _intervals(what: Distributions, stated: Any) -> Mapping[str, float]:
    """Return the share of intervals by fact, without those that have none."""
    if isinstance(stated, dict):
        for name in stated:
            if name not in what.bands:
                hint = did_you_mean(str(name), what.bands)
                raise BadRequest(f"there are no bands for {shown(name)}{hint}", "intervals")
        found = {name: proportion(share, f"intervals.{name}") for name, share in stated.items()}
    else:
        share = proportion(stated, "intervals")
        found = dict.fromkeys(what.bands, share)
    return {name: share for name, share in found.items() if share}


def _period(on: Any) -> tuple[date, date]:
    if not isinstance(on, (tuple, list)) or len(on) != 2:
        raise BadRequest("must be the first and the last date of service", "on")
    first, last = (date_of_service(day) for day in on)
    if first > last:
        raise BadRequest(f"the last day, {last}, is before the first, {first}", "on")
    return first, last
