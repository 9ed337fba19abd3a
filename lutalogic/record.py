# SPDX-License-Identifier: Apache-2.0
"""A patient's record as people keep it, and the facts that follow from it on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from lutalogic import possible
from lutalogic.dates import date_of_service
from lutalogic.derive import derive
from lutalogic.errors import BadRequest, BadValue, did_you_mean
from lutalogic.history import read_entry
from lutalogic.rulebase import rule_base
from lutalogic.units import number_text

if TYPE_CHECKING:
    from datetime import date

    from lutalogic.derivation import Derivation
    from lutalogic.history import Entry
    from lutalogic.possible import Possible
    from lutalogic.rules import Attribute


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from a record on a date of service.

    Attributes:
        facts: The facts, as a case takes them.
        derivations: How each follows, in the order of the rule base.
        remarks: Why a fact does not follow although entries for it are there.
    """

    facts: Mapping[str, Any]
    derivations: tuple[Derivation, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """Dates, histories and values of one patient, validated when it is made.

    An entry that is named is complete: an empty history is a documented "none". One that is not
    named is unknown. `rule_base().recorded` lists the entries.

    >>> record = Record.from_mapping({
    ...     "birth_date": "1965-03-01", "sex": "female", "weight": "70 kg",
    ...     "creatinine": [{"date": "2026-05-28", "value": "1.05 mg/dL"}],
    ...     "doses": {"lutathera": []},
    ... })
    >>> for derivation in record.facts(on="2026-06-01").derivations:
    ...     print(derivation.sentence)  # doctest: +ELLIPSIS
    born 1965-03-01, 61 completed years on 2026-06-01
    Cockcroft-Gault: (140 - 61) x 70 kg x 0.85 / (72 x 1.05 mg/dL) = 62.175925… mL/min ...
    0 before 2026-06-01
    """

    entries: tuple[tuple[str, Entry], ...]

    @classmethod
    def from_mapping(cls, record: Mapping[str, Any]) -> Record:
        """Return the record that a mapping states, as JSON has it.

        Args:
            record: Names of entries to values; the entries of a group stand in a mapping of
                their own (``{"doses": {"lutathera": [...]}}``) or under both names
                (``"doses:lutathera"``). None stands for "not documented".

        Raises:
            BadRequest: An entry or one of its fields is unknown, missing or of the wrong type.
            BadDate: A date is none.
            BadValue: A value is not one that the entry takes, or its unit is unknown.
        """
        if not isinstance(record, Mapping):
            raise BadRequest("the record must be a mapping, name to entry", "record")
        known = rule_base().recorded
        entries: dict[str, Entry] = {}
        for name, value in _flat(record):
            place = f"record.{name}"
            if name not in known:
                raise BadRequest(
                    f"a record has no entry {possible.shown(name)}"
                    f"{did_you_mean(str(name)[:60], known) or '.'} "
                    f"The entries are {', '.join(known)}",
                    place,
                )
            if name in entries:
                raise BadRequest("this entry stands twice; keep one", place)
            if value is not None:
                entries[name] = read_entry(known[name], value, at=place)
        return cls(tuple(sorted(entries.items())))

    def facts(self, *, on: date | str) -> Derived:
        """Return the facts that follow from this record on a date of service.

        Args:
            on: The date of service, as a date or as ``"YYYY-MM-DD"``.

        Raises:
            BadDate: It is no calendar date; or an entry is dated after the date of service, or a
                dose on it.
            OutOfRange: What follows lies outside the range of the fact.
        """
        derivations, remarks = derive(dict(self.entries), on=date_of_service(on))
        return Derived({d.attribute: d.value for d in derivations}, derivations, remarks)


def _flat(record: Mapping[str, Any]) -> list[tuple[str, Any]]:
    groups = {name.partition(":")[0] for name in rule_base().recorded if ":" in name}
    flat: list[tuple[str, Any]] = []
    for name, value in record.items():
        if name in groups and value is not None:
            if not isinstance(value, Mapping):
                raise BadRequest("must be an object, name to list", f"record.{name}")
            flat += [(f"{name}:{inner}", entry) for inner, entry in value.items()]
        elif name not in groups:
            flat.append((name, value))
    return flat


def reconciled(
    stated: Mapping[str, Any], derived: Derived
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the facts stated and derived together, and the derivations of those that are derived.

    A fact that is both must agree: equal; or the one derived rounds to the one stated, as it is
    written, and no limit of a rule lies between them; or one is an interval that holds the other,
    which is then taken.

    Args:
        stated: Facts as a case takes them, in the attributes' own units.
        derived: What follows from the record of the same patient.

    Raises:
        BadValue: A fact is stated and derived, and the two disagree.
        InputError: A stated value is not one that a case takes.
    """
    facts = {name: value for name, value in stated.items() if value is not None}
    sentences: dict[str, str] = {}
    for derivation in derived.derivations:
        name, value = derivation.attribute, derivation.value
        if name in facts:
            attribute = rule_base().attributes[name]
            if not _agree(attribute, facts[name], value):
                raise BadValue(
                    f"stated as {_shown(facts[name])}, but from the record it is "
                    f"{_shown(value)} ({derivation.sentence}); take one away",
                    f"facts.{name}",
                )
            if not _at_least_as_narrow(attribute, value, facts[name]):
                continue
        facts[name] = value
        sentences[name] = derivation.sentence
    return facts, sentences


def _shown(value: object) -> str:
    return number_text(value) if isinstance(value, (Decimal, Fraction)) else possible.shown(value)


def _agree(attribute: Attribute, stated: object, derived: object) -> bool:
    one = possible.possible(attribute, stated, f"facts.{attribute.name}")
    other = possible.possible(attribute, derived, f"record: {attribute.name}")
    if one is None or other is None or one == other:
        return True
    if _within(one, other) or _within(other, one):
        return True
    if not isinstance(one, possible.Number) or not isinstance(other, possible.Number):
        return False
    step = _step(stated)
    near = step is not None and abs(one.value - other.value) * 2 <= step
    low, high = sorted((one.value, other.value))
    return near and not any(low <= limit <= high for limit in _limits(attribute))


def _step(stated: object) -> Fraction | None:
    """Return the place of the last digit of a number as it was written; None if it has none."""
    if isinstance(stated, float):
        stated = Decimal(repr(stated))
    if isinstance(stated, Decimal):
        exponent = stated.as_tuple().exponent
        return Fraction(10) ** exponent if isinstance(exponent, int) else None
    return Fraction(1) if isinstance(stated, int) else None


def _limits(attribute: Attribute) -> set[Fraction]:
    """Return the numbers at which some rule changes its mind: the ends of the cells within."""
    ends: set[Fraction] = set()
    for cell in attribute.cells:
        if isinstance(cell, Mapping):
            ends |= {Fraction(cell["low"]), Fraction(cell["high"])}
        elif isinstance(cell, (int, Decimal)):
            ends.add(Fraction(cell))
    return ends - {Fraction(end) for end in attribute.range}


def _at_least_as_narrow(attribute: Attribute, value: object, other: object) -> bool:
    one = possible.possible(attribute, value, attribute.name)
    two = possible.possible(attribute, other, attribute.name)
    return two is None or (one is not None and (_within(one, two) or not _within(two, one)))


def _within(one: Possible, other: Possible) -> bool:
    """Tell whether every number of one is among those of the other."""
    ends = _ends(one), _ends(other)
    if ends[0] is None or ends[1] is None:
        return False
    (low, low_open, high, high_open), (bottom, bottom_open, top, top_open) = ends[0], ends[1]
    above = low > bottom or (low == bottom and (low_open or not bottom_open))
    below = high < top or (high == top and (high_open or not top_open))
    return above and below


def _ends(value: Possible) -> tuple[Fraction, bool, Fraction, bool] | None:
    if isinstance(value, possible.Number):
        return value.value, False, value.value, False
    if isinstance(value, possible.Span):
        return value.low, value.low_open, value.high, value.high_open
    return None
