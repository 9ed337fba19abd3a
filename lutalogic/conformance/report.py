# SPDX-License-Identifier: Apache-2.0
"""A report: what a run over vectors came to, by level and by criterion, and the diagnosis."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from lutalogic.conformance.diagnosis import Diagnosis, Shown, diagnose, mistake_words
from lutalogic.conformance.vector import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.conformance.runner import Complaint
    from lutalogic.conformance.vector import Expected, Vector
    from lutalogic.conformance.verdict import Verdict

REPORT_SCHEMA: Final = "lutalogic/conformance/1"
#: Of so many wrong answers the text shows the differences.
_SHOWN: Final = 5


@dataclass(frozen=True)
class CriterionCount:
    """How often one criterion was answered rightly and wrongly.

    Attributes:
        policy: The policy.
        id: The criterion.
        right: The vectors on which it was right.
        wrong: The vectors on which it was wrong, with each way in which it was.
    """

    policy: str
    id: str
    right: int
    wrong: Counter[tuple[str, str]]

    @property
    def ways(self) -> list[str]:
        """Return in which ways it was wrong, the most frequent first."""
        return [
            f"{count} times {given} for {expected}"
            for (expected, given), count in self.wrong.most_common()
        ]

    def as_json(self) -> dict[str, Any]:
        """Return the counts as a JSON value."""
        ways = [
            {"expected": expected, "given": given, "count": count}
            for (expected, given), count in self.wrong.most_common()
        ]
        told = {"policy": self.policy, "criterion": self.id, "right": self.right}
        return told | {"wrong": self.wrong.total(), "ways": ways}


@dataclass(frozen=True)
class Report:
    """What a run over vectors came to.

    Attributes:
        about: What was judged: the command or the address.
        level: The level that was asked for.
        digest: The digest of the rule base that the suite was made from.
        verdicts: The verdicts, in the order of the answers.
        not_asked: The vectors that are left where the run was given up.
        complaints: What is amiss in how it speaks.
        seconds: How long the run took.
        mistakes: What the suite knows of mistakes, for the diagnosis.
    """

    about: str
    level: int
    digest: str
    verdicts: tuple[Verdict, ...]
    not_asked: tuple[Vector, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    seconds: float = 0.0
    mistakes: tuple[Shown, ...] = ()

    @property
    def asked(self) -> int:
        """Return how many vectors there are to be answered."""
        return len(self.verdicts) + len(self.not_asked)

    @cached_property
    def wrong(self) -> tuple[Verdict, ...]:
        """Return the verdicts on answers that are wrong, or missing."""
        return tuple(each for each in self.verdicts if each.differences)

    def right_at(self, level: int) -> int:
        """Return how many vectors are answered rightly up to a level."""
        return sum(each.held >= level for each in self.verdicts)

    @property
    def holds(self) -> int:
        """Return the highest level at which every vector is answered rightly; -1 if none is."""
        if self.not_asked or not self.verdicts:
            return -1
        return min(each.held for each in self.verdicts)

    @property
    def readings(self) -> Counter[tuple[tuple[str, str], ...]]:
        """Return how many answers are right only under other readings, by the readings."""
        return Counter(each.readings for each in self.verdicts if each.readings)

    def read_as_usual(self, readings: tuple[tuple[str, str], ...]) -> int:
        """Return how many answers are by the default where other readings lead to another one."""
        return sum(
            not each.differences
            and not each.readings
            and any(_bears(other, each, readings) for other in each.vector.acceptable)
            for each in self.verdicts
        )

    @cached_property
    def criteria(self) -> tuple[CriterionCount, ...]:
        """Return the counts of every criterion that was compared, in the vectors' order."""
        right: Counter[tuple[str, str]] = Counter()
        wrong: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
        for verdict in self.verdicts if self.level else ():
            differing = {d.at: d for d in verdict.differences if d.level == 1}
            named = {} if verdict.unanswered else verdict.vector.expect.criteria or {}
            for name in dict.fromkeys([*named, *verdict.criteria]):
                place = (verdict.vector.policy, name)
                wrong.setdefault(place, Counter())
                if (found := differing.get(name)) is not None:
                    wrong[place][found.expected, found.given] += 1
                else:
                    right[place] += 1
        return tuple(CriterionCount(*place, right[place], ways) for place, ways in wrong.items())

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """Return what was likely got wrong."""
        return diagnose(self.verdicts, self.mistakes)

    def as_json(self) -> dict[str, Any]:
        """Return the report as a JSON value."""
        return {
            "schema": REPORT_SCHEMA,
            "about": self.about,
            "level": self.level,
            "holds": self.holds >= self.level,
            "highest_level": self.holds,
            "rule_base": self.digest,
            "seconds": round(self.seconds, 3),
            "vectors": self.asked,
            "levels": [
                {"level": level, "name": LEVELS[level], "right": self.right_at(level)}
                for level in range(self.level + 1)
            ],
            "criteria": [each.as_json() for each in self.criteria],
            "diagnosis": self.diagnosis.as_json(),
            "wrong": [each.as_json() for each in self.wrong],
            "not_asked": [vector.id for vector in self.not_asked],
            "readings": [
                {
                    "readings": dict(readings),
                    "answers": count,
                    "by_default": self.read_as_usual(readings),
                }
                for readings, count in self.readings.items()
            ],
            "complaints": [each.as_json() for each in self.complaints],
        }

    @property
    def headline(self) -> str:
        """Return in one line whether the level holds."""
        if self.holds >= self.level:
            return f"Level {self.level} holds: all {self.asked:,} answers are right."
        wrong = f"{len(self.wrong):,} of {len(self.verdicts):,} answers are wrong or missing"
        left = f", and {len(self.not_asked):,} vectors were not asked" * bool(self.not_asked)
        return f"Level {self.level} does not hold: {wrong}{left}."

    def text(self) -> str:
        """Return the report as plain text: the headline, and below it what there is to say."""
        lines = [self.headline, ""]
        for title, told in sections(self):
            lines += [f"{title}:", *(f"  {line}" for line in told), ""] if told else []
        return "\n".join(lines).rstrip()

    __str__ = text


