% SPDX-License-Identifier: Apache-2.0
:- module(test_export, []).
:- use_module(library(plunit)).
:- use_module(library(http/json), [json_read_dict/3]).
:- use_module(library(lists), [member/2, nth0/3]).
:- use_module(library(assoc), [get_assoc/3]).
:- use_module(fixtures).
:- use_module('../../prolog/cells').
:- use_module('../../prolog/compiler').
:- use_module('../../prolog/digest').
:- use_module('../../prolog/export').
:- use_module('../../prolog/language').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/nodes').
:- use_module('../../prolog/operators').

/** <module> The JSON file says what the rule base says */

%   exported(Name, Dict): the file written of the rule base Name, read back once.

exported(Name, Dict) :-
    atom_concat(exported_, Name, Key),
    (   nb_current(Key, Dict)
    ->  true
    ;   folder(Name, Relative),
        project_path(Relative, Folder),
        written(Folder, Read),
        nb_setval(Key, Read),
        nb_getval(Key, Dict)
    ).

folder(tiny, 'tests/kb/tiny').
folder(kb, kb).

written(Folder, Dict) :-
    with_folder([], To,
        ( directory_file_path(To, 'rulebase.json', File),
          export_rule_base(Folder, File),
          setup_call_cleanup(
              open(File, read, Stream, [encoding(utf8)]),
              json_read_dict(Stream, Dict, []),
              close(Stream)) )).

exported_policy(Name, Policy, Dict) :-
    exported(Name, All),
    member(Dict, All.policies),
    atom_string(Policy, Dict.name).

:- begin_tests(export).

test(it_parses_as_one_json_value_with_all_its_parts, all(Key == [])) :-
    exported(tiny, Dict),
    member(Key, [ generated, format, digest, documents, attributes, classes, suppliers, changes, readings, nodes, names, policies,
                  plausibility, reference, theorems, units, conversions, recorded, derived, not_formalised ]),
    \+ get_dict(Key, Dict, _).

test(it_has_the_digest_of_the_rule_base, [forall(folder(Name, _)), Digest == Expected]) :-
    exported(Name, Dict),
    Digest = Dict.digest,
    rule_base(Name, RuleBase, _),
    rule_base_digest(RuleBase, Known),
    format(string(Expected), "~w", [Known]).

test(it_has_every_node_in_the_order_of_the_numbers, [forall(folder(Name, _)), Kinds == Expected]) :-
    exported(Name, Dict),
    findall(Kind, ( member(Node, Dict.nodes), Kind = Node.kind ), Kinds),
    rule_base(Name, _, Nodes),
    node_list(Nodes, Pairs),
    findall(Kind, ( member(_-Node, Pairs), kind_of(Node, Atom), atom_string(Atom, Kind) ), Expected).

kind_of(combines(Op, _), Op) :- !.
kind_of(modifies(Op, _), Op) :- !.
kind_of(Node, Kind) :- functor(Node, Kind, _).

test(parts_are_numbers_of_nodes_that_come_before, [forall(folder(Name, _)), Exceptions == []]) :-
    exported(Name, Dict),
    findall(Id-Part,
            ( nth0(Id, Dict.nodes, Node), get_dict(parts, Node, Parts), member(Part, Parts),
              Part \== null,
              \+ ( integer(Part), Part >= 0, Part < Id ) ),
            Exceptions).

test(it_has_every_criterion_with_its_sentence_and_node, [forall(folder(Name, _)), Exceptions == []]) :-
    rule_base(Name, RuleBase, Nodes),
    findall(Policy-Id,
            ( rule_fact(RuleBase, criterion(Policy, Id, Sentence, _, Sources)),
              node_of(Nodes, Policy, criterion(Id), Node),
              atom_string(Id, IdText),
              length(Sources, Cited),
              \+ ( exported_policy(Name, Policy, P), member(C, P.criteria),
                   C.id == IdText, C.sentence == Sentence, C.node == Node, length(C.sources, Cited) ) ),
            Exceptions).

