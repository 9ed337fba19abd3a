% SPDX-License-Identifier: Apache-2.0
:- module(ledger_wellmark, []).
:- use_module('../prolog/operators').

/** <module> What becomes of every line of Wellmark 06.01.38

The facts stand in the order of the document and cover each of its 809 lines exactly once.

ledger(Document, Lines, Heading, Status, Note)

  Document  wellmark
  Lines     From-To, both included; a blank line belongs to a neighbour
  Heading   string, short words for what the lines treat
  Status    encoded(Ids)         the rules say it; Ids are quoted criterion ids ('W-1', 'item 2a') and
                                 unquoted ids of named readings (w_extent, dose_cap)
            reference(Topic)     shown beside a decision and never decides; Topic is one of evidence, nccn,
                                 fda, trials, society, scales, regimen, codes, approval, documentation,
                                 imaging_agents, history, background
            reference(Topic, Ids) the same, by the entries Ids of reference knowledge
            not_formalised(Why)  could bear on a decision and is no rule: why, and what the user must do
            out_of_scope(Why)    can bear on no decision
  Note      string, what the lines say, in one sentence of our own
*/

% --- Title, dates and notices

ledger(wellmark, 1-4, "Title", reference(history),
       "Names the policy, its number and its only drug, Lutathera.").
ledger(wellmark, 5-6, "First effective date", reference(history),
       "The policy began in May 2018; no text of that time is printed here.").
ledger(wellmark, 7-8, "Last review", reference(history),
       "Reviewed in November 2025, before the revision that is printed here.").
ledger(wellmark, 9-10, "Last revision", encoded([w_in_force_from]),
       "Revised in January 2026 without a day: the reading supplies the first day in force.").
ledger(wellmark, 11-14, "Instructions for use",
       out_of_scope("It says what kind of document this is and how to reach the payer."),
       "The policy is a tool for coverage decisions, and physicians remain responsible for treatment.").
