# SPDX-License-Identifier: Apache-2.0
"""Probes: patients who meet a policy, each with one fact that is another, or one day later.

Mistakes show which limits and conditions matter. Probes ask besides, whatever the mistakes, that
each fact matters where it is not documented and in each of its values, of two counts that are added
also one without the other, that it does so under each reading that bears on it and in each text,
and that each day matters on which a text begins.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise, permutations
from typing import TYPE_CHECKING

from lutalogic.case import Case
from lutalogic.conformance.altered_tests import day_beside
from lutalogic.conformance.candidates import batch_of, plain, values
from lutalogic.conformance.equivalence import day_rules, days, latest
from lutalogic.conformance.sites import sites
from lutalogic.dates import day_number
from lutalogic.engines import Request
from lutalogic.possible import NEVER
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator

    from lutalogic.conformance.candidates import Candidate
    from lutalogic.rules import Policy


def probes(policy: Policy) -> dict[Candidate, Hashable]:
    """Return probes, and what each of them asks for; no two ask for the same."""
    found: dict[Hashable, Candidate] = {}
    texts = sorted({*(t.start for t in policy.texts), latest(policy)}, reverse=True)
    for day in texts:
        for start, reading in _met(policy, day):
            wanted = dict(_near(policy, reading, start, whole=day == texts[0]))
            if day == texts[0] and not reading:
                wanted |= dict(_with_never(policy, start))
                wanted |= dict(_with_one_count(policy, start))
            candidates = plain(policy, [start, *wanted.values()])
            met = batch_of(policy, candidates).answers.met
            failing = {kind for i, kind in enumerate(wanted, 1) if not met >> i & 1}
            away = {request.case for kind, request in wanted.items() if kind in failing}
            for i, (kind, request) in enumerate(wanted.items(), 1):
                if kind in failing or _option(start, request, away):
                    found.setdefault(kind, candidates[i])
    told = {candidate: kind for kind, candidate in found.items()}
    return told | dict(_over_days(policy))


def _met(policy: Policy, day: str) -> Iterator[tuple[Request, str]]:
    """Yield requests that are met, by default and by another value of a reading."""
    rules, count = day_rules(policy, day), len(policy.readings)
    for case in dict.fromkeys(rules.met_by_criterion()):
        yield Request(policy, day_number(day), (0,) * count, case), ""
    for place, name in enumerate(policy.readings):
        for value in range(1, len(rule_base().readings[name].values)):
            taken = tuple(value if i == place else 0 for i in range(count))
            apart = rules.met_by_criterion(name, value, apart=True)
            for case in dict.fromkeys([*apart, *rules.met_by_criterion(name, value)]):
                yield Request(policy, day_number(day), taken, case), name


def _near(
    policy: Policy, reading: str, start: Request, *, whole: bool
) -> Iterator[tuple[Hashable, Request]]:
    """Yield requests with one fact taken away or, if all are wanted, with another value.

    Under a reading that is not the default these are other options alone.
    """
    facts = start.case.facts
    for name in facts:
        if reading and name not in _facts_of(policy, reading):
            continue
        fewer = {n: v for n, v in facts.items() if n != name}
        taken = start.choices if reading else ()
        kind = (start.day, taken, name)
        yield kind, start.under(case=Case.from_mapping(fewer))
        exact, intervals = values(rule_base().attributes[name], policy)
        if intervals:
            wide = Case.from_mapping(facts | {name: intervals[0]})
            yield (*kind, "interval"), start.under(case=wide)
        if not whole or (reading and not _has_options(name)):
            continue
        for value in exact:
            other = Case.from_mapping(facts | {name: value})
            yield (taken, name, str(value)), start.under(case=other)


def _with_never(policy: Policy, start: Request) -> Iterator[tuple[Hashable, Request]]:
    """Yield requests with one event that never was, and another of its criterion at each time."""
    facts, known = start.case.facts, rule_base().attributes
    for read in _read_together(policy):
        events = [name for name in facts if name in read and known[name].type == "elapsed"]
        for never, other in permutations(events, 2):
            for value in values(known[other], policy)[0]:
                changed = Case.from_mapping(facts | {never: NEVER.wire, other: value})
                yield (never, other, str(value)), start.under(case=changed)


def _with_one_count(policy: Policy, start: Request) -> Iterator[tuple[Hashable, Request]]:
    """Yield requests with one count of a sum not documented, and the other at each value."""
    facts, known = start.case.facts, rule_base().nodes
    sums = {known[number].attributes for number in policy.nodes}
    for counts in sorted(names for names in sums if len(names) > 1):
        for absent, other in permutations(counts):
            rest = {name: fact for name, fact in facts.items() if name != absent}
            for value in values(rule_base().attributes[other], policy)[0]:
                changed = Case.from_mapping(rest | {other: value})
                yield (absent, other, str(value)), start.under(case=changed)


def _option(start: Request, request: Request, failing: Collection[Case]) -> bool:
    """Tell whether one option of a fact does as well as another, where none does not."""
    before, after = start.case.facts, request.case.facts
    changed = [name for name, value in after.items() if value != before[name]]
    if len(changed) != 1 or not _has_options(changed[0]):
        return False
    fewer = {name: value for name, value in before.items() if name != changed[0]}
    return Case.from_mapping(fewer) in failing


def _has_options(name: str) -> bool:
    return rule_base().attributes[name].type in ("enum", "set")


@cache
def _read_together(policy: Policy) -> tuple[frozenset[str], ...]:
    """Return the facts that each criterion reads."""
    nodes, read = rule_base().nodes, dict[int, set[str]]()
    for site in sites(policy):
        read.setdefault(site.place, set()).update(nodes[site.node].attributes)
    return tuple(map(frozenset, read.values()))


@cache
def _facts_of(policy: Policy, reading: str) -> frozenset[str]:
    """Return the facts that the criteria read in which a reading is taken."""
    nodes = rule_base().nodes
    places = {s.place for s in sites(policy) if nodes[s.node].reading == reading}
    read = [nodes[s.node].attributes for s in sites(policy) if s.place in places]
    return frozenset(name for names in read for name in names)


def _over_days(policy: Policy) -> Iterator[tuple[Candidate, Hashable]]:
    """Yield probes on the day on which a text begins and the day before, where they differ."""
    for day, after in pairwise(sorted(days(policy))):
        before, since = day_rules(policy, day), day_rules(policy, after)
        for place, request in enumerate(before.told_apart(since)):
            for each in (day, after):
                [candidate] = plain(policy, [request.under(day=day_number(each))])
                yield candidate, (each, place)
    for place, first in enumerate(policy.starts):
        for start, _ in list(_started(policy, first, place))[:1]:
            for each in (first, day_beside(first, -1)):
                [candidate] = plain(policy, [start.under(day=day_number(each))])
                yield candidate, (each, "start")


def _started(policy: Policy, day: str, place: int) -> Iterator[tuple[Request, str]]:
    """Yield requests that are met on the day on which the first text may have begun."""
    name = policy.start_reading
    taken = tuple(place if reading == name else 0 for reading in policy.readings)
    for case in day_rules(policy, day).met_by_criterion():
        yield Request(policy, day_number(day), taken, case), name or ""
