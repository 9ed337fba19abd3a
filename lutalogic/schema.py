# SPDX-License-Identifier: Apache-2.0
"""JSON Schemas of what goes in and comes out, made from the rule base that decides.

Each has a name with a version, which what it describes carries in its field ``schema``: a new
field keeps the version, a field that changes its meaning or goes away raises it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from lutalogic.answers import Outcome, Truth, Unknown
from lutalogic.changes import DOCUMENT
from lutalogic.decision import DECISION_SCHEMA
from lutalogic.errors import InputError
from lutalogic.explain import EXPLANATION_SCHEMA
from lutalogic.flips import FLIPS_SCHEMA
from lutalogic.missing import MISSING_SCHEMA
from lutalogic.possible import INTERVAL_PATTERN
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lutalogic.rules import Attribute

REQUEST_SCHEMA: Final = "lutalogic/request/1"
ERROR_SCHEMA: Final = "lutalogic/error/1"
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Final = {"type": "string"}
_TEXTS: Final = {"type": "array", "items": _TEXT}
_DAY: Final = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\n)$"}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas by the last part of their names, of the rule base in use.

    >>> sorted(schemas())
    ['decision', 'error', 'explanation', 'flips', 'missing', 'request']
    """
    return {name: make() for name, make in _MAKERS.items()}


def decision_schema() -> dict[str, Any]:
    """Return the schema of `Decision.as_json`, which is also an answer of the line protocol."""
    outcomes = _one_of(Outcome)
    changes = {"type": "object", "additionalProperties": outcomes}
    conflict = _object(
        {"about": _TEXT, "criteria": _TEXTS, "speaks_for": _facts(), "speaks_against": _facts()}
    )
    remark = _object({"kind": _TEXT, "message": _TEXT, "facts": _TEXTS})
    fields = _asked() | {
        "criteria": {"type": "object", "additionalProperties": _one_of(Truth)},
        "applies": _one_of(Truth),
        "deciding": _TEXTS,
        "missing": _names(),
        "indeterminate": _TEXTS,
        "conflicts": {"type": "array", "items": conflict},
        "warnings": {"type": "array", "items": remark},
        "depends_on_readings": {"type": "object", "additionalProperties": changes},
        "schema": {"const": DECISION_SCHEMA},
    }
    return _schema(
        DECISION_SCHEMA,
        "A decision: the outcome of one policy for one case on one date of service, and why",
        fields,
        optional={
            "no_text_in_force": _TEXT,
            "id": _id(),
            "patient": _TEXT,
            "derivations": {"type": "object", "additionalProperties": _TEXT},
        },
    )


def explanation_schema() -> dict[str, Any]:
    """Return the schema of `Explanation.as_json`."""
    reason = _object(
        {
            "node": {"type": "integer"},
            "truth": _one_of(Truth),
            "line": _TEXT,
            "parts": {"type": "array", "items": {"$ref": "#/$defs/reason"}},
        },
        {
            "id": _TEXT,
            "sentence": _TEXT,
            "role": {"enum": ["supports", "rules_out", "open"]},
            "facts": _names(),
            "fact": _TEXT,
            "needs": _TEXT,
            "unknown": _one_of(Unknown),
            "joins": {"enum": ["all", "any", "evidence", "not"]},
            "of": {"type": "integer"},
            "readings": _readings(),
            "since": _DAY,
            "derived": _TEXTS,
            "sources": _TEXTS,
        },
    )
    fields = _asked() | {
        "schema": {"const": EXPLANATION_SCHEMA},
        "question": {"enum": ["why", "why_not", "whole"]},
        "criterion": {"type": ["string", "null"]},
        "also": _TEXTS,
        "unknown": {"enum": [None, Unknown.NO_TEXT.value]},
        "note": _TEXT,
        "reasons": {"anyOf": [{"$ref": "#/$defs/reason"}, {"type": "null"}]},
    }
    made = _schema(
        EXPLANATION_SCHEMA,
        "An explanation: a tree of reasons for a decision",
        fields,
        optional={"patient": _TEXT},
    )
    return made | {"$defs": {"reason": reason}}


def missing_schema() -> dict[str, Any]:
    """Return the schema of `Missing.as_json`."""
    names = _names()
    needs = _object(
        {
            "outcome": _one_of((Outcome.MET, Outcome.NOT_MET)),
            "always": names,
            "one_of": {"type": "array", "items": {"type": "array", "items": names}},
            "sets": {"type": "array", "items": _change()},
        }
    )
    fields = _asked() | {
        "schema": {"const": MISSING_SCHEMA},
        "approve": needs,
        "deny": needs,
        "note": _TEXT,
    }
    return _schema(
        MISSING_SCHEMA,
        "What a pending request lacks: all least sets of facts that would settle it",
        fields,
        optional={"patient": _TEXT},
    )


