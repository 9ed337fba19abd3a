# SPDX-License-Identifier: Apache-2.0
"""Hostile input does no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.browser.test_playground import PATIENT, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Opened

    Opening = Callable[..., Opened]

HOSTILE = [
    "9" * 61, "9" * 239, "1e999", "-1", "121", "halt", "halt.", ":- shell(ls).", "f(X,Y)", "'", '"',
    "\\", "], halt, [", '"},{"policy":0', "${1}", "<img src=x onerror=window.harmed=1>", "\u202e5",
    "5-", "10-2", "<<5", "\u0665", "NaN", "0x10", "1r2", "u", "span(0,c,5,o)",
]  # fmt: skip


def test_hostile_text_is_an_error_beside_its_field_and_nothing_else(opened: Opening) -> None:
    """The field says what is wrong; what reads it is not decided; mended, it is."""
    page = opened(fragment=PATIENT).wait()
    for text in HOSTILE:
        page.fill("#fact-age_years", text)
        page.wait_for_selector("body[data-pending=false]")
        assert page.inner_text("#error-age_years"), text
        assert page.get_attribute("#fact-age_years", "aria-invalid") == "true", text
        assert "age" in page.inner_text("#problem")
        assert shown(page, "wellmark_lutathera")["outcome"] == "withheld", text
    page.fill("#fact-age_years", "11")
    page.wait_for_selector("body[data-pending=false]")
    assert shown(page, "wellmark_lutathera")["outcome"] == "not_met"
    assert page.is_hidden("#error-age_years")
    assert page.evaluate("window.harmed") is None


@pytest.mark.parametrize("text", ["2026-02-29", "2026-6-1", "20260601", "", "today", "9999-99-99"])
def test_a_date_that_is_none_is_told_beside_its_field(opened: Opening, text: str) -> None:
    """Without a date of service nothing is decided, and the page says so."""
    page = opened(fragment=PATIENT).wait()
    page.fill("#day", text)
    page.wait_for_selector("body[data-pending=false]")
    assert "calendar date" in page.inner_text("#error-day")
    assert page.locator(".card").count() == 0
    page.fill("#day", "2026-06-01")
    page.wait_for_selector(".card")


@pytest.mark.parametrize(
    "fragment",
    [
        "x", "%", "%00", "%E0%A4%A", "=&=&=", "policy=X&policy=__proto__", "fact.__proto__=1",
        "fact.constructor=1&reading.toString=1", "fact.ecog=",
        "on=%3Cscript%3E&policy=premera_xofigo",
        "fact.tumor_type=%3Cimg src=x onerror=window.harmed=1%3E", "a" * 50_000,
        "fact.age_years=" + "9" * 5000, "reading.w_item1=1&policy=wellmark_lutathera",
        "fact.disease_progression_on=" + quote("lanreotide,halt"), "&".join(["policy=X"] * 1000),
    ],
)  # fmt: skip
def test_a_broken_link_is_told_and_does_no_harm(opened: Opening, fragment: str) -> None:
    """What the form does not have is told; left out on purpose, the rest of the page works."""
    page = opened(fragment=fragment).wait()
    assert page.is_visible("#doubts") or page.is_visible("#error-day")
    if page.is_visible("#doubts"):
        page.click("#leave-out")
    assert page.evaluate("window.harmed") is None
    page.fill("#day", "2026-06-01")
    page.check("#policy-premera_xofigo")
    page.fill("#fact-age_years", "11")
    page.wait_for_selector("body[data-pending=false] .card")
    assert shown(page, "premera_xofigo")["outcome"] == "not_met"
