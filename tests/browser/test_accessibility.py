# SPDX-License-Identifier: Apache-2.0
"""axe-core finds nothing serious on the playground and on the pages of a built site."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lutalogic import rule_base
from tests.browser.conftest import PHONE
from tests.browser.test_playground import PATIENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Opened

    Opening = Callable[..., Opened]

ROOT = Path(__file__).parents[2]
WIDE = {"width": 1280, "height": 900}
#: A built site, where there is one.
SITE = Path(os.environ["LUTALOGIC_SITE"]).resolve() if os.environ.get("LUTALOGIC_SITE") else None
#: Of folders of generated pages of one kind, a few are enough.
_EACH = 3


def main_pages(site: Path) -> list[Path]:
    """Return the main pages of a built site: those at the top, and a few of each folder."""
    found = sorted(site.glob("*.html"))
    for folder in sorted(path for path in site.rglob("*") if path.is_dir()):
        if folder.name != "_static":
            found += sorted(folder.glob("*.html"))[:_EACH]
    return found


PAGES = main_pages(SITE) if SITE else []


def findings(page: Page) -> list[str]:
    """Return what axe-core finds that is serious or critical, one line each."""
    source = next(ROOT.glob("build/npm/axe-core-*/package/axe.min.js")).read_text("utf-8")
    page.evaluate(source)
    found: dict[str, Any] = page.evaluate("axe.run()")
    assert found["passes"]
    return [
        f"{each['impact']}: {each['help']}: {node['html'][:120]}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


STATES = {
    "empty": "",
    "pending": PATIENT,
    "not met": PATIENT.replace("54", "11"),
    "wrong": PATIENT.replace("54", "540"),
    "bad link": "policy=X",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_the_playground_has_no_serious_finding(opened: Opening, state: str, scheme: str) -> None:
    """In every state, with all that folds open, light and dark, wide and on a phone."""
    for viewport in (WIDE, PHONE):
        page = opened(fragment=STATES[state], viewport=viewport, color_scheme=scheme).wait()
        page.evaluate(
            "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
        )
        assert findings(page) == []


@pytest.mark.parametrize(
    ("width", "text"), [(320, 100), (390, 100), (390, 200), (768, 100), (1280, 100)]
)
def test_nothing_is_wider_than_the_page(opened: Opening, width: int, text: int) -> None:
    """Whatever is open, and with text twice as large, one never scrolls sideways."""
    page = opened(fragment=PATIENT, viewport={"width": width, "height": 800}).wait()
    page.evaluate(f"document.documentElement.style.fontSize = '{text}%'")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "height", "text"), [(320, 256, 100), (390, 844, 200)])
def test_what_has_the_focus_is_never_hidden(
    opened: Opening, width: int, height: int, text: int
) -> None:
    """However low the window and large the text, the outcomes at its top leave room."""
    every = "&".join(f"policy={name}" for name in rule_base().policies)
    page = opened(
        fragment=f"on=2026-06-01&{every}", viewport={"width": width, "height": height}
    ).wait()
    page.evaluate(f"document.documentElement.style.fontSize = '{text}%'")
    page.focus("#search")
    seen = 0
    for key in ["Tab"] * 20 + ["Shift+Tab"] * 20:
        page.keyboard.press(key)
        bottom, strip = page.evaluate(
            """[document.activeElement.getBoundingClientRect().bottom,
                document.getElementById('top').getBoundingClientRect().bottom]"""
        )
        assert bottom > strip
        seen += 1
    assert seen == 40


def test_on_paper_no_answer_is_cut_off(opened: Opening) -> None:
    """Printed from a wide window, too, all of the answers are there."""
    page = opened(fragment=PATIENT, viewport=WIDE).wait()
    style = "(({overflowY, maxHeight}) => [overflowY, maxHeight])(getComputedStyle(answer))"
    assert page.evaluate(style)[0] == "auto"
    page.emulate_media(media="print")
    assert page.evaluate(style) == ["visible", "none"]


def test_who_wants_no_motion_gets_none(opened: Opening) -> None:
    """With reduced motion nothing scrolls smoothly and nothing is animated."""
    page = opened(fragment=PATIENT, reduced_motion="reduce").wait()
    moving = """[...document.querySelectorAll('*')].map(getComputedStyle).filter((style) =>
      style.scrollBehavior === 'smooth' || parseFloat(style.transitionDuration) > 0 ||
      style.animationName !== 'none').length"""
    assert page.evaluate(moving) == 0


def test_every_control_has_a_label_and_takes_the_focus_visibly(opened: Opening) -> None:
    """Each stop of the Tab key has a name and an outline."""
    page = opened(fragment=PATIENT).wait()
    stops = 0
    for _ in range(150):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => {
              const at = document.activeElement;
              const style = getComputedStyle(at);
              const name = at.labels?.[0]?.textContent || at.textContent || at.ariaLabel || '';
              return [at.id || at.tagName, name.trim(), style.outlineStyle];
            }"""
        )
        if at[0] == "BODY":
            break
        assert at[1], at
        assert at[2] != "none", at
        stops += 1
    assert stops > 60


@pytest.mark.skipif(not PAGES, reason="LUTALOGIC_SITE names no built site")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(SITE)))
def test_a_page_of_the_site_has_no_serious_finding(browser: Browser, path: Path) -> None:
    """Opened from disk, light."""
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.goto(path.as_uri())
    assert findings(page) == []
    context.close()
