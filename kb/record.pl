% SPDX-License-Identifier: Apache-2.0
:- module(record, []).
:- use_module('../prolog/operators').

/** <module> What people keep of a patient, and the facts that follow from it

recorded(Name, Kind, Meaning): an entry of a record. Kind is one of

  - date                      a calendar date
  - one_of(Values)            exactly one of these
  - series(Unit)              values over time; one may be marked as the baseline
  - series_with_limit(Unit)   values over time, each beside its upper limit of normal
  - doses(Unit)               doses given, each with its date, and its activity and course if known
  - times                     dates, or dates with the time of day

An entry that is there is complete: a history without an event is a documented "none". An entry
that is not there is unknown.

derived(Attribute, Rule, Sentence, Sources): the fact follows from these entries. A rule is
Name(Entries, Constants), each constant Name(Number):

  - completed_years([Birth], [])             from the date of birth to the date of service
  - latest([Series], [])                     the last value on or before the date of service
  - multiple([Series], [])                   the last value over its upper limit
  - highest_multiple([Series, ...], [days_apart(D)])  the highest of the last values over their upper
                                             limits; those more than D days older than another left out
  - rise_percent([Series], [])               of the last value over the baseline
  - cockcroft_gault([Birth, Sex, Weight, Creatinine], Constants)
  - cockcroft_gault_fall(the same)           in percent of that at the baseline of creatinine
  - count([Doses], [])                       the number of doses
  - all_in_earlier_course([Doses, ...], [])  whether they are, of each drug of which one was given;
                                             open while any of these histories is not there
  - some_in_earlier_course([Doses], [])      true if one was; it never says no
  - weeks_since([Doses, ...], [])            since the last dose of the one drug that was given, in the
                                             course under way; all these histories must be there
  - reductions([Doses], [no_fall(P), fall(Q)])  steps down in the course under way: a dose lower than
                                             those before by Q percent or more is one, by P or less none
  - days_since([Times], []), hours_since([Times], [])   the last one, or never
*/

recorded(birth_date, date, "Date of birth").
recorded(sex, one_of([ female, male ]), "Sex, as the Cockcroft-Gault equation takes it").
recorded(weight, series("kg"), "Actual body weight").
recorded(creatinine, series("mg/dL"), "Serum creatinine").
recorded(albumin, series("g/L"), "Serum albumin").
recorded(prothrombin_ratio, series("%"), "Prothrombin ratio (activity)").
recorded(bilirubin, series_with_limit("mg/dL"), "Bilirubin in blood").
recorded(alt, series_with_limit("U/L"), "Alanine aminotransferase").
recorded(ast, series_with_limit("U/L"), "Aspartate aminotransferase").
recorded(doses:lutathera, doses("GBq"), "Doses of Lutathera given").
recorded(doses:pluvicto, doses("GBq"), "Doses of Pluvicto given").
recorded(doses:xofigo, doses("MBq"), "Doses of Xofigo given").
recorded(analogues:long_acting, times, "Injections of octreotide LAR or lanreotide").
recorded(analogues:short_acting, times, "Doses of short-acting octreotide").

derived(age_years, completed_years([ birth_date ], []),
    "Completed years from the date of birth; born on 29 February, a year is complete on 1 March in years that have no such day",
    [ wellmark("Policy, medically necessary", [53]), premera("Medical necessity, Lutathera", [46]) ]).

%   Both documents name the equation and actual body weight; neither prints it. The constants are
%   those of Cockcroft and Gault (Nephron 1976; 16: 31-41), creatinine in mg/dL, weight in kg.

derived(creatinine_clearance_ml_min,
    cockcroft_gault([ birth_date, sex, weight, creatinine ],
                    [ from_age(140), divisor(72), female(0.85) ]),
    "Cockcroft-Gault from the last creatinine and the last actual body weight, at the age on the date of service",
    [ wellmark("Policy guidelines, special considerations", [135]), premera("Related information, Lutathera", [148]) ]).
