# SPDX-License-Identifier: Apache-2.0
"""Change facts in a notebook, and see at once what becomes of the decisions."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from lutalogic.case import Case
from lutalogic.dates import date_of_service
from lutalogic.decide import decide, policies_for
from lutalogic.errors import BadRequest, PanelMissing, UnknownAttribute, did_you_mean
from lutalogic.readings import valid_readings
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from lutalogic.panel_view import Panel
    from lutalogic.rules import Policy


def panel(
    case: Case | Mapping[str, Any],
    policies: str | Policy | Sequence[str | Policy] | None = None,
    *,
    on: date | str,
    facts: Iterable[str] | None = None,
    readings: Iterable[str] | Mapping[str, str] = (),
    engine: str | None = None,
) -> Panel:
    """Return a panel that shows what each policy decides while facts are changed on it.

    Args:
        case: The case to begin with.
        policies: The policies, or their names; None for all that speak to the tumor.
        on: The date of service to begin with.
        facts: The facts to have controls for, in this order; None for those for which the request
            waits, and those of which a change alone would turn an answer.
        readings: The readings to have choices for; of a mapping, each at the value given.
        engine: As of `decide`.

    Returns:
        The panel, which a notebook shows. Numbers have a slider over usual values and every limit
        of the rules, and a field for any other value, an interval such as ``<5`` too.

    Raises:
        InputError: Something in the request cannot be judged; the message says what and where.
        PanelMissing: ipywidgets is not installed.
        EngineError: The installation cannot decide.

    >>> shown = panel({"age_years": 17}, "premera_xofigo", on="2026-06-01", facts=["age_years"])
    >>> shown.set(age_years=18)
    >>> str(shown.decisions[0].criteria["X-1"])
    'true'
    """
    begun = case if isinstance(case, Case) else Case.from_mapping(case)
    day = date_of_service(on)
    taken = _readings(readings)
    chosen = _policies(begun, policies, taken, engine)
    named = _facts(begun, chosen, day, facts, taken, engine)
    if find_spec("ipywidgets") is None:
        raise PanelMissing(
            "a panel needs ipywidgets, which is not installed: pip install ipywidgets, "
            "or the extra lutalogic[notebook]"
        )
    from lutalogic.panel_view import Panel  # ipywidgets comes only with notebooks

    return Panel(begun, chosen, on=day, facts=named, readings=taken, engine=engine)


def _readings(readings: Iterable[str] | Mapping[str, str]) -> dict[str, str]:
    if isinstance(readings, Mapping):
        return dict(valid_readings(readings))
    known = rule_base().readings
    return dict(valid_readings({n: known[n].default if n in known else "" for n in readings}))


def _policies(
    case: Case,
    policies: str | Policy | Sequence[str | Policy] | None,
    readings: Mapping[str, str],
    engine: str | None,
) -> list[Policy]:
    if policies is None:
        return list(policies_for(case, readings=readings, engine=engine))
    several = policies if isinstance(policies, (list, tuple)) else [policies]
    return [rule_base().policy(policy) for policy in several]


def _facts(
    case: Case,
    policies: Sequence[Policy],
    day: date,
    facts: Iterable[str] | None,
    readings: Mapping[str, str],
    engine: str | None,
) -> list[str]:
    """Return the facts that have controls: those named, or those on which the answers turn."""
    known = rule_base().attributes
    if facts is not None:
        named = list(dict.fromkeys(facts))
        for name in named:
            if name not in known:
                hint = did_you_mean(str(name), known) or "; `lutalogic facts` lists it"
                raise UnknownAttribute(f"{name!r} is not in the vocabulary{hint}", "facts")
        return named
    turning: set[str] = set()
    for policy in policies:
        decision = decide(case, policy, on=day, readings=readings, engine=engine)
        turning.update(decision.waits_for)
        turning.update(c.facts[0] for c in decision.flips() if len(c.facts) == 1)
    if not turning:
        raise BadRequest(
            "no fact alone turns an answer; name the facts to have controls for", "facts"
        )
    return [name for name in known if name in turning]
