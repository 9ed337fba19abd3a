"""Decide a request in plain Python, criterion by criterion, independently of the rule base.

This module is a test oracle. It is written from the specification and the two source documents
alone and shares no code, data or representation with the rule base or its engines; only the
vocabulary (attribute names, types, ranges, values) is common to both. It reads top to bottom in
the order of the specification, so that each line can be ticked off against it:

* truth (section 1), facts (sections 1 and 10), leaves (section 1), readings (section 6);
* shared criteria (section 1);
* Wellmark 06.01.38 (section 2), Premera 6.01.525: Lutathera, Pluvicto, Xofigo (sections 3-5);
* dated texts (section 7) as constants beside the payer they belong to;
* ``evaluate`` (sections 1 and 10).

``W L59`` is line 59 of the Wellmark document and ``P L46`` line 46 of the Premera document.
A request is assumed to be valid: nothing here validates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import Enum
from pathlib import Path
from typing import Any

# --------------------------------------------------------------------------------------
# Truth (SPEC 1): strong Kleene, and the join of evidence
# --------------------------------------------------------------------------------------


class Truth(Enum):
    """One of the three truth values; the value is the word of the line protocol."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        """Refuse: unknown is neither."""
        raise TypeError("a Truth is no bool: compare it with Truth.TRUE, FALSE or UNKNOWN")


TRUE = Truth.TRUE
FALSE = Truth.FALSE
UNKNOWN = Truth.UNKNOWN

OUTCOMES: dict[Truth, str] = {TRUE: "met", FALSE: "not_met", UNKNOWN: "needs_information"}


def truth(value: bool) -> Truth:
    """A condition that is settled."""
    return TRUE if value else FALSE


def not_(condition: Truth) -> Truth:
    """Kleene negation."""
    return {TRUE: FALSE, FALSE: TRUE, UNKNOWN: UNKNOWN}[condition]


def all_of(*conditions: Truth) -> Truth:
    """False dominates; otherwise unknown dominates."""
    if FALSE in conditions:
        return FALSE
    return UNKNOWN if UNKNOWN in conditions else TRUE


def any_of(*conditions: Truth) -> Truth:
    """True dominates; otherwise unknown dominates."""
    if TRUE in conditions:
        return TRUE
    return UNKNOWN if UNKNOWN in conditions else FALSE


def none_of(*conditions: Truth) -> Truth:
    """True when every condition is false."""
    return not_(any_of(*conditions))


def evidence(*sources: Truth) -> Truth:
    """Those sources that speak decide; silence and disagreement leave it unknown."""
    if TRUE in sources and FALSE not in sources:
        return TRUE
    if FALSE in sources and TRUE not in sources:
        return FALSE
    return UNKNOWN


def supports(condition: Truth) -> Truth:
    """A source that is true when the condition is true, else silent."""
    return TRUE if condition is TRUE else UNKNOWN


def rules_out(condition: Truth) -> Truth:
    """A source that is false when the condition is true, else silent."""
    return FALSE if condition is TRUE else UNKNOWN


def undetermined(reason: str) -> Truth:
    """Always unknown; the reason is for the reader."""
    del reason
    return UNKNOWN


# --------------------------------------------------------------------------------------
# Readings (SPEC 6): the default first, then the alternatives
# --------------------------------------------------------------------------------------

READINGS: dict[str, tuple[str, ...]] = {
    "w_item1": ("burden_governs_all", "burden_governs_typical", "literal_list"),
    "w_item1_progression": ("any_grade", "low_or_intermediate_only"),
    "w_primary_therapy": ("first_line", "main_modality"),
    "w_extent": (
        "any_of_three",
        "unresectable_locally_advanced_or_metastatic",
        "unresectable_and_advanced",
    ),
    "w_well_differentiated": ("documented_or_graded", "ki67_shows_it"),
    "w_first_line_ki67_upper": ("below_20", "up_to_20"),
    "w_item3_first_line_agents": ("octreotide_or_lanreotide_only", "any_first_line"),
    "w_item3_distant": ("allowed", "excluded"),
    "w_item4_prior": ("radiolabeled_only", "any_octreotide_or_lanreotide"),
    "w_carcinoid_tumor": ("any_net", "gep_net_only", "any_net_or_ppgl"),
    "w_common_scope": ("all_items", "item_5_only"),
    "w_sstr_threshold": ("above_liver", "at_least_liver"),
    "w_scintigraphy": ("only_if_pet_unavailable", "accepted"),
    "w_in_force_from": ("2026-01-01", "2026-02-01"),
    "w_continuation": ("carried_forward", "judged_each_dose"),
    "w_adequate_renal": ("attested", "attested_and_crcl_40"),
    "w_ssa_washout": ("advisory", "required_28_days", "required_42_days"),
    "w_stop_rules": ("binding", "advisory"),
    "p_sstr_threshold": ("above_liver", "any_expression"),
    "p_scintigraphy": ("accepted", "only_if_pet_unavailable"),
    "p_washout_days": ("28", "42"),
    "p_washout_each_dose": ("first_dose_only", "each_dose"),
    "p_continuation": ("carried_forward", "judged_each_dose"),
    "p_label_dosing": ("advice", "binding"),
    "p_performance": ("documented_scale", "karnofsky_only"),
    "p_lutathera_adult_age": ("18", "19"),
    "p_octreotide_plan": ("must_be_documented", "assumed_if_silent"),
    "p_egfr": ("creatinine_clearance_only", "egfr_accepted"),
    "p_stop_rules": ("both_lists", "documentation_list_only"),
    "p_anemia_and_neutropenia": ("either", "both_together"),
    "p_pluvicto_age": ("18", "19"),
    "p_xofigo_age": ("18", "19"),
    "p_psma_agent": ("listed_only", "any_psma_pet"),
    "p_abiraterone": ("counts", "does_not_count"),
    "p_taxane_2025": ("delay_option_live", "prior_taxane_binds"),
    "p_visceral": ("documented_absent", "silence_is_absence"),
    "dose_cap": ("lifetime", "per_course"),
    "forty_percent": ("at_least", "more_than"),
    "regional_metastases": ("undetermined", "counts", "does_not_count"),
    "ki67_documentation": ("grade_suffices", "value_required"),
    # Not in the specification: the documents' words admit these too.
    "w_planar_scintigraphy": ("as_spect_ct", "not_listed"),
    "p_pluvicto_modifications": ("binding", "advisory"),
    "p_reduced_activity": ("accepted", "adverse_reaction_only"),
}


# --------------------------------------------------------------------------------------
# Facts (SPEC 1 and 10): a fact is the set of values it may still have
# --------------------------------------------------------------------------------------

INFINITY = Decimal("Infinity")

_VOCABULARY_FILE = Path(__file__).parents[1] / "cases" / "vocabulary.json"
_VOCABULARY: dict[str, dict[str, Any]] = {
    attribute["name"]: attribute
    for attribute in json.loads(_VOCABULARY_FILE.read_text(encoding="utf-8"))["attributes"]
}


@dataclass(frozen=True)
class Interval:
    """The numbers from ``low`` to ``high``; an end marked open is left out."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    def lies_within(self, other: Interval) -> bool:
        """Every number of this interval is a number of the other."""
        low_fits = self.low > other.low or (
            self.low == other.low and (self.low_open or not other.low_open)
        )
        high_fits = self.high < other.high or (
            self.high == other.high and (self.high_open or not other.high_open)
        )
        return low_fits and high_fits

    def lies_apart_from(self, other: Interval) -> bool:
        """No number is in both intervals."""
        return self._lies_below(other) or other._lies_below(self)

    def _lies_below(self, other: Interval) -> bool:
        touching = self.high == other.low
        return self.high < other.low or (touching and (self.high_open or other.low_open))


