# SPDX-License-Identifier: Apache-2.0
"""Rows of a cohort table as cases, told apart from the package's own way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lutalogic import Case, rule_base

if TYPE_CHECKING:
    from collections.abc import Mapping


def case_of(row: Mapping[str, Any]) -> Case:
    """Return a row as a case, by the contract of cohort tables."""
    facts: dict[str, Any] = {}
    for name, attribute in rule_base().attributes.items():
        value = row.get(name)
        low, high = row.get(f"{name}:low"), row.get(f"{name}:high")
        if value is not None:
            facts[name] = list(value) if attribute.type == "set" else value
        elif row.get(f"{name}:never"):
            facts[name] = "never"
        elif low is not None and high is not None:
            facts[name] = f"{_text(low)}-{_text(high)}"
        elif low is not None:
            facts[name] = f">={_text(low)}"
        elif high is not None:
            facts[name] = f"<={_text(high)}"
    return Case.from_mapping(facts)


def _text(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")
