% SPDX-License-Identifier: Apache-2.0
:- module(test_reference_checks, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [append/3, member/2]).
:- use_module(fixtures).
:- use_module('../../prolog/loader').
:- use_module('../../prolog/operators').
:- use_module('../../prolog/reference_checks').

/** <module> Refusals of reference knowledge, each argument of each fact once

The folders tests/kb/bad/reference_* hold the words.
*/

declarations([ attribute(kind, g, one_of([first, later]), ""),
               attribute(gbq, g, number(0..50, "GBq"), ""),
               attribute(count, g, integer(1..9, "doses"), ""),
               attribute(flag, g, boolean, ""),
               policy(p, d, ""),
               criterion(p, c1, "One", flag, []),
               drug(lu, "Lu", [p], []),
               activity_unit("GBq", 1000000000),
               stages(kind) ]).

%   sound(Fact): a fact of each shape that is all right.

sound(drug(ra, "Ra", [], [lu])).
sound(recommendation(r, t, lu, "NCCN", "", "S", flag, [])).
sound(indication(i, lu, 2025-03, "S", flag, [])).
sound(trial(t, lu, "T", "S", flag, [])).
sound(diagnostic_agent(a, lu, "A", 2008, "S", [])).
sound(verdict(v, p, sufficient, "S", flag, [])).
sound(statement(s, scope, [p], "S", [])).
sound(scale(c, "S", [count], [grade("1", "one")], [])).
sound(regimen(g, p, fixed(7.4, "GBq"), 8, 4, "S", [])).
sound(regimen(g, p, per_kg(50, "GBq", 1..500), 4, 6, "S", [])).
sound(activity_unit("Bq", 1)).
sound(billing_code(b, p, "A1", "GBq", gbq, count, "S", [])).
sound(approval(o, p, 12, 4, "S", [])).
sound(item(m, p, later, "S", [[kind], [gbq, flag]], [], [])).
sound(item(m, p, any, "S", [[kind]], [], [])).
sound(item(m, p, any, "S", [[kind]], [c1], [])).
sound(concerns_indication(p, [c1])).
sound(second_route(e, p, not_met, "S", [])).
sound(not_printed(p, approval, "S")).

%   unsound(Fact, What): what is said of Fact.

