# SPDX-License-Identifier: Apache-2.0
"""Coverage policies for therapeutic radiopharmaceuticals, as rules that decide and explain.

This is no medical advice and no payer's determination.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lutalogic.answers import Conflict, Outcome, Remark, Truth, Unknown
from lutalogic.case import Case
from lutalogic.decide import decide, decide_many, policies_for
from lutalogic.decision import Decision
from lutalogic.errors import EngineError, InputError, LutalogicError
from lutalogic.explain import Explanation
from lutalogic.lookup import look_up, scale, scales
from lutalogic.patients import Patient, read_patients
from lutalogic.reasons import Reason
from lutalogic.record import Record
from lutalogic.reference import Reference, reference
from lutalogic.rulebase import policies, rule_base
from lutalogic.rules import Criterion, Policy, Reading, Source
from lutalogic.schema import schemas
from lutalogic.statements import Statement

if TYPE_CHECKING:
    from lutalogic.claims import Theorem
    from lutalogic.proof import Proof
    from lutalogic.proofs import prove, theorems

__version__ = "0.1.0"

#: What needs z3, and the module that it comes from: loaded when it is asked for.
_PROVED = {
    "Proof": "proof",
    "Theorem": "claims",
    "prove": "proofs",
    "theorems": "proofs",
}

__all__ = [
    "Case",
    "Conflict",
    "Criterion",
    "Decision",
    "EngineError",
    "Explanation",
    "InputError",
    "LutalogicError",
    "Outcome",
    "Patient",
    "Policy",
    "Proof",
    "Reading",
    "Reason",
    "Record",
    "Reference",
    "Remark",
    "Source",
    "Statement",
    "Theorem",
    "Truth",
    "Unknown",
    "__version__",
    "decide",
    "decide_many",
    "look_up",
    "policies",
    "policies_for",
    "prove",
    "read_patients",
    "reference",
    "rule_base",
    "scale",
    "scales",
    "schemas",
    "theorems",
]


def __getattr__(name: str) -> object:
    """Return what is loaded only when it is asked for."""
    if name not in _PROVED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"lutalogic.{_PROVED[name]}"), name)


def __dir__() -> list[str]:
    """Return the public names, without the modules that they come from."""
    return list(__all__)
