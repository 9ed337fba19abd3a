# SPDX-License-Identifier: Apache-2.0
"""A patient's facts: frozen, and validated when it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from lutalogic import possible, strict_json
from lutalogic.case_fields import CaseFields
from lutalogic.errors import BadRequest, UnknownAttribute, did_you_mean
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from lutalogic.possible import Possible

_UNKNOWN: Final = "u"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Case(CaseFields):
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

    if not TYPE_CHECKING:  # editors and type checkers know the fields, and nothing else

        def __new__(cls, **facts: Any) -> Case:
            """Refuse a name that is not in the vocabulary, with the nearest that is."""
            _known(facts)
            return super().__new__(cls)

    def __post_init__(self) -> None:
        """Validate every fact, once; all below takes them as they are."""
        attributes = rule_base().attributes
        given = {
            name: possible.plain_scalar(value)
            for name in attributes
            if (value := getattr(self, name)) is not None
        }
        possibles: dict[str, Possible] = {}
        wires: dict[str, str] = {}
        for name, value in given.items():
            attribute = attributes[name]
            known = possible.possible(attribute, value, f"facts.{name}")
            if attribute.type == "set" and isinstance(known, possible.Members):
                given[name] = tuple(possible.option_names(attribute, known.mask))
            object.__setattr__(self, name, given[name])
            if known is not None:
                possibles[name] = known
                wires[name] = known.wire
        object.__setattr__(self, "_facts", given)
        object.__setattr__(self, "_possible", possibles)
        object.__setattr__(self, "_wires", wires)

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
        """Return this case with some facts changed; None takes a fact away."""
        return Case.from_mapping(self.facts | changes)

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

    def __repr__(self) -> str:
        """Return the call that makes an equal case."""
        return f"Case({', '.join(f'{name}={value!r}' for name, value in self.facts.items())})"


def _known(facts: Mapping[str, Any]) -> None:
    attributes = rule_base().attributes
    for name in facts:
        if name not in attributes:
            hint = did_you_mean(str(name), attributes) or "; `lutalogic facts` lists it"
            raise UnknownAttribute(f"{name!r} is not in the vocabulary{hint}", f"facts.{name}")


#: The names of all facts, in the vocabulary's order.
FACTS: Final = tuple(f.name for f in fields(CaseFields))
