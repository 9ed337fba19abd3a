# SPDX-License-Identifier: Apache-2.0
"""Trivial rule bases: how conditions combine, tested alone.

Slots hold the leaves: always true, always false, always unknown, a conflict of evidence, not in
force. Every combination of one deep is tried with every combination of leaves.

Two deep there are too many to try all in a short run. `make test-deep` tries each combination of
all_of, any_of, not and evidence (its sources plain, supporting or ruling out) of one or two parts,
of each such combination, with all leaves in four slots; evidence of three sources stands there over
combinations of one leaf each, and by_reading and by_date over and under one combination of each
kind. `make test` takes, for parts of combinations of two, one of each kind instead, and leaves of
which any three slots show every three.

What the rule language refuses is left out: a combination of nothing, and supports and rules_out
outside evidence. `nothing` may stand only in a case, and so not in force is a case of a reading.
"""

from __future__ import annotations

import json
import re
import subprocess
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.differential.trivial import (
    LEAVES,
    SLOTS,
    Asked,
    choices_deep,
    first_level,
    of_one,
    of_three,
    of_two_deep,
    one_deep,
    refused,
    representatives,
    rules,
    slot,
    sources,
    truth,
)
from tests.proofs.altered import run_in, with_rules
from tests.strategies import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tests.differential.trivial import Condition

DEEP = settings().max_examples > 1000
DAYS = ("2020-01-01", "2023-12-31", "2024-01-01")
BAGS = (None, (), ("apple",), ("stone",), ("other",), ("other", "stone"), ("apple", "other"))
SPANS = (None, (0, 3), (4, 4), (4, 5), (5, 5), (6, 10), (2, 6), (0, 10))
FACTS = [Asked("tttt", number=span) for span in SPANS] + [Asked("tttt", bag=bag) for bag in BAGS]
#: Conditions in a policy: the relational engine's time grows faster than their number.
IN_A_POLICY = 40
#: Conditions in a rule base, likewise for its generation.
IN_A_RULE_BASE = 1200

_ASK = """
import json
from lutalogic import Case
from lutalogic.engines import Request
from lutalogic.engines.kanren import KANREN
from lutalogic.engines.prolog import PROLOG
from lutalogic.readings import choices_of, valid_readings
from lutalogic.rulebase import rule_base

found = {}
for name, asked in json.load(open("asked.json")).items():
    policy = rule_base().policies[name]
    requests = [
        Request(policy, int(day.replace("-", "")), choices_of(policy, valid_readings(readings)),
                Case.from_mapping(facts))
        for facts, readings, day in asked
    ]
    told = {engine.name: engine.truths(requests) for engine in (PROLOG, KANREN)}
    places = [place for _, place in policy.criterion_positions]
    found[name] = {
        "nodes": len(policy.nodes),
        "differ": [i for i, pair in enumerate(zip(*told.values())) if pair[0] != pair[1]],
        "letters": {engine: ["".join(each[i] for i in places) for each in letters]
                    for engine, letters in told.items()},
    }
print(json.dumps(found))
"""


def every_leaf(slots: int) -> list[str]:
    """Return every combination of leaves in the first slots; the others are true."""
    return ["".join(each).ljust(SLOTS, "t") for each in product(LEAVES, repeat=slots)]


def three_by_three() -> list[str]:
    """Return leaves for four slots, of which any three slots show every three leaves once."""
    count = len(LEAVES)  # a prime, so that the sum runs through all leaves with each of the three
    return [
        "".join(LEAVES[i] for i in (a, b, c, (a + b + c) % count))
        for a, b, c in product(range(count), repeat=3)
    ]


def held(folder: Path, conditions: Sequence[Condition], asked: Sequence[Asked]) -> int:
    """Hold both engines against what conditions mean, and return how many truths were compared."""
    compared = 0
    for number, start in enumerate(range(0, len(conditions), IN_A_RULE_BASE)):
        part = conditions[start : start + IN_A_RULE_BASE]
        place = folder / str(number)
        place.mkdir()
        compared += _held(place, part, asked)
    return compared


def _held(folder: Path, conditions: Sequence[Condition], asked: Sequence[Asked]) -> int:
    policies = {
        f"p{i}": conditions[i : i + IN_A_POLICY] for i in range(0, len(conditions), IN_A_POLICY)
    }
    with_rules(folder, rules(policies))
    queries = [(each.facts, each.readings, each.day) for each in asked]
    (folder / "asked.json").write_text(json.dumps(dict.fromkeys(policies, queries)))
    found = run_in(folder, _ASK)
    known: list[dict[Condition, str]] = [{} for _ in asked]
    for name, some in policies.items():
        assert not found[name]["differ"], (name, asked[found[name]["differ"][0]])
        for each, truths, prolog, kanren in zip(
            asked, known, *_told(found[name]["letters"]), strict=True
        ):
            expected = "".join(truth(condition, each, truths) for condition in some)
            assert prolog == expected, _first(some, each, prolog, expected)
            assert kanren == expected, _first(some, each, kanren, expected)
    return len(conditions) * len(asked)


