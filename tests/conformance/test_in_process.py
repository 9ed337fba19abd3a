# SPDX-License-Identifier: Apache-2.0
"""Judged within a test of one's own: a function, or a command, that conforms or does not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lutalogic import InputError
from lutalogic.conformance.suite import write_suite
from lutalogic.testing import assert_conforms, conforms
from tests.conformance.small import answer, small_suite

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parents[2] / "examples/implementations"
pytest_plugins = ["pytester"]


def forgetful(request: dict[str, Any]) -> dict[str, Any]:
    """Answer rightly, but take an unknown age for no bar."""
    told = answer(request)
    if told["criteria"].get("X-1") == "unknown":
        told["criteria"]["X-1"] = "true"
    return told


@conforms("premera_xofigo", level=3, suite=small_suite())
def test_a_decorated_function_is_a_test(asked: dict[str, Any]) -> dict[str, Any]:
    """Pytest calls it without arguments, though the function takes a request."""
    return answer(asked)


def test_the_decorator_keeps_the_name_and_hides_the_parameter() -> None:
    """Pytest finds the test by its name, and no fixture is asked for."""
    import inspect

    test: Callable[..., None] = test_a_decorated_function_is_a_test
    assert test.__name__ == "test_a_decorated_function_is_a_test"
    assert test.__module__ == __name__
    assert not inspect.signature(test).parameters


def test_what_does_not_conform_fails_with_the_report() -> None:
    """The message tells level and criterion; another policy is not concerned."""
    suite = small_suite()
    assert assert_conforms(forgetful, "premera_pluvicto", suite=suite).holds == 1
    assert assert_conforms(forgetful, level=0, suite=suite).holds == 0
    with pytest.raises(AssertionError, match=r"(?s)Level 1 does not hold.*premera_xofigo, X-1: "):
        assert_conforms(forgetful, "premera_xofigo", suite=suite)
    with pytest.raises(AssertionError, match="does not hold"):
        conforms("premera_xofigo", suite=suite)(forgetful)()


def test_the_outcome_alone_will_do_at_level_0(tmp_path: Path) -> None:
    """And a suite may be a folder."""
    write_suite(small_suite(), tmp_path)
    assert assert_conforms(lambda asked: answer(asked)["outcome"], level=0, suite=tmp_path)


def test_a_command_is_judged_alike() -> None:
    """A program that answers lines, in place of a function."""
    command = [sys.executable, str(SAMPLES / "plain.py")]
    report = assert_conforms(command, suite=small_suite(), profile="plain")
    assert report.holds == 1
    with pytest.raises(InputError, match="wellmark_lutathera"):
        assert_conforms(command, "wellmark", suite=small_suite())


def test_in_a_session_of_its_own(pytester: pytest.Pytester) -> None:
    """A right function passes, a wrong one fails, and the failure is the report."""
    pytester.makepyfile(
        """
        from lutalogic.testing import conforms
        from tests.conformance.small import answer, small_suite

        @conforms("premera_xofigo", suite=small_suite())
        def test_right(request):
            return answer(request)

        @conforms("premera_xofigo", level=0, suite=small_suite())
        def test_wrong(request):
            return "met"
        """
    )
    pytester.syspathinsert(Path(__file__).parents[2])
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*AssertionError: it does not conform. Level 0 does not hold*"])


def test_each_vector_is_a_test_case_of_its_own(pytester: pytest.Pytester, tmp_path: Path) -> None:
    """By the fixture of the plugin, which pytest finds by itself; options choose the vectors."""
    write_suite(small_suite(), tmp_path / "suite")
    pytester.makepyfile(
        """
        from tests.conformance.small import answer

        def test_ours(lutalogic_vector):
            told = answer(lutalogic_vector.request)
            if told["outcome"] == "met":
                told["outcome"] = "not_met"
            lutalogic_vector.check(told)
        """
    )
    pytester.syspathinsert(Path(__file__).parents[2])
    options = ["--lutalogic-suite", str(tmp_path / "suite"), "--lutalogic-policy", "premera_xofigo"]
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", *options)
    asked = [v for v in small_suite().vectors if v.policy == "premera_xofigo" and v.level <= 1]
    wrong = sum(vector.expect.outcome == "met" for vector in asked)
    assert 0 < wrong < len(asked)
    result.assert_outcomes(passed=len(asked) - wrong, failed=wrong)
    result.stdout.fnmatch_lines(["*outcome: not_met, where it must be met*"])
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", *options[:1], "nowhere")
    result.stdout.fnmatch_lines(["*nowhere: holds no suite*"])
    assert result.ret != 0
    options[-1] = "xofigo"
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", *options)
    result.stdout.fnmatch_lines(["*did you mean premera_xofigo*"])
