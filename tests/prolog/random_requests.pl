% SPDX-License-Identifier: Apache-2.0
:- module(random_requests,
          [ request_source/4,           % +RuleBase, +Nodes, +Policy, -Source
            random_request/4,           % +Source, -Drawn, +Seed0, -Seed
            better_request/6,           % +Steps, +Source, :Score, -Drawn, +Seed0, -Seed
            changed_request/5,          % +Source, +Drawn0, -Drawn, +Seed0, -Seed
            number_below/4              % +N, -I, +Seed0, -Seed
          ]).
:- use_module(library(lists), [append/2, member/2, min_list/2, nth0/3, nth0/4]).
:- use_module('../../prolog/compiler').
:- use_module('../../prolog/evaluator').
:- use_module('../../prolog/language').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/nodes').
:- use_module('../../prolog/operators').

/** <module> Pseudo-random requests, the same in every run

The seed is threaded through, so that nothing depends on the library of the day. Numbers are drawn
at the constants of the tests, just beside them and at the ends of the range, alone or as the ends
of a span; days are those on which some text or case begins, the days before them, from the eve of
the policy's first text on, and one long after.

A *source* is source(Days, Readings, Attributes): Readings a list of Name-Values and Attributes
one of Attribute-Draw, Draw being options(N), sets(N), whole(Points) or dense(Points, May), May
either never or number. Points and Values are compound terms, for fast access by number.

A *drawn* request is drawn(On, Choices, Facts): Choices a list of choice(Reading, Index, Value) and
Facts one of Attribute-Value, for each reading and attribute of the policy, in the order of module
compiler.
*/

:- meta_predicate better_request(+, +, 2, -, +, -).

%!  request_source(+RuleBase, +Nodes, +Policy, -Source) is det.
%
%   True when Source has all that a request for Policy may be drawn from.

request_source(RuleBase, Nodes, Policy, source(Days, Readings, Draws)) :-
    days(RuleBase, Nodes, Policy, Days),
    policy_readings(RuleBase, Nodes, Policy, Names),
    findall(Name-Values,
            ( member(Name, Names), reading_values(RuleBase, Name, List), Values =.. [values|List] ),
            Readings),
    policy_attributes(Nodes, Policy, Attributes),
    node_list(Nodes, Pairs),
    findall(Attribute-Draw,
            ( member(Attribute, Attributes),
              once(rule_fact(RuleBase, attribute(Attribute, _, Type, _))),
              findall(N, ( member(_-Node, Pairs), constant(Node, Attribute, N) ), Constants),
              draw_of(Type, Constants, Draw) ),
            Draws).

constant(test(Attribute, Typed), Attribute, N) :-
    compound(Typed),
    arg(_, Typed, N).
constant(adds(Attributes, Limit), Attribute, N) :-
    memberchk(Attribute, Attributes),
    between(0, Limit, N).

draw_of(boolean, _, options(2)).
draw_of(one_of(Options), _, options(N)) :-
    length(Options, N).
draw_of(set_of(Options), _, sets(N)) :-
    length(Options, N).
draw_of(integer(Low..High, _), Constants, whole(Points)) :-
    points(Constants, 1, Low, High, Points).
draw_of(number(Low..High, _), Constants, dense(Points, number)) :-
    points(Constants, 1r100, Low, High, Points).
draw_of(elapsed(Low..High, _), Constants, dense(Points, never)) :-
    points(Constants, 1r100, Low, High, Points).

points(Constants, Step, Low, High, Points) :-
    findall(P,
            ( member(N, [Low, High|Constants]),
              member(Sign, [-1, 0, 1]),
              P is N + Sign * Step,
              P >= Low,
              P =< High ),
            Ps),
    sort(Ps, Sorted),
    Points =.. [points|Sorted].

days(RuleBase, Nodes, Policy, Days) :-
    findall(Day, beginning(RuleBase, Nodes, Day), Begins),
    findall(Before, ( member(Day, Begins), day_before(Day, Before) ), Eves),
    append([[20000101, 20991231], Begins, Eves], All),
    sort(All, Sorted),
    findall(Day, in_force_day(RuleBase, Policy, Day), Firsts),
    (   Firsts == []
    ->  Kept = Sorted
    ;   min_list(Firsts, First),
        day_before(First, Eve),
        findall(Day, ( member(Day, Sorted), Day >= Eve ), Kept)
    ),
    Days =.. [days|Kept].

beginning(_, Nodes, Day) :-
    node_list(Nodes, Pairs),
    member(_-by_date(Cases), Pairs),
    member(Day-_, Cases).
beginning(RuleBase, _, Day) :-
    rule_fact(RuleBase, text(_, Date, _, _, _)),
    day_number(Date, Day).
beginning(RuleBase, _, Day) :-
    in_force_day(RuleBase, _, Day).

in_force_day(RuleBase, Policy, Day) :-
    rule_fact(RuleBase, in_force_from(Policy, From, _)),
    (   From = by_reading(_, Cases)
    ->  member(case(_, Date), Cases)
    ;   Date = From
    ),
    day_number(Date, Day).

