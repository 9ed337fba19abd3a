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
import os
import shutil
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lutalogic.errors import EngineError, PrologMissing, RuleBaseBroken, StaleRuleBase
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lutalogic.engines import Request

#: Requests in one call: large enough to hide the cost of the call, small enough for Ctrl-C.
BATCH: Final = 250

_ENGINE_SET: Final = 0  # PL_ENGINE_SET
_MAIN_ENGINE: Final = 1  # PL_ENGINE_MAIN

HOW_TO_INSTALL: Final = (
    "install SWI-Prolog 9 (on Debian: apt-get install swi-prolog-nox; elsewhere see its own "
    "installer) and see that the program swipl is on the PATH"
)


class PrologEngine:
    """SWI-Prolog, started with the first decision and shared by all threads of the process."""

    name = "prolog"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._prolog = _Prolog()
        os.register_at_fork(
            before=self._lock.acquire,
            after_in_parent=self._lock.release,
            after_in_child=self._lock.release,
        )

    def truths(self, requests: Sequence[Request]) -> list[str]:
        """Return the letters of each request, in order."""
        letters: list[str] = []
        for start in range(0, len(requests), BATCH):
            batch = requests[start : start + BATCH]
            text = ",".join([_query(request) for request in batch])
            with self._lock:
                answer = self._prolog.answers(f"[{text}]".encode("ascii"))
            place = 0
            for request in batch:
                end = place + len(request.policy.nodes)
                letters.append(answer[place:end])
                place = end
        return letters


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


@cache
def _arguments(functor: str, choices: tuple[int, ...]) -> str:
    return f"{functor}({','.join(map(str, choices))})" if choices else functor


class _Prolog:
    """SWI-Prolog's foreign interface, as far as deciding needs it; callers hold the lock."""

    def __init__(self) -> None:
        self._call: Callable[[bytes], str] | None = None

    def answers(self, queries: bytes) -> str:
        if self._call is None:
            self._call = self._start()
        return self._call(queries)

    def _start(self) -> Callable[[bytes], str]:
        foreign = _Foreign(_load_core())
        with _TakenEngine(foreign):
            digest = foreign.start(rules_directory("prolog") / "engine.pl", rules_directory("kb"))
        if digest != rule_base().digest:
            raise StaleRuleBase(
                "lutalogic/rulebase.json does not belong to the rules in kb/: run `make rulebase`, "
                "or install lutalogic again"
            )

        def call(queries: bytes) -> str:
            with _TakenEngine(foreign):
                return foreign.answers(queries)

        return call


def _load_core() -> Any:
    """Start SWI-Prolog through PySwip and return PySwip's module of C functions and constants."""
    if shutil.which("swipl") is None and "LIBSWIPL_PATH" not in os.environ:
        raise PrologMissing(f"SWI-Prolog is not installed: {HOW_TO_INSTALL}")
    try:
        import pyswip.core
        import pyswip.prolog  # the import starts SWI-Prolog
    except Exception as error:
        raise PrologMissing(f"SWI-Prolog cannot be started ({error}): {HOW_TO_INSTALL}") from error
    return pyswip.core


class _TakenEngine:
    """The Prolog engine, held by the current thread for the length of a `with` block."""

    __slots__ = ("_foreign", "_previous")

    def __init__(self, foreign: _Foreign) -> None:
        self._foreign = foreign
        self._previous = ctypes.c_void_p()

    def __enter__(self) -> None:
        if (
            self._foreign.set_engine(self._foreign.engine, ctypes.byref(self._previous))
            != _ENGINE_SET
        ):
            raise EngineError("the Prolog engine is in use; this is an error of lutalogic")

    def __exit__(self, *_: object) -> None:
        self._foreign.set_engine(self._previous, None)


