# SPDX-License-Identifier: Apache-2.0
"""The pytest plugin: each vector of a suite as a test case of its own.

    def test_ours(lutalogic_vector):
        asked = lutalogic_vector.request
        lutalogic_vector.check(ours(asked["facts"], asked["on"]))

The options ``--lutalogic-suite``, ``--lutalogic-level``, ``--lutalogic-policy`` and
``--lutalogic-profile`` choose the vectors. Pytest finds the plugin by itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lutalogic import strict_json
from lutalogic.conformance.diagnosis import mistake_words
from lutalogic.conformance.suite import PACKAGED, read_suite
from lutalogic.conformance.vector import LEVELS
from lutalogic.conformance.verdict import judge
from lutalogic.errors import InputError
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    import pytest

    from lutalogic.conformance.vector import Vector

_FIXTURE = "lutalogic_vector"


@dataclass(frozen=True)
class Question:
    """A vector that a test asks.

    Attributes:
        vector: The vector.
        level: The level up to which its answer is compared.
    """

    vector: Vector
    level: int

    @property
    def request(self) -> dict[str, Any]:
        """Return the request, a JSON value of its own."""
        request: dict[str, Any] = json.loads(strict_json.dumps(dict(self.vector.request)))
        return request

    def check(self, answer: object) -> None:
        """Hold an answer, or at level 0 the outcome alone, to the vector.

        Raises:
            AssertionError: It is not right; the message says where, and what the vector catches.
        """
        __tracebackhide__ = True
        verdict = judge(self.vector, answer, level=self.level)
        if verdict.differences:
            caught = [f"catches: {mistake_words(each)}" for each in self.vector.catches]
            told = "\n".join([*map(str, verdict.differences), *caught])
            raise AssertionError(f"the answer to {self.vector.id} is wrong. {told}")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that choose vectors."""
    group = parser.getgroup("lutalogic", "conformance vectors of lutalogic")
    group.addoption("--lutalogic-suite", metavar="DIR", help="take the vectors of this folder")
    group.addoption(
        "--lutalogic-level",
        type=int,
        choices=range(len(LEVELS)),
        default=1,
        help="0 outcome, 1 every criterion, 2 missing facts, 3 the criteria that decide",
    )
    group.addoption("--lutalogic-policy", metavar="NAME", help="this policy only")
    group.addoption("--lutalogic-profile", metavar="NAME", help="leave out what it does not have")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a test that asks for a vector a test case for each."""
    if _FIXTURE not in metafunc.fixturenames:
        return
    import pytest

    option = metafunc.config.getoption
    policy, level = option("--lutalogic-policy"), option("--lutalogic-level")
    try:
        suite = read_suite(Path(option("--lutalogic-suite") or PACKAGED))
        vectors = suite.chosen(
            level=level,
            policies=[rule_base().policy(policy).name] if policy else [],
            profile=option("--lutalogic-profile"),
        )
    except InputError as error:
        raise pytest.UsageError(f"of --lutalogic-suite and the like: {error}") from None
    questions = [Question(vector, level) for vector in vectors]
    metafunc.parametrize(_FIXTURE, questions, ids=[vector.id for vector in vectors])
