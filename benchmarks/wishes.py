# SPDX-License-Identifier: Apache-2.0
"""Seconds for five patients of each of many wishes, and for the first; each search states its own.

python benchmarks/wishes.py
"""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from lutalogic import Case, decide, patients, policies, wish

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = [policy.name for policy in policies()]
LUTATHERA = ("wellmark_lutathera", "premera_lutathera")
OUTCOMES = ("met", "not_met", "needs_information")


def wishes() -> dict[str, tuple[str, dict[str, Any]]]:
    """Return many wishes, by what they are called."""
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    for policy in NAMES:
        for outcome in OUTCOMES:
            found[f"{policy} {outcome}"] = policy, {"outcome": outcome}
            if outcome != "met":
                found[f"{policy} {outcome} by one"] = policy, {"outcome": outcome, "by": "one"}
        found[f"{policy} waits for one"] = policy, {"waits_for": "one"}
    here, there = LUTATHERA
    found["met by item 3"] = here, {"outcome": "met", "by": "item 3"}
    found["depends on w_item1"] = here, {"depends_on": "w_item1"}
    found["met here, not there"] = here, {"outcome": "met", "also": wish(there, outcome="not_met")}
    found["met there, not here"] = there, {"outcome": "met", "also": wish(here, outcome="not_met")}
    others = [name for name in NAMES if name != here]
    for count in (2, 3, 4):
        by_one = [wish(name, outcome="not_met", by="one") for name in others[: count - 1]]
        wished = {"outcome": "needs_information", "by": "one", "also": by_one}
        found[f"{count} policies at once, by one"] = here, wished
    starts = {"nobody": {}}
    for name in ("03_thymic_carcinoid", "16_fifth_dose"):
        starts[name] = json.loads((EXAMPLES / f"{name}.json").read_text())["facts"]
    for policy in LUTATHERA:
        for name, near in starts.items():
            for outcome in OUTCOMES:
                wished = {"outcome": outcome, "near": near}
                found[f"{policy} {outcome} near {name}"] = policy, wished
            found[f"{policy} waits near {name}"] = policy, {"waits_for": "one", "near": near}
    return found


def main() -> None:
    """Print the wishes, the slowest first."""
    decide(Case(), NAMES[0], on="2026-06-01")
    next(patients(NAMES[0], outcome="met"))  # what is made once in a process
    rows = []
    for name, (policy, wished) in wishes().items():
        start = perf_counter()
        search = patients(policy, **wished)
        next(search)
        first = perf_counter() - start
        count = 1 + sum(1 for _ in islice(search, 4))
        rows.append((perf_counter() - start, first, count, name))
    for five, first, count, name in sorted(rows, reverse=True):
        print(f"{five:6.2f} s for {count}, the first in {first:5.2f} s  {name}")


if __name__ == "__main__":
    main()
