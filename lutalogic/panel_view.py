# SPDX-License-Identifier: Apache-2.0
"""A panel in a notebook on which facts, readings and the date change, and the answers with them.

This module is loaded only where a panel is asked for: it needs ipywidgets.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets

from lutalogic.answers import Outcome
from lutalogic.decide import decide
from lutalogic.markup import bullets, element, fold, heading, html, page, titled
from lutalogic.panel_controls import Control, control
from lutalogic.rulebase import rule_base
from lutalogic.words import fact_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from lutalogic.case import Case
    from lutalogic.decision import Decision
    from lutalogic.markup import Markup
    from lutalogic.rules import Policy

_AS_GIVEN: Final = "Back to the case as it was given"


class Panel:
    """A live panel: controls on the left, what each policy decides on the right.

    Attributes:
        start: The case as it was given.
        controls: The controls of facts, by name.
        readings: The choices of readings, by name.
        policies: A switch for each policy, by name: whether its answer is shown.
        day: The date of service.
        answers: What is shown of the answers.
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
        self.answers = widgets.HTML(layout=widgets.Layout(flex="1 1 32em", min_width="24em"))
        with self._at_once():
            self.set(**{name: case.facts.get(name) for name in facts})
        left = [
            *(each.widget for each in self.controls.values()),
            *self.readings.values(),
            self.day,
            widgets.HBox(list(self.policies.values())),
            self.back,
        ]
        self.widget = widgets.HBox(
            [
                widgets.VBox(left, layout=widgets.Layout(flex="0 1 30em", min_width="24em")),
                self.answers,
            ],
            layout=widgets.Layout(flex_flow="row wrap", align_items="flex-start"),
        )
        for each in self.controls.values():
            each.on_change(self._show)
        for choice in (*self.readings.values(), *self.policies.values(), self.day):
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
        shown = [name for name, switch in self.policies.items() if switch.value]
        if self.on is None:
            self._decisions = {}
            self.answers.value = page(heading("No date of service"))
            return
        taken = {name: choice.value for name, choice in self.readings.items()}
        case = self.case
        self._decisions = {
            name: decide(case, name, on=self.on, readings=taken, engine=self._engine)
            for name in shown
        }
        self.answers.value = page(self._changes(case), *map(_answer, self._decisions.values()))

    def _changes(self, case: Case) -> Markup:
        """Return which facts differ from the case as it was given."""
        was, now = self.start.possible, case.possible
        told = []
        for name in self.controls:
            if was.get(name) != now.get(name):
                old = fact_words(name, was.get(name), stated=name in self.start.facts)
                new = fact_words(name, now.get(name), stated=name in case.facts)
                told.append(f"{old}  ->  {new}")
        return titled("Changed:", bullets(told)) if told else titled("As given")

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, Any]:
        """Show itself live; where nothing is live, show what is decided now."""
        bundle = self.widget._repr_mimebundle_()
        return {**bundle, "text/html": str(self.answers.value), "text/plain": repr(self)}

    def __repr__(self) -> str:
        """Return what is decided now, in one line."""
        told = "; ".join(f"{d.policy.name}: {d.outcome.value}" for d in self.decisions)
        return f"<panel of {len(self.controls)} facts, {told or 'nothing decided'}>"


def _answer(decision: Decision) -> Markup:
    """Return a decision, with what is missing or would turn it folded below."""
    folds = [fold("What would turn it", html(decision.flips()))]
    if decision.outcome is Outcome.NEEDS_INFORMATION:
        folds.insert(0, fold("What is missing", html(decision.missing())))
    return element("div", html(decision), *folds, style="margin:0 0 1em")


def _reading(name: str, value: str) -> Any:
    reading = rule_base().readings[name]
    options = list(zip(reading.meanings, reading.values, strict=True))
    return widgets.Dropdown(
        options=options, value=value, description=name, tooltip=reading.question,
        style={"description_width": "initial"}, layout=widgets.Layout(width="30em"),
    )  # fmt: skip
