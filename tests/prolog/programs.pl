% SPDX-License-Identifier: Apache-2.0
:- module(programs,
          [ program_result/5            % +Program, +Arguments, -Status, -Output, -Errors
          ]).
:- use_module(library(lists), [append/3]).
:- use_module(library(process), [process_create/3, process_wait/2]).
:- use_module(library(readutil), [read_stream_to_codes/2]).
:- use_module(fixtures).

/** <module> The programs of prolog/, run as people run them

In a process of their own and from another working directory, with errors and warnings as its
status.
*/

%!  program_result(+Program, +Arguments, -Status, -Output, -Errors) is det.
%
%   True when Program of prolog/, run with Arguments, ends with the exit Status and writes the text
%   Output, and the text Errors to the stream of errors.

program_result(Program, Arguments, Status, Output, Errors) :-
    atomic_list_concat(['prolog/', Program, '.pl'], Relative),
    project_path(Relative, Path),
    append(['--on-error=status', '--on-warning=status', Path, '--'], Arguments, All),
    current_prolog_flag(executable, Swipl),
    process_create(Swipl, All,
                   [ stdin(null), stdout(pipe(Out)), stderr(pipe(Err)), cwd('/'), process(Process) ]),
    text_of(Out, Output),
    text_of(Err, Errors),
    process_wait(Process, exit(Status)).

text_of(Stream, Text) :-
    read_stream_to_codes(Stream, Codes),
    close(Stream),
    string_codes(Text, Codes).
