# SPDX-License-Identifier: Apache-2.0
"""The runner: asks an implementation every vector, whatever it does meanwhile.

Answers are paired with vectors by their ids. What crashes or hangs is started again, and goes on
with the next vector; what is no answer is noted and passed over. Several requests are under way at
a time; where that ends badly they are asked again one by one, so that the right one is blamed.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from lutalogic import strict_json
from lutalogic.conformance.channel import Gone
from lutalogic.conformance.verdict import judge, no_answer
from lutalogic.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from lutalogic.conformance.channel import Channel
    from lutalogic.conformance.vector import Vector
from lutalogic.conformance.verdict import Verdict

#: How long an answer may take, in seconds; the first after a start may take `STARTING` times that.
TIMEOUT: Final = 10.0
STARTING: Final = 3.0
#: After so many vectors without an answer, one after another, the run ends.
GIVE_UP: Final = 5
#: What has never answered is given up after so many times without an answer in time.
SILENT: Final = 2
#: How the complaint begins that an answer did not come in time.
LATE: Final = "no answer within"
#: So many requests are under way at a time.
UNDER_WAY: Final = 8
_EXAMPLES: Final = 3
_LONGEST: Final = 160


@dataclass(slots=True)
class Complaint:
    """Something amiss in how an implementation speaks, besides what its answers say.

    Attributes:
        kind: What is amiss, in words.
        count: How often.
        examples: The first few times: the vector, if any, and what was seen.
    """

    kind: str
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the complaint as a JSON value."""
        return {"kind": self.kind, "count": self.count, "examples": list(self.examples)}


class Complaints:
    """What is amiss, counted by kind."""

    def __init__(self) -> None:
        self._found: dict[str, Complaint] = {}

    def note(self, kind: str, shown: str = "") -> None:
        """Count one more of a kind, and keep it if it is among the first."""
        found = self._found.setdefault(kind, Complaint(kind))
        found.count += 1
        if shown and len(found.examples) < _EXAMPLES:
            found.examples.append(shortly(shown))

    def error_line(self, line: str) -> None:
        """Note a line on standard error."""
        self.note("it wrote to standard error", line)

    def __iter__(self) -> Iterator[Complaint]:
        """Yield the complaints, in the order in which they first came up."""
        return iter(tuple(self._found.values()))


