# SPDX-License-Identifier: Apache-2.0
"""What a cohort answers: outcomes by policy, what decides, what one more fact would release."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from lutalogic.cohort.policy_counts import CriterionCounts, FactCounts
from lutalogic.cohort.wording import counted_rows, cross_lines
from lutalogic.errors import BadRequest
from lutalogic.markup import Shown
from lutalogic.rulebase import rule_base
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lutalogic.answers import Outcome
    from lutalogic.cohort.policy_counts import PolicyCounts


def _columns(counts: type) -> dict[str, Any]:
    """Return the columns of a table of counts: what is counted, by name, and numbers of rows."""
    counted, *numbers = (field.name for field in fields(counts))
    return dict.fromkeys(["policy", counted], pl.String) | dict.fromkeys(numbers, pl.Int64)


#: The tables, and their columns, which they have without rows, too.
_TABLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "outcomes": {
        "policy": pl.String,
        "payer": pl.String,
        "outcome": pl.String,
        "rows": pl.Int64,
        "share": pl.Float64,
    },
    "criteria": _columns(CriterionCounts),
    "facts": _columns(FactCounts),
    "cross": dict.fromkeys(["policy", "other", "outcome", "other_outcome"], pl.String)
    | {"rows": pl.Int64},
}


@dataclass(frozen=True, repr=False)
class Answers(Shown):
    """What policies say of a cohort: counts of rows, which add up over parts of it.

    Attributes:
        asked: The date of service and the readings, in words.
        rows: How many rows were decided.
        bad: How many could not be judged, and are not counted.
        policies: What each policy says.
        crosses: For two policies, how many rows have which outcomes under both.
    """

    asked: str
    rows: int
    bad: int
    policies: tuple[PolicyCounts, ...]
    crosses: Mapping[tuple[str, str], Mapping[tuple[Outcome, Outcome], int]]

    def __getitem__(self, policy: str) -> PolicyCounts:
        """Return what one policy says.

        Raises:
            BadRequest: It was not asked.
        """
        for each in self.policies:
            if each.policy.name == policy:
                return each
        known = ", ".join(each.policy.name for each in self.policies)
        raise BadRequest(f"{policy!r} was not asked; {known} was", "policy")

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs of policies that are on one drug."""
        drugs = rule_base().knowledge.drugs
        return tuple(
            pair for pair in self.crosses if any(set(pair) <= set(d.policies) for d in drugs)
        )

    def cross(self, one: str, other: str) -> dict[tuple[Outcome, Outcome], int]:
        """Return how many rows have which outcome under one policy and under another.

        Raises:
            BadRequest: They were not both asked, or are one policy.
        """
        for name in (one, other):
            self[name]
        if one == other:
            raise BadRequest("name two policies", "policy")
        if (one, other) in self.crosses:
            return dict(self.crosses[one, other])
        return {(x, y): many for (y, x), many in self.crosses[other, one].items()}

    def table(self, of: str = "outcomes") -> pl.DataFrame:
        """Return the counts as a Polars data frame.

        Args:
            of: ``outcomes``, ``criteria``, ``facts``, or ``cross`` for all pairs of policies.

        Raises:
            BadRequest: It is none of these.
        """
        if of not in _TABLES:
            raise BadRequest(f"{of!r} is none of {', '.join(_TABLES)}", "of")
        found: list[dict[str, Any]] = []
        for each in self.policies:
            name = {"policy": each.policy.name}
            if of == "outcomes":
                payer = {"payer": each.policy.document.payer}
                found += [
                    name | payer | {"outcome": o.value, "rows": n, "share": each.shares[o]}
                    for o, n in each.outcomes.items()
                ]
            elif of != "cross":
                counts: Sequence[Any] = each.criteria if of == "criteria" else each.facts
                found += [name | asdict(count) for count in counts]
        if of == "cross":
            found = [
                {"policy": a, "other": b, "outcome": x.value, "other_outcome": y.value, "rows": n}
                for (a, b), counts in self.crosses.items()
                for (x, y), n in counts.items()
            ]
        return pl.DataFrame(found, schema=_TABLES[of])

    def as_json(self) -> dict[str, Any]:
        """Return all counts as a JSON value."""
        return {
            "asked": self.asked,
            "rows": self.rows,
            "bad": self.bad,
            "policies": [
                {
                    "policy": each.policy.name,
                    "outcomes": {o.value: n for o, n in each.outcomes.items()},
                    "criteria": [asdict(count) for count in each.criteria],
                    "facts": [asdict(count) for count in each.facts],
                    "stuck": each.stuck,
                }
                for each in self.policies
            ],
            "cross": self.table("cross").to_dicts(),
        }

    def plot(self) -> Any:
        """Return a picture of the outcomes by policy, a matplotlib figure.

        Raises:
            PicturesMissing: matplotlib is not installed.
        """
        from lutalogic.cohort.pictures import outcomes_picture

        return outcomes_picture(
            [(each.policy.title, each.shares) for each in self.policies], self.title
        )

    @property
    def title(self) -> str:
        """Return how many rows there are, and what was asked of them."""
        bad = f" and {self.bad:,} that cannot be judged" if self.bad else ""
        return f"{counted_rows(self.rows)}{bad}, {self.asked}"

    def __str__(self) -> str:
        """Return it as plain text, with what holds most rows back."""
        parts = [self.title]
        for each in self.policies:
            parts += ["", *each.lines()]
        for a, b in self.pairs:
            parts += ["", f"{a} down, {b} across:", *cross_lines(self.cross(a, b))]
        return "\n".join([*parts, "", DISCLAIMER])

    __repr__ = __str__
