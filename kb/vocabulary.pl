% SPDX-License-Identifier: Apache-2.0
:- module(vocabulary, []).
:- use_module('../prolog/operators').

/** <module> The facts that a criterion may read

attribute(Name, Group, Type, Meaning): one fact about a patient or a request. Type is one of

  - boolean
  - one_of(Values)            exactly one of these
  - set_of(Values)            any number of these; the empty set is a documented "none"
  - integer(Low..High, Unit)  whole numbers, both ends included
  - number(Low..High, Unit)   decimal numbers, compared exactly
  - elapsed(Low..High, Unit)  time since an event, or `never`, which is longer ago than any limit

A fact that is absent is unknown, never false.

class(Name, Of, Values): a named set of values of the attributes Of, so that rules say
`tumor_type in gep_net_tumor` rather than repeat a list.
*/

%   The request
attribute(request_type, request,
          one_of([ initial, continuation ]),
          "First request of a course, or a further dose of a course under way").
attribute(requested_doses, request,
          integer(1..20, "doses"),
          "Doses of the drug asked for in this request").
attribute(prior_lutathera_doses, request,
          integer(0..40, "doses"),
          "Lutathera doses given before this request, over the lifetime").
attribute(prior_pluvicto_doses, request,
          integer(0..40, "doses"),
          "Pluvicto doses given before, lifetime").
attribute(prior_xofigo_doses, request,
          integer(0..40, "doses"),
          "Xofigo doses given before, lifetime").
attribute(prior_doses_in_earlier_course, request,
          boolean,
          "The prior doses belong to an earlier, completed course").
attribute(initial_criteria_met, request,
          boolean,
          "The initial criteria were met when the course under way began").
attribute(planned_activity_gbq, request,
          number(0..50, "GBq"),
          "Activity planned for the next dose").
attribute(planned_interval_weeks, request,
          number(0..104, "weeks"),
          "Weeks between the last dose and the next one, or between planned doses").
attribute(adverse_reaction_delaying_dose, request,
          boolean,
          "An adverse reaction is the reason for a longer interval or a lower activity").
attribute(post_dose_octreotide_lar_hours, request,
          elapsed(0..2000, "h"),
          "Hours after each Lutathera dose at which octreotide LAR 30 mg IM is planned; \"never\" if not planned").
attribute(treatment_line, request,
          one_of([ first_line, subsequent ]),
          "Whether Lutathera is the first systemic treatment of this tumor or a later one").

%   The patient
attribute(age_years, patient,
          integer(0..120, "a"),
          "Completed years of age on the date of service").

%   Tumor
attribute(tumor_type, tumor,
          one_of([ gep_net, foregut_net, midgut_net, hindgut_net, pancreatic_net,
                  bronchopulmonary_net, thymus_net, other_net, unknown_primary_net,
                  pheochromocytoma, paraganglioma, prostate_cancer, other ]),
          "Tumor for which the drug is requested; values form a hierarchy (see the criteria)").
attribute(differentiation, tumor,
          one_of([ well, poor ]),
          "Histologic differentiation").
attribute(who_grade, tumor,
          integer(1..3, ""),
          "WHO grade as reported (1, 2 or 3)").
attribute(ki67_percent, tumor,
          number(0..100, "%"),
          "Ki-67 proliferation index").
attribute(mitoses_per_10_hpf, tumor,
          number(0..200, "/10 HPF"),
          "Mitoses per 10 high-power fields").
attribute(necrosis, tumor,
          one_of([ none, foci, extensive ]),
          "Necrosis on histology").
attribute(metastases, tumor,
          one_of([ none, regional, distant ]),
          "Farthest documented spread").
attribute(locally_advanced, tumor,
          boolean,
          "Locally advanced disease").
attribute(unresectable, tumor,
          boolean,
          "Locally unresectable disease").
attribute(clinically_significant_tumor_burden, tumor,
          boolean,
          "Tumor burden judged clinically significant").
attribute(evidence_of_progression, tumor,
          boolean,
          "Documented disease progression").
attribute(poorly_controlled_carcinoid_syndrome, tumor,
          boolean,
          "Carcinoid syndrome that is poorly controlled").

%   Imaging
attribute(sstr_imaging, imaging,
          one_of([ sstr_pet_ct, sstr_pet_mri, octreotide_spect_ct, sstr_scintigraphy,
                  other_sstr_pet, fdg_pet, mibg, other, not_performed ]),
          "Somatostatin receptor (SSTR) imaging study").
attribute(sstr_uptake, imaging,
          one_of([ above_liver, equal_to_liver, below_liver, none, mixed, positive_not_compared ]),
          "Uptake in the target lesions against the liver").
attribute(sstr_pet_available, imaging,
          boolean,
          "SSTR PET was available").
attribute(psma_pet_agent, imaging,
          one_of([ ga68_psma_11, piflufolastat_f18, flotufolastat_f18, other, not_performed ]),
          "Agent of the PSMA PET study").
