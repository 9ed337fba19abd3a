% SPDX-License-Identifier: Apache-2.0
:- module(test_truth, []).
:- use_module(library(plunit)).
:- use_module(library(aggregate), [aggregate_all/3]).
:- use_module(library(apply), [exclude/3, foldl/4, maplist/2, maplist/3]).
:- use_module(library(lists), [append/3, member/2, max_list/2, min_list/2, permutation/2]).
:- use_module(fixtures).
:- use_module('../../prolog/truth').

/** <module> Three-valued truth against a formulation of its own

Here truths are numbers, f < u < t: conjunction is the least, disjunction the greatest, negation
the mirror image; `-` is left out before. Evidence is counted: which sources speak, and do they agree?
*/

rank(f, 0).
rank(u, 1).
rank(t, 2).

truth(-).
truth(T) :- rank(T, _).

in_force(Truths, Ranks) :-
    exclude(==(-), Truths, Present),
    maplist(rank, Present, Ranks).

expected(and, Truths, Truth) :-
    in_force(Truths, Ranks),
    ( Ranks == [] -> Truth = (-) ; min_list(Ranks, R), rank(Truth, R) ).
expected(or, Truths, Truth) :-
    in_force(Truths, Ranks),
    ( Ranks == [] -> Truth = (-) ; max_list(Ranks, R), rank(Truth, R) ).
expected(evidence, Truths, Truth) :-
    exclude(==(-), Truths, Present),
    (   Present == []
    ->  Truth = (-)
    ;   memberchk(t, Present),
        \+ memberchk(f, Present)
    ->  Truth = t
    ;   memberchk(f, Present),
        \+ memberchk(t, Present)
    ->  Truth = f
    ;   Truth = u
    ).

%   All lists of at most so many truths.

truths_up_to(Most, Truths) :-
    between(0, Most, Length),
    length(Truths, Length),
    maplist(truth, Truths).

folded(Op, Truths, Truth) :-
    foldl(combined(Op), Truths, -, Truth).

combined(Op, T, T0, T1) :-
    call(Op, T0, T, T1).

evidence(Truths, Truth) :-
    folded(join, Truths, Joined),
    verdict(Joined, Truth).

%   What may become of a truth when more is known.

refined(T, T) :- truth(T).
refined(u, t).
refined(u, f).

:- begin_tests(truth).

test(conjunction_is_the_least_of_those_in_force, Exceptions == []) :-
    findall(A-B, ( truth(A), truth(B), expected(and, [A, B], T), \+ and(A, B, T) ), Exceptions).

test(disjunction_is_the_greatest_of_those_in_force, Exceptions == []) :-
    findall(A-B, ( truth(A), truth(B), expected(or, [A, B], T), \+ or(A, B, T) ), Exceptions).

test(negation_is_the_mirror_image, Exceptions == []) :-
    findall(A, ( rank(A, R), Mirrored is 2 - R, rank(T, Mirrored), \+ negation(A, T) ), Exceptions).

test(what_is_not_in_force_has_no_negation, T == (-)) :-
    negation(-, T).

test(support_is_true_or_silent, all(A-T == [(-)-(-), f-u, u-u, t-t])) :-
    truth(A),
    support(A, T).

test(ruling_out_is_false_or_silent, all(A-T == [(-)-(-), f-u, u-u, t-f])) :-
    truth(A),
    ruling_out(A, T).

test(a_verdict_on_a_conflict_is_unknown, all(J-T == [(-)-(-), u-u, t-t, f-f, c-u])) :-
    member(J, [-, u, t, f, c]),
    verdict(J, T).

test(the_tables_are_full_and_each_answer_is_one, Exceptions == []) :-
    findall(Goal,
            ( table_goal(Goal), aggregate_all(count, Goal, Count), Count =\= 1 ),
            Exceptions).

test(no_answer_leaves_a_choice_point, Exceptions == []) :-
    findall(Goal, ( table_goal(Goal), \+ leaves_no_choice_point(Goal) ), Exceptions).

table_goal(truth:Goal) :-
    truth(A),
    truth(B),
    member(Goal, [ and(A, B, _), or(A, B, _) ]).
table_goal(truth:Goal) :-
    truth(A),
    member(Goal, [ negation(A, _), support(A, _), ruling_out(A, _) ]).
table_goal(truth:Goal) :-
    member(J, [-, u, t, f, c]),
    (   Goal = verdict(J, _)
    ;   truth(S),
        Goal = join(J, S, _)
    ).

test(and_and_or_of_lists_are_their_least_and_greatest, Exceptions == []) :-
    findall(Op-Truths,
            ( truths_up_to(4, Truths),
              member(Op, [and, or]),
              expected(Op, Truths, T),
              \+ folded(Op, Truths, T) ),
            Exceptions).

test(de_morgan, Exceptions == []) :-
    findall(A-B,
            ( truth(A), truth(B),
              and(A, B, Both), negation(Both, NotBoth),
              negation(A, NotA), negation(B, NotB), or(NotA, NotB, Either),
              NotBoth \== Either ),
            Exceptions).

test(evidence_is_what_the_sources_that_speak_agree_on, Exceptions == []) :-
    findall(Truths,
            ( truths_up_to(5, Truths), expected(evidence, Truths, T), \+ evidence(Truths, T) ),
            Exceptions).

test(evidence_does_not_depend_on_the_order_of_its_sources, Exceptions == []) :-
    findall(Truths-Other,
            ( truths_up_to(4, Truths), evidence(Truths, T), permutation(Truths, Other),
              \+ evidence(Other, T) ),
            Exceptions).

test(groups_of_sources_that_do_not_conflict_join_as_their_members_do, Exceptions == []) :-
    findall(Left-Right,
            ( truths_up_to(3, Left), folded(join, Left, L), L \== c,
              truths_up_to(3, Right), folded(join, Right, R), R \== c,
              join(L, R, Joined),
              append(Left, Right, All),
              \+ folded(join, All, Joined) ),
            Exceptions).

test(no_source_ends_a_conflict, Exceptions == []) :-
    findall(S, ( truth(S), \+ join(c, S, c) ), Exceptions).

test(to_know_more_never_turns_a_combination_around, Exceptions == []) :-
    findall(Op:A-B,
            ( member(Op, [and, or]),
              truth(A), truth(B), call(Op, A, B, T),
              refined(A, A1), refined(B, B1), call(Op, A1, B1, T1),
              \+ refined(T, T1) ),
            Exceptions).

test(to_know_more_never_turns_evidence_around_but_may_make_it_conflict, Exceptions == []) :-
    findall(Truths-More,
            ( truths_up_to(3, Truths), evidence(Truths, T),
              maplist(refined, Truths, More), evidence(More, T1),
              \+ refined(T, T1),
              T1 \== u ),
            Exceptions).

:- end_tests(truth).
