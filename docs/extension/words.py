# SPDX-License-Identifier: Apache-2.0
"""What the rule base says, as Markdown with references: statements, sources, facts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from docs.extension.markdown import bullets, named, role, text
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lutalogic.rules import Reading, Source, Text
    from lutalogic.statements import Statement

_TAKEN: Final = re.compile(r"\b([a-z]\w+)=(\w+)")
_EVIDENCE: Final = re.compile(r"\(evidence, ")


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
    title = _EVIDENCE.sub("({term}`evidence`, ", text(made.title))
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


def within(made: Statement) -> list[tuple[int, str]]:
    """Return what a criterion asks, without its own line: its facts, or its parts."""
    if not made.parts:
        return [(0, told(replace(made, sentence="", criterion=False)))]
    first = {
        "any": "one of these:",
        "evidence": f"by the {{term}}`evidence` of {len(made.parts)} sources:",
    }.get(made.joins)
    below = [line for part in made.parts for line in _lines(part, int(bool(first)), inner=True)]
    return [(0, first), *below] if first else below


def reading_line(name: str) -> str:
    """Return a reading: its question, which leads to the register, and its name."""
    return named(role("reading", name), name)


def taken(name: str, value: str) -> str:
    """Return a value taken of a reading: the question, what the value means, and their names."""
    reading = rule_base().readings[name]
    return named(f"{role('reading', name)} {text(meaning(reading, value))}", f"{name}={value}")


def in_words(line: str) -> str:
    """Return a line as Markdown, with the readings taken in it told in words.

    >>> in_words("refuted under p_washout_days=42")
    'refuted under {kb:reading}`p_washout_days` 42 days {kb:id}`p_washout_days=42`'
    """
    known = rule_base().readings
    told = []
    end = 0
    for found in _TAKEN.finditer(line):
        name, value = found.groups()
        if name in known and value in known[name].values:
            told += [text(line[end : found.start()]), taken(name, value)]
            end = found.end()
    told.append(text(line[end:]))
    return " ".join(filter(None, told)).replace(" ,", ",")


def meaning(reading: Reading, value: str) -> str:
    """Return what a value of a reading means.

    >>> meaning(rule_base().readings["p_washout_days"], "42")
    '42 days'
    """
    return reading.meanings[reading.values.index(value)]


def status(entry: Text) -> str:
    """Return what is known of the wording of a dated text.

    >>> [status(entry) for entry in rule_base().policies["premera_xofigo"].texts]
    ['reconstructed from the change log', 'printed']
    """
    return "reconstructed from the change log" if entry.status == "reconstructed" else entry.status