class Run:
    """One run over vectors; iterate over `verdicts` to make it go.

    Attributes:
        complaints: What is amiss, as far as the run has come.
        not_asked: The vectors that are left where the run was given up.
        heard: Whether any answer came, in this run or before it.
    """

    def __init__(
        self,
        vectors: Iterable[Vector],
        start: Callable[[Complaints], Channel],
        *,
        level: int,
        timeout: float = TIMEOUT,
        under_way: int = UNDER_WAY,
        warm: bool = False,
        complaints: Complaints | None = None,
        warn: Callable[[str], None] | None = None,
    ) -> None:
        """Prepare a run.

        Args:
            vectors: The vectors, whose ids differ.
            start: Starts the implementation.
            level: The level up to which answers are compared.
            timeout: How long an answer may take, in seconds.
            under_way: How many requests may be under way at a time.
            warm: Whether what `start` gives first has answered before.
            complaints: Where to note what is amiss; None for a list of its own.
            warn: Called with what is amiss at once, where much time may be lost.
        """
        self.complaints = Complaints() if complaints is None else complaints
        self.not_asked: tuple[Vector, ...] = ()
        self._start = start
        self._level = level
        self._timeout = timeout
        self._warm = warm
        self._channel: Channel | None = None
        self._queue = deque(vectors)
        self._most = under_way
        self._waiting: dict[str, Vector] = {}
        self._answered: set[str] = set()
        self._alone = 0  # so many of the next are asked one by one
        self._in_vain = 0  # so many in a row were not answered
        self._since_start = 0  # so many answers came since the implementation was started
        self._until = 0.0  # when the next answer must be there
        self._again: set[str] = set()  # asked once more, for it ended of its own before them
        self._warn = warn
        self._started = False
        self.heard = warm  # whether any answer ever came
        self._silences = 0  # how often none came in time, before the first
        self._rubbish = ""  # what was printed last in place of an answer

    def verdicts(self) -> Generator[Verdict]:
        """Yield a verdict on each vector that was asked, as answers come.

        Raises:
            BadRequest: The implementation cannot be started at all.
        """
        try:
            while self._queue or self._waiting:
                try:
                    verdict = self._step()
                except InputError as error:
                    if not self._started:
                        raise
                    self._leave(f"it cannot be started again: {error.message}")
                    return
                if verdict is not None:
                    yield verdict
                if self._silences >= SILENT:
                    self._leave(f"never an answer, {self._silences} times in {self._limit():g} s")
                    return
                if self._in_vain >= GIVE_UP:
                    self._leave(f"{self._in_vain} in a row without an answer")
                    return
            self._end()
        finally:
            if self._channel is not None:
                self._channel.close(at_once=True)
                self._channel = None

    def _leave(self, why: str) -> None:
        """Give the run up."""
        self.not_asked = (*self._waiting.values(), *self._queue)
        if self.not_asked:
            self.complaints.note(f"given up: {why}")

    def _step(self) -> Verdict | None:
        try:
            line = self._exchange()
        except Gone as gone:
            return self._trouble(gone.why, clean=gone.clean)
        if line is None:
            return self._late()
        return self._take(line)

    def _late(self) -> Verdict | None:
        limit = f"{self._limit():g} s"
        if not self.heard:
            self._silences += 1
            if self._silences == 1 and self._warn is not None:
                flushed = "" if self._paired else ": does it flush its output after each line?"
                self._warn(f"no answer in {limit} yet{flushed}")
        return self._trouble(f"{LATE} {limit}", beside=self._rubbish)

    @property
    def _paired(self) -> bool:
        return self._channel is not None and self._channel.paired

    def _exchange(self) -> bytes | None:
        """Send as many requests as may be under way, and return the next line."""
        if self._channel is None:
            self._channel = self._start(self.complaints)
            self._started = True
            if not self._channel.paired or not self.heard:  # an address is not started again
                self._since_start = int(self._warm)
            self._warm = False
        while self._queue and len(self._waiting) < (1 if self._alone else self._most):
            vector = self._queue.popleft()
            self._waiting[vector.id] = vector
            self._channel.send(strict_json.dumps(dict(vector.request) | {"id": vector.id}))
            self._until = time.monotonic() + self._limit()
        left = self._until - time.monotonic()
        return self._channel.receive(left) if left > 0 else None  # however much there is to read

    def _limit(self) -> float:
        return self._timeout * (1.0 if self._since_start else STARTING)

    def _take(self, line: bytes) -> Verdict | None:
        """Return the verdict on the answer that a line is; None if it is none that is awaited."""
        shown = line.decode(errors="backslashreplace").strip()
        try:
            answer = strict_json.loads(line)
        except InputError:
            return self._passed_over("it printed what is no JSON", shown)
        if not isinstance(answer, dict):
            return self._passed_over("it printed what is no answer", shown)
        given = answer.get("id")
        first = next(iter(self._waiting))
        if given is None:
            if not self._paired:
                kind = "an answer without its id, taken for the oldest request"
                self.complaints.note(kind, shown)
            given = first
        if not isinstance(given, str) or given not in self._waiting:
            twice = isinstance(given, str) and given in self._answered
            kind = "it answered twice" if twice else "an answer to nothing that was asked"
            return self._passed_over(kind, shown)
        if given != first:
            self.complaints.note("it answered out of order", f"{given} before {first}")
        vector = self._waiting.pop(given)
        self._answered.add(given)
        self._since_start += 1
        self._in_vain = self._silences = 0
        self.heard, self._rubbish = True, ""
        self._alone = max(0, self._alone - 1)
        self._until = time.monotonic() + self._limit()
        return judge(vector, answer, level=self._level)

    def _passed_over(self, kind: str, shown: str) -> Verdict | None:
        """Note what is no answer that is awaited; a response is the answer, whatever it is."""
        if self._paired:
            return self._trouble(kind, beside=f": {shortly(shown)}")
        self.complaints.note(kind, shown)
        self._rubbish = f"; {kind}: {shortly(shown)}"
        return None

    def _trouble(self, why: str, *, clean: bool = False, beside: str = "") -> Verdict | None:
        """Start again; return the verdict on the request to blame, if it is known."""
        self._rubbish = ""
        waiting = list(self._waiting.values())
        self._waiting.clear()
        assert self._channel is not None
        self._channel.close(at_once=True)
        self._channel = None
        oldest = waiting[0]
        if clean and self._since_start and oldest.id not in self._again:
            self.complaints.note("it ended before its input did, and was started again", oldest.id)
            self._again.add(oldest.id)
            self._queue.extendleft(reversed(waiting))
            return None
        if len(waiting) > 1:
            self.complaints.note(f"{why}, with several requests under way", oldest.id)
            self._queue.extendleft(reversed(waiting))
            self._alone = len(waiting)
            return None
        self.complaints.note(why, oldest.id)
        self._in_vain += 1
        self._alone = max(0, self._alone - 1)
        return no_answer(oldest, f"{why}{beside}", level=self._level)

    def _end(self) -> None:
        """Let the implementation come to its end, and note what it prints until then."""
        channel, self._channel = self._channel, None
        if channel is None:
            return
        amiss = channel.close()
        while True:
            try:
                line = channel.receive(0.0)
            except Gone:
                break
            if line is None:
                break
            self.complaints.note("it printed more than was asked", line.decode(errors="replace"))
        if amiss:
            self.complaints.note(f"{amiss}, after all was answered")


def shortly(shown: str) -> str:
    """Return what a program wrote on one short line, without what a terminal would obey.

    >>> print(shortly("red: \\x1b[31m"))
    red: \\x1b[31m
    """
    signs = (c if c.isprintable() else ascii(c)[1:-1] for c in " ".join(shown.split()))
    told = "".join(signs)
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 3]}..."
