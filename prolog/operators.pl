% SPDX-License-Identifier: Apache-2.0
:- module(operators,
          [ op(700, xfx, in),           % Attribute in Values, Attribute in Low..High
            op(700, xfx, includes),     % SetAttribute includes Classes
            op(450, xfx, ..)            % Low..High, both ends included
          ]).

/** <module> The operators of the rule language

All of them, in one place, none of them global. `in` and `..` have the priorities of
library(clpfd), so that both can be imported together. Two traps are kept out by having no
more: `not` is no operator in Prolog, so negation is written not(C); and `:` and `-` never
pair a condition with a label (`a: x >= 40` reads as `(a:x) >= 40`), so cases are written
case(Value, C) and from(Date, C).
*/
