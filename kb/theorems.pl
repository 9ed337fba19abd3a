% SPDX-License-Identifier: Apache-2.0
:- module(theorems, []).
:- use_module('../prolog/operators').

/** <module> What follows from the rules, and what does not although it sounds likely

theorem(Name, Sentence, Over, Claim): the Claim holds, under the default readings unless it names
others, and is expected to be proved.

non_theorem(Name, Sentence, Over, Claim): the Claim is expected to be refuted by a patient.

Over says which records the Claim is about: record (every record), extension (two, of which the second
extends the first), change(Attributes) (two that agree in all other facts) or increase(Attribute) (two
that agree in all other facts, in which it is known exactly and not less in the second). A record holds
each fact as known, as an interval or not at all. docs/rule-language.md tells the language of claims.

"Not documented as a continuation" is wider than "initial": it takes in a request of which the record
does not say what it is. A non_theorem lets a request pend and a fact be unknown, so that no patient
refutes it of whom merely too little is known.
*/

%   Doses and age

theorem(lutathera_within_four_doses,
    "No Lutathera request is met with more than 4 doses, given and asked for, or with either count unknown",
    record,
    all_of([ implies(outcome(wellmark_lutathera, each_text, []) = met,
                     is_true(prior_lutathera_doses + requested_doses =< 4)),
             implies(outcome(premera_lutathera, each_text, []) = met,
                     is_true(prior_lutathera_doses + requested_doses =< 4)) ])).

theorem(pluvicto_and_xofigo_within_six_doses,
    "No Pluvicto or Xofigo request is met with more than 6 doses of the drug, given and asked for, or with either count unknown",
    record,
    all_of([ implies(outcome(premera_pluvicto, each_text, []) = met,
                     is_true(prior_pluvicto_doses + requested_doses =< 6)),
             implies(outcome(premera_xofigo, each_text, []) = met,
                     is_true(prior_xofigo_doses + requested_doses =< 6)) ])).

theorem(no_lutathera_under_twelve,
    "No Lutathera request is met for a patient under 12 years of age, or of unknown age",
    record,
    all_of([ implies(outcome(wellmark_lutathera, each_text, []) = met, is_true(age_years >= 12)),
             implies(outcome(premera_lutathera, each_text, []) = met, is_true(age_years >= 12)) ])).

theorem(no_lutathera_under_eighteen_at_premera_before_2025,
    "By the texts that began before 2025, Premera's policy is met for Lutathera by nobody under 18 years of age, or of unknown age",
    record,
    implies(outcome(premera_lutathera, each_text_before(2025-01-01), []) = met, is_true(age_years >= 18))).

theorem(no_pluvicto_or_xofigo_under_eighteen,
    "No Pluvicto or Xofigo request is met for a patient under 18 years of age, or of unknown age",
    record,
    all_of([ implies(outcome(premera_pluvicto, each_text, []) = met, is_true(age_years >= 18)),
             implies(outcome(premera_xofigo, each_text, []) = met, is_true(age_years >= 18)) ])).

%   What a first course of Lutathera rests on

theorem(lutathera_needs_uptake_above_the_liver,
    "Unless documented as a continuation, no Lutathera request is met without a known somatostatin receptor study with uptake above the liver",
    record,
    implies(all_of([ not(is_true(request_type = continuation)),
                     any_of([ outcome(wellmark_lutathera, each_text, []) = met,
                              outcome(premera_lutathera, each_text, []) = met ]) ]),
            all_of([ is_true(sstr_imaging in [ sstr_pet_ct, sstr_pet_mri, octreotide_spect_ct, sstr_scintigraphy ]),
                     is_true(sstr_uptake = above_liver) ]))).

theorem(lutathera_needs_marrow_and_liver_attested,
    "Unless documented as a continuation, no Lutathera request is met without bone marrow and liver function attested as adequate; at Wellmark kidney function too",
    record,
    all_of([ implies(all_of([ not(is_true(request_type = continuation)),
                              outcome(wellmark_lutathera, each_text, []) = met ]),
                     all_of([ is_true(bone_marrow_adequate),
                              is_true(hepatic_adequate),
                              is_true(renal_adequate) ])),
             implies(all_of([ not(is_true(request_type = continuation)),
                              outcome(premera_lutathera, each_text, []) = met ]),
                     all_of([ is_true(bone_marrow_adequate),
                              is_true(hepatic_adequate) ])) ])).

