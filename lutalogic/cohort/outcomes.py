# SPDX-License-Identifier: Apache-2.0
"""What policies decide of the rows of a sheet: the columns that a decided table has beside its own.

Rows are taken together that have one text in force and the same readings.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import polars as pl

from lutalogic.answers import Outcome, Truth
from lutalogic.cohort.columns import ROW
from lutalogic.cohort.heading import ON
from lutalogic.cohort.reasons import facts_of, reasons
from lutalogic.engines.columnar import formulas
from lutalogic.readings import choices_of
from lutalogic.table import READING
from lutalogic.trace import turning_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.cohort.columns import Sheet
    from lutalogic.columnar_leaves import Layout
    from lutalogic.rules import Policy

OUTCOMES: Final = pl.Enum([each.value for each in Outcome])
TRUTHS: Final = pl.Enum([each.value for each in Truth])


@dataclass(frozen=True)
class Asked:
    """What is asked of every row.

    Attributes:
        policies: The policies.
        day: The date of service of all rows, YYYY-MM-DD; None if each row has its own.
        readings: Readings taken in place of their defaults, where a row does not choose.
        explain: Whether failing criteria and pending facts are wanted.
        criteria: Whether the truth of every criterion is wanted.
    """

    policies: tuple[Policy, ...]
    day: str | None
    readings: tuple[tuple[str, str], ...] = ()
    explain: bool = False
    criteria: bool = False

    @cached_property
    def facts(self) -> frozenset[str]:
        """Return the facts that the policies read."""
        return frozenset(name for policy in self.policies for name in policy.attributes)

    @cached_property
    def columns(self) -> dict[str, pl.DataType]:
        """Return the columns that deciding adds, with their types."""
        found: dict[str, pl.DataType] = {}
        for policy in self.policies:
            ids = [criterion.id for criterion in policy.criteria]
            found[f"{policy.name}:outcome"] = OUTCOMES
            if self.explain:
                found[f"{policy.name}:failing"] = pl.List(pl.Enum(ids))
                found[f"{policy.name}:pending"] = pl.List(pl.Enum(facts_of(policy)))
            if self.criteria:
                found |= {f"{policy.name}:{name}": TRUTHS for name in ids}
        return found


def decided(sheet: Sheet, asked: Asked) -> pl.DataFrame:
    """Return the columns that deciding adds, a row for each of a sheet."""
    parts = [_decided(sheet, asked, policy) for policy in asked.policies]
    return pl.concat(parts, how="horizontal").select(*asked.columns)


@dataclass(frozen=True)
class Group:
    """Rows with one text in force and the same readings; `rows` are their numbers, None for all."""

    rows: pl.Series | None
    frame: pl.DataFrame
    day: str
    choices: tuple[int, ...]


def _decided(sheet: Sheet, asked: Asked, policy: Policy) -> pl.DataFrame:
    alike = list(groups(sheet, asked, policy))
    found = [_one_text(group, sheet.layout, asked, policy) for group in alike]
    if alike[0].rows is None:
        return found[0]
    rows = pl.concat([group.rows for group in alike if group.rows is not None])
    return pl.concat(found)[rows.arg_sort()]


def groups(sheet: Sheet, asked: Asked, policy: Policy) -> Iterator[Group]:
    """Yield the rows of a sheet, those together that are judged by the same rules."""
    frame = sheet.frame
    usual = choices_of(policy, asked.readings)
    keys: list[pl.Expr] = []
    days = ("", *turning_days(policy))
    if asked.day is None:
        begun = [pl.col(ON) >= pl.lit(day).str.to_date() for day in days[1:]]
        keys.append(pl.sum_horizontal(begun).fill_null(0).cast(pl.UInt8).alias(ON))
    for name, choice in zip(policy.readings, usual, strict=True):
        if READING + name in frame.columns:
            keys.append(pl.col(READING + name).to_physical().fill_null(choice).alias(name))
    if not keys or not frame.height:
        yield Group(None, frame, asked.day or "", usual)
        return
    for key, part in frame.select(ROW, *keys).group_by(*(key.meta.output_name() for key in keys)):
        chosen = dict(zip((k.meta.output_name() for k in keys), key, strict=True))
        day = asked.day if asked.day is not None else days[chosen[ON]]
        choices = tuple(
            chosen.get(name, choice) for name, choice in zip(policy.readings, usual, strict=True)
        )
        yield Group(part[ROW], frame[part[ROW]], day, choices)


def _one_text(group: Group, layout: Layout, asked: Asked, policy: Policy) -> pl.DataFrame:
    """Return the columns of rows that are judged by the same rules."""
    made = formulas(policy, group.choices, group.day, layout)
    table, explained = made.over(group.frame.lazy()), []
    if asked.explain:  # which needs the truths of all conditions
        frame = table.collect()
        table = frame.lazy()
        failing, pending = reasons(made, frame)
        explained = [
            failing.alias(f"{policy.name}:failing"),
            pending.alias(f"{policy.name}:pending"),
        ]
    wanted = [_outcome(made.truth(policy.root)).alias(f"{policy.name}:outcome")]
    if asked.criteria:
        wanted += [
            _truth(made.truth(c.node)).alias(f"{policy.name}:{c.id}") for c in policy.criteria
        ]
    names = [each.meta.output_name() for each in wanted]
    return pl.DataFrame([*table.with_columns(wanted).select(names).collect(), *explained])


def _outcome(root: pl.Expr | None) -> pl.Expr:
    """Return an outcome; without a text in force, there is information to come."""
    pending, met, not_met = (
        pl.lit(each.value, OUTCOMES)
        for each in (Outcome.NEEDS_INFORMATION, Outcome.MET, Outcome.NOT_MET)
    )
    if root is None:
        return pending
    return pl.when(root.is_null()).then(pending).when(root).then(met).otherwise(not_met)


def _truth(truth: pl.Expr | None) -> pl.Expr:
    """Return a truth; null where the criterion is not in force."""
    if truth is None:
        return pl.lit(None, TRUTHS)
    yes, no, unknown = (
        pl.lit(each.value, TRUTHS) for each in (Truth.TRUE, Truth.FALSE, Truth.UNKNOWN)
    )
    return pl.when(truth.is_null()).then(unknown).when(truth).then(yes).otherwise(no)
