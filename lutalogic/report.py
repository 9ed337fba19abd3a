# SPDX-License-Identifier: Apache-2.0
"""A decision as a page in the terminal."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final

from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from lutalogic.answers import Outcome, Truth
from lutalogic.reference import reference
from lutalogic.reference_pages import beside_lines
from lutalogic.rulebase import rule_base
from lutalogic.statements import statement
from lutalogic.words import fact_words, value_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import RenderableType

    from lutalogic.browse import Page
    from lutalogic.decision import Decision
    from lutalogic.patient_files import Patient
    from lutalogic.rules import Attribute, Policy, Reading

_OUTCOME_STYLE: Final = {
    Outcome.MET: "bold blue",
    Outcome.NOT_MET: "bold dark_orange",
    Outcome.NEEDS_INFORMATION: "bold magenta",
}
_MARK: Final = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "?"}
_TRUTH_STYLE: Final = {Truth.TRUE: "blue", Truth.FALSE: "dark_orange", Truth.UNKNOWN: "magenta"}


def decision_page(decision: Decision) -> RenderableType:
    """Return one decision: the outcome, the criteria that decide, and what else to know."""
    return Group(
        _headline(decision),
        Padding(Group(*_body(decision)), (0, 0, 1, 2)),
    )


def patient_page(patient: Patient, decisions: Sequence[Decision]) -> RenderableType:
    """Return the decisions on one patient, below the patient's name and story."""
    shown: list[RenderableType] = [Rule(patient.name, align="left")]
    if patient.story:
        shown.append(Text(patient.story, style="italic"))
    shown.append(Text())
    shown += [decision_page(decision) for decision in decisions]
    if not decisions:
        shown.append(Text("No policy speaks to this tumor.\n"))
    return Group(*shown)


def _headline(decision: Decision) -> RenderableType:
    title, where = decision.heading
    told = Text(title, style="bold")
    told.highlight_words([decision.outcome.words], _OUTCOME_STYLE[decision.outcome])
    return Group(told, Text(where, style="dim"))


def _body(decision: Decision) -> Iterable[RenderableType]:
    if not decision.text_in_force:
        yield Text(f"No text is on record for that date. {decision.policy.before}.")
        return
    readings = rule_base().readings
    yield _criteria(decision)
    if decision.outcome is not Outcome.MET:
        yield from _lines("Beside the decision", list(beside_lines(reference(decision))))
    yield from _lines(
        "Read otherwise than by default",
        [
            f"{readings[name].question} {_meaning(name, value)}"
            for name, value in decision.readings.items()
            if value != readings[name].default
        ],
    )
    yield from _lines(
        "Still missing (not all may be needed)",
        [_missing(decision, name) for name in decision.waits_for],
    )
    yield from _lines("Documented, and still open", decision.indeterminate)
    yield from _lines(
        "In conflict",
        [
            f"{c.about}: {_values(decision, c.speaks_for)} speaks for it, "
            f"{_values(decision, c.speaks_against)} against it"
            + (f" ({', '.join(c.criteria)})" if c.criteria else "")
            for c in decision.conflicts
        ],
    )
    reads = set(decision.policy.attributes)
    yield from _lines(
        "Derived from the record",
        [f"{name}: {told}" for name, told in decision.case.derivations.items() if name in reads],
    )
    yield from _lines("Look again", [warning.message for warning in decision.warnings])
    yield from _lines(
        "Depends on how the text is read",
        [
            f"{readings[name].question} Taken: {_meaning(name, decision.readings[name])}. "
            f"If instead: {_meaning(name, value)}, then {outcome.words} [{name}={value}]"
            for name, changes in decision.depends_on_readings.items()
            for value, outcome in changes.items()
        ],
    )


