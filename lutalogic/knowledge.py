# SPDX-License-Identifier: Apache-2.0
"""All reference knowledge, as rulebase.json has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lutalogic.entries import (
    Approval,
    BillingCode,
    ChecklistItem,
    DiagnosticAgent,
    Entry,
    Indication,
    Recommendation,
    Regimen,
    Scale,
    SecondRoute,
    Statement,
    Trial,
    Verdict,
    frozen,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lutalogic.rules import Document


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug: the policies on it, and the drugs with whose decisions its knowledge is shown too."""

    name: str
    title: str
    policies: tuple[str, ...]
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """What the document of a policy does not say: its verdict, approval or checklist."""

    policy: str
    what: str
    sentence: str


@dataclass(frozen=True)
class Knowledge:
    """All reference knowledge; units map symbols to becquerels, stages names a fact."""

    drugs: tuple[Drug, ...]
    entries: tuple[Entry, ...]
    units: Mapping[str, int]
    stages: str | None
    not_printed: tuple[NotPrinted, ...]


_LISTS: dict[str, type[Entry]] = {
    "recommendations": Recommendation,
    "indications": Indication,
    "trials": Trial,
    "verdicts": Verdict,
    "diagnostic_agents": DiagnosticAgent,
    "statements": Statement,
    "scales": Scale,
    "regimens": Regimen,
    "billing_codes": BillingCode,
    "approvals": Approval,
    "items": ChecklistItem,
    "second_routes": SecondRoute,
}


def read_knowledge(data: Mapping[str, Any], documents: Mapping[str, Document]) -> Knowledge:
    """Return the reference knowledge that rulebase.json states."""
    return Knowledge(
        drugs=tuple(
            Drug(**{name: frozen(value) for name, value in drug.items()}) for drug in data["drugs"]
        ),
        entries=tuple(
            entry.read(stated, documents) for name, entry in _LISTS.items() for stated in data[name]
        ),
        units={unit["symbol"]: unit["becquerels"] for unit in data["activity_units"]},
        stages=data["stages"],
        not_printed=tuple(NotPrinted(**gap) for gap in data["not_printed"]),
    )
