# SPDX-License-Identifier: Apache-2.0
"""Tables written to files that are whole or not there."""

from __future__ import annotations

import errno
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl
from polars.io.plugins import register_io_source

from lutalogic.cohort.sources import form_of
from lutalogic.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How often, and after how many seconds each, a folder is taken away that is still written into.
_TRIES: Final = 100
_PAUSE: Final = 0.02


def place_for(out: Path, *, replace: bool) -> str:
    """Return the form of a file that is to be written, by its name.

    Args:
        out: The file.
        replace: Whether it may be there already.

    Raises:
        BadRequest: It cannot be written there, or its name says no form.
    """
    form = form_of(out)
    if out.exists() and not replace:
        raise BadRequest(
            "the file is there already; name another, or ask for it to be replaced", str(out)
        )
    if not out.parent.is_dir():
        raise BadRequest("there is no such folder", str(out.parent))
    return form


def write_whole(
    batches: Iterator[pl.DataFrame], schema: pl.Schema, out: Path, *, replace: bool
) -> None:
    """Write batches of a table to a file, which is put in its place when all are written.

    Args:
        batches: Its rows.
        schema: Its columns, with their types.
        out: The file, whose name says its form.
        replace: Whether it may be there already.

    Raises:
        BadRequest: The file is there already.
        OSError: It cannot be written.
    """
    form = place_for(out, replace=replace)
    table = register_io_source(lambda *_: batches, schema=schema)
    folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.partial-", dir=out.parent))
    partial = folder / out.name
    try:
        try:
            if form == "parquet":
                table.sink_parquet(partial, compression="zstd", compression_level=1)
            elif form == "csv":
                table.sink_csv(partial, separator="\t" if out.suffix.lower() == ".tsv" else ",")
            else:
                table.sink_ndjson(partial)
            place_for(out, replace=replace)  # another run may have come first
            partial.replace(out)
        except pl.exceptions.PolarsError as error:
            raise OSError(errno.EIO, str(error)) from error
        finally:
            _take_away(folder)
    finally:  # Ctrl-C reaches Polars and Python, one after the other: the second may come in there
        _take_away(folder)


def _take_away(folder: Path) -> None:
    """Take away a folder with what is in it, also while a query that was ended writes there."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            break
        time.sleep(_PAUSE)
