% SPDX-License-Identifier: Apache-2.0
:- module(record_checks,
          [ bad_record/3                % +RuleBase, -Location, -What
          ]).
:- use_module(library(apply), [maplist/2, maplist/3]).
:- use_module(library(lists), [member/2, nth1/3, append/3]).
:- use_module(condition_checks, [declared_attributes/2]).
:- use_module(language, [exact/2]).
:- use_module(loader).
:- use_module(operators).

/** <module> Units, entries of a record and what follows from them fit together

rule_of_record/4 is the one table of the rules: the kinds of the entries that each takes, the names of
its constants, and what it gives. An argument of entries is a list of kinds, or each(Kind) for one
or more of a kind. What it gives is the kind of attribute: a unit, `boolean`, or `unit_of_entry`.
*/

%!  bad_record(+RuleBase, -Location, -What) is nondet.
%
%   True when What is wrong, at Location, with a unit, a conversion, an entry or a derived fact.

bad_record(RuleBase, Location, What) :- bad_unit(RuleBase, Location, What).
bad_record(RuleBase, Location, What) :- bad_conversion(RuleBase, Location, What).
bad_record(RuleBase, Location, What) :- bad_entry(RuleBase, Location, What).
bad_record(RuleBase, Location, What) :- bad_derived(RuleBase, Location, What).

%   Units

bad_unit(RuleBase, Location, bad_spellings(Unit, Spellings)) :-
    rule_fact(RuleBase, unit(Unit, Spellings), Location),
    \+ ( is_list(Spellings), maplist(string, [Unit|Spellings]), is_set([Unit|Spellings]) ).
bad_unit(RuleBase, Location, spelled_twice(Spelling, Unit, Other)) :-
    findall(Name-L, rule_fact(RuleBase, unit(Name, _), L), Units),
    append(_, [Other-_|Rest], Units),
    member(Unit-Location, Rest),
    rule_fact(RuleBase, unit(Other, Others)),
    rule_fact(RuleBase, unit(Unit, Own), Location),
    is_list(Others),
    is_list(Own),
    member(Spelling, [Other|Others]),
    memberchk(Spelling, [Unit|Own]).
bad_unit(RuleBase, Location, unknown(unit, Unit, Known)) :-
    units(RuleBase, Known),
    Known \== [],
    unit_in_use(RuleBase, Location, Unit),
    Unit \== "",
    \+ memberchk(Unit, Known).
bad_unit(RuleBase, Location, unused(unit, Unit)) :-
    rule_fact(RuleBase, unit(Unit, _), Location),
    \+ unit_in_use(RuleBase, _, Unit).

units(RuleBase, Units) :-
    findall(Unit, rule_fact(RuleBase, unit(Unit, _)), Units).

unit_in_use(RuleBase, Location, Unit) :-
    rule_fact(RuleBase, attribute(_, _, Type, _), Location),
    Type =.. [_, _, Unit].
unit_in_use(RuleBase, Location, Unit) :-
    rule_fact(RuleBase, recorded(_, Kind, _), Location),
    kind_unit(Kind, Unit).
unit_in_use(RuleBase, Location, Unit) :-
    rule_fact(RuleBase, converts(_, From, Into, _), Location),
    ( Unit = From ; Unit = Into ).

kind_unit(series(Unit), Unit).
kind_unit(series_with_limit(Unit), Unit).
kind_unit(doses(Unit), Unit).

%   Conversions

bad_conversion(RuleBase, Location, bad_factor(From, Into, Factor)) :-
    rule_fact(RuleBase, converts(_, From, Into, Factor), Location),
    \+ ( From \== Into, number(Factor), catch(exact(Factor, Exact), _, fail), Exact > 0 ).
bad_conversion(RuleBase, Location, unknown(entry, Of, Known)) :-
    rule_fact(RuleBase, converts(Of, _, _, _), Location),
    Of \== any,
    \+ rule_fact(RuleBase, recorded(Of, _, _)),
    entries(RuleBase, Known).
bad_conversion(RuleBase, Location, converted_twice(Of, From, Into)) :-
    findall(c(Of, From, Into)-L, rule_fact(RuleBase, converts(Of, From, Into, _), L), All),
    append(_, [c(First, A, B)-_|Rest], All),
    member(c(Of, From, Into)-Location, Rest),
    ( From-Into == A-B ; From-Into == B-A ),
    ( First == Of ; First == any ; Of == any ).

entries(RuleBase, Entries) :-
    findall(Entry, rule_fact(RuleBase, recorded(Entry, _, _)), Entries).

