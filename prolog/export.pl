% SPDX-License-Identifier: Apache-2.0
:- module(export,
          [ export_rule_base/2          % +Directory, +File
          ]).
:- use_module(library(apply), [maplist/3, foldl/4]).
:- use_module(library(assoc), [get_assoc/3]).
:- use_module(library(lists), [member/2, nth0/3, nth1/3]).
:- use_module(library(http/json), [json_write_dict/3]).
:- use_module(cells).
:- use_module(compiler, [policy_attributes/3, policy_readings/4]).
:- use_module(digest).
:- use_module(evaluator, [reading_values/3]).
:- use_module(findings).
:- use_module(json_parts).
:- use_module(language).
:- use_module(loader).
:- use_module(nodes).
:- use_module(operators).
:- use_module(reference_export).
:- use_module(theorem_export).

/** <module> The rule base as one JSON file

For whatever is not Prolog: the vocabulary, the readings, the nodes in their one numbering with
the cells in which each test is true, the policies with their criteria, and what the
documentation shows. Constants are decimal numbers, to be read as such and not as binary ones.
*/

%!  export_rule_base(+Directory, +File) is det.
%
%   True when File is written as the JSON form of the rule base in Directory.

export_rule_base(Directory, File) :-
    load_rule_base(Directory, RuleBase, []),
    rule_nodes(RuleBase, Nodes),
    rule_base_dict(RuleBase, Nodes, Dict),
    setup_call_cleanup(
        open(File, write, Stream, [encoding(utf8)]),
        ( json_write_dict(Stream, Dict, [width(100), step(1), tab(100)]),
          nl(Stream) ),
        close(Stream)).

rule_base_dict(RuleBase, Nodes, _{
        generated: "by prolog/export.pl from kb/: never edit, run `make rulebase`",
        format: 1,
        digest: Digest,
        documents: Documents,
        attributes: Attributes,
        classes: Classes,
        words: Words,
        unit_words: UnitWords,
        suppliers: Suppliers,
        changes: Ways,
        readings: Readings,
        nodes: NodeDicts,
        names: Names,
        policies: Policies,
        plausibility: Plausibility,
        units: Units,
        conversions: Conversions,
        recorded: Recorded,
        derived: Derived,
        reference: Reference,
        theorems: Theorems,
        accepted_findings: Accepted,
        not_formalised: NotFormalised }) :-
    rule_base_digest(RuleBase, Digest),
    findall(D, document_dict(RuleBase, D), Documents),
    all_cells(RuleBase, Nodes, CellsOf),
    findall(D, attribute_dict(RuleBase, CellsOf, D), Attributes),
    findall(_{ name: Name, attributes: Of, values: Values },
            rule_fact(RuleBase, class(Name, Of, Values)), Classes),
    findall(Name-Called, rule_fact(RuleBase, word(Name, Called)), WordPairs),
    dict_pairs(Words, _, WordPairs),
    findall(_{ unit: Unit, words: Written }, rule_fact(RuleBase, unit_words(Unit, Written)), UnitWords),
    findall(_{ name: Name, sentence: Sentence }, rule_fact(RuleBase, supplier(Name, Sentence)), Suppliers),
    findall(_{ name: Name, sentence: Sentence }, rule_fact(RuleBase, way_of_change(Name, Sentence)), Ways),
    findall(D, reading_dict(RuleBase, D), Readings),
    node_list(Nodes, Pairs),
    maplist(node_dict(RuleBase, CellsOf), Pairs, NodeDicts),
    findall(D, name_dict(RuleBase, Nodes, D), Names),
    findall(D, policy_dict(RuleBase, Nodes, D), Policies),
    plausibility_dict(RuleBase, Nodes, Plausibility),
    findall(_{ name: Name, spellings: Spellings }, rule_fact(RuleBase, unit(Name, Spellings)), Units),
    findall(_{ of: Of, from: From, into: Into, factor: Factor },
            rule_fact(RuleBase, converts(Of, From, Into, Factor)), Conversions),
    findall(D, recorded_dict(RuleBase, D), Recorded),
    findall(D, derived_dict(RuleBase, D), Derived),
    reference_dict(RuleBase, Nodes, Reference),
    theorems_dict(RuleBase, Nodes, Theorems),
    findall(D, finding_dict(RuleBase, Nodes, D), Accepted),
    findall(_{ document: Document, section: Section, why: Why },
            rule_fact(RuleBase, not_formalised(Document, Section, Why)), NotFormalised).

