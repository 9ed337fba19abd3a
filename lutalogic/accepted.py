# SPDX-License-Identifier: Apache-2.0
"""Findings about the rule base that are accepted, as rulebase.json has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Place:
    """What a finding is about.

    Attributes:
        policy: The policy.
        form: ``outcome``; ``criterion``; ``clause``, of a criterion; ``condition``; or ``pair``,
            of criteria.
        criterion: The id of the criterion, of the first of a pair.
        node: The number of the clause or condition; -1 if there is none.
        other: Policy and id of the second of a pair.
    """

    policy: str
    form: str
    criterion: str = ""
    node: int = -1
    other: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that is accepted.

    Attributes:
        place: What it is about.
        kind: What was found, such as ``shadowed``.
        readings: The readings under which it is found that are not the defaults.
        why: Why it is accepted, in one sentence.
    """

    place: Place
    kind: str
    readings: tuple[tuple[str, str], ...]
    why: str


def read_accepted(data: Mapping[str, Any]) -> Accepted:
    """Return an accepted finding that rulebase.json states."""
    place = Place(
        policy=data["policy"],
        form=data["form"],
        criterion=data.get("criterion", ""),
        # A condition that no rule has, any more, is found nowhere.
        node=-1 if data.get("node") is None else data["node"],
        other=tuple(data.get("other", ("", ""))),
    )
    return Accepted(place, data["kind"], tuple(sorted(data["readings"].items())), data["why"])
