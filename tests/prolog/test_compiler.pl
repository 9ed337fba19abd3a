% SPDX-License-Identifier: Apache-2.0
:- module(test_compiler, []).
:- use_module(library(plunit)).
:- use_module(library(aggregate), [aggregate_all/3]).
:- use_module(library(apply), [maplist/2, maplist/3, partition/4]).
:- use_module(library(assoc), [get_assoc/3, list_to_assoc/2]).
:- use_module(library(lists), [append/2, append/3, max_list/2, member/2, min_list/2, nth1/3, subtract/3,
                               sum_list/2]).
:- use_module(library(pairs), [pairs_keys/2, pairs_keys_values/3, pairs_values/2]).
:- use_module(fixtures).
:- use_module(random_requests).
:- use_module('../../prolog/claims').
:- use_module('../../prolog/compiler').
:- use_module('../../prolog/evaluator').
:- use_module('../../prolog/language').
:- use_module('../../prolog/loader').
:- use_module('../../prolog/nodes').
:- use_module('../../prolog/operators').
:- use_module('../../prolog/reference_facts').

/** <module> The compiled clauses against the interpreter, node by node

First on rule bases that are trivial, where both are held against a truth table: four facts that
are true, false, unknown or not asked for, and conditions two levels deep, all pairs of operators.

Then on real ones: every condition that stands in the rules of a policy, down to its leaves, is
interpreted where it stands and looked up among the nodes that the compiled clause computed. Half of
the requests are random throughout; half have climbed towards one that meets the policy (and half of
these then had one fact changed), because far from there nearly every combination is false. Before
the first text in force the compiled clause says `-` throughout; the interpreter does not know of
that day, so that such requests are checked for the dashes alone.
*/

:- dynamic truths/5.

compiled(RuleBase, Nodes, Policy) :-
    retractall(truths(_, _, _, _, _)),
    policy_clause(RuleBase, Nodes, Policy, Clause),
    assertz(Clause).

:- begin_tests(compiler).

test(attributes_come_in_the_order_of_their_first_use,
     Attributes == [ age_years, tumor_type, differentiation, unresectable, albumin_g_l, prior_doses,
                     requested_doses ]) :-
    rule_base(tiny, _, Nodes),
    policy_attributes(Nodes, handbook_drug, Attributes).

test(the_readings_are_those_that_the_policy_needs, Readings == [adult_age]) :-
    rule_base(tiny, RuleBase, Nodes),
    policy_readings(RuleBase, Nodes, handbook_drug, Readings).

test(a_reading_of_the_first_day_comes_first_and_none_comes_twice, First-Distinct == w_in_force_from-N) :-
    rule_base(kb, RuleBase, Nodes),
    policy_readings(RuleBase, Nodes, wellmark_lutathera, Readings),
    Readings = [First|_],
    length(Readings, N),
    sort(Readings, Sorted),
    length(Sorted, Distinct).

test(there_is_a_letter_for_each_node, all(Policy-Ls/Ids == [])) :-
    rule_base(kb, RuleBase, Nodes),
    member(Policy, [premera_lutathera, premera_pluvicto, premera_xofigo, wellmark_lutathera, plausibility,
                    reference, theorems]),
    policy_clause(RuleBase, Nodes, Policy, (truths(Policy, _, _, _, _) :- Body)),
    policy_nodes(Nodes, Policy, List),
    length(List, Ids),
    (   Body = ( _ -> _, _ = Letters ; _ )
    ;   Body = ( _ -> _ ; _ = Letters )
    ),
    length(Letters, Ls),
    Ls =\= Ids.

test(before_the_first_text_every_letter_is_a_dash, all(On-Kinds == [20191231-[-], 20200101-[-, u]])) :-
    rule_base(tiny, RuleBase, Nodes),
    compiled(RuleBase, Nodes, handbook_drug),
    member(On, [20191231, 20200101]),
    truths(handbook_drug, On, r(0), f(u, u, u, u, u, u, u), Letters),
    sort(Letters, Kinds).

