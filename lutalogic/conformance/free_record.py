# SPDX-License-Identifier: Apache-2.0
"""A record as formulas over cells so fine that they tell a rule from each of its mutants.

Of a number it has, for each cell, that the fact lies nowhere below it, and that it may lie in it or
above; of an option or a member, that it is the fact's.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import combinations, pairwise
from math import inf
from typing import TYPE_CHECKING, Any

from lutalogic.case import Case
from lutalogic.cells import NUMERIC, Stretch, may_be_wide, stretches, value_of
from lutalogic.conformance.altered_tests import critical_numbers
from lutalogic.conformance.leaves import accepted
from lutalogic.formulas import Truth3
from lutalogic.possible import option_names
from lutalogic.rulebase import rule_base
from lutalogic.rules import Node
from lutalogic.solving import Values, conjunction, disjunction, implication, negation, z3

if TYPE_CHECKING:
    from lutalogic.rules import Attribute, Policy


class FreeRecord:
    """A symbolic record for one policy and all its mutants."""

    def __init__(self, policy: Policy) -> None:
        base = rule_base()
        self._attributes = {name: base.attributes[name] for name in policy.attributes}
        self._fine = {
            name: fine(attribute, policy)
            for name, attribute in self._attributes.items()
            if attribute.type in NUMERIC
        }
        self._documented = {name: z3.Bool(f"{name} documented") for name in self._attributes}
        self._low: dict[str, list[Any]] = {}
        self._high: dict[str, list[Any]] = {}
        self._options: dict[str, list[Any]] = {}
        #: Booleans under which no number is known as an interval only.
        self.exact = [z3.Bool(f"{name} exact") for name in self._fine]
        #: What makes it a record.
        self.shape: list[Any] = []
        for name, attribute in self._attributes.items():
            if attribute.type in NUMERIC:
                self._shape_number(name)
            else:
                self._shape_options(name, attribute)

    def _shape_number(self, name: str) -> None:
        attribute, known = self._fine[name], self._documented[name]
        count = len(attribute.cells)
        low, high = (
            [True, *(z3.Bool(f"{name} {end} {i}") for i in range(1, count)), False]
            for end in ("low", "high")
        )
        self._low[name], self._high[name] = low, high
        for chain in (low, high):
            self.shape += [implication(b, a) for a, b in pairwise(chain[1:-1])]
        self.shape += [implication(a, b) for a, b in zip(low, high, strict=True)]
        one = conjunction(implication(b, a) for a, b in zip(low, high, strict=True))
        exact = z3.Bool(f"{name} exact")
        self.shape.append(implication(conjunction([exact, known]), one))
        wide = conjunction([negation(low[1]), high[-2]])
        self.shape.append(implication(negation(known), wide))
        if attribute.type == "elapsed":  # an interval excludes never
            self.shape.append(implication(conjunction([known, high[-2]]), low[-2]))
        elif not may_be_wide(attribute):
            self.shape.append(negation(conjunction([known, wide])))

    def _shape_options(self, name: str, attribute: Attribute) -> None:
        known = self._documented[name]
        options = [z3.Bool(f"{name} {i}") for i in range(len(attribute.values) or 2)]
        self._options[name] = options
        self.shape += [implication(option, known) for option in options]
        if attribute.type != "set":
            self.shape.append(implication(known, disjunction(options)))
            self.shape += [negation(conjunction(pair)) for pair in combinations(options, 2)]

    def options(self) -> list[Any]:
        """Return what says of each option and each member that it is a fact's."""
        return [option for options in self._options.values() for option in options]

    def leaf(self, node: Node) -> Truth3:
        """Return when a condition without parts is true and when it is false."""
        match node.kind:
            case "documented":
                known = self._documented[node.attributes[0]]
                return Truth3(known, negation(known))
            case "adds":
                return self._sum(node)
            case "adds_documented":
                holds, fails = self._sum(node)[:2]
                both = [self._documented[name] for name in node.attributes]
                return Truth3(conjunction([holds, *both]), conjunction([fails, *both]))
            case "adds_or_zero":
                return self._sum_or_zero(node)
            case "undetermined":
                return Truth3(False, False)
            case _ if node.attributes[0] in self._fine:
                return self._number(node)
            case _:
                return self._option(node)

    def _number(self, node: Node) -> Truth3:
        name = node.attributes[0]
        attribute, low, high = self._fine[name], self._low[name], self._high[name]
        passing = accepted(node.test, whole=attribute.type == "integer")
        takes = [passing.takes(_sample(stretch)) for stretch in stretches(attribute)]
        takes += [passing.high == inf] * (len(attribute.cells) - len(takes))
        if not any(takes):
            return Truth3(False, True)
        first = takes.index(True)
        end = len(takes) - takes[::-1].index(True)
        return Truth3(
            conjunction([low[first], negation(high[end])]),
            disjunction([negation(high[first]), low[end]]),
        )

    def _option(self, node: Node) -> Truth3:
        name, options = node.attributes[0], self._options[node.attributes[0]]
        test, *masks = node.test
        if test == "empty":
            some = disjunction(options)
            return Truth3(conjunction([self._documented[name], negation(some)]), some)
        counts, perhaps = (
            disjunction(option for i, option in enumerate(options) if mask >> i & 1)
            for mask in (masks[0], masks[-1] if test == "includes" else 0)
        )
        if test == "includes":
            if not any(masks):
                return Truth3(False, True)
            neither = conjunction(negation(each) for each in (counts, perhaps))
            return Truth3(counts, conjunction([self._documented[name], neither]))
        every = (1 << len(options)) - 1
        if masks[0] in (0, every):
            return Truth3(masks[0] == every, masks[0] == 0)
        others = [option for i, option in enumerate(options) if not masks[0] >> i & 1]
        return Truth3(counts, disjunction(others))

    def _sum(self, node: Node) -> Truth3:
        one, other = (stretches(self._fine[name]) for name in node.attributes)
        beyond: list[list[Any]] = []
        for ends in (self._high, self._low):
            first, second = (ends[name] for name in node.attributes)
            pairs = []
            for i, a in enumerate(one):
                j = next((j for j, b in enumerate(other) if a.low + b.low > node.limit), None)
                if j is not None:
                    pairs.append(conjunction([first[i], second[j]]))
            beyond.append(pairs)
        return Truth3(negation(disjunction(beyond[0])), disjunction(beyond[1]))

    def _sum_or_zero(self, node: Node) -> Truth3:
        """Return a sum of which the first number is taken as 0 where it is not documented."""
        first, second = node.attributes
        alone = self._number(Node("test", attributes=(second,), test=("at_most", node.limit)))
        stated = self._documented[first]
        sides = zip(self._sum(node)[:2], alone[:2], strict=True)
        return Truth3(
            *(
                disjunction([conjunction([stated, both]), conjunction([negation(stated), one])])
                for both, one in sides
            )
        )

    def case(self, model: Any) -> Case:
        """Return the case that a model has."""
        facts: dict[str, Any] = {}
        for name, attribute in self._attributes.items():
            documented, *true = self._values[name].true_in(model)
            if not documented:
                continue
            if name in self._fine:
                half = len(true) // 2  # as many as are true of a chain, so far it reaches
                low, high = sum(true[:half]), sum(true[half:])
                facts[name] = value_of(self._fine[name], range(low, high + 1))
                continue
            match attribute.type:
                case "boolean":
                    facts[name] = true[1]
                case "enum":
                    facts[name] = attribute.values[true.index(True)]
                case _:
                    mask = sum(1 << i for i, chosen in enumerate(true) if chosen)
                    facts[name] = list(option_names(attribute, mask))
        return Case.from_mapping(facts)

    @cached_property
    def _values(self) -> dict[str, Values]:
        """Return what reads the variables of each fact off a model."""
        return {
            name: Values(
                [
                    self._documented[name],
                    *(
                        [*self._low[name][1:-1], *self._high[name][1:-1]]
                        if name in self._fine
                        else self._options[name]
                    ),
                ]
            )
            for name in self._attributes
        }


