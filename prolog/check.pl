% SPDX-License-Identifier: Apache-2.0
:- module(check_main, []).
:- use_module(library(lists), [member/2]).
:- use_module(checker).
:- use_module(messages).

/** <module> Check the rule base of a folder: swipl prolog/check.pl -- FOLDER

One line for each problem, exit status 1 if there is one. A program of its own, because the rule
base may be anybody's: it is read as data and none of it stays in a process that decides.
*/

:- initialization(main, main).

main :-
    set_stream(user_output, encoding(utf8)),
    current_prolog_flag(argv, Argv),
    (   Argv = [Folder]
    ->  catch(check_rule_base(Folder, Problems), Error, Problems = [problem(Folder:0, not_checked(Error))]),
        forall(member(Problem, Problems), ( problem_text(Problem, Text), writeln(Text) )),
        (   Problems == []
        ->  halt(0)
        ;   halt(1)
        )
    ;   format(user_error, "usage: swipl check.pl -- FOLDER~n", []),
        halt(2)
    ).
