# SPDX-License-Identifier: Apache-2.0
"""Minimal sets of facts by trying every set and every value of it on the reference engine.

Sets are tried by size, so that what is found first has no smaller set in it that suffices; a set
that has a found one in it is no minimal set, and is not tried. Nothing else is left out: every cell
of every fact stands for all its values, as no rule tells them apart.
"""

from __future__ import annotations

from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING

from lutalogic.engines import Request
from lutalogic.engines.choice import engine_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lutalogic import Decision
    from tests.whatif.question import Answer, Question


def tries(question: Question) -> int:
    """Return how many assignments there are of all sets of facts, nothing skipped."""
    return prod(1 + len(cells) for cells in question.moves.values())


def minimal_sets(
    question: Question, wanted: Iterable[str], *, most: int | None = None
) -> dict[str, Answer]:
    """Return, for each wanted outcome, all sets of which no proper subset suffices.

    Args:
        question: The request, and how its facts may be moved.
        wanted: Outcomes, ``t`` for met and ``f`` for not met.
        most: The size of the largest sets to try; None for all.

    Returns:
        Each set, its facts in the order of their names, with all tuples of cells that do it.
    """
    found: dict[str, Answer] = {letter: {} for letter in wanted}
    names = sorted(question.moves)
    for size in range(1, (len(names) if most is None else most) + 1):
        open_for = {
            facts: [letter for letter in found if not _has_one(facts, found[letter])]
            for facts in combinations(names, size)
        }
        tried = [
            (facts, cells)
            for facts, letters in open_for.items()
            if letters
            for cells in product(*(question.moves[name] for name in facts))
        ]
        if not tried:
            break
        for (facts, cells), letter in zip(tried, outcomes(question, tried), strict=True):
            if letter in open_for[facts]:
                found[letter].setdefault(facts, set()).add(cells)
    return found


def _has_one(facts: Iterable[str], found: Answer) -> bool:
    inside = set(facts)
    return any(inside.issuperset(other) for other in found)


def outcomes(
    question: Question, tried: Sequence[tuple[Sequence[str], Sequence[int]]]
) -> Iterable[str]:
    """Return the letters of the outcomes where facts are moved to cells, in order."""
    decision = question.decision
    engine = engine_named("prolog")
    for start in range(0, len(tried), 1000):
        cases = [
            question.moved(zip(facts, cells, strict=True))
            for facts, cells in tried[start : start + 1000]
        ]
        asked = [_request(decision, case) for case in cases]
        place = decision.policy.positions[decision.policy.root]
        yield from (letters[place] for letters in engine.truths(asked))


def _request(decision: Decision, case: object) -> Request:
    asked = decision.request
    return Request(asked.policy, asked.day, asked.choices, case)  # type: ignore[arg-type]
