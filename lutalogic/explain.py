# SPDX-License-Identifier: Apache-2.0
"""Why, and why not: a decision's reasons as trees that print, and that machines can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lutalogic.answers import Truth, Unknown
from lutalogic.errors import BadRequest, did_you_mean
from lutalogic.markup import Shown
from lutalogic.reasons import alone, reasons
from lutalogic.statements import statement
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from lutalogic.case import Case
    from lutalogic.reasons import Question, Reason
    from lutalogic.trace import Trace


def explain(
    trace: Trace,
    case: Case,
    question: Question,
    criterion: str | None = None,
    *,
    heading: tuple[str, str],
    about: Mapping[str, Any],
    closing: Callable[[], Sequence[str]],
) -> Explanation:
    """Return the explanation of a decision, or of one of its criteria.

    Args:
        trace: The policy, readings, day and truths of the decision.
        case: The patient's facts.
        question: ``why``, ``why_not`` or ``whole``.
        criterion: The id of a criterion; None for the outcome.
        heading: The decision in two lines.
        about: The decision's outcome, date and rules, for the JSON form.
        closing: What a reader should know besides, asked for when the explanation is printed.

    Raises:
        BadRequest: The policy has no such criterion.
    """
    policy = trace.policy
    ids = [c.id for c in policy.criteria]
    if criterion is not None and criterion not in ids:
        hint = did_you_mean(str(criterion), ids) or "."
        raise BadRequest(
            f"{policy.name} has no criterion {criterion!r}{hint} The criteria are {', '.join(ids)}",
            "criterion",
        )
    nodes = {c.id: c.node for c in policy.criteria}
    number = None if criterion is None else nodes[criterion]
    asked = statement(policy, trace.choices, trace.day, number)
    root = None if asked is None else reasons(asked, trace.truths, case, question)
    note = ""
    also: tuple[str, ...] = ()
    if trace.letter(policy.root) == "-":
        note = f"No text on record is in force on that date. {policy.before}."
    elif root is None:
        note = f"{criterion} asks nothing on that date under the readings taken."
    elif question == "why_not" and root.truth is Truth.TRUE:
        note = "Nothing stands in the way."
    elif question == "why" and root.truth is Truth.FALSE and criterion is None:
        told = {reason.statement.id for reason in root.all()}
        also = tuple(n for n in alone(root.statement, trace.truths, case) if n not in told)
    if criterion is not None and root:
        title, where = heading
        heading = f"{criterion}: {root.truth.value}. {title}", where
    asked_about = dict(about) | {"criterion": criterion}
    return Explanation(question, heading, asked_about, root, closing, also, note)


@dataclass(frozen=True, slots=True)
class Explanation(Shown):
    """Why a decision, or one criterion of it, is what it is.

    Printed, it is plain text; a notebook shows it as HTML that folds, a terminal (rich) as a tree.

    Attributes:
        question: ``why``, ``why_not`` or ``whole``.
        heading: The decision in two lines: outcome, then document, date and text.
        about: What the explanation is of: ids and values, for the JSON form.
        root: The tree; None where no text is in force.
        closing: What a reader should know besides: warnings, readings on which the outcome turns.
        also: Other criteria that would by themselves fix the same outcome.
        note: What else to know, such as that no text is on record.
    """

    question: Question
    heading: tuple[str, str]
    about: Mapping[str, Any]
    root: Reason | None
    closing: Callable[[], Sequence[str]]
    also: tuple[str, ...] = ()
    note: str = ""

    def text(self) -> str:
        """Return the explanation as plain text, parts indented below what they decide."""
        lines = [*self.heading, ""]
        for depth, reason in self.shown():
            margin = "  " * depth
            first, *more = _lines(reason)
            lines.append(f"{margin}{reason.mark:<3} {first}")
            lines += [f"{margin}    {line}" for line in more]
        return "\n".join([*lines, "", *self.remarks()])

    def markdown(self) -> str:
        """Return the explanation as Markdown: a nested list."""
        title, where = self.heading
        lines = [f"**{title}**", "", where, ""]
        for depth, reason in self.shown():
            margin = "  " * depth
            first, *more = _lines(reason)
            lines.append(f"{margin}- **{reason.mark}** {first}")
            lines += [f"{margin}  - {line}" for line in more]
        return "\n".join([*lines, "", *(f"{remark}\n" for remark in self.remarks())]).rstrip()

    def as_json(self) -> dict[str, Any]:
        """Return the explanation as a JSON value, of the schema that it names."""
        return {
            "schema": EXPLANATION_SCHEMA,
            "question": self.question,
            **self.about,
            "also": list(self.also),
            "note": self.note,
            "unknown": None if self.root or self.about["text"] else Unknown.NO_TEXT.value,
            "reasons": self.root.as_json() if self.root else None,
        }

    def remarks(self) -> list[str]:
        """Return what stands below the tree, the disclaimer last."""
        also = [f"By itself enough, too: {', '.join(self.also)}"] if self.also else []
        return [*also, *([self.note] if self.note else []), *self.closing(), DISCLAIMER]

    def shown(self) -> Iterator[tuple[int, Reason]]:
        """Yield the reasons to show with their depths; the heading says the policy's own."""
        if self.root is None:
            return
        tops = [self.root] if self.root.statement.id else self.root.parts
        for top in tops:
            yield from _flat(top, 0)

    def __str__(self) -> str:
        """Return the explanation as plain text."""
        return self.text()

    def _repr_markdown_(self) -> str:
        return self.markdown()

    def __rich__(self) -> RenderableType:
        """Return the explanation as a tree for a terminal."""
        from rich.console import Group
        from rich.text import Text
        from rich.tree import Tree

        title, where = self.heading
        shown: list[RenderableType] = [Text(title, style="bold"), Text(where, style="dim"), Text()]
        branches: list[Tree] = []
        for depth, reason in self.shown():
            label = Text.assemble((f"{reason.mark} ", _STYLES[reason.truth]))
            label.append("\n    ".join(_lines(reason)))
            del branches[depth:]
            branches.append(branches[-1].add(label) if branches else Tree(label, guide_style="dim"))
            if depth == 0:
                shown.append(branches[0])
        return Group(*shown, Text(), *(Text(told, style="dim") for told in self.remarks()))


#: The version of the JSON form of explanations; see the schema of that name.
EXPLANATION_SCHEMA: Final = "lutalogic/explanation/1"

_STYLES: Final = {Truth.TRUE: "blue", Truth.FALSE: "dark_orange", Truth.UNKNOWN: "magenta"}


def _flat(reason: Reason, depth: int) -> Iterator[tuple[int, Reason]]:
    """Yield reasons with their depths; what only passes on its one part is not a line."""
    asked = reason.statement
    told = asked.id or asked.role or asked.readings or asked.joins == "not"
    if len(reason.parts) == 1 and not told:
        yield from _flat(reason.parts[0], depth)
        return
    yield depth, reason
    for part in reason.parts:
        yield from _flat(part, depth + 1)


def _lines(reason: Reason) -> list[str]:
    """Return the lines of one reason: its name and sources, and the fact."""
    first, places, more = line_parts(reason)
    return [f"{first}  [{places}]" if places else first, *more]


def line_parts(reason: Reason) -> tuple[str, str, list[str]]:
    """Return the first line of one reason, the places it rests on, and the lines below it."""
    title = reason.title
    derived = [f"derived: {how}" for how in reason.derived]
    if not title:
        return reason.told, "", derived
    places = "; ".join(f"{s.section}, {s.places}" for s in reason.statement.sources)
    told = [reason.told] if reason.told else []
    return title, places, [*told, *derived]
