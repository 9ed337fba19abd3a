% SPDX-License-Identifier: Apache-2.0
:- module(test_compiler, []).
:- use_module(library(plunit)).
:- use_module(library(aggregate), [aggregate_all/3]).
:- use_module(library(apply), [foldl/4, maplist/3, partition/4]).
:- use_module(library(assoc), [get_assoc/3, list_to_assoc/2]).
:- use_module(library(lists), [append/2, append/3, member/2, nth1/3, subtract/3, sum_list/2]).
:- use_module(library(pairs), [pairs_keys/2, pairs_keys_values/3, pairs_values/2]).
:- use_module(fixtures).
:- use_module(random_requests).
:- use_module('../../prolog/compiler').
:- use_module('../../prolog/digest').
:- use_module('../../prolog/evaluator').
:- use_module('../../prolog/language').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/nodes').
:- use_module('../../prolog/operators').

/** <module> The compiled clauses against the interpreter, node by node

Every condition that stands in the rules of a policy, down to its leaves, is interpreted where it
stands and looked up among the nodes that the compiled clause computed. Half of the requests are
random throughout; half have climbed towards one that meets the policy, because far from there
nearly every combination is false.

Before the first text in force the compiled clause says `-` throughout; the interpreter does not
know of that day, so that such requests are checked for the dashes alone.
*/

:- dynamic truths/5.

%   Requests

compiled(RuleBase, Nodes, Policy) :-
    retractall(truths(_, _, _, _, _)),
    policy_clause(RuleBase, Nodes, Policy, Clause),
    assertz(Clause).

%   letters(Policy, Drawn, Letters): Letters are those of the compiled clause.

letters(Policy, drawn(On, Choices, Facts), Letters) :-
    findall(Index, member(choice(_, Index, _), Choices), Indexes),
    Readings =.. [r|Indexes],
    pairs_values(Facts, Values),
    Record =.. [f|Values],
    truths(Policy, On, Readings, Record, Letters).

interpreted(Policy, drawn(On, Choices, Facts), Request) :-
    findall(Name-Value, member(choice(Name, _, Value), Choices), Readings),
    findall(Attribute-Value, ( member(Attribute-Value, Facts), Value \== u ), Known),
    request(Policy, On, Readings, Known, Request).

in_force(RuleBase, Policy, drawn(On, Choices, _)) :-
    (   rule_fact(RuleBase, in_force_from(Policy, From, _))
    ->  (   From = by_reading(Name, Cases)
        ->  memberchk(choice(Name, _, Value), Choices),
            memberchk(case(Value, Date), Cases)
        ;   Date = From
        ),
        day_number(Date, Day),
        On >= Day
    ;   true
    ).

%   How close to a request that meets the policy: its criteria that hold or may hold, and the whole.

closeness(Policy, Places-Root, Drawn, Number) :-
    letters(Policy, Drawn, Letters),
    Row =.. [row|Letters],
    aggregate_all(sum(Points), ( member(Place, Places), arg(Place, Row, Letter), points(Letter, Points) ), Sum),
    ( arg(Root, Row, t) -> Number is Sum + 10 ; Number = Sum ).

points(t, 2).
points(u, 1).

goals_of(RuleBase, Nodes, Policy, Places-Root) :-
    policy_nodes(Nodes, Policy, Ids),
    findall(Place,
            ( rule_fact(RuleBase, criterion(Policy, Id, _, _, _)),
              node_of(Nodes, Policy, criterion(Id), Node),
              nth1(Place, Ids, Node) ),
            Places),
    (   root_condition(RuleBase, Policy, Condition)
    ->  node_of(Nodes, Policy, Condition, RootNode),
        nth1(Root, Ids, RootNode)
    ;   Root = 0
    ).

requests(0, _, _, _, []) :- !.
requests(N, Seed0, Source, Score, [Drawn|More]) :-
    (   N mod 2 =:= 0
    ->  random_request(Source, Drawn, Seed0, Seed)
    ;   Source = source(_, _, Attributes),
        length(Attributes, Facts),
        Steps is 8 * Facts,
        better_request(Steps, Source, Score, Drawn0, Seed0, Seed1),
        changed_request(Source, Drawn0, Drawn, Seed1, Seed)
    ),
    Less is N - 1,
    requests(Less, Seed, Source, Score, More).

