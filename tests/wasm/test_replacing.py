# SPDX-License-Identifier: Apache-2.0
"""A build takes the place of an older build, and destroys nothing else; it links what is there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.wasm.asked import ROOT

sys.path.insert(0, str(ROOT / "docs/playground"))
import making  # type: ignore[import-not-found]
import npm_package  # type: ignore[import-not-found]
from page_data import REGISTER, page_data  # type: ignore[import-not-found]
from replacing import listed, replace  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from pathlib import Path


def built(folder: Path, text: str) -> Path:
    """Make a folder that stands for a build."""
    (folder / "rules").mkdir(parents=True)
    (folder / "playground.js").write_text(text)
    (folder / "rules/index.html").write_text(text)
    listed(folder)
    return folder


def test_a_build_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    """Also where the older one had other files."""
    out = built(tmp_path / "out", "older")
    new = built(tmp_path / "new", "newer")
    (new / "rules/index.html").unlink()
    replace(out, new, tmp_path / "old")
    assert (out / "playground.js").read_text() == "newer"
    assert not (out / "rules/index.html").exists()


def test_a_folder_with_anything_else_in_it_is_refused_and_kept(tmp_path: Path) -> None:
    """A file of another's beside a build, and a folder that only looks like a build."""
    out = built(tmp_path / "out", "older")
    (out / "rules/precious.txt").write_text("precious")
    alike = tmp_path / "alike"
    alike.mkdir()
    (alike / "playground.js").write_text("precious")
    (alike / ".lutalogic-playground").write_text("playground.js\n")
    for folder in (out, alike):
        with pytest.raises(SystemExit, match="no build wrote"):
            making.build(folder)
        with pytest.raises(SystemExit, match="no build wrote"):
            replace(folder, built(tmp_path / f"new {folder.name}", "newer"), tmp_path / "old")
    assert (out / "rules/precious.txt").read_text() == "precious"
    assert (out / "playground.js").read_text() == "older"
    assert (alike / "playground.js").read_text() == "precious"


def test_a_file_and_a_link_are_refused(tmp_path: Path) -> None:
    """What is named must be a folder, or nothing yet."""
    file = tmp_path / "file"
    file.write_text("precious")
    link = tmp_path / "link"
    link.symlink_to(built(tmp_path / "out", "older"))
    with pytest.raises(SystemExit, match="is a file"):
        making.main([str(file)])
    with pytest.raises(SystemExit, match="symbolic link"):
        making.main([str(link)])
    assert file.read_text() == "precious"


@pytest.mark.parametrize(
    ("failure", "words"),
    [(KeyboardInterrupt(), "stopped"), (OSError(28, "No space left on device"), "No space left")],
)
def test_a_build_that_is_stopped_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException, words: str
) -> None:
    """With a message instead of a traceback, and nothing half done beside it."""
    out = built(tmp_path / "out", "older")

    def failing(folder: Path, *_: Any) -> None:
        (folder / "index.html").write_text("half")
        raise failure

    monkeypatch.setattr(making, "unpacked", lambda _: tmp_path)
    monkeypatch.setattr(making, "saved_state", lambda _: b"")
    monkeypatch.setattr(making, "_write_page", failing)
    with pytest.raises(SystemExit, match=words):
        making.main([str(out)])
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (out / "playground.js").read_text() == "older"


def test_an_archive_that_is_a_folder_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names it."""
    monkeypatch.setattr(npm_package, "CACHE", tmp_path)
    npm_package.SWIPL_WASM.archive.mkdir()
    with pytest.raises(SystemExit, match="is a folder"):
        npm_package.unpacked(npm_package.SWIPL_WASM)


def test_only_pages_and_anchors_that_are_there_are_linked(tmp_path: Path) -> None:
    """In a site with one criterion and one reading, these are; without a site, none is."""
    (tmp_path / "rules/wellmark_lutathera").mkdir(parents=True)
    (tmp_path / "rules/wellmark_lutathera/item-2a.html").write_text("")
    (tmp_path / REGISTER).write_text('<section id="reading-w-extent">')

    def linked(site: Path | None) -> list[str]:
        data = page_data([], site=site)
        each = [*data["readings"], *(c for p in data["policies"] for c in p["criteria"])]
        return [one["page"] for one in each if "page" in one]

    assert linked(tmp_path) == [
        "../rules/ambiguities.html#reading-w-extent",
        "../rules/wellmark_lutathera/item-2a.html",
    ]
    assert linked(None) == []
