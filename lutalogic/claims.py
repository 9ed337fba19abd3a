# SPDX-License-Identifier: Apache-2.0
"""What theorems claim: statements over one record or two, as the rule base has them.

A *claim* is classical, yes or no. Its leaves ask of a three-valued rule whether it is true, false
or unknown of a record, on a day, under readings. Whoever judges a claim (a proof, a search, the
replay of a witness) says what the leaves are; this module says what the claim makes of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

T = TypeVar("T")
#: The last text of the policies that a claim is about.
LATEST: Final = "latest"
_DATE: Final = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")


@dataclass(frozen=True, slots=True)
class Period:
    """Every dated text that begins in a period; an end that is None is open.

    Attributes:
        start: The first day, YYYY-MM-DD.
        before: The day after the last.
    """

    start: str | None
    before: str | None

    def days(self, turning: Sequence[str]) -> list[str]:
        """Return those of the days on which a text begins that lie in the period."""
        return [
            day
            for day in turning
            if (self.start is None or day >= self.start)
            and (self.before is None or day < self.before)
        ]


On = str | Period


@dataclass(frozen=True, slots=True)
class Leaf:
    """A question about one record.

    Attributes:
        asks: ``outcome``, ``truth`` (of a node) or ``conflict`` (of evidence).
        policy: The policy, or ``reference`` or ``theorems`` for conditions that are in none.
        on: A date of service, ``latest``, or the period whose texts are tried in turn.
        readings: The readings that the claim itself fixes, name and value.
        node: The node of a ``truth``; else -1.
        answer: The outcome or the truth that makes the leaf hold; empty for a ``conflict``.
        record: 0 for the first record or the only one, 1 for the second.
    """

    asks: Literal["outcome", "truth", "conflict"]
    policy: str
    on: On
    readings: tuple[tuple[str, str], ...] = ()
    node: int = -1
    answer: str = ""
    record: int = 0


@dataclass(frozen=True, slots=True)
class Join:
    """Claims joined by ``implies``, ``all_of``, ``any_of`` or ``not``."""

    op: Literal["implies", "all_of", "any_of", "not"]
    parts: tuple[Claim, ...]


Claim = Leaf | Join


@dataclass(frozen=True, slots=True)
class Over:
    """Which records a claim is about.

    Attributes:
        kind: ``record`` (every one), or two of which the second is an ``extension`` of the first,
            or differs from it by a ``change`` in some attributes, or an ``increase`` of one.
        attributes: Those that may differ.
    """

    kind: Literal["record", "extension", "change", "increase"]
    attributes: tuple[str, ...] = ()

    @property
    def records(self) -> int:
        """Return how many records the claim is about."""
        return 1 if self.kind == "record" else 2


@dataclass(frozen=True, slots=True)
class Theorem:
    """A claim about the rules, and what is expected of it.

    Attributes:
        name: Its name.
        sentence: What it says.
        expected: ``proved``, or ``refuted`` of what sounds likely and does not hold.
        over: Which records it is about.
        claim: What it claims of them.
        written: The claim in the language of the rules.
    """

    name: str
    sentence: str
    expected: Literal["proved", "refuted"]
    over: Over = field(repr=False)
    claim: Claim = field(repr=False)
    written: str = field(repr=False)

    @property
    def policies(self) -> tuple[str, ...]:
        """Return the policies that it is about, in the order in which it names them."""
        named = [leaf.policy for leaf in leaves(self.claim) if leaf.policy not in _NO_POLICY]
        return tuple(dict.fromkeys(named))


_NO_POLICY: Final = frozenset({"reference", "theorems"})


def leaves(claim: Claim) -> Iterator[Leaf]:
    """Return the leaves of a claim, from left to right."""
    if isinstance(claim, Leaf):
        yield claim
    else:
        for part in claim.parts:
            yield from leaves(part)


def premises(claim: Claim) -> tuple[Claim, ...]:
    """Return what must be possible for a claim to say something.

    The premise of each implication that is claimed, together with those of the implications that
    it stands in; and not what is claimed in other words, as any_of([not(Premise), Conclusion]).
    """
    if isinstance(claim, Leaf):
        return ()
    if claim.op == "implies":
        premise, conclusion = claim.parts
        inner = premises(conclusion)
        return (premise, *(Join("all_of", (premise, each)) for each in inner))
    if claim.op == "all_of":
        return tuple(premise for part in claim.parts for premise in premises(part))
    return ()


def judge(
    claim: Claim,
    leaf: Callable[[Leaf], T],
    *,
    every: Callable[[list[T]], T],
    some: Callable[[list[T]], T],
    no: Callable[[T], T],
) -> T:
    """Return what a claim comes to, of what its leaves come to.

    Args:
        claim: The claim.
        leaf: What a leaf comes to.
        every: What it is that all of several hold.
        some: What it is that one of several holds.
        no: What it is that one does not hold.
    """
    if isinstance(claim, Leaf):
        return leaf(claim)
    parts = [judge(part, leaf, every=every, some=some, no=no) for part in claim.parts]
    match claim.op:
        case "implies":
            return some([no(parts[0]), parts[1]])
        case "all_of":
            return every(parts)
        case "any_of":
            return some(parts)
        case _:
            return no(parts[0])


def read_theorem(data: Mapping[str, Any]) -> Theorem:
    """Return a theorem as rulebase.json states it."""
    over = data["over"]
    return Theorem(
        name=data["name"],
        sentence=data["sentence"],
        expected=data["expected"],
        over=Over(over["kind"], tuple(over.get("attributes", ()))),
        claim=_claim(data["claim"], 0),
        written=_DATE.sub(_padded, data["written"].expandtabs(8)),
    )


def _padded(date: re.Match[str]) -> str:
    """Return a date with two digits for month and day, as Prolog reads it and does not print it."""
    year, month, day = map(int, date.groups())
    return f"{year}-{month:02}-{day:02}"


def _claim(data: Mapping[str, Any], record: int) -> Claim:
    match data["op"]:
        case "first":
            return _claim(data["parts"][0], 0)
        case "second":
            return _claim(data["parts"][0], 1)
        case "outcome" | "truth" | "conflict" as asks:
            on = data["on"]
            return Leaf(
                asks=asks,
                policy=data["policy"],
                on=on if isinstance(on, str) else Period(on["from"], on["before"]),
                readings=tuple(sorted(data["readings"].items())),
                node=data.get("node", -1),
                answer=data.get("is", ""),
                record=record,
            )
        case op:
            return Join(op, tuple(_claim(part, record) for part in data["parts"]))


def broken(
    claim: Claim, holds: Callable[[Leaf], bool]
) -> tuple[tuple[Leaf, ...], tuple[Leaf, ...]]:
    """Return how a claim fails: leaves that fulfil its premise, and leaves that break it.

    Args:
        claim: A claim that does not hold.
        holds: Whether a leaf holds.
    """
    if isinstance(claim, Join) and claim.op == "all_of":
        failing = [part for part in claim.parts if not _decisive(part, holds)[0]]
        return broken(failing[0], holds)
    if isinstance(claim, Join) and claim.op == "implies":
        premise, conclusion = claim.parts
        return decisive(premise, holds), decisive(conclusion, holds)
    return (), decisive(claim, holds)


def decisive(claim: Claim, holds: Callable[[Leaf], bool]) -> tuple[Leaf, ...]:
    """Return leaves that alone settle whether a claim holds, from left to right.

    Args:
        claim: The claim.
        holds: Whether a leaf holds.
    """
    return tuple(dict.fromkeys(_decisive(claim, holds)[1]))


def _decisive(claim: Claim, holds: Callable[[Leaf], bool]) -> tuple[bool, list[Leaf]]:
    if isinstance(claim, Leaf):
        return holds(claim), [claim]
    parts = [_decisive(part, holds) for part in claim.parts]
    if claim.op in ("not", "implies"):
        parts[0] = (not parts[0][0], parts[0][1])
    every = claim.op == "all_of"
    settling = [found for value, found in parts if value is not every]
    if settling:
        return not every, min(settling, key=len)
    return every, [leaf for _, found in parts for leaf in found]