def decimal(value: object) -> Decimal:
    """Any number of a request, exactly as it was written."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, int | str):
        return Decimal(value)
    raise TypeError(f"not a number: {value!r}")


_NUMBER = r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
_ONE_SIDED = re.compile(rf"(<=|>=|<|>)\s*({_NUMBER})")
_TWO_SIDED = re.compile(rf"({_NUMBER})\s*-\s*({_NUMBER})")


def interval_from_text(text: str, low: Decimal, high: Decimal) -> Interval:
    """Read ``<5``, ``>=60``, ``2-10`` or ``-20--5``, clipped to the attribute's range."""
    if one_sided := _ONE_SIDED.fullmatch(text.strip()):
        operator, end = one_sided.group(1), Decimal(one_sided.group(2))
        if operator in ("<", "<="):
            return Interval(low, end, high_open=operator == "<")
        return Interval(end, high, low_open=operator == ">")
    if two_sided := _TWO_SIDED.fullmatch(text.strip()):
        return Interval(Decimal(two_sided.group(1)), Decimal(two_sided.group(2)))
    raise ValueError(f"not an interval: {text!r}")


def whole_numbers_of(interval: Interval) -> Interval:
    """For integers the ends are whole and included: ``<5`` means at most 4."""
    low = interval.low.to_integral_value(ROUND_CEILING)
    high = interval.high.to_integral_value(ROUND_FLOOR)
    if interval.low_open and low == interval.low:
        low += 1
    if interval.high_open and high == interval.high:
        high -= 1
    return Interval(low, high)


@dataclass(frozen=True)
class Request:
    """One request for one patient on one date of service (SPEC 10)."""

    on: date
    facts: Mapping[str, Any]
    readings: Mapping[str, str]

    def reading(self, name: str) -> str:
        """The reading chosen, or its default (SPEC 6)."""
        chosen = self.readings.get(name, READINGS[name][0])
        if chosen not in READINGS[name]:
            raise ValueError(f"{name} has no reading {chosen!r}")
        return chosen

    def value(self, name: str) -> Any:
        """The fact as the request gives it; ``None`` when it is absent."""
        if name not in _VOCABULARY:
            raise KeyError(f"no such attribute: {name}")
        return self.facts.get(name)

    def every_number(self, name: str) -> Interval:
        """The numbers an unknown fact may have: its range, and ``"never"`` if elapsed."""
        attribute = _VOCABULARY[name]
        low, high = (decimal(end) for end in attribute["range"])
        return Interval(low, INFINITY if attribute["type"] == "elapsed" else high)

    def numbers(self, name: str) -> Interval:
        """The numbers this fact may still have; ``"never"`` is longer ago than any limit."""
        value = self.value(name)
        if value is None:
            return self.every_number(name)
        if value == "never":
            return Interval(INFINITY, INFINITY)
        if not isinstance(value, str):
            return Interval(decimal(value), decimal(value))
        attribute = _VOCABULARY[name]
        low, high = (decimal(end) for end in attribute["range"])
        interval = interval_from_text(value, low, high)
        return whole_numbers_of(interval) if attribute["type"] == "integer" else interval

    def choices(self, name: str) -> frozenset[str]:
        """The values this enumerated fact may still have."""
        value = self.value(name)
        return frozenset(_VOCABULARY[name]["values"] if value is None else [value])


# --------------------------------------------------------------------------------------
# Leaves (SPEC 1): true if every possible value satisfies it, false if none does
# --------------------------------------------------------------------------------------

Limit = int | str
"""A threshold: a whole number, or a decimal as text so that it stays exact."""


def _compare(possible: Interval, wanted: Interval) -> Truth:
    if possible.lies_within(wanted):
        return TRUE
    return FALSE if possible.lies_apart_from(wanted) else UNKNOWN


def at_least(r: Request, name: str, limit: Limit) -> Truth:
    """name >= limit"""
    return _compare(r.numbers(name), Interval(Decimal(limit), INFINITY))


def above(r: Request, name: str, limit: Limit) -> Truth:
    """name > limit"""
    return _compare(r.numbers(name), Interval(Decimal(limit), INFINITY, low_open=True))


def at_most(r: Request, name: str, limit: Limit) -> Truth:
    """name =< limit"""
    return _compare(r.numbers(name), Interval(-INFINITY, Decimal(limit)))


def below(r: Request, name: str, limit: Limit) -> Truth:
    """name < limit"""
    return _compare(r.numbers(name), Interval(-INFINITY, Decimal(limit), high_open=True))


def between(r: Request, name: str, low: Limit, high: Limit) -> Truth:
    """name in low..high: one leaf, ends included."""
    return _compare(r.numbers(name), Interval(Decimal(low), Decimal(high)))


def equals(r: Request, name: str, limit: Limit) -> Truth:
    """name = limit"""
    return between(r, name, limit, limit)


def one_of(r: Request, name: str, *wanted: str) -> Truth:
    """An enumerated fact is one of the values wanted."""
    _check_values(name, wanted)
    possible = r.choices(name)
    if possible <= set(wanted):
        return TRUE
    return FALSE if possible.isdisjoint(wanted) else UNKNOWN


def is_true(r: Request, name: str) -> Truth:
    """A boolean fact holds; an absent one is unknown, never false."""
    value = r.value(name)
    return UNKNOWN if value is None else truth(value is True)


def is_false(r: Request, name: str) -> Truth:
    """A boolean fact is documented not to hold."""
    return not_(is_true(r, name))


