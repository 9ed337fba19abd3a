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
from lutalogic.decision_lines import criterion_lines, no_text_line, section_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
        yield Text(no_text_line(decision))
        return
    yield _criteria(decision)
    for title, lines in section_lines(decision):
        yield from _lines(title, lines)


def _criteria(decision: Decision) -> RenderableType:
    """Return the criteria that decide, each with its sources and the facts that make it so."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for line in criterion_lines(decision):
        told = Text.assemble(line.sentence, (f"  {line.places}", "dim"))
        for fact in line.facts:
            told.append(f"\n{fact}")
        table.add_row(line.id, Text(_MARK[line.truth], style=_TRUTH_STYLE[line.truth]), told)
    return table


def _lines(title: str, lines: Sequence[str]) -> Iterable[RenderableType]:
    if lines:
        yield Text(f"{title}:", style="bold")
        for line in lines:
            yield Padding(Text(line), (0, 0, 0, 2))


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
