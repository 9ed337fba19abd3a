# SPDX-License-Identifier: Apache-2.0
"""How many rows of a sheet there are of each outcome, and what holds the others back.

Every figure is a count of rows, so that those of several sheets add up.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import polars as pl

from lutalogic.answers import Outcome
from lutalogic.cells import stretches, value_of
from lutalogic.cohort.columns import ROW
from lutalogic.cohort.outcomes import groups
from lutalogic.cohort.reasons import deciding, facts_of
from lutalogic.doubles import NEVER, ends
from lutalogic.engines.columnar import Formulas, formulas
from lutalogic.possible import Members, Option, possible
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.cohort.columns import Sheet
    from lutalogic.cohort.outcomes import Asked, Group
    from lutalogic.columnar_leaves import Layout
    from lutalogic.rules import Attribute, Policy

#: A count is known by what it counts, the policy, and what of it.
Counts = Counter[tuple[str, ...]]
MET, NOT_MET, PENDING = (each.value for each in Outcome)
_OUTCOME: Final = "outcome"


def counted(sheet: Sheet, asked: Asked, *, facts: bool) -> Counts:
    """Return the counts of a sheet.

    Args:
        sheet: Rows, all of which can be judged.
        asked: What is asked of them.
        facts: Whether to count what one more fact would release, which takes longest.
    """
    counts: Counts = Counter()
    outcomes: dict[str, pl.Series] = {}
    for policy in asked.policies:
        parts: list[tuple[pl.Series | None, pl.Series]] = []
        for group in groups(sheet, asked, policy):
            rows, made, truths = _judged(group, sheet.layout, policy)
            root = truths[_OUTCOME]
            parts.append((group.rows, root))
            _criteria(counts, made, truths)
            if facts and made.started:
                _facts(counts, made, rows.filter(root.is_null()))
        outcomes[policy.name] = _in_order(parts)
        for value, name in ((True, MET), (False, NOT_MET), (None, PENDING)):
            found = outcomes[policy.name]
            many = found.is_null().sum() if value is None else (found == value).sum()
            counts[_OUTCOME, policy.name, name] += int(many)
    _crossed(counts, outcomes)
    return counts


def _judged(
    group: Group, layout: Layout, policy: Policy
) -> tuple[pl.DataFrame, Formulas, pl.DataFrame]:
    """Return rows of one text, their formulas, and the truths of all nodes and of the outcome."""
    made = formulas(policy, group.choices, group.day, layout)
    frame = group.frame
    for step in made.steps:
        frame = frame.with_columns(step)
    root = made.stepped(policy.root)
    told = frame.with_columns((pl.lit(None, pl.Boolean) if root is None else root).alias(_OUTCOME))
    return group.frame, made, told


def _in_order(parts: Sequence[tuple[pl.Series | None, pl.Series]]) -> pl.Series:
    """Return the outcomes of all rows in the order of the table."""
    if parts[0][0] is None:
        return parts[0][1]
    rows = pl.concat([rows for rows, _ in parts if rows is not None])
    return pl.concat([found for _, found in parts])[rows.arg_sort()]


def _crossed(counts: Counts, outcomes: dict[str, pl.Series]) -> None:
    """Count the rows of each outcome under one policy and another."""
    names = [*outcomes]
    coded = pl.DataFrame(
        {
            name: pl.select(
                pl.when(found).then(0).when(~found).then(1).otherwise(2).cast(pl.UInt8)
            ).to_series()
            for name, found in outcomes.items()
        }
    )
    values = [MET, NOT_MET, PENDING]
    for place, a in enumerate(names):
        for b in names[place + 1 :]:
            for x, y, many in coded.group_by(a, b).len().iter_rows():
                counts["cross", a, b, values[x], values[y]] += many


#   Criteria


def _criteria(counts: Counts, made: Formulas, truths: pl.DataFrame) -> None:
    """Count, for each criterion, how it stands, what it decides, and what it alone holds back."""
    if not made.started:
        return
    policy = made.policy
    in_force = [c for c in policy.criteria if made.stepped(c.node) is not None]
    decide = deciding(made, truths)
    root = truths[_OUTCOME]
    for criterion in in_force:
        column = truths.select(_column(made, criterion.node)).to_series()
        key = (policy.name, criterion.id)
        counts["in_force", *key] += truths.height
        counts["false", *key] += int((column == False).sum())  # noqa: E712 - three-valued
        counts["unknown", *key] += int(column.is_null().sum())
        if criterion.id in decide:
            reached = decide[criterion.id]
            counts["denies", *key] += int((reached & (root == False)).sum())  # noqa: E712
            counts["pends", *key] += int((reached & root.is_null()).sum())
    held = truths.filter(pl.col(_OUTCOME).fill_null(False).not_())
    for criterion in in_force:
        freed = _root_with(made, criterion.node)
        short = held.filter(~_column(made, criterion.node).fill_null(False))
        met = short.with_columns(freed.alias("freed")).filter("freed")[_OUTCOME]
        key = (policy.name, criterion.id)
        counts["denies_alone", *key] += int(met.is_not_null().sum())
        counts["pends_alone", *key] += int(met.is_null().sum())


def _column(made: Formulas, node: int) -> pl.Expr:
    found = made.stepped(node)
    assert found is not None  # it is in force
    return found


@dataclass(frozen=True)
class _Given(Formulas):
    """Formulas in which the node at one place is true, whatever the facts."""

    given: int = -1

    def _expression(self, place: int, made: Sequence[pl.Expr | None]) -> pl.Expr | None:
        return pl.lit(True) if place == self.given else super()._expression(place, made)


@lru_cache(maxsize=1024)
def _root_with(made: Formulas, node: int) -> pl.Expr:
    """Return the outcome's truth, were a criterion true and all else as it is."""
    place = made.policy.positions[node]
    found = _Given(made.policy, made.choices, made.day, made.layout, place).truth(made.policy.root)
    assert found is not None  # a text is in force
    return found


