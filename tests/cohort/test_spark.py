# SPDX-License-Identifier: Apache-2.0
"""Tables decided by Spark, in local mode, against the same tables decided in this process.

Those that need Spark run where pyspark and Java are installed: `make test-spark`. One session is
for all of them; it listens on the loopback alone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pytest
from polars.testing import assert_frame_equal

from lutalogic import cohort
from lutalogic.cohort.batches import plan
from lutalogic.cohort.spark import BLOCK, decided, task_of
from lutalogic.errors import BadRows, EngineError, InputError
from tests.cohort.rows import rows, table
from tests.strategies import POLICIES

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/cohort-spark.md").read_text()
COUNT = 20_000


def plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table with text in place of options, as Spark has it."""
    types: dict[Any, Any] = {
        name: pl.List(pl.String) if isinstance(dtype, pl.List) else pl.String
        for name, dtype in frame.schema.items()
        if isinstance(dtype, (pl.Enum, pl.List))
    }
    return frame.cast(types)


@pytest.fixture(scope="module")
def patients() -> pl.DataFrame:
    """Return random rows with dates, readings and intervals, of which some cannot be judged."""
    frame = plain(table(rows(COUNT, seed=23, kinds=6)))
    row = pl.col("id")
    return frame.with_columns(
        ki67_percent=pl.when(row % 97 == 3).then(pl.lit("about 5")).otherwise("ki67_percent"),
        tumor_type=pl.when(row % 193 == 5).then(pl.lit("a tumor")).otherwise("tumor_type"),
        on=pl.when(row % 211 != 7).then("on"),
    )


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a session of Spark with two cores on this machine, which nothing else can reach."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed: make test-spark")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed, which Spark needs: make test-spark")
    folder = tmp_path_factory.mktemp("spark")
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        # What is run once is not worth compiling well.
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.local.dir": str(folder / "local"),
        "spark.log.level": "OFF",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = sql.SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    running = builder.getOrCreate()
    yield running
    running.stop()


def through(session: Any, frame: pl.DataFrame, folder: Path, **asked: Any) -> pl.DataFrame:
    """Return what Spark makes of a table, from Parquet to Parquet, in the order of its ids."""
    frame.write_parquet(folder / "in.parquet")
    read = session.read.parquet(str(folder / "in.parquet")).repartition(2)
    cohort.spark.decide(read, **asked).write.parquet(str(folder / "out"))
    return pl.read_parquet(folder / "out/*.parquet").sort("id")


def test_spark_gives_the_same_table(session: Any, patients: pl.DataFrame, tmp_path: Path) -> None:
    """All policies, criteria and reasons; dates, readings and intervals of each row; bad rows."""
    asked: dict[str, Any] = {"explain": True, "criteria": True, "on_bad": "keep"}
    expected = plain(cohort.decide(patients, **asked))
    assert_frame_equal(through(session, patients, tmp_path, **asked), expected)
    assert expected["problem"].count() > COUNT // 100
    for policy in POLICIES:
        assert expected[f"{policy}:outcome"].n_unique() == 4, "three outcomes, and none"


def test_every_type_of_a_column_is_taken(session: Any, tmp_path: Path) -> None:
    """Decimals, whole numbers, floats, ends of intervals, booleans, times without a zone."""
    count = 300
    place = pl.int_range(count, eager=True)
    frame = pl.DataFrame(
        {
            "id": [f"p-{n:03}" for n in range(count)],
            "on": [datetime(2026, 6, 1, n % 24) for n in range(count)],
            "age_years": (place % 90).cast(pl.Int16),
            "who_grade": [None if n % 5 == 0 else str(n % 3 + 1) for n in range(count)],
            "ki67_percent": [Decimal(n % 60) / 2 for n in range(count)],
            "planned_activity_gbq": pl.Series([7.4, 7.0, None], dtype=pl.Float32).gather(place % 3),
            "creatinine_clearance_ml_min:low": (place % 80).cast(pl.Float64),
            "creatinine_clearance_ml_min:high": (place % 80 + place % 2).cast(pl.Int64),
            "locally_advanced": [[True, False, None][n % 3] for n in range(count)],
            "disease_progression_on": [[["lanreotide"], [], None][n % 3] for n in range(count)],
            "site": ["north"] * count,
        },
        schema_overrides={"ki67_percent": pl.Decimal(10, 2)},
    )
    asked: dict[str, Any] = {
        "policies": ["premera_lutathera", "wellmark_lutathera"],
        "readings": {"w_item1": "literal_list"},
        "keep": ["site"],
        "explain": True,
        "facts": False,
    }
    expected = plain(cohort.decide(frame, **asked))
    assert "age_years" not in expected.columns
    assert "site" in expected.columns
    found = through(session, frame, tmp_path, **asked)
    assert_frame_equal(found.drop("on"), expected.drop("on"))
    assert expected["premera_lutathera:outcome"].n_unique() > 1


