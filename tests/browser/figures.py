# SPDX-License-Identifier: Apache-2.0
"""How fast the playground is: python tests/browser/figures.py PLAYGROUND.

Prints the time from the start of loading until Prolog is ready, served from this machine, and the
time from a change in the form until the page has the answer. Nothing is asserted: a time on a
machine that others use says little.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

LOADS = 7
CHANGES = 60
#: A request with two policies, their warnings and all of their readings.
FRAGMENT = (
    "on=2026-06-01&policy=wellmark_lutathera&policy=premera_lutathera&fact.age_years=54"
    "&fact.tumor_type=pancreatic_net&fact.metastases=distant&fact.who_grade=2"
)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


def loads(page: Page, address: str) -> list[float]:
    """Return the milliseconds until Prolog was ready, of several loads of the page."""
    found = []
    for number in range(LOADS):
        page.goto(f"{address}?{number}#{FRAGMENT}")
        page.wait_for_selector("body[data-state=ready][data-pending=false]")
        found.append(float(page.get_attribute("body", "data-ready-after") or "nan"))
    return found


def changes(page: Page) -> list[float]:
    """Return the milliseconds from a change until its answer stood on the page, of many changes."""
    found = []
    for number in range(CHANGES):
        page.fill("#fact-ki67_percent", str(number))
        page.wait_for_selector("body[data-pending=false]")
        found.append(float(page.get_attribute("body", "data-answered-after") or "nan"))
    return found


def _told(times: list[float]) -> str:
    return f"{median(times):.0f} ms (fastest {min(times):.0f}, slowest {max(times):.0f})"


def main(folder: Path) -> None:
    """Print the figures."""
    files = [path for path in folder.iterdir() if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    print(f"{size / 1e6:.1f} MB in {len(files)} files")
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        page = browser.new_page()
        ready = loads(page, f"http://127.0.0.1:{server.server_port}/index.html")
        print(f"ready after {_told(ready)}")
        print(f"an answer to a change after {_told(changes(page))}")
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
