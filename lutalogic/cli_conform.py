# SPDX-License-Identifier: Apache-2.0
"""The command ``conform``: judge another implementation, and say what it got wrong."""

from __future__ import annotations

import math
import signal
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from lutalogic import strict_json
from lutalogic.cli_options import (
    INTERRUPTED,
    UNEXPECTED,
    complete_policies,
    leave,
    written,
)
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from lutalogic.conformance.report import Report

_Command = TypeVar("_Command", bound="Callable[..., Any]")
#: How options are read: those of the program are none of ours.
CONTEXT: Final = {"ignore_unknown_options": False, "allow_interspersed_args": False}
#: No answer may take longer, in seconds.
_LONGEST: Final = 3600.0


class JudgingCommand(click.Command):
    """A command whose arguments are a program, told from its own options by ``--``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; without ``--``, refuse our options among those of the program."""
        given = list(args)
        left = super().parse_args(ctx, args)
        command = ctx.params.get("command") or ()
        if given.count("--") == command.count("--"):
            ours = {name for param in self.get_params(ctx) for name in param.opts}
            for argument in command:
                name = argument.partition("=")[0]
                if name.startswith("-") and name in ours:
                    raise click.UsageError(
                        f"{name} stands after the program: write it before, as an option of "
                        "ours, or -- before the program, if it is one of the program's",
                        ctx,
                    )
        return left


