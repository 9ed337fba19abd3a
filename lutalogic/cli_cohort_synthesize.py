# SPDX-License-Identifier: Apache-2.0
"""The command that writes a synthetic cohort."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lutalogic.cli_cohort import progress_bar
from lutalogic.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command("synthesize")
@click.option("--n", "-n", "count", type=click.IntRange(0), required=True, help="How many rows.")
@click.option(
    "--out", "-o", type=click.Path(path_type=Path, dir_okay=False), required=True,
    help="The file to write: its name ends in .parquet, .csv, .tsv, .jsonl or .ndjson.",
)  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=0, help="Another seed, other patients.")
@click.option(
    "--drug", metavar="NAME[=WEIGHT]", multiple=True,
    help="The drug that is asked for; with weights, of several.  [default: all, mixed]",
)  # fmt: skip
@click.option(
    "--missing", metavar="SHARE", multiple=True,
    help="The share of values left out, 0 to 1, or practice; NAME=SHARE for a fact or a group.",
)  # fmt: skip
@click.option(
    "--intervals", metavar="SHARE", multiple=True,
    help="The share of laboratory values written as intervals, 0 to 1; NAME=SHARE for a fact.",
)  # fmt: skip
@click.option(
    "--on", metavar="FIRST..LAST", help="Dates of service between these two.  [default: none]"
)
@click.option("--ids", is_flag=True, help="Number the rows in a column id.")
@click.option(
    "--model", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
    help="Distributions in place of lutalogic's own, in TOML.",
)  # fmt: skip
@click.option("--replace", is_flag=True, help="Replace the file if it is there.")
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
def synthesize_cohort(
    count: int,
    out: Path,
    seed: int,
    drug: tuple[str, ...],
    missing: tuple[str, ...],
    intervals: tuple[str, ...],
    on: str | None,
    ids: bool,
    model: Path | None,
    replace: bool,
    no_progress: bool,
) -> None:
    """Write a table of synthetic requests, for tests of scale: every figure behind it is invented.

    \b
    Examples:
      lutalogic cohort synthesize --n 1000 --out cohort.parquet
      lutalogic cohort synthesize --n 1000000 --missing practice --intervals 0.1 -o cohort.parquet
      lutalogic cohort synthesize -n 500 --drug lutathera --on 2025-01-01..2026-06-30 -o cohort.csv
    """
    from lutalogic.cohort.synthetic_files import synthesize_file

    days = on.partition("..") if on else None
    with progress_bar(not no_progress) as progress:
        synthesize_file(
            out,
            count,
            replace=replace,
            progress=progress,
            seed=seed,
            drug=_weights(drug) if drug else None,
            missing=_shares(missing, "missing", words=True),
            intervals=_shares(intervals, "intervals", words=False),
            on=(days[0].strip(), days[2].strip()) if days else None,
            ids=ids,
            model=model,
        )
    click.echo(f"{out}: {count:,} synthetic rows; nothing in them is about real patients")


def _weights(given: Sequence[str]) -> dict[str, float]:
    return {
        name: _number(weight, "drug") if equals else 1.0
        for name, equals, weight in (each.partition("=") for each in given)
    }


def _shares(given: Sequence[str], place: str, *, words: bool) -> float | str | dict[str, float]:
    """Return what an option says: one share, a word, or shares by name."""
    if not given:
        return 0.0
    if len(given) == 1 and "=" not in given[0]:
        try:
            return float(given[0])
        except ValueError:
            if words:
                return given[0]
    pairs = [each.rpartition("=") for each in given]
    return {name or "*": _number(share, place) for name, _, share in pairs}


def _number(text: str, place: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise BadRequest(f"{text!r} is no number", place) from None
