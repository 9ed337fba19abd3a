# SPDX-License-Identifier: Apache-2.0
"""The modules of the page read, ask and word as the package does."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lutalogic import Case, rule_base
from lutalogic.answers import Outcome
from lutalogic.decision_lines import section_lines
from lutalogic.errors import InputError
from tests.wasm.asked import (
    ROOT,
    Asked,
    case_tables,
    drawn_requests,
    json_fact,
    query,
    sample_cases,
)  # fmt: skip
from tests.wasm.asked import worked_patients as worked
from tests.wasm.test_native import native_answers

if TYPE_CHECKING:
    from lutalogic import Decision

sys.path.insert(0, str(ROOT / "docs/playground"))
from page_data import typed  # type: ignore[import-not-found]


def page(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the modules of the page make of some lines; see page_words.mjs."""
    done = subprocess.run(
        ["node", str(ROOT / "tests/wasm/page_words.mjs"), os.environ["LUTALOGIC_PLAYGROUND"]],
        input="".join(f"{json.dumps(line)}\n" for line in lines),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def as_typed(asked: Asked) -> Asked:
    """Return a request with its numbers as one would type them, to few decimals."""
    facts: dict[str, Any] = {}
    for name, value in Case.from_mapping(asked.facts).facts.items():
        text = typed(value)
        numeric = isinstance(text, str) and not isinstance(value, str)
        facts[name] = Decimal(text) if numeric else value
    return Asked(asked.place, asked.policy, asked.on, facts, asked.readings)


def given(facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts as the fields of the form have them."""
    told = {name: typed(value) for name, value in facts.items()}
    return {n: str(v).lower() if isinstance(v, bool) else v for n, v in told.items()}


def tree_lines(text: str) -> list[str]:
    """Return the lines of the tree of an explanation, without what stands above and below it."""
    return text.split("\n\n")[1].splitlines() if text.count("\n\n") > 1 else []


def requests() -> list[Asked]:
    """Return worked, sample and drawn requests, and rows of tables that leave something open."""
    tables = [each for each in case_tables() if each.decided().indeterminate]
    return [*worked(), *sample_cases(), *drawn_requests(), *tables]


def test_a_request_and_its_reasons_are_worded_as_in_the_package() -> None:
    """The query, all lines of `why()`, `why_not()`, `why(whole=True)`, what stands beside it."""
    every = [as_typed(each) for each in requests()]
    decisions = [each.decided() for each in every]
    asked = [{"queries": [query(each), reference_query(each)]} for each in decisions]
    answers = [found["answers"] for found in native_answers([*map(json.dumps, asked)])]
    lines = [
        {
            "policy": each.policy, "on": each.on, "readings": each.readings,
            "given": given(decision.case.facts), "letters": decision.truths,
            "pending": decision.text_in_force and decision.outcome is Outcome.NEEDS_INFORMATION,
            "answer": answer, "reference": reference["letters"],
        }
        for each, decision, (answer, reference) in zip(every, decisions, answers, strict=True)
    ]  # fmt: skip
    told = waiting = 0
    beside = dict.fromkeys(BESIDE, 0)
    for each, decision, found in zip(every, decisions, page(lines), strict=True):
        assert found["query"] == query(decision), each.place
        assert found["reference"] == reference_query(decision), each.place
        for question, explanation in {
            "why": decision.why(), "why_not": decision.why_not(), "whole": decision.why(whole=True),
        }.items():  # fmt: skip
            shown = [*explanation.shown()]
            expected = tree_lines(explanation.text()) if shown else []
            assert found[question] == expected, (each.place, question)
            told += len(expected)
        if "placed" in found:
            assert set(found["placed"]) == set(decision.waits_for), each.place
            waiting += 1
        sections = dict(section_lines(decision))
        for section, title in BESIDE.items():
            expected = [as_listed(line) for line in sections.get(title, ())]
            assert [as_listed(line) for line in found[section]] == expected, (each.place, section)
            beside[section] += bool(expected)
    assert told > 10_000
    assert waiting > 100
    assert min(beside.values()) > 20, beside


#: What the page tells beside an answer, and how the package heads it.
BESIDE = {
    "beside": "Beside the decision",
    "otherwise": "Read otherwise than by default",
    "open": "Documented, and still open",
    "unread": "Documented, and read by an open criterion only under other readings or dates",
    "conflicts": "In conflict",
}


def reference_query(decision: Decision) -> dict[str, Any]:
    """Return the query that the page makes for reference knowledge beside a decision."""
    base, known = rule_base(), decision.case.possible
    readings = [base.readings[name] for name in base.reference.readings]
    return {
        "policy": base.reference.index,
        "on": decision.request.day,
        "readings": [r.values.index(decision.readings.get(r.name, r.default)) for r in readings],
        "facts": [json_fact(known.get(name)) for name in base.reference.attributes],
    }


def as_listed(line: str) -> str:
    """Return a line; of a conflict, its parts in an order that says nothing."""
    if " speaks for it" not in line:
        return line
    return " | ".join(sorted(re.split(r", |: | speaks for it| against it", line)))


TEXTS = [
    "0", "1", "4", "5", "7.35", "7.4", "120", "121", "-1", "1000000", "007", "1e3", "1.", ".5",
    "<5", "<=5", ">60", ">=60", "2-10", "10-2", "5-5", "<0", ">=0", "<1", ">2-3", "0-100", "0-120",
    "-5--2", "-100-5000", "<5 ", " 5", "≤5", "5 %", "5,4", "never", "Never", "none", "halt", "X",
    "f(x)", "'a'", "0'a", "0b11", "1r3", "inf", "nan", "1" * 61, "<" + "9" * 70,
    "0." + "0" * 70 + "1",
    "2.5-3.5", "<2.5", ">2.5", "0.1-0.2", "--5", "5-", "", "\u0665",
]  # fmt: skip


def test_a_text_typed_into_a_field_is_read_as_the_package_reads_it() -> None:
    """A number, an interval, an option of each fact: read alike, or refused by both."""
    tried = [(name, value) for name in rule_base().attributes for value in _tried(name)]
    read = refused = 0
    found = page([{"fact": name, "given": value} for name, value in tried])
    for (name, value), told in zip(tried, found, strict=True):
        if value == "":
            assert told == {"known": None}
            continue
        try:
            expected = {"known": json_fact(_read(name, value))}
        except InputError:
            assert told.get("error"), (name, value, told)
            refused += 1
        else:
            assert told == expected, (name, value)
            read += 1
    assert read > 500
    assert refused > 500


def _tried(name: str) -> list[Any]:
    attribute = rule_base().attributes[name]
    if attribute.type == "set":
        return [[], [attribute.values[0]], [*attribute.values], ["X"], "none"]
    if attribute.range == (0, 0):
        return [*TEXTS, *attribute.values, "true", "false"]
    return [*TEXTS, *map(str, attribute.range)]


def _read(fact: str, value: Any) -> Any:
    """Return what the package makes of a value: a typed number without quotes is a number."""
    attribute = rule_base().attributes[fact]
    if isinstance(value, str):
        text = value.strip()
        if attribute.type == "boolean":
            value = {"true": True, "false": False}.get(value, value)
        elif attribute.range != (0, 0):
            plain = text.removeprefix("-").replace(".", "", 1)
            decimal = plain.isascii() and plain.isdigit() and text[-1].isdigit()
            value = Decimal(text) if decimal and not text.lstrip("-").startswith(".") else text
    case = Case.from_mapping({fact: value})
    return case.possible.get(fact)


def test_a_link_leads_back_to_what_it_was_made_of() -> None:
    """Read and written again, a fragment is the same, and nothing in it is a problem."""
    fragments = [
        "on=2026-06-01&policy=wellmark_lutathera&reading.w_item1=literal_list&fact.age_years=58",
        "on=2026-06-01&policy=premera_xofigo&policy=premera_pluvicto&fact.disease_progression_on=none",
        "on=2026-06-01&fact.disease_progression_on=octreotide_lar%2Ceverolimus&fact.ki67_percent=%3C5",
        "on=x%26y",
    ]
    for fragment, found in zip(fragments, page([{"fragment": f} for f in fragments]), strict=True):
        assert found == {"problems": 0, "again": fragment}


def test_what_a_link_has_that_the_form_has_not_is_a_problem_and_nothing_else() -> None:
    """Unknown names and options are told of, and left out."""
    wrong = [
        "policy=X", "reading.w_item1=X", "reading.X=1", "fact.X=1", "fact.tumor_type=X",
        "fact.disease_progression_on=X", "fact.__proto__=1", "reading.constructor=1", "x",
        "fact.age_years=" + "9" * 241, "%", "a" * 30_000, "fact.recurrent_disease=true", "=",
        "fact.=",
    ]  # fmt: skip
    for fragment, found in zip(wrong, page([{"fragment": f} for f in wrong]), strict=True):
        assert found == {"problems": 1, "again": "on="}, fragment
