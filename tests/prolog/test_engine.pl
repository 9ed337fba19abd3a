% SPDX-License-Identifier: Apache-2.0
:- module(test_engine, []).
:- use_module(library(plunit)).
:- use_module(library(aggregate), [aggregate_all/3]).
:- use_module(library(lists), [member/2, nth0/3]).
:- use_module(library(pairs), [pairs_values/2]).
:- use_module(fixtures).
:- use_module(random_requests).
:- use_module('../../prolog/compiler').
:- use_module('../../prolog/digest').
:- use_module('../../prolog/engine').
:- use_module('../../prolog/evaluator').
:- use_module('../../prolog/nodes').

/** <module> Numbers in, letters out */

started(Relative, Digest) :-
    project_path(Relative, Folder),
    start_engine(Folder, Digest).

tiny_query(Facts, q(0, 20260601, r(0), Facts)).

met(f(30, 0, 0, 1, 40, 1, 1)).

%   Random queries for each policy of the rule base in kb, in turns.

random_queries(N, Queries) :-
    rule_base(kb, RuleBase, Nodes),
    policies(RuleBase, Policies),
    findall(Index-Source,
            ( nth0(Index, Policies, Policy), request_source(RuleBase, Nodes, Policy, Source) ),
            Sources),
    length(Sources, M),
    drawn_queries(N, M, Sources, 7, Queries).

drawn_queries(0, _, _, _, []) :- !.
drawn_queries(N, M, Sources, Seed0, [q(Index, On, Readings, Facts)|Queries]) :-
    I is N mod M,
    nth0(I, Sources, Index-Source),
    random_request(Source, drawn(On, Choices, Drawn), Seed0, Seed),
    findall(Choice, member(choice(_, Choice, _), Choices), Indexes),
    Readings =.. [r|Indexes],
    pairs_values(Drawn, Values),
    Facts =.. [f|Values],
    Less is N - 1,
    drawn_queries(Less, M, Sources, Seed, Queries).

:- begin_tests(engine).

test(it_starts_with_the_digest_of_its_rules, [setup(started('tests/kb/tiny', Digest)), Digest == Expected]) :-
    rule_base(tiny, RuleBase, _),
    rule_base_digest(RuleBase, Expected).

test(there_is_a_letter_for_each_node, [setup(started('tests/kb/tiny', _)), Length == Count]) :-
    rule_base(tiny, _, Nodes),
    policy_nodes(Nodes, handbook_drug, Ids),
    length(Ids, Count),
    met(Facts),
    tiny_query(Facts, Query),
    answers([Query], Letters),
    string_length(Letters, Length).

test(the_letters_are_those_of_the_interpreter, [setup(started('tests/kb/tiny', _)), Letters == Expected]) :-
    rule_base(tiny, RuleBase, Nodes),
    policy_nodes(Nodes, handbook_drug, Ids),
    Root = all_of([criterion('H-1'), criterion('H-2'), criterion('H-3')]),
    tiny_query(f(u, 0, 0, 1, 40, 1, 4), Query),
    answers([Query], String),
    Known = [ tumor_type-0, differentiation-0, unresectable-1, albumin_g_l-40, prior_doses-1,
              requested_doses-4 ],
    request(handbook_drug, 20260601, [], Known, Request),
    findall(C-Truth,
            ( member(C, [criterion('H-1'), criterion('H-2'), criterion('H-3'), Root]),
              condition_truth(RuleBase, Request, C, Truth) ),
            Expected),
    findall(C-Letter,
            ( member(C, [criterion('H-1'), criterion('H-2'), criterion('H-3'), Root]),
              node_of(Nodes, handbook_drug, C, Id),
              once(nth0(Place, Ids, Id)),
              sub_atom(String, Place, 1, _, Letter) ),
            Letters).

test(the_answer_to_a_batch_is_the_single_answers_one_after_the_other,
     [setup(started(kb, _)), Batch == Joined]) :-
    random_queries(60, Queries),
    answers(Queries, Batch),
    findall(Letters, ( member(Query, Queries), answers([Query], Letters) ), Singles),
    length(Singles, 60),
    atomics_to_string(Singles, Joined).

test(the_answer_to_no_query_is_empty, [setup(started('tests/kb/tiny', _)), Letters == ""]) :-
    answers([], Letters).

