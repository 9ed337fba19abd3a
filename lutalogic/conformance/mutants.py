# SPDX-License-Identifier: Apache-2.0
"""Mistakes that can be made in writing a policy anew, each as a change to the rules.

They are made systematically of the rules in rulebase.json: every operator at every site where it
changes something. Which of them can be told from the rules at all is for `equivalence` to prove.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from lutalogic.conformance import mistakes as words
from lutalogic.conformance.altered_tests import (
    changed_limits,
    changed_masks,
    compared_otherwise,
    day_beside,
)
from lutalogic.conformance.sites import sites
from lutalogic.rulebase import rule_base
from lutalogic.rules import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.conformance.sites import Site
    from lutalogic.rules import Policy

#: The operators, and what each does.
OPERATORS: Final = {
    "comparison": "a comparison taken as its neighbor, an end left open, or left out",
    "constant": "a constant, or an end of an interval, moved by one step",
    "member": "a member of a class left out",
    "joined": "all_of taken as any_of, any_of as all_of",
    "dropped": "a part of a combination, or one of two numbers added, left out",
    "negated": "a condition taken for its opposite",
    "unknown": "unknown taken as false, or as true",
    "evidence": "evidence joined as all_of, or as any_of",
    "source": "a source that speaks for one side only taken to speak for both",
    "date": "the day on which a text begins moved by one day",
    "reading": "another value of a reading taken by default",
}


_NO_CHANGE: Final = Node("undetermined")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A policy with one mistake in it.

    Attributes:
        id: Its name, the same as long as the criterion is written the same.
        policy: The name of the policy.
        criterion: The id of the criterion in which the mistake is made; empty if in none.
        operator: The kind of mistake, one of `OPERATORS`.
        mistake: The mistake in words.
        place: The node of the criterion, or the root; -1 of a mistake about the whole policy.
        node: The node of the condition that is another.
        change: The condition in its place; a part ``~n`` is the opposite of part n.
        settles: What the condition is where it would be unknown: ``t``, ``f``, or nothing else.
        within: The nodes of the criterion that rest on the condition, in order.
        above: The nodes that rest on the criterion, in order.
        reading: The reading of which another value is taken by default; empty if none is.
        value: The index of that value.
        starts: The days on which the first text is taken to begin; empty if on none but its own.
    """

    id: str
    policy: str
    criterion: str
    operator: str
    mistake: str
    place: int = -1
    node: int = -1
    change: Node = _NO_CHANGE
    settles: str = ""
    within: tuple[int, ...] = ()
    above: tuple[int, ...] = ()
    reading: str = ""
    value: int = 0
    starts: tuple[str, ...] = ()


@cache
def mutants(policy: Policy) -> tuple[Mutant, ...]:
    """Return all mutants of a policy, criterion by criterion.

    >>> policy = rule_base().policies["wellmark_lutathera"]
    >>> print(mutants(policy)[0].id, "|", mutants(policy)[0].mistake)
    wellmark_lutathera/W-1/comparison/above | age: at least 12 years taken as above 12 years
    """
    found = [mutant for site in sites(policy) for mutant in _at(site)]
    found += [*_of_start(policy), *_of_readings(policy)]
    return tuple({mutant.id: mutant for mutant in found}.values())


def _at(site: Site) -> Iterator[Mutant]:
    node = rule_base().nodes[site.node]
    told = words.Words(site)
    for operator, detail, change, mistake in [
        *_of_tests(node),
        *_of_parts(site, node, told),
        *_of_dates(node),
    ]:
        yield _mutant(site, operator, detail, change, mistake)
    for letter, word in (("f", "no"), ("t", "yes")):
        if node.kind not in _NEVER_OPEN or _denies_criterion(site.policy, node):
            mistake = f"unknown taken as {word}: {told.condition(site.node)}"
            yield replace(_mutant(site, "unknown", word, node, mistake), settles=letter)


#: What passes on the truth of a part as it is, or its opposite; and what is never unknown.
_NEVER_OPEN: Final = ("documented", "by_reading", "by_date", "supports", "rules_out", "not")


def _denies_criterion(policy: Policy, node: Node) -> bool:
    """Tell whether a criterion is taken for its opposite; who does so may err there alone."""
    return node.kind == "not" and any(part in policy.criteria_by_node for part in node.parts)


def _mutant(site: Site, operator: str, detail: str, change: Node, mistake: str) -> Mutant:
    path = ":".join(filter(None, (site.path, detail)))
    name = site.criterion or "outcome"
    return Mutant(
        id=f"{site.policy.name}/{name}/{operator}/{path}",
        policy=site.policy.name,
        criterion=site.criterion,
        operator=operator,
        mistake=mistake,
        place=site.place,
        node=site.node,
        change=change,
        within=site.within,
        above=site.above,
    )


