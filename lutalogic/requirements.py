# SPDX-License-Identifier: Apache-2.0
"""What a policy asks, as a list: a request is met where all of it holds, and only there.

The rules join criteria as they please. Here their join is multiplied out: a policy is true if and
only if each of its *requirements* is, and a requirement is one criterion, or several of which one
must hold, perhaps unless something else holds that is no criterion, such as that a course is under
way. Conjunction and disjunction distribute over one another in three-valued logic too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any

from lutalogic.answers import Truth
from lutalogic.rulebase import rule_base
from lutalogic.statements import statement
from lutalogic.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.decision import Decision
    from lutalogic.rules import Criterion, Source
    from lutalogic.sides import Side

#: The numbers of nodes of which one must hold.
Clause = tuple[int, ...]
_JOINED = ("all_of", "any_of", "by_reading", "by_date")


@dataclass(frozen=True)
class Exemption:
    """A condition that is no criterion, and by which a criterion need not hold.

    Attributes:
        node: The number of its node.
        sentence: What it says.
        sources: Where the documents say so.
    """

    node: int
    sentence: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Requirement:
    """Something without which a policy is not met.

    Attributes:
        policy: The name of the policy.
        criteria: The criteria of which one must hold, in the order of the rules.
        unless: Where one of these holds, none of the criteria need.
    """

    policy: str
    criteria: tuple[Criterion, ...]
    unless: tuple[Exemption, ...]

    @property
    def nodes(self) -> Clause:
        """Return the numbers of the nodes of which one must hold."""
        return (*(e.node for e in self.unless), *(c.node for c in self.criteria))

    @property
    def id(self) -> str:
        """Return the ids of its criteria: ``L-2``, or ``item 1 or item 2``."""
        *most, last = [criterion.id for criterion in self.criteria] or [""]
        return f"{', '.join(most)} or {last}" if most else last

    @property
    def exemption(self) -> str:
        """Return when none of the criteria need hold, to follow them; empty if they always must."""
        told = (f"{e.sentence[:1].lower()}{e.sentence[1:]}" for e in self.unless)
        return " or unless ".join(told)

    def __str__(self) -> str:
        """Return the ids with what exempts from them."""
        told = f"unless {self.exemption}" if self.unless else ""
        return ", ".join(filter(None, (self.id, told)))

    def as_json(self) -> dict[str, Any]:
        """Return the requirement as a JSON value."""
        return {
            "policy": self.policy,
            "one_of": [criterion_json(criterion) for criterion in self.criteria],
            "unless": [exemption.sentence for exemption in self.unless],
        }


def criterion_json(criterion: Criterion) -> dict[str, Any]:
    """Return a criterion as a JSON value: id, sentence, sources."""
    return {
        "id": criterion.id,
        "sentence": criterion.sentence,
        "sources": [str(source) for source in criterion.sources],
    }


@lru_cache(maxsize=256)
def requirements(asked: Side) -> tuple[Requirement, ...]:
    """Return what a policy asks on a day under some readings, in the order of the rules.

    >>> from lutalogic.sides import side
    >>> [requirement.id for requirement in requirements(side("premera_xofigo"))]
    ['X-1', 'X-2', 'X-3', 'X-4', 'X-5']
    """
    found = _Splitter(asked).clauses(asked.policy.root)
    return tuple(_requirement(asked, clause) for clause in _least(found))


def facts_asked(asked: Side, node: int) -> tuple[str, ...]:
    """Return the facts that a node reads on a day under some readings, in the vocabulary's order.

    >>> from lutalogic.sides import side
    >>> xofigo = side("premera_xofigo")
    >>> facts_asked(xofigo, requirements(xofigo)[1].nodes[0])
    ('tumor_type', 'castration_resistant')
    """
    made = statement(asked.policy, asked.choices, asked.day, node)
    read = {name for part in (made.all() if made else ()) for name in part.attributes}
    return tuple(name for name in rule_base().attributes if name in read)


def truth_in(decision: Decision, requirement: Requirement) -> Truth:
    """Return whether a requirement is fulfilled in a decision."""
    policy = decision.policy
    letters = {decision.truths[policy.positions[node]] for node in requirement.nodes}
    if "t" in letters:
        return Truth.TRUE
    return Truth.UNKNOWN if "u" in letters else Truth.FALSE


class _Splitter:
    """Multiplies out how one policy joins its criteria, on one day under some readings."""

    def __init__(self, asked: Side) -> None:
        self._criteria = asked.policy.criteria_by_node
        self._in_force = Trace(asked.policy, asked.choices, asked.day, "")

    def clauses(self, number: int) -> list[Clause]:
        """Return the clauses that together are a node in force."""
        if not self._splits(number):
            return [(number,)]
        parts = [self.clauses(part) for part in self._in_force.parts(number)]
        if rule_base().nodes[number].kind == "any_of":
            return [tuple(dict.fromkeys(sum(chosen, ()))) for chosen in product(*parts)]
        return [clause for found in parts for clause in found]

    def _splits(self, number: int) -> bool:
        """Tell whether a node does no more than join criteria, perhaps with other conditions."""
        if number in self._criteria or rule_base().nodes[number].kind not in _JOINED:
            return False
        parts = self._in_force.parts(number)
        return any(part in self._criteria or self._splits(part) for part in parts)


def _least(clauses: Sequence[Clause]) -> list[Clause]:
    """Return the clauses without those that another one implies, which asks for one of fewer."""
    sets = [frozenset(clause) for clause in clauses]
    return [
        clause
        for place, clause in enumerate(clauses)
        if not any(
            other < sets[place] or (other == sets[place] and before < place)
            for before, other in enumerate(sets)
        )
    ]


def _requirement(asked: Side, clause: Clause) -> Requirement:
    criteria = asked.policy.criteria_by_node
    return Requirement(
        policy=asked.policy.name,
        criteria=tuple(criteria[node] for node in clause if node in criteria),
        unless=tuple(_exemption(asked, node) for node in clause if node not in criteria),
    )


def _exemption(asked: Side, node: int) -> Exemption:
    made = statement(asked.policy, asked.choices, asked.day, node)
    assert made is not None, "what is not in force is in no clause"
    return Exemption(node, made.sentence or made.line, made.sources)