test(criteria_stand_in_the_order_of_the_document, Ids == ["H-1", "H-2", "H-3"]) :-
    exported_policy(tiny, handbook_drug, Policy),
    findall(Id, ( member(C, Policy.criteria), Id = C.id ), Ids).

test(it_has_every_policy_with_its_nodes_attributes_and_readings,
     [forall(folder(Name, _)), Exceptions == []]) :-
    rule_base(Name, RuleBase, Nodes),
    findall(Policy,
            ( rule_fact(RuleBase, policy(Policy, _, _)),
              policy_nodes(Nodes, Policy, Ids),
              policy_attributes(Nodes, Policy, Attributes),
              policy_readings(RuleBase, Nodes, Policy, Readings),
              root_condition(RuleBase, Policy, Root),
              node_of(Nodes, Policy, Root, RootId),
              texts(Attributes, AttributeTexts),
              texts(Readings, ReadingTexts),
              \+ ( exported_policy(Name, Policy, P),
                   P.nodes == Ids, P.attributes == AttributeTexts, P.readings == ReadingTexts,
                   P.root == RootId ) ),
            Exceptions).

texts(Atoms, Texts) :-
    findall(Text, ( member(Atom, Atoms), atom_string(Atom, Text) ), Texts).

test(it_has_every_attribute_with_its_values_or_range, Exceptions == []) :-
    exported(kb, Dict),
    rule_base(kb, RuleBase, _),
    findall(Name,
            ( rule_fact(RuleBase, attribute(Name, _, Type, Meaning)),
              atom_string(Name, Text),
              \+ ( member(A, Dict.attributes), A.name == Text, A.meaning == Meaning, of_type(Type, A) ) ),
            Exceptions).

of_type(boolean, A) :- A.type == "boolean".
of_type(one_of(Values), A) :- A.type == "enum", texts(Values, A.values).
of_type(set_of(Values), A) :- A.type == "set", texts(Values, A.values).
of_type(integer(Low..High, Unit), A) :- A.type == "integer", A.range == [Low, High], A.unit == Unit.
of_type(number(Low..High, Unit), A) :- A.type == "number", A.range == [Low, High], A.unit == Unit.
of_type(elapsed(Low..High, Unit), A) :- A.type == "elapsed", A.range == [Low, High], A.unit == Unit.

test(it_has_every_supplier_and_way_of_change_in_their_order, all(Key-Same == [changes-true, suppliers-true])) :-
    exported(kb, Dict),
    rule_base(kb, RuleBase, _),
    member(Key-Functor, [changes-way_of_change, suppliers-supplier]),
    get_dict(Key, Dict, Written),
    findall(N-S, ( member(D, Written), N = D.name, S = D.sentence ), Pairs),
    findall(N-S, ( General =.. [Functor, Name, S], rule_fact(RuleBase, General), atom_string(Name, N) ), Expected),
    ( Pairs == Expected, Pairs = [_, _|_] -> Same = true ; Same = Pairs/Expected ).

test(each_attribute_has_its_supplier_its_way_of_change_and_whether_it_grows, Exceptions == []) :-
    exported(kb, Dict),
    rule_base(kb, RuleBase, _),
    findall(Text,
            ( member(A, Dict.attributes),
              Text = A.name,
              atom_string(Name, Text),
              \+ ( rule_fact(RuleBase, supplies(Supplier, Supplied)), memberchk(Name, Supplied),
                   rule_fact(RuleBase, changes(Way, Changing)), memberchk(Name, Changing),
                   atom_string(Supplier, A.supplier), atom_string(Way, A.change),
                   (   rule_fact(RuleBase, only_grows(Growing)), memberchk(Name, Growing)
                   ->  A.grows == true
                   ;   A.grows == false
                   ) ) ),
            Exceptions).