document_dict(RuleBase, _{ name: Name, payer: Payer, number: Number, title: Title,
                           effective: Effective, reviewed: Reviewed, lines: Lines }) :-
    rule_fact(RuleBase, document(Name, Payer, Number, Title, Effective, Reviewed, Lines)).

attribute_dict(RuleBase, CellsOf, Dict) :-
    rule_fact(RuleBase, attribute(Name, Group, Type, Meaning)),
    get_assoc(Name, CellsOf, Cells),
    maplist(cell_json, Cells, CellDicts),
    type_dict(Type, TypeDict),
    (   rule_fact(RuleBase, label(Name, Label))
    ->  true
    ;   Label = Meaning
    ),
    listed(RuleBase, Name, supplies, Supplier),
    listed(RuleBase, Name, changes, Change),
    (   rule_fact(RuleBase, only_grows(Growing)),
        memberchk(Name, Growing)
    ->  Grows = true
    ;   Grows = false
    ),
    Dict = TypeDict.put(_{ name: Name, group: Group, meaning: Meaning, label: Label, cells: CellDicts,
                           supplier: Supplier, change: Change, grows: Grows }).

%   The supplier or way of change that an attribute is listed with; "" in a rule base without any.

listed(RuleBase, Attribute, Functor, By) :-
    Fact =.. [Functor, Name, Attributes],
    (   rule_fact(RuleBase, Fact),
        memberchk(Attribute, Attributes)
    ->  By = Name
    ;   By = ""
    ).

type_dict(boolean, _{ type: boolean }).
type_dict(one_of(Values), _{ type: enum, values: Values }).
type_dict(set_of(Values), _{ type: set, values: Values }).
type_dict(integer(Low..High, Unit), _{ type: integer, range: [Low, High], unit: Unit }).
type_dict(number(Low..High, Unit), _{ type: number, range: [Low, High], unit: Unit }).
type_dict(elapsed(Low..High, Unit), _{ type: elapsed, range: [Low, High], unit: Unit }).

cell_json(never, "never") :- !.
cell_json(sets(Masks), Masks) :- !.
cell_json(span(Low, L, High, H), _{ low: LowD, low_open: LO, high: HighD, high_open: HO }) :-
    !,
    decimal(Low, LowD),
    decimal(High, HighD),
    open_end(L, LO),
    open_end(H, HO).
cell_json(Number, Decimal) :-
    decimal(Number, Decimal).

open_end(o, true).
open_end(c, false).

%   The entry doses:lutathera is known as "doses:lutathera".

recorded_dict(RuleBase, Dict) :-
    rule_fact(RuleBase, recorded(Entry, Written, Meaning)),
    Written =.. [Kind|Arguments],
    format(string(Name), "~w", [Entry]),
    Plain = _{ name: Name, kind: Kind, meaning: Meaning },
    (   Arguments = [Values], is_list(Values)
    ->  Dict = Plain.put(values, Values)
    ;   Arguments = [Unit]
    ->  Dict = Plain.put(unit, Unit)
    ;   Dict = Plain
    ).

derived_dict(RuleBase, _{ attribute: Attribute, rule: Rule, of: Of, constants: Constants,
                          sentence: Sentence, sources: SourceDicts }) :-
    rule_fact(RuleBase, derived(Attribute, Term, Sentence, Sources)),
    Term =.. [Rule, Entries, Terms],
    findall(Name, ( member(Entry, Entries), format(string(Name), "~w", [Entry]) ), Of),
    findall(Key-Number, ( member(Constant, Terms), Constant =.. [Key, Number] ), Pairs),
    dict_pairs(Constants, _, Pairs),
    maplist(source_dict, Sources, SourceDicts).

