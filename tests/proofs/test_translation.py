# SPDX-License-Identifier: Apache-2.0
"""The formulas that proofs are made of say what the engine says, on every node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lutalogic import Case, decide, rule_base
from lutalogic.cells import NUMERIC, cells_left, may_be_wide, stretches, value_of
from lutalogic.engines import Request
from lutalogic.engines.prolog import PROLOG
from lutalogic.engines.symbolic import SymbolicEngine
from lutalogic.possible import possible
from tests.strategies import POLICIES, Coverage, any_facts, requests, values

if TYPE_CHECKING:
    from lutalogic.rules import Attribute

ATTRIBUTES = [pytest.param(a, id=a.name) for a in rule_base().attributes.values()]


@pytest.mark.parametrize("policy", POLICIES)
def test_formulas_agree_with_the_engine_on_every_node(policy: str) -> None:
    """On random patients, readings and dates: the same truth of every criterion and condition."""
    coverage = Coverage(f"formulas, {policy}")
    symbolic = SymbolicEngine()

    @given(requests(policy))
    def agree(request: dict[str, Any]) -> None:
        decision = decide(request["facts"], policy, on=request["on"], readings=request["readings"])
        assert symbolic.truths([decision.request]) == [decision.truths]
        coverage.note(decision.outcome.value, *("conflict" for _ in decision.conflicts[:1]))

    agree()
    coverage.demand(0.05, "met", "not_met", "needs_information")


@pytest.mark.parametrize("rules", ["reference", "theorems"])
def test_formulas_agree_on_conditions_that_no_policy_has(rules: str) -> None:
    """Likewise the conditions of reference knowledge and of theorems."""
    policy = getattr(rule_base(), rules)
    readings = rule_base().readings
    coverage = Coverage(f"formulas, {rules}")
    symbolic = SymbolicEngine()

    @given(st.sampled_from(POLICIES).flatmap(any_facts), st.data())
    def agree(facts: dict[str, Any], data: st.DataObject) -> None:
        choices = tuple(
            data.draw(st.integers(0, len(readings[name].values) - 1)) for name in policy.readings
        )
        request = Request(policy, 20260601, choices, Case.from_mapping(facts))
        letters = PROLOG.truths([request])
        assert symbolic.truths([request]) == letters
        coverage.note(*sorted(set(letters[0])))

    agree()
    coverage.demand(0.5, "t", "f", "u")


def test_formulas_never_contradict_the_engine_on_plausibility() -> None:
    """Whose thresholds cut no cells: unknown where the engine knows, and never the opposite."""
    rules = rule_base().plausibility
    coverage = Coverage("formulas, plausibility")
    symbolic = SymbolicEngine()

    @given(st.sampled_from(POLICIES).flatmap(any_facts), st.data())
    def agree(facts: dict[str, Any], data: st.DataObject) -> None:
        for name in data.draw(st.lists(st.sampled_from(rules.attributes), max_size=12)):
            value = data.draw(values(rule_base().attributes[name]))
            facts = facts | ({} if value is None else {name: value})
        request = Request(rules, 20260601, (), Case.from_mapping(facts))
        [here], [there] = symbolic.truths([request]), PROLOG.truths([request])
        assert len(here) == len(there)
        pairs = {a + b for a, b in zip(here, there, strict=True)}
        assert pairs <= {"tt", "ff", "uu", "ut", "uf"}
        coverage.note(*sorted(pairs))

    agree()
    coverage.demand(0.5, "tt", "ff", "uu")
    coverage.demand(0.05, "uf", "ut")


def test_formulas_know_what_is_hardly_right_of_whole_cells() -> None:
    """A finding whose tests divide no cell is true as a formula just where the engine has it."""
    base = rule_base()
    rules = base.plausibility
    case = Case(
        request_type="continuation", prior_lutathera_doses=0, who_grade=1, differentiation="poor",
        psma_pet_agent="not_performed", psma_pet_positive=True, liver_metastases=True,
        visceral_metastases=False, stop_rule_met_before=True,
    )  # fmt: skip
    request = Request(rules, 20260601, (), case)
    [here], [there] = SymbolicEngine().truths([request]), PROLOG.truths([request])
    places = [rules.positions[finding.node] for finding in base.findings]
    found = [f.policy for f, place in zip(base.findings, places, strict=True) if here[place] == "t"]
    assert [here[place] == "t" for place in places] == [there[place] == "t" for place in places]
    assert {"premera_lutathera", "wellmark_lutathera", None} == set(found)
    assert len(found) >= 5


def left_by(attribute: Attribute, value: Any) -> range:
    """Return the cells that a value leaves."""
    return cells_left(attribute, possible(attribute, value, "here"))


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_a_readable_value_leaves_just_its_cells(attribute: Attribute) -> None:
    """Each cell, and each run of neighbouring cells of numbers, has a value that leaves just it."""
    count = len(attribute.cells)
    for cell in range(count):
        assert left_by(attribute, value_of(attribute, [cell])) == range(cell, cell + 1)
    if attribute.type not in NUMERIC:
        return
    numbers = len(stretches(attribute))
    for low in range(numbers):
        for high in range(low + 1, numbers):
            if high - low + 1 == count and not may_be_wide(attribute):
                continue
            run = range(low, high + 1)
            value = value_of(attribute, run)
            assert left_by(attribute, value) == run
            assert possible(attribute, value, "here") is not None
