# SPDX-License-Identifier: Apache-2.0
"""The built playground in a real browser, for `make test-docs` alone, which names its folder."""

from __future__ import annotations

import os
import shutil
import threading
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

collect_ignore_glob = [] if "LUTALOGIC_PLAYGROUND" in os.environ else ["*.py"]

PHONE = {"width": 390, "height": 844}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@pytest.fixture(scope="session")
def folder() -> Path:
    """Return the folder of the built playground."""
    return Path(os.environ["LUTALOGIC_PLAYGROUND"]).resolve()


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """Serve the playground on this machine alone, and return its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the browser of this machine."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Chromium's own sandbox does not start for root, as whom containers run.
        unboxed = ["--no-sandbox"] if os.geteuid() == 0 else []
        launched = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=unboxed
        )
        yield launched
        launched.close()


@dataclass
class Opened:
    """A page, with all that it asked for from elsewhere and all that it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def wait(self, state: str = "ready") -> Page:
        """Wait until Prolog has started and everything is answered, and return the page."""
        self.page.wait_for_selector(f"body[data-state={state}][data-pending=false]", timeout=60_000)
        return self.page


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Opened]]:
    """Return what opens the playground: in a context of its own, its requests noted.

    Whatever a test does, the page asks for nothing but its own files, once, and the console stays
    empty.
    """
    all_opened: list[tuple[Opened, str]] = []

    def open_page(
        at: str = address, *, fragment: str = "", script: str = "", **options: Any
    ) -> Opened:
        context = browser.new_context(**{"viewport": PHONE, **options})
        page = context.new_page()
        found = Opened(page)
        page.on("request", lambda request: found.requests.append(request.url))
        page.on("console", lambda message: found.complaints.append(message.text))
        page.on("pageerror", lambda error: found.complaints.append(str(error)))
        if script:
            page.add_init_script(script)
        page.goto(f"{at}#{fragment}" if fragment else at)
        all_opened.append((found, at.rsplit("/", 1)[0]))
        return found

    yield open_page
    for found, base in all_opened:
        files = {url.split("#")[0] for url in found.requests if not url.startswith("blob:")}
        names = ("index.html", "style.css", "start.js", "data.js", "prolog.js", "playground.js")
        assert files <= {f"{base}/{name}" for name in names} | {"data:,"}
        assert not found.complaints
        found.page.context.close()
