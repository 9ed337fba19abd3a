# SPDX-License-Identifier: Apache-2.0
"""For which facts an unknown truth waits, as part of a network.

A node waits *elsewhere* if it is unknown, and rests on a fact that is not known and is not the one
asked about; or on evidence that disagrees, which no further fact settles. What a node rests on is
what `trace.reasons` says: its unknown parts.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from lutalogic.backwards import UNDOCUMENTED, known_forms, letter_bits
from lutalogic.engines.kanren import leaf_relation
from lutalogic.narrowing import Table
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from lutalogic.backwards import Problem
    from lutalogic.wishes import View

#: Domains of whether a node waits elsewhere.
NO: Final = 0b01
_EITHER: Final = 0b11
#: What was met among the parts of a node: one that is true, one that is false, one that waits.
_TRUE, _FALSE, _WAITS = 1, 2, 4
_MET: Final = range(8)


def keep_to_one_fact(problem: Problem, view: View, fact: str) -> None:
    """Add to a problem that an outcome waits for no other fact than this one."""
    variable = _Elsewhere(problem, view, fact).of(view.policy.root)
    problem.network.narrow(variable, NO)


class _Elsewhere:
    """The variables of whether nodes wait elsewhere."""

    def __init__(self, problem: Problem, view: View, fact: str) -> None:
        self._problem, self._view, self._fact = problem, view, fact
        self._of: dict[int, int] = {}

    def of(self, node: int) -> int:
        """Return the variable of a node."""
        if node not in self._of:
            self._of[node] = self._new(node)
        return self._of[node]

    def _new(self, node: int) -> int:
        problem, view, network = self._problem, self._view, self._problem.network
        entry, truth = rule_base().nodes[node], problem.truth(view, node)
        if not entry.parts:
            waits = network.variable(_EITHER)
            facts = [problem.facts[name] for name in entry.attributes]
            kinds = tuple(problem.kinds[name] for name in entry.attributes)
            about = self._fact if self._fact in entry.attributes else ""
            network.relate(_leaf_table(node, kinds, about), (*facts, truth, waits))
            return waits
        parts = view.parts(node)
        if entry.kind in ("by_reading", "by_date") and parts:
            return self.of(parts[0])
        met = network.variable(1)  # nothing yet
        for part in parts:
            after = network.variable((1 << len(_MET)) - 1)
            network.relate(_with_a_part(), (met, problem.truth(view, part), self.of(part), after))
            met = after
        waits = network.variable(_EITHER)
        network.relate(_whole(entry.kind == "evidence"), (met, truth, waits))
        return waits


@lru_cache(maxsize=10_000)
def _leaf_table(leaf: int, kinds: tuple[tuple[tuple[int, ...], ...], ...], fact: str) -> Table:
    """Return the kinds of the facts of a condition, its truth, and whether it waits elsewhere."""
    names = rule_base().nodes[leaf].attributes
    kind_of = [{form: i for i, kind in enumerate(each) for form in kind} for each in kinds]
    rows = set()
    for *forms, letter in leaf_relation(leaf).rows:
        found = [kind[form] for kind, form in zip(kind_of, forms, strict=True)]
        others = [
            is_known(name, each[number])
            for name, each, number in zip(names, kinds, found, strict=True)
            if name != fact
        ]
        waits = letter == "u" and not all(others)
        rows.add((*(1 << number for number in found), letter_bits(letter), 1 << waits))
    return Table(rows)


def is_known(name: str, kind: tuple[int, ...]) -> bool:
    """Tell whether a fact of this kind has one known value."""
    return UNDOCUMENTED not in kind and any(form in known_forms(name) for form in kind)


@cache
def _with_a_part() -> Table:
    """Return what was met, a part's truth, whether that waits, and what was met with it."""
    return Table(
        (1 << met, letter_bits(letter), 1 << waits, 1 << (met | seen | _WAITS * waits))
        for met in _MET
        for letter, seen in (("t", _TRUE), ("f", _FALSE), ("u", 0), ("-", 0))
        for waits in (False, True)
    )


@cache
def _whole(evidence: bool) -> Table:
    """Return what was met among the parts, the truth of the whole, and whether that waits."""
    return Table(
        (1 << met, letter_bits(letter), 1 << (letter == "u" and _unsettled(met, evidence)))
        for met in _MET
        for letter in "tfu-"
    )


def _unsettled(met: int, evidence: bool) -> bool:
    disagrees = evidence and met & _TRUE and met & _FALSE
    return bool(met & _WAITS or disagrees)
