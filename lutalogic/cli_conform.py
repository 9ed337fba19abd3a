# SPDX-License-Identifier: Apache-2.0
"""The command ``conform``: judge another implementation, and say what it got wrong."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from lutalogic import strict_json
from lutalogic.cli_options import UNEXPECTED, complete_policies, written
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Command = TypeVar("_Command", bound="Callable[..., Any]")
#: What a program is given to read, after `--`.
_CONTEXT: Final = {"ignore_unknown_options": False, "allow_interspersed_args": False}


def implementation_options(command: _Command) -> _Command:
    """Add to a command what says which implementation is judged, and on what."""
    for decorate in (
        click.argument("command", nargs=-1, metavar="-- COMMAND..."),
        click.option(
            "--timeout", type=click.FloatRange(min=0, min_open=True), default=10.0,
            show_default=True, metavar="SECONDS",
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


@click.command("conform", context_settings=_CONTEXT)
@click.option(
    "--level", type=click.IntRange(0, 3), default=1, show_default=True,
    help="0 the outcome, 1 every criterion, 2 missing facts, 3 the criteria that decide.",
)  # fmt: skip
@click.option(
    "--suite", "folder", type=click.Path(path_type=Path), metavar="DIR",
    help="Take the vectors of this folder. [default: those that come with lutalogic]",
)  # fmt: skip
@click.option("--profile", metavar="NAME", help="Leave out what the implementation cannot.")
@click.option(
    "--junit", type=click.Path(path_type=Path), metavar="FILE", help="Write JUnit XML too."
)
@click.option(
    "--html", type=click.Path(path_type=Path), metavar="FILE", help="Write one HTML page too."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
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

    Exit status: 0 the level holds; 4 it does not; 2 there is no such suite, program or address; 1 a
    report could not be written; 130 interrupted.
    """
    from lutalogic.conformance.conform import conform
    from lutalogic.conformance.known import known_mistakes
    from lutalogic.conformance.report_files import html_page, junit_xml
    from lutalogic.conformance.suite import PACKAGED, read_suite

    one_implementation(command, url)
    suite = read_suite(folder or PACKAGED)
    chosen = suite.chosen(level=level, policies=known_policies(policies), profile=profile)
    if suite.digest != rule_base().digest:
        click.echo("note: the suite was made from another rule base than that installed", err=True)
    with progress("vectors", len(chosen)) as tell:
        report = conform(
            chosen,
            command=command,
            url=url or "",
            level=level,
            digest=suite.digest,
            mistakes=known_mistakes(folder or PACKAGED),
            timeout=timeout,
            tell=tell,
        )
    for file, make in ((junit, junit_xml), (html, html_page)):
        if file is not None:
            with written(file) as stream:
                stream.write(make(report))
    click.echo(strict_json.dumps(report.as_json(), indent=1) if as_json else report.text())
    return 0 if report.holds >= level else UNEXPECTED


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
