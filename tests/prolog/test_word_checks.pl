% SPDX-License-Identifier: Apache-2.0
:- module(test_word_checks, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [append/3, member/2]).
:- use_module(fixtures).
:- use_module('../../prolog/loader').
:- use_module('../../prolog/operators').
:- use_module('../../prolog/word_checks').

/** <module> What people read has words and sources

What is said of each problem is in test_checker and in the folders of tests/kb/bad; here it is tried
that each part finds its own, and nothing else.
*/

%   Lines 1 to 4 of the rule base.

facts([ document(d, "Payer", "1", "Title", "2026", "2026", 10),
        attribute(age, g, integer(0..120, "a"), "Completed years"),
        attribute(tumor, g, one_of([net, other]), "Tumor"),
        class(nets, [tumor], [net]) ]).

problems(Added, Labels-Words-Sources) :-
    facts(Facts),
    append(Facts, Added, All),
    rule_base_of(All, RuleBase),
    findall(Line-What, bad_label(RuleBase, _:Line, What), Labels),
    findall(Line-What, bad_words(RuleBase, _:Line, What), Words),
    findall(Line-What, bad_source(RuleBase, _:Line, What), Sources).

:- begin_tests(word_checks).

test(what_is_in_order_is_not_mentioned, Problems == []-[]-[]) :-
    problems([ label(age, "age"), word(net, "NET"), word(nets, "a NET"), unit_words("a", "years"),
               opposite(few, "Many"),
               definition(few(_), "At most ~1 of ~1", age =< 3, [d("Scope", [1, 2-10])]) ],
             Problems).

test(words_are_of_what_there_is,
     Labels == [ 5-unknown(attribute, size, [age, tumor]),
                 6-unknown('value or class', lung, [nets, net, other]),
                 7-unknown(unit, "cm", ["a"]),
                 9-unknown(definition, few, []) ]) :-
    problems([ label(size, "size"), word(lung, "lung"), unit_words("cm", "cm"), unit_words("a", "years"),
               opposite(few, "Many") ],
             Labels-_-_).

test(the_words_of_a_unit_are_a_text, Labels == [5-no_sentence(unit_words("a"))]) :-
    problems([unit_words("a", years)], Labels-_-_).

test(a_sentence_is_a_text_that_is_not_blank, all(Words == [[5-no_sentence(age)], [5-no_sentence(age)], []])) :-
    member(Sentence, ["", old, "Old"]),
    problems([label(tumor, "tumor"), reading(age, Sentence, [], [d("Scope", [1])])], _-Found-_),
    findall(5-What, member(6-What, Found), Words).

test(a_mark_is_that_of_a_parameter,
     all(Sentence-Words == [ "~1"-[], "~2 ~1"-[], "~3"-["3"], "~0"-["0"], "~"-[""], "~x ~1"-["x"] ])) :-
    member(Sentence, ["~1", "~2 ~1", "~3", "~0", "~", "~x ~1"]),
    problems([definition(few(_, _), Sentence, age =< 3, [d("Scope", [1])])], _-Found-_),
    findall(Mark, member(5-no_parameter(few, Mark, 2), Found), Words).

test(a_source_is_lines_of_a_document,
     all(Source-Sources == [ [d("Scope", [1])]-[], []-[no_source(few)], d("Scope", [1])-[no_source(few)],
                             [e("Scope", [1])]-[unknown(document, e, [d])], [d(1)]-[bad_source(d(1))],
                             [d("Scope", [11])]-[bad_lines(d, 11, 10)], [d("Scope", [2-1])]-[bad_lines(d, 2-1, 10)] ])) :-
    member(Source,
           [ [d("Scope", [1])], [], d("Scope", [1]), [e("Scope", [1])], [d(1)], [d("Scope", [11])],
             [d("Scope", [2-1])] ]),
    problems([definition(few, "Few", age =< 3, Source)], _-_-Found),
    findall(What, member(5-What, Found), Sources).

:- end_tests(word_checks).
