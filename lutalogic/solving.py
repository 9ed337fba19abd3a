# SPDX-License-Identifier: Apache-2.0
"""z3, and the little logic that formulas for it are made of.

Deciding needs no z3: it comes with the extra ``lutalogic[proof]``, and every module that works with
formulas takes it from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lutalogic.errors import ProofMissing

try:
    import z3
except ModuleNotFoundError as error:
    raise ProofMissing(
        "proofs need z3, which is not installed: pip install z3-solver, "
        "or the extra lutalogic[proof]"
    ) from error

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Formula",
    "conjunction",
    "disjunction",
    "formula",
    "holds",
    "implication",
    "negation",
    "solver",
    "z3",
]

#: A formula of z3, or a truth that is settled.
Formula = Any


def solver() -> Any:
    """Return a new solver for formulas over Booleans, which counts them well."""
    return z3.SolverFor("QF_FD")


def conjunction(parts: Iterable[Formula]) -> Formula:
    """Return that all parts hold; of no parts, true."""
    kept = []
    for part in parts:
        if part is False:
            return False
        if part is not True:
            kept.append(part)
    return _joined(z3.Z3_mk_and, kept) if kept else True


def disjunction(parts: Iterable[Formula]) -> Formula:
    """Return that some part holds; of no parts, false."""
    kept = []
    for part in parts:
        if part is True:
            return True
        if part is not False:
            kept.append(part)
    return _joined(z3.Z3_mk_or, kept) if kept else False


def _joined(make: Any, parts: list[Any]) -> Any:
    """Join formulas; by the interface below And and Or, which look at every part many times."""
    if len(parts) == 1:
        return parts[0]
    context = z3.main_ctx()
    array = (z3.Ast * len(parts))(*[part.as_ast() for part in parts])
    return z3.BoolRef(make(context.ref(), len(parts), array), context)


def negation(part: Formula) -> Formula:
    """Return that a part does not hold."""
    return (not part) if isinstance(part, bool) else z3.Not(part)


def implication(premise: Formula, conclusion: Formula) -> Formula:
    """Return that a conclusion holds where a premise does."""
    return disjunction([negation(premise), conclusion])


def formula(part: Formula) -> z3.BoolRef:
    """Return a part as z3 takes it."""
    return z3.BoolVal(part) if isinstance(part, bool) else part


def holds(model: Any, part: Formula) -> bool:
    """Tell whether a part holds in a model; what the model leaves open does not."""
    return bool(z3.is_true(model.eval(formula(part), model_completion=True)))
