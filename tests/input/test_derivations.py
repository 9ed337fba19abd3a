# SPDX-License-Identifier: Apache-2.0
"""Facts that follow from a record: by hand, at the limits, and by their own arithmetic."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lutalogic import rule_base
from lutalogic.errors import BadValue
from lutalogic.record import Derived, Record
from lutalogic.units import number_text
from tests.strategies import Coverage

ON = date(2026, 6, 1)


def derived(record: dict[str, Any], on: date = ON) -> Derived:
    """Return what follows from a record."""
    return Record.from_mapping(record).facts(on=on)


def value(record: dict[str, Any], name: str, on: date = ON) -> Any:
    """Return one fact that follows from a record; None if it does not."""
    return derived(record, on).facts.get(name)


def dose(day: str, activity: str | None = None, course: str | None = None) -> dict[str, Any]:
    """Return a dose as a record has it."""
    return {"date": day, "activity": activity, "course": course}


DRUGS = ("lutathera", "pluvicto", "xofigo")


def given_doses(**doses: list[Any]) -> dict[str, Any]:
    """Return a record of the doses of every drug; one that is not named was not given."""
    return {"doses": {drug: [] for drug in DRUGS} | doses}


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("1965-06-01", "2026-06-01", 61),
        ("1965-06-02", "2026-06-01", 60),
        ("2026-06-01", "2026-06-01", 0),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2008-02-29", "2028-02-29", 20),
        ("2013-12-31", "2026-01-01", 12),
    ],
)
def test_age_is_in_completed_years(born: str, on: str, years: int) -> None:
    """A birthday completes a year; born on 29 February, 1 March does in other years."""
    assert value({"birth_date": born}, "age_years", date.fromisoformat(on)) == years


def clearance(creatinine: object, **changes: object) -> dict[str, Any]:
    """Return a record from which a clearance follows."""
    record: dict[str, Any] = {"birth_date": "1966-01-01", "sex": "male", "weight": "72 kg"}
    return record | {"creatinine": creatinine} | changes


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (clearance("1 mg/dL"), Fraction(80)),  # (140 - 60) x 72 / (72 x 1)
        (clearance("2 mg/dL"), Fraction(40)),
        (clearance("2.0001 mg/dL"), Fraction(80 * 72) / (72 * Fraction("2.0001"))),
        (clearance("1.9999 mg/dL"), Fraction(80 * 72) / (72 * Fraction("1.9999"))),
        (clearance("176.8 umol/L"), Fraction(40)),
        (clearance("1 mg/dL", sex="female"), Fraction(68)),
        (clearance("1 mg/dL", weight="100 lb"), Fraction(80) * Fraction("45.359237") / 72),
    ],
)
def test_the_clearance_is_that_of_cockcroft_and_gault(
    record: dict[str, Any], expected: Fraction
) -> None:
    """Exact, so that 40 is 40 and what is next to it is not."""
    assert value(record, "creatinine_clearance_ml_min") == expected


@pytest.mark.parametrize("missing", ["birth_date", "sex", "weight", "creatinine"])
def test_no_clearance_without_each_of_its_entries(missing: str) -> None:
    """A weight that is missing is not guessed, nor is a sex."""
    record = clearance("1 mg/dL")
    del record[missing]
    assert value(record, "creatinine_clearance_ml_min") is None
    assert value(clearance("1 mg/dL") | {missing: None}, "creatinine_clearance_ml_min") is None


SERIES: list[dict[str, Any]] = [
    {"date": "2026-01-05", "value": "1 mg/dL", "baseline": True},
    {"date": "2026-05-28", "value": "1.4 mg/dL"},
]


def test_a_rise_of_exactly_forty_percent_is_that() -> None:
    """1.0 to 1.4 mg/dL is 40 %, whatever binary fractions say; in umol/L alike."""
    assert value({"creatinine": SERIES}, "creatinine_rise_percent") == 40
    micromoles = [
        {"date": "2026-01-05", "value": "70 umol/L", "baseline": True},
        {"date": "2026-05-28", "value": "98 umol/L"},
    ]
    assert value({"creatinine": micromoles}, "creatinine_rise_percent") == 40
    below = [micromoles[0], {"date": "2026-05-28", "value": "97.99 umol/L"}]
    assert value({"creatinine": below}, "creatinine_rise_percent") < 40


def test_the_fall_of_the_clearance_takes_each_day_as_it_was() -> None:
    """Age and weight of the baseline's day for the baseline; of now for now."""
    record = clearance(
        [
            {
                "date": "2025-12-31",
                "value": "1 mg/dL",
                "baseline": True,
            },  # 59 years: 81 x 80 / 72 = 90
            {"date": "2026-05-28", "value": "1.5 mg/dL"},  # 60 years: 80 x 67.5 / (72 x 1.5) = 50
        ],
        weight=[
            {"date": "2025-12-01", "value": "80 kg"},
            {"date": "2026-05-28", "value": "67.5 kg"},
        ],
    )
    assert value(record, "creatinine_clearance_ml_min") == 50
    assert value(record, "creatinine_clearance_fall_percent") == Fraction(400, 9)