reading_dict(RuleBase, _{ name: Name, question: Question, values: Values, sources: SourceDicts }) :-
    rule_fact(RuleBase, reading(Name, Question, Meanings, Sources)),
    findall(_{ value: String, meaning: Meaning },
            ( member(value(Value, Meaning), Meanings), atom_string(Value, String) ),
            Values),
    maplist(source_dict, Sources, SourceDicts).

%   A test that only rules on plausibility make cuts no cells: it is unknown in the cells whose
%   values it tells apart, and so can be true or false of a cell only where it is so of every value.

node_dict(RuleBase, CellsOf, _-Node, Dict) :-
    node_json(Node, RuleBase, Plain),
    (   Node = test(Attribute, Typed)
    ->  get_assoc(Attribute, CellsOf, Cells),
        findall(I, ( nth0(I, Cells, Cell), cell_truth(Typed, Cell, t) ), True),
        findall(I, ( nth0(I, Cells, Cell), cell_truth(Typed, Cell, u) ), Unknown),
        Dict = Plain.put(_{ true_cells: True, unknown_cells: Unknown })
    ;   Dict = Plain
    ).

node_json(test(Attribute, Typed), _, _{ kind: test, attribute: Attribute, test: [Op|Constants] }) :-
    Typed =.. [Op|Exact],
    maplist(decimal, Exact, Constants).
node_json(adds(Attributes, Limit), _, _{ kind: adds, attributes: Attributes, limit: Limit }).
node_json(documented(Attribute), _, _{ kind: documented, attribute: Attribute }).
node_json(undetermined(Why), _, _{ kind: undetermined, why: Why }).
node_json(combines(Op, Ids), _, _{ kind: Op, parts: Parts }) :-
    maplist(part, Ids, Parts).
node_json(modifies(Op, Id), _, _{ kind: Op, parts: [Id] }).
node_json(by_reading(Name, Cases), RuleBase, _{ kind: by_reading, reading: Name, parts: Parts }) :-
    reading_values(RuleBase, Name, Values),
    findall(Part, ( member(Value, Values), memberchk(Value-Id, Cases), part(Id, Part) ), Parts).
node_json(by_date(Cases), _, _{ kind: by_date, dates: Dates, parts: Parts }) :-
    findall(Date, ( member(Day-_, Cases), iso(Day, Date) ), Dates),
    findall(Part, ( member(_-Id, Cases), part(Id, Part) ), Parts).

part(nothing, null) :- !.
part(Id, Id).

iso(Day, Date) :-
    Y is Day // 10000,
    M is Day // 100 mod 100,
    D is Day mod 100,
    format(string(Date), "~d-~|~`0t~d~2+-~|~`0t~d~2+", [Y, M, D]).

name_dict(RuleBase, Nodes, _{ policy: Policy, node: Id, name: Name, sentence: Sentence,
                             opposite: Opposite, sources: SourceDicts }) :-
    policies(RuleBase, Policies),
    member(Policy, Policies),
    node_names(Nodes, Policy, Names),
    member(Id-Head, Names),
    once(( rule_fact(RuleBase, definition(Head, Template, _, Sources)) )),
    functor(Head, Name, _),
    Head =.. [_|Arguments],
    filled(RuleBase, Template, Arguments, Sentence),
    (   rule_fact(RuleBase, opposite(Name, Opposite))
    ->  true
    ;   Opposite = ""
    ),
    maplist(source_dict, Sources, SourceDicts).

%   ~1, ~2, ... stand for the parameters of a definition.

filled(RuleBase, Template, Arguments, Sentence) :-
    split_string(Template, "~", "", [Start|Marked]),
    foldl(fill(RuleBase, Arguments), Marked, Start, Sentence).

fill(RuleBase, Arguments, Marked, Text0, Text) :-
    sub_string(Marked, 0, 1, After, Digit),
    number_string(N, Digit),
    nth1(N, Arguments, Argument),
    words(Argument, RuleBase, Words),
    sub_string(Marked, _, After, 0, Rest),
    atomics_to_string([Text0, Words, Rest], Text).

