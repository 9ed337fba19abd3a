% SPDX-License-Identifier: Apache-2.0
:- module(ledger_checks,
          [ bad_ledger/3                % +RuleBase, -Location, -What
          ]).
:- use_module(library(lists), [member/2, nextto/3, last/2]).
:- use_module(condition_checks, [declared_documents/2]).
:- use_module(loader).
:- use_module(reference_facts, [reference_entry/4]).

/** <module> The ledger accounts for every line of both documents

A ledger that exists for a document covers its lines from the first to the last, each once; what
it says is encoded exists as a criterion or a reading, and every criterion and reading is said
somewhere to be encoded. Lines of reference knowledge name the entries that cite them, all of these
and no others.
*/

%!  bad_ledger(+RuleBase, -Location, -What) is nondet.
%
%   True when What is wrong with the ledger, at Location.

bad_ledger(RuleBase, Location, unknown(document, Document, Known)) :-
    rule_fact(RuleBase, ledger(Document, _, _, _, _), Location),
    \+ rule_fact(RuleBase, document(Document, _, _, _, _, _, _)),
    declared_documents(RuleBase, Known).
bad_ledger(RuleBase, Location, ledger_gap(Document, Expected, From)) :-
    entries(RuleBase, Document, _, Entries),
    (   Entries = [(From-_)-Location|_],
        Expected = 1
    ;   nextto((_-To)-_, (From-_)-Location, Entries),
        Expected is To + 1
    ),
    From =\= Expected.
bad_ledger(RuleBase, Location, ledger_gap(Document, Expected, Last)) :-
    entries(RuleBase, Document, Last, Entries),
    last(Entries, (_-To)-Location),
    To =\= Last,
    Expected is To + 1.
bad_ledger(RuleBase, Location, ledger_lines(Lines)) :-
    rule_fact(RuleBase, ledger(_, Lines, _, _, _), Location),
    \+ ( Lines = From-To, integer(From), integer(To), From =< To ).
bad_ledger(RuleBase, Location, ledger_status(Status)) :-
    rule_fact(RuleBase, ledger(_, _, _, Status, _), Location),
    \+ good_status(Status).
bad_ledger(RuleBase, Location, unknown('criterion or reading', Id, Known)) :-
    rule_fact(RuleBase, ledger(_, _, _, encoded(Ids), _), Location),
    member(Id, Ids),
    \+ encodable(RuleBase, Id, _),
    findall(K, encodable(RuleBase, K, _), Known).
bad_ledger(RuleBase, Location, not_in_ledger(Id)) :-
    once(rule_fact(RuleBase, ledger(_, _, _, _, _))),
    encodable(RuleBase, Id, Location),
    \+ ( rule_fact(RuleBase, ledger(_, _, _, encoded(Ids), _)), memberchk(Id, Ids) ).

bad_ledger(RuleBase, Location, unknown('reference entry', Id, Known)) :-
    rule_fact(RuleBase, ledger(_, _, _, reference(_, Ids), _), Location),
    is_list(Ids),
    member(Id, Ids),
    \+ shown(RuleBase, Id, _),
    findall(K, shown(RuleBase, K, _), Known).
bad_ledger(RuleBase, Location, cited_elsewhere(Id, Lines)) :-
    rule_fact(RuleBase, ledger(Document, Lines, _, reference(_, Ids), _), Location),
    is_list(Ids),
    member(Id, Ids),
    shown(RuleBase, Id, _),
    \+ ( shown(RuleBase, Id, Sources), cites(Sources, Document, Lines) ).
bad_ledger(RuleBase, Location, not_named(Id, Lines)) :-
    rule_fact(RuleBase, ledger(Document, Lines, _, Status, _), Location),
    reference_ids(Status, Ids),
    shown(RuleBase, Id, Sources),
    cites(Sources, Document, Lines),
    \+ memberchk(Id, Ids).

shown(RuleBase, Id, Sources) :-
    reference_entry(General, Id, _, Sources),
    rule_fact(RuleBase, General).

reference_ids(reference(_), []).
reference_ids(reference(_, Ids), Ids) :- is_list(Ids).

%   cites(Sources, Document, Lines): some source is a line of Document among Lines.

cites(Sources, Document, From-To) :-
    member(Source, Sources),
    Source =.. [Document, _, Spans],
    member(Span, Spans),
    ( Span = First-Last -> true ; First = Span, Last = Span ),
    First =< To,
    Last >= From,
    !.

entries(RuleBase, Document, Last, Entries) :-
    rule_fact(RuleBase, document(Document, _, _, _, _, _, Last)),
    findall((From-To)-Location,
            ( rule_fact(RuleBase, ledger(Document, From-To, _, _, _), Location),
              integer(From),
              integer(To) ),
            Entries),
    Entries \== [].

encodable(RuleBase, Id, Location) :-
    rule_fact(RuleBase, criterion(_, Id, _, _, _), Location).
encodable(RuleBase, Id, Location) :-
    rule_fact(RuleBase, reading(Id, _, _, _), Location).

good_status(encoded([_|_])).
good_status(reference(Topic, [_|_])) :-
    good_status(reference(Topic)).
good_status(reference(Topic)) :-
    memberchk(Topic, [ evidence, nccn, fda, trials, society, scales, regimen, codes, approval,
                       documentation, imaging_agents, history, background ]).
good_status(not_formalised(Why)) :- string(Why).
good_status(out_of_scope(Why)) :- string(Why).