%   Entries

bad_entry(RuleBase, Location, bad_entry(Name, Kind)) :-
    rule_fact(RuleBase, recorded(Name, Kind, _), Location),
    \+ ( good_name(Name), good_kind(Kind) ).
bad_entry(RuleBase, Location, unused(entry, Name)) :-
    rule_fact(RuleBase, recorded(Name, _, _), Location),
    \+ ( rule_fact(RuleBase, derived(_, Rule, _, _)), Rule =.. [_, Entries|_],
         is_list(Entries), memberchk(Name, Entries) ).

good_name(Name) :- atom(Name), !.
good_name(Group:Name) :- atom(Group), atom(Name).

good_kind(date).
good_kind(times).
good_kind(one_of(Values)) :- is_list(Values), maplist(atom, Values), Values = [_, _|_].
good_kind(Kind) :- kind_unit(Kind, Unit), string(Unit).

%   Derived facts

bad_derived(RuleBase, Location, unknown(attribute, Attribute, Known)) :-
    rule_fact(RuleBase, derived(Attribute, _, _, _), Location),
    \+ rule_fact(RuleBase, attribute(Attribute, _, _, _)),
    declared_attributes(RuleBase, Known).
bad_derived(RuleBase, Location, unknown(entry, Entry, Known)) :-
    rule_fact(RuleBase, derived(_, Rule, _, _), Location),
    Rule =.. [_, Entries|_],
    is_list(Entries),
    member(Entry, Entries),
    \+ rule_fact(RuleBase, recorded(Entry, _, _)),
    entries(RuleBase, Known).
bad_derived(RuleBase, Location, bad_rule(Attribute, Rule)) :-
    rule_fact(RuleBase, derived(Attribute, Rule, _, _), Location),
    \+ good_rule(RuleBase, Rule, _).
bad_derived(RuleBase, Location, unit_of_rule(Attribute, Unit, Needed)) :-
    rule_fact(RuleBase, derived(Attribute, Rule, _, _), Location),
    good_rule(RuleBase, Rule, Needed),
    rule_fact(RuleBase, attribute(Attribute, _, Type, _)),
    (   Type =.. [_, _, Unit]
    ->  true
    ;   Type = Unit
    ),
    Unit \== Needed.

%   An entry that is not recorded is told apart, so that its kind is left open here.

good_rule(RuleBase, Rule, Gives) :-
    compound(Rule),
    Rule =.. [Name, Entries, Constants],
    rule_of_record(Name, Kinds, Keys, Result),
    is_list(Entries),
    Entries = [First|_],
    (   Kinds = each(Kind)
    ->  forall(member(Entry, Entries), of_kind(RuleBase, Entry, Kind))
    ;   length(Kinds, N),
        length(Entries, N),
        forall(nth1(I, Entries, Entry), ( nth1(I, Kinds, Kind), of_kind(RuleBase, Entry, Kind) ))
    ),
    is_list(Constants),
    maplist(constant_key, Constants, Keys),
    (   Result == unit_of_entry
    ->  rule_fact(RuleBase, recorded(First, Series, _)),
        kind_unit(Series, Gives)
    ;   Gives = Result
    ),
    !.

of_kind(RuleBase, Entry, Kind) :-
    (   rule_fact(RuleBase, recorded(Entry, Recorded, _))
    ->  functor(Recorded, Kind, _)
    ;   true
    ).

constant_key(Constant, Key) :-
    compound(Constant),
    Constant =.. [Key, Number],
    number(Number),
    Number > 0.

rule_of_record(completed_years, [date], [], "a").
rule_of_record(latest, [series], [], unit_of_entry).
rule_of_record(multiple, [series_with_limit], [], "x ULN").
rule_of_record(highest_multiple, each(series_with_limit), [days_apart], "x ULN").
rule_of_record(rise_percent, [series], [], "%").
rule_of_record(cockcroft_gault, [date, one_of, series, series], [from_age, divisor, female], "mL/min").
rule_of_record(cockcroft_gault_fall, [date, one_of, series, series], [from_age, divisor, female], "%").
rule_of_record(count, [doses], [], "doses").
rule_of_record(all_in_earlier_course, each(doses), [], boolean).
rule_of_record(some_in_earlier_course, [doses], [], boolean).
rule_of_record(weeks_since, each(doses), [], "weeks").
rule_of_record(reductions, [doses], [no_fall, fall], "").
rule_of_record(days_since, [times], [], "d").
rule_of_record(hours_since, [times], [], "h").
