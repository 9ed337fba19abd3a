# SPDX-License-Identifier: Apache-2.0
"""The command ``reference``: reference knowledge by word, or beside a decision."""

from __future__ import annotations

import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from lutalogic import report, strict_json
from lutalogic.batch import answered, complaint, unread
from lutalogic.cli_options import (
    BAD_INPUT,
    EXIT_STATUS,
    asked,
    engine_option,
    noting_engine,
    patients,
)
from lutalogic.errors import InputError
from lutalogic.lookup import look_up
from lutalogic.reference import reference
from lutalogic.reference_pages import entry_page, reference_page


@click.command("reference", epilog=EXIT_STATUS)
@click.argument("words", nargs=-1)
@click.option(
    "--patient", "files", type=click.Path(path_type=Path, allow_dash=True), multiple=True,
    metavar="FILE", help="Show what stands beside the decisions on the patients of this file.",
)  # fmt: skip
@click.option("--policy", "-p", metavar="NAME", help="One policy. [default: those that apply]")
@click.option("--on", metavar="YYYY-MM-DD", help="Date of service. [default: the file's, or today]")
@engine_option
@click.option("--weight-kg", metavar="KG", help="Body weight, where a usual dose depends on it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def reference_command(
    words: tuple[str, ...],
    files: tuple[Path, ...],
    policy: str | None,
    on: str | None,
    engine: str | None,
    weight_kg: str | None,
    as_json: bool,
) -> None:
    """Look up reference knowledge: guidelines, labels, trials, scales, codes. It decides nothing.

    WORDS are looked for in all entries; with --patient, what concerns a decision is shown.

    \b
    Examples:
      lutalogic reference nccn lung
      lutalogic reference karnofsky
      lutalogic reference --patient examples/03_thymic_carcinoid.json --policy premera_lutathera
      lutalogic reference --patient examples/18_xofigo_three_patients.json --weight-kg 80
    """
    screen, judged = report.console(), True
    if not files:
        if not words:
            raise click.UsageError("name a word to look for, or a file with --patient")
        entries = look_up(" ".join(words))
        if as_json:
            click.echo(strict_json.dumps([entry.as_json() for entry in entries], indent=1))
            return
        for entry in entries:
            screen.print(entry_page(entry))
        if not entries:
            screen.print(f"No entry has {' '.join(words)!r}.")
        return
    if words:
        raise click.UsageError("WORDS and --patient exclude one another")
    weight = None if weight_kg is None else _number(weight_kg)
    told: list[dict[str, Any]] = []
    question = asked(policy, on, (), engine)
    for patient, answer in answered(noting_engine(patients(files), engine), question):
        for message in unread(patient):
            report.complain(message)
        if isinstance(answer, InputError):
            report.complain(complaint(patient, answer))
            judged = False
            continue
        for decision in answer:
            beside = reference(decision, weight_kg=weight)
            name = patient.name if patient else ""
            if as_json:
                head = {"patient": name, "policy": decision.policy.name}
                told.append(head | {"outcome": decision.outcome.value} | beside.as_json())
            else:
                screen.rule(name, align="left")
                screen.print(reference_page(beside))
    if as_json:
        click.echo(strict_json.dumps(told, indent=1))
    if not judged:
        sys.exit(BAD_INPUT)


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise click.BadParameter(f"write a number of kg, not {text!r}") from None
