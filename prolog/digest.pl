% SPDX-License-Identifier: Apache-2.0
:- module(digest,
          [ rule_base_digest/2,         % +RuleBase, -Digest
            policies/2                  % +RuleBase, -Policies
          ]).
:- use_module(library(assoc), [assoc_to_list/2]).
:- use_module(library(lists), [append/3, member/2]).
:- use_module(library(sha), [sha_hash/3, hash_atom/2]).
:- use_module(loader).

/** <module> What a rule base is known by

The digest changes when a fact does, and not with comments, layout or the place of a file.
*/

%!  rule_base_digest(+RuleBase, -Digest) is det.
%
%   True when Digest is a string, the SHA-256 in hexadecimal of all facts in canonical form.

rule_base_digest(rule_base(Index), Digest) :-
    assoc_to_list(Index, Groups),
    with_output_to(string(Text),
        forall(( member(_-Facts, Groups), member(Fact-_, Facts) ),
               ( numbervars(Fact, 0, _),
                 write_term(Fact, [quoted(true), ignore_ops(true), numbervars(true), dotlists(false)]),
                 nl ))),
    sha_hash(Text, Hash, [algorithm(sha256), encoding(utf8)]),
    hash_atom(Hash, Atom),
    atom_string(Atom, Digest).

%!  policies(+RuleBase, -Policies) is det.
%
%   True when Policies are the names of the policies in the order of the files, and after them
%   `plausibility`, the rules on values that are hardly right, `reference`, the conditions of
%   reference knowledge, and `theorems`, those of theorems.

policies(RuleBase, Policies) :-
    findall(Policy, rule_fact(RuleBase, policy(Policy, _, _)), Names),
    append(Names, [plausibility, reference, theorems], Policies).
