% SPDX-License-Identifier: Apache-2.0
:- module(cells,
          [ all_cells/3,                % +RuleBase, +Nodes, -CellsOf
            cell_truth/3                % +Typed, +Cell, -Truth
          ]).
:- use_module(library(apply), [maplist/3]).
:- use_module(library(assoc), [list_to_assoc/2]).
:- use_module(library(lists), [append/3, member/2, numlist/3]).
:- use_module(library(pairs), [group_pairs_by_key/2, pairs_keys_values/3]).
:- use_module(loader).
:- use_module(nodes).
:- use_module(operators).
:- use_module(possible).

/** <module> The cells of an attribute

The range of each attribute falls into cells: no policy and no condition of reference knowledge or of a theorem
can tell two values of one cell apart. So whatever must be exact and finite (proofs, minimal sets,
sweeps, brute force in tests) works on cells, where the test of a fact is a set of cells. The rules
on plausibility decide nothing and cut no cells: a test that only they make is unknown in a cell
whose values it tells apart.

A *cell* is a value as in module possible: a number, span(Low, L, High, H), never, the index of an
option, or, for set attributes, sets(Masks): all sets that the rules treat alike, the smallest
first. Cells of numbers ascend; `never` is last and always a cell of its own. Where numbers are
added, each whole number that matters is a cell.
*/

%!  all_cells(+RuleBase, +Nodes, -CellsOf) is det.
%
%   True when CellsOf is an assoc from each attribute to the list of its cells.

all_cells(RuleBase, Nodes, CellsOf) :-
    policy_node_list(Nodes, Pairs),
    findall(Attribute-Cells,
            ( rule_fact(RuleBase, attribute(Attribute, _, Type, _)),
              findall(Typed, ( member(_-Node, Pairs), node_test(Node, Attribute, Typed) ), Unsorted),
              sort(Unsorted, Tests),
              type_cells(Type, Tests, Cells) ),
            Keyed),
    list_to_assoc(Keyed, CellsOf).

node_test(test(Attribute, Typed), Attribute, Typed).
node_test(adds(Attributes, Limit), Attribute, at_most(N)) :-
    memberchk(Attribute, Attributes),
    numlist(0, Limit, Ns),
    member(N, Ns).

type_cells(boolean, _, [0, 1]).
type_cells(one_of(Options), _, Indexes) :-
    length(Options, N),
    Last is N - 1,
    numlist(0, Last, Indexes).
type_cells(set_of(Options), Tests, Cells) :-
    length(Options, N),
    Last is (1 << N) - 1,
    numlist(0, Last, Masks),
    findall(Signature-(Size-Mask),
            ( member(Mask, Masks),
              maplist(truth_in(Mask), Tests, Signature),
              Size is popcount(Mask) ),
            Keyed),
    keysort(Keyed, Sorted),
    group_pairs_by_key(Sorted, Groups),
    findall(Smallest-sets(Ordered),
            ( member(_-Sized, Groups),
              sort(Sized, BySize),
              pairs_keys_values(BySize, _, Ordered),
              BySize = [Smallest|_] ),
            Unordered),
    keysort(Unordered, InOrder),
    pairs_keys_values(InOrder, _, Cells).
type_cells(integer(Low..High, _), Tests, Cells) :-
    cut_points(Tests, Low, High, Points),
    whole_stretches(Points, Low, High, Fine),
    merge_alike(Fine, Tests, Cells).
type_cells(number(Low..High, _), Tests, Cells) :-
    number_cells(Low, High, Tests, Cells).
type_cells(elapsed(Low..High, _), Tests, Cells) :-
    number_cells(Low, High, Tests, Numbers),
    append(Numbers, [never], Cells).

number_cells(Low, High, Tests, Cells) :-
    cut_points(Tests, Low, High, Points),
    dense_stretches(Points, Low, High, Fine),
    merge_alike(Fine, Tests, Cells).

truth_in(Value, Typed, Truth) :-
    test_truth(Typed, Value, Truth).

%   The constants of the tests that lie within the range, the ends of the range included.

cut_points(Tests, Low, High, Points) :-
    findall(P, ( member(Test, Tests), Test =.. [_|Constants], member(P, Constants), P >= Low, P =< High ), Ps),
    sort([Low, High|Ps], Points).

%   Each point is a cell, and so is each stretch between two neighbours.

dense_stretches([High], _, High, [High]) :- !.
dense_stretches([P, Q|Points], Low, High, [P, span(P, o, Q, o)|Cells]) :-
    dense_stretches([Q|Points], Low, High, Cells).

whole_stretches([High], _, High, [High]) :- !.
whole_stretches([P, Q|Points], Low, High, Cells) :-
    From is P + 1,
    To is Q - 1,
    (   From > To
    ->  Cells = [P|Rest]
    ;   From =:= To
    ->  Cells = [P, From|Rest]
    ;   Cells = [P, span(From, c, To, c)|Rest]
    ),
    whole_stretches([Q|Points], Low, High, Rest).

%   Neighbours that no test tells apart are one cell.

merge_alike([Cell], _, [Cell]).
merge_alike([A, B|Fine], Tests, Cells) :-
    maplist(truth_in(A), Tests, SignatureA),
    maplist(truth_in(B), Tests, SignatureB),
    (   SignatureA == SignatureB
    ->  joined(A, B, AB),
        merge_alike([AB|Fine], Tests, Cells)
    ;   Cells = [A|Rest],
        merge_alike([B|Fine], Tests, Rest)
    ).

joined(A, B, span(Low, L, High, H)) :-
    ends(A, Low, L, _, _),
    ends(B, _, _, High, H).

ends(span(Low, L, High, H), Low, L, High, H) :- !.
ends(N, N, c, N, c).

%!  cell_truth(+Typed, +Cell, -Truth) is det.
%
%   True when Truth is the truth of the Typed test for every value of Cell, and u where it is not
%   the same for all, as it may be of a test that only a rule on plausibility makes.

cell_truth(Typed, sets([Mask|Masks]), Truth) :-
    !,
    test_truth(Typed, Mask, First),
    (   member(Other, Masks),
        \+ test_truth(Typed, Other, First)
    ->  Truth = u
    ;   Truth = First
    ).
cell_truth(Typed, Cell, Truth) :- test_truth(Typed, Cell, Truth).
