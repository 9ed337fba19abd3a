# SPDX-License-Identifier: Apache-2.0
"""Everything that lutalogic raises.

LutalogicError
├── InputError (also a ValueError)      something in the request: names the place and the remedy
│   ├── MalformedJSON       kind "json"
│   ├── BadRequest          kind "request"     a field missing or of the wrong type, or no such name
│   │   └── BadRows                            rows of a cohort table that cannot be judged
│   ├── UnknownPolicy       kind "policy"
│   ├── BadDate             kind "date"
│   ├── UnknownAttribute    kind "attribute"
│   ├── BadValue            kind "value"       not a value of the attribute's type
│   ├── OutOfRange          kind "range"       a number or interval outside the attribute's range
│   └── BadReading          kind "reading"
└── EngineError                         something in the installation
    ├── PrologMissing       SWI-Prolog or PySwip is not there
    ├── KanrenMissing       miniKanren is not there, or another package of its name is
    ├── StaleRuleBase       rulebase.json does not belong to the rules in kb/
    ├── RuleBaseBroken      the rules in kb/ cannot be loaded
    ├── WorkerLost          a process that decided patients of a long file was ended
    ├── ProofMissing        z3, which proofs need, is not there
    ├── CohortMissing       Polars or PyArrow, which cohorts need, is not there
    ├── PicturesMissing     matplotlib or pandas, for pictures and data frames, is not there
    └── PanelMissing        ipywidgets, which panels need, is not there
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable


class LutalogicError(Exception):
    """The base of all errors that lutalogic raises on purpose."""


class InputError(LutalogicError, ValueError):
    """Something in a request cannot be judged.

    Attributes:
        message: What is wrong and what to do about it.
        at: Where, as a path into the request (``facts.ki67_percent``); empty for the whole.
        patient: What the file calls the patient of whom this is, as far as it can be read.
        kind: One word for the kind of mistake, as the line protocol reports it.
    """

    kind: ClassVar[str] = "request"

    def __init__(self, message: str, at: str = "", *, patient: str = "") -> None:
        super().__init__(message, at)
        self.message = message
        self.at = at
        self.patient = patient

    def __str__(self) -> str:
        return f"{self.at}: {self.message}" if self.at else self.message

    def as_json(self) -> dict[str, str]:
        """Return the error as the line protocol reports it: kind, message and, if known, at."""
        told = {"kind": self.kind, "message": self.message}
        return told | {"at": self.at} if self.at else told


class MalformedJSON(InputError):
    """A line or file is not JSON."""

    kind = "json"


class BadRequest(InputError):
    """A field is missing or of the wrong type, or what is asked after does not exist."""

    kind = "request"


class UnknownPolicy(InputError):
    """There is no policy of this name."""

    kind = "policy"


class BadDate(InputError):
    """The date of service is not a calendar date."""

    kind = "date"


class UnknownAttribute(InputError):
    """There is no fact of this name in the vocabulary."""

    kind = "attribute"


class BadValue(InputError):
    """A value is not of its attribute's type."""

    kind = "value"


class OutOfRange(InputError):
    """A number lies outside its attribute's range, or an interval holds no number."""

    kind = "range"


class BadReading(InputError):
    """There is no reading of this name, or it has no such value."""

    kind = "reading"


class BadRows(BadRequest):
    """Rows of a cohort table cannot be judged.

    Attributes:
        problems: What is wrong: a Polars data frame of row (from 0), column, value and problem.
        bad: How many rows cannot be judged.
        rows: How many rows were looked at.
    """

    _SHOWN: ClassVar[int] = 5

    def __init__(self, problems: Any, bad: int, rows: int) -> None:
        shown = [
            f"  row {row}, {column}: {problem}"
            for row, column, _, problem in problems.head(self._SHOWN).iter_rows()
        ]
        more = problems.height - len(shown)
        shown += [f"  and {more} more"] * bool(more)
        super().__init__(
            f"{bad} of {rows} rows cannot be judged; mend them, or keep them without an outcome "
            "and have the others decided:\n" + "\n".join(shown)
        )
        self.problems = problems
        self.bad = bad
        self.rows = rows

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems, self.bad, self.rows)


class EngineError(LutalogicError):
    """The installation cannot decide; the message says what to do."""


class PrologMissing(EngineError):
    """SWI-Prolog, or the package that speaks to it, is not installed."""


class KanrenMissing(EngineError):
    """miniKanren is not installed, or the package kanren is installed over it."""


class StaleRuleBase(EngineError):
    """The generated rulebase.json does not belong to the rules in kb/."""


class RuleBaseBroken(EngineError):
    """The rules in kb/ cannot be loaded."""


class WorkerLost(EngineError):
    """A process that decided patients of a long file was ended from outside."""


class ProofMissing(EngineError):
    """z3 is not installed: proofs and comparisons need the extra ``lutalogic[proof]``."""


class CohortMissing(EngineError):
    """Polars or PyArrow is not installed, which cohorts need."""


class PicturesMissing(EngineError):
    """matplotlib or pandas is not installed: they come with the extra ``lutalogic[whatif]``."""


class PanelMissing(EngineError):
    """ipywidgets is not installed: panels need the extra ``lutalogic[notebook]``."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a clause that proposes the known words closest to a mistaken one, or nothing.

    Known words of which the mistaken one is the last part come first.

    >>> did_you_mean("ki67", ["ki67_percent", "age_years"])
    '; did you mean ki67_percent?'
    """
    names = list(known)
    ends = [f'"{name}"' for name in names if name.lower().endswith(f" {word.strip().lower()}")]
    close = ends or get_close_matches(word, names, n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(close)}?" if close else ""
