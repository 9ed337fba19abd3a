# SPDX-License-Identifier: Apache-2.0
"""A built page, as far as the tests ask: its addresses, its anchors, its headings."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

SITE: Final = Path(__file__).parents[2] / "build/site"
#: Which attributes of which elements a browser loads by itself, without a click.
_LOADED: Final = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "object": "data",
    "embed": "src",
    "link": "href",
    "image": "href",
    "use": "href",
}
#: Links of the head that only tell of an address.
_TOLD: Final = {"index", "search", "next", "prev", "canonical", "author", "copyright", "license"}


@dataclass
class Page:
    """What a page holds.

    Attributes:
        links: Where its links lead.
        loaded: What a browser loads to show it.
        ids: The anchors.
        headings: The headings, each with its level and text.
        text: All text.
    """

    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._heading = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.page.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.page.links.append(str(given["href"]))
        address = given.get(_LOADED.get(tag, ""))
        if address and not (tag == "link" and given.get("rel") in _TOLD):
            self.page.loaded.append(address)
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._heading = int(tag[1])
            self.page.headings.append((self._heading, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag.startswith("h") and tag[1:].isdigit():
            self._heading = 0

    def handle_data(self, data: str) -> None:
        self.page.text += data
        if self._heading:
            level, told = self.page.headings[-1]
            self.page.headings[-1] = (level, told + data)


def read(file: Path) -> Page:
    """Return what a page holds."""
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader.page