unsound(drug(ra, '', [p], []), misfit(ra, '', _)).
unsound(drug(ra, "Ra", p, []), misfit(ra, p, _)).
unsound(drug(ra, "Ra", [p], lu), misfit(ra, lu, _)).
unsound(drug(ra, "Ra", [q], []), unknown(policy, q, [p])).
unsound(drug(ra, "Ra", [], [luu]), unknown(drug, luu, [lu, ra])).
unsound(recommendation("r", t, lu, "NCCN", "1", "S", flag, []), misfit("r", "r", _)).
unsound(recommendation(r, "t", lu, "NCCN", "1", "S", flag, []), misfit(r, "t", _)).
unsound(recommendation(r, t, luu, "NCCN", "1", "S", flag, []), unknown(drug, luu, [lu])).
unsound(recommendation(r, t, lu, nccn, "1", "S", flag, []), misfit(r, nccn, _)).
unsound(recommendation(r, t, lu, "NCCN", 1, "S", flag, []), misfit(r, 1, _)).
unsound(indication(i, luu, 2025-03, "S", flag, []), unknown(drug, luu, [lu])).
unsound(indication(i, lu, 2025-13, "S", flag, []), bad_reference_date(2025-13)).
unsound(trial(t, luu, "T", "S", flag, []), unknown(drug, luu, [lu])).
unsound(trial(t, lu, " ", "S", flag, []), misfit(t, " ", _)).
unsound(diagnostic_agent(a, luu, "A", 2008, "S", []), unknown(drug, luu, [lu])).
unsound(diagnostic_agent(a, lu, a, 2008, "S", []), misfit(a, a, _)).
unsound(diagnostic_agent(a, lu, "A", "2008", "S", []), bad_reference_date("2008")).
unsound(verdict(v, q, sufficient, "S", flag, []), unknown(policy, q, [p])).
unsound(verdict(v, p, good, "S", flag, []), misfit(v, good, _)).
unsound(statement(s, gossip, [p], "S", []), misfit(s, gossip, _)).
unsound(statement(s, scope, p, "S", []), misfit(s, p, _)).
unsound(statement(s, scope, [p, q], "S", []), unknown(policy, q, [p])).
unsound(scale(c, "S", [weight], [grade("1", "one")], []), unknown(attribute, weight, [kind, gbq, count, flag])).
unsound(scale(c, "S", count, [grade("1", "one")], []), misfit(c, count, _)).
unsound(scale(c, "S", [], [], []), misfit(c, [], _)).
unsound(scale(c, "S", [], [grade(1, "one")], []), misfit(c, [_], _)).
unsound(scale(c, "S", [], [grade("1", "")], []), misfit(c, [_], _)).
unsound(scale(c, "S", [], [grade("1", "one"), grade("1", "two")], []), misfit(c, [_, _], _)).
unsound(scale(c, "S", [], [grade("1", "one"), two], []), misfit(c, [_, _], _)).
unsound(regimen(g, q, fixed(7.4, "GBq"), 8, 4, "S", []), unknown(policy, q, [p])).
unsound(regimen(g, p, fixed(7.4, "Ci"), 8, 4, "S", []), unknown(unit, "Ci", ["GBq"])).
unsound(regimen(g, p, per_kg(50, "Ci", 1..2), 8, 4, "S", []), unknown(unit, "Ci", ["GBq"])).
unsound(regimen(g, p, fixed(0, "GBq"), 8, 4, "S", []), misfit(g, fixed(0, "GBq"), _)).
unsound(regimen(g, p, 7.4, 8, 4, "S", []), misfit(g, 7.4, _)).
unsound(regimen(g, p, per_kg(50, "GBq", 9..2), 8, 4, "S", []), misfit(g, per_kg(_, _, _), _)).
unsound(regimen(g, p, per_kg(50, "GBq", 0..2), 8, 4, "S", []), misfit(g, per_kg(_, _, _), _)).
unsound(regimen(g, p, fixed(7.4, "GBq"), 0, 4, "S", []), misfit(g, 0, _)).
unsound(regimen(g, p, fixed(7.4, "GBq"), 8, 4.5, "S", []), misfit(g, 4.5, _)).
unsound(activity_unit(gbq, 1), misfit(gbq, gbq, _)).
unsound(activity_unit("Bq", 0.5), misfit("Bq", 0.5, _)).
unsound(billing_code(b, q, "A1", "GBq", gbq, count, "S", []), unknown(policy, q, [p])).
unsound(billing_code(b, p, a1, "GBq", gbq, count, "S", []), misfit(b, a1, _)).
unsound(billing_code(b, p, "A1", "Ci", gbq, count, "S", []), unknown(unit, "Ci", ["GBq"])).
unsound(billing_code(b, p, "A1", "GBq", flag, count, "S", []), misfit(b, flag, _)).
unsound(billing_code(b, p, "A1", "GBq", weight, count, "S", []), unknown(attribute, weight, [_|_])).
unsound(billing_code(b, p, "A1", "GBq", gbq, gbq, "S", []), misfit(b, gbq, _)).
unsound(approval(o, q, 12, 4, "S", []), unknown(policy, q, [p])).
unsound(approval(o, p, "12", 4, "S", []), misfit(o, "12", _)).
unsound(approval(o, p, 12, 0, "S", []), misfit(o, 0, _)).
unsound(stages(flag), misfit(stages, flag, _)).
unsound(stages(weight), unknown(attribute, weight, [_|_])).
unsound(item(m, q, any, "S", [[kind]], [], []), unknown(policy, q, [p])).
unsound(item(m, p, last, "S", [[kind]], [], []), misfit(m, last, _)).
unsound(item(m, p, any, "S", [], [], []), misfit(m, [], _)).
unsound(item(m, p, any, "S", [[]], [], []), misfit(m, [[]], _)).
unsound(item(m, p, any, "S", [kind], [], []), misfit(m, [kind], _)).
unsound(item(m, p, any, "S", [[weight]], [], []), misfit(m, [[weight]], _)).
unsound(item(m, p, any, "S", [[kind]], c1, []), misfit(m, c1, _)).
unsound(item(m, p, any, "S", [[kind]], [c2], []), unknown(criterion, c2, [c1])).
unsound(concerns_indication(q, []), unknown(policy, q, [p])).
unsound(concerns_indication(p, c1), misfit(p, c1, _)).
unsound(concerns_indication(p, [c1, c2]), unknown(criterion, c2, [c1])).
unsound(second_route(e, q, not_met, "S", []), unknown(policy, q, [p])).
unsound(second_route(e, p, denied, "S", []), misfit(e, denied, _)).
unsound(not_printed(q, approval, "S"), unknown(policy, q, [p])).
unsound(not_printed(p, gossip, "S"), misfit(p, gossip, _)).

said_of(Facts, Said) :-
    declarations(Declared),
    append(Declared, Facts, All),
    rule_base_of(All, RuleBase),
    findall(Line-What, bad_reference(RuleBase, _:Line, What), Said).

:- begin_tests(reference_checks).

test(what_is_sound_is_not_refused, all(Fact-Said == [])) :-
    sound(Fact),
    said_of([Fact], Said),
    Said \== [].

test(each_mistake_is_told_at_its_place, all(Fact-Said == [])) :-
    unsound(Fact, What),
    said_of([Fact], Said),
    \+ ( member(10-Told, Said), subsumes_term(What, Told) ).

test(every_shape_of_reference_knowledge_is_refused_somehow, all(Name == [])) :-
    sound(Fact),
    functor(Fact, Name, Arity),
    functor(Like, Name, Arity),
    \+ unsound(Like, _).

test(an_id_stands_once_among_all_entries, Said == [11-twice(x, F:10)]) :-
    said_of([statement(x, scope, [p], "S", []), trial(x, lu, "T", "S", flag, [])], Said),
    Said = [_-twice(_, F:_)].

test(the_words_name_what_fits, Words == "any, or an option of the attribute of stages(Attribute)") :-
    said_of([item(m, p, last, "S", [[kind]], [], [])], [_-misfit(m, last, Words)]).

test(the_rule_base_of_the_project_is_sound, all(What == [])) :-
    rule_base(kb, RuleBase, _),
    bad_reference(RuleBase, _, What).

:- end_tests(reference_checks).
