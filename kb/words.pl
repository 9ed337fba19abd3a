% SPDX-License-Identifier: Apache-2.0
:- module(words, []).
:- use_module('../prolog/operators').

/** <module> How facts and their values are called where an explanation speaks of them

label(Attribute, Words): the short name of a fact, which its value follows: "Ki-67 index 25 %",
"locally advanced disease: no". The meaning in the vocabulary defines it; the label names it.

word(Name, Words): how a value, or a class of values, is called where its own name would read badly.

opposite(Name, Sentence): how it is said that a definition does not hold.

unit_words(Unit, Words): how a unit is written after a number; "" where the label says it.
*/

%   The request
label(request_type, "request").
label(requested_doses, "doses asked for").
label(prior_lutathera_doses, "Lutathera doses already given").
label(prior_pluvicto_doses, "Pluvicto doses already given").
label(prior_xofigo_doses, "Xofigo doses already given").
label(prior_doses_in_earlier_course, "earlier doses belong to a completed course").
label(initial_criteria_met, "initial criteria met when the course began").
label(planned_activity_gbq, "planned activity").
label(planned_interval_weeks, "planned interval").
label(adverse_reaction_delaying_dose, "adverse reaction as the reason for a longer interval or lower activity").
label(post_dose_octreotide_lar_hours, "octreotide LAR 30 mg IM after each dose, planned at").
label(treatment_line, "line of treatment").

%   The patient
label(age_years, "age").

%   Tumor
label(tumor_type, "tumor").
label(differentiation, "differentiation").
label(who_grade, "WHO grade").
label(ki67_percent, "Ki-67 index").
label(mitoses_per_10_hpf, "mitoses").
label(necrosis, "necrosis").
label(metastases, "farthest metastases").
label(locally_advanced, "locally advanced disease").
label(unresectable, "locally unresectable disease").
label(clinically_significant_tumor_burden, "clinically significant tumor burden").
label(evidence_of_progression, "documented disease progression").
label(poorly_controlled_carcinoid_syndrome, "poorly controlled carcinoid syndrome").

%   Imaging
label(sstr_imaging, "SSTR imaging study").
label(sstr_uptake, "uptake in the target lesions").
label(sstr_pet_available, "SSTR PET available").
label(psma_pet_agent, "PSMA PET agent").
label(psma_pet_positive, "PSMA PET positive").

%   Organ function and performance
label(bone_marrow_adequate, "bone marrow function adequate").
label(renal_adequate, "kidney function adequate").
label(hepatic_adequate, "liver function adequate").
label(creatinine_clearance_ml_min, "creatinine clearance").
label(egfr_ml_min_1_73m2, "estimated GFR").
label(karnofsky, "Karnofsky status").
label(ecog, "ECOG status").

%   Treatment history
label(disease_progression_on, "tumor progression on").
label(carcinoid_symptom_progression_on, "carcinoid symptom progression on").
label(days_since_long_acting_ssa, "time since the last long-acting somatostatin analogue").
label(hours_since_short_acting_octreotide, "time since the last short-acting octreotide").
label(prior_radiolabeled_ssa_therapy, "earlier radiolabeled somatostatin analogue").
label(prior_octreotide_or_lanreotide, "earlier octreotide or lanreotide").
label(prior_ar_pathway_inhibitors, "AR pathway inhibitors given").
label(prior_taxane, "earlier taxane").
label(appropriate_to_delay_taxane, "appropriate to delay a taxane").

