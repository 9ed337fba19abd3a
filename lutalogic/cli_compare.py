# SPDX-License-Identifier: Apache-2.0
"""The command that compares two policies, or two texts or readings of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lutalogic import report, strict_json
from lutalogic.cli_options import complete_side, given_facts, note_engine
from lutalogic.compare import compare
from lutalogic.comparison_pages import comparison_markdown, comparison_page
from lutalogic.errors import BadRequest
from lutalogic.sides import read_side, told_of

if TYPE_CHECKING:
    from lutalogic.sides import Side


@click.command("compare")
@click.argument("a", metavar="A", shell_complete=complete_side)
@click.argument("b", metavar="B", shell_complete=complete_side)
@click.option(
    "--given", metavar="NAME=VALUE", multiple=True,
    help="Compare only requests of which this is known, or is known more exactly.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--markdown", is_flag=True, help="Print Markdown, with tables for a report.")
def compare_command(a: str, b: str, given: tuple[str, ...], as_json: bool, markdown: bool) -> None:
    """Prove what policy A covers and policy B does not, and the other way round.

    A and B are written POLICY[@DATE][,READING=VALUE...]; without a date, the latest text counts.
    What is claimed holds for every request, whatever is known of it; each request that is shown
    was decided by both sides.

    \b
    Examples:
      lutalogic compare wellmark_lutathera premera_lutathera --given request_type=initial
      lutalogic compare premera_lutathera@2026-03-31 premera_lutathera
      lutalogic compare wellmark_lutathera wellmark_lutathera,w_item1=literal_list --markdown
    """
    if as_json and markdown:
        raise click.UsageError("--json and --markdown exclude one another")
    sides = (_side("A", a), _side("B", b))
    if sides[0] == sides[1]:
        raise BadRequest(
            f"A and B are both {sides[0]}; name another policy, date or reading for one of them"
        )
    note_engine()
    comparison = compare(*sides, given=given_facts(given))
    if as_json:
        click.echo(strict_json.dumps(comparison.as_json(), indent=1))
    elif markdown:
        click.echo(comparison_markdown(comparison))
    else:
        report.console().print(comparison_page(comparison))


def _side(place: str, text: str) -> Side:
    with told_of(place):
        return read_side(text)
