# SPDX-License-Identifier: Apache-2.0
"""Judge a claim of some patients by an engine that decides one at a time.

A counterexample that a prover finds is shown only when the reference engine, which reads values and
knows no cells, comes to the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lutalogic.claims import Leaf, Period, judge, leaves
from lutalogic.dates import day_number
from lutalogic.engines import Request
from lutalogic.engines.choice import engine_named
from lutalogic.entries import Conditional
from lutalogic.readings import choices_of
from lutalogic.rulebase import rule_base
from lutalogic.statements import statement
from lutalogic.trace import Trace, findings, turning_days

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lutalogic.case import Case
    from lutalogic.claims import Theorem
    from lutalogic.entries import Entry
    from lutalogic.rules import Policy

_OUTCOMES: Final = {"t": "met", "f": "not_met", "u": "needs_information", "-": "needs_information"}
#: Conditions that are in no policy do not change with the day.
_ANY_DAY: Final = "2000-01-01"
_TRUTHS: Final = {"t": "true", "f": "false", "u": "unknown", "-": "not in force"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine answered to a leaf of a claim.

    Attributes:
        leaf: The leaf.
        day: The date of service it was asked for.
        told: The outcome, the truth, or ``conflict`` or ``no conflict``.
        holds: Whether that is what the leaf says.
        by: The criteria that decide an outcome that is not met, or pends.
    """

    leaf: Leaf
    day: str
    told: str
    holds: bool
    by: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the answer as a JSON value."""
        return {
            "record": self.leaf.record + 1,
            "asks": subject(self.leaf),
            "on": self.day,
            "readings": dict(self.leaf.readings),
            "answer": self.told,
        } | ({"by": list(self.by)} if self.by else {})


def subject(leaf: Leaf) -> str:
    """Return what a leaf asks about, in a few words."""
    policy = policy_of(leaf.policy)
    if leaf.asks == "outcome":
        return policy.title
    if leaf.asks == "conflict":
        return f"{policy.title}, evidence"
    if leaf.node in policy.criteria_by_node:
        return f"{policy.title}, {policy.criteria_by_node[leaf.node].id}"
    listed = [e.sentence for e in rule_base().knowledge.entries if _is_node_of(e, leaf)]
    if listed:
        return listed[0]
    defaults = choices_of(policy, leaf.readings)
    asked = statement(policy, defaults, _ANY_DAY, leaf.node)
    assert asked is not None  # what is in no policy is in force on every day
    return asked.line


def _is_node_of(entry: Entry, leaf: Leaf) -> bool:
    """Tell whether a leaf asks for the condition of an entry of reference knowledge."""
    return isinstance(entry, Conditional) and (leaf.policy, leaf.node) == ("reference", entry.node)


def turning_days_of(theorem: Theorem) -> tuple[str, ...]:
    """Return the days on which a text begins of some policy that a theorem is about."""
    policies = rule_base().policies
    named = theorem.policies or tuple(policies)
    return tuple(sorted({day for name in named for day in turning_days(policies[name])}))


def days_of(theorem: Theorem) -> list[str]:
    """Return the days that a theorem must be tried on; its leaves with a date keep theirs."""
    turning = turning_days_of(theorem)
    periods = [leaf.on for leaf in leaves(theorem.claim) if isinstance(leaf.on, Period)]
    return periods[0].days(turning) if periods else [turning[-1]]


def day_of(leaf: Leaf, day: str, latest: str) -> str:
    """Return the date of service of a leaf, where the theorem is tried on a day."""
    if isinstance(leaf.on, Period):
        return day
    return latest if leaf.on == "latest" else leaf.on


def policy_of(name: str) -> Policy:
    """Return the policy that a leaf names, or the rules that are evaluated like one."""
    base = rule_base()
    return {"reference": base.reference, "theorems": base.theorems}.get(name) or base.policies[name]


def replay(
    theorem: Theorem, cases: Sequence[Case], day: str, readings: Mapping[str, str]
) -> tuple[bool, tuple[Answer, ...]]:
    """Tell whether a theorem's claim holds of some patients, and what its leaves came to.

    Args:
        theorem: The theorem.
        cases: One patient, or two for a claim about two records.
        day: The day that the theorem is tried on, one of `days_of`.
        readings: Readings in place of their defaults; those that the claim fixes go before.
    """
    latest = turning_days_of(theorem)[-1]
    asked = list(dict.fromkeys(leaves(theorem.claim)))
    requests = [_request(leaf, cases, day_of(leaf, day, latest), readings) for leaf in asked]
    letters = engine_named().truths(requests)
    answers = {
        leaf: _answer(leaf, request, truths, day_of(leaf, day, latest))
        for leaf, request, truths in zip(asked, requests, letters, strict=True)
    }
    holds = judge(
        theorem.claim,
        lambda leaf: answers[leaf].holds,
        every=all,
        some=any,
        no=lambda held: not held,
    )
    return holds, tuple(answers.values())


def _request(leaf: Leaf, cases: Sequence[Case], day: str, readings: Mapping[str, str]) -> Request:
    policy = policy_of(leaf.policy)
    chosen = choices_of(policy, tuple(sorted({**readings, **dict(leaf.readings)}.items())))
    return Request(policy, day_number(day), chosen, cases[leaf.record])


def _answer(leaf: Leaf, request: Request, letters: str, day: str) -> Answer:
    policy = request.policy
    if leaf.asks == "truth":
        told = _TRUTHS[letters[policy.positions[leaf.node]]]
        return Answer(leaf, day, told, told == leaf.answer)
    found = findings(Trace(policy, request.choices, day, letters))
    if leaf.asks == "conflict":
        return Answer(leaf, day, "conflict" if found.torn else "no conflict", bool(found.torn))
    told = _OUTCOMES[letters[policy.positions[policy.root]]]
    return Answer(leaf, day, told, told == leaf.answer, () if told == "met" else found.deciding)
