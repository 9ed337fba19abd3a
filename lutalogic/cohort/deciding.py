# SPDX-License-Identifier: Apache-2.0
"""Decide a cohort: a table of patients in, the same table with what policies decide out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from lutalogic.cohort.batches import decide_frame, plan
from lutalogic.cohort.files import decide_file
from lutalogic.cohort.sources import batches_of, source
from lutalogic.cohort.tables import polars_of
from lutalogic.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from lutalogic.cohort.files import Progress
    from lutalogic.rules import Policy


def decide(
    table: Any,
    policies: str | Policy | Iterable[str | Policy] = "all",
    *,
    on: date | str | None = None,
    readings: Mapping[str, str] | None = None,
    explain: bool = False,
    criteria: bool = False,
    on_bad: str = "refuse",
    keep: Collection[str] = (),
    facts: bool = True,
    out: str | os.PathLike[str] | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> Any:
    """Decide every row of a table under some policies.

    Args:
        table: A data frame of Polars or pandas, an Arrow table, or the path of a file of Parquet,
            CSV or JSON lines: a row for each patient, a column for each fact that is known of
            anyone, null where it is not documented.
        policies: ``"all"``, one of their names, or several.
        on: The date of service of all rows; if None, the table has a column ``on``.
        readings: Readings taken in place of their defaults; a column ``reading:NAME`` goes first.
        explain: Add the criteria that fail and the facts that are waited for.
        criteria: Add the truth of every criterion; null where it is not in force.
        on_bad: ``"refuse"`` the table if any row cannot be judged, or ``"keep"`` such rows without
            an outcome, and say what is wrong in a column ``problem``.
        keep: Columns that are none of ours, to be handed on.
        facts: Whether the result has the columns of the facts.
        out: Of a path: the file to write, batch by batch, so that it may be larger than memory.
        replace: Whether `out` may replace a file.
        progress: Of a path, with `out`: is told after each batch how many rows are done, and of how
            many; None where that is not known.

    Returns:
        The same kind of table, of a path a Polars data frame, the same rows in the same order, with
        the column ``POLICY:outcome`` for each policy; on request ``POLICY:failing`` and
        ``POLICY:pending``, and ``POLICY:CRITERION``. With `out`, a `Decided` that counts outcomes.

    Raises:
        BadRows: Rows cannot be judged, and ``on_bad`` is ``"refuse"``; its `problems` are a table.
        InputError: A column, a policy, a reading or the date is not as it should be.

    Source:
        Wellmark 06.01.38 and Premera 6.01.525, as the criteria cite them.

    >>> import polars as pl
    >>> decide(pl.DataFrame({"age_years": [11, 61]}), "wellmark_lutathera", on="2026-06-01")[
    ...     "wellmark_lutathera:outcome"
    ... ].to_list()
    ['not_met', 'needs_information']
    """
    what = plan(
        policies,
        on=on,
        readings=readings,
        explain=explain,
        criteria=criteria,
        on_bad=on_bad,
        keep=keep,
        facts=facts,
    )
    if isinstance(table, (str, os.PathLike)):
        if out is not None:
            return decide_file(Path(table), Path(out), what, replace=replace, progress=progress)
        path = Path(table)
        lazy = source(path)
        whole = [*batches_of(path, lazy)]
        table = pl.concat(whole) if whole else pl.DataFrame(schema=lazy.collect_schema())
    elif out is not None:
        raise BadRequest("out is of a path; write the table that is returned", "out")
    frame, add = polars_of(table)
    known = what.heading(frame.schema)
    return add(decide_frame(frame, what), [] if facts else known.stated(keep=keep))
