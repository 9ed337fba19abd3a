% SPDX-License-Identifier: Apache-2.0
:- module(findings_of_rules, []).
:- use_module('../prolog/operators').

/** <module> What is found in these rules and accepted

accepted_finding(Policy, Place, Kind, Readings, Why): `lutalogic health` finds Kind at Place, under the
default readings but for Readings, and it is to stay so. docs/health.md tells what the kinds mean.
*/

%   Wellmark, Lutathera

accepted_finding(wellmark_lutathera,
    clause('item 1', mitoses_per_10_hpf in 2..10), shadowed, [ w_item1 = literal_list ],
    "The list as printed asks for fewer than 2 mitoses in every case, so its line on 2 to 10 mitoses can never count; this is why the literal reading is not the default.").
accepted_finding(wellmark_lutathera,
    clause('item 1', supports(not(empty(disease_progression_on)))), shadowed, [],
    "Progression on an earlier treatment speaks against first-line therapy, which item 1 asks as well under the default reading of primary therapy.").
accepted_finding(wellmark_lutathera,
    clause('item 2a', rules_out(differentiation = poor)), redundant, [],
    "Item 2a asks for a well-differentiated tumor by itself; the limit on the Ki-67 index is shared with policies that do not.").
accepted_finding(wellmark_lutathera,
    clause('item 2a', well_differentiated), redundant, [ w_well_differentiated = ki67_shows_it ],
    "Where a Ki-67 index of at most 20 % shows that a tumor is well differentiated, asking for both asks for one thing twice.").
accepted_finding(wellmark_lutathera,
    clause('item 2b', grade_2), shadowed, [],
    "The document names grade 2 beside a Ki-67 index of 10 to 20 %, which lies within grade 2 already.").
accepted_finding(wellmark_lutathera,
    clause('item 2b', rules_out(who_grade = 1)), shadowed, [],
    "Item 2b asks for grade 2 by itself, so a reported grade of 1 bars it already; the limits on the Ki-67 index are each read with the grades that contradict them.").
accepted_finding(wellmark_lutathera,
    clause('item 2b', rules_out(who_grade = 3)), shadowed, [],
    "Item 2b asks for grade 2 by itself, so a reported grade of 3 bars it already; the limits on the Ki-67 index are each read with the grades that contradict them.").
accepted_finding(wellmark_lutathera,
    clause('item 2b', supports(who_grade = 3)), shadowed, [],
    "A reported grade of 3 speaks for a Ki-67 index of at least 10 % and against grade 2, which item 2b asks as well.").
accepted_finding(wellmark_lutathera,
    clause('item 2b', supports(who_grade = 1)), shadowed, [],
    "A reported grade of 1 speaks for a Ki-67 index below 20 % and against grade 2, which item 2b asks as well.").
accepted_finding(wellmark_lutathera,
    clause('item 2b', supports(who_grade in [1, 2])), shadowed, [ w_well_differentiated = ki67_shows_it ],
    "The Ki-67 index that item 2b asks shows under this reading that the tumor is well differentiated, whatever the grade.").
accepted_finding(wellmark_lutathera,
    clause('item 2b', ki67_at_most_20), redundant, [ w_first_line_ki67_upper = up_to_20 ],
    "Up to 20 % is what grade 2 means, which item 2b asks as well.").
accepted_finding(wellmark_lutathera,
    clause('item 3', subsequent_line), redundant, [],
    "The document asks for subsequent therapy after progression; progression on a treatment shows that a later one is subsequent.").
accepted_finding(wellmark_lutathera,
    clause('item 3', rules_out(treatment_line = first_line)), redundant, [],
    "Item 3 asks for subsequent therapy by itself, so first-line therapy bars it already.").

%   A record pends that need not: unknown is never taken for no, and each condition is judged by itself.

accepted_finding(wellmark_lutathera,
    condition(any_of([ typical_carcinoid, item_1_progression, atypical_carcinoid ])), gap_true, [],
    "Mitoses known only as an interval around 2, without necrosis, are typical or atypical, and item 1 admits both; each is judged by itself, so the exact count is asked for.").
