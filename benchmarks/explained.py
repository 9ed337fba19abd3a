# SPDX-License-Identifier: Apache-2.0
"""What an explained decision costs, as a ratio to straight-line Python that builds the same tree.

Run by ``make bench``. Both sides start from the same validated cases and end with the same tree,
which is checked; they are timed in turn, round by round, and the median of the ratios is quoted.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.bridge import DAY, ROUNDS, cases, seconds
from benchmarks.straight_line import plain_values
from benchmarks.straight_tree import compile_tree
from lutalogic.decide import decide
from lutalogic.rulebase import policies
from lutalogic.statements import statement

if TYPE_CHECKING:
    from lutalogic.rules import Policy


def measure(policy: Policy, *, whole: bool) -> tuple[float, float]:
    """Return the time of one explained decision, and its ratio to Python."""
    known = cases(policy)
    plain = [plain_values(case) for case in known]
    choices = decide(known[0], policy, on=DAY).request.choices
    root = statement(policy, choices, DAY)
    assert root is not None  # a text is in force on that day
    straight = compile_tree(policy, root, whole=whole)
    pairs = list(zip(known, plain, strict=True))
    for case, values in pairs:
        explanation = decide(case, policy, on=DAY).why(whole=whole)
        assert explanation.root == straight(values, DAY, choices, case)

    def python() -> None:
        for case, values in pairs:
            straight(values, DAY, choices, case)

    def ours() -> None:
        for case in known:
            decide(case, policy, on=DAY).why(whole=whole)

    ratios, times = [], []
    for _ in range(ROUNDS):
        base, own = seconds(python), seconds(ours)
        ratios.append(own / base)
        times.append(own / len(known))
    return median(times), median(ratios)


def main() -> None:
    """Print the table."""
    print(f"{'explained decision':22}{'why us':>9}{'ratio':>7}{'whole us':>11}{'ratio':>7}")
    for policy in policies():
        short, short_ratio = measure(policy, whole=False)
        full, full_ratio = measure(policy, whole=True)
        print(
            f"{policy.name:22}{short * 1e6:9.0f}{short_ratio:7.2f}{full * 1e6:11.0f}"
            f"{full_ratio:7.2f}"
        )


if __name__ == "__main__":
    main()
