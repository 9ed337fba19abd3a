# SPDX-License-Identifier: Apache-2.0
"""The requests under other readings that can come to another outcome.

Every condition of a policy has a letter, also one that the readings taken do not ask for. It
follows from the facts, the day and the letters of the condition's parts; a reading only chooses
which part a `by_reading` condition passes on, and when the first text began. So a letter can be
another under another value only

* of a condition of that reading, if the part now chosen had another letter, or can have one now;
* of another condition, if one of its parts can have another letter, and none of those that cannot
  decides it, as a false part of `all_of` does.

By induction, as parts come before what they are parts of, every other letter stays. Where that of
the root does, there is nothing to ask an engine for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.engines import Request
    from lutalogic.rules import Policy

#: The letter by which one part decides a combination, whatever the others are.
_DECIDES: Final = {"all_of": "f", "any_of": "t"}
#: The place of a part that there is none of, in letters to which "-" is added as the last.
_NONE: Final = -1


def under_other_readings(request: Request, truths: str) -> Iterator[tuple[str, str, Request]]:
    """Yield the requests under another value of one reading that may have another outcome.

    Args:
        request: What was asked.
        truths: The letters that an engine answered.

    Yields:
        The reading, the value, and the request. Those left out have the same outcome.
    """
    policy, letters = request.policy, truths + "-"
    day = f"{request.day:08d}"
    starts = [start <= f"{day[:4]}-{day[4:6]}-{day[6:]}" for start in policy.starts]
    begun = starts[_start(policy, request.choices)]
    for place, name in enumerate(policy.readings):
        for index, value in enumerate(rule_base().readings[name].values):
            if index == request.choices[place]:
                continue
            choices = (*request.choices[:place], index, *request.choices[place + 1 :])
            begins = starts[_start(policy, choices)]
            if begins != begun or (begun and _may_change(request, letters, place, index)):
                yield name, value, request.under(choices=choices)


def _start(policy: Policy, choices: tuple[int, ...]) -> int:
    """Return which of the days on which the first text may have begun is taken."""
    if policy.start_reading is None:
        return 0
    return choices[policy.readings.index(policy.start_reading)]


def _may_change(request: Request, letters: str, place: int, index: int) -> bool:
    """Tell whether the root may have another letter under another value of a reading."""
    policy, choices = request.policy, request.choices
    taken = choices[place]
    turning, above = _above(policy, place)
    if not any(letters[parts[index]] != letters[parts[taken]] for parts in turning):
        return False
    changed: set[int] = set()
    for number, kind, reading, parts in above:
        if reading == place:
            if parts[index] in changed or letters[parts[index]] != letters[parts[taken]]:
                changed.add(number)
        elif reading is not None:
            if parts[choices[reading]] in changed:
                changed.add(number)
        elif not changed.isdisjoint(parts):
            decisive = _DECIDES.get(kind)
            if not any(letters[part] == decisive for part in parts if part not in changed):
                changed.add(number)
    return policy.positions[policy.root] in changed


#: A node: its place, its kind, the place of the reading it turns on, and the places of its parts.
_Above = tuple[int, str, "int | None", tuple[int, ...]]


@lru_cache(maxsize=1024)
def _above(policy: Policy, place: int) -> tuple[tuple[tuple[int, ...], ...], tuple[_Above, ...]]:
    """Return the parts of the nodes that turn on a reading; and these nodes and all above them."""
    turning: list[tuple[int, ...]] = []
    above: dict[int, _Above] = {}
    for number, node in enumerate(map(rule_base().nodes.__getitem__, policy.nodes)):
        parts = tuple(_NONE if part is None else policy.positions[part] for part in node.parts)
        reading = policy.readings.index(node.reading) if node.kind == "by_reading" else None
        if reading == place:
            turning.append(parts)
        if reading == place or not above.keys().isdisjoint(parts):
            above[number] = number, node.kind, reading, parts
    return tuple(turning), tuple(above.values())
