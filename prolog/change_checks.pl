% SPDX-License-Identifier: Apache-2.0
:- module(change_checks,
          [ bad_change/3                % +RuleBase, -Location, -What
          ]).
:- use_module(library(lists), [append/3, member/2]).
:- use_module(condition_checks, [declared_attributes/2]).
:- use_module(loader).
:- use_module(operators).

/** <module> Every attribute has one supplier and one way of change

listing/4 is the one table of the facts that list attributes: under what they list them, and the
fact that declares that. A rule base may go without all of these facts; one that has any of them
lists every attribute. The way `never` is that of attributes that do not change.
*/

%   listing(Fact, Attributes, Kind, Declared): Fact lists Attributes under what Declared declares.

listing(supplies(Name, Attributes), Attributes, supplier, supplier(Name, _)).
listing(changes(Name, Attributes), Attributes, 'way of change', way_of_change(Name, _)).

%!  bad_change(+RuleBase, -Location, -What) is nondet.
%
%   True when What is wrong, at Location, with who supplies an attribute or how it can change.

bad_change(RuleBase, Location, misfit(Functor, Attributes, "a list of attributes, one at least")) :-
    lists(General, Attributes),
    rule_fact(RuleBase, General, Location),
    \+ ( is_list(Attributes), Attributes = [_|_] ),
    functor(General, Functor, _).
bad_change(RuleBase, Location, misfit(Functor, Name, "a name, without quotes")) :-
    listing(_, _, _, General),
    rule_fact(RuleBase, General, Location),
    General =.. [Functor, Name, _],
    \+ atom(Name).
bad_change(RuleBase, Location, unknown(attribute, Attribute, Known)) :-
    lists(General, Attributes),
    listed(RuleBase, General, Attributes, Attribute, Location),
    \+ rule_fact(RuleBase, attribute(Attribute, _, _, _)),
    declared_attributes(RuleBase, Known).
bad_change(RuleBase, Location, unknown(Kind, Name, Known)) :-
    listing(General, _, Kind, Declared),
    rule_fact(RuleBase, General, Location),
    arg(1, General, Name),
    \+ ( arg(1, Declared, Name), rule_fact(RuleBase, Declared) ),
    listing(_, _, Kind, Other),
    findall(K, ( rule_fact(RuleBase, Other), arg(1, Other, K) ), Known).
bad_change(RuleBase, Location, unused(Kind, Name)) :-
    listing(General, _, Kind, Declared),
    rule_fact(RuleBase, Declared, Location),
    arg(1, Declared, Name),
    \+ ( arg(1, General, Name), rule_fact(RuleBase, General) ).
bad_change(RuleBase, Location, listed_twice(Attribute, Functor, First)) :-
    lists(General, Attributes),
    functor(General, Functor, _),
    findall(A-L, listed(RuleBase, General, Attributes, A, L), All),
    append(_, [Attribute-First|Rest], All),
    member(Attribute-Location, Rest).
bad_change(RuleBase, Location, not_listed(Attribute, Functor)) :-
    says_who_or_how(RuleBase),
    listing(General, Attributes, _, _),
    functor(General, Functor, _),
    findall(A, listed(RuleBase, General, Attributes, A, _), All),
    rule_fact(RuleBase, attribute(Attribute, _, _, _), Location),
    \+ memberchk(Attribute, All).
bad_change(RuleBase, Location, never_grows(Attribute)) :-
    listed(RuleBase, only_grows(Attributes), Attributes, Attribute, Location),
    listed(RuleBase, changes(never, Never), Never, Attribute, _).

lists(General, Attributes) :- listing(General, Attributes, _, _).
lists(only_grows(Attributes), Attributes).

%   listed(RuleBase, General, Attributes, Attribute, Location): a fact General stands at Location, and
%   Attribute is among its Attributes.

listed(RuleBase, General, Attributes, Attribute, Location) :-
    rule_fact(RuleBase, General, Location),
    is_list(Attributes),                % else it is a misfit
    member(Attribute, Attributes).

says_who_or_how(RuleBase) :-
    (   lists(General, _)
    ;   listing(_, _, _, General)
    ),
    rule_fact(RuleBase, General),
    !.
