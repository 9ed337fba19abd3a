# SPDX-License-Identifier: Apache-2.0
"""Random cohorts, drawn fast: patients near one who meets a policy, numbers at the limits of rules.

A row is drawn once, as the line protocol has it, and written in whatever form a table may have.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from lutalogic import Case, rule_base
from tests.strategies import BASES, DAYS, ENDS, interval_text

if TYPE_CHECKING:
    from lutalogic.rules import Attribute

NUMERIC = ("integer", "number", "elapsed")


class Row(NamedTuple):
    """A patient of a cohort: facts as JSON has them, the date of service, and readings."""

    facts: dict[str, Any]
    on: str
    readings: dict[str, str]


def value(draw: Random, attribute: Attribute) -> Any:
    """Return a value of a fact, often at a limit of a rule, sometimes an interval."""
    match attribute.type:
        case "boolean":
            return draw.random() < 0.5
        case "enum":
            return draw.choice(attribute.values)
        case "set":
            return draw.sample(attribute.values, draw.choice((0, 1, 1, 2, 3)))
    if attribute.type == "elapsed" and draw.random() < 0.15:
        return "never"
    first, second = draw.choice(ENDS[attribute.name]), draw.choice(ENDS[attribute.name])
    form = draw.randint(-3, 4)
    return first if form < 0 else interval_text(attribute, first, second, form)


def circumstances(draw: Random, count: int) -> list[tuple[str, dict[str, str]]]:
    """Return dates of service with readings: the defaults, one other, some, or any of all."""
    found: list[tuple[str, dict[str, str]]] = [("2026-06-01", {})]
    known = rule_base().readings
    while len(found) < count:
        names = draw.sample(list(known), draw.choice((0, 1, 1, 3, 10, len(known))))
        on = draw.choice(DAYS) if draw.random() < 0.7 else "2026-06-01"
        found.append((on, {name: draw.choice(known[name].values) for name in names}))
    return found


def rows(count: int, seed: int, *, kinds: int = 12) -> list[Row]:
    """Return random patients, under so many kinds of date and readings."""
    draw = Random(seed)
    attributes = rule_base().attributes
    under = circumstances(draw, kinds)
    bases = [base for policy in BASES.values() for base in policy]
    found = []
    for _ in range(count):
        facts = dict(draw.choice(bases))
        for name in draw.sample(list(attributes), draw.choice((0, 1, 2, 4, 8, 30))):
            drawn = value(draw, attributes[name]) if draw.random() < 0.75 else None
            facts.pop(name, None)
            if drawn is not None:
                facts[name] = drawn
        found.append(Row(facts, *draw.choice(under)))
    return found


def cases(drawn: list[Row]) -> list[Case]:
    """Return the facts of rows as cases."""
    return [Case.from_mapping(row.facts) for row in drawn]


def table(drawn: list[Row], *, circumstances: bool = True) -> pl.DataFrame:
    """Return rows as a table: numbers as text, so that intervals stand among them."""
    columns = [
        _column(attribute, [row.facts.get(name) for row in drawn])
        for name, attribute in rule_base().attributes.items()
    ]
    frame = pl.DataFrame(columns).with_columns(id=pl.int_range(len(drawn)))
    if not circumstances:
        return frame
    return frame.with_columns(
        pl.Series("on", [row.on for row in drawn]).str.to_date(),
        *(
            pl.Series(f"reading:{name}", [row.readings.get(name) for row in drawn], dtype=pl.String)
            for name in rule_base().readings
        ),
    )


def _column(attribute: Attribute, values: list[Any]) -> pl.Series:
    name = attribute.name
    match attribute.type:
        case "boolean":
            return pl.Series(name, values, dtype=pl.Boolean)
        case "enum":
            return pl.Series(name, values, dtype=pl.Enum(attribute.values))
        case "set":
            return pl.Series(name, values, dtype=pl.List(pl.Enum(attribute.values)))
    return pl.Series(name, [None if v is None else str(v) for v in values], dtype=pl.String)