def flips_schema() -> dict[str, Any]:
    """Return the schema of `Flips.as_json`."""
    fields = _asked() | {
        "schema": {"const": FLIPS_SCHEMA},
        "to": {"type": "array", "items": _one_of((Outcome.MET, Outcome.NOT_MET))},
        "flips": {"type": "array", "items": _change()},
        "doses": {"type": ["integer", "null"]},
        "note": _TEXT,
    }
    return _schema(
        FLIPS_SCHEMA,
        "What would turn a decision: the least changes of facts, the nearest first",
        fields,
        optional={"patient": _TEXT},
    )


def _change() -> dict[str, Any]:
    """Return the schema of `Change.as_json`."""
    base = rule_base()
    any_value: dict[str, Any] = {}
    values = _object({"words": _TEXT, "values": {"type": "array"}})
    fact = _object(
        {
            "fact": {"enum": list(base.attributes)},
            "now": any_value,
            "change": {"enum": [DOCUMENT, *base.changes]},
            "supplied_by": {"enum": list(base.suppliers)},
        }
    )
    box = {"type": "object", "additionalProperties": values}
    return _object(
        {
            "facts": {"type": "array", "items": fact},
            "values": {"type": "array", "items": box},
            "outcome": _one_of((Outcome.MET, Outcome.NOT_MET)),
            "example": _facts(),
        }
    )


def request_schema() -> dict[str, Any]:
    """Return the schema of a request of the line protocol."""
    return _schema(
        REQUEST_SCHEMA,
        "A request of the line protocol: one patient, one policy, one date of service",
        {"policy": {"enum": list(rule_base().policies)}, "on": _DAY, "facts": _facts()},
        optional={"id": _id(), "readings": {"anyOf": [_readings(), {"type": "null"}]}},
        closed=False,
    )


def error_schema() -> dict[str, Any]:
    """Return the schema of an answer to a line that cannot be judged."""
    kinds = {"enum": sorted({error.kind for error in _all_errors(InputError)})}
    error = _object({"kind": kinds, "message": _TEXT}, {"at": _TEXT})
    return _schema(
        ERROR_SCHEMA,
        "The answer of the line protocol to a line that cannot be judged",
        {"id": _id(), "error": error},
    )


_MAKERS: Final[dict[str, Callable[[], dict[str, Any]]]] = {
    "decision": decision_schema,
    "explanation": explanation_schema,
    "flips": flips_schema,
    "missing": missing_schema,
    "request": request_schema,
    "error": error_schema,
}


#: The names of the schemas.
SCHEMAS: Final = tuple(_MAKERS)


def _asked() -> dict[str, Any]:
    """Return the fields that say what was decided, for which question, by which rules."""
    text = _object({"from": _DAY, "status": {"enum": ["printed", "reconstructed"]}})
    return {
        "outcome": _one_of(Outcome),
        "policy": {"enum": list(rule_base().policies)},
        "on": _DAY,
        "text": {"anyOf": [text, {"type": "null"}]},
        "readings": _readings(),
        "engine": _TEXT,
        "rule_base": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    }


def _names() -> dict[str, Any]:
    return {"type": "array", "items": {"enum": list(rule_base().attributes)}}


def _facts() -> dict[str, Any]:
    """Return the schema of the facts of a case; null stands for "not documented"."""
    attributes = rule_base().attributes.values()
    fields = {a.name: {"anyOf": [_value(a), {"type": "null"}]} for a in attributes}
    return _object({}, fields)


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


def _readings() -> dict[str, Any]:
    readings = rule_base().readings.values()
    return _object({}, {r.name: {"enum": list(r.values)} for r in readings})


def _id() -> dict[str, Any]:
    return {"type": ["string", "number", "null"]}


def _one_of(answers: Iterable[str]) -> dict[str, Any]:
    return {"enum": [str(answer) for answer in answers]}


def _object(
    fields: dict[str, Any], optional: dict[str, Any] | None = None, *, closed: bool = True
) -> dict[str, Any]:
    made = {"type": "object", "properties": fields | (optional or {}), "required": list(fields)}
    return made | ({"additionalProperties": False} if closed else {})


def _schema(
    name: str,
    title: str,
    fields: dict[str, Any],
    *,
    optional: dict[str, Any] | None = None,
    closed: bool = True,
) -> dict[str, Any]:
    head = {"$schema": _DIALECT, "$id": f"urn:{name.replace('/', ':')}", "title": title}
    return head | _object(fields, optional, closed=closed)


def _all_errors(kind: type[InputError]) -> Iterable[type[InputError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _all_errors(below)
