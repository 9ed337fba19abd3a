# SPDX-License-Identifier: Apache-2.0
"""Straight-line Python generated from rulebase.json: what the bridge is measured against.

One function a policy, with one assignment for each node and no call in it, computes the letters
that the Prolog engine computes: about the least that the job costs in Python. Numbers are compared
exactly, as integers or decimals, and intervals are carried throughout.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lutalogic.possible import Members, Number, Option, Span
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from lutalogic.case import Case
    from lutalogic.rules import Node, Policy

#: The values of a case for straight-line code: numbers as (low, low_open, high, high_open).
Values = dict[str, Any]


def plain_values(case: Case) -> Values:
    """Return the facts of a case in the form in which straight-line code compares fastest."""
    plain: Values = {}
    for name, known in case.possible.items():
        match known:
            case Number(value):
                number = _plain(value)
                plain[name] = (number, False, number, False)
            case Span(low, low_open, high, high_open):
                plain[name] = (_plain(low), low_open, _plain(high), high_open)
            case Option(index):
                plain[name] = index
            case Members(mask):
                plain[name] = mask
            case _:  # never: beyond any range
                plain[name] = (10**9, False, 10**9, False)
    return plain


def _plain(number: Fraction) -> int | Decimal:
    if number.denominator == 1:
        return number.numerator
    return Decimal(number.numerator) / Decimal(number.denominator)


def compile_policy(policy: Policy) -> Callable[[Mapping[str, Any], str, tuple[int, ...]], str]:
    """Return the function of a policy: plain values, day and choices in, letters out."""
    lines = [f"    a{i} = get({name!r})" for i, name in enumerate(policy.attributes)]
    lines += [f"    n{n} = {_expression(rule_base().nodes[n], policy)}" for n in policy.nodes]
    start = f"{policy.starts!r}[{_choice(policy, policy.start_reading)}]"
    letters = ", ".join(f"n{number}" for number in policy.nodes)
    source = "\n".join(
        [
            "def truths(values, day, choices):",
            f"    if day < {start}:",
            f"        return {'-' * len(policy.nodes)!r}",
            "    get = values.get",
            *lines,
            f"    return ''.join(({letters}))",
        ]
    )
    scope: dict[str, Any] = {"D": Decimal}
    exec(compile(source, f"<{policy.name}>", "exec"), scope)
    function: Callable[[Mapping[str, Any], str, tuple[int, ...]], str] = scope["truths"]
    return function


def _choice(policy: Policy, reading: str | None) -> str:
    return f"choices[{policy.readings.index(reading)}]" if reading else "0"


def _constant(number: int | Decimal) -> str:
    return str(number) if number == int(number) else f"D('{number}')"


def _expression(node: Node, policy: Policy) -> str:
    value = [f"a{policy.attributes.index(name)}" for name in node.attributes]
    parts = [f"n{part}" if part is not None else "'-'" for part in node.parts]
    match node.kind:
        case "test":
            return _test(value[0], *node.test)
        case "adds":
            return _sum(node, *value)
        case "documented":
            return f"'f' if {value[0]} is None else 't'"
        case "undetermined":
            return "'u'"
        case "not":
            return f"'f' if {parts[0]} == 't' else 't' if {parts[0]} == 'f' else {parts[0]}"
        case "supports":
            return f"'u' if {parts[0]} == 'f' else {parts[0]}"
        case "rules_out":
            return f"'f' if {parts[0]} == 't' else 'u' if {parts[0]} == 'f' else {parts[0]}"
        case "by_reading":
            return f"({', '.join(parts)})[{_choice(policy, node.reading)}]"
        case "by_date":
            chain = "'-'"
            for day, part in zip(node.dates, parts, strict=True):
                chain = f"{part} if day >= {day!r} else ({chain})"
            return chain
        case "all_of":
            return _first(parts, "f", "u", "t")
        case "any_of":
            return _first(parts, "t", "u", "f")
        case _:
            true, false = _some(parts, "t"), _some(parts, "f")
            return f"('u' if {false} else 't') if {true} else {_first(parts, 'f', 'u')}"


def _some(parts: list[str], letter: str) -> str:
    return "(" + " or ".join(f"{part} == '{letter}'" for part in parts) + ")"


def _first(parts: list[str], *letters: str) -> str:
    """Return the first of these letters that some part has, or that none is in force."""
    return "".join(f"'{letter}' if {_some(parts, letter)} else " for letter in letters) + "'-'"


def _test(v: str, kind: str, *constants: Any) -> str:
    match kind, [_constant(c) for c in constants]:
        case "among", [mask]:
            told = f"'t' if {mask} >> {v} & 1 else 'f'"
        case "includes", [members, perhaps]:
            told = f"'t' if {v} & {members} else 'u' if {v} & {perhaps} else 'f'"
        case "empty", []:
            told = f"'f' if {v} else 't'"
        case "at_least", [n]:
            told = f"'t' if {v}[0] >= {n} else {_beneath(v, n)} else 'u'"
        case "below", [n]:
            told = f"'f' if {v}[0] >= {n} else {_beneath(v, n, 't')} else 'u'"
        case "at_most", [n]:
            told = f"'t' if {v}[2] <= {n} else {_beyond(v, n)} else 'u'"
        case "above", [n]:
            told = f"'f' if {v}[2] <= {n} else {_beyond(v, n, 't')} else 'u'"
        case _, [low, high]:
            told = (
                f"'t' if {v}[0] >= {low} and {v}[2] <= {high} else "
                f"{_beneath(v, low)} else {_beyond(v, high)} else 'u'"
            )
        case _:
            raise ValueError(f"no test {kind}")
    return f"'u' if {v} is None else {told}"


def _beneath(v: str, n: str, letter: str = "f") -> str:
    return f"'{letter}' if {v}[2] < {n} or {v}[3] and {v}[2] == {n}"


def _beyond(v: str, n: str, letter: str = "f") -> str:
    return f"'{letter}' if {v}[0] > {n} or {v}[1] and {v}[0] == {n}"


def _sum(node: Node, a: str, b: str) -> str:
    (low_a, high_a), (low_b, high_b) = (rule_base().attributes[n].range for n in node.attributes)
    low = f"({low_a} if {a} is None else {a}[0]) + ({low_b} if {b} is None else {b}[0])"
    high = f"({high_a} if {a} is None else {a}[2]) + ({high_b} if {b} is None else {b}[2])"
    return f"'t' if {high} <= {node.limit} else 'f' if {low} > {node.limit} else 'u'"
