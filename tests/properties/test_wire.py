# SPDX-License-Identifier: Apache-2.0
"""What crosses into Prolog is made of numbers and a few fixed words, whatever was asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hypothesis import given

from lutalogic import Case, decide, rule_base
from lutalogic.engines.prolog import PrologEngine
from tests.strategies import Coverage, requests, searching

if TYPE_CHECKING:
    import pytest

_NUMBER = r"-?\d+(?:r\d+)?"
_VALUE = rf"(?:u|never|{_NUMBER}|span\({_NUMBER},[co],{_NUMBER},[co]\))"
_QUERY = rf"q\(\d+,\d{{8}},r(?:\(\d+(?:,\d+)*\))?,f\({_VALUE}(?:,{_VALUE})*\)\)"
_SENT = re.compile(rf"{_QUERY}(?:,{_QUERY})*")


def test_what_crosses_to_prolog_is_numbers_and_fixed_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name, option or text of a request is in what is sent: not a letter of the user's."""
    coverage = Coverage("what crosses to Prolog")
    sent: list[str] = []
    ask = PrologEngine._answers

    def overheard(engine: PrologEngine, queries: str) -> str:
        sent.append(queries)
        return ask(engine, queries)

    monkeypatch.setattr(PrologEngine, "_answers", overheard)

    @searching(3)
    @given(requests())
    def search(request: dict[str, Any]) -> None:
        sent.clear()
        decision = decide(
            Case.from_mapping(request["facts"]),
            request["policy"],
            on=request["on"],
            readings=request["readings"],
        )
        decision.as_json()
        assert sent
        for queries in sent:
            assert _SENT.fullmatch(queries), queries
        coverage.note(request["policy"], *(word for word in ("span", "never") if word in sent[0]))

    search()
    coverage.demand(0.05, *rule_base().policies, "span", "never")
