% SPDX-License-Identifier: Apache-2.0
:- module(test_operators, []).
:- use_module(library(plunit)).
:- use_module(library(clpfd), []).
:- use_module(library(lists), [member/2]).
:- use_module('../../prolog/operators').

/** <module> The operators read as people do, and stay where they are imported */

read_condition(Text, Condition) :-
    term_string(Condition, Text, [module(operators)]).

:- begin_tests(operators).

test(there_are_three_of_them, Ops == [op(450, xfx, ..), op(700, xfx, in), op(700, xfx, includes)]) :-
    module_property(operators, exported_operators(Exported)),
    sort(Exported, Ops).

test(none_of_them_is_global, all(Op == [])) :-
    member(Op, [in, includes, ..]),
    current_op(_, _, user:Op).

test(a_range_is_one_side_of_in, Condition == in(ki67_percent, '..'(3, 20))) :-
    read_condition('ki67_percent in 3..20', Condition).

test(a_range_of_decimals_needs_no_spaces, Condition == in(planned_activity_gbq, '..'(7.35, 7.45))) :-
    read_condition('planned_activity_gbq in 7.35..7.45', Condition).

test(the_range_of_a_type_may_be_below_zero, Type == integer('..'(-100, 5000), "%")) :-
    read_condition('integer(-100..5000, "%")', Type).

test(includes_takes_a_list, Condition == includes(agents, [lanreotide, open(targeted)])) :-
    read_condition('agents includes [lanreotide, open(targeted)]', Condition).

test(not_is_no_operator, error(syntax_error(_))) :-
    read_condition('not age_years', _).

test(comparisons_do_not_chain, error(syntax_error(_))) :-
    read_condition('3 =< ki67_percent =< 20', _).

test(a_label_before_a_condition_binds_to_its_attribute_alone, Condition == (tumor:age_years >= 40)) :-
    read_condition('tumor: age_years >= 40', Condition),
    Condition = (Labelled >= 40),
    Labelled == tumor:age_years.

test(those_that_clpfd_has_too_are_the_same, all(Op-P == [in-700, (..)-450])) :-
    member(Op, [in, ..]),
    current_op(P, xfx, operators:Op),
    current_op(P, xfx, clpfd:Op).

:- end_tests(operators).
