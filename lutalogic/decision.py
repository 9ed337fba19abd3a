# SPDX-License-Identifier: Apache-2.0
"""A decision is a value that carries its reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

from lutalogic.answers import Outcome, Remark, Truth, Unknown
from lutalogic.conflicts import conflicts
from lutalogic.dates import day_number
from lutalogic.engines import REFERENCE, engine_title
from lutalogic.explain import explain
from lutalogic.flips import flips
from lutalogic.markup import Shown
from lutalogic.missing import missing
from lutalogic.other_readings import under_other_readings
from lutalogic.plausible import plausibility_remarks
from lutalogic.possible import Members, Span
from lutalogic.reasons import reasons
from lutalogic.rulebase import rule_base
from lutalogic.statements import statement
from lutalogic.trace import Trace, findings, turning_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from lutalogic.answers import Conflict
    from lutalogic.case import Case
    from lutalogic.engines import Engine, Request
    from lutalogic.explain import Explanation
    from lutalogic.flips import Flips
    from lutalogic.missing import Missing
    from lutalogic.reasons import Question
    from lutalogic.rules import Policy, Text


#: The version of the JSON form of decisions; see the schema of that name.
DECISION_SCHEMA: Final = "lutalogic/decision/1"
_TRUTHS: Final = {"t": Truth.TRUE, "f": Truth.FALSE, "u": Truth.UNKNOWN}
_OUTCOMES: Final = {
    "t": Outcome.MET,
    "f": Outcome.NOT_MET,
    "u": Outcome.NEEDS_INFORMATION,
    "-": Outcome.NEEDS_INFORMATION,
}


@dataclass(frozen=True, eq=False, repr=False)
class Decision(Shown):
    """The outcome of one policy for one case on one date of service, and why.

    Attributes:
        request: What was asked: policy, day, readings and facts.
        on: The date of service.
        truths: One letter for each of ``policy.nodes``: t, f, u, or - where not in force.
        digest: The digest of the rule base.
        engine: The engine that evaluated the rules.
    """

    request: Request
    on: date
    truths: str
    digest: str
    engine: Engine

    @property
    def policy(self) -> Policy:
        """Return the policy that was applied."""
        return self.request.policy

    @property
    def case(self) -> Case:
        """Return the facts."""
        return self.request.case

    @property
    def readings(self) -> dict[str, str]:
        """Return the readings it was taken under, of those that matter to the policy."""
        known = rule_base().readings
        pairs = zip(self.policy.readings, self.request.choices, strict=True)
        return {name: known[name].values[choice] for name, choice in pairs}

    @property
    def outcome(self) -> Outcome:
        """Return met, not_met or needs_information."""
        return _OUTCOMES[self.truths[self.policy.positions[self.policy.root]]]

    @property
    def text_in_force(self) -> bool:
        """Tell whether a text of the policy is on record for the date of service."""
        return self.truths[self.policy.positions[self.policy.root]] != "-"

    @property
    def text(self) -> Text | None:
        """Return the dated text that was in force, printed or reconstructed; None if none is."""
        if not self.text_in_force:
            return None
        return _text(self.policy, self.request.choices, self.trace.day)

    @cached_property
    def applies(self) -> Truth:
        """Tell whether the policy speaks to this tumor at all, whatever the date of service."""
        letters = self.truths
        if not self.text_in_force:  # then ask about the first day on which there is a text
            first = day_number(self.policy.start(self.request.choices))
            letters = self.engine.truths([self.request.under(day=max(first, self.request.day))])[0]
        return _TRUTHS[letters[self.policy.positions[self.policy.applies_to]]]

    @cached_property
    def criteria(self) -> Mapping[str, Truth]:
        """Return the truth of every criterion in force, by id, in the document's order."""
        truths = self.truths
        return {
            name: _TRUTHS[truths[place]]
            for name, place in self.policy.criterion_positions
            if truths[place] != "-"
        }

    def truth(self, node: int) -> Truth | None:
        """Return the truth of the node with this number; None where it is not in force."""
        return _TRUTHS.get(self.trace.letter(node))

    @cached_property
    def trace(self) -> Trace:
        """Return the graph of nodes with their truths, for walking it."""
        day = turning_day(self.policy, self.on.isoformat())
        return Trace(self.policy, self.request.choices, day, self.truths)

    @cached_property
    def deciding(self) -> tuple[str, ...]:
        """Return the ids of the criteria that decide the outcome, in the document's order."""
        return findings(self.trace).deciding

    @cached_property
    def waits_for(self) -> tuple[str, ...]:
        """Return the facts on which the outcome still waits: not documented, or an interval.

        Empty unless the outcome is ``needs_information``. Not all of them need be necessary.
        """
        known = self.case.possible
        return tuple(
            name
            for name in findings(self.trace).waited
            if isinstance(known.get(name), (Span, type(None)))
        )

    @cached_property
    def indeterminate(self) -> tuple[str, ...]:
        """Return why documented facts leave a pending outcome open: what no text settles."""
        asked = statement(self.policy, self.request.choices, self.trace.day)
        if asked is None or self.trace.letter(self.policy.root) != "u":
            return ()
        root = reasons(asked, self.truths, self.case, "why")
        told: dict[str, None] = {}
        for reason in root.all():
            part = reason.statement
            if reason.unknown is not Unknown.INDETERMINATE:
                continue
            if not part.attributes:
                told[part.sentence] = None
            elif isinstance(self.case.possible.get(part.attributes[0]), Members):
                told[f"{reason.fact} may or may not be what is asked"] = None
        return tuple(told)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Return the conflicts of evidence in force, decisive or not, and the criteria touched."""
        return conflicts(self.trace, self.case.facts)

    @cached_property
    def warnings(self) -> tuple[Remark, ...]:
        """Return what is hardly right about the facts of a request under this policy."""
        return plausibility_remarks(self.engine, [(self.case, self.policy.name)])[0]

    @cached_property
    def depends_on_readings(self) -> Mapping[str, Mapping[str, Outcome]]:
        """Return the readings of which another value alone changes the outcome, and to what."""
        tried = list(under_other_readings(self.request, self.truths))
        letters = self.engine.truths([request for _, _, request in tried])
        root = self.policy.positions[self.policy.root]
        changes: dict[str, dict[str, Outcome]] = {}
        for (name, value, _), truths in zip(tried, letters, strict=True):
            if _OUTCOMES[truths[root]] is not self.outcome:
                changes.setdefault(name, {})[value] = _OUTCOMES[truths[root]]
        return changes

    def why(self, criterion: str | None = None, *, whole: bool = False) -> Explanation:
        """Return why the outcome is what it is, or why a criterion is: the shortest reasons.

        Args:
            criterion: The id of a criterion, such as ``"L-2"``; None for the outcome.
            whole: Whether to show all that is in force rather than the shortest reasons.

        Raises:
            BadRequest: The policy has no such criterion.
        """
        return self._explanation("whole" if whole else "why", criterion)

    def why_not(self, criterion: str | None = None) -> Explanation:
        """Return everything that stands between the request and "met"; empty if it is met.

        Args:
            criterion: The id of a criterion, to ask what keeps that from being true.

        Raises:
            BadRequest: The policy has no such criterion.
        """
        return self._explanation("why_not", criterion)

    def missing(self) -> Missing:
        """Return what a pending request lacks: all least sets of facts that would settle it.

        What would approve it and what would deny it are told apart. What is known stays as it is;
        what is open may turn out to be anything that is still possible.

        Raises:
            EngineError: The engine does not confirm an example; an error of lutalogic.
        """
        return missing(
            self.request, self.trace, self.engine, heading=self.heading, about=self._asked()
        )

    def flips(self, to: Outcome | str | None = None) -> Flips:
        """Return the least changes of facts that would turn the outcome, the nearest first.

        Facts change as the rule base declares it: some never, some only upwards; what is open may
        be documented, and nothing is erased.

        Args:
            to: ``met`` or ``not_met``; None for whichever the outcome is not.

        Raises:
            BadRequest: `to` is neither.
            EngineError: The engine does not confirm an example; an error of lutalogic.
        """
        return flips(
            self.request,
            self.trace,
            self.engine,
            heading=self.heading,
            about=self._asked(),
            to=to,
        )

    def _explanation(self, question: Question, criterion: str | None) -> Explanation:
        return explain(
            self.trace,
            self.case,
            question,
            criterion,
            heading=self.heading,
            about=self._asked(),
            closing=self._closing,
        )

    def _closing(self) -> list[str]:
        """Return what a reader of an explanation should know besides."""
        known = rule_base().readings
        told = [
            f"Read otherwise than by default: {known[name].question} "
            f"{known[name].meanings[known[name].values.index(value)]} [{name} = {value}]"
            for name, value in self.readings.items()
            if value != known[name].default
        ]
        told += [f"Look again: {warning.message}" for warning in self.warnings]
        if self.text and self.text.status == "reconstructed":
            told.append("The text of that date is not printed; the change log tells what it asked.")
        told += [
            f"Turns on a reading: {outcome.words} if {name} = {value}"
            for name, changes in self.depends_on_readings.items()
            for value, outcome in changes.items()
        ]
        return told

    @property
    def heading(self) -> tuple[str, str]:
        """Return the outcome in one line, and the document, date and text in another.

        That also names the engine, where it is not the reference engine.
        """
        policy, outcome, text = self.policy, self.outcome, self.text
        which = f", {text.status} text from {text.start}" if text else ""
        if self.engine.name != REFERENCE:
            which += f", by {engine_title(self.engine.name)}"
        return (
            f"{policy.title}: {outcome.words} ({outcome.payers_words})",
            f"{policy.document.number}, service on {self.on.isoformat()}{which}",
        )

    def as_json(self) -> dict[str, Any]:
        """Return the decision as a JSON value: outcome and criteria first, then the reasons."""
        asked = self._asked()
        told: dict[str, Any] = {
            "outcome": asked.pop("outcome"),
            "criteria": {name: truth.value for name, truth in self.criteria.items()},
            **asked,
            "applies": self.applies.value,
            "deciding": list(self.deciding),
            "missing": list(self.waits_for),
            "indeterminate": list(self.indeterminate),
            "conflicts": [conflict.as_json() for conflict in self.conflicts],
            "warnings": [warning.as_json() for warning in self.warnings],
            "depends_on_readings": {
                name: {value: outcome.value for value, outcome in changes.items()}
                for name, changes in self.depends_on_readings.items()
            },
        }
        if self.case.derivations:
            told["derivations"] = dict(self.case.derivations)
        told["schema"] = DECISION_SCHEMA
        if not self.text_in_force:
            told["no_text_in_force"] = self.policy.before
        return told

    def _asked(self) -> dict[str, Any]:
        """Return, as JSON, what was decided, for which question, by which rules."""
        text = self.text
        return {
            "outcome": self.outcome.value,
            "policy": self.policy.name,
            "on": self.on.isoformat(),
            "text": text and {"from": text.start, "status": text.status},
            "readings": self.readings,
            "engine": self.engine.name,
            "rule_base": self.digest,
        }

    def __repr__(self) -> str:
        """Return the answer in one line."""
        none = "no criterion alone" if self.criteria else "no criterion in force"
        deciding = ", ".join(self.deciding) or none
        return f"<{self.outcome.value}: {self.policy.name} on {self.on}, by {deciding}>"

    def __eq__(self, other: object) -> bool:
        """Decisions are equal if the same question got the same answer by the same rules."""
        return isinstance(other, Decision) and self._identity() == other._identity()

    def __hash__(self) -> int:
        """Return a hash that agrees with equality."""
        return hash(self._identity())

    def _identity(self) -> tuple[Any, ...]:
        request = self.request
        return (self.policy.name, self.on, request.choices, self.case, self.truths, self.digest)


@lru_cache(maxsize=512)
def _text(policy: Policy, choices: tuple[int, ...], day: str) -> Text:
    """Return the text in force; days between which no text changes share it."""
    begun = [text for text in policy.texts if text.start <= day]
    first = policy.start(choices)
    return begun[-1] if begun[-1].start >= first else replace(begun[-1], start=first)
