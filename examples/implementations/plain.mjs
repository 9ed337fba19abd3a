#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// The four policies in JavaScript, for Node: one way to build them without lutalogic.
//
// It speaks the line protocol: a JSON request on each line of standard input, a JSON answer on each
// line of standard output. Facts are exact, every reading is the default, and the text is the one
// now in force. What it does not know, it refuses.
//
// A criterion is true, false or null, which is unknown. A fact that is absent is null too.

import { createInterface } from "node:readline";

// Truth: one false decides allOf, one true decides anyOf, whatever else is unknown.

const allOf = (...parts) => (parts.includes(false) ? false : parts.includes(null) ? null : true);
const anyOf = (...parts) => (parts.includes(true) ? true : parts.includes(null) ? null : false);
const not = (part) => (part === null ? null : !part);
const supports = (part) => (part === true ? true : null);
const rulesOut = (part) => (part === true ? false : null);
const UNDETERMINED = null; // what no text settles

// Sources on one matter: those that speak decide; disagreement leaves it unknown.
function evidence(...sources) {
  const yes = sources.includes(true);
  return yes === sources.includes(false) ? null : yes;
}

// Tests of one fact.

const when = (value, test) => (value === null ? null : test(value));
const atLeast = (value, limit) => when(value, (v) => v >= limit);
const atMost = (value, limit) => when(value, (v) => v <= limit);
const above = (value, limit) => when(value, (v) => v > limit);
const below = (value, limit) => when(value, (v) => v < limit);
const within = (value, low, high) => when(value, (v) => low <= v && v <= high);
const oneOf = (value, ...wanted) => when(value, (v) => wanted.includes(v));
const notEmpty = (members) => when(members, (m) => m.length > 0);

// Whether a set has a member of a class; an open class may have members that are not named.
function includes(members, wanted, { open = false } = {}) {
  if (members === null) return null;
  if (members.some((member) => wanted.includes(member))) return true;
  const octreotide = ["octreotide_lar", "octreotide_short_acting"];
  const formulation = octreotide.some((member) => wanted.includes(member));
  if (formulation && members.includes("octreotide_unspecified")) return null;
  return open && members.includes("other") ? null : false;
}

const GEP_NET = ["gep_net", "foregut_net", "midgut_net", "hindgut_net", "pancreatic_net"];
const LUNG_OR_THYMUS = ["bronchopulmonary_net", "thymus_net"];
const ANY_NET = [...GEP_NET, ...LUNG_OR_THYMUS, "other_net", "unknown_primary_net"];
const PROSTATE = "prostate_cancer";
const ANALOGUES = [
  "octreotide_lar",
  "octreotide_short_acting",
  "octreotide_unspecified",
  "lanreotide",
];
const TARGETED = ["everolimus", "sunitinib"];

// What both payers ask. `f` gives a fact by its name.

const poor = (f) => oneOf(f("differentiation"), "poor");
const grade = (f, ...grades) => oneOf(f("who_grade"), ...grades);
const firstLine = (f) =>
  evidence(
    oneOf(f("treatment_line"), "first_line"),
    rulesOut(notEmpty(f("disease_progression_on"))),
  );
const wellDifferentiated = (f) =>
  evidence(oneOf(f("differentiation"), "well"), supports(grade(f, 1, 2)));
const ki67AtMost20 = (f) =>
  evidence(
    atMost(f("ki67_percent"), 20),
    supports(grade(f, 1, 2)),
    rulesOut(grade(f, 3)),
    rulesOut(poor(f)),
  );
const progressedOn = (f, agents, options) =>
  evidence(
    includes(f("disease_progression_on"), agents, options),
    rulesOut(oneOf(f("treatment_line"), "first_line")),
    rulesOut(not(f("evidence_of_progression"))),
  );
const metastatic = (f) =>
  f("metastases") === "regional" ? UNDETERMINED : oneOf(f("metastases"), "distant");
const tumorAmong = (f, tumors) =>
  f("tumor_type") === "unknown_primary_net" ? UNDETERMINED : oneOf(f("tumor_type"), ...tumors);
const lungOrThymusNet = (f) => evidence(tumorAmong(f, LUNG_OR_THYMUS), rulesOut(poor(f)));

function receptorStudy(f, scintigraphy) {
  const study = (...kinds) => oneOf(f("sstr_imaging"), ...kinds);
  return anyOf(
    study("sstr_pet_ct", "sstr_pet_mri"),
    allOf(study("octreotide_spect_ct", "sstr_scintigraphy"), scintigraphy),
    allOf(study("other_sstr_pet"), UNDETERMINED),
  );
}

function uptakePositive(f) {
  const unclear = ["mixed", "positive_not_compared"].includes(f("sstr_uptake"));
  return unclear ? UNDETERMINED : oneOf(f("sstr_uptake"), "above_liver");
}