day_before(Day, Before) :-
    Y is Day // 10000,
    M is Day // 100 mod 100,
    D is Day mod 100,
    date_time_stamp(date(Y, M, D, 0, 0, 0, 0, -, -), Stamp),
    Earlier is Stamp - 86400,
    stamp_date_time(Earlier, date(Y1, M1, D1, _, _, _, _, _, _), 'UTC'),
    Before is Y1 * 10000 + M1 * 100 + D1.

%!  number_below(+N, -I, +Seed0, -Seed) is det.
%
%   True when I is the next of the pseudo-random whole numbers from 0 to N - 1.

number_below(N, I, Seed0, Seed) :-
    Seed is (Seed0 * 6364136223846793005 + 1442695040888963407) /\ 0xFFFFFFFFFFFFFFFF,
    I is (Seed >> 33) mod N.

one_of(Term, Chosen) -->
    one_of(Term, _, Chosen).

one_of(Term, I, Chosen) -->
    { functor(Term, _, N) },
    number_below(N, I),
    { Place is I + 1, arg(Place, Term, Chosen) }.

%!  random_request(+Source, -Drawn, +Seed0, -Seed) is det.
%
%   True when Drawn is a request of which everything is drawn alone: half of the readings at their
%   defaults, a quarter of the facts unknown.

random_request(source(Days, Readings, Attributes), drawn(On, Choices, Facts)) -->
    one_of(Days, On),
    readings(Readings, Choices),
    facts(Attributes, Facts).

readings([], []) --> [].
readings([Name-Values|Readings], [choice(Name, Index, Value)|Choices]) -->
    number_below(2, Any),
    (   { Any =:= 0 }
    ->  { Index = 0, arg(1, Values, Value) }
    ;   one_of(Values, Index, Value)
    ),
    readings(Readings, Choices).

facts([], []) --> [].
facts([Attribute-Draw|Attributes], [Attribute-Value|Facts]) -->
    number_below(4, Known),
    (   { Known =:= 0 }
    ->  { Value = u }
    ;   value(Draw, Value)
    ),
    facts(Attributes, Facts).

value(options(N), Value) -->
    number_below(N, Value).
value(sets(N), Mask) -->
    number_below(4, Size),
    members(Size, N, 0, Mask).
value(whole(Points), Value) -->
    one_of(Points, A),
    one_of(Points, B),
    number_below(2, Spans),
    { Spans =:= 1, A =\= B -> ordered(A, B, Low, High), Value = span(Low, c, High, c) ; Value = A }.
value(dense(Points, May), Value) -->
    one_of(Points, A),
    one_of(Points, B),
    one_of(ends(c, o), L),
    one_of(ends(c, o), H),
    number_below(8, Kind),
    {   Kind =:= 0, May == never
    ->  Value = never
    ;   Kind >= 4, A =\= B
    ->  ordered(A, B, Low, High),
        Value = span(Low, L, High, H)
    ;   Value = A
    }.

members(0, _, Mask, Mask) --> !.
members(Size, N, Mask0, Mask) -->
    number_below(N, I),
    { Mask1 is Mask0 \/ (1 << I), Less is Size - 1 },
    members(Less, N, Mask1, Mask).

ordered(A, B, Low, High) :-
    Low is min(A, B),
    High is max(A, B).

%!  changed_request(+Source, +Drawn0, -Drawn, +Seed0, -Seed) is det.
%
%   True when Drawn is Drawn0 with one fact drawn anew, perhaps as unknown.

changed_request(source(_, _, Attributes), drawn(On, Choices, Facts0), drawn(On, Choices, Facts)) -->
    { length(Attributes, N) },
    number_below(N, I),
    { nth0(I, Attributes, Attribute, _) },
    facts([Attribute], [Fact]),
    { nth0(I, Facts0, _, Others), nth0(I, Facts, Fact, Others) }.

%!  better_request(+Steps, +Source, :Score, -Drawn, +Seed0, -Seed) is det.
%
%   True when Drawn is a random request of which in Steps steps one fact was drawn anew, each time
%   for good unless the number call(Score, Drawn, Number) fell. So it comes close to what the
%   score is high for.

better_request(Steps, Source, Score, Drawn) -->
    random_request(Source, Drawn0),
    { call(Score, Drawn0, Number0) },
    climbed(Steps, Source, Score, Number0, Drawn0, Drawn).

climbed(0, _, _, _, Drawn, Drawn) --> !.
climbed(Steps, Source, Score, Number0, Drawn0, Drawn) -->
    changed_request(Source, Drawn0, Drawn1),
    { call(Score, Drawn1, Number1), Less is Steps - 1 },
    (   { Number1 >= Number0 }
    ->  climbed(Less, Source, Score, Number1, Drawn1, Drawn)
    ;   climbed(Less, Source, Score, Number0, Drawn0, Drawn)
    ).
