# SPDX-License-Identifier: Apache-2.0
"""What deciding through SWI-Prolog and PySwip costs, as ratios taken in one run; and by kanren.

Run by ``make bench``. Both sides start from the same validated cases, give the letter of every
node, and are checked to agree on all of them; the straight-line Python is generated from
rulebase.json. The two are timed in turn, round by round, and the median of the ratios is quoted,
so that a machine whose speed drifts does not favour one.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.straight_line import compile_policy, plain_values
from lutalogic.case import Case
from lutalogic.decide import decide
from lutalogic.engines import Request
from lutalogic.engines.kanren import KANREN
from lutalogic.engines.prolog import PROLOG
from lutalogic.rulebase import policies

if TYPE_CHECKING:
    from collections.abc import Callable

    from lutalogic.rules import Policy

ROUNDS = 15
ROOT = Path(__file__).parents[1]
DAY = "2026-06-01"


def cases(policy: Policy) -> list[Case]:
    """Return the cases of a policy: its bases, and each without some of its facts."""
    stated = json.loads((ROOT / "tests/kb" / policy.name / "bases.json").read_text())
    whole: list[dict[str, Any]] = list(stated.values())
    thinned = [
        {n: v for i, (n, v) in enumerate(facts.items()) if i % 7 != k}
        for facts in whole
        for k in range(7)
    ]
    return [Case.from_mapping(facts) for facts in (*whole, *thinned)]


def seconds(work: Callable[[], object]) -> float:
    """Return the time that some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(policy: Policy) -> tuple[float, float, float, float, float]:
    """Return the times of one decision, single and in a batch, their ratios to Python, and kanren.

    The last is the time of a single decision by the relational engine, over fewer of them.
    """
    straight = compile_policy(policy)
    known = cases(policy)
    choices = decide(known[0], policy, on=DAY).request.choices
    requests = [Request(policy, 20260601, choices, case) for case in known]
    plain = [plain_values(case) for case in known]
    batch = (requests * (1000 // len(requests) + 1))[:1000]
    many = (plain * (1000 // len(plain) + 1))[:1000]
    assert PROLOG.truths(batch) == [straight(values, DAY, choices) for values in many]

    def python() -> None:
        for values in many:
            straight(values, DAY, choices)

    def single() -> None:
        for request in batch:
            PROLOG.truths([request])

    few = batch[:50]
    assert KANREN.truths(few) == PROLOG.truths(few)
    singles, batches, singly, batched, related = [], [], [], [], []
    for _ in range(ROUNDS):
        base = seconds(python)
        one = seconds(single)
        base_again = seconds(python)
        all_at_once = seconds(lambda: PROLOG.truths(batch))
        singles.append(one / 1000)
        batches.append(all_at_once / 1000)
        singly.append(one / base)
        batched.append(all_at_once / base_again)
        related.append(seconds(lambda: [KANREN.truths([request]) for request in few]) / len(few))
    told = [median(each) for each in (singles, batches, singly, batched, related)]
    return told[0], told[1], told[2], told[3], told[4]


def main() -> None:
    """Print the table."""
    print(f"Python {platform.python_version()}, {platform.machine()}, median of {ROUNDS} rounds")
    columns = (
        f"{'policy':22}{'nodes':>6}{'single us':>11}{'ratio':>7}{'of 1000 us':>12}{'ratio':>7}"
    )
    print(f"{columns}{'kanren ms':>11}")
    for policy in policies():
        one, many, single, batch, related = measure(policy)
        print(
            f"{policy.name:22}{len(policy.nodes):6}{one * 1e6:11.1f}{single:7.2f}"
            f"{many * 1e6:12.1f}{batch:7.2f}{related * 1e3:11.2f}"
        )
    imports = [
        seconds(lambda: subprocess.run([sys.executable, "-c", "import lutalogic"], check=True))
        - seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
        for _ in range(ROUNDS)
    ]
    print(f"import lutalogic: {median(imports):.3f} s")


if __name__ == "__main__":
    main()
