# SPDX-License-Identifier: Apache-2.0
"""JSON Schemas of sweeps, maps, what-ifs, timelines and tables of readings."""

from __future__ import annotations

from typing import Any

from lutalogic.answers import Outcome, Truth
from lutalogic.readings_table import READINGS_SCHEMA
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
    schema_of,
)
from lutalogic.sweep_maps import MAP_SCHEMA
from lutalogic.sweeps import SWEEP_SCHEMA
from lutalogic.timeline import TIMELINE_SCHEMA
from lutalogic.what_if import WHAT_IF_SCHEMA

_FLAG = {"type": "boolean"}
_NUMBER = {"type": "number"}
_NULL = {"type": "null"}


def sweep_schema() -> dict[str, Any]:
    """Return the schema of `Sweep.as_json`."""
    band = object_of(
        _run()
        | {
            "outcome": one_of(Outcome),
            "criteria": {"type": "object", "additionalProperties": one_of(Truth)},
            "varying": TEXTS,
        }
    )
    turn = object_of({
        "number": _NUMBER,
        "belongs_to": {"enum": ["above", "below"]},
        "before": one_of(Outcome),
        "after": one_of(Outcome),
        "criteria": TEXTS,
    })  # fmt: skip
    return schema_of(
        SWEEP_SCHEMA,
        "A sweep: the outcomes of a case for every value of one of its facts, by policy",
        _fields(SWEEP_SCHEMA)
        | _axis()
        | {"by": _by(), "policies": _list(_question(bands=_list(band), breakpoints=_list(turn)))},
    )


def map_schema() -> dict[str, Any]:
    """Return the schema of `SweepMap.as_json`."""
    runs = _list(object_of(_run()))
    outcomes = _list(_list(one_of(Outcome)))
    return schema_of(
        MAP_SCHEMA,
        "A map: the outcomes of a case for all values of two of its facts, by policy",
        _fields(MAP_SCHEMA)
        | {
            "x": object_of(_axis()),
            "y": object_of(_axis()),
            "by": _by(),
            "policies": _list(_question(x=runs, y=runs, outcomes=outcomes)),
        },
    )


def what_if_schema() -> dict[str, Any]:
    """Return the schema of `WhatIf.as_json`."""
    both: dict[str, Any] = {"before": {}, "after": {}}
    change = _question(
        outcome=object_of({"before": one_of(Outcome), "after": one_of(Outcome)}),
        criteria=_criteria(),
        new_conflicts=_list(conflict()),
        gone_conflicts=_list(conflict()),
        new_warnings=_list(remark()),
        gone_warnings=_list(remark()),
        missing=object_of({"before": fact_names(), "after": fact_names()}),
    )
    return schema_of(
        WHAT_IF_SCHEMA,
        "A what-if: two decisions on a case, as it is and with some facts changed, by policy",
        _fields(WHAT_IF_SCHEMA)
        | {
            "changed": {"type": "object", "additionalProperties": object_of(both)},
            "policies": _list(change),
        },
    )


def timeline_schema() -> dict[str, Any]:
    """Return the schema of `Timeline.as_json`."""
    day = {"anyOf": [DAY, _NULL]}
    period = object_of({
        "from": day,
        "before": day,
        "text": asked()["text"],
        "outcome": one_of(Outcome),
        "deciding": TEXTS,
        "criteria": _criteria(),
    })  # fmt: skip
    return schema_of(
        TIMELINE_SCHEMA,
        "A timeline: the outcomes of a case by each dated text of a policy",
        _fields(TIMELINE_SCHEMA)
        | {
            "policy": {"enum": list(rule_base().policies)},
            "readings": readings(),
            "no_text_before": TEXT,
            "periods": _list(period),
        },
    )


def readings_schema() -> dict[str, Any]:
    """Return the schema of `ReadingsTable.as_json`."""
    row = object_of({
        "reading": {"enum": list(rule_base().readings)},
        "value": TEXT,
        "meaning": TEXT,
        "default": _FLAG,
        "taken": _FLAG,
        "outcome": one_of(Outcome),
        "turns": _FLAG,
        "criteria": _criteria(),
    })  # fmt: skip
    return schema_of(
        READINGS_SCHEMA,
        "A table of readings: the outcomes of a case under every value of every reading",
        _fields(READINGS_SCHEMA) | {"policies": _list(_question(rows=_list(row)))},
    )


def _fields(name: str) -> dict[str, Any]:
    """Return the fields that all of them have."""
    made = {name: told for name, told in asked().items() if name in ("engine", "rule_base")}
    return {"schema": {"const": name}, "facts": facts(), **made}


def _question(**fields: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of what is told of one policy."""
    known = {"name": TEXT, **{name: asked()[name] for name in ("policy", "on", "readings")}}
    return object_of(known | fields)


def _axis() -> dict[str, Any]:
    return {"fact": {"enum": list(rule_base().attributes)}, "unit": TEXT}


def _by() -> dict[str, Any]:
    return {"enum": ["outcome", "criteria"]}


def _run() -> dict[str, Any]:
    numbers = object_of({"low": _NUMBER, "low_open": _FLAG, "high": _NUMBER, "high_open": _FLAG})
    return {"words": TEXT, "value": {}, "numbers": {"anyOf": [numbers, _NULL]}, "here": _FLAG}


def _criteria() -> dict[str, Any]:
    truth = {"enum": [*map(str, Truth), None]}
    return _list(object_of({"id": TEXT, "sentence": TEXT, "before": truth, "after": truth}))


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}
