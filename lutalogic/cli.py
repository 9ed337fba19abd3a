# SPDX-License-Identifier: Apache-2.0
"""The command line: ``lutalogic decide | policies | facts | readings | check``."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import click

from lutalogic import __version__, report, strict_json
from lutalogic.answers import Truth
from lutalogic.decide import decide
from lutalogic.errors import EngineError, InputError, PrologMissing
from lutalogic.patients import Patient, form_of, read_patients
from lutalogic.protocol import answer_lines
from lutalogic.rulebase import policies, rule_base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.decision import Decision

#: Exit statuses, besides 0: some input could not be judged; nothing can be decided here.
BAD_INPUT: Final = 2
NO_ENGINE: Final = 3
INTERRUPTED: Final = 130
#: The longest that a check may take; a sound rule base takes less than a second.
CHECK_SECONDS: Final = 120

_EXIT_STATUS: Final = (
    "Exit status: 0 all was decided, 2 something in the input could not be judged (the rest was "
    "decided), 3 this installation cannot decide, 1 the output could not be written, "
    "130 interrupted."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=report.DISCLAIMER)
@click.version_option(__version__)
def main() -> None:
    """Coverage policies for Lutathera, Pluvicto and Xofigo, as rules that decide and explain."""


@main.command("decide", epilog=_EXIT_STATUS)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--policy", "-p", metavar="NAME", help="One policy, or all. [default: those that apply]"
)
@click.option("--on", metavar="YYYY-MM-DD", help="Date of service. [default: the file's, or today]")
@click.option(
    "--reading", "-r", "readings", metavar="NAME=VALUE", multiple=True, help="Take this reading."
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of decisions.")
@click.option(
    "--lines", is_flag=True, help="Speak the line protocol: a request and an answer a line."
)
def decide_command(
    files: tuple[Path, ...],
    policy: str | None,
    on: str | None,
    readings: tuple[str, ...],
    as_json: bool,
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
      lutalogic decide --lines < requests.jsonl > answers.jsonl
    """
    if lines:
        if policy or on or readings or as_json:
            raise click.UsageError("--lines takes policy, date and readings from each request")
        _decide_lines(files)
        return
    chosen = _readings(readings)
    told: list[dict[str, Any]] = []
    judged, decided = True, False
    screen, errors = report.console(), report.console(stderr=True)
    for patient in _patients(files):
        if isinstance(patient, InputError):
            errors.print(f"error: {patient}", soft_wrap=True)
            judged = False
            continue
        try:
            decisions = _decide(patient, policy, on, chosen)
        except InputError as error:
            errors.print(f"error: {patient.label}: {error}", soft_wrap=True)
            judged = False
            continue
        decided = True
        for remark in patient.derived(on=decisions[0].on).remarks if decisions else ():
            errors.print(f"note: {patient.label}: {remark}", soft_wrap=True)
        if as_json:
            told += [
                {"patient": patient.name}
                | decision.as_json()
                | ({"derivations": dict(of)} if (of := decision.case.derivations) else {})
                for decision in decisions
            ]
        else:
            screen.rule(patient.name, align="left")
            if patient.story:
                screen.print(patient.story, style="italic")
            screen.print()
            for decision in decisions:
                screen.print(report.decision_page(decision))
            if not decisions:
                screen.print("No policy speaks to this tumor.\n")
    if as_json:
        click.echo(strict_json.dumps(told, indent=1))
    elif decided:
        screen.print(report.DISCLAIMER, style="dim")
    if not judged:
        sys.exit(BAD_INPUT)


def _decide_lines(files: tuple[Path, ...]) -> None:
    judged = True
    for file in files or (Path("-"),):
        try:
            with _opened(file) as stream:
                judged = answer_lines(stream, sys.stdout) and judged
        except _Unreadable as error:
            click.echo(f"error: {error}", err=True)
            judged = False
    if not judged:
        sys.exit(BAD_INPUT)


class _Unreadable(InputError):
    """A file cannot be opened or read."""


@contextmanager
def _opened(file: Path) -> Iterator[IO[bytes]]:
    """Open a file, or standard input for -, to be read as bytes."""
    source = _source(file)
    if str(file) == "-":
        if sys.stdin is None:
            raise _Unreadable("is closed", source)
        yield sys.stdin.buffer
        return
    try:
        stream = file.open("rb")
    except OSError as error:
        raise _Unreadable(f"cannot be read: {error.strerror}", source) from None
    with stream:
        yield stream


def _source(file: Path) -> str:
    return "standard input" if str(file) == "-" else str(file)


def _readings(pairs: tuple[str, ...]) -> dict[str, str]:
    readings: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.BadParameter(f"write NAME=VALUE, not {pair!r}", param_hint="--reading")
        readings[name.strip()] = value.strip()
    return readings


def _patients(files: tuple[Path, ...]) -> Iterator[Patient | InputError]:
    for file in files or (Path("-"),):
        if str(file) == "-" and sys.stdin is not None and sys.stdin.isatty():
            click.echo("Reading a patient as JSON from the keyboard; end with Ctrl-D.", err=True)
        try:
            with _opened(file) as stream:
                yield from read_patients(stream, _source(file), form=form_of(file))
        except _Unreadable as error:
            yield error


def _decide(
    patient: Patient, policy: str | None, on: str | None, readings: dict[str, str]
) -> list[Decision]:
    """Decide a patient; what the command line says comes before what the file says."""
    day = on if on is not None else patient.on or date.today().isoformat()
    case = patient.case(on=day)
    taken = dict(patient.readings or {}) | readings
    if policy == "all":
        names: tuple[str, ...] = tuple(rule_base().policies)
    else:
        names = (policy,) if policy is not None else patient.policies
    if names:
        return [decide(case, name, on=day, readings=taken) for name in names]
    decisions = (decide(case, entry, on=day, readings=taken) for entry in policies())
    return [d for d in decisions if d.applies is not Truth.FALSE]


@main.command("policies")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
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


@main.command("facts")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def facts_command(as_json: bool) -> None:
    """List the facts that a case may state, with their values, ranges and units."""
    attributes = rule_base().attributes.values()
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


@main.command("readings")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def readings_command(as_json: bool) -> None:
    """List the named readings, with their values, the default first."""
    readings = rule_base().readings.values()
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


@main.command("check")
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


def run() -> None:
    """Run the command line; a user's mistake is a message and never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - closed: nobody reads
    try:
        status = main(standalone_mode=False)
        sys.exit(status or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        sys.exit(INTERRUPTED)
    except EngineError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(NO_ENGINE)
    except InputError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(BAD_INPUT)
    except OSError as error:  # a full disk, say: what was written stands
        sys.stdout = None  # and must not be flushed again at the end
        click.echo(f"error: the output cannot be written: {error.strerror}", err=True)
        sys.exit(1)
