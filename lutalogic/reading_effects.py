# SPDX-License-Identifier: Apache-2.0
"""What readings of the text change in what a condition asks, line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import inf
from typing import TYPE_CHECKING, Final

from lutalogic.rulebase import rule_base
from lutalogic.statements import HEADINGS, below, statement

if TYPE_CHECKING:
    from lutalogic.rules import Policy

#: Lines with their depths.
Lines = tuple[tuple[int, str], ...]
#: The lines of what is not asked at all.
NOTHING: Lines = ((0, "nothing"),)
#: How the line of a criterion ends which a reading changes, and whose page tells how.
OTHERWISE: Final = " asks otherwise"
#: How many parts a line says that there are below it, which these tell themselves.
_COUNT: Final = re.compile(r"(?<=^All of these )\d+|(?<=^One of these )\d+|(?<= of )\d+(?=\)$)")
#: What the line of a criterion says of readings.
_READ: Final = re.compile(r" \[read as \w+ = \w+\]")


@dataclass(frozen=True, slots=True)
class Effect:
    """What a reading that is not the default changes in what a node asks.

    Attributes:
        reading: The reading.
        value: Its value, not the default.
        beside: Another reading with a value, where it changes nothing but beside that.
        lines: What is no longer asked (-) and what is new (+), and which criteria that are named in
            it ask otherwise themselves; ``nothing`` where nothing is asked any more.
    """

    reading: str
    value: str
    beside: tuple[str, str] | None
    lines: Lines

    @property
    def heading(self) -> str:
        """Return the reading in words, as a heading of the lines."""
        reading = rule_base().readings[self.reading]
        means = reading.meanings[reading.values.index(self.value)]
        beside = f", beside {'='.join(self.beside)}" if self.beside else ""
        return f"{reading.question} {means} [{self.reading}={self.value}{beside}]"


def effects(policy: Policy, node: int, day: str) -> list[Effect]:
    """Return what each reading changes in what a node asks on a day, value by value.

    What a reading changes only beside another one is told with the first of those; readings that
    change nothing on that day are left out.
    """
    base, default = rule_base(), (0,) * len(policy.readings)
    names = dict.fromkeys(base.nodes[n].reading for n in below(node))
    pairs = [(name, value) for name in names if name for value in base.readings[name].values[1:]]

    def taking(*taken: tuple[str, str]) -> tuple[int, ...]:
        choices = list(default)
        for name, value in taken:
            choices[policy.readings.index(name)] = base.readings[name].values.index(value)
        return tuple(choices)

    found = []
    for pair in pairs:
        for beside in (None, *(other for other in pairs if other[0] != pair[0])):
            others = (beside,) if beside else ()
            lines = _difference(policy, node, day, taking(*others), taking(*others, pair))
            if lines:
                found.append(Effect(*pair, beside, lines))
                break
    return found


def _difference(
    policy: Policy, node: int, day: str, before: tuple[int, ...], after: tuple[int, ...]
) -> Lines:
    """Return what a node asks under some readings instead of others; nothing if it is the same."""
    one, other = asked_lines(policy, node, before, day), asked_lines(policy, node, after, day)
    changed = changed_lines(one, other) if one != other else ()
    if not other:
        return changed
    inside, now = _inside(policy, node, before, day), _inside(policy, node, after, day)
    otherwise = [name for name in inside if name in now and inside[name] != now[name]]
    return (*changed, *((0, f"{name}{OTHERWISE}") for name in otherwise))


def _inside(
    policy: Policy, node: int, choices: tuple[int, ...], day: str
) -> dict[str, list[tuple[str, str]]]:
    """Return all that each criterion asks which a node names."""
    made = statement(policy, choices, day, node)
    below_it = list(made.all())[1:] if made else []
    return {
        each.id: [(part.uncounted(), part.joins) for part in each.all()]
        for each in below_it
        if each.criterion
    }


def joined_by(policy: Policy) -> dict[str, tuple[str, ...]]:
    """Map readings to the criteria that they join otherwise with others, or ask at all.

    These are the readings outside criteria: they change which criteria bind, and none of what a
    criterion asks. A reading of the day on which the first text begins is none.

    >>> joined_by(rule_base().policies["premera_lutathera"])
    {'p_washout_each_dose': ('L-4',), 'p_continuation': ('L-5', 'L-6', 'L-7')}
    """
    found: dict[str, dict[str, None]] = {}

    def walk(number: int, within: tuple[str, ...]) -> None:
        if number in policy.criteria_by_node:
            for reading in within:
                found[reading].setdefault(policy.criteria_by_node[number].id)
            return
        node = rule_base().nodes[number]
        if node.reading:
            found.setdefault(node.reading, {})
            within = (*within, node.reading)
        for part in node.parts:
            if part is not None:
                walk(part, within)

    walk(policy.root, ())
    return {reading: tuple(names) for reading, names in found.items() if names}


def changed_lines(before: Lines, after: Lines) -> Lines:
    """Return what one list of lines has instead of another: - is no longer asked, + is new.

    Lines that stay are there below those that change, which would mean nothing without them.
    """
    if not after:
        return NOTHING
    rows: list[tuple[int, str]] = []
    changed: float = inf  # the depth of a line that changed, as long as what follows is below it
    one, other = ([(d, _COUNT.sub("", line)) for d, line in lines] for lines in (before, after))
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal":
            rows += [(depth, f"- {line}") for depth, line in before[a:b]]
            rows += [(depth, f"+ {line}") for depth, line in after[c:d]]
            changed = min(changed, *(depth for depth, _ in (*before[a:b], *after[c:d])))
            continue
        for depth, line in after[c:d]:
            if depth <= changed:
                changed = inf
                break
            rows.append((depth, line))
    return tuple(rows)


def asked_lines(policy: Policy, node: int, choices: tuple[int, ...], day: str) -> Lines:
    """Return what a node asks under some readings on a day, without its own sentence."""
    made = statement(policy, choices, day, node)
    if made is None:
        return ()
    # The page's title has the sentence of what is asked after; its parts, or its fact, remain.
    if not made.parts:
        return ((0, made.demand or made.sentence),)
    first = (
        ((0, f"{HEADINGS[made.joins]} {len(made.parts)}:"),)
        if made.joins in ("any", "evidence")
        else ()
    )
    # Which reading is taken, the heading says; what it changes in other criteria, their pages.
    lines = tuple((depth, _READ.sub("", line)) for depth, line in made.lines())[1:]
    return first + tuple((depth - (not first), line) for depth, line in lines)