theorem(what_premera_asks_of_a_first_course_of_lutathera,
    "Unless documented as a continuation, a Lutathera request that is met at Premera is for a GEP-NET, locally advanced or with distant metastases, with a known creatinine clearance of at least 40 mL/min, a documented Karnofsky status of at least 60 or ECOG status of at most 2, and at least 28 days since a long-acting somatostatin analogue",
    record,
    implies(all_of([ not(is_true(request_type = continuation)),
                     outcome(premera_lutathera, each_text, []) = met ]),
            all_of([ is_true(gep_net),
                     any_of([ is_true(locally_advanced), is_true(metastases = distant) ]),
                     is_true(creatinine_clearance_ml_min >= 40),
                     any_of([ is_true(karnofsky >= 60), is_true(ecog =< 2) ]),
                     is_true(days_since_long_acting_ssa >= 28) ]))).

theorem(no_lung_thymus_or_chromaffin_tumor_at_premera,
    "No Lutathera request for a lung or thymic NET, a pheochromocytoma or a paraganglioma is met at Premera, not even a continuation",
    record,
    implies(any_of([ is_true(tumor_type in lung_or_thymus),
                     is_true(tumor_type in chromaffin_cell_tumor) ]),
            not(outcome(premera_lutathera, each_text, []) = met))).

theorem(wellmark_met_rests_on_an_item,
    "Unless documented as a continuation, a Lutathera request that is met at Wellmark fits one of the items 1 to 5",
    record,
    implies(all_of([ not(is_true(request_type = continuation)),
                     outcome(wellmark_lutathera, each_text, []) = met ]),
            any_of([ is_true(criterion(wellmark_lutathera, 'item 1'), each_text, []),
                     is_true(criterion(wellmark_lutathera, 'item 2'), each_text, []),
                     is_true(criterion(wellmark_lutathera, 'item 3'), each_text, []),
                     is_true(criterion(wellmark_lutathera, 'item 4'), each_text, []),
                     is_true(criterion(wellmark_lutathera, 'item 5'), each_text, []) ]))).

theorem(items_1_and_3_exclude_each_other,
    "Wellmark's items 1 and 3 never both hold",
    record,
    not(all_of([ is_true(criterion(wellmark_lutathera, 'item 1'), each_text, []),
                 is_true(criterion(wellmark_lutathera, 'item 3'), each_text, []) ]))).

theorem(items_2a_and_2b_exclude_each_other,
    "Wellmark's items 2a and 2b never both hold",
    record,
    not(all_of([ is_true(criterion(wellmark_lutathera, 'item 2a'), each_text, []),
                 is_true(criterion(wellmark_lutathera, 'item 2b'), each_text, []) ]))).

%   Reasons to stop

theorem(a_stop_rule_met_or_unknown_bars_further_lutathera,
    "Unless a Lutathera request is known to start a course, it is not met while a rule for permanent discontinuation is met, or while it is unknown whether one is",
    record,
    implies(all_of([ not(is_true(starts_course(prior_lutathera_doses))),
                     not(is_false(stop_rules, each_text, [])) ]),
            all_of([ not(outcome(wellmark_lutathera, each_text, []) = met),
                     not(outcome(premera_lutathera, each_text, []) = met) ]))).

theorem(an_earlier_stop_bars_every_request,
    "Once a rule for permanent discontinuation was met, no Lutathera or Pluvicto request is met any more",
    record,
    implies(is_true(stop_rule_met_before),
            all_of([ not(outcome(wellmark_lutathera, each_text, []) = met),
                     not(outcome(premera_lutathera, each_text, []) = met),
                     not(outcome(premera_pluvicto, each_text, []) = met) ]))).

%   Facts filled in, more doses, more years

