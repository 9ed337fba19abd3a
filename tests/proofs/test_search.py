# SPDX-License-Identifier: Apache-2.0
"""Every theorem is searched for counterexamples too, by a way that shares nothing with its proof.

The search draws patients, asks Prolog, and knows no cells and no formulas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lutalogic import Case, rule_base
from lutalogic.claims import Leaf, judge, leaves, premises
from lutalogic.proofs import theorems
from lutalogic.replay import days_of, replay
from lutalogic.trace import facts_read
from tests.strategies import Coverage, facts, sampled, searching, values

if TYPE_CHECKING:
    from lutalogic.claims import Claim, Theorem

PROVED = [pytest.param(t, id=t.name) for t in theorems() if t.expected == "proved"]


@st.composite
def records(draw: st.DrawFn, theorem: Theorem) -> list[Case]:
    """Draw one record near one that meets a policy, or two that differ as the theorem says.

    Half of them get a new value of a fact that a condition of the theorem itself reads.
    """
    policy = draw(st.sampled_from(theorem.policies))
    drawn = draw(facts(policy, most_changes=3))
    conditions = [leaf.node for leaf in leaves(theorem.claim) if leaf.policy == "theorems"]
    again = draw(st.booleans())
    if conditions and again:
        drawn |= draw(filled(facts_read(draw(st.sampled_from(conditions))), 2))
    over = theorem.over
    if over.kind == "record":
        return [Case.from_mapping(drawn)]
    if over.kind == "extension":
        known = rule_base().policies[policy].attributes
        more = draw(filled(tuple(name for name in known if name not in drawn), 4))
        gone = draw(st.sets(st.sampled_from(sorted(drawn) or [""]), max_size=4))
        first = {name: value for name, value in drawn.items() if name not in gone}
        return [Case.from_mapping(first), Case.from_mapping(drawn | more)]
    first, second = dict(drawn), dict(drawn)
    for name in over.attributes:
        if over.kind == "increase":
            first[name], second[name] = draw(numbers_up(name, drawn.get(name)))
        else:
            second[name] = draw(st.none() | values(rule_base().attributes[name]))
    return [Case.from_mapping(first), Case.from_mapping(second)]


@st.composite
def filled(draw: st.DrawFn, names: tuple[str, ...], most: int) -> dict[str, Any]:
    """Draw values of a few of some facts."""
    chosen = draw(st.lists(st.sampled_from(names), max_size=most, unique=True)) if names else []
    drawn = {name: draw(values(rule_base().attributes[name])) for name in chosen}
    return {name: value for name, value in drawn.items() if value is not None}


@st.composite
def numbers_up(draw: st.DrawFn, name: str, near: object) -> tuple[int, int]:
    """Draw two whole numbers of a fact, the second not less; mostly next to one that is given."""
    low, high = rule_base().attributes[name].range
    if isinstance(near, int) and draw(st.integers(0, 3)):
        low, high = max(low, near - 3), min(high, near + 3)
    first, second = sorted(draw(st.tuples(st.integers(low, high), st.integers(low, high))))
    return first, second


def held(claim: Claim, told: dict[Leaf, bool]) -> bool:
    """Tell whether a claim holds of what its leaves came to."""
    return judge(claim, told.__getitem__, every=all, some=any, no=lambda value: not value)


@pytest.mark.parametrize("theorem", sampled(PROVED, every=2))
def test_no_counterexample_is_found(theorem: Theorem) -> None:
    """No patient who is drawn refutes the theorem; how many fulfilled a premise is counted.

    Of a theorem without a premise, how many did some of what can never be all done together.
    """
    coverage = Coverage(theorem.name)
    asked = premises(theorem.claim) or tuple(leaves(theorem.claim))

    @searching(4)
    @given(records(theorem), st.sampled_from(days_of(theorem)))
    def search(cases: list[Case], day: str) -> None:
        holds, answers = replay(theorem, cases, day, {})
        told = {answer.leaf: answer.holds for answer in answers}
        coverage.note(*(["premise"] if any(held(claim, told) for claim in asked) else []))
        assert holds, [case.facts for case in cases]

    search()
    coverage.demand(0.005, "premise")
