% SPDX-License-Identifier: Apache-2.0
:- module(json_parts,
          [ source_dict/2,              % +Source, -Dict
            decimal/2                   % +Number, -Decimal
          ]).
:- use_module(library(apply), [maplist/3]).
:- use_module(operators).

/** <module> Parts of the exported rule base that recur

What several modules write of it is written in one place.
*/

%!  source_dict(+Source, -Dict) is det.
%
%   True when Dict is Source with its lines as pairs of a first and a last line.

source_dict(Source, _{ document: Document, section: Section, lines: Lines }) :-
    Source =.. [Document, Section, Spans],
    maplist(line_span, Spans, Lines).

line_span(From-To, [From, To]) :- !.
line_span(Line, [Line, Line]).

%!  decimal(+Number, -Decimal) is det.
%
%   True when Decimal is Number as JSON writes it: whole, or with a decimal point.

decimal(Number, Decimal) :-
    (   integer(Number)
    ->  Decimal = Number
    ;   Decimal is float(Number)
    ).
