% SPDX-License-Identifier: Apache-2.0
:- module(theorem_checks,
          [ bad_theorem/4               % +Placed, +RuleBase, -Location, -What
          ]).
:- use_module(library(lists), [append/3, member/2]).
:- use_module(claims).
:- use_module(condition_checks, [condition_uses/4, declared_attributes/2, reached/2]).
:- use_module(language).
:- use_module(loader).
:- use_module(operators).

/** <module> What can be wrong with a theorem

Each has a name of its own, says which records it is about, and makes a claim in which every leaf is
of the language, stands in its place, names what exists and bears on it, and speaks of a day on which
its policy is in force. Sentences are checked with those of the rules, and so are conditions within a
claim, each where it stands.
*/

%!  bad_theorem(+Placed, +RuleBase, -Location, -What) is nondet.
%
%   True when What is wrong with a theorem at Location, Placed being all conditions of RuleBase.

bad_theorem(_, RuleBase, Location, twice(Name, First)) :-
    findall(L-Name, ( theorem_fact(Fact, _, Name, _, _, _), rule_fact(RuleBase, Fact, L) ), Unsorted),
    sort(Unsorted, Named),
    append(Before, [First-Name|Rest], Named),
    \+ memberchk(_-Name, Before),
    member(Location-Name, Rest).
bad_theorem(Placed, RuleBase, Location, What) :-
    theorem_fact(Fact, _, Name, _, Over, Claim),
    rule_fact(RuleBase, Fact, Location),
    (   \+ lower_case(Name),
        What = misfit(theorem, Name, "a name of lower-case letters, digits and _")
    ;   wrong_scope(Over, RuleBase, What)
    ;   sub_claim(Claim, Records, Sub),
        wrong_sub(Sub, Records, Over, Placed-RuleBase, What)
    ;   wrong_days(Claim, RuleBase, What)
    ).

lower_case(Name) :-
    atom(Name),
    atom_chars(Name, [First|Chars]),
    char_type(First, lower),
    forall(member(Char, Chars), ( char_type(Char, csym), \+ char_type(Char, upper) )).

%   Which records

wrong_scope(Over, RuleBase, What) :-
    (   scope_form(Over, records(_, Kind, Attributes))
    ->  wrong_attributes(Kind, Attributes, RuleBase, What)
    ;   What = bad_scope(Over)
    ).

wrong_attributes(change, [], _, empty_change).
wrong_attributes(_, Attributes, RuleBase, unknown(attribute, Attribute, Known)) :-
    declared_attributes(RuleBase, Known),
    member(Attribute, Attributes),
    \+ memberchk(Attribute, Known).
wrong_attributes(change, Attributes, _, change_twice(Attribute)) :-
    append(_, [Attribute|Rest], Attributes),
    memberchk(Attribute, Rest).
wrong_attributes(increase, [Attribute], RuleBase, no_number(Attribute, Type)) :-
    rule_fact(RuleBase, attribute(Attribute, _, Type, _)),
    \+ Type = integer(_, _),
    \+ Type = number(_, _),
    \+ Type = elapsed(_, _).

%   The parts of a claim

wrong_sub(Sub, Records, Over, Rules, What) :-
    (   claim_form(Sub, Form)
    ->  (   misplaced(Form, Sub, Records, Over, What)
        ;   wrong_form(Form, Rules, What)
        )
    ;   _-RuleBase = Rules,
        no_claim(Sub, RuleBase, What)
    ).

no_claim(Sub, RuleBase, What) :-
    (   callable(Sub),
        ( Sub = (Left = _) -> true ; Left = Sub ),
        functor(Left, Name, Arity),
        once(word_of_claims(Name))
    ->  (   takes_readings(Name),
            Arity =:= 2
        ->  What = no_readings(Name)
        ;   What = no_claim(Sub)
        )
    ;   condition_form(Sub, Form),
        \+ undefined(Form, RuleBase)
    ->  What = bare_condition(Sub)
    ;   What = no_claim(Sub)
    ).

%   A compound term that is no definition is more likely meant as a claim than as a condition.

undefined(refers(definition(Head)), RuleBase) :-
    compound(Head),
    functor(Head, Name, _),
    \+ ( rule_fact(RuleBase, definition(Other, _, _, _)), functor(Other, Name, _) ).

