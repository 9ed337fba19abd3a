# SPDX-License-Identifier: Apache-2.0
"""A page for each criterion: what it asks, whence, since when, how read, what rests on it."""

from __future__ import annotations

import re
from functools import cache, partial
from html import escape
from typing import TYPE_CHECKING, Final

from docs.extension.markdown import bullets, fold, html, joined, named, role, slug, table, text
from docs.extension.names import criteria
from docs.extension.proofs import proofs
from docs.extension.text_pages import history
from docs.extension.trees import asked, in_force
from docs.extension.vector_pages import in_words, mistakes_of, places_of, vectors_of
from docs.extension.words import attributes, cited, conditions, meaning, reading_line, taken
from docs.extension.worked import example, tables
from lutalogic.case import Case
from lutalogic.markup import element
from lutalogic.markup import html as shown
from lutalogic.reading_effects import OTHERWISE, effects, joined_by
from lutalogic.rulebase import rule_base
from lutalogic.statements import below
from lutalogic.trace import facts_read

if TYPE_CHECKING:
    from lutalogic.reading_effects import Effect
    from lutalogic.rules import Criterion, Policy

#: The most vectors that a page names at once.
_MOST: Final = 12
#: How the place of a mistake is written where its words would not tell it.
_PLACES: Final = (
    "Where two mistakes would read alike, their place is told among the parts of the criterion: "
    "place 2.1 is the first part of the second part, and what follows a colon is the change."
)
#: The lines that fold what stands below them.
_FOLDING: Final = re.compile(r"(<summary\b.*?</summary>)", re.DOTALL)
#: A reading with a value, as explanations write it.
_CHOSEN: Final = re.compile(r"(\bif )?\b([a-z]\w+) = (\w+)")


