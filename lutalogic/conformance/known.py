# SPDX-License-Identifier: Apache-2.0
"""What a suite knows of mistakes, as the diagnosis takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lutalogic.conformance.diagnosis import Shown
from lutalogic.conformance.kills import KILLS_FILE, read_kills
from lutalogic.conformance.vector import Catch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def known_mistakes(
    folder: Path, *, digest: str | None = None, note: Callable[[str], None] | None = None
) -> tuple[Shown, ...]:
    """Return the mistakes that a suite tells of, and the vectors that show them.

    Args:
        folder: The folder of the suite; one that tells of no mistakes has none.
        digest: The digest of the suite; what is of another rule base is not used. None for any.
        note: Called with what there is to say of what is not used.

    Raises:
        InputError: What it tells is not of its form.
    """
    if not (folder / KILLS_FILE).exists():
        return ()
    known = read_kills(folder, digest=digest)
    if not known and note is not None:
        note(f"{KILLS_FILE} is of another rule base than the suite, and is not used")
    return tuple(
        Shown(
            Catch(each.mutant, each.criterion, each.mistake),
            frozenset(each.vectors(1)),
            frozenset(each.vectors(0)),
        )
        for each in known
        if not each.equivalent
    )
