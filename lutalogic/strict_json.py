# SPDX-License-Identifier: Apache-2.0
"""JSON as the line protocol means it: exact decimals, and nothing accepted that is not JSON.

The standard library's reader takes the last of two equal names, ``NaN`` and ``Infinity``; here
each is an error, because what it drops or invents could decide.
"""

from __future__ import annotations

import json
from decimal import Decimal, DecimalException
from fractions import Fraction
from typing import Any, Final

from lutalogic.errors import MalformedJSON


def loads(text: str | bytes) -> Any:
    """Return the value of a JSON text, numbers with a point or exponent as exact decimals.

    Raises:
        MalformedJSON: The text is not JSON, or an object states one name twice.
    """
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8")
        text = text.removeprefix("\ufeff")  # the mark that some programs begin a file with
        if not text.strip():
            raise MalformedJSON("there is nothing here; write a JSON object")
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        several = "; for an object on each line, use a .jsonl file or --lines"
        raise MalformedJSON(
            f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
            + (several if error.msg == "Extra data" and error.lineno > 1 else "")
        ) from None
    except UnicodeDecodeError as error:
        raise MalformedJSON(f"not UTF-8 text: byte {error.start + 1} is {error.reason}") from None
    except RecursionError:
        raise MalformedJSON("not a request: nested too deeply") from None


def dumps(value: Any, *, indent: int | None = None) -> str:
    """Return a value as JSON in ASCII, decimals as numbers."""
    return json.dumps(value, default=_number, indent=indent, allow_nan=False)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except DecimalException:
        raise MalformedJSON(f"{text[:40]} is beyond any number that is used") from None


def _integer(text: str) -> int:
    if len(text) > 1000:
        raise MalformedJSON("a number of more than 1000 digits is beyond any that is used")
    return int(text)


def _no_constant(name: str) -> Any:
    raise MalformedJSON(f"{name} is not JSON; leave out a fact that is not known")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    unique = dict(pairs)
    if len(unique) < len(pairs):
        names = [name for name, _ in pairs]
        again = next(name for name in names if names.count(name) > 1)
        raise MalformedJSON(f"the name {again[:80]!r} stands twice in one object; keep one")
    return unique


def _number(value: object) -> float | str | list[Any]:
    if isinstance(value, (Decimal, Fraction)):
        return float(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


_DECODER: Final = json.JSONDecoder(
    parse_float=_decimal,
    parse_int=_integer,
    parse_constant=_no_constant,
    object_pairs_hook=_no_duplicates,
)
