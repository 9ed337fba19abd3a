# SPDX-License-Identifier: Apache-2.0
"""Every number and word of an explanation is true of its decision.

Explanations are printed, read back from the text alone, and judged: the facts against the record,
each truth against the fact and the demand beside it, each join against the lines below it.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from lutalogic import Decision, Outcome, Truth, decide, rule_base
from lutalogic.errors import BadRequest
from lutalogic.patient_files import Patient
from tests.explanations.judge import TRUTHS, joined, states, truth
from tests.explanations.reader import MARKS, Line, read, told
from tests.strategies import BASES, POLICIES, Coverage, facts, requests, searching

_LETTERS = {Truth.TRUE: "t", Truth.FALSE: "f", Truth.UNKNOWN: "u"}


def decided(request: dict[str, Any]) -> Decision:
    """Return the decision of a drawn request."""
    return decide(
        request["facts"], request["policy"], on=request["on"], readings=request["readings"]
    )


def judge_fact(line: Line, decision: Decision, lines: Coverage) -> None:
    """Hold the fact of a line against the record, and the mark against fact and demand."""
    words = line.fact or line.words
    stated = told(words)
    assert stated is not None, words
    for name, value in stated.values.items():
        given_fact = name in decision.case.facts
        assert states(name, value, decision.case.possible.get(name), given=given_fact), words
    letter = TRUTHS[line.mark]
    if stated.relation == "trivial":
        assert letter == "t", words
    elif stated.relation in ("needs", "if"):
        assert truth(stated) == letter, words
    else:  # a source speaks where its condition holds, and is silent else
        speaking = {"for": "for", "against": "against"}[stated.relation]
        holds = True if not stated.asks else truth(stated) == "t"
        assert line.mark == (speaking if holds else "silent"), words
    lines.note(stated.relation)


@pytest.mark.parametrize("policy", POLICIES)
def test_the_whole_explanation_is_true_line_by_line(policy: str) -> None:
    """Read back: facts are the record's, marks follow from facts, joins from the lines below."""
    coverage = Coverage(f"explanations read back, {policy}")
    lines = Coverage(f"lines of explanations, {policy}")
    base = rule_base()

    @searching(3)
    @given(requests(policy))
    def search(request: dict[str, Any]) -> None:
        decision = decided(request)
        heading, tops, remarks = read(decision.why(whole=True).text())
        assert decision.outcome.words in heading[0]
        assert decision.on.isoformat() in heading[1]
        coverage.note(decision.outcome.value)
        if not decision.text_in_force:
            assert not tops
            assert remarks[0].startswith("No text on record is in force on that date.")
            return
        root = Line("yes", decision.policy.title, how="all of", below=tops)
        assert joined(root) == decision.truths[decision.policy.positions[decision.policy.root]]
        seen: dict[str, str] = {}
        for line in [line for top in tops for line in top.all()]:
            assert line.mark in MARKS
            if line.below and line.mark in ("for", "against", "silent"):
                speaks = joined(line) == "t"
                assert (line.mark == "silent") != speaks, line.words
            elif line.below and _open(line):
                arises = joined(line)
                assert TRUTHS[line.mark] == ("u" if arises == "t" else arises), line.words
                assert (line.kind == "documented, but indeterminate") == (arises == "t")
            elif line.below and line.words == "This does not hold":
                assert {joined(line), TRUTHS[line.mark]} in ({"t", "f"}, {"u"})
            elif line.below:
                assert joined(line) == TRUTHS[line.mark], line.words
                assert line.count in (0, len(line.below))
            elif not line.below and not _settled_by_nothing(line):
                judge_fact(line, decision, lines)
            for name, value in line.readings.items():
                assert decision.readings[name] == value != base.readings[name].default
            name = line.words.split("  ")[0]
            if name in decision.criteria:
                seen[name] = TRUTHS[line.mark]
            if line.kind:
                assert line.mark in ("?", "silent")
        assert seen == {name: _LETTERS[truth] for name, truth in decision.criteria.items()}

    search()
    coverage.demand(0.05, "met", "not_met", "needs_information")
    lines.demand(0.1, "needs", "trivial")


def _open(line: Line) -> bool:
    """Tell whether a line is a case that the document leaves open."""
    return any(f"Open case: {node.why}" == line.words for node in rule_base().nodes if node.why)


def _settled_by_nothing(line: Line) -> bool:
    return not line.fact and told(line.words) is None


