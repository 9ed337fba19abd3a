% SPDX-License-Identifier: Apache-2.0
:- module(definitions, []).
:- use_module('../prolog/operators').

/** <module> Shared criteria: what both payers mean by the same words

definition(Head, Sentence, Condition, Sources): a condition with a name. Head may have
parameters, which are Prolog variables that also stand in Condition; the Sentence shows each
as ~1, ~2, ... in the order of the parameters.

Where the record can speak to one fact from several sides, the sides are joined by
evidence([...]): those that speak decide, and sides that disagree leave it unknown.
*/

%   Histology

definition(ki67_at_most_20,
    "Ki-67 index at most 20 %, by its value or by the reported grade",
    evidence([ ki67_percent =< 20,
               by_reading(ki67_documentation,
                          [ case(grade_suffices, supports(who_grade in [1, 2])),
                            case(value_required, nothing) ]),
               rules_out(who_grade = 3),
               rules_out(differentiation = poor) ]),
    [ wellmark("Policy, item 2a; Policy guidelines, Ki-67", [60, 107-113]),
      premera("Medical necessity, Lutathera; Documentation, Lutathera", [46, 83]) ]).

definition(ki67_at_least_10,
    "Ki-67 index at least 10 %, by its value or by the reported grade",
    evidence([ ki67_percent >= 10,
               rules_out(who_grade = 1),
               by_reading(ki67_documentation,
                          [ case(grade_suffices, supports(who_grade = 3)),
                            case(value_required, nothing) ]) ]),
    [ wellmark("Policy, item 2b; Policy guidelines, Ki-67", [61, 107-113]) ]).

definition(ki67_below_20,
    "Ki-67 index below 20 %, by its value or by the reported grade",
    evidence([ ki67_percent < 20,
               by_reading(ki67_documentation,
                          [ case(grade_suffices, supports(who_grade = 1)),
                            case(value_required, nothing) ]),
               rules_out(who_grade = 3) ]),
    [ wellmark("Policy, item 2b; Policy guidelines, Ki-67", [61, 107-113]) ]).

definition(grade_2,
    "Grade 2, as reported or by a Ki-67 index of 3 to 20 %",
    evidence([ who_grade = 2,
               ki67_percent in 3..20 ]),
    [ wellmark("Policy, item 2b; Policy guidelines, Ki-67", [61, 111]) ]).

definition(well_differentiated,
    "Well differentiated, as reported or by a grade of 1 or 2",
    evidence([ differentiation = well,
               supports(who_grade in [1, 2]),
               by_reading(w_well_differentiated,
                          [ case(documented_or_graded, nothing),
                            case(ki67_shows_it, supports(ki67_percent =< 20)) ]) ]),
    [ wellmark("Policy, items 2a and 2b; Policy guidelines, tumor grades", [60, 61, 117-121]) ]).

%   Tumor and extent

definition(gep_net,
    "Gastroenteropancreatic neuroendocrine tumor",
    any_of([ tumor_type in gastroenteropancreatic,
             all_of([ tumor_type = unknown_primary_net,
                      undetermined("the primary is unknown, so it may or may not be gastroenteropancreatic") ]) ]),
    [ wellmark("Policy, item 2", [59]),
      premera("Medical necessity, Lutathera", [46]) ]).

definition(lung_or_thymus_net,
    "Bronchopulmonary or thymic neuroendocrine tumor, typical or atypical",
    evidence([ any_of([ tumor_type in lung_or_thymus,
                        all_of([ tumor_type = unknown_primary_net,
                                 undetermined("the primary is unknown, so it may or may not be lung or thymus") ]) ]),
               rules_out(differentiation = poor) ]),
    [ wellmark("Policy, items 1 and 3; Policy guidelines, Ki-67", [55, 62, 113]) ]).

definition(metastatic,
    "Metastatic disease",
    any_of([ metastases = distant,
             by_reading(regional_metastases,
                        [ case(undetermined,
                               all_of([ metastases = regional,
                                        undetermined("the document does not say whether regional metastases count") ])),
                          case(counts, metastases = regional),
                          case(does_not_count, nothing) ]) ]),
    [ wellmark("Policy, items 2 and 4", [59, 66]),
      premera("Medical necessity, Lutathera and Pluvicto", [46, 52]) ]).

