% SPDX-License-Identifier: Apache-2.0
:- module(generate_main, []).
:- use_module(case_fields).
:- use_module(export).

/** <module> Write what is generated: swipl prolog/generate.pl -- RULES PACKAGE

Writes rulebase.json and case_fields.py into the folder PACKAGE from the rule base in RULES.
*/

:- initialization(main, main).

main :-
    current_prolog_flag(argv, [Rules, Package]),
    directory_file_path(Package, 'rulebase.json', Json),
    directory_file_path(Package, 'case_fields.py', Fields),
    export_rule_base(Rules, Json),
    export_case_fields(Rules, Fields).
