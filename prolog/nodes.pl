% SPDX-License-Identifier: Apache-2.0
:- module(nodes,
          [ rule_nodes/2,               % +RuleBase, -Nodes
            node_of/4,                  % +Nodes, +Policy, +Condition, -Id
            condition_node/5,           % +RuleBase, +Nodes, +Policy, +Condition, -Id
            node_list/2,                % +Nodes, -Pairs
            node_names/3,               % +Nodes, +Policy, -Names
            policy_nodes/3,             % +Nodes, +Policy, -Ids
            policy_node_list/2,         % +Nodes, -Pairs
            node_parts/2,               % +Node, -Ids
            root_condition/3            % +RuleBase, ?Policy, -Condition
          ]).
:- use_module(library(assoc)).
:- use_module(library(apply), [foldl/4, foldl/6, maplist/3]).
:- use_module(library(lists), [member/2, reverse/2]).
:- use_module(library(ordsets), [ord_memberchk/2, ord_union/2]).
:- use_module(library(pairs), [pairs_keys_values/3]).
:- use_module(claims, [theorem_condition/3]).
:- use_module(evaluator, [definition_body/3]).
:- use_module(language).
:- use_module(loader).
:- use_module(possible, [typed_test/4]).
:- use_module(reference_facts, [reference_condition/3]).

/** <module> Every condition of a rule base as a numbered node

References are resolved, tests typed and equal conditions shared, so that a rule base becomes one
acyclic graph. The numbers are the same everywhere (here, in the exported JSON, in every engine):
children come before parents, and nodes in the order in which the rules first need them.

A *node* is test(Attribute, Typed), adds(Attributes, Limit), documented(Attribute),
undetermined(Why), combines(Op, Ids), modifies(Op, Id), by_reading(Name, Value-Id list) or
by_date(Day-Id list). In the last two, and only there, an Id may be `nothing`.

*Nodes* is nodes(ByNode, Roots, Names): an assoc from nodes to their numbers, one from
Policy-Condition to the number of that condition, and the list of name(Policy, Id, Head) for every
reference of Policy to a shared definition Head: a node that one policy calls by a name may stand
without it in another.
*/

%!  rule_nodes(+RuleBase, -Nodes) is det.
%
%   True when Nodes are the nodes of all policies, of the plausibility rules as the policy
%   `plausibility`, of the conditions of reference knowledge as the policy `reference` and of those
%   of theorems as the policy `theorems`.

rule_nodes(RuleBase, nodes(ByNode, Roots, Names)) :-
    empty_assoc(Empty),
    findall(Policy-Condition, named_condition(RuleBase, Policy, Condition), Conditions),
    foldl(number_named(RuleBase), Conditions,
          numbered(Empty, 0, [])-Empty, numbered(ByNode, _, Reversed)-Roots),
    reverse(Reversed, Names).

%   Criteria come before the condition that refers to them, so that their order is the document's.

named_condition(RuleBase, Policy, criterion(Id)) :-
    rule_fact(RuleBase, policy(Policy, _, _)),
    rule_fact(RuleBase, criterion(Policy, Id, _, _, _)).
named_condition(RuleBase, Policy, Condition) :-
    root_condition(RuleBase, Policy, Condition).
named_condition(RuleBase, Policy, Condition) :-
    rule_fact(RuleBase, policy(Policy, _, _)),
    rule_fact(RuleBase, applies_to(Policy, Condition)).
named_condition(RuleBase, plausibility, Condition) :-
    rule_fact(RuleBase, implausible(Condition, _)).
named_condition(RuleBase, plausibility, all_of(Conditions)) :-
    rule_fact(RuleBase, contradictory(Conditions, _)).
named_condition(RuleBase, plausibility, all_of(Conditions)) :-
    rule_fact(RuleBase, contradictory(_, Conditions, _)).
named_condition(RuleBase, reference, Condition) :-
    reference_condition(RuleBase, Condition, _).
