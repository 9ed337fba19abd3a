% SPDX-License-Identifier: Apache-2.0
:- module(readings, []).
:- use_module('../prolog/operators').

/** <module> Readings: where a text admits more than one

reading(Name, Question, Values, Sources): Values are value(Value, Meaning) terms, the default
first. A decision is taken under one value of each, and says on which of them it depends.
*/

%   Wellmark

reading(w_item1, "In item 1, what does the tumor burden govern, and how do the lines of the list join?",
    [ value(burden_governs_all, "tumor burden is asked of all; then typical, progressive or atypical"),
      value(burden_governs_typical, "tumor burden is asked of typical tumors only"),
      value(literal_list, "fewer than 2 mitoses always; then no necrosis, progression, 2 to 10 mitoses or foci") ],
    [ wellmark("Policy, item 1", [55-58]), premera("Evidence review", [363]) ]).
reading(w_item1_progression, "In item 1, does progression count for a tumor of any grade?",
    [ value(any_grade, "of any grade"),
      value(low_or_intermediate_only, "only with at most 10 mitoses per 10 HPF") ],
    [ wellmark("Policy, item 1b", [57]) ]).
reading(w_primary_therapy, "In item 1, what does primary therapy mean?",
    [ value(first_line, "first-line therapy"),
      value(main_modality, "the main treatment, in any line") ],
    [ wellmark("Policy, item 1c", [58]) ]).
reading(w_extent, "In item 2, how do unresectable, locally advanced and metastatic join?",
    [ value(any_of_three, "one of the three suffices"),
      value(unresectable_locally_advanced_or_metastatic, "unresectable and locally advanced, or metastatic"),
      value(unresectable_and_advanced, "unresectable, and locally advanced or metastatic") ],
    [ wellmark("Policy, item 2", [59]) ]).
reading(w_well_differentiated, "In item 2, what shows that a tumor is well differentiated?",
    [ value(documented_or_graded, "the report, or a grade of 1 or 2"),
      value(ki67_shows_it, "also a Ki-67 index of at most 20 %") ],
    [ wellmark("Policy, item 2a", [60]) ]).
reading(w_first_line_ki67_upper, "Does item 2b admit a Ki-67 index of exactly 20 %?",
    [ value(below_20, "no, it must be below 20 %"),
      value(up_to_20, "yes, up to 20 % as in grade 2") ],
    [ wellmark("Policy, item 2b", [61]), wellmark("Policy guidelines, Ki-67", [111]) ]).
reading(w_item3_first_line_agents, "In item 3, which first-line treatments count?",
    [ value(octreotide_or_lanreotide_only, "octreotide or lanreotide only"),
      value(any_first_line, "any systemic treatment") ],
    [ wellmark("Policy, item 3c", [65]) ]).
reading(w_item3_distant, "Does item 3 admit distant metastases?",
    [ value(allowed, "yes, if the tumor is unresectable"),
      value(excluded, "no, it is for locally confined disease") ],
    [ wellmark("Policy, item 3", [62]) ]).
reading(w_item4_prior, "In item 4, which earlier analogues bar the treatment?",
    [ value(radiolabeled_only, "radiolabeled ones only"),
      value(any_octreotide_or_lanreotide, "unlabeled octreotide or lanreotide too") ],
    [ wellmark("Policy, item 4a", [67]) ]).
reading(w_carcinoid_tumor, "In item 5, which tumors count?",
    [ value(any_net, "any neuroendocrine tumor"),
      value(gep_net_only, "GEP-NETs only"),
      value(any_net_or_ppgl, "pheochromocytoma and paraganglioma too") ],
    [ wellmark("Policy, item 5", [68]), wellmark("Background", [189]) ]).
reading(w_common_scope, "Do the imaging and organ function conditions bind all items?",
    [ value(all_items, "yes"),
      value(item_5_only, "item 5 only, under which they are printed; item 2b keeps its own imaging condition") ],
    [ wellmark("Policy, common conditions", [71-74]) ]).
reading(w_sstr_threshold, "How strong must the uptake be at Wellmark?",
    [ value(above_liver, "above the liver"),
      value(at_least_liver, "equal to the liver or above") ],
    [ wellmark("Policy guidelines, SSTR imaging", [125]), wellmark("Rationale, NETTER-1", [261]) ]).
reading(w_scintigraphy, "Do SPECT/CT and scintigraphy count at Wellmark?",
    [ value(only_if_pet_unavailable, "only where SSTR PET is not available"),
      value(accepted, "always") ],
    [ wellmark("Policy guidelines, SSTR imaging", [125]) ]).
