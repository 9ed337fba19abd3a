% SPDX-License-Identifier: Apache-2.0
:- module(rules, []).
:- use_module('../../../../prolog/operators').

document(handbook, "A payer", "1", "A handbook", "2026-01-01", "2026-01-01", 10).

attribute(age_years, patient, integer(0..120, "a"), "Completed years of age").
attribute(prior_doses, request, integer(0..40, "doses"), "Doses given before").
attribute(requested_doses, request, integer(1..20, "doses"), "Doses asked for").
attribute(albumin_g_l, toxicity, number(0..100, "g/L"), "Serum albumin").
attribute(tumor_type, tumor, one_of([ gep_net, thymus_net, other ]), "Tumor").
attribute(differentiation, tumor, one_of([ well, poor ]), "Differentiation").
attribute(unresectable, tumor, boolean, "Unresectable disease").
class(net, [tumor_type], [ gep_net, thymus_net ]).
unit_suffix('_g_l', "g/L").

reading(adult_age, "From which age is one an adult?",
    [ value('18', "18 years"), value('19', "19 years") ],
    [ handbook("Scope", [1]) ]).

policy(handbook_drug, handbook, "The drug").
applies_to(handbook_drug, tumor_type in net).
in_force_from(handbook_drug, 2020-01-01, "nothing is printed of the time before").
text(handbook_drug, 2020-01-01, printed, "the first text", [ handbook("History", [10]) ]).
text(handbook_drug, 2024-01-01, printed, "the cap enters", [ handbook("History", [10]) ]).
met_when(handbook_drug, all_of([ criterion('H-1'), criterion('H-2'), criterion('H-3') ])).

criterion(handbook_drug, 'H-1', "An adult",
    by_reading(adult_age, [ case('18', age_years >= 18), case('19', age_years >= 19) ]),
    [ handbook("Scope", [1]) ]).
criterion(handbook_drug, 'H-2', "Well differentiated NET that cannot be resected",
    all_of([ tumor_type in net, well, unresectable, albumin_g_l >= 30 ]),
    [ handbook("Criteria", [2, 3-4]) ]).
criterion(handbook_drug, 'H-3', "At most 4 doses",
    by_date([ from(2020-01-01, nothing), from(2024-01-01, prior_doses + requested_doses =< 4) ]),
    [ handbook("Criteria", [5]) ]).
definition(well, "Well differentiated",
    evidence([ differentiation = well, rules_out(tumor_type = other) ]),
    [ handbook("Criteria", [3]) ]).

unit("a", ["years"]).
unit("doses", []).
unit("g/L", ["g/l"]).
unit("g/dL", []).
converts(any, "g/dL", "g/L", 10).
recorded(albumin, series("g/L"), "Serum albumin").
derived(albumin_g_l, latest([ albumin ], []), "The last value", []).
