# SPDX-License-Identifier: Apache-2.0
"""The vectors of the conformance suite, a page for each policy, and which show which mistakes."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from docs.extension.markdown import html, joined, text
from lutalogic.conformance.kills import Known, read_kills
from lutalogic.conformance.suite import PACKAGED, read_suite
from lutalogic.markup import Markup, element
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from lutalogic.conformance.suite import Suite
    from lutalogic.conformance.vector import Vector


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


def vector_page(policy: str) -> str:
    """Return the page of the vectors of a policy."""
    vectors = [v for v in _suite().vectors if v.policy == policy]
    heads = ("Vector", "Level", "Date of service", "Expected", "Decided by", "Shows, among others")
    top = element("tr", *(element("th", head, scope="col") for head in heads))
    rows = [_row(vector) for vector in vectors]
    shown = element("table", element("thead", top), element("tbody", *rows))
    title = rule_base().policies[policy].title
    name = f"Vectors, {title}"
    frame = f'<div class="kb-scroll" role="region" tabindex="0" aria-label="{name}">{shown}</div>'
    return joined(
        f"# {text(name)}",
        f"{len(vectors)} vectors of the [conformance suite](../../conformance.md) that comes with "
        "the package. `lutalogic vectors` prints them whole, with all their facts; this page says "
        "what each is there for. Level 0 is shown by the outcome, level 1 by a criterion.",
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
        ", ".join(expect.get("deciding", ())),
        f"{first}{f'; and {more} more' if more > 0 else ''}",
    ]
    head = element("th", number, scope="row", id=f"vector-{number}")
    return element("tr", head, *(element("td", cell) for cell in cells))
