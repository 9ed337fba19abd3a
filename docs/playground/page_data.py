# SPDX-License-Identifier: Apache-2.0
"""What the page knows besides the rules: vocabulary, sentences and words, all from the rule base.

Nothing here decides: the truth of every condition comes from Prolog. What a condition asks is
worded here once for all (`lutalogic.words`), so that the page and the package say the same.
"""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from lutalogic import policies_for, rule_base
from lutalogic.answers import Outcome
from lutalogic.entries import Recommendation, SecondRoute
from lutalogic.errors import InputError
from lutalogic.patient_files import read_patients
from lutalogic.trace import facts_read
from lutalogic.units import number_text
from lutalogic.words import DISCLAIMER, demand_words, option_words, tells_all

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from lutalogic.rules import Attribute, Definition, Node, Policy, Source

#: The headings of the groups of facts in the form.
GROUPS: Final = {
    "request": "What is asked for",
    "patient": "Patient",
    "tumor": "Tumor",
    "imaging": "Imaging",
    "organ_function": "Organ function",
    "treatment_history": "Treatment so far",
    "prostate": "Prostate cancer",
    "toxicity": "Toxicity and laboratory",
}

#: The page of a site that has the ambiguity register.
REGISTER: Final = "rules/ambiguities.html"


def page_data(examples: Iterable[Path], *, site: Path | None = None) -> dict[str, Any]:
    """Return all of it as a JSON value.

    Args:
        examples: Files of worked patients, to choose from on the page.
        site: The folder of a built site in which the playground lies, to link its pages.
    """
    base = rule_base()
    read = {name for policy in base.policies.values() for name in policy.attributes}
    needed = {number for policy in base.policies.values() for number in policy.nodes}
    return {
        "digest": base.digest,
        "disclaimer": DISCLAIMER,
        "groups": GROUPS,
        "attributes": [_attribute(a, a.name in read) for a in base.attributes.values()],
        "suppliers": dict(base.suppliers),
        "readings": [
            {
                "name": reading.name,
                "question": reading.question,
                "values": list(reading.values),
                "meanings": list(reading.meanings),
                **_page(site, REGISTER, f"reading-{_slug(reading.name)}"),
            }
            for reading in base.readings.values()
        ],
        "nodes": {str(number): _node(base.nodes[number]) for number in sorted(needed)},
        "policies": [_policy(policy, site) for policy in base.policies.values()],
        "plausibility": {
            "index": base.plausibility.index,
            "nodes": list(base.plausibility.nodes),
            "attributes": list(base.plausibility.attributes),
            "findings": [
                {
                    "policy": finding.policy,
                    "sentence": finding.sentence,
                    "place": base.plausibility.positions[finding.node],
                    "facts": list(facts_read(finding.node)),
                }
                for finding in base.findings
            ],
        },
        "reference": {
            "index": base.reference.index,
            "attributes": list(base.reference.attributes),
            "readings": list(base.reference.readings),
            "recommendations": [
                {
                    "drug": entry.drug,
                    "guideline": entry.guideline,
                    "category": entry.category,
                    "sentence": entry.sentence,
                    "place": base.reference.positions[entry.node],
                }
                for entry in base.knowledge.entries
                if isinstance(entry, Recommendation)
            ],
        },
        "outcomes": {
            outcome.value: {"words": outcome.words, "payers": outcome.payers_words}
            for outcome in Outcome
        },
        "examples": [patient for path in examples for patient in _patients(path)],
    }


