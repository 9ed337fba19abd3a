# SPDX-License-Identifier: Apache-2.0
"""What is known of every mistake beside a suite: which of its vectors show it, or that none can."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from lutalogic import strict_json
from lutalogic.conformance.mutants import OPERATORS
from lutalogic.conformance.suite import put
from lutalogic.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

KILLS_SCHEMA: Final = "lutalogic/mistakes/1"
#: The file of a suite that tells of mistakes.
KILLS_FILE: Final = "mistakes.json"
#: What is proved of a mistake that is equivalent.
PROOF: Final = "no record tells them apart, under any readings, on any day"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a mistake.

    Attributes:
        mutant: Its name.
        policy: The policy.
        criterion: The id of the criterion in which it is made; empty if it is in none.
        operator: The kind of mistake.
        mistake: The mistake in words.
        by_outcome: The numbers of the vectors whose outcome it changes.
        by_criterion: The numbers of the others of which it changes a criterion.
        equivalent: Whether it is proved to change no answer at all.
    """

    mutant: str
    policy: str
    criterion: str
    operator: str
    mistake: str
    by_outcome: tuple[int, ...] = ()
    by_criterion: tuple[int, ...] = ()
    equivalent: bool = False

    def among(self, ids: Collection[str]) -> Known:
        """Return what is known of it if there are no vectors but some."""
        kept = [
            tuple(n for n in numbers if vector_id(self.policy, n) in ids)
            for numbers in (self.by_outcome, self.by_criterion)
        ]
        return replace(self, by_outcome=kept[0], by_criterion=kept[1])

    def vectors(self, level: int) -> tuple[str, ...]:
        """Return the ids of the vectors that show it, at a level."""
        numbers = self.by_outcome + self.by_criterion * (level > 0)
        return tuple(vector_id(self.policy, number) for number in sorted(numbers))

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON value."""
        told: dict[str, Any] = {
            "mutant": self.mutant,
            "policy": self.policy,
            "criterion": self.criterion,
            "operator": self.operator,
            "mistake": self.mistake,
        }
        if self.equivalent:
            return told | {"equivalent": PROOF}
        return told | {
            "by_outcome": list(self.by_outcome),
            "by_criterion": list(self.by_criterion),
        }


def vector_id(policy: str, number: int) -> str:
    """Return the id of a vector by its number.

    >>> vector_id("premera_xofigo", 7)
    'premera_xofigo/0007'
    """
    return f"{policy}/{number:04d}"


def write_kills(known: Iterable[Known], folder: Path, *, digest: str) -> None:
    """Write what is known of mistakes beside a suite, one on a line.

    Raises:
        OSError: It cannot be written.
    """
    head = json.dumps({"schema": KILLS_SCHEMA, "rule_base": digest})[:-1]
    lines = ",\n".join(strict_json.dumps(each.as_json()) for each in known)
    text = f'{head}, "mistakes": [\n{lines}\n]}}\n'
    put(folder / KILLS_FILE, text)


def read_kills(folder: Path, *, digest: str | None = None) -> tuple[Known, ...]:
    """Return what is known of mistakes beside a suite.

    Args:
        folder: The folder of the suite.
        digest: The digest of the rule base that the suite was made from; of mistakes in another
            rule base nothing is known. None for any.

    Raises:
        InputError: It is not there, or not of its form.
    """
    try:
        data = strict_json.loads((folder / KILLS_FILE).read_bytes())
        if data["schema"] != KILLS_SCHEMA:
            raise BadRequest(f"is not of the schema {KILLS_SCHEMA}", str(folder / KILLS_FILE))
        known = tuple(_known(each) for each in data["mistakes"])
        return known if digest in (None, data["rule_base"]) else ()
    except OSError as error:
        raise BadRequest(
            f"tells of no mistakes ({error.strerror}); `lutalogic vectors --out` writes them",
            str(folder),
        ) from None
    except (KeyError, TypeError, AttributeError):
        raise BadRequest("is not whole: make it again", str(folder / KILLS_FILE)) from None


def _known(data: dict[str, Any]) -> Known:
    told = {k: v for k, v in data.items() if k not in ("by_outcome", "by_criterion", "equivalent")}
    shown = [tuple(data.get(name, ())) for name in ("by_outcome", "by_criterion")]
    if not all(type(number) is int for numbers in shown for number in numbers):
        raise TypeError("the number of a vector is a whole number")
    if not all(isinstance(text, str) for text in told.values()):
        raise TypeError("what is told of a mistake is text")
    return Known(
        **told, by_outcome=shown[0], by_criterion=shown[1], equivalent="equivalent" in data
    )


@dataclass(frozen=True, slots=True)
class Count:
    """What became of the mutants of one policy and one operator.

    Attributes:
        policy: The policy.
        operator: The operator.
        mutants: How many there are.
        by_outcome: How many some vector shows by its outcome.
        by_criterion: How many are shown by a criterion alone.
        equivalent: How many are proved equivalent.
        least: How many vectors show the one that is shown least.
    """

    policy: str
    operator: str
    mutants: int
    by_outcome: int
    by_criterion: int
    equivalent: int
    least: int

    @property
    def killed(self) -> int:
        """Return how many are shown at all."""
        return self.by_outcome + self.by_criterion


def counts(known: Iterable[Known]) -> Iterator[Count]:
    """Yield what became of mutants, policy by policy and operator by operator."""
    all_known = list(known)
    for policy in dict.fromkeys(each.policy for each in all_known):
        for operator in OPERATORS:
            some = [e for e in all_known if e.policy == policy and e.operator == operator]
            if some:
                yield _count(policy, operator, some)


def _how(each: Known) -> str:
    if each.equivalent:
        return "equivalent"
    return "outcome" if each.by_outcome else "criterion" if each.by_criterion else "no vector"


def _count(policy: str, operator: str, some: list[Known]) -> Count:
    how = Counter(map(_how, some))
    shown = [len(e.by_outcome) + len(e.by_criterion) for e in some if not e.equivalent]
    return Count(
        policy,
        operator,
        len(some),
        how["outcome"],
        how["criterion"],
        how["equivalent"],
        min(shown, default=0),
    )
