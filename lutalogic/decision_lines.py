# SPDX-License-Identifier: Apache-2.0
"""What a page says of a decision, in lines: the criteria that decide, and what else to know.

The terminal and the notebook show the same lines, each in its own form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lutalogic.answers import Outcome, Truth
from lutalogic.reference import reference
from lutalogic.rulebase import rule_base
from lutalogic.statements import statement
from lutalogic.trace import facts_read
from lutalogic.words import fact_words, value_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lutalogic.decision import Decision
    from lutalogic.reference import Reference
    from lutalogic.rules import Criterion


class CriterionLine(NamedTuple):
    """A criterion in a decision.

    Attributes:
        id: The id of the criterion.
        truth: Whether it holds.
        sentence: What it asks, with the readings that are not taken by default.
        places: Where the document says so.
        facts: Of one that is not true, the documented facts that keep it from it.
    """

    id: str
    truth: Truth
    sentence: str
    places: str
    facts: tuple[str, ...]


def criterion_lines(decision: Decision) -> Iterator[CriterionLine]:
    """Yield the criteria that decide, with their sources and the facts that make them so."""
    deciding = set(decision.deciding)
    for criterion in decision.policy.criteria:
        if criterion.id in deciding:
            yield _criterion_line(decision, criterion)


def _criterion_line(decision: Decision, criterion: Criterion) -> CriterionLine:
    truth = decision.criteria[criterion.id]
    asked = statement(
        decision.policy, decision.request.choices, decision.on.isoformat(), criterion.node
    )
    otherwise = asked.otherwise if asked else ()
    read = "".join(f" [read as {name} = {value}]" for name, value in otherwise)
    return CriterionLine(
        criterion.id,
        truth,
        criterion.sentence + read,
        "; ".join(f"{s.section}, {s.places}" for s in criterion.sources),
        () if truth is Truth.TRUE else tuple(_facts(decision, criterion.id)),
    )


def section_lines(decision: Decision) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield what else to know of a decision: titles, each with its lines."""
    readings = rule_base().readings
    if decision.outcome is not Outcome.MET:
        yield "Beside the decision", list(beside_lines(reference(decision)))
    yield (
        "Read otherwise than by default",
        [
            f"{readings[name].question} {_meaning(name, value)}"
            for name, value in decision.readings.items()
            if value != readings[name].default
        ],
    )
    yield (
        "Still missing (not all may be needed)",
        [_missing(decision, name) for name in decision.waits_for],
    )
    yield "Documented, and still open", decision.indeterminate
    yield (
        "Documented, and read by an open criterion only under other readings or dates",
        list(_unread(decision)),
    )
    yield (
        "In conflict",
        [
            f"{c.about}: {_values(decision, c.speaks_for)} speaks for it, "
            f"{_values(decision, c.speaks_against)} against it"
            + (f" ({', '.join(c.criteria)})" if c.criteria else "")
            for c in decision.conflicts
        ],
    )
    reads = set(decision.policy.attributes)
    yield (
        "Derived from the record",
        [f"{name}: {told}" for name, told in decision.case.derivations.items() if name in reads],
    )
    yield "Look again", [warning.message for warning in decision.warnings]
    yield (
        "Depends on how the text is read",
        [
            f"{readings[name].question} Taken: {_meaning(name, decision.readings[name])}. "
            f"If instead: {_meaning(name, value)}, then {outcome.words} [{name}={value}]"
            for name, changes in decision.depends_on_readings.items()
            for value, outcome in changes.items()
        ],
    )


def no_text_line(decision: Decision) -> str:
    """Return what to say where no text is on record for the date of service."""
    return f"No text is on record for that date. {decision.policy.before}."


def beside_lines(reference: Reference) -> Iterator[str]:
    """Yield what a reader of a decision that is not met, or pends, should know besides."""
    if reference.summary:
        yield reference.summary
    if reference.second_route and reference.decision.outcome is Outcome.NOT_MET:
        yield f"{reference.second_route.sentence}."


def _facts(decision: Decision, criterion: str) -> Iterator[str]:
    """Return the documented facts that keep a criterion from being true, and what it needs."""
    root = decision.why(criterion).root
    documented = decision.case.possible
    waiting = [root] if root else []
    lines: dict[str, None] = {}
    while waiting:
        reason = waiting.pop(0)
        if any(name in documented for name in reason.statement.attributes):
            lines[reason.told] = None
        waiting[:0] = [part for part in reason.parts if not part.statement.criterion]
    yield from lines


def _unread(decision: Decision) -> Iterator[str]:
    """Yield facts that open criteria would read if the text were read otherwise, or another one."""
    asked = statement(decision.policy, decision.request.choices, decision.on.isoformat())
    if asked is None:
        return
    read = {name for part in asked.all() for name in part.attributes}
    known = {criterion.id: criterion.node for criterion in decision.policy.criteria}
    pending = [known[name] for name, t in decision.criteria.items() if t is Truth.UNKNOWN]
    wanted = {name for node in pending for name in facts_read(node)} - read
    for name in decision.policy.attributes:
        if name in wanted and name in decision.case.facts:
            yield fact_words(name, decision.case.possible.get(name), stated=True)


def _meaning(reading: str, value: str) -> str:
    entry = rule_base().readings[reading]
    return entry.meanings[entry.values.index(value)]


def _missing(decision: Decision, name: str) -> str:
    known = decision.case.possible.get(name)
    given = f", known only as {value_words(rule_base().attributes[name], known)}" if known else ""
    attribute = rule_base().attributes[name]
    asked = ": yes or no?" if attribute.type == "boolean" else ""
    return f"{attribute.meaning}{asked}{given} [{name}]"


def _values(decision: Decision, facts: Mapping[str, object]) -> str:
    known = decision.case.possible
    return ", ".join(fact_words(name, known.get(name), stated=True) for name in facts)
