% SPDX-License-Identifier: Apache-2.0
:- module(compiler,
          [ policy_clause/4,            % +RuleBase, +Nodes, +Policy, -Clause
            policy_attributes/3,        % +Nodes, +Policy, -Attributes
            policy_readings/4           % +RuleBase, +Nodes, +Policy, -Readings
          ]).
:- use_module(library(apply), [maplist/3, foldl/4]).
:- use_module(library(assoc), [list_to_assoc/2, get_assoc/3]).
:- use_module(library(lists), [member/2, reverse/2]).
:- use_module(library(pairs), [pairs_keys_values/3, pairs_values/2]).
:- use_module(evaluator, [reading_values/3]).
:- use_module(language).
:- use_module(loader).
:- use_module(nodes).
:- use_module(possible).
:- use_module(truth).

/** <module> A policy as one clause

For speed, each policy becomes one clause whose body computes the truth of every node in order, a
goal or a few for each, with no interpretation left:

    truths(Policy, On, Readings, Facts, Letters)

On is a day number; Readings is r(...) with, for each reading the policy needs, the index of the
value chosen; Facts is f(...) with a value as in module possible for each attribute that the
policy needs; Letters is the list of truths of policy_nodes/3. Before the first text in force
every truth is `-`.
*/

%!  policy_attributes(+Nodes, +Policy, -Attributes) is det.
%
%   True when Attributes are the attributes that Policy needs, in the order of their first use.

policy_attributes(Nodes, Policy, Attributes) :-
    policy_pairs(Nodes, Policy, Pairs),
    findall(Attribute, ( member(_-Node, Pairs), node_attribute(Node, Attribute) ), All),
    first_uses(All, Attributes).

node_attribute(test(Attribute, _), Attribute).
node_attribute(adds(Attributes, _), Attribute) :- member(Attribute, Attributes).
node_attribute(documented(Attribute), Attribute).

%!  policy_readings(+RuleBase, +Nodes, +Policy, -Readings) is det.
%
%   True when Readings are the readings that Policy needs, in the order of their first use.

policy_readings(RuleBase, Nodes, Policy, Readings) :-
    policy_pairs(Nodes, Policy, Pairs),
    findall(Name, member(_-by_reading(Name, _), Pairs), All0),
    (   rule_fact(RuleBase, in_force_from(Policy, by_reading(Name, _), _))
    ->  All = [Name|All0]
    ;   All = All0
    ),
    first_uses(All, Readings).

first_uses(All, Firsts) :-
    foldl(first_use, All, [], Reversed),
    reverse(Reversed, Firsts).

first_use(X, Seen, Seen) :- memberchk(X, Seen), !.
first_use(X, Seen, [X|Seen]).

policy_pairs(Nodes, Policy, Pairs) :-
    policy_nodes(Nodes, Policy, Ids),
    node_list(Nodes, All),
    findall(Id-Node, ( member(Id-Node, All), memberchk(Id, Ids) ), Pairs).

%!  policy_clause(+RuleBase, +Nodes, +Policy, -Clause) is det.
%
%   True when Clause is the clause truths/5 of Policy.

policy_clause(RuleBase, Nodes, Policy, (truths(Policy, On, Readings, Facts, Letters) :- Body)) :-
    policy_pairs(Nodes, Policy, Pairs),
    policy_attributes(Nodes, Policy, Attributes),
    policy_readings(RuleBase, Nodes, Policy, Names),
    variables(Attributes, f, Facts, Values),
    variables(Names, r, Readings, Choices),
    pairs_values_fresh(Pairs, Truths),
    list_to_assoc(Truths, ByNode),
    Context = context(RuleBase, On, Values, Choices, ByNode),
    maplist(node_goal(Context), Pairs, Goals),
    pairs_values(Truths, Ts),
    maplist([_, -]>>true, Ts, Dashes),
    conjunction(Goals, Conjunction),
    in_force_goal(RuleBase, Policy, Context, InForce),
    Body = ( InForce -> Conjunction, Letters = Ts ; Letters = Dashes ).

variables(Names, Functor, Term, Bindings) :-
    length(Names, N),
    functor(Term, Functor, N),
    Term =.. [_|Vars],
    pairs_keys_values(Bindings0, Names, Vars),
    list_to_assoc(Bindings0, Bindings).

pairs_values_fresh(Pairs, Fresh) :-
    findall(Id, member(Id-_, Pairs), Ids),
    maplist([Id, Id-_]>>true, Ids, Fresh).

conjunction([], true).
conjunction([Goal|Goals], Conjunction) :-
    (   Goals == []
    ->  Conjunction = Goal
    ;   Conjunction = (Goal, Rest),
        conjunction(Goals, Rest)
    ).