def _told(letters: dict[str, list[str]]) -> tuple[list[str], list[str]]:
    return letters["prolog"], letters["kanren"]


def _first(some: Sequence[Condition], asked: Asked, told: str, expected: str) -> Any:
    """Return the smallest condition that is told otherwise than expected."""
    wrong = [i for i, pair in enumerate(zip(told, expected, strict=True)) if pair[0] != pair[1]]
    place = min(wrong, key=lambda i: len(str(some[i])))
    return some[place], asked, told[place], expected[place]


def spread(asked: Sequence[Asked]) -> list[Asked]:
    """Return the requests in an order in which unlike ones come first."""
    return sorted(asked, key=lambda each: asked.index(each) * 37 % len(asked))


def distinct(conditions: Iterable[Condition]) -> list[Condition]:
    """Return conditions, each once."""
    return list(dict.fromkeys(conditions))


def report(name: str, conditions: Sequence[Condition], asked: Sequence[Asked], held: int) -> None:
    """Tell at the end of the run what was tried."""
    told = f"{len(conditions)} conditions, {len(asked)} requests, {held} truths of each engine"
    Coverage.reports.append(f"trivial rule bases, {name}: {told}")


def test_every_combination_of_leaves_one_deep(tmp_path: Path) -> None:
    """Both engines give every combination of one deep its meaning, under every leaf of its slots.

    Each case of a choice is taken; tests of facts are tried with intervals and sets.
    """
    conditions = distinct(one_deep())
    asked = [
        *(Asked(*each) for each in product(every_leaf(2), range(2), DAYS)),
        *(Asked(leaves) for leaves in every_leaf(3)),
        *FACTS,
        Asked("tttt", day="2019-12-31"),
    ]
    compared = held(tmp_path, conditions, asked)
    report("one deep", conditions, asked, compared)
    assert len(conditions) == 1 + 1 + 6 + 11 + 2 + 27 + 1 + 3 + 2
    assert len(asked) == 5**2 * 2 * 3 + 5**3 + 15 + 1
    assert compared == 54 * 291


def test_every_combination_two_deep(tmp_path: Path) -> None:
    """Both engines give combinations of combinations of leaves their meaning."""
    firsts, seconds = (first_level(a, a + 1) if DEEP else representatives(a, a + 1) for a in (0, 2))
    conditions = distinct(of_two_deep(firsts, seconds))
    asked = [Asked(leaves) for leaves in (every_leaf(4) if DEEP else three_by_three())]
    compared = held(tmp_path, conditions, asked)
    report("two deep, of two parts", conditions, asked, compared)
    assert (len(conditions), len(asked)) == ((11 * 19**2, 625) if DEEP else (11 * 6**2, 125))


@pytest.mark.skipif(not DEEP, reason="a deep run alone asks these")
def test_every_combination_of_one_part_and_of_three_sources_two_deep(tmp_path: Path) -> None:
    """So too of each first-level combination alone, and of three sources that are combinations."""
    kinds = ("leaf", "not", "source")
    parts = [*first_level(0, 1), *sources([slot(0), slot(1), slot(2)])]
    threes = [each for each in product(kinds, repeat=3) if DEEP or len(set(each)) == 1]
    conditions = distinct([*(c for part in parts for c in of_one(part)), *of_three(threes)])
    asked = [Asked(leaves) for leaves in every_leaf(3)]
    compared = held(tmp_path, conditions, asked)
    report("two deep, of one part and of three sources", conditions, asked, compared)
    # Evidence of three leaves is one deep, and stands among these once more.
    assert len(conditions) == 46 * 6 + 27 * (27 if DEEP else 3)
    assert len(asked) == 125


@pytest.mark.skipif(not DEEP, reason="a deep run alone asks these")
def test_every_choice_two_deep(tmp_path: Path) -> None:
    """So too of by_reading and by_date over, under and beside combinations, in either case."""
    conditions = distinct(choices_deep())
    leaves = every_leaf(4) if DEEP else three_by_three()[::5]
    asked = [Asked(each, *taken) for each in leaves for taken in product(range(2), DAYS[1:])]
    compared = held(tmp_path, conditions, asked)
    report("two deep, with a choice", conditions, asked, compared)
    assert len(conditions) == 2 * 8**2 + 11 * (8**2 - 6**2) + 2 * 6 + 2 * (18 - 2)
    assert len(asked) == 4 * (625 if DEEP else 25)


