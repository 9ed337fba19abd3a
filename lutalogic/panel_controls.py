# SPDX-License-Identifier: Apache-2.0
"""Controls for facts, one for each type, made of the widgets of ipywidgets.

Each holds the value that a case takes, or None where the fact is not documented. This module is
loaded only where a panel is asked for.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets

from lutalogic.case import Case
from lutalogic.cells import NUMERIC, values_in
from lutalogic.errors import InputError
from lutalogic.markup import element, joined, quiet
from lutalogic.possible import Number, Span, possible
from lutalogic.rulebase import rule_base
from lutalogic.words import UNDOCUMENTED, option_words, value_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from lutalogic.possible import Possible
    from lutalogic.rules import Attribute

#: What stands in a widget for a fact that is not documented: a widget takes None for no choice.
NOT_DOCUMENTED: Final = UNDOCUMENTED
#: Ranges of at most so many whole numbers are offered whole.
_FEW: Final = 21
_NEVER: Final = "never"


class Control(ABC):
    """A control for one fact."""

    def __init__(self, attribute: Attribute, *parts: Any) -> None:
        """Lay out the widgets below the name of the fact."""
        self.attribute = attribute
        name = joined([element("strong", attribute.label), " ", quiet(attribute.name)])
        self.message = widgets.HTML()
        self.widget = widgets.VBox([widgets.HTML(name), widgets.HBox(list(parts)), self.message])

    @property
    @abstractmethod
    def value(self) -> Any:
        """Return the value, as a case takes it; None where the fact is not documented."""

    @value.setter
    @abstractmethod
    def value(self, value: Any) -> None: ...

    def read(self, value: Any) -> tuple[Any, Possible | None]:
        """Return a value as a case states it, and what it leaves possible; None for either.

        Raises:
            InputError: It is no value of the fact.
        """
        case = Case.from_mapping({self.attribute.name: value})
        return case.facts.get(self.attribute.name), case.possible.get(self.attribute.name)

    @abstractmethod
    def on_change(self, do: Callable[[], None]) -> None:
        """Do something whenever the value was changed."""


class ChoiceControl(Control):
    """A control for a boolean or an enumeration."""

    def __init__(self, attribute: Attribute) -> None:
        """Offer each option, and that the fact is not documented."""
        values: tuple[Any, ...] = attribute.values or (False, True)
        options = [
            (UNDOCUMENTED, NOT_DOCUMENTED),
            *zip(option_words(attribute), values, strict=True),
        ]
        self.choice = widgets.Dropdown(options=options, layout=widgets.Layout(width="22em"))
        super().__init__(attribute, self.choice)

    @property
    def value(self) -> Any:
        """Return the option; None where the fact is not documented."""
        return None if self.choice.value == NOT_DOCUMENTED else self.choice.value

    @value.setter
    def value(self, value: Any) -> None:
        stated, _ = self.read(value)
        self.choice.value = NOT_DOCUMENTED if stated is None else stated

    def on_change(self, do: Callable[[], None]) -> None:
        """Do something whenever another option was chosen."""
        self.choice.observe(lambda _: do(), names="value")


class SetControl(Control):
    """A control for a set: whether it is documented, and its members."""

    def __init__(self, attribute: Attribute) -> None:
        """Offer all members; with none chosen, a set that is documented is a documented none."""
        self.documented = widgets.Checkbox(description="documented", indent=False)
        self.documented.layout.width = "9em"
        options = list(zip(option_words(attribute), attribute.values, strict=True))
        self.members = widgets.SelectMultiple(options=options, rows=min(5, len(options)))
        self.members.layout.width = "16em"
        super().__init__(attribute, self.documented, self.members)
        self.members.observe(self._chosen, names="value")

    def _chosen(self, change: Any) -> None:
        if change.new:
            self.documented.value = True

    @property
    def value(self) -> Any:
        """Return the members; None where the fact is not documented."""
        return list(self.members.value) if self.documented.value else None

    @value.setter
    def value(self, value: Any) -> None:
        stated, _ = self.read(value)
        self.members.value = stated or ()
        self.documented.value = stated is not None

    def on_change(self, do: Callable[[], None]) -> None:
        """Do something whenever members were chosen, or the set was documented."""
        for widget in (self.documented, self.members):
            widget.observe(lambda _: do(), names="value")


class NumberControl(Control):
    """A control for a number: a slider over usual values and every limit, and a field for any.

    The slider tells the value. What is written in the field, a number or an interval as
    laboratories report it, becomes a value of the slider.
    """

    def __init__(self, attribute: Attribute) -> None:
        """Offer readable values of every stretch that no rule tells apart, ends included."""
        self._scale = _scale(attribute)
        self._offering = False
        self.slider = widgets.SelectionSlider(
            options=self._options(attribute, self._scale),
            layout=widgets.Layout(width="19em"),
        )
        self.entry = widgets.Text(
            placeholder="12, <5, 2-10",
            continuous_update=False,
            layout=widgets.Layout(width="7em"),
        )
        super().__init__(attribute, self.slider, self.entry)
        self.entry.observe(self._entered, names="value")

    @staticmethod
    def _options(attribute: Attribute, values: list[Any]) -> list[tuple[str, Any]]:
        told = [(_label(attribute, value), value) for value in values]
        return [(UNDOCUMENTED, NOT_DOCUMENTED), *told]

    @property
    def value(self) -> Any:
        """Return the number or interval; None where the fact is not documented."""
        return None if self.slider.value == NOT_DOCUMENTED else self.slider.value

    @value.setter
    def value(self, value: Any) -> None:
        stated, known = self.read(value)
        if stated is None:
            self.slider.value = NOT_DOCUMENTED
            return
        same = [v for v in self._offered() if possible(self.attribute, v, "") == known]
        if not same:
            values = sorted([*self._scale, stated], key=self._place)
            self._offering = True  # new options set the slider to the first of them
            self.slider.options = self._options(self.attribute, values)
            self._offering = False
        self.slider.value = same[0] if same else stated

    def _offered(self) -> list[Any]:
        return [value for _, value in self.slider.options if value != NOT_DOCUMENTED]

    def _place(self, value: Any) -> tuple[bool, Fraction | int]:
        match possible(self.attribute, value, self.attribute.name):
            case Number(number):
                return (False, number)
            case Span() as span:
                return (False, span.low)
            case None:  # an interval that says nothing
                return (False, self.attribute.range[0])
        return (True, 0)

    def _entered(self, change: Any) -> None:
        """Take what was written; a mistake is told, and changes nothing."""
        text = change.new.strip()
        if not text:
            return
        try:
            self.value = _written(text)
        except InputError as error:
            self.message.value = element("span", error.message, style="font-size:90%")
            return
        self.message.value = ""
        self.entry.value = ""

    def on_change(self, do: Callable[[], None]) -> None:
        """Do something whenever the slider tells another value."""
        self.slider.observe(lambda _: None if self._offering else do(), names="value")


def control(name: str) -> Control:
    """Return a control for a fact, at "not documented".

    >>> ki67 = control("ki67_percent")
    >>> ki67.value = "<5"
    >>> ki67.slider.label
    'below 5 %'
    """
    attribute = rule_base().attributes[name]
    if attribute.type in NUMERIC:
        return NumberControl(attribute)
    return SetControl(attribute) if attribute.type == "set" else ChoiceControl(attribute)


def _scale(attribute: Attribute) -> list[Any]:
    """Return the values that a slider offers: all limits of the rules, and usual values."""
    low, high = attribute.range
    if attribute.type == "integer" and high - low < _FEW:
        return list(range(low, high + 1))
    values = {v for cell in range(len(attribute.cells)) for v in values_in(attribute, cell)}
    return [*sorted(values - {_NEVER}), *[_NEVER] * (_NEVER in values)]


def _label(attribute: Attribute, value: Any) -> str:
    known = possible(attribute, value, attribute.name)
    return str(value) if known is None else value_words(attribute, known)


def _written(text: str) -> Any:
    """Return what stands in a field: a number as the decimal that was written, else the text."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