@pytest.mark.parametrize(
    "record",
    [
        {"creatinine": SERIES[1:]},
        {"creatinine": SERIES[:1]},
        {"creatinine": [SERIES[0] | {"baseline": False}, SERIES[1]]},
        {"creatinine": [SERIES[0] | {"baseline": False}, SERIES[1] | {"baseline": True}]},
        {"creatinine": [SERIES[0], SERIES[1] | {"value": "<1.5 mg/dL"}]},
        {"creatinine": []},
    ],
)
def test_no_rise_without_a_baseline_and_a_later_value(record: dict[str, Any]) -> None:
    """Neither that nothing rose, nor that something did."""
    assert value(record, "creatinine_rise_percent") is None


def test_no_fall_without_a_weight_of_the_time_of_the_baseline() -> None:
    """A weight without a date, or of a later one, says nothing of the clearance then."""
    name = "creatinine_clearance_fall_percent"
    for weight in ("70 kg", [{"date": "2026-01-06", "value": "70 kg"}]):
        told = derived(clearance(SERIES, weight=weight))
        assert name not in told.facts
        assert any(name in r and "no weight is dated" in r for r in told.remarks)
    assert (
        value(clearance(SERIES, weight=[{"date": "2026-01-05", "value": "70 kg"}]), name)
        is not None
    )


def test_the_last_value_decides() -> None:
    """By date and time of day, in whatever order they stand."""
    samples = [
        {"date": "2026-05-28T14:00", "value": "4.0 g/dL"},
        {"date": "2026-05-27", "value": "2 g/dL"},
        {"date": "2026-05-28T09:00", "value": "3 g/dL"},
    ]
    assert value({"albumin": samples}, "albumin_g_l") == 40
    assert value({"albumin": "<2 g/dL"}, "albumin_g_l") == "<20"


def test_multiples_of_the_upper_limit() -> None:
    """Bilirubin over its limit; the higher of both transaminases; at least the one known."""
    limit = {"date": "2026-05-28", "value": "3.6 mg/dL", "upper_limit": "1.2 mg/dL"}
    assert value({"bilirubin": limit}, "bilirubin_x_uln") == 3
    assert value({"bilirubin": limit | {"value": "<0.3 mg/dL"}}, "bilirubin_x_uln") == "<0.25"
    alt, ast = {"value": 100, "upper_limit": 40}, {"value": 105, "upper_limit": 35}
    assert value({"alt": alt, "ast": ast}, "transaminase_x_uln") == 3
    assert value({"alt": alt}, "transaminase_x_uln") == ">=2.5"


