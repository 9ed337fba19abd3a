% SPDX-License-Identifier: Apache-2.0
:- module(premera_xofigo, []).
:- use_module('../prolog/operators').

/** <module> Premera 6.01.525: Xofigo (radium Ra 223 dichloride)

The text in force from 2026-04-01, and the one before it, from 2022-08-01, as reconstructed from the
change log, which names no change to Xofigo between them.
*/

policy(premera_xofigo, premera, "Xofigo at Premera").

applies_to(premera_xofigo, tumor_type = prostate_cancer).

in_force_from(premera_xofigo, 2022-08-01,
    "An earlier text stood in policy 5.01.544, which is not printed in the document").

text(premera_xofigo, 2022-08-01, reconstructed,
    "Xofigo moves here from policy 5.01.544",
    [ premera("History", [597]) ]).
text(premera_xofigo, 2026-04-01, printed,
    "The wording that is printed; the change log names no change to Xofigo before it",
    [ premera("Title", [8]), premera("History", [597-610]) ]).

met_when(premera_xofigo,
    all_of([ criterion('X-1'),
             criterion('X-2'),
             criterion('X-3'),
             criterion('X-4'),
             criterion('X-5') ])).

criterion(premera_xofigo, 'X-1',
    "At least 18 years of age",
    by_reading(p_xofigo_age, [ case('18', age_years >= 18),
                               case('19', age_years >= 19) ]),
    [ premera("Medical necessity, Xofigo", [53]),
      premera("Documentation, Xofigo", [112]) ]).

criterion(premera_xofigo, 'X-2',
    "Castration-resistant prostate cancer",
    all_of([ tumor_type = prostate_cancer,
             castration_resistant ]),
    [ premera("Medical necessity, Xofigo", [53]) ]).

criterion(premera_xofigo, 'X-3',
    "Bone metastases that cause symptoms",
    symptomatic_bone_metastases,
    [ premera("Medical necessity, Xofigo", [53]) ]).

criterion(premera_xofigo, 'X-4',
    "Visceral metastases documented absent, largest lymph node at most 3 cm",
    all_of([ evidence([ by_reading(p_visceral,
                            [ case(documented_absent, not(visceral_metastases)),
                              case(silence_is_absence,
                                   any_of([ not(visceral_metastases),
                                            all_of([ not(documented(visceral_metastases)),
                                                     not(documented(liver_metastases)) ]) ])) ]),
                        rules_out(liver_metastases) ]),
             by_reading(p_visceral,
                        [ case(documented_absent, largest_lymph_node_cm =< 3),
                          case(silence_is_absence,
                               any_of([ not(documented(largest_lymph_node_cm)),
                                        largest_lymph_node_cm =< 3 ])) ]) ]),
    [ premera("Medical necessity, Xofigo", [53]),
      premera("Documentation, Xofigo", [112]) ]).

criterion(premera_xofigo, 'X-5',
    "Doses given before and asked for make at most 6",
    dose_cap(prior_xofigo_doses, 6),
    [ premera("Investigational", [61]) ]).

advice(premera_xofigo,
    "Typically 50 kBq per kg of body weight every 4 weeks",
    [ premera("Length of approval", [65]),
      premera("Evidence review", [353]) ]).
advice(premera_xofigo,
    "Approval for up to 12 months and 6 doses",
    [ premera("Length of approval", [65]) ]).
