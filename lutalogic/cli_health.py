# SPDX-License-Identifier: Apache-2.0
"""The command ``health``: what is proved of the rule base as a whole."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from lutalogic import strict_json
from lutalogic.cli_options import UNEXPECTED, note_engine
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@click.command("health")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--markdown", "as_markdown", is_flag=True, help="Print what docs/health.md has of it."
)
def health_command(as_json: bool, as_markdown: bool) -> int:
    """Prove what the rule base as a whole is like, over every record. Takes some 20 seconds.

    Does every text decide? Does every criterion and every clause make a difference? Are two
    criteria one? Do records pend although their answer is settled? Each finding is shown with a
    record where one can show it, and with the reason for which it is accepted. Needs the extra
    lutalogic[proof]. Without SWI-Prolog it takes some 50 seconds.

    Exit status: 0 all that was found is accepted, 4 it is not, or something accepted was not found,
    3 this installation cannot prove, 130 interrupted.

    \b
    Examples:
      lutalogic health
      lutalogic health --json
    """
    if as_json and as_markdown:
        raise click.UsageError("take either --json or --markdown")
    from lutalogic.health import health
    from lutalogic.health_pages import markdown, text

    note_engine()
    with _telling() as tell:
        found = health(tell=tell)
    if as_json:
        click.echo(strict_json.dumps(found.as_json(), indent=1))
    else:
        click.echo(markdown(found) if as_markdown else text(found))
        click.echo(f"\n{DISCLAIMER}" if as_markdown else DISCLAIMER)
    return 0 if found.as_listed else UNEXPECTED


@contextmanager
def _telling() -> Iterator[Callable[[str], None] | None]:
    """Show what is looked at, where there is a terminal for it."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield status.update
