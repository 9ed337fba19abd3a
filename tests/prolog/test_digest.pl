% SPDX-License-Identifier: Apache-2.0
:- module(test_digest, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [member/2]).
:- use_module(fixtures).
:- use_module('../../prolog/digest').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/operators').

/** <module> A rule base is known by its facts and not by how they are written down */

digest_of(Files, Digest) :-
    with_folder(Files, Folder, ( load_rule_base(Folder, RuleBase, []), rule_base_digest(RuleBase, Digest) )).

tiny_digest(Digest) :-
    rule_base(tiny, RuleBase, _),
    rule_base_digest(RuleBase, Digest).

changed_digest(Changes, Digest) :-
    changed_tiny(Changes, Text),
    digest_of(['rules.pl'-Text], Digest).

:- begin_tests(digest).

test(it_is_64_hexadecimal_digits, true) :-
    tiny_digest(Digest),
    string_length(Digest, 64),
    forall(sub_atom(Digest, _, 1, _, Digit), char_type(Digit, xdigit(_))).

test(it_is_the_sha_256_of_the_canonical_facts,
     Text == "6e0a7caff9be91c0e518d4a3d05a21e5b3612139132cdd95d24c45c30478bbe6") :-
    digest_of(['rules.pl'-"catch_all(other).\n"], Digest),
    format(string(Text), "~w", [Digest]).

test(it_is_the_same_each_time, Again == Digest) :-
    tiny_digest(Digest),
    tiny_digest(Again).

test(it_does_not_change_with_the_place_of_the_folder_or_the_name_of_the_file, Moved == Digest) :-
    tiny_digest(Digest),
    changed_tiny([], Text),
    digest_of(['elsewhere.pl'-Text], Moved).

test(it_does_not_change_when_a_file_is_cut_in_two, Cut == Whole) :-
    digest_of(['a.pl'-"catch_all(x).\ncatch_all(y).\n"], Whole),
    digest_of(['a.pl'-"catch_all(x).\n", 'b.pl'-"catch_all(y).\n"], Cut).

test(it_does_not_change_with_comments_or_layout, all(Words == [])) :-
    tiny_digest(Digest),
    member(Words-Others, [ "reading(adult_age,"-"% a comment\n\n/* another */ reading(adult_age,",
                           "case('18', age_years >= 18)"-"case('18',\n         age_years>=18)",
                           ":- module(rules, [])."-"",
                           "age_years >= 19"-"age_years >= (0'\\x13\\)",
                           "[ gep_net, thymus_net, other ]"-"[gep_net,'thymus_net',other]" ]),
    changed_digest([Words-Others], Changed),
    Changed \== Digest.

test(it_does_not_change_with_the_names_of_variables, B == A) :-
    digest_of(['a.pl'-"definition(f(X, Y), \"\", all_of([X, Y]), []).\n"], A),
    digest_of(['a.pl'-"definition(f(Left, Right), \"\", all_of([Left, Right]), []).\n"], B).

test(it_changes_when_a_fact_does, all(Words == [])) :-
    tiny_digest(Digest),
    member(Words-Others, [ "age_years >= 19"-"age_years >= 20", "age_years >= 19"-"age_years > 19",
                           "Doses given before"-"Doses given  before", "0..100"-"0..101",
                           "printed, \"the cap"-"reconstructed, \"the cap", "[2, 3-4]"-"[2, 3, 4]",
                           "unit_suffix('_g_l', \"g/L\")."-"",
                           "\"g/L\"), \"Serum"-"'g/L'), \"Serum" ]),
    changed_digest([Words-Others], Changed),
    Changed == Digest.

test(it_changes_when_variables_are_told_apart, fail) :-
    digest_of(['a.pl'-"definition(f(X, Y), \"\", all_of([X, Y]), []).\n"], Digest),
    digest_of(['a.pl'-"definition(f(X, Y), \"\", all_of([Y, X]), []).\n"], Digest).

test(no_two_of_many_changes_have_one_digest, Distinct == 101) :-
    findall(Digest,
            ( between(0, 100, N), format(string(Text), "catch_all(~d).~n", [N]),
              digest_of(['a.pl'-Text], Digest) ),
            Digests),
    sort(Digests, Sorted),
    length(Sorted, Distinct).

test(the_policies_come_in_the_order_of_the_files_with_the_pseudo_policies_last,
     Policies == [premera_lutathera, premera_pluvicto, premera_xofigo, wellmark_lutathera, plausibility,
                  reference, theorems]) :-
    rule_base(kb, RuleBase, _),
    policies(RuleBase, Policies).

test(nothing_here_leaves_a_choice_point) :-
    rule_base(tiny, RuleBase, _),
    leaves_no_choice_point(rule_base_digest(RuleBase, _)),
    leaves_no_choice_point(policies(RuleBase, _)).

:- end_tests(digest).