def _criteria(decision: Decision) -> RenderableType:
    """Return the criteria that decide, each with its sources and the facts that make it so."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    shown = set(decision.deciding)
    for criterion in decision.policy.criteria:
        if criterion.id in shown:
            truth = decision.criteria[criterion.id]
            places = "; ".join(f"{s.section}, {s.places}" for s in criterion.sources)
            asked = statement(
                decision.policy, decision.request.choices, decision.on.isoformat(), criterion.node
            )
            otherwise = asked.otherwise if asked else ()
            read = "".join(f" [read as {name} = {value}]" for name, value in otherwise)
            told = Text.assemble(criterion.sentence, read, (f"  {places}", "dim"))
            if truth is not Truth.TRUE:
                for fact in _facts(decision, criterion.id):
                    told.append(f"\n{fact}")
            table.add_row(criterion.id, Text(_MARK[truth], style=_TRUTH_STYLE[truth]), told)
    return table


def _facts(decision: Decision, criterion: str) -> Iterable[str]:
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
    return list(lines)


def _lines(title: str, lines: Sequence[str]) -> Iterable[RenderableType]:
    if lines:
        yield Text(f"{title}:", style="bold")
        for line in lines:
            yield Padding(Text(line), (0, 0, 0, 2))


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


def browse_page(page: Page) -> RenderableType:
    """Return what there is to know of one name of the rule base."""
    places = "; ".join(f"{s.section}, {s.places}" for s in page.sources)
    shown: list[RenderableType] = [
        Text.assemble((f"{page.name}  ", "bold"), (page.title, "bold")),
        Text("; ".join(filter(None, (page.where, places))), style="dim"),
    ]
    for heading, lines in page.sections:
        shown.append(Padding(Text(f"{heading}:", style="bold"), (1, 0, 0, 0)))
        shown += [Padding(Text(line), (0, 0, 0, 2 + 2 * depth)) for depth, line in lines]
    return Padding(Group(*shown), (0, 0, 1, 0))


def facts_page(attributes: Iterable[Attribute]) -> RenderableType:
    """Return the vocabulary: each fact with its values, or its range and unit, and its meaning."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for title in ("fact", "values", "meaning"):
        table.add_column(title, no_wrap=title == "fact")
    for attribute in attributes:
        low, high = attribute.range
        never = ', or "never"' if attribute.type == "elapsed" else ""
        options = ", ".join(attribute.values) or "true, false"
        numbers = f"{low} to {high} {attribute.unit}{never}"
        table.add_row(
            attribute.name,
            numbers if attribute.range != (0, 0) else options,
            attribute.meaning,
        )
    return table


def readings_page(readings: Iterable[Reading]) -> RenderableType:
    """Return the readings: each question with its values, the default first."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for title in ("reading", "value", "meaning"):
        table.add_column(title, no_wrap=title != "meaning")
    for reading in readings:
        table.add_row(reading.name, "", Text(reading.question, style="bold"))
        for value, meaning in zip(reading.values, reading.meanings, strict=True):
            default = " (default)" if value == reading.default else ""
            table.add_row("", value, meaning + default)
    return table


def policies_page(policies: Iterable[Policy]) -> RenderableType:
    """Return the policies, their documents, and the dates of their texts."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for title in ("policy", "document", "texts from", "criteria"):
        table.add_column(title, no_wrap=title == "policy")
    for policy in policies:
        document = policy.document
        texts = [
            text.start + ("" if text.status == "printed" else " (reconstructed)")
            for text in policy.texts
        ]
        table.add_row(
            policy.name,
            f"{document.payer} {document.number}, {document.title}",
            "\n".join(texts),
            str(len(policy.criteria)),
        )
    return table


def console(*, file: IO[str] | None = None, stderr: bool = False) -> Console:
    """Return a console; colour is off where the terminal or NO_COLOR asks for none."""
    return Console(file=file, stderr=stderr, highlight=False, emoji=False, markup=False)


def complain(message: str) -> None:
    """Print a message on standard error, on one line however long."""
    console(stderr=True).print(message, soft_wrap=True)