attribute(psma_pet_positive, imaging,
          boolean,
          "PSMA-positive on that study").

%   Organ function and performance
attribute(bone_marrow_adequate, organ_function,
          boolean,
          "Bone marrow function adequate, as determined by the treating physician").
attribute(renal_adequate, organ_function,
          boolean,
          "Renal function adequate, as determined by the treating physician").
attribute(hepatic_adequate, organ_function,
          boolean,
          "Hepatic function adequate, as determined by the treating physician").
attribute(creatinine_clearance_ml_min, organ_function,
          number(0..300, "mL/min"),
          "Creatinine clearance (Cockcroft-Gault, actual body weight)").
attribute(egfr_ml_min_1_73m2, organ_function,
          number(0..300, "mL/min/1.73 m2"),
          "Estimated GFR; not a creatinine clearance").
attribute(karnofsky, organ_function,
          integer(0..100, "%"),
          "Karnofsky performance status").
attribute(ecog, organ_function,
          integer(0..5, ""),
          "ECOG performance status").

%   Treatment history
attribute(disease_progression_on, treatment_history,
          set_of([ octreotide_lar, octreotide_short_acting, octreotide_unspecified, lanreotide,
                  everolimus, sunitinib, telotristat, chemotherapy, interferon_alfa, other ]),
          "Systemic treatments on which the tumor progressed; [] = documented that there were none").
attribute(carcinoid_symptom_progression_on, treatment_history,
          set_of([ octreotide_lar, octreotide_short_acting, octreotide_unspecified, lanreotide,
                  everolimus, sunitinib, telotristat, chemotherapy, interferon_alfa, other ]),
          "Treatments on which carcinoid symptoms progressed; [] = documented none").
attribute(days_since_long_acting_ssa, treatment_history,
          elapsed(0..20000, "d"),
          "Days from the last long-acting somatostatin analogue to the next dose; \"never\" if none was given").
attribute(hours_since_short_acting_octreotide, treatment_history,
          elapsed(0..200000, "h"),
          "Hours from the last short-acting octreotide to the next dose; \"never\" if none was given").
attribute(prior_radiolabeled_ssa_therapy, treatment_history,
          boolean,
          "Treatment with a radiolabeled somatostatin analogue before the course asked for or under way").
attribute(prior_octreotide_or_lanreotide, treatment_history,
          boolean,
          "Earlier treatment with (unlabeled) octreotide or lanreotide").
attribute(prior_ar_pathway_inhibitors, treatment_history,
          set_of([ flutamide, nilutamide, bicalutamide, enzalutamide, apalutamide, darolutamide,
                  abiraterone, other ]),
          "Androgen receptor pathway inhibitors given; [] = documented none").
attribute(prior_taxane, treatment_history,
          boolean,
          "Earlier taxane-based chemotherapy").
attribute(appropriate_to_delay_taxane, treatment_history,
          boolean,
          "Considered appropriate to delay taxane-based chemotherapy").

%   Toxicity and reasons to stop
attribute(stop_rule_met_before, toxicity,
          boolean,
          "A rule for permanent discontinuation was met at an earlier date").
attribute(bilirubin_x_uln, toxicity,
          number(0..100, "x ULN"),
          "Bilirubin as a multiple of the upper limit of normal").
attribute(albumin_g_l, toxicity,
          number(0..100, "g/L"),
          "Serum albumin").
attribute(prothrombin_ratio_percent, toxicity,
          number(0..200, "%"),
          "Prothrombin ratio (activity)").
attribute(creatinine_rise_percent, toxicity,
          number(-100..5000, "%"),
          "Rise of serum creatinine from its baseline").
attribute(creatinine_clearance_fall_percent, toxicity,
          number(-500..100, "%"),
          "Fall of creatinine clearance from its baseline").
attribute(recurrent_thrombocytopenia_grade, toxicity,
          integer(0..5, ""),
          "Highest CTCAE grade of recurrent thrombocytopenia; 0 = documented none recurred").
attribute(recurrent_anemia_grade, toxicity,
          integer(0..5, ""),
          "Highest CTCAE grade of recurrent anemia; 0 = documented none recurred").
attribute(recurrent_neutropenia_grade, toxicity,
          integer(0..5, ""),
          "Highest CTCAE grade of recurrent neutropenia; 0 = documented none recurred").
attribute(recurrent_nonhematologic_grade, toxicity,
          integer(0..5, ""),
          "Highest CTCAE grade of recurrent non-hematologic toxicity; 0 = documented none recurred").
attribute(recurrent_myelosuppression_grade, toxicity,
          integer(0..5, ""),
          "Highest CTCAE grade of recurrent myelosuppression; 0 = documented none recurred").
attribute(recurrent_dry_mouth_grade, toxicity,
          integer(0..5, ""),
          "Highest CTCAE grade of recurrent dry mouth; 0 = documented none recurred").
