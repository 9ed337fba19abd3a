# SPDX-License-Identifier: Apache-2.0
"""The command line run in a process of its own, which need not start Python and Prolog anew.

A fork of this process has both, and runs the same function as the program does. What depends on a
fresh start (imports, engines that are missing, signals) is tested with one, and so are cohorts: the
threads of Polars do not live on in a fork.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from lutalogic import decide, policies
from lutalogic.cli import run

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]


def lutalogic(
    *arguments: object,
    text: str = "",
    environment: Mapping[str, str] | None = None,
    timeout: float = 120,
) -> subprocess.CompletedProcess[str]:
    """Run `lutalogic` with some arguments and standard input, in the project's folder.

    Raises:
        subprocess.TimeoutExpired: It did not end in so many seconds.
    """
    _start()
    words = ["lutalogic", *map(str, arguments)]
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write(text.encode())
        given.seek(0)
        child = os.fork()
        if not child:
            _become(words, (given.fileno(), out.fileno(), err.fileno()), environment or {})
        status = _ended(child, words, timeout)
        told = []
        for stream in (out, err):
            stream.seek(0)
            told.append(stream.read().decode())
    return subprocess.CompletedProcess(words, status, *told)


def afresh(
    *arguments: object, code: str = "", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `lutalogic` in an interpreter of its own, which may run some code before."""
    program = f"{code}\nfrom lutalogic.cli import run; import sys; sys.argv[0] = 'lutalogic'; run()"
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | (environment or {}),
        timeout=120,
    )


@cache
def _start() -> None:
    """Have Prolog and what is imported late, so that no fork needs to start them for itself."""
    for module in ("rich.console", "rich.tree", "rich.table", "z3"):
        import_module(module)
    decide({}, next(iter(policies())), on="2026-06-01")


def _ended(child: int, words: list[str], timeout: float) -> int:
    until = time.monotonic() + timeout
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise subprocess.TimeoutExpired(words, timeout)
        time.sleep(0.005)


def _become(words: list[str], files: tuple[int, ...], environment: Mapping[str, str]) -> NoReturn:
    """Be the program, with these files as its streams, as if nothing of the tests were there."""
    status = 1
    try:
        for stream, file in enumerate(files):
            os.dup2(file, stream)
        sys.stdin, sys.stdout, sys.stderr = (
            os.fdopen(stream, mode, encoding="utf-8", closefd=False)
            for stream, mode in enumerate("rww")
        )
        warnings.resetwarnings()
        warnings.simplefilter("ignore", DeprecationWarning)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.environ.update(environment)
        os.chdir(ROOT)
        sys.modules["__main__"].__package__ = None  # by which Click would name pytest
        sys.argv = words
        run()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        for out in (sys.stdout, sys.stderr):
            if out is not None:
                out.flush()
        os._exit(status)
