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
from lutalogic.rulebase import rule_base
from lutalogic.schema_parts import (
    DAY,
    TEXT,
    TEXTS,
    asked,
    conflict,
    fact_names,
    facts,
    object_of,
    one_of,
    readings,
    remark,
    request_id,
    schema_of,
)
from lutalogic.what_if_schemas import (
    map_schema,
    readings_schema,
    sweep_schema,
    timeline_schema,
    what_if_schema,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

REQUEST_SCHEMA: Final = "lutalogic/request/1"
ERROR_SCHEMA: Final = "lutalogic/error/1"


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas by the last part of their names, of the rule base in use.

    >>> sorted(schemas())
    ['decision', 'error', 'explanation', 'flips', 'missing', 'readings-table', 'request', 'sweep',
    'sweep-map', 'timeline', 'what-if']
    """
    return {name: make() for name, make in _MAKERS.items()}


def decision_schema() -> dict[str, Any]:
    """Return the schema of `Decision.as_json`, which is also an answer of the line protocol."""
    outcomes = one_of(Outcome)
    changes = {"type": "object", "additionalProperties": outcomes}
    fields = asked() | {
        "criteria": {"type": "object", "additionalProperties": one_of(Truth)},
        "applies": one_of(Truth),
        "deciding": TEXTS,
        "missing": fact_names(),
        "indeterminate": TEXTS,
        "conflicts": {"type": "array", "items": conflict()},
        "warnings": {"type": "array", "items": remark()},
        "depends_on_readings": {"type": "object", "additionalProperties": changes},
        "schema": {"const": DECISION_SCHEMA},
    }
    return schema_of(
        DECISION_SCHEMA,
        "A decision: the outcome of one policy for one case on one date of service, and why",
        fields,
        optional={
            "no_text_in_force": TEXT,
            "id": request_id(),
            "patient": TEXT,
            "derivations": {"type": "object", "additionalProperties": TEXT},
        },
    )


def explanation_schema() -> dict[str, Any]:
    """Return the schema of `Explanation.as_json`."""
    reason = object_of(
        {
            "node": {"type": "integer"},
            "truth": one_of(Truth),
            "line": TEXT,
            "parts": {"type": "array", "items": {"$ref": "#/$defs/reason"}},
        },
        {
            "id": TEXT,
            "sentence": TEXT,
            "role": {"enum": ["supports", "rules_out", "open"]},
            "facts": fact_names(),
            "fact": TEXT,
            "needs": TEXT,
            "unknown": one_of(Unknown),
            "joins": {"enum": ["all", "any", "evidence", "not"]},
            "of": {"type": "integer"},
            "readings": readings(),
            "since": DAY,
            "derived": TEXTS,
            "sources": TEXTS,
        },
    )
    fields = asked() | {
        "schema": {"const": EXPLANATION_SCHEMA},
        "question": {"enum": ["why", "why_not", "whole"]},
        "criterion": {"type": ["string", "null"]},
        "also": TEXTS,
        "unknown": {"enum": [None, Unknown.NO_TEXT.value]},
        "note": TEXT,
        "reasons": {"anyOf": [{"$ref": "#/$defs/reason"}, {"type": "null"}]},
    }
    made = schema_of(
        EXPLANATION_SCHEMA,
        "An explanation: a tree of reasons for a decision",
        fields,
        optional={"patient": TEXT},
    )
    return made | {"$defs": {"reason": reason}}


def missing_schema() -> dict[str, Any]:
    """Return the schema of `Missing.as_json`."""
    names = fact_names()
    needs = object_of(
        {
            "outcome": one_of((Outcome.MET, Outcome.NOT_MET)),
            "always": names,
            "one_of": {"type": "array", "items": {"type": "array", "items": names}},
            "sets": {"type": "array", "items": _change()},
        }
    )
    fields = asked() | {
        "schema": {"const": MISSING_SCHEMA},
        "approve": needs,
        "deny": needs,
        "note": TEXT,
    }
    return schema_of(
        MISSING_SCHEMA,
        "What a pending request lacks: all least sets of facts that would settle it",
        fields,
        optional={"patient": TEXT},
    )


def flips_schema() -> dict[str, Any]:
    """Return the schema of `Flips.as_json`."""
    fields = asked() | {
        "schema": {"const": FLIPS_SCHEMA},
        "to": {"type": "array", "items": one_of((Outcome.MET, Outcome.NOT_MET))},
        "flips": {"type": "array", "items": _change()},
        "doses": {"type": ["integer", "null"]},
        "note": TEXT,
    }
    return schema_of(
        FLIPS_SCHEMA,
        "What would turn a decision: the least changes of facts, the nearest first",
        fields,
        optional={"patient": TEXT},
    )


def _change() -> dict[str, Any]:
    """Return the schema of `Change.as_json`."""
    base = rule_base()
    any_value: dict[str, Any] = {}
    values = object_of({"words": TEXT, "values": {"type": "array"}})
    fact = object_of(
        {
            "fact": {"enum": list(base.attributes)},
            "now": any_value,
            "change": {"enum": [DOCUMENT, *base.changes]},
            "supplied_by": {"enum": list(base.suppliers)},
        }
    )
    box = {"type": "object", "additionalProperties": values}
    return object_of(
        {
            "facts": {"type": "array", "items": fact},
            "values": {"type": "array", "items": box},
            "outcome": one_of((Outcome.MET, Outcome.NOT_MET)),
            "example": facts(),
        }
    )


def request_schema() -> dict[str, Any]:
    """Return the schema of a request of the line protocol."""
    return schema_of(
        REQUEST_SCHEMA,
        "A request of the line protocol: one patient, one policy, one date of service",
        {"policy": {"enum": list(rule_base().policies)}, "on": DAY, "facts": facts()},
        optional={"id": request_id(), "readings": {"anyOf": [readings(), {"type": "null"}]}},
        closed=False,
    )


def error_schema() -> dict[str, Any]:
    """Return the schema of an answer to a line that cannot be judged."""
    kinds = {"enum": sorted({error.kind for error in _all_errors(InputError)})}
    error = object_of({"kind": kinds, "message": TEXT}, {"at": TEXT})
    return schema_of(
        ERROR_SCHEMA,
        "The answer of the line protocol to a line that cannot be judged",
        {"id": request_id(), "error": error},
    )


_MAKERS: Final[dict[str, Callable[[], dict[str, Any]]]] = {
    "decision": decision_schema,
    "explanation": explanation_schema,
    "flips": flips_schema,
    "missing": missing_schema,
    "request": request_schema,
    "error": error_schema,
    "sweep": sweep_schema,
    "sweep-map": map_schema,
    "what-if": what_if_schema,
    "timeline": timeline_schema,
    "readings-table": readings_schema,
}


#: The names of the schemas.
SCHEMAS: Final = tuple(_MAKERS)


def _all_errors(kind: type[InputError]) -> Iterable[type[InputError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _all_errors(below)
