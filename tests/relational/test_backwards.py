# SPDX-License-Identifier: Apache-2.0
"""The rules run backwards: from a truth to the facts, readings and texts that lead to it.

Asked in the relational engine, and held against the reference engine, which runs forwards only.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from unification.utils import transitive_get as walk

from lutalogic import Case, rule_base
from lutalogic.cells import forms, value_of
from lutalogic.engines import Request
from lutalogic.engines.kanren import rules_of
from lutalogic.engines.prolog import PROLOG
from lutalogic.trace import turning_days
from tests.strategies import BASES, Coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

POLICY = rule_base().policies["premera_xofigo"]
RULES = rules_of(POLICY)
_BASE = BASES[POLICY.name][0]
#: Patients from one who meets the policy to one of whom nothing is known.
PATIENTS: dict[str, dict[str, Any]] = {
    "who meets it": _BASE,
    "with silence on visceral disease": {
        name: value
        for name, value in _BASE.items()
        if name not in ("visceral_metastases", "liver_metastases")
    },
    "with evidence that conflicts": _BASE
    | {"visceral_metastases": False, "liver_metastases": True, "largest_lymph_node_cm": "2-4"},
    "with intervals": _BASE | {"age_years": "17-20", "prior_xofigo_doses": "2-5"},
    "of whom nothing is known": {},
}
READINGS = [(0,) * len(POLICY.readings), (1,) * len(POLICY.readings)]
#: The criteria, and the outcome.
NODES = [*(criterion.node for criterion in POLICY.criteria), POLICY.root]


def request(facts: Mapping[str, Any], choices: tuple[int, ...], day: int = 20260601) -> Request:
    """Return what an engine is asked."""
    return Request(POLICY, day, choices, Case.from_mapping(facts))


def of_form(facts: Mapping[str, Any], name: str, number: int) -> dict[str, Any]:
    """Return facts of which one has the form of a number."""
    attribute = rule_base().attributes[name]
    others = {other: value for other, value in facts.items() if other != name}
    return others | ({name: value_of(attribute, forms(attribute)[number].cells)} if number else {})


def letters(requests: Iterable[Request]) -> list[dict[int, str]]:
    """Return the truth of each node, as the reference engine has it."""
    return [dict(zip(POLICY.nodes, each, strict=True)) for each in PROLOG.truths(list(requests))]


@pytest.mark.parametrize("patient", PATIENTS)
def test_the_forms_of_a_fact_that_lead_to_a_truth_are_just_those(patient: str) -> None:
    """With all other facts given, for each fact and each truth of a criterion or the outcome."""
    facts, coverage = PATIENTS[patient], Coverage(f"backwards, {patient}")
    choices = READINGS[list(PATIENTS).index(patient) % 2]
    for name in POLICY.attributes:
        count = len(forms(rule_base().attributes[name]))
        tried = letters(request(of_form(facts, name, n), choices) for n in range(count))
        given = RULES.given(request(facts, choices))
        del given[RULES.facts[name]]
        for node, truth in product(NODES, "tfu"):
            answers = RULES.goal(given | {RULES.truths[node]: truth})
            found = [walk(RULES.facts[name], state) for state in answers]
            assert sorted(found) == [n for n in range(count) if tried[n][node] == truth]
            coverage.note("none" if not found else "all" if len(found) == count else "some")
    coverage.demand(0.01, "none", "some", "all")


def test_two_facts_that_lead_to_an_outcome_are_found_together() -> None:
    """Of two facts at once, the pairs of forms are just those by which the request is met."""
    names = ("visceral_metastases", "liver_metastases")
    counts = [range(len(forms(rule_base().attributes[name]))) for name in names]
    for choices in READINGS:
        pairs = list(product(*counts))
        tried = letters(
            request(of_form(of_form(_BASE, names[0], a), names[1], b), choices) for a, b in pairs
        )
        given = RULES.given(request(_BASE, choices))
        for name in names:
            del given[RULES.facts[name]]
        for truth in "tfu":
            answers = RULES.goal(given | {RULES.truths[POLICY.root]: truth})
            found = [tuple(walk(RULES.facts[name], state) for name in names) for state in answers]
            expected = [
                pair for pair, each in zip(pairs, tried, strict=True) if each[POLICY.root] == truth
            ]
            assert sorted(found) == expected
            assert expected


@pytest.mark.parametrize("patient", PATIENTS)
def test_the_readings_that_lead_to_an_outcome_are_just_those(patient: str) -> None:
    """With all readings open at once, and the facts given."""
    base = rule_base()
    chosen = list(product(*(range(len(base.readings[name].values)) for name in POLICY.readings)))
    assert len(chosen) >= 8
    tried = letters(request(PATIENTS[patient], choices) for choices in chosen)
    given = RULES.given(request(PATIENTS[patient], chosen[0]))
    for variable in RULES.readings.values():
        del given[variable]
    for truth in "tfu":
        answers = RULES.goal(given | {RULES.truths[POLICY.root]: truth})
        found = [tuple(walk(v, state) for v in RULES.readings.values()) for state in answers]
        expected = [
            choices
            for choices, each in zip(chosen, tried, strict=True)
            if each[POLICY.root] == truth
        ]
        # A reading that makes no difference here may be left open.
        assert {each for some in found for each in closed(some)} == set(expected)


def closed(choices: tuple[Any, ...]) -> Iterable[tuple[int, ...]]:
    """Return what is meant by choices of which some may be open."""
    base = rule_base()
    values = [range(len(base.readings[name].values)) for name in POLICY.readings]
    return product(
        *([c] if isinstance(c, int) else v for c, v in zip(choices, values, strict=True))
    )


@pytest.mark.parametrize("policy", ["premera_lutathera", "wellmark_lutathera"])
def test_the_texts_that_lead_to_an_outcome_are_just_those(policy: str) -> None:
    """With the text open, the days are those on which a text that decides so begins."""
    entry = rule_base().policies[policy]
    rules, choices = rules_of(entry), (0,) * len(entry.readings)
    case = Case.from_mapping(BASES[policy][0] | {"age_years": 14})
    days = [day for day in turning_days(entry) if day >= entry.start(choices)]
    asked = [Request(entry, int(day.replace("-", "")), choices, case) for day in days]
    place = entry.positions[entry.root]
    tried = dict(zip(days, (each[place] for each in PROLOG.truths(asked)), strict=True))
    given = rules.given(asked[-1])
    del given[rules.text]
    for truth in "tfu":
        answers = rules.goal(given | {rules.truths[entry.root]: truth})
        found = sorted(walk(rules.text, state) for state in answers)
        assert found == [day for day in days if tried[day] == truth]
    assert set(tried.values()) != {"u"}
