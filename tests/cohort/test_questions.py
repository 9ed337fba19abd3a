# SPDX-License-Identifier: Apache-2.0
"""What is asked of cohorts, against decisions of the reference engine, row by row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from lutalogic import Case, InputError, decide, rule_base
from lutalogic.answers import Outcome
from lutalogic.cells import cells_left, value_of
from lutalogic.cohort import ask
from lutalogic.cohort.synthetic import synthesize, synthetic_batches
from lutalogic.errors import BadRequest, BadRows
from tests.cohort.row_cases import case_of
from tests.strategies import DEEP

if TYPE_CHECKING:
    from pathlib import Path

    from lutalogic import Decision

BASE = rule_base()
DRUGS = {name: name.split("_")[1] for name in BASE.policies}
#: Readings under which policies ask more than by default.
READINGS = {
    "premera_lutathera": {"p_label_dosing": "binding", "p_egfr": "egfr_accepted"},
    "premera_pluvicto": {"p_label_dosing": "binding"},
    "premera_xofigo": {"p_visceral": "silence_is_absence"},
    "wellmark_lutathera": {"w_ssa_washout": "required_28_days"},
}


def _root_with(decision: Decision, criterion: int) -> str:
    """Return the outcome's letter with a criterion true, from the letters of the leaves."""
    trace, nodes = decision.trace, BASE.nodes
    letters: dict[int, str] = {}
    for number in decision.policy.nodes:  # parts come before what they are parts of
        parts = [letters[part] for part in trace.parts(number) if letters[part] != "-"]
        kind, told = nodes[number].kind, trace.letter(number)
        if number == criterion and told != "-":
            letters[number] = "t"
        elif not nodes[number].parts or told == "-":
            letters[number] = told
        elif kind == "all_of":
            letters[number] = "f" if "f" in parts else "u" if "u" in parts else "t"
        elif kind == "any_of":
            letters[number] = "t" if "t" in parts else "u" if "u" in parts else "f"
        elif kind == "not":
            letters[number] = {"t": "f", "f": "t", "u": "u"}[parts[0]]
        elif kind == "supports":
            letters[number] = "t" if parts == ["t"] else "u"
        elif kind == "rules_out":
            letters[number] = "f" if parts == ["t"] else "u"
        elif kind == "evidence":
            said = {"t", "f"} & set(parts)
            letters[number] = said.pop() if len(said) == 1 else "u"
        else:
            assert kind in ("by_reading", "by_date"), kind
            letters[number] = parts[0]
    return letters[decision.policy.root]


def _released(decision: Decision, case: Case, on: Any, readings: Any) -> dict[str, set[str]]:
    """Return, for each fact that is left open, the outcomes that values of it lead to."""
    found = {}
    for name in decision.policy.attributes:
        attribute = BASE.attributes[name]
        known = case.possible.get(name)
        if not (known is None or type(known).__name__ == "Span"):
            continue
        found[name] = {
            str(
                decide(
                    case.replace(**{name: value_of(attribute, [cell])}),
                    decision.policy, on=on, readings=readings,
                ).outcome
            )
            for cell in cells_left(attribute, known)
        }  # fmt: skip
    return found


