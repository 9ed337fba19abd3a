# SPDX-License-Identifier: Apache-2.0
"""The entries of reference knowledge: shown beside a decision, deciding nothing.

Entry
├── Recommendation      what a guideline lists                        has a condition
├── Indication          a use that the FDA approved                   has a condition
├── Trial               whom a trial enrolled                         has a condition
├── Verdict             what a payer finds of the evidence            has a condition
├── DiagnosticAgent     an imaging agent and its approval
├── Statement           a note on scope, prior approval, service, guidelines, societies or supply
├── Scale               a scale and its grades
├── Regimen, BillingCode, Approval
├── ChecklistItem       an item of a documentation list
└── SecondRoute         what is left to look at after an outcome
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar, Self

from lutalogic.rules import Source, read_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from lutalogic.rules import Document

#: Fields that are called otherwise in rulebase.json, where they are no words of Python.
_RENAMED = {"start": "from", "about": "kind"}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One piece of reference knowledge: its id, one plain sentence and its sources."""

    kind: ClassVar[str]
    id: str
    sentence: str
    sources: tuple[Source, ...]

    @classmethod
    def read(cls, data: Mapping[str, Any], documents: Mapping[str, Document]) -> Self:
        """Return the entry that a JSON object of rulebase.json states."""
        given = {
            f.name: frozen(data[_RENAMED.get(f.name, f.name)])
            for f in fields(cls)
            if f.name != "sources"
        }
        return cls(sources=read_sources(data["sources"], documents), **given)

    @property
    def text(self) -> str:
        """Return every word of the entry, for looking it up."""
        return " ".join([self.kind, *_strings([getattr(self, f.name) for f in fields(self)])])

    def as_json(self) -> dict[str, Any]:
        """Return the entry as a JSON value: kind and id first, sources last."""
        told = {
            f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("node", "sources")
        }
        sources = [str(source) for source in self.sources]
        return {"kind": self.kind} | {n: _json(v) for n, v in told.items()} | {"sources": sources}


@dataclass(frozen=True, kw_only=True)
class Conditional(Entry):
    """An entry with a condition, which is true, false or unknown of a case."""

    node: int


@dataclass(frozen=True, kw_only=True)
class Recommendation(Conditional):
    """What a guideline lists, as a document quotes it; category is empty where none is printed.

    Two documents that quote one row differently make two recommendations of one topic.
    """

    kind = "recommendation"
    topic: str
    drug: str
    guideline: str
    category: str


@dataclass(frozen=True, kw_only=True)
class Indication(Conditional):
    """A use that the FDA approved; start is a day, or a month where no day is printed."""

    kind = "indication"
    drug: str
    start: str


@dataclass(frozen=True, kw_only=True)
class Trial(Conditional):
    """Whom a trial enrolled."""

    kind = "trial"
    drug: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Verdict(Conditional):
    """What a payer finds of the evidence for an indication: sufficient or insufficient."""

    kind = "verdict"
    policy: str
    finding: str


@dataclass(frozen=True, kw_only=True)
class DiagnosticAgent(Entry):
    """An imaging agent and its approval; start is a day, a month or a year."""

    kind = "diagnostic_agent"
    drug: str
    name: str
    start: str


@dataclass(frozen=True, kw_only=True)
class Statement(Entry):
    """A note for whoever applies some policies.

    `about` is scope, prior_approval, service, guideline, society or supply.
    """

    kind = "statement"
    about: str
    policies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """A step of a scale."""

    value: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Scale(Entry):
    """A scale; its sentence is its title, attributes are the facts that are given on it."""

    kind = "scale"
    attributes: tuple[str, ...]
    grades: tuple[Grade, ...]


@dataclass(frozen=True, kw_only=True)
class Regimen(Entry):
    """The usual course: activity of a dose, interval in weeks, number of doses.

    With a weight_range (lowest and highest body weight in kg) the activity is for each kg.
    """

    kind = "regimen"
    policy: str
    activity: Decimal | int
    unit: str
    weight_range: tuple[int, int] | None
    interval_weeks: int
    doses: int


@dataclass(frozen=True, kw_only=True)
class BillingCode(Entry):
    """A HCPCS code, one unit of which bills one `unit` of activity.

    `activity` and `doses` are the facts that plan a dose and count the doses asked for.
    """

    kind = "billing_code"
    policy: str
    code: str
    unit: str
    activity: str
    doses: str


@dataclass(frozen=True, kw_only=True)
class Approval(Entry):
    """The longest approval, in months and doses."""

    kind = "approval"
    policy: str
    months: int
    doses: int


@dataclass(frozen=True, kw_only=True)
class ChecklistItem(Entry):
    """An item of a documentation list: of each group, some fact must be documented.

    `stage` is an option of the fact that tells initial requests from later ones, or ``any``;
    `criteria` are the ids of those that the item serves.
    """

    kind = "item"
    policy: str
    stage: str
    groups: tuple[tuple[str, ...], ...]
    criteria: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SecondRoute(Entry):
    """What is left to look at after an outcome."""

    kind = "second_route"
    policy: str
    outcome: str


def frozen(value: Any) -> Any:
    """Return a value of rulebase.json with its lists as tuples."""
    if isinstance(value, dict):
        return Grade(**value)
    return tuple(map(frozen, value)) if isinstance(value, list) else value


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, Grade):
        yield from (value.value, value.meaning)
    elif isinstance(value, Source):
        yield from (value.document.payer, value.section)


def _json(value: Any) -> Any:
    if isinstance(value, Grade):
        return {"value": value.value, "meaning": value.meaning}
    if isinstance(value, tuple):
        return [_json(part) for part in value]
    return value if value is None or isinstance(value, (str, int)) else float(value)
