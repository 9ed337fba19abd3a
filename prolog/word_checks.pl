% SPDX-License-Identifier: Apache-2.0
:- module(word_checks,
          [ bad_label/3,                % +RuleBase, -Location, -What
            bad_words/3,                % +RuleBase, -Location, -What
            bad_source/3                % +RuleBase, -Location, -What
          ]).
:- use_module(library(lists), [member/2]).
:- use_module(claims, [theorem_fact/6]).
:- use_module(condition_checks, [declared_attributes/2, declared_documents/2]).
:- use_module(loader).
:- use_module(operators).
:- use_module(reference_facts, [reference_entry/4]).

/** <module> Whatever people read has words, and rests on lines of a document

Labels and words are of what exists; a sentence is a text that is not blank, and marks no parameter
that its definition has not; a source is a section and lines that the document has.
*/

%!  bad_label(+RuleBase, -Location, -What) is nondet.
%!  bad_words(+RuleBase, -Location, -What) is nondet.
%!  bad_source(+RuleBase, -Location, -What) is nondet.
%
%   True when What is wrong with a word for a fact, a value or a unit, with a sentence, or with a
%   source, at Location.

%   Words for facts, values and units

bad_label(RuleBase, Location, unknown(attribute, Name, Known)) :-
    rule_fact(RuleBase, label(Name, _), Location),
    \+ rule_fact(RuleBase, attribute(Name, _, _, _)),
    declared_attributes(RuleBase, Known).
bad_label(RuleBase, Location, unknown('value or class', Name, Known)) :-
    rule_fact(RuleBase, word(Name, _), Location),
    findall(N, value_or_class(RuleBase, N), Known),
    \+ memberchk(Name, Known).
bad_label(RuleBase, Location, unknown(unit, Unit, Known)) :-
    rule_fact(RuleBase, unit_words(Unit, _), Location),
    findall(U, ( rule_fact(RuleBase, attribute(_, _, Type, _)), Type =.. [_, _, U] ), Known),
    \+ memberchk(Unit, Known).
bad_label(RuleBase, Location, no_sentence(unit_words(Unit))) :-
    rule_fact(RuleBase, unit_words(Unit, Words), Location),
    \+ string(Words).

bad_label(RuleBase, Location, unknown(definition, Name, Known)) :-
    rule_fact(RuleBase, opposite(Name, _), Location),
    findall(N, ( rule_fact(RuleBase, definition(Head, _, _, _)), functor(Head, N, _) ), Known),
    \+ memberchk(Name, Known).

value_or_class(RuleBase, Name) :-
    rule_fact(RuleBase, class(Name, _, _)).
value_or_class(RuleBase, Name) :-
    rule_fact(RuleBase, attribute(_, _, Type, _)),
    ( Type = one_of(Names) ; Type = set_of(Names) ),
    member(Name, Names).

%   Sentences and sources

bad_words(RuleBase, Location, no_sentence(Name)) :-
    worded(General, Name, Sentence),
    rule_fact(RuleBase, General, Location),
    \+ good_sentence(Sentence).

bad_words(RuleBase, Location, no_parameter(Name, Mark, Arity)) :-
    rule_fact(RuleBase, definition(Head, Sentence, _, _), Location),
    string(Sentence),
    functor(Head, Name, Arity),
    sub_string(Sentence, Before, 1, _, "~"),
    At is Before + 1,
    ( sub_string(Sentence, At, 1, _, Mark) -> true ; Mark = "" ),
    \+ ( number_string(N, Mark), between(1, Arity, N) ).

worded(criterion(_, Id, Sentence, _, _), Id, Sentence).
worded(definition(Head, Sentence, _, _), Head, Sentence).
worded(reading(Name, Sentence, _, _), Name, Sentence).
worded(attribute(Name, _, _, Sentence), Name, Sentence).
worded(implausible(_, Sentence), implausible, Sentence).
worded(contradictory(_, Sentence), contradictory, Sentence).
worded(contradictory(_, _, Sentence), contradictory, Sentence).
worded(label(Name, Words), label(Name), Words).
worded(word(Name, Words), word(Name), Words).
worded(opposite(Name, Words), opposite(Name), Words).
worded(supplier(Name, Sentence), Name, Sentence).
worded(way_of_change(Name, Sentence), Name, Sentence).
worded(recorded(Name, _, Sentence), Name, Sentence).
worded(derived(Attribute, _, Sentence, _), Attribute, Sentence).
worded(unchanged_by(Document, _, Sentence), Document, Sentence).
worded(not_formalised(_, Section, Sentence), Section, Sentence).
worded(accepted_finding(_, _, Kind, _, Sentence), Kind, Sentence).
worded(not_printed(_, What, Sentence), What, Sentence).
worded(General, Id, Sentence) :- reference_entry(General, Id, Sentence, _).
worded(General, Name, Sentence) :- theorem_fact(General, _, Name, Sentence, _, _).

good_sentence(Sentence) :-
    string(Sentence),
    normalize_space(string(Normal), Sentence),
    Normal \== "".

bad_source(RuleBase, Location, What) :-
    sourced(General, Name, Sources),
    rule_fact(RuleBase, General, Location),
    (   Sources \= [_|_]
    ->  What = no_source(Name)
    ;   member(Source, Sources),
        source_problem(RuleBase, Source, What)
    ).

sourced(criterion(_, Id, _, _, Sources), Id, Sources).
sourced(definition(Head, _, _, Sources), Head, Sources).
sourced(reading(Name, _, _, Sources), Name, Sources).
sourced(text(Policy, _, _, _, Sources), Policy, Sources).
sourced(derived(Attribute, _, _, Sources), Attribute, Sources).
sourced(advice(Policy, _, Sources), Policy, Sources).
sourced(General, Id, Sources) :- reference_entry(General, Id, _, Sources).

source_problem(RuleBase, Source, What) :-
    (   compound(Source),
        Source =.. [Document, Section, Spans],
        string(Section),
        is_list(Spans)
    ->  (   rule_fact(RuleBase, document(Document, _, _, _, _, _, Last))
        ->  member(Span, Spans),
            \+ good_span(Span, Last),
            What = bad_lines(Document, Span, Last)
        ;   declared_documents(RuleBase, Known),
            What = unknown(document, Document, Known)
        )
    ;   What = bad_source(Source)
    ).

good_span(Line, Last) :- integer(Line), !, Line >= 1, Line =< Last.
good_span(From-To, Last) :- integer(From), integer(To), From >= 1, From < To, To =< Last.
