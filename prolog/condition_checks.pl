% SPDX-License-Identifier: Apache-2.0
:- module(condition_checks,
          [ placed_conditions/2,        % +RuleBase, -Placed
            bad_condition/4,            % +Placed, +RuleBase, -Location, -What
            bad_cases/4,                % +RuleBase, +Name, +Cases, -What
            uses/2,                     % +Condition, -Thing
            reached/2,                  % +Placed, ?Thing
            condition_uses/4,           % +RuleBase, +Policy, +Condition, ?Thing
            declared_attributes/2,      % +RuleBase, -Names
            declared_documents/2        % +RuleBase, -Names
          ]).
:- use_module(library(apply), [foldl/4, maplist/3]).
:- use_module(library(assoc), [empty_assoc/1, get_assoc/3, put_assoc/4]).
:- use_module(library(lists), [append/3, member/2, nextto/3]).
:- use_module(claims, [subject_form/2, theorem_condition/3]).
:- use_module(language).
:- use_module(loader).
:- use_module(operators).
:- use_module(possible).
:- use_module(reference_facts, [reference_condition/3]).

/** <module> What can be wrong with a condition

Conditions are checked where they stand. A definition with parameters is checked as it is applied,
each application once; a condition that is itself a parameter is checked where it is written, and
stands as a blank in the definition, so that a problem is reported where its words are.

*Placed* is the list of all conditions that matter, as placed(Policy, Location, Condition): those of
the policies, of the plausibility rules, of reference knowledge and of theorems, and the definitions
that they apply, with their parameters bound. Circles must be ruled out first (module circles),
since placing them would not end.
*/

%!  placed_conditions(+RuleBase, -Placed) is det.
%
%   True when Placed are all conditions of RuleBase, which has no circle, each application of a
%   definition once.

placed_conditions(RuleBase, Placed) :-
    findall(placed(Policy, Location, Condition), start(RuleBase, Policy, Location, Condition), Starts),
    empty_assoc(None),
    place(Starts, RuleBase, None, Placed).

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
start(RuleBase, plausibility, Location, all_of(Conditions)) :-
    rule_fact(RuleBase, contradictory(_, Conditions, _), Location).
start(RuleBase, reference, Location, Condition) :-
    reference_condition(RuleBase, Condition, Location).
start(RuleBase, theorems, Location, Condition) :-
    theorem_condition(RuleBase, Condition, Location).

place([], _, _, []).
place([placed(Policy, Location, Condition)|Waiting], RuleBase, Seen0, [placed(Policy, Location, Condition)|Placed]) :-
    findall(Blank, ( uses(Condition, definition(Head)), blanked(Head, Blank) ), Heads),
    foldl(place_definition(RuleBase, Policy), Heads, Seen0-New, Seen-[]),
    append(New, Waiting, Next),
    place(Next, RuleBase, Seen, Placed).

place_definition(RuleBase, Policy, Head, Seen0-New0, Seen-New) :-
    (   get_assoc(Policy-Head, Seen0, _)
    ->  Seen = Seen0,
        New0 = New
    ;   rule_fact(RuleBase, definition(Head, _, Condition, _), Location)
    ->  put_assoc(Policy-Head, Seen0, true, Seen),
        New0 = [placed(Policy, Location, Condition)|New]
    ;   Seen = Seen0,
        New0 = New
    ).

%!  reached(+Placed, ?Thing) is nondet.
%
%   True when some condition of Placed uses Thing: definition(Head), reading(Name), class(Name),
%   criterion(Policy, Id) or `date`.

reached(Placed, Thing) :-
    member(placed(Policy, _, Condition), Placed),
    uses(Condition, Used),
    (   Used = criterion(Id)
    ->  Thing = criterion(Policy, Id)
    ;   Thing = Used
    ).

%!  condition_uses(+RuleBase, +Policy, +Condition, ?Thing) is nondet.
%
%   True when Condition, in the rules of Policy, uses Thing (see reached/2), itself or by a definition.

condition_uses(RuleBase, Policy, Condition, Thing) :-
    empty_assoc(None),
    place([placed(Policy, nowhere:0, Condition)], RuleBase, None, Placed),
    reached(Placed, Thing).

%!  uses(+Condition, -Thing) is nondet.
%
%   True when Thing (see reached/2; a criterion is criterion(Id)) stands in the words of Condition.

uses(Condition, Thing) :-
    condition_form(Condition, Form),
    form_uses(Form, Thing).

form_uses(combines(_, Cs), Thing) :-
    member(C, Cs),
    uses(C, Thing).
form_uses(modifies(_, C), Thing) :-
    uses(C, Thing).
form_uses(by_reading(Name, _), reading(Name)).
form_uses(by_reading(_, Cases), Thing) :-
    member(_-C, Cases),
    uses(C, Thing).
form_uses(by_date(_), date).
form_uses(by_date(Cases), Thing) :-
    member(_-C, Cases),
    uses(C, Thing).
form_uses(compares(_, member_of(Class)), class(Class)).
form_uses(compares(_, includes(Names)), class(Class)) :-
    member(Name, Names),
    ( Name = open(Class) -> true ; Class = Name ).
