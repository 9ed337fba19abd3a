# SPDX-License-Identifier: Apache-2.0
"""What would change the answer: the least changes that turn an outcome, the nearest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, overload

from lutalogic.answers import Outcome
from lutalogic.cells import stretches
from lutalogic.changes import changes_to, changing_facts
from lutalogic.entries import BillingCode
from lutalogic.errors import BadRequest
from lutalogic.implicants import boxes_of
from lutalogic.markup import Shown
from lutalogic.rulebase import rule_base
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lutalogic.changes import Change
    from lutalogic.engines import Engine, Request
    from lutalogic.trace import Trace

#: The version of the JSON form of flips; see the schema of that name.
FLIPS_SCHEMA: Final = "lutalogic/flips/1"
#: What an outcome is turned to, if nothing else is asked.
_TURNED: Final = {
    "t": (Outcome.NOT_MET,),
    "f": (Outcome.MET,),
    "u": (Outcome.MET, Outcome.NOT_MET),
    "-": (),
}
_ASKED: Final = (Outcome.MET, Outcome.NOT_MET)
_TITLES: Final = {Outcome.MET: "It would be met", Outcome.NOT_MET: "It would not be met"}
#: So many are printed of each outcome.
_SHOWN: Final = 20


@dataclass(frozen=True, repr=False)
class Flips(Sequence["Change"], Shown):
    """The least changes that would turn an outcome: fewest facts first, then the nearest.

    Attributes:
        request: What was asked.
        about: What was decided, for the JSON form.
        heading: The decision in two lines.
        outcomes: What was looked for: ``met``, ``not_met`` or both.
        changes: The changes.
        doses: The most doses for which the request would be met, all else being as it is; None if
            it would not be for any number, or if the policy counts none.
        note: What to say where there is nothing to turn.
    """

    request: Request
    about: Mapping[str, Any]
    heading: tuple[str, str]
    outcomes: tuple[Outcome, ...]
    changes: tuple[Change, ...]
    doses: int | None = None
    note: str = ""

    @overload
    def __getitem__(self, place: int) -> Change: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Change]: ...
    def __getitem__(self, place: int | slice) -> Change | Sequence[Change]:
        """Return a change by its place."""
        return self.changes[place]

    def __repr__(self) -> str:
        """Return how many changes there are, in one line."""
        return f"<{len(self)} flips: {self.heading[0]}>"

    def __len__(self) -> int:
        """Return how many changes there are."""
        return len(self.changes)

    def to(self, outcome: Outcome | str) -> tuple[Change, ...]:
        """Return the changes that lead to an outcome."""
        return tuple(change for change in self.changes if change.outcome == outcome)

    def text(self) -> str:
        """Return the changes as plain text."""
        lines = [*self.heading, ""]
        for outcome in self.outcomes:
            lines += [*_page(outcome, self.to(outcome)), ""]
        if self.note:
            lines += [self.note, ""]
        if self.doses is not None:
            lines += [f"All else being as it is, up to {self.doses} doses would be met.", ""]
        return "\n".join([*lines, DISCLAIMER])

    __str__ = text

    def as_json(self) -> dict[str, Any]:
        """Return the changes as a JSON value, of the schema that it names."""
        return {
            "schema": FLIPS_SCHEMA,
            **self.about,
            "to": [outcome.value for outcome in self.outcomes],
            "flips": [change.as_json() for change in self.changes],
            "doses": self.doses,
            "note": self.note,
        }


def _page(outcome: Outcome, changes: Sequence[Change]) -> list[str]:
    if not changes:
        return [f"No change of what can change would lead to {outcome.words}."]
    lines = [f"{_TITLES[outcome]} after any one of these changes:"]
    for number, change in enumerate(changes[:_SHOWN], 1):
        first, *more = _told(change)
        lines.append(f"{number:3}. {first}")
        lines += [f"     {line}" for line in more]
    return lines + [f"     ... and {len(changes) - _SHOWN} more (as_json, --format json)"] * (
        len(changes) > _SHOWN
    )


def _told(change: Change) -> list[str]:
    """Return a line for each fact, and how it can change; then the values that go together."""
    lines = [f"{change.words(name)}  ({_way(change, name)})" for name in change.facts]
    if change.joint:
        lines += [
            f"{'either' if place == 0 else 'or'} "
            + "; ".join(change.words(name, box[name]) for name in change.joined)
            for place, box in enumerate(change.boxes[:_SHOWN])
        ]
        lines += [f"... and {len(change.boxes) - _SHOWN} more"] * (len(change.boxes) > _SHOWN)
    return lines


def _way(change: Change, name: str) -> str:
    sentence = rule_base().changes.get(change.way(name), "To be documented")
    return sentence[0].lower() + sentence[1:]


def flips(
    request: Request,
    trace: Trace,
    engine: Engine,
    *,
    heading: tuple[str, str],
    about: Mapping[str, Any],
    to: Outcome | str | None = None,
) -> Flips:
    """Return the least changes that would turn an outcome.

    Args:
        request: What was asked.
        trace: The truths of the decision.
        engine: Decides an example of each change.
        heading: The decision in two lines.
        about: The decision's outcome, date and rules, for the JSON form.
        to: ``met`` or ``not_met``; None for those that it is not.

    Raises:
        BadRequest: `to` is neither.
        EngineError: The engine does not decide an example as it should.
    """
    policy, letter = request.policy, trace.letter(request.policy.root)
    if to is not None and to not in _ASKED:
        raise BadRequest(f"{to!r} is no outcome to turn to; it is met or not_met", "to")
    outcomes = tuple(o for o in _TURNED[letter] if to in (None, o))
    may = changing_facts(request.case, policy.attributes)
    found = [c for o in outcomes for c in changes_to(o, request, trace.day, engine, may)]
    found.sort(key=lambda change: (len(change.facts), change.distance))
    note = ""
    if letter == "-":
        note = f"No text on record is in force on that date. {policy.before}."
    elif not outcomes:
        note = "There is nothing to turn: that is what it is."
    return Flips(request, about, heading, outcomes, tuple(found), _most_doses(request, trace), note)


def _most_doses(request: Request, trace: Trace) -> int | None:
    """Return the highest number of doses asked for with which the request is met."""
    codes = (e for e in rule_base().knowledge.entries if isinstance(e, BillingCode))
    name = next((code.doses for code in codes if code.policy == request.policy.name), None)
    boxes = boxes_of(request.policy, request.choices, trace.day)
    if name is None or name not in boxes.fields.names:
        return None
    attribute = rule_base().attributes[name]
    any_number = boxes.record(request.case) | boxes.fields.box(
        dict.fromkeys(boxes.fields.names, 0) | {name: boxes.fields.bits(boxes.fields.every, name)}
    )
    met = [left for box in boxes.met if not boxes.fields.empty(left := box & any_number)]
    cells = stretches(attribute)
    numbers = [
        cell
        for cell in range(len(cells))
        if any(boxes.fields.bits(left, name) >> cell + 1 & 1 for left in met)
    ]
    return int(cells[numbers[-1]].high) if numbers else None
