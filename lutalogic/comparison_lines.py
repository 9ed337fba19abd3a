# SPDX-License-Identifier: Apache-2.0
"""What a page says of a comparison, in lines and tables, for the terminal, Markdown and HTML."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from lutalogic.answers import Outcome, Truth
from lutalogic.requirements import facts_asked, requirements, truth_in
from lutalogic.rulebase import rule_base
from lutalogic.words import fact_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lutalogic.case import Case
    from lutalogic.comparison import Beside, Comparison, Difference, Witness
    from lutalogic.decision import Decision
    from lutalogic.requirements import Requirement
    from lutalogic.rules import Criterion
    from lutalogic.sides import Side

_MARK: Final = {Truth.FALSE: "!", Truth.UNKNOWN: "?", None: ""}
#: The two cells of a row, line by line: what one side asks, and what stands beside it.
Row = tuple[list[str], list[str]]


def head_lines(comparison: Comparison) -> Iterator[str]:
    """Yield the sides, and of which requests."""
    for letter, side in (("A", comparison.a), ("B", comparison.b)):
        yield f"{letter}  {_side(side)}"
    if comparison.given.possible:
        yield f"Of requests with: {'; '.join(_facts(comparison.given))}"


def _side(side: Side) -> str:
    read = "".join(f", read with {name} = {value}" for name, value in side.taken)
    ahead = " (as if the latest text still held)" * (side.day > date.today().isoformat())
    where = f"{side.policy.title}, {side.policy.document.number}"
    return f"{where}, on {side.day}{ahead}: {side.text}{read}"


def _facts(case: Case) -> list[str]:
    known = case.possible
    return [fact_words(name, known.get(name), stated=True) for name in case.facts]


def request_lines(comparison: Comparison) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield the smallest requests: a title, facts, and what is decided; first what all share."""
    shown = list(_witnesses(comparison))
    facts = {title: _facts(witness.case) for title, witness in shown}
    shared: list[str] = []
    if len(shown) > 1:
        first, *others = facts.values()
        shared = [fact for fact in first if all(fact in other for other in others)]
        given = _facts(comparison.given)
        yield from _shared([fact for fact in shared if fact not in given])
    for title, witness in shown:
        own = [fact for fact in facts[title] if fact not in shared]
        yield title, own or ["no other fact"], list(_decided(comparison, witness))


def _shared(facts: list[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    if facts:
        yield "All smallest requests below share these facts, which are not repeated", facts, []


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


def _decided(comparison: Comparison, witness: Witness) -> Iterator[str]:
    """Yield what either side decides of a request."""
    sides = ((comparison.a, witness.a), (comparison.b, witness.b))
    for letter, (side, decision) in zip("AB", sides, strict=True):
        told = [decision.outcome.words, "; ".join(_by(side, decision))]
        yield f"  {letter}: {': '.join(filter(None, told))}"
    for warning in witness.warnings:
        yield f"  Look again: {warning.message}"


def _by(side: Side, decision: Decision) -> Iterator[str]:
    """Yield the requirements that stand in the way: those not fulfilled, or else those open."""
    wanted = Truth.FALSE if decision.outcome is Outcome.NOT_MET else Truth.UNKNOWN
    for requirement in requirements(side):
        if truth_in(decision, requirement) is wanted:
            criteria = [c.id for c in requirement.criteria if decision.criteria[c.id] is wanted]
            if wanted is Truth.FALSE and len(criteria) > 1:
                yield f"none of {', '.join(criteria)} holds"
            else:
                yield " or ".join(criteria) or requirement.exemption


def criteria_tables(comparison: Comparison) -> Iterator[tuple[str, tuple[str, str], list[Row]]]:
    """Yield the criteria side by side: title, heads of the columns, rows."""
    for letter, other, side, differences in (
        ("B", "A", comparison.b, comparison.b_asks),
        ("A", "B", comparison.a, comparison.a_asks),
    ):
        if differences:
            title = f"{letter} asks, and a request that {other} meets may lack it"
            heads = (f"{letter} asks", f"{other}, of the same facts")
            given = _facts(comparison.given)
            yield title, heads, [_row(difference, side, given) for difference in differences]


def _row(difference: Difference, side: Side, given: Sequence[str]) -> Row:
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
    asked += _instance(difference, side, given)
    near = [line for each in difference.beside for line in _beside(each)]
    return asked, near or ["nothing that reads these facts"]


def _instance(difference: Difference, side: Side, given: Sequence[str]) -> Iterator[str]:
    """Yield the facts for which a requirement alone denies a request, but for those given."""
    if difference.request is None:
        return
    requirement = difference.requirement
    nodes = [criterion.node for criterion in requirement.criteria] or requirement.nodes
    read = {name for node in nodes for name in facts_asked(side, node)}
    case = difference.request.case
    told = [
        words
        for name, words in zip(case.facts, _facts(case), strict=True)
        if name in read and words not in given
    ]
    if told:
        yield f"for instance: {'; '.join(told)}"


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


def legend_lines(comparison: Comparison) -> Iterator[str]:
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


def added_lines(comparison: Comparison) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield what must be asked besides for one side to imply the other."""
    if comparison.disjoint:
        yield (
            "Nothing that is asked besides makes one side imply the other (every request that the "
            "one meets is met by the other):",
            ["  what one asks excludes what the other asks."],
        )
    for letter, other, added in (("B", "A", comparison.for_b), ("A", "B", comparison.for_a)):
        if added:
            yield (
                f"What {other} meets, {letter} meets too if one asks besides for "
                f"{'this' if len(added) == 1 else 'all of these'} (none can be left out):",
                [f"  {_ids(added)}"],
            )


def _ids(added: Sequence[Requirement]) -> str:
    return "; ".join(f"{r.id or r.exemption}{'*' if r.unless and r.id else ''}" for r in added)
