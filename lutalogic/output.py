# SPDX-License-Identifier: Apache-2.0
"""How decisions leave the command line: pages, a JSON list, JSON lines, or a table.

A form renders one patient at a time, so that an interrupted run leaves whole answers behind and
several processes can render at once.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lutalogic import strict_json
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lutalogic.decision import Decision
    from lutalogic.errors import InputError

#: The columns of a table of decisions; lists within a cell are joined by "; ".
COLUMNS: Final = (
    "patient", "policy", "on", "outcome", "deciding", "missing", "conflicts", "warnings",
    "text_from", "text_status", "readings", "place", "error",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """A form of output.

    Attributes:
        answer: The items that the decisions on a patient make: name, place, decisions to texts.
        refusal: The items that a patient who cannot be judged makes: name, place, error to texts.
        head: What stands before all items.
        between: What stands between two.
        tail: What stands after the last.
        empty: What stands in place of all, where there is no item.
    """

    answer: Callable[[str, str, Sequence[Decision]], list[str]]
    refusal: Callable[[str, str, InputError], list[str]]
    head: str = ""
    between: str = ""
    tail: str = ""
    empty: str = ""


def _json_items(name: str, _place: str, decisions: Sequence[Decision]) -> list[str]:
    told = ({"patient": name} | decision.as_json() for decision in decisions)
    return [strict_json.dumps(each, indent=1) for each in told]


def _json_refusal(_name: str, _place: str, _error: InputError) -> list[str]:
    return []  # a list holds decisions; standard error says what is not among them


def _line_items(name: str, _place: str, decisions: Sequence[Decision]) -> list[str]:
    told = ({"patient": name} | decision.as_json() for decision in decisions)
    return [strict_json.dumps(each) + "\n" for each in told]


def _line_refusal(name: str, place: str, error: InputError) -> list[str]:
    told = {"patient": name, "place": place, "error": error.as_json()}
    return [strict_json.dumps(told) + "\n"]


def _rows(name: str, place: str, decisions: Sequence[Decision]) -> list[str]:
    if not decisions:
        return _refused_row(name, place, "no policy speaks to this tumor")
    rows = []
    for decision in decisions:
        text = decision.text
        rows.append((
            _cell(name),
            decision.policy.name,
            decision.on.isoformat(),
            decision.outcome.value,
            "; ".join(decision.deciding),
            "; ".join(decision.waits_for),
            "; ".join([conflict.about for conflict in decision.conflicts]),
            "; ".join([warning.message for warning in decision.warnings]),
            text.start if text else "",
            text.status if text else "",
            "; ".join(_taken(decision)),
            _cell(place),
            "",
        ))  # fmt: skip
    return [_written(rows)]


def _taken(decision: Decision) -> list[str]:
    """Return the readings that were taken otherwise than by default."""
    if not any(decision.request.choices):  # the default comes first
        return []
    known = rule_base().readings
    return [f"{n}={value}" for n, value in decision.readings.items() if value != known[n].default]


def _row_refusal(name: str, place: str, error: InputError) -> list[str]:
    return _refused_row(name, place, error.message if error.at == place else str(error))


def _refused_row(name: str, place: str, why: str) -> list[str]:
    empty = ("",) * (len(COLUMNS) - 3)
    return [_written([(_cell(name), *empty, _cell(place), _cell(why))])]


def _written(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _cell(text: str) -> str:
    """Return text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


#: The forms that are not pages, by name.
FORMS: Final = {
    "json": Form(_json_items, _json_refusal, "[\n", ",\n", "\n]\n", "[]\n"),
    "jsonl": Form(_line_items, _line_refusal),
    "csv": Form(_rows, _row_refusal, head=_written([COLUMNS]), empty=_written([COLUMNS])),
}
