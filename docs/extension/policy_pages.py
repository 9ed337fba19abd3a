# SPDX-License-Identifier: Apache-2.0
"""A page for each policy, and one with the tables of its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docs.extension.markdown import bullets, fold, html, joined, role, slug, table, text
from docs.extension.names import criterion_page
from docs.extension.trees import asked, in_force
from docs.extension.vector_pages import mistakes_of
from docs.extension.words import cited, conditions, meaning, reading_line, status
from docs.extension.worked import ON, Worked, cases, patients
from lutalogic.case import Case
from lutalogic.entries import Approval, BillingCode, Regimen
from lutalogic.markup import Markup, element
from lutalogic.markup import html as shown
from lutalogic.rulebase import rule_base
from lutalogic.words import DISCLAIMER, fact_words

if TYPE_CHECKING:
    from lutalogic.rules import Policy


def policy_page(name: str) -> str:
    """Return the page of a policy: its tree, what it asks in order, texts, readings, advice."""
    policy = rule_base().policies[name]
    pages = "\n".join(criterion_page(c.id).rpartition("/")[2] for c in policy.criteria)
    return joined(
        f"# {text(policy.title)}",
        f"```{{kb:policy}} {name}\n:headed:\n```",
        f"{text(policy.document.citation)}. {text(policy.document.title)}. The latest text, under "
        f"the default readings. {text(DISCLAIMER)}",
        f"## As a tree\n\nA request is met where all of it holds. Each box of a criterion leads to "
        f"its page, which has what it asks.\n\n```{{kb:tree}} {name}\n```",
        f"## As text\n\n{conditions(asked(name))}",
        f"## Criteria in the document's order\n\n{_criteria(policy)}",
        f"## Dated texts\n\n{_texts(policy)}",
        f"## Readings\n\n{bullets((0, reading_line(r)) for r in policy.readings)}",
        f"## Advice, which decides nothing\n\n{_advice(policy)}",
        f"## Tests\n\n{_tests(policy)}",
        f"```{{toctree}}\n:hidden:\n\n{pages}\ncases\nvectors\n```",
    )


def _criteria(policy: Policy) -> str:
    told = []
    for criterion in policy.criteria:
        sources = cited([s for s in criterion.sources if s.document is policy.document][:2],
                        document=False)  # fmt: skip
        note = in_force(criterion.id).removesuffix(" What it asked before:").rstrip(":")
        told.append(
            f"### {role('criterion', criterion.id)}\n\n"
            f"{text(criterion.sentence)}. {f'*{note.rstrip(chr(46))}.* ' if note else ''}"
            f"[{sources}]\n\n" + fold("In full", conditions(asked(criterion.id)))
        )
    return "\n\n".join(told)


def _texts(policy: Policy) -> str:
    rows = [
        (
            entry.start,
            text(status(entry)),
            text(entry.change),
            cited(entry.sources, document=False),
        )
        for entry in policy.texts
    ]
    listed = table(["From", "Text", "What changed", "Source"], rows, name="Dated texts")
    before = f"Before: {text(policy.before)}."
    return f"{listed}\n{before} [All texts with their differences](../texts.md)."


def _advice(policy: Policy) -> str:
    lines = [(0, text(each)) for each in policy.advice]
    for entry in rule_base().knowledge.entries:
        if isinstance(entry, (Regimen, Approval, BillingCode)) and entry.policy == policy.name:
            code = f"{entry.code}: " if isinstance(entry, BillingCode) else ""
            told = f"{text(code)} {text(entry.sentence)}".strip()
            lines.append((0, f"{told} [{cited(entry.sources, document=False)}]"))
    return bullets(lines)


def _tests(policy: Policy) -> str:
    mistakes = mistakes_of(policy.name, "")
    return (
        f"* [{len(cases(policy.name))} cases by hand](cases.md), in the document's order\n"
        f"* [the vectors of the conformance suite](vectors.md); {len(mistakes)} of the mistakes "
        "that they are made to show are in how the criteria join, or in when the texts begin\n"
        "* [theorems](../theorems.md), proved over every record\n"
    )


def cases_page(name: str) -> str:
    """Return the page of the tables of cases of a policy."""
    policy = rule_base().policies[name]
    parts = [
        f"# Cases, {text(policy.title)}",
        f"The tables of `tests/kb/{name}`, row by row. A row varies a named patient who meets the "
        f"policy; service is on {ON} unless it says otherwise. Every row is decided by the engine "
        "and by an evaluator that was written apart from the rules.",
        f"## The named patients\n\n{_patients(name)}",
    ]
    tables: dict[str, list[Worked]] = {}
    for row in cases(name):
        tables.setdefault(row.file, []).append(row)
    for file, rows in tables.items():
        title = file.replace("_", " ")
        parts += [
            f"(cases-{slug(name)}-{slug(file)})=\n## {text(title)}",
            html(_table(file, title, rows)),
        ]
    return joined(*parts)


def _patients(policy: str) -> str:
    return "\n\n".join(
        html(f'<span id="patient-{slug(name)}"></span>')
        + fold(name, html(str(shown(Case.from_mapping(facts)))))
        for name, facts in patients(policy).items()
    )


def _table(file: str, title: str, rows: list[Worked]) -> str:
    heads = ("Row", "Claim", "What differs from the named patient", "Criteria", "Outcome")
    top = element("tr", *(element("th", head, scope="col") for head in heads))
    body = element("tbody", *(_row(row) for row in rows))
    made = element("table", element("thead", top), body)
    frame = f'<div class="kb-scroll" role="region" tabindex="0" aria-label="Cases {title}"'
    return f'{frame} id="cases-{slug(file)}">{made}</div>'


def _row(row: Worked) -> Markup:
    differs = [f"{_told(n, v)};" for n, v in row.changed.items()]
    differs += [f"on {row.on};"] * (row.on != ON)
    known = rule_base().readings
    differs += [
        f"read so: {known[n].question} {meaning(known[n], v)} [{n}={v}];"
        for n, v in row.readings.items()
    ]
    criteria = [f"{name} {truth or 'left out'}" for name, truth in row.criteria.items()]
    patient = element("a", row.base, href=f"#patient-{slug(row.base)}")
    return element(
        "tr",
        element("th", str(row.line), scope="row"),
        element("td", row.claim),
        element("td", patient, ": ", " ".join(differs).rstrip(";") or "nothing"),
        element("td", ", ".join(criteria)),
        element("td", row.outcome.replace("_", " ")),
        id=f"cases-{slug(row.file)}-{row.line}",
    )


def _told(name: str, value: object) -> str:
    """Return a fact of a row in words; a value of None takes it away."""
    known = Case.from_mapping({name: value}).possible.get(name)
    return fact_words(name, known, stated=value is not None)
