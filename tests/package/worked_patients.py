# SPDX-License-Identifier: Apache-2.0
"""What must become of the worked patients: stated by hand from the documents, never from output.

``EXPECTED`` has, for each file of ``examples/`` and each request in it, what each payer must
answer: the outcome, the criteria that decide it, and, where it is the point of the example, the
readings that change it, what is missing, and which facts conflict. ``DERIVED`` has what follows
from a record, ``TABLE`` what becomes of each row of patients.csv. W is Wellmark 06.01.38, P is
Premera 6.01.525, and L is a line of the document.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

MET: Final = "met"
NOT_MET: Final = "not_met"
PENDING: Final = "needs_information"

#: Reading, value, and the outcome under that value alone.
Turns = dict[str, dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class Expected:
    """One payer's answer to one request.

    ``turns_on`` are all the readings of which another value alone changes the outcome; None
    where the example makes no point of them. ``left_open`` is a word of what a documented fact
    leaves open; ``torn`` are the two sides of a conflict.
    """

    outcome: str
    by: tuple[str, ...]
    turns_on: Turns | None = None
    missing: tuple[str, ...] = ()
    left_open: str = ""
    torn: tuple[dict[str, Any], dict[str, Any]] | None = None
    warned: bool = False


@dataclass(frozen=True)
class Stated:
    """The answers to one request, by policy, and the texts in force."""

    by_policy: dict[str, Expected]
    text_from: dict[str, str | None] = field(default_factory=dict)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(text.split(", ")) if text else ()


#: What every Wellmark approval of a first request rests on, beside an item of the list, and what
#: one of a further dose rests on (W L53-74, L80, L89-93, L134-135).
_W_REST = "W-3, W-4, W-5, W-6, W-7, W-8, W-9"
_W_NEXT = "W-1, W-5, W-6, W-7, W-8, W-9"
#: What every Premera approval rests on; L-11 until 2026-03-31 (P L46, L51, L61, L92-96, L610).
_L_FIRST = "L-1, L-2, L-3, L-4, L-5, L-6, L-7, L-8, L-9, L-10, L-12"
_L_FIRST_2025 = "L-1, L-2, L-3, L-4, L-5, L-6, L-7, L-8, L-9, L-10, L-11, L-12"
_L_NEXT = "L-1, L-8, L-9, L-10, L-12"
_P_FIRST = "P-1, P-2, P-3, P-4, P-5, P-6, P-7, P-8, P-9, P-10"
_P_NEXT = "P-1, P-6, P-7, P-8, P-9, P-10"
#: A tumor that no item of the list takes.
_NO_ITEM = "item 1, item 2, item 2a, item 2b, item 3, item 4, item 5"

_STOP_IS_ADVICE: Turns = {"w_stop_rules": {"advisory": MET}}
_ONE_LIST: Turns = {"p_stop_rules": {"documentation_list_only": MET}}
_PER_COURSE: Turns = {"dose_cap": {"per_course": MET}}
_IMAGING_BINDS_ITEM_5: Turns = {"w_common_scope": {"item_5_only": MET}}


def _met(by: str, turns_on: Turns | None = None) -> Expected:
    return Expected(outcome=MET, by=_ids(by), turns_on=turns_on)


def _not_met(by: str, turns_on: Turns | None = None) -> Expected:
    return Expected(outcome=NOT_MET, by=_ids(by), turns_on=turns_on)


def _pending(by: str, turns_on: Turns | None = None, **more: Any) -> Expected:
    return Expected(outcome=PENDING, by=_ids(by), turns_on=turns_on, **more)


def _item(name: str, turns_on: Turns | None = None) -> Expected:
    return _met(f"W-1, {name}, {_W_REST}", turns_on)


def _both(wellmark: Expected, premera: Expected, **text_from: str | None) -> Stated:
    return Stated({"wellmark_lutathera": wellmark, "premera_lutathera": premera}, text_from)


def _pluvicto(answer: Expected, text_from: str) -> Stated:
    return Stated({"premera_pluvicto": answer}, {"premera_pluvicto": text_from})


def _xofigo(answer: Expected) -> Stated:
    return Stated({"premera_xofigo": answer})


def _unsettled(by: str) -> Expected:
    return _pending(
        by,
        {"ki67_documentation": {"value_required": NOT_MET}},
        torn=({"who_grade": 2}, {"ki67_percent": 25}),
        warned=True,
    )


EXPECTED: Final[dict[str, list[Stated]]] = {
    # W L59-60, P L46. Unresectable and distant is item 2 however its three words join.
    "01_midgut_after_lanreotide": [_both(_item("item 2, item 2a", {}), _met(_L_FIRST, {}))],
    # 20 % is not below 20 % (W L61) and nothing has progressed (W L60); P L46 prints at most 20 %.
    "02_pancreas_first_line_ki67_20": [
        _both(
            _not_met(_NO_ITEM, {"w_first_line_ki67_upper": {"up_to_20": MET}}),
            _met(_L_FIRST, {}),
        )
    ],
    # Six mitoses are atypical (W L57, L113); read literally, 1a binds every tumor to fewer than 2.
    "03_thymic_carcinoid": [
        _both(_item("item 1", {"w_item1": {"literal_list": NOT_MET}}), _not_met("L-2", {}))
    ],
    # The grade says at most 20 % (W L111), the index says more: a conflict is unknown.
    "04_grade_and_ki67_disagree": [
        _both(_unsettled("item 2, item 2a"), _unsettled("L-2"))
    ],
    # 35 to 45 straddles the 40 of W L135 and P L148.
    "05_second_dose_falling_clearance": [
        _both(
            _pending("W-8", _STOP_IS_ADVICE, missing=("creatinine_clearance_ml_min",)),
            _pending("L-10", _ONE_LIST, missing=("creatinine_clearance_ml_min",)),
        )
    ],
    # P L609: the delay of a taxane is accepted from 2025-05-01; P L610 speaks of a duplicate.
    "06_prostate_before_taxane": [
        _pluvicto(_not_met("P-5", {}), "2022-08-01"),
        _pluvicto(
            _met(_P_FIRST, {"p_taxane_2025": {"prior_taxane_binds": NOT_MET}}), "2025-05-01"
        ),
    ],
    # W L125, P L132 ask for more than the liver; the trial of W L261 took as much as the liver.
    "07_netter1_profile": [
        _both(_item("item 2, item 2a"), _met(_L_FIRST)),
        _both(
            _not_met(
                "W-3", {"w_sstr_threshold": {"at_least_liver": MET}, **_IMAGING_BINDS_ITEM_5}
            ),
            _not_met("L-3", {"p_sstr_threshold": {"any_expression": MET}}),
        ),
    ],
    # W L61: at least 10 and below 20 %, grade 2. Neither W L60-61 nor P L46 reaches grade 3.
    "08_netter2_profile": [
        _both(_item("item 2, item 2b"), _met(_L_FIRST)),
        _both(_not_met(_NO_ITEM, {}), _not_met("L-2", {})),
    ],
    # W L125 takes SPECT/CT only without PET; P L46, L84 take scintigraphy. Mixed: neither says.
    "09_rectum_two_imaging_studies": [
        _both(
            _not_met("W-3", {"w_scintigraphy": {"accepted": MET}, **_IMAGING_BINDS_ITEM_5}),
            _met(_L_FIRST, {"p_scintigraphy": {"only_if_pet_unavailable": NOT_MET}}),
        ),
        _both(
            _pending("W-3", _IMAGING_BINDS_ITEM_5, left_open="uptake"),
            _pending("L-3", {"p_sstr_threshold": {"any_expression": MET}}, left_open="uptake"),
        ),
    ],
    # P L592, L607: adults until 2024-12-31, then 12 years. Wellmark prints January 2026 (W L9).
    "10_adolescent_pancreas": [
        _both(_pending("", {}), _not_met("L-1", {}),
              wellmark_lutathera=None, premera_lutathera="2019-04-01"),
        _both(_item("item 2, item 2a"), _met(_L_FIRST_2025),
              wellmark_lutathera="2026-01-01", premera_lutathera="2025-05-01"),
    ],
    # W L68-69 ask for symptoms; P L610 drops progression from 2026-04-01. 30 days are not 42.
    "11_carcinoid_syndrome": [
        _both(_item("item 5", {"w_ssa_washout": {"required_42_days": NOT_MET}}),
              _not_met("L-11", {}), premera_lutathera="2025-05-01"),
        _both(_item("item 5", {"w_ssa_washout": {"required_42_days": NOT_MET}}),
              _met(_L_FIRST, {"p_washout_days": {"42": NOT_MET}}), premera_lutathera="2026-04-01"),
    ],
    # W L62-65; P L46 names gastroenteropancreatic tumors alone.
    "12_lung_typical_unresectable": [_both(_item("item 3"), _not_met("L-2"))],
    # W L66-67; P L56.
    "13_paraganglioma": [_both(_item("item 4"), _not_met("L-2"))],
    # Neither document places an unknown primary; items 1 and 3 fail by line and mitoses.
    "14_unknown_primary": [
        _both(_pending("item 2", {}, left_open="primary"), _pending("L-2", {}, left_open="primary"))
    ],
    # W L89-92 (activity, interval), L134-135 and P L146-148 (stop for good), P L92-96.
    "15_course_with_toxicity": [
        _both(_item("item 2, item 2a"), _met(_L_FIRST_2025)),
        _both(_met(_W_NEXT), _met(_L_NEXT)),
        _both(_pending("W-6", left_open="activity"),
              _met(_L_NEXT, {"p_label_dosing": {"binding": PENDING}})),
        _both(_not_met("W-8", _STOP_IS_ADVICE), _not_met("L-10", _ONE_LIST)),
        _both(_not_met("W-9", _STOP_IS_ADVICE), _not_met("L-12", _ONE_LIST)),
    ],
    # W L80, L93; P L61, L66.
    "16_fifth_dose": [_both(_not_met("W-5", _PER_COURSE), _not_met("L-9", _PER_COURSE))],
    # P L52 lists two agents; P L201: reduced once, to 5.9 GBq, and never raised again.
    "17_pluvicto_course": [
        _pluvicto(_not_met("P-3", {"p_psma_agent": {"any_psma_pet": MET}}), "2025-05-01"),
        _pluvicto(_met(_P_FIRST), "2025-05-01"),
        _pluvicto(_met(_P_NEXT), "2026-04-01"),
        _pluvicto(
            _not_met("P-7", {"p_pluvicto_modifications": {"advisory": MET}}), "2026-04-01"
        ),
    ],
    # P L53: no known visceral disease, a lymph node above 3 cm counted in.
    "18_xofigo_three_patients": [
        _xofigo(_met("X-1, X-2, X-3, X-4, X-5")),
        _xofigo(_not_met("X-4", {})),
        _xofigo(
            _pending(
                "X-4",
                {"p_visceral": {"silence_is_absence": MET}},
                missing=("visceral_metastases", "liver_metastases"),
            )
        ),
    ],
    # (112 - 80) / 80 is 40 %: W L134-135, P L146-148 stop for good. All else that Wellmark asks
    # is there; the record is silent on what Premera asks of recurrences and octreotide LAR.
    "19_dose_from_the_record": [
        _both(
            _not_met("W-8", {"forty_percent": {"more_than": MET}, **_STOP_IS_ADVICE}),
            _not_met(
                "L-10",
                {
                    "forty_percent": {"more_than": PENDING},
                    "p_stop_rules": {"documentation_list_only": PENDING},
                },
            ),
        )
    ],
}  # fmt: skip

#: What follows from the record of 19_dose_from_the_record. Clearance is Cockcroft-Gault of a woman
#: of 61 years and 70 kg, about 51.5; age and weight were the same at the baseline.
DERIVED: Final[dict[str, Any]] = {
    "age_years": 61,
    "creatinine_clearance_ml_min": 79 * 70 * Fraction("0.85") * Fraction("88.4") / (72 * 112),
    "creatinine_clearance_fall_percent": 100 - Fraction(100 * 80, 112),
    "creatinine_rise_percent": 40,
    "albumin_g_l": 42,
    "prothrombin_ratio_percent": 95,
    "bilirubin_x_uln": Fraction(12, 21),
    "prior_lutathera_doses": 1,
    "prior_pluvicto_doses": 0,
    "prior_xofigo_doses": 0,
    "prior_doses_in_earlier_course": False,
    "planned_interval_weeks": 8,
    "dose_reductions": 0,
    "days_since_long_acting_ssa": 35,
    "hours_since_short_acting_octreotide": "never",
}

#: The table patients.csv on 2026-06-01: patient, policy, outcome and deciding criteria, or error.
#: Ms A: no receptor study, differentiation or request; Ms C: less; both neither met nor failed
#: (W L53-74, L80-93, L134-135; P L46, L51, L61, L92-96). Ms C's index below 5 % ends item 2b
#: (W L61). Mr D: four doses (W L80, L93; P L61, L66), of which the last is 15 weeks ago.
TABLE: Final[list[tuple[str, str, str, tuple[str, ...]]]] = [
    ("Ms A", "premera_lutathera", PENDING, _ids("L-3, L-4, L-6, L-7, L-8, L-9, L-10")),
    ("Ms A", "wellmark_lutathera", PENDING,
     _ids("item 2, item 2a, item 5, W-3, W-4, W-5, W-6, W-7, W-8")),
    ("Mr B", "", "", ()),
    ("Ms C", "premera_lutathera", PENDING,
     _ids("L-1, L-2, L-3, L-4, L-5, L-6, L-7, L-8, L-9, L-10, L-12")),
    ("Ms C", "wellmark_lutathera", PENDING,
     _ids("W-1, item 2, item 2a, item 5, W-3, W-4, W-5, W-6, W-7, W-8, W-9")),
    ("Mr D", "premera_lutathera", NOT_MET, ("L-9",)),
    ("Mr D", "wellmark_lutathera", NOT_MET, ("W-5",)),
]  # fmt: skip