ledger(wellmark, 15-16, "Contract, benefits, federal program",
       not_formalised("Benefits, exclusions and the federal employee program are settled by contracts that \c
                       are not printed here; check the member's contract and the program before relying on \c
                       an outcome."),
       "The contract in force on the day of service decides first, and federal employees may be outside \c
        this policy.").
ledger(wellmark, 17-18, "Later changes",
       not_formalised("A text that replaces this one cannot be known from it; ask the payer whether a \c
                       later revision is in force on the date of service."),
       "The text reflects what was known when it was written and may be replaced at any time.").

% --- Summary

ledger(wellmark, 19-22, "Summary titles", out_of_scope("Titles only."),
       "Titles that open the summary.").
ledger(wellmark, 23-24, "Off-label policy",
       not_formalised("Policy 05.01.09 is not printed here, so this second route is no rule; after a \c
                       not met, look whether it applies to the request."),
       "Points to the payer's separate policy 05.01.09 for uses outside the label.").
ledger(wellmark, 25-26, "What the drug is", reference(background),
       "A somatostatin analogue carries Lu 177 into cells with somatostatin receptors and damages them.").
ledger(wellmark, 27-30, "Verdict on evidence: GEP-NET", reference(evidence, [wellmark_gep_net]),
       "Two trials, a registry and a cohort: the payer finds the evidence sufficient for GEP-NET.").
ledger(wellmark, 31-32, "Verdict on evidence: lung and thymus",
       reference(evidence, [wellmark_lung_thymus, wellmark_off_label]),
       "Insufficient in the payer's view, yet covered in selected cases because NCCN lists it at 2A; \c
        05.01.09 is named.").
ledger(wellmark, 33-36, "Verdict on evidence: PPGL", reference(evidence, [wellmark_off_label, wellmark_ppgl]),
       "Insufficient in the payer's view, yet covered in selected cases because NCCN lists it at 2A; \c
        05.01.09 is named.").
ledger(wellmark, 37-40, "Additional information", out_of_scope("The section is empty."),
       "Nothing is added.").
ledger(wellmark, 41-44, "Objective", reference(evidence),
       "The review asks about adults with neuroendocrine tumors; the criteria themselves start at 12 years.").
ledger(wellmark, 45-48, "Prior approval", reference(approval, [wellmark_prior_approval]),
       "Approval has to be obtained before treatment.").

% --- Policy: medically necessary

ledger(wellmark, 49-52, "Policy titles", out_of_scope("Titles only."),
       "Titles that open the criteria and name the outcome met.").
ledger(wellmark, 53-54, "Age, and one of five items",
       encoded(['W-1', 'item 1', 'item 2', 'item 3', 'item 4', 'item 5']),
       "From 12 completed years on, and one item of 1 to 5 has to hold.").
ledger(wellmark, 55-55, "Item 1: tumor, spread, burden", encoded(['item 1', w_item1]),
       "Lung or thymus tumor with distant metastases and a tumor burden of clinical weight; how far the \c
        burden reaches is a reading.").
ledger(wellmark, 56-56, "Item 1a: typical, mitoses", encoded(['item 1', w_item1]),
       "Low grade: fewer than 2 mitoses per 10 HPF.").
ledger(wellmark, 57-57, "Item 1b: necrosis, progression, atypical",
       encoded(['item 1', w_item1, w_item1_progression]),
       "Three ways joined by or: no necrosis (with 1a), progression, or atypical histology by mitoses 2-10 \c
        or foci of necrosis.").
ledger(wellmark, 58-58, "Item 1c: primary therapy", encoded(['item 1', w_item1, w_primary_therapy]),
       "The drug has to be the primary therapy, read as the first systemic line by default.").
ledger(wellmark, 59-59, "Item 2: tumor and extent", encoded(['item 2', w_extent, regional_metastases]),
       "GEP-NET by site (hindgut takes in the pancreas here) that is unresectable, locally advanced or \c
        metastatic; then 2a or 2b.").
ledger(wellmark, 60-60, "Item 2a: after progression",
       encoded(['item 2a', w_well_differentiated, ki67_documentation]),
       "Well differentiated, Ki-67 up to 20%, progressed on a somatostatin analogue or a targeted drug; \c
        the drugs are examples.").
ledger(wellmark, 61-61, "Item 2b: first line",
       encoded(['item 2b', w_first_line_ki67_upper, ki67_documentation]),
       "First line for well differentiated grade 2 with Ki-67 from 10% to below 20%, receptor-positive, \c
        with a burden of clinical weight.").
ledger(wellmark, 62-62, "Item 3: tumor and extent", encoded(['item 3', w_item3_distant]),
       "Lung or thymus tumor that cannot be resected locally; whether distant spread may be present is a \c
        reading.").
ledger(wellmark, 63-63, "Item 3a: mitoses", encoded(['item 3']),
       "Low grade: fewer than 2 mitoses per 10 HPF.").
ledger(wellmark, 64-64, "Item 3b: necrosis", encoded(['item 3']),
       "No necrosis.").
ledger(wellmark, 65-65, "Item 3c: later line", encoded(['item 3', w_item3_first_line_agents]),
       "A later line after progression on first-line octreotide or lanreotide; the two are given as the \c
        complete list.").
ledger(wellmark, 66-66, "Item 4: tumor and extent", encoded(['item 4', regional_metastases]),
       "Pheochromocytoma or paraganglioma, locally unresectable or metastatic.").
ledger(wellmark, 67-67, "Item 4a: no earlier radioligand", encoded(['item 4', w_item4_prior]),
       "No earlier radiolabeled analogue; the examples in brackets are unlabeled drugs, hence a reading.").
ledger(wellmark, 68-68, "Item 5: carcinoid syndrome", encoded(['item 5', w_carcinoid_tumor]),
       "Poorly controlled carcinoid syndrome from a neuroendocrine tumor; which tumors count is a reading.").
ledger(wellmark, 69-70, "Item 5a: symptoms progress", encoded(['item 5']),
       "Symptoms got worse on octreotide LAR, lanreotide or telotristat; one of the three is enough.").
ledger(wellmark, 71-72, "Common conditions: what they bind", encoded([w_common_scope, w_continuation]),
       "Two further conditions are joined to the items; that they bind every item, and once per course, \c
        are readings.").
ledger(wellmark, 73-73, "Common condition: receptor imaging",
       encoded(['W-3', w_common_scope, w_continuation]),
       "A suitable receptor study has to show the target lesions positive.").
ledger(wellmark, 74-75, "Common condition: organ function",
       encoded(['W-4', w_common_scope, w_continuation, w_adequate_renal]),
       "Marrow, kidney and liver are adequate in the treating physician's judgement.").

% --- Policy: investigational

ledger(wellmark, 76-77, "Title", out_of_scope("A title only."),
       "A title that names the outcome not met.").
ledger(wellmark, 78-79, "Investigational uses: opening",
       encoded(['W-1', 'W-5', 'item 1', 'item 2', 'item 3', 'item 4', 'item 5']),
       "What follows is investigational, and the list is open: whatever fails the criteria is not met.").
ledger(wellmark, 80-80, "More than four doses", encoded(['W-5', dose_cap]),
       "Beyond 4 doses in all is investigational; whether courses are counted apart is a reading.").
ledger(wellmark, 81-81, "Eleven years or younger", encoded(['W-1']),
       "The age limit again, from the other side.").
ledger(wellmark, 82-82, "Criteria not met",
       encoded(['W-1', 'item 1', 'item 2', 'item 3', 'item 4', 'item 5', 'W-3', 'W-4']),
       "Failing the criteria above makes the use investigational.").
ledger(wellmark, 83-84, "Other indications", encoded(['item 1', 'item 2', 'item 3', 'item 4', 'item 5']),
       "An indication that no item names is investigational.").

% --- Policy guidelines: regimen

ledger(wellmark, 85-88, "Titles", out_of_scope("Titles only."),
       "Titles that open the guidelines.").
ledger(wellmark, 89-90, "Dosing as labelled", encoded(['W-6', 'W-7']),
       "Dosing is bound to the FDA label, which is not quoted: a lower activity after a reaction is \c
        therefore left unknown.").
ledger(wellmark, 91-91, "Activity, interval, number", encoded(['W-5', 'W-6', 'W-7']),
       "7.4 GBq (200 mCi) every 8 weeks, 4 times.").
ledger(wellmark, 92-92, "Longer interval", encoded(['W-7']),
       "An adverse reaction that delays the dose may stretch the 8 weeks.").
ledger(wellmark, 93-94, "Number of doses", encoded(['W-5', dose_cap]),
       "No more than 4 doses in all.").
ledger(wellmark, 95-105, "CTCAE 4.03 grades 1-5", reference(scales, [ctcae]),
       "The general meaning of severity grades 1 to 5.").

% --- Policy guidelines: grade

ledger(wellmark, 106-107, "Title", out_of_scope("A title only."),
       "A title that opens the notes on Ki-67.").
ledger(wellmark, 108-109, "Well differentiated: G1 and G2",
       encoded(['item 2a', 'item 2b', w_well_differentiated]),
       "Grades 1 and 2 are the well differentiated ones, so a documented grade 1 or 2 speaks for good \c
        differentiation.").
ledger(wellmark, 110-110, "Grade 1 by Ki-67", encoded(['item 2a', 'item 2b', ki67_documentation]),
       "Below 3%: grade 1 speaks for a Ki-67 up to 20% and against one of 10% or more.").
ledger(wellmark, 111-111, "Grade 2 by Ki-67",
       encoded(['item 2a', 'item 2b', w_first_line_ki67_upper, ki67_documentation]),
       "3% to 20% included; item 2b asks for less than 20%, hence the reading of its upper end.").
ledger(wellmark, 112-112, "Grading outside the gut", encoded(['item 1', 'item 3']),
       "Another scheme (of lung and thymus, by the next line) leaves Ki-67 out and counts necrosis; the \c
        sentence lacks its subject.").
ledger(wellmark, 113-114, "Typical and atypical", encoded(['item 1', 'item 3']),
       "Typical: below 2 mitoses per 10 HPF and no necrosis; atypical: 2-10 mitoses or foci of necrosis, \c
        or both.").
ledger(wellmark, 115-118, "Grades: opening", reference(scales),
       "Tumors are graded 1 to 3 by histology.").
ledger(wellmark, 119-119, "Grade 1", encoded(['item 2a', 'item 2b', w_well_differentiated]),
       "Grade 1 is low grade and well differentiated.").
ledger(wellmark, 120-120, "Grade 2", encoded(['item 2a', 'item 2b', w_well_differentiated]),
       "Grade 2 is intermediate grade and well differentiated.").
ledger(wellmark, 121-122, "Grade 3", encoded(['item 2a', 'item 2b']),
       "Grade 3 is tied to poor differentiation here, so poor differentiation speaks against a Ki-67 up to \c
        20%.").

% --- Policy guidelines: imaging and precautions

ledger(wellmark, 123-124, "Title", out_of_scope("A title only."),
       "A title that opens the notes on receptor imaging.").
ledger(wellmark, 125-126, "Studies, tracers, threshold",
       encoded(['W-3', w_sstr_threshold, w_scintigraphy, w_planar_scintigraphy]),
       "PET/CT or PET/MRI first, octreotide SPECT/CT only where PET is lacking, three tracers, and uptake \c
        above the liver.").
ledger(wellmark, 127-129, "Analogues compete: advice", reference(regimen),
       "Analogues may compete for the receptor, so the next three points are recommended.").
ledger(wellmark, 130-130, "Long-acting analogue before a dose", encoded([w_ssa_washout, 'W-10']),
       "A pause of 4 to 6 weeks before each dose is advice by default and criterion W-10 under the other \c
        readings.").
ledger(wellmark, 131-131, "Short-acting analogue before a dose", encoded([w_ssa_washout, 'W-10']),
       "A pause of 24 hours before each dose is advice by default and part of W-10 under the other \c
        readings.").
ledger(wellmark, 132-132, "Analogues after a dose", reference(regimen),
       "Both kinds may be taken up again 4 to 24 hours after a dose; no criterion at this payer.").
ledger(wellmark, 133-133, "Qualified physicians",
       not_formalised("Training and licence of the physician are no fact of the patient; check that the \c
                       treating center is authorised for radiopharmaceuticals."),
       "The drug belongs in the hands of trained physicians with a government licence.").
ledger(wellmark, 134-134, "Stop rule: liver", encoded(['W-8', 'W-9', w_stop_rules]),
       "Stop for good at bilirubin above 3 x ULN, or albumin below 30 g/L together with a prothrombin \c
        ratio below 70%.").
ledger(wellmark, 135-136, "Stop rule: kidney",
       encoded(['W-8', 'W-9', w_stop_rules, w_adequate_renal, forty_percent]),
       "Stop for good at a clearance (Cockcroft-Gault, actual weight) below 40 mL/min, creatinine up 40% \c
        or clearance down 40%.").
ledger(wellmark, 137-140, "Pointer to codes", out_of_scope("A link to the code table."),
       "The codes stand at the end of the document.").

% --- Background

ledger(wellmark, 141-148, "Neuroendocrine tumors", reference(background),
       "Origin, share of sites, carcinoid syndrome and rarity; among lung tumors it also counts large-cell \c
        and small-cell carcinoma.").
ledger(wellmark, 149-152, "Diagnosis", reference(background),
       "Symptoms are vague and diagnosis late; most GEP-NET show receptors on imaging.").
ledger(wellmark, 153-156, "Treatment in general", reference(background),
       "Surgery, observation and chemotherapy by stage, with wide ranges of survival.").
ledger(wellmark, 157-166, "Somatostatin analogues", reference(background),
       "Octreotide and lanreotide as first-line drugs and their monthly depot forms.").
ledger(wellmark, 167-170, "Second line", reference(background),
       "No order of later drugs is proven; three are approved for pancreatic tumors.").
ledger(wellmark, 171-174, "Everolimus", reference(background),
       "The mTOR inhibitor, its approvals and its trials; item 2a names it as an example.").
ledger(wellmark, 175-178, "Sunitinib", encoded(['item 2a']),
       "A kinase inhibitor approved for pancreatic tumors, hence counted among the targeted drugs of item \c
        2a.").
ledger(wellmark, 179-182, "Chemotherapy", reference(background),
       "Modest and variable response; the usual drugs are listed.").
ledger(wellmark, 183-186, "Lu 177 dotatate", reference(background),
       "How the drug works, once more.").
ledger(wellmark, 187-190, "PPGL as neuroendocrine tumors", encoded([w_carcinoid_tumor]),
       "Calls these two tumors neuroendocrine, which is why a reading of item 5 lets them count; the rest \c
        is background.").
ledger(wellmark, 191-192, "PPGL: frequency and outlook", reference(background),
       "Age at diagnosis, incidence and mortality.").
ledger(wellmark, 193-198, "PPGL: diagnosis", reference(background),
       "Metanephrines, imaging and genetic syndromes.").
ledger(wellmark, 199-202, "PPGL: local treatment", reference(background),
       "Surgery mostly for benign tumors, radiotherapy for palliation.").
ledger(wellmark, 203-206, "PPGL: systemic treatment", reference(background),
       "Before iobenguane nothing was approved; this drug has been used off label.").
ledger(wellmark, 207-210, "FDA approval 2018", reference(fda, [fda_lutathera_adults]),
       "26 January 2018: adults with receptor-positive GEP-NET.").
ledger(wellmark, 211-212, "Supply halt 2022", reference(fda, [supply_halt_lutathera]),
       "Production paused in May 2022 and resumed in June 2022.").
ledger(wellmark, 213-214, "FDA approval 2024", reference(fda, [fda_lutathera_pediatric]),
       "April 2024: the same tumors from 12 years on.").

% --- Rationale

ledger(wellmark, 215-222, "How the review works", reference(evidence),
       "Literature up to January 2026 was searched, and studies weighed by relevance and quality.").
ledger(wellmark, 223-256, "GEP-NET: questions asked", reference(evidence),
       "Population, comparators, outcomes and selection of studies.").
ledger(wellmark, 257-260, "GEP-NET: trials", reference(trials),
       "NETTER-1 and NETTER-2 with the ERASMUS cohort; figures follow the FDA's review.").
ledger(wellmark, 261-262, "NETTER-1 enrolment", encoded([w_sstr_threshold]),
       "The trial took uptake equal to the liver, which the other reading of W-3 follows; its whole \c
        profile (Ki-67 up to 20%, Karnofsky from 60, clearance from 50) is reference.").
ledger(wellmark, 263-264, "NETTER-2 enrolment", reference(trials, [netter_2]),
       "Grade 2 with Ki-67 10-20% and grade 3 with Ki-67 up to 55%, no clearance below 40: a named profile.").
ledger(wellmark, 265-277, "Table 1: trials", reference(trials, [netter_1, netter_2]),
       "Countries, years, patients and arms of both trials.").
ledger(wellmark, 278-297, "Table 2: results", reference(trials),
       "Survival and response in both trials.").
ledger(wellmark, 298-341, "Tables 3-4: limits", reference(evidence),
       "Limits of the two trials; the NETTER-1 row of Table 4 repeats the limits of ERASMUS.").
ledger(wellmark, 342-349, "ERASMUS and SEPTRALU", reference(evidence),
       "A Dutch cohort and a Spanish registry in GEP-NET.").
ledger(wellmark, 350-377, "Tables 5-6: cohorts", reference(evidence),
       "Design and results of the cohort and the registry.").
ledger(wellmark, 378-421, "Tables 7-8: limits", reference(evidence),
       "Limits of the cohort and the registry; Table 8 files ERASMUS under NETTER-1.").
ledger(wellmark, 422-425, "GEP-NET: summary", reference(evidence),
       "Trials and cohorts agree on a benefit.").
ledger(wellmark, 426-459, "Lung and thymus: questions asked", reference(evidence),
       "The population reviewed had progressed on analogues, while item 1 asks for a first line.").
ledger(wellmark, 460-471, "Lung and thymus: studies", reference(evidence),
       "ERASMUS, a series from two centers and the registry.").
ledger(wellmark, 472-517, "Tables 9-10: limits", reference(evidence),
       "Limits of the three studies.").
ledger(wellmark, 518-521, "Lung and thymus: summary", reference(evidence),
       "No randomized trial; small uncontrolled series.").
ledger(wellmark, 522-525, "Safety", reference(evidence),
       "Frequent and late harms among 922 treated patients.").
ledger(wellmark, 526-559, "PPGL: questions asked", reference(evidence),
       "Population, comparators, outcomes and selection of studies.").
ledger(wellmark, 560-575, "PPGL: studies", reference(evidence),
       "Two reviews, the registry and two series.").
ledger(wellmark, 576-616, "Tables 11-12: limits", reference(evidence),
       "Limits of the series and the registry.").
ledger(wellmark, 617-620, "PPGL: summary", reference(evidence),
       "No prospective comparison with iobenguane.").

% --- Supplemental information

ledger(wellmark, 621-628, "What guidelines are quoted", reference(society),
       "Guidelines are shown for reference and do not speak for the payer.").
ledger(wellmark, 629-640, "ACR and others, 2022", reference(society, [acr_parameter]),
       "Pathology and receptor proof, analogue pause, special groups, consent, procedure and radiation \c
        safety.").
ledger(wellmark, 641-644, "NCCN: eligibility", reference(nccn, [nccn_eligibility]),
       "Version 3.2025 asks for good differentiation, receptor expression and adequate marrow, kidney and \c
        liver.").
ledger(wellmark, 645-649, "NCCN Table 13: title", reference(nccn),
       "Title and column heads.").
ledger(wellmark, 650-651, "NCCN: midgut after progression",
       reference(nccn, [nccn_gi_after_ssa, nccn_gi_first_line, nccn_midgut_after_ssa]),
       "Gastrointestinal, grade 1-2: midgut, recurrent, locoregional advanced or distant, after analogues: \c
        category 1.").
ledger(wellmark, 652-652, "NCCN: gut, preferred", reference(nccn, [nccn_gi_after_ssa]),
       "Gastrointestinal, grade 1-2: locoregional advanced or distant, after analogues: preferred, 2A.").
ledger(wellmark, 653-653, "NCCN: gut, first line", reference(nccn, [nccn_gi_first_line]),
       "Gastrointestinal, grade 1-2: first line if receptor-positive, Ki-67 from 10% and burden of \c
        clinical weight: 2A.").
ledger(wellmark, 654-655, "NCCN: pancreas, preferred",
       reference(nccn, [nccn_pancreas_after_ssa, nccn_pancreas_first_line]),
       "Pancreatic, grade 1-2: locoregional advanced or distant, after analogues: preferred, 2A.").
ledger(wellmark, 656-656, "NCCN: pancreas, first line", reference(nccn, [nccn_pancreas_first_line]),
       "Pancreatic, grade 1-2: first line if receptor-positive, Ki-67 from 10% and burden of clinical \c
        weight: 2A.").
ledger(wellmark, 657-658, "NCCN: lung and thymus", reference(nccn, [nccn_lung_thymus_in_wellmark]),
       "Distant, receptor-positive, progressed on analogues: 2A in certain circumstances; Premera quotes \c
        it otherwise.").
ledger(wellmark, 659-660, "NCCN: well differentiated grade 3",
       reference(nccn, [nccn_well_differentiated_g3, net_grade]),
       "An option for favorable biology if receptor-positive; no category is printed.").
ledger(wellmark, 661-663, "NCCN: PPGL", reference(nccn, [nccn_ppgl]),
       "Locally unresectable or distant: 2A, to be considered if receptor-positive.").
ledger(wellmark, 664-665, "NCCN: iobenguane", reference(nccn, [nccn_iobenguane]),
       "Iobenguane I 131 for PPGL with a positive MIBG scan: 2A.").
ledger(wellmark, 666-669, "NANETS: PPGL, 2021", reference(society, [nanets_ppgl]),
       "Use of the drug should stay within trials.").
ledger(wellmark, 670-671, "NANETS: lung, 2021", reference(society, [nanets_lung]),
       "An option for receptor-positive tumors, grade B.").
ledger(wellmark, 672-675, "Ongoing trials", reference(trials),
       "A pointer to the public trial register.").

% --- References, codes, history

ledger(wellmark, 676-677, "References: title", out_of_scope("The title of a literature list."),
       "The literature list begins.").
ledger(wellmark, 678-678, "Reference: NCCN", reference(history),
       "The NCCN text was looked up on 8 January 2026, so this text cannot have been finished before; see \c
        w_in_force_from.").
ledger(wellmark, 679-774, "References", out_of_scope("A literature list."),
       "Literature, with dates of access up to November 2025.").
ledger(wellmark, 775-778, "Codes: opening", reference(codes),
       "Services are to be reported with the usual code sets.").
ledger(wellmark, 779-781, "CPT", reference(codes),
       "No CPT code is named.").
ledger(wellmark, 782-785, "HCPCS", reference(codes, [wellmark_lutathera_code]),
       "A9513, billed per millicurie.").
ledger(wellmark, 786-786, "Type of service", reference(codes, [wellmark_service]),
       "Radiopharmaceuticals in oncology.").
ledger(wellmark, 787-788, "Place of service", reference(codes, [wellmark_service]),
       "Outpatient.").
ledger(wellmark, 789-791, "History: title", reference(history),
       "The change log names dates and kinds of review, never what changed.").
ledger(wellmark, 792-792, "January 2026", encoded([w_in_force_from]),
       "Interim review, revised: the text printed here, again without a day.").
ledger(wellmark, 793-793, "November 2025", reference(history),
       "Annual review, renewed.").
ledger(wellmark, 794-794, "November 2024", reference(history),
       "Annual review, revised; the earlier text is not printed.").
ledger(wellmark, 795-795, "September 2023", reference(history),
       "Annual review, revised; the earlier text is not printed.").
ledger(wellmark, 796-796, "May 2023", reference(history),
       "Annual review, revised; the earlier text is not printed.").
ledger(wellmark, 797-797, "May 2022", reference(history),
       "Annual review, renewed.").
ledger(wellmark, 798-798, "May 2021", reference(history),
       "Annual review, revised; the earlier text is not printed.").
ledger(wellmark, 799-799, "May 2020", reference(history),
       "Annual review, renewed.").
ledger(wellmark, 800-800, "May 2019", reference(history),
       "Annual review, revised; the earlier text is not printed.").
ledger(wellmark, 801-802, "May 2018", reference(history),
       "The policy is new; before this month there was none.").
ledger(wellmark, 803-809, "Address", out_of_scope("Where to send new information."),
       "Postal address of the payer's policy analyst.").
