# SPDX-License-Identifier: Apache-2.0
"""The commands that ask a cohort: how requests come out and why, and what a change does to them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lutalogic import strict_json
from lutalogic.cli_cohort import progress_bar
from lutalogic.cli_options import asked, complete_policies, complete_readings, complete_side
from lutalogic.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Callable

_Command = TypeVar("_Command", bound="Callable[..., Any]")
_table = click.argument("table", type=click.Path(path_type=Path))
_on = click.option(
    "--on", metavar="YYYY-MM-DD",
    help="Date of service of every row.  [default: the table's column on]",
)  # fmt: skip


def _shared(command: _Command) -> _Command:
    """Add the options that both take."""
    for decorate in (
        click.option("--no-progress", is_flag=True, help="Show no progress bar."),
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
        click.option("--replace", is_flag=True, help="Replace the report if it is there."),
        click.option(
            "--report", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
            help="Write a report, too: one HTML file that needs nothing from elsewhere.",
        ),
        click.option(
            "--keep", metavar="COLUMN", multiple=True,
            help="Pass over this column, which is no fact."
        ),
        click.option(
            "--keep-bad", is_flag=True, help="Leave out rows that cannot be judged, and go on."
        ),
    ):  # fmt: skip
        command = decorate(command)
    return command


@click.command("ask")
@_table
@click.option(
    "--policy", "-p", "policies", metavar="NAME", multiple=True, default=("all",),
    shell_complete=complete_policies,
    help="A policy, or all; may be given again.  [default: all]",
)  # fmt: skip
@_on
@click.option(
    "--reading", "-r", "readings", metavar="NAME=VALUE", multiple=True,
    help="Take this reading.", shell_complete=complete_readings,
)  # fmt: skip
@click.option("--no-facts", is_flag=True, help="Do not ask what one more fact would decide.")
@_shared
def ask_cohort(
    table: Path,
    policies: tuple[str, ...],
    on: str | None,
    readings: tuple[str, ...],
    no_facts: bool,
    keep_bad: bool,
    keep: tuple[str, ...],
    report: Path | None,
    replace: bool,
    as_json: bool,
    no_progress: bool,
) -> None:
    """Count how the rows of TABLE come out, what denies them, and what would release them.

    \b
    Examples:
      lutalogic cohort ask patients.parquet --on 2026-06-01
      lutalogic cohort ask patients.csv -p wellmark_lutathera -p premera_lutathera --report out.html
    """
    from lutalogic.cohort import ask

    taken = asked(None, on, readings).readings
    _refuse(report, replace=replace)
    with progress_bar(not no_progress) as progress:
        found = ask(
            table,
            policies[0] if len(policies) == 1 else policies,
            on=on,
            readings=taken,
            facts=not no_facts,
            on_bad="keep" if keep_bad else "refuse",
            keep=keep,
            progress=progress,
        )
    _show(found, report, as_json=as_json)


@click.command("compare")
@_table
@click.argument("before", metavar="POLICY[@DATE][,READING=VALUE...]", shell_complete=complete_side)
@click.argument("after", metavar="POLICY[@DATE][,READING=VALUE...]", shell_complete=complete_side)
@_on
@click.option(
    "--witnesses", type=click.IntRange(0, 1_000), default=3, show_default=True,
    help="How many rows to show of each change.",
)  # fmt: skip
@_shared
def compare_cohort(
    table: Path,
    before: str,
    after: str,
    on: str | None,
    witnesses: int,
    keep_bad: bool,
    keep: tuple[str, ...],
    report: Path | None,
    replace: bool,
    as_json: bool,
    no_progress: bool,
) -> None:
    """Count what a change of policy, text or reading does to the rows of TABLE, with examples.

    \b
    Examples:
      lutalogic cohort compare patients.parquet premera_lutathera@2026-03-31 premera_lutathera@2026-04-01
      lutalogic cohort compare patients.parquet premera_lutathera wellmark_lutathera --on 2026-06-01
    """  # noqa: E501
    from lutalogic.cohort import compare

    _refuse(report, replace=replace)
    with progress_bar(not no_progress) as progress:
        found = compare(
            table,
            before,
            after,
            on=on,
            witnesses=witnesses,
            on_bad="keep" if keep_bad else "refuse",
            keep=keep,
            progress=progress,
        )
    _show(found, report, as_json=as_json)


def _refuse(report: Path | None, *, replace: bool) -> None:
    """Refuse a report that is there already, before anything is counted."""
    if report is not None and report.exists() and not replace:
        raise BadRequest(
            "the file is there already; name another, or ask for it to be replaced", str(report)
        )


def _show(found: Any, path: Path | None, *, as_json: bool) -> None:
    """Print what was found, and write the report that is asked for."""
    if path is not None:
        from lutalogic.cohort import report

        report(found, path, replace=True)
        click.echo(f"{path}: the report", err=True)
    click.echo(strict_json.dumps(found.as_json(), indent=1) if as_json else found)
