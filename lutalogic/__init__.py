# SPDX-License-Identifier: Apache-2.0
"""Coverage policies for therapeutic radiopharmaceuticals, as rules that decide and explain.

This is no medical advice and no payer's determination.
"""

from __future__ import annotations

from lutalogic.answers import Conflict, Outcome, Remark, Truth
from lutalogic.case import Case
from lutalogic.decide import decide, decide_many
from lutalogic.decision import Decision
from lutalogic.errors import EngineError, InputError, LutalogicError
from lutalogic.lookup import look_up, scale, scales
from lutalogic.reference import Reference, reference
from lutalogic.rulebase import policies, rule_base
from lutalogic.rules import Criterion, Policy, Reading, Source

__version__ = "0.1.0"

__all__ = [
    "Case",
    "Conflict",
    "Criterion",
    "Decision",
    "EngineError",
    "InputError",
    "LutalogicError",
    "Outcome",
    "Policy",
    "Reading",
    "Reference",
    "Remark",
    "Source",
    "Truth",
    "__version__",
    "decide",
    "decide_many",
    "look_up",
    "policies",
    "reference",
    "rule_base",
    "scale",
    "scales",
]