#   Facts


def _facts(counts: Counts, made: Formulas, pending: pl.DataFrame) -> None:
    """Count the pending rows that one more fact would release."""
    released: list[pl.Series] = []
    for name in facts_of(made.policy):
        unsettled = pending.filter(made.layout.open(name))
        if not unsettled.height:
            continue
        told = _documented(made, unsettled, rule_base().attributes[name])
        decided = told.select(pl.col("met") | pl.col("not_met")).to_series()
        key = (made.policy.name, name)
        counts["open", *key] += unsettled.height
        counts["could_meet", *key] += int(told["met"].sum())
        counts["could_deny", *key] += int(told["not_met"].sum())
        counts["releases", *key] += int(decided.sum())
        counts["always_releases", *key] += int((decided & ~told["pends"]).sum())
        released.append(unsettled[ROW].filter(decided))
    rows = pl.concat(released).n_unique() if released else 0
    counts["stuck", made.policy.name] += pending.height - rows


def _documented(made: Formulas, rows: pl.DataFrame, attribute: Attribute) -> pl.DataFrame:
    """Return whether a fact, were it documented, could lead to each outcome, row by row."""
    name, layout = attribute.name, made.layout
    known = replace(layout, known=layout.known | {name}, spans=layout.spans - {name})
    root = formulas(made.policy, made.choices, made.day, known).truth(made.policy.root)
    assert root is not None  # a text is in force
    no = pl.repeat(False, rows.height, eager=True)
    found = pl.DataFrame({"met": no, "not_met": no, "pends": no})
    for cell, value in enumerate(_values(attribute)):
        tried = rows.with_columns(value.alias(name)).with_columns(
            root.alias("root"), _may_be(attribute, cell, layout).alias("may be")
        )
        root_is, may_be = tried["root"], tried["may be"]
        found = found.with_columns(
            found["met"] | (may_be & root_is.fill_null(False)),
            found["not_met"] | (may_be & ~root_is.fill_null(True)),
            found["pends"] | (may_be & root_is.is_null()),
        )
    return found


@cache
def _values(attribute: Attribute) -> tuple[pl.Expr, ...]:
    """Return a value of each cell of a fact, as expressions take it."""
    return tuple(_literal(attribute, cell) for cell in range(len(attribute.cells)))


def _literal(attribute: Attribute, cell: int) -> pl.Expr:
    fact = possible(attribute, value_of(attribute, [cell]), attribute.name)
    match fact:
        case Option(index) if attribute.type == "boolean":
            return pl.lit(bool(index))
        case Option(index):
            return pl.lit(attribute.values[index], pl.Enum(attribute.values))
        case Members(mask):
            return pl.lit(mask, pl.UInt32)
    assert fact is not None
    return pl.lit(ends(attribute, fact)[0])


def _may_be(attribute: Attribute, cell: int, layout: Layout) -> pl.Expr:
    """Return which rows, of those that leave a fact open, leave a cell of its values possible."""
    if attribute.name not in layout.spans:
        return pl.lit(True)  # what is open is not documented at all
    low, high = layout.ends(attribute.name)
    if cell == len(stretches(attribute)):  # never
        return low.is_null() | (high == NEVER)
    stretch = stretches(attribute)[cell]
    bottom, top = float(stretch.low), float(stretch.high)
    below = low < top if stretch.high_open else low <= top
    above = high > bottom if stretch.low_open else high >= bottom
    return low.is_null() | (below & above)
