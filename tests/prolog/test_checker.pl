% SPDX-License-Identifier: Apache-2.0
:- module(test_checker, []).
:- use_module(library(plunit)).
:- use_module(library(apply), [maplist/3]).
:- use_module(library(lists), [member/2]).
:- use_module(library(readutil), [read_file_to_string/3]).
:- use_module(fixtures).
:- use_module('../../prolog/checker').
:- use_module('../../prolog/messages').

/** <module> Sound rule bases pass; each refusal names file, line and remedy

The folders of tests/kb/bad are the tiny rule base with one thing wrong, and the words that are
said of it. The tests by change go through what has no folder of its own.
*/

said_of(Folder, Lines) :-
    check_rule_base(Folder, Problems),
    maplist(problem_text, Problems, Lines).

said_of_changed(Changes, Lines) :-
    changed_tiny(Changes, Text),
    with_folder(['rules.pl'-Text], Folder, said_of(Folder, Lines)).

%   wrong(Words, OtherWords, Line, Said): with the OtherWords this is said of the Line.

wrong("class(net,", "class(net, [tumor_type], [ other ]).\nclass(net,",
      15, "net is declared already at rules.pl:14: remove one, or give it another name").
wrong("attribute(unresectable,", "attribute(age_years, x, boolean, \"Again\").\nattribute(unresectable,",
      13, "age_years is declared already at rules.pl:7: remove one, or give it another name").
wrong("definition(well,",
      "definition(well, \"Again\", unresectable, [ handbook(\"Criteria\", [3]) ]).\ndefinition(well,",
      38, "well is declared already at rules.pl:37: remove one, or give it another name").
wrong("in_force_from(", "in_force_from(handbook_drug, 2020-01-01, \"again\").\nin_force_from(",
      24, "handbook_drug is declared already at rules.pl:23: remove one, or give it another name").
wrong("applies_to(", "applies_to(handbook_drug, unresectable).\napplies_to(",
      23, "handbook_drug is declared already at rules.pl:22: remove one, or give it another name").
wrong("met_when(", "met_when(handbook_drug, criterion('H-1')).\nmet_when(",
      27, "handbook_drug is declared already at rules.pl:26: remove one, or give it another name").
