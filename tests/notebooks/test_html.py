# SPDX-License-Identifier: Apache-2.0
"""What a notebook shows: well formed, in the words of the text, escaped, folding, on its own."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from lutalogic import Case, Decision, compare, decide, policies, policies_for, rule_base
from lutalogic.markup import element, html
from lutalogic.report import decision_page
from lutalogic.words import DISCLAIMER, fact_words
from tests.notebooks.pages import Element, read, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic import Comparison, Explanation

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
#: What a page is made of: nothing that reaches out, runs anything, or styles what is around it.
TAGS = {
    *("div", "span", "p", "strong", "ul", "li", "details", "summary"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"style", "title", "scope", "colspan", "open"}
ATTACK = "<script>alert('x')</script> & \"><img src=x onerror=1>"


def requests() -> Iterator[tuple[str, Case, str]]:
    """Yield the worked patients that state facts, with a name and the date of service."""
    for path in EXAMPLES:
        told = json.loads(path.read_text())
        for number, request in enumerate(told if isinstance(told, list) else [told]):
            if "record" not in request:
                yield f"{path.stem}-{number}", Case(**request["facts"]), request["on"]


REQUESTS = [pytest.param(case, on, id=name) for name, case, on in requests()]


def decisions(case: Case, on: str) -> Iterator[Decision]:
    """Yield what the policies that speak to a case decide."""
    for policy in policies_for(case):
        yield decide(case, policy, on=on)


def shown(value: Any) -> Element:
    """Return what a notebook is given, read, after what every page owes its reader."""
    page = value._repr_html_()
    assert type(page) is str
    made = read(page)
    for part in made.all():
        assert part.tag in TAGS
        assert set(part.attributes) <= ATTRIBUTES
        assert "url(" not in (part.attributes.get("style") or "")
    for head in made.all("th"):
        assert head.attributes["scope"] in ("row", "col", "colgroup")
    for table in made.all("table"):
        assert list(table.all("th"))
    for fold in made.all("details"):
        assert next(part.tag for part in fold.parts if isinstance(part, Element)) == "summary"
        assert len(fold.children("summary")) == 1
    return made


def explanations(decision: Decision) -> Iterator[Explanation]:
    """Yield each kind of explanation of a decision, and of its criteria that decide."""
    yield decision.why()
    yield decision.why(whole=True)
    yield decision.why_not()
    for name in decision.deciding:
        yield decision.why(name)
        yield decision.why_not(name)


@pytest.mark.parametrize(("case", "on"), REQUESTS)
def test_an_explanation_says_what_its_text_says_and_no_more(case: Case, on: str) -> None:
    """Every mark, sentence, source and remark, in the same order, the disclaimer last."""
    for decision in decisions(case, on):
        for explanation in explanations(decision):
            page = shown(explanation)
            assert squeezed(page.text) == squeezed(explanation.text())
            assert page.text.endswith(DISCLAIMER)


@pytest.mark.parametrize(("case", "on"), REQUESTS)
def test_a_decision_says_what_the_terminal_says(case: Case, on: str) -> None:
    """Every line of the terminal's page, and the truth of each criterion in force."""
    for decision in decisions(case, on):
        told = StringIO()
        Console(file=told, width=10_000, markup=False, highlight=False).print(
            decision_page(decision)
        )
        page = shown(decision)
        for line in told.getvalue().splitlines():
            assert squeezed(line) in squeezed(page.text), line
        assert page.text.endswith(DISCLAIMER)
        if not decision.text_in_force:
            continue
        *_, every = page.all("table")
        rows = [
            [cell.text for cell in row.parts if isinstance(cell, Element)]
            for row in every.all("tr")
        ]
        marks = {"true": "yes", "false": "no", "unknown": "?"}
        assert [row[:2] for row in rows[1:]] == [
            [name, marks[truth.value]] for name, truth in decision.criteria.items()
        ]


@pytest.mark.parametrize(("case", "on"), REQUESTS)
def test_what_is_missing_and_what_would_turn_it_say_what_their_texts_say(
    case: Case, on: str
) -> None:
    """Every line, in the same order, the disclaimer last."""
    for decision in decisions(case, on):
        for value in (decision.missing(), decision.flips()):
            page = shown(value)
            assert squeezed(page.text) == squeezed(value.text())
            assert page.text.endswith(DISCLAIMER)


@pytest.mark.parametrize(("case", "on"), REQUESTS)
def test_a_tree_folds_below_each_line_that_has_parts(case: Case, on: str) -> None:
    """A short tree is open; of a long one, its first two levels."""
    folded = 0
    for decision in decisions(case, on):
        for explanation in explanations(decision):
            rows = list(explanation.shown())
            places = {id(reason): (depth, at) for at, (depth, reason) in enumerate(rows)}
            with_parts = [
                depth for at, (depth, _) in enumerate(rows[:-1]) if rows[at + 1][0] > depth
            ]
            folds = list(shown(explanation).all("details"))
            assert len(places) == len(rows)
            assert len(folds) == len(with_parts)
            for fold, depth in zip(folds, with_parts, strict=True):
                opened = len(rows) <= 16 or depth < 2
                assert ("open" in fold.attributes) == opened
                folded += not opened
    assert folded or not policies_for(case)


