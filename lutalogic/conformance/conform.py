# SPDX-License-Identifier: Apache-2.0
"""Conform: ask an implementation the vectors of a suite, and report what it got wrong."""

from __future__ import annotations

import json
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

from lutalogic import strict_json
from lutalogic.conformance.channel import Address, Program
from lutalogic.conformance.report import Report
from lutalogic.conformance.runner import TIMEOUT, UNDER_WAY, Run
from lutalogic.conformance.verdict import judge, no_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lutalogic.conformance.channel import Channel
    from lutalogic.conformance.diagnosis import Shown
    from lutalogic.conformance.runner import Complaints
    from lutalogic.conformance.vector import Vector
    from lutalogic.conformance.verdict import Verdict


class Interrupted(KeyboardInterrupt):
    """A run was interrupted.

    Attributes:
        report: What was asked until then; the rest stands under what was not asked.
    """

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


def conform(
    vectors: Sequence[Vector],
    *,
    command: Sequence[str] = (),
    url: str = "",
    level: int = 1,
    digest: str = "",
    mistakes: Sequence[Shown] = (),
    profile: str = "",
    timeout: float = TIMEOUT,
    tell: Callable[[int], None] | None = None,
    warn: Callable[[str], None] | None = None,
) -> Report:
    """Return what a program, or what answers at an address, makes of vectors.

    Args:
        vectors: The vectors, of one suite.
        command: The program and its arguments; it is started without a shell.
        url: The address, where there is no command: each line is posted to it and to no other.
        level: The level up to which answers are compared, 0 to 3.
        digest: The digest of the rule base that the vectors were made from, for the report.
        mistakes: What the suite knows of mistakes, for the diagnosis.
        profile: The profile by which vectors were left out, for the report; empty for none.
        timeout: How long an answer may take, in seconds.
        tell: Called with the number of vectors that are done.
        warn: Called with what is amiss at once, where much time may be lost.

    Raises:
        BadRequest: The program cannot be started, or the address is none.
        Interrupted: By Ctrl-C; it has the report on what was asked.
    """

    def start(complaints: Complaints) -> Channel:
        if command:
            return Program(command, complaints.error_line)
        return Address(url)

    begun = time.monotonic()
    under_way = UNDER_WAY if command else 1  # one is posted when the one before is answered
    run = Run(vectors, start, level=level, timeout=timeout, under_way=under_way, warn=warn)
    verdicts: list[Verdict] = []

    def report(not_asked: Iterable[Vector]) -> Report:
        return Report(
            about=" ".join(command) or url,
            level=level,
            digest=digest,
            verdicts=tuple(verdicts),
            not_asked=tuple(not_asked),
            complaints=tuple(run.complaints),
            seconds=time.monotonic() - begun,
            mistakes=tuple(mistakes),
            profile=profile,
        )

    try:
        with closing(run.verdicts()) as found:  # what was started ends with it, however it ends
            for verdict in found:
                verdicts.append(verdict)
                if tell is not None:
                    tell(len(verdicts))
    except KeyboardInterrupt:
        done = {verdict.vector.id for verdict in verdicts}
        run.complaints.note("interrupted")
        left = Interrupted(report(vector for vector in vectors if vector.id not in done))
        raise left from None
    return report(run.not_asked)


def conform_function(
    function: Callable[[dict[str, Any]], Any],
    vectors: Iterable[Vector],
    *,
    level: int = 1,
    digest: str = "",
    mistakes: Sequence[Shown] = (),
) -> Report:
    """Return what a Python function makes of vectors.

    An exception that it raises is no answer to the vector, and is told with it.

    Args:
        function: Takes a request and returns an answer, or the outcome alone as text; both are
            JSON values as the line protocol has them.
        vectors: The vectors.
        level: The level up to which answers are compared, 0 to 3.
        digest: The digest of the rule base that the vectors were made from, for the report.
        mistakes: What the suite knows of mistakes, for the diagnosis.

    >>> conform_function(lambda request: "met", []).verdicts
    ()
    """
    begun = time.monotonic()
    verdicts: list[Verdict] = []
    for vector in vectors:
        request = json.loads(strict_json.dumps(dict(vector.request)))  # its own, to change at will
        try:
            answer = function(request)
        except Exception as error:  # theirs, whatever it is
            why = f"it raised {type(error).__name__}: {error}"
            verdicts.append(no_answer(vector, why, level=level))
        else:
            verdicts.append(judge(vector, answer, level=level))
    name = getattr(function, "__qualname__", repr(function))
    seconds = time.monotonic() - begun
    return Report(name, level, digest, tuple(verdicts), seconds=seconds, mistakes=tuple(mistakes))
