# SPDX-License-Identifier: Apache-2.0
"""Which criteria of another policy, or of another text of one, stand beside a requirement."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from lutalogic.comparison import Beside
from lutalogic.requirements import facts_asked
from lutalogic.rulebase import rule_base
from lutalogic.statements import Statement, statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lutalogic.requirements import Exemption, Requirement
    from lutalogic.rules import Criterion
    from lutalogic.sides import Side


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
        otherwise, its criteria in force there. Else at most two that read the same facts: the
        one that shares most of them, then one that shares any which the first does not. What is
        asked after, as the stage or the count of doses, joins no two criteria that both read more.
    """
    unless: dict[Criterion, tuple[Exemption, ...]] = {}
    for each in theirs:
        for criterion in each.criteria:
            unless.setdefault(criterion, each.unless)
    same = [_read_again(side, c, other, unless[c]) for c in requirement.criteria if c in unless]
    if same:
        return [each for each in same if each.here or each.there] or same
    read = [name for c in requirement.criteria for name in facts_asked(side, c.node)]
    matter = _clinical(read)
    near = []
    for criterion in unless:
        facts = facts_asked(other, criterion.node)
        clinical = _clinical(facts)
        shared = tuple(name for name in clinical or facts if name in (matter or read))
        if bool(clinical) != bool(matter):
            continue
        near.append((len(shared), len(shared) - len(facts), criterion, shared))
    near.sort(key=lambda entry: entry[:2], reverse=True)  # of equals, the first remains first
    kept: list[Beside] = []
    for _, _, criterion, shared in near:
        if not set(shared) <= {name for before in kept for name in before.facts}:
            kept.append(Beside(criterion, unless[criterion], shared))
    return kept[:2]


def _clinical(names: Iterable[str]) -> list[str]:
    """Return the facts that are not about the request itself."""
    return [name for name in names if rule_base().attributes[name].group != "request"]


def _read_again(
    side: Side, criterion: Criterion, other: Side, unless: tuple[Exemption, ...]
) -> Beside:
    """Return a criterion as another text or reading has it, with what it asks in only one."""
    lines, others = (_lines(each, criterion.node) for each in (side, other))
    keys = [[(line.depth, line.asked.uncounted()) for line in own] for own in (lines, others)]
    here: set[int] = set()
    there: set[int] = set()
    for kind, a, b, c, d in SequenceMatcher(a=keys[0], b=keys[1], autojunk=False).get_opcodes():
        if kind != "equal":
            here.update(range(a, b))
            there.update(range(c, d))
    read = facts_asked(side, criterion.node)
    facts = tuple(name for name in facts_asked(other, criterion.node) if name in read)
    return Beside(criterion, unless, facts, _told(lines, here), _told(others, there))


class _Line(NamedTuple):
    """A line of what a criterion asks; `above` is the place of the line it is a part of, or -1."""

    depth: int
    above: int
    asked: Statement


def _lines(side: Side, node: int) -> list[_Line]:
    """Return what a criterion asks, line by line, below its own sentence."""
    made = statement(side.policy, side.choices, side.day, node)
    assert made is not None, "a requirement is in force"
    lines: list[_Line] = []
    alone = replace(made, criterion=False, sentence="" if made.demand else made.sentence)
    _add(lines, made.parts or (alone,), -1)
    return lines


def _add(lines: list[_Line], parts: Iterable[Statement], above: int) -> None:
    depth = lines[above].depth + 1 if above >= 0 else 0
    for part in parts:
        lines.append(_Line(depth, above, part))
        _add(lines, part.parts, len(lines) - 1)


def _told(lines: Sequence[_Line], changed: set[int]) -> tuple[str, ...]:
    """Return some lines with those of which they are parts; no count where parts are left out."""
    shown = set(changed)
    for place in changed:
        while (place := lines[place].above) >= 0:
            shown.add(place)
    left_out = {line.above for place, line in enumerate(lines) if place not in shown}
    told = []
    for place in sorted(shown):
        besides = ", besides what both ask" if place in left_out else ""
        told.append(f"{'  ' * lines[place].depth}{lines[place].asked.uncounted(besides)}")
    return tuple(told)
