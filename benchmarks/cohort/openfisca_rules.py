# SPDX-License-Identifier: Apache-2.0
"""The policies as OpenFisca variables: a formula for each criterion, vectorised with NumPy.

A formula reads facts and other criteria through `Facts`, and combines their truths with `t`, a
module that says how truths are kept: `openfisca_bytes` or `openfisca_enums`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.variables import Variable

from benchmarks.cohort.openfisca_bytes import Truth

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

GEP_NET: Final = ("gep_net", "foregut_net", "midgut_net", "hindgut_net", "pancreatic_net")
STUDIES: Final = ("sstr_pet_ct", "sstr_pet_mri", "octreotide_spect_ct", "sstr_scintigraphy")


class Facts:
    """The facts of all patients as a formula reads them: numbers, or truths of an algebra."""

    def __init__(self, person: Any, period: Any, algebra: ModuleType) -> None:
        self._person, self._period, self._algebra = person, period, algebra

    def __getattr__(self, name: str) -> Any:
        values = self._person(name, self._period)
        return self._algebra.read(values) if isinstance(values, EnumArray) else values

    def among(self, name: str, members: tuple[str, ...], open_to: tuple[str, ...] = ()) -> Any:
        """Return whether the option of a fact is one of some."""
        chosen = self._person(name, self._period)
        return self._algebra.among(chosen, chosen.possible_values, members, open_to)


def xofigo_x_1(f: Facts, t: Any) -> Any:
    return t.at_least(f.age_years, 18)


def xofigo_x_2(f: Facts, t: Any) -> Any:
    return t.all_of(f.among("tumor_type", ("prostate_cancer",)), f.castration_resistant)


def xofigo_x_3(f: Facts, t: Any) -> Any:
    return f.symptomatic_bone_metastases


def xofigo_x_4(f: Facts, t: Any) -> Any:
    found = f.visceral_metastases
    absent = t.evidence(t.negation(found), t.any_of(found, f.liver_metastases))
    return t.all_of(absent, t.at_most(f.largest_lymph_node_cm, 3))


def xofigo_x_5(f: Facts, t: Any) -> Any:
    return t.dose_cap(f.prior_xofigo_doses, f.requested_doses, 6)


def xofigo_met(f: Facts, t: Any) -> Any:
    return t.all_of(f.xofigo_x_1, f.xofigo_x_2, f.xofigo_x_3, f.xofigo_x_4, f.xofigo_x_5)


def gep_net(f: Facts, t: Any) -> Any:
    return f.among("tumor_type", GEP_NET, ("unknown_primary_net",))


def starts_course(f: Facts, t: Any) -> Any:
    none_before = t.at_most(f.prior_lutathera_doses, 0)
    return t.all_of(
        f.among("request_type", ("initial",)),
        t.any_of(none_before, f.prior_doses_in_earlier_course),
    )


def stop_rules(f: Facts, t: Any) -> Any:
    return t.any_of(
        t.negation(t.at_most(f.bilirubin_x_uln, 3)),
        t.negation(
            t.any_of(t.at_least(f.albumin_g_l, 30), t.at_least(f.prothrombin_ratio_percent, 70))
        ),
        t.negation(f.lutathera_l_5),
        t.at_least(f.creatinine_rise_percent, 40),
        t.at_least(f.creatinine_clearance_fall_percent, 40),
    )


def lutathera_l_1(f: Facts, t: Any) -> Any:
    return t.at_least(f.age_years, 12)


def lutathera_l_2(f: Facts, t: Any) -> Any:
    low, grade = t.at_most(f.ki67_percent, 20), t.at_least(f.who_grade, 3)
    low_grade = t.evidence(
        t.any_of(low, t.negation(grade)),
        t.any_of(t.negation(low), grade, f.among("differentiation", ("poor",))),
    )
    metastatic = f.among("metastases", ("distant",), ("regional",))
    return t.all_of(f.gep_net, low_grade, t.any_of(f.locally_advanced, metastatic))


def lutathera_l_3(f: Facts, t: Any) -> Any:
    return t.all_of(
        f.among("sstr_imaging", STUDIES, ("other_sstr_pet",)),
        f.among("sstr_uptake", ("above_liver",), ("mixed", "positive_not_compared")),
    )


def lutathera_l_4(f: Facts, t: Any) -> Any:
    return t.all_of(
        t.at_least(f.days_since_long_acting_ssa, 28),
        t.at_least(f.hours_since_short_acting_octreotide, 24),
    )


def lutathera_l_5(f: Facts, t: Any) -> Any:
    return t.at_least(f.creatinine_clearance_ml_min, 40)


def lutathera_l_6(f: Facts, t: Any) -> Any:
    return t.all_of(f.bone_marrow_adequate, f.hepatic_adequate)


def lutathera_l_7(f: Facts, t: Any) -> Any:
    karnofsky, ecog = t.at_least(f.karnofsky, 60), t.at_most(f.ecog, 2)
    return t.evidence(t.any_of(karnofsky, ecog), t.negation(t.all_of(karnofsky, ecog)))


def lutathera_l_8(f: Facts, t: Any) -> Any:
    hours = f.post_dose_octreotide_lar_hours
    return t.all_of(t.at_least(hours, 4), t.at_most(hours, 24))


def lutathera_l_9(f: Facts, t: Any) -> Any:
    return t.dose_cap(f.prior_lutathera_doses, f.requested_doses, 4)


def lutathera_l_10(f: Facts, t: Any) -> Any:
    toxic = t.any_of(
        t.at_least(f.recurrent_thrombocytopenia_grade, 2),
        t.at_least(f.recurrent_anemia_grade, 3),
        t.at_least(f.recurrent_neutropenia_grade, 3),
        f.recurrent_hepatotoxicity,
        t.at_least(f.recurrent_nonhematologic_grade, 3),
        t.at_least(f.renal_toxicity_delay_weeks, 16),
        f.stop_rules,
    )
    return t.any_of(f.starts_course, t.negation(toxic))


def lutathera_l_12(f: Facts, t: Any) -> Any:
    stopped = f.stop_rule_met_before
    return t.evidence(t.any_of(t.negation(stopped), t.at_most(f.prior_lutathera_doses, 0)), stopped)


def lutathera_met_then(f: Facts, t: Any) -> Any:
    was_met = f.initial_criteria_met
    holds_still = t.all_of(was_met, f.lutathera_l_6, f.lutathera_l_7, f.gep_net)
    continues = f.among("request_type", ("continuation",))
    return t.all_of(continues, t.evidence(was_met, t.negation(holds_still)))


def lutathera_met(f: Facts, t: Any) -> Any:
    met_now = t.all_of(
        f.lutathera_l_2, f.lutathera_l_3, f.lutathera_l_4, f.lutathera_l_5, f.lutathera_l_6,
        f.lutathera_l_7,
    )  # fmt: skip
    return t.all_of(
        f.lutathera_l_1,
        t.any_of(f.lutathera_met_then, met_now),
        f.lutathera_l_8,
        f.lutathera_l_9,
        f.lutathera_l_10,
        f.lutathera_l_12,
    )


FORMULAS: Final[dict[str, tuple[Callable[[Facts, Any], Any], ...]]] = {
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


def computed(
    told: Callable[[Facts, Any], Any], entity: Any, period: str, algebra: ModuleType
) -> type[Variable]:
    """Return the variable of a formula."""

    def formula(person: Any, period: Any) -> Any:
        return algebra.encoded(told(Facts(person, period, algebra), algebra))

    return variable(
        told.__name__, entity, period, value_type=Enum, possible_values=Truth,
        default_value=Truth.unknown, formula=formula,
    )  # fmt: skip
