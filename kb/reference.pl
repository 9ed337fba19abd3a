% SPDX-License-Identifier: Apache-2.0
:- module(reference, []).
:- use_module('../prolog/operators').

/** <module> Reference knowledge: what guidelines list, labels indicate and trials enrolled

Nothing here decides: it is shown beside a decision. The conditions are evaluated like those of a
policy, as the pseudo-policy `reference`, and are true, false or unknown of a case.

drug(Name, Title, Policies, BesideDrugs): its knowledge is shown with decisions of Policies, and with
those of the policies of BesideDrugs, to which it is an alternative.

recommendation(Id, Topic, Drug, Guideline, Category, Sentence, Condition, Sources): a row of a
guideline as a document quotes it. Category is "" where none is printed. Two documents that quote
one row differently make two recommendations of one Topic.

indication(Id, Drug, Date, Sentence, Condition, Sources): a use that the FDA approved on Date, which
may be a month (2025-03) where no day is printed.

trial(Id, Drug, Name, Sentence, Condition, Sources): whom a trial enrolled.

diagnostic_agent(Id, Drug, Name, Date, Sentence, Sources): an imaging agent and the day or year from
which it was approved or available.

"Receptor-positive" means uptake above the liver, as both documents define it, except where a trial
states a threshold of its own.
*/

drug(lutathera, "Lutathera (lutetium Lu 177 dotatate)", [premera_lutathera, wellmark_lutathera], []).
drug(pluvicto, "Pluvicto (lutetium Lu 177 vipivotide tetraxetan)", [premera_pluvicto], []).
drug(xofigo, "Xofigo (radium Ra 223 dichloride)", [premera_xofigo], []).
drug(iobenguane, "Azedra (iobenguane I 131)", [], [lutathera]).

%   Definitions that only reference knowledge needs

definition(gastrointestinal_net,
    "NET of the gastrointestinal tract",
    any_of([ tumor_type in [foregut_net, midgut_net, hindgut_net],
             all_of([ tumor_type in [gep_net, unknown_primary_net],
                      undetermined("the record does not say whether the primary lies in the gastrointestinal tract") ]) ]),
    [ wellmark("NCCN, Table 13", [650]),
      premera("NCCN, Table 6", [456]) ]).

definition(midgut_primary,
    "NET of the midgut",
    any_of([ tumor_type = midgut_net,
             all_of([ tumor_type in [gep_net, unknown_primary_net],
                      undetermined("the record does not say whether the primary lies in the midgut") ]) ]),
    [ wellmark("NCCN, Table 13; Rationale, Table 1", [651, 270-274]),
      premera("NCCN, Table 6", [457]) ]).

definition(pancreatic_primary,
    "NET of the pancreas",
    any_of([ tumor_type = pancreatic_net,
             all_of([ tumor_type in [gep_net, unknown_primary_net],
                      undetermined("the record does not say whether the primary lies in the pancreas") ]) ]),
    [ wellmark("NCCN, Table 13", [654]),
      premera("NCCN, Table 6", [460]) ]).

definition(low_or_intermediate_grade,
    "Well differentiated, grade 1 or 2",
    all_of([ well_differentiated,
             ki67_at_most_20 ]),
    [ wellmark("Policy guidelines, tumor grades; NCCN, Table 13", [119, 120, 650, 654]),
      premera("NCCN, Table 6", [456, 460]) ]).

definition(grade_3,
    "Grade 3, as reported or by a Ki-67 index above 20 %",
    evidence([ who_grade = 3,
               ki67_percent > 20 ]),
    [ wellmark("Policy guidelines, tumor grades; Rationale, NETTER-2", [121, 263]) ]).

definition(advanced_or_distant,
    "Locoregionally advanced disease or distant metastases",
    any_of([ locally_advanced,
             metastatic ]),
    [ wellmark("NCCN, Table 13", [652, 653, 655, 656]),
      premera("NCCN, Table 6", [458, 459, 461, 466]) ]).

definition(inoperable_and_advanced,
    "Inoperable, and locally advanced or metastatic",
    all_of([ unresectable,
             advanced_or_distant ]),
    [ wellmark("Rationale, Table 1", [269, 270]) ]).