def is_not_empty(r: Request, name: str) -> Truth:
    """A set has a member; the empty set is a documented "none"."""
    value = r.value(name)
    return UNKNOWN if value is None else truth(len(value) > 0)


def includes(r: Request, name: str, members: tuple[str, ...], *, open_class: bool = False) -> Truth:
    """A member of the set is in the class; ``open_class``: the document says "e.g."."""
    _check_values(name, members)
    value = r.value(name)
    if value is None:
        return UNKNOWN
    if any(member in value for member in members):
        return TRUE
    names_octreotide = "octreotide_lar" in members or "octreotide_short_acting" in members
    if "octreotide_unspecified" in value and names_octreotide:
        return UNKNOWN
    if "other" in value and open_class:
        return UNKNOWN
    return FALSE


def documented(r: Request, name: str) -> Truth:
    """The fact is known at all: a number that may be any of its range is not known."""
    if r.value(name) is None:
        return FALSE
    if _VOCABULARY[name]["type"] in ("number", "integer", "elapsed"):
        return truth(r.numbers(name) != r.every_number(name))
    return TRUE


def _check_values(name: str, values: tuple[str, ...]) -> None:
    """Catch a slip of the pen in this module."""
    if not set(values) <= set(_VOCABULARY[name]["values"]):
        raise ValueError(f"{name} has not all of the values {values}")


# --------------------------------------------------------------------------------------
# Classes (SPEC 1)
# --------------------------------------------------------------------------------------

GEP_NET = ("gep_net", "foregut_net", "midgut_net", "hindgut_net", "pancreatic_net")
LUNG_OR_THYMUS_NET = ("bronchopulmonary_net", "thymus_net")
ANY_NET = (*GEP_NET, *LUNG_OR_THYMUS_NET, "other_net", "unknown_primary_net")
PPGL = ("pheochromocytoma", "paraganglioma")
SOMATOSTATIN_ANALOGUE = (
    "octreotide_lar",
    "octreotide_short_acting",
    "octreotide_unspecified",
    "lanreotide",
)
LONG_ACTING_SSA = ("octreotide_lar", "lanreotide")
TARGETED_THERAPY = ("everolimus", "sunitinib")

# --------------------------------------------------------------------------------------
# Shared criteria (SPEC 1)
# --------------------------------------------------------------------------------------


def grade_supports(r: Request, lowest: int, highest: int) -> Truth:
    """supports(who_grade in lowest..highest) for a Ki-67 criterion; ki67_documentation."""
    if r.reading("ki67_documentation") == "value_required":
        return undetermined("the grade does not stand in for the Ki-67 value")
    return supports(between(r, "who_grade", lowest, highest))


def ki67_at_most_20(r: Request) -> Truth:
    """SPEC 1; W L60, L110-111; P L46."""
    return evidence(
        at_most(r, "ki67_percent", 20),
        grade_supports(r, 1, 2),
        rules_out(equals(r, "who_grade", 3)),
        rules_out(one_of(r, "differentiation", "poor")),
    )


def ki67_at_least_10(r: Request) -> Truth:
    """SPEC 1; W L61."""
    return evidence(
        at_least(r, "ki67_percent", 10),
        rules_out(equals(r, "who_grade", 1)),
        grade_supports(r, 3, 3),
    )


def ki67_below_20(r: Request) -> Truth:
    """SPEC 1; W L61."""
    return evidence(
        below(r, "ki67_percent", 20),
        grade_supports(r, 1, 1),
        rules_out(equals(r, "who_grade", 3)),
    )


def grade_2(r: Request) -> Truth:
    """SPEC 1; W L61, L111."""
    return evidence(equals(r, "who_grade", 2), between(r, "ki67_percent", 3, 20))


def well_differentiated(r: Request) -> Truth:
    """SPEC 1; W L60, L119-120; reading w_well_differentiated."""
    documented_or_graded = (
        one_of(r, "differentiation", "well"),
        supports(between(r, "who_grade", 1, 2)),
    )
    if r.reading("w_well_differentiated") == "ki67_shows_it":
        return evidence(*documented_or_graded, supports(at_most(r, "ki67_percent", 20)))
    return evidence(*documented_or_graded)


def progressed(r: Request, progressed_on_it: Truth) -> Truth:
    """The join of evidence that progressed_on(Class) makes of a treatment-history leaf."""
    return evidence(
        progressed_on_it,
        rules_out(one_of(r, "treatment_line", "first_line")),
        rules_out(is_false(r, "evidence_of_progression")),
    )


def progressed_on(r: Request, members: tuple[str, ...], *, open_class: bool = False) -> Truth:
    """SPEC 1, progressed_on(Class)."""
    return progressed(r, includes(r, "disease_progression_on", members, open_class=open_class))


def first_line(r: Request) -> Truth:
    """SPEC 1; W L58, L61."""
    return evidence(
        one_of(r, "treatment_line", "first_line"),
        rules_out(is_not_empty(r, "disease_progression_on")),
    )


def subsequent_line(r: Request) -> Truth:
    """SPEC 1; W L65."""
    return evidence(
        one_of(r, "treatment_line", "subsequent"),
        supports(is_not_empty(r, "disease_progression_on")),
    )


def progression(r: Request) -> Truth:
    """SPEC 1; W L57."""
    return evidence(
        is_true(r, "evidence_of_progression"),
        supports(is_not_empty(r, "disease_progression_on")),
    )


def metastatic(r: Request) -> Truth:
    """SPEC 1; W L59, L66; P L46, L52; reading regional_metastases."""
    distant = one_of(r, "metastases", "distant")
    regional = one_of(r, "metastases", "regional")
    match r.reading("regional_metastases"):
        case "counts":
            return one_of(r, "metastases", "distant", "regional")
        case "does_not_count":
            return distant
        case _:
            return any_of(distant, all_of(regional, undetermined("regional metastases")))


def tumor_in(r: Request, members: tuple[str, ...]) -> Truth:
    """tumor_type in the class; unknown_primary_net: undetermined."""
    unknown_primary = one_of(r, "tumor_type", "unknown_primary_net")
    return any_of(
        one_of(r, "tumor_type", *members),
        all_of(unknown_primary, undetermined("the primary is unknown")),
    )


def gep_net(r: Request) -> Truth:
    """SPEC 1; W L59; P L46."""
    return tumor_in(r, GEP_NET)


def lung_or_thymus_net(r: Request) -> Truth:
    """SPEC 1; W L55, L62, L113."""
    return evidence(
        tumor_in(r, LUNG_OR_THYMUS_NET),
        rules_out(one_of(r, "differentiation", "poor")),
    )