@pytest.mark.parametrize(
    ("value_", "limit", "multiple", "told"),
    [
        (">61.5 umol/L", "20.5 umol/L", ">3", ">61.5 umol/L / 20.5 umol/L = >3 x ULN"),
        ("<=51.3 umol/L", "1 mg/dL", "<=3", "(<=51.3 umol/L / 17.1) / 1 mg/dL = <=3 x ULN"),
        ("17-34 umol/L", "17 umol/L", "1-2", "= 1-2 x ULN"),
        (">1 mg/dL", "3 mg/dL", ">0.333333333", "= >0.333333… x ULN, taken as >0.333333333"),
        ("<1 mg/dL", "3 mg/dL", "<0.333333334", "= <0.333333… x ULN, taken as <0.333333334"),
    ],
)
def test_an_interval_is_converted_exactly(
    value_: str, limit: str, multiple: str, told: str
) -> None:
    """Rounded once, at the end and outward, and only where the end has no decimal form."""
    record = {"bilirubin": {"value": value_, "upper_limit": limit}}
    assert value(record, "bilirubin_x_uln") == multiple
    [derivation] = derived(record).derivations
    assert told in derivation.sentence


@pytest.mark.parametrize(
    ("alt_day", "ast_day", "multiple"),
    [
        ("2026-05-28", "2026-05-28", 6),
        ("2026-04-28", "2026-05-28", 6),
        ("2026-04-27", "2026-05-28", ">=1"),
        ("2016-05-28", "2026-05-28", ">=1"),
        ("2026-05-28", "2016-05-28", ">=6"),
        (None, None, 6),
        (None, "2026-05-28", 6),
        ("2016-05-28", None, ">=1"),
    ],
)
def test_transaminases_are_compared_at_one_time(
    alt_day: str | None, ast_day: str | None, multiple: object
) -> None:
    """A value of long before is no value of now: the later one alone is a lower bound."""
    alt = {"date": alt_day, "value": 240, "upper_limit": 40}
    ast = {"date": ast_day, "value": 40, "upper_limit": 40}
    told = derived({"alt": alt, "ast": ast})
    assert told.facts["transaminase_x_uln"] == multiple
    assert ("days older" in told.derivations[0].sentence) == isinstance(multiple, str)


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        ("creatinine", "5--3 mg/dL"),
        ("creatinine", "-5-3 mg/dL"),
        ("albumin", "0-0 g/L"),
        ("albumin", "<0 g/L"),
        ("weight", "<=0 kg"),
    ],
)
def test_no_value_of_a_record_is_below_zero(entry: str, written: str) -> None:
    """In intervals too: nothing that is measured lies there."""
    with pytest.raises(BadValue, match="not above 0"):
        Record.from_mapping({entry: written})


@pytest.mark.parametrize("baseline_first", [True, False])
def test_the_baseline_is_not_later_than_itself(baseline_first: bool) -> None:
    """The same value of the same moment once more is no later value, in whatever order."""
    first = {"date": "2026-05-28", "value": "1 mg/dL", "baseline": True}
    again = {"date": "2026-05-28", "value": "1 mg/dL"}
    both = [first, again] if baseline_first else [again, first]
    for name in ("creatinine_rise_percent", "creatinine_clearance_fall_percent"):
        told = derived(clearance(both, weight=[{"date": "2026-05-01", "value": "72 kg"}]))
        assert name not in told.facts
        assert any(name in r and "no value after the baseline" in r for r in told.remarks)
    later = {"date": "2026-05-29", "value": "1.5 mg/dL"}
    assert value({"creatinine": [*both, later]}, "creatinine_rise_percent") == 50
    timed = [first | {"date": "2026-05-28T08:00"}, again | {"date": "2026-05-28T09:00"}]
    assert value({"creatinine": timed}, "creatinine_rise_percent") == 0


def test_doses_are_counted() -> None:
    """An empty history is a documented none; one that is not there is unknown."""
    assert value({"doses": {"lutathera": []}}, "prior_lutathera_doses") == 0
    record = {"doses": {"lutathera": ["2026-01-05", dose("2026-03-02")]}}
    assert value(record, "prior_lutathera_doses") == 2
    assert value(record, "prior_pluvicto_doses") is None