accepted_finding(wellmark_lutathera,
    condition(any_of([ all_of([ clinically_significant_tumor_burden, typical_carcinoid ]),
                       item_1_progression,
                       atypical_carcinoid ])), gap_true, [ w_item1 = burden_governs_typical ],
    "Mitoses known only as an interval around 2, without necrosis, are typical or atypical, and item 1 admits both where the tumor burden is significant; the exact count is asked for.").
accepted_finding(wellmark_lutathera,
    condition(all_of([ clinically_significant_tumor_burden,
                       mitoses_per_10_hpf < 2,
                       any_of([ necrosis = none,
                                item_1_progression,
                                mitoses_per_10_hpf in 2..10,
                                necrosis = foci ]) ])), gap_false, [ w_item1 = literal_list ],
    "With extensive necrosis and no progression the list as printed asks for fewer than 2 mitoses and for 2 to 10; no count satisfies both, but the count is asked for.").
accepted_finding(wellmark_lutathera, outcome, gap_true, [],
    "It is the gap of item 1 for mitoses around 2, in a request that meets all else: the exact count of mitoses is asked for before the request is met.").
accepted_finding(wellmark_lutathera, outcome, gap_false, [],
    "If it is not documented whether the request starts a course or continues one, facts that bar each kind by a different criterion leave it pending; the kind of request is asked for first.").

%   Premera

accepted_finding(premera_lutathera,
    clause('L-5', documented(creatinine_clearance_ml_min)), shadowed, [ p_egfr = egfr_accepted ],
    "A clearance of at least 40 is documented anyway; the clause is there so that an undocumented one is a plain no on this side, and the estimated GFR decides.").
accepted_finding(premera_pluvicto,
    clause('P-7', reduced_activity), redundant, [],
    "5.9 GBq before any reduction is within what is allowed with at most one reduction; both are said so that each line can be read by itself.").
accepted_finding(premera_pluvicto,
    clause('P-11', reduced_activity), redundant, [ p_label_dosing = binding ],
    "5.9 GBq before any reduction is within what is allowed with at most one reduction; both are said so that each line can be read by itself.").
accepted_finding(premera_pluvicto,
    criterion('P-7'), redundant, [ p_label_dosing = binding ],
    "If the regimen of the label binds every request, P-11 asks of all doses what P-7 asks of later ones.").
accepted_finding(premera_pluvicto,
    criterion('P-8'), redundant, [ p_label_dosing = binding ],
    "If the regimen of the label binds every request, P-11 asks of all doses what P-8 asks of later ones.").
accepted_finding(premera_lutathera,
    condition(all_of([ not(documented(creatinine_clearance_ml_min)),
                       egfr_ml_min_1_73m2 >= 40 ])), gap_false, [ p_egfr = egfr_accepted ],
    "It asks about the record and not about the patient: whoever fills in every fact documents the clearance too, and this side then no longer counts.").
accepted_finding(premera_lutathera, outcome, gap_false, [],
    "If it is not documented whether the request starts a course or continues one, a low clearance bars the first by L-5 and the second by L-10; the kind of request is asked for first.").
accepted_finding(premera_pluvicto, outcome, gap_false, [],
    "If it is not documented whether the request starts a course or continues one, facts that bar each kind by a different criterion leave it pending; the kind of request is asked for first.").

%   Both payers

accepted_finding(premera_lutathera, pair('L-3', wellmark_lutathera, 'W-3'), equivalent,
    [ p_scintigraphy = only_if_pet_unavailable ],
    "Read so, Premera takes scintigraphy as Wellmark does by default, and both then ask for the same study.").
accepted_finding(premera_lutathera, pair('L-3', wellmark_lutathera, 'W-3'), equivalent,
    [ w_scintigraphy = accepted ],
    "Read so, Wellmark takes scintigraphy as Premera does by default, and both then ask for the same study.").