def washout(r: Request, days: int) -> Truth:
    """SPEC 1, washout(Days); W L130-131; P L46."""
    return all_of(
        at_least(r, "days_since_long_acting_ssa", days),
        at_least(r, "hours_since_short_acting_octreotide", 24),
    )


def dose_cap(r: Request, drug: str, cap: int) -> Truth:
    """SPEC 1, dose_cap(Drug, N), by interval arithmetic; reading dose_cap.

    An unknown count is its whole range, so that a known one decides only where it breaks
    the cap alone (requested > cap, or prior >= cap, since a request is for at least one dose).
    """
    prior = r.numbers(f"prior_{drug}_doses")
    requested = r.numbers("requested_doses")
    total = Interval(prior.low + requested.low, prior.high + requested.high)
    lifetime = _compare(total, Interval(-INFINITY, Decimal(cap)))
    if r.reading("dose_cap") == "per_course":
        this_course_alone = all_of(
            one_of(r, "request_type", "initial"),
            is_true(r, "prior_doses_in_earlier_course"),
            at_most(r, "requested_doses", cap),
        )
        return any_of(lifetime, this_course_alone)
    return lifetime


def starts_course(r: Request, drug: str) -> Truth:
    """SPEC 1, starts_course(Drug)."""
    return all_of(
        one_of(r, "request_type", "initial"),
        any_of(
            equals(r, f"prior_{drug}_doses", 0),
            is_true(r, "prior_doses_in_earlier_course"),
        ),
    )


def never_stopped(r: Request, drug: str) -> Truth:
    """SPEC 1, never_stopped(Drug)."""
    return evidence(
        is_false(r, "stop_rule_met_before"),
        supports(equals(r, f"prior_{drug}_doses", 0)),
    )


def forty_percent(r: Request, name: str) -> Truth:
    """A change of 40 %; W L135, P L148; reading forty_percent."""
    if r.reading("forty_percent") == "more_than":
        return above(r, name, 40)
    return at_least(r, name, 40)


def stop_rules(r: Request) -> Truth:
    """SPEC 1; W L134-135, P L146-148."""
    return any_of(
        above(r, "bilirubin_x_uln", 3),
        all_of(below(r, "albumin_g_l", 30), below(r, "prothrombin_ratio_percent", 70)),
        below(r, "creatinine_clearance_ml_min", 40),
        forty_percent(r, "creatinine_rise_percent"),
        forty_percent(r, "creatinine_clearance_fall_percent"),
    )


def pet_study(r: Request) -> Truth:
    """SSTR PET/CT or PET/MRI; W L125, P L128."""
    return one_of(r, "sstr_imaging", "sstr_pet_ct", "sstr_pet_mri")


def scintigraphic_study(r: Request) -> Truth:
    """Octreotide SPECT/CT or receptor scintigraphy; W L125, P L46, L128."""
    return one_of(r, "sstr_imaging", "octreotide_spect_ct", "sstr_scintigraphy")


def other_sstr_pet_study(r: Request) -> Truth:
    """An SSTR PET whose tracer the policy does not list is undetermined; W L125, P L132."""
    return all_of(
        one_of(r, "sstr_imaging", "other_sstr_pet"),
        undetermined("a tracer that the policy does not list"),
    )


def pet_unavailable(r: Request) -> Truth:
    """SSTR PET was not available; W L125, P L128."""
    return is_false(r, "sstr_pet_available")


def sstr_uptake_positive(r: Request) -> Truth:
    """SPEC 1: above the liver; mixed and positive_not_compared are undetermined."""
    return uptake_among(r, "above_liver")


def uptake_among(r: Request, *counting: str) -> Truth:
    """The uptake is among those that count; indeterminate results are undetermined."""
    indeterminate = one_of(r, "sstr_uptake", "mixed", "positive_not_compared")
    return any_of(
        one_of(r, "sstr_uptake", *counting),
        all_of(indeterminate, undetermined("uptake mixed or not compared with the liver")),
    )


def initial_part(
    r: Request, *, initial: tuple[Truth, ...], speaks_against: tuple[Truth, ...]
) -> Truth:
    """SPEC 1, "Course of treatment": the initial criteria, carried forward or met now."""
    carried_forward = all_of(
        one_of(r, "request_type", "continuation"),
        evidence(
            is_true(r, "initial_criteria_met"),
            *(rules_out(condition) for condition in speaks_against),
        ),
    )
    return any_of(carried_forward, all_of(*initial))


def continuation(r: Request, drug: str, criterion: Truth) -> Truth:
    """SPEC 1: a continuation criterion does not bind a request that starts a course."""
    return any_of(starts_course(r, drug), criterion)


# --------------------------------------------------------------------------------------
# Wellmark 06.01.38: Lutathera (SPEC 2)
# --------------------------------------------------------------------------------------


def w_1(r: Request) -> Truth:
    """W L53, L81."""
    return at_least(r, "age_years", 12)


def item_1(r: Request) -> Truth:
    """W L55-58, L112-113; readings w_item1, w_item1_progression, w_primary_therapy."""
    burden = is_true(r, "clinically_significant_tumor_burden")
    few_mitoses = below(r, "mitoses_per_10_hpf", 2)
    no_necrosis = one_of(r, "necrosis", "none")
    foci = one_of(r, "necrosis", "foci")
    typical = all_of(few_mitoses, no_necrosis)
    atypical = all_of(
        at_most(r, "mitoses_per_10_hpf", 10),
        any_of(at_least(r, "mitoses_per_10_hpf", 2), foci),
    )
    progressing = item_1_progression(r)

    match r.reading("w_item1"):
        case "burden_governs_typical":
            histology = any_of(all_of(burden, typical), progressing, atypical)
        case "literal_list":
            two_to_ten = between(r, "mitoses_per_10_hpf", 2, 10)
            listed = any_of(no_necrosis, progressing, two_to_ten, foci)
            histology = all_of(burden, few_mitoses, listed)
        case _:
            histology = all_of(burden, any_of(typical, progressing, atypical))

    indication = all_of(lung_or_thymus_net(r), one_of(r, "metastases", "distant"), histology)
    if r.reading("w_primary_therapy") == "main_modality":
        return indication
    return all_of(indication, first_line(r))


def item_1_progression(r: Request) -> Truth:
    """W L57, the progression branch of item 1; reading w_item1_progression."""
    if r.reading("w_item1_progression") == "low_or_intermediate_only":
        return all_of(progression(r), at_most(r, "mitoses_per_10_hpf", 10))
    return progression(r)