theorem(facts_filled_in_never_turn_met_into_not_met,
    "Facts filled in or narrowed never turn met into not met",
    extension,
    all_of([ implies(first(outcome(wellmark_lutathera, each_text, []) = met),
                     not(second(outcome(wellmark_lutathera, each_text, []) = not_met))),
             implies(first(outcome(premera_lutathera, each_text, []) = met),
                     not(second(outcome(premera_lutathera, each_text, []) = not_met))),
             implies(first(outcome(premera_pluvicto, each_text, []) = met),
                     not(second(outcome(premera_pluvicto, each_text, []) = not_met))),
             implies(first(outcome(premera_xofigo, each_text, []) = met),
                     not(second(outcome(premera_xofigo, each_text, []) = not_met))) ])).

theorem(facts_filled_in_never_turn_not_met_into_met,
    "Facts filled in or narrowed never turn not met into met; for Lutathera at Premera, not unless evidence disagrees then",
    extension,
    all_of([ implies(first(outcome(wellmark_lutathera, each_text, []) = not_met),
                     not(second(outcome(wellmark_lutathera, each_text, []) = met))),
             implies(all_of([ first(outcome(premera_lutathera, each_text, []) = not_met),
                              not(second(conflict(premera_lutathera, each_text, []))) ]),
                     not(second(outcome(premera_lutathera, each_text, []) = met))),
             implies(first(outcome(premera_pluvicto, each_text, []) = not_met),
                     not(second(outcome(premera_pluvicto, each_text, []) = met))),
             implies(first(outcome(premera_xofigo, each_text, []) = not_met),
                     not(second(outcome(premera_xofigo, each_text, []) = met))) ])).

theorem(facts_filled_in_reopen_an_answer_only_by_a_conflict,
    "Facts filled in or narrowed reopen an answer, met or not met, only where evidence disagrees then",
    extension,
    all_of([ implies(all_of([ not(first(outcome(wellmark_lutathera, each_text, []) = needs_information)),
                              second(outcome(wellmark_lutathera, each_text, []) = needs_information) ]),
                     second(conflict(wellmark_lutathera, each_text, []))),
             implies(all_of([ not(first(outcome(premera_lutathera, each_text, []) = needs_information)),
                              second(outcome(premera_lutathera, each_text, []) = needs_information) ]),
                     second(conflict(premera_lutathera, each_text, []))),
             implies(all_of([ not(first(outcome(premera_pluvicto, each_text, []) = needs_information)),
                              second(outcome(premera_pluvicto, each_text, []) = needs_information) ]),
                     second(conflict(premera_pluvicto, each_text, []))),
             implies(all_of([ not(first(outcome(premera_xofigo, each_text, []) = needs_information)),
                              second(outcome(premera_xofigo, each_text, []) = needs_information) ]),
                     second(conflict(premera_xofigo, each_text, []))) ])).

theorem(no_lutathera_with_marrow_or_liver_inadequate,
    "No Lutathera request is met with bone marrow or liver function documented as inadequate, not even a continuation",
    record,
    implies(any_of([ is_false(bone_marrow_adequate),
                     is_false(hepatic_adequate) ]),
            all_of([ not(outcome(wellmark_lutathera, each_text, []) = met),
                     not(outcome(premera_lutathera, each_text, []) = met) ]))).

theorem(fewer_doses_keep_met,
    "A request that is met for a known number of doses is met for fewer",
    increase(requested_doses),
    all_of([ implies(second(outcome(wellmark_lutathera, each_text, []) = met),
                     first(outcome(wellmark_lutathera, each_text, []) = met)),
             implies(second(outcome(premera_lutathera, each_text, []) = met),
                     first(outcome(premera_lutathera, each_text, []) = met)),
             implies(second(outcome(premera_pluvicto, each_text, []) = met),
                     first(outcome(premera_pluvicto, each_text, []) = met)),
             implies(second(outcome(premera_xofigo, each_text, []) = met),
                     first(outcome(premera_xofigo, each_text, []) = met)) ])).

theorem(more_years_keep_met,
    "A request that is met for a patient of known age is met for an older one with the same facts",
    increase(age_years),
    all_of([ implies(first(outcome(wellmark_lutathera, each_text, []) = met),
                     second(outcome(wellmark_lutathera, each_text, []) = met)),
             implies(first(outcome(premera_lutathera, each_text, []) = met),
                     second(outcome(premera_lutathera, each_text, []) = met)),
             implies(first(outcome(premera_pluvicto, each_text, []) = met),
                     second(outcome(premera_pluvicto, each_text, []) = met)),
             implies(first(outcome(premera_xofigo, each_text, []) = met),
                     second(outcome(premera_xofigo, each_text, []) = met)) ])).

