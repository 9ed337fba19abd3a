# SPDX-License-Identifier: Apache-2.0
"""Decisions per second, ours and others', in one run; writes the page that shows them.

Run by ``make bench-cohort``. First every engine has to give the outcomes that our Prolog engine
gives, on patients at random and on the sample cases; a difference ends the run with the row. Then
they are timed in turn, round by round, so that a machine whose speed drifts favours none, and the
median of the ratios of each round is quoted.
"""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from benchmarks.cohort import (
    cedar,
    data,
    datalogic,
    duckdb_sql,
    facade,
    hand_polars,
    kernel,
    openfisca_fast,
    openfisca_select,
    page,
    prolog,
    zen,
)

if TYPE_CHECKING:
    from types import ModuleType

ENGINES: Final[tuple[ModuleType, ...]] = (
    kernel, facade, hand_polars, openfisca_fast, openfisca_select, duckdb_sql, datalogic, zen,
    prolog, cedar,
)  # fmt: skip
CHECKED: Final = 20_000
ROUNDS: Final = 7
#: A round of a slow engine is not repeated once this many seconds have gone into it.
PATIENCE: Final = 10.0


@dataclass(frozen=True)
class Timing:
    """How fast an engine decided the patients of a policy, in each round.

    Attributes:
        engine: Its module.
        rates: Decisions per second.
        ratios: The columnar engine's decisions per second, measured just before, to these.
    """

    engine: ModuleType
    rates: tuple[float, ...]
    ratios: tuple[float, ...]

    @property
    def best(self) -> float:
        """Return the decisions per second of its best round."""
        return max(self.rates)

    @property
    def usual(self) -> float:
        """Return the median of its decisions per second."""
        return median(self.rates)


def check(engine: ModuleType, policy: str, patients: Any, right: Any) -> None:
    """See that an engine gives the outcomes that are right; ends the run if it does not."""
    found = engine.codes(engine.prepare(patients, policy)())
    if len(found) != len(right):
        raise SystemExit(f"{engine.NAME}, {policy}: {len(found)} outcomes of {len(right)}")
    for row in (found != right).nonzero()[0][:1].tolist():
        facts = data.records(patients[row : row + 1], "never")[0]
        raise SystemExit(
            f"{engine.NAME}, {policy}, row {row}: {data.OUTCOMES[found[row]]} where the Prolog "
            f"engine has {data.OUTCOMES[right[row]]}; facts: {facts}"
        )


def checked(policy: str) -> dict[str, int]:
    """See that all engines agree; return how many of the patients came to each outcome."""
    patients = data.random_patients(policy, CHECKED, seed=20260601)
    cases, expected = data.sample_cases(policy)
    counts: dict[str, int] = dict.fromkeys(data.OUTCOMES, 0)
    for table in (patients, cases):
        right = prolog.codes(prolog.prepare(table, policy)())
        for engine in ENGINES:
            check(engine, policy, table, right)
        for code in right.tolist():
            counts[data.OUTCOMES[code]] += 1
        if table is cases:
            for row, outcome in enumerate(expected):
                assert outcome in ("", data.OUTCOMES[right[row]]), (policy, row)
    return counts


def timed(policy: str) -> list[Timing]:
    """Return how fast each engine decides a policy, in rounds that all of them take in turn."""
    ready = []
    for engine in ENGINES:
        patients = data.random_patients(policy, engine.ROWS, seed=1)
        ready.append((engine, engine.prepare(patients, policy)))
        ready[-1][1]()  # what is made at the first call is not timed
    rates: dict[str, list[float]] = {engine.NAME: [] for engine in ENGINES}
    ratios: dict[str, list[float]] = {engine.NAME: [] for engine in ENGINES}
    spent = dict.fromkeys(rates, 0.0)
    ours = ready[0]
    for _ in range(ROUNDS):
        for engine, decide in ready:
            if spent[engine.NAME] > PATIENCE:
                continue
            base = seconds(ours[1]) / ours[0].ROWS  # beside it, and not once a round
            taken = seconds(decide)
            spent[engine.NAME] += taken
            rates[engine.NAME].append(engine.ROWS / taken)
            ratios[engine.NAME].append(taken / engine.ROWS / base)
    return [
        Timing(engine, tuple(rates[engine.NAME]), tuple(ratios[engine.NAME])) for engine in ENGINES
    ]


def seconds(decide: Any) -> float:
    """Return how long a round takes, the collection of what it leaves not counted."""
    gc.collect()
    start = time.perf_counter()
    kept = decide()
    taken = time.perf_counter() - start
    del kept
    return taken


def main() -> None:
    """Check, time, print and write the page."""
    counts = {policy: checked(policy) for policy in data.POLICIES}
    print(f"all {len(ENGINES)} agree on {CHECKED:,} patients and the sample cases of each policy")
    found = {policy: timed(policy) for policy in data.POLICIES}
    for policy, timings in found.items():
        print(f"\n{policy}\n{'':28}{'rows':>10}{'best /s':>14}{'median /s':>14}{'ours is':>18}")
        for each in timings:
            print(
                f"{each.engine.NAME:28}{each.engine.ROWS:>10,}{each.best:>14,.0f}"
                f"{each.usual:>14,.0f}{page.ratio(timings[0], each):>18}"
            )
    page.write(found, counts, CHECKED)
    print(f"\nwritten: {page.PAGE.relative_to(data.ROOT)}")


if __name__ == "__main__":
    main()
