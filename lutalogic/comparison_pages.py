# SPDX-License-Identifier: Apache-2.0
"""A comparison as a page in the terminal, and as Markdown for a report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lutalogic.answers import Outcome, Truth
from lutalogic.rulebase import rule_base
from lutalogic.words import DISCLAIMER, fact_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from lutalogic.case import Case
    from lutalogic.comparison import Beside, Comparison, Difference, Witness
    from lutalogic.requirements import Requirement
    from lutalogic.rules import Criterion
    from lutalogic.sides import Side

_MARK: Final = {Truth.FALSE: "!", Truth.UNKNOWN: "?", None: ""}
#: The two cells of a row: what one side asks, and what stands beside it.
Row = tuple[list[str], list[str]]


def comparison_page(comparison: Comparison) -> RenderableType:
    """Return a comparison: the sides, the verdict, smallest requests, criteria side by side."""
    shown: list[RenderableType] = [Text(line) for line in _head(comparison)]
    shown += [Text(), Text(comparison.verdict, style="bold"), Text()]
    for title, witness in _witnesses(comparison):
        shown += [Text(f"{title}:", style="bold")]
        shown += [Padding(Text(line), (0, 0, 0, 2)) for line in _request(witness)]
        shown.append(Text())
    for title, heads, rows in _tables(comparison):
        table = Table(*heads, box=SIMPLE_HEAD, expand=True, title=title, title_justify="left",
                      title_style="bold", padding=(0, 1, 1, 0))  # fmt: skip
        for column in table.columns:
            column.ratio = 1
        for asked, near in rows:
            table.add_row(Text("\n".join(asked)), Text("\n".join(near)))
        shown.append(table)
    shown += [Text(line, style="dim") for line in _legend(comparison)]
    for title, lines in _added(comparison):
        shown += [Text(), Text(title, style="bold")]
        shown += [Padding(Text(line), (0, 0, 0, 2)) for line in lines]
    return Group(*shown, Text(), Text(DISCLAIMER, style="dim"))


def comparison_markdown(comparison: Comparison) -> str:
    """Return a comparison as Markdown, with tables for a report."""
    lines = [f"- {_escaped(line)}" for line in _head(comparison)]
    lines += ["", f"**{comparison.verdict}**", ""]
    for title, witness in _witnesses(comparison):
        lines += [f"{title}:", "", *(f"- {_escaped(line)}" for line in _request(witness)), ""]
    for title, heads, rows in _tables(comparison):
        lines += [f"**{title}**", "", f"| {' | '.join(heads)} |", "|---|---|"]
        lines += [f"| {' | '.join('<br>'.join(map(_escaped, cell)) for cell in row)} |"
                  for row in rows]  # fmt: skip
        lines.append("")
    lines += [f"- {_escaped(line)}" for line in _legend(comparison)]
    for title, added in _added(comparison):
        lines += ["", f"**{title}**", "", *(f"- {_escaped(line)}" for line in added)]
    return "\n".join([*lines, "", DISCLAIMER])


def _head(comparison: Comparison) -> Iterator[str]:
    for letter, side in (("A", comparison.a), ("B", comparison.b)):
        yield f"{letter}  {_side(side)}"
    if comparison.given.possible:
        yield f"Of requests with: {_facts(comparison.given)}"


def _side(side: Side) -> str:
    read = "".join(f", read with {name} = {value}" for name, value in side.taken)
    return f"{side.policy.title}, {side.policy.document.number}, on {side.day}: {side.text}{read}"


def _facts(case: Case) -> str:
    known = case.possible
    return "; ".join(fact_words(name, known.get(name), stated=True) for name in case.facts)


def _witnesses(comparison: Comparison) -> Iterator[tuple[str, Witness]]:
    """Yield each request to be shown with its title; one that shows two things is shown once."""
    met, not_met = comparison.met, comparison.not_met
    for witness, at, other in ((met.only_a, "A", "B"), (met.only_b, "B", "A")):
        if witness is not None:
            told = witness.b if other == "B" else witness.a
            if told.outcome is Outcome.NOT_MET:
                yield f"Met by {at}, not met by {other}; a smallest request", witness
            else:
                pends = f"pending at {other} (which denies none that {at} meets)"
                yield f"Met by {at}, {pends}; a smallest request", witness
    if comparison.both is not None:
        yield "Met by both; a smallest request", comparison.both
    for witness, at, other in ((not_met.only_a, "A", "B"), (not_met.only_b, "B", "A")):
        if witness is not None and witness not in (met.only_a, met.only_b):
            yield f"Not met by {at}, pending at {other}; a smallest request", witness


def _request(witness: Witness) -> Iterator[str]:
    """Yield the facts of a request, and what either side decides."""
    yield _facts(witness.case)
    for letter, decision in (("A", witness.a), ("B", witness.b)):
        by = f", by {', '.join(decision.deciding)}" * (decision.outcome is not Outcome.MET)
        yield f"{letter}: {decision.outcome.words}{by}"
    for warning in witness.warnings:
        yield f"Look again: {warning.message}"


def _tables(comparison: Comparison) -> Iterator[tuple[str, tuple[str, str], list[Row]]]:
    """Yield the criteria side by side: title, heads of the columns, rows."""
    for letter, other, differences in (
        ("B", "A", comparison.b_asks),
        ("A", "B", comparison.a_asks),
    ):
        if differences:
            title = f"{letter} asks, and a request that {other} meets may lack it"
            heads = (f"{letter} asks", f"{other}, of the same facts")
            yield title, heads, [_row(difference) for difference in differences]


def _row(difference: Difference) -> Row:
    """Return what one side asks and, where the other reads one of its criteria otherwise, how."""
    changed = {near.criterion: near for near in difference.beside if near.here or near.there}
    requirement = difference.requirement
    star = "*" * bool(requirement.unless)
    asked = []
    if len(requirement.criteria) > 1:
        asked.append(f"{requirement.id} {_MARK[difference.alone]}{star}".rstrip())
    for criterion in requirement.criteria:
        if changed and criterion not in changed:
            continue
        mark = f"{_MARK[difference.alone]}{star}" if len(requirement.criteria) == 1 else ""
        asked.append(_criterion(criterion, mark))
        if criterion in changed:
            asked += _only(changed[criterion].here)
    if not difference.requirement.criteria:
        asked.append(f"{difference.requirement.exemption} {_MARK[difference.alone]}".rstrip())
    near = [line for each in difference.beside for line in _beside(each)]
    return asked, near or ["nothing that reads these facts"]


def _beside(near: Beside) -> Iterator[str]:
    star = "*" * bool(near.unless)
    if near.here or near.there:
        yield _criterion(near.criterion, star)
        yield from _only(near.there)
        return
    attributes = rule_base().attributes
    read = ", ".join(attributes[name].label for name in near.facts)
    yield f"{_criterion(near.criterion, star)} Both read: {read}."


def _only(lines: Sequence[str]) -> list[str]:
    """Return what a criterion asks on one side alone, under a heading; of nothing, nothing."""
    return ["Only here:", *(f"  {line}" for line in lines)] if lines else []


def _criterion(criterion: Criterion, mark: str) -> str:
    places = "; ".join(f"{s.document.payer}, {s.section}, {s.places}" for s in criterion.sources)
    return f"{criterion.id} {mark}".rstrip() + f"  {criterion.sentence} [{places}]."


def _legend(comparison: Comparison) -> Iterator[str]:
    """Yield what the marks in the tables mean, as far as they stand there."""
    told = [*comparison.b_asks, *comparison.a_asks]
    marks = {difference.alone for difference in told}
    if Truth.FALSE in marks:
        yield "!  can by itself deny a request that the other side meets"
    if Truth.UNKNOWN in marks:
        yield "?  can by itself leave pending a request that the other side meets"
    unless = [difference.requirement.unless for difference in told]
    unless += [near.unless for difference in told for near in difference.beside]
    unless += [r.unless for r in (*(comparison.for_a or ()), *(comparison.for_b or ()))]
    for sentence in dict.fromkeys(e.sentence for exempt in unless for e in exempt):
        yield f"*  unless: {sentence[:1].lower()}{sentence[1:]}"


def _added(comparison: Comparison) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield what must be asked besides for one side to imply the other."""
    if comparison.disjoint:
        yield (
            "Nothing that is asked besides makes one side imply the other:",
            ["what one asks excludes what the other asks."],
        )
    for letter, other, added in (("B", "A", comparison.for_b), ("A", "B", comparison.for_a)):
        if added:
            yield (
                f"What {other} meets, {letter} meets too if one asks besides for "
                f"{'this' if len(added) == 1 else 'all of these'} (none can be left out):",
                [_ids(added)],
            )


def _ids(added: Sequence[Requirement]) -> str:
    return "; ".join(f"{r.id or r.exemption}{'*' if r.unless and r.id else ''}" for r in added)


def _escaped(line: str) -> str:
    """Return a line as Markdown takes it, with its indentation and no marks but its own."""
    words = line.lstrip()
    return "&nbsp;" * (len(line) - len(words)) + re.sub(r"([\\|*_<`\[\]])", r"\\\1", words)
