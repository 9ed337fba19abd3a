% SPDX-License-Identifier: Apache-2.0
:- module(test_reference_facts, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [member/2]).
:- use_module(fixtures).
:- use_module('../../prolog/language').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/nodes').
:- use_module('../../prolog/operators').
:- use_module('../../prolog/reference_facts').

/** <module> Entries, their conditions and their dates */

:- begin_tests(reference_facts).

test(every_entry_is_a_fact_of_the_language, all(General == [])) :-
    reference_entry(General, _, _, _),
    \+ fact_shape(General, _).

test(every_fact_with_an_id_is_an_entry, all(Shape == [])) :-
    fact_shape(Shape, Meaning),
    functor(Shape, Name, _),
    atom_concat(Name, '(Id, ', Begins),
    sub_string(Meaning, 0, _, _, Begins),
    \+ reference_entry(Shape, _, _, _).

test(an_entry_has_its_id_sentence_and_sources, all(Id-Sentence-Sources == [a-"Why"-[w]])) :-
    member(Entry, [item(a, p, any, "Why", [[x]], [], [w]), criterion(p, a, "Why", x, [w])]),
    reference_entry(Entry, Id, Sentence, Sources).

test(the_rule_base_has_entries_of_every_kind, all(General == [])) :-
    rule_base(kb, RuleBase, _),
    reference_entry(General, _, _, _),
    \+ rule_fact(RuleBase, General).

test(conditions_come_with_the_place_of_their_entry,
     all(Condition-Line == [a-3, not(a)-1, (x >= 3)-4, b-2])) :-
    rule_base_of([ indication(i, d, 2025-03, "", not(a), []),
                   verdict(v, p, sufficient, "", b, []),
                   recommendation(r, t, d, "G", "1", "", a, []),
                   trial(t, d, "T", "", x >= 3, []),
                   statement(s, scope, [p], "", []) ],
                 RuleBase),
    reference_condition(RuleBase, Condition, _:Line).

test(every_condition_has_a_node, all(Condition == [])) :-
    rule_base(kb, RuleBase, Nodes),
    reference_condition(RuleBase, Condition, _),
    \+ node_of(Nodes, reference, Condition, _).

test(a_date_has_as_many_parts_as_are_printed,
     all(Text == ["2025-03-28", "2025-03", "2008", "2013-05-05"])) :-
    member(Date, [2025-03-28, 2025-03, 2008, 2013-05-05]),
    reference_date(Date, Text).

test(what_is_no_date_has_no_text, all(Date == [])) :-
    member(Date, [2025-02-29, 2025-13, 2025-00, "2025-03", march-2025, someday, 2025-03-x, 2025.5]),
    reference_date(Date, _).

test(a_date_leaves_no_choice_point) :-
    leaves_no_choice_point(reference_date(2025-03, _)).

:- end_tests(reference_facts).
