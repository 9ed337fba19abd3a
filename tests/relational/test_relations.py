# SPDX-License-Identifier: Apache-2.0
"""The relations of truth: functions of what they are given, lawful, and right in any direction."""

from __future__ import annotations

import sys
from itertools import product
from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kanren import Relation, conde, eq, facts, run, var

from lutalogic.relational import (
    AGREE,
    BOTH,
    EITHER,
    HEARD,
    JOINED,
    OPPOSITE,
    SPEAKS_AGAINST,
    SPEAKS_FOR,
    Facts,
    cases,
    chain,
    folded,
)
from tests.strategies import Coverage

#: What some sources said may be a conflict too, of which nothing else is a part.
TABLES: dict[str, tuple[Facts, tuple[str, ...], str]] = {
    "BOTH": (BOTH, ("tfu-", "tfu-"), "tfu-"),
    "EITHER": (EITHER, ("tfu-", "tfu-"), "tfu-"),
    "OPPOSITE": (OPPOSITE, ("tfu-",), "tfu-"),
    "SPEAKS_FOR": (SPEAKS_FOR, ("tfu-",), "tu-"),
    "SPEAKS_AGAINST": (SPEAKS_AGAINST, ("tfu-",), "fu-"),
    "HEARD": (HEARD, ("tfuc-", "tfu-"), "tfuc-"),
    "JOINED": (JOINED, ("tfuc-",), "tfu-"),
    "AGREE": (AGREE, ("tfu", "tfu"), "tfu"),
}
#: How much a truth says: unknown less than true and false, which are not compared.
_LESS = {(a, b) for a, b in product("tfu", repeat=2) if a in (b, "u")}


def result(relation: Facts, *given: str) -> str:
    """Return the one result that a relation gives."""
    whole = var()
    [found] = run(0, whole, relation(*given, whole))
    return str(found)


def value(relation: Facts) -> dict[tuple[str, ...], str]:
    """Return the result of each combination of truths that are in force."""
    return {pair: result(relation, *pair) for pair in product("tfu", repeat=2)}


@pytest.mark.parametrize("name", TABLES)
def test_a_relation_has_one_result_for_whatever_it_is_given(name: str) -> None:
    """Every combination of inputs has just one result, and nothing else is in the table."""
    relation, inputs, results = TABLES[name]
    terms = [var() for _ in (*inputs, results)]
    everything = run(0, terms, relation(*terms))
    found = {tuple(given): out for *given, out in everything}
    assert len(everything) == len(found)
    assert set(found) == set(product(*inputs))
    assert set(found.values()) == set(results)


@pytest.mark.parametrize("name", TABLES)
def test_a_relation_runs_in_every_direction(name: str) -> None:
    """With any terms given, the answers are just the rows of the whole table that have them."""
    relation, inputs, results = TABLES[name]
    terms = [var() for _ in (*inputs, results)]
    table = set(map(tuple, run(0, terms, relation(*terms))))
    asked = 0
    for known in product(*([None, *letters] for letters in (*inputs, results))):
        goals = [eq(t, k) for t, k in zip(terms, known, strict=True) if k]
        expected = {
            row
            for row in table
            if all(k in (None, r) for r, k in zip(row, known, strict=True))
        }  # fmt: skip
        bound = run(0, terms, *goals, relation(*terms))
        assert sorted(map(tuple, bound)) == sorted(expected)
        given = [k or t for t, k in zip(terms, known, strict=True)]
        written = run(0, terms, relation(*given), *goals)
        assert sorted(map(tuple, written)) == sorted(expected)
        asked += 1
    assert asked == prod(len(letters) + 1 for letters in (*inputs, results))


def test_both_and_either_are_least_and_greatest() -> None:
    """Of truths ordered false, unknown, true: Kleene's strong logic, so De Morgan's law holds."""
    order = "fut"
    for pair in product("tfu", repeat=2):
        assert result(BOTH, *pair) == min(pair, key=order.index)
        assert result(EITHER, *pair) == max(pair, key=order.index)
        opposites = [result(OPPOSITE, each) for each in pair]
        assert result(OPPOSITE, result(BOTH, *pair)) == result(EITHER, *opposites)
        assert result(OPPOSITE, result(EITHER, *pair)) == result(BOTH, *opposites)


@pytest.mark.parametrize("name", ["BOTH", "EITHER", "HEARD"])
def test_what_is_not_in_force_is_left_out(name: str) -> None:
    """It leaves the other part as it is, on either side."""
    relation, (firsts, seconds), _ = TABLES[name]
    assert [result(relation, each, "-") for each in firsts] == list(firsts)
    assert [result(relation, "-", each) for each in seconds] == list(seconds)


@pytest.mark.parametrize("name", ["BOTH", "EITHER", "AGREE"])
def test_the_order_of_parts_does_not_matter(name: str) -> None:
    """Commutative, associative, and of a part twice that part."""
    relation, (letters, _), _ = TABLES[name]
    for one, two, three in product(letters, repeat=3):
        assert result(relation, one, two) == result(relation, two, one)
        left = result(relation, result(relation, one, two), three)
        assert left == result(relation, one, result(relation, two, three))
        assert result(relation, one, one) == one


def test_the_order_of_sources_does_not_matter() -> None:
    """All that up to four sources say is the same in any order, and as if each spoke once."""
    for length in (1, 2, 3, 4):
        for sources in product("tfu-", repeat=length):
            said = heard(sources)
            assert said == heard(sorted(sources)) == heard(sorted(set(sources)))
            speaking = {each for each in sources if each in "tf"}
            silent = "u" if "u" in sources else "-"
            assert said == ("c" if len(speaking) > 1 else min(speaking, default=silent))
            assert result(JOINED, said) == ("u" if said == "c" else said)


