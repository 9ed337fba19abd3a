% SPDX-License-Identifier: Apache-2.0
:- module(changes, []).
:- use_module('../prolog/operators').

/** <module> Who supplies a fact, and how a documented fact can come to be another

What would change a decision rests on these; they decide nothing. The judgement is ours: neither
document says who fills in what.

supplier(Name, Sentence), supplies(Name, Attributes): whom to ask for a fact that is missing.

way_of_change(Name, Sentence), changes(Name, Attributes): how a fact that is documented can become
another. A fact that was written down wrongly is a correction and no change.

only_grows(Attributes): of these a documented value only goes up, in the order of the vocabulary:
a number or a time rises (a time never becomes `never`, nor `never` a time), false becomes true, an
option one that stands later, and a set gains members.

Every attribute has one supplier and one way of change.
*/

%   Who supplies it

supplier(pathology, "The pathology report on a specimen of the tumor").
supplier(imaging, "The report of an imaging study").
supplier(laboratory, "A laboratory report").
supplier(treating_physician, "The treating physician, by notes, treatment record and attestation").
supplier(request_form, "Whoever makes the request, on its form").

%   What a specimen shows.

supplies(pathology,
    [ tumor_type, differentiation, who_grade, ki67_percent, mitoses_per_10_hpf, necrosis ]).

%   What is seen on images, the extent of the disease among it.

supplies(imaging,
    [ metastases, locally_advanced, visceral_metastases, liver_metastases, largest_lymph_node_cm,
      sstr_imaging, sstr_uptake, psma_pet_agent, psma_pet_positive,
      mibg_positive, dominant_psma_negative_lesions ]).

%   What is measured in blood, and what is calculated from it.

supplies(laboratory,
    [ creatinine_clearance_ml_min, egfr_ml_min_1_73m2, creatinine_rise_percent,
      creatinine_clearance_fall_percent,
      bilirubin_x_uln, albumin_g_l, prothrombin_ratio_percent, transaminase_x_uln ]).

%   What takes a physician's judgement. Progression and surgery are judged from images together with
%   the course, and bone metastases cause symptoms in a patient and not on a scan.

supplies(treating_physician,
    [ bone_marrow_adequate, renal_adequate, hepatic_adequate, karnofsky, ecog,
      unresectable, clinically_significant_tumor_burden, evidence_of_progression,
      poorly_controlled_carcinoid_syndrome, castration_resistant, symptomatic_bone_metastases,
      appropriate_to_delay_taxane, sstr_pet_available, adverse_reaction_delaying_dose,
      recurrent_disease, newly_diagnosed, favorable_biology ]).

%   What was given before, how the disease went on under it, and what harm it did.

supplies(treating_physician,
    [ prior_lutathera_doses, prior_pluvicto_doses, prior_xofigo_doses,
      prior_doses_in_earlier_course, prior_radiolabeled_ssa_therapy, treatment_line,
      disease_progression_on, carcinoid_symptom_progression_on,
      prior_octreotide_or_lanreotide, days_since_long_acting_ssa,
      hours_since_short_acting_octreotide,
      prior_ar_pathway_inhibitors, prior_taxane ]).
supplies(treating_physician,
    [ stop_rule_met_before,
      recurrent_thrombocytopenia_grade, recurrent_anemia_grade, recurrent_neutropenia_grade,
      recurrent_nonhematologic_grade, recurrent_myelosuppression_grade,
      recurrent_dry_mouth_grade, recurrent_gi_toxicity_grade, other_recurrent_reaction_grade,
      renal_toxicity_grade, recurrent_renal_toxicity, recurrent_hepatotoxicity,
      renal_toxicity_delay_weeks, serious_reaction_delay_weeks, dose_reductions,
      unacceptable_toxicity, persistent_intolerable_grade_2 ]).

%   What only the request itself says, or says first.

supplies(request_form,
    [ request_type, age_years, requested_doses, initial_criteria_met,
      planned_activity_gbq, planned_interval_weeks, post_dose_octreotide_lar_hours ]).

%   How it can change

way_of_change(repeat, "A test or an assessment can be repeated").
way_of_change(wait, "Time passes, and the dose can be given later").
way_of_change(send, "A document or a statement can be sent, or sent anew").
way_of_change(plan, "What is asked for or planned can be changed").
way_of_change(treat, "The disease or its treatment goes on").
way_of_change(never, "It cannot change").

%   Values of a day, an organ function among them: the next may be better or worse.

