# SPDX-License-Identifier: Apache-2.0
"""Tables of patients, CSV or TSV: a row each, a column for each fact or entry of a record.

A table is read row by row, so that its length does not matter. A header that is wrong is one error
for the whole; a cell that is wrong is an error for its row, and the rows after it are still read.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from lutalogic import units
from lutalogic.errors import BadRequest, BadValue, InputError, did_you_mean
from lutalogic.possible import shown
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lutalogic.rules import Attribute, Recorded

#: Columns that are neither a fact nor an entry of a record.
OTHERS: Final = ("name", "id", "story", "policy", "on")
READING: Final = "reading:"
_NUMBER: Final = re.compile(r"[+-]?\d{1,60}(\.\d{1,60})?", re.ASCII)
_DATE: Final = re.compile(r"(\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?\S*)\s*(.*)", re.ASCII | re.DOTALL)
_BOOLEANS: Final = {"yes": True, "true": True, "no": False, "false": False}
#: No cell but a story is longer, and few are different.
_LONGEST: Final = 10_000
_CELLS_KEPT: Final = 4096


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row as JSON would have them; empty cells are left out."""

    line: int
    facts: dict[str, Any]
    record: dict[str, Any]
    readings: dict[str, str]
    others: dict[str, str]


Part = tuple[str, str, "Callable[[str], Any]"]


class RawRow(NamedTuple):
    """A row whose cells are not read yet: the names of the columns, the line, and the cells."""

    names: tuple[str, ...]
    line: int
    cells: list[str]


def read_rows(stream: IO[bytes], *, tabs: bool) -> Iterator[Row | InputError]:
    """Yield each row of a table, or, in its place, what is wrong with it.

    Args and form are those of `raw_rows`.

    >>> rows = read_rows(io.BytesIO(b"age_years,sstr_pet_available\\n58,yes\\n"), tabs=False)
    >>> next(rows).facts
    {'age_years': 58, 'sstr_pet_available': True}
    """
    for raw in raw_rows(stream, tabs=tabs):
        yield raw if isinstance(raw, InputError) else read_row(raw)


def read_row(raw: RawRow) -> Row | InputError:
    """Return a row with its cells read, or what is wrong with it."""
    try:
        return _row(raw.line, raw.cells, _parts(raw.names))
    except InputError as error:
        place = f"row {raw.line}"
        at = f"{place}, {error.at}" if error.at else place
        return type(error)(error.message, at, patient=_name(raw))


def _name(raw: RawRow) -> str:
    """Return what a row calls its patient, where that much of it can be read."""
    cells = {name.strip(): cell for name, cell in zip(raw.names, raw.cells, strict=False)}
    given = cells.get("name", "").strip() or cells.get("id", "").strip()
    return given[:_LONGEST]


def raw_rows(stream: IO[bytes], *, tabs: bool) -> Iterator[RawRow | InputError]:
    """Yield the rows of a table as they come, their cells not read yet.

    Args:
        stream: UTF-8 text, with or without a byte order mark.
        tabs: Whether columns are separated by tabs; else by commas, or by semicolons if the
            header has more of them.
    """
    text = io.TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="")
    try:
        yield from _rows(text, tabs=tabs)
    finally:
        text.detach()  # the stream is the caller's to close


def _rows(text: IO[str], *, tabs: bool) -> Iterator[RawRow | InputError]:
    first = text.readline(_LONGEST * 100)
    try:
        delimiter = "\t" if tabs else ";" if first.count(";") > first.count(",") else ","
        if first.lower().startswith("sep="):
            raise BadRequest(f"remove the line {shown(first.strip())}: it is no header", "row 1")
        try:
            names = tuple(next(csv.reader([first], delimiter=delimiter, strict=True), []))
        except csv.Error as error:
            raise BadRequest(
                f"the header cannot be read: {error}; check the quotes", "row 1"
            ) from None
        if not names:
            raise BadRequest("there is no header; the first row names the columns", "row 1")
        _parts(names)  # what is wrong with the header is told once
    except InputError as error:
        yield error
        return
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    before = 0
    while True:
        line = before + 2
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRequest(f"cannot be read: {error}; check the quotes", _lines(line, reader))
            before = reader.line_num
            continue
        before = reader.line_num
        if not any(cells):
            continue
        yield RawRow(names, line, cells)


def _lines(first: int, reader: Any) -> str:
    last = reader.line_num + 1
    return f"row {first}" if last <= first else f"rows {first} to {last}"


def _row(line: int, cells: list[str], parts: list[Part]) -> Row:
    if len(cells) != len(parts) and (len(cells) < len(parts) or any(cells[len(parts) :])):
        raise BadRequest(
            f"has {len(cells)} cells under {len(parts)} columns; put quotes around a cell that "
            "holds what separates columns"
        )
    row = Row(line, {}, {}, {}, {})
    groups = {"facts": row.facts, "record": row.record, "readings": row.readings, "": row.others}
    for cell, (group, name, read) in zip(cells, parts, strict=False):
        if cell:
            try:
                value = read(cell)
            except InputError as error:
                raise type(error)(error.message, f"column {name}") from None
            if value is not None:
                groups[group][name] = value
    return row


