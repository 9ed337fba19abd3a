# SPDX-License-Identifier: Apache-2.0
"""A sweep says of every value what deciding it says: at, below and above every breakpoint."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lutalogic import Case, Outcome, Sweep, SweepMap, decide_many, rule_base, side, sweep
from lutalogic.cells import NUMERIC, cells_left, stretches
from lutalogic.errors import BadRequest, InputError, OutOfRange, UnknownAttribute
from tests.strategies import BASES, POLICIES, Coverage, requests, searching, values

NUMBERS = [name for name, a in rule_base().attributes.items() if a.type in NUMERIC]
OTHERS = [name for name in rule_base().attributes if name not in NUMBERS]


def near_limits(name: str) -> list[Any]:
    """Return the limits of a fact and what is close to them: ends of stretches, and of any test."""
    attribute = rule_base().attributes[name]
    low, high = attribute.range
    ends = {end for cell in stretches(attribute) for end in (cell.low, cell.high)}
    tests = [node.test for node in rule_base().nodes if node.test and name in node.attributes]
    ends |= {Fraction(limit) for _, *limits in tests for limit in limits}
    step = Fraction(1) if attribute.type == "integer" else Fraction(1, 1000)
    near = {end + by for end in ends for by in (-step, Fraction(0), step)}
    never = ["never"] if attribute.type == "elapsed" else []
    return [*sorted(n for n in near if low <= n <= high), *never, None]


def tried(name: str) -> list[Any]:
    """Return values of a fact: all whole numbers, or of other numbers those near limits."""
    attribute = rule_base().attributes[name]
    if attribute.type == "integer":
        low, high = attribute.range
        return [*map(Fraction, range(low, high + 1)), None]
    return near_limits(name)


def asked(request: dict[str, Any]) -> dict[str, Any]:
    """Return policy, day and readings of a request as functions take them."""
    return {"on": request["on"], "readings": request["readings"]}


@pytest.mark.parametrize("policy", POLICIES)
def test_a_sweep_is_what_deciding_each_value_is(policy: str) -> None:
    """At every limit of every number, and just below and above it; never and not documented too."""
    coverage = Coverage(f"sweeps of numbers: {policy}")

    @searching(0.2)
    @given(requests(policy))
    def search(request: dict[str, Any]) -> None:
        case = Case.from_mapping(request["facts"])
        for name in NUMBERS:
            swept = sweep(case, name, policies=policy, **asked(request))
            limits = tried(name)
            cases = [case.replace(**{name: value}) for value in limits]
            decisions = decide_many(cases, policy, **asked(request))
            for value, decision in zip(limits, decisions, strict=True):
                assert swept.outcome_at(value) is decision.outcome, (name, value)
            for band in swept.bands():
                numbers = band.run.numbers
                for value, decision in zip(limits, decisions, strict=True):
                    if isinstance(value, Fraction) and numbers and _inside(numbers, value):
                        assert band.outcome is decision.outcome
                        for criterion, truth in band.criteria.items():
                            assert decision.criteria[criterion] is truth
            outcomes = {str(outcome) for outcome in (band.outcome for band in swept)}
            turned = "turns" if swept.breakpoints() else "turns nowhere"
            coverage.note(turned, *outcomes)

    search()
    coverage.demand(0.02, "turns", *map(str, Outcome))


def _inside(cell: Any, number: Fraction) -> bool:
    above = number > cell.low if cell.low_open else number >= cell.low
    below = number < cell.high if cell.high_open else number <= cell.high
    return bool(above and below)


@pytest.mark.parametrize("policy", POLICIES)
def test_a_breakpoint_is_where_the_outcome_changes_and_nowhere_else(policy: str) -> None:
    """The number itself is decided as the side that it belongs to, and all bands join up."""
    coverage = Coverage(f"breakpoints: {policy}")

    @searching(0.2)
    @given(requests(policy))
    def search(request: dict[str, Any]) -> None:
        case = Case.from_mapping(request["facts"])
        for name in NUMBERS:
            attribute = rule_base().attributes[name]
            swept = sweep(case, name, policies=policy, **asked(request))
            step = 1 if attribute.type == "integer" else Fraction(1, 1000)
            for turn in swept.breakpoints():
                at = swept.outcome_at(turn.number)
                assert turn.before is not turn.after
                assert at is (turn.after if turn.belongs_to == "above" else turn.before)
                one, other = (-step, 0) if turn.belongs_to == "above" else (0, step)
                assert swept.outcome_at(turn.number + one) is turn.before
                assert swept.outcome_at(turn.number + other) is turn.after
                assert turn.criteria
                coverage.note(turn.belongs_to)
            runs = [band.run.numbers for band in swept.bands() if band.run.numbers]
            assert (runs[0].low, runs[-1].high) == attribute.range
            for before, after in pairwise(runs):
                if attribute.type == "integer":
                    assert after.low == before.high + 1
                else:
                    assert (after.low, after.low_open) == (before.high, not before.high_open)
            by_criteria = sweep(case, name, policies=policy, by="criteria", **asked(request))
            assert not any(band.varying for band in by_criteria)

    search()
    coverage.demand(0.05, "above")


@pytest.mark.parametrize("policy", POLICIES)
def test_what_is_no_number_is_swept_value_by_value(policy: str) -> None:
    """Booleans, options and sets: each row is what deciding its value is."""
    coverage = Coverage(f"sweeps of what is no number: {policy}")

    @searching(0.2)
    @given(requests(policy))
    def search(request: dict[str, Any]) -> None:
        case = Case.from_mapping(request["facts"])
        for name in OTHERS:
            swept = sweep(case, name, policies=policy, **asked(request))
            rows = [band.run.value for band in swept]
            cases = [case.replace(**{name: value}) for value in rows]
            for band, decision in zip(
                swept, decide_many(cases, policy, **asked(request)), strict=True
            ):
                assert band.outcome is decision.outcome
                assert dict(band.criteria) == dict(decision.criteria)
                assert swept.outcome_at(band.run.value) is band.outcome
            [own] = [band for band in swept if band.run.here]
            assert Case.from_mapping({name: own.run.value}).possible.get(name) == case.possible.get(
                name
            )
            coverage.note(*{str(band.outcome) for band in swept})

    search()
    coverage.demand(0.02, *map(str, Outcome))


@pytest.mark.parametrize("policy", POLICIES)
def test_a_map_is_what_deciding_each_pair_is(policy: str) -> None:
    """Of two facts of any type, for values at the limits of both."""
    coverage = Coverage(f"maps: {policy}")
    names = rule_base().policies[policy].attributes

    @searching(0.4)
    @given(requests(policy), st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True))
    def search(request: dict[str, Any], pair: list[str]) -> None:
        case = Case.from_mapping(request["facts"])
        swept = sweep(case, *pair, policies=policy, by="outcome", **asked(request))
        assert isinstance(swept, SweepMap)
        xs, ys = ([p.value for p in points] for points in (swept.columns, swept.lines))
        xs, ys = (
            near_limits(name) if name in NUMBERS else own
            for name, own in zip(pair, (xs, ys), strict=True)
        )
        pairs = [(x, y) for x in xs for y in ys]
        cases = [case.replace(**dict(zip(pair, both, strict=True))) for both in pairs]
        decisions = decide_many(cases, policy, **asked(request))
        for (x, y), decision in zip(pairs, decisions, strict=True):
            assert swept.outcome_at(x, y) is decision.outcome, (x, y)
        for tile in swept:
            for x in tile.x.points:
                for y in tile.y.points:
                    assert swept.outcome_at(x.value, y.value) is tile.outcome
        outcomes = {str(tile.outcome) for tile in swept}
        coverage.note("several" if len(outcomes) > 1 else "one", *outcomes)

    search()
    coverage.demand(0.05, "several", *map(str, Outcome))


@pytest.mark.parametrize("policy", POLICIES)
def test_the_case_stands_where_it_is_marked(policy: str) -> None:
    """The bands marked are those with a value that the fact may have, and no others."""
    coverage = Coverage(f"where the case stands: {policy}")

    @given(requests(policy), st.sampled_from(NUMBERS), st.data())
    def search(request: dict[str, Any], name: str, data: st.DataObject) -> None:
        attribute = rule_base().attributes[name]
        drawn = data.draw(values(attribute)) if data.draw(st.integers(0, 3)) else None
        case = Case.from_mapping(request["facts"] | {name: drawn})
        known = case.possible.get(name)
        swept = sweep(case, name, policies=policy, by="criteria", **asked(request))
        left = cells_left(attribute, known)
        for band in swept:
            cells = [swept.points.index(point) for point in band.run.points]
            assert band.run.here == (
                (band.run.value is None) if known is None else any(c in left for c in cells)
            )
        coverage.note("not documented" if known is None else f"{min(len(left), 2)} cells")

    search()
    coverage.demand(0.05, "not documented", "1 cells", "2 cells")


def test_the_limits_are_exact() -> None:
    """A number that is a cell by itself, and one that belongs below, are told apart."""
    facts = BASES["wellmark_lutathera"][0] | {"who_grade": None, "differentiation": "well"}
    swept = sweep(facts, "age_years", policies="wellmark_lutathera", on="2026-06-01")
    assert isinstance(swept, Sweep)
    [turn] = swept.breakpoints()
    assert (str(turn.number), turn.belongs_to, turn.criteria) == ("12", "above", ("W-1",))
    swept = sweep(
        BASES["premera_xofigo"][0], "largest_lymph_node_cm", policies="premera_xofigo",
        on="2026-06-01",
    )  # fmt: skip
    [turn] = swept.breakpoints()
    assert (str(turn.number), turn.belongs_to) == ("3", "below")
    assert swept.outcome_at(3) is Outcome.MET
    assert swept.outcome_at(3.0001) is Outcome.NOT_MET
    assert str(turn) == "above 3 cm: met -> not met (X-4)"


def test_either_engine_sweeps_alike() -> None:
    """The relational engine, asked for by name, finds the same limits, and says that it did."""
    case = BASES["wellmark_lutathera"][0]
    for name in ("ki67_percent", "tumor_type"):
        prolog, kanren = (
            sweep(case, name, engine=engine).as_json() for engine in ("prolog", "kanren")
        )
        assert kanren.pop("engine") == "kanren"
        assert prolog.pop("engine") == "prolog"
        assert kanren == prolog


def test_policies_texts_and_readings_stand_side_by_side() -> None:
    """A policy that is asked twice is named by what tells its sides apart."""
    swept = sweep(
        {"age_years": 17},
        "age_years",
        policies=["premera_lutathera@2024-12-31", side("premera_lutathera"), "premera_xofigo"],
        on="2026-06-01",
    )
    assert swept.policies == (
        "premera_lutathera@2024-12-31", "premera_lutathera@2026-04-01", "premera_xofigo",
    )  # fmt: skip
    firsts = [swept.breakpoints(name)[0].number for name in swept.policies]
    assert firsts == [18, 12, 18]
    assert [q.on.isoformat() for q in swept.questions] == ["2024-12-31", "2026-04-01", "2026-06-01"]


def test_a_fact_that_tells_the_tumor_is_swept_at_every_policy() -> None:
    """Where no policy is named, all that may speak to some value of the fact are asked."""
    swept = sweep({"tumor_type": "prostate_cancer"}, "tumor_type")
    assert set(swept.policies) == set(POLICIES)
    assert set(sweep({"tumor_type": "prostate_cancer"}, "age_years").policies) == {
        "premera_pluvicto",
        "premera_xofigo",
    }


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"x": "ki67"}, UnknownAttribute, "did you mean ki67_percent"),
        ({"y": "age_years"}, BadRequest, "y: name two facts, or one alone"),
        ({"by": "truth"}, BadRequest, "by: neighbours are joined by outcome or by criteria"),
        ({"policies": []}, BadRequest, "policies: no policy is named"),
        ({"policies": [3]}, BadRequest, "policies: must be the name of a policy"),
        ({"policies": 5}, BadRequest, "policies: must be the name of a policy"),
        ({"policies": ["premera_xofigo"] * 2}, BadRequest, "policies: premera_xofigo@"),
        ({"policies": "xofigo"}, InputError, "there is no policy 'xofigo'"),
    ],
)
def test_mistakes_name_their_place(
    arguments: dict[str, Any], error: type[InputError], message: str
) -> None:
    """What cannot be swept is refused with what to do."""
    given = {"x": "age_years", "policies": "premera_xofigo"} | arguments
    with pytest.raises(error, match=message):
        sweep({"age_years": 60}, given.pop("x"), **given)


def test_a_value_that_was_not_swept_is_refused() -> None:
    """An interval, a set of several members and a number out of range have no outcome."""
    swept = sweep({}, "age_years", policies=["premera_xofigo", "premera_pluvicto"])
    with pytest.raises(BadRequest, match="is an interval"):
        swept.outcome_at("12-20", "premera_xofigo")
    with pytest.raises(OutOfRange):
        swept.outcome_at(121, "premera_xofigo")
    with pytest.raises(BadRequest, match="policy: name one of premera_xofigo, premera_pluvicto"):
        swept.bands()
    several = ["lanreotide", "everolimus"]
    sets = sweep({}, "disease_progression_on", policies="wellmark_lutathera")
    with pytest.raises(BadRequest, match="was not tried"):
        sets.outcome_at(several)
    own = sweep(
        {"disease_progression_on": several}, "disease_progression_on", policies="wellmark_lutathera"
    )
    assert own.outcome_at(several) is own.bands()[-2].outcome
