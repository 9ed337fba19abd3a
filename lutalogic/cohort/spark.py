# SPDX-License-Identifier: Apache-2.0
"""Decide a table of Spark: the same kernel, on each batch of rows, wherever Spark sends it.

Nothing here schedules: `decide` returns a data frame that Spark computes when it is asked to. What
travels to the executors are plain values and one small function; the rules they have themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypedDict

import polars as pl
import pyarrow as pa

from lutalogic.cohort.batches import batch, plan
from lutalogic.cohort.heading import ON, PROBLEM, Heading
from lutalogic.errors import BadRequest, BadRows, EngineError
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import date

    from pyspark.sql import DataFrame

    from lutalogic.cohort.batches import Plan
    from lutalogic.rules import Policy

#: Rows decided at a time, of more than one of Spark's batches: what a batch costs beside its rows
#: (each different text is read once in it, say) would else be most of the cost.
BLOCK: Final = 1 << 16
_ID: Final = "id"
_KEEP: Final = (
    f'on_bad="keep" decides the others, and says in the column {PROBLEM} what is wrong with each'
)


class Task(TypedDict):
    """What a batch is to be decided by, as plain values that any Python can read.

    `rules` says which rules the driver has; `facts`, `chosen` and `dated` are a `Heading`.
    """

    rules: str
    policies: list[str]
    on: str | None
    readings: dict[str, str]
    explain: bool
    criteria: bool
    on_bad: str
    facts: dict[str, tuple[str, ...]]
    chosen: dict[str, str]
    dated: bool
    left_out: list[str]


def decide(
    frame: DataFrame,
    policies: str | Policy | Iterable[str | Policy] = "all",
    *,
    on: date | str | None = None,
    readings: Mapping[str, str] | None = None,
    explain: bool = False,
    criteria: bool = False,
    on_bad: str = "refuse",
    keep: Collection[str] = (),
    facts: bool = True,
) -> DataFrame:
    """Decide every row of a Spark data frame under some policies, when Spark computes the result.

    Columns, policies, readings and the date are checked at once; rows are checked as they come.
    Every executor needs the same ``lutalogic[cohort]``.

    Args:
        frame: A row for each patient, a column for each fact that is known of anyone, null where it
            is not documented: a table as `lutalogic.cohort.decide` takes it, in Spark's types. Text
            for options, arrays of text for sets.
        policies: ``"all"``, one of their names, or several.
        on: The date of service of all rows; if None, the table has a column ``on`` of dates.
        readings: Readings taken in place of their defaults; a column ``reading:NAME`` goes first.
        explain: Add the criteria that fail and the facts that are waited for, as arrays of text.
        criteria: Add the truth of every criterion, as text; null where it is not in force.
        on_bad: ``"refuse"``: rows that cannot be judged end the job, with an error that names row,
            column and reason. ``"keep"``: such rows are without an outcome, and say what is wrong
            in a column ``problem``.
        keep: Columns that are none of ours, to be handed on.
        facts: Whether the result has the columns of the facts.

    Returns:
        The same columns and those that deciding adds, named as `lutalogic.cohort.decide` names
        them. The rows are in no order, as ever in Spark: an ``id`` tells which is which.

    Raises:
        InputError: A column, a policy, a reading or the date is not as it should be.

    Source:
        Wellmark 06.01.38 and Premera 6.01.525, as the criteria cite them.

    >>> decide([{"age_years": 61}], on="2026-06-01")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    lutalogic.errors.BadRequest: frame: a list is no data frame of Spark; make it one: ...
    """
    if not hasattr(frame, "mapInArrow"):
        raise BadRequest(
            f"a {type(frame).__name__} is no data frame of Spark; make it one: "
            "spark.createDataFrame(...), or decide it here: cohort.decide(...)",
            "frame",
        )
    what = plan(
        policies,
        on=on,
        readings=readings,
        explain=explain,
        criteria=criteria,
        on_bad=on_bad,
        keep=keep,
        facts=facts,
    )
    known = what.heading(_schema(frame))
    left_out = [] if facts else known.stated(keep=keep)
    task = task_of(what, known, left_out)
    decided: DataFrame = frame.mapInArrow(_travelling(task), _with(frame, what, left_out))
    return decided


def _schema(frame: DataFrame) -> pl.Schema:
    """Return the columns of a Spark data frame as Polars will have them."""
    from pyspark.sql.pandas.types import to_arrow_schema
    from pyspark.sql.types import TimestampType

    names = list(frame.columns)
    for name in names:
        if names.count(name) > 1:
            raise BadRequest(f"the column {name!r} stands twice; keep one", "columns")
    if ON in names and isinstance(frame.schema[ON].dataType, TimestampType):
        raise BadRequest(
            "holds points in time, whose day depends on the time zone; "
            'make dates of them: frame.withColumn("on", to_date("on"))',
            ON,
        )
    return pl.DataFrame(pl.from_arrow(to_arrow_schema(frame.schema).empty_table())).schema


def _with(frame: DataFrame, what: Plan, left_out: Collection[str]) -> Any:
    """Return the columns of the result, in Spark's types, which has no options: they are text."""
    from pyspark.sql.types import ArrayType, StringType, StructField, StructType

    text, texts = StringType(), ArrayType(StringType())
    kept = [field for field in frame.schema.fields if field.name not in left_out]
    return StructType(
        kept
        + [
            StructField(name, texts if isinstance(dtype, pl.List) else text)
            for name, dtype in what.added.items()
        ]
    )