@pytest.mark.parametrize("case", [request.values[0] for request in REQUESTS])
def test_a_case_shows_each_fact_with_its_name(case: Case) -> None:
    """What the record says of each fact, in the words of all pages, in the vocabulary's order."""
    (*rows,) = shown(case).all("tr")
    told = [[cell.text for cell in row.parts if isinstance(cell, Element)] for row in rows[1:]]
    facts = [row for row in told if len(row) == 3]
    assert [name for _, _, name in facts] == list(case.facts)
    for label, value, name in facts:
        whole = fact_words(name, case.possible.get(name), stated=True)
        assert squeezed(whole).replace(":", "") == squeezed(label + value).replace(":", "")


def test_a_case_without_facts_says_so() -> None:
    """Nothing is documented; there is no empty table."""
    page = shown(Case())
    assert "not documented" in page.text
    assert not list(page.all("table"))


def test_where_no_text_is_in_force_the_page_says_so() -> None:
    """With no criteria, and the disclaimer."""
    decision = decide(Case(age_years=50), "premera_lutathera", on="2015-01-01")
    page = shown(decision)
    assert "No text is on record for that date." in page.text
    assert not list(page.all("table"))
    assert page.text.endswith(DISCLAIMER)
    assert shown(decision.why()).text.endswith(DISCLAIMER)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """Return a comparison that has something to say in every part of its page."""
    return compare("wellmark_lutathera", "premera_lutathera", given={"request_type": "initial"})


def test_a_comparison_says_what_its_markdown_says(comparison: Comparison) -> None:
    """Every line and every cell of a table; the disclaimer last."""
    page = shown(comparison)
    said = squeezed(page.text)
    lines = [
        part
        for line in comparison.markdown(comparison).splitlines()
        for cell in re.split(r"(?<!\\)\|", line.removeprefix("- "))
        for part in cell.split("<br>")
    ]
    plain = [
        re.sub(r"\\([\\|*_<`\[\]])", r"\1", line.replace("&nbsp;", " ").strip("* "))
        for line in lines
    ]
    told = [line for line in plain if line and not set(line) <= set("-|")]
    assert len(told) > 60
    for line in told:
        assert squeezed(line) in said, line
    assert len(list(page.all("table"))) == 2
    assert page.text.endswith(DISCLAIMER)


def test_the_rule_base_shows_itself() -> None:
    """A policy, each of its criteria and every reading: sentence, sources, the first part open."""
    for policy in policies():
        page = shown(policy)
        for criterion in policy.criteria:
            assert squeezed(f"{criterion.id}{criterion.sentence}") in squeezed(page.text)
            own = shown(criterion)
            assert criterion.sentence in own.text
            assert all(str(source) in own.text for source in criterion.sources)
            opened, *others = (
                part for part in own.parts if isinstance(part, Element) and part.tag == "details"
            )
            assert "open" in opened.attributes
            assert not any("open" in fold.attributes for fold in others)
    for reading in rule_base().readings.values():
        page = shown(reading)
        assert reading.question in page.text
        assert all(meaning in page.text for meaning in reading.meanings)


# -- what a user wrote ----------------------------------------------------------------------------


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(max_size=20))
def test_text_comes_out_as_it_was(text: str, title: str) -> None:
    """Of any text, as a part and as an attribute, a reader sees just that text and no element."""
    text, title = text.replace("\r", ""), title.replace("\r", "")
    (made,) = read(element("div", element("p", text, "<b>", title=title))).parts
    assert isinstance(made, Element)
    assert made.text == f"{text}<b>"
    assert made.attributes == {"title": title}
    assert all(isinstance(part, str) for part in made.parts)


def test_an_attack_in_a_record_is_shown_as_text() -> None:
    """In every derivation, wherever a page tells how a fact was derived."""
    facts = {"age_years": 9, "ki67_percent": "<5", "who_grade": 3, "tumor_type": "gep_net"}
    case = Case.from_mapping(facts).with_derivations(dict.fromkeys(facts, ATTACK))
    shown_there = 0
    for policy in policies():
        decision = decide(case, policy, on="2026-06-01")
        for value in (case, decision, *explanations(decision)):
            page = shown(value)
            shown_there += page.text.count(ATTACK)
    assert shown_there > 20


def test_an_attack_in_any_text_of_an_explanation_is_shown_as_text() -> None:
    """Heading, note, criteria, closing remarks, and every sentence, fact and source of the tree."""
    explanation = decide(Case(age_years=9), "wellmark_lutathera", on="2026-06-01").why(whole=True)
    assert explanation.root is not None

    def attacked(reason: Any) -> Any:
        source = reason.statement.sources[:1]
        statement = replace(
            reason.statement,
            sentence=reason.statement.sentence and ATTACK,
            sources=tuple(replace(each, section=ATTACK) for each in source),
        )
        return reason._replace(
            statement=statement,
            fact=ATTACK,
            derived=(ATTACK,),
            parts=tuple(attacked(part) for part in reason.parts),
        )

    worst = replace(
        explanation,
        heading=(ATTACK, ATTACK),
        root=attacked(explanation.root),
        closing=lambda: [ATTACK],
        also=(ATTACK,),
        note=ATTACK,
    )
    page = shown(worst)
    assert squeezed(page.text) == squeezed(worst.text())
    assert page.text.count(ATTACK) > 100


def test_what_has_no_html_says_so() -> None:
    """Nothing is shown by chance."""
    with pytest.raises(TypeError, match="int has no HTML"):
        html(5)
