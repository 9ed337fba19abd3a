# SPDX-License-Identifier: Apache-2.0
"""Straight-line Python that builds explanations: what `Decision.why` is measured against.

For each policy, readings and day, one function is generated that computes the letters as
`straight_line` does and builds the very trees of `lutalogic.explain`, with no interpretation left:
every statement is a piece of code of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.straight_line import compile_policy
from lutalogic.answers import Truth, Unknown
from lutalogic.reasons import Reason
from lutalogic.rulebase import rule_base
from lutalogic.words import fact_words

if TYPE_CHECKING:
    from lutalogic.rules import Policy
    from lutalogic.statements import Statement


def compile_tree(policy: Policy, root: Statement, *, whole: bool) -> Any:
    """Return a function: plain values, day, choices and case in, the tree out."""
    made = _Source(whole=whole)
    top = made.build(root)
    source = "\n".join(
        [
            "def tree(values, day, choices, case):",
            "    L = letters(values, day, choices)",
            "    known = case.possible; stated = case.facts; how = case.derivations",
            *made.lines,
            f"    return r{top}()" if not whole else f"    return r{top}",
        ]
    )
    scope: dict[str, Any] = {
        "letters": compile_policy(policy),
        "T": {"t": Truth.TRUE, "f": Truth.FALSE, "u": Truth.UNKNOWN},
        "O": {"t": "f", "f": "t", "u": "u"},
        "R": Reason, "W": fact_words, "S": made.statements,
        "ND": Unknown.NOT_DOCUMENTED, "IN": Unknown.INDETERMINATE, "CO": Unknown.CONFLICTING,
    }  # fmt: skip
    exec(compile(source, f"<tree of {policy.name}>", "exec"), scope)
    return scope["tree"]


class _Source:
    """Writes the code of a tree, parts before what they are parts of."""

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole
        self.statements: list[Statement] = []
        self.lines: list[str] = []
        self._facts: dict[tuple[str, ...], int] = {}

    def build(self, asked: Statement) -> int:
        """Write the code of a statement, and return its number."""
        parts = [self.build(part) for part in asked.parts]
        n = len(self.statements)
        self.statements.append(asked)
        letter = f"L[{asked.place}]"
        self.lines.append(f"    l{n} = {f'O[{letter}]' if asked.flipped else letter}")
        fact, derived, unknown = self._leaf(n, asked, parts)
        if self.whole:
            told = "(" + "".join(f"r{p}, " for p in parts) + ")"
            self._reason(n, fact, derived, unknown, told, "    ")
        else:
            self._shortest(n, asked, parts, fact, derived, unknown)
        return n

    def _reason(
        self, n: int, fact: str, derived: str, unknown: str, parts: str, margin: str
    ) -> None:
        made = f"R(S[{n}], T[l{n}], {fact}, {derived}, {unknown}, {parts})"
        if self.whole:
            self.lines.append(f"{margin}r{n} = {made}")
        else:
            self.lines.append(f"{margin}return {made}")

    def _leaf(self, n: int, asked: Statement, parts: list[int]) -> tuple[str, str, str]:
        if asked.attributes:
            place = self._facts.get(asked.attributes)
            if place is None:
                place = self._facts[asked.attributes] = n
                words = " + ' and ' + ".join(
                    f"W({a!r}, known.get({a!r}), stated={a!r} in stated)" for a in asked.attributes
                )
                out = " or ".join(f"{a!r} not in stated" for a in asked.attributes)
                how = ", ".join(f"how[{a!r}]" for a in asked.attributes)
                any_how = " or ".join(f"{a!r} in how" for a in asked.attributes)
                self.lines.append(f"    f{n} = {words}")
                self.lines.append(f"    k{n} = ND if {out} else IN")
                self.lines.append(f"    d{n} = ({how},) if how and ({any_how}) else ()")
            silent = f" and L[{asked.condition}] == 'u'" if asked.condition >= 0 else ""
            return f"f{place}", f"d{place}", f"k{place} if l{n} == 'u'{silent} else None"
        letters = "(" + "".join(f"l{p}, " for p in parts) + ")"
        if asked.joins == "evidence":
            return "''", "()", f"CO if 't' in {letters} and 'f' in {letters} else None"
        if asked.role == "open" or not asked.joins:
            arises = " and ".join(f"l{p} == 't'" for p in parts) or "True"
            return "''", "()", f"IN if l{n} == 'u' and {arises} else None"
        return "''", "()", "None"

    def _shortest(
        self, n: int, asked: Statement, parts: list[int], fact: str, derived: str, unknown: str
    ) -> None:
        """Write the parts to show, their cost, and a function that builds the reason."""
        if asked.role in ("supports", "rules_out") or asked.joins == "not":
            self._choice(n, f"({', '.join(map(str, parts))},)" if parts else "()")
        elif not asked.joins:
            self._choice(n, "()")
        elif asked.joins == "evidence":
            pairs = _pairs(parts)
            self.lines.append(f"    told = 'tf' if l{n} == 'u' else l{n}")
            self._choice(n, f"[p for p, l in {pairs} if l in told] or {tuple(parts)}")
        else:
            decided = "f" if asked.joins == "all" else "t"
            self.lines.append(f"    if l{n} == {decided!r}:")
            costs = "(" + "".join(f"(c{p}, {p}, l{p}), " for p in parts) + ")"
            self.lines.append(
                f"        v{n} = (min((x for x in {costs} if x[2] == {decided!r}), "
                "key=lambda x: x[0])[1],)"
            )
            self.lines.append("    else:")
            if asked.joins == "all":
                chosen = (
                    f"{tuple(parts)} if l{n} == 't' else "
                    f"[p for p, l in {_pairs(parts)} if l == 'u'] or {tuple(parts)}"
                )
            else:
                self.lines.append(f"        w = [p for p, l in {_pairs(parts)} if l == l{n}]")
                idle = "(" + "".join(f"({p}, {self._idle(p)}), " for p in parts) + ")"
                chosen = f"[p for p, i in {idle} if p in w and not (i and len(w) > 1)] or w"
            if asked.joins == "any":
                self.lines.append(f"        v{n} = {chosen}")
                flags = "{" + ", ".join(f"{p}: q{p}" for p in parts) + "}"
                chosen = f"sorted(v{n}, key={flags}.get)"
            self.lines.append(f"        v{n} = {chosen}")
        flags = "{" + ", ".join(f"{p}: q{p}" for p in parts) + "}"
        known = rule_base().attributes
        request = all(known[a].group == "request" for a in asked.attributes)
        self.lines.append(
            f"    q{n} = {request}"
            if asked.attributes
            else f"    q{n} = bool(v{n}) and all([{flags}[p] for p in v{n}])"
        )
        reasons = "{" + ", ".join(f"{p}: r{p}" for p in parts) + "}"
        costs = "{" + ", ".join(f"{p}: c{p}" for p in parts) + "}"
        self.lines.append(
            f"    c{n} = " + (f"sum([{costs}[p] for p in v{n}]) or 1" if parts else "1")
        )
        self.lines.append(f"    def r{n}():")
        built = f"tuple([{reasons}[p]() for p in v{n}])" if parts else "()"
        self._reason(n, fact, derived, unknown, built, "        ")

    def _choice(self, n: int, chosen: str) -> None:
        self.lines.append(f"    v{n} = {chosen}")

    def _idle(self, p: int) -> str:
        """Return the code that tells whether a part is an open case that does not arise."""
        asked = self.statements[p]
        if asked.role != "open":
            return "False"
        below = [self.statements.index(part) for part in asked.parts]
        arises = " and ".join(f"l{q} == 't'" for q in below)
        some = " or ".join(f"l{q} == 't'" for q in below)
        return f"not ({arises}) and (l{p} == 'u' or not ({some}))"


def _pairs(parts: list[int]) -> str:
    return "(" + "".join(f"({p}, l{p}), " for p in parts) + ")"
