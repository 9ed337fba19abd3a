% SPDX-License-Identifier: Apache-2.0
:- module(plausibility, []).
:- use_module('../prolog/operators').

/** <module> Values that are hardly right, and pairs that cannot both be

They decide nothing; a decision carries them as warnings.

implausible(Condition, Sentence): one value, known to lie where it is far more often a slip of
the unit or the pen than a finding. The limits are ours, chosen well outside of what patients
survive or laboratories report; neither document gives any.

contradictory(Conditions, Sentence): facts that cannot all be true of one patient on one day.

contradictory(Policy, Conditions, Sentence): facts that cannot all be true of one request under
this policy. The type of a request speaks of a course of the drug that is asked for, so that
the same facts can be in order under the policy of another drug.
*/

implausible(albumin_g_l < 10,
    "Albumin below 10 g/L: the value looks like g/dL").
implausible(albumin_g_l > 60,
    "Albumin above 60 g/L").
implausible(bilirubin_x_uln > 40,
    "Bilirubin above 40 times the upper limit of normal: the value looks like a concentration").
implausible(transaminase_x_uln > 200,
    "Transaminases above 200 times the upper limit of normal: the value looks like a concentration in U/L").
implausible(prothrombin_ratio_percent < 5,
    "Prothrombin ratio below 5 %: the value looks like an INR or a fraction").
implausible(prothrombin_ratio_percent > 150,
    "Prothrombin ratio above 150 %").
implausible(creatinine_clearance_ml_min < 5,
    "Creatinine clearance below 5 mL/min: the value looks like mL/s or like a serum creatinine").
implausible(creatinine_clearance_ml_min > 220,
    "Creatinine clearance above 220 mL/min").
implausible(egfr_ml_min_1_73m2 > 200,
    "Estimated GFR above 200 mL/min/1.73 m2").
implausible(creatinine_rise_percent > 1000,
    "Creatinine more than elevenfold its baseline").
implausible(creatinine_clearance_fall_percent < -200,
    "Creatinine clearance more than threefold its baseline").
implausible(age_years > 110,
    "Older than 110 years").
implausible(mitoses_per_10_hpf > 150,
    "More than 150 mitoses per 10 HPF").
implausible(planned_activity_gbq > 10,
    "More than 10 GBq in one dose: the value may be in mCi").
implausible(planned_interval_weeks in 27..104,
    "More than half a year between doses: the value may be in days").
implausible(largest_lymph_node_cm > 15,
    "A lymph node larger than 15 cm: the value may be in mm").
implausible(all_of([ karnofsky > 0, karnofsky < 10 ]),
    "Karnofsky status between 0 and 10: the scale has steps of 10 from 0 to 100; the value looks like an ECOG status").

contradictory([ treatment_line = first_line, not(empty(disease_progression_on)) ],
    "First-line treatment although the tumor progressed on an earlier systemic treatment").
contradictory([ evidence_of_progression = false, not(empty(disease_progression_on)) ],
    "No progression although the tumor progressed on a treatment").
contradictory([ who_grade in [1, 2], differentiation = poor ],
    "Grade 1 or 2 although poorly differentiated").
contradictory([ who_grade in [1, 2], ki67_percent > 20, tumor_type in gastroenteropancreatic ],
    "Grade 1 or 2 although the Ki-67 index is above 20 %").
contradictory([ who_grade = 1, ki67_percent >= 3, tumor_type in gastroenteropancreatic ],
    "Grade 1 although the Ki-67 index is 3 % or more").
contradictory([ karnofsky >= 60, ecog > 2 ],
    "Karnofsky at least 60 although ECOG above 2").
contradictory([ karnofsky < 60, ecog =< 2 ],
    "Karnofsky below 60 although ECOG at most 2").
contradictory([ sstr_imaging = not_performed, sstr_uptake in [above_liver, equal_to_liver, below_liver, mixed, positive_not_compared] ],
    "Uptake on somatostatin receptor imaging although no study was performed").
contradictory([ psma_pet_agent = not_performed, psma_pet_positive ],
    "PSMA-positive although no PSMA PET was performed").
contradictory([ sstr_imaging in [sstr_pet_ct, sstr_pet_mri, other_sstr_pet], not(sstr_pet_available) ],
    "An SSTR PET study although SSTR PET was not available").
contradictory([ liver_metastases, visceral_metastases = false ],
    "Liver metastases although no visceral metastases").
contradictory([ any_of([ liver_metastases, visceral_metastases, symptomatic_bone_metastases ]),
                metastases in [none, regional] ],
    "Visceral or bone metastases although no distant metastases").
contradictory([ prior_octreotide_or_lanreotide = false,
                disease_progression_on includes [ somatostatin_analogue ] ],
    "Progression on a somatostatin analogue although none was given").
contradictory([ recurrent_renal_toxicity, renal_toxicity_grade = 0 ],
    "Recurrent renal toxicity although renal toxicity is documented as grade 0").
contradictory([ stop_rule_met_before, prior_lutathera_doses = 0,
                prior_pluvicto_doses = 0, prior_xofigo_doses = 0 ],
    "A rule to stop was met although no dose was given").

%   A course of the drug that is asked for

contradictory(premera_lutathera,
    [ request_type = continuation, prior_lutathera_doses = 0 ],
    "A continuation request although no dose of Lutathera was given before").
contradictory(premera_lutathera,
    [ request_type = initial, prior_lutathera_doses >= 1, prior_doses_in_earlier_course = false ],
    "The first request of a course although a dose of Lutathera was given in the course under way").

contradictory(premera_pluvicto,
    [ request_type = continuation, prior_pluvicto_doses = 0 ],
    "A continuation request although no dose of Pluvicto was given before").
contradictory(premera_pluvicto,
    [ request_type = initial, prior_pluvicto_doses >= 1, prior_doses_in_earlier_course = false ],
    "The first request of a course although a dose of Pluvicto was given in the course under way").

contradictory(premera_xofigo,
    [ request_type = continuation, prior_xofigo_doses = 0 ],
    "A continuation request although no dose of Xofigo was given before").
contradictory(premera_xofigo,
    [ request_type = initial, prior_xofigo_doses >= 1, prior_doses_in_earlier_course = false ],
    "The first request of a course although a dose of Xofigo was given in the course under way").

contradictory(wellmark_lutathera,
    [ request_type = continuation, prior_lutathera_doses = 0 ],
    "A continuation request although no dose of Lutathera was given before").
contradictory(wellmark_lutathera,
    [ request_type = initial, prior_lutathera_doses >= 1, prior_doses_in_earlier_course = false ],
    "The first request of a course although a dose of Lutathera was given in the course under way").
