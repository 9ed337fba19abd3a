# SPDX-License-Identifier: Apache-2.0
"""The policies for engines of two-valued logic: when each criterion surely holds, and surely fails.

Unknown is where neither is so. Each engine's module says how its language writes the few words of
`Language`; from those, conditions are built as pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Protocol

GEP_NET: Final = ("gep_net", "foregut_net", "midgut_net", "hindgut_net", "pancreatic_net")
STUDIES: Final = ("sstr_pet_ct", "sstr_pet_mri", "octreotide_spect_ct", "sstr_scintigraphy")


class Language(Protocol):
    """How a language writes what is two-valued; whatever reads a fact is false if it is unknown."""

    def compare(self, name: str, operator: str, number: float) -> Any:
        """Write that a number compares so with a limit."""

    def compare_sum(self, names: tuple[str, str], operator: str, number: int) -> Any:
        """Write that the sum of two numbers compares so with a limit."""

    def among(self, name: str, options: tuple[str, ...]) -> Any:
        """Write that an option is known to be one of some."""

    def beside(self, name: str, options: tuple[str, ...]) -> Any:
        """Write that an option is known to be none of some."""

    def flag(self, name: str, *, value: bool) -> Any:
        """Write that a fact is known to be so."""

    def both(self, *conditions: Any) -> Any:
        """Write that all conditions hold."""

    def either(self, *conditions: Any) -> Any:
        """Write that one of the conditions holds."""

    def negated(self, condition: Any) -> Any:
        """Write that a condition does not hold."""


@dataclass(frozen=True, slots=True)
class Pair:
    """When a condition surely holds, and when it surely fails."""

    holds: Any
    fails: Any


_OPPOSITE: Final = {">=": "<", "<=": ">", "<": ">=", ">": "<="}


@dataclass(frozen=True, slots=True)
class Writer:
    """Builds pairs in a language."""

    language: Language

    def compare(self, name: str, operator: str, number: float) -> Pair:
        """Return a comparison with a number."""
        write = self.language.compare
        return Pair(write(name, operator, number), write(name, _OPPOSITE[operator], number))

    def among(self, name: str, *options: str, open_to: tuple[str, ...] = ()) -> Pair:
        """Return whether an option is one of some; those that it is open to leave it unknown."""
        write = self.language
        return Pair(write.among(name, options), write.beside(name, (*options, *open_to)))

    def flag(self, name: str) -> Pair:
        """Return a fact that is true or false."""
        write = self.language.flag
        return Pair(write(name, value=True), write(name, value=False))

    def all_of(self, *pairs: Pair) -> Pair:
        """Return Kleene's conjunction."""
        return Pair(
            self.language.both(*(pair.holds for pair in pairs)),
            self.language.either(*(pair.fails for pair in pairs)),
        )

    def any_of(self, *pairs: Pair) -> Pair:
        """Return Kleene's disjunction."""
        return negated(self.all_of(*map(negated, pairs)))

    def evidence(self, speak_for: Any, speak_against: Any) -> Pair:
        """Return what sources say together: those that speak decide, where they agree."""
        write = self.language
        return Pair(
            write.both(speak_for, write.negated(speak_against)),
            write.both(speak_against, write.negated(speak_for)),
        )

    def dose_cap(self, prior: str, cap: int) -> Pair:
        """Return whether prior and requested doses keep a cap; one alone may break it."""
        write, both = self.language, (prior, "requested_doses")
        return Pair(
            write.compare_sum(both, "<=", cap),
            write.either(
                write.compare(prior, ">=", cap),
                write.compare("requested_doses", ">", cap),
                write.compare_sum(both, ">", cap),
            ),
        )


def negated(pair: Pair) -> Pair:
    """Return Kleene's negation."""
    return Pair(pair.fails, pair.holds)


