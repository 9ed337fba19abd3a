# SPDX-License-Identifier: Apache-2.0
"""How long the command line takes for a table of 100,000 patients. Run by ``make bench``.

The patients are those of the case tables with two facts taken away and three changed at random, so
that they differ; the seed is fixed.
"""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PATIENTS = 100_000
LUTATHERA = ("premera_lutathera", "wellmark_lutathera")


def bases() -> list[dict[str, Any]]:
    """Return the patients of the case tables who meet a Lutathera policy."""
    folders = [ROOT / "tests/kb" / name for name in LUTATHERA]
    return [b for f in folders for b in json.loads((f / "bases.json").read_text()).values()]


def cell(value: object) -> str:
    """Return a fact as a table has it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(value) or "none"
    return "" if value is None else str(value)


def write(path: Path) -> None:
    """Write the table."""
    draw = random.Random(20260601)
    known = bases()
    names = list(dict.fromkeys(name for base in known for name in base))
    with path.open("w", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["name", "on", *names])
        for number in range(PATIENTS):
            facts = dict(draw.choice(known))
            for name in draw.sample(list(facts), 2):
                facts[name] = None
            facts["ki67_percent"] = draw.choice([1, 2, 3, 5, 8, 12, 15, 19, 20, 25, "<3", "2-10"])
            facts["age_years"] = draw.randint(10, 90)
            facts["creatinine_clearance_ml_min"] = draw.randint(30, 120)
            table.writerow([f"P{number}", "2026-06-01", *(cell(facts.get(n)) for n in names)])


def main() -> None:
    """Print the times, with the speed of the machine at that moment beside them."""
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "patients.csv", Path(folder) / "decisions.csv"
        write(path)
        for policy in ("premera_lutathera", "wellmark_lutathera", None):
            chosen = ["--policy", policy] if policy else []
            start = time.perf_counter()
            sum(range(20_000_000))
            speed = time.perf_counter() - start
            start = time.perf_counter()
            subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "lutalogic",
                    "decide",
                    path,
                    *chosen,
                    "-f",
                    "csv",
                    "-o",
                    out,
                ],
                check=True,
            )
            taken = time.perf_counter() - start
            decisions = len(out.read_text().splitlines()) - 1
            print(
                f"{PATIENTS:,} patients, {policy or 'the policies that apply'}: {taken:.1f} s, "
                f"{decisions:,} decisions (sum of 20,000,000 integers: {speed:.2f} s)"
            )


if __name__ == "__main__":
    main()
