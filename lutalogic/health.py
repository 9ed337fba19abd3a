# SPDX-License-Identifier: Apache-2.0
"""The health of the rule base, proved over every record.

Do all texts decide? Is there a criterion or a clause that decides nothing, are there two criteria
that are one, and do records pend that need not? docs/health.md says what each question means.
What is found is either accepted, as a fact of kb/findings.pl, or unexpected; and an accepted
finding that is found no more is stale.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from lutalogic.engines import REFERENCE
from lutalogic.engines.choice import engine_named, replaying_engine
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable

    from lutalogic.accepted import Accepted
    from lutalogic.findings import Decides, Finding


@dataclass(frozen=True, slots=True)
class Health:
    """What was found of the rule base.

    Attributes:
        decides: For each text and outcome, a record that has it.
        findings: All findings, accepted or not.
        shared: Criteria that are one condition of the rule base, by intent: policy and id.
        stale: Findings that are accepted and were not found.
        ms: Milliseconds taken.
        engine: The name of the engine that was asked about each record.
    """

    decides: tuple[Decides, ...]
    findings: tuple[Finding, ...]
    shared: tuple[tuple[tuple[str, str], ...], ...]
    stale: tuple[Accepted, ...]
    ms: float
    engine: str = REFERENCE

    @property
    def unexpected(self) -> tuple[Finding, ...]:
        """Return the findings that are not accepted."""
        return tuple(finding for finding in self.findings if not finding.why)

    @property
    def disputed(self) -> tuple[Finding | Decides, ...]:
        """Return what the engine did not confirm: errors of lutalogic."""
        shown: tuple[Finding | Decides, ...] = (*self.decides, *self.findings)
        return tuple(each for each in shown if each.seen and not each.seen.confirmed)

    @property
    def as_listed(self) -> bool:
        """Tell whether every text decides and just what is accepted was found and confirmed."""
        return not (self.undecided or self.unexpected or self.stale or self.disputed)

    @property
    def undecided(self) -> tuple[Decides, ...]:
        """Return the texts and the outcomes that no record has in them."""
        return tuple(each for each in self.decides if each.seen is None)

    def as_json(self) -> dict[str, Any]:
        """Return what was found as a JSON value."""
        return {
            "as_listed": self.as_listed,
            "texts": [each.as_json() for each in self.decides],
            "findings": [each.as_json() for each in self.findings],
            "shared": [[" ".join(each) for each in pair] for pair in self.shared],
            "stale": [
                {
                    "policy": each.place.policy,
                    "criterion": each.place.criterion or None,
                    "form": each.place.form,
                    "kind": each.kind,
                    "readings": dict(each.readings),
                    "accepted": each.why,
                }
                for each in self.stale
            ],
            "ms": round(self.ms, 1),
        }


def health(*, tell: Callable[[str], None] | None = None) -> Health:
    """Examine the rule base, over every record.

    Args:
        tell: Is called with what is looked at, each time that it changes.

    Raises:
        EngineError: z3 or an engine is not there.
    """
    from lutalogic.solving import heard  # z3 comes only with what proves

    replaying_engine()
    with heard():
        return _health(tell or (lambda _: None))


def _health(told: Callable[[str], None]) -> Health:
    from lutalogic.examine import gaps, idle, text_decides, twins

    start = perf_counter()
    decides: list[Decides] = []
    findings: list[Finding] = []
    for policy in rule_base().policies.values():
        told(f"{policy.title}: do its texts decide?")
        decides += text_decides(policy)
        told(f"{policy.title}: does each criterion and clause count?")
        findings += idle(policy)
        told(f"{policy.title}: do records pend that need not?")
        findings += gaps(policy)
    told("are two criteria one?")
    equivalent, shared = twins()
    findings = [accepted(each) for each in (*findings, *equivalent)]
    return Health(
        decides=tuple(decides),
        findings=tuple(findings),
        shared=tuple(shared),
        stale=tuple(a for a in rule_base().accepted if not any(f.is_that(a) for f in findings)),
        ms=(perf_counter() - start) * 1000,
        engine=engine_named().name,
    )


def accepted(finding: Finding) -> Finding:
    """Return a finding with the reason for which it is accepted, if it is."""
    why = next((each.why for each in rule_base().accepted if finding.is_that(each)), "")
    return replace(finding, why=why)
