% SPDX-License-Identifier: Apache-2.0
:- module(language,
          [ condition_form/2,           % +Condition, -Form
            fact_shape/2,               % ?Shape, ?Meaning
            day_number/2,               % +Date, -Number
            exact/2                     % +Number, -Rational
          ]).
:- use_module(operators).

/** <module> The rule language

A rule base is a set of facts (fact_shape/2 lists their shapes). Some hold a *condition*, and
condition_form/2 is the one grammar of conditions: the checker, the evaluator, the compiler, the
exporter and the documentation all read a condition through its form.

A *form* tells the kind of a condition by its functor:

  | combines(Op, Conditions)    | Op is all_of, any_of or evidence                         |
  | modifies(Op, Condition)     | Op is not, supports or rules_out                         |
  | by_reading(Name, Cases)     | Cases are Value-Condition; the reading in force selects   |
  | by_date(Cases)              | Cases are Date-Condition; the latest one begun selects    |
  | compares(Attribute, Test)   | one fact against constants                               |
  | adds(Attributes, Limit)     | the sum of whole numbers is at most Limit                |
  | documented(Attribute)       | the record speaks to the fact at all                     |
  | undetermined(Why)           | always unknown                                           |
  | refers(criterion(Id))       | a criterion of the same policy                           |
  | refers(definition(Head))    | a shared definition                                      |
  | nothing                     | no condition; as a case only: the list goes without it   |

A *test* is one of holds, equals(Value), one_of(Values), member_of(Class), within(Low, High),
at_least(N), at_most(N), above(N), below(N), includes(Classes), empty.
*/

%!  condition_form(+Condition, -Form) is semidet.
%
%   True when Condition is a condition of the rule language and Form is its form. Fails for any
%   other term. An atom is a boolean attribute or a definition without parameters; which of the
%   two is for the rule base to say, so both are refers(definition(Atom)) here.

condition_form(Condition, _), var(Condition) => fail.
condition_form(all_of(Cs), Form) => is_list(Cs), Form = combines(all_of, Cs).
condition_form(any_of(Cs), Form) => is_list(Cs), Form = combines(any_of, Cs).
condition_form(evidence(Cs), Form) => is_list(Cs), Form = combines(evidence, Cs).
condition_form(not(C), Form) => Form = modifies(not, C).
condition_form(supports(C), Form) => Form = modifies(supports, C).
condition_form(rules_out(C), Form) => Form = modifies(rules_out, C).
condition_form(by_reading(Name, Terms), Form) =>
    atom(Name),
    is_list(Terms),
    cases(Terms, case, Cases),
    Form = by_reading(Name, Cases).
condition_form(by_date(Terms), Form) =>
    is_list(Terms),
    cases(Terms, from, Cases),
    Form = by_date(Cases).
condition_form(documented(A), Form) => atom(A), Form = documented(A).
condition_form(undetermined(Why), Form) => string(Why), Form = undetermined(Why).
condition_form(criterion(Id), Form) => atom(Id), Form = refers(criterion(Id)).
condition_form(nothing, Form) => Form = nothing.
condition_form(empty(A), Form) => atom(A), Form = compares(A, empty).
condition_form(A includes Cs, Form) => atom(A), is_list(Cs), Form = compares(A, includes(Cs)).
condition_form(A + B =< N, Form) => atom(A), atom(B), finite(N), Form = adds([A, B], N).
condition_form(A = V, Form) =>
    atom(A),
    ( number(V) -> finite(V) ; atomic(V) ),
    Form = compares(A, equals(V)).
condition_form(A in Set, Form) =>
    atom(A),
    (   Set = Low..High
    ->  finite(Low), finite(High),
        Test = within(Low, High)
    ;   is_list(Set)
    ->  Test = one_of(Set)
    ;   atom(Set),
        Test = member_of(Set)
    ),
    Form = compares(A, Test).
condition_form(A >= N, Form) => atom(A), finite(N), Form = compares(A, at_least(N)).
condition_form(A =< N, Form) => atom(A), finite(N), Form = compares(A, at_most(N)).
condition_form(A > N, Form) => atom(A), finite(N), Form = compares(A, above(N)).
condition_form(A < N, Form) => atom(A), finite(N), Form = compares(A, below(N)).
condition_form(Head, Form) =>
    callable(Head),
    Head \= [_|_],
    Head \= (_ :- _),
    Head \= (_ , _),
    Head \= (_ ; _),
    Head \= (_ : _),
    Head \= (_ - _),
    Form = refers(definition(Head)).

cases([], _, []).
cases([Term|Terms], Functor, [Key-Condition|Cases]) :-
    Term =.. [Functor, Key, Condition],
    cases(Terms, Functor, Cases).

