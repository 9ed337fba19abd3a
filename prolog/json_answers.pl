% SPDX-License-Identifier: Apache-2.0
:- module(json_answers,
          [ start_answering/2,          % +Directory, -Digest
            json_answers/2              % +Text, -Answer
          ]).
:- use_module(library(apply), [maplist/3]).
:- use_module(library(error), [must_be/2]).
:- use_module(library(lists), [member/2, nth0/3]).
:- if(exists_source(library(json))).
:- use_module(library(json), [json_read_dict/3, json_write_dict/3]).
:- else.
:- use_module(library(http/json), [json_read_dict/3, json_write_dict/3]).
:- endif.
:- use_module(compiler, [policy_attributes/3, policy_readings/4]).
:- use_module(digest).
:- use_module(engine).
:- use_module(evaluator, [reading_values/3]).
:- use_module(loader).
:- use_module(nodes).
:- use_module(operators).
:- use_module(waits).

/** <module> The engine as a page in a browser sees it: JSON text in, JSON text out

A request is an object with one field:

    {"queries": [{"policy": 0, "on": 20260601, "readings": [0], "facts": [...], "reasons": true}]}

The policy is a position, as in module engine; readings are indexes of values and facts are values,
in the order of module compiler. A *value* is null (nothing is known), an integer (a number, the
index of an option, or a set as a bit mask), [N, D] (the number N/D), "never", or
{"low": [N, D], "low_open": false, "high": [N, D], "high_open": true} (an interval).

The answer has as many objects as there were queries, in order. Places are counted from 0; the last
three fields come with `reasons`, which only policies have:

    {"answers": [{"letters": "tfu-", "rests_on": [2], "waits_for": ["age_years"],
                  "conflicts": [{"place": 2, "for": ["who_grade"], "against": ["ki67_percent"]}]}]}

or it is {"error": Kind, "message": Text}, Kind one of `json`, `request` and `too_long`. The text is
read by the JSON library alone: nothing in it is ever read as Prolog.
*/

:- dynamic graph_at/2, domains_at/3.

%   More inferences than this in one request are no decision any more. A decision takes thousands.

most_inferences(20 000 000).

%   More queries in one request would keep the page waiting.

most_queries(500).

%!  start_answering(+Directory, -Digest) is det.
%
%   True when the rule base in Directory is loaded, and Digest is its digest.
%
%   @error rule_base_error(Problems) if it cannot be loaded whole

start_answering(Directory, Digest) :-
    start_engine(Directory, Digest),
    load_rule_base(Directory, RuleBase, _),
    rule_nodes(RuleBase, Nodes),
    policies(RuleBase, Policies),
    retractall(graph_at(_, _)),
    retractall(domains_at(_, _, _)),
    forall(nth0(Index, Policies, Policy),
           ( policy_domains(RuleBase, Nodes, Policy, Counts, Types),
             assertz(domains_at(Index, Counts, Types)) )),
    forall(( nth0(Index, Policies, Policy), root_condition(RuleBase, Policy, _) ),
           ( policy_graph(RuleBase, Nodes, Policy, Graph),
             assertz(graph_at(Index, Graph)) )).

%   The number of values of each reading of a policy, and the type of each fact that it reads.

policy_domains(RuleBase, Nodes, Policy, Counts, Types) :-
    policy_readings(RuleBase, Nodes, Policy, Readings),
    maplist(value_count(RuleBase), Readings, Counts),
    policy_attributes(Nodes, Policy, Attributes),
    maplist(type_of(RuleBase), Attributes, Types).

value_count(RuleBase, Reading, Count) :-
    reading_values(RuleBase, Reading, Values),
    length(Values, Count).

type_of(RuleBase, Attribute, Type) :-
    once(rule_fact(RuleBase, attribute(Attribute, _, Type, _))).

%!  json_answers(+Text, -Answer) is det.
%
%   True when Answer is the JSON text that answers the JSON Text; whatever that says, there is one.

json_answers(Text, Answer) :-
    most_inferences(Most),
    catch(call_with_inference_limit(answered(Text, Dict), Most, Result), Error, true),
    (   nonvar(Error)
    ->  refusal(Error, Told)
    ;   Result == inference_limit_exceeded
    ->  Told = _{error: "too_long", message: "the limit of inferences was reached"}
    ;   Told = Dict
    ),
    with_output_to(string(Answer), json_write_dict(current_output, Told, [width(0)])),
    !.

refusal(error(syntax_error(_), _), _{error: "json", message: "the text is not JSON"}) :- !.
refusal(error(refused(What), _), _{error: "request", message: What}) :- !.
refusal(error(type_error(_, _), _), _{error: "request", message: "a field is of the wrong type"}) :- !.
refusal(_, _{error: "request", message: "the request cannot be judged"}).

