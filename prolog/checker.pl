% SPDX-License-Identifier: Apache-2.0
:- module(checker,
          [ check_rule_base/2           % +Directory, -Problems
          ]).
:- use_module(library(apply), [partition/4]).
:- use_module(library(lists), [append/3, member/2, nextto/3]).
:- use_module(change_checks).
:- use_module(circles).
:- use_module(condition_checks).
:- use_module(findings).
:- use_module(language).
:- use_module(ledger_checks).
:- use_module(loader).
:- use_module(operators).
:- use_module(record_checks).
:- use_module(reference_checks).
:- use_module(theorem_checks).
:- use_module(word_checks).

/** <module> Refuse a bad rule base, naming file, line and remedy

A rule base is sound when every name in it is declared, every condition is of the rule language
and of the right types, nothing stands twice, nothing is left unused, and every criterion has a
sentence and a source. Each problem is problem(File:Line, What); module messages says it in words.
*/

%!  check_rule_base(+Directory, -Problems) is det.
%
%   True when Problems are all problems of the rule base in Directory, in the order of the files;
%   the list is empty when it is sound.

check_rule_base(Directory, Problems) :-
    load_rule_base(Directory, RuleBase, Unreadable),
    (   Unreadable \== []
    ->  Found = Unreadable          % what follows would only repeat it
    ;   findall(problem(Location, circle(Name)), circle(RuleBase, Location, Name), Circles),
        Circles \== []
    ->  Found = Circles             % what follows would not end
    ;   placed_conditions(RuleBase, Placed),
        findall(Problem, problem_of(RuleBase, Placed, Problem), All),
        partition(not_checked, All, Errors, Told),
        ( Told == [] -> findall(problem(Directory:0, What), member(What, Errors), Found) ; Found = Told )
    ),
    sort(Found, Problems).

%   What stands at a place tells more than the error to which it may lead elsewhere.

not_checked(not_checked(_)).

problem_of(RuleBase, Placed, Problem) :-
    check(RuleBase, Placed, Location, What, Check),
    catch(( Check, Problem = problem(Location, What) ), Error, Problem = not_checked(Error)).

%   check(RuleBase, Placed, Location, What, Goal): Goal finds What to be wrong at Location.

check(RuleBase, _, Location, What, twice(RuleBase, Location, What)).
check(RuleBase, _, Location, What, bad_attribute(RuleBase, Location, What)).
check(RuleBase, _, Location, What, bad_class(RuleBase, Location, What)).
check(RuleBase, _, Location, What, bad_reading(RuleBase, Location, What)).
check(RuleBase, _, Location, What, bad_policy(RuleBase, Location, What)).
check(RuleBase, _, Location, What, bad_text(RuleBase, Location, What)).
check(RuleBase, _, Location, What, bad_label(RuleBase, Location, What)).
check(RuleBase, _, Location, What, bad_reference(RuleBase, Location, What)).
check(RuleBase, Placed, Location, What, bad_theorem(Placed, RuleBase, Location, What)).
check(RuleBase, _, Location, What, bad_words(RuleBase, Location, What)).
check(RuleBase, _, Location, What, bad_source(RuleBase, Location, What)).
check(RuleBase, Placed, Location, What, bad_condition(Placed, RuleBase, Location, What)).
check(RuleBase, Placed, Location, What, unused(RuleBase, Placed, Location, What)).
check(RuleBase, _, Location, What, bad_ledger(RuleBase, Location, What)).
check(RuleBase, _, Location, What, bad_record(RuleBase, Location, What)).
check(RuleBase, _, Location, What, bad_finding(RuleBase, Location, What)).
check(RuleBase, _, Location, What, bad_change(RuleBase, Location, What)).

%   Nothing stands twice

twice(RuleBase, Location, twice(Name, First)) :-
    unique_key(General, Key, Name),
    findall(Key-(Name-L), rule_fact(RuleBase, General, L), Keyed),
    repeated(Keyed, Name, First, Location).
twice(RuleBase, Location, twice(Name, First)) :-
    findall(Name/Arity-(Name-L),
            ( rule_fact(RuleBase, definition(Head, _, _, _), L), functor(Head, Name, Arity) ),
            Keyed),
    repeated(Keyed, Name, First, Location).

twice(RuleBase, Location, twice(Name, First)) :-
    rule_fact(RuleBase, definition(Name, _, _, _), Location),
    atom(Name),                         % a condition could mean either
    rule_fact(RuleBase, attribute(Name, _, _, _), First).

