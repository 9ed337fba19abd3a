% SPDX-License-Identifier: Apache-2.0
:- module(premera_lutathera, []).
:- use_module('../prolog/operators').

/** <module> Premera 6.01.525: Lutathera (lutetium Lu 177 dotatate)

The text in force from 2026-04-01, in the document's order, and the earlier texts as far as the
document's change log tells them.
*/

policy(premera_lutathera, premera, "Lutathera at Premera").

applies_to(premera_lutathera, not(tumor_type in [prostate_cancer, other])).

in_force_from(premera_lutathera, 2019-04-01,
    "An earlier text stood in policy 6.01.60, which is not printed in the document").

text(premera_lutathera, 2019-04-01, reconstructed,
    "Adults; Karnofsky scale only; progression on a long-acting somatostatin analogue required",
    [ premera("History", [592]) ]).
text(premera_lutathera, 2025-01-01, reconstructed,
    "From 12 years of age; octreotide LAR after each dose",
    [ premera("History", [607]) ]).
text(premera_lutathera, 2025-02-01, reconstructed,
    "ECOG 2 or less accepted as the equivalent of Karnofsky 60 or more",
    [ premera("History", [608]) ]).
text(premera_lutathera, 2025-05-01, reconstructed,
    "Subject to the prescribing information on dosage (a clarification: advice unless a reading binds it)",
    [ premera("History", [609]) ]).
text(premera_lutathera, 2026-04-01, printed,
    "Progression on a long-acting somatostatin analogue no longer required",
    [ premera("Title", [8]), premera("History", [610]) ]).

met_when(premera_lutathera,
    all_of([ criterion('L-1'),
             initial_part([ rules_out(bone_marrow_adequate = false),
                            rules_out(hepatic_adequate = false),
                            rules_out(not(criterion('L-7'))),
                            rules_out(not(gep_net)) ],
                          [ criterion('L-2'),
                            criterion('L-3'),
                            criterion('L-4'),
                            criterion('L-5'),
                            criterion('L-6'),
                            criterion('L-7'),
                            criterion('L-11') ]),
             by_reading(p_washout_each_dose, [ case(first_dose_only, nothing),
                                               case(each_dose, criterion('L-4')) ]),
             by_reading(p_continuation, [ case(carried_forward, nothing),
                                          case(judged_each_dose, all_of([ criterion('L-5'),
                                                                          criterion('L-6'),
                                                                          criterion('L-7') ])) ]),
             criterion('L-8'),
             criterion('L-9'),
             criterion('L-10'),
             criterion('L-12'),
             criterion('L-13') ])).

%   Medical necessity

criterion(premera_lutathera, 'L-1',
    "At least 12 years of age; before 2025-01-01 at least 18",
    by_date([ from(2019-04-01, by_reading(p_lutathera_adult_age, [ case('18', age_years >= 18),
                                                                   case('19', age_years >= 19) ])),
              from(2025-01-01, age_years >= 12) ]),
    [ premera("Medical necessity, Lutathera", [46]),
      premera("Documentation, adults", [100]),
      premera("Regulatory status", [490]),
      premera("History, 2025-01-01", [607]) ]).

criterion(premera_lutathera, 'L-2',
    "Locally advanced or metastatic GEP-NET of low or intermediate grade, Ki-67 at most 20 %",
    all_of([ gep_net,
             ki67_at_most_20,
             any_of([ locally_advanced, metastatic ]) ]),
    [ premera("Medical necessity, Lutathera", [46]) ]).

criterion(premera_lutathera, 'L-3',
    "An accepted somatostatin receptor study with uptake above the liver",
    all_of([ by_reading(p_scintigraphy, [ case(accepted, sstr_study_any),
                                          case(only_if_pet_unavailable, sstr_study_pet_first) ]),
             by_reading(p_sstr_threshold, [ case(above_liver, uptake_above_liver),
                                            case(any_expression, not(sstr_uptake = none)) ]) ]),
    [ premera("Medical necessity, Lutathera", [46]),
      premera("Related information, SSTR imaging", [128-132]) ]).

criterion(premera_lutathera, 'L-4',
    "Long-acting somatostatin analogues paused for 28 days and short-acting octreotide for 24 hours before the first dose",
    by_reading(p_washout_days, [ case('28', washout(28)),
                                 case('42', washout(42)) ]),
    [ premera("Medical necessity, Lutathera", [46]),
      premera("Related information, Lutathera", [140, 141]) ]).

criterion(premera_lutathera, 'L-5',
    "No severe renal impairment: creatinine clearance at least 40 mL/min",
    by_reading(p_egfr,
               [ case(creatinine_clearance_only, creatinine_clearance_ml_min >= 40),
                 case(egfr_accepted, any_of([ all_of([ documented(creatinine_clearance_ml_min),
                                                       creatinine_clearance_ml_min >= 40 ]),
                                              all_of([ not(documented(creatinine_clearance_ml_min)),
                                                       egfr_ml_min_1_73m2 >= 40 ]) ])) ]),
    [ premera("Medical necessity, Lutathera", [46]),
      premera("Documentation, Lutathera", [86]) ]).

