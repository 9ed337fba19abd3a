% SPDX-License-Identifier: Apache-2.0
:- module(findings,
          [ bad_finding/3,              % +RuleBase, -Location, -What
            finding_dict/3,             % +RuleBase, +Nodes, -Dict
            finding_kinds/2             % ?Form, ?Kinds
          ]).
:- use_module(library(lists), [member/2]).
:- use_module(language).
:- use_module(loader).
:- use_module(nodes).
:- use_module(operators).

/** <module> Findings about the rule base that are accepted

accepted_finding(Policy, Place, Kind, Readings, Why). What `lutalogic health` finds in a rule base is
either listed so, or to be put right. A *place* is

  | outcome                          | the outcome of a request                     |
  | criterion(Id)                    | a criterion                                  |
  | clause(Id, Condition)            | a part of a criterion                        |
  | condition(Condition)             | a condition wherever it stands in the policy |
  | pair(Id, OtherPolicy, OtherId)   | two criteria                                 |

Readings are Name = Value terms, those that are not the defaults. A Condition that stands nowhere in
the policy is no mistake here: health tells that nothing is found there any more.
*/

%!  finding_kinds(?Form, ?Kinds) is nondet.
%
%   True when Kinds may be found of a place whose functor is Form.

finding_kinds(outcome, [never_met, never_not_met, gap_true, gap_false]).
finding_kinds(criterion, [never_in_force, dead, vacuous, shadowed, redundant]).
finding_kinds(clause, [dead, vacuous, shadowed, redundant]).
finding_kinds(condition, [gap_true, gap_false]).
finding_kinds(pair, [equivalent]).

%!  bad_finding(+RuleBase, -Location, -What) is nondet.
%
%   True when What is wrong with an accepted finding at Location.

bad_finding(RuleBase, Location, What) :-
    rule_fact(RuleBase, accepted_finding(Policy, Place, Kind, Readings, _), Location),
    (   bad_policy(RuleBase, Policy, What)
    ;   \+ place(Place),
        What = bad_place(Place)
    ;   place(Place),
        (   place_criterion(Policy, Place, Of, Id),
            (   bad_policy(RuleBase, Of, What)
            ;   bad_criterion(RuleBase, Of, Id, What)
            )
        ;   functor(Place, Form, _),
            finding_kinds(Form, Kinds),
            \+ memberchk(Kind, Kinds),
            What = bad_kind(Kind, Kinds)
        )
    ;   bad_readings(RuleBase, Readings, What)
    ).

place(outcome) :- !.
place(criterion(Id)) :- !, atom(Id).
place(clause(Id, Condition)) :- !, atom(Id), condition_form(Condition, _).
place(condition(Condition)) :- !, condition_form(Condition, _).
place(pair(Id, Policy, Other)) :- atom(Id), atom(Policy), atom(Other).

place_criterion(Policy, criterion(Id), Policy, Id).
place_criterion(Policy, clause(Id, _), Policy, Id).
place_criterion(Policy, pair(Id, _, _), Policy, Id).
place_criterion(_, pair(_, Policy, Id), Policy, Id).

bad_policy(RuleBase, Policy, unknown(policy, Policy, Known)) :-
    \+ rule_fact(RuleBase, policy(Policy, _, _)),
    findall(K, rule_fact(RuleBase, policy(K, _, _)), Known).

bad_criterion(RuleBase, Policy, Id, unknown(criterion, Id, Known)) :-
    rule_fact(RuleBase, policy(Policy, _, _)),
    \+ rule_fact(RuleBase, criterion(Policy, Id, _, _, _)),
    findall(K, rule_fact(RuleBase, criterion(Policy, K, _, _, _)), Known).

bad_readings(_, Readings, bad_readings(Readings)) :-
    \+ ( is_list(Readings),
         forall(member(Reading, Readings), Reading = (_ = _)) ),
    !.
bad_readings(RuleBase, Readings, What) :-
    member(Name = Value, Readings),
    (   rule_fact(RuleBase, reading(Name, _, Values, _))
    ->  \+ memberchk(value(Value, _), Values),
        findall(V, member(value(V, _), Values), Known),
        What = unknown_case(Name, Value, Known)
    ;   findall(K, rule_fact(RuleBase, reading(K, _, _, _)), Known),
        What = unknown(reading, Name, Known)
    ).

%!  finding_dict(+RuleBase, +Nodes, -Dict) is nondet.
%
%   True when Dict is an accepted finding of RuleBase, its condition by the number of the node.

finding_dict(RuleBase, Nodes, Dict) :-
    rule_fact(RuleBase, accepted_finding(Policy, Place, Kind, Readings, Why)),
    findall(Name-Taken, ( member(Name = Value, Readings), atom_string(Value, Taken) ), Pairs),
    dict_pairs(ReadingDict, _, Pairs),
    place_dict(Place, RuleBase, Nodes, Policy, PlaceDict),
    Dict = PlaceDict.put(_{ policy: Policy, kind: Kind, readings: ReadingDict, why: Why }).

place_dict(outcome, _, _, _, _{ form: outcome }).
place_dict(criterion(Id), _, _, _, _{ form: criterion, criterion: Id }).
place_dict(clause(Id, Condition), RuleBase, Nodes, Policy, _{ form: clause, criterion: Id, node: Node }) :-
    node_or_null(RuleBase, Nodes, Policy, Condition, Node).
place_dict(condition(Condition), RuleBase, Nodes, Policy, _{ form: condition, node: Node }) :-
    node_or_null(RuleBase, Nodes, Policy, Condition, Node).
place_dict(pair(Id, Other, OtherId), _, _, _, _{ form: pair, criterion: Id, other: [Other, OtherId] }).

node_or_null(RuleBase, Nodes, Policy, Condition, Node) :-
    (   condition_node(RuleBase, Nodes, Policy, Condition, Id)
    ->  Node = Id
    ;   Node = null
    ).
