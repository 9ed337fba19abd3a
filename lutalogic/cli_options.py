# SPDX-License-Identifier: Apache-2.0
"""What the commands of the command line share: options, input files, output, completion."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import click

from lutalogic import strict_json
from lutalogic.batch import Asked
from lutalogic.engines import REFERENCE
from lutalogic.engines.choice import ENGINES, engine_named, prolog_missing
from lutalogic.errors import BadRequest, InputError, MalformedJSON
from lutalogic.patient_files import form_of, raw_patients, read_patients
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lutalogic.meter import Meter
    from lutalogic.patient_files import Patient, RawPatient

_Command = TypeVar("_Command", bound="Callable[..., Any]")
_Item = TypeVar("_Item")

#: Exit statuses, besides 0.
NOT_WRITTEN: Final = 1
BAD_INPUT: Final = 2
NO_ENGINE: Final = 3
UNEXPECTED: Final = 4
INTERRUPTED: Final = 130

EXIT_STATUS: Final = (
    "Exit status: 0 all was decided, 2 something in the input could not be judged (the rest was "
    "decided), 3 this installation cannot decide, 1 the output could not be written, "
    "130 interrupted (what was decided is kept)."
)


class UnreadableFile(InputError):
    """A file cannot be opened or read."""


_ENGINE_OPTION: Final = click.option(
    "--engine", type=click.Choice(ENGINES), metavar="NAME",
    help="prolog or kanren. [default: prolog, or kanren where SWI-Prolog is missing]",
)  # fmt: skip


def engine_option(command: _Command) -> _Command:
    """Add the choice of an engine to a command."""
    return _ENGINE_OPTION(command)


def noting_engine(given: Iterable[_Item], engine: str | None) -> Iterator[_Item]:
    """Yield items; before the first that can be decided, note if another engine stands in.

    Args:
        given: Patients, or lines of the line protocol.
        engine: The engine that was asked for; where it was, there is nothing to note.
    """
    noted = engine is not None
    for each in given:
        if not noted and not isinstance(each, InputError):
            noted = True
            note_engine()
        yield each


def note_engine() -> None:
    """Say on standard error if the relational engine decides for want of SWI-Prolog.

    Raises:
        EngineError: No engine can decide.
    """
    if engine_named().name != REFERENCE:
        click.echo(f"note: {prolog_missing()}; until then the relational engine decides", err=True)


def _only_one(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> str | None:
    """Return the one value of an option; refuse a second rather than forget the first."""
    if len(given) > 1:
        raise click.BadParameter(f"given {len(given)} times: name one policy, or all")
    return given[0] if given else None


def asked_options(command: _Command) -> _Command:
    """Add FILES and the options on policy, date, readings and engine to a command."""
    for decorate in (
        click.option(
            "--reading", "-r", "readings", metavar="NAME=VALUE", multiple=True,
            help="Take this reading.", shell_complete=complete_readings,
        ),
        engine_option,
        click.option(
            "--on", metavar="YYYY-MM-DD", help="Date of service. [default: the file's, or today]"
        ),
        click.option(
            "--policy", "-p", metavar="NAME", multiple=True, callback=_only_one,
            shell_complete=complete_policies,
            help="One policy, or all. [default: those that apply]",
        ),
        click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True)),
    ):  # fmt: skip
        command = decorate(command)
    return command


def asked(
    policy: str | None, on: str | None, readings: tuple[str, ...], engine: str | None = None
) -> Asked:
    """Return what the options say, with readings as pairs."""
    pairs: dict[str, str] = {}
    for pair in readings:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.BadParameter(f"write NAME=VALUE, not {pair!r}", param_hint="--reading")
        if pairs.setdefault(name.strip(), value.strip()) != value.strip():
            raise click.BadParameter(
                f"{name.strip()} is given twice, as {pairs[name.strip()]} and as {value.strip()}",
                param_hint="--reading",
            )
    return Asked(policy, on, pairs, engine)


def patients(files: tuple[Path, ...], meter: Meter | None = None) -> Iterator[RawPatient]:
    """Yield the patients of all files, or of standard input, with errors in their places."""
    if meter:
        meter.expect(files)
    for file in files or (Path("-"),):
        if str(file) == "-" and sys.stdin is not None and sys.stdin.isatty():
            click.echo("Reading a patient as JSON from the keyboard; end with Ctrl-D.", err=True)
        try:
            with opened(file) as stream:
                if meter:
                    meter.reading(stream)
                for raw in raw_patients(stream, source(file), form=form_of(file)):
                    yield _of_what_kind(raw, file) if isinstance(raw, MalformedJSON) else raw
        except UnreadableFile as error:
            yield error


def _of_what_kind(error: MalformedJSON, file: Path) -> MalformedJSON:
    """Return an error with the kinds of file, where the name of the file promised no JSON."""
    if not file.suffix or file.suffix.lower() == ".json":
        return error
    return MalformedJSON(
        f"{error.message}; a file is read as its name ends: .json, .jsonl, .csv or .tsv", error.at
    )


@contextmanager
def opened(file: Path) -> Iterator[IO[bytes]]:
    """Open a file, or standard input for -, to be read as bytes.

    Raises:
        UnreadableFile: It cannot be.
    """
    if str(file) == "-":
        if sys.stdin is None:
            raise UnreadableFile("is closed; name a file, or use a pipe", source(file))
        yield sys.stdin.buffer
        return
    try:
        stream = file.open("rb")
    except OSError as error:
        if file.is_dir():
            raise UnreadableFile(
                f"is a directory; name its files: {file / '*.json'}", source(file)
            ) from None
        raise UnreadableFile(f"cannot be read: {error.strerror}", source(file)) from None
    with stream:
        yield stream


def one_patient(file: Path) -> Patient:
    """Return the one patient of a file.

    Raises:
        InputError: The file cannot be read, or holds none, several, or one that is not as it
            should be.
    """
    with opened(file) as stream:
        read = list(read_patients(stream, source(file), form=form_of(file)))
    if len(read) != 1:
        raise BadRequest(f"holds {len(read)} patients; name a file with one", source(file))
    [patient] = read
    if isinstance(patient, InputError):
        raise patient
    return patient


def source(file: Path) -> str:
    """Return how to name a file in messages."""
    name = str(file).encode("utf-8", "backslashreplace").decode()  # no terminal shows all names
    return "standard input" if name == "-" else name


def leave(status: int) -> NoReturn:
    """End the program at once, with all that was written.

    A run that is cut short leaves processes and queues behind, for which the usual end of a
    program waits, and may wait for ever.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # closed, or nobody reads
            if stream is not None:
                stream.flush()
    os._exit(status)


