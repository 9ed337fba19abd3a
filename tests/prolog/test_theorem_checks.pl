% SPDX-License-Identifier: Apache-2.0
:- module(test_theorem_checks, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [append/3, member/2]).
:- use_module(library(readutil), [read_file_to_string/3]).
:- use_module(fixtures).
:- use_module('../../prolog/claims').
:- use_module('../../prolog/condition_checks', [placed_conditions/2]).
:- use_module('../../prolog/loader').
:- use_module('../../prolog/operators').
:- use_module('../../prolog/theorem_checks').

/** <module> Refusals of theorems

The folders tests/kb/bad/theorem_* hold the words.
*/

%   What theorems may name stands on lines 1 to 17; theorems stand from line 18 on.

declarations([ attribute(age, g, integer(0..120, "a"), ""),
               attribute(weight, g, number(0..300, "kg"), ""),
               attribute(washout, g, elapsed(0..300, "d"), ""),
               attribute(fit, g, boolean, ""),
               attribute(tumor, g, one_of([net, other]), ""),
               reading(r, "", [value(usual, ""), value(strict, "")], []),
               reading(start, "", [value(early, ""), value(late, "")], []),
               policy(p, d, ""),
               text(p, 2020-01-01, printed, "", []),
               text(p, 2024-01-01, printed, "", []),
               in_force_from(p, 2020-01-01, ""),
               criterion(p, 'C', "", by_reading(r, [case(usual, fit), case(strict, not(fit))]), []),
               definition(dated, "", by_date([from(2019-01-01, nothing), from(2020-01-01, fit)]), []),
               definition(open, "", all_of([fit, by_reading(r, [case(usual, fit), case(strict, dated)])]), []),
               policy(late, d, ""),
               in_force_from(late, by_reading(start, [case(early, 2021-01-01), case(late, 2022-01-01)]), ""),
               recommendation(i, t, d, "G", "", "", fit, []) ]).

said_of(Facts, Said) :-
    declarations(Declared),
    append(Declared, Facts, All),
    rule_base_of(All, RuleBase),
    placed_conditions(RuleBase, Placed),
    findall(Line-What, bad_theorem(Placed, RuleBase, _:Line, What), Said).

sound(record, is_true(fit)).
sound(record, not(is_unknown(age >= 18))).
sound(record, implies(outcome(p, each_text, []) = needs_information, conflict(p, each_text, []))).
sound(record, implies(outcome(p, each_text, []) = met, not(outcome(p, latest, []) = not_met))).
sound(record, outcome(p, 2020-01-01, [r = strict]) = met).
sound(record, is_true(open, 2020-01-01, [r = strict])).
sound(record, is_true(open, 2018-01-01, [])).
sound(record, outcome(late, 2021-01-01, []) = met).
sound(record, conflict(late, 2021-01-01, [start = early])).
sound(record, is_true(criterion(p, 'C'), latest, [r = usual])).
sound(record, all_of([outcome(p, latest, []) = met, outcome(p, 2020-01-01, []) = met,
                      conflict(p, each_text, [])])).
sound(record, all_of([is_true(dated, each_text_from(2024-01-01), []), not(conflict(p, latest, []))])).
sound(record, is_true(criterion(p, 'C'), each_text_before(2024-01-01), [])).
sound(record, is_true(recommendation(i))).
sound(extension, implies(first(is_true(fit)), second(any_of([is_true(fit), is_unknown(fit)])))).
sound(extension, not(first(not(is_true(fit))))).
sound(change([age, fit]), second(is_true(tumor = net))).
sound(increase(age), first(is_true(fit))).
sound(increase(weight), first(is_true(fit))).
sound(increase(washout), first(is_true(fit))).

%   unsound(Over, Claim, What): what is said of a theorem.

