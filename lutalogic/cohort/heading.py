# SPDX-License-Identifier: Apache-2.0
"""The columns of a cohort table by their names and types: what each is, or what is wrong with it.

A table is refused for a column that nobody knows: a fact that is spelled wrong would otherwise be
unknown of every patient.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import polars as pl

from lutalogic.cells import NUMERIC
from lutalogic.columnar_leaves import HIGH, LOW
from lutalogic.errors import BadRequest, did_you_mean
from lutalogic.possible import shown
from lutalogic.rulebase import rule_base
from lutalogic.table import READING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from lutalogic.rules import Attribute

#: Columns that say who a patient is; they are handed on.
HANDED_ON: Final = ("id", "name", "story")
ON: Final = "on"
PROBLEM: Final = "problem"
NEVER: Final = ":never"
_PARTS: Final = (LOW, HIGH, NEVER)
_TEXTS: Final = (pl.String, pl.Enum, pl.Categorical)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the columns of a table are.

    Attributes:
        facts: The columns that state each fact: its own, or its ends, or with `never` beside.
        readings: The column of each reading that rows choose.
        dated: Whether each row has its date of service.
    """

    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    dated: bool = False

    def stated(self, *, keep: Collection[str] = ()) -> list[str]:
        """Return the columns that state facts, but those to keep."""
        found = [name for names in self.facts.values() for name in names]
        return [name for name in found if name not in keep]


def heading(
    schema: pl.Schema, *, keep: Collection[str] = (), added: Collection[str] = ()
) -> Heading:
    """Return what the columns of a table are.

    Args:
        schema: Their names and types.
        keep: Columns that are handed on; those of facts count all the same.
        added: Columns that the result will have beside them.

    Raises:
        BadRequest: A column is unknown, or of a type that holds no such values; all are named.
    """
    base = rule_base()
    facts: dict[str, tuple[str, ...]] = {}
    readings: dict[str, str] = {}
    wrong = [f"there is no column {shown(name)} to keep" for name in keep if name not in schema]
    for name, dtype in schema.items():
        fact, part = _split(name)
        if name in added:
            wrong.append(f"{name}: the result has a column of this name; rename or drop it")
        elif fact is not None:  # also of a fact that is to be kept: it is never passed over
            facts[fact.name] = (*facts.get(fact.name, ()), name)
            wrong += _unfit(name, fact, part, dtype)
        elif name.startswith(READING) and name.removeprefix(READING) in base.readings:
            readings[name.removeprefix(READING)] = name
            wrong += [] if isinstance(dtype, (*_TEXTS, pl.Null)) else [_not(name, dtype, "text")]
        elif name == ON:
            fits = isinstance(dtype, (pl.Date, pl.Datetime, pl.String))
            wrong += [] if fits else [_not(name, dtype, "dates")]
        elif name not in keep and name not in HANDED_ON:
            wrong.append(_unknown(name))
    wrong += _at_odds(facts)
    if wrong:
        lines = "".join(f"\n  {each}" for each in wrong)
        raise BadRequest(f"{len(wrong)} cannot be taken:{lines}", "columns")
    return Heading(facts, readings, ON in schema)


def _split(name: str) -> tuple[Attribute | None, str]:
    """Return the fact that a column is about, and the part of it that the column states."""
    known = rule_base().attributes
    for part in _PARTS:
        fact = known.get(name.removesuffix(part)) if name.endswith(part) else None
        if fact is not None and fact.type in (("elapsed",) if part == NEVER else NUMERIC):
            return fact, part
    return known.get(name), ""


def _unfit(name: str, fact: Attribute, part: str, dtype: pl.DataType) -> list[str]:
    """Return what is wrong with the type of the column of a fact, if anything is."""
    if isinstance(dtype, pl.Null):
        return []
    numbers = dtype.is_numeric()
    match fact.type:
        case _ if part == NEVER:
            fits, wanted = isinstance(dtype, (pl.Boolean, *_TEXTS)), "Boolean, or yes and no"
        case "boolean":
            fits = isinstance(dtype, (pl.Boolean, *_TEXTS))
            wanted = "Boolean; of 0 and 1, say which is true: pl.col(...) == 1"
        case "enum":
            fits, wanted = isinstance(dtype, _TEXTS), f"text: {', '.join(fact.values)}"
        case "set":
            inner = getattr(dtype, "inner", None)
            fits = isinstance(dtype, pl.String) or isinstance(inner, (*_TEXTS, pl.Null))
            wanted = "a list of options, or text with ; between them"
        case _ if part:
            fits, wanted = numbers or isinstance(dtype, _TEXTS), "numbers"
        case _:
            fits, wanted = numbers or isinstance(dtype, _TEXTS), "numbers, or text such as <5"
    return [] if fits else [_not(name, dtype, wanted)]


def _not(name: str, dtype: pl.DataType, wanted: str) -> str:
    return f"{name}: holds {dtype}, and must be {wanted}"


def _at_odds(facts: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return which facts are stated by columns that may contradict each other."""
    return [
        f"{', '.join(names)}: state {fact} by its own column, or by the ends of an interval"
        for fact, names in facts.items()
        if not (
            {fact, fact + NEVER}.issuperset(names) or {fact + LOW, fact + HIGH}.issuperset(names)
        )
    ]


def _unknown(name: str) -> str:
    base = rule_base()
    known = [*base.attributes, ON, *HANDED_ON, *(READING + reading for reading in base.readings)]
    hint = did_you_mean(name[:60].lower(), known)
    return (
        f"{shown(name)}: there is no such fact{hint or ''}"
        "; rename the column, drop it, or hand it on with keep"
    )
