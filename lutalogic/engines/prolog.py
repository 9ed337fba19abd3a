# SPDX-License-Identifier: Apache-2.0
"""The reference engine: SWI-Prolog in this process, through PySwip.

Only numbers and vocabulary indexes cross into Prolog, as the positional arguments of one term,
and letters come back; nothing that a user wrote is ever read as Prolog.

One Prolog engine serves all threads, one call at a time. A thread takes it (`PL_set_engine`) for
the length of a call and gives it back, so that no thread needs to own it: threads that never
called Prolog can decide, and so can the child of a fork. SWI-Prolog starts with the first
decision, never with an import. Calls are cut into batches, so that Ctrl-C is heard between them.
"""

from __future__ import annotations

import atexit
import ctypes
import importlib
import os
import shutil
import signal
import sys
import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lutalogic.errors import EngineError, PrologMissing, RuleBaseBroken, StaleRuleBase
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from lutalogic.engines import Request

#: Requests in one call: large enough to hide the cost of the call, small enough for Ctrl-C.
BATCH: Final = 250

_ENGINE_SET: Final = 0  # PL_ENGINE_SET
_MAIN_ENGINE: Final = 1  # PL_ENGINE_MAIN
_CURRENT_ENGINE: Final = 2  # PL_ENGINE_CURRENT

#: How SWI-Prolog is installed, by the beginning of `sys.platform`.
_INSTALLERS: Final = {
    "linux": "on Debian and Ubuntu: apt-get install swi-prolog-nox",
    "darwin": "on macOS: brew install swi-prolog",
    "win": "on Windows: the installer from swi-prolog.org, which must add swipl to the PATH",
}


def how_to_install(platform: str) -> str:
    """Return how SWI-Prolog is installed, in one line, that of the given platform first.

    Args:
        platform: As `sys.platform` has it.

    >>> how_to_install("darwin")[:57]
    'install SWI-Prolog 9 (on macOS: brew install swi-prolog; '
    """
    ways = sorted(_INSTALLERS, key=lambda name: not platform.startswith(name))
    told = "; ".join(_INSTALLERS[name] for name in ways)
    return f"install SWI-Prolog 9 ({told}) and see that the program swipl is on the PATH"


HOW_TO_INSTALL: Final = how_to_install(sys.platform)


class PrologEngine:
    """SWI-Prolog, started with the first decision and shared by all threads of the process."""

    name = "prolog"

    def __init__(self) -> None:
        # The thread that has it may take it again: a signal handler that decides is answered or
        # refused, at whatever moment it comes, and never waits for its own thread.
        self._lock = threading.RLock()
        self._busy = False
        self._prolog: _Prolog | None = None
        if hasattr(os, "register_at_fork"):  # Windows does not fork
            os.register_at_fork(
                before=self._lock.acquire,
                after_in_parent=self._lock.release,
                after_in_child=self._lock.release,
            )

    def __reduce__(self) -> str:
        """Return the name of the one engine: what refers to it can be copied and pickled."""
        return "PROLOG"

    def check_rules(self) -> None:
        """See that the rules in kb/ are those that rulebase.json was generated from.

        Raises:
            StaleRuleBase: They are not.
            EngineError: Prolog cannot be started, or the rules cannot be loaded.
        """
        self._answers("")

    def truths(self, requests: Sequence[Request]) -> list[str]:
        """Return the letters of each request, in order."""
        if len(requests) == 1:
            return [self._answers(_query(requests[0]))]
        letters: list[str] = []
        for start in range(0, len(requests), BATCH):
            batch = requests[start : start + BATCH]
            answer = self._answers(",".join([_query(request) for request in batch]))
            place = 0
            for request in batch:
                end = place + len(request.policy.nodes)
                letters.append(answer[place:end])
                place = end
        return letters

    def _answers(self, queries: str) -> str:
        with self._lock:
            if self._busy:
                raise EngineError(
                    "a decision was asked for within a decision, as from a signal handler: let the "
                    "handler note the signal, and decide when it has returned"
                )
            try:
                self._busy = True
                if self._prolog is None:
                    self._prolog = _start()
                return self._prolog.answers(f"[{queries}]".encode("ascii"))
            finally:
                self._busy = False


