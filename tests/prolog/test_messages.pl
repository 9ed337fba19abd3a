% SPDX-License-Identifier: Apache-2.0
:- module(test_messages, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [member/2, numlist/3]).
:- use_module(fixtures).
:- use_module('../../prolog/messages').
:- use_module('../../prolog/operators').

/** <module> Every problem in words: where it is, what it is, what to do

The words themselves are in tests/kb/bad; here is how they are put together.
*/

%   A problem of every kind.

kind(no_files).
kind(syntax(operator_expected)).
kind(unreadable(error(io_error(read, file), _))).
kind(directive).
kind(singleton(['Agents'])).
kind(unknown_fact(criterium/5)).
kind(twice(net, 'rules.pl':14)).
kind(bad_type(x, number(0..1, m))).
kind(unit_of_name(albumin_g_l, "g/dL", "g/L")).
kind(unknown(attribute, albumine_g_l, [albumin_g_l])).
kind(unknown_value(tumor_type, sarcoma, [net, other])).
kind(few_values(r)).
kind(no_part(p, met_when)).
kind(bad_date(2026-2-29)).
kind(bad_status(probable)).
kind(bad_place(nowhere)).
kind(bad_kind(idle, [dead])).
kind(bad_readings(r)).
kind(overlapping_texts(p, 2026-1-1, 2026-4-1)).
kind(overlapping_dates(2026-4-1, 2026-1-1)).
kind(late_start(2026-1-1)).
kind(no_sentence('L-1')).
kind(no_source('L-1')).
kind(bad_source(w(3))).
kind(bad_lines(wellmark, 3-2, 809)).
kind(unused(definition, well)).
kind(no_condition(tumor:well)).
kind(misplaced(nothing)).
kind(misplaced(supports)).
kind(empty_list(any_of)).
kind(units_differ([a, b], "doses", "weeks")).
kind(bad_sum([a, b])).
kind(circle(well)).
kind(ledger_lines(6)).
kind(idle_sum([prior_doses, requested_doses], t)).
kind(not_boolean(age)).
kind(parameters(washout, 0, 1)).
kind(idle(age, at_least(0), t)).
kind(idle(age, at_least(200), f)).
kind(ill_typed(age, boolean, empty)).
kind(no_case(r, a)).
kind(unknown_case(r, c, [a, b])).
kind(case_twice(r, a)).
kind(ledger_gap(wellmark, 3, 5)).
kind(ledger_status(skipped)).
kind(cited_elsewhere(nccn_ppgl, 3-4)).
kind(not_named(nccn_ppgl, 3-4)).
kind(bad_reference_date(2025-13)).
kind(misfit(nccn_ppgl, 1, "a text")).
kind(not_in_ledger('L-1')).
kind(too_large(5_000_000)).
kind(early_end).
kind(variables(criterion)).
kind(not_checked(error(type_error(list, net), _))).
kind(no_parameter(dose_cap, "3", 2)).
kind(not_whole(weight)).
kind(bad_date("2026-04-01")).
kind(unused(unit, "kg")).
kind(unused(entry, weight)).
kind(spelled_twice("g/l", "g/L", "g/dL")).
kind(bad_spellings("g/L", [gl])).
kind(bad_factor("g/dL", "g/L", 0)).
kind(converted_twice(any, "g/dL", "g/L")).
kind(bad_entry(weight, serie("kg"))).
kind(bad_rule(albumin_g_l, last([albumin], []))).
kind(unit_of_rule(albumin_g_l, "g/L", "g/dL")).
kind(criterion_of_no_policy('L-1')).
kind(subject_in_condition(criterion(p, 'L-1'))).
kind(no_claim(outcome(p, latest))).
kind(bare_condition(age >= 12)).
kind(empty_claim(all_of)).
kind(bad_scope(records)).
kind(empty_change).
kind(change_twice(age)).
kind(no_number(tumor, one_of([net, other]))).
kind(one_record(first)).
kind(record_in_record(second)).
kind(record_not_said(is_true(age >= 12))).
kind(varies(criterion(p, 'L-1'), date)).
kind(varies(adult, reading(adult_age))).
kind(bad_on(2026-2-29)).
kind(bad_on(each_text_from(2026-2-29))).
kind(bad_on('2026-04-01')).
kind(bad_on(today)).
kind(capital(theorem, 'MyTheorem')).
kind(no_such_value(tumor, nests, member_of(nests), [net, other], [nets])).
kind(no_such_value(tumor, nest, equals(nest), [net, other], [nets])).
kind(no_readings(outcome)).
kind(no_claim(imply(a, b))).
kind(not_in_force(p, 2018-1-1, 2019-4-1)).
kind(idle_reading(adult_age, p, [adult_ages])).
kind(reading_twice(adult_age)).
kind(two_sorts(each_text, each_text_from(2026-4-1))).
kind(no_policy(latest)).
kind(no_text(each_text_before(2018-1-1))).
kind(unused(supplier, pathology)).
kind(unused('way of change', wait)).
kind(listed_twice(age, supplies, 'changes.pl':3)).
kind(not_listed(age, supplies)).
kind(not_listed(age, changes)).
kind(never_grows(age)).

