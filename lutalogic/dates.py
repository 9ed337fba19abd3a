# SPDX-License-Identifier: Apache-2.0
"""The date of service, read from what a request gives."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from lutalogic.errors import BadDate, BadRequest

_ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def date_of_service(on: object) -> date:
    """Return a date of service given as a date or as YYYY-MM-DD text.

    Raises:
        BadDate: It is no calendar date.
        BadRequest: It is neither text nor a date.

    >>> date_of_service("2026-02-29")
    Traceback (most recent call last):
    lutalogic.errors.BadDate: on: '2026-02-29' is no calendar date; write YYYY-MM-DD, as 2026-06-01
    """
    if isinstance(on, date):  # not a value of a subclass that stands for no date, as pandas' NaT
        if type(on.year) is int:
            return date(on.year, on.month, on.day)
        raise BadDate(f"{on} is no calendar date; write YYYY-MM-DD, as 2026-06-01", "on")
    if not isinstance(on, str):
        raise BadRequest('the date of service must be text, as "2026-06-01"', "on")
    try:
        if _ISO_DATE.fullmatch(on):
            return date.fromisoformat(on)
    except ValueError:
        pass
    shown = on if len(on) <= 40 else f"{on[:37]}..."
    raise BadDate(f"{shown!r} is no calendar date; write YYYY-MM-DD, as 2026-06-01", "on")


def day_number(day: str) -> int:
    """Return a date written YYYY-MM-DD as the whole number YYYYMMDD, as engines take it.

    >>> day_number("2026-06-01")
    20260601
    """
    return int(day.replace("-", ""))
