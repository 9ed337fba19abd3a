% SPDX-License-Identifier: Apache-2.0
:- module(test_waits, []).
:- use_module(library(plunit)).
:- use_module(library(apply), [maplist/2]).
:- use_module(library(lists), [member/2, nth0/3]).
:- use_module(fixtures).
:- use_module(random_requests).
:- use_module('../../prolog/compiler').
:- use_module('../../prolog/digest').
:- use_module('../../prolog/engine').
:- use_module('../../prolog/nodes').
:- use_module('../../prolog/waits').

/** <module> On what an outcome rests, for which facts it waits, and where evidence conflicts

Facts of the tiny rule base come in the order age, tumor, differentiation, unresectable, albumin,
prior doses, requested doses.
*/

tiny_graph(Graph) :-
    rule_base(tiny, RuleBase, Nodes),
    policy_graph(RuleBase, Nodes, handbook_drug, Graph).

letters(On, Choices, Facts, Letters) :-
    project_path('tests/kb/tiny', Folder),
    start_engine(Folder, _),
    Readings =.. [r|Choices],
    answers([q(0, On, Readings, Facts)], Text),
    string_chars(Text, Chars),
    Letters =.. [letters|Chars].

waits(On, Facts, Attributes) :-
    tiny_graph(Graph),
    letters(On, [0], Facts, Letters),
    waits_for(Graph, On, [0], Facts, Letters, Attributes).

%   The facts that the nodes on which the outcome rests read.

rests(On, Choice, Facts, Attributes) :-
    tiny_graph(Graph),
    letters(On, [Choice], Facts, Letters),
    rests_on(Graph, On, [Choice], Letters, Places),
    Graph = graph(_, Entries, _),
    findall(Attribute,
            ( member(Place, Places), arg(Place, Entries, reads(Read)), member(Attribute, Read) ),
            All),
    sort(All, Attributes).

:- begin_tests(waits).

test(what_is_not_documented_is_waited_for, Attributes == [albumin_g_l, unresectable]) :-
    waits(20260601, f(30, 0, 0, u, u, 1, 1), Attributes).

test(an_interval_is_waited_for, Attributes == [albumin_g_l]) :-
    waits(20260601, f(30, 0, 0, 1, span(20, c, 40, c), 1, 1), Attributes).

test(what_is_known_is_not_waited_for_although_it_takes_part, Attributes == [requested_doses]) :-
    waits(20260601, f(30, 0, 0, 1, 40, 1, u), Attributes).

test(on_a_source_that_is_silent_nothing_rests, Attributes == [differentiation]) :-
    rests(20260601, 0, f(30, 0, u, 1, 40, 1, 1), Attributes).

test(a_decided_request_waits_for_nothing, all(Attributes == [[], []])) :-
    member(Facts, [f(30, 0, 0, 1, 40, 1, 1), f(10, u, u, u, u, u, u)]),
    waits(20260601, Facts, Attributes).

test(before_any_text_nothing_is_waited_for, Attributes == []) :-
    waits(20190101, f(u, u, u, u, u, u, u), Attributes).

test(before_a_condition_is_in_force_its_facts_are_not_waited_for, Attributes == [age_years]) :-
    waits(20230601, f(u, 0, 0, 1, 40, u, u), Attributes).

test(a_failure_rests_on_what_fails_alone, Attributes == [age_years]) :-
    rests(20260601, 0, f(10, u, u, u, u, 1, 1), Attributes).

test(a_reading_chooses_what_it_rests_on, Outcomes == [[], [age_years]]) :-
    findall(Attributes,
            ( member(Choice, [0, 1]),
              rests(20260601, Choice, f(18, 0, 0, 1, 40, u, 1), All),
              ( memberchk(age_years, All) -> Attributes = [age_years] ; Attributes = [] ) ),
            Outcomes).

test(approval_rests_on_everything_in_force,
     Attributes == [age_years, albumin_g_l, differentiation, prior_doses, requested_doses, tumor_type,
                    unresectable]) :-
    rests(20260601, 0, f(30, 0, 0, 1, 40, 1, 1), Attributes).

