# SPDX-License-Identifier: Apache-2.0
"""What a report says: by level and criterion, as text, JSON, JUnit XML and HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from lutalogic import strict_json
from lutalogic.conformance.conform import conform_function
from lutalogic.conformance.report import Report
from lutalogic.conformance.report_files import html_page, junit_xml
from lutalogic.conformance.runner import Complaint
from tests.conformance.small import answer, small_suite

VECTORS = small_suite().vectors[:30]
_MET = [v for v in VECTORS if v.expect.outcome == "met"]
_NASTY = "<script>alert(1)</script> & \x00\ud800"


def wrong_report() -> Report:
    """Return the report on a function that denies what is met, and fails on the first vector."""

    def ours(request: dict[str, object]) -> object:
        if request["id"] == VECTORS[0].id:
            raise ValueError(_NASTY)
        told = answer(request)
        return told | {"outcome": "not_met"} if told["outcome"] == "met" else told

    report = conform_function(ours, VECTORS, level=1)
    complaints = (Complaint("it wrote to standard error", 2, [_NASTY]),)
    left = small_suite().vectors[30:33]
    return Report("mine", 1, report.digest, report.verdicts, left, complaints, 1.5)


def test_the_counts_add_up() -> None:
    """Right and wrong are all vectors, at each level; nothing holds where something is not."""
    report = wrong_report()
    wrong = len({VECTORS[0].id, *(v.id for v in _MET)})
    assert len(report.wrong) == wrong > 5
    assert report.right_at(0) == len(VECTORS) - wrong
    assert report.asked == len(VECTORS) + 3
    assert report.holds == -1
    assert not any(count.wrong for count in report.criteria)  # outcomes alone are wrong
    told = report.as_json()
    assert told["holds"] is False
    assert [level["right"] for level in told["levels"]] == [len(VECTORS) - wrong] * 2
    assert strict_json.loads(strict_json.dumps(told))["highest_level"] == -1


def test_a_criterion_tells_how_it_is_wrong() -> None:
    """How often, and what was given for what."""

    def ours(request: dict[str, object]) -> object:
        told = answer(request)
        if "W-1" in told["criteria"]:
            told["criteria"]["W-1"] = "unknown"
        return told

    asked = [v for v in VECTORS if v.policy == "wellmark_lutathera"]
    report = conform_function(ours, asked, level=1)
    assert report.holds == 0
    [count] = [each for each in report.criteria if each.wrong]
    compared = [v for v in asked if "W-1" in (v.expect.criteria or {})]
    assert (count.id, count.wrong.total() + count.right) == ("W-1", len(compared))
    assert count.ways[0].endswith("times unknown for true")
    assert f"W-1: {count.right} right, {count.wrong.total()} wrong" in report.text()


def test_the_text_says_what_matters() -> None:
    """The headline, the levels, the first wrong answers and the complaints."""
    text = wrong_report().text()
    assert text.startswith("Level 1 does not hold: ")
    assert "3 vectors were not asked" in text
    assert f"{VECTORS[0].id}: no answer (it raised ValueError" in text
    assert "it wrote to standard error, 2 times" in text
    right = conform_function(lambda request: answer(request), VECTORS, level=1)
    assert right.text().startswith("Level 1 holds: all 30 answers are right.")


def test_the_junit_report_counts_alike() -> None:
    """A case for each vector: failures are wrong, errors missing, skipped not asked."""
    report = wrong_report()
    root = ElementTree.fromstring(junit_xml(report))
    cases = root.findall("./testsuite/testcase")
    assert len(cases) == report.asked
    assert len(root.findall(".//failure")) + len(root.findall(".//error")) == len(report.wrong)
    assert len(root.findall(".//error")) == 1
    assert len(root.findall(".//skipped")) == 3
    for name, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        stated = [int(suite.get(name, "")) for suite in root.findall("testsuite")]
        assert sum(stated) == len(root.findall(f".//{element}"))


class _Page(HTMLParser):
    """Collects the tags of a page, and whatever it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_html_report_needs_nothing_and_escapes_all() -> None:
    """One page without scripts or anything to load, that says what the text says."""
    report = wrong_report()
    page = _Page()
    page.feed(html_page(report))
    assert "script" not in page.tags
    assert page.loads == []
    assert "<script>alert(1)</script>" in page.words
    assert report.headline in page.words
    for verdict in report.wrong:
        assert verdict.vector.id in page.words
    assert not re.search(r"url\(|@import", html_page(report))


@pytest.mark.parametrize("level", range(4))
def test_the_level_that_holds_is_told(level: int) -> None:
    """An implementation that tells the outcome alone holds at level 0 and at no higher one."""
    report = conform_function(lambda request: answer(request)["outcome"], VECTORS, level=level)
    assert report.holds == 0
    assert report.as_json()["holds"] is (level == 0)


def test_what_an_implementation_does_not_support_is_told() -> None:
    """Where all that it does not answer needs something, a profile is proposed; else not."""
    asked = small_suite().vectors
    by_id = {vector.id: vector for vector in asked}
    needing = sum(bool(vector.needs) for vector in asked)
    report = conform_function(
        lambda request: {"error": "no"} if by_id[request["id"]].needs else answer(request), asked
    )
    assert f"all {needing} need what it may not support: " in report.text()
    assert "--profile" not in conform_function(lambda _: {"error": "no"}, asked).text()
