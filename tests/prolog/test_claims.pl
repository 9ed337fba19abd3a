% SPDX-License-Identifier: Apache-2.0
:- module(test_claims, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [member/2]).
:- use_module(fixtures).
:- use_module('../../prolog/claims').
:- use_module('../../prolog/language').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/nodes').
:- use_module('../../prolog/operators').

/** <module> The grammar of claims */

claim(implies(a, b),                     combines(implies, [a, b])).
claim(all_of([a, b, c]),                 combines(all_of, [a, b, c])).
claim(any_of([]),                        combines(any_of, [])).
claim(not(a),                            combines(not, [a])).
claim(first(a),                          of_record(first, a)).
claim(second(not(a)),                    of_record(second, not(a))).
claim(outcome(p, latest, []) = met,      outcome(p, under(latest, []), met)).
claim(outcome(p, someday, [r = v]) = no, outcome(p, under(someday, [r = v]), no)).
claim(conflict(p, 2026-04-01, []),       conflict(p, under(2026-4-1, []))).
claim(is_true(x >= 3),                   truth(condition(x >= 3), always, true)).
claim(is_false(a + b =< 4),              truth(condition(a + b =< 4), always, false)).
claim(is_unknown(all_of([a, b])),        truth(condition(all_of([a, b])), always, unknown)).
claim(is_true(d(3), latest, [r = '3']),  truth(condition(d(3)), under(latest, [r = '3']), true)).
claim(is_true(criterion(p, 'C')),        truth(criterion(p, 'C'), always, true)).
claim(is_true(criterion('C')),           truth(condition(criterion('C')), always, true)).
claim(is_false(recommendation(i), each_text, []),
                                         truth(recommendation(i), under(each_text, []), false)).

no_claim(x >= 3).
no_claim(fit).
no_claim(3).
no_claim("fit").
no_claim(_).
no_claim(implies(a)).
no_claim(all_of(a)).
no_claim(all_of([a|_])).
no_claim(not(a, b)).
no_claim(first(a, b)).
no_claim(outcome(p, latest, [])).
no_claim(outcome(p, latest) = met).
no_claim(outcome("p", latest, []) = met).
no_claim(outcome(p, latest, [], x) = met).
no_claim(outcome(p, latest, r = v) = met).
no_claim(outcome(p, latest, [r]) = met).
no_claim(outcome(p, latest, ["r" = v]) = met).
no_claim(outcome(p, latest, []) = "met").
no_claim(conflict(p)).
no_claim(conflict(p, latest, [r])).
no_claim(is_true(fit, latest)).
no_claim(is_true(fit, latest, r = v)).
no_claim(is_true("fit")).
no_claim(is_true(_)).
no_claim(is_true(criterion(p, "C"))).
no_claim(is_true(recommendation("i"))).
no_claim(is_met(p)).

:- begin_tests(claims).

test(each_claim_has_its_form, all(Claim-Forms == [])) :-
    claim(Claim, Form),
    findall(F, claim_form(Claim, F), Forms),
    Forms \== [Form].

test(a_form_leaves_no_choice_point, all(Claim == [])) :-
    claim(Claim, _),
    \+ leaves_no_choice_point(claim_form(Claim, _)).

test(every_claim_begins_with_a_word_of_claims, all(Claim == [])) :-
    claim(Claim, _),
    ( Claim = (Left = _) -> true ; Left = Claim ),
    functor(Left, Word, _),
    \+ word_of_claims(Word).

test(what_is_no_claim_is_refused, all(Term-Form == [])) :-
    no_claim(Term),
    claim_form(Term, Form).

test(to_ask_for_a_form_binds_no_variable, all(Term == [])) :-
    member(Term, [_, is_true(_), outcome(_, latest, []) = met, outcome(p, latest, _) = met,
                  outcome(p, latest, [_]) = met, conflict(_, _, _), all_of(_)]),
    copy_term(Term, Before),
    \+ ( \+ claim_form(Term, _), Term =@= Before ).

test(every_day_has_its_form,
     all(Form == [ latest, each(null, null), each(2025-1-1, null), each(null, 2025-1-1), day(2026-3-31) ])) :-
    member(On, [latest, each_text, each_text_from(2025-01-01), each_text_before(2025-01-01), 2026-03-31]),
    on_form(On, Form).

test(what_is_no_day_has_no_form, all(On == [])) :-
    member(On, [ _, now, 2026-02-29, "2026-03-31", each_text_from(now), each_text_before(_), 2026,
                 each_text_from(2025-01-01, 2026-01-01) ]),
    on_form(On, _).

test(the_scope_tells_how_many_records,
     all(Form == [ records(1, record, []), records(2, extension, []), records(2, change, [a, b]),
                   records(2, increase, [a]) ])) :-
    member(Over, [record, extension, change([a, b]), increase(a)]),
    scope_form(Over, Form).

test(what_tells_no_records_has_no_form, all(Over == [])) :-
    member(Over, [records, change(a), increase, [record], "record", 3]),
    scope_form(Over, _).

test(the_parts_of_a_claim_come_with_the_records_they_are_about,
     all(Records-Sub == [ []-implies(first(all_of([a, second(b)])), c), []-first(all_of([a, second(b)])),
                          [first]-all_of([a, second(b)]), [first]-a, [first]-second(b),
                          [first, second]-b, []-c ])) :-
    sub_claim(implies(first(all_of([a, second(b)])), c), Records, Sub).

test(every_theorem_is_a_fact_of_the_language, all(Fact == [])) :-
    theorem_fact(Fact, _, _, _, _, _),
    \+ fact_shape(Fact, _).

test(conditions_come_with_the_place_of_their_theorem_and_subjects_that_are_none_do_not,
     all(Condition-Line == [fit-2, (x >= 3)-2, adult-1])) :-
    rule_base_of([ non_theorem(b, "B", extension, first(is_false(adult, latest, []))),
                   theorem(a, "A", record, all_of([ is_true(fit), is_true(criterion(p, 'C'), latest, []), not(3),
                                                    implies(outcome(p, latest, []) = met, is_unknown(x >= 3)),
                                                    is_true(recommendation(r)), fit ])) ],
                 RuleBase),
    theorem_condition(RuleBase, Condition, _:Line).

test(every_condition_of_a_theorem_has_a_node, all(Condition == [])) :-
    rule_base(kb, RuleBase, Nodes),
    theorem_condition(RuleBase, Condition, _),
    \+ node_of(Nodes, theorems, Condition, _).

test(the_rule_base_has_theorems_and_what_is_none, all(Fact == [])) :-
    rule_base(kb, RuleBase, _),
    theorem_fact(Fact, _, _, _, _, _),
    \+ rule_fact(RuleBase, Fact).

test(every_part_of_a_claim_of_the_rule_base_is_a_claim, all(Sub == [])) :-
    rule_base(kb, RuleBase, _),
    theorem_fact(Fact, _, _, _, _, Claim),
    rule_fact(RuleBase, Fact),
    sub_claim(Claim, _, Sub),
    \+ claim_form(Sub, _).

:- end_tests(claims).
