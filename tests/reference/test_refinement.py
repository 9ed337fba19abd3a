# SPDX-License-Identifier: Apache-2.0
"""What is known of a case only grows: a fact that is filled in takes back no answer."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lutalogic.trace import facts_read
from tests.reference.test_rows import BASES, ENTRIES, matched
from tests.strategies import Coverage, facts_near, searching

READ = {name: facts_read(entry.node) for name, entry in ENTRIES.items()}


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, dict[str, Any], set[str]]:
    """Draw an entry, a patient near its base, and facts of it that are not documented yet."""
    entry = draw(st.sampled_from(sorted(ENTRIES)))
    facts = draw(facts_near(BASES[entry], READ[entry], most_changes=3))
    hidden = draw(st.sets(st.sampled_from(READ[entry]), min_size=1, max_size=2))
    return entry, facts, hidden & set(facts)


def test_filling_in_a_fact_never_turns_an_answer_round() -> None:
    """True never becomes false, nor false true; unknown may become either, either a conflict."""
    coverage = Coverage("reference, filled in")

    @searching(6)
    @given(cases())
    def holds(drawn: tuple[str, dict[str, Any], set[str]]) -> None:
        entry, facts, hidden = drawn
        before = matched(entry, {n: v for n, v in facts.items() if n not in hidden})
        after = matched(entry, facts)
        coverage.note(f"{before.fits} -> {after.fits}", after.fits)
        assert {before.fits.value, after.fits.value} != {"true", "false"}
        if after.fits == "unknown" and before.fits != "unknown":
            assert after.conflicts

    holds()
    coverage.demand(0.05, "true", "false", "unknown", "unknown -> true", "unknown -> false")
