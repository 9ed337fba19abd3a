# SPDX-License-Identifier: Apache-2.0
"""The commands that tell what a request lacks, and what would turn its outcome."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import click

from lutalogic import report, strict_json
from lutalogic.cli_decide import decided
from lutalogic.cli_options import BAD_INPUT, EXIT_STATUS, asked, asked_options

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lutalogic.batch import Asked
    from lutalogic.decision import Decision
    from lutalogic.flips import Flips
    from lutalogic.missing import Missing

_FORM: Final = click.option(
    "--format", "-f", "form", type=click.Choice(("text", "json")), default="text",
    show_default=True, help="How to print.",
)  # fmt: skip


@click.command("missing", epilog=EXIT_STATUS)
@asked_options
@click.option("--checklist", is_flag=True, help="Only what approval needs, to tick off.")
@_FORM
def missing_command(
    files: tuple[Path, ...],
    policy: str | None,
    on: str | None,
    readings: tuple[str, ...],
    engine: str | None,
    checklist: bool,
    form: str,
) -> None:
    """Tell what pending requests of patients from FILES lack, or of one from standard input.

    What would approve a request and what would deny it are told apart, with the values that would
    do it, and who supplies each fact.

    \b
    Examples:
      lutalogic missing patient.json
      lutalogic missing patient.json --policy premera_lutathera --checklist
      lutalogic missing patient.json --format json
    """
    if checklist and form != "text":
        raise click.UsageError("--checklist is text; of --format json, all is in approve")

    def told(decision: Decision) -> Missing:
        return decision.missing()

    def text(found: Missing) -> str:
        return found.checklist() if checklist else found.text()

    _tell(files, asked(policy, on, readings, engine), told, text, as_json=form == "json")


@click.command("flips", epilog=EXIT_STATUS)
@asked_options
@click.option("--to", type=click.Choice(("met", "not_met")), help="[default: what it is not]")
@_FORM
def flips_command(
    files: tuple[Path, ...],
    policy: str | None,
    on: str | None,
    readings: tuple[str, ...],
    engine: str | None,
    to: str | None,
    form: str,
) -> None:
    """Tell what would turn the outcome for patients from FILES: the least changes, nearest first.

    Facts change as the rule base declares it: age only upwards, the tumor type never; what is not
    documented may be, and nothing is erased.

    \b
    Examples:
      lutalogic flips examples/02_pancreas_first_line_ki67_20.json
      lutalogic flips patient.json --policy wellmark_lutathera --to met
      lutalogic flips patient.json --format json
    """

    def told(decision: Decision) -> Flips:
        return decision.flips(to)

    def text(found: Flips) -> str:
        return found.text()

    _tell(files, asked(policy, on, readings, engine), told, text, as_json=form == "json")


def _tell(
    files: tuple[Path, ...],
    question: Asked,
    told: Callable[[Decision], Any],
    text: Callable[[Any], str],
    *,
    as_json: bool,
) -> None:
    """Print what is told of each decision."""
    screen, judged = report.console(), True
    values: list[dict[str, Any]] = []
    for name, decisions in decided(files, question):
        judged = judged and decisions is not None
        for decision in decisions or ():
            found = told(decision)
            if as_json:
                values.append({"patient": name} | found.as_json())
            else:
                screen.rule(name, align="left")
                click.echo(f"{text(found)}\n")
    if as_json:
        click.echo(strict_json.dumps(values, indent=1))
    if not judged:
        sys.exit(BAD_INPUT)
