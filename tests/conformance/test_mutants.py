# SPDX-License-Identifier: Apache-2.0
"""Mistakes decide which vectors there are: each is caught often enough, or proved to be none."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from lutalogic import decide, rule_base
from lutalogic.conformance.building import PROFILES, SEED
from lutalogic.conformance.candidates import batch_of, plain
from lutalogic.conformance.choosing import bits
from lutalogic.conformance.construction import TIMES, construct
from lutalogic.conformance.equivalence import all_shown, plain_shown
from lutalogic.conformance.mutants import OPERATORS, mutants
from lutalogic.conformance.suite import PACKAGED
from lutalogic.conformance.telling_apart import batch
from tests.conformance.shipped import asked, known, vectors
from tests.proofs.altered import altered
from tests.strategies import DEEP, POLICIES, Coverage, requests, searching

if TYPE_CHECKING:
    from pathlib import Path

#: Of the mutants of an operator that the construction did not know, the suite catches this share.
UNFORESEEN = 0.9


@pytest.mark.parametrize("policy", POLICIES)
def test_every_mistake_is_caught_or_proved_to_be_none(policy: str) -> None:
    """All non-equivalent mutants are caught, each by at least six vectors at their own levels.

    What the vectors catch is found anew, and is what the package says.
    """
    entries = {each.mutant: each for each in known(policy)}
    all_mutants = mutants(rule_base().policies[policy])
    assert set(entries) == {mutant.id for mutant in all_mutants}
    lower = sum(1 << i for i, v in enumerate(vectors(policy)) if v.level == 0)
    for mutant in all_mutants:
        entry = entries[mutant.id]
        by_outcome, at_all, _ = asked(policy).killed(mutant)
        assert list(entry.by_outcome) == bits(by_outcome), mutant.id
        assert list(entry.by_criterion) == bits(at_all & ~by_outcome), mutant.id
        assert entry.equivalent == (not at_all), mutant.id
        own = (by_outcome & lower) | (at_all & ~lower)
        assert entry.equivalent or own.bit_count() >= TIMES, (mutant.id, own.bit_count())


@pytest.mark.parametrize("policy", POLICIES)
def test_plain_vectors_show_whatever_plain_requests_do(policy: str) -> None:
    """Who is asked neither intervals nor readings nor earlier dates is not asked too little.

    If some plain request tells a mistake from the rules, a plain vector does; and if it is then
    right by another reading, there is a vector on which that reading is told.
    """
    of_policy = rule_base().policies[policy]
    plain_ones = sum(
        1 << i for i, v in enumerate(vectors(policy)) if not v.needs & PROFILES["plain"]
    )
    shown = told = 0
    for mutant in mutants(of_policy):
        request = plain_shown(mutant)
        if request is None:
            continue
        found = asked(policy).killed(mutant)
        if batch_of(of_policy, plain(of_policy, [request])).killed(mutant).at_all:
            shown += 1
            assert found.at_all & plain_ones, mutant.id
        told += 1
        assert found.otherwise & plain_ones, mutant.id
    assert told > shown > 50


@pytest.mark.parametrize("policy", POLICIES)
def test_no_vector_is_trivial(policy: str) -> None:
    """Each vector catches something, and catches what it names, at its own level."""
    entries = {each.mutant: each for each in known(policy)}
    for vector in vectors(policy):
        assert vector.catches, vector.id
        for catch in vector.catches:
            entry = entries[catch.mutant]
            assert vector.id in entry.vectors(vector.level), (vector.id, catch.mutant)
            assert (catch.criterion, catch.mistake) == (entry.criterion, entry.mistake)


@pytest.mark.parametrize("policy", POLICIES)
def test_each_mistake_is_named_by_six_vectors(policy: str) -> None:
    """A report can tell a mistake from the vectors that name it."""
    named: dict[str, int] = {}
    for vector in vectors(policy):
        for catch in vector.catches:
            named[catch.mutant] = named.get(catch.mutant, 0) + 1
    for entry in known(policy):
        assert named.get(entry.mutant, 0) >= TIMES or entry.equivalent, entry.mutant


@pytest.mark.parametrize("policy", POLICIES)
def test_equivalent_mutants_are_proved_to_be(policy: str) -> None:
    """No record, reading or day tells them from the rules: z3 finds none."""
    proved = {each.mutant for each in known(policy) if each.equivalent}
    those = [m for m in mutants(rule_base().policies[policy]) if m.id in proved]
    assert those
    for mutant in those if DEEP else those[::8]:
        assert next(all_shown(mutant, 0), None) is None, mutant.id
        assert next(all_shown(mutant, 1), None) is None, mutant.id


def test_mistakes_of_a_kind_that_was_not_foreseen_are_caught() -> None:
    """With an operator left out of the construction, nine in ten of its mutants are caught.

    This holds of each operator; the quick form, of one policy, sums the operators up.
    """
    caught: dict[str, int] = {}
    totals: dict[str, int] = {}
    for policy in POLICIES if DEEP else ["premera_xofigo"]:
        made = construct(rule_base().policies[policy], SEED)
        for operator in OPERATORS:
            own = bits(made.of_operator(operator))
            shown = 0
            for place in chain.from_iterable(made.choose(without=operator)):
                shown |= made.shows[1][place]
            survivors = [made.mutants[i].id for i in own if not shown >> i & 1]
            survive = "".join(f"; survives {name}" for name in survivors)
            told = f"{len(own) - len(survivors)} of {len(own)} caught{survive}"
            Coverage.reports.append(f"suite without {operator}, {policy}: {told}")
            key = operator if DEEP else "any"
            totals[key] = totals.get(key, 0) + len(own)
            caught[key] = caught.get(key, 0) + len(own) - len(survivors)
    assert all(caught[key] >= UNFORESEEN * totals[key] for key in totals), (caught, totals)


@pytest.mark.parametrize("policy", POLICIES)
def test_the_parallel_evaluator_agrees_with_the_engine(policy: str) -> None:
    """On random patients, readings and dates: the same outcome and the same criteria."""
    drawn: list[dict[str, Any]] = []

    @searching(2)
    @given(requests(policy))
    def draw(request: dict[str, Any]) -> None:
        drawn.append(request)

    draw()
    answers = batch(policy, drawn).answers
    coverage = Coverage(f"parallel evaluator, {policy}")
    criteria = rule_base().policies[policy].criteria
    for place, request in enumerate(drawn):
        decision = decide(request["facts"], policy, on=request["on"], readings=request["readings"])
        sides = [answers.met >> place & 1, answers.not_met >> place & 1]
        outcome = decision.outcome.value
        assert sides == [outcome == "met", outcome == "not_met"]
        told = {
            criterion.id: "true" if t >> place & 1 else "false" if f >> place & 1 else "unknown"
            for criterion, (t, f, off) in zip(criteria, answers.criteria, strict=True)
            if not off >> place & 1
        }
        assert told == dict(decision.criteria)
        coverage.note(outcome)
    coverage.demand(0.05, "met", "not_met", "needs_information")


_ANSWERS = """
import json, sys
from lutalogic.protocol import answer
for line in open(sys.argv[1]):
    request = json.loads(line)["request"]
    told = answer(json.dumps(request))
    print(json.dumps([request["id"], told["outcome"],
                      {k: str(v) for k, v in told["criteria"].items()}]))
