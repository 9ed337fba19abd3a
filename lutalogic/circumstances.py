# SPDX-License-Identifier: Apache-2.0
"""Under which texts and readings a policy is examined, and what is then in force."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from lutalogic.readings import choices_of
from lutalogic.rulebase import rule_base
from lutalogic.statements import statement
from lutalogic.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lutalogic.rules import Policy

COMBINATIONS: Final = ("all_of", "any_of", "evidence")
_SELECTS: Final = ("by_reading", "by_date")


@dataclass(frozen=True)
class Circumstances:
    """A text of a policy under readings, of which some are not the defaults.

    Attributes:
        policy: The policy.
        day: The first day of the text, YYYY-MM-DD.
        readings: The readings that are not taken by default, name and value.
    """

    policy: Policy
    day: str
    readings: tuple[tuple[str, str], ...] = ()

    @cached_property
    def choices(self) -> tuple[int, ...]:
        """Return the index of the value taken of each reading of the policy."""
        return choices_of(self.policy, self.readings)

    @cached_property
    def _trace(self) -> Trace:
        return Trace(self.policy, self.choices, self.day, "")

    def parts(self, node: int) -> tuple[int, ...]:
        """Return the parts of a condition that are in force."""
        return self._trace.parts(node)

    def in_force(self, node: int) -> bool:
        """Tell whether a condition asks anything."""
        return not rule_base().nodes[node].parts or bool(self.parts(node))

    def below(self, node: int, stop: Collection[int] = ()) -> list[int]:
        """Return a condition and those in force below it, but none below another of `stop`."""
        return self._trace.below(node, stop)

    def signature(self, node: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Return what the text and the readings select below a condition, and itself."""
        return _signature(self, node)

    def facts(self, node: int) -> Counter[str]:
        """Return the facts that a condition reads, with how often each, along all its branches."""
        return _facts(self, node)

    def resolved(self, node: int) -> int:
        """Return the condition that the text and the readings select in the place of one."""
        while rule_base().nodes[node].kind in _SELECTS and self.parts(node):
            (node,) = self.parts(node)
        return node

    def clause(self, node: int) -> int:
        """Return a condition as a clause is known: what is selected, unless it has a name."""
        named = {*self.policy.criteria_by_node, *self.policy.definitions}
        while node not in named and rule_base().nodes[node].kind in _SELECTS and self.parts(node):
            (node,) = self.parts(node)
        return node

    def places(self, node: int) -> Iterator[tuple[int, int]]:
        """Yield the places of a combination in which a clause is in force, with the clause."""
        if rule_base().nodes[node].kind in COMBINATIONS:
            kept = self.parts(node)
            for place, part in enumerate(rule_base().nodes[node].parts):
                if part is not None and part in kept:
                    yield place, part

    def is_open(self, node: int) -> bool:
        """Tell whether a condition is a case that the document leaves open: it is never true."""
        nodes = rule_base().nodes
        node = self.resolved(node)
        if nodes[node].kind == "all_of":
            return any(nodes[part].why for part in self.parts(node))
        return bool(nodes[node].why)

    def words(self, node: int) -> str:
        """Return what a condition asks, in one line.

        >>> pluvicto = rule_base().policies["premera_pluvicto"]
        >>> Circumstances(pluvicto, "2026-04-01").words(pluvicto.criteria[1].node)
        'P-2: Metastatic castration-resistant prostate cancer'
        """
        own = self.policy.criteria_by_node.get(node)
        if own is not None:
            return f"{own.id}: {own.sentence}"
        if node in self.policy.definitions:
            return self.policy.definitions[node].sentence
        resolved, kind = self.resolved(node), rule_base().nodes[self.resolved(node)].kind
        if kind in ("supports", "rules_out"):
            (part,) = self.parts(resolved)
            return f"{self.words(part)}, {'for' if kind == 'supports' else 'against'} it"
        if resolved != node:
            return self.words(resolved)
        asked = statement(self.policy, self.choices, self.day, node)
        assert asked is not None, "only what is in force is put in words"
        lines = [(depth, line) for depth, line in asked.lines() if line]
        head, *more = [line for depth, line in lines if depth < 2]
        return f"{head}: {'; '.join(more)}" if more else head


@lru_cache(maxsize=4096)
def _signature(circumstances: Circumstances, node: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
    nodes = rule_base().nodes
    return tuple(
        (n, circumstances.parts(n))
        for n in sorted(circumstances.below(node))
        if n == node or nodes[n].kind in _SELECTS
    )


@lru_cache(maxsize=16384)
def _facts(circumstances: Circumstances, node: int) -> Counter[str]:
    found = Counter(rule_base().nodes[node].attributes)
    for part in circumstances.parts(node):
        found += _facts(circumstances, part)
    return found


def texts(policy: Policy) -> list[Circumstances]:
    """Return each text of a policy under the default readings, the latest first."""
    return [Circumstances(policy, text.start) for text in reversed(policy.texts)]


def otherwise(policy: Policy) -> list[Circumstances]:
    """Return each text of a policy under each other value of one reading, the latest first."""
    known = rule_base().readings
    found = [
        Circumstances(policy, text.start, ((name, value),))
        for text in reversed(policy.texts)
        for name in policy.readings
        for value in known[name].values[1:]
    ]
    return [each for each in found if policy.start(each.choices) <= each.day]
