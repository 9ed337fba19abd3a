# SPDX-License-Identifier: Apache-2.0
"""What a rule base is made of: documents, sources, attributes, readings, nodes, policies."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from lutalogic.markup import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping

AttributeType = Literal["boolean", "enum", "set", "integer", "number", "elapsed"]


@dataclass(frozen=True, slots=True)
class Document:
    """One of the two source documents; effective and reviewed are as it prints them."""

    name: str
    payer: str
    number: str
    title: str
    effective: str
    reviewed: str
    lines: int

    @property
    def citation(self) -> str:
        """Return payer, number and effective date."""
        return f"{self.payer} {self.number}, effective {self.effective}"


@dataclass(frozen=True, slots=True)
class Source:
    """A place in one of the two documents that a rule rests on.

    Attributes:
        document: The document.
        section: The section and item.
        lines: Line spans (first, last) of the document's text, both ends included.
    """

    document: Document
    section: str
    lines: tuple[tuple[int, int], ...]

    @property
    def places(self) -> str:
        """Return the lines, as ``L59, L61-63``."""
        return ", ".join(f"L{a}" if a == b else f"L{a}-{b}" for a, b in self.lines)

    def __str__(self) -> str:
        """Return document, section and lines."""
        return f"{self.document.citation}, {self.section} ({self.places})"


def read_sources(
    data: list[dict[str, Any]], documents: Mapping[str, Document]
) -> tuple[Source, ...]:
    """Return the sources that a list in rulebase.json states."""
    return tuple(
        Source(documents[s["document"]], s["section"], tuple((a, b) for a, b in s["lines"]))
        for s in data
    )


@dataclass(frozen=True, slots=True)
class Attribute:
    """A fact that a criterion may read.

    Attributes:
        label: Its short name, which its value follows: ``Ki-67 index`` (25 %).
        type: boolean, enum (one of values), set (any of values), integer, number or elapsed.
        values: The options of an enum or a set, in the order of their indexes.
        range: Lowest and highest number, both included.
        unit: The unit of a number; empty if it has none.
        cells: The stretches of values that no policy tells apart, as rulebase.json has them.
        supplier: Whom to ask for it, by a name of the rule base's `suppliers`.
        change: How a documented value can become another, by a name of its `changes`.
        grows: Whether a documented value only goes up: a number, the place of an option, the
            members of a set; false to true; a time neither to nor from ``never``.
    """

    name: str
    group: str
    type: AttributeType
    meaning: str
    label: str
    values: tuple[str, ...] = ()
    range: tuple[int, int] = (0, 0)
    unit: str = ""
    cells: tuple[Any, ...] = field(default=(), repr=False, hash=False)
    supplier: str = field(default="", repr=False)
    change: str = field(default="", repr=False)
    grows: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reading(Shown):
    """A named choice where a document admits more than one reading; the default comes first."""

    name: str
    question: str
    values: tuple[str, ...]
    meanings: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def default(self) -> str:
        """Return the value taken where a request does not choose."""
        return self.values[0]


@dataclass(frozen=True, slots=True)
class Node:
    """A condition; `parts` are the numbers of the conditions below it, None where there is none.

    A test has the numbers of the cells of which it is true and of those of which it is unknown: a
    test that only rules on plausibility make is unknown in a cell whose values it tells apart.
    """

    kind: str
    parts: tuple[int | None, ...] = ()
    attributes: tuple[str, ...] = ()
    test: tuple[Any, ...] = ()
    limit: int = 0
    why: str = ""
    reading: str = ""
    dates: tuple[str, ...] = ()
    true_cells: tuple[int, ...] = ()
    unknown_cells: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """A shared condition as a policy applies it.

    Attributes:
        name: Its name.
        sentence: Its sentence.
        sources: Where the documents say so.
        opposite: How its opposite is said; empty where nothing denies it.
    """

    name: str
    sentence: str
    sources: tuple[Source, ...]
    opposite: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """How values, classes of values and units are called where their own names read badly."""

    values: Mapping[str, str]
    classes: Mapping[tuple[str, int], str]
    units: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Criterion(Shown):
    """A criterion of a policy: its id, one plain sentence, its node and its sources."""

    id: str
    sentence: str
    node: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A dated text of a policy; status is ``printed`` or ``reconstructed`` from a change log."""

    start: str
    status: str
    change: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Policy(Shown):
    """One payer's rules for one drug.

    Attributes:
        index: Its place in the numbering that all engines share.
        document: The document that it stands in.
        nodes: The numbers of the nodes it needs, in order; truths are given in this order.
        attributes: The facts it reads, in the order in which an engine takes them.
        readings: The readings that matter to it, likewise.
        starts: The day its first printed text took effect: one date, or one for each value of
            `start_reading`.
        before: What is known of the time before.
        definitions: The shared conditions that it applies by name, by the numbers of their nodes.
    """

    name: str
    index: int
    document: Document
    title: str
    nodes: tuple[int, ...] = field(repr=False)
    root: int = field(repr=False)
    applies_to: int = field(repr=False)
    attributes: tuple[str, ...] = field(repr=False)
    readings: tuple[str, ...] = field(repr=False)
    criteria: tuple[Criterion, ...] = field(repr=False)
    texts: tuple[Text, ...] = field(repr=False)
    advice: tuple[str, ...] = field(repr=False)
    start_reading: str | None = field(repr=False)
    starts: tuple[str, ...] = field(repr=False)
    before: str = field(repr=False)
    definitions: Mapping[int, Definition] = field(repr=False)

    def __hash__(self) -> int:
        """Policies are told apart by their names."""
        return hash(self.name)

    def start(self, choices: tuple[int, ...]) -> str:
        """Return the day on which the first text on record took effect, under some readings."""
        if self.start_reading is None:
            return self.starts[0]
        return self.starts[choices[self.readings.index(self.start_reading)]]

    @cached_property
    def positions(self) -> Mapping[int, int]:
        """Map the number of a node to the place of its letter among the policy's truths."""
        return {node: place for place, node in enumerate(self.nodes)}

    @cached_property
    def criterion_positions(self) -> tuple[tuple[str, int], ...]:
        """Pair the id of each criterion with the place of its letter."""
        return tuple((c.id, self.positions[c.node]) for c in self.criteria)

    @cached_property
    def criteria_by_node(self) -> Mapping[int, Criterion]:
        """Map the number of a node to the criterion that it is."""
        return {c.node: c for c in self.criteria}


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry that a record of a patient may have, ``group:name`` where it stands in a group.

    Attributes:
        kind: date, one_of, series, series_with_limit, doses or times.
        unit: The unit of its bare numbers; empty if it has none.
    """

    name: str
    kind: str
    meaning: str
    values: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact that follows from entries of a record, by a rule and its constants."""

    attribute: str
    rule: str
    of: tuple[str, ...]
    constants: Mapping[str, Fraction]
    sentence: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Units:
    """The units in which a value may be written.

    Attributes:
        names: Each spelling of a unit, to its name.
        factors: (from, into) to how many of the one make one of the other, for each thing that a
            factor applies to; ``any`` for those that apply to all.
    """

    names: Mapping[str, str]
    factors: Mapping[str, Mapping[tuple[str, str], Fraction]]

    def factor(self, unit: str, into: str) -> Fraction | None:
        """Return how many of one unit make one of another, of anything; None if none does."""
        if unit == into:
            return Fraction(1)
        known = self.factors.get("any", {})
        if (unit, into) in known:
            return known[unit, into]
        return 1 / known[into, unit] if (into, unit) in known else None


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule on plausibility: what is hardly right where its node is true.

    Attributes:
        kind: ``implausible`` or ``contradictory``.
        policy: The name of the policy under which it is so; None if under any.
        sentence: What is hardly right.
        node: The number of the node.
    """

    kind: str
    policy: str | None
    sentence: str
    node: int
