% SPDX-License-Identifier: Apache-2.0
:- module(reference_payers, []).
:- use_module('../prolog/operators').

/** <module> Reference knowledge: what each payer says beside its rules

verdict(Id, Policy, Finding, Sentence, Condition, Sources): what the payer finds of the evidence for
an indication; Finding is sufficient or insufficient.

statement(Id, Kind, Policies, Sentence, Sources): a note for whoever applies Policies; Kind is scope,
prior_approval, service, guideline, society or supply.

regimen(Id, Policy, Activity, IntervalWeeks, Doses, Sentence, Sources): Activity of a dose is
fixed(Number, Unit) or per_kg(Number, Unit, LeastKg..MostKg).

activity_unit(Symbol, Becquerels).

billing_code(Id, Policy, Code, Unit, Activity, Doses, Sentence, Sources): one unit of Code bills one
Unit; Activity and Doses are the facts that plan a dose and count the doses asked for.

approval(Id, Policy, Months, Doses, Sentence, Sources): the longest approval.

stages(Attribute): its options are the stages of a documentation list.
item(Id, Policy, Stage, Sentence, Groups, Criteria, Sources): an item of the documentation list of
Policy, under a name that says nothing of the result; Stage is an option of the attribute of
stages/1, or `any` where the document names none. A case lacks something of it while no fact of some
group is documented. Criteria are those of Policy that it serves.

concerns_indication(Policy, Criteria): the criteria that ask for a tumor, its extent, its receptors
or what was given before, as guidelines and labels do; the others are on age, organ function, dosing
and toxicity. Only where one of them decides do guidelines and off-label use bear on the outcome.

second_route(Id, Policy, Outcome, Sentence, Sources): what is left to look at after Outcome.

not_printed(Policy, What, Sentence): What is verdict, approval or checklist.
*/

%   Verdicts on the evidence. "Treatment-refractory" is read as progression on some treatment, to
%   have "failed" a treatment as having had it; that systemic treatment is needed, the request says.
%   "Insufficient" says that the question is open, not that there is no improvement.

verdict(wellmark_gep_net, wellmark_lutathera, sufficient,
    "Treatment-refractory GEP-NET: the evidence suffices to say that the net health outcome improves",
    all_of([ gep_net, progressed_on_any_treatment ]),
    [ wellmark("Summary of evidence", [29]) ]).
verdict(wellmark_lung_thymus, wellmark_lutathera, insufficient,
    "Treatment-refractory lung or thymic NET: the evidence leaves open whether the net health outcome improves; in view of NCCN's category 2A covered all the same for those who meet the criteria",
    all_of([ lung_or_thymus_net, progressed_on_any_treatment ]),
    [ wellmark("Summary of evidence", [31]) ]).
verdict(wellmark_ppgl, wellmark_lutathera, insufficient,
    "Pheochromocytoma or paraganglioma that cannot be resected, or is advanced or metastatic, and needs systemic treatment: the evidence leaves open whether the net health outcome improves; in view of NCCN's category 2A covered all the same for those who meet the criteria",
    all_of([ tumor_type in chromaffin_cell_tumor,
             any_of([ unresectable, advanced_or_distant ]) ]),
    [ wellmark("Summary of evidence", [33-35]) ]).
verdict(premera_gep_net, premera_lutathera, sufficient,
    "Treatment-refractory GEP-NET: the evidence suffices to say that the net health outcome improves",
    all_of([ gep_net, progressed_on_any_treatment ]),
    [ premera("Summary of evidence", [357]) ]).
verdict(premera_lung_thymus, premera_lutathera, insufficient,
    "Treatment-refractory lung or thymic NET: the evidence leaves open whether the net health outcome improves; that NCCN lists it with category 2A is noted",
    all_of([ lung_or_thymus_net, progressed_on_any_treatment ]),
    [ premera("Summary of evidence", [359-363]) ]).
verdict(premera_ppgl, premera_lutathera, insufficient,
    "Pheochromocytoma or paraganglioma that cannot be resected, or is advanced or metastatic, and needs systemic treatment: the evidence leaves open whether the net health outcome improves",
    all_of([ tumor_type in chromaffin_cell_tumor,
             any_of([ unresectable, advanced_or_distant ]) ]),
    [ premera("Summary of evidence", [365]) ]).
verdict(premera_mcrpc, premera_pluvicto, sufficient,
    "PSMA-positive metastatic castration-resistant prostate cancer on which other treatments failed, androgen receptor pathway inhibition, a taxane or both among them: the evidence suffices to say that the net health outcome improves",
    all_of([ metastatic_crpc,
             psma_pet_positive,
             any_of([ ar_pathway_inhibitor_given, prior_taxane ]) ]),
    [ premera("Summary of evidence", [367-371]) ]).

