# SPDX-License-Identifier: Apache-2.0
"""Cohorts in files: read and decided batch by batch, so that a file may be larger than memory.

A result is written beside its place and moved there when it is whole.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import polars as pl
import pyarrow as pa
from polars.io.plugins import register_io_source
from pyarrow import csv

from lutalogic.answers import Outcome
from lutalogic.cohort.batches import BATCH, Account, decided_batches
from lutalogic.errors import BadRequest, MalformedJSON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lutalogic.cohort.batches import Plan

    #: Is told how many rows are done, of how many; None where that is not known.
    Progress = Callable[[int, int | None], None]

_FORMS: Final = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
}
#: Bytes of a CSV file that are read at a time.
_BLOCKS: Final = csv.ReadOptions(block_size=1 << 25)
_TYPES: Final = ", ".join(_FORMS)


@dataclass(frozen=True)
class Decided:
    """What became of a file of patients.

    Attributes:
        path: The file that was written.
        rows: How many patients it has.
        bad: How many of them cannot be judged.
        outcomes: For each policy, how many rows have which outcome.
        problems: What is wrong: a data frame of row (from 0), column, value, problem; the first of
            them, if there are very many.
    """

    path: Path
    rows: int
    bad: int
    outcomes: dict[str, dict[str, int]]
    problems: pl.DataFrame = field(repr=False, compare=False)

    def __str__(self) -> str:
        """Return it in words, a line for each policy."""
        told = f", {self.bad:,} cannot be judged" if self.bad else ""
        lines = [f"{self.path}: {self.rows:,} patients{told}"]
        width = max(map(len, self.outcomes))
        for name, counts in self.outcomes.items():
            said = ", ".join(
                f"{count:,} {each.replace('_', ' ')}" for each, count in counts.items()
            )
            lines.append(f"{name:{width}}  {said}")
        return "\n".join(lines)


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
    with _told_of(path):
        if form == "parquet":
            found = pl.scan_parquet(path / "**/*.parquet" if path.is_dir() else path)
        elif form == "csv":
            found = _csv(path)
        else:  # of the whole file: a field that only the last patient has is none to pass over
            found = pl.scan_ndjson(path, infer_schema_length=None)
        found.collect_schema()
    return found


def _csv(path: Path) -> pl.LazyFrame:
    """Return a table of text; a row that is too short or too long is an error that names it."""
    parse = csv.ParseOptions(delimiter=_separator(path))
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
        with csv.open_csv(path, _BLOCKS, parse, text) as reader:
            for each in reader:
                frame = pl.DataFrame(pl.from_arrow(each)).select(wanted or pl.all())
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


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Raise what a library says of a file that it cannot read as an error of the input."""
    try:
        yield
    except (pl.exceptions.PolarsError, pa.ArrowException, OSError, UnicodeError) as error:
        if form_of(path) == "json lines":
            _find_bad_line(path)
        told = str(error).strip().splitlines() or [type(error).__name__]
        raise BadRequest(f"cannot be read: {told[0]}", str(path)) from error


def _find_bad_line(path: Path) -> None:
    """Name the line of a file that is no JSON object, for the library does not."""
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                patient = json.loads(line)
            except ValueError as error:
                raise MalformedJSON(f"is no JSON: {error}", f"{path}, line {number}") from None
            if not isinstance(patient, dict):
                raise MalformedJSON("is no JSON object", f"{path}, line {number}")


def decide_file(
    path: Path,
    out: Path,
    what: Plan,
    *,
    replace: bool = False,
    progress: Progress | None = None,
) -> Decided:
    """Decide the patients of a file, and write them to another.

    Args:
        path: A file of Parquet, CSV or JSON lines, or a folder of Parquet files.
        out: The file to write, whose name says its form.
        what: What is asked.
        replace: Whether a file that is there already is replaced.
        progress: Is told how many rows are done, after every batch.

    Raises:
        BadRows: Rows cannot be judged and are not to be kept; nothing is written then.
        InputError: Something else is not as it should be.
    """
    form = form_of(out)
    if out.exists() and not replace:
        raise BadRequest(
            "the file is there already; name another, or ask for it to be replaced", str(out)
        )
    if not out.parent.is_dir():
        raise BadRequest("there is no such folder", str(out.parent))
    table = source(path)
    schema = table.collect_schema()
    known = what.heading(schema)
    dropped = [] if what.facts else known.stated
    wanted = pl.Schema({n: t for n, t in schema.items() if n not in dropped} | what.added)
    account = Account()
    outcomes = {
        policy.name: dict.fromkeys((each.value for each in Outcome), 0)
        for policy in what.asked.policies
    }
    total = _height(path, table)

    def batches(*_: Any) -> Iterator[pl.DataFrame]:
        read = table.collect_batches(chunk_size=BATCH)
        for frame, found in decided_batches(read, known, what, account):
            for name, counted in outcomes.items():
                for outcome, count in found.found[f"{name}:outcome"].value_counts().iter_rows():
                    if outcome is not None:
                        counted[outcome] += count
            if not frame.height:
                continue
            yield _written(frame.drop(dropped).hstack(found.found), form)
            if progress is not None:
                progress(account.rows, total)

    partial = out.with_name(f".{out.name}.partial-{os.getpid()}")
    try:
        with _told_of(path):
            empty = _written(pl.DataFrame(schema=wanted), form)
            _write(register_io_source(batches, schema=empty.schema), partial, form, out)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
    return Decided(out, account.rows, account.bad, outcomes, account.problems)


def _height(path: Path, table: pl.LazyFrame) -> int | None:
    """Return how many rows a file has, where it says so."""
    if form_of(path) != "parquet":
        return None
    return int(table.select(pl.len()).collect().item())


def _written(frame: pl.DataFrame, form: str) -> pl.DataFrame:
    """Return a table as a form can hold it: in CSV, lists are text."""
    if form != "csv":
        return frame
    lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, (pl.List, pl.Array))]
    return frame.with_columns(
        pl.when(pl.col(name).list.len() == 0)
        .then(pl.lit("none"))
        .otherwise(pl.col(name).cast(pl.List(pl.String)).list.join("; "))
        .alias(name)
        for name in lists
    )


def _write(table: pl.LazyFrame, path: Path, form: str, out: Path) -> None:
    if form == "parquet":
        table.sink_parquet(path, compression="zstd", compression_level=1)
    elif form == "csv":
        table.sink_csv(path, separator="\t" if out.suffix.lower() == ".tsv" else ",")
    else:
        table.sink_ndjson(path)
