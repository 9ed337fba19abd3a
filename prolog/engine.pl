% SPDX-License-Identifier: Apache-2.0
:- module(engine,
          [ start_engine/2,             % +Directory, -Digest
            answers/2                   % +Queries, -Letters
          ]).
:- use_module(library(lists), [nth0/3, member/2]).
:- use_module(compiler).
:- use_module(digest).
:- use_module(loader).
:- use_module(nodes).
:- use_module(truth).                   % the compiled clauses call these two
:- use_module(possible).

/** <module> The engine as an embedding program sees it

Started once from the rule base in a directory; then every decision is one call with numbers in
and letters out. A query is q(Policy, On, Readings, Facts): Policy the position of the policy
among the policies (after the last of them, those of the plausibility rules, of reference knowledge
and of theorems), the rest as in module compiler. Nothing that a user wrote is ever read as Prolog:
the caller sends numbers and vocabulary indexes only.

The compiled clauses are the only state, and they are written once, here.
*/

:- dynamic truths/5, policy_at/2.

%   Garbage is collected by the thread that makes it: a collector of its own would not live on in
%   the child of a fork, and could hold a lock at the moment of the fork for ever.

:- set_prolog_gc_thread(false).

%!  start_engine(+Directory, -Digest) is det.
%
%   True when the rule base in Directory is loaded and compiled and Digest is its digest.
%
%   @error rule_base_error(Problems) if it cannot be loaded whole

start_engine(Directory, Digest) :-
    load_rule_base(Directory, RuleBase, Problems),
    (   Problems == []
    ->  true
    ;   throw(error(rule_base_error(Problems), _))
    ),
    rule_nodes(RuleBase, Nodes),
    retractall(truths(_, _, _, _, _)),
    retractall(policy_at(_, _)),
    policies(RuleBase, Policies),
    forall(nth0(Index, Policies, Policy), assertz(policy_at(Index, Policy))),
    forall(member(Policy, Policies),
           ( policy_clause(RuleBase, Nodes, Policy, Clause),
             assertz(Clause) )),
    rule_base_digest(RuleBase, Digest).

%!  answers(+Queries, -Letters) is det.
%
%   True when Letters is a string with the truths of every node of the policy of each query, one
%   letter a node, the queries one after the other.

answers(Queries, Letters) :-
    answer_strings(Queries, Strings),
    (   Strings = [Letters]
    ->  true
    ;   atomics_to_string(Strings, Letters)
    ).

answer_strings([], []).
answer_strings([q(Index, On, Readings, Facts)|Queries], [String|Strings]) :-
    policy_at(Index, Policy),
    truths(Policy, On, Readings, Facts, Letters),
    !,
    string_chars(String, Letters),
    answer_strings(Queries, Strings).
