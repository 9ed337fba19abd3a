# SPDX-License-Identifier: Apache-2.0
"""Rows decided twice: how many change, which criteria with them, and the first of each change."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import polars as pl

from lutalogic.answers import Outcome
from lutalogic.cohort.batches import batch, plan
from lutalogic.cohort.effects import Effect, Witness
from lutalogic.cohort.heading import HANDED_ON, ON

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lutalogic.cohort.batches import Account
    from lutalogic.cohort.effects import Ask, Pair

_BEFORE, _AFTER = "before", "after"


class Tally:
    """What was found so far of two sides."""

    def __init__(self, sides: Sequence[Ask], most: int) -> None:
        self._sides, self._most = tuple(sides), most
        self._same = sides[0].policy is sides[1].policy
        self._counts: Counter[Pair] = Counter()
        self._criteria: Counter[str] = Counter()
        self._witnesses: dict[Pair, list[Witness]] = {}

    def add(self, frame: pl.DataFrame, rows: pl.Series) -> None:
        """Take rows into account.

        Args:
            frame: Rows, all of which can be judged.
            rows: Their numbers in the whole table.
        """
        found = [self._decided(frame, side) for side in self._sides]
        both = pl.DataFrame(
            {
                name: table[f"{side.policy.name}:outcome"].cast(pl.String)
                for name, table, side in zip((_BEFORE, _AFTER), found, self._sides, strict=True)
            }
        )
        for before, after, many in both.group_by(_BEFORE, _AFTER).len().iter_rows():
            self._counts[Outcome(before), Outcome(after)] += many
        turned = both[_BEFORE] != both[_AFTER]
        if self._same:
            for criterion in self._sides[0].policy.criteria:
                name = f"{self._sides[0].policy.name}:{criterion.id}"
                other = found[0][name].ne_missing(found[1][name])
                self._criteria[criterion.id] += int((other & turned).sum())
        self._keep(frame, rows, both.with_row_index().filter(turned))

    def effect(self, account: Account) -> Effect:
        """Return all that was found."""
        pairs = [(x, y) for x in Outcome for y in Outcome]
        ids = [criterion.id for criterion in self._sides[0].policy.criteria]
        return Effect(
            before=self._sides[0],
            after=self._sides[1],
            rows=account.rows - account.bad,
            bad=account.bad,
            counts={pair: self._counts[pair] for pair in pairs},
            criteria={name: self._criteria[name] for name in ids if self._criteria[name]},
            witnesses={pair: tuple(self._witnesses.get(pair, ())) for pair in pairs
                       if self._witnesses.get(pair)},
        )  # fmt: skip

    def _decided(self, frame: pl.DataFrame, side: Ask, *, explain: bool = False) -> pl.DataFrame:
        what = plan(
            side.policy,
            on=side.day,
            readings=dict(side.readings),
            explain=explain,
            criteria=self._same,
        )
        read = frame if side.day is None else frame.drop(ON, strict=False)
        return batch(read, what.heading(read.schema), what).found

    def _keep(self, frame: pl.DataFrame, rows: pl.Series, turned: pl.DataFrame) -> None:
        """Keep the first rows of each change, as long as more are wanted."""
        for before, after in turned.select(_BEFORE, _AFTER).unique().iter_rows():
            pair = Outcome(before), Outcome(after)
            kept = self._witnesses.setdefault(pair, [])
            alike = turned.filter((pl.col(_BEFORE) == before) & (pl.col(_AFTER) == after))
            places = alike["index"].head(self._most - len(kept))
            if len(places):
                kept += self._made(frame[places], rows[places], pair)

    def _made(self, frame: pl.DataFrame, rows: pl.Series, pair: Pair) -> Iterator[Witness]:
        """Yield the witnesses that some rows are."""
        found = [
            self._decided(frame, side, explain=not self._same).to_dicts() for side in self._sides
        ]
        stated = frame.to_dicts()
        for row, facts, old, new in zip(rows, stated, *found, strict=True):
            decides = [
                tuple(told.get(f"{side.policy.name}:{kind}") or ())
                for told, side, outcome in zip((old, new), self._sides, pair, strict=True)
                for kind in ("pending" if outcome is Outcome.NEEDS_INFORMATION else "failing",)
            ]
            yield Witness(
                row=row,
                id=next((facts[n] for n in HANDED_ON[:2] if facts.get(n) is not None), None),
                before=pair[0],
                after=pair[1],
                facts=_stated(facts),
                changed=self._changed(old, new) if self._same else {},
                decides_before=decides[0],
                decides_after=decides[1],
            )

    def _changed(
        self, old: dict[str, Any], new: dict[str, Any]
    ) -> dict[str, tuple[str | None, str | None]]:
        name = self._sides[0].policy.name
        return {
            c.id: (old[f"{name}:{c.id}"], new[f"{name}:{c.id}"])
            for c in self._sides[0].policy.criteria
            if old[f"{name}:{c.id}"] != new[f"{name}:{c.id}"]
        }


def _stated(facts: dict[str, Any]) -> dict[str, Any]:
    """Return what a row states, without who it is."""
    return {name: v for name, v in facts.items() if v is not None and name not in HANDED_ON}
