# SPDX-License-Identifier: Apache-2.0
"""Each condition of reference knowledge fits the cases that its row of the documents names.

``bases.json`` holds, for each entry with a condition, facts that fit it; ``rows.jsonl`` changes to
these, each with a claim, made from the documents. The form is that of `tests/kb`:

    {"claim": "11 is too young", "entry": "fda_iobenguane", "facts": {"age_years": 11},
     "fits": "false"}
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lutalogic import Case, decide, rule_base
from lutalogic.entries import Conditional
from lutalogic.matches import Match, Matcher
from tests.kb.test_cases import ON

HERE = Path(__file__).parent
BASES: dict[str, dict[str, Any]] = json.loads((HERE / "bases.json").read_text())
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (HERE / "rows.jsonl").read_text().splitlines()
]
ENTRIES = {e.id: e for e in rule_base().knowledge.entries if isinstance(e, Conditional)}


def matched(
    entry: str, facts: dict[str, Any], readings: dict[str, str] | None = None
) -> Match[Conditional]:
    """Return the match of an entry, beside a policy whose decisions have all readings it needs."""
    known = {name: value for name, value in facts.items() if value is not None}
    beside = decide(known, "wellmark_lutathera", on=ON, readings=readings)
    return Matcher(beside).match(ENTRIES[entry])


def test_every_entry_with_a_condition_has_a_base() -> None:
    """No recommendation, indication, trial or verdict is without facts that fit it."""
    assert set(BASES) == set(ENTRIES)
    assert len(ENTRIES) >= 26


@pytest.mark.parametrize("entry", BASES)
def test_a_base_fits_its_entry(entry: str) -> None:
    """The facts of a base are true of what the row of the document asks."""
    assert matched(entry, BASES[entry]).fits == "true"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['entry']}: {row['claim']}")
def test_a_row_fits_as_it_says(row: dict[str, Any]) -> None:
    """The change of a base has the truth that the document gives it."""
    facts = BASES[row["entry"]] | row["facts"]
    assert matched(row["entry"], facts, row.get("readings")).fits == row["fits"], row["claim"]


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_is_false_and_unknown_in_some_row(entry: str) -> None:
    """No condition is left of which only one answer is tried."""
    assert {row["fits"] for row in ROWS if row["entry"] == entry} >= {"false", "unknown"}


@pytest.mark.parametrize("entry", BASES)
def test_a_fact_taken_away_is_never_a_no(entry: str) -> None:
    """Without one of its facts a base fits or is open, and what is open says what is missing."""
    opened = 0
    for name in BASES[entry]:
        match = matched(entry, BASES[entry] | {name: None})
        assert match.fits != "false", name
        if match.fits == "unknown":
            opened += 1
            assert name in match.missing, name
    assert opened >= 2


@pytest.mark.parametrize("entry", ENTRIES)
def test_of_an_empty_record_nothing_is_known(entry: str) -> None:
    """A case without facts fits nothing and contradicts nothing."""
    match = matched(entry, {})
    assert match.fits == "unknown"
    assert match.missing


def test_an_open_match_tells_its_kind_of_unknown() -> None:
    """Missing, indeterminate and in conflict are told apart; a settled match tells none of them."""
    base = BASES["nccn_midgut_after_ssa"]
    site = matched("nccn_midgut_after_ssa", base | {"tumor_type": "gep_net"})
    assert (site.missing, site.conflicts) == ((), ())
    assert "midgut" in site.indeterminate[0]
    torn = matched("nccn_midgut_after_ssa", base | {"ki67_percent": 25})
    assert torn.conflicts[0].speaks_for == {"who_grade": 2}
    assert torn.conflicts[0].speaks_against == {"ki67_percent": 25}
    settled = matched("nccn_midgut_after_ssa", {"tumor_type": "prostate_cancer"})
    assert (settled.fits, settled.missing, settled.indeterminate) == ("false", (), ())


def test_a_case_is_matched_as_it_was_decided() -> None:
    """The same facts as a `Case` or as a mapping match alike."""
    facts = BASES["netter_1"]
    beside = decide(Case.from_mapping(facts), "premera_lutathera", on=ON)
    assert Matcher(beside).match(ENTRIES["netter_1"]) == matched("netter_1", facts)