def test_a_row_that_cannot_be_judged_ends_the_job(session: Any) -> None:
    """The error in the driver names row, column, value and reason, and the remedy."""
    from pyspark.errors import PythonException

    frame = session.createDataFrame([("p-1", 58), ("p-2", 999)], "id string, age_years int")
    for read, row in ((frame, "with id p-2"), (frame.drop("id").coalesce(1), "1 of partition 0")):
        with pytest.raises(PythonException) as caught:
            cohort.spark.decide(read, on="2026-06-01").collect()
        told = str(caught.value)
        assert "lutalogic.errors.BadRows: 1 of " in told
        assert f"row {row}, age_years: 999 lies outside the range 0 to 120 a" in told
        assert told.rstrip().endswith("what is wrong with each.")
        assert len(told.splitlines()) < 12, told


def test_columns_are_checked_before_anything_runs(session: Any) -> None:
    """What is wrong with a table, a date, a policy or a reading is told by the call itself."""
    frame = session.createDataFrame([("p-1", 58)], "id string, age_years int")
    decide = cohort.spark.decide
    wrong: list[tuple[Any, dict[str, Any], str]] = [
        (frame.withColumnRenamed("age_years", "age"), {}, "'age': there is no such fact"),
        (frame.selectExpr("*", "1 AS tumor_type"), {}, "tumor_type: holds Int32, and must be text"),
        (frame, {"on": None}, "say the date of service"),
        (frame, {"on": "2026-02-30"}, "'2026-02-30' is no calendar date"),
        (frame, {"policies": "wellmark"}, "there is no policy 'wellmark'"),
        (frame, {"readings": {"w_item1": "x"}}, "w_item1"),
        (frame, {"keep": ["site"]}, "there is no column 'site' to keep"),
        (frame.select("id", "age_years", "age_years"), {}, "'age_years' stands twice"),
        (frame.selectExpr("*", "current_timestamp() AS on"), {"on": None}, "points in time"),
        (pl.DataFrame(), {}, "a DataFrame is no data frame of Spark"),
    ]
    for read, asked, told in wrong:
        with pytest.raises(InputError, match=re.escape(told)):
            decide(read, **({"on": "2026-06-01"} | asked))


def test_nothing_runs_before_spark_is_asked(session: Any) -> None:
    """The result is a data frame of Spark, with text for options and arrays of text for lists."""
    frame = session.createDataFrame([("p-1", 58)], "id string, age_years int")
    before = session.sparkContext.statusTracker().getJobIdsForGroup()
    result = cohort.spark.decide(frame, "premera_xofigo", on="2026-06-01", explain=True)
    assert session.sparkContext.statusTracker().getJobIdsForGroup() == before
    assert [(field.name, field.dataType.simpleString()) for field in result.schema] == [
        ("id", "string"),
        ("age_years", "int"),
        ("premera_xofigo:outcome", "string"),
        ("premera_xofigo:failing", "array<string>"),
        ("premera_xofigo:pending", "array<string>"),
    ]


