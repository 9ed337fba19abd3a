% SPDX-License-Identifier: Apache-2.0
:- module(circles,
          [ circle/3                    % +RuleBase, -Location, -Name
          ]).
:- use_module(library(apply), [foldl/4]).
:- use_module(library(assoc), [empty_assoc/1, get_assoc/3, put_assoc/4]).
:- use_module(library(lists), [append/3, member/2]).
:- use_module(library(ugraphs), [vertices_edges_to_ugraph/3, reachable/3]).
:- use_module(condition_checks, [uses/2]).
:- use_module(loader).

/** <module> No definition or criterion comes to refer to itself

What does would have no meaning, and to place or number its conditions would not end.
*/

%!  circle(+RuleBase, -Location, -Name) is nondet.
%
%   True when the definition or criterion Name, at Location, comes to refer to itself.

circle(RuleBase, Location, Name) :-
    (   circle_by(written, RuleBase, _, _)
    ->  How = written               % what is applied would not end
    ;   How = applied
    ),
    circle_by(How, RuleBase, Location, Name).

circle_by(How, RuleBase, Location, Name) :-
    findall(From-To, refers(How, RuleBase, From, To), Edges),
    vertices_edges_to_ugraph([], Edges, Graph),
    named(RuleBase, Thing, Name, Location, _),
    member(Thing-Next, Edges),
    reachable(Next, Graph, Reached),
    memberchk(Thing, Reached).

refers(How, RuleBase, From, To) :-
    named(RuleBase, From, _, _, Condition),
    uses(How, RuleBase, Condition, Thing),
    (   Thing = definition(Head)
    ->  functor(Head, Name, Arity),
        To = definition(Name/Arity)
    ;   Thing = criterion(Id),
        ( From = criterion(Policy, _) -> true ; true ),     % a definition serves any policy
        rule_fact(RuleBase, criterion(Policy, Id, _, _, _)),
        To = criterion(Policy, Id)
    ).

%   uses(How, RuleBase, Condition, Thing): Thing stands in the words of Condition or, where How is
%   `applied`, in a definition as it is applied there: what a name among its parameters is, a
%   condition or a value, its body tells.

uses(written, _, Condition, Thing) :-
    uses(Condition, Thing).
uses(applied, RuleBase, Condition, Thing) :-
    empty_assoc(None),
    applied([Condition], RuleBase, None, Things),
    member(Thing, Things).

%   Each application once: definitions may apply one another many times over.

applied([], _, _, []).
applied([Condition|Waiting], RuleBase, Seen0, Things) :-
    findall(Thing, uses(Condition, Thing), Used),
    foldl(applied_body(RuleBase), Used, Seen0-Waiting, Seen-Next),
    append(Used, Rest, Things),
    applied(Next, RuleBase, Seen, Rest).

applied_body(RuleBase, Thing, Seen0-Waiting, Seen-Next) :-
    (   Thing = definition(Head),
        compound(Head),
        copy_term(Head, Key),
        numbervars(Key, 0, _),          % the parameters of a definition are variables
        \+ get_assoc(Key, Seen0, _),
        rule_fact(RuleBase, definition(Head, _, Body, _))
    ->  put_assoc(Key, Seen0, true, Seen),
        Next = [Body|Waiting]
    ;   Seen = Seen0,
        Next = Waiting
    ).

named(RuleBase, definition(Name/Arity), Name, Location, Condition) :-
    rule_fact(RuleBase, definition(Head, _, Condition, _), Location),
    functor(Head, Name, Arity).
named(RuleBase, criterion(Policy, Id), Id, Location, Condition) :-
    rule_fact(RuleBase, criterion(Policy, Id, _, Condition, _), Location).
