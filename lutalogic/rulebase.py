# SPDX-License-Identifier: Apache-2.0
"""The rule base as Python values: vocabulary, readings, policies, criteria, sources, nodes.

All of it is read, once, from the generated ``rulebase.json``; nothing here or below states what a
policy asks.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from lutalogic.errors import UnknownPolicy, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

AttributeType = Literal["boolean", "enum", "set", "integer", "number", "elapsed"]


@dataclass(frozen=True, slots=True)
class Source:
    """A place in one of the two documents that a rule rests on.

    Attributes:
        document: ``wellmark`` or ``premera``.
        section: The section and item.
        lines: Line spans (first, last) of the document's text, both ends included.
    """

    document: str
    section: str
    lines: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        spans = ", ".join(f"L{a}" if a == b else f"L{a}-{b}" for a, b in self.lines)
        return f"{rule_base().documents[self.document].citation}, {self.section} ({spans})"


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
class Attribute:
    """A fact that a criterion may read.

    Attributes:
        type: boolean, enum (one of values), set (any of values), integer, number or elapsed.
        values: The options of an enum or a set, in the order of their indexes.
        range: Lowest and highest number, both included.
        unit: The unit of a number; empty if it has none.
        cells: The stretches of values that no policy tells apart, as rulebase.json has them.
    """

    name: str
    group: str
    type: AttributeType
    meaning: str
    values: tuple[str, ...] = ()
    range: tuple[int, int] = (0, 0)
    unit: str = ""
    cells: tuple[Any, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
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
    """A condition; `parts` are the numbers of the conditions below it, None where there is none."""

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
class Criterion:
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
class Policy:
    """One payer's rules for one drug.

    Attributes:
        index: Its place in the numbering that all engines share.
        nodes: The numbers of the nodes it needs, in order; truths are given in this order.
        attributes: The facts it reads, in the order in which an engine takes them.
        readings: The readings that matter to it, likewise.
        starts: The day its first printed text took effect: one date, or one for each value of
            `start_reading`.
        before: What is known of the time before.
    """

    name: str
    index: int
    document: str
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

    def __hash__(self) -> int:
        """Policies are told apart by their names."""
        return hash(self.name)

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
class Finding:
    """A rule on plausibility: what is hardly right where its node is true."""

    kind: str
    sentence: str
    node: int


@dataclass(frozen=True)
class RuleBase:
    """The whole of rulebase.json."""

    digest: str
    documents: Mapping[str, Document]
    attributes: Mapping[str, Attribute]
    readings: Mapping[str, Reading]
    nodes: tuple[Node, ...]
    names: Mapping[int, str]
    policies: Mapping[str, Policy]
    plausibility: Policy
    findings: tuple[Finding, ...]

    def policy(self, name: object) -> Policy:
        """Return the policy of this name.

        Raises:
            UnknownPolicy: There is none.
        """
        if isinstance(name, Policy):
            return name
        found = self.policies.get(name) if isinstance(name, str) else None
        if found is None:
            raise UnknownPolicy(
                f"there is no policy {name!r}{did_you_mean(str(name), self.policies)} "
                f"The policies are {', '.join(self.policies)}",
                "policy",
            )
        return found


def policies() -> tuple[Policy, ...]:
    """Return the policies that can be decided.

    >>> [policy.name for policy in policies()]  # doctest: +NORMALIZE_WHITESPACE
    ['premera_lutathera', 'premera_pluvicto', 'premera_xofigo', 'wellmark_lutathera']
    """
    return tuple(rule_base().policies.values())


@cache
def rule_base() -> RuleBase:
    """Return the rule base, read from rulebase.json on the first call."""
    # A plain path: importlib.resources takes import locks, which a fork in another thread's
    # first decision would leave locked in the child.
    text = Path(__file__).with_name("rulebase.json").read_text(encoding="utf-8")
    data = json.loads(text, parse_float=Decimal)
    names = [policy["name"] for policy in data["policies"]]
    return RuleBase(
        digest=data["digest"],
        documents={d["name"]: Document(**d) for d in data["documents"]},
        attributes={a["name"]: _attribute(a) for a in data["attributes"]},
        readings={r["name"]: _reading(r) for r in data["readings"]},
        nodes=tuple(_node(n) for n in data["nodes"]),
        names={n["node"]: n["sentence"] for n in data["names"]},
        policies={name: _policy(i, data["policies"][i]) for i, name in enumerate(names)},
        plausibility=_plausibility(len(names), data["plausibility"]),
        findings=tuple(Finding(**f) for f in data["plausibility"]["findings"]),
    )


def _attribute(data: dict[str, Any]) -> Attribute:
    low, high = data.get("range", (0, 0))
    return Attribute(
        name=data["name"],
        group=data["group"],
        type=data["type"],
        meaning=data["meaning"],
        values=tuple(data.get("values", ())),
        range=(low, high),
        unit=data.get("unit", ""),
        cells=tuple(data["cells"]),
    )


def _sources(data: list[dict[str, Any]]) -> tuple[Source, ...]:
    return tuple(
        Source(s["document"], s["section"], tuple((a, b) for a, b in s["lines"])) for s in data
    )


def _reading(data: dict[str, Any]) -> Reading:
    return Reading(
        data["name"],
        data["question"],
        tuple(v["value"] for v in data["values"]),
        tuple(v["meaning"] for v in data["values"]),
        _sources(data["sources"]),
    )


def _node(data: dict[str, Any]) -> Node:
    single = (data["attribute"],) if "attribute" in data else ()
    return Node(
        kind=data["kind"],
        parts=tuple(data.get("parts", ())),
        attributes=tuple(data.get("attributes", single)),
        test=tuple(data.get("test", ())),
        limit=data.get("limit", 0),
        why=data.get("why", ""),
        reading=data.get("reading", ""),
        dates=tuple(data.get("dates", ())),
        true_cells=tuple(data.get("true_cells", ())),
        unknown_cells=tuple(data.get("unknown_cells", ())),
    )


def _policy(index: int, data: dict[str, Any]) -> Policy:
    return Policy(
        name=data["name"],
        index=index,
        document=data["document"],
        title=data["title"],
        nodes=tuple(data["nodes"]),
        root=data["root"],
        applies_to=data["applies_to"],
        attributes=tuple(data["attributes"]),
        readings=tuple(data["readings"]),
        criteria=tuple(
            Criterion(c["id"], c["sentence"], c["node"], _sources(c["sources"]))
            for c in data["criteria"]
        ),
        texts=tuple(
            Text(t["from"], t["status"], t["change"], _sources(t["sources"])) for t in data["texts"]
        ),
        advice=tuple(a["sentence"] for a in data["advice"]),
        start_reading=data["in_force_from"]["reading"],
        starts=tuple(data["in_force_from"]["dates"]),
        before=data["before"],
    )


def _plausibility(index: int, data: dict[str, Any]) -> Policy:
    """Return the rules on plausibility in the form of a policy, which engines evaluate alike."""
    return Policy(
        name="plausibility",
        index=index,
        document="",
        title="Values that are hardly right",
        nodes=tuple(data["nodes"]),
        root=-1,
        applies_to=-1,
        attributes=tuple(data["attributes"]),
        readings=(),
        criteria=(),
        texts=(),
        advice=(),
        start_reading=None,
        starts=(),
        before="",
    )
