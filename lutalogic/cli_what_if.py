# SPDX-License-Identifier: Apache-2.0
"""The commands that ask what if: sweep, what-if and timeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lutalogic import strict_json
from lutalogic.cli_options import (
    asked,
    complete_facts,
    complete_policies,
    complete_readings,
    complete_side,
    engine_option,
    given_facts,
    note_engine,
    one_patient,
)
from lutalogic.errors import BadRequest
from lutalogic.sweep import sweep
from lutalogic.timeline import timeline
from lutalogic.what_if import what_if
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lutalogic.batch import Asked
    from lutalogic.case import Case
    from lutalogic.patient_files import Patient

_Command = TypeVar("_Command", bound="Callable[..., Any]")

_file = click.argument("file", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True))
_sides = click.option(
    "--policy", "-p", "policies", metavar="POLICY[@DATE][,READING=VALUE...]", multiple=True,
    shell_complete=complete_side,
    help="A policy, once for each. [default: the file's, or those that apply]",
)  # fmt: skip
_on = click.option(
    "--on", metavar="YYYY-MM-DD", help="Date of service. [default: the file's, or today]"
)
_plot = click.option(
    "--plot", metavar="PICTURE", type=click.Path(path_type=Path, dir_okay=False),
    help="Draw it into this file, too: .png, .svg or .pdf. Needs the extra lutalogic[whatif].",
)  # fmt: skip


def _shared(command: _Command) -> _Command:
    """Add the options that all of them take."""
    for decorate in (
        click.option("--json", "as_json", is_flag=True, help="The same as --format json."),
        click.option(
            "--format", "-f", "form", type=click.Choice(("text", "json")), default="text",
            show_default=True, help="A page to read, or JSON.",
        ),
        engine_option,
        click.option(
            "--reading", "-r", "readings", metavar="NAME=VALUE", multiple=True,
            help="Take this reading.", shell_complete=complete_readings,
        ),
    ):  # fmt: skip
        command = decorate(command)
    return command


@click.command("sweep")
@_file
@click.argument(
    "facts", metavar="FACT [FACT]", nargs=-1, required=True, shell_complete=complete_facts
)
@_sides
@_on
@_shared
@click.option(
    "--by", type=click.Choice(("outcome", "criteria")), default="outcome", show_default=True,
    help="Join numbers with one outcome, or only those with the same truth of every criterion.",
)  # fmt: skip
@_plot
def sweep_command(
    file: Path,
    facts: tuple[str, ...],
    policies: tuple[str, ...],
    on: str | None,
    readings: tuple[str, ...],
    engine: str | None,
    form: str,
    as_json: bool,
    by: Any,
    plot: Path | None,
) -> None:
    """Decide the patient in FILE for every value of a FACT, or of two, all else as it is.

    The numbers at which an outcome changes are exact: no value is sampled.

    \b
    Examples:
      lutalogic sweep patient.json ki67_percent
      lutalogic sweep patient.json age_years -p premera_lutathera@2024-12-31 -p premera_lutathera
      lutalogic sweep patient.json creatinine_clearance_ml_min age_years --plot map.png
    """
    if len(facts) > 2:
        raise click.UsageError("name one fact or two")
    patient, question, case = _patient(file, on, readings, engine)
    _note(engine)
    swept = sweep(case, *facts, by=by, **_asking(patient, question, policies))
    _show(swept, as_json or form == "json", plot)


@click.command("what-if")
@_file
@click.option(
    "--set", "-s", "facts", metavar="FACT=VALUE", multiple=True, required=True,
    shell_complete=complete_facts,
    help="What a fact is instead: a word, an interval or JSON; null for not documented.",
)  # fmt: skip
@_sides
@_on
@_shared
def what_if_command(
    file: Path,
    facts: tuple[str, ...],
    policies: tuple[str, ...],
    on: str | None,
    readings: tuple[str, ...],
    engine: str | None,
    form: str,
    as_json: bool,
) -> None:
    """Decide the patient in FILE as it is and with some facts changed, and tell what differs.

    \b
    Examples:
      lutalogic what-if patient.json --set ki67_percent=12
      lutalogic what-if patient.json --set 'disease_progression_on=["lanreotide"]' --json
    """
    patient, question, case = _patient(file, on, readings, engine)
    changes = given_facts(facts, option="--set")
    case.replace(**changes)  # refuses what is no fact, if it were called as an option is
    asking = _asking(patient, question, policies)
    _note(engine)
    told = what_if(case, policy=asking.pop("policies"), **asking, **changes)
    _show(told, as_json or form == "json", None)


@click.command("timeline")
@_file
@click.argument("policy", metavar="POLICY", shell_complete=complete_policies)
@_shared
@_plot
def timeline_command(
    file: Path,
    policy: str,
    readings: tuple[str, ...],
    engine: str | None,
    form: str,
    as_json: bool,
    plot: Path | None,
) -> None:
    """Decide the patient in FILE by each dated text of a POLICY, and before the first.

    The facts are the same on every day: those on the file's date of service, or today.

    \b
    Examples:
      lutalogic timeline patient.json premera_lutathera
      lutalogic timeline patient.json wellmark_lutathera -r w_in_force_from=2026-02-01
    """
    patient, question, case = _patient(file, None, readings, engine)
    _note(engine)
    told = timeline(case, policy, readings=question.taken(patient), engine=engine)
    _show(told, as_json or form == "json", plot)


def _note(engine: str | None) -> None:
    """Say if another engine stands in for Prolog, unless one was asked for."""
    if engine is None:
        note_engine()


def _patient(
    file: Path, on: str | None, readings: tuple[str, ...], engine: str | None
) -> tuple[Patient, Asked, Case]:
    """Return the patient of a file, what the options say, and the case on the date of service."""
    patient = one_patient(file)
    question = asked(None, on, readings, engine)
    return patient, question, patient.case(on=question.day(patient))


def _asking(patient: Patient, question: Asked, policies: Sequence[str]) -> dict[str, Any]:
    """Return what is asked of a patient, as `sweep` takes it."""
    return {
        "policies": policies or question.policies(patient) or None,
        "on": question.day(patient),
        "readings": question.taken(patient),
        "engine": question.engine,
    }


def _show(told: Any, as_json: bool, plot: Path | None) -> None:
    """Print what was found, and draw it where that is asked for."""
    if plot is not None:
        figure = told.plot()
        try:
            figure.savefig(plot, dpi=150)
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise BadRequest(f"cannot be drawn: {why}", str(plot)) from None
    if as_json:
        click.echo(strict_json.dumps(told.as_json(), indent=1))
    else:
        click.echo(f"{told}\n\n{DISCLAIMER}")
