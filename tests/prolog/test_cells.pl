% SPDX-License-Identifier: Apache-2.0
:- module(test_cells, []).
:- use_module(library(plunit)).
:- use_module(library(aggregate), [aggregate_all/3]).
:- use_module(library(apply), [maplist/3]).
:- use_module(library(assoc), [get_assoc/3]).
:- use_module(library(lists), [append/2, append/3, last/2, member/2, nextto/3, numlist/3]).
:- use_module(library(pairs), [pairs_values/2]).
:- use_module(fixtures).
:- use_module('../../prolog/cells').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/nodes').
:- use_module('../../prolog/operators').
:- use_module('../../prolog/possible').

/** <module> Cells cover the range of each attribute, and no policy tells two values of one apart */

named(tiny).
named(kb).

attribute_cells(Name, Attribute, Type, Cells) :-
    rule_base(Name, RuleBase, _),
    cells_and_nodes(Name, CellsOf, _),
    rule_fact(RuleBase, attribute(Attribute, _, Type, _)),
    get_assoc(Attribute, CellsOf, Cells).

policy_node(Name, Node) :-
    cells_and_nodes(Name, _, PolicyNodes),
    member(Node, PolicyNodes).

%   Computed once.

cells_and_nodes(Name, CellsOf, PolicyNodes) :-
    atom_concat(cells_of_, Name, Key),
    (   nb_current(Key, CellsOf-PolicyNodes)
    ->  true
    ;   rule_base(Name, RuleBase, Nodes),
        all_cells(RuleBase, Nodes, Computed),
        policy_node_list(Nodes, Pairs),
        pairs_values(Pairs, List),
        nb_setval(Key, Computed-List),
        nb_getval(Key, CellsOf-PolicyNodes)
    ).

%   The ends of a cell of numbers.

ends(span(Low, L, High, H), Low, L, High, H) :- !.
ends(N, N, c, N, c).

%   Numbers: the first cell begins with the range, the last ends with it, and each goes on where
%   the one before stops, with the point between in one of them.

covers(number(Low..High, _), Cells) :-
    Cells = [First|_],
    ends(First, Low, c, _, _),
    last(Cells, Last),
    ends(Last, _, _, High, c),
    forall(nextto(A, B, Cells), ( ends(A, _, _, Point, H), ends(B, Point, L, _, _), H \== L )),
    forall(( member(Cell, Cells), ends(Cell, From, L, To, H) ),
           ( From < To ; From =:= To, L-H == c-c )).
covers(elapsed(Low..High, Unit), Cells) :-
    append(Numbers, [never], Cells),
    covers(number(Low..High, Unit), Numbers).
covers(integer(Low..High, _), Cells) :-
    maplist(whole_numbers, Cells, Lists),
    append(Lists, Covered),
    numlist(Low, High, Covered).
covers(one_of(Options), Cells) :-
    length(Options, N),
    Last is N - 1,
    numlist(0, Last, Cells).
covers(boolean, [0, 1]).
covers(set_of(Options), Cells) :-
    findall(Mask, ( member(sets(Masks), Cells), member(Mask, Masks) ), Covered),
    msort(Covered, Sorted),
    length(Options, N),
    Last is 2 ** N - 1,
    numlist(0, Last, Sorted).

whole_numbers(span(Low, c, High, c), Ns) :- !, numlist(Low, High, Ns).
whole_numbers(N, [N]) :- integer(N).

%   Several members of a cell: its ends, points close to them, and points between.

member_of_cell(never, never) :- !.
member_of_cell(sets(Masks), Mask) :- !, member(Mask, Masks).
member_of_cell(N, N) :- number(N), !.
member_of_cell(span(Low, c, High, c), N) :-
    integer(Low),
    integer(High),
    High - Low < 60,
    !,
    between(Low, High, N).
member_of_cell(span(Low, L, High, H), X) :-
    (   L == c, X = Low
    ;   H == c, X = High
    ;   member(Part, [1r1000000, 1r7, 1r2, 6r7, 999999r1000000]),
        X is Low + Part * (High - Low)
    ).

%   Whole numbers have whole members alone.

member_of(integer(_, _), Cell, X) :-
    !,
    member_of_cell(Cell, X0),
    X is round(X0).
member_of(_, Cell, X) :-
    member_of_cell(Cell, X).

:- begin_tests(cells).

