# SPDX-License-Identifier: Apache-2.0
"""Look up reference knowledge by name or by word, without a case."""

from __future__ import annotations

from lutalogic.entries import Entry, Scale
from lutalogic.errors import BadRequest, did_you_mean
from lutalogic.possible import shown
from lutalogic.rulebase import rule_base


def scales() -> tuple[Scale, ...]:
    """Return the scales on which facts are given, and that of Gleason.

    >>> [scale.id for scale in scales()]
    ['ctcae', 'karnofsky', 'ecog', 'net_grade', 'lung_thymus_grade', 'gleason_grade_group']
    """
    return tuple(e for e in rule_base().knowledge.entries if isinstance(e, Scale))


def scale(name: str) -> Scale:
    """Return the scale of this name, or the first on which the fact of this name is given.

    Raises:
        BadRequest: There is none.

    >>> scale("ecog").grades[0]
    Grade(value='0', meaning='fully active, as before the disease')
    """
    known = scales()
    for found in known:
        if found.id == name:
            return found
    for found in known:
        if name in found.attributes:
            return found
    names = [found.id for found in known]
    hint = did_you_mean(name, names) if isinstance(name, str) else ""
    raise BadRequest(
        f"there is no scale {shown(name)}{hint}; the scales are {', '.join(names)}", "scale"
    )


def look_up(word: str) -> tuple[Entry, ...]:
    """Return the entries of reference knowledge in which a word stands, in whatever case.

    Args:
        word: A word, a part of one, or several words that must all stand in an entry.

    Raises:
        BadRequest: It is no text, or a blank one.

    >>> [entry.id for entry in look_up("NETTER")]
    ['netter_1', 'netter_2']
    """
    parts = word.casefold().split() if isinstance(word, str) else []
    if not parts:
        raise BadRequest("name a word to look for, as in: nccn", "word")
    return tuple(
        entry
        for entry in rule_base().knowledge.entries
        if all(part in entry.text.casefold() for part in parts)
    )