def _start() -> _Prolog:
    """Start SWI-Prolog through PySwip, and load the rules."""
    if shutil.which("swipl") is None and "LIBSWIPL_PATH" not in os.environ:
        raise PrologMissing(f"SWI-Prolog is not installed: {HOW_TO_INSTALL}")
    try:
        core = _import_core()
    except Exception as error:
        if isinstance(error, ModuleNotFoundError) and (error.name or "").startswith("pyswip"):
            raise PrologMissing(
                f"PySwip is not installed for this Python ({sys.executable}): use the virtual "
                "environment in which lutalogic was installed, or run `pip install .` in a checkout"
            ) from error
        raise PrologMissing(
            f"SWI-Prolog cannot be started ({error}): {HOW_TO_INSTALL}; if LIBSWIPL_PATH and "
            "SWI_HOME_DIR are set, they must name its library and its home"
        ) from error
    prolog = _Prolog(core)
    digest = prolog.start(rules_directory("prolog") / "engine.pl", rules_directory("kb"))
    if digest != rule_base().digest:
        raise StaleRuleBase(
            "lutalogic/rulebase.json does not belong to the rules in kb/: run `make rulebase`, "
            "or install lutalogic again"
        )
    return prolog


def _import_core() -> ModuleType:
    """Import PySwip, which starts SWI-Prolog, and return its module of C functions.

    The import is not left half done by an interrupt, and a user's own initialisation file of
    SWI-Prolog is not run: it could print into our answers, or end the process. PySwip encodes the
    arguments of the program, which are none of its business and may be no text.
    """
    arguments, sys.argv = sys.argv, ["lutalogic"]
    config = os.environ.get("XDG_CONFIG_HOME")
    interrupted: list[int] = []
    main = threading.current_thread() is threading.main_thread()
    handler = signal.signal(signal.SIGINT, lambda *_: interrupted.append(1)) if main else None
    os.environ["XDG_CONFIG_HOME"] = os.devnull
    try:
        core = importlib.import_module("pyswip.core")
        importlib.import_module("pyswip.prolog")
    finally:
        sys.argv = arguments
        if config is None:
            del os.environ["XDG_CONFIG_HOME"]
        else:
            os.environ["XDG_CONFIG_HOME"] = config
        if main:
            signal.signal(signal.SIGINT, handler or signal.SIG_DFL)
    if interrupted:
        raise KeyboardInterrupt
    return core


def rules_directory(name: str) -> Path:
    """Return the directory ``kb`` or ``prolog``, in the installed package or in a checkout.

    Raises:
        RuleBaseBroken: There is none.
    """
    package = Path(__file__).resolve().parents[1]
    for directory in (package / name, package.parent / name):
        if directory.is_dir():
            return directory
    raise RuleBaseBroken(f"the folder {name}/ is not in the installation; install lutalogic again")


def _query(request: Request) -> str:
    policy = request.policy
    return (
        f"q({policy.index},{request.day},{_arguments('r', request.choices)},"
        f"f({request.case.wire(policy.attributes)}))"
    )


@lru_cache(maxsize=1024)
def _arguments(functor: str, choices: tuple[int, ...]) -> str:
    return f"{functor}({','.join(map(str, choices))})" if choices else functor


