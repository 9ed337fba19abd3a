# SPDX-License-Identifier: Apache-2.0
"""Programs and addresses that speak badly: a run ends, and its report says what was the matter."""

from __future__ import annotations

import json
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from lutalogic import InputError
from lutalogic.conformance.conform import conform
from tests.conformance.programs import program
from tests.conformance.small import small_suite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lutalogic.conformance.report import Report

VECTORS = small_suite().vectors[:40]


def given(report: Report) -> set[str]:
    """Return what was told in place of answers."""
    return {d.given for v in report.verdicts for d in v.differences}


def kinds(report: Report) -> set[str]:
    """Return the kinds of complaints."""
    return {each.kind for each in report.complaints}


def test_what_never_reads_does_not_hold_up_the_run() -> None:
    """A program that prints without end and leaves its input full; sending waits for nobody."""
    many = small_suite().vectors * 30
    report = conform(many, command=["yes", '{"outcome":"met","criteria":{}}'], timeout=2.0)
    assert len(report.verdicts) == len(many)
    assert report.seconds < 20


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ('{"outcome": NaN}', "it printed what is no JSON"),
        ('{"id": 7, "outcome": "met"}', "an answer to nothing that was asked"),
        ('{"id": 1, "id": 2}', "it printed what is no JSON"),
    ],
)
def test_rubbish_in_place_of_an_answer_is_told_with_it(
    tmp_path: Path, says: str, told: str
) -> None:
    """The verdict after the limit says what was printed."""
    report = conform(VECTORS[:1], command=program(tmp_path, _odd(says)), timeout=0.3)
    assert any(each.startswith("no answer within") and told in each for each in given(report))
    assert all(says in each for each in given(report))


def _odd(says: str) -> str:
    return f"for r in requests(): say({says!r})"


def test_what_never_answers_is_given_up_soon(tmp_path: Path) -> None:
    """After two limits, and after the first it is asked whether the program flushes its output."""
    warned: list[str] = []
    report = conform(
        VECTORS,
        command=program(tmp_path, "for r in requests(): print('x')"),
        timeout=0.4,
        warn=warned.append,
    )
    assert warned == ["no answer in 1.2 s yet: does it flush its output after each line?"]
    assert len(report.verdicts) == 1
    assert len(report.not_asked) == len(VECTORS) - 1
    assert "given up: never an answer, 2 times in 1.2 s" in kinds(report)


def test_what_cannot_be_started_again_is_reported(tmp_path: Path) -> None:
    """A program that deletes itself: what was asked stands, the rest is counted."""
    command = program(
        tmp_path, "r = next(requests()); right(r); os.remove(sys.argv[1]); sys.exit(1)"
    )
    script = tmp_path / "self"
    script.write_text(f'#!/bin/sh\nexec {command[0]} {command[1]} "$0"\n')
    script.chmod(0o755)
    report = conform(VECTORS, command=[str(script)])
    assert report.right_at(1) == 1
    assert len(report.not_asked) == len(VECTORS) - 1
    [given_up] = [kind for kind in kinds(report) if kind.startswith("given up")]
    assert "it cannot be started again" in given_up


def test_control_characters_do_not_reach_a_terminal(tmp_path: Path) -> None:
    """What a program prints in passing is shown escaped."""
    body = """
for r in requests():
    say('\\x1b[2Jgone\\x07\\u202e')
    say('\\x1b]0;t', sys.stderr)
    right(r)
"""
    text = conform(VECTORS[:3], command=program(tmp_path, body)).text()
    assert "\\x1b[2Jgone\\x07\\u202e" in text
    assert all(sign.isprintable() or sign == "\n" for sign in text)


@contextmanager
def serving(does: Callable[[socket.socket], None]) -> Iterator[str]:
    """Yield the address of a server that does something with each request, byte by byte."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def one(peer: socket.socket) -> None:
            with peer:
                try:
                    request = b""
                    while not request.endswith(b"}\n"):  # what is left unread resets the line
                        request += peer.recv(1 << 16)
                    does(peer)
                except OSError:
                    pass

        def serve() -> None:
            while True:
                try:
                    peer, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=one, args=(peer,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        server.shutdown(socket.SHUT_RDWR)


def response(body: str, status: str = "200 OK") -> bytes:
    """Return a whole response."""
    return f"HTTP/1.0 {status}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


@pytest.mark.parametrize(
    ("sends", "told"),
    [
        (b"\x00garbage\x1b[2J\r\n\r\n", "its response is no HTTP: BadStatusLine("),
        (b"HTTP/1.1 abc OK\r\n\r\n", "its response is no HTTP: BadStatusLine("),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", "its response is no HTTP"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "its response is no HTTP: IncompleteRead(",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}",
            "its response ends 97 bytes too early",
        ),
        (b"HTTP/1.1 204 No Content\r\n\r\n", "HTTP status 204 without a body"),
        (response("<html>"), "it printed what is no JSON: <html>"),
        (response("[1]"), "it printed what is no answer: [1]"),
        (response('{"id": "else"}'), 'an answer to nothing that was asked: {"id": "else"}'),
        (b"", "it cannot be reached: Remote end closed connection"),
    ],
)
def test_a_response_that_is_none_is_told_at_once(sends: bytes, told: str) -> None:
    """As what it is, and not after the limit."""
    begun = time.monotonic()
    with serving(lambda peer: peer.sendall(sends)) as url:
        report = conform(VECTORS[:2], url=url, timeout=20.0)
    assert time.monotonic() - begun < 5
    assert len(report.verdicts) == 2
    assert all(each.startswith(told) for each in given(report)), given(report)
    assert report.text().replace("\n", "").isprintable()


def _drip(peer: socket.socket) -> None:
    peer.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
    for _ in range(100):
        time.sleep(0.1)
        peer.sendall(b" ")


def _continue(peer: socket.socket) -> None:
    for _ in range(100):
        time.sleep(0.1)
        peer.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


@pytest.mark.parametrize("does", [_drip, _continue])
def test_the_limit_is_that_of_the_whole_response(does: Callable[[socket.socket], None]) -> None:
    """However often something comes meanwhile."""
    with serving(does) as url:
        report = conform(VECTORS[:2], url=url, timeout=0.3)
    assert given(report) == {"no answer within 0.9 s"}
    assert report.seconds < 4


def test_an_answer_by_http_needs_no_id() -> None:
    """One is asked at a time; there is nothing to complain of."""
    answer = json.dumps({"outcome": VECTORS[0].expect.outcome})
    with serving(lambda peer: peer.sendall(response(answer))) as url:
        report = conform(VECTORS[:1], url=url, level=0)
    assert report.holds == 0
    assert kinds(report) == set()


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:abc/", "http://[::1", "http://localhost/a b", "http://localhost/é",
        "http://localhost:99999/", "http://me:secret@localhost/", "http://", "localhost", "",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    """Before anything is sent."""
    with pytest.raises(InputError, match="is no address; write http://HOST:PORT/PATH"):
        conform(VECTORS[:1], url=url)


def test_an_address_without_its_scheme_is_told_with_it() -> None:
    """The commonest slip."""
    with pytest.raises(InputError, match=r"did you mean http://localhost:8080\?"):
        conform(VECTORS[:1], url="localhost:8080")
