# SPDX-License-Identifier: Apache-2.0
"""The two payers side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docs.extension.markdown import bullets, joined, role, table, text
from docs.extension.names import criteria
from docs.extension.trees import in_force
from lutalogic.compare import compare
from lutalogic.comparison_lines import added_lines, criteria_tables, legend_lines, request_lines
from lutalogic.rulebase import rule_base
from lutalogic.trace import facts_read
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lutalogic.comparison import Comparison

#: Two criteria stand side by side that share this part of the facts that one of them reads.
_NEAR: Final = 0.3
#: A side of a comparison, where it is called by a letter.
_SIDE: Final = re.compile(r"\b[AB]\b")
#: A criterion at the beginning of a line, and the marks behind it.
_MARKED: Final = re.compile(r"((?:item )?[\w-]+)(?: ([!?*]+))?  ")


def payers_page() -> str:
    """Return Lutathera at both payers, side by side, as a comparison proves it."""
    by_drug: dict[str, list[str]] = {}
    for drug in rule_base().knowledge.drugs:
        by_drug[drug.title] = list(drug.policies)
    parts = [
        "# Two payers side by side",
        "What one policy covers and the other does not, proved over every request there can be "
        "([how](../comparing.md)). Beside each criterion stand all those of the other payer that "
        "read mostly the same facts; one may stand in several rows. To read the same facts is not "
        "to ask the same of them: what is equivalent, and what only one asks, is proved below.",
    ]
    for title, names in by_drug.items():
        if len(names) < 2:
            continue
        first, second = sorted(names, reverse=True)
        compared = compare(first, second)
        parts += [
            f"## {text(title)}",
            f"{role('policy', first)} and {role('policy', second)}: their latest texts, under the "
            "default readings.",
            f"**{text(compared.verdict)}**",
            "### The criteria of each",
            _criteria_of(first, second),
            "### What is proved",
            *_proved(compared),
            text(DISCLAIMER),
        ]
    return joined(*parts)


def _criteria_of(first: str, second: str) -> str:
    """Return the criteria of one policy, each beside those of the other that read what it reads."""
    left, right = (
        {c.id: _characteristic(c.node) for c in rule_base().policies[name].criteria
         if not in_force(c.id)}
        for name in (first, second)
    )  # fmt: skip
    rows: list[tuple[str, str]] = []
    placed: set[str] = set()
    for one, facts in left.items():
        beside = [
            other
            for other, read in right.items()
            if len(facts & read) >= _NEAR * min(len(facts), len(read))
        ]
        placed.update(beside)
        rows.append((_criterion(one), "<br>".join(map(_criterion, beside))))
    rows += [("", _criterion(other)) for other in right if other not in placed]
    heads = [text(rule_base().policies[name].title) for name in (first, second)]
    return table(heads, rows, name="The criteria of both payers")


def _characteristic(node: int) -> set[str]:
    """Return the facts that a criterion reads, but those on the request that most criteria read."""
    read = set(facts_read(node))
    attributes = rule_base().attributes
    return {name for name in read if attributes[name].group != "request"} or read


def _criterion(name: str) -> str:
    return f"{role('criterion', name)} {text(criteria()[name][1].sentence)}"


def _proved(compared: Comparison) -> Iterator[str]:
    """Yield what a comparison found, its sides called by their payers."""
    called = {
        letter: side.policy.document.payer
        for letter, side in (("A", compared.a), ("B", compared.b))
    }

    def words(told: str) -> str:
        return text(_SIDE.sub(lambda found: called[found[0]], told))

    for title, facts, told in request_lines(compared):
        decided = [f"**{words(line)}**" for line in told]
        yield f"#### {words(title)}"
        yield bullets((0, line) for line in [*map(text, facts), *decided])
    legend = [text(line) for line in legend_lines(compared)]
    tables = list(criteria_tables(compared))
    if tables and legend:
        yield "#### What is asked here and not there"
        yield f"The marks behind a criterion:\n\n{bullets((0, line) for line in legend)}"
    for title, heads, rows in tables:
        cells = [[_cell(cell) for cell in row] for row in rows]
        yield f"{words(title)}:"
        yield table([words(head) for head in heads], cells, name=words(title))
    for title, added in added_lines(compared):
        yield words(title)
        yield bullets((0, words(line)) for line in added)


def _cell(lines: Iterable[str]) -> str:
    return "<br>".join(map(_marked, lines))


def _marked(line: str) -> str:
    """Return a line; the criterion that it begins with leads to its page.

    >>> _marked("L-2 !*  Some tumor [Premera].")
    '{kb:criterion}`L-2` **!\\\\*** Some tumor \\\\[Premera\\\\].'
    """
    found = _MARKED.match(line)
    if found is None or found[1] not in criteria():
        return text(line)
    marks = f" **{text(found[2])}**" if found[2] else ""
    return f"{role('criterion', found[1])}{marks} {text(line[found.end() :])}"
