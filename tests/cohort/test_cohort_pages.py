# SPDX-License-Identifier: Apache-2.0
"""What cohorts answer, in words, in pictures and as a report of one HTML file."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from lutalogic.answers import Outcome
from lutalogic.cohort import Answers, Effect, ask, compare, report, synthesize
from lutalogic.cohort.pages import report_html
from lutalogic.errors import BadRequest

if TYPE_CHECKING:
    from pathlib import Path

TABLE = synthesize(800, seed=2, drug="lutathera", missing="practice", ids=True)
BOTH = ["premera_lutathera", "wellmark_lutathera"]


@pytest.fixture(scope="module")
def answers() -> Answers:
    """Return what both payers say of the table."""
    return ask(TABLE, BOTH, on="2026-06-01")


@pytest.fixture(scope="module")
def effect() -> Effect:
    """Return what a change of text does to it."""
    return compare(TABLE, "premera_lutathera@2026-03-31", "premera_lutathera@2026-04-01")


class _Page(HTMLParser):
    """The elements of a page: those left open, the texts, the attributes that load something."""

    EMPTY = frozenset({"meta", "br", "link", "img", "path", "use", "rect"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.EMPTY:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\b\d[\d,]*\b", text))


def test_a_report_is_one_sound_page_that_loads_nothing(
    answers: Answers, effect: Effect, tmp_path: Path
) -> None:
    """Well-formed, with a language, a title, heads of tables and words for pictures; no address."""
    for found in (answers, effect):
        path = report(found, tmp_path / f"{type(found).__name__}.html")
        text = path.read_text(encoding="utf-8")
        page = _Page(text)
        assert not page.open
        assert not page.wrong
        tags = [tag for tag, _ in page.seen]
        assert "script" not in tags
        assert {"html", "title", "main", "h1", "h2", "table", "caption", "svg"} <= set(tags)
        for tag, attributes in page.seen:
            if tag == "html":
                assert attributes["lang"] == "en"
            if tag == "th":
                assert attributes["scope"] in ("col", "row", "colgroup")
            if tag == "svg":
                assert attributes["role"] == "img"
                assert attributes["aria-label"]
            for name in ("src", "href", "xlink:href"):
                assert (attributes.get(name) or "#").startswith("#")
        assert tags.count("caption") == tags.count("table")
        ids = [attributes["id"] for _, attributes in page.seen if "id" in attributes]
        assert len(ids) == len(set(ids))
        assert "@import" not in text
        assert "no medical advice and no payer" in text


def test_a_report_has_every_number_that_is_printed(answers: Answers, effect: Effect) -> None:
    """The page says what the text says."""
    for found in (answers, effect):
        told = re.sub(r"<[^>]+>", " ", report_html(found))
        assert _numbers(str(found)) <= _numbers(told)
        shown = re.sub(r"<[^>]+>", " ", found._repr_html_())
        assert _numbers(str(found)) <= _numbers(shown)


def test_what_a_table_says_is_escaped() -> None:
    """A name in a table is text in a page, never markup."""
    table = TABLE.head(50).drop("id").with_columns(name=_hostile())
    found = compare(table, *BOTH, on="2026-06-01")
    assert found.changed
    text = report_html(found)
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def _hostile() -> Any:
    import polars as pl

    return pl.lit("<script>alert(1)</script>")


def test_a_report_replaces_no_file_unless_asked(answers: Answers, tmp_path: Path) -> None:
    """A file that is there already is kept; what cannot be written is an error of the input."""
    path = tmp_path / "report.html"
    path.write_text("mine")
    with pytest.raises(BadRequest, match="there already"):
        report(answers, path)
    assert path.read_text() == "mine"
    assert report(answers, path, replace=True).read_text().startswith("<!DOCTYPE html>")
    with pytest.raises(BadRequest, match="cannot be written"):
        report(answers, tmp_path / "no such folder" / "report.html")
    with pytest.raises(BadRequest, match=r"cohort\.ask"):
        report("answers", path)  # type: ignore[arg-type]


def test_pictures_show_the_shares(answers: Answers, effect: Effect) -> None:
    """A bar for each policy, or for each outcome before, as wide as the shares of the outcomes."""
    for found, bars in (
        (answers, [each.shares for each in answers.policies]),
        (effect, [_shares(effect, x) for x in Outcome]),
    ):
        [axes] = found.plot().axes
        widths = [patch.get_width() for patch in axes.patches]
        wanted = [shares[outcome] for shares in bars for outcome in Outcome if shares[outcome]]
        assert widths == pytest.approx(wanted)
        assert len(axes.get_yticks()) == len(bars)


def _shares(effect: Effect, before: Outcome) -> dict[Outcome, float]:
    total = sum(effect.counts[before, after] for after in Outcome)
    return {after: effect.counts[before, after] / max(1, total) for after in Outcome}


def test_without_matplotlib_a_report_has_its_tables(
    answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures are left out; every table stands."""
    for name in ("lutalogic.pictures", "lutalogic.cohort.pictures"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    text = report_html(answers)
    assert "<svg" not in text
    assert text.count("<table") >= 7


def test_text_names_what_holds_most_rows(answers: Answers) -> None:
    """The first criterion and the first fact of the text are those that count most."""
    for each in answers.policies:
        lines = each.lines()
        counts = [criterion.held for criterion in each.holding]
        assert counts == sorted(counts, reverse=True)
        at = next(i for i, line in enumerate(lines) if line.startswith("Criteria"))
        assert lines[at + 2].split()[: each.holding[0].id.count(" ") + 1] == (
            each.holding[0].id.split()
        )
        released = [fact.releases for fact in each.releasing]
        assert released == sorted(released, reverse=True)
        assert max(map(len, lines)) <= 80
