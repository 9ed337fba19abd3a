# SPDX-License-Identifier: Apache-2.0
"""The line protocol: one JSON request a line in, one JSON answer a line out.

    {"id": 1, "policy": "wellmark_lutathera", "on": "2026-06-01", "facts": {"age_years": 58}}
    {"id": 1, "outcome": "needs_information", "criteria": {"W-1": "true", ...}, ...}

A line that cannot be judged gets ``{"id": ..., "error": {"kind", "message", "at"}}`` and the lines
after it are still answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from lutalogic import strict_json
from lutalogic.answers import Remark
from lutalogic.case import Case
from lutalogic.decide import decide
from lutalogic.errors import BadRequest, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import IO

    from lutalogic.decision import Decision

#: The fields that a request may have; others are remarked upon and not read.
FIELDS: Final = ("id", "policy", "on", "facts", "readings")


@dataclass(frozen=True, slots=True)
class ParsedRequest:
    """A request whose fields have the right types; its values are judged when it is decided."""

    id: str | int | float | None
    policy: str
    on: str
    facts: Mapping[str, Any]
    readings: Mapping[str, Any] | None
    remarks: tuple[Remark, ...]

    def decide(self, *, engine: str | None = None) -> Decision:
        """Return the decision of this request, by an engine as `decide` takes it."""
        case = Case.from_mapping(self.facts)
        return decide(case, self.policy, on=self.on, readings=self.readings, engine=engine)


def parse_request(data: object) -> ParsedRequest:
    """Return the request that a JSON value states.

    Raises:
        BadRequest: A field is missing, of the wrong type, or named almost like one that is.
    """
    if not isinstance(data, dict):
        raise BadRequest('a request must be a JSON object with "policy", "on" and "facts"')
    for name, kind, article in (
        ("policy", str, "text"),
        ("on", str, "text"),
        ("facts", dict, "an object"),
    ):
        if name not in data:
            near = get_close_matches(name, [f for f in data if f not in FIELDS], n=1, cutoff=0.7)
            hint = f"; did you mean it by {near[0]!r}?" if near else ""
            raise BadRequest(f"the field {name!r} is missing{hint}", name)
        if not isinstance(data[name], kind):
            raise BadRequest(f"the field {name!r} must be {article}", name)
    readings = data.get("readings")
    if readings is not None and not isinstance(readings, dict):
        raise BadRequest("the field 'readings' must be an object, name to value", "readings")
    return ParsedRequest(
        request_id(data), data["policy"], data["on"], data["facts"], readings, _unread(data)
    )


def request_id(data: object) -> str | int | float | None:
    """Return the id of a request, to be given back with its answer; None if it has none.

    Raises:
        BadRequest: It is neither text, a number nor null.
    """
    given = data.get("id") if isinstance(data, dict) else None
    if isinstance(given, Decimal) and given == Decimal(repr(float(given))):
        return float(given)
    if isinstance(given, (list, dict, bool, Decimal)):
        raise BadRequest("the field 'id' must be text or a number of usual size", "id")
    return given


def _unread(data: Mapping[str, Any]) -> tuple[Remark, ...]:
    """Return a remark for each field that is not read, lest a slip of the pen go unseen."""
    remarks = []
    for name in data:
        if name in FIELDS:
            continue
        near = get_close_matches(name, [f for f in FIELDS if f not in data], n=1, cutoff=0.7)
        if near:
            raise BadRequest(f"there is no field {name!r}; did you mean {near[0]!r}?", name)
        message = f"The field {name!r} is no part of a request and was not read"
        remarks.append(Remark("unread", message))
    return tuple(remarks)


def answer(line: str | bytes, *, engine: str | None = None) -> dict[str, Any]:
    """Return the answer to one line: a decision, or an error in its place.

    Args:
        line: The line.
        engine: As of `decide`.

    Raises:
        EngineError: The installation cannot decide.

    >>> line = {"id": 7, "policy": "premera_xofigo", "on": "2026-06-01"}
    >>> answer(strict_json.dumps(line | {"facts": {"age_years": "x"}}))  # doctest: +ELLIPSIS
    {'id': 7, 'error': {'kind': 'value', 'message': ..., 'at': 'facts.age_years'}}
    """
    given = None
    try:
        data = strict_json.loads(line)
        given = request_id(data)
        request = parse_request(data)
        told = {"id": given} | request.decide(engine=engine).as_json()
    except InputError as error:
        return {"id": given, "error": error.as_json()}
    told["warnings"] += [remark.as_json() for remark in request.remarks]
    return told


def answer_lines(lines: Iterable[bytes], output: IO[str], *, engine: str | None = None) -> bool:
    """Answer each line as it comes, flushed at once; tell whether all could be judged."""
    judged = True
    for line in lines:
        told = answer(line.rstrip(b"\r\n"), engine=engine)
        judged = judged and "error" not in told
        output.write(strict_json.dumps(told) + "\n")
        output.flush()
    return judged
