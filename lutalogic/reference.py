# SPDX-License-Identifier: Apache-2.0
"""Reference knowledge beside a decision: what guidelines, labels and payers say of the case.

None of it decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from lutalogic.answers import Outcome, Truth
from lutalogic.billing import Units, units_of_course
from lutalogic.decision import Decision
from lutalogic.entries import (
    Approval,
    BillingCode,
    ChecklistItem,
    DiagnosticAgent,
    Entry,
    Indication,
    Recommendation,
    Regimen,
    SecondRoute,
    Statement,
    Trial,
    Verdict,
)
from lutalogic.errors import BadRequest
from lutalogic.matches import Matcher, begun
from lutalogic.rulebase import rule_base
from lutalogic.words import fact_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lutalogic.knowledge import NotPrinted
    from lutalogic.matches import Match

_E = TypeVar("_E", bound=Entry)
_P = TypeVar("_P", Regimen, BillingCode, Approval)
_ANY_STAGE: Final = "any"
_NO_TEXT: Final = "No text on record here for that date"
_HERE: Final = {Outcome.NOT_MET: "Not met here", Outcome.NEEDS_INFORMATION: "Pending here"}


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """An item of a documentation list, against the record: what is there, and what it comes to.

    Attributes:
        item: The item.
        lacks: The groups of which the case documents no fact.
        on_record: What it documents of the item, in words, by the names of the facts.
        criteria: Whether the criteria that the item serves are met, as far as that rests on what
            is on record of the item.
    """

    item: ChecklistItem
    lacks: tuple[tuple[str, ...], ...]
    on_record: Mapping[str, str]
    criteria: Mapping[str, Truth]

    def as_json(self) -> dict[str, Any]:
        """Return the item as a JSON value; `criteria` maps those it serves to true or false."""
        return self.item.as_json() | {
            "lacks": [list(group) for group in self.lacks],
            "on_record": dict(self.on_record),
            "criteria": {name: truth.value for name, truth in self.criteria.items()},
        }


@dataclass(frozen=True)
class Reference:
    """Reference knowledge beside one decision, each list in the order of the documents.

    Attributes:
        decision: The decision.
        drugs: The drugs that its policy is on; entries of other drugs are alternatives.
        recommendations: What guidelines list.
        indications: FDA indications, but those that began after the date of service.
        trials: Whom trials enrolled.
        verdicts: What the payer finds of the evidence.
        agents: Diagnostic agents, but those approved after the date of service.
        statements: Notes on scope, prior approval, service, guidelines, societies and supply.
        checklist: The documentation list for the stage of the request; for every stage where it
            is not documented.
        units: The billing units of the doses asked for, or of the regimen's course.
        regimen: The usual course.
        approval: The longest approval; None if the document prints none.
        second_route: What is left to look at after this outcome; None if there is nothing, or if
            no criterion on the indication decides.
        not_printed: What the document does not say.
    """

    decision: Decision
    drugs: tuple[str, ...]
    recommendations: tuple[Match[Recommendation], ...]
    indications: tuple[Match[Indication], ...]
    trials: tuple[Match[Trial], ...]
    verdicts: tuple[Match[Verdict], ...]
    agents: tuple[DiagnosticAgent, ...]
    statements: tuple[Statement, ...]
    checklist: tuple[CheckedItem, ...]
    units: Units | None
    regimen: Regimen | None
    approval: Approval | None
    second_route: SecondRoute | None
    not_printed: tuple[NotPrinted, ...]

    @property
    def listed(self) -> tuple[Recommendation, ...]:
        """Return the recommendations of the decision's own drug that the case fits."""
        return tuple(
            match.entry
            for match in self.recommendations
            if match.fits is Truth.TRUE and match.entry.drug in self.drugs
        )

    @property
    def summary(self) -> str | None:
        """Return in one sentence that guidelines list what is not met or pending here, or None.

        There is none where no criterion on the indication decides: of a dose too many, of toxicity
        or of age a guideline's list says nothing.
        """
        here = _HERE.get(self.decision.outcome) if _on_indication(self.decision) else None
        if not self.decision.text_in_force:
            here = _NO_TEXT
        if here is None or not self.listed:
            return None
        told = "; ".join(
            f"{entry.guideline} lists the indication ({entry.category or 'no category printed'}): "
            f"{entry.sentence}"
            for entry in self.listed
        )
        return f"{here}; {told}."

    def as_json(self) -> dict[str, Any]:
        """Return reference knowledge as a JSON value: the summary first."""

        def told(value: Any) -> Any:
            return None if value is None else value.as_json()

        lists = {
            name: [each.as_json() for each in getattr(self, name)]
            for name in (
                "recommendations",
                "indications",
                "trials",
                "verdicts",
                "agents",
                "statements",
                "checklist",
            )
        }
        return {
            "summary": self.summary,
            **lists,
            "units": told(self.units),
            "regimen": told(self.regimen),
            "approval": told(self.approval),
            "second_route": told(self.second_route),
            "not_printed": {gap.what: gap.sentence for gap in self.not_printed},
        }


