# SPDX-License-Identifier: Apache-2.0
"""The relational engine: the rules as relations over cells, in miniKanren. It needs only pip.

A policy is a conjunction of goals, one for each node, over logic variables: one for the form of
each fact (which cells it leaves possible), one for each reading, one for the text in force, and one
for the truth of each node. Nothing says which of them are given. Deciding gives the facts and asks
for the truths; the same goals, asked with a truth given, find facts that lead to it.

It is there to disagree with the reference engine, and shares none of its code. The reference engine
reads values; this one reads cells, and takes from rulebase.json, which Prolog writes, what the
nodes are and in which cells each test is true.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from kanren import eq, run, var
from unification.utils import transitive_get as walk

from lutalogic.cells import NUMERIC, Form, Stretch, form_number, forms, stretches
from lutalogic.possible import NEVER, Number, Span
from lutalogic.relational import (
    AGREE,
    BOTH,
    EITHER,
    HEARD,
    JOINED,
    OPPOSITE,
    SIDES,
    SPEAKS_AGAINST,
    SPEAKS_FOR,
    Facts,
    cases,
    chain,
    folded,
)
from lutalogic.rulebase import rule_base
from lutalogic.trace import turning_day, turning_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lutalogic.engines import Request
    from lutalogic.relational import Goal, State
    from lutalogic.rules import Attribute, Node, Policy

_ONE_PART: Final = {"not": OPPOSITE, "supports": SPEAKS_FOR, "rules_out": SPEAKS_AGAINST}
_MANY_PARTS: Final = {"all_of": BOTH, "any_of": EITHER}


class KanrenEngine:
    """The rules as relations, run forwards."""

    name = "kanren"

    def __reduce__(self) -> str:
        """Return the name of the one engine: what refers to it can be copied and pickled."""
        return "KANREN"

    def truths(self, requests: Sequence[Request]) -> list[str]:
        """Return the letters of each request, in order."""
        return [self._letters(request) for request in requests]

    def supposing(self, request: Request, letters: str, node: int, truth: str) -> str:
        """Return the letters of a request as they would be if a node had a truth, whatever it asks.

        Args:
            request: The request.
            letters: Its letters as it is.
            node: The number of a node.
            truth: The letter it is supposed to have.
        """
        rules = rules_of(request.policy)
        above, goal = rules.above(node)
        known = zip(rules.truths.items(), letters, strict=True)
        state = {variable: letter for (n, variable), letter in known if n not in above}
        state |= rules.given(request)
        state[rules.truths[node]] = truth
        found = next(goal(state), None)
        return letters if found is None else rules.letters(found)

    @staticmethod
    def _letters(request: Request) -> str:
        rules = rules_of(request.policy)
        found = next(rules.goal(rules.given(request)), None)
        # Nothing is found if no text is in force.
        return "-" * len(rules.truths) if found is None else rules.letters(found)


class Rules:
    """A policy as one goal, and the logic variables it is about.

    Attributes:
        facts: The form of each fact, by its name.
        readings: The index of the value of each reading, by its name.
        text: The day on which the text in force began.
        truths: The truth of each node, by its number, in the policy's order.
        goal: That these belong together.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.facts = {name: var(f"fact {name}") for name in policy.attributes}
        self.readings = {name: var(f"reading {name}") for name in policy.readings}
        self.text = var("text")
        self.truths = {node: var(f"truth {node}") for node in policy.nodes}
        #: Which sides of a test that cuts cells are left, for the few tests that do.
        self._sides = {node: var(f"sides {node}") for node in policy.nodes if _cuts_cells(node)}
        self._stated = {node: self._holds(node) for node in policy.nodes}
        self.goal = chain([self._in_force(), *self._stated.values()])
        self._above: dict[int, tuple[frozenset[int], Goal]] = {}

    def above(self, node: int) -> tuple[frozenset[int], Goal]:
        """Return a node and those that rest on it, and the goal that those have their truths."""
        if node not in self._above:
            found = {node}
            for number in self.policy.nodes:  # parts come before what they are parts of
                if found.intersection(rule_base().nodes[number].parts):
                    found.add(number)
            goals = [goal for number, goal in self._stated.items() if number in found - {node}]
            self._above[node] = frozenset(found), chain([self._in_force(), *goals])
        return self._above[node]

    def letters(self, state: State) -> str:
        """Return the truths that a state settles, in the policy's order."""
        return "".join([walk(truth, state) for truth in self.truths.values()])

    def given(self, request: Request) -> State:
        """Return the state in which a request is given, and all truths are open."""
        known, base = request.case.possible, rule_base()
        day = str(request.day)
        state: State = {self.text: turning_day(self.policy, f"{day[:4]}-{day[4:6]}-{day[6:]}")}
        for name, fact in self.facts.items():
            state[fact] = form_number(base.attributes[name], known.get(name))
        state.update(zip(self.readings.values(), request.choices, strict=True))
        for node, sides in self._sides.items():
            state[sides] = _sides_left(base.nodes[node], known.get(base.nodes[node].attributes[0]))
        return state

    def _in_force(self) -> Goal:
        """Return the goal that the text is one that has begun, under the reading of its start."""
        policy = self.policy
        days = turning_days(policy)
        begun = [(i, day) for i, start in enumerate(policy.starts) for day in days if start <= day]
        reading = self.readings[policy.start_reading] if policy.start_reading else 0
        return Facts(begun)(reading, self.text)

    def _holds(self, number: int) -> Goal:
        """Return the goal that a node has its truth."""
        node, truth = rule_base().nodes[number], self.truths[number]
        parts = ["-" if part is None else self.truths[part] for part in node.parts]
        match node.kind:
            case "test" if number in self._sides:
                return SIDES(self._sides[number], truth)
            case "by_reading":
                chosen = {value: eq(truth, part) for value, part in enumerate(parts)}
                return cases(self.readings[node.reading], chosen)
            case "by_date":
                dated = {day: eq(truth, part) for day, part in self._dated(node, parts)}
                return cases(self.text, dated)
            case kind if node.parts:
                return chain([relation(*terms) for relation, terms in joined(kind, parts, truth)])
            case _:
                facts = [self.facts[name] for name in node.attributes]
                return leaf_relation(number)(*facts, truth)

    def _dated(self, node: Node, parts: Sequence[Any]) -> Iterator[tuple[str, Any]]:
        """Yield each text's first day, and the part that is in force since then."""
        for day in turning_days(self.policy):
            begun = [part for date, part in zip(node.dates, parts, strict=True) if date <= day]
            yield day, begun[-1] if begun else "-"


