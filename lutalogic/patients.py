# SPDX-License-Identifier: Apache-2.0
"""Patients for a wish: the rules run backwards, each patient replayed before anyone sees one."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from lutalogic.case import Case
from lutalogic.engines.choice import engine_named
from lutalogic.errors import BadRequest
from lutalogic.sides import told_of
from lutalogic.wishes import Wish, wish

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from lutalogic.answers import Outcome
    from lutalogic.rules import Policy
    from lutalogic.seeking import Search
    from lutalogic.sides import Side


#: More patients than anyone looks at.
_MOST: Final = 1_000_000


def patients(
    policy: str | Policy | Side,
    *,
    on: date | str | None = None,
    outcome: str | Outcome | None = None,
    criteria: Mapping[str, Any] | None = None,
    readings: Mapping[str, str] | None = None,
    by: str | None = None,
    waits_for: str | None = None,
    depends_on: str | None = None,
    also: Wish | Sequence[Wish] = (),
    given: Case | Mapping[str, Any] | None = None,
    near: Case | Mapping[str, Any] | None = None,
    n: int | None = None,
    seed: int = 0,
) -> Iterator[Case]:
    """Yield patients whose request comes out as wished, one by one, no two alike.

    Args:
        policy: The policy, its name (perhaps with day and readings, as `compare` takes it), or a
            `side`.
        on: The date of service; None for the day on which the latest text took effect.
        outcome: What the decision is; None if it does not matter.
        criteria: Truths that criteria have, as for `wish`.
        readings: Readings to take in place of their defaults, name to value.
        by: The criterion on which the outcome turns, as for `wish`; ``one`` for whichever.
        waits_for: The fact on which alone the request pends, as for `wish`; ``one`` for whichever.
        depends_on: A reading of which another value, alone, leads to another outcome.
        also: What else is wished of the same patient, under other policies, days or readings.
        given: Facts that every patient has just so; of a mapping, None for "not documented".
        near: A patient to whom those found should be near: fewest facts changed first. Else they
            differ as much as may be.
        n: How many; None for as many as there are, each looked for when it is asked for.
        seed: Another seed, other patients; not used with `near`.

    Returns:
        Cases, of which each fact bears on some criterion. None if the wish cannot come true.

    Raises:
        InputError: Something is unknown to the rule base, or wishes exclude one another.
        EngineError: The engines disagree on a patient; this would be an error of lutalogic.

    >>> [patient] = patients("premera_xofigo", outcome="not_met", by="X-5", n=1)
    >>> from lutalogic import decide
    >>> decide(patient, "premera_xofigo", on="2026-06-01").deciding
    ('X-5',)
    """
    if n is not None and (type(n) is not int or not 0 <= n <= _MOST):
        raise BadRequest(f"must be a whole number up to {_MOST:,}, or None", "n")
    search = searched(
        policy,
        on=on, outcome=outcome, criteria=criteria, readings=readings,
        by=by, waits_for=waits_for, depends_on=depends_on,
        also=also, given=given, near=near, seed=seed,
    )  # fmt: skip
    return search.patients() if n is None else islice(search.patients(), n)


def searched(
    policy: str | Policy | Side,
    *,
    also: Wish | Sequence[Wish] = (),
    given: Case | Mapping[str, Any] | None = None,
    near: Case | Mapping[str, Any] | None = None,
    seed: int = 0,
    **wished: Any,
) -> Search:
    """Return the search that arguments of `patients` ask for.

    Raises:
        InputError: As for `patients`.
        EngineError: The relational engine is not there.
    """
    engine_named("kanren")  # which tells what to do where it is not there
    from lutalogic.seeking import Search

    others = [also] if isinstance(also, Wish) else also
    if not isinstance(others, (list, tuple)) or not all(isinstance(o, Wish) for o in others):
        raise BadRequest(
            'must be what wish() returns, or a list: wish("...", outcome="met")', "also"
        )
    if not isinstance(seed, int):
        raise BadRequest("must be a whole number", "seed")
    wishes = [wish(policy, **wished), *others]
    if sum(bool(each.waits_for) for each in wishes) > 1:
        raise BadRequest("one request at a time can wait for a fact", "also")
    with told_of("given"):
        fixed = facts_of(given)
    with told_of("near"):
        start = None if near is None else facts_of(near)
    return Search(wishes, fixed, near=start, seed=seed)


def facts_of(given: Case | Mapping[str, Any] | None) -> dict[str, Any]:
    """Return facts as a mapping, checked; None stands for "not documented".

    Raises:
        InputError: They are none.
    """
    if isinstance(given, Case):
        return given.facts
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise BadRequest("must be a case, or a mapping of names to values")
    Case.from_mapping(given)
    return dict(given)