text(What, Text) :-
    problem_text(problem('rules.pl':7, What), Text).

%   What follows the place.

words(What, Words) :-
    text(What, Text),
    string_concat("rules.pl:7: ", Words, Text).

:- begin_tests(messages).

test(each_kind_of_problem_has_a_line_of_words, all(What-Text == [])) :-
    kind(What),
    text(What, Text),
    functor(What, Name, _),
    string_concat(Name, "(", BareTerm),
    \+ ( string(Text),
         string_concat("rules.pl:7: ", Words, Text),
         \+ sub_string(Words, _, _, _, "\n"),
         \+ sub_string(Words, _, _, _, "~"),
         \+ sub_string(Words, 0, _, _, BareTerm),
         sub_string(Words, _, _, _, " ") ).

test(every_kind_that_has_words_is_tried_here, all(What == [])) :-
    clause(messages:what(What, _, _), _),
    \+ ( kind(Tried), subsumes_term(What, Tried) ).

test(each_kind_of_problem_leaves_no_choice_point, all(What == [])) :-
    kind(What),
    \+ leaves_no_choice_point(text(What, _)).

test(a_kind_without_words_is_shown_as_it_is, Words == "very_new(problem)") :-
    words(very_new(problem), Words).

test(the_line_0_is_no_line,
     Text == "kb: there are no .pl files here; name the folder that holds the rule base") :-
    problem_text(problem(kb:0, no_files), Text).