@pytest.mark.parametrize("policy", BASE.policies)
@pytest.mark.parametrize("read", [False, True])
def test_counts_are_those_of_decisions_row_by_row(policy: str, read: bool) -> None:
    """Every count is what decisions, one by one, add up to; leaves, alone, are put together anew.

    What one fact would release is found by trying every value of it, and is what `missing` says.
    """
    readings = READINGS[policy] if read else {}
    first = "2025-12-15" if read or policy.startswith("wellmark") else "2019-03-01"
    on = (first, "2026-07-01")
    rows = 150 if DEEP else 70
    table = synthesize(rows, seed=21 + read, drug=DRUGS[policy], missing=0.03, intervals=0.2, on=on)
    found = ask(table, policy, readings=readings)[policy]
    told: Counter[tuple[str, ...]] = Counter()
    stuck = 0
    for row in table.iter_rows(named=True):
        case, day = case_of(row), row["on"]
        decision = decide(case, policy, on=day, readings=readings)
        outcome = decision.outcome
        told["outcome", outcome.value] += 1
        kind = {Outcome.NOT_MET: "denies", Outcome.NEEDS_INFORMATION: "pends"}.get(outcome)
        for criterion in decision.policy.criteria:
            truth = decision.criteria.get(criterion.id)
            if truth is None:
                continue
            told["in_force", criterion.id] += 1
            told[truth.value, criterion.id] += 1
            if kind:
                told[kind, criterion.id] += criterion.id in decision.deciding
                freed = truth.value != "true" and _root_with(decision, criterion.node) == "t"
                told[f"{kind}_alone", criterion.id] += freed
        if outcome is not Outcome.NEEDS_INFORMATION or not decision.text_in_force:
            continue
        released = _released(decision, case, day, readings)
        missing = decision.missing()
        for needs, name in ((missing.approve, "met"), (missing.deny, "not_met")):
            singles = {each.facts[0] for each in needs.sets if len(each.facts) == 1}
            assert singles == {fact for fact, outcomes in released.items() if name in outcomes}
        for fact, outcomes in released.items():
            told["open", fact] += 1
            told["could_meet", fact] += "met" in outcomes
            told["could_deny", fact] += "not_met" in outcomes
            told["releases", fact] += bool(outcomes & {"met", "not_met"})
            told["always_releases", fact] += not outcomes & {"needs_information"}
        stuck += not any(outcomes & {"met", "not_met"} for outcomes in released.values())
    assert {o.value: n for o, n in found.outcomes.items()} == {
        o.value: told["outcome", o.value] for o in Outcome
    }
    for each in found.criteria:
        for kind in (
            "in_force",
            "false",
            "unknown",
            "denies",
            "denies_alone",
            "pends",
            "pends_alone",
        ):
            assert getattr(each, kind) == told[kind, each.id], (each.id, kind)
    assert {each.id for each in found.criteria} == {key[1] for key in told if key[0] == "in_force"}
    for count in found.facts:
        for kind in ("open", "could_meet", "could_deny", "releases", "always_releases"):
            assert getattr(count, kind) == told[kind, count.fact], (count.fact, kind)
    assert {each.fact for each in found.facts} == {key[1] for key in told if key[0] == "open"}
    assert found.stuck is not None
    assert found.stuck == stuck
    # What was counted was there to be counted.
    assert any(each.denies_alone or each.pends_alone for each in found.criteria)
    assert any(each.releases for each in found.facts)


def test_a_criterion_inside_another_holds_back_where_either_would_do() -> None:
    """Of a tumor that item 2a alone lacks, item 2 and item 2a are counted, and the other items."""
    case = BASE_PATIENT | {
        "disease_progression_on": ["chemotherapy"],
        "treatment_line": "subsequent",
    }
    found = ask(_frame([case]), "wellmark_lutathera", on="2026-06-01")["wellmark_lutathera"]
    assert found.outcomes[Outcome.NOT_MET] == 1
    alone = {each.id for each in found.criteria if each.denies_alone}
    assert {"item 2", "item 2a"} <= alone
    assert not {"W-1", "W-3", "W-5"} & alone
    two = case | {"planned_activity_gbq": 3.7, "adverse_reaction_delaying_dose": False}
    found = ask(_frame([two]), "wellmark_lutathera", on="2026-06-01")["wellmark_lutathera"]
    assert found.outcomes[Outcome.NOT_MET] == 1
    assert not any(each.denies_alone for each in found.criteria)


BASE_PATIENT: dict[str, Any] = {
    "request_type": "initial", "requested_doses": 4, "prior_lutathera_doses": 0,
    "planned_activity_gbq": 7.4, "planned_interval_weeks": 8, "age_years": 54,
    "tumor_type": "pancreatic_net", "metastases": "distant", "who_grade": 2, "ki67_percent": 15,
    "differentiation": "well", "clinically_significant_tumor_burden": True,
    "poorly_controlled_carcinoid_syndrome": False, "carcinoid_symptom_progression_on": [],
    "sstr_imaging": "sstr_pet_ct", "sstr_uptake": "above_liver", "bone_marrow_adequate": True,
    "renal_adequate": True, "hepatic_adequate": True,
}  # fmt: skip


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows)


