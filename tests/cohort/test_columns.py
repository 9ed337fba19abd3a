# SPDX-License-Identifier: Apache-2.0
"""What a cohort table may look like, what is refused, and how it is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import inf, nan, nextafter
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lutalogic import InputError, cohort, decide, rule_base
from lutalogic.doubles import double, ends
from lutalogic.errors import BadRequest, BadRows
from lutalogic.possible import Span
from tests.cohort.rows import NUMERIC, Row, rows, table

if TYPE_CHECKING:
    from lutalogic.rules import Attribute

ON = "2026-06-01"
XOFIGO = "premera_xofigo"
NODE = "largest_lymph_node_cm"


def outcomes(frame: Any, policy: str = XOFIGO, **options: Any) -> list[Any]:
    """Return the outcomes of a table."""
    return list(cohort.decide(frame, policy, **({"on": ON} | options))[f"{policy}:outcome"])


def truths(frame: Any, criterion: str, policy: str) -> list[Any]:
    """Return the truth of a criterion for each row."""
    decided = cohort.decide(frame, policy, on=ON, criteria=True)
    return list(decided[f"{policy}:{criterion}"])


@pytest.fixture(scope="module")
def people() -> list[Row]:
    """Return some random rows."""
    return rows(300, seed=5, kinds=1)


def test_pandas_and_arrow_come_back_as_they_went(people: list[Row]) -> None:
    """The same rows in the same order, with their own index, and the same decisions."""
    frame = table(people, circumstances=False)
    stated = cohort.decide(frame, on=ON, explain=True, criteria=True)
    arrow = cohort.decide(frame.to_arrow(), on=ON, explain=True, criteria=True)
    assert isinstance(arrow, pa.Table)
    assert arrow.column_names == stated.columns
    own = frame.to_pandas().set_index(pd.Index(range(1000, 1000 + frame.height)))
    pandas = cohort.decide(own, on=ON, explain=True, criteria=True)
    assert isinstance(pandas, pd.DataFrame)
    assert list(pandas.index) == list(own.index)
    assert list(pandas.columns) == stated.columns
    for name in stated.columns[frame.width :]:
        wanted = stated[name].to_list()
        assert arrow[name].to_pylist() == wanted, name
        got = (
            [
                None if each is None or each is nan or each != each else each
                for each in pandas[name].astype(object)
            ]
            if not isinstance(stated[name].dtype, pl.List)
            else [list(each) for each in pandas[name]]
        )
        assert got == wanted, name
    batch = cohort.decide(frame.to_arrow().to_batches()[0], on=ON)
    assert isinstance(batch, pa.RecordBatch)
    assert batch.num_rows == frame.height


@pytest.mark.parametrize(
    "column",
    [
        pl.Series(["3", "3.1", "<3", None]),
        pl.Series([3.0, 3.1, 2.9, None]),
        pl.Series([3.0, 3.1, 2.9, None], dtype=pl.Float32),
        pl.Series([Decimal("3.0"), Decimal("3.1"), Decimal("2.9"), None]),
        pl.Series(
            [Decimal(3), Decimal("3." + "0" * 25 + "1"), Decimal(2), None], dtype=pl.Decimal(30, 26)
        ),
        pl.Series(["3.0", "3.0000000000000000000001", "2.9999999999999999999", None]),
        pl.Series(["3", "3.1", "<3", None]).cast(pl.Categorical),
    ],
    ids=["text", "double", "single", "decimal", "long decimal", "long text", "categories"],
)
def test_numbers_are_compared_as_the_decimals_they_are(column: pl.Series) -> None:
    """At most 3 cm: 3 is, 3.1 is not, whatever the column's type, and to any number of digits."""
    base = {"visceral_metastases": False, "liver_metastases": False}
    frame = pl.DataFrame({NODE: column}).with_columns(
        pl.lit(each).alias(name) for name, each in base.items()
    )
    assert truths(frame, "X-4", XOFIGO) == ["true", "false", "true", "unknown"]


