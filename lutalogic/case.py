# SPDX-License-Identifier: Apache-2.0
"""A patient's facts: frozen, and validated when it is made."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from copy import copy
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from lutalogic import possible, strict_json
from lutalogic.case_fields import CaseFields
from lutalogic.errors import BadRequest, UnknownAttribute, did_you_mean
from lutalogic.markup import Shown
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from lutalogic.possible import Possible

_UNKNOWN: Final = "u"
#: The names of all facts, in the vocabulary's order.
FACTS: Final = tuple(f.name for f in fields(CaseFields))
_PLACE: Final = {name: place for place, name in enumerate(FACTS)}
#: Types whose values are read alike whenever they are equal, so that the last ones are kept.
_PLAIN: Final = frozenset({bool, int, float, str, Decimal})


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Case(CaseFields, Shown):
    """The documented facts of one patient and one request; what is absent is unknown.

    Numbers are compared as the decimals that were written. Intervals are text, as laboratories
    report them: ``"<5"``, ``">=60"``, ``"2-10"``. An empty list is a documented "none".

    >>> case = Case(age_years=58, ki67_percent="<5", disease_progression_on=["lanreotide"])
    >>> case.ki67_percent
    '<5'
    >>> case.replace(ki67_percent=12).facts["ki67_percent"]
    12
    >>> Case(ki67_percent=120)
    Traceback (most recent call last):
    lutalogic.errors.OutOfRange: facts.ki67_percent: 120 lies outside the range 0 to 100 %;
        check the unit

    Raises:
        UnknownAttribute: A name is not in the vocabulary.
        BadValue: A value is not of its attribute's type.
        OutOfRange: A number lies outside its attribute's range.
    """

    _facts: dict[str, Any] = field(init=False)
    _possible: dict[str, Possible] = field(init=False)
    _wires: dict[str, str] = field(init=False)
    _derivations: Mapping[str, str] = field(init=False)

    if not TYPE_CHECKING:  # editors and type checkers know the fields, and nothing else

        def __init__(self, **facts: Any) -> None:
            """Validate every fact, once; all below takes them as they are.

            The fields that are not given are left to the class, where each is None: a case of a
            few facts need not set all of them.
            """
            _known(facts)
            given = {
                name: facts[name]
                for name in sorted(facts, key=_PLACE.__getitem__)
                if facts[name] is not None
            }
            possibles: dict[str, Possible] = {}
            wires: dict[str, str] = {}
            for name, value in given.items():
                if type(value) in _PLAIN:
                    read = _read_plain(name, value)
                else:
                    given[name], read = _read(name, value)
                if read is not None:
                    possibles[name], wires[name] = read
            self.__dict__.update(
                given, _facts=given, _possible=possibles, _wires=wires, _derivations={}
            )

    @classmethod
    def from_mapping(cls, facts: Mapping[str, Any]) -> Case:
        """Return the case that a mapping of facts states; None stands for "not documented".

        Raises:
            UnknownAttribute: A name is not in the vocabulary.
            BadValue: A value is not of its attribute's type.
            OutOfRange: A number lies outside its attribute's range.
        """
        if not isinstance(facts, Mapping):
            raise BadRequest("the facts must be a mapping, name to value", "facts")
        _known(facts)
        return cls(**facts)

    @classmethod
    def from_json(cls, text: str | bytes) -> Case:
        """Return the case that a JSON object of facts states.

        Raises:
            MalformedJSON: The text is not JSON.
            BadRequest: It is not an object.
            InputError: As for `from_mapping`.
        """
        if not isinstance(text, (str, bytes)):
            raise BadRequest("the facts must be JSON text", "facts")
        facts = strict_json.loads(text)
        if not isinstance(facts, dict):
            raise BadRequest("the facts must be a JSON object, name to value", "facts")
        return cls.from_mapping(facts)

    def replace(self, **changes: Any) -> Case:
        """Return this case with some facts changed; None takes a fact away.

        A fact that keeps its value keeps its derivation.
        """
        case = Case.from_mapping(self.facts | changes)
        kept = {
            name: sentence
            for name, sentence in self._derivations.items()
            if name in case._facts and case._possible.get(name) == self._possible.get(name)
        }
        return case.with_derivations(kept) if kept else case

    def with_derivations(self, derivations: Mapping[str, str]) -> Case:
        """Return an equal case that says of some facts how they were derived.

        Args:
            derivations: Names of documented facts, to one sentence each.

        Raises:
            UnknownAttribute: A name is not in the vocabulary.
            BadRequest: A fact is not documented, or its derivation is not text.

        >>> case = Case(age_years=61).with_derivations({"age_years": "born 1965-03-01"})
        >>> case.derivations["age_years"], case == Case(age_years=61)
        ('born 1965-03-01', True)
        """
        _known(derivations)
        for name, sentence in derivations.items():
            if name not in self._facts or not isinstance(sentence, str):
                raise BadRequest(
                    "a derivation is a sentence about a fact of the case; leave out what is none",
                    f"derivations.{name}",
                )
        case = copy(self)
        object.__setattr__(case, "_derivations", dict(derivations))
        return case

    @property
    def derivations(self) -> Mapping[str, str]:
        """Return how facts were derived from a record, name to sentence; empty if none was."""
        return MappingProxyType(self._derivations)

    @property
    def facts(self) -> dict[str, Any]:
        """Return the documented facts as they were given, in the vocabulary's order."""
        return dict(self._facts)

    @property
    def possible(self) -> Mapping[str, Possible]:
        """Return the documented facts as the sets of values they may still have."""
        return MappingProxyType(self._possible)

    def wire(self, attributes: tuple[str, ...]) -> str:
        """Return these facts as the arguments of an engine's term."""
        wires = self._wires
        return ",".join([wires.get(name, _UNKNOWN) for name in attributes])

    def __eq__(self, other: object) -> bool:
        """Cases are equal if they leave the same values to every fact."""
        return isinstance(other, Case) and self.possible == other.possible

    def __hash__(self) -> int:
        """Return a hash that agrees with equality."""
        return hash(frozenset(self.possible.items()))

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """Print itself in notebooks and in the reports of Hypothesis: what is documented."""
        printer.text(repr(self))

    def __repr__(self) -> str:
        """Return the call that makes an equal case."""
        return f"Case({', '.join(f'{name}={value!r}' for name, value in self.facts.items())})"


