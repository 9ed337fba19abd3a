# SPDX-License-Identifier: Apache-2.0
"""The sample implementations: two are right, and of the wrong one each mistake shows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lutalogic import decide, policies
from lutalogic.conformance.conform import conform
from lutalogic.testing import requests
from tests.conformance.small import small_suite
from tests.strategies import Coverage

SAMPLES = Path(__file__).parents[2] / "examples/implementations"
NODE = shutil.which("node") or shutil.which("nodejs")
PYTHON_SAMPLE = [sys.executable, str(SAMPLES / "plain.py")]
#: The right samples, by their commands.
RIGHT = [
    pytest.param(PYTHON_SAMPLE, id="python"),
    pytest.param(
        [NODE or "node", str(SAMPLES / "plain.mjs")],
        id="javascript",
        marks=pytest.mark.skipif(NODE is None, reason="Node is not installed: apt install nodejs"),
    ),
]
PLAIN = ("intervals", "readings", "dates")


@pytest.mark.parametrize("command", RIGHT)
def test_the_right_samples_conform_on_the_sample_cases(command: list[str]) -> None:
    """In every criterion of every case of their profile; and they speak without a slip."""
    suite = small_suite()
    report = conform(suite.chosen(level=3, profile="plain"), command=command, level=1)
    assert report.holds == 1, report.text()
    assert report.complaints == ()
    assert report.asked > 50


@pytest.mark.parametrize("command", RIGHT)
def test_the_samples_agree_with_the_engine_on_random_requests(command: list[str]) -> None:
    """Outcome and every criterion of requests with exact facts, near those that are met."""
    coverage = Coverage(f"requests to {Path(command[-1]).name}")
    asked: list[dict[str, Any]] = []
    drawn = st.tuples(*(requests(policy.name, without=PLAIN) for policy in policies()))

    @settings(max_examples=2 * settings().max_examples)
    @given(drawn)
    def draw(some: tuple[dict[str, Any], ...]) -> None:
        asked.extend({"id": len(asked) + place} | each for place, each in enumerate(some))

    draw()
    lines = "".join(f"{json.dumps(request)}\n" for request in asked)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    for request, line in zip(asked, done.stdout.splitlines(), strict=True):
        decision = decide(request["facts"], request["policy"], on=request["on"])
        expected = {name: truth.value for name, truth in decision.criteria.items()}
        told = json.loads(line)
        assert told == {"id": request["id"], "outcome": decision.outcome, "criteria": expected}
        coverage.note(decision.outcome)
    coverage.demand(0.1, "met", "not_met", "needs_information")


@pytest.mark.parametrize("command", RIGHT)
@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"policy": "medicare"}, "policy"),
        ({"on": "2020-01-01"}, "date"),
        ({"readings": {"p_xofigo_age": "19"}}, "reading"),
        ({"facts": {"largest_lymph_node_cm": "<3"}}, "value"),
        ({"facts": None}, "request"),
    ],
)
def test_what_is_beyond_a_sample_it_refuses(
    command: list[str], change: dict[str, Any], kind: str
) -> None:
    """With an error of the line protocol, and it answers the next request."""
    right = {"id": 2, "policy": "premera_xofigo", "on": "2026-06-01", "facts": {"age_years": 17}}
    lines = [json.dumps(right | {"id": 1} | change), "{", json.dumps(right)]
    done = subprocess.run(
        command, input="\n".join(lines), capture_output=True, text=True, check=True
    )
    first, broken, last = map(json.loads, done.stdout.splitlines())
    assert (first["id"], first["error"]["kind"]) == (1, kind)
    assert broken["error"]["kind"] == "json"
    assert (last["id"], last["outcome"]) == (2, "not_met")
