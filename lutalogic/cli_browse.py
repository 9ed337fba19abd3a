# SPDX-License-Identifier: Apache-2.0
"""The commands that show the rule base: policies, facts, readings, show, schema, check."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from lutalogic import browse, report, strict_json
from lutalogic.cli_options import complete_criteria, complete_policies
from lutalogic.dates import date_of_service
from lutalogic.errors import PrologMissing
from lutalogic.rulebase import policies, rule_base
from lutalogic.schema import SCHEMAS, schemas

if TYPE_CHECKING:
    from collections.abc import Callable

_Command = TypeVar("_Command", bound="Callable[..., Any]")

#: The longest that a check may take; a sound rule base takes less than a second.
CHECK_SECONDS: Final = 120

_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _narrowed(command: _Command) -> _Command:
    """Add words and a policy that narrow a list."""
    policy = click.option(
        "--policy", "-p", metavar="NAME", shell_complete=complete_policies,
        help="Only what this policy reads.",
    )  # fmt: skip
    return click.argument("words", nargs=-1, metavar="[WORD]...")(policy(command))


@click.command("policies")
@_as_json
def policies_command(as_json: bool) -> None:
    """List the policies, their documents and the dates of their texts."""
    if not as_json:
        report.console().print(report.policies_page(policies()))
        return
    told = [
        {
            "name": policy.name,
            "title": policy.title,
            "document": policy.document.citation,
            "texts": [
                {"from": text.start, "status": text.status, "change": text.change}
                for text in policy.texts
            ],
            "criteria": {criterion.id: criterion.sentence for criterion in policy.criteria},
            "readings": list(policy.readings),
        }
        for policy in policies()
    ]
    click.echo(strict_json.dumps(told, indent=1))


@click.command("facts")
@_narrowed
@_as_json
def facts_command(words: tuple[str, ...], policy: str | None, as_json: bool) -> None:
    """List the facts that a case may state, with their values, ranges and units.

    With WORDs, only those that have each of them in their name, meaning, type, values or unit, or
    in the words for them in explanations.

    \b
    Examples:
      lutalogic facts
      lutalogic facts prior doses
      lutalogic facts --policy premera_xofigo
    """
    attributes = browse.facts(words, policy=policy)
    if not as_json:
        report.console().print(report.facts_page(attributes))
        return
    told = [
        {
            "name": a.name,
            "type": a.type,
            "meaning": a.meaning,
            "values": list(a.values),
            "range": None if a.range == (0, 0) else list(a.range),
            "unit": a.unit,
        }
        for a in attributes
    ]
    click.echo(strict_json.dumps(told, indent=1))


@click.command("readings")
@_narrowed
@_as_json
def readings_command(words: tuple[str, ...], policy: str | None, as_json: bool) -> None:
    """List the named readings, with their values, the default first.

    With WORDs, only those that have each of them in their name, question, values or meanings.

    \b
    Examples:
      lutalogic readings
      lutalogic readings progression
      lutalogic readings --policy premera_pluvicto
    """
    readings = browse.readings(words, policy=policy)
    if not as_json:
        report.console().print(report.readings_page(readings))
        return
    told = [
        {
            "name": r.name,
            "question": r.question,
            "values": dict(zip(r.values, r.meanings, strict=True)),
            "default": r.default,
            "sources": [str(source) for source in r.sources],
        }
        for r in readings
    ]
    click.echo(strict_json.dumps(told, indent=1))


@click.command("show")
@click.argument("words", nargs=-1, required=True, metavar="NAME", shell_complete=complete_criteria)
@click.option(
    "--on", metavar="YYYY-MM-DD", help="The text in force on this day. [default: the latest]"
)
@_as_json
def show_command(words: tuple[str, ...], on: str | None, as_json: bool) -> None:
    """Show what a criterion asks: in words, with its sources, readings and dates.

    NAME is the id of a criterion, or the name of a definition, a reading, a fact or a policy.

    \b
    Examples:
      lutalogic show L-2
      lutalogic show item 2a
      lutalogic show L-1 --on 2024-06-01
      lutalogic show w_extent
    """
    day = None if on is None else date_of_service(on).isoformat()
    pages = browse.pages(" ".join(words), day=day)
    if as_json:
        click.echo(strict_json.dumps([page.as_json() for page in pages], indent=1))
        return
    for page in pages:
        report.console().print(report.browse_page(page))


@click.command("schema")
@click.argument("name", required=False, type=click.Choice(SCHEMAS))
def schema_command(name: str | None) -> None:
    """Print a JSON Schema, or list those that there are.

    \b
    Examples:
      lutalogic schema decision > decision.schema.json
      lutalogic schema request
    """
    if name is None:
        for each, schema in schemas().items():
            click.echo(f"{each:12} {schema['$id']}  {schema['title']}")
        return
    click.echo(strict_json.dumps(schemas()[name], indent=1))


@click.command("check")
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
def check_command(folder: Path | None) -> None:
    """Check the rule base in FOLDER, by default the one installed.

    Each problem is a line with file, line, what is wrong and what to do. A rule base is read as
    data: nothing in it is run. Exit status: 0 sound, 1 not, 2 no such folder, 3 no SWI-Prolog.
    """
    from lutalogic.engines.prolog import HOW_TO_INSTALL, rules_directory

    checked = folder or rules_directory("kb")
    if not checked.is_dir():
        raise click.BadParameter(f"there is no folder {checked}", param_hint="FOLDER")
    swipl = shutil.which("swipl")
    if swipl is None:
        raise PrologMissing(f"SWI-Prolog is not installed: {HOW_TO_INSTALL}")
    program = rules_directory("prolog") / "check.pl"
    # Without the user's own initialisation file; and in the end, whatever the folder holds.
    command = [swipl, "-f", "none", str(program), "--", str(checked)]
    try:
        done = subprocess.run(command, check=False, timeout=CHECK_SECONDS)
    except subprocess.TimeoutExpired:
        click.echo(f"{checked}: not checked within {CHECK_SECONDS} s; it is no rule base")
        sys.exit(1)
    if done.returncode == 0:
        click.echo(f"{checked} is sound" + ("" if folder else f" ({rule_base().digest[:12]})"))
    sys.exit(done.returncode)