@lru_cache
def rules_of(policy: Policy) -> Rules:
    """Return a policy as relations; made once."""
    return Rules(policy)


def joined(kind: str, parts: Sequence[Any], truth: Any) -> list[tuple[Facts, tuple[Any, ...]]]:
    """Return the relations, each with its terms, by which a truth follows from those of parts.

    Args:
        kind: How a node joins its parts: ``all_of``, ``any_of``, ``evidence``, or what it makes of
            its one part: ``not``, ``supports``, ``rules_out``.
        parts: The truths of its parts.
        truth: Its own truth.
    """
    if kind in _ONE_PART:
        return [(_ONE_PART[kind], (*parts, truth))]
    if kind in _MANY_PARTS:
        return folded(_MANY_PARTS[kind], parts, truth)
    heard = var()
    return [*folded(HEARD, parts, heard), (JOINED, (heard, truth))]


@cache
def leaf_relation(number: int) -> Facts:
    """Return the relation of the forms of the facts that a condition reads, and its truth."""
    node = rule_base().nodes[number]
    attributes = [rule_base().attributes[name] for name in node.attributes]
    each = [list(enumerate(forms(attribute))) for attribute in attributes]
    rows = []
    for chosen in product(*each):
        places, left = zip(*chosen, strict=True) if chosen else ((), ())
        rows.append((*places, _leaf_truth(node, attributes, left)))
    return Facts(rows)


def _leaf_truth(node: Node, attributes: Sequence[Attribute], left: Sequence[Form]) -> str:
    match node.kind:
        case "undetermined":
            return "u"
        case "documented":
            return "t" if left[0].documented else "f"
        case "adds":
            return _agreement(_sum_letters(node, attributes, *(form.cells for form in left)))
        case _:
            return _agreement(_test_letters(node, left[0].cells))


def _test_letters(node: Node, cells: range) -> str:
    """Return the truth of a test in each of some cells."""
    return "".join(
        "t" if cell in node.true_cells else "u" if cell in node.unknown_cells else "f"
        for cell in cells
    )


def _sum_letters(node: Node, attributes: Sequence[Attribute], one: range, other: range) -> str:
    """Return, for the cells of two counts, whether their sum keeps within a limit."""
    first, second = map(stretches, attributes)
    sums = [
        (first[a].low + second[b].low, first[a].high + second[b].high)
        for a, b in product(one, other)
    ]
    limit = node.limit
    return "".join("t" if high <= limit else "f" if low > limit else "u" for low, high in sums)


def _agreement(letters: str) -> str:
    return _agreed("".join(dict.fromkeys(letters)))  # once is as good as often


@cache
def _agreed(letters: str) -> str:
    """Return what letters agree on, as the relation of agreement has it."""
    whole = var()
    steps = [relation(*terms) for relation, terms in folded(AGREE, letters, whole)]
    told: tuple[str, ...] = run(1, whole, *steps)
    return told[0]


@cache
def _cuts_cells(number: int) -> bool:
    """Tell whether a test tells values of one cell apart, as only rules on plausibility do."""
    node = rule_base().nodes[number]
    numbers = node.kind == "test" and rule_base().attributes[node.attributes[0]].type in NUMERIC
    return numbers and bool(node.unknown_cells)


def _sides_left(node: Node, fact: object) -> str:
    """Return whether a number may still pass a test (t), and whether it may still fail it (f)."""
    passing, failing = _sides(node)
    match fact:
        case Number(value):
            span = Span(value, False, value, False)
        case Span():
            span = fact
        case _ if fact is NEVER:
            return "f" if node.test[0] in ("at_most", "below", "within") else "t"
        case _:
            return "tf"
    sides = [("t", (passing,)), ("f", failing)]
    return "".join(name for name, side in sides if any(part.meets(span) for part in side))


def _sides(node: Node) -> tuple[Stretch, tuple[Stretch, ...]]:
    """Return the numbers that pass a test, and the stretches of those that do not."""
    low, high = map(Fraction, rule_base().attributes[node.attributes[0]].range)
    name, *limits = node.test
    first, last = Fraction(limits[0]), Fraction(limits[-1])
    below, from_first = Stretch(low, False, first, True), Stretch(first, False, high, False)
    to_last, above = Stretch(low, False, last, False), Stretch(last, True, high, False)
    match name:
        case "at_least":
            return from_first, (below,)
        case "below":
            return below, (from_first,)
        case "at_most":
            return to_last, (above,)
        case "above":
            return above, (to_last,)
        case _:  # within
            return Stretch(first, False, last, False), (below, above)


#: The one relational engine of this process.
KANREN: Final = KanrenEngine()
