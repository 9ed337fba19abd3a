# SPDX-License-Identifier: Apache-2.0
"""What sweeps and what-ifs print, and the JSON that they are: right in form and in words."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from lutalogic import readings_table, rule_base, schemas, strict_json, sweep, timeline, what_if
from lutalogic.plain import WIDTH
from lutalogic.runs import points
from tests.strategies import POLICIES, requests, searching, values

VALIDATORS = {name: Draft202012Validator(schema) for name, schema in schemas().items()}


def wrong(name: str, value: Any) -> list[str]:
    """Return what a schema finds wrong with a value as it is written."""
    written = json.loads(strict_json.dumps(value))
    return [error.message for error in VALIDATORS[name].iter_errors(written)]


@pytest.mark.parametrize("policy", POLICIES)
def test_what_is_asked_is_of_its_schema_and_fits_a_page(policy: str) -> None:
    """Sweeps, maps, what-ifs, timelines and tables of random requests validate, and print."""
    entry = rule_base().policies[policy]
    names = st.lists(st.sampled_from(entry.attributes), min_size=2, max_size=2, unique=True)

    @searching(0.25)
    @given(requests(policy), names, st.data())
    def search(request: dict[str, Any], pair: list[str], data: st.DataObject) -> None:
        facts, readings = request["facts"], request["readings"]
        asked: dict[str, Any] = {"on": request["on"], "readings": readings}
        x, y = pair
        drawn = {x: data.draw(values(rule_base().attributes[x]))}
        told = {
            "sweep": sweep(facts, x, policies=policy, **asked),
            "what-if": what_if(facts, policy=policy, **asked, **drawn),
            "timeline": timeline(facts, policy, readings=readings),
            "readings-table": readings_table(facts, policies=policy, **asked),
        }
        for name, each in told.items():
            assert wrong(name, each.as_json()) == [], name
            assert max(map(len, str(each).splitlines())) <= WIDTH, f"{each}"
            assert repr(each).startswith("<"), name
        mapped = sweep(facts, x, y, policies=policy, **asked)
        assert wrong("sweep-map", mapped.as_json()) == []
        assert x in str(mapped)

    search()


def test_the_schemas_refuse_what_is_not_of_them() -> None:
    """A field too many or too few, and an outcome that is none."""
    told = sweep({}, "age_years", policies="premera_xofigo").as_json()
    assert wrong("sweep", told) == []
    for changed in (told | {"more": 1}, told | {"by": "x"}, {k: told[k] for k in list(told)[1:]}):
        assert wrong("sweep", changed)
    told["policies"][0]["bands"][0]["outcome"] = "maybe"
    assert wrong("sweep", told)


def test_the_words_of_a_run_say_which_ends_belong_to_it() -> None:
    """At every limit of every number, words read back are the ends of the stretch."""
    seen = 0
    for attribute in rule_base().attributes.values():
        for point in points(attribute):
            cell = point.stretch
            if cell is None or cell.point:
                continue
            told = point.words
            bottom, top = attribute.range
            if cell.low > bottom and cell.high < top:
                assert told.startswith("above ") == cell.low_open
                assert (" to below " in told) == cell.high_open
            elif cell.low > bottom:
                assert told.startswith("above " if cell.low_open else "at least ")
            elif cell.high < top:
                assert told.startswith("below " if cell.high_open else "at most ")
            else:
                assert told.startswith("any, ")
            assert re.search(r"\d", told)
            seen += 1
    assert seen > 60


def test_a_reading_that_takes_the_text_away_is_told_so() -> None:
    """Not as a change of every criterion."""
    told = str(readings_table({"age_years": 11}, policies="wellmark_lutathera", on="2026-01-15"))
    assert "!  needs information: no text is in force" in told
    assert "[w_in_force_from=2026-02-01]" in told
