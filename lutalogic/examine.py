# SPDX-License-Identifier: Apache-2.0
"""Put the questions of health to each policy, in each text and under each other reading.

A text is examined under the default readings, and under each other value of one reading. What is
found under another reading is told only if it is not found under the defaults as well; and what a
text or reading does not touch is not asked again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lutalogic.accepted import Place
from lutalogic.circumstances import Circumstances, otherwise, texts
from lutalogic.findings import Decides, Finding, replayed, replayed_gap
from lutalogic.formulas import View, default_choices, one_value_each, rules
from lutalogic.gaps import DECIDED, GapSearch, may_arise
from lutalogic.idle import KINDS, IdleSearch
from lutalogic.rulebase import rule_base
from lutalogic.solving import formula, solver, z3
from lutalogic.symbolic_record import record
from lutalogic.twins import TwinSearch
from lutalogic.witness import smallest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lutalogic.case import Case
    from lutalogic.rules import Policy
    from lutalogic.twins import Named

#: What is found of a place, with a record that shows it where one can.
Found = dict[tuple[Place, str], "Case | None"]


def text_decides(policy: Policy) -> Iterator[Decides]:
    """Yield a record for each outcome, met and not met, of each text on its first day."""
    known, first = rules(), record("first")
    for text in reversed(texts(policy)):
        view = View(text.day)
        outcomes = known.outcome(first, policy, view)
        asked = solver()
        asked.add(first.shape, *one_value_each(), *known.ties(first, policy, view))
        asked.add(*map(z3.Bool, known.guards), *default_choices())
        for outcome, truth in (("met", "true"), ("not_met", "false")):
            asked.push()
            asked.add(formula(outcomes[outcome]))
            found = smallest(asked, [first], None)
            asked.pop()
            seen = replayed(text, policy.root, truth, found[0]) if found else None
            yield Decides(policy.name, text.day, outcome, seen)


def idle(policy: Policy) -> list[Finding]:
    """Return the criteria and clauses of a policy that decide nothing."""
    searches: dict[str, IdleSearch] = {}
    known: dict[Any, Mapping[Any, str]] = {}

    def examined(circumstances: Circumstances) -> Found:
        search = searches.get(circumstances.day) or IdleSearch(policy, circumstances.day)
        searches[circumstances.day] = search
        key: Any = circumstances.signature(policy.root)
        if key not in known:
            known[key] = search.criteria(circumstances)
        found: Found = {
            (Place(policy.name, "criterion", name), kind): None for name, kind in known[key].items()
        }
        for criterion in policy.criteria:
            key = criterion.id, circumstances.signature(criterion.node)
            if key not in known:
                known[key] = search.clauses(circumstances, criterion)
            for node, kind in known[key].items():
                place = Place(policy.name, "clause", criterion.id, node)
                if node == criterion.node:
                    place = Place(policy.name, "criterion", criterion.id)
                found[place, kind] = None
        return found

    def covered(place: Place, kind: str, by: Found) -> bool:
        return any((place, k) in by for k in KINDS[KINDS.index(kind) :])

    findings = _gathered(policy, examined, covered)
    for criterion in policy.criteria:
        if not any(c.in_force(criterion.node) for c in (*texts(policy), *otherwise(policy))):
            words = f"{criterion.id}: {criterion.sentence}"
            place = Place(policy.name, "criterion", criterion.id)
            findings.append(Finding(place, "never_in_force", words, (), ()))
    return findings


def gaps(policy: Policy) -> list[Finding]:
    """Return the conditions of a policy's criteria in which gaps arise, and gaps of its outcome."""
    searches = {text.day: GapSearch(policy, text.day) for text in texts(policy)}
    known: dict[Any, Case | None] = {}

    def examined(circumstances: Circumstances) -> Found:
        search, found = searches[circumstances.day], Found()
        inside = dict.fromkeys(n for c in policy.criteria for n in circumstances.below(c.node))
        for node in inside:
            for truth in DECIDED:
                if may_arise(circumstances, node, truth):
                    key = circumstances.signature(node), truth
                    if key not in known:
                        known[key] = search.gap(circumstances, node, truth)
                    if known[key] is not None:
                        found[Place(policy.name, "condition", "", node), f"gap_{truth}"] = known[
                            key
                        ]
        if not circumstances.readings:
            found |= _reaching(circumstances, search, {place.node for place, _ in found})
        return found

    return _gathered(policy, examined, lambda place, kind, by: (place, kind) in by)


