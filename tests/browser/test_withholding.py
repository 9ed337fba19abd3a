# SPDX-License-Identifier: Apache-2.0
"""What cannot be read is never taken as not documented: no outcome stands on it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from tests.browser.test_playground import PATIENT, address_of, by_patient, shown
from tests.wasm.test_page import given

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Opened

    Opening = Callable[..., Opened]


@pytest.mark.parametrize("text", ["25 %", "12,5", "<20%", "120", "35,5", "30 h", "never"])
def test_no_policy_that_reads_it_is_decided(opened: Opening, text: str) -> None:
    """Card and chip say so and lead to the field; a policy that does not read it is decided."""
    page = opened(fragment=f"{PATIENT}&policy=premera_xofigo").wait()
    page.fill("#fact-ki67_percent", text)
    page.wait_for_selector("body[data-pending=false]")
    for policy in ("wellmark_lutathera", "premera_lutathera"):
        card = page.locator(f".card[data-policy={policy}]")
        assert card.get_attribute("data-outcome") == "withheld"
        assert card.locator(".outcome").inner_text().startswith("No outcome")
        assert card.locator("details").count() == 0
    assert shown(page, "premera_xofigo")["outcome"] == "not_met"
    chips = page.locator(".chip").all_inner_texts()
    assert sum(chip.endswith("no outcome") for chip in chips) == 2
    page.wait_for_selector("#said:has-text('no outcome')", state="attached")
    assert page.locator(".chip:visible").count() == 3
    page.click(".card[data-policy=wellmark_lutathera] [data-fact=ki67_percent]")
    assert page.evaluate("document.activeElement.id") == "fact-ki67_percent"
    page.fill("#fact-ki67_percent", "12.5")
    page.wait_for_selector("body[data-pending=false]")
    assert page.locator(".card.withheld").count() == 0


def test_a_decimal_comma_does_not_turn_an_outcome(opened: Opening) -> None:
    """A node of 5,2 cm, where silence counts as absence, is not the same as no node."""
    asked = next(
        each
        for many in by_patient().values()
        for each in many
        if each.policy == "premera_xofigo" and each.decided().outcome.value == "met"
    )
    facts = {k: v for k, v in given(asked.facts).items() if k != "largest_lymph_node_cm"}
    pairs = [("on", asked.on), ("policy", asked.policy)]
    pairs += [("reading.p_visceral", "silence_is_absence")]
    for name, value in facts.items():
        pairs.append(
            (f"fact.{name}", (",".join(value) or "none") if isinstance(value, list) else value)
        )
    page = opened(fragment=urlencode(pairs)).wait()
    found = {}
    for text in ("", "5,2", "5.2"):
        page.fill("#fact-largest_lymph_node_cm", text)
        page.wait_for_selector("body[data-pending=false]")
        found[text] = shown(page, "premera_xofigo")["outcome"]
    assert found == {"": "met", "5,2": "withheld", "5.2": "not_met"}


def test_a_list_that_is_not_finished_is_no_documented_none(opened: Opening) -> None:
    """With nothing ticked yet nothing is decided, and no link is made, which would say none."""
    page = opened(fragment=PATIENT).wait()
    page.select_option("#fact-disease_progression_on", "some")
    page.wait_for_selector("body[data-pending=false]")
    assert shown(page, "wellmark_lutathera")["outcome"] == "withheld"
    page.click("#make-link")
    assert page.is_hidden("#link-of")
    assert "progress" in page.inner_text("#no-link")
    assert "disease_progression_on" not in address_of(page)
    page.check("#fact-disease_progression_on-everolimus")
    page.wait_for_selector("body[data-pending=false]")
    assert page.is_hidden("#no-link")
    page.click("#make-link")
    assert page.input_value("#link").endswith("fact.disease_progression_on=everolimus")


def test_every_reason_why_nothing_is_decided_is_told(opened: Opening) -> None:
    """Two fields that cannot be read do not hide that the date of service is missing."""
    page = opened(fragment=PATIENT).wait()
    page.wait_for_selector("#said:has-text('needs information')", state="attached")
    page.fill("#fact-ki67_percent", "12,5")
    page.fill("#fact-age_years", "x")
    page.fill("#day", "")
    page.wait_for_selector("body[data-pending=false]")
    told = page.inner_text("#problem")
    assert "Ki-67" in told
    assert "age" in told
    assert "Without a date of service nothing can be decided" in told
    assert page.locator(".card").count() == 0
    assert "withdrawn" in (page.text_content("#said") or "")


def test_what_cannot_be_read_is_shown_even_where_no_chosen_policy_reads_it(opened: Opening) -> None:
    """Else one could not mend it, and a link could not be made."""
    page = opened(fragment=PATIENT).wait()
    page.fill("#fact-ki67_percent", "12,5")
    for policy in ("wellmark_lutathera", "premera_lutathera"):
        page.uncheck(f"#policy-{policy}")
    page.check("#policy-premera_xofigo")
    page.wait_for_selector("body[data-pending=false]")
    assert page.is_visible("#fact-ki67_percent")
    assert shown(page, "premera_xofigo")["outcome"] == "not_met"


def test_nothing_of_a_link_is_dropped_in_silence(opened: Opening) -> None:
    """Each thing that cannot be taken is named; nothing is decided until they are left out."""
    unknown = [f"fact.unknown_{number}" for number in range(12)]
    page = opened(fragment=f"{PATIENT}&" + "&".join(f"{name}=1" for name in unknown)).wait()
    told = page.inner_text("#doubts")
    assert all(f"{name}=1" in told for name in unknown)
    assert shown(page, "wellmark_lutathera")["outcome"] == "withheld"
    assert page.locator(".chip.withheld").count() == 2
    page.click("#make-link")
    assert page.is_hidden("#link-of")
    page.focus("#leave-out")
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-pending=false]")
    assert page.is_hidden("#doubts")
    assert page.evaluate("document.activeElement.id") == "answer"
    assert shown(page, "wellmark_lutathera")["outcome"] == "needs_information"


@pytest.mark.parametrize(
    ("doubtful", "mend"),
    [
        ("fact.metastases=X", "#fact-metastases"),
        ("reading.w_item1=X", "#reading-w_item1"),
        ("fact.metastases=distant&fact.metastases=none", "#fact-metastases"),
    ],
)
def test_what_a_link_says_wrong_is_mended_in_its_field(
    opened: Opening, doubtful: str, mend: str
) -> None:
    """An unknown option, an unknown reading, and what is given twice, of which none is taken."""
    page = opened(fragment=f"{PATIENT}&{doubtful}").wait()
    assert shown(page, "wellmark_lutathera")["outcome"] == "withheld"
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.select_option(mend, index=1)
    page.wait_for_selector("body[data-pending=false]")
    assert page.is_hidden("#doubts")
    assert shown(page, "wellmark_lutathera")["outcome"] != "withheld"


def test_a_date_given_twice_is_none(opened: Opening) -> None:
    """Neither is taken, nor today."""
    page = opened(fragment=f"{PATIENT}&on=2024-01-01").wait()
    assert page.input_value("#day") == ""
    assert "on is given more than once" in page.inner_text("#doubts")
    assert page.locator(".card").count() == 0
    page.fill("#day", "2026-06-01")
    page.wait_for_selector("body[data-pending=false]")
    assert shown(page, "wellmark_lutathera")["outcome"] == "needs_information"