named_condition(RuleBase, theorems, Condition) :-
    theorem_condition(RuleBase, Condition, _).

%!  root_condition(+RuleBase, ?Policy, -Condition) is nondet.
%
%   True when a request is met under Policy when Condition is true.

root_condition(RuleBase, Policy, Condition) :-
    rule_fact(RuleBase, policy(Policy, _, _)),
    rule_fact(RuleBase, met_when(Policy, Condition)).

number_named(RuleBase, Policy-Condition, Numbered0-Roots0, Numbered-Roots) :-
    number_condition(RuleBase, Policy, Condition, Id, Numbered0, Numbered),
    put_assoc(Policy-Condition, Roots0, Id, Roots).

number_condition(RuleBase, Policy, Condition, Id, State0, State) :-
    condition_form(Condition, Form),
    number_form(Form, RuleBase, Policy, Id, State0, State),
    !.

number_form(nothing, _, _, nothing, State, State).
number_form(refers(criterion(CriterionId)), RuleBase, Policy, Id, State0, State) :-
    rule_fact(RuleBase, criterion(Policy, CriterionId, _, Condition, _)),
    number_condition(RuleBase, Policy, Condition, Id, State0, State).
number_form(refers(definition(Name)), RuleBase, _, Id, State0, State) :-
    atom(Name),
    rule_fact(RuleBase, attribute(Name, _, boolean, _)),
    typed_test(RuleBase, Name, holds, Typed),
    number_node(test(Name, Typed), Id, State0, State).
number_form(refers(definition(Head)), RuleBase, Policy, Id, State0, State) :-
    definition_body(RuleBase, Head, Condition),
    number_condition(RuleBase, Policy, Condition, Id, State0, numbered(ByNode, Next, Names)),
    (   memberchk(name(Policy, Id, Head), Names)
    ->  State = numbered(ByNode, Next, Names)
    ;   State = numbered(ByNode, Next, [name(Policy, Id, Head)|Names])
    ).
number_form(compares(Attribute, Test), RuleBase, _, Id, State0, State) :-
    typed_test(RuleBase, Attribute, Test, Typed),
    number_node(test(Attribute, Typed), Id, State0, State).
number_form(adds(Attributes, Limit), _, _, Id, State0, State) :-
    number_node(adds(Attributes, Limit), Id, State0, State).
number_form(documented(Attribute), _, _, Id, State0, State) :-
    number_node(documented(Attribute), Id, State0, State).
number_form(undetermined(Why), _, _, Id, State0, State) :-
    number_node(undetermined(Why), Id, State0, State).
number_form(combines(Op, Conditions), RuleBase, Policy, Id, State0, State) :-
    foldl(number_condition(RuleBase, Policy), Conditions, Ids, State0, State1),
    number_node(combines(Op, Ids), Id, State1, State).
number_form(modifies(Op, Condition), RuleBase, Policy, Id, State0, State) :-
    number_condition(RuleBase, Policy, Condition, Part, State0, State1),
    number_node(modifies(Op, Part), Id, State1, State).
number_form(by_reading(Name, Cases), RuleBase, Policy, Id, State0, State) :-
    pairs_keys_values(Cases, Values, Conditions),
    foldl(number_condition(RuleBase, Policy), Conditions, Ids, State0, State1),
    pairs_keys_values(Parts, Values, Ids),
    number_node(by_reading(Name, Parts), Id, State1, State).
number_form(by_date(Cases), RuleBase, Policy, Id, State0, State) :-
    pairs_keys_values(Cases, Dates, Conditions),
    maplist(day_number, Dates, Days),
    foldl(number_condition(RuleBase, Policy), Conditions, Ids, State0, State1),
    pairs_keys_values(Parts, Days, Ids),
    number_node(by_date(Parts), Id, State1, State).

number_node(Node, Id, numbered(ByNode, Next, Names), numbered(ByNode, Next, Names)) :-
    get_assoc(Node, ByNode, Id),
    !.
