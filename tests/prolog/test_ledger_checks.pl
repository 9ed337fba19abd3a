% SPDX-License-Identifier: Apache-2.0
:- module(test_ledger_checks, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [append/2, append/3, member/2]).
:- use_module(fixtures).
:- use_module('../../prolog/ledger_checks').
:- use_module('../../prolog/loader').

/** <module> The ledger has every line once, and says of every criterion and reading where it stands */

%   A document of ten lines, a criterion and a reading: lines 1 to 3 of the rule base.

facts([ document(d, "Payer", "1", "Title", "2026", "2026", 10),
        criterion(p, 'C-1', "One", a, []),
        reading(r, "Which?", [], []) ]).

%   ledger_problems(Entries, Problems): Entries stand from line 4 on, each an entry(Lines, Status).

ledger_problems(Entries, Problems) :-
    findall(ledger(d, Lines, "Heading", Status, "Note"), member(entry(Lines, Status), Entries), Ledger),
    problems_of(Ledger, Problems).

problems_of(Ledger, Problems) :-
    facts(Facts),
    append(Facts, Ledger, All),
    rule_base_of(All, RuleBase),
    findall(Line-What, bad_ledger(RuleBase, _:Line, What), Problems).

all_encoded(entry(1-1, encoded(['C-1', r]))).

:- begin_tests(ledger_checks).

test(a_ledger_of_all_lines_is_sound, Problems == []) :-
    all_encoded(First),
    ledger_problems([First, entry(2-9, reference(fda)), entry(10-10, out_of_scope("Links"))], Problems).

test(without_a_ledger_nothing_is_asked, Problems == []) :-
    problems_of([], Problems).

test(a_document_without_a_ledger_is_not_asked_for_one, Problems == []) :-
    all_encoded(entry(Lines, Status)),
    problems_of([ document(e, "Payer", "2", "Other", "2026", "2026", 99),
                  ledger(d, Lines, "", Status, ""), ledger(d, 2-10, "", reference(nccn), "") ], Problems).

test(a_gap_is_told_where_the_ledger_goes_on, Problems == [5-ledger_gap(d, 2, 4)]) :-
    all_encoded(First),
    ledger_problems([First, entry(4-10, reference(fda))], Problems).

test(an_overlap_is_told_where_the_ledger_goes_on, Problems == [6-ledger_gap(d, 6, 5)]) :-
    all_encoded(First),
    ledger_problems([First, entry(2-5, reference(fda)), entry(5-10, reference(fda))], Problems).

test(lines_in_another_order_are_told,
     Problems == [5-ledger_gap(d, 2, 6), 6-ledger_gap(d, 11, 2), 6-ledger_gap(d, 6, 10)]) :-
    all_encoded(First),
    ledger_problems([First, entry(6-10, reference(fda)), entry(2-5, reference(fda))], Problems).

test(it_begins_with_the_first_line, Problems == [4-ledger_gap(d, 1, 2)]) :-
    ledger_problems([entry(2-10, encoded(['C-1', r]))], Problems).

test(it_ends_with_the_last_line, Problems == [5-ledger_gap(d, 10, 10)]) :-
    all_encoded(First),
    ledger_problems([First, entry(2-9, reference(fda))], Problems).

test(it_does_not_go_beyond_the_last_line, Problems == [5-ledger_gap(d, 12, 10)]) :-
    all_encoded(First),
    ledger_problems([First, entry(2-11, reference(fda))], Problems).

test(what_it_says_is_encoded_exists, Problems == [5-unknown('criterion or reading', 'C-2', ['C-1', r])]) :-
    all_encoded(First),
    ledger_problems([First, entry(2-10, encoded(['C-1', 'C-2']))], Problems).

test(every_criterion_is_somewhere_encoded, Problems == [2-not_in_ledger('C-1')]) :-
    ledger_problems([entry(1-10, encoded([r]))], Problems).

