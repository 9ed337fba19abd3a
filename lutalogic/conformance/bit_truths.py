# SPDX-License-Identifier: Apache-2.0
"""Truths over many requests at once: whole numbers with one bit for each request."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Bits(NamedTuple):
    """Where a condition is true, where it is false, and where it is not in force."""

    true: int
    false: int
    off: int = 0


class Answers(NamedTuple):
    """What a policy answers to a batch: where it is met, where not, and each criterion."""

    met: int
    not_met: int
    criteria: tuple[Bits, ...]

    def differ(self, other: Answers, *, level: int) -> int:
        """Return where two answers differ: in the outcome, or from level 1 on in any criterion."""
        found = (self.met ^ other.met) | (self.not_met ^ other.not_met)
        if level:
            for mine, theirs in zip(self.criteria, other.criteria, strict=True):
                if mine is not theirs:
                    found |= (mine[0] ^ theirs[0]) | (mine[1] ^ theirs[1]) | (mine[2] ^ theirs[2])
        return found

    def same(self, other: Answers, where: int, *, level: int) -> int:
        """Return where, among some places, two answers are the same."""
        where &= ~((self.met ^ other.met) | (self.not_met ^ other.not_met))
        if level:
            for mine, theirs in zip(self.criteria, other.criteria, strict=True):
                if not where:
                    break
                where &= ~((mine[0] ^ theirs[0]) | (mine[1] ^ theirs[1]) | (mine[2] ^ theirs[2]))
        return where


def joined(kind: str, parts: Sequence[Bits], everywhere: int) -> Bits:
    """Return the truth of a combination of parts."""
    off = everywhere
    some_true = some_false = 0
    all_true = all_false = everywhere
    for true, false, idle in parts:
        off &= idle
        some_true |= true
        some_false |= false
        all_true &= true | idle
        all_false &= false | idle
    match kind:
        case "all_of":
            return Bits(all_true & ~off, some_false, off)
        case "any_of":
            return Bits(some_true, all_false & ~off, off)
        case "evidence":
            return Bits(some_true & ~some_false, some_false & ~some_true, off)
        case "not":
            return Bits(some_false, some_true, off)
        case "supports":
            return Bits(some_true, 0, off)
        case _:  # rules_out
            return Bits(0, some_true, off)


def selected(pairs: Iterable[tuple[int, Bits]]) -> Bits:
    """Return the truth of the part that is taken in each place."""
    true = false = off = 0
    for mask, part in pairs:
        true |= mask & part.true
        false |= mask & part.false
        off |= mask & part.off
    return Bits(true, false, off)


def off_in(everywhere: int) -> Bits:
    """Return the truth of what is in force nowhere."""
    return Bits(0, 0, everywhere)


def bits_of(flags: Iterable[bool]) -> int:
    """Return the number that has the bits of some flags, the first lowest."""
    return int("".join("1" if flag else "0" for flag in flags)[::-1] or "0", 2)
