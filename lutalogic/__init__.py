# SPDX-License-Identifier: Apache-2.0
"""Coverage policies for therapeutic radiopharmaceuticals, as rules that decide and explain.

This is no medical advice and no payer's determination.
"""

from __future__ import annotations

from lutalogic import comparison_html as _comparison_html  # noqa: F401
from lutalogic import html_pages as _html_pages  # noqa: F401
from lutalogic import plans_html as _plans_html  # noqa: F401
from lutalogic import what_if_html as _what_if_html  # noqa: F401
from lutalogic.answers import Conflict, Outcome, Remark, Truth, Unknown
from lutalogic.case import Case
from lutalogic.claims import Theorem
from lutalogic.compare import compare
from lutalogic.comparison import Comparison, Relation
from lutalogic.decide import decide, decide_many, policies_for
from lutalogic.decision import Decision
from lutalogic.errors import EngineError, InputError, LutalogicError
from lutalogic.explain import Explanation
from lutalogic.health import Health, health
from lutalogic.lookup import look_up, scale, scales
from lutalogic.panel import panel
from lutalogic.patient_files import Patient, read_patients
from lutalogic.patients import patients
from lutalogic.proof import Proof
from lutalogic.proofs import prove, theorems
from lutalogic.readings_table import ReadingsTable, readings_table
from lutalogic.reasons import Reason
from lutalogic.record import Record
from lutalogic.reference import Reference, reference
from lutalogic.rulebase import policies, rule_base
from lutalogic.rules import Criterion, Policy, Reading, Source
from lutalogic.schema import schemas
from lutalogic.sides import Side, side
from lutalogic.statements import Statement
from lutalogic.sweep import sweep
from lutalogic.sweep_maps import SweepMap
from lutalogic.sweeps import Sweep
from lutalogic.timeline import Timeline, timeline
from lutalogic.what_if import WhatIf, what_if
from lutalogic.wishes import Wish, wish

__version__ = "0.1.0"

__all__ = [
    "Case",
    "Comparison",
    "Conflict",
    "Criterion",
    "Decision",
    "EngineError",
    "Explanation",
    "Health",
    "InputError",
    "LutalogicError",
    "Outcome",
    "Patient",
    "Policy",
    "Proof",
    "Reading",
    "ReadingsTable",
    "Reason",
    "Record",
    "Reference",
    "Relation",
    "Remark",
    "Side",
    "Source",
    "Statement",
    "Sweep",
    "SweepMap",
    "Theorem",
    "Timeline",
    "Truth",
    "Unknown",
    "WhatIf",
    "Wish",
    "__version__",
    "compare",
    "decide",
    "decide_many",
    "health",
    "look_up",
    "panel",
    "patients",
    "policies",
    "policies_for",
    "prove",
    "read_patients",
    "readings_table",
    "reference",
    "rule_base",
    "scale",
    "scales",
    "schemas",
    "side",
    "sweep",
    "theorems",
    "timeline",
    "what_if",
    "wish",
]


def __dir__() -> list[str]:
    """Return the public names, without the modules that they come from."""
    return list(__all__)
