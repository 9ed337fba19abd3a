# SPDX-License-Identifier: Apache-2.0
"""What the rule base says, as Markdown with references: statements, sources, facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docs.extension.markdown import bullets, role, text
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lutalogic.rules import Source
    from lutalogic.statements import Statement


def cited(sources: Iterable[Source], *, document: bool = True) -> str:
    """Return sources as Markdown: section, and lines that lead to the ledger."""
    told = []
    for source in sources:
        places = ", ".join(
            role("source", f"{source.document.name} {_line(a, b)}", _line(a, b))
            for a, b in source.lines
        )
        payer = f"{text(source.document.payer)} {text(source.document.number)}, " * document
        told.append(f"{payer}{text(source.section)} ({places})")
    return "; ".join(told)


def _line(first: int, last: int) -> str:
    return f"L{first}" if first == last else f"L{first}-{last}"


def conditions(made: Statement) -> str:
    """Return what a statement asks as a list within lists; facts and criteria are references."""
    lines = list(_lines(made, 0))
    return bullets(lines)


def _lines(made: Statement, depth: int, *, inner: bool = False) -> Iterator[tuple[int, str]]:
    if made.criterion and inner:
        sentence = text(made.sentence)
        yield depth, f"{role('criterion', made.id)} {sentence}"
        return
    yield depth, told(made)
    for part in made.parts:
        yield from _lines(part, depth + 1, inner=True)


def told(made: Statement) -> str:
    """Return the line of one statement; what it reads is a reference."""
    title = text(made.title)
    if not made.attributes:
        return title or "&nbsp;"
    labels = " and ".join(role("attribute", name) for name in made.attributes)
    demand = f"{labels}: {text(made.needs)}"
    if made.role:
        demand += f" speaks {'for' if made.role == 'supports' else 'against'} it"
    return f"{title}: {demand}" if title else demand


def attributes(names: Iterable[str]) -> str:
    """Return facts as references, in a line."""
    return ", ".join(role("attribute", name) for name in names)


def reading_line(name: str) -> str:
    """Return a reading: reference, question, and values with what they mean."""
    reading = rule_base().readings[name]
    return f"{role('reading', name)} {text(reading.question)}"
