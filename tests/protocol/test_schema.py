# SPDX-License-Identifier: Apache-2.0
"""What goes in and comes out has the form that the published schemas say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from lutalogic import decide, strict_json
from lutalogic.protocol import answer
from lutalogic.schema import schemas
from tests.strategies import BASES, POLICIES, requests

VALIDATORS = {name: Draft202012Validator(schema) for name, schema in schemas().items()}


def wrong(name: str, value: object) -> list[str]:
    """Return what a schema finds wrong with a value as it is written."""
    written = json.loads(strict_json.dumps(value))
    return [error.message for error in VALIDATORS[name].iter_errors(written)]


@pytest.mark.parametrize("name", VALIDATORS)
def test_each_schema_is_one_and_says_its_version(name: str) -> None:
    """The schemas are of the dialect they name, and their ids end in a version."""
    Draft202012Validator.check_schema(schemas()[name])
    assert schemas()[name]["$id"].startswith(f"urn:lutalogic:{name}:")
    assert schemas()[name]["$id"].rsplit(":", 1)[1].isdigit()


@pytest.mark.parametrize("policy", POLICIES)
def test_requests_answers_and_explanations_are_of_their_schemas(policy: str) -> None:
    """Random requests and what is answered to them validate; so do both explanations."""

    @given(requests(policy))
    def search(request: dict[str, Any]) -> None:
        assert wrong("request", request) == []
        assert wrong("decision", answer(strict_json.dumps({"id": 1} | request))) == []
        facts, on, readings = request["facts"], request["on"], request["readings"]
        decision = decide(facts, policy, on=on, readings=readings)
        for explanation in (decision.why(), decision.why_not(), decision.why(whole=True)):
            assert wrong("explanation", explanation.as_json()) == []

    search()


def test_an_error_answer_is_of_its_schema() -> None:
    """Lines that cannot be judged are answered in the form of the error schema."""
    for line in ("", "{", '{"id": 3}', '{"id": 1, "policy": "x", "on": "y", "facts": {"z": 1}}'):
        assert wrong("error", answer(line)) == []


def test_the_schemas_refuse_what_is_not_of_them() -> None:
    """A field too many, a value out of its range or of the wrong type does not validate."""
    facts = BASES["premera_xofigo"][0]
    request = {"policy": "premera_xofigo", "on": "2026-06-01", "facts": facts}
    told = decide(facts, "premera_xofigo", on="2026-06-01").as_json()
    assert wrong("request", request) == []
    for changed in ({"age_years": 200}, {"age_years": "58"}, {"age": 58}, {"tumor_type": "x"}):
        assert wrong("request", request | {"facts": facts | changed}), changed
    for key, value in (("outcome", "maybe"), ("schema", "lutalogic/decision/0"), ("more", 1)):
        assert wrong("decision", told | {key: value}), key
    for key in told:
        assert wrong("decision", {k: v for k, v in told.items() if k != key}), key
