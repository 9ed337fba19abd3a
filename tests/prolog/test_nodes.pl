% SPDX-License-Identifier: Apache-2.0
:- module(test_nodes, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [append/3, last/2, member/2, numlist/3]).
:- use_module(library(ordsets), [ord_union/2]).
:- use_module(library(pairs), [pairs_keys/2, pairs_values/2]).
:- use_module(fixtures).
:- use_module('../../prolog/digest').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/nodes').
:- use_module('../../prolog/operators').

/** <module> One numbering of all conditions, shared by all engines */

named(tiny).
named(kb).

:- begin_tests(nodes).

test(nodes_are_numbered_from_0_without_a_gap, [forall(named(Name)), Ids == Expected]) :-
    rule_base(Name, _, Nodes),
    node_list(Nodes, Pairs),
    pairs_keys(Pairs, Ids),
    last(Ids, Last),
    numlist(0, Last, Expected).

test(children_come_before_their_parents, [forall(named(Name)), Exceptions == []]) :-
    rule_base(Name, _, Nodes),
    node_list(Nodes, Pairs),
    findall(Part-Id, ( member(Id-Node, Pairs), node_parts(Node, Parts), member(Part, Parts), Part >= Id ),
            Exceptions).

test(the_parts_of_a_node_are_nodes, [forall(named(Name)), Exceptions == []]) :-
    rule_base(Name, _, Nodes),
    node_list(Nodes, Pairs),
    findall(Part, ( member(_-Node, Pairs), node_parts(Node, Parts), member(Part, Parts),
                    \+ memberchk(Part-_, Pairs) ),
            Exceptions).

test(no_node_has_two_numbers, [forall(named(Name)), N == Distinct]) :-
    rule_base(Name, _, Nodes),
    node_list(Nodes, Pairs),
    pairs_values(Pairs, List),
    length(List, N),
    sort(List, Sorted),
    length(Sorted, Distinct).

test(the_rule_base_read_again_has_the_same_numbers,
     [forall(member(Relative-Name, ['tests/kb/tiny'-tiny, kb-kb])), Again == Pairs]) :-
    rule_base(Name, _, Nodes),
    node_list(Nodes, Pairs),
    project_path(Relative, Folder),
    load_rule_base(Folder, RuleBase, []),
    rule_nodes(RuleBase, NodesAgain),
    node_list(NodesAgain, Again).

test(the_parts_of_a_combination_stand_in_the_order_of_the_rules, Parts == Expected) :-
    rule_base(tiny, RuleBase, Nodes),
    Conditions = [tumor_type in net, well, unresectable, albumin_g_l >= 30],
    findall(Part,
            ( member(C, Conditions), condition_node(RuleBase, Nodes, handbook_drug, C, Part) ),
            Expected),
    condition_node(RuleBase, Nodes, handbook_drug, all_of(Conditions), Id),
    node_list(Nodes, Pairs),
    memberchk(Id-combines(all_of, Parts), Pairs).

test(parts_keep_their_order_where_a_later_one_was_needed_first, Names == [b, a, b]) :-
    rule_base_of([ attribute(a, g, boolean, ""), attribute(b, g, boolean, ""), policy(p, d, ""),
                   criterion(p, 'A', "", a, []), met_when(p, all_of([b, criterion('A'), b])) ],
                 RuleBase),
    rule_nodes(RuleBase, Nodes),
    node_list(Nodes, Pairs),
    memberchk(_-combines(all_of, Parts), Pairs),
    findall(Name, ( member(Part, Parts), memberchk(Part-test(Name, _), Pairs) ), Names).

test(a_condition_and_its_definition_are_one_node, Same == Id) :-
    rule_base(tiny, RuleBase, Nodes),
    condition_node(RuleBase, Nodes, handbook_drug, well, Id),
    condition_node(RuleBase, Nodes, handbook_drug,
                   evidence([differentiation = well, rules_out(tumor_type = other)]), Same).