in_force_goal(RuleBase, Policy, Context, Goal) :-
    Context = context(_, On, _, Choices, _),
    (   rule_fact(RuleBase, in_force_from(Policy, From, _))
    ->  (   From = by_reading(Name, Cases)
        ->  get_assoc(Name, Choices, Choice),
            reading_values(RuleBase, Name, Values),
            findall(Day, ( member(Value, Values),
                           member(case(Value, Date), Cases),
                           day_number(Date, Day) ), Days),
            Table =.. [days|Days],
            Goal = ( I is Choice + 1, arg(I, Table, Start), On >= Start )
        ;   day_number(From, Start),
            Goal = ( On >= Start )
        )
    ;   Goal = true
    ).

node_goal(Context, Id-Node, Goal) :-
    truth_of(Context, Id, Truth),
    goal(Node, Context, Truth, Goal),
    !.

truth_of(_, nothing, -) :- !.
truth_of(context(_, _, _, _, ByNode), Id, Truth) :-
    get_assoc(Id, ByNode, Truth).

value_of(context(_, _, Values, _, _), Attribute, Value) :-
    get_assoc(Attribute, Values, Value).

goal(test(Attribute, Typed), Context, Truth, possible:Goal) :-
    value_of(Context, Attribute, Value),
    test_goal(Typed, Value, Truth, Goal).
goal(adds([A, B], Limit), Context, Truth, possible:sum_at_most(VA, RangeA, VB, RangeB, Limit, Truth)) :-
    Context = context(RuleBase, _, _, _, _),
    value_of(Context, A, VA),
    value_of(Context, B, VB),
    rule_fact(RuleBase, attribute(A, _, integer(RangeA, _), _)),
    rule_fact(RuleBase, attribute(B, _, integer(RangeB, _), _)).
goal(documented(Attribute), Context, Truth, possible:documented(Value, Truth)) :-
    value_of(Context, Attribute, Value).
goal(undetermined(_), _, Truth, Truth = u).
goal(combines(all_of, Ids), Context, Truth, Goal) :-
    combination(Ids, and, Context, Truth, Goal).
goal(combines(any_of, Ids), Context, Truth, Goal) :-
    combination(Ids, or, Context, Truth, Goal).
goal(combines(evidence, Ids), Context, Truth, ( Goal, truth:verdict(Joined, Truth) )) :-
    combination(Ids, join, Context, Joined, Goal).
goal(modifies(not, Id), Context, Truth, truth:negation(T, Truth)) :-
    truth_of(Context, Id, T).
goal(modifies(supports, Id), Context, Truth, truth:support(T, Truth)) :-
    truth_of(Context, Id, T).
goal(modifies(rules_out, Id), Context, Truth, truth:ruling_out(T, Truth)) :-
    truth_of(Context, Id, T).
goal(by_reading(Name, Cases), Context, Truth, Goal) :-
    Context = context(RuleBase, _, _, Choices, _),
    get_assoc(Name, Choices, Choice),
    reading_values(RuleBase, Name, Values),
    choice_goal(Values, 0, Cases, Context, Choice, Truth, Goal).
goal(by_date(Cases), Context, Truth, Goal) :-
    Context = context(_, On, _, _, _),
    reverse(Cases, Latest),
    date_goal(Latest, Context, On, Truth, Goal).

combination([], _, _, Truth, Truth = (-)).
combination([Id], _, Context, Truth, Truth = T) :-
    !,
    truth_of(Context, Id, T).
combination([Id|Ids], Op, Context, Truth, Goal) :-
    truth_of(Context, Id, T),
    combine(Ids, Op, T, Context, Truth, Goal).

combine([Id], Op, T0, Context, Truth, truth:Goal) :-
    !,
    truth_of(Context, Id, T),
    Goal =.. [Op, T0, T, Truth].
combine([Id|Ids], Op, T0, Context, Truth, ( truth:Goal, Goals )) :-
    truth_of(Context, Id, T),
    Goal =.. [Op, T0, T, T1],
    combine(Ids, Op, T1, Context, Truth, Goals).

choice_goal([Value], _, Cases, Context, _, Truth, Truth = T) :-
    !,
    case_truth(Value, Cases, Context, T).
choice_goal([Value|Values], Index, Cases, Context, Choice, Truth,
            ( Choice =:= Index -> Truth = T ; Goal )) :-
    case_truth(Value, Cases, Context, T),
    Next is Index + 1,
    choice_goal(Values, Next, Cases, Context, Choice, Truth, Goal).

case_truth(Value, Cases, Context, Truth) :-
    memberchk(Value-Id, Cases),
    truth_of(Context, Id, Truth).

date_goal([], _, _, Truth, Truth = (-)).
date_goal([Day-Id|Cases], Context, On, Truth, ( On >= Day -> Truth = T ; Goal )) :-
    truth_of(Context, Id, T),
    date_goal(Cases, Context, On, Truth, Goal).
