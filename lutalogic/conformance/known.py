# SPDX-License-Identifier: Apache-2.0
"""What a suite knows of mistakes, as the diagnosis takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lutalogic.conformance.diagnosis import Shown
from lutalogic.conformance.kills import KILLS_FILE, read_kills
from lutalogic.conformance.vector import Catch

if TYPE_CHECKING:
    from pathlib import Path


def known_mistakes(folder: Path) -> tuple[Shown, ...]:
    """Return the mistakes that a suite tells of, and the vectors that show them.

    Args:
        folder: The folder of the suite; one that tells of no mistakes has none.

    Raises:
        InputError: What it tells is not of its form.
    """
    if not (folder / KILLS_FILE).exists():
        return ()
    return tuple(
        Shown(
            Catch(each.mutant, each.criterion, each.mistake),
            frozenset(each.vectors(1)),
            frozenset(each.vectors(0)),
        )
        for each in read_kills(folder)
        if not each.equivalent
    )
