# SPDX-License-Identifier: Apache-2.0
"""Values with a unit: exact, by one table, and refused where the table says nothing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lutalogic import Case, InputError, rule_base
from lutalogic.errors import BadValue
from lutalogic.units import Interval, fact, in_unit, number_text, outward

UNITS = rule_base().units
PAIRS = [(of, a, b, f) for of, table in UNITS.factors.items() for (a, b), f in table.items()]
NUMBERS = st.decimals("0.001", "9999", places=3)


def read(name: str, value: object) -> object:
    """Return a fact read with its unit."""
    return fact(rule_base().attributes[name], value, at=f"facts.{name}")


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("albumin_g_l", "4.2 g/dL", Fraction(42)),
        ("albumin_g_l", "4.2g/dl", Fraction(42)),
        ("albumin_g_l", "38 g/L", Decimal(38)),
        ("albumin_g_l", "<3 g/dL", "<30"),
        ("albumin_g_l", "≥ 3 g/dL", ">=30"),
        ("ki67_percent", "2-10 %", "2-10"),
        ("ki67_percent", "2 \u2013 10%", "2-10"),
        ("ki67_percent", "20 percent", Decimal(20)),
        ("planned_activity_gbq", "200 mCi", Fraction(37, 5)),
        ("planned_activity_gbq", "7400 MBq", Fraction(37, 5)),
        ("planned_interval_weeks", "56 days", Fraction(8)),
        ("planned_interval_weeks", "55 d", Fraction(55, 7)),
        ("hours_since_short_acting_octreotide", "1 day", Fraction(24)),
        ("days_since_long_acting_ssa", ">4 weeks", ">28"),
        ("days_since_long_acting_ssa", "672 h", Fraction(28)),
        ("bilirubin_x_uln", "3 \u00d7 ULN", Decimal(3)),
        ("largest_lymph_node_cm", "30 mm", Fraction(3)),
        ("requested_doses", "4 doses", Decimal(4)),
        ("creatinine_rise_percent", "-5 %", Decimal(-5)),
        ("egfr_ml_min_1_73m2", "60 mL/min/1.73 m²", Decimal(60)),
    ],
)
def test_a_value_with_a_unit_is_read_exactly(name: str, text: str, value: object) -> None:
    """By hand, in the attribute's own unit."""
    assert read(name, text) == value


@pytest.mark.parametrize("value", [5, 5.5, True, None, "5", "<5", "2-10", "never", "well", ["a"]])
def test_what_has_no_unit_is_left_as_it_is(value: object) -> None:
    """A case reads it, or refuses it."""
    found = read("days_since_long_acting_ssa", value)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("albumin_g_l", "4.2 mmol/L", "'mmol/L' is no unit known here; write g/L or g/dL"),
        ("albumin_g_l", "4.2 G/DL", "is no unit known here"),
        ("albumin_g_l", "4.2 mg/dL", "mg/dL does not convert into g/L; write g/L or g/dL"),
        ("creatinine_clearance_ml_min", "60 mL/min/1.73m2", "does not convert into mL/min"),
        ("creatinine_clearance_ml_min", "60 umol/L", "does not convert into mL/min"),
        ("prothrombin_ratio_percent", "1.2 INR", "no unit known"),
        ("who_grade", "2 %", "a plain number, without %"),
        ("ki67_percent", "12,5", "a comma is read two ways"),
        ("planned_activity_gbq", "7,400 MBq", "a comma is read two ways"),
        ("planned_activity_gbq", "7 400 MBq", "without spaces"),
        ("planned_activity_gbq", "7.4e3 MBq", "no unit known"),
        ("ki67_percent", "<2-10 %", "no value with a unit"),
        ("ki67_percent", "5 % or so", "no unit known"),
        ("ki67_percent", "5 %" + "x" * 190, "no unit known"),
    ],
)
def test_what_the_table_does_not_know_is_refused(name: str, text: str, words: str) -> None:
    """The error names the place and the units that can be written."""
    with pytest.raises(InputError) as told:
        read(name, text)
    assert words in told.value.message
    assert told.value.at == f"facts.{name}"


def test_creatinine_and_bilirubin_do_not_share_a_factor() -> None:
    """An amount of substance becomes a mass by the molar mass of that substance alone."""
    assert in_unit("88.4 umol/L", "mg/dL", of="creatinine", at="x").value == 1
    assert in_unit("17.1 umol/L", "mg/dL", of="bilirubin", at="x").value == 1
    with pytest.raises(InputError, match="does not convert"):
        in_unit("88.4 umol/L", "mg/dL", of="albumin", at="x")


