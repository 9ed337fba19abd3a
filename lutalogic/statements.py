# SPDX-License-Identifier: Apache-2.0
"""What a policy asks, as a tree of statements that people can read.

A statement is a condition of the rule base as it stands under some readings on some day, before
any patient is looked at: selected by readings and dates, with `not` carried inwards, so that each
line is a demand and "yes" is always the answer that serves the line above.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal

from lutalogic.rulebase import rule_base
from lutalogic.rules import Criterion
from lutalogic.trace import turning_day
from lutalogic.words import demand_words, tells_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.rules import Node, Policy, Source

#: How the parts of a statement make it true; "" has no parts.
Joins = Literal["", "all", "any", "evidence", "not"]
#: What a source of evidence does where its condition holds; an open case leaves the answer open.
Role = Literal["", "supports", "rules_out", "open"]


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """One line of what a policy asks.

    Attributes:
        node: The number of its node.
        place: The place of the node's letter among the policy's truths.
        flipped: Whether it states the opposite of the node.
        id: The id of the criterion or the name of the definition that it is; empty for a part.
        criterion: Whether it is a criterion.
        sentence: The sentence of the rule base; of a part, how its parts join.
        sources: Where the documents say so.
        role: Of a source of evidence, what it does where its condition holds; ``open`` for a case
            that a document does not settle.
        joins: How the parts make it true.
        attributes: The facts that it reads itself.
        needs: What it asks of them, in words.
        asked: Whether the request needs it; False below a source of evidence or an open case,
            where it is a mere condition.
        trivial: Whether the fact alone tells what is needed.
        readings: The readings that selected it, with their values.
        condition: Of a source that reads facts, the place of its condition's letter; else -1.
        otherwise: The readings in it that are not taken by default, with their values.
        criteria: Whether it is a criterion or has one below it.
        since: The day from which its text holds, where texts differ.
        parts: The statements that make it true.
    """

    node: int
    place: int
    flipped: bool
    id: str = ""
    criterion: bool = False
    sentence: str = ""
    sources: tuple[Source, ...] = ()
    role: Role = ""
    joins: Joins = ""
    attributes: tuple[str, ...] = ()
    needs: str = ""
    asked: bool = True
    trivial: bool = False
    readings: tuple[tuple[str, str], ...] = ()
    since: str = ""
    condition: int = -1
    parts: tuple[Statement, ...] = ()
    criteria: bool = field(init=False)
    otherwise: tuple[tuple[str, str], ...] = field(init=False)

    def __post_init__(self) -> None:
        """Note whether there is a criterion in it, which explanations ask again and again."""
        within = self.criterion or any(part.criteria for part in self.parts)
        object.__setattr__(self, "criteria", within)
        known = rule_base().readings
        taken = [pair for pair in self.readings if pair[1] != known[pair[0]].default]
        taken += [pair for part in self.parts for pair in part.otherwise]
        object.__setattr__(self, "otherwise", tuple(dict.fromkeys(taken)))

    @property
    def title(self) -> str:
        """Return the id of a criterion, the sentence, and how the parts join; else nothing."""
        read = "".join(f" [read as {name} = {value}]" for name, value in self.otherwise)
        return self._titled() + read * self.criterion

    def _titled(self, besides: str | None = None) -> str:
        """Return the title but for the readings; with the number of parts, or what is besides."""
        if not self.sentence:
            return ""
        count = len(self.parts)
        if self.sentence in HEADINGS.values():
            if besides is None:
                return f"{self.sentence} {count}"
            return self.sentence + besides
        told = f"{_OPEN_CASE}: {self.sentence}" if self.role == "open" else self.sentence
        if self.criterion:
            told = f"{self.id}  {told}"
        if count < 2 or self.role:
            return told
        how = _HOW[self.joins].format(count)
        return told + (how if besides is None else f" ({_UNCOUNTED[self.joins]}{besides})")

    def uncounted(self, besides: str = "") -> str:
        """Return the line without the number of its parts and the readings taken in it.

        Args:
            besides: What to say of the parts that are not shown below the line.
        """
        return ": ".join(filter(None, (self._titled(besides), self.demand)))

    @property
    def line(self) -> str:
        """Return what is asked in one line, with no patient in view."""
        return ": ".join(filter(None, (self.title, self.demand)))

    @property
    def demand(self) -> str:
        """Return what is asked of the facts that are read here; nothing if none is."""
        if not self.attributes:
            return ""
        attributes = rule_base().attributes
        told = f"{' and '.join(attributes[name].label for name in self.attributes)}: {self.needs}"
        if self.role:
            told += f" speaks {'for' if self.role == 'supports' else 'against'} it"
        return told

    def lines(self, depth: int = 0) -> Iterator[tuple[int, str]]:
        """Yield the line of this statement and those of its parts, each with its depth.

        Other criteria are named and not taken apart: each has lines of its own.
        """
        yield depth, self.line
        for part in self.parts if depth == 0 or not self.criterion else ():
            yield from part.lines(depth + 1)

    def all(self) -> Iterator[Statement]:
        """Yield this statement and all below it, in order."""
        yield self
        for part in self.parts:
            yield from part.all()


def statement(
    policy: Policy, choices: tuple[int, ...], day: str, node: int | None = None
) -> Statement | None:
    """Return what a policy asks in all, or by one node; None where nothing is in force.

    Args:
        policy: The policy.
        choices: The index of the value taken for each of ``policy.readings``.
        day: The date of service, YYYY-MM-DD.
        node: The number of a node of the policy, such as a criterion's; None for all it asks.
    """
    return _statement(policy, choices, turning_day(policy, day), node)


@lru_cache(maxsize=512)
def _statement(
    policy: Policy, choices: tuple[int, ...], day: str, node: int | None
) -> Statement | None:
    if day < policy.start(choices):
        return None
    made = _Maker(policy, choices, day).make(policy.root if node is None else node)
    if made is not None and node is None:
        return replace(made, sentence=policy.title)
    return made


_OPEN_CASE: Final = "Open case"
_HOW: Final = {
    "": "",
    "all": " (all of {})",
    "any": " (one of {})",
    "evidence": " (evidence, {} sources)",
    "not": "",
}
_UNCOUNTED: Final = _HOW | {"all": "all of these", "any": "one of these", "evidence": "evidence"}
_JOINS: Final[dict[str, Joins]] = {"all_of": "all", "any_of": "any", "evidence": "evidence"}
_OPPOSITE: Final[dict[Joins, Joins]] = {"all": "any", "any": "all"}
HEADINGS: Final = {
    "all": "All of these",
    "any": "One of these",
    "evidence": "By the evidence of these",
}
_SOURCES: Final[dict[str, tuple[Role, str]]] = {
    "supports": ("supports", "Speaks for it where this holds"),
    "rules_out": ("rules_out", "Speaks against it where this holds"),
}


class _Maker:
    """Makes the statements of one policy under some readings on some day.

    Its methods return None for what is not in force.
    """

    def __init__(self, policy: Policy, choices: tuple[int, ...], day: str) -> None:
        self._policy = policy
        self._choices = choices
        self._day = day
        self._nodes = rule_base().nodes

    def make(self, number: int, *, negated: bool = False, asked: bool = True) -> Statement | None:
        """Return the statement of a node, or of its opposite."""
        node = self._nodes[number]
        if negated and self._whole(number):
            return self._denied(number, asked=asked)
        match node.kind:
            case "by_reading" | "by_date":
                onward, readings, since = self._choose(node)
                made = None if onward is None else self.make(onward, negated=negated, asked=asked)
                made = made and _chosen(made, readings, since)
            case "not":
                made = self.make(_only(node), negated=not negated, asked=asked)
            case "all_of" | "any_of" | "evidence":
                made = self._joined(number, node, negated=negated, asked=asked)
            case _:
                made = self._leaf(number, node, negated=negated, asked=asked)
        return made and self._named(made, number, negated=negated, asked=asked)

    def _whole(self, number: int) -> bool:
        """Tell whether a node reads well only as it stands: a criterion, evidence, an open case."""
        node = self._nodes[number]
        return (
            node.kind == "evidence"
            or number in self._policy.criteria_by_node
            or any(self._nodes[n].why for n in below(number))
        )

    def _denied(self, number: int, *, asked: bool) -> Statement | None:
        """Return the opposite of a node without carrying the denial inwards."""
        made = self.make(number, asked=False)
        place = self._policy.positions[number]
        return made and Statement(
            number,
            place,
            True,
            sentence="This does not hold",
            joins="not",
            asked=asked,
            parts=(made,),
        )

    def _choose(self, node: Node) -> tuple[int | None, tuple[tuple[str, str], ...], str]:
        """Return the part that a reading or the day selects, the reading, and since when."""
        if node.kind == "by_reading":
            choice = self._choices[self._policy.readings.index(node.reading)]
            value = rule_base().readings[node.reading].values[choice]
            return node.parts[choice], ((node.reading, value),), ""
        begun = bisect_right(node.dates, self._day)
        return (
            node.parts[begun - 1] if begun else None,
            (),
            node.dates[begun - 1] if begun > 1 else "",
        )

    def _joined(self, number: int, node: Node, *, negated: bool, asked: bool) -> Statement | None:
        joins = _JOINS[node.kind]
        numbers = [part for part in node.parts if part is not None]
        if joins == "evidence":
            made = [self._source(part, asked=asked) for part in numbers]
        elif joins == "all" and (
            why := next((w for n in numbers if (w := self._nodes[n].why)), "")
        ):
            return self._open(number, numbers, why, negated=negated)
        else:
            joins = _OPPOSITE[joins] if negated else joins
            made = [self.make(part, negated=negated, asked=asked) for part in numbers]
        parts = [part for part in made if part is not None]
        if not parts or (len(parts) == 1 and joins != "evidence"):
            return parts[0] if parts else None
        return Statement(
            node=number,
            place=self._policy.positions[number],
            flipped=negated,
            sentence=HEADINGS[joins],
            joins=joins,
            asked=asked,
            parts=tuple(below for part in parts for below in _spliced(part, joins)),
        )

    def _source(self, number: int, *, asked: bool) -> Statement | None:
        """Return a source of evidence."""
        node = self._nodes[number]
        if node.kind in ("by_reading", "by_date"):
            onward, readings, since = self._choose(node)
            made = None if onward is None else self._source(onward, asked=asked)
            return made and _chosen(made, readings, since)
        if node.kind not in _SOURCES:
            return self.make(number, asked=asked)
        made = self.make(_only(node), asked=False)
        if made is None:
            return None
        role, sentence = _SOURCES[node.kind]
        place = self._policy.positions[number]
        if made.attributes and not made.id:
            return replace(
                made, node=number, place=place, flipped=False, role=role, condition=made.place
            )
        return Statement(
            number, place, False, sentence=sentence, role=role, joins="all", asked=False,
            parts=(made,),
        )  # fmt: skip

    def _open(self, number: int, numbers: list[int], why: str, *, negated: bool) -> Statement:
        """Return a case that the document leaves open, with the conditions on which it arises."""
        guards = [self.make(part, asked=False) for part in numbers if not self._nodes[part].why]
        return Statement(
            node=number,
            place=self._policy.positions[number],
            flipped=negated,
            sentence=why,
            role="open",
            joins="all",
            asked=False,
            parts=tuple(guard for guard in guards if guard is not None),
        )

    def _leaf(self, number: int, node: Node, *, negated: bool, asked: bool) -> Statement:
        place = self._policy.positions[number]
        if node.kind == "undetermined":
            return Statement(number, place, negated, sentence=node.why, asked=asked)
        return Statement(
            node=number,
            place=place,
            flipped=negated,
            attributes=node.attributes,
            needs=demand_words(node, negated=negated),
            asked=asked,
            trivial=tells_all(node, negated=negated),
        )

    def _named(self, made: Statement, number: int, *, negated: bool, asked: bool) -> Statement:
        """Return a statement under its name, if its node is a criterion or a definition."""
        criterion = self._policy.criteria_by_node.get(number)
        own = criterion or self._policy.definitions.get(number)
        if own is None:
            return made
        name = own.id if isinstance(own, Criterion) else own.name
        sentence = own.sentence
        if negated:
            sentence = getattr(own, "opposite", "") or f"Not so: {own.sentence}"
        sources = tuple(s for s in own.sources if s.document is self._policy.document)
        if not made.id and made.role != "open":
            return replace(
                made, id=name, criterion=criterion is not None, sentence=sentence,
                sources=sources,
            )  # fmt: skip
        return Statement(
            number, self._policy.positions[number], negated, name, criterion is not None, sentence,
            sources, joins="all", asked=asked, parts=(made,),
        )  # fmt: skip


@cache
def below(number: int) -> tuple[int, ...]:
    """Return the numbers of a node and of all nodes below it, under any readings and dates."""
    parts = [part for part in rule_base().nodes[number].parts if part is not None]
    return tuple(dict.fromkeys([number, *(n for part in parts for n in below(part))]))


def _only(node: Node) -> int:
    part = node.parts[0]
    assert part is not None  # only a case of a reading or a date is nothing
    return part


def _chosen(made: Statement, readings: tuple[tuple[str, str], ...], since: str) -> Statement:
    return replace(made, readings=readings + made.readings, since=since or made.since)


def _spliced(part: Statement, joins: Joins) -> tuple[Statement, ...]:
    """Return a part, or its own parts where it adds nothing to the line above."""
    plain = part.joins == joins != "evidence" and not (part.id or part.role or part.readings)
    return part.parts if plain and not part.since else (part,)
