% SPDX-License-Identifier: Apache-2.0
:- module(waits,
          [ policy_graph/4,             % +RuleBase, +Nodes, +Policy, -Graph
            rests_on/5,                 % +Graph, +On, +Choices, +Letters, -Places
            waits_for/6,                % +Graph, +On, +Choices, +Facts, +Letters, -Attributes
            conflicts/5                 % +Graph, +On, +Choices, +Letters, -Conflicts
          ]).
:- use_module(library(apply), [foldl/4, include/3, maplist/3]).
:- use_module(library(assoc), [list_to_assoc/2, get_assoc/3]).
:- use_module(library(lists), [append/3, member/2, nth0/3, nth1/3]).
:- use_module(library(pairs), [pairs_keys_values/3]).
:- use_module(compiler).
:- use_module(evaluator, [reading_values/3]).
:- use_module(nodes).

/** <module> On what an outcome rests, for which facts it waits, and where evidence conflicts

Worked out from the letters that the engine gave the nodes of a policy (see module compiler), and
from which facts are known.

A *graph* is graph(Root, Entries, Attributes): Root the place of the root among the letters,
counted from 1; Entries a term with an entry for each letter; Attributes the attributes in the
order of the facts of a query. An *entry* is reads(Attributes), combines(Op, Places), modifies(Op,
Place), by_reading(Index, Places), where Index is that of the reading among the policy's and
Places has a place, or `nothing`, for each value, or by_date(Day-Place list).
*/

%!  policy_graph(+RuleBase, +Nodes, +Policy, -Graph) is det.
%
%   True when Graph is that of Policy, which is no pseudo-policy.

policy_graph(RuleBase, Nodes, Policy, graph(Root, Entries, Attributes)) :-
    policy_nodes(Nodes, Policy, Ids),
    node_list(Nodes, Pairs),
    list_to_assoc(Pairs, ById),
    findall(Id-Place, nth1(Place, Ids, Id), Places),
    list_to_assoc(Places, PlaceOf),
    policy_readings(RuleBase, Nodes, Policy, Readings),
    policy_attributes(Nodes, Policy, Attributes),
    maplist(entry_of(RuleBase, ById, PlaceOf, Readings), Ids, List),
    Entries =.. [entries|List],
    root_condition(RuleBase, Policy, Condition),
    node_of(Nodes, Policy, Condition, RootId),
    get_assoc(RootId, PlaceOf, Root),
    !.

entry_of(RuleBase, ById, PlaceOf, Readings, Id, Entry) :-
    get_assoc(Id, ById, Node),
    entry(Node, RuleBase, PlaceOf, Readings, Entry),
    !.

entry(test(Attribute, _), _, _, _, reads([Attribute])).
entry(adds(Attributes, _), _, _, _, reads(Attributes)).
entry(documented(Attribute), _, _, _, reads([Attribute])).
entry(undetermined(_), _, _, _, reads([])).
entry(combines(Op, Ids), _, PlaceOf, _, combines(Op, Places)) :-
    maplist(place_of(PlaceOf), Ids, Places).
entry(modifies(Op, Id), _, PlaceOf, _, modifies(Op, Place)) :-
    place_of(PlaceOf, Id, Place).
entry(by_reading(Name, Cases), RuleBase, PlaceOf, Readings, by_reading(Index, Places)) :-
    nth0(Index, Readings, Name),
    reading_values(RuleBase, Name, Values),
    findall(Place,
            ( member(Value, Values),
              memberchk(Value-Id, Cases),
              place_of(PlaceOf, Id, Place) ),
            Places).
entry(by_date(Cases), _, PlaceOf, _, by_date(Dated)) :-
    pairs_keys_values(Cases, Days, Ids),
    maplist(place_of(PlaceOf), Ids, Places),
    pairs_keys_values(Dated, Days, Places).

place_of(_, nothing, nothing) :- !.
place_of(PlaceOf, Id, Place) :-
    get_assoc(Id, PlaceOf, Place).

%!  rests_on(+Graph, +On, +Choices, +Letters, -Places) is det.
%
%   True when Places are those of the nodes on which the outcome rests, in ascending order; none
%   where no text is in force. Of a combination that one part decides, only the parts with the truth
%   of the whole are reasons; of evidence in conflict, those that speak; else all are. Choices is
%   the list of the indexes of the readings' values, and Letters a term with a letter for each node.

rests_on(graph(Root, Entries, _), On, Choices, Letters, Places) :-
    arg(Root, Letters, Letter),
    (   Letter == (-)
    ->  Places = []
    ;   reached([Root], deciding_parts, context(Entries, On, Choices, Letters), Places)
    ).

%   What is reached from some places by a relation of a place and its parts. Parts stand before
%   what they are parts of: so the last place that waits is done with once it is taken. Those that
%   wait are a bit mask.

reached(From, Relation, Context, Places) :-
    foldl(with_place, From, 0, Waiting),
    reached(Waiting, Relation, Context, [], Places).

reached(0, _, _, Places, Places) :- !.
reached(Waiting0, Relation, Context, Places0, Places) :-
    Place is msb(Waiting0),
    call(Relation, Place, Context, Parts),
    Waiting1 is Waiting0 xor (1 << Place),
    foldl(with_place, Parts, Waiting1, Waiting),
    reached(Waiting, Relation, Context, [Place|Places0], Places).

with_place(Place, Mask0, Mask) :-
    Mask is Mask0 \/ (1 << Place).

deciding_parts(Place, Context, Deciding) :-
    entry_at(Place, Context, Entry),
    parts_in_force(Place, Context, Parts),
    letter_at(Context, Place, Letter),
    (   fixed_by_all(Entry, Letter)
    ->  Deciding = Parts
    ;   Entry = combines(evidence, _),
        Letter == u
    ->  (   torn(Parts, Context)
        ->  speaking(Parts, Context, Deciding)
        ;   Deciding = Parts
        )
    ;   include(has_letter(Context, Letter), Parts, Deciding)
    ).