test(a_criterion_and_its_condition_are_one_node, Same == Id) :-
    rule_base(tiny, RuleBase, Nodes),
    node_of(Nodes, handbook_drug, criterion('H-1'), Id),
    condition_node(RuleBase, Nodes, handbook_drug,
                   by_reading(adult_age, [case('18', age_years >= 18), case('19', age_years >= 19)]), Same).

test(tests_with_the_same_values_are_one_node, Ids == [Id, Id, Id]) :-
    rule_base(tiny, RuleBase, Nodes),
    findall(I, ( member(C, [ tumor_type in net, tumor_type in [gep_net, thymus_net],
                             tumor_type in [thymus_net, gep_net] ]),
                 condition_node(RuleBase, Nodes, handbook_drug, C, I) ),
            Ids),
    Ids = [Id|_].

test(constants_are_equal_as_numbers_are, Same == Id) :-
    rule_base(tiny, RuleBase, Nodes),
    condition_node(RuleBase, Nodes, handbook_drug, albumin_g_l >= 30, Id),
    condition_node(RuleBase, Nodes, handbook_drug, albumin_g_l >= 30.0, Same).

test(policies_share_their_nodes, true(Shared \== [])) :-
    rule_base(kb, _, Nodes),
    policy_nodes(Nodes, wellmark_lutathera, W),
    policy_nodes(Nodes, premera_lutathera, P),
    findall(Id, ( member(Id, W), memberchk(Id, P) ), Shared).

test(what_stands_nowhere_in_the_rules_has_no_number, all(Condition == [])) :-
    rule_base(tiny, RuleBase, Nodes),
    member(Condition, [ age_years >= 99, all_of([well, unresectable]), not(well), undetermined("why"),
                        documented(age_years),
                        prior_doses + requested_doses =< 5, criterion('H-9'), badly, height >= 1 ]),
    catch(condition_node(RuleBase, Nodes, handbook_drug, Condition, _), _, true).

test(nothing_is_no_node, Id == nothing) :-
    rule_base(tiny, RuleBase, Nodes),
    condition_node(RuleBase, Nodes, handbook_drug, nothing, Id).

test(criteria_scope_and_root_are_found_by_name, Exceptions == []) :-
    rule_base(kb, RuleBase, Nodes),
    findall(Policy-Condition,
            ( rule_fact(RuleBase, policy(Policy, _, _)),
              (   rule_fact(RuleBase, criterion(Policy, Id, _, _, _)),
                  Condition = criterion(Id)
              ;   root_condition(RuleBase, Policy, Condition)
              ;   rule_fact(RuleBase, applies_to(Policy, Condition))
              ),
              \+ ( node_of(Nodes, Policy, Condition, N),
                   condition_node(RuleBase, Nodes, Policy, Condition, N) ) ),
            Exceptions).

test(an_unknown_criterion_has_no_number, fail) :-
    rule_base(kb, _, Nodes),
    node_of(Nodes, premera_xofigo, criterion('L-1'), _).

test(criteria_are_numbered_before_the_root_in_the_order_of_the_document,
     [forall(member(P, [handbook_drug])), true]) :-
    rule_base(tiny, RuleBase, Nodes),
    findall(N, ( rule_fact(RuleBase, criterion(P, Id, _, _, _)), node_of(Nodes, P, criterion(Id), N) ), Ns),
    root_condition(RuleBase, P, Condition),
    node_of(Nodes, P, Condition, Root),
    append(Ns, [Root], Order),
    msort(Order, Order).

test(each_policy_has_one_root,
     all(Policy-Count == [premera_lutathera-1, premera_pluvicto-1, premera_xofigo-1,
                          wellmark_lutathera-1])) :-
    rule_base(kb, RuleBase, _),
    policies(RuleBase, Policies),
    member(Policy, Policies),
    findall(C, root_condition(RuleBase, Policy, C), Cs),
    length(Cs, Count),
    Count > 0.

