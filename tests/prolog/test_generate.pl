% SPDX-License-Identifier: Apache-2.0
:- module(test_generate, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [member/2]).
:- use_module(library(readutil), [read_file_to_string/3]).
:- use_module(fixtures).
:- use_module(programs).
:- use_module('../../prolog/case_fields').
:- use_module('../../prolog/export').

/** <module> swipl prolog/generate.pl -- RULES PACKAGE */

texts_in(Folder, Texts) :-
    findall(Name-Text,
            ( member(Name, ['rulebase.json', 'case_fields.py']),
              directory_file_path(Folder, Name, File),
              exists_file(File),
              read_file_to_string(File, Text, [encoding(utf8)]) ),
            Texts).

:- begin_tests(generate).

test(it_writes_both_files_as_the_modules_do, [0, "", "", Generated] == [Status, Output, Errors, Direct]) :-
    project_path('tests/kb/tiny', Rules),
    with_folder([], Package,
        ( program_result(generate, [Rules, Package], Status, Output, Errors), texts_in(Package, Generated) )),
    with_folder([], Folder,
        ( directory_file_path(Folder, 'rulebase.json', Json),
          directory_file_path(Folder, 'case_fields.py', Fields),
          export_rule_base(Rules, Json),
          export_case_fields(Rules, Fields),
          texts_in(Folder, Direct) )),
    Direct = [_, _].

test(what_it_writes_is_the_same_each_time, Second == First) :-
    project_path(kb, Rules),
    with_folder([], Package,
        ( program_result(generate, [Rules, Package], 0, _, _), texts_in(Package, First),
          program_result(generate, [Rules, Package], 0, _, _), texts_in(Package, Second) )).

test(rules_that_do_not_load_end_with_a_status_and_no_file, Failed-Texts == true-[]) :-
    project_path('tests/kb/bad/syntax', Rules),
    with_folder([], Package,
        ( program_result(generate, [Rules, Package], Status, _, _), texts_in(Package, Texts) )),
    ( Status =\= 0 -> Failed = true ; Failed = false ).

test(without_its_two_arguments_it_ends_with_a_status, Failed == true) :-
    project_path('tests/kb/tiny', Rules),
    program_result(generate, [Rules], Status, _, _),
    ( Status =\= 0 -> Failed = true ; Failed = false ).

:- end_tests(generate).
