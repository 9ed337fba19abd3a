% SPDX-License-Identifier: Apache-2.0
:- module(wellmark_lutathera, []).
:- use_module('../prolog/operators').

/** <module> Wellmark 06.01.38: Lutathera (lutetium Lu 177 dotatate)

The text of January 2026, in the document's order.
*/

policy(wellmark_lutathera, wellmark, "Lutathera at Wellmark").

applies_to(wellmark_lutathera, not(tumor_type in [prostate_cancer, other])).

%   The day in January 2026 is not printed.
in_force_from(wellmark_lutathera,
    by_reading(w_in_force_from, [ case('2026-01-01', 2026-01-01),
                                  case('2026-02-01', 2026-02-01) ]),
    "The policy dates from May 2018, but the text that held before January 2026 is not printed in the document").

text(wellmark_lutathera, 2026-01-01, printed,
    "The text as printed; the day it took effect is a reading",
    [ wellmark("Title", [9]) ]).

met_when(wellmark_lutathera,
    all_of([ criterion('W-1'),
             initial_part([ rules_out(bone_marrow_adequate = false),
                            rules_out(not(renal_function_adequate)),
                            rules_out(hepatic_adequate = false),
                            rules_out(tumor_type in [prostate_cancer, other]) ],
                          [ by_reading(w_common_scope,
                                       [ case(all_items,
                                              all_of([ any_of([ criterion('item 1'),
                                                                criterion('item 2'),
                                                                criterion('item 3'),
                                                                criterion('item 4'),
                                                                criterion('item 5') ]),
                                                       criterion('W-3'),
                                                       criterion('W-4') ])),
                                         case(item_5_only,
                                              any_of([ criterion('item 1'),
                                                       criterion('item 2'),
                                                       criterion('item 3'),
                                                       criterion('item 4'),
                                                       all_of([ criterion('item 5'),
                                                                criterion('W-3'),
                                                                criterion('W-4') ]) ])) ]) ]),
             by_reading(w_continuation, [ case(carried_forward, nothing),
                                          case(judged_each_dose, criterion('W-4')) ]),
             criterion('W-5'),
             criterion('W-6'),
             criterion('W-7'),
             criterion('W-8'),
             criterion('W-9'),
             criterion('W-10') ])).

%   Policy, medically necessary

criterion(wellmark_lutathera, 'W-1',
    "At least 12 years of age",
    age_years >= 12,
    [ wellmark("Policy, medically necessary", [53]),
      wellmark("Policy, investigational", [81]) ]).

criterion(wellmark_lutathera, 'item 1',
    "Distant metastases of a lung or thymic NET with significant tumor burden, typical, atypical or progressive, Lutathera being the primary therapy",
    all_of([ lung_or_thymus_net,
             metastases = distant,
             by_reading(w_item1,
                 [ case(burden_governs_all,
                        all_of([ clinically_significant_tumor_burden,
                                 any_of([ typical_carcinoid,
                                          item_1_progression,
                                          atypical_carcinoid ]) ])),
                   case(burden_governs_typical,
                        any_of([ all_of([ clinically_significant_tumor_burden,
                                          typical_carcinoid ]),
                                 item_1_progression,
                                 atypical_carcinoid ])),
                   case(literal_list,
                        all_of([ clinically_significant_tumor_burden,
                                 mitoses_per_10_hpf < 2,
                                 any_of([ necrosis = none,
                                          item_1_progression,
                                          mitoses_per_10_hpf in 2..10,
                                          necrosis = foci ]) ])) ]),
             by_reading(w_primary_therapy, [ case(first_line, first_line),
                                             case(main_modality, nothing) ]) ]),
    [ wellmark("Policy, item 1", [55-58]),
      wellmark("Policy guidelines, Ki-67", [112, 113]) ]).

definition(typical_carcinoid,
    "Typical carcinoid: fewer than 2 mitoses per 10 HPF and no necrosis",
    all_of([ mitoses_per_10_hpf < 2,
             necrosis = none ]),
    [ wellmark("Policy, items 1a and 1b; Policy guidelines, Ki-67", [56, 57, 113]) ]).

definition(atypical_carcinoid,
    "Atypical carcinoid: 2 to 10 mitoses per 10 HPF, or foci of necrosis with no more than 10",
    all_of([ mitoses_per_10_hpf =< 10,
             any_of([ mitoses_per_10_hpf >= 2,
                      necrosis = foci ]) ]),
    [ wellmark("Policy, item 1b; Policy guidelines, Ki-67", [57, 113]) ]).

