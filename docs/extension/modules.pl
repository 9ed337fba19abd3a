% SPDX-License-Identifier: Apache-2.0
/*  Write what the PlDoc comments of the Prolog modules say, as lines of JSON.

    swipl docs/extension/modules.pl

    SWI-Prolog's own documentation system reads the comments; a line is a module with its comment,
    or a predicate with its mode lines.
*/

:- use_module(library(pldoc)).
:- doc_collect(true).
:- use_module(library(pldoc/doc_process), [doc_comment/4]).
:- use_module(library(lists), [member/2]).
:- if(exists_source(library(json))).
:- use_module(library(json), [json_write_dict/3]).
:- else.
:- use_module(library(http/json), [json_write_dict/3]).
:- endif.
:- initialization(main, main).

main :-
    source_file(main, File),
    file_directory_name(File, Here),
    directory_file_path(Here, '../../prolog', Folder),
    directory_files(Folder, Entries),
    set_stream(user_output, encoding(utf8)),
    forall(( member(Entry, Entries),
             file_name_extension(Name, pl, Entry),
             \+ runs_at_once(Name) ),
           ( directory_file_path(Folder, Entry, Path),
             describe(Path) )).

%   These are programs: to load them is to run them.

runs_at_once(check).
runs_at_once(generate).

describe(Path) :-
    load_files(Path, [if(not_loaded), imports([])]),
    absolute_file_name(Path, File),
    module_property(Module, file(File)),
    !,
    file_base_name(File, Base),
    module_property(Module, exports(Exports)),
    forall(doc_comment(Module:module(Title), _, _, Comment),
           line(_{ file: Base, module: Module, kind: module, name: Title, comment: Comment })),
    forall(( doc_comment(Module:Object, Position, _, Comment),
             once(documented(Object, Indicator)),
             once(( member(Exported, Exports), same(Exported, Indicator) )),
             place(Position, At) ),
           ( format(string(Name), "~w", [Indicator]),
             line(_{ file: Base, module: Module, kind: predicate, name: Name, line: At,
                     comment: Comment }) )).

documented(Object, Indicator) :- is_list(Object), !, Object = [Indicator|_].
documented(_:Indicator, Indicator).
documented(Indicator, Indicator).

same(Name/Arity, Name/Arity) :- !.
same(Name/Arity, Name//Less) :- Arity is Less + 2.

place(_:Line, Line).

line(Dict) :-
    json_write_dict(user_output, Dict, [width(0)]),
    nl.
