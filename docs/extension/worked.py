# SPDX-License-Identifier: Apache-2.0
"""The cases of tests/kb, as worked patients: read from the tables, decided by the engine."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lutalogic.decide import decide
from lutalogic.rulebase import rule_base
from lutalogic.trace import facts_read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lutalogic.decision import Decision

CASES: Final = Path(__file__).parents[2] / "tests/kb"
#: The day on which a row is decided that names none.
ON: Final = "2026-06-01"


@dataclass(frozen=True)
class Worked:
    """A row of a table of cases.

    Attributes:
        policy: The policy.
        file: The table, by the name of its file.
        line: The line in it, from 1.
        claim: What the row claims.
        base: The named patient that it varies.
        changed: What it changes; a value of None takes the fact away.
        facts: All facts.
        on: The date of service.
        readings: The readings that it takes.
        criteria: The truth it claims of criteria; None where one is left out.
        outcome: The outcome it claims; empty if it claims none.
    """

    policy: str
    file: str
    line: int
    claim: str
    base: str
    changed: Mapping[str, Any]
    facts: Mapping[str, Any]
    on: str
    readings: Mapping[str, str]
    criteria: Mapping[str, str | None]
    outcome: str

    def decision(self, **readings: str) -> Decision:
        """Return what the engine decides, under the readings of the row and others."""
        return decide(self.facts, self.policy, on=self.on, readings={**self.readings, **readings})

    @property
    def plain(self) -> bool:
        """Tell whether it takes no reading and the usual day."""
        return not self.readings and self.on == ON


@cache
def cases(policy: str) -> tuple[Worked, ...]:
    """Return the rows of all tables of a policy, in the document's order.

    >>> cases("premera_xofigo")[0].policy
    'premera_xofigo'
    """
    named = patients(policy)
    return tuple(
        _row(policy, named, path.stem, number, json.loads(line))
        for path in sorted((CASES / policy).glob("*.jsonl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    )


@cache
def patients(policy: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the named patients that the rows of a policy's tables vary, with their facts."""
    found: dict[str, dict[str, Any]] = json.loads(
        (CASES / policy / "bases.json").read_text(encoding="utf-8")
    )
    return found


def _row(policy: str, bases: Mapping[str, Any], file: str, line: int, row: Any) -> Worked:
    facts = bases[row["base"]] | row.get("facts", {})
    return Worked(
        policy=policy,
        file=file,
        line=line,
        claim=row["claim"],
        base=row["base"],
        changed=row.get("facts", {}),
        facts={name: value for name, value in facts.items() if value is not None},
        on=row.get("on", ON),
        readings=row.get("readings", {}),
        criteria=row["criteria"],
        outcome=row.get("outcome", ""),
    )


def tables(policy: str, criterion: str) -> dict[str, list[Worked]]:
    """Return the rows that claim something of a criterion, by the table they stand in."""
    found: dict[str, list[Worked]] = {}
    for row in cases(policy):
        if criterion in row.criteria:
            found.setdefault(row.file, []).append(row)
    return found


def example(policy: str, criterion: str, truth: str) -> Worked | None:
    """Return a row in which a criterion has a truth, a plain one and its own if there is one.

    One to which the criterion speaks comes before one that it passes over, as the rules for further
    doses do a first one.

    >>> example("premera_lutathera", "L-5", "false").criteria["L-5"]
    'false'
    """
    rows = [row for row in cases(policy) if row.criteria.get(criterion) == truth]
    own = criterion.replace(" ", "_")

    def order(row: Worked) -> tuple[bool, bool, bool, bool, int]:
        elsewhere = row.file.partition("_")[2] != own
        usual = bool(row.readings), row.on != ON
        return (*usual, _passed_over(row, criterion), elsewhere, len(row.changed))

    return min(rows, key=order, default=None)


def _passed_over(row: Worked, criterion: str) -> bool:
    """Tell whether a criterion is as it is whatever the patient: by the request alone."""
    base = rule_base()
    [node] = [c.node for c in base.policies[row.policy].criteria if c.id == criterion]
    own = {n for n in facts_read(node) if base.attributes[n].group != "request"}
    if not own:
        return False
    left = {name: value for name, value in row.facts.items() if name not in own}
    without = decide(left, row.policy, on=row.on, readings=row.readings).criteria.get(criterion)
    return without is not None and without.value == row.criteria[criterion]


@cache
def differing(reading: str, value: str) -> tuple[Worked, Decision, Decision] | None:
    """Return a patient on whom a value of a reading and the default differ, and both decisions.

    One whose outcome differs if there is one, else one of whom a criterion differs.
    """
    lesser = None
    for policy in rule_base().policies.values():
        if reading not in policy.readings:
            continue
        for row in cases(policy.name):
            if row.readings.get(reading) != value or len(row.readings) > 1:
                continue
            default = rule_base().readings[reading].default
            usual, other = row.decision(**{reading: default}), row.decision()
            if usual.outcome != other.outcome:
                return row, usual, other
            if usual.criteria != other.criteria and lesser is None:
                lesser = (row, usual, other)
    return lesser