@lru_cache(maxsize=16)
def _parts(names: tuple[str, ...]) -> list[Part]:
    """Return for each column its group, its name in the group, and how its cells are read."""
    base = rule_base()
    parts: list[Part] = []
    seen: set[str] = set()
    for name in map(str.strip, names):
        if name in seen:
            raise BadRequest(f"the column {shown(name)} stands twice; keep one", "row 1")
        seen.add(name)
        if name in base.attributes:
            parts.append(("facts", name, _reader(fact_of, base.attributes[name])))
        elif name in base.recorded:
            parts.append(("record", name, _reader(_entry, base.recorded[name])))
        elif name.startswith(READING) and name[len(READING) :] in base.readings:
            parts.append(("readings", name[len(READING) :], _reader(_text, None)))
        elif name in OTHERS:
            parts.append(("", name, _plain))
        else:
            raise BadRequest(_unknown(name), "row 1")
    return parts


def _unknown(name: str) -> str:
    base = rule_base()
    if not name:
        return "a column has no name; the first row names the columns"
    known = [*base.attributes, *base.recorded, *OTHERS, *(READING + r for r in base.readings)]
    return f"there is no column {shown(name)}{did_you_mean(name[:60], known)}"


def _reader(read: Callable[[Any, str], Any], what: object) -> Callable[[str], Any]:
    """Return how cells of a column are read; the last ones are kept, since cells repeat."""
    kept = lru_cache(maxsize=_CELLS_KEPT)(lambda cell: read(what, _text(None, cell)))

    def of_cell(cell: str) -> Any:
        value = kept(cell)
        return list(value) if type(value) is list else value

    return of_cell


def _text(_: object, cell: str) -> Any:
    if len(cell) > _LONGEST:
        raise BadValue(f"has {len(cell)} characters, and no such cell is so long; check the quotes")
    return _plain(cell)


def _plain(cell: str) -> str | None:
    try:
        cell.encode()
    except UnicodeEncodeError:
        raise BadValue("is not UTF-8 text; save the table as UTF-8") from None
    return cell.strip() or None


def fact_of(attribute: Attribute, cell: str | None) -> Any:
    """Return the value of a fact in a cell of a table, as JSON has it; None of an empty cell.

    Raises:
        InputError: It is not written as such a value is.

    >>> fact_of(rule_base().attributes["disease_progression_on"], "lanreotide; everolimus")
    ['lanreotide', 'everolimus']
    """
    if cell is None:
        return None
    match attribute.type:
        case "boolean":
            if cell.lower() not in _BOOLEANS:
                raise BadValue(
                    f"{shown(cell)} is neither yes nor no; write one of these, or leave the "
                    "cell empty for what is not documented"
                )
            return _BOOLEANS[cell.lower()]
        case "set":
            members = [word.strip() for word in cell.split(";")]
            return [] if members == ["none"] else members
        case "enum":
            return cell
    if _NUMBER.fullmatch(cell):
        return int(cell) if cell.isdecimal() else Decimal(cell)
    return units.fact(attribute, cell, at="")


def _entry(kept: Recorded, cell: str | None) -> Any:
    """Return an entry of a record as JSON has it."""
    if cell is None or kept.kind in ("date", "one_of"):
        return cell
    if cell == "none":
        return []
    items = [_item(kept.kind, item.strip()) for item in cell.split(";")]
    return items[0] if kept.kind.startswith("series") and len(items) == 1 else items


def _item(kind: str, text: str) -> Any:
    """Return one item: ``2026-05-28 1.05 mg/dL baseline``, ``2026-01-05 7.4 GBq earlier``."""
    item: dict[str, Any] = {}
    if dated := _DATE.fullmatch(text):
        item["date"], text = dated[1], dated[2]
    elif kind in ("doses", "times"):
        item["date"], text = text, ""
    if kind == "times":
        if text:
            raise BadValue(f"{shown(text)} follows a date; write dates with ; between them")
        return item["date"]
    rest, _, last = text.rpartition(" ")
    if kind == "doses":
        if last.isalpha() and last.islower():
            item["course"], text = last, rest
        return item | ({"activity": _quantity(text)} if text.strip() else {})
    if last == "baseline":
        item["baseline"], text = True, rest
    value, limited, limit = text.partition(" limit ")
    if limited:
        item["upper_limit"] = _quantity(limit)
    if not value.strip():
        raise BadValue("a value is missing; write 2026-05-28 and the value, ; between several")
    return item | {"value": _quantity(value)}


def _quantity(text: str) -> Decimal | str:
    plain = text.strip()
    return Decimal(plain) if _NUMBER.fullmatch(plain) else plain
