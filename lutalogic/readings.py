# SPDX-License-Identifier: Apache-2.0
"""The readings that a request chooses: checked, and as an engine takes them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from lutalogic.errors import BadReading, BadRequest, did_you_mean
from lutalogic.possible import shown
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from lutalogic.rules import Policy


def valid_readings(readings: object) -> tuple[tuple[str, str], ...]:
    """Return readings as sorted pairs, each known to the rule base; of None, no pairs.

    Raises:
        BadRequest: They are no mapping.
        BadReading: A reading is unknown, or has no such value.

    >>> valid_readings({"w_item1": "literal_list"})
    (('w_item1', 'literal_list'),)
    """
    if readings is None:
        return ()
    if not isinstance(readings, Mapping):
        raise BadRequest("the readings must be an object, name to value", "readings")
    known = rule_base().readings
    for name, value in readings.items():
        at = f"readings.{name}"
        reading = known.get(name)
        if reading is None:
            hint = did_you_mean(str(name), known) or "; `lutalogic readings` lists them"
            raise BadReading(f"there is no reading {name!r}{hint}", at)
        if not isinstance(value, str) or value not in reading.values:
            hint = "" if isinstance(value, str) else " (as text)"
            raise BadReading(f"{shown(value)} is not one of {', '.join(reading.values)}{hint}", at)
    return tuple(sorted(readings.items()))


@lru_cache(maxsize=1024)
def choices_of(policy: Policy, readings: tuple[tuple[str, str], ...]) -> tuple[int, ...]:
    """Return the index of the value taken of each reading of a policy: chosen, or its default."""
    chosen = dict(readings)
    known = rule_base().readings
    return tuple(
        known[name].values.index(chosen.get(name, known[name].default)) for name in policy.readings
    )
