% SPDX-License-Identifier: Apache-2.0
:- module(test_circles, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [append/3]).
:- use_module(fixtures).
:- use_module('../../prolog/circles').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/operators').

/** <module> What refers to itself is told, however far around, and nothing else is */

%   Lines 1 to 6 of the rule base.

facts([ attribute(age, g, integer(0..120, "a"), ""),
        attribute(tumor, g, one_of([net, sarcoma, other]), ""),
        attribute(agents, g, set_of([lar, sunitinib]), ""),
        attribute(fit, g, boolean, ""),
        policy(p, d, ""),
        definition(adult, "", age >= 18, []) ]).

circles(Added, Circles) :-
    facts(Facts),
    append(Facts, Added, All),
    rule_base_of(All, RuleBase),
    findall(Line-Name, circle(RuleBase, _:Line, Name), Found),
    sort(Found, Circles).

:- begin_tests(circles).

test(a_definition_of_itself_is_told, Circles == [8-turn]) :-
    circles([ met_when(p, turn), definition(turn, "", all_of([fit, not(turn)]), []) ], Circles).

test(definitions_of_each_other_are_told, Circles == [8-turn, 9-around]) :-
    circles([ met_when(p, turn), definition(turn, "", not(around), []),
              definition(around, "", not(turn), []) ],
            Circles).

test(a_definition_of_ever_larger_parameters_is_told, Circles == [8-grows]) :-
    circles([ met_when(p, grows(1)), definition(grows(N), "", not(grows(f(N))), []) ], Circles).

test(a_criterion_that_refers_to_itself_is_told, Circles == [7-'A']) :-
    circles([criterion(p, 'A', "", all_of([fit, criterion('A')]), [])], Circles).

test(criteria_that_refer_to_each_other_are_told, Circles == [7-'A', 8-'B']) :-
    circles([ criterion(p, 'A', "", not(criterion('B')), []),
              criterion(p, 'B', "", not(criterion('A')), []) ],
            Circles).

test(a_circle_through_a_criterion_and_a_definition_is_told, Circles == [7-'A', 8-well]) :-
    circles([ criterion(p, 'A', "", well, []), definition(well, "", not(criterion('A')), []) ], Circles).

test(a_circle_through_a_parameter_is_told, Circles == [8-well]) :-
    circles([ definition(unless(C), "", not(C), []), definition(well, "", unless(well), []) ], Circles).

test(a_circle_through_a_list_of_parameters_is_told, Circles == [9-loops]) :-
    circles([ met_when(p, loops),
              definition(either(Cs), "", any_of(Cs), []),
              definition(loops, "", either([loops, adult]), []) ],
            Circles).

test(a_circle_through_two_lists_of_parameters_is_told, Circles == [9-loops]) :-
    circles([ definition(either(Cs), "", any_of(Cs), []),
              definition(outer(Cs), "", either(Cs), []),
              definition(loops, "", outer([adult, not(loops)]), []) ],
            Circles).

test(a_value_that_is_called_as_its_definition_is_no_circle, Circles == []) :-
    circles([ met_when(p, all_of([lar, net])),
              definition(lar, "", agents_of([lar]), []),
              definition(net, "", tumor_of(net), []),
              definition(agents_of(X), "", agents includes X, []),
              definition(tumor_of(X), "", tumor = X, []) ],
            Circles).

test(a_criterion_of_the_same_name_in_another_policy_is_no_circle, Circles == []) :-
    circles([ policy(q, d, ""),
              criterion(p, 'A', "", criterion('B'), []), criterion(p, 'B', "", fit, []),
              criterion(q, 'B', "", criterion('A'), []), criterion(q, 'A', "", fit, []) ],
            Circles).

test(definitions_that_apply_one_another_many_times_over_are_looked_at_once, Circles == []) :-
    findall(definition(Head, "", any_of([Next, not(Next), Next]), []),
            ( between(1, 40, N), M is N + 1, atom_concat(d, N, Name), atom_concat(d, M, Other),
              Head =.. [Name, X], Next =.. [Other, X] ),
            Definitions),
    circles([met_when(p, d1([fit])), definition(d41(Cs), "", any_of(Cs), [])|Definitions], Circles).

:- end_tests(circles).