fixed_by_all(combines(all_of, _), t) :- !.
fixed_by_all(combines(any_of, _), f) :- !.
fixed_by_all(modifies(not, _), _) :- !.
fixed_by_all(modifies(_, _), Letter) :- !, Letter \== u.
fixed_by_all(by_reading(_, _), _) :- !.
fixed_by_all(by_date(_), _).

has_letter(Context, Letter, Place) :-
    letter_at(Context, Place, Letter).

speaks(Context, Place) :-
    letter_at(Context, Place, Letter),
    Letter \== u.

speaking(Parts, Context, Speaking) :-
    include(speaks(Context), Parts, Speaking).

torn(Parts, Context) :-
    member(For, Parts),
    letter_at(Context, For, t),
    member(Against, Parts),
    letter_at(Context, Against, f),
    !.

entry_at(Place, context(Entries, _, _, _), Entry) :-
    arg(Place, Entries, Entry).

letter_at(context(_, _, _, Letters), Place, Letter) :-
    arg(Place, Letters, Letter).

%   What is not in force, or has nothing in force below it, has the letter `-`.

parts_in_force(Place, Context, Parts) :-
    entry_at(Place, Context, Entry),
    parts(Entry, Context, All),
    include(in_force(Context), All, Parts).

in_force(Context, Place) :-
    Place \== nothing,
    letter_at(Context, Place, Letter),
    Letter \== (-).

parts(reads(_), _, []).
parts(combines(_, Places), _, Places).
parts(modifies(_, Place), _, [Place]).
parts(by_reading(Index, Places), context(_, _, Choices, _), [Place]) :-
    nth0(Index, Choices, Choice),
    nth0(Choice, Places, Place),
    !.
parts(by_date(Dated), context(_, On, _, _), Parts) :-
    begun(Dated, On, [], Parts).

%   The last of those that have begun.

begun([Day-Place|Dated], On, _, Parts) :-
    On >= Day,
    !,
    begun(Dated, On, [Place], Parts).
begun(_, _, Parts, Parts).

%!  waits_for(+Graph, +On, +Choices, +Facts, +Letters, -Attributes) is det.
%
%   True when Attributes are those, in standard order, on which an unknown outcome still waits: not
%   documented, or an interval. Facts is f(...) as in a query. Empty unless the outcome is unknown.

waits_for(Graph, On, Choices, Facts, Letters, Attributes) :-
    Graph = graph(Root, Entries, Names),
    (   arg(Root, Letters, u)
    ->  Context = context(Entries, On, Choices, Letters),
        rests_on(Graph, On, Choices, Letters, Places),
        foldl(waited_at(Context), Places, [], Read),
        sort(Read, Sorted),
        open_facts(Names, 1, Facts, Open),
        include(memberchk_of(Open), Sorted, Attributes)
    ;   Attributes = []
    ).

memberchk_of(Names, Name) :-
    memberchk(Name, Names).

%   What would silence a side of evidence that disagrees may lie anywhere below it.

waited_at(Context, Place, Attributes0, Attributes) :-
    entry_at(Place, Context, Entry),
    (   \+ letter_at(Context, Place, u)
    ->  Attributes = Attributes0
    ;   Entry = reads(Here)
    ->  append(Here, Attributes0, Attributes)
    ;   Entry = combines(evidence, _),
        parts_in_force(Place, Context, Parts),
        torn(Parts, Context)
    ->  speaking(Parts, Context, Speaking),
        reached(Speaking, parts_in_force, Context, Below),
        foldl(read_at(Context), Below, Attributes0, Attributes)
    ;   Attributes = Attributes0
    ).

read_at(Context, Place, Attributes0, Attributes) :-
    entry_at(Place, Context, Entry),
    (   Entry = reads(Here)
    ->  append(Here, Attributes0, Attributes)
    ;   Attributes = Attributes0
    ).

open_facts([], _, _, []).
open_facts([Name|Names], N, Facts, Open) :-
    arg(N, Facts, Value),
    (   open_value(Value)
    ->  Open = [Name|Rest]
    ;   Open = Rest
    ),
    Next is N + 1,
    open_facts(Names, Next, Facts, Rest).

open_value(u) :- !.
open_value(span(_, _, _, _)).

%!  conflicts(+Graph, +On, +Choices, +Letters, -Conflicts) is det.
%
%   True when Conflicts has conflict(Place, For, Against) for each evidence in force whose sources
%   disagree, decisive or not, in ascending order: For are the attributes that the sources read
%   which speak for it, Against those of the others, as far as their letters rest on them.

conflicts(graph(Root, Entries, _), On, Choices, Letters, Conflicts) :-
    Context = context(Entries, On, Choices, Letters),
    (   letter_at(Context, Root, -)
    ->  Conflicts = []
    ;   reached([Root], parts_in_force, Context, InForce),
        findall(Conflict,
                ( member(Place, InForce), conflict_at(Place, Context, Conflict) ),
                Conflicts)
    ).

conflict_at(Place, Context, conflict(Place, For, Against)) :-
    entry_at(Place, Context, combines(evidence, _)),
    letter_at(Context, Place, u),
    parts_in_force(Place, Context, Parts),
    torn(Parts, Context),
    side(t, Parts, Context, For),
    side(f, Parts, Context, Against).

side(Letter, Parts, Context, Attributes) :-
    include(has_letter(Context, Letter), Parts, Speaking),
    reached(Speaking, deciding_parts, Context, Places),
    foldl(read_at(Context), Places, [], Read),
    sort(Read, Attributes).
