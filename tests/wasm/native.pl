% SPDX-License-Identifier: Apache-2.0
:- module(native, []).
:- use_module(library(readutil), [read_line_to_string/2]).
:- use_module('../../prolog/json_answers').

/** <module> Answer lines of JSON with lines of JSON: swipl tests/wasm/native.pl -- KB

What the playground asks of SWI-Prolog in WebAssembly, asked of the SWI-Prolog of this machine.
*/

main :-
    current_prolog_flag(argv, [Folder]),
    set_stream(user_input, encoding(utf8)),
    set_stream(user_output, encoding(utf8)),
    start_answering(Folder, _),
    answer_lines.

answer_lines :-
    read_line_to_string(user_input, Line),
    (   Line == end_of_file
    ->  true
    ;   json_answers(Line, Answer),
        writeln(Answer),
        answer_lines
    ).

:- initialization(main, main).
