# SPDX-License-Identifier: Apache-2.0
"""The vocabulary, the ambiguity register, the dated texts and the two payers side by side."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from docs.extension.markdown import bullets, fold, html, joined, role, table, text
from docs.extension.names import criteria
from docs.extension.trees import in_force
from docs.extension.words import cited
from docs.extension.worked import differing
from lutalogic.case import Case
from lutalogic.compare import compare
from lutalogic.markup import html as shown
from lutalogic.rulebase import policies, rule_base
from lutalogic.statements import below, statement
from lutalogic.trace import facts_read
from lutalogic.words import option_words

if TYPE_CHECKING:
    from lutalogic.decision import Decision
    from lutalogic.rules import Attribute, Policy, Reading

#: Two criteria stand side by side that share this part of the facts they read.
_NEAR: Final = 0.3


def vocabulary_page() -> str:
    """Return the page of all attributes, by group."""
    base = rule_base()
    parts = [
        "# Vocabulary",
        f"The {len(base.attributes)} facts that a case may state. A fact that is left out is "
        "unknown, never no; a number may be an interval (`<5`, `>=60`, `2-10`); the empty set is "
        "a documented none. See [how values are read](../input.md).",
    ]
    group = ""
    for attribute in base.attributes.values():
        if attribute.group != group:
            group = attribute.group
            parts.append(f"## {text(group.replace('_', ' ').capitalize())}")
        parts.append(_attribute(attribute))
    return joined(*parts)


def _attribute(attribute: Attribute) -> str:
    base = rule_base()
    readers = [name for name, (_, c) in criteria().items() if attribute.name in facts_read(c.node)]
    lines = [
        f"{attribute.type}: {_values(attribute)}",
        f"supplied by: {text(base.suppliers[attribute.supplier])}",
        f"how it changes: {text(base.changes[attribute.change])}",
        f"read by: {', '.join(role('criterion', name) for name in readers) or 'no criterion'}",
    ]
    body = "\n".join(f"* {line}" for line in lines)
    head = f"```{{kb:attribute}} {attribute.name}\n```"
    return f"{head}\n\n**{text(attribute.label)}.** {text(attribute.meaning)}.\n\n{body}"


def _values(attribute: Attribute) -> str:
    if attribute.range != (0, 0):
        low, high = attribute.range
        never = ', or "never"' * (attribute.type == "elapsed")
        return text(f"{low} to {high} {attribute.unit}".rstrip() + never)
    named = attribute.values or ("false", "true")
    pairs = zip(named, option_words(attribute), strict=True)
    return ", ".join(
        f"`{value}`" + (f" ({text(word)})" if word != value.replace("_", " ") else "")
        for value, word in pairs
    )


def ambiguity_page() -> str:
    """Return the register of readings, each with a patient on whom they differ."""
    base = rule_base()
    parts = [
        "# Where the texts can be read two ways",
        f"{len(base.readings)} places at which a text admits more than one reading. Each has a "
        "default; a decision can be taken under any, and says on which readings its outcome "
        "depends. The patients are from the tables of cases, decided now under both.",
    ]
    for group in dict.fromkeys(_group(name) for name in base.readings):
        parts.append(f"## {text(group)}")
        parts += [_reading(r) for name, r in base.readings.items() if _group(name) == group]
    return joined(*parts)


def _group(name: str) -> str:
    payers = dict.fromkeys(p.document.payer for p in policies() if name in p.readings)
    return " and ".join(payers) or "None"


def _reading(reading: Reading) -> str:
    touched = [
        role("criterion", name)
        for name, (_, criterion) in criteria().items()
        if any(rule_base().nodes[n].reading == reading.name for n in below(criterion.node))
    ]
    where = ", ".join(touched) or "how the criteria join, or when a text begins"
    values = [f"`{reading.default}`, the default: {text(reading.meanings[0])}"]
    more = []
    for value, meaning in zip(reading.values[1:], reading.meanings[1:], strict=True):
        values.append(f"`{value}`: {text(meaning)}")
        more.append(_differing(reading, value))
    return "\n\n".join(
        [
            f"```{{kb:reading}} {reading.name}\n```",
            f"**{text(reading.question)}**",
            "\n".join(f"* {value}" for value in values),
            f"Read in: {where}. Source: {cited(reading.sources)}.",
            *more,
        ]
    )


def _differing(reading: Reading, value: str) -> str:
    found = differing(reading.name, value)
    if found is None:
        return f"No patient of the tables shows `{value}` alone."
    row, usual, other = found
    rows = [
        (text(name), *(_decided(d, usual, other) for d in (usual, other)))
        for name in ("outcome", "criteria that differ")
        for _decided in (_told[name],)
    ]
    heads = ["A patient", f"`{reading.default}`", f"`{value}`"]
    claim = f"{row.claim[0].upper()}{row.claim[1:]}"
    where = role("cases", f"{row.policy}/{row.file}", f"case {row.line}")
    compared = table(heads, rows, name=f"{reading.name}: {reading.default} or {value}")
    facts = fold("The facts of this patient", html(str(shown(Case.from_mapping(row.facts)))))
    return (
        f"{text(claim)} ({role('policy', row.policy)}, {where}, service on {row.on}):\n\n"
        f"{compared}\n{facts}"
    )


def _outcome(decision: Decision, usual: Decision, other: Decision) -> str:
    del usual, other
    return text(decision.outcome.words)


def _criteria(decision: Decision, usual: Decision, other: Decision) -> str:
    names = dict.fromkeys([*usual.criteria, *other.criteria])
    told = [
        f"{role('criterion', name)} {decision.criteria.get(name, 'left out')}"
        for name in names
        if usual.criteria.get(name) != other.criteria.get(name)
    ]
    return ", ".join(told) or "none: only how they join"


_told = {"outcome": _outcome, "criteria that differ": _criteria}


def texts_page() -> str:
    """Return the dated texts of all policies, each with what differs from the one before."""
    parts = [
        "# Dated texts and their differences",
        "What held on a date of service. Texts before the printed ones are reconstructed from the "
        "change log of the document, whose earlier wording is not printed. Where no text is on "
        "record, a request needs information. Shown is what each criterion asks under the default "
        "readings.",
    ]
    for policy in policies():
        parts.append(
            f"## {text(policy.title)}\n\n{role('policy', policy.name)}. "
            f"Before: {text(policy.before)}."
        )
        default = (0,) * len(policy.readings)
        before: dict[str, list[tuple[int, str]]] = {}
        for entry in policy.texts:
            now = _asked(policy, default, entry.start)
            lines = list(_changes(before, now)) if before else []
            parts.append(
                f"### From {entry.start}\n\n"
                f"{text(entry.change)}. {entry.status.capitalize()}; {cited(entry.sources)}.\n\n"
                + (bullets(lines) or ("" if before else "The first text on record."))
                + ("" if lines or not before else "No criterion asks for anything else.")
            )
            before = now
    return joined(*parts)


def _asked(policy: Policy, choices: tuple[int, ...], day: str) -> dict[str, list[tuple[int, str]]]:
    """Return what each criterion asks on a day, line by line; nothing of those not in force."""
    found = {}
    for criterion in policy.criteria:
        made = statement(policy, choices, day, criterion.node)
        lines = list(made.lines())[1:] if made else []
        found[criterion.id] = lines or ([(1, made.demand or made.sentence)] if made else [])
    return found


def _changes(
    before: dict[str, list[tuple[int, str]]], now: dict[str, list[tuple[int, str]]]
) -> list[tuple[int, str]]:
    told: list[tuple[int, str]] = []
    for name, lines in now.items():
        old = before[name]
        if lines == old:
            continue
        sentence = text(criteria()[name][1].sentence)
        told.append((0, f"{role('criterion', name)} {sentence}"))
        if not lines or not old:
            told.append((1, "no longer asked" if old else "new"))
            continue
        for kind, a, b, c, d in SequenceMatcher(None, old, lines, autojunk=False).get_opcodes():
            if kind != "equal":
                told += [(1, f"no longer: {text(line)}") for _, line in old[a:b]]
                told += [(1, f"new: {text(line)}") for _, line in lines[c:d]]
    return told


def payers_page() -> str:
    """Return Lutathera at both payers, side by side, as a comparison proves it."""
    by_drug: dict[str, list[str]] = {}
    for drug in rule_base().knowledge.drugs:
        by_drug[drug.title] = list(drug.policies)
    parts = [
        "# Two payers side by side",
        "What one policy covers and the other does not, proved over every request there can be "
        "([how](../comparing.md)). Criteria stand beside those of the other payer that read the "
        "same facts.",
    ]
    for title, names in by_drug.items():
        if len(names) < 2:
            continue
        first, second = sorted(names, reverse=True)
        compared = compare(first, second)
        parts += [
            f"## {text(title)}",
            f"{role('policy', first)} and {role('policy', second)}. {text(compared.verdict)}",
            "### The criteria of each",
            _criteria_of(first, second),
            "### What is proved",
            html(str(shown(compared))),
        ]
    return joined(*parts)


def _criteria_of(first: str, second: str) -> str:
    """Return the criteria of two policies, those side by side that share most of their facts."""
    now = [
        {c.id: set(facts_read(c.node)) for c in rule_base().policies[name].criteria
         if not in_force(c.id)}
        for name in (first, second)
    ]  # fmt: skip
    left, right = now
    near = sorted(
        (
            (len(a & b) / len(a | b), one, other)
            for one, a in left.items()
            for other, b in right.items()
        ),
        key=lambda found: -found[0],
    )
    beside: dict[str, str] = {}
    for share, one, other in near:
        if share >= _NEAR and one not in beside and other not in beside.values():
            beside[one] = other
    rows = [(_criterion(one), _criterion(beside[one]) if one in beside else "") for one in left]
    rows += [("", _criterion(other)) for other in right if other not in beside.values()]
    heads = [text(rule_base().policies[name].title) for name in (first, second)]
    return table(heads, rows, name="The criteria of both payers")


def _criterion(name: str) -> str:
    return f"{role('criterion', name)} {text(criteria()[name][1].sentence)}"
