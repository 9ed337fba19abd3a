% SPDX-License-Identifier: Apache-2.0
:- module(premera_pluvicto, []).
:- use_module('../prolog/operators').

/** <module> Premera 6.01.525: Pluvicto (lutetium Lu 177 vipivotide tetraxetan)

The text in force from 2026-04-01, in the document's order, and the earlier texts, from 2022-08-01, as
far as the document's change log tells them.
*/

policy(premera_pluvicto, premera, "Pluvicto at Premera").

applies_to(premera_pluvicto, tumor_type = prostate_cancer).

in_force_from(premera_pluvicto, 2022-08-01,
    "Pluvicto entered the policy on 2022-08-01; no earlier text is printed in the document").

text(premera_pluvicto, 2022-08-01, reconstructed,
    "Pluvicto enters; a prior taxane is required",
    [ premera("History", [597, 609]) ]).
text(premera_pluvicto, 2025-05-01, reconstructed,
    "Appropriate delay of taxane-based chemotherapy accepted",
    [ premera("History", [609]) ]).
text(premera_pluvicto, 2026-04-01, printed,
    "A first, duplicate reference to a prior taxane removed",
    [ premera("Title", [8]), premera("History", [610]) ]).

met_when(premera_pluvicto,
    all_of([ criterion('P-1'),
             initial_part([ rules_out(not(tumor_type = prostate_cancer)) ],
                          [ criterion('P-2'),
                            criterion('P-3'),
                            criterion('P-4'),
                            criterion('P-5') ]),
             criterion('P-6'),
             criterion('P-7'),
             criterion('P-8'),
             criterion('P-9'),
             criterion('P-10'),
             criterion('P-11') ])).

%   Medical necessity

criterion(premera_pluvicto, 'P-1',
    "At least 18 years of age",
    by_reading(p_pluvicto_age, [ case('18', age_years >= 18),
                                 case('19', age_years >= 19) ]),
    [ premera("Medical necessity, Pluvicto", [52]),
      premera("Documentation, Pluvicto", [100]) ]).

criterion(premera_pluvicto, 'P-2',
    "Metastatic castration-resistant prostate cancer",
    all_of([ tumor_type = prostate_cancer,
             castration_resistant,
             metastatic ]),
    [ premera("Medical necessity, Pluvicto", [52]) ]).

criterion(premera_pluvicto, 'P-3',
    "PSMA-positive on PET with Ga-68 PSMA-11 or piflufolastat F-18",
    all_of([ by_reading(p_psma_agent,
                        [ case(listed_only, psma_pet_agent in [ga68_psma_11, piflufolastat_f18]),
                          case(any_psma_pet, not(psma_pet_agent = not_performed)) ]),
             psma_pet_positive ]),
    [ premera("Medical necessity, Pluvicto", [52]),
      premera("Supplemental information, ASCO and NCCN", [439, 447]) ]).

%   Every member of the set is an androgen receptor pathway inhibitor, `other` included.
criterion(premera_pluvicto, 'P-4',
    "At least one androgen receptor pathway inhibitor given",
    by_reading(p_abiraterone,
               [ case(counts, not(empty(prior_ar_pathway_inhibitors))),
                 case(does_not_count,
                      prior_ar_pathway_inhibitors includes [ flutamide, nilutamide, bicalutamide,
                                                             enzalutamide, apalutamide, darolutamide,
                                                             other ]) ]),
    [ premera("Medical necessity, Pluvicto", [52]),
      premera("Rationale, Pluvicto", [339]) ]).

criterion(premera_pluvicto, 'P-5',
    "Taxane-based chemotherapy given or, from 2025-05-01, its delay considered appropriate",
    by_date([ from(2022-08-01, prior_taxane),
              from(2025-05-01, by_reading(p_taxane_2025,
                                          [ case(delay_option_live, taxane_given_or_delayed),
                                            case(prior_taxane_binds, prior_taxane) ])),
              from(2026-04-01, taxane_given_or_delayed) ]),
    [ premera("Medical necessity, Pluvicto", [52]),
      premera("History, 2025-05-01 and 2026-04-01", [609, 610]) ]).

definition(taxane_given_or_delayed,
    "A taxane was given, or it is considered appropriate to delay it",
    any_of([ prior_taxane,
             appropriate_to_delay_taxane ]),
    [ premera("Medical necessity, Pluvicto", [52]) ]).

%   Investigational

criterion(premera_pluvicto, 'P-6',
    "Doses given before and asked for make at most 6",
    dose_cap(prior_pluvicto_doses, 6),
    [ premera("Investigational", [61]) ]).

