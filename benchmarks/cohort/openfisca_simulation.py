# SPDX-License-Identifier: Apache-2.0
"""OpenFisca, run: the facts as input variables of one simulation, the formulas on top of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from benchmarks.cohort.data import DAY, with_infinity
from benchmarks.cohort.openfisca_bytes import FALSE, TRUE, UNKNOWN, Truth
from benchmarks.cohort.openfisca_rules import FORMULAS, computed, variable

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

PERIOD: Final = DateUnit.MONTH
MONTH: Final = DAY[:7]


def simulation_of(
    frame: pl.DataFrame, policy: str, algebra: ModuleType
) -> Callable[[], np.ndarray]:
    """Return what decides the patients of a frame, whose facts are put in beforehand."""
    table = with_infinity(frame)
    person = build_entity(key="person", plural="persons", label="Patient", is_person=True)
    system = TaxBenefitSystem([person])
    facts = {name: _input(table[name]) for name in table.columns}
    for name, (_, more) in facts.items():
        system.add_variable(variable(name, person, PERIOD, **more))
    for told in FORMULAS[policy]:
        system.add_variable(computed(told, person, PERIOD, algebra))
    simulation = SimulationBuilder().build_default_simulation(system, count=table.height)
    for name, (values, _) in facts.items():
        simulation.set_input(name, MONTH, values)

    def decide() -> np.ndarray:
        for told in FORMULAS[policy]:
            simulation.delete_arrays(told.__name__)
        root: np.ndarray = simulation.calculate(FORMULAS[policy][-1].__name__, MONTH)
        return root.view(np.ndarray)

    return decide


def _input(column: pl.Series) -> tuple[np.ndarray, dict[str, Any]]:
    """Return a fact as OpenFisca takes it, and what its variable declares."""
    if isinstance(column.dtype, pl.Enum):
        names = ["unknown", *column.dtype.categories]
        options = Enum(column.name, {name: name for name in names})
        codes = (column.to_physical().cast(pl.UInt8) + 1).fill_null(0).to_numpy()
        return EnumArray(codes, options), {
            "value_type": Enum, "possible_values": options, "default_value": options["unknown"],
        }  # fmt: skip
    if column.dtype == pl.Boolean:
        codes = (column.cast(pl.UInt8) * TRUE).fill_null(UNKNOWN).to_numpy()
        return EnumArray(codes, Truth), {
            "value_type": Enum, "possible_values": Truth, "default_value": Truth.unknown,
        }  # fmt: skip
    numbers = column.cast(pl.Float32).fill_null(float("nan")).to_numpy()
    return numbers, {"value_type": float, "default_value": float("nan")}


def codes(answer: np.ndarray) -> np.ndarray:
    """Return the place of each outcome in OUTCOMES."""
    places = np.zeros(3, dtype=np.uint8)
    places[[TRUE, FALSE, UNKNOWN]] = 0, 1, 2
    return places[answer]