%   Later texts that only widen

theorem(premera_lutathera_text_of_april_2026_only_widens,
    "What Premera's Lutathera policy meets on 2026-03-31, it meets on 2026-04-01 for the same facts",
    record,
    implies(outcome(premera_lutathera, 2026-03-31, []) = met,
            outcome(premera_lutathera, 2026-04-01, []) = met)).

theorem(pluvicto_texts_since_may_2025_only_widen,
    "What Premera's Pluvicto policy meets on 2025-04-30, its text in force now meets for the same facts",
    record,
    implies(outcome(premera_pluvicto, 2025-04-30, []) = met,
            outcome(premera_pluvicto, latest, []) = met)).

%   Readings

theorem(readings_of_item_1_are_nested,
    "Who fits Wellmark's item 1 as a literal list fits it where tumor burden governs all, and who fits that fits it where tumor burden governs typical tumors only",
    record,
    all_of([ implies(is_true(criterion(wellmark_lutathera, 'item 1'), latest, [ w_item1 = literal_list ]),
                     is_true(criterion(wellmark_lutathera, 'item 1'), latest, [ w_item1 = burden_governs_all ])),
             implies(is_true(criterion(wellmark_lutathera, 'item 1'), latest, [ w_item1 = burden_governs_all ]),
                     is_true(criterion(wellmark_lutathera, 'item 1'), latest,
                             [ w_item1 = burden_governs_typical ])) ])).

%   Xofigo and Pluvicto

theorem(what_xofigo_asks,
    "A Xofigo request that is met has bone metastases with symptoms, visceral metastases documented absent, and a largest lymph node known to be at most 3 cm",
    record,
    implies(outcome(premera_xofigo, each_text, []) = met,
            all_of([ is_true(symptomatic_bone_metastases),
                     is_false(visceral_metastases),
                     is_true(largest_lymph_node_cm =< 3) ]))).

theorem(what_further_pluvicto_asks,
    "Unless it is known to start a course, a Pluvicto request that is met has at most one dose reduction, never 7.4 GBq after it, and renal toxicity known to be below grade 3",
    record,
    implies(all_of([ not(is_true(starts_course(prior_pluvicto_doses))),
                     outcome(premera_pluvicto, each_text, []) = met ]),
            all_of([ is_true(dose_reductions =< 1),
                     any_of([ is_true(dose_reductions = 0),
                              is_false(planned_activity_gbq in 7.35..7.45) ]),
                     is_false(renal_toxicity_grade >= 3) ]))).

%   What is no theorem

non_theorem(wellmark_met_means_clearance_of_40,
    "A Lutathera request that is met at Wellmark never has a creatinine clearance known to be below 40 mL/min",
    record,
    implies(outcome(wellmark_lutathera, latest, []) = met,
            not(is_false(creatinine_clearance_ml_min >= 40)))).

non_theorem(wellmark_met_means_ki67_of_at_most_20,
    "A Lutathera request that is met at Wellmark never has a Ki-67 index known to be above 20 %",
    record,
    implies(outcome(wellmark_lutathera, latest, []) = met,
            not(is_false(ki67_percent =< 20)))).

non_theorem(wellmark_met_means_premera_met,
    "A Lutathera request that is met at Wellmark is met at Premera too, or pends there",
    record,
    implies(outcome(wellmark_lutathera, latest, []) = met,
            not(outcome(premera_lutathera, latest, []) = not_met))).

non_theorem(premera_met_means_wellmark_met,
    "A Lutathera request that is met at Premera is met at Wellmark too, or pends there",
    record,
    implies(outcome(premera_lutathera, latest, []) = met,
            not(outcome(wellmark_lutathera, latest, []) = not_met))).

non_theorem(lower_ki67_keeps_first_line_met,
    "A Lutathera request that is met at Wellmark as first-line therapy by item 2b stays met with a lower Ki-67 index, or pends",
    increase(ki67_percent),
    implies(second(all_of([ outcome(wellmark_lutathera, latest, []) = met,
                            is_true(criterion(wellmark_lutathera, 'item 2b'), latest, []) ])),
            not(first(outcome(wellmark_lutathera, latest, []) = not_met)))).