def _bears(other: Expected, verdict: Verdict, readings: tuple[tuple[str, str], ...]) -> bool:
    """Tell whether an acceptable answer is by these readings, and another at the level."""
    expect = verdict.vector.expect
    by_criteria = verdict.level > 0 and other.criteria != expect.criteria
    by_these = tuple(sorted(other.readings.items())) == readings
    return by_these and (other.outcome != expect.outcome or by_criteria)


def sections(report: Report) -> Iterator[tuple[str, list[str]]]:
    """Yield the sections of a report in words, each with its title and lines."""
    yield "Levels", [level_line(report, level) for level in range(report.level + 1)]
    yield "Your failures are those of", suspect_lines(report)
    unexplained = report.diagnosis.unexplained
    first = ", ".join(unexplained[:_SHOWN]) + (", ..." if len(unexplained) > _SHOWN else "")
    if unexplained:
        yield "Explained by no mistake of the suite", [f"{len(unexplained)} of them: {first}"]
    yield "What it does not answer", needs_lines(report)
    yield (
        "Criteria",
        [
            f"{each.policy}, {each.id}: {each.right} right, {each.wrong.total()} wrong; "
            + ", ".join(each.ways)
            for each in report.criteria
            if each.wrong
        ],
    )
    yield (
        "The first wrong answers",
        [f"{v.vector.id}: {difference}" for v in report.wrong[:_SHOWN] for difference in told(v)],
    )
    yield "Right under other readings of the text", reading_lines(report)
    yield "How it speaks", [complaint_line(each) for each in report.complaints]


def level_line(report: Report, level: int) -> str:
    """Return how many vectors are answered rightly up to a level, in words."""
    return f"{level} {LEVELS[level]:9} {report.right_at(level):,} of {report.asked:,} right"


def suspect_lines(report: Report) -> list[str]:
    """Return the mistakes that are likely made, in words, with the evidence."""
    lines = []
    for number, each in enumerate(report.diagnosis.suspects, 1):
        catching = len(each.hits) + len(each.alarms)
        lines.append(
            f"{number}. {each} ({each.mistake.mutant}: explains {len(each.explained)}; "
            f"of {catching} vectors that catch it, {len(each.hits)} failed)"
        )
        lines += [f"   or: {mistake_words(other)}" for other in each.alternatives]
    return lines


def needs_lines(report: Report) -> list[str]:
    """Return what the vectors without an answer need, if there is something that all of them do."""
    unanswered = [each.vector for each in report.verdicts if each.unanswered]
    if not unanswered or not all(vector.needs for vector in unanswered):
        return []
    counts = Counter(need for vector in unanswered for need in vector.needs)
    told = ", ".join(f"{need} {count}" for need, count in counts.most_common())
    return [f"all {len(unanswered)} need what it may not support: {told}; see --profile"]


def reading_lines(report: Report) -> list[str]:
    """Return under which other readings answers are right, in words."""
    lines = []
    for readings, count in report.readings.most_common():
        told = ", ".join(f"{name}={value}" for name, value in readings)
        usual = report.read_as_usual(readings)
        beside = f"; but {usual} others, on which it bears, are by the default" if usual else ""
        lines.append(f"{count} answers: {told}{beside}")
    return lines


def complaint_line(complaint: Complaint) -> str:
    """Return a complaint in words, with the first time it came up."""
    times = f", {complaint.count} times" if complaint.count > 1 else ""
    shown = f": {complaint.examples[0]}" if complaint.examples else ""
    return f"{complaint.kind}{times}{shown}"


def told(verdict: Verdict) -> list[str]:
    """Return the differences of a verdict in words."""
    return [str(difference) for difference in verdict.differences]
