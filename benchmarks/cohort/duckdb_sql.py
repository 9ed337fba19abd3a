# SPDX-License-Identifier: Apache-2.0
"""The policies in DuckDB: SQL is three-valued by itself, and the engine runs on all cores.

The table lies in memory in DuckDB's own types; the outcomes come out as an Arrow table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import duckdb
import numpy as np
import polars as pl

from benchmarks.cohort.data import OUTCOMES, with_infinity

if TYPE_CHECKING:
    from collections.abc import Callable

NAME: Final = "DuckDB SQL"
PACKAGES: Final = ("duckdb", "pyarrow")
ROWS: Final = 1_000_000

#: One count of doses alone may break the cap.
MACROS: Final = """
create macro dose_cap(prior, requested, cap) as
    not (prior + requested > cap or prior >= cap or requested > cap);
"""

# What several conditions read is a column of a subquery: DuckDB looks for common parts neither
# within `and` and `or` nor within `case`, and evaluates each as often as it is written.
XOFIGO: Final = """
with sources as (
    select *,
        coalesce(not visceral_metastases, false) as absent,
        coalesce(visceral_metastases or liver_metastases, false) as present
    from patients
)
select age_years >= 18
   and tumor_type = 'prostate_cancer'
   and castration_resistant
   and symptomatic_bone_metastases
   and case when absent <> present then absent end
   and largest_lymph_node_cm <= 3
   and dose_cap(prior_xofigo_doses, requested_doses, 6) as met
from sources
"""

LUTATHERA: Final = """
with histology as (
    select *,
        request_type = 'initial' as initial,
        tumor_type in ('gep_net', 'foregut_net', 'midgut_net', 'hindgut_net', 'pancreatic_net')
            or (tumor_type = 'unknown_primary_net' and null) as gep_net,
        coalesce(ki67_percent <= 20 or who_grade <= 2, false) as low,
        coalesce(ki67_percent > 20 or who_grade = 3 or differentiation = 'poor', false) as high,
        coalesce(karnofsky >= 60 or ecog <= 2, false) as able,
        coalesce(karnofsky < 60 or ecog > 2, false) as unable,
        coalesce(not stop_rule_met_before or prior_lutathera_doses = 0, false) as never_stopped,
        coalesce(stop_rule_met_before, false) as stopped_before
    from patients
), performance as (
    select *, case when able <> unable then able end as performing
    from histology
), course as (
    select *,
        coalesce(initial_criteria_met, false) as was_met,
        coalesce(not initial_criteria_met or not bone_marrow_adequate or not hepatic_adequate
                 or not performing or not gep_net, false) as was_not_met
    from performance
)
select age_years >= 12
   and ((not initial and case when was_met <> was_not_met then was_met end)
        or (gep_net
            and case when low <> high then low end
            and (locally_advanced or metastases = 'distant' or (metastases = 'regional' and null))
            and (sstr_imaging in ('sstr_pet_ct', 'sstr_pet_mri', 'octreotide_spect_ct',
                                  'sstr_scintigraphy')
                 or (sstr_imaging = 'other_sstr_pet' and null))
            and (sstr_uptake = 'above_liver'
                 or (sstr_uptake in ('mixed', 'positive_not_compared') and null))
            and days_since_long_acting_ssa >= 28
            and hours_since_short_acting_octreotide >= 24
            and creatinine_clearance_ml_min >= 40
            and bone_marrow_adequate
            and hepatic_adequate
            and performing))
   and post_dose_octreotide_lar_hours between 4 and 24
   and dose_cap(prior_lutathera_doses, requested_doses, 4)
   and ((initial and (prior_lutathera_doses = 0 or prior_doses_in_earlier_course))
        or not (recurrent_thrombocytopenia_grade >= 2
                or recurrent_anemia_grade >= 3
                or recurrent_neutropenia_grade >= 3
                or recurrent_hepatotoxicity
                or recurrent_nonhematologic_grade >= 3
                or renal_toxicity_delay_weeks >= 16
                or bilirubin_x_uln > 3
                or (albumin_g_l < 30 and prothrombin_ratio_percent < 70)
                or creatinine_clearance_ml_min < 40
                or creatinine_rise_percent >= 40
                or creatinine_clearance_fall_percent >= 40))
   and case when never_stopped <> stopped_before then never_stopped end as met
from course
"""
POLICIES: Final = {"premera_xofigo": XOFIGO, "premera_lutathera": LUTATHERA}


def query(policy: str) -> str:
    """Return the SQL that gives each patient's outcome."""
    return f"""
select (case when met then 'met' when not met then 'not_met'
             else 'needs_information' end)::enum{OUTCOMES} as outcome
from ({POLICIES[policy]})
"""


def prepare(frame: pl.DataFrame, policy: str) -> Callable[[], Any]:
    """Return what decides the patients of a frame, which is made a table beforehand."""
    table = with_infinity(frame)
    connection = duckdb.connect()
    connection.execute(MACROS)
    connection.register("arrived", table.to_arrow())
    columns = ", ".join(_cast(name, kind) for name, kind in table.schema.items())
    connection.execute(f"create table patients as select {columns} from arrived")
    connection.unregister("arrived")
    asked = query(policy)
    return lambda: connection.sql(asked).to_arrow_table()


def _cast(name: str, kind: pl.DataType) -> str:
    """Return a column of the table: what has options is an ENUM."""
    if not isinstance(kind, pl.Enum):
        return name
    options = ", ".join(f"'{each}'" for each in kind.categories)
    return f"{name}::enum({options}) as {name}"


def codes(answer: Any) -> np.ndarray:
    """Return the place of each outcome in OUTCOMES."""
    column = answer.column("outcome").combine_chunks()
    assert column.dictionary.to_pylist() == list(OUTCOMES)
    return np.asarray(column.indices)