def test_whole_numbers_of_any_width() -> None:
    """Ages as 8 to 64 bits, with and without sign, or as doubles."""
    kinds = [pl.Int8, pl.UInt8, pl.Int16, pl.Int32, pl.UInt64, pl.Int64, pl.Float64, pl.Float32]
    for kind in kinds:
        frame = pl.DataFrame({"age_years": pl.Series([17, 18, None], dtype=kind)})
        assert truths(frame, "X-1", XOFIGO) == ["false", "true", "unknown"]


def test_intervals_in_two_columns() -> None:
    """Both ends belong to the interval; one that is not stated is the end of the range."""
    frame = pl.DataFrame(
        {"age_years:low": [18, 12, None, None, 18], "age_years:high": [60, 30, 17, None, None]}
    )
    assert truths(frame, "X-1", XOFIGO) == ["true", "unknown", "false", "unknown", "true"]
    exact = pl.DataFrame(
        {
            f"{NODE}:low": pl.Series([Decimal("3." + "0" * 19 + "1")], dtype=pl.Decimal(38, 20)),
            f"{NODE}:high": pl.Series([Decimal("3." + "0" * 19 + "1")], dtype=pl.Decimal(38, 20)),
        }
    ).with_columns(visceral_metastases=False, liver_metastases=False)
    assert truths(exact, "X-4", XOFIGO) == ["false"]
    single = pl.DataFrame(
        {
            "planned_activity_gbq:low": pl.Series([7.35], dtype=pl.Float32),
            "planned_activity_gbq:high": pl.Series([7.45], dtype=pl.Float32),
        }
    )
    assert truths(single, "W-6", "wellmark_lutathera") == ["true"]
    only_low = pl.DataFrame({"age_years:low": [18, 17]})
    assert truths(only_low, "X-1", XOFIGO) == ["true", "unknown"]


def test_longer_ago_than_any_limit() -> None:
    """`never` stands in text, or in a Boolean column beside the numbers."""
    text = pl.DataFrame(
        {
            "days_since_long_acting_ssa": ["never", "27", "28", None],
            "hours_since_short_acting_octreotide": ["never", "never", "24", "never"],
            "request_type": "initial",
        }
    )
    wanted = ["true", "false", "true", "unknown"]
    assert truths(text, "L-4", "premera_lutathera") == wanted
    beside = text.with_columns(
        pl.col(name).replace("never", None).cast(pl.Int32)
        for name in ("days_since_long_acting_ssa", "hours_since_short_acting_octreotide")
    ).with_columns(
        (text[name] == "never").alias(f"{name}:never")
        for name in ("days_since_long_acting_ssa", "hours_since_short_acting_octreotide")
    )
    assert truths(beside, "L-4", "premera_lutathera") == wanted


def test_sets_as_lists_and_as_text() -> None:
    """An empty list is a documented none; null is unknown; members may stand twice."""
    lists = [["enzalutamide", "enzalutamide"], [], None, ["other", "abiraterone"]]
    wanted = ["true", "false", "unknown", "true"]
    name = "prior_ar_pathway_inhibitors"
    options = rule_base().attributes[name].values
    for column in (
        pl.Series(lists, dtype=pl.List(pl.String)),
        pl.Series(lists, dtype=pl.List(pl.Enum(options))),
        pl.Series(lists, dtype=pl.List(pl.Enum(options[::-1]))),
        pl.Series(["enzalutamide", "none", None, "other; abiraterone"]),
    ):
        assert truths(pl.DataFrame({name: column}), "P-4", "premera_pluvicto") == wanted


def test_rows_choose_dates_and_readings() -> None:
    """A row's own reading goes before the one of the call, and its date picks its text."""
    frame = pl.DataFrame({"age_years": [18, 18, 18, 18]}).with_columns(
        pl.Series("reading:p_xofigo_age", ["19", None, "18", "19"]),
        on=pl.Series([date(2026, 6, 1)] * 3 + [date(2020, 1, 1)]),
    )
    decided = cohort.decide(frame, XOFIGO, readings={"p_xofigo_age": "19"}, criteria=True)
    assert decided[f"{XOFIGO}:X-1"].to_list() == ["false", "false", "true", None]
    assert decided[f"{XOFIGO}:outcome"].to_list() == [
        "not_met",
        "not_met",
        "needs_information",
        "needs_information",
    ]


