# SPDX-License-Identifier: Apache-2.0
"""Patients found for a wish, as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.rule import Rule
from rich.text import Text

from lutalogic.answers import Outcome
from lutalogic.comparison_pages import columns
from lutalogic.decide import decide
from lutalogic.engines import REFERENCE
from lutalogic.engines.choice import engine_named
from lutalogic.words import fact_words, missing_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from lutalogic.case import Case
    from lutalogic.wishes import Wish


def found_page(
    number: int, case: Case, wishes: Sequence[Wish], near: Case | None = None
) -> RenderableType:
    """Return a patient: facts, or what differs from a given patient, and each decision asked.

    Args:
        number: Which one it is, from 1.
        case: The facts.
        wishes: What was wished.
        near: The patient to whom this one should be near.
    """
    shown: list[RenderableType] = [Rule(f"Patient {number}", align="left")]
    if near is None:
        known = case.possible
        shown.append(
            columns([fact_words(name, known.get(name), stated=True) for name in case.facts])
        )
    else:
        shown += map(Text, _changes(case, near))
    for wish in wishes:
        shown += map(Text, _decided(case, wish))
    return Group(*shown, Text())


def _changes(case: Case, near: Case) -> Iterator[str]:
    """Yield what differs, and how much is as given."""
    before, after = near.possible, case.possible
    names = [name for name in {**near.facts, **case.facts} if before.get(name) != after.get(name)]
    for name in names:
        yield f"  {fact_words(name, before.get(name))}  ->  {fact_words(name, after.get(name))}"
    same = len(set(case.facts) - set(names))
    yield f"  as given: {same} fact{'s' * (same != 1)}" if names else "  just as given"


def _decided(case: Case, wish: Wish) -> Iterator[str]:
    """Yield what is decided, and on what it turns as was wished."""
    # Only where this is called is miniKanren there for certain.
    from lutalogic.fulfilment import turning_on

    side = wish.side
    policy = side.policy
    decision = decide(case, policy, on=side.day, readings=dict(side.taken))
    by = ", ".join(decision.deciding)
    where = f"{policy.title}, service on {side.day}"
    read = "".join(f", {name} = {value}" for name, value in side.taken)
    yield f"{where}{read}: {decision.outcome.words}{f' by {by}' if by else ''}"
    if wish.by:
        sentences = {criterion.id: criterion.sentence for criterion in policy.criteria}
        for name in turning_on(wish, case):
            but = "not met without" if decision.outcome is Outcome.MET else "met but for"
            yield f"  {but} {name}: {sentences[name]}"
    if wish.waits_for:
        yield from (f"  waits for: {missing_words(name)}" for name in decision.waits_for)
    if wish.depends_on:
        for value, outcome in decision.depends_on_readings[wish.depends_on].items():
            yield f"  {outcome.words} if {wish.depends_on} = {value}"
    yield from (f"  look again: {remark.message}" for remark in decision.warnings)


def engines_line() -> str:
    """Return which engines decided the patients that are shown."""
    if engine_named().name == REFERENCE:
        return "Each decided alike by Prolog and by the relational engine."
    return "Each decided by the relational engine alone: SWI-Prolog is not installed."
