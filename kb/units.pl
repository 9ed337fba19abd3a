% SPDX-License-Identifier: Apache-2.0
:- module(units, []).
:- use_module('../prolog/operators').

/** <module> The units in which a value may be written

unit(Name, Spellings): a unit, and how else it is written. Case counts: mCi is not MCi.

converts(Of, From, Into, Factor): one From of the thing Of is Factor Into, exactly. Of is `any`, or
the entry of a record to which alone the factor applies: an amount of substance becomes a mass by
the molar mass of that substance. A conversion serves in both directions, and never in a chain.

What is not listed is refused. INR and prothrombin ratio, mitoses per mm2, and a clearance and one
that is indexed to body surface do not convert into one another, so they have no conversion here.
*/

unit("%",              [ "percent", "per cent" ]).
unit("a",              [ "year", "years", "yr", "yrs" ]).
unit("weeks",          [ "week", "wk", "wks" ]).
unit("d",              [ "day", "days" ]).
unit("h",              [ "hour", "hours", "hr", "hrs" ]).
unit("doses",          [ "dose" ]).
unit("GBq",            []).
unit("MBq",            []).
unit("mCi",            []).
unit("kg",             []).
unit("lb",             [ "lbs" ]).
unit("cm",             []).
unit("mm",             []).
unit("g/L",            [ "g/l" ]).
unit("g/dL",           [ "g/dl" ]).
unit("mg/dL",          [ "mg/dl" ]).
unit("umol/L",         [ "umol/l", "\u00B5mol/L", "\u00B5mol/l", "\u03BCmol/L", "\u03BCmol/l", "micromol/L" ]).
unit("U/L",            [ "U/l", "IU/L", "IU/l" ]).
unit("x ULN",          [ "xULN", "ULN", "times ULN", "\u00D7 ULN", "\u00D7ULN" ]).
unit("mL/min",         [ "ml/min" ]).
unit("mL/min/1.73 m2", [ "mL/min/1.73m2", "mL/min/1.73 m\u00B2", "mL/min/1.73m\u00B2",
                         "ml/min/1.73 m2", "ml/min/1.73m2", "ml/min/1.73 m\u00B2", "ml/min/1.73m\u00B2" ]).
unit("/10 HPF",        [ "per 10 HPF", "/10HPF", "/10 hpf" ]).

converts(any, "d", "h", 24).
converts(any, "weeks", "d", 7).
converts(any, "weeks", "h", 168).
converts(any, "GBq", "MBq", 1000).
converts(any, "mCi", "MBq", 37).
converts(any, "mCi", "GBq", 0.037).
converts(any, "lb", "kg", 0.45359237).
converts(any, "cm", "mm", 10).
converts(any, "g/dL", "g/L", 10).

%   Molar masses (creatinine 113.12 g/mol, bilirubin 584.66 g/mol) in the rounded form in which
%   laboratories use them.

converts(creatinine, "mg/dL", "umol/L", 88.4).
converts(bilirubin, "mg/dL", "umol/L", 17.1).
