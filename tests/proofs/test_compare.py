# SPDX-License-Identifier: Apache-2.0
"""Comparisons: what they prove holds, what they show was decided so, and nothing is left out."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lutalogic import (
    Case,
    Comparison,
    EngineError,
    InputError,
    Outcome,
    Relation,
    Truth,
    compare,
    decide,
    policies,
    rule_base,
    side,
)
from lutalogic import containment as containment_module
from lutalogic.comparison_pages import comparison_markdown
from lutalogic.containment import Containment
from lutalogic.errors import BadDate
from lutalogic.formulas import View, rules
from lutalogic.requirements import requirements
from lutalogic.sides import read_side
from lutalogic.solving import conjunction, disjunction, formula, solver, z3
from lutalogic.symbolic_record import record
from lutalogic.trace import turning_days
from tests.commands import afresh, lutalogic
from tests.strategies import BASES, Coverage, facts_near, sampled

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from lutalogic.decision import Decision
    from lutalogic.requirements import Requirement
    from lutalogic.sides import Side

ROOT = Path(__file__).parents[2]
INITIAL = (("request_type", "initial"),)
E, N, W, X = Relation.EQUIVALENT, Relation.NARROWER, Relation.WIDER, Relation.INCOMPARABLE

#: A, B, given facts, and how the requests that are met compare.
KNOWN: list[tuple[str, str, tuple[tuple[str, Any], ...], Relation]] = [
    ("premera_lutathera@2026-03-31", "premera_lutathera", (), N),
    ("premera_lutathera@2024-12-31", "premera_lutathera@2025-01-01", INITIAL, X),
    ("premera_lutathera@2025-01-01", "premera_lutathera@2025-02-01", INITIAL, X),
    ("premera_pluvicto@2025-04-30", "premera_pluvicto", (), N),
    ("premera_pluvicto@2026-03-31", "premera_pluvicto", (), E),
    ("wellmark_lutathera,w_item1=literal_list", "wellmark_lutathera", (), N),
    ("wellmark_lutathera,w_item1=burden_governs_typical", "wellmark_lutathera", (), W),
    ("wellmark_lutathera", "premera_lutathera", INITIAL, X),
    ("wellmark_lutathera", "premera_lutathera", (), X),
    ("wellmark_lutathera", "premera_lutathera", (("request_type", "continuation"),), X),
    ("wellmark_lutathera", "premera_lutathera", (("ki67_percent", "15-30"),), X),
    ("premera_pluvicto", "premera_xofigo", INITIAL, X),
    ("premera_pluvicto", "premera_lutathera", INITIAL, X),
    ("premera_xofigo", "premera_xofigo", (), E),
    ("premera_xofigo,p_visceral=silence_is_absence", "premera_xofigo", (), W),
    ("premera_lutathera,p_continuation=judged_each_dose", "premera_lutathera", (), N),
    ("premera_lutathera@2024-12-31", "premera_lutathera", (("age_years", 15),), Relation.A_NEVER),
    ("wellmark_lutathera", "premera_lutathera", (("age_years", 8),), Relation.NEITHER),
]
PAIRS = pytest.mark.parametrize(("a", "b", "facts"), [known[:3] for known in KNOWN])


@cache
def compared(a: str, b: str, facts: tuple[tuple[str, Any], ...] = ()) -> Comparison:
    """Return a comparison, made once."""
    return compare(a, b, given=dict(facts))


def every_view(policy: str) -> Iterator[Side]:
    """Yield a policy on each day on which it changes, by default and under each other reading."""
    base = rule_base()
    entry = base.policies[policy]
    for day in turning_days(entry):
        others = [(name, v) for name in entry.readings for v in base.readings[name].values[1:]]
        for pair in [None, *others]:
            try:
                yield side(policy, on=day, readings=dict([pair] if pair else []))
            except BadDate:  # the reading says that the text begins later
                assert pair is not None
                assert entry.start_reading == pair[0]


def proved(refuting: Any) -> bool:
    """Tell whether no record satisfies what a solver was told: then its opposite is proved."""
    return bool(refuting.check() == z3.unsat)


def proved_of_none(sides: Containment, *parts: Any) -> bool:
    """Tell whether it is proved that no record compared satisfies formulas."""
    return not sides.possible(*parts)


def holds(decision: Decision, requirement: Requirement) -> Truth:
    """Return the truth of a requirement in a decision."""
    letters = [decision.truths[decision.policy.positions[node]] for node in requirement.nodes]
    if "t" in letters:
        return Truth.TRUE
    return Truth.UNKNOWN if "u" in letters else Truth.FALSE


@pytest.mark.parametrize("policy", [policy.name for policy in policies()])
def test_a_policy_is_the_conjunction_of_its_requirements(policy: str) -> None:
    """On every dated text, by default and under each other reading: as true, and as false."""
    views, first = 0, record("first")
    for view in every_view(policy):
        circumstances = View(view.day, tuple(view.readings.items()))
        root = rules().truth(first, view.policy, circumstances, view.policy.root)
        asked = [
            [rules().truth(first, view.policy, circumstances, node) for node in r.nodes]
            for r in requirements(view)
        ]
        true = conjunction(disjunction(t.true for t in clause) for clause in asked)
        false = disjunction(conjunction(t.false for t in clause) for clause in asked)
        refuting = solver()
        refuting.add(first.shape, *rules().ties(first, view.policy, circumstances))
        refuting.add(*map(z3.Bool, rules().guards))
        for whole in (root.true, root.false):  # neither is settled, so the proof is not vacuous
            assert refuting.check(formula(whole)) == z3.sat, view
        refuting.add(
            z3.Or(formula(root.true) != formula(true), formula(root.false) != formula(false))
        )
        assert proved(refuting), view
        views += 1
    assert views > len(rule_base().policies[policy].readings)


def test_a_requirement_is_a_criterion_or_several_of_which_one_must_hold() -> None:
    """Items stay together, what is not in force drops out, and an exemption is said in words."""
    wellmark = requirements(side("wellmark_lutathera"))
    assert "item 1, item 2, item 3, item 4 or item 5" in [r.id for r in wellmark]
    earlier, now = (
        {r.id: r for r in requirements(side("premera_lutathera", on=day))}
        for day in ("2026-03-31", "2026-04-01")
    )
    assert set(earlier) - set(now) == {"L-11"}
    assert str(now["L-2"]).startswith("L-2, unless a course is under way")
    assert not now["L-9"].unless
    each_dose = requirements(
        side("premera_lutathera", readings={"p_continuation": "judged_each_dose"})
    )
    assert [bool(r.unless) for r in each_dose if r.id == "L-5"] == [False]


@pytest.mark.parametrize(("a", "b", "facts", "relation"), sampled(KNOWN, every=3))
def test_the_relation_is_the_known_one(
    a: str, b: str, facts: tuple[tuple[str, Any], ...], relation: Relation
) -> None:
    """Texts that only widen, nested readings, payers that differ, and nothing to compare."""
    comparison = compared(a, b, facts)
    assert comparison.met.relation is relation
    assert (comparison.met.only_a is None) == (
        relation in (E, N, Relation.A_NEVER, Relation.NEITHER)
    )
    assert (comparison.met.only_b is None) == (relation in (E, W, Relation.NEITHER))


def test_identical_disjoint_and_pending() -> None:
    """The finer results: the same in all three outcomes, nothing in common, and no denial."""
    same = compared("premera_xofigo", "premera_xofigo")
    assert same.identical
    assert same.for_a == same.for_b == ()
    apart = compared("premera_pluvicto", "premera_lutathera", INITIAL)
    assert apart.disjoint
    assert apart.for_a is None
    assert apart.for_b is None
    never = compared("wellmark_lutathera", "premera_lutathera", (("age_years", 8),))
    assert not never.disjoint
    assert never.for_a is None
    assert never.a_asks == never.b_asks == ()
    silent = compared("premera_xofigo,p_visceral=silence_is_absence", "premera_xofigo")
    assert silent.not_met.relation is E
    assert not silent.identical
    assert silent.met.only_a is not None
    assert silent.met.only_a.b.outcome is Outcome.NEEDS_INFORMATION
    assert [(d.requirement.id, d.at_worst, d.alone) for d in silent.b_asks] == [
        ("X-4", Truth.UNKNOWN, Truth.UNKNOWN)
    ]


@PAIRS
def test_each_request_shown_is_decided_as_it_is_told(
    a: str, b: str, facts: tuple[tuple[str, Any], ...]
) -> None:
    """Decided again from its facts, with the given ones; and no fact of it can be left out."""
    comparison = compared(a, b, facts)
    pending = Outcome.NEEDS_INFORMATION
    met, not_met = Outcome.MET, Outcome.NOT_MET
    for witness, outcomes in (
        (comparison.met.only_a, {(met, not_met), (met, pending)}),
        (comparison.met.only_b, {(not_met, met), (pending, met)}),
        (comparison.not_met.only_a, {(not_met, met), (not_met, pending)}),
        (comparison.not_met.only_b, {(met, not_met), (pending, not_met)}),
        (comparison.both, {(met, met)}),
    ):
        if witness is None:
            continue
        sides = (comparison.a, comparison.b)

        def outcome(case: Case, sides: tuple[Side, Side] = sides) -> tuple[Outcome, ...]:
            return tuple(
                decide(case, s.policy, on=s.day, readings=dict(s.taken)).outcome for s in sides
            )

        told = outcome(witness.case)
        assert told in outcomes
        assert told == (witness.a.outcome, witness.b.outcome)
        kept = dict(facts)
        for name, value in kept.items():
            assert value == witness.case.facts[name] or isinstance(value, str)
        for name in witness.case.facts:
            if name not in kept:
                assert outcome(witness.case.replace(**{name: None})) != told, name


def test_a_given_interval_is_kept_to() -> None:
    """What is known more exactly lies within what was given."""
    given_facts = (("ki67_percent", "15-30"),)
    comparison = compared("wellmark_lutathera", "premera_lutathera", given_facts)
    witnesses = (comparison.met.only_a, comparison.met.only_b, comparison.both)
    values = [witness.case.ki67_percent for witness in witnesses if witness]
    assert len(values) == 3
    for value in values:
        ends = [float(end) for end in str(value).split("-")]
        assert min(ends) >= 15
        assert max(ends) <= 30


@PAIRS
def test_what_is_added_is_enough_and_nothing_of_it_can_be_left_out(
    a: str, b: str, facts: tuple[tuple[str, Any], ...]
) -> None:
    """Proved in both directions, and satisfiable: a request met by both has all of it."""
    comparison = compared(a, b, facts)
    first, second = comparison.a, comparison.b
    sides = Containment(first, second, Case.from_mapping(dict(facts)))
    for here, there, added in (
        (first, second, comparison.for_b),
        (second, first, comparison.for_a),
    ):
        if added is None:
            assert comparison.both is None
            continue
        assert comparison.both is not None
        decided = comparison.both.a if there is first else comparison.both.b
        assert all(holds(decided, r) is Truth.TRUE for r in added)
        wanting = [sides.outcomes[here][Outcome.MET], z3.Not(sides.outcomes[there][Outcome.MET])]
        truths = [sides.truth(there, r)[Truth.TRUE] for r in added]
        assert proved_of_none(sides, *wanting, *truths)
        for place in range(len(truths)):
            assert sides.possible(*wanting, *truths[:place], *truths[place + 1 :])


@pytest.mark.parametrize(("a", "b", "facts"), [KNOWN[place][:3] for place in (0, 7, 11, 14)])
def test_a_mark_and_a_list_of_what_is_asked_besides_are_borne_out_by_prolog(
    a: str, b: str, facts: tuple[tuple[str, Any], ...]
) -> None:
    """A request that lacks one requirement alone is denied, or pends, by that one."""
    comparison = compared(a, b, facts)
    first, second = comparison.a, comparison.b
    sides, marked = Containment(first, second, Case.from_mapping(dict(facts))), 0
    for here, there, differences in (
        (first, second, comparison.b_asks),
        (second, first, comparison.a_asks),
    ):
        asked = requirements(there)
        for difference in differences:
            if difference.alone is None:
                continue
            criteria = difference.requirement.criteria
            truths = [
                sides.truth(there, r)[difference.alone if r.criteria == criteria else Truth.TRUE]
                for r in asked
            ]
            case = sides.smallest(sides.outcomes[here][Outcome.MET], *truths)
            assert case is not None
            denied = difference.alone is Truth.FALSE
            assert (difference.request and difference.request.case) == (case if denied else None)
            one, other = (
                decide(case, s.policy, on=s.day, readings=dict(s.taken)) for s in (here, there)
            )
            assert one.outcome is Outcome.MET
            assert other.outcome is (Outcome.NOT_MET if denied else Outcome.NEEDS_INFORMATION)
            for r in asked:
                wanted = difference.alone if r.criteria == criteria else Truth.TRUE
                assert holds(other, r) is wanted
            marked += 1
    assert marked


@PAIRS
def test_each_mark_names_a_smallest_request_that_it_alone_denies(
    a: str, b: str, facts: tuple[tuple[str, Any], ...]
) -> None:
    """Decided again: met there, denied here by this requirement alone; no fact can be left out."""
    comparison = compared(a, b, facts)
    first, second = comparison.a, comparison.b
    for here, there, differences in (
        (first, second, comparison.b_asks),
        (second, first, comparison.a_asks),
    ):
        asked = requirements(there)

        def truths(
            case: Case, here: Side = here, there: Side = there, asked: Any = asked
        ) -> tuple[Outcome, list[Truth]]:
            one, other = (
                decide(case, s.policy, on=s.day, readings=dict(s.taken)) for s in (here, there)
            )
            return one.outcome, [holds(other, r) for r in asked]

        for difference in differences:
            request, criteria = difference.request, difference.requirement.criteria
            assert (request is not None) == (difference.alone is Truth.FALSE)
            if request is None:
                continue
            alone = [Truth.FALSE if r.criteria == criteria else Truth.TRUE for r in asked]
            assert truths(request.case) == (Outcome.MET, alone)
            for name in request.case.facts:
                if name not in dict(facts):
                    smaller = request.case.replace(**{name: None})
                    assert truths(smaller) != (Outcome.MET, alone), name


@PAIRS
def test_the_requirements_listed_are_those_not_implied(
    a: str, b: str, facts: tuple[tuple[str, Any], ...]
) -> None:
    """None that may be lacking is left out; one that is marked holds a request back alone."""
    comparison = compared(a, b, facts)
    first, second = comparison.a, comparison.b
    sides = Containment(first, second, Case.from_mapping(dict(facts)))
    for here, there, differences in (
        (first, second, comparison.b_asks),
        (second, first, comparison.a_asks),
    ):
        met = sides.outcomes[here][Outcome.MET]
        asked = requirements(there)
        lacking = [
            r
            for r in asked
            if sides.possible(met, z3.Not(formula(sides.truth(there, r)[Truth.TRUE])))
        ]
        assert [r.criteria for r in lacking] == [d.requirement.criteria for d in differences]
        for requirement, difference in zip(lacking, differences, strict=True):
            rest = [sides.truth(there, r)[Truth.TRUE] for r in asked if r is not requirement]
            alone = {
                truth: sides.possible(met, sides.truth(there, requirement)[truth], *rest)
                for truth in (Truth.FALSE, Truth.UNKNOWN)
            }
            if difference.alone is None:
                assert not any(alone.values())
            else:
                assert alone[difference.alone]
            if alone[Truth.FALSE]:
                assert difference.alone is Truth.FALSE
                assert difference.at_worst is Truth.FALSE


@pytest.mark.parametrize(
    ("a", "b", "facts"), [KNOWN[place][:3] for place in sampled((0, 7, 12, 14, 16), every=2)]
)
def test_a_comparison_the_other_way_round_is_its_mirror(
    a: str, b: str, facts: tuple[tuple[str, Any], ...]
) -> None:
    """compare(B, A) says of A and B what compare(A, B) says of B and A, with the same requests."""
    mirror = {W: N, N: W, Relation.A_NEVER: Relation.B_NEVER, Relation.B_NEVER: Relation.A_NEVER}
    one, other = compared(a, b, facts), compared(b, a, facts)
    assert (one.a, one.b) == (other.b, other.a)
    for asks, same_asks in ((one.a_asks, other.b_asks), (one.b_asks, other.a_asks)):
        for d, same_d in zip(asks, same_asks, strict=True):
            assert replace(d, request=None) == replace(same_d, request=None)
            assert (d.request and d.request.case) == (same_d.request and same_d.request.case)
    assert (one.for_a, one.for_b) == (other.for_b, other.for_a)
    for here, there in ((one.met, other.met), (one.not_met, other.not_met)):
        assert mirror.get(here.relation, here.relation) is there.relation
        for witness, same in ((here.only_a, there.only_b), (here.only_b, there.only_a)):
            assert (witness and witness.case) == (same and same.case)
            assert (witness and (witness.a, witness.b)) == (same and (same.b, same.a))
    assert (one.both and one.both.case) == (other.both and other.both.case)


SEARCHED = [
    ("wellmark_lutathera", "premera_lutathera", ()),
    ("premera_lutathera@2026-03-31", "premera_lutathera", ()),
    ("wellmark_lutathera,w_item1=literal_list", "wellmark_lutathera", ()),
    ("premera_pluvicto", "premera_xofigo", ()),
    ("premera_pluvicto@2025-04-30", "premera_pluvicto", ()),
]


@pytest.mark.parametrize(("a", "b", "facts"), sampled(SEARCHED, every=2))
def test_no_request_contradicts_a_comparison(
    a: str, b: str, facts: tuple[tuple[str, Any], ...]
) -> None:
    """Near requests that one side meets: what is implied holds, and what is added is enough."""
    comparison = compared(a, b, facts)
    sides = (comparison.a, comparison.b)
    shown = [comparison.met.only_a, comparison.met.only_b, comparison.both]
    bases = [witness.case.facts for witness in shown if witness]
    bases += [base for s in sides for base in BASES[s.policy.name]]
    read = tuple(dict.fromkeys(name for s in sides for name in s.policy.attributes))
    coverage = Coverage(f"comparison of {a} to {b}")

    @settings(settings(), max_examples=2 * settings().max_examples)
    @given(st.sampled_from(bases).flatmap(lambda base: facts_near(base, read, 3)))
    def search(drawn: dict[str, Any]) -> None:
        one, other = (decide(drawn, s.policy, on=s.day, readings=dict(s.taken)) for s in sides)
        met = [d.outcome is Outcome.MET for d in (one, other)]
        denied = [d.outcome is Outcome.NOT_MET for d in (one, other)]
        coverage.note(*(label for label, m in zip(("A met", "B met"), met, strict=True) if m))
        for compared_, held in ((comparison.met, met), (comparison.not_met, denied)):
            assert not (compared_.only_a is None and held[0] and not held[1])
            assert not (compared_.only_b is None and held[1] and not held[0])
        for here, there, added, asks in (
            (one, other, comparison.for_b, comparison.b_asks),
            (other, one, comparison.for_a, comparison.a_asks),
        ):
            if here.outcome is Outcome.MET:
                lacking = {
                    r.criteria
                    for r in requirements(sides[there is other])
                    if holds(there, r) is not Truth.TRUE
                }
                assert lacking <= {d.requirement.criteria for d in asks}
                enough = added is not None and all(holds(there, r) is Truth.TRUE for r in added)
                assert not enough or there.outcome is Outcome.MET
        for s, decision in zip(sides, (one, other), strict=True):
            truths = [holds(decision, r) for r in requirements(s)]
            every = all(truth is Truth.TRUE for truth in truths)
            assert every == (decision.outcome is Outcome.MET)
            assert any(t is Truth.FALSE for t in truths) == (decision.outcome is Outcome.NOT_MET)

    search()
    coverage.demand(0.05, "A met", "B met")


def test_what_stands_beside_a_requirement_reads_the_same_facts() -> None:
    """Of another policy by the facts; of another text or reading, the same criterion's lines."""
    both = compared("wellmark_lutathera", "premera_lutathera", INITIAL)
    beside = {d.requirement.id: [n.criterion.id for n in d.beside] for d in both.b_asks}
    assert beside["L-2"] == ["item 2"]
    assert beside["L-4"] == beside["L-8"] == []
    assert beside["L-10"] == ["W-8"]
    theirs = {d.requirement.id: [n.criterion.id for n in d.beside] for d in both.a_asks}
    assert theirs["W-7"] == ["L-9"], "both read nothing but the request"
    groups = {name: attribute.group for name, attribute in rule_base().attributes.items()}
    for difference in (*both.a_asks, *both.b_asks):
        assert len(difference.beside) <= 2
        for near in difference.beside:
            assert len({groups[name] == "request" for name in near.facts}) == 1
        for one, two in pairwise(difference.beside):
            assert len(one.facts) >= len(two.facts)
            assert set(two.facts) - set(one.facts)
    ages = compared("premera_lutathera@2024-12-31", "premera_lutathera@2025-01-01", INITIAL)
    [age] = [d for d in ages.a_asks if d.requirement.id == "L-1"]
    assert [(n.criterion.id, n.here, n.there) for n in age.beside] == [
        ("L-1", ("age: at least 18 years",), ("age: at least 12 years",))
    ]
    readings = compared("wellmark_lutathera", "wellmark_lutathera,w_item1=literal_list")
    [item] = readings.b_asks
    assert [n.criterion.id for n in item.beside] == ["item 1"]
    here = item.beside[0].here
    assert here[:2] == ("All of these, besides what both ask", "  mitoses: below 2 per 10 HPF")
    assert not any(re.search(r"(these|all of|one of|evidence,) \d", line) for line in here)