changes(repeat,
    [ creatinine_clearance_ml_min, egfr_ml_min_1_73m2, creatinine_rise_percent,
      creatinine_clearance_fall_percent,
      bilirubin_x_uln, albumin_g_l, prothrombin_ratio_percent, transaminase_x_uln,
      bone_marrow_adequate, renal_adequate, hepatic_adequate, karnofsky, ecog ]).

%   A new biopsy grades the tumor anew; whether a tumor can be resected is judged anew.

changes(repeat,
    [ who_grade, ki67_percent, mitoses_per_10_hpf, necrosis, favorable_biology, unresectable ]).

%   Another study, perhaps by another tracer. A lymph node may shrink, and is measured anew.

changes(repeat,
    [ sstr_imaging, sstr_uptake, psma_pet_agent, psma_pet_positive, mibg_positive,
      dominant_psma_negative_lesions, largest_lymph_node_cm ]).

%   These move with the calendar alone.

changes(wait,
    [ age_years, days_since_long_acting_ssa, hours_since_short_acting_octreotide ]).

%   Each is true by somebody's stating it: a judgement, a reason, or an earlier approval.

changes(send,
    [ initial_criteria_met, adverse_reaction_delaying_dose, clinically_significant_tumor_burden,
      appropriate_to_delay_taxane, sstr_pet_available ]).

%   Whoever asks decides these.

changes(plan,
    [ requested_doses, planned_activity_gbq, planned_interval_weeks,
      post_dose_octreotide_lar_hours ]).

%   Events that add to a history: further spread, progression, drugs and harm.

changes(treat,
    [ metastases, visceral_metastases, liver_metastases, recurrent_disease,
      evidence_of_progression, castration_resistant, treatment_line,
      disease_progression_on, carcinoid_symptom_progression_on,
      prior_octreotide_or_lanreotide, prior_ar_pathway_inhibitors, prior_taxane ]).
changes(treat,
    [ recurrent_thrombocytopenia_grade, recurrent_anemia_grade, recurrent_neutropenia_grade,
      recurrent_nonhematologic_grade, recurrent_myelosuppression_grade,
      recurrent_dry_mouth_grade, recurrent_gi_toxicity_grade, other_recurrent_reaction_grade,
      renal_toxicity_grade, recurrent_renal_toxicity, recurrent_hepatotoxicity,
      renal_toxicity_delay_weeks, serious_reaction_delay_weeks, dose_reductions,
      unacceptable_toxicity ]).

%   States that treatment may also end.

changes(treat,
    [ locally_advanced, poorly_controlled_carcinoid_syndrome, symptomatic_bone_metastases,
      persistent_intolerable_grade_2 ]).

%   What the tumor is. A grade may be found anew, but a well differentiated tumor and a carcinoma are
%   two diseases. A disease is newly diagnosed once.

changes(never, [ tumor_type, differentiation, newly_diagnosed ]).

%   What was before this request, and whether it is the first of its course: to ask otherwise is to
%   make another request.

changes(never,
    [ request_type, prior_lutathera_doses, prior_pluvicto_doses, prior_xofigo_doses,
      prior_doses_in_earlier_course, prior_radiolabeled_ssa_therapy, stop_rule_met_before ]).

%   What only grows: time that has passed,

only_grows([ age_years, days_since_long_acting_ssa, hours_since_short_acting_octreotide ]).

%   what has once happened or been found: the farthest spread, progression, resistance, drugs given,

only_grows(
    [ metastases, visceral_metastases, liver_metastases, recurrent_disease,
      evidence_of_progression, castration_resistant, treatment_line,
      disease_progression_on, carcinoid_symptom_progression_on,
      prior_octreotide_or_lanreotide, prior_ar_pathway_inhibitors, prior_taxane ]).

%   and the worst or the longest so far. Toxicity that was judged unacceptable stays so judged.

only_grows(
    [ recurrent_thrombocytopenia_grade, recurrent_anemia_grade, recurrent_neutropenia_grade,
      recurrent_nonhematologic_grade, recurrent_myelosuppression_grade,
      recurrent_dry_mouth_grade, recurrent_gi_toxicity_grade, other_recurrent_reaction_grade,
      renal_toxicity_grade, recurrent_renal_toxicity, recurrent_hepatotoxicity,
      renal_toxicity_delay_weeks, serious_reaction_delay_weeks, dose_reductions,
      unacceptable_toxicity ]).
