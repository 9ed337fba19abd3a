% SPDX-License-Identifier: Apache-2.0
:- module(test_change_checks, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [append/3, member/2, select/3]).
:- use_module(fixtures).
:- use_module('../../prolog/change_checks').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/operators').

/** <module> Every attribute has one supplier and one way of change

The words of each refusal are in tests/kb/bad; here is what is refused, and what is not.
*/

said(Facts, Said) :-
    rule_base_of(Facts, RuleBase),
    findall(What, bad_change(RuleBase, _, What), Found),
    sort(Found, Said).

attributes([ attribute(age, g, integer(0..9, "a"), "Age"),
             attribute(flag, g, boolean, "Flag") ]).

%   What is said of two attributes, with one supplier and two ways of change.

sound([ supplier(s, "S"),
        supplies(s, [age, flag]),
        way_of_change(wait, "W"),
        way_of_change(never, "N"),
        changes(wait, [age]),
        changes(never, [flag]),
        only_grows([age]) ]).

said_with(Fact, Other, Said) :-
    attributes(Attributes),
    sound(Facts0),
    once(select(Fact, Facts0, Facts)),
    append(Attributes, [Other|Facts], All),
    said(All, Said).

%   refused(Fact, Other, What): with Other in place of Fact, What is said, among other things.

refused(supplies(s, [age, flag]), supplies(s, [age]), not_listed(flag, supplies)).
refused(supplies(s, [age, flag]), supplies(s, []), misfit(supplies, [], _)).
refused(supplies(s, [age, flag]), supplies(s, age), misfit(supplies, age, _)).
refused(supplies(s, [age, flag]), supplies(s, [age|flag]), misfit(supplies, [age|flag], _)).
refused(supplies(s, [age, flag]), supplies(t, [age, flag]), unknown(supplier, t, [s])).
refused(supplies(s, [age, flag]), supplies(t, [age, flag]), unused(supplier, s)).
refused(supplies(s, [age, flag]), supplies(s, [age, flag, age]), listed_twice(age, supplies, _)).
refused(supplies(s, [age, flag]), supplies(s, [age, flag, flags]), unknown(attribute, flags, [age, flag])).
refused(supplies(s, [age, flag]), supplies(s, [age, "flag"]), unknown(attribute, "flag", [age, flag])).
refused(supplier(s, "S"), supplier("s", "S"), misfit(supplier, "s", _)).
refused(supplier(s, "S"), way_of_change(x, "X"), unknown(supplier, s, [])).
refused(supplier(s, "S"), way_of_change(x, "X"), unused('way of change', x)).
refused(way_of_change(wait, "W"), supplier(x, "X"), unknown('way of change', wait, [never])).
refused(way_of_change(wait, "W"), way_of_change(3, "W"), misfit(way_of_change, 3, _)).
refused(changes(wait, [age]), changes(wait, [flag]), not_listed(age, changes)).
refused(changes(wait, [age]), changes(wait, [age, flag]), listed_twice(flag, changes, _)).
refused(changes(wait, [age]), changes(wait, [age, years]), unknown(attribute, years, [age, flag])).
refused(only_grows([age]), only_grows([flag]), never_grows(flag)).
refused(only_grows([age]), only_grows([years]), unknown(attribute, years, [age, flag])).
refused(only_grows([age]), only_grows([age, age]), listed_twice(age, only_grows, _)).
refused(only_grows([age]), only_grows(age), misfit(only_grows, age, _)).

:- begin_tests(change_checks).

test(the_rule_base_of_the_project_has_no_problem, Said == []) :-
    rule_base(kb, RuleBase, _),
    findall(What, bad_change(RuleBase, _, What), Said).

test(a_sound_list_of_suppliers_and_ways_has_no_problem, Said == []) :-
    said_with(only_grows([age]), only_grows([age]), Said).

test(a_rule_base_may_say_nothing_of_suppliers_and_ways, Said == []) :-
    attributes(Attributes),
    said(Attributes, Said).

test(one_that_says_anything_lists_every_attribute, all(Fact == [])) :-
    sound(Facts),
    member(Fact, Facts),
    attributes(Attributes),
    append(Attributes, [Fact, attribute(more, g, boolean, "More")], All),
    said(All, Said),
    \+ ( memberchk(not_listed(more, supplies), Said), memberchk(not_listed(more, changes), Said) ).

test(each_change_for_the_worse_is_refused, all(Other-Said == [])) :-
    refused(Fact, Other, What),
    said_with(Fact, Other, Said),
    \+ ( member(Told, Said), subsumes_term(What, Told) ).

test(a_supplier_may_have_more_than_one_list, Said == []) :-
    attributes(Attributes),
    sound(Facts),
    select(supplies(s, [age, flag]), Facts, Others),
    append(Attributes, [supplies(s, [flag]), supplies(s, [age])|Others], All),
    said(All, Said),
    !.

test(an_attribute_in_two_lists_is_told_at_the_second_with_the_first,
     Told == [ ('rules.pl':4)-listed_twice(age, changes, 'rules.pl':3) ]) :-
    rule_base_of([ attribute(age, g, integer(0..9, "a"), "Age"), way_of_change(wait, "W"),
                   changes(wait, [age]), changes(wait, [age]),
                   supplier(s, "S"), supplies(s, [age]) ], RuleBase),
    findall(Location-What, bad_change(RuleBase, Location, What), Told).

test(an_attribute_that_is_not_listed_is_told_where_it_is_declared, Told == [ 'rules.pl':2 ]) :-
    rule_base_of([ supplier(s, "S"), attribute(age, g, integer(0..9, "a"), "Age"),
                   attribute(flag, g, boolean, "Flag"),
                   way_of_change(wait, "W"), changes(wait, [age, flag]), supplies(s, [flag]) ], RuleBase),
    findall(Location, bad_change(RuleBase, Location, _), Told).

:- end_tests(change_checks).
