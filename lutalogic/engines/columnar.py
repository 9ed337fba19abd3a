# SPDX-License-Identifier: Apache-2.0
"""The columnar engine: the rules as Polars expressions, for tables of millions of patients.

Readings and the text in force are settled when the expressions are made: what is not in force has
none. Parts that conditions share are one expression, which Polars computes once.

It reads values, as the reference engine does, as doubles that no rule tells apart from them. Needs
the extra ``lutalogic[cohort]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Final

import polars as pl

from lutalogic.cells import NUMERIC
from lutalogic.columnar_leaves import HIGH, LOW, NO, UNKNOWN, Layout, leaf
from lutalogic.doubles import ends
from lutalogic.possible import Members, Option
from lutalogic.rulebase import rule_base
from lutalogic.trace import Graph, graph, turning_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lutalogic.case import Case
    from lutalogic.engines import Request
    from lutalogic.possible import Possible
    from lutalogic.rules import Node, Policy

_LETTERS: Final = "ftu-"
#: Sources that speak on one side only.
_SOURCES: Final = ("supports", "rules_out")
_PICKS: Final = ("by_reading", "by_date")


@dataclass(frozen=True)
class Formulas:
    """A policy as it reads on a day and under readings, over the columns of a table.

    Attributes:
        policy: The policy.
        choices: The index of the value taken for each of ``policy.readings``.
        day: The day since which the policy reads so, YYYY-MM-DD; empty before all texts.
        layout: Which columns there are.
    """

    policy: Policy
    choices: tuple[int, ...]
    day: str
    layout: Layout

    @cached_property
    def graph(self) -> Graph:
        """Return which parts of which node are in force."""
        return graph(self.policy, self.choices, self.day)

    @cached_property
    def started(self) -> str:
        """Return the day of the first text under these readings; empty if it is yet to come."""
        policy, index = self.policy, 0
        if policy.start_reading is not None:
            index = self.choices[policy.readings.index(policy.start_reading)]
        start = policy.starts[index]
        return start if start <= self.day else ""

    def truth(self, node: int) -> pl.Expr | None:
        """Return the column of a node's truth in `over`; None if the node is not in force."""
        return pl.col(column(node)) if node in self._in_force else None

    def over(self, table: pl.LazyFrame) -> pl.LazyFrame:
        """Return a table with a column for the truth of each node in force; null is unknown.

        What the rest of a query does not ask for, Polars leaves out; what several nodes share, it
        computes once.
        """
        for step in self._steps:
            table = table.with_columns(step.values())
        return table

    @cached_property
    def _in_force(self) -> frozenset[int]:
        return frozenset(node for step in self._steps for node in step)

    @cached_property
    def _steps(self) -> tuple[dict[int, pl.Expr], ...]:
        """Return the expressions of the nodes in force, those of a step side by side."""
        named: list[pl.Expr | None] = []
        depths: list[int] = []
        steps: list[dict[int, pl.Expr]] = []
        for place, node in enumerate(self.policy.nodes if self.started else ()):
            truth = self._expression(place, named)
            named.append(None if truth is None else pl.col(column(node)))
            depths.append(1 + max((depths[part] for part in self._below(place)), default=-1))
            if truth is not None:
                steps += [{}] * (depths[-1] == len(steps))
                steps[depths[-1]][node] = truth.alias(column(node))
        return tuple(steps)

    def _below(self, place: int) -> list[int]:
        """Return the places of the nodes that the expression of a node refers to."""
        parts = self.graph.parts[place]
        joins = self.graph.kinds[place] == "evidence"
        return [self._source(part)[1] if joins else part for part in parts]

    def _source(self, place: int) -> tuple[str, int]:
        """Return how a source of evidence speaks, and the place of the node whose truth it tells.

        What a reading or a date picked speaks as the source that it is.
        """
        kind, parts = self.graph.kinds[place], self.graph.parts[place]
        if kind in _PICKS:
            return self._source(parts[0])
        return (kind, parts[0]) if kind in _SOURCES else ("", place)

    def _expression(self, place: int, made: Sequence[pl.Expr | None]) -> pl.Expr | None:
        """Return the truth of a node by those of its parts."""
        node, parts = rule_base().nodes[self.policy.nodes[place]], self.graph.parts[place]
        if not node.parts:
            return leaf(node, self.layout)
        if node.kind == "evidence" and parts:
            return self._joined(parts, made)
        truths = [truth for part in parts if (truth := made[part]) is not None]
        return _combined(node, truths) if truths else None

    def _joined(self, sources: Iterable[int], made: Sequence[pl.Expr | None]) -> pl.Expr:
        """Return what sources of evidence say together: those that speak, where they agree."""
        speak_for: list[pl.Expr] = []
        speak_against: list[pl.Expr] = []
        for source in sources:
            kind, place = self._source(source)
            told = made[place]
            assert told is not None  # a source in force has its part in force
            if kind != "rules_out":
                speak_for.append(told)
            if kind != "supports":
                speak_against.append(told if kind == "rules_out" else ~told)
        affirmed, denied = (  # who does not speak for something leaves it to the others
            reduce(or_, sources).fill_null(False) if sources else NO
            for sources in (speak_for, speak_against)
        )
        return pl.when(affirmed != denied).then(affirmed)