def item_2(r: Request) -> Truth:
    """W L59."""
    return all_of(gep_net(r), item_2_extent(r), any_of(item_2a(r), item_2b(r)))


def item_2_extent(r: Request) -> Truth:
    """W L59; reading w_extent."""
    unresectable = is_true(r, "unresectable")
    locally_advanced = is_true(r, "locally_advanced")
    match r.reading("w_extent"):
        case "unresectable_locally_advanced_or_metastatic":
            return any_of(all_of(unresectable, locally_advanced), metastatic(r))
        case "unresectable_and_advanced":
            return all_of(unresectable, any_of(locally_advanced, metastatic(r)))
        case _:
            return any_of(unresectable, locally_advanced, metastatic(r))


def item_2a(r: Request) -> Truth:
    """W L60, without the header of item 2; targeted therapy is an open class ("e.g.")."""
    return all_of(
        well_differentiated(r),
        ki67_at_most_20(r),
        progressed_on(r, (*SOMATOSTATIN_ANALOGUE, *TARGETED_THERAPY), open_class=True),
    )


def item_2b(r: Request) -> Truth:
    """W L61, without the header of item 2; reading w_first_line_ki67_upper."""
    if r.reading("w_first_line_ki67_upper") == "up_to_20":
        ki67_upper = ki67_at_most_20(r)
    else:
        ki67_upper = ki67_below_20(r)
    return all_of(
        first_line(r),
        well_differentiated(r),
        ki67_at_least_10(r),
        ki67_upper,
        grade_2(r),
        w_3(r),
        is_true(r, "clinically_significant_tumor_burden"),
    )


def item_3(r: Request) -> Truth:
    """W L62-65; readings w_item3_first_line_agents, w_item3_distant."""
    if r.reading("w_item3_first_line_agents") == "any_first_line":
        progressed_on_first_line = progressed(r, is_not_empty(r, "disease_progression_on"))
    else:
        progressed_on_first_line = progressed_on(r, SOMATOSTATIN_ANALOGUE)
    indication = all_of(
        lung_or_thymus_net(r),
        is_true(r, "unresectable"),
        below(r, "mitoses_per_10_hpf", 2),
        one_of(r, "necrosis", "none"),
        subsequent_line(r),
        progressed_on_first_line,
    )
    if r.reading("w_item3_distant") == "excluded":
        return all_of(indication, not_(one_of(r, "metastases", "distant")))
    return indication


def item_4(r: Request) -> Truth:
    """W L66-67; reading w_item4_prior."""
    doses_before_this_course = all_of(
        one_of(r, "request_type", "initial"), above(r, "prior_lutathera_doses", 0)
    )
    no_radiolabeled_ssa = evidence(
        is_false(r, "prior_radiolabeled_ssa_therapy"), rules_out(doses_before_this_course)
    )
    indication = all_of(
        one_of(r, "tumor_type", *PPGL),
        any_of(is_true(r, "unresectable"), metastatic(r)),
        no_radiolabeled_ssa,
    )
    if r.reading("w_item4_prior") == "any_octreotide_or_lanreotide":
        return all_of(indication, is_false(r, "prior_octreotide_or_lanreotide"))
    return indication


def item_5(r: Request) -> Truth:
    """W L68-69."""
    return all_of(
        is_true(r, "poorly_controlled_carcinoid_syndrome"),
        item_5_tumor(r),
        includes(
            r,
            "carcinoid_symptom_progression_on",
            ("octreotide_lar", "lanreotide", "telotristat"),
        ),
    )


def item_5_tumor(r: Request) -> Truth:
    """W L68, L189; reading w_carcinoid_tumor."""
    match r.reading("w_carcinoid_tumor"):
        case "gep_net_only":
            return gep_net(r)
        case "any_net_or_ppgl":
            return one_of(r, "tumor_type", *ANY_NET, *PPGL)
        case _:
            return one_of(r, "tumor_type", *ANY_NET)


def w_3(r: Request) -> Truth:
    """W L73, L125; readings w_scintigraphy, w_planar_scintigraphy, w_sstr_threshold."""
    scintigraphy = scintigraphic_study(r)
    if r.reading("w_planar_scintigraphy") == "not_listed":
        # W L125 names octreotide SPECT/CT only.
        planar = all_of(one_of(r, "sstr_imaging", "sstr_scintigraphy"), undetermined("planar"))
        scintigraphy = any_of(one_of(r, "sstr_imaging", "octreotide_spect_ct"), planar)
    if r.reading("w_scintigraphy") == "only_if_pet_unavailable":
        scintigraphy = all_of(scintigraphy, pet_unavailable(r))
    study = any_of(pet_study(r), scintigraphy, other_sstr_pet_study(r))
    if r.reading("w_sstr_threshold") == "at_least_liver":
        return all_of(study, uptake_among(r, "above_liver", "equal_to_liver"))
    return all_of(study, sstr_uptake_positive(r))


def w_4(r: Request) -> Truth:
    """W L74."""
    return all_of(
        is_true(r, "bone_marrow_adequate"),
        w_4_renal(r),
        is_true(r, "hepatic_adequate"),
    )


def w_4_renal(r: Request) -> Truth:
    """W L74, L135; reading w_adequate_renal."""
    attested = is_true(r, "renal_adequate")
    if r.reading("w_adequate_renal") == "attested_and_crcl_40":
        return all_of(attested, at_least(r, "creatinine_clearance_ml_min", 40))
    return attested


def w_5(r: Request) -> Truth:
    """W L80, L93."""
    return dose_cap(r, "lutathera", 4)


def w_6(r: Request) -> Truth:
    """W L89-91."""
    return any_of(
        between(r, "planned_activity_gbq", "7.35", "7.45"),
        all_of(
            below(r, "planned_activity_gbq", "7.35"),
            is_true(r, "adverse_reaction_delaying_dose"),
            undetermined("a lower activity: the label is not quoted"),
        ),
    )


def w_7(r: Request) -> Truth:
    """W L91-92."""
    return any_of(
        equals(r, "planned_interval_weeks", 8),
        all_of(
            at_least(r, "planned_interval_weeks", 8),
            is_true(r, "adverse_reaction_delaying_dose"),
        ),
        all_of(starts_course(r, "lutathera"), equals(r, "requested_doses", 1)),
    )


def w_8(r: Request) -> Truth:
    """W L134-135, for continuation."""
    return continuation(r, "lutathera", not_(stop_rules(r)))


def w_9(r: Request) -> Truth:
    """W L134-135, "permanently"."""
    return never_stopped(r, "lutathera")


