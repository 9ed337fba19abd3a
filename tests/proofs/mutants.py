# SPDX-License-Identifier: Apache-2.0
"""For each theorem, a rule base in which the criterion that carries it is dropped or weakened."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """A change to one file of kb/: text that stands there once, and what stands there instead."""

    file: str
    old: str
    new: str


MUTANTS = {
    "lutathera_within_four_doses": Mutant(
        "wellmark_lutathera.pl",
        "dose_cap(prior_lutathera_doses, 4)",
        "dose_cap(prior_lutathera_doses, 5)",
    ),
    "pluvicto_and_xofigo_within_six_doses": Mutant(
        "premera_xofigo.pl", "dose_cap(prior_xofigo_doses, 6)", "dose_cap(prior_xofigo_doses, 7)"
    ),
    "no_lutathera_under_twelve": Mutant(
        "wellmark_lutathera.pl", "    age_years >= 12,", "    age_years >= 11,"
    ),
    "no_lutathera_under_eighteen_at_premera_before_2025": Mutant(
        "premera_lutathera.pl", "case('18', age_years >= 18)", "case('18', age_years >= 17)"
    ),
    "no_pluvicto_or_xofigo_under_eighteen": Mutant(
        "premera_pluvicto.pl", "case('18', age_years >= 18)", "case('18', age_years >= 17)"
    ),
    "lutathera_needs_uptake_above_the_liver": Mutant(
        "premera_lutathera.pl",
        "case(above_liver, uptake_above_liver)",
        "case(above_liver, any_of([ uptake_above_liver, sstr_uptake = equal_to_liver ]))",
    ),
    "lutathera_needs_marrow_and_liver_attested": Mutant(
        "premera_lutathera.pl",
        "    all_of([ bone_marrow_adequate,\n             hepatic_adequate ]),",
        "    bone_marrow_adequate,",
    ),
    "what_premera_asks_of_a_first_course_of_lutathera": Mutant(
        "premera_lutathera.pl",
        "case(creatinine_clearance_only, creatinine_clearance_ml_min >= 40)",
        "case(creatinine_clearance_only, creatinine_clearance_ml_min >= 30)",
    ),
    "no_lung_thymus_or_chromaffin_tumor_at_premera": Mutant(
        "premera_lutathera.pl",
        "    all_of([ gep_net,\n             ki67_at_most_20,",
        "    all_of([ ki67_at_most_20,",
    ),
    "wellmark_met_rests_on_an_item": Mutant(
        "wellmark_lutathera.pl",
        "any_of([ criterion('item 1'),\n"
        "                                                                criterion('item 2'),",
        "any_of([ criterion('item 1'), tumor_type = thymus_net,\n"
        "                                                                criterion('item 2'),",
    ),
    "items_1_and_3_exclude_each_other": Mutant(
        "wellmark_lutathera.pl",
        "case(first_line, first_line)",
        "case(first_line, lung_or_thymus_net)",
    ),
    "items_2a_and_2b_exclude_each_other": Mutant(
        "wellmark_lutathera.pl",
        "progressed_on([ somatostatin_analogue, open(targeted_therapy) ])",
        "any_of([ progressed_on([ somatostatin_analogue, open(targeted_therapy) ]), "
        "evidence_of_progression ])",
    ),
    "a_stop_rule_met_or_unknown_bars_further_lutathera": Mutant(
        "premera_lutathera.pl",
        "case(both_lists, stop_rules)",
        "case(both_lists, bilirubin_x_uln > 3)",
    ),
    "an_earlier_stop_bars_every_request": Mutant(
        "premera_pluvicto.pl",
        "never_stopped(prior_pluvicto_doses)",
        "prior_pluvicto_doses + requested_doses =< 6",
    ),
    "facts_filled_in_never_turn_met_into_not_met": Mutant(
        "premera_lutathera.pl",
        "case(must_be_documented, post_dose_octreotide_lar_hours in 4..24)",
        "case(must_be_documented, any_of([ not(documented(post_dose_octreotide_lar_hours)),"
        " post_dose_octreotide_lar_hours in 4..24 ]))",
    ),
    "facts_filled_in_never_turn_not_met_into_met": Mutant(
        "premera_xofigo.pl",
        "    symptomatic_bone_metastases,\n",
        "    all_of([ documented(symptomatic_bone_metastases), symptomatic_bone_metastases ]),\n",
    ),
    "facts_filled_in_reopen_an_answer_only_by_a_conflict": Mutant(
        "premera_xofigo.pl",
        "case(documented_absent, largest_lymph_node_cm =< 3)",
        "case(documented_absent, any_of([ not(documented(largest_lymph_node_cm)),"
        " largest_lymph_node_cm =< 3 ]))",
    ),
    "no_lutathera_with_marrow_or_liver_inadequate": Mutant(
        "premera_lutathera.pl",
        "initial_part([ rules_out(bone_marrow_adequate = false),\n",
        "initial_part([\n",
    ),
    "fewer_doses_keep_met": Mutant(
        "definitions.pl",
        "                      requested_doses = 1 ]) ]),",
        "                      requested_doses >= 2 ]) ]),",
    ),
    "more_years_keep_met": Mutant(
        "premera_pluvicto.pl", "case('18', age_years >= 18)", "case('18', age_years in 18..75)"
    ),
    "premera_lutathera_text_of_april_2026_only_widens": Mutant(
        "premera_lutathera.pl", "from(2026-04-01, nothing)", "from(2026-04-01, first_line)"
    ),
    "pluvicto_texts_since_may_2025_only_widen": Mutant(
        "premera_pluvicto.pl",
        "              from(2026-04-01, taxane_given_or_delayed) ]),",
        "              from(2026-04-01, not(prior_taxane)) ]),",
    ),
    "readings_of_item_1_are_nested": Mutant(
        "wellmark_lutathera.pl",
        "                                          typical_carcinoid ]),\n"
        "                                 item_1_progression,\n",
        "                                          typical_carcinoid ]),\n",
    ),
    "what_xofigo_asks": Mutant(
        "premera_xofigo.pl",
        "case(documented_absent, largest_lymph_node_cm =< 3)",
        "case(documented_absent, largest_lymph_node_cm =< 4)",
    ),
    "what_further_pluvicto_asks": Mutant(
        "premera_pluvicto.pl",
        "             all_of([ dose_reductions =< 1,\n",
        "             all_of([ dose_reductions =< 2,\n",
    ),
}
