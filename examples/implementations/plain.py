#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The four policies in plain Python: one way to build them without lutalogic.

It speaks the line protocol: a JSON request on each line of standard input, a JSON answer on each
line of standard output. It is as plain as an implementation can be: facts are exact, every reading
is the default, and the text is the one now in force. What it does not know, it refuses.

A criterion is True, False or None, which is unknown. A fact that is absent is None too.
"""

import json
import math
import sys

# Truth: one False decides all_of, one True decides any_of, whatever else is unknown.


def all_of(*parts):
    return False if False in parts else None if None in parts else True


def any_of(*parts):
    return True if True in parts else None if None in parts else False


def negation(part):
    return None if part is None else not part


def evidence(*sources):
    """Join sources on one matter: those that speak decide; disagreement leaves it unknown."""
    spoken = {source for source in sources if source is not None}
    return spoken.pop() if len(spoken) == 1 else None


def supports(part):
    return True if part is True else None


def rules_out(part):
    return False if part is True else None


UNDETERMINED = None  # what no text settles

# Tests of one fact.


def at_least(value, limit):
    return None if value is None else value >= limit


def at_most(value, limit):
    return None if value is None else value <= limit


def above(value, limit):
    return negation(at_most(value, limit))


def below(value, limit):
    return negation(at_least(value, limit))


def within(value, low, high):
    return all_of(at_least(value, low), at_most(value, high))


def one_of(value, *wanted):
    return None if value is None else value in wanted


def not_empty(members):
    return None if members is None else bool(members)


def includes(members, wanted, *, open_class=False):
    """Tell whether a set has a member of a class; an open class may have members unnamed."""
    if members is None:
        return None
    if set(members) & set(wanted):
        return True
    formulations = {"octreotide_lar", "octreotide_short_acting"}
    if "octreotide_unspecified" in members and formulations & set(wanted):
        return None
    return None if open_class and "other" in members else False


GEP_NET = ("gep_net", "foregut_net", "midgut_net", "hindgut_net", "pancreatic_net")
LUNG_OR_THYMUS = ("bronchopulmonary_net", "thymus_net")
ANY_NET = (*GEP_NET, *LUNG_OR_THYMUS, "other_net", "unknown_primary_net")
ANALOGUES = ("octreotide_lar", "octreotide_short_acting", "octreotide_unspecified", "lanreotide")
TARGETED = ("everolimus", "sunitinib")

# What both payers ask. `f` gives a fact by its name.


def ki67_at_most_20(f):
    return evidence(
        at_most(f("ki67_percent"), 20),
        supports(one_of(f("who_grade"), 1, 2)),
        rules_out(one_of(f("who_grade"), 3)),
        rules_out(one_of(f("differentiation"), "poor")),
    )


def well_differentiated(f):
    return evidence(one_of(f("differentiation"), "well"), supports(one_of(f("who_grade"), 1, 2)))


def progressed_on(f, agents, *, open_class=False):
    return evidence(
        includes(f("disease_progression_on"), agents, open_class=open_class),
        rules_out(one_of(f("treatment_line"), "first_line")),
        rules_out(negation(f("evidence_of_progression"))),
    )


def first_line(f):
    return evidence(
        one_of(f("treatment_line"), "first_line"),
        rules_out(not_empty(f("disease_progression_on"))),
    )


def metastatic(f):
    extent = f("metastases")
    return UNDETERMINED if extent == "regional" else one_of(extent, "distant")


def tumor_among(f, tumors):
    tumor = f("tumor_type")
    return UNDETERMINED if tumor == "unknown_primary_net" else one_of(tumor, *tumors)


def lung_or_thymus_net(f):
    return evidence(tumor_among(f, LUNG_OR_THYMUS), rules_out(one_of(f("differentiation"), "poor")))


def receptor_study(f, *, scintigraphy):
    pet = one_of(f("sstr_imaging"), "sstr_pet_ct", "sstr_pet_mri")
    other = one_of(f("sstr_imaging"), "octreotide_spect_ct", "sstr_scintigraphy")
    unlisted = one_of(f("sstr_imaging"), "other_sstr_pet")
    return any_of(pet, all_of(other, scintigraphy), all_of(unlisted, UNDETERMINED))


def uptake_positive(f):
    uptake = f("sstr_uptake")
    unclear = uptake in ("mixed", "positive_not_compared")
    return UNDETERMINED if unclear else one_of(uptake, "above_liver")


def dose_cap(f, drug, most):
    prior, requested = f(f"prior_{drug}_doses"), f("requested_doses")
    if prior is not None and requested is not None:
        return prior + requested <= most
    broken = any_of(at_least(prior, most), above(requested, most))
    return False if broken else None


def starts_course(f, drug):
    return all_of(
        one_of(f("request_type"), "initial"),
        any_of(one_of(f(f"prior_{drug}_doses"), 0), f("prior_doses_in_earlier_course")),
    )


def later(f, drug, criterion):
    """Return a criterion that does not bind a request which starts a course."""
    return any_of(starts_course(f, drug), criterion)


def never_stopped(f, drug):
    return evidence(
        negation(f("stop_rule_met_before")), supports(one_of(f(f"prior_{drug}_doses"), 0))
    )


def stop_rules(f):
    return any_of(
        above(f("bilirubin_x_uln"), 3),
        all_of(below(f("albumin_g_l"), 30), below(f("prothrombin_ratio_percent"), 70)),
        below(f("creatinine_clearance_ml_min"), 40),
        at_least(f("creatinine_rise_percent"), 40),
        at_least(f("creatinine_clearance_fall_percent"), 40),
    )


def initial_part(f, initial, against):
    """Join the initial criteria now, or when the course began unless the record contradicts."""
    carried = evidence(f("initial_criteria_met"), *map(rules_out, against))
    return any_of(all_of(one_of(f("request_type"), "continuation"), carried), all_of(*initial))


# Wellmark 06.01.38: Lutathera.


def item_1(f):
    mitoses, necrosis = f("mitoses_per_10_hpf"), f("necrosis")
    typical = all_of(below(mitoses, 2), one_of(necrosis, "none"))
    progression = evidence(
        f("evidence_of_progression"), supports(not_empty(f("disease_progression_on")))
    )
    atypical = all_of(at_most(mitoses, 10), any_of(at_least(mitoses, 2), one_of(necrosis, "foci")))
    return all_of(
        lung_or_thymus_net(f),
        one_of(f("metastases"), "distant"),
        f("clinically_significant_tumor_burden"),
        any_of(typical, progression, atypical),
        first_line(f),
    )


def item_2(f):
    extent = any_of(f("unresectable"), f("locally_advanced"), metastatic(f))
    return all_of(tumor_among(f, GEP_NET), extent, any_of(item_2a(f), item_2b(f)))


def item_2a(f):
    agents = (*ANALOGUES, *TARGETED)
    return all_of(
        well_differentiated(f), ki67_at_most_20(f), progressed_on(f, agents, open_class=True)
    )


def item_2b(f):
    ki67, grade = f("ki67_percent"), f("who_grade")
    at_least_10 = evidence(
        at_least(ki67, 10), rules_out(one_of(grade, 1)), supports(one_of(grade, 3))
    )
    below_20 = evidence(below(ki67, 20), supports(one_of(grade, 1)), rules_out(one_of(grade, 3)))
    return all_of(
        first_line(f),
        well_differentiated(f),
        at_least_10,
        below_20,
        evidence(one_of(grade, 2), within(ki67, 3, 20)),
        w_3(f),
        f("clinically_significant_tumor_burden"),
    )


def item_3(f):
    subsequent_line = evidence(
        one_of(f("treatment_line"), "subsequent"),
        supports(not_empty(f("disease_progression_on"))),
    )
    return all_of(
        lung_or_thymus_net(f),
        f("unresectable"),
        below(f("mitoses_per_10_hpf"), 2),
        one_of(f("necrosis"), "none"),
        subsequent_line,
        progressed_on(f, ANALOGUES),
    )


def item_4(f):
    dosed_before = all_of(
        one_of(f("request_type"), "initial"), above(f("prior_lutathera_doses"), 0)
    )
    return all_of(
        one_of(f("tumor_type"), "pheochromocytoma", "paraganglioma"),
        any_of(f("unresectable"), metastatic(f)),
        evidence(negation(f("prior_radiolabeled_ssa_therapy")), rules_out(dosed_before)),
    )


def item_5(f):
    agents = ("octreotide_lar", "lanreotide", "telotristat")
    return all_of(
        f("poorly_controlled_carcinoid_syndrome"),
        one_of(f("tumor_type"), *ANY_NET),
        includes(f("carcinoid_symptom_progression_on"), agents),
    )


def w_3(f):
    study = receptor_study(f, scintigraphy=negation(f("sstr_pet_available")))
    return all_of(study, uptake_positive(f))


def w_4(f):
    return all_of(f("bone_marrow_adequate"), f("renal_adequate"), f("hepatic_adequate"))


def w_6(f):
    activity = f("planned_activity_gbq")
    lower = all_of(below(activity, 7.35), f("adverse_reaction_delaying_dose"), UNDETERMINED)
    return any_of(within(activity, 7.35, 7.45), lower)


def w_7(f):
    weeks = f("planned_interval_weeks")
    return any_of(
        one_of(weeks, 8),
        all_of(at_least(weeks, 8), f("adverse_reaction_delaying_dose")),
        all_of(starts_course(f, "lutathera"), one_of(f("requested_doses"), 1)),
    )


def wellmark_lutathera(f):
    criteria = {
        "W-1": at_least(f("age_years"), 12),
        "item 1": item_1(f),
        "item 2": item_2(f),
        "item 2a": item_2a(f),
        "item 2b": item_2b(f),
        "item 3": item_3(f),
        "item 4": item_4(f),
        "item 5": item_5(f),
        "W-3": w_3(f),
        "W-4": w_4(f),
        "W-5": dose_cap(f, "lutathera", 4),
        "W-6": w_6(f),
        "W-7": w_7(f),
        "W-8": later(f, "lutathera", negation(stop_rules(f))),
        "W-9": never_stopped(f, "lutathera"),
    }
    items = any_of(*(criteria[f"item {n}"] for n in range(1, 6)))
    against = (
        negation(f("bone_marrow_adequate")),
        negation(f("renal_adequate")),
        negation(f("hepatic_adequate")),
        one_of(f("tumor_type"), "prostate_cancer", "other"),
    )
    begun = initial_part(f, (items, criteria["W-3"], criteria["W-4"]), against)
    always = (criteria[name] for name in ("W-1", "W-5", "W-6", "W-7", "W-8", "W-9"))
    return criteria, all_of(begun, *always)


# Premera 6.01.525: Lutathera, Pluvicto, Xofigo.


def l_2(f):
    advanced = any_of(f("locally_advanced"), metastatic(f))
    return all_of(tumor_among(f, GEP_NET), ki67_at_most_20(f), advanced)


def l_4(f):
    return all_of(
        at_least(f("days_since_long_acting_ssa"), 28),
        at_least(f("hours_since_short_acting_octreotide"), 24),
    )


def l_5(f):
    return at_least(f("creatinine_clearance_ml_min"), 40)


def l_7(f):
    return evidence(at_least(f("karnofsky"), 60), at_most(f("ecog"), 2))


def l_10(f):
    documentation = any_of(
        at_least(f("recurrent_thrombocytopenia_grade"), 2),
        at_least(f("recurrent_anemia_grade"), 3),
        at_least(f("recurrent_neutropenia_grade"), 3),
        f("recurrent_hepatotoxicity"),
        at_least(f("recurrent_nonhematologic_grade"), 3),
        at_least(f("renal_toxicity_delay_weeks"), 16),
    )
    return later(f, "lutathera", negation(any_of(documentation, stop_rules(f))))


def premera_lutathera(f):
    criteria = {
        "L-1": at_least(f("age_years"), 12),
        "L-2": l_2(f),
        "L-3": all_of(receptor_study(f, scintigraphy=True), uptake_positive(f)),
        "L-4": l_4(f),
        "L-5": l_5(f),
        "L-6": all_of(f("bone_marrow_adequate"), f("hepatic_adequate")),
        "L-7": l_7(f),
        "L-8": within(f("post_dose_octreotide_lar_hours"), 4, 24),
        "L-9": dose_cap(f, "lutathera", 4),
        "L-10": l_10(f),
        "L-12": never_stopped(f, "lutathera"),
    }
    against = (
        negation(f("bone_marrow_adequate")),
        negation(f("hepatic_adequate")),
        negation(criteria["L-7"]),
        negation(tumor_among(f, GEP_NET)),
    )
    begun = initial_part(f, [criteria[f"L-{n}"] for n in range(2, 8)], against)
    always = (criteria[name] for name in ("L-1", "L-8", "L-9", "L-10", "L-12"))
    return criteria, all_of(begun, *always)


def p_5(f):
    return any_of(f("prior_taxane"), f("appropriate_to_delay_taxane"))


def p_7(f):
    reductions, activity = f("dose_reductions"), f("planned_activity_gbq")
    full, reduced = within(activity, 7.35, 7.45), within(activity, 5.85, 5.95)
    unreduced = all_of(one_of(reductions, 0), any_of(full, reduced))
    return later(f, "pluvicto", any_of(unreduced, all_of(at_most(reductions, 1), reduced)))


def p_8(f):
    weeks = f("planned_interval_weeks")
    delayed = all_of(within(weeks, 6, 10), f("adverse_reaction_delaying_dose"))
    return later(f, "pluvicto", any_of(one_of(weeks, 6), delayed))


def p_9(f):
    after_a_reduction = any_of(
        at_least(f("recurrent_myelosuppression_grade"), 3),
        f("recurrent_renal_toxicity"),
        at_least(f("recurrent_dry_mouth_grade"), 3),
        at_least(f("recurrent_gi_toxicity_grade"), 3),
        at_least(f("other_recurrent_reaction_grade"), 3),
        f("persistent_intolerable_grade_2"),
    )
    stop = any_of(
        all_of(at_least(f("dose_reductions"), 1), after_a_reduction),
        at_least(f("renal_toxicity_grade"), 3),
        all_of(above(f("transaminase_x_uln"), 5), negation(f("liver_metastases"))),
        f("unacceptable_toxicity"),
        above(f("serious_reaction_delay_weeks"), 4),
    )
    return later(f, "pluvicto", negation(stop))


def premera_pluvicto(f):
    tumor = one_of(f("tumor_type"), "prostate_cancer")
    listed = one_of(f("psma_pet_agent"), "ga68_psma_11", "piflufolastat_f18")
    criteria = {
        "P-1": at_least(f("age_years"), 18),
        "P-2": all_of(tumor, f("castration_resistant"), metastatic(f)),
        "P-3": all_of(listed, f("psma_pet_positive")),
        "P-4": not_empty(f("prior_ar_pathway_inhibitors")),
        "P-5": p_5(f),
        "P-6": dose_cap(f, "pluvicto", 6),
        "P-7": p_7(f),
        "P-8": p_8(f),
        "P-9": p_9(f),
        "P-10": never_stopped(f, "pluvicto"),
    }
    begun = initial_part(f, [criteria[f"P-{n}"] for n in range(2, 6)], [negation(tumor)])
    always = (criteria[name] for name in ("P-1", "P-6", "P-7", "P-8", "P-9", "P-10"))
    return criteria, all_of(begun, *always)


def x_4(f):
    visceral = evidence(negation(f("visceral_metastases")), rules_out(f("liver_metastases")))
    return all_of(visceral, at_most(f("largest_lymph_node_cm"), 3))


def premera_xofigo(f):
    tumor = one_of(f("tumor_type"), "prostate_cancer")
    criteria = {
        "X-1": at_least(f("age_years"), 18),
        "X-2": all_of(tumor, f("castration_resistant")),
        "X-3": f("symptomatic_bone_metastases"),
        "X-4": x_4(f),
        "X-5": dose_cap(f, "xofigo", 6),
    }
    return criteria, all_of(*criteria.values())


# The line protocol.

#: Each policy, and the first day of the text that stands here.
POLICIES = {
    "wellmark_lutathera": (wellmark_lutathera, "2026-01-01"),
    "premera_lutathera": (premera_lutathera, "2026-04-01"),
    "premera_pluvicto": (premera_pluvicto, "2025-05-01"),
    "premera_xofigo": (premera_xofigo, "2022-08-01"),
}
OUTCOMES = {True: "met", False: "not_met", None: "needs_information"}
TRUTHS = {True: "true", False: "false", None: "unknown"}
ELAPSED = {
    "post_dose_octreotide_lar_hours",
    "days_since_long_acting_ssa",
    "hours_since_short_acting_octreotide",
}


class Refused(Exception):
    """A request that is beyond this implementation, or none at all."""


def decide(request):
    """Return the answer to a request, a JSON value."""
    facts = dict(request["facts"])
    if request["policy"] not in POLICIES:
        raise Refused("policy", "there is no such policy")
    policy, since = POLICIES[request["policy"]]
    if request["on"] < since:
        raise Refused("date", f"only the text since {since} is known here")
    if request.get("readings"):
        raise Refused("reading", "only the default readings are known here")
    for name, value in facts.items():
        if name in ELAPSED and value == "never":
            facts[name] = math.inf
        elif isinstance(value, str) and not value.isidentifier():  # as "<5" is, and no word
            raise Refused("value", f"{name}: intervals are not known here")
    criteria, outcome = policy(facts.get)
    told = {name: TRUTHS[truth] for name, truth in criteria.items()}
    return {"outcome": OUTCOMES[outcome], "criteria": told}


def answer(line):
    """Return the answer to a line."""
    given = None
    try:
        request = json.loads(line)
        given = request.get("id")
        return {"id": given} | decide(request)
    except Refused as refused:
        kind, message = refused.args
    except ValueError as error:
        kind, message = "json", str(error)
    except (KeyError, TypeError, AttributeError) as error:
        kind, message = "request", repr(error)
    return {"id": given, "error": {"kind": kind, "message": message}}


def main():
    for line in sys.stdin:
        print(json.dumps(answer(line)), flush=True)


if __name__ == "__main__":
    main()
