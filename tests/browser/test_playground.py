# SPDX-License-Identifier: Apache-2.0
"""The playground in a browser decides as the package does, and keeps to itself what one types."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from lutalogic import Decision, rule_base
from tests.browser.keyboard import fill_in
from tests.wasm.asked import Asked, worked_patients
from tests.wasm.test_page import as_typed, given

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Opened

    Opening = Callable[..., Opened]

_LETTERS = {"true": "t", "false": "f", "unknown": "u"}
PATIENT = (
    "on=2026-06-01&policy=wellmark_lutathera&policy=premera_lutathera&fact.age_years=54"
    "&fact.tumor_type=pancreatic_net&fact.who_grade=2&fact.ki67_percent=%3C20"
)


def shown(page: Page, policy: str) -> dict[str, Any]:
    """Return what the page says of a policy."""
    told: dict[str, Any] = page.eval_on_selector(
        f'.card[data-policy="{policy}"]',
        """(card) => ({
          outcome: card.dataset.outcome,
          criteria: Object.fromEntries([...card.querySelectorAll('[data-criterion]')].map(
            (row) => [row.dataset.criterion, row.dataset.truth])),
          waits: [...card.querySelectorAll('.waits [data-fact]')].map((each) => each.dataset.fact),
          warned: [...card.querySelectorAll('.warnings li')].map((each) => each.textContent),
          open: [...card.querySelectorAll('.left-open li')].map((each) => each.textContent),
          conflicts: card.querySelectorAll('.conflicts li').length,
        })""",
    )
    return told


def address_of(page: Page) -> str:
    """Return the address as it is now; Playwright's own `url` may be behind the page's script."""
    return str(page.evaluate("location.href"))


def expected(decision: Decision) -> dict[str, Any]:
    """Return what the page must say of a decision."""
    return {
        "outcome": decision.outcome.value,
        "criteria": {name: _LETTERS[truth.value] for name, truth in decision.criteria.items()},
        "waits": sorted(decision.waits_for, key=_order),
        "warned": [remark.message for remark in decision.warnings],
        "open": list(decision.indeterminate),
        "conflicts": len(decision.conflicts),
    }


def _order(name: str) -> tuple[int, int]:
    base = rule_base()
    supplier = base.attributes[name].supplier
    return [*base.suppliers].index(supplier), [*base.attributes].index(name)


def by_patient() -> dict[str, list[Asked]]:
    """Return the worked requests, each with all policies that it is put to."""
    found: dict[str, list[Asked]] = {}
    for asked in worked_patients():
        found.setdefault(asked.place, []).append(as_typed(asked))
    return found


WORKED = by_patient()


@pytest.mark.parametrize("place", WORKED)
def test_a_worked_patient_is_decided_as_by_the_package(opened: Opening, place: str) -> None:
    """Typed in by keyboard alone at phone width: outcome, criteria, all that the card tells."""
    asked = WORKED[place]
    page = opened().wait()
    facts = given(asked[0].facts)
    read = {name for each in asked for name in rule_base().policies[each.policy].attributes}
    typed = {name: value for name, value in facts.items() if name in read}
    fill_in(page, [each.policy for each in asked], asked[0].on, typed, {})
    page.wait_for_selector("body[data-pending=false]")
    for each in asked:
        kept = {name: value for name, value in each.facts.items() if name in read}
        decision = Asked(each.place, each.policy, each.on, kept, {}).decided()
        assert shown(page, each.policy) == expected(decision)


def test_all_worked_patients_are_there() -> None:
    """There are as many requests as files of `examples/` have, and each outcome among them."""
    outcomes = {each.decided().outcome for many in WORKED.values() for each in many}
    assert len(WORKED) >= 33
    assert len(outcomes) == 3


def test_a_worked_patient_can_be_loaded(opened: Opening) -> None:
    """Each of the list fills in the form, and is decided as by the package."""
    page = opened().wait()
    count = page.locator("#example option").count()
    assert count == len(WORKED)
    for index, asked in enumerate(WORKED.values()):
        page.select_option("#example", str(index))
        page.click("#load-example")
        page.wait_for_selector("body[data-pending=false]")
        for each in asked:
            assert shown(page, each.policy)["outcome"] == each.decided().outcome.value, each.place


def test_a_reading_is_chosen_by_keyboard(opened: Opening) -> None:
    """Another reading of the text turns the outcome, and is named among the reasons."""
    asked = WORKED["02_pancreas_first_line_ki67_20:0"][-1]
    asked = next(a for a in WORKED[asked.place] if a.policy == "wellmark_lutathera")
    page = opened().wait()
    readings = {"w_first_line_ki67_upper": "up_to_20"}
    read = rule_base().policies[asked.policy].attributes
    facts = {name: value for name, value in given(asked.facts).items() if name in read}
    fill_in(page, [asked.policy], asked.on, facts, readings)
    page.wait_for_selector("body[data-pending=false]")
    assert shown(page, asked.policy)["outcome"] == "met"
    page.click(".card > details > summary >> text=Why")
    assert "[read as w_first_line_ki67_upper = up_to_20]" in page.inner_text(".card .reasons")
    assert rule_base().readings["w_first_line_ki67_upper"].question in page.inner_text(".otherwise")
    assert page.inner_text("#otherwise") == "1 not by default"


def test_the_readings_on_which_an_outcome_turns_are_told(opened: Opening) -> None:
    """Without being asked: which other reading, taken alone, gives which outcome."""
    place = "02_pancreas_first_line_ki67_20:0"
    index = [*WORKED].index(place)
    page = opened().wait()
    page.select_option("#example", str(index))
    page.click("#load-example")
    page.wait_for_selector("body[data-turns]")
    turns = sum(
        len(changes)
        for each in WORKED[place]
        for changes in each.decided().depends_on_readings.values()
    )
    assert page.locator(".turns li").count() == turns == 1
    assert "w_first_line_ki67_upper = up_to_20" in page.inner_text(".turns >> visible=true")


def test_it_runs_from_disk(opened: Opening, folder: Path) -> None:
    """Opened as a file, with no server at all, it decides the same."""
    asked = WORKED["01_midgut_after_lanreotide:0"]
    page = opened((folder / "index.html").as_uri()).wait()
    page.select_option("#example", "0")
    page.click("#load-example")
    page.wait_for_selector("body[data-pending=false]")
    for each in asked:
        assert shown(page, each.policy) == expected(each.decided())


def test_nothing_is_asked_of_anyone_while_one_types(opened: Opening) -> None:
    """After the page and its own files, no request goes out: typing, explaining, linking."""
    found = opened(fragment=PATIENT)
    page = found.wait()
    before = len(found.requests)
    page.fill("#fact-age_years", "11")
    page.wait_for_selector("body[data-pending=false]")
    page.click(".card > details > summary >> nth=0")
    page.click("#make-link")
    page.wait_for_timeout(1000)
    assert found.requests[before:] == []


def test_the_page_could_not_send_anything(opened: Opening) -> None:
    """Its policy forbids connections, forms and scripts from elsewhere; the browser keeps to it."""
    found = opened()
    page = found.wait()
    blocked = page.evaluate(
        """async () => {
          const found = [];
          const heard = (event) => found.push(event.effectiveDirective);
          document.addEventListener('securitypolicyviolation', heard);
          await fetch('/elsewhere').catch(() => {});
          new Image().src = '/elsewhere.png';
          const script = document.createElement('script');
          script.textContent = 'window.ran = true';
          document.body.append(script);
          await new Promise((done) => setTimeout(done, 200));
          return [...new Set(found)].sort().concat(String(window.ran));
        }"""
    )
    assert blocked == ["connect-src", "img-src", "script-src-elem", "undefined"]
    # The browser tells of what it blocked, as a request and on the console.
    assert [url.rsplit("/", 1)[1] for url in found.requests][-1] == "elsewhere.png"
    found.requests.pop()
    found.complaints.clear()


def test_the_address_changes_only_when_a_link_is_asked_for(opened: Opening) -> None:
    """What is typed does not land in the history; a link that was asked for leads back to it."""
    page = opened().wait()
    page.check("#policy-premera_xofigo")
    page.fill("#fact-age_years", "<18")
    page.wait_for_selector("body[data-pending=false]")
    assert "#" not in address_of(page)
    page.click("#make-link")
    link = page.input_value("#link")
    assert link == address_of(page)
    assert "fact.age_years=<18" in unquote(link)
    again = opened(fragment=link.split("#", 1)[1]).wait()
    assert again.input_value("#fact-age_years") == "<18"
    assert shown(again, "premera_xofigo") == shown(page, "premera_xofigo")
    assert shown(again, "premera_xofigo")["outcome"] == "not_met"


def test_what_is_waited_for_is_one_step_away(opened: Opening) -> None:
    """Each missing fact is a button, under who supplies it, that leads to its field."""
    page = opened(fragment=PATIENT).wait()
    page.click("text=/^Waits for/ >> nth=0")
    page.click("text=/^Who supplies them/ >> nth=0")
    button = page.locator(".waits button").first
    fact = button.get_attribute("data-fact")
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == f"fact-{fact}"
    assert "report" in page.inner_text(".waits .supplier >> nth=0")


def test_the_outcome_is_said_aloud(opened: Opening) -> None:
    """A live region says the outcomes once one stops typing."""
    page = opened(fragment=PATIENT).wait()
    page.fill("#fact-age_years", "11")
    page.wait_for_selector("#said:has-text('not met')", state="attached")
    assert page.get_attribute("#said", "aria-live") == "polite"


def test_the_facts_can_be_searched(opened: Opening) -> None:
    """A word of a label, of a meaning or of an option leaves the fields that have it."""
    page = opened(fragment=PATIENT).wait()
    page.fill("#search", "ki-67")
    assert page.locator("#facts .field:visible").count() == 1
    assert page.inner_text("#found").startswith("1 of")
    page.fill("#search", "no such fact")
    assert page.locator("#facts .field:visible").count() == 0


def test_without_a_policy_nothing_is_decided(opened: Opening) -> None:
    """The page says what to do, and shows no facts and no answer."""
    page = opened().wait()
    assert page.is_visible("#no-answer")
    assert page.is_visible("#no-policy")
    assert page.locator(".card").count() == 0


def test_what_a_person_opened_stays_open(opened: Opening) -> None:
    """The explanation stays as it was left when the answer changes."""
    page = opened(fragment=PATIENT).wait()
    page.click(".card > details > summary:text-is('Why') >> nth=0")
    page.fill("#fact-age_years", "55")
    page.wait_for_selector("body[data-pending=false]")
    assert page.is_visible(".card .reasons >> nth=0")
    assert page.is_hidden(".card .reasons >> nth=1")
    assert Decimal(page.get_attribute("body", "data-answered-after") or "0") > 0
