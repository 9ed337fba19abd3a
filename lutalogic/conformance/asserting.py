# SPDX-License-Identifier: Apache-2.0
"""Assertions that an implementation conforms, for the tests of that implementation."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lutalogic.conformance.conform import conform, conform_function
from lutalogic.conformance.known import known_mistakes
from lutalogic.conformance.suite import PACKAGED, Suite, read_suite
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lutalogic.conformance.diagnosis import Shown
    from lutalogic.conformance.report import Report
    from lutalogic.rules import Policy

    #: What is judged: a function of a request, a command that answers lines, or an address.
    Implementation = Callable[[dict[str, Any]], Any] | Sequence[str] | str


def assert_conforms(
    implementation: Implementation,
    policy: str | Policy | None = None,
    *,
    level: int = 1,
    suite: Suite | Path | str = PACKAGED,
    profile: str | None = None,
) -> Report:
    """Return the report on an implementation, of which every answer is right.

    Args:
        implementation: A function that takes a request and returns an answer, both JSON values as
            the line protocol has them; at level 0 it may return the outcome alone. Or a command, a
            program that answers lines and its arguments. Or the address to which to post them.
        policy: The policy; None for all of them.
        level: 0 the outcome, 1 every criterion, 2 missing facts, 3 the criteria that decide.
        suite: The suite, or its folder.
        profile: The profile that says what the implementation need not support.

    Raises:
        AssertionError: It does not conform; the message is the report, with the likely mistakes.
        InputError: There is no such policy, suite or profile.
    """
    __tracebackhide__ = True
    taken, mistakes = (suite, ()) if isinstance(suite, Suite) else _suite(Path(suite))
    policies = [] if policy is None else [rule_base().policy(policy).name]
    vectors = taken.chosen(level=level, policies=policies, profile=profile)
    judging: dict[str, Any] = {"level": level, "digest": taken.digest, "mistakes": mistakes}
    if callable(implementation):
        report = conform_function(implementation, vectors, **judging)
    elif isinstance(implementation, str):
        report = conform(vectors, url=implementation, **judging)
    else:
        report = conform(vectors, command=implementation, **judging)
    if report.holds < level:
        raise AssertionError(f"it does not conform. {report.text()}")
    return report


def conforms(
    policy: str | Policy | None = None,
    *,
    level: int = 1,
    suite: Suite | Path | str = PACKAGED,
    profile: str | None = None,
) -> Callable[[Callable[[dict[str, Any]], Any]], Callable[[], None]]:
    """Return a decorator that makes a function of a request a test that it conforms.

        @conforms("wellmark_lutathera", level=1)
        def test_ours(asked):
            return ours(asked["facts"], asked["on"])

    The arguments, and what the test raises, are those of `assert_conforms`.
    """

    def made(function: Callable[[dict[str, Any]], Any]) -> Callable[[], None]:
        # The function's parameter is a request and no fixture, so its signature must not be seen.
        def test() -> None:
            __tracebackhide__ = True
            assert_conforms(function, policy, level=level, suite=suite, profile=profile)

        test.__name__ = test.__qualname__ = function.__name__
        test.__doc__, test.__module__ = function.__doc__, function.__module__
        return test

    return made


@lru_cache(maxsize=4)
def _suite(folder: Path) -> tuple[Suite, tuple[Shown, ...]]:
    suite = read_suite(folder)
    return suite, known_mistakes(folder, digest=suite.digest)
