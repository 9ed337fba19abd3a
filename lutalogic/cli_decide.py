# SPDX-License-Identifier: Apache-2.0
"""The commands that decide: ``decide``, ``explain``, and ``reference`` beside a decision."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from lutalogic import report, strict_json
from lutalogic.cli_options import (
    BAD_INPUT,
    EXIT_STATUS,
    INTERRUPTED,
    Asked,
    UnreadableFile,
    asked,
    asked_options,
    complete_criteria,
    opened,
    patients,
    written,
)
from lutalogic.decide import decide_many, policies_for
from lutalogic.decision import warn_of_all
from lutalogic.errors import InputError
from lutalogic.lookup import look_up
from lutalogic.meter import Meter
from lutalogic.output import FORMATS, writer
from lutalogic.protocol import answer_lines
from lutalogic.reference import reference
from lutalogic.reference_pages import entry_page, reference_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lutalogic.case import Case
    from lutalogic.decision import Decision
    from lutalogic.patients import Patient

#: Patients decided at a time: enough to hide the cost of a call, few enough for Ctrl-C.
BATCH: Final = 500


@click.command("decide", epilog=EXIT_STATUS)
@asked_options
@click.option(
    "--format", "-f", "form", type=click.Choice(FORMATS), default="text", show_default=True,
    help="Pages to read, a JSON list, a JSON line or a table row for each decision.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file."
)
@click.option(
    "--lines", is_flag=True, help="Speak the line protocol: a request and an answer a line."
)
def decide_command(
    files: tuple[Path, ...],
    policy: str | None,
    on: str | None,
    readings: tuple[str, ...],
    form: str,
    as_json: bool,
    output: Path | None,
    lines: bool,
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
        _decide_lines(files)
        return
    question = asked(policy, on, readings)
    judged, count = True, 0
    with written(output) as stream:
        out = writer("json" if as_json else form, stream)
        try:
            meter = Meter()
            with meter.shown(output is not None):
                for patient, answer in _answered(patients(files, meter), question):
                    if isinstance(answer, InputError):
                        label = patient.label if patient else ""
                        report.complain(
                            f"error: {label}: {answer}" if label else f"error: {answer}"
                        )
                        out.refused(label or answer.at, answer)
                        judged = False
                    elif patient:
                        for remark in _remarks(patient, answer):
                            report.complain(f"note: {patient.label}: {remark}")
                        out.decided(patient, answer)
                    count += 1
                    meter.tell(count)
        except KeyboardInterrupt:
            out.end()
            kept = f"; the answers to {count:,} patients are kept" if count else ""
            click.echo(f"interrupted{kept}", err=True)
            sys.exit(INTERRUPTED)
        out.end()
    if not judged:
        sys.exit(BAD_INPUT)


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
    question = asked(policy, on, readings)
    screen, judged = report.console(), True
    told: list[dict[str, Any]] = []
    for patient, answer in _answered(patients(files), question):
        if isinstance(answer, InputError):
            report.complain(f"error: {patient.label}: {answer}" if patient else f"error: {answer}")
            judged = False
            continue
        name = patient.name if patient else ""
        for decision in _having(answer, criterion):
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


@click.command("reference", epilog=EXIT_STATUS)
@click.argument("words", nargs=-1)
@click.option(
    "--patient", "files", type=click.Path(path_type=Path, allow_dash=True), multiple=True,
    metavar="FILE", help="Show what stands beside the decisions on the patients of this file.",
)  # fmt: skip
@click.option("--policy", "-p", metavar="NAME", help="One policy. [default: those that apply]")
@click.option("--on", metavar="YYYY-MM-DD", help="Date of service. [default: the file's, or today]")
@click.option("--weight-kg", metavar="KG", help="Body weight, where a usual dose depends on it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def reference_command(
    words: tuple[str, ...],
    files: tuple[Path, ...],
    policy: str | None,
    on: str | None,
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
    for patient, answer in _answered(patients(files), asked(policy, on, ())):
        if isinstance(answer, InputError):
            report.complain(f"error: {patient.label}: {answer}" if patient else f"error: {answer}")
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


def _having(decisions: Sequence[Decision], criterion: str | None) -> Sequence[Decision]:
    """Return the decisions whose policy has a criterion; all of them if none has, to be told."""
    having = [d for d in decisions if criterion in {c.id for c in d.policy.criteria}]
    return having if criterion and having else decisions


def _answered(
    given: Iterator[Patient | InputError], question: Asked
) -> Iterator[tuple[Patient | None, Sequence[Decision] | InputError]]:
    """Yield each patient with the decisions, or with what is wrong, in order."""
    while batch := list(islice(given, BATCH)):
        answers: list[list[Decision] | InputError] = []
        groups: dict[tuple[str, str, str], _Group] = {}
        for place, patient in enumerate(batch):
            if isinstance(patient, InputError):
                answers.append(patient)
                continue
            try:
                day, taken = question.day(patient), question.taken(patient)
                case = patient.case(on=day)
                names = question.policies(patient) or [
                    policy.name for policy in policies_for(case, readings=taken)
                ]
                answers.append([])
                for rank, name in enumerate(names):
                    group = groups.setdefault((name, day, repr(taken)), _Group(name, day, taken))
                    group.members.append((place, rank, case))
            except InputError as error:
                answers.append(error)
        _decide_groups(groups.values(), answers)
        warn_of_all(each for answer in answers if isinstance(answer, list) for each in answer)
        for patient, answer in zip(batch, answers, strict=True):
            yield (None if isinstance(patient, InputError) else patient), answer


@dataclass(frozen=True, slots=True)
class _Group:
    """Cases that share policy, day and readings, each with its patient's place and its rank."""

    policy: str
    day: str
    readings: dict[str, Any]
    members: list[tuple[int, int, Case]] = field(default_factory=list)


def _decide_groups(groups: Iterable[_Group], answers: list[list[Decision] | InputError]) -> None:
    """Decide each group in one call, and put the decisions into their places."""
    found: list[tuple[int, int, Decision]] = []
    for group in groups:
        cases = [case for _, _, case in group.members]
        try:
            decisions = decide_many(cases, group.policy, on=group.day, readings=group.readings)
        except InputError as error:
            for place, _, _ in group.members:
                answers[place] = error
        else:
            pairs = zip(group.members, decisions, strict=True)
            found += [(place, rank, decision) for (place, rank, _), decision in pairs]
    for place, _, decision in sorted(found, key=lambda entry: entry[:2]):
        answer = answers[place]
        if isinstance(answer, list):
            answer.append(decision)


def _remarks(patient: Patient, decisions: Sequence[Decision]) -> Sequence[str]:
    if patient.record is None or not decisions:
        return ()
    return [str(remark) for remark in patient.derived(on=decisions[0].on).remarks]


def _decide_lines(files: tuple[Path, ...]) -> None:
    judged = True
    for file in files or (Path("-"),):
        try:
            with opened(file) as stream:
                judged = answer_lines(stream, sys.stdout) and judged
        except UnreadableFile as error:
            click.echo(f"error: {error}", err=True)
            judged = False
    if not judged:
        sys.exit(BAD_INPUT)
