# SPDX-License-Identifier: Apache-2.0
"""The values of a column of facts in the form that expressions take, and which of them are wrong.

Whole columns are checked at once. What is wrong, and text, is looked at value by value, each
different one once, by what reads the facts of a single patient: so it is right or wrong alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from lutalogic import possible
from lutalogic.columnar_leaves import HIGH, LOW
from lutalogic.doubles import ends
from lutalogic.errors import InputError
from lutalogic.possible import Members
from lutalogic.table import fact_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lutalogic.possible import Possible
    from lutalogic.rules import Attribute

#: Numbers that need no second look: so many digits fit in a double.
_PLAIN: Final = r"^-?[0-9]{1,9}(\.[0-9]{1,6})?$"
_EXACT_DIGITS: Final = 15
#: What programs write where nothing is known.
_SILENT: Final = ("", "na", "n/a", "nan", "null", "unknown", "?", "-")
_LEAVE_EMPTY: Final = "; leave empty, or null, what is not documented"


class Wrong:
    """The values of a column that are wrong, and what each is told.

    Attributes:
        rows: True for the rows of which it is so; None if there are none.
        reasons: What is wrong with each different value.
    """

    def __init__(self, values: pl.Series, rows: pl.Series | None, told: Callable[[Any], str]):
        self.rows = rows if rows is not None and rows.any() else None
        self._values = values
        self._told = told

    def problems(self, name: str) -> pl.DataFrame:
        """Return a row for each of them: its row in the table, column, value and what is wrong."""
        assert self.rows is not None
        values = self._values.filter(self.rows).to_list()
        reasons: dict[str, str] = {}
        texts = [str(value) for value in values]
        for text, value in zip(texts, values, strict=True):
            if text not in reasons:
                reasons[text] = self._told(value)
        return problems(self.rows.arg_true(), name, texts, [reasons[text] for text in texts])


def problems(
    rows: pl.Series, name: str, values: Sequence[str], reasons: Sequence[str]
) -> pl.DataFrame:
    """Return what is wrong as a table: row, column, value, problem."""
    return pl.DataFrame(
        {"row": rows, "column": name, "value": values, "problem": reasons},
        schema={"row": pl.UInt64, "column": pl.String, "value": pl.String, "problem": pl.String},
    )


def options(attribute: Attribute, values: pl.Series) -> tuple[pl.Series, Wrong]:
    """Return a column of options as Enum, or of booleans as Boolean."""
    if attribute.type == "boolean":
        found = booleans(values)
    else:
        wanted = pl.Enum(attribute.values)
        if values.dtype == wanted:
            return values, Wrong(values, None, str)
        values = values.cast(pl.String)
        found = values.str.strip_chars().cast(wanted, strict=False)
    return found, Wrong(values, found.is_null() & values.is_not_null(), _why(attribute))


def booleans(values: pl.Series) -> pl.Series:
    """Return a column of yes and no as Boolean; what is neither is null."""
    if values.dtype == pl.Boolean:
        return values
    codes = {"yes": True, "true": True, "no": False, "false": False}
    words = values.cast(pl.String).str.strip_chars().str.to_lowercase()
    return words.replace_strict(codes, default=None, return_dtype=pl.Boolean)


def sets(attribute: Attribute, values: pl.Series) -> tuple[pl.Series, Wrong]:
    """Return a column of sets as bit masks of the indexes of their members."""
    if values.dtype == pl.String:
        read = _distinct(attribute, values, _mask)
        found = values.replace_strict(*read, default=None, return_dtype=pl.UInt32)
        return found, Wrong(values, found.is_null() & values.is_not_null(), _why(attribute))
    if isinstance(values.dtype, pl.Array):
        values = values.arr.to_list()
    lists: Any = values.to_arrow()
    offsets = np.asarray(lists.offsets)
    # Of a slice, the values are those of the whole: the last set would run on into later rows'.
    held = lists.values.slice(0, offsets[-1])
    members = pl.Series(pl.from_arrow(held)).cast(pl.String)
    indexes = members.cast(pl.Enum(attribute.values), strict=False).to_physical()
    bits = np.left_shift(1, indexes.fill_null(0).to_numpy().astype(np.uint32), dtype=np.uint32)
    starts, lengths = offsets[:-1], np.diff(offsets)
    masks = np.bitwise_or.reduceat(np.append(bits, np.uint32(0)), starts) if len(starts) else bits
    masks = np.where(lengths == 0, np.uint32(0), masks)
    present = values.is_not_null()
    found = pl.select(pl.when(present).then(pl.Series(masks, dtype=pl.UInt32))).to_series()
    if not indexes.null_count():
        return found, Wrong(values, None, str)
    strange = np.append(indexes.is_null().to_numpy(), False)
    wrong = np.logical_or.reduceat(strange, starts) & (lengths > 0)
    return found, Wrong(values, pl.Series(wrong) & present, _why(attribute))


def _mask(fact: Possible) -> int:
    assert isinstance(fact, Members)  # a set is one
    return fact.mask


def numbers(attribute: Attribute, values: pl.Series) -> tuple[list[pl.Series], Wrong]:
    """Return a column of numbers as one column, or as two, their ends, if it has intervals."""
    name = attribute.name
    if values.dtype in (pl.String, pl.Categorical, pl.Enum):
        return _texts(attribute, values.cast(pl.String))
    if values.dtype == pl.Float32:  # as the decimals that they are printed as
        values = values.cast(pl.String).cast(pl.Float64)
    if isinstance(values.dtype, pl.Decimal):
        if (values.dtype.precision or _EXACT_DIGITS + 1) > _EXACT_DIGITS:
            return _texts(attribute, values.cast(pl.String))
        values = values.cast(pl.Float64)
    wrong = outside(attribute, values)
    return [values.alias(name)], Wrong(values, wrong, _why(attribute))


def outside(attribute: Attribute, values: pl.Series) -> pl.Series | None:
    """Return which numbers are no values of a fact; None if none can be."""
    low, high = attribute.range
    least, greatest = values.min(), values.max()
    if least is None:
        return values.is_nan() if values.dtype.is_float() else None
    parts: list[pl.Series] = []
    if least < low or greatest > high:  # type: ignore[operator]
        parts += [values < low, values > high]
    if values.dtype.is_float():
        total = values.sum()  # which is no number if one of them is none
        if total != total:
            parts.append(values.is_nan())
        if attribute.type == "integer":
            parts.append(values != values.floor())
    found = None
    for part in parts:
        found = part if found is None else found | part
    return None if found is None else found.fill_null(False)


def _texts(attribute: Attribute, values: pl.Series) -> tuple[list[pl.Series], Wrong]:
    """Return numbers and intervals that are written as text."""
    values = values.str.strip_chars()
    plain = values.str.contains(_PLAIN).fill_null(False)
    numbers = pl.select(pl.when(plain).then(values)).to_series().cast(pl.Float64)
    wrong = outside(attribute, numbers)
    others = values.filter(~plain & values.is_not_null())
    if not len(others):
        return [numbers.alias(attribute.name)], Wrong(values, wrong, _why(attribute))
    old, pairs = _distinct(attribute, others, lambda fact: ends(attribute, fact))
    rest = pl.select(pl.when(~plain).then(values)).to_series()
    low, high = (
        rest.replace_strict(
            old, [each[end] for each in pairs], default=None, return_dtype=pl.Float64
        )
        for end in (0, 1)
    )
    unread = ~plain & values.is_not_null() & ~values.is_in(old)
    wrong = unread if wrong is None else unread | wrong
    columns = [
        pl.select(pl.coalesce(numbers, each)).to_series().alias(attribute.name + part)
        for each, part in ((low, LOW), (high, HIGH))
    ]
    exact = all(first == last for first, last in pairs)
    kept = [columns[0].alias(attribute.name)] if exact else columns
    return kept, Wrong(values, wrong, _why(attribute))


def _distinct(
    attribute: Attribute, values: pl.Series, form: Callable[[Possible], Any]
) -> tuple[list[str], list[Any]]:
    """Return each different text that can be read, and the form of what it says."""
    texts: list[str] = []
    forms: list[Any] = []
    for text in values.drop_nulls().unique():
        try:
            fact = _read(attribute, text)
        except InputError:
            continue
        texts.append(text)
        forms.append((None, None) if fact is None else form(fact))
    return texts, forms


def _read(attribute: Attribute, text: str) -> Possible | None:
    return possible.possible(attribute, fact_of(attribute, text), "")


def _why(attribute: Attribute) -> Callable[[Any], str]:
    """Return what tells of a value of a fact why it is none."""

    def told(value: Any) -> str:
        try:
            if isinstance(value, str):
                _read(attribute, value)
            else:
                possible.possible(attribute, value, "")
        except InputError as error:
            silent = isinstance(value, str) and value.strip().lower() in _SILENT
            return error.message + (_LEAVE_EMPTY if silent else "")
        return f"{possible.shown(value)} cannot be read"

    return told