def test_a_table_of_no_rows_and_one_of_no_facts() -> None:
    """No rows give no outcomes; of who has no facts, everything is unknown."""
    empty = cohort.decide(pl.DataFrame({"age_years": pl.Series([], dtype=pl.Int8)}), on=ON)
    assert empty.height == 0
    assert f"{XOFIGO}:outcome" in empty.columns
    assert outcomes(pl.DataFrame({"id": [1, 2]})) == ["needs_information"] * 2
    assert outcomes(pl.DataFrame({"id": [1], "age_years": [None]})) == ["needs_information"]
    asked = cohort.decide(pl.DataFrame({"id": [1]}), XOFIGO, on=ON, explain=True)
    assert asked[f"{XOFIGO}:pending"].to_list() == [list(decide({}, XOFIGO, on=ON).waits_for)]


def test_facts_may_be_left_out_of_the_result() -> None:
    """Who a patient is, what is kept and what is decided stay."""
    frame = pl.DataFrame({"id": [1], "age_years": [50], "site": ["north"]})
    for given_ in (frame, frame.to_pandas(), frame.to_arrow()):
        decided = cohort.decide(given_, XOFIGO, on=ON, keep=["site"], facts=False)
        names = decided.column_names if isinstance(decided, pa.Table) else list(decided.columns)
        assert names == ["id", "site", f"{XOFIGO}:outcome"]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ({"ki67": [5]}, "'ki67': there is no such fact; did you mean ki67_percent?; rename"),
        ({"age_years": [True]}, "age_years: holds Boolean, and must be numbers"),
        ({"castration_resistant": [1]}, "castration_resistant: holds Int64, and must be Boolean"),
        ({"tumor_type": [1]}, "tumor_type: holds Int64, and must be text: gep_net"),
        ({"prior_ar_pathway_inhibitors": [1]}, "must be a list of options"),
        ({"age_years": [5], "age_years:low": [5]}, "state age_years by its own column, or by"),
        (
            {"renal_toxicity_delay_weeks:low": [5], "on:never": [True]},
            "'on:never': there is no such fact",
        ),
        (
            {"days_since_long_acting_ssa:low": [5], "days_since_long_acting_ssa:never": [True]},
            "state days_since_long_acting_ssa by its own column, or by the ends",
        ),
        ({"on": [5]}, "on: holds Int64, and must be dates"),
        ({"reading:p_xofigo_age": [19]}, "reading:p_xofigo_age: holds Int64, and must be text"),
        ({f"{XOFIGO}:outcome": [1]}, "the result has a column of this name"),
        ({"age_years:never": [True]}, "'age_years:never': there is no such fact"),
        ({"a": [1], "b": [1]}, "columns: 2 cannot be taken"),
    ],
)
def test_columns_that_are_refused(frame: dict[str, Any], message: str) -> None:
    """A column that is unknown or holds something else refuses the table, and says why."""
    with pytest.raises(BadRequest) as told:
        cohort.decide(pl.DataFrame(frame), XOFIGO, on=None if "on" in frame else ON)
    assert message in str(told.value)


