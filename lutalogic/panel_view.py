# SPDX-License-Identifier: Apache-2.0
"""A panel in a notebook on which facts, readings and the date change, and the answers with them.

This module is loaded only where a panel is asked for: it needs ipywidgets.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets

from lutalogic.decide import decide
from lutalogic.html_pages import KINDS
from lutalogic.markup import (
    bullets,
    chip,
    element,
    heading,
    html,
    joined,
    page,
    quiet,
    table,
    titled,
)
from lutalogic.panel_controls import Control, control
from lutalogic.rulebase import rule_base
from lutalogic.words import fact_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from lutalogic.case import Case
    from lutalogic.decision import Decision
    from lutalogic.markup import Markup
    from lutalogic.rules import Policy

_AS_GIVEN: Final = "Back to the case as it was given"
#: What may be shown of each answer: what the buttons say, and how it is made.
VIEWS: Final[Mapping[str, Callable[[Decision], Markup]]] = {
    "decision": html,
    "why": lambda decision: html(decision.why()),
    "why not": lambda decision: html(decision.why_not()),
    "missing": lambda decision: html(decision.missing()),
    "flips": lambda decision: html(decision.flips()),
}


class Panel:
    """A live panel: controls on the left, what each policy decides on the right.

    Attributes:
        start: The case as it was given.
        controls: The controls of facts, by name.
        readings: The choices of readings, by name.
        policies: A switch for each policy, by name: whether its answer is shown.
        day: The date of service.
        view: What is shown of each answer, of `VIEWS`.
        answers: What is shown.
    """

    def __init__(
        self,
        case: Case,
        policies: Sequence[Policy],
        *,
        on: date,
        facts: Sequence[str],
        readings: Mapping[str, str],
        engine: str | None,
    ) -> None:
        """Set every control to what the case says of its fact."""
        self.start = case
        self._engine = engine
        self._held = 0
        self._decisions: dict[str, Decision] = {}
        self.controls: dict[str, Control] = {name: control(name) for name in facts}
        self.readings = {name: _reading(name, value) for name, value in readings.items()}
        self.policies = {
            policy.name: widgets.ToggleButton(value=True, description=policy.title)
            for policy in policies
        }
        for switch in self.policies.values():
            switch.layout.width = "auto"
        self.day = widgets.DatePicker(value=on, description="service on")
        self.back = widgets.Button(description=_AS_GIVEN, layout=widgets.Layout(width="auto"))
        self.view = widgets.ToggleButtons(options=list(VIEWS), style={"button_width": "auto"})
        self.answers = widgets.HTML(layout=widgets.Layout(width="auto"))
        self.set(**{name: case.facts.get(name) for name in facts})
        left = [
            *(each.widget for each in self.controls.values()),
            *(_asked(name, choice) for name, choice in self.readings.items()),
            self.day,
            widgets.VBox(list(self.policies.values())),
            self.back,
        ]
        self.widget = widgets.HBox(
            [
                widgets.VBox(left, layout=widgets.Layout(flex="0 1 27em", padding="0 1.5em 0 0")),
                widgets.VBox(
                    [self.view, self.answers],
                    layout=widgets.Layout(flex="1 1 32em", min_width="24em"),
                ),
            ],
            layout=widgets.Layout(flex_flow="row wrap", align_items="flex-start"),
        )
        for each in self.controls.values():
            each.on_change(self._show)
        for choice in (*self.readings.values(), *self.policies.values(), self.day, self.view):
            choice.observe(lambda _: self._show(), names="value")
        self.back.on_click(lambda _: self.reset())

    @property
    def case(self) -> Case:
        """Return the case as the controls have it now."""
        return self.start.replace(**{name: each.value for name, each in self.controls.items()})

    @property
    def on(self) -> date | None:
        """Return the date of service; None while there is none."""
        return self.day.value  # type: ignore[no-any-return]

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Return what is decided now, by the policies that are switched on."""
        return tuple(self._decisions.values())

    def set(self, **facts: Any) -> None:
        """Set controls, as by hand; None for "not documented".

        Raises:
            InputError: A value is none of its fact.
            KeyError: The panel has no control for a fact.
        """
        with self._at_once():
            for name, value in facts.items():
                self.controls[name].value = value

    def reset(self) -> None:
        """Set all controls of facts back to the case as it was given."""
        self.set(**{name: self.start.facts.get(name) for name in self.controls})

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Show the answers once, after all that is done within."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            self._show()

    def _show(self) -> None:
        if self._held:
            return
        if self.on is None:
            self._decisions = {}
            self.answers.value = page(heading("No date of service"))
            return
        taken = {name: choice.value for name, choice in self.readings.items()}
        case = self.case
        before, self._decisions = (
            {
                name: decide(each, name, on=self.on, readings=taken, engine=self._engine)
                for name, switch in self.policies.items()
                if switch.value
            }
            for each in (self.start, case)
        )
        rows = [
            [decision.policy.title, _outcome(decision), _outcome(before[name])]
            for name, decision in self._decisions.items()
        ]
        summary = [table(["Policy", "Now", "As given"], rows)] if rows else []
        show = VIEWS[self.view.value]
        told = [element("div", show(d), style="margin:0 0 1.5em") for d in self.decisions]
        self.answers.value = page(*summary, self._changes(case), *told)

    def _changes(self, case: Case) -> Markup:
        """Return which facts differ from the case as it was given."""
        was, now = self.start.possible, case.possible
        told = []
        for name in self.controls:
            if was.get(name) != now.get(name):
                old = fact_words(name, was.get(name), stated=name in self.start.facts)
                new = fact_words(name, now.get(name), stated=name in case.facts)
                told.append(f"{old}  ->  {new}")
        return titled("Changed:", bullets(told)) if told else joined([])

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, Any]:
        """Show itself live; where nothing is live, show what is decided now."""
        bundle = self.widget._repr_mimebundle_()
        return {**bundle, "text/html": str(self.answers.value), "text/plain": repr(self)}

    def __repr__(self) -> str:
        """Return what is decided now, in one line."""
        told = "; ".join(f"{d.policy.name}: {d.outcome.value}" for d in self.decisions)
        return f"<panel of {len(self.controls)} facts, {told or 'nothing decided'}>"


def _outcome(decision: Decision) -> Markup:
    return chip(decision.outcome.words, KINDS[decision.outcome])


def _reading(name: str, value: str) -> Any:
    reading = rule_base().readings[name]
    options = list(zip(reading.meanings, reading.values, strict=True))
    return widgets.Dropdown(options=options, value=value, layout=widgets.Layout(width="25em"))


def _asked(name: str, choice: Any) -> Any:
    """Return the choice of a reading below its question."""
    asked = joined([element("strong", rule_base().readings[name].question), " ", quiet(name)])
    style = "line-height:1.3;max-width:25em;white-space:normal"
    return widgets.VBox([widgets.HTML(element("div", asked, style=style)), choice])
