# SPDX-License-Identifier: Apache-2.0
"""The command that finds patients: the rules run backwards."""

from __future__ import annotations

import sys
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lutalogic import report, strict_json
from lutalogic.cli_options import (
    UNEXPECTED,
    complete_criteria,
    complete_side,
    given_facts,
    note_engine,
    one_patient,
)
from lutalogic.patients import searched
from lutalogic.possible import json_value
from lutalogic.sides import read_side, told_of
from lutalogic.wish_pages import engines_line, found_page
from lutalogic.wishes import Wish, wish
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.case import Case

_NONE = {
    False: "There is none: no record, whatever is known in it, comes out so.",
    True: "There is none, but perhaps one about whom evidence disagrees.",
}
_OUTCOMES = ("met", "not_met", "needs_information")


@click.command("patients")
@click.argument("policy", metavar="POLICY[@DATE][,READING=VALUE...]", shell_complete=complete_side)
@click.option("--outcome", type=click.Choice(_OUTCOMES), help="What the decision is.")
@click.option(
    "--criterion", "-c", "criteria", metavar="ID=TRUTH[,TRUTH]", multiple=True,
    shell_complete=complete_criteria, help="A criterion is true, false or unknown.",
)  # fmt: skip
@click.option(
    "--by",
    metavar="ID",
    help="The outcome turns on this criterion; one: on just one, if not met or pending.",
)
@click.option(
    "--waits-for", metavar="FACT", help="The request pends on this fact alone; one: on any."
)
@click.option("--depends-on", metavar="READING", help="Another value leads to another outcome.")
@click.option(
    "--also", metavar="OUTCOME:POLICY[@DATE][,READING=VALUE...]", multiple=True,
    help="The outcome of another request for the same patient.",
)  # fmt: skip
@click.option(
    "--given",
    metavar="NAME=VALUE",
    multiple=True,
    help="A fact that all patients have: a word, an interval or JSON; null for not documented.",
)
@click.option(
    "--near", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True),
    help="Change as few facts of the patient in this file as can be.",
)  # fmt: skip
@click.option(
    "-n", "count", type=click.IntRange(1, 1_000_000), default=5, show_default=True, help="How many."
)
@click.option("--seed", type=int, default=0, help="Another seed, other patients.")
@click.option(
    "--format", "-f", "form", type=click.Choice(("text", "json", "lines")), default="text",
    show_default=True,
    help="Pages to read, a JSON list of patients, or requests of the line protocol.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def patients_command(
    policy: str,
    outcome: str | None,
    criteria: tuple[str, ...],
    by: str | None,
    waits_for: str | None,
    depends_on: str | None,
    also: tuple[str, ...],
    given: tuple[str, ...],
    near: Path | None,
    count: int,
    seed: int,
    form: str,
    as_json: bool,
) -> None:
    """Find patients whose request comes out as wished, decided by every engine there is.

    They differ as much as may be, and each fact of theirs bears on a criterion; with --near, they
    differ from one patient as little as may be. `lutalogic decide` reads the JSON that is printed.

    \b
    Examples:
      lutalogic patients wellmark_lutathera --outcome met --by "item 3"
      lutalogic patients premera_pluvicto --outcome not_met --by one
      lutalogic patients premera_lutathera --waits-for one --given request_type=initial
      lutalogic patients wellmark_lutathera --outcome met --also not_met:premera_lutathera
      lutalogic patients wellmark_lutathera --depends-on w_item1 --json > patients.json
      lutalogic patients premera_lutathera --outcome met --near examples/16_fifth_dose.json

    Exit status: 0 patients were found; 4 there is none, and none can be; 2 something that is wished
    is unknown; 3 the engines cannot decide.
    """
    start, day = (None, None) if near is None else _near(near, read_side(policy).day)
    note_engine()
    search = searched(
        policy,
        on=day if start and "@" not in policy and "," not in policy else None,
        outcome=outcome,
        criteria=_criteria(criteria),
        by=by,
        waits_for=waits_for,
        depends_on=depends_on,
        also=[_also(text) for text in also],
        given=given_facts(given),
        near=start,
        seed=seed,
    )
    shown = _Shown("json" if as_json else form, search.wishes, start)
    try:
        for case in islice(search.patients(), count):
            shown.show(case)
    finally:
        shown.end()
    if not shown.count:
        click.echo(_NONE[any(wish.waits_for for wish in search.wishes)], err=True)
        sys.exit(UNEXPECTED)
    if shown.count < count:
        click.echo(f"There are no more than {shown.count} whom the rules tell apart.", err=True)


def _near(file: Path, day: str) -> tuple[Case, str]:
    """Return the one patient of a file, and the date of service: the file's, else a day."""
    patient = one_patient(file)
    day = patient.on or day
    return patient.case(on=day), day


def _criteria(pairs: tuple[str, ...]) -> dict[str, list[str]]:
    criteria: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, truths = pair.rpartition("=")
        if not equals or name.strip() in criteria:
            raise click.BadParameter(
                f"write ID=TRUTH, once for each criterion, not {pair!r}", param_hint="--criterion"
            )
        criteria[name.strip()] = [truth.strip() for truth in truths.split(",")]
    return criteria


def _also(text: str) -> Wish:
    outcome, colon, side = text.partition(":")
    if not colon:
        raise click.BadParameter(
            f"write OUTCOME:POLICY, as not_met:premera_lutathera, not {text!r}", param_hint="--also"
        )
    with told_of("also"):
        return wish(side.strip(), outcome=outcome.strip())


class _Shown:
    """Patients as they are found: pages, a JSON list, or requests of the line protocol.

    A list is whole also where the search is interrupted.

    Attributes:
        count: How many were shown.
    """

    def __init__(self, form: str, wishes: Sequence[Wish], near: Case | None) -> None:
        self._form, self._wishes, self._near = form, wishes, near
        self.count = 0

    def show(self, case: Case) -> None:
        self.count += 1
        side = self._wishes[0].side
        request = {
            "policy": side.policy.name,
            "on": side.day,
            "readings": dict(side.taken),
            "facts": {name: _exact(value) for name, value in case.facts.items()},
        }
        match self._form:
            case "text":
                page = found_page(self.count, case, self._wishes, self._near)
                report.console().print(page)
            case "lines":
                click.echo(strict_json.dumps({"id": self.count, **request}))
            case _:
                told = {"name": f"patient {self.count}", **request}
                between = "[" if self.count == 1 else ","
                click.echo(f"{between}\n{strict_json.dumps(told, indent=1)}", nl=False)

    def end(self) -> None:
        if self._form == "json":
            click.echo("\n]" if self.count else "[]")
        elif self._form == "text" and self.count:
            report.console().print(f"{engines_line()}\n{DISCLAIMER}", style="dim")


def _exact(value: object) -> object:
    """Return a fact as JSON: a number that a reader would round, as an interval of one number."""
    told = json_value(value)
    if isinstance(value, Decimal) and isinstance(told, float) and Decimal(repr(told)) != value:
        return f"{value:f}-{value:f}"
    return told
