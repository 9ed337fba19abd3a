# SPDX-License-Identifier: Apache-2.0
"""What is wished of a patient: an outcome, truths of criteria, and on what they turn.

A wish is a choice of *ways* to come true, each a conjunction of demands: that a node, as a policy
reads on a day under readings, has one of some truths. A demand may also be of the same patient as
if some criterion were otherwise, or as if one fact were known: so "not met for one reason" is said
with what the outcome would be without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lutalogic.answers import Outcome, Truth
from lutalogic.errors import BadRequest, did_you_mean
from lutalogic.possible import shown
from lutalogic.rulebase import rule_base
from lutalogic.sides import Side, read_side, side
from lutalogic.trace import Trace, turning_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from lutalogic.rules import Policy

#: Wished in the place of a criterion or a fact: just one, whichever it is.
ONE: Final = "one"
_OUTCOMES: Final = {Outcome.MET: "t", Outcome.NOT_MET: "f", Outcome.NEEDS_INFORMATION: "u-"}
_TRUTHS: Final = {Truth.TRUE: "t", Truth.FALSE: "f", Truth.UNKNOWN: "u"}
_EVERY_OUTCOME: Final = "tfu-"
#: What a criterion that decides alone is, by the outcome, and what it would be else.
DECIDES: Final = {"t": ("t", "f"), "f": ("f", "t"), "u-": ("u", "t")}


class View(NamedTuple):
    """A policy as it reads for a patient, perhaps as if something about that were otherwise.

    Attributes:
        policy: The policy.
        day: The day on which the text in force began; "" before the first.
        choices: The index of the value taken of each of ``policy.readings``.
        truths: Criteria that are taken for true or false whatever they ask, by their nodes.
        known: A fact that is taken for known, with whatever value; empty if none is.
    """

    policy: Policy
    day: str
    choices: tuple[int, ...]
    truths: tuple[tuple[int, str], ...] = ()
    known: str = ""

    @property
    def started(self) -> bool:
        """Tell whether a text of the policy is in force."""
        return self.day >= self.policy.start(self.choices)

    def parts(self, node: int) -> tuple[int, ...]:
        """Return the parts of a node that are in force."""
        return self._trace.parts(node)

    def below(self, node: int) -> list[int]:
        """Return a node and all that is in force below it."""
        return self._trace.below(node)

    @property
    def _trace(self) -> Trace:
        return Trace(self.policy, self.choices, self.day, "")

    @property
    def criteria(self) -> Mapping[str, int]:
        """Return the nodes of the criteria that are in force, by their ids."""
        nodes = rule_base().nodes
        return {
            c.id: c.node
            for c in self.policy.criteria
            if not nodes[c.node].parts or self.parts(c.node)
        }


class Demand(NamedTuple):
    """That a node has one of some truths."""

    view: View
    node: int
    letters: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which wishes come true.

    Attributes:
        demands: All of which must hold.
        waiting: A request as if a fact were known: as it is, it waits for that fact and no other.
    """

    demands: tuple[Demand, ...]
    waiting: View | None = None

    @property
    def open(self) -> str:
        """Return the fact that must not be documented; empty if there is none."""
        return self.waiting.known if self.waiting else ""

    def __and__(self, other: Way) -> Way:
        """Return the way in which both come true."""
        return Way(self.demands + other.demands, self.waiting or other.waiting)