attribute(recurrent_gi_toxicity_grade, toxicity,
          integer(0..5, ""),
          "Highest CTCAE grade of recurrent gastrointestinal toxicity; 0 = documented none recurred").
attribute(other_recurrent_reaction_grade, toxicity,
          integer(0..5, ""),
          "Highest CTCAE grade of recurrent any other adverse reaction; 0 = documented none recurred").
attribute(renal_toxicity_grade, toxicity,
          integer(0..5, ""),
          "Highest CTCAE grade of renal toxicity; 0 = none").
attribute(recurrent_renal_toxicity, toxicity,
          boolean,
          "Renal toxicity recurred").
attribute(recurrent_hepatotoxicity, toxicity,
          boolean,
          "Hepatotoxicity recurred").
attribute(renal_toxicity_delay_weeks, toxicity,
          number(0..200, "weeks"),
          "Longest treatment delay that renal toxicity required; 0 = none").
attribute(dose_reductions, toxicity,
          integer(0..10, ""),
          "Dose reductions so far in this course").
attribute(transaminase_x_uln, toxicity,
          number(0..500, "x ULN"),
          "Higher of AST and ALT as a multiple of the upper limit of normal").
attribute(unacceptable_toxicity, toxicity,
          boolean,
          "Toxicity judged unacceptable").
attribute(serious_reaction_delay_weeks, toxicity,
          number(0..200, "weeks"),
          "Longest delay that a serious adverse reaction required; 0 = none").
attribute(persistent_intolerable_grade_2, toxicity,
          boolean,
          "A grade 2 reaction that persists and is not tolerated").

%   Read by reference knowledge only
attribute(recurrent_disease, reference,
          boolean,
          "Recurrent disease (read by reference knowledge only)").
attribute(newly_diagnosed, reference,
          boolean,
          "Newly diagnosed disease (read by reference knowledge only)").
attribute(favorable_biology, reference,
          boolean,
          "Favorable biology: relatively low Ki-67 and slow growth (read by reference knowledge only)").
attribute(mibg_positive, reference,
          boolean,
          "Positive iobenguane (MIBG) scan (read by reference knowledge only)").
attribute(dominant_psma_negative_lesions, reference,
          boolean,
          "Dominant PSMA-negative metastatic lesions (read by reference knowledge only)").

%   Prostate cancer
attribute(castration_resistant, prostate,
          boolean,
          "The prostate cancer is castration-resistant").
attribute(symptomatic_bone_metastases, prostate,
          boolean,
          "Bone metastases that cause symptoms").
attribute(visceral_metastases, prostate,
          boolean,
          "Visceral metastases (lung, liver or other) found").
attribute(liver_metastases, prostate,
          boolean,
          "Metastases in the liver").
attribute(largest_lymph_node_cm, prostate,
          number(0..50, "cm"),
          "Largest lymph node").

%   Classes of values

class(gastroenteropancreatic, [tumor_type],
      [ gep_net, foregut_net, midgut_net, hindgut_net, pancreatic_net ]).
class(lung_or_thymus, [tumor_type],
      [ bronchopulmonary_net, thymus_net ]).
class(any_net, [tumor_type],
      [ gep_net, foregut_net, midgut_net, hindgut_net, pancreatic_net,
        bronchopulmonary_net, thymus_net, other_net, unknown_primary_net ]).
class(chromaffin_cell_tumor, [tumor_type],
      [ pheochromocytoma, paraganglioma ]).
class(somatostatin_analogue, [disease_progression_on, carcinoid_symptom_progression_on],
      [ octreotide_lar, octreotide_short_acting, octreotide_unspecified, lanreotide ]).
class(long_acting_ssa, [disease_progression_on, carcinoid_symptom_progression_on],
      [ octreotide_lar, lanreotide ]).
class(targeted_therapy, [disease_progression_on, carcinoid_symptom_progression_on],
      [ everolimus, sunitinib ]).

%   Members of a set that say less than a criterion asks. `unspecified(M, Ms)`: a record that
%   holds M may mean any of Ms, so it leaves a criterion that names one of them open. `catch_all(M)`:
%   M may be anything, so it leaves a criterion open whose list the document itself leaves open.

unspecified(octreotide_unspecified, [ octreotide_lar, octreotide_short_acting ]).
catch_all(other).

%   A unit that stands in a name is the unit of the attribute.

unit_suffix('_percent', "%").
unit_suffix('_gbq', "GBq").
unit_suffix('_weeks', "weeks").
unit_suffix('_hours', "h").
unit_suffix('_doses', "doses").
unit_suffix('_years', "a").
unit_suffix('_ml_min', "mL/min").
unit_suffix('_ml_min_1_73m2', "mL/min/1.73 m2").
unit_suffix('_g_l', "g/L").
unit_suffix('_x_uln', "x ULN").
unit_suffix('_cm', "cm").
unit_suffix('_per_10_hpf', "/10 HPF").
