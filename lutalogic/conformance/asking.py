# SPDX-License-Identifier: Apache-2.0
"""Asking one question after another, each of which depends on the answer to the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lutalogic.conformance.runner import Complaints, Run

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from lutalogic.conformance.channel import Channel
    from lutalogic.conformance.vector import Vector
    from lutalogic.conformance.verdict import Verdict


class Asker:
    """Keeps an implementation running between questions; to be used in a ``with`` statement.

    Attributes:
        complaints: What is amiss in how it speaks, as far as it was asked.
    """

    def __init__(
        self, start: Callable[[Complaints], Channel], *, level: int, timeout: float
    ) -> None:
        """Prepare to ask; nothing is started yet.

        Args:
            start: Starts the implementation.
            level: The level up to which answers are compared.
            timeout: How long an answer may take, in seconds.
        """
        self.complaints = Complaints()
        self._start = start
        self._level = level
        self._timeout = timeout
        self._channel: Channel | None = None

    def ask(self, vector: Vector) -> Verdict:
        """Return the verdict on the answer to a vector."""
        run = Run(
            [vector],
            self._kept,
            level=self._level,
            timeout=self._timeout,
            under_way=1,
            warm=self._channel is not None,
            complaints=self.complaints,
        )
        [verdict] = run.verdicts()
        return verdict

    def _kept(self, complaints: Complaints) -> _Kept:
        if self._channel is None:
            self._channel = self._start(complaints)
        return _Kept(self._channel, self._dropped)

    def _dropped(self) -> None:
        self._channel = None

    def __enter__(self) -> Asker:
        """Return the asker."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the implementation."""
        if self._channel is not None:
            self._channel.close(at_once=True)


class _Kept:
    """A channel that stays when a run is over, unless it ended badly."""

    def __init__(self, channel: Channel, dropped: Callable[[], None]) -> None:
        self.send = channel.send
        self.receive = channel.receive
        self._channel = channel
        self._dropped = dropped

    def close(self, *, at_once: bool = False) -> str:
        """Leave it running; if something is amiss, end it."""
        if not at_once:
            return ""
        self._dropped()
        return self._channel.close(at_once=True)