@dataclass(frozen=True)
class Wish:
    """What is wished of one request; made by `wish`.

    Attributes:
        side: The policy as it reads on the date of service, under readings.
        outcomes: The letters of the outcomes that will do.
        criteria: The letters of the truths that will do, by the id of a criterion.
        by: The criterion on which the outcome turns; `ONE` if whichever does, alone.
        waits_for: The fact for which the outcome waits, alone; `ONE` for whichever.
        depends_on: A reading of which another value changes the outcome.
    """

    side: Side
    outcomes: str = _EVERY_OUTCOME
    criteria: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    waits_for: str = ""
    depends_on: str = ""

    @cached_property
    def view(self) -> View:
        """Return the request as it is."""
        policy, choices = self.side.policy, self.side.choices
        return View(policy, turning_day(policy, self.side.day), choices)

    @property
    def plain(self) -> bool:
        """Tell whether only an outcome and criteria are wished."""
        return not (self.by or self.waits_for or self.depends_on)

    def ways(self) -> Iterator[Way]:
        """Yield the ways in which the wish comes true."""
        view, root = self.view, self.side.policy.root
        nodes = view.criteria
        # Criteria that may have any truth are demanded too: what is demanded, is looked at.
        truths = [Demand(view, n, self.criteria.get(c, "tfu-")) for c, n in nodes.items()]
        plain = Way((Demand(view, root, self.outcomes), *truths))
        for by in self._by():
            for waiting in self._waiting():
                for turning in self._turning():
                    yield plain & by & waiting & turning

    def _by(self) -> Iterator[Way]:
        """Yield the ways in which the outcome turns on a criterion."""
        if not self.by:
            yield Way(())
            return
        view, root, nodes = self.view, self.side.policy.root, self.view.criteria
        is_so, otherwise = DECIDES[self.outcomes]
        for name in nodes if self.by == ONE else (self.by,):
            changed = view._replace(truths=((nodes[name], otherwise),))
            if self.outcomes == "t":
                yield Way((Demand(view, nodes[name], is_so), Demand(changed, root, "fu")))
                continue
            others = [view._replace(truths=((nodes[n], "t"),)) for n in nodes if n != name]
            yield Way(
                (
                    Demand(view, nodes[name], is_so),
                    Demand(changed, root, "t"),
                    *(Demand(other, root, "fu") for other in others),
                )
            )

    def _waiting(self) -> Iterator[Way]:
        """Yield the ways in which the outcome waits for a fact."""
        if not self.waits_for:
            yield Way(())
            return
        view, root = self.view, self.side.policy.root
        for name in facts_in_force(view) if self.waits_for == ONE else (self.waits_for,):
            known = view._replace(known=name)
            yield Way((Demand(view, root, "u"), Demand(known, root, "t")), waiting=known)

    def _turning(self) -> Iterator[Way]:
        """Yield the ways in which the outcome turns on a reading."""
        if not self.depends_on:
            yield Way(())
            return
        policy, view = self.side.policy, self.view
        place = policy.readings.index(self.depends_on)
        for value in range(len(rule_base().readings[self.depends_on].values)):
            if value == view.choices[place]:
                continue
            choices = (*view.choices[:place], value, *view.choices[place + 1 :])
            other = view._replace(choices=choices)
            for here in ("t", "f", "u-"):
                there = "".join(letter for letter in _EVERY_OUTCOME if letter not in here)
                yield Way((Demand(view, policy.root, here), Demand(other, policy.root, there)))


def facts_in_force(view: View) -> list[str]:
    """Return the facts that a policy reads in its text in force."""
    nodes = rule_base().nodes
    read = {name for node in view.below(view.policy.root) for name in nodes[node].attributes}
    return [name for name in view.policy.attributes if name in read]


