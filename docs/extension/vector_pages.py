# SPDX-License-Identifier: Apache-2.0
"""The vectors of the conformance suite, a page for each policy, and which show which mistakes."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

from docs.extension.markdown import html, joined, text
from docs.extension.words import taken
from lutalogic.conformance.kills import Known, read_kills
from lutalogic.conformance.suite import PACKAGED, read_suite
from lutalogic.markup import Markup, element
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from lutalogic.conformance.suite import Suite
    from lutalogic.conformance.vector import Vector

#: A mistake by which a reading is taken otherwise.
_READ: Final = re.compile(r"(\w+) read as (\S+) where \S+ is asked: .*")


@cache
def _suite() -> Suite:
    return read_suite(PACKAGED)


@cache
def _mistakes() -> tuple[Known, ...]:
    return read_kills(PACKAGED)


@cache
def mistakes_of(policy: str, criterion: str) -> tuple[Known, ...]:
    """Return the mistakes that are made in a criterion; "" for those in none."""
    return tuple(m for m in _mistakes() if (m.policy, m.criterion) == (policy, criterion))


@cache
def vectors_of(policy: str, criterion: str) -> tuple[str, ...]:
    """Return the ids of the vectors that show a mistake in a criterion, those first that show most.

    >>> vectors_of("premera_xofigo", "X-1")[0].startswith("premera_xofigo/")
    True
    """
    counted = Counter(v for m in mistakes_of(policy, criterion) for v in m.vectors(1))
    return tuple(sorted(counted, key=lambda v: (-counted[v], v)))


@cache
def places_of(policy: str, criterion: str) -> dict[str, str]:
    """Return where each mistake in a criterion is made: in which text, reading, condition.

    Two mistakes that would still read alike have their place among the parts besides.

    >>> places_of("premera_pluvicto", "P-5")["premera_pluvicto/P-5/negated/1"]
    'text from 2022-08-01'
    """
    found = mistakes_of(policy, criterion)
    told = {each.mutant: _place(each) for each in found}
    alike = Counter((each.mistake, told[each.mutant]) for each in found)
    return {
        each.mutant: told[each.mutant]
        if alike[each.mistake, told[each.mutant]] == 1
        else f"{told[each.mutant]} (place {_path(each)})".strip()
        for each in found
    }


def _path(known: Known) -> str:
    return known.mutant.split("/", 3)[3]


def _place(known: Known) -> str:
    """Return the conditions on the way down to a mistake, as far as they have words."""
    rules = rule_base().policies[known.policy]
    if known.operator in ("reading", "date"):
        return ""
    number = next(c.node for c in rules.criteria if c.id == known.criterion)
    told = []
    for step in _steps(known):
        node = rule_base().nodes[number]
        if number in rules.definitions:
            told.append(rules.definitions[number].sentence)
        part = node.parts[step]
        if part is None:
            break
        if node.kind == "by_date":
            told.append(f"text from {node.dates[step]}")
        elif node.kind == "by_reading" and step:
            reading = rule_base().readings[node.reading]
            told.append(f"{reading.question} {reading.meanings[step]}")
        number = part
    return "; ".join(told)


def _steps(known: Known) -> list[int]:
    """Return the way down to a mistake, as places among parts from 0."""
    way, _, detail = _path(known).partition(":")
    if not detail and known.operator != "source":  # it is made in the criterion itself
        way, detail = "", way
    if known.operator == "negated":
        way = f"{way}.{detail}".strip(".")
    return [int(step) - 1 for step in way.split(".") if step.isdigit()]


def in_words(mistake: str) -> str:
    """Return a mistake as Markdown, with a reading that it takes in words.

    >>> in_words("p_washout_days read as 42 where 28 is asked: 42 days")[-26:]
    '{kb:id}`p_washout_days=42`'
    """
    found = _READ.fullmatch(mistake)
    if found is None or found[1] not in rule_base().readings:
        return text(mistake)
    return f"taken by default: {taken(found[1], found[2])}"


def vector_page(policy: str) -> str:
    """Return the page of the vectors of a policy."""
    vectors = [v for v in _suite().vectors if v.policy == policy]
    heads = (
        "Vector",
        "Level",
        "Date of service",
        "Expected",
        "Decided by, or waits for",
        "Shows, among others",
        "Readings it names",
    )
    top = element("tr", *(element("th", head, scope="col") for head in heads))
    rows = [_row(vector) for vector in vectors]
    shown = element("table", element("thead", top), element("tbody", *rows))
    title = rule_base().policies[policy].title
    name = f"Vectors, {title}"
    frame = f'<div class="kb-scroll" role="region" tabindex="0" aria-label="{name}">{shown}</div>'
    return joined(
        f"# {text(name)}",
        f"{len(vectors)} vectors of the [conformance suite](../../conformance.md) that comes with "
        "the package; this page says what each is there for. `lutalogic vectors --out DIR` writes "
        "them whole, with all their facts. Level 0 is shown by the outcome, level 1 by a "
        "criterion. Readings that a vector does not name are the defaults.",
        html(frame),
    )


def _row(vector: Vector) -> Markup:
    told = vector.as_json()
    number = vector.id.partition("/")[2]
    expect = told["expect"]
    first = next((c["mistake"] for c in told["catches"]), "")
    more = len(told["catches"]) - 1
    cells = [
        str(told["level"]),
        told["request"]["on"],
        expect["outcome"].replace("_", " "),
        _on_what(vector),
        f"{first}{f'; and {more} more' if more > 0 else ''}",
        ", ".join(f"{n}={v}" for n, v in told["request"].get("readings", {}).items()),
    ]
    head = element("th", number, scope="row", id=f"vector-{number}")
    return element("tr", head, *(element("td", cell) for cell in cells))


def _on_what(vector: Vector) -> str:
    """Return the criteria that decide, or the facts on which a pending request waits."""
    expect = vector.expect
    if expect.outcome != "needs_information":
        return ", ".join(sorted(expect.deciding or ()))
    waits = [rule_base().attributes[name].label for name in sorted(expect.waits_for or ())]
    if not waits and "conflicts" in vector.needs:
        return "sources that contradict one another"
    return f"waits for {', '.join(waits)}" if waits else "no fact would settle it"
