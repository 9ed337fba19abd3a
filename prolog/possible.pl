% SPDX-License-Identifier: Apache-2.0
:- module(possible,
          [ typed_test/4,               % +RuleBase, +Attribute, +Test, -Typed
            test_goal/4,                % +Typed, ?Value, ?Truth, -Goal
            test_truth/3,               % +Typed, +Value, -Truth
            at_least/3,                 % +Value, +Limit, -Truth
            at_most/3,                  % +Value, +Limit, -Truth
            above/3,                    % +Value, +Limit, -Truth
            below/3,                    % +Value, +Limit, -Truth
            within/4,                   % +Value, +Low, +High, -Truth
            among/3,                    % +Value, +Options, -Truth
            includes/4,                 % +Value, +Members, +Perhaps, -Truth
            empty/2,                    % +Value, -Truth
            sum_at_most/6,              % +Value, +Range, +Value, +Range, +Limit, -Truth
            documented/2                % +Value, -Truth
          ]).
:- use_module(library(apply), [foldl/4]).
:- use_module(library(lists), [member/2, nth0/3, last/2, numlist/3]).
:- use_module(loader).
:- use_module(language).
:- use_module(operators).

:- set_prolog_flag(optimise, true).     % compiled arithmetic, in this file only

/** <module> A fact is the set of values it may still have

A test of a fact is true if every value that the fact may still have satisfies it, false if none
does, and unknown otherwise. A *value* is

  | u                       | nothing is known: every value of the attribute's range         |
  | V                       | a number (exact: an integer or a rational), or the index of    |
  |                         | an option in the vocabulary (booleans: 0 false, 1 true), or    |
  |                         | a set of options as a bit mask of their indexes                |
  | span(Low, L, High, H)   | an interval of numbers; L and H are c (the end is included)    |
  |                         | or o (it is not). Whole numbers come with both ends included   |
  | never                   | of elapsed time: longer ago than any limit                     |

A *typed test* is a test (see module language) whose constants are exact and whose names are
indexes: at_least(N), at_most(N), above(N), below(N), within(Low, High), among(Mask),
includes(Members, Perhaps), empty.

No test in a sound rule base holds for all values of a range or for none (the checker sees to
it), so that nothing known about a fact is nothing known about its tests.
*/

%!  typed_test(+RuleBase, +Attribute, +Test, -Typed) is semidet.
%
%   True when Test is of the type of Attribute and Typed is the test in exact numbers and
%   indexes. Fails where the test does not fit the attribute.

typed_test(RuleBase, Attribute, Test, Typed) :-
    rule_fact(RuleBase, attribute(Attribute, _, Type, _)),
    !,
    typed(Type, Test, RuleBase, Attribute, Typed).

typed(boolean, holds, _, _, among(0b10)).
typed(boolean, equals(true), _, _, among(0b10)).
typed(boolean, equals(false), _, _, among(0b01)).
typed(one_of(Options), equals(Option), _, _, among(Mask)) :-
    mask([Option], Options, Mask).
typed(one_of(Options), one_of(Chosen), _, _, among(Mask)) :-
    mask(Chosen, Options, Mask).
typed(one_of(Options), member_of(Class), RuleBase, Attribute, among(Mask)) :-
    class_values(RuleBase, Class, Attribute, Values),
    mask(Values, Options, Mask).
typed(set_of(_), empty, _, _, empty).
typed(set_of(Options), includes(Names), RuleBase, Attribute, includes(Members, Perhaps)) :-
    Names = [_|_],
    findall(Value, ( member(Name, Names), named_value(RuleBase, Attribute, Options, Name, Value) ), Values0),
    sort(Values0, Values),
    forall(member(Name, Names), once(named_value(RuleBase, Attribute, Options, Name, _))),
    findall(Open, open_to(RuleBase, Names, Values, Options, Open), Perhaps0),
    mask(Values, Options, Members),
    mask(Perhaps0, Options, Perhaps).
