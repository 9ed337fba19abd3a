# SPDX-License-Identifier: Apache-2.0
"""Proofs as pages of a terminal and as rows of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from lutalogic.replay import subject
from lutalogic.rulebase import rule_base
from lutalogic.words import fact_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lutalogic.case import Case
    from lutalogic.proof import Proof, Witness
    from lutalogic.replay import Answer

#: More criteria than this are counted and not named.
_MOST_NAMED: Final = 8
_STYLE: Final = {True: "green", False: "bold red"}
_TOLD: Final = {
    "proved": "proved",
    "refuted": "refuted",
    "vacuous": "vacuous: no record fulfils a premise",
    "not_decided": "not decided in the time given",
    "replay_disagrees": "ERROR OF LUTALOGIC: the reference engine finds no counterexample here",
}
_OVER: Final = {
    "extension": ("A record:", "Extended by:"),
    "change": ("A record:", "Changed to:"),
    "increase": ("A record:", "Changed to:"),
}


def proof_page(proof: Proof) -> RenderableType:
    """Return what became of one theorem: the claim, what the proof rests on, or who refutes it."""
    theorem = proof.theorem
    told = _TOLD[proof.status]
    if not proof.as_expected:
        told += f" (expected: {theorem.expected})"
    shown: list[RenderableType] = [
        Text.assemble(
            (told, _STYLE[proof.as_expected]), "  ", (theorem.name, "bold"), f"  {proof.ms:.0f} ms"
        ),
        _indented(f"{theorem.sentence}."),
    ]
    shown += [_indented(line, style="dim") for line in basis_lines(proof)]
    if proof.witness:
        shown += [_indented(line, depth) for depth, line in witness_lines(proof.witness, proof)]
    shown += [_indented(line, style="dim") for line in readings_lines(proof)]
    return Group(*shown)


def summary_line(proofs: Sequence[Proof]) -> Text:
    """Return how many theorems were proved, refuted or neither."""
    counts: dict[str, int] = {}
    for proof in proofs:
        counts[proof.status] = counts.get(proof.status, 0) + 1
    told = ", ".join(f"{count} {status.replace('_', ' ')}" for status, count in counts.items())
    odd = [proof.theorem.name for proof in proofs if not proof.as_expected]
    verdict = f"not as expected: {', '.join(odd)}" if odd else "all as expected"
    seconds = sum(proof.ms for proof in proofs) / 1000
    return Text(f"{told}; {verdict} ({seconds:.1f} s)", style=_STYLE[not odd])


def basis_lines(proof: Proof) -> Iterator[str]:
    """Yield on which criteria, readings and texts a proof rests; nothing of what is not proved."""
    if proof.status != "proved":
        return
    parts = []
    if len(proof.days) > 1:
        parts.append(f"{len(proof.days)} dated texts")
    if proof.criteria:
        parts.append(f"rests on {_criteria(proof.criteria)}")
    if proof.under_all:
        parts.append("under every combination of readings")
    if parts:
        yield "; ".join(parts)


def _criteria(criteria: Sequence[tuple[str, str]]) -> str:
    if len(criteria) > _MOST_NAMED:
        return f"{len(criteria)} criteria"
    return ", ".join(name for _, name in criteria)


def readings_lines(proof: Proof) -> Iterator[str]:
    """Yield under which readings the status is another, as far as that was asked for."""
    by_status: dict[str, list[str]] = {}
    for (name, value), status in proof.otherwise.items():
        by_status.setdefault(_TOLD[status], []).append(f"{name}={value}")
    for told, readings in by_status.items():
        yield f"{told} under {', '.join(readings)}"


def witness_lines(witness: Witness, proof: Proof) -> Iterator[tuple[int, str]]:
    """Yield the patients of a witness and what the reference engine says of them, with depths."""
    first, *more = witness.cases
    headings = _OVER.get(proof.theorem.over.kind, ("A patient:", ""))
    yield 0, headings[0]
    yield from ((1, line) for line in fact_lines(first))
    for second in more:
        yield 0, headings[1]
        yield from ((1, line) for line in fact_lines(second, beside=first))
    for answer in witness.answers:
        yield 0, answer_line(answer, of_two=bool(more))


def fact_lines(case: Case, *, beside: Case | None = None) -> list[str]:
    """Return the facts of a case in words; beside another case, those in which it differs."""
    facts = case.possible
    if beside is None:
        return [fact_words(name, known) for name, known in facts.items()] or ["no fact documented"]
    known = {name: value for name, value in facts.items() if beside.possible.get(name) != value}
    lost = [name for name in beside.possible if name not in facts]
    return [fact_words(name, value) for name, value in known.items()] + [
        fact_words(name, None) for name in lost
    ] or ["nothing"]


def answer_line(answer: Answer, *, of_two: bool = False) -> str:
    """Return what the reference engine answered to one question of a claim."""
    leaf = answer.leaf
    under = [("first record", "second record")[leaf.record]] if of_two else []
    if leaf.policy in rule_base().policies:  # what is in no policy does not change with the day
        under.append(answer.day)
    under += [f"{name}={value}" for name, value in leaf.readings]
    told = f" ({', '.join(under)})" if under else ""
    return f"{subject(leaf)}{told}: {answer.told.replace('_', ' ')}"


def _indented(line: str, depth: int = 0, style: str = "") -> RenderableType:
    return Padding(Text(line, style=style), (0, 0, 0, 2 + 2 * depth))


def markdown_table(proofs: Sequence[Proof]) -> str:
    """Return proofs as a Markdown table: the theorem, its claim, and what became of it."""
    lines = ["| theorem | says | |", "|---|---|---|"]
    for proof in proofs:
        told = "; ".join([_TOLD[proof.status], *basis_lines(proof), *readings_lines(proof)])
        lines.append(f"| `{proof.theorem.name}` | {proof.theorem.sentence} | {told} |")
    return "\n".join(lines)


def markdown_list(proofs: Sequence[Proof]) -> str:
    """Return the claims of proofs as a Markdown list."""
    under_all = " (under every combination of readings)"
    return "\n".join(
        f"* {proof.theorem.sentence}{under_all if proof.under_all else ''}." for proof in proofs
    )