definition(metastatic_crpc,
    "Metastatic castration-resistant prostate cancer",
    all_of([ tumor_type = prostate_cancer,
             castration_resistant,
             metastatic ]),
    [ premera("Regulatory status", [498]) ]).

definition(ar_pathway_inhibitor_given,
    "An androgen receptor pathway inhibitor was given",
    not(empty(prior_ar_pathway_inhibitors)),
    [ premera("Regulatory status; NCCN, prostate", [498, 447]) ]).

%   NCCN, neuroendocrine and adrenal tumors, version 3.2025, in both documents

recommendation(nccn_midgut_after_ssa, midgut_after_ssa, lutathera, "NCCN", "1",
    "Recurrent, locoregionally advanced or distant NET of the midgut, after progression on a somatostatin analogue",
    all_of([ midgut_primary,
             low_or_intermediate_grade,
             any_of([ recurrent_disease, advanced_or_distant ]),
             progressed_on([ somatostatin_analogue ]) ]),
    [ wellmark("NCCN, Table 13", [650, 651]),
      premera("NCCN, Table 6", [456, 457]) ]).

recommendation(nccn_gi_after_ssa, gi_after_ssa, lutathera, "NCCN", "2A",
    "Gastrointestinal NET, grade 1 or 2: a preferred regimen for locoregionally advanced or distant disease after progression on a somatostatin analogue",
    all_of([ gastrointestinal_net,
             low_or_intermediate_grade,
             advanced_or_distant,
             progressed_on([ somatostatin_analogue ]) ]),
    [ wellmark("NCCN, Table 13", [650, 652]),
      premera("NCCN, Table 6", [456, 458]) ]).

recommendation(nccn_gi_first_line, gi_first_line, lutathera, "NCCN", "2A",
    "Gastrointestinal NET, grade 1 or 2: first line for locoregionally advanced or distant disease that is receptor-positive, with Ki-67 at least 10 % and significant tumor burden",
    all_of([ gastrointestinal_net,
             low_or_intermediate_grade,
             first_line,
             advanced_or_distant,
             uptake_above_liver,
             ki67_at_least_10,
             clinically_significant_tumor_burden ]),
    [ wellmark("NCCN, Table 13", [650, 653]),
      premera("NCCN, Table 6", [456, 459]) ]).

recommendation(nccn_pancreas_after_ssa, pancreas_after_ssa, lutathera, "NCCN", "2A",
    "Pancreatic NET, grade 1 or 2: a preferred regimen for locoregionally advanced or distant disease after progression on a somatostatin analogue",
    all_of([ pancreatic_primary,
             low_or_intermediate_grade,
             advanced_or_distant,
             progressed_on([ somatostatin_analogue ]) ]),
    [ wellmark("NCCN, Table 13", [654, 655]),
      premera("NCCN, Table 6", [460, 461]) ]).

recommendation(nccn_pancreas_first_line, pancreas_first_line, lutathera, "NCCN", "2A",
    "Pancreatic NET, grade 1 or 2: first line for locoregionally advanced or distant disease that is receptor-positive, with Ki-67 at least 10 % and significant tumor burden",
    all_of([ pancreatic_primary,
             low_or_intermediate_grade,
             first_line,
             advanced_or_distant,
             uptake_above_liver,
             ki67_at_least_10,
             clinically_significant_tumor_burden ]),
    [ wellmark("NCCN, Table 13", [654, 656]),
      premera("NCCN, Table 6", [460, 466]) ]).

%   The two documents quote this row differently, and Premera quotes it outside of its table.

recommendation(nccn_lung_thymus_in_wellmark, lung_thymus, lutathera, "NCCN", "2A",
    "Lung or thymic NET, as Wellmark quotes it: useful in some circumstances for receptor-positive distant metastases after progression on a somatostatin analogue",
    all_of([ lung_or_thymus_net,
             metastases = distant,
             uptake_above_liver,
             progressed_on([ somatostatin_analogue ]) ]),
    [ wellmark("NCCN, Table 13", [657, 658]) ]).

%   "Burden and typical or progressive or atypical": the same doubt as in Wellmark's item 1, so the
%   same reading; what that list says by its layout, this sentence does not.

