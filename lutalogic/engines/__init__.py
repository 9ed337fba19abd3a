# SPDX-License-Identifier: Apache-2.0
"""The engines: each reads the same rules and gives every node a truth value.

An engine answers requests with letters, one for each node of the request's policy, in order:
``t`` true, ``f`` false, ``u`` unknown, ``-`` not in force. Trees, paths and words are made of
them elsewhere, in one place for all engines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.case import Case
    from lutalogic.rules import Policy

#: The engine that the others are held against.
REFERENCE: Final = "prolog"
_TITLES: Final = {
    REFERENCE: "the reference engine",
    "kanren": "the relational engine",
    "symbolic": "the formulas",
    "columnar": "the columnar engine",
}


@dataclass(frozen=True, slots=True)
class Request:
    """What an engine is asked: a policy, a day (YYYYMMDD), readings by index, and the facts.

    `choices` has the index of the chosen value for each of ``policy.readings``.
    """

    policy: Policy
    day: int
    choices: tuple[int, ...]
    case: Case

    def under(
        self,
        *,
        choices: tuple[int, ...] | None = None,
        day: int | None = None,
        case: Case | None = None,
    ) -> Request:
        """Return the same request under other readings, on another day, or with other facts."""
        return Request(
            self.policy,
            self.day if day is None else day,
            self.choices if choices is None else choices,
            self.case if case is None else case,
        )


class Engine(Protocol):
    """What an engine must do."""

    name: str

    def truths(self, requests: Sequence[Request]) -> list[str]:
        """Return the letters of each request, in order."""
        ...


def engine_title(name: str) -> str:
    """Return what an engine is called in sentences.

    >>> engine_title("kanren")
    'the relational engine'
    """
    return _TITLES.get(name, name)
