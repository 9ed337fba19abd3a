# SPDX-License-Identifier: Apache-2.0
"""What became of a theorem: a value that says what it rests on, or who refutes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from lutalogic.engines import REFERENCE, engine_title
from lutalogic.possible import json_value
from lutalogic.replay import subject
from lutalogic.rulebase import rule_base
from lutalogic.words import fact_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lutalogic.case import Case
    from lutalogic.claims import Theorem
    from lutalogic.replay import Answer

#: What can become of a theorem.
Status = Literal["proved", "refuted", "vacuous", "not_decided", "replay_disagrees"]

#: The words of each; the engine is the one that was asked about the prover's patients.
_WORDS: Final[Mapping[Status, str]] = {
    "proved": "proved",
    "refuted": "refuted",
    "vacuous": "vacuous: no record fulfils a premise",
    "not_decided": "not decided in the time given",
    "replay_disagrees": "ERROR OF LUTALOGIC: {engine} finds no counterexample here",
}
#: How two records are told apart, by what the theorem is about.
_RECORDS: Final = {
    "extension": ("as it was", "with more documented"),
    "change": ("first", "then"),
    "increase": ("with the lower value", "with the higher value"),
}
#: More criteria than this are counted and not named.
_MOST_NAMED: Final = 8
_MOST_DECIDING: Final = 3


@dataclass(frozen=True, slots=True)
class Witness:
    """Patients of whom a claim does not hold.

    Attributes:
        cases: One patient, or two for a claim about two records. None with fewer facts exist.
        on: The day that the claim was tried on, YYYY-MM-DD.
        premise: What the engine answered to leaves that fulfil the claim's premise.
        breaks: What it answered to leaves that break the claim.
    """

    cases: tuple[Case, ...]
    on: str
    premise: tuple[Answer, ...]
    breaks: tuple[Answer, ...]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Return what the engine answered, as far as it settles that the claim fails."""
        return self.premise + self.breaks

    def as_json(self) -> dict[str, Any]:
        """Return the witness as a JSON value: facts as the line protocol has them."""
        return {
            "records": [
                {name: json_value(value) for name, value in case.facts.items()}
                for case in self.cases
            ],
            "on": self.on,
            "premise": [answer.as_json() for answer in self.premise],
            "breaks": [answer.as_json() for answer in self.breaks],
        }


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of a theorem.

    Attributes:
        theorem: The theorem.
        status: ``proved`` of every record; ``refuted`` by a witness; ``vacuous`` where it holds
            only because no record fulfils a premise; ``not_decided`` in the time given; or
            ``replay_disagrees``: the prover found patients who are no counterexample to the
            engine, which is an error of lutalogic.
        ms: Milliseconds taken, with the search for the smallest witness and its replay.
        days: The dates of service that its policies were asked about, YYYY-MM-DD.
        taken: The readings taken in place of their defaults, name to value.
        criteria: Without any one of these criteria it would not be proved; pairs of policy and id.
            None where there are many: then it rests on the rules as a whole.
        readings: Under another value of any one of these readings it would not be proved; with
            their present values.
        witness: Patients of whom the claim does not hold.
        otherwise: Readings under which, taken alone in place of the present value, the status is
            another: (reading, value) to that status. None where that was not tried.
        under_all: Whether it is proved under every combination of readings.
        engine: The name of the engine that was asked about the patients that the prover found.
    """

    theorem: Theorem
    status: Status
    ms: float
    days: tuple[str, ...]
    taken: Mapping[str, str] = field(default_factory=dict)
    criteria: tuple[tuple[str, str], ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    witness: Witness | None = None
    otherwise: Mapping[tuple[str, str], Status] | None = None
    under_all: bool = False
    engine: str = REFERENCE

    @property
    def as_expected(self) -> bool:
        """Tell whether a theorem was proved, or what is no theorem refuted.

        What is expected is so under the default readings; under others, to be settled is enough.
        """
        if self.taken:
            return self.status in ("proved", "refuted")
        return self.status == self.theorem.expected

    def as_json(self) -> dict[str, Any]:
        """Return the proof as a JSON value."""
        over = self.theorem.over
        told: dict[str, Any] = {
            "name": self.theorem.name,
            "sentence": self.theorem.sentence,
            "claim": self.theorem.written,
            "expected": self.theorem.expected,
            "status": self.status,
            "ms": round(self.ms, 1),
            "assumptions": {
                "over": " ".join((over.kind, *over.attributes)),
                "days": list(self.days),
                "readings_taken": dict(self.taken),
                "readings": dict(self.readings),
                "criteria": [f"{policy} {criterion}" for policy, criterion in self.criteria],
            },
            "under_all_readings": self.under_all,
            "rule_base": rule_base().digest,
        }
        if self.otherwise is not None:
            told["otherwise"] = {f"{r}={v}": status for (r, v), status in self.otherwise.items()}
        return told | ({"witness": self.witness.as_json()} if self.witness else {})

    def __str__(self) -> str:
        """Return the proof as text."""
        lines = "".join(f"\n{'  ' * (depth + 1)}{line}" for depth, line in self.lines())
        return f"{self.headline}  {self.theorem.name}\n  {self.theorem.sentence}.{lines}"

    def _repr_markdown_(self) -> str:
        """Return the proof as a notebook shows it."""
        lines = "".join(f"\n{'  ' * depth}* {line}" for depth, line in self.lines())
        return f"**{self.headline}** `{self.theorem.name}`: {self.theorem.sentence}.\n{lines}"

    @property
    def headline(self) -> str:
        """Return the status in words, with what was expected where it is another."""
        told = self.words
        expected = self.theorem.expected
        if self.status == expected:
            return told
        return f"{told} ({expected} by default)" if self.taken else f"{told} (expected: {expected})"

    @property
    def words(self) -> str:
        """Return the status in words."""
        return self._words(self.status)

    def _words(self, status: Status) -> str:
        return _WORDS[status].format(engine=engine_title(self.engine))

    def lines(self, *, sentences: bool = True) -> Iterator[tuple[int, str]]:
        """Yield what the proof rests on, or who refutes it, as lines with their depths.

        Args:
            sentences: Whether to put criteria and readings in words, beside their names.
        """
        yield from ((0, line) for line in self.basis(sentences=sentences))
        if self.witness:
            yield from self._patients(self.witness)
        yield from ((0, line) for line in self.by_readings(sentences=sentences))

    def basis(self, *, sentences: bool = False) -> Iterator[str]:
        """Yield for which texts it is proved and on which criteria that rests, if it is."""
        if self.status != "proved":
            return
        if len(self.days) > 1:
            yield f"for requests on {', '.join(self.days)}"
        if len(self.criteria) > _MOST_NAMED:
            yield f"rests on {len(self.criteria)} criteria"
        elif self.criteria and sentences:
            yield from (f"rests on {self._criterion(*pair)}" for pair in self.criteria)
        elif self.criteria:
            yield f"rests on {', '.join(criterion for _, criterion in self.criteria)}"
        else:
            yield "rests on the rules as a whole, and on no criterion alone"
        if self.under_all:
            yield "under every combination of readings"

    def by_readings(self, *, sentences: bool = False) -> Iterator[str]:
        """Yield under which readings the status is another, as far as that was tried."""
        if self.otherwise is None or self.under_all:
            return
        if not self.otherwise:
            yield f"{self.status} under each other reading, taken alone, too"
        known = rule_base().readings
        for (name, value), status in self.otherwise.items():
            told = f"{self._words(status)} under {name}={value}"
            meaning = known[name].meanings[known[name].values.index(value)]
            yield f"{told}: {known[name].question} {meaning}" if sentences else told

    @staticmethod
    def _criterion(policy: str, name: str) -> str:
        found = rule_base().policies[policy]
        [criterion] = [each for each in found.criteria if each.id == name]
        return f"{name}: {criterion.sentence} ({found.title})"

    def in_brief(self) -> Iterator[str]:
        """Yield the outcomes of a refuting patient, and what breaks the claim."""
        answers = self.witness.answers if self.witness else ()
        for answer in answers:
            if answer.leaf.asks == "outcome" or answer is answers[-1]:
                yield answer_line(answer, self._names)

    @property
    def _names(self) -> tuple[str, str]:
        """Return what the records are called."""
        return _RECORDS.get(self.theorem.over.kind, ("", ""))

    def _patients(self, witness: Witness) -> Iterator[tuple[int, str]]:
        first, *more = witness.cases
        yield 0, f"A record, {self._names[0]}:" if more else "A patient:"
        yield from ((1, line) for line in fact_lines(first))
        for second in more:
            yield 0, f"The same, {self._names[1]}:"
            yield from ((1, line) for line in fact_lines(second, beside=first))
        if witness.premise:
            yield 0, "Fulfils the premise:"
            yield from ((1, answer_line(answer, self._names)) for answer in witness.premise)
        yield 0, "And breaks the claim:"
        yield from ((1, answer_line(answer, self._names)) for answer in witness.breaks)


def fact_lines(case: Case, *, beside: Case | None = None) -> list[str]:
    """Return the facts of a case in words; beside another case, those in which it differs."""
    facts = case.possible
    if beside is None:
        return [fact_words(name, known) for name, known in facts.items()] or ["no fact documented"]
    changed = {name: value for name, value in facts.items() if beside.possible.get(name) != value}
    lost = [name for name in beside.possible if name not in facts]
    return [fact_words(name, value) for name, value in changed.items()] + [
        fact_words(name, None) for name in lost
    ]


def answer_line(answer: Answer, names: tuple[str, str] = ("", "")) -> str:
    """Return what the engine answered to one question of a claim.

    Args:
        answer: The answer.
        names: What the records are called.
    """
    leaf = answer.leaf
    under = [names[leaf.record]] if names[leaf.record] else []
    if leaf.policy in rule_base().policies:  # what is in no policy does not change with the day
        under.append(answer.day)
    under += [f"{name}={value}" for name, value in leaf.readings]
    told = f" ({', '.join(under)})" if under else ""
    by = f", by {', '.join(answer.by[:_MOST_DECIDING])}" if answer.by else ""
    by += " and more" * (len(answer.by) > _MOST_DECIDING)
    return f"{subject(leaf)}{told}: {answer.told.replace('_', ' ')}{by}"