recommendation(nccn_lung_thymus_in_premera, lung_thymus, lutathera, "NCCN", "2A",
    "Lung or thymic NET, as Premera quotes it: locoregionally advanced or distant disease with significant tumor burden that is typical, progressive or atypical",
    all_of([ lung_or_thymus_net,
             advanced_or_distant,
             by_reading(w_item1,
                 [ case(burden_governs_all, burden_and_histology),
                   case(burden_governs_typical,
                        any_of([ all_of([ clinically_significant_tumor_burden,
                                          typical_carcinoid ]),
                                 progression,
                                 atypical_carcinoid ])),
                   case(literal_list, burden_and_histology) ]) ]),
    [ premera("Summary of evidence, lung and thymus", [359-363]) ]).

definition(burden_and_histology,
    "Significant tumor burden, and typical, progressive or atypical",
    all_of([ clinically_significant_tumor_burden,
             any_of([ typical_carcinoid,
                      progression,
                      atypical_carcinoid ]) ]),
    [ premera("Summary of evidence, lung and thymus", [363]) ]).

recommendation(nccn_well_differentiated_g3, well_differentiated_g3, lutathera, "NCCN", "",
    "Well-differentiated grade 3 NET of favorable biology (relatively low Ki-67, slow growth) that is receptor-positive: an option",
    all_of([ tumor_type in any_net,
             well_differentiated,
             grade_3,
             favorable_biology,
             uptake_above_liver ]),
    [ wellmark("NCCN, Table 13", [659, 660]),
      premera("NCCN, Table 6", [467, 468]) ]).

recommendation(nccn_ppgl, ppgl, lutathera, "NCCN", "2A",
    "Pheochromocytoma or paraganglioma, locally unresectable or with distant metastases: to be considered where receptor-positive",
    all_of([ tumor_type in chromaffin_cell_tumor,
             any_of([ unresectable, metastases = distant ]),
             uptake_above_liver ]),
    [ wellmark("NCCN, Table 13", [661, 662]),
      premera("NCCN, Table 6", [469, 470]) ]).

recommendation(nccn_iobenguane, ppgl_iobenguane, iobenguane, "NCCN", "2A",
    "Pheochromocytoma or paraganglioma, locally unresectable or with distant metastases and a positive MIBG scan: iobenguane I 131",
    all_of([ tumor_type in chromaffin_cell_tumor,
             any_of([ unresectable, metastases = distant ]),
             mibg_positive ]),
    [ wellmark("NCCN, iobenguane", [664]),
      premera("NCCN, iobenguane", [472]) ]).

%   NCCN, prostate cancer, version 2.2025. The quotation asks for no castration resistance.

recommendation(nccn_psma, psma_after_arpi_and_taxane, pluvicto, "NCCN", "1",
    "PSMA-positive prostate cancer without dominant PSMA-negative metastases, after androgen receptor-directed therapy and a taxane: useful in certain circumstances",
    all_of([ tumor_type = prostate_cancer,
             psma_pet_positive,
             not(dominant_psma_negative_lesions),
             ar_pathway_inhibitor_given,
             prior_taxane ]),
    [ premera("NCCN, prostate cancer", [443, 447]) ]).

%   FDA indications

indication(fda_lutathera_adults, lutathera, 2018-01-26,
    "Adults with receptor-positive GEP-NET, including foregut, midgut and hindgut",
    all_of([ age_years >= 18,
             gep_net,
             uptake_above_liver ]),
    [ wellmark("Regulatory status", [209]),
      premera("Regulatory status", [490]) ]).

indication(fda_lutathera_pediatric, lutathera, 2024-04-23,
    "From 12 years of age, below 18: receptor-positive GEP-NET, including foregut, midgut and hindgut",
    all_of([ age_years in 12..17,
             gep_net,
             uptake_above_liver ]),
    [ wellmark("Regulatory status", [213]),
      premera("Regulatory status", [490]) ]).

indication(fda_pluvicto_after_taxane, pluvicto, 2022-03-23,
    "Adults whose metastatic castration-resistant prostate cancer is PSMA-positive, who were given an androgen receptor pathway inhibitor and a taxane",
    all_of([ age_years >= 18,
             metastatic_crpc,
             psma_pet_positive,
             ar_pathway_inhibitor_given,
             prior_taxane ]),
    [ premera("Regulatory status", [498]) ]).