test(the_first_day_may_be_a_reading,
     all(On/Choice-Letters == [ 20260101/0-[t], 20260101/1-[-], 20260201/0-[t], 20260201/1-[t] ])) :-
    rule_base_of([ attribute(a, g, boolean, ""),
                   reading(day, "", [value(early, ""), value(late, "")], []),
                   policy(p, d, ""),
                   in_force_from(p, by_reading(day, [case(late, 2026-02-01), case(early, 2026-01-01)]), ""),
                   criterion(p, 'C', "", a, []) ],
                 RuleBase),
    rule_nodes(RuleBase, Nodes),
    compiled(RuleBase, Nodes, p),
    member(On, [20260101, 20260201]),
    member(Choice, [0, 1]),
    truths(p, On, r(Choice), f(1), Letters).

test(cases_of_a_reading_may_stand_in_any_order, all(Choice-Letter == [0-t, 1-f, 2-(-)])) :-
    rule_base_of([ attribute(a, g, boolean, ""),
                   reading(r, "", [value(as_said, ""), value(turned, ""), value(dropped, "")], []),
                   policy(p, d, ""),
                   criterion(p, 'C', "",
                             by_reading(r, [case(dropped, nothing), case(turned, not(a)), case(as_said, a)]),
                             []) ],
                 RuleBase),
    rule_nodes(RuleBase, Nodes),
    compiled(RuleBase, Nodes, p),
    member(Choice, [0, 1, 2]),
    truths(p, 20260601, r(Choice), f(1), [_, _, Letter]).

test(a_compiled_clause_leaves_no_choice_point) :-
    rule_base(tiny, RuleBase, Nodes),
    compiled(RuleBase, Nodes, handbook_drug),
    Facts = f(18, u, 0, 1, span(20, c, 30, o), 2, 2),
    leaves_no_choice_point(truths(handbook_drug, 20260601, r(1), Facts, _)).

test(a_clause_is_made_without_a_choice_point, all(Policy == [])) :-
    rule_base(kb, RuleBase, Nodes),
    member(Policy, [premera_xofigo, wellmark_lutathera, plausibility, reference, theorems]),
    \+ leaves_no_choice_point(policy_clause(RuleBase, Nodes, Policy, _)).

:- end_tests(compiler).

%   Trivial rule bases

%   An *expression* is fact(Name), always(Truth), conflict, or x(Op, Expressions). Its condition
%   asks for each fact under a reading that may drop it.

operator(all_of, 2).
operator(any_of, 2).
operator(evidence, 2).
operator(not, 1).
operator(supports, 1).
operator(rules_out, 1).

expression(one_deep, x(Op, Parts)) :-
    operator(Op, 2),
    member(Parts, [[], [fact(a)], [fact(a), fact(b), fact(c)]]).
expression(one_deep, x(Op, [fact(a)])) :-
    operator(Op, 1).
expression(constant, x(Op, Parts)) :-
    operator(Op, N),
    length(Parts, N),
    maplist(constant, Parts).
expression(two_deep, x(Outer, Parts)) :-
    operator(Outer, 2),
    Parts = [First, Second],
    inner([fact(a), fact(b)], First),
    inner([fact(c), fact(d)], Second).
expression(two_deep, x(Outer, [Part])) :-
    operator(Outer, 1),
    inner([fact(a), fact(b)], Part).

inner([First, Second], x(Op, Parts)) :-
    operator(Op, N),
    ( N =:= 2 -> Parts = [First, Second] ; Parts = [First] ).

constant(always(Truth)) :- member(Truth, [t, f, u, -]).
constant(conflict).

condition(fact(Name), by_reading(Asks, [case(asked, Name), case(dropped, nothing)])) :-
    atom_concat(asks_, Name, Asks).
condition(always(t), any_of([ documented(a), not(documented(a)) ])).
condition(always(f), all_of([ documented(a), not(documented(a)) ])).
condition(always(u), undetermined("not printed")).
condition(always(-), by_reading(asks_none, [case(asked, nothing), case(dropped, nothing)])).
condition(conflict, evidence([ True, rules_out(True) ])) :-
    condition(always(t), True).
condition(x(Op, Parts), Condition) :-
    maplist(condition, Parts, Conditions),
    operator(Op, N),
    ( N =:= 2 -> Condition =.. [Op, Conditions] ; Condition =.. [Op|Conditions] ).

%   The truth table: least, greatest, mirror image; evidence by counting.

