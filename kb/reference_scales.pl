% SPDX-License-Identifier: Apache-2.0
:- module(reference_scales, []).
:- use_module('../prolog/operators').

/** <module> Reference knowledge: scales and grades

scale(Id, Title, Attributes, Grades, Sources): Attributes are the facts that are given on the scale,
Grades its steps as grade(Value, Meaning), in the order of the document.
*/

scale(ctcae, "Common Toxicity Criteria for Adverse Events, version 4.03: severity",
    [ recurrent_thrombocytopenia_grade, recurrent_anemia_grade, recurrent_neutropenia_grade,
      recurrent_nonhematologic_grade, recurrent_myelosuppression_grade, recurrent_dry_mouth_grade,
      recurrent_gi_toxicity_grade, other_recurrent_reaction_grade, renal_toxicity_grade ],
    [ grade("1", "mild: few or no symptoms, found by observation, nothing to be done"),
      grade("2", "moderate: little, local or noninvasive treatment; household and errands limited"),
      grade("3", "severe but no immediate danger to life: hospital care, disabling, self-care limited"),
      grade("4", "danger to life: urgent treatment"),
      grade("5", "death from the event") ],
    [ wellmark("Policy guidelines, CTCAE", [95-104]),
      premera("Related information, Table 1", [150-161]) ]).

scale(karnofsky, "Karnofsky performance status",
    [ karnofsky ],
    [ grade("100", "no complaints, no sign of disease"),
      grade("90", "carries on as normal, with slight signs of disease"),
      grade("80", "manages normal activity with an effort; the disease shows"),
      grade("70", "looks after himself or herself; no normal activity or active work"),
      grade("60", "needs help now and then, meets most own needs"),
      grade("50", "needs much help and is often under medical care"),
      grade("40", "disabled, depends on special care"),
      grade("30", "gravely disabled, should be in hospital, not yet dying"),
      grade("20", "gravely ill, has to be in hospital"),
      grade("10", "dying, rapid decline"),
      grade("0", "dead") ],
    [ premera("Related information, Table 2", [163-176]) ]).

scale(ecog, "ECOG performance status",
    [ ecog ],
    [ grade("0", "fully active, as before the disease"),
      grade("1", "no strenuous activity; up and about, does light work"),
      grade("2", "up and about for more than half of the day, all self-care, no work"),
      grade("3", "limited self-care, in bed or chair for more than half of the day"),
      grade("4", "no self-care, always in bed or chair") ],
    [ premera("Related information, Table 3", [182-189]) ]).

scale(net_grade, "Grades of neuroendocrine tumors",
    [ who_grade, ki67_percent, differentiation ],
    [ grade("G1", "well differentiated, low grade: Ki-67 below 3 %"),
      grade("G2", "well differentiated, intermediate grade: Ki-67 of 3 to 20 %"),
      grade("G3", "poorly differentiated, high grade (NCCN knows a well-differentiated G3 as well)") ],
    [ wellmark("Policy guidelines, Ki-67 and tumor grades", [110, 111, 119-121, 659]) ]).

scale(lung_thymus_grade, "Well-differentiated tumors of lung and thymus",
    [ mitoses_per_10_hpf, necrosis ],
    [ grade("typical", "low grade: fewer than 2 mitoses per 10 HPF and no necrosis"),
      grade("atypical", "intermediate grade: 2 to 10 mitoses per 10 HPF, foci of necrosis, or both") ],
    [ wellmark("Policy guidelines, Ki-67", [112, 113]) ]).

scale(gleason_grade_group, "Grade groups of prostate cancer by Gleason score",
    [],
    [ grade("1", "Gleason 6 or less: well differentiated, low grade"),
      grade("2", "Gleason 7 (3 + 4): moderately differentiated, moderate grade"),
      grade("3", "Gleason 7 (4 + 3): poorly differentiated, high grade"),
      grade("4", "Gleason 8: undifferentiated, high grade"),
      grade("5", "Gleason 9 or 10: undifferentiated, high grade") ],
    [ premera("Grading, Table 4", [318-327]) ]).
