# SPDX-License-Identifier: Apache-2.0
"""What JSON Schemas are put together from: facts, readings, outcomes, and objects of fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from lutalogic.answers import Outcome
from lutalogic.possible import INTERVAL_PATTERN
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lutalogic.rules import Attribute

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
TEXT: Final = {"type": "string"}
TEXTS: Final = {"type": "array", "items": TEXT}
DAY: Final = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\n)$"}


def asked() -> dict[str, Any]:
    """Return the fields that say what was decided, for which question, by which rules."""
    text = object_of({"from": DAY, "status": {"enum": ["printed", "reconstructed"]}})
    return {
        "outcome": one_of(Outcome),
        "policy": {"enum": list(rule_base().policies)},
        "on": DAY,
        "text": {"anyOf": [text, {"type": "null"}]},
        "readings": readings(),
        "engine": TEXT,
        "rule_base": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    }


def conflict() -> dict[str, Any]:
    """Return the schema of a conflict of evidence."""
    return object_of(
        {"about": TEXT, "criteria": TEXTS, "speaks_for": facts(), "speaks_against": facts()}
    )


def remark() -> dict[str, Any]:
    """Return the schema of a remark beside a decision."""
    return object_of({"kind": TEXT, "message": TEXT, "facts": TEXTS})


def fact_names() -> dict[str, Any]:
    """Return the schema of a list of names of facts."""
    return {"type": "array", "items": {"enum": list(rule_base().attributes)}}


def facts() -> dict[str, Any]:
    """Return the schema of the facts of a case; null stands for "not documented"."""
    attributes = rule_base().attributes.values()
    fields = {a.name: {"anyOf": [_value(a), {"type": "null"}]} for a in attributes}
    return object_of({}, fields)


def _value(attribute: Attribute) -> dict[str, Any]:
    told = {"description": attribute.meaning + (f" ({attribute.unit})" if attribute.unit else "")}
    match attribute.type:
        case "boolean":
            return told | {"type": "boolean"}
        case "enum":
            return told | {"enum": list(attribute.values)}
        case "set":
            return told | {"type": "array", "items": {"enum": list(attribute.values)}}
        case kind:
            low, high = attribute.range
            exact = {"type": "integer" if kind == "integer" else "number"}
            forms: list[dict[str, Any]] = [
                exact | {"minimum": low, "maximum": high},
                {"type": "string", "pattern": f"^(?:{INTERVAL_PATTERN})(?!\n)$"},
            ]
            return told | {"anyOf": forms + ([{"const": "never"}] if kind == "elapsed" else [])}


def readings() -> dict[str, Any]:
    """Return the schema of readings, name to value."""
    known = rule_base().readings.values()
    return object_of({}, {r.name: {"enum": list(r.values)} for r in known})


def request_id() -> dict[str, Any]:
    """Return the schema of the id of a request."""
    return {"type": ["string", "number", "null"]}


def one_of(answers: Iterable[str]) -> dict[str, Any]:
    """Return the schema of one of some words."""
    return {"enum": [str(answer) for answer in answers]}


def object_of(
    fields: dict[str, Any], optional: dict[str, Any] | None = None, *, closed: bool = True
) -> dict[str, Any]:
    """Return the schema of an object with these fields, and no others unless it is open."""
    made = {"type": "object", "properties": fields | (optional or {}), "required": list(fields)}
    return made | ({"additionalProperties": False} if closed else {})


def schema_of(
    name: str,
    title: str,
    fields: dict[str, Any],
    *,
    optional: dict[str, Any] | None = None,
    closed: bool = True,
) -> dict[str, Any]:
    """Return a schema with its name and version, of an object with these fields."""
    head = {"$schema": _DIALECT, "$id": f"urn:{name.replace('/', ':')}", "title": title}
    return head | object_of(fields, optional, closed=closed)
