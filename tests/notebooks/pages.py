# SPDX-License-Identifier: Apache-2.0
"""Read HTML strictly: every element closed where it must be, and what a reader sees of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Element:
    """An element as it was read: its name, its attributes, its elements and texts in order."""

    tag: str
    attributes: dict[str, str | None]
    parts: list[Element | str] = field(default_factory=list)

    def all(self, tag: str = "") -> Iterator[Element]:
        """Yield this element and those in it, of one name or of all, in order."""
        if tag in ("", self.tag):
            yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.all(tag)

    def children(self, tag: str) -> list[Element]:
        """Return the elements of one name that stand in this one itself."""
        return [part for part in self.parts if isinstance(part, Element) and part.tag == tag]

    @property
    def text(self) -> str:
        """Return all text in it, folded away or not."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.path = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"an attribute stands twice in {tag}"
        made = Element(tag, dict(attrs))
        self.path[-1].parts.append(made)
        self.path.append(made)

    def handle_endtag(self, tag: str) -> None:
        assert self.path.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.path[-1].parts.append(data)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(f"<{tag}/> is no element of a page: {attrs}")

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def read(page: str) -> Element:
    """Return the one element that a page is.

    Raises:
        AssertionError: It is not well formed.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert len(reader.path) == 1, f"{reader.path[-1].tag} is not closed"
    (made,) = reader.path[0].parts
    assert isinstance(made, Element), "the page is text alone"
    return made


def squeezed(text: str) -> str:
    """Return text without its white space, which pages set as they please."""
    return "".join(text.split())
