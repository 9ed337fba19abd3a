# SPDX-License-Identifier: Apache-2.0
"""Compare what two policies, texts or readings do to a cohort, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from lutalogic.cohort.batches import Account, plan
from lutalogic.cohort.effects import Ask, Effect
from lutalogic.cohort.heading import ON
from lutalogic.cohort.questions import batches, sound_batches
from lutalogic.cohort.tallies import Tally
from lutalogic.dates import date_of_service
from lutalogic.errors import BadRequest
from lutalogic.sides import Side, read_side, told_of
from lutalogic.sides import side as make_side
from lutalogic.table import READING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    import polars as pl

    from lutalogic.cohort.files import Progress
    from lutalogic.rules import Policy

#: More witnesses of a change than anyone looks at.
_MOST: Final = 1_000


def compare(
    table: Any,
    before: str | Policy | Side,
    after: str | Policy | Side,
    *,
    on: date | str | None = None,
    witnesses: int = 3,
    on_bad: str = "refuse",
    keep: Collection[str] = (),
    progress: Progress | None = None,
) -> Effect:
    """Return what a change of policy, text or reading does to the rows of a cohort.

    Args:
        table: A table, the path of a file, or an iterator of tables, as `ask` takes it.
        before: A policy, POLICY[@DATE][,READING=VALUE...], or a `side`.
        after: What it is compared with, likewise.
        on: The date of service of all rows where a side says none; if None, too, the table has a
            column ``on``. A side that says a date has it for every row.
        witnesses: How many rows to show for each change of outcome.
        on_bad: ``"refuse"`` the table if any row cannot be judged, or ``"keep"`` the others.
        keep: Columns that are none of ours; they are passed over.
        progress: Is told after each batch how many rows are done, and None.

    Raises:
        BadRows: Rows cannot be judged, and ``on_bad`` is ``"refuse"``.
        InputError: Something that is asked is unknown, or a column is not as it should be.

    Source:
        Wellmark 06.01.38 and Premera 6.01.525, as the criteria cite them.

    >>> import polars as pl
    >>> table = pl.DataFrame({"age_years": [11, 15]})
    >>> found = compare(table, "premera_lutathera@2024-12-31", "premera_lutathera@2026-06-01")
    >>> [(witness.row, witness.why) for each in found.witnesses.values() for witness in each]
    [(1, 'L-1 false -> true, L-8 not in force -> unknown, L-11 unknown -> not in force')]
    """
    if type(witnesses) is not int or not 0 <= witnesses <= _MOST:
        raise BadRequest(f"must be a whole number up to {_MOST:,}", "witnesses")
    sides = _side(before, on, "before"), _side(after, on, "after")
    dated = [side.day for side in sides if side.day is not None]
    # Rows are checked once, with their own dates of service if any side needs them.
    checked = plan(
        [side.policy for side in sides],
        on=None if len(dated) < len(sides) else dated[0],
        on_bad=on_bad,
        keep=keep,
    )
    tally = Tally(sides, witnesses)
    account = Account()
    tables = batches(table)
    if len(dated) == len(sides) and on is None:
        tables = (frame.drop(ON, strict=False) for frame in tables)
    for frame, rows in sound_batches(tables, checked, account):
        _refuse_readings(frame, sides)
        tally.add(frame.drop(keep), rows)
        if progress is not None:
            progress(account.rows, None)
    return tally.effect(account)


def _side(given: str | Policy | Side, on: date | str | None, place: str) -> Ask:
    """Return one side, on the day that it says, or that all rows have."""
    with told_of(place):
        if isinstance(given, str):
            side = read_side(given)
            dated = "@" in given
        else:
            side = given if isinstance(given, Side) else make_side(given)
            dated = isinstance(given, Side)
    day = side.day if dated else None if on is None else date_of_service(on).isoformat()
    return Ask(side.policy, day, side.taken)


def _refuse_readings(frame: pl.DataFrame, sides: Sequence[Ask]) -> None:
    """Refuse a table whose rows choose a reading that a side takes."""
    for side in sides:
        for name, _ in side.readings:
            if READING + name in frame.columns:
                raise BadRequest(
                    f"the table has a column {READING + name}, and a side takes that reading: "
                    "drop the one that does not count",
                    READING + name,
                )
