# SPDX-License-Identifier: Apache-2.0
"""Judge a line of an explanation by its own words: does the fact it states do what it asks?"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from lutalogic import rule_base
from lutalogic.possible import Members, Never, Number, Option, Possible, Span
from tests.explanations.reader import Between, Line, Told, printed_interval, worded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.rules import Attribute

TRUTHS = {"yes": "t", "no": "f", "?": "u", "for": "t", "against": "f", "silent": "u"}


def states(name: str, words: str, known: Possible | None, *, given: bool) -> bool:
    """Tell whether printed words say of a fact exactly what is known of it."""
    attribute = rule_base().attributes[name]
    match known:
        case None if given:
            return words.endswith(", which says nothing")
        case None:
            return words == "not documented"
        case Never():
            return words == "never"
        case Option(index):
            options = attribute.values or ("no", "yes")
            return worded(attribute).get(words) == options[index]
        case Members(mask):
            listed = [] if words == "none" else words.split(", ")
            chosen = {v for i, v in enumerate(attribute.values) if mask >> i & 1}
            return {worded(attribute)[word] for word in listed} == chosen
        case Number(value):
            return printed_interval(words, attribute) == Between(value, value)
        case Span(low, low_open, high, high_open):
            printed = printed_interval(words, attribute)
            return printed == Between(low, high, low_open, high_open)


def truth(told: Told) -> str:
    """Return t, f or u: whether the facts that a line states do what the line asks."""
    if told.asks.startswith("a sum "):
        return _sum(told)
    ((name, words),) = told.values.items()
    attribute = rule_base().attributes[name]
    if told.asks in ("anything documented", "nothing documented"):
        silent = words == "not documented" or words.endswith("says nothing")
        return "t" if silent == (told.asks == "nothing documented") else "f"
    if words == "not documented" or words.endswith("says nothing"):
        return "u"
    if attribute.range != (0, 0):
        return _number(attribute, words, told.asks)
    if attribute.type == "set":
        return _members(attribute, words, told.asks)
    return "t" if _chosen(attribute, words, told.asks) else "f"


def _sum(told: Told) -> str:
    ends = []
    for name, words in told.values.items():
        attribute = rule_base().attributes[name]
        low, high = map(Fraction, attribute.range)
        known = Between(low, high)
        if words != "not documented" and not words.endswith("says nothing"):
            known = printed_interval(words, attribute)
        ends.append(known)
    negated = told.asks.startswith("a sum above ")
    limit = Fraction(told.asks.rsplit(" ", 1)[1])
    if sum(e.high for e in ends) <= limit:
        return "f" if negated else "t"
    if sum(e.low for e in ends) > limit:
        return "t" if negated else "f"
    return "u"


def _number(attribute: Attribute, words: str, asks: str) -> str:
    negated = asks.startswith(("outside ", "other than "))
    asks = asks.removeprefix("outside ").removeprefix("other than ")
    if words == "never":
        inside = "t" if asks.startswith(("at least ", "above ")) else "f"
    else:
        known, wanted = printed_interval(words, attribute), printed_interval(asks, attribute)
        both = known.cut(wanted)
        inside = "f" if both.empty() else "t" if both == known else "u"
        if inside == "f" and attribute.type == "integer":
            assert both.empty()
    return {"t": "f", "f": "t", "u": "u"}[inside] if negated else inside


def _options(attribute: Attribute, asks: str) -> set[str]:
    """Return the options that a demand names, alone, in a list or as a class."""
    text = asks.removeprefix("one of ").removeprefix("none of ").removeprefix("other than ")
    for (owner, mask), words in rule_base().wording.classes.items():
        if owner == attribute.name and words == text:
            return {v for i, v in enumerate(attribute.values) if mask >> i & 1}
    names = worded(attribute)
    listed = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    found = listed.findall(text)
    assert ", ".join(found) == text, asks
    return {names[word] for word in found}


def _chosen(attribute: Attribute, words: str, asks: str) -> bool:
    inside = worded(attribute)[words] in _options(attribute, asks)
    return inside != asks.startswith(("none of ", "other than "))


def _members(attribute: Attribute, words: str, asks: str) -> str:
    members = set() if words == "none" else {worded(attribute)[w] for w in words.split(", ")}
    if asks in ("none", "at least one"):
        return "t" if bool(members) == (asks == "at least one") else "f"
    asks, _, maybe = asks.removesuffix(" may be one)").partition(" (")
    negated = asks.startswith("none of ")
    if members & _options(attribute, asks):
        return "f" if negated else "t"
    if members & (_options(attribute, maybe) if maybe else set()):
        return "u"
    return "t" if negated else "f"


def joined(line: Line) -> str | None:
    """Return the truth that the lines below give to a line, by Kleene's logic; None if unsure."""
    letters = [TRUTHS[below.mark] for below in line.below]
    if line.how == "evidence,":
        sides = set(letters) - {"u"}
        return sides.pop() if len(sides) == 1 else "u"
    if line.how == "one of":
        return _first(letters, "t", "u", "f")
    if line.how == "all of" or len(letters) > 1:
        return _first(letters, "f", "u", "t")
    return letters[0] if letters else None


def _first(letters: Sequence[str], *order: str) -> str:
    return next(letter for letter in order if letter in letters)