"""


@pytest.mark.parametrize(
    ("policy", "changes", "mutant"),
    [
        (
            "premera_xofigo",
            [("_node_cm =< 3)", "_node_cm < 3)"), ("_node_cm =< 3 ]", "_node_cm < 3 ]")],
            "comparison",
        ),
        (
            "premera_xofigo",
            [("    symptomatic_bone_metastases,\n", "    not(symptomatic_bone_metastases),\n")],
            "negated",
        ),
    ],
)
def test_a_mistake_in_the_rules_themselves_is_caught_as_told(
    policy: str, changes: list[tuple[str, str]], mutant: str, tmp_path: Path
) -> None:
    """The program with a mistake in kb/ fails just the vectors that are said to catch it."""
    altered(tmp_path, {f"{policy}.pl": changes})
    wrong = set()
    for file in sorted(PACKAGED.glob(f"{policy}.L*.jsonl")):
        done = subprocess.run(
            [sys.executable, "-c", _ANSWERS, str(file)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        right = {
            v.id: [(e.outcome, e.criteria) for e in (v.expect, *v.acceptable)]
            for v in vectors(policy)
        }
        for line in done.stdout.splitlines():
            name, outcome, criteria = json.loads(line)
            if (outcome, criteria) not in right[name]:
                wrong.add(name)
    assert wrong
    told = [e for e in known(policy) if set(e.vectors(1)) == wrong]
    assert mutant in {entry.operator for entry in told}, wrong
