# SPDX-License-Identifier: Apache-2.0
"""Random requests for what-if: pending ones, with many open facts and with few."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import assume, settings
from hypothesis import strategies as st

from lutalogic import Outcome, decide, rule_base
from lutalogic.cells import NUMERIC, cells_left, stretches, value_of
from lutalogic.trace import turning_days
from tests.strategies import BASES, POLICIES, far_requests, requests
from tests.whatif.brute_force import tries
from tests.whatif.question import filling, read_in_force

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lutalogic import Decision
    from tests.whatif.question import Question

#: So many free facts, and so many assignments of them, are tried one by one.
FEW_FACTS = 8
DEEP = settings().max_examples > 1000
FEW_TRIES = 20_000 if DEEP else 3000


def effort(policy: str, *, deep: int, quick: int) -> settings:
    """Return how long to search: in a quick run, half as long in the policy that is the widest."""
    widest = max(POLICIES, key=lambda name: len(rule_base().policies[name].nodes))
    return settings(max_examples=deep if DEEP else quick // 2 if policy == widest else quick)


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
def seeded(draw: st.DrawFn) -> Random:
    """Draw a source of randomness; what is taken from it does not make an example any larger."""
    return Random(draw(st.integers(0, 2**32)))


@st.composite
def any_request(draw: st.DrawFn, policy: str) -> Decision:
    """Draw a request under any readings, with intervals and conflicts, mostly with a text in force.

    Every third has many numbers at the limits of rules, and every reading drawn. A policy is
    compiled anew for other readings, so a short search has a few choices of them.
    """
    request = draw(requests(policy) if draw(st.integers(0, 2)) else far_requests(policy))
    if draw(st.integers(0, 5)):
        request["on"] = draw(day_of_text(policy))
    if not DEEP:
        request["readings"] = draw(st.sampled_from(SOME_READINGS[policy]))
    return decided(request)


def some_readings(policy: str) -> list[dict[str, str]]:
    """Return the default readings, some with three others, and some with all drawn."""
    names, base, random = rule_base().policies[policy].readings, rule_base(), Random(1)
    return [{}] + [
        {name: random.choice(base.readings[name].values) for name in random.sample(names, count)}
        for count in (min(3, len(names)), min(3, len(names)), len(names))
    ]


def day_of_text(policy: str) -> st.SearchStrategy[str]:
    """Draw a day on which a text of a policy is in force, whatever the readings."""
    entry = rule_base().policies[policy]
    begun = [day for day in turning_days(entry) if day >= max(entry.starts)]
    return st.sampled_from(["2026-06-01", *begun])


@st.composite
def pending(draw: st.DrawFn, policy: str) -> Decision:
    """Draw a pending request: of one that is decided, facts are taken away until it is not."""
    decision, random = draw(any_request(policy)), draw(seeded())
    documented = list(decision.case.facts)
    random.shuffle(documented)
    while decision.outcome != Outcome.NEEDS_INFORMATION:
        decision = again(decision, decision.case.replace(**{documented.pop(): None}).facts)
    return decision


@st.composite
def pending_with_few(draw: st.DrawFn, policy: str) -> Decision:
    """Draw a pending request with few open facts.

    Either the other open facts of a pending one are filled while it stays pending; or those of one
    that is met are filled while it stays so, and then a few facts are taken away or widened.
    """
    random = draw(seeded())
    if draw(st.integers(0, 2)) == 0:
        found = narrowed(draw(pending(policy)), random)
    else:
        base, day = draw(st.sampled_from(BASES[policy])), draw(day_of_text(policy))
        request = draw(requests(policy)) | {"facts": base, "on": day}
        if not DEEP:
            request["readings"] = draw(st.sampled_from(SOME_READINGS[policy]))
        found = opened(narrowed(decided(request), random, most=3), random)
    assume(found.outcome == Outcome.NEEDS_INFORMATION)
    assume(few(filling(found)))
    return found


def narrowed(decision: Decision, random: Random, *, most: int = FEW_FACTS) -> Decision:
    """Return a request of the same outcome, with facts filled at random until few are open.

    Facts that would decide it otherwise, whatever they are filled with, stay open.
    """
    outcome, question = decision.outcome, filling(decision)
    names = list(question.moves)
    random.shuffle(names)
    for name in names:
        if len(question.moves) <= most and few(question):
            break
        cells = list(question.moves[name])
        random.shuffle(cells)
        for cell in cells:
            filled = again(decision, question.moved([(name, cell)]).facts)
            if filled.outcome == outcome:
                decision, question = filled, filling(filled)
                break
    return decision


def opened(decision: Decision, random: Random) -> Decision:
    """Return a request with some facts taken away, or widened to an interval with neighbours."""
    attributes, read = rule_base().attributes, sorted(read_in_force(decision))
    names = [name for name in read if name in decision.case.facts]
    random.shuffle(names)
    for name in names[: random.randint(1, FEW_FACTS)]:
        attribute, fact = attributes[name], decision.case.possible[name]
        cells, value = len(stretches(attribute)) if attribute.type in NUMERIC else 0, None
        [*left] = cells_left(attribute, fact)
        if left[-1] < cells and random.random() < 0.5:
            first, last = random.randint(0, left[0]), random.randint(left[-1], cells - 1)
            value = value_of(attribute, range(first, last + 1))
        wider = again(decision, decision.case.replace(**{name: value}).facts)
        if few(filling(wider)):
            decision = wider
    return decision


def few(question: Question) -> bool:
    """Tell whether all assignments of the free facts can be tried."""
    return len(question.moves) <= FEW_FACTS and tries(question) <= FEW_TRIES


#: What a short search draws readings from, by policy.
SOME_READINGS = {policy: some_readings(policy) for policy in POLICIES}