def test_whether_doses_belong_to_an_earlier_course() -> None:
    """Only where each dose says its course, and the drugs that were given agree."""
    name = "prior_doses_in_earlier_course"
    old, new, open_ = (
        dose(f"2020-01-0{i}", course=c) for i, c in enumerate(("earlier", "current", None), 1)
    )
    assert value(given_doses(lutathera=[old]), name) is True
    assert value(given_doses(lutathera=[old, new]), name) is False
    assert value(given_doses(lutathera=[old, open_]), name) is None
    assert value(given_doses(), name) is None
    assert value(given_doses(lutathera=[old], pluvicto=[new]), name) is None
    assert value(given_doses(lutathera=[old], pluvicto=[open_]), name) is None
    both = derived(given_doses(lutathera=[old], pluvicto=[old]))
    assert both.facts[name] is True
    assert any("the same for lutathera and pluvicto" in d.sentence for d in both.derivations)


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        *(("prior_doses_in_earlier_course", drug) for drug in DRUGS),
        ("planned_interval_weeks", "lutathera"),
        ("planned_interval_weeks", "pluvicto"),
    ],
)
def test_a_history_that_is_not_there_is_not_taken_for_none(missing: str, name: str) -> None:
    """What one drug says of courses and intervals waits for what is known of the others."""
    drug = next(drug for drug in DRUGS if drug != missing)
    record = given_doses(**{drug: [dose("2026-04-06", course="current")]})
    assert value(record, name) is not None
    del record["doses"][missing]
    told = derived(record)
    assert name not in told.facts
    assert any(name in r and f"whether {missing} was given" in r for r in told.remarks)


def test_reductions_are_those_of_one_drug() -> None:
    """Doses of another drug make no reduction, and no documented lack of one."""
    steps = [dose("2026-01-05", "7.4 GBq", "current"), dose("2026-03-02", "5.9 GBq", "current")]
    assert value({"doses": {"lutathera": steps}}, "dose_reductions") is None
    assert value(given_doses(pluvicto=steps), "dose_reductions") == 1
    earlier = [step | {"course": "earlier"} for step in steps]
    assert value(given_doses(pluvicto=earlier), "dose_reductions") is None
    assert value(given_doses(pluvicto=steps[:1], lutathera=steps), "dose_reductions") == 0


def test_lutathera_in_an_earlier_course_is_radiolabeled_therapy() -> None:
    """That none was given says nothing of other radiolabeled analogues."""
    name = "prior_radiolabeled_ssa_therapy"
    assert value({"doses": {"lutathera": [dose("2020-01-01", course="earlier")]}}, name) is True
    assert value({"doses": {"lutathera": [dose("2020-01-01", course="current")]}}, name) is None
    assert value({"doses": {"lutathera": []}}, name) is None


@pytest.mark.parametrize(
    ("last", "weeks"),
    [("2026-04-06", Fraction(8)), ("2026-04-05", Fraction(57, 7)), ("2026-04-07", Fraction(55, 7))],
)
def test_the_interval_is_in_exact_weeks(last: str, weeks: Fraction) -> None:
    """A day more or less than eight weeks is not eight weeks, and the sentence says so."""
    told = derived(given_doses(lutathera=["2026-01-05", dose(last, course="current")]))
    assert told.facts["planned_interval_weeks"] == weeks
    [sentence] = [d.sentence for d in told.derivations if d.attribute == "planned_interval_weeks"]
    assert ("not whole weeks" in sentence) == (weeks != 8)


def test_no_interval_from_another_course_or_another_drug() -> None:
    """A dose of an earlier course is no beginning of an interval, nor is one of two drugs."""
    name = "planned_interval_weeks"
    new = dose("2026-04-06", course="current")
    for changed, words in (
        ({"course": "earlier"}, "an earlier course"),
        ({"course": None}, "does not say its course"),
        ({"date": "2020-01-01"}, "more than 104 weeks ago"),
    ):
        told = derived(given_doses(lutathera=[new | changed]))
        assert name not in told.facts
        assert any(name in remark and words in remark for remark in told.remarks)
    assert value(given_doses(lutathera=[new], pluvicto=[new]), name) is None
    assert value(given_doses(xofigo=[new]), name) is None
    assert value(given_doses(lutathera=[new], xofigo=["2026-05-04"]), name) == 8
    assert value(given_doses(), name) is None


