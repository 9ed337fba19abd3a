# SPDX-License-Identifier: Apache-2.0
"""The runner against programs with bad habits: each is told, and the run goes on."""

from __future__ import annotations

import json
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

from lutalogic import InputError
from lutalogic.conformance.conform import conform, conform_function
from tests.conformance.programs import program
from tests.conformance.small import answer, small_suite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.conformance.report import Report

VECTORS = small_suite().vectors[:40]
#: The vector on which programs misbehave that do so once.
ODD = VECTORS[17].id


def run(folder: Path, body: str, *, timeout: float = 10.0, level: int = 1) -> Report:
    """Return the report on a program."""
    return conform(VECTORS, command=program(folder, body), level=level, timeout=timeout)


def kinds(report: Report) -> dict[str, int]:
    """Return the complaints of a report, with their counts."""
    return {each.kind: each.count for each in report.complaints}


def test_a_right_program_holds(tmp_path: Path) -> None:
    """Every vector is asked once and answered, and there is nothing to complain of."""
    report = run(tmp_path, "for r in requests(): right(r)", level=3)
    assert report.holds == 3
    assert sorted(v.vector.id for v in report.verdicts) == sorted(v.id for v in VECTORS)
    assert kinds(report) == {}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("say('debug: ' + r['id']); right(r)", "it printed what is no JSON"),
        ("say('[1]'); right(r)", "it printed what is no answer"),
        ("right(r); right(r)", "it answered twice"),
        ("say(json.dumps({'id': 'else', 'outcome': 'met'})); right(r)", "nothing that was asked"),
        ("say('look', sys.stderr); right(r)", "it wrote to standard error"),
        ("say(json.dumps(known[r['id']]))", "an answer without its id"),
        ("os.write(1, b'\\xff\\xfe\\n'); right(r)", "it printed what is no JSON"),
        ('say(\'{"id": 1, "id": 2}\'); right(r)', "it printed what is no JSON"),
    ],
)
def test_noise_is_told_and_passed_over(tmp_path: Path, body: str, kind: str) -> None:
    """The level holds all the same, for every answer is there and right."""
    report = run(tmp_path, f"for r in requests(): {body}")
    assert report.holds == 1
    told, count = next(iter(kinds(report).items()))
    assert kind in told
    assert count >= len(VECTORS) - 1


def test_answers_out_of_order_are_paired(tmp_path: Path) -> None:
    """By their ids, and it is told how often."""
    body = """
held = []
for r in requests():
    held.append(r)
    if len(held) == 4:
        for each in reversed(held): right(each)
        held.clear()
"""
    report = run(tmp_path, body)
    assert report.holds == 1
    assert kinds(report) == {"it answered out of order": 30}


@pytest.mark.parametrize(
    ("does", "why"),
    [
        ("sys.exit(3)", "it ended with status 3"),
        ("os.kill(os.getpid(), 9)", "it was ended by SIGKILL"),
        ("time.sleep(60)", "no answer within"),
        ("os.close(1); time.sleep(60)", "it closed its output"),
        ("[say('noise') for _ in iter(int, 1)]", "no answer within"),
        ("raise ValueError('odd')", "it ended with status 1"),
    ],
)
def test_what_crashes_or_hangs_costs_one_vector(tmp_path: Path, does: str, why: str) -> None:
    """It is started again and answers the rest; the vector to blame is the one that did it."""
    body = f"""
for r in requests():
    if r['id'] == {ODD!r}: {does}
    right(r)
"""
    report = run(tmp_path, body, timeout=1.5)
    [wrong] = report.wrong
    assert wrong.vector.id == ODD
    assert wrong.unanswered
    assert wrong.differences[0].given.startswith(why)
    assert len(report.verdicts) == len(VECTORS)
    assert report.holds == -1
    assert report.right_at(1) == len(VECTORS) - 1


def test_a_program_for_one_line_is_started_for_each(tmp_path: Path) -> None:
    """It ends of its own after an answer, which is told and costs no vector."""
    report = conform(VECTORS[:6], command=program(tmp_path, "right(next(requests()))"), level=1)
    assert report.holds == 1
    assert kinds(report) == {"it ended before its input did, and was started again": 5}


