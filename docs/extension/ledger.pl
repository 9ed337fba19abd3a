% SPDX-License-Identifier: Apache-2.0
/*  Write the ledgers of both documents as lines of JSON, one an entry.

    swipl docs/extension/ledger.pl
*/

:- use_module('../../prolog/loader', [load_rule_base/3, rule_fact/2]).
:- use_module('../../prolog/operators').
:- if(exists_source(library(json))).
:- use_module(library(json), [json_write_dict/3]).
:- else.
:- use_module(library(http/json), [json_write_dict/3]).
:- endif.
:- initialization(main, main).

main :-
    source_file(main, File),
    file_directory_name(File, Here),
    directory_file_path(Here, '../../kb', Rules),
    load_rule_base(Rules, RuleBase, []),
    set_stream(user_output, encoding(utf8)),
    forall(rule_fact(RuleBase, ledger(Document, First-Last, Heading, Status, Note)),
           ( status_parts(Status, Name, Why, Ids),
             json_write_dict(user_output,
                             _{ document: Document, first: First, last: Last, heading: Heading,
                                status: Name, why: Why, ids: Ids, note: Note },
                             [width(0)]),
             nl )).

status_parts(encoded(Ids), encoded, "", Ids).
status_parts(reference(Topic), reference, Topic, []).
status_parts(reference(Topic, Ids), reference, Topic, Ids).
status_parts(not_formalised(Why), not_formalised, Why, []).
status_parts(out_of_scope(Why), out_of_scope, Why, []).