def test_a_request_that_one_requirement_alone_denies_is_checked_by_prolog(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where Prolog finds another requirement open, that is an error and no result."""
    monkeypatch.setattr(containment_module, "truth_in", lambda *_: Truth.UNKNOWN)
    with pytest.raises(EngineError, match="where a proof has it by L-11"):
        compare("premera_lutathera@2026-03-31", "premera_lutathera")


def test_what_denies_is_told_by_requirements() -> None:
    """A disjunction that fails is told as such; a single criterion by its id; what pends, too."""
    upper = str(compared(*KI67))
    assert "  A: not met: none of item 1, item 2, item 3, item 4, item 5 holds\n" in upper
    assert "  A: not met: L-11\n" in str(
        compared("premera_lutathera@2026-03-31", "premera_lutathera")
    )
    silent = str(compared("premera_xofigo,p_visceral=silence_is_absence", "premera_xofigo"))
    assert "  B: needs information: X-4\n" in silent


def test_a_mark_shows_only_facts_that_the_requirement_reads() -> None:
    """For instance by whom it is denied; what was given or is shared by all is not repeated."""
    comparison = compared(*SAID[:2], INITIAL)
    page, words = str(comparison), " ".join(str(comparison).split())
    told = comparison_markdown(comparison)
    assert "<br>for instance: tumor: bronchopulmonary NET |" in told
    assert "<br>for instance: planned activity 10 GBq |" in told
    assert page.count("request: initial") == 1
    assert page.count("age 30 years") == 1
    assert "All smallest requests below share these facts" in words
    denied = [d.request.as_json() for d in comparison.b_asks if d.request]
    assert all(r["a"]["outcome"] == "met" and r["b"]["outcome"] == "not_met" for r in denied)
    assert comparison.as_json()["b_asks"][0]["request"] == denied[0]


def test_what_stands_on_one_side_alone_keeps_its_indentation() -> None:
    """A line that is wrapped goes on below its own beginning."""
    page = str(compared(*KI67))
    left = [line[:40].rstrip() for line in page.splitlines()]
    place = next(i for i, line in enumerate(left) if line.startswith("       Ki-67 index below 20"))
    assert left[place + 1 : place + 3] == [
        "       value or by the reported grade",
        "       (evidence, besides what both",
    ]


def test_a_comparison_prints_its_page_and_is_no_yes_or_no() -> None:
    """As plain text in 80 columns, as Markdown in a notebook; with the rule base's digest there."""
    comparison = compared("premera_lutathera@2026-03-31", "premera_lutathera")
    page = str(comparison)
    assert max(map(len, page.splitlines())) <= 80
    assert "\x1b" not in page
    done = run("premera_lutathera@2026-03-31", "premera_lutathera", COLUMNS="80")
    assert page == "\n".join(line.rstrip() for line in done.stdout.splitlines())
    assert comparison._repr_markdown_() == comparison_markdown(comparison)
    assert f"Rule base {rule_base().digest[:12]}." in comparison_markdown(comparison)
    assert comparison.as_json()["rule_base"] == rule_base().digest
    for answer in (comparison, comparison.met):
        with pytest.raises(TypeError, match="compare its relation"):
            bool(answer)


def test_a_day_yet_to_come_is_judged_by_the_latest_text_and_the_page_says_so() -> None:
    """Of a day that has passed it says nothing of the kind."""
    page = " ".join(str(compared("premera_xofigo@9999-12-31", "premera_pluvicto")).split())
    assert "on 9999-12-31 (as if the latest text still held): printed text from" in page
    assert page.count("still held") == 1


def test_a_replay_that_disagrees_is_an_error_and_no_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where Prolog decides a request otherwise than the proof has it, nothing is shown."""

    def young(case: Case, *arguments: Any, **options: Any) -> Decision:
        return decide(case.replace(age_years=3), *arguments, **options)

    monkeypatch.setattr(containment_module, "decide", young)
    with pytest.raises(EngineError, match="this is an error of lutalogic"):
        compare("premera_pluvicto", "premera_xofigo")


@pytest.mark.parametrize(
    ("a", "b", "facts", "message"),
    [
        ("nobody", "premera_xofigo", {}, "A.policy: there is no policy 'nobody'"),
        ("premera_xofigo@2020-01-01", "x", {}, "A.on: no text of premera_xofigo is on record for"),
        ("premera_xofigo", "premera_xofigo@1.1.26", {}, "B.on: '1.1.26' is no calendar date"),
        ("premera_xofigo", "premera_xofigo,dose_cap", {}, "B: 'dose_cap' is no reading; write"),
        ("premera_xofigo,dose_cap=x", "premera_xofigo", {}, "A.readings.dose_cap: 'x' is not"),
        ("premera_xofigo,nothing=x", "premera_xofigo", {}, "A.readings.nothing: there is no"),
        ("premera_xofigo,p_egfr=egfr_accepted", "x", {}, "A.readings.p_egfr: the reading does"),
        ("premera_xofigo,dose_cap=x,dose_cap=y", "x", {}, "A.readings.dose_cap: the reading sta"),
        (3, "premera_xofigo", {}, "A: must be the name of a policy"),
        ("premera_xofigo", "premera_pluvicto", {"age": 3}, "given.age: 'age' is not in the voc"),
        ("premera_xofigo", "premera_pluvicto", {"age_years": 300}, "given.age_years: 300 lies"),
        ("premera_xofigo", "premera_pluvicto", 3, "given.facts: the facts must be a mapping"),
    ],
)
def test_what_cannot_be_compared_is_refused(a: Any, b: Any, facts: Any, message: str) -> None:
    """The message names the side or the fact, and the remedy."""
    with pytest.raises(InputError, match=re.escape(message)):
        compare(a, b, given=facts)


def test_a_side_is_a_value() -> None:
    """However it is written; a default that is named is the default."""
    lutathera = rule_base().policies["premera_lutathera"]
    assert side(lutathera) == side("premera_lutathera") == read_side("premera_lutathera")
    assert side(lutathera) == side(
        lutathera, on="2026-04-01", readings={"p_egfr": "creatinine_clearance_only"}
    )
    assert side(lutathera).latest
    assert not side(lutathera, on="2026-03-31").latest
    literal = side("wellmark_lutathera", readings={"w_item1": "literal_list"})
    assert read_side(str(literal)) == literal
    assert side("premera_lutathera", on="2026-03-31").text == "reconstructed text from 2025-05-01"


def test_without_a_day_it_is_the_day_on_which_the_latest_text_began() -> None:
    """Under the readings taken: another reading's day of beginning is not taken."""
    assert side("wellmark_lutathera").day == "2026-01-01"
    [name] = {policy.start_reading for policy in policies()} - {None}
    assert name is not None
    later = rule_base().readings[name].values[1]
    assert side("wellmark_lutathera", readings={name: later}).day == "2026-02-01"
    for policy in policies():
        taken = side(policy)
        assert taken.latest
        assert taken.day in taken.text
        assert taken.text.endswith(", the latest")


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command; nothing it does may end in a traceback."""
    done = lutalogic("compare", *arguments, environment=environment)
    assert "Traceback" not in done.stderr
    return done


KI67 = ("wellmark_lutathera", "wellmark_lutathera,w_first_line_ki67_upper=up_to_20")
SAID = ("wellmark_lutathera", "premera_lutathera", "--given", "request_type=initial")


@pytest.mark.parametrize("columns", sampled([80, 132], every=2))
def test_the_page_fits_the_terminal(columns: int) -> None:
    """The verdict, the requests, the criteria side by side, what to add, and the disclaimer."""
    done = run(*SAID, COLUMNS=str(columns))
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= columns
    words = " ".join(done.stdout.split())
    for told in (
        "overlap: each meets requests that the other does not",
        "Of requests with: request: initial",
        "B: not met: L-2",
        "Met by both",
        "nothing that reads these facts",
        "L-2; L-4; L-5; L-7; L-8; L-10",
        "no medical advice",
    ):
        assert told in words, told


def test_the_same_question_has_the_same_answer_in_json() -> None:
    """In every run, to the letter, and it is what Python says."""
    runs = [run(*SAID, "--json", PYTHONHASHSEED=seed).stdout for seed in "12"]
    assert runs[0] == runs[1]
    told = json.loads(runs[0])
    assert told == json.loads(json.dumps(compared(*SAID[:2], INITIAL).as_json()))
    assert told["met"]["relation"] == "incomparable"
    assert told["b_asks"][0]["one_of"][0]["id"] == "L-2"


def test_the_markdown_has_tables() -> None:
    """Each row has its two cells, whatever stands in them."""
    text = comparison_markdown(
        compared("premera_xofigo,p_visceral=silence_is_absence", "premera_xofigo")
    )
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 3
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 3 for row in rows)
    assert "p\\_visceral" in text
    assert "no medical advice" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("premera_xofigo", "premera_xofigo"), "A and B are both premera_xofigo@2026-04-01; name"),
        (("premera_xofigo", "premera_pluvicto", "--given", "age"), "write NAME=VALUE, not 'age'"),
        (("premera_xofigo", "premera_pluvicto", "--given", "age_years=young"), "given.age_years: "),
        (
            ("premera_xofigo", "premera_pluvicto", "--given", "ecog=1", "--given", "ecog=2"),
            "given.ecog: the fact is given twice, as 1 and as 2; keep one",
        ),
        (("premera_xofigo", "nobody"), "B.policy: there is no policy 'nobody'"),
        (("premera_xofigo", "premera_pluvicto", "--json", "--markdown"), "exclude one another"),
    ],
)
def test_mistakes_on_the_command_line(arguments: tuple[str, ...], message: str) -> None:
    """Status 2, and one message that says where."""
    done = run(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert not done.stdout


def test_without_z3_one_line_tells_the_remedy() -> None:
    """The package is imported without it, and only a comparison asks for it."""
    code = "import sys; sys.modules['z3'] = None"
    done = afresh("compare", "premera_xofigo", "premera_pluvicto", code=code)
    assert done.returncode == 3
    assert done.stderr == (
        "error: proofs need z3, which is not installed: pip install z3-solver, "
        "or the extra lutalogic[proof]\n"
    )


def test_a_smallest_request_is_warned_of_for_either_side() -> None:
    """What contradicts at A or at B is told once, and avoided where the given facts allow it."""
    none_before = {"prior_lutathera_doses": 0, "prior_pluvicto_doses": 0}
    asked = {"request_type": "continuation"}
    for other, drugs in (
        ("wellmark_lutathera", ["Lutathera"]),
        ("premera_pluvicto", ["Lutathera", "Pluvicto"]),
    ):
        forced = compare("premera_lutathera", other, given=asked | none_before).met.only_a
        assert forced is not None
        told = [warning["message"].split()[-4] for warning in forced.as_json()["warnings"]]
        assert told == drugs
        free = compare("premera_lutathera", other, given=asked).met.only_a
        assert free is not None
        assert free.warnings == ()
