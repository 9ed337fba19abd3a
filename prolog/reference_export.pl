% SPDX-License-Identifier: Apache-2.0
:- module(reference_export,
          [ reference_dict/3            % +RuleBase, +Nodes, -Dict
          ]).
:- use_module(library(apply), [maplist/3]).
:- use_module(library(lists), [append/3, member/2]).
:- use_module(compiler, [policy_attributes/3, policy_readings/4]).
:- use_module(json_parts).
:- use_module(loader).
:- use_module(nodes).
:- use_module(operators).
:- use_module(reference_facts).

/** <module> Reference knowledge as a part of the exported rule base

The pseudo-policy `reference` with its nodes, attributes and readings, and a list for each kind of
fact, in the order of the files. Entries have their id, sentence and sources, and those with a
condition the number of its node.
*/

%!  reference_dict(+RuleBase, +Nodes, -Dict) is det.
%
%   True when Dict is all reference knowledge of RuleBase.

reference_dict(RuleBase, Nodes, Dict) :-
    policy_nodes(Nodes, reference, Ids),
    policy_attributes(Nodes, reference, Attributes),
    policy_readings(RuleBase, Nodes, reference, Readings),
    findall(Kind-List, ( kind(Kind), findall(D, part(Kind, RuleBase, Nodes, D), List) ), Lists),
    ( rule_fact(RuleBase, stages(Stages)) -> true ; Stages = null ),
    append([nodes-Ids, attributes-Attributes, readings-Readings, stages-Stages], Lists, Pairs),
    dict_pairs(Dict, _, Pairs).

kind(drugs).
kind(recommendations).
kind(indications).
kind(trials).
kind(diagnostic_agents).
kind(verdicts).
kind(statements).
kind(scales).
kind(regimens).
kind(activity_units).
kind(billing_codes).
kind(approvals).
kind(items).
kind(concerns_indication).
kind(second_routes).
kind(not_printed).

part(drugs, RuleBase, _, _{ name: Name, title: Title, policies: Policies, beside: Beside }) :-
    rule_fact(RuleBase, drug(Name, Title, Policies, Beside)).
part(recommendations, RuleBase, Nodes, Dict) :-
    Fact = recommendation(_, Topic, Drug, Guideline, Category, _, Condition, _),
    rule_fact(RuleBase, Fact),
    node_of(Nodes, reference, Condition, Node),
    entry_dict(Fact, _{ topic: Topic, drug: Drug, guideline: Guideline, category: Category, node: Node }, Dict).
part(indications, RuleBase, Nodes, Dict) :-
    Fact = indication(_, Drug, Date, _, Condition, _),
    rule_fact(RuleBase, Fact),
    node_of(Nodes, reference, Condition, Node),
    reference_date(Date, From),
    entry_dict(Fact, _{ drug: Drug, from: From, node: Node }, Dict).
part(trials, RuleBase, Nodes, Dict) :-
    Fact = trial(_, Drug, Name, _, Condition, _),
    rule_fact(RuleBase, Fact),
    node_of(Nodes, reference, Condition, Node),
    entry_dict(Fact, _{ drug: Drug, name: Name, node: Node }, Dict).
part(diagnostic_agents, RuleBase, _, Dict) :-
    Fact = diagnostic_agent(_, Drug, Name, Date, _, _),
    rule_fact(RuleBase, Fact),
    reference_date(Date, From),
    entry_dict(Fact, _{ drug: Drug, name: Name, from: From }, Dict).
part(verdicts, RuleBase, Nodes, Dict) :-
    Fact = verdict(_, Policy, Finding, _, Condition, _),
    rule_fact(RuleBase, Fact),
    node_of(Nodes, reference, Condition, Node),
    entry_dict(Fact, _{ policy: Policy, finding: Finding, node: Node }, Dict).
part(statements, RuleBase, _, Dict) :-
    Fact = statement(_, Kind, Policies, _, _),
    rule_fact(RuleBase, Fact),
    entry_dict(Fact, _{ kind: Kind, policies: Policies }, Dict).
part(scales, RuleBase, _, Dict) :-
    Fact = scale(_, _, Attributes, Grades, _),
    rule_fact(RuleBase, Fact),
    findall(_{ value: Value, meaning: Meaning }, member(grade(Value, Meaning), Grades), GradeDicts),
    entry_dict(Fact, _{ attributes: Attributes, grades: GradeDicts }, Dict).
part(regimens, RuleBase, _, Dict) :-
    Fact = regimen(_, Policy, Activity, Weeks, Doses, _, _),
    rule_fact(RuleBase, Fact),
    activity(Activity, Number, Unit, Weight),
    decimal(Number, Amount),
    entry_dict(Fact, _{ policy: Policy, activity: Amount, unit: Unit, weight_range: Weight,
                        interval_weeks: Weeks, doses: Doses }, Dict).
part(activity_units, RuleBase, _, _{ symbol: Symbol, becquerels: Becquerels }) :-
    rule_fact(RuleBase, activity_unit(Symbol, Becquerels)).
part(billing_codes, RuleBase, _, Dict) :-
    Fact = billing_code(_, Policy, Code, Unit, Activity, Doses, _, _),
    rule_fact(RuleBase, Fact),
    entry_dict(Fact, _{ policy: Policy, code: Code, unit: Unit, activity: Activity, doses: Doses }, Dict).
part(approvals, RuleBase, _, Dict) :-
    Fact = approval(_, Policy, Months, Doses, _, _),
    rule_fact(RuleBase, Fact),
    entry_dict(Fact, _{ policy: Policy, months: Months, doses: Doses }, Dict).
part(items, RuleBase, _, Dict) :-
    Fact = item(_, Policy, Stage, _, Groups, Criteria, _),
    rule_fact(RuleBase, Fact),
    entry_dict(Fact, _{ policy: Policy, stage: Stage, groups: Groups, criteria: Criteria }, Dict).
part(concerns_indication, RuleBase, _, _{ policy: Policy, criteria: Criteria }) :-
    rule_fact(RuleBase, concerns_indication(Policy, Criteria)).
part(second_routes, RuleBase, _, Dict) :-
    Fact = second_route(_, Policy, Outcome, _, _),
    rule_fact(RuleBase, Fact),
    entry_dict(Fact, _{ policy: Policy, outcome: Outcome }, Dict).
part(not_printed, RuleBase, _, _{ policy: Policy, what: What, sentence: Sentence }) :-
    rule_fact(RuleBase, not_printed(Policy, What, Sentence)).

%   A weight_range is null where the activity does not depend on the body weight.

activity(fixed(Number, Unit), Number, Unit, null).
activity(per_kg(Number, Unit, Low..High), Number, Unit, [Low, High]).

entry_dict(Fact, Own, Dict) :-
    once(reference_entry(Fact, Id, Sentence, Sources)),
    maplist(source_dict, Sources, SourceDicts),
    Dict = Own.put(_{ id: Id, sentence: Sentence, sources: SourceDicts }).
