% SPDX-License-Identifier: Apache-2.0
:- module(test_language, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [member/2, nextto/3]).
:- use_module(fixtures).
:- use_module('../../prolog/language').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/operators').

/** <module> The grammar of conditions, dates and exact numbers */

%   condition(Condition, Form): every construct of the language once, and its corner cases.

condition(all_of([a, b]),                   combines(all_of, [a, b])).
condition(any_of([a]),                      combines(any_of, [a])).
condition(evidence([]),                     combines(evidence, [])).
condition(not(x >= 3),                      modifies(not, x >= 3)).
condition(supports(a),                      modifies(supports, a)).
condition(rules_out(a),                     modifies(rules_out, a)).
condition(by_reading(r, [case(v, a), case('18', nothing)]),
                                            by_reading(r, [v-a, '18'-nothing])).
condition(by_date([from(2020-01-01, nothing), from(2024-02-29, a)]),
                                            by_date([(2020-1-1)-nothing, (2024-2-29)-a])).
condition(documented(x),                    documented(x)).
condition(undetermined("not printed"),      undetermined("not printed")).
condition(criterion('item 2a'),             refers(criterion('item 2a'))).
condition(nothing,                          nothing).
condition(empty(s),                         compares(s, empty)).
condition(s includes [m, open(c)],          compares(s, includes([m, open(c)]))).
condition(a + b =< 4,                       adds([a, b], 4)).
condition(x = well,                         compares(x, equals(well))).
condition(x = 8,                            compares(x, equals(8))).
condition(x = false,                        compares(x, equals(false))).
condition(x in 7.35..7.45,                  compares(x, within(7.35, 7.45))).
condition(x in [a, b],                      compares(x, one_of([a, b]))).
condition(x in class,                       compares(x, member_of(class))).
condition(x >= 40,                          compares(x, at_least(40))).
condition(x =< -0.5,                        compares(x, at_most(-0.5))).
condition(x > 0,                            compares(x, above(0))).
condition(x < 5,                            compares(x, below(5))).
condition(a,                                refers(definition(a))).
condition(washout(28),                      refers(definition(washout(28)))).

no_condition(_).
no_condition("a text").
no_condition(3).
no_condition([a, b]).
no_condition((a :- b)).
no_condition((a , b)).
no_condition((a ; b)).
no_condition(tumor:a).
no_condition(tumor - a).
no_condition((tumor: x >= 40)).
no_condition(all_of(a)).
no_condition(all_of([a|_])).
no_condition(any_of(_)).
no_condition(evidence(evidence)).
no_condition(_ >= 40).
no_condition(x >= _).
no_condition(x >= y).
no_condition(40 =< x).
no_condition(f(x) < 3).
no_condition(x = _).
no_condition(x = f(y)).
no_condition(x in _).
no_condition(x in 1.._).
no_condition(x in low..high).
no_condition(x in f(y)).
no_condition(s includes octreotide).
no_condition(s includes _).
no_condition(a + b < 4).
no_condition(a + b + c =< 4).
no_condition(a + 3 =< 4).
no_condition(a + b =< c).
no_condition(by_reading("r", [])).
no_condition(by_reading(r, [v-a])).
no_condition(by_reading(r, [from(v, a)])).
no_condition(by_reading(r, [case(v, a)|_])).
no_condition(by_date(from(2020-01-01, a))).
no_condition(by_date([case(2020-01-01, a)])).
no_condition(documented(f(x))).
no_condition(documented(_)).
no_condition(undetermined(why)).
no_condition(criterion("L-1")).
no_condition(criterion(_)).
no_condition(empty([])).

:- begin_tests(language).

test(each_condition_has_its_form, all(C-Form == [])) :-
    condition(C, Form),
    \+ condition_form(C, Form).

test(each_condition_has_one_form, all(C-Forms == [])) :-
    condition(C, _),
    findall(Form, condition_form(C, Form), Forms),
    Forms \= [_].

test(a_form_leaves_no_choice_point, all(C == [])) :-
    condition(C, _),
    \+ leaves_no_choice_point(condition_form(C, _)).

test(what_is_no_condition_is_refused, all(C-Form == [])) :-
    no_condition(C),
    condition_form(C, Form).

test(to_ask_for_a_form_binds_no_variable_of_the_condition, Agents-C == Agents-(s includes [m|Agents])) :-
    C = (s includes [m|Agents]),
    \+ condition_form(C, _).

test(every_condition_of_the_rule_base_has_a_form, all(C == [])) :-
    rule_base(kb, RuleBase, _),
    (   rule_fact(RuleBase, criterion(_, _, _, C, _))
    ;   rule_fact(RuleBase, definition(_, _, C, _)),
        ground(C)
    ;   rule_fact(RuleBase, met_when(_, C))
    ;   rule_fact(RuleBase, applies_to(_, C))
    ;   rule_fact(RuleBase, implausible(C, _))
    ),
    \+ condition_form(C, _).

test(the_shape_of_a_fact_is_said_with_its_own_name, all(Shape == [])) :-
    fact_shape(Shape, Meaning),
    functor(Shape, Name, _),
    atom_concat(Name, '(', Begins),
    \+ sub_string(Meaning, 0, _, _, Begins).

test(no_two_shapes_are_alike, true(Shapes == Distinct)) :-
    findall(Name/Arity, ( fact_shape(Shape, _), functor(Shape, Name, Arity) ), Shapes0),
    msort(Shapes0, Shapes),
    sort(Shapes0, Distinct).

test(a_date_is_a_number_of_eight_digits,
     all(D-N == [(2026-4-1)-20260401, (2024-2-29)-20240229, (2018-12-31)-20181231])) :-
    member(D, [2026-04-01, 2024-02-29, 2018-12-31]),
    day_number(D, N).

test(what_is_no_calendar_date_has_no_number, all(Date == [])) :-
    member(Date, [ 2026-02-29, 2026-02-30, 2100-02-29, 2026-13-01, 2026-00-10, 2026-04-31, 2026-04-00,
                   2026-04, 2026, someday, "2026-04-01", '2026-04-01', 2026-april-1, 2026-4.0-1,
                   _-4-1, date(2026, 4, 1), -1-1 ]),
    day_number(Date, _).

test(day_numbers_are_ordered_as_dates_are, all(Earlier-Later == [])) :-
    nextto(Earlier, Later, [ 2018-12-31, 2019-01-01, 2019-01-31, 2019-02-01, 2019-10-09, 2019-12-01,
                             2020-02-28, 2020-02-29, 2020-03-01 ]),
    day_number(Earlier, E),
    day_number(Later, L),
    L =< E.

test(a_day_number_leaves_no_choice_point) :-
    leaves_no_choice_point(day_number(2026-04-01, _)).

test(a_decimal_is_exact, all(Q == [147r20, 1r10, -1r2, 40, 3, 0])) :-
    member(N, [7.35, 0.1, -0.5, 40, 3.0, 0]),
    exact(N, Q).

test(exact_decimals_add_up, Sum =:= Total) :-
    exact(0.1, A),
    exact(0.2, B),
    exact(0.3, Total),
    Sum is A + B.

test(two_decimals_of_two_places_are_never_one_number, all(N == [])) :-
    between(0, 5000, N),
    X is N / 100.0,
    exact(X, Q),
    Q =\= N rdiv 100.

:- end_tests(language).
