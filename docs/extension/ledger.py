# SPDX-License-Identifier: Apache-2.0
"""The ledgers of the documents, read by SWI-Prolog, which alone reads Prolog."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from lutalogic.rules import Policy

#: Whom a warning of a change log concerns: the policy, and its criteria if not all.
_CONCERNS: Final[dict[tuple[str, str], tuple[str, tuple[str, ...]]]] = {
    ("premera", "2022-10-01"): ("premera_lutathera", ()),
    ("premera", "2023-04-01"): ("premera_lutathera", ("L-3",)),
}


@dataclass(frozen=True)
class Entry:
    """What became of some lines of a document.

    Attributes:
        document: The document.
        first: The first line.
        last: The last line.
        heading: What the lines treat; in a change log, their day.
        status: encoded, reference, not_formalised or out_of_scope.
        why: Why it is so, or of what topic.
        ids: The criteria and readings that say it.
        note: What the lines say, in words of the project.
    """

    document: str
    first: int
    last: int
    heading: str
    status: str
    why: str
    ids: tuple[str, ...]
    note: str

    @property
    def lines(self) -> str:
        """Return its lines as they are told."""
        return f"L{self.first}" if self.first == self.last else f"L{self.first}-{self.last}"

    @property
    def day(self) -> str:
        """Return the day of an entry of a change log, YYYY-MM-DD; nothing of other lines.

        >>> log("premera")[0].day
        '2019-04-01'
        """
        try:
            day = datetime.strptime(self.heading.partition(",")[0], "%d %B %Y")
        except ValueError:
            return ""
        return day.date().isoformat()

    @property
    def warning(self) -> str:
        """Return what is to be checked by hand for earlier days; mostly nothing."""
        return self.why if self.day and self.status == "not_formalised" else ""


@cache
def _read() -> tuple[dict[str, Any], ...]:
    script = Path(__file__).with_name("ledger.pl")
    command = ["swipl", "-f", "none", "--on-error=status", str(script)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return tuple(json.loads(line) for line in done.stdout.splitlines())


@cache
def ledger(document: str) -> tuple[Entry, ...]:
    """Return the ledger of a document, in the order of its lines."""
    return tuple(
        Entry(**each | {"ids": tuple(each["ids"])})
        for each in _read()
        if each["document"] == document
    )


def log(document: str) -> tuple[Entry, ...]:
    """Return the entries of a document's change log that have a day."""
    return tuple(entry for entry in ledger(document) if entry.day)


def warnings(policy: Policy, criterion: str = "") -> tuple[Entry, ...]:
    """Return the entries of the change log that leave earlier days to be checked by hand.

    Args:
        policy: The policy that they concern.
        criterion: A criterion that they concern; empty for all that concern the policy.

    Raises:
        KeyError: It is not told whom a warning concerns.

    >>> from lutalogic.rulebase import rule_base
    >>> [entry.day for entry in warnings(rule_base().policies["premera_lutathera"], "L-5")]
    ['2022-10-01']
    """
    found = []
    for entry in log(policy.document.name):
        if entry.warning:
            concerned, criteria = _CONCERNS[entry.document, entry.day]
            if concerned == policy.name and (
                not criterion or not criteria or criterion in criteria
            ):
                found.append(entry)
    return tuple(found)
