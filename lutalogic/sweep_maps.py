# SPDX-License-Identifier: Apache-2.0
"""What comes of every pair of values of two facts: a map with exact edges."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from lutalogic.answers import Outcome
from lutalogic.frames import data_frame
from lutalogic.markup import Shown
from lutalogic.plain import rows, wrapped
from lutalogic.runs import Run, joined, place_of, places
from lutalogic.sweeps import By, alike_by, decided_by, facts_json, which

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lutalogic.case import Case
    from lutalogic.decision import Decision
    from lutalogic.questions import Question
    from lutalogic.rules import Attribute, Policy
    from lutalogic.runs import Point

#: What stands for an outcome in a narrow column.
_SHORT: Final = {Outcome.MET: "met", Outcome.NOT_MET: "not", Outcome.NEEDS_INFORMATION: "?"}
#: The version of the JSON form of maps; see the schema of that name.
MAP_SCHEMA: Final = "lutalogic/sweep-map/1"


@dataclass(frozen=True)
class Tile:
    """The values of two facts, run by run, to which one policy gives one outcome.

    Attributes:
        question: The policy, on its day and under its readings.
        x: The values of the one fact.
        y: The values of the other.
        decision: What was decided of the first values of both.
    """

    question: Question
    x: Run
    y: Run
    decision: Decision

    @property
    def outcome(self) -> Outcome:
        """Return the outcome of every pair of values."""
        return self.decision.outcome

    @property
    def here(self) -> bool:
        """Tell whether the case is among these, or may be."""
        return self.x.here and self.y.here


@dataclass(frozen=True, repr=False)
class SweepMap(Shown):
    """The outcomes of a case for all values of two of its facts, by policy; made by `sweep`.

    Neighbouring columns that are alike throughout are joined, and so are rows. Iterating over it
    yields the tiles of all policies, policy by policy and row by row.

    Attributes:
        case: The case.
        x: The fact that is swept from column to column.
        y: The fact that is swept from row to row.
        questions: The policies, each on its day and under its readings.
        columns: The values of x that were decided.
        lines: The values of y that were decided.
        decided: For each policy, and each value of y, the decisions of the values of x.
        by: What neighbours share that are joined.
    """

    case: Case
    x: Attribute
    y: Attribute
    questions: tuple[Question, ...]
    columns: tuple[Point, ...]
    lines: tuple[Point, ...]
    decided: tuple[tuple[tuple[Decision, ...], ...], ...]
    by: By = "outcome"

    @property
    def policies(self) -> tuple[str, ...]:
        """Return the names by which the policies are asked for."""
        return tuple(question.name for question in self.questions)

    @property
    def title(self) -> str:
        """Return what is swept in which direction."""
        return f"{self.y.label} [{self.y.name}] down, {self.x.label} [{self.x.name}] across"

    @cached_property
    def _runs(self) -> tuple[tuple[tuple[Run, ...], tuple[Run, ...]], ...]:
        """Return the runs of x and of y of each policy."""
        known = self.case.possible
        here_x = places(self.columns, known.get(self.x.name))
        here_y = places(self.lines, known.get(self.y.name))
        found = []
        for grid in self.decided:
            keys = [[alike_by(self.by, decision) for decision in row] for row in grid]
            turned = list(zip(*keys, strict=True))
            found.append((
                _joined(self.columns, here_x, turned),
                _joined(self.lines, here_y, keys),
            ))  # fmt: skip
        return tuple(found)

    def tiles(self, policy: str | Policy | None = None) -> tuple[tuple[Tile, ...], ...]:
        """Return the tiles of a policy, row by row of y, in each by x.

        Args:
            policy: Its name, as in `policies`; None where only one was swept.

        Raises:
            BadRequest: It was not swept, or several were and none is named.
        """
        place = which(self.questions, policy)
        columns, lines = self._runs[place]
        question, grid = self.questions[place], self.decided[place]
        across, up = _starts(columns), _starts(lines)
        return tuple(
            tuple(Tile(question, x, y, grid[n][m]) for x, m in zip(columns, across, strict=True))
            for y, n in zip(lines, up, strict=True)
        )

    def outcome_at(self, x: Any, y: Any, policy: str | Policy | None = None) -> Outcome:
        """Return the outcome if both facts had these values; None stands for "not documented".

        Raises:
            InputError: One is no exact value of its fact, or a set that was not tried; or as for
                `tiles`.
        """
        grid = self.decided[which(self.questions, policy)]
        return grid[place_of(self.lines, y)][place_of(self.columns, x)].outcome

    def __iter__(self) -> Iterator[Tile]:
        """Iterate over the tiles of all policies."""
        return (
            tile for question in self.questions for row in self.tiles(question.name) for tile in row
        )

    def __str__(self) -> str:
        """Return the map as plain text: a row for each run of y, a column for each run of x."""
        told = wrapped(f"{self.title}; *: the case; not: not met; ?: needs information")
        for question in self.questions:
            tiles = self.tiles(question.name)
            head = [f"({n}){'*' * tile.x.here}" for n, tile in enumerate(tiles[0], 1)]
            cells = (
                ["*" * row[0].y.here, row[0].y.words, *(_SHORT[tile.outcome] for tile in row)]
                for row in tiles
            )
            keys = (f"{n} {tile.x.words}" for n, tile in zip(head, tiles[0], strict=True))
            told += ["", *wrapped(question.heading)]
            told += rows([["", "", *head], *cells])
            told += rows([[f"{self.x.label}:", "; ".join(keys)]])
        return "\n".join(told)

    def __repr__(self) -> str:
        """Return what was swept in one line."""
        return f"<sweep of {self.x.name} and {self.y.name}: {', '.join(self.policies)}>"

    def as_json(self) -> dict[str, Any]:
        """Return the map as a JSON value: the runs of both facts, and the outcomes by rows of y."""
        told = []
        for question, (columns, lines) in zip(self.questions, self._runs, strict=True):
            told.append({
                **question.as_json(),
                "x": [run.as_json() for run in columns],
                "y": [run.as_json() for run in lines],
                "outcomes": [
                    [tile.outcome.value for tile in row] for row in self.tiles(question.name)
                ],
            })  # fmt: skip
        return {
            "schema": MAP_SCHEMA,
            "facts": facts_json(self.case),
            "x": {"fact": self.x.name, "unit": self.x.unit},
            "y": {"fact": self.y.name, "unit": self.y.unit},
            "by": self.by,
            "policies": told,
            **decided_by(self.decided[0][0][0]),
        }

    def frame(self) -> Any:
        """Return a pandas data frame with a row for each tile.

        Raises:
            PicturesMissing: pandas is not installed.
        """
        columns = ("policy", "on", self.x.name, self.y.name, "here", "outcome")
        return data_frame(
            columns,
            (
                {
                    "policy": tile.question.name,
                    "on": tile.question.on.isoformat(),
                    self.x.name: tile.x.words,
                    self.y.name: tile.y.words,
                    "here": tile.here,
                    "outcome": tile.outcome.value,
                }
                for tile in self
            ),
        )

    def plot(self) -> Any:
        """Return a picture of the map, a matplotlib figure.

        Raises:
            PicturesMissing: matplotlib is not installed.
        """
        from lutalogic.pictures import map_picture

        tiles = [
            [(tile.x, tile.y, tile.outcome) for row in self.tiles(name) for tile in row]
            for name in self.policies
        ]
        known = [self.case.possible.get(fact.name) for fact in (self.x, self.y)]
        return map_picture((self.columns, self.lines), self.questions, tiles, known=known)


def _joined(given: Sequence[Point], here: range, keys: Sequence[object]) -> tuple[Run, ...]:
    return joined(given, here=here, alike=lambda before, after: keys[before] == keys[after])


def _starts(runs: Sequence[Run]) -> list[int]:
    """Return the place of the first point of each run."""
    return [sum(len(run.points) for run in runs[:n]) for n in range(len(runs))]
