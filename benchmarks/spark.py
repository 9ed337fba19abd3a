# SPDX-License-Identifier: Apache-2.0
"""What one core decides of a table of Spark: rows in a second of its time, and the memory it takes.

It does what an executor does with batches of 10,000 rows, without Spark around it, each question in
a process of its own. Facts are numbers, options and sets, and a tenth of the numbers intervals
where it says so. Run it from a checkout: ``python benchmarks/spark.py``.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parents[1]))

from lutalogic import rule_base
from lutalogic.cohort.batches import plan
from lutalogic.cohort.spark import decided, task_of
from tests.cohort.rows import rows, table

ROWS, BATCH, ROUNDS = 400_000, 10_000, 3
QUESTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "one policy": ("wellmark_lutathera", {}),
    "one policy, explained": ("wellmark_lutathera", {"explain": True}),
    "all policies": ("all", {}),
    "all policies, explained": ("all", {"explain": True}),
    "all policies, explained, every criterion": ("all", {"explain": True, "criteria": True}),
}


def patients(intervals: bool) -> Any:
    """Return random patients as Spark hands them to Python: text for options."""
    few = table(rows(20_000, seed=1), circumstances=False)
    types: dict[Any, Any] = {}
    for name, dtype in few.schema.items():
        if isinstance(dtype, (pl.Enum, pl.List)):
            types[name] = pl.List(pl.String) if isinstance(dtype, pl.List) else pl.String
    few = few.cast(types)
    if not intervals:
        numeric = [n for n, a in rule_base().attributes.items() if a.type in ("integer", "number")]
        elapsed = [n for n, a in rule_base().attributes.items() if a.type == "elapsed"]
        few = few.with_columns(pl.col(*numeric, *elapsed).cast(pl.Float64, strict=False))
    return pl.concat([few] * (ROWS // few.height))


def measure(policies: str, asked: dict[str, Any], file: str) -> tuple[float, float]:
    """Return rows in a second of processor time, the best of some rounds, and the peak in MB."""
    rate = 0.0
    for _ in range(ROUNDS):
        with pa.ipc.open_stream(file) as batches:
            schema: Any = pl.from_arrow(batches.schema.empty_table())
            what = plan(policies, on="2026-06-01", **asked)
            start = time.process_time()
            count = sum(
                each.num_rows
                for each in decided(batches, task_of(what, what.heading(schema.schema)))
            )
            rate = max(rate, count / (time.process_time() - start))
    return rate, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print a table of what is measured."""
    if len(sys.argv) > 1:
        name, form, file = sys.argv[1:]
        rate, peak = measure(*QUESTIONS[name], file)
        print(f"| {name} | {form} | {rate:,.0f} | {peak:,.0f} |")
        return
    print("| asked | numbers as | rows a second | MB |\n|---|---|---|---|", flush=True)
    environment = os.environ | {"POLARS_MAX_THREADS": "1"}
    with tempfile.TemporaryDirectory() as folder:
        for form in ("numbers", "text"):
            file = str(Path(folder) / form)
            drawn = patients(form == "text").to_arrow()
            with pa.ipc.new_stream(file, drawn.schema) as stream:
                stream.write_table(drawn, max_chunksize=BATCH)
            for name in QUESTIONS:
                command = [sys.executable, __file__, name, form, file]
                subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    main()