function doseCap(f, drug, most) {
  const [prior, requested] = [f(`prior_${drug}_doses`), f("requested_doses")];
  if (prior !== null && requested !== null) return prior + requested <= most;
  return anyOf(atLeast(prior, most), above(requested, most)) === true ? false : null;
}

const startsCourse = (f, drug) =>
  allOf(
    oneOf(f("request_type"), "initial"),
    anyOf(oneOf(f(`prior_${drug}_doses`), 0), f("prior_doses_in_earlier_course")),
  );
// A criterion that does not bind a request which starts a course.
const later = (f, drug, criterion) => anyOf(startsCourse(f, drug), criterion);
const neverStopped = (f, drug) =>
  evidence(not(f("stop_rule_met_before")), supports(oneOf(f(`prior_${drug}_doses`), 0)));
const stopRules = (f) =>
  anyOf(
    above(f("bilirubin_x_uln"), 3),
    allOf(below(f("albumin_g_l"), 30), below(f("prothrombin_ratio_percent"), 70)),
    below(f("creatinine_clearance_ml_min"), 40),
    atLeast(f("creatinine_rise_percent"), 40),
    atLeast(f("creatinine_clearance_fall_percent"), 40),
  );

// The initial criteria now, or when the course began unless the record speaks against them.
function initialPart(f, initial, against) {
  const carried = evidence(f("initial_criteria_met"), ...against.map(rulesOut));
  return anyOf(allOf(oneOf(f("request_type"), "continuation"), carried), allOf(...initial));
}

// Wellmark 06.01.38: Lutathera.

function item1(f) {
  const [mitoses, necrosis] = [f("mitoses_per_10_hpf"), f("necrosis")];
  const typical = allOf(below(mitoses, 2), oneOf(necrosis, "none"));
  const progression = evidence(
    f("evidence_of_progression"),
    supports(notEmpty(f("disease_progression_on"))),
  );
  const atypical = allOf(atMost(mitoses, 10), anyOf(atLeast(mitoses, 2), oneOf(necrosis, "foci")));
  return allOf(
    lungOrThymusNet(f),
    oneOf(f("metastases"), "distant"),
    f("clinically_significant_tumor_burden"),
    anyOf(typical, progression, atypical),
    firstLine(f),
  );
}

const item2a = (f) =>
  allOf(
    wellDifferentiated(f),
    ki67AtMost20(f),
    progressedOn(f, [...ANALOGUES, ...TARGETED], { open: true }),
  );

function item2b(f) {
  const ki67 = f("ki67_percent");
  return allOf(
    firstLine(f),
    wellDifferentiated(f),
    evidence(atLeast(ki67, 10), rulesOut(grade(f, 1)), supports(grade(f, 3))),
    evidence(below(ki67, 20), supports(grade(f, 1)), rulesOut(grade(f, 3))),
    evidence(grade(f, 2), within(ki67, 3, 20)),
    wellmarkStudy(f),
    f("clinically_significant_tumor_burden"),
  );
}

const item2 = (f) =>
  allOf(
    tumorAmong(f, GEP_NET),
    anyOf(f("unresectable"), f("locally_advanced"), metastatic(f)),
    anyOf(item2a(f), item2b(f)),
  );
const item3 = (f) =>
  allOf(
    lungOrThymusNet(f),
    f("unresectable"),
    below(f("mitoses_per_10_hpf"), 2),
    oneOf(f("necrosis"), "none"),
    evidence(
      oneOf(f("treatment_line"), "subsequent"),
      supports(notEmpty(f("disease_progression_on"))),
    ),
    progressedOn(f, ANALOGUES),
  );

function item4(f) {
  const dosedBefore = allOf(
    oneOf(f("request_type"), "initial"),
    above(f("prior_lutathera_doses"), 0),
  );
  return allOf(
    oneOf(f("tumor_type"), "pheochromocytoma", "paraganglioma"),
    anyOf(f("unresectable"), metastatic(f)),
    evidence(not(f("prior_radiolabeled_ssa_therapy")), rulesOut(dosedBefore)),
  );
}

const item5 = (f) =>
  allOf(
    f("poorly_controlled_carcinoid_syndrome"),
    oneOf(f("tumor_type"), ...ANY_NET),
    includes(f("carcinoid_symptom_progression_on"), [
      "octreotide_lar",
      "lanreotide",
      "telotristat",
    ]),
  );
const wellmarkStudy = (f) =>
  allOf(receptorStudy(f, not(f("sstr_pet_available"))), uptakePositive(f));