test(an_attribute_of_which_nothing_is_said_has_no_supplier_and_does_not_change,
     Told == [""/""/false]) :-
    exported(tiny, Dict),
    findall(S/C/G, ( member(A, Dict.attributes), S = A.supplier, C = A.change, G = A.grows ), All),
    sort(All, Told).

test(the_constants_of_a_test_are_its_decimals, Exceptions-Some == []-true) :-
    exported(kb, Dict),
    rule_base(kb, _, Nodes),
    node_list(Nodes, Pairs),
    findall(Id-Written/Exact,
            ( member(Id-test(_, Typed), Pairs),
              nth0(Id, Dict.nodes, Node),
              Typed =.. [_|Exact],
              Node.test = [_|Written] ),
            Tests),
    findall(T, ( member(T, Tests), T = _-Written/Exact, \+ same_numbers(Written, Exact) ), Exceptions),
    ( member(_-[7.35, 7.45]/_, Tests) -> Some = true ; Some = false ).

same_numbers([], []).
same_numbers([N|Ns], [Q|Qs]) :-
    exact(N, Exact),
    Exact =:= Q,
    same_numbers(Ns, Qs).

test(the_cells_of_a_test_are_those_in_which_it_is_true_or_unknown, Exceptions == []) :-
    exported(kb, Dict),
    rule_base(kb, RuleBase, Nodes),
    all_cells(RuleBase, Nodes, CellsOf),
    node_list(Nodes, Pairs),
    findall(Id,
            ( member(Id-test(Attribute, Typed), Pairs),
              nth0(Id, Dict.nodes, Node),
              get_assoc(Attribute, CellsOf, Cells),
              findall(I-T, ( nth0(I, Cells, Cell), cell_truth(Typed, Cell, T) ), Truths),
              findall(I, member(I-t, Truths), True),
              findall(I, member(I-u, Truths), Unknown),
              \+ ( Node.true_cells == True, Node.unknown_cells == Unknown ) ),
            Exceptions).

test(there_are_as_many_cells_written_as_there_are, Exceptions == []) :-
    exported(kb, Dict),
    rule_base(kb, RuleBase, Nodes),
    all_cells(RuleBase, Nodes, CellsOf),
    findall(Name,
            ( member(A, Dict.attributes),
              Name = A.name,
              atom_string(Atom, Name),
              get_assoc(Atom, CellsOf, Cells),
              length(Cells, N),
              \+ length(A.cells, N) ),
            Exceptions).

test(a_cell_says_whether_its_ends_belong_to_it,
     Cells =@= [ _{low: 0, low_open: false, high: 28, high_open: true},
                 _{low: 28, low_open: false, high: 42, high_open: true},
                 _{low: 42, low_open: false, high: 20000, high_open: false},
                 "never" ]) :-
    exported(kb, Dict),
    once(( member(A, Dict.attributes), A.name == "days_since_long_acting_ssa" )),
    Cells = A.cells.

test(a_test_on_plausibility_alone_is_unknown_in_the_cell_that_it_divides, True/Unknown == []/[1]) :-
    exported(kb, Dict),
    rule_base(kb, RuleBase, Nodes),
    condition_node(RuleBase, Nodes, plausibility, albumin_g_l > 60, Id),
    nth0(Id, Dict.nodes, Node),
    True = Node.true_cells,
    Unknown = Node.unknown_cells.

test(dates_are_written_as_iso_8601, Dates == ["2020-01-01", "2024-01-01"]) :-
    exported(tiny, Dict),
    once(( member(Node, Dict.nodes), Node.kind == "by_date" )),
    Dates = Node.dates.

%   As often as a parameter stands in a sentence, and in any order.

