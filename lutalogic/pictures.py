# SPDX-License-Identifier: Apache-2.0
"""Pictures of sweeps, maps and timelines, by matplotlib where it is installed.

The outcomes have colours of Okabe and Ito, which the colour-blind tell apart, and each has its
hatching and its words besides, for prints in black and white.
"""

from __future__ import annotations

from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from lutalogic.answers import Outcome
from lutalogic.errors import PicturesMissing
from lutalogic.picture_axes import picture_axis
from lutalogic.words import DISCLAIMER, UNDOCUMENTED

try:
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch, Rectangle
except ModuleNotFoundError as error:
    raise PicturesMissing(
        "pictures need matplotlib, which is not installed: pip install matplotlib, "
        "or the extra lutalogic[whatif]"
    ) from error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.picture_axes import PictureAxis
    from lutalogic.possible import Possible
    from lutalogic.questions import Question
    from lutalogic.runs import Point, Run

#: Of each outcome: its colour, the colour of its words, its hatching, and its words where narrow.
_LOOKS: Final = {
    Outcome.MET: ("#0072B2", "white", "", "met"),
    Outcome.NOT_MET: ("#E69F00", "black", "//", "not\nmet"),
    Outcome.NEEDS_INFORMATION: ("#CC79A7", "black", "..", "?"),
}
_WIDE: Final = {outcome: outcome.words.replace("needs ", "needs\n") for outcome in Outcome}
#: How far down a letter of a slanted label reaches, in inches.
_SLANTED: Final = 0.055
#: Inches: of a piece of an axis, of the names beside it, of a row, and above and below all.
_PIECE, _NAMES, _ROW, _AROUND = 1.0, 2.0, 0.75, 1.7
_MOST_PIECES: Final = 13
_SMALL, USUAL, _LARGE = 7, 9, 11
_CASE: Final = "black"
#: Letters of a title to an inch.
_LETTERS: Final = 9


def sweep_picture(
    points: Sequence[Point],
    questions: Sequence[Question],
    bars: Sequence[Sequence[tuple[Run, Outcome]]],
    *,
    known: Possible | None,
) -> Any:
    """Return a figure with a bar for each policy, its edges exact, and where the case is.

    Args:
        points: The values of the fact that were decided.
        questions: The policies.
        bars: For each policy, the runs of values with their outcomes, in order.
        known: What the case says of the fact.
    """
    axis = picture_axis(points, ([run for run, _ in bar] for bar in bars))
    count = len(bars)
    figure, [[axes]] = new_figure(_width(axis), _AROUND + _below(axis) + _ROW * count)
    for row, bar in enumerate(bars):
        for run, outcome in bar:
            block(axes, axis.extent(run), (row - 0.4, row + 0.4), outcome, axis)
    axes.set_xlim(-0.02, axis.length + 0.02)
    axes.set_ylim(count - 0.4, -0.72)
    names = [_name(question) for question in questions]
    axes.set_yticks(range(count), names, fontsize=USUAL)
    _label(axes, axis)
    axes.set_xlabel(axis.title, fontsize=USUAL)
    start, end = axis.extent_of(known)
    axes.plot([start, end], [-0.52, -0.52], color=_CASE, linewidth=2.5, solid_capstyle="butt")
    for where in {start, end}:
        axes.plot([where, where], [-0.52, count - 0.6], color=_CASE, linewidth=1, linestyle=":")
    middle = (start + end) / 2
    if start == end:
        axes.plot([middle], [-0.52], marker="v", color=_CASE, markersize=7)
    side = -1 if middle > axis.length / 2 else 1
    axes.annotate(
        "the case", (start if side < 0 else end, -0.52), (side * 7, 0), textcoords="offset points",
        fontsize=USUAL, ha="right" if side < 0 else "left", va="center",
    )  # fmt: skip
    return finished(figure, f"{axis.attribute.label}: outcome for each value")


