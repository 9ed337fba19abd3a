# SPDX-License-Identifier: Apache-2.0
"""What is asked of a cohort, and batches of its rows that are decided one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from lutalogic.cohort.columns import NO_PROBLEMS, sheet
from lutalogic.cohort.heading import PROBLEM, Heading, heading
from lutalogic.cohort.outcomes import Asked, decided
from lutalogic.dates import date_of_service
from lutalogic.errors import BadRequest, BadRows
from lutalogic.readings import valid_readings
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from lutalogic.rules import Policy

#: Rows decided at a time: enough to keep the processors busy, few enough for bounded memory.
BATCH: Final = 1 << 18
#: As many bad values are kept to be shown; the others are counted.
KEPT: Final = 100_000
ON_BAD: Final = ("refuse", "keep")


@dataclass(frozen=True)
class Plan:
    """What is asked, and what to do with rows that cannot be judged.

    Attributes:
        asked: What is asked of every row.
        keep: Columns to hand on that are none of ours.
        keep_bad: Whether rows that cannot be judged stay, without outcomes; else they are refused.
        facts: Whether the result has the columns of facts.
    """

    asked: Asked
    keep: tuple[str, ...] = ()
    keep_bad: bool = False
    facts: bool = True

    @property
    def added(self) -> dict[str, pl.DataType]:
        """Return the columns that deciding adds, with their types."""
        return self.asked.columns | ({PROBLEM: pl.String()} if self.keep_bad else {})

    def heading(self, schema: pl.Schema) -> Heading:
        """Return what the columns of a table are.

        Raises:
            BadRequest: Some are not as they should be, or rows have no date of service.
        """
        known = heading(schema, keep=self.keep, added=self.added)
        if self.asked.day is None and not known.dated:
            raise BadRequest('say the date of service: on="2026-06-01", or a column "on"', "on")
        if self.asked.day is not None and known.dated:
            raise BadRequest(
                'a date of service is given, and the table has a column "on": '
                "drop the one that does not count",
                "on",
            )
        return known


def plan(
    policies: str | Policy | Iterable[str | Policy] = "all",
    *,
    on: date | str | None = None,
    readings: Mapping[str, str] | None = None,
    explain: bool = False,
    criteria: bool = False,
    on_bad: str = "refuse",
    keep: Collection[str] = (),
    facts: bool = True,
) -> Plan:
    """Return what is asked, checked; the arguments are those of `cohort.decide`."""
    if on_bad not in ON_BAD:
        raise BadRequest(f"{on_bad!r} is neither refuse nor keep", "on_bad")
    if isinstance(keep, str):
        raise BadRequest(f"keep is a list of columns: [{keep!r}]", "keep")
    return Plan(
        Asked(
            _policies(policies),
            None if on is None else date_of_service(on).isoformat(),
            valid_readings(readings),
            explain,
            criteria,
        ),
        tuple(keep),
        on_bad == "keep",
        facts,
    )


def _policies(named: object) -> tuple[Policy, ...]:
    known = rule_base()
    if isinstance(named, str):
        return tuple(known.policies.values()) if named == "all" else (known.policy(named),)
    if not isinstance(named, Iterable):
        return (known.policy(named),)
    found = tuple(dict.fromkeys(known.policy(each) for each in named))
    if not found:
        raise BadRequest('name a policy, or "all"', "policies")
    return found


@dataclass(frozen=True)
class Batch:
    """Rows that were decided.

    Attributes:
        found: The columns that deciding adds.
        problems: What is wrong: row, column, value, problem.
        bad: How many rows cannot be judged.
    """

    found: pl.DataFrame
    problems: pl.DataFrame
    bad: int


def batch(frame: pl.DataFrame, known: Heading, what: Plan, first: int = 0) -> Batch:
    """Return what is decided of some rows of a table.

    Args:
        frame: The rows.
        known: What their columns are.
        what: What is asked.
        first: The number of the first of them in the whole table.
    """
    read = sheet(frame, known, only=what.asked.facts)
    found = decided(read, what.asked)
    bad = read.bad_rows()
    told = read.problems.with_columns(pl.col("row") + first)
    if what.keep_bad:
        found = found.with_columns(_spoken(told, frame.height, first))
    if bad is None:
        return Batch(found, told, 0)
    outcomes = [
        pl.when(~_among(bad, frame.height)).then(pl.col(c)).alias(c) for c in what.asked.columns
    ]
    return Batch(found.with_columns(outcomes), told, len(bad))


def _among(rows: pl.Series, height: int) -> pl.Series:
    """Return which rows of a table are among some."""
    return pl.int_range(height, dtype=pl.UInt64, eager=True).is_in(rows.implode())


def _spoken(problems: pl.DataFrame, height: int, first: int) -> pl.Series:
    """Return what is wrong with each row of a batch, in words; null if nothing is."""
    told = problems.select(
        pl.col("row") - first, pl.format("{}: {}", "column", "problem").alias(PROBLEM)
    )
    joined = told.group_by("row", maintain_order=True).agg(pl.col(PROBLEM).str.join("; "))
    rows = pl.DataFrame({"row": pl.int_range(height, dtype=pl.UInt64, eager=True)})
    return rows.join(joined, on="row", how="left", maintain_order="left")[PROBLEM]


class Account:
    """What was wrong in a table so far.

    Attributes:
        rows: How many rows were looked at.
        bad: How many of them cannot be judged.
        problems: What is wrong, as a table; the first `KEPT` of them.
    """

    def __init__(self) -> None:
        self.rows = 0
        self.bad = 0
        self.problems = NO_PROBLEMS

    def add(self, rows: int, found: Batch) -> None:
        """Take a batch into account."""
        self.rows += rows
        self.bad += found.bad
        if found.bad and self.problems.height < KEPT:
            self.problems = pl.concat([self.problems, found.problems]).head(KEPT)

    def refuse(self) -> None:
        """Refuse the table if any row cannot be judged.

        Raises:
            BadRows: Some cannot.
        """
        if self.bad:
            raise BadRows(self.problems, self.bad, self.rows)


def decided_batches(
    batches: Iterable[pl.DataFrame], known: Heading, what: Plan, account: Account
) -> Iterator[tuple[pl.DataFrame, Batch]]:
    """Yield each batch of rows with what is decided of it.

    Raises:
        BadRows: Rows cannot be judged and are not to be kept; only after all were looked at.
    """
    for frame in batches:
        found = batch(frame, known, what, account.rows)
        account.add(frame.height, found)
        if what.keep_bad or not account.bad:
            yield frame, found
    if not what.keep_bad:
        account.refuse()


def decide_frame(frame: pl.DataFrame, what: Plan) -> pl.DataFrame:
    """Return the columns that deciding adds to a table in memory, row by row.

    Raises:
        InputError: Columns or rows are not as they should be.
    """
    known = what.heading(frame.schema)
    parts = frame.iter_slices(BATCH) if frame.height else iter([frame])
    found = [each.found for _, each in decided_batches(parts, known, what, Account())]
    return pl.concat(found)
