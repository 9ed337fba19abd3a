# SPDX-License-Identifier: Apache-2.0
"""Cohorts in files: in whatever form, decided alike, and nothing is left half written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from itertools import product
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from click.testing import CliRunner

from lutalogic import cohort
from lutalogic.cli import main
from lutalogic.cohort import batches, sources
from lutalogic.errors import BadRequest, BadRows, InputError
from tests.cohort.rows import rows, table
from tests.strategies import sampled

if TYPE_CHECKING:
    from pathlib import Path

ON = "2026-06-01"
FORMS = ("parquet", "csv", "tsv", "jsonl")


@pytest.fixture(scope="module")
def frame() -> pl.DataFrame:
    """Return random patients, each with a date of service and readings."""
    return table(rows(400, seed=3, kinds=2))


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make batches so small that every table has several."""
    monkeypatch.setattr(sources, "BATCH", 160)
    monkeypatch.setattr(batches, "BATCH", 160)


def written(frame: pl.DataFrame, path: Path) -> Path:
    """Write a table as its users would have it."""
    form = path.suffix[1:]
    if form == "parquet":
        frame.write_parquet(path)
    elif form == "jsonl":
        frame.write_ndjson(path)
    else:
        flat = frame.with_columns(
            pl.when(pl.col(name).list.len() == 0)
            .then(pl.lit("none"))
            .otherwise(pl.col(name).cast(pl.List(pl.String)).list.join("; "))
            .alias(name)
            for name, dtype in frame.schema.items()
            if isinstance(dtype, pl.List)
        )
        flat.write_csv(path, separator="\t" if form == "tsv" else ",")
    return path


@pytest.mark.parametrize(("form", "out"), sampled(product(FORMS, FORMS), every=5))
def test_every_form_is_decided_alike(
    form: str, out: str, frame: pl.DataFrame, tmp_path: Path
) -> None:
    """Parquet, CSV and JSON lines, in and out: the outcomes of the table in memory, in order."""
    wanted = cohort.decide(frame, explain=True, criteria=True)
    path = written(frame, tmp_path / f"in.{form}")
    done = cohort.decide(path, explain=True, criteria=True, out=tmp_path / f"out.{out}")
    assert isinstance(done, cohort.Decided)
    assert (done.rows, done.bad) == (frame.height, 0)
    result = sources.source(done.path).collect()
    assert result.height == frame.height
    for name in wanted.columns[frame.width :]:
        if name.endswith(("failing", "pending")) and out in ("csv", "tsv"):
            expected = ["; ".join(each) or "none" for each in wanted[name].to_list()]
        else:
            expected = wanted[name].to_list()
        assert result[name].to_list() == expected, name
    for policy, counts in done.outcomes.items():
        found = dict(wanted[f"{policy}:outcome"].cast(pl.String).value_counts().iter_rows())
        assert {name: count for name, count in counts.items() if count} == found
        assert policy in str(done)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({path.name, done.path.name})


def test_a_path_without_a_file_to_write_gives_a_table(frame: pl.DataFrame, tmp_path: Path) -> None:
    """Small files are read whole."""
    path = written(frame, tmp_path / "in.parquet")
    assert cohort.decide(path).equals(cohort.decide(frame))


def test_a_folder_of_parquet_files_is_one_table(frame: pl.DataFrame, tmp_path: Path) -> None:
    """Parts of a table, as clusters write them."""
    folder = tmp_path / "parts"
    folder.mkdir()
    frame[:150].write_parquet(folder / "a.parquet")
    frame[150:].write_parquet(folder / "b.parquet")
    done = cohort.decide(folder, out=tmp_path / "out.parquet")
    assert pl.read_parquet(done.path).equals(cohort.decide(frame))


def test_a_result_can_be_decided_again_without_what_was_decided(
    frame: pl.DataFrame, tmp_path: Path
) -> None:
    """Its columns are refused, for they would stand twice."""
    done = cohort.decide(written(frame, tmp_path / "in.parquet"), out=tmp_path / "out.parquet")
    with pytest.raises(BadRequest, match="the result has a column of this name"):
        cohort.decide(done.path, out=tmp_path / "again.parquet")


