# SPDX-License-Identifier: Apache-2.0
"""The commands that decide and explain."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from lutalogic import report, strict_json
from lutalogic.batch import Rendered, answered, complaint, notes, rendered, unread
from lutalogic.cli_options import (
    BAD_INPUT,
    EXIT_STATUS,
    INTERRUPTED,
    UnreadableFile,
    asked,
    asked_options,
    complete_criteria,
    leave,
    noting_engine,
    opened,
    patients,
    refuse_same,
    written,
)
from lutalogic.errors import EngineError, InputError
from lutalogic.meter import Meter
from lutalogic.output import FORMS, Form
from lutalogic.protocol import answer_lines
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lutalogic.batch import Asked
    from lutalogic.decision import Decision
    from lutalogic.patient_files import Patient


@click.command("decide", epilog=EXIT_STATUS)
@asked_options
@click.option(
    "--format", "-f", "form", type=click.Choice(("text", *FORMS)), default="text",
    show_default=True,
    help="Pages to read, a JSON list, a JSON line or a table row for each decision.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file."
)
@click.option(
    "--lines", is_flag=True, help="Speak the line protocol: a request and an answer a line."
)
@click.option(
    "--jobs", "-j", type=click.IntRange(1), metavar="N",
    help="Processes for a long file. [default: one for each core]",
)  # fmt: skip
def decide_command(
    files: tuple[Path, ...],
    policy: str | None,
    on: str | None,
    readings: tuple[str, ...],
    engine: str | None,
    form: str,
    as_json: bool,
    output: Path | None,
    lines: bool,
    jobs: int | None,
) -> None:
    """Decide patients from FILES, or from standard input.

    A file is a JSON object of facts, or of "facts" or a "record" beside "name", "story", "policy",
    "on" and "readings"; a list of such objects; if its name ends in .jsonl, one on each line; or,
    if it ends in .csv or .tsv, a table with a row for each patient.

    \b
    Examples:
      lutalogic decide examples/*.json
      lutalogic decide patient.json --policy wellmark_lutathera --on 2026-06-01
      lutalogic decide patient.json --reading w_item1=literal_list --json
      lutalogic decide patients.csv --format csv --output decisions.csv
      lutalogic decide --lines < requests.jsonl > answers.jsonl
    """
    if lines:
        if policy or on or readings or as_json or output or form != "text":
            raise click.UsageError("--lines takes policy, date and readings from each request")
        _decide_lines(files, engine)
        return
    question, meter = asked(policy, on, readings, engine), Meter()
    refuse_same(files, output)
    given = noting_engine(patients(files, meter), engine)
    try:
        with written(output) as stream, meter.shown(output is not None):
            if as_json or form != "text":
                name = "json" if as_json else form
                told = rendered(given, question, name, jobs=jobs or os.cpu_count() or 1)
                judged = _write(told, FORMS[name], stream, meter)
            else:
                judged = _print(answered(given, question), stream, meter)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough
        where = f" in {output}" if output else ""
        click.echo(
            f"interrupted; the answers to {meter.count:,} patients are kept{where}", err=True
        )
        leave(INTERRUPTED)
    if not judged:
        sys.exit(BAD_INPUT)


def _write(told: Iterator[Rendered], form: Form, stream: IO[str], meter: Meter) -> bool:
    """Write what is rendered as it comes; tell whether every patient could be judged."""
    judged, started, count, whole = True, False, 0, True
    try:
        for each in told:
            for message in each.messages:
                report.complain(message)
            for item in each.items:
                stream.write((form.between if started else form.head) + item)
                started = True
            judged = judged and each.judged
            count += each.count
            meter.tell(count)
    except EngineError:
        whole = False  # what is written is not all: a reader must not take it for all
        raise
    finally:  # also where the run is interrupted: what was decided is kept, and whole
        if whole:
            stream.write(form.tail if started else form.empty)
        stream.flush()
    return judged


def _print(
    told: Iterator[tuple[Patient | None, Sequence[Decision] | InputError]],
    stream: IO[str],
    meter: Meter,
) -> bool:
    """Print pages as they come; tell whether every patient could be judged."""
    screen, judged, count = report.console(file=stream), True, 0
    for patient, answer in told:
        if isinstance(answer, InputError):
            report.complain(complaint(patient, answer))
            for message in unread(patient):
                report.complain(message)
            judged = False
        elif patient:
            for message in notes(patient, answer):
                report.complain(message)
            screen.print(report.patient_page(patient, answer))
            count += 1
        meter.tell(count)
    if count:
        screen.print(DISCLAIMER, style="dim")
    return judged


@click.command("explain", epilog=EXIT_STATUS)
@asked_options
@click.option(
    "--criterion", "-c", metavar="ID", shell_complete=complete_criteria,
    help="Explain this criterion rather than the outcome.",
)  # fmt: skip
@click.option("--why-not", is_flag=True, help="Show everything that stands in the way.")
@click.option("--whole", is_flag=True, help="Show all that is in force.")
@click.option(
    "--format", "-f", "form", type=click.Choice(("text", "markdown", "json")), default="text",
    show_default=True, help="How to print.",
)  # fmt: skip
def explain_command(
    files: tuple[Path, ...],
    policy: str | None,
    on: str | None,
    readings: tuple[str, ...],
    engine: str | None,
    criterion: str | None,
    why_not: bool,
    whole: bool,
    form: str,
) -> None:
    """Explain the decisions on patients from FILES, or from standard input, as trees.

    Shown are the shortest reasons that fix the outcome. A line is marked yes, no or ?; a source of
    evidence is marked for, against or silent.

    \b
    Examples:
      lutalogic explain examples/04_grade_and_ki67_disagree.json
      lutalogic explain patient.json --why-not
      lutalogic explain patient.json --policy premera_lutathera --criterion L-2 --whole
      lutalogic explain patient.json --format markdown > reasons.md
    """
    if why_not and whole:
        raise click.UsageError("--why-not and --whole exclude one another")
    question = asked(policy, on, readings, engine)
    screen, judged = report.console(), True
    told: list[dict[str, Any]] = []
    for name, decisions in decided(files, question):
        judged = judged and decisions is not None
        for decision in _having(decisions or (), criterion):
            explanation = (
                decision.why_not(criterion) if why_not else decision.why(criterion, whole=whole)
            )
            match form:
                case "json":
                    told.append({"patient": name} | explanation.as_json())
                case "markdown":
                    click.echo(f"## {name}\n\n{explanation.markdown()}\n")
                case _:
                    screen.rule(name, align="left")
                    screen.print(explanation)
                    screen.print()
    if form == "json":
        click.echo(strict_json.dumps(told, indent=1))
    if not judged:
        sys.exit(BAD_INPUT)


def decided(
    files: tuple[Path, ...], question: Asked
) -> Iterator[tuple[str, Sequence[Decision] | None]]:
    """Yield the name of each patient of some files, and the decisions.

    Of one who cannot be judged, a message is printed, and there are no decisions but None.
    """
    for patient, answer in answered(noting_engine(patients(files), question.engine), question):
        for message in unread(patient):
            report.complain(message)
        if isinstance(answer, InputError):
            report.complain(complaint(patient, answer))
        yield (patient.name if patient else ""), None if isinstance(answer, InputError) else answer


def _having(decisions: Sequence[Decision], criterion: str | None) -> Sequence[Decision]:
    """Return the decisions whose policy has a criterion; all of them if none has, to be told."""
    having = [d for d in decisions if criterion in {c.id for c in d.policy.criteria}]
    return having if criterion and having else decisions


def _decide_lines(files: tuple[Path, ...], engine: str | None) -> None:
    unread: list[UnreadableFile] = []

    def lines() -> Iterator[bytes]:
        for file in files or (Path("-"),):
            try:
                with opened(file) as stream:
                    yield from stream
            except UnreadableFile as error:
                click.echo(f"error: {error}", err=True)
                unread.append(error)

    judged = answer_lines(noting_engine(lines(), engine), sys.stdout, engine=engine)
    if unread or not judged:
        sys.exit(BAD_INPUT)
