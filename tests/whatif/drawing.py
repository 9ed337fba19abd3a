# SPDX-License-Identifier: Apache-2.0
"""Random requests for what-if: pending ones, with many open facts and with few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import assume, settings
from hypothesis import strategies as st

from lutalogic import Outcome, decide
from tests.strategies import far_requests, requests
from tests.whatif.brute_force import tries
from tests.whatif.question import filling

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from lutalogic import Decision
    from tests.whatif.question import Question

#: So many free facts, and so many assignments of them, are tried one by one.
FEW_FACTS = 8
FEW_TRIES = 20_000 if settings().max_examples > 1000 else 3000


def decided(request: Mapping[str, Any]) -> Decision:
    """Return the decision of a request as the tests state requests."""
    facts = {name: value for name, value in request["facts"].items() if value is not None}
    readings = request.get("readings")
    return decide(facts, request["policy"], on=request["on"], readings=readings, engine="prolog")


def again(decision: Decision, facts: Mapping[str, Any]) -> Decision:
    """Return the decision of the same request about other facts."""
    return decide(
        facts, decision.policy, on=decision.on, readings=decision.readings, engine="prolog"
    )


@st.composite
def any_request(draw: st.DrawFn, policy: str) -> Decision:
    """Draw a request on any date, under any readings, with intervals and conflicts."""
    return decided(draw(st.one_of(requests(policy), far_requests(policy))))


@st.composite
def pending(draw: st.DrawFn, policy: str) -> Decision:
    """Draw a pending request: of one that is decided, facts are taken away until it is not."""
    decision = draw(any_request(policy))
    random = draw(st.randoms(use_true_random=False))
    documented = list(decision.case.facts)
    random.shuffle(documented)
    while decision.outcome != Outcome.NEEDS_INFORMATION:
        decision = again(decision, decision.case.replace(**{documented.pop(): None}).facts)
    return decision


@st.composite
def pending_with_few(draw: st.DrawFn, policy: str) -> Decision:
    """Draw a pending request with few open facts: others are filled while it stays pending."""
    decision = draw(pending(policy))
    found = narrowed(decision, filling, draw(st.randoms(use_true_random=False)))
    assume(found is not None)
    assert found is not None
    return found


def narrowed(
    decision: Decision, ask: Callable[[Decision], Question], random: Random
) -> Decision | None:
    """Return a request as pending as one, with facts filled at random until few are free.

    Returns:
        None where facts that are left decide it, whatever they are filled with.
    """
    question = ask(decision)
    names = [name for name, cells in question.moves.items() if cells]
    random.shuffle(names)
    for name in names:
        if few(question):
            break
        cells = list(question.moves.get(name, ()))
        random.shuffle(cells)
        for cell in cells:
            filled = again(decision, question.moved([(name, cell)]).facts)
            if filled.outcome == Outcome.NEEDS_INFORMATION:
                decision, question = filled, ask(filled)
                break
    return decision if few(question) else None


def few(question: Question) -> bool:
    """Tell whether all assignments of the free facts can be tried."""
    return len(question.moves) <= FEW_FACTS and tries(question) <= FEW_TRIES