def test_rows_that_cannot_be_judged(frame: pl.DataFrame, tmp_path: Path) -> None:
    """Refused with the row of the whole table, nothing written; or kept, and the others decided."""
    wrong = frame.with_columns(
        pl.when(pl.int_range(pl.len()).is_in([70, 300]))
        .then(pl.lit("old"))
        .otherwise(pl.col("age_years"))
        .alias("age_years")
    )
    path, out = written(wrong, tmp_path / "in.parquet"), tmp_path / "out.parquet"
    with pytest.raises(BadRows) as told:
        cohort.decide(path, out=out)
    assert told.value.problems["row"].to_list() == [70, 300]
    assert (told.value.bad, told.value.rows) == (2, frame.height)
    assert [each.name for each in tmp_path.iterdir()] == ["in.parquet"]
    done = cohort.decide(path, out=out, on_bad="keep")
    assert done.bad == 2
    kept = pl.read_parquet(out)
    assert kept["problem"].is_not_null().arg_true().to_list() == [70, 300]
    good = ~pl.int_range(frame.height, eager=True).is_in([70, 300])
    name = "premera_xofigo:outcome"
    assert kept[name].filter(good).equals(cohort.decide(frame)[name].filter(good))
    assert kept[name].filter(~good).null_count() == 2


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gone.parquet", None, "there is no such file"),
        ("a.xlsx", b"", "the name must end in one of .parquet"),
        ("a.parquet", b"no such thing", "cannot be read"),
        ("a.jsonl", b'{"age_years": 5}\n{"age_years":}\n', "a.jsonl, line 2: not JSON: Expecting"),
        (
            "a.jsonl",
            b'{"ecog": 1}\n\n{"ecog": 1, "ecog": 4}\n',
            "line 3: the name 'ecog' stands twice",
        ),
        (
            "a.jsonl",
            b'{"ki67_percent": 20.00000000000000001}\n',
            "line 1: 20.00000000000000001",
        ),
        ("a.jsonl", b'{"ki67_percent": 1e400}\n', "line 1: 1E+400 cannot be kept as a double"),
        ("a.jsonl", b'{"ki67_percent": NaN}\n', "line 1: NaN is not JSON"),
        ("a.jsonl", b'{"ki67_percent": 5, "note": "\xff"}\n', "line 1: not UTF-8 text"),
        ("a.jsonl", b'{"age_years": 5}\n[1]\n', "line 2: is no JSON object"),
        ("a.jsonl", b'{"age_years": 5}\n{"age_year": 5}\n', "did you mean age_years?"),
        (
            "a.jsonl",
            b'{"id": 9007199254740993}\n{"id": 9007199254740992}\n{"id": 1.5}\n',
            "line 1: id has a number beyond what a double keeps, and one with a point in line 3",
        ),
        ("a.jsonl", b'{"id": 9223372036854775808}\n', "line 1: 9223372036854775808 cannot be"),
        ("a.jsonl", b'{"id": [9007199254740993]}\n', "line 1: 9007199254740993 cannot be kept"),
        ("a.jsonl", b'{"id": [1' + b"0" * 400 + b"]}\n", "line 1: 1000000000"),
        ("a.jsonl", b'{"id": {"n": [0.30000000000000000001]}}\n', "line 1: 0.30000000000000000001"),
        ("a.jsonl", b'{"id": ["1"]}\n{"id": [1]}\n', "id is a list of other than text, and a list"),
        ("a.jsonl", b'{"id": "1"}\n{"id": 1}\n', "line 2: id is a number, and text in line 1"),
        ("a.jsonl", b'{"id": "A\\ud800"}\n', "line 1: has half of a character"),
        (
            "a.jsonl",
            b'{"age_years": 58}\n{"age_years": true}\n',
            "line 2: age_years is true or false, and a number in line 1; write it one way",
        ),
        (
            "a.jsonl",
            b'{"prior_ar_pathway_inhibitors": "abiraterone"}\n'
            b'{"prior_ar_pathway_inhibitors": ["abiraterone"]}\n',
            "line 2: prior_ar_pathway_inhibitors is a list, and text in line 1",
        ),
        ("a.jsonl", b'{"ecog": 1}\n{"ecog": {"a": 1}}\n', "line 2: ecog is an object, and a"),
        ("a.jsonl", b"{}\n\xef\xbb\xbf{}\n", "line 2: begins with a byte-order mark"),
        ("a.jsonl", b'{"ecog": 1}\x0b\n', "line 1: not JSON"),
        ("a.jsonl", b"", "there is no patient in this file"),
        ("a.jsonl", b"\n \r\n", "there is no patient in this file"),
        ("a.csv", b"age_years,tumor_type\n5\n", "cannot be read"),
        ("a.csv", b"age_years,tumor_type\n5,x,y\n", "cannot be read"),
        ("a.csv", b"age_years\n\xff\xfe\n", "cannot be read"),
        ("a.csv", b"", "cannot be read"),
    ],
)
def test_files_that_cannot_be_read(
    name: str, content: bytes | None, message: str, tmp_path: Path
) -> None:
    """The message names the file, and the line where that helps; nothing is written."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as told:
        cohort.decide(path, on=ON, out=tmp_path / "out.parquet")
    assert message in str(told.value)
    assert name in str(told.value) or "did you mean" in message
    assert not list(tmp_path.glob("*out*"))


def test_ids_of_json_lines_are_kept(tmp_path: Path) -> None:
    """Whole numbers beyond doubles, text beside numbers, and characters that escapes write."""
    for ids in (
        ["9007199254740993", "-9223372036854775808"],
        ['"\\ud83d\\ude00"'],
    ):
        path, out = tmp_path / "a.jsonl", tmp_path / "out.jsonl"
        path.write_text("".join(f'{{"id": {each}, "age_years": 70}}\n' for each in ids))
        cohort.decide(path, on=ON, out=out, replace=True)
        told = [json.loads(line)["id"] for line in out.read_text().splitlines()]
        assert told == [str(json.loads(i)) if '"1.50"' in ids else json.loads(i) for i in ids]


def test_what_is_there_is_kept(frame: pl.DataFrame, tmp_path: Path) -> None:
    """A file is replaced only if that is asked for; a folder must be there."""
    path = written(frame, tmp_path / "in.parquet")
    out = tmp_path / "out.parquet"
    out.write_text("precious")
    with pytest.raises(BadRequest, match="is there already"):
        cohort.decide(path, out=out)
    assert out.read_text() == "precious"
    cohort.decide(path, out=out, replace=True)
    assert pl.read_parquet(out).height == frame.height
    with pytest.raises(BadRequest, match="no such folder"):
        cohort.decide(path, out=tmp_path / "nowhere/out.parquet")


def test_progress_is_told(frame: pl.DataFrame, tmp_path: Path) -> None:
    """After each batch: rows done, of all where the file says how many."""
    told: list[tuple[int, int | None]] = []
    path = written(frame, tmp_path / "in.parquet")
    cohort.decide(path, out=tmp_path / "o.parquet", progress=lambda *each: told.append(each))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len(told) == 3
    assert told[-1] == (frame.height, frame.height)


def test_an_interrupt_leaves_nothing_behind(frame: pl.DataFrame, tmp_path: Path) -> None:
    """Ctrl-C in the middle: exit status 130, and no file that looks whole."""
    big = pl.concat([frame] * 600)
    path = written(big, tmp_path / "in.parquet")
    command = [sys.executable, "-m", "lutalogic", "cohort", "decide", str(path), "--explain"]
    run = subprocess.Popen(
        [*command, "-o", str(tmp_path / "out.parquet")], stderr=subprocess.PIPE, text=True
    )
    waited = time.monotonic()
    while not any(part.stat().st_size for part in tmp_path.glob(".out.parquet.partial-*/*")):
        assert run.poll() is None, run.communicate()
        assert time.monotonic() - waited < 60
        time.sleep(0.02)
    os.kill(run.pid, signal.SIGINT)
    _, told = run.communicate(timeout=60)
    assert run.returncode == 130, told
    assert "interrupted" in told
    assert [each.name for each in tmp_path.iterdir()] == ["in.parquet"]


def lutalogic(*words: object) -> Any:
    """Run the command line in this process."""
    return CliRunner().invoke(main, [str(word) for word in words], standalone_mode=False)


def test_the_command_decides_a_file(frame: pl.DataFrame, tmp_path: Path) -> None:
    """Counts on standard output, the table in the file."""
    path, out = written(frame, tmp_path / "in.csv"), tmp_path / "out.jsonl"
    done = lutalogic("cohort", "decide", path, "-o", out, "-p", "premera_xofigo", "--no-facts")
    assert done.exception is None
    assert done.return_value == 0
    assert "400 patients" in done.output
    assert "no medical advice" in done.output
    first = json.loads(out.read_text().splitlines()[0])
    assert "premera_xofigo:outcome" in first
    assert "age_years" not in first


def test_the_command_writes_what_is_wrong(tmp_path: Path) -> None:
    """With --problems, whether rows are refused or kept; status 2 as for any bad input."""
    path = tmp_path / "in.csv"
    path.write_text("id,age_years\n1,50\n2,500\n")
    told = tmp_path / "problems.csv"
    done = lutalogic(
        "cohort", "decide", path, "--on", ON, "-o", tmp_path / "o.csv", "--problems", told
    )
    assert isinstance(done.exception, BadRows)
    assert "1,age_years,500," in told.read_text()
    kept = ["cohort", "decide", path, "--on", ON, "-o", tmp_path / "o.csv", "--keep-bad"]
    assert lutalogic(*kept).return_value == 2
    assert (tmp_path / "o.csv").read_text().count("\n") == 3


def test_nothing_is_written_over(frame: pl.DataFrame, tmp_path: Path) -> None:
    """Neither the table that is read, nor what --problems would take the place of."""
    path = written(frame, tmp_path / "in.parquet")
    before = path.read_bytes()
    with pytest.raises(BadRequest, match="the table to read lies there"):
        cohort.decide(path, out=path, replace=True)
    out = tmp_path / "out.csv"
    for told in (path, out):
        done = lutalogic("cohort", "decide", path, "-o", out, "--problems", told, "--replace")
        assert "name a file of its own" in str(done.exception)
    precious = tmp_path / "precious.csv"
    precious.write_text("precious")
    done = lutalogic("cohort", "decide", path, "-o", out, "--problems", precious)
    assert "is there already" in str(done.exception)
    assert (path.read_bytes(), precious.read_text()) == (before, "precious")


def test_rows_of_empty_cells_are_left_out(tmp_path: Path) -> None:
    """As spreadsheets leave them below the last patient."""
    path = tmp_path / "in.csv"
    path.write_text("id,age_years,tumor_type\n1,17,prostate_cancer\n,,\n2,70,\n,,\n")
    done = cohort.decide(path, "premera_xofigo", on=ON, out=tmp_path / "out.csv")
    assert done.rows == 2


def test_a_quoted_cell_may_run_over_a_block(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its inner lines are no patients, wherever a block of the file ends."""
    monkeypatch.setattr(sources, "_BLOCK", 256)
    path = tmp_path / "in.csv"
    told = '71,"' + "5,y\n" * 20 + '5,z"\n'
    path.write_text("age_years,story\n" + "71,ok\n" * 30 + told + "71,ok\n" * 5)
    assert cohort.decide(path, "premera_xofigo", on=ON, out=tmp_path / "o.csv").rows == 36
    path.write_text('age_years,story\n71,"a\n11,b\n')
    with pytest.raises(BadRequest, match="never closed"):
        cohort.decide(path, on=ON)


