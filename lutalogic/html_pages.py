# SPDX-License-Identifier: Apache-2.0
"""Cases, decisions, explanations and what the rule base says, as a notebook shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lutalogic.answers import Outcome, Truth
from lutalogic.browse import pages
from lutalogic.case import Case
from lutalogic.decision import Decision
from lutalogic.decision_lines import criterion_lines, no_text_line, section_lines
from lutalogic.explain import Explanation, line_parts
from lutalogic.markup import (
    Markup,
    Row,
    below,
    bullets,
    chip,
    fold,
    heading,
    html,
    joined,
    page,
    quiet,
    small,
    table,
    titled,
    tree,
)
from lutalogic.rulebase import rule_base
from lutalogic.rules import Criterion, Policy, Reading
from lutalogic.words import DISCLAIMER, UNDOCUMENTED, fact_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lutalogic.reasons import Reason
    from lutalogic.rules import Source

_MARKS: Final = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "?"}
#: How a page tints what it says of an outcome.
KINDS: Final = {
    Outcome.MET: "true",
    Outcome.NOT_MET: "false",
    Outcome.NEEDS_INFORMATION: "unknown",
}
_HEADS: Final = ("Criterion", "Holds", "Asks")
#: A tree of more lines than this shows its first levels alone, until one opens the others.
_WHOLE: Final = 16
_LEVELS: Final = 2


@html.register(Case)
def _case_html(case: Case) -> Markup:
    """Return the documented facts of a case, as a table by groups."""
    rows: list[list[str]] = []
    group = ""
    for name in case.facts:
        attribute = rule_base().attributes[name]
        if attribute.group != group:
            group = attribute.group
            rows.append([group.replace("_", " ")])
        told = fact_words(name, case.possible.get(name), stated=True)
        value = told.removeprefix(attribute.label).removeprefix(":").strip()
        how = case.derivations.get(name)
        derived = [below(f"derived: {how}")] if how else []
        rows.append([attribute.label, joined([value, *derived]), quiet(name)])
    shown = table(["Fact", "Value", "Name"], rows, bold=False) if rows else small(UNDOCUMENTED)
    return page(heading("Case"), shown)


@html.register(Decision)
def _decision_html(decision: Decision) -> Markup:
    """Return a decision: outcome, criteria that decide, what else to know, and the reasons."""
    title = heading(*decision.heading, kind=KINDS[decision.outcome])
    if not decision.text_in_force:
        return page(title, bullets([no_text_line(decision)]), small(DISCLAIMER))
    deciding = [
        (
            line.id,
            truth_html(line.truth),
            joined([line.sentence, "  ", quiet(line.places), below(*line.facts)]),
        )
        for line in criterion_lines(decision)
    ]
    sections = [titled(f"{name}:", bullets(told)) for name, told in section_lines(decision) if told]
    folds = [fold("Why: the shortest reasons", reasons_html(decision.why()))]
    if decision.outcome is not Outcome.MET:
        folds.append(fold("Why not: what stands in the way", reasons_html(decision.why_not())))
    sentences = {criterion.id: criterion.sentence for criterion in decision.policy.criteria}
    every = [(name, truth_html(t), sentences[name]) for name, t in decision.criteria.items()]
    folds.append(fold("All criteria in force", table(_HEADS, every)))
    return page(title, table(_HEADS, deciding), *sections, *folds, small(DISCLAIMER))


@html.register(Explanation)
def _explanation_html(explanation: Explanation) -> Markup:
    """Return an explanation: its heading, its reasons as a tree, its remarks."""
    kind = KINDS[Outcome(explanation.about["outcome"])]
    if explanation.about["criterion"] and explanation.root:
        kind = explanation.root.truth.value
    *remarks, disclaimer = explanation.remarks()
    told = [bullets(remarks)] if remarks else []
    return page(
        heading(*explanation.heading, kind=kind),
        reasons_html(explanation),
        *told,
        small(disclaimer),
    )


def reasons_html(explanation: Explanation) -> Markup:
    """Return the reasons of an explanation as a tree that folds."""
    rows = [Row(depth, _reason_html(reason)) for depth, reason in explanation.shown()]
    return tree(rows, levels=_LEVELS if len(rows) > _WHOLE else len(rows))


def _reason_html(reason: Reason) -> Markup:
    first, places, more = line_parts(reason)
    sources = "\n".join(map(str, reason.statement.sources))
    cited = [quiet(f"  [{places}]", title=sources)] if places else []
    return joined([chip(reason.mark, reason.truth.value), " ", first, *cited, below(*more)])


def truth_html(truth: Truth) -> Markup:
    """Return a truth as a mark that is read without colour."""
    return chip(_MARKS[truth], truth.value)


@html.register(Policy)
def _policy_html(policy: Policy) -> Markup:
    """Return what a policy is: texts, criteria, readings."""
    return _browsed(policy.name, "policy")


@html.register(Criterion)
def _criterion_html(criterion: Criterion) -> Markup:
    """Return what a criterion asks: by default, read otherwise, over time."""
    return _browsed(criterion.id, "criterion")


@html.register(Reading)
def _reading_html(reading: Reading) -> Markup:
    """Return what a reading chooses, and which criteria it touches."""
    return _browsed(reading.name, "reading")


def _browsed(name: str, kind: str) -> Markup:
    """Return the page on a name of the rule base; all but its first section are folded."""
    found = next(found for found in pages(name) if found.kind == kind)
    title = heading(f"{found.name}  {found.title}", found.where, _cited(found.sources))
    sections = [
        fold(f"{head}:", tree([Row(*line) for line in lines], levels=len(lines)), opened=place == 0)
        for place, (head, lines) in enumerate(found.sections)
    ]
    return page(title, *sections)


def _cited(sources: Iterable[Source]) -> str:
    return "; ".join(map(str, sources))
