# SPDX-License-Identifier: Apache-2.0
"""Compare two policies, or two texts or readings of one: what one covers and the other does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lutalogic.case import Case
from lutalogic.engines.choice import replaying_engine
from lutalogic.errors import BadRequest
from lutalogic.rules import Policy
from lutalogic.sides import Side, read_side, side, told_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lutalogic.comparison import Comparison


def compare(
    a: str | Policy | Side,
    b: str | Policy | Side,
    *,
    given: Case | Mapping[str, Any] | None = None,
) -> Comparison:
    """Prove what one policy covers and another does not, over every request.

    Args:
        a: A policy, its name, or a `side`: a policy on a day under readings. Text may also name
            those, as the command line does: ``"premera_lutathera@2026-03-31"``. Where no day is
            named, the latest text counts.
        b: Another.
        given: Facts that every request compared has, as given or known more exactly. Give the stage
            of the request, say, or the first difference hides all others.

    Returns:
        The comparison, with a smallest request for each difference, decided as `decide` does.
        Of two equal sides, that they are equivalent.

    Raises:
        InputError: A side or a given fact cannot be judged; the message says what and where.
        EngineError: z3 or an engine is not there, or they disagree.

    Source:
        Wellmark 06.01.38 and Premera 6.01.525, as the criteria cite them.

    >>> comparison = compare("premera_lutathera@2026-03-31", "premera_lutathera")
    >>> comparison.met.relation, [requirement.id for requirement in comparison.for_a]
    (<Relation.NARROWER: 'narrower'>, ['L-11'])
    """
    with told_of("A"):
        first = _side(a)
    with told_of("B"):
        second = _side(b)
    with told_of("given"):
        facts = _case(given)

    from lutalogic.containment import Containment  # z3 comes only with what proves
    from lutalogic.solving import heard

    replaying_engine()
    with heard():
        return Containment(first, second, facts).comparison()


def _side(given: object) -> Side:
    match given:
        case Side():
            return given
        case str():
            return read_side(given)
        case Policy():
            return side(given)
    raise BadRequest("must be the name of a policy, a policy, or what side() returns")


def _case(given: Case | Mapping[str, Any] | None) -> Case:
    if isinstance(given, Case):
        return given
    return Case() if given is None else Case.from_mapping(given)
