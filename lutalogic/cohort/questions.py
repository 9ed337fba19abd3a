# SPDX-License-Identifier: Apache-2.0
"""The questions one asks of a cohort: how requests come out, why, and what would release them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from lutalogic.answers import Outcome
from lutalogic.cohort.answers import Answers
from lutalogic.cohort.batches import BATCH, Account, Batch, plan
from lutalogic.cohort.columns import sheet
from lutalogic.cohort.counting import Counts, counted
from lutalogic.cohort.policy_counts import CriterionCounts, FactCounts, PolicyCounts
from lutalogic.cohort.sources import batches_of, source
from lutalogic.cohort.tables import polars_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from lutalogic.cohort.batches import Plan
    from lutalogic.cohort.files import Progress
    from lutalogic.rules import Policy

_CRITERION = (
    "in_force",
    "false",
    "unknown",
    "denies",
    "denies_alone",
    "pends",
    "pends_alone",
)
_FACT = ("open", "could_meet", "could_deny", "releases", "always_releases")


def ask(
    table: Any,
    policies: str | Policy | Iterable[str | Policy] = "all",
    *,
    on: date | str | None = None,
    readings: Mapping[str, str] | None = None,
    facts: bool = True,
    on_bad: str = "refuse",
    keep: Collection[str] = (),
    progress: Progress | None = None,
) -> Answers:
    """Return how the rows of a cohort come out, what decides them, and what would release them.

    Three questions, for each policy:

    * How many rows have which outcome; and how many under two policies at once.
    * Which criterion denies or pends most. A criterion *denies* a row if it is among the criteria
      that decide that the row is not met, and *pends* it if it is among those on which a row that
      needs information rests. It holds a row back *alone* if the row is not met (or pends) and
      would be met were this criterion true and every other condition as it is: the policy is
      evaluated again with its truth replaced, so that of a criterion inside another both are
      counted if each would do it, and one of several alternatives need not be true.
    * What one more document would release: for each fact that a pending row leaves open, whether
      some value that it may still have makes the row met, and whether some makes it not met.

    Args:
        table: A table as `decide` takes it; the path of a file, or an iterator of tables of the
            same columns, may be larger than memory, for the counts of parts add up.
        policies: ``"all"``, one of their names, or several.
        on: The date of service of all rows; if None, the table has a column ``on``.
        readings: Readings taken in place of their defaults; a column ``reading:NAME`` goes first.
        facts: Whether to ask what one more fact would release, which takes longest.
        on_bad: ``"refuse"`` the table if any row cannot be judged, or ``"keep"`` the others.
        keep: Columns that are none of ours; they are passed over.
        progress: Is told after each batch how many rows are done, and None.

    Raises:
        BadRows: Rows cannot be judged, and ``on_bad`` is ``"refuse"``.
        InputError: A column, a policy, a reading or the date is not as it should be.

    Source:
        Wellmark 06.01.38 and Premera 6.01.525, as the criteria cite them.

    >>> import polars as pl
    >>> table = pl.DataFrame({"age_years": [11, 61], "requested_doses": [7, 7]})
    >>> [age, cap] = ask(table, "premera_xofigo", on="2026-06-01")["premera_xofigo"].holding
    >>> age.id, age.denies, cap.id, cap.denies
    ('X-5', 2, 'X-1', 1)
    """
    what = plan(policies, on=on, readings=readings, on_bad=on_bad, keep=keep)
    counts: Counts = Counter()
    account = Account()
    for frame, _ in sound_batches(batches(table), what, account):
        known = what.heading(frame.schema)
        read = sheet(frame, known, only=what.asked.facts)
        counts.update(counted(read, what.asked, facts=facts))
        if progress is not None:
            progress(account.rows, None)
    asked = what.asked
    return Answers(
        asked=_in_words(what),
        rows=account.rows - account.bad,
        bad=account.bad,
        policies=tuple(_of_policy(counts, policy, facts=facts) for policy in asked.policies),
        crosses=_crosses(counts, [policy.name for policy in asked.policies]),
    )


def sound_batches(
    tables: Iterable[pl.DataFrame], what: Plan, account: Account
) -> Iterator[tuple[pl.DataFrame, pl.Series]]:
    """Yield the rows of tables that can be judged, each with its number among all, from 0.

    Raises:
        BadRows: Some cannot, and are not to be kept; only after all were looked at.
        InputError: Columns are not as they should be.
    """
    for table in tables:
        read = sheet(table, what.heading(table.schema), only=())
        bad, first = read.bad_rows(), account.rows
        told = read.problems.with_columns(pl.col("row") + first)
        account.add(table.height, Batch(pl.DataFrame(), told, 0 if bad is None else len(bad)))
        rows = pl.int_range(table.height, dtype=pl.UInt64, eager=True)
        sound = rows if bad is None else rows.filter(~rows.is_in(bad.implode()))
        if what.keep_bad or not account.bad:
            yield (table if bad is None else table[sound]), sound + first
    if not what.keep_bad:
        account.refuse()


def batches(table: Any) -> Iterator[pl.DataFrame]:
    """Yield a table in batches: of a file, a data frame, or an iterator of these.

    Raises:
        InputError: It is none of these.
    """
    if isinstance(table, (str, os.PathLike)):
        path = Path(table)
        yield from batches_of(path, source(path))
    elif isinstance(table, (Iterator, list, tuple)):
        for each in table:
            yield from batches(each)
    else:
        frame, _ = polars_of(table)
        yield from frame.iter_slices(BATCH) if frame.height else iter([frame])


def _in_words(what: Plan) -> str:
    day = what.asked.day
    told = "each on its date of service" if day is None else f"on {day}"
    pairs = " and ".join(f"{name} = {value}" for name, value in what.asked.readings)
    return f"{told}, read with {pairs}" if pairs else told


def _of_policy(counts: Counts, policy: Policy, *, facts: bool) -> PolicyCounts:
    name = policy.name
    in_force = [c.id for c in policy.criteria if counts["in_force", name, c.id]]
    open_facts = [f for f in policy.attributes if counts["open", name, f]]
    return PolicyCounts(
        policy=policy,
        outcomes={each: counts["outcome", name, each.value] for each in Outcome},
        criteria=tuple(
            CriterionCounts(each, *(counts[kind, name, each] for kind in _CRITERION))
            for each in in_force
        ),
        facts=tuple(
            FactCounts(each, *(counts[kind, name, each] for kind in _FACT)) for each in open_facts
        ),
        stuck=counts["stuck", name] if facts else None,
    )


def _crosses(
    counts: Counts, names: list[str]
) -> dict[tuple[str, str], dict[tuple[Outcome, Outcome], int]]:
    return {
        (a, b): {(x, y): counts["cross", a, b, x.value, y.value] for x in Outcome for y in Outcome}
        for place, a in enumerate(names)
        for b in names[place + 1 :]
    }
