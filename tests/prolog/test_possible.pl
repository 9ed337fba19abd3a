% SPDX-License-Identifier: Apache-2.0
:- module(test_possible, []).
:- use_module(library(plunit)).
:- use_module(library(aggregate), [aggregate_all/3]).
:- use_module(library(apply), [maplist/3]).
:- use_module(library(lists), [member/2, nth0/3, numlist/3, sum_list/2]).
:- use_module(fixtures).
:- use_module('../../prolog/operators').
:- use_module('../../prolog/possible').

/** <module> A test of a fact against all values that the fact may have

Brute force: the ends of spans and the constants of tests are the halves from 0 to 2 1/2, and the
members of a span are taken from a grid four times as dense, so that there is one at each end and
constant, just beside each, and between any two. Spans of whole numbers have whole numbers as
members.
*/

half(Q) :- between(0, 5, N), Q is N rdiv 2.

grid(Q) :- between(-2, 22, N), Q is N rdiv 8.

constants_test(Test) :-
    half(N),
    member(Test, [at_least(N), at_most(N), above(N), below(N)]).
constants_test(within(Low, High)) :-
    half(Low),
    half(High),
    Low =< High.

whole_test(Test) :-
    between(0, 4, N),
    member(Test, [at_least(N), at_most(N), above(N), below(N)]).
whole_test(within(Low, High)) :-
    between(0, 4, Low),
    between(Low, 4, High).

span(span(Low, L, High, H)) :-
    half(Low),
    half(High),
    Low < High,
    member(L, [c, o]),
    member(H, [c, o]).

whole_span(span(Low, c, High, c)) :-
    between(0, 4, Low),
    between(Low, 4, High).

of_span(span(Low, L, High, H), X) :-
    ( L == c -> X >= Low ; X > Low ),
    ( H == c -> X =< High ; X < High ).

satisfied(at_least(N), X) :- X >= N.
satisfied(at_most(N), X) :- X =< N.
satisfied(above(N), X) :- X > N.
satisfied(below(N), X) :- X < N.
satisfied(within(Low, High), X) :- Low =< X, X =< High.

%   all_some_none(Members, Goal of a member, Truth)

brute_force(Members, Test, Truth) :-
    findall(X, ( member(X, Members), satisfied(Test, X) ), Satisfying),
    told(Members, Satisfying, Truth).

told([_|_], [], f) :- !.
told(Members, Satisfying, Truth) :-
    length(Members, N),
    length(Satisfying, M),
    ( N =:= M -> Truth = t ; Truth = u ).

compared_with_brute_force(Test, Value, Members, Found, Expected) :-
    brute_force(Members, Test, Expected),
    test_truth(Test, Value, Found).

:- begin_tests(possible).

test(the_test_of_a_number_is_whether_it_satisfies_it, all(Test-X == [])) :-
    constants_test(Test),
    grid(X),
    compared_with_brute_force(Test, X, [X], Found, Expected),
    Found \== Expected.

test(the_test_of_a_span_is_whether_all_some_or_none_of_its_numbers_satisfy_it, Exceptions-Rare == []-[]) :-
    findall(Test-Span-Found/Expected,
            ( span(Span),
              findall(X, ( grid(X), of_span(Span, X) ), Members),
              constants_test(Test),
              compared_with_brute_force(Test, Span, Members, Found, Expected) ),
            Compared),
    findall(C, ( member(C, Compared), C = _-Found/Expected, Found \== Expected ), Exceptions),
    findall(T, ( member(T, [t, f, u]), aggregate_all(count, member(_-_/T, Compared), N), N < 200 ), Rare).

test(the_test_of_a_span_of_whole_numbers_is_that_of_its_whole_numbers, all(Test-Span == [])) :-
    whole_span(Span),
    findall(X, ( between(0, 4, X), of_span(Span, X) ), Members),
    whole_test(Test),
    compared_with_brute_force(Test, Span, Members, Found, Expected),
    Found \== Expected.

test(a_closed_end_includes_the_number, T == u) :-
    test_truth(at_least(5), span(0, c, 5, c), T).

test(an_open_end_excludes_the_number, T-F == t-f) :-
    test_truth(below(5), span(0, c, 5, o), T),
    test_truth(at_least(5), span(0, c, 5, o), F).

test(never_is_longer_ago_than_any_limit, all(Test == [])) :-
    constants_test(Test),
    test_truth(Test, never, Found),
    ( satisfied(Test, 1_000_000_000) -> Expected = t ; Expected = f ),
    Found \== Expected.

test(nothing_known_of_a_fact_is_nothing_known_of_its_tests, all(Test == [])) :-
    ( constants_test(Test) ; member(Test, [among(0b10), includes(0b1, 0b10), empty]) ),
    \+ test_truth(Test, u, u).

