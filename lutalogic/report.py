# SPDX-License-Identifier: Apache-2.0
"""A decision as a page in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lutalogic.decision import Decision, Outcome, Truth
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from lutalogic.rules import Policy

DISCLAIMER: Final = (
    "This is no medical advice and no payer's determination. It applies published policy texts, "
    "as lutalogic reads them, to the facts given."
)

_OUTCOME_STYLE: Final = {
    Outcome.MET: "bold blue",
    Outcome.NOT_MET: "bold dark_orange",
    Outcome.NEEDS_INFORMATION: "bold magenta",
}
_MARK: Final = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "?"}
_TRUTH_STYLE: Final = {Truth.TRUE: "blue", Truth.FALSE: "dark_orange", Truth.UNKNOWN: "magenta"}


def decision_page(decision: Decision) -> RenderableType:
    """Return one decision: the outcome, the criteria that decide, and what else to know."""
    return Group(
        _headline(decision),
        Padding(Group(*_body(decision)), (0, 0, 1, 2)),
    )


def _headline(decision: Decision) -> Text:
    policy, outcome = decision.policy, decision.outcome
    document = policy.document
    style = _OUTCOME_STYLE[outcome]
    return Text.assemble(
        (f"{policy.title}: ", "bold"),
        (_words(outcome), style),
        f" ({outcome.payers_words})",
        (f"  {document.number}, service on {decision.on.isoformat()}", "dim"),
    )


def _body(decision: Decision) -> Iterable[RenderableType]:
    if not decision.text_in_force:
        yield Text(f"No printed text was in force on that date. {decision.policy.before}.")
        return
    yield _criteria(decision)
    yield from _lines("Still missing", [_fact(name) for name in decision.missing])
    yield from _lines(
        "In conflict",
        [
            f"{c.about}: {_values(c.speaks_for)} says yes, {_values(c.speaks_against)} says no"
            + (f" ({', '.join(c.criteria)})" if c.criteria else "")
            for c in decision.conflicts
        ],
    )
    yield from _lines("Look again", [warning.message for warning in decision.warnings])
    yield from _lines(
        "Depends on how the text is read",
        [
            f"{rule_base().readings[name].question} With {value}: {_words(outcome)} [{name}]"
            for name, changes in decision.depends_on_readings.items()
            for value, outcome in changes.items()
        ],
    )


def _criteria(decision: Decision) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    table.add_column(no_wrap=True, style="dim")
    shown = set(decision.deciding)
    for criterion in decision.policy.criteria:
        if criterion.id in shown:
            truth = decision.criteria[criterion.id]
            lines = "; ".join(source.places for source in criterion.sources[:2])
            table.add_row(
                criterion.id,
                Text(_MARK[truth], style=_TRUTH_STYLE[truth]),
                criterion.sentence,
                lines,
            )
    return table


def _lines(title: str, lines: Sequence[str]) -> Iterable[RenderableType]:
    if lines:
        yield Text(f"{title}:", style="bold")
        for line in lines:
            yield Padding(Text(line), (0, 0, 0, 2))


def _words(outcome: Outcome) -> str:
    return outcome.value.replace("_", " ")


def _fact(name: str) -> str:
    return f"{rule_base().attributes[name].meaning} [{name}]"


def _values(facts: object) -> str:
    items = dict(facts).items() if isinstance(facts, dict) else ()
    return ", ".join(f"{name} {_shown(value)}" for name, value in items)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return str(value)


def policies_page(policies: Iterable[Policy]) -> RenderableType:
    """Return the policies, their documents, and the dates of their texts."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for title in ("policy", "document", "texts from", "criteria"):
        table.add_column(title, no_wrap=title == "policy")
    for policy in policies:
        document = policy.document
        texts = [
            text.start + ("" if text.status == "printed" else " (reconstructed)")
            for text in policy.texts
        ]
        table.add_row(
            policy.name,
            f"{document.payer} {document.number}, {document.title}",
            "\n".join(texts),
            str(len(policy.criteria)),
        )
    return table


def console(*, stderr: bool = False) -> Console:
    """Return the console; colour is off where the terminal or NO_COLOR asks for none."""
    return Console(stderr=stderr, highlight=False, emoji=False, markup=False)
