# SPDX-License-Identifier: Apache-2.0
"""The theorems of the rule base: proved, or refuted by patients who are what they should be."""

from __future__ import annotations

import runpy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lutalogic import Case, decide, policies, prover
from lutalogic.claims import Period, leaves
from lutalogic.engines.prolog import PROLOG
from lutalogic.errors import StaleRuleBase
from lutalogic.plausible import plausibility_remarks
from lutalogic.proofs import prove, theorems
from lutalogic.replay import replay

if TYPE_CHECKING:
    from lutalogic.claims import Theorem
    from lutalogic.proof import Proof

ROOT = Path(__file__).parents[2]
THEOREMS = [pytest.param(theorem, id=theorem.name) for theorem in theorems()]
REFUTED = [pytest.param(t, id=t.name) for t in theorems() if t.expected == "refuted"]


@cache
def prove_once(name: str) -> Proof:
    """Return what becomes of a theorem."""
    [found] = prove(name)
    return found


@pytest.mark.parametrize("theorem", THEOREMS)
def test_a_theorem_is_as_expected(theorem: Theorem) -> None:
    """What is stated as a theorem is proved of every record; what is stated as none, refuted."""
    found = prove_once(theorem.name)
    assert found.status == theorem.expected
    assert (found.witness is not None) == (theorem.expected == "refuted")


@pytest.mark.parametrize("theorem", REFUTED)
def test_a_witness_is_decided_as_it_says(theorem: Theorem) -> None:
    """Decided like any patient, those of a witness get the outcomes and criteria that it tells."""
    witness = prove_once(theorem.name).witness
    assert witness is not None
    told = 0
    for answer in witness.answers:
        leaf = answer.leaf
        if leaf.policy not in {policy.name for policy in policies()}:
            continue
        case = Case.from_mapping(witness.cases[leaf.record].facts)
        decision = decide(case, leaf.policy, on=answer.day, readings=dict(leaf.readings))
        if leaf.asks == "outcome":
            assert decision.outcome.value == answer.told
        elif leaf.asks == "truth":
            [criterion] = [c for c in decision.policy.criteria if c.node == leaf.node]
            assert decision.criteria[criterion.id].value == answer.told
        else:
            assert bool(decision.conflicts) == (answer.told == "conflict")
        told += 1
    assert told


@pytest.mark.parametrize("theorem", REFUTED)
def test_a_witness_needs_each_of_its_facts(theorem: Theorem) -> None:
    """Without any one of its facts a patient refutes nothing; and none of them is implausible."""
    witness = prove_once(theorem.name).witness
    assert witness is not None
    last = witness.cases[-1]
    for name in last.facts:
        without = [case.replace(**{name: None}) for case in witness.cases]
        holds, _ = replay(theorem, without, witness.on, {})
        assert holds, name
    if theorem.name != "discordant_scales_never_turn_not_met_into_met":  # which is about discord
        asked = [(case, policy) for case in witness.cases for policy in (None, *theorem.policies)]
        assert not any(plausibility_remarks(PROLOG, asked))


def test_what_a_proof_rests_on() -> None:
    """A proof names the criteria and readings that it needs, and no others."""
    [found] = prove("what_xofigo_asks")
    assert found.criteria == (("premera_xofigo", "X-3"), ("premera_xofigo", "X-4"))
    assert found.readings == {"p_visceral": "documented_absent"}


def test_readings_under_which_a_theorem_fails() -> None:
    """The dose cap falls under the reading that counts by course, and under no other."""
    [found] = prove("lutathera_within_four_doses", all_readings=True)
    assert found.otherwise == {("dose_cap", "per_course"): "refuted"}
    assert found.under_all is False
    [ages] = prove("no_lutathera_under_twelve", all_readings=True)
    assert ages.under_all
    assert not ages.otherwise


def test_a_reading_that_is_taken_decides() -> None:
    """Under a reading by which a theorem falls, it is refuted by a patient under that reading."""
    [found] = prove("lutathera_within_four_doses", readings={"dose_cap": "per_course"})
    assert found.status == "refuted"
    assert found.witness is not None
    assert found.taken == {"dose_cap": "per_course"}
    [case] = found.witness.cases
    decided = [
        decide(case, leaf.policy, on=found.witness.on, readings={"dose_cap": "per_course"}).outcome
        for leaf in leaves(found.theorem.claim)
        if leaf.asks == "outcome"
    ]
    assert "met" in decided


def test_a_premise_that_none_fulfils_makes_no_proof() -> None:
    """Where the rules to stop do not bind, no criterion says so: the claim is called vacuous."""
    [found] = prove("first_dose_met_means_second_dose_met", readings={"w_stop_rules": "advisory"})
    assert found.status == "vacuous"


def test_what_is_not_decided_in_time_is_neither() -> None:
    """A prover that has no time says so, and claims nothing."""
    [found] = prove("facts_filled_in_never_turn_met_into_not_met", timeout=0.001)
    assert found.status == "not_decided"
    assert found.witness is None


def test_the_documentation_says_what_became_of_the_theorems() -> None:
    """README and verified properties have the theorems as they are, with their status."""
    proofs = [prove_once(theorem.name) for theorem in theorems()]
    pages = runpy.run_path(str(ROOT / "docs/generate.py"))["theorems"](proofs)
    for page, text in pages.items():
        assert page.read_text() == text, f"{page.name} is stale: run `make verified`"
    assert len(pages) == 2


def test_a_replay_that_disagrees_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Prolog finds no counterexample, that is what is told: not proved, and not refuted."""

    def disagreeing(*arguments: Any) -> tuple[bool, Any]:
        return True, replay(*arguments)[1]

    monkeypatch.setattr(prover, "replay", disagreeing)
    [found] = prove("later_texts_keep_met")
    assert found.status == "replay_disagrees"
    assert not found.as_expected
    assert found.witness is not None


def test_a_period_has_the_texts_that_begin_in_it() -> None:
    """From a day on, or before a day: the texts that begin then, and not those in force already."""
    days = ["2019-04-01", "2025-01-01", "2026-04-01"]
    assert Period(None, None).days(days) == days
    assert Period(None, "2025-01-01").days(days) == ["2019-04-01"]
    assert Period("2025-06-01", None).days(days) == ["2026-04-01"]
    assert Period("2025-01-01", None).days(days) == ["2025-01-01", "2026-04-01"]


def test_rules_that_changed_since_they_were_generated_are_not_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A proof is of the rules in kb/, or it is refused."""

    def stale() -> None:
        raise StaleRuleBase("generated from other rules")

    monkeypatch.setattr(PROLOG, "check_rules", stale)
    with pytest.raises(StaleRuleBase):
        prove("what_xofigo_asks")
