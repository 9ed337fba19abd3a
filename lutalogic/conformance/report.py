# SPDX-License-Identifier: Apache-2.0
"""A report: what a run over vectors came to, by level and by criterion, and the diagnosis."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from lutalogic.conformance.consistent import Reading, one_reading
from lutalogic.conformance.diagnosis import Diagnosis, Shown, diagnose, mistake_words
from lutalogic.conformance.telling_apart import told_apart
from lutalogic.conformance.vector import LEVELS
from lutalogic.conformance.verdict import judge
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.conformance.runner import Complaint
    from lutalogic.conformance.vector import Catch, Vector
    from lutalogic.conformance.verdict import Verdict

REPORT_SCHEMA: Final = "lutalogic/conformance/1"
#: Of so many wrong answers the text shows the differences.
_SHOWN: Final = 5
#: So many likely mistakes, and so many lines of a kind, are shown at most.
_MOST: Final = 5


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
        profile: The profile by which vectors were left out; empty for none.
    """

    about: str
    level: int
    digest: str
    verdicts: tuple[Verdict, ...]
    not_asked: tuple[Vector, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    seconds: float = 0.0
    mistakes: tuple[Shown, ...] = ()
    profile: str = ""

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

    @cached_property
    def holds(self) -> int:
        """Return the highest level that holds; -1 if none does.

        A level holds if every vector is answered rightly, under one reading of the texts.
        """
        if self.not_asked or not self.verdicts:
            return -1
        most = min(each.held for each in self.verdicts)
        return next((level for level in range(most, -1, -1) if not self._mixed(level)), -1)

    def _mixed(self, level: int) -> bool:
        if level == self.level:
            return bool(self.reading.contradicting)
        below = [judge(each.vector, each.answer, level=level) for each in self.verdicts]
        return bool(one_reading(below).contradicting)

    @cached_property
    def reading(self) -> Reading:
        """Return the reading of the texts that most answers are right by, and what is not."""
        return one_reading(self.verdicts)

    @cached_property
    def faults(self) -> Counter[str]:
        """Return what is amiss in how wrong answers are written, with the number of answers."""
        return Counter(fault for each in self.verdicts for fault in each.faults)

    @cached_property
    def known(self) -> tuple[Shown, ...]:
        """Return the mistakes known of the policies that were asked, which some vector shows."""
        policies = {each.vector.policy for each in self.verdicts}
        return tuple(
            each
            for each in self.mistakes
            if each.vectors and each.mistake.mutant.partition("/")[0] in policies
        )

    @cached_property
    def beyond(self) -> tuple[Catch, ...]:
        """Return the known mistakes that no vector that was asked can show."""
        asked = {each.vector.id for each in self.verdicts}
        return tuple(
            each.mistake
            for each in self.known
            if asked.isdisjoint(
                each.vectors if self.level or each.outcomes is None else each.outcomes
            )
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
        found = diagnose(self.verdicts, self.mistakes)
        if self.digest != rule_base().digest:
            return found
        suspects = [told_apart(each, self.verdicts) for each in found.suspects]
        return replace(found, suspects=tuple(suspects))

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
            "reading": self.reading.as_json(),
            "faults": dict(self.faults),
            "profile": self.profile or None,
            "mistakes_beyond": {
                "unseen": len(self.beyond),
                "known": len(self.known),
                "mistakes": [each.as_json() for each in self.beyond],
            },
            "complaints": [each.as_json() for each in self.complaints],
        }

    @property
    def headline(self) -> str:
        """Return in one line whether the level holds."""
        if self.holds >= self.level:
            asked = f" as far as {self.profile!r} asks" if self.profile else ""
            return f"Level {self.level} holds{asked}: all {self.asked:,} answers are right."
        if not self.wrong and not self.not_asked and self.verdicts:
            count = len(self.reading.contradicting)
            return (
                f"Level {self.level} does not hold: each answer is right by some reading, but "
                f"{count:,} contradict the reading of the others."
            )
        wrong = f"{len(self.wrong):,} of {len(self.verdicts):,} answers are wrong or missing"
        if self.verdicts and all(each.unanswered for each in self.verdicts):
            wrong = f"there is no answer at all ({self.verdicts[0].differences[0].given})"
        left = f", and {len(self.not_asked):,} vectors were not asked" * bool(self.not_asked)
        return f"Level {self.level} does not hold: {wrong}{left}."

    def text(self) -> str:
        """Return the report as plain text: the headline, and below it what there is to say."""
        lines = [self.headline, ""]
        for title, told in sections(self):
            lines += [f"{title}:", *(f"  {line}" for line in told), ""] if told else []
        return "\n".join(lines).rstrip()

    __str__ = text


def sections(report: Report) -> Iterator[tuple[str, list[str]]]:
    """Yield the sections of a report in words, each with its title and lines."""
    yield "Levels", [level_line(report, level) for level in range(report.level + 1)]
    yield "How its answers are written: mend this first", fault_lines(report)
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
    yield "Right only if a text is read otherwise than by the other answers", mixed_lines(report)
    yield "What these vectors cannot show", beyond_lines(report)
    yield "How it speaks", [complaint_line(each) for each in report.complaints]


def level_line(report: Report, level: int) -> str:
    """Return how many vectors are answered rightly up to a level, in words."""
    return f"{level} {LEVELS[level]:9} {report.right_at(level):,} of {report.asked:,} right"


def fault_lines(report: Report) -> list[str]:
    """Return what is amiss in how answers are written, in words."""
    return [f"{fault} ({count:,} answers)" for fault, count in report.faults.most_common(_MOST)]


def suspect_lines(report: Report, most: int = _MOST) -> list[str]:
    """Return the mistakes that are likely made, in words, with the evidence; so many at most."""
    lines = []
    suspects = report.diagnosis.suspects
    for number, each in enumerate(suspects[:most], 1):
        catching = len(each.hits) + len(each.alarms)
        lines.append(
            f"{number}. {each} ({each.mistake.mutant}: explains {len(each.explained)}, such as "
            f"{each.explained[0]}; of {catching} vectors that catch it, {len(each.hits)} failed)"
        )
        lines += [f"   or: {mistake_words(other)}" for other in each.alternatives[:_MOST]]
    if len(suspects) > most:
        lines.append(f"and {len(suspects) - most} more: mend these, and run it again")
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
    """Return which readings answers are right by in place of the defaults, in words."""
    told = [f"{name}={value}" for name, value in report.reading.taken.items()]
    count = len(report.reading.by_these)
    return [f"{count:,} answers are by {' and '.join(told)}"] if told else []


def mixed_lines(report: Report) -> list[str]:
    """Return the answers that no reading of the others makes right, in words."""
    against = report.reading.contradicting
    lines = [f"{each.vector.id}: right by {_by_words(each)}" for each in against[:_MOST]]
    return [*lines, f"and {len(against) - _MOST:,} more"] if len(against) > _MOST else lines


def _by_words(verdict: Verdict) -> str:
    told = (" and ".join(f"{n}={v}" for n, v in some) or "the defaults" for some in verdict.by)
    return ", or ".join(told)


def beyond_lines(report: Report) -> list[str]:
    """Return how many known mistakes would change no answer to the vectors that were asked."""
    if not report.beyond:
        return []
    places = Counter(f"{each.mutant.partition('/')[0]}, {_place(each)}" for each in report.beyond)
    most = [f"{place}: {count:,}" for place, count in places.most_common(_MOST)]
    return [
        f"{len(report.beyond):,} of {len(report.known):,} known mistakes change none of the "
        f"{report.asked:,} answers asked for; the whole suite shows them, --json names "
        "them, and fuzz looks for mistakes that no suite knows",
        *most,
        *[f"and {len(places) - _MOST:,} criteria more"] * (len(places) > _MOST),
    ]


def _place(mistake: Catch) -> str:
    return mistake.criterion or "how the criteria join, or its dates"


def complaint_line(complaint: Complaint) -> str:
    """Return a complaint in words, with the first time it came up."""
    times = f", {complaint.count} times" if complaint.count > 1 else ""
    shown = f": {complaint.examples[0]}" if complaint.examples else ""
    return f"{complaint.kind}{times}{shown}"


def told(verdict: Verdict) -> list[str]:
    """Return the differences of a verdict in words."""
    return [str(difference) for difference in verdict.differences]