def test_cross_tables_count_rows_under_both_policies() -> None:
    """A cell of a cross table is how many rows have one outcome here and another there."""
    table = synthesize(80, seed=3, drug="lutathera", missing=0.02)
    found = ask(table, ["premera_lutathera", "wellmark_lutathera"], on="2026-06-01", facts=False)
    assert found.pairs == (("premera_lutathera", "wellmark_lutathera"),)
    told: Counter[tuple[Outcome, Outcome]] = Counter()
    for row in table.iter_rows(named=True):
        here, there = (
            decide(case_of(row), each.policy, on="2026-06-01").outcome for each in found.policies
        )
        told[here, there] += 1
    crossed = found.cross("premera_lutathera", "wellmark_lutathera")
    assert {key: n for key, n in crossed.items() if n} == dict(told)
    turned = found.cross("wellmark_lutathera", "premera_lutathera")
    assert {(y, x): n for (x, y), n in turned.items()} == crossed
    assert len([n for n in crossed.values() if n]) >= 5
    assert found["premera_lutathera"].stuck is None
    with pytest.raises(BadRequest, match="two policies"):
        found.cross("premera_lutathera", "premera_lutathera")
    with pytest.raises(BadRequest, match="was not asked"):
        found.cross("premera_lutathera", "premera_xofigo")


def test_counts_of_parts_add_up(tmp_path: Path) -> None:
    """A table, its parts one after another, and a file of it give the same answers."""
    table = synthesize(900, seed=6, missing="practice", on=("2025-01-01", "2026-06-01"))
    some = ["premera_lutathera", "premera_xofigo"]
    whole = ask(table, some)
    days = ("2025-01-01", "2026-06-01")
    batches = synthetic_batches(900, rows=200, seed=6, missing="practice", on=days)
    parts = ask(batches, some)
    assert parts.as_json() == whole.as_json()
    table.write_parquet(tmp_path / "table.parquet")
    assert ask(tmp_path / "table.parquet", some).as_json() == whole.as_json()
    assert whole.rows == 900
    for each in whole.policies:
        assert sum(each.outcomes.values()) == 900


def test_before_all_texts_nothing_is_counted_but_the_outcome() -> None:
    """Where no text is in force every row pends, no criterion is asked, and no fact releases."""
    found = ask(synthesize(20), "wellmark_lutathera", on="2025-06-01")["wellmark_lutathera"]
    assert found.outcomes[Outcome.NEEDS_INFORMATION] == 20
    assert not found.criteria
    assert not found.facts


def test_rows_that_cannot_be_judged_are_refused_or_left_out() -> None:
    """A wrong value is an error that names its row; kept, the other rows are counted."""
    table = pl.DataFrame({"age_years": [30, 300, 40]})
    with pytest.raises(BadRows) as caught:
        ask(table, "premera_xofigo", on="2026-06-01")
    assert caught.value.problems["row"].to_list() == [1]
    found = ask([table, table], "premera_xofigo", on="2026-06-01", on_bad="keep")
    assert (found.rows, found.bad) == (4, 2)
    assert "2 that cannot be judged" in str(found)
    with pytest.raises(BadRows) as caught:
        ask([table, table], "premera_xofigo", on="2026-06-01")
    assert caught.value.problems["row"].to_list() == [1, 4]


def test_tables_of_answers_hold_every_count() -> None:
    """Each count is in a data frame, by policy and what it counts."""
    found = ask(synthesize(300, missing=0.05), on="2026-06-01")
    outcomes = found.table()
    assert outcomes.columns == ["policy", "payer", "outcome", "rows", "share"]
    assert outcomes.height == 12
    assert set(outcomes["payer"]) == {"Premera", "Wellmark"}
    shares = outcomes.group_by("policy").agg(pl.col("share").sum())["share"]
    assert all(share == pytest.approx(1) for share in shares)
    assert found.table("criteria")["denies"].sum() > 0
    assert found.table("facts")["releases"].sum() > 0
    assert found.table("cross")["rows"].sum() == 6 * 300
    with pytest.raises(InputError, match="none of outcomes"):
        found.table("outcome")
    with pytest.raises(InputError, match="was not asked"):
        found["xofigo"]


def test_tables_of_answers_without_rows_have_the_same_columns() -> None:
    """One policy, and no rows: a table of facts, or of pairs, is empty and has its columns."""
    full = ask(synthesize(100, missing=0.05), on="2026-06-01")
    empty = ask(synthesize(3).clear(), "premera_xofigo", on="2026-06-01")
    for of in ("outcomes", "criteria", "facts", "cross"):
        assert empty.table(of).schema == full.table(of).schema


def test_no_rows_have_answers_too() -> None:
    """An empty table is counted, and nothing in it."""
    found = ask(synthesize(0), on="2026-06-01")
    assert found.rows == 0
    assert all(not n for each in found.policies for n in each.outcomes.values())
    assert "0 rows" in str(found)