class _Ended(BaseException):
    """The system asks for the end of the run."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Where the system asks for the end of a run, end what was started, and then the run.

    The exit status is then 128 and the number of the signal.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    known = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    before = {n: signal.getsignal(n) for n in known if n is not None}
    before = {n: was for n, was in before.items() if was is not signal.SIG_IGN}

    def end(number: int, _: FrameType | None) -> None:
        for each in before:  # once will do
            signal.signal(each, signal.SIG_IGN)
        ended = _Ended(number)
        raise ended

    try:
        for number in before:
            signal.signal(number, end)
        yield
    except _Ended as ended:
        leave(128 + ended.number)
    finally:
        for number, was in before.items():
            signal.signal(number, was)


def _finite(_ctx: click.Context, _param: click.Parameter, seconds: float) -> float:
    """Return a number of seconds; a range lets through what is no number."""
    if math.isnan(seconds):
        raise click.BadParameter("nan is no number of seconds")
    return seconds


def implementation_options(command: _Command) -> _Command:
    """Add to a command what says which implementation is judged, and on what."""
    for decorate in (
        click.argument("command", nargs=-1, metavar="-- COMMAND..."),
        click.option(
            "--timeout", type=click.FloatRange(min=0, min_open=True, max=_LONGEST), default=10.0,
            show_default=True, metavar="SECONDS", callback=_finite,
            help="For each answer; the first after a start may take three times that.",
        ),
        click.option("--url", metavar="URL", help="Post each line to this address instead."),
        click.option(
            "--policy", "-p", "policies", multiple=True, metavar="NAME",
            shell_complete=complete_policies, help="This policy only; may be repeated.",
        ),
    ):  # fmt: skip
        command = decorate(command)
    return command


def one_implementation(command: tuple[str, ...], url: str | None) -> None:
    """Refuse none or two implementations.

    Raises:
        click.UsageError: There is not one.
    """
    if bool(command) == bool(url):
        raise click.UsageError("name one implementation: a program after --, or --url")


def known_policies(policies: tuple[str, ...]) -> list[str]:
    """Return policies by their names.

    Raises:
        UnknownPolicy: There is none of a name.
    """
    return [rule_base().policy(name).name for name in policies]


@click.command("conform", cls=JudgingCommand, context_settings=CONTEXT)
@click.option(
    "--level", type=click.IntRange(0, 3), default=1, show_default=True,
    help="0 the outcome, 1 every criterion, 2 missing facts, 3 the criteria that decide.",
)  # fmt: skip
@click.option(
    "--suite", "folder", type=click.Path(path_type=Path), metavar="DIR",
    help="Take the vectors of this folder. [default: those that come with lutalogic]",
)  # fmt: skip
@click.option(
    "--profile", metavar="NAME",
    help="Leave out what it cannot: plain, without_intervals, without_readings, without_dates.",
)  # fmt: skip
@click.option(
    "--junit", type=click.Path(path_type=Path), metavar="FILE", help="Write JUnit XML too."
)
@click.option(
    "--html", type=click.Path(path_type=Path), metavar="FILE", help="Write one HTML page too."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--only", multiple=True, metavar="ID", help="Ask this vector alone; may be repeated.")
@implementation_options
def conform_command(
    command: tuple[str, ...],
    level: int,
    folder: Path | None,
    policies: tuple[str, ...],
    profile: str | None,
    timeout: float,
    url: str | None,
    junit: Path | None,
    html: Path | None,
    as_json: bool,
    only: tuple[str, ...],
) -> int:
    """Ask an implementation every vector, and report what it got wrong and why.

    The implementation is a program that answers JSON lines, as `lutalogic decide --lines` does, or
    an address that answers them by HTTP POST. From the vectors that fail, the mistakes are named
    that explain them best.

    \b
    Examples:
      lutalogic conform -- python mine.py
      lutalogic conform --level 0 --profile plain -- node mine.mjs
      lutalogic conform --url http://localhost:8080/decide --html report.html

    Exit status: 0 the level holds; 4 it does not, or nobody answers at the address; 2 there is no
    such suite or program, it is no address, or a file cannot be written; 1 the output broke off;
    130 interrupted (the report is on what was asked); 128 and its number after another signal.
    """
    from lutalogic.conformance.conform import Interrupted, conform
    from lutalogic.conformance.known import known_mistakes
    from lutalogic.conformance.suite import PACKAGED, read_suite

    one_implementation(command, url)
    _refuse_files(junit, html)
    suite = read_suite(folder or PACKAGED)
    asked = suite.only(*only) if only else suite
    chosen = asked.chosen(level=level, policies=known_policies(policies), profile=profile)
    if suite.digest != rule_base().digest:
        _note("the suite was made from another rule base than that installed")
    mistakes = known_mistakes(folder or PACKAGED, digest=suite.digest, note=_note)
    try:
        with ended_in_order(), progress("vectors", len(chosen)) as tell:
            report = conform(
                chosen,
                command=command,
                url=url or "",
                level=level,
                digest=suite.digest,
                mistakes=mistakes,
                profile=profile or "",
                timeout=timeout,
                tell=tell,
                warn=_note,
            )
    except Interrupted as interrupted:
        click.echo("interrupted; this is the report on what was asked", err=True)
        _tell(interrupted.report, junit, html, as_json=as_json)
        return INTERRUPTED
    _tell(report, junit, html, as_json=as_json)
    return 0 if report.holds >= level else UNEXPECTED


def _tell(report: Report, junit: Path | None, html: Path | None, *, as_json: bool) -> None:
    """Write the files that are asked for, and print the report."""
    from lutalogic.conformance.report_files import html_page, junit_xml

    for option, file, make in (("--junit", junit, junit_xml), ("--html", html, html_page)):
        if file is not None:
            told = make(report)
            with written(file, option=option) as stream:
                stream.write(told)
    click.echo(strict_json.dumps(report.as_json(), indent=1) if as_json else report.text())


def _note(told: str) -> None:
    click.echo(f"note: {told}", err=True)


def _refuse_files(junit: Path | None, html: Path | None) -> None:
    """Refuse files that cannot be written, before the run for which they are."""
    if junit is not None and html is not None and junit.resolve() == html.resolve():
        raise click.BadParameter(
            f"{html} is the file of --junit: name another", param_hint="--html"
        )
    for option, file in (("--junit", junit), ("--html", html)):
        if file is not None and (file.is_dir() or not file.absolute().parent.is_dir()):
            why = "it is a folder" if file.is_dir() else "its folder is not there"
            raise click.BadParameter(f"{file} cannot be written: {why}", param_hint=option)


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], None] | None]:
    """Show a bar while the work goes on, where there is a terminal for it."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)