non_theorem(later_texts_keep_met,
    "What Premera's Lutathera policy meets on 2024-12-31, it meets on 2025-01-01 for the same facts, or it pends",
    record,
    implies(outcome(premera_lutathera, 2024-12-31, []) = met,
            not(outcome(premera_lutathera, 2025-01-01, []) = not_met))).

%   A performance status that one scale alone documents as too low speaks against the start of a course
%   under way. Once a second scale disagrees with it, neither decides, and so nothing speaks against it.

non_theorem(discordant_scales_never_turn_not_met_into_met,
    "What Premera's Lutathera policy does not meet, it does not meet either when evidence disagrees for further facts",
    extension,
    implies(first(outcome(premera_lutathera, latest, []) = not_met),
            not(second(outcome(premera_lutathera, latest, []) = met)))).

non_theorem(what_nccn_lists_is_covered_by_wellmark,
    "An initial Lutathera request for a use that NCCN lists with a category, with everything that Wellmark asks besides its items, is met at Wellmark, or pends",
    record,
    implies(all_of([ is_true(request_type = initial),
                     any_of([ is_true(recommendation(nccn_midgut_after_ssa), latest, []),
                              is_true(recommendation(nccn_gi_after_ssa), latest, []),
                              is_true(recommendation(nccn_gi_first_line), latest, []),
                              is_true(recommendation(nccn_pancreas_after_ssa), latest, []),
                              is_true(recommendation(nccn_pancreas_first_line), latest, []),
                              is_true(recommendation(nccn_lung_thymus_in_wellmark), latest, []),
                              is_true(recommendation(nccn_lung_thymus_in_premera), latest, []),
                              is_true(recommendation(nccn_ppgl), latest, []) ]),
                     is_true(criterion(wellmark_lutathera, 'W-1'), latest, []),
                     is_true(criterion(wellmark_lutathera, 'W-3'), latest, []),
                     is_true(criterion(wellmark_lutathera, 'W-4'), latest, []),
                     is_true(criterion(wellmark_lutathera, 'W-5'), latest, []),
                     is_true(criterion(wellmark_lutathera, 'W-6'), latest, []),
                     is_true(criterion(wellmark_lutathera, 'W-7'), latest, []),
                     is_true(criterion(wellmark_lutathera, 'W-8'), latest, []),
                     is_true(criterion(wellmark_lutathera, 'W-9'), latest, []) ]),
            not(outcome(wellmark_lutathera, latest, []) = not_met))).

%   The second dose differs from the first in what any second dose differs in, and keeps whatever
%   Wellmark asks but the rules for permanent discontinuation on laboratory values (W-8).

non_theorem(first_dose_met_means_second_dose_met,
    "Where the first dose of Lutathera is met at Wellmark, the second is met with unchanged laboratory values, or pends, as long as it keeps all else that Wellmark asks",
    change([ request_type, prior_lutathera_doses, initial_criteria_met, planned_interval_weeks ]),
    implies(all_of([ first(all_of([ is_true(request_type = initial),
                                    is_true(prior_lutathera_doses = 0),
                                    is_true(requested_doses = 1),
                                    outcome(wellmark_lutathera, latest, []) = met ])),
                     second(all_of([ is_true(request_type = continuation),
                                     is_true(prior_lutathera_doses = 1),
                                     is_true(initial_criteria_met),
                                     is_true(criterion(wellmark_lutathera, 'W-1'), latest, []),
                                     is_true(criterion(wellmark_lutathera, 'W-3'), latest, []),
                                     is_true(criterion(wellmark_lutathera, 'W-4'), latest, []),
                                     is_true(criterion(wellmark_lutathera, 'W-5'), latest, []),
                                     is_true(criterion(wellmark_lutathera, 'W-6'), latest, []),
                                     is_true(criterion(wellmark_lutathera, 'W-7'), latest, []),
                                     is_true(criterion(wellmark_lutathera, 'W-9'), latest, []) ])) ]),
            not(second(outcome(wellmark_lutathera, latest, []) = not_met)))).