%   Related information: dosage modifications and permanent discontinuation

criterion(premera_pluvicto, 'P-7',
    "Once under way: 7.4 GBq or, reduced at most once, 5.9 GBq; never raised again",
    by_reading(p_pluvicto_modifications,
               [ case(binding, once_under_way(prior_pluvicto_doses, pluvicto_activity)),
                 case(advisory, nothing) ]),
    [ premera("Related information, Pluvicto", [197, 201]) ]).

definition(pluvicto_activity,
    "7.4 GBq, or 5.9 GBq after at most one reduction",
    any_of([ all_of([ dose_reductions = 0,
                      any_of([ planned_activity_gbq in 7.35..7.45,
                               reduced_activity ]) ]),
             all_of([ dose_reductions =< 1,
                      reduced_activity ]) ]),
    [ premera("Related information, Pluvicto", [197, 201]) ]).

definition(reduced_activity,
    "The reduced activity of 5.9 GBq",
    by_reading(p_reduced_activity,
               [ case(accepted, planned_activity_gbq in 5.85..5.95),
                 case(adverse_reaction_only, all_of([ planned_activity_gbq in 5.85..5.95,
                                                      adverse_reaction_delaying_dose ])) ]),
    [ premera("Related information, Pluvicto", [201]) ]).

criterion(premera_pluvicto, 'P-8',
    "Once under way: every 6 weeks, up to 10 only for an adverse reaction",
    by_reading(p_pluvicto_modifications,
               [ case(binding, once_under_way(prior_pluvicto_doses, pluvicto_interval)),
                 case(advisory, nothing) ]),
    [ premera("Related information, Pluvicto", [197, 201]) ]).

definition(pluvicto_interval,
    "Every 6 weeks, up to every 10 weeks for an adverse reaction",
    any_of([ planned_interval_weeks = 6,
             all_of([ planned_interval_weeks in 6..10,
                      adverse_reaction_delaying_dose ]) ]),
    [ premera("Related information, Pluvicto", [197, 201]) ]).

criterion(premera_pluvicto, 'P-9',
    "Once under way: no toxicity that ends the treatment",
    by_reading(p_pluvicto_modifications,
               [ case(binding, once_under_way(prior_pluvicto_doses, not(pluvicto_toxicity))),
                 case(advisory, nothing) ]),
    [ premera("Related information, Pluvicto", [205-216]) ]).

definition(pluvicto_toxicity,
    "Toxicity that ends the treatment with Pluvicto",
    any_of([ all_of([ dose_reductions >= 1,
                      any_of([ recurrent_myelosuppression_grade >= 3,
                               recurrent_renal_toxicity,
                               recurrent_dry_mouth_grade >= 3,
                               recurrent_gi_toxicity_grade >= 3,
                               other_recurrent_reaction_grade >= 3,
                               persistent_intolerable_grade_2 ]) ]),
             renal_toxicity_grade >= 3,
             all_of([ transaminase_x_uln > 5,
                      not(liver_metastases) ]),
             unacceptable_toxicity,
             serious_reaction_delay_weeks > 4 ]),
    [ premera("Related information, Pluvicto", [205-216]) ]).

criterion(premera_pluvicto, 'P-10',
    "No rule for permanent discontinuation was met before",
    by_reading(p_pluvicto_modifications,
               [ case(binding, never_stopped(prior_pluvicto_doses)),
                 case(advisory, nothing) ]),
    [ premera("Related information, Pluvicto", [203]) ]).

criterion(premera_pluvicto, 'P-11',
    "The regimen of the label: 7.4 GBq every 6 weeks",
    by_reading(p_label_dosing,
               [ case(advice, nothing),
                 case(binding,
                      by_date([ from(2022-08-01, nothing),
                                from(2025-05-01,
                                     all_of([ pluvicto_activity,
                                              any_of([ pluvicto_interval,
                                                       all_of([ starts_course(prior_pluvicto_doses),
                                                                requested_doses = 1 ]) ]) ])) ])) ]),
    [ premera("Investigational, prescribing information", [61]),
      premera("Related information, Pluvicto", [197]),
      premera("History, 2025-05-01", [609]) ]).

advice(premera_pluvicto,
    "7.4 GBq every 6 weeks for up to 6 doses; keep the patient well hydrated",
    [ premera("Related information, Pluvicto", [197, 199]) ]).
advice(premera_pluvicto,
    "Approval for up to 12 months and 6 doses",
    [ premera("Length of approval", [65]) ]).
