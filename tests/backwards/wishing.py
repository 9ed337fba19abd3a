# SPDX-License-Identifier: Apache-2.0
"""Random wishes, and the same wishes as formulas, for a prover that knows nothing of networks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from lutalogic import Case, InputError, rule_base, wish
from lutalogic.cells import cells_left
from lutalogic.engines import Request
from lutalogic.engines.prolog import PROLOG
from lutalogic.formulas import View, default_choices, one_value_each, rules
from lutalogic.solving import conjunction, disjunction, formula, negation, solver, z3
from lutalogic.symbolic_record import record
from lutalogic.trace import facts_read
from tests.strategies import BASES, DAYS, POLICIES, facts_near, readings

if TYPE_CHECKING:
    from collections.abc import Collection

    from lutalogic.formulas import Truth3
    from lutalogic.rules import Policy
    from lutalogic.wishes import Wish

TRUTHS = [["true"], ["false"], ["unknown"], ["true", "unknown"], ["false", "unknown"]]


@st.composite
def wishes(draw: st.DrawFn) -> tuple[Wish, dict[str, Any]]:
    """Draw a wish, and facts that are given: at random, so that many cannot come true."""
    name = draw(st.sampled_from(POLICIES))
    policy = rule_base().policies[name]
    on = draw(st.sampled_from([None, None, *DAYS]))
    taken = draw(readings(policy, 2))
    try:
        plain = wish(name, on=on, readings=taken)
    except InputError:  # no text is in force on that day
        plain, on, taken = wish(name), None, {}
    ids = st.sampled_from(list(plain.view.criteria))
    chosen = draw(st.lists(ids, max_size=4, unique=True))
    criteria = {c: draw(st.sampled_from(TRUTHS)) for c in chosen}
    outcome = draw(st.sampled_from([None, "met", "not_met", "needs_information"]))
    base = draw(st.sampled_from(BASES[name]))
    kept = draw(st.lists(st.sampled_from(sorted(base)), max_size=6, unique=True))
    given = draw(facts_near({n: base[n] for n in kept}, tuple(kept), 2)) if kept else {}
    return wish(name, on=on, readings=taken, outcome=outcome, criteria=criteria), given


def as_formulas(wished: Wish, given: dict[str, Any]) -> Any:
    """Return a solver that holds the records for which a wish comes true."""
    view, policy = wished.view, wished.side.policy
    asked, truths, ready = _prepared(policy, view.day)
    ready.push()
    known = rule_base().readings
    pairs = zip(policy.readings, view.choices, strict=True)
    ready.add(*default_choices({name: known[name].values[choice] for name, choice in pairs}))
    for _, node, letters in next(wished.ways()).demands:
        ready.add(formula(_has_one_of(truths[node], letters)))
    case = Case(**given)
    for name in given:
        left = cells_left(rule_base().attributes[name], case.possible.get(name))
        ready.add(*asked.is_fact(name, left if name in case.possible else ()))
    return ready


def hardly_right(policy: Policy, near: dict[str, Any]) -> list[Any]:
    """Return, of what rules on plausibility find in facts of a policy, that none is new."""
    base, view = rule_base(), View("2000-01-01")
    read = set(wish(policy.name).view.policy.attributes)
    request = Request(base.plausibility, 20000101, (), Case(**near))
    [letters] = PROLOG.truths([request])
    return [
        negation(rules().truth(record("first"), base.plausibility, view, f.node).true)
        for f in base.findings
        if f.policy in (None, policy.name)
        and set(facts_read(f.node)) & read
        and letters[base.plausibility.positions[f.node]] != "t"
    ]


def differing(near: dict[str, Any], names: Collection[str] | None = None) -> list[Any]:
    """Return, for each fact, or for some, that it is not as a given patient has it."""
    case, asked = Case(**near), record("first")
    return [
        negation(
            conjunction(
                asked.is_fact(
                    a.name,
                    cells_left(a, case.possible[a.name]) if a.name in case.possible else (),
                )
            )
        )
        for a in rule_base().attributes.values()
        if names is None or a.name in names
    ]


@cache
def _prepared(policy: Policy, day: str) -> tuple[Any, dict[int, Truth3], Any]:
    asked, known, ready = record("first"), rules(), solver()
    view = View(day)
    truths = {node: known.truth(asked, policy, view, node) for node in policy.nodes}
    ready.add(asked.shape, *one_value_each(), *known.ties(asked, policy, view))
    ready.add(*map(z3.Bool, known.guards))
    return asked, truths, ready


def _has_one_of(truth: Truth3, letters: str) -> Any:
    parts = {"t": truth.true, "f": truth.false, "u": truth.unknown, "-": truth.off}
    return disjunction(parts[letter] for letter in letters)
