# SPDX-License-Identifier: Apache-2.0
"""Pictures of cohorts, by matplotlib where it is installed, in the looks of all its pictures."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Final

from lutalogic.answers import Outcome
from lutalogic.pictures import USUAL, block, finished, new_figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: A share below this is too narrow for words.
_NARROW: Final = 0.03
_WIDTH: Final = 9.0


def outcomes_picture(bars: Sequence[tuple[str, Mapping[Outcome, float]]], title: str) -> Any:
    """Return a figure with a bar for each policy, as wide as the shares of its outcomes.

    Args:
        bars: For each, its name and the share of each outcome, from 0 to 1.
        title: What stands above.
    """
    made, [[axes]] = new_figure(_WIDTH, 1.9 + 0.75 * len(bars))
    for row, (_, shares) in enumerate(bars):
        start = 0.0
        for outcome in Outcome:
            share = shares[outcome]
            if share:
                told = f"{100 * share:.0f} %" if share >= _NARROW else ""
                block(
                    axes, (start, start + share), (row - 0.4, row + 0.4), outcome, None, words=told
                )
            start += share
    axes.set_xlim(0, 1)
    axes.set_ylim(len(bars) - 0.5, -0.5)
    axes.set_yticks(range(len(bars)), [name for name, _ in bars], fontsize=USUAL)
    ticks = [0, 0.25, 0.5, 0.75, 1]
    axes.set_xticks(ticks, [f"{100 * tick:.0f} %" for tick in ticks], fontsize=USUAL)
    return finished(made, title)


def counts_picture(
    rows: Sequence[tuple[str, int, int]], title: str, *, heads: tuple[str, str], axis: str
) -> Any:
    """Return a figure with two bars for each of some names, one within the other.

    Args:
        rows: For each, its name, how many there are, and how many of them alone.
        title: What stands above.
        heads: What the two counts are called.
        axis: What they count.
    """
    made, [[axes]] = new_figure(_WIDTH, 1.6 + 0.42 * max(1, len(rows)))
    places = range(len(rows))
    wide, narrow = "#B5B5B5", "#404040"
    axes.barh(places, [n for _, n, _ in rows], height=0.75, color=wide, label=heads[0])
    axes.barh(
        places, [n for _, _, n in rows], height=0.35, color=narrow, label=heads[1], hatch="//",
        edgecolor="white",
    )  # fmt: skip
    most = max((n for _, n, _ in rows), default=1)
    for place, (_, many, alone) in enumerate(rows):
        axes.text(many + most * 0.01, place, f"{many:,} / {alone:,}", va="center", fontsize=USUAL)
    axes.set_yticks(places, [name for name, _, _ in rows], fontsize=USUAL)
    axes.set_ylim(max(1, len(rows)) - 0.5, -0.5)
    axes.set_xlim(0, most * 1.2)
    axes.set_xlabel(axis, fontsize=USUAL)
    axes.legend(fontsize=USUAL, frameon=False, loc="lower right")
    return finished(made, title, outcomes=False)


def svg(made: Any, *, salt: str) -> str:
    """Return a figure as SVG to stand in a page, its letters as text.

    Args:
        made: The figure.
        salt: What makes its ids its own among those of a page.
    """
    import matplotlib

    text = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": salt}):
        made.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    drawn = text.getvalue()
    drawn = drawn[drawn.index("<svg") :]
    named = set(re.findall(r"#([\w.-]+)", drawn))  # the others would stand twice in a page
    return re.sub(r' id="([\w.-]+)"', lambda found: found[0] if found[1] in named else "", drawn)
