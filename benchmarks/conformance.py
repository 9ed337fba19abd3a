# SPDX-License-Identifier: Apache-2.0
"""How long the conformance suite takes against the samples; run by ``make bench``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from lutalogic.conformance.conform import conform
from lutalogic.conformance.suite import PACKAGED, read_suite

SAMPLES = Path(__file__).parents[1] / "examples/implementations"

if __name__ == "__main__":
    vectors = read_suite(PACKAGED).chosen(level=1, profile="plain")
    for name, command in (("plain.py", sys.executable), ("plain.mjs", "node")):
        report = conform(vectors, command=[command, str(SAMPLES / name)], level=1)
        print(f"{name}: {report.right_at(1)} of {report.asked} right, {report.seconds:.2f} s")
