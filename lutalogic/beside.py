# SPDX-License-Identifier: Apache-2.0
"""Which criteria of another policy, or of another text of one, stand beside a requirement."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from lutalogic.comparison import Beside
from lutalogic.requirements import facts_asked
from lutalogic.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lutalogic.requirements import Exemption, Requirement
    from lutalogic.rules import Criterion
    from lutalogic.sides import Side
    from lutalogic.statements import Statement


def beside(
    side: Side, requirement: Requirement, other: Side, theirs: Sequence[Requirement]
) -> list[Beside]:
    """Return the criteria of another side that answer to a requirement.

    Args:
        side: Whose requirement it is.
        requirement: The requirement.
        other: The other side.
        theirs: The requirements of the other side, with the exemptions to be told.

    Returns:
        Of the same policy, its criteria that the other side reads otherwise, or if none is read
        otherwise, its criteria in force there. Else what reads the same facts: the criterion
        that shares most of them first, then those that share one which none before them reads.
    """
    unless: dict[Criterion, tuple[Exemption, ...]] = {}
    for each in theirs:
        for criterion in each.criteria:
            unless.setdefault(criterion, each.unless)
    same = [_read_again(side, c, other, unless[c]) for c in requirement.criteria if c in unless]
    if same:
        return [each for each in same if each.here or each.there] or same
    read = {name for c in requirement.criteria for name in facts_asked(side, c.node)}
    near = []
    for criterion in unless:
        facts = facts_asked(other, criterion.node)
        shared = tuple(name for name in facts if name in read)
        near.append((len(shared), len(shared) - len(facts), criterion, shared))
    near.sort(key=lambda entry: entry[:2], reverse=True)  # of equals, the first remains first
    kept: list[Beside] = []
    for _, _, criterion, shared in near:
        if not set(shared) <= {name for before in kept for name in before.facts}:
            kept.append(Beside(criterion, unless[criterion], shared))
    return kept


def _read_again(
    side: Side, criterion: Criterion, other: Side, unless: tuple[Exemption, ...]
) -> Beside:
    """Return a criterion as another text or reading has it, with what it asks in only one."""
    lines, others = (_lines(each, criterion.node) for each in (side, other))
    here: list[tuple[int, str]] = []
    there: list[tuple[int, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, lines, others, autojunk=False).get_opcodes():
        if kind != "equal":
            here += lines[a:b]
            there += others[c:d]
    least = min((depth for depth, _ in here + there), default=0)
    told = [tuple(f"{'  ' * (n - least)}{line}" for n, line in only) for only in (here, there)]
    read = facts_asked(side, criterion.node)
    facts = tuple(name for name in facts_asked(other, criterion.node) if name in read)
    return Beside(criterion, unless, facts, *told)


def _lines(side: Side, node: int) -> list[tuple[int, str]]:
    """Return what a criterion asks, line by line, each with its depth, below its own sentence."""
    made = statement(side.policy, side.choices, side.day, node)
    assert made is not None, "a requirement is in force"
    return list(_below(made, 0)) or [(0, made.demand or made.sentence)]


def _below(asked: Statement, depth: int) -> Iterator[tuple[int, str]]:
    """Yield the lines of the parts of a statement; which readings are taken, the sides tell."""
    for part in asked.parts:
        line = part.line
        for name, value in part.otherwise:
            line = line.replace(f" [read as {name} = {value}]", "")
        yield depth, line
        yield from _below(part, depth + 1)