def column(node: int) -> str:
    """Return what the column of a node's truth is called."""
    return f"node {node}"


@lru_cache(maxsize=1024)
def formulas(policy: Policy, choices: tuple[int, ...], day: str, layout: Layout) -> Formulas:
    """Return the expressions of a policy on a day (YYYY-MM-DD), made once for each of its texts."""
    return _formulas(policy, choices, turning_day(policy, day), layout)


@lru_cache(maxsize=256)
def _formulas(policy: Policy, choices: tuple[int, ...], day: str, layout: Layout) -> Formulas:
    return Formulas(policy, choices, day, layout)


def _combined(node: Node, truths: Sequence[pl.Expr]) -> pl.Expr:
    match node.kind:
        case "all_of":
            return reduce(and_, truths)
        case "any_of":
            return reduce(or_, truths)
        case "not":
            return ~truths[0]
        case "supports":  # true where its part is; else silent, which is unknown
            return truths[0] | UNKNOWN
        case "rules_out":
            return ~truths[0] & UNKNOWN
    return truths[0]  # what a reading or a date picked


class ColumnarEngine:
    """The expressions as an engine: what a table decides, one request at a time or many."""

    name = "columnar"

    def truths(self, requests: Sequence[Request]) -> list[str]:
        """Return the letters of each request, in order."""
        groups: dict[tuple[Policy, tuple[int, ...], int], list[int]] = {}
        for place, request in enumerate(requests):
            groups.setdefault((request.policy, request.choices, request.day), []).append(place)
        found = [""] * len(requests)
        for (policy, choices, number), places in groups.items():
            day = f"{number:08}"
            frame, layout = columns_of([requests[place].case for place in places])
            asked = formulas(policy, choices, f"{day[:4]}-{day[4:6]}-{day[6:]}", layout)
            for place, letters in zip(places, _letters(asked, frame), strict=True):
                found[place] = letters
        return found


def _letters(asked: Formulas, frame: pl.DataFrame) -> Iterator[str]:
    """Yield the letters of each row of a table."""
    frame = asked.over(frame.lazy()).collect()
    idle = pl.repeat(_LETTERS.index("-"), frame.height, dtype=pl.Int8, eager=True)
    codes = [
        frame[name].cast(pl.Int8).fill_null(_LETTERS.index("u")) if name in frame.columns else idle
        for name in map(column, asked.policy.nodes)
    ]
    for row in zip(*codes, strict=True):
        yield "".join([_LETTERS[code] for code in row])


def columns_of(cases: Sequence[Case]) -> tuple[pl.DataFrame, Layout]:
    """Return a table of cases in the form that expressions take, and which columns it has."""
    facts = rule_base().attributes
    columns = [pl.Series("place", range(len(cases)), dtype=pl.UInt32)]
    for name, attribute in facts.items():
        given = [case.possible.get(name) for case in cases]
        if attribute.type in NUMERIC:
            pairs = [(None, None) if each is None else ends(attribute, each) for each in given]
            columns.append(pl.Series(name + LOW, [low for low, _ in pairs], dtype=pl.Float64))
            columns.append(pl.Series(name + HIGH, [high for _, high in pairs], dtype=pl.Float64))
        else:
            codes = pl.Series(name, [_code(each) for each in given], dtype=pl.UInt32)
            columns.append(
                codes.cast(pl.Boolean)
                if attribute.type == "boolean"
                else codes
                if attribute.type == "set"
                else codes.cat.to(pl.Enum(attribute.values))
            )
    numeric = frozenset(name for name, each in facts.items() if each.type in NUMERIC)
    return pl.DataFrame(columns), Layout(frozenset(facts) - numeric, numeric)


def _code(fact: Possible | None) -> int | None:
    match fact:
        case Option(index):
            return index
        case Members(mask):
            return mask
    return None


COLUMNAR: Final = ColumnarEngine()