words(Number, _, Number) :- number(Number), !.
words(Names, RuleBase, Words) :-
    is_list(Names),
    !,
    maplist([Name, Called]>>words(Name, RuleBase, Called), Names, Each),
    atomic_list_concat(Each, ' or ', Words).
words(open(Name), RuleBase, Words) :- !, words(Name, RuleBase, Words).
words(Name, RuleBase, Words) :-
    (   rule_fact(RuleBase, word(Name, Words))
    ->  true
    ;   atomic_list_concat(Parts, '_', Name),
        atomic_list_concat(Parts, ' ', Words)
    ).

policy_dict(RuleBase, Nodes, Dict) :-
    rule_fact(RuleBase, policy(Policy, Document, Title)),
    policy_nodes(Nodes, Policy, Ids),
    policy_attributes(Nodes, Policy, Attributes),
    policy_readings(RuleBase, Nodes, Policy, Readings),
    root_condition(RuleBase, Policy, Root),
    node_of(Nodes, Policy, Root, RootId),
    rule_fact(RuleBase, applies_to(Policy, Scope)),
    node_of(Nodes, Policy, Scope, ScopeId),
    findall(D, criterion_dict(RuleBase, Nodes, Policy, D), Criteria),
    findall(D, text_dict(RuleBase, Policy, D), Texts),
    findall(_{ sentence: Sentence, sources: SourceDicts },
            ( rule_fact(RuleBase, advice(Policy, Sentence, Sources)),
              maplist(source_dict, Sources, SourceDicts) ),
            Advice),
    rule_fact(RuleBase, in_force_from(Policy, From, Before)),
    in_force_dict(From, RuleBase, InForce),
    Dict = _{ name: Policy, document: Document, title: Title, nodes: Ids, root: RootId, applies_to: ScopeId,
              attributes: Attributes, readings: Readings, in_force_from: InForce, before: Before,
              criteria: Criteria, texts: Texts, advice: Advice }.

in_force_dict(by_reading(Name, Cases), RuleBase, _{ reading: Name, dates: Dates }) :-
    !,
    reading_values(RuleBase, Name, Values),
    findall(Date, ( member(Value, Values), memberchk(case(Value, Written), Cases),
                    day_number(Written, Day), iso(Day, Date) ), Dates).
in_force_dict(Written, _, _{ reading: null, dates: [Date] }) :-
    day_number(Written, Day),
    iso(Day, Date).

criterion_dict(RuleBase, Nodes, Policy, _{ id: Id, sentence: Sentence, node: NodeId, sources: SourceDicts }) :-
    rule_fact(RuleBase, criterion(Policy, Id, Sentence, _, Sources)),
    node_of(Nodes, Policy, criterion(Id), NodeId),
    maplist(source_dict, Sources, SourceDicts).

text_dict(RuleBase, Policy, _{ from: Date, status: Status, change: Change, sources: SourceDicts }) :-
    rule_fact(RuleBase, text(Policy, Written, Status, Change, Sources)),
    day_number(Written, Day),
    iso(Day, Date),
    maplist(source_dict, Sources, SourceDicts).

plausibility_dict(RuleBase, Nodes, _{ nodes: Ids, attributes: Attributes, findings: Findings }) :-
    policy_nodes(Nodes, plausibility, Ids),
    policy_attributes(Nodes, plausibility, Attributes),
    findall(_{ kind: Kind, policy: Policy, sentence: Sentence, node: Id },
            ( finding(RuleBase, Kind, Policy, Condition, Sentence),
              node_of(Nodes, plausibility, Condition, Id) ),
            Findings).

%   The policy is null where a finding is one under any policy.

finding(RuleBase, implausible, null, Condition, Sentence) :-
    rule_fact(RuleBase, implausible(Condition, Sentence)).
finding(RuleBase, contradictory, null, all_of(Conditions), Sentence) :-
    rule_fact(RuleBase, contradictory(Conditions, Sentence)).
finding(RuleBase, contradictory, Policy, all_of(Conditions), Sentence) :-
    rule_fact(RuleBase, contradictory(Policy, Conditions, Sentence)).
