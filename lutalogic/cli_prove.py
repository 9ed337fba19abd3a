# SPDX-License-Identifier: Apache-2.0
"""The command that proves what the rules guarantee."""

from __future__ import annotations

import sys

import click

from lutalogic import report, strict_json
from lutalogic.cli_options import UNEXPECTED, asked, note_engine
from lutalogic.rulebase import rule_base
from lutalogic.words import DISCLAIMER


def _complete_theorems(_ctx: click.Context, _param: click.Parameter, text: str) -> list[str]:
    return [theorem.name for theorem in rule_base().claims if theorem.name.startswith(text)]


@click.command("prove")
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=_complete_theorems)
@click.option(
    "--reading", "-r", "readings", metavar="NAME=VALUE", multiple=True, help="Take this reading."
)
@click.option(
    "--readings",
    "which",
    type=click.Choice(["all"]),
    help="Try, of what is refuted, each other reading too; of what is proved that is always done.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="For each theorem; then it is not decided.",
)
@click.option("--list", "listed", is_flag=True, help="List the theorems, and prove nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
@click.option("--markdown", is_flag=True, help="Print a table for a report.")
def prove_command(
    names: tuple[str, ...],
    readings: tuple[str, ...],
    which: str | None,
    timeout: float,
    listed: bool,
    as_json: bool,
    markdown: bool,
) -> None:
    """Prove theorems over every possible record, or refute them with a smallest patient.

    Without NAME, all of them, in short. Some claims sound likely and do not hold: these are
    expected to be refuted. Each patient who refutes one is decided by SWI-Prolog, or where it
    is missing by the relational engine, before being shown.

    \b
    Examples:
      lutalogic prove
      lutalogic prove --list
      lutalogic prove lutathera_within_four_doses
      lutalogic prove --json > proofs.json

    Exit status: 0 all is as expected or, under readings of your own, proved or refuted; 4 it is
    not; 2 no such theorem or reading; 3 z3 is not installed, or nothing that decides.
    """
    from lutalogic import proof_pages
    from lutalogic.proofs import each_proof, find, theorems

    if as_json and markdown:
        raise click.UsageError("take either --json or --markdown")
    if listed:
        known = [find(name) for name in names] or theorems()
        report.console().print(proof_pages.list_page(known))
        return
    note_engine()
    found = each_proof(
        tuple(dict.fromkeys(names)),
        readings=asked(None, None, readings).readings,
        all_readings=which == "all",
        timeout=timeout,
    )
    proofs = []
    for proof in found:
        proofs.append(proof)
        if not (as_json or markdown):
            report.console().print(proof_pages.proof_page(proof, whole=bool(names)), "")
    if as_json:
        click.echo(strict_json.dumps([proof.as_json() for proof in proofs], indent=1))
    elif markdown:
        click.echo(proof_pages.markdown_report(proofs))
        click.echo(f"\n{DISCLAIMER}")
    else:
        report.console().print(proof_pages.summary_line(proofs))
        report.console().print(DISCLAIMER)
    if not all(proof.as_expected for proof in proofs):
        sys.exit(UNEXPECTED)