not_printed(premera_xofigo, verdict,
    "The document gives no verdict on the evidence for Xofigo").

%   Scope, approval, service

statement(wellmark_contract, scope, [wellmark_lutathera],
    "The contract decides first, and the Federal Employee Program settles its own benefits",
    [ wellmark("Instructions, contract and benefits", [15]) ]).
statement(premera_scope, scope, [premera_lutathera, premera_pluvicto, premera_xofigo],
    "The member's benefit plan comes first; Medicare Advantage lies outside the policy",
    [ premera("Scope", [614]) ]).
statement(no_national_determination, scope, [premera_lutathera, premera_pluvicto, premera_xofigo],
    "For Medicare nothing is determined nationally",
    [ premera("Medicare national coverage", [480-482]) ]).
statement(wellmark_prior_approval, prior_approval, [wellmark_lutathera],
    "Approval has to be obtained before treatment",
    [ wellmark("Prior approval", [47]) ]).
statement(wellmark_service, service, [wellmark_lutathera],
    "Filed under radiopharmaceuticals in oncology, given to outpatients",
    [ wellmark("Codes", [786-787]) ]).

%   Guidelines and societies

statement(nccn_eligibility, guideline, [premera_lutathera, wellmark_lutathera],
    "NCCN's key eligibility criteria for Lutathera: well-differentiated NET, somatostatin receptors shown by imaging, adequate marrow, kidneys and liver",
    [ wellmark("NCCN, eligibility", [643]),
      premera("NCCN, eligibility", [449]) ]).
statement(nccn_rare_tumors, guideline, [premera_lutathera],
    "For want of randomized data NCCN encourages clinical trials of Lutathera in rarer tumors: pancreatic, lung and thymic NET, pheochromocytoma, paraganglioma",
    [ premera("NCCN, eligibility", [449]) ]).
statement(nccn_psma_negative, guideline, [premera_pluvicto],
    "NCCN calls a metastasis PSMA-negative if it takes up no PSMA and measures at least 1 cm (bone with soft tissue, solid organ) or 2.5 cm in short axis (lymph node); it accepts piflufolastat and flotufolastat beside Ga 68 PSMA-11",
    [ premera("NCCN, prostate cancer", [447]) ]).
statement(acr_parameter, society, [premera_lutathera, wellmark_lutathera],
    "ACR with ACNM, ASTRO and SNMMI (2022), on Lutathera for gastroenteropancreatic tumors: confirm pathology, indication and receptors; stop somatostatin analogues and take baseline laboratory values; discuss and lessen the risks in special populations, such as pregnancy, lactation and childhood; treat within a quality program, by set steps, with consent, radiation precautions and release criteria",
    [ wellmark("American College of Radiology", [631-639]),
      premera("American College of Radiology", [416-427]) ]).
statement(nanets_ppgl, society, [premera_lutathera, wellmark_lutathera],
    "NANETS (2021), pheochromocytoma and paraganglioma: some evidence supports Lutathera in some patients, but the consensus is to limit its use to a clinical trial",
    [ wellmark("NANETS", [668]),
      premera("NANETS", [476]) ]).
statement(nanets_lung, society, [premera_lutathera, wellmark_lutathera],
    "NANETS with others (2021), lung NET: where receptor-positive, peptide receptor radionuclide therapy is one possibility (grade B)",
    [ wellmark("NANETS", [670]),
      premera("NANETS", [478]) ]).
statement(asco_mcrpc, society, [premera_pluvicto],
    "ASCO (May 2025): after androgen deprivation, receptor pathway inhibition and docetaxel, Pluvicto is recommended for progressive PSMA-positive disease, or else cabazitaxel (moderate evidence, strong recommendation)",
    [ premera("American Society of Clinical Oncology", [431-433]) ]).
statement(asco_psma_pet, society, [premera_pluvicto],
    "ASCO (May 2025): for now PSMA PET serves to find whose tumor can benefit from Pluvicto and, in selected patients, to stage a rising PSA that conventional imaging does not explain; routine use to assess response is not recommended at present",
    [ premera("American Society of Clinical Oncology", [435]) ]).
statement(asco_tracers, society, [premera_pluvicto],
    "ASCO (2023): Ga 68 PSMA-11 or one of two F 18 tracers is recommended to determine eligibility (informal consensus, low evidence, weak recommendation)",
    [ premera("American Society of Clinical Oncology", [437-439]) ]).

%   Supply and administration

statement(azedra_discontinued, supply, [premera_lutathera],
    "The maker of iobenguane I 131 (Azedra) stopped its production in August 2023, for reasons other than safety or efficacy",
    [ premera("Regulatory status", [492]) ]).
