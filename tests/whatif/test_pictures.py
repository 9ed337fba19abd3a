# SPDX-License-Identifier: Apache-2.0
"""Pictures and data frames show what the values say, and are told of where they cannot be made."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from lutalogic import Outcome, readings_table, sweep, timeline, what_if
from lutalogic.picture_axes import picture_axis
from lutalogic.pictures import _LOOKS
from tests.strategies import BASES

if TYPE_CHECKING:
    from pathlib import Path

CASE = BASES["wellmark_lutathera"][0]
POLICIES = ["wellmark_lutathera", "premera_lutathera"]


def blocks(figure: Any) -> list[tuple[float, float, float, float, Outcome]]:
    """Return the blocks of a picture: left, right, lower and upper end, and outcome by colour."""
    from matplotlib.colors import to_hex

    outcomes = {colour.lower(): outcome for outcome, (colour, *_) in _LOOKS.items()}
    return [
        (
            patch.get_x(), patch.get_x() + patch.get_width(),
            patch.get_y(), patch.get_y() + patch.get_height(),
            outcomes[to_hex(patch.get_facecolor())],
        )
        for axes in figure.axes
        for patch in axes.patches
    ]  # fmt: skip


def test_a_sweep_is_drawn_band_by_band() -> None:
    """Each policy's bar has the outcomes of its bands, in order, and neighbours touch."""
    swept = sweep(CASE, "ki67_percent", policies=POLICIES, on="2026-06-01")
    drawn = blocks(swept.plot())
    for row, name in enumerate(POLICIES):
        bar = [block for block in drawn if block[2] < row < block[3]]
        assert [block[4] for block in bar] == [band.outcome for band in swept.bands(name)]
        numbers = [band for band in swept.bands(name) if band.run.numbers]
        for before, after in pairwise(bar[: len(numbers)]):
            assert before[1] == after[0]


def test_a_limit_does_not_drown_in_a_range() -> None:
    """12 of 120 years stands well inside the picture, and one number has a width."""
    swept = sweep({}, "age_years", policies=["premera_xofigo", "premera_lutathera"])
    axis = picture_axis(swept.points, [[b.run for b in swept.bands(n)] for n in swept.policies])
    ticks = {told: where for where, told in axis.ticks()}
    assert list(ticks) == ["0", "\u2265 12", "\u2265 18", "120", "not documented"]
    assert 0.2 < ticks["\u2265 12"] / axis.length < 0.8
    weeks = sweep(CASE, "planned_interval_weeks", policies="wellmark_lutathera", by="criteria")
    axis = picture_axis(weeks.points, [[band.run for band in weeks.bands()]])
    assert all(piece.end > piece.start for piece in axis.pieces)
    assert "8" in {told for _, told in axis.ticks()}


def test_the_case_is_drawn_where_it_stands() -> None:
    """A number within its piece, an interval from end to end, what is not known at the end."""
    swept = sweep(CASE, "age_years", policies="wellmark_lutathera")
    axis = picture_axis(swept.points, [[band.run for band in swept.bands()]])
    limit = axis.pieces[1].start
    known = [
        sweep({"age_years": age}, "age_years", policies="premera_xofigo") for age in (11, "10-14")
    ]
    [young, vague] = [axis.extent_of(each.case.possible["age_years"]) for each in known]
    assert young[0] == young[1] < limit
    assert vague[0] < limit < vague[1]
    assert axis.extent_of(None) == (axis.pieces[-1].middle, axis.pieces[-1].middle)


def test_a_map_is_drawn_tile_by_tile() -> None:
    """As many tiles as there are, with their outcomes, in a panel for each policy."""
    swept = sweep(CASE, "age_years", "ki67_percent", policies=POLICIES, on="2026-06-01")
    figure = swept.plot()
    assert len(figure.axes) == 2
    assert [block[4] for block in blocks(figure)] == [tile.outcome for tile in swept]


def test_a_timeline_is_drawn_text_by_text() -> None:
    """A block for each period, with its outcome, and the day on which it begins."""
    told = timeline(CASE, "premera_lutathera")
    figure = told.plot()
    assert [block[4] for block in blocks(figure)] == [period.outcome for period in told]
    labels = [label.get_text() for label in figure.axes[0].get_xticklabels()]
    assert labels == [f"from {period.start}" for period in told.periods[1:]]


def test_outcomes_are_told_apart_without_colour() -> None:
    """Each has its own hatching, its own words, and another lightness."""
    from matplotlib.colors import to_rgb

    light = sorted(
        0.2126 * r + 0.7152 * g + 0.0722 * b
        for r, g, b in (to_rgb(colour) for colour, *_ in _LOOKS.values())
    )
    assert set(_LOOKS) == set(Outcome)
    assert light[1] - light[0] > 0.04
    for place in (0, 2, 3):
        assert len({look[place] for look in _LOOKS.values()}) == 3


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_picture_can_be_kept(ending: str, tmp_path: Path) -> None:
    """As a file of the usual kinds."""
    file = tmp_path / f"picture.{ending}"
    sweep(CASE, "tumor_type", policies=POLICIES).plot().savefig(file)
    assert file.stat().st_size > 1000


def test_a_frame_has_a_row_for_each_band_tile_change_period_and_value() -> None:
    """With the columns that the documentation names, also where there is no row."""
    swept = sweep(CASE, "age_years", policies=POLICIES)
    frame = swept.frame()
    assert list(frame["outcome"]) == [band.outcome.value for band in swept]
    assert {"low", "low_open", "high", "high_open", "here"} <= set(frame.columns)
    mapped = sweep(CASE, "age_years", "ki67_percent", policies=POLICIES)
    assert len(mapped.frame()) == len(list(mapped))
    told = what_if(CASE, policy=POLICIES, age_years=11)
    assert len(told.frame()) == 2 + sum(len(effect.criteria) for effect in told)
    assert len(timeline(CASE, "premera_pluvicto").frame()) == 4
    table = readings_table(CASE, policies=POLICIES)
    assert list(table.frame()["turns"]) == [row.turns for row in table]


@pytest.mark.parametrize(
    ("missing", "asked", "message"),
    [
        ("matplotlib", "swept.plot()", "pictures need matplotlib, which is not installed"),
        ("pandas", "swept.frame()", "data frames need pandas, which is not installed"),
    ],
)
def test_what_is_missing_is_told_with_its_remedy(missing: str, asked: str, message: str) -> None:
    """Nothing but a picture needs matplotlib, and nothing but a frame needs pandas."""
    code = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from lutalogic import sweep\n"
        "swept = sweep({}, 'age_years', policies='premera_xofigo')\n"
        "print(len(str(swept)) > 100)\n"
        f"{asked}"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "True\n"
    last = done.stderr.splitlines()[-1]
    assert last.startswith(f"lutalogic.errors.PicturesMissing: {message}: pip install {missing}")
