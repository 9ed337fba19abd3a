% SPDX-License-Identifier: Apache-2.0
:- module(test_json_answers, []).
:- use_module(library(plunit)).
:- use_module(library(apply), [maplist/2]).
:- use_module(library(lists), [member/2]).
:- use_module(fixtures).
:- use_module('../../prolog/engine').
:- use_module('../../prolog/json_answers').

/** <module> JSON text in, JSON text out, and nothing of it read as Prolog */

started(Digest) :-
    project_path('tests/kb/tiny', Folder),
    start_answering(Folder, Digest).

met("[30, 0, 0, 1, [40, 1], 1, 1]").

request(Facts, Text) :-
    format(string(Text),
           "{\"queries\": [{\"policy\": 0, \"on\": 20260601, \"readings\": [0], \"facts\": ~s, \"reasons\": true}]}",
           [Facts]).

answer(Facts, Answer) :-
    request(Facts, Text),
    json_answers(Text, Answer).

says(Answer, Words) :-
    sub_string(Answer, _, _, _, Words),
    !.

:- begin_tests(json_answers).

test(the_letters_are_the_engine_s, [setup(started(_)), true]) :-
    met(Facts),
    answer(Facts, Answer),
    answers([q(0, 20260601, r(0), f(30, 0, 0, 1, 40, 1, 1))], Letters),
    format(string(Told), "\"letters\":\"~s\"", [Letters]),
    says(Answer, Told).

test(the_digest_is_the_engine_s, Digest == Expected) :-
    started(Digest),
    project_path('tests/kb/tiny', Folder),
    start_engine(Folder, Expected).

test(each_kind_of_value_is_read, [setup(started(_)), all(Value-Letters == [])]) :-
    member(Value-Prolog,
           [ "null"-u, "[79, 2]"-79r2, "[0, 1]"-0, "29"-29,
             "{\"low\": [1, 1], \"low_open\": false, \"high\": [61, 2], \"high_open\": true}"-span(1, c, 61r2, o) ]),
    format(string(Facts), "[30, 0, 0, 1, ~s, 1, 1]", [Value]),
    answer(Facts, Answer),
    answers([q(0, 20260601, r(0), f(30, 0, 0, 1, Prolog, 1, 1))], Letters),
    format(string(Told), "\"letters\":\"~s\"", [Letters]),
    \+ says(Answer, Told).

test(what_is_waited_for_is_named, [setup(started(_)), true]) :-
    answer("[30, 0, 0, 1, null, 1, 1]", Answer),
    says(Answer, "\"waits_for\": [\"albumin_g_l\" ]").

test(reasons_come_only_where_they_are_asked_for, [setup(started(_)), true]) :-
    json_answers("{\"queries\": [{\"policy\": 0, \"on\": 20260601, \"readings\": [0], \"facts\": [30, 0, 0, 1, 40, 1, 1]}]}",
                 Answer),
    says(Answer, "letters"),
    \+ says(Answer, "rests_on").

test(many_queries_are_answered_in_order, [setup(started(_)), Answer == "{\"answers\": []}"]) :-
    json_answers("{\"queries\": []}", Answer).

test(what_is_no_json_is_refused, [setup(started(_)), all(Text == [])]) :-
    member(Text, ["", "{", "halt.", "{\"queries\": []} x", "'{}'", "{\"queries\": 1e999}", "\u0000"]),
    json_answers(Text, Answer),
    \+ says(Answer, "\"error\":\"json\"").

test(what_is_no_request_is_refused, [setup(started(_)), all(Text == [])]) :-
    member(Text,
           [ "[]", "1", "null", "{}", "{\"queries\": 1}", "{\"queries\": [1]}", "{\"queries\": [{}]}",
             "{\"queries\": [{\"policy\": \"0\", \"on\": 20260601, \"readings\": [0], \"facts\": []}]}",
             "{\"queries\": [{\"policy\": 0, \"on\": -1, \"readings\": [0], \"facts\": []}]}",
             "{\"queries\": [{\"policy\": 0, \"on\": 20260601, \"readings\": [\"X\"], \"facts\": []}]}",
             "{\"queries\": [{\"policy\": 0, \"on\": 20260601, \"readings\": {}, \"facts\": []}]}",
             "{\"queries\": [{\"policy\": 99, \"on\": 20260601, \"readings\": [0], \"facts\": []}]}",
             "{\"queries\": [{\"policy\": 0, \"on\": 20260601, \"readings\": [], \"facts\": []}]}" ]),
    json_answers(Text, Answer),
    \+ says(Answer, "\"error\":\"request\"").

test(a_fact_that_is_no_value_is_refused, [setup(started(_)), all(Fact == [])]) :-
    member(Fact,
           [ "\"halt\"", "\"shell(ls)\"", "true", "1.5", "[1]", "[1, 0]", "[1, -2]", "[\"1\", 1]", "[1, 1, 1]", "{}",
             "{\"low\": [1, 1], \"low_open\": 1, \"high\": [2, 1], \"high_open\": false}",
             "{\"low\": 1, \"low_open\": true, \"high\": [2, 1], \"high_open\": false}" ]),
    format(string(Facts), "[30, 0, 0, 1, ~s, 1, 1]", [Fact]),
    answer(Facts, Answer),
    \+ says(Answer, "\"error\":\"request\"").

