# SPDX-License-Identifier: Apache-2.0
"""Files of patients as tables that are read as they are needed: Parquet, CSV, JSON lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl
import pyarrow as pa
from polars.io.plugins import register_io_source
from pyarrow import csv

from lutalogic.cohort.batches import BATCH
from lutalogic.cohort.json_lines import check_json_lines
from lutalogic.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FORMS: Final = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
}
_PARQUET: Final = tuple(suffix for suffix, form in _FORMS.items() if form == "parquet")
#: Bytes of a CSV file that are read at a time.
_BLOCK: Final = 1 << 25
#: What libraries raise of a file that they cannot read.
_UNREADABLE: Final = (pl.exceptions.PolarsError, pa.ArrowException, OSError, UnicodeError)
_TYPES: Final = ", ".join(_FORMS)


def form_of(path: Path) -> str:
    """Return what a file is by its name: parquet, csv or json lines.

    Raises:
        BadRequest: It is none of these.
    """
    if path.is_dir():
        return "parquet"
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        raise BadRequest(f"the name must end in one of {_TYPES}", str(path))
    return form


def source(path: Path) -> pl.LazyFrame:
    """Return the table of a file, to be read as it is needed.

    Args:
        path: A file of Parquet, CSV or JSON lines, or a folder of Parquet files.

    Raises:
        BadRequest: There is no such file, or it cannot be read.
    """
    form = form_of(path)
    if not path.exists():
        raise BadRequest("there is no such file", str(path))
    try:
        if form == "parquet":
            found = _parquet(path)
        elif form == "csv":
            found = _csv(path)
        else:
            found = _json_lines(path)
        found.collect_schema()
    except _UNREADABLE as error:
        raise _said_of(path, error) from error
    return found


def batches_of(path: Path, table: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    """Yield the table of a file in batches.

    Raises:
        BadRequest: It cannot be read to its end.
    """
    try:
        yield from table.collect_batches(chunk_size=BATCH)
    except _UNREADABLE as error:
        raise _said_of(path, error) from error


def _parquet(path: Path) -> pl.LazyFrame:
    if not path.is_dir():
        return pl.scan_parquet(path, glob=False)
    parts = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in _PARQUET)
    if not parts:
        raise BadRequest("there is no Parquet file in this folder", str(path))
    named = any("=" in folder for part in parts for folder in part.relative_to(path).parts[:-1])
    return pl.scan_parquet(parts, glob=False, hive_partitioning=named)


def _plain(path: Path) -> str:
    """Return a path in which no character stands for others."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path))


def _csv(path: Path) -> pl.LazyFrame:
    """Return a table of text; a row that is too short or too long is an error that shows it."""
    with path.open("rb") as stream:
        quotes = sum(block.count(b'"') for block in iter(lambda: stream.read(_BLOCK), b""))
    if quotes % 2:
        raise BadRequest("cannot be read: a quote is opened and never closed", str(path))
    # Quoted cells may have several lines, also where a block ends.
    parse = csv.ParseOptions(delimiter=_separator(path), newlines_in_values=quotes > 0)
    with csv.open_csv(path, parse_options=parse) as reader:
        names = reader.schema.names
    text = csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.large_string()),
        null_values=[""],
        strings_can_be_null=True,
    )

    def rows(
        wanted: list[str] | None, predicate: pl.Expr | None, most: int | None, _: int | None
    ) -> Iterator[pl.DataFrame]:
        with csv.open_csv(path, csv.ReadOptions(block_size=_BLOCK), parse, text) as reader:
            for each in reader:
                frame = pl.DataFrame(pl.from_arrow(each))
                # A row of empty cells is none, as spreadsheets leave them at the end.
                frame = frame.filter(pl.any_horizontal(pl.all().is_not_null()))
                frame = frame.select(wanted or pl.all())
                frame = frame if predicate is None else frame.filter(predicate)
                yield frame if most is None else frame[:most]
                most = None if most is None else max(0, most - frame.height)

    return register_io_source(rows, schema=dict.fromkeys(names, pl.String()))


def _separator(path: Path) -> str:
    if path.suffix.lower() == ".tsv":
        return "\t"
    with path.open("rb") as stream:
        first = stream.readline(1_000_000)
    return ";" if first.count(b";") > first.count(b",") else ","


def _said_of(path: Path, error: BaseException) -> BadRequest:
    """Return what a library says of a file that it cannot read as an error of the input."""
    told = str(error).strip().splitlines() or [type(error).__name__]
    said = told[0] + ("; save it as UTF-8" if "utf" in told[0].lower() else "")
    return BadRequest(f"cannot be read: {said}", str(path))


def _json_lines(path: Path) -> pl.LazyFrame:
    check_json_lines(path)
    # Of the whole file: a field that only the last patient has is none to pass over.
    return pl.scan_ndjson(_plain(path), infer_schema_length=None)
