# SPDX-License-Identifier: Apache-2.0
"""The rule base, read once from the generated ``rulebase.json``.

Nothing here or below states what a policy asks.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lutalogic.accepted import read_accepted
from lutalogic.claims import read_theorem
from lutalogic.errors import UnknownPolicy, did_you_mean
from lutalogic.knowledge import read_knowledge
from lutalogic.rules import (
    Attribute,
    Criterion,
    Definition,
    Derived,
    Document,
    Finding,
    Node,
    Policy,
    Reading,
    Recorded,
    Text,
    Units,
    Wording,
    read_sources,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lutalogic.accepted import Accepted
    from lutalogic.claims import Theorem
    from lutalogic.knowledge import Knowledge


@dataclass(frozen=True)
class RuleBase:
    """The whole of rulebase.json.

    `plausibility`, `reference` and `theorems` are conditions that no policy needs, which engines
    evaluate like policies. `suppliers` and `changes` say in a sentence what the names that
    attributes have for theirs mean.
    """

    digest: str
    documents: Mapping[str, Document]
    attributes: Mapping[str, Attribute]
    readings: Mapping[str, Reading]
    nodes: tuple[Node, ...]
    wording: Wording
    policies: Mapping[str, Policy]
    plausibility: Policy
    findings: tuple[Finding, ...]
    units: Units
    recorded: Mapping[str, Recorded]
    derived: tuple[Derived, ...]
    reference: Policy
    knowledge: Knowledge
    theorems: Policy
    claims: tuple[Theorem, ...]
    accepted: tuple[Accepted, ...]
    suppliers: Mapping[str, str]
    changes: Mapping[str, str]

    def policy(self, name: object) -> Policy:
        """Return the policy of this name.

        Raises:
            UnknownPolicy: There is none.
        """
        if isinstance(name, Policy):
            return name
        found = self.policies.get(name) if isinstance(name, str) else None
        if found is None:
            hint = self._proposed(str(name)) or "."
            raise UnknownPolicy(
                f"there is no policy {name!r}{hint} The policies are {', '.join(self.policies)}",
                "policy",
            )
        return found

    def _proposed(self, name: str) -> str:
        """Return a clause that proposes the policies of this payer or drug, or the closest."""
        word = name.strip().lower()
        those = [each for each in self.policies if word in each.split("_")]
        return (
            f"; did you mean {' or '.join(those)}?" if those else did_you_mean(name, self.policies)
        )


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
    documents = {d["name"]: Document(**d) for d in data["documents"]}
    named = _definitions(data["names"], documents)
    policies = [_policy(i, policy, documents, named) for i, policy in enumerate(data["policies"])]
    return RuleBase(
        digest=data["digest"],
        documents=documents,
        attributes={a["name"]: _attribute(a) for a in data["attributes"]},
        readings={r["name"]: _reading(r, documents) for r in data["readings"]},
        nodes=tuple(_node(n) for n in data["nodes"]),
        wording=_wording(data),
        policies={policy.name: policy for policy in policies},
        plausibility=_pseudo_policy(
            "plausibility",
            "Values that are hardly right",
            len(policies),
            data["plausibility"],
            named,
        ),
        findings=tuple(Finding(**f) for f in data["plausibility"]["findings"]),
        units=_units(data["units"], data["conversions"]),
        recorded={
            r["name"]: Recorded(**(r | {"values": tuple(r.get("values", ()))}))
            for r in data["recorded"]
        },
        derived=tuple(_derived(d, documents) for d in data["derived"]),
        reference=_pseudo_policy(
            "reference", "Reference knowledge", len(policies) + 1, data["reference"], named
        ),
        knowledge=read_knowledge(data["reference"], documents),
        theorems=_pseudo_policy(
            "theorems", "Conditions of theorems", len(policies) + 2, data["theorems"], named
        ),
        claims=tuple(read_theorem(theorem) for theorem in data["theorems"]["theorems"]),
        accepted=tuple(read_accepted(each) for each in data["accepted_findings"]),
        suppliers={each["name"]: each["sentence"] for each in data["suppliers"]},
        changes={each["name"]: each["sentence"] for each in data["changes"]},
    )


def _units(units: list[dict[str, Any]], conversions: list[dict[str, Any]]) -> Units:
    names = {word: u["name"] for u in units for word in (u["name"], *u["spellings"])}
    factors: dict[str, dict[tuple[str, str], Fraction]] = {}
    for c in conversions:
        factors.setdefault(c["of"], {})[c["from"], c["into"]] = Fraction(c["factor"])
    return Units(names, factors)


def _derived(data: dict[str, Any], documents: Mapping[str, Document]) -> Derived:
    return Derived(
        attribute=data["attribute"],
        rule=data["rule"],
        of=tuple(data["of"]),
        constants={name: Fraction(value) for name, value in data["constants"].items()},
        sentence=data["sentence"],
        sources=read_sources(data["sources"], documents),
    )


def _attribute(data: dict[str, Any]) -> Attribute:
    low, high = data.get("range", (0, 0))
    return Attribute(
        name=data["name"],
        group=data["group"],
        type=data["type"],
        meaning=data["meaning"],
        label=data["label"],
        values=tuple(data.get("values", ())),
        range=(low, high),
        unit=data.get("unit", ""),
        cells=tuple(data["cells"]),
        supplier=data["supplier"],
        change=data["change"],
        grows=data["grows"],
    )


def _definitions(
    names: list[dict[str, Any]], documents: Mapping[str, Document]
) -> Mapping[str, dict[int, Definition]]:
    """Return the definitions that each policy applies; where a node has two, the first counts."""
    found: dict[str, dict[int, Definition]] = {}
    for n in names:
        sources = read_sources(n["sources"], documents)
        entry = Definition(n["name"], n["sentence"], sources, n["opposite"])
        found.setdefault(n["policy"], {}).setdefault(n["node"], entry)
    return found


def _wording(data: dict[str, Any]) -> Wording:
    """Return the words of values, of classes by attribute and bit mask, and of units."""
    options = {a["name"]: a.get("values", ()) for a in data["attributes"]}
    words = data["words"]
    return Wording(
        values=words,
        classes={
            (name, sum(1 << options[name].index(value) for value in entry["values"])): words[
                entry["name"]
            ]
            for entry in data["classes"]
            if entry["name"] in words
            for name in entry["attributes"]
        },
        units={entry["unit"]: entry["words"] for entry in data["unit_words"]},
    )


def _reading(data: dict[str, Any], documents: Mapping[str, Document]) -> Reading:
    return Reading(
        data["name"],
        data["question"],
        tuple(v["value"] for v in data["values"]),
        tuple(v["meaning"] for v in data["values"]),
        read_sources(data["sources"], documents),
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


def _policy(
    index: int,
    data: dict[str, Any],
    documents: Mapping[str, Document],
    named: Mapping[str, Mapping[int, Definition]],
) -> Policy:
    return Policy(
        name=data["name"],
        index=index,
        document=documents[data["document"]],
        title=data["title"],
        nodes=tuple(data["nodes"]),
        root=data["root"],
        applies_to=data["applies_to"],
        attributes=tuple(data["attributes"]),
        readings=tuple(data["readings"]),
        criteria=tuple(
            Criterion(c["id"], c["sentence"], c["node"], read_sources(c["sources"], documents))
            for c in data["criteria"]
        ),
        texts=tuple(
            Text(t["from"], t["status"], t["change"], read_sources(t["sources"], documents))
            for t in data["texts"]
        ),
        advice=tuple(a["sentence"] for a in data["advice"]),
        start_reading=data["in_force_from"]["reading"],
        starts=tuple(data["in_force_from"]["dates"]),
        before=data["before"],
        definitions=named.get(data["name"], {}),
    )


def _pseudo_policy(
    name: str,
    title: str,
    index: int,
    data: dict[str, Any],
    named: Mapping[str, Mapping[int, Definition]],
) -> Policy:
    """Return conditions that decide nothing as a policy, which engines evaluate alike."""
    return Policy(
        name=name,
        index=index,
        document=Document("none", "", "", "", "", "", 0),
        title=title,
        nodes=tuple(data["nodes"]),
        root=-1,
        applies_to=-1,
        attributes=tuple(data["attributes"]),
        readings=tuple(data.get("readings", ())),
        criteria=(),
        texts=(),
        advice=(),
        start_reading=None,
        starts=("0001-01-01",),  # they hold on every day
        before="",
        definitions=named.get(name, {}),
    )
