# SPDX-License-Identifier: Apache-2.0
"""Reference knowledge as pages in the terminal: entries, and what stands beside a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from lutalogic.answers import Truth
from lutalogic.decision_lines import beside_lines
from lutalogic.entries import BillingCode, Indication, Recommendation, Scale, Verdict
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from lutalogic.entries import Entry
    from lutalogic.matches import Match
    from lutalogic.reference import CheckedItem, Reference
    from lutalogic.rules import Source

_MARK: Final = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "?"}


def entry_page(entry: Entry) -> RenderableType:
    """Return one entry: what it is, its sentence, its grades and its sources."""
    title = Text.assemble((f"{_kind(entry)}: ", "bold"), f"{_name(entry)}{entry.sentence}")
    shown: list[RenderableType] = [title]
    if isinstance(entry, Scale):
        shown += [Padding(f"{g.value:>4}  {g.meaning}", (0, 0, 0, 2)) for g in entry.grades]
    shown += [Text(f"  {_cited(entry.sources)}", style="dim"), Text()]
    return Group(*shown)


def reference_page(reference: Reference) -> RenderableType:
    """Return all that stands beside one decision; nothing of it decided."""
    title, where = reference.decision.heading
    shown: list[RenderableType] = [Text(title, style="bold"), Text(where, style="dim"), Text()]
    for line in beside_lines(reference):
        shown += [Text(line), Text()]
    shown += _matches("Guidelines list", reference.recommendations)
    shown += _matches("The FDA approved", reference.indications)
    shown += _matches("Trials enrolled", reference.trials)
    shown += _matches("The payer finds of the evidence", reference.verdicts)
    shown += _section(
        "Documentation list, against the record",
        [f"{item.item.sentence}: {'; '.join(_found(item))}" for item in reference.checklist],
    )
    units, regimen, approval = reference.units, reference.regimen, reference.approval
    if units:
        needed = f"; needs {', '.join(units.missing)}" if units.missing else ""
        shown += _section(
            f"Units of {units.code.code}", [f"{units.arithmetic}{needed}".strip("; ")]
        )
    shown += _section("Usual course", [regimen.sentence] if regimen else [])
    shown += _section("Approval", [approval.sentence] if approval else [])
    shown += _section(
        "Imaging agents", [f"{a.name}, {a.start}: {a.sentence}" for a in reference.agents]
    )
    shown += _section("Notes", [note.sentence for note in reference.statements])
    shown += _section("Not printed", [gap.sentence for gap in reference.not_printed])
    return Group(*shown)


def _found(item: CheckedItem) -> Iterator[str]:
    """Yield what is on record of an item, what it lacks and what it comes to."""
    if item.on_record:
        yield f"on record ({', '.join(item.on_record.values())})"
    if item.lacks:
        yield f"lacks {', '.join(map(' or '.join, item.lacks))}"
    for truth, word in ((Truth.TRUE, "meets"), (Truth.FALSE, "does not meet")):
        if ids := [name for name, met in item.criteria.items() if met is truth]:
            yield f"{word} {', '.join(ids)}"


def _matches(heading: str, matches: Iterable[Match[Any]]) -> list[RenderableType]:
    lines = []
    for match in matches:
        missing = "; ".join(rule_base().attributes[name].label for name in match.missing)
        waits = f" -- waits for {missing}" if missing else ""
        lines.append(
            f"{_MARK[match.fits]:<3} {_name(match.entry)}{match.entry.sentence}{waits} "
            f"[{_cited(match.entry.sources)}]"
        )
    return _section(f"{heading} (does the case fit?)", lines)


def _section(heading: str, lines: Iterable[str]) -> list[RenderableType]:
    told: list[RenderableType] = [Padding(Text(line), (0, 0, 0, 2)) for line in lines]
    return [Text(f"{heading}:", style="bold"), *told, Text()] if told else []


def _kind(entry: Entry) -> str:
    return entry.kind.replace("_", " ").capitalize()


def _name(entry: Entry) -> str:
    """Return what is known of an entry besides its sentence, to stand before it."""
    match entry:
        case Recommendation():
            return f"{entry.guideline}, category {entry.category or 'not printed'}: "
        case Indication():
            return f"from {entry.start}: "
        case Verdict():
            return f"evidence {entry.finding}: "
        case BillingCode():
            return f"{entry.code}: "
        case _:
            return ""


def _cited(sources: Iterable[Source]) -> str:
    return "; ".join(f"{s.document.payer} {s.section}, {s.places}" for s in sources)
