# SPDX-License-Identifier: Apache-2.0
"""One side of a comparison: a policy, on a day, under readings."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lutalogic.dates import date_of_service
from lutalogic.errors import BadDate, BadReading, BadRequest, InputError
from lutalogic.readings import choices_of, valid_readings
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from lutalogic.rules import Policy


@dataclass(frozen=True)
class Side:
    """A policy as it reads on a day, under some readings; made by `side`.

    Attributes:
        policy: The policy.
        day: The date of service, YYYY-MM-DD.
        taken: The readings that are not left at their defaults, as sorted pairs.
    """

    policy: Policy
    day: str
    taken: tuple[tuple[str, str], ...] = ()

    @cached_property
    def choices(self) -> tuple[int, ...]:
        """Return the index of the value taken for each of ``policy.readings``."""
        return choices_of(self.policy, self.taken)

    @property
    def readings(self) -> dict[str, str]:
        """Return the value taken of each reading that matters to the policy."""
        known = rule_base().readings
        pairs = zip(self.policy.readings, self.choices, strict=True)
        return {name: known[name].values[choice] for name, choice in pairs}

    @property
    def latest(self) -> bool:
        """Tell whether the text in force is the last on record."""
        return self.day >= _begun(self.policy, self.choices)

    @property
    def text(self) -> str:
        """Return which dated text is in force, and whether it is printed."""
        begun = [text for text in self.policy.texts if text.start <= self.day][-1]
        start = max(begun.start, self.policy.start(self.choices))
        return f"{begun.status} text from {start}{', the latest' if self.latest else ''}"

    def __str__(self) -> str:
        """Return the side as the command line takes it."""
        return ",".join([f"{self.policy.name}@{self.day}", *(f"{n}={v}" for n, v in self.taken)])

    def as_json(self) -> dict[str, Any]:
        """Return the side as a JSON value."""
        return {
            "policy": self.policy.name,
            "on": self.day,
            "text": self.text,
            "readings": dict(self.taken),
        }


def side(
    policy: str | Policy,
    *,
    on: date | str | None = None,
    readings: Mapping[str, str] | None = None,
) -> Side:
    """Return a policy as it reads on a day, under some readings, to be compared.

    Args:
        policy: The name of a policy, or one of `policies()`.
        on: The date of service, which picks the text; None for the latest text, on the day on
            which it took effect under the readings. A day yet to come is judged by that text too.
        readings: Readings to take in place of their defaults, name to value.

    Raises:
        UnknownPolicy: There is no such policy.
        BadDate: It is no calendar date, or no text of the policy is on record for it.
        BadReading: A reading is unknown, has no such value, or does not bear on the policy.

    >>> str(side("premera_lutathera"))
    'premera_lutathera@2026-04-01'
    """
    chosen = rule_base().policy(policy)
    pairs = valid_readings(readings)
    for name, _ in pairs:
        if name not in chosen.readings:
            raise BadReading(
                f"the reading does not bear on {chosen.name}; `lutalogic show {chosen.name}` "
                "lists those that do",
                f"readings.{name}",
            )
    known = rule_base().readings
    taken = tuple(pair for pair in pairs if pair[1] != known[pair[0]].default)
    choices = choices_of(chosen, taken)
    day = _begun(chosen, choices) if on is None else date_of_service(on).isoformat()
    first = chosen.start(choices)
    if day < first:
        raise BadDate(
            f"no text of {chosen.name} is on record for {day}: the first is from {first}. "
            f"{chosen.before}",
            "on",
        )
    return Side(chosen, day, taken)


def _begun(policy: Policy, choices: tuple[int, ...]) -> str:
    """Return the day on which the last text on record took effect, under some readings."""
    return max(policy.texts[-1].start, policy.start(choices))


def read_side(text: str) -> Side:
    """Return the side that a text states: POLICY[@DATE][,READING=VALUE...].

    Raises:
        BadRequest: It is not written so, or states a reading twice.
        InputError: As for `side`.

    >>> read_side("wellmark_lutathera,w_item1=literal_list").taken
    (('w_item1', 'literal_list'),)
    """
    first, *others = text.split(",")
    name, at, day = first.partition("@")
    readings: dict[str, str] = {}
    for pair in others:
        reading, equals, value = (part.strip() for part in pair.partition("="))
        if not equals:
            raise BadRequest(f"{pair!r} is no reading; write POLICY[@DATE][,READING=VALUE...]")
        if reading in readings:
            raise BadRequest("the reading stands twice; keep one", f"readings.{reading}")
        readings[reading] = value
    return side(name.strip(), on=day.strip() if at else None, readings=readings)


@contextmanager
def told_of(place: str) -> Iterator[None]:
    """Tell what is wrong of a place above the one that it names.

    Raises:
        InputError: What was raised below, there.
    """
    try:
        yield
    except InputError as error:
        below = error.at.removeprefix("facts.")
        raise type(error)(error.message, ".".join(filter(None, (place, below)))) from None
