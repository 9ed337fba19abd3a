# SPDX-License-Identifier: Apache-2.0
"""Fill in the form as one does who has no mouse: Tab, Space, arrows and letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.sync_api import Page

_FOCUS: Final = """() => {
  const at = document.activeElement;
  return {
    id: at.id, tag: at.tagName, type: at.type || '', checked: Boolean(at.checked),
    options: at.tagName === 'SELECT' ? [...at.options].map((each) => each.value) : [],
    index: at.selectedIndex ?? -1, answer: Boolean(at.closest('#answer')),
  };
}"""
#: More stops than this before the answer is reached would be a trap of the keyboard.
_MOST_STOPS: Final = 300


def fill_in(
    page: Page,
    policies: Sequence[str],
    on: str,
    facts: Mapping[str, Any],
    readings: Mapping[str, str],
) -> list[str]:
    """Fill in a request by keyboard alone, and return the ids of what had the focus, in order."""
    wanted: dict[str, Any] = {f"fact-{name}": value for name, value in facts.items()}
    wanted |= {f"reading-{name}": value for name, value in readings.items()}
    wanted |= {f"policy-{name}": True for name in policies}
    visited = []
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(_FOCUS)
        if at["answer"]:
            break
        visited.append(at["id"])
        if at["id"] == "day":
            page.keyboard.press("Control+a")
            page.keyboard.type(on)
        elif at["id"] == "" and at["tag"] == "SUMMARY" and readings:
            page.keyboard.press("Enter") if not _open(page) else None
        elif at["id"] in wanted:
            _set(page, at, wanted.pop(at["id"]), wanted)
    else:
        raise AssertionError("the keyboard never reaches the answer")
    assert not wanted, f"never reached by keyboard: {sorted(wanted)}"
    return visited


def _open(page: Page) -> bool:
    opened: bool = page.evaluate("document.activeElement.parentElement.open")
    return opened


def _set(page: Page, at: dict[str, Any], value: Any, wanted: dict[str, Any]) -> None:
    if at["type"] == "checkbox":
        if at["checked"] is not value:
            page.keyboard.press("Space")
    elif at["tag"] == "SELECT":
        if isinstance(value, (list, tuple)):
            wanted.update({f"{at['id']}-{member}": True for member in value})
            value = "some" if value else "none"
        steps = at["options"].index(str(value)) - at["index"]
        for _ in range(abs(steps)):
            page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
    else:
        page.keyboard.press("Control+a")
        page.keyboard.type(str(value))