wrong("number(0..100, \"g/L\")", "number(0..100, g_l)",
      10, "albumin_g_l has no type of the language: number(0..100, g_l); write boolean, one_of(Values), \c
       set_of(Values), integer(Low..High, Unit), number(...) or elapsed(...)").
wrong("integer(0..120, \"a\")", "integer(120..0, \"a\")",
      7, "age_years has no type of the language: integer(120..0, \"a\"); write boolean, one_of(Values), \c
       set_of(Values), integer(Low..High, Unit), number(...) or elapsed(...)").
wrong("one_of([ well, poor ])", "one_of([ well ])",
      12, "differentiation has no type of the language: one_of([well]); write boolean, one_of(Values), \c
       set_of(Values), integer(Low..High, Unit), number(...) or elapsed(...)").
wrong("one_of([ well, poor ])", "one_of([ well, poor, well ])",
      12, "differentiation has no type of the language: one_of([well, poor, well]); write boolean, \c
       one_of(Values), set_of(Values), integer(Low..High, Unit), number(...) or elapsed(...)").
wrong("class(net, [tumor_type],", "class(net, [tumor_typ],",
      14, "unknown attribute tumor_typ (did you mean tumor_type?); declare it or correct the name").
wrong("unit_suffix(", "class(left_over, [tumor_type], [ other ]).\nunit_suffix(",
      15, "the class left_over is not used; use it in a condition that a policy needs, or remove it").
wrong("in_force_from(handbook_drug, 2020-01-01, \"nothing is printed of the time before\").", "",
      21, "the policy handbook_drug has no in_force_from; add the fact").
wrong("applies_to(handbook_drug,", "applies_to(handbook_drugs,",
      22, "unknown policy handbook_drugs (did you mean handbook_drug?); declare it or correct the name").
wrong("unit_suffix(", "advice(handbook_drug, \"Rest\", []).\nunit_suffix(",
      15, "handbook_drug has no source; cite at least one, as [ wellmark(\"Section, item\", [59]) ]").
wrong("policy(handbook_drug, handbook,", "policy(handbook_drug, handbok,",
      21, "unknown document handbok (did you mean handbook?); declare it or correct the name").
wrong("in_force_from(handbook_drug, 2020-01-01", "in_force_from(handbook_drug, 2020-02-30",
      23, "2020-02-30 is no calendar date; write Year-Month-Day, as 2026-04-01").
wrong("in_force_from(handbook_drug, 2020-01-01",
      "in_force_from(handbook_drug, by_reading(adult_age, [case('18', 2020-01-01)])",
      23, "the reading adult_age has no case for '19'; add case('19', Condition), with `nothing` if nothing \c
       is asked then").
wrong("in_force_from(handbook_drug, 2020-01-01",
      "in_force_from(handbook_drug, by_reading(adult_age, [case('18', 2020-01-01), case('19', 2019-00-01)])",
      23, "2019-00-01 is no calendar date; write Year-Month-Day, as 2026-04-01").
wrong("text(handbook_drug, 2024-01-01", "text(handbook_drug, 2024-01-32",
      25, "2024-01-32 is no calendar date; write Year-Month-Day, as 2026-04-01").
wrong("text(handbook_drug, 2024-01-01", "text(handbook_drug, 2020-01-01",
      25, "the texts of handbook_drug overlap: 2020-01-01 does not come after 2020-01-01; put them in the \c
       order of their dates, each date once").
wrong("printed, \"the cap", "probable, \"the cap",
      25, "probable is no status of a text; write printed or reconstructed").
wrong("\"Well differentiated\"", "\"  \"",
      37, "well has no sentence; say in double quotes, in plain words, what it asks").
wrong("\"From which age is one an adult?\"", "'From which age is one an adult?'",
      17, "adult_age has no sentence; say in double quotes, in plain words, what it asks").
wrong("\"Serum albumin\"", "\"\"",
      10, "albumin_g_l has no sentence; say in double quotes, in plain words, what it asks").
wrong("unit_suffix(", "implausible(albumin_g_l < 10, x).\nunit_suffix(",
      15, "implausible has no sentence; say in double quotes, in plain words, what it asks").
wrong("unit_suffix(", "contradictory(handbook_drug, [ unresectable, age_years > 100 ], x).\nunit_suffix(",
      15, "contradictory has no sentence; say in double quotes, in plain words, what it asks").
wrong("[ handbook(\"Criteria\", [5]) ]", "[ handbook(5) ]",
      34, "handbook(5) is no source; write Document(\"Section, item\", Lines), as wellmark(\"Policy, \c
       item 2\", [59, 61-63])").
wrong("[ handbook(\"Criteria\", [5]) ]", "handbook(\"Criteria\", [5])",
      34, "'H-3' has no source; cite at least one, as [ wellmark(\"Section, item\", [59]) ]").
wrong("[2, 3-4]", "[2, 4-3]",
      31, "4-3 are no lines of handbook, which has 10; write a line or From-To").
wrong("[2, 3-4]", "[0, 3-4]",
      31, "0 are no lines of handbook, which has 10; write a line or From-To").
wrong("[2, 3-4]", "[2, 3-11]",
      31, "3-11 are no lines of handbook, which has 10; write a line or From-To").
wrong("unit_suffix(",
      "ledger(handbook, 1-9, \"All\", encoded(['H-1', 'H-2', 'H-3', adult_age]), \"All\").\nunit_suffix(",
      15, "the ledger of handbook must go on at line 10 and has 10; every line stands in it once").
wrong("unit_suffix(",
      "ledger(handbook, 1-10, \"All\", reference(approval), \"All\").\n\c
       approval(a, handbook_drug, 12, 4, \"Up to a year\", [ handbook(\"Criteria\", [\"5\"]) ]).\nunit_suffix(",
      16, "\"5\" are no lines of handbook, which has 10; write a line or From-To").
wrong("unit_suffix(", "unchanged_by(handbok, 2024-05-01, \"Literature\").\nunit_suffix(",
      15, "unknown document handbok (did you mean handbook?); declare it or correct the name").
wrong("unit_suffix(", "not_formalised(handbok, \"Contract\", \"left to people\").\nunit_suffix(",
      15, "unknown document handbok (did you mean handbook?); declare it or correct the name").
wrong("unit_suffix(", "unchanged_by(handbook, 2024-13-01, \"Literature\").\nunit_suffix(",
      15, "2024-13-01 is no calendar date; write Year-Month-Day, as 2026-04-01").
wrong("unit_suffix(", "unchanged_by(handbook, 2024-05-01, literature).\nunit_suffix(",
      15, "handbook has no sentence; say in double quotes, in plain words, what it asks").
wrong("text(handbook_drug, 2024-01-01", "text(handbook_drug, 2024-jan-01",
      25, "2024-jan-1 is no calendar date; write Year-Month-Day, as 2026-04-01").
wrong("[ from(2020-01-01, nothing), from(2024-01-01,", "[ from(2020-01-01, nothing), from(2024-jan-01,",
      34, "2024-jan-1 is no calendar date; write Year-Month-Day, as 2026-04-01").
wrong("\"Well differentiated\"", "\"Well differentiated ~1\"",
      37, "the sentence of well marks parameter \"1\", and well has 0; number the marks from 1").
wrong("definition(well,",
      "definition(unresectable, \"Cannot be resected\", age_years >= 18, [ handbook(\"Criteria\", [3]) ]).\n\c
       definition(well,",
      37, "unresectable is declared already at rules.pl:13: remove one, or give it another name").

%   Members of sets: the tiny rule base has none.

agents("attribute(agents, g, set_of([ lar, unspecified_agent, other_agent ]), \"Agents\").\n").

with_agents(Facts, Text) :-
    agents(Agents),
    string_concat(Agents, Facts, Added),
    string_concat(Added, "\nunit_suffix(", Text).

bad_folder(Name) :-
    project_path('tests/kb/bad', Bad),
    directory_files(Bad, Entries),
    member(Name, Entries),
    \+ sub_atom(Name, 0, _, _, '.').

:- begin_tests(checker).

test(the_tiny_rule_base_is_sound, Lines == []) :-
    project_path('tests/kb/tiny', Folder),
    said_of(Folder, Lines).

test(the_rule_base_of_the_project_is_sound, Lines == []) :-
    project_path(kb, Folder),
    said_of(Folder, Lines).

test(each_bad_rule_base_is_refused_in_these_words, [forall(bad_folder(Name)), Lines == Expected]) :-
    atomic_list_concat(['tests/kb/bad/', Name], Relative),
    project_path(Relative, Folder),
    directory_file_path(Folder, 'problems.txt', File),
    read_file_to_string(File, Text, [encoding(utf8)]),
    split_string(Text, "\n", "\n", Expected),
    said_of(Folder, Lines).

test(there_are_bad_rule_bases, Enough == true) :-
    aggregate_all(count, bad_folder(_), Count),
    ( Count >= 38 -> Enough = true ; Enough = Count ).

test(each_change_for_the_worse_is_refused, all(OtherWords-Lines == [])) :-
    wrong(Words, OtherWords, Line, Said),
    format(string(Expected), "rules.pl:~d: ~w", [Line, Said]),
    said_of_changed([Words-OtherWords], Lines),
    \+ memberchk(Expected, Lines).

test(members_that_may_mean_others_are_members, all(Facts-Name == [])) :-
    member(Facts-Name,
           [ "catch_all(othr_agent)."-"othr_agent (did you mean other_agent?)",
             "unspecified(unspecified_agnt, [lar])."-"unspecified_agnt (did you mean unspecified_agent?)",
             "catch_all(net)."-"net" ]),
    with_agents(Facts, Text),
    said_of_changed(["unit_suffix("-Text], Lines),
    format(string(Expected), "rules.pl:16: unknown set member ~w; declare it or correct the name", [Name]),
    \+ Lines == [Expected].

test(members_mean_others_of_their_set, all(Facts-Lines == [])) :-
    member(Facts-Name,
           [ "unspecified(unspecified_agent, [lar, lars])."-"lars (did you mean lar?)",
             "unspecified(unspecified_agent, lar_)."-"lar_ (did you mean lar?)",
             "unspecified(unspecified_agent, [])."-"[]",
             "unspecified(unspecified_agent, [unspecified_agent])."-"unspecified_agent",
             "attribute(stents, g, set_of([ metal, coated ]), \"Stents\").\nunspecified(unspecified_agent, [metal])."-"metal" ]),
    with_agents(Facts, Text),
    said_of_changed(["unit_suffix("-Text], Lines),
    string_concat("unknown member of its set ", Name, Words),
    \+ ( Lines = [Line], sub_string(Line, _, _, _, Words) ).

test(members_that_mean_members_are_sound, Lines == []) :-
    with_agents("catch_all(other_agent).\nunspecified(unspecified_agent, [lar]).", Text),
    said_of_changed(["unit_suffix("-Text], Lines).

%   A suffix that is no atom is an error where names are compared with it.

test(an_error_elsewhere_hides_no_problem_that_has_a_place,
     Lines == ["rules.pl:12: differentiation has no sentence; say in double quotes, in plain words, what it asks"]) :-
    said_of_changed(["unit_suffix('_g_l',"-"unit_suffix([],", "\"Differentiation\""-"\"\""], Lines).

test(an_error_alone_is_told, Count-Told == 1-true) :-
    said_of_changed(["unit_suffix('_g_l',"-"unit_suffix([],"], Lines),
    length(Lines, Count),
    forall(member(Line, Lines), sub_string(Line, _, _, _, ": cannot be checked: ")),
    Told = true.

test(problems_come_in_the_order_of_the_lines,
     Numbers == [12, 31, 34]) :-
    said_of_changed([ "[ handbook(\"Criteria\", [5]) ]"-"[ handbook(\"Criteria\", [50]) ]",
                      "unresectable, albumin"-"unresectable, age_years: 3, albumin",
                      "\"Differentiation\""-"\"\"" ], Lines),
    findall(Number,
            ( member(Line, Lines), split_string(Line, ":", "", [_, Text|_]), number_string(Number, Text) ),
            Numbers).

test(what_cannot_be_read_is_told_alone,
     Lines == [ "rules.pl:25: syntax error: operator expected; each fact ends with a full stop, texts stand \c
                 in double quotes" ]) :-
    said_of_changed([ "class(net, [tumor_type]"-"class(net, [tumor_typ]",
                      "printed, \"the cap"-"printed \"the cap" ], Lines).

test(a_folder_without_rules_is_no_rule_base,
     Lines == ["/nowhere/at/all: there are no .pl files here; name the folder that holds the rule base"]) :-
    said_of('/nowhere/at/all', Lines).

test(rules_on_plausibility_are_checked_too,
     Lines == [ "rules.pl:15: the test albumin_g_l > 100 holds for no value of the range; correct the \c
                 constant or the range" ]) :-
    said_of_changed(["unit_suffix("-"implausible(albumin_g_l > 100, \"Above 100 g/L\").\nunit_suffix("],
                    Lines).

test(a_reading_of_the_first_day_alone_is_used, Lines == []) :-
    said_of_changed([ "in_force_from(handbook_drug, 2020-01-01,"-
                      "in_force_from(handbook_drug, by_reading(first_day, [ case(a, 2020-01-01), \c
                                                                            case(b, 2020-02-01) ]),",
                      "policy(handbook_drug,"-
                      "reading(first_day, \"Which day?\", [ value(a, \"one\"), value(b, \"the other\") ], \c
                       [ handbook(\"Scope\", [1]) ]).\npolicy(handbook_drug," ], Lines).

test(a_definition_or_class_may_serve_a_theorem_alone_and_a_reading_may_not, all(Said == [0, 1])) :-
    member(Condition, [ "tumor_type in left_over",
                        "by_reading(size, [ case(a, unresectable), case(b, tumor_type in left_over) ])" ]),
    (   sub_string(Condition, _, _, _, "size")
    ->  Reading = "reading(size, \"How large?\", [ value(a, \"small\"), value(b, \"large\") ], \c
                   [ handbook(\"Scope\", [1]) ]).\n"
    ;   Reading = ""
    ),
    format(string(Facts),
           "definition(mine, \"Mine\", ~w, [ handbook(\"Scope\", [1]) ]).\n\c
            class(left_over, [tumor_type], [other]).\n\c
            theorem(t, \"T\", record, implies(outcome(handbook_drug, latest, []) = met, is_true(mine, latest, []))).\n\c
            ~wunit_suffix(",
           [Condition, Reading]),
    said_of_changed(["unit_suffix("-Facts], Lines),
    forall(member(Line, Lines), sub_string(Line, _, _, _, "the reading size is not used")),
    length(Lines, Said).

test(what_the_rule_base_leaves_to_people_has_a_reason, all(Said == [1])) :-
    said_of_changed(["unit_suffix("-"not_formalised(handbook, \"Contract\", why).\nunit_suffix("], Lines),
    length(Lines, Said).

test(to_check_leaves_no_choice_point) :-
    project_path('tests/kb/tiny', Folder),
    leaves_no_choice_point(check_rule_base(Folder, _)).

:- end_tests(checker).
