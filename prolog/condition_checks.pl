% SPDX-License-Identifier: Apache-2.0
:- module(condition_checks,
          [ bad_condition/3,            % +RuleBase, -Location, -What
            bad_cases/4,                % +RuleBase, +Name, +Cases, -What
            reached/2,                  % +RuleBase, ?Thing
            from_root/3,                % +RuleBase, +Policy, ?Thing
            declared_attributes/2,      % +RuleBase, -Names
            declared_documents/2        % +RuleBase, -Names
          ]).
:- use_module(library(apply), [maplist/3]).
:- use_module(library(lists), [append/3, member/2, nextto/3]).
:- use_module(evaluator, [definition_body/3]).
:- use_module(language).
:- use_module(loader).
:- use_module(operators).
:- use_module(possible).

/** <module> What can be wrong with a condition

Conditions are followed from where they are used, through criteria and definitions, so that a
definition with parameters is checked as it is applied; a problem is reported where the words
stand, not where they are used.

A *place* is place(Policy, Location, Role, Path): Role is plain, source (a source of evidence) or,
wrapped in case(...), the case of a choice, where `nothing` may stand; Path has the definitions
and criteria passed on the way.
*/

%!  bad_condition(+RuleBase, -Location, -What) is nondet.
%
%   True when What is wrong with a condition that stands at Location.

bad_condition(RuleBase, Location, What) :-
    start(RuleBase, Policy, Start, Condition),
    wrong(Condition, place(Policy, Start, plain, []), RuleBase, Location, What).

start(RuleBase, Policy, Location, Condition) :-
    rule_fact(RuleBase, met_when(Policy, Condition), Location).
start(RuleBase, Policy, Location, Condition) :-
    rule_fact(RuleBase, applies_to(Policy, Condition), Location).
start(RuleBase, Policy, Location, Condition) :-
    rule_fact(RuleBase, criterion(Policy, _, _, Condition, _), Location).
start(RuleBase, plausibility, Location, Condition) :-
    rule_fact(RuleBase, implausible(Condition, _), Location).
start(RuleBase, plausibility, Location, all_of(Conditions)) :-
    rule_fact(RuleBase, contradictory(Conditions, _), Location).

wrong(Condition, Place, RuleBase, Location, What) :-
    (   condition_form(Condition, Form)
    ->  wrong_form(Form, Place, RuleBase, Location, What)
    ;   Place = place(_, Location, _, _),
        What = no_condition(Condition)
    ).

wrong_form(nothing, place(_, Location, Role, _), _, Location, misplaced(nothing)) :-
    Role \= case(_).
wrong_form(combines(Op, Cs), place(Policy, Start, _, Path), RuleBase, Location, What) :-
    (   Cs == []
    ->  Location = Start,
        What = empty_list(Op)
    ;   ( Op == evidence -> Role = source ; Role = plain ),
        member(C, Cs),
        wrong(C, place(Policy, Start, Role, Path), RuleBase, Location, What)
    ).
wrong_form(modifies(Op, C), place(Policy, Start, Role, Path), RuleBase, Location, What) :-
    (   Op \== not,
        Role \== source,
        Role \== case(source)
    ->  Location = Start,
        What = misplaced(Op)
    ;   wrong(C, place(Policy, Start, plain, Path), RuleBase, Location, What)
    ).
wrong_form(by_reading(Name, Cases), Place, RuleBase, Location, What) :-
    Place = place(_, Location, _, _),
    bad_cases(RuleBase, Name, Cases, What).
wrong_form(by_reading(_, Cases), Place, RuleBase, Location, What) :-
    wrong_case(Cases, Place, RuleBase, Location, What).
wrong_form(by_date(Cases), place(Policy, Location, _, _), RuleBase, Location, What) :-
    bad_dates(Cases, Policy, RuleBase, What).
wrong_form(by_date(Cases), Place, RuleBase, Location, What) :-
    wrong_case(Cases, Place, RuleBase, Location, What).
wrong_form(compares(Attribute, Test), place(_, Location, _, _), RuleBase, Location, What) :-
    wrong_test(RuleBase, Attribute, Test, What).
wrong_form(documented(Attribute), place(_, Location, _, _), RuleBase, Location, What) :-
    undeclared(RuleBase, Attribute, What).