derived(creatinine_clearance_fall_percent,
    cockcroft_gault_fall([ birth_date, sex, weight, creatinine ],
                         [ from_age(140), divisor(72), female(0.85) ]),
    "Fall of that clearance from the one at the baseline of creatinine, with the age and weight of that day",
    [ wellmark("Policy guidelines, special considerations", [135]), premera("Related information, Lutathera", [148]) ]).
derived(creatinine_rise_percent, rise_percent([ creatinine ], []),
    "Rise of the last creatinine over its baseline",
    [ wellmark("Policy guidelines, special considerations", [135]), premera("Related information, Lutathera", [148]) ]).
derived(albumin_g_l, latest([ albumin ], []),
    "The last value",
    [ wellmark("Policy guidelines, special considerations", [134]), premera("Related information, Lutathera", [146]) ]).
derived(prothrombin_ratio_percent, latest([ prothrombin_ratio ], []),
    "The last value",
    [ wellmark("Policy guidelines, special considerations", [134]), premera("Related information, Lutathera", [146]) ]).
derived(bilirubin_x_uln, multiple([ bilirubin ], []),
    "The last value over its upper limit of normal",
    [ wellmark("Policy guidelines, special considerations", [134]), premera("Related information, Lutathera", [146]) ]).

%   Which of two values is the higher is asked of values of one time. No document says how far apart
%   they may be; 30 days are ours.

derived(transaminase_x_uln, highest_multiple([ alt, ast ], [ days_apart(30) ]),
    "The higher of the last values of both, each over its upper limit of normal; at least the later one, if they are more than 30 days apart",
    [ premera("Related information, Pluvicto", [205-216]) ]).

derived(prior_lutathera_doses, count([ doses:lutathera ], []),
    "The doses given before the date of service",
    [ wellmark("Policy, investigational", [80]), premera("Investigational", [61]) ]).
derived(prior_pluvicto_doses, count([ doses:pluvicto ], []),
    "The doses given before the date of service",
    [ premera("Investigational", [61]) ]).
derived(prior_xofigo_doses, count([ doses:xofigo ], []),
    "The doses given before the date of service",
    [ premera("Investigational", [61]) ]).
derived(prior_doses_in_earlier_course,
    all_in_earlier_course([ doses:lutathera, doses:pluvicto, doses:xofigo ], []),
    "Each dose belongs to an earlier course; asked only where the doses of every drug are told and each says its course",
    [ wellmark("Policy, investigational", [80]), premera("Investigational", [61]) ]).
derived(prior_radiolabeled_ssa_therapy, some_in_earlier_course([ doses:lutathera ], []),
    "Lutathera is one; that it was not given says nothing of others",
    [ wellmark("Policy, item 4", [67]) ]).

%   No rule asks for an interval between doses of Xofigo, so that its doses give none: one would
%   count for the drugs of which it is asked.

derived(planned_interval_weeks, weeks_since([ doses:lutathera, doses:pluvicto ], []),
    "From the last dose of the course under way to the date of service, where one drug alone was given",
    [ wellmark("Policy guidelines, regimen", [91, 92]), premera("Related information, Pluvicto", [197, 201]) ]).

%   What is a reduction is not said in numbers. The doses that the policies take for one another
%   differ by less than 2 % (7.35 and 7.45 GBq); the step that they name, to 5.9 GBq, is 20 %.

derived(dose_reductions, reductions([ doses:pluvicto ], [ no_fall(2), fall(10) ]),
    "Steps down in activity in the course under way",
    [ premera("Related information, Pluvicto", [197, 201]) ]).
derived(days_since_long_acting_ssa, days_since([ analogues:long_acting ], []),
    "From the last injection to the date of service; one on that day may belong to either side of the dose",
    [ wellmark("Policy guidelines, special considerations", [130, 131]), premera("Medical necessity, Lutathera", [46]) ]).
derived(hours_since_short_acting_octreotide, hours_since([ analogues:short_acting ], []),
    "From the last dose to some time on the date of service; one on that day may belong to either side of it",
    [ wellmark("Policy guidelines, special considerations", [130, 131]), premera("Medical necessity, Lutathera", [46]) ]).
