# SPDX-License-Identifier: Apache-2.0
"""A verdict: an answer compared with the answer that a vector must have, level by level."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from lutalogic.conformance.forms import faults
from lutalogic.conformance.vector import LEVELS, set_of_sets
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lutalogic.conformance.vector import Expected, Sets, Vector

#: What stands in place of what an answer does not say.
NOTHING: Final = "nothing"
#: The failures that are none of an answer's content.
NO_ANSWER: Final = "answer"
_LONGEST: Final = 80
#: Deeper values in an answer are left out of what is shown of it.
_DEEPEST: Final = 2


@dataclass(frozen=True, slots=True)
class Difference:
    """One point in which an answer differs from the one it must be.

    Attributes:
        level: The level that it belongs to.
        at: What differs: ``outcome``, ``missing``, ``deciding``, the id of a criterion, or
            ``answer`` where there is none to compare.
        expected: What there must be, in words.
        given: What there is, in words.
    """

    level: int
    at: str
    expected: str
    given: str

    def __str__(self) -> str:
        """Return the difference in words."""
        if self.at == NO_ANSWER:
            return f"no answer ({self.given}), where it must be {self.expected}"
        return f"{self.at}: {self.given}, where it must be {self.expected}"

    def as_json(self) -> dict[str, Any]:
        """Return the difference as a JSON value."""
        return {
            "level": self.level,
            "at": self.at,
            "expected": self.expected,
            "given": self.given,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer to a vector is worth.

    Attributes:
        vector: The vector.
        level: The level up to which they were compared.
        differences: Where they differ, the lowest level first; empty if the answer is right.
        by: If it is right: all choices of readings that make it so, the defaults first.
        faults: If it is not: what is amiss in how it is written.
        answer: The answer; None if there is none.
    """

    vector: Vector
    level: int
    differences: tuple[Difference, ...]
    by: tuple[tuple[tuple[str, str], ...], ...] = ()
    faults: tuple[str, ...] = ()
    answer: object = field(default=None, compare=False, repr=False)

    @property
    def readings(self) -> tuple[tuple[str, str], ...]:
        """Return readings that make it right, if only another reading of the text does."""
        return self.by[0] if self.by else ()

    @property
    def held(self) -> int:
        """Return the highest level up to which the answer is right; -1 if it is at none."""
        return min((each.level for each in self.differences), default=self.level + 1) - 1

    @property
    def criteria(self) -> frozenset[str]:
        """Return the ids of the criteria in which they differ."""
        return frozenset(each.at for each in self.differences if each.level == _CRITERIA)

    @property
    def unanswered(self) -> bool:
        """Tell whether there is no answer whose content could be compared."""
        return any(each.at == NO_ANSWER for each in self.differences)

    def as_json(self) -> dict[str, Any]:
        """Return the verdict as a JSON value."""
        return {
            "vector": self.vector.id,
            "policy": self.vector.policy,
            "held": self.held,
            "differences": [each.as_json() for each in self.differences],
            "faults": list(self.faults),
        }


_OUTCOME, _CRITERIA, _MISSING, _DECIDING = range(len(LEVELS))


def judge(vector: Vector, answer: object, *, level: int = _CRITERIA) -> Verdict:
    """Return what an answer to a vector is worth.

    What the vector does not state is not compared. An answer that another reading of the text
    admits is right, and the verdict names the reading.

    Args:
        vector: The vector.
        answer: The answer, a JSON value as the line protocol has it; or the outcome alone.
        level: The level up to which they are compared, 0 to 3.

    >>> from lutalogic.conformance.vector import vector_of
    >>> request = {"policy": "premera_xofigo", "on": "2026-06-01", "facts": {"age_years": 17}}
    >>> vector = {"schema": "lutalogic/vector/1", "id": "child", "level": 0, "request": request}
    >>> child = vector_of(vector | {"expect": {"outcome": "not_met"}})
    >>> print(*judge(child, {"outcome": "met"}).differences)
    outcome: met, where it must be not_met
    """
    given = {"outcome": answer} if isinstance(answer, str) else answer
    differences = tuple(_differences(vector, vector.expect, given, level))
    by = [
        tuple(sorted(other.readings.items()))
        for other in vector.acceptable
        if not any(_differences(vector, other, given, level))
    ]
    if not differences:
        by.insert(0, ())
    if by:
        return Verdict(vector, level, (), tuple(by), answer=given)
    amiss = tuple(faults(vector, given, level=level)) if isinstance(given, dict) else ()
    return Verdict(vector, level, differences, faults=amiss, answer=given)


