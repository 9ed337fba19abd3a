# SPDX-License-Identifier: Apache-2.0
"""What a change does to a cohort: another text, another payer's policy, another reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from lutalogic.answers import Outcome
from lutalogic.cohort.wording import aligned, counted_rows, cross_lines, percent
from lutalogic.errors import BadRequest
from lutalogic.markup import Shown
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lutalogic.rules import Policy

Pair = tuple[Outcome, Outcome]


@dataclass(frozen=True)
class Ask:
    """One side of a comparison.

    Attributes:
        policy: The policy.
        day: The date of service of all rows, YYYY-MM-DD; None if each row has its own.
        readings: The readings taken in place of their defaults.
    """

    policy: Policy
    day: str | None
    readings: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """Return it in words."""
        day = "on each row's date" if self.day is None else f"on {self.day}"
        pairs = " and ".join(f"{name} = {value}" for name, value in self.readings)
        return f"{self.policy.title}, {day}" + (f", read with {pairs}" if pairs else "")

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON value."""
        return {"policy": self.policy.name, "on": self.day, "readings": dict(self.readings)}


@dataclass(frozen=True)
class Witness:
    """A row whose outcome changes.

    Attributes:
        row: Its number in the table, from 0.
        id: What the table calls it: its `id`, else its `name`; None if it has neither.
        before: Its outcome before.
        after: Its outcome after.
        facts: What the row states: the columns that are not empty.
        changed: Of one policy, the criteria whose truth changed, each with both truths; None where
            it is not in force.
        decides_before: Of two policies, what decides before: the criteria that fail, or the facts
            that are waited for.
        decides_after: Likewise, after.
    """

    row: int
    id: Any
    before: Outcome
    after: Outcome
    facts: Mapping[str, Any]
    changed: Mapping[str, tuple[str | None, str | None]]
    decides_before: tuple[str, ...]
    decides_after: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return what to call it."""
        return f"row {self.row}" if self.id is None else f"row {self.row} ({self.id})"

    @property
    def why(self) -> str:
        """Return which criteria changed, or what decides on each side."""
        if self.changed:
            told = [
                f"{name} {old or 'not in force'} -> {new or 'not in force'}"
                for name, (old, new) in self.changed.items()
            ]
            return ", ".join(told)
        before = _reason(self.before, self.decides_before)
        return f"before: {before}; after: {_reason(self.after, self.decides_after)}"


def _reason(outcome: Outcome, decides: tuple[str, ...]) -> str:
    """Return an outcome with what decides it."""
    told = {Outcome.NOT_MET: "fails", Outcome.NEEDS_INFORMATION: "waits for"}.get(outcome)
    return f"{told} {', '.join(decides) or 'what no fact settles'}" if told else outcome.words


@dataclass(frozen=True, repr=False)
class Effect(Shown):
    """What a change does to a cohort.

    Attributes:
        before: One side.
        after: The other.
        rows: How many rows were decided.
        bad: How many could not be judged, and are not counted.
        counts: How many rows have which outcomes before and after.
        criteria: Of one policy, among rows whose outcome changes: how many of them change the truth
            of each criterion.
        witnesses: Rows for each change, the first of the table.
    """

    before: Ask
    after: Ask
    rows: int
    bad: int
    counts: Mapping[Pair, int]
    criteria: Mapping[str, int]
    witnesses: Mapping[Pair, tuple[Witness, ...]]

    @property
    def changed(self) -> int:
        """Return how many rows have another outcome."""
        return sum(many for (before, after), many in self.counts.items() if before is not after)

    @property
    def changes(self) -> dict[Pair, int]:
        """Return the changes that occur, the most frequent first."""
        found = {pair: n for pair, n in self.counts.items() if n and pair[0] is not pair[1]}
        return dict(sorted(found.items(), key=lambda each: -each[1]))

    def table(self, of: str = "outcomes") -> pl.DataFrame:
        """Return counts or witnesses as a Polars data frame.

        Args:
            of: ``outcomes``, ``criteria`` or ``witnesses``.

        Raises:
            BadRequest: It is none of these.
        """
        match of:
            case "outcomes":
                return pl.DataFrame(
                    {"before": x.value, "after": y.value, "rows": n, "share": n / max(1, self.rows)}
                    for (x, y), n in self.counts.items()
                )
            case "criteria":
                schema: dict[str, Any] = {"criterion": pl.String, "rows": pl.Int64}
                return pl.DataFrame(list(self.criteria.items()), schema=schema, orient="row")
            case "witnesses":
                schema = {"row": pl.Int64}
                schema |= dict.fromkeys(("id", "before", "after", "why"), pl.String)
                told = [
                    (
                        w.row,
                        None if w.id is None else str(w.id),
                        w.before.value,
                        w.after.value,
                        w.why,
                    )
                    for each in self.witnesses.values()
                    for w in each
                ]
                return pl.DataFrame(told, schema=schema, orient="row")
        raise BadRequest(f"{of!r} is none of outcomes, criteria, witnesses", "of")

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON value, without the facts of witnesses."""
        return {
            "before": self.before.as_json(),
            "after": self.after.as_json(),
            "rows": self.rows,
            "bad": self.bad,
            "changed": self.changed,
            "outcomes": self.table().drop("share").to_dicts(),
            "criteria": dict(self.criteria),
            "witnesses": self.table("witnesses").to_dicts(),
        }

    def plot(self) -> Any:
        """Return a picture of what becomes of each outcome, a matplotlib figure.

        Raises:
            PicturesMissing: matplotlib is not installed.
        """
        from lutalogic.cohort.pictures import outcomes_picture

        bars = []
        for x in Outcome:
            total = sum(self.counts[x, y] for y in Outcome)
            shares = {y: self.counts[x, y] / max(1, total) for y in Outcome}
            bars.append((f"{x.words} before\n{total:,} rows", shares))
        return outcomes_picture(bars, f"{self.before.words} -> {self.after.words}")

    @property
    def title(self) -> str:
        """Return how many rows change."""
        bad = f" and {self.bad:,} that cannot be judged" if self.bad else ""
        share = percent(self.changed / max(1, self.rows))
        return f"{counted_rows(self.rows)}{bad}: {self.changed:,} come out otherwise ({share})"

    def __str__(self) -> str:
        """Return it as plain text."""
        lines = [self.title, f"  before: {self.before.words}", f"  after:  {self.after.words}", ""]
        lines += ["before down, after across:", *cross_lines(self.counts)]
        if self.criteria:
            lines += ["", "Criteria whose truth changed, of the rows that come out otherwise:"]
            sentences = {c.id: c.sentence for c in self.before.policy.criteria}
            cells = [(name, f"{n:,}", sentences[name]) for name, n in self.criteria.items()]
            lines += aligned(["criterion", "rows", "asks"], cells)
        for pair, many in self.changes.items():
            lines += ["", f"{pair[0].words} -> {pair[1].words}: {many:,}"]
            lines += [f"  {each.name}: {each.why}" for each in self.witnesses.get(pair, ())]
        return "\n".join([*lines, "", DISCLAIMER])

    __repr__ = __str__
