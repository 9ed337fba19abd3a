# SPDX-License-Identifier: Apache-2.0
"""Read a printed explanation back: its lines, the facts they state, and what they ask.

Written against the printed form alone: what a line says is worked out again from its words, with
nothing taken from the objects that made it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from lutalogic import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lutalogic.rules import Attribute

MARKS: Final = ("yes", "no", "?", "for", "against", "silent")
_LINE = re.compile(r"( *)(yes|no|\?|for|against|silent) +(\S.*)")
_HOW = re.compile(r" \((all of|one of|evidence,) (\d+)(?: sources)?\)")
_UNNAMED = re.compile(r"(All of these|One of these|By the evidence of these) (\d+)")
_JOINS = {
    "All of these": "all of",
    "One of these": "one of",
    "By the evidence of these": "evidence,",
}
_READ = re.compile(r" \[read as (\w+) = ([^\]]+)\]")
_CITED = re.compile(r"  \[([^\]]*)\]$")
_KIND = re.compile(r" \((documented, but indeterminate|conflicting)\)")


@dataclass
class Line:
    """One line of an explanation, with the lines below it."""

    mark: str
    words: str
    fact: str = ""
    how: str = ""
    count: int = 0
    kind: str = ""
    cited: str = ""
    readings: dict[str, str] = field(default_factory=dict)
    derived: list[str] = field(default_factory=list)
    below: list[Line] = field(default_factory=list)

    def all(self) -> Iterable[Line]:
        """Yield this line and all below it."""
        yield self
        for line in self.below:
            yield from line.all()


def read(text: str) -> tuple[list[str], list[Line], list[str]]:
    """Return the heading of an explanation, its lines as trees, and the remarks after them."""
    heading, _, body = text.partition("\n\n")
    tops: list[Line] = []
    path: list[tuple[int, Line]] = []
    remarks: list[str] = []
    for row in body.splitlines():
        matched = _LINE.fullmatch(row)
        if matched:
            depth = len(matched[1]) // 2
            line = _line(matched[2], matched[3])
            del path[depth:]
            (path[-1][1].below if path else tops).append(line)
            path.append((depth, line))
        elif row.strip().startswith("derived: "):
            path[-1][1].derived.append(row.strip().removeprefix("derived: "))
        elif row.startswith(" "):
            path[-1][1].fact, path[-1][1].kind = _kind(row.strip())
        elif row:
            remarks.append(row)
    return heading.splitlines(), tops, remarks


def _line(mark: str, words: str) -> Line:
    line = Line(mark, words)
    if cited := _CITED.search(line.words):
        line.cited = cited[1]
        line.words = line.words[: cited.start()]
    line.readings = dict(_READ.findall(line.words))
    line.words = _READ.sub("", line.words)
    line.words, line.kind = _kind(line.words)
    if unnamed := _UNNAMED.fullmatch(line.words):
        line.how, line.count = _JOINS[unnamed[1]], int(unnamed[2])
    elif how := _HOW.search(line.words):
        line.how, line.count = how[1], int(how[2])
        line.words = line.words[: how.start()]
    return line


def _kind(words: str) -> tuple[str, str]:
    found = _KIND.search(words)
    return (words[: found.start()], found[1]) if found else (words, "")


@dataclass
class Told:
    """What a line says of a fact, and what it asks: texts, to be judged by `holds`."""

    values: dict[str, str]
    asks: str
    relation: str


_RELATIONS = re.compile(
    r"; needs (?P<needs>.*)|; if (?P<if>.*)"
    r"|; (?P<source>.*) (?:would speak|speaks) (?P<side>for|against) it"
    r"|, which speaks (?P<trivial>for|against) it"
)
_LABELS = {a.label: name for name, a in rule_base().attributes.items()}


def told(words: str) -> Told | None:
    """Return what a line tells of facts, or None if it names none."""
    matched = None
    for candidate in _RELATIONS.finditer(words):
        matched = candidate
        break
    stated = words[: matched.start()] if matched else words
    values = _values(stated)
    if values is None:
        return None
    if matched is None:
        return Told(values, "", "trivial")
    groups = matched.groupdict()
    if groups["needs"] is not None:
        return Told(values, groups["needs"], "needs")
    if groups["if"] is not None:
        return Told(values, groups["if"], "if")
    if groups["source"] is not None:
        return Told(values, groups["source"], groups["side"] or "")
    return Told(values, "", groups["trivial"] or "")


def _values(stated: str) -> dict[str, str] | None:
    one = _value(stated)
    if one:
        return dict([one])
    first, joined, second = stated.partition(" and ")
    pairs = [_value(first), _value(second)] if joined else []
    return dict(pair for pair in pairs if pair) if pairs and all(pairs) else None


def _value(stated: str) -> tuple[str, str] | None:
    for label in sorted(_LABELS, key=len, reverse=True):
        rest = stated.removeprefix(label)
        if rest != stated and rest[:1] in (" ", ":"):
            value = rest.removeprefix(":").strip()
            if " and " in value:
                return None
            return _LABELS[label], value
    return None


def worded(attribute: Attribute) -> dict[str, str]:
    """Return the options of an attribute by the words they are called by."""
    words = rule_base().wording.values
    options = attribute.values or ("no", "yes")
    return {words.get(v, v.replace("_", " ")): v for v in options}


def number(text: str, attribute: Attribute) -> Fraction:
    """Return a number that is printed with its unit."""
    unit = rule_base().wording.units.get(attribute.unit, attribute.unit)
    assert text.endswith(f" {unit}") or not unit, (text, unit)
    return Fraction(text.removesuffix(f" {unit}") if unit else text)


@dataclass(frozen=True)
class Between:
    """The numbers from low to high; an end that is open is not among them."""

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    def empty(self) -> bool:
        """Tell whether there is no number in it."""
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def cut(self, other: Between) -> Between:
        """Return the numbers that are in both."""
        low = max((self.low, self.low_open), (other.low, other.low_open))
        high = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Between(low[0], high[0], low[1], not high[1])


def printed_interval(text: str, attribute: Attribute) -> Between:
    """Return the numbers that a printed number, interval or demand allows."""
    bottom, top = map(Fraction, attribute.range)
    word, _, rest = text.partition(" ")
    if word in ("above", "below", "exactly", "at"):
        if word == "at":
            side, _, rest = rest.partition(" ")
            word = f"at {side}"
        limit = number(rest, attribute)
        return {
            "at least": Between(limit, top),
            "at most": Between(bottom, limit),
            "above": Between(limit, top, low_open=True),
            "below": Between(bottom, limit, high_open=True),
            "exactly": Between(limit, limit),
        }[word]
    if " to " in text:
        low, high = text.split(" to ")
        unit = rule_base().wording.units.get(attribute.unit, attribute.unit)
        suffix = f" {unit}" if unit else ""
        return Between(number(low + suffix, attribute), number(high, attribute))
    value = number(text, attribute)
    return Between(value, value)