def w_10(r: Request) -> Truth:
    """W L130-131; in the map only where reading w_ssa_washout requires a washout."""
    return washout(r, 42 if r.reading("w_ssa_washout") == "required_42_days" else 28)


def w_initial_part(r: Request) -> Truth:
    """SPEC 1 and 2: one of the items, W-3 and W-4; reading w_common_scope."""
    if r.reading("w_common_scope") == "item_5_only":
        initial: tuple[Truth, ...] = (
            any_of(
                item_1(r),
                item_2(r),
                item_3(r),
                item_4(r),
                all_of(item_5(r), w_3(r), w_4(r)),
            ),
        )
    else:
        items = any_of(item_1(r), item_2(r), item_3(r), item_4(r), item_5(r))
        initial = (items, w_3(r), w_4(r))
    return initial_part(
        r,
        initial=initial,
        speaks_against=(
            is_false(r, "bone_marrow_adequate"),
            not_(w_4_renal(r)),
            is_false(r, "hepatic_adequate"),
            one_of(r, "tumor_type", "prostate_cancer", "other"),
        ),
    )


@dataclass(frozen=True)
class Judgement:
    """The truth of every criterion in force, and of the policy as a whole."""

    criteria: Mapping[str, Truth]
    root: Truth


NO_PRINTED_TEXT = Judgement(criteria={}, root=UNKNOWN)
"""SPEC 2 and 7: a text existed on that date but is not printed."""


def wellmark_lutathera(r: Request) -> Judgement:
    """SPEC 2: W-1 and initial_part(one of the items, W-3, W-4) and W-5 ... W-9."""
    if r.on < date.fromisoformat(r.reading("w_in_force_from")):
        return NO_PRINTED_TEXT
    criteria = {
        "W-1": w_1(r),
        "item 1": item_1(r),
        "item 2": item_2(r),
        "item 2a": item_2a(r),
        "item 2b": item_2b(r),
        "item 3": item_3(r),
        "item 4": item_4(r),
        "item 5": item_5(r),
        "W-3": w_3(r),
        "W-4": w_4(r),
        "W-5": w_5(r),
        "W-6": w_6(r),
        "W-7": w_7(r),
    }
    required = [w_1(r), w_initial_part(r), w_5(r), w_6(r), w_7(r)]
    if r.reading("w_stop_rules") == "binding":
        criteria["W-8"] = w_8(r)
        criteria["W-9"] = w_9(r)
        required += [w_8(r), w_9(r)]
    if r.reading("w_ssa_washout") != "advisory":
        criteria["W-10"] = w_10(r)
        required.append(w_10(r))
    if r.reading("w_continuation") == "judged_each_dose":
        required.append(w_4(r))
    return Judgement(criteria, all_of(*required))


# --------------------------------------------------------------------------------------
# Premera 6.01.525: dated texts (SPEC 7; P L592-610), by effective date
# --------------------------------------------------------------------------------------

LUTATHERA_ENTERS = date(2019, 4, 1)
PLUVICTO_AND_XOFIGO_ENTER = date(2022, 8, 1)
AGE_12_AND_OCTREOTIDE_LAR = date(2025, 1, 1)
ECOG_ACCEPTED = date(2025, 2, 1)
TAXANE_DELAY_AND_LABEL_DOSING = date(2025, 5, 1)
LUTATHERA_PROGRESSION_REMOVED = date(2026, 4, 1)
DUPLICATE_TAXANE_REMOVED = date(2026, 4, 1)

# --------------------------------------------------------------------------------------
# Premera 6.01.525: Lutathera (SPEC 3)
# --------------------------------------------------------------------------------------


def l_1(r: Request) -> Truth:
    """P L46, L607; reading p_lutathera_adult_age before 2025-01-01."""
    if r.on < AGE_12_AND_OCTREOTIDE_LAR:
        return at_least(r, "age_years", r.reading("p_lutathera_adult_age"))
    return at_least(r, "age_years", 12)


def l_2(r: Request) -> Truth:
    """P L46: unresectable alone does not count."""
    return all_of(
        gep_net(r),
        ki67_at_most_20(r),
        any_of(is_true(r, "locally_advanced"), metastatic(r)),
    )


def l_3(r: Request) -> Truth:
    """P L46, L128-132; readings p_scintigraphy, p_sstr_threshold."""
    if r.reading("p_scintigraphy") == "only_if_pet_unavailable":
        scintigraphy = all_of(scintigraphic_study(r), pet_unavailable(r))
    else:
        scintigraphy = scintigraphic_study(r)
    study = any_of(pet_study(r), scintigraphy, other_sstr_pet_study(r))
    if r.reading("p_sstr_threshold") == "any_expression":
        any_expression = one_of(
            r,
            "sstr_uptake",
            "above_liver",
            "equal_to_liver",
            "below_liver",
            "mixed",
            "positive_not_compared",
        )
        return all_of(study, any_expression)
    return all_of(study, sstr_uptake_positive(r))


def l_4(r: Request) -> Truth:
    """P L46, L140; reading p_washout_days."""
    return washout(r, int(r.reading("p_washout_days")))


def l_5(r: Request) -> Truth:
    """P L46, L86; reading p_egfr: where no clearance is documented at all, the eGFR decides."""
    clearance = at_least(r, "creatinine_clearance_ml_min", 40)
    if r.reading("p_egfr") == "egfr_accepted":
        clearance_documented = documented(r, "creatinine_clearance_ml_min")
        egfr = at_least(r, "egfr_ml_min_1_73m2", 40)
        return any_of(
            all_of(clearance_documented, clearance),
            all_of(not_(clearance_documented), egfr),
        )
    return clearance


def l_6(r: Request) -> Truth:
    """P L46."""
    return all_of(is_true(r, "bone_marrow_adequate"), is_true(r, "hepatic_adequate"))


def l_7(r: Request) -> Truth:
    """P L46, L88, L608: Karnofsky only before 2025-02-01; reading p_performance."""
    karnofsky = at_least(r, "karnofsky", 60)
    if r.on < ECOG_ACCEPTED or r.reading("p_performance") == "karnofsky_only":
        return karnofsky
    return evidence(karnofsky, at_most(r, "ecog", 2))


def l_8(r: Request) -> Truth:
    """P L51, from 2025-01-01 (P L607); reading p_octreotide_plan."""
    planned = between(r, "post_dose_octreotide_lar_hours", 4, 24)
    if r.reading("p_octreotide_plan") == "assumed_if_silent":
        return any_of(planned, not_(documented(r, "post_dose_octreotide_lar_hours")))
    return planned


def l_9(r: Request) -> Truth:
    """P L61, L65-66."""
    return dose_cap(r, "lutathera", 4)