unsound(records, is_true(fit),                           bad_scope(records)).
unsound(change([]), first(is_true(fit)),                 empty_change).
unsound(change([age, fat]), first(is_true(fit)),         unknown(attribute, fat, [age|_])).
unsound(change([age, fit, age]), first(is_true(fit)),    change_twice(age)).
unsound(increase(fat), first(is_true(fit)),              unknown(attribute, fat, [age|_])).
unsound(increase(fit), first(is_true(fit)),              no_number(fit, boolean)).
unsound(increase(tumor), first(is_true(fit)),            no_number(tumor, one_of([net, other]))).
unsound(increase([age]), first(is_true(fit)),            unknown(attribute, [age], [age|_])).
unsound(record, fit,                                     bare_condition(fit)).
unsound(record, implies(age >= 18, is_true(fit)),        bare_condition(age >= 18)).
unsound(record, "fit",                                   no_claim("fit")).
unsound(record, not(outcome(p, latest, [])),             no_claim(outcome(p, latest, []))).
unsound(record, outcome(p) = met,                        no_claim(outcome(p) = met)).
unsound(record, is_true(fit, latest),                    no_readings(is_true)).
unsound(record, outcome(p, latest) = met,                no_readings(outcome)).
unsound(record, not(outcome(p, latest)),                 no_readings(outcome)).
unsound(record, conflict(p, latest),                     no_readings(conflict)).
unsound(record, imply(is_true(fit), is_true(fit)),       no_claim(imply(_, _))).
unsound(record, all_of([]),                              empty_claim(all_of)).
unsound(record, first(is_true(fit)),                     one_record(first)).
unsound(record, not(second(is_true(fit))),               one_record(second)).
unsound(extension, not(is_true(fit)),                    record_not_said(is_true(fit))).
unsound(extension, implies(first(is_true(fit)), conflict(p, latest, [])),
                                                         record_not_said(conflict(p, latest, []))).
unsound(increase(age), first(not(second(is_true(fit)))), record_in_record(second)).
unsound(record, outcome(q, 2020-01-01, []) = met,        unknown(policy, q, [p, late])).
unsound(record, conflict(q, 2020-01-01, []),             unknown(policy, q, [p, late])).
unsound(record, is_true(criterion(q, 'C'), 2020-01-01, []),
                                                         unknown(policy, q, [p, late])).
unsound(record, is_true(criterion(p, 'D'), latest, []),  unknown(criterion, 'D', ['C'])).
unsound(record, is_true(recommendation(j)),              unknown(recommendation, j, [i])).
unsound(record, outcome(p, latest, []) = denied,         misfit(outcome, denied, _)).
unsound(record, is_true(criterion(p, 'C')),              varies(criterion(p, 'C'), date)).
unsound(record, is_false(not(dated)),                    varies(not(dated), date)).
unsound(record, is_false(by_reading(r, [case(usual, fit), case(strict, not(fit))])),
                                                         varies(by_reading(_, _), reading(r))).
unsound(record, is_unknown(open),                        varies(open, date)).
unsound(record, outcome(p, 2026-02-29, []) = met,        bad_on(2026-2-29)).
unsound(record, conflict(p, each_text_from(now), []),    bad_on(each_text_from(now))).
unsound(record, is_true(fit, today, []),                 bad_on(today)).
unsound(record, outcome(p, latest, [s = usual]) = met,   unknown(reading, s, [r, start])).
unsound(record, conflict(p, latest, [r = 3]),            unknown_case(r, 3, [usual, strict])).
unsound(record, is_true(open, 2020-01-01, [r = usual, r = strict]),
                                                         reading_twice(r)).
unsound(record, not(all_of([ outcome(p, each_text, []) = met,
                             conflict(p, each_text_before(2024-01-01), []) ])),
                                                         two_sorts(each_text, each_text_before(2024-1-1))).
unsound(record, not(all_of([ outcome(p, each_text_from(2024-01-01), []) = met,
                             conflict(p, each_text_from(2020-01-01), []) ])),
                                                         two_sorts(each_text_from(_), each_text_from(_))).
unsound(record, outcome(p, 2019-12-31, []) = met,        not_in_force(p, 2019-12-31, 2020-1-1)).
unsound(record, conflict(p, 2019-12-31, []),             not_in_force(p, 2019-12-31, 2020-1-1)).
unsound(record, is_false(criterion(p, 'C'), 2019-12-31, []),
                                                         not_in_force(p, 2019-12-31, 2020-1-1)).
unsound(record, conflict(late, 2020-12-31, []),          not_in_force(late, 2020-12-31, 2021-1-1)).
unsound(record, conflict(late, 2021-12-31, [start = late]),
                                                         not_in_force(late, 2021-12-31, 2022-1-1)).