reading(w_planar_scintigraphy, "Does planar receptor scintigraphy count as SPECT/CT does at Wellmark?",
    [ value(as_spect_ct, "yes, although only SPECT/CT is named"),
      value(not_listed, "the document does not say") ],
    [ wellmark("Policy guidelines, SSTR imaging", [125]) ]).
reading(w_in_force_from, "On which day did the January 2026 text take effect?",
    [ value('2026-01-01', "the first of January"),
      value('2026-02-01', "the first of February, with all of January under the text before") ],
    [ wellmark("Title", [9]) ]).
reading(w_continuation, "Must organ function be adequate at every dose at Wellmark?",
    [ value(carried_forward, "it is judged at the start, unless the record speaks against it"),
      value(judged_each_dose, "yes, W-4 is asked of every request") ],
    [ wellmark("Policy, common conditions", [71-74]) ]).
reading(w_adequate_renal, "Is a creatinine clearance part of adequate kidney function at Wellmark?",
    [ value(attested, "no, the physician's word decides"),
      value(attested_and_crcl_40, "yes, 40 mL/min or more besides the physician's word") ],
    [ wellmark("Policy, common conditions", [74]),
      wellmark("Policy guidelines, special considerations", [135]) ]).
reading(w_ssa_washout, "Is the pause of somatostatin analogues required at Wellmark?",
    [ value(advisory, "no, it is recommended"),
      value(required_28_days, "yes, 28 days before each dose"),
      value(required_42_days, "yes, 42 days before each dose") ],
    [ wellmark("Policy guidelines, special considerations", [130, 131]) ]).
reading(w_stop_rules, "Do the rules for permanent discontinuation bind at Wellmark?",
    [ value(binding, "yes"),
      value(advisory, "no, they are recommended") ],
    [ wellmark("Policy guidelines, special considerations", [134, 135]) ]).

%   Premera

reading(p_sstr_threshold, "How strong must the uptake be at Premera?",
    [ value(above_liver, "above the liver"),
      value(any_expression, "any expression, even below the liver or mixed") ],
    [ premera("Medical necessity, Lutathera", [46]), premera("Related information, SSTR imaging", [132]) ]).
reading(p_scintigraphy, "Do SPECT/CT and scintigraphy count at Premera?",
    [ value(accepted, "always"),
      value(only_if_pet_unavailable, "only where SSTR PET is not available") ],
    [ premera("Medical necessity, Lutathera", [46]), premera("Related information, SSTR imaging", [128]) ]).
reading(p_washout_days, "For how long must long-acting analogues pause at Premera?",
    [ value('28', "28 days"),
      value('42', "42 days") ],
    [ premera("Medical necessity, Lutathera", [46]), premera("Related information, Lutathera", [140]) ]).
reading(p_washout_each_dose, "Is the pause required before each dose at Premera?",
    [ value(first_dose_only, "before the first dose of a course"),
      value(each_dose, "before each dose") ],
    [ premera("Related information, Lutathera", [140, 141]) ]).
reading(p_continuation, "Must organ function and performance be adequate at every dose at Premera?",
    [ value(carried_forward, "they are judged at the start, unless the record speaks against them"),
      value(judged_each_dose, "yes, L-5, L-6 and L-7 are asked of every request") ],
    [ premera("Medical necessity, Lutathera", [46]) ]).
reading(p_label_dosing, "Does the clause on prescribing information make the label's regimen a rule?",
    [ value(advice, "no, the regimen is advice"),
      value(binding, "yes, from 2025-05-01 on every request") ],
    [ premera("Investigational, prescribing information", [61]),
      premera("Related information", [136, 197]), premera("History, 2025-05-01", [609]) ]).
reading(p_performance, "Which performance scales count at Premera?",
    [ value(documented_scale, "Karnofsky and, from 2025-02-01, ECOG"),
      value(karnofsky_only, "Karnofsky only, as the documentation list prints") ],
    [ premera("Documentation, Lutathera", [88]) ]).
reading(p_lutathera_adult_age, "From which age was one an adult for Lutathera before 2025?",
    [ value('18', "18 years"),
      value('19', "19 years, as the documentation lists print for the other drugs") ],
    [ premera("Documentation", [100]), premera("Regulatory status", [490]), premera("History", [592]) ]).
reading(p_octreotide_plan, "Must octreotide LAR after each dose be documented?",
    [ value(must_be_documented, "yes"),
      value(assumed_if_silent, "no, it is assumed where the record is silent") ],
    [ premera("Medical necessity, Lutathera", [51]) ]).