wrong_form(adds(Attributes, Limit), place(_, Location, _, _), RuleBase, Location, What) :-
    (   member(Attribute, Attributes),
        undeclared(RuleBase, Attribute, What)
    ;   \+ integer(Limit),
        What = bad_sum(Attributes)
    ;   maplist(unit(RuleBase), Attributes, [UnitA, UnitB]),
        UnitA \== UnitB,
        What = units_differ(Attributes, UnitA, UnitB)
    ).
wrong_form(refers(criterion(Id)), Place, RuleBase, Location, What) :-
    Place = place(Policy, Start, _, Path),
    (   too_deep(Path)
    ->  Location = Start,
        What = circle(Id)
    ;   rule_fact(RuleBase, criterion(Policy, Id, _, Condition, _), There)
    ->  circular(RuleBase, Id, Condition, place(Policy, There, plain, Path), Location, What)
    ;   Location = Start,
        findall(Known, rule_fact(RuleBase, criterion(Policy, Known, _, _, _)), Ids),
        What = unknown(criterion, Id, Ids)
    ).
wrong_form(refers(definition(Head)), place(Policy, Start, _, Path), RuleBase, Location, What) :-
    (   atom(Head),
        rule_fact(RuleBase, attribute(Head, _, Type, _))
    ->  Type \== boolean,
        Location = Start,
        What = not_boolean(Head)
    ;   too_deep(Path)
    ->  Location = Start,
        functor(Head, Name, _),
        What = circle(Name)
    ;   rule_fact(RuleBase, definition(Head, _, Condition, _), There)
    ->  wrong(Condition, place(Policy, There, plain, [definition(Head)|Path]), RuleBase, Location, What)
    ;   Location = Start,
        unknown_name(RuleBase, Head, What)
    ).

%   Each criterion is a start of its own; through a reference to it only circles are looked for.

circular(RuleBase, Id, Condition, place(Policy, There, Role, Path), Location, circle(Id)) :-
    wrong(Condition, place(Policy, There, Role, [criterion(Id)|Path]), RuleBase, Location, circle(Id)).

%   Definitions may be applied to each other with ever larger parameters, so that a circle is told
%   by its length alone.

too_deep(Path) :-
    length(Path, Length),
    Length > 40.

wrong_case(Cases, place(Policy, Start, Role0, Path), RuleBase, Location, What) :-
    ( Role0 = case(Role) -> true ; Role = Role0 ),
    member(_-C, Cases),
    wrong(C, place(Policy, Start, case(Role), Path), RuleBase, Location, What).

unknown_name(RuleBase, Head, What) :-
    functor(Head, Name, Arity),
    findall(Known,
            (   rule_fact(RuleBase, definition(H, _, _, _)),
                functor(H, Known, _)
            ;   rule_fact(RuleBase, attribute(Known, _, _, _))
            ),
            Names),
    (   rule_fact(RuleBase, definition(Other, _, _, _)),
        functor(Other, Name, Right),
        Right =\= Arity
    ->  What = parameters(Name, Arity, Right)
    ;   What = unknown('attribute or definition', Name, Names)
    ).

%   Tests

wrong_test(RuleBase, Attribute, Test, What) :-
    (   undeclared(RuleBase, Attribute, What)
    ->  true
    ;   typed_test(RuleBase, Attribute, Test, Typed)
    ->  rule_fact(RuleBase, attribute(Attribute, _, Type, _)),
        idle(Type, Typed, Truth),
        What = idle(Attribute, Test, Truth)
    ;   rule_fact(RuleBase, attribute(Attribute, _, Type, _)),
        What = ill_typed(Attribute, Type, Test)
    ).

undeclared(RuleBase, Attribute, unknown(attribute, Attribute, Known)) :-
    \+ rule_fact(RuleBase, attribute(Attribute, _, _, _)),
    declared_attributes(RuleBase, Known).

%   A test that holds for every value of the range, or for none, says nothing.

idle(Type, Typed, Truth) :-
    Type =.. [_, Low..High, _],
    test_truth(Typed, span(Low, c, High, c), Truth),
    Truth \== u.
idle(one_of(Options), among(Mask), t) :-
    length(Options, N),
    Mask =:= (1 << N) - 1.

unit(RuleBase, Attribute, Unit) :-
    rule_fact(RuleBase, attribute(Attribute, _, integer(_, Unit), _)).

%!  bad_cases(+RuleBase, +Name, +Cases, -What) is nondet.
%
%   True when What is wrong with the choice of Cases, a list of Value-Condition, by reading Name.

