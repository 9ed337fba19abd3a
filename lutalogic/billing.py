# SPDX-License-Identifier: Apache-2.0
"""The HCPCS units of a course, by exact arithmetic that is shown."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from lutalogic.errors import BadValue
from lutalogic.possible import Number, plain_scalar, possible, shown
from lutalogic.rulebase import rule_base
from lutalogic.rules import Attribute
from lutalogic.units import number_text

if TYPE_CHECKING:
    from lutalogic.case import Case
    from lutalogic.entries import BillingCode, Regimen

#: How the argument is called, in errors and among what is missing.
WEIGHT: Final = "weight_kg"


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a HCPCS code that a course bills.

    Each dose is a claim of its own, so that the units of a dose are whole: what is begun counts,
    as the documents give no rule.

    Attributes:
        code: The billing code.
        per_dose: Units of one dose; None while something is missing.
        doses: Number of doses; None while it is an interval.
        total: Units of all doses; None while something is missing.
        planned: The facts of the case that were used; what they do not plan is the regimen's.
        missing: What it would take: facts that are an interval, or the body weight.
        arithmetic: How the units come about, in one line.
    """

    code: BillingCode
    per_dose: int | None
    doses: int | None
    total: int | None
    planned: tuple[str, ...]
    missing: tuple[str, ...]
    arithmetic: str

    def as_json(self) -> dict[str, Any]:
        """Return the units as a JSON value."""
        return {
            "code": self.code.code,
            "unit": self.code.unit,
            "per_dose": self.per_dose,
            "doses": self.doses,
            "total": self.total,
            "planned": list(self.planned),
            "missing": list(self.missing),
            "arithmetic": self.arithmetic,
            "sources": [str(source) for source in self.code.sources],
        }


def units_of_course(
    case: Case, code: BillingCode, *, regimen: Regimen, weight_kg: object = None
) -> Units:
    """Return the units that the doses asked for bill, or those of the regimen's course.

    Args:
        case: The facts. A planned activity and a number of doses that are documented are used;
            what is not documented is the regimen's; an interval leaves the units open.
        code: The billing code.
        regimen: The regimen of the same policy.
        weight_kg: Body weight in kg; read only where the regimen's activity depends on it.

    Raises:
        BadValue: The weight is not a number.
        OutOfRange: The weight is none of a person.
    """
    missing: list[str] = []
    planned: list[str] = []
    amount, unit, steps = _planned_activity(case, code, planned, missing)
    if not planned and not missing:
        amount, unit, steps = _usual_activity(regimen, weight_kg, missing)
    doses: int | None = regimen.doses
    asked = case.possible.get(code.doses)
    if isinstance(asked, Number):
        planned.append(code.doses)
        doses = int(asked.value)
    elif asked is not None:
        missing.append(code.doses)
        doses = None
    per_dose = None
    if amount is not None:
        known = rule_base().knowledge.units
        one = Fraction(known[code.unit], known[unit])
        exact = amount / one
        per_dose = ceil(exact)
        steps.append(
            f"{number_text(amount)} {unit} / {number_text(one)} {unit} per {code.unit} = "
            f"{number_text(exact)} {code.unit}"
        )
        steps.append(f"{'' if per_dose == exact else 'rounded up to '}{per_dose} units a dose")
    total = per_dose * doses if per_dose is not None and doses is not None else None
    if total is not None:
        steps.append(f"{per_dose} x {doses} doses = {total} units")
    return Units(
        code, per_dose, doses, total, tuple(planned), tuple(missing), "; ".join(steps)
    )  # fmt: skip


def _planned_activity(
    case: Case, code: BillingCode, planned: list[str], missing: list[str]
) -> tuple[Fraction | None, str, list[str]]:
    value = case.possible.get(code.activity)
    unit = rule_base().attributes[code.activity].unit
    if isinstance(value, Number):
        planned.append(code.activity)
        return value.value, unit, []
    if value is not None:
        missing.append(code.activity)
    return None, unit, []


def _usual_activity(
    regimen: Regimen, weight_kg: object, missing: list[str]
) -> tuple[Fraction | None, str, list[str]]:
    each = Fraction(regimen.activity)
    if regimen.weight_range is None:
        return each, regimen.unit, []
    if weight_kg is None:
        missing.append(WEIGHT)
        return None, regimen.unit, []
    weight = _weight(weight_kg, regimen.weight_range)
    steps = [
        f"{number_text(each)} {regimen.unit}/kg x {number_text(weight)} kg = "
        f"{number_text(each * weight)} {regimen.unit}"
    ]
    return each * weight, regimen.unit, steps


def _weight(weight_kg: object, weight_range: tuple[int, int]) -> Fraction:
    body = Attribute(
        WEIGHT, "", "number", "Body weight", "body weight", range=weight_range, unit="kg"
    )
    weight = possible(body, plain_scalar(weight_kg), WEIGHT)
    if not isinstance(weight, Number):
        raise BadValue(f"{shown(weight_kg)} is an interval: write one number of kg", WEIGHT)
    return weight.value