answered(Text, _{answers: Answers}) :-
    setup_call_cleanup(
        open_string(Text, Stream),
        whole_text(Stream, Dict),
        close(Stream)),
    (   is_dict(Dict),
        get_dict(queries, Dict, Queries),
        is_list(Queries)
    ->  true
    ;   refuse("there is no list of queries")
    ),
    length(Queries, N),
    most_queries(Most),
    (   N =< Most
    ->  true
    ;   refuse("there are too many queries")
    ),
    maplist(answer, Queries, Answers).

whole_text(Stream, Dict) :-
    json_read_dict(Stream, Dict, [end_of_file(error)]),
    read_string(Stream, _, Rest),
    (   split_string(Rest, "", " \t\r\n", [""])
    ->  true
    ;   throw(error(syntax_error(json(more_than_one_value)), _))
    ).

refuse(What) :-
    throw(error(refused(What), _)).

answer(Dict, Answer) :-
    (   is_dict(Dict),
        get_dict(policy, Dict, Index),
        get_dict(on, Dict, On),
        get_dict(readings, Dict, Choices),
        get_dict(facts, Dict, Given)
    ->  true
    ;   refuse("a query lacks a field")
    ),
    must_be(nonneg, Index),
    must_be(nonneg, On),
    must_be(list(nonneg), Choices),
    must_be(list, Given),
    maplist(value, Given, Values),
    (   domains_at(Index, Counts, Types),
        maplist(above, Counts, Choices),
        maplist(of_type, Types, Values)
    ->  true
    ;   refuse("there is no such policy, or a reading or a fact too few, too many, or with a value that it has not")
    ),
    Readings =.. [r|Choices],
    Facts =.. [f|Values],
    answers([q(Index, On, Readings, Facts)], Letters),
    (   get_dict(reasons, Dict, true),
        graph_at(Index, Graph)
    ->  string_chars(Letters, Chars),
        Term =.. [letters|Chars],
        rests_on(Graph, On, Choices, Term, Places),
        waits_for(Graph, On, Choices, Facts, Term, Attributes),
        conflicts(Graph, On, Choices, Term, Torn),
        findall(Place, ( member(P, Places), Place is P - 1 ), FromZero),
        findall(_{place: Place, for: For, against: Against},
                ( member(conflict(P, For, Against), Torn), Place is P - 1 ),
                Conflicts),
        Answer = _{ letters: Letters,
                    rests_on: FromZero,
                    waits_for: Attributes,
                    conflicts: Conflicts
                  }
    ;   Answer = _{letters: Letters}
    ).

value(null, u) :- !.
value("never", never) :- !.
value(Number, Number) :-
    integer(Number),
    !.
value([N, D], Number) :-
    !,
    ratio([N, D], Number).
value(Dict, span(Low, L, High, H)) :-
    is_dict(Dict),
    get_dict(low, Dict, LowPair),
    get_dict(high, Dict, HighPair),
    get_dict(low_open, Dict, LowOpen),
    get_dict(high_open, Dict, HighOpen),
    !,
    ratio(LowPair, Low),
    ratio(HighPair, High),
    end(LowOpen, L),
    end(HighOpen, H).
value(_, _) :-
    refuse("a fact is no value").

above(Count, Choice) :-
    Choice < Count.

%   of_type(Type, Value): Value is one of an attribute of the Type. A value beyond it would not be
%   refused by the rules, which know no others, but taken for one that speaks against everything.

of_type(_, u) :- !.
of_type(boolean, Value) :- !, option(Value, 2).
of_type(one_of(Options), Value) :- !, length(Options, Count), option(Value, Count).
of_type(set_of(Options), Value) :- !, length(Options, Count), option(Value, 1 << Count).
of_type(elapsed(_, _), never) :- !.
of_type(Type, Value) :-
    Type =.. [_, Low..High, _],
    (   Value = span(From, L, To, H)
    ->  From >= Low,
        To =< High,
        ( Type = integer(_, _) -> maplist(integer, [From, To]), L-H == c-c ; true ),
        ( From < To -> true ; From =:= To, L-H == c-c )
    ;   ( Type = integer(_, _) -> integer(Value) ; rational(Value) ),
        Value >= Low,
        Value =< High
    ).

option(Value, Count) :-
    integer(Value),
    Value >= 0,
    Value < Count.

ratio([N, D], Number) :-
    integer(N),
    integer(D),
    D > 0,
    !,
    Number is rdiv(N, D).
ratio(_, _) :-
    refuse("a number is no ratio of whole numbers").

end(true, o) :- !.
end(false, c) :- !.
end(_, _) :-
    refuse("an end of an interval is neither open nor closed").