expected(fact(Name), State, Truth) :- memberchk(Name-Truth, State).
expected(always(Truth), _, Truth).
expected(conflict, _, u).
expected(x(Op, Parts), State, Truth) :-
    findall(T, ( member(Part, Parts), expected(Part, State, T), T \== (-) ), Truths),
    (   Truths == []
    ->  Truth = (-)
    ;   combined(Op, Truths, Truth)
    ).

combined(all_of, Truths, Truth) :- maplist(rank, Truths, Ranks), min_list(Ranks, R), rank(Truth, R).
combined(any_of, Truths, Truth) :- maplist(rank, Truths, Ranks), max_list(Ranks, R), rank(Truth, R).
combined(evidence, Truths, Truth) :-
    subtract(Truths, [u], Speaking),
    ( sort(Speaking, [Said]) -> Truth = Said ; Truth = u ).
combined(not, [T], Truth) :- rank(T, R), Mirrored is 2 - R, rank(Truth, Mirrored).
combined(supports, [T], Truth) :- ( T == t -> Truth = t ; Truth = u ).
combined(rules_out, [T], Truth) :- ( T == t -> Truth = f ; Truth = u ).

rank(f, 0).
rank(u, 1).
rank(t, 2).

facts_in(Expression, Names) :-
    findall(Name, ( sub_term(Part, Expression), nonvar(Part), Part = fact(Name) ), All),
    sort(All, Names).

sub_term(Term, Term).
sub_term(Part, Term) :-
    compound(Term),
    arg(_, Term, Argument),
    sub_term(Part, Argument).

%   All states of the facts in an expression; the others are not asked for.

state(Names, State) :-
    findall(Name-_, member(Name, [a, b, c, d]), State),
    maplist(state_of(Names), State).

state_of(Names, Name-Truth) :-
    (   memberchk(Name, Names)
    ->  member(Truth, [t, f, u, -])
    ;   Truth = (-)
    ).

trivial_rule_base(Kind, Expressions, RuleBase, Nodes) :-
    findall(Expression, expression(Kind, Expression), Expressions),
    findall(criterion(p, Id, "", Condition, []),
            ( nth1(I, [x(any_of, [fact(a), fact(b), fact(c), fact(d), always(-)])|Expressions], Expression),
              condition(Expression, Condition),
              atom_concat('C-', I, Id) ),
            Criteria),
    findall(attribute(Name, g, boolean, ""), member(Name, [a, b, c, d]), Attributes),
    findall(reading(Name, "", [value(asked, ""), value(dropped, "")], []),
            member(Name, [asks_a, asks_b, asks_c, asks_d, asks_none]),
            Readings),
    append([Attributes, Readings, [policy(p, d, "")], Criteria], Facts),
    rule_base_of(Facts, RuleBase),
    rule_nodes(RuleBase, Nodes),
    compiled(RuleBase, Nodes, p),
    policy_attributes(Nodes, p, [a, b, c, d]),
    policy_readings(RuleBase, Nodes, p, [asks_a, asks_b, asks_c, asks_d, asks_none]).

%   disagreement(Kind, Exceptions, Count): the Count of comparisons and those that went wrong.

disagreements(Kind, Exceptions, Count) :-
    trivial_rule_base(Kind, Expressions, RuleBase, Nodes),
    policy_nodes(Nodes, p, Ids),
    letter_table(Table),
    findall(Outcome,
            ( member(Expression, Expressions),
              condition(Expression, Condition),
              condition_node(RuleBase, Nodes, p, Condition, Id),
              nth1(Place, Ids, Id),
              facts_in(Expression, Names),
              state(Names, State),
              expected(Expression, State, Expected),
              get_assoc(State, Table, Row),
              arg(Place, Row, Letter),
              interpreted_truth(RuleBase, State, Condition, Truth),
              (   Letter-Truth == Expected-Expected
              ->  Outcome = agree
              ;   Outcome = differ(Expression, State, compiled(Letter), interpreted(Truth), table(Expected))
              ) ),
            Outcomes),
    length(Outcomes, Count),
    subtract(Outcomes, [agree], Exceptions).

%   From each state to the letters of the compiled clause.