test(a_value_that_its_attribute_cannot_have_is_refused, [setup(started(_)), all(Facts == [])]) :-
    member(Facts,
           [ "[121, 0, 0, 1, 40, 1, 1]", "[-1, 0, 0, 1, 40, 1, 1]", "[[61, 2], 0, 0, 1, 40, 1, 1]",
             "[30, 3, 0, 1, 40, 1, 1]", "[30, 0, 2, 1, 40, 1, 1]", "[30, 0, 0, 2, 40, 1, 1]",
             "[30, 0, 0, 1, [1001, 10], 1, 1]", "[30, 0, 0, 1, \"never\", 1, 1]", "[30, 0, [1, 2], 1, 40, 1, 1]",
             "[30, 0, 0, 1, {\"low\": [2, 1], \"low_open\": true, \"high\": [1, 1], \"high_open\": true}, 1, 1]",
             "[30, 0, 0, 1, {\"low\": [2, 1], \"low_open\": true, \"high\": [2, 1], \"high_open\": false}, 1, 1]",
             "[30, 0, 0, 1, 40, {\"low\": [1, 1], \"low_open\": false, \"high\": [3, 1], \"high_open\": true}, 1]",
             "[30, 0, 0, 1, 40, {\"low\": [3, 2], \"low_open\": false, \"high\": [3, 1], \"high_open\": false}, 1]",
             "[30, 0, 0, 1, {\"low\": [2, 1], \"low_open\": true, \"high\": [101, 1], \"high_open\": true}, 1, 1]" ]),
    answer(Facts, Answer),
    \+ says(Answer, "\"error\":\"request\"").

test(a_value_that_a_reading_has_not_is_refused, [setup(started(_)), all(Choice-Answer == [])]) :-
    member(Choice-Expected, [0-"letters", 1-"letters", 2-"\"error\":\"request\"", 9-"\"error\":\"request\""]),
    met(Facts),
    format(string(Text), "{\"queries\": [{\"policy\": 0, \"on\": 20260601, \"readings\": [~d], \"facts\": ~s}]}",
           [Choice, Facts]),
    json_answers(Text, Answer),
    \+ says(Answer, Expected).

test(prolog_in_the_text_stays_text, [setup(started(_)), cleanup(nb_setval(ran, no)), Ran == no]) :-
    nb_setval(ran, no),
    forall(member(Text, ["nb_setval(ran, yes)", ":- nb_setval(ran, yes).",
                         "{\"queries\": [{\"policy\": \"nb_setval(ran, yes)\"}]}",
                         "{\"queries\": nb_setval(ran, yes)}"]),
           json_answers(Text, _)),
    nb_getval(ran, Ran).

test(numbers_of_many_digits_are_exact, [setup(started(_)), Letters-Other == Same-Below]) :-
    length(Zeros, 55),
    maplist(=(0'0), Zeros),
    length(Nines, 55),
    maplist(=(0'9), Nines),
    met_with_albumin("[30~s, 1~s]", [Zeros, Zeros], Letters),
    met_with_albumin("[29~s, 1~s]", [Nines, Zeros], Other),
    met_with_albumin("30", [], Same),
    met_with_albumin("29", [], Below),
    Same \== Below.

met_with_albumin(Format, Arguments, Answer) :-
    format(string(Albumin), Format, Arguments),
    format(string(Facts), "[30, 0, 0, 1, ~s, 1, 1]", [Albumin]),
    answer(Facts, Answer).

test(a_number_of_thousands_of_digits_does_no_harm, [setup(started(_)), true]) :-
    length(Nines, 5000),
    maplist(=(0'9), Nines),
    format(string(Facts), "[30, 0, 0, 1, [~s, 1], 1, 1]", [Nines]),
    answer(Facts, _),
    met(Met),
    answer(Met, Answer),
    says(Answer, "letters").

test(there_is_an_end_to_the_number_of_queries, [setup(started(_)), true]) :-
    findall("{}", between(1, 501, _), Queries),
    atomics_to_string_with_commas(Queries, Joined),
    format(string(Text), "{\"queries\": [~s]}", [Joined]),
    json_answers(Text, Answer),
    says(Answer, "too many").

atomics_to_string_with_commas(Parts, Text) :-
    atomic_list_concat(Parts, ',', Atom),
    atom_string(Atom, Text).

test(an_answer_leaves_no_choice_point, [setup(started(_))]) :-
    met(Facts),
    request(Facts, Text),
    leaves_no_choice_point(json_answers(Text, _)),
    leaves_no_choice_point(json_answers("{", _)),
    leaves_no_choice_point(started(_)).

:- end_tests(json_answers).
