% SPDX-License-Identifier: Apache-2.0
:- module(documents, []).
:- use_module('../prolog/operators').

/** <module> The two source documents, and what is deliberately not a rule

document(Name, Payer, Number, Title, EffectiveDate, LastReview, Lines): Lines is the number of
lines of the text that line references count. The documents are copyrighted by their payers and
not part of this project; the rules paraphrase them and cite section, item and line.

unchanged_by(Document, Date, Change): an entry of the change log that changed no rule.

not_formalised(Document, Section, Why): what could bear on a decision and is left to people.
*/

document(wellmark, "Wellmark", "06.01.38", "Lutathera (Lutetium Lu 177 Dotatate)",
         "January 2026", "November 2025", 809).
document(premera, "Premera", "6.01.525", "Therapeutic Radiopharmaceuticals in Oncology",
         "2026-04-01", "2026-03-10", 615).

unchanged_by(premera, 2019-11-01, "Iobenguane I 131 added, since removed").
unchanged_by(premera, 2020-10-01, "Literature review").
unchanged_by(premera, 2021-11-01, "Literature review").
unchanged_by(premera, 2022-10-01, "Pheochromocytoma and paraganglioma named as investigational; criteria clarified").
unchanged_by(premera, 2022-12-01, "Background").
unchanged_by(premera, 2023-04-01, "Cu 64 dotatate and Ga 68 dotatoc named as tracers").
unchanged_by(premera, 2023-10-01, "Pluvicto named as investigational where its criteria are not met").
unchanged_by(premera, 2025-05-01, "The prescribing information governs dosage; approval for up to 12 months").

not_formalised(wellmark, "Disclaimer; contract terms",
    "Benefits, exclusions and limits depend on the member's contract, which is not part of a request").
not_formalised(wellmark, "Federal Employee Program",
    "Its benefits are determined by the program itself").
not_formalised(wellmark, "Off-label drug use, policy 05.01.09",
    "A second route after a request is not met here; that policy is not printed in the document").
not_formalised(wellmark, "Policy guidelines, qualified physicians",
    "Training and authorisation of the physicians are not facts about the patient or the request").
not_formalised(wellmark, "Policy guidelines, resumption of analogues",
    "Advice on care after the dose; no request can show it beforehand").
not_formalised(premera, "Scope; Medicare Advantage",
    "The policy does not apply there; other products are subject to the member's contract").
not_formalised(premera, "Related information, qualified physicians",
    "Training and authorisation of the physicians are not facts about the patient or the request").
not_formalised(premera, "Investigational, prescribing information",
    "The label is referred to but not quoted; the printed regimen is a named reading (p_label_dosing)").
not_formalised(premera, "Length of approval, 12 months",
    "It limits how long an approval lasts, not whether it is given").
not_formalised(premera, "Iobenguane I 131",
    "Withdrawn from the market and removed from the policy on 2025-01-01").