%   Earlier treatment

definition(progressed_on(Agents),
    "The tumor progressed on treatment with ~1",
    evidence([ disease_progression_on includes Agents,
               rules_out(treatment_line = first_line),
               rules_out(evidence_of_progression = false) ]),
    [ wellmark("Policy, items 2a and 3", [60, 65]),
      premera("History, 2026-04-01", [610]) ]).

definition(first_line,
    "First systemic treatment of this tumor",
    evidence([ treatment_line = first_line,
               rules_out(not(empty(disease_progression_on))) ]),
    [ wellmark("Policy, items 1c and 2b", [58, 61]) ]).

definition(subsequent_line,
    "A later systemic treatment of this tumor",
    evidence([ treatment_line = subsequent,
               supports(not(empty(disease_progression_on))) ]),
    [ wellmark("Policy, item 3c", [65]) ]).

definition(progression,
    "Disease progression, documented as such or as progression on a treatment",
    evidence([ evidence_of_progression,
               supports(not(empty(disease_progression_on))) ]),
    [ wellmark("Policy, item 1b", [57]) ]).

definition(washout(Days),
    "At least ~1 days since a long-acting somatostatin analogue and 24 h since short-acting octreotide",
    all_of([ days_since_long_acting_ssa >= Days,
             hours_since_short_acting_octreotide >= 24 ]),
    [ wellmark("Policy guidelines, special considerations", [130, 131]),
      premera("Medical necessity, Lutathera; Related information, Lutathera", [46, 140, 141]) ]).

%   Imaging

definition(uptake_above_liver,
    "Uptake in the target lesions above that of the liver",
    any_of([ sstr_uptake = above_liver,
             all_of([ sstr_uptake in [mixed, positive_not_compared],
                      undetermined("the uptake is mixed or not compared with the liver, so the study does not settle it") ]) ]),
    [ wellmark("Policy guidelines, SSTR imaging", [125]),
      premera("Related information, SSTR imaging", [132]) ]).

definition(uptake_at_least_liver,
    "Uptake in the target lesions equal to that of the liver or above",
    any_of([ sstr_uptake in [above_liver, equal_to_liver],
             all_of([ sstr_uptake in [mixed, positive_not_compared],
                      undetermined("the uptake is mixed or not compared with the liver, so the study does not settle it") ]) ]),
    [ wellmark("Rationale, NETTER-1 enrolment", [261]) ]).

definition(pet_or_unlisted_tracer,
    "SSTR PET with CT or MRI (a tracer that the document does not list stays open)",
    any_of([ sstr_imaging in [sstr_pet_ct, sstr_pet_mri],
             all_of([ sstr_imaging = other_sstr_pet,
                      undetermined("the document does not list the tracer of this PET study") ]) ]),
    [ wellmark("Policy guidelines, SSTR imaging", [125]),
      premera("Medical necessity, Lutathera; Related information, SSTR imaging", [46, 128-132]) ]).

definition(sstr_study_pet_first,
    "SSTR PET, or SPECT/CT or scintigraphy where SSTR PET is not available",
    any_of([ pet_or_unlisted_tracer,
             all_of([ sstr_imaging in [octreotide_spect_ct, sstr_scintigraphy],
                      not(sstr_pet_available) ]) ]),
    [ premera("Related information, SSTR imaging", [128]) ]).

definition(sstr_study_any,
    "SSTR PET, SPECT/CT or scintigraphy",
    any_of([ pet_or_unlisted_tracer,
             sstr_imaging in [octreotide_spect_ct, sstr_scintigraphy] ]),
    [ premera("Medical necessity, Lutathera; Documentation, Lutathera", [46, 84]) ]).

%   Doses and the course of treatment. PriorDoses is the attribute that counts the drug's doses.

definition(starts_course(PriorDoses),
    "The request starts a course",
    all_of([ request_type = initial,
             any_of([ PriorDoses = 0,
                      prior_doses_in_earlier_course ]) ]),
    [ wellmark("Policy guidelines, regimen", [89-93]),
      premera("Length of approval", [65, 66]) ]).

