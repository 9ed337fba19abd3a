% SPDX-License-Identifier: Apache-2.0
:- module(truth,
          [ and/3,                      % +Truth, +Truth, -Truth
            or/3,                       % +Truth, +Truth, -Truth
            negation/2,                 % +Truth, -Truth
            join/3,                     % +Joined, +Truth, -Joined
            verdict/2,                  % +Joined, -Truth
            support/2,                  % +Truth, -Truth
            ruling_out/2                % +Truth, -Truth
          ]).

/** <module> Three-valued truth, and the join of evidence

A *truth* is t (true), f (false) or u (unknown); `-` stands for a condition that is not in
force, which every combination goes without. Conjunction, disjunction and negation are Kleene's
strong ones: false dominates `and`, true dominates `or`.

The *join of evidence* is no conjunction and no disjunction: the sources that speak decide, and
sources that disagree leave the matter unknown. It is threaded through the sources as `-` (no
source in force), u (none speaks), t or f (those that speak agree), c (they conflict); verdict/2
turns it into a truth.

All of these have their first argument indexed and leave no choice point.
*/

%!  and(+A, +B, -Truth) is det.
%
%   True when Truth is the strong Kleene conjunction of A and B.

and(t, B, T) :- and_t(B, T).
and(f, _, f).
and(u, B, T) :- and_u(B, T).
and(-, B, B).

and_t(t, t).
and_t(f, f).
and_t(u, u).
and_t(-, t).

and_u(t, u).
and_u(f, f).
and_u(u, u).
and_u(-, u).

%!  or(+A, +B, -Truth) is det.
%
%   True when Truth is the strong Kleene disjunction of A and B.

or(t, _, t).
or(f, B, T) :- or_f(B, T).
or(u, B, T) :- or_u(B, T).
or(-, B, B).

or_f(t, t).
or_f(f, f).
or_f(u, u).
or_f(-, f).

or_u(t, t).
or_u(f, u).
or_u(u, u).
or_u(-, u).

%!  negation(+A, -Truth) is det.
%
%   True when Truth is the Kleene negation of A.

negation(t, f).
negation(f, t).
negation(u, u).
negation(-, -).

%!  join(+Joined0, +Source, -Joined) is det.
%
%   True when Joined is what the sources of Joined0 and Source say together.

join(-, S, S).
join(u, S, J) :- join_u(S, J).
join(t, S, J) :- join_t(S, J).
join(f, S, J) :- join_f(S, J).
join(c, _, c).

join_u(t, t).
join_u(f, f).
join_u(u, u).
join_u(-, u).

join_t(t, t).
join_t(f, c).
join_t(u, t).
join_t(-, t).

join_f(t, c).
join_f(f, f).
join_f(u, f).
join_f(-, f).

%!  verdict(+Joined, -Truth) is det.
%
%   True when Truth is what the joined sources leave: a conflict is unknown.

verdict(t, t).
verdict(f, f).
verdict(u, u).
verdict(c, u).
verdict(-, -).

%!  support(+Truth, -Source) is det.
%
%   True when Source is a source that is true where Truth is true and silent otherwise.

support(t, t).
support(f, u).
support(u, u).
support(-, -).

%!  ruling_out(+Truth, -Source) is det.
%
%   True when Source is a source that is false where Truth is true and silent otherwise.

ruling_out(t, f).
ruling_out(f, u).
ruling_out(u, u).
ruling_out(-, -).
