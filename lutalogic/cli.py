# SPDX-License-Identifier: Apache-2.0
"""The command line: what there is, and how a run ends."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from typing import Final, NoReturn

import click
from click.shell_completion import get_completion_class

from lutalogic import __version__
from lutalogic.cli_browse import (
    check_command,
    facts_command,
    policies_command,
    readings_command,
    schema_command,
    show_command,
)
from lutalogic.cli_cohort import cohort_command
from lutalogic.cli_cohort_questions import ask_cohort, compare_cohort
from lutalogic.cli_cohort_synthesize import synthesize_cohort
from lutalogic.cli_compare import compare_command
from lutalogic.cli_conform import conform_command
from lutalogic.cli_decide import decide_command, explain_command
from lutalogic.cli_fuzz import fuzz_command
from lutalogic.cli_health import health_command
from lutalogic.cli_missing import flips_command, missing_command
from lutalogic.cli_options import BAD_INPUT, INTERRUPTED, NO_ENGINE, NOT_WRITTEN, leave
from lutalogic.cli_patients import patients_command
from lutalogic.cli_prove import prove_command
from lutalogic.cli_reference import reference_command
from lutalogic.cli_vectors import vectors_command
from lutalogic.cli_what_if import sweep_command, timeline_command, what_if_command
from lutalogic.errors import EngineError, InputError
from lutalogic.words import DISCLAIMER

#: The environment by which terminal programs agree on colour.
_COLOUR: Final = {"never": {"NO_COLOR": "1"}, "always": {"FORCE_COLOR": "1"}, "auto": {}}


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=DISCLAIMER)
@click.version_option(__version__)
@click.option(
    "--color", type=click.Choice(tuple(_COLOUR)), default="auto", show_default=True,
    help="Colour: auto is on for a terminal, and off where NO_COLOR is set.",
)  # fmt: skip
def main(color: str) -> None:
    """Coverage policies for Lutathera, Pluvicto and Xofigo, as rules that decide and explain.

    \b
    Examples:
      lutalogic decide examples/*.json
      lutalogic explain examples/04_grade_and_ki67_disagree.json
      lutalogic show L-2
    """
    os.environ.update(_COLOUR[color])


@click.command("completion")
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion_command(shell: str) -> None:
    """Print a script that completes commands, options, policies, readings and criteria.

    \b
    Examples:
      lutalogic completion bash >> ~/.bashrc
      lutalogic completion zsh >> ~/.zshrc
      lutalogic completion fish > ~/.config/fish/completions/lutalogic.fish
    """
    made = get_completion_class(shell)
    assert made is not None  # one of those that the argument admits
    click.echo(made(main, {}, "lutalogic", "_LUTALOGIC_COMPLETE").source())


for _command in (
    decide_command,
    explain_command,
    missing_command,
    flips_command,
    compare_command,
    patients_command,
    cohort_command,
    sweep_command,
    what_if_command,
    timeline_command,
    show_command,
    reference_command,
    policies_command,
    facts_command,
    readings_command,
    schema_command,
    completion_command,
    check_command,
    prove_command,
    health_command,
    vectors_command,
    conform_command,
    fuzz_command,
):
    main.add_command(_command)

for _command in (ask_cohort, compare_cohort, synthesize_cohort):
    cohort_command.add_command(_command)


def run() -> NoReturn:
    """Run the command line; a user's mistake is a message and never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - closed: nobody reads
    try:
        status = _status()
        # All is done. Ctrl-C has nothing left to interrupt, and must not stop Prolog in its end.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        leave(INTERRUPTED)
    sys.exit(status)


def _status() -> int:
    """Run a command, and return the exit status once all is written."""
    try:
        status = main(standalone_mode=False) or 0
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except EngineError as error:
        click.echo(f"error: {error}", err=True)
        leave(NO_ENGINE)
    except InputError as error:
        click.echo(f"error: {error}", err=True)
        return BAD_INPUT
    except OSError as error:  # a full disk, say: what was written stands
        sys.stdout = None  # and must not be flushed again at the end
        if error.errno != errno.EPIPE:  # who reads has seen enough
            click.echo(f"error: the output cannot be written: {error.strerror}", err=True)
        return NOT_WRITTEN
    return int(status)