test(dates_are_written_with_all_their_digits,
     Words == "overlapping periods: from 2019-04-01 does not come after from 2026-12-31; put the cases in \c
               the order of their dates, each date once") :-
    words(overlapping_dates(2026-12-31, 2019-4-1), Words).

test(the_date_of_a_sort_of_texts_is_a_date_too,
     Words == "each_text_from(2026-03-01) is a day of the policies that a claim names, and this one names none; \c
               write a date") :-
    words(no_policy(each_text_from(2026-3-1)), Words).

test(a_day_that_is_none_is_told_by_what_is_wrong_with_it,
     all(Words == [ "2026-02-30 is no calendar date; write Year-Month-Day, as 2026-04-01",
                    "2026-02-30 is no calendar date; write Year-Month-Day, as 2026-04-01",
                    "a date is written without quotes: 2026-04-01",
                    "a date is written without quotes: 2026-04-01",
                    "a date is written without quotes: 2026-04-01" ])) :-
    member(On, [ 2026-2-30, each_text_before(2026-2-30), '2026-04-01', "2026-04-01", each_text_from("2026-04-01") ]),
    words(bad_on(On), Words).

test(readings_that_are_forgotten_are_asked_for, all(Words == [
         "outcome(Policy, On, Readings) = Outcome: add the readings, [] for the defaults",
         "conflict(Policy, On, Readings): add the readings, [] for the defaults",
         "is_false(Subject, On, Readings): add the readings, [] for the defaults" ])) :-
    member(Name, [outcome, conflict, is_false]),
    words(no_readings(Name), Words).

test(a_variable_as_a_name_is_offered_in_small_letters, all(Words-Lower == [])) :-
    member(Name-Lower, [ 'MyTheorem'-"write my_theorem", 'T'-"write t", '_X1y'-"write x1y", 'KI67Low'-"write ki67_low",
                         'My_Theorem'-"write my_theorem", '__'-"write a name" ]),
    words(capital(theorem, Name), Words),
    \+ string_concat(_, Lower, Words).

test(a_value_or_class_that_is_near_is_offered_and_else_all, all(Words == [
         "gepnet is no value of tumor (did you mean gep_net?); correct the name",
         "any_nets is no value of tumor (did you mean tumor in any_net?); correct the name",
         "any_net is no value of tumor (did you mean tumor in any_net?); correct the name",
         "wood is no value of tumor; its values are gep_net, v1, v2, v3, v4, v5, v6, v7, v8, v9",
         "any_nets is no value of tumor (did you mean any_net?); correct the name" ])) :-
    Options = [gep_net, v1, v2, v3, v4, v5, v6, v7, v8, v9],
    member(Name-Test, [ gepnet-equals(gepnet), any_nets-equals(any_nets), any_net-equals(any_net), wood-equals(wood),
                        any_nets-includes([any_nets]) ]),
    words(no_such_value(tumor, Name, Test, Options, [any_net]), Words).

test(a_class_that_is_near_is_offered_and_all_classes, all(Words == [
         "any_nets is no class of tumor (did you mean any_net?); its classes are any_net, lung",
         "gep_nets is no class of tumor (did you mean tumor = gep_net?); its classes are any_net, lung",
         "wood is no class of tumor; its classes are any_net, lung" ])) :-
    member(Name, [any_nets, gep_nets, wood]),
    words(no_such_value(tumor, Name, member_of(Name), [gep_net, other], [any_net, lung]), Words).

test(what_has_no_classes_is_told_with_its_values,
     Words == "wood is no class of tumor, which has none; its values are net, other") :-
    words(no_such_value(tumor, wood, member_of(wood), [net, other], []), Words).

test(a_type_is_shown_with_all_its_values, true(Shown == [])) :-
    numlist(1, 20, Values),
    words(ill_typed(tumor, one_of(Values), at_least(3)), Words),
    findall(Left, ( member(Left, ["|", "..."]), sub_string(Words, _, _, _, Left) ), Shown).

test(a_word_that_no_claim_has_is_near_to_one,
     Words == "no claim: imply(a, b) (did you mean implies?); correct the word") :-
    words(no_claim(imply(a, b)), Words).

test(a_reading_that_does_not_bear_is_told_with_those_that_do, all(Words == [
         "the reading age does not bear on p, nor does any other; write []",
         "the reading p_age does not bear on p; leave it out, or name one that does: r, s",
         "the reading p_age does not bear on p (did you mean w_age?); leave it out or correct the name" ])) :-
    member(Name-Bearing, [ age-[], p_age-[r, s], p_age-[w_age, weight] ]),
    words(idle_reading(Name, p, Bearing), Words).

test(conditions_are_written_with_their_operators, all(Words == [
         "no condition of the rule language: a:x>=40; see condition_form/2 in prolog/language.pl",
         "no condition of the rule language: f(x in 7.35..7.45); see condition_form/2 in prolog/language.pl",
         "no condition of the rule language: [s includes [a, open(b)]]; see condition_form/2 in \c
          prolog/language.pl" ])) :-
    member(C, [(a:x >= 40), f(x in 7.35..7.45), [s includes [a, open(b)]]]),
    words(no_condition(C), Words0),
    normalized(Words0, Words).

%   Spaces around comparisons are a matter of taste.

normalized(Words0, Words) :-
    split_string(Words0, "=", " ", Parts),
    atomic_list_concat(Parts, '=', Words1),
    split_string(Words1, ">", " ", Others),
    atomic_list_concat(Others, '>', Atom),
    atom_string(Atom, Words).

test(names_are_quoted_as_they_must_be_written,
     Words == "the ledger says of no line that it is encoded as 'L-1'; add it to the lines it rests on") :-
    words(not_in_ledger('L-1'), Words).

test(tests_are_written_as_they_stand_in_a_rule_base, all(Sign-Found == [])) :-
    member(Test-Sign, [ at_least(3)-"x >= 3 ", at_most(3)-"x =< 3 ", above(3)-"x > 3 ", below(3)-"x < 3 ",
                        equals(well)-"x = well ", within(7.35, 7.45)-"x in 7.35..7.45 ",
                        member_of(net)-"x in net ",
                        includes([a])-"x includes [a] ", one_of([a])-"x in [a] ", empty-"x empty " ]),
    words(idle(x, Test, t), Found),
    \+ sub_string(Found, _, _, _, Sign).

test(a_name_that_is_near_is_offered,
     Words == "unknown attribute albumine_g_l (did you mean albumin_g_l?); declare it or correct the name") :-
    words(unknown(attribute, albumine_g_l, [age_years, albumin_g_l, tumor_type]), Words).

test(the_nearest_of_those_that_are_near_is_offered,
     Words == "unknown attribute tumor_typ (did you mean tumor_type?); declare it or correct the name") :-
    words(unknown(attribute, tumor_typ, [tumor_types_seen, tumor_type, tumor_typing]), Words).

test(names_that_begin_or_end_with_the_word_come_first,
     all(Words == [ "unknown attribute age (did you mean age_years?); declare it or correct the name",
                    "unknown attribute years (did you mean age_years?); declare it or correct the name",
                    "unknown criterion '2a' (did you mean 'item 2a'?); declare it or correct the name",
                    "unknown attribute prior (did you mean prior_b or prior_a or prior_d?); declare it or correct \c
                     the name" ])) :-
    member(Kind-Name, [attribute-age, attribute-years, criterion-'2a', attribute-prior]),
    words(unknown(Kind, Name, [prior_b, prior_a, priory, ages, age_years, 'item 2a', prior_d, prior_c, prior_a]), Words).

test(a_name_that_is_far_is_not_offered,
     Words == "unknown attribute weight; declare it or correct the name") :-
    words(unknown(attribute, weight, [age_years, tumor_type]), Words).

test(what_is_no_name_is_near_to_nothing,
     Words == "3 is no value of the reading r; its values are ['18', '19']") :-
    words(unknown_case(r, 3, ['18', '19']), Words).

test(a_fact_with_too_few_parts_is_shown_whole,
     Words == "no fact of a rule base is called class/2; write class(Name, Attributes, Values): a named set \c
               of values") :-
    words(unknown_fact(class/2), Words).

test(a_fact_with_a_name_near_to_another_is_shown_that,
     Words == "no fact of a rule base is called criterium/5 (did you mean criterion?)") :-
    words(unknown_fact(criterium/5), Words).

test(nothing_is_told_apart_from_other_misplaced_words, true(A \== B)) :-
    words(misplaced(nothing), A),
    words(misplaced(rules_out), B).

:- end_tests(messages).
