% SPDX-License-Identifier: Apache-2.0
:- module(evaluator,
          [ condition_truth/4,          % +RuleBase, +Request, +Condition, -Truth
            request/5,                  % +Policy, +On, +Readings, +Facts, -Request
            reading_values/3,           % +RuleBase, +Name, -Values
            definition_body/3           % +RuleBase, +Head, -Condition
          ]).
:- use_module(library(assoc), [list_to_assoc/2, get_assoc/3]).
:- use_module(library(lists), [member/2]).
:- use_module(library(error), [existence_error/2]).
:- use_module(language).
:- use_module(loader).
:- use_module(possible).
:- use_module(truth).

/** <module> What a condition means: the interpreter

The reference semantics: a condition is evaluated where it stands, by recursion over its form,
with no numbering, sharing or compilation. Module compiler turns the same facts into clauses,
and the tests hold the two together node by node.

A *request* is request(Policy, On, Readings, Facts): On a day number, Readings an assoc from
names to chosen values (defaults may be left out), Facts an assoc from attributes to values as in
module possible (unknown facts may be left out). The request is an argument throughout; nothing
about it is ever asserted.
*/

%!  request(+Policy, +On, +Readings, +Facts, -Request) is det.
%
%   True when Request asks for Policy on the day number On, with the lists Readings of Name-Value
%   and Facts of Attribute-Value.

request(Policy, On, Readings, Facts, request(Policy, On, ReadingAssoc, FactAssoc)) :-
    list_to_assoc(Readings, ReadingAssoc),
    list_to_assoc(Facts, FactAssoc).

%!  condition_truth(+RuleBase, +Request, +Condition, -Truth) is det.
%
%   True when Truth is the truth of Condition for Request: t, f, u, or `-` where it is not in
%   force.

condition_truth(RuleBase, Request, Condition, Truth) :-
    condition_form(Condition, Form),
    form_truth(Form, RuleBase, Request, Truth),
    !.

form_truth(nothing, _, _, -).
form_truth(undetermined(_), _, _, u).
form_truth(combines(all_of, Cs), RuleBase, Request, Truth) :-
    fold(Cs, and, RuleBase, Request, -, Truth).
form_truth(combines(any_of, Cs), RuleBase, Request, Truth) :-
    fold(Cs, or, RuleBase, Request, -, Truth).
form_truth(combines(evidence, Cs), RuleBase, Request, Truth) :-
    fold(Cs, join, RuleBase, Request, -, Joined),
    verdict(Joined, Truth).
form_truth(modifies(Op, C), RuleBase, Request, Truth) :-
    condition_truth(RuleBase, Request, C, T),
    modified(Op, T, Truth).
form_truth(by_reading(Name, Cases), RuleBase, Request, Truth) :-
    chosen(Name, RuleBase, Request, Value),
    memberchk(Value-C, Cases),
    condition_truth(RuleBase, Request, C, Truth).
form_truth(by_date(Cases), RuleBase, Request, Truth) :-
    Request = request(_, On, _, _),
    latest(Cases, On, nothing, C),
    condition_truth(RuleBase, Request, C, Truth).
form_truth(compares(Attribute, Test), RuleBase, Request, Truth) :-
    typed_test(RuleBase, Attribute, Test, Typed),
    value(Attribute, Request, Value),
    test_truth(Typed, Value, Truth).
form_truth(adds([A, B], Limit), RuleBase, Request, Truth) :-
    value(A, Request, ValueA),
    value(B, Request, ValueB),
    rule_fact(RuleBase, attribute(A, _, integer(RangeA, _), _)),
    rule_fact(RuleBase, attribute(B, _, integer(RangeB, _), _)),
    sum_at_most(ValueA, RangeA, ValueB, RangeB, Limit, Truth).
form_truth(documented(Attribute), _, Request, Truth) :-
    value(Attribute, Request, Value),
    documented(Value, Truth).
form_truth(refers(criterion(Id)), RuleBase, Request, Truth) :-
    Request = request(Policy, _, _, _),
    rule_fact(RuleBase, criterion(Policy, Id, _, C, _)),
    condition_truth(RuleBase, Request, C, Truth).
form_truth(refers(definition(Name)), RuleBase, Request, Truth) :-
    atom(Name),
    rule_fact(RuleBase, attribute(Name, _, boolean, _)),
    form_truth(compares(Name, holds), RuleBase, Request, Truth).
form_truth(refers(definition(Head)), RuleBase, Request, Truth) :-
    definition_body(RuleBase, Head, C),
    condition_truth(RuleBase, Request, C, Truth).

fold([], _, _, _, Truth, Truth).
fold([C|Cs], Combine, RuleBase, Request, Truth0, Truth) :-
    condition_truth(RuleBase, Request, C, T),
    call(Combine, Truth0, T, Truth1),
    fold(Cs, Combine, RuleBase, Request, Truth1, Truth).

modified(not, T, Truth) :- negation(T, Truth).
modified(supports, T, Truth) :- support(T, Truth).
modified(rules_out, T, Truth) :- ruling_out(T, Truth).

value(Attribute, request(_, _, _, Facts), Value) :-
    (   get_assoc(Attribute, Facts, Known)
    ->  Value = Known
    ;   Value = u
    ).

chosen(Name, RuleBase, request(_, _, Readings, _), Value) :-
    (   get_assoc(Name, Readings, Chosen)
    ->  Value = Chosen
    ;   reading_values(RuleBase, Name, [Value|_])
    ).

latest([], _, C, C).
latest([Date-C|Cases], On, C0, Latest) :-
    day_number(Date, Day),
    (   Day =< On
    ->  latest(Cases, On, C, Latest)
    ;   Latest = C0
    ).

%!  reading_values(+RuleBase, +Name, -Values) is det.
%
%   True when Values are the values of the reading Name, the default first.

reading_values(RuleBase, Name, Values) :-
    rule_fact(RuleBase, reading(Name, _, Meanings, _)),
    !,
    findall(Value, member(value(Value, _), Meanings), Values).
reading_values(_, Name, _) :-
    existence_error(reading, Name).

%!  definition_body(+RuleBase, +Head, -Condition) is semidet.
%
%   True when Condition is the condition of the shared definition Head, its parameters bound.

definition_body(RuleBase, Head, Condition) :-
    rule_fact(RuleBase, definition(Head, _, Condition, _)),
    !.
