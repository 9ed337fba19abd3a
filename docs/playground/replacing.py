# SPDX-License-Identifier: Apache-2.0
"""Put a new build in the place of an older one, and never in that of anything else.

A build has a file that lists all that it wrote. A folder is replaced only if it has that file and
nothing besides what it lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

MARKER: Final = ".lutalogic-playground"
_FIRST: Final = "A playground built by docs/playground/build.py, which wrote these files:"


def listed(folder: Path) -> None:
    """Write the list of the files of a build into it."""
    names = [*_files(folder), MARKER]
    (folder / MARKER).write_text("".join(f"{line}\n" for line in (_FIRST, *sorted(names))), "utf-8")


def refuse_what_is_no_build(out: Path) -> None:
    """Refuse to replace what this project did not build.

    Raises:
        SystemExit: It is a file, a link, or a folder that holds something else.
    """
    if out.is_symlink():
        raise SystemExit(f"{out} is a symbolic link; name the folder itself")
    if not out.exists():
        return
    if not out.is_dir():
        raise SystemExit(f"{out} is a file; name a folder")
    found = _files(out)
    marker = out / MARKER
    lines = marker.read_text("utf-8", "replace").splitlines() if marker.is_file() else []
    known = lines[1:] if lines[:1] == [_FIRST] else []
    others = sorted(set(found) - set(known))
    if others:
        raise SystemExit(
            f"{out} holds something that no build wrote, as {others[0]}; "
            "name an empty folder, or remove this one"
        )


def replace(out: Path, new: Path, old: Path) -> None:
    """Put a folder in the place of another, which is moved out of the way.

    Args:
        out: The folder to replace; it need not be there.
        new: What takes its place, in the same file system.
        old: Where it is moved.
    """
    refuse_what_is_no_build(out)  # once more: building takes a while
    place = out.resolve()
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except BaseException:
        if old.exists():
            old.rename(place)
        raise


def _files(folder: Path) -> list[str]:
    """Return all that is no folder, and folders that hold nothing."""
    found = sorted(folder.rglob("*"))
    return [
        path.relative_to(folder).as_posix()
        for path in found
        if path.is_symlink() or not path.is_dir() or not any(path.iterdir())
    ]
