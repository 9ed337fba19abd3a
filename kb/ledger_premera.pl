% SPDX-License-Identifier: Apache-2.0
:- module(ledger_premera, []).
:- use_module('../prolog/operators').

/** <module> What becomes of every line of Premera 6.01.525

The facts stand in the order of the document and cover each of its 615 lines exactly once. One line may hold
several criteria, because a table cell of the original is one line here.

ledger(Document, Lines, Heading, Status, Note)

  Document  premera
  Lines     From-To, both included; a blank line belongs to a neighbour
  Heading   string, short words for what the lines treat
  Status    encoded(Ids)         the rules say it; Ids are quoted criterion ids ('L-1', 'P-9', 'X-4') and
                                 unquoted ids of named readings (p_egfr, dose_cap)
            reference(Topic)     shown beside a decision and never decides; Topic is one of evidence, nccn,
                                 fda, trials, society, scales, regimen, codes, approval, documentation,
                                 imaging_agents, history, background
            reference(Topic, Ids) the same, by the entries Ids of reference knowledge
            not_formalised(Why)  could bear on a decision and is no rule: why, and what the user must do
            out_of_scope(Why)    can bear on no decision
  Note      string, what the lines say, in one sentence of our own
*/

% --- Title and navigation

ledger(premera, 1-6, "Title", reference(history),
       "Names the policy and its number: radiopharmaceuticals that treat cancer.").
ledger(premera, 7-8, "Reference policies",
       out_of_scope("Numbers of policies of an association that are not this payer's text."),
       "Two reference policies of the national association.").