%!  fact_shape(?Shape, ?Meaning) is nondet.
%
%   True when a fact of the most general form Shape may stand in a rule base. Meaning says what
%   it states. Nothing else may stand there but the module header and the import of the operators.

fact_shape(attribute(_Name, _Group, _Type, _Meaning),
           "attribute(Name, Group, Type, Meaning): a fact that a condition may read").
fact_shape(class(_Name, _Of, _Values),
           "class(Name, Attributes, Values): a named set of values").
fact_shape(unspecified(_Member, _Means),
           "unspecified(Member, Members): a set member that may mean any of Members").
fact_shape(catch_all(_Member),
           "catch_all(Member): a set member that may mean anything").
fact_shape(unit_suffix(_Suffix, _Unit),
           "unit_suffix(Suffix, Unit): attributes whose names end so are in this unit").
fact_shape(supplier(_Supplier, _Sentence),
           "supplier(Name, Sentence): one whom to ask for facts").
fact_shape(supplies(_Supplier, _Attributes),
           "supplies(Supplier, Attributes): the facts to ask a supplier for").
fact_shape(way_of_change(_Way, _Sentence),
           "way_of_change(Name, Sentence): how a documented fact can become another").
fact_shape(changes(_Way, _Attributes),
           "changes(Way, Attributes): the facts that can change in this way").
fact_shape(only_grows(_Attributes),
           "only_grows(Attributes): facts of which a documented value only goes up").
fact_shape(opposite(_Definition, _Sentence),
           "opposite(Name, Sentence): how it is said that the definition Name does not hold").
fact_shape(label(_Attribute, _Words),
           "label(Attribute, Words): the short name of a fact, which its value follows").
fact_shape(word(_Name, _Words),
           "word(Name, Words): how a value or a class of values is called").
fact_shape(unit_words(_Unit, _Words),
           "unit_words(Unit, Words): how a unit is written after a number").
fact_shape(unit(_Unit, _Spellings),
           "unit(Name, Spellings): a unit, and how else it is written").
fact_shape(converts(_Of, _From, _Into, _Factor),
           "converts(Of, From, Into, Factor): one From of Of, or of any, is Factor Into").
fact_shape(recorded(_Entry, _Kind, _What),
           "recorded(Name, Kind, Meaning): an entry that a record of a patient may have").
fact_shape(derived(_Fact, _Rule, _How, _Where),
           "derived(Attribute, Rule, Sentence, Sources): a fact that follows from entries of a record").
fact_shape(definition(_Head, _Sentence, _Condition, _Sources),
           "definition(Head, Sentence, Condition, Sources): a condition with a name").
fact_shape(reading(_Name, _Question, _Values, _Sources),
           "reading(Name, Question, Values, Sources): a choice between readings, the default first").
fact_shape(policy(_Name, _Document, _Title),
           "policy(Name, Document, Title): the policy of a document on one drug").
fact_shape(applies_to(_Policy, _Condition),
           "applies_to(Policy, Condition): the requests that a policy speaks to").
fact_shape(in_force_from(_Policy, _Date, _Before),
           "in_force_from(Policy, Date, Before): its first printed text, and what was before").
fact_shape(text(_Policy, _Date, _Status, _Change, _Sources),
           "text(Policy, Date, Status, Change, Sources): a dated text; Status is printed or reconstructed").
fact_shape(met_when(_Policy, _Condition),
           "met_when(Policy, Condition): the condition on which a request is met").
fact_shape(criterion(_Policy, _Id, _Sentence, _Condition, _Sources),
           "criterion(Policy, Id, Sentence, Condition, Sources)").
fact_shape(advice(_Policy, _Sentence, _Sources),
           "advice(Policy, Sentence, Sources): what the document recommends and does not require").
fact_shape(implausible(_Condition, _Sentence),
           "implausible(Condition, Sentence): a value that is hardly right").
fact_shape(contradictory(_Conditions, _Sentence),
           "contradictory(Conditions, Sentence): facts that cannot hold together").
fact_shape(contradictory(_Policy, _Conditions, _Sentence),
           "contradictory(Policy, Conditions, Sentence): facts that cannot hold together of a request under Policy").
fact_shape(drug(_Name, _Title, _Policies, _BesideDrugs),
           "drug(Name, Title, Policies, BesideDrugs): whose reference knowledge is shown with which policies").
fact_shape(recommendation(_Id, _Topic, _Drug, _Guideline, _Category, _Sentence, _Condition, _Sources),
           "recommendation(Id, Topic, Drug, Guideline, Category, Sentence, Condition, Sources): what a guideline lists").
fact_shape(indication(_Id, _Drug, _Date, _Sentence, _Condition, _Sources),
           "indication(Id, Drug, Date, Sentence, Condition, Sources): a use approved on a day, or in a month").
