# SPDX-License-Identifier: Apache-2.0
"""Sweeps, what-ifs, timelines and tables of readings: a notebook shows what their texts say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from lutalogic import (
    Case,
    Outcome,
    policies_for,
    readings_table,
    rule_base,
    sweep,
    timeline,
    what_if,
)
from lutalogic.words import DISCLAIMER
from tests.notebooks.test_html import EXAMPLES, REQUESTS, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.notebooks.pages import Element


def bare(text: str) -> str:
    """Return text without white space and colons, which columns stand for."""
    return re.sub(r"[\s:]", "", text)


def below_heads(page: Element) -> str:
    """Return the text of a page without the heads of its tables' columns."""
    return "".join(
        part if isinstance(part, str) else "" if part.tag == "thead" else below_heads(part)
        for part in page.parts
    )


def what_ifs(case: Case, on: str) -> Iterator[Any]:
    """Yield what-ifs, sweeps, timelines and tables of a case to which some policy speaks."""
    policies = policies_for(case)
    if not policies:
        return
    facts = [n for n in policies[0].attributes if n in case.facts]
    numbers = [n for n in facts if rule_base().attributes[n].type in ("number", "integer")]
    for name in (facts[0], facts[-1], *numbers[-2:]):
        yield sweep(case, name, on=on)
        yield what_if(case, on=on, **{name: None})
    yield what_if(case, on=on, age_years=7, hepatic_adequate=False, who_grade=3)
    for policy in policies:
        yield timeline(case, policy)
    yield readings_table(case, on=on)


@pytest.mark.parametrize(("case", "on"), REQUESTS)
def test_they_say_what_their_texts_say_and_no_more(case: Case, on: str) -> None:
    """But for the heads of tables: every line, in the same order, then the disclaimer."""
    for value in what_ifs(case, on):
        page = shown(value)
        assert bare(below_heads(page)) == bare(f"{value}{DISCLAIMER}"), value


def test_a_map_is_a_table_with_each_outcome_in_its_place() -> None:
    """A row for each run of the one fact, a column for each of the other; the case is starred."""
    case, on = REQUESTS[0].values
    assert isinstance(case, Case)
    swept = sweep(case, "ki67_percent", "creatinine_clearance_ml_min", on=str(on))
    page = shown(swept)
    tables = list(page.all("table"))
    assert len(tables) == len(swept.questions) == 2
    starred = 0
    for question, table in zip(swept.questions, tables, strict=True):
        tiles = swept.tiles(question.name)
        [caption] = table.all("caption")
        assert caption.text == question.heading
        heads, *rows = (list(row.all("th")) + list(row.all("td")) for row in table.all("tr"))
        assert [head.text.removeprefix("*  ") for head in heads[1:]] == [
            tile.x.words for tile in tiles[0]
        ]
        assert [[cell.text.removeprefix("*  ") for cell in row] for row in rows] == [
            [row[0].y.words, *(tile.outcome.words for tile in row)] for row in tiles
        ]
        marked = [cell.text for cell in (*heads, *(row[0] for row in rows)) if "*" in cell.text]
        assert len(marked) == 2
        starred += len(marked)
    assert starred == 4
    assert page.text.endswith(DISCLAIMER)


def test_the_examples_have_something_to_show() -> None:
    """Outcomes that turn, criteria that change, and all three outcomes."""
    assert len(EXAMPLES) > 10
    turned, seen = 0, set()
    for request in REQUESTS:
        case, on = request.values
        assert isinstance(case, Case)
        for value in what_ifs(case, str(on)):
            if type(value).__name__ == "WhatIf":
                turned += sum(effect.turned for effect in value)
                seen |= {effect.after.outcome for effect in value}
    assert turned > 20
    assert seen == set(Outcome)
