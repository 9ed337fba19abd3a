# SPDX-License-Identifier: Apache-2.0
"""The columnar engine against the reference engine, on every node of every policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lutalogic.engines.columnar import COLUMNAR
from lutalogic.engines.prolog import PROLOG
from tests.cohort.rows import cases, rows
from tests.differential.test_kanren import EVERY, asked, stated
from tests.strategies import DEEP, Coverage, sampled

if TYPE_CHECKING:
    from lutalogic.rules import Policy

#: Enough that each text and many readings have dozens of patients.
COUNT, KINDS = (20_000, 60) if DEEP else (300, 6)


@pytest.mark.parametrize("policy", EVERY, ids=lambda policy: policy.name)
def test_every_node_of_random_patients(policy: Policy) -> None:
    """On random patients, readings and dates, numbers often at limits or intervals: the same.

    Conditions on plausibility, of reference knowledge and of theorems are evaluated alike.
    """
    drawn = rows(COUNT, seed=23, kinds=KINDS)
    requests = [
        asked(policy, case, row.on, row.readings)
        for case, row in zip(cases(drawn), drawn, strict=True)
    ]
    coverage = Coverage(f"columnar engine, {requests[0].policy.name}")
    for wanted, found in zip(PROLOG.truths(requests), COLUMNAR.truths(requests), strict=True):
        assert found == wanted
        coverage.note(*set(wanted))
    coverage.demand(0.3, "t", "f", "u")


def test_whatever_the_tests_state_by_hand() -> None:
    """Every sample case, row of a case table, entry of reference knowledge and worked patient."""
    for name, some in stated().items():
        together = [
            asked(policy, facts, on, readings)
            for own, facts, on, readings in some
            for policy in own
        ]
        together = sampled(together, every=12)
        told = zip(together, PROLOG.truths(together), COLUMNAR.truths(together), strict=True)
        differ = [(r.policy.name, r.case.facts) for r, prolog, columns in told if prolog != columns]
        assert not differ, (name, differ[0])
        Coverage.reports.append(f"columnar engine, {name}: {len(together)} requests")
