# SPDX-License-Identifier: Apache-2.0
"""Judges what is said to be missing, or to turn an outcome: set by set, and value by value."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from lutalogic import rule_base
from tests.whatif.brute_force import minimal_sets, outcomes
from tests.whatif.question import spread
from tests.whatif.second import Search

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from random import Random

    from lutalogic import Decision
    from tests.whatif.question import Question

#: The facts of each set, by name, and the boxes of cells that are said to do it.
Said = dict[tuple[str, ...], list[dict[str, tuple[int, ...]]]]


def judge_by_trial(question: Question, wanted: str, said: Said, *, most: int | None = None) -> None:
    """See that sets and values are just those that trying all of them finds.

    Args:
        question: The request, and how its facts may be moved.
        wanted: The outcome, ``t`` for met and ``f`` for not met.
        said: What is said to do it.
        most: The size of the largest sets to look at; None for all.
    """
    found = minimal_sets(question, [wanted], most=most)[wanted]
    within = {facts: boxes for facts, boxes in said.items() if len(facts) <= (most or len(facts))}
    assert within.keys() == found.keys(), told(question.decision)
    for facts, boxes in within.items():
        assert spread(facts, boxes) == found[facts], (facts, told(question.decision))


def judge_by_search(
    question: Question, wanted: str, said: Said, *, most: int | None = None
) -> None:
    """See that sets and values are just those that another algorithm finds, however many."""
    search = Search(question, wanted, most=most)
    assert set(said) == search.sets(), told(question.decision)
    for facts, boxes in said.items():
        assert not search.mistaken(facts, boxes), (facts, told(question.decision))


def judge_by_replay(question: Question, wanted: str, said: Said, random: Random) -> None:
    """See that values drawn from the boxes are decided as wanted, and not with a fact left out."""
    tried: list[tuple[tuple[str, ...], tuple[int, ...]]] = []
    whole: list[bool] = []
    for facts, boxes in said.items():
        for box in random.sample(boxes, min(2, len(boxes))):
            drawn = {name: random.choice(box[name]) for name in facts}
            for left_out in (None, *facts):
                kept = tuple(name for name in facts if name != left_out)
                tried.append((kept, tuple(drawn[name] for name in kept)))
                whole.append(left_out is None)
    for (facts, cells), is_whole, letter in zip(
        tried, whole, outcomes(question, tried), strict=True
    ):
        assert (letter == wanted) == is_whole, (facts, cells, told(question.decision))


def judge_form(said: Said) -> None:
    """See that boxes say something of every fact of a set, are not empty, and none is in another.

    Cells come in their order, each once.
    """
    attributes = rule_base().attributes
    for facts, boxes in said.items():
        assert boxes, facts
        for box in boxes:
            assert tuple(sorted(box)) == facts
            for name, cells in box.items():
                assert cells
                assert list(cells) == sorted(set(cells))
                assert set(cells) <= set(range(len(attributes[name].cells)))
            assert not any(_inside(box, other) for other in boxes if other is not box), facts


def _inside(box: Mapping[str, Iterable[int]], other: Mapping[str, Iterable[int]]) -> bool:
    return all(set(cells) <= set(other[name]) for name, cells in box.items())


def size(said: Said) -> int:
    """Return how many values there are at most, over all sets."""
    return sum(prod(map(len, box.values())) for boxes in said.values() for box in boxes)


def told(decision: Decision) -> str:
    """Return a request so that a failure can be repeated."""
    readings = {
        name: value
        for name, value in decision.readings.items()
        if value != rule_base().readings[name].default
    }
    return (
        f"decide({decision.case!r}, {decision.policy.name!r}, on='{decision.on}', "
        f"readings={readings})"
    )
