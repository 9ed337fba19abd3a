# SPDX-License-Identifier: Apache-2.0
"""What a derivation is, and what a rule that makes one is given."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lutalogic.rules import Derived


@dataclass(frozen=True, slots=True)
class Derivation:
    """A fact that follows from a record.

    Attributes:
        attribute: The name of the fact.
        value: Its value: exact, an interval as text, a boolean, or ``"never"``.
        sentence: How it follows, with the very numbers used; a number that does not end is cut
            and followed by "…", never rounded.
    """

    attribute: str
    value: Fraction | int | str | bool
    sentence: str


#: What a rule answers: the value and the sentence; None where the record says nothing.
Found = tuple[Fraction | int | str | bool, str] | None


class LeftOpen(Exception):
    """The entries are there and yet leave the fact open; the text says why."""


@dataclass(frozen=True, slots=True)
class Task:
    """A rule to apply: its entries, in its order, None where there is none; and the date."""

    derived: Derived
    entries: tuple[Any, ...]
    on: date

    def named(self) -> Iterator[tuple[str, Any]]:
        """Yield the name, without its group, and the value of each entry that is there."""
        for name, entry in zip(self.derived.of, self.entries, strict=True):
            if entry is not None:
                yield _plain(name), entry

    def absent(self) -> tuple[str, ...]:
        """Return the names, without their group, of the entries that are not there."""
        pairs = zip(self.derived.of, self.entries, strict=True)
        return tuple(_plain(name) for name, entry in pairs if entry is None)


def _plain(name: str) -> str:
    return name.rpartition(":")[2]
