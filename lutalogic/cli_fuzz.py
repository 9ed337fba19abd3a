# SPDX-License-Identifier: Apache-2.0
"""The command ``fuzz``: look for requests on which another implementation answers otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lutalogic.cli_conform import (
    CONTEXT,
    JudgingCommand,
    ended_in_order,
    implementation_options,
    known_policies,
    one_implementation,
    progress,
)
from lutalogic.cli_options import UNEXPECTED, note_engine
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from lutalogic.conformance.channel import Channel
    from lutalogic.conformance.fuzz import Disagreement
    from lutalogic.conformance.runner import Complaints
    from lutalogic.conformance.vector import Vector
    from lutalogic.conformance.verdict import Verdict


@click.command("fuzz", cls=JudgingCommand, context_settings=CONTEXT)
@click.option(
    "--level", type=click.IntRange(0, 1), default=1, show_default=True,
    help="0 the outcome, 1 every criterion.",
)  # fmt: skip
@click.option(
    "--without", multiple=True, type=click.Choice(("intervals", "readings", "dates")),
    help="Do not ask these; may be repeated.",
)  # fmt: skip
@click.option(
    "--examples", type=click.IntRange(min=1), default=1000, show_default=True, metavar="N",
    help="Draw so many requests of each policy before none is thought to be left.",
)  # fmt: skip
@click.option("--seed", type=int, default=0, metavar="N", help="Of another search.")
@click.option(
    "--most", type=click.IntRange(min=1), default=5, show_default=True, metavar="N",
    help="End a policy's search after so many disagreements.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Add what is found to this folder: vectors, and a file for pytest.",
)  # fmt: skip
@implementation_options
def fuzz_command(
    command: tuple[str, ...],
    level: int,
    without: tuple[str, ...],
    examples: int,
    seed: int,
    most: int,
    out: Path | None,
    policies: tuple[str, ...],
    timeout: float,
    url: str | None,
) -> int:
    """Compare an implementation on random requests, and shrink those on which it disagrees.

    Each disagreement is told as the smallest request that shows it, with the criteria on which the
    implementation must differ and our reasons for them. Needs the extra lutalogic[testing].

    \b
    Examples:
      lutalogic fuzz -- python mine.py
      lutalogic fuzz --without intervals --without readings --without dates -- node mine.mjs
      lutalogic fuzz --level 0 --out found --url http://localhost:8080/decide

    Exit status: 0 no disagreement was found; 4 one was, or it never answers, or it answers the same
    request differently; 2 there is no such program, it is no address, or DIR cannot be written;
    3 this installation cannot decide; 130 interrupted; 128 and its number after another signal.
    """
    one_implementation(command, url)
    asked = known_policies(policies) or list(rule_base().policies)
    try:
        from lutalogic.conformance.fuzz import Unsteady, fuzz
    except ModuleNotFoundError:
        raise click.UsageError(
            "Hypothesis is not installed: pip install 'lutalogic[testing]'"
        ) from None
    from lutalogic.conformance.asking import Asker, GivenUp
    from lutalogic.conformance.channel import Address, Program
    from lutalogic.conformance.found_files import TESTS, keep, kept_before
    from lutalogic.conformance.report import complaint_line

    def start(complaints: Complaints) -> Channel:
        return Program(command, complaints.error_line) if command else Address(url or "")

    note_engine()
    if out is not None:
        kept_before(out)
    found: list[Disagreement] = []
    failed = False
    with (
        ended_in_order(),
        Asker(start, level=level, timeout=timeout) as asker,
        progress("requests", examples * len(asked)) as tell,
    ):
        count = 0

        def ask(vector: Vector) -> Verdict:
            nonlocal count
            count += 1
            if tell is not None:
                tell(count)
            return asker.ask(vector)

        try:
            for policy in asked:
                search = fuzz(ask, policy, examples=examples, without=without, seed=seed, most=most)
                before = len(found)
                try:
                    for each in search:
                        found.append(each)
                        if asker.heard:
                            click.echo(f"{each}\n")
                except Unsteady as unsteady:
                    failed = True
                    click.echo(f"{policy}: {unsteady}\n")
                if len(found) - before == most:
                    click.echo(f"{policy}: stopped at {most} disagreements (--most {most})\n")
        except GivenUp as given_up:
            failed = True
            found = found if asker.heard else []  # that it never answers is said once
            click.echo(f"given up: {given_up.why}\n")
    for complaint in asker.complaints:
        click.echo(f"note: {complaint_line(complaint)}", err=True)
    told = f"{len(found) or 'no'} disagreement{'s' * (len(found) > 1)}"
    click.echo(f"{told} in {count:,} questions on {', '.join(asked)}, seed {seed}")
    if out is not None and found:
        try:
            keep(found, out, implementation=command or url or "", level=level)
        except OSError as error:
            raise click.BadParameter(f"{out} cannot be written: {error.strerror}") from None
        click.echo(f"kept in {out}: vectors, and {TESTS} for pytest")
    return UNEXPECTED if found or failed else 0
