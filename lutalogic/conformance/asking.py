# SPDX-License-Identifier: Apache-2.0
"""Asking one question after another, each of which depends on the answer to the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lutalogic.conformance.runner import GIVE_UP, LATE, SILENT, Complaints, Run
from lutalogic.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from lutalogic.conformance.channel import Channel
    from lutalogic.conformance.vector import Vector
    from lutalogic.conformance.verdict import Verdict


class GivenUp(BaseException):
    """What is asked does not answer at all; no search for other questions shall go on.

    Attributes:
        why: What happened, in words.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Asker:
    """Keeps an implementation running between questions; to be used in a ``with`` statement.

    Attributes:
        complaints: What is amiss in how it speaks, as far as it was asked.
        heard: Whether any answer came.
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
        self._started = False
        self.heard = False
        self._in_vain = 0  # so many questions had none until now

    def ask(self, vector: Vector) -> Verdict:
        """Return the verdict on the answer to a vector.

        Raises:
            BadRequest: The implementation cannot be started at all.
            GivenUp: It has never answered, or cannot be started again.
        """
        run = Run(
            [vector],
            self._kept,
            level=self._level,
            timeout=self._timeout,
            under_way=1,
            warm=self._channel is not None,
            complaints=self.complaints,
        )
        try:
            verdicts = list(run.verdicts())
        except InputError as error:
            if not self._started:
                raise
            raise GivenUp(f"it cannot be started again: {error.message}") from None
        if not verdicts:
            raise GivenUp("it cannot be started again")
        [verdict] = verdicts
        if self.heard or run.heard:
            self.heard = True
            return verdict
        self._in_vain += 1
        late = sum(each.count for each in self.complaints if each.kind.startswith(LATE))
        if self._in_vain >= GIVE_UP or late >= SILENT:
            why = ", ".join(str(each.given) for each in verdict.differences)
            raise GivenUp(f"{self._in_vain} in a row without an answer: {why}")
        return verdict

    def _kept(self, complaints: Complaints) -> _Kept:
        if self._channel is None:
            self._channel = self._start(complaints)
            self._started = True
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
        self.paired = channel.paired
        self._channel = channel
        self._dropped = dropped

    def close(self, *, at_once: bool = False) -> str:
        """Leave it running; if something is amiss, end it."""
        if not at_once:
            return ""
        self._dropped()
        return self._channel.close(at_once=True)
