# SPDX-License-Identifier: Apache-2.0
"""z3, and the little logic that formulas for it are made of.

Deciding needs no z3: it comes with the extra ``lutalogic[proof]``, and every module that works with
formulas takes it from here.
"""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
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
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "Formula",
    "Solver",
    "Values",
    "conjunction",
    "disjunction",
    "formula",
    "heard",
    "holds",
    "implication",
    "negation",
    "solver",
    "z3",
]

#: A formula of z3, or a truth that is settled.
Formula = Any


class Solver(z3.Solver):  # type: ignore[misc]
    """A solver for formulas over Booleans, which counts them well, and hears Ctrl-C.

    Within `heard`, an interrupt is raised by the next `check` at the latest; z3 by itself would
    call what was interrupted unknown, and go on.
    """

    def __init__(self) -> None:
        context = z3.main_ctx()
        logic = z3.Z3_mk_string_symbol(context.ref(), "QF_FD")
        super().__init__(z3.Z3_mk_solver_for_logic(context.ref(), logic), context)

    def check(self, *assumptions: Any) -> Any:
        """Return sat, unsat or, where the time is over, unknown.

        Raises:
            KeyboardInterrupt: It was interrupted.
        """
        _raise_noted()
        result = super().check(*assumptions)
        if result == z3.unknown and "interrupted" in self.reason_unknown():
            raise KeyboardInterrupt
        _raise_noted()
        return result

    def satisfiable(self, assumed: Sequence[Any]) -> bool:
        """Tell whether the formulas can hold together with Booleans that are assumed.

        It is what `check` does, which takes most of its time to look at what is assumed; here all
        must be Booleans, and no time limit be set.

        Raises:
            KeyboardInterrupt: It was interrupted.
        """
        _raise_noted()
        array = (z3.Ast * len(assumed))(*[each.ast for each in assumed])
        found = z3.Z3_solver_check_assumptions(self.ctx.ref(), self.solver, len(assumed), array)
        if found == z3.Z3_L_UNDEF:  # there is no time limit
            raise KeyboardInterrupt
        return bool(found == z3.Z3_L_TRUE)


def solver() -> Solver:
    """Return a new solver."""
    return Solver()


_noted: list[int] = []


@contextmanager
def heard() -> Iterator[None]:
    """Hear Ctrl-C between checks, and nowhere else.

    z3's interface calls Python back from C, where an interrupt would come out as another error.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handler = signal.signal(signal.SIGINT, lambda number, _: _noted.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler if handler is not None else signal.SIG_DFL)
    _raise_noted()


def _raise_noted() -> None:
    """Raise the interrupt that came since the last check."""
    if _noted:
        _noted.clear()
        raise KeyboardInterrupt


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
