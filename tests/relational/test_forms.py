# SPDX-License-Identifier: Apache-2.0
"""The forms of facts: each number is one form, and each value has the form of its cells."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lutalogic import rule_base
from lutalogic.cells import NUMERIC, Form, cells_left, form_number, forms, value_of
from lutalogic.possible import possible
from tests.strategies import Coverage, values, values_at_ends

if TYPE_CHECKING:
    from lutalogic.rules import Attribute

ATTRIBUTES = [pytest.param(a, id=a.name) for a in rule_base().attributes.values()]


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_a_number_belongs_to_one_form_and_a_form_to_one_number(attribute: Attribute) -> None:
    """A value of each form has its number; no form stands twice; the first is unknown."""
    all_of_it = forms(attribute)
    assert len(set(all_of_it)) == len(all_of_it)
    assert all_of_it[0] == Form(range(len(attribute.cells)), False)
    assert form_number(attribute, None) == 0
    for number, form in enumerate(all_of_it[1:], 1):
        assert form.documented
        fact = possible(attribute, value_of(attribute, form.cells), "here")
        assert fact is not None
        assert form_number(attribute, fact) == number


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_forms_are_the_cells_alone_and_of_numbers_their_runs(attribute: Attribute) -> None:
    """Each cell is a form of its own, the plainest first; wider ones are neighbours of numbers."""
    count = len(attribute.cells)
    documented = [form.cells for form in forms(attribute)[1:]]
    assert documented[:count] == [range(cell, cell + 1) for cell in range(count)]
    wider = documented[count:]
    assert bool(wider) == (attribute.type in NUMERIC)
    assert all(len(one) <= len(other) for one, other in pairwise(documented))
    for cells in wider:
        assert 2 <= len(cells) <= count
        assert "never" not in [attribute.cells[cell] for cell in cells]


def test_a_value_has_the_form_of_its_cells() -> None:
    """Of random values, at limits and beside them, as intervals too."""
    coverage = Coverage("forms")

    @given(st.sampled_from(list(rule_base().attributes.values())), st.data())
    def has(attribute: Attribute, data: st.DataObject) -> None:
        value = data.draw(st.one_of(values(attribute), values_at_ends(attribute)))
        fact = None if value is None else possible(attribute, value, "here")
        form = forms(attribute)[form_number(attribute, fact)]
        assert form == Form(cells_left(attribute, fact), fact is not None)
        coverage.note(
            "one cell" if len(form.cells) == 1 else "several cells",
            *([] if form.documented else ["unknown"]),
        )

    has()
    coverage.demand(0.05, "one cell", "several cells")
