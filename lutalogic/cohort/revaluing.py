# SPDX-License-Identifier: Apache-2.0
"""The outcome of many rows, were the truth of some conditions another.

The columnar engine gives every condition its truth; where one is replaced, those above it are
put together anew. Truths are small numbers, of which all_of is the least and any_of the greatest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from lutalogic.engines.columnar import column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lutalogic.engines.columnar import Formulas
    from lutalogic.trace import Graph

    #: A number for each row, or a Boolean.
    Array = np.ndarray[Any, np.dtype[Any]]

FALSE: Final = np.int8(0)
UNKNOWN: Final = np.int8(1)
TRUE: Final = np.int8(2)


@dataclass(frozen=True)
class Truths:
    """The truths of all conditions in force, of some rows under one text.

    Attributes:
        graph: What is in force.
        root: The place of the condition that is the outcome.
        rows: Which rows of `found` these are; None for all.
        found: The truth of each place, of all rows.
    """

    graph: Graph
    root: int
    found: Mapping[int, Array]
    rows: Array | None = None
    _taken: dict[int, Array] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, place: int) -> Array:
        """Return the truths of the condition at a place."""
        if self.rows is None:
            return self.found[place]
        if place not in self._taken:
            self._taken[place] = self.found[place][self.rows]
        return self._taken[place]

    def of(self, rows: Array) -> Truths:
        """Return those of some of all rows."""
        return Truths(self.graph, self.root, self.found, rows)

    def root_with(self, given: Mapping[int, Array]) -> Array:
        """Return the truth of the outcome, were the truths at some places these."""
        made = dict(given)
        for place in above(self.graph, tuple(sorted(given))):
            parts = [made[part] if part in made else self[part] for part in self.graph.parts[place]]
            made[place] = _whole(self.graph.kinds[place], parts)
        return made.get(self.root, self[self.root])


def truths_of(made: Formulas, frame: pl.DataFrame) -> Truths:
    """Return the truths of all conditions in force.

    Args:
        made: The policy as it reads, with a text in force.
        frame: Rows, with a column for the truth of each condition in force.
    """
    names = {column(node): place for place, node in enumerate(made.policy.nodes)}
    told = frame.select(
        (pl.col(name).cast(pl.Int8) * 2).fill_null(UNKNOWN)
        for name in names
        if name in frame.columns
    )
    found = {names[each.name]: each.to_numpy() for each in told}
    return Truths(made.graph, made.policy.positions[made.policy.root], found)


@lru_cache(maxsize=4096)
def above(graph: Graph, places: tuple[int, ...]) -> tuple[int, ...]:
    """Return the places of the conditions above some, each after its parts."""
    changed = set(places)
    found = []
    for place, parts in enumerate(graph.parts):
        if place not in changed and not changed.isdisjoint(parts):
            changed.add(place)
            found.append(place)
    return tuple(found)


def _whole(kind: str, parts: list[Array]) -> Array:
    """Return the truth of a condition by those of its parts."""
    match kind:
        case "all_of":
            return reduce(np.minimum, parts)
        case "any_of":
            return reduce(np.maximum, parts)
        case "not":
            return np.asarray(TRUE - parts[0])
        case "supports":  # true where its part is; else silent, which is unknown
            return np.maximum(parts[0], UNKNOWN)
        case "rules_out":
            return np.minimum(TRUE - parts[0], UNKNOWN)
        case "evidence":
            affirmed = reduce(np.maximum, parts) == TRUE
            denied = reduce(np.minimum, parts) == FALSE
            return np.asarray(UNKNOWN + affirmed - denied, dtype=np.int8)
    return parts[0]  # what a reading or a date picked