letter_table(Table) :-
    findall(State-Row,
            ( state([a, b, c, d], State),
              findall(Choice, ( member(_-T, State), ( T == (-) -> Choice = 1 ; Choice = 0 ) ), Choices),
              findall(Value, ( member(_-T, State), value_of(T, Value) ), Values),
              append(Choices, [0], All),
              Readings =.. [r|All],
              Facts =.. [f|Values],
              truths(p, 20260601, Readings, Facts, Letters),
              Row =.. [row|Letters] ),
            Rows),
    list_to_assoc(Rows, Table).

interpreted_truth(RuleBase, State, Condition, Truth) :-
    findall(Asks-dropped, ( member(Name-(-), State), atom_concat(asks_, Name, Asks) ), Readings),
    findall(Name-Value, ( member(Name-T, State), T \== u, value_of(T, Value) ), Facts),
    request(p, 20260601, Readings, Facts, Request),
    condition_truth(RuleBase, Request, Condition, Truth).

value_of(t, 1).
value_of(f, 0).
value_of(u, u).
value_of(-, 1).

:- begin_tests(trivial_rule_bases).

test(one_operator_is_its_truth_table, [Exceptions-Count == []-219]) :-
    disagreements(one_deep, Exceptions, Count).

test(operators_of_what_is_always_true_false_unknown_in_conflict_or_left_out, [Exceptions-Count == []-90]) :-
    disagreements(constant, Exceptions, Count).

test(two_operators_are_their_truth_tables, [Exceptions-Count == []-10980]) :-
    disagreements(two_deep, Exceptions, Count).

:- end_tests(trivial_rule_bases).

%   Requests

%   letters(Policy, Drawn, Letters): Letters are those of the compiled clause.

letters(Policy, drawn(On, Choices, Facts), Letters) :-
    findall(Index, member(choice(_, Index, _), Choices), Indexes),
    Readings =.. [r|Indexes],
    pairs_values(Facts, Values),
    Record =.. [f|Values],
    truths(Policy, On, Readings, Record, Letters).

interpreted(Policy, drawn(On, Choices, Facts), Request) :-
    findall(Name-Value, member(choice(Name, _, Value), Choices), Readings),
    findall(Attribute-Value, ( member(Attribute-Value, Facts), Value \== u ), Known),
    request(Policy, On, Readings, Known, Request).

in_force(RuleBase, Policy, drawn(On, Choices, _)) :-
    (   rule_fact(RuleBase, in_force_from(Policy, From, _))
    ->  (   From = by_reading(Name, Cases)
        ->  memberchk(choice(Name, _, Value), Choices),
            memberchk(case(Value, Date), Cases)
        ;   Date = From
        ),
        day_number(Date, Day),
        On >= Day
    ;   true
    ).

%   How close to a request that meets the policy: its criteria that hold or may hold, and the whole.

closeness(Policy, Places-Root, Drawn, Number) :-
    letters(Policy, Drawn, Letters),
    Row =.. [row|Letters],
    aggregate_all(sum(Points), ( member(Place, Places), arg(Place, Row, Letter), points(Letter, Points) ),
                  Sum),
    ( arg(Root, Row, t) -> Number is Sum + 10 ; Number = Sum ).

points(t, 2).
points(u, 1).

goals_of(RuleBase, Nodes, Policy, Places-Root) :-
    policy_nodes(Nodes, Policy, Ids),
    findall(Place,
            ( rule_fact(RuleBase, criterion(Policy, Id, _, _, _)),
              node_of(Nodes, Policy, criterion(Id), Node),
              nth1(Place, Ids, Node) ),
            Places),
    (   root_node(RuleBase, Nodes, Policy, RootNode)
    ->  nth1(Root, Ids, RootNode)
    ;   Root = 0
    ).

root_node(RuleBase, Nodes, Policy, Root) :-
    root_condition(RuleBase, Policy, Condition),
    node_of(Nodes, Policy, Condition, Root).

requests(0, _, _, _, []) :- !.
requests(N, Seed0, Source, Score, [Drawn|More]) :-
    Source = source(_, _, Attributes),
    length(Attributes, Facts),
    Steps is 8 * Facts,
    Kind is N mod 4,
    (   Kind < 2
    ->  random_request(Source, Drawn, Seed0, Seed)
    ;   Kind =:= 2
    ->  better_request(Steps, Source, Score, Drawn, Seed0, Seed)
    ;   better_request(Steps, Source, Score, Drawn0, Seed0, Seed1),
        changed_request(Source, Drawn0, Drawn, Seed1, Seed)
    ),
    Less is N - 1,
    requests(Less, Seed, Source, Score, More).

