% SPDX-License-Identifier: Apache-2.0
:- module(test_condition_checks, []).
:- use_module(library(plunit)).
:- use_module(library(apply), [maplist/2]).
:- use_module(library(lists), [append/3, member/2, numlist/3]).
:- use_module(fixtures).
:- use_module('../../prolog/condition_checks').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/operators').

/** <module> What is wrong with a condition, told where the words stand */

%   The facts that conditions may read are lines 1 to 14; what a test adds stands from line 15 on.

facts([ attribute(age, g, integer(0..120, "a"), ""),
        attribute(before, g, integer(0..40, "doses"), ""),
        attribute(asked, g, integer(1..20, "doses"), ""),
        attribute(weeks, g, integer(0..9, "weeks"), ""),
        attribute(weight, g, number(0..300, "kg"), ""),
        attribute(tumor, g, one_of([net, sarcoma, other]), ""),
        attribute(agents, g, set_of([lar, sunitinib]), ""),
        attribute(fit, g, boolean, ""),
        class(nets, [tumor], [net]),
        class(drugs, [agents], [lar]),
        reading(r, "", [value(usual, ""), value(strict, "")], []),
        policy(p, d, ""),
        in_force_from(p, 2020-01-01, ""),
        definition(adult, "", age >= 18, []) ]).

problems_of(Added, Problems) :-
    facts(Facts),
    append(Facts, Added, All),
    rule_base_of(All, RuleBase),
    placed_conditions(RuleBase, Placed),
    findall(Line-What, bad_condition(Placed, RuleBase, _:Line, What), Problems0),
    sort(Problems0, Problems).

problems(Condition, Whats) :-
    problems_of([met_when(p, Condition)], Problems),
    findall(What, member(15-What, Problems), Whats),
    length(Whats, N),
    length(Problems, N).

sound(Condition) :-
    member(Condition,
           [ fit, not(fit), adult, age >= 18, age in 12..17, age in [1, 2], weight in 70..70.5, tumor = net,
             tumor in nets, tumor in [net, other], agents includes [lar],
             agents includes [drugs, open(drugs)], empty(agents), documented(weight), undetermined("why"),
             before + asked =< 4, all_of([fit, adult]), any_of([fit]),
             evidence([fit, supports(adult), rules_out(tumor = other)]),
             evidence([fit, by_reading(r, [case(usual, supports(adult)), case(strict, nothing)])]),
             by_reading(r, [case(strict, fit), case(usual, nothing)]),
             by_date([from(2019-01-01, nothing), from(2021-01-01, fit)]),
             by_date([from(2020-01-01, by_reading(r, [case(usual, fit), case(strict, nothing)]))]) ]).

