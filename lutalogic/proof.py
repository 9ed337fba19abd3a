# SPDX-License-Identifier: Apache-2.0
"""What became of a theorem, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from lutalogic.possible import json_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lutalogic.case import Case
    from lutalogic.claims import Theorem
    from lutalogic.replay import Answer

#: What can become of a theorem.
Status = Literal["proved", "refuted", "vacuous", "not_decided", "replay_disagrees"]


@dataclass(frozen=True, slots=True)
class Witness:
    """Patients of whom a claim does not hold.

    Attributes:
        cases: One patient, or two for a claim about two records. None with fewer facts exist.
        on: The day that the claim was tried on, YYYY-MM-DD.
        answers: What the reference engine answered to those leaves of the claim that settle it.
    """

    cases: tuple[Case, ...]
    on: str
    answers: tuple[Answer, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the witness as a JSON value: facts as the line protocol has them."""
        return {
            "records": [
                {name: json_value(value) for name, value in case.facts.items()}
                for case in self.cases
            ],
            "on": self.on,
            "answers": [answer.as_json() for answer in self.answers],
        }


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of a theorem.

    Attributes:
        theorem: The theorem.
        status: ``proved`` of every record; ``refuted`` by a witness; ``vacuous`` where it holds
            only because no record fulfils a premise; ``not_decided`` in the time given; or
            ``replay_disagrees``: the prover found patients who are no counterexample to the
            reference engine, which is an error of lutalogic.
        ms: Milliseconds taken, with the search for the smallest witness and its replay.
        days: The days it was tried on: one for each dated text that it speaks of.
        criteria: Without any one of these criteria it would not be proved; pairs of policy and id.
            None where there are many: then it rests on the rules as a whole.
        readings: Under another value of any one of these readings it would not be proved; with
            their present values. Of what is refuted, those taken in place of their defaults.
        witness: Patients of whom the claim does not hold.
        otherwise: Readings under which, taken alone in place of the present value, the status is
            another: (reading, value) to that status. Of what is refuted, empty unless asked for.
        under_all: Whether it is proved under every combination of readings.
    """

    theorem: Theorem
    status: Status
    ms: float
    days: tuple[str, ...]
    criteria: tuple[tuple[str, str], ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    witness: Witness | None = None
    otherwise: Mapping[tuple[str, str], Status] = field(default_factory=dict)
    under_all: bool = False

    @property
    def as_expected(self) -> bool:
        """Tell whether a theorem was proved, or what is no theorem refuted."""
        return self.status == self.theorem.expected

    def as_json(self) -> dict[str, Any]:
        """Return the proof as a JSON value."""
        over = self.theorem.over
        told: dict[str, Any] = {
            "name": self.theorem.name,
            "sentence": self.theorem.sentence,
            "expected": self.theorem.expected,
            "status": self.status,
            "ms": round(self.ms, 1),
            "assumptions": {
                "over": " ".join((over.kind, *over.attributes)),
                "days": list(self.days),
                "readings": dict(self.readings),
                "criteria": [f"{policy} {criterion}" for policy, criterion in self.criteria],
            },
        }
        if self.witness:
            told["witness"] = self.witness.as_json()
        told["under_all_readings"] = self.under_all
        told["otherwise"] = {f"{r}={v}": status for (r, v), status in self.otherwise.items()}
        return told