test(every_reading_is_somewhere_encoded, Problems == [3-not_in_ledger(r)]) :-
    ledger_problems([entry(1-10, encoded(['C-1']))], Problems).

%   A note, which cites lines 4 and 6 to 8: line 4 of the rule base.

shown_problems(Entries, Problems) :-
    all_encoded(First),
    findall(ledger(d, Lines, "Heading", Status, "Note"), member(entry(Lines, Status), [First|Entries]), Ledger),
    problems_of([statement(note, scope, [p], "Note", [d("S", [4, 6-8])])|Ledger], Problems).

test(entries_are_named_where_they_cite_lines, Problems == []) :-
    shown_problems([ entry(2-4, reference(fda, [note])), entry(5-5, reference(nccn)),
                     entry(6-7, encoded([r])), entry(8-10, reference(fda, [note])) ], Problems).

test(an_entry_that_is_not_named_is_told,
     Problems == [6-not_named(note, 2-4), 7-not_named(note, 5-8)]) :-
    shown_problems([ entry(2-4, reference(fda)), entry(5-8, reference(nccn, [other])), entry(9-10, reference(fda)) ],
                   All),
    findall(P, ( member(P, All), P = _-not_named(_, _) ), Problems).

test(an_entry_is_named_nowhere_else, Problems == [8-cited_elsewhere(note, 9-10)]) :-
    shown_problems([ entry(2-4, reference(fda, [note])), entry(5-8, reference(nccn, [note])),
                     entry(9-10, reference(fda, [note])) ], Problems).

test(an_entry_that_is_named_exists, Problems == [7-unknown('reference entry', gossip, [note])]) :-
    shown_problems([ entry(2-8, reference(fda, [note])), entry(9-10, reference(fda, [gossip])) ], Problems).

test(entries_are_named_in_a_list_that_is_not_empty, all(Status == [reference(fda, []), reference(fda, note)])) :-
    shown_problems([ entry(2-8, reference(fda, [note])), entry(9-9, reference(fda, [])),
                     entry(10-10, reference(fda, note)) ], Problems),
    member(_-ledger_status(Status), Problems).

test(a_status_is_one_of_four,
     Statuses == [encoded([]), reference(gossip), out_of_scope(links), not_formalised, skipped]) :-
    all_encoded(First),
    ledger_problems([ First, entry(2-2, encoded([])), entry(3-3, reference(gossip)),
                      entry(4-4, out_of_scope(links)), entry(5-5, not_formalised), entry(6-9, skipped),
                      entry(10-10, not_formalised("Contract")) ],
                    Problems),
    findall(Status, member(_-ledger_status(Status), Problems), Statuses),
    length(Problems, 5).

test(a_ledger_of_an_unknown_document_is_told, Problems == [6-unknown(document, e, [d])]) :-
    all_encoded(entry(Lines, Status)),
    problems_of([ ledger(d, Lines, "", Status, ""), ledger(d, 2-10, "", reference(nccn), ""),
                  ledger(e, 1-10, "", reference(nccn), "") ], Problems).

test(each_document_is_gone_through_alone, Problems == []) :-
    all_encoded(entry(Lines, Status)),
    problems_of([ document(e, "Payer", "2", "Other", "2026", "2026", 3),
                  ledger(d, Lines, "", Status, ""), ledger(e, 1-2, "", reference(fda), ""),
                  ledger(d, 2-10, "", reference(nccn), ""), ledger(e, 3-3, "", reference(fda), "") ],
                  Problems).

test(the_ledger_of_the_rule_base_has_nothing_wrong, all(What == [])) :-
    rule_base(kb, RuleBase, _),
    bad_ledger(RuleBase, _, What).

test(the_ledger_of_the_rule_base_has_both_documents, Documents == [premera, wellmark]) :-
    rule_base(kb, RuleBase, _),
    findall(D, rule_fact(RuleBase, ledger(D, _, _, _, _)), All),
    sort(All, Documents).

:- end_tests(ledger_checks).