def _reaching(circumstances: Circumstances, search: GapSearch, arisen: set[int]) -> Found:
    """Return the gaps of the outcome: those that arise in it, or below it and reach it.

    Args:
        circumstances: A text, under the default readings.
        search: The search in this text.
        arisen: The conditions of criteria in which gaps arise. Only where there are none is it
            asked whether gaps arise in the conditions by which criteria join.
    """
    policy, found = circumstances.policy, Found()
    place = Place(policy.name, "outcome")
    for truth in DECIDED:
        if may_arise(circumstances, policy.root, truth):
            case = search.gap(circumstances, policy.root, truth)
        else:
            within = sorted(arisen) or [
                node
                for node in circumstances.below(policy.root, stop=policy.criteria_by_node)
                if node not in policy.criteria_by_node
                and any(
                    may_arise(circumstances, node, each) and search.gap(circumstances, node, each)
                    for each in DECIDED
                )
                and node != policy.root
            ]
            case = None
            if within:
                case = search.gap(circumstances, policy.root, truth, within=within)
        if case is not None:
            found[place, f"gap_{truth}"] = case
    return found


def twins() -> tuple[list[Finding], list[tuple[tuple[str, str], ...]]]:
    """Return the criteria of one truth in the latest texts, and those that are one condition."""
    base, search = rule_base(), TwinSearch()
    findings: list[Finding] = []
    shared: list[tuple[tuple[str, str], ...]] = []
    default: set[Place] = set()
    others = [((name, v),) for name, r in base.readings.items() for v in r.values[1:]]
    for readings in [(), *others]:
        for one, other, same in search.pairs(readings):
            place = Place(one[0].name, "pair", one[1].id, other=(other[0].name, other[1].id))
            if place in default:
                continue
            if not readings:
                default.add(place)
            if same:
                if not readings:
                    shared.append((_named(one), _named(other)))
                continue
            words = " and ".join(f"{p.title}, {c.id}: {c.sentence}" for p, c in (one, other))
            days = tuple(dict.fromkeys(p.texts[-1].start for p, _ in (one, other)))
            findings.append(Finding(place, "equivalent", words, readings, days))
    return findings, shared


def _named(named: Named) -> tuple[str, str]:
    return named[0].name, named[1].id


def _gathered(
    policy: Policy,
    examined: Callable[[Circumstances], Found],
    covered: Callable[[Place, str, Found], bool],
) -> list[Finding]:
    """Return what is found in all texts and readings, each with the texts it is found in.

    Args:
        policy: The policy.
        examined: Returns what is found in one text under some readings.
        covered: Tells whether a finding under another reading is one under the defaults too.
    """
    days: dict[tuple[Place, str, tuple[tuple[str, str], ...]], list[str]] = {}
    shown: dict[Any, tuple[Circumstances, Case | None]] = {}
    default: dict[str, Found] = {}
    for circumstances in (*texts(policy), *otherwise(policy)):
        found = examined(circumstances)
        by = default.setdefault(circumstances.day, found)
        for (place, kind), case in found.items():
            if by is found or not covered(place, kind, by):
                key = place, kind, circumstances.readings
                days.setdefault(key, []).append(circumstances.day)
                shown.setdefault(key, (circumstances, case))
    return [_finding(*key, tuple(sorted(texts_of)), *shown[key]) for key, texts_of in days.items()]


def _finding(
    place: Place,
    kind: str,
    readings: tuple[tuple[str, str], ...],
    days: tuple[str, ...],
    circumstances: Circumstances,
    case: Case | None,
) -> Finding:
    policy = circumstances.policy
    node = place.node if place.node >= 0 else policy.root
    if place.form == "criterion":
        node = next(c.node for c in policy.criteria if c.id == place.criterion)
    words = (
        f"the outcome of {policy.title}" if place.form == "outcome" else circumstances.words(node)
    )
    if place.form == "condition":
        inside = [c.id for c in policy.criteria if node in circumstances.below(c.node)]
        words = f"{words} (in {', '.join(inside)})"
    seen = case and replayed_gap(circumstances, node, kind.removeprefix("gap_"), case)
    return Finding(place, kind, words, readings, days, seen or None)
