# SPDX-License-Identifier: Apache-2.0
"""How long random tests search: `make test` runs the default profile, `make test-deep` the deep."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

_common = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("default", _common, max_examples=50, derandomize=True)
settings.register_profile("deep", _common, max_examples=3000)
settings.load_profile(os.environ.get("LUTALOGIC_SEARCH", "default"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand what the random tests of a process of its own reached to the one that reports."""
    from tests.strategies import Coverage

    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["reached"] = Coverage.reports


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take what the random tests of another process reached."""
    from tests.strategies import Coverage

    Coverage.reports.extend(getattr(node, "workeroutput", {}).get("reached", []))


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Tell at the end how many cases of each kind the random tests reached."""
    from tests.strategies import Coverage

    if Coverage.reports:
        terminalreporter.section("random tests reached")
        for report in sorted(Coverage.reports):
            terminalreporter.write_line(report)