def criterion_page(name: str) -> str:
    """Return the page of a criterion."""
    policy, criterion = criteria()[name]
    return joined(
        f"# {name}: {text(criterion.sentence)}",
        f"```{{kb:criterion}} {name}\n:headed:\n```",
        _head(policy, criterion),
        f"## What it asks\n\n{_asks(name)}",
        f"```{{kb:tree}} {name}\n```",
        f"## Source\n\n{_sources(criterion)}",
        f"## History\n\n{history(policy, name)}",
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
    joins = [reading for reading, joined in joined_by(policy).items() if name in joined]
    if not names and not joins:
        return f"None: the text of {policy.document.payer} admits one reading here."
    found = {
        (e.reading, e.value): e for e in effects(policy, criterion.node, policy.texts[-1].start)
    }
    told = []
    for reading in names:
        entry = base.readings[reading]
        rows = [(0, f"by default: {named(text(entry.meanings[0]), entry.default)}")]
        for value, means in zip(entry.values[1:], entry.meanings[1:], strict=True):
            rows += _effect(name, named(text(means), value), found.get((reading, value)))
        told.append(f"{reading_line(reading)}\n{bullets(rows)}")
    for reading in joins:
        entry = base.readings[reading]
        others = [role("criterion", each) for each in joined_by(policy)[reading] if each != name]
        beside = f", together with {', '.join(others)}" if others else ""
        rows = [(0, f"by default: {named(text(entry.meanings[0]), entry.default)}")]
        values = zip(entry.values[1:], entry.meanings[1:], strict=True)
        rows += [(0, f"or: {named(text(means), value)}") for value, means in values]
        told.append(f"When it binds{beside}, is read too. {reading_line(reading)}\n{bullets(rows)}")
    return "\n\n".join(told)


def _effect(name: str, means: str, effect: Effect | None) -> list[tuple[int, str]]:
    """Return what a reading changes in a criterion, below what it says."""
    if effect is None:
        return [(0, f"or: {means}; what the latest text asks here stays the same")]
    beside = f", beside the answer to {taken(*effect.beside)}" if effect.beside else ""
    if effect.lines == ((0, "nothing"),):
        return [(0, f"or: {means}{beside}; then {name} is not asked")]
    inside = [line for depth, line in effect.lines if line.endswith(OTHERWISE)]
    others = [role("criterion", line.removesuffix(OTHERWISE)) for line in inside]
    more = _stepped([(d, _marked(line)) for d, line in effect.lines if line not in inside])
    half = len(more) // 2
    if twice := len(more) > 1 and more[:half] == more[half:]:
        more = more[:half]
    elsewhere = f"it asks otherwise in {', '.join(others)}" if others else ""
    if not more:
        return [(0, f"or: {means}{beside}; then {elsewhere}")]
    also = f" (and {elsewhere})" if others else ""
    head = f"or: {means}{beside}; then{', in two places' * twice}{also}:"
    return [(0, head), *((depth + 1, line) for depth, line in more)]


def _worked(policy: Policy, name: str) -> str:
    told = []
    for truth, word in (("true", "meets"), ("false", "fails")):
        row = example(policy.name, name, truth)
        if row is None:
            told.append(f"## A patient who {word} it\n\nNone is on record.")
            continue
        decision = row.decision()
        read = "".join(f" Read so: {taken(n, v)}." for n, v in row.readings.items())
        on = f"Service on {row.on}.{read} Outcome: **{decision.outcome.words}**."
        where = role(
            "cases", f"{policy.name}/{row.file}:{row.line}", f"case {row.line} of its table"
        )
        claim = f"{row.claim[0].upper()}{row.claim[1:]}"
        told.append(
            f"## A patient who {word} it\n\n{text(claim)} ({where}). {on}\n\n"
            + html(_linked(str(shown(decision.why(name)))))
            + "\n"
            + fold("The facts of this patient", html(str(shown(Case.from_mapping(row.facts)))))
        )
    return "\n\n".join(told)


def _linked(markup: str) -> str:
    """Return HTML in which readings are told in words and lead to the register.

    A line that folds is a control itself and may hold no other, so that none in it leads away.

    >>> _linked("<li>met if p_washout_days = 42</li>")[-67:]
    '</a> is “42 days” <code class="kb-id">p_washout_days=42</code></li>'
    >>> _linked("<summary>L-6 [read as p_washout_days = 42]</summary>")
    '<summary>L-6 [read as <code class="kb-id">p_washout_days=42</code>]</summary>'
    """

    def link(found: re.Match[str], *, leads: bool) -> str:
        condition, name, value = found.groups()
        if name not in rule_base().readings:
            return found[0]
        reading = rule_base().readings[name]
        there = f"../ambiguities.html#reading-{slug(name)}"
        code = element("code", f"{name}={value}", **{"class": "kb-id"})
        if not condition:
            return str(element("a", code, href=there) if leads else code)
        answer = f" is “{meaning(reading, value)}” "
        asked = reading.question
        question = element("a", asked, href=there) if leads else escape(asked)
        return f"{condition}the answer to {question}{escape(answer)}{code}"

    return "".join(
        _CHOSEN.sub(partial(link, leads=not part.startswith("<summary")), part)
        for part in _FOLDING.split(markup)
    )


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
    return named(role("theorem", name), name)


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
    none = f"; of the other {proved} it is proved that they change no answer" * bool(proved)
    count = (
        f"{len(vectors)} vectors of the [conformance suite](../../conformance.md) show "
        f"between them {len(mistakes) - proved} of the {len(mistakes)} mistakes that can be made "
        f"in this criterion{none}. Those that show most: {shown_most}."
    )
    places = places_of(policy.name, name)
    rows = [
        (
            in_words(each.mistake),
            text(places[each.mutant]),
            "no vector can: proved to change no answer"
            if each.equivalent
            else ", ".join(role("vector", v, v.partition("/")[2]) for v in each.vectors(1)[:3])
            + (" …" if len(each.vectors(1)) > 3 else ""),
        )
        for each in mistakes
    ]
    listed = table(["Mistake", "Where", "Shown by"], rows, name=f"Mistakes in {name}")
    return "\n\n".join(
        [
            f"Cases by hand, each decided by the engine and by an independent evaluator:\n\n"
            f"{bullets(lines)}",
            count,
            fold(f"All {len(mistakes)} mistakes", f"{_PLACES}\n\n{listed}"),
            "Properties that hold for all of the program: "
            "[verified properties](../../verified-properties.md).",
        ]
    )
