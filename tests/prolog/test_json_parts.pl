% SPDX-License-Identifier: Apache-2.0
:- module(test_json_parts, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [member/2]).
:- use_module(fixtures).
:- use_module('../../prolog/json_parts').

/** <module> Sources and numbers as JSON has them */

:- begin_tests(json_parts).

test(a_source_has_its_lines_as_pairs,
     Dict =@= _{document: wellmark, section: "Policy", lines: [[59, 59], [61, 63]]}) :-
    source_dict(wellmark("Policy", [59, 61-63]), Dict).

test(a_number_is_whole_or_has_a_point, all(D == [40, 7.35, 0.1])) :-
    member(N, [40, 147r20, 0.1]),
    decimal(N, D).

test(nothing_here_leaves_a_choice_point) :-
    leaves_no_choice_point(source_dict(wellmark("Policy", [59, 61-63]), _)),
    leaves_no_choice_point(decimal(7.35, _)).

:- end_tests(json_parts).