def test_the_run_is_given_up_when_nothing_answers(tmp_path: Path) -> None:
    """After five in a row; the rest is not asked, and no level holds."""
    report = run(tmp_path, "sys.exit('no such rule')")
    assert report.holds == -1
    assert len(report.verdicts) == 5
    assert len(report.not_asked) == len(VECTORS) - 5
    assert "given up: 5 in a row without an answer" in kinds(report)
    assert any("no such rule" in each for c in report.complaints for each in c.examples)
    assert "35 vectors were not asked" in report.headline


def test_how_it_ends_is_told(tmp_path: Path) -> None:
    """A status other than 0, and what is printed after the last answer."""
    body = "for r in requests(): right(r)\nsay('bye'); sys.exit(7)"
    assert set(kinds(run(tmp_path, body))) == {
        "it printed more than was asked",
        "it ended with status 7, after all was answered",
    }


def test_nothing_that_was_started_stays(tmp_path: Path) -> None:
    """A program that hangs is killed, and what it started too."""
    body = """
import subprocess
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])
open('CHILD', 'w').write(str(child.pid))
time.sleep(600)
""".replace("CHILD", str(tmp_path / "child"))
    conform(VECTORS[:1], command=program(tmp_path, body), level=0, timeout=1.0)
    child = int((tmp_path / "child").read_text())
    for _ in range(100):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return  # it has ended; nobody has asked after it yet
        time.sleep(0.05)
    pytest.fail("the child of the program is still there")


def test_what_escapes_does_not_hold_up_the_run(tmp_path: Path) -> None:
    """A process in a session of its own that keeps the output open is not waited for."""
    body = """
import subprocess
escaped = [sys.executable, '-c', 'import time; time.sleep(20)']
subprocess.Popen(escaped, start_new_session=True)
for r in requests(): right(r)
"""
    begun = time.monotonic()
    report = conform(VECTORS[:3], command=program(tmp_path, body), level=1)
    assert report.holds == 1
    assert time.monotonic() - begun < 18


def test_a_program_that_is_not_there_is_refused() -> None:
    """Nothing is asked then."""
    with pytest.raises(InputError, match="/nowhere/mine cannot be started"):
        conform(VECTORS, command=["/nowhere/mine"])


class _Answers(BaseHTTPRequestHandler):
    known: ClassVar[dict[str, object]] = {v.id: v.expect.as_json() for v in VECTORS}

    def do_POST(self) -> None:
        """Answer a line; one vector gets status 500, and one is sent elsewhere."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert body.endswith(b"\n")
        asked = json.loads(body)["id"]
        if asked in (VECTORS[3].id, VECTORS[5].id):
            self.send_response(500 if asked == VECTORS[3].id else 302)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        answer = {"id": asked} | self.known[asked]  # type: ignore[operator]
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    """Yield the address of a server that answers."""
    server = HTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/decide"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_address_is_judged_alike(url: str) -> None:
    """Each line is posted; a status that is none of success, or a redirection, is no answer."""
    report = conform(VECTORS, url=url, level=1)
    assert report.right_at(1) == len(VECTORS) - 2
    assert {v.vector.id: v.differences[0].given for v in report.wrong} == {
        VECTORS[3].id: "HTTP status 500",
        VECTORS[5].id: "HTTP status 302",
    }


def test_an_address_that_nobody_answers_is_given_up() -> None:
    """After five in a row that cannot be reached."""
    report = conform(VECTORS, url="http://127.0.0.1:9/decide", timeout=1.0)
    assert report.holds == -1
    assert len(report.not_asked) == len(VECTORS) - 5
    with pytest.raises(InputError, match="is no address"):
        conform(VECTORS, url="file:///etc/passwd")


def test_a_function_is_judged_in_process() -> None:
    """Its requests are its own, and an exception that it raises costs one vector."""

    def ours(request: dict[str, object]) -> object:
        if request["id"] == ODD:
            raise KeyError("age")
        told = answer(dict(request))
        request.clear()
        return told

    report = conform_function(ours, VECTORS, level=2)
    assert [v.vector.id for v in report.wrong] == [ODD]
    assert report.wrong[0].differences[0].given == "it raised KeyError: 'age'"
    assert conform_function(ours, VECTORS, level=2).right_at(2) == len(VECTORS) - 1