def l_10(r: Request) -> Truth:
    """P L92-96, L146-148, for continuation; p_anemia_and_neutropenia, p_stop_rules."""
    anemia = at_least(r, "recurrent_anemia_grade", 3)
    neutropenia = at_least(r, "recurrent_neutropenia_grade", 3)
    if r.reading("p_anemia_and_neutropenia") == "both_together":
        anemia_and_neutropenia = all_of(anemia, neutropenia)
    else:
        anemia_and_neutropenia = any_of(anemia, neutropenia)
    documentation_list = none_of(
        at_least(r, "recurrent_thrombocytopenia_grade", 2),
        anemia_and_neutropenia,
        is_true(r, "recurrent_hepatotoxicity"),
        at_least(r, "recurrent_nonhematologic_grade", 3),
        at_least(r, "renal_toxicity_delay_weeks", 16),
    )
    if r.reading("p_stop_rules") == "documentation_list_only":
        return continuation(r, "lutathera", documentation_list)
    both_lists = all_of(documentation_list, not_(stop_rules(r)))
    return continuation(r, "lutathera", both_lists)


def l_11(r: Request) -> Truth:
    """P L610, until 2026-03-31."""
    return progressed_on(r, LONG_ACTING_SSA)


def l_12(r: Request) -> Truth:
    """P L146-148."""
    return never_stopped(r, "lutathera")


def l_13(r: Request) -> Truth:
    """P L61, L136, L609: the regimen of W-6 and W-7; only under p_label_dosing=binding."""
    return all_of(w_6(r), w_7(r))


def l_initial_part(r: Request) -> Truth:
    """SPEC 1 and 3: L-2 ... L-7, and L-11 while in force."""
    initial = [l_2(r), l_3(r), l_4(r), l_5(r), l_6(r), l_7(r)]
    if r.on < LUTATHERA_PROGRESSION_REMOVED:
        initial.append(l_11(r))
    return initial_part(
        r,
        initial=tuple(initial),
        speaks_against=(
            is_false(r, "bone_marrow_adequate"),
            is_false(r, "hepatic_adequate"),
            not_(l_7(r)),
            not_(gep_net(r)),
        ),
    )


def premera_lutathera(r: Request) -> Judgement:
    """SPEC 3: L-1 and initial_part(...) and L-8, L-9, L-10, L-12."""
    if r.on < LUTATHERA_ENTERS:
        return NO_PRINTED_TEXT
    criteria = {
        "L-1": l_1(r),
        "L-2": l_2(r),
        "L-3": l_3(r),
        "L-4": l_4(r),
        "L-5": l_5(r),
        "L-6": l_6(r),
        "L-7": l_7(r),
        "L-9": l_9(r),
        "L-10": l_10(r),
    }
    required = [l_1(r), l_initial_part(r), l_9(r), l_10(r)]
    if r.on >= AGE_12_AND_OCTREOTIDE_LAR:
        criteria["L-8"] = l_8(r)
        required.append(l_8(r))
    if r.on < LUTATHERA_PROGRESSION_REMOVED:
        criteria["L-11"] = l_11(r)
    if r.reading("p_stop_rules") == "both_lists":
        criteria["L-12"] = l_12(r)
        required.append(l_12(r))
    if label_dosing_binds(r):
        criteria["L-13"] = l_13(r)
        required.append(l_13(r))
    if r.reading("p_washout_each_dose") == "each_dose":
        required.append(l_4(r))
    if r.reading("p_continuation") == "judged_each_dose":
        required += [l_5(r), l_6(r), l_7(r)]
    return Judgement(criteria, all_of(*required))


def label_dosing_binds(r: Request) -> bool:
    """P L61, L609; reading p_label_dosing, from 2025-05-01."""
    return r.reading("p_label_dosing") == "binding" and r.on >= TAXANE_DELAY_AND_LABEL_DOSING


# --------------------------------------------------------------------------------------
# Premera 6.01.525: Pluvicto (SPEC 4)
# --------------------------------------------------------------------------------------


def p_1(r: Request) -> Truth:
    """P L52, L100; reading p_pluvicto_age."""
    return at_least(r, "age_years", r.reading("p_pluvicto_age"))


def p_2(r: Request) -> Truth:
    """P L52."""
    return all_of(
        one_of(r, "tumor_type", "prostate_cancer"),
        is_true(r, "castration_resistant"),
        metastatic(r),
    )


def p_3(r: Request) -> Truth:
    """P L52, L439, L447; reading p_psma_agent."""
    if r.reading("p_psma_agent") == "any_psma_pet":
        study = not_(one_of(r, "psma_pet_agent", "not_performed"))
    else:
        study = one_of(r, "psma_pet_agent", "ga68_psma_11", "piflufolastat_f18")
    return all_of(study, is_true(r, "psma_pet_positive"))


def p_4(r: Request) -> Truth:
    """P L52, L339; reading p_abiraterone.

    The attribute holds AR pathway inhibitors only, so that ``other`` is one of them.
    """
    if r.reading("p_abiraterone") == "does_not_count":
        return includes(
            r,
            "prior_ar_pathway_inhibitors",
            (
                "flutamide",
                "nilutamide",
                "bicalutamide",
                "enzalutamide",
                "apalutamide",
                "darolutamide",
                "other",
            ),
        )
    return is_not_empty(r, "prior_ar_pathway_inhibitors")


def p_5(r: Request) -> Truth:
    """P L52, L609-610: a prior taxane before 2025-05-01; reading p_taxane_2025."""
    prior_taxane = is_true(r, "prior_taxane")
    if r.on < TAXANE_DELAY_AND_LABEL_DOSING:
        return prior_taxane
    if r.on < DUPLICATE_TAXANE_REMOVED and r.reading("p_taxane_2025") == "prior_taxane_binds":
        return prior_taxane
    return any_of(prior_taxane, is_true(r, "appropriate_to_delay_taxane"))


def p_6(r: Request) -> Truth:
    """P L61."""
    return dose_cap(r, "pluvicto", 6)


def p_7_activity(r: Request) -> Truth:
    """P L197-201, without the wrapper of a continuation criterion."""
    full = between(r, "planned_activity_gbq", "7.35", "7.45")
    reduced = between(r, "planned_activity_gbq", "5.85", "5.95")
    if r.reading("p_reduced_activity") == "adverse_reaction_only":  # P L201
        reduced = all_of(reduced, is_true(r, "adverse_reaction_delaying_dose"))
    return any_of(
        all_of(equals(r, "dose_reductions", 0), any_of(full, reduced)),
        all_of(at_most(r, "dose_reductions", 1), reduced),
    )


