# SPDX-License-Identifier: Apache-2.0
"""What became of the theorems, asked once for all pages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lutalogic.proofs import prove

if TYPE_CHECKING:
    from lutalogic.proof import Proof


@cache
def proofs() -> tuple[Proof, ...]:
    """Return every theorem with its proof or its refutation, found now."""
    return prove()
