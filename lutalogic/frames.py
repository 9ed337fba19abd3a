# SPDX-License-Identifier: Apache-2.0
"""Data frames, made by pandas where it is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lutalogic.errors import PicturesMissing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def data_frame(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Any:
    """Return a data frame with a row for each mapping, and these columns, however few the rows.

    Raises:
        PicturesMissing: pandas is not installed.

    >>> data_frame(["policy", "outcome"], [{"policy": "A", "outcome": "met"}]).shape
    (1, 2)
    """
    try:
        import pandas as pd
    except ModuleNotFoundError as error:
        raise PicturesMissing(
            "data frames need pandas, which is not installed: pip install pandas, "
            "or the extra lutalogic[whatif]"
        ) from error
    return pd.DataFrame(list(rows), columns=list(columns))
