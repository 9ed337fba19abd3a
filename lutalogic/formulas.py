# SPDX-License-Identifier: Apache-2.0
"""The rules as formulas over every record at once.

A *symbolic record* has one Boolean for each cell of each attribute: whether the fact may still lie
in it. So one formula speaks of all records, with facts known, interval or unknown, and every node
of a policy becomes a pair of formulas, that it is true and that it is false. Readings are Booleans
too, so that a proof can say on which readings it rests. Dates are not: a formula is of one day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from lutalogic.cells import stretches
from lutalogic.rulebase import rule_base
from lutalogic.solving import Formula, conjunction, disjunction, implication, negation, z3
from lutalogic.trace import turning_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lutalogic.rules import Node, Policy
    from lutalogic.symbolic_record import Record


class Truth3(NamedTuple):
    """When a node is true, when it is false, and when it is not in force; unknown otherwise."""

    true: Formula
    false: Formula
    off: Formula = False

    @property
    def unknown(self) -> Formula:
        """Return when the node is in force and neither true nor false."""
        return conjunction(negation(part) for part in self)


@dataclass(frozen=True)
class View:
    """Under which circumstances a rule is applied.

    Attributes:
        day: The date of service, YYYY-MM-DD.
        readings: Readings that are fixed, name and value; the others are left open.
    """

    day: str
    readings: tuple[tuple[str, str], ...] = ()

    def text_of(self, policy: Policy) -> View:
        """Return the view on the day since which a policy reads as it does on this one."""
        return replace(self, day=turning_day(policy, self.day))

    @cached_property
    def fixed(self) -> Mapping[str, str]:
        """Return the fixed readings by name."""
        return dict(self.readings)


@cache
def choices(reading: str) -> tuple[Any, ...]:
    """Return one Boolean for each value of a reading: that it is taken."""
    return tuple(z3.Bool(f"reading {reading} = {v}") for v in rule_base().readings[reading].values)


@cache
def one_value_each() -> tuple[Any, ...]:
    """Return that each reading has one value."""
    return tuple(
        rule
        for reading in rule_base().readings
        for rule in (z3.AtMost(*choices(reading), 1), z3.Or(list(choices(reading))))
    )


def default_choices(changes: Mapping[str, str] | None = None) -> list[Any]:
    """Return one Boolean for each reading: that it has its default, or a value given here."""
    given = changes or {}
    known = rule_base().readings.values()
    return [choice(r.name, given.get(r.name, r.default)) for r in known]


def choice(reading: str, value: str) -> Any:
    """Return the Boolean that says that a reading has a value."""
    return choices(reading)[rule_base().readings[reading].values.index(value)]


class Rules:
    """The formulas of the rules over some records; built when asked for, once each.

    The truth of a criterion is a variable of its own, tied to its condition by a guard: an
    assumption that a proof can name, so that it tells on which criteria it rests.
    """

    def __init__(self) -> None:
        self._truths: dict[tuple[str, str, View, int], Truth3] = {}
        self._conflicts: dict[tuple[str, str, View, int], Formula] = {}
        self._ties: dict[tuple[str, str, View], list[Any]] = {}
        #: The policy and the id of the criterion that each guard is for, by its name.
        self.guards: dict[str, tuple[str, str]] = {}

    def truth(self, record: Record, policy: Policy, view: View, node: int) -> Truth3:
        """Return when a node, as a condition of a policy, is true, false and not in force."""
        return self._known(record, policy, view.text_of(policy), node)

    def ties(self, record: Record, policy: Policy, view: View) -> list[Any]:
        """Return what ties the truths of criteria to their conditions, guard by guard."""
        return self._ties.get((record.name, policy.name, view.text_of(policy)), [])

    def _known(self, record: Record, policy: Policy, view: View, node: int) -> Truth3:
        key = (record.name, policy.name, view, node)
        if key not in self._truths:
            found = self._truth(record, policy, view, node)
            criterion = policy.criteria_by_node.get(node)
            if criterion is not None:
                found = self._guarded(key, found, criterion.id)
            self._truths[key] = found
        return self._truths[key]

    def _guarded(self, key: tuple[str, str, View, int], truth: Truth3, criterion: str) -> Truth3:
        record, policy, view, _ = key
        guard = z3.Bool(f"{policy} {criterion}")
        self.guards[str(guard)] = (policy, criterion)
        ties = self._ties.setdefault((record, policy, view), [])
        parts = []
        for name, part in zip(truth._fields, truth, strict=True):
            if isinstance(part, bool):
                parts.append(part)
                continue
            variable = z3.Bool(f"{record} {policy} {criterion} {view.day} {view.readings} {name}")
            ties.append(implication(guard, variable == part))
            parts.append(variable)
        return Truth3(*parts)

    def _truth(self, record: Record, policy: Policy, view: View, number: int) -> Truth3:
        node = rule_base().nodes[number]
        if not node.parts:
            return leaf_truth(record, node)
        truths = [
            self._part(record, policy, view, (number, place), part)
            for place, part in enumerate(self._parts(node, view))
        ]
        if node.kind == "by_reading" and node.reading not in view.fixed:
            chosen = choices(node.reading)
            return Truth3(
                *(
                    disjunction(conjunction(pair) for pair in zip(chosen, column, strict=True))
                    for column in zip(*truths, strict=True)
                )
            )
        return combined(node.kind, truths)

    def _part(
        self, record: Record, policy: Policy, view: View, _: tuple[int, int], part: int | None
    ) -> Truth3:
        """Return the truth of a part; the fourth argument is its condition and its place there."""
        if part is None:
            return Truth3(False, False, True)
        return self._known(record, policy, view, part)

    @staticmethod
    def _parts(node: Node, view: View) -> Sequence[int | None]:
        """Return the parts that a day and fixed readings leave."""
        if node.kind == "by_date":
            begun = [p for d, p in zip(node.dates, node.parts, strict=True) if d <= view.day]
            return begun[-1:] or (None,)
        if node.kind == "by_reading" and node.reading in view.fixed:
            values = rule_base().readings[node.reading].values
            return (node.parts[values.index(view.fixed[node.reading])],)
        return node.parts

    def outcome(self, record: Record, policy: Policy, view: View) -> Mapping[str, Formula]:
        """Return when a request is met, is not met and needs information."""
        root = self.truth(record, policy, view, policy.root)
        started = self.started(policy, view)
        met, not_met = conjunction([started, root.true]), conjunction([started, root.false])
        pending = conjunction([negation(met), negation(not_met)])
        return {"met": met, "not_met": not_met, "needs_information": pending}

    @staticmethod
    def started(policy: Policy, view: View) -> Formula:
        """Return that some text of a policy is in force, on the day and under the readings."""
        reading = policy.start_reading
        begun = [start <= view.day for start in policy.starts]
        if reading is None:
            return begun[0]
        if reading in view.fixed:
            return begun[rule_base().readings[reading].values.index(view.fixed[reading])]
        return disjunction(conjunction(pair) for pair in zip(choices(reading), begun, strict=True))

    def conflict(self, record: Record, policy: Policy, view: View) -> Formula:
        """Return that evidence that bears on the outcome disagrees."""
        below = self._conflict(record, policy, view.text_of(policy), policy.root)
        return conjunction([self.started(policy, view), below])

    def _conflict(self, record: Record, policy: Policy, view: View, number: int) -> Formula:
        key = (record.name, policy.name, view, number)
        if key not in self._conflicts:
            node = rule_base().nodes[number]
            parts = self._parts(node, view)
            below = [False if p is None else self._conflict(record, policy, view, p) for p in parts]
            if node.kind == "by_reading" and node.reading not in view.fixed:
                pairs = zip(choices(node.reading), below, strict=True)
                below = [conjunction(pair) for pair in pairs]
            if node.kind == "evidence":
                truths = [self._known(record, policy, view, p) for p in parts if p is not None]
                torn = [disjunction(column) for column in list(zip(*truths, strict=True))[:2]]
                below.append(conjunction(torn))
            self._conflicts[key] = disjunction(below)
        return self._conflicts[key]


def leaf_truth(record: Record, node: Node) -> Truth3:
    """Return when a condition without parts is true and when it is false."""
    match node.kind:
        case "test":
            may = record.may[node.attributes[0]]
            true, unknown = set(node.true_cells), set(node.unknown_cells)
            return Truth3(
                conjunction(negation(m) for i, m in enumerate(may) if i not in true),
                conjunction(negation(m) for i, m in enumerate(may) if i in true or i in unknown),
            )
        case "adds":
            return _sum_truth(record, node)
        case "documented":
            documented = record.documented[node.attributes[0]]
            return Truth3(documented, negation(documented))
        case _:
            return Truth3(False, False)


def _sum_truth(record: Record, node: Node) -> Truth3:
    """Return when two counts that are added stay within a limit, and when they do not."""
    within, beyond = [], []
    first, second = (
        list(zip(record.may[name], stretches(rule_base().attributes[name]), strict=True))
        for name in node.attributes
    )
    for may_a, a in first:
        for may_b, b in second:
            both = conjunction([may_a, may_b])
            if a.high + b.high > node.limit:
                within.append(negation(both))
            if a.low + b.low <= node.limit:
                beyond.append(negation(both))
    return Truth3(conjunction(within), conjunction(beyond))


def combined(kind: str, truths: Sequence[Truth3]) -> Truth3:
    """Return when a condition is true and false whose parts are so."""
    off = conjunction(t.off for t in truths)
    on = negation(off)
    match kind:
        case "all_of":
            true = [disjunction([t.true, t.off]) for t in truths]
            return Truth3(conjunction([*true, on]), disjunction(t.false for t in truths), off)
        case "any_of":
            false = [disjunction([t.false, t.off]) for t in truths]
            return Truth3(disjunction(t.true for t in truths), conjunction([*false, on]), off)
        case "evidence":
            true, false = (disjunction(t[i] for t in truths) for i in (0, 1))
            return Truth3(
                conjunction([true, negation(false)]), conjunction([false, negation(true)]), off
            )
        case "not":
            return Truth3(truths[0].false, truths[0].true, off)
        case "supports":
            return Truth3(truths[0].true, False, off)
        case "rules_out":
            return Truth3(False, truths[0].true, off)
        case _:  # by_date, or by_reading under a fixed reading: the one part in force
            return truths[0]


@cache
def rules() -> Rules:
    """Return the formulas of the rule base, of which each is built once for all proofs."""
    return Rules()