fact_shape(trial(_Id, _Drug, _Name, _Sentence, _Condition, _Sources),
           "trial(Id, Drug, Name, Sentence, Condition, Sources): whom a trial enrolled").
fact_shape(diagnostic_agent(_Id, _Drug, _Name, _Date, _Sentence, _Sources),
           "diagnostic_agent(Id, Drug, Name, Date, Sentence, Sources): an imaging agent and its approval").
fact_shape(verdict(_Id, _Policy, _Finding, _Sentence, _Condition, _Sources),
           "verdict(Id, Policy, Finding, Sentence, Condition, Sources): what a payer finds of the evidence").
fact_shape(statement(_Id, _Kind, _Policies, _Sentence, _Sources),
           "statement(Id, Kind, Policies, Sentence, Sources): a note beside decisions of Policies").
fact_shape(scale(_Id, _Title, _Attributes, _Grades, _Sources),
           "scale(Id, Title, Attributes, Grades, Sources): a scale with its grade(Value, Meaning) steps").
fact_shape(regimen(_Id, _Policy, _Activity, _IntervalWeeks, _Doses, _Sentence, _Sources),
           "regimen(Id, Policy, Activity, IntervalWeeks, Doses, Sentence, Sources): the usual course").
fact_shape(activity_unit(_Symbol, _Becquerels),
           "activity_unit(Symbol, Becquerels): a unit of radioactivity").
fact_shape(billing_code(_Id, _Policy, _Code, _Unit, _Activity, _Doses, _Sentence, _Sources),
           "billing_code(Id, Policy, Code, Unit, Activity, Doses, Sentence, Sources): what a unit of the code bills").
fact_shape(approval(_Id, _Policy, _Months, _Doses, _Sentence, _Sources),
           "approval(Id, Policy, Months, Doses, Sentence, Sources): the longest approval").
fact_shape(stages(_Attribute),
           "stages(Attribute): the options of Attribute are the stages of documentation lists").
fact_shape(item(_Id, _Policy, _Stage, _Sentence, _Groups, _Criteria, _Sources),
           "item(Id, Policy, Stage, Sentence, Groups, Criteria, Sources): an item of a documentation list").
fact_shape(concerns_indication(_Policy, _Criteria),
           "concerns_indication(Policy, Criteria): these criteria are on the indication").
fact_shape(second_route(_Id, _Policy, _Outcome, _Sentence, _Sources),
           "second_route(Id, Policy, Outcome, Sentence, Sources): what is left to look at after Outcome").
fact_shape(not_printed(_Policy, _What, _Sentence),
           "not_printed(Policy, What, Sentence): what a document does not say").
fact_shape(theorem(_Name, _Sentence, _Over, _Claim),
           "theorem(Name, Sentence, Over, Claim): a claim that is expected to be proved").
fact_shape(non_theorem(_Name, _Sentence, _Over, _Claim),
           "non_theorem(Name, Sentence, Over, Claim): a likely claim that is expected to be refuted").
fact_shape(accepted_finding(_Policy, _Place, _Kind, _Readings, _Why),
           "accepted_finding(Policy, Place, Kind, Readings, Why): what `lutalogic health` may find there").
fact_shape(document(_Name, _Payer, _Number, _Title, _Effective, _Reviewed, _Lines),
           "document(Name, Payer, Number, Title, EffectiveDate, LastReview, Lines)").
fact_shape(unchanged_by(_Document, _Date, _Change),
           "unchanged_by(Document, Date, Change): a change that altered no rule").
fact_shape(not_formalised(_Document, _Section, _Why),
           "not_formalised(Document, Section, Why)").
fact_shape(ledger(_Document, _Lines, _Heading, _Status, _Note),
           "ledger(Document, From-To, Heading, Status, Note): what became of these lines").

%   Infinity and "not a number" are numbers to Prolog and to nobody else.

finite(Number) :-
    number(Number),
    catch(_ is rationalize(Number), _, fail).

%!  day_number(+Date, -Number) is semidet.
%
%   True when Date is a calendar date written Year-Month-Day and Number is it as the integer
%   YYYYMMDD, which orders as dates do.

day_number(Y-M-D, Number) :-
    maplist(integer, [Y, M, D]),
    catch(date_time_stamp(date(Y, M, D, 0, 0, 0, 0, -, -), Stamp), _, fail),
    stamp_date_time(Stamp, date(Y, M, D, _, _, _, _, _, _), 'UTC'),
    Number is Y * 10000 + M * 100 + D.

%!  exact(+Number, -Rational) is det.
%
%   True when Rational is the decimal Number itself and not its binary approximation: 7.35 is
%   147r20.

exact(Number, Rational) :-
    Rational is rationalize(Number).