def script(data: dict[str, Any]) -> str:
    """Return the data as an expression of JavaScript."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=False)


def _attribute(attribute: Attribute, asked: bool) -> dict[str, Any]:
    words = option_words(attribute) if attribute.type in ("boolean", "enum", "set") else ()
    names = attribute.values or ("false", "true") if words else ()
    unit = rule_base().wording.units.get(attribute.unit, attribute.unit)
    return {
        "name": attribute.name,
        "group": attribute.group,
        "type": attribute.type,
        "label": attribute.label,
        # What an empty list means, the choices of the field say.
        "meaning": attribute.meaning.partition("; [] =")[0],
        "options": [list(pair) for pair in zip(names, words, strict=True)],
        "range": list(attribute.range),
        "unit": attribute.unit,
        "unit_words": unit,
        "counted": unit == "" and attribute.unit != "",
        "supplier": attribute.supplier,
        "asked": asked,
    }


def _node(node: Node) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": node.kind}
    told |= {"parts": list(node.parts)} if node.parts else {}
    told |= {"why": node.why} if node.why else {}
    told |= {"reading": node.reading} if node.reading else {}
    told |= {"dates": list(node.dates)} if node.dates else {}
    if node.attributes:
        told["attributes"] = list(node.attributes)
        told["needs"] = [demand_words(node), demand_words(node, negated=True)]
        told["trivial"] = [tells_all(node), tells_all(node, negated=True)]
    return told


def _policy(policy: Policy, site: Path | None) -> dict[str, Any]:
    base = rule_base()
    return {
        "name": policy.name,
        "index": policy.index,
        "title": policy.title,
        "number": policy.document.number,
        "before": policy.before,
        "nodes": list(policy.nodes),
        "root": policy.root,
        "attributes": list(policy.attributes),
        "readings": list(policy.readings),
        "start_reading": policy.start_reading,
        "starts": list(policy.starts),
        "texts": [{"start": text.start, "status": text.status} for text in policy.texts],
        "drugs": [d.name for d in base.knowledge.drugs if policy.name in d.policies],
        "on_indication": sorted(base.knowledge.on_indication.get(policy.name, ())),
        "second_routes": [
            {"outcome": entry.outcome, "sentence": entry.sentence}
            for entry in base.knowledge.entries
            if isinstance(entry, SecondRoute) and entry.policy == policy.name
        ],
        "criteria": [
            {
                "id": criterion.id,
                "node": criterion.node,
                "sentence": criterion.sentence,
                "places": _places(policy, criterion.sources),
                **_page(site, f"rules/{policy.name}/{_slug(criterion.id)}.html"),
            }
            for criterion in policy.criteria
        ],
        "definitions": {
            str(number): _definition(policy, definition)
            for number, definition in policy.definitions.items()
        },
    }


def _slug(name: str) -> str:
    return name.replace(" ", "-").replace("_", "-")


def _page(site: Path | None, name: str, anchor: str = "") -> dict[str, str]:
    """Return the address of a page of the site, as the playground sees it, if it is there."""
    page = site / name if site else None
    if page is None or not page.is_file():
        return {}
    if anchor and f'id="{anchor}"' not in page.read_text("utf-8"):
        return {}
    return {"page": f"../{name}" + (f"#{anchor}" if anchor else "")}


def _definition(policy: Policy, definition: Definition) -> dict[str, Any]:
    return {
        "id": definition.name,
        "sentence": definition.sentence,
        "opposite": definition.opposite,
        "places": _places(policy, definition.sources),
    }


def _places(policy: Policy, sources: Iterable[Source]) -> str:
    own = [source for source in sources if source.document is policy.document]
    return "; ".join(f"{source.section}, {source.places}" for source in own)


def _patients(path: Path) -> list[dict[str, Any]]:
    """Return the worked patients of a file, each with its facts as one would type them."""
    found = []
    with path.open("rb") as stream:
        for patient in read_patients(stream, path.name):
            if isinstance(patient, InputError):
                raise patient
            on = str(patient.on)
            case = patient.case(on=on)
            asked = patient.policies or [policy.name for policy in policies_for(case)]
            found.append(
                {
                    "file": path.name,
                    "name": patient.name,
                    "on": on,
                    "policies": list(asked),
                    "readings": dict(patient.readings or {}),
                    "facts": {name: typed(value) for name, value in case.facts.items()},
                }
            )
    return found


def typed(value: Any) -> Any:
    """Return a fact as one would type it: what is no decimal, to four places.

    >>> from fractions import Fraction
    >>> typed(Fraction(200, 3)), typed(Fraction(147, 20)), typed("<5"), typed(True)
    ('66.6667', '7.35', '<5', True)
    """
    match value:
        case bool() | str():
            return value
        case tuple():
            return list(value)
        case float():
            value = Decimal(str(value))
    shown = number_text(Fraction(value))
    return f"{float(value):.4f}" if shown.endswith("\u2026") else shown