takes_readings(Name) :-
    memberchk(Name, [ outcome, conflict, is_true, is_false, is_unknown ]).

%   Every leaf stands in exactly one of two records, or in none where there is but one.

misplaced(of_record(Which, _), _, Records, Over, What) :-
    scope_form(Over, records(Number, _, _)),
    (   Number =:= 1
    ->  What = one_record(Which)
    ;   Records \== []
    ->  What = record_in_record(Which)
    ).
misplaced(Form, Sub, [], Over, record_not_said(Sub)) :-
    Form \= combines(_, _),
    Form \= of_record(_, _),
    scope_form(Over, records(2, _, _)).

wrong_form(combines(Op, []), _, empty_claim(Op)).
wrong_form(outcome(Policy, When, Outcome), Rules, What) :-
    Rules = _-RuleBase,
    (   wrong_policy(Policy, RuleBase, Wrong)
    ->  What = Wrong
    ;   \+ memberchk(Outcome, [met, not_met, needs_information]),
        What = misfit(outcome, Outcome, "met, not_met or needs_information")
    ;   wrong_when(When, policy(Policy), Rules, What)
    ).
wrong_form(conflict(Policy, When), Rules, What) :-
    Rules = _-RuleBase,
    (   wrong_policy(Policy, RuleBase, Wrong)
    ->  What = Wrong
    ;   wrong_when(When, policy(Policy), Rules, What)
    ).
wrong_form(truth(Subject, When, _), Rules, What) :-
    Rules = _-RuleBase,
    (   wrong_subject(Subject, RuleBase, Wrong)
    ->  What = Wrong
    ;   When == always,
        once(turns_on(Subject, RuleBase, Thing))
    ->  ( Subject = condition(Words) -> true ; Words = Subject ),
        What = varies(Words, Thing)
    ;   ( Subject = criterion(Policy, _) -> Of = policy(Policy) ; Of = Subject ),
        wrong_when(When, Of, Rules, What)
    ).

wrong_policy(Policy, RuleBase, unknown(policy, Policy, Known)) :-
    \+ rule_fact(RuleBase, policy(Policy, _, _)),
    findall(P, rule_fact(RuleBase, policy(P, _, _)), Known).

wrong_subject(criterion(Policy, _), RuleBase, What) :-
    wrong_policy(Policy, RuleBase, What),
    !.
wrong_subject(criterion(Policy, Id), RuleBase, unknown(criterion, Id, Known)) :-
    \+ rule_fact(RuleBase, criterion(Policy, Id, _, _, _)),
    findall(K, rule_fact(RuleBase, criterion(Policy, K, _, _, _)), Known).
wrong_subject(recommendation(Id), RuleBase, unknown(recommendation, Id, Known)) :-
    \+ rule_fact(RuleBase, recommendation(Id, _, _, _, _, _, _, _)),
    findall(K, rule_fact(RuleBase, recommendation(K, _, _, _, _, _, _, _)), Known).

%   turns_on(Subject, RuleBase, Thing): the truth of Subject may turn on Thing, which is the date or
%   a reading. A criterion is in force only while a text of its policy is.

turns_on(criterion(_, _), _, date).
turns_on(recommendation(Id), RuleBase, Thing) :-
    rule_fact(RuleBase, recommendation(Id, _, _, _, _, _, Condition, _)),
    varying(RuleBase, reference, Condition, Thing).
turns_on(condition(Condition), RuleBase, Thing) :-
    varying(RuleBase, theorems, Condition, Thing).

varying(RuleBase, Policy, Condition, Thing) :-
    ( Thing = date ; Thing = reading(_) ),
    condition_uses(RuleBase, Policy, Condition, Thing).

%   Days and readings of a leaf, which is about policy(Policy), a recommendation or a condition