class _Prolog:
    """A Prolog engine behind SWI-Prolog's C interface; callers hold the lock."""

    def __init__(self, core: Any) -> None:
        self._core = core
        # Handles of our own, so that the prototypes below are not PySwip's. Short calls keep
        # Python's global lock; the call that works gives it up.
        quick, working = ctypes.PyDLL(core._lib._name), ctypes.CDLL(core._lib._name)
        size, pointer, number = ctypes.c_size_t, ctypes.c_void_p, ctypes.c_int

        def declare(lib: Any, name: str, result: Any, *arguments: Any) -> Any:
            function = getattr(lib, name)
            function.restype, function.argtypes = result, arguments
            return function

        text, pass_on = ctypes.POINTER(ctypes.c_char_p), core.PL_Q_PASS_EXCEPTION
        self._set_engine = declare(quick, "PL_set_engine", number, pointer, pointer)
        self._destroy_engine = declare(quick, "PL_destroy_engine", number, pointer)
        self._open_frame = declare(quick, "PL_open_foreign_frame", size)
        self._discard_frame = declare(quick, "PL_discard_foreign_frame", None, size)
        self._new_terms = declare(quick, "PL_new_term_refs", size, number)
        self._predicate = declare(
            quick, "PL_predicate", pointer, ctypes.c_char_p, number, ctypes.c_char_p
        )
        self._put_chars = declare(
            quick, "PL_put_chars", number, size, number, size, ctypes.c_char_p
        )
        self._read_term = declare(
            quick, "PL_put_term_from_chars", number, size, number, size, ctypes.c_char_p
        )
        call = declare(working, "PL_call_predicate", number, pointer, number, pointer, size)

        def call_predicate(predicate: Any, terms: int) -> bool:
            return bool(call(None, pass_on, predicate, terms))

        self._call = call_predicate
        self._get_string = declare(quick, "PL_get_string", number, size, text, pointer)
        self._get_chars = declare(quick, "PL_get_nchars", number, size, pointer, text, number)
        self._mark = declare(quick, "PL_mark_string_buffers", None, pointer)
        self._release = declare(quick, "PL_release_string_buffers_from_mark", None, size)
        self._exception = declare(quick, "PL_exception", size, size)
        self._clear_exception = declare(quick, "PL_clear_exception", None)
        self._utf8 = core.REP_UTF8
        self._answers: Any = None
        # Made once, as callers hold the lock.
        self._previous, self._text = ctypes.c_void_p(), ctypes.c_char_p()
        self._previous_by_reference = ctypes.byref(self._previous)
        self._text_by_reference = ctypes.byref(self._text)
        self._engine = declare(quick, "PL_create_engine", pointer, pointer)(None)
        if not self._engine:
            raise EngineError("SWI-Prolog made no engine; it may have been built without threads")
        if threading.current_thread() is not threading.main_thread():
            # SWI-Prolog started in this thread, which may end before SWI-Prolog does.
            self._set_engine(None, None)
        atexit.register(self._end)

    def answers(self, queries: bytes) -> str:
        """Return the letters of all queries, one after the other."""

        def ask(terms: int) -> str:
            read = self._read_term(terms, self._utf8, len(queries), queries)
            if not read or not self._call(self._answers, terms):
                raise EngineError(
                    f"Prolog gave no answer{self._why()}; this is an error of lutalogic"
                )
            return self._string(terms + 1)

        return self._in_engine(ask)

    def start(self, program: Path, rules: Path) -> str:
        """Load the program and the rules, and return the digest of the rules."""

        def load(terms: int) -> str:
            self._put_path(terms, program)
            if not self._call(self._predicate(b"ensure_loaded", 1, b"user"), terms):
                raise RuleBaseBroken(
                    f"the program {program} cannot be loaded{self._why()}; install lutalogic again"
                )
            self._put_path(terms, rules)
            if not self._call(self._predicate(b"start_engine", 2, b"engine"), terms):
                raise RuleBaseBroken(
                    f"the rules in {rules} cannot be loaded{self._why()}; `lutalogic check` tells "
                    "what to do about each problem"
                )
            self._answers = self._predicate(b"answers", 2, b"engine")
            return self._string(terms + 1)

        return self._in_engine(load)

    def _in_engine(self, work: Callable[[int], str]) -> str:
        """Do some work with two term references, in the engine, held for this thread.

        Python may raise KeyboardInterrupt after any call, also after one that took the engine and
        before its result is stored: so what gives it back stands in a `finally` that covers the
        taking, and begins with the call that gives back.
        """
        self._previous.value = _CURRENT_ENGINE  # giving back before taking changes nothing
        try:
            if self._set_engine(self._engine, self._previous_by_reference) != _ENGINE_SET:
                raise EngineError("the Prolog engine is in use; this is an error of lutalogic")
            frame = self._open_frame()
            try:
                return work(self._new_terms(2))
            finally:
                self._discard_frame(frame)
        finally:
            self._set_engine(self._previous, None)

    def _end(self) -> None:
        """Make ready for the end of the process, when PySwip ends SWI-Prolog.

        That waits for engines that remain, and must happen in the main engine.
        """
        self._destroy_engine(self._engine)
        self._set_engine(_MAIN_ENGINE, None)

    def _put_path(self, term: int, path: Path) -> None:
        encoded = os.fsencode(path)
        # An atom made of the bytes: a path is never read as Prolog.
        self._put_chars(term, self._core.PL_ATOM | self._utf8, len(encoded), encoded)

    def _string(self, term: int) -> str:
        # The characters of the string itself, good until the frame is discarded: nothing to free.
        if not self._get_string(term, self._text_by_reference, None) or self._text.value is None:
            raise EngineError("Prolog's answer is no string; this is an error of lutalogic")
        return self._text.value.decode("ascii")

    def _why(self) -> str:
        """Return the pending Prolog exception as text, and clear it."""
        term = self._exception(0)
        if not term:
            return ""
        # Without a mark around it, the text that Prolog writes out is never freed.
        mark = ctypes.c_size_t()
        self._mark(ctypes.byref(mark))
        try:
            text = ctypes.c_char_p()
            written = self._core.CVT_WRITE | self._utf8
            told = self._get_chars(term, None, ctypes.byref(text), written) and text.value
            return f": {told.decode('utf-8', 'replace')}" if told else ""
        finally:
            self._release(mark)
            self._clear_exception()  # which empties the term


#: The one Prolog engine of this process. It costs nothing until it is asked.
PROLOG: Final = PrologEngine()