test(decimals_are_compared_exactly, all(T == [t, t, f, f])) :-
    rule_base(kb, RuleBase, _),
    typed_test(RuleBase, planned_activity_gbq, within(7.35, 7.45), Test),
    member(X, [147r20, 149r20, 146999999999999999999r20000000000000000000,
               149000000000000000001r20000000000000000000]),
    test_truth(Test, X, T).

test(an_option_is_among_those_of_the_mask, all(Mask-V == [])) :-
    between(0, 15, Mask),
    between(0, 3, V),
    ( Mask // 2 ** V mod 2 =:= 1 -> Expected = t ; Expected = f ),
    \+ test_truth(among(Mask), V, Expected).

test(a_set_includes_one_of_the_members_or_perhaps_or_not, all(Set/Members/Perhaps == [])) :-
    subset_of_four(Set),
    subset_of_four(Members),
    subset_of_four(Perhaps),
    (   common(Set, Members)
    ->  Expected = t
    ;   common(Set, Perhaps)
    ->  Expected = u
    ;   Expected = f
    ),
    bits(Set, S),
    bits(Members, M),
    bits(Perhaps, P),
    \+ test_truth(includes(M, P), S, Expected).

subset_of_four(Set) :-
    findall(I, between(0, 3, I), Is),
    subset(Is, Set).

subset([], []).
subset([X|Xs], [X|Ys]) :- subset(Xs, Ys).
subset([_|Xs], Ys) :- subset(Xs, Ys).

common(Xs, Ys) :-
    member(X, Xs),
    memberchk(X, Ys),
    !.

bits(Is, Bits) :-
    maplist([I, B]>>(B is 2 ** I), Is, Bs),
    sum_list(Bs, Bits).

test(only_the_empty_set_is_empty, all(Set-T == [0-t, 1-f, 6-f])) :-
    member(Set, [0, 1, 6]),
    test_truth(empty, Set, T).

test(only_what_nothing_is_known_of_is_not_documented, all(V-T == [u-f, 0-t, never-t, span(0, c, 5, o)-t])) :-
    member(V, [u, 0, never, span(0, c, 5, o)]),
    documented(V, T).

%   Sums

test(a_sum_is_that_of_all_pairs_of_values, Exceptions-Rare == []-[]) :-
    findall(sum(A, B, Limit)-Found/Expected,
            ( count_value(0, 3, A, As),
              count_value(1, 4, B, Bs),
              findall(S, ( member(X, As), member(Y, Bs), S is X + Y ), Sums),
              between(-1, 8, Limit),
              brute_force(Sums, at_most(Limit), Expected),
              sum_at_most(A, 0..3, B, 1..4, Limit, Found) ),
            Compared),
    findall(C, ( member(C, Compared), C = _-Found/Expected, Found \== Expected ), Exceptions),
    findall(T, ( member(T, [t, f, u]), aggregate_all(count, member(_-_/T, Compared), N), N < 100 ), Rare).

%   A value of a count from Low to High, and the numbers that it may be.

count_value(Low, High, u, Xs) :-
    numlist(Low, High, Xs).
count_value(Low, High, X, [X]) :-
    between(Low, High, X).
count_value(Low, High, span(L, c, H, c), Xs) :-
    between(Low, High, L),
    between(L, High, H),
    numlist(L, H, Xs).

%   Typed tests

test(a_test_of_a_boolean_is_of_its_options,
     all(Test-Typed == [holds-among(2), equals(true)-among(2), equals(false)-among(1)])) :-
    rule_base(tiny, RuleBase, _),
    member(Test, [holds, equals(true), equals(false), equals(yes), at_least(1), one_of([true, false]),
                  empty]),
    typed_test(RuleBase, unresectable, Test, Typed).

test(options_become_a_mask_in_the_order_of_the_vocabulary,
     all(Test-Typed == [equals(gep_net)-among(1), equals(other)-among(4), one_of([other, gep_net])-among(5),
                        member_of(net)-among(3)])) :-
    rule_base(tiny, RuleBase, _),
    member(Test, [ equals(gep_net), equals(other), one_of([other, gep_net]), member_of(net), equals(well),
                   one_of([gep_net, well]), member_of(nets), at_least(1), holds, includes([gep_net]),
                   empty ]),
    typed_test(RuleBase, tumor_type, Test, Typed).

test(a_class_is_one_of_the_attributes_it_names, fail) :-
    rule_base(tiny, RuleBase, _),
    typed_test(RuleBase, differentiation, member_of(net), _).

test(constants_become_exact,
     all(Typed == [at_least(147r20), at_most(1r10), above(-1r2), below(3), within(147r20, 149r20),
                   within(8, 8)])) :-
    rule_base(tiny, RuleBase, _),
    member(Test, [ at_least(7.35), at_most(0.1), above(-0.5), below(3.0), within(7.35, 7.45), equals(8),
                   within(7.45, 7.35), equals(well), one_of([1, 2]), holds, empty, includes([1]) ]),
    typed_test(RuleBase, albumin_g_l, Test, Typed).

test(a_list_of_neighbouring_whole_numbers_is_a_stretch,
     all(Ns-Typed == [[1, 2]-within(1, 2), [3, 1, 2]-within(1, 3), [2]-within(2, 2)])) :-
    rule_base(tiny, RuleBase, _),
    member(Ns, [[1, 2], [3, 1, 2], [2], [1, 3], [1.0, 2], [a, b], []]),
    typed_test(RuleBase, age_years, one_of(Ns), Typed).

test(an_attribute_that_is_not_declared_has_no_test, fail) :-
    rule_base(tiny, RuleBase, _),
    typed_test(RuleBase, albumine_g_l, at_least(30), _).

%   Members of sets that say less than a criterion asks

set_truth(Names, Set, Truth) :-
    rule_base(kb, RuleBase, _),
    typed_test(RuleBase, disease_progression_on, includes(Names), Typed),
    options_mask(Set, Mask),
    test_truth(Typed, Mask, Truth).

options_mask(Set, Mask) :-
    Options = [ octreotide_lar, octreotide_short_acting, octreotide_unspecified, lanreotide, everolimus,
                sunitinib, telotristat, chemotherapy, interferon_alfa, other ],
    findall(I, ( member(Member, Set), nth0(I, Options, Member) ), Is),
    length(Set, N),
    length(Is, N),
    bits(Is, Mask).

test(a_member_of_the_class_is_included, T == t) :-
    set_truth([long_acting_ssa], [chemotherapy, lanreotide], T).

test(an_unspecified_formulation_leaves_a_class_open_that_names_one, T == u) :-
    set_truth([long_acting_ssa], [octreotide_unspecified], T).

test(an_unspecified_formulation_leaves_its_own_name_open_too, all(T == [u, u, f])) :-
    member(Name, [octreotide_lar, octreotide_short_acting, lanreotide]),
    set_truth([Name], [octreotide_unspecified], T).

test(an_unspecified_formulation_is_included_where_the_class_has_it, T == t) :-
    set_truth([somatostatin_analogue], [octreotide_unspecified], T).

test(an_unspecified_formulation_says_nothing_of_other_classes, T == f) :-
    set_truth([targeted_therapy], [octreotide_unspecified], T).

test(a_known_member_decides_beside_an_unspecified_one, T == t) :-
    set_truth([long_acting_ssa], [octreotide_unspecified, octreotide_lar], T).

test(other_leaves_an_open_class_open, T == u) :-
    set_truth([open(targeted_therapy)], [other], T).

test(other_says_nothing_of_a_closed_class, T == f) :-
    set_truth([targeted_therapy], [other], T).

test(other_leaves_a_list_open_that_has_an_open_class, all(T == [u, t, f, f])) :-
    member(Set, [[other, telotristat], [other, lanreotide], [telotristat], []]),
    set_truth([somatostatin_analogue, open(targeted_therapy)], Set, T).

test(other_is_included_where_it_is_named, T == t) :-
    rule_base(kb, RuleBase, _),
    typed_test(RuleBase, prior_ar_pathway_inhibitors, includes([flutamide, other]),
               includes(Members, Perhaps)),
    Members-Perhaps == 0b10000001-0,
    test_truth(includes(Members, Perhaps), 0b10000000, T).

test(a_list_of_nothing_or_of_strangers_is_no_test, all(Names == [])) :-
    rule_base(kb, RuleBase, _),
    member(Names, [[], [lanreotid], [lanreotide, gastroenteropancreatic], [open(nothing)]]),
    typed_test(RuleBase, disease_progression_on, includes(Names), _).

%   Determinism

test(no_truth_leaves_a_choice_point, all(Test-V == [])) :-
    (   member(Test, [at_least(1), at_most(1), above(1), below(1), within(1, 2)]),
        member(V, [u, never, 1, 3r2, span(0, c, 1, o), span(1, o, 3, c)])
    ;   member(Test, [among(0b10), includes(0b1, 0b10), empty]),
        member(V, [u, 1])
    ),
    \+ leaves_no_choice_point(test_truth(Test, V, _)).

test(a_sum_leaves_no_choice_point, all(A-B == [])) :-
    member(A, [u, 1, span(1, c, 2, c)]),
    member(B, [u, 1, span(1, c, 2, c)]),
    \+ leaves_no_choice_point(sum_at_most(A, 0..4, B, 0..4, 3, _)).

test(a_typed_test_leaves_no_choice_point, all(A-Test == [])) :-
    rule_base(kb, RuleBase, _),
    member(A-Test, [ tumor_type-member_of(any_net), who_grade-one_of([1, 2]), age_years-at_least(12),
                     days_since_long_acting_ssa-at_least(28), planned_activity_gbq-within(7.35, 7.45),
                     disease_progression_on-includes([lanreotide]) ]),
    \+ leaves_no_choice_point(typed_test(RuleBase, A, Test, _)).

:- end_tests(possible).
