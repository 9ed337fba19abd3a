# SPDX-License-Identifier: Apache-2.0
"""What health may find: values, and the replay by the reference engine of what has a witness."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, product
from math import prod
from typing import TYPE_CHECKING, Any, Final

from lutalogic.cells import cells_left, value_of
from lutalogic.dates import day_number
from lutalogic.engines import Request
from lutalogic.engines.choice import engine_named
from lutalogic.possible import json_value
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.accepted import Accepted, Place
    from lutalogic.case import Case
    from lutalogic.circumstances import Circumstances

#: At most so many completions of a witness are tried; a spread of them where there are more.
TRIED: Final = 400
_LETTERS: Final = {"true": "t", "false": "f", "unknown": "u"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A record as the reference engine has it.

    Attributes:
        case: The record: the smallest of its kind.
        confirmed: Whether the reference engine says of it, and of its completions, what is claimed.
        completions: How many completions it was asked about.
    """

    case: Case
    confirmed: bool
    completions: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the record as a JSON value."""
        facts = {name: json_value(value) for name, value in self.case.facts.items()}
        return {"facts": facts, "confirmed": self.confirmed, "completions": self.completions}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found of the rule base.

    Attributes:
        place: What it is about.
        kind: What was found.
        words: The place in words.
        readings: The readings under which it is found that are not the defaults.
        days: The first days of the texts in which it is found, the earliest first.
        seen: A record that shows it, where one can.
        why: Why it is accepted; empty if it is not.
    """

    place: Place
    kind: str
    words: str
    readings: tuple[tuple[str, str], ...]
    days: tuple[str, ...]
    seen: Seen | None = None
    why: str = ""

    def is_that(self, accepted: Accepted) -> bool:
        """Tell whether it is what was accepted."""
        return (self.place, self.kind, self.readings) == (
            accepted.place,
            accepted.kind,
            accepted.readings,
        )

    def as_json(self) -> dict[str, Any]:
        """Return the finding as a JSON value."""
        return {
            "policy": self.place.policy,
            "criterion": self.place.criterion or None,
            "place": self.words,
            "form": self.place.form,
            "kind": self.kind,
            "readings": dict(self.readings),
            "texts": list(self.days),
            "record": self.seen.as_json() if self.seen else None,
            "accepted": self.why or None,
        }


@dataclass(frozen=True, slots=True)
class Decides:
    """That a text can be met, or not met: on its first day some record is.

    Attributes:
        policy: The policy.
        day: The first day of the text.
        outcome: ``met`` or ``not_met``.
        seen: The smallest such record; None if there is none.
    """

    policy: str
    day: str
    outcome: str
    seen: Seen | None

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON value."""
        seen = self.seen.as_json() if self.seen else None
        return {"policy": self.policy, "text": self.day, "outcome": self.outcome, "record": seen}


def replayed(circumstances: Circumstances, node: int, truth: str, case: Case) -> Seen:
    """Return a record with whether the reference engine finds a condition so."""
    (letter,) = _letters(circumstances, node, [case])
    return Seen(case, letter == _LETTERS[truth])


def replayed_gap(circumstances: Circumstances, node: int, truth: str, case: Case) -> Seen:
    """Return a record with whether the reference engine finds it a gap.

    It must find the condition unknown in the record, and decided as claimed in each completion
    that is tried: in all of them, if there are at most `TRIED`.
    """
    completed = list(completions(circumstances, node, case))
    here, *there = _letters(circumstances, node, [case, *completed])
    confirmed = here == "u" and set(there) == {_LETTERS[truth]}
    return Seen(case, confirmed, len(completed))


def completions(circumstances: Circumstances, node: int, case: Case) -> Iterator[Case]:
    """Yield completions of a record in the facts that a condition reads, at most `TRIED`."""
    attributes = [rule_base().attributes[name] for name in circumstances.facts(node)]
    left = [(a, cells_left(a, case.possible.get(a.name))) for a in attributes]
    all_of_them = prod(len(cells) for _, cells in left)
    step = -(-all_of_them // TRIED)
    if step == 1:
        chosen: Iterator[tuple[int, ...]] = product(*(cells for _, cells in left))
    else:  # by the digits of numbers that are spread over all, as no list of all can be made
        chosen = (_digits(n, left) for n in range(0, all_of_them, step))
    for cells in islice(chosen, TRIED):
        values = {a.name: value_of(a, [c]) for (a, _), c in zip(left, cells, strict=True)}
        yield case.replace(**values)


def _digits(number: int, left: list[tuple[Any, range]]) -> tuple[int, ...]:
    cells = []
    for place, (_, possible) in enumerate(left):
        number, digit = divmod(number, len(possible))
        # Turned by the place, lest the facts that come late keep to few of their cells.
        cells.append(possible[(digit + place * number) % len(possible)])
    return tuple(cells)


def _letters(circumstances: Circumstances, node: int, cases: list[Case]) -> list[str]:
    policy, day = circumstances.policy, day_number(circumstances.day)
    requests = [Request(policy, day, circumstances.choices, case) for case in cases]
    place = policy.positions[node]
    return [letters[place] for letters in engine_named().truths(requests)]