def task_of(what: Plan, known: Heading, left_out: Collection[str] = ()) -> Task:
    """Return what is asked as plain values, without the columns that the result is to leave out."""
    return Task(
        rules=_rules(),
        policies=[policy.name for policy in what.asked.policies],
        on=what.asked.day,
        readings=dict(what.asked.readings),
        explain=what.asked.explain,
        criteria=what.asked.criteria,
        on_bad="keep" if what.keep_bad else "refuse",
        facts=dict(known.facts),
        chosen=dict(known.readings),
        dated=known.dated,
        left_out=list(left_out),
    )


def _rules() -> str:
    """Return which lutalogic this is, and which rules it has."""
    from lutalogic import __version__

    return f"{__version__} (rules {rule_base().digest[:12]})"


def _travelling(
    task: Task,
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return the function that Spark sends to executors.

    It is one inside of another and names nothing of this module, so that it is sent whole: where
    lutalogic is missing, it is there to say so.
    """

    def decide_on_executor(batches: Any) -> Any:
        import os
        import sys
        from importlib import import_module

        from pyspark import TaskContext

        context = TaskContext.get()
        if context is not None and "polars" not in sys.modules:
            # Spark runs as many tasks at a time as there are cores: each takes what it was given.
            os.environ.setdefault("POLARS_MAX_THREADS", str(context.cpus()))
        try:
            here = import_module("lutalogic.cohort.spark")
        except ImportError as error:
            raise ModuleNotFoundError(
                f"{error}: every executor needs lutalogic[cohort], as the driver has it, in the "
                f"Python that it runs ({sys.executable})"
            ) from None
        yield from here.decided(batches, task, None if context is None else context.partitionId())

    return decide_on_executor


def decided(
    batches: Iterable[pa.RecordBatch], task: Task, partition: int | None = None
) -> Iterator[pa.RecordBatch]:
    """Yield batches of rows with what is decided of them; it runs on executors.

    Args:
        batches: Rows of one partition, in Spark's types.
        task: What they are to be decided by.
        partition: The number of the partition, for messages.

    Raises:
        BadRows: Some rows cannot be judged, and are not to be kept.
        EngineError: The rules here are not those of the driver.
    """
    if task["rules"] != _rules():
        raise EngineError(
            f"this executor has lutalogic {_rules()}, and the driver {task['rules']}: "
            "install the same on all"
        )
    what = plan(
        task["policies"],
        on=task["on"],
        readings=task["readings"],
        explain=task["explain"],
        criteria=task["criteria"],
        on_bad=task["on_bad"],
    )
    known = Heading(task["facts"], task["chosen"], task["dated"])
    first = 0
    for table in _blocks(batches):
        found = batch(_read(table, known), known, what)
        if found.bad and not what.keep_bad:
            rows = _named(found.problems, table, first, partition)
            error = BadRows(rows, found.bad, table.num_rows)
            error.add_note(f"These are rows of one batch, with which the job ends. {_KEEP}.")
            raise error
        first += table.num_rows
        wider = table.drop_columns(task["left_out"])
        for name, column in _arrow(found.found).items():
            wider = wider.append_column(name, column)
        yield from wider.combine_chunks().to_batches()


def _blocks(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Yield rows of several batches together, at least `BLOCK` of them but for the last."""
    held: list[pa.RecordBatch] = []
    for each in batches:
        held.append(each)
        if sum(part.num_rows for part in held) >= BLOCK:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)


def _read(table: pa.Table, known: Heading) -> pl.DataFrame:
    """Return the columns that deciding reads."""
    names = [*known.stated(), *known.readings.values(), *([ON] if known.dated else [])]
    if not names:
        return pl.DataFrame(height=table.num_rows)
    return pl.DataFrame(pl.from_arrow(table.select(names)))


def _arrow(found: pl.DataFrame) -> dict[str, pa.Array]:
    """Return the columns that deciding adds, in the types that Spark has."""
    columns = {}
    for column in found:
        listed = isinstance(column.dtype, pl.List)
        texts = column.cast(pl.List(pl.String) if listed else pl.String)
        columns[column.name] = texts.to_arrow().cast(
            pa.list_(pa.string()) if listed else pa.string()
        )
    return columns


def _named(problems: pl.DataFrame, table: pa.Table, first: int, partition: int | None) -> Any:
    """Return what is wrong with rows called by their ids, or else by their place in a partition."""
    if _ID in table.column_names:
        ids = pl.Series(pl.from_arrow(table[_ID])).cast(pl.String)
        rows = pl.format("with id {}", pl.lit(ids).gather(pl.col("row")))
    else:
        rows = pl.format("{} of partition {}", pl.col("row") + first, pl.lit(partition))
    return problems.with_columns(rows.alias("row"))
