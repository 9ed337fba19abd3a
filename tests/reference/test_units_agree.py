# SPDX-License-Identifier: Apache-2.0
"""The units of billing and the units of input are the same units."""

from __future__ import annotations

from fractions import Fraction

from lutalogic import rule_base


def test_units_of_radioactivity_are_worth_the_same_in_bills_and_in_records() -> None:
    """What a unit is worth in becquerels is what a value with that unit is converted by."""
    worth = rule_base().knowledge.units
    conversions = rule_base().units.factors["any"]
    compared = [(a, b) for a, b in conversions if a in worth and b in worth]
    assert ("mCi", "GBq") in compared
    for a, b in compared:
        assert conversions[a, b] == Fraction(worth[a], worth[b])
