# SPDX-License-Identifier: Apache-2.0
"""Synthetic cohorts: repeatable, valid, plausible, and spread over all that a policy can say."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from lutalogic import InputError, decide_many, rule_base
from lutalogic.cohort.distributions import STANDARD, distributions, read
from lutalogic.cohort.drawing import BLOCK
from lutalogic.cohort.synthetic import synthesize, synthetic_batches
from tests.cohort.row_cases import case_of

DAY = "2026-06-01"
BASE = rule_base()
#: The drug that each policy is about, as the distributions call it.
DRUGS = {name: name.split("_")[1] for name in BASE.policies}


def _known(column: pl.Series) -> int:
    return column.len() - column.null_count()


def test_the_same_seed_gives_the_same_table() -> None:
    """A seed fixes every value; another seed gives others."""
    options: dict[str, Any] = {"missing": "practice", "intervals": 0.3, "ids": True}
    first = synthesize(500, seed=3, on=("2025-01-01", DAY), **options)
    assert_frame_equal(first, synthesize(500, seed=3, on=("2025-01-01", DAY), **options))
    assert not first.equals(synthesize(500, seed=4, on=("2025-01-01", DAY), **options))


def test_the_size_of_a_table_and_of_batches_changes_no_value() -> None:
    """Rows are the same, whether they are drawn alone, among more, or in batches, across blocks."""
    n = BLOCK + 700
    whole = synthesize(n, seed=1, missing=0.2, intervals=0.2, ids=True)
    assert whole.height == n
    batches = synthetic_batches(n, rows=9_999, seed=1, missing=0.2, intervals=0.2, ids=True)
    assert_frame_equal(whole, pl.concat(list(batches)))
    assert_frame_equal(
        whole.head(100), synthesize(100, seed=1, missing=0.2, intervals=0.2, ids=True)
    )
    halves = whole.drop("id")
    assert not halves[:500].equals(halves[BLOCK : BLOCK + 500])  # no block repeats another


def test_no_rows_are_a_table_too() -> None:
    """A table of no patients has all columns."""
    assert synthesize(0).schema == synthesize(1).schema
    assert synthesize(0).height == 0


@pytest.mark.parametrize("intervals", [0.0, 0.4])
def test_every_row_is_a_case(intervals: float) -> None:
    """Each value is one of the vocabulary, of the right type and within its range."""
    table = synthesize(800, seed=11, missing=0.1, intervals=intervals)
    cases = [case_of(row) for row in table.iter_rows(named=True)]
    stated = {name for case in cases for name in case.facts}
    assert stated == set(distributions().facts)
    for name, dtype in table.schema.items():
        attribute = BASE.attributes[name.partition(":")[0]]
        match attribute.type:
            case "enum":
                assert dtype == pl.Enum(attribute.values)
            case "set":
                assert dtype == pl.List(pl.Enum(attribute.values))
            case "boolean":
                assert dtype == pl.Boolean


def test_what_is_missing_or_vague_changes_no_other_value() -> None:
    """A table with gaps is the full table with some values taken out."""
    full, gaps = synthesize(3_000, seed=5), synthesize(3_000, seed=5, missing=0.3)
    for name in full.columns:
        kept = gaps[name].is_not_null()
        assert 0.2 < 1 - _known(gaps[name]) / _known(full[name]) < 0.4, name
        assert_frame_equal(full.select(name).filter(kept), gaps.select(name).filter(kept))
    vague = synthesize(3_000, seed=5, intervals=0.5)
    for name in distributions().bands:
        low, exact, high = vague[f"{name}:low"], full[name], vague[f"{name}:high"]
        assert ((low <= exact) | low.is_null()).fill_null(True).all()
        assert ((exact <= high) | high.is_null()).fill_null(True).all()
        known = exact.is_not_null()
        wide = (known & ((low != high).fill_null(True))).sum()
        assert 0.4 < int(wide) / _known(exact) < 0.6, name
        assert not (low.is_null() & high.is_null() & known).any()


def test_shares_of_missing_values_are_as_asked() -> None:
    """Of a fact, its own share is missing, else its group's, else the rest's; by name, likewise."""
    rates = {"*": 0.5, "toxicity": 0.1, "albumin_g_l": 0.0, "age_years": 1.0}
    full, gaps = synthesize(20_000, seed=2), synthesize(20_000, seed=2, missing=rates)
    for name in distributions().facts:
        attribute = BASE.attributes[name]
        asked = rates.get(name, rates.get(attribute.group, rates["*"]))
        known = _known(full[name])
        gone = 1 - _known(gaps[name]) / known
        assert gone == pytest.approx(asked, abs=0.03 if known > 4_000 else 0.08), name
    practice = synthesize(20_000, seed=2, missing="practice")
    shares = distributions().missing["practice"]
    gone = 1 - _known(practice["karnofsky"]) / 20_000
    assert gone == pytest.approx(shares["karnofsky"], abs=0.02)


def test_some_records_are_kept_better_than_others() -> None:
    """What is missing gathers in some rows, more than chance would have it."""
    gaps = synthesize(5_000, seed=2, drug="xofigo", missing=0.3)
    full = synthesize(5_000, seed=2, drug="xofigo")
    missing = [full[name].is_not_null() & gaps[name].is_null() for name in full.columns]
    counts = pl.DataFrame(missing).sum_horizontal()
    facts = full.select(pl.all().is_not_null()).sum_horizontal().mean()
    assert isinstance(facts, float)
    assert counts.var() > 2 * 0.3 * 0.7 * facts  # type: ignore[operator]


def test_dates_and_drugs_are_as_asked() -> None:
    """Dates lie in the period, both ends included; weights of drugs are kept."""
    table = synthesize(4_000, on=("2026-03-30", "2026-04-02"), drug={"pluvicto": 3, "xofigo": 1})
    days = table["on"].unique().sort().to_list()
    assert [day.isoformat() for day in days] == [
        "2026-03-30", "2026-03-31", "2026-04-01", "2026-04-02",
    ]  # fmt: skip
    assert table["sstr_imaging"].is_null().all()
    assert table["psma_pet_agent"].is_not_null().mean() == pytest.approx(0.75, abs=0.03)


@pytest.mark.parametrize("policy", BASE.policies)
def test_warnings_are_rare(policy: str) -> None:
    """Few rows have values that are implausible, or facts that contradict each other."""
    table = synthesize(400, seed=8, drug=DRUGS[policy], missing=0.05)
    decisions = decide_many(map(case_of, table.iter_rows(named=True)), policy, on=DAY)
    warned = [d for d in decisions if d.warnings]
    assert len(warned) / table.height < 0.04


@pytest.mark.parametrize("policy", BASE.policies)
def test_every_answer_occurs(policy: str) -> None:
    """All outcomes occur, and every criterion is true of some, false of some and open of some."""
    table = synthesize(1_500, seed=9, drug=DRUGS[policy], missing=0.03)
    sided = {"w_ssa_washout": "required_28_days", "p_label_dosing": "binding"}
    readings = {
        name: value for name, value in sided.items() if name in BASE.policy(policy).readings
    }
    on = "2026-03-01"  # when every criterion of every policy is in force under these readings
    decisions = list(
        decide_many(map(case_of, table.iter_rows(named=True)), policy, on=on, readings=readings)
    )
    outcomes = [str(d.outcome) for d in decisions]
    for outcome in ("met", "not_met", "needs_information"):
        assert outcomes.count(outcome) / len(outcomes) > 0.05, outcome
    for criterion in BASE.policy(policy).criteria:
        truths = {str(d.criteria[criterion.id]) for d in decisions}
        assert {"true", "false", "unknown"} <= truths, (criterion.id, truths)


@pytest.mark.parametrize(
    ("options", "place"),
    [
        ({"n": -1}, "n"),
        ({"n": 2.5}, "n"),
        ({"n": True}, "n"),
        ({"seed": -1}, "seed"),
        ({"drug": "lutatera"}, "drug"),
        ({"drug": {"lutathera": -1}}, "drug.lutathera"),
        ({"drug": {}}, "drug"),
        ({"drug": {"lutathera": 0}}, "drug"),
        ({"missing": 1.5}, "missing"),
        ({"missing": "usual"}, "missing"),
        ({"missing": {"ki67": 0.1}}, "missing"),
        ({"missing": {"ki67_percent": "half"}}, "missing.ki67_percent"),
        ({"intervals": -0.1}, "intervals"),
        ({"intervals": {"age_years": 0.1}}, "intervals"),
        ({"on": "2026-06-01"}, "on"),
        ({"on": ("2026-06-02", "2026-06-01")}, "on"),
        ({"on": ("2026-06-01", "2026-02-30")}, "on"),
        ({"model": "no such file.toml"}, "no such file.toml"),
    ],
)
def test_wrong_arguments_are_refused(options: dict[str, Any], place: str) -> None:
    """What is asked wrongly is refused before anything is drawn; the place is named."""
    with pytest.raises(InputError) as caught:
        synthesize(**({"n": 3} | options))
    assert caught.value.at == place


def test_unknown_options_are_refused() -> None:
    """An option that is spelled wrong is no option."""
    with pytest.raises(TypeError):
        synthesize(3, mising=0.1)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("stated", "place", "remedy"),
    [
        ({"drew": {}}, "", "did you mean draw"),
        ({"hidden": {"age_years": ["a"]}}, "hidden.age_years", "another name"),
        ({"hidden": {"site": "gep"}}, "hidden.site", "list"),
        ({"draw": {"ki67": {"choose": {"1": 1}}}}, "draw.ki67", "did you mean ki67_percent"),
        ({"draw": {"ecog": []}}, "draw.ecog", "needs a case"),
        ({"draw": {"ecog": [{"choose": {"1": 1}}, {"choose": {"2": 1}}]}}, "draw.ecog", "when"),
        ({"draw": {"ecog": {"chose": {"1": 1}}}}, "draw.ecog", "did you mean choose"),
        ({"draw": {"ecog": {}}}, "draw.ecog", "needs one of"),
        ({"draw": {"ecog": {"choose": {"6": 1}}}}, "draw.ecog.choose.6", "0 to 5"),
        ({"draw": {"ecog": {"choose": {"1": -1}}}}, "draw.ecog.choose.1", "weight"),
        ({"draw": {"ecog": {"choose": {"1": 0}}}}, "draw.ecog.choose", "no weight above 0"),
        ({"draw": {"ecog": {"choose": {"<2": 1}}}}, "draw.ecog.choose.<2", "one value"),
        ({"draw": {"ecog": {"quantiles": [0, 2], "step": 0.5}}}, "draw.ecog.step", "whole"),
        ({"draw": {"ecog": {"quantiles": [2, 0], "step": 1}}}, "draw.ecog.quantiles", "ascend"),
        ({"draw": {"ecog": {"quantiles": [2], "step": 1}}}, "draw.ecog.quantiles", "two"),
        ({"draw": {"ecog": {"quantiles": [2, 9], "step": 1}}}, "draw.ecog.quantiles", "0 to 5"),
        (
            {"draw": {"necrosis": {"quantiles": [0, 1], "step": 1}}},
            "draw.necrosis.quantiles",
            "numbers",
        ),
        ({"draw": {"necrosis": {"choose": {"some": 1}}}}, "draw.necrosis.choose.some", "foci"),
        ({"draw": {"necrosis": {"never": 0.5}}}, "draw.necrosis.never", "elapsed"),
        ({"draw": {"ecog": {"when": {"age_years": 3}}}}, "draw.ecog.when", "not drawn above"),
        ({"bands": {"ecog": [1, 2]}}, "bands.ecog", "no number that is drawn"),
        ({"missing": {"some": {"tumour": 0.1}}}, "missing.some", "tumour"),
    ],
)
def test_wrong_distributions_are_refused(stated: dict[str, Any], place: str, remedy: str) -> None:
    """A file that says what the vocabulary does not is refused; place and remedy are named."""
    with pytest.raises(InputError, match=remedy) as caught:
        read(stated, "mine.toml")
    assert place in caught.value.at


def test_a_file_of_distributions_is_read_in_place_of_the_own(tmp_path: Any) -> None:
    """Another file gives other patients; sets, elapsed times and conditions mean what they say."""
    file = tmp_path / "mine.toml"
    file.write_text(
        """
        [draw]
        disease_progression_on = { choose = { none = 1, "lanreotide; everolimus" = 1 } }
        days_since_long_acting_ssa = { never = 0.5, quantiles = [10, 20], step = 1 }
        necrosis = [
            { when = { disease_progression_on = "none" }, choose = { none = 1 } },
            { when = { days_since_long_acting_ssa = "never" }, choose = { foci = 1 } },
        ]
        """
    )
    table = synthesize(2_000, model=file)
    assert table["disease_progression_on"].list.len().unique().sort().to_list() == [0, 2]
    none = table["disease_progression_on"].list.len() == 0
    never = table["days_since_long_acting_ssa:never"]
    assert never.is_not_null().all()
    assert never.mean() == pytest.approx(0.5, abs=0.05)
    days = table["days_since_long_acting_ssa"]
    assert (days.is_null() == never).all()
    assert days.drop_nulls().is_between(10, 20).all()
    assert (table["necrosis"].filter(none) == "none").all()
    assert (table["necrosis"].filter(~none & never) == "foci").all()
    assert table["necrosis"].filter(~none & ~never).is_null().all()


def test_the_file_says_that_its_figures_are_invented() -> None:
    """Nobody should read epidemiology out of a file for tests of scale."""
    head = STANDARD.read_text(encoding="utf-8")[:1000]
    assert "invented" in head
    assert "epidemiology" in head
