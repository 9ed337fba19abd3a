# SPDX-License-Identifier: Apache-2.0
"""A page for each criterion: what it asks, whence, since when, how read, what rests on it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from docs.extension.markdown import bullets, fold, html, joined, role, table, text
from docs.extension.names import criteria
from docs.extension.proofs import proofs
from docs.extension.trees import asked, in_force
from docs.extension.vector_pages import mistakes_of, vectors_of
from docs.extension.words import attributes, cited, conditions, reading_line
from docs.extension.worked import example, tables
from lutalogic.browse import pages
from lutalogic.case import Case
from lutalogic.markup import html as shown
from lutalogic.rulebase import rule_base
from lutalogic.statements import below
from lutalogic.trace import facts_read

if TYPE_CHECKING:
    from lutalogic.browse import Lines
    from lutalogic.rules import Criterion, Policy

#: The most vectors that a page names at once.
_MOST: Final = 12


def criterion_page(name: str) -> str:
    """Return the page of a criterion."""
    policy, criterion = criteria()[name]
    return joined(
        f"# {name}: {text(criterion.sentence)}",
        f"```{{kb:criterion}} {name}\n```",
        _head(policy, criterion),
        f"## What it asks\n\n{_asks(name)}",
        f"```{{kb:tree}} {name}\n```",
        f"## Source\n\n{_sources(criterion)}",
        f"## History\n\n{_history(policy, name)}",
        f"## Readings\n\n{_readings(policy, name)}",
        _worked(policy, name),
        f"## Theorems\n\n{_theorems(policy, name)}",
        f"## Tests and vectors\n\n{_tests(policy, name)}",
    )


def _head(policy: Policy, criterion: Criterion) -> str:
    jump = " · ".join(
        f"[{word}](#{anchor})"
        for word, anchor in (
            ("source", "source"),
            ("history", "history"),
            ("readings", "readings"),
            ("patients", "a-patient-who-meets-it"),
            ("theorems", "theorems"),
            ("tests", "tests-and-vectors"),
        )
    )
    first = criterion.sources[0]
    return (
        f"{role('policy', policy.name)}, {text(policy.document.citation)}; "
        f"{cited([first], document=False)}\n\nOn this page: {jump}"
    )


def _asks(name: str) -> str:
    _, criterion = criteria()[name]
    read = f"It reads: {attributes(facts_read(criterion.node))}."
    return "\n\n".join(filter(None, (in_force(name), conditions(asked(name)), read)))


def _sources(criterion: Criterion) -> str:
    lines = [(0, cited([source])) for source in criterion.sources]
    return f"{bullets(lines)}\nLines are those that the ledger counts; the documents are not shown."


def _sections(name: str) -> list[tuple[str, Lines]]:
    [page] = [page for page in pages(name) if page.kind == "criterion"]
    return list(page.sections)


def _history(policy: Policy, name: str) -> str:
    changed = [(head, lines) for head, lines in _sections(name) if head.startswith("From ")]
    texts = {t.start: t for t in policy.texts}
    if not changed:
        first = policy.texts[0]
        since = (
            f"Unchanged in all {len(policy.texts)} texts" if len(policy.texts) > 1 else "One text"
        )
        return f"{since}, from {first.start} ({first.status}) on."
    told = []
    for head, lines in changed:
        day = head.removeprefix("From ")
        entry = texts.get(day)
        status = f" ({entry.status}): {text(entry.change)}" if entry else ""
        told.append((0, f"**{day}**{status}"))
        told += [(depth + 1, _marked(line)) for depth, line in lines]
    note = "Of later texts only what differs is shown. See also [all dated texts](../texts.md)."
    return f"{bullets(_stepped(told))}\n{note}"


def _marked(line: str) -> str:
    if line.startswith("- "):
        return f"no longer: {text(line[2:])}"
    if line.startswith("+ "):
        return f"new: {text(line[2:])}"
    return text(line)


def _stepped(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return lines whose depths never grow by more than one, as a list has them."""
    kept: list[tuple[int, str]] = []
    stack: list[int] = []
    for depth, line in lines:
        while stack and stack[-1] >= depth:
            stack.pop()
        kept.append((len(stack), line))
        stack.append(depth)
    return kept


