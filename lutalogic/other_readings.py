# SPDX-License-Identifier: Apache-2.0
"""The requests under other readings that can come to another answer.

Every condition of a policy has a letter, also one that the readings taken do not ask for. The
letter of a condition follows from the facts, the day and the letters of its parts; a reading only
chooses which part a `by_reading` condition passes on, and when the first text began. So if, for
each such condition of a reading, the part that another value chooses has the letter of the part
that is chosen now, no letter is another under that value: by induction, since parts come before
what they are parts of.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lutalogic.dates import day_number
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.engines import Request
    from lutalogic.rules import Policy

#: The place of a part that there is none of, in letters to which "-" is added as the last.
_NONE = -1


def under_other_readings(request: Request, truths: str) -> Iterator[tuple[str, str, Request]]:
    """Yield the requests under another value of one reading that may have other letters.

    Args:
        request: What was asked.
        truths: The letters that an engine answered.

    Yields:
        The reading, the value, and the request. Those left out have the same letters.
    """
    policy, letters = request.policy, truths + "-"
    begun = [day_number(start) <= request.day for start in policy.starts]
    for place, name in enumerate(policy.readings):
        taken = request.choices[place]
        starts = name == policy.start_reading
        in_force = begun[taken if starts else _start(request)]
        for index, value in enumerate(rule_base().readings[name].values):
            if index == taken:
                continue
            if starts and begun[index] != in_force:
                differs = True
            else:
                differs = in_force and any(
                    letters[parts[index]] != letters[parts[taken]]
                    for parts in _choices_between(policy, name)
                )
            if differs:
                choices = (*request.choices[:place], index, *request.choices[place + 1 :])
                yield name, value, request.under(choices=choices)


def _start(request: Request) -> int:
    """Return the index of the day on which the first text began, under the readings taken."""
    policy = request.policy
    if policy.start_reading is None:
        return 0
    return request.choices[policy.readings.index(policy.start_reading)]


@lru_cache(maxsize=1024)
def _choices_between(policy: Policy, reading: str) -> tuple[tuple[int, ...], ...]:
    """Return, for each condition that a reading chooses for, the places of its parts."""
    known = [rule_base().nodes[number] for number in policy.nodes]
    return tuple(
        tuple(_NONE if part is None else policy.positions[part] for part in node.parts)
        for node in known
        if node.kind == "by_reading" and node.reading == reading
    )
