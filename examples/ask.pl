% SPDX-License-Identifier: Apache-2.0
/*  The rules asked from Prolog, of a patient whose visceral metastases nobody has looked for:

    swipl examples/ask.pl
*/

:- use_module(library(lists), [member/2, nth0/3]).
:- use_module('../prolog/evaluator').
:- use_module('../prolog/loader').

:- initialization(main, main).

%   Numbers stand for themselves; of options, and of no and yes, the evaluator knows the places.

fact(_, age_years, 70, 70).
fact(RuleBase, tumor_type, prostate_cancer, Place) :-
    rule_fact(RuleBase, attribute(tumor_type, _, one_of(Options), _)),
    nth0(Place, Options, prostate_cancer).
fact(_, castration_resistant, yes, 1).
fact(_, largest_lymph_node_cm, 2, 2).

main :-
    source_file(main, File),
    file_directory_name(File, Here),
    atom_concat(Here, '/../kb', Folder),
    load_rule_base(Folder, RuleBase, []),
    findall(Name-Value, fact(RuleBase, Name, _, Value), Facts),
    request(premera_xofigo, 20260601, [], Facts, Request),
    forall(member(Id, ['X-1', 'X-2', 'X-3', 'X-4', 'X-5']),
           ( condition_truth(RuleBase, Request, criterion(Id), Truth),
             format("~w ~w~n", [Id, Truth]) )).