repeated(Keyed, Name, First, Location) :-
    append(_, [Key-(_-First)|Rest], Keyed),
    member(Other-(Name-Location), Rest),
    Other == Key.

%   unique_key(Fact, Key, Name): no two facts of this shape have the same Key.

unique_key(attribute(Name, _, _, _), Name, Name).
unique_key(class(Name, _, _), Name, Name).
unique_key(catch_all(Member), Member, catch_all(Member)).
unique_key(unspecified(Member, _), Member, unspecified(Member)).
unique_key(label(Attribute, _), Attribute, label(Attribute)).
unique_key(label(_, Words), Words, Words).
unique_key(word(Name, _), Name, word(Name)).
unique_key(opposite(Name, _), Name, opposite(Name)).
unique_key(unit_words(Unit, _), Unit, Unit).
unique_key(reading(Name, _, _, _), Name, Name).
unique_key(policy(Name, _, _), Name, Name).
unique_key(document(Name, _, _, _, _, _, _), Name, Name).
unique_key(in_force_from(Policy, _, _), Policy, Policy).
unique_key(met_when(Policy, _), Policy, Policy).
unique_key(applies_to(Policy, _), Policy, Policy).
unique_key(criterion(Policy, Id, _, _, _), Policy-Id, Id).
unique_key(recorded(Name, _, _), Name, Name).
unique_key(derived(Attribute, _, _, _), derived-Attribute, Attribute).
unique_key(drug(Name, _, _, _), Name, Name).
unique_key(activity_unit(Symbol, _), Symbol, Symbol).
unique_key(stages(_), stages, stages).
unique_key(supplier(Name, _), Name, Name).
unique_key(way_of_change(Name, _), Name, Name).

%   Attributes, classes, readings

bad_attribute(RuleBase, Location, bad_type(Name, Type)) :-
    rule_fact(RuleBase, attribute(Name, _, Type, _), Location),
    \+ good_type(Type).
bad_attribute(RuleBase, Location, unit_of_name(Name, Unit, Expected)) :-
    rule_fact(RuleBase, attribute(Name, _, Type, _), Location),
    Type =.. [_, _, Unit],
    rule_fact(RuleBase, unit_suffix(Suffix, Expected)),
    atom_concat(_, Suffix, Name),
    Unit \== Expected.

good_type(boolean).
good_type(one_of(Values)) :- good_values(Values), Values = [_, _|_].
good_type(set_of(Values)) :- good_values(Values).
good_type(integer(Low..High, Unit)) :- integer(Low), integer(High), Low < High, string(Unit).
good_type(number(Low..High, Unit)) :- integer(Low), integer(High), Low < High, string(Unit).
good_type(elapsed(Low..High, Unit)) :- integer(Low), integer(High), Low < High, string(Unit).

good_values(Values) :-
    is_list(Values),
    forall(member(Value, Values), atom(Value)),
    sort(Values, Sorted),
    length(Values, N),
    length(Sorted, N).

bad_class(RuleBase, Location, What) :-
    rule_fact(RuleBase, class(_, Attributes, Values), Location),
    member(Attribute, Attributes),
    (   rule_fact(RuleBase, attribute(Attribute, _, Type, _))
    ->  ( Type = one_of(Options) ; Type = set_of(Options) ),
        member(Value, Values),
        \+ memberchk(Value, Options),
        What = unknown_value(Attribute, Value, Options)
    ;   declared_attributes(RuleBase, Known),
        What = unknown(attribute, Attribute, Known)
    ).

bad_class(RuleBase, Location, unknown('set member', Member, Known)) :-
    (   rule_fact(RuleBase, catch_all(Member), Location)
    ;   rule_fact(RuleBase, unspecified(Member, _), Location)
    ),
    findall(Each, ( set_of_facts(RuleBase, All), member(Each, All) ), Known),
    \+ memberchk(Member, Known).
bad_class(RuleBase, Location, unknown('member of its set', Member, Known)) :-
    rule_fact(RuleBase, unspecified(Vague, Means), Location),
    findall(Each, ( set_of_facts(RuleBase, All), memberchk(Vague, All), member(Each, All) ), Known),
    Known \== [],
    ( Means = [_|_], is_list(Means) -> member(Member, Means) ; Member = Means ),
    \+ ( memberchk(Member, Known), Member \== Vague ).

set_of_facts(RuleBase, Members) :-
    rule_fact(RuleBase, attribute(_, _, set_of(Members), _)).

