% SPDX-License-Identifier: Apache-2.0
:- module(test_loader, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [member/2]).
:- use_module(fixtures).
:- use_module('../../prolog/loader').
:- use_module('../../prolog/operators').

/** <module> A rule base is read as data, with the place of every fact and of every problem */

problems_of(Text, Problems) :-
    with_folder(['rules.pl'-Text], Folder, load_rule_base(Folder, _, Problems)).

facts_of(Files, Shape, Facts) :-
    with_folder(Files, Folder, load_rule_base(Folder, RuleBase, _)),
    findall(Shape-Location, rule_fact(RuleBase, Shape, Location), Facts).

:- begin_tests(loader).

test(a_fact_stands_at_the_line_where_it_begins,
     Facts == [catch_all(first)-('a.pl':1), catch_all(second)-('a.pl':5), catch_all(third)-('a.pl':8)]) :-
    facts_of(['a.pl'-"catch_all(first).\n\n% a comment\n/* another\n*/ catch_all(\n  second\n).\n\c
                      catch_all(third)."],
             catch_all(_), Facts).

test(files_are_read_in_the_order_of_their_names,
     Facts == [catch_all(x)-('1.pl':1), catch_all(y)-('a.pl':1), catch_all(z)-('b.pl':1)]) :-
    facts_of(['b.pl'-"catch_all(z).", '1.pl'-"catch_all(x).", 'a.pl'-"catch_all(y)."], catch_all(_), Facts).

test(other_files_are_not_read, Files == ['a.pl']) :-
    with_folder(['b.pl~'-"no Prolog", 'a.pl'-"", 'readme.txt'-"(((", pl-"((("], Folder,
                ( rule_base_files(Folder, Files), load_rule_base(Folder, _, []) )).

test(the_header_and_the_import_of_the_operators_are_no_problem, Problems == []) :-
    problems_of(":- module(rules, []).\n:- use_module('../prolog/operators').\ncatch_all(x).\n", Problems).

test(conditions_read_with_the_operators_of_the_language,
     Facts == [implausible(all_of([x in 1..2, s includes [m]]), "no")-('a.pl':1)]) :-
    facts_of(['a.pl'-"implausible(all_of([ x in 1..2, s includes [m] ]), \"no\")."], implausible(_, _),
             Facts).

test(texts_are_utf_8, Facts == [catch_all("Pr\u00FCfung")-('a.pl':1)]) :-
    facts_of(['a.pl'-"catch_all(\"Pr\u00FCfung\")."], catch_all(_), Facts).

test(to_use_a_fact_does_not_bind_the_variables_of_the_rule_base) :-
    rule_base_of([definition(washout(Days), "~1 days", x >= Days, [])], RuleBase),
    rule_fact(RuleBase, definition(washout(28), _, C28, _)),
    rule_fact(RuleBase, definition(washout(42), _, C42, _)),
    C28-C42 == (x >= 28)-(x >= 42).

test(facts_are_found_by_what_is_known_of_them, all(Y == [2, 3])) :-
    rule_base_of([class(a, [1], 2), class(b, [1], 5), class(a, [2], 3)], RuleBase),
    rule_fact(RuleBase, class(a, _, Y)).

test(a_fact_of_another_shape_is_not_there, fail) :-
    rule_base_of([catch_all(x)], RuleBase),
    rule_fact(RuleBase, catch_all(x, y)).

test(an_empty_folder_is_a_problem, true(Problems == [problem(Folder:0, no_files)])) :-
    with_folder([], Folder, load_rule_base(Folder, _, Problems)).

test(a_folder_that_is_not_there_is_a_problem, Problems == [problem('/nowhere/at all':0, no_files)]) :-
    load_rule_base('/nowhere/at all', _, Problems).

test(a_syntax_error_is_told_with_its_line_and_reading_goes_on,
     Problems-Facts == [problem('rules.pl':2, syntax(operator_expected))]-[catch_all(a), catch_all(c)]) :-
    with_folder(['rules.pl'-"catch_all(a).\ncatch_all(b b).\ncatch_all(c).\n"], Folder,
                load_rule_base(Folder, RuleBase, Problems)),
    findall(catch_all(X), rule_fact(RuleBase, catch_all(X)), Facts).

test(every_syntax_error_of_a_file_is_told, Lines == [1, 2, 4]) :-
    problems_of("catch_all(b b).\nx >= 1 =< 3.\ncatch_all(c).\nnot d.\n", Problems),
    findall(Line, member(problem(_:Line, syntax(_)), Problems), Lines).

test(a_fact_without_its_full_stop_is_a_problem, Problems = [problem('rules.pl':_, syntax(_))]) :-
    problems_of("catch_all(a).\ncatch_all(b)", Problems).

test(a_text_that_does_not_end_is_a_problem, Problems = [problem('rules.pl':_, syntax(_))]) :-
    problems_of("catch_all(a).\ncatch_all(\"b).\n", Problems).

test(a_comment_that_does_not_end_is_a_problem, Problems = [problem('rules.pl':_, syntax(_))]) :-
    problems_of("catch_all(a).\n/* catch_all(b).\n", Problems).

test(every_other_directive_is_a_problem, Problems == Expected) :-
    problems_of(":- module(rules, [x/1]).\n:- op(700, xfx, is_about).\n:- dynamic x/1.\n\c
                 :- initialization(main).\n:- x, y.\n:- include(other).\n", Problems),
    findall(problem('rules.pl':Line, directive), between(1, 6, Line), Expected).

test(a_variable_that_stands_once_is_a_problem_in_place_of_its_fact,
     Problems-Facts == [problem('rules.pl':1, singleton(['Agents']))]-[]) :-
    with_folder(['rules.pl'-"definition(progressed_on(Agents), \"\", x includes [a], []).\n"], Folder,
                load_rule_base(Folder, RuleBase, Problems)),
    findall(definition(progressed_on(agents), Text),
            rule_fact(RuleBase, definition(progressed_on(agents), Text, _, _)),
            Facts).

test(a_variable_as_the_name_of_a_theorem_is_a_problem_of_its_own,
     Problems == [ problem('rules.pl':1, capital(theorem, 'T')), problem('rules.pl':2, capital(non_theorem, '_t')),
                   problem('rules.pl':3, singleton(['P'])) ]) :-
    problems_of("theorem(T, \"\", record, is_true(fit)).\nnon_theorem(_t, \"\", record, is_true(P)).\n\c
                 theorem(t, \"\", record, is_true(P)).\n", Problems).

test(a_variable_without_a_name_is_no_problem, Problems == []) :-
    problems_of("definition(progressed_on(_, _), \"\", x, []).\n", Problems).

test(a_variable_that_is_no_parameter_is_a_problem,
     Problems == [ problem('rules.pl':1, variables(criterion)), problem('rules.pl':2, variables(definition)),
                   problem('rules.pl':3, variables(definition)) ]) :-
    problems_of("criterion(p, Id, \"\", criterion(Id), []).\n\c
                 definition(f(_), \"\", all_of([C, not(C)]), []).\n\c
                 definition(F, \"\", F, []).\n", Problems).

test(a_parameter_may_stand_in_the_condition_or_not, Problems == []) :-
    problems_of("definition(f(X, _), \"\", all_of([X, not(X)]), []).\n", Problems).

test(what_stands_after_the_end_is_a_problem,
     Problems-Facts == [problem('rules.pl':2, early_end)]-[catch_all(a)]) :-
    with_folder(['rules.pl'-"catch_all(a).\nend_of_file.\ncatch_all(b).\n"], Folder,
                load_rule_base(Folder, RuleBase, Problems)),
    findall(catch_all(X), rule_fact(RuleBase, catch_all(X)), Facts).

test(a_file_that_is_too_large_is_not_read, Problems-Facts == [problem('b.pl':0, too_large(4_000_014))]-[a]) :-
    format(string(Large), "~`%t~4000000|~ncatch_all(b).", []),
    with_folder(['a.pl'-"catch_all(a).", 'b.pl'-Large], Folder, load_rule_base(Folder, RuleBase, Problems)),
    findall(X, rule_fact(RuleBase, catch_all(X)), Facts).

test(a_folder_with_the_name_of_a_file_is_not_read, Files == ['a.pl']) :-
    with_folder(['a.pl'-""], Folder,
        ( directory_file_path(Folder, 'b.pl', Inner),
          make_directory(Inner),
          rule_base_files(Folder, Files),
          load_rule_base(Folder, _, []) )).

test(a_fact_of_no_shape_is_a_problem,
     Problems == [ problem('rules.pl':1, unknown_fact(criterium/5)),
                   problem('rules.pl':2, unknown_fact(class/2)),
                   problem('rules.pl':3, unknown_fact((:-)/2)), problem('rules.pl':4, unknown_fact((-->)/2)),
                   problem('rules.pl':5, unknown_fact("text"/0)),
                   problem('rules.pl':6, unknown_fact(3/0)) ]) :-
    problems_of("criterium(a, b, c, d, e).\nclass(a, b).\ncatch_all(x) :- true.\ncatch_all --> x.\n\c
                 \"text\".\n3.\n", Problems).

test(problems_come_in_the_order_of_files_and_lines,
     Problems == [ problem('a.pl':1, unknown_fact(x/1)), problem('a.pl':2, directive),
                   problem('b.pl':1, unknown_fact(y/0)) ]) :-
    with_folder(['b.pl'-"y.\n", 'a.pl'-"x(1).\n:- y.\n"], Folder, load_rule_base(Folder, _, Problems)).

test(a_file_that_would_run_a_goal_is_not_run, Ran-Problems == no-4) :-
    tmp_file(ran, Marker),
    format(string(Text),
           ":- open('~w', write, S), close(S).~n\c
            :- initialization((open('~w', write, S), close(S))).~n\c
            :- op(200, xfx, would_be_an_operator).~n\c
            term_expansion(_, _) :- halt.~n\c
            catch_all(x).~n",
           [Marker, Marker]),
    problems_of(Text, List),
    length(List, Problems),
    (   ( exists_file(Marker) ; current_op(_, _, operators:would_be_an_operator) )
    ->  Ran = yes
    ;   Ran = no
    ).

test(no_fact_is_left_in_the_process, fail) :-
    rule_base(tiny, _, _),
    (   current_module(rules)
    ;   current_module(M),
        current_predicate(M:unit_suffix/2)
    ).

test(what_loads_leaves_no_choice_point) :-
    project_path('tests/kb/tiny', Folder),
    leaves_no_choice_point(load_rule_base(Folder, _, _)).

:- end_tests(loader).
