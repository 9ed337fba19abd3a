# SPDX-License-Identifier: Apache-2.0
"""Mistakes for which the same vectors speak, told apart by the answers themselves.

A vector that admits several answers shows few mistakes, and yet the answers to it may be those of
one mistake and of no other. So each is made, and what it would answer is compared with what was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lutalogic.case import Case
from lutalogic.conformance.mutants import mutants
from lutalogic.conformance.parallel import Batch
from lutalogic.dates import day_number
from lutalogic.engines import Request
from lutalogic.readings import choices_of, valid_readings
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from lutalogic.conformance.diagnosis import Suspect
    from lutalogic.conformance.mutants import Mutant
    from lutalogic.conformance.verdict import Verdict


def batch(policy: str, asked: Iterable[Mapping[str, Any]]) -> Batch:
    """Return requests of the line protocol as a batch.

    Raises:
        InputError: A request is none.
    """
    entry, requests, silent = rule_base().policies[policy], [], []
    for request in asked:
        choices = choices_of(entry, valid_readings(request.get("readings")))
        case = Case.from_mapping(request["facts"])
        requests.append(Request(entry, day_number(request["on"]), choices, case))
        silent.append(not request.get("readings"))
    return Batch(entry, requests, silent)


def told_apart(suspect: Suspect, verdicts: Sequence[Verdict]) -> Suspect:
    """Return a suspect whose mistake answers most like what was answered, and its equals.

    Args:
        suspect: The suspect, with the mistakes that the same vectors speak for.
        verdicts: The verdicts of the run, with the answers.

    Raises:
        InputError: A request of the suite is none of this rule base.
    """
    policy = suspect.mistake.mutant.partition("/")[0]
    if not suspect.alternatives or policy not in rule_base().policies:
        return suspect
    known = {each.id: each for each in mutants(rule_base().policies[policy])}
    answered = [
        (verdict.vector.request, verdict.answer.get("criteria"))
        for verdict in verdicts
        if verdict.vector.policy == policy and isinstance(verdict.answer, dict)
    ]
    told = [(request, given) for request, given in answered if isinstance(given, dict)]
    among = batch(policy, [request for request, _ in told])
    alike = {
        each: _alike(among, known[each.mutant], [given for _, given in told])
        for each in (suspect.mistake, *suspect.alternatives)
        if each.mutant in known
    }
    best = [each for each, count in alike.items() if count == max(alike.values())]
    return replace(suspect, mistake=best[0], alternatives=tuple(best[1:])) if best else suspect


def _alike(among: Batch, mutant: Mutant, given: Sequence[Mapping[str, Any]]) -> int:
    """Return how many criteria are answered as they are with a mistake."""
    mistaken, count = among.mistaken(mutant), 0
    for criterion, (true, false, off) in zip(among.policy.criteria, mistaken.criteria, strict=True):
        for place, answer in enumerate(given):
            truth = "true" if true >> place & 1 else "false" if false >> place & 1 else "unknown"
            count += not off >> place & 1 and answer.get(criterion.id) == truth
    return count