bad_reading(RuleBase, Location, few_values(Name)) :-
    rule_fact(RuleBase, reading(Name, _, Values, _), Location),
    \+ Values = [value(_, _), value(_, _)|_].
bad_reading(RuleBase, Location, case_twice(Name, Value)) :-
    rule_fact(RuleBase, reading(Name, _, Values, _), Location),
    append(_, [value(Value, _)|Rest], Values),
    memberchk(value(Value, _), Rest).

%   Policies and their texts

bad_policy(RuleBase, Location, no_part(Policy, Part)) :-
    rule_fact(RuleBase, policy(Policy, _, _), Location),
    member(Part-General, [ met_when-met_when(Policy, _),
                           in_force_from-in_force_from(Policy, _, _),
                           applies_to-applies_to(Policy, _),
                           text-text(Policy, _, _, _, _) ]),
    \+ rule_fact(RuleBase, General).
bad_policy(RuleBase, Location, unknown(policy, Policy, Known)) :-
    member(General, [ met_when(Policy, _), in_force_from(Policy, _, _), applies_to(Policy, _),
                      text(Policy, _, _, _, _), advice(Policy, _, _), criterion(Policy, _, _, _, _),
                      contradictory(Policy, _, _) ]),
    rule_fact(RuleBase, General, Location),
    \+ rule_fact(RuleBase, policy(Policy, _, _)),
    findall(P, rule_fact(RuleBase, policy(P, _, _)), Known).
bad_policy(RuleBase, Location, unknown(document, Document, Known)) :-
    member(General, [ policy(_, Document, _), unchanged_by(Document, _, _), not_formalised(Document, _, _) ]),
    rule_fact(RuleBase, General, Location),
    \+ rule_fact(RuleBase, document(Document, _, _, _, _, _, _)),
    declared_documents(RuleBase, Known).
bad_policy(RuleBase, Location, What) :-
    rule_fact(RuleBase, in_force_from(_, From, _), Location),
    (   From = by_reading(Name, Terms)
    ->  findall(Value-nothing, member(case(Value, _), Terms), Cases),
        (   bad_cases(RuleBase, Name, Cases, What)
        ;   member(case(_, Date), Terms),
            \+ day_number(Date, _),
            What = bad_date(Date)
        )
    ;   \+ day_number(From, _),
        What = bad_date(From)
    ).

bad_text(RuleBase, Location, bad_date(Date)) :-
    member(General, [ text(_, Date, _, _, _), unchanged_by(_, Date, _) ]),
    rule_fact(RuleBase, General, Location),
    \+ day_number(Date, _).
bad_text(RuleBase, Location, bad_status(Status)) :-
    rule_fact(RuleBase, text(_, _, Status, _, _), Location),
    \+ memberchk(Status, [printed, reconstructed]).
bad_text(RuleBase, Location, overlapping_texts(Policy, Later, Earlier)) :-
    rule_fact(RuleBase, policy(Policy, _, _)),
    findall(Date-L, rule_fact(RuleBase, text(Policy, Date, _, _, _), L), Texts),
    nextto(Earlier-_, Later-Location, Texts),
    day_number(Earlier, E),
    day_number(Later, L),
    L =< E.

%   Nothing is left unused. A theorem needs definitions, but what it asks of a reading decides nothing.

unused(RuleBase, Placed, Location, unused(definition, Name)) :-
    findall(Name/Arity, ( reached(Placed, definition(Head)), functor(Head, Name, Arity) ), Used),
    rule_fact(RuleBase, definition(Head, _, _, _), Location),
    functor(Head, Name, Arity),
    \+ memberchk(Name/Arity, Used).
unused(RuleBase, Placed, Location, unused(reading, Name)) :-
    findall(Used,
            ( member(Each, Placed), Each \= placed(theorems, _, _), reached([Each], reading(Used)) ),
            Names),
    rule_fact(RuleBase, reading(Name, _, _, _), Location),
    \+ memberchk(Name, Names),
    \+ rule_fact(RuleBase, in_force_from(_, by_reading(Name, _), _)).
unused(RuleBase, Placed, Location, unused(class, Name)) :-
    findall(Used, reached(Placed, class(Used)), Names),
    rule_fact(RuleBase, class(Name, _, _), Location),
    \+ memberchk(Name, Names).
unused(RuleBase, Placed, Location, unused(criterion, Id)) :-
    findall(Policy-Used, reached(Placed, criterion(Policy, Used)), Ids),
    rule_fact(RuleBase, criterion(Policy, Id, _, _, _), Location),
    \+ memberchk(Policy-Id, Ids).