statement(supply_halt_lutathera, supply, [premera_lutathera, wellmark_lutathera],
    "Production of Lutathera was suspended for a time in May 2022, for possible defects of quality, and resumed in June 2022",
    [ wellmark("Regulatory status", [211]),
      premera("Regulatory status", [506]) ]).
statement(supply_halt_pluvicto, supply, [premera_pluvicto],
    "Production of Pluvicto was suspended for a time in May 2022, for possible defects of quality; when it resumed is not printed",
    [ premera("Regulatory status", [506]) ]).

%   Regimens

regimen(wellmark_lutathera_regimen, wellmark_lutathera, fixed(7.4, "GBq"), 8, 4,
    "7.4 GBq (200 mCi) every 8 weeks, 4 doses in all",
    [ wellmark("Policy guidelines, regimen", [91, 93]) ]).
regimen(premera_lutathera_regimen, premera_lutathera, fixed(7.4, "GBq"), 8, 4,
    "7.4 GBq (200 mCi) every 8 weeks, 4 doses in all",
    [ premera("Related information, Lutathera", [136]) ]).
regimen(premera_pluvicto_regimen, premera_pluvicto, fixed(7.4, "GBq"), 6, 6,
    "7.4 GBq (200 mCi) every 6 weeks, up to 6 doses",
    [ premera("Related information, Pluvicto", [197]) ]).
regimen(premera_xofigo_regimen, premera_xofigo, per_kg(50, "kBq", 1..500), 4, 6,
    "50 kBq (1.35 microcurie) per kg of body weight every 4 weeks, 6 doses in all",
    [ premera("Evidence review, Xofigo", [353]) ]).

%   HCPCS. The curie is 37 GBq by definition: 7.4 GBq are 200 mCi, as the documents print; their
%   1.35 microcurie for 50 kBq is rounded.

activity_unit("GBq", 1 000 000 000).
activity_unit("kBq", 1 000).
activity_unit("mCi", 37 000 000).
activity_unit("uCi", 37 000).

billing_code(wellmark_lutathera_code, wellmark_lutathera, "A9513", "mCi", planned_activity_gbq, requested_doses,
    "Lutathera: one unit for each millicurie",
    [ wellmark("Codes", [785]) ]).
billing_code(premera_lutathera_code, premera_lutathera, "A9513", "mCi", planned_activity_gbq, requested_doses,
    "Lutathera: one unit for each millicurie",
    [ premera("Coding", [118]) ]).
billing_code(premera_pluvicto_code, premera_pluvicto, "A9607", "mCi", planned_activity_gbq, requested_doses,
    "Pluvicto: one unit for each millicurie",
    [ premera("Coding", [120]) ]).
billing_code(premera_xofigo_code, premera_xofigo, "A9606", "uCi", planned_activity_gbq, requested_doses,
    "Xofigo: one unit for each microcurie",
    [ premera("Coding", [119]) ]).

%   Length of approval

approval(premera_lutathera_approval, premera_lutathera, 12, 4,
    "Up to 12 months and 4 doses in all; none beyond 4 on re-authorization",
    [ premera("Length of approval", [65, 66]) ]).
approval(premera_pluvicto_approval, premera_pluvicto, 12, 6,
    "Up to 12 months and 6 doses in all; none beyond 6 on re-authorization",
    [ premera("Length of approval", [65, 66]) ]).
approval(premera_xofigo_approval, premera_xofigo, 12, 6,
    "Up to 12 months and 6 doses in all; none beyond 6 on re-authorization",
    [ premera("Length of approval", [65, 73]) ]).
not_printed(wellmark_lutathera, approval,
    "The document prints no length of approval").

%   Documentation lists

stages(request_type).

item(lutathera_diagnosis, premera_lutathera, initial,
    "History and physical: the tumor, its grade and its extent",
    [ [tumor_type], [ki67_percent, who_grade], [locally_advanced, metastases] ],
    [ 'L-2' ],
    [ premera("Documentation, Lutathera, initial", [83]) ]).
item(lutathera_receptor_imaging, premera_lutathera, initial,
    "Somatostatin receptor imaging and its result",
    [ [sstr_imaging], [sstr_uptake] ],
    [ 'L-3' ],
    [ premera("Documentation, Lutathera, initial", [84]) ]).
item(lutathera_analogue_pause, premera_lutathera, initial,
    "Time since the last somatostatin analogues, long-acting and short-acting",
    [ [days_since_long_acting_ssa], [hours_since_short_acting_octreotide] ],
    [ 'L-4' ],
    [ premera("Documentation, Lutathera, initial", [85]) ]).
item(lutathera_clearance, premera_lutathera, initial,
    "Creatinine clearance",
    [ [creatinine_clearance_ml_min] ],
    [ 'L-5' ],
    [ premera("Documentation, Lutathera, initial", [86]) ]).