const activity = (f) =>
  anyOf(
    within(f("planned_activity_gbq"), 7.35, 7.45),
    allOf(
      below(f("planned_activity_gbq"), 7.35),
      f("adverse_reaction_delaying_dose"),
      UNDETERMINED,
    ),
  );
const interval = (f) =>
  anyOf(
    oneOf(f("planned_interval_weeks"), 8),
    allOf(atLeast(f("planned_interval_weeks"), 8), f("adverse_reaction_delaying_dose")),
    allOf(startsCourse(f, "lutathera"), oneOf(f("requested_doses"), 1)),
  );

function wellmarkLutathera(f) {
  const criteria = {
    "W-1": atLeast(f("age_years"), 12),
    "item 1": item1(f),
    "item 2": item2(f),
    "item 2a": item2a(f),
    "item 2b": item2b(f),
    "item 3": item3(f),
    "item 4": item4(f),
    "item 5": item5(f),
    "W-3": wellmarkStudy(f),
    "W-4": allOf(f("bone_marrow_adequate"), f("renal_adequate"), f("hepatic_adequate")),
    "W-5": doseCap(f, "lutathera", 4),
    "W-6": activity(f),
    "W-7": interval(f),
    "W-8": later(f, "lutathera", not(stopRules(f))),
    "W-9": neverStopped(f, "lutathera"),
  };
  const items = anyOf(...[1, 2, 3, 4, 5].map((n) => criteria[`item ${n}`]));
  const against = [
    not(f("bone_marrow_adequate")),
    not(f("renal_adequate")),
    not(f("hepatic_adequate")),
    oneOf(f("tumor_type"), PROSTATE, "other"),
  ];
  const begun = initialPart(f, [items, criteria["W-3"], criteria["W-4"]], against);
  const always = ["W-1", "W-5", "W-6", "W-7", "W-8", "W-9"].map((name) => criteria[name]);
  return [criteria, allOf(begun, ...always)];
}

// Premera 6.01.525: Lutathera, Pluvicto, Xofigo.

function premeraLutathera(f) {
  const toxicity = anyOf(
    atLeast(f("recurrent_thrombocytopenia_grade"), 2),
    atLeast(f("recurrent_anemia_grade"), 3),
    atLeast(f("recurrent_neutropenia_grade"), 3),
    f("recurrent_hepatotoxicity"),
    atLeast(f("recurrent_nonhematologic_grade"), 3),
    atLeast(f("renal_toxicity_delay_weeks"), 16),
  );
  const criteria = {
    "L-1": atLeast(f("age_years"), 12),
    "L-2": allOf(
      tumorAmong(f, GEP_NET),
      ki67AtMost20(f),
      anyOf(f("locally_advanced"), metastatic(f)),
    ),
    "L-3": allOf(receptorStudy(f, true), uptakePositive(f)),
    "L-4": allOf(
      atLeast(f("days_since_long_acting_ssa"), 28),
      atLeast(f("hours_since_short_acting_octreotide"), 24),
    ),
    "L-5": atLeast(f("creatinine_clearance_ml_min"), 40),
    "L-6": allOf(f("bone_marrow_adequate"), f("hepatic_adequate")),
    "L-7": evidence(atLeast(f("karnofsky"), 60), atMost(f("ecog"), 2)),
    "L-8": within(f("post_dose_octreotide_lar_hours"), 4, 24),
    "L-9": doseCap(f, "lutathera", 4),
    "L-10": later(f, "lutathera", not(anyOf(toxicity, stopRules(f)))),
    "L-12": neverStopped(f, "lutathera"),
  };
  const against = [
    not(f("bone_marrow_adequate")),
    not(f("hepatic_adequate")),
    not(criteria["L-7"]),
    not(tumorAmong(f, GEP_NET)),
  ];
  const initial = [2, 3, 4, 5, 6, 7].map((n) => criteria[`L-${n}`]);
  const always = ["L-1", "L-8", "L-9", "L-10", "L-12"].map((name) => criteria[name]);
  return [criteria, allOf(initialPart(f, initial, against), ...always)];
}