%   Toxicity and reasons to stop
label(stop_rule_met_before, "rule for permanent discontinuation met before").
label(bilirubin_x_uln, "bilirubin").
label(albumin_g_l, "albumin").
label(prothrombin_ratio_percent, "prothrombin ratio").
label(creatinine_rise_percent, "rise of creatinine from baseline").
label(creatinine_clearance_fall_percent, "fall of creatinine clearance from baseline").
label(recurrent_thrombocytopenia_grade, "recurrent thrombocytopenia, grade").
label(recurrent_anemia_grade, "recurrent anemia, grade").
label(recurrent_neutropenia_grade, "recurrent neutropenia, grade").
label(recurrent_nonhematologic_grade, "recurrent non-hematologic toxicity, grade").
label(recurrent_myelosuppression_grade, "recurrent myelosuppression, grade").
label(recurrent_dry_mouth_grade, "recurrent dry mouth, grade").
label(recurrent_gi_toxicity_grade, "recurrent gastrointestinal toxicity, grade").
label(other_recurrent_reaction_grade, "other recurrent adverse reaction, grade").
label(renal_toxicity_grade, "renal toxicity, grade").
label(recurrent_renal_toxicity, "recurrent renal toxicity").
label(recurrent_hepatotoxicity, "recurrent hepatotoxicity").
label(renal_toxicity_delay_weeks, "longest delay for renal toxicity").
label(dose_reductions, "reductions of the dose so far").
label(transaminase_x_uln, "higher of AST and ALT").
label(unacceptable_toxicity, "unacceptable toxicity").
label(serious_reaction_delay_weeks, "longest delay for a serious adverse reaction").
label(persistent_intolerable_grade_2, "persistent, intolerable grade 2 reaction").

%   Read by reference knowledge only
label(recurrent_disease, "recurrent disease").
label(newly_diagnosed, "newly diagnosed disease").
label(favorable_biology, "favorable biology").
label(mibg_positive, "MIBG scan positive").
label(dominant_psma_negative_lesions, "dominant PSMA-negative lesions").

%   Prostate cancer
label(castration_resistant, "castration-resistant disease").
label(symptomatic_bone_metastases, "symptomatic bone metastases").
label(visceral_metastases, "visceral metastases").
label(liver_metastases, "liver metastases").
label(largest_lymph_node_cm, "largest lymph node").

%   Values and classes

word(first_line, "first line").
word(gep_net, "GEP-NET").
word(foregut_net, "foregut NET").
word(midgut_net, "midgut NET").
word(hindgut_net, "hindgut NET").
word(pancreatic_net, "pancreatic NET").
word(bronchopulmonary_net, "bronchopulmonary NET").
word(thymus_net, "thymic NET").
word(other_net, "another NET").
word(unknown_primary_net, "NET of unknown primary").
word(prostate_cancer, "prostate cancer").
word(sstr_pet_ct, "SSTR PET/CT").
word(sstr_pet_mri, "SSTR PET/MRI").
word(octreotide_spect_ct, "octreotide SPECT/CT").
word(sstr_scintigraphy, "SSTR scintigraphy").
word(other_sstr_pet, "SSTR PET with another tracer").
word(fdg_pet, "FDG PET").
word(mibg, "MIBG").
word(not_performed, "not performed").
word(above_liver, "above the liver").
word(equal_to_liver, "equal to the liver").
word(below_liver, "below the liver").
word(positive_not_compared, "positive without comparison to the liver").
word(ga68_psma_11, "Ga-68 PSMA-11").
word(piflufolastat_f18, "piflufolastat F-18").
word(flotufolastat_f18, "flotufolastat F-18").
word(octreotide_lar, "octreotide LAR").
word(octreotide_short_acting, "short-acting octreotide").
word(octreotide_unspecified, "octreotide of unspecified form").
word(interferon_alfa, "interferon alfa").
word(any_net, "a neuroendocrine tumor of any site").
word(gastroenteropancreatic, "a gastroenteropancreatic NET").
word(somatostatin_analogue, "a somatostatin analogue").
word(long_acting_ssa, "octreotide LAR or lanreotide").
word(targeted_therapy, "a targeted agent").
word(lung_or_thymus, "a bronchopulmonary or thymic NET").

%   Opposites

opposite(stop_rules, "No rule for permanent discontinuation is met: no such liver or kidney toxicity").
opposite(pluvicto_toxicity, "No toxicity that ends the treatment with Pluvicto").
opposite(renal_function_adequate, "Kidney function not adequate as determined by the treating physician").

%   Units

unit_words("a", "years").
unit_words("d", "days").
unit_words("h", "hours").
unit_words("doses", "").
unit_words("/10 HPF", "per 10 HPF").
