# SPDX-License-Identifier: Apache-2.0
"""Cohorts in files: read and decided batch by batch, so that a file may be larger than memory.

A result is written beside its place and moved there when it is whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from lutalogic.answers import Outcome
from lutalogic.cohort.batches import Account, decided_batches
from lutalogic.cohort.sources import batches_of, form_of, source
from lutalogic.cohort.writing import place_for, write_whole
from lutalogic.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lutalogic.cohort.batches import Plan

    #: Is told how many rows are done, of how many; None where that is not known.
    Progress = Callable[[int, int | None], None]


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
    form = place_for(out, replace=replace)
    if path.exists() and (path.resolve() in (out.resolve(), *out.resolve().parents)):
        raise BadRequest("the table to read lies there; write to another place", str(out))
    table = source(path)
    schema = table.collect_schema()
    known = what.heading(schema)
    dropped = [] if what.facts else known.stated(keep=what.keep)
    wanted = pl.Schema({n: t for n, t in schema.items() if n not in dropped} | what.added)
    account = Account()
    outcomes = {
        policy.name: dict.fromkeys((each.value for each in Outcome), 0)
        for policy in what.asked.policies
    }
    total = _height(path, table)

    def batches() -> Iterator[pl.DataFrame]:
        for frame, found in decided_batches(batches_of(path, table), known, what, account):
            for name, counted in outcomes.items():
                for outcome, count in found.found[f"{name}:outcome"].value_counts().iter_rows():
                    if outcome is not None:
                        counted[outcome] += count
            if not frame.height:
                continue
            yield _written(frame.drop(dropped).hstack(found.found), form)
            if progress is not None:
                progress(account.rows, total)

    empty = _written(pl.DataFrame(schema=wanted), form)
    write_whole(batches(), empty.schema, out, replace=replace)
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
    frame = frame.with_columns(pl.col(name).cast(pl.List(pl.String)) for name in lists)
    return frame.with_columns(
        pl.when(pl.col(name).list.len() == 0)
        .then(pl.lit("none"))
        .otherwise(pl.col(name).list.join("; "))
        .alias(name)
        for name in lists
    )