def refuse_same(files: Iterable[Path], output: Path | None) -> None:
    """Refuse to write over a file that is read, by whatever name it goes."""
    for file in files:
        try:
            same = output is not None and str(file) != "-" and file.samefile(output)
        except OSError:  # one of them is not there, or cannot be looked at
            same = False
        if same:
            raise click.BadParameter(
                f"{output} is the file that is read: name another", param_hint="--output"
            )


@contextmanager
def written(file: Path | None, *, option: str = "--output") -> Iterator[IO[str]]:
    """Open a file to be written as text, or standard output where none is named.

    Args:
        file: The file.
        option: The option that names it, for messages.
    """
    if file is None:
        with nullcontext(sys.stdout) as stream:
            yield stream
        return
    try:
        stream = file.open("w", encoding="utf-8", errors="backslashreplace", newline="")
    except OSError as error:
        raise click.BadParameter(
            f"{file} cannot be written: {error.strerror}", param_hint=option
        ) from None
    with stream:
        yield stream


def complete_policies(_ctx: click.Context, _param: click.Parameter, text: str) -> list[str]:
    """Return the policies that begin so, or all of them."""
    return [name for name in (*rule_base().policies, "all") if name.startswith(text)]


def complete_readings(_ctx: click.Context, _param: click.Parameter, text: str) -> list[str]:
    """Return the readings that begin so, each with its values."""
    pairs = (f"{r.name}={value}" for r in rule_base().readings.values() for value in r.values)
    return [pair for pair in pairs if pair.startswith(text)]


def complete_criteria(_ctx: click.Context, _param: click.Parameter, text: str) -> list[str]:
    """Return the ids of criteria that begin so."""
    ids = (c.id for policy in rule_base().policies.values() for c in policy.criteria)
    return [name for name in ids if name.lower().startswith(text.lower())]


def complete_side(_ctx: click.Context, _param: click.Parameter, text: str) -> list[str]:
    """Return the policies that begin so, or the readings, after what stands before."""
    head, comma, last = text.rpartition(",")
    if not comma:
        return [name for name in rule_base().policies if name.startswith(text)]
    policy = rule_base().policies.get(head.partition(",")[0].partition("@")[0])
    readings = (rule_base().readings[name] for name in (policy.readings if policy else ()))
    pairs = (f"{reading.name}={value}" for reading in readings for value in reading.values)
    return [f"{head},{pair}" for pair in pairs if pair.startswith(last)]


def complete_facts(_ctx: click.Context, _param: click.Parameter, text: str) -> list[str]:
    """Return the facts that begin so."""
    return [name for name in rule_base().attributes if name.startswith(text)]


def given_facts(pairs: Iterable[str], *, option: str = "--given") -> dict[str, Any]:
    """Return the facts that are given as NAME=VALUE.

    Args:
        pairs: What stands after each of the options.
        option: The option.

    Raises:
        BadRequest: A fact is given twice.
    """
    facts: dict[str, Any] = {}
    for name, value in (_fact(pair, option) for pair in pairs):
        if name in facts:
            raise BadRequest(
                f"the fact is given twice, as {facts[name]!r} and as {value!r}; keep one",
                f"{option.removeprefix('--')}.{name}",
            )
        facts[name] = value
    return facts


def _fact(pair: str, option: str) -> tuple[str, Any]:
    """Return the name and the value of a fact as the line protocol has it, or as a bare word."""
    name, equals, value = (part.strip() for part in pair.partition("="))
    if not equals:
        raise click.BadParameter(f"write NAME=VALUE, not {pair!r}", param_hint=option)
    try:
        return name, strict_json.loads(value)
    except MalformedJSON:
        return name, value  # a word or an interval, as text; what is neither, the fact refuses