test(cells_cover_each_range_in_order_without_gap_or_overlap, [forall(named(Name)), Exceptions == []]) :-
    findall(Attribute-Cells, ( attribute_cells(Name, Attribute, Type, Cells), \+ covers(Type, Cells) ),
            Exceptions).

test(every_attribute_has_cells, [forall(named(Name)), With == All]) :-
    rule_base(Name, RuleBase, _),
    aggregate_all(count, rule_fact(RuleBase, attribute(_, _, _, _)), All),
    aggregate_all(count, attribute_cells(Name, _, _, [_|_]), With).

test(a_test_of_a_policy_is_the_same_for_all_members_of_a_cell,
     [forall(named(Name)), Exceptions-Enough == []-true]) :-
    findall(Attribute-Typed-X-Found/Expected,
            ( attribute_cells(Name, Attribute, Type, Cells),
              policy_node(Name, test(Attribute, Typed)),
              member(Cell, Cells),
              cell_truth(Typed, Cell, Expected),
              member_of(Type, Cell, X),
              test_truth(Typed, X, Found) ),
            Compared),
    findall(C, ( member(C, Compared), C = _-Found/Expected, Found \== Expected ), Exceptions),
    length(Compared, N),
    ( N > 50 -> Enough = true ; Enough = N ).

test(a_test_of_a_cell_is_unknown_for_sets_alone, all(Attribute-Cell == [])) :-
    attribute_cells(kb, Attribute, _, Cells),
    policy_node(kb, test(Attribute, Typed)),
    member(Cell, Cells),
    Cell \= sets(_),
    cell_truth(Typed, Cell, u).

%   The tests of plausibility alone, with their attributes.

plausibility_test(Attribute, Typed) :-
    rule_base(kb, _, Nodes),
    node_list(Nodes, Pairs),
    member(_-test(Attribute, Typed), Pairs),
    \+ policy_node(kb, test(Attribute, Typed)).

test(a_test_on_plausibility_is_true_or_false_of_a_cell_only_if_of_all_its_members,
     Exceptions-Truths == []-[f, t, u]) :-
    findall(Attribute-Typed-X-Found/Truth,
            ( plausibility_test(Attribute, Typed),
              attribute_cells(kb, Attribute, Type, Cells),
              member(Cell, Cells),
              cell_truth(Typed, Cell, Truth),
              member_of(Type, Cell, X),
              test_truth(Typed, X, Found) ),
            Compared),
    findall(C, ( member(C, Compared), C = _-Found/Truth, Truth \== u, Found \== Truth ), Exceptions),
    findall(Truth, member(_-_/Truth, Compared), Told),
    sort(Told, Truths).

test(a_test_that_a_cell_is_divided_by_is_unknown_in_it,
     all(Typed-Truth == [ below(10)-u, above(60)-f, below(40)-t ])) :-
    member(Typed, [below(10), above(60), below(40)]),
    cell_truth(Typed, span(0, c, 30, o), Truth).

test(a_test_that_sets_of_a_cell_differ_in_is_unknown_in_it_whichever_comes_first,
     all(Cell-Truth == [ sets([1, 3])-u, sets([2, 3])-t, sets([4, 5, 6])-u, sets([1, 5])-f, sets([0, 2])-u ])) :-
    member(Cell, [sets([1, 3]), sets([2, 3]), sets([4, 5, 6]), sets([1, 5]), sets([0, 2])]),
    cell_truth(includes(0b010, 0), Cell, Truth).

test(a_sum_is_the_same_for_all_members_of_two_cells, [forall(named(Name)), Exceptions == []]) :-
    findall(A-B-X+Y,
            ( policy_node(Name, adds([A, B], Limit)),
              attribute_cells(Name, A, TypeA, CellsA),
              attribute_cells(Name, B, TypeB, CellsB),
              TypeA = integer(RangeA, _),
              TypeB = integer(RangeB, _),
              member(CellA, CellsA),
              member(CellB, CellsB),
              sum_at_most(CellA, RangeA, CellB, RangeB, Limit, Truth),
              member_of(TypeA, CellA, X),
              member_of(TypeB, CellB, Y),
              ( X + Y =< Limit -> Expected = t ; Expected = f ),
              Truth \== Expected ),
            Exceptions).

