% SPDX-License-Identifier: Apache-2.0
:- module(run_all_tests, []).
:- use_module(library(plunit)).
:- use_module(library(check), [list_undefined/1]).
:- use_module(library(lists), [member/2]).

/** <module> All Prolog tests: swipl --on-error=status --on-warning=status tests/prolog/run.pl

Loads every module of prolog/ and every test file of this folder, looks for calls of predicates
that do not exist, and runs the tests. The last line is `N passed, M failed`, and the exit status
is 1 unless M is 0.

plunit itself is content with a choice point left, a warning, a test set aside, one that never ran
and one that ends the process. Here each of them is a failure: an error or a warning counts against
the test that runs, or, between tests, against the stage that is under way.
*/

:- dynamic
    under_way/1,                % test(N) or stage(What)
    begun/2,                    % Unit, Name
    in_trouble/1,               % what was under way when an error or a warning came
    ended/0.                    % all tests have run

under_way(stage(loading)).

:- multifile user:message_hook/3.
:- dynamic user:message_hook/3.

user:message_hook(Message, Kind, _) :-
    noted(Message, Kind),
    fail.

noted(plunit(begin(Unit:Test, _, _)), _) :-
    !,
    ( Test = @(Name, _) -> true ; Name = Test ),
    assertz(begun(Unit, Name)),
    flag(tests_begun, N, N + 1),
    now_under_way(test(N)),
    (   set_aside(Unit:Name, _)
    ->  assertz(in_trouble(test(N)))
    ;   true
    ).
noted(plunit(begin(Unit)), _) :-
    !,
    now_under_way(stage(Unit)).
noted(plunit(end(_, _)), _) :-
    !,
    now_under_way(stage(between_units)).
noted(_, Kind) :-
    memberchk(Kind, [error, warning]),
    under_way(What),
    \+ in_trouble(What),
    assertz(in_trouble(What)).

now_under_way(What) :-
    retractall(under_way(_)),
    assertz(under_way(What)).

:- prolog_load_context(directory, Here),
   asserta(user:file_search_path(tests, Here)),
   asserta(user:file_search_path(rules_program, Here/'../../prolog')).

%   The programs of prolog/ are run by their tests and not loaded: loading would start them.

program(check).
program(generate).

main :-
    catch(all_tests, error(Formal, Context), print_message(error, error(Formal, Context))),
    assertz(ended),                     % only what went wrong comes here
    halt(1).

all_tests :-
    set_test_options([load(always), run(manual)]),
    at_halt(not_before_the_end),
    source_names(rules_program('.'), Sources),
    forall(( member(Name, Sources), \+ program(Name) ), loaded(rules_program(Name))),
    source_names(tests('.'), Tests),
    forall(( member(Name, Tests), Name \== run ), loaded(tests(Name))),
    forall(untested(Sources, Tests, Name), complaint("no test file for ~w.pl", [Name])),
    now_under_way(stage(calls_of_nothing)),
    list_undefined([module_class([user])]),
    now_under_way(stage(run)),
    ( run_tests -> Passed = true ; Passed = false ),
    now_under_way(stage(summary)),
    forall(never_begun(Test), complaint("~w never ran", [Test])),
    close_with_status(Passed).

source_names(Spec, Names) :-
    absolute_file_name(Spec, Folder, [file_type(directory)]),
    directory_files(Folder, Entries),
    findall(Name, ( member(File, Entries), file_name_extension(Name, pl, File) ), Unsorted),
    sort(Unsorted, Names).

loaded(Spec) :-
    catch(load_files(Spec, [if(not_loaded), imports([])]), Error, print_message(error, Error)).

untested(Sources, Tests, Name) :-
    member(Name, Sources),
    atom_concat(test_, Name, Test),
    \+ memberchk(Test, Tests).

set_aside(Unit:Name, Option) :-
    current_test(Unit, Name, _, _, Options),
    member(Option, Options),
    setting_aside(Option).

setting_aside(blocked(_)).
setting_aside(fixme(_)).
setting_aside(condition(_)).

never_begun(Unit:Name) :-
    current_test(Unit, Name, _, _, _),
    \+ begun(Unit, Name).

%   Each complaint is a failure of its own.

complaint(Format, Arguments) :-
    format(string(Text), Format, Arguments),
    now_under_way(stage(Text)),
    print_message(error, format("~w", [Text])).

%   Should plunit know of a failure that no message told, it still counts.

close_with_status(PassedAll) :-
    flag(tests_begun, Begun, Begun),
    findall(N, in_trouble(test(N)), Tests),
    findall(Stage, in_trouble(stage(Stage)), Stages),
    length(Tests, FailedTests),
    length(Stages, FailedStages),
    Passed is Begun - FailedTests,
    Told is FailedTests + FailedStages,
    (   ( Passed =:= 0 ; PassedAll == false ),
        Told =:= 0
    ->  Failed = 1
    ;   Failed = Told
    ),
    forall(set_aside(Test, Option), format("set aside by ~w: ~w~n", [Option, Test])),
    forall(member(Stage, Stages), format("failed outside of a test: ~w~n", [Stage])),
    format("~d passed, ~d failed~n", [Passed, Failed]),
    flush_output,
    assertz(ended),
    (   Failed =:= 0
    ->  halt(0)
    ;   halt(1)
    ).

%   A goal that would end the process before all tests have run fails instead.

not_before_the_end :-
    ended,
    !.
not_before_the_end :-
    cancel_halt('not all tests have run').

:- initialization(main, main).