definition(item_1_progression,
    "The disease progresses",
    by_reading(w_item1_progression,
               [ case(any_grade, progression),
                 case(low_or_intermediate_only, all_of([ progression,
                                                         mitoses_per_10_hpf =< 10 ])) ]),
    [ wellmark("Policy, item 1b", [57]) ]).

criterion(wellmark_lutathera, 'item 2',
    "Unresectable, locally advanced or metastatic GEP-NET, after progression (2a) or as first-line therapy (2b)",
    all_of([ gep_net,
             by_reading(w_extent,
                 [ case(any_of_three,
                        any_of([ unresectable, locally_advanced, metastatic ])),
                   case(unresectable_locally_advanced_or_metastatic,
                        any_of([ all_of([ unresectable, locally_advanced ]),
                                 metastatic ])),
                   case(unresectable_and_advanced,
                        all_of([ unresectable,
                                 any_of([ locally_advanced, metastatic ]) ])) ]),
             any_of([ criterion('item 2a'),
                      criterion('item 2b') ]) ]),
    [ wellmark("Policy, item 2", [59]) ]).

criterion(wellmark_lutathera, 'item 2a',
    "Well differentiated, Ki-67 at most 20 %, progressed on a somatostatin analogue or a targeted agent",
    all_of([ well_differentiated,
             ki67_at_most_20,
             progressed_on([ somatostatin_analogue, open(targeted_therapy) ]) ]),
    [ wellmark("Policy, item 2a", [60]) ]).

criterion(wellmark_lutathera, 'item 2b',
    "First line for a well-differentiated grade 2 tumor, Ki-67 at least 10 % and below 20 %, SSTR-positive, with significant tumor burden",
    all_of([ first_line,
             well_differentiated,
             ki67_at_least_10,
             by_reading(w_first_line_ki67_upper, [ case(below_20, ki67_below_20),
                                                   case(up_to_20, ki67_at_most_20) ]),
             grade_2,
             criterion('W-3'),
             clinically_significant_tumor_burden ]),
    [ wellmark("Policy, item 2b", [61]) ]).

criterion(wellmark_lutathera, 'item 3',
    "Unresectable typical lung or thymic NET, as subsequent therapy after progression on octreotide or lanreotide",
    all_of([ lung_or_thymus_net,
             unresectable,
             mitoses_per_10_hpf < 2,
             necrosis = none,
             subsequent_line,
             by_reading(w_item3_first_line_agents,
                        [ case(octreotide_or_lanreotide_only, progressed_on([ somatostatin_analogue ])),
                          case(any_first_line, progressed_on_any_treatment) ]),
             by_reading(w_item3_distant,
                        [ case(allowed, nothing),
                          case(excluded, not(metastases = distant)) ]) ]),
    [ wellmark("Policy, item 3", [62-65]) ]).

definition(progressed_on_any_treatment,
    "The tumor progressed on some systemic treatment",
    evidence([ not(empty(disease_progression_on)),
               rules_out(treatment_line = first_line),
               rules_out(evidence_of_progression = false) ]),
    [ wellmark("Policy, item 3c", [65]) ]).

criterion(wellmark_lutathera, 'item 4',
    "Unresectable or metastatic pheochromocytoma or paraganglioma, not yet treated with a radiolabeled somatostatin analogue",
    all_of([ tumor_type in chromaffin_cell_tumor,
             any_of([ unresectable, metastatic ]),
             evidence([ not(prior_radiolabeled_ssa_therapy),
                        rules_out(all_of([ request_type = initial,
                                           prior_lutathera_doses > 0 ])) ]),
             by_reading(w_item4_prior,
                        [ case(radiolabeled_only, nothing),
                          case(any_octreotide_or_lanreotide, not(prior_octreotide_or_lanreotide)) ]) ]),
    [ wellmark("Policy, item 4", [66, 67]) ]).

criterion(wellmark_lutathera, 'item 5',
    "Poorly controlled carcinoid syndrome of a NET whose symptoms progressed on octreotide LAR, lanreotide or telotristat",
    all_of([ poorly_controlled_carcinoid_syndrome,
             by_reading(w_carcinoid_tumor,
                        [ case(any_net, tumor_type in any_net),
                          case(gep_net_only, gep_net),
                          case(any_net_or_ppgl, any_of([ tumor_type in any_net,
                                                         tumor_type in chromaffin_cell_tumor ])) ]),
             carcinoid_symptom_progression_on includes [ octreotide_lar, lanreotide, telotristat ] ]),
    [ wellmark("Policy, item 5", [68, 69]) ]).

%   Policy, conditions common to all items

