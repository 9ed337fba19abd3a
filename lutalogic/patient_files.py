# SPDX-License-Identifier: Apache-2.0
"""Files of patients: JSON (an object or a list), JSON lines, or a table (CSV, TSV).

An object is either the facts themselves, or has them under ``facts`` or a ``record``, or both,
beside any of ``name``, ``story``, ``policy`` (one or a list), ``on`` and ``readings``. Facts may
carry units. Lines and tables are read as they come, so that their length does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final, Literal, NamedTuple

from lutalogic import strict_json, units
from lutalogic.case import Case
from lutalogic.errors import BadRequest, InputError, did_you_mean
from lutalogic.record import Derived, Record, reconciled
from lutalogic.rulebase import rule_base
from lutalogic.table import RawRow, Row, raw_rows, read_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import PurePath

Form = Literal["json", "lines", "csv", "tsv"]

_FIELDS: Final = ("facts", "record", "name", "story", "policy", "on", "readings", "id")
_NOTHING: Final = Derived({}, (), ())


def form_of(path: PurePath) -> Form:
    """Return the form of a file by the end of its name; JSON if that tells nothing.

    >>> from pathlib import Path
    >>> form_of(Path("patients.CSV")), form_of(Path("patient.json"))
    ('csv', 'json')
    """
    known: dict[str, Form] = {
        ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".jsonl": "lines", ".ndjson": "lines",
    }  # fmt: skip
    return known.get(path.suffix.lower(), "json")


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient as a file states one; what it leaves open, the command line says.

    Attributes:
        name: What to call the patient; the place in the file if it has no name.
        facts: The facts stated, names to values, as a case takes them or with units.
        on: The date of service, as text.
        record: What is kept of the patient, as JSON has it or as a `Record`, from which further
            facts follow.
        place: Where in which file.
        unread: Fields that the file has beside these, which are not read.
    """

    name: str
    facts: Mapping[str, Any]
    story: str = ""
    policies: tuple[str, ...] = ()
    on: str | None = None
    readings: Mapping[str, Any] | None = None
    record: Mapping[str, Any] | Record | None = None
    place: str = field(default="", compare=False)
    unread: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return the place in the file, and the name if there is one."""
        return self.name if self.name == self.place else f"{self.place} ({self.name})"

    def derived(self, *, on: date | str) -> Derived:
        """Return what follows from the record on a date of service, with remarks on what does not.

        Raises:
            InputError: The record is not as it should be.
        """
        if self.record is None:
            return _NOTHING
        record = self.record
        kept = record if isinstance(record, Record) else Record.from_mapping(record)
        return kept.facts(on=on)

    def case(self, *, on: date | str) -> Case:
        """Return the case of this patient on a date of service, with its derivations.

        Args:
            on: The date of service; only a record depends on it.

        Raises:
            InputError: A fact or the record is not as it should be, or the two disagree.

        >>> patient = Patient("A", {"albumin_g_l": "4.2 g/dL"}, record={"birth_date": "1965-03-01"})
        >>> case = patient.case(on="2026-06-01")
        >>> case.age_years, case.derivations["age_years"]
        (61, 'born 1965-03-01, 61 completed years on 2026-06-01')
        """
        attributes = rule_base().attributes
        facts = dict(self.facts)
        for name, value in facts.items():
            if type(value) is str and name in attributes:
                facts[name] = units.fact(attributes[name], value, at=f"facts.{name}")
        if self.record is None:
            return Case.from_mapping(facts)
        stated = Case.from_mapping(facts)  # so that what is wrong with a fact is told as such
        derived = self.derived(on=on)
        merged, sentences = reconciled(facts, derived) if derived.facts else (stated.facts, {})
        return Case.from_mapping(merged).with_derivations(sentences)


def read_patients(
    stream: IO[bytes], source: str, *, form: Form = "json"
) -> Iterator[Patient | InputError]:
    """Yield each patient of a file, or, in its place, what is wrong with it.

    Args:
        stream: The file, open for reading bytes. JSON is read whole, all else as it comes.
        source: The name of the file, which names patients that have no name.
        form: What the file is; `form_of` tells it from a name.

    >>> import io
    >>> text = b"name,birth_date,planned_activity_gbq\\nA,1965-03-01,200 mCi\\n"
    >>> [patient] = read_patients(io.BytesIO(text), "patients.csv", form="csv")
    >>> patient.name, patient.case(on="2026-06-01")
    ('A', Case(planned_activity_gbq=Fraction(37, 5), age_years=61))
    """
    for raw in raw_patients(stream, source, form=form):
        yield from patients_of(raw)


class RawLine(NamedTuple):
    """A line of JSON that is not read yet, and its place."""

    place: str
    text: bytes


class RawTableRow(NamedTuple):
    """A row of a table whose cells are not read yet, and the name of its file."""

    source: str
    row: RawRow


#: What a file holds in the place of a patient, before it is read: so other processes can read it.
RawPatient = RawLine | RawTableRow | Patient | InputError


def raw_patients(stream: IO[bytes], source: str, *, form: Form = "json") -> Iterator[RawPatient]:
    """Yield what a file holds in the place of each patient, read no further than to part them.

    Args are those of `read_patients`.
    """
    if form in ("csv", "tsv"):
        for row in raw_rows(stream, tabs=form == "tsv"):
            if isinstance(row, InputError):
                yield _placed(row, source)
            else:
                yield RawTableRow(source, row)
    elif form == "lines":
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield RawLine(f"{source}:{number}", line)
    else:
        yield from _patients(stream.read(), source)


def patients_of(raw: RawPatient) -> Iterator[Patient | InputError]:
    """Yield the patients that a line or row states, or what is wrong with it."""
    match raw:
        case RawTableRow(source, row):
            read = read_row(row)
            if isinstance(read, InputError):
                yield _placed(read, source)
            else:
                yield _of_row(read, source)
        case RawLine(place, text):
            yield from _patients(text, place)
        case _:
            yield raw


def _placed(error: InputError, source: str) -> InputError:
    at = f"{source}: {error.at}" if error.at else source
    return type(error)(error.message, at, patient=_printable(error.patient))


def _of_row(row: Row, source: str) -> Patient:
    place, others = f"{source}: row {row.line}", row.others
    policies = others.get("policy", "").split(";") if others.get("policy") else []
    return Patient(
        name=_printable(others.get("name", others.get("id", place))),
        facts=row.facts,
        story=_printable(others.get("story", "")),
        policies=tuple(policy.strip() for policy in policies),
        on=others.get("on"),
        readings=row.readings or None,
        record=row.record or None,
        place=place,
    )


def _patients(text: bytes, source: str) -> Iterator[Patient | InputError]:
    try:
        data = strict_json.loads(text)
    except InputError as error:
        yield type(error)(error.message, source)
        return
    several = isinstance(data, list)
    for number, item in enumerate(data if several else [data], 1):
        place = f"{source}[{number}]" if several else source
        try:
            yield _patient(item, place)
        except InputError as error:
            given = item.get("name", item.get("id", "")) if isinstance(item, dict) else ""
            at = f"{place}: {error.at}" if error.at else place
            yield type(error)(error.message, at, patient=_printable(given))


def _patient(data: object, source: str) -> Patient:
    if not isinstance(data, dict):
        raise BadRequest("a patient must be a JSON object")
    if "facts" not in data and "record" not in data:
        return Patient(name=source, facts=data, place=source)
    unread = tuple(name for name in data if name not in _FIELDS)
    for name in unread:
        if hint := did_you_mean(name, _FIELDS):
            raise BadRequest(f"there is no field {name!r}{hint}", name)
    policy = data.get("policy", [])
    policies = [policy] if isinstance(policy, str) else policy
    _expect(isinstance(data.get("facts", {}), dict), "facts", "an object, name to value")
    _expect(isinstance(data.get("record", {}), dict), "record", "an object, name to entry")
    _expect(
        isinstance(policies, list) and all(isinstance(p, str) for p in policies),
        "policy",
        "the name of a policy, or a list of them",
    )
    _expect(isinstance(data.get("on", ""), str), "on", 'a date as text, "YYYY-MM-DD"')
    _expect(isinstance(data.get("readings", {}), dict), "readings", "an object, name to value")
    return Patient(
        name=_printable(data.get("name", data.get("id", source))),
        facts=data.get("facts", {}),
        story=_printable(data.get("story", "")),
        policies=tuple(policies),
        on=data.get("on"),
        readings=data.get("readings"),
        record=data.get("record"),
        place=source,
        unread=tuple(map(_printable, unread)),
    )


def _printable(text: object) -> str:
    """Return text without what could steer a terminal."""
    plain = str(text)
    if plain.isprintable():
        return plain
    return "".join(
        c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in plain
    )


def _expect(right: bool, field: str, what: str) -> None:
    if not right:
        raise BadRequest(f"the field {field!r} must be {what}", field)
