# SPDX-License-Identifier: Apache-2.0
"""How many rows of a sheet there are of each outcome, and what holds the others back.

Every figure is a count of rows, so that those of several sheets add up.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from lutalogic.answers import Outcome
from lutalogic.cells import stretches, value_of
from lutalogic.cohort.columns import ROW
from lutalogic.cohort.outcomes import groups
from lutalogic.cohort.reasons import deciding, facts_of
from lutalogic.cohort.revaluing import FALSE, TRUE, UNKNOWN, truths_of
from lutalogic.columnar_leaves import HIGH, LOW, Layout, leaf
from lutalogic.doubles import NEVER, ends
from lutalogic.engines.columnar import formulas
from lutalogic.possible import Members, Option, possible
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.cohort.columns import Sheet
    from lutalogic.cohort.outcomes import Asked, Group
    from lutalogic.cohort.revaluing import Array, Truths
    from lutalogic.engines.columnar import Formulas
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
            made, frame, root = _judged(group, sheet.layout, policy)
            parts.append((group.rows, root))
            if not made.started:
                continue
            truths = truths_of(made, frame)
            _criteria(counts, made, truths, frame)
            if facts:
                _facts(counts, made, truths, frame)
        outcomes[policy.name] = _in_order(parts)
        for value, name in ((True, MET), (False, NOT_MET), (None, PENDING)):
            found = outcomes[policy.name]
            many = found.is_null().sum() if value is None else (found == value).sum()
            counts[_OUTCOME, policy.name, name] += int(many)
    _crossed(counts, outcomes)
    return counts


def _judged(
    group: Group, layout: Layout, policy: Policy
) -> tuple[Formulas, pl.DataFrame, pl.Series]:
    """Return how a policy reads, rows with the truths of all conditions, and their outcomes."""
    made = formulas(policy, group.choices, group.day, layout)
    frame = made.over(group.frame.lazy()).collect()
    root = made.truth(policy.root)
    told = frame.with_columns((pl.lit(None, pl.Boolean) if root is None else root).alias(_OUTCOME))
    return made, frame, told[_OUTCOME]


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


def _criteria(counts: Counts, made: Formulas, truths: Truths, frame: pl.DataFrame) -> None:
    """Count, for each criterion, how it stands, what it decides, and what it alone holds back."""
    policy = made.policy
    in_force = [c for c in policy.criteria if policy.positions[c.node] in truths.found]
    decide = deciding(made, frame)
    root = truths[truths.root]
    held = np.flatnonzero(root != TRUE)
    there = truths.of(held)
    for criterion in in_force:
        place = policy.positions[criterion.node]
        told = truths[place]
        key = (policy.name, criterion.id)
        counts["in_force", *key] += len(told)
        counts["false", *key] += _many(told == FALSE)
        counts["unknown", *key] += _many(told == UNKNOWN)
        reached = decide.get(criterion.id)
        if reached is not None:
            counts["denies", *key] += _many(reached.to_numpy() & (root == FALSE))
            counts["pends", *key] += _many(reached.to_numpy() & (root == UNKNOWN))
        freed = there.root_with({place: np.full(len(held), TRUE)}) == TRUE
        counts["denies_alone", *key] += _many(freed & (root[held] == FALSE))
        counts["pends_alone", *key] += _many(freed & (root[held] == UNKNOWN))


def _many(rows: Array) -> int:
    return int(np.count_nonzero(rows))


#   Facts


def _facts(counts: Counts, made: Formulas, truths: Truths, frame: pl.DataFrame) -> None:
    """Count the pending rows that one more fact would release."""
    pends = truths[truths.root] == UNKNOWN
    names = facts_of(made.policy)
    unsettled = frame.with_columns(made.layout.open(name).alias(f"open {name}") for name in names)
    released = np.zeros(frame.height, dtype=bool)
    for name in names:
        rows = np.flatnonzero(pends & unsettled[f"open {name}"].to_numpy())
        if not len(rows):
            continue
        met, not_met, stays = _documented(made, truths.of(rows), frame, name)
        key = (made.policy.name, name)
        counts["open", *key] += len(rows)
        counts["could_meet", *key] += _many(met)
        counts["could_deny", *key] += _many(not_met)
        counts["releases", *key] += _many(met | not_met)
        counts["always_releases", *key] += _many(~stays)
        released[rows] |= met | not_met
    counts["stuck", made.policy.name] += _many(pends & ~released)


def _documented(
    made: Formulas, truths: Truths, frame: pl.DataFrame, name: str
) -> tuple[Array, Array, Array]:
    """Return which rows could be met, could be denied, and could still pend, were a fact known."""
    attribute = rule_base().attributes[name]
    places = [
        place
        for place in truths.found
        if name in rule_base().nodes[made.policy.nodes[place]].attributes
    ]
    read = {
        each for place in places for each in rule_base().nodes[made.policy.nodes[place]].attributes
    }
    stated = [each + part for each in sorted(read | {name}) for part in ("", LOW, HIGH)]
    rows = frame.select(ROW, *(each for each in stated if each in frame.columns))
    rows = rows if truths.rows is None else rows[truths.rows]
    found = [np.zeros(rows.height, dtype=bool) for _ in range(3)]
    for cell in range(len(attribute.cells)):
        given = {place: _leaf(made, place, rows, attribute, cell) for place in places}
        root = truths.root_with(given)
        might = _may_be(attribute, cell, made.layout, rows)
        for could, truth in zip(found, (TRUE, FALSE, UNKNOWN), strict=True):
            could |= might & (root == truth)
    return found[0], found[1], found[2]


def _leaf(made: Formulas, place: int, rows: pl.DataFrame, attribute: Attribute, cell: int) -> Array:
    """Return the truths of a condition on a fact, were its value in a cell."""
    number, name = made.policy.nodes[place], attribute.name
    node = rule_base().nodes[number]
    if node.kind != "adds":
        return np.full(rows.height, _truth(number, attribute, cell))
    known = replace(made.layout, known=made.layout.known | {name}, spans=made.layout.spans - {name})
    filled = rows.with_columns(_value(attribute, cell).alias(name))
    return _numbers(filled.select(leaf(node, known).alias("truth")))


@cache
def _truth(number: int, attribute: Attribute, cell: int) -> np.int8:
    """Return the truth of a condition that reads one fact alone, of a value in a cell."""
    one = pl.DataFrame({"row": [0]}).with_columns(_value(attribute, cell).alias(attribute.name))
    node = rule_base().nodes[number]
    told = one.select(leaf(node, Layout(frozenset([attribute.name]))).alias("truth"))
    return np.int8(_numbers(told)[0])


def _numbers(told: pl.DataFrame) -> Array:
    return (told["truth"].cast(pl.Int8) * 2).fill_null(UNKNOWN).to_numpy()


@cache
def _value(attribute: Attribute, cell: int) -> pl.Expr:
    """Return a value of a cell, as expressions take it."""
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


def _may_be(attribute: Attribute, cell: int, layout: Layout, rows: pl.DataFrame) -> Array:
    """Return which rows, of those that leave a fact open, leave a cell of its values possible."""
    if attribute.name not in layout.spans:
        return np.ones(rows.height, dtype=bool)  # what is open is not documented at all
    low, high = layout.ends(attribute.name)
    if cell == len(stretches(attribute)):  # never
        inside = high == NEVER
    else:
        stretch = stretches(attribute)[cell]
        bottom, top = float(stretch.low), float(stretch.high)
        inside = (low < top if stretch.high_open else low <= top) & (
            high > bottom if stretch.low_open else high >= bottom
        )
    return rows.select((low.is_null() | inside).alias("may be"))["may be"].to_numpy()
