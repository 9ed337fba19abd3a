# SPDX-License-Identifier: Apache-2.0
"""Where in a policy a mistake can be made: each condition of each criterion.

Conditions are shared: one limit may stand in three criteria. Who writes a policy anew may err in
one of them alone, so a site is a condition as one criterion has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lutalogic.rules import Policy


@dataclass(frozen=True, slots=True)
class Site:
    """A condition as one criterion has it.

    Attributes:
        policy: The policy.
        criterion: The id of the criterion; empty for what joins the criteria to an outcome.
        place: The node of the criterion, or the root.
        node: The node of the condition.
        path: The way to it from the criterion: the places of parts among parts, from 1 on.
        within: The nodes of the criterion that rest on it, in order.
        above: The nodes that rest on the criterion, in order.
    """

    policy: Policy
    criterion: str
    place: int
    node: int
    path: str
    within: tuple[int, ...]
    above: tuple[int, ...]


@cache
def sites(policy: Policy) -> tuple[Site, ...]:
    """Return all sites of a policy, criterion by criterion."""
    places = [(c.id, c.node) for c in policy.criteria] + [("", policy.root)]
    return tuple(site for name, place in places for site in _sites(policy, name, place))


def _sites(policy: Policy, criterion: str, place: int) -> Iterator[Site]:
    paths = _paths(policy, place)
    above = _resting(policy, place, policy.nodes)
    for node, path in paths.items():
        within = _resting(policy, node, paths)
        yield Site(policy, criterion, place, node, path, within, above)


def _paths(policy: Policy, place: int) -> dict[int, str]:
    """Return the nodes of a criterion that are no other's, each with the first way to it."""
    found: dict[int, str] = {}
    waiting = [(place, "")]
    while waiting:
        number, path = waiting.pop()
        if number in found or (number != place and number in policy.criteria_by_node):
            continue
        found[number] = path
        parts = enumerate(rule_base().nodes[number].parts, 1)
        below = [(p, f"{path}.{i}".lstrip(".")) for i, p in parts if p is not None]
        waiting += reversed(below)
    return found


def _resting(policy: Policy, start: int, among: Collection[int]) -> tuple[int, ...]:
    """Return the nodes among some that rest on a node, each after what it rests on."""
    changed, nodes = {start}, rule_base().nodes
    for number in policy.nodes:  # parts come before what they are parts of
        if number in among and not changed.isdisjoint(nodes[number].parts):
            changed.add(number)
    return tuple(n for n in policy.nodes if n in changed and n != start)
