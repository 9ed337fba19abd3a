# SPDX-License-Identifier: Apache-2.0
"""What came of comparing two policies: values that say what was proved, with patients."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from lutalogic.markup import Shown
from lutalogic.possible import json_value
from lutalogic.requirements import criterion_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lutalogic.answers import Outcome, Remark, Truth
    from lutalogic.case import Case
    from lutalogic.decision import Decision
    from lutalogic.requirements import Exemption, Requirement
    from lutalogic.rules import Criterion
    from lutalogic.sides import Side


class Relation(StrEnum):
    """How the requests to which A gives an outcome stand to those to which B gives it."""

    EQUIVALENT = "equivalent"
    NARROWER = "narrower"
    WIDER = "wider"
    INCOMPARABLE = "incomparable"
    #: Of the requests compared, none has the outcome at A, at B, or at either: nothing to compare.
    A_NEVER = "a_never"
    B_NEVER = "b_never"
    NEITHER = "neither"


@dataclass(frozen=True)
class Witness:
    """A smallest request, with what the reference engine decided of it on either side.

    Attributes:
        case: The facts; nothing can be left out, and where it can be had, nothing is implausible.
        a: The decision of A.
        b: The decision of B.
    """

    case: Case
    a: Decision
    b: Decision

    def as_json(self) -> dict[str, Any]:
        """Return the request as a JSON value, with both outcomes and what decides them."""
        told: dict[str, Any] = {
            "facts": {name: json_value(value) for name, value in self.case.facts.items()}
        }
        for name, decision in (("a", self.a), ("b", self.b)):
            told[name] = {"outcome": decision.outcome.value, "deciding": list(decision.deciding)}
        told["warnings"] = [warning.as_json() for warning in self.warnings]
        return told

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """Return what is hardly right about the facts of a request at either side."""
        return tuple(dict.fromkeys((*self.a.warnings, *self.b.warnings)))


@dataclass(frozen=True)
class Compared:
    """How one outcome of A and of B compare, over every request.

    Attributes:
        outcome: ``met`` or ``not_met``.
        relation: What was proved.
        only_a: A request to which A alone gives the outcome; one that B decides the other way, if
            there is any, rather than one that pends there. None if there is none.
        only_b: Likewise, to which B alone gives it.
    """

    outcome: Outcome
    relation: Relation
    only_a: Witness | None
    only_b: Witness | None

    def __bool__(self) -> bool:
        """Refuse: a comparison is no yes or no by itself."""
        raise TypeError("compare its relation, as in: relation is Relation.NARROWER")

    def as_json(self) -> dict[str, Any]:
        """Return the result as a JSON value."""
        told: dict[str, Any] = {"relation": self.relation.value}
        for name in ("only_a", "only_b"):
            witness: Witness | None = getattr(self, name)
            told[name] = witness and witness.as_json()
        return told


@dataclass(frozen=True)
class Beside:
    """A criterion of the other side that reads the same facts, or is the same read otherwise.

    Attributes:
        criterion: The criterion.
        unless: Where one of these holds, it need not.
        facts: The facts that both read, without those of the request itself if both read others.
        here: Where it is the same criterion, what it asks on this side alone, line by line, below
            the lines of which it is a part.
        there: Likewise, on the other side alone.
    """

    criterion: Criterion
    unless: tuple[Exemption, ...]
    facts: tuple[str, ...]
    here: tuple[str, ...] = ()
    there: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the criterion as a JSON value, with the facts."""
        return {
            **criterion_json(self.criterion),
            "unless": [exemption.sentence for exemption in self.unless],
            "facts": list(self.facts),
            "here": list(self.here),
            "there": list(self.there),
        }


