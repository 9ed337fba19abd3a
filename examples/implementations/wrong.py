#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The plain implementation with five mistakes planted, for `lutalogic conform` to name.

Each is a mistake that is easily made, and each would change what happens to a patient.
"""

import plain
from plain import all_of, any_of, evidence, includes, one_of, rules_out, supports


def item_2a(f):
    """The Ki-67 index must be below 20, where at most 20 is asked."""
    ki67 = evidence(
        plain.below(f("ki67_percent"), 20),
        supports(one_of(f("who_grade"), 1, 2)),
        rules_out(one_of(f("who_grade"), 3)),
        rules_out(one_of(f("differentiation"), "poor")),
    )
    agents = (*plain.ANALOGUES, *plain.TARGETED)
    progressed = plain.progressed_on(f, agents, open_class=True)
    return all_of(plain.well_differentiated(f), ki67, progressed)


def item_5(f):
    """Telotristat is forgotten."""
    return all_of(
        f("poorly_controlled_carcinoid_syndrome"),
        one_of(f("tumor_type"), *plain.ANY_NET),
        includes(f("carcinoid_symptom_progression_on"), ("octreotide_lar", "lanreotide")),
    )


def l_5(f):
    """A clearance of 40 is refused, where at least 40 is asked."""
    return plain.above(f("creatinine_clearance_ml_min"), 40)


def l_7(f):
    """Either scale will do, where two that disagree leave it open."""
    return any_of(plain.at_least(f("karnofsky"), 60), plain.at_most(f("ecog"), 2))


def p_5(f):
    """Whether a delay is appropriate is taken for no where nobody says."""
    return any_of(f("prior_taxane"), f("appropriate_to_delay_taxane") is True)


for planted in (item_2a, item_5, l_5, l_7, p_5):
    setattr(plain, planted.__name__, planted)

if __name__ == "__main__":
    plain.main()