def _read(name: str, value: object) -> tuple[object, tuple[Possible, str] | None]:
    """Return a value as a case keeps it, and what it leaves possible, with that on the wire."""
    attribute = rule_base().attributes[name]
    plain = possible.plain_scalar(value)
    known = possible.possible(attribute, plain, f"facts.{name}")
    if isinstance(known, possible.Members):
        plain = tuple(possible.option_names(attribute, known.mask))
    return plain, None if known is None else (known, known.wire)


def _read_plain(name: str, value: Hashable) -> tuple[Possible, str] | None:
    """Return what a plain value leaves possible, as it was read before if it was."""
    try:
        return _read_before(name, type(value), value)
    except TypeError:  # a decimal that signals that it is no number has no hash
        return _read(name, value)[1]


@lru_cache(maxsize=20_000)
def _read_before(name: str, _type: type, value: Hashable) -> tuple[Possible, str] | None:
    """Return what a plain value leaves possible; the type tells 1 from True."""
    return _read(name, value)[1]


def _known(facts: Mapping[str, Any]) -> None:
    attributes = rule_base().attributes
    if facts.keys() <= attributes.keys():
        return
    for name in facts:
        if name not in attributes:
            hint = did_you_mean(str(name), attributes) or "; `lutalogic facts` lists it"
            raise UnknownAttribute(f"{name!r} is not in the vocabulary{hint}", f"facts.{name}")
