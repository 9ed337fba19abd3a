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
    from lutalogic.rules import Finding

#: The rules on plausibility hold on every day.
_ANY_DAY: Final = 20000101


def plausibility_remarks(
    engine: Engine, asked: Sequence[tuple[Case, str | None]]
) -> list[tuple[Remark, ...]]:
    """Return what is hardly right about the facts of some cases, in one call of the engine.

    Args:
        engine: The engine; it is asked about a case once, under however many policies it is told.
        asked: Each case with the name of the policy that is asked for; with None, only what is
            hardly right under any policy is told.
    """
    base = rule_base()
    rules = base.plausibility
    cases = {id(case): case for case, _ in asked}
    letters = engine.truths([Request(rules, _ANY_DAY, (), case) for case in cases.values()])
    places = [(finding, rules.positions[finding.node]) for finding in base.findings]
    found = {
        key: [(f.policy, _remark(f, case)) for f, place in places if truths[place] == "t"]
        for (key, case), truths in zip(cases.items(), letters, strict=True)
    }
    return [
        tuple(remark for under, remark in found[id(case)] if under in (None, policy))
        for case, policy in asked
    ]


def _remark(finding: Finding, case: Case) -> Remark:
    read = tuple(name for name in facts_read(finding.node) if name in case.possible)
    return Remark(finding.kind, finding.sentence, read)