def map_picture(
    points: tuple[Sequence[Point], Sequence[Point]],
    questions: Sequence[Question],
    panels: Sequence[Sequence[tuple[Run, Run, Outcome]]],
    *,
    known: Sequence[Possible | None],
) -> Any:
    """Return a figure with a panel for each policy, its tiles exact, and where the case is.

    Args:
        points: The values that were decided, of the fact across and of the fact upwards.
        questions: The policies.
        panels: For each policy, the tiles: runs of both facts with their outcome.
        known: What the case says of the two facts.
    """
    across = picture_axis(points[0], ([x for x, _, _ in tiles] for tiles in panels))
    up = picture_axis(points[1], ([y for _, y, _ in tiles] for tiles in panels))
    count = len(panels)
    wide = min(count, max(1, int(14 // _width(across))))
    deep = ceil(count / wide)
    height = _AROUND + deep * (0.9 + _below(across) + 0.62 * min(up.length, _MOST_PIECES))
    figure, grid = new_figure(_width(across) * wide, height, deep, wide)
    places = [axes for row in grid for axes in row]
    xs, ys = across.extent_of(known[0]), up.extent_of(known[1])
    for axes, question, tiles in zip(places, questions, panels, strict=False):
        for x, y, outcome in tiles:
            spans = across.extent(x), up.extent(y)
            block(axes, *spans, outcome, across, beside=(sum(xs) / 2, sum(ys) / 2))
        # A point where the facts of the case are exact, a bar or a field where they are intervals.
        corners = [(x, y) for x in xs for y in ys]
        closed = [corners[n] for n in (0, 1, 3, 2, 0)]
        for colour, width in (("white", 11), (_CASE, 7)):
            axes.plot(
                *zip(*closed, strict=True), color=colour, linewidth=width, zorder=5, marker="o",
                markersize=width, markeredgewidth=0, solid_capstyle="round",
            )  # fmt: skip
        axes.set_xlim(-0.02, across.length + 0.02)
        axes.set_ylim(-0.02, up.length + 0.02)
        _label(axes, across)
        axes.set_yticks(*zip(*up.ticks(), strict=True), fontsize=USUAL)
        axes.set_xlabel(across.title, fontsize=USUAL)
        axes.set_ylabel(up.title, fontsize=USUAL)
        axes.set_title(_name(question), fontsize=USUAL)
    for axes in places[count:]:
        axes.set_axis_off()
    heading = f"{across.attribute.label} and {up.attribute.label}: outcome for all values"
    return finished(figure, heading, dot=True)


def timeline_picture(title: str, blocks: Sequence[tuple[str, Outcome, str]]) -> Any:
    """Return a figure with a block for each text.

    Args:
        title: What stands above.
        blocks: For each text, from when it held (empty if unknown), the outcome, and what stands
            below.
    """
    count = len(blocks)
    lines = max(below.count("\n") for _, _, below in blocks) + 1
    figure, [[axes]] = new_figure(1.4 + 1.45 * count, 2.1 + 0.13 * lines)
    for place, (_, outcome, below) in enumerate(blocks):
        block(axes, (place, place + 1), (0, 1), outcome, None)
        axes.annotate(
            below, (place + 0.5, 0), (0, -5), textcoords="offset points", fontsize=_SMALL,
            ha="center", va="top",
        )  # fmt: skip
    starts = [(place, start) for place, (start, _, _) in enumerate(blocks) if start]
    axes.set_xticks(*zip(*starts, strict=True), fontsize=USUAL)
    axes.tick_params(top=True, bottom=False, labeltop=True, labelbottom=False)
    axes.set_xlim(-0.02, count + 0.02)
    axes.set_ylim(-0.02, 1.02)
    axes.set_yticks([])
    return finished(figure, title)


def new_figure(width: float, height: float, deep: int = 1, wide: int = 1) -> tuple[Any, Any]:
    """Return a figure of its own, which no program's state knows of, and its panels."""
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots(deep, wide, squeeze=False)


def _width(axis: PictureAxis) -> float:
    return _NAMES + _PIECE * max(3.0, min(axis.length, _MOST_PIECES))


def block(
    axes: Any,
    across: tuple[float, float],
    up: tuple[float, float],
    outcome: Outcome,
    axis: PictureAxis | None,
    *,
    beside: tuple[float, float] | None = None,
    words: str | None = None,
) -> None:
    """Draw a block with its outcome, in full words where they fit, beside what would hide them.

    Other words may be given in their place.
    """
    colour, ink, hatch, narrow = _LOOKS[outcome]
    width, height = across[1] - across[0], up[1] - up[0]
    axes.add_patch(
        Rectangle(
            (across[0], up[0]), width, height, facecolor=colour, hatch=hatch, edgecolor="white",
            linewidth=1.2,
        )
    )  # fmt: skip
    squeezed = axis.length / _MOST_PIECES if axis else 1.0
    told = (
        words
        if words is not None
        else _WIDE[outcome]
        if width >= 0.9 * max(1.0, squeezed)
        else narrow
    )
    x, y = sum(across) / 2, sum(up) / 2
    if beside and abs(beside[0] - x) < 0.5 and abs(beside[1] - y) < 0.35:
        x, y = _aside(across, up, beside)
        told = told.replace("\n", " ") if width >= 1.5 else narrow.replace("\n", " ")
    axes.text(
        x, y, told, color=ink, fontsize=USUAL, ha="center", va="center", zorder=4,
        bbox={"facecolor": colour, "edgecolor": "none", "boxstyle": "round,pad=0.15"},
    )  # fmt: skip


def _aside(
    across: tuple[float, float], up: tuple[float, float], point: tuple[float, float]
) -> tuple[float, float]:
    """Return a place for words in a tile where a mark does not hide them."""
    (left, right), (low, high), (x, y) = across, up, point
    if high - low >= 0.8:
        return (left + right) / 2, y + (0.3 if high - y > y - low else -0.3)
    return x + (0.45 if right - x > x - left else -0.45), (low + high) / 2


def _longest(axis: PictureAxis) -> int:
    return max(len(label) for _, label in axis.ticks())


def _below(axis: PictureAxis) -> float:
    """Return how many inches labels reach down where they are slanted."""
    longest = _longest(axis)
    return longest * _SLANTED if longest > len(UNDOCUMENTED) else 0.0


def _label(axes: Any, axis: PictureAxis) -> None:
    """Put the labels below the horizontal axis, slanted where they are long."""
    places, labels = zip(*axis.ticks(), strict=True)
    if _longest(axis) > len(UNDOCUMENTED):
        slanted = {"rotation": 35, "ha": "right", "rotation_mode": "anchor"}
        axes.set_xticks(places, labels, fontsize=USUAL, **slanted)
    else:
        broken = [label.replace(UNDOCUMENTED, UNDOCUMENTED.replace(" ", "\n")) for label in labels]
        axes.set_xticks(places, broken, fontsize=USUAL)


def _name(question: Question) -> str:
    lines = [question.policy.title, f"on {question.on}"]
    return "\n".join([*lines, *(f"{name} = {value}" for name, value in question.readings)])


def finished(figure: Any, title: str, *, dot: bool = False, outcomes: bool = True) -> Any:
    """Give a figure its title, the key of its colours, and what it is not.

    Args:
        figure: The figure.
        title: Its title.
        dot: Whether a dot in it stands for the case.
        outcomes: Whether its colours are those of outcomes.
    """
    lines = wrap(title[:1].upper() + title[1:], int(_LETTERS * figure.get_figwidth()))
    figure.suptitle("\n".join(lines), fontsize=_LARGE, fontweight="bold")
    for axes in figure.axes:
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.tick_params(axis="x", length=3)
        axes.tick_params(axis="y", length=3 if dot else 0)
    key = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=outcome.words)
        for outcome, (colour, _, hatch, _) in _LOOKS.items()
        if outcomes
    ]
    if dot:
        key += figure.axes[0].plot([], [], "o", color=_CASE, markersize=8, label="the case")
    figure.legend(
        handles=key, loc="outside lower center", ncols=4, frameon=False, fontsize=USUAL,
        title=DISCLAIMER.partition(". ")[0] + ".", title_fontsize=_SMALL,
    )  # fmt: skip
    return figure
