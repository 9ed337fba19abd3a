# SPDX-License-Identifier: Apache-2.0
"""Make the suite that comes with the package: `make vectors` runs this."""

from __future__ import annotations

import shutil
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

from lutalogic.conformance.construction import BY_OUTCOME, PLAINLY, TIMES, Construction, construct
from lutalogic.conformance.expecting import vector
from lutalogic.conformance.kills import Known, vector_id, write_kills
from lutalogic.conformance.suite import PACKAGED, Suite, write_suite
from lutalogic.rulebase import policies, rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from lutalogic.conformance.mutants import Mutant
    from lutalogic.conformance.vector import Vector
    from lutalogic.rules import Policy

SEED: Final = 0
#: For each profile, the needs whose vectors it leaves out.
PROFILES: Final = {
    "whole": frozenset[str](),
    "without_intervals": frozenset({"intervals"}),
    "without_readings": frozenset({"readings"}),
    "without_dates": frozenset({"dates"}),
    "plain": frozenset({"intervals", "readings", "dates"}),
}
_GENERATED: Final = "by lutalogic.conformance.building: never edit, run `make vectors`"


def build(chosen: Iterable[Policy], seed: int = SEED) -> tuple[Suite, tuple[Known, ...]]:
    """Return a suite for some policies, and what is known of every mistake.

    Raises:
        EngineError: The engines disagree on a vector; an error of lutalogic.
    """
    vectors: list[Vector] = []
    known: list[Known] = []
    # z3's models depend on what it was asked before: each policy has a process of its own
    with ProcessPoolExecutor(
        max_workers=2, mp_context=get_context("spawn"), max_tasks_per_child=1
    ) as processes:
        names = [policy.name for policy in chosen]
        for some, about in processes.map(_built, names, [seed] * len(names)):
            vectors += some
            known += about
    settings = {
        "generated": _GENERATED,
        "seed": seed,
        "times": TIMES,
        "by_outcome": BY_OUTCOME,
        "plainly": PLAINLY,
        "z3": version("z3-solver"),
    }
    return Suite(tuple(vectors), rule_base().digest, PROFILES, settings), tuple(known)


def _built(name: str, seed: int) -> tuple[list[Vector], list[Known]]:
    """Return the vectors of a policy, and what is known of its mistakes."""
    made = construct(rule_base().policy(name), seed)
    picked = made.choose()
    return list(_vectors(made, picked)), list(_known(made, [*picked[0], *picked[1]]))


def _vectors(made: Construction, picked: tuple[list[int], list[int]]) -> Iterator[Vector]:
    """Yield the vectors of a policy, those of level 0 first."""
    named = made.named(picked)
    number = 0
    for level, places in enumerate(picked):
        for place in places:
            name = vector_id(made.policy.name, number)
            yield vector(name, level, made.candidates[place], named[place])
            number += 1


def _known(made: Construction, places: Sequence[int]) -> Iterator[Known]:
    for i, mutant in enumerate(made.mutants):
        shows = [[made.shows[level][place] >> i & 1 for place in places] for level in (0, 1)]
        yield _entry(
            mutant,
            by_outcome=tuple(n for n, shown in enumerate(shows[0]) if shown),
            by_criterion=tuple(n for n, shown in enumerate(shows[1]) if shown > shows[0][n]),
        )
    for mutant in made.equivalent:
        yield _entry(mutant, equivalent=True)


def _entry(
    mutant: Mutant,
    *,
    by_outcome: tuple[int, ...] = (),
    by_criterion: tuple[int, ...] = (),
    equivalent: bool = False,
) -> Known:
    return Known(
        mutant.id,
        mutant.policy,
        mutant.criterion,
        mutant.operator,
        mutant.mistake,
        by_outcome,
        by_criterion,
        equivalent,
    )


def generate(folder: Path = PACKAGED) -> None:
    """Make the suite anew, in place of what is in a folder."""
    suite, known = build(policies())
    shutil.rmtree(folder, ignore_errors=True)
    write_suite(suite, folder)
    write_kills(known, folder, digest=suite.digest)


if __name__ == "__main__":
    generate()