test(where_doses_are_added_each_number_that_matters_is_a_cell,
     all(A-Cells == [ prior_doses-[0, 1, 2, 3, 4, span(5, c, 40, c)],
                      requested_doses-[1, 2, 3, 4, span(5, c, 20, c)] ])) :-
    member(A, [prior_doses, requested_doses]),
    attribute_cells(tiny, A, _, Cells).

test(neighbours_that_no_test_tells_apart_are_one_cell, all(Attribute-A-B == [])) :-
    attribute_cells(kb, Attribute, Type, Cells),
    memberchk(Type, [number(_, _), elapsed(_, _), integer(_, _)]),
    nextto(A, B, Cells),
    B \== never,
    \+ ( tells_apart(Attribute, Typed), cell_truth(Typed, A, T), cell_truth(Typed, B, U), T \== U ).

tells_apart(Attribute, Typed) :-
    policy_node(kb, test(Attribute, Typed)).
tells_apart(Attribute, at_most(N)) :-
    policy_node(kb, adds(Attributes, Limit)),
    memberchk(Attribute, Attributes),
    between(0, Limit, N).

test(sets_of_one_cell_are_those_all_tests_treat_alike, all(Attribute-Count == [])) :-
    attribute_cells(kb, Attribute, set_of(_), Cells),
    findall(Signature, ( member(Cell, Cells),
                         findall(T, ( policy_node(kb, test(Attribute, Typed)), cell_truth(Typed, Cell, T) ),
                                 Signature) ),
            Signatures),
    length(Signatures, N),
    sort(Signatures, Distinct),
    length(Distinct, M),
    M =\= N,
    Count = M/N.

test(the_smallest_set_comes_first, all(Attribute == [])) :-
    attribute_cells(kb, Attribute, set_of(_), Cells),
    member(sets([First|Masks]), Cells),
    member(Mask, Masks),
    popcount(Mask) < popcount(First).

test(never_is_a_cell_of_its_own_and_the_last,
     all(Cells == [[span(0, c, 28, o), span(28, c, 42, o), span(42, c, 20000, c), never]])) :-
    attribute_cells(kb, days_since_long_acting_ssa, _, Cells).

test(an_end_belongs_to_the_cell_that_the_tests_put_it_in,
     Cells == [span(0, c, 20, c), span(20, o, 100, c)]) :-
    rule_base_of([ attribute(ki67, g, number(0..100, "%"), ""), policy(p, d, ""),
                   met_when(p, ki67 =< 20) ], RuleBase),
    rule_nodes(RuleBase, Nodes),
    all_cells(RuleBase, Nodes, CellsOf),
    get_assoc(ki67, CellsOf, Cells).

test(a_single_point_may_be_a_cell, Cells == [span(0, c, 8, o), 8, span(8, o, 104, c)]) :-
    rule_base_of([ attribute(weeks, g, number(0..104, "weeks"), ""), policy(p, d, ""),
                   met_when(p, weeks = 8) ], RuleBase),
    rule_nodes(RuleBase, Nodes),
    all_cells(RuleBase, Nodes, CellsOf),
    get_assoc(weeks, CellsOf, Cells).

test(decimals_are_exact_in_cells, all(P == [])) :-
    attribute_cells(kb, planned_activity_gbq, _, Cells),
    member(P, [117r20, 119r20, 147r20, 149r20]),
    \+ ( member(Cell, Cells), ends(Cell, Low, _, High, _), ( P == Low ; P == High ) ).

test(a_fact_that_no_policy_tests_is_one_cell, Cells == [span(0, c, 100, c)]) :-
    rule_base_of([ attribute(idle, g, number(0..100, "%"), ""), policy(p, d, ""),
                   implausible(idle > 90, "") ], RuleBase),
    rule_nodes(RuleBase, Nodes),
    all_cells(RuleBase, Nodes, CellsOf),
    get_assoc(idle, CellsOf, Cells).

test(nothing_here_leaves_a_choice_point, all(Goal == [])) :-
    rule_base(tiny, RuleBase, Nodes),
    member(Goal, [ all_cells(RuleBase, Nodes, _), cell_truth(at_least(3), span(3, c, 4, o), _),
                   cell_truth(at_least(3), never, _),
                   cell_truth(among(2), 1, _), cell_truth(includes(1, 2), sets([1, 3]), _) ]),
    \+ leaves_no_choice_point(Goal).

:- end_tests(cells).
