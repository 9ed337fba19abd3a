% SPDX-License-Identifier: Apache-2.0
:- module(reference_checks,
          [ bad_reference/3             % +RuleBase, -Location, -What
          ]).
:- use_module(library(apply), [maplist/2]).
:- use_module(library(lists), [append/3, member/2]).
:- use_module(condition_checks, [declared_attributes/2]).
:- use_module(loader).
:- use_module(operators).
:- use_module(reference_facts).

/** <module> What can be wrong with reference knowledge

Names are declared, ids stand once among all entries, arguments are of their types. Conditions,
sentences and sources are checked with those of the rules.
*/

%!  bad_reference(+RuleBase, -Location, -What) is nondet.
%
%   True when What is wrong with a fact of reference knowledge at Location.

bad_reference(RuleBase, Location, twice(Id, First)) :-
    findall(L-Id,
            ( reference_entry(General, Id, _, _), rule_fact(RuleBase, General, L) ),
            Unsorted),
    sort(Unsorted, Entries),
    append(_, [First-Id|Rest], Entries),
    member(Location-Id, Rest).
bad_reference(RuleBase, Location, unknown(Kind, Name, Known)) :-
    names(General, Kind, Names),
    rule_fact(RuleBase, General, Location),
    is_list(Names),                     % else it is a misfit
    member(Name, Names),
    \+ declared(Kind, RuleBase, Name),
    findall(K, declared(Kind, RuleBase, K), Known).
bad_reference(RuleBase, Location, unknown(criterion, Id, Known)) :-
    names_criteria(General, Policy, Ids),
    rule_fact(RuleBase, General, Location),
    is_list(Ids),
    member(Id, Ids),
    \+ rule_fact(RuleBase, criterion(Policy, Id, _, _, _)),
    findall(K, rule_fact(RuleBase, criterion(Policy, K, _, _, _)), Known).
bad_reference(RuleBase, Location, bad_reference_date(Date)) :-
    ( General = indication(_, _, Date, _, _, _) ; General = diagnostic_agent(_, _, _, Date, _, _) ),
    rule_fact(RuleBase, General, Location),
    \+ reference_date(Date, _).
bad_reference(RuleBase, Location, misfit(Name, Given, Wanted)) :-
    argument(General, Name, Given, Type),
    rule_fact(RuleBase, General, Location),
    type_words(Type, Wanted),
    \+ fits(Type, RuleBase, Given).

%   names(Fact, Kind, Names): Fact names things of this Kind, which must be declared.

names(drug(_, _, Policies, _), policy, Policies).
names(drug(_, _, _, Drugs), drug, Drugs).
names(recommendation(_, _, Drug, _, _, _, _, _), drug, [Drug]).
names(indication(_, Drug, _, _, _, _), drug, [Drug]).
names(trial(_, Drug, _, _, _, _), drug, [Drug]).
names(diagnostic_agent(_, Drug, _, _, _, _), drug, [Drug]).
names(verdict(_, Policy, _, _, _, _), policy, [Policy]).
names(statement(_, _, Policies, _, _), policy, Policies).
names(regimen(_, Policy, _, _, _, _, _), policy, [Policy]).
names(regimen(_, _, fixed(_, Unit), _, _, _, _), unit, [Unit]).
names(regimen(_, _, per_kg(_, Unit, _), _, _, _, _), unit, [Unit]).
names(billing_code(_, Policy, _, _, _, _, _, _), policy, [Policy]).
names(billing_code(_, _, _, Unit, _, _, _, _), unit, [Unit]).
names(billing_code(_, _, _, _, Activity, Doses, _, _), attribute, [Activity, Doses]).
names(approval(_, Policy, _, _, _, _), policy, [Policy]).
names(stages(Attribute), attribute, [Attribute]).
names(item(_, Policy, _, _, _, _, _), policy, [Policy]).
names(concerns_indication(Policy, _), policy, [Policy]).
names(scale(_, _, Attributes, _, _), attribute, Attributes).
names(second_route(_, Policy, _, _, _), policy, [Policy]).
names(not_printed(Policy, _, _), policy, [Policy]).

%   names_criteria(Fact, Policy, Ids): Fact names criteria of Policy.

names_criteria(item(_, Policy, _, _, _, Ids, _), Policy, Ids).
names_criteria(concerns_indication(Policy, Ids), Policy, Ids).

declared(drug, RuleBase, Name) :- rule_fact(RuleBase, drug(Name, _, _, _)).
declared(policy, RuleBase, Name) :- rule_fact(RuleBase, policy(Name, _, _)).
declared(unit, RuleBase, Name) :- rule_fact(RuleBase, activity_unit(Name, _)).
declared(attribute, RuleBase, Name) :-
    declared_attributes(RuleBase, Names),
    member(Name, Names).

%   argument(Fact, Name, Given, Type): the argument Given of the fact known by Name is of Type.

argument(General, Id, Id, atom) :-
    reference_entry(General, Id, _, _).