def wish(
    policy: str | Policy | Side,
    *,
    on: date | str | None = None,
    outcome: str | Outcome | None = None,
    criteria: Mapping[str, Any] | None = None,
    readings: Mapping[str, str] | None = None,
    by: str | None = None,
    waits_for: str | None = None,
    depends_on: str | None = None,
) -> Wish:
    """Return a wish: what the decision of one request should be.

    Args:
        policy: The policy, its name, or a `side` of a comparison: a policy on a day under readings.
        on: The date of service; None for the day on which the latest text took effect.
        outcome: ``met``, ``not_met`` or ``needs_information``; None if it does not matter.
        criteria: Ids of criteria, each with ``true``, ``false`` or ``unknown``, or a list of these.
        readings: Readings to take in place of their defaults, name to value.
        by: The criterion on which the outcome turns. A request that is met would not be without it;
            one that is not met, or pends, would be met but for it alone. ``one``: whichever.
        waits_for: The fact on which a request pends: it is not documented, all others are known as
            far as they matter, and with some value of it the request is met. ``one``: whichever.
        depends_on: A reading of which another value, alone, leads to another outcome.

    Raises:
        InputError: Something is unknown to the rule base, or wishes exclude one another.

    >>> wish("wellmark_lutathera", outcome="met", by="item 3").outcomes
    't'
    """
    asked = _side(policy, on, readings)
    outcomes = _outcomes(outcome)
    if waits_for is not None:
        outcomes = _narrowed(outcomes, "u-", "waits_for", "a request that pends")
    made = Wish(asked, outcomes)
    told = _criteria(made.view, criteria)
    if by is not None:
        _one_of(by, [*made.view.criteria, ONE], f"criterion of {asked} in force", "by")
        if outcomes not in DECIDES:
            raise BadRequest("needs an outcome: met, not_met or needs_information", "by")
        if by == ONE and outcomes == "t":
            raise BadRequest(
                "what is met is so by many criteria: name the one without which it would not be",
                "by",
            )
    if waits_for is not None:
        read = [*facts_in_force(made.view), ONE]
        _one_of(waits_for, read, f"fact that {asked} reads", "waits_for")
    if depends_on is not None:
        _one_of(depends_on, asked.policy.readings, f"reading of {asked.policy.name}", "depends_on")
    return Wish(asked, outcomes, told, by or "", waits_for or "", depends_on or "")


def _side(
    policy: str | Policy | Side, on: date | str | None, readings: Mapping[str, str] | None
) -> Side:
    written = isinstance(policy, str) and ("@" in policy or "," in policy)
    if not (written or isinstance(policy, Side)):
        return side(policy, on=on, readings=readings)
    if not (on is None and readings is None):
        raise BadRequest(f"{policy} has its day and readings: state them in one place", "policy")
    return policy if isinstance(policy, Side) else read_side(str(policy))


def _outcomes(outcome: object) -> str:
    if outcome is None:
        return _EVERY_OUTCOME
    names = [each.value for each in Outcome]
    return _OUTCOMES[Outcome(_one_of(outcome, names, "outcome", "outcome"))]


def _narrowed(outcomes: str, wanted: str, at: str, what: str) -> str:
    if outcomes not in (_EVERY_OUTCOME, wanted):
        raise BadRequest(f"is asked of {what}: leave out the outcome", at)
    return wanted


def _criteria(view: View, criteria: object) -> dict[str, str]:
    if criteria is None:
        return {}
    if not isinstance(criteria, Mapping):
        raise BadRequest("the criteria must be a mapping, id to truth", "criteria")
    told = {}
    for name, truths in criteria.items():
        at = f"criteria.{name}"
        _one_of(name, list(view.criteria), f"criterion of {view.policy.name} in force", at)
        several = truths if isinstance(truths, (list, tuple, set, frozenset)) else [truths]
        told[name] = "".join(dict.fromkeys(_letter(truth, at) for truth in several))
        if not told[name]:
            raise BadRequest("name at least one truth: true, false or unknown", at)
    return told


def _letter(truth: object, at: str) -> str:
    word = {True: "true", False: "false"}[truth] if isinstance(truth, bool) else truth
    return _TRUTHS[Truth(_one_of(word, [each.value for each in Truth], "truth", at))]


def _one_of(word: object, known: Iterable[str], what: str, at: str) -> str:
    """Return a word that is known; refuse another."""
    names = list(known)
    if not isinstance(word, str) or word not in names:
        hint = did_you_mean(str(word), names) or f"; there are {', '.join(names)}"
        raise BadRequest(f"{shown(word)} is no {what}{hint}", at)
    return word