def p_8_interval(r: Request) -> Truth:
    """P L197-201, without the wrapper of a continuation criterion."""
    return any_of(
        equals(r, "planned_interval_weeks", 6),
        all_of(
            between(r, "planned_interval_weeks", 6, 10),
            is_true(r, "adverse_reaction_delaying_dose"),
        ),
    )


def p_7(r: Request) -> Truth:
    """P L197-201, for continuation."""
    return continuation(r, "pluvicto", p_7_activity(r))


def p_8(r: Request) -> Truth:
    """P L197-201, for continuation."""
    return continuation(r, "pluvicto", p_8_interval(r))


def p_9(r: Request) -> Truth:
    """P L205-216, for continuation."""
    after_a_reduction = all_of(
        at_least(r, "dose_reductions", 1),
        any_of(
            at_least(r, "recurrent_myelosuppression_grade", 3),
            is_true(r, "recurrent_renal_toxicity"),
            at_least(r, "recurrent_dry_mouth_grade", 3),
            at_least(r, "recurrent_gi_toxicity_grade", 3),
            at_least(r, "other_recurrent_reaction_grade", 3),
            is_true(r, "persistent_intolerable_grade_2"),
        ),
    )
    transaminases = all_of(above(r, "transaminase_x_uln", 5), is_false(r, "liver_metastases"))
    discontinuation = none_of(
        after_a_reduction,
        at_least(r, "renal_toxicity_grade", 3),
        transaminases,
        is_true(r, "unacceptable_toxicity"),
        above(r, "serious_reaction_delay_weeks", 4),
    )
    return continuation(r, "pluvicto", discontinuation)


def p_10(r: Request) -> Truth:
    """P L203."""
    return never_stopped(r, "pluvicto")


def p_11(r: Request) -> Truth:
    """P L61, L197, L609: the regimen on every request; only under p_label_dosing=binding."""
    single_first_dose = all_of(starts_course(r, "pluvicto"), equals(r, "requested_doses", 1))
    return all_of(p_7_activity(r), any_of(p_8_interval(r), single_first_dose))


def p_initial_part(r: Request) -> Truth:
    """SPEC 1 and 4: P-2 ... P-5."""
    return initial_part(
        r,
        initial=(p_2(r), p_3(r), p_4(r), p_5(r)),
        speaks_against=(not_(one_of(r, "tumor_type", "prostate_cancer")),),
    )


def premera_pluvicto(r: Request) -> Judgement:
    """SPEC 4: P-1 and initial_part(P-2 ... P-5) and P-6 ... P-10."""
    if r.on < PLUVICTO_AND_XOFIGO_ENTER:
        return NO_PRINTED_TEXT
    criteria = {
        "P-1": p_1(r),
        "P-2": p_2(r),
        "P-3": p_3(r),
        "P-4": p_4(r),
        "P-5": p_5(r),
        "P-6": p_6(r),
    }
    required = [p_1(r), p_initial_part(r), p_6(r)]
    if r.reading("p_pluvicto_modifications") == "binding":  # related information, P L197-216
        modifications = {"P-7": p_7(r), "P-8": p_8(r), "P-9": p_9(r), "P-10": p_10(r)}
        criteria |= modifications
        required += modifications.values()
    if label_dosing_binds(r):
        criteria["P-11"] = p_11(r)
        required.append(p_11(r))
    return Judgement(criteria, all_of(*required))


# --------------------------------------------------------------------------------------
# Premera 6.01.525: Xofigo (SPEC 5)
# --------------------------------------------------------------------------------------


def x_1(r: Request) -> Truth:
    """P L53, L112; reading p_xofigo_age."""
    return at_least(r, "age_years", r.reading("p_xofigo_age"))


def x_2(r: Request) -> Truth:
    """P L53."""
    return all_of(one_of(r, "tumor_type", "prostate_cancer"), is_true(r, "castration_resistant"))


def x_3(r: Request) -> Truth:
    """P L53."""
    return is_true(r, "symptomatic_bone_metastases")


def x_4(r: Request) -> Truth:
    """P L53, L77, L112; reading p_visceral."""
    no_visceral = is_false(r, "visceral_metastases")
    small_nodes = at_most(r, "largest_lymph_node_cm", 3)
    if r.reading("p_visceral") == "silence_is_absence":
        silence = none_of(documented(r, "visceral_metastases"), documented(r, "liver_metastases"))
        no_visceral = any_of(no_visceral, silence)
        small_nodes = any_of(small_nodes, not_(documented(r, "largest_lymph_node_cm")))
    return all_of(evidence(no_visceral, rules_out(is_true(r, "liver_metastases"))), small_nodes)


def x_5(r: Request) -> Truth:
    """P L61."""
    return dose_cap(r, "xofigo", 6)


def premera_xofigo(r: Request) -> Judgement:
    """SPEC 5: X-1 ... X-5."""
    if r.on < PLUVICTO_AND_XOFIGO_ENTER:
        return NO_PRINTED_TEXT
    criteria = {"X-1": x_1(r), "X-2": x_2(r), "X-3": x_3(r), "X-4": x_4(r), "X-5": x_5(r)}
    return Judgement(criteria, all_of(*criteria.values()))


# --------------------------------------------------------------------------------------
# The decision (SPEC 1 and 10)
# --------------------------------------------------------------------------------------

POLICIES: dict[str, Callable[[Request], Judgement]] = {
    "wellmark_lutathera": wellmark_lutathera,
    "premera_lutathera": premera_lutathera,
    "premera_pluvicto": premera_pluvicto,
    "premera_xofigo": premera_xofigo,
}


def evaluate(request: Mapping[str, Any]) -> dict[str, Any]:
    """The outcome and the truth of every criterion in force.

    Args:
        request: a valid request of SPEC 10 as parsed JSON: ``policy``, ``on`` (ISO date),
            ``facts``, and optionally ``readings``.

    Returns:
        ``{"outcome": "met", "criteria": {"W-1": "true", ...}}`` in the words of SPEC 10.

    Source:
        SPEC sections 1 to 7 and 10.

    >>> evaluate({"policy": "premera_xofigo", "on": "2022-07-31", "facts": {}})
    {'outcome': 'needs_information', 'criteria': {}}
    """
    judgement = POLICIES[request["policy"]](
        Request(
            on=date.fromisoformat(request["on"]),
            facts=request["facts"],
            readings=request.get("readings") or {},
        )
    )
    return {
        "outcome": OUTCOMES[judgement.root],
        "criteria": {name: answer.value for name, answer in judgement.criteria.items()},
    }