%   All conditions that stand in the rules of a policy

rule_condition(RuleBase, Policy, criterion(Id)) :-
    rule_fact(RuleBase, criterion(Policy, Id, _, _, _)).
rule_condition(RuleBase, Policy, Condition) :-
    rule_fact(RuleBase, met_when(Policy, Condition)).
rule_condition(RuleBase, Policy, Condition) :-
    rule_fact(RuleBase, applies_to(Policy, Condition)).
rule_condition(RuleBase, plausibility, Condition) :-
    rule_fact(RuleBase, implausible(Condition, _)).
rule_condition(RuleBase, plausibility, all_of(Conditions)) :-
    rule_fact(RuleBase, contradictory(Conditions, _)).

standing_conditions(RuleBase, Policy, Conditions) :-
    findall(C, rule_condition(RuleBase, Policy, C), Roots),
    standing(Roots, RuleBase, Policy, [], Conditions).

standing([], _, _, Seen, Seen).
standing([C|Cs], RuleBase, Policy, Seen0, Seen) :-
    (   ( C == nothing ; memberchk(C, Seen0) )
    ->  standing(Cs, RuleBase, Policy, Seen0, Seen)
    ;   condition_form(C, Form),
        parts(Form, RuleBase, Policy, Parts),
        append(Parts, Cs, Todo),
        standing(Todo, RuleBase, Policy, [C|Seen0], Seen)
    ).

parts(combines(_, Cs), _, _, Cs) :- !.
parts(modifies(_, C), _, _, [C]) :- !.
parts(by_reading(_, Cases), _, _, Cs) :- !, pairs_values(Cases, Cs).
parts(by_date(Cases), _, _, Cs) :- !, pairs_values(Cases, Cs).
parts(refers(To), RuleBase, Policy, Parts) :-
    referred(To, RuleBase, Policy, C),
    !,
    condition_form(C, Form),
    parts(Form, RuleBase, Policy, Parts).
parts(_, _, _, []).

%   What is referred to has the node of the reference, so that its parts are next.

referred(criterion(Id), RuleBase, Policy, C) :-
    rule_fact(RuleBase, criterion(Policy, Id, _, C, _)).
referred(definition(Head), RuleBase, _, C) :-
    \+ rule_fact(RuleBase, attribute(Head, _, _, _)),
    definition_body(RuleBase, Head, C).

%   The comparison

%   compared(Name, Policy, N, Result): Result tells of N random requests where the two differ, what
%   was not compared, which letters were rare, and which leaves did not come out all three ways.

compared(Name, Policy, N, result(Exceptions, NotCompared, Rare, Dull)) :-
    rule_base(Name, RuleBase, Nodes),
    compiled(RuleBase, Nodes, Policy),
    request_source(RuleBase, Nodes, Policy, Source),
    goals_of(RuleBase, Nodes, Policy, Goals),
    requests(N, 20260601, Source, test_compiler:closeness(Policy, Goals), Requests),
    partition(test_compiler:in_force(RuleBase, Policy), Requests, InForce, Before),
    standing_conditions(RuleBase, Policy, Conditions),
    findall(Id-C, ( member(C, Conditions), condition_node(RuleBase, Nodes, Policy, C, Id) ), Numbered),
    policy_nodes(Nodes, Policy, Ids),
    findall(Outcome,
            ( member(Drawn, InForce),
              outcome(RuleBase, Policy, Ids, Numbered, Drawn, Outcome) ),
            Outcomes),
    findall(no_dashes(Drawn), ( member(Drawn, Before), \+ all_dashes(Policy, Drawn) ), NoDashes),
    findall(D, ( member(D, Outcomes), D = differs(_, _, _, _) ), Differing),
    append(NoDashes, Differing, Exceptions),
    findall(C, ( member(C, Conditions), \+ memberchk(_-C, Numbered) ), Unnumbered),
    pairs_keys(Numbered, Compared),
    subtract(Ids, Compared, Missed),
    subtract(Compared, Ids, Strange),
    append([Unnumbered, Missed, Strange], NotCompared),
    tally(Outcomes, Tally),
    told(Name, Policy, Ids, InForce, Before, Tally),
    node_list(Nodes, Pairs),
    findall(Node, ( member(Id-Node, Pairs), memberchk(Id, Ids) ), PolicyNodes),
    findall(Letter, rare(PolicyNodes, Tally, Letter), Rare),
    sort(Outcomes, Kinds),
    findall(Id-Node, ( member(Id-Node, Pairs), memberchk(Id, Ids), dull(Node, Id, Kinds) ), Dull).

