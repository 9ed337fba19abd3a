% SPDX-License-Identifier: Apache-2.0
:- module(test_evaluator, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [member/2]).
:- use_module(fixtures).
:- use_module('../../prolog/evaluator').
:- use_module('../../prolog/operators').

/** <module> What each construct means, one at a time

How they combine is in test_compiler.pl, where the interpreter is held against truth tables.
*/

%   Two policies, so that a criterion is known to be one of the same policy.

small_rule_base(RuleBase) :-
    rule_base_of([ attribute(age, g, integer(0..120, "a"), ""),
                   attribute(weight, g, number(0..300, "kg"), ""),
                   attribute(gap, g, elapsed(0..2000, "d"), ""),
                   attribute(before, g, integer(0..40, "doses"), ""),
                   attribute(asked, g, integer(1..20, "doses"), ""),
                   attribute(tumor, g, one_of([net, other]), ""),
                   attribute(agents, g, set_of([lar, sunitinib, other]), ""),
                   attribute(fit, g, boolean, ""),
                   class(nets, [tumor], [net]),
                   class(drugs, [agents], [sunitinib]),
                   catch_all(other),
                   reading(r, "", [value(usual, ""), value(strict, ""), value(none, "")], []),
                   policy(p, d, ""),
                   policy(q, d, ""),
                   criterion(p, 'C', "", fit, []),
                   criterion(q, 'C', "", not(fit), []),
                   definition(fit, "", not(fit), []),
                   definition(adult, "", age >= 18, []),
                   definition(older_than(Years), "", age > Years, []),
                   definition(twice(First, Second), "", all_of([First|Second]), []) ],
                 RuleBase).

truth(Facts, Condition, Truth) :-
    truth_on(20260601, [], Facts, Condition, Truth).

truth_on(On, Readings, Facts, Condition, Truth) :-
    small_rule_base(RuleBase),
    request(p, On, Readings, Facts, Request),
    condition_truth(RuleBase, Request, Condition, Truth).

truths(Facts, Conditions, Truths) :-
    small_rule_base(RuleBase),
    request(p, 20260601, [], Facts, Request),
    findall(Truth, ( member(C, Conditions), condition_truth(RuleBase, Request, C, Truth) ), Truths).

:- begin_tests(evaluator).

test(a_fact_that_is_left_out_is_unknown, Truths == [u, u, u, u, u, u, u, f]) :-
    truths([], [fit, age >= 18, tumor = net, agents includes [lar], empty(agents), before + asked =< 4,
                not(fit),
                documented(fit)],
           Truths).

test(a_boolean_holds_by_its_name_alone, Truths == [t, t, f, f]) :-
    truths([fit-1], [fit, fit = true, fit = false, not(fit)], Truths).

test(numbers_are_compared, Truths == [t, t, f, f, t, f, t]) :-
    truths([age-18, weight-141r2],
           [age >= 18, age =< 18, age > 18, age < 18, weight in 70..70.5, weight = 70, age in [17, 18]],
           Truths).

test(a_span_that_straddles_a_limit_leaves_it_open, Truths == [u, t, f, u]) :-
    truths([age-span(12, c, 17, c)], [age >= 16, age >= 12, age >= 18, age in 10..14], Truths).

test(never_is_longer_ago_than_any_limit, Truths == [t, f, t]) :-
    truths([gap-never], [gap >= 28, gap =< 2000, documented(gap)], Truths).

test(one_of_many_is_in_a_list_or_a_class, Truths == [t, t, f]) :-
    truths([tumor-0], [tumor in nets, tumor in [other, net], tumor = other], Truths).

test(sets_include, Truths == [t, f, u, f]) :-
    truths([agents-0b101], [agents includes [lar], agents includes [drugs], agents includes [open(drugs)],
                            empty(agents)],
           Truths).

test(a_known_count_may_break_a_cap_alone, Truths == [t, f, u]) :-
    truths([before-4], [before + asked =< 24, before + asked =< 4, before + asked =< 10], Truths).

test(undetermined_is_unknown_whatever_is_known, T == u) :-
    truth([fit-1], undetermined("not printed"), T).

test(nothing_is_not_in_force, T == (-)) :-
    truth([], nothing, T).

test(a_combination_of_nothing_is_not_in_force, Truths == [-, -, -]) :-
    truths([], [all_of([]), any_of([]), evidence([])], Truths).

test(a_combination_goes_without_what_is_not_in_force, Truths == [t, t, t]) :-
    Dropped = by_date([from(2030-01-01, not(fit))]),
    truths([fit-1], [all_of([fit, Dropped]), any_of([Dropped, fit]), evidence([Dropped, fit])], Truths).

