# SPDX-License-Identifier: Apache-2.0
"""What synthetic patients look like, read from a file and checked against the vocabulary.

The file ``synthetic.toml`` beside this module says in its head how one is written. Nothing here
knows a figure or a fact.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from math import inf, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lutalogic.cells import NUMERIC
from lutalogic.errors import BadRequest, InputError, did_you_mean
from lutalogic.possible import NEVER, Members, Number, Option, Span, possible, shown
from lutalogic.rulebase import rule_base
from lutalogic.rules import Attribute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: The file that is taken where none is named.
STANDARD: Final = Path(__file__).with_name("synthetic.toml")
#: In a table of shares: all facts that it does not name otherwise.
REST: Final = "*"
_TABLES: Final = ("hidden", "draw", "bands", "missing")
_KEYS: Final = ("when", "choose", "quantiles", "step", "never", "absent")


@dataclass(frozen=True, slots=True)
class Condition:
    """What a case asks of a name that was drawn before it.

    Attributes:
        name: The name.
        codes: Values it may have: indexes of options, or of sets, of which one must be shared.
        span: Of a number, the interval it lies in: low, low_open, high, high_open.
        holds_none: Of a set, whether the documented none will do, too.
    """

    name: str
    codes: frozenset[int] = frozenset()
    span: tuple[float, bool, float, bool] | None = None
    holds_none: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """How the rows that a case fits are drawn.

    Attributes:
        when: What it asks; all of it must hold.
        absent: The share without a value.
        never: Of those with one, the share that is `never`.
        values: Values to choose from: indexes of options, bit masks of sets, or numbers.
        weights: How often each is chosen; they add up to 1.
        quantiles: Numbers in ascending order, between each two of which as many lie.
        per_unit: How many steps to which numbers are rounded make one; of wider steps, below 1.
    """

    when: tuple[Condition, ...]
    absent: float
    never: float
    values: tuple[float, ...]
    weights: tuple[float, ...]
    quantiles: tuple[float, ...]
    per_unit: float


@dataclass(frozen=True, slots=True)
class Draw:
    """A column that is drawn: a fact, or something hidden that facts depend on."""

    attribute: Attribute
    hidden: bool
    cases: tuple[Case, ...]

    @property
    def name(self) -> str:
        """Return its name."""
        return self.attribute.name


@dataclass(frozen=True)
class Distributions:
    """What a file says: what is drawn, in order; bands of laboratories; sets of missing rates."""

    draws: tuple[Draw, ...]
    bands: Mapping[str, tuple[float, ...]]
    missing: Mapping[str, Mapping[str, float]]

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the facts that are drawn, in the order of the vocabulary."""
        drawn = {draw.name for draw in self.draws if not draw.hidden}
        return tuple(name for name in rule_base().attributes if name in drawn)

    def hidden(self, name: str) -> Draw:
        """Return what is drawn under a hidden name.

        Raises:
            BadRequest: There is none of this name.
        """
        for draw in self.draws:
            if draw.hidden and draw.name == name:
                return draw
        raise BadRequest(f"the distributions draw nothing hidden that is called {name!r}", name)


@cache
def distributions(path: Path = STANDARD) -> Distributions:
    """Return what a file says of synthetic patients, checked against the vocabulary.

    Args:
        path: The file, in TOML.

    Raises:
        InputError: It cannot be read, or something in it is wrong; names the place and the remedy.

    >>> distributions().facts[:2]
    ('request_type', 'requested_doses')
    """
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadRequest(f"cannot be read as TOML: {error}", str(path)) from None
    return read(stated, path.name)


def read(stated: Mapping[str, Any], place: str) -> Distributions:
    """Return what the tables of such a file say.

    Args:
        stated: The tables, as TOML has them.
        place: What to call the file in an error.

    Raises:
        InputError: Something in them is wrong; names the place and the remedy.
    """
    for name in stated:
        if name not in _TABLES:
            raise BadRequest(f"is no table of such a file{did_you_mean(name, _TABLES)}", place)
    hidden = {name: _hidden(name, values) for name, values in stated.get("hidden", {}).items()}
    known = {**rule_base().attributes, **hidden}
    draws: dict[str, Draw] = {}
    for name, cases in stated.get("draw", {}).items():
        at = f"{place}: draw.{name}"
        if name not in known:
            raise BadRequest(
                f"is neither a fact nor one of [hidden]{did_you_mean(name, known)}", at
            )
        listed = cases if isinstance(cases, list) else [cases]
        read_cases = tuple(
            _case(known[name], case, draws, f"{at}[{i}]" if cases is listed else at)
            for i, case in enumerate(listed, 1)
        )
        if not read_cases or any(not case.when for case in read_cases[:-1]):
            raise BadRequest("needs a case, and `when` in every case but the last", at)
        draws[name] = Draw(known[name], name in hidden, read_cases)
    drawn = {name for name, draw in draws.items() if not draw.hidden}
    bands = {
        name: _bands(name, limits, drawn, f"{place}: bands.{name}")
        for name, limits in stated.get("bands", {}).items()
    }
    missing = {
        name: shares(rates, drawn, f"{place}: missing.{name}")
        for name, rates in stated.get("missing", {}).items()
    }
    return Distributions(tuple(draws.values()), bands, missing)