wrong(tumor:fit,                                [no_condition(tumor:fit)]).
wrong(all_of([fit, "fit"]),                     [no_condition("fit")]).
wrong(nothing,                                  [misplaced(nothing)]).
wrong(not(nothing),                             [misplaced(nothing)]).
wrong(all_of([]),                               [empty_list(all_of)]).
wrong(supports(fit),                            [misplaced(supports)]).
wrong(all_of([rules_out(fit)]),                 [misplaced(rules_out)]).
wrong(evidence([not(supports(fit))]),           [misplaced(supports)]).
wrong(evidence([supports(rules_out(fit))]),     [misplaced(rules_out)]).
wrong(height >= 3,                              [unknown(attribute, height, _)]).
wrong(documented(height),                       [unknown(attribute, height, _)]).
wrong(fitness,                                  [unknown('attribute or definition', fitness, _)]).
wrong(adult(18),                                [parameters(adult, 1, 0)]).
wrong(age,                                      [not_boolean(age)]).
wrong(age >= 121,                               [idle(age, at_least(121), f)]).
wrong(age >= 0,                                 [idle(age, at_least(0), t)]).
wrong(weight < 0,                               [idle(weight, below(0), f)]).
wrong(weight in 0..300,                         [idle(weight, within(0, 300), t)]).
wrong(tumor in [net, sarcoma, other],           [idle(tumor, one_of([net, sarcoma, other]), t)]).
wrong(tumor >= 3,                               [ill_typed(tumor, one_of(_), at_least(3))]).
wrong(tumor = lymphoma,                         [no_such_value(tumor, lymphoma, equals(lymphoma), [net|_], [nets])]).
wrong(tumor in drugs,                           [no_such_value(tumor, drugs, member_of(drugs), [net|_], [nets])]).
wrong(age in 17..12,                            [ill_typed(age, integer(_, _), within(17, 12))]).
wrong(age in [1, 3],                            [ill_typed(age, integer(_, _), one_of([1, 3]))]).
wrong(weight in [70, 71],                       [ill_typed(weight, number(_, _), one_of([70, 71]))]).
wrong(fit >= 1,                                 [ill_typed(fit, boolean, at_least(1))]).
wrong(empty(fit),                               [ill_typed(fit, boolean, empty)]).
wrong(agents includes [],                       [ill_typed(agents, set_of(_), includes([]))]).
wrong(agents = lar,                             [ill_typed(agents, set_of(_), equals(lar))]).
wrong(agents includes [net],                    [no_such_value(agents, net, includes([net]), [lar|_], [drugs])]).
wrong(tumor = nets,                             [no_such_value(tumor, nets, equals(nets), _, [nets])]).
wrong(tumor in net,                             [no_such_value(tumor, net, member_of(net), [net|_], _)]).
wrong(tumor in [net, nest],                     [no_such_value(tumor, nest, one_of(_), [net|_], _)]).
wrong(agents includes [lar, open(nets)],        [no_such_value(agents, nets, includes(_), _, [drugs])]).
wrong(tumor includes [net],                     [ill_typed(tumor, one_of(_), includes([net]))]).
wrong(before + weeks =< 4,                      [units_differ([before, weeks], "doses", "weeks")]).
wrong(before + height =< 4,                     [unknown(attribute, height, _)]).
wrong(before + asked =< 4.5,                    [bad_sum([before, asked])]).
wrong(criterion('C'),                           [unknown(criterion, 'C', [])]).
wrong(by_reading(s, [case(usual, fit)]),        [unknown(reading, s, [r])]).
wrong(by_reading(r, [case(usual, fit)]),        [no_case(r, strict)]).
wrong(by_reading(r, [case(usual, fit), case(strict, fit), case(lax, fit)]),
                                                [unknown_case(r, lax, [usual, strict])]).
wrong(by_reading(r, [case(usual, fit), case(strict, fit), case(usual, fit)]),
                                                [case_twice(r, usual)]).
wrong(by_date([from(2020-01-01, fit), from(2021-02-29, fit)]),
                                                [bad_date(2021-2-29)]).
wrong(by_date([from(2020-01-01, fit), from(2020-01-01, fit)]),
                                                [overlapping_dates(2020-1-1, 2020-1-1)]).
wrong(by_date([from(2020-01-02, fit)]),         [late_start(2020-1-2)]).
wrong(by_date([]),                              [empty_list(by_date)]).
wrong(before + weight =< 4,                     [not_whole(weight)]).
wrong(age >= 1.0Inf,                            [no_condition(age >= 1.0Inf)]).
wrong(by_date([from(2020-01-01, height)]),      [unknown('attribute or definition', height, _)]).
wrong(by_reading(r, [case(usual, age >= 999), case(strict, fit)]),
                                                [idle(age, at_least(999), f)]).

:- begin_tests(condition_checks).

test(a_sound_condition_has_no_problem, all(Condition-Problems == [])) :-
    sound(Condition),
    problems_of([met_when(p, Condition)], Problems),
    Problems \== [].

test(each_wrong_condition_has_its_one_problem, all(Condition-Whats == [])) :-
    wrong(Condition, Expected),
    problems(Condition, Whats),
    \+ subsumes_term(Expected, Whats).