all_dashes(Policy, Drawn) :-
    letters(Policy, Drawn, Letters),
    sort(Letters, [-]).

outcome(RuleBase, Policy, Ids, Numbered, Drawn, Outcome) ),
            Outcomes),
    findall(dashes(Drawn),
            ( member(Drawn, Before), letters(Policy, Drawn, Ls), member(L, Ls), L \== (-) ),
            NoDashes),
    findall(differs(Id, C, Letter, Truth),
            member(differs(Id, C, Letter, Truth), Outcomes),
            Differing),
    append(NoDashes, Differing, Exceptions),
    findall(C, ( member(C, Conditions), \+ memberchk(_-C, Numbered) ), Unnumbered),
    pairs_keys(Numbered, Compared),
    subtract(Ids, Compared, Missed),
    append(Unnumbered, Missed, NotCompared),
    tally(Outcomes, Tally),
    told(Name, Policy, Ids, InForce, Before, Tally),
    findall(Letter, rare(Nodes, Ids, Tally, Letter), Rare),
    findall(Id-Seen, dim(Nodes, Ids, Outcomes, Id, Seen), Dim).

outcome(RuleBase, Policy, Ids, Numbered, Drawn, Outcome) :-
    letters(Policy, Drawn, Letters),
    pairs_keys_values(ById, Ids, Letters),
    list_to_assoc(ById, LetterOf),
    interpreted(Policy, Drawn, Request),
    member(Id-C, Numbered),
    get_assoc(Id, LetterOf, Letter),
    condition_truth(RuleBase, Request, C, Truth),
    (   Truth == Letter
    ->  Outcome = same(Id, Letter)
    ;   Outcome = differs(Id, C, Letter, Truth)
    ).

tally(Outcomes, Tally) :-
    findall(Letter-Count,
            ( member(Letter, [t, f, u, -]), aggregate_all(count, member(same(_, Letter), Outcomes), Count) ),
            Tally).

told(Name, Policy, Ids, InForce, Before, [t-T, f-F, u-U, (-)-D]) :-
    maplist(length, [Ids, InForce, Before], [Nodes, N, Early]),
    format("~w, ~w: ~d nodes, ~d requests (and ~d before the first text); t ~D, f ~D, u ~D, - ~D~n",
           [Name, Policy, Nodes, N, Early, T, F, U, D]).

%   A letter is rare below a tenth, and `-` below a hundredth where something may not be in force.

rare(PolicyNodes, Tally, Letter) :-
    pairs_values(Tally, Counts),
    sum_list(Counts, All),
    member(Letter-Count, Tally),
    (   Letter == (-)
    ->  once(( member(Node, PolicyNodes), may_be_left_out(Node) )),
        Count * 100 < All
    ;   Count * 10 < All
    ).

may_be_left_out(by_reading(_, Cases)) :- memberchk(_-nothing, Cases).
may_be_left_out(by_date(Cases)) :- memberchk(_-nothing, Cases).

%   A leaf is dull unless it was true, false and unknown; documented(X) is never unknown.

dull(Node, Id, Kinds) :-
    leaf_letters(Node, Letters),
    member(Letter, Letters),
    \+ memberchk(same(Id, Letter), Kinds),
    !.

leaf_letters(test(_, _), [t, f, u]).
leaf_letters(adds(_, _), [t, f, u]).
leaf_letters(documented(_), [t, f]).

:- begin_tests(x).
test(x) :- forall(member(B-P-N, [tiny-handbook_drug-200,kb-premera_lutathera-70,kb-premera_pluvicto-80,kb-premera_xofigo-150,kb-wellmark_lutathera-70,kb-plausibility-100]), (
 statistics(cputime,T0), compared(B,P,N,R), statistics(cputime,T1), T is T1-T0, R=result(E,NC,Ra,Dim),
 length(E,EL),
 writeln(T/EL/NC/Ra/Dim))).
:- end_tests(x).