item(lutathera_marrow_liver, premera_lutathera, initial,
    "Function of bone marrow and liver",
    [ [bone_marrow_adequate], [hepatic_adequate] ],
    [ 'L-6' ],
    [ premera("Documentation, Lutathera, initial", [87]) ]).
item(lutathera_performance, premera_lutathera, initial,
    "Karnofsky performance status (the criteria take ECOG as well)",
    [ [karnofsky, ecog] ],
    [ 'L-7' ],
    [ premera("Documentation, Lutathera, initial", [88]),
      premera("Medical necessity, Lutathera", [46]) ]).

item(lutathera_thrombocytopenia, premera_lutathera, continuation,
    "Recurrent thrombocytopenia",
    [ [recurrent_thrombocytopenia_grade] ],
    [ 'L-10' ],
    [ premera("Documentation, Lutathera, continuation", [92]) ]).
item(lutathera_anemia_neutropenia, premera_lutathera, continuation,
    "Recurrent anemia and neutropenia",
    [ [recurrent_anemia_grade], [recurrent_neutropenia_grade] ],
    [ 'L-10' ],
    [ premera("Documentation, Lutathera, continuation", [93]) ]).
item(lutathera_hepatotoxicity, premera_lutathera, continuation,
    "Recurrent hepatotoxicity",
    [ [recurrent_hepatotoxicity] ],
    [ 'L-10' ],
    [ premera("Documentation, Lutathera, continuation", [94]) ]).
item(lutathera_nonhematologic, premera_lutathera, continuation,
    "Recurrent non-hematologic toxicity",
    [ [recurrent_nonhematologic_grade] ],
    [ 'L-10' ],
    [ premera("Documentation, Lutathera, continuation", [95]) ]).
item(lutathera_renal_delay, premera_lutathera, continuation,
    "Delay of treatment by renal toxicity",
    [ [renal_toxicity_delay_weeks] ],
    [ 'L-10' ],
    [ premera("Documentation, Lutathera, continuation", [96]) ]).

item(pluvicto_diagnosis, premera_pluvicto, any,
    "Age (this list counts adults from 19 years), tumor, castration resistance and metastases",
    [ [age_years], [tumor_type], [castration_resistant], [metastases] ],
    [ 'P-1', 'P-2' ],
    [ premera("Documentation, Pluvicto", [100]) ]).
item(pluvicto_psma_pet, premera_pluvicto, any,
    "PSMA PET, with Ga 68 PSMA-11 or piflufolastat F 18, and its result",
    [ [psma_pet_agent], [psma_pet_positive] ],
    [ 'P-3' ],
    [ premera("Documentation, Pluvicto", [106]) ]).
item(pluvicto_ar_inhibitor, premera_pluvicto, any,
    "Androgen receptor pathway inhibitors given before",
    [ [prior_ar_pathway_inhibitors] ],
    [ 'P-4' ],
    [ premera("Documentation, Pluvicto", [107]) ]).
item(pluvicto_taxane, premera_pluvicto, any,
    "Taxane-based chemotherapy given before, or whether its delay is appropriate",
    [ [prior_taxane, appropriate_to_delay_taxane] ],
    [ 'P-5' ],
    [ premera("Documentation, Pluvicto", [108]) ]).

item(xofigo_diagnosis, premera_xofigo, any,
    "Age (this list counts adults from 19 years), tumor, castration resistance, symptoms of bone metastases, visceral metastases and lymph nodes",
    [ [age_years], [tumor_type], [castration_resistant], [symptomatic_bone_metastases],
      [visceral_metastases], [largest_lymph_node_cm] ],
    [ 'X-1', 'X-2', 'X-3', 'X-4' ],
    [ premera("Documentation, Xofigo", [112]) ]).

not_printed(wellmark_lutathera, checklist,
    "The document prints no list of what the record must hold").

%   What is on the indication

concerns_indication(wellmark_lutathera,
    [ 'item 1', 'item 2', 'item 2a', 'item 2b', 'item 3', 'item 4', 'item 5', 'W-3' ]).
concerns_indication(premera_lutathera, [ 'L-2', 'L-3', 'L-11' ]).
concerns_indication(premera_pluvicto, [ 'P-2', 'P-3', 'P-4', 'P-5' ]).
concerns_indication(premera_xofigo, [ 'X-2', 'X-3', 'X-4' ]).

%   A second route

second_route(wellmark_off_label, wellmark_lutathera, not_met,
    "For off-label use Wellmark refers to its policy 05.01.09, which is not printed in the document: look there as well",
    [ wellmark("Summary, off-label use", [23, 31, 35]) ]).
