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
        "proofs need z3, which is not installed: pip install 'lutalogic[proof]'"
    ) from error

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "Formula",
    "Values",
    "conjunction",
    "disjunction",
    "formula",
    "holds",
    "negation",
    "satisfiable",
    "solver",
    "z3",
]

#: A formula of z3, or a truth that is settled.
Formula = Any


def solver() -> Any:
    """Return a new solver for formulas over Booleans, which counts them well."""
    return z3.SolverFor("QF_FD")


def satisfiable(asked: Any, assumed: Sequence[Any]) -> bool:
    """Tell whether a solver's formulas can hold together with Booleans that are assumed.

    It is what the solver's own `check` does, which takes most of its time to look at what is
    assumed; here all must be Booleans, and no time limit be set.
    """
    array = (z3.Ast * len(assumed))(*[each.ast for each in assumed])
    found = z3.Z3_solver_check_assumptions(asked.ctx.ref(), asked.solver, len(assumed), array)
    return bool(found == z3.Z3_L_TRUE)


def conjunction(parts: Iterable[Formula]) -> Formula:
    """Return that all parts hold; of no parts, true."""
    kept = []
    for part in parts:
        if part is False:
            return False
        if part is not True:
            kept.append(part)
    return True if not kept else kept[0] if len(kept) == 1 else z3.And(kept)


def disjunction(parts: Iterable[Formula]) -> Formula:
    """Return that some part holds; of no parts, false."""
    kept = []
    for part in parts:
        if part is True:
            return True
        if part is not False:
            kept.append(part)
    return False if not kept else kept[0] if len(kept) == 1 else z3.Or(kept)


def negation(part: Formula) -> Formula:
    """Return that a part does not hold."""
    return (not part) if isinstance(part, bool) else z3.Not(part)


def formula(part: Formula) -> z3.BoolRef:
    """Return a part as z3 takes it."""
    return z3.BoolVal(part) if isinstance(part, bool) else part


def holds(model: Any, part: Formula) -> bool:
    """Tell whether a part holds in a model; what the model leaves open does not."""
    return bool(z3.is_true(model.eval(formula(part), model_completion=True)))


class Values:
    """Reads many variables off a model at once, many times faster than one by one."""

    def __init__(self, variables: Sequence[Any]) -> None:
        self._declared = [variable.decl() for variable in variables]

    def true_in(self, model: Any) -> list[bool]:
        """Tell of each variable whether it holds in a model."""
        context, inner = model.ctx.ref(), model.model
        found = [z3.Z3_model_get_const_interp(context, inner, d.ast) for d in self._declared]
        true = z3.Z3_L_TRUE
        return [bool(f) and z3.Z3_get_bool_value(context, f) == true for f in found]
