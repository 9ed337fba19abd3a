# SPDX-License-Identifier: Apache-2.0
"""What stands around the answers: addresses, links to the site, and all without scripts."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lutalogic import rule_base
from lutalogic.words import DISCLAIMER
from tests.browser.test_accessibility import findings
from tests.browser.test_playground import PATIENT, WORKED, address_of, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Opened

    Opening = Callable[..., Opened]

#: A built site in which a playground lies, where there is one.
SITE = Path(os.environ["LUTALOGIC_SITE"]).resolve() if os.environ.get("LUTALOGIC_SITE") else None


def turning(page: Page) -> None:
    """Load a patient whose outcome turns on a reading."""
    index = [*WORKED].index("02_pancreas_first_line_ki67_20:0")
    page.select_option("#example", str(index))
    page.click("#load-example")
    page.wait_for_selector("body[data-turns]")


def test_an_edit_takes_the_facts_out_of_the_address(opened: Opening) -> None:
    """An address that says something else than the form would mislead whoever copies it."""
    page = opened(fragment=PATIENT).wait()
    assert "#" in address_of(page)
    page.fill("#fact-age_years", "55")
    assert "#" not in address_of(page)
    page.click("#make-link")
    assert "fact.age_years=55" in address_of(page)
    page.select_option("#question", "whole")
    assert "fact.age_years=55" in address_of(page)
    page.click("#load-example")
    assert "#" not in address_of(page)


def test_clearing_the_facts_clears_them_everywhere_and_nothing_else(opened: Opening) -> None:
    """Policies, date and readings stay; the address has the patient no more."""
    page = opened(fragment=f"{PATIENT}&reading.w_item1=literal_list").wait()
    page.click("#clear")
    page.wait_for_selector("body[data-pending=false]")
    assert "#" not in address_of(page)
    assert page.input_value("#fact-age_years") == ""
    assert page.input_value("#day") == "2026-06-01"
    assert page.is_checked("#policy-wellmark_lutathera")
    assert page.input_value("#reading-w_item1") == "literal_list"


@pytest.mark.parametrize("button", ["#clear", "#load-example"])
def test_what_a_button_takes_away_can_be_put_back(opened: Opening, button: str) -> None:
    """All of it, until something is typed anew; where nothing was taken, nothing is offered."""
    page = opened(fragment=f"{PATIENT}&reading.w_item1=literal_list").wait()
    page.fill("#fact-age_years", "25 %")  # what cannot be read is not lost either
    before = page.inner_text("#cards")
    page.click(button)
    page.wait_for_selector("body[data-pending=false]")
    assert page.input_value("#fact-age_years") != "25 %"
    page.click("#put-back")
    page.wait_for_selector("body[data-pending=false]")
    assert page.inner_text("#cards") == before
    assert page.input_value("#fact-age_years") == "25 %"
    assert page.input_value("#reading-w_item1") == "literal_list"
    assert page.is_hidden("#replaced")
    assert page.evaluate("document.activeElement.id") == button[1:]
    page.click(button)
    page.fill("#fact-age_years", "70")
    assert page.is_hidden("#replaced")
    empty = opened().wait()
    empty.click(button)
    assert empty.is_hidden("#replaced")


def test_a_link_without_a_date_says_that_today_is_taken(opened: Opening) -> None:
    """Until the date is changed; a page without a link says nothing."""
    page = opened(fragment=PATIENT.replace("on=2026-06-01&", "")).wait()
    assert page.input_value("#day") in page.inner_text("#told")
    assert date.fromisoformat(page.input_value("#day"))
    page.fill("#day", "2026-06-01")
    assert page.is_hidden("#told")
    assert opened().wait().is_hidden("#told")


def test_on_which_readings_an_outcome_turns_stays_when_other_reasons_are_shown(
    opened: Opening,
) -> None:
    """Showing other reasons asks nothing anew, and takes nothing away."""
    page = opened().wait()
    turning(page)
    before = page.inner_text(".turns >> visible=true")
    for question in ("why_not", "whole", "why"):
        page.select_option("#question", question)
        assert page.inner_text(".turns >> visible=true") == before


def test_a_reading_is_told_in_words(opened: Opening) -> None:
    """The question, the value that turns the outcome and the one taken; its name comes last."""
    page = opened().wait()
    turning(page)
    reading = rule_base().readings["w_first_line_ki67_upper"]
    told = page.inner_text(".turns li")
    for words in (reading.question, *reading.meanings):
        assert words in told
    assert told.endswith("w_first_line_ki67_upper = up_to_20")


def test_what_is_waited_for_says_how_it_combines(opened: Opening) -> None:
    """By criterion, all of or one of; the same facts as those who supply them are listed with."""
    page = opened(fragment=PATIENT).wait()
    page.click("text=/^Waits for/ >> nth=0")
    card = page.locator(".card >> nth=0")
    assert "not all of which may be needed" in card.inner_text()
    told = page.inner_text(".combined >> nth=0")
    assert "all of these:" in told
    assert "This does not hold:" in told
    assert "one of these:" in told
    assert re.search(r"^L-7 Karnofsky .*, by the evidence of these:$", told, re.MULTILINE)
    names = "(all) => [...new Set(all.map((each) => each.dataset.fact))].sort()"
    combined = card.locator(".combined [data-fact]").evaluate_all(names)
    assert combined == card.locator(".waits [data-fact]").evaluate_all(names)
    card.locator(".combined [data-fact]").first.click()
    assert page.evaluate("document.activeElement.id").startswith("fact-")


def test_without_scripts_the_page_says_what_it_is_and_that_it_decides_nothing(
    opened: Opening,
) -> None:
    """The disclaimer stands in the page itself; nothing claims to be starting."""
    page = opened(java_script_enabled=False).page
    assert page.text_content("#disclaimer") == DISCLAIMER
    assert page.is_visible("#disclaimer")
    assert page.is_visible("noscript p:has-text('nothing is decided')")
    assert page.is_hidden("#starting")
    assert page.is_hidden("#form")


@pytest.mark.parametrize("name", ["data.js", "prolog.js", "playground.js"])
def test_a_file_that_is_missing_is_told(opened: Opening, name: str) -> None:
    """The page says which, and does not claim to be starting for ever."""
    found = opened()
    page = found.wait()
    page.route(f"**/{name}", lambda route: route.abort())
    page.reload()
    page.wait_for_selector("#missing:visible")
    assert name in page.inner_text("#missing")
    assert page.is_hidden("#starting")
    assert page.text_content("#disclaimer") == DISCLAIMER
    found.complaints.clear()  # the browser tells of what it could not load


def test_a_script_that_fails_is_told(opened: Opening) -> None:
    """Half an answer must not look like a whole one."""
    found = opened(fragment=PATIENT)
    page = found.wait()
    assert page.is_hidden("#missing")
    for wrong in (
        "setTimeout(() => { throw new Error('odd') })",
        "Promise.reject(new Error('odd'))",
    ):
        page.evaluate("missing.hidden = true")
        page.evaluate(f"() => {{ {wrong} }}")
        page.wait_for_selector("#missing:visible")
        assert "odd" in page.inner_text("#missing")
    found.complaints.clear()  # of just that


def test_the_list_of_rules_has_the_disclaimer(folder: Path) -> None:
    """And leads back to the playground."""
    page = (folder / "rules/index.html").read_text()
    assert "no medical advice" in page
    assert 'href="../index.html"' in page


def site_data() -> dict[str, Any]:
    """Return the data of the playground in a built site."""
    assert SITE is not None
    script = (SITE / "playground/data.js").read_text()
    data: dict[str, Any] = json.loads(script[script.index("{") : script.rindex(";")])
    return data


in_a_site = pytest.mark.skipif(
    SITE is None or not (SITE / "playground").is_dir(), reason="LUTALOGIC_SITE names no built site"
)


@in_a_site
def test_in_a_site_every_criterion_and_reading_leads_to_its_page() -> None:
    """Each page is there, and has the place that the link names."""
    assert SITE is not None
    data = site_data()
    linked = [*data["readings"], *(each for p in data["policies"] for each in p["criteria"])]
    assert len(linked) > 60
    for each in linked:
        name, _, anchor = each["page"].removeprefix("../").partition("#")
        assert not anchor or f'id="{anchor}"' in (SITE / name).read_text(), each
        assert (SITE / name).is_file(), each


@in_a_site
def test_in_a_site_the_answers_lead_to_the_pages_of_the_criteria(opened: Opening) -> None:
    """From the list of criteria and from the reasons, in a tab of its own; the page leads back."""
    assert SITE is not None
    page = opened((SITE / "playground/index.html").as_uri(), fragment=PATIENT).wait()
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.wait_for_timeout(200)
    assert page.locator(".card [data-criterion] a[target=_blank]").count() > 20
    assert page.locator(".card .reasons a[target=_blank]").count() > 5
    first = page.locator(".card [data-criterion] a").first.get_attribute("href") or ""
    assert (SITE / "playground" / first).resolve().is_file()
    assert page.locator("header a[href='../index.html']").count() == 1
    assert shown(page, "wellmark_lutathera")["outcome"] == "needs_information"


@in_a_site
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_a_site_the_playground_has_no_serious_finding(opened: Opening, scheme: str) -> None:
    """With all its links, and all that folds open."""
    assert SITE is not None
    at = (SITE / "playground/index.html").as_uri()
    found = opened(at, fragment=PATIENT, color_scheme=scheme)
    page = found.wait()
    for _ in range(2):  # what is unfolded may hold what folds
        page.evaluate(
            "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
        )
        page.wait_for_timeout(200)
    assert findings(page) == []
    found.complaints.clear()  # axe-core would read the style sheet, which the page may not


def test_alone_a_playground_links_no_pages_that_are_not_there(opened: Opening) -> None:
    """Ids and readings are plain text there."""
    page = opened(fragment=PATIENT).wait()
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert page.locator("header a, .card a").count() == 0
