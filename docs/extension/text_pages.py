# SPDX-License-Identifier: Apache-2.0
"""The dated texts: what held on which day, what differs, and what the change log leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docs.extension.ledger import log, warnings
from docs.extension.markdown import bullets, joined, role, slug, table, text
from docs.extension.names import criteria
from docs.extension.words import cited, status, taken, within
from lutalogic.rulebase import policies, rule_base
from lutalogic.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docs.extension.ledger import Entry
    from lutalogic.rules import Policy, Text

#: What each criterion asks, line by line; nothing of those that are not in force.
_Asked = dict[str, list[tuple[int, str]]]


def texts_page() -> str:
    """Return the dated texts of all policies, each with what differs from the one before."""
    parts = [
        "# Dated texts and their differences",
        "What held on a date of service. A document prints the wording of one day; texts before "
        "it are reconstructed from the change log, which does not print earlier wording. Where no "
        "text is on record, a request needs information. Shown is what each criterion asks under "
        "the default readings.",
        f"## By date and payer\n\n{_by_date()}",
    ]
    for policy in policies():
        parts.append(
            f"## {text(policy.title)}\n\n{role('policy', policy.name)}. "
            f"Before: {text(policy.before)}."
        )
        default = (0,) * len(policy.readings)
        before: _Asked = {}
        ends = [entry.start for entry in policy.texts[1:]] + ["9999-12-31"]
        for entry, end in zip(policy.texts, ends, strict=True):
            now = _asked(policy, default, entry.start)
            parts += [
                f"({_anchor(policy, entry)})=\n### From {entry.start}",
                f"{text(entry.change)}. {_sentence(status(entry))} Source: {cited(entry.sources)}.",
                _differences(policy, before, now, entry.start),
                _log_lines(policy, entry.start, end),
            ]
            before = now
    return joined(*parts)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _anchor(policy: Policy, entry: Text) -> str:
    return f"text-{slug(policy.name)}-{entry.start}"


def _differences(policy: Policy, before: _Asked, now: _Asked, day: str) -> str:
    if not before:
        return "The first text on record."
    told = bullets(_changes(before, now)) or "Read by default, no criterion asks anything else."
    return f"{told}\n\n{_otherwise(policy, day)}"


def _by_date() -> str:
    """Return one table of all days on which a document changed, and what changed in the rules."""
    rows = []
    for document in rule_base().documents.values():
        texts = [(p, entry) for p in policies() if p.document is document for entry in p.texts]
        logged = log(document.name)
        days = {entry.start for _, entry in texts} | {entry.day for entry in logged}
        for day in days:
            said = [entry for entry in logged if entry.day == day]
            begun = [(p, entry) for p, entry in texts if entry.start == day]
            rows.append((day, text(document.payer), _said(said), _rules(begun, said)))
    heads = ["Day", "Payer", "What the change log says", "In the rules"]
    return table(heads, sorted(rows), name="Dated texts by date and payer")


def _said(entries: Iterable[Entry]) -> str:
    return " ".join(f"{text(entry.note)} ({_lines(entry)})" for entry in entries)


def _lines(entry: Entry) -> str:
    return role("source", f"{entry.document} {entry.lines}", entry.lines)


def _rules(begun: Iterable[tuple[Policy, Text]], said: Iterable[Entry]) -> str:
    told = [
        f"[{text(policy.title)}](#{_anchor(policy, entry)}): {text(entry.change)} "
        f"({text(status(entry))})."
        for policy, entry in begun
    ]
    open_ones = [f"**Check by hand:** {text(entry.warning)}" for entry in said if entry.warning]
    return " ".join([*(told or ["No rule changed."]), *open_ones])


def _log_lines(policy: Policy, start: str, end: str) -> str:
    """Return the entries of the change log within a text, which changed no rule."""
    document = policy.document.name
    begins = {entry.start for p in policies() if p.document.name == document for entry in p.texts}
    lines = []
    for entry in log(document):
        if entry.day not in begins and start <= entry.day < end:
            concerned = f" {warning_words(entry)}" if entry in warnings(policy) else ""
            lines.append((0, f"{entry.day} ({_lines(entry)}): {text(entry.note)}{concerned}"))
    if not lines:
        return ""
    return f"While it held, the document changed and no rule did:\n\n{bullets(lines)}"


def warning_words(entry: Entry) -> str:
    """Return what is to be checked by hand for days before an entry of the change log."""
    return f"**Before {entry.day}, check by hand:** {text(entry.warning)}"


def log_words(entry: Entry) -> str:
    """Return an entry of the change log that leaves something open, with its day and lines."""
    return f"{entry.day} ({_lines(entry)}): {text(entry.note)} {warning_words(entry)}"


def _asked(policy: Policy, choices: tuple[int, ...], day: str) -> _Asked:
    found = {}
    for criterion in policy.criteria:
        made = statement(policy, choices, day, criterion.node)
        found[criterion.id] = within(made) if made else []
    return found


def _changes(before: _Asked, now: _Asked) -> list[tuple[int, str]]:
    """Return what each criterion that changed asked before, and what it asks from then on."""
    told: list[tuple[int, str]] = []
    for name, lines in now.items():
        old = before[name]
        if lines == old:
            continue
        told.append((0, f"{role('criterion', name)} {text(criteria()[name][1].sentence)}"))
        for head, asked in (("before", old), ("from then on", lines)):
            told.append((1, f"{head}:" if asked else f"{head}: not asked"))
            told += [(depth + 2, line) for depth, line in asked]
    return told


def _otherwise(policy: Policy, day: str) -> str:
    """Return under which other readings a day changes more, or less, than it does by default."""
    default = (0,) * len(policy.readings)
    eve = max(entry.start for entry in policy.texts if entry.start < day)
    usual = _changed(policy, default, eve, day)
    lines = []
    for place, name in enumerate(policy.readings):
        for index, value in enumerate(rule_base().readings[name].values[1:], 1):
            choices = (*default[:place], index, *default[place + 1 :])
            found = _changed(policy, choices, eve, day)
            if found.keys() != usual.keys():
                told = ", ".join(role("criterion", each) for each in found)
                what = f"what changes is {told}" if told else "no criterion changes"
                lines.append((0, f"{taken(name, value)}: {what}"))
    return f"Read otherwise:\n\n{bullets(lines)}" if lines else ""


def _changed(policy: Policy, choices: tuple[int, ...], eve: str, day: str) -> _Asked:
    before, now = _asked(policy, choices, eve), _asked(policy, choices, day)
    return {name: lines for name, lines in now.items() if lines != before[name]}


def history(policy: Policy, name: str) -> str:
    """Return what a criterion asked in each text in which it asked something else."""
    criterion = criteria()[name][1]
    choices, read = _choices(policy, criterion.node)
    told: list[tuple[Text, list[tuple[int, str]]]] = []
    for entry in policy.texts:
        made = statement(policy, choices, entry.start, criterion.node)
        lines = within(made) if made else []
        if not told or told[-1][1] != lines:
            told.append((entry, lines))
    first = policy.texts[0]
    if len(told) == 1:
        count = len(policy.texts)
        since = f"Asked alike in all {count} texts" if count > 1 else "One text"
        shown = f"{since}, from {first.start} ({text(status(first))}) on.\n"
    else:
        rows: list[tuple[int, str]] = []
        for entry, lines in told:
            head = f"**From {entry.start}** ({text(status(entry))}): "
            ends = f"no longer asked: {text(entry.change)}" if rows else "not asked"
            rows.append((0, f"{head}{text(entry.change) if lines else ends}"))
            rows += [(depth + 1, line) for depth, line in lines]
        shown = f"{bullets(rows)}\nEach text asks for all that stands below it.\n"
    asked_first = bool(told[0][1])
    left = [(0, log_words(entry)) for entry in warnings(policy, name) if asked_first]
    noted = f"What the change log leaves open:\n\n{bullets(left)}\n" if left else ""
    return f"{read}{shown}\n{noted}See also [all dated texts](../texts.md)."


def _choices(policy: Policy, node: int) -> tuple[tuple[int, ...], str]:
    """Return readings under which some text asks a criterion, by default if it may be; in words."""
    default = (0,) * len(policy.readings)
    if any(statement(policy, default, entry.start, node) for entry in policy.texts):
        return default, ""
    for place, name in enumerate(policy.readings):
        for index, value in enumerate(rule_base().readings[name].values[1:], 1):
            choices = (*default[:place], index, *default[place + 1 :])
            if any(statement(policy, choices, entry.start, node) for entry in policy.texts):
                return choices, f"By default no text asks it. {taken(name, value)}:\n\n"
    raise ValueError(f"no reading asks node {node} of {policy.name}")
