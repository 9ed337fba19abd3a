# SPDX-License-Identifier: Apache-2.0
"""The commands on cohorts: tables of millions of patients."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lutalogic.cli_options import BAD_INPUT, asked, complete_policies, complete_readings
from lutalogic.errors import BadRows
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from lutalogic.cohort.files import Progress

_EXIT = (
    "Exit status: 0 every row was decided, 2 rows or columns cannot be judged, 3 this installation "
    "cannot decide, 1 the output could not be written, 130 interrupted (nothing is left behind)."
)


@click.group("cohort")
def cohort_command() -> None:
    """Tables of patients, up to millions: a row each, a column for each fact.

    Needs the extra lutalogic[cohort].
    """


@cohort_command.command("decide", epilog=_EXIT)
@click.argument("table", type=click.Path(path_type=Path))
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file to write: its name ends in .parquet, .csv, .tsv, .jsonl or .ndjson.",
)
@click.option(
    "--policy",
    "-p",
    "policies",
    metavar="NAME",
    multiple=True,
    default=("all",),
    shell_complete=complete_policies,
    help="A policy, or all; may be given again.  [default: all]",
)
@click.option(
    "--on",
    metavar="YYYY-MM-DD",
    help="Date of service of every row.  [default: the table's column on]",
)
@click.option(
    "--reading",
    "-r",
    "readings",
    metavar="NAME=VALUE",
    multiple=True,
    help="Take this reading.",
    shell_complete=complete_readings,
)
@click.option("--explain", is_flag=True, help="Add the criteria that fail and what is waited for.")
@click.option("--criteria", is_flag=True, help="Add the truth of every criterion.")
@click.option(
    "--keep-bad",
    is_flag=True,
    help="Keep rows that cannot be judged, without an outcome, and decide the others.",
)
@click.option(
    "--problems",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every value that is wrong, with the reason, to this CSV file.",
)
@click.option(
    "--keep", metavar="COLUMN", multiple=True, help="Hand on this column, which is no fact."
)
@click.option("--no-facts", is_flag=True, help="Leave the columns of facts out of the result.")
@click.option("--replace", is_flag=True, help="Replace the file if it is there.")
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
def decide_cohort(
    table: Path,
    out: Path,
    policies: tuple[str, ...],
    on: str | None,
    readings: tuple[str, ...],
    explain: bool,
    criteria: bool,
    keep_bad: bool,
    problems: Path | None,
    keep: tuple[str, ...],
    no_facts: bool,
    replace: bool,
    no_progress: bool,
) -> int:
    """Decide every row of TABLE, batch by batch, and write the table with the outcomes.

    TABLE is a file of Parquet, CSV or JSON lines, or a folder of Parquet files; it may be larger
    than memory. The result is put in its place when it is whole, and not before.

    \b
    Examples:
      lutalogic cohort decide patients.parquet --on 2026-06-01 --out decided.parquet
      lutalogic cohort decide new.csv -p premera_xofigo --on 2026-06-01 --explain -o decided.csv
      lutalogic cohort decide patients.parquet --keep-bad --problems wrong.csv -o decided.parquet
    """
    from lutalogic.cohort import decide

    if problems is not None:
        if problems.resolve() in (out.resolve(), table.resolve()):
            raise click.UsageError("--problems: name a file of its own")
        if problems.exists() and not replace:
            raise click.UsageError(f"--problems: {problems} is there already; add --replace")
    taken = asked(None, on, readings).readings
    with progress_bar(not no_progress) as progress:
        try:
            done = decide(
                table,
                policies[0] if len(policies) == 1 else policies,
                on=on,
                readings=taken,
                explain=explain,
                criteria=criteria,
                on_bad="keep" if keep_bad else "refuse",
                keep=keep,
                facts=not no_facts,
                out=out,
                replace=replace,
                progress=progress,
            )
        except BadRows as error:
            _write_problems(error.problems, problems)
            raise
    click.echo(done)
    click.echo(DISCLAIMER)
    _write_problems(done.problems, problems)
    return BAD_INPUT if done.bad else 0


def _write_problems(told: pl.DataFrame, path: Path | None) -> None:
    if path is not None:
        told.write_csv(path)
        click.echo(f"{path}: {told.height:,} values that are wrong", err=True)


@contextmanager
def progress_bar(wanted: bool) -> Iterator[Progress | None]:
    """Show how many rows are done, where there is a terminal for it."""
    if not wanted or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich import progress as shown
    from rich.console import Console

    columns = (
        shown.TextColumn("{task.description}"),
        shown.BarColumn(),
        shown.TimeRemainingColumn(),
    )
    with shown.Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("reading", total=None)

        def tell(rows: int, total: int | None) -> None:
            bar.update(task, completed=rows, total=total, description=f"{rows:,} patients")

        yield tell
