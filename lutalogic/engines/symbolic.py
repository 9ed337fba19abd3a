# SPDX-License-Identifier: Apache-2.0
"""The formulas that proofs are made of, as an engine.

Slower than deciding, and there to be compared with it. Needs the extra ``lutalogic[proof]``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lutalogic.errors import EngineError
from lutalogic.formulas import Truth3, View, default_choices, one_value_each, rules
from lutalogic.rulebase import rule_base
from lutalogic.solving import Formula, holds, solver, z3
from lutalogic.symbolic_record import Record, record
from lutalogic.trace import turning_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.engines import Request
    from lutalogic.rules import Policy


class SymbolicEngine:
    """The formulas as an engine: slower than deciding, and there to be compared with it.

    It answers from the very formulas that proofs are made of, readings left open in them.
    """

    name = "symbolic"

    def truths(self, requests: Sequence[Request]) -> list[str]:
        """Return the letters of each request, in order."""
        return [self._letters(request) for request in requests]

    @staticmethod
    def _letters(request: Request) -> str:
        policy, day = request.policy, str(request.day)
        day = turning_day(policy, f"{day[:4]}-{day[4:6]}-{day[6:]}")
        first, started, truths, tied = _prepared(policy, day)
        known = rule_base().readings
        pairs = zip(policy.readings, request.choices, strict=True)
        changes = {name: known[name].values[choice] for name, choice in pairs}
        tied.push()
        tied.add(*first.holds(request.case), *default_choices(changes))
        try:
            if tied.check() != z3.sat:
                raise EngineError("a case is no record; this is an error of lutalogic")
            model = tied.model()
        finally:
            tied.pop()
        if not holds(model, started):
            return "-" * len(truths)
        return "".join(_letter(model, truth) for truth in truths)


@lru_cache(maxsize=64)
def _prepared(policy: Policy, day: str) -> tuple[Record, Formula, list[Truth3], Any]:
    """Return the formulas of a policy on a day, and a solver that ties them together."""
    known, first, view = rules(), record("first"), View(day)
    truths = [known.truth(first, policy, view, node) for node in policy.nodes]
    tied = solver()
    tied.add(first.shape, *one_value_each(), *known.ties(first, policy, view))
    tied.add(*map(z3.Bool, known.guards))
    return first, known.started(policy, view), truths, tied


def _letter(model: Any, truth: Truth3) -> str:
    for letter, part in zip("tf-", truth, strict=True):
        if holds(model, part):
            return letter
    return "u"