form_uses(refers(Thing), Thing).
form_uses(refers(definition(Head)), Thing) :-
    parameter_condition(Head, C),
    uses(C, Thing).

%   A parameter, or an element of one, is a condition if it is compound; open(Class) is a name.

parameter_condition(Head, Condition) :-
    Head =.. [_|Parameters],
    member(Parameter, Parameters),
    (   is_list(Parameter)
    ->  member(Condition, Parameter)
    ;   Condition = Parameter
    ),
    is_condition(Condition).

is_condition(Condition) :-
    compound(Condition),
    Condition \= open(_).

%   The application of a definition with blanks for the conditions among its parameters.

blanked(Head, Blank) :-
    Head =.. [Name|Parameters],
    maplist(blanked_parameter, Parameters, Blanks),
    Blank =.. [Name|Blanks].

blanked_parameter(Parameter, Blank) :-
    (   is_list(Parameter)
    ->  maplist(blanked_parameter, Parameter, Blank)
    ;   one_sided(Parameter, Op)
    ->  Blank =.. [Op, undetermined("a parameter")]     % it may not stand just anywhere
    ;   is_condition(Parameter)
    ->  Blank = undetermined("a parameter")
    ;   Blank = Parameter
    ).

%   one_sided(Condition, Op): it is, in some case, a source that speaks for one side only.

one_sided(Condition, Op) :-
    condition_form(Condition, Form),
    (   Form = modifies(Op, _)
    ->  Op \== not
    ;   ( Form = by_reading(_, Cases) ; Form = by_date(Cases) ),
        member(_-Case, Cases),
        one_sided(Case, Op)
    ).

%!  bad_condition(+Placed, +RuleBase, -Location, -What) is nondet.
%
%   True when What is wrong with a condition of Placed that stands at Location.

bad_condition(Placed, RuleBase, Location, What) :-
    member(placed(Policy, Location, Condition), Placed),
    wrong(Condition, plain, Policy, RuleBase, What).

%   The role of a condition is plain, source (a source of evidence) or, wrapped in case(...), the
%   case of a choice, where `nothing` may stand.

wrong(Condition, Role, Policy, RuleBase, What) :-
    (   condition_form(Condition, Form)
    ->  wrong_form(Form, Role, Policy, RuleBase, What)
    ;   What = no_condition(Condition)
    ).

wrong_form(nothing, Role, _, _, misplaced(nothing)) :-
    Role \= case(_).
wrong_form(combines(Op, []), _, _, _, empty_list(Op)) :-
    !.
wrong_form(combines(Op, Cs), _, Policy, RuleBase, What) :-
    ( Op == evidence -> Role = source ; Role = plain ),
    member(C, Cs),
    wrong(C, Role, Policy, RuleBase, What).
wrong_form(modifies(Op, _), Role, _, _, misplaced(Op)) :-
    Op \== not,
    Role \== source,
    Role \== case(source).
wrong_form(modifies(_, C), _, Policy, RuleBase, What) :-
    wrong(C, plain, Policy, RuleBase, What).
wrong_form(by_reading(Name, Cases), _, _, RuleBase, What) :-
    bad_cases(RuleBase, Name, Cases, What).
wrong_form(by_reading(_, Cases), Role, Policy, RuleBase, What) :-
    wrong_case(Cases, Role, Policy, RuleBase, What).
wrong_form(by_date(Cases), _, Policy, RuleBase, What) :-
    bad_dates(Cases, Policy, RuleBase, What).
wrong_form(by_date(Cases), Role, Policy, RuleBase, What) :-
    wrong_case(Cases, Role, Policy, RuleBase, What).
wrong_form(compares(Attribute, Test), _, _, RuleBase, What) :-
    wrong_test(RuleBase, Attribute, Test, What).
wrong_form(documented(Attribute), _, _, RuleBase, What) :-
    undeclared(RuleBase, Attribute, What).
wrong_form(adds(Attributes, Limit), _, _, RuleBase, What) :-
    wrong_sum(Attributes, Limit, RuleBase, What).
wrong_form(refers(criterion(Id)), _, Policy, RuleBase, What) :-
    \+ rule_fact(RuleBase, criterion(Policy, Id, _, _, _)),
    (   Policy == theorems
    ->  What = criterion_of_no_policy(Id)
    ;   findall(K, rule_fact(RuleBase, criterion(Policy, K, _, _, _)), Known),
        What = unknown(criterion, Id, Known)
    ).
wrong_form(refers(definition(Head)), _, _, RuleBase, What) :-
    wrong_name(Head, RuleBase, What).

wrong_form(refers(definition(Head)), _, Policy, RuleBase, What) :-
    parameter_condition(Head, C),
    wrong(C, case(source), Policy, RuleBase, What).         % the definition knows its place

wrong_case(Cases, Role0, Policy, RuleBase, What) :-
    ( Role0 = case(Role) -> true ; Role = Role0 ),
    member(_-C, Cases),
    wrong(C, case(Role), Policy, RuleBase, What).

