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
    """All reference knowledge.

    Attributes:
        drugs: The drugs.
        entries: What is known of them.
        units: Symbols of activity, to becquerels.
        stages: The fact whose options are the stages of documentation lists.
        not_printed: What the documents do not say.
        on_indication: For each policy, the ids of its criteria that are on the indication.
    """

    drugs: tuple[Drug, ...]
    entries: tuple[Entry, ...]
    units: Mapping[str, int]
    stages: str | None
    not_printed: tuple[NotPrinted, ...]
    on_indication: Mapping[str, frozenset[str]]


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
        on_indication={
            each["policy"]: frozenset(each["criteria"]) for each in data["concerns_indication"]
        },
    )
