# SPDX-License-Identifier: Apache-2.0
"""Sweeps, what-ifs, timelines and tables of readings, as a notebook shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lutalogic.effects import NO_CRITERION
from lutalogic.html_pages import KINDS
from lutalogic.markup import (
    Markup,
    bullets,
    chip,
    element,
    heading,
    html,
    joined,
    page,
    quiet,
    small,
    table,
    titled,
)
from lutalogic.plain import listed
from lutalogic.readings_table import LEGEND, ReadingsTable
from lutalogic.sweep_maps import SweepMap
from lutalogic.sweeps import Sweep
from lutalogic.timeline import Timeline
from lutalogic.what_if import WhatIf
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lutalogic.answers import Outcome
    from lutalogic.effects import CriterionChange

_HERE: Final = "*  "


@html.register(Sweep)
def _sweep_html(sweep: Sweep) -> Markup:
    """Return a table for each policy: the values with their outcomes, then what changes where."""
    parts: list[str] = [heading(sweep.title)]
    for question in sweep.questions:
        rows = [
            (_HERE * band.run.here + band.words, _chip(band.outcome))
            for band in sweep.bands(question.name)
        ]
        parts.append(table((sweep.attribute.label, "Outcome"), rows, caption=question.heading))
        turns = sweep.breakpoints(question.name)
        told = [f"changes {turn.words}:  {listed(turn.criteria)}" for turn in turns]
        parts += [bullets(told)] if told else []
    return page(*parts, small(DISCLAIMER))


@html.register(SweepMap)
def _map_html(swept: SweepMap) -> Markup:
    """Return a table for each policy: a row for each run of y, a column for each run of x."""
    parts: list[str] = [heading(swept.title, "*: the case")]
    corner = f"{swept.y.label} down, {swept.x.label} across"
    for question in swept.questions:
        tiles = swept.tiles(question.name)
        heads = [_HERE * tile.x.here + tile.x.words for tile in tiles[0]]
        rows = [
            (_HERE * row[0].y.here + row[0].y.words, *(_chip(tile.outcome) for tile in row))
            for row in tiles
        ]
        parts.append(table((corner, *heads), rows, caption=question.heading))
    return page(*parts, small(DISCLAIMER))


@html.register(WhatIf)
def _what_if_html(found: WhatIf) -> Markup:
    """Return the facts that are other, and for each policy all that differs."""
    parts: list[str] = [heading("What if:"), bullets(found.changes)]
    for question, effect in zip(found.questions, found.effects, strict=True):
        told = [f"{title}  {entry}" for title, entry in (*effect.remarks, *effect.waiting)]
        told = told if effect.criteria else [NO_CRITERION, *told]
        parts.append(titled(f"{question.heading}: {effect.outcome_words}"))
        parts += [_criteria(effect.criteria)] if effect.criteria else []
        parts += [bullets(told)] if told else []
    return page(*parts, small(DISCLAIMER))


@html.register(Timeline)
def _timeline_html(line: Timeline) -> Markup:
    """Return a table of the periods, each with what changed."""
    rows = [
        (
            period.words,
            _chip(period.outcome),
            joined([period.note, *map(_line, period.criteria)]),
        )
        for period in line
    ]
    heads = ("Service", "Outcome", "What changes")
    return page(heading(line.title), table(heads, rows), small(DISCLAIMER))


@html.register(ReadingsTable)
def _readings_html(found: ReadingsTable) -> Markup:
    """Return a table for each policy of the values that change something."""
    parts: list[str] = [small(LEGEND)]
    for question in found.questions:
        changing, rest = found.changing(question)
        parts.append(titled(f"{question.heading}: {found.base(question).outcome.words}"))
        rows = [
            (
                "!" if row.turns else " ",
                row.words,
                joined([quiet(f"[{row.reading.name}={row.value}]"), f" {row.meaning}"]),
            )
            for row in changing
        ]
        heads = ("!", "Outcome: criteria", "Reading")
        parts += [table(heads, rows)] if rows else []
        parts.append(bullets([rest]))
    return page(*parts, small(DISCLAIMER))


def _criteria(changes: Iterable[CriterionChange]) -> Markup:
    rows = [(e.criterion.id, _unbroken(e.words), e.criterion.sentence) for e in changes]
    return table(("Criterion", "Holds", "Asks"), rows)


def _line(change: CriterionChange) -> Markup:
    words = (change.criterion.id, "  ", _unbroken(change.words), "  ", change.criterion.sentence)
    return element("div", *words)


def _unbroken(words: str) -> Markup:
    return element("span", words, style="white-space:nowrap")


def _chip(outcome: Outcome) -> Markup:
    return chip(outcome.words, KINDS[outcome])
