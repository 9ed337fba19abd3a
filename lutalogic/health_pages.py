# SPDX-License-Identifier: Apache-2.0
"""The health of the rule base in words: for a terminal, and for docs/health.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lutalogic.engines import engine_title
from lutalogic.rulebase import rule_base
from lutalogic.words import fact_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.accepted import Accepted, Place
    from lutalogic.findings import Decides, Finding, Seen
    from lutalogic.health import Health

#: An entry of a page: what it is about, and what there is to say of it.
Entry = tuple[str, list[str]]

_SAID: Final = {
    "never_in_force": "asks nothing in any text under any reading",
    "dead": "is true in no record",
    "vacuous": "is false in no record",
    "shadowed": "never decides that the criterion is true",
    "redundant": "changes no answer",
    "gap_true": "is left open although it is true however the record is completed",
    "gap_false": "is left open although it is false however the record is completed",
    "equivalent": "have the same truth in every record",
}
_SAID_OF_CRITERIA: Final = {"shadowed": "never decides that a request is met"}
_SAID_OF_OUTCOMES: Final = {
    "gap_true": "pends although it is met however the record is completed",
    "gap_false": "pends although it is not met however the record is completed",
}
_SECTIONS: Final = (
    ("Criteria that decide nothing", ("criterion",)),
    ("Clauses that decide nothing", ("clause",)),
    ("Conditions left open that need not be", ("condition",)),
    ("Requests that pend and need not", ("outcome",)),
    ("Criteria of one truth", ("pair",)),
)


def sections(health: Health) -> Iterator[tuple[str, list[Entry]]]:
    """Yield the sections of a page, each with its heading and entries."""
    yield "Texts that decide", [_decides(each) for each in health.decides]
    for heading, forms in _SECTIONS:
        yield heading, [_finding(each) for each in health.findings if each.place.form in forms]
    yield "Criteria that are one condition, by intent", [_shared(each) for each in health.shared]
    unexpected = [_finding(each) for each in health.unexpected]
    yield "Not accepted: put right, or accept in kb/findings.pl", unexpected
    yield "Accepted but not found: remove from kb/findings.pl", [_stale(a) for a in health.stale]
    yield (
        f"Not confirmed by {engine_title(health.engine)}: errors of lutalogic",
        [(" ".join(map(str, each.as_json().values())), []) for each in health.disputed],
    )


def text(health: Health) -> str:
    """Return what was found, for a terminal."""
    lines: list[str] = []
    for heading, entries in sections(health):
        lines += [f"{heading}: {len(entries) or 'none'}"]
        for title, details in entries:
            lines += [f"  {title}", *(f"      {detail}" for detail in details)]
        lines.append("")
    lines.append(_verdict(health))
    return "\n".join(lines)


def markdown(health: Health) -> str:
    """Return what was found, as it stands in docs/health.md."""
    lines: list[str] = []
    for heading, entries in sections(health):
        lines += [f"### {heading}: {len(entries) or 'none'}", ""]
        for title, details in entries:
            lines += [f"- {title}", *(f"  - {detail}" for detail in details)]
        lines += [""] if entries else []
    return "\n".join(lines)


def _verdict(health: Health) -> str:
    if health.as_listed:
        return f"All {len(health.findings)} findings are accepted, and none is missing."
    return (
        f"{len(health.unexpected)} findings are not accepted, {len(health.stale)} accepted ones "
        f"were not found, {len(health.disputed)} were not confirmed, and {len(health.undecided)} "
        "outcomes of texts have no record."
    )


def _decides(each: Decides) -> Entry:
    policy = rule_base().policies[each.policy]
    outcome = each.outcome.replace("_", " ")
    title = f"{policy.title}, text of {each.day}: "
    if each.seen is None:
        return f"{title}no record is {outcome}", []
    count = len(each.seen.case.facts)
    told = [_facts(each.seen)] if each.outcome == "not_met" else []
    return f"{title}{outcome} with {count} fact{'s' * (count != 1)}", told


def _finding(finding: Finding) -> Entry:
    said = _said(finding.place, finding.kind)
    details = [*_under(finding.readings), f"in the texts of {', '.join(finding.days)}"]
    if not finding.days:
        details = []
    if finding.seen:
        details.append(f"for one: {_facts(finding.seen)}")
    if finding.why:
        details.append(f"accepted: {finding.why}")
    return f"{_where(finding.place)}{finding.words} - {said}", details


def _stale(accepted: Accepted) -> Entry:
    place = accepted.place
    details = [*_under(accepted.readings), accepted.why]
    return f"{_where(place)}{place.form} {place.criterion} - {_said(place, accepted.kind)}", details


def _said(place: Place, kind: str) -> str:
    own = {"criterion": _SAID_OF_CRITERIA, "outcome": _SAID_OF_OUTCOMES}.get(place.form, {})
    return own.get(kind) or _SAID[kind]


def _where(place: Place) -> str:
    if place.form in ("outcome", "pair"):
        return ""
    title = rule_base().policies[place.policy].title
    return f"{title}, {place.criterion}: " if place.form == "clause" else f"{title}: "


def _under(readings: tuple[tuple[str, str], ...]) -> list[str]:
    known = rule_base().readings
    return [
        f"read otherwise: {known[name].question} "
        f"{known[name].meanings[known[name].values.index(value)]} [{name}={value}]"
        for name, value in readings
    ]


def _shared(pair: tuple[tuple[str, str], ...]) -> Entry:
    policies = rule_base().policies
    return " and ".join(f"{policies[policy].title}, {name}" for policy, name in pair), []


def _facts(seen: Seen) -> str:
    known = seen.case.possible
    told = [fact_words(name, known.get(name), stated=True) for name in seen.case.facts]
    return "; ".join(told) or "a record without facts"