typed(integer(_, _), Test, _, _, Typed) :-
    numeric(Test, Typed),
    Typed =.. [_|Constants],
    forall(member(Constant, Constants), integer(Constant)).
typed(number(_, _), Test, _, _, Typed) :-
    Test \= one_of(_),
    numeric(Test, Typed).
typed(elapsed(_, _), Test, _, _, Typed) :-
    Test \= one_of(_),
    numeric(Test, Typed).

numeric(at_least(N), at_least(Q)) :- exact(N, Q).
numeric(at_most(N), at_most(Q)) :- exact(N, Q).
numeric(above(N), above(Q)) :- exact(N, Q).
numeric(below(N), below(Q)) :- exact(N, Q).
numeric(within(L, H), within(QL, QH)) :- exact(L, QL), exact(H, QH), QL =< QH.
numeric(equals(N), within(Q, Q)) :- number(N), exact(N, Q).
numeric(one_of(Ns), within(Low, High)) :-
    sort(Ns, [Low|Rest]),
    integer(Low),
    last([Low|Rest], High),
    integer(High),
    numlist(Low, High, [Low|Rest]).

named_value(RuleBase, Attribute, Options, open(Name), Value) :-
    !,
    named_value(RuleBase, Attribute, Options, Name, Value).
named_value(RuleBase, Attribute, Options, Name, Value) :-
    (   class_values(RuleBase, Name, Attribute, Values)
    ->  member(Value, Values)
    ;   member(Name, Options)
    ->  Value = Name
    ).

class_values(RuleBase, Class, Attribute, Values) :-
    rule_fact(RuleBase, class(Class, Attributes, Values)),
    memberchk(Attribute, Attributes),
    !.

%   A member that may mean one of the values named, or anything where the list is open.

open_to(RuleBase, _, Values, Options, Member) :-
    rule_fact(RuleBase, unspecified(Member, Means)),
    memberchk(Member, Options),
    \+ memberchk(Member, Values),
    once(( member(Meant, Means), memberchk(Meant, Values) )).
open_to(RuleBase, Names, Values, Options, Member) :-
    memberchk(open(_), Names),
    rule_fact(RuleBase, catch_all(Member)),
    memberchk(Member, Options),
    \+ memberchk(Member, Values).

mask(Values, Options, Mask) :-
    foldl(set_bit(Options), Values, 0, Mask).

set_bit(Options, Value, Mask0, Mask) :-
    nth0(Index, Options, Option),
    Option == Value,
    !,
    Mask is Mask0 \/ (1 << Index).

%!  test_goal(+Typed, ?Value, ?Truth, -Goal) is det.
%
%   True when Goal, called, gives the Truth of the Typed test of Value.

test_goal(at_least(N), V, T, at_least(V, N, T)).
test_goal(at_most(N), V, T, at_most(V, N, T)).
test_goal(above(N), V, T, above(V, N, T)).
test_goal(below(N), V, T, below(V, N, T)).
test_goal(within(L, H), V, T, within(V, L, H, T)).
test_goal(among(Mask), V, T, among(V, Mask, T)).
test_goal(includes(Ms, Ps), V, T, includes(V, Ms, Ps, T)).
test_goal(empty, V, T, empty(V, T)).

%!  test_truth(+Typed, +Value, -Truth) is det.
%
%   True when Truth is the truth of the Typed test of Value.

test_truth(Typed, Value, Truth) :-
    test_goal(Typed, Value, Truth, Goal),
    call(Goal).

%!  at_least(+Value, +Limit, -Truth) is det.
%!  at_most(+Value, +Limit, -Truth) is det.
%!  above(+Value, +Limit, -Truth) is det.
%!  below(+Value, +Limit, -Truth) is det.
%!  within(+Value, +Low, +High, -Truth) is det.
%
%   True when Truth tells whether all, none or some of the numbers that Value may be are at least
%   Limit (and so on; within/4 has both ends included).