#: An operator, what tells its mutants at one site apart, the changed condition, and the mistake.
_Change = tuple[str, str, Node, str]


def _of_tests(node: Node) -> Iterator[_Change]:
    if node.kind == "adds":
        for limit in (node.limit - 1, node.limit + 1):
            change = replace(node, limit=limit)
            yield "constant", str(limit), change, words.taken_as(node, change)
        for name in node.attributes:
            alone = Node("test", attributes=(name,), test=("at_most", node.limit))
            yield "dropped", name, alone, words.taken_as(node, alone)
            rest = tuple(other for other in node.attributes if other != name)
            zero = replace(node, kind="adds_or_zero", attributes=(name, *rest))
            yield "unknown", f"{name}:0", zero, words.taken_as_zero(name, node)
        known = replace(node, kind="adds_documented")
        yield "unknown", "either", known, words.unknown_unless_both(node)
    if node.kind != "test":
        return
    for operator, changes in (
        ("comparison", compared_otherwise(node)),
        ("constant", changed_limits(node)),
        ("member", changed_masks(node)),
    ):
        for detail, test in changes:
            change = replace(node, test=test)
            yield operator, detail, change, words.taken_as(node, change)


_OTHER_JOIN: Final = {
    "all_of": ("any_of",),
    "any_of": ("all_of",),
    "evidence": ("all_of", "any_of"),
}


def _of_parts(site: Site, node: Node, told: words.Words) -> Iterator[_Change]:
    parts = [(place, part) for place, part in enumerate(node.parts) if part is not None]
    many = node.kind in _OTHER_JOIN
    if many and len(parts) > 1:
        for other in _OTHER_JOIN[node.kind]:
            operator = "evidence" if node.kind == "evidence" else "joined"
            mistake = told.joined(site.node, node.kind, other)
            yield operator, other, replace(node, kind=other), mistake
        for place, part in parts:
            rest = (*node.parts[:place], *node.parts[place + 1 :])
            mistake = f"not looked at: {told.condition(part)}"
            yield "dropped", str(place + 1), replace(node, parts=rest), mistake
    if node.kind in ("supports", "rules_out"):
        [(_, part)] = parts
        change = Node("all_of", parts=(part if node.kind == "supports" else ~part,))
        mistake = f"taken to speak for both sides: {told.condition(site.node)}"
        yield "source", "", change, mistake
    for place, part in parts:
        turned = (*node.parts[:place], ~part, *node.parts[place + 1 :])
        mistake = f"taken for its opposite: {told.condition(part)}"
        yield "negated", str(place + 1), replace(node, parts=turned), mistake
    if not site.path and not parts and site.criterion:
        mistake = f"taken for its opposite: {told.condition(site.node)}"
        yield "negated", "", Node("not", parts=(site.node,)), mistake


def _of_dates(node: Node) -> Iterator[_Change]:
    for place, day in enumerate(node.dates):
        for step in (-1, 1):
            moved = day_beside(day, step)
            dates = (*node.dates[:place], moved, *node.dates[place + 1 :])
            mistake = f"the text of {day} taken to begin on {moved}"
            yield "date", f"{place + 1}:{step:+d}", replace(node, dates=dates), mistake


def _of_start(policy: Policy) -> Iterator[Mutant]:
    for place, day in enumerate(policy.starts):
        for step in (-1, 1):
            moved = day_beside(day, step)
            yield Mutant(
                id=f"{policy.name}/outcome/date/start {place + 1}:{step:+d}",
                policy=policy.name,
                criterion="",
                operator="date",
                mistake=f"the first text on record, of {day}, taken to begin on {moved}",
                starts=(*policy.starts[:place], moved, *policy.starts[place + 1 :]),
            )


def _of_readings(policy: Policy) -> Iterator[Mutant]:
    for name in policy.readings:
        reading = rule_base().readings[name]
        for value, taken in enumerate(reading.values[1:], 1):
            yield Mutant(
                id=f"{policy.name}/outcome/reading/{name}:{taken}",
                policy=policy.name,
                criterion=_only_criterion(policy, name),
                operator="reading",
                mistake=f"{name} read as {taken} where {reading.default} is asked: "
                f"{reading.meanings[value]}",
                reading=name,
                value=value,
            )


def _only_criterion(policy: Policy, reading: str) -> str:
    """Return the id of the one criterion that a reading bears on; empty if there are more."""
    nodes = rule_base().nodes
    found = {site.criterion for site in sites(policy) if nodes[site.node].reading == reading}
    return found.pop() if len(found) == 1 else ""