def no_answer(vector: Vector, why: str, *, level: int) -> Verdict:
    """Return the verdict on a vector that got no answer, or none that can be compared."""
    return Verdict(vector, level, (Difference(_OUTCOME, NO_ANSWER, vector.expect.outcome, why),))


def _differences(
    vector: Vector, expect: Expected, given: object, level: int
) -> Iterator[Difference]:
    if not isinstance(given, dict):
        yield Difference(_OUTCOME, NO_ANSWER, "a JSON object", _words(given))
        return
    if "outcome" not in given and "error" in given:
        yield Difference(_OUTCOME, NO_ANSWER, expect.outcome, f"error {_words(given['error'])}")
        return
    if given.get("outcome") != expect.outcome:
        outcome = given.get("outcome", NOTHING)
        yield Difference(_OUTCOME, "outcome", expect.outcome, _words(outcome))
    if level >= _CRITERIA and expect.criteria is not None:
        yield from _of_criteria(vector, expect.criteria, given.get("criteria"))
    if level >= _MISSING:
        yield from _of_missing(expect, given.get("missing"))
    if level >= _DECIDING and expect.deciding is not None:
        yield from _of_set(_DECIDING, "deciding", expect.deciding, given.get("deciding"))


def _of_criteria(
    vector: Vector, expected: Mapping[str, str], given: object
) -> Iterator[Difference]:
    """Yield the criteria that differ; names that the policy does not have are not looked at."""
    if not isinstance(given, dict):
        yield Difference(_CRITERIA, "criteria", "an object", _words(given))
        return
    policy = rule_base().policies.get(vector.policy)
    known = [criterion.id for criterion in policy.criteria] if policy else []
    for name in dict.fromkeys([*expected, *known]):
        wanted, told = expected.get(name, NOTHING), given.get(name, NOTHING)
        if told != wanted or not isinstance(told, str):
            yield Difference(_CRITERIA, name, wanted, _words(told))


def _of_missing(expect: Expected, given: object) -> Iterator[Difference]:
    """Yield where the missing facts differ: a list is what is waited for, an object all sets."""
    if not isinstance(given, dict):
        if expect.waits_for is not None:
            yield from _of_set(_MISSING, "missing", expect.waits_for, given)
        return
    for name, wanted in (("approve", expect.approve), ("deny", expect.deny)):
        told = _sets(given.get(name))
        if told is None:
            yield Difference(_MISSING, f"missing.{name}", "lists of facts", _words(given.get(name)))
        elif wanted is not None and told != wanted:
            shown = _of_sets_words(told)
            yield Difference(_MISSING, f"missing.{name}", _of_sets_words(wanted), shown)


def _of_set(level: int, at: str, wanted: frozenset[str], given: object) -> Iterator[Difference]:
    """Yield the difference of two sets of names; to say nothing is to say that there are none."""
    told = given if isinstance(given, list) else []
    if given is not None and not isinstance(given, list):
        yield Difference(level, at, "a list", _words(given))
    elif not all(isinstance(name, str) for name in told) or set(told) != wanted:
        yield Difference(level, at, _set_words(wanted), _words(given))


def _sets(given: object) -> Sets | None:
    """Return what an answer states as sets of facts; None if it is no list of lists of names."""
    if not isinstance(given, list) or not all(isinstance(names, list) for names in given):
        return None
    if not all(isinstance(name, str) for names in given for name in names):
        return None
    return set_of_sets(given)


def printable(told: str) -> str:
    """Return text with what would steer a terminal, or cannot be written, spelled out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in told)


def _set_words(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "none"


def _of_sets_words(sets: Sets) -> str:
    return " or ".join(sorted(f"{{{_set_words(names)}}}" for names in sets)) or "none"


def _words(given: object, depth: int = 0) -> str:
    """Return what an answer says, as a report has it: short, on one line, and printable."""
    match given:
        case list() | dict() if depth > _DEEPEST:
            told = "..."
        case None:
            told = NOTHING
        case str():
            told = given
        case list() if all(isinstance(name, str) for name in given):
            told = ", ".join(given) or "none"
        case dict():
            told = ", ".join(f"{name} {_words(v, depth + 1)}" for name, v in given.items())
        case list():
            told = ", ".join(_words(each, depth + 1) for each in given)
        case _:
            told = f"{given!r} ({type(given).__name__})"
    told = printable(" ".join(told.split())) or '""'
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 3]}..."