number_node(Node, Next, numbered(ByNode0, Next, Names), numbered(ByNode, Next1, Names)) :-
    put_assoc(Node, ByNode0, Next, ByNode),
    Next1 is Next + 1.

%!  node_of(+Nodes, +Policy, +Condition, -Id) is semidet.
%
%   True when Id is the number of Condition, which is a criterion(Id), a root, a scope, a
%   plausibility rule, a condition of reference knowledge or one of a theorem of Policy.

node_of(nodes(_, Roots, _), Policy, Condition, Id) :-
    get_assoc(Policy-Condition, Roots, Id).

%!  condition_node(+RuleBase, +Nodes, +Policy, +Condition, -Id) is semidet.
%
%   True when Id is the number of Condition, which stands anywhere in the rules of Policy.

condition_node(RuleBase, nodes(ByNode, _, Names), Policy, Condition, Id) :-
    number_condition(RuleBase, Policy, Condition, Id, numbered(ByNode, 0, Names), numbered(_, 0, _)).

%!  node_list(+Nodes, -Pairs) is det.
%
%   True when Pairs are the Id-Node pairs in the order of their numbers.

node_list(nodes(ByNode, _, _), Pairs) :-
    assoc_to_list(ByNode, NodeIds),
    findall(Id-Node, member(Node-Id, NodeIds), Unsorted),
    keysort(Unsorted, Pairs).

%!  node_names(+Nodes, +Policy, -Names) is det.
%
%   True when Names are the Id-Head pairs of all references of Policy to shared definitions.

node_names(nodes(_, _, All), Policy, Names) :-
    findall(Id-Head, member(name(Policy, Id, Head), All), Names).

%!  policy_nodes(+Nodes, +Policy, -Ids) is det.
%
%   True when Ids are, in order, the numbers of all nodes that the conditions of Policy need.

policy_nodes(Nodes, Policy, Ids) :-
    Nodes = nodes(_, Roots, _),
    node_list(Nodes, Pairs),
    list_to_assoc(Pairs, ById),
    assoc_to_list(Roots, Named),
    findall(Id, member((Policy-_)-Id, Named), Starts),
    reach(Starts, ById, [], Reached),
    sort(Reached, Ids).

%!  policy_node_list(+Nodes, -Pairs) is det.
%
%   True when Pairs are the Id-Node pairs that some policy, reference knowledge or a theorem needs,
%   and not only the plausibility rules, in the order of their numbers.

policy_node_list(Nodes, Pairs) :-
    Nodes = nodes(_, Roots, _),
    assoc_to_keys(Roots, Named),
    findall(Policy, ( member(Policy-_, Named), Policy \== plausibility ), Unsorted),
    sort(Unsorted, Policies),
    maplist(policy_nodes(Nodes), Policies, Lists),
    ord_union(Lists, Needed),
    node_list(Nodes, All),
    findall(Id-Node, ( member(Id-Node, All), ord_memberchk(Id, Needed) ), Pairs).

reach([], _, Seen, Seen).
reach([Id|Ids], ById, Seen0, Seen) :-
    (   memberchk(Id, Seen0)
    ->  reach(Ids, ById, Seen0, Seen)
    ;   get_assoc(Id, ById, Node),
        node_parts(Node, Parts),
        reach(Parts, ById, [Id|Seen0], Seen1),
        reach(Ids, ById, Seen1, Seen)
    ).

%!  node_parts(+Node, -Ids) is det.
%
%   True when Ids are the numbers of the nodes directly below Node.

node_parts(combines(_, Ids), Ids) :- !.
node_parts(modifies(_, Id), [Id]) :- !.
node_parts(by_reading(_, Cases), Ids) :- !, case_parts(Cases, Ids).
node_parts(by_date(Cases), Ids) :- !, case_parts(Cases, Ids).
node_parts(_, []).

case_parts(Cases, Ids) :-
    findall(Id, ( member(_-Id, Cases), Id \== nothing ), Ids).