reading(p_egfr, "Does an estimated GFR stand in for a creatinine clearance?",
    [ value(creatinine_clearance_only, "no"),
      value(egfr_accepted, "yes, where no clearance is documented at all") ],
    [ premera("Documentation, Lutathera", [86]) ]).
reading(p_stop_rules, "Do the rules for permanent discontinuation bind beside the continuation list?",
    [ value(both_lists, "yes, both lists bind"),
      value(documentation_list_only, "no, the continuation list alone binds") ],
    [ premera("Documentation, continuation of Lutathera", [92-96]),
      premera("Related information, Lutathera", [146-148]) ]).
reading(p_anemia_and_neutropenia, "Is one of recurrent anemia and neutropenia enough to stop?",
    [ value(either, "either stops"),
      value(both_together, "only both together stop") ],
    [ premera("Documentation, continuation of Lutathera", [93]) ]).
reading(p_pluvicto_modifications, "Do the dosage modifications and stop rules of the related information bind for Pluvicto?",
    [ value(binding, "yes, P-7 to P-10 are required"),
      value(advisory, "no, they are recommended") ],
    [ premera("Related information, Pluvicto", [197, 201-216]) ]).
reading(p_reduced_activity, "Is 5.9 GBq of Pluvicto accepted without an adverse reaction?",
    [ value(accepted, "yes"),
      value(adverse_reaction_only, "no, the reduction is a way to manage adverse reactions") ],
    [ premera("Related information, Pluvicto", [201]) ]).
reading(p_pluvicto_age, "From which age is one an adult for Pluvicto?",
    [ value('18', "18 years"),
      value('19', "19 years") ],
    [ premera("Medical necessity, Pluvicto", [52]), premera("Documentation, Pluvicto", [100]) ]).
reading(p_xofigo_age, "From which age is one an adult for Xofigo?",
    [ value('18', "18 years"),
      value('19', "19 years") ],
    [ premera("Medical necessity, Xofigo", [53]), premera("Documentation, Xofigo", [112]) ]).
reading(p_psma_agent, "Which PSMA PET agents count?",
    [ value(listed_only, "the two that are listed"),
      value(any_psma_pet, "any, if a study was performed") ],
    [ premera("Medical necessity, Pluvicto", [52]),
      premera("Supplemental information, ASCO and NCCN", [439, 447]) ]).
reading(p_abiraterone, "Is abiraterone an androgen receptor pathway inhibitor?",
    [ value(counts, "yes, the list is of examples"),
      value(does_not_count, "no, it is not in the list") ],
    [ premera("Medical necessity, Pluvicto", [52]), premera("Rationale, Pluvicto", [339]) ]).
reading(p_taxane_2025, "Did a duplicate line still require a prior taxane from 2025-05-01 to 2026-03-31?",
    [ value(delay_option_live, "no, delay was accepted"),
      value(prior_taxane_binds, "yes") ],
    [ premera("History, 2025-05-01 and 2026-04-01", [609, 610]) ]).
reading(p_visceral, "Does silence on visceral metastases and lymph nodes mean that there are none?",
    [ value(documented_absent, "no, absence must be documented"),
      value(silence_is_absence, "yes, where the liver is not spoken of either") ],
    [ premera("Medical necessity, Xofigo", [53]), premera("Documentation, Xofigo", [77, 112]) ]).

%   Both payers

reading(dose_cap, "Does the cap on doses count the whole life or one course?",
    [ value(lifetime, "the whole life"),
      value(per_course, "one course, where the earlier doses belong to a completed one") ],
    [ wellmark("Policy, investigational", [80]), premera("Investigational", [61]) ]).
reading(forty_percent, "Does a change of exactly 40 % in creatinine or its clearance stop the treatment?",
    [ value(at_least, "yes: 40 % or more"),
      value(more_than, "no: more than 40 %") ],
    [ wellmark("Policy guidelines, special considerations", [135]),
      premera("Related information, Lutathera", [148]) ]).
reading(regional_metastases, "Are regional metastases metastatic disease?",
    [ value(undetermined, "the documents do not say"),
      value(counts, "yes"),
      value(does_not_count, "no") ],
    [ wellmark("Policy, items 2 and 4", [59, 66]), premera("Medical necessity, Lutathera", [46]) ]).
reading(ki67_documentation, "Does a reported grade speak for a limit on the Ki-67 index?",
    [ value(grade_suffices, "yes"),
      value(value_required, "no, only the index itself can meet a limit") ],
    [ wellmark("Policy, item 2a", [60]), premera("Medical necessity, Lutathera", [46]),
      premera("Documentation, Lutathera", [83]) ]).