wrong_when(under(On, Readings), Of, Rules, What) :-
    Rules = Placed-RuleBase,
    (   \+ on_form(On, _),
        What = bad_on(On)
    ;   Of = policy(Policy),
        on_form(On, day(Date)),
        before_first_text(Policy, Date, Readings, RuleBase, First),
        What = not_in_force(Policy, Date, First)
    ;   member(Name = Value, Readings),
        (   wrong_reading(Name, Value, RuleBase, Wrong)
        ->  What = Wrong
        ;   findall(Bearing, bears_on(Of, Placed, RuleBase, Bearing), Unsorted),
            sort(Unsorted, Names),
            \+ memberchk(Name, Names),
            ( Of = policy(Words) -> true ; Of = condition(Words) -> true ; Of = Words ),
            What = idle_reading(Name, Words, Names)
        )
    ;   append(_, [Name = _|Rest], Readings),
        memberchk(Name = _, Rest),
        What = reading_twice(Name)
    ).

wrong_reading(Name, Value, RuleBase, What) :-
    (   rule_fact(RuleBase, reading(Name, _, Meanings, _))
    ->  findall(V, member(value(V, _), Meanings), Values),
        \+ memberchk(Value, Values),
        What = unknown_case(Name, Value, Values)
    ;   findall(Known, rule_fact(RuleBase, reading(Known, _, _, _)), Names),
        What = unknown(reading, Name, Names)
    ).

%   bears_on(Of, Placed, RuleBase, Reading): what a leaf asks may turn on Reading.

bears_on(policy(Policy), Placed, _, Reading) :-
    member(placed(Policy, Location, Condition), Placed),
    reached([placed(Policy, Location, Condition)], reading(Reading)).
bears_on(policy(Policy), _, RuleBase, Reading) :-
    rule_fact(RuleBase, in_force_from(Policy, by_reading(Reading, _), _)).
bears_on(recommendation(Id), _, RuleBase, Reading) :-
    turns_on(recommendation(Id), RuleBase, reading(Reading)).
bears_on(condition(Condition), _, RuleBase, Reading) :-
    turns_on(condition(Condition), RuleBase, reading(Reading)).

%   before_first_text(Policy, Date, Readings, RuleBase, First): Date is before First, the first day on
%   which a text of Policy may be in force where Readings are chosen.

before_first_text(Policy, Date, Readings, RuleBase, First) :-
    day_number(Date, Day),
    findall(Start-Begins,
            ( start_of(Policy, Readings, RuleBase, Begins), day_number(Begins, Start) ),
            Starts),
    sort(Starts, [Earliest-First|_]),
    Day < Earliest.

start_of(Policy, Readings, RuleBase, Begins) :-
    rule_fact(RuleBase, in_force_from(Policy, From, _)),
    (   From = by_reading(Name, Cases)
    ->  member(case(Value, Begins), Cases),
        forall(member(Name = Chosen, Readings), Chosen == Value)
    ;   Begins = From
    ).

%   The days of a claim as a whole: `latest` and each_text are those of the policies that it names.

wrong_days(Claim, RuleBase, What) :-
    findall(On-Form, day_of(Claim, On, Form), Unsorted),
    sort(Unsorted, Days),
    findall(Policy, policy_of(Claim, Policy), Policies),
    (   Days = [Sort-each(_, _)|Others],
        member(Other-each(_, _), Others),
        What = two_sorts(Sort, Other)
    ;   member(On-Form, Days),
        Form \= day(_),
        (   Policies == []
        ->  What = no_policy(On)
        ;   Form = each(From, Before),
            \+ begun(RuleBase, Policies, From, Before),
            What = no_text(On)
        )
    ).

day_of(Claim, On, Form) :-
    sub_claim(Claim, _, Sub),
    claim_form(Sub, SubForm),
    SubForm =.. [_|Parts],
    member(under(On, _), Parts),
    on_form(On, Form).

policy_of(Claim, Policy) :-
    sub_claim(Claim, _, Sub),
    claim_form(Sub, Form),
    (   Form = outcome(Policy, _, _)
    ;   Form = conflict(Policy, _)
    ;   Form = truth(criterion(Policy, _), _, _)
    ).

begun(RuleBase, Policies, From, Before) :-
    member(Policy, Policies),
    rule_fact(RuleBase, text(Policy, Date, _, _, _)),
    day_number(Date, Day),
    ( From == null -> true ; day_number(From, First), Day >= First ),
    ( Before == null -> true ; day_number(Before, End), Day < End ),
    !.