def test_what_is_left_out_the_language_refuses(tmp_path: Path) -> None:
    """The checker refuses each of the shapes that are not tried, by itself and for what it is."""
    shapes = refused()
    assert len(shapes) == len(set(shapes)) == 2 * 8 + 7 + 4
    with pytest.raises(subprocess.CalledProcessError) as told:
        with_rules(tmp_path, rules({"all": shapes}))
    problems = told.value.stderr.decode() + told.value.stdout.decode()
    lines = (tmp_path / "kb/rules.pl").read_text().splitlines()
    for number, shape in enumerate(shapes):
        place = next(
            i for i, line in enumerate(lines, 1) if line.startswith(f"criterion(all, c{number},")
        )
        assert re.search(rf"rules.pl:{place}: ", problems), (shape, problems)
    Coverage.reports.append(f"trivial rule bases: {len(shapes)} shapes are refused and left out")


# A row that is wrong is found

_ALTER = """
import json
from lutalogic import Case, relational
from lutalogic.engines import Request, kanren
from lutalogic.readings import choices_of, valid_readings
from lutalogic.rulebase import rule_base

policy = rule_base().policies["all"]
given = json.load(open("asked.json"))
requests = [
    Request(policy, int(day.replace("-", "")), choices_of(policy, valid_readings(readings)),
            Case.from_mapping(facts))
    for facts, readings, day in given["requests"]
]
right = kanren.KANREN.truths(requests)

def forget(name):
    table._matching.clear()
    if name == "AGREE":  # of which the relations of leaves are made
        kanren._agreed.cache_clear()
        kanren.leaf_relation.cache_clear()
        kanren.rules_of.cache_clear()

def is_found(asked):
    try:
        return any(kanren.KANREN.truths([requests[i]]) != [right[i]] for i in asked)
    except IndexError:  # an agreement without a result
        return True

missed, tried = [], 0
for name, asked in given["tables"].items():
    table = getattr(relational, name)
    rows = list(table.rows)
    for i, row in enumerate(rows):
        others = sorted({each[-1] for each in rows} - {row[-1]})
        for wrong in [[], *([(*row[:-1], other)] for other in others)]:
            table.rows = tuple(rows[:i] + wrong + rows[i + 1:])
            forget(name)
            tried += 1
            if not is_found(asked):
                missed.append([name, "".join(row), "".join(wrong[0]) if wrong else ""])
    table.rows = tuple(rows)
    forget(name)
assert not is_found(range(len(requests)))
print(json.dumps({"missed": missed, "tried": tried}))
"""
_TABLES = ("BOTH", "EITHER", "OPPOSITE", "SPEAKS_FOR", "SPEAKS_AGAINST", "HEARD", "JOINED", "AGREE")


def test_every_row_of_a_relation_that_is_altered_or_missing_is_found(tmp_path: Path) -> None:
    """Each row of each table, dropped or with each other result, changes a truth one deep.

    Four rows of agreement are never asked for, since each letter is heard once, and no fact here
    has cells of which a test holds just before those of which it is unknown, or these before those
    of which it fails; and one wrong result is put right by the row that is asked for next. The laws
    of the relations hold them.
    """
    three = set(sources([slot(0), slot(1), slot(2)]))  # those of plain sources alone are enough
    conditions = [c for c in distinct(one_deep()) if c not in three]
    with_rules(tmp_path, rules({"all": [*conditions, ("evidence", slot(0), slot(1), slot(2))]}))
    asked = [*spread([Asked(leaves) for leaves in every_leaf(3)]), *FACTS]
    count = len(asked) - len(FACTS)
    given = {
        "requests": [(each.facts, each.readings, each.day) for each in asked],
        "tables": {
            name: list(range(count, len(asked)) if name == "AGREE" else range(count))
            for name in _TABLES
        },
    }
    (tmp_path / "asked.json").write_text(json.dumps(given))
    found = run_in(tmp_path, _ALTER)
    missed = {(name, row) for name, row, _ in found["missed"]}
    assert missed == {("AGREE", row) for row in ("ttt", "tuu", "fff", "ufu", "fuu")}
    assert [wrong for _, row, wrong in found["missed"] if row == "fuu"] == ["fuf"]
    assert found["tried"] >= 250
    Coverage.reports.append(f"altered relations: {found}")