%   All conditions that stand in the rules of a policy

rule_condition(RuleBase, Policy, criterion(Id)) :-
    rule_fact(RuleBase, criterion(Policy, Id, _, _, _)).
rule_condition(RuleBase, Policy, Condition) :-
    rule_fact(RuleBase, met_when(Policy, Condition)).
rule_condition(RuleBase, Policy, Condition) :-
    rule_fact(RuleBase, applies_to(Policy, Condition)).
rule_condition(RuleBase, plausibility, Condition) :-
    rule_fact(RuleBase, implausible(Condition, _)).
rule_condition(RuleBase, plausibility, all_of(Conditions)) :-
    rule_fact(RuleBase, contradictory(Conditions, _)).
rule_condition(RuleBase, plausibility, all_of(Conditions)) :-
    rule_fact(RuleBase, contradictory(_, Conditions, _)).
rule_condition(RuleBase, reference, Condition) :-
    reference_condition(RuleBase, Condition, _).
rule_condition(RuleBase, theorems, Condition) :-
    theorem_condition(RuleBase, Condition, _).

standing_conditions(RuleBase, Policy, Conditions) :-
    findall(C, rule_condition(RuleBase, Policy, C), Roots),
    standing(Roots, RuleBase, Policy, [], Conditions).

standing([], _, _, Seen, Seen).
standing([C|Cs], RuleBase, Policy, Seen0, Seen) :-
    (   ( C == nothing ; memberchk(C, Seen0) )
    ->  standing(Cs, RuleBase, Policy, Seen0, Seen)
    ;   condition_form(C, Form),
        parts(Form, RuleBase, Policy, Parts),
        append(Parts, Cs, Todo),
        standing(Todo, RuleBase, Policy, [C|Seen0], Seen)
    ).

parts(combines(_, Cs), _, _, Cs) :- !.
parts(modifies(_, C), _, _, [C]) :- !.
parts(by_reading(_, Cases), _, _, Cs) :- !, pairs_values(Cases, Cs).
parts(by_date(Cases), _, _, Cs) :- !, pairs_values(Cases, Cs).
parts(refers(To), RuleBase, Policy, Parts) :-
    referred(To, RuleBase, Policy, C),
    !,
    condition_form(C, Form),
    parts(Form, RuleBase, Policy, Parts).
parts(_, _, _, []).

%   What is referred to has the node of the reference, so that its parts are next.

referred(criterion(Id), RuleBase, Policy, C) :-
    rule_fact(RuleBase, criterion(Policy, Id, _, C, _)).
referred(definition(Head), RuleBase, _, C) :-
    \+ rule_fact(RuleBase, attribute(Head, _, _, _)),
    definition_body(RuleBase, Head, C).

%   The comparison

%   compared(Name, Policy, N, Result): Result tells of N random requests where the two differ, what
%   was not compared, which letters were rare, and which leaves (or the whole) never came out true,
%   false or unknown.

compared(Name, Policy, N, result(Exceptions, NotCompared, Rare, Dull)) :-
    rule_base(Name, RuleBase, Nodes),
    compiled(RuleBase, Nodes, Policy),
    request_source(RuleBase, Nodes, Policy, Source),
    goals_of(RuleBase, Nodes, Policy, Goals),
    requests(N, 20260601, Source, test_compiler:closeness(Policy, Goals), Requests),
    partition(in_force(RuleBase, Policy), Requests, InForce, Before),
    standing_conditions(RuleBase, Policy, Conditions),
    findall(Id-C, ( member(C, Conditions), condition_node(RuleBase, Nodes, Policy, C, Id) ), Numbered),
    policy_nodes(Nodes, Policy, Ids),
    findall(Outcome,
            ( member(Drawn, InForce), outcome(RuleBase, Policy, Ids, Numbered, Drawn, Outcome) ),
            Outcomes),
    findall(D, ( member(D, Outcomes), D = differs(_, _, _, _) ), Differing),
    findall(no_dashes(Drawn), ( member(Drawn, Before), \+ all_dashes(Policy, Drawn) ), NoDashes),
    append(NoDashes, Differing, Exceptions),
    findall(C, ( member(C, Conditions), \+ memberchk(_-C, Numbered) ), Unnumbered),
    pairs_keys(Numbered, Compared),
    subtract(Ids, Compared, Missed),
    subtract(Compared, Ids, Strange),
    append([Unnumbered, Missed, Strange], NotCompared),
    tally(Outcomes, Tally),
    told(Name, Policy, Ids, InForce, Before, Tally),
    node_list(Nodes, Pairs),
    findall(Id-Node, ( member(Id-Node, Pairs), memberchk(Id, Ids) ), PolicyNodes),
    findall(Letter, rare(PolicyNodes, Tally, Letter), Rare),
    sort(Outcomes, Kinds),
    findall(Id,
            ( expected_letters(RuleBase, Nodes, Policy, PolicyNodes, Id, Letters), dull(Id, Letters, Kinds) ),
            Dull).