def heard(sources: Any) -> str:
    """Return what sources said together."""
    whole = var()
    steps = [relation(*terms) for relation, terms in folded(HEARD, list(sources), whole)]
    [found] = run(0, whole, *steps)
    return str(found)


def test_to_know_more_never_changes_what_was_known() -> None:
    """Kleene's connectives keep the order of information: u says less than t and than f."""
    for relation in (BOTH, EITHER):
        table = value(relation)
        for (a, b), (c, d) in product(table, repeat=2):
            if (a, c) in _LESS and (b, d) in _LESS:
                assert (table[a, b], table[c, d]) in _LESS
    for less, more in _LESS:
        for relation in (OPPOSITE, SPEAKS_FOR, SPEAKS_AGAINST):
            silent = result(relation, less) == "u"
            assert silent or (result(relation, less), result(relation, more)) in _LESS
        assert result(OPPOSITE, result(OPPOSITE, more)) == more


def test_values_agree_only_on_what_holds_of_all() -> None:
    """Agreement is that truth, and unknown where truths differ."""
    for one, two in product("tfu", repeat=2):
        assert result(AGREE, one, two) == (one if one == two else "u")


def test_a_source_speaks_for_or_against_only_where_its_condition_holds() -> None:
    """Else it is silent, or not in force where its condition is not."""
    assert [result(SPEAKS_FOR, each) for each in "tfu-"] == list("tuu-")
    assert [result(SPEAKS_AGAINST, each) for each in "tfu-"] == list("fuu-")


# What goals are made of


_VALUES = st.integers(0, 2)


def test_facts_answer_as_a_relation_of_kanren_does() -> None:
    """On random tables, asked with any terms known, unknown, bound before or the same twice."""
    coverage = Coverage("facts and kanren's relation")

    @given(st.integers(1, 3), st.data())
    def agree(width: int, data: st.DataObject) -> None:
        rows = data.draw(st.sets(st.tuples(*[_VALUES] * width), min_size=1, max_size=9))
        relation = Relation()
        facts(relation, *rows)
        own = Facts(sorted(rows))
        variables = [var(), var()]
        bound = data.draw(st.one_of(st.none(), _VALUES))
        goals = [] if bound is None else [eq(variables[0], bound)]
        for _ in range(3):
            terms = [
                data.draw(st.one_of(_VALUES, st.sampled_from(variables))) for _ in range(width)
            ]
            there = run(0, variables, *goals, relation(*terms))
            here = run(0, variables, *goals, own(*terms))
            assert shown(here) == shown(there)
            repeated = len([t for t in terms if t in variables]) > len(set(map(str, terms)))
            coverage.note("answered" if here else "no answer", f"known {bound is not None}",
                          *(["the same twice"] if repeated else []))  # fmt: skip

    agree()
    coverage.demand(0.05, "answered", "no answer", "known True", "known False")


def shown(answers: Any) -> list[str]:
    """Return answers, each as text in which an open term is a dash; variables differ by name."""
    return sorted(
        str([each if isinstance(each, int) else "-" for each in answer]) for answer in answers
    )


def test_cases_answer_as_conde_does() -> None:
    """Whether the term is known to be a case, is known to be none, or is open."""
    term, out = var(), var()
    branches = {0: [1, 2], 1: [3], 2: []}
    goals = {key: Facts([(each,) for each in some])(out) for key, some in branches.items() if some}
    ours = cases(term, goals)
    theirs = conde(*([eq(term, key), goal] for key, goal in goals.items()))
    for asked in ([], *([eq(term, key)] for key in range(4)), *([eq(out, n)] for n in range(5))):
        here = run(0, (term, out), *asked, ours)
        assert sorted(here) == sorted(run(0, (term, out), *asked, theirs))
    assert sorted(run(0, (term, out), ours)) == [(0, 1), (0, 2), (1, 3)]
    assert run(0, out, eq(term, 2), ours) == ()


@pytest.mark.parametrize("count", [1, 15, 16, 17, 256, 257, 2000])
def test_a_chain_holds_where_all_its_goals_do(count: int) -> None:
    """Each goal is asked, the first and the last alike; the answers are those of all."""
    terms = [var() for _ in range(count)]
    goals = [Facts([(0,), (1,)])(terms[0]), *(eq(term, 1) for term in terms[1:])]
    assert sorted(run(0, tuple(terms), chain(goals))) == [(n, *[1] * (count - 1)) for n in (0, 1)]
    assert run(0, tuple(terms), chain([*goals, eq(terms[-1], 2)])) == ()


def test_a_chain_of_two_thousand_goals_needs_no_deep_nesting_of_calls() -> None:
    """It runs with no more than two hundred calls left, called from wherever."""
    terms = [var() for _ in range(2000)]
    goal = chain([eq(term, place) for place, term in enumerate(terms)])

    def called(deep: int) -> Any:
        return called(deep - 1) if deep else next(goal({}))

    left = 200
    here = len_of_stack()
    assert called(sys.getrecursionlimit() - here - left)[terms[-1]] == 1999
    with pytest.raises(RecursionError):
        called(sys.getrecursionlimit())


def len_of_stack() -> int:
    """Return how many calls deep this is."""
    frame, depth = sys._getframe(), 0
    while frame.f_back is not None:
        frame, depth = frame.f_back, depth + 1
    return depth