class _Foreign:
    """The functions of SWI-Prolog's C interface that deciding needs."""

    def __init__(self, core: Any) -> None:
        self._core = core
        # Handles of our own, so that the prototypes below are not PySwip's. Short calls keep the
        # interpreter lock; the calls that work give it up.
        quick, working = ctypes.PyDLL(core._lib._name), ctypes.CDLL(core._lib._name)
        size, pointer, number = ctypes.c_size_t, ctypes.c_void_p, ctypes.c_int

        def declare(lib: Any, name: str, result: Any, *arguments: Any) -> Any:
            function = getattr(lib, name)
            function.restype, function.argtypes = result, arguments
            return function

        self.set_engine = declare(quick, "PL_set_engine", number, pointer, pointer)
        self.open_frame = declare(quick, "PL_open_foreign_frame", size)
        self.discard_frame = declare(quick, "PL_discard_foreign_frame", None, size)
        self.new_terms = declare(quick, "PL_new_term_refs", size, number)
        self.read_term = declare(
            working, "PL_put_term_from_chars", number, size, number, size, ctypes.c_char_p
        )
        self.mark = declare(quick, "PL_mark_string_buffers", None, pointer)
        self.release = declare(quick, "PL_release_string_buffers_from_mark", None, size)
        self.get_chars = declare(
            quick, "PL_get_nchars", number, size, pointer, ctypes.POINTER(ctypes.c_char_p), number
        )
        self.call_predicate = declare(
            working, "PL_call_predicate", number, pointer, number, pointer, size
        )
        self.exception = declare(quick, "PL_exception", size, size)
        self.clear_exception = declare(quick, "PL_clear_exception", None)
        self.predicate = declare(
            quick, "PL_predicate", pointer, ctypes.c_char_p, number, ctypes.c_char_p
        )
        self.put_chars = declare(quick, "PL_put_chars", number, size, number, size, ctypes.c_char_p)
        self.engine = declare(quick, "PL_create_engine", pointer, pointer)(None)
        if not self.engine:
            raise EngineError("SWI-Prolog made no engine; it may have been built without threads")
        self._destroy_engine = declare(quick, "PL_destroy_engine", number, pointer)
        if threading.current_thread() is not threading.main_thread():
            # SWI-Prolog started in this thread, which may end before SWI-Prolog does.
            self.set_engine(None, None)
        atexit.register(self._end)
        self._answers: int = 0

    def _end(self) -> None:
        """Make ready for the end of the process, when PySwip ends SWI-Prolog.

        That waits for engines that remain, and must happen in the main engine.
        """
        self._destroy_engine(self.engine)
        self.set_engine(_MAIN_ENGINE, None)

    def start(self, program: Path, rules: Path) -> str:
        """Load the program and the rules, and return the digest of the rules."""
        frame = self.open_frame()
        try:
            terms = self.new_terms(2)
            self._put_path(terms, program)
            if not self.call_predicate(
                None,
                self._core.PL_Q_PASS_EXCEPTION,
                self.predicate(b"ensure_loaded", 1, b"user"),
                terms,
            ):
                raise RuleBaseBroken(f"the program {program} cannot be loaded{self._why()}")
            self._put_path(terms, rules)
            start = self.predicate(b"start_engine", 2, b"engine")
            if not self.call_predicate(None, self._core.PL_Q_PASS_EXCEPTION, start, terms):
                raise RuleBaseBroken(f"the rules in {rules} cannot be loaded{self._why()}")
            self._answers = self.predicate(b"answers", 2, b"engine")
            return self._text(terms + 1)
        finally:
            self.discard_frame(frame)

    def answers(self, queries: bytes) -> str:
        """Return the letters of all queries, one after the other."""
        frame = self.open_frame()
        try:
            terms = self.new_terms(2)
            read = self.read_term(terms, self._core.REP_UTF8, len(queries), queries)
            if not read or not self.call_predicate(
                None, self._core.PL_Q_PASS_EXCEPTION, self._answers, terms
            ):
                raise EngineError(
                    f"Prolog gave no answer{self._why()}; this is an error of lutalogic"
                )
            return self._text(terms + 1)
        finally:
            self.discard_frame(frame)

    def _put_path(self, term: int, path: Path) -> None:
        encoded = os.fsencode(path)
        # An atom made from UTF-8: a path is never read as Prolog.
        self.put_chars(term, self._core.PL_ATOM | self._core.REP_UTF8, len(encoded), encoded)

    def _text(self, term: int) -> str:
        # Without a mark around it, the text that Prolog hands out is never freed.
        mark = ctypes.c_size_t()
        self.mark(ctypes.byref(mark))
        try:
            text = ctypes.c_char_p()
            wanted = self._core.CVT_STRING | self._core.CVT_ATOM | self._core.REP_UTF8
            if not self.get_chars(term, None, ctypes.byref(text), wanted) or text.value is None:
                raise EngineError("Prolog's answer is no text; this is an error of lutalogic")
            return text.value.decode("utf-8")
        finally:
            self.release(mark)

    def _why(self) -> str:
        term = self.exception(0)
        if not term:
            return ""
        self.clear_exception()
        mark = ctypes.c_size_t()
        self.mark(ctypes.byref(mark))
        try:
            text = ctypes.c_char_p()
            written = self._core.CVT_WRITE | self._core.REP_UTF8
            told = self.get_chars(term, None, ctypes.byref(text), written) and text.value
            return f": {told.decode('utf-8', 'replace')}" if told else ""
        finally:
            self.release(mark)


#: The one Prolog engine of this process. It costs nothing until it is asked.
PROLOG: Final = PrologEngine()
