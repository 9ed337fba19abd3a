# SPDX-License-Identifier: Apache-2.0
"""Records: what is refused and where, and how they go together with facts that are stated."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lutalogic import Case, InputError, decide, rule_base
from lutalogic.patient_files import Patient
from lutalogic.record import Record
from lutalogic.units import known_units
from tests.strategies import Coverage

if TYPE_CHECKING:
    from lutalogic.rules import Recorded

ON = date(2026, 6, 1)


def series(*items: dict[str, Any]) -> dict[str, Any]:
    """Return a record with a series of creatinine."""
    return {"creatinine": list(items)}


WRONG: dict[str, tuple[Any, str, str, str]] = {
    "no mapping": ([], "record", "request", "must be a mapping"),
    "unknown entry": ({"creatinin": 1}, "record.creatinin", "request", "did you mean creatinine?"),
    "no name": ({3: 1}, "record.3", "request", "no entry"),
    "unknown drug": (
        {"doses": {"lutatera": []}},
        "record.doses:lutatera",
        "request",
        "doses:lutathera",
    ),
    "group no mapping": ({"doses": []}, "record.doses", "request", "must be an object"),
    "entry twice": (
        {"doses": {"lutathera": []}, "doses:lutathera": []},
        "record.doses:lutathera",
        "request",
        "twice",
    ),
    "no list": ({"doses": {"lutathera": 2}}, "record.doses:lutathera", "request", "must be a list"),
    "no date": ({"birth_date": "2026-02-30"}, "record.birth_date", "date", "no calendar date"),
    "year only": ({"birth_date": "1965"}, "record.birth_date", "date", "no calendar date"),
    "date as number": ({"birth_date": 19650301}, "record.birth_date", "date", "no calendar date"),
    "foreign digits": (
        {"birth_date": "\uff11965-03-01"},
        "record.birth_date",
        "date",
        "no calendar",
    ),
    "time of birth": (
        {"birth_date": "1965-03-01T08:00"},
        "record.birth_date",
        "date",
        "YYYY-MM-DD",
    ),
    "born later": ({"birth_date": "2026-06-02"}, "record.birth_date", "date", "after the date of"),
    "no sex": ({"sex": "F"}, "record.sex", "value", "not one of female, male; write female"),
    "zone": (
        {"analogues": {"short_acting": ["2026-05-31T08:00+02:00"]}},
        "record.analogues:short_acting[0]",
        "date",
        "time zone",
    ),
    "zulu": (
        {"analogues": {"short_acting": ["2026-05-31T08:00Z"]}},
        "record.analogues:short_acting[0]",
        "date",
        "time zone",
    ),
    "hour 25": (
        {"analogues": {"short_acting": ["2026-05-31T25:00"]}},
        "record.analogues:short_acting[0]",
        "date",
        "no calendar date",
    ),
    "no weight": ({"weight": "heavy"}, "record.weight", "value", "no value with a unit"),
    "weight in g": ({"weight": "70000 g"}, "record.weight", "value", "write kg or lb"),
    "weight 0": ({"weight": "0 kg"}, "record.weight", "value", "not above 0"),
    "weight below 0": ({"weight": "-70 kg"}, "record.weight", "value", "not above 0"),
    "weight true": ({"weight": True}, "record.weight", "value", "not a number"),
    "value missing": (series({"date": "2026-05-28"}), "record.creatinine[0]", "request", "'value'"),
    "date missing": (
        series({"value": "1 mg/dL"}, {"date": "2026-05-28", "value": "1 mg/dL"}),
        "record.creatinine[0]",
        "request",
        "several values",
    ),
    "field unknown": (
        series({"date": "2026-05-28", "valeu": 1}),
        "record.creatinine[0]",
        "request",
        "mean value",
    ),
    "unit unknown": (
        series({"date": "2026-05-28", "value": "88 mol"}),
        "record.creatinine[0].value",
        "value",
        "write mg/dL or umol/L",
    ),
    "two baselines": (
        series(
            {"date": "2026-05-27", "value": "1 mg/dL", "baseline": True},
            {"date": "2026-05-28", "value": "1 mg/dL", "baseline": True},
        ),
        "record.creatinine[1]",
        "value",
        "second baseline",
    ),
    "baseline no boolean": (
        series({"date": "2026-05-28", "value": "1 mg/dL", "baseline": "yes"}),
        "record.creatinine[0].baseline",
        "value",
        "neither true nor false",
    ),
    "two values of a day": (
        series(
            {"date": "2026-05-28", "value": "1 mg/dL"}, {"date": "2026-05-28", "value": "2 mg/dL"}
        ),
        "record.creatinine[1]",
        "value",
        "another value of 2026-05-28",
    ),
    "one of them timed": (
        series(
            {"date": "2026-05-28", "value": "1 mg/dL"},
            {"date": "2026-05-28T08:00", "value": "2 mg/dL"},
        ),
        "record.creatinine[1]",
        "value",
        "another value of 2026-05-28",
    ),
    "later value": (
        series({"date": "2026-06-02", "value": "1 mg/dL"}),
        "record.creatinine[0]",
        "date",
        "after the date of",
    ),
    "no limit": ({"bilirubin": "2 mg/dL"}, "record.bilirubin", "request", "upper_limit"),
    "limit an interval": (
        {"bilirubin": {"value": "2 mg/dL", "upper_limit": "<1.2 mg/dL"}},
        "record.bilirubin.upper_limit",
        "value",
        "one number",
    ),
    "dose later": (
        {"doses": {"lutathera": ["2026-06-02"]}},
        "record.doses:lutathera[0]",
        "date",
        "after the date",
    ),
    "dose of the day": (
        {"doses": {"lutathera": ["2026-06-01"]}},
        "record.doses:lutathera[0]",
        "date",
        "asked for",
    ),
    "dose twice": (
        {"doses": {"lutathera": ["2026-05-01", "2026-05-01"]}},
        "record.doses:lutathera[1]",
        "value",
        "second dose on 2026-05-01",
    ),
    "no course": (
        {"doses": {"lutathera": [{"date": "2026-05-01", "course": "second"}]}},
        "record.doses:lutathera[0].course",
        "value",
        "not one of current, earlier",
    ),
    "activity in mg": (
        {"doses": {"lutathera": [{"date": "2026-05-01", "activity": "7.4 mg/dL"}]}},
        "record.doses:lutathera[0].activity",
        "value",
        "write GBq or MBq or mCi",
    ),
    "activity beyond any planned": (
        {"doses": {"lutathera": [{"date": "2026-05-01", "activity": "200 GBq"}]}},
        "record.doses:lutathera[0].activity",
        "range",
        "200 GBq lies outside the range 0 to 50 GBq; check the unit",
    ),
    "activity in the wrong unit": (
        {"doses": {"xofigo": [{"date": "2026-05-01", "activity": "2000 mCi"}]}},
        "record.doses:xofigo[0].activity",
        "range",
        "0 to 50 GBq",
    ),
    "albumin of the past": (
        {
            "albumin": [
                {"date": "2026-05-01", "value": "900 g/L"},
                {"date": "2026-05-28", "value": "40 g/L"},
            ]
        },
        "record.albumin[0].value",
        "range",
        "check the unit",
    ),
    "limit without its unit": (
        {"alt": {"value": "50 U/L", "upper_limit": 40}},
        "record.alt",
        "value",
        "of both, or of neither",
    ),
    "nobody is that old": ({"birth_date": "1880-01-01"}, "record.birth_date", "range", "0 to 120"),
    "hours beyond the range": (
        {"analogues": {"short_acting": ["1990-01-01"]}},
        "record.analogues:short_acting",
        "range",
        "0 to 200000 h",
    ),
    "no such clearance": (
        {"birth_date": "2000-01-01", "sex": "male", "weight": "70 kg", "creatinine": "1 umol/L"},
        "record.creatinine",
        "range",
        "0 to 300",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_record_is_refused_at_its_place(name: str) -> None:
    """Each error names the place, and says what to write."""
    record, at, kind, words = WRONG[name]
    with pytest.raises(InputError) as told:
        Record.from_mapping(record).facts(on=ON)
    assert (told.value.at, told.value.kind) == (at, kind), told.value
    assert words in told.value.message


def test_every_entry_of_the_rule_base_can_be_recorded() -> None:
    """Each kind of entry is read, and some fact follows from each in a full record."""
    fixed: dict[str, Any] = {"date": "1965-03-01", "one_of": "female", "times": ["2026-05-01"]}

    def entry(kept: Recorded) -> Any:
        value = f"{'70' if kept.unit == 'kg' else '1'} {kept.unit}"
        sample = {"date": "2026-05-28", "value": value}
        match kept.kind:
            case "series":
                return [sample | {"date": "2026-05-01", "baseline": True}, sample]
            case "series_with_limit":
                return sample | {"upper_limit": f"2 {kept.unit}"}
            case "doses":
                return [{"date": "2026-05-01", "activity": value, "course": "earlier"}]
            case kind:
                return fixed[kind]

    record = {name: entry(kept) for name, kept in rule_base().recorded.items()}
    derived = Record.from_mapping(record).facts(on=ON)
    open_ = {"planned_interval_weeks", "dose_reductions"}  # the doses are of an earlier course
    assert set(derived.facts) == {d.attribute for d in rule_base().derived} - open_
    assert Record.from_mapping(dict(Record.from_mapping({}).entries)) == Record.from_mapping({})


@pytest.mark.parametrize("name", [n for n, r in rule_base().recorded.items() if r.unit])
@pytest.mark.parametrize("number", [3, "3", Decimal("3.0"), "<3"])
def test_a_bare_number_is_refused_where_two_units_are_in_use(name: str, number: object) -> None:
    """Nobody can tell which was meant; where one unit alone is known, it is taken to be that."""
    kept = rule_base().recorded[name]
    factors = rule_base().units.factors
    several = any(kept.unit in pair for of in (name, "any") for pair in factors.get(of, {}))
    entry: Any = number
    if kept.kind == "doses":
        entry = [{"date": "2026-05-01", "activity": number}]
    elif kept.kind == "series_with_limit":
        entry = {"value": number, "upper_limit": 40}
    if not several:
        assert Record.from_mapping({name: entry}).entries
        return
    with pytest.raises(InputError, match=r"write the unit: <?3") as told:
        Record.from_mapping({name: entry})
    assert f"3 {kept.unit} or " in told.value.message


def test_where_a_bare_number_is_taken_is_no_accident() -> None:
    """Creatinine, weight, albumin, bilirubin and activities need their units; a ratio does not."""
    bare = {n for n, r in rule_base().recorded.items() if r.unit and len(units(r)) == 1}
    assert bare == {"prothrombin_ratio", "alt", "ast"}


def units(kept: Recorded) -> list[str]:
    """Return the units in which an entry may be written."""
    return known_units(kept.unit, kept.name)


def test_nothing_follows_from_an_empty_record() -> None:
    """What is not in the record is unknown."""
    assert Record.from_mapping({}).facts(on=ON).facts == {}
    assert Record.from_mapping(dict.fromkeys(rule_base().recorded)).facts(on=ON).facts == {}


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.decimals() | st.floats() | st.text(max_size=12)
    | st.dates(max_value=ON).map(str)
    | st.sampled_from(["0001-01-01", "2026-06-01T23:59", "5 mg/dL", "<5 kg", "1-2 g/L", "0.1 mCi"])
)  # fmt: skip
ITEMS = st.dictionaries(
    st.sampled_from(["date", "value", "upper_limit", "baseline", "activity", "course"]), SCALARS
)
ANYTHING = SCALARS | ITEMS | st.lists(SCALARS | ITEMS, max_size=3)
#: Like those of patients, so that some are read to the end.
LIKELY = st.lists(
    st.dates(date(1, 1, 1), ON).map(str)
    | st.fixed_dictionaries(
        {
            "date": st.dates(date(2020, 1, 1), ON).map(str),
            "value": st.integers(1, 90) | st.sampled_from(["70 kg", "88 umol/L", "40 g/L"]),
        },
        optional={"upper_limit": st.integers(1, 90)},
    ),
    max_size=1,
)
COVERED = Coverage("arbitrary records")


@given(
    st.dictionaries(
        st.sampled_from(sorted(rule_base().recorded)), ANYTHING | LIKELY | LIKELY | LIKELY,
        max_size=2,
    ),
    st.sampled_from([ON, date.max]),
)  # fmt: skip
def test_whatever_a_record_holds_it_is_read_or_refused(record: dict[str, Any], on: date) -> None:
    """Nothing but an error of input comes of it, and what follows makes a case."""
    try:
        case = Patient("A", {}, record=record).case(on=on)
    except InputError as error:
        COVERED.note("refused", "placed" if error.at.startswith("record") else "misplaced")
    else:
        COVERED.note("read", "with facts" if case.facts else "without")


def test_some_arbitrary_records_were_read() -> None:
    """The search above reached both ends."""
    if COVERED.counts:
        COVERED.demand(0.02, "refused", "read")
        assert "misplaced" not in COVERED.counts


RECORD = {"birth_date": "1966-01-01", "sex": "male", "weight": "72 kg"}


def case(facts: dict[str, Any], creatinine: object) -> Case:
    """Return the case of a patient with stated facts and a record."""
    return Patient("A", facts, record=RECORD | {"creatinine": creatinine}).case(on=ON)


CLEARANCE = "creatinine_clearance_ml_min"


@pytest.mark.parametrize(
    ("stated", "creatinine", "kept"),
    [
        (None, "1 mg/dL", Fraction(80)),
        (80, "1 mg/dL", Fraction(80)),
        (Decimal("61.5"), "1.3 mg/dL", Fraction(800, 13)),  # 61.538...
        (61.5, "1.3 mg/dL", Fraction(800, 13)),
        ("61.54 mL/min", "1.3 mg/dL", Fraction(800, 13)),
        ("60-65", "1.3 mg/dL", Fraction(800, 13)),
        (">=60", "1 mg/dL", Fraction(80)),
        (">=0", "1 mg/dL", Fraction(80)),
    ],
)
def test_a_fact_may_be_stated_and_derived_where_both_agree(
    stated: object, creatinine: object, kept: object
) -> None:
    """Equal, rounded as it is stated, or within the interval stated: the derived one is kept."""
    made = case({CLEARANCE: stated}, creatinine)
    assert made.facts[CLEARANCE] == kept
    assert "Cockcroft-Gault" in made.derivations[CLEARANCE]


@pytest.mark.parametrize(
    ("stated", "creatinine"),
    [
        (81, "1 mg/dL"),
        (Decimal("61.6"), "1.3 mg/dL"),
        (Decimal("61.50"), "1.3 mg/dL"),
        ("<80", "1 mg/dL"),
        (40, "2.001 mg/dL"),  # 39.98 rounds to 40, and the rules change their mind at 40
        (Decimal("40.0"), "2.0001 mg/dL"),
        (Fraction(123, 2), "1.3 mg/dL"),  # no precision is stated
    ],
)
def test_a_fact_that_is_stated_otherwise_is_refused(stated: object, creatinine: object) -> None:
    """Both are named, and one has to go; never does rounding carry a value over a limit."""
    with pytest.raises(InputError, match="take one away") as told:
        case({CLEARANCE: stated}, creatinine)
    assert told.value.at == f"facts.{CLEARANCE}"
    assert "Cockcroft-Gault" in told.value.message


def test_a_narrower_fact_is_taken() -> None:
    """Hours to the dose are an interval by the record; the hours stated, within it, are kept."""
    record = {"analogues": {"short_acting": ["2026-05-31T08:00"]}}
    name = "hours_since_short_acting_octreotide"
    made = Patient("A", {name: 25}, record=record).case(on=ON)
    assert made.facts[name] == 25
    assert name not in made.derivations
    for wrong in (41, "never", "<10"):
        with pytest.raises(InputError, match="take one away"):
            Patient("A", {name: wrong}, record=record).case(on=ON)
    with pytest.raises(InputError, match="take one away"):
        Patient("A", {"prior_lutathera_doses": 1}, record={"doses:lutathera": []}).case(on=ON)


def test_what_is_wrong_with_a_fact_is_told_as_such() -> None:
    """A fact out of range is that, and no disagreement with the record."""
    with pytest.raises(InputError) as told:
        case({CLEARANCE: 400}, "1 mg/dL")
    assert told.value.kind == "range"
    with pytest.raises(InputError) as told:
        case({"clearance": 4}, "1 mg/dL")
    assert told.value.kind == "attribute"


def test_a_case_keeps_derivations_with_the_facts_they_are_of() -> None:
    """They are no part of its value, and go when the fact changes."""
    made = case({}, "1 mg/dL")
    assert made == Case(age_years=60, creatinine_clearance_ml_min=80)
    assert hash(made) == hash(Case(age_years=60, creatinine_clearance_ml_min=80))
    assert set(made.derivations) == {"age_years", CLEARANCE}
    assert set(made.replace(age_years=61).derivations) == {CLEARANCE}
    assert set(made.replace(age_years=60, ecog=1).derivations) == {"age_years", CLEARANCE}
    assert set(made.replace(age_years=None).derivations) == {CLEARANCE}
    assert Case(age_years=60).derivations == {}
    with pytest.raises(TypeError):
        made.derivations["age_years"] = "x"  # type: ignore[index]
    for wrong in ({"ecog": "not documented"}, {"age_years": 3}, {"age": "no fact"}):
        with pytest.raises(InputError):
            made.with_derivations(wrong)  # type: ignore[arg-type]


def test_the_day_of_a_record_is_a_date_or_text() -> None:
    """As everywhere else; what is neither is refused as everywhere else."""
    record = Record.from_mapping({"birth_date": "1965-03-01"})
    assert record.facts(on="2026-06-01") == record.facts(on=ON)
    for wrong in ("01.06.2026", 20260601):
        with pytest.raises(InputError) as told:
            record.facts(on=wrong)  # type: ignore[arg-type]
        assert told.value.at == "on"


def test_a_patient_takes_a_record_or_its_mapping() -> None:
    """Both make the same case and the same remarks."""
    mapping = RECORD | {"creatinine": "1 mg/dL"}
    one = Patient("A", {}, record=mapping)
    other = Patient("A", {}, record=Record.from_mapping(mapping))
    assert one.case(on=ON) == other.case(on="2026-06-01")
    assert one.derived(on=ON) == other.derived(on="2026-06-01")


@pytest.mark.parametrize(
    "given",
    [Patient("A", {}, record=RECORD), Record.from_mapping(RECORD)],
    ids=["patient", "record"],
)
def test_what_is_no_case_yet_is_refused_with_the_way_to_one(given: Any) -> None:
    """A patient and a record have no date of service, so they have no facts yet."""
    with pytest.raises(InputError, match=r"no case yet; pass .*\.case\(on=\.\.\.\)"):
        decide(given, "premera_xofigo", on=ON)