def reference(decision: Decision, *, weight_kg: object = None) -> Reference:
    """Return what reference knowledge says of a decision's case.

    Args:
        decision: A decision; its readings hold for reference knowledge too.
        weight_kg: Body weight in kg, where the usual activity depends on it.

    Raises:
        BadValue: The weight is not a number.
        OutOfRange: The weight is none of a person.
        EngineError: The installation cannot decide.

    Source:
        As each entry cites; Wellmark 06.01.38, Premera 6.01.525.

    >>> from lutalogic import decide
    >>> xofigo = decide({"requested_doses": 6}, "premera_xofigo", on="2026-06-01")
    >>> reference(xofigo, weight_kg=74).units.arithmetic
    '50 kBq/kg x 74 kg = 3700 kBq; 3700 kBq / 37 kBq per uCi = 100 uCi; 100 units a dose;
     100 x 6 doses = 600 units'
    """
    if not isinstance(decision, Decision):
        raise BadRequest("reference knowledge is shown beside a decision: pass one", "decision")
    known, policy = rule_base().knowledge, decision.policy.name
    own = tuple(drug.name for drug in known.drugs if policy in drug.policies)
    drugs = {*own, *(drug.name for drug in known.drugs if set(own) & set(drug.beside))}
    match = Matcher(decision).match
    day = decision.on.isoformat()
    regimen, code = _first(_of(Regimen), policy), _first(_of(BillingCode), policy)
    return Reference(
        decision=decision,
        drugs=own,
        recommendations=tuple(match(e) for e in _of(Recommendation) if e.drug in drugs),
        indications=tuple(
            replace(match(entry), in_force=since)
            for entry in _of(Indication)
            if entry.drug in drugs and (since := begun(entry.start, day)) is not Truth.FALSE
        ),
        trials=tuple(match(entry) for entry in _of(Trial) if entry.drug in drugs),
        verdicts=tuple(match(entry) for entry in _of(Verdict) if entry.policy == policy),
        agents=tuple(
            agent
            for agent in _of(DiagnosticAgent)
            if agent.drug in drugs and begun(agent.start, day) is not Truth.FALSE
        ),
        statements=tuple(entry for entry in _of(Statement) if policy in entry.policies),
        checklist=tuple(_checked(decision)),
        units=None
        if code is None or regimen is None
        else units_of_course(decision.case, code, regimen=regimen, weight_kg=weight_kg),
        regimen=regimen,
        approval=_first(_of(Approval), policy),
        second_route=next(
            (
                route
                for route in _of(SecondRoute)
                if route.policy == policy
                and route.outcome == decision.outcome.value
                and _on_indication(decision)
            ),
            None,
        ),
        not_printed=tuple(gap for gap in known.not_printed if gap.policy == policy),
    )


def _of(kind: type[_E]) -> tuple[_E, ...]:
    return tuple(entry for entry in rule_base().knowledge.entries if isinstance(entry, kind))


def _first(entries: tuple[_P, ...], policy: str) -> _P | None:
    return next((entry for entry in entries if entry.policy == policy), None)


def _on_indication(decision: Decision) -> bool:
    concerned = rule_base().knowledge.on_indication.get(decision.policy.name, frozenset())
    return not concerned.isdisjoint(decision.deciding)


def _checked(decision: Decision) -> Iterator[CheckedItem]:
    case, stages = decision.case, rule_base().knowledge.stages
    stage = case.facts.get(stages) if stages is not None else None
    for item in _of(ChecklistItem):
        if item.policy == decision.policy.name and (
            stage is None or item.stage in (stage, _ANY_STAGE)
        ):
            documented = [n for group in item.groups for n in group if n in case.possible]
            yield CheckedItem(
                item,
                lacks=tuple(g for g in item.groups if not case.possible.keys() & set(g)),
                on_record={name: fact_words(name, case.possible[name]) for name in documented},
                criteria=dict(_served(decision, item, documented)),
            )


def _served(
    decision: Decision, item: ChecklistItem, documented: list[str]
) -> Iterator[tuple[str, Truth]]:
    """Yield the criteria that an item serves and settles: one may rest on other facts alone."""
    nodes, trace = rule_base().nodes, decision.trace
    for criterion in decision.policy.criteria:
        truth = decision.criteria.get(criterion.id)
        if criterion.id in item.criteria and truth in (Truth.TRUE, Truth.FALSE):
            read = {name for n in trace.reasons(criterion.node) for name in nodes[n].attributes}
            if not read.isdisjoint(documented):
                yield criterion.id, truth
