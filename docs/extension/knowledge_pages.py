# SPDX-License-Identifier: Apache-2.0
"""Reference knowledge, the theorems and the ledger of both documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docs.extension.ledger import ledger
from docs.extension.markdown import bullets, fold, joined, role, table, text
from docs.extension.names import criteria
from docs.extension.proofs import proofs
from docs.extension.words import attributes, cited, in_words
from lutalogic.entries import (
    ChecklistItem,
    Conditional,
    DiagnosticAgent,
    Indication,
    Recommendation,
    Scale,
    Trial,
    Verdict,
)
from lutalogic.rulebase import rule_base
from lutalogic.trace import facts_read

if TYPE_CHECKING:
    from docs.extension.ledger import Entry
    from lutalogic.entries import Entry as Known
    from lutalogic.proof import Proof

_TITLES: Final = {
    "recommendation": "Guideline recommendations",
    "indication": "Indications approved by the FDA",
    "trial": "Whom trials enrolled",
    "verdict": "The payers' verdicts on the evidence",
    "diagnostic_agent": "Imaging agents",
    "statement": "Notes on scope and service",
    "regimen": "Usual courses",
    "billing_code": "Billing codes",
    "approval": "Lengths of approval",
    "item": "Documentation lists",
    "second_route": "What is left after an outcome",
}


def knowledge_page() -> str:
    """Return all reference knowledge; none of it decides."""
    entries = rule_base().knowledge.entries
    parts = [
        "# Guidelines, labels, trials, scales",
        "What guidelines, labels, trials and the payers say besides. It is shown beside a "
        "decision and decides nothing ([how to ask for it](../reference.md)).",
    ]
    for kind, title in _TITLES.items():
        rows = [
            (_name(entry), text(entry.sentence) + _more(entry), cited(entry.sources))
            for entry in entries
            if entry.kind == kind
        ]
        parts += [f"## {title}", table(["Entry", "What it says", "Source"], rows, name=title)]
    parts.append("## Scales")
    for entry in entries:
        if isinstance(entry, Scale):
            rows2 = [(text(grade.value), text(grade.meaning)) for grade in entry.grades]
            read = (
                f"Facts given on it: {attributes(entry.attributes)}. " if entry.attributes else ""
            )
            parts += [
                f"### {text(entry.sentence)}",
                f"{read}Source: {cited(entry.sources)}.",
                table(["Value", "Meaning"], rows2, name=entry.sentence),
            ]
    return joined(*parts)


def _name(entry: Known) -> str:
    match entry:
        case Recommendation():
            return text(f"{entry.guideline} {entry.category}".strip())
        case Indication():
            return text(f"{entry.drug} {entry.start}")
        case Trial() | DiagnosticAgent():
            return text(entry.name)
        case Verdict():
            return text(entry.finding)
        case ChecklistItem():
            return text(f"{rule_base().policies[entry.policy].title}, {entry.stage}")
        case _:
            return text(getattr(entry, "code", entry.id.replace("_", " ")))


def _more(entry: Known) -> str:
    if isinstance(entry, ChecklistItem) and entry.criteria:
        return f" (for {', '.join(role('criterion', each) for each in entry.criteria)})"
    if isinstance(entry, Conditional) and (read := facts_read(entry.node)):
        return f"; reads {attributes(read)}"
    return ""


def theorem_page() -> str:
    """Return the theorems with what became of them."""
    found = proofs()
    proved = [each for each in found if each.status == "proved"]
    others = [each for each in found if each.status != "proved"]
    return joined(
        "# Theorems",
        f"{len(proved)} statements are proved over every record there can be, and {len(others)} "
        "that sound likely are refuted, each by a patient. All were proved or refuted anew when "
        "this page was made ([how](../proofs.md)); what else is claimed of rules and program "
        "stands among the [verified properties](../verified-properties.md).",
        "## Proved",
        *(_theorem(each) for each in proved),
        "## Refuted",
        *(_theorem(each) for each in others),
    )


def _theorem(proof: Proof) -> str:
    theorem = proof.theorem
    resting = ""
    if proof.criteria:
        named = ", ".join(role("criterion", name) for _, name in proof.criteria)
        resting = f"Without any one of these it would not be proved: {named}."
    read = ", ".join(role("reading", name) for name in proof.readings)
    lines = [
        (depth, in_words(line))
        for depth, line in proof.lines(sentences=False)
        if not (proof.criteria and line.startswith("rests on"))
    ]
    about = ", ".join(role("policy", name) for name in theorem.policies)
    words = f"{proof.words.capitalize()}: {theorem.sentence}."
    return "\n\n".join(
        filter(
            None,
            [
                f"```{{kb:theorem}} {theorem.name}\n:words: {json.dumps(words)}\n```",
                f"About {about}." if about else "",
                resting,
                f"It depends on how one answers: {read}" if read else "",
                bullets(lines) if proof.witness is None else fold("By whom", bullets(lines)),
                fold("As it is written", f"```prolog\n{theorem.written}\n```"),
            ],
        )
    )


def ledger_page(document: str) -> str:
    """Return the ledger of a document: what became of each of its lines."""
    told = rule_base().documents[document]
    entries = ledger(document)
    rows = [
        (
            f"{{kb:at}}`{document} {entry.lines}`",
            text(entry.heading),
            _status(entry),
            text(entry.note),
        )
        for entry in entries
    ]
    counted = {s: sum(e.status == s for e in entries) for s in _STATUS}
    summary = ", ".join(f"{_STATUS[s]}: {n}" for s, n in counted.items())
    return joined(
        f"# Ledger of {text(told.payer)} {text(told.number)}",
        f"{text(told.title)}, effective {text(told.effective)}, reviewed {text(told.reviewed)}. "
        f"What became of each of its {told.lines} lines, in {len(entries)} entries ({summary}). "
        "The document is its payer's; the notes are in words of our own, and its sentences are "
        "not shown. Lines, also empty ones, are those of the plain text that the rules were "
        "written from. Another extraction may break them elsewhere: section and item, which every "
        "source names, lead to the place in any form of the document.",
        table(["Lines", "Treats", "What became of it", "Note"], rows, name="Ledger"),
        _not_formalised(document),
    )


_STATUS: Final = {
    "encoded": "said by rules",
    "reference": "reference knowledge",
    "not_formalised": "not formalised",
    "out_of_scope": "out of scope",
}


def _status(entry: Entry) -> str:
    told = _STATUS[entry.status]
    if entry.status == "encoded":
        ids = ", ".join(
            role("criterion" if each in criteria() else "reading", each) for each in entry.ids
        )
        return f"{told}: {ids}"
    if entry.status == "reference":
        return f"[{told}](knowledge.md): {text(entry.why.replace('_', ' '))}"
    return f"{told}: {text(entry.why)}"


def _not_formalised(document: str) -> str:
    data = json.loads((Path(__file__).parents[2] / "lutalogic/rulebase.json").read_text())
    rows = [
        (text(each["section"]), text(each["why"]))
        for each in data["not_formalised"]
        if each["document"] == document
    ]
    listed = table(["Section", "Why"], rows, name="Not formalised")
    return f"## What is not formalised, and why\n\n{listed}" if rows else ""
