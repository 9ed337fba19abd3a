# SPDX-License-Identifier: Apache-2.0
"""Whether JSON lines are what a table can keep, before Polars reads them.

Polars names no line, takes the first of two equal names, reads the numbers of a column as doubles
where one of them has a point, and drops what is no text of Unicode. Each of these could make two
patients one, or a value another; here it is an error that names its line.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from lutalogic import strict_json
from lutalogic.errors import BadRequest, MalformedJSON
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from pathlib import Path

_MARK: Final = "\ufeff".encode()
#: Whole numbers up to here are doubles too, and up to there whole numbers of 64 bits.
_DOUBLES: Final = 2**53
_WHOLE: Final = 2**63
#: Kinds of values as they are told, those first that stand with no others in a column.
_KINDS: Final = {
    list: "a list",
    dict: "an object",
    bool: "true or false",
    int: "a number",
    Decimal: "a number",
    str: "text",
}
_OTHER_LIST: Final = "a list of other than text"
#: Kinds that Polars makes text of, where they stand in one column: the same fact, but not one id.
_AS_TEXT: Final = (frozenset({"a number", "text"}), frozenset({"true or false", "text"}))
_LARGE: Final = "a number that is no double"


def check_json_lines(path: Path) -> None:
    """Look at every line of a file, and at what its columns hold.

    Raises:
        MalformedJSON: A line is no JSON object, has a value that no table keeps, or one of another
            kind than another line has under the same name. The place is the file and the line.
        BadRequest: There is no patient.
    """
    columns: dict[str, dict[str, int]] = {}
    number = patients = 0
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                patients += _look_at(line, number, columns)
    except MalformedJSON as error:
        raise type(error)(error.message, f"{path}, line {number}") from None
    if not patients:
        raise BadRequest("there is no patient in this file", str(path))
    for name, kinds in columns.items():
        _look_at_column(path, name, kinds)


def _look_at(line: bytes, number: int, columns: dict[str, dict[str, int]]) -> bool:
    """Look at a line, and note its kinds of values; whether it has a patient at all."""
    text = line.strip(b" \t\r\n")
    if not text:
        return False
    if text.startswith(_MARK):  # Polars would not read it
        raise MalformedJSON("begins with a byte-order mark; save it as UTF-8 without one")
    patient = strict_json.loads(text)
    if not isinstance(patient, dict):
        raise MalformedJSON("is no JSON object")
    if b"\\u" in text:
        _no_halves(patient)
    for name, value in patient.items():
        if value is None:
            columns.setdefault(name, {})
            continue
        kinds = columns.setdefault(name, {})
        kind = _KINDS[type(value)]
        if kind == "a number":
            _look_at_number(value, number, kinds)
        elif isinstance(value, (list, dict)):
            kind = _kind_of_several(value, kind)
        kinds.setdefault(kind, number)
    return True


def _kind_of_several(value: list[Any] | dict[str, Any], kind: str) -> str:
    """Return what a list or an object is, which no fact is but a list of text.

    Raises:
        MalformedJSON: A number in it is none that every column keeps.
    """
    if isinstance(value, list) and all(type(each) is str for each in value):
        return kind
    for each in value if isinstance(value, list) else value.values():
        if isinstance(each, (list, dict)):
            _kind_of_several(each, kind)
        elif type(each) in (Decimal, int) and not _is_double(each):
            raise _not_kept(each)
    return _OTHER_LIST if isinstance(value, list) else kind


def _look_at_number(value: int | Decimal, number: int, kinds: dict[str, int]) -> None:
    if isinstance(value, Decimal):
        kinds.setdefault("a number with a point", number)
    elif not _is_double(value):
        kinds.setdefault(_LARGE, number)
    if not (_is_double(value) or (isinstance(value, int) and -_WHOLE <= value < _WHOLE)):
        raise _not_kept(value)


def _is_double(value: int | Decimal) -> bool:
    if isinstance(value, int):
        return -_DOUBLES <= value <= _DOUBLES
    return Decimal(repr(float(value))) == value


def _not_kept(value: int | Decimal) -> MalformedJSON:
    return MalformedJSON(f"{str(value)[:40]} cannot be kept as a double; write it as text")


def _no_halves(patient: dict[str, Any]) -> None:
    """Refuse half of a character, as two escapes write it, without the other half."""
    try:
        json.dumps(patient, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        raise MalformedJSON("has half of a character, which is no text of Unicode") from None


def _look_at_column(path: Path, name: str, kinds: dict[str, int]) -> None:
    if _LARGE in kinds and "a number with a point" in kinds:
        raise MalformedJSON(
            f"{name[:80]} has a number beyond what a double keeps, and one with a point in line "
            f"{kinds['a number with a point']}; write both as text",
            f"{path}, line {kinds[_LARGE]}",
        )
    told = {kind: line for kind, line in kinds.items() if kind in (*_KINDS.values(), _OTHER_LIST)}
    fact, _, rest = name.partition(":")
    stated = fact in rule_base().attributes or (fact == "reading" and rest)
    if len(told) < 2 or (stated and told.keys() in _AS_TEXT):
        return
    (first, before), (other, line) = sorted(told.items(), key=lambda each: each[1])[:2]
    raise MalformedJSON(
        f"{name[:80]} is {other}, and {first} in line {before}; write it one way in all lines",
        f"{path}, line {line}",
    )
