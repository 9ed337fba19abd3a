% SPDX-License-Identifier: Apache-2.0
:- module(test_check, []).
:- use_module(library(plunit)).
:- use_module(library(readutil), [read_file_to_string/3]).
:- use_module(fixtures).
:- use_module(programs).

/** <module> swipl prolog/check.pl -- FOLDER */

checked(Folder, Status, Output, Errors) :-
    program_result(check, [Folder], Status, Output, Errors).

:- begin_tests(check).

test(a_sound_rule_base_ends_with_status_0_and_no_words, Result == [0, "", ""]) :-
    project_path('tests/kb/tiny', Folder),
    checked(Folder, Status, Output, Errors),
    Result = [Status, Output, Errors].

test(a_bad_rule_base_ends_with_status_1_and_a_line_for_each_problem, Result == [1, Problems, ""]) :-
    project_path('tests/kb/bad/unknown_class_value', Folder),
    directory_file_path(Folder, 'problems.txt', File),
    read_file_to_string(File, Problems, [encoding(utf8)]),
    checked(Folder, Status, Output, Errors),
    Result = [Status, Output, Errors].

test(a_folder_without_rules_ends_with_status_1, Status-Empty == 1-[]) :-
    with_folder([], Folder, ( checked(Folder, Status, Output, Errors), Empty0 = Errors )),
    sub_string(Output, _, _, 1, "name the folder that holds the rule base"),
    string_codes(Empty0, Empty).

test(without_a_folder_it_says_how_it_is_used, Result == [2, "", "usage: swipl check.pl -- FOLDER\n"]) :-
    program_result(check, [], Status, Output, Errors),
    Result = [Status, Output, Errors].

test(a_goal_in_the_rules_is_not_run, Status-Output == 1-Expected) :-
    with_folder(['rules.pl'-":- initialization((write(ran), halt(0))).\n"], Folder,
                checked(Folder, Status, Output, _)),
    Expected = "rules.pl:1: a rule base is data: remove this directive (only the module header and the \c
                import of the operators may stand)\n".

:- end_tests(check).