test(evidence_that_conflicts_is_unknown, Truths == [u, t, f, t]) :-
    truths([fit-1, age-10],
           [ evidence([fit, rules_out(age < 18)]), evidence([fit, supports(age >= 18)]),
             evidence([age >= 18, supports(weight > 3)]), evidence([weight > 3, supports(fit)]) ],
           Truths).

test(a_name_is_an_attribute_before_it_is_a_definition, T == t) :-
    truth([fit-1], fit, T).

test(a_definition_stands_for_its_condition, T == f) :-
    truth([age-17], adult, T).

test(a_parameter_is_bound_where_the_definition_is_applied, Truths == [t, f]) :-
    truths([age-30], [older_than(29), older_than(30)], Truths).

test(conditions_may_be_parameters, T == t) :-
    truth([age-30, fit-1], twice(adult, [older_than(29), fit]), T).

test(a_criterion_is_one_of_the_same_policy, all(Policy-T == [p-t, q-f])) :-
    small_rule_base(RuleBase),
    member(Policy, [p, q]),
    request(Policy, 20260601, [], [fit-1], Request),
    condition_truth(RuleBase, Request, criterion('C'), T).

test(the_first_value_of_a_reading_is_its_default, T == t) :-
    truth([age-18], by_reading(r, [case(strict, age >= 21), case(usual, age >= 18), case(none, nothing)]), T).

test(the_reading_chosen_selects_the_case, all(Value-T == [usual-t, strict-f, none-(-)])) :-
    member(Value, [usual, strict, none]),
    truth_on(20260601, [r-Value], [age-18],
             by_reading(r, [case(strict, age >= 21), case(usual, age >= 18), case(none, nothing)]), T).

test(the_latest_case_begun_is_in_force,
     all(On-T == [20250101-(-), 20250102-t, 20251231-t, 20260101-f, 20260102-f])) :-
    member(On, [20250101, 20250102, 20251231, 20260101, 20260102]),
    truth_on(On, [], [age-18], by_date([from(2025-01-02, age >= 18), from(2026-01-01, age >= 21)]), T).

test(a_requirement_may_end_on_a_date, all(On-T == [20251231-f, 20260101-(-)])) :-
    member(On, [20251231, 20260101]),
    truth_on(On, [], [age-17], by_date([from(2025-01-01, age >= 18), from(2026-01-01, nothing)]), T).

test(an_unknown_reading_is_an_error, error(existence_error(reading, s))) :-
    truth([], by_reading(s, [case(a, fit)]), _).

test(the_values_of_a_reading_come_default_first, Values == [usual, strict, none]) :-
    small_rule_base(RuleBase),
    reading_values(RuleBase, r, Values).

test(the_body_of_a_definition_has_its_parameters_bound, Body == (age > 12)) :-
    small_rule_base(RuleBase),
    definition_body(RuleBase, older_than(12), Body).

test(what_is_not_defined_has_no_body, fail) :-
    small_rule_base(RuleBase),
    definition_body(RuleBase, older_than(1, 2), _).

test(what_is_no_condition_has_no_truth, fail) :-
    truth([fit-1], tumor:fit, _).

test(what_the_rule_base_does_not_know_has_no_truth, all(Condition == [])) :-
    member(Condition, [unfit, criterion('D'), height >= 1, tumor = sarcoma, tumor in drugs, age = old]),
    truth([], Condition, _).

test(a_truth_leaves_no_choice_point, all(Condition == [])) :-
    small_rule_base(RuleBase),
    request(p, 20260601, [], [fit-1, age-span(17, c, 18, c)], Request),
    member(Condition, [ fit, adult, criterion('C'), all_of([fit, adult]),
                        evidence([supports(fit), rules_out(adult)]),
                        by_reading(r, [case(strict, fit), case(usual, adult), case(none, nothing)]),
                        by_date([from(2020-01-01, fit), from(2030-01-01, adult)]), before + asked =< 4,
                        documented(age), undetermined("why"), agents includes [lar], not(empty(agents)) ]),
    \+ leaves_no_choice_point(condition_truth(RuleBase, Request, Condition, _)).

test(the_readings_of_a_request_leave_no_choice_point) :-
    small_rule_base(RuleBase),
    leaves_no_choice_point(reading_values(RuleBase, r, _)),
    leaves_no_choice_point(request(p, 20260601, [r-usual], [fit-1], _)),
    leaves_no_choice_point(definition_body(RuleBase, adult, _)).

:- end_tests(evaluator).
