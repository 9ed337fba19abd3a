% SPDX-License-Identifier: Apache-2.0
:- module(messages,
          [ problem_text/2              % +Problem, -Text
          ]).
:- use_module(library(apply), [maplist/2]).
:- use_module(library(dcg/high_order), [sequence//3]).
:- use_module(library(lists), [append/3, list_to_set/2, member/2]).
:- use_module(library(isub), [isub/4]).
:- use_module(claims, [word_of_claims/1]).
:- use_module(language, [fact_shape/2]).
:- use_module(operators).

/** <module> Problems of a rule base, in words

One place for all words, each with what is wrong and what to do about it.
*/

%!  problem_text(+Problem, -Text) is det.
%
%   True when Text is one line that says where the problem is, what it is and what to do.

problem_text(problem(File:Line, What), Text) :-
    (   phrase(what(What), Parts)
    ->  true
    ;   Parts = [What]
    ),
    with_output_to(string(Words), forall(member(Part, Parts), show(Part))),
    (   Line =:= 0
    ->  format(string(Text), "~w: ~s", [File, Words])
    ;   format(string(Text), "~w:~d: ~s", [File, Line, Words])
    ).

show(Part) :-
    (   string(Part)
    ->  write(Part)
    ;   Part = whole(Term)
    ->  write_whole(Term)
    ;   Part = Y-M-D,
        maplist(integer, [Y, M, D])
    ->  format("~d-~|~`0t~d~2+-~|~`0t~d~2+", [Y, M, D])
    ;   print_term_of_language(Part)
    ).

%   Terms as they stand in a rule base, operators included.

print_term_of_language(Term) :-
    write_term(Term, [quoted(true), module(operators), max_depth(8), numbervars(true), spacing(next_argument)]).

%   A type is shown with all its values.

write_whole(Term) :-
    write_term(Term, [quoted(true), module(operators), numbervars(true), spacing(next_argument)]).

what(no_files) -->
    [ "there are no .pl files here; name the folder that holds the rule base" ].
what(syntax(Error)) -->
    { syntax_words(Error, Words) },
    [ "syntax error: ", Words, "; each fact ends with a full stop, texts stand in double quotes" ].
what(unreadable(Error)) -->
    [ "cannot be read: ", Error, "; save the file as UTF-8 text" ].
what(too_large(Size)) -->
    [ "has ", Size, " bytes: too large for a file of rules" ].
what(early_end) -->
    [ "the fact end_of_file ends the file here: remove it" ].
what(variables(Name)) -->
    [ "a variable in ", Name, " means nothing: only the parameters of a definition are variables, in its head and its condition" ].
what(not_checked(Error)) -->
    [ "cannot be checked: ", Error, "; write each argument as docs/rule-language.md shows it" ].
what(directive) -->
    [ "a rule base is data: remove this directive (only the module header and the import of the operators may stand)" ].
what(singleton(Names)) -->
    [ "the variable ", Names, " stands once only: spell it as its partner, or write the constant meant" ].
what(capital(Fact, Name)) -->
    { atom_string(Name, Given),
      atom_codes(Name, Codes),
      phrase(small(Codes, first), Small),
      string_codes(Lower, Small),
      atom_string(Fact, Word) },
    [ "the name of a ", Word, " begins with a lower-case letter, and ", Given, " is a variable" ],
    ( { Lower == "" } -> [ "; write a name" ] ; [ "; write ", Lower ] ).
what(unknown_fact(Name/Arity)) -->
    [ "no fact of a rule base is called ", Name/Arity ],
    (   { fact_shape(General, Shape), functor(General, Name, _) }
    ->  [ "; write ", Shape ]
    ;   { findall(N, ( fact_shape(G, _), functor(G, N, _) ), Names) },
        near(Name, Names)
    ).
what(twice(Name, File:Line)) -->
    { format(string(First), "~w:~w", [File, Line]) },
    [ Name, " is declared already at ", First, ": remove one, or give it another name" ].
what(bad_type(Name, Type)) -->
    [ Name, " has no type of the language: ", Type,
      "; write boolean, one_of(Values), set_of(Values), integer(Low..High, Unit), number(...) or elapsed(...)" ].
what(unit_of_name(Name, Unit, Expected)) -->
    [ "unit mismatch: ", Name, " is in ", Expected, " by its name but declared in ", Unit, "; correct the one that is wrong" ].
what(unknown(Kind, Name, Known)) -->
    { atom_string(Kind, Word) },
    [ "unknown ", Word, " ", Name ],
    near(Name, Known),
    [ "; declare it or correct the name" ].
what(unknown_value(Attribute, Value, Options)) -->
    [ Value, " is no value of ", Attribute ],
    near(Value, Options),
    [ "; its values are " ],
    names(Options).
what(no_such_value(Attribute, Name, member_of(_), Options, Classes)) -->
    [ Name, " is no class of ", Attribute ],
    (   { nearest(Name, Classes, _) }
    ->  near(Name, Classes)
    ;   { nearest(Name, Options, [Value|_]) }
    ->  [ " (did you mean ", Attribute, " = ", Value, "?)" ]
    ;   []
    ),
    (   { Classes == [] }
    ->  [ ", which has none; its values are " ],
        names(Options)
    ;   [ "; its classes are " ],
        names(Classes)
    ).
what(no_such_value(Attribute, Name, Test, Options, Classes)) -->
    { Test \= member_of(_) },
    [ Name, " is no value of ", Attribute ],
    (   { \+ memberchk(Name, Classes), nearest(Name, Options, _) }
    ->  near(Name, Options),
        [ "; correct the name" ]
    ;   { nearest(Name, Classes, [Class|_]) }
    ->  ( { Test = includes(_) } -> near(Name, [Class]) ; [ " (did you mean ", Attribute, " in ", Class, "?)" ] ),
        [ "; correct the name" ]
    ;   [ "; its values are " ],
        names(Options)
    ).
what(few_values(Name)) -->
    [ "the reading ", Name, " needs at least two values: list value(Value, Meaning) terms, the default first" ].
what(no_part(Policy, Part)) -->
    [ "the policy ", Policy, " has no ", Part, "; add the fact" ].
what(bad_date(Date)) -->
    { string(Date) },
    !,
    [ "a date is written without quotes: ", Date, "" ].
what(bad_date(Date)) -->
    [ Date, " is no calendar date; write Year-Month-Day, as 2026-04-01" ].
what(bad_reference_date(Date)) -->
    [ Date, " is no date; write Year-Month-Day, Year-Month or Year, as 2025-03 where no day is printed" ].
what(misfit(Name, Given, Wanted)) -->
    [ Name, ": ", Given, " does not fit; write ", Wanted ].
what(bad_place(Place)) -->
    [ Place, " is no place of a finding; write outcome, criterion(Id), clause(Id, Condition), condition(Condition) \c
      or pair(Id, OtherPolicy, OtherId)" ].
what(bad_kind(Kind, Kinds)) -->
    [ Kind, " is no kind of finding there; write one of ", Kinds ].
what(bad_readings(Readings)) -->
    [ Readings, " are no readings; write a list of Name = Value, [] for the defaults" ].
what(bad_status(Status)) -->
    [ Status, " is no status of a text; write printed or reconstructed" ].
what(overlapping_texts(Policy, Later, Earlier)) -->
    [ "the texts of ", Policy, " overlap: ", Later, " does not come after ", Earlier, "; put them in the order of their dates, each date once" ].
what(overlapping_dates(Earlier, Later)) -->
    [ "overlapping periods: from ", Later, " does not come after from ", Earlier, "; put the cases in the order of their dates, each date once" ].
what(late_start(Date)) -->
    [ "no period covers the time before ", Date, "; begin with the day on which the policy comes into force (with `nothing` if nothing is asked then)" ].
what(no_parameter(Name, Mark, Arity)) -->
    [ "the sentence of ", Name, " marks parameter ", whole(Mark), ", and ", Name, " has ", Arity, "; number the marks from 1" ].
what(no_sentence(Name)) -->
    [ Name, " has no sentence; say in double quotes, in plain words, what it asks" ].
what(no_source(Name)) -->
    [ Name, " has no source; cite at least one, as [ wellmark(\"Section, item\", [59]) ]" ].
what(bad_source(Source)) -->
    [ Source, " is no source; write Document(\"Section, item\", Lines), as wellmark(\"Policy, item 2\", [59, 61-63])" ].
what(bad_lines(Document, Span, Last)) -->
    [ whole(Span), " are no lines of ", Document, ", which has ", Last, "; write a line or From-To" ].
what(unused(unit, Unit)) -->
    [ "nothing is in the unit ", Unit, "; use it in a conversion, or remove it" ].
what(unused(entry, Name)) -->
    [ "no fact is derived from the entry ", Name, "; derive one, or remove it" ].
what(unused(supplier, Name)) -->
    [ "no fact is supplied by ", Name, "; list some in supplies(", Name, ", Attributes), or remove it" ].
what(unused('way of change', Name)) -->
    [ "no fact changes by ", Name, "; list some in changes(", Name, ", Attributes), or remove it" ].
what(unused(Kind, Name)) -->
    { atom_string(Kind, Word) },
    [ "the ", Word, " ", Name, " is not used; use it in a condition that a policy needs, or remove it" ].
what(no_condition(Condition)) -->
    [ "no condition of the rule language: ", Condition, "; see condition_form/2 in prolog/language.pl" ].
what(misplaced(nothing)) -->
    [ "`nothing` may stand only as a case of by_reading or by_date; leave the condition out instead" ].
what(misplaced(Op)) -->
    [ Op, " may stand only among the sources of evidence([...]); write the condition itself" ].
what(empty_list(Op)) -->
    [ Op, " of nothing; list at least one condition" ].
what(units_differ(Attributes, A, B)) -->
    [ "unit mismatch: ", Attributes, " are added, but one is in ", A, " and the other in ", B ].
what(not_whole(Attribute)) -->
    [ Attribute, " is no count of whole numbers from 0 on and cannot be added" ].
what(bad_sum(Attributes)) -->
    [ "a sum of ", Attributes, " is compared with a whole number only" ].
what(criterion_of_no_policy(Id)) -->
    [ "a claim asks for a criterion of a policy by itself: write criterion(Policy, ", Id, ") in place of the whole condition" ].
what(subject_in_condition(Subject)) -->
    [ Subject, " is no condition: a claim asks for it by itself, as is_true(", Subject, ", latest, []); join claims, not conditions" ].
what(no_readings(Name)) -->
    { Name == outcome -> Words = "Policy, On, Readings) = Outcome"
    ; Name == conflict -> Words = "Policy, On, Readings)"
    ; Words = "Subject, On, Readings)" },
    [ Name, "(", Words, ": add the readings, [] for the defaults" ].
what(no_claim(Term)) -->
    { compound(Term),
      ( Term = (Left = _), compound(Left) -> true ; Left = Term ),
      functor(Left, Name, _),
      findall(Word, word_of_claims(Word), Known),
      \+ memberchk(Name, Known),
      nearest(Name, Known, _) },
    !,
    [ "no claim: ", Term ],
    near(Name, Known),
    [ "; correct the word" ].
what(no_claim(Term)) -->
    [ "no claim: ", Term, "; write implies(Claim, Claim), all_of([Claim, ...]), any_of([Claim, ...]), not(Claim), \c
       first(Claim), second(Claim), outcome(Policy, On, Readings) = Outcome, conflict(Policy, On, Readings), \c
       is_true(Subject), is_true(Subject, On, Readings), or is_false or is_unknown so; Readings is [Name = Value, ...]" ].
what(bare_condition(Condition)) -->
    [ "a condition may be unknown and a claim may not: say is_true(", Condition, "), is_false(...) or is_unknown(...)" ].
what(empty_claim(Op)) -->
    [ Op, " of nothing; list at least one claim" ].
what(bad_scope(Over)) -->
    [ Over, " tells no records; write record, extension, change([Attribute, ...]) or increase(Attribute)" ].
what(empty_change) -->
    [ "change([]) leaves two records no difference; list the attributes that may differ, or write record" ].
what(change_twice(Attribute)) -->
    [ "change lists ", Attribute, " twice; keep one" ].
what(no_number(Attribute, Type)) -->
    [ Attribute, " cannot increase: it is ", Type, "; name an integer, number or elapsed attribute, or write change([", Attribute, "])" ].
what(one_record(Which)) -->
    [ Which, "(...) has no place in a claim about one record: leave it out, or write extension, change or increase for record" ].
what(record_in_record(Which)) -->
    [ Which, "(...) stands within first(...) or second(...); keep one of the two" ].
what(record_not_said(Leaf)) -->
    [ "of which of the two records is this said: ", Leaf, "; put it into first(...) or second(...)" ].
what(varies(Subject, Thing)) -->
    { Thing = reading(Name) -> On = ["the reading ", Name] ; On = ["the date"] },
    [ Subject, " may turn on " ], On, [ ": say for which, as is_true(", Subject, ", latest, [])" ].
what(bad_on(On)) -->
    { date_within(On, Date),
      quoted_date(Date, Unquoted) },
    !,
    [ "a date is written without quotes: ", Unquoted, "" ].
what(bad_on(On)) -->
    { date_within(On, Y-M-D),
      integer(Y), integer(M), integer(D) },
    !,
    [ Y-M-D, " is no calendar date; write Year-Month-Day, as 2026-04-01" ].
what(bad_on(On)) -->
    day_of_claim(On),
    [ " is no day of a claim; write a date, as 2026-04-01, latest, each_text, each_text_from(Date) or each_text_before(Date)" ].
what(not_in_force(Policy, Date, First)) -->
    [ "no text of ", Policy, " is in force on ", Date, "; name a later day, from ", First, " on" ].
what(idle_reading(Name, Of, Bearing)) -->
    [ "the reading ", Name, " does not bear on ", Of ],
    (   { Bearing == [] }
    ->  [ ", nor does any other; write []" ]
    ;   { nearest(Name, Bearing, _) }
    ->  near(Name, Bearing),
        [ "; leave it out or correct the name" ]
    ;   [ "; leave it out, or name one that does: " ],
        names(Bearing)
    ).
what(reading_twice(Name)) -->
    [ "the reading ", Name, " is chosen twice; keep one" ].
what(two_sorts(One, Other)) -->
    [ "a claim goes through the texts in one way, and this one in two: " ],
    day_of_claim(One),
    [ " and " ],
    day_of_claim(Other),
    [ "; make two theorems" ].
what(no_policy(On)) -->
    day_of_claim(On),
    [ " is a day of the policies that a claim names, and this one names none; write a date" ].
what(no_text(On)) -->
    [ "no text of the policies named begins in " ],
    day_of_claim(On),
    [ ", so that the claim says nothing; correct the date" ].
what(circle(Name)) -->
    [ Name, " is defined by itself; break the circle" ].
what(not_boolean(Name)) -->
    [ Name, " is not boolean; compare it, as ", Name, " = Value or ", Name, " >= Number" ].
what(parameters(Name, Given, Right)) -->
    [ Name, " is given ", Given, " parameters and has ", Right ].
what(idle(Attribute, Test, t)) -->
    { test_words(Test, Words) },
    [ "the test ", Attribute, " ", Words, " holds for every value of the range and asks nothing; correct the constant or the range" ].
what(idle(Attribute, Test, f)) -->
    { test_words(Test, Words) },
    [ "the test ", Attribute, " ", Words, " holds for no value of the range; correct the constant or the range" ].
what(ill_typed(Attribute, Type, Test)) -->
    { test_words(Test, Words) },
    [ "the test ", Attribute, " ", Words, " does not fit: ", Attribute, " is ", whole(Type), "; use a test of its type and values of its vocabulary" ].
what(no_case(Name, Value)) -->
    [ "the reading ", Name, " has no case for ", Value, "; add case(", Value, ", Condition), with `nothing` if nothing is asked then" ].
what(unknown_case(Name, Value, Values)) -->
    [ Value, " is no value of the reading ", Name ],
    near(Value, Values),
    [ "; its values are ", Values ].
what(case_twice(Name, Value)) -->
    [ "the reading ", Name, " has ", Value, " twice; keep one" ].
what(ledger_gap(Document, Expected, Found)) -->
    [ "the ledger of ", Document, " must go on at line ", Expected, " and has ", Found, "; every line stands in it once" ].
what(ledger_lines(Lines)) -->
    [ Lines, " are no lines; write From-To, as 59-59 or 61-63" ].
what(idle_sum(Attributes, Truth)) -->
    { Truth == t -> Always = "always" ; Always = "never" },
    [ "the sum of ", Attributes, " is ", Always, " within this limit; correct the limit or the ranges" ].
what(ledger_status(Status)) -->
    [ Status, " is no status of the ledger; write encoded([Id, ...]), reference(Topic), reference(Topic, [Id, ...]), \c
      not_formalised(Why) or out_of_scope(Why)" ].
what(cited_elsewhere(Id, Lines)) -->
    [ "the ledger names ", Id, " at lines ", Lines, ", which it does not cite; name it at the lines of its sources" ].
what(not_named(Id, Lines)) -->
    [ Id, " cites a line of ", Lines, "; write reference(Topic, Ids) there, with it among the Ids" ].
what(not_in_ledger(Id)) -->
    [ "the ledger says of no line that it is encoded as ", Id, "; add it to the lines it rests on" ].
what(spelled_twice(Spelling, Unit, Other)) -->
    [ Spelling, " stands for ", Unit, " and for ", Other, "; remove it from one of them" ].
what(bad_spellings(Unit, Spellings)) -->
    [ "the unit ", Unit, " is written ", Spellings, "; list texts in double quotes, each once" ].
what(bad_factor(From, Into, Factor)) -->
    [ "one ", From, " cannot be ", Factor, " ", Into, "; write a decimal number above 0 and two different units" ].
what(converted_twice(Of, From, Into)) -->
    [ From, " and ", Into, " of ", Of, " convert already; a conversion serves both ways, keep one" ].
what(bad_entry(Name, Kind)) -->
    [ Name, " is no entry of a record: ", Kind,
      "; write date, one_of(Values), series(Unit), series_with_limit(Unit), doses(Unit) or times" ].
what(bad_rule(Attribute, Rule)) -->
    [ Attribute, " cannot be derived by ", Rule, "; write a rule of kb/record.pl with the entries and constants it takes" ].
what(unit_of_rule(Attribute, Unit, Needed)) -->
    [ "unit mismatch: ", Attribute, " is in ", Unit, " and its rule gives ", Needed, "; derive another fact, or correct the entry" ].
what(listed_twice(Attribute, Fact, File:Line)) -->
    { format(string(First), "~w:~w", [File, Line]) },
    [ Attribute, " stands in ", Fact, " already at ", First, ": keep it in one list, once" ].
what(not_listed(Attribute, supplies)) -->
    [ Attribute, " has no supplier; list it in supplies(Supplier, Attributes)" ].
what(not_listed(Attribute, changes)) -->
    [ Attribute, " has no way of change; list it in changes(Way, Attributes), with never if it cannot change" ].
what(never_grows(Attribute)) -->
    [ Attribute, " never changes and so does not grow; take it out of only_grows, or list it with another way of change" ].

%   A date is shown as a date, also within each_text_from(Date).

day_of_claim(On) -->
    (   { compound(On), On =.. [Sort, Date] }
    ->  [ Sort, "(", Date, ")" ]
    ;   [ On ]
    ).

%   A name in small letters, its words joined by underscores.

small([], _) --> [].
small([Code|Codes], Before) -->
    (   { Before == first, Code =:= 0'_ }
    ->  small(Codes, first)
    ;   { code_type(Code, upper(Small)) }
    ->  ( { Before == lower } -> `_` ; [] ),
        [Small],
        small(Codes, upper)
    ;   [Code],
        { code_type(Code, alnum) -> Next = lower ; Next = other },
        small(Codes, Next)
    ).

date_within(On, Date) :-
    (   ( On = each_text_from(Within) ; On = each_text_before(Within) )
    ->  Date = Within
    ;   Date = On
    ).

quoted_date(Quoted, Text) :-
    ( string(Quoted) ; atom(Quoted) ),
    !,
    split_string(Quoted, "-", "", [Y|Rest]),
    length(Rest, 2),
    forall(member(Part, [Y|Rest]), catch(number_string(_, Part), _, fail)),
    atom_string(Quoted, Text).

syntax_words(Error, Words) :-
    (   atom(Error)
    ->  atomic_list_concat(Parts, '_', Error),
        atomic_list_concat(Parts, ' ', Joined),
        atom_string(Joined, Words)
    ;   format(string(Words), "~p", [Error])
    ).

%   A test as it stands in a rule base.

test_words(Test, Words) :-
    (   Test = within(Low, High)
    ->  format(string(Words), "in ~w..~w", [Low, High])
    ;   Test =.. [Functor, Constant],
        test_sign(Functor, Sign)
    ->  format(string(Words), "~w ~p", [Sign, Constant])
    ;   Words = Test
    ).

test_sign(equals, =).
test_sign(one_of, in).
test_sign(member_of, in).
test_sign(includes, includes).
test_sign(at_least, >=).
test_sign(at_most, =<).
test_sign(above, >).
test_sign(below, <).

names(Names) -->
    sequence(one, [", "], Names).

one(Name) -->
    [ Name ].

near(Name, Known) -->
    (   { nearest(Name, Known, Nearest) }
    ->  [ " (did you mean " ],
        sequence(one, [" or "], Nearest),
        [ "?)" ]
    ;   []
    ).

%   nearest(Name, Known, Nearest): those of Known that Name may be meant for, three at most: itself,
%   else those of which it is the first or last part, else the one most like it.

nearest(Name, Known, [Name]) :-
    memberchk(Name, Known),
    !.
nearest(Name, Known, Nearest) :-
    atom(Name),
    findall(Other, ( member(Other, Known), atom(Other), part_of(Name, Other) ), Whole),
    list_to_set(Whole, [First|Others]),
    !,
    length(Most, 3),
    ( append(Most, _, [First|Others]) -> Nearest = Most ; Nearest = [First|Others] ).
nearest(Name, Known, [Nearest]) :-
    atom(Name),
    findall(Likeness-Other,
            ( member(Other, Known),
              atom(Other),
              isub(Name, Other, Likeness, [normalize(true)]),
              Likeness > 0.65 ),
            Likely),
    sort(0, @>=, Likely, [_-Nearest|_]).

part_of(Name, Other) :-
    Name \== '',
    (   sub_atom(Other, Before, 1, After, Sign),
        memberchk(Sign, ['_', ' ']),
        (   sub_atom(Other, 0, Before, _, Name)
        ;   sub_atom(Other, _, After, 0, Name)
        )
    ->  true
    ).
