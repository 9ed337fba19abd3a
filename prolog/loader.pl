% SPDX-License-Identifier: Apache-2.0
:- module(loader,
          [ load_rule_base/3,           % +Directory, -RuleBase, -Problems
            rule_fact/2,                % +RuleBase, ?Fact
            rule_fact/3,                % +RuleBase, ?Fact, -Location
            rule_base_files/2           % +Directory, -Files
          ]).
:- use_module(library(assoc), [list_to_assoc/2, get_assoc/3]).
:- use_module(library(apply), [foldl/4]).
:- use_module(library(lists), [member/2]).
:- use_module(library(pairs), [group_pairs_by_key/2]).
:- use_module(language).
:- use_module(operators).

/** <module> Read a rule base as data

The files of a rule base are Prolog files, but they are read and never run: a directive other
than the module header and the import of the operators is a problem, not a goal. So a rule base
from anywhere can be checked safely.

A *rule base* is a term rule_base(Index), Index an assoc from Name/Arity to the list of
Fact-Location pairs in the order of the files. A *location* is File:Line, File relative to the
directory. A *problem* is problem(Location, What); module messages words it.
*/

%!  load_rule_base(+Directory, -RuleBase, -Problems) is det.
%
%   True when RuleBase holds every readable fact of the Prolog files in Directory and Problems
%   tells what could not be read or may not stand there.

load_rule_base(Directory, rule_base(Index), Problems) :-
    rule_base_files(Directory, Files),
    (   Files == []
    ->  Problems = [problem(Directory:0, no_files)|Rest]
    ;   Problems = Rest
    ),
    foldl(read_file(Directory), Files, Keyed-Rest, []-[]),
    keysort(Keyed, Sorted),
    group_pairs_by_key(Sorted, Groups),
    list_to_assoc(Groups, Index).

%!  rule_base_files(+Directory, -Files) is det.
%
%   True when Files are the names of the Prolog files in Directory, in standard order.

rule_base_files(Directory, Files) :-
    (   exists_directory(Directory)
    ->  directory_files(Directory, Entries)
    ;   Entries = []
    ),
    findall(File,
            ( member(File, Entries),
              file_name_extension(_, pl, File),
              directory_file_path(Directory, File, Path),
              exists_file(Path) ),
            Unsorted),
    sort(Unsorted, Files).

%!  rule_fact(+RuleBase, ?Fact) is nondet.
%!  rule_fact(+RuleBase, ?Fact, -Location) is nondet.
%
%   True when Fact stands in RuleBase, at Location. The functor of Fact must be known.

rule_fact(RuleBase, Fact) :-
    rule_fact(RuleBase, Fact, _).

rule_fact(rule_base(Index), Fact, Location) :-
    functor(Fact, Name, Arity),
    get_assoc(Name/Arity, Index, Facts),
    member(Stored-Location, Facts),
    copy_term(Stored, Fact).

%   Facts and problems are threaded as difference lists Facts-Problems.

read_file(Directory, File, Facts0-Problems0, Facts-Problems) :-
    directory_file_path(Directory, File, Path),
    size_file(Path, Size),
    (   most_bytes(Most),
        Size =< Most
    ->  setup_call_cleanup(
            open(Path, read, Stream, [encoding(utf8)]),
            read_facts(Stream, File, Facts0-Problems0, Facts-Problems),
            close(Stream))
    ;   Facts0 = Facts,
        Problems0 = [problem(File:0, too_large(Size))|Problems]
    ).

%   No file of a rule base is near this size.

most_bytes(4 000 000).

read_facts(Stream, File, State0, State) :-
    catch(read_term(Stream, Term, [ module(operators),
                                    term_position(Position),
                                    singletons(Singletons),
                                    syntax_errors(error) ]),
          Error,
          true),
    (   nonvar(Error)
    ->  syntax_problem(Error, File, Problem),
        State0 = Facts-[Problem|Problems],
        (   Error = error(syntax_error(_), _)
        ->  read_facts(Stream, File, Facts-Problems, State)
        ;   State = Facts-Problems       % no more can be read of it
        )
    ;   Term == end_of_file
    ->  (   peek_code(Stream, -1)
        ->  State = State0
        ;   stream_position_data(line_count, Position, Line),
            State0 = Facts-[problem(File:Line, early_end)|Problems],
            State = Facts-Problems
        )
    ;   stream_position_data(line_count, Position, Line),
        take(Term, File:Line, Singletons, State0, State1),
        read_facts(Stream, File, State1, State)
    ).

syntax_problem(error(syntax_error(What), Context), File, problem(File:Line, syntax(What))) :-
    !,
    (   Context = stream(_, Line, _, _)
    ->  true
    ;   Context = file(_, Line, _, _)
    ->  true
    ;   Line = 0
    ).
syntax_problem(Error, File, problem(File:0, unreadable(Error))).

take(Term, Location, _, Facts-[problem(Location, unknown_fact(Term))|Problems], Facts-Problems) :-
    var(Term),
    !.
take((:- module(_, Exports)), _, _, State, State) :-
    Exports == [],
    !.
take((:- use_module(File)), _, _, State, State) :-
    atom(File),
    file_base_name(File, operators),
    !.
take((:- _), Location, _, Facts-[problem(Location, directive)|Problems], Facts-Problems) :-
    !.
take(Term, Location, Singletons, Facts-[problem(Location, capital(Functor, Name))|Problems], Facts-Problems) :-
    nonvar(Term),
    Term =.. [Functor, Variable, _Sentence, _Over, _Claim],
    var(Variable),
    memberchk(Functor, [theorem, non_theorem]),
    member(Name = Same, Singletons),
    Same == Variable,
    !.
take(_, Location, Singletons, Facts-[problem(Location, singleton(Names))|Problems], Facts-Problems) :-
    Singletons = [_|_],
    !,
    findall(Name, member(Name = _, Singletons), Names).
take(Term, Location, _, State0, State) :-
    callable(Term),
    functor(Term, Name, Arity),
    functor(General, Name, Arity),
    fact_shape(General, _),
    !,
    (   bad_variables(Term)
    ->  State0 = Facts-[problem(Location, variables(Name))|Problems],
        State = Facts-Problems
    ;   State0 = [Name/Arity-(Term-Location)|Facts]-Problems,
        State = Facts-Problems
    ).
take(Term, Location, _, Facts-[problem(Location, unknown_fact(Name/Arity))|Problems], Facts-Problems) :-
    (   callable(Term)
    ->  functor(Term, Name, Arity)
    ;   Name = Term,
        Arity = 0
    ).

%   Only a definition has variables: the parameters of its head, which is known by name.

bad_variables(definition(Head, Sentence, Condition, Sources)) :-
    !,
    (   \+ callable(Head)
    ;   \+ ground(Sentence-Sources)
    ;   term_variables(Condition, Used),
        term_variables(Head, Parameters),
        member(Variable, Used),
        \+ ( member(Parameter, Parameters), Parameter == Variable )
    ),
    !.
bad_variables(Term) :-
    \+ ground(Term).
