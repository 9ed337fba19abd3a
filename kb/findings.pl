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
