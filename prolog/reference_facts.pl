% SPDX-License-Identifier: Apache-2.0
:- module(reference_facts,
          [ reference_entry/4,          % ?General, -Id, -Sentence, -Sources
            reference_condition/3,      % +RuleBase, -Condition, -Location
            reference_date/2            % +Date, -Text
          ]).
:- use_module(library(lists), [member/2]).
:- use_module(language, [day_number/2]).
:- use_module(loader).
:- use_module(operators).

/** <module> What the facts of reference knowledge have in common

An *entry* is a fact of reference knowledge that says something of its own: it has an id, a sentence
and sources. Some entries hold a condition; together these are the pseudo-policy `reference`, which
is evaluated like a policy and decides nothing.
*/

%!  reference_entry(?General, -Id, -Sentence, -Sources) is nondet.
%
%   True when General is the most general form of an entry with this Id, Sentence and Sources.

reference_entry(recommendation(Id, _, _, _, _, Sentence, _, Sources), Id, Sentence, Sources).
reference_entry(indication(Id, _, _, Sentence, _, Sources), Id, Sentence, Sources).
reference_entry(trial(Id, _, _, Sentence, _, Sources), Id, Sentence, Sources).
reference_entry(diagnostic_agent(Id, _, _, _, Sentence, Sources), Id, Sentence, Sources).
reference_entry(verdict(Id, _, _, Sentence, _, Sources), Id, Sentence, Sources).
reference_entry(statement(Id, _, _, Sentence, Sources), Id, Sentence, Sources).
reference_entry(scale(Id, Title, _, _, Sources), Id, Title, Sources).
reference_entry(regimen(Id, _, _, _, _, Sentence, Sources), Id, Sentence, Sources).
reference_entry(billing_code(Id, _, _, _, _, _, Sentence, Sources), Id, Sentence, Sources).
reference_entry(approval(Id, _, _, _, Sentence, Sources), Id, Sentence, Sources).
reference_entry(item(Id, _, _, Sentence, _, _, Sources), Id, Sentence, Sources).
reference_entry(second_route(Id, _, _, Sentence, Sources), Id, Sentence, Sources).

%!  reference_condition(+RuleBase, -Condition, -Location) is nondet.
%
%   True when an entry at Location holds Condition. Conditions come in the order in which the nodes
%   of the pseudo-policy are numbered.

reference_condition(RuleBase, Condition, Location) :-
    member(General-Condition, [ recommendation(_, _, _, _, _, _, C1, _)-C1,
                                indication(_, _, _, _, C2, _)-C2,
                                trial(_, _, _, _, C3, _)-C3,
                                verdict(_, _, _, _, C4, _)-C4 ]),
    rule_fact(RuleBase, General, Location).

%!  reference_date(+Date, -Text) is semidet.
%
%   True when Date is a calendar date, a month or a year, written 2025-03-28, 2025-03 or 2025, and
%   Text is it in ISO 8601, with as many parts as Date has.

reference_date(Y-M-D, Text) :-
    !,
    day_number(Y-M-D, _),
    format(string(Text), "~d-~|~`0t~d~2+-~|~`0t~d~2+", [Y, M, D]).
reference_date(Y-M, Text) :-
    !,
    day_number(Y-M-1, _),
    format(string(Text), "~d-~|~`0t~d~2+", [Y, M]).
reference_date(Y, Text) :-
    day_number(Y-1-1, _),
    format(string(Text), "~d", [Y]).
