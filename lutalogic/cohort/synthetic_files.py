# SPDX-License-Identifier: Apache-2.0
"""Synthetic cohorts in files, written batch by batch, so that a file may be larger than memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from lutalogic.cohort.heading import NEVER
from lutalogic.cohort.synthetic import synthetic_batches
from lutalogic.cohort.writing import place_for, write_whole
from lutalogic.columnar_leaves import HIGH, LOW

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from lutalogic.cohort.files import Progress


def synthesize_file(
    path: str | os.PathLike[str],
    n: int,
    *,
    replace: bool = False,
    progress: Progress | None = None,
    **options: Any,
) -> Path:
    """Write a table of synthetic requests, and return its path; the file is whole or not there.

    In .csv and .tsv an interval is text, as ``2-10``, and so is a time that is ``never``.

    Args:
        path: The file, whose name says its form: .parquet, .csv, .tsv, .jsonl or .ndjson.
        n: How many rows.
        replace: Whether it may replace a file.
        progress: Is told after each batch how many rows are drawn, and of how many.
        **options: As for `synthesize`.

    Raises:
        BadRequest: The file is there already, or its name says no form.
        InputError: As for `synthesize`.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     synthesize_file(Path(folder) / "cohort.parquet", 20, seed=1).stat().st_size > 0
    True
    """
    out = Path(path)
    form = place_for(out, replace=replace)
    batches = synthetic_batches(n, **options)

    def drawn() -> Iterator[pl.DataFrame]:
        done = 0
        for each in batches:
            yield _as_text(each) if form == "csv" else each
            done += each.height
            if progress is not None:
                progress(done, n)

    [empty] = synthetic_batches(0, **options)
    empty = _as_text(empty) if form == "csv" else empty
    write_whole(drawn(), empty.schema, out, replace=replace)
    return out


def _as_text(table: pl.DataFrame) -> pl.DataFrame:
    """Return a table as CSV holds it: one column of text for each set, interval and time."""
    columns = []
    for name, dtype in table.schema.items():
        fact, _, part = name.partition(":")
        if isinstance(dtype, pl.List):
            members = pl.col(name).cast(pl.List(pl.String)).list.join("; ")
            told = pl.when(pl.col(name).list.len() == 0).then(pl.lit("none")).otherwise(members)
        elif f":{part}" == LOW:
            told = _interval(*(pl.col(fact + end) for end in (LOW, HIGH)))
        elif part:
            continue
        elif name + NEVER in table.columns:
            told = (
                pl.when(pl.col(name + NEVER)).then(pl.lit("never")).otherwise(_text(pl.col(name)))
            )
        else:
            told = pl.col(name)
        columns.append(told.alias(fact))
    return table.select(columns)


def _interval(low: pl.Expr, high: pl.Expr) -> pl.Expr:
    """Return intervals as laboratories write them; a number where both ends are one."""
    return (
        pl.when(low == high)
        .then(_text(low))
        .when(high.is_null())
        .then(">=" + _text(low))  # null, where there is no low end either
        .when(low.is_null())
        .then("<=" + _text(high))
        .otherwise(_text(low) + "-" + _text(high))
    )


def _text(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.String).str.strip_suffix(".0")