outcome(RuleBase, Policy, Ids, Numbered, Drawn, Outcome) :-
    letters(Policy, Drawn, Letters),
    pairs_keys_values(ById, Ids, Letters),
    list_to_assoc(ById, LetterOf),
    interpreted(Policy, Drawn, Request),
    member(Id-C, Numbered),
    get_assoc(Id, LetterOf, Letter),
    condition_truth(RuleBase, Request, C, Truth),
    (   Truth == Letter
    ->  Outcome = same(Id, Letter)
    ;   Outcome = differs(Id, C, compiled(Letter), interpreted(Truth))
    ).

all_dashes(Policy, Drawn) :-
    letters(Policy, Drawn, Letters),
    sort(Letters, [-]).

tally(Outcomes, Tally) :-
    findall(Letter-Count,
            ( member(Letter, [t, f, u, -]), aggregate_all(count, member(same(_, Letter), Outcomes), Count) ),
            Tally).

told(Name, Policy, Ids, InForce, Before, [t-T, f-F, u-U, (-)-D]) :-
    maplist(length, [Ids, InForce, Before], [Nodes, N, Early]),
    format("  ~w, ~w: ~d nodes, ~d requests, and ~d before the first text; t ~D, f ~D, u ~D, - ~D~n",
           [Name, Policy, Nodes, N, Early, T, F, U, D]).

%   A letter is rare below a tenth, and `-` below half a hundredth where something may be left out.

rare(PolicyNodes, Tally, Letter) :-
    pairs_values(Tally, Counts),
    sum_list(Counts, All),
    member(Letter-Count, Tally),
    (   Letter == (-)
    ->  once(( member(_-Node, PolicyNodes), may_be_left_out(Node) )),
        Count * 200 < All
    ;   Count * 10 < All
    ).

may_be_left_out(by_reading(_, Cases)) :- memberchk(_-nothing, Cases).
may_be_left_out(by_date(Cases)) :- memberchk(_-nothing, Cases).

expected_letters(_, _, _, PolicyNodes, Id, Letters) :-
    member(Id-Node, PolicyNodes),
    leaf_letters(Node, Letters).
expected_letters(RuleBase, Nodes, Policy, _, Id, [t, f, u]) :-
    root_node(RuleBase, Nodes, Policy, Id).

leaf_letters(test(_, _), [t, f, u]).
leaf_letters(adds(_, _), [t, f, u]).
leaf_letters(documented(_), [t, f]).

dull(Id, Letters, Kinds) :-
    member(Letter, Letters),
    \+ memberchk(same(Id, Letter), Kinds),
    !.

:- begin_tests(interpreter_and_compiler_agree).

test(on_every_node_of_the_policy,
     [ forall(member(Name/Policy-N, [ tiny/handbook_drug-150,
                                      kb/premera_lutathera-90,
                                      kb/premera_pluvicto-100,
                                      kb/premera_xofigo-150,
                                      kb/wellmark_lutathera-100,
                                      kb/plausibility-100,
                                      kb/reference-100,
                                      kb/theorems-100 ])),
       Result == result([], [], [], []) ]) :-
    once(compared(Name, Policy, N, Result)).

:- end_tests(interpreter_and_compiler_agree).