definition(dose_cap(PriorDoses, Cap),
    "Doses given before and doses asked for together make at most ~2",
    any_of([ PriorDoses + requested_doses =< Cap,
             by_reading(dose_cap,
                        [ case(lifetime, nothing),
                          case(per_course, all_of([ request_type = initial,
                                                    prior_doses_in_earlier_course,
                                                    requested_doses =< Cap ])) ]) ]),
    [ wellmark("Policy, investigational; Policy guidelines, regimen", [80, 93]),
      premera("Investigational; Length of approval", [61, 65, 66]) ]).

definition(once_under_way(PriorDoses, Criteria),
    "The request starts a course, or what is asked of a course under way holds",
    any_of([ starts_course(PriorDoses),
             Criteria ]),
    [ wellmark("Policy guidelines, special considerations; not printed, a reading", [134, 135]),
      premera("Continuation of Lutathera; modifications of Pluvicto", [90-96, 197-216]) ]).

definition(initial_part(Contradictions, InitialCriteria),
    "The initial criteria hold, now or, for a course under way, when it began",
    any_of([ course_under_way(Contradictions),
             met_now(InitialCriteria) ]),
    [ wellmark("Policy, conditions common to all items; not printed, a reading", [71-74]),
      premera("Medical necessity; not printed, a reading", [46, 52]) ]).

definition(course_under_way(Contradictions),
    "A course is under way, and the initial criteria were met when it began",
    all_of([ request_type = continuation,
             met_at_the_start(Contradictions) ]),
    [ wellmark("Policy, conditions common to all items; not printed, a reading", [71-74]),
      premera("Medical necessity; not printed, a reading", [46, 52]) ]).

definition(met_now(InitialCriteria),
    "The initial criteria hold now",
    all_of(InitialCriteria),
    [ wellmark("Policy, conditions common to all items; not printed, a reading", [71-74]),
      premera("Medical necessity; not printed, a reading", [46, 52]) ]).

definition(met_at_the_start(Contradictions),
    "The initial criteria were met when the course under way began, and the record does not speak against them",
    evidence([ initial_criteria_met | Contradictions ]),
    [ wellmark("Policy, conditions common to all items; not printed, a reading", [71-74]),
      premera("Medical necessity; not printed, a reading", [46, 52]) ]).

%   Reasons to stop for good

definition(stop_rules,
    "A rule for permanent discontinuation is met: liver or kidney toxicity",
    any_of([ bilirubin_x_uln > 3,
             all_of([ albumin_g_l < 30,
                      prothrombin_ratio_percent < 70 ]),
             creatinine_clearance_ml_min < 40,
             by_reading(forty_percent,
                        [ case(at_least, any_of([ creatinine_rise_percent >= 40,
                                                  creatinine_clearance_fall_percent >= 40 ])),
                          case(more_than, any_of([ creatinine_rise_percent > 40,
                                                   creatinine_clearance_fall_percent > 40 ])) ]) ]),
    [ wellmark("Policy guidelines, special considerations", [134, 135]),
      premera("Related information, Lutathera", [146, 148]) ]).

definition(never_stopped(PriorDoses),
    "No rule for permanent discontinuation was met at an earlier date",
    evidence([ not(stop_rule_met_before),
               supports(PriorDoses = 0) ]),
    [ wellmark("Policy guidelines, special considerations", [134, 135]),
      premera("Related information, Lutathera and Pluvicto", [146, 148, 203]) ]).

%   The Lutathera regimen, a rule at Wellmark and a named reading at Premera

definition(label_activity,
    "7.4 GBq a dose; a lower activity for an adverse reaction stays open",
    any_of([ planned_activity_gbq in 7.35..7.45,
             all_of([ planned_activity_gbq < 7.35,
                      adverse_reaction_delaying_dose,
                      undetermined("a lower activity for an adverse reaction: the document refers to the label and does not quote it") ]) ]),
    [ wellmark("Policy guidelines, regimen", [89-91]),
      premera("Related information, Lutathera", [136]) ]).

definition(label_interval,
    "Every 8 weeks; longer only for an adverse reaction; no interval is asked of a single first dose",
    any_of([ planned_interval_weeks = 8,
             all_of([ planned_interval_weeks >= 8,
                      adverse_reaction_delaying_dose ]),
             all_of([ starts_course(prior_lutathera_doses),
                      requested_doses = 1 ]) ]),
    [ wellmark("Policy guidelines, regimen", [91, 92]),
      premera("Related information, Lutathera", [136]) ]).