test(a_case_begins_with_the_earliest_first_day, Starts == [2020-1-2]) :-
    findall(First,
            ( member(First, [2019-12-31, 2020-01-01, 2020-01-02]),
              problems_of([ reading(day, "", [value(early, ""), value(late, "")], []),
                            policy(q, d, ""),
                            in_force_from(q, by_reading(day, [ case(late, 2020-03-01),
                                                               case(early, 2020-01-01) ]), ""),
                            met_when(q, by_date([from(First, fit)])) ],
                          Problems),
              Problems \== [] ),
            Starts).

test(every_wrong_part_is_told,
     Whats = [empty_list(any_of), misplaced(nothing), unknown(attribute, height, _)]) :-
    problems(all_of([height > 3, nothing, any_of([])]), Whats).

test(a_problem_is_told_where_the_words_stand_and_not_where_they_are_used,
     Problems == [16-idle(age, at_least(999), f)]) :-
    problems_of([ met_when(p, old), definition(old, "", age >= 999, []) ], Problems).

test(a_definition_is_checked_as_it_is_applied, Problems == [17-idle(age, at_least(999), f)]) :-
    problems_of([ met_when(p, older(18)), applies_to(p, older(999)), definition(older(N), "", age >= N, []) ],
                Problems).

test(a_condition_of_each_kind_of_fact_is_checked, Lines == [15, 16, 17, 18, 19, 20]) :-
    problems_of([ met_when(p, x1), applies_to(p, x2), criterion(p, 'C', "", x3, []), implausible(x4, ""),
                  contradictory([x5], ""), contradictory(p, [x6], "") ], Problems),
    findall(Line, member(Line-_, Problems), Lines).

test(a_definition_that_is_not_used_is_not_checked, Problems == []) :-
    problems_of([definition(lost, "", height >= 3, [])], Problems).

test(a_criterion_is_one_of_the_same_policy, Problems == [17-unknown(criterion, 'C', [])]) :-
    problems_of([ policy(q, d, ""), criterion(p, 'C', "", fit, []), met_when(q, criterion('C')) ],
                Problems).

test(to_ask_of_an_event_whether_it_ever_was_is_no_idle_test,
     Problems == [18-idle(since, at_least(0), t), 19-idle(since, below(0), f)]) :-
    problems_of([ attribute(since, g, elapsed(0..2000, "h"), ""),
                  met_when(p, since =< 2000), implausible(since > 2000, ""), implausible(since >= 0, ""),
                  implausible(since < 0, "") ],
                Problems).

test(a_modifier_that_is_a_parameter_may_not_stand_everywhere,
     all(What == [misplaced(rules_out), misplaced(rules_out), misplaced(rules_out)])) :-
    member(Parameter,
           [ rules_out(fit), by_date([from(2020-01-01, rules_out(fit))]),
             by_reading(r, [case(usual, adult), case(strict, by_date([from(2020-01-01, rules_out(fit))]))]) ]),
    problems_of([ met_when(p, both(Parameter)),
                  definition(both(X), "", all_of([X, adult]), []) ],
                Problems),
    member(_-What, Problems).

test(a_modifier_that_is_a_parameter_may_be_a_source, Problems == []) :-
    problems_of([ met_when(p, either(rules_out(fit))),
                  definition(either(X), "", evidence([X, adult]), []) ],
                Problems).

test(a_test_that_no_whole_number_is_between_is_refused, Problems == [15-ill_typed(age, integer(0..120, "a"), at_least(17.5))]) :-
    problems_of([met_when(p, age >= 17.5)], Problems).

test(a_sum_or_a_choice_that_is_always_the_same_is_told,
     Problems == [15-idle_sum([before, asked], t), 15-idle(tumor, one_of([]), f)]) :-
    problems_of([met_when(p, all_of([before + asked =< 100, tumor in []]))], Problems).

test(definitions_used_twice_at_each_of_many_depths_are_checked_once_each, Problems == []) :-
    numlist(1, 60, Depths),
    findall(definition(Name, "", all_of([Next, not(Next)]), []),
            ( member(Depth, Depths), Below is Depth + 1,
              atom_concat(d, Depth, Name), atom_concat(d, Below, Next) ),
            Definitions),
    append(Definitions, [definition(d61, "", fit, []), met_when(p, d1)], Added),
    problems_of(Added, Problems).