@pytest.mark.parametrize(
    ("activities", "count"),
    [
        ([], 0),
        (["7.4 GBq", "7.4 GBq"], 0),
        (["7.45 GBq", "7.35 GBq"], 0),
        (["7.4 GBq", "5.9 GBq", "5.9 GBq"], 1),
        (["200 mCi", "5.9 GBq"], 1),
        (["7.4 GBq", "5.9 GBq", "4.7 GBq"], 2),
        (["10 GBq", "9 GBq"], 1),
        (["10 GBq", "9.8 GBq"], 0),
        (["10 GBq", "9.1 GBq"], None),
        (["7.4 GBq", "7.3 GBq", "7.2 GBq"], None),
        (["7.4 GBq", None], None),
    ],
)
def test_steps_down_are_counted(activities: list[str | None], count: int | None) -> None:
    """Measurement is no reduction; what is neither clearly one nor clearly none is left open."""
    doses = [dose(f"2026-0{i}-01", a, "current") for i, a in enumerate(activities, 1)]
    assert value({"doses": {"pluvicto": doses}}, "dose_reductions") == count
    unlabelled = [d | {"course": None} for d in doses]
    expected = count if count == 0 else None
    assert value({"doses": {"pluvicto": unlabelled}}, "dose_reductions") == expected


def test_days_and_hours_since_an_analogue() -> None:
    """Days are of dates; hours run to some time on the date of service, which is an interval."""
    long, short = "days_since_long_acting_ssa", "hours_since_short_acting_octreotide"
    assert value({"analogues": {"long_acting": ["2026-05-04", "2026-04-01"]}}, long) == 28
    assert value({"analogues": {"long_acting": []}}, long) == "never"
    assert value({"analogues": {"short_acting": []}}, short) == "never"
    for when, hours in {
        "2026-05-31": "0-48",
        "2026-05-30": "24-72",
        "2026-05-31T08:00": "16-40",
        "2026-05-31T00:00": "24-48",
        "2026-05-31T08:20": "15.666666666-39.666666667",
    }.items():
        assert value({"analogues": {"short_acting": ["2026-05-01", when]}}, short) == hours


@pytest.mark.parametrize("entry", ["long_acting", "short_acting"])
@pytest.mark.parametrize("when", ["2026-06-01", "2026-06-01T06:30"])
def test_an_analogue_of_the_day_of_the_dose_may_follow_it(entry: str, when: str) -> None:
    """It leaves open what lies between it and the one before, and all if there is none."""
    told = derived({"analogues": {entry: [when]}})
    assert told.facts == {}
    assert all("before the dose or after it is not known" in remark for remark in told.remarks)
    assert len(told.remarks) == 1
    both = derived({"analogues": {entry: [when, "2026-05-04"]}})
    assert list(both.facts.values()) == ["0-28" if entry == "long_acting" else "0-696"]


@pytest.mark.parametrize(
    ("when", "on", "hours"),
    [
        ("2026-03-08T00:00", "2026-03-09", "23-49"),
        ("2026-03-07", "2026-03-09", "23-73"),
        ("2026-11-01T23:30", "2026-11-02", "0-25.5"),
        ("2026-02-27T00:00", "2026-02-28", "24-48"),
        ("2026-02-28T00:00", "2026-03-01", "23-49"),
        ("2024-06-01T00:00", "2026-06-01", "17519-17545"),
    ],
)
def test_clocks_may_have_changed(when: str, on: str, hours: str) -> None:
    """Local times say no zone, so that in months in which clocks change an hour is open."""
    record = {"analogues": {"short_acting": [when]}}
    name = "hours_since_short_acting_octreotide"
    assert value(record, name, date.fromisoformat(on)) == hours