unsound(record, outcome(p, latest, [start = early]) = met,
                                                         idle_reading(start, p, [r])).
unsound(record, conflict(late, latest, [r = usual]),     idle_reading(r, late, [start])).
unsound(record, is_true(criterion(p, 'C'), latest, [start = late]),
                                                         idle_reading(start, p, [r])).
unsound(record, is_true(fit, 2020-01-01, [r = usual]),   idle_reading(r, fit, [])).
unsound(record, is_true(recommendation(i), 2020-01-01, [r = usual]),
                                                         idle_reading(r, recommendation(i), [])).
unsound(record, is_true(open, latest, []),               no_policy(latest)).
unsound(record, is_true(recommendation(i), each_text, []),
                                                         no_policy(each_text)).
unsound(record, conflict(p, each_text_before(2020-01-01), []),
                                                         no_text(each_text_before(2020-1-1))).
unsound(record, conflict(p, each_text_from(2024-01-02), []),
                                                         no_text(each_text_from(2024-1-2))).

:- begin_tests(theorem_checks).

test(what_is_sound_is_not_refused, all(Over/Claim-Said == [])) :-
    sound(Over, Claim),
    said_of([theorem(t, "T", Over, Claim)], Said),
    Said \== [].

test(each_mistake_is_told_once_at_its_place, all(Over/Claim-Said == [])) :-
    unsound(Over, Claim, What),
    said_of([theorem(t, "T", Over, Claim)], Said),
    \+ ( Said = [18-Told], subsumes_term(What, Told) ).

test(what_is_expected_to_be_refuted_is_checked_alike, Said == [18-bare_condition(fit)]) :-
    said_of([non_theorem(t, "T", record, fit)], Said).

test(every_mistake_of_a_claim_is_told,
     Said == [ 18-no_number(fit, boolean), 18-record_not_said(is_true(dated)), 18-varies(dated, date),
               18-misfit(outcome, denied, "met, not_met or needs_information") ]) :-
    said_of([theorem(t, "T", increase(fit),
                     all_of([ is_true(dated), first(outcome(p, latest, []) = denied) ]))], Said).

test(a_name_is_of_lower_case, all(Name == [ 'T', "t", 3, 'two words', 'a-b', tE, t(a), [] ])) :-
    member(Name, [ 'T', "t", 3, 'two words', 'a-b', tE, t(a), [], t, item_1 ]),
    said_of([theorem(Name, "T", record, is_true(fit))], [18-misfit(theorem, Name, _)]).

test(a_name_stands_once_among_all_theorems, Said == [19-t/18, 20-t/18]) :-
    said_of([ non_theorem(t, "T", record, is_true(fit)), theorem(t, "T", record, is_false(fit)),
              theorem(t, "T", record, is_unknown(fit)), theorem(u, "U", record, is_true(fit)) ], Problems),
    findall(Line-Name/First, member(Line-twice(Name, _:First), Problems), Said),
    length(Problems, 2).

test(the_documentation_shows_theorems_as_they_stand, Shown == [stands, stands, stands]) :-
    rule_base(kb, RuleBase, _),
    project_path('docs/rule-language.md', Path),
    read_file_to_string(Path, Text, [encoding(utf8)]),
    findall(Said,
            ( documented_fact(Text, Fact),
              theorem_fact(Fact, _, _, _, _, _),
              ( rule_fact(RuleBase, Fact) -> Said = stands ; Said = Fact ) ),
            Shown).

%   Each fact of the text that stands whole in a block of its own.

documented_fact(Text, Fact) :-
    sub_string(Text, Before, _, _, "```prolog\n"),
    Start is Before + 10,
    sub_string(Text, Start, _, 0, Rest),
    once(sub_string(Rest, Length, _, _, "```")),
    sub_string(Rest, 0, Length, _, Block),
    catch(term_string(Fact, Block, [module(operators)]), _, fail).

test(the_theorems_of_the_project_are_sound, all(What == [])) :-
    rule_base(kb, RuleBase, _),
    placed_conditions(RuleBase, Placed),
    bad_theorem(Placed, RuleBase, _, What).

:- end_tests(theorem_checks).