def _readings(policy: Policy, name: str) -> str:
    base, (_, criterion) = rule_base(), criteria()[name]
    within = dict.fromkeys(base.nodes[n].reading for n in below(criterion.node))
    names = [reading for reading in within if reading]
    if not names:
        return f"None: the text of {policy.document.payer} admits one reading here."
    sections = dict(_sections(name))
    told = []
    for reading in names:
        entry = base.readings[reading]
        values = [f"{reading_line(reading)}"]
        values.append(f"* by default: {text(entry.meanings[0])}")
        for value, meaning in zip(entry.values[1:], entry.meanings[1:], strict=True):
            head = f"{entry.question} {meaning} [{reading}={value}]"
            lines = sections.get(head)
            values.append(f"* or: {text(meaning)} (`{value}`)")
            if lines:
                more = [(depth + 1, _marked(line)) for depth, line in lines]
                values.append(bullets(_stepped([(0, "then:"), *more])).replace("* then:", "", 1))
        told.append("\n".join(filter(str.strip, values)))
    return "\n\n".join(told)


def _worked(policy: Policy, name: str) -> str:
    told = []
    for truth, word in (("true", "meets"), ("false", "fails")):
        row = example(policy.name, name, truth)
        if row is None:
            told.append(f"## A patient who {word} it\n\nNone is on record.")
            continue
        decision = row.decision()
        taken = "".join(f" Read with `{n}={v}`." for n, v in row.readings.items())
        on = f"Service on {row.on}.{taken} Outcome: **{decision.outcome.words}**."
        where = role("cases", f"{policy.name}/{row.file}", f"case {row.line} of its table")
        claim = f"{row.claim[0].upper()}{row.claim[1:]}"
        told.append(
            f"## A patient who {word} it\n\n{text(claim)} ({where}). {on}\n\n"
            + html(str(shown(decision.why(name))))
            + "\n"
            + fold("The facts of this patient", html(str(shown(Case.from_mapping(row.facts)))))
        )
    return "\n\n".join(told)


def _theorems(policy: Policy, name: str) -> str:
    alone, whole = _resting(policy.name, name)
    told = []
    if alone:
        told.append("Without this criterion these would not be proved:")
        told.append(bullets((0, _theorem(each)) for each in alone))
    else:
        told.append("No theorem needs this criterion alone.")
    if whole:
        lines = bullets((0, _theorem(each)) for each in whole)
        told.append(fold(f"Proved of the whole policy: {len(whole)}", lines))
    return "\n\n".join(told)


def _theorem(name: str) -> str:
    [theorem] = [each for each in rule_base().claims if each.name == name]
    return f"{text(theorem.sentence)} ({role('theorem', name)})"


@cache
def _resting(policy: str, name: str) -> tuple[list[str], list[str]]:
    """Return the theorems that need a criterion, and those that rest on the policy as a whole."""
    alone, whole = [], []
    for proof in proofs():
        if proof.status != "proved":
            continue
        if (policy, name) in proof.criteria:
            alone.append(proof.theorem.name)
        elif not proof.criteria and policy in proof.theorem.policies:
            whole.append(proof.theorem.name)
    return alone, whole


def _tests(policy: Policy, name: str) -> str:
    found = tables(policy.name, name)
    lines = []
    for file, rows in found.items():
        count = f"{len(rows)} case{'s' * (len(rows) != 1)}"
        lines.append((0, f"{role('cases', f'{policy.name}/{file}')}: {count}"))
    vectors, mistakes = vectors_of(policy.name, name), mistakes_of(policy.name, name)
    shown_most = ", ".join(role("vector", each, each.partition("/")[2]) for each in vectors[:_MOST])
    proved = sum(each.equivalent for each in mistakes)
    count = (
        f"{len(vectors)} vectors of the [conformance suite](../../conformance.md) show one of "
        f"{len(mistakes) - proved} mistakes in this criterion. Those that show most: {shown_most}."
    )
    rows = [
        (
            text(each.mistake),
            text(each.operator),
            "no vector can: proved to change no answer"
            if each.equivalent
            else ", ".join(role("vector", v, v.partition("/")[2]) for v in each.vectors(1)[:3])
            + (" …" if len(each.vectors(1)) > 3 else ""),
        )
        for each in mistakes
    ]
    listed = table(["Mistake", "Operator", "Shown by"], rows, name=f"Mistakes in {name}")
    return "\n\n".join(
        [
            f"Cases by hand, each decided by the engine and by an independent evaluator:\n\n"
            f"{bullets(lines)}",
            count,
            fold(f"All {len(mistakes)} mistakes", listed),
            "Properties that hold for all of the program: "
            "[verified properties](../../verified-properties.md).",
        ]
    )
