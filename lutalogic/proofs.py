# SPDX-License-Identifier: Apache-2.0
"""The theorems of the rule base, and whether they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lutalogic.engines.choice import replaying_engine
from lutalogic.errors import BadRequest, did_you_mean
from lutalogic.readings import valid_readings
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lutalogic.claims import Theorem
    from lutalogic.proof import Proof

#: Seconds for one theorem, unless said otherwise.
TIMEOUT: Final = 60.0
#: The most seconds that can be asked for: a day.
LONGEST: Final = 86_400.0


def theorems() -> tuple[Theorem, ...]:
    """Return the theorems of the rule base, and what sounds like one and is none.

    >>> [theorem.name for theorem in theorems()][:2]
    ['lutathera_within_four_doses', 'pluvicto_and_xofigo_within_six_doses']
    """
    return rule_base().claims


def prove(
    *names: str,
    readings: Mapping[str, str] | None = None,
    all_readings: bool = False,
    timeout: float = TIMEOUT,
) -> tuple[Proof, ...]:
    """Prove or refute theorems of the rule base, over every record.

    A record holds each fact as known, as an interval or not at all, within the ranges of the
    vocabulary. Facts count by cell: no rule can tell two values of one cell apart.

    Args:
        names: The theorems; all of them if none is named.
        readings: Readings to take in place of their defaults, name to value.
        all_readings: Whether to tell also under which other readings the status is another.
        timeout: Seconds for each theorem.

    Raises:
        BadRequest: There is no theorem of this name, or the timeout is no number of seconds.
        BadReading: A reading is unknown, or has no such value.
        EngineError: z3 or an engine is not there.

    Source:
        The theorems are facts, in kb/theorems.pl.

    >>> [proof] = prove("lutathera_within_four_doses")
    >>> proof.status, proof.criteria
    ('proved', (('premera_lutathera', 'L-9'), ('wellmark_lutathera', 'W-5')))
    >>> [refuted] = prove("wellmark_met_means_ki67_of_at_most_20")
    >>> refuted.witness.cases[0].ki67_percent
    80
    """
    found = each_proof(names, readings=readings, all_readings=all_readings, timeout=timeout)
    return tuple(found)


def each_proof(
    names: Sequence[str] = (),
    *,
    readings: Mapping[str, str] | None = None,
    all_readings: bool = False,
    timeout: float = TIMEOUT,
) -> Iterator[Proof]:
    """Prove or refute theorems as `prove` does, and yield each as it is done."""
    from lutalogic.prover import Prover  # z3 comes only with what proves
    from lutalogic.solving import heard

    chosen = dict(valid_readings(readings))
    if not 0 < timeout <= LONGEST:  # nor what is no number
        raise BadRequest(f"write the seconds as a number above 0, up to {LONGEST:g}", "timeout")
    replaying_engine()
    for theorem in [find(name) for name in names] or theorems():
        with heard():
            proof = Prover(theorem, chosen, timeout=timeout).proof(all_readings=all_readings)
        yield proof


def find(name: object) -> Theorem:
    """Return the theorem of a name.

    Raises:
        BadRequest: There is none.
    """
    known = {theorem.name: theorem for theorem in theorems()}
    if not isinstance(name, str):
        raise BadRequest("the names of theorems must be text, one argument each", "theorem")
    if name not in known:
        hint = did_you_mean(name, known) or "; `lutalogic prove --list` lists them"
        raise BadRequest(f"there is no theorem {name!r}{hint}", "theorem")
    return known[name]
