# SPDX-License-Identifier: Apache-2.0
"""The command ``vectors``: the conformance suite, and which mistakes it catches."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from lutalogic.conformance.kills import PROOF, Known, counts, read_kills, write_kills
from lutalogic.conformance.suite import PACKAGED, Suite, files_of, read_suite, write_suite
from lutalogic.conformance.vector import LEVELS
from lutalogic.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COLUMNS: Final = (
    ("policy", 20),
    ("operator", 12),
    ("mutants", 9),
    ("killed", 8),
    ("at L0", 7),
    ("only L1", 9),
    ("equivalent", 12),
    ("least", 7),
)


@click.command("vectors")
@click.option(
    "--out", "-o", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Write the suite into this folder.",
)  # fmt: skip
@click.option(
    "--profile", metavar="NAME", help="Leave out what an implementation does not support."
)
@click.option("--replace", is_flag=True, help="Write over other vectors in the folder.")
@click.option("--stats", is_flag=True, help="Tell which mistakes the suite catches.")
@click.option("--proofs", is_flag=True, help="Name each equivalent mutant, with what is proved.")
def vectors_command(
    folder: Path | None, profile: str | None, replace: bool, stats: bool, proofs: bool
) -> None:
    """Write the conformance suite: requests with the answers that every implementation must give.

    Each vector is one line of JSON, which vector.schema.json describes. Profiles are whole, plain,
    without_intervals, without_readings and without_dates.

    \b
    Examples:
      lutalogic vectors --out suite
      lutalogic vectors --out suite --profile plain
      lutalogic vectors --stats
    """
    if folder is None and not (stats or proofs):
        raise click.UsageError("name a folder with --out, or take --stats")
    suite, known = read_suite(PACKAGED), read_kills(PACKAGED)
    if profile is not None:
        kept = suite.chosen(level=len(LEVELS) - 1, profile=profile)
        suite = Suite(kept, suite.digest, suite.profiles, dict(suite.settings, profile=profile))
        ids = {vector.id for vector in kept}
        known = tuple(each.among(ids) for each in known)
    if folder is not None:
        _make_room(folder, suite, replace=replace)
        write_suite(suite, folder)
        write_kills(known, folder, digest=suite.digest)
        click.echo(f"{len(suite.vectors)} vectors in {folder}")
    if stats:
        click.echo("\n".join(_statistics(suite, known)))
    if proofs:
        for each in known:
            if each.equivalent:
                click.echo(f"{each.mutant}: {each.mistake}\n  proved: {PROOF}")


def _make_room(folder: Path, suite: Suite, *, replace: bool) -> None:
    """Take the vectors of another suite out of a folder, if that is asked for; else refuse it."""
    head = folder / "suite.json"
    if not head.exists():
        return
    try:
        same = dict(read_suite(folder).settings) == dict(suite.settings)
    except InputError:
        same = False
    if not (same or replace):
        raise click.BadParameter(
            f"{folder} holds other vectors: name another folder, or write over them with --replace",
            param_hint="--out",
        )
    if not same:  # or who reads all files of the folder would take those that stay for vectors
        for name in files_of(folder):
            (folder / name).unlink(missing_ok=True)


def _statistics(suite: Suite, known: Sequence[Known]) -> Iterator[str]:
    """Yield how many mistakes the suite catches, by policy and operator."""
    yield _line([name for name, _ in _COLUMNS])
    found = list(counts(known))
    for each in found:
        yield _line(
            [
                each.policy, each.operator, each.mutants, each.killed, each.by_outcome,
                each.by_criterion, each.equivalent, each.least,
            ]
        )  # fmt: skip
    sums = [
        sum(getattr(each, name) for each in found)
        for name in ("mutants", "killed", "by_outcome", "by_criterion", "equivalent")
    ]
    yield _line(["all", "", *sums, min((each.least for each in found), default=0)])
    surviving = [e for e in known if not (e.equivalent or e.by_outcome or e.by_criterion)]
    trivial = sum(not vector.catches for vector in suite.vectors)
    yield ""
    yield f"Vectors: {len(suite.vectors)}; trivial ones, which catch nothing: {trivial or 'none'}"
    yield f"Caught by no vector: {len(surviving) or 'none'}"
    yield f"Of each equivalent mutant it is proved that {PROOF} (--proofs names them)."
    yield "`least`: how many vectors catch the mutant that the fewest do."
    for mistake in surviving:
        yield f"  {mistake.mutant}: {mistake.mistake}"


def _line(cells: Sequence[object]) -> str:
    told = [
        f"{cell!s:{width}}" if place < 2 else f"{cell!s:>{width}}"
        for place, (cell, (_, width)) in enumerate(zip(cells, _COLUMNS, strict=True))
    ]
    return "".join(told).rstrip()