test(parameters_are_filled_in_wherever_they_stand, Sentences == ["At most 3 of 5, that is 3"]) :-
    with_folder(['rules.pl'-"document(d, \"\", \"\", \"\", \"\", \"\", 9).\n\c
                 attribute(a, g, integer(0..9, \"\"), \"\").\n\c
                 policy(p, d, \"\").\n\c
                 applies_to(p, a >= 1).\n\c
                 in_force_from(p, 2020-10-09, \"\").\n\c
                 definition(few(N, M), \"At most ~2 of ~1, that is ~2\", a in M..N, []).\n\c
                 met_when(p, criterion('C')).\n\c
                 criterion(p, 'C', \"\", few(5, 3), [])."], Folder,
                written(Folder, Dict)),
    findall(Sentence, ( member(Name, Dict.names), get_dict(sentence, Name, Sentence) ), Sentences).

%   A rule base with days late in the year, and cases that stand in another order than the values.

late_in_the_year(Dict) :-
    with_folder(['rules.pl'-"document(d, \"\", \"\", \"\", \"\", \"\", 9).\n\c
                 attribute(a, g, boolean, \"\").\n\c
                 reading(r, \"\", [value(one, \"\"), value(two, \"\"), value(three, \"\")], []).\n\c
                 policy(p, d, \"\").\n\c
                 applies_to(p, a).\n\c
                 in_force_from(p, 2020-10-09, \"\").\n\c
                 met_when(p, by_date([from(2020-10-09, nothing), from(2021-12-31, criterion('C'))])).\n\c
                 criterion(p, 'C', \"\", \c
                 by_reading(r, [case(three, nothing), case(one, a), case(two, not(a))]), [])."], Folder,
                written(Folder, Dict)).

test(months_and_days_have_two_digits_each, From-Dates == ["2020-10-09"]-["2020-10-09", "2021-12-31"]) :-
    late_in_the_year(Dict),
    Dict.policies = [Policy],
    From = Policy.in_force_from.dates,
    once(( member(Node, Dict.nodes), Node.kind == "by_date" )),
    Dates = Node.dates.

test(parts_of_a_reading_do_not_depend_on_the_order_of_its_cases, Kinds == ["test", "not", null]) :-
    late_in_the_year(Dict),
    once(( member(Node, Dict.nodes), Node.kind == "by_reading" )),
    findall(Kind,
            ( member(Part, Node.parts),
              (   Part == null
              ->  Kind = null
              ;   nth0(Part, Dict.nodes, Of),
                  Kind = Of.kind
              ) ),
            Kinds).

test(nothing_is_written_as_null, Parts = [null, _]) :-
    exported(tiny, Dict),
    once(( member(Node, Dict.nodes), Node.kind == "by_date" )),
    Parts = Node.parts.

test(the_parts_of_a_reading_are_in_the_order_of_its_values, Exceptions == []) :-
    exported(kb, Dict),
    rule_base(kb, RuleBase, Nodes),
    node_list(Nodes, Pairs),
    findall(Id,
            ( member(Id-by_reading(Name, Cases), Pairs),
              once(rule_fact(RuleBase, reading(Name, _, Values, _))),
              findall(Part,
                      ( member(value(Value, _), Values), memberchk(Value-P, Cases),
                        ( P == nothing -> Part = null ; Part = P ) ),
                      Parts),
              nth0(Id, Dict.nodes, Node),
              Node.parts \== Parts ),
            Exceptions).

test(the_first_day_is_a_date_or_a_reading_of_dates,
     all(Policy-Day == [ premera_lutathera-(null/["2019-04-01"]), premera_pluvicto-(null/["2022-08-01"]),
                         premera_xofigo-(null/["2022-08-01"]),
                         wellmark_lutathera-("w_in_force_from"/["2026-01-01", "2026-02-01"]) ])) :-
    member(Policy, [premera_lutathera, premera_pluvicto, premera_xofigo, wellmark_lutathera]),
    exported_policy(kb, Policy, P),
    From = P.in_force_from,
    Day = From.reading/From.dates.

test(the_parameters_of_a_definition_are_filled_into_its_sentence,
     all(Days == ["At least 28 days since", "At least 42 days since"])) :-
    exported(kb, Dict),
    member(N, Dict.names),
    N.name == "washout",
    N.policy == "premera_lutathera",
    sub_string(N.sentence, 0, 22, _, Days).

test(no_sentence_has_a_mark_left, all(Sentence == [])) :-
    exported(kb, Dict),
    member(N, Dict.names),
    Sentence = N.sentence,
    sub_string(Sentence, _, _, _, "~").

test(lines_of_a_source_are_spans, Lines == [[2, 2], [3, 4]]) :-
    exported_policy(tiny, handbook_drug, Policy),
    member(C, Policy.criteria),
    C.id == "H-2",
    !,
    C.sources = [Source],
    Lines = Source.lines.

test(every_finding_on_plausibility_has_its_node, Exceptions == []) :-
    exported(kb, Dict),
    rule_base(kb, RuleBase, Nodes),
    findall(Sentence,
            ( (   rule_fact(RuleBase, implausible(Condition, Sentence)),
                  Kind-Policy = "implausible"-null
              ;   rule_fact(RuleBase, contradictory(Conditions, Sentence)),
                  Condition = all_of(Conditions),
                  Kind-Policy = "contradictory"-null
              ;   rule_fact(RuleBase, contradictory(Under, Conditions, Sentence)),
                  atom_string(Under, Policy),
                  Condition = all_of(Conditions),
                  Kind = "contradictory"
              ),
              node_of(Nodes, plausibility, Condition, Id),
              \+ ( member(F, Dict.plausibility.findings), F.kind == Kind, F.policy == Policy,
                   F.sentence == Sentence, F.node == Id ) ),
            Exceptions).

test(entries_of_a_record_have_their_kind_and_unit_or_values, Exceptions == []) :-
    exported(kb, Dict),
    rule_base(kb, RuleBase, _),
    findall(Entry,
            ( rule_fact(RuleBase, recorded(Entry, Kind, Meaning)),
              format(string(Name), "~w", [Entry]),
              functor(Kind, KindName, _),
              atom_string(KindName, KindText),
              \+ ( member(R, Dict.recorded), R.name == Name, R.kind == KindText, R.meaning == Meaning,
                   of_kind(Kind, R) ) ),
            Exceptions).

of_kind(date, _).
of_kind(times, _).
of_kind(one_of(Values), R) :- texts(Values, R.values).
of_kind(series(Unit), R) :- R.unit == Unit.
of_kind(series_with_limit(Unit), R) :- R.unit == Unit.
of_kind(doses(Unit), R) :- R.unit == Unit.

test(a_derived_fact_has_its_rule_entries_and_constants,
     Rule-Of-Constants == "reductions"-["doses:pluvicto"]-[fall-10, no_fall-2]) :-
    exported(kb, Dict),
    once(( member(D, Dict.derived), D.attribute == "dose_reductions" )),
    Rule = D.rule,
    Of = D.of,
    dict_pairs(D.constants, _, Constants).

test(every_unit_conversion_and_derived_fact_is_there, Lengths == Expected) :-
    exported(kb, Dict),
    rule_base(kb, RuleBase, _),
    maplist(length, [Dict.units, Dict.conversions, Dict.recorded, Dict.derived], Lengths),
    findall(N,
            ( member(General, [unit(_, _), converts(_, _, _, _), recorded(_, _, _), derived(_, _, _, _)]),
              aggregate_all(count, rule_fact(RuleBase, General), N) ),
            Expected).

test(readings_have_their_values_default_first,
     Values == ["advisory", "required_28_days", "required_42_days"]) :-
    exported(kb, Dict),
    once(( member(R, Dict.readings), R.name == "w_ssa_washout" )),
    findall(V, ( member(Value, R.values), V = Value.value ), Values).

test(a_rule_base_that_does_not_load_is_not_written, Written == no) :-
    with_folder(['rules.pl'-"no_fact(x).\n"], Folder,
        ( directory_file_path(Folder, 'rulebase.json', File),
          (   ( export_rule_base(Folder, File) ; exists_file(File) )
          ->  Written = yes
          ;   Written = no
          ) )).

:- end_tests(export).