def shares(stated: object, facts: set[str], at: str) -> dict[str, float]:
    """Return a table of shares by fact, by group of facts or `REST`, checked.

    Raises:
        BadRequest: A name is none of these, or a share is no number from 0 to 1.
    """
    groups = {rule_base().attributes[name].group for name in facts}
    if not isinstance(stated, dict):
        raise BadRequest('must be a table of shares, as {"*" = 0.1, "toxicity" = 0.3}', at)
    for name, share in stated.items():
        if name not in facts | groups | {REST}:
            hint = did_you_mean(str(name), sorted(facts | groups))
            raise BadRequest(
                f"{shown(name)} is no fact that is drawn, no group of facts and not {REST!r}{hint}",
                at,
            )
        proportion(share, f"{at}.{name}")
    return {name: float(share) for name, share in stated.items()}


def share_of(rates: Mapping[str, float], attribute: Attribute) -> float:
    """Return the share that a table has for a fact: its own, else its group's, else the rest's."""
    return rates.get(attribute.name, rates.get(attribute.group, rates.get(REST, 0.0)))


def proportion(value: object, at: str) -> float:
    """Return a number from 0 to 1.

    Raises:
        BadRequest: It is none.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise BadRequest(f"must be a number from 0 to 1, not {shown(value)}", at)
    return float(value)


def _hidden(name: str, values: object) -> Attribute:
    """Return what is hidden as if it were a fact of the vocabulary."""
    at = f"hidden.{name}"
    if name in rule_base().attributes:
        raise BadRequest("is a fact of the vocabulary; give what is hidden another name", at)
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise BadRequest('must be a list of its values, as ["good", "poor"]', at)
    return Attribute(name, "hidden", "enum", "", name, tuple(values))


def _case(attribute: Attribute, stated: object, above: Mapping[str, Draw], at: str) -> Case:
    """Return a case of a name, checked."""
    if not isinstance(stated, dict):
        raise BadRequest("must be a case, as { choose = { ... } }", at)
    for key in stated:
        if key not in _KEYS:
            raise BadRequest(f"{shown(key)} is no part of a case{did_you_mean(key, _KEYS)}", at)
    when = stated.get("when", {})
    conditions = tuple(_condition(name, asked, above, f"{at}.when") for name, asked in when.items())
    absent = proportion(stated.get("absent", 0), f"{at}.absent")
    never = proportion(stated.get("never", 0), f"{at}.never")
    if never and attribute.type != "elapsed":
        raise BadRequest("only an elapsed time can be never", f"{at}.never")
    values, weights = _choices(attribute, stated.get("choose", {}), f"{at}.choose")
    quantiles, per_unit = _quantiles(attribute, stated, at)
    given = bool(values) + bool(quantiles)
    if given > 1 or (given < 1 and absent < 1 and never < 1):
        raise BadRequest("needs one of choose and quantiles", at)
    return Case(conditions, absent, never, values, weights, quantiles, per_unit)


def _choices(
    attribute: Attribute, stated: object, at: str
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return values and their weights, which add up to 1."""
    if not isinstance(stated, dict):
        raise BadRequest("must be a table of values and weights", at)
    weights: list[float] = []
    for value, weight in stated.items():
        number = isinstance(weight, (int, float)) and not isinstance(weight, bool)
        if not number or not isfinite(weight) or weight < 0:
            raise BadRequest(f"must be a weight of 0 or more, not {shown(weight)}", f"{at}.{value}")
        weights.append(weight)
    total = sum(weights)
    if stated and not total:
        raise BadRequest("has no weight above 0", at)
    values = tuple(_value(attribute, text, f"{at}.{text}") for text in stated)
    return values, tuple(weight / total for weight in weights)


