# SPDX-License-Identifier: Apache-2.0
"""Words for people: facts, numbers and demands, made of the labels and words of the rule base.

Every phrase about a patient or a rule is made here, so that a number reads the same wherever it
stands: ``Ki-67 index 25 %`` is what a record says, ``at most 20 %`` what a condition asks.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from lutalogic.possible import Members, Never, Number, Option, Span, option_names
from lutalogic.rulebase import rule_base
from lutalogic.units import number_text

if TYPE_CHECKING:
    from lutalogic.possible import Possible
    from lutalogic.rules import Attribute, Node

DISCLAIMER: Final = (
    "This is no medical advice and no payer's determination. It applies published policy texts, "
    "as lutalogic reads them, to the facts given."
)
UNDOCUMENTED: Final = "not documented"


def quantity_words(attribute: Attribute, number: Fraction | str) -> str:
    """Return a number of an attribute with its unit in words."""
    shown = number if isinstance(number, str) else number_text(number)
    unit = rule_base().wording.units.get(attribute.unit, attribute.unit)
    return f"{shown} {unit}" if unit else shown


def value_words(attribute: Attribute, known: Possible) -> str:
    """Return what is known of a fact: a number, an interval, an option, or members of a set."""
    match known:
        case Number(value):
            return quantity_words(attribute, value)
        case Span():
            return _span_words(attribute, known)
        case Option(index):
            return option_words(attribute)[index]
        case Members(mask):
            return ", ".join(map(_called, option_names(attribute, mask))) or "none"
        case Never():
            return "never"


@lru_cache(maxsize=20_000)
def fact_words(name: str, known: Possible | None, *, stated: bool = False) -> str:
    """Return what the record says of a fact, after its label.

    Args:
        name: The fact.
        known: What is known of it; None if nothing is.
        stated: Whether the record states it, if only as an interval that is the whole range.

    >>> fact_words("ki67_percent", Number(Fraction(25)))
    'Ki-67 index 25 %'
    >>> fact_words("locally_advanced", Option(0)), fact_words("age_years", None)
    ('locally advanced disease: no', 'age: not documented')
    """
    attribute = rule_base().attributes[name]
    if known is None:
        low, high = attribute.range
        told = quantity_words(attribute, f"{low} to {high}") + ", which says nothing"
        return f"{attribute.label}: {told if stated else UNDOCUMENTED}"
    # Of a count, the colon keeps "doses before: 1" from being read as one name.
    counted = rule_base().wording.units.get(attribute.unit) == ""
    spaced = " " if isinstance(known, (Number, Span)) and not counted else ": "
    return f"{attribute.label}{spaced}{value_words(attribute, known)}"


def demand_words(node: Node, *, negated: bool = False) -> str:
    """Return what the test of a fact asks, to follow "needs".

    Args:
        node: A node that reads facts: a test, a sum or a question for documentation.
        negated: Whether the opposite is asked.
    """
    attribute = rule_base().attributes[node.attributes[0]]
    if node.kind == "adds":
        return f"{'a sum above' if negated else 'a sum of at most'} {node.limit}"
    if node.kind == "documented":
        return "nothing documented" if negated else "anything documented"
    operator, *constants = node.test
    match operator:
        case "among":
            return _among_words(attribute, constants[0], negated=negated)
        case "includes":
            return _includes_words(attribute, *constants, negated=negated)
        case "empty":
            return "at least one" if negated else "none"
        case "within":
            low, high = map(Fraction, constants)
            if low != high:
                span = quantity_words(attribute, f"{number_text(low)} to {number_text(high)}")
                return f"{'outside ' if negated else ''}{span}"
            word = "other than " if negated else "exactly " * (attribute.type != "integer")
            return word + quantity_words(attribute, low)
        case _:
            word = _COMPARED[operator][negated]
            return f"{word} {quantity_words(attribute, Fraction(constants[0]))}"


def tells_all(node: Node, *, negated: bool = False) -> bool:
    """Tell whether a fact that does what a test asks says in its own words what is asked."""
    if node.kind != "test":
        return False
    operator, *constants = node.test
    if operator == "among":
        options = option_words(rule_base().attributes[node.attributes[0]])
        return (constants[0].bit_count() == 1 and not negated) or len(options) == 2
    if operator == "within":
        return bool(constants[0] == constants[1]) and not negated
    return bool(operator == "empty") and not negated


def option_words(attribute: Attribute) -> tuple[str, ...]:
    """Return how the options of an enumeration or a boolean are called."""
    return tuple(map(_called, attribute.values)) or ("no", "yes")


_COMPARED: Final = {
    "at_least": ("at least", "below"),
    "at_most": ("at most", "above"),
    "above": ("above", "at most"),
    "below": ("below", "at least"),
}


def _called(value: str) -> str:
    return rule_base().wording.values.get(value, value.replace("_", " "))


def _among_words(attribute: Attribute, mask: int, *, negated: bool) -> str:
    options = option_words(attribute)
    if negated and len(options) == 2:
        mask, negated = mask ^ 3, False
    named = rule_base().wording.classes.get((attribute.name, mask))
    chosen = [words for i, words in enumerate(options) if mask >> i & 1]
    if named or len(chosen) == 1:
        return f"{'other than ' if negated else ''}{named or chosen[0]}"
    return f"{'none' if negated else 'one'} of {', '.join(chosen)}"


def _includes_words(attribute: Attribute, mask: int, perhaps: int, *, negated: bool) -> str:
    chosen, maybe = (
        ", ".join(map(_called, option_names(attribute, m))) for m in (mask, perhaps & ~mask)
    )
    return f"{'none' if negated else 'one'} of {chosen}{f' ({maybe} may be one)' if maybe else ''}"


def _span_words(attribute: Attribute, span: Span) -> str:
    bottom, top = attribute.range
    if span.low == bottom and not span.low_open:
        word = "below" if span.high_open else "at most"
        return f"{word} {quantity_words(attribute, span.high)}"
    if span.high == top and not span.high_open:
        word = "above" if span.low_open else "at least"
        return f"{word} {quantity_words(attribute, span.low)}"
    return quantity_words(attribute, f"{number_text(span.low)} to {number_text(span.high)}")


@cache
def missing_words(name: str) -> str:
    """Return how a fact is asked for: its meaning in the vocabulary."""
    return rule_base().attributes[name].meaning
