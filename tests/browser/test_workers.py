# SPDX-License-Identifier: Apache-2.0
"""While the worker is slow, hangs or fails, no outcome stands beside what it does not belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.test_playground import PATIENT, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Opened

    Opening = Callable[..., Opened]

#: Workers are made of blobs; these add to the text of the first of them, or of several.
_ADDING = """
  const Made = window.Blob;
  let made = 0;
  window.Blob = class extends Made {
    constructor(parts, options) {
      made += 1;
      super(made <= %d ? [...parts, %r] : parts, options);
    }
  };
"""
_WHERE = ";{const f=self.onmessage;self.onmessage=(e)=>{if(%s){%s}return f(e);};}"
#: A request about a patient of 10 years; and one that tries other readings.
_OF_10 = "e.data.text&&e.data.text.includes('[10,1]')"
_TURNS = "e.data.text&&!e.data.text.includes('reasons')"
_HANG = "for(;;);"
_FAIL = "throw Error('no');"
#: Workers keep requests to themselves once they are told to hold, and decide the next when told.
_HOLDING = (
    ";{const f=self.onmessage,c=new BroadcastChannel('test'),kept=[];let holding=false;"
    "self.onmessage=(e)=>{if(!holding||!e.data.text)return f(e);kept.push(e);};"
    "c.onmessage=({data})=>{if(data==='hold'){holding=true;c.postMessage('holding');}"
    "else if(data==='next'){f(kept.shift());c.postMessage('decided');}};}"
)
#: What the workers say, and a watchdog, which waits for seconds, that has patience with them.
_LISTENING = """
  window.told = [];
  window.channel = new BroadcastChannel('test');
  window.channel.onmessage = ({ data }) => window.told.push(data);
  const wait = window.setTimeout;
  window.setTimeout = (what, after, ...more) => wait(what, after < 1000 ? after : 60000, ...more);
