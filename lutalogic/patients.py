# SPDX-License-Identifier: Apache-2.0
"""Files of patients: a JSON object, a list of objects, or one object a line.

An object is either the facts themselves, or has them under ``facts`` beside any of ``name``,
``story``, ``policy`` (one or a list), ``on`` and ``readings``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lutalogic import strict_json
from lutalogic.errors import BadRequest, InputError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FIELDS: Final = ("facts", "name", "story", "policy", "on", "readings", "id")


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient as a file states one; what it leaves open, the command line says."""

    name: str
    facts: Mapping[str, Any]
    story: str = ""
    policies: tuple[str, ...] = ()
    on: str | None = None
    readings: Mapping[str, Any] | None = None


def read_patients(text: bytes, source: str, *, lines: bool) -> Iterator[Patient | InputError]:
    """Yield each patient of a file, or, in its place, what is wrong with it.

    Args:
        text: The content of the file.
        source: The name of the file, which names patients that have no name.
        lines: Whether each line is an object of its own (JSON lines).
    """
    if lines:
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield from _patients(line, f"{source}:{number}")
    else:
        yield from _patients(text, source)


def _patients(text: bytes, source: str) -> Iterator[Patient | InputError]:
    try:
        data = strict_json.loads(text)
    except InputError as error:
        yield type(error)(error.message, source)
        return
    several = isinstance(data, list)
    for number, item in enumerate(data if several else [data], 1):
        try:
            yield _patient(item, f"{source}[{number}]" if several else source)
        except InputError as error:
            place = f"{source}[{number}]" if several else source
            yield type(error)(error.message, f"{place}: {error.at}" if error.at else place)


def _patient(data: object, source: str) -> Patient:
    if not isinstance(data, dict):
        raise BadRequest("a patient must be a JSON object")
    if "facts" not in data:
        return Patient(name=source, facts=data)
    for name in data:
        if name not in _FIELDS and (hint := did_you_mean(name, _FIELDS)):
            raise BadRequest(f"there is no field {name!r}{hint}", name)
    policy = data.get("policy", [])
    policies = [policy] if isinstance(policy, str) else policy
    _expect(isinstance(data["facts"], dict), "facts", "an object, name to value")
    _expect(
        isinstance(policies, list) and all(isinstance(p, str) for p in policies),
        "policy",
        "the name of a policy, or a list of them",
    )
    _expect(isinstance(data.get("on", ""), str), "on", 'a date as text, "YYYY-MM-DD"')
    _expect(isinstance(data.get("readings", {}), dict), "readings", "an object, name to value")
    return Patient(
        name=_printable(data.get("name", data.get("id", source))),
        facts=data["facts"],
        story=_printable(data.get("story", "")),
        policies=tuple(policies),
        on=data.get("on"),
        readings=data.get("readings"),
    )


def _printable(text: object) -> str:
    """Return text without what could steer a terminal."""
    return "".join(
        c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in str(text)
    )


def _expect(right: bool, field: str, what: str) -> None:
    if not right:
        raise BadRequest(f"the field {field!r} must be {what}", field)
