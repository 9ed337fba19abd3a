# SPDX-License-Identifier: Apache-2.0
"""How decisions leave the command line: pages, a JSON list, JSON lines, or a table.

Each writer takes one patient at a time and keeps what it has written, so that an interrupted run
leaves whole answers behind.
"""

from __future__ import annotations

import csv
from typing import IO, TYPE_CHECKING, Any, Final, Protocol

from lutalogic import report, strict_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.decision import Decision
    from lutalogic.errors import InputError
    from lutalogic.patients import Patient

FORMATS: Final = ("text", "json", "jsonl", "csv")
#: The columns of a table of decisions; lists within a cell are joined by "; ".
COLUMNS: Final = (
    "patient", "policy", "on", "outcome", "deciding", "missing", "conflicts", "warnings",
    "text_from", "error",
)  # fmt: skip


class Writer(Protocol):
    """What takes decisions."""

    def decided(self, patient: Patient, decisions: Sequence[Decision]) -> None:
        """Take the decisions on one patient: none if no policy speaks to the tumor."""

    def refused(self, label: str, error: InputError) -> None:
        """Take what is wrong with one patient, besides the message on standard error."""

    def end(self) -> None:
        """Finish, also after an interruption."""


def writer(form: str, stream: IO[str]) -> Writer:
    """Return the writer of a format, one of `FORMATS`."""
    made: dict[str, type[_Pages | _List | _Lines | _Table]] = {
        "text": _Pages, "json": _List, "jsonl": _Lines, "csv": _Table,
    }  # fmt: skip
    return made[form](stream)


class _Pages:
    def __init__(self, stream: IO[str]) -> None:
        self._console = report.console(file=stream)
        self._any = False

    def decided(self, patient: Patient, decisions: Sequence[Decision]) -> None:
        self._any = True
        self._console.rule(patient.name, align="left")
        if patient.story:
            self._console.print(patient.story, style="italic")
        self._console.print()
        for decision in decisions:
            self._console.print(report.decision_page(decision))
        if not decisions:
            self._console.print("No policy speaks to this tumor.\n")

    def refused(self, label: str, error: InputError) -> None:
        pass  # the message on standard error says it

    def end(self) -> None:
        if self._any:
            self._console.print(report.DISCLAIMER, style="dim")


class _Lines:
    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def decided(self, patient: Patient, decisions: Sequence[Decision]) -> None:
        for decision in decisions:
            self._put({"patient": patient.name} | decision.as_json())

    def refused(self, label: str, error: InputError) -> None:
        self._put({"patient": label, "error": error.as_json()})

    def end(self) -> None:
        self._stream.flush()

    def _put(self, told: dict[str, Any]) -> None:
        self._stream.write(strict_json.dumps(told) + "\n")


class _List(_Lines):
    def __init__(self, stream: IO[str]) -> None:
        super().__init__(stream)
        self._begun = False

    def refused(self, label: str, error: InputError) -> None:
        pass  # a list holds decisions; the message on standard error says what is not among them

    def end(self) -> None:
        self._stream.write("\n]\n" if self._begun else "[]\n")
        super().end()

    def _put(self, told: dict[str, Any]) -> None:
        self._stream.write(",\n" if self._begun else "[\n")
        self._begun = True
        self._stream.write(strict_json.dumps(told, indent=1))


class _Table:
    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._rows = csv.writer(stream, lineterminator="\n")
        self._rows.writerow(COLUMNS)

    def decided(self, patient: Patient, decisions: Sequence[Decision]) -> None:
        name = _cell(patient.name)
        for decision in decisions:
            text = decision.text
            self._rows.writerow((
                name,
                decision.policy.name,
                decision.on.isoformat(),
                decision.outcome.value,
                "; ".join(decision.deciding),
                "; ".join(decision.missing),
                "; ".join([conflict.about for conflict in decision.conflicts]),
                "; ".join([warning.message for warning in decision.warnings]),
                text.start if text else "",
                "",
            ))  # fmt: skip
        if not decisions:
            self._rows.writerow((name, *("",) * (len(COLUMNS) - 2), "no policy speaks to it"))

    def refused(self, label: str, error: InputError) -> None:
        self._rows.writerow((_cell(label), *("",) * (len(COLUMNS) - 2), str(error)))

    def end(self) -> None:
        self._stream.flush()


def _cell(text: str) -> str:
    """Return text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
