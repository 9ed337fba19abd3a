% SPDX-License-Identifier: Apache-2.0
:- module(theorem_export,
          [ theorems_dict/3             % +RuleBase, +Nodes, -Dict
          ]).
:- use_module(library(apply), [maplist/3]).
:- use_module(library(lists), [member/2]).
:- use_module(library(pprint), [print_term/2]).
:- use_module(claims).
:- use_module(compiler, [policy_attributes/3, policy_readings/4]).
:- use_module(json_parts).
:- use_module(loader).
:- use_module(nodes).
:- use_module(operators).
:- use_module(reference_facts, [reference_date/2]).

/** <module> Theorems as a part of the exported rule base

The pseudo-policy `theorems` with its nodes, attributes and readings, and the theorems in the order
of the file, before them those expected to be proved. Each claim is a tree: `op` tells its kind, and
`parts` are the claims that it combines. A leaf names the policy or pseudo-policy and the number of
the node whose truth it asks for, so that nothing of the rule language is left to read.
*/

%!  theorems_dict(+RuleBase, +Nodes, -Dict) is det.
%
%   True when Dict is all theorems of RuleBase.

theorems_dict(RuleBase, Nodes, _{ nodes: Ids, attributes: Attributes, readings: Readings,
                                  theorems: Theorems }) :-
    policy_nodes(Nodes, theorems, Ids),
    policy_attributes(Nodes, theorems, Attributes),
    policy_readings(RuleBase, Nodes, theorems, Readings),
    findall(D, theorem_dict(RuleBase, Nodes, D), Theorems).

theorem_dict(RuleBase, Nodes, _{ name: Name, sentence: Sentence, expected: Expected, over: Scope,
                                 claim: Dict, written: Written }) :-
    theorem_fact(Fact, Expected, Name, Sentence, Over, Claim),
    rule_fact(RuleBase, Fact),
    scope_dict(Over, Scope),
    claim_dict(RuleBase, Nodes, Claim, Dict),
    written(Claim, Written).

%   A claim as it stands in the rule base, for people: tabs and short dates are for them to mend.

written(Claim, Written) :-
    with_output_to(string(Written),
        print_term(Claim, [ right_margin(78),
                            output(current_output),
                            write_options([ module(operators), quoted(true), numbervars(true),
                                            portray(true), spacing(next_argument) ]) ])).

scope_dict(Over, Dict) :-
    scope_form(Over, records(_, Kind, Attributes)),
    (   Attributes == []
    ->  Dict = _{ kind: Kind }
    ;   Dict = _{ kind: Kind, attributes: Attributes }
    ).

claim_dict(RuleBase, Nodes, Claim, Dict) :-
    claim_form(Claim, Form),
    form_dict(Form, RuleBase, Nodes, Dict).

form_dict(combines(Op, Claims), RuleBase, Nodes, _{ op: Op, parts: Parts }) :-
    maplist(claim_dict(RuleBase, Nodes), Claims, Parts).
form_dict(of_record(Which, Claim), RuleBase, Nodes, _{ op: Which, parts: [Part] }) :-
    claim_dict(RuleBase, Nodes, Claim, Part).
form_dict(outcome(Policy, When, Outcome), _, _, Dict) :-
    when_dict(When, _{ op: outcome, policy: Policy, is: Outcome }, Dict).
form_dict(conflict(Policy, When), _, _, Dict) :-
    when_dict(When, _{ op: conflict, policy: Policy }, Dict).
form_dict(truth(Subject, When, Truth), RuleBase, Nodes, Dict) :-
    subject_node(Subject, RuleBase, Nodes, Policy, Node),
    atom_string(Truth, Is),                     % JSON has a true and a false of its own
    when_dict(When, _{ op: truth, policy: Policy, node: Node, is: Is }, Dict).

subject_node(criterion(Policy, Id), _, Nodes, Policy, Node) :-
    node_of(Nodes, Policy, criterion(Id), Node).
subject_node(recommendation(Id), RuleBase, Nodes, reference, Node) :-
    rule_fact(RuleBase, recommendation(Id, _, _, _, _, _, Condition, _)),
    node_of(Nodes, reference, Condition, Node).
subject_node(condition(Condition), _, Nodes, theorems, Node) :-
    node_of(Nodes, theorems, Condition, Node).

%   What holds always is asked of the text in force now.

when_dict(always, Own, Dict) :-
    Dict = Own.put(_{ on: "latest", readings: _{} }).
when_dict(under(On, Readings), Own, Dict) :-
    on_form(On, Form),
    on_json(Form, OnJson),
    findall(Name-String, ( member(Name = Value, Readings), atom_string(Value, String) ), Pairs),
    dict_pairs(Chosen, _, Pairs),
    Dict = Own.put(_{ on: OnJson, readings: Chosen }).

on_json(day(Date), Day) :- reference_date(Date, Day).
on_json(latest, "latest").
on_json(each(From, Before), _{ from: FromDay, before: BeforeDay }) :-
    end_json(From, FromDay),
    end_json(Before, BeforeDay).

end_json(null, null) :- !.
end_json(Date, Day) :-
    reference_date(Date, Day).