bad_cases(RuleBase, Name, Cases, What) :-
    (   rule_fact(RuleBase, reading(Name, _, Meanings, _))
    ->  findall(Value, member(value(Value, _), Meanings), Values),
        (   member(Value, Values),
            \+ memberchk(Value-_, Cases),
            What = no_case(Name, Value)
        ;   member(Value-_, Cases),
            \+ memberchk(Value, Values),
            What = unknown_case(Name, Value, Values)
        ;   append(_, [Value-_|Rest], Cases),
            memberchk(Value-_, Rest),
            What = case_twice(Name, Value)
        )
    ;   findall(Known, rule_fact(RuleBase, reading(Known, _, _, _)), Names),
        What = unknown(reading, Name, Names)
    ).

bad_dates(Cases, _, _, bad_date(Date)) :-
    member(Date-_, Cases),
    \+ day_number(Date, _).
bad_dates(Cases, _, _, overlapping_dates(Earlier, Later)) :-
    nextto(Earlier-_, Later-_, Cases),
    day_number(Earlier, E),
    day_number(Later, L),
    L =< E.
bad_dates([First-_|_], Policy, RuleBase, late_start(First)) :-
    day_number(First, Begins),
    rule_fact(RuleBase, in_force_from(Policy, From, _)),
    day_number(From, InForce),
    Begins > InForce.

%!  reached(+RuleBase, ?Thing) is nondet.
%
%   True when some condition uses Thing: definition(Head), reading(Name), class(Name),
%   criterion(Id).

reached(RuleBase, Thing) :-
    start(RuleBase, Policy, _, Condition),
    uses(Condition, Policy, RuleBase, [], Thing).

%!  from_root(+RuleBase, +Policy, ?Thing) is nondet.
%
%   True when the condition on which Policy is met uses Thing, directly or not.

from_root(RuleBase, Policy, Thing) :-
    rule_fact(RuleBase, met_when(Policy, Condition)),
    uses(Condition, Policy, RuleBase, [], Thing).

uses(Condition, Policy, RuleBase, Path, Thing) :-
    condition_form(Condition, Form),
    form_uses(Form, Policy, RuleBase, Path, Thing).

form_uses(combines(_, Cs), Policy, RuleBase, Path, Thing) :-
    member(C, Cs),
    uses(C, Policy, RuleBase, Path, Thing).
form_uses(modifies(_, C), Policy, RuleBase, Path, Thing) :-
    uses(C, Policy, RuleBase, Path, Thing).
form_uses(by_reading(Name, _), _, _, _, reading(Name)).
form_uses(by_reading(_, Cases), Policy, RuleBase, Path, Thing) :-
    member(_-C, Cases),
    uses(C, Policy, RuleBase, Path, Thing).
form_uses(by_date(Cases), Policy, RuleBase, Path, Thing) :-
    member(_-C, Cases),
    uses(C, Policy, RuleBase, Path, Thing).
form_uses(compares(_, member_of(Class)), _, _, _, class(Class)).
form_uses(compares(_, includes(Names)), _, _, _, class(Class)) :-
    member(Name, Names),
    ( Name = open(Class) -> true ; Class = Name ).
form_uses(refers(criterion(Id)), _, _, _, criterion(Id)).
form_uses(refers(criterion(Id)), Policy, RuleBase, Path, Thing) :-
    \+ too_deep(Path),
    \+ memberchk(criterion(Id), Path),
    rule_fact(RuleBase, criterion(Policy, Id, _, Condition, _)),
    uses(Condition, Policy, RuleBase, [criterion(Id)|Path], Thing).
form_uses(refers(definition(Head)), _, _, _, definition(Head)).
form_uses(refers(definition(Head)), Policy, RuleBase, Path, Thing) :-
    \+ too_deep(Path),
    \+ memberchk(definition(Head), Path),
    definition_body(RuleBase, Head, Condition),
    uses(Condition, Policy, RuleBase, [definition(Head)|Path], Thing).

%!  declared_attributes(+RuleBase, -Names) is det.
%!  declared_documents(+RuleBase, -Names) is det.
%
%   True when Names are those that the rule base declares.

declared_attributes(RuleBase, Names) :-
    findall(Name, rule_fact(RuleBase, attribute(Name, _, _, _)), Names).

declared_documents(RuleBase, Names) :-
    findall(Name, rule_fact(RuleBase, document(Name, _, _, _, _, _, _)), Names).