@pytest.mark.parametrize("micro", ["u", "\u00b5", "\u03bc", "micro"])
def test_micro_is_written_in_four_ways(micro: str) -> None:
    """The micro sign and the Greek letter look alike and are two characters."""
    assert in_unit(f"44.2 {micro}mol/L", "mg/dL", of="creatinine", at="x").value == Fraction(1, 2)


@given(st.sampled_from(PAIRS), NUMBERS)
def test_units_round_trip(pair: tuple[str, str, str, Fraction], number: Decimal) -> None:
    """A number into another unit and back is the number, exactly, by every conversion."""
    of, one, other, factor = pair
    there = in_unit(f"{number} {one}", other, of=of, at="x").number
    back = in_unit(f"{number} {other}", one, of=of, at="x").number
    assert there == Fraction(number) * factor
    assert back is not None
    assert back * factor == Fraction(number)


@pytest.mark.parametrize("word", UNITS.names)
def test_every_spelling_is_its_unit(word: str) -> None:
    """A value in any spelling of a unit is the value in that unit."""
    assert in_unit(f"3 {word}", UNITS.names[word], at="x").value == 3


@given(NUMBERS, NUMBERS, st.fractions("1/100", 1000, max_denominator=999))
def test_the_ends_of_an_interval_move_outward_only(
    first: Decimal, second: Decimal, factor: Fraction
) -> None:
    """A converted interval holds every number that it held before, and hardly more."""
    low, high = sorted((first, second))
    interval = Interval("", (Fraction(low), Fraction(high))).times(factor)
    ends = [Fraction(end) for end in interval.text.split("-")]
    assert 0 <= Fraction(low) * factor - ends[0] < Fraction(1, 10**8)
    assert 0 <= ends[1] - Fraction(high) * factor < Fraction(1, 10**8)


@given(NUMBERS, st.fractions("1/100", 1000, max_denominator=999), st.sampled_from([">", "<="]))
def test_an_interval_that_is_converted_twice_does_not_drift(
    number: Decimal, factor: Fraction, sign: str
) -> None:
    """Its ends are exact, so that a factor and its inverse give back the text that was there."""
    interval = Interval(sign, (Fraction(number),))
    assert interval.times(factor).times(1 / factor).text == sign + number_text(Fraction(number))


@given(st.fractions(-5000, 5000, max_denominator=10**7))
def test_a_number_is_cut_and_never_rounded(number: Fraction) -> None:
    """What is shown does not lie beyond the number, and a mark says where something is cut."""
    shown = number_text(number)
    cut = Fraction(shown.removesuffix("…"))
    assert abs(cut) <= abs(number)
    assert abs(number - cut) < Fraction(1, 10**6)
    assert (cut == number) == (not shown.endswith("…"))


def test_a_number_just_below_a_limit_does_not_look_like_it() -> None:
    """39.9999999999... is not shown as 40."""
    assert number_text(Fraction(40) - Fraction(1, 3 * 10**12)) == "39.999999…"
    assert number_text(Fraction(-40) + Fraction(1, 3 * 10**12)) == "-39.999999…"
    assert outward(Fraction(2, 3), low=True) == "0.666666666"


@pytest.mark.parametrize(
    ("name", "written", "words"),
    [
        ("albumin_g_l", "4.2 g/dL", "write the number in g/L (42) without it"),
        ("ki67_percent", "5%", "write the number in % (5) without it"),
        ("hours_since_short_acting_octreotide", "3 d", "write the number in h (72) without it"),
        ("days_since_long_acting_ssa", "5 h", "write the number in d without it"),
        ("ki67_percent", "5 mg/dL", "neither a number nor an interval"),
        ("ki67_percent", "5 furlongs", "neither a number nor an interval"),
    ],
)
def test_a_case_says_what_to_write_for_a_unit(name: str, written: str, words: str) -> None:
    """The number itself where it ends as a decimal; and where units are read."""
    with pytest.raises(BadValue) as told:
        Case.from_mapping({name: written})
    assert words in told.value.message
    assert ("units are read in files" in told.value.message) == ("without it" in words)


def test_a_value_in_place_of_a_list_is_proposed_in_one() -> None:
    """The value that was meant, not another; where it is none, any."""
    for value, words in (("lanreotide", '["lanreotide"]'), ("x", '["')):
        with pytest.raises(BadValue) as told:
            Case.from_mapping({"disease_progression_on": value})
        assert f"write {words}" in told.value.message


def test_no_message_shows_how_a_number_is_kept() -> None:
    """A decimal is shown as it was written."""
    with pytest.raises(BadValue) as told:
        Case(age_years=Decimal("61.5"))
    assert told.value.message == "61.5 is not a whole number"
