# SPDX-License-Identifier: Apache-2.0
"""Values of a fact in words, as members and as JSON say one thing."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from lutalogic import Case, decide, rule_base
from lutalogic.cells import NUMERIC, cells_left
from lutalogic.possible import Span, possible
from lutalogic.ranges import Values

CLEARANCE = "creatinine_clearance_ml_min"


@pytest.mark.parametrize(
    ("fact", "known", "cells", "words", "inside", "outside"),
    [
        (CLEARANCE, ">0", (0,), "above 0 and below 40 mL/min", 39.9, 40),
        ("ki67_percent", "<100", (4, 5), "above 20 and below 100 %", 21, 20),
        ("ki67_percent", "<100", (0,), "below 3 %", 2.9, 3),
        ("planned_interval_weeks", None, (2,), "above 6 and below 8 weeks", 7, 8),
        ("planned_interval_weeks", None, (0, 1, 2, 4, 5), "other than 8 weeks", 7, 8),
        ("age_years", None, (1, 2, 3), "at least 12 years", 12, 11),
        ("requested_doses", None, (0, 2), "1 or 3", 3, 2),
        ("days_since_long_acting_ssa", None, (1, 2, 3), "at least 28 days or never", "never", 27),
        ("days_since_long_acting_ssa", None, (0, 1, 2), "other than never", 5, "never"),
        ("sstr_uptake", None, (0,), "above the liver", "above_liver", "none"),
        ("prior_taxane", None, (1,), "yes", True, False),
    ],
)
def test_words_and_members_agree(
    fact: str, known: object, cells: tuple[int, ...], words: str, inside: object, outside: object
) -> None:
    """An end that is not among the values is not named as one that is."""
    attribute = rule_base().attributes[fact]
    within = None if known is None else possible(attribute, known, fact)
    assert within is None or isinstance(within, Span)
    values = Values(fact, cells, within)
    assert values.words == words
    assert inside in values
    assert outside not in values
    assert values.value() in values
    json.dumps(values.as_json())


def test_every_cell_has_words_of_its_own_and_a_value_in_it() -> None:
    """Of each fact, no two cells read alike, and the example of each lies in it."""
    for name, attribute in rule_base().attributes.items():
        told = {Values(name, (cell,)).words for cell in range(len(attribute.cells))}
        assert len(told) == len(attribute.cells), name
        for cell in range(len(attribute.cells)):
            values = Values(name, (cell,))
            left = cells_left(attribute, possible(attribute, values.value(), name))
            assert list(left) == [cell], (name, cell)
            if attribute.type in NUMERIC:
                assert values.as_json()["values"], name


def test_json_is_json_whatever_the_numbers_were() -> None:
    """Decimals of a record come out as numbers."""
    decision = decide(
        Case(age_years=17, largest_lymph_node_cm=Decimal("3.5")), "premera_xofigo", on="2026-06-01"
    )
    told = json.dumps(decision.flips().as_json())
    assert '"now": 3.5' in told