function premeraPluvicto(f) {
  const [reductions, planned] = [f("dose_reductions"), f("planned_activity_gbq")];
  const [full, reduced] = [within(planned, 7.35, 7.45), within(planned, 5.85, 5.95)];
  const weeks = f("planned_interval_weeks");
  const afterReduction = anyOf(
    atLeast(f("recurrent_myelosuppression_grade"), 3),
    f("recurrent_renal_toxicity"),
    atLeast(f("recurrent_dry_mouth_grade"), 3),
    atLeast(f("recurrent_gi_toxicity_grade"), 3),
    atLeast(f("other_recurrent_reaction_grade"), 3),
    f("persistent_intolerable_grade_2"),
  );
  const stop = anyOf(
    allOf(atLeast(reductions, 1), afterReduction),
    atLeast(f("renal_toxicity_grade"), 3),
    allOf(above(f("transaminase_x_uln"), 5), not(f("liver_metastases"))),
    f("unacceptable_toxicity"),
    above(f("serious_reaction_delay_weeks"), 4),
  );
  const tumor = oneOf(f("tumor_type"), PROSTATE);
  const criteria = {
    "P-1": atLeast(f("age_years"), 18),
    "P-2": allOf(tumor, f("castration_resistant"), metastatic(f)),
    "P-3": allOf(
      oneOf(f("psma_pet_agent"), "ga68_psma_11", "piflufolastat_f18"),
      f("psma_pet_positive"),
    ),
    "P-4": notEmpty(f("prior_ar_pathway_inhibitors")),
    "P-5": anyOf(f("prior_taxane"), f("appropriate_to_delay_taxane")),
    "P-6": doseCap(f, "pluvicto", 6),
    "P-7": later(
      f,
      "pluvicto",
      anyOf(allOf(oneOf(reductions, 0), anyOf(full, reduced)), allOf(atMost(reductions, 1), reduced)),
    ),
    "P-8": later(
      f,
      "pluvicto",
      anyOf(
        oneOf(weeks, 6),
        allOf(within(weeks, 6, 10), f("adverse_reaction_delaying_dose")),
      ),
    ),
    "P-9": later(f, "pluvicto", not(stop)),
    "P-10": neverStopped(f, "pluvicto"),
  };
  const initial = ["P-2", "P-3", "P-4", "P-5"].map((name) => criteria[name]);
  const always = ["P-1", "P-6", "P-7", "P-8", "P-9", "P-10"].map((name) => criteria[name]);
  return [criteria, allOf(initialPart(f, initial, [not(tumor)]), ...always)];
}

function premeraXofigo(f) {
  const visceral = evidence(not(f("visceral_metastases")), rulesOut(f("liver_metastases")));
  const criteria = {
    "X-1": atLeast(f("age_years"), 18),
    "X-2": allOf(oneOf(f("tumor_type"), PROSTATE), f("castration_resistant")),
    "X-3": f("symptomatic_bone_metastases"),
    "X-4": allOf(visceral, atMost(f("largest_lymph_node_cm"), 3)),
    "X-5": doseCap(f, "xofigo", 6),
  };
  return [criteria, allOf(...Object.values(criteria))];
}

// The line protocol.

// Each policy, and the first day of the text that stands here.
const POLICIES = new Map([
  ["wellmark_lutathera", [wellmarkLutathera, "2026-01-01"]],
  ["premera_lutathera", [premeraLutathera, "2026-04-01"]],
  ["premera_pluvicto", [premeraPluvicto, "2025-05-01"]],
  ["premera_xofigo", [premeraXofigo, "2022-08-01"]],
]);
const OUTCOMES = new Map([[true, "met"], [false, "not_met"], [null, "needs_information"]]);
const TRUTHS = new Map([[true, "true"], [false, "false"], [null, "unknown"]]);
const ELAPSED = [
  "post_dose_octreotide_lar_hours",
  "days_since_long_acting_ssa",
  "hours_since_short_acting_octreotide",
];

class Refused extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

// The value of a fact, as tests take it.
function valueOf(name, value) {
  if (value === "never" && ELAPSED.includes(name)) return Infinity;
  if (typeof value === "string" && !/^\w*$/.test(value)) {
    throw new Refused("value", `${name}: intervals are not known here`);
  }
  return value;
}

function decide({ policy, on, facts, readings }) {
  if (!POLICIES.has(policy)) throw new Refused("policy", "there is no such policy");
  const [judge, since] = POLICIES.get(policy);
  if (on < since) throw new Refused("date", `only the text since ${since} is known here`);
  if (readings && Object.keys(readings).length > 0) {
    throw new Refused("reading", "only the default readings are known here");
  }
  const known = new Map(Object.entries(facts).map(([name, value]) => [name, valueOf(name, value)]));
  const [criteria, outcome] = judge((name) => known.get(name) ?? null);
  const told = Object.entries(criteria).map(([name, truth]) => [name, TRUTHS.get(truth)]);
  return { outcome: OUTCOMES.get(outcome), criteria: Object.fromEntries(told) };
}

for await (const line of createInterface({ input: process.stdin })) {
  let id = null;
  let told;
  try {
    const request = JSON.parse(line);
    id = request.id ?? null;
    told = decide(request);
  } catch (error) {
    const kind = error.kind ?? (error instanceof SyntaxError ? "json" : "request");
    told = { error: { kind, message: error.message } };
  }
  process.stdout.write(`${JSON.stringify({ id, ...told })}\n`);
}
