# SPDX-License-Identifier: Apache-2.0
"""Changes of a record that lead to an outcome: the least ones, with all values, each replayed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lutalogic.answers import Outcome
from lutalogic.cells import cells_left, form_number
from lutalogic.errors import EngineError
from lutalogic.implicants import boxes_of
from lutalogic.least import least_sets
from lutalogic.possible import Members, Never, Number, Option, Span, json_value
from lutalogic.ranges import Values
from lutalogic.rulebase import rule_base
from lutalogic.words import value_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lutalogic.case import Case
    from lutalogic.engines import Engine, Request
    from lutalogic.least import LeastSet
    from lutalogic.possible import Possible

#: The way of a fact that cannot change once it is known.
NEVER_CHANGES: Final = "never"
#: The way of a fact that is open, and need only be documented.
DOCUMENT: Final = "document"
_LETTERS: Final = {Outcome.MET: "t", Outcome.NOT_MET: "f"}
#: Of forms of a fact, the first is "not documented"; those that leave one cell come next.
_FIRST_CELL: Final = 1


class Reach(NamedTuple):
    """What a fact may become: the cells, and an interval or members that values must keep to."""

    cells: tuple[int, ...]
    within: Span | Members | None = None


@dataclass(frozen=True, repr=False)
class Change:
    """A least change of a record that leads to an outcome: no fewer facts would do.

    Attributes:
        facts: The facts to document, to make exact or to change, in the vocabulary's order.
        boxes: The values that do it, fact by fact: any of these, and all that do are in one.
        outcome: What the request comes to.
        case: The nearest record so changed, as far as we can tell; it was decided by the engine.
        before: The record as it is.
    """

    facts: tuple[str, ...]
    boxes: tuple[Mapping[str, Values], ...]
    outcome: Outcome
    case: Case
    before: Case

    @property
    def joint(self) -> bool:
        """Tell whether which value will do for one fact depends on that of another."""
        return len(self.boxes) > 1

    @property
    def joined(self) -> tuple[str, ...]:
        """Return the facts of which the values that will do depend on one another."""
        return tuple(n for n in self.facts if len({box[n].cells for box in self.boxes}) > 1)

    def __repr__(self) -> str:
        """Return the change in one line."""
        told = "; ".join(self.words(name) for name in self.facts)
        return f"<{self.outcome.value} if {told}>"

    def values(self, fact: str) -> Values:
        """Return all values of a fact that will do, with some values of the others."""
        first, *others = (box[fact] for box in self.boxes)
        for each in others:
            first |= each
        return first

    @cached_property
    def distance(self) -> float:
        """Return how far the facts are from what will do, each from 0 to 1, as a sum.

        Of a known number it is the part of the greater of both numbers by which they differ; to
        document a fact, or to change it to another option, counts 1.
        """
        known, now = self.case.possible, self.before.possible
        return sum(_distance(now.get(name), known.get(name)) for name in self.facts)

    def words(self, fact: str, values: Values | None = None) -> str:
        """Return what a fact must be, and what it is now.

        Args:
            fact: The fact.
            values: Those to tell; None for all that will do.
        """
        attribute = rule_base().attributes[fact]
        known = self.before.possible.get(fact)
        asked = (self.values(fact) if values is None else values).words
        now = f", now {value_words(attribute, known)}" if known is not None else ""
        return f"{attribute.label}: {asked}{now}"

    def as_json(self) -> dict[str, Any]:
        """Return the change as a JSON value."""
        base = rule_base()
        now = self.before.facts
        return {
            "facts": [
                {
                    "fact": name,
                    "now": json_value(now.get(name)),
                    "change": self.way(name),
                    "supplied_by": base.attributes[name].supplier,
                }
                for name in self.facts
            ],
            "values": [{n: values.as_json() for n, values in box.items()} for box in self.boxes],
            "outcome": self.outcome.value,
            "example": {name: json_value(self.case.facts[name]) for name in self.facts},
        }

    def way(self, fact: str) -> str:
        """Return how a fact is to change: ``document``, or the way that the rule base declares."""
        attribute, known = rule_base().attributes[fact], self.before.possible.get(fact)
        left = cells_left(attribute, known)
        if known is None or (isinstance(known, Span) and {*self.values(fact).cells} & {*left}):
            return DOCUMENT
        return attribute.change


def changes_to(
    outcome: Outcome,
    request: Request,
    day: str,
    engine: Engine,
    may: Mapping[str, Reach],
) -> tuple[Change, ...]:
    """Return all least changes of a record that lead to an outcome, the nearest first.

    Args:
        outcome: ``met`` or ``not_met``.
        request: Policy, readings and the record.
        day: The day on which the text in force began.
        engine: Decides an example of each change.
        may: What facts may become; all others stay as they are.

    Raises:
        EngineError: An engine does not decide an example as the boxes have it; this would be an
            error of lutalogic.
    """
    boxes = boxes_of(request.policy, request.choices, day)
    case, known = request.case, request.case.possible
    attributes = rule_base().attributes
    bits = {
        name: sum(1 << cell + _FIRST_CELL for cell in reach.cells)
        & ~(1 << form_number(attributes[name], known.get(name)))
        for name, reach in may.items()
        if name in boxes.fields.names
    }
    sought = boxes.met if outcome is Outcome.MET else boxes.not_met
    least = least_sets(boxes.fields, sought, boxes.record(case), bits)
    found = [_change(each, outcome, case, may) for each in least]
    _replay(found, request, engine)
    return tuple(sorted(found, key=lambda change: (len(change.facts), change.distance)))


def open_facts(case: Case, names: Iterable[str]) -> dict[str, Reach]:
    """Return the facts that are not known exactly, each with what it may turn out to be.

    Args:
        case: The record.
        names: The facts to look at.
    """
    found: dict[str, Reach] = {}
    for name in names:
        known = case.possible.get(name)
        cells = cells_left(rule_base().attributes[name], known)
        if known is None or isinstance(known, Span):
            found[name] = Reach(tuple(cells), known if isinstance(known, Span) else None)
    return found


def changing_facts(case: Case, names: Iterable[str]) -> dict[str, Reach]:
    """Return the facts that can change, or are open, each with what it may become.

    A fact that only grows becomes no less than it is: a set keeps its members, and what was done
    or found once is not undone.

    Args:
        case: The record.
        names: The facts to look at.
    """
    found = open_facts(case, names)
    for name in names:
        attribute = rule_base().attributes[name]
        known = case.possible.get(name)
        if known is None or attribute.change == NEVER_CHANGES:
            continue
        cells = range(len(attribute.cells))
        found[name] = _grown(name, known) if attribute.grows else Reach(tuple(cells))
    return {name: reach for name, reach in found.items() if reach.cells}


def _grown(name: str, known: Possible) -> Reach:
    attribute = rule_base().attributes[name]
    cells = attribute.cells
    first = cells_left(attribute, known)[0]
    match known:
        case Members(mask):
            more = [i for i, masks in enumerate(cells) if any(m & mask == mask for m in masks)]
            return Reach(tuple(more), known)
        case Never():
            return Reach(())
        case Option():
            return Reach(tuple(range(first, len(cells))))
    low, low_open = (known.low, known.low_open) if isinstance(known, Span) else (known.value, False)
    top = type(low)(attribute.range[1])
    numbers = len(cells) - (attribute.type == "elapsed")
    return Reach(tuple(range(first, numbers)), Span(low, low_open, top, False))


def _change(least: LeastSet, outcome: Outcome, case: Case, may: Mapping[str, Reach]) -> Change:
    boxes = tuple(
        {
            name: Values(name, _cells(bits), may[name].within)
            for name, bits in zip(least.facts, row, strict=True)
        }
        for row in least.boxes
    )
    known = case.possible
    examples = [
        Change(least.facts, boxes, outcome, case.replace(**_example(box, known)), case)
        for box in boxes
    ]
    return min(examples, key=lambda change: change.distance)


def _cells(bits: int) -> tuple[int, ...]:
    return tuple(cell for cell in range(bits.bit_length()) if bits >> cell + _FIRST_CELL & 1)


def _example(box: Mapping[str, Values], known: Mapping[str, Possible]) -> dict[str, Any]:
    return {name: values.value(known.get(name)) for name, values in box.items()}


def _distance(before: Possible | None, after: Possible | None) -> float:
    match before, after:
        case Number(old), Number(new):
            return float(abs(new - old) / max(abs(new), abs(old), Fraction(1)))
        case Members(old), Members(new):
            return (old ^ new).bit_count() / max((old | new).bit_count(), 1)
    return 1.0


def _replay(found: Sequence[Change], request: Request, engine: Engine) -> None:
    """See that the engine decides the example of each change as the boxes have it."""
    root = request.policy.positions[request.policy.root]
    letters = engine.truths([request.under(case=change.case) for change in found])
    for change, told in zip(found, letters, strict=True):
        if told[root] != _LETTERS[change.outcome]:
            raise EngineError(
                f"{change.case!r} is not {change.outcome.value}; this is an error of lutalogic"
            )
