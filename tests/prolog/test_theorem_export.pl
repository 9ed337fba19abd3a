% SPDX-License-Identifier: Apache-2.0
:- module(test_theorem_export, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [append/3, member/2]).
:- use_module(fixtures).
:- use_module('../../prolog/claims').
:- use_module('../../prolog/compiler').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/nodes').
:- use_module('../../prolog/operators').
:- use_module('../../prolog/theorem_export').

/** <module> Theorems in the exported rule base */

%   The nodes are numbered 0 (the test of a), 1 (its negation) and 2 (x >= 3).

facts([ attribute(a, g, boolean, ""),
        attribute(x, g, number(0..9, ""), ""),
        policy(p, d, ""),
        criterion(p, 'C', "", not(a), []),
        recommendation(r, t, d, "G", "", "R", a, []) ]).

exported(Over, Claim, Dict) :-
    facts(Facts),
    append(Facts, [theorem(t, "T", Over, Claim)], All),
    rule_base_of(All, RuleBase),
    rule_nodes(RuleBase, Nodes),
    theorems_dict(RuleBase, Nodes, Exported),
    [Dict] = Exported.theorems.

%   Every leaf of an exported claim.

leaf(Claim, Leaf) :-
    (   get_dict(parts, Claim, Parts)
    ->  member(Part, Parts),
        leaf(Part, Leaf)
    ;   Leaf = Claim
    ).

:- begin_tests(theorem_export).

test(each_leaf_is_said_whole, Exported =@= Expected) :-
    Claim = all_of([ outcome(p, latest, [ w = '18', v = never ]) = needs_information,
                     conflict(p, 2026-03-31, []),
                     is_true(criterion(p, 'C'), each_text, []),
                     is_false(recommendation(r), each_text_from(2025-01-01), []),
                     is_unknown(x >= 3, each_text_before(2025-01-01), []),
                     is_true(x >= 3) ]),
    Expected = _{ op: all_of, parts: [
        _{ op: outcome, policy: p, on: "latest", readings: _{ w: "18", v: "never" }, is: needs_information },
        _{ op: conflict, policy: p, on: "2026-03-31", readings: _{} },
        _{ op: truth, policy: p, node: 1, on: _{ from: null, before: null }, readings: _{}, is: "true" },
        _{ op: truth, policy: reference, node: 0, on: _{ from: "2025-01-01", before: null }, readings: _{},
           is: "false" },
        _{ op: truth, policy: theorems, node: 2, on: _{ from: null, before: "2025-01-01" }, readings: _{},
           is: "unknown" },
        _{ op: truth, policy: theorems, node: 2, on: "latest", readings: _{}, is: "true" } ] },
    exported(record, Claim, Theorem),
    Exported = Theorem.claim.

test(combinations_keep_the_order_of_their_parts,
     Shape == implies/[not/[second/[truth]], any_of/[first/[conflict]]]) :-
    exported(extension, implies(not(second(is_true(a))), any_of([first(conflict(p, latest, []))])), Theorem),
    shape(Theorem.claim, Shape).

shape(Claim, Shape) :-
    (   get_dict(parts, Claim, Parts)
    ->  findall(S, ( member(Part, Parts), shape(Part, S) ), Shapes),
        Shape = (Claim.op)/Shapes
    ;   Shape = Claim.op
    ).

test(each_scope_is_said_with_its_attributes,
     all(Kind-Attributes == [record-none, extension-none, change-[a, x], increase-[x]])) :-
    member(Over, [record, extension, change([a, x]), increase(x)]),
    exported(Over, is_true(a), Theorem),
    Kind = Theorem.over.kind,
    ( get_dict(attributes, Theorem.over, Attributes) -> true ; Attributes = none ).

test(it_has_every_theorem_with_its_sentence_and_what_is_expected, all(Name == [])) :-
    rule_base(kb, RuleBase, Nodes),
    theorems_dict(RuleBase, Nodes, Dict),
    theorem_fact(Fact, Expected, Name, Sentence, _, _),
    rule_fact(RuleBase, Fact),
    \+ ( member(T, Dict.theorems), T.name == Name, T.sentence == Sentence, T.expected == Expected ).

test(it_has_no_theorem_twice, Count == Stated) :-
    rule_base(kb, RuleBase, Nodes),
    theorems_dict(RuleBase, Nodes, Dict),
    length(Dict.theorems, Count),
    findall(Name, ( theorem_fact(Fact, _, Name, _, _, _), rule_fact(RuleBase, Fact) ), Names),
    length(Names, Stated).

test(it_has_what_an_engine_takes, Given == Expected) :-
    rule_base(kb, RuleBase, Nodes),
    theorems_dict(RuleBase, Nodes, Dict),
    Given = Dict.nodes/Dict.attributes/Dict.readings,
    policy_nodes(Nodes, theorems, Ids),
    policy_attributes(Nodes, theorems, Attributes),
    policy_readings(RuleBase, Nodes, theorems, Readings),
    Expected = Ids/Attributes/Readings.

test(every_node_of_a_leaf_is_one_of_its_policy, all(Leaf == [])) :-
    rule_base(kb, RuleBase, Nodes),
    theorems_dict(RuleBase, Nodes, Dict),
    member(Theorem, Dict.theorems),
    leaf(Theorem.claim, Leaf),
    get_dict(node, Leaf, Node),
    policy_nodes(Nodes, Leaf.policy, Ids),
    \+ memberchk(Node, Ids).

test(without_theorems_there_are_none, Theorems-Ids-Readings == []-[]-[]) :-
    rule_base(tiny, RuleBase, Nodes),
    theorems_dict(RuleBase, Nodes, Dict),
    Theorems-Ids-Readings = Dict.theorems-Dict.nodes-Dict.readings.

test(nothing_here_leaves_a_choice_point) :-
    rule_base(kb, RuleBase, Nodes),
    leaves_no_choice_point(theorems_dict(RuleBase, Nodes, _)).

:- end_tests(theorem_export).
