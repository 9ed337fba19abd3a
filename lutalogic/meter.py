# SPDX-License-Identifier: Apache-2.0
"""How far a long run has come, on a terminal and nowhere else."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rich.progress import Progress, TaskID


class Meter:
    """Counts patients, and the bytes read of the files they come from.

    Nothing is shown where standard error is no terminal.
    """

    def __init__(self) -> None:
        self.count = 0
        self._total = 0
        self._before = 0
        self._stream: IO[bytes] | None = None
        self._bar: tuple[Progress, TaskID] | None = None

    def expect(self, files: Iterable[Path]) -> None:
        """Note the sizes of the files to come; those that are no plain files count nothing."""
        for file in files:
            with suppress(OSError):  # what cannot be read is told when it is read
                self._total += file.stat().st_size if file.is_file() else 0

    def reading(self, stream: IO[bytes]) -> None:
        """Note the file that is read from now on."""
        if self._stream is not None and not self._stream.closed:
            self._before += self._stream.tell()
        self._stream = stream

    def tell(self, count: int) -> None:
        """Note, and show, that so many patients have been decided."""
        self.count = count
        if self._bar is None:
            return
        bar, task = self._bar
        done = self._before
        if self._stream is not None and not self._stream.closed and self._stream.seekable():
            done += self._stream.tell()
        bar.update(task, completed=done, description=f"{count:,} patients")

    @contextmanager
    def shown(self, wanted: bool) -> Iterator[None]:
        """Show a bar while the work goes on, if it is wanted and there is a terminal for it."""
        if not wanted or sys.stderr is None or not sys.stderr.isatty():
            yield
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True)) as bar:
            self._bar = bar, bar.add_task("reading", total=self._total or None)
            yield
