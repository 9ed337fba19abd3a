# SPDX-License-Identifier: Apache-2.0
"""A vector: one request, the answer it must have, and the mistakes it is there to catch.

A vector is one line of JSON; `vector_schema` describes it for programs that know nothing else. Its
request is a request of the line protocol as it stands. Four levels judge an answer to it, each of
which includes those below:

    0   the outcome
    1   every criterion in force
    2   what is missing: the facts it waits for, or all least sets of facts that would settle it
    3   the criteria that decide
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from lutalogic import strict_json
from lutalogic.answers import Outcome, Truth
from lutalogic.errors import BadRequest, InputError
from lutalogic.schema import request_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

VECTOR_SCHEMA: Final = "lutalogic/vector/1"
#: What is judged at each level.
LEVELS: Final = ("outcome", "criteria", "missing", "deciding")
#: A set of sets of facts, as in what would approve.
Sets = frozenset[frozenset[str]]
#: The form of a vector's name: parts of plain letters, none of which leads out of a folder.
ID_FORM: Final = r"^(?!(.*/)?\.\.?(/|$))[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$"
_OUTCOMES: Final = tuple(outcome.value for outcome in Outcome)
_TRUTHS: Final = tuple(truth.value for truth in Truth)


@dataclass(frozen=True, slots=True)
class Catch:
    """A mistake that a vector catches: whoever makes it answers the vector wrongly.

    Attributes:
        mutant: The name of the mistake in the suite; vectors that name the same catch the same.
        criterion: The id of the criterion in which it is made; empty if it is in none.
        mistake: The mistake in words.
    """

    mutant: str
    criterion: str
    mistake: str

    def as_json(self) -> dict[str, Any]:
        """Return the catch as a vector states it."""
        return {"mutant": self.mutant, "criterion": self.criterion, "mistake": self.mistake}


@dataclass(frozen=True, slots=True)
class Expected:
    """The answer that a vector must have; of what is None, nothing is asked.

    Attributes:
        outcome: The outcome.
        criteria: The truth of every criterion in force, by id.
        approve: All least sets of facts that would make it met.
        deny: All least sets of facts that would make it not met.
        waits_for: The facts on which the outcome waits.
        deciding: The ids of the criteria that decide.
        readings: Of an acceptable answer, the readings under which it is the answer.
    """

    outcome: str
    criteria: Mapping[str, str] | None = field(default=None, hash=False)
    approve: Sets | None = None
    deny: Sets | None = None
    waits_for: frozenset[str] | None = None
    deciding: frozenset[str] | None = None
    readings: Mapping[str, str] = field(default_factory=dict, hash=False)

    def as_json(self) -> dict[str, Any]:
        """Return the answer as a vector states it, sets in alphabetical order."""
        told: dict[str, Any] = {"outcome": self.outcome}
        if self.criteria is not None:
            told["criteria"] = dict(self.criteria)
        if self.approve is not None and self.deny is not None:
            told["missing"] = {"approve": _listed(self.approve), "deny": _listed(self.deny)}
        if self.waits_for is not None:
            told["waits_for"] = sorted(self.waits_for)
        if self.deciding is not None:
            told["deciding"] = sorted(self.deciding)
        return told | ({"readings": dict(self.readings)} if self.readings else {})

    def beside(self, expect: Expected) -> dict[str, Any]:
        """Return what differs from the answer expected, and the readings."""
        mine, usual = self.as_json(), expect.as_json()
        return {
            name: mine.get(name)  # None: not stated here, though it is there
            for name in ("outcome", "criteria", "missing", "waits_for", "deciding", "readings")
            if mine.get(name) != usual.get(name)
        }


@dataclass(frozen=True, slots=True)
class Vector:
    """One request with the answer it must have.

    Attributes:
        id: Its name in the suite, which no other vector has.
        level: The level from which on it is needed.
        request: The request, a JSON value as the line protocol takes it.
        expect: The answer it must have.
        acceptable: Other answers that another reading of the text admits.
        catches: The mistakes that it catches.
        needs: What an implementation must support to be asked at all, such as ``intervals``.
    """

    id: str
    level: int
    request: Mapping[str, Any] = field(hash=False)
    expect: Expected
    acceptable: tuple[Expected, ...] = ()
    catches: tuple[Catch, ...] = ()
    needs: frozenset[str] = frozenset()

    @property
    def policy(self) -> str:
        """Return the name of the policy that is asked."""
        return str(self.request["policy"])

    def as_json(self) -> dict[str, Any]:
        """Return the vector as a JSON value, of the schema that it names."""
        return {
            "schema": VECTOR_SCHEMA,
            "id": self.id,
            "level": self.level,
            "request": dict(self.request),
            "expect": self.expect.as_json(),
            "acceptable": [each.beside(self.expect) for each in self.acceptable],
            "catches": [each.as_json() for each in self.catches],
            "needs": sorted(self.needs),
        }


def vector_of(data: object) -> Vector:
    """Return the vector that a JSON value states.

    Raises:
        BadRequest: A field is missing or not of its form, or the schema is another one.

    >>> request = {"policy": "premera_xofigo", "on": "2026-06-01", "facts": {"age_years": 17}}
    >>> vector = {"schema": VECTOR_SCHEMA, "id": "child", "level": 0, "request": request}
    >>> vector_of(vector | {"expect": {"outcome": "not_met"}}).policy
    'premera_xofigo'
    """
    name = ascii(str(data.get("id", "?")))[1:-1] if isinstance(data, dict) else "?"
    if not isinstance(data, dict) or data.get("schema") != VECTOR_SCHEMA:
        raise BadRequest(f"is no vector of the schema {VECTOR_SCHEMA}", name)
    try:
        request = data["request"]
        if not isinstance(request["facts"], dict):
            raise TypeError("its facts are no object")
        if type(data["level"]) is not int:
            raise TypeError(f"the level {data['level']!r} is no whole number")
        if "/" in plain_name(request["policy"]):
            raise ValueError(f"{request['policy']!r} is no plain name")
        _among(request["on"], None)
        return Vector(
            id=plain_name(data["id"]),
            level=_among(data["level"], range(len(LEVELS))),
            request={"id": data["id"]} | request,
            expect=_expected(data["expect"]),
            acceptable=tuple(
                _expected(data["expect"] | each) for each in data.get("acceptable", [])
            ),
            catches=tuple(_catch(each) for each in data.get("catches", [])),
            needs=texts_of(data.get("needs", [])),
        )
    except KeyError as error:
        raise BadRequest(f"is no whole vector: {error} is missing", name) from None
    except (TypeError, ValueError, AttributeError) as error:
        raise BadRequest(f"is no right vector: {error}", name) from None


def read_vectors(lines: Iterable[str | bytes], name: str = "") -> Iterator[Vector]:
    """Yield the vectors of a file of JSON lines.

    Args:
        lines: The lines.
        name: What to call the file in messages.

    Raises:
        InputError: A line is no vector; the message says which and why.
    """
    for number, line in enumerate(lines, 1):
        try:
            yield vector_of(strict_json.loads(line))
        except InputError as error:
            place = f"{name}:{number}: {error.at}".removesuffix(": ")
            raise type(error)(error.message, place) from None


def vector_line(vector: Vector) -> str:
    """Return a vector as a line of its file, without the end of the line."""
    return strict_json.dumps(vector.as_json())


def vector_schema() -> dict[str, Any]:
    """Return the JSON Schema of a vector, which says all that a program must know to use it."""
    request = {k: v for k, v in request_schema().items() if k not in ("$schema", "$id")}
    texts = {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
    sets = {"type": "array", "items": texts}
    answer = {
        "outcome": _told("The outcome; compared from level 0 on.", enum=list(_OUTCOMES)),
        "criteria": _told(
            "The truth of every criterion in force, and of no other; compared from level 1 on.",
            type="object",
            additionalProperties={"enum": list(_TRUTHS)},
        ),
        "missing": _told(
            "All least sets of facts that, once documented, can make the outcome met (approve) or "
            "not met (deny). Compared from level 2 on with an answer's `missing`, if that is an "
            "object of these two lists; neither order matters.",
            **_closed({"approve": sets, "deny": sets}),
        ),
        "waits_for": _told(
            "The facts on which a pending outcome waits. Compared from level 2 on with an "
            "answer's `missing`, if that is a list; the order does not matter.",
            **texts,
        ),
        "deciding": _told(
            "The criteria that decide the outcome. Compared at level 3 with an answer's "
            "`deciding`; the order does not matter.",
            **texts,
        ),
    }
    readings = {"type": "object", "additionalProperties": {"type": "string"}}
    level = {"enum": list(range(len(LEVELS)))}
    catch = {
        "mutant": _told(
            "The name of the mistake; vectors naming it catch the same.", type="string"
        ),
        "criterion": _told("The criterion in which it is made, or nothing.", type="string"),
        "mistake": _told("The mistake in words.", type="string"),
    }
    fields = {
        "schema": {"const": VECTOR_SCHEMA},
        "id": _told(
            "The vector's name, which no other of the suite has.", type="string", pattern=ID_FORM
        ),
        "level": _told(
            "0 outcome, 1 every criterion, 2 missing facts, 3 deciding criteria. Whoever is to be "
            "judged at a level is asked the vectors of this level and of those below, and every "
            "answer is compared up to that level in what the vector states.",
            **level,
        ),
        "request": _told("Sent as it stands, on one line.", **request),
        "expect": _told("The answer it must have.", **_closed(answer, required=["outcome"])),
        "acceptable": _told(
            "Answers that are right too, because another reading of the text admits them. Each "
            "states what differs from `expect`, and null for what is not to be compared; all else "
            "is as there. Whoever answers by a reading must do so throughout.",
            type="array",
            items=_closed(
                {name: {"anyOf": [told, {"type": "null"}]} for name, told in answer.items()}
                | {"readings": _told("The readings that make it the answer.", **readings)},
                required=["readings"],
            ),
        ),
        "catches": _told(
            "The mistakes that it is there to catch.",
            type="array",
            items=_closed(catch),
        ),
        "needs": _told(
            "What an implementation must support to be asked this: intervals as values, readings "
            "in the request, dates of service before the text now in force, and so on.",
            **texts,
        ),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{VECTOR_SCHEMA.replace('/', ':')}",
        "title": "A vector: one request of the line protocol and the answer it must have",
    } | _closed(fields)


def _told(description: str, **schema: Any) -> dict[str, Any]:
    return {"description": description} | schema


def _closed(fields: dict[str, Any], *, required: list[str] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields) if required is None else required,
        "additionalProperties": False,
    }


def _expected(data: Mapping[str, Any]) -> Expected:
    criteria, missing = data.get("criteria"), data.get("missing")
    return Expected(
        outcome=_among(data["outcome"], _OUTCOMES),
        criteria=None
        if criteria is None
        else {name: _among(truth, _TRUTHS) for name, truth in criteria.items()},
        approve=None if missing is None else _sets_of(missing["approve"]),
        deny=None if missing is None else _sets_of(missing["deny"]),
        waits_for=_stated(data.get("waits_for")),
        deciding=_stated(data.get("deciding")),
        readings={name: _among(value, None) for name, value in data.get("readings", {}).items()},
    )


def _catch(data: Mapping[str, str]) -> Catch:
    return Catch(**{name: _among(value, None) for name, value in data.items()})


def plain_name(name: object) -> str:
    """Return a name that is of the form of a vector's.

    Raises:
        ValueError: It is not.
    """
    if not isinstance(name, str) or not re.fullmatch(ID_FORM.removesuffix("$"), name):
        raise ValueError(f"{name!r} is no plain name")
    return name


def set_of_sets(lists: Iterable[Iterable[str]]) -> Sets:
    """Return lists of names as what they are compared as, sets."""
    return frozenset(frozenset(names) for names in lists)


def texts_of(names: object) -> frozenset[str]:
    """Return a list of texts, as JSON has it, as a set.

    Raises:
        TypeError: It is none.
    """
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise TypeError(f"{names!r} is no list of texts")
    return frozenset(names)


def _sets_of(lists: object) -> Sets:
    if not isinstance(lists, list):
        raise TypeError(f"{lists!r} is no list of lists")
    return frozenset(map(texts_of, lists))


def _stated(names: object) -> frozenset[str] | None:
    return None if names is None else texts_of(names)


def _among(value: Any, known: Iterable[Any] | None) -> Any:
    """Return a value that is one of those known, or text where none are."""
    if isinstance(value, bool) or not (isinstance(value, str) if known is None else value in known):
        raise ValueError(f"{value!r} is none of its values")
    return value


def _listed(sets: Sets) -> list[list[str]]:
    return sorted((sorted(names) for names in sets), key=lambda names: (len(names), names))
