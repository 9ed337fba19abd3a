# SPDX-License-Identifier: Apache-2.0
"""Why rows of a table are not met: the criteria that fail, and the facts that are waited for.

It is what `trace` finds for one decision, for many at once: an array holds, for every row, whether
a condition is among those on which the outcome rests.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl
import pyarrow as pa

from lutalogic.engines.columnar import column
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lutalogic.engines.columnar import Formulas
    from lutalogic.rules import Policy
    from lutalogic.trace import Graph

    #: One Boolean, or one truth, for each row.
    Array = np.ndarray[Any, np.dtype[Any]]

_FALSE: Final = 0
_TRUE: Final = 1
_UNKNOWN: Final = 2


def reasons(asked: Formulas, frame: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Return the failing criteria and the pending facts of each row, as lists.

    Args:
        asked: The policy as it reads.
        frame: Rows, with a column for the truth of each node in force.
    """
    policy, height = asked.policy, frame.height
    ids, names = [c.id for c in policy.criteria], facts_of(policy)
    if not asked.started:
        return empty(ids, height), empty(names, height)
    truths = _truths(policy, frame)
    root = policy.positions[policy.root]
    reached = _reached(asked.graph, truths, root)
    never = np.zeros(height, dtype=bool)
    fails = truths[root] == _FALSE
    places = [policy.positions[c.node] for c in policy.criteria]
    failing = [fails & reached[p] if p in reached else never for p in places]
    waited = _waited(policy, asked.graph, truths, reached)
    pends = truths[root] == _UNKNOWN
    unsettled = frame.with_columns(asked.layout.open(n).alias(f"open {n}") for n in waited)
    pending = [
        pends & waited[name] & unsettled[f"open {name}"].to_numpy() if name in waited else never
        for name in names
    ]
    return _lists(ids, failing), _lists(names, pending)


def deciding(asked: Formulas, frame: pl.DataFrame) -> dict[str, pl.Series]:
    """Return, for each criterion that decides any row, which rows it decides, whatever the outcome.

    Args:
        asked: The policy as it reads, with a text in force.
        frame: Rows, with a column for the truth of each node in force.
    """
    policy = asked.policy
    reached = _reached(asked.graph, _truths(policy, frame), policy.positions[policy.root])
    places = {c.id: policy.positions[c.node] for c in policy.criteria}
    return {name: pl.Series(name, reached[p]) for name, p in places.items() if p in reached}


def _truths(policy: Policy, frame: pl.DataFrame) -> dict[int, Array]:
    """Return the truths of the nodes in force, by their places."""
    names = {column(node): place for place, node in enumerate(policy.nodes)}
    told = frame.select(
        pl.col(name).cast(pl.Int8).fill_null(_UNKNOWN) for name in names if name in frame.columns
    )
    return {names[each.name]: each.to_numpy() for each in told}


def facts_of(policy: Policy) -> list[str]:
    """Return the facts that a policy reads, in the vocabulary's order."""
    return [name for name in rule_base().attributes if name in policy.attributes]


def empty(options: Sequence[str], height: int) -> pl.Series:
    """Return as many empty lists of options."""
    return _lists(options, [np.zeros(height, dtype=bool)] * len(options))


def _reached(graph: Graph, truths: dict[int, Array], root: int) -> dict[int, Array]:
    """Return, for each condition, of which rows it is among those the outcome rests on."""
    reached = {root: np.ones(len(truths[root]), dtype=bool)}
    for place in range(root, -1, -1):  # parts come before what they are parts of
        if place not in reached:
            continue
        for part, counts in _deciding(graph, truths, place):
            here = reached[place] if counts is None else reached[place] & counts
            reached[part] = reached[part] | here if part in reached else here
    return reached


def _deciding(
    graph: Graph, truths: dict[int, Array], place: int
) -> Iterator[tuple[int, Array | None]]:
    """Yield the parts of a condition, each with the rows of which it decides; None for all."""
    kind, whole = graph.kinds[place], truths[place]
    torn = _torn(graph, truths, place) if kind == "evidence" else np.False_
    for part in graph.parts[place]:
        alike = truths[part] == whole
        match kind:
            case "all_of":
                yield part, alike | (whole == _TRUE)
            case "any_of":
                yield part, alike | (whole == _FALSE)
            case "evidence":
                speaks = truths[part] != _UNKNOWN
                yield part, np.where(whole == _UNKNOWN, ~torn | speaks, alike)
            case "supports" | "rules_out":
                yield part, (whole != _UNKNOWN) | (truths[part] == _UNKNOWN)
            case _:
                yield part, None


def _torn(graph: Graph, truths: dict[int, Array], place: int) -> Array:
    """Return of which rows the sources of evidence disagree."""
    parts = graph.parts[place]
    for_it = np.any([truths[part] == _TRUE for part in parts], axis=0)
    against = np.any([truths[part] == _FALSE for part in parts], axis=0)
    return np.asarray(for_it & against)


def _waited(
    policy: Policy, graph: Graph, truths: dict[int, Array], reached: dict[int, Array]
) -> dict[str, Array]:
    """Return, for each fact, which rows wait for it."""
    nodes = rule_base().nodes
    waited: dict[str, Array] = {}

    def wait(names: Sequence[str], rows: Array) -> None:
        for name in names:
            waited[name] = waited[name] | rows if name in waited else rows

    for place, rows in reached.items():
        open_ = rows & (truths[place] == _UNKNOWN)
        wait(nodes[policy.nodes[place]].attributes, open_)
        if graph.kinds[place] == "evidence":  # what would silence a side may lie anywhere below it
            torn = open_ & _torn(graph, truths, place)
            for part in graph.parts[place]:
                wait(_read_below(policy, graph, part), torn & (truths[part] != _UNKNOWN))
    return waited


@cache
def _read_below(policy: Policy, graph: Graph, start: int) -> tuple[str, ...]:
    """Return the facts that a condition reads, as far as its parts are in force."""
    nodes, found, waiting = rule_base().nodes, dict[str, None](), [start]
    while waiting:
        place = waiting.pop()
        found.update(dict.fromkeys(nodes[policy.nodes[place]].attributes))
        waiting += graph.parts[place]
    return tuple(found)


def _lists(options: Sequence[str], chosen: Sequence[Array]) -> pl.Series:
    """Return for each row the list of the options that are chosen, in their order."""
    table = np.stack(chosen, axis=1)
    _, indexes = np.nonzero(table)
    offsets = np.concatenate([[0], np.cumsum(table.sum(axis=1, dtype=np.int64))])
    wanted = pl.Enum(options)
    values = pl.Series(indexes.astype(np.uint8)).cat.to(wanted)
    lists = pa.LargeListArray.from_arrays(pa.array(offsets, pa.int64()), values.to_arrow())
    return pl.Series(pl.from_arrow(lists)).cast(pl.List(wanted))