at_least(V, N, T) :- number(V), !, ( V >= N -> T = t ; T = f ).
at_least(u, _, u).
at_least(never, _, t).
at_least(span(L, _, H, HK), N, T) :-
    (   L >= N
    ->  T = t
    ;   below_end(H, HK, N)
    ->  T = f
    ;   T = u
    ).

below(V, N, T) :- number(V), !, ( V < N -> T = t ; T = f ).
below(u, _, u).
below(never, _, f).
below(span(L, _, H, HK), N, T) :-
    (   below_end(H, HK, N)
    ->  T = t
    ;   L >= N
    ->  T = f
    ;   T = u
    ).

at_most(V, N, T) :- number(V), !, ( V =< N -> T = t ; T = f ).
at_most(u, _, u).
at_most(never, _, f).
at_most(span(L, LK, H, _), N, T) :-
    (   H =< N
    ->  T = t
    ;   above_end(L, LK, N)
    ->  T = f
    ;   T = u
    ).

above(V, N, T) :- number(V), !, ( V > N -> T = t ; T = f ).
above(u, _, u).
above(never, _, t).
above(span(L, LK, H, _), N, T) :-
    (   above_end(L, LK, N)
    ->  T = t
    ;   H =< N
    ->  T = f
    ;   T = u
    ).

within(V, Low, High, T) :- number(V), !, ( V >= Low, V =< High -> T = t ; T = f ).
within(u, _, _, u).
within(never, _, _, f).
within(span(L, LK, H, HK), Low, High, T) :-
    (   L >= Low, H =< High
    ->  T = t
    ;   below_end(H, HK, Low)
    ->  T = f
    ;   above_end(L, LK, High)
    ->  T = f
    ;   T = u
    ).

%   All numbers up to the end High lie below N; all from the end Low on lie above N.

below_end(High, Kind, N) :- ( High < N -> true ; Kind == o, High =:= N ).

above_end(Low, Kind, N) :- ( Low > N -> true ; Kind == o, Low =:= N ).

%!  among(+Value, +Mask, -Truth) is det.
%
%   True when Truth tells whether the option with index Value is one of Mask.

among(V, Mask, T) :- integer(V), !, ( getbit(Mask, V) =:= 1 -> T = t ; T = f ).
among(u, _, u).

%!  includes(+Value, +Members, +Perhaps, -Truth) is det.
%
%   True when Truth tells whether the set Value has one of Members; it is unknown where the set
%   has one of Perhaps and none of Members. All three are bit masks.

includes(V, Members, Perhaps, T) :-
    integer(V),
    !,
    (   V /\ Members =\= 0
    ->  T = t
    ;   V /\ Perhaps =\= 0
    ->  T = u
    ;   T = f
    ).
includes(u, _, _, u).

%!  empty(+Value, -Truth) is det.
%
%   True when Truth tells whether the set Value is a documented "none".

empty(V, T) :- integer(V), !, ( V =:= 0 -> T = t ; T = f ).
empty(u, u).

%!  sum_at_most(+A, +RangeA, +B, +RangeB, +Limit, -Truth) is det.
%
%   True when Truth tells whether the sum of two whole numbers is at most Limit, by interval
%   arithmetic: a number that is unknown may be any of its range Low..High.

sum_at_most(A, RangeA, B, RangeB, Limit, T) :-
    bounds(A, RangeA, LowA, HighA),
    bounds(B, RangeB, LowB, HighB),
    (   HighA + HighB =< Limit
    ->  T = t
    ;   LowA + LowB > Limit
    ->  T = f
    ;   T = u
    ).

bounds(V, _, V, V) :- integer(V), !.
bounds(u, Low..High, Low, High).
bounds(span(Low, _, High, _), _, Low, High).

%!  documented(+Value, -Truth) is det.
%
%   True when Truth tells whether the record gives any value, be it an interval.

documented(V, T) :- ( V == u -> T = f ; T = t ).