criterion(wellmark_lutathera, 'W-3',
    "Uptake above the liver on SSTR PET, or on SPECT/CT or scintigraphy where PET is not available",
    all_of([ any_of([ pet_or_unlisted_tracer,
                      all_of([ spect_or_scintigraphy,
                               by_reading(w_scintigraphy,
                                          [ case(only_if_pet_unavailable, not(sstr_pet_available)),
                                            case(accepted, nothing) ]) ]) ]),
             by_reading(w_sstr_threshold, [ case(above_liver, uptake_above_liver),
                                            case(at_least_liver, uptake_at_least_liver) ]) ]),
    [ wellmark("Policy, common conditions", [73]),
      wellmark("Policy guidelines, SSTR imaging", [125]) ]).

definition(spect_or_scintigraphy,
    "Octreotide SPECT/CT or receptor scintigraphy",
    any_of([ sstr_imaging = octreotide_spect_ct,
             by_reading(w_planar_scintigraphy,
                        [ case(as_spect_ct, sstr_imaging = sstr_scintigraphy),
                          case(not_listed,
                               all_of([ sstr_imaging = sstr_scintigraphy,
                                        undetermined("the document names SPECT/CT and not planar scintigraphy") ])) ]) ]),
    [ wellmark("Policy guidelines, SSTR imaging", [125]) ]).

criterion(wellmark_lutathera, 'W-4',
    "Bone marrow, kidney and liver function adequate as determined by the treating physician",
    all_of([ bone_marrow_adequate,
             renal_function_adequate,
             hepatic_adequate ]),
    [ wellmark("Policy, common conditions", [74]) ]).

definition(renal_function_adequate,
    "Kidney function adequate as determined by the treating physician",
    by_reading(w_adequate_renal,
               [ case(attested, renal_adequate),
                 case(attested_and_crcl_40, all_of([ renal_adequate,
                                                     creatinine_clearance_ml_min >= 40 ])) ]),
    [ wellmark("Policy, common conditions", [74]),
      wellmark("Policy guidelines, special considerations", [135]) ]).

%   Policy, investigational; Policy guidelines, regimen

criterion(wellmark_lutathera, 'W-5',
    "Doses given before and asked for make at most 4",
    dose_cap(prior_lutathera_doses, 4),
    [ wellmark("Policy, investigational", [80]),
      wellmark("Policy guidelines, regimen", [93]) ]).

criterion(wellmark_lutathera, 'W-6',
    "7.4 GBq a dose; a lower activity for an adverse reaction stays open",
    label_activity,
    [ wellmark("Policy guidelines, regimen", [89-91]) ]).

criterion(wellmark_lutathera, 'W-7',
    "A dose every 8 weeks, later only for an adverse reaction; no interval is asked of a single first dose",
    label_interval,
    [ wellmark("Policy guidelines, regimen", [91, 92]) ]).

%   Policy guidelines, special considerations

criterion(wellmark_lutathera, 'W-8',
    "Once under way: no rule for permanent discontinuation is met (liver, kidney)",
    by_reading(w_stop_rules,
               [ case(binding, once_under_way(prior_lutathera_doses, not(stop_rules))),
                 case(advisory, nothing) ]),
    [ wellmark("Policy guidelines, special considerations", [134, 135]) ]).

criterion(wellmark_lutathera, 'W-9',
    "No rule for permanent discontinuation was met before",
    by_reading(w_stop_rules,
               [ case(binding, never_stopped(prior_lutathera_doses)),
                 case(advisory, nothing) ]),
    [ wellmark("Policy guidelines, special considerations", [134, 135]) ]).

criterion(wellmark_lutathera, 'W-10',
    "Somatostatin analogues paused before the dose, for as long as the reading asks",
    by_reading(w_ssa_washout, [ case(advisory, nothing),
                                case(required_28_days, washout(28)),
                                case(required_42_days, washout(42)) ]),
    [ wellmark("Policy guidelines, special considerations", [130, 131]) ]).

advice(wellmark_lutathera,
    "Pause long-acting somatostatin analogues for 4 to 6 weeks and short-acting ones for 24 hours before each dose",
    [ wellmark("Policy guidelines, special considerations", [130, 131]) ]).
advice(wellmark_lutathera,
    "Somatostatin analogues may be resumed 4 to 24 hours after each dose",
    [ wellmark("Policy guidelines, special considerations", [132]) ]).
advice(wellmark_lutathera,
    "Physicians qualified for radiopharmaceuticals and authorised by the licensing agency give or oversee the treatment",
    [ wellmark("Policy guidelines, special considerations", [133]) ]).
