# SPDX-License-Identifier: Apache-2.0
"""See by engines that decide one patient at a time whether a wish came true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lutalogic.dates import day_number
from lutalogic.engines import Request
from lutalogic.engines.choice import engine_named
from lutalogic.engines.kanren import KANREN
from lutalogic.errors import EngineError
from lutalogic.possible import Span
from lutalogic.rulebase import rule_base
from lutalogic.trace import Trace, findings
from lutalogic.wishes import DECIDES, ONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.case import Case
    from lutalogic.wishes import Wish


def confirm(case: Case, wishes: Sequence[Wish]) -> None:
    """See that the engines agree on a patient, and that all wishes come true by what they say.

    Raises:
        EngineError: It is not so; this would be an error of lutalogic.
    """
    for wish in wishes:
        request = Request(wish.view.policy, day_number(wish.side.day), wish.view.choices, case)
        letters = _agreed(request)
        told = (
            _as_asked(wish, letters)
            and (not wish.by or _turns_on(wish, request, letters))
            and (not wish.waits_for or _waits(wish, request, letters))
            and (not wish.depends_on or _depends(wish, request, letters))
        )
        if not told:
            raise EngineError(f"{case!r} is not what was wished; this is an error of lutalogic")


def _agreed(request: Request) -> str:
    """Return the letters on which both engines agree; where Prolog is missing, those of one."""
    [letters] = KANREN.truths([request])
    [others] = engine_named().truths([request])
    if letters != others:
        raise EngineError(f"the engines disagree on {request!r}; this is an error of lutalogic")
    return letters


def _as_asked(wish: Wish, letters: str) -> bool:
    places, nodes = wish.view.policy.positions, wish.view.criteria
    asked = {nodes[name]: truths for name, truths in wish.criteria.items()}
    asked[wish.view.policy.root] = wish.outcomes
    return all(letters[places[node]] in truths for node, truths in asked.items())


def _turns_on(wish: Wish, request: Request, letters: str) -> bool:
    """Tell whether the outcome turns on the criterion that was named, or on just one."""
    turning = _turning(wish, request, letters)
    if wish.outcomes == "t":
        return wish.by in turning
    return len(turning) == 1 and wish.by in (ONE, *turning)


def _turning(wish: Wish, request: Request, letters: str) -> list[str]:
    """Return the criteria of which another truth, alone, would make it met, or not met any more."""
    policy, nodes = request.policy, wish.view.criteria
    root, (_, otherwise) = policy.positions[policy.root], DECIDES[wish.outcomes]
    return [
        name
        for name, node in nodes.items()
        if (KANREN.supposing(request, letters, node, otherwise)[root] == "t") == (otherwise == "t")
    ]


def turning_on(wish: Wish, case: Case) -> tuple[str, ...]:
    """Return the criteria on which the outcome of a patient turns, for a wish that asks for that.

    Args:
        wish: With `by`.
        case: A patient who fulfils it.
    """
    request = Request(wish.view.policy, day_number(wish.side.day), wish.view.choices, case)
    [letters] = KANREN.truths([request])
    return tuple(_turning(wish, request, letters)) if wish.by == ONE else (wish.by,)


def _waits(wish: Wish, request: Request, letters: str) -> bool:
    """Tell whether the request waits for the fact that was named, or for just one."""
    day = wish.view.day
    waited = findings(Trace(request.policy, request.choices, day, letters)).waited
    known = request.case.possible
    missing = [name for name in waited if isinstance(known.get(name), (Span, type(None)))]
    return len(missing) == 1 and wish.waits_for in (ONE, *missing)


def _depends(wish: Wish, request: Request, letters: str) -> bool:
    """Tell whether another value of the reading leads to another outcome."""
    policy = request.policy
    root, place = policy.positions[policy.root], policy.readings.index(wish.depends_on)
    others = []
    for value in range(len(rule_base().readings[wish.depends_on].values)):
        choices = (*request.choices[:place], value, *request.choices[place + 1 :])
        others.append(_agreed(request.under(choices=choices))[root])
    return len({letter.replace("-", "u") for letter in (letters[root], *others)}) > 1
