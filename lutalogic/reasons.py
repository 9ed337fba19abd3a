# SPDX-License-Identifier: Apache-2.0
"""Reasons: the statements of a policy with what one patient's record makes of them.

Which reasons a tree shows depends on the question:

``why``       the shortest set of reasons that fixes the answer
``why_not``   everything that stands between the request and "met"
``whole``     all that is in force
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from lutalogic.answers import Truth, Unknown
from lutalogic.rulebase import rule_base
from lutalogic.words import fact_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lutalogic.case import Case
    from lutalogic.statements import Statement

Question = Literal["why", "why_not", "whole"]


class Reason(NamedTuple):
    """A statement of the policy, with what the record makes of it.

    Attributes:
        statement: What is asked.
        truth: Whether it holds.
        fact: What the record says, of a statement that reads facts itself.
        derived: How the fact follows from the record, where it was not stated.
        unknown: Of a statement that reads facts, or joins sources, why it is unknown; else None.
        parts: The reasons below it, as many as the question calls for.
    """

    statement: Statement
    truth: Truth
    fact: str
    derived: tuple[str, ...]
    unknown: Unknown | None
    parts: tuple[Reason, ...]

    def all(self) -> Iterator[Reason]:
        """Yield this reason and all below it, in order."""
        yield self
        for part in self.parts:
            yield from part.all()

    @property
    def mark(self) -> str:
        """Return one word: yes, no or ?; of a source of evidence for, against or silent."""
        if self.statement.role in _SOURCES:
            return _SOURCE_MARKS[self.truth]
        return _MARKS[self.truth]

    @property
    def title(self) -> str:
        """Return the name of a statement that has one, with how its parts join; else nothing."""
        asked = self.statement
        if not asked.sentence:
            return ""
        why = f" ({self.unknown})" if self.unknown in _SAID and not asked.attributes else ""
        return asked.title + why

    @property
    def told(self) -> str:
        """Return the fact against what is needed of it; nothing if no fact is read here."""
        asked = self.statement
        if not asked.attributes:
            return ""
        why = f" ({self.unknown})" if self.unknown in _SAID else ""
        if asked.role:
            speaks = self.truth is not Truth.UNKNOWN
            side = "for it" if asked.role == "supports" else "against it"
            if speaks and asked.trivial:
                return f"{self.fact}, which speaks {side}"
            return f"{self.fact}; {asked.needs} {'speaks' if speaks else 'would speak'} {side}{why}"
        if asked.trivial and self.truth is Truth.TRUE:
            return self.fact
        return f"{self.fact}; {'needs' if asked.asked else 'if'} {asked.needs}{why}"

    @property
    def line(self) -> str:
        """Return the reason in one line, without its mark and its parts."""
        return ": ".join(filter(None, (self.title, self.told)))

    def as_json(self) -> dict[str, Any]:
        """Return the reason as a JSON value; fields that say nothing are left out."""
        asked = self.statement
        told: dict[str, Any] = {"node": asked.node, "truth": self.truth.value}
        told |= {"id": asked.id} if asked.id else {}
        told |= {"sentence": asked.sentence} if asked.sentence else {}
        told |= {"role": asked.role} if asked.role else {}
        if asked.attributes:
            told |= {"facts": list(asked.attributes), "fact": self.fact, "needs": asked.needs}
        told |= {"derived": list(self.derived)} if self.derived else {}
        told |= {"unknown": self.unknown.value} if self.unknown else {}
        told |= {"joins": asked.joins, "of": len(asked.parts)} if asked.joins else {}
        told |= {"readings": dict(asked.readings)} if asked.readings else {}
        told |= {"since": asked.since} if asked.since else {}
        told |= {"sources": [str(source) for source in asked.sources]} if asked.sources else {}
        return told | {"line": self.line, "parts": [part.as_json() for part in self.parts]}


_SOURCES: Final = ("supports", "rules_out")
_MARKS: Final = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "?"}
_SOURCE_MARKS: Final = {Truth.TRUE: "for", Truth.FALSE: "against", Truth.UNKNOWN: "silent"}
#: The kinds of unknown that the fact's own words do not tell.
_SAID: Final = (Unknown.INDETERMINATE, Unknown.CONFLICTING)
_TRUTHS: Final = {"t": Truth.TRUE, "f": Truth.FALSE, "u": Truth.UNKNOWN}
_FLIPPED: Final = {"t": "f", "f": "t", "u": "u"}


def reasons(root: Statement, truths: str, case: Case, question: Question) -> Reason:
    """Return what the record makes of a statement, as a tree.

    Args:
        root: The statement.
        truths: The letters of the policy's nodes.
        case: The patient's facts.
        question: Which of the reasons to show.
    """
    return _Filler(truths, case, question).fill(root)


def alone(root: Statement, truths: str, case: Case) -> tuple[str, ...]:
    """Return the criteria each of which by itself makes a false statement false."""
    return tuple(_Filler(truths, case, "why").alone(root))


#: What the record says of a fact, why it may leave a test open, and how it was derived.
_Fact = tuple[str, Unknown, tuple[str, ...]]


class _Filler:
    """Fills in the statements of one policy for one patient."""

    __slots__ = (
        "_choose", "_costs", "_derivations", "_facts", "_known", "_obstructing", "_stated",
        "_truths", "_within",
    )  # fmt: skip

    def __init__(self, truths: str, case: Case, question: Question) -> None:
        self._truths = truths
        self._known, self._stated = case.possible, case.facts
        self._derivations = case.derivations
        self._choose = {"why": self._shortest, "why_not": self._obstacles, "whole": _all}[question]
        self._obstructing = question == "why_not"
        self._within = False
        self._facts: dict[tuple[str, ...], _Fact] = {}
        self._costs: dict[Statement, int] = {}

    def fill(self, asked: Statement) -> Reason:
        """Return the reason that a statement is."""
        letter = self._letter(asked)
        fact, unknown = "", None
        derived: tuple[str, ...] = ()
        if asked.attributes:
            fact, unknown, derived = self._fact(asked.attributes)
            if asked.condition >= 0 and self._truths[asked.condition] != "u":
                unknown = None  # a source whose condition fails is silent, not open
        elif asked.joins == "evidence":
            unknown = Unknown.CONFLICTING if self._torn(asked) else None
        elif self._left_open(asked):
            unknown = Unknown.INDETERMINATE
        chosen = self._choose(asked, letter)
        choose, within = self._choose, self._within
        if self._obstructing and _passes_on(asked):
            self._choose = self._shortest  # why it speaks, or not
        self._within = within or asked.criterion
        parts = tuple([self.fill(part) for part in chosen])
        self._choose, self._within = choose, within
        unknown = unknown if letter == "u" else None
        return Reason(asked, _TRUTHS[letter], fact, derived, unknown, parts)

    def _letter(self, asked: Statement) -> str:
        letter = self._truths[asked.place]
        return _FLIPPED[letter] if asked.flipped else letter

    def _fact(self, names: tuple[str, ...]) -> _Fact:
        """Return what the record says of some facts, why they may leave a test open, and how."""
        found = self._facts.get(names)
        if found is None:
            known, stated, how = self._known, self._stated, self._derivations
            told = [fact_words(n, known.get(n), stated=n in stated) for n in names]
            undocumented = any(name not in stated for name in names)
            kind = Unknown.NOT_DOCUMENTED if undocumented else Unknown.INDETERMINATE
            derived = tuple([how[name] for name in names if name in how]) if how else ()
            found = self._facts[names] = " and ".join(told), kind, derived
        return found

    def _torn(self, asked: Statement) -> bool:
        letters = {self._letter(part) for part in asked.parts}
        return "t" in letters and "f" in letters

    def _left_open(self, asked: Statement) -> bool:
        """Tell whether a statement is a case that the document leaves open, and that arises."""
        return (asked.role == "open" or not asked.joins) and self._arises(asked)

    def _arises(self, asked: Statement) -> bool:
        return all(self._letter(guard) == "t" for guard in asked.parts)

    def _obstacles(self, asked: Statement, letter: str) -> Sequence[Statement]:
        """Return the parts that keep a statement from being true.

        Of a criterion that fails, only what makes it fail: what else is open does not matter.
        """
        if _passes_on(asked):
            return asked.parts
        if letter == "t":
            return ()
        if asked.joins == "evidence":
            return self._speaking(asked, letter)
        if asked.role == "open" and self._arises(asked):
            return asked.parts
        if asked.joins == "any":  # any alternative would do, those that fail too
            told = [
                part
                for part in asked.parts
                if self._letter(part) != "t" and not self._idle(part, len(asked.parts))
            ]
            return sorted(told, key=self._of_the_request)
        keeping = letter if self._within or not asked.criteria else "fu"
        return [part for part in asked.parts if self._letter(part) in keeping]

    def _shortest(self, asked: Statement, letter: str) -> Sequence[Statement]:
        """Return the fewest parts that fix the truth of a statement."""
        if _passes_on(asked):
            return asked.parts
        match asked.joins, letter:
            case "evidence", _:
                return self._speaking(asked, letter)
            case ("all", "f") | ("any", "t"):
                enough = [part for part in asked.parts if self._letter(part) == letter]
                return (min(enough, key=self._cost),)
            case "all", "u":
                open_parts = [part for part in asked.parts if self._letter(part) == "u"]
                return open_parts or asked.parts  # of an open case that arises, its conditions
            case "any", "f" | "u":
                waiting = [part for part in asked.parts if self._letter(part) == letter]
                told = [part for part in waiting if not self._idle(part, len(waiting))]
                return sorted(told or waiting, key=self._of_the_request)
            case _:
                return asked.parts

    def _speaking(self, asked: Statement, letter: str) -> Sequence[Statement]:
        """Return the sources that speak; where none does, all."""
        told = "tf" if letter == "u" else letter
        return [part for part in asked.parts if self._letter(part) in told] or asked.parts

    def _idle(self, part: Statement, among: int) -> bool:
        """Tell whether a part is an open case that does not arise, one alternative of several."""
        if part.role != "open" or among < 2 or self._arises(part):
            return False
        return self._letter(part) == "u" or not any(self._letter(g) == "t" for g in part.parts)

    def _of_the_request(self, asked: Statement) -> bool:
        """Tell whether only what is asked for speaks here: such an alternative comes last."""
        if asked.attributes:
            known = rule_base().attributes
            return all(known[name].group == "request" for name in asked.attributes)
        chosen = self._shortest(asked, self._letter(asked))
        return bool(chosen) and all(self._of_the_request(part) for part in chosen)

    def _cost(self, asked: Statement) -> int:
        """Return the number of facts that the shortest reasons of a statement take."""
        cost = self._costs.get(asked)
        if cost is None:
            parts = self._shortest(asked, self._letter(asked))
            cost = self._costs[asked] = sum([self._cost(part) for part in parts]) or 1
        return cost

    def alone(self, asked: Statement) -> Iterator[str]:
        """Yield the criteria each of which by itself makes a false statement false.

        An alternative that what is asked for rules out, as that of a course under way does for an
        initial request, is out of the question.
        """
        false = [part for part in asked.parts if self._letter(part) == "f"]
        if asked.joins == "any":
            false = [part for part in false if not self._of_the_request(part)]
        if asked.criterion:
            yield asked.id
        elif asked.joins == "all" or len(false) == 1:
            for part in false:
                yield from self.alone(part)


def _passes_on(asked: Statement) -> bool:
    """Tell whether a statement only makes something of its one part: a source, or a denial."""
    return asked.role in _SOURCES or asked.joins == "not"


def _all(asked: Statement, _letter: str) -> Sequence[Statement]:
    return asked.parts
