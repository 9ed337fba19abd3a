# SPDX-License-Identifier: Apache-2.0
"""The suite that comes with the package, and its vectors as batches for the parallel evaluator."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lutalogic.conformance.kills import Known, read_kills
from lutalogic.conformance.suite import PACKAGED, Suite, read_suite
from lutalogic.conformance.telling_apart import batch

if TYPE_CHECKING:
    from lutalogic.conformance.parallel import Batch
    from lutalogic.conformance.vector import Vector


@cache
def shipped() -> Suite:
    """Return the suite that comes with the package."""
    return read_suite(PACKAGED)


@cache
def known(policy: str) -> tuple[Known, ...]:
    """Return what the package says of the mistakes in a policy."""
    return tuple(each for each in read_kills(PACKAGED) if each.policy == policy)


@cache
def vectors(policy: str) -> tuple[Vector, ...]:
    """Return the vectors of a policy, in the order of their numbers."""
    return tuple(v for v in shipped().vectors if v.policy == policy)


@cache
def asked(policy: str) -> Batch:
    """Return the vectors of a policy as a batch."""
    return batch(policy, [v.request for v in vectors(policy)])