test(a_condition_given_as_a_parameter_is_told_where_it_is_written,
     Problems == [16-not_boolean(age)]) :-
    problems_of([ definition(unless(C), "", not(C), []), met_when(p, unless(any_of([fit, age]))) ],
                Problems).

test(a_wide_use_of_one_definition_is_no_circle, Problems == []) :-
    length(Uses, 60),
    maplist(=(adult), Uses),
    problems_of([met_when(p, all_of(Uses))], Problems).

test(the_cases_of_a_choice_are_checked_alone,
     all(What == [no_case(r, usual), unknown_case(r, lax, [usual, strict])])) :-
    facts(Facts),
    rule_base_of(Facts, RuleBase),
    bad_cases(RuleBase, r, [strict-fit, lax-fit], What).

%   What conditions use

used_base(RuleBase) :-
    facts(Facts),
    append(Facts,
           [ met_when(p, all_of([criterion('A'),
                                 by_reading(r, [case(usual, heavy(3)), case(strict, nothing)])])),
             criterion(p, 'A', "", any_of([tumor in nets, not(adult)]), []),
             criterion(p, 'B', "", agents includes [open(drugs)], []),
             definition(heavy(N), "", evidence([weight > N, supports(fit)]), []) ],
           All),
    rule_base_of(All, RuleBase).

test(what_some_condition_uses_is_reached,
     Things == [ class(drugs), class(nets), definition(adult), definition(fit), definition(heavy(3)),
                 reading(r), criterion(p, 'A') ]) :-
    used_base(RuleBase),
    placed_conditions(RuleBase, Placed),
    findall(Thing, reached(Placed, Thing), All),
    sort(All, Things).

test(what_a_condition_uses_itself_or_by_a_definition_is_told, all(Thing == [date, reading(r)])) :-
    facts(Facts),
    append(Facts,
           [ definition(heavy(N), "", by_date([from(2020-01-01, weight > N), from(2021-01-01, stern)]), []),
             definition(stern, "", by_reading(r, [case(usual, fit), case(strict, nothing)]), []) ],
           All),
    rule_base_of(All, RuleBase),
    member(Thing, [date, reading(r), reading(s), class(nets)]),
    once(condition_uses(RuleBase, theorems, all_of([adult, not(heavy(3))]), Thing)).

test(the_conditions_of_theorems_are_checked_where_they_stand,
     Problems == [16-idle(age, at_least(999), f), 17-criterion_of_no_policy('C'),
                  17-subject_in_condition(recommendation(c)), 17-subject_in_condition(criterion(p, 'C'))]) :-
    problems_of([ criterion(p, 'C', "", fit, []),
                  theorem(one, "One", record, not(is_true(all_of([age >= 999, adult])))),
                  non_theorem(two, "Two", record,
                              any_of([ is_false(not(criterion(p, 'C')), latest, []),
                                       is_false(criterion('C'), latest, []),
                                       is_unknown(any_of([recommendation(c), fit])) ])) ],
                Problems).

test(what_only_an_unused_definition_uses_is_not_reached, true) :-
    facts(Facts),
    append(Facts, [met_when(p, adult), definition(lost, "", tumor in nets, [])], All),
    rule_base_of(All, RuleBase),
    placed_conditions(RuleBase, Placed),
    \+ reached(Placed, class(nets)).

test(attributes_and_documents_are_listed_as_declared,
     As/Ds == [age, before, asked, weeks, weight, tumor, agents, fit]/[d]) :-
    facts(Facts),
    append(Facts, [document(d, "", "", "", "", "", 10)], All),
    rule_base_of(All, RuleBase),
    declared_attributes(RuleBase, As),
    declared_documents(RuleBase, Ds).

test(the_conditions_of_the_rule_base_have_nothing_wrong, all(What == [])) :-
    rule_base(kb, RuleBase, _),
    placed_conditions(RuleBase, Placed),
    bad_condition(Placed, RuleBase, _, What).

:- end_tests(condition_checks).
