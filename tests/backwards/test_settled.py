# SPDX-License-Identifier: Apache-2.0
"""Whether a wish can come true is settled, and so is how near a patient can be."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lutalogic import Case, patients, rule_base, wish
from lutalogic.narrowing import Network, Table, solved
from lutalogic.patients import searched
from lutalogic.solving import formula, negation, z3
from tests.backwards.wishing import as_formulas, differing, hardly_right, wishes
from tests.strategies import POLICIES, Coverage, facts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lutalogic.wishes import Wish


def test_a_wish_comes_true_just_where_a_prover_finds_a_record() -> None:
    """Of random wishes: the search over cells and z3 agree on whether there is any patient."""
    coverage = Coverage("wishes that can and cannot come true")

    @settings(max_examples=3 * settings().max_examples)
    @given(wishes())
    def agree(drawn: tuple[Wish, dict[str, Any]]) -> None:
        wished, given_facts = drawn
        side = wished.side
        search = searched(
            side,
            outcome=_outcome(wished),
            criteria={name: _words(letters) for name, letters in wished.criteria.items()},
            given=given_facts,
        )
        found = next(search.ways(), None) is not None
        ready = as_formulas(wished, given_facts)
        try:
            assert found == (ready.check() == z3.sat)
        finally:
            ready.pop()
        coverage.note("can" if found else "cannot")

    agree()
    coverage.demand(0.2, "can", "cannot")


@pytest.mark.parametrize("policy", POLICIES)
def test_the_first_patient_near_to_one_is_the_nearest(policy: str) -> None:
    """As many facts differ as must: z3 finds no record that fulfils the wish with fewer changes."""
    coverage = Coverage(f"nearest, {policy}")
    entry = rule_base().policies[policy]

    @settings(max_examples=max(15, settings().max_examples // 4))
    @given(facts(policy), st.sampled_from(["met", "not_met", "needs_information"]))
    def near(start: dict[str, Any], outcome: str) -> None:
        start = Case(**start).facts
        [found] = patients(policy, outcome=outcome, near=start, n=1)
        before, after = Case(**start).possible, found.possible
        changed = sum(before.get(n) != after.get(n) for n in {**before, **after})
        ready = as_formulas(wish(policy, outcome=outcome), {})
        try:
            if changed:
                ready.add(z3.AtMost(*differing(start), changed - 1))
                ready.add(*map(formula, hardly_right(entry, start)))
                ready.add(*map(negation, differing(start, set(NAMES) - set(entry.attributes))))
                assert ready.check() == z3.unsat
        finally:
            ready.pop()
        coverage.note(changed if changed < 3 else "3 or more")

    near()
    coverage.demand(0.1, 0, 1)


NAMES = tuple(rule_base().attributes)
IMPOSSIBLE: dict[str, tuple[str, dict[str, Any]]] = {
    "a thymic tumor at Premera": (
        "premera_lutathera",
        {"outcome": "met", "given": {"tumor_type": "thymus_net", "request_type": "initial"}},
    ),
    "items 1 and 3": (
        "wellmark_lutathera",
        {"criteria": {"item 1": "true", "item 3": "true"}},
    ),
    "items 2a and 2b": (
        "wellmark_lutathera",
        {"criteria": {"item 2a": "true", "item 2b": "true"}},
    ),
    "five doses": (
        "wellmark_lutathera",
        {"outcome": "met", "given": {"prior_lutathera_doses": 2, "requested_doses": 3}},
    ),
    "an unknown number of doses": (
        "premera_pluvicto",
        {"outcome": "met", "given": {"prior_pluvicto_doses": None}},
    ),
    "children": ("premera_xofigo", {"outcome": "met", "given": {"age_years": 17}}),
    "item 1 as a list that does not govern all": (
        "wellmark_lutathera",
        {
            "readings": {"w_item1": "literal_list"},
            "criteria": {"item 1": "true"},
            "also": wish("wellmark_lutathera", criteria={"item 1": ["false", "unknown"]}),
        },
    ),
    "a course after a stop": (
        "premera_lutathera",
        {"outcome": "met", "given": {"stop_rule_met_before": True}},
    ),
    "a fact that is known": (
        "premera_xofigo",
        {"waits_for": "age_years", "given": {"age_years": 40}},
    ),
    "met turned down by a later text": (
        "premera_lutathera@2026-03-31",
        {"outcome": "met", "also": wish("premera_lutathera", outcome="not_met")},
    ),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
@pytest.mark.parametrize("near", [None, {"age_years": 40}])
def test_of_what_cannot_be_there_is_none(name: str, near: dict[str, Any] | None) -> None:
    """The search ends, with no patient, also near to one."""
    policy, wished = IMPOSSIBLE[name]
    near = None if near is None else near | {k: v for k, v in wished.get("given", {}).items() if v}
    assert list(patients(policy, near=near, **wished)) == []


def _outcome(wished: Wish) -> str | None:
    words = {"t": "met", "f": "not_met", "u-": "needs_information"}
    return words.get(wished.outcomes)


def _words(letters: str) -> list[str]:
    words = {"t": "true", "f": "false", "u": "unknown"}
    return [words[letter] for letter in letters]


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[int], list[tuple[list[tuple[int, ...]], list[int]]]]:
    """Draw a few variables of a few values, and random relations of two or three of them."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=5))
    tables = []
    for _ in range(draw(st.integers(0, 5))):
        places = draw(st.lists(st.integers(0, len(sizes) - 1), min_size=2, max_size=3))
        all_rows = list(product(*(range(sizes[p]) for p in places)))
        tables.append((draw(st.lists(st.sampled_from(all_rows), max_size=12)), places))
    return sizes, tables


def test_a_search_finds_what_there_is_to_find() -> None:
    """In random networks: a solution where trial finds one, and with exclusions all, each once."""
    coverage = Coverage("networks")

    @given(networks())
    def agree(drawn: tuple[list[int], list[tuple[list[tuple[int, ...]], list[int]]]]) -> None:
        sizes, tables = drawn
        expected = {
            values
            for values in product(*map(range, sizes))
            if all(tuple(values[p] for p in places) in rows for rows, places in tables)
        }
        network = Network()
        variables = [network.variable((1 << size) - 1) for size in sizes]
        for rows, places in tables:
            table = Table([[1 << value for value in row] for row in rows])
            network.relate(table, tuple(variables[p] for p in places))
        order = {v: [1 << i for i in range(size)] for v, size in zip(variables, sizes, strict=True)}
        found = []
        while (values := _solution(network, order)) is not None:
            found.append(values)
            network.exclude([(v, 1 << x) for v, x in zip(variables, values, strict=True)])
        assert _solution(network, order) is None  # what failed once goes on failing
        assert set(found) == expected
        assert len(found) == len(expected)
        coverage.note("none" if not expected else "one" if len(expected) == 1 else "several")

    agree()
    coverage.demand(0.1, "none", "several")


def _solution(network: Network, order: Mapping[int, Sequence[int]]) -> tuple[int, ...] | None:
    with solved(network, order) as possible:
        if not possible:
            return None
        return tuple(network.domains[v].bit_length() - 1 for v in order)