WRONG: list[tuple[str, Any, str]] = [
    ("age_years", 200, "lies outside the range 0 to 120 a; check the unit"),
    ("age_years", 17.5, "17.5 is not a whole number"),
    ("age_years", "old", "neither a number nor an interval"),
    ("ki67_percent", nan, "leave out a fact that is not known"),
    ("ki67_percent", inf, "is not a number"),
    ("ki67_percent", "5-2", "holds no number"),
    ("albumin_g_l", "4.2 mg/dL", "mg/dL"),
    ("tumor_type", "gepnet", "is not one of gep_net"),
    ("castration_resistant", "maybe", "neither yes nor no"),
    ("prior_ar_pathway_inhibitors", ["enzalutamid"], "did you mean enzalutamide"),
    ("prior_ar_pathway_inhibitors", "enzalutamid", "did you mean enzalutamide"),
    ("prior_ar_pathway_inhibitors", [None], "is not one of"),
    ("age_years:low", 130, "outside the range 0 to 120"),
    ("age_years:low", -0.5, "outside the range 0 to 120"),
    ("age_years:high", 17.5, "is not a whole number"),
    ("age_years:low", "<5", "is no number; state each end"),
    ("on", "0000-01-01", "is no calendar date"),
    ("on", "2026-02-30", "is no calendar date"),
    ("on", None, "there is no date of service"),
    ("reading:p_xofigo_age", "20", "'20' is not one of 18, 19"),
]


@pytest.mark.parametrize(("name", "wrong", "message"), WRONG, ids=[f"{n} {w}" for n, w, _ in WRONG])
def test_rows_that_cannot_be_judged(name: str, wrong: Any, message: str) -> None:
    """The row, the column, the value and the reason are told; the other rows are decided."""
    right: dict[str, Any] = {"on": ON, "reading:p_xofigo_age": "19"}
    good = right.get(name, [] if isinstance(wrong, list) else None)
    frame = pl.DataFrame({"id": [1, 2], name: [good, wrong]}, strict=False)
    if name == "ki67_percent" and isinstance(wrong, float):
        frame = frame.with_columns(pl.Series(name, [None, wrong], dtype=pl.Float64))
    asked: dict[str, Any] = {"on": None if name == "on" else ON}
    with pytest.raises(BadRows) as told:
        cohort.decide(frame, XOFIGO, **asked)
    problems = told.value.problems
    assert problems.select("row", "column").rows() == [(1, name)]
    assert message in problems["problem"][0]
    assert message in str(told.value)
    kept = cohort.decide(frame, XOFIGO, on_bad="keep", explain=True, **asked)
    assert kept[f"{XOFIGO}:outcome"].to_list() == ["needs_information", None]
    assert kept[f"{XOFIGO}:pending"][1] is None
    assert kept["problem"][0] is None
    assert message in kept["problem"][1]


def test_a_wrong_value_of_a_fact_that_no_policy_asked_reads_is_told() -> None:
    """Strict: whatever is stated is checked."""
    with pytest.raises(BadRows):
        cohort.decide(pl.DataFrame({"ki67_percent": [500.0]}), XOFIGO, on=ON)


def test_the_call_is_checked_first() -> None:
    """What is asked wrongly is told before a row is looked at."""
    frame = pl.DataFrame({"age_years": [5]})
    for options, message in (
        ({}, "say the date of service"),
        ({"on": ON, "on_bad": "drop"}, "neither refuse nor keep"),
        ({"on": ON, "keep": "site"}, "keep is a list"),
        ({"on": ON, "keep": ["site"]}, "there is no column 'site' to keep"),
        ({"on": ON, "policies": []}, "name a policy"),
        ({"on": ON, "policies": "xofigo"}, "did you mean premera_xofigo?"),
        ({"on": ON, "out": "x.parquet"}, "out is of a path"),
        ({"on": ON, "readings": {"p_xofigo_age": "20"}}, "is not one of 18, 19"),
    ):
        with pytest.raises(InputError) as told:
            cohort.decide(frame, **options)
        assert message in str(told.value)
    with pytest.raises(BadRequest, match="drop the one that does not count"):
        cohort.decide(frame.with_columns(on=pl.lit(ON)), on=ON)
    with pytest.raises(BadRequest, match="is no table"):
        cohort.decide([1, 2], on=ON)


def limits(attribute: Attribute) -> list[Fraction]:
    """Return the numbers that rules compare a fact with."""
    tests = [n for n in rule_base().nodes if n.kind == "test" and attribute.name in n.attributes]
    return sorted({Fraction(limit) for node in tests for limit in node.test[1:]})


