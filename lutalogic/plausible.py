# SPDX-License-Identifier: Apache-2.0
"""What is hardly right about the facts of a case: implausible values, contradictions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lutalogic.answers import Remark
from lutalogic.engines import Request
from lutalogic.rulebase import rule_base
from lutalogic.trace import facts_read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.case import Case
    from lutalogic.engines import Engine

#: The rules on plausibility hold on every day.
_ANY_DAY: Final = 20000101


def plausibility_remarks(engine: Engine, cases: Sequence[Case]) -> list[tuple[Remark, ...]]:
    """Return, for each case, what is hardly right about its facts, in one call of the engine."""
    base = rule_base()
    rules = base.plausibility
    letters = engine.truths([Request(rules, _ANY_DAY, (), case) for case in cases])
    places = [(finding, rules.positions[finding.node]) for finding in base.findings]
    return [
        tuple(
            Remark(f.kind, f.sentence, tuple(n for n in facts_read(f.node) if n in case.possible))
            for f, place in places
            if truths[place] == "t"
        )
        for case, truths in zip(cases, letters, strict=True)
    ]