@pytest.mark.parametrize("policy", POLICIES)
def test_the_shortest_reasons_fix_the_outcome(policy: str) -> None:
    """The facts that `why` names, alone, lead to the same outcome, met or not met."""
    coverage = Coverage(f"shortest reasons, {policy}")

    @searching(3)
    @given(requests(policy))
    def search(request: dict[str, Any]) -> None:
        decision = decided(request)
        coverage.note(decision.outcome.value)
        if decision.outcome is Outcome.NEEDS_INFORMATION:
            return
        root = decision.why().root
        assert root is not None
        named = {name for reason in root.all() for name in reason.statement.attributes}
        kept = {name: value for name, value in request["facts"].items() if name in named}
        coverage.note("fewer" if len(kept) < len(request["facts"]) else "all")
        assert decided(request | {"facts": kept}).outcome is decision.outcome

    search()
    coverage.demand(0.03, "met", "not_met", "fewer")


@pytest.mark.parametrize("policy", POLICIES)
def test_what_stands_in_the_way_is_all_that_does(policy: str) -> None:
    """`why_not` is empty if and only if the request is met, and each of its lines is true."""
    coverage = Coverage(f"obstacles, {policy}")
    lines = Coverage(f"lines of obstacles, {policy}")

    @searching(3)
    @given(requests(policy))
    def search(request: dict[str, Any]) -> None:
        decision = decided(request)
        coverage.note(decision.outcome.value)
        explanation = decision.why_not()
        if explanation.root is None:
            assert not decision.text_in_force
            return
        assert (not explanation.root.parts) == (decision.outcome is Outcome.MET)
        _, tops, _ = read(explanation.text())
        for line in [line for top in tops for line in top.all()]:
            if not line.below and not _settled_by_nothing(line):
                judge_fact(line, decision, lines)
        for top in explanation.root.parts:
            assert top.truth is not Truth.TRUE

    search()
    coverage.demand(0.03, "met", "not_met", "needs_information")
    lines.demand(0.1, "needs")


@pytest.mark.parametrize("policy", POLICIES)
def test_no_change_outside_of_what_stands_in_the_way_leads_to_met(policy: str) -> None:
    """Facts that `why_not` does not name can be taken away or changed: the request is not met."""
    coverage = Coverage(f"nothing else stands in the way, {policy}")

    @searching(4)
    @given(requests(policy), facts(policy))
    def search(request: dict[str, Any], other: dict[str, Any]) -> None:
        decision = decided(request)
        explanation = decision.why_not()
        if decision.outcome is Outcome.MET or explanation.root is None:
            return
        reasons = list(explanation.root.all())
        named = {name for reason in reasons for name in reason.statement.attributes}
        kept = {name: value for name, value in request["facts"].items() if name in named}
        changed = {name: value for name, value in other.items() if name not in named}
        coverage.note(decision.outcome.value, "changed" if changed else "only taken away")
        assert decided(request | {"facts": kept | changed}).outcome is not Outcome.MET

    search()
    coverage.demand(0.05, "not_met", "needs_information", "changed")


@pytest.mark.parametrize("policy", POLICIES)
def test_a_criterion_that_is_enough_by_itself_is(policy: str) -> None:
    """The facts behind a criterion in `also`, and what is asked for, alone lead to not met."""
    coverage = Coverage(f"enough by itself, {policy}")
    known = rule_base().attributes

    @searching(4)
    @given(requests(policy))
    def search(request: dict[str, Any]) -> None:
        decision = decided(request)
        also = decision.why().also
        coverage.note("some" if also else "none")
        for name in also:
            root = decision.why(name).root
            assert root is not None
            named = {a for reason in root.all() for a in reason.statement.attributes}
            kept = {
                fact: value
                for fact, value in request["facts"].items()
                if fact in named or known[fact].group == "request"
            }
            assert decided(request | {"facts": kept}).outcome is Outcome.NOT_MET, name

    search()
    coverage.demand(0.01, "some")


