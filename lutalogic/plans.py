# SPDX-License-Identifier: Apache-2.0
"""Many ways to an outcome as one plan: what all of them need, and then one of several.

A family of sets of facts is told the shorter, the more is told once: what all sets have comes
first; what can be chosen whatever else is chosen is a choice of its own; and within a choice, those
that share most are told together.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lutalogic.changes import Change
    from lutalogic.ranges import Values

    Sets = dict[frozenset[str], tuple[Change, ...]]

#: So many alternatives are printed of a choice.
_SHOWN = 12
#: So many facts are named on which the values of another depend.
_NAMED = 2


@dataclass(frozen=True)
class Plan:
    """What some changes need: facts that all of them change, and choices.

    Attributes:
        always: The facts of all changes.
        choices: Of each, one alternative is needed, whichever is taken of the other choices.
        changes: The changes.
    """

    always: tuple[str, ...]
    choices: tuple[tuple[Plan, ...], ...]
    changes: tuple[Change, ...]

    @property
    def facts(self) -> frozenset[str]:
        """Return the facts of `always` and of all choices."""
        inner = (each.facts for choice in self.choices for each in choice)
        return frozenset(self.always).union(*inner)

    def values(self, fact: str) -> Values:
        """Return the values of a fact that do in some of the changes."""
        first, *others = (each.values(fact) for each in self.changes if fact in each.facts)
        for each in others:
            first |= each
        return first

    def depends(self, fact: str) -> bool:
        """Tell whether which values do depends on other facts."""
        found = [each for each in self.changes if fact in each.facts]
        alike = len({each.values(fact).cells for each in found}) == 1
        return not alike or any(len({box[fact] for box in each.boxes}) > 1 for each in found)

    def words(self, fact: str) -> str:
        """Return what a fact of `always` must be, with a remark where that depends on others."""
        values = self.values(fact)
        told = next(c for c in self.changes if fact in c.facts).words(fact, values)
        if not self.depends(fact):
            return told
        attributes = rule_base().attributes
        if len(values.cells) == len(attributes[fact].cells):
            return f"{told} (the rest depends on it)"
        joined = [set(c.joined) for c in self.changes if fact in c.joined]
        others = [n for n in attributes if any(n in some for some in joined) and n != fact]
        named = " and ".join(attributes[name].label for name in others[:_NAMED])
        return f"{told} (depending on {named or 'other facts'})"

    def lines(self, told: Callable[[Plan, str], str], *, depth: int = 0) -> Iterator[str]:
        """Yield the plan as lines, alternatives indented below what they belong to.

        Args:
            told: What to say of a fact of a plan.
            depth: How deep this plan lies.
        """
        margin = "  " * depth
        for name in self.always:
            yield margin + told(self, name)
        for place, choice in enumerate(self.choices):
            yield f"{margin}{'and ' if self.always or place else ''}one of"
            for each in choice[:_SHOWN]:
                inner = list(each.lines(told, depth=0))
                yield f"{margin}  - {inner[0]}"
                yield from (f"{margin}    {line}" for line in inner[1:])
            if len(choice) > _SHOWN:
                yield f"{margin}  - ... and {len(choice) - _SHOWN} more"


def plan(changes: Iterable[Change], order: Sequence[str]) -> Plan:
    """Return some changes as one plan.

    Args:
        changes: At least one.
        order: All facts, in the order in which to tell them.
    """
    sets: Sets = {}
    for each in changes:
        sets.setdefault(frozenset(each.facts), ())
        sets[frozenset(each.facts)] += (each,)
    return _plan(sets, order)


def _plan(sets: Sets, order: Sequence[str]) -> Plan:
    always = frozenset.intersection(*sets)
    rest = {facts - always: changes for facts, changes in sets.items()}
    choices = []
    for block in _independent(list(rest), order):
        parts: Sets = {}
        for facts, changes in rest.items():
            parts[facts & block] = parts.get(facts & block, ()) + changes
        choices.append(tuple(_alternatives(parts, order)))
    told = tuple(name for name in order if name in always)
    return Plan(told, tuple(choices), tuple(c for changes in sets.values() for c in changes))


def _alternatives(sets: Sets, order: Sequence[str]) -> Iterator[Plan]:
    """Yield plans that are all of some sets: those that share the fact that most have, first."""
    alone = {facts: changes for facts, changes in sets.items() if len(facts) == 1}
    rest = {facts: changes for facts, changes in sets.items() if len(facts) > 1}
    for facts in sorted(alone, key=lambda facts: min(map(order.index, facts))):
        yield _plan({facts: alone[facts]}, order)
    while rest:
        counts = Counter(name for facts in rest for name in facts)
        shared = max(order, key=lambda name: counts[name])
        together = {f: changes for f, changes in rest.items() if shared in f}
        yield _plan(together, order)
        rest = {f: changes for f, changes in rest.items() if shared not in f}


def _independent(sets: Sequence[frozenset[str]], order: Sequence[str]) -> list[frozenset[str]]:
    """Return the finest blocks of facts such that the sets are all ways to take a part of each."""
    named = frozenset().union(*sets)
    blocks = [frozenset([name]) for name in order if name in named]
    for one, other in combinations(list(blocks), 2):
        both = one | other
        apart = len({s & one for s in sets}) * len({s & other for s in sets})
        if len({s & both for s in sets}) < apart:
            joined = [block for block in blocks if block & both]
            blocks = [b for b in blocks if b not in joined] + [frozenset().union(*joined)]
    count = 1
    for block in blocks:
        count *= len({s & block for s in sets})
    if count > len(sets):  # what is independent two by two need not be so together
        blocks = [named]
    return sorted(blocks, key=lambda block: min(map(order.index, block)))
