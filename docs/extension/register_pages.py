# SPDX-License-Identifier: Apache-2.0
"""The vocabulary and the register of readings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docs.extension.markdown import bullets, fold, html, joined, named, role, table, text
from docs.extension.names import criteria, outside
from docs.extension.words import cited, meaning
from docs.extension.worked import differing
from lutalogic.case import Case
from lutalogic.markup import html as shown
from lutalogic.reading_effects import joined_by
from lutalogic.rulebase import policies, rule_base
from lutalogic.statements import below
from lutalogic.trace import facts_read
from lutalogic.words import fact_words, option_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lutalogic.decision import Decision
    from lutalogic.rules import Attribute, Reading

#: So many facts that a reading bears on are told before all facts of a patient.
_MOST: Final = 8


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
    lines = [
        f"{attribute.type}: {_values(attribute)}",
        f"supplied by: {text(base.suppliers[attribute.supplier])}",
        f"how it changes: {text(base.changes[attribute.change])}",
        f"read by: {_readers(attribute.name)}",
    ]
    body = "\n".join(f"* {line}" for line in lines)
    head = f"```{{kb:attribute}} {attribute.name}\n```"
    return f"{head}\n\n{text(attribute.meaning)}.\n\n{body}"


def _readers(attribute: str) -> str:
    """Return who reads a fact: criteria, and policies where they say how these join."""
    told = [
        role("criterion", name)
        for name, (_, criterion) in criteria().items()
        if attribute in facts_read(criterion.node)
    ]
    joins = [role("policy", p.name) for p in policies() if attribute in outside(p)]
    if joins:
        told.append(f"in how the criteria join, of {', '.join(joins)}")
    return ", ".join(told) or "no criterion of any policy; it is kept for reference knowledge"


def _values(attribute: Attribute) -> str:
    if attribute.range != (0, 0):
        low, high = attribute.range
        never = ', or "never"' * (attribute.type == "elapsed")
        return text(f"{low} to {high} {attribute.unit}".rstrip() + never)
    values = attribute.values or ("false", "true")
    pairs = zip(values, option_words(attribute), strict=True)
    return ", ".join(
        f"`{value}`" if word == value else named(text(word), value) for value, word in pairs
    )


def ambiguity_page() -> str:
    """Return the register of readings, each with a patient on whom they differ."""
    base = rule_base()
    groups: dict[str, list[Reading]] = {}
    for reading in base.readings.values():
        groups.setdefault(_group(reading.name), []).append(reading)
    lines = []
    for group, readings in groups.items():
        lines += [(0, text(group)), *((1, role("reading", each.name)) for each in readings)]
    parts = [
        "# Where the texts can be read two ways",
        f"{len(base.readings)} places at which a text admits more than one reading. Each has a "
        "default; a decision can be taken under any, and says on which readings its outcome "
        "depends. The patients are from the tables of cases, decided now under both.",
        fold("All questions", bullets(lines)),
    ]
    for group, readings in groups.items():
        parts.append(f"## {text(group)}")
        parts += [_reading(reading) for reading in readings]
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
    for policy in policies():
        if joined := joined_by(policy).get(reading.name):
            binding = ", ".join(role("criterion", name) for name in joined)
            touched.append(f"when {binding} {'bind' if len(joined) > 1 else 'binds'}")
    where = ", ".join(touched) or "when a text begins"
    values = [f"by default: {named(text(reading.meanings[0]), reading.default)}"]
    more = []
    for value in reading.values[1:]:
        values.append(f"or: {named(text(meaning(reading, value)), value)}")
        more.append(_differing(reading, value))
    return "\n\n".join(
        [
            f"### {text(reading.question)}",
            f"```{{kb:reading}} {reading.name}\n:headed:\n```",
            "\n".join(f"* {value}" for value in values),
            f"Read in: {where}. Source: {cited(reading.sources)}.",
            *more,
        ]
    )


def _differing(reading: Reading, value: str) -> str:
    found = differing(reading.name, value)
    if found is None:
        return (
            f"No patient of the tables shows {named(text(meaning(reading, value)), value)} alone."
        )
    row, usual, other = found
    rows = [
        (text(name), *(_decided(d, usual, other) for d in (usual, other)))
        for name in ("outcome", "criteria that differ")
        for _decided in (_told[name],)
    ]
    heads = [
        "This patient, if it is",
        *(named(text(meaning(reading, each)), each) for each in (reading.default, value)),
    ]
    claim = f"{row.claim[0].upper()}{row.claim[1:]}"
    where = role("cases", f"{row.policy}/{row.file}:{row.line}", f"case {row.line}")
    compared = table(heads, rows, name=f"{reading.question} {meaning(reading, value)}")
    case = Case.from_mapping(row.facts)
    facts = fold("All facts of this patient", html(str(shown(case))))
    deciding = _deciding(reading, case, row.changed)
    return (
        f"{text(claim)} ({role('policy', row.policy)}, {where}, service on {row.on}):\n\n"
        f"{deciding}\n\n{compared}\n{facts}"
    )


def _deciding(reading: Reading, case: Case, changed: Mapping[str, object]) -> str:
    """Return the facts that the reading bears on, as the patient has them.

    Of a reading that bears on very many, those are told in which the patient differs from the
    one who is named in the tables.
    """
    base = rule_base()
    nodes = [n for n, node in enumerate(base.nodes) if node.reading == reading.name]
    names = dict.fromkeys(name for node in nodes for name in facts_read(node))
    kept = [name for name in names if name in case.facts]
    if len(kept) > _MOST or not kept:
        kept = [name for name in base.attributes if name in changed]
    told = [
        text(fact_words(name, case.possible.get(name), stated=True))
        if name in case.facts
        else f"{text(base.attributes[name].label)} not documented"
        for name in kept
    ]
    return f"What it turns on: {'; '.join(told)}." if told else ""


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
