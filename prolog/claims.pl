% SPDX-License-Identifier: Apache-2.0
:- module(claims,
          [ claim_form/2,               % +Claim, -Form
            subject_form/2,             % +Subject, -Form
            on_form/2,                  % +On, -Form
            scope_form/2,               % +Over, -Form
            word_of_claims/1,           % ?Name
            sub_claim/3,                % +Claim, -Records, -Sub
            theorem_fact/6,             % ?Fact, ?Expected, ?Name, ?Sentence, ?Over, ?Claim
            theorem_condition/3         % +RuleBase, -Condition, -Location
          ]).
:- use_module(library(lists), [append/3, member/2]).
:- use_module(language).
:- use_module(loader).
:- use_module(operators).

/** <module> Claims: what theorems say of the rules

A theorem makes a *claim* about every record, or about every two records of a kind; what is known to
be no theorem makes one that some record refutes. claim_form/2 is the one grammar of claims: the
checker, the numbering of nodes and the exporter read a claim through its form.

A claim is true or false, never unknown. Its leaves ask which of three truths a subject has, or which
outcome a request, so that nobody has to guess whether unknown counts:

  | combines(Op, Claims)           | Op is implies (of two claims), all_of, any_of or not          |
  | of_record(Which, Claim)        | Claim is about this one of two records: first or second       |
  | outcome(Policy, When, Outcome) | the request has Outcome under Policy                          |
  | conflict(Policy, When)         | some evidence that bears on the outcome of Policy disagrees   |
  | truth(Subject, When, Truth)    | Subject, by its form, is true, false or unknown               |

*When* is under(On, Readings), On and Readings as they are written, or `always`, where nothing turns
on the date or on a reading.

A *subject* has one of the forms criterion(Policy, Id), recommendation(Id) and condition(Condition).
The conditions of all theorems together are the pseudo-policy `theorems`, which is evaluated like a
policy and decides nothing.
*/

%!  claim_form(+Claim, -Form) is semidet.
%
%   True when Claim is a claim and Form is its form; the claims within it may be none. Fails for any
%   other term.

claim_form(implies(If, Then), Form) => Form = combines(implies, [If, Then]).
claim_form(all_of(Claims), Form), is_list(Claims) => Form = combines(all_of, Claims).
claim_form(any_of(Claims), Form), is_list(Claims) => Form = combines(any_of, Claims).
claim_form(not(Claim), Form) => Form = combines(not, [Claim]).
claim_form(first(Claim), Form) => Form = of_record(first, Claim).
claim_form(second(Claim), Form) => Form = of_record(second, Claim).
claim_form(outcome(Policy, On, Readings) = Outcome, Form), atom(Policy), readings(Readings), atom(Outcome) =>
    Form = outcome(Policy, under(On, Readings), Outcome).
claim_form(conflict(Policy, On, Readings), Form), atom(Policy), readings(Readings) =>
    Form = conflict(Policy, under(On, Readings)).
claim_form(Leaf, Form), truth_leaf(Leaf, Subject, When, Truth) =>
    Form = truth(SubjectForm, When, Truth),
    subject_form(Subject, SubjectForm).
claim_form(_, _) => fail.

truth_leaf(Leaf, Subject, When, Truth) :-
    compound(Leaf),
    Leaf =.. [Name, Subject|Rest],
    asked_truth(Name, Truth),
    (   Rest == []
    ->  When = always
    ;   Rest = [On, Readings],
        readings(Readings),
        When = under(On, Readings)
    ).

asked_truth(is_true, true).
asked_truth(is_false, false).
asked_truth(is_unknown, unknown).

readings(Readings) :-
    is_list(Readings),
    forall(member(Reading, Readings), ( nonvar(Reading), Reading = (Name = _), atom(Name) )).

%!  word_of_claims(?Name) is nondet.
%
%   True when a claim may begin with the word Name.

word_of_claims(Name) :-
    member(Name, [ implies, all_of, any_of, not, first, second, outcome, conflict,
                   is_true, is_false, is_unknown ]).

%!  subject_form(+Subject, -Form) is semidet.
%
%   True when a claim may ask for the truth of Subject and Form is its form.

subject_form(Subject, _), var(Subject) => fail.
subject_form(criterion(Policy, Id), Form) =>
    atom(Policy),
    atom(Id),
    Form = criterion(Policy, Id).
subject_form(recommendation(Id), Form) =>
    atom(Id),
    Form = recommendation(Id).
subject_form(Condition, Form) =>
    condition_form(Condition, _),
    Form = condition(Condition).

%!  on_form(+On, -Form) is semidet.
%
%   True when On says of which day a leaf speaks: day(Date); `latest`, the day on which the last text
%   of the policies named in the claim began; or each(From, Before), each day on which one of their
%   texts began, from the date From on and before the date Before, each of which may be `null`.

on_form(latest, Form) => Form = latest.
on_form(each_text, Form) => Form = each(null, null).
on_form(each_text_from(Date), Form) => date(Date), Form = each(Date, null).
on_form(each_text_before(Date), Form) => date(Date), Form = each(null, Date).
on_form(Date, Form) => date(Date), Form = day(Date).

date(Date) :-
    nonvar(Date),
    day_number(Date, _).

%!  scope_form(+Over, -Form) is semidet.
%
%   True when Over says which records a claim is about and Form is records(Number, Kind, Attributes):
%   how many at a time, the kind (record, extension, change or increase) and the attributes in which
%   two of them may differ, where these are named.

scope_form(record, Form) => Form = records(1, record, []).
scope_form(extension, Form) => Form = records(2, extension, []).
scope_form(change(Attributes), Form) =>
    is_list(Attributes),
    Form = records(2, change, Attributes).
scope_form(increase(Attribute), Form) =>
    Form = records(2, increase, [Attribute]).
scope_form(_, _) => fail.

%!  sub_claim(+Claim, -Records, -Sub) is nondet.
%
%   True when Sub is Claim or stands in it, before what stands in Sub; Records are the records, first
%   or second, that it is said to be about, the outermost first. A Sub may be no claim.

sub_claim(Claim, Records, Sub) :-
    sub_claim(Claim, [], Records, Sub).

sub_claim(Claim, Records, Records, Claim).
sub_claim(Claim, Records0, Records, Sub) :-
    claim_form(Claim, Form),
    (   Form = combines(_, Parts),
        member(Part, Parts),
        sub_claim(Part, Records0, Records, Sub)
    ;   Form = of_record(Which, Part),
        append(Records0, [Which], Records1),
        sub_claim(Part, Records1, Records, Sub)
    ).

%!  theorem_fact(?Fact, ?Expected, ?Name, ?Sentence, ?Over, ?Claim) is nondet.
%
%   True when Fact states the Claim called Name, which is expected to be proved or refuted.

theorem_fact(theorem(Name, Sentence, Over, Claim), proved, Name, Sentence, Over, Claim).
theorem_fact(non_theorem(Name, Sentence, Over, Claim), refuted, Name, Sentence, Over, Claim).

%!  theorem_condition(+RuleBase, -Condition, -Location) is nondet.
%
%   True when the theorem at Location asks for the truth of Condition. Conditions come in the order
%   in which the nodes of the pseudo-policy are numbered.

theorem_condition(RuleBase, Condition, Location) :-
    theorem_fact(Fact, _, _, _, _, Claim),
    rule_fact(RuleBase, Fact, Location),
    sub_claim(Claim, _, Sub),
    claim_form(Sub, truth(condition(Condition), _, _)).
