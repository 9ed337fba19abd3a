# SPDX-License-Identifier: Apache-2.0
"""What missing() and flips() cost: median and worst milliseconds, over requests of three kinds.

Run by ``make bench``. A policy is compiled once for each text and each choice of readings, so the
first call under these is told apart from calls after it, and the first of a process from both.
Random requests mostly choose readings that none before them chose. Deciding is not counted.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from lutalogic import Case, Outcome, decide, policies, rule_base
from lutalogic.cells import value_of
from lutalogic.patient_files import Patient

if TYPE_CHECKING:
    from collections.abc import Callable

    from lutalogic import Decision

ROOT = Path(__file__).parents[1]
RANDOM_REQUESTS = 500
LATEST = "2026-06-01"
SLOW = 1000.0
CALLS: dict[str, Callable[[Decision], object]] = {
    "missing": lambda decision: decision.missing(),
    "flips": lambda decision: decision.flips(),
}
FIRST = "first call of a process"
#: A call and the kind of the requests.
Kind = tuple[str, str]


def sample_cases() -> list[Decision]:
    """Return the sample cases that come with the specification."""
    rows = [
        json.loads(line)
        for name in ("cases", "cases_more")
        for line in (ROOT / f"tests/cases/{name}.jsonl").read_text().splitlines()
    ]
    return [
        decide(
            {name: value for name, value in row["facts"].items() if value is not None},
            row["policy"],
            on=row["on"],
            readings=row.get("readings"),
        )
        for row in rows
    ]


def worked_examples() -> list[Decision]:
    """Return the worked patients, each under its policy, or under every one."""
    found = []
    for path in sorted((ROOT / "examples").glob("*.json")):
        data = json.loads(path.read_text())
        for row in data if isinstance(data, list) else [data]:
            patient = Patient(row.get("name", ""), row["facts"], record=row.get("record"))
            case = patient.case(on=row["on"])
            names = [row["policy"]] if "policy" in row else [p.name for p in policies()]
            found += [decide(case, name, on=row["on"]) for name in names]
    return found


def random_requests() -> list[Decision]:
    """Return requests a few facts away from one that is met, half of them by other readings."""
    random, found, base = Random(1), [], rule_base()
    for _ in range(RANDOM_REQUESTS):
        policy = random.choice(list(policies()))
        stated = json.loads((ROOT / f"tests/kb/{policy.name}/bases.json").read_text())
        facts: dict[str, Any] = dict(random.choice(list(stated.values())))
        for name in random.sample(policy.attributes, random.randint(0, 6)):
            cells = len(base.attributes[name].cells)
            cell = random.randint(-cells, cells - 1)
            facts[name] = value_of(base.attributes[name], [cell]) if cell >= 0 else None
        chosen = random.sample(policy.readings, random.choice((0, 0, 0, 1, 2, 3)))
        readings = {name: random.choice(base.readings[name].values) for name in chosen}
        day = random.choice([LATEST, LATEST, *(text.start for text in policy.texts)])
        found.append(decide(facts, policy, on=day, readings=readings))
    return found


def milliseconds(decision: Decision, call: str) -> float:
    """Return the time that a call takes."""
    start = perf_counter()
    CALLS[call](decision)
    return (perf_counter() - start) * 1000


def first_calls() -> dict[Kind, list[float]]:
    """Return the time of the first call of a process of its own, for each policy and call."""
    found: dict[Kind, list[float]] = {}
    for policy in policies():
        for call in CALLS:
            command = [sys.executable, __file__, policy.name, call]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found.setdefault((call, FIRST), []).append(float(done.stdout))
    return found


def calls(decisions: list[Decision], kind: str) -> dict[Kind, list[float]]:
    """Return the times of calls as they come, and of the same calls again."""
    found: dict[Kind, list[float]] = {}
    for decision in decisions:
        for call in CALLS:
            if call == "flips" or decision.outcome == Outcome.NEEDS_INFORMATION:
                for label in (kind, f"{kind}, again"):
                    found.setdefault((call, label), []).append(milliseconds(decision, call))
    return found


def main() -> None:
    """Print a line for each call and each kind of request."""
    if len(sys.argv) > 1:
        name, call = sys.argv[1:]
        sys.stdout.write(f"{milliseconds(decide(Case(), name, on=LATEST), call)}\n")
        return
    found = first_calls()
    for kind, some in (
        ("sample cases", sample_cases()),
        ("worked examples", worked_examples()),
        ("random requests", random_requests()),
    ):
        found |= calls(some, kind)
    print(f"{'milliseconds':36}{'calls':>6}{'median':>9}{'worst':>9}{'over 1 s':>10}")
    for (call, kind), times in sorted(found.items(), key=lambda row: row[0][0]):
        slow = sum(time > SLOW for time in times)
        name = f"{call}: {kind}"
        print(f"{name:36}{len(times):>6}{median(times):>9.1f}{max(times):>9.1f}{slow:>10}")


if __name__ == "__main__":
    main()
