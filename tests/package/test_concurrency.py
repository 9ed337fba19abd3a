# SPDX-License-Identifier: Apache-2.0
"""Threads, processes, interrupts and long runs: Prolog is one, its callers are many."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lutalogic import decide
from tests.kb.test_cases import ON, bases
from tests.strategies import POLICIES

ROOT = Path(__file__).parents[2]

_PRELUDE = """
import multiprocessing, os, resource, signal, sys, threading, time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from lutalogic import Case, decide, decide_many

def outcome(age):
    return str(decide(Case(age_years=age), "premera_xofigo", on="2026-06-01").criteria["X-1"])

AGES = [10, 20, 17, 18] * 50
EXPECTED = ["false", "true", "false", "true"] * 50
"""


def run(code: str) -> str:
    """Run a program in a process of its own and return what it prints."""
    program = _PRELUDE + textwrap.dedent(code)
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", program],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.strip()


def test_four_threads_decide_at_once() -> None:
    """Four threads, each with its own policy, get the answers that one thread gets."""
    asked = [(name, facts) for name in POLICIES for facts in bases(name).values()] * 20
    alone = [decide(facts, name, on=ON).truths for name, facts in asked]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda a: decide(a[1], a[0], on=ON).truths, asked))
    assert together == alone


def test_the_first_decision_may_come_from_any_thread() -> None:
    """A thread that starts Prolog may end; others, the main one too, go on deciding."""
    told = run("""
        first = threading.Thread(target=outcome, args=(5,)); first.start(); first.join()
        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(outcome, AGES)) == EXPECTED
        assert list(map(outcome, AGES)) == EXPECTED
        print("done")
    """)
    assert told == "done"


@pytest.mark.parametrize("started", [True, False], ids=["after a decision", "before any"])
def test_forked_processes_decide(started: bool) -> None:
    """Four forked processes decide at once, whether or not Prolog ran in their parent."""
    told = run(f"""
        if {started}:
            outcome(5)
        with ProcessPoolExecutor(4, multiprocessing.get_context("fork")) as processes:
            assert list(processes.map(outcome, AGES)) == EXPECTED
        assert list(map(outcome, AGES)) == EXPECTED
        print("done")
    """)
    assert told == "done"


def test_a_fork_while_threads_decide_is_safe() -> None:
    """Twenty children, each forked while four threads decide, all answer."""
    told = run("""
        stop = threading.Event()
        def busy():
            while not stop.is_set():
                outcome(18)
        threads = [threading.Thread(target=busy) for _ in range(4)]
        for thread in threads:
            thread.start()
        children = []
        for _ in range(20):
            child = os.fork()
            if child == 0:
                os._exit(0 if outcome(17) == "false" and outcome(18) == "true" else 1)
            children.append(child)
        assert [os.waitstatus_to_exitcode(os.waitpid(c, 0)[1]) for c in children] == [0] * 20
        stop.set()
        for thread in threads:
            thread.join()
        print("done")
    """)
    assert told == "done"


def test_spawned_processes_decide(tmp_path: Path) -> None:
    """Four spawned processes decide at once."""
    program = tmp_path / "spawned.py"
    program.write_text(
        _PRELUDE
        + textwrap.dedent("""
        if __name__ == "__main__":
            with ProcessPoolExecutor(4, multiprocessing.get_context("spawn")) as processes:
                assert list(processes.map(outcome, AGES, chunksize=50)) == EXPECTED
            print("done")
        """)
    )
    done = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, check=False, timeout=120
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "done", "")


def test_ctrl_c_is_heard_in_a_long_batch() -> None:
    """SIGINT ends a long `decide_many` with KeyboardInterrupt, and deciding goes on after it."""
    told = run("""
        cases = [Case(age_years=age) for age in range(100)] * 2000
        outcome(5)
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
        try:
            decide_many(cases, "wellmark_lutathera", on="2026-06-01")
        except KeyboardInterrupt:
            assert outcome(18) == "true"
            print("interrupted")
    """)
    assert told == "interrupted"


def test_ctrl_c_at_any_moment_leaves_the_engine_usable() -> None:
    """Three hundred interrupts at random moments of single decisions: all go on deciding."""
    told = run("""
        import random
        outcome(5)
        random.seed(1)
        heard = 0
        for _ in range(300):
            delay = random.uniform(0.0005, 0.003)
            timer = threading.Timer(delay, os.kill, (os.getpid(), signal.SIGINT))
            try:
                timer.start()
                while True:
                    outcome(18)
            except KeyboardInterrupt:
                heard += 1
                timer.join()
            with ThreadPoolExecutor(1) as thread:
                assert thread.submit(outcome, 17).result() == "false"
        assert outcome(18) == "true"
        print(heard)
    """)
    assert told == "300"


def test_ctrl_c_in_the_first_decision_leaves_the_engine_usable() -> None:
    """An interrupt while SWI-Prolog starts is heard, and the next decision starts it again."""
    for delay in (0.01, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4):
        told = run(f"""
            signal.setitimer(signal.ITIMER_REAL, {delay})
            signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
            try:
                for _ in range(20000):
                    outcome(18)
            except KeyboardInterrupt:
                print("heard", outcome(18), outcome(17))
        """)
        assert told == "heard true false", delay


def test_a_decision_within_a_decision_is_refused() -> None:
    """A signal handler that decides while its thread decides gets an error and no deadlock."""
    told = run("""
        from lutalogic import EngineError
        refused = []
        def handler(*_):
            try:
                outcome(18)
            except EngineError as error:
                refused.append(error)
        outcome(5)
        signal.signal(signal.SIGALRM, handler)
        end = time.monotonic() + 60
        while not refused and time.monotonic() < end:
            # Once at a time: a handler must not be interrupted by the next signal, and so for ever.
            signal.setitimer(signal.ITIMER_REAL, 0.0007)
            for _ in range(20):
                assert outcome(17) == "false"
        signal.setitimer(signal.ITIMER_REAL, 0)
        assert outcome(18) == "true"
        print(len(refused) > 0)
    """)
    assert told == "True"


def test_a_signal_at_any_moment_of_a_decision_finds_no_deadlock() -> None:
    """Before each step of taking and giving back the engine, a decision is answered or refused."""
    told = run("""
        from lutalogic import EngineError
        came = {"answered": 0, "refused": 0}
        def within(frame, event, _):
            frame.f_trace_opcodes = True
            if event == "opcode":
                try:
                    came["answered"] += outcome(18) == "true"
                except EngineError:
                    came["refused"] += 1
            return within
        def trace(frame, *_):
            return within if frame.f_code.co_qualname == "PrologEngine._answers" else None
        outcome(5)
        sys.settrace(trace)
        assert outcome(17) == "false"
        sys.settrace(None)
        assert outcome(16) == "false"
        print(min(came.values()) > 3)
    """)
    assert told == "True"


def test_decisions_cross_between_processes() -> None:
    """A decision can be pickled and copied, and still tells its reasons."""
    told = run("""
        import copy, pickle
        decision = decide(Case(age_years=17), "premera_xofigo", on="2026-06-01")
        for other in (pickle.loads(pickle.dumps(decision)), copy.deepcopy(decision)):
            assert other == decision and hash(other) == hash(decision)
            assert other.as_json() == decision.as_json()
        print("done")
    """)
    assert told == "done"


def test_memory_stays_flat() -> None:
    """Twenty thousand decisions leave the process as large as the first two thousand did."""
    told = run("""
        facts = {"age_years": "10-30", "ki67_percent": 7.35, "tumor_type": "gep_net"}
        def many(n):
            for _ in range(n // 100):
                decide_many([Case.from_mapping(facts)] * 100, "wellmark_lutathera", on="2026-06-01")
            for _ in range(n // 10):
                decide(facts, "premera_lutathera", on="2026-06-01").as_json()
            return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize()
        before = many(2000)
        print(many(20000) - before)
    """)
    assert int(told) < 4_000_000


def test_a_program_that_uses_pyswip_itself_is_left_alone() -> None:
    """Our engine and a program's own PySwip queries live side by side in one process."""
    told = run("""
        from pyswip import Prolog
        Prolog.assertz("mine(1)")
        assert outcome(18) == "true"
        Prolog.assertz("mine(2)")
        assert [row["X"] for row in Prolog.query("mine(X)")] == [1, 2]
        assert outcome(17) == "false"
        print("done")
    """)
    assert told == "done"
