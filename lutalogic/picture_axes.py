# SPDX-License-Identifier: Apache-2.0
"""Where the values of a fact stand in a picture: cell by cell, whatever their width in numbers.

On the scale of the fact itself, a limit at 12 years would drown in a range of 0 to 120, and one
number that is a cell by itself would be no wider than a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from lutalogic.possible import Number, Span
from lutalogic.runs import Run, breakpoint_between, places
from lutalogic.units import number_text
from lutalogic.words import quantity_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from lutalogic.possible import Possible
    from lutalogic.rules import Attribute
    from lutalogic.runs import Point

#: How wide one number is beside a stretch of numbers, and the gap before what is no number.
_ONE_NUMBER: Final = 0.5
_GAP: Final = 0.2
#: How much of a piece is left free beside a number in it.
_MARGIN: Final = 0.18


@dataclass(frozen=True)
class Piece:
    """A run that no policy shown divides, and where it stands.

    Attributes:
        run: The values.
        first: The place of its first point.
        start: Where it begins.
        end: Where it ends.
    """

    run: Run
    first: int
    start: float
    end: float

    @property
    def middle(self) -> float:
        """Return its middle."""
        return (self.start + self.end) / 2

    def at(self, number: Fraction) -> float:
        """Return where a number of its own stands; the ends of the piece stay free."""
        cell = self.run.numbers
        if cell is None or cell.point:
            return self.middle
        share = float((number - cell.low) / (cell.high - cell.low))
        return self.start + (self.end - self.start) * (_MARGIN + (1 - 2 * _MARGIN) * share)


@dataclass(frozen=True)
class PictureAxis:
    """The pieces of one fact, side by side.

    Attributes:
        attribute: The fact.
        points: The values that were decided.
        pieces: The pieces, in order.
    """

    attribute: Attribute
    points: tuple[Point, ...]
    pieces: tuple[Piece, ...]

    @property
    def length(self) -> float:
        """Return where the last piece ends."""
        return self.pieces[-1].end

    def extent(self, run: Run) -> tuple[float, float]:
        """Return where a run begins and ends."""
        first = self.points.index(run.points[0])
        last = self.points.index(run.points[-1])
        own = [piece for piece in self.pieces if first <= piece.first <= last]
        return own[0].start, own[-1].end

    def extent_of(self, known: Possible | None) -> tuple[float, float]:
        """Return where what is known of the fact stands: twice the same but for an interval."""
        match known:
            case Number(value):
                where = self._piece(places(self.points, known)[0]).at(value)
                return where, where
            case Span():
                found = places(self.points, known)
                return (
                    self._piece(found[0]).at(max(known.low, self._low(found[0]))),
                    self._piece(found[-1]).at(known.high),
                )
        middle = self._piece(places(self.points, known)[0]).middle
        return middle, middle

    def _low(self, place: int) -> Fraction:
        numbers = self._piece(place).run.numbers
        assert numbers is not None  # an interval has numbers
        return numbers.low

    def _piece(self, place: int) -> Piece:
        return [piece for piece in self.pieces if piece.first <= place][-1]

    def ticks(self) -> list[tuple[float, str]]:
        """Return where labels stand, and the labels: limits at edges, values below their pieces.

        A limit says on which side it lies: ``>=`` with what follows it, ``>`` with what precedes.
        """
        told = []
        numbers = [piece for piece in self.pieces if piece.run.numbers is not None]
        for piece in self.pieces:
            cell = piece.run.numbers
            if cell is None or cell.point:
                told.append((piece.middle, number_text(cell.low) if cell else piece.run.words))
        for before, after in pairwise(numbers):
            edge = breakpoint_between(before.run, after.run)
            both = (before.run.numbers, after.run.numbers)
            if edge and not any(cell and cell.point for cell in both):
                sign = "\u2265" if edge.belongs_to == "above" else ">"
                told.append((after.start, f"{sign} {number_text(edge.number)}"))
        if numbers and (first := numbers[0].run.numbers) and not first.point:
            told.append((numbers[0].start, number_text(first.low)))
        if numbers and (last := numbers[-1].run.numbers) and not last.point:
            told.append((numbers[-1].end, number_text(last.high)))
        return sorted(told)

    @property
    def title(self) -> str:
        """Return the label of the fact, with its unit in words."""
        unit = quantity_words(self.attribute, "").strip()
        label = self.attribute.label
        return f"{label} ({unit})" if unit else label


def picture_axis(points: Sequence[Point], runs: Iterable[Sequence[Run]]) -> PictureAxis:
    """Return the axis on which the runs of all policies have their exact edges.

    Args:
        points: The values that were decided.
        runs: For each policy, the runs into which it joins them.
    """
    given = tuple(points)
    starts = {given.index(run.points[0]) for each in runs for run in each}
    ends = [*sorted(starts)[1:], len(given)]
    pieces: list[Piece] = []
    for first, end in zip(sorted(starts), ends, strict=True):
        run = Run(given[first:end])
        cell = run.numbers
        start = pieces[-1].end if pieces else 0.0
        numbers_end = bool(pieces) and cell is None and pieces[-1].run.numbers is not None
        if numbers_end or (pieces and run.value is None):
            start += _GAP
        width = _ONE_NUMBER if cell and cell.point else 1.0
        pieces.append(Piece(run, first, start, start + width))
    return PictureAxis(given[0].attribute, given, tuple(pieces))