MARKED = [a for a in rule_base().attributes.values() if a.type in NUMERIC and limits(a)]


@given(
    st.sampled_from(MARKED),
    st.data(),
    st.fractions(min_value=Fraction(-1, 10**12), max_value=Fraction(1, 10**12)),
)
def test_doubles_keep_the_order_that_rules_see(
    attribute: Any, data: st.DataObject, beside: Fraction
) -> None:
    """However close to a number that a rule compares with, a number stays on its side of it."""
    limit = data.draw(st.sampled_from(limits(attribute)))
    mark = float(limit)
    made = double(attribute, limit + beside)
    assert (made > mark, made == mark) == (beside > 0, beside == 0)
    low, high = ends(attribute, Span(limit, True, limit + 1, False))
    assert low == nextafter(mark, inf)
    assert high >= low


def test_a_time_of_service_is_of_the_day_where_it_is_told() -> None:
    """A morning in Tokyo is that day there, whatever the day in Greenwich."""
    told = pl.Series(["2026-03-31 16:00"]).str.to_datetime("%Y-%m-%d %H:%M", time_zone="UTC")
    frame = pl.DataFrame({"on": told.dt.convert_time_zone("Asia/Tokyo"), "age_years": [50]})
    decided = cohort.decide(frame, "premera_lutathera", criteria=True)
    assert decided["premera_lutathera:L-11"].to_list() == [None]  # asked until 31 March
    earlier = cohort.decide(frame.with_columns(on=told), "premera_lutathera", criteria=True)
    assert earlier["premera_lutathera:L-11"].to_list() == ["unknown"]


def test_text_as_spreadsheets_have_it() -> None:
    """Blanks around words, yes and no for `never`, ends of intervals as text, units."""
    frame = pl.DataFrame(
        {
            "tumor_type": [" prostate_cancer ", "prostate_cancer"],
            "age_years:low": ["18", " 12"],
            "age_years:high": ["60", "30"],
            "castration_resistant": [" Yes", "no"],
            "days_since_long_acting_ssa": [None, "27"],
            "days_since_long_acting_ssa:never": ["yes", "no"],
            "albumin_g_l": ["4.2 g/dL", "29"],
        }
    )
    decided = cohort.decide(frame, on=ON, criteria=True)
    assert decided[f"{XOFIGO}:X-1"].to_list() == ["true", "unknown"]
    assert decided[f"{XOFIGO}:X-2"].to_list() == ["true", "false"]
    assert decided["premera_lutathera:L-4"].to_list() == ["unknown", "false"]
    wrong = frame.with_columns(pl.lit("perhaps").alias("days_since_long_acting_ssa:never"))
    with pytest.raises(BadRows, match="'perhaps' is neither yes nor no"):
        cohort.decide(wrong, on=ON)
    with pytest.raises(BadRows, match="leave empty, or null"):
        cohort.decide(frame.with_columns(pl.lit("NA").alias("age_years:low")), on=ON)


def test_what_is_kept_counts_all_the_same() -> None:
    """A fact that is kept beside the outcome is decided by, too."""
    frame = pl.DataFrame({"age_years": [17, 18], "castration_resistant": [False, None]})
    kept = cohort.decide(frame, XOFIGO, on=ON, keep=["age_years"], facts=False)
    assert kept.columns == ["age_years", f"{XOFIGO}:outcome"]
    assert kept[f"{XOFIGO}:outcome"].to_list() == ["not_met", "needs_information"]


def test_a_column_without_values_has_no_type_to_be_wrong() -> None:
    """Programs give empty columns some type; nothing is known of anybody."""
    frame = pl.DataFrame({"castration_resistant": pl.Series([None, None], dtype=pl.Float64)})
    for given_ in (frame, frame.to_pandas(), frame.to_arrow()):
        assert [str(each) for each in outcomes(given_)] == ["needs_information"] * 2