"""
_DEAD = ";self.onmessage=()=>{throw Error('dead')};"


def ill(count: int, where: str, what: str) -> str:
    """Return a script that makes the first workers of a page ill."""
    return _ADDING % (count, _WHERE % (where, what))


def tell_worker(page: Page, word: str, answer: str) -> None:
    """Tell the worker something, and wait until it says that it is so."""
    page.evaluate("(word) => { told.length = 0; channel.postMessage(word); }", word)
    page.wait_for_function("(answer) => told.includes(answer)", arg=answer)


def marked(page: Page) -> None:
    """Hold the answer to being marked as not decided yet, for all who look or listen."""
    assert page.get_attribute("body", "data-pending") == "true"
    assert page.get_attribute("#cards", "aria-busy") == "true"
    assert page.get_attribute("#strip", "aria-busy") == "true"
    assert page.locator(".deciding:visible").count() > 0
    opacity = "(id) => Number(getComputedStyle(document.getElementById(id)).opacity)"
    assert page.evaluate(opacity, "cards") < 1
    assert page.evaluate(opacity, "strip") < 1
    assert page.inner_text("#said") == ""


@pytest.mark.parametrize("width", [390, 1280])
def test_while_a_slow_worker_decides_the_answer_before_is_marked(
    opened: Opening, width: int
) -> None:
    """At once, in words too; and an answer that was overtaken is never taken for the newest."""
    found = opened(
        fragment=PATIENT,
        script=_LISTENING + _ADDING % (9, _HOLDING),
        viewport={"width": width, "height": 844},
    )
    page = found.wait()
    assert shown(page, "wellmark_lutathera")["outcome"] == "needs_information"
    page.wait_for_selector("#said:has-text('needs information')", state="attached")
    page.evaluate(
        """() => {
          window.seen = [];
          const note = () => {
            if (document.body.dataset.pending === 'true') return;
            const card = document.querySelector('.card[data-policy=wellmark_lutathera]');
            window.seen.push(card.dataset.outcome);
          };
          const watched = { attributes: true, childList: true, subtree: true };
          new MutationObserver(note).observe(document.body, watched);
        }"""
    )
    page.wait_for_selector("body[data-turns]")  # nothing is asked any more
    tell_worker(page, "hold", "holding")
    page.fill("#fact-age_years", "11")
    marked(page)
    page.wait_for_timeout(300)
    page.fill("#fact-age_years", "54")
    tell_worker(page, "next", "decided")
    page.wait_for_timeout(300)  # the answer about 11 years has come by now
    marked(page)
    tell_worker(page, "next", "decided")
    page.wait_for_selector("body[data-pending=false]")
    assert set(page.evaluate("window.seen")) == {"needs_information"}
    assert page.locator(".deciding:visible").count() == 0
    assert page.get_attribute("#cards", "aria-busy") == "false"


@pytest.mark.parametrize("what", [_HANG, _FAIL], ids=["hangs", "fails"])
def test_a_worker_that_does_not_answer_is_replaced_and_that_is_said(
    opened: Opening, what: str
) -> None:
    """The answer before is withdrawn; what was asked is asked anew, and the notice goes."""
    found = opened(fragment=PATIENT, script=ill(1, _OF_10, what))
    page = found.wait()
    page.evaluate(
        """() => {
          window.seen = [];
          new MutationObserver(() => {
            const notice = document.getElementById('notice').textContent;
            const cards = document.querySelectorAll('.card').length;
            const said = document.getElementById('said').textContent;
            if (notice) window.seen.push([notice, cards, said]);
          }).observe(document.getElementById('notice'), { childList: true });
        }"""
    )
    page.fill("#fact-age_years", "10")
    page.wait_for_selector("body[data-pending=false]")
    ((notice, cards, said),) = page.evaluate("window.seen")
    assert "started anew" in notice
    assert cards == 0
    assert "withdrawn" in said
    assert shown(page, "wellmark_lutathera")["outcome"] == "not_met"
    assert page.is_hidden("#notice")


def test_a_worker_that_never_starts_is_replaced(opened: Opening) -> None:
    """The second one answers."""
    page = opened(fragment=PATIENT.replace("54", "11"), script=_ADDING % (1, _DEAD)).wait()
    assert shown(page, "wellmark_lutathera")["outcome"] == "not_met"
    assert page.is_hidden("#notice")


@pytest.mark.parametrize(
    "script", ["delete window.Worker", "URL.createObjectURL = () => { throw new Error('no') }"]
)
def test_where_no_worker_can_be_made_the_page_says_so(opened: Opening, script: str) -> None:
    """There is a form, and no outcome, and it does not claim to be starting for ever."""
    page = opened(fragment=PATIENT, script=script).wait("failed")
    assert "this browser starts no worker" in page.inner_text("#notice")
    assert page.is_hidden("#starting")
    assert page.is_visible("#fact-age_years")
    assert page.locator(".card").count() == 0


def test_where_no_worker_answers_there_is_no_outcome_until_one_does(opened: Opening) -> None:
    """After three starts it gives up and withdraws all; the next change starts it anew."""
    found = opened(fragment=PATIENT, script=ill(3, _OF_10, _FAIL))
    page = found.wait()
    assert page.locator(".card").count() == page.locator(".chip").count() == 2
    page.fill("#fact-age_years", "10")
    page.wait_for_selector("body[data-state=failed][data-pending=false]", timeout=60_000)
    assert "does not answer" in page.inner_text("#notice")
    assert page.locator(".card").count() == page.locator(".chip").count() == 0
    assert "withdrawn" in (page.text_content("#said") or "")
    page.fill("#fact-age_years", "11")
    assert page.is_hidden("#notice")
    assert page.is_visible("#starting")
    page.wait_for_selector("body[data-state=ready][data-pending=false] .card", timeout=60_000)
    assert shown(page, "wellmark_lutathera")["outcome"] == "not_met"
    assert page.is_hidden("#notice")


def test_an_outcome_that_was_decided_stands_where_only_other_readings_fail(opened: Opening) -> None:
    """It is the answer to what is typed; that the readings it turns on are not known is said."""
    found = opened(fragment=PATIENT, script=ill(9, _TURNS, _FAIL))
    page = found.page
    page.wait_for_selector("body[data-state=failed]", timeout=60_000)
    assert shown(page, "wellmark_lutathera")["outcome"] == "needs_information"
    assert "On which readings the outcome turns is not known" in page.inner_text("#notice")