wrong_sum(Attributes, Limit, RuleBase, What) :-
    member(Attribute, Attributes),
    (   undeclared(RuleBase, Attribute, What)
    ->  true
    ;   \+ unit(RuleBase, Attribute, _)
    ->  What = not_whole(Attribute)
    ;   \+ integer(Limit)
    ->  What = bad_sum(Attributes)
    ).
wrong_sum([A, B], Limit, RuleBase, idle_sum([A, B], Truth)) :-
    rule_fact(RuleBase, attribute(A, _, integer(RangeA, _), _)),
    rule_fact(RuleBase, attribute(B, _, integer(RangeB, _), _)),
    sum_at_most(u, RangeA, u, RangeB, Limit, Truth),
    Truth \== u.
wrong_sum(Attributes, _, RuleBase, units_differ(Attributes, UnitA, UnitB)) :-
    maplist(unit(RuleBase), Attributes, [UnitA, UnitB]),
    UnitA \== UnitB.

wrong_name(Head, RuleBase, What) :-
    functor(Head, Name, Arity),
    (   atom(Head),
        rule_fact(RuleBase, attribute(Head, _, Type, _))
    ->  Type \== boolean,
        What = not_boolean(Head)
    ;   rule_fact(RuleBase, definition(Head, _, _, _))
    ->  fail
    ;   rule_fact(RuleBase, definition(Other, _, _, _)),
        functor(Other, Name, Right),
        Right =\= Arity
    ->  What = parameters(Name, Arity, Right)
    ;   subject_form(Head, Form),
        Form \= condition(_)
    ->  What = subject_in_condition(Head)
    ;   findall(Known,
                (   rule_fact(RuleBase, definition(H, _, _, _)),
                    functor(H, Known, _)
                ;   rule_fact(RuleBase, attribute(Known, _, _, _))
                ),
                Names),
        What = unknown('attribute or definition', Name, Names)
    ).

%   Tests

wrong_test(RuleBase, Attribute, Test, What) :-
    (   undeclared(RuleBase, Attribute, What)
    ->  true
    ;   rule_fact(RuleBase, attribute(Attribute, _, Type, _)),
        (   typed_test(RuleBase, Attribute, Test, Typed)
        ->  idle(Type, Typed, Truth),
            What = idle(Attribute, Test, Truth)
        ;   unknown_name(Type, Test, RuleBase, Attribute, What)
        ->  true
        ;   What = ill_typed(Attribute, Type, Test)
        )
    ).

%   A value or class that the attribute has not. Classes says which it has, and whether the test took
%   one for the other.

unknown_name(Type, Test, RuleBase, Attribute, no_such_value(Attribute, Name, Test, Options, Classes)) :-
    ( Type = one_of(Options) ; Type = set_of(Options) ),
    findall(Class, ( rule_fact(RuleBase, class(Class, Of, _)), memberchk(Attribute, Of) ), Classes),
    named_in(Test, Type, Name, Kind),
    (   Kind == value
    ->  \+ memberchk(Name, Options)
    ;   Kind == class
    ->  \+ memberchk(Name, Classes)
    ;   \+ memberchk(Name, Options),
        \+ memberchk(Name, Classes)
    ),
    !.

named_in(equals(Value), one_of(_), Value, value).
named_in(one_of(Values), one_of(_), Value, value) :- member(Value, Values).
named_in(member_of(Class), one_of(_), Class, class).
named_in(includes(Names), set_of(_), Name, either) :-
    member(Each, Names),
    ( Each = open(Name) -> true ; Name = Each ).

undeclared(RuleBase, Attribute, unknown(attribute, Attribute, Known)) :-
    \+ rule_fact(RuleBase, attribute(Attribute, _, _, _)),
    declared_attributes(RuleBase, Known).

%   A test that holds for every value of the range, or for none, says nothing.

idle(Type, Typed, Truth) :-
    Type =.. [_, Low..High, _],
    test_truth(Typed, span(Low, c, High, c), Truth),
    Truth \== u,
    ( functor(Type, elapsed, 2) -> test_truth(Typed, never, Truth) ; true ).
idle(one_of(Options), among(Mask), t) :-
    length(Options, N),
    Mask =:= (1 << N) - 1.
idle(one_of(_), among(0), f).

%   The unit of an attribute that can be added: a count.

unit(RuleBase, Attribute, Unit) :-
    rule_fact(RuleBase, attribute(Attribute, _, integer(Low.._, Unit), _)),
    Low >= 0.

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

bad_dates([], _, _, empty_list(by_date)).
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
    starts(From, Date),
    day_number(Date, InForce),
    Begins > InForce,
    !.

starts(by_reading(_, Terms), Date) :-
    !,
    member(case(_, Date), Terms).
starts(Date, Date).

%!  declared_attributes(+RuleBase, -Names) is det.
%!  declared_documents(+RuleBase, -Names) is det.
%
%   True when Names are those that the rule base declares.

declared_attributes(RuleBase, Names) :-
    findall(Name, rule_fact(RuleBase, attribute(Name, _, _, _)), Names).

declared_documents(RuleBase, Names) :-
    findall(Name, rule_fact(RuleBase, document(Name, _, _, _, _, _, _)), Names).