def _value(attribute: Attribute, text: str, at: str) -> float:
    """Return a value as it is drawn: an index, a bit mask, or a number."""
    stated: object = text
    match attribute.type:
        case "boolean":
            stated = {"true": True, "false": False}.get(text, text)
        case "set":
            stated = [] if text == "none" else text.split("; ")
        case "integer" | "number" | "elapsed":
            stated = _number(text)
    match _possible(attribute, stated, at):
        case Option(index):
            return index
        case Members(mask):
            return mask
        case Number(value):
            return float(value)
    if attribute.type == "elapsed" and text == "never":
        return inf
    raise BadRequest("must be one value, not an interval", at)


def _number(text: str) -> object:
    try:
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    except ValueError:
        return text


def _possible(attribute: Attribute, value: object, at: str) -> object:
    try:
        return possible(attribute, value, at)
    except InputError as error:
        raise type(error)(error.message, at) from None


def _quantiles(
    attribute: Attribute, stated: Mapping[str, Any], at: str
) -> tuple[tuple[float, ...], float]:
    """Return numbers in ascending order, and the steps to which what is drawn is rounded."""
    found = stated.get("quantiles", [])
    if not found:
        return (), 1.0
    if attribute.type not in NUMERIC:
        raise BadRequest("only numbers have quantiles", f"{at}.quantiles")
    step = stated.get("step")
    per_unit = _per_unit(step)
    if per_unit is None or (attribute.type == "integer" and per_unit > 1):
        raise BadRequest(
            "must be a whole number, or 0.5, 0.1, 0.01 and so on of a fact that has decimals",
            f"{at}.step",
        )
    numbers = _ascending(attribute, found, f"{at}.quantiles")
    if len(numbers) < 2:
        raise BadRequest("must be two numbers or more", f"{at}.quantiles")
    return numbers, per_unit


def _per_unit(step: object) -> float | None:
    if isinstance(step, bool) or not isinstance(step, (int, float)) or step <= 0:
        return None
    if step == int(step):
        return 1 / step
    return float(round(1 / step)) if abs(1 / step - round(1 / step)) < 1e-9 else None


def _ascending(attribute: Attribute, stated: object, at: str) -> tuple[float, ...]:
    """Return numbers within the range of a fact, in ascending order."""
    if not isinstance(stated, list):
        raise BadRequest("must be a list of numbers", at)
    for number in stated:
        if isinstance(number, str):
            raise BadRequest(f"{shown(number)} is no number", at)
        decimal = attribute.type != "integer"
        if decimal or number == int(number):
            _possible(attribute, number if decimal else int(number), at)
    if sorted(stated) != stated:
        raise BadRequest("must ascend", at)
    return tuple(map(float, stated))


def _bands(name: str, stated: object, drawn: set[str], at: str) -> tuple[float, ...]:
    if name not in drawn or rule_base().attributes[name].type not in NUMERIC:
        raise BadRequest("is no number that is drawn", at)
    limits = _ascending(rule_base().attributes[name], stated, at)
    if len(limits) < 2 or len(set(limits)) < len(limits):
        raise BadRequest("must be two different numbers or more", at)
    return limits


def _condition(name: str, asked: object, above: Mapping[str, Draw], at: str) -> Condition:
    """Return what a case asks of a name above it."""
    if name not in above:
        raise BadRequest(f"{shown(name)} is not drawn above{did_you_mean(name, above)}", at)
    attribute, at = above[name].attribute, f"{at}.{name}"
    listed = asked if isinstance(asked, list) else [asked]
    if attribute.type not in NUMERIC:
        codes = list(_codes(attribute, listed, at))
        return Condition(name, frozenset(codes) - {-1}, holds_none=-1 in codes)
    if all(isinstance(number, int) for number in listed):
        found = [_possible(attribute, number, at) for number in listed]
        return Condition(name, frozenset(int(each.value) for each in found))  # type: ignore[attr-defined]
    match _possible(attribute, asked, at):
        case Span(low, low_open, high, high_open):
            return Condition(name, span=(float(low), low_open, float(high), high_open))
        case Number(number):
            return Condition(name, span=(float(number), False, float(number), False))
    if _possible(attribute, asked, at) is NEVER:
        return Condition(name, span=(inf, False, inf, False))
    raise BadRequest("must be a value, a list of values or an interval", at)


def _codes(attribute: Attribute, asked: Sequence[object], at: str) -> Iterator[int]:
    """Yield the indexes of values; of a set, -1 for the documented none."""
    for value in asked:
        if attribute.type == "set":
            if value != "none" and value not in attribute.values:
                _possible(attribute, [value], at)
            yield -1 if value == "none" else attribute.values.index(str(value))
        else:
            match _possible(attribute, value, at):
                case Option(index):
                    yield index
