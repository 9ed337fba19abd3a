# SPDX-License-Identifier: Apache-2.0
"""The relational engine against the reference engine, on every node of every policy."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lutalogic import Case, decide, policies, rule_base
from lutalogic.cells import NUMERIC, stretches, value_of
from lutalogic.conformance.leaves import leaf_letter
from lutalogic.engines import Request
from lutalogic.engines.kanren import KANREN
from lutalogic.engines.prolog import PROLOG
from lutalogic.possible import NEVER, Number, Possible, Span
from lutalogic.readings import choices_of, valid_readings
from lutalogic.rules import Attribute, Policy
from tests.differential.test_independent import SAMPLES
from tests.kb.test_cases import request as request_of_row
from tests.kb.test_cases import rows
from tests.package.test_examples import REQUESTS
from tests.reference.test_rows import BASES as ENTRY_BASES
from tests.reference.test_rows import ROWS as ENTRY_ROWS
from tests.strategies import (
    POLICIES,
    Coverage,
    any_facts,
    facts_at_ends,
    far_requests,
    requests,
    sampled,
)

#: A deep search tries five thousand requests of each policy, so twenty thousand of all.
DEEP = settings().max_examples > 1000
#: Conditions that decide nothing, which engines evaluate as if they were policies.
PSEUDO = {
    "plausibility": rule_base().plausibility,
    "reference": rule_base().reference,
    "theorems": rule_base().theorems,
}


EVERY = [*policies(), *PSEUDO.values()]
#: Policies, a case, the day and the readings.
Stated = tuple[list[Policy], Case, str, Mapping[str, str]]


def asked(policy: Policy, case: Case, on: str, readings: Mapping[str, str]) -> Request:
    """Return what engines are asked."""
    day = date.fromisoformat(on)
    choices = choices_of(policy, valid_readings(readings))
    return Request(policy, day.year * 10000 + day.month * 100 + day.day, choices, case)


def all_of_cell(attribute: Attribute, cell: int) -> Possible | None:
    """Return that a fact has one of all the values of a cell."""
    if attribute.type in NUMERIC:
        numbers = stretches(attribute)
        if cell == len(numbers):
            return NEVER
        found = numbers[cell]
        if found.low == found.high:
            return Number(found.low)
        return Span(found.low, found.low_open, found.high, found.high_open)
    value = value_of(attribute, [cell])
    return Case.from_mapping({attribute.name: value}).possible[attribute.name]


def test_the_cells_of_a_test_follow_from_its_constants() -> None:
    """What Prolog writes of them, and this engine reads, is worked out again from values."""
    found: Counter[str] = Counter()
    for number, node in enumerate(rule_base().nodes):
        if node.kind != "test":
            continue
        attribute = rule_base().attributes[node.attributes[0]]
        for cell in range(len(attribute.cells)):
            told = "t" if cell in node.true_cells else "u" if cell in node.unknown_cells else "f"
            assert told == leaf_letter(node, [all_of_cell(attribute, cell)]), (number, cell)
            found[told] += 1
    assert min(found[letter] for letter in "tfu") > 20


@pytest.mark.parametrize("policy", POLICIES)
def test_both_engines_agree_on_every_node(policy: str) -> None:
    """On random patients, readings and dates: the same truth of every criterion and condition.

    Three in five requests have many numbers at the limits of rules, and every reading drawn.
    """
    coverage = Coverage(f"relational engine, {policy}")
    tried: set[str] = set()

    near, nearer, far = requests(policy), requests(policy, 1), far_requests(policy)

    @settings(max_examples=7000 if DEEP else 250)  # some are drawn twice
    @given(st.one_of(near, nearer, far, far, far))
    def agree(request: dict[str, Any]) -> None:
        decision = decide(request["facts"], policy, on=request["on"], readings=request["readings"])
        assert KANREN.truths([decision.request]) == [decision.truths]
        tried.add(json.dumps(request, sort_keys=True))
        coverage.note(
            decision.outcome.value,
            *("conflict" for _ in decision.conflicts[:1]),
            *(["no text in force"] if decision.text is None else []),
        )

    agree()
    coverage.counts["different"] = len(tried)
    coverage.demand(0.05, "met", "not_met", "needs_information")
    nodes = rule_base().nodes
    joins = any(nodes[n].kind == "evidence" for n in rule_base().policies[policy].nodes)
    assert coverage.counts["conflict"] or not joins
    assert coverage.counts["no text in force"]
    assert len(tried) >= (5000 if DEEP else 140)


@pytest.mark.parametrize("rules", PSEUDO)
def test_both_engines_agree_on_what_decides_nothing(rules: str) -> None:
    """Likewise rules on plausibility, reference knowledge and theorems, numbers at their limits."""
    policy, base = PSEUDO[rules], rule_base()
    coverage = Coverage(f"relational engine, {rules}")
    readings = st.fixed_dictionaries(
        {name: st.sampled_from(base.readings[name].values) for name in policy.readings}
    )
    near = st.sampled_from(POLICIES).flatmap(any_facts)

    @given(near.flatmap(lambda facts: facts_at_ends(facts, policy.attributes)), readings)
    def agree(facts: dict[str, Any], taken: dict[str, str]) -> None:
        request = asked(policy, known(facts), "2026-06-01", taken)
        letters = PROLOG.truths([request])
        assert KANREN.truths([request]) == letters
        coverage.note(*sorted(set(letters[0])))

    agree()
    coverage.demand(0.5, "t", "f", "u")


def test_both_engines_agree_on_whatever_the_tests_state_by_hand() -> None:
    """Every sample case, row of a case table, entry of reference knowledge and worked patient.

    A quick run asks every third; a deep one asks each under all other policies too, and under what
    decides nothing.
    """
    for name, some in stated().items():
        together = [
            asked(policy, facts, on, readings)
            for own, facts, on, readings in some
            for policy in (EVERY if DEEP else own)
        ]
        together = sampled(together, every=3)
        told = zip(together, PROLOG.truths(together), KANREN.truths(together), strict=True)
        differ = [(r.policy.name, r.case.facts) for r, prolog, kanren in told if prolog != kanren]
        assert not differ, (name, differ[0])
        Coverage.reports.append(f"relational engine, {name}: {len(together)} requests")


def stated() -> dict[str, list[Stated]]:
    """Return requests that the tests state by hand, each with the policies that it is about."""
    base = rule_base()
    samples: list[Any] = [sample.values[0] for sample in SAMPLES]
    of_rows = [request_of_row(name, row) for name in POLICIES for row in rows(name).values()]
    entries: list[Any] = [
        *({"facts": base} for base in ENTRY_BASES.values()),
        *(row | {"facts": ENTRY_BASES[row["entry"]] | row["facts"]} for row in ENTRY_ROWS),
    ]
    found: dict[str, list[Stated]] = {
        name: [
            ([base.policies[r["policy"]]], known(r["facts"]), r["on"], r.get("readings") or {})
            for r in some
        ]
        for name, some in {"sample cases": samples, "rows of policies": of_rows}.items()
    }
    found["reference knowledge"] = [
        ([base.reference], known(r["facts"]), "2026-06-01", r.get("readings") or {})
        for r in entries
    ]
    found["worked patients"] = [(EVERY, each.case, each.on, {}) for each in REQUESTS]
    assert len(found["sample cases"]) >= 125
    assert all(len(some) >= 30 for some in found.values())
    return found


def known(facts: Mapping[str, Any]) -> Case:
    """Return the case of facts, of which those are left out that are null."""
    return Case.from_mapping({name: value for name, value in facts.items() if value is not None})
