# SPDX-License-Identifier: Apache-2.0
"""The policies as OpenFisca variables: a formula for each criterion, vectorised with NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.variables import Variable

from benchmarks.cohort.openfisca_truth import (
    Truth,
    all_of,
    among,
    any_of,
    at_least,
    at_most,
    dose_cap,
    encoded,
    evidence,
    negation,
)

if TYPE_CHECKING:
    from collections.abc import Callable

GEP_NET: Final = ("gep_net", "foregut_net", "midgut_net", "hindgut_net", "pancreatic_net")
STUDIES: Final = ("sstr_pet_ct", "sstr_pet_mri", "octreotide_spect_ct", "sstr_scintigraphy")


class Facts:
    """The facts of all patients, as plain arrays."""

    def __init__(self, person: Any, period: Any) -> None:
        self._person, self._period = person, period

    def __getattr__(self, name: str) -> np.ndarray:
        return self._person(name, self._period).view(np.ndarray)

    def among(self, name: str, members: tuple[str, ...], open_to: tuple[str, ...] = ()) -> Any:
        """Return whether the option of a fact is one of some."""
        chosen = self._person(name, self._period)
        options: type[Enum] = chosen.possible_values
        return among(chosen.view(np.ndarray), options, members, open_to)


def xofigo_x_1(f: Facts) -> Any:
    return at_least(f.age_years, 18)


def xofigo_x_2(f: Facts) -> Any:
    return all_of(f.among("tumor_type", ("prostate_cancer",)), f.castration_resistant)


def xofigo_x_3(f: Facts) -> Any:
    return f.symptomatic_bone_metastases


def xofigo_x_4(f: Facts) -> Any:
    found = f.visceral_metastases
    absent = evidence(negation(found), any_of(found, f.liver_metastases))
    return all_of(absent, at_most(f.largest_lymph_node_cm, 3))


def xofigo_x_5(f: Facts) -> Any:
    return dose_cap(f.prior_xofigo_doses, f.requested_doses, 6)


def xofigo_met(f: Facts) -> Any:
    return all_of(f.xofigo_x_1, f.xofigo_x_2, f.xofigo_x_3, f.xofigo_x_4, f.xofigo_x_5)


def gep_net(f: Facts) -> Any:
    return f.among("tumor_type", GEP_NET, ("unknown_primary_net",))


def starts_course(f: Facts) -> Any:
    none_before = at_most(f.prior_lutathera_doses, 0)
    return all_of(
        f.among("request_type", ("initial",)),
        any_of(none_before, f.prior_doses_in_earlier_course),
    )


def stop_rules(f: Facts) -> Any:
    return any_of(
        negation(at_most(f.bilirubin_x_uln, 3)),
        negation(any_of(at_least(f.albumin_g_l, 30), at_least(f.prothrombin_ratio_percent, 70))),
        negation(f.lutathera_l_5),
        at_least(f.creatinine_rise_percent, 40),
        at_least(f.creatinine_clearance_fall_percent, 40),
    )


def lutathera_l_1(f: Facts) -> Any:
    return at_least(f.age_years, 12)


def lutathera_l_2(f: Facts) -> Any:
    low, grade = at_most(f.ki67_percent, 20), at_least(f.who_grade, 3)
    low_grade = evidence(
        any_of(low, negation(grade)),
        any_of(negation(low), grade, f.among("differentiation", ("poor",))),
    )
    metastatic = f.among("metastases", ("distant",), ("regional",))
    return all_of(f.gep_net, low_grade, any_of(f.locally_advanced, metastatic))


def lutathera_l_3(f: Facts) -> Any:
    return all_of(
        f.among("sstr_imaging", STUDIES, ("other_sstr_pet",)),
        f.among("sstr_uptake", ("above_liver",), ("mixed", "positive_not_compared")),
    )


def lutathera_l_4(f: Facts) -> Any:
    return all_of(
        at_least(f.days_since_long_acting_ssa, 28),
        at_least(f.hours_since_short_acting_octreotide, 24),
    )


def lutathera_l_5(f: Facts) -> Any:
    return at_least(f.creatinine_clearance_ml_min, 40)


def lutathera_l_6(f: Facts) -> Any:
    return all_of(f.bone_marrow_adequate, f.hepatic_adequate)


def lutathera_l_7(f: Facts) -> Any:
    karnofsky, ecog = at_least(f.karnofsky, 60), at_most(f.ecog, 2)
    return evidence(any_of(karnofsky, ecog), negation(all_of(karnofsky, ecog)))


def lutathera_l_8(f: Facts) -> Any:
    hours = f.post_dose_octreotide_lar_hours
    return all_of(at_least(hours, 4), at_most(hours, 24))


def lutathera_l_9(f: Facts) -> Any:
    return dose_cap(f.prior_lutathera_doses, f.requested_doses, 4)


def lutathera_l_10(f: Facts) -> Any:
    toxic = any_of(
        at_least(f.recurrent_thrombocytopenia_grade, 2),
        at_least(f.recurrent_anemia_grade, 3),
        at_least(f.recurrent_neutropenia_grade, 3),
        f.recurrent_hepatotoxicity,
        at_least(f.recurrent_nonhematologic_grade, 3),
        at_least(f.renal_toxicity_delay_weeks, 16),
        f.stop_rules,
    )
    return any_of(f.starts_course, negation(toxic))


def lutathera_l_12(f: Facts) -> Any:
    stopped = f.stop_rule_met_before
    return evidence(any_of(negation(stopped), at_most(f.prior_lutathera_doses, 0)), stopped)


def lutathera_met_then(f: Facts) -> Any:
    was_met = f.initial_criteria_met
    holds_still = all_of(was_met, f.lutathera_l_6, f.lutathera_l_7, f.gep_net)
    continues = f.among("request_type", ("continuation",))
    return all_of(continues, evidence(was_met, negation(holds_still)))


def lutathera_met(f: Facts) -> Any:
    met_now = all_of(
        f.lutathera_l_2, f.lutathera_l_3, f.lutathera_l_4, f.lutathera_l_5, f.lutathera_l_6,
        f.lutathera_l_7,
    )  # fmt: skip
    return all_of(
        f.lutathera_l_1,
        any_of(f.lutathera_met_then, met_now),
        f.lutathera_l_8,
        f.lutathera_l_9,
        f.lutathera_l_10,
        f.lutathera_l_12,
    )


FORMULAS: Final[dict[str, tuple[Callable[[Facts], Any], ...]]] = {
    "premera_xofigo": (
        xofigo_x_1, xofigo_x_2, xofigo_x_3, xofigo_x_4, xofigo_x_5, xofigo_met,
    ),
    "premera_lutathera": (
        gep_net, starts_course, stop_rules, lutathera_l_1, lutathera_l_2, lutathera_l_3,
        lutathera_l_4, lutathera_l_5, lutathera_l_6, lutathera_l_7, lutathera_l_8, lutathera_l_9,
        lutathera_l_10, lutathera_l_12, lutathera_met_then, lutathera_met,
    ),
}  # fmt: skip


def variable(name: str, entity: Any, period: str, **more: Any) -> type[Variable]:
    """Return a variable of OpenFisca."""
    return type(name, (Variable,), {"entity": entity, "definition_period": period, **more})


def computed(told: Callable[[Facts], Any], entity: Any, period: str) -> type[Variable]:
    """Return the variable of a formula."""

    def formula(person: Any, period: Any) -> Any:
        return encoded(told(Facts(person, period)))

    return variable(
        told.__name__, entity, period, value_type=Enum, possible_values=Truth,
        default_value=Truth.unknown, formula=formula,
    )  # fmt: skip
