% SPDX-License-Identifier: Apache-2.0
:- module(test_reference_export, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [member/2]).
:- use_module(fixtures).
:- use_module('../../prolog/compiler').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/nodes').
:- use_module('../../prolog/operators').
:- use_module('../../prolog/reference_export').
:- use_module('../../prolog/reference_facts').

/** <module> Reference knowledge in the exported rule base */

lists(Dict, List) :-
    dict_pairs(Dict, _, Pairs),
    member(Key-List, Pairs),
    \+ memberchk(Key, [nodes, attributes, readings, stages, drugs, activity_units, concerns_indication, not_printed]).

%   Facts that need no policy: one of each kind that has arguments of its own.

small(Dict) :-
    rule_base_of([ attribute(a, g, boolean, ""),
                   drug(d, "Drug", [p], []),
                   indication(i, d, 2025-03, "Use", a, [w("S", [3])]),
                   regimen(r1, p, fixed(7.4, "GBq"), 8, 4, "R", []),
                   regimen(r2, p, per_kg(50, "kBq", 1..500), 4, 6, "R", []),
                   item(x, p, any, "Item", [[a], [a, b]], [c], []),
                   concerns_indication(p, [c]),
                   scale(s, "Scale", [a], [grade("1", "one"), grade("2", "two")], []) ],
                 RuleBase),
    rule_nodes(RuleBase, Nodes),
    reference_dict(RuleBase, Nodes, Dict).

:- begin_tests(reference_export).

test(it_has_every_entry_with_its_sentence_and_sources, all(Id == [])) :-
    rule_base(kb, RuleBase, Nodes),
    reference_dict(RuleBase, Nodes, Dict),
    reference_entry(General, Id, Sentence, Sources),
    rule_fact(RuleBase, General),
    length(Sources, Cited),
    \+ ( lists(Dict, List), member(E, List), E.id == Id, E.sentence == Sentence, length(E.sources, Cited) ).

test(it_has_no_entry_twice, Count == Distinct) :-
    rule_base(kb, RuleBase, Nodes),
    reference_dict(RuleBase, Nodes, Dict),
    findall(Id, ( lists(Dict, List), member(E, List), Id = E.id ), Ids),
    length(Ids, Count),
    sort(Ids, Sorted),
    length(Sorted, Distinct).

test(each_condition_has_the_number_of_its_node, all(Id == [])) :-
    rule_base(kb, RuleBase, Nodes),
    reference_dict(RuleBase, Nodes, Dict),
    rule_fact(RuleBase, recommendation(Id, _, _, _, _, _, Condition, _)),
    condition_node(RuleBase, Nodes, reference, Condition, Node),
    \+ ( member(E, Dict.recommendations), E.id == Id, E.node == Node ).

test(it_has_what_an_engine_takes, Given == Expected) :-
    rule_base(kb, RuleBase, Nodes),
    reference_dict(RuleBase, Nodes, Dict),
    Given = Dict.nodes/Dict.attributes/Dict.readings,
    policy_nodes(Nodes, reference, Ids),
    policy_attributes(Nodes, reference, Attributes),
    policy_readings(RuleBase, Nodes, reference, Readings),
    Expected = Ids/Attributes/Readings.

test(a_month_stays_a_month, From == ["2025-03"]) :-
    small(Dict),
    findall(F, ( member(I, Dict.indications), F = I.from ), From).

test(an_activity_is_fixed_or_depends_on_the_weight,
     all(A-U-W == [7.4-"GBq"-null, 50-"kBq"-[1, 500]])) :-
    small(Dict),
    member(R, Dict.regimens),
    A-U-W = R.activity-R.unit-R.weight_range.

test(an_item_names_the_criteria_that_it_serves, Criteria == [c]) :-
    small(Dict),
    [Item] = Dict.items,
    Criteria = Item.criteria.

test(the_criteria_on_the_indication_are_told, Told =@= [_{policy: p, criteria: [c]}]) :-
    small(Dict),
    Told = Dict.concerns_indication.

test(groups_and_grades_keep_their_order, Groups-Grades =@= [[a], [a, b]]-[_{value: "1", meaning: "one"},
                                                                         _{value: "2", meaning: "two"}]) :-
    small(Dict),
    [Item] = Dict.items,
    Groups = Item.groups,
    [Scale] = Dict.scales,
    Grades = Scale.grades.

test(without_reference_knowledge_every_list_is_empty, Lists == []) :-
    rule_base(tiny, RuleBase, Nodes),
    reference_dict(RuleBase, Nodes, Dict),
    findall(List, ( lists(Dict, List), List \== [] ), Lists),
    Dict.nodes == [],
    Dict.stages == null.

test(nothing_here_leaves_a_choice_point) :-
    rule_base(kb, RuleBase, Nodes),
    leaves_no_choice_point(reference_dict(RuleBase, Nodes, _)).

:- end_tests(reference_export).