@pytest.mark.parametrize("policy", POLICIES)
def test_the_three_forms_say_the_same(policy: str) -> None:
    """Text, Markdown and JSON have the same lines, marks and order."""

    @given(requests(policy))
    def search(request: dict[str, Any]) -> None:
        explanation = decided(request).why_not()
        text = [line.strip() for line in explanation.text().splitlines()[3:] if line.strip()]
        markdown = [
            line.strip().removeprefix("- ").replace("**", "")
            for line in explanation.markdown().splitlines()[4:]
            if line.strip()
        ]
        assert [" ".join(line.split()) for line in text] == [
            " ".join(line.split()) for line in markdown
        ]
        told_json = explanation.as_json()
        assert told_json["outcome"] in ("met", "not_met", "needs_information")
        for line, reason in zip(_flat(told_json["reasons"]), _reasons(explanation), strict=True):
            assert line["truth"] == reason.truth.value
            assert line["line"] == reason.line

    search()


def _flat(data: dict[str, Any] | None) -> list[dict[str, Any]]:
    return [] if data is None else [data, *(d for part in data["parts"] for d in _flat(part))]


def _reasons(explanation: Any) -> list[Any]:
    return [] if explanation.root is None else list(explanation.root.all())


def test_a_criterion_can_be_asked_after_alone() -> None:
    """`why` and `why_not` take the id of a criterion; one that is not there is refused."""
    facts = BASES["premera_lutathera"][0] | {"creatinine_clearance_ml_min": 25}
    decision = decide(facts, "premera_lutathera", on="2026-06-01")
    text = decision.why("L-5").text()
    assert "creatinine clearance 25 mL/min; needs at least 40 mL/min" in text
    assert "L-1" not in text
    with pytest.raises(BadRequest, match="did you mean L-5"):
        decision.why("L5")


def test_the_shortest_of_several_failures_comes_alone_and_the_others_are_named() -> None:
    """Where several criteria fail, one is explained, and the others are said to suffice too."""
    facts = BASES["premera_lutathera"][0] | {
        "creatinine_clearance_ml_min": 25, "age_years": 11, "karnofsky": 40,
    }  # fmt: skip
    explanation = decide(facts, "premera_lutathera", on="2026-06-01").why()
    assert explanation.also == ("L-5", "L-7")
    assert [line.words for line in read(explanation.text())[1]] == [
        "L-1  At least 12 years of age; before 2025-01-01 at least 18"
    ]


def test_the_four_kinds_of_unknown_are_told_apart() -> None:
    """Not documented, indeterminate, conflicting, and no text in force each say so."""
    base = BASES["premera_lutathera"][0]

    def said(changes: dict[str, Any], on: str = "2026-06-01") -> str:
        facts = {n: v for n, v in (base | changes).items() if v is not None}
        return decide(facts, "premera_lutathera", on=on).why().text()

    assert "creatinine clearance: not documented" in said({"creatinine_clearance_ml_min": None})
    mixed = said({"sstr_uptake": "mixed"})
    assert "(documented, but indeterminate)" in mixed
    assert "the uptake is mixed or not compared with the liver" in mixed
    interval = said({"creatinine_clearance_ml_min": "35-45"})
    assert "35 to 45 mL/min; needs at least 40 mL/min (documented, but indeterminate)" in interval
    torn = said({"who_grade": 2, "ki67_percent": 25})
    assert "(conflicting)" in torn
    assert "no  Ki-67 index 25 %; needs at most 20 %" in torn
    assert "for WHO grade 2; 1 to 2 speaks for it" in torn
    assert "No text on record is in force on that date." in said({}, on="2018-01-01")


def test_a_derived_fact_says_how_it_follows_from_the_record() -> None:
    """Below the fact stands the arithmetic, in the text, in Markdown and in JSON."""
    patient = Patient(
        "A",
        BASES["premera_lutathera"][0] | {"creatinine_clearance_ml_min": None},
        record={
            "birth_date": "1968-01-02", "sex": "female", "weight": "60 kg",
            "creatinine": [{"date": "2026-05-30", "value": "1.2 mg/dL"}],
        },
    )  # fmt: skip
    case = patient.case(on="2026-06-01")
    decision = decide(case, "premera_lutathera", on="2026-06-01")
    explanation = decision.why("L-5")
    (line,) = read(explanation.text())[1]
    assert line.fact == "creatinine clearance 48.402777… mL/min; needs at least 40 mL/min"
    assert line.derived == [case.derivations["creatinine_clearance_ml_min"]]
    assert "(140 - 58) x 60 kg x 0.85" in line.derived[0]
    assert line.derived[0] in explanation.markdown()
    assert explanation.as_json()["reasons"]["derived"] == line.derived
    assert decision.as_json()["derivations"] == dict(case.derivations)