def fine(attribute: Attribute, policy: Policy) -> Attribute:
    """Return an attribute of numbers with cells that no test of a policy or its mutants divides.

    >>> policy = rule_base().policies["premera_xofigo"]
    >>> [str(s.low) for s in stretches(fine(rule_base().attributes["age_years"], policy))]
    ['0', '17', '18', '19', '20', '21']
    """
    low, high = map(Fraction, attribute.range)
    points = {low, high} if attribute.type != "integer" else set()
    for number in policy.nodes:
        node = rule_base().nodes[number]
        if attribute.name not in node.attributes:
            continue
        if node.kind == "test":
            points |= critical_numbers(node)
        elif node.kind == "adds":
            points |= {Fraction(n) for n in range(node.limit + 3)}
    inside = sorted(point for point in points if low <= point <= high)
    return replace(attribute, cells=tuple(_cells(attribute, inside)))


def _cells(attribute: Attribute, points: list[Fraction]) -> list[Any]:
    """Return points and what lies between them as cells, as rulebase.json has cells."""
    whole = attribute.type == "integer"
    low, high = map(Fraction, attribute.range)
    found: list[Any] = []
    ends = [low - 1, *points, high + 1] if whole else points
    for first, last in pairwise(ends):
        if low <= first <= high:
            found.append(first)
        if whole and last - first > 1:
            found.append(
                {"low": first + 1, "low_open": False, "high": last - 1, "high_open": False}
            )
        elif not whole:
            found.append({"low": first, "low_open": True, "high": last, "high_open": True})
    if not whole:
        found.append(points[-1])
    return found + ["never"] * (attribute.type == "elapsed")


def _sample(stretch: Stretch) -> Fraction:
    return stretch.low if not stretch.low_open else (stretch.low + stretch.high) / 2
