% SPDX-License-Identifier: Apache-2.0
:- module(test_record_checks, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [member/2]).
:- use_module(fixtures).
:- use_module('../../prolog/loader').
:- use_module('../../prolog/operators').
:- use_module('../../prolog/record_checks').

/** <module> Units, entries and derived facts fit together

The words of each refusal are in tests/kb/bad; here is what is refused, and what is not.
*/

said(Facts, Said) :-
    rule_base_of(Facts, RuleBase),
    findall(What, bad_record(RuleBase, _, What), Found),
    sort(Found, Said).

%   Entries of every kind, with the attributes that follow from them.

entry(b, date).
entry(s, one_of([f, m])).
entry(w, series("kg")).
entry(c, series("mg/dL")).
entry(l, series_with_limit("U/L")).
entry(d:x, doses("GBq")).
entry(t, times).

rule(completed_years([b], []), "a").
rule(latest([w], []), "kg").
rule(multiple([l], []), "x ULN").
rule(highest_multiple([l, l], [days_apart(30)]), "x ULN").
rule(rise_percent([c], []), "%").
rule(cockcroft_gault([b, s, w, c], [from_age(140), divisor(72), female(0.85)]), "mL/min").
rule(cockcroft_gault_fall([b, s, w, c], [from_age(140), divisor(72), female(0.85)]), "%").
rule(count([d:x], []), "doses").
rule(weeks_since([d:x], []), "weeks").
rule(reductions([d:x], [no_fall(2), fall(10)]), "").
rule(days_since([t], []), "d").
rule(hours_since([t], []), "h").

no_rule(latest).
no_rule(latest(w, [])).
no_rule(latest([w])).
no_rule(latest([], [])).
no_rule(latest([w, c], [])).
no_rule(latest([b], [])).
no_rule(latest([w], [extra(1)])).
no_rule(multiple([l, l], [])).
no_rule(highest_multiple([l, l], [])).
no_rule(highest_multiple([l, c], [days_apart(30)])).
no_rule(cockcroft_gault([b, s, w, c], [])).
no_rule(cockcroft_gault([s, b, w, c], [from_age(140), divisor(72), female(0.85)])).
no_rule(cockcroft_gault([b, s, w, c], [from_age(140), divisor(0), female(0.85)])).
no_rule(cockcroft_gault([b, s, w, c], [from_age(140), divisor(72), female(x)])).
no_rule(reductions([d:x], [fall(10), no_fall(2)])).
no_rule(count([t], [])).

with_rule(Rule, Unit, Facts) :-
    findall(recorded(Entry, Kind, "An entry"), entry(Entry, Kind), Entries),
    findall(derived(other, count([Entry], []), "", []), entry(Entry, _), Uses),
    append([ [ attribute(fact, g, number(0..9, Unit), "A fact"), derived(fact, Rule, "", []) ], Entries, Uses ],
           Facts).

said_of_rule(Rule, Unit, About) :-
    with_rule(Rule, Unit, Facts),
    said(Facts, Said),
    findall(What, ( member(What, Said), ( What = bad_rule(fact, _) ; What = unit_of_rule(fact, _, _) ) ), About).

:- begin_tests(record_checks).

test(the_rule_base_of_the_project_has_no_problem, Said == []) :-
    rule_base(kb, RuleBase, _),
    findall(What, bad_record(RuleBase, _, What), Said).

test(a_rule_base_without_records_has_no_problem, Said == []) :-
    said([attribute(a, g, number(0..9, "g/L"), "A")], Said).

test(each_rule_is_taken_with_its_entries_constants_and_unit, all(Rule-About == [])) :-
    rule(Rule, Unit),
    said_of_rule(Rule, Unit, About),
    About \== [].

test(each_rule_is_refused_in_another_unit, all(Rule == [])) :-
    rule(Rule, Unit),
    said_of_rule(Rule, "furlong", About),
    About \== [unit_of_rule(fact, "furlong", Unit)].

test(other_rules_are_refused, all(Rule-About == [])) :-
    no_rule(Rule),
    said_of_rule(Rule, "kg", About),
    About \= [bad_rule(fact, _)].

test(a_rule_that_says_yes_or_no_gives_a_boolean, Said == [unit_of_rule(f, one_of([a, b]), boolean)]) :-
    said([ attribute(f, g, one_of([a, b]), "F"), recorded(d, doses("GBq"), "D"), unit("GBq", []),
           derived(f, some_in_earlier_course([d], []), "", []) ], Said).

test(a_factor_is_a_number_above_zero_between_two_units, all(Factor == [])) :-
    member(Factor, [0, -1, "10", ten, 1.0Inf]),
    said([unit("x", []), unit("y", []), converts(any, "x", "y", Factor)], Said),
    Said \= [bad_factor("x", "y", _)].

test(a_unit_does_not_convert_into_itself, Said == [bad_factor("x", "x", 1)]) :-
    said([unit("x", []), converts(any, "x", "x", 1)], Said).

test(two_substances_may_convert_by_their_own_factors, Said == []) :-
    said([ unit("x", []), unit("y", []),
           recorded(a, series("x"), "A"), recorded(b, series("x"), "B"),
           attribute(p, g, number(0..9, "x"), "P"), attribute(q, g, number(0..9, "x"), "Q"),
           derived(p, latest([a], []), "", []), derived(q, latest([b], []), "", []),
           converts(a, "x", "y", 2), converts(b, "x", "y", 3) ], Said).

test(a_unit_that_any_entry_uses_is_declared, Said == [unknown(unit, "stone", ["x"])]) :-
    said([ unit("x", []), attribute(p, g, number(0..9, "stone"), "P"), attribute(q, g, number(0..9, "x"), "Q") ],
         Said).

test(an_entry_has_a_name_of_one_or_two_words, all(Name == [])) :-
    member(Name, ["text", 3, a:b:c, f(x)]),
    said([recorded(Name, times, "T")], Said),
    \+ memberchk(bad_entry(Name, times), Said).

:- end_tests(record_checks).