criterion(premera_lutathera, 'L-6',
    "Bone marrow and liver function adequate as determined by the treating physician",
    all_of([ bone_marrow_adequate,
             hepatic_adequate ]),
    [ premera("Medical necessity, Lutathera", [46]),
      premera("Documentation, Lutathera", [87]) ]).

criterion(premera_lutathera, 'L-7',
    "Karnofsky status at least 60 or, from 2025-02-01, ECOG status at most 2",
    by_reading(p_performance,
               [ case(documented_scale, by_date([ from(2019-04-01, karnofsky >= 60),
                                                  from(2025-02-01, evidence([ karnofsky >= 60,
                                                                              ecog =< 2 ])) ])),
                 case(karnofsky_only, karnofsky >= 60) ]),
    [ premera("Medical necessity, Lutathera", [46]),
      premera("Documentation, Lutathera", [88]),
      premera("History, 2025-02-01", [608]) ]).

criterion(premera_lutathera, 'L-8',
    "Octreotide LAR 30 mg IM 4 to 24 hours after each dose",
    by_date([ from(2019-04-01, nothing),
              from(2025-01-01,
                   by_reading(p_octreotide_plan,
                              [ case(must_be_documented, post_dose_octreotide_lar_hours in 4..24),
                                case(assumed_if_silent,
                                     any_of([ not(documented(post_dose_octreotide_lar_hours)),
                                              post_dose_octreotide_lar_hours in 4..24 ])) ])) ]),
    [ premera("Medical necessity, Lutathera", [51]),
      premera("History, 2025-01-01", [607]) ]).

criterion(premera_lutathera, 'L-9',
    "Doses given before and asked for make at most 4",
    dose_cap(prior_lutathera_doses, 4),
    [ premera("Investigational", [61]),
      premera("Length of approval", [65, 66]) ]).

%   Documentation, continuation

criterion(premera_lutathera, 'L-10',
    "Once under way: no recurrent thrombocytopenia from grade 2, anemia, neutropenia or non-hematologic toxicity from grade 3, nor hepatotoxicity; no renal delay of 16 weeks; no rule for permanent discontinuation met",
    once_under_way(prior_lutathera_doses,
        not(any_of([ recurrent_thrombocytopenia_grade >= 2,
                     by_reading(p_anemia_and_neutropenia,
                                [ case(either, any_of([ recurrent_anemia_grade >= 3,
                                                        recurrent_neutropenia_grade >= 3 ])),
                                  case(both_together, all_of([ recurrent_anemia_grade >= 3,
                                                               recurrent_neutropenia_grade >= 3 ])) ]),
                     recurrent_hepatotoxicity,
                     recurrent_nonhematologic_grade >= 3,
                     renal_toxicity_delay_weeks >= 16,
                     by_reading(p_stop_rules, [ case(both_lists, stop_rules),
                                                case(documentation_list_only, nothing) ]) ]))),
    [ premera("Documentation, continuation of Lutathera", [92-96]),
      premera("Related information, Lutathera", [146-148]) ]).

%   History

criterion(premera_lutathera, 'L-11',
    "Progression on octreotide LAR or lanreotide (until 2026-03-31)",
    by_date([ from(2019-04-01, progressed_on([ long_acting_ssa ])),
              from(2026-04-01, nothing) ]),
    [ premera("History, 2026-04-01", [610]) ]).

%   Related information

criterion(premera_lutathera, 'L-12',
    "No rule for permanent discontinuation was met before",
    by_reading(p_stop_rules, [ case(both_lists, never_stopped(prior_lutathera_doses)),
                               case(documentation_list_only, nothing) ]),
    [ premera("Related information, Lutathera", [146-148]) ]).

criterion(premera_lutathera, 'L-13',
    "The regimen of the label: 7.4 GBq every 8 weeks",
    by_reading(p_label_dosing,
               [ case(advice, nothing),
                 case(binding, by_date([ from(2019-04-01, nothing),
                                         from(2025-05-01, all_of([ label_activity,
                                                                   label_interval ])) ])) ]),
    [ premera("Investigational, prescribing information", [61]),
      premera("Related information, Lutathera", [136]),
      premera("History, 2025-05-01", [609]) ]).

advice(premera_lutathera,
    "Pause long-acting somatostatin analogues for 4 to 6 weeks and short-acting ones for 24 hours before each dose",
    [ premera("Related information, Lutathera", [140, 141]) ]).
advice(premera_lutathera,
    "7.4 GBq every 8 weeks for 4 doses",
    [ premera("Related information, Lutathera", [136]) ]).
advice(premera_lutathera,
    "Approval for up to 12 months and 4 doses; none beyond 4 on re-authorisation",
    [ premera("Length of approval", [65, 66]) ]).