def test_a_path_is_no_pattern(tmp_path: Path) -> None:
    """Brackets and stars in a name stand for themselves."""
    for name in ("c[2].parquet", "c2.parquet"):
        pl.DataFrame({"id": [name], "age_years": [50]}).write_parquet(tmp_path / name)
    for name in ("c[2].jsonl", "c2.jsonl"):
        pl.DataFrame({"id": [name], "age_years": [50]}).write_ndjson(tmp_path / name)
    for name in ("c[2].parquet", "c[2].jsonl"):
        assert cohort.decide(tmp_path / name, on=ON)["id"].to_list() == [name]


def test_a_folder_as_clusters_write_it(tmp_path: Path) -> None:
    """Facts in the names of folders count; files count whatever the case of their names."""
    folder = tmp_path / "table"
    for place, (tumor, name) in enumerate(
        [("prostate_cancer", "0.parquet"), ("other", "1.PARQUET"), ("other", "2.pq")]
    ):
        inner = folder / f"tumor_type={tumor}"
        inner.mkdir(parents=True, exist_ok=True)
        pl.DataFrame({"id": [place], "age_years": [50]}).write_parquet(inner / name)
    decided = cohort.decide(folder, "premera_xofigo", on=ON).sort("id")
    assert decided["premera_xofigo:outcome"].to_list() == ["needs_information"] + ["not_met"] * 2
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadRequest, match="no Parquet file"):
        cohort.decide(tmp_path / "empty", on=ON)
