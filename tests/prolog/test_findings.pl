% SPDX-License-Identifier: Apache-2.0
:- module(test_findings, []).
:- use_module(library(plunit)).
:- use_module(fixtures).
:- use_module('../../prolog/findings').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/nodes').
:- use_module('../../prolog/operators').

/** <module> Accepted findings: refused where they name nothing, exported with their nodes

The folders tests/kb/bad/finding_* hold the words.
*/

declarations([ attribute(flag, g, boolean, ""),
               attribute(count, g, integer(1..9, "doses"), ""),
               reading(r, "Q", [value(a, "A"), value(b, "B")], []),
               policy(p, d, ""),
               policy(q, d, ""),
               applies_to(p, flag),
               met_when(p, all_of([ criterion(c), count >= 3 ])),
               criterion(p, c, "One", all_of([ flag, count >= 2 ]), []),
               criterion(q, e, "Other", flag, []) ]).

sound(accepted_finding(p, outcome, gap_true, [], "why")).
sound(accepted_finding(p, criterion(c), shadowed, [r = b], "why")).
sound(accepted_finding(p, clause(c, count >= 2), redundant, [], "why")).
sound(accepted_finding(p, condition(flag), gap_false, [], "why")).
sound(accepted_finding(p, pair(c, q, e), equivalent, [], "why")).

unsound(accepted_finding(x, outcome, gap_true, [], ""), unknown(policy, x, [p, q])).
unsound(accepted_finding(p, nowhere, gap_true, [], ""), bad_place(nowhere)).
unsound(accepted_finding(p, clause(c, 7), dead, [], ""), bad_place(clause(c, 7))).
unsound(accepted_finding(p, criterion("c"), dead, [], ""), bad_place(criterion("c"))).
unsound(accepted_finding(p, criterion(e), dead, [], ""), unknown(criterion, e, [c])).
unsound(accepted_finding(p, clause(d, flag), dead, [], ""), unknown(criterion, d, [c])).
unsound(accepted_finding(p, pair(c, x, e), equivalent, [], ""), unknown(policy, x, [p, q])).
unsound(accepted_finding(p, pair(c, q, c), equivalent, [], ""), unknown(criterion, c, [e])).
unsound(accepted_finding(p, pair(e, q, e), equivalent, [], ""), unknown(criterion, e, [c])).
unsound(accepted_finding(p, outcome, dead, [], ""), bad_kind(dead, _)).
unsound(accepted_finding(p, clause(c, flag), gap_true, [], ""), bad_kind(gap_true, _)).
unsound(accepted_finding(p, outcome, gap_true, r, ""), bad_readings(r)).
unsound(accepted_finding(p, outcome, gap_true, [r], ""), bad_readings([r])).
unsound(accepted_finding(p, outcome, gap_true, [s = a], ""), unknown(reading, s, [r])).
unsound(accepted_finding(p, outcome, gap_true, [r = c], ""), unknown_case(r, c, [a, b])).

problems_of(Fact, Problems) :-
    declarations(Declared),
    rule_base_of([Fact|Declared], RuleBase),
    findall(What, bad_finding(RuleBase, _, What), Problems).

dict_of(Fact, Dict) :-
    declarations(Declared),
    rule_base_of([Fact|Declared], RuleBase),
    rule_nodes(RuleBase, Nodes),
    findall(D, finding_dict(RuleBase, Nodes, D), [Dict]).

:- begin_tests(findings).

test(a_sound_finding_is_no_problem, [forall(sound(Fact)), true(Problems == [])]) :-
    problems_of(Fact, Problems).

test(what_names_nothing_is_refused, [forall(unsound(Fact, What)), true(Problems = [What])]) :-
    problems_of(Fact, Problems).

test(every_form_of_place_has_kinds, all(Form == [outcome, criterion, clause, condition, pair])) :-
    finding_kinds(Form, [_|_]).

test(a_clause_has_the_number_of_its_node, Parts == [Flag, Node]) :-
    dict_of(accepted_finding(p, clause(c, count >= 2), redundant, [r = b], "why"), Dict),
    Node = Dict.node,
    declarations(Declared),
    rule_base_of(Declared, RuleBase),
    rule_nodes(RuleBase, Nodes),
    condition_node(RuleBase, Nodes, p, flag, Flag),
    node_of(Nodes, p, criterion(c), Whole),
    node_list(Nodes, Pairs),
    memberchk(Whole-combines(all_of, Parts), Pairs).

test(readings_are_text_by_name, Taken == "b") :-
    dict_of(accepted_finding(p, outcome, gap_true, [r = b], "why"), Dict),
    Taken = Dict.readings.r.

test(a_pair_names_both_criteria, One-Other == c-[q, e]) :-
    dict_of(accepted_finding(p, pair(c, q, e), equivalent, [], "why"), Dict),
    One = Dict.criterion,
    Other = Dict.other.

test(a_condition_that_stands_nowhere_has_no_number, Node == null) :-
    dict_of(accepted_finding(p, condition(not(flag)), gap_true, [], "why"), Dict),
    Node = Dict.node.

test(every_condition_of_the_project_stands_somewhere, all(Why == [])) :-
    rule_base(kb, RuleBase, Nodes),
    finding_dict(RuleBase, Nodes, Dict),
    get_dict(node, Dict, null),
    Why = Dict.why.

:- end_tests(findings).
