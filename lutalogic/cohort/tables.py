# SPDX-License-Identifier: Apache-2.0
"""Tables of pandas, Arrow and Polars: read as Polars', given back as they came."""

from __future__ import annotations

import sys
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from lutalogic.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    #: Returns a table without some of its columns, and with others added.
    Adding = Callable[[pl.DataFrame, Sequence[str]], Any]


def polars_of(table: Any) -> tuple[pl.DataFrame, Adding]:
    """Return a table as a Polars data frame, and what adds columns to the table itself.

    Args:
        table: A Polars data frame or lazy frame, a pandas data frame, or an Arrow table or record
            batch.

    Raises:
        BadRequest: It is none of these, or has two columns of one name.
    """
    if isinstance(table, pl.LazyFrame):
        table = table.collect()
    if isinstance(table, pl.DataFrame):
        return _settled(table), lambda found, left_out: table.drop(left_out).hstack(found)
    kind = type(table).__module__.partition(".")[0]
    if kind == "pandas" and hasattr(table, "columns"):
        return _of_pandas(table)
    if kind == "pyarrow" and hasattr(table, "schema"):
        return _of_arrow(table)
    raise BadRequest(
        f"a {type(table).__name__} is no table; pass a data frame of Polars or pandas, an Arrow "
        "table, or the path of a file",
        "table",
    )


def _settled(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table whose columns without any value have no type: a program had to guess one."""
    empty = [each.name for each in frame if frame.height and each.null_count() == frame.height]
    return frame.with_columns(pl.lit(None).alias(name) for name in empty)


def _unique(names: list[Any]) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise BadRequest(f"the column {twice!r} stands twice; keep one", "columns")


def _of_pandas(table: Any) -> tuple[pl.DataFrame, Adding]:
    _unique(list(table.columns))
    columns = []
    for name in table.columns:
        if not isinstance(name, str):
            raise BadRequest(f"the column {name!r} has no name of text; name it", "columns")
        column = table[name]
        if column.dtype == object:
            columns.append(_of_objects(name, column))
        else:
            columns.append(pl.Series(name, pl.from_pandas(column)))
    frame = pl.DataFrame(columns) if columns else pl.DataFrame(height=len(table))

    def add(found: pl.DataFrame, left_out: Sequence[str]) -> Any:
        pandas = sys.modules["pandas"]  # who passes a frame of it has it
        return pandas.concat(
            [table.drop(columns=list(left_out)), found.to_pandas().set_axis(table.index)], axis=1
        )

    return _settled(frame), add


def _of_objects(name: str, column: Any) -> pl.Series:
    """Return a column of objects: lists, or booleans, or else text; what is missing is null."""
    missing = column.isna()
    values = [None if gone is True else value for value, gone in zip(column, missing, strict=True)]
    stated = [value for value in values if value is not None]
    if all(isinstance(value, bool) for value in stated):
        return pl.Series(name, values, dtype=pl.Boolean if stated else pl.Null)
    if all(isinstance(value, (list, tuple, set, frozenset, np.ndarray)) for value in stated):
        lists = [None if value is None else [str(each) for each in value] for value in values]
        return pl.Series(name, lists, dtype=pl.List(pl.String))
    texts = [None if value is None else _text(value) for value in values]
    return pl.Series(name, texts, dtype=pl.String)


def _text(value: Any) -> str:
    """Return a value as text; a number without an exponent, exactly as it was stated."""
    if isinstance(value, float) and isfinite(value):
        value = Decimal(repr(value))
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _of_arrow(table: Any) -> tuple[pl.DataFrame, Adding]:
    import pyarrow as pa

    whole = pa.Table.from_batches([table]) if isinstance(table, pa.RecordBatch) else table
    _unique(list(whole.column_names))
    frame = pl.DataFrame(pl.from_arrow(whole)) if whole.num_columns else pl.DataFrame()

    def add(found: pl.DataFrame, left_out: Sequence[str]) -> Any:
        wider = whole.drop_columns(list(left_out))
        for name, column in zip(found.columns, found.to_arrow().columns, strict=True):
            wider = wider.append_column(name, column)
        if isinstance(table, pa.Table):
            return wider
        parts = [column.combine_chunks() for column in wider.columns]
        return pa.RecordBatch.from_arrays(
            [each.chunk(0) if isinstance(each, pa.ChunkedArray) else each for each in parts],
            schema=wider.schema,
        )

    return _settled(frame), add
