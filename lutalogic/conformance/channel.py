# SPDX-License-Identifier: Apache-2.0
"""Channels: how a line reaches an implementation, and how its lines come back.

A channel is a program, spoken to over its standard input and output, or an address, to which each
line is posted. It knows nothing of vectors, and takes nothing that it reads for well-formed.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import threading
import time
from contextlib import suppress
from http.client import HTTPException
from typing import IO, TYPE_CHECKING, Final, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from lutalogic.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: No longer line is read; the rest of one comes as a line of its own, and is rubbish.
LONGEST_LINE: Final = 1 << 20
#: So many lines wait at most, so that a program that prints without end stops at ours.
_MOST_LINES: Final = 1000
#: How long a program may take to end once its input is closed, in seconds.
_ENDING: Final = 5.0
#: How long its last lines are waited for, when it has ended.
_LAST: Final = 1.0


class Gone(Exception):
    """The implementation ended, or cannot be reached.

    Attributes:
        why: What happened, in words.
        clean: Whether it ended of its own, as if all were done.
    """

    def __init__(self, why: str, *, clean: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.clean = clean


class Channel(Protocol):
    """What the runner asks of a channel.

    Attributes:
        paired: Whether what is received is the response to what was sent, with or without an id.
    """

    paired: bool

    def send(self, line: str) -> None:
        """Send a line; raise `Gone` if nobody takes it."""

    def receive(self, seconds: float) -> bytes | None:
        """Return the next line, None if none comes in time; raise `Gone` if none can come."""

    def close(self, *, at_once: bool = False) -> str:
        """End it; return what is amiss in how it ended, or nothing."""


class Program:
    """A program that answers lines, started without a shell and ended with its process group."""

    paired: bool = False

    def __init__(self, command: Sequence[str], tell_error: Callable[[str], None]) -> None:
        """Start the program.

        Args:
            command: The program and its arguments.
            tell_error: Called, from a thread, with each line on its standard error.

        Raises:
            BadRequest: It cannot be started.
        """
        try:
            self._process = subprocess.Popen(
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise BadRequest(f"{command[0]} cannot be started: {reason}", "command") from None
        self._lines: queue.Queue[bytes | None] = queue.Queue(_MOST_LINES)
        self._stopped = threading.Event()
        self._sent: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        into, out, err = self._process.stdin, self._process.stdout, self._process.stderr
        assert into is not None
        assert out is not None
        assert err is not None
        self._readers = [
            threading.Thread(target=self._read, args=(out,), daemon=True),
            threading.Thread(target=_drain, args=(err, tell_error), daemon=True),
        ]
        self._writer = threading.Thread(target=_feed, args=(into, self._sent), daemon=True)
        for thread in (*self._readers, self._writer):
            thread.start()

    def send(self, line: str) -> None:
        """Send a line, which waits for its turn if the program does not read."""
        self._sent.put(line)

    def receive(self, seconds: float) -> bytes | None:
        """Return the next line, None if none comes in time; raise `Gone` after the last."""
        try:
            line = self._lines.get(timeout=max(seconds, 0.0))
        except queue.Empty:
            return None
        if line is None:
            self._lines.put(None)  # for whoever asks again; its reader puts no more
            gone = self._gone()
            raise gone
        return line

    def close(self, *, at_once: bool = False) -> str:
        """End the program: let it come to its end, or kill it, and all that it started."""
        process, amiss = self._process, ""
        self._sent.put(None)  # the writer closes its input
        if not at_once:
            try:
                status = process.wait(_ENDING)
                amiss = "" if status == 0 else _status_words(status)
            except subprocess.TimeoutExpired:
                amiss = "it did not end when its input was closed"
        self._kill()
        process.wait()
        for reader in () if at_once else self._readers:  # what it printed last is read too
            reader.join(_LAST)
        self._stopped.set()
        for reader in self._readers:  # each closes what it reads; what escaped may keep one open
            reader.join(_LAST)
        self._writer.join(_LAST)
        return amiss

    def _kill(self) -> None:
        """End the program and what it started, where the system knows of groups of processes."""
        group = getattr(os, "killpg", None)
        with suppress(ProcessLookupError, PermissionError):
            if group is None:
                self._process.kill()
            else:
                group(self._process.pid, signal.SIGKILL)

    def _read(self, stream: IO[bytes]) -> None:
        with stream:
            for line in iter(lambda: stream.readline(LONGEST_LINE), b""):
                if not self._offer(line):
                    return
        self._offer(None)

    def _offer(self, line: bytes | None) -> bool:
        while not self._stopped.is_set():
            try:
                self._lines.put(line, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False

    def _gone(self) -> Gone:
        try:
            status = self._process.wait(1.0)
        except subprocess.TimeoutExpired:
            return Gone("it closed its output")
        for reader in self._readers[1:]:  # what it said last is why
            reader.join(1.0)
        if status == 0:
            return Gone("it ended", clean=True)
        return Gone(_status_words(status))


class _Unmoved(HTTPRedirectHandler):
    """Follows no redirection: the lines go to the address that was given, and to no other."""

    def redirect_request(self, *_: object) -> None:
        """Return no request."""


class Address:
    """An address to which each line is posted; the answer is the body of the response."""

    paired: bool = True

    def __init__(self, url: str) -> None:
        """Prepare to post; nothing is sent yet.

        Args:
            url: The address, of http or https.

        Raises:
            BadRequest: It is no such address.
        """
        if not _is_address(url):
            told = f"; did you mean http://{url}?" * _is_address(f"http://{url}")
            raise BadRequest(f"{url!r} is no address; write http://HOST:PORT/PATH{told}", "url")
        self._url = url
        self._opener = build_opener(ProxyHandler({}), _Unmoved())
        self._lines: list[str] = []

    def send(self, line: str) -> None:
        """Note the line, which is posted when its answer is asked for."""
        self._lines.append(line)

    def receive(self, seconds: float) -> bytes | None:
        """Post the oldest line; return the body of the response, None if it is not all there."""
        if not self._lines:
            return None
        told: queue.SimpleQueue[bytes | Gone] = queue.SimpleQueue()
        # A thread of its own, for a limit of `urllib` is one of each read, and not of the response.
        args = (self._lines.pop(0).encode() + b"\n", seconds, told)
        threading.Thread(target=self._post, args=args, daemon=True).start()
        try:
            found = told.get(timeout=max(seconds, 0.0))
        except queue.Empty:
            return None
        if isinstance(found, Gone):
            raise found
        return found

    def close(self, *, at_once: bool = False) -> str:  # noqa: ARG002 - a channel's
        """Do nothing: no connection is kept."""
        return ""

    def _post(self, line: bytes, seconds: float, told: queue.SimpleQueue[bytes | Gone]) -> None:
        """Post a line, and tell the response or what is amiss; nothing, if it takes too long."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        request = Request(self._url, data=line, headers=headers, method="POST")
        until = time.monotonic() + seconds
        body = b""
        try:
            with self._opener.open(request, timeout=seconds) as response:
                while part := response.read1(LONGEST_LINE):
                    body += part
                    if len(body) > LONGEST_LINE:
                        told.put(Gone(f"its response is longer than {LONGEST_LINE} bytes"))
                        return
                    if time.monotonic() > until:  # nobody waits any more
                        return
                if response.length:  # of the length that it stated itself
                    told.put(Gone(f"its response ends {response.length} bytes too early"))
                    return
            empty = Gone(f"HTTP status {response.status} without a body")
            told.put(body if body.strip() else empty)
        except HTTPError as error:
            error.close()
            told.put(Gone(f"HTTP status {error.code}"))
        except TimeoutError:
            pass
        except URLError as error:
            if not isinstance(error.reason, TimeoutError):
                told.put(Gone(f"it cannot be reached: {error.reason}"))
        except OSError as error:
            told.put(Gone(f"it cannot be reached: {error}"))
        except HTTPException as error:
            told.put(Gone(f"its response is no HTTP: {error!r:.160}"))
        except Exception as error:  # whatever the library makes of what it reads
            told.put(Gone(f"it cannot be asked: {error!r:.160}"))


def _is_address(url: str) -> bool:
    """Tell whether a text is an address to which something can be posted."""
    if not (url.isascii() and url.isprintable()) or " " in url:
        return False
    try:
        parts = urlsplit(url)
        named = parts.port != 0 and parts.hostname and parts.username is None
    except ValueError:
        return False
    return bool(parts.scheme in ("http", "https") and named)


def _close(stream: IO[bytes] | None) -> None:
    with suppress(OSError, ValueError):
        if stream is not None:
            stream.close()


def _feed(stream: IO[bytes], lines: queue.SimpleQueue[str | None]) -> None:
    """Write lines as they come until there is none, or nobody reads them; then close."""
    with suppress(OSError, ValueError):
        while (line := lines.get()) is not None:
            stream.write(line.encode() + b"\n")
            stream.flush()
    _close(stream)


def _drain(stream: IO[bytes], tell: Callable[[str], None]) -> None:
    with stream:
        for line in iter(lambda: stream.readline(LONGEST_LINE), b""):
            tell(line.decode(errors="backslashreplace").rstrip())


def _status_words(status: int) -> str:
    if status >= 0:
        return f"it ended with status {status}"
    try:
        return f"it was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"it was ended by signal {-status}"