def xofigo(w: Writer) -> tuple[Pair, ...]:
    """Return the criteria of premera_xofigo."""
    visceral, liver = w.flag("visceral_metastases"), w.flag("liver_metastases")
    return (
        w.compare("age_years", ">=", 18),
        w.among("tumor_type", "prostate_cancer"),
        w.flag("castration_resistant"),
        w.flag("symptomatic_bone_metastases"),
        w.evidence(visceral.fails, w.language.either(visceral.holds, liver.holds)),
        w.compare("largest_lymph_node_cm", "<=", 3),
        w.dose_cap("prior_xofigo_doses", 6),
    )


def lutathera(w: Writer) -> tuple[Pair, ...]:
    """Return the criteria of premera_lutathera, by the text in force from 2026-04-01."""
    either, prior = w.language.either, "prior_lutathera_doses"
    low, poor = w.compare("ki67_percent", "<=", 20), w.among("differentiation", "poor")
    grade, clearance = (
        w.compare("who_grade", "<=", 2),
        w.compare("creatinine_clearance_ml_min", ">=", 40),
    )
    gep_net = w.among("tumor_type", *GEP_NET, open_to=("unknown_primary_net",))
    karnofsky, ecog = w.compare("karnofsky", ">=", 60), w.compare("ecog", "<=", 2)
    performing = w.evidence(
        either(karnofsky.holds, ecog.holds), either(karnofsky.fails, ecog.fails)
    )
    marrow, liver = w.flag("bone_marrow_adequate"), w.flag("hepatic_adequate")
    met_now = w.all_of(
        gep_net,
        w.evidence(either(low.holds, grade.holds), either(low.fails, grade.fails, poor.holds)),
        w.any_of(
            w.flag("locally_advanced"), w.among("metastases", "distant", open_to=("regional",))
        ),
        w.among("sstr_imaging", *STUDIES, open_to=("other_sstr_pet",)),
        w.among("sstr_uptake", "above_liver", open_to=("mixed", "positive_not_compared")),
        w.compare("days_since_long_acting_ssa", ">=", 28),
        w.compare("hours_since_short_acting_octreotide", ">=", 24),
        clearance,
        marrow,
        liver,
        performing,
    )
    was_met = w.flag("initial_criteria_met")
    met_then = w.evidence(
        was_met.holds,
        either(was_met.fails, marrow.fails, liver.fails, performing.fails, gep_net.fails),
    )
    toxic = w.any_of(
        w.compare("recurrent_thrombocytopenia_grade", ">=", 2),
        w.compare("recurrent_anemia_grade", ">=", 3),
        w.compare("recurrent_neutropenia_grade", ">=", 3),
        w.flag("recurrent_hepatotoxicity"),
        w.compare("recurrent_nonhematologic_grade", ">=", 3),
        w.compare("renal_toxicity_delay_weeks", ">=", 16),
        w.compare("bilirubin_x_uln", ">", 3),
        w.all_of(
            w.compare("albumin_g_l", "<", 30), w.compare("prothrombin_ratio_percent", "<", 70)
        ),
        negated(clearance),
        w.compare("creatinine_rise_percent", ">=", 40),
        w.compare("creatinine_clearance_fall_percent", ">=", 40),
    )
    none_before, stopped = w.compare(prior, "<=", 0), w.flag("stop_rule_met_before")
    starts_course = w.all_of(
        w.among("request_type", "initial"),
        w.any_of(none_before, w.flag("prior_doses_in_earlier_course")),
    )
    return (
        w.compare("age_years", ">=", 12),
        w.any_of(w.all_of(w.among("request_type", "continuation"), met_then), met_now),
        w.compare("post_dose_octreotide_lar_hours", ">=", 4),
        w.compare("post_dose_octreotide_lar_hours", "<=", 24),
        w.dose_cap(prior, 4),
        w.any_of(starts_course, negated(toxic)),
        w.evidence(either(stopped.fails, none_before.holds), stopped.holds),
    )


POLICIES: Final = {"premera_xofigo": xofigo, "premera_lutathera": lutathera}