def test_the_page_runs(
    session: Any, patients: pl.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The Python of docs/cohort-spark.md, block after block, over a table of patients."""
    blocks = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(blocks) > 3
    few = patients.head(200).drop("on", pl.selectors.starts_with("reading:"))
    good = few.filter(pl.col("id") % 97 != 3, pl.col("id") % 193 != 5)
    good.write_parquet(tmp_path / "patients.parquet")
    named: dict[str, Any] = {"session": session}
    for block in blocks:
        exec(
            re.sub(r'"(\w+\.parquet)"', rf'"{tmp_path}/\1"', block), named
        )  # Java has its own folder
    written = pl.read_parquet(tmp_path / "decided.parquet/*.parquet").sort("id")
    assert_frame_equal(written, plain(cohort.decide(good, on="2026-06-01", explain=True)))
    assert "needs_information" in capsys.readouterr().out


def function(asked: Any, ahead: str) -> str:
    """Return what a Python prints that is sent a task, as an executor is, after some lines."""
    cloudpickle = pytest.importorskip("pyspark.cloudpickle", reason="make test-spark")
    from lutalogic.cohort.spark import _travelling

    sent = cloudpickle.dumps(_travelling(asked)).hex()
    code = f"import pickle, sys\n{ahead}\ndone = list(pickle.loads(bytes.fromhex('{sent}'))([]))\n"
    code += "import os, polars; print(os.environ['POLARS_MAX_THREADS'], polars.thread_pool_size())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


MISSING = """
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "lutalogic":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
"""
TASK = """
from pyspark import TaskContext
TaskContext._taskContext = type("", (), {"cpus": lambda _: 2, "partitionId": lambda _: 0})()
"""


def some_task() -> Any:
    """Return a task that asks of age alone."""
    what = plan("premera_xofigo", on="2026-06-01")
    return task_of(what, what.heading(pl.Schema({"age_years": pl.Int64()})))


def test_an_executor_without_lutalogic_says_so() -> None:
    """What travels needs nothing of the package until it runs, and then says what to install."""
    told = function(some_task(), MISSING).splitlines()[-1]
    assert told.startswith("ModuleNotFoundError: No module named 'lutalogic': every executor needs")
    assert sys.executable in told


def test_an_executor_takes_the_cores_of_its_task() -> None:
    """Polars has as many threads as the task has cores, and not as many as the machine."""
    assert function(some_task(), TASK) == "2 2\n"


def test_an_executor_with_other_rules_decides_nothing() -> None:
    """It is told which lutalogic is where."""
    with pytest.raises(EngineError, match=r"the driver 0\.0\.9 \(rules 123\): install the same"):
        list(decided([], some_task() | {"rules": "0.0.9 (rules 123)"}))


def batches(frame: pl.DataFrame, rows: int) -> list[pa.RecordBatch]:
    """Return a table as Spark hands it to Python: batches, in Spark's types."""
    found: list[pa.RecordBatch] = frame.to_arrow().to_batches(max_chunksize=rows)
    return found


@pytest.mark.parametrize("size", [7, 1000])
def test_batches_are_decided_as_the_table_is(
    size: int, patients: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However Spark cuts a partition into batches, and whatever they are put together to."""
    monkeypatch.setattr(cohort.spark, "BLOCK", 300)
    frame = patients.head(900)
    what = plan(explain=True, criteria=True, on_bad="keep")
    found = decided(batches(frame, size), task_of(what, what.heading(frame.schema)))
    result = pl.DataFrame(pl.from_arrow(pa.Table.from_batches(list(found))))
    expected = plain(cohort.decide(frame, explain=True, criteria=True, on_bad="keep"))
    assert_frame_equal(result, expected)


def test_a_table_may_state_no_fact_at_all() -> None:
    """Then all is unknown of every row, and there are as many rows as before."""
    frame = pl.DataFrame({"id": range(5)})
    what = plan("premera_xofigo", on="2026-06-01")
    found = list(decided(batches(frame, 2), task_of(what, what.heading(frame.schema))))
    result = pa.Table.from_batches(found).column("premera_xofigo:outcome")
    assert result.to_pylist() == ["needs_information"] * 5
    assert list(decided([], some_task())) == []


def test_bad_rows_are_told_by_their_place_across_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """The row is counted from the start of the partition."""
    monkeypatch.setattr(cohort.spark, "BLOCK", 2)
    frame = pl.DataFrame({"age_years": [5, 6, 7, 8, 9, 121]})
    task = some_task()
    with pytest.raises(BadRows, match=r"1 of 2 rows .*\n  row 5 of partition 4, age_years: 121 "):
        list(decided(batches(frame, 1), task, partition=4))


def test_a_block_is_more_than_a_batch_of_spark() -> None:
    """Spark's own batches are of 10,000 rows, unless it is set otherwise."""
    assert BLOCK > 3 * 10_000
