% SPDX-License-Identifier: Apache-2.0
:- module(fixtures,
          [ project_path/2,             % +Relative, -Path
            rule_base/3,                % +Name, -RuleBase, -Nodes
            with_folder/3,              % +Files, -Folder, :Goal
            changed_tiny/2,             % +Changes, -Text
            rule_base_of/2,             % +Facts, -RuleBase
            leaves_no_choice_point/1    % :Goal
          ]).
:- use_module(library(apply), [foldl/4]).
:- use_module(library(error), [existence_error/2]).
:- use_module(library(filesex), [directory_file_path/3, delete_directory_and_contents/1]).
:- use_module(library(lists), [member/2]).
:- use_module(library(readutil), [read_file_to_string/3]).
:- use_module('../../prolog/loader').
:- use_module('../../prolog/nodes').

/** <module> Rule bases to test with

The rule base of the project (`kb`), the small one of tests/kb (`tiny`), the small one with a few
words changed, and rule bases made of a list of facts. What is written is written to a temporary
folder, which is gone afterwards.
*/

:- meta_predicate
    with_folder(+, -, 0),
    leaves_no_choice_point(0).

:- prolog_load_context(directory, Here),
   asserta(user:file_search_path(tests_of_prolog, Here)).

%!  project_path(+Relative, -Path) is det.
%
%   True when Path is the absolute path of what stands at Relative in the project.

project_path(Relative, Path) :-
    atom_concat('../../', Relative, FromHere),
    absolute_file_name(tests_of_prolog(FromHere), Path).

%!  rule_base(+Name, -RuleBase, -Nodes) is det.
%
%   True when RuleBase and its Nodes are those of the folder Name: kb or tiny. Each is read once.

rule_base(Name, RuleBase, Nodes) :-
    nb_current(Name, RuleBase-Nodes),
    !.
rule_base(Name, RuleBase, Nodes) :-
    rule_base_folder(Name, Relative),
    project_path(Relative, Folder),
    load_rule_base(Folder, Loaded, []),
    rule_nodes(Loaded, Numbered),
    nb_setval(Name, Loaded-Numbered),
    nb_getval(Name, RuleBase-Nodes).

rule_base_folder(kb, kb).
rule_base_folder(tiny, 'tests/kb/tiny').

%!  with_folder(+Files, -Folder, :Goal) is semidet.
%
%   True when Goal is, while the temporary Folder holds Files, a list of Name-Text.

with_folder(Files, Folder, Goal) :-
    setup_call_cleanup(
        ( tmp_file(rules, Folder), make_directory(Folder) ),
        ( forall(member(Name-Text, Files), file_with_text(Folder, Name, Text)),
          once(Goal) ),
        delete_directory_and_contents(Folder)).

file_with_text(Folder, Name, Text) :-
    directory_file_path(Folder, Name, Path),
    setup_call_cleanup(
        open(Path, write, Stream, [encoding(utf8)]),
        write(Stream, Text),
        close(Stream)).

%!  changed_tiny(+Changes, -Text) is det.
%
%   True when Text is the text of the tiny rule base with each Words-OtherWords of Changes made,
%   at the first place where Words stand.
%
%   @error existence_error(words, Words) if they stand nowhere

changed_tiny(Changes, Text) :-
    project_path('tests/kb/tiny/rules.pl', Path),
    read_file_to_string(Path, Text0, [encoding(utf8)]),
    foldl(change, Changes, Text0, Text).

change(Words-OtherWords, Text0, Text) :-
    (   sub_string(Text0, Before, _, After, Words)
    ->  true
    ;   existence_error(words, Words)
    ),
    sub_string(Text0, 0, Before, _, Head),
    sub_string(Text0, _, After, 0, Tail),
    atomics_to_string([Head, OtherWords, Tail], Text).

%!  rule_base_of(+Facts, -RuleBase) is det.
%
%   True when RuleBase holds Facts, in their order, each at the line of its place in the list.

rule_base_of(Facts, RuleBase) :-
    with_output_to(string(Text),
        forall(member(Fact, Facts),
               ( numbervars(Fact, 0, _),
                 write_term(Fact, [quoted(true), ignore_ops(true), numbervars(true), dotlists(false)]),
                 write('.\n') ))),
    with_folder(['rules.pl'-Text], Folder, load_rule_base(Folder, RuleBase, [])).

%!  leaves_no_choice_point(:Goal) is semidet.
%
%   True when Goal is, and leaves no choice point.

leaves_no_choice_point(Goal) :-
    call_cleanup(Goal, Exit = true),
    ( var(Exit) -> Left = a_choice_point ; Left = nothing ),
    !,
    Left == nothing.
