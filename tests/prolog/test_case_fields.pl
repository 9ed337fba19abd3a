% SPDX-License-Identifier: Apache-2.0
:- module(test_case_fields, []).
:- use_module(library(plunit)).
:- use_module(library(lists), [member/2, nextto/3]).
:- use_module(library(readutil), [read_file_to_string/3]).
:- use_module(fixtures).
:- use_module('../../prolog/case_fields').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/operators').

/** <module> Every attribute is a field of the Python class, with its type and its meaning */

fields_of(Folder, Lines) :-
    with_folder([], To,
        ( directory_file_path(To, 'case_fields.py', File),
          export_case_fields(Folder, File),
          read_file_to_string(File, Text, [encoding(utf8)]) )),
    split_string(Text, "\n", "", Lines).

kb_fields(Lines) :-
    project_path(kb, Folder),
    fields_of(Folder, Lines).

%   The line of a field and the line of its documentation.

fields_of_attribute(Name, Type, Meaning, Field, Documentation) :-
    format(string(Text), "attribute(~q, g, ~W, ~q).~n",
           [Name, Type, [quoted(true), module(operators)], Meaning]),
    with_folder(['rules.pl'-Text], Folder, fields_of(Folder, Lines)),
    format(string(Start), "    ~w: ", [Name]),
    once(( nextto(Field, Documentation, Lines), string_concat(Start, _, Field) )).

:- begin_tests(case_fields).

test(each_attribute_has_one_field_in_the_order_of_the_vocabulary, Fields == Names) :-
    kb_fields(Lines),
    findall(Name,
            ( member(Line, Lines), string_concat("    ", Rest, Line), sub_string(Rest, Before, _, _, ": "),
              sub_string(Rest, _, _, 0, " | None = None"), sub_string(Rest, 0, Before, _, Text),
              atom_string(Name, Text) ),
            Fields),
    rule_base(kb, RuleBase, _),
    findall(Name, rule_fact(RuleBase, attribute(Name, _, _, _)), Names).

test(a_boolean_is_a_bool,
     Field-Documentation == "    fit: bool | None = None"-"    \"\"\"Fit for treatment.\"\"\"") :-
    fields_of_attribute(fit, boolean, "Fit for treatment", Field, Documentation).

test(one_of_many_is_a_literal, Field == "    tumor: Literal[\"net\", \"other\"] | None = None") :-
    fields_of_attribute(tumor, one_of([net, other]), "Tumor", Field, _).

test(a_set_is_a_collection_of_literals, Field == "    agents: Collection[Literal[\"lar\"]] | None = None") :-
    fields_of_attribute(agents, set_of([lar]), "Agents", Field, _).

test(a_number_is_a_quantity_with_its_range_and_unit,
     Field-Documentation ==
         "    albumin: Quantity | None = None"-"    \"\"\"Albumin (number, 0 to 100 g/L).\"\"\"") :-
    fields_of_attribute(albumin, number(0..100, "g/L"), "Albumin", Field, Documentation).

test(a_count_is_a_whole_number, Documentation == "    \"\"\"Doses (whole number, 1 to 20 doses).\"\"\"") :-
    fields_of_attribute(doses, integer(1..20, "doses"), "Doses", _, Documentation).

test(an_elapsed_time_may_be_never,
     Documentation == "    \"\"\"Gap (number or \"never\", 0 to 2000 d).\"\"\"") :-
    fields_of_attribute(gap, elapsed(0..2000, "d"), "Gap", _, Documentation).

test(a_number_without_a_unit_has_a_range_alone,
     Documentation == "    \"\"\"Grade (whole number, 1 to 3).\"\"\"") :-
    fields_of_attribute(grade, integer(1..3, ""), "Grade", _, Documentation).

test(a_range_may_begin_below_zero, Documentation == "    \"\"\"Rise (number, -100 to 5000 %).\"\"\"") :-
    fields_of_attribute(rise, number(-100..5000, "%"), "Rise", _, Documentation).

test(no_documentation_ends_early, all(Line == [])) :-
    kb_fields(Lines),
    member(Line, Lines),
    sub_string(Line, 0, _, _, "    \"\"\""),
    \+ ( sub_string(Line, 7, _, 3, Inside),
         string_length(Line, Length),
         Length > 10,
         sub_string(Line, _, 3, 0, "\"\"\""),
         \+ sub_string(Inside, _, _, _, "\"\"\""),
         \+ sub_string(Inside, _, _, _, "\\"),
         \+ sub_string(Inside, _, 1, 0, "\"") ).

test(a_rule_base_that_does_not_load_is_not_written, Written == no) :-
    with_folder(['rules.pl'-"no_fact(x).\n"], Folder,
        ( directory_file_path(Folder, 'case_fields.py', File),
          (   ( export_case_fields(Folder, File) ; exists_file(File) )
          ->  Written = yes
          ;   Written = no
          ) )).

:- end_tests(case_fields).
