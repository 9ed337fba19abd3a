# SPDX-License-Identifier: Apache-2.0
"""What a pending request lacks: which facts would settle it, and with what values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from lutalogic.answers import Outcome
from lutalogic.changes import changes_to, open_facts
from lutalogic.entries import ChecklistItem
from lutalogic.markup import Shown
from lutalogic.plans import Plan, plan
from lutalogic.possible import Option
from lutalogic.rulebase import rule_base
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lutalogic.changes import Change
    from lutalogic.engines import Engine, Request
    from lutalogic.trace import Trace

#: The version of the JSON form of what is missing; see the schema of that name.
MISSING_SCHEMA: Final = "lutalogic/missing/1"
_TURNS: Final = "What would have to change is told by flips."
_NO_FACT: Final = (
    "It pends on what is documented: evidence conflicts, or the text does not settle it (see why). "
    f"{_TURNS}"
)
_ANY_STAGE: Final = "any"


@dataclass(frozen=True)
class Needs:
    """All that would give a pending request one outcome, while what is known stays as it is.

    Attributes:
        outcome: ``met``, for approval, or ``not_met``, for denial.
        sets: All least sets of open facts that suffice, each with all values that do it; the
            smallest first. Fewer facts than in one of them never do.
    """

    outcome: Outcome
    sets: tuple[Change, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the facts that matter: those of any set, in the vocabulary's order."""
        named = {name for each in self.sets for name in each.facts}
        return tuple(name for name in rule_base().attributes if name in named)

    @cached_property
    def plan(self) -> Plan | None:
        """Return all sets as one plan, as it is printed; None if there is none."""
        return plan(self.sets, tuple(rule_base().attributes)) if self.sets else None

    @property
    def always(self) -> tuple[str, ...]:
        """Return the facts of every set."""
        return self.plan.always if self.plan else ()

    @property
    def one_of(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """Return the choices besides: of each, one alternative is needed, whichever of the others.

        The facts of `always` with one alternative of each choice are a set, and all sets are so.
        """
        always = set(self.always)
        rest = [[n for n in each.facts if n not in always] for each in self.sets]
        blocks = [{n for p in choice for n in p.facts} for choice in self._choices]
        return tuple(
            tuple(dict.fromkeys(tuple(n for n in facts if n in block) for facts in rest))
            for block in blocks
        )

    @property
    def _choices(self) -> tuple[tuple[Plan, ...], ...]:
        return self.plan.choices if self.plan else ()

    def as_json(self) -> dict[str, Any]:
        """Return all sets as a JSON value, and their summary."""
        return {
            "outcome": self.outcome.value,
            "always": list(self.always),
            "one_of": [[list(some) for some in choice] for choice in self.one_of],
            "sets": [each.as_json() for each in self.sets],
        }


@dataclass(frozen=True, repr=False)
class Missing(Shown):
    """What a request lacks: what would approve it, and what would deny it.

    Printed, and in a notebook, it is a summary; `approve.sets` and `deny.sets` have it all.

    Attributes:
        request: What was asked.
        about: What was decided, for the JSON form.
        heading: The decision in two lines.
        approve: All that would make it met.
        deny: All that would make it not met.
        note: What to say where nothing is missing.
    """

    request: Request
    about: Mapping[str, Any]
    heading: tuple[str, str]
    approve: Needs
    deny: Needs
    note: str = ""

    def text(self) -> str:
        """Return the summary as plain text."""
        lines = [*self.heading, ""]
        if self.note:
            lines += [self.note, ""]
        else:
            lines += [*_page("To approve", self.approve), "", *_page("To deny", self.deny), ""]
            if not self.approve.sets:
                lines += [_NO_FACT if not self.deny.sets else _TURNS, ""]
        return "\n".join([*lines, DISCLAIMER])

    __str__ = text

    def __repr__(self) -> str:
        """Return how many sets there are, in one line."""
        count = f"{len(self.approve.sets)} sets approve, {len(self.deny.sets)} deny"
        return f"<missing, {count}: {self.heading[0]}>"

    def as_json(self) -> dict[str, Any]:
        """Return what is missing as a JSON value, of the schema that it names."""
        return {
            "schema": MISSING_SCHEMA,
            **self.about,
            "approve": self.approve.as_json(),
            "deny": self.deny.as_json(),
            "note": self.note,
        }

    def checklist(self) -> str:
        """Return the short form, for who puts the request together: what to ask of whom.

        Facts that approval always needs come first, by who supplies them, then the choices. Items
        of the policy's own documentation list are named with their places.
        """
        plan = self.approve.plan
        if plan is None:
            note = self.note or f"{_no_way('approval')} {_TURNS}"
            return "\n".join([*self.heading, "", note, "", DISCLAIMER])
        base = rule_base()
        lines = [*self.heading, ""]
        for supplier, sentence in base.suppliers.items():
            names = [n for n in plan.always if base.attributes[n].supplier == supplier]
            if names:
                lines += [f"{sentence}:", *(f"  {self._item(plan, name)}" for name in names), ""]
        lines += replace(plan, always=()).lines(self._item)
        return "\n".join([*lines, "", DISCLAIMER])

    def _item(self, plan: Plan, name: str) -> str:
        places = "; ".join(self._documentation(name))
        return f"[ ] {plan.words(name)}" + (f"  [{places}]" if places else "")

    def _documentation(self, name: str) -> Iterator[str]:
        """Yield the items of the policy's documentation list that ask for a fact."""
        base, policy = rule_base(), self.request.policy
        stages = base.knowledge.stages
        stage = self.request.case.possible.get(stages) if stages else None
        values = base.attributes[stages].values if stages else ()
        for entry in base.knowledge.entries:
            if not isinstance(entry, ChecklistItem) or entry.policy != policy.name:
                continue
            at_stage = not isinstance(stage, Option) or values[stage.index] == entry.stage
            if (at_stage or entry.stage == _ANY_STAGE) and any(name in g for g in entry.groups):
                source = entry.sources[0]
                yield f"{source.section}, {source.places}"


def _page(title: str, needs: Needs) -> list[str]:
    if needs.plan is None:
        return [_no_way("approval" if needs.outcome is Outcome.MET else "denial")]
    return [f"{title}:", *needs.plan.lines(_told, depth=1)]


def _told(plan: Plan, name: str) -> str:
    return f"{plan.words(name)}  ({rule_base().attributes[name].supplier.replace('_', ' ')})"


def _no_way(what: str) -> str:
    return f"Nothing that is still open would lead to {what}, as long as what is known stays so."


def missing(
    request: Request,
    trace: Trace,
    engine: Engine,
    *,
    heading: tuple[str, str],
    about: Mapping[str, Any],
) -> Missing:
    """Return what a request lacks.

    Args:
        request: What was asked.
        trace: The truths of the decision.
        engine: Decides an example of each change.
        heading: The decision in two lines.
        about: The decision's outcome, date and rules, for the JSON form.

    Raises:
        EngineError: The engine does not decide an example as it should.
    """
    policy, letter = request.policy, trace.letter(request.policy.root)
    may = open_facts(request.case, policy.attributes)
    approve, deny = (
        Needs(o, changes_to(o, request, trace.day, engine, may) if letter == "u" else ())
        for o in (Outcome.MET, Outcome.NOT_MET)
    )
    note = "" if letter == "u" else f"It is decided, and lacks no information. {_TURNS}"
    if letter == "-":
        note = f"No text on record is in force on that date. {policy.before}."
    return Missing(request, about, heading, approve, deny, note)