ledger(premera, 9-10, "Effective date", encoded(['L-11', p_taxane_2025]),
       "The printed text is in force from 1 April 2026; L-11 and the binding reading of the taxane end the \c
        day before.").
ledger(premera, 11-12, "Last revision", reference(history),
       "Revised on 10 March 2026.").
ledger(premera, 13-15, "What it replaces", reference(history),
       "Took the place of 6.01.60, whose text is not printed.").
ledger(premera, 16-19, "Related policy 5.01.544", reference(history),
       "The policy on targeted drugs for prostate cancer; Xofigo stood there before August 2022.").
ledger(premera, 20-21, "Related policy 8.01.53", out_of_scope("It treats another therapy."),
       "A policy on cellular immunotherapy.").
ledger(premera, 22-28, "Links", out_of_scope("Links inside the document."),
       "Where the sections are found.").
ledger(premera, 29-34, "Introduction",
       out_of_scope("The document itself denies that this section holds criteria."),
       "A lay explanation of radiopharmaceuticals and of who a provider is.").
ledger(premera, 35-45, "Criteria: titles", out_of_scope("Titles and links."),
       "Titles and links to the three drugs.").

% --- Medical necessity

ledger(premera, 46-49, "Lutathera: seven criteria",
       encoded(['L-1', 'L-2', 'L-3', 'L-4', 'L-5', 'L-6', 'L-7', p_sstr_threshold, p_scintigraphy,
                p_washout_days, p_continuation, regional_metastases, ki67_documentation]),
       "One table cell: age from 12, tumor with grade and extent, receptor imaging, pause of analogues, \c
        clearance, marrow and liver, and Karnofsky or ECOG.").
ledger(premera, 50-51, "Lutathera: octreotide after each dose", encoded(['L-8', p_octreotide_plan]),
       "Octreotide LAR 30 mg into the muscle follows each dose within 4 to 24 hours.").
ledger(premera, 52-52, "Pluvicto: five criteria",
       encoded(['P-1', 'P-2', 'P-3', 'P-4', 'P-5', p_pluvicto_age, p_psma_agent, p_abiraterone]),
       "One table cell: age from 18, metastatic castration-resistant prostate cancer, PSMA PET with one of \c
        two agents, a receptor pathway drug (examples), and a taxane given or suitably delayed.").
ledger(premera, 53-54, "Xofigo: four criteria",
       encoded(['X-1', 'X-2', 'X-3', 'X-4', p_xofigo_age, p_visceral]),
       "Adults with castration-resistant disease, bone metastases that cause symptoms, no known visceral \c
        spread and no node above 3 cm.").

% --- Investigational

ledger(premera, 55-56, "Lutathera: everything else",
       encoded(['L-1', 'L-2', 'L-3', 'L-4', 'L-5', 'L-6', 'L-7', 'L-8']),
       "Whatever fails the criteria is investigational; pheochromocytoma and paraganglioma are named.").
ledger(premera, 57-61, "Dose limits, Pluvicto outside criteria, label",
       encoded(['L-9', 'P-2', 'P-3', 'P-4', 'P-5', 'P-6', 'X-5', dose_cap, p_label_dosing, 'L-13', 'P-11']),
       "Beyond 4, 6 and 6 doses is investigational, as is Pluvicto outside its criteria; all three drugs \c
        are subject to label dosing.").

% --- Length of approval

ledger(premera, 62-64, "Titles", out_of_scope("Titles only."),
       "Titles of the approval table.").
ledger(premera, 65-65, "First approval", encoded(['L-9', 'P-6', 'X-5', dose_cap]),
       "Up to 12 months (shown with an approval, never decided) and up to 4, 6 and 6 doses; the intervals \c
        of Xofigo are only typical.").
ledger(premera, 66-69, "Renewal: Lutathera and Pluvicto", encoded(['L-9', 'P-6', dose_cap]),
       "The dose limits hold over renewals; nothing else is asked here.").
ledger(premera, 70-74, "Renewal: Xofigo", encoded(['X-5', dose_cap]),
       "The limit of 6 doses holds over renewals; the 4 weeks are only typical.").

% --- Documentation

ledger(premera, 75-78, "All drugs: records", encoded(['X-1', 'X-2', 'X-3', 'X-4', p_visceral]),
       "Records have to show that the criteria are met, so silence stays unknown, also on visceral spread; \c
        it holds for every drug.").
ledger(premera, 79-82, "Lutathera, first request: opening", reference(documentation),
       "What the record should hold for a first request.").
ledger(premera, 83-83, "Record: diagnosis", encoded(['L-2', ki67_documentation]),
       "History and examination that support grade (Ki-67 up to 20%), extent and site.").
ledger(premera, 84-84, "Record: receptor imaging", encoded(['L-3', p_scintigraphy]),
       "The result of PET (preferred) or scintigraphy; computed tomography is listed beside PET by loose \c
        wording.").
ledger(premera, 85-85, "Record: pause of analogues", encoded(['L-4']),
       "4 weeks without a depot and 24 hours without short-acting octreotide.").
ledger(premera, 86-86, "Record: creatinine clearance", encoded(['L-5', p_egfr]),
       "The result of a clearance; the bracket prints the failing range, below 40 mL/min, as if it were \c
        the one wanted.").
ledger(premera, 87-87, "Record: marrow and liver", encoded(['L-6']),
       "Adequate marrow and liver.").
ledger(premera, 88-89, "Record: performance", encoded(['L-7', p_performance]),
       "Only Karnofsky is listed here, while the criteria take ECOG as well.").
ledger(premera, 90-91, "Lutathera, continuation: opening", encoded(['L-10']),
       "What has to be documented before a further dose.").
ledger(premera, 92-92, "Continuation: thrombocytopenia", encoded(['L-10', p_stop_rules]),
       "None of grade 2 to 4 that recurred.").
ledger(premera, 93-93, "Continuation: anemia, neutropenia",
       encoded(['L-10', p_stop_rules, p_anemia_and_neutropenia]),
       "None of grade 3 or 4 that recurred; whether either counts or only both is a reading.").
ledger(premera, 94-94, "Continuation: liver", encoded(['L-10', p_stop_rules]),
       "No hepatotoxicity that recurred, of any grade.").
ledger(premera, 95-95, "Continuation: other toxicity", encoded(['L-10', p_stop_rules]),
       "None outside the blood of grade 3 or 4 that recurred.").
ledger(premera, 96-97, "Continuation: kidney", encoded(['L-10', p_stop_rules]),
       "No renal toxicity that delayed treatment by 16 weeks or more.").
ledger(premera, 98-101, "Pluvicto record: age and disease",
       encoded(['P-1', 'P-2', p_pluvicto_age, p_lutathera_adult_age]),
       "Here an adult is 19 or older, against 18 in the criteria: hence readings of the age.").
ledger(premera, 102-106, "Pluvicto record: PSMA imaging", encoded(['P-3', p_psma_agent]),
       "PSMA-positive with one of the same two agents.").
ledger(premera, 107-107, "Pluvicto record: receptor pathway drug", encoded(['P-4', p_abiraterone]),
       "Earlier treatment; the same six examples, without abiraterone.").
ledger(premera, 108-109, "Pluvicto record: taxane", encoded(['P-5']),
       "A taxane given, or a delay considered suitable.").
ledger(premera, 110-113, "Xofigo record", encoded(['X-1', 'X-2', 'X-3', 'X-4', p_xofigo_age, p_visceral]),
       "The four criteria again, with an adult taken as 19 or older.").

% --- Codes

ledger(premera, 114-117, "Codes: titles", reference(codes),
       "HCPCS codes follow.").
ledger(premera, 118-118, "Lutathera", reference(codes, [premera_lutathera_code]),
       "A9513, billed per millicurie.").
ledger(premera, 119-119, "Xofigo", reference(codes, [premera_xofigo_code]),
       "A9606, billed per microcurie.").
ledger(premera, 120-121, "Pluvicto", reference(codes, [premera_pluvicto_code]),
       "A9607, billed per millicurie.").
ledger(premera, 122-123, "Rights in codes", out_of_scope("A copyright notice."),
       "Who owns the code texts.").

% --- Related information: Lutathera

ledger(premera, 124-127, "Titles", out_of_scope("Titles only."),
       "Titles that open the notes on receptor imaging.").
ledger(premera, 128-131, "Receptor studies", encoded(['L-3', p_scintigraphy]),
       "PET/CT or PET/MRI first, octreotide SPECT/CT only where PET is lacking; the criteria take \c
        scintigraphy without that limit.").
ledger(premera, 132-133, "Tracers and threshold", encoded(['L-3', p_sstr_threshold]),
       "Three tracers, and positive means uptake above the liver.").
ledger(premera, 134-137, "Regimen", encoded([p_label_dosing, 'L-13']),
       "7.4 GBq (200 mCi) every 8 weeks, 4 times; advice by default, criterion L-13 if binding.").
ledger(premera, 138-139, "Analogues compete: advice", reference(regimen),
       "Analogues may compete for the receptor, so the next three points are recommended.").
ledger(premera, 140-140, "Long-acting analogue before each dose",
       encoded(['L-4', p_washout_days, p_washout_each_dose]),
       "4 to 6 weeks before each dose, while the criterion asks for 4 weeks before the first.").
ledger(premera, 141-141, "Short-acting analogue before each dose", encoded(['L-4', p_washout_each_dose]),
       "24 hours before each dose, while the criterion names the first.").
ledger(premera, 142-143, "Analogues after a dose", reference(regimen),
       "Both kinds may be taken up again after 4 to 24 hours; L-8 goes further and asks for octreotide LAR.").
ledger(premera, 144-145, "Qualified physicians",
       not_formalised("Training and licence of the physician are no fact of the patient; check that the \c
                       treating center is authorised for radiopharmaceuticals."),
       "Lutathera belongs in the hands of trained physicians with a government licence.").
ledger(premera, 146-147, "Stop rule: liver", encoded(['L-10', 'L-12', p_stop_rules]),
       "Stop for good at bilirubin above 3 x ULN, or albumin below 30 g/L together with a prothrombin \c
        ratio below 70%.").
ledger(premera, 148-149, "Stop rule: kidney", encoded(['L-10', 'L-12', p_stop_rules, forty_percent]),
       "Stop for good at a clearance (Cockcroft-Gault, actual weight) below 40 mL/min, creatinine up 40% \c
        or clearance down 40%.").
ledger(premera, 150-162, "Table 1: CTCAE 4.03 grades", reference(scales, [ctcae]),
       "The general meaning of severity grades 1 to 5, used by L-10 and P-9.").
ledger(premera, 163-181, "Table 2: Karnofsky", reference(scales, [karnofsky]),
       "The scale from 100 to 0; 60 means occasional help, 50 considerable help.").
ledger(premera, 182-192, "Table 3: ECOG", reference(scales, [ecog]),
       "The scale from 0 to 4; 2 means up for more than half of waking hours and unable to work.").

% --- Related information: Pluvicto

ledger(premera, 193-196, "Qualified physicians",
       not_formalised("Training and licence of the physician are no fact of the patient; check that the \c
                       treating center is authorised for radiopharmaceuticals."),
       "Pluvicto belongs in the hands of trained physicians with a government licence.").
ledger(premera, 197-198, "Regimen", encoded(['P-7', 'P-8', p_label_dosing, 'P-11']),
       "7.4 GBq (200 mCi) every 6 weeks, up to 6 times.").
ledger(premera, 199-200, "Hydration", reference(regimen),
       "Advice to keep patients well hydrated; no criterion.").
ledger(premera, 201-202, "Dose changes",
       encoded(['P-7', 'P-8', p_label_dosing, p_pluvicto_modifications, p_reduced_activity, 'P-11']),
       "After reactions: an interval of up to 10 weeks, one reduction by 20% to 5.9 GBq with no way back, \c
        or an end.").
ledger(premera, 203-204, "Stop for good: opening", encoded(['P-9', 'P-10']),
       "Any one of the reactions that follow ends treatment, and for good.").
ledger(premera, 205-208, "Stop: myelosuppression", encoded(['P-9']),
       "Grade 3 or more that recurs after a reduction.").
ledger(premera, 209-209, "Stop: kidney, severe", encoded(['P-9']),
       "Renal toxicity of grade 3 or more.").
ledger(premera, 210-210, "Stop: kidney, recurrent", encoded(['P-9']),
       "Renal toxicity of any grade that recurs after a reduction.").
ledger(premera, 211-211, "Stop: dry mouth", encoded(['P-9']),
       "Grade 3 that recurs after a reduction; the rule takes higher grades too.").
ledger(premera, 212-212, "Stop: gut", encoded(['P-9']),
       "Grade 3 or more that recurs after a reduction.").
ledger(premera, 213-213, "Stop: transaminases", encoded(['P-9']),
       "AST or ALT above 5 x ULN without liver metastases.").
ledger(premera, 214-214, "Stop: unacceptable toxicity", encoded(['P-9']),
       "Whatever is judged unacceptable.").
ledger(premera, 215-215, "Stop: long delay", encoded(['P-9']),
       "A serious reaction that delays treatment by more than 4 weeks.").
ledger(premera, 216-217, "Stop: other reactions", encoded(['P-9']),
       "After a reduction, any other of grade 3 or 4 that recurs, or one of grade 2 that persists and is \c
        not tolerated.").
ledger(premera, 218-219, "Pointer to grades", reference(scales),
       "The grades are those of Table 1.").

% --- Background

ledger(premera, 220-225, "What Lutathera is", reference(background),
       "A somatostatin analogue carries Lu 177 into cells with somatostatin receptors and damages them.").
ledger(premera, 226-231, "What Pluvicto is", reference(background),
       "A ligand of PSMA carries Lu 177; the older use after a taxane is told, which the criteria no \c
        longer require, and a PET agent.").
ledger(premera, 232-239, "Neuroendocrine tumors", reference(background),
       "Origin, share of sites, carcinoid syndrome and rarity.").
ledger(premera, 240-247, "Diagnosis", reference(background),
       "Symptoms are vague and diagnosis late; most GEP-NET show receptors on imaging.").
ledger(premera, 248-251, "Treatment in general", reference(background),
       "Surgery, observation and chemotherapy by stage, with wide ranges of survival.").
ledger(premera, 252-263, "Somatostatin analogues", reference(background),
       "Octreotide and lanreotide as first-line drugs and their monthly depot forms.").
ledger(premera, 264-267, "Second line", reference(background),
       "No order of later drugs is proven; three are approved for pancreatic tumors.").
ledger(premera, 268-271, "Everolimus", reference(background),
       "The mTOR inhibitor, its approvals and its trials.").
ledger(premera, 272-277, "Sunitinib", reference(background),
       "A kinase inhibitor approved for pancreatic tumors.").
ledger(premera, 278-281, "Chemotherapy", reference(background),
       "Modest and variable response; the usual drugs are listed.").
ledger(premera, 282-285, "Lu 177 dotatate", reference(background),
       "How the drug works, once more.").
ledger(premera, 286-293, "PPGL", reference(background),
       "Origin, symptoms, frequency and mortality; these tumors are not covered here.").
ledger(premera, 294-299, "PPGL: diagnosis", reference(background),
       "Metanephrines, imaging and genetic syndromes.").
ledger(premera, 300-303, "PPGL: local treatment", reference(background),
       "Surgery mostly for benign tumors, radiotherapy for palliation.").
ledger(premera, 304-307, "PPGL: systemic treatment", reference(background),
       "Before iobenguane nothing was approved; Lutathera has been used off label.").
ledger(premera, 308-315, "Prostate cancer", reference(background),
       "Frequency, age, groups at risk and detection by PSA.").
ledger(premera, 316-328, "Table 4: Gleason grade groups", reference(scales, [gleason_grade_group]),
       "Clinical stage, Gleason scores and the five grade groups; no criterion reads them.").
ledger(premera, 329-336, "Prostate cancer: treatment", reference(background),
       "Local treatment first; androgen deprivation for advanced disease, which fails in time.").
ledger(premera, 337-340, "Castration resistance", encoded(['P-2', p_abiraterone]),
       "Defines it as progression under androgen deprivation, and names abiraterone among the drugs of the \c
        androgen pathway.").
ledger(premera, 341-344, "PSMA", reference(background),
       "A protein that marks most metastatic castration-resistant disease and a worse outlook.").
ledger(premera, 345-350, "Pluvicto: action and selection", reference(imaging_agents),
       "How it acts; selection by gallium gozetotide or another approved PSMA-11 agent, while the criteria \c
        add piflufolastat.").
ledger(premera, 351-354, "Xofigo: use and regimen", reference(regimen, [premera_xofigo_regimen]),
       "50 kBq per kg every 4 weeks, 6 times; by two kinds of specialists; the limits of X-3 and X-4 are \c
        told again.").

% --- Summary of evidence

ledger(premera, 355-358, "Verdict: GEP-NET", reference(evidence, [premera_gep_net]),
       "Sufficient.").
ledger(premera, 359-362, "Verdict: lung and thymus",
       reference(evidence, [nccn_lung_thymus_in_premera, premera_lung_thymus]),
       "A cohort, a registry and a series; the verdict stands in the next lines.").
ledger(premera, 363-364, "Verdict: lung and thymus, NCCN quoted", encoded([w_item1]),
       "Insufficient, and not covered; the 2A sentence of NCCN quoted here shows how the other payer's \c
        item 1 may be bracketed.").
ledger(premera, 365-366, "Verdict: PPGL", reference(evidence, [premera_ppgl]),
       "Insufficient.").
ledger(premera, 367-372, "Verdict: prostate cancer, Pluvicto", reference(evidence, [premera_mcrpc]),
       "Sufficient: VISION and TheraP; TheraP left out patients whose PSMA and FDG scans disagreed, which \c
        is no criterion here.").
ledger(premera, 373-407, "Table 5: ongoing trials", reference(trials),
       "Register numbers, sizes and end dates, among them earlier lines of Pluvicto and retreatment.").

% --- Guidelines

ledger(premera, 408-413, "What guidelines are quoted", reference(society),
       "Guidelines are shown for reference and do not speak for the payer.").
ledger(premera, 414-428, "ACR and others, 2022", reference(society, [acr_parameter]),
       "Pathology and receptor proof, analogue pause, special groups, consent, procedure and radiation \c
        safety.").
ledger(premera, 429-436, "ASCO, 2025", reference(society, [asco_mcrpc, asco_psma_pet]),
       "Pluvicto or cabazitaxel after deprivation, pathway drug and docetaxel, if PSMA-positive.").
ledger(premera, 437-440, "ASCO, 2023: tracers", encoded([p_psma_agent]),
       "Three PET tracers may decide who is eligible; two names look misprinted; the other reading of P-3 \c
        follows it.").
ledger(premera, 441-446, "NCCN prostate: opening", reference(nccn, [nccn_psma]),
       "Version 2.2025 is quoted; the literature list gives 4.2024.").
ledger(premera, 447-448, "NCCN prostate: Pluvicto", encoded([p_psma_agent]),
       "Accepts further F-18 tracers, as a reading does; its category 1 after a taxane and its bar on \c
        dominant PSMA-negative lesions are shown as reference.").
ledger(premera, 449-450, "NCCN: eligibility", reference(nccn, [nccn_eligibility, nccn_rare_tumors]),
       "Version 3.2025: good differentiation, receptors, adequate organs; trials encouraged for rarer \c
        tumors.").
ledger(premera, 451-455, "NCCN Table 6: title", reference(nccn),
       "Title and column heads; the table has no row for lung and thymus.").
ledger(premera, 456-457, "NCCN: midgut after progression",
       reference(nccn, [nccn_gi_after_ssa, nccn_gi_first_line, nccn_midgut_after_ssa]),
       "Gastrointestinal, grade 1-2: midgut, recurrent, locoregional advanced or distant, after analogues: \c
        category 1.").
ledger(premera, 458-458, "NCCN: gut, preferred", reference(nccn, [nccn_gi_after_ssa]),
       "Gastrointestinal, grade 1-2: locoregional advanced or distant, after analogues: preferred, 2A.").
ledger(premera, 459-459, "NCCN: gut, first line", reference(nccn, [nccn_gi_first_line]),
       "Gastrointestinal, grade 1-2: first line if receptor-positive, Ki-67 from 10% and burden of \c
        clinical weight: 2A.").
ledger(premera, 460-461, "NCCN: pancreas, preferred",
       reference(nccn, [nccn_pancreas_after_ssa, nccn_pancreas_first_line]),
       "Pancreatic, grade 1-2: locoregional advanced or distant, after analogues: preferred, 2A.").
ledger(premera, 462-466, "NCCN: pancreas, first line", reference(nccn, [nccn_pancreas_first_line]),
       "Pancreatic, grade 1-2: first line if receptor-positive, Ki-67 from 10% and burden of clinical \c
        weight: 2A.").
ledger(premera, 467-468, "NCCN: well differentiated grade 3", reference(nccn, [nccn_well_differentiated_g3]),
       "An option for favorable biology if receptor-positive; no category is printed.").
ledger(premera, 469-471, "NCCN: PPGL", reference(nccn, [nccn_ppgl]),
       "Locally unresectable or distant: 2A, to be considered if receptor-positive.").
ledger(premera, 472-473, "NCCN: iobenguane", reference(nccn, [nccn_iobenguane]),
       "Iobenguane I 131 for PPGL with a positive MIBG scan: 2A.").
ledger(premera, 474-477, "NANETS: PPGL, 2021", reference(society, [nanets_ppgl]),
       "Use of the drug should stay within trials.").
ledger(premera, 478-479, "NANETS: lung, 2021", reference(society, [nanets_lung]),
       "An option for receptor-positive tumors, grade B.").
ledger(premera, 480-485, "Medicare",
       not_formalised("Medicare is outside this rule base; for its members ask the Medicare contractor."),
       "No national decision on coverage exists.").

% --- Regulatory status

ledger(premera, 486-489, "FDA: Xofigo 2013", reference(fda, [fda_xofigo]),
       "15 May 2013: castration-resistant, bone metastases with symptoms, no known visceral spread.").
ledger(premera, 490-491, "FDA: Lutathera 2018, 2024", encoded([p_lutathera_adult_age]),
       "Adults in 2018 and from 12 years in April 2024; adult as 18 before 2025 is a reading, and the \c
        dates are reference.").
ledger(premera, 492-493, "FDA: iobenguane I 131", reference(fda, [azedra_discontinued, fda_iobenguane]),
       "Approved in 2018, withdrawn from 2023 on; another drug, no longer treated here.").
ledger(premera, 494-495, "FDA: iobenguane I 123", reference(imaging_agents, [adreview]),
       "For diagnosis only; not treated here.").
ledger(premera, 496-497, "FDA: Illuccix", reference(imaging_agents, [illuccix]),
       "December 2021; selection for Pluvicto was added in March 2023.").
ledger(premera, 498-499, "FDA: Pluvicto 2022, 2025",
       reference(fda, [fda_pluvicto_after_taxane, fda_pluvicto_before_taxane]),
       "March 2022 after a taxane; March 2025 also where its delay is suitable, taken up by P-5 in May \c
        2025.").
ledger(premera, 500-505, "FDA: Locametz", reference(imaging_agents, [locametz]),
       "March 2022, selection for Pluvicto included.").
ledger(premera, 506-507, "Supply halt 2022", reference(fda, [supply_halt_lutathera, supply_halt_pluvicto]),
       "Production of both lutetium drugs paused in May 2022; Lutathera resumed in June 2022.").
ledger(premera, 508-509, "FDA: Pylarify", reference(imaging_agents, [pylarify]),
       "Printed as May 2022, though the label cited in the list dates from May 2021; selection for \c
        Pluvicto is not among its uses.").

% --- References and history

ledger(premera, 510-586, "References", out_of_scope("A literature list."),
       "Literature, with dates of access up to February 2026.").
ledger(premera, 587-591, "Change log: title", reference(history),
       "Dates of effect and what changed; earlier wording is not printed.").
ledger(premera, 592-592, "1 April 2019", encoded(['L-1', 'L-2', p_lutathera_adult_age]),
       "The policy begins, with Lutathera for tumors of gut and pancreas; the age then in force is \c
        inferred from the label.").
ledger(premera, 593-593, "1 November 2019", reference(history),
       "Iobenguane I 131 enters, another drug; codes change.").
ledger(premera, 594-594, "1 January 2020", reference(history),
       "Codes only.").
ledger(premera, 595-595, "1 October 2020", reference(history),
       "Reviewed; nothing changes.").
ledger(premera, 596-596, "1 November 2021", reference(history),
       "Reviewed; nothing changes.").
ledger(premera, 597-597, "1 August 2022",
       encoded(['P-1', 'P-2', 'P-3', 'P-4', 'P-5', 'P-6', 'X-1', 'X-2', 'X-3', 'X-4', 'X-5']),
       "Pluvicto enters and Xofigo moves in from 5.01.544; their first wording is reconstructed.").
ledger(premera, 598-598, "1 October 2022",
       not_formalised("The wording before is not printed and taken as unchanged, though only the further \c
                       small edits are said to keep the intent; for earlier dates of service consult the \c
                       archived text."),
       "Other indications, PPGL among them, are called investigational, and the first-treatment criteria \c
        of Lutathera are clarified after NCCN.").
ledger(premera, 599-599, "1 December 2022", reference(history),
       "Background and codes; nothing else changes.").
ledger(premera, 600-600, "1 April 2023",
       not_formalised("The facts name the kind of study and no tracer, so the shorter list of before is no \c
                       rule; for earlier dates of service check the tracer by hand."),
       "Cu-64 dotatate and Ga-68 dotatoc join the tracers given as examples.").
ledger(premera, 601-604, "1 October 2023", reference(history),
       "Pluvicto outside its criteria is called investigational; the outcome is not met before and after.").
ledger(premera, 605-606, "1 October 2023, continued", reference(history),
       "Small edits, said to keep the intent.").
ledger(premera, 607-607, "1 January 2025", encoded(['L-1', 'L-8']),
       "Lutathera from 12 years on; octreotide LAR after each dose enters; iobenguane leaves the policy.").
ledger(premera, 608-608, "1 February 2025", encoded(['L-7', p_performance]),
       "ECOG up to 2 is taken as equal to Karnofsky from 60; the log says the intent did not change.").
ledger(premera, 609-609, "1 May 2025", encoded(['P-5', p_label_dosing, 'L-13', 'P-11', p_taxane_2025]),
       "Label dosing is stated for all drugs, approvals of up to 12 months are clarified, and some \c
        patients without a taxane may have Pluvicto.").
ledger(premera, 610-610, "1 April 2026", encoded(['L-11', 'P-5', p_taxane_2025]),
       "Progression on a depot analogue is no longer asked for Lutathera; a second mention of the taxane \c
        is struck for Pluvicto.").
ledger(premera, 611-613, "Disclaimer",
       not_formalised("Benefits differ by contract, and no contract is printed here; look into the \c
                       member's booklet before relying on an outcome."),
       "The policy guides a judgement and may be changed.").
ledger(premera, 614-615, "Scope",
       not_formalised("Limits of the benefit plan and Medicare Advantage lie outside the rules; check the \c
                       plan, and use other rules for Medicare Advantage."),
       "Plan limits come first, and Medicare Advantage is excluded.").