test(the_policies_are_followed_by_the_rules_on_plausibility, [setup(started(kb, _)), Length == Count]) :-
    rule_base(kb, RuleBase, Nodes),
    policy_nodes(Nodes, plausibility, Ids),
    length(Ids, Count),
    policy_attributes(Nodes, plausibility, Attributes),
    policy_readings(RuleBase, Nodes, plausibility, []),
    findall(u, member(_, Attributes), Unknown),
    Facts =.. [f|Unknown],
    answers([q(4, 20260601, r, Facts)], Letters),
    string_length(Letters, Length).

test(reference_knowledge_comes_next, [setup(started(kb, _)), Length == Count]) :-
    rule_base(kb, RuleBase, Nodes),
    policy_nodes(Nodes, reference, Ids),
    length(Ids, Count),
    policy_attributes(Nodes, reference, Attributes),
    policy_readings(RuleBase, Nodes, reference, Readings),
    findall(u, member(_, Attributes), Unknown),
    Facts =.. [f|Unknown],
    findall(0, member(_, Readings), Defaults),
    Choices =.. [r|Defaults],
    answers([q(5, 20260601, Choices, Facts)], Letters),
    string_length(Letters, Length).

test(theorems_come_last, [setup(started(kb, _)), Length == Count]) :-
    rule_base(kb, RuleBase, Nodes),
    policy_nodes(Nodes, theorems, Ids),
    length(Ids, Count),
    policy_attributes(Nodes, theorems, Attributes),
    policy_readings(RuleBase, Nodes, theorems, Readings),
    findall(u, member(_, Attributes), Unknown),
    Facts =.. [f|Unknown],
    findall(0, member(_, Readings), Defaults),
    Choices =.. [r|Defaults],
    answers([q(6, 20260601, Choices, Facts)], Letters),
    string_length(Letters, Length).

test(a_policy_that_is_not_there_fails, [setup(started('tests/kb/tiny', _)), all(Index == [])]) :-
    met(Facts),
    member(Index, [-1, 4, 99, handbook_drug, "0", _]),
    nonvar(Index),
    answers([q(Index, 20260601, r(0), Facts)], _).

test(a_batch_with_a_policy_that_is_not_there_fails_as_a_whole, [setup(started('tests/kb/tiny', _)), fail]) :-
    met(Facts),
    tiny_query(Facts, Good),
    answers([Good, q(7, 20260601, r(0), Facts)], _).

test(after_a_failure_it_still_answers, [setup(started('tests/kb/tiny', _)), true]) :-
    met(Facts),
    tiny_query(Facts, Query),
    \+ answers([q(7, 20260601, r(0), Facts)], _),
    answers([Query], _).

test(facts_of_another_number_fail, [setup(started('tests/kb/tiny', _)), all(Facts == [])]) :-
    member(Facts, [f, f(u), f(u, u, u, u, u, u, u, u), g(u, u, u, u, u, u, u)]),
    tiny_query(Facts, Query),
    answers([Query], _).

test(an_answer_leaves_no_choice_point, setup(started(kb, _))) :-
    random_queries(5, Queries),
    leaves_no_choice_point(answers(Queries, _)).

test(to_start_leaves_no_choice_point) :-
    leaves_no_choice_point(started('tests/kb/tiny', _)).

test(started_again_it_has_the_other_rules_alone, Counts-Length == [4-1, 4-2]-Expected) :-
    started(kb, _),
    started('tests/kb/tiny', _),
    aggregate_all(count, engine:policy_at(_, _), Policies),
    aggregate_all(count, clause(engine:truths(_, _, _, _, _), _), Clauses),
    Counts = [Policies-1, Clauses-2],
    rule_base(tiny, _, Nodes),
    policy_nodes(Nodes, handbook_drug, Ids),
    length(Ids, Expected),
    met(Facts),
    tiny_query(Facts, Query),
    answers([Query], Letters),
    string_length(Letters, Length).

test(rules_that_cannot_be_read_are_refused,
     error(rule_base_error([problem('rules.pl':1, unknown_fact(no_fact/1))]))) :-
    with_folder(['rules.pl'-"no_fact(x).\n"], Folder, start_engine(Folder, _)).

test(rules_that_are_not_there_are_refused, error(rule_base_error([problem('/nowhere':0, no_files)]))) :-
    start_engine('/nowhere', _).

test(nothing_of_a_query_stays, [setup(started('tests/kb/tiny', _)), After == Before]) :-
    aggregate_all(count, clause(engine:truths(_, _, _, _, _), _), Before),
    met(Facts),
    tiny_query(Facts, Query),
    answers([Query, Query], _),
    aggregate_all(count, clause(engine:truths(_, _, _, _, _), _), After).

:- end_tests(engine).