indication(fda_pluvicto_before_taxane, pluvicto, 2025-03,
    "Adults whose metastatic castration-resistant prostate cancer is PSMA-positive, who were given an androgen receptor pathway inhibitor, where a delay of the taxane is considered appropriate",
    all_of([ age_years >= 18,
             metastatic_crpc,
             psma_pet_positive,
             ar_pathway_inhibitor_given,
             appropriate_to_delay_taxane ]),
    [ premera("Regulatory status", [498]) ]).

indication(fda_xofigo, xofigo, 2013-05-15,
    "Castration-resistant prostate cancer: bone metastases that cause symptoms, and no visceral metastases known of",
    all_of([ tumor_type = prostate_cancer,
             castration_resistant,
             symptomatic_bone_metastases,
             evidence([ not(visceral_metastases),
                        rules_out(liver_metastases) ]) ]),
    [ premera("Regulatory status", [488]) ]).

indication(fda_iobenguane, iobenguane, 2018-07-30,
    "From 12 years of age: pheochromocytoma or paraganglioma that takes up iobenguane on a scan, cannot be resected or is advanced or metastatic, and needs systemic therapy; no longer produced",
    all_of([ age_years >= 12,
             tumor_type in chromaffin_cell_tumor,
             any_of([ unresectable, advanced_or_distant ]),
             mibg_positive ]),
    [ premera("Regulatory status", [492]) ]).

%   Trials

trial(netter_1, lutathera, "NETTER-1",
    "Adults with inoperable, locally advanced or metastatic, progressive midgut NET, Ki-67 at most 20 %, uptake of the liver or more in all lesions, Karnofsky at least 60 and creatinine clearance at least 50 mL/min",
    all_of([ age_years >= 18,
             midgut_primary,
             inoperable_and_advanced,
             progression,
             ki67_at_most_20,
             uptake_at_least_liver,
             karnofsky >= 60,
             creatinine_clearance_ml_min >= 50 ]),
    [ wellmark("Rationale, NETTER-1", [261, 270-274]) ]).

%   "Similar to NETTER-1 except": Karnofsky and uptake are taken over; the table says no more
%   than "patients" of their age.

trial(netter_2, lutathera, "NETTER-2",
    "Newly diagnosed, inoperable, locally advanced or metastatic, well-differentiated GEP-NET of grade 2 or 3 with Ki-67 of 10 to 55 %, uptake of the liver or more in all lesions, Karnofsky at least 60 and creatinine clearance at least 40 mL/min",
    all_of([ newly_diagnosed,
             gep_net,
             inoperable_and_advanced,
             well_differentiated,
             evidence([ ki67_percent in 10..55,
                        rules_out(who_grade = 1) ]),
             uptake_at_least_liver,
             karnofsky >= 60,
             creatinine_clearance_ml_min >= 40 ]),
    [ wellmark("Rationale, NETTER-2", [263, 269]),
      wellmark("Rationale, NETTER-1, for what is similar", [261]) ]).

%   Diagnostic agents

diagnostic_agent(illuccix, pluvicto, "Illuccix (gallium Ga 68 gozetotide)", 2021-12-17,
    "PET of PSMA-positive lesions where metastases are suspected before a first definitive therapy, or recurrence by a raised PSA; from March 2023 also to select patients with metastases for Pluvicto",
    [ premera("Regulatory status", [496]) ]).
diagnostic_agent(locametz, pluvicto, "Locametz (gallium Ga 68 gozetotide)", 2022-03-23,
    "PET of PSMA-positive lesions where metastases are suspected before a first definitive therapy, or recurrence by a raised PSA, or to select patients with metastases for Pluvicto",
    [ premera("Regulatory status", [500-504]) ]).
diagnostic_agent(pylarify, pluvicto, "Pylarify (piflufolastat F 18)", 2022-05-26,
    "PET of PSMA-positive lesions where metastases are suspected before a first definitive therapy, or recurrence by a raised PSA",
    [ premera("Regulatory status", [508]) ]).
diagnostic_agent(adreview, iobenguane, "AdreView (iobenguane I 123)", 2008,
    "Diagnosis of metastatic pheochromocytoma or neuroblastoma; no therapeutic use",
    [ premera("Regulatory status", [494]) ]).
