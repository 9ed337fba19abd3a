# SPDX-License-Identifier: Apache-2.0
"""The diagnosis: of mistakes with known vectors, it names those that were made, and no others."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from lutalogic.conformance.diagnosis import diagnose, mistake_words
from lutalogic.conformance.vector import Catch, Expected, Vector
from lutalogic.conformance.verdict import Difference, Verdict, no_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def vectors(catching: Mapping[str, Iterable[int]], count: int = 200) -> list[Vector]:
    """Return vectors that catch mistakes as stated; a mistake's criterion begins its name."""
    request = {"policy": "premera_xofigo", "on": "2026-06-01", "facts": {}}
    found: list[Vector] = []
    for number in range(count):
        catches = tuple(
            Catch(name, name.partition(":")[0], f"{name.partition(':')[2]} taken wrongly")
            for name, numbers in catching.items()
            if number in numbers
        )
        expect = Expected("met", {"X-1": "true", "X-2": "true"})
        found.append(Vector(f"v{number}", 1, request, expect, (), catches))
    return found


def verdicts(asked: Iterable[Vector], wrong: Mapping[str, str]) -> list[Verdict]:
    """Return verdicts that fail the vectors named, each in a criterion."""
    return [
        Verdict(vector, 1, (Difference(1, wrong[vector.id], "true", "false"),))
        if vector.id in wrong
        else Verdict(vector, 1, ())
        for vector in asked
    ]


def test_nothing_is_suspected_where_nothing_failed() -> None:
    """All right: no suspects, nothing unexplained."""
    found = diagnose(verdicts(vectors({"X-1:a": range(9)}), {}))
    assert (found.suspects, found.unexplained) == ((), ())


def test_the_mistake_whose_vectors_failed_is_named() -> None:
    """Not the wider one, most of whose vectors passed, nor one that explains a part."""
    asked = vectors({"X-1:wide": range(100), "X-1:made": range(6), "X-1:part": range(3)})
    found = diagnose(verdicts(asked, {f"v{n}": "X-1" for n in range(6)}))
    [suspect] = found.suspects
    assert str(suspect) == "made taken wrongly in X-1"
    assert (len(suspect.hits), len(suspect.alarms), found.unexplained) == (6, 0, ())


def test_the_criterion_that_was_answered_wrongly_tells_twins_apart() -> None:
    """Two mistakes with the same vectors: the one in the criterion that differs is named."""
    asked = vectors({"X-1:one": range(6), "X-2:other": range(6)})
    [suspect] = diagnose(verdicts(asked, {f"v{n}": "X-2" for n in range(6)})).suspects
    assert suspect.mistake.mutant == "X-2:other"
    assert suspect.alternatives == ()


def test_mistakes_that_nothing_tells_apart_are_told_together() -> None:
    """The first is named, the others as alternatives."""
    asked = vectors({"X-1:one": range(6), "X-1:other": range(6)})
    [suspect] = diagnose(verdicts(asked, {f"v{n}": "X-1" for n in range(6)})).suspects
    assert suspect.mistake.mutant == "X-1:one"
    assert [mistake_words(each) for each in suspect.alternatives] == ["other taken wrongly in X-1"]


def test_two_mistakes_in_one_vector_are_both_named() -> None:
    """Each explains its criterion, though the vectors of one are among those of the other."""
    asked = vectors({"X-1:one": range(20), "X-2:other": range(6)})
    told = verdicts(asked, {f"v{n}": "X-1" for n in range(20)})
    for n in range(6):
        both = (*told[n].differences, Difference(1, "X-2", "true", "false"))
        told[n] = Verdict(asked[n], 1, both)
    found = diagnose(told)
    assert [suspect.mistake.mutant for suspect in found.suspects] == ["X-1:one", "X-2:other"]
    assert found.unexplained == ()


def test_what_another_reading_admits_speaks_for_no_mistake() -> None:
    """Of one criterion, though another is wrong in the same vector."""
    asked = [
        replace(each, acceptable=(Expected("met", {"X-1": "true", "X-2": "unknown"}),))
        for each in vectors({"X-1:one": range(6), "X-2:other": range(6)}, 6)
    ]
    differences = (Difference(1, "X-1", "true", "false"), Difference(1, "X-2", "true", "unknown"))
    found = diagnose([Verdict(each, 1, differences) for each in asked])
    assert [suspect.mistake.mutant for suspect in found.suspects] == ["X-1:one"]
    assert found.unexplained == ()


def test_failures_that_no_mistake_explains_are_left() -> None:
    """And a vector without an answer speaks neither for nor against a mistake."""
    asked = vectors({"X-1:made": range(6)})
    told = verdicts(asked, {f"v{n}": "X-1" for n in (*range(1, 6), 50, 51)})
    told[0] = no_answer(asked[0], "it ended", level=1)
    found = diagnose(told)
    [suspect] = found.suspects
    assert (len(suspect.hits), suspect.alarms) == (5, ())
    assert found.unexplained == ("v50", "v51")


@pytest.mark.parametrize("seed", range(20))
def test_five_of_three_hundred_are_found(seed: int) -> None:
    """Mistakes drawn at random, each with six to forty vectors: just the five made are named."""
    random = Random(seed)
    catching = {
        f"X-{n % 2 + 1}:{n}": random.sample(range(1000), random.choice([6, 6, 8, 20, 40]))
        for n in range(300)
    }
    made = random.sample(sorted(catching), 5)
    wrong = {f"v{v}": name.partition(":")[0] for name in made for v in catching[name]}
    found = diagnose(verdicts(vectors(catching, 1000), wrong))
    assert {suspect.mistake.mutant for suspect in found.suspects} == set(made)
    assert found.unexplained == ()