@dataclass(frozen=True)
class Difference:
    """A requirement of one side that some request met by the other does not fulfil.

    Attributes:
        requirement: The requirement.
        at_worst: False if such a request can break it, unknown if it can but leave it open.
        alone: Whether it can hold back alone a request that the other side meets: false if all
            other requirements can hold and it is false, unknown if it can but be open, else None.
        request: If it can deny alone, a smallest request for that: the other side meets it, all
            other requirements of this side hold, and this one does not.
        beside: Of a text of the same policy, the criteria that it reads otherwise, if they are in
            force there; else at most two of the other side's criteria that read the same facts, the
            closest first.
    """

    requirement: Requirement
    at_worst: Truth
    alone: Truth | None
    request: Witness | None
    beside: tuple[Beside, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the difference as a JSON value."""
        return {
            **self.requirement.as_json(),
            "at_worst": self.at_worst.value,
            "alone": None if self.alone is None else self.alone.value,
            "request": self.request and self.request.as_json(),
            "beside": [criterion.as_json() for criterion in self.beside],
        }


@dataclass(frozen=True, repr=False)
class Comparison(Shown):
    """What A covers and B does not, and the other way round, proved over every request.

    Printed, it is the page of the terminal as plain text; a notebook shows it as HTML.

    Attributes:
        a: One side.
        b: The other.
        given: The facts of the requests compared, as given or known more exactly.
        met: How the requests that are met compare.
        not_met: How those compare that are not met.
        both: A request that is met by both; None if there is none.
        b_asks: The requirements of B that a request met by A may lack, in B's order.
        a_asks: Those of A that a request met by B may lack.
        for_b: What must be asked besides of a request that A meets so that B meets it too: none of
            these can be left out. Nothing, if A's meeting it is enough; None, if nothing is enough,
            because no request compared is met by both.
        for_a: Likewise, of a request that B meets.
        rule_base: The digest of the rule base.
        text: What makes the page of a comparison, as plain text.
        markdown: What makes its Markdown.
    """

    a: Side
    b: Side
    given: Case
    met: Compared
    not_met: Compared
    both: Witness | None
    b_asks: tuple[Difference, ...]
    a_asks: tuple[Difference, ...]
    for_b: tuple[Requirement, ...] | None
    for_a: tuple[Requirement, ...] | None
    rule_base: str
    text: Callable[[Comparison], str] = field(compare=False)
    markdown: Callable[[Comparison], str] = field(compare=False)

    @property
    def identical(self) -> bool:
        """Tell whether both sides give every request compared the same of the three outcomes."""
        same = (Relation.EQUIVALENT, Relation.NEITHER)
        return self.met.relation in same and self.not_met.relation in same

    @property
    def disjoint(self) -> bool:
        """Tell whether each side meets some request compared, and none is met by both."""
        never = (Relation.A_NEVER, Relation.B_NEVER, Relation.NEITHER)
        return self.both is None and self.met.relation not in never

    @property
    def names(self) -> tuple[str, str]:
        """Return how to call the sides in a sentence: by what tells them apart."""
        return _name(self.a, self.b), _name(self.b, self.a)

    @property
    def verdict(self) -> str:
        """Return in a sentence or two how the sides compare."""
        a, b = self.names
        such = "such " if self.given.possible else ""
        if self.identical and self.met.relation is Relation.EQUIVALENT:
            return f"{a} and {b} decide every {such}request alike."
        told = _MET[self.met.relation].format(a=a, b=b)
        if self.disjoint:
            told = f"{a} and {b} exclude each other: no {such}request is met by both."
        return f"{told} {_NOT_MET[self.not_met.relation].format(a=a, b=b)}"

    def as_json(self) -> dict[str, Any]:
        """Return the comparison as a JSON value."""
        return {
            "a": self.a.as_json(),
            "b": self.b.as_json(),
            "given": {name: json_value(value) for name, value in self.given.facts.items()},
            "verdict": self.verdict,
            "identical": self.identical,
            "disjoint": self.disjoint,
            "met": self.met.as_json(),
            "not_met": self.not_met.as_json(),
            "both": self.both and self.both.as_json(),
            "b_asks": [difference.as_json() for difference in self.b_asks],
            "a_asks": [difference.as_json() for difference in self.a_asks],
            "for_b": _added_json(self.for_b),
            "for_a": _added_json(self.for_a),
            "rule_base": self.rule_base,
        }

    def __bool__(self) -> bool:
        """Refuse: a comparison is no yes or no by itself."""
        raise TypeError("compare its relation, as in: comparison.met.relation is Relation.NARROWER")

    def __str__(self) -> str:
        """Return the comparison as plain text."""
        return self.text(self)

    def _repr_markdown_(self) -> str:
        return self.markdown(self)

    def __repr__(self) -> str:
        """Return the relations in one line."""
        return f"<{self.met.relation.value}: {self.a} to {self.b}>"


_MET: Final = {
    Relation.EQUIVALENT: "{a} and {b} meet the same requests.",
    Relation.NARROWER: "{a} is narrower: whatever it meets, {b} meets too, and more.",
    Relation.WIDER: "{a} is wider: it meets whatever {b} meets, and more.",
    Relation.INCOMPARABLE: "{a} and {b} overlap: each meets requests that the other does not.",
    Relation.A_NEVER: "{a} meets none of these requests, and {b} some.",
    Relation.B_NEVER: "{a} meets some of these requests, and {b} none.",
    Relation.NEITHER: "Neither {a} nor {b} meets any of these requests.",
}
_NOT_MET: Final = {
    Relation.EQUIVALENT: "Both deny the same requests.",
    Relation.NARROWER: "Whatever {a} denies, {b} denies too, and more.",
    Relation.WIDER: "Whatever {b} denies, {a} denies too, and more.",
    Relation.INCOMPARABLE: "Each denies requests that the other does not.",
    Relation.A_NEVER: "{a} denies none of these requests, and {b} some.",
    Relation.B_NEVER: "{a} denies some of these requests, and {b} none.",
    Relation.NEITHER: "Neither denies any of these requests.",
}


def _name(side: Side, other: Side) -> str:
    """Return how to call a side beside the other."""
    told = side.policy.title
    if side.policy.name != other.policy.name:
        return told
    if side.day != other.day:
        told += f" on {side.day}"
    if side.taken != other.taken:
        pairs = " and ".join(f"{name} = {value}" for name, value in side.taken)
        told += f" read with {pairs}" if pairs else " read by default"
    return told


def _added_json(added: Sequence[Requirement] | None) -> list[Any] | None:
    return None if added is None else [requirement.as_json() for requirement in added]