test(the_nodes_of_a_policy_are_closed_under_parts_and_in_order,
     [forall(member(Policy, [premera_xofigo, wellmark_lutathera, plausibility, reference, theorems])),
      Outside-Ids == []-Sorted]) :-
    rule_base(kb, _, Nodes),
    policy_nodes(Nodes, Policy, Ids),
    sort(Ids, Sorted),
    node_list(Nodes, Pairs),
    findall(Part, ( member(Id, Ids), memberchk(Id-Node, Pairs), node_parts(Node, Parts), member(Part, Parts),
                    \+ memberchk(Part, Ids) ),
            Outside).

test(every_node_is_one_of_some_policy_or_pseudo_policy, Ids == Reached) :-
    rule_base(kb, RuleBase, Nodes),
    node_list(Nodes, Pairs),
    pairs_keys(Pairs, Ids),
    policies(RuleBase, Policies),
    findall(List, ( member(Policy, Policies), policy_nodes(Nodes, Policy, List) ), Lists),
    ord_union(Lists, Reached).

test(the_nodes_that_cut_cells_are_those_of_the_policies_of_reference_and_of_theorems, Deciding == Expected) :-
    rule_base(kb, RuleBase, Nodes),
    policy_node_list(Nodes, Pairs),
    pairs_keys(Pairs, Deciding),
    policies(RuleBase, Policies),
    findall(List, ( member(Policy, Policies), Policy \== plausibility, policy_nodes(Nodes, Policy, List) ),
            Lists),
    ord_union(Lists, Expected).

test(what_is_contradictory_under_two_policies_is_one_node, Ids == [0, 1, 2]) :-
    rule_base_of([ attribute(a, g, boolean, ""), attribute(b, g, boolean, ""), policy(p, d, ""),
                   policy(q, d, ""), contradictory(p, [a, b], ""), contradictory(q, [a, b], "") ],
                 RuleBase),
    rule_nodes(RuleBase, Nodes),
    policy_nodes(Nodes, plausibility, Ids),
    node_of(Nodes, plausibility, all_of([a, b]), 2).

test(a_rule_on_plausibility_alone_decides_nothing, Found == found) :-
    rule_base(kb, RuleBase, Nodes),
    condition_node(RuleBase, Nodes, plausibility, albumin_g_l > 60, Id),
    policy_node_list(Nodes, Pairs),
    ( memberchk(Id-_, Pairs) -> Found = deciding ; Found = found ).

test(every_reference_to_a_definition_is_named_once, Names == [Id-well]) :-
    rule_base(tiny, RuleBase, Nodes),
    condition_node(RuleBase, Nodes, handbook_drug, well, Id),
    node_names(Nodes, handbook_drug, Names).

test(a_name_is_that_of_the_policy_that_uses_it, Named-Unnamed == true-true) :-
    rule_base(kb, RuleBase, Nodes),
    condition_node(RuleBase, Nodes, reference, advanced_or_distant, Id),
    node_names(Nodes, reference, There),
    node_names(Nodes, premera_lutathera, Here),
    ( memberchk(Id-_, There) -> Named = true ; Named = false ),
    ( memberchk(Id-_, Here) -> Unnamed = false ; Unnamed = true ).

test(a_name_keeps_the_parameters_of_its_reference, Named == true) :-
    rule_base(kb, RuleBase, Nodes),
    condition_node(RuleBase, Nodes, premera_lutathera, washout(28), Id),
    node_names(Nodes, premera_lutathera, Names),
    ( memberchk(Id-washout(28), Names) -> Named = true ; Named = false ).

test(nothing_here_leaves_a_choice_point, all(Goal == [])) :-
    rule_base(tiny, RuleBase, Nodes),
    member(Goal, [ rule_nodes(RuleBase, _), node_of(Nodes, handbook_drug, criterion('H-1'), _),
                   condition_node(RuleBase, Nodes, handbook_drug, well, _), node_list(Nodes, _),
                   node_names(Nodes, handbook_drug, _),
                   policy_nodes(Nodes, handbook_drug, _), policy_node_list(Nodes, _),
                   node_parts(combines(all_of, [1]), _), node_parts(test(a, among(1)), _) ]),
    \+ leaves_no_choice_point(Goal).

:- end_tests(nodes).
