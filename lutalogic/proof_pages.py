# SPDX-License-Identifier: Apache-2.0
"""Proofs as pages of a terminal and as tables of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.claims import Theorem
    from lutalogic.proof import Proof

_STYLE: Final = {True: "green", False: "bold red"}


def proof_page(proof: Proof, *, whole: bool) -> RenderableType:
    """Return what became of one theorem.

    Args:
        proof: The proof.
        whole: Whether to show the claim as it is written, criteria and readings in words, and the
            patients of a refutation that was expected.
    """
    theorem = proof.theorem
    title = Text.assemble(
        (proof.headline, _STYLE[proof.as_expected]),
        "  ",
        (theorem.name, "bold"),
        f"  {proof.ms:.0f} ms",
    )
    shown: list[RenderableType] = [title, _indented(f"{theorem.sentence}.")]
    if whole:
        shown += [_indented(line, style="dim") for line in theorem.written.splitlines()]
    if whole or not proof.as_expected or not proof.witness:
        shown += [_indented(line, depth) for depth, line in proof.lines(sentences=whole)]
    else:
        shown.append(_indented(f"by a patient: {'; '.join(proof.in_brief())}"))
        shown += [_indented(line) for line in proof.by_readings()]
    return Group(*shown)


def list_page(theorems: Sequence[Theorem]) -> RenderableType:
    """Return the theorems with what is expected of them; nothing is proved for it."""
    shown: list[RenderableType] = []
    for theorem in theorems:
        expected = "to be proved" if theorem.expected == "proved" else "to be refuted"
        shown += [Text.assemble((theorem.name, "bold"), f"  {expected}")]
        shown += [_indented(f"{theorem.sentence}.")]
    return Group(*shown)


def summary_line(proofs: Sequence[Proof]) -> Text:
    """Return how many theorems were proved, refuted or neither."""
    counts: dict[str, int] = {}
    for proof in proofs:
        told = proof.status.replace("_", " ")
        counts[told] = counts.get(told, 0) + 1
    odd = [proof.theorem.name for proof in proofs if not proof.as_expected]
    verdict = f"not as expected: {', '.join(odd)}" if odd else "all as expected"
    if proofs and proofs[0].taken:
        taken = ", ".join(f"{name}={value}" for name, value in proofs[0].taken.items())
        verdict = f"under {taken}, of which nothing is expected"
    seconds = sum(proof.ms for proof in proofs) / 1000
    told = ", ".join(f"{count} {status}" for status, count in counts.items())
    return Text(f"{told}; {verdict} ({seconds:.1f} s)", style=_STYLE[not odd])


def _indented(line: str, depth: int = 0, style: str = "") -> RenderableType:
    return Padding(Text(line, style=style), (0, 0, 0, 2 + 2 * depth))


def markdown_table(proofs: Sequence[Proof]) -> str:
    """Return proofs as a Markdown table: the theorem, its claim, and what became of it."""
    lines = ["| theorem | says | status |", "|---|---|---|"]
    for proof in proofs:
        told = [proof.words, *proof.basis(), *proof.by_readings()]
        told[1:1] = proof.in_brief()
        lines.append(f"| `{proof.theorem.name}` | {proof.theorem.sentence} | {'; '.join(told)} |")
    return "\n".join(lines)


def markdown_report(proofs: Sequence[Proof]) -> str:
    """Return the table with what it is about: the rule base, and the readings taken."""
    taken = ", ".join(f"{n}={v}" for n, v in proofs[0].taken.items()) if proofs else ""
    under = f"under {taken}, else the default readings" if taken else "under the default readings"
    about = f"Rule base {rule_base().digest[:12]}, {under}, over every possible record."
    return f"{about}\n\n{markdown_table(proofs)}"


def markdown_list(proofs: Sequence[Proof]) -> str:
    """Return the claims of proofs as a Markdown list."""
    under_all = " (under every combination of readings)"
    return "\n".join(
        f"* {proof.theorem.sentence}{under_all if proof.under_all else ''}." for proof in proofs
    )