argument(drug(Name, Title, _, _), Name, Title, text).
argument(drug(Name, _, Policies, _), Name, Policies, list).
argument(drug(Name, _, _, Drugs), Name, Drugs, list).
argument(recommendation(Id, Topic, _, _, _, _, _, _), Id, Topic, atom).
argument(recommendation(Id, _, _, Guideline, _, _, _, _), Id, Guideline, text).
argument(recommendation(Id, _, _, _, Category, _, _, _), Id, Category, category).
argument(trial(Id, _, Name, _, _, _), Id, Name, text).
argument(diagnostic_agent(Id, _, Name, _, _, _), Id, Name, text).
argument(verdict(Id, _, Finding, _, _, _), Id, Finding, one_of([sufficient, insufficient])).
argument(statement(Id, Kind, _, _, _), Id, Kind,
         one_of([scope, prior_approval, service, guideline, society, supply])).
argument(statement(Id, _, Policies, _, _), Id, Policies, list).
argument(scale(Id, _, Attributes, _, _), Id, Attributes, list).
argument(scale(Id, _, _, Grades, _), Id, Grades, grades).
argument(regimen(Id, _, Activity, _, _, _, _), Id, Activity, activity).
argument(regimen(Id, _, _, Weeks, _, _, _), Id, Weeks, count).
argument(regimen(Id, _, _, _, Doses, _, _), Id, Doses, count).
argument(activity_unit(Symbol, _), Symbol, Symbol, text).
argument(activity_unit(Symbol, Becquerels), Symbol, Becquerels, count).
argument(billing_code(Id, _, Code, _, _, _, _, _), Id, Code, text).
argument(billing_code(Id, _, _, _, Activity, _, _, _), Id, Activity, attribute_in_activity_unit).
argument(billing_code(Id, _, _, _, _, Doses, _, _), Id, Doses, whole_attribute).
argument(approval(Id, _, Months, _, _, _), Id, Months, count).
argument(approval(Id, _, _, Doses, _, _), Id, Doses, count).
argument(stages(Attribute), stages, Attribute, enumeration).
argument(item(Id, _, Stage, _, _, _, _), Id, Stage, stage).
argument(item(Id, _, _, _, Groups, _, _), Id, Groups, groups).
argument(item(Id, _, _, _, _, Criteria, _), Id, Criteria, list).
argument(concerns_indication(Policy, Criteria), Policy, Criteria, list).
argument(second_route(Id, _, Outcome, _, _), Id, Outcome, one_of([met, not_met, needs_information])).
argument(not_printed(Policy, What, _), Policy, What, one_of([verdict, approval, checklist])).

type_words(atom, "a name without quotes").
type_words(text, "a text in double quotes that is not empty").
type_words(list, "a list of names").
type_words(category, "a text in double quotes, \"\" where none is printed").
type_words(one_of(Names), Words) :-
    atomic_list_concat(Names, ' or ', Joined),
    atom_string(Joined, Words).
type_words(grades, "a list of grade(\"Value\", \"Meaning\"), each value once").
type_words(activity, "fixed(Number, Unit) or per_kg(Number, Unit, LeastKg..MostKg)").
type_words(count, "a whole number from 1 on").
type_words(attribute_in_activity_unit, "a number attribute whose unit is a declared activity_unit").
type_words(whole_attribute, "an attribute that counts whole numbers").
type_words(enumeration, "an attribute of type one_of").
type_words(stage, "any, or an option of the attribute of stages(Attribute)").
type_words(groups, "a list of lists of attributes, none of them empty").

fits(atom, _, Given) :- atom(Given).
fits(text, _, Given) :- text(Given).
fits(list, _, Given) :- is_list(Given).
fits(category, _, Given) :- string(Given).
fits(one_of(Names), _, Given) :- memberchk(Given, Names).
fits(grades, _, Given) :-
    is_list(Given),
    Given = [_|_],
    findall(Value, member(grade(Value, _), Given), Values),
    findall(Meaning, member(grade(_, Meaning), Given), Meanings),
    maplist(text, Values),
    maplist(text, Meanings),
    length(Given, N),
    sort(Values, Distinct),
    length(Distinct, N).
fits(activity, _, fixed(Number, _)) :- positive(Number).
fits(activity, _, per_kg(Number, _, Low..High)) :-
    positive(Number),
    integer(Low),
    integer(High),
    0 < Low,
    Low < High.
fits(count, _, Given) :- integer(Given), Given >= 1.
fits(attribute_in_activity_unit, RuleBase, Attribute) :-
    rule_fact(RuleBase, attribute(Attribute, _, number(_, Unit), _)),
    rule_fact(RuleBase, activity_unit(Unit, _)).
fits(whole_attribute, RuleBase, Attribute) :-
    rule_fact(RuleBase, attribute(Attribute, _, integer(_, _), _)).
fits(enumeration, RuleBase, Attribute) :-
    rule_fact(RuleBase, attribute(Attribute, _, one_of(_), _)).
fits(stage, _, any).
fits(stage, RuleBase, Stage) :-
    rule_fact(RuleBase, stages(Attribute)),
    rule_fact(RuleBase, attribute(Attribute, _, one_of(Stages), _)),
    memberchk(Stage, Stages).
fits(groups, RuleBase, Groups) :-
    is_list(Groups),
    Groups = [_|_],
    declared_attributes(RuleBase, Names),
    forall(member(Group, Groups),
           ( is_list(Group), Group = [_|_], forall(member(Name, Group), memberchk(Name, Names)) )).

text(Given) :-
    string(Given),
    normalize_space(string(Normal), Given),
    Normal \== "".

positive(Number) :-
    ( integer(Number) ; float(Number) ),
    !,
    Number > 0.