test(evidence_in_conflict_rests_on_both_sides, Attributes == [differentiation, tumor_type]) :-
    definition_graph(Graph, Letters),
    rests_on(Graph, 20260601, [], Letters, Places),
    Graph = graph(_, Entries, _),
    findall(A, ( member(P, Places), arg(P, Entries, reads([A])) ), All),
    sort(All, Attributes).

test(evidence_in_conflict_waits_for_what_may_silence_a_side_and_is_open, Attributes == [tumor_type]) :-
    definition_graph(Graph, Letters),
    waits_for(Graph, 20260601, [], f(0, span(1, c, 2, c)), Letters, Attributes).

test(sources_that_disagree_are_told_with_what_each_side_reads,
     Conflicts == [conflict(4, [differentiation], [tumor_type])]) :-
    definition_graph(Graph, Letters),
    conflicts(Graph, 20260601, [], Letters, Conflicts).

test(sources_that_agree_or_are_silent_are_in_no_conflict, all(Conflicts == [[], []])) :-
    definition_graph(Graph, _),
    member(Letters, [letters(t, f, u, t), letters(u, t, f, u)]),
    conflicts(Graph, 20260601, [], Letters, Conflicts).

test(where_nothing_is_in_force_nothing_conflicts, Conflicts == []) :-
    definition_graph(Graph, _),
    conflicts(Graph, 20260601, [], letters(t, t, f, -), Conflicts).

%   By hand: a source that holds, and one that speaks against it.

definition_graph(graph(4, entries(reads([differentiation]), reads([tumor_type]), modifies(rules_out, 2),
                                  combines(evidence, [1, 3])),
                       [differentiation, tumor_type]),
                 letters(t, t, f, u)).

test(every_place_rested_on_is_in_force_and_leads_to_the_root, all(Bad == [])) :-
    rule_base(kb, RuleBase, Nodes),
    project_path(kb, Folder),
    start_engine(Folder, _),
    policies(RuleBase, Policies),
    nth0(Index, Policies, Policy),
    root_condition(RuleBase, Policy, _),
    request_source(RuleBase, Nodes, Policy, Source),
    policy_graph(RuleBase, Nodes, Policy, Graph),
    drawn_places(50, Index, Source, Graph, 3, Bad),
    Bad \== [].

drawn_places(N, Index, Source, Graph, Seed0, Bad) :-
    N > 0,
    random_request(Source, drawn(On, Drawn, Given), Seed0, Seed),
    findall(Choice, member(choice(_, Choice, _), Drawn), Choices),
    findall(Value, member(_-Value, Given), Values),
    Readings =.. [r|Choices],
    Facts =.. [f|Values],
    answers([q(Index, On, Readings, Facts)], Text),
    string_chars(Text, Chars),
    Letters =.. [letters|Chars],
    rests_on(Graph, On, Choices, Letters, Places),
    waits_for(Graph, On, Choices, Facts, Letters, _),
    Graph = graph(Root, _, _),
    (   arg(Root, Letters, -)
    ->  Fine = ( Places == [] )
    ;   Fine = ( memberchk(Root, Places), forall(member(P, Places), \+ arg(P, Letters, -)) )
    ),
    (   call(Fine)
    ->  Less is N - 1,
        drawn_places(Less, Index, Source, Graph, Seed, Bad)
    ;   Bad = drawn(On, Choices, Given)
    ).

test(nothing_here_leaves_a_choice_point) :-
    tiny_graph(Graph),
    Facts = f(30, 0, 0, u, u, 1, 1),
    letters(20260601, [0], Facts, Letters),
    maplist(leaves_no_choice_point,
            [ tiny_graph(_),
              rests_on(Graph, 20260601, [0], Letters, _),
              conflicts(Graph, 20260601, [0], Letters, _),
              waits_for(Graph, 20260601, [0], Facts, Letters, _) ]).

:- end_tests(waits).
