# SPDX-License-Identifier: Apache-2.0
"""Choose few vectors that together show every mistake several times."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def transposed(rows: Sequence[int], width: int) -> list[int]:
    """Return the columns of a matrix of bits whose rows are numbers, the lowest bit first.

    >>> transposed([0b01, 0b11], 2)
    [3, 2]
    """
    columns = [0] * width
    for place, row in enumerate(rows):
        bit = 1 << place
        while row:
            low = row & -row
            columns[low.bit_length() - 1] |= bit
            row ^= low
    return columns


def cover(
    shows: Sequence[int],
    *,
    times: int,
    stages: Sequence[Iterable[int]],
    shown: Iterable[int] = (),
    wanted: int = -1,
) -> list[int]:
    """Return the places of few candidates that show each mistake as often as asked, or as may be.

    Args:
        shows: For each candidate, the mistakes that it shows, as the bits of a number.
        times: How often each mistake is to be shown.
        stages: Places of candidates. Those of a later stage are looked at only for what those of
            the earlier stages leave.
        shown: What vectors show that are chosen already.
        wanted: The mistakes that are to be shown, as bits; -1 for all.

    >>> cover([0b011, 0b001, 0b110], times=1, stages=[[0, 1, 2]])
    [0, 2]
    """
    before = list(shown)
    # left[k] has the mistakes that must be shown more than k times yet
    left = [wanted] * times
    for mistakes in before:
        _note(left, mistakes)
    found: list[int] = []
    for stage in stages:
        waiting = list(stage)
        while waiting:
            # what is shown seldom counts most
            worth = {p: sum((shows[p] & each).bit_count() for each in left) for p in waiting}
            best = max(waiting, key=lambda p: (worth[p], -p))
            if not shows[best] & left[0]:
                break
            _note(left, shows[best])
            found.append(best)
            waiting = [p for p in waiting if p != best and shows[p] & left[0]]
    return _needed(shows, times, found, before, wanted)


def _note(left: list[int], shows: int) -> None:
    """Note that one more vector shows some mistakes."""
    # each mistake leaves the last that has it
    carried = shows
    for k in range(len(left) - 1, -1, -1):
        leaving = left[k] & carried
        left[k] &= ~carried
        carried &= ~leaving


def _needed(
    shows: Sequence[int], times: int, found: list[int], before: list[int], wanted: int
) -> list[int]:
    """Return those of some candidates without which a mistake would be shown too seldom."""
    counts: dict[int, int] = {}
    for mistakes in (*before, *(shows[place] for place in found)):
        for mistake in bits(mistakes & wanted):
            counts[mistake] = counts.get(mistake, 0) + 1
    kept = list(found)
    for place in sorted(found, key=lambda p: shows[p].bit_count()):
        own = bits(shows[place] & wanted)
        if all(counts[mistake] > times for mistake in own):
            kept.remove(place)
            for mistake in own:
                counts[mistake] -= 1
    return kept


def bits(number: int) -> list[int]:
    """Return the places of the bits of a number, ascending.

    >>> bits(0b1010)
    [1, 3]
    """
    found = []
    while number:
        low = number & -number
        found.append(low.bit_length() - 1)
        number ^= low
    return found