MULTIPLIED = re.compile(r"(?<=[\w)]) x (?=[\d(])")
WORDS = sorted(rule_base().units.names, key=len, reverse=True)


def evaluated(expression: str) -> Fraction:
    """Return what an arithmetic expression with units is, exactly."""
    plain = MULTIPLIED.sub(" * ", expression)
    for word in WORDS:
        plain = re.sub(rf"(?<=\d) {re.escape(word)}(?![\w/])", "", plain)
    assert re.fullmatch(r"[-\d. +*/()]+", plain), expression
    result = eval(re.sub(r"\d+(\.\d+)?", r"Fraction('\g<0>')", plain), {"Fraction": Fraction})
    assert isinstance(result, Fraction)
    return result


EQUATION = re.compile(r"(?:^|(?:\w+: )|; )(?P<left>[\d(][^=:;]*) = (?P<right>-?\d+(?:\.\d+)?…?)")
ROUND = st.decimals("0.5", "9", places=2).map(str)


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a record with values in several units."""
    days = sorted(draw(st.sets(st.integers(0, 400), min_size=2, max_size=4)))
    dates = [(ON - timedelta(days=day)).isoformat() for day in reversed(days)]
    unit = st.sampled_from(["mg/dL", "umol/L"])
    first, limit = draw(unit), draw(unit)
    return {
        "birth_date": draw(st.dates(date(1930, 1, 1), date(2010, 1, 1))).isoformat(),
        "sex": draw(st.sampled_from(["female", "male"])),
        "weight": [
            {"date": d, "value": draw(st.sampled_from(["60 kg", "90.5 kg", "150 lb", "199.9 lb"]))}
            for d in dates
        ],
        "creatinine": [
            {"date": d, "value": f"{_creatinine(draw, u)} {u}", "baseline": i == 0}
            for i, (d, u) in enumerate((d, draw(st.sampled_from([first, "mg/dL"]))) for d in dates)
        ],
        "albumin": f"{draw(ROUND)} g/dL",
        "bilirubin": {
            "value": f"{draw(ROUND)} {first}",
            "upper_limit": f"{draw(st.integers(2, 30))} {limit}",
        },
        "alt": {"value": draw(st.integers(5, 90)), "upper_limit": draw(st.integers(30, 50))},
        "ast": {"value": draw(st.integers(5, 90)), "upper_limit": draw(st.integers(30, 50))},
    }


def _creatinine(draw: st.DrawFn, unit: str) -> object:
    if unit == "mg/dL":
        return draw(st.decimals("0.7", "1.6", places=2))
    return draw(st.integers(62, 150))


COVERED = Coverage("derivations evaluated")


@given(records())
def test_the_arithmetic_of_a_derivation_gives_its_value(record: dict[str, Any]) -> None:
    """Each equation in each sentence holds to the digits shown, and one of them is the fact."""
    for derivation in derived(record).derivations:
        if derivation.attribute == "age_years" or not isinstance(derivation.value, Fraction):
            continue
        shown = []
        for equation in EQUATION.finditer(derivation.sentence):
            exact = evaluated(equation["left"])
            assert number_text(exact) == equation["right"], derivation.sentence
            shown.append(exact)
        if derivation.attribute.endswith("fall_percent"):
            assert derivation.value == (shown[0] - shown[1]) / shown[0] * 100
            assert f"a fall of {number_text(derivation.value)} %" in derivation.sentence
        else:
            assert derivation.value in shown, derivation.sentence
        COVERED.note(derivation.attribute)


def test_each_kind_of_arithmetic_was_evaluated() -> None:
    """The search above reached every attribute that has an equation."""
    if COVERED.counts:
        COVERED.demand(
            0.05, "creatinine_clearance_ml_min", "creatinine_clearance_fall_percent",
            "creatinine_rise_percent", "albumin_g_l", "bilirubin_x_uln", "transaminase_x_uln",
        )  # fmt: skip
