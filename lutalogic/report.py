# SPDX-License-Identifier: Apache-2.0
"""A decision as a page in the terminal."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lutalogic.answers import Outcome, Truth
from lutalogic.rulebase import rule_base
from lutalogic.units import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import RenderableType

    from lutalogic.decision import Decision
    from lutalogic.rules import Attribute, Policy, Reading

DISCLAIMER: Final = (
    "This is no medical advice and no payer's determination. It applies published policy texts, "
    "as lutalogic reads them, to the facts given."
)

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


def _headline(decision: Decision) -> RenderableType:
    policy, outcome, text = decision.policy, decision.outcome, decision.text
    told = Text.assemble(
        (f"{policy.title}: ", "bold"),
        (_words(outcome), _OUTCOME_STYLE[outcome]),
        f" ({outcome.payers_words})",
    )
    which = f", {text.status} text from {text.start}" if text else ""
    where = f"{policy.document.number}, service on {decision.on.isoformat()}{which}"
    return Group(told, Text(where, style="dim"))


def _body(decision: Decision) -> Iterable[RenderableType]:
    if not decision.text_in_force:
        yield Text(f"No text is on record for that date. {decision.policy.before}.")
        return
    readings = rule_base().readings
    yield _criteria(decision)
    yield from _lines(
        "Read otherwise than by default",
        [
            f"{readings[name].question} {_meaning(name, value)}"
            for name, value in decision.readings.items()
            if value != readings[name].default
        ],
    )
    yield from _lines("Still missing", [_missing(decision, name) for name in decision.missing])
    yield from _lines("Documented, and still open", decision.indeterminate)
    yield from _lines(
        "In conflict",
        [
            f"{c.about}: {_values(c.speaks_for)} says yes, {_values(c.speaks_against)} says no"
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
            f"If instead: {_meaning(name, value)}, then {_words(outcome)} [{name}={value}]"
            for name, changes in decision.depends_on_readings.items()
            for value, outcome in changes.items()
        ],
    )


def _criteria(decision: Decision) -> RenderableType:
    """Return the criteria that decide, each with the facts that make it so and its source."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    shown = set(decision.deciding)
    for criterion in decision.policy.criteria:
        if criterion.id in shown:
            truth = decision.criteria[criterion.id]
            source = criterion.sources[0]
            because = "" if truth is Truth.TRUE else _because(decision, criterion.node)
            told = Text.assemble(
                criterion.sentence,
                (f"  {source.section}, {source.places}", "dim"),
                (f"\n{because}" if because else ""),
            )
            table.add_row(criterion.id, Text(_MARK[truth], style=_TRUTH_STYLE[truth]), told)
    return table


def _because(decision: Decision, node: int) -> str:
    """Return the documented facts on which the truth of a criterion rests."""
    reasons = {
        name for n in decision.trace.reasons(node) for name in rule_base().nodes[n].attributes
    }
    facts = {name: value for name, value in decision.case.facts.items() if name in reasons}
    return f"the record: {_values(facts)}" if facts else ""


def _lines(title: str, lines: Sequence[str]) -> Iterable[RenderableType]:
    if lines:
        yield Text(f"{title}:", style="bold")
        for line in lines:
            yield Padding(Text(line), (0, 0, 0, 2))


def _words(outcome: Outcome) -> str:
    return outcome.value.replace("_", " ")


def _meaning(reading: str, value: str) -> str:
    entry = rule_base().readings[reading]
    return entry.meanings[entry.values.index(value)]


def _missing(decision: Decision, name: str) -> str:
    known = decision.case.facts.get(name)
    given = f", known only as {known}" if known is not None else ""
    return f"{rule_base().attributes[name].meaning}{given} [{name}]"


def _values(facts: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {_shown(name, value)}" for name, value in facts.items())


def _shown(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    if isinstance(value, Fraction):
        value = number_text(value)
    unit = rule_base().attributes[name].unit
    return f"{value} {unit}" if unit and value != "never" else str(value)


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


def console(*, stderr: bool = False) -> Console:
    """Return the console; colour is off where the terminal or NO_COLOR asks for none."""
    return Console(stderr=stderr, highlight=False, emoji=False, markup=False)
