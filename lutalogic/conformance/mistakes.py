# SPDX-License-Identifier: Apache-2.0
"""Mistakes in words, made of the sentences and labels of the rule base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lutalogic.conformance.leaves import BETWEEN
from lutalogic.rulebase import rule_base
from lutalogic.units import number_text
from lutalogic.words import demand_words, option_words, quantity_words

if TYPE_CHECKING:
    from fractions import Fraction

    from lutalogic.conformance.sites import Site
    from lutalogic.rules import Node

_JOINED: Final = {"all_of": " and ", "any_of": " or ", "evidence": ", by the evidence: "}
_ALL: Final = {"all_of": "all asked", "any_of": "any one enough", "evidence": "the record joined"}
#: More words than these are cut off.
_LONGEST: Final = 110


def taken_as(node: Node, other: Node) -> str:
    """Return that the test of a fact was taken as another one."""
    labels = " and ".join(rule_base().attributes[name].label for name in node.attributes)
    if node.attributes != other.attributes:
        return f"{labels}: {asked(node)} taken as {_labelled(other)} alone"
    if node.kind == "test" and node.test[0] in ("among", "includes"):
        return f"{labels}: {_left_out(node, other)} left out"
    return f"{labels}: {asked(node)} taken as {asked(other)}"


def taken_as_zero(name: str, node: Node) -> str:
    """Return that of two numbers added one was taken as 0 where it is not documented."""
    return f"{rule_base().attributes[name].label} not documented taken as 0: {asked(node)}"


def unknown_unless_both(node: Node) -> str:
    """Return that a sum was taken as unknown where one number alone is over the limit."""
    labels = " and ".join(rule_base().attributes[name].label for name in node.attributes)
    return f"{labels}: unknown unless both are documented, though one alone exceeds {asked(node)}"


def asked(node: Node) -> str:
    """Return what the test of a fact asks, in words."""
    if node.kind != "test" or node.test[0] != BETWEEN:
        return demand_words(node)
    attribute = rule_base().attributes[node.attributes[0]]
    low, low_open, high, high_open = node.test[1:]
    first = quantity_words(attribute, f"{'above' if low_open else 'at least'} {_text(low)}")
    last = quantity_words(attribute, f"{'below' if high_open else 'at most'} {_text(high)}")
    return f"{first} and {last}"


def _text(number: Fraction) -> str:
    return number_text(number)


def _labelled(node: Node) -> str:
    attribute = rule_base().attributes[node.attributes[0]]
    return f"{attribute.label}: {asked(node)}"


def _left_out(node: Node, other: Node) -> str:
    """Return the options that one test counts and another does not."""
    attribute = rule_base().attributes[node.attributes[0]]
    options = option_words(attribute)
    told = []
    for place, (mask, rest) in enumerate(zip(node.test[1:], other.test[1:], strict=True)):
        names = [words for i, words in enumerate(options) if (mask & ~rest) >> i & 1]
        told += [f"{name} (which may be one)" if place else name for name in names]
    return ", ".join(told)


class Words:
    """Words for the conditions of one site's policy."""

    def __init__(self, site: Site) -> None:
        self._policy = site.policy

    def condition(self, number: int) -> str:
        """Return a condition in words, by its name if it has one."""
        told = self._told(number)
        return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 3]}..."

    def joined(self, number: int, kind: str, other: str) -> str:
        """Return that a combination was joined otherwise."""
        return f"{_ALL[other]} instead of {_ALL[kind]}: {self.condition(number)}"

    def _told(self, number: int) -> str:
        named = self._policy.criteria_by_node.get(number) or self._policy.definitions.get(number)
        if named is not None:
            return named.sentence
        node = rule_base().nodes[number]
        parts = [self._told(part) for part in node.parts if part is not None]
        match node.kind:
            case "test" | "adds" | "documented":
                labels = " and ".join(rule_base().attributes[n].label for n in node.attributes)
                return f"{labels}: {asked(node)}"
            case "undetermined":
                return node.why
            case "not":
                return f"not ({parts[0]})"
            case "supports" | "rules_out":
                return f"{'for' if node.kind == 'supports' else 'against'} it speaks {parts[0]}"
            case "by_reading" | "by_date":
                return parts[0]
            case _:
                return _JOINED[node.kind].join(parts)
